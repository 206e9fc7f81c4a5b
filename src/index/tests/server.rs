//! A web server on loopback whose answers, also broken ones, the test writes.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A request as it came.
#[derive(Clone, Debug)]
pub struct Asked {
    pub path: String,
    /// Lower-case names.
    pub headers: Vec<(String, String)>,
}

impl Asked {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }
}

/// What the server does after the body's first bytes.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Ending {
    Complete,
    /// Closes after so many bytes of the body.
    Cut(usize),
    /// Sends a byte at a time until the client goes.
    Drip,
    /// Sends half, then nothing until the client goes.
    Silence,
    /// No answer at all, and a reset.
    Reset,
}

#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    pub ending: Ending,
}

impl Reply {
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: body.into(), ending: Ending::Complete }
    }

    pub fn json(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, body).with("Content-Type", "application/vnd.pypi.simple.v1+json")
    }

    pub fn html(body: impl Into<Vec<u8>>) -> Self {
        Self::new(200, body).with("Content-Type", "text/html; charset=utf-8")
    }

    pub fn redirect(to: &str) -> Self {
        Self::new(302, "").with("Location", to)
    }

    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    #[must_use]
    pub fn ending(mut self, ending: Ending) -> Self {
        self.ending = ending;
        self
    }

    /// The part that a `Range` header asks for, as servers with ranges answer.
    #[must_use]
    pub fn ranged(mut self, asked: &Asked) -> Self {
        let Some(range) = asked.header("range").and_then(|range| range.strip_prefix("bytes=")) else {
            return self;
        };
        let total = self.body.len();
        let (first, last) = range.split_once('-').unwrap();
        let first = match first {
            "" => total.saturating_sub(last.parse().unwrap()),
            first => first.parse().unwrap(),
        };
        let last = if range.starts_with('-') || last.is_empty() { total - 1 } else { last.parse().unwrap() };
        let last = last.min(total - 1);
        self.body = self.body[first..=last].to_vec();
        self.status = 206;
        self.with("Content-Range", &format!("bytes {first}-{last}/{total}"))
    }
}

/// Answers by the request and by how often its path was asked before.
type Handler = dyn Fn(&Asked, usize) -> Reply + Send + Sync;

pub struct Server {
    pub port: u16,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Server {
    pub fn start(handler: impl Fn(&Asked, usize) -> Reply + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        let handler: Arc<Handler> = Arc::new(handler);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, handler) = (Arc::clone(&log), Arc::clone(&handler));
                // A client that goes away in the middle is what many tests are about.
                std::thread::spawn(move || drop(serve(stream, &log, &*handler)));
            }
        });
        Self { port, asked }
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    pub fn paths(&self) -> Vec<String> {
        self.asked().into_iter().map(|asked| asked.path).collect()
    }
}

fn serve(mut stream: TcpStream, log: &Mutex<Vec<Asked>>, handler: &Handler) -> std::io::Result<()> {
    // Peeked first: closing a socket with unread bytes is what makes a reset.
    let mut head = vec![0; 64 * 1024];
    let mut length = 0;
    while !head[..length].windows(4).any(|w| w == b"\r\n\r\n") {
        let now = stream.peek(&mut head)?;
        if now == 0 {
            return Ok(());
        }
        if now == length {
            std::thread::sleep(Duration::from_millis(1));
        }
        length = now;
    }
    let text = String::from_utf8_lossy(&head[..length]).into_owned();
    let mut lines = text.lines();
    let path = lines.next().and_then(|line| line.split(' ').nth(1)).unwrap_or_default().to_owned();
    let header = |line: &str| line.split_once(": ").map(|(n, v)| (n.to_lowercase(), v.to_owned()));
    let asked = Asked { path, headers: lines.map_while(header).collect() };
    let before = {
        let mut log = log.lock().unwrap();
        let before = log.iter().filter(|earlier| earlier.path == asked.path).count();
        log.push(asked.clone());
        before
    };
    let reply = handler(&asked, before);
    if reply.ending == Ending::Reset {
        return Ok(());
    }
    stream.read_exact(&mut head[..length])?;
    let mut out = Vec::new();
    write!(
        out,
        "HTTP/1.1 {} X\r\nConnection: close\r\nContent-Length: {}\r\n",
        reply.status,
        reply.body.len()
    )?;
    for (name, value) in &reply.headers {
        write!(out, "{name}: {value}\r\n")?;
    }
    stream.write_all(&out)?;
    stream.write_all(b"\r\n")?;
    match reply.ending {
        Ending::Complete | Ending::Reset => stream.write_all(&reply.body),
        Ending::Cut(at) => stream.write_all(&reply.body[..at]),
        Ending::Drip => reply.body.iter().try_for_each(|byte| {
            std::thread::sleep(Duration::from_millis(50));
            stream.write_all(&[*byte])
        }),
        Ending::Silence => {
            stream.write_all(&reply.body[..reply.body.len() / 2])?;
            stream.read(&mut head).map(drop)
        }
    }
}
