//! Two servers on one PostgreSQL behind a plain proxy: whatever was done on one holds on the other,
//! and nothing acknowledged is lost when one of them is killed. `SQLite` is for one server.

use crate::helpers::{PASSWORD, TestBackend, both, count, employer, entry, plain_visit, settle, token_of};
use crate::kill::{Written, real_session, visits_of, write_on};
use crate::process::{Server, open, post, proxy, request, send};
use backend::clock::Clock;
use domain::sync::{Command, OnVisit, Outcome};
use domain::visits::LogVisit;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, mpsc};

/// The county on PostgreSQL with two servers on it; nothing where there is no PostgreSQL.
async fn two_servers() -> Option<(TestBackend, Server, Server)> {
    let backend = both().await.into_iter().find(|backend| backend.store.engine_name() == "PostgreSQL")?;
    settle(&backend).await;
    backend.clock.set(Clock::System.now());
    let (one, other) = (Server::start(&backend.url), Server::start(&backend.url));
    Some((backend, one, other))
}

async fn visit_today(backend: &TestBackend) -> LogVisit {
    LogVisit { day: Clock::System.today(), ..plain_visit(employer(backend, "E2").await) }
}

/// Signs in by the form; the token when it went well.
fn sign_in(address: &str, password: &str) -> Option<String> {
    let body = format!("name=oma.valmentaja&password={}", password.replace(' ', "+"));
    let head = "content-type: application/x-www-form-urlencoded\r\n";
    let answer = request(address, "POST", "/sign-in", head, &body)?;
    let (_, token) = answer.head.split_once("__Host-rinnalla=")?;
    Some(token.split(';').next()?.to_owned()).filter(|_| answer.status == 303)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_done_on_one_holds_on_the_other() {
    let Some((backend, one, other)) = two_servers().await else { return };
    token_of(&backend, "OWN").await;
    let token = sign_in(&one.address, PASSWORD).expect("a session");
    assert_eq!(open(&other.address, &token, "/").expect("a page").status, 200, "signed in on both");

    let visit = entry(&Command::LogVisit(visit_today(&backend).await));
    let first = send(&one.address, &token, &visit).expect("an answer");
    assert!(matches!(first, Outcome::Committed(_)), "{first:?}");
    assert_eq!(send(&other.address, &token, &visit), Some(first), "the same receipt on both");
    assert_eq!(visits_of(&backend, visit.id).await, 1);
    let at = format!("/visits/{}", visit.id);
    assert!(open(&other.address, &token, "/visits").expect("a feed").body.contains(&at));

    let withdraw = Command::WithdrawVisit(OnVisit { visit: visit.id.uuid().into() });
    send(&other.address, &token, &entry(&withdraw)).expect("an answer");
    assert!(!open(&one.address, &token, "/visits").expect("a feed").body.contains(&at), "taken back on both");

    post(&other.address, &token, "/sign-out", "").expect("an answer");
    let gone = open(&one.address, &token, "/").expect("an answer");
    assert!(gone.status == 303 && gone.head.contains("/sign-in"), "signed out on both");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lock_out_counts_the_tries_on_both() {
    let Some((backend, one, other)) = two_servers().await else { return };
    token_of(&backend, "OWN").await;
    let address = proxy(vec![one.address.clone(), other.address.clone()]);
    for _ in 0..domain::sign_in::TRIES_PER_NAME {
        assert_eq!(sign_in(&address, "wrong password again"), None);
    }
    for server in [&one, &other] {
        assert_eq!(sign_in(&server.address, PASSWORD), None, "the right password comes too late");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[expect(clippy::print_stdout, reason = "says what ran")]
async fn nothing_is_lost_when_one_of_two_is_killed_under_load() {
    let Some((backend, one, mut other)) = two_servers().await else { return };
    let token = real_session(&backend).await;
    let visit = visit_today(&backend).await;
    let before = count(&backend, "select count(*) from visit").await;
    let address = proxy(vec![one.address.clone(), other.address.clone()]);
    let stop = Arc::new(AtomicBool::new(false));
    let (tell, told) = mpsc::channel();
    let writers: Vec<_> = (0..4)
        .map(|_| {
            let (address, token, visit) = (address.clone(), token.clone(), visit.clone());
            let (stop, tell) = (Arc::clone(&stop), tell.clone());
            std::thread::spawn(move || write_on(&address, &token, &visit, &stop, &tell))
        })
        .collect();
    for _ in 0..40 {
        told.recv().expect("an acknowledgement");
    }
    other.kill();
    for _ in 0..40 {
        told.recv().expect("an acknowledgement of the one that is left");
    }
    stop.store(true, Ordering::Relaxed);
    let written: Vec<Written> = writers.into_iter().map(|writer| writer.join().expect("a writer")).collect();
    let (mut sent, mut acknowledged) = (0, 0);
    for one_writer in &written {
        for entry in &one_writer.sent {
            sent += 1;
            if one_writer.acknowledged.contains(&entry.id) {
                acknowledged += 1;
                assert_eq!(visits_of(&backend, entry.id).await, 1, "acknowledged and lost");
            }
            let again = send(&one.address, &token, entry);
            assert!(matches!(again, Some(Outcome::Committed(_))), "{again:?}");
        }
    }
    let visits = count(&backend, "select count(*) from visit").await - before;
    assert_eq!(usize::try_from(visits).expect("a count"), sent, "each is there once");
    println!("two servers, one killed: {sent} visits sent, {acknowledged} acknowledged, 0 lost, 0 doubles");
}
