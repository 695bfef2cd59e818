//! The real server in a process of its own, plain HTTP to it, and a proxy before several of them.

use domain::sync::{Answers, Batch, Entry, Outcome};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// The real server.
pub struct Server {
    process: Child,
    /// Where it listens.
    pub address: String,
    _keys: tempfile::TempDir,
}

impl Server {
    /// Starts it on a database, and waits until it says where it listens.
    pub fn start(url: &str) -> Self {
        // Keys of its own: servers that start at once would make the same ones.
        let keys = tempfile::TempDir::new().expect("a folder");
        let mut process = Command::new(env!("CARGO_BIN_EXE_rinnalla"))
            .args(["serve", "--listen", "127.0.0.1:0", "--database", url, "--keys"])
            .arg(keys.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server");
        let mut line = String::new();
        let stdout = process.stdout.take().expect("its words");
        BufReader::new(stdout).read_line(&mut line).expect("its first line");
        let address = line.trim().rsplit("http://").next().expect("an address").to_owned();
        assert!(address.contains(':'), "{line}");
        Self { process, address, _keys: keys }
    }

    /// Ends it the way that a power cut ends a process: nothing is finished.
    pub fn kill(&mut self) {
        self.process.kill().expect("SIGKILL");
        self.process.wait().expect("its end");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// An answer: status, head and body.
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Everything before the body.
    pub head: String,
    /// The body.
    pub body: String,
}

/// One request over a connection of its own; nothing when no whole answer came.
pub fn request(address: &str, method: &str, path: &str, head: &str, body: &str) -> Option<Answer> {
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    write!(
        stream,
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nsec-fetch-site: same-origin\r\n{head}\
         content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
    .ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    Some(Answer { status, head: head.to_owned(), body: body.to_owned() })
}

/// Sends one entry; nothing when it was not acknowledged by its id and hash.
pub fn send(address: &str, token: &str, entry: &Entry) -> Option<Outcome> {
    let body = serde_json::to_string(&Batch { entries: vec![entry.clone()] }).expect("JSON");
    let head = format!("cookie: __Host-rinnalla={token}\r\ncontent-type: application/json\r\n");
    let answer = request(address, "POST", "/api/sync", &head, &body)?;
    if answer.status != 200 {
        return None;
    }
    // Whether in one piece or chunked, the JSON is what stands between the outermost braces.
    let json = answer.body.get(answer.body.find('{')?..=answer.body.rfind('}')?)?;
    let mut answers: Answers = serde_json::from_str(json).ok()?;
    let answer = answers.answers.pop().filter(|answer| answer.sha256 == entry.sha256())?;
    Some(answer.outcome)
}

/// Opens a page as the holder of a session.
pub fn open(address: &str, token: &str, path: &str) -> Option<Answer> {
    request(address, "GET", path, &format!("cookie: __Host-rinnalla={token}\r\n"), "")
}

/// Posts a plain form as the holder of a session.
pub fn post(address: &str, token: &str, path: &str, body: &str) -> Option<Answer> {
    let head =
        format!("cookie: __Host-rinnalla={token}\r\ncontent-type: application/x-www-form-urlencoded\r\n");
    request(address, "POST", path, &head, body)
}

/// A plain proxy: each connection goes to the next server in turn. Gives its address.
pub fn proxy(servers: Vec<String>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("its address").to_string();
    let turn = Arc::new(AtomicUsize::new(0));
    std::thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let to = servers[turn.fetch_add(1, Ordering::Relaxed) % servers.len()].clone();
            std::thread::spawn(move || carry(client, &to));
        }
    });
    address
}

/// Carries bytes both ways until one side ends.
fn carry(client: TcpStream, to: &str) {
    let Ok(server) = TcpStream::connect(to) else { return };
    let (Ok(mut from_client), Ok(mut to_server)) = (client.try_clone(), server.try_clone()) else { return };
    let (mut from_server, mut to_client) = (server, client);
    std::thread::spawn(move || {
        let _ = std::io::copy(&mut from_client, &mut to_server);
    });
    let _ = std::io::copy(&mut from_server, &mut to_client);
    let _ = to_client.shutdown(std::net::Shutdown::Both);
}
