//! An entry takes effect exactly once (O1–O5, O7).

use crate::helpers::{
    Browser, actor, both, count, day, employer, entry, log, plain_visit, send, settle, token_of, visit,
};
use backend::{Actor, Backend};
use domain::ids::{CommandId, EmployerId};
use domain::sync::{Batch, Command, Entry, OnVisit, Outcome, Refusal, Verdict, judge};
use domain::visits::{AmendVisit, LogVisit, NextStep, VisitError, VisitedEmployer};
use serde_json::json;
use uuid::Uuid;

const VISITS: &str = "select count(*) from visit";

#[tokio::test]
async fn the_same_entry_twice_is_one_visit_and_one_answer() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let before = count(&backend, VISITS).await;
        let entry = entry(&Command::LogVisit(plain_visit(employer(&backend, "E2").await)));
        let first = send(&backend, &own, &entry).await;
        let again = send(&backend, &own, &entry).await;
        assert!(matches!(first, Outcome::Committed(_)));
        assert_eq!(first, again);
        assert_eq!(count(&backend, VISITS).await, before + 1);
    }
}

/// Rounds of 5, 20, 50 and 100 equal entries at once. `RINNALLA_DUPLICATE_ROUNDS` runs more.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
#[expect(clippy::print_stdout, reason = "says what ran")]
async fn duplicates_sent_in_parallel_are_one_visit() {
    let wanted: usize =
        std::env::var("RINNALLA_DUPLICATE_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(200);
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let at = employer(&backend, "E2").await;
        let before = count(&backend, VISITS).await;
        let (mut sent, mut rounds) = (0, 0_i64);
        for copies in [5, 20, 50, 100].into_iter().cycle() {
            if sent >= wanted {
                break;
            }
            let entry = entry(&Command::LogVisit(plain_visit(at)));
            let answers = at_once(&backend, &own, &entry, copies).await;
            assert!(matches!(answers[0], Outcome::Committed(_)), "{:?}", answers[0]);
            assert!(answers.iter().all(|answer| *answer == answers[0]), "every answer is the same");
            sent += copies;
            rounds += 1;
        }
        let visits = count(&backend, VISITS).await - before;
        assert_eq!(visits, rounds);
        let engine = backend.store.engine_name();
        println!("{engine}: {sent} submissions in {rounds} rounds, {} doubles", visits - rounds);
    }
}

/// Phones that come back after a day without a network send their visits to the same employers, each in an
/// order of its own: none of them stops another.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn batches_to_the_same_employers_do_not_stop_each_other() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let before = count(&backend, VISITS).await;
        let mut at = Vec::new();
        for code in ["E1", "E2", "E3"] {
            at.push(employer(&backend, code).await);
        }
        let mut phones = Vec::new();
        for phone in 0..8_usize {
            let (backend, own, at) = (Backend::clone(&backend), own.clone(), at.clone());
            phones.push(tokio::spawn(async move {
                for round in 0..5 {
                    let mut employers: Vec<_> =
                        at.iter().copied().cycle().skip(phone + round).take(12).collect();
                    if phone % 2 == 0 {
                        employers.reverse();
                    }
                    let visits = employers.into_iter().map(|at| entry(&Command::LogVisit(plain_visit(at))));
                    let batch = Batch { entries: visits.collect() };
                    let answers = backend.sync(&own, batch).await.expect("no batch stops another").answers;
                    assert!(answers.iter().all(|answer| matches!(answer.outcome, Outcome::Committed(_))));
                }
            }));
        }
        for phone in phones {
            phone.await.expect("all of them");
        }
        assert_eq!(count(&backend, VISITS).await, before + 8 * 5 * 12);
        let miscounted =
            "select count(*) from employer e where e.visit_count <> (select count(*) from visit v
            where v.employer_id = e.id)";
        assert_eq!(count(&backend, miscounted).await, 0);
    }
}

async fn at_once(backend: &backend::Backend, own: &Actor, entry: &Entry, copies: usize) -> Vec<Outcome> {
    let mut tasks = Vec::new();
    for _ in 0..copies {
        let (backend, own, entry) = (backend.clone(), own.clone(), entry.clone());
        tasks.push(tokio::spawn(async move { send(&backend, &own, &entry).await }));
    }
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.expect("an answer"));
    }
    answers
}

#[tokio::test]
async fn another_text_under_the_same_id_is_a_conflict_and_changes_nothing() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let visit = plain_visit(employer(&backend, "E2").await);
        let first = entry(&Command::LogVisit(visit.clone()));
        send(&backend, &own, &first).await;
        let other = Command::LogVisit(LogVisit { minutes: 45, ..visit });
        let second = Entry::pack(first.id, &other).expect("an entry");
        assert_eq!(send(&backend, &own, &second).await, Outcome::Conflict);
        assert_eq!(
            count(&backend, "select count(*) from visit where minutes = 45 and code is null").await,
            0
        );
        assert!(
            matches!(send(&backend, &own, &first).await, Outcome::Committed(_)),
            "the first still stands"
        );
    }
}

#[tokio::test]
async fn somebody_elses_id_tells_nothing() {
    for backend in both().await {
        settle(&backend).await;
        let (own, mate) = (actor(&backend, "OWN").await, actor(&backend, "MATE").await);
        let entry = entry(&Command::LogVisit(plain_visit(employer(&backend, "E2").await)));
        send(&backend, &own, &entry).await;
        assert_eq!(send(&backend, &mate, &entry).await, Outcome::Conflict);
    }
}

#[tokio::test]
async fn a_bad_entry_stops_no_other_wherever_it_stands() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let at = employer(&backend, "E2").await;
        for bad_at in 0..4 {
            let before = count(&backend, VISITS).await;
            let mut entries: Vec<Entry> =
                (0..4).map(|_| entry(&Command::LogVisit(plain_visit(at)))).collect();
            entries[bad_at].body = "{\"kind\":\"log_visit\"}".to_owned();
            let answers =
                backend.sync(&own, Batch { entries: entries.clone() }).await.expect("answers").answers;
            for (at, answer) in answers.iter().enumerate() {
                assert_eq!(answer.id, entries[at].id, "the answers are in the order of the entries");
                if at == bad_at {
                    assert_eq!(answer.outcome, Outcome::Refused(Refusal::Unreadable));
                } else {
                    assert!(matches!(answer.outcome, Outcome::Committed(_)), "{:?}", answer.outcome);
                }
            }
            assert_eq!(count(&backend, VISITS).await, before + 3);
        }
    }
}

#[tokio::test]
async fn a_refused_entry_may_be_mended_and_sent_under_its_id() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let visit = plain_visit(employer(&backend, "E2").await);
        let wrong = entry(&Command::LogVisit(LogVisit { minutes: 0, ..visit.clone() }));
        assert_eq!(
            send(&backend, &own, &wrong).await,
            Outcome::Refused(Refusal::Visit(vec![VisitError::Minutes])),
            "the server checks what the browser checks"
        );
        let mended = Entry::pack(wrong.id, &Command::LogVisit(visit)).expect("an entry");
        assert!(matches!(send(&backend, &own, &mended).await, Outcome::Committed(_)));
    }
}

#[tokio::test]
async fn an_entry_that_comes_once_more_after_others_does_nothing_again() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let at = employer(&backend, "E3").await;
        let visit = log(&backend, &own, plain_visit(at)).await;
        let take_back = entry(&Command::WithdrawVisit(OnVisit { visit }));
        let first = send(&backend, &own, &take_back).await;
        send(&backend, &own, &entry(&Command::RestoreVisit(OnVisit { visit }))).await;
        // In a batch with one that is new.
        let new = entry(&Command::LogVisit(plain_visit(at)));
        let batch = Batch { entries: vec![take_back, new] };
        let answers = backend.sync(&own, batch).await.expect("answers").answers;
        assert_eq!(answers[0].outcome, first);
        assert!(matches!(answers[1].outcome, Outcome::Committed(_)));
        let page = backend.employer(&own, at).await.expect("a page");
        assert_eq!((page.visits.len(), page.visits_total), (2, 2), "it was not taken back again");
    }
}

#[tokio::test]
async fn an_entry_that_is_refused_leaves_no_trace_and_the_others_take_effect() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let at = employer(&backend, "E3").await;
        let visit = log(&backend, &own, plain_visit(at)).await;
        let uses = count(&backend, "select count(*) from use_log").await;
        let id = EmployerId(backend::clock::new_id());
        let new = VisitedEmployer::New { id, name: "Leipomo Uusi Oy".into(), municipality: None };
        let to = LogVisit { employer: new, ..plain_visit(at) };
        // It names a version that is not there, which is found out after the new employer was added.
        let stale = entry(&Command::AmendVisit(AmendVisit { visit, version: 7, to }));
        let good = entry(&Command::LogVisit(plain_visit(at)));
        let batch = Batch { entries: vec![stale.clone(), good] };
        let answers = backend.sync(&own, batch).await.expect("answers").answers;
        let refused = Outcome::Refused(Refusal::Visit(vec![VisitError::AmendedMeanwhile]));
        assert_eq!(answers[0].outcome, refused);
        assert!(matches!(answers[1].outcome, Outcome::Committed(_)));
        assert_eq!(count(&backend, "select count(*) from employer").await, 3);
        assert_eq!(count(&backend, "select count(*) from receipt").await, 2);
        assert_eq!(count(&backend, "select count(*) from use_log").await, uses + 1);
        assert_eq!(backend.employer(&own, at).await.expect("a page").visits_total, 2);
    }
}

/// What many visits write goes to the database as one text: nothing of it is lost or read as something else.
#[tokio::test]
async fn visits_that_arrive_together_keep_their_words_and_their_employers() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let words = ["\"{'$.id'}\" \\u0041 \\ äöå\n\tkahvi ☕ 😀", "null", "17", "", "; drop table visit --"];
        let visits = words.iter().enumerate().map(|(at, words)| LogVisit {
            summary: (*words).to_owned(),
            time: (at == 0).then(|| "09:05:07.25".parse().expect("a time")),
            next_step: (at == 1).then(|| NextStep { what: "\"soita\"".into(), on: Some(day("2026-11-20")) }),
            decision_maker: at == 2,
            day: day(if at == 3 { "2026-11-17" } else { "2026-11-18" }),
            ..plain_visit(EmployerId(Uuid::nil()))
        });
        let mut entries = Vec::new();
        for (visit, at) in visits.zip(["E1", "E2", "E3", "E1", "E2"]) {
            let employer = VisitedEmployer::Known(employer(&backend, at).await);
            entries.push(entry(&Command::LogVisit(LogVisit { employer, ..visit })));
        }
        let batch = Batch { entries: entries.clone() };
        let answers = backend.sync(&own, batch).await.expect("answers").answers;
        for (entry, answer) in entries.iter().zip(answers) {
            let Ok(Command::LogVisit(sent)) = entry.open() else { panic!("a visit") };
            let Outcome::Committed(applied) = answer.outcome else { panic!("{:?}", answer.outcome) };
            assert_eq!(applied.employer.map(VisitedEmployer::Known), Some(sent.employer));
            let kept = backend.visit(&own, entry.id.uuid().into()).await.expect("a visit").visit;
            assert_eq!(Some(kept.employer), applied.employer);
            assert_eq!((kept.day, kept.time), (sent.day, sent.time));
            assert_eq!(kept.summary.unwrap_or_default(), sent.summary);
            assert_eq!(kept.next_step, sent.next_step);
            assert_eq!(kept.decision_maker, Some(sent.decision_maker));
            assert_eq!(send(&backend, &own, entry).await, Outcome::Committed(applied), "its receipt");
        }
        let counted =
            "select count(*) from employer e where e.code = 'E1' and e.last_visit_on = '2026-11-18'";
        assert_eq!(count(&backend, counted).await, 1, "the latest of them, not the last");
        assert!(matches!(verify_chain(&backend).await, backend::audit::Chain::Whole { .. }));
    }
}

async fn verify_chain(backend: &Backend) -> backend::audit::Chain {
    let mut tx = backend.store.read(&backend.clock).await.expect("a transaction");
    backend::audit::verify(&mut tx).await.expect("a look at the chain")
}

#[tokio::test]
async fn what_is_done_to_a_visit_may_come_in_the_same_batch() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let at = employer(&backend, "E3").await;
        let first = entry(&Command::LogVisit(plain_visit(at)));
        let visit = first.id.uuid().into();
        let to = LogVisit { minutes: 45, ..plain_visit(at) };
        let amend = entry(&Command::AmendVisit(AmendVisit { visit, version: 1, to }));
        let other = entry(&Command::LogVisit(plain_visit(at)));
        let take_back = entry(&Command::WithdrawVisit(OnVisit { visit }));
        let batch = Batch { entries: vec![first, amend, other, take_back] };
        let writes = backend.tally.writes();
        let answers = backend.sync(&own, batch).await.expect("answers").answers;
        assert!(answers.iter().all(|answer| matches!(answer.outcome, Outcome::Committed(_))), "{answers:?}");
        let savepoints = "none of them was tried alone";
        assert!(backend.tally.writes() - writes < 20, "{savepoints}");
        let page = backend.employer(&own, at).await.expect("a page");
        assert_eq!((page.visits.len(), page.visits_total), (1, 1));
    }
}

#[tokio::test]
async fn an_employer_that_is_not_there_stops_no_other_visit() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let good = entry(&Command::LogVisit(plain_visit(employer(&backend, "E2").await)));
        let nowhere = entry(&Command::LogVisit(plain_visit(EmployerId(backend::clock::new_id()))));
        let batch = Batch { entries: vec![nowhere, good] };
        let before = count(&backend, VISITS).await;
        let answers = backend.sync(&own, batch).await.expect("answers").answers;
        let refused = Outcome::Refused(Refusal::Visit(vec![VisitError::EmployerNotThere]));
        assert_eq!(answers[0].outcome, refused);
        assert!(matches!(answers[1].outcome, Outcome::Committed(_)));
        assert_eq!(count(&backend, VISITS).await, before + 1);
    }
}

#[tokio::test]
async fn the_answer_over_http_settles_the_entry_and_nothing_else_does() {
    for backend in both().await {
        settle(&backend).await;
        let browser = Browser::of(&backend, "OWN").await;
        let entry = entry(&Command::LogVisit(plain_visit(employer(&backend, "E2").await)));
        let batch = serde_json::to_value(Batch { entries: vec![entry.clone()] }).expect("JSON");

        let signed_out = browser.with(None).call("/api/sync", &batch).await;
        assert_eq!(judge(&entry, Some((signed_out.status.as_u16(), &signed_out.body))), Verdict::SignedOut);
        assert_eq!(count(&backend, "select count(*) from receipt").await, 0);

        let reply = browser.call("/api/sync", &batch).await;
        assert_eq!(reply.status, 200);
        assert!(judge(&entry, Some((200, &reply.body))).settles());
        assert_eq!(reply.header("cache-control"), "no-store");
    }
}

#[tokio::test]
async fn a_batch_that_is_too_long_or_no_batch_is_refused_whole() {
    for backend in both().await {
        settle(&backend).await;
        let browser = Browser::of(&backend, "OWN").await;
        let at = employer(&backend, "E2").await;
        let entries: Vec<Entry> = (0..101).map(|_| entry(&Command::LogVisit(plain_visit(at)))).collect();
        let before = count(&backend, VISITS).await;
        let reply = browser.call("/api/sync", &serde_json::to_value(Batch { entries }).expect("JSON")).await;
        assert_eq!(reply.status, 413);
        for body in [json!({}), json!([]), json!({"entries": [{"id": "x", "body": ""}]}), json!(null)] {
            let reply = browser.call("/api/sync", &body).await;
            assert_eq!(reply.status, 422, "{body}");
        }
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        let headers = [("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
        let reply = browser.request(axum::http::Method::POST, "/api/sync", &headers, deep).await;
        assert!(reply.status.is_client_error(), "deep nesting is refused and nobody falls");
        assert_eq!(count(&backend, VISITS).await, before);
    }
}

#[tokio::test]
async fn a_new_employer_named_twice_in_the_same_place_is_one_employer() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let named = |name: &str| {
            let id = EmployerId(backend::clock::new_id());
            let employer =
                VisitedEmployer::New { id, name: name.into(), municipality: Some("Kuopio".into()) };
            entry(&Command::LogVisit(LogVisit { employer, ..plain_visit(id) }))
        };
        let first = send(&backend, &own, &named("Leipomo Uusi Oy")).await;
        let second = send(&backend, &own, &named("leipomo  uusi")).await;
        assert_eq!(first, second, "the second visit is to the employer that the first one added");
        let known = send(&backend, &own, &named("Konditori Akerlund")).await;
        let Outcome::Committed(applied) = known else { panic!("{known:?}") };
        assert_eq!(applied.employer, Some(employer(&backend, "E1").await));
        assert_eq!(count(&backend, "select count(*) from employer").await, 4);
    }
}

#[tokio::test]
async fn a_visit_and_its_receipt_and_its_log_row_come_together_or_not_at_all() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let at = employer(&backend, "E2").await;
        let before = count(&backend, VISITS).await;
        // A log that can't be written: the head of the chain points where a row stands already.
        crate::helpers::tamper(&backend, "update use_log_head set seq = 0").await.expect("tampering");
        let broken = entry(&Command::LogVisit(plain_visit(at)));
        assert!(backend.sync(&own, Batch { entries: vec![broken] }).await.is_err());
        assert_eq!(count(&backend, VISITS).await, before);
        assert_eq!(count(&backend, "select count(*) from receipt").await, 0);
    }
}

#[tokio::test]
async fn a_withdrawn_visit_is_gone_for_everybody_and_can_come_back() {
    for backend in both().await {
        settle(&backend).await;
        let (own, mate) = (actor(&backend, "OWN").await, actor(&backend, "MATE").await);
        let at = employer(&backend, "E2").await;
        let visit = log(&backend, &own, plain_visit(at)).await;
        let seen = async |who: &Actor| {
            let page = backend.employer(who, at).await.expect("a page");
            page.visits.iter().any(|seen| seen.id == visit)
        };
        assert!(seen(&mate).await);
        let on = OnVisit { visit };
        for command in [Command::WithdrawVisit(on), Command::WithdrawVisit(on)] {
            assert!(matches!(send(&backend, &own, &entry(&command)).await, Outcome::Committed(_)));
            assert!(!seen(&own).await && !seen(&mate).await);
        }
        send(&backend, &own, &entry(&Command::RestoreVisit(on))).await;
        assert!(seen(&mate).await);
    }
}

#[tokio::test]
async fn nobody_takes_back_what_somebody_else_wrote() {
    for backend in both().await {
        settle(&backend).await;
        let theirs = visit(&backend, "K5").await;
        let not_there =
            entry(&Command::WithdrawVisit(OnVisit { visit: domain::ids::VisitId(Uuid::from_u128(9)) }));
        for who in ["OWN", "LEAD", "AWAY", "REF", "ADMIN"] {
            let who = actor(&backend, who).await;
            let taken = entry(&Command::WithdrawVisit(OnVisit { visit: theirs }));
            let answer = send(&backend, &who, &taken).await;
            assert_eq!(answer, Outcome::Refused(Refusal::NotThere));
            let not_there = Entry { id: CommandId(backend::clock::new_id()), ..not_there.clone() };
            assert_eq!(answer, send(&backend, &who, &not_there).await, "the same as for what is not there");
        }
        assert_eq!(count(&backend, "select count(*) from visit_withdrawal").await, 0);
    }
}

#[tokio::test]
async fn an_ended_session_sends_nothing() {
    for backend in both().await {
        settle(&backend).await;
        let token = token_of(&backend, "OWN").await;
        let browser = Browser::new(&backend).with(Some(&token));
        let own = backend.actor(&token).await.expect("a database").expect("a session");
        backend.sign_out_everywhere(&own).await.expect("signed out");
        let entry = entry(&Command::LogVisit(plain_visit(employer(&backend, "E2").await)));
        let batch = serde_json::to_value(Batch { entries: vec![entry] }).expect("JSON");
        assert_eq!(browser.call("/api/sync", &batch).await.status, 401);
    }
}
