//! The server is killed (SIGKILL) while it writes, and started again (F3): what it acknowledged is
//! there, once; what it did not is sent again, and then there, once.
//!
//! `RINNALLA_KILL_ROUNDS` says how often on each engine; a few times in the ordinary run.

use crate::helpers::{TestBackend, both, count, employer, open_session, plain_visit, settle};
use crate::process::{Server, send};
use backend::Backend;
use backend::clock::{Clock, new_id};
use domain::ids::CommandId;
use domain::sync::{Command, Entry, Outcome};
use domain::visits::LogVisit;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};

/// What a writer sent, and which of it was acknowledged.
#[derive(Default)]
pub struct Written {
    /// Every entry.
    pub sent: Vec<Entry>,
    /// Those of which it was told that they are kept.
    pub acknowledged: BTreeSet<CommandId>,
}

/// Sends visits until it is told to stop, and tells of each that was acknowledged.
pub fn write_on(
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
            let mut server = Server::start(&url);
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
            let mut server = Server::start(&url);
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
pub async fn visits_of(backend: &Backend, id: CommandId) -> i64 {
    let mut tx = backend.store.read(&backend.clock).await.expect("a transaction");
    let (count,): (i64,) =
        backend::fetch_one!(tx, (i64,), "select count(*) from visit where id = $1", id.uuid())
            .expect("a count");
    count
}

/// A session that the real clock takes for fresh; its token.
pub async fn real_session(backend: &TestBackend) -> String {
    backend.clock.set(Clock::System.now());
    open_session(backend, "OWN").await.to_string()
}
