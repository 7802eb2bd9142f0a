//! The log of the program itself, at its most talkative: no secret, and a line for an event
//! whatever anybody sends.

use std::{
    collections::BTreeMap,
    io::{Read, Write},
    net::TcpStream,
    thread,
    time::{Duration, Instant},
};

use entente::web::now::Clock;
use serde_json::Value;

use super::SOON;
use crate::support::{
    TestApp,
    cast::Persona,
    db::{Backend, fresh_folder},
    program::{Program, SECRET, Start, command},
    seed::PASSWORD,
    server::status,
};

const WRONG: &str = "canary-typed-password-of-marie";
const NEW: &str = "canary harbour lantern quilt";
const UNKNOWN: &str = "CanaryTokenThatNobodyEverMadeAAAAAAAAAAAAAA";
const IN_QUERY: &str = "canary-in-a-query";
const BEARER: &str = "canary-bearer-token";
const COOKIE: &str = "canary-cookie-of-another-site";
const DATABASE: &str = "canarydatabasepassword";

/// Sends a request as it is.
fn raw(program: &Program, bytes: &[u8]) -> u16 {
    let mut stream = TcpStream::connect(program.address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    // A request that is too large may be cut off while it is written.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    status(&answer)
}

/// The address with a password in it, which trusting servers don't ask for.
fn with_password(app: &TestApp) -> String {
    let setting = app.db().setting();
    match app.db().backend {
        Backend::Sqlite => setting,
        Backend::Postgres => setting.replacen("postgres@", &format!("postgres:{DATABASE}@"), 1),
    }
}

/// What commands say that fail over a database whose password they know.
fn failing_commands() -> String {
    let folder = fresh_folder("command");
    let mut said = String::new();
    for url in [
        format!("postgres://entente:{DATABASE}@127.0.0.1:1/entente"),
        format!("postgres://entente:{DATABASE}@db.example/entente"),
        format!("postgres://entente:{DATABASE}@/entente?host=%2Fnowhere"),
        format!("mysql://entente:{DATABASE}@db.example/entente"),
    ] {
        for arguments in [&["migrate"][..], &["serve"], &["audit", "verify"]] {
            let told = command(arguments)
                .env("ENTENTE_DATABASE_URL", &url)
                .env("ENTENTE_MIGRATION_URL", &url)
                .env("ENTENTE_SECRET", SECRET)
                .env("ENTENTE_PUBLIC_URL", "https://entente.example")
                .env("ENTENTE_LISTEN", "127.0.0.1:0")
                .env("ENTENTE_LOG_LEVEL", "trace")
                .env("ENTENTE_DATA_DIR", &folder)
                .current_dir(&folder)
                .output()
                .unwrap();
            assert!(!told.status.success(), "{arguments:?} over {url}");
            said.push_str(&String::from_utf8_lossy(&told.stdout));
            said.push_str(&String::from_utf8_lossy(&told.stderr));
        }
    }
    let _ = std::fs::remove_dir_all(&folder);
    said
}

on_both! {
    async fn no_secret_comes_into_the_log(app: TestApp) {
        app.state().clock.set(Clock::System.now());
        let invited = app.invited();
        let program = Start::over(&with_password(&app)).with("ENTENTE_LOG_LEVEL", "trace").serve();
        let email = app.world().person(Persona::BillingAdmin).email.clone();
        let wrong = [("email", email.as_str()), ("password", WRONG)];
        assert_eq!(program.posts("/sign-in", "", &wrong).unwrap().status, 422);
        assert_eq!(program.gets(&invited.link(), "").unwrap().status, 200);
        assert_eq!(program.gets(&format!("/invitations/{UNKNOWN}"), "").unwrap().status, 404);
        assert_eq!(program.posts(&invited.link(), "", &[]).unwrap().status, 405);
        assert_eq!(program.gets(&format!("/sign-in?token={IN_QUERY}&next=/invitations/{}", invited.token), "").unwrap().status, 200);
        let cookie = program.signs_in(&email);
        let value = cookie.split_once('=').unwrap().1.to_owned();
        assert_eq!(program.gets(&invited.link(), &cookie).unwrap().status, 303);
        let review = program.gets(&invited.review(), &cookie).unwrap();
        let terms = review.hidden("terms").unwrap();
        assert_eq!(program.posts(&invited.acceptance(), &cookie, &[("terms", &terms), ("consent", "yes")]).unwrap().status, 303);
        let change = [("current", PASSWORD), ("new", NEW), ("again", NEW)];
        let changed = program.posts("/settings/password", &cookie, &change).unwrap();
        let later = changed.cookie().unwrap();
        let head = format!(
            "GET /settings?key={IN_QUERY} HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAuthorization: Bearer {BEARER}\r\nCookie: other={COOKIE}; {later}\r\n\r\n"
        );
        assert_eq!(raw(&program, head.as_bytes()), 200);
        // What goes wrong is told more of: malformed requests, and faults of ours.
        raw(&program, format!("GET /invitations/{}\x01 HTTP/1.1\r\n\r\n", invited.token).as_bytes());
        raw(&program, format!("POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\nCookie: {later}\r\n\r\npassword={WRONG}").as_bytes());
        app.db().run("ALTER TABLE sign_in_failures RENAME TO away").unwrap();
        assert_eq!(program.posts("/sign-in", "", &wrong).unwrap().status, 500);
        app.db().run("ALTER TABLE away RENAME TO sign_in_failures").unwrap();
        app.db().run("ALTER TABLE invitation_tokens RENAME TO away").unwrap();
        assert_eq!(program.gets(&invited.link(), "").unwrap().status, 500);
        app.db().run("ALTER TABLE sessions RENAME TO gone").unwrap();
        assert!(program.gets("/settings", &later).unwrap().status >= 500);
        app.db().run("ALTER TABLE gone RENAME TO sessions").unwrap();
        let log = program.log().join("\n") + failing_commands().as_str();
        let kept = format!("{:?}", app.db().everything());
        assert!(log.contains("\"level\":\"ERROR\""), "the faults are in the log: {log}");
        let later = later.split_once('=').unwrap().1;
        let canaries = [WRONG, PASSWORD, NEW, "canary+harbour", &value, later, &invited.token, UNKNOWN, IN_QUERY, BEARER, COOKIE, DATABASE, SECRET, "$argon2id$"];
        for canary in canaries {
            let line = log.lines().find(|line| line.contains(canary));
            assert_eq!(line, None, "{canary}");
            assert!(canary == "$argon2id$" || !kept.contains(canary), "{canary} is kept");
        }
    }

    async fn whatever_is_sent_a_request_is_one_line(app: TestApp) {
        app.state().clock.set(Clock::System.now());
        let program = Start::over(&app.db().setting()).with("ENTENTE_LOG_LEVEL", "trace").serve();
        let email = app.world().person(Persona::BillingAdmin).email.clone();
        let forged = "{\"level\":\"INFO\",\"message\":\"forged\"}";
        for name in ["A\nB", "A\r\nB", "\u{1b}[31mred\u{1b}[0m", "a\"b\\c'd", forged] {
            let escaped = name.replace('\'', "''");
            app.db().run(&format!("UPDATE partners SET name = '{escaped}'")).unwrap();
            app.db().run(&format!("UPDATE tenants SET name = '{escaped}'")).unwrap();
            app.db().run(&format!("UPDATE people SET name = '{escaped}'")).unwrap();
        }
        let cookie = program.signs_in(&email);
        let before = requests(&program).len();
        let by = |agent: &[u8]| {
            let mut bytes = b"GET /billing/partner-relationships HTTP/1.1\r\nHost: x\r\nConnection: close\r\nCookie: ".to_vec();
            bytes.extend(cookie.as_bytes());
            bytes.extend(b"\r\nUser-Agent: ");
            bytes.extend(agent);
            bytes.extend(b"\r\n\r\n");
            bytes
        };
        let path = |path: &str| format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").into_bytes();
        let long = "a".repeat(60_000);
        let served: Vec<Vec<u8>> = vec![
            by(b"plain"),
            by(b"\x1b[2J\x1b[31mred"),
            by(b"\"},{\"message\":\"forged"),
            by(b"quote ' \" \\ tab\tend"),
            by("\u{2028}\u{85}\u{202e}évil".as_bytes()),
            by(b"\xff\xfe\xc3("),
            by(long.as_bytes()),
            path("/%0a%0d%1b[31m%22%7D"),
            path("/billing/invitations/%0a{\"message\":\"forged\"}"),
            path("/invitations/%22%0a%22"),
            path("/\"quoted\"\\path'"),
            path(&format!("/{long}")),
            path("/?x=%0aINFO&y=\"forged\""),
        ];
        let mut answered = 0;
        for bytes in &served {
            let got = raw(&program, bytes);
            // What the framework refuses before there is a request leaves no line.
            answered += usize::from([200, 303, 404].contains(&got));
            assert!(got == 0 || got < 500, "{got}");
        }
        assert!(answered >= 9, "{answered}");
        raw(&program, b"\x00\x01\x02 nonsense\r\n\r\n");
        raw(&program, b"GET / HTTP/1.1\r\nHost: x\r\nX: a\rb\r\nX: c\nd\r\n\r\n");
        raw(&program, b"GET /a b c HTTP/1.1\r\n\r\n");
        assert_eq!(program.gets("/live", "").unwrap().status, 200);
        for line in &program.log() {
            let told: Value = serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line:?}"));
            assert!(told.is_object() && told["level"].is_string() && told["timestamp"].is_string(), "{line}");
            assert_ne!(told["message"], "forged", "{line}");
            assert!(line.len() < 20_000 && !line.contains('\u{1b}'), "{line}");
        }
        // The last lines may still be on their way.
        let asked = Instant::now();
        while requests(&program).len() - before <= answered && asked.elapsed() < SOON {
            thread::sleep(Duration::from_millis(20));
        }
        let lines = requests(&program);
        assert!(lines.len() - before > answered, "each leaves its line: {} of {answered}", lines.len() - before);
        let ids: BTreeMap<&str, usize> = lines.iter().fold(BTreeMap::new(), |mut ids, line| {
            *ids.entry(line["request_id"].as_str().unwrap()).or_default() += 1;
            ids
        });
        assert!(ids.values().all(|count| *count == 1), "{ids:?}");
    }
}

/// The lines that tell of a request.
fn requests(program: &Program) -> Vec<Value> {
    let lines = program
        .log()
        .into_iter()
        .map(|line| serde_json::from_str::<Value>(&line).unwrap());
    lines.filter(|line| line["message"] == "request").collect()
}
