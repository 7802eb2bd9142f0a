//! Between browser and program: hears every byte that the browser sends. And a site of somebody
//! else's.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{Shutdown, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex},
    thread,
};

/// A tap. Its threads end with the connections that they serve.
pub struct Tap {
    address: SocketAddr,
    heard: Arc<Mutex<Vec<u8>>>,
}

impl Tap {
    /// Passes everything on to an address like `http://127.0.0.1:8080`.
    pub fn before(program: &str) -> Self {
        let program = program.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let heard: Arc<Mutex<Vec<u8>>> = Arc::default();
        let keep = Arc::clone(&heard);
        thread::spawn(move || {
            for browser in listener.incoming().map_while(Result::ok) {
                let Ok(program) = TcpStream::connect(&program) else {
                    return;
                };
                let keep = Arc::clone(&keep);
                let (asked, answered) =
                    (browser.try_clone().unwrap(), program.try_clone().unwrap());
                thread::spawn(move || pass(asked, program, Some(&keep)));
                thread::spawn(move || pass(answered, browser, None));
            }
        });
        Self { address, heard }
    }

    /// The address of a path.
    pub fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Everything that was sent so far.
    pub fn heard(&self) -> String {
        String::from_utf8_lossy(&self.heard.lock().unwrap()).into_owned()
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream, keep: Option<&Mutex<Vec<u8>>>) {
    let mut buffer = [0; 8192];
    while let Ok(count) = from.read(&mut buffer) {
        if let Some(keep) = keep {
            keep.lock().unwrap().extend_from_slice(&buffer[..count]);
        }
        if count == 0 || to.write_all(&buffer[..count]).is_err() {
            break;
        }
    }
    let _ = to.shutdown(Shutdown::Both);
}

/// A site of somebody else's: every address of it is the same page.
pub struct Elsewhere(SocketAddr);

impl Elsewhere {
    /// Serves a page.
    pub fn serving(page: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        thread::spawn(move || {
            for mut browser in listener.incoming().map_while(Result::ok) {
                let page = page.clone();
                thread::spawn(move || {
                    let reader = BufReader::new(browser.try_clone().unwrap());
                    for line in reader.lines().map_while(Result::ok) {
                        if line.is_empty() {
                            break;
                        }
                    }
                    let head = format!(
                        "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                        page.len()
                    );
                    let _ = browser.write_all(format!("{head}{page}").as_bytes());
                });
            }
        });
        Self(address)
    }

    /// The same machine by another port: another origin, the same site, so that cookies are sent.
    pub fn next_door(&self) -> String {
        format!("http://{}", self.0)
    }

    /// Another site.
    pub fn far(&self) -> String {
        format!("http://localhost:{}", self.0.port())
    }
}
