//! Mail servers: a real one, and one that misbehaves as asked.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::Duration,
};

use entente::{
    config::mail::{Account, Encryption, MailServer},
    domain::email::Email,
};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use serde::Deserialize;

use super::db::fresh_folder;

/// A mail as a server took it.
#[derive(Debug, Clone, Deserialize)]
pub struct Received {
    pub from: String,
    pub to: Vec<String>,
    pub data: String,
    #[serde(default)]
    pub encrypted: bool,
    #[serde(default)]
    pub signed_in: bool,
}

impl Received {
    /// A header's value; empty where there is none.
    pub fn header(&self, name: &str) -> String {
        let start = format!("{name}: ");
        let mut lines = self.data.lines().take_while(|line| !line.is_empty());
        let found = lines.find_map(|line| line.strip_prefix(&start));
        found.unwrap_or_default().trim().to_owned()
    }
}

/// An authority of the tests' own, and what it signed.
pub struct Authority {
    folder: PathBuf,
    pem: String,
    issuer: Issuer<'static, KeyPair>,
}

impl Authority {
    pub fn new() -> Self {
        let folder = fresh_folder("authority");
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let pem = params.self_signed(&key).unwrap().pem();
        Self {
            folder,
            pem,
            issuer: Issuer::new(params, key),
        }
    }

    /// The authority's own certificate.
    pub fn pem(&self) -> Vec<u8> {
        self.pem.clone().into_bytes()
    }

    /// The authority's own certificate in a file.
    pub fn file(&self) -> PathBuf {
        let path = self.folder.join("ca.pem");
        fs::write(&path, &self.pem).unwrap();
        path
    }

    /// Files of a certificate for a name and of its key.
    pub fn signs(&self, name: &str) -> [PathBuf; 2] {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let pem = params.signed_by(&key, &self.issuer).unwrap().pem();
        self.writes(&pem, &key)
    }

    /// Files of a certificate that nobody signed but itself, and of its key.
    pub fn leaves_alone(&self, name: &str) -> [PathBuf; 2] {
        let key = KeyPair::generate().unwrap();
        let params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let pem = params.self_signed(&key).unwrap().pem();
        self.writes(&pem, &key)
    }

    fn writes(&self, pem: &str, key: &KeyPair) -> [PathBuf; 2] {
        let name = uuid::Uuid::new_v4();
        let files = ["pem", "key"].map(|kind| self.folder.join(format!("{name}.{kind}")));
        fs::write(&files[0], pem).unwrap();
        fs::write(&files[1], key.serialize_pem()).unwrap();
        files
    }
}

impl Drop for Authority {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A real SMTP server. Ended on drop.
pub struct SmtpServer {
    pub port: u16,
    process: Child,
    folder: PathBuf,
}

impl SmtpServer {
    /// One on this machine that takes mail in plain text.
    pub fn plain() -> Self {
        Self::starts(&[])
    }

    /// One that takes mail after STARTTLS only.
    pub fn starttls([certificate, key]: &[PathBuf; 2]) -> Self {
        Self::starts(&["--starttls", text(certificate), text(key)])
    }

    /// One that wants to know who comes.
    pub fn with_account([certificate, key]: &[PathBuf; 2], user: &str, password: &str) -> Self {
        let tls = ["--starttls", text(certificate), text(key)];
        Self::starts(&[&tls[..], &["--account", user, password]].concat())
    }

    /// One that is encrypted from the first byte.
    pub fn implicit([certificate, key]: &[PathBuf; 2]) -> Self {
        Self::starts(&["--implicit", text(certificate), text(key)])
    }

    fn starts(options: &[&str]) -> Self {
        let folder = fresh_folder("smtp");
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/support/smtp_server.py");
        // Debian's own: another one would know nothing of its packages.
        let mut process = Command::new("/usr/bin/python3")
            .arg(script)
            .arg(folder.join("mails"))
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            // It tells at length of connections that tests end on purpose.
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        let out = process.stdout.take().unwrap();
        BufReader::new(out).read_line(&mut line).unwrap();
        let port = line.trim().parse();
        let port =
            port.unwrap_or_else(|_| panic!("no SMTP server: run scripts/install-test-needs"));
        Self {
            port,
            process,
            folder,
        }
    }

    /// What it took, in order.
    pub fn mails(&self) -> Vec<Received> {
        let text = fs::read_to_string(self.folder.join("mails")).unwrap_or_default();
        let whole = text
            .split_inclusive('\n')
            .filter(|line| line.ends_with('\n'));
        whole
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// How to reach it.
    pub fn settings(&self) -> MailServer {
        at(self.port)
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A server on this machine in plain text.
pub fn at(port: u16) -> MailServer {
    MailServer {
        host: "127.0.0.1".into(),
        port,
        encryption: Encryption::None,
        account: None,
        authorities: None,
        from: Email::parse("entente@entente.example").unwrap(),
        poll: Duration::from_secs(1),
    }
}

/// A server by name with verified encryption.
pub fn verified(port: u16, authority: &Authority) -> MailServer {
    MailServer {
        host: "localhost".into(),
        encryption: Encryption::StartTls,
        authorities: Some(authority.pem()),
        ..at(port)
    }
}

/// A user of a mail server.
pub fn account(user: &str, password: &str) -> Account {
    Account {
        user: user.into(),
        password: password.into(),
    }
}

/// Where in a conversation something happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    Greeting,
    Hello,
    StartTls,
    From,
    To,
    Data,
    /// All of the mail is there, and nothing was said to it.
    Whole,
    /// The server has said that it took the mail.
    Taken,
}

impl Stage {
    pub const ALL: [Self; 7] = [
        Self::Greeting,
        Self::Hello,
        Self::From,
        Self::To,
        Self::Data,
        Self::Whole,
        Self::Taken,
    ];
}

/// What a sink does at a stage.
#[derive(Debug, Clone, Copy)]
pub enum Does {
    /// Says this instead of what it should.
    Says(&'static str),
    /// Says nothing, for ever.
    Hangs,
    /// Says what it should, byte by byte.
    Trickles,
    /// Closes.
    Closes,
}

type Behaviour = Arc<Mutex<Option<(Stage, Does)>>>;

/// A mail server in this process that misbehaves as asked, and counts.
#[derive(Clone)]
pub struct Sink {
    pub port: u16,
    behaviour: Behaviour,
    mails: Arc<Mutex<Vec<Received>>>,
    reached: Arc<Mutex<Vec<Stage>>>,
    offers: bool,
}

impl Sink {
    /// One that takes mail as it should, without encryption.
    pub fn starts() -> Self {
        Self::offering(false)
    }

    /// One that offers STARTTLS and can't do it.
    pub fn offering(offers: bool) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let sink = Self {
            port: listener.local_addr().unwrap().port(),
            behaviour: Arc::default(),
            mails: Arc::default(),
            reached: Arc::default(),
            offers,
        };
        let taking = sink.clone();
        // Lives as long as the tests.
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let sink = taking.clone();
                thread::spawn(move || sink.talks(stream));
            }
        });
        sink
    }

    /// Misbehaves from now on.
    pub fn at(&self, stage: Stage, does: Does) {
        self.reached.lock().unwrap().clear();
        *self.behaviour.lock().unwrap() = Some((stage, does));
    }

    /// Behaves from now on.
    pub fn recovers(&self) {
        *self.behaviour.lock().unwrap() = None;
    }

    /// What it took, in order.
    pub fn mails(&self) -> Vec<Received> {
        self.mails.lock().unwrap().clone()
    }

    /// How often a stage was come to since it began to misbehave.
    pub fn reached(&self, stage: Stage) -> usize {
        let reached = self.reached.lock().unwrap();
        reached.iter().filter(|it| **it == stage).count()
    }

    fn says(&self, stream: &mut TcpStream, stage: Stage, usual: &str) -> Option<()> {
        self.reached.lock().unwrap().push(stage);
        let behaviour = *self.behaviour.lock().unwrap();
        let does = behaviour
            .filter(|(at, _)| *at == stage)
            .map(|(_, does)| does);
        let said = match does {
            None => usual,
            Some(Does::Says(words)) => words,
            Some(Does::Trickles) => {
                for byte in format!("{usual}\r\n").bytes() {
                    stream.write_all(&[byte]).ok()?;
                    thread::sleep(Duration::from_millis(20));
                }
                return Some(());
            }
            Some(Does::Closes) => return None,
            Some(Does::Hangs) => {
                // Until the other side has gone.
                let mut rest = BufReader::new(stream.try_clone().ok()?);
                while rest.fill_buf().is_ok_and(|bytes| !bytes.is_empty()) {
                    let seen = rest.buffer().len();
                    rest.consume(seen);
                }
                return None;
            }
        };
        stream.write_all(format!("{said}\r\n").as_bytes()).ok()
    }

    fn talks(&self, mut stream: TcpStream) -> Option<()> {
        let mut lines = BufReader::new(stream.try_clone().ok()?);
        self.says(&mut stream, Stage::Greeting, "220 sink")?;
        let (mut from, mut to) = (String::new(), Vec::new());
        loop {
            let mut line = String::new();
            if lines.read_line(&mut line).ok()? == 0 {
                return None;
            }
            let word = line.get(..4).unwrap_or_default().to_ascii_uppercase();
            let address = || line.split(['<', '>']).nth(1).unwrap_or_default().to_owned();
            match word.as_str() {
                "EHLO" | "HELO" => {
                    let offer = if self.offers { "STARTTLS" } else { "8BITMIME" };
                    let hello = format!("250-sink\r\n250 {offer}");
                    self.says(&mut stream, Stage::Hello, &hello)?;
                }
                "STAR" => self.says(&mut stream, Stage::StartTls, "220 go\r\n220 not TLS")?,
                "MAIL" => {
                    from = address();
                    self.says(&mut stream, Stage::From, "250 ok")?;
                }
                "RCPT" => {
                    to.push(address());
                    self.says(&mut stream, Stage::To, "250 ok")?;
                }
                "DATA" => {
                    self.says(&mut stream, Stage::Data, "354 go")?;
                    let behaviour = *self.behaviour.lock().unwrap();
                    if matches!(behaviour, Some((Stage::Data, Does::Says(_)))) {
                        continue;
                    }
                    let data = body(&mut lines)?;
                    let mail = Received {
                        from: from.clone(),
                        to: std::mem::take(&mut to),
                        data,
                        encrypted: false,
                        signed_in: false,
                    };
                    self.takes(&mut stream, mail)?;
                }
                "QUIT" => {
                    let _ = stream.write_all(b"221 bye\r\n");
                    return None;
                }
                _ => stream.write_all(b"250 ok\r\n").ok()?,
            }
        }
    }

    /// A server may fail before it has a mail and after; only what it acknowledged is its own, and
    /// only what it has kept is counted.
    fn takes(&self, stream: &mut TcpStream, mail: Received) -> Option<()> {
        let behaviour = *self.behaviour.lock().unwrap();
        let refuses = matches!(behaviour, Some((Stage::Whole, Does::Says(_))));
        if !refuses {
            self.mails.lock().unwrap().push(mail);
        }
        self.says(stream, Stage::Whole, "250 taken")?;
        self.reached.lock().unwrap().push(Stage::Taken);
        let behaviour = *self.behaviour.lock().unwrap();
        if matches!(behaviour, Some((Stage::Taken, Does::Hangs))) {
            // Nothing more is said until the other side has gone.
            while stream.read(&mut [0; 64]).is_ok_and(|count| count > 0) {}
            return None;
        }
        Some(())
    }
}

/// The lines up to the dot.
fn body(lines: &mut impl BufRead) -> Option<String> {
    let mut body = String::new();
    loop {
        let mut line = String::new();
        if lines.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line == ".\r\n" {
            return Some(body);
        }
        body.push_str(&line);
    }
}
