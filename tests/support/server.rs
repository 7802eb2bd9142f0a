//! The application behind a real socket, where the wire itself matters.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    sync::mpsc,
    thread::JoinHandle,
    time::{Duration, Instant},
};

use entente::{
    app::State,
    command::serve::{listen, serve},
};
use tokio::sync::oneshot;

use super::{
    app::{Setup, state},
    db::{Backend, TestDb},
    seed::World,
};

/// A server on a free port, stopped on drop.
pub struct TestServer {
    pub address: SocketAddr,
    pub state: State,
    pub world: World,
    pub db: TestDb,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl TestServer {
    /// Starts one.
    pub fn start(backend: Backend, setup: &Setup) -> Self {
        let (db, world) = TestDb::with_cast(backend);
        let state = state(&db, setup);
        let (tell, told) = mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        let shared = state.clone();
        let thread = std::thread::spawn(move || {
            actix_web::rt::System::new().block_on(async move {
                let (listener, address) = listen("127.0.0.1:0".parse().unwrap()).unwrap();
                tell.send(address).unwrap();
                let stopped = async {
                    let _ = stopped.await;
                };
                serve(listener, shared, 1, stopped).await.unwrap();
            });
        });
        let address = told.recv().unwrap();
        Self {
            address,
            state,
            world,
            db,
            stop: Some(stop),
            thread: Some(thread),
        }
    }

    /// Connects and sends bytes as they are.
    pub fn sends(&self, bytes: &[u8]) -> Wire {
        let stream = TcpStream::connect(self.address).unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(30)))
            .unwrap();
        let mut wire = Wire { stream };
        wire.sends(bytes);
        wire
    }

    /// A plain `GET` on a connection of its own, with the time that it took.
    pub fn opens(&self, path: &str) -> (u16, Duration) {
        let started = Instant::now();
        let request = format!("GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        let answer = self.sends(request.as_bytes()).answer();
        (status(&answer), started.elapsed())
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// One connection.
pub struct Wire {
    stream: TcpStream,
}

impl Wire {
    /// Sends more; a connection that was closed meanwhile is seen when reading.
    pub fn sends(&mut self, bytes: &[u8]) -> bool {
        self.stream.write_all(bytes).is_ok()
    }

    /// The first bytes of the answer.
    pub fn first(&mut self, buffer: &mut [u8]) {
        let _ = self.stream.read_exact(buffer);
    }

    /// Takes what else of an answer is there by now.
    pub fn empties(&mut self) {
        std::thread::sleep(Duration::from_millis(200));
        let _ = self.stream.set_nonblocking(true);
        while matches!(self.stream.read(&mut [0; 8192]), Ok(count) if count > 0) {}
        let _ = self.stream.set_nonblocking(false);
    }

    /// Whether the other side closes before thirty seconds pass; what it says first is passed over.
    pub fn is_closed(&mut self) -> bool {
        loop {
            match self.stream.read(&mut [0; 8192]) {
                Ok(0) => return true,
                Ok(_) => {}
                Err(error) => return error.kind() == std::io::ErrorKind::ConnectionReset,
            }
        }
    }

    /// Everything that comes until the other side closes, or thirty seconds pass.
    pub fn answer(&mut self) -> Vec<u8> {
        let mut all = Vec::new();
        let mut buffer = [0; 8192];
        while let Ok(count) = self.stream.read(&mut buffer) {
            if count == 0 {
                break;
            }
            all.extend_from_slice(&buffer[..count]);
        }
        all
    }
}

/// The status of an answer; 0 for none.
pub fn status(answer: &[u8]) -> u16 {
    let text = String::from_utf8_lossy(answer);
    let status = text
        .strip_prefix("HTTP/1.1 ")
        .or(text.strip_prefix("HTTP/1.0 "));
    status
        .and_then(|rest| rest.get(..3)?.parse().ok())
        .unwrap_or(0)
}
