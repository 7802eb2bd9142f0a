//! Mail and the program: killed while it sends, two at once, stopped, and the command line.

use std::{collections::BTreeMap, process::Output, time::Duration};

use entente::{
    db::DbConn,
    domain::Language,
    web::now::Clock,
    work::outbox::{self, MailKind, NewMail},
};
use serde_json::{Value, json};

use super::{PATIENCE, over_both, times, waits_until};
use crate::support::{
    db::{Backend, TestDb},
    mail_server::{Authority, Does, Received, Sink, SmtpServer, Stage},
    program::{Program, SECRET, Start, command, tells},
};

/// Writes mail to so many addresses, by the machine's clock.
fn writes(db: &TestDb, count: usize) {
    let mut conn = db.connect();
    for index in 0..count {
        writes_to(&mut conn, &format!("n{index}@nobody.example"));
    }
}

fn writes_to(conn: &mut DbConn, recipient: &str) {
    let mail = NewMail {
        kind: MailKind::PasswordChanged,
        recipient,
        language: Language::En,
        tenant: None,
        partner: None,
        invitation: None,
        relationship: None,
        person: None,
        facts: json!({ "at": "2026-11-26T10:00:00.000000Z", "sessions_ended": 1 }),
        secret_link: None,
        once: None,
    };
    outbox::enqueue(conn, &mail, Clock::System.now()).unwrap();
}

fn start(db: &TestDb, port: u16) -> Start {
    Start::over(&db.setting())
        .with("ENTENTE_SMTP_HOST", "127.0.0.1")
        .with("ENTENTE_SMTP_PORT", &port.to_string())
        .with("ENTENTE_SMTP_TLS", "none")
        .with("ENTENTE_MAIL_FROM", "entente@entente.example")
        .with("ENTENTE_MAIL_POLL_INTERVAL", "1")
}

fn sends(db: &TestDb, port: u16) -> Program {
    start(db, port).serve()
}

fn in_state(db: &TestDb, state: &str) -> usize {
    let sql = format!("SELECT count(*) FROM outgoing_mail WHERE state = '{state}'");
    usize::try_from(db.count(&sql)).unwrap()
}

/// How often each Message-ID came, and to whom.
fn by_id(mails: &[Received]) -> BTreeMap<String, Vec<String>> {
    let mut by_id: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for mail in mails {
        assert_eq!(mail.to.len(), 1, "one address each");
        by_id
            .entry(mail.header("Message-ID"))
            .or_default()
            .push(mail.to[0].clone());
    }
    by_id
}

over_both! {
    fn killed_at_any_moment_of_sending_it_loses_nothing_and_doubles_one_mail_at_most(backend: Backend) {
        const EACH: usize = 3;
        let (db, _) = TestDb::with_cast(backend);
        let sink = Sink::starts();
        let rounds = times("ENTENTE_TEST_MAIL_KILLS", 1);
        let (mut written, mut kills) = (0, 0);
        for stage in Stage::ALL.iter().copied().cycle().take(Stage::ALL.len() * rounds) {
            let mut conn = db.connect();
            for _ in 0..EACH {
                writes_to(&mut conn, &format!("n{written}@nobody.example"));
                written += 1;
            }
            let seen = sink.mails().len();
            sink.at(stage, Does::Hangs);
            let mut program = sends(&db, sink.port);
            waits_until("at the stage", PATIENCE, || sink.reached(stage) > 0);
            program.kill();
            kills += 1;
            sink.recovers();
            let doubled = sink.mails().len() - seen;
            // Four minutes pass, and what it held is free again.
            db.run("UPDATE outgoing_mail SET leased_until = created_at WHERE lease IS NOT NULL").unwrap();
            let program = sends(&db, sink.port);
            waits_until("all sent", PATIENCE, || in_state(&db, "handed_over") == written);
            drop(program);
            assert!(sink.mails().len() - seen <= EACH + 1, "{stage:?}: {doubled} before the kill");
        }
        let came = by_id(&sink.mails());
        assert_eq!(came.len(), written, "none is lost");
        let doubles: usize = came.values().map(|to| to.len() - 1).sum();
        assert!(doubles <= kills, "{doubles} in {kills} kills");
        assert!(came.values().all(|to| to.iter().all(|one| *one == to[0])));
        eprintln!("{kills} kills, {written} mails, {doubles} came twice");
    }

    fn told_to_stop_it_finishes_the_mail_in_hand(backend: Backend) {
        let (db, _) = TestDb::with_cast(backend);
        let sink = Sink::starts();
        writes(&db, 2);
        sink.at(Stage::Whole, Does::Trickles);
        let mut program = sends(&db, sink.port);
        waits_until("all of a mail there", PATIENCE, || sink.reached(Stage::Whole) > 0);
        program.signal("TERM");
        assert!(program.ends(PATIENCE).success());
        // By when it was told to stop the first may have been through; nothing is half done.
        assert_eq!(in_state(&db, "handed_over"), sink.mails().len());
        assert_eq!(db.count("SELECT count(*) FROM outgoing_mail WHERE lease IS NOT NULL"), 0);
    }

    fn the_command_line_tries_lists_and_sends_again(backend: Backend) {
        let (db, _) = TestDb::with_cast(backend);
        let authority = Authority::new();
        let server = SmtpServer::with_account(&authority.signs("localhost"), "entente", "hunter22");
        let tried = |name: &str, password: &str, to: &str| {
            command(&["mail", "test", to, "--json"])
                .env("ENTENTE_DATABASE_URL", db.setting())
                .env("ENTENTE_SECRET", SECRET)
                .env("ENTENTE_PUBLIC_URL", "https://entente.example")
                .env("ENTENTE_SMTP_HOST", name)
                .env("ENTENTE_SMTP_PORT", server.port.to_string())
                .env("ENTENTE_SMTP_CA_FILE", authority.file())
                .env("ENTENTE_SMTP_USER", "entente")
                .env("ENTENTE_SMTP_PASSWORD", password)
                .env("ENTENTE_MAIL_FROM", "entente@entente.example")
                .output()
                .unwrap()
        };
        let (_, json) = said(&tried("localhost", "hunter22", "me@nobody.example"));
        assert_eq!(json["ok"], true);
        assert_eq!(server.mails()[0].to, ["me@nobody.example"]);
        for (name, password, to, words) in [
            ("localhost", "wrong-password", "me@nobody.example", "user name and password"),
            ("127.0.0.1", "hunter22", "me@nobody.example", "isn’t secure"),
            ("localhost", "hunter22", "me@nobody.example,you@nobody.example", "one e-mail address"),
        ] {
            let output = tried(name, password, to);
            let error = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(!output.status.success() && error.contains(words), "{error}");
            assert!(!error.contains("hunter22") && !error.contains("wrong-password"), "{error}");
        }
        assert_eq!(server.mails().len(), 1);
        writes(&db, 2);
        db.run("UPDATE outgoing_mail SET state = 'parked', closed_at = created_at, last_error = 'refused: 550 no'").unwrap();
        let (_, listed) = said(&tells(&db.setting(), &["mail", "list", "--state", "parked", "--json"]));
        let listed = listed.as_array().unwrap();
        assert_eq!((listed.len(), &listed[0]["fault"], &listed[0]["detail"]), (2, &json!("refused"), &json!("550 no")));
        let id = listed[0]["id"].as_str().unwrap();
        assert_eq!(said(&tells(&db.setting(), &["mail", "retry", id, "--json"])).1["retried"], 1);
        assert!(!tells(&db.setting(), &["mail", "retry", id]).status.success(), "it isn't parked");
        let (words, _) = said(&tells(&db.setting(), &["mail", "retry", "--all-parked"]));
        assert_eq!(words.trim(), "1 mail waits to be sent again.");
        assert_eq!(in_state(&db, "queued"), 2);
        db.run("UPDATE outgoing_mail SET kind = 'invitation', state = 'parked', closed_at = created_at").unwrap();
        let refused = tells(&db.setting(), &["mail", "retry", id]);
        assert!(String::from_utf8_lossy(&refused.stderr).contains("its link is gone"));
    }
}

fn said(output: &Output) -> (String, Value) {
    let words = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{output:?}");
    let json = serde_json::from_str(&words).unwrap_or_default();
    (words, json)
}

#[test]
fn two_programs_drain_one_outbox_and_double_nothing() {
    let (db, _) = TestDb::with_cast(Backend::Postgres);
    let server = SmtpServer::plain();
    let mails = times("ENTENTE_TEST_MAILS", 1000);
    writes(&db, mails);
    let programs = [sends(&db, server.port), sends(&db, server.port)];
    waits_until("all sent", Duration::from_mins(5), || {
        in_state(&db, "handed_over") == mails
    });
    drop(programs);
    let came = by_id(&server.mails());
    assert_eq!((came.len(), server.mails().len()), (mails, mails));
    assert_eq!(db.deadlocks(), 0);
}

#[test]
fn without_a_mail_server_mail_waits_and_nothing_else_does() {
    let (db, world) = TestDb::with_cast(Backend::Sqlite);
    writes(&db, 1);
    let program = Program::serve(&db);
    let email = &world.person(crate::support::cast::Persona::Operator).email;
    let cookie = program.signs_in(email);
    let page = program.gets("/operator/mail", &cookie).unwrap();
    assert!(page.status == 200 && page.body.contains("No mail server is set up"));
    assert_eq!(in_state(&db, "queued"), 1);
    let output = tells(&db.setting(), &["mail", "test", "me@nobody.example"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("smtp_host"));
}

#[test]
fn settings_of_mail_that_cannot_work_keep_it_from_starting() {
    let (db, _) = TestDb::with_cast(Backend::Sqlite);
    let folder = crate::support::db::fresh_folder("mail");
    let open = folder.join("password");
    std::fs::write(&open, "hunter22").unwrap();
    let open = open.display().to_string();
    for (name, value, said) in [
        ("ENTENTE_SMTP_TLS", "never", "smtp_tls"),
        ("ENTENTE_SMTP_HOST", "mail.example.org", "smtp_tls"),
        ("ENTENTE_SMTP_HOST", "", "smtp_host"),
        ("ENTENTE_MAIL_FROM", "a@x.example,b@x.example", "mail_from"),
        ("ENTENTE_SMTP_PASSWORD", "hunter22", "smtp_password"),
        ("ENTENTE_SMTP_PASSWORD_FILE", &open, "smtp_password_file"),
        ("ENTENTE_SMTP_CA_FILE", "/nowhere/ca.pem", "smtp_ca_file"),
    ] {
        let log = start(&db, 25).with(name, value).tries();
        let log = log
            .err()
            .unwrap_or_else(|| panic!("{name}={value} is taken"));
        assert!(
            log.iter().any(|line| line.contains(said)),
            "{name}={value}: {log:#?}"
        );
        assert!(!log.join("\n").contains("hunter22"), "{log:#?}");
    }
    let _ = std::fs::remove_dir_all(&folder);
}
