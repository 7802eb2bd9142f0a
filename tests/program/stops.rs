//! Planned stops.

use std::{
    io::{Read, Write},
    net::TcpStream,
    thread,
    time::Duration,
};

use entente::web::now::Clock;

use crate::support::{TestApp, cast::Persona, program::Program, seed::PASSWORD, server::status};

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
