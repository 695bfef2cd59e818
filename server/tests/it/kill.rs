//! The server is killed (SIGKILL) while it writes, and started again (F3): what it acknowledged is
//! there, once; what it did not is sent again, and then there, once.
//!
//! `RINNALLA_KILL_ROUNDS` says how often on each engine; a few times in the ordinary run.

use crate::helpers::{both, count, employer, person, plain_visit, settle};
use backend::Backend;
use backend::clock::{Clock, new_id};
use domain::ids::CommandId;
use domain::sync::{Answers, Batch, Command, Entry, Outcome};
use domain::visits::LogVisit;
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command as Process, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};
use std::time::Duration;

/// The real server, in a process of its own.
struct Server {
    process: Child,
    address: String,
}

impl Server {
    fn start(url: &str) -> Self {
        let mut process = Process::new(env!("CARGO_BIN_EXE_rinnalla"))
            .args(["serve", "--listen", "127.0.0.1:0", "--database", url])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server");
        let mut line = String::new();
        let stdout = process.stdout.take().expect("its words");
        BufReader::new(stdout).read_line(&mut line).expect("its first line");
        let address = line.trim().rsplit("http://").next().expect("an address").to_owned();
        assert!(address.contains(':'), "{line}");
        Self { process, address }
    }

    /// Ends it the way that a power cut ends a process: nothing is finished.
    fn kill(mut self) {
        self.process.kill().expect("SIGKILL");
        self.process.wait().expect("its end");
    }
}

/// Sends one entry over a connection of its own; nothing when no whole answer came.
fn send(address: &str, token: &str, entry: &Entry) -> Option<Outcome> {
    let body = serde_json::to_string(&Batch { entries: vec![entry.clone()] }).expect("JSON");
    let mut stream = TcpStream::connect(address).ok()?;
    stream.set_read_timeout(Some(Duration::from_secs(20))).ok()?;
    write!(
        stream,
        "POST /api/sync HTTP/1.1\r\nhost: {address}\r\ncookie: __Host-rinnalla={token}\r\n\
         sec-fetch-site: same-origin\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\
         connection: close\r\n\r\n{body}",
        body.len()
    )
    .ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    if !head.starts_with("HTTP/1.1 200") {
        return None;
    }
    // Whether in one piece or chunked, the JSON is what stands between the outermost braces.
    let json = body.get(body.find('{')?..=body.rfind('}')?)?;
    let mut answers: Answers = serde_json::from_str(json).ok()?;
    let answer = answers.answers.pop().filter(|answer| answer.sha256 == entry.sha256())?;
    Some(answer.outcome)
}

/// What a writer sent, and which of it was acknowledged.
#[derive(Default)]
struct Written {
    sent: Vec<Entry>,
    acknowledged: BTreeSet<CommandId>,
}

/// Sends visits until it is told to stop, and tells of each that was acknowledged.
fn write_on(
    address: &str,
    token: &str,
    visit: &LogVisit,
    stop: &AtomicBool,
    tell: &mpsc::Sender<()>,
) -> Written {
    let mut written = Written::default();
    while !stop.load(Ordering::Relaxed) {
        let entry = Entry::pack(CommandId(new_id()), &Command::LogVisit(visit.clone())).expect("an entry");
        written.sent.push(entry.clone());
        match send(address, token, &entry) {
            Some(Outcome::Committed(_)) => {
                written.acknowledged.insert(entry.id);
                let _ = tell.send(());
            }
            _ if stop.load(Ordering::Relaxed) => {}
            other => assert!(other.is_none(), "{other:?}"),
        }
    }
    written
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::print_stdout, reason = "says what ran")]
async fn nothing_acknowledged_is_lost_when_the_server_is_killed() {
    let rounds: u32 =
        std::env::var("RINNALLA_KILL_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(3);
    for backend in both().await {
        settle(&backend).await;
        let (url, engine) = (backend.url.clone(), backend.store.engine_name());
        let visit = LogVisit { day: Clock::System.today(), ..plain_visit(employer(&backend, "E2").await) };
        let before = count(&backend, "select count(*) from visit").await;
        let (mut sent, mut acknowledged, mut again) = (0, 0, 0);
        for round in 0..rounds {
            let token = real_session(&backend).await;
            let server = Server::start(&url);
            let stop = Arc::new(AtomicBool::new(false));
            let (tell, told) = mpsc::channel();
            let writers: Vec<_> = (0..4)
                .map(|_| {
                    let (address, token) = (server.address.clone(), token.clone());
                    let (visit, stop, tell) = (visit.clone(), Arc::clone(&stop), tell.clone());
                    std::thread::spawn(move || write_on(&address, &token, &visit, &stop, &tell))
                })
                .collect();
            // After some acknowledgements, never the same number, while others are under way.
            for _ in 0..=(round * 7 % 41) {
                told.recv().expect("an acknowledgement");
            }
            stop.store(true, Ordering::Relaxed);
            server.kill();
            let written: Vec<Written> =
                writers.into_iter().map(|writer| writer.join().expect("a writer")).collect();
            let server = Server::start(&url);
            for one in &written {
                sent += one.sent.len();
                acknowledged += one.acknowledged.len();
                for entry in &one.sent {
                    if one.acknowledged.contains(&entry.id) {
                        assert_eq!(visits_of(&backend, entry.id).await, 1, "acknowledged and lost");
                    } else {
                        assert!(visits_of(&backend, entry.id).await <= 1);
                        again += 1;
                    }
                    let outcome = send(&server.address, &token, entry);
                    assert!(matches!(outcome, Some(Outcome::Committed(_))), "{outcome:?}");
                    assert_eq!(visits_of(&backend, entry.id).await, 1);
                }
            }
            server.kill();
        }
        let all = count(&backend, "select count(*) from visit").await - before;
        assert_eq!(usize::try_from(all).expect("a count"), sent, "each is there once");
        let mut tx = backend.store.read(&backend.clock).await.expect("a transaction");
        let chain = backend::audit::verify(&mut tx).await.expect("a chain");
        assert!(matches!(chain, backend::audit::Chain::Whole { .. }), "{chain:?}");
        println!(
            "{engine}: killed {rounds} times, {sent} visits sent, {acknowledged} acknowledged and 0 lost, \
             {again} sent again, 0 doubles"
        );
    }
}

/// How many visits have this identity.
async fn visits_of(backend: &Backend, id: CommandId) -> i64 {
    let mut tx = backend.store.read(&backend.clock).await.expect("a transaction");
    let (count,): (i64,) =
        backend::fetch_one!(tx, (i64,), "select count(*) from visit where id = $1", id.uuid())
            .expect("a count");
    count
}

/// A session that the real clock takes for fresh; its token.
async fn real_session(backend: &Backend) -> String {
    let (id, token) = (new_id(), new_id().to_string());
    let who = person(backend, "OWN").await;
    let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
    backend::execute!(
        tx,
        "insert into session (id, token_hash, person_id, device, created_at, seen_at) values ($1, $2, $3, 'x', $4, $4)",
        id,
        backend::sign_in::token_hash(&token),
        who.uuid(),
        Clock::System.now()
    )
    .expect("a session");
    tx.commit().await.expect("a commit");
    token
}
