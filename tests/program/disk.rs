//! A disk without room.

use std::{fs, process::Command};

use super::{
    SOON,
    clients::{Clients, Until},
    crowd::{Crowd, Waiting},
    waits_until,
    whole::{accepted, is_whole, verifies},
};
use crate::support::{
    db::{Backend, TestDb},
    program::{Answer, Program, Start},
};

/// A page of SQLite's.
const PAGE: u64 = 4096;

/// Sets how long a file the process may write; beyond that the system refuses, as on a full disk.
fn limits(program: &Program, bytes: &str) {
    let process = program.id().to_string();
    let set = Command::new("prlimit")
        .args(["--pid", &process, &format!("--fsize={bytes}:unlimited")])
        .status();
    assert!(set.unwrap().success());
}

/// A refusal as people see it.
fn refuses(answer: &Answer) {
    assert_eq!(answer.status, 503, "{answer:#?}");
    assert!(answer.body.contains("Entente is busy"), "{answer:#?}");
    let wait: u64 = answer.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=10).contains(&wait), "{wait}");
}

#[test]
fn a_full_disk_refuses_and_corrupts_nothing_sqlite() {
    let mut crowd = Crowd::gathers(TestDb::with_cast(Backend::Sqlite));
    // Without this the system would end a process that writes too much, which no disk does.
    let ignore = ["sh", "-c", "trap '' XFSZ; exec \"$0\" \"$@\""];
    let program = Start::over(&crowd.db.setting()).under(&ignore).serve();
    let cookies = Crowd::signs_in(&program);
    let mut open = crowd.invites(300);
    // Each tenant accepts the agreement first, so that all later acceptances are alike.
    let first = open.split_off(open.len() - 16);
    let clients = Clients::of(&crowd, &cookies, &[program.address], first);
    clients.work(4, Until::AllIsAnswered, || ());
    let accepts = |one: &Waiting| crowd.accepts(program.address, one, &cookies, true).unwrap();
    let journal = crowd.db.path().with_extension("db-wal");
    for room in [0, 1, 2, 5, 9, 14, 60] {
        // The journal begins anew, so that each time it is another write that finds no room.
        waits_until("begun anew", SOON, || {
            let _ = crowd.db.run("PRAGMA wal_checkpoint(TRUNCATE)");
            fs::metadata(&journal).unwrap().len() == 0
        });
        limits(&program, &(room * PAGE).to_string());
        let mut known = accepted(&crowd.db);
        // Until it doesn't fit any more.
        let refused = loop {
            let one = open.pop().unwrap();
            let answer = accepts(&one);
            if answer.status != 303 {
                refuses(&answer);
                break one;
            }
            known.insert(one.id.to_string());
        };
        assert_eq!(accepted(&crowd.db), known);
        // What only reads is served, and again what writes is refused.
        for path in ["/live", "/billing/invitations"] {
            assert_eq!(
                program.gets(path, &cookies[0]).unwrap().status,
                200,
                "{path}"
            );
        }
        refuses(&accepts(&refused));
        is_whole(&crowd.db);
        limits(&program, "unlimited");
        let answer = accepts(&refused);
        assert_eq!(answer.status, 303, "{answer:#?}");
        assert!(accepted(&crowd.db).contains(&refused.id.to_string()));
        is_whole(&crowd.db);
    }
    verifies(&crowd.db);
}

#[test]
fn a_full_disk_refuses_and_corrupts_nothing_postgres() {
    let mut crowd = Crowd::gathers(TestDb::with_cast(Backend::Postgres));
    let program = Program::serve(&crowd.db);
    let cookies = Crowd::signs_in(&program);
    // Of the second type, which asks for roles.
    let open = crowd.invites(56).split_off(48);
    let accepts = |one: &Waiting| {
        crowd
            .accepts(program.address, one, &cookies, false)
            .unwrap()
    };
    // The words and the code by which Postgres tells of it.
    crowd
        .db
        .run(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             RAISE EXCEPTION 'could not extend file \"base/5/2619\": No space left on device' \
             USING ERRCODE = 'disk_full', HINT = 'Check free disk space.'; END $$",
        )
        .unwrap();
    for table in [
        "invitations",
        "relationships",
        "events",
        "grants",
        "outgoing_mail",
    ] {
        let event = "BEFORE INSERT OR UPDATE";
        let full =
            format!("CREATE TRIGGER full_disk {event} ON {table} EXECUTE FUNCTION full_disk()");
        crowd.db.run(&full).unwrap();
        let before = crowd.db.everything();
        for one in &open {
            refuses(&accepts(one));
        }
        assert_eq!(crowd.db.everything(), before, "{table}");
        crowd
            .db
            .run(&format!("DROP TRIGGER full_disk ON {table}"))
            .unwrap();
    }
    let clients = Clients::of(&crowd, &cookies, &[program.address], open);
    clients.work(2, Until::AllIsAnswered, || ());
    assert_eq!(clients.acknowledged(), 8);
    is_whole(&crowd.db);
    verifies(&crowd.db);
}
