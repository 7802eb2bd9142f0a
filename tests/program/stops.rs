//! Planned stops.

use std::{
    io::{Read, Write},
    net::TcpStream,
    thread,
    time::Duration,
};

use entente::web::now::Clock;

use super::{
    any,
    clients::{Clients, Until},
    crowd::Crowd,
    over_both,
    whole::{accepted, is_whole, verifies},
};
use crate::support::{
    TestApp,
    cast::Persona,
    db::{Backend, TestDb},
    program::Program,
    seed::PASSWORD,
    server::status,
};

/// Longer than a stop may take by the program's own limit, shorter than the ten seconds after which
/// supervisors kill.
const STOPPED: Duration = Duration::from_millis(9_500);

/// The head of a form that is sent slowly.
fn head(path: &str, length: usize) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: x\r\nSec-Fetch-Site: same-origin\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n"
    )
}

on_both! {
    async fn asked_to_stop_it_finishes_what_it_has_and_takes_no_more(app: TestApp) {
        app.state().clock.set(Clock::System.now());
        let mut program = Program::serve(app.db());
        let email = app.world().person(Persona::Member).email.clone();
        let body = serde_urlencoded::to_string([("email", email.as_str()), ("password", PASSWORD)]).unwrap();
        let mut stream = TcpStream::connect(program.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(15))).unwrap();
        stream.write_all(head("/sign-in", body.len()).as_bytes()).unwrap();
        stream.write_all(&body.as_bytes()[..5]).unwrap();
        thread::sleep(Duration::from_millis(300));
        program.signal("TERM");
        thread::sleep(Duration::from_millis(500));
        stream.write_all(&body.as_bytes()[5..]).unwrap();
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        assert_eq!(status(&answer), 303, "{}", String::from_utf8_lossy(&answer));
        let ended = program.ends(STOPPED);
        assert!(ended.success(), "{ended:?}: {:#?}", program.log());
        assert!(program.gets("/live", "").is_none());
    }
}

over_both! {
    fn asked_to_stop_while_eight_accept_it_answers_for_all_that_it_wrote(backend: Backend) {
        let mut crowd = Crowd::gathers(TestDb::with_cast(backend));
        let mut acknowledged = std::collections::BTreeSet::new();
        for name in ["TERM", "INT", "TERM"] {
            let mut program = Program::serve(&crowd.db);
            let cookies = Crowd::signs_in(&program);
            let open = crowd.invites(100);
            let clients = Clients::of(&crowd, &cookies, &[program.address], open);
            let ended = clients.work(8, Until::MeanwhileIsDone, || {
                thread::sleep(any(100, 400));
                program.signal(name);
                program.ends(STOPPED)
            });
            assert!(ended.success(), "{name}: {ended:?}: {:#?}", program.log());
            let told = clients.told.into_inner().unwrap();
            assert!(told.odd.is_empty(), "{:#?}", told.odd);
            acknowledged.extend(told.acknowledged);
            // Not merely that nothing is lost: nothing was done either that nobody was told of.
            assert_eq!(accepted(&crowd.db), acknowledged, "{name}");
            is_whole(&crowd.db);
        }
        verifies(&crowd.db);
    }
}

#[test]
fn asked_to_stop_it_does_not_wait_for_a_body_that_never_comes() {
    let (db, _) = TestDb::with_cast(Backend::Sqlite);
    let mut program = Program::serve(&db);
    let stalled: Vec<_> = (0..3)
        .map(|sent| {
            let mut stream = TcpStream::connect(program.address).unwrap();
            stream.write_all(head("/sign-in", 1000).as_bytes()).unwrap();
            stream.write_all(&[b'x'; 200][..sent * 100]).unwrap();
            stream
        })
        .collect();
    thread::sleep(Duration::from_millis(300));
    program.signal("TERM");
    let ended = program.ends(STOPPED);
    assert!(ended.success(), "{ended:?}: {:#?}", program.log());
    drop(stalled);
}
