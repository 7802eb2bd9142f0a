//! The servers that are driven: started on free ports of loopback, and stopped when done with.

use std::{
    fmt::Write as _,
    fs::File,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use anyhow::{Context as _, bail, ensure};

/// Every process that was started and not waited for yet.
static STARTED: Mutex<Vec<Arc<Mutex<Child>>>> = Mutex::new(Vec::new());

/// A process that ends with us.
pub struct Process(Arc<Mutex<Child>>);

impl Process {
    /// Starts it.
    pub fn start(command: &mut Command) -> anyhow::Result<Self> {
        let shown = command.get_program().display().to_string();
        let child = command
            .spawn()
            .with_context(|| format!("can't start {shown}"))?;
        let child = Arc::new(Mutex::new(child));
        let mut all = STARTED.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(Arc::clone(&child));
        Ok(Self(child))
    }

    /// Its id.
    pub fn id(&self) -> u32 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).id()
    }

    /// Waits until it ends by itself.
    pub fn wait(&self) {
        while !self.ended() {
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    /// Whether it ended already.
    fn ended(&self) -> bool {
        let mut child = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        !matches!(child.try_wait(), Ok(None))
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        end(&self.0, true);
        let mut all = STARTED.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|child| !Arc::ptr_eq(child, &self.0));
    }
}

/// Asks a process to stop, and insists after ten seconds, or at once.
fn end(child: &Mutex<Child>, gently: bool) {
    let mut child = child.lock().unwrap_or_else(PoisonError::into_inner);
    if !matches!(child.try_wait(), Ok(None)) {
        return;
    }
    if gently {
        let _ = Command::new("kill").arg(child.id().to_string()).status();
        for _ in 0..1000 {
            if !matches!(child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
    let _ = child.kill();
    let _ = child.wait();
}

/// Ends everything that was started.
pub fn end_all() {
    let all = STARTED.lock().unwrap_or_else(PoisonError::into_inner);
    for child in all.iter() {
        end(child, false);
    }
}

/// A server, and how long it took until it answered.
pub struct Server {
    pub process: Process,
    pub address: SocketAddr,
    pub first_answer: Duration,
}

/// An answer.
pub struct Answer {
    pub status: u16,
    pub body: String,
}

impl Server {
    /// Starts a server that listens where it is told to, and asks until it answers with 200.
    pub fn start(
        path: &str,
        log: &Path,
        command: impl FnOnce(&str) -> Command,
    ) -> anyhow::Result<Self> {
        // The port is free again when the listener is dropped, and nobody else is in a hurry.
        let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let log = File::options().create(true).append(true).open(log)?;
        let mut command = command(&address.to_string());
        command
            .stdin(Stdio::null())
            .stderr(log.try_clone()?)
            .stdout(log);
        let began = Instant::now();
        let process = Process::start(&mut command)?;
        loop {
            if let Ok(answer) = ask(address, "GET", path, &[], "")
                && answer.status == 200
            {
                return Ok(Self {
                    process,
                    address,
                    first_answer: began.elapsed(),
                });
            }
            ensure!(
                !process.ended(),
                "a server ended at its start; its log says why"
            );
            if began.elapsed() > Duration::from_secs(30) {
                bail!("a server didn't answer within 30 seconds; its log says why");
            }
            std::thread::sleep(Duration::from_micros(500));
        }
    }

    /// Its address with a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Asks for something once.
    pub fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> anyhow::Result<Answer> {
        ask(self.address, method, path, headers, body)
    }
}

fn ask(
    address: SocketAddr,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> anyhow::Result<Answer> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(30)))?;
    let mut text = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
    for (name, value) in headers {
        write!(text, "{name}: {value}\r\n")?;
    }
    write!(text, "Content-Length: {}\r\n\r\n{body}", body.len())?;
    stream.write_all(text.as_bytes())?;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes)?;
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").context("no answer")?;
    let status = head
        .split(' ')
        .nth(1)
        .and_then(|status| status.parse().ok());
    Ok(Answer {
        status: status.context("no status")?,
        body: body.to_owned(),
    })
}
