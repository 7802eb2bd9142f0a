//! The program itself, as a process of its own.

use std::{
    fmt::Write as _,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpStream},
    path::PathBuf,
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use super::{
    db::{TestDb, fresh_folder},
    seed::PASSWORD,
    server::status,
};

/// The secret that the process is given: the one of the application in this process.
pub const SECRET: &str = "a secret that only the tests of Entente know 0123456789";

/// How long a process may take to be ready: generous, since many tests run beside each other.
const READY: Duration = Duration::from_secs(30);

/// A command of the program, with no setting from outside.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_entente"));
    command.args(arguments);
    alone(&mut command);
    command
}

/// Takes away what the tests' own environment would set, and standard input.
fn alone(command: &mut Command) {
    command.stdin(Stdio::null());
    for (name, _) in std::env::vars() {
        if name.starts_with("ENTENTE_") {
            command.env_remove(name);
        }
    }
}

/// A program that serves. Killed on drop.
pub struct Program {
    pub address: SocketAddr,
    process: Child,
    log: Arc<Mutex<Vec<String>>>,
    folder: PathBuf,
}

/// How a program is started.
pub struct Start {
    database: String,
    settings: Vec<(String, String)>,
    under: Vec<String>,
}

impl Start {
    /// Over a database, by its address.
    pub fn over(database: &str) -> Self {
        Self {
            database: database.to_owned(),
            settings: Vec::new(),
            under: Vec::new(),
        }
    }

    /// With a setting, over what the tests set.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.settings.push((name.to_owned(), value.to_owned()));
        self
    }

    /// By another program that ends by becoming ours: the program and its arguments.
    #[must_use]
    pub fn under(mut self, words: &[&str]) -> Self {
        self.under = words.iter().map(|&word| word.to_owned()).collect();
        self
    }

    /// Starts `serve`, and waits until it tells its address. The log level must let `info` through,
    /// which that line is.
    pub fn serve(self) -> Program {
        self.tries()
            .unwrap_or_else(|log| panic!("it doesn't serve: {log:#?}"))
    }

    /// As [`Self::serve`]; what it said where it ended instead.
    pub fn tries(self) -> Result<Program, Vec<String>> {
        let folder = fresh_folder("program");
        let binary = env!("CARGO_BIN_EXE_entente");
        let mut words = self
            .under
            .iter()
            .map(String::as_str)
            .chain([binary, "serve"]);
        let mut command = Command::new(words.next().unwrap_or(binary));
        command.args(words);
        alone(&mut command);
        let process = command
            .env("ENTENTE_LISTEN", "127.0.0.1:0")
            .env("ENTENTE_PUBLIC_URL", "http://127.0.0.1")
            .env("ENTENTE_ALLOW_HTTP", "true")
            .env("ENTENTE_DATA_DIR", &folder)
            .env("ENTENTE_DATABASE_URL", &self.database)
            .env("ENTENTE_SECRET", SECRET)
            .env("ENTENTE_WORKERS", "2")
            .envs(self.settings)
            .current_dir(&folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut program = Program {
            address: SocketAddr::from(([0, 0, 0, 0], 0)),
            process,
            log: Arc::default(),
            folder,
        };
        let readers = [
            program.process.stdout.take().map(|out| program.keeps(out)),
            program.process.stderr.take().map(|out| program.keeps(out)),
        ];
        let started = Instant::now();
        loop {
            if let Some(address) = program.told("listening", "address") {
                program.address = address.parse().unwrap();
                return Ok(program);
            }
            if program.process.try_wait().unwrap().is_some() {
                for reader in readers.into_iter().flatten() {
                    let _ = reader.join();
                }
                return Err(program.log());
            }
            assert!(started.elapsed() < READY, "not ready: {:#?}", program.log());
            thread::sleep(Duration::from_millis(5));
        }
    }
}

impl Program {
    /// Starts `serve` over a test's database and waits until it listens.
    pub fn serve(db: &TestDb) -> Self {
        Start::over(&db.setting()).serve()
    }

    fn keeps(&self, from: impl Read + Send + 'static) -> thread::JoinHandle<()> {
        let log = Arc::clone(&self.log);
        thread::spawn(move || {
            for line in BufReader::new(from).split(b'\n').map_while(Result::ok) {
                let line = String::from_utf8_lossy(&line).into_owned();
                log.lock().unwrap().push(line);
            }
        })
    }

    /// What it has said so far: its log, and its standard error.
    pub fn log(&self) -> Vec<String> {
        self.log.lock().unwrap().clone()
    }

    /// A field of the first line of its log with this message.
    pub fn told(&self, message: &str, field: &str) -> Option<String> {
        self.log().iter().find_map(|line| {
            let line: serde_json::Value = serde_json::from_str(line).ok()?;
            let told = line.get("message")?.as_str()? == message;
            told.then(|| line.get(field)?.as_str().map(str::to_owned))?
        })
    }

    /// The number of its process.
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// Ends it as a power cut would.
    pub fn kill(&mut self) {
        let _ = self.process.kill();
        self.process.wait().unwrap();
    }

    /// Sends it a signal, by its name.
    pub fn signal(&self, name: &str) {
        signal(self.id(), name);
    }

    /// Waits until it has ended.
    pub fn ends(&mut self, within: Duration) -> ExitStatus {
        let started = Instant::now();
        loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status;
            }
            assert!(started.elapsed() < within, "still running after {within:?}");
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Asks for a page; `None` where no whole answer comes.
    pub fn gets(&self, path: &str, cookie: &str) -> Option<Answer> {
        request(self.address, "GET", path, cookie, "")
    }

    /// Sends a form; `None` where no whole answer comes.
    pub fn posts(&self, path: &str, cookie: &str, fields: &[(&str, &str)]) -> Option<Answer> {
        let body = serde_urlencoded::to_string(fields).unwrap();
        request(self.address, "POST", path, cookie, &body)
    }

    /// Signs in and returns the cookie.
    pub fn signs_in(&self, email: &str) -> String {
        let fields = [("email", email), ("password", PASSWORD)];
        let answer = self.posts("/sign-in", "", &fields).unwrap();
        answer.cookie().unwrap_or_else(|| panic!("{answer:?}"))
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Sends a process a signal, by its name.
pub fn signal(process: u32, name: &str) {
    let kill = format!("kill -s {name} {process}");
    // By the shell's own command: not every machine has one of that name.
    let sent = Command::new("sh").args(["-c", &kill]).status();
    assert!(sent.unwrap().success(), "{kill}");
}

/// Runs a command of the program over a test's database.
pub fn tells(database: &str, arguments: &[&str]) -> Output {
    let folder = fresh_folder("command");
    let output = command(arguments)
        .env("ENTENTE_DATA_DIR", &folder)
        .env("ENTENTE_DATABASE_URL", database)
        .env("ENTENTE_SECRET", SECRET)
        .current_dir(&folder)
        .output()
        .unwrap();
    let _ = std::fs::remove_dir_all(&folder);
    output
}

/// An answer over the wire.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub body: String,
}

impl Answer {
    /// A header's value, by its name in small letters.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut lines = self.head.lines();
        lines.find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))
    }

    /// The session's cookie that it sets, name and value.
    pub fn cookie(&self) -> Option<String> {
        let mut lines = self.head.lines();
        let line = lines.find_map(|line| {
            let cookie = line.strip_prefix("set-cookie: ")?;
            let name = cookie.split('=').next()?;
            name.ends_with("session").then_some(cookie)
        })?;
        line.split(';').next().map(str::to_owned)
    }

    /// The value of a hidden field.
    pub fn hidden(&self, name: &str) -> Option<String> {
        let (_, rest) = self.body.split_once(&format!("name=\"{name}\" value=\""))?;
        rest.split('"').next().map(str::to_owned)
    }
}

/// One request on a connection of its own; `None` where no whole answer comes.
pub fn request(
    address: SocketAddr,
    method: &str,
    path: &str,
    cookie: &str,
    body: &str,
) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream
        .set_read_timeout(Some(Duration::from_secs(20)))
        .ok()?;
    let mut head = format!("{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n");
    if !cookie.is_empty() {
        let _ = write!(head, "Cookie: {cookie}\r\n");
    }
    if method == "POST" {
        let length = body.len();
        let _ = write!(
            head,
            "Sec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {length}\r\n"
        );
    }
    stream
        .write_all(format!("{head}\r\n{body}").as_bytes())
        .ok()?;
    let mut all = Vec::new();
    stream.read_to_end(&mut all).ok()?;
    let text = String::from_utf8_lossy(&all);
    let (head, body) = text.split_once("\r\n\r\n")?;
    Some(Answer {
        status: status(&all),
        head: head.to_owned(),
        body: body.to_owned(),
    })
}
