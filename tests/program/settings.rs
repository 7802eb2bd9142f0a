//! It starts only when it is safe, says whether it is ready and nothing else, and isn't kept from
//! removing by a flood.

use std::{
    fs::{self, OpenOptions},
    io::{Read as _, Write as _},
    net::{TcpListener, TcpStream},
    os::unix::fs::OpenOptionsExt as _,
    thread,
    time::{Duration, Instant},
};

use entente::web::now::Clock;

use crate::support::{
    TestApp,
    app::run,
    cast::Persona,
    db::{Backend, as_superuser, fresh_folder},
    program::{Program, SECRET, command},
    server::status,
};

/// Patience with a machine that runs other tests as well.
const SOON: Duration = Duration::from_secs(20);

#[test]
fn it_starts_only_when_it_is_safe() {
    let folder = fresh_folder("unsafe");
    let secret = folder.join("secret.txt");
    let open = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o644)
        .open(&secret);
    open.unwrap().write_all(SECRET.as_bytes()).unwrap();
    fs::write(folder.join("bad.toml"), "listne = '127.0.0.1:0'\n").unwrap();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    let (secret, toml) = (
        secret.display().to_string(),
        folder.join("bad.toml").display().to_string(),
    );
    let cases: [(&str, &[(&str, &str)]); 18] = [
        ("public_url", &[("PUBLIC_URL", "")]),
        ("public_url", &[("PUBLIC_URL", "http://entente.example")]),
        (
            "public_url",
            &[("PUBLIC_URL", "https://entente.example/portal")],
        ),
        (
            "public_url",
            &[("PUBLIC_URL", "https://user:word@entente.example")],
        ),
        ("secret", &[("SECRET", "secret")]),
        ("secret", &[("SECRET", "0123456789abcdefghijklmnopqrst")]),
        (
            "secret",
            &[("SECRET", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")],
        ),
        ("secret", &[("SECRET_FILE", &secret)]),
        ("secret_file", &[("SECRET", "-"), ("SECRET_FILE", &secret)]),
        (
            "secret_file",
            &[("SECRET", "-"), ("SECRET_FILE", "/nowhere/secret")],
        ),
        ("database_url", &[("DATABASE_URL", "entente.db")]),
        (
            "database_url",
            &[("DATABASE_URL", "postgres://entente@db.example/entente")],
        ),
        (
            "database_url",
            &[(
                "DATABASE_URL",
                "postgres://entente@db.example/entente?sslmode=prefer",
            )],
        ),
        ("trusted_proxies", &[("TRUSTED_PROXIES", "everybody")]),
        ("session_idle", &[("SESSION_IDLE", "0")]),
        ("log_level", &[("LOG_LEVEL", "loud")]),
        ("listne", &[("CONFIG", &toml)]),
        ("listen", &[("LISTEN", &taken)]),
    ];
    for (setting, wrong) in cases {
        let mut serve = command(&["serve"]);
        serve
            .env("ENTENTE_PUBLIC_URL", "https://entente.example")
            .env("ENTENTE_SECRET", SECRET)
            .env("ENTENTE_LISTEN", "127.0.0.1:0")
            .env("ENTENTE_DATA_DIR", folder.join("data"))
            .current_dir(&folder);
        for (name, value) in wrong {
            let name = format!("ENTENTE_{name}");
            match *value {
                "-" => serve.env_remove(name),
                value => serve.env(name, value),
            };
        }
        let started = Instant::now();
        let mut child = serve
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        while child.try_wait().unwrap().is_none() {
            if started.elapsed() > SOON {
                let _ = child.kill();
            }
            thread::sleep(Duration::from_millis(5));
        }
        let told = child.wait_with_output().unwrap();
        let said = String::from_utf8_lossy(&told.stdout) + String::from_utf8_lossy(&told.stderr);
        assert!(
            told.status.code().is_some_and(|code| code != 0),
            "{wrong:?}: {:?}, {said}",
            told.status
        );
        assert!(
            said.contains(setting),
            "{wrong:?} names no {setting}: {said}"
        );
        assert!(!said.contains("panicked"), "{wrong:?}: {said}");
    }
    let _ = fs::remove_dir_all(&folder);
}

/// Waits until an address answers with a status.
fn becomes(program: &Program, path: &str, wanted: u16) -> String {
    let started = Instant::now();
    loop {
        let answer = program.gets(path, "").unwrap();
        if answer.status == wanted {
            return answer.body;
        }
        assert!(started.elapsed() < SOON, "{path}: {}", answer.status);
        thread::sleep(Duration::from_millis(100));
    }
}

on_both! {
    async fn without_its_database_it_is_alive_and_not_ready(app: TestApp) {
        let program = Program::serve(app.db());
        assert_eq!(becomes(&program, "/ready", 200).trim(), "ready");
        let name = app.db().setting();
        let name = name.split("@/").nth(1).and_then(|rest| rest.split('?').next());
        let gone = |gone: bool| {
            if let (Backend::Postgres, Some(name)) = (app.db().backend, name) {
                as_superuser(&format!("ALTER DATABASE {name} ALLOW_CONNECTIONS {}", !gone));
                as_superuser(&format!("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"));
            } else {
                let (from, to) = if gone { ("chains", "away") } else { ("away", "chains") };
                app.db().run(&format!("ALTER TABLE {from} RENAME TO {to}")).unwrap();
            }
        };
        gone(true);
        let told = becomes(&program, "/ready", 503);
        assert_eq!(told.trim(), "not ready", "nothing is told of why");
        let live = program.gets("/live", "").unwrap();
        assert_eq!((live.status, live.body.trim()), (200, "live"));
        for answer in [live, program.gets("/ready", "").unwrap()] {
            assert!(answer.header("server").is_none() && !answer.head.to_lowercase().contains("entente"), "{}", answer.head);
        }
        let page = program.gets("/billing/invitations", "session=x").unwrap();
        assert!(!page.body.contains("chains") && !page.body.contains("pg_"), "{}", page.body);
        gone(false);
        becomes(&program, "/ready", 200);
        // Pages follow as soon as the pool has connected again.
        becomes(&program, &format!("/invitations/{}", "A".repeat(43)), 404);
        program.signs_in(&app.world().person(Persona::BillingAdmin).email);
    }
}

async fn removes_during_a_flood(app: TestApp) {
    app.state().clock.set(Clock::System.now());
    let relationship = app.related();
    let program = Program::serve(app.db());
    let cookie = program.signs_in(&app.world().person(Persona::GlobalAdmin).email);
    let base = memory(program.id());
    let flood: Vec<TcpStream> = (0..300)
            .map(|index| {
                let body = format!("email=nobody{index}%40hautmont.example&password=a+wrong+guess+that+is+long");
                let head = format!(
                    "POST /sign-in HTTP/1.1\r\nHost: x\r\nConnection: close\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
                    body.len()
                );
                let mut stream = TcpStream::connect(program.address).unwrap();
                stream.set_read_timeout(Some(Duration::from_mins(1))).unwrap();
                stream.write_all(head.as_bytes()).unwrap();
                stream
            })
            .collect();
    let started = Instant::now();
    let removal = format!("/billing/partner-relationships/{relationship}/role-removal");
    // On a machine that is busy with much else it may be asked to come again, and does.
    loop {
        let removed = program.posts(&removal, &cookie, &[]).unwrap();
        if removed.status == 303 {
            break;
        }
        assert_eq!(removed.status, 503, "{removed:?}");
        assert!(started.elapsed() < SOON, "not removed in {SOON:?}");
    }
    assert_eq!(
        app.db()
            .count("SELECT count(*) FROM grants WHERE state = 'live'"),
        0
    );
    becomes(&program, "/sign-in", 200);
    let mut peak = memory(program.id());
    for mut stream in flood {
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        assert!(
            [422, 503].contains(&status(&answer)),
            "{}",
            String::from_utf8_lossy(&answer)
        );
        peak = peak.max(memory(program.id()));
    }
    assert!(peak < base + 200, "{base} MiB grew to {peak}");
}

#[test]
fn a_flood_of_sign_ins_keeps_nobody_from_removing_roles() {
    run(Backend::Sqlite, removes_during_a_flood);
}

/// The most memory that a process has held so far, in MiB.
fn memory(process: u32) -> usize {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM:"))
        .unwrap();
    let kib: usize = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kib / 1024
}
