//! What arrives on the wire: slow, oversized and ambiguous requests, against the real server.

use std::time::{Duration, Instant};

use crate::support::{
    app::Setup,
    db::Backend,
    server::{TestServer, Wire, status},
};

const HEAD: &str = "POST /sign-in HTTP/1.1\r\nHost: entente.example\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n";

fn server() -> TestServer {
    TestServer::start(Backend::Sqlite, &Setup::default())
}

/// The memory that this process holds, in MiB.
fn memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status
        .lines()
        .find(|line| line.starts_with("VmRSS:"))
        .unwrap();
    let kib: usize = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kib / 1024
}

#[test]
fn slow_clients_hold_nothing_up_and_are_closed() {
    let server = server();
    let started = Instant::now();
    let mut heads: Vec<Wire> = (0..100)
        .map(|_| server.sends(b"GET /sign-in HTTP/1.1\r\nHost: x\r\n"))
        .collect();
    let body = format!("{HEAD}Content-Length: 1000\r\n\r\n");
    let mut bodies: Vec<Wire> = (0..100).map(|_| server.sends(body.as_bytes())).collect();
    let chunks = format!("{HEAD}Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n");
    let mut chunked: Vec<Wire> = (0..100).map(|_| server.sends(chunks.as_bytes())).collect();
    // While they stall, a byte a second, everybody else is served.
    for _ in 0..8 {
        for wire in &mut bodies {
            wire.sends(b"x");
        }
        for path in ["/sign-in", "/live"] {
            let (status, took) = server.opens(path);
            assert_eq!(status, 200, "{path}");
            assert!(took < Duration::from_secs(4), "{path}: {took:?}");
        }
        std::thread::sleep(Duration::from_millis(500));
    }
    for wire in heads.iter_mut().chain(&mut bodies).chain(&mut chunked) {
        let answer = wire.answer();
        assert!(
            [0, 408].contains(&status(&answer)),
            "{}",
            String::from_utf8_lossy(&answer)
        );
    }
    let took = started.elapsed();
    assert!(took < Duration::from_secs(20), "closed after {took:?}");
}

#[test]
fn a_later_request_of_a_connection_is_waited_for_no_longer_than_the_first() {
    let server = server();
    let whole = "GET /live HTTP/1.1\r\nHost: x\r\n\r\n";
    let part = "GET /live HTTP/1.1\r\nHost: x\r\n";
    let answered = |wire: &mut Wire| {
        let mut answer = [0; 12];
        wire.first(&mut answer);
        assert_eq!(status(&answer), 200);
        wire.empties();
    };
    let after = |rest: &str| {
        let mut wire = server.sends(whole.as_bytes());
        answered(&mut wire);
        wire.sends(rest.as_bytes());
        wire
    };
    let mut stalled = after(part);
    let mut dripped = after(part);
    let mut body = after(&format!("{HEAD}Content-Length: 1000\r\n\r\n"));
    // The beginning of the second one comes with the first one, before any answer.
    let mut together = server.sends(format!("{whole}{part}").as_bytes());
    let mut honest = after(whole);
    let started = Instant::now();
    for second in 0..24 {
        std::thread::sleep(Duration::from_secs(1));
        dripped.sends(b"x");
        body.sends(b"x");
        if second % 4 == 3 {
            answered(&mut honest);
            assert!(honest.sends(whole.as_bytes()));
        }
    }
    for wire in [&mut stalled, &mut dripped, &mut body, &mut together] {
        assert!(wire.is_closed());
    }
    let took = started.elapsed();
    assert!(took < Duration::from_secs(42), "closed after {took:?}");
    answered(&mut honest);
}

#[test]
fn a_slow_body_is_answered_with_a_page_and_its_headers() {
    let server = server();
    let answer = server
        .sends(format!("{HEAD}Content-Length: 10\r\n\r\nemail").as_bytes())
        .answer();
    assert_eq!(status(&answer), 408);
    let text = String::from_utf8_lossy(&answer).to_lowercase();
    assert!(text.contains("content-security-policy:"), "{text}");
    assert!(text.contains("connection: close"), "{text}");
}

#[test]
fn oversized_requests_are_cut_early() {
    let server = server();
    let before = memory();
    let long_path = format!("GET /{} HTTP/1.1\r\nHost: x\r\n\r\n", "a".repeat(200_000));
    let long_head = format!(
        "GET / HTTP/1.1\r\nHost: x\r\nX: {}\r\n\r\n",
        "a".repeat(200_000)
    );
    let many_heads: Vec<String> = (0..5000).map(|i| format!("X{i}: 1\r\n")).collect();
    let many_heads = many_heads.concat();
    let many_heads = format!("GET / HTTP/1.1\r\nHost: x\r\n{many_heads}\r\n");
    let declared = format!("{HEAD}Content-Length: 10485760\r\n\r\n");
    let chunk = format!("8000\r\n{}\r\n", "a".repeat(0x8000));
    let endless = format!(
        "{HEAD}Transfer-Encoding: chunked\r\n\r\n{}",
        chunk.repeat(30)
    );
    for (what, bytes) in [
        ("path", long_path),
        ("header", long_head),
        ("headers", many_heads),
        ("declared", declared),
        ("endless", endless),
    ] {
        let started = Instant::now();
        let answer = server.sends(bytes.as_bytes()).answer();
        let got = status(&answer);
        assert!(got == 0 || (400..500).contains(&got), "{what}: {got}");
        assert!(
            started.elapsed() < Duration::from_secs(5),
            "{what}: {:?}",
            started.elapsed()
        );
    }
    let grown = memory().saturating_sub(before);
    assert!(grown < 100, "{grown} MiB more");
    assert_eq!(server.opens("/sign-in").0, 200);
}

#[test]
fn ambiguous_framing_is_refused() {
    let server = server();
    let cases = [
        "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        "Content-Length: +5\r\n\r\nhello",
        "Content-Length: -5\r\n\r\nhello",
        "Content-Length: 5, 5\r\n\r\nhello",
        "Transfer-Encoding: chunked\r\n\r\n5\nhello\n0\n\n",
        "Host: evil.example\r\nContent-Length: 0\r\n\r\n",
    ];
    for case in cases {
        let answer = server.sends(format!("{HEAD}{case}").as_bytes()).answer();
        let text = String::from_utf8_lossy(&answer);
        assert_eq!(status(&answer), 400, "{case:?}: {text}");
        assert_eq!(text.matches("HTTP/1.1 ").count(), 1, "{case:?}");
    }
}

#[test]
fn a_file_of_compressed_zeros_is_no_form() {
    let server = server();
    let head = format!("{HEAD}Content-Encoding: gzip\r\nContent-Length: 20\r\n\r\n");
    let mut wire = server.sends(head.as_bytes());
    wire.sends(&[
        0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b, 0x04, 0, 0x43, 0xbe, 0xb7, 0xe8, 1, 0, 0,
    ]);
    let mut answer = [0; 12];
    wire.first(&mut answer);
    let got = status(&answer);
    assert!((400..500).contains(&got), "{got}");
}
