//! What it costs: no page asks the database more than three questions, whatever it shows to whomever, and
//! visits are few statements. Who asks is found by one question more; what is read is noted by the use
//! log beside.

use crate::helpers::{
    Browser, TestBackend, actor, both, client, day, employer, entry, log, open_session, person, plain_visit,
    send, settle, visit,
};
use crate::matrix::{RELATIONS, call, functions, world};
use backend::clock::new_id;
use domain::ids::UnitId;
use domain::sync::{Batch, Command, Outcome};
use domain::visits::{AmendVisit, LogVisit, NextStep, VisitFields};
use uuid::Uuid;

/// A page reads so often at most.
const READS_MAX: u64 = 3;
/// The question who asks.
const WHO_ASKS: u64 = 1;

/// Whoever reads the most, each of them in both units: what is done for each unit shows.
const ASKERS: [&str; 3] = ["OWN", "LEAD", "ADMIN"];

/// More of everything of which a page could ask for each one.
async fn enrich(backend: &TestBackend) {
    let own = actor(backend, "OWN").await;
    let unit = |actor: &backend::Actor| actor.field_unit().expect("a unit");
    let south = unit(&actor(backend, "AWAY").await);
    for (code, role) in [("OWN", "coach"), ("LEAD", "lead"), ("ADMIN", "admin")] {
        add_post(backend, code, role, south).await;
    }
    let next_step = |on| Some(NextStep { what: "soita".into(), on: Some(day(on)) });
    for at in ["E1", "E2", "E3"] {
        for client in [Some(client(backend, "OPEN").await), None] {
            let with = Some(person(backend, "MATE").await);
            let visit = LogVisit {
                client,
                with,
                next_step: next_step("2026-11-20"),
                ..plain_visit(employer(backend, at).await)
            };
            log(backend, &own, visit).await;
        }
    }
    let id = log(backend, &own, plain_visit(employer(backend, "E1").await)).await;
    for version in 1..4 {
        let to = LogVisit { minutes: version, ..plain_visit(employer(backend, "E2").await) };
        let amend = entry(&Command::AmendVisit(AmendVisit { visit: id, version, to }));
        assert!(matches!(send(backend, &own, &amend).await, Outcome::Committed(_)));
    }
    for _ in 0..3 {
        let fields = VisitFields { summary: "Kesken.".into(), ..VisitFields::default() };
        backend.keep_draft(&own, new_id().into(), 1, fields, None).await.expect("a draft");
    }
}

async fn add_post(backend: &TestBackend, code: &str, role: &str, unit: UnitId) {
    let who = person(backend, code).await;
    let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
    backend::execute!(
        tx,
        "insert into post (id, person_id, role, unit_id, from_day) values ($1, $2, $3, $4, $5)",
        new_id(),
        who.uuid(),
        role,
        unit.uuid(),
        day("2026-01-01")
    )
    .expect("a post");
    tx.commit().await.expect("a commit");
}

/// The pages with browser code, and every way to ask for one that reads something else.
async fn addresses(backend: &TestBackend) -> Vec<String> {
    let (e1, e2) = (employer(backend, "E1").await, employer(backend, "E2").await);
    let k1 = visit(backend, "K1").await;
    let open = client(backend, "OPEN").await;
    let mate = person(backend, "MATE").await;
    let plan = crate::plans::planned(backend, open, 3).await;
    let mut all: Vec<String> = [
        "/",
        "/employers",
        "/employers?q=akerlund",
        "/clients",
        "/clients/load",
        "/clients/all",
        "/clients/all?closed=1",
        "/more",
        "/visits/new",
        "/visits/new?fresh=1",
    ]
    .map(str::to_owned)
    .into();
    for sort in ["silent", "latest", "place"] {
        all.push(format!("/employers?sort={sort}&municipality=Kuopio&mine=1&silent=red&dnc=1"));
        all.push(format!("/employers.csv?sort={sort}&q=akerlund&owner={mate}"));
    }
    all.extend([
        "/employers/filters?q=oy&page=1".to_owned(),
        "/employers/route?municipality=Kuopio".to_owned(),
        "/employers/route?municipality=Kuopio&due=1".to_owned(),
        "/employers/route.csv?municipality=Kuopio".to_owned(),
        format!("/employers/{e1}"),
        format!("/employers/{e2}"),
        format!("/employers/{e2}/chain?q=oy"),
        format!("/employers/{e2}/merge/{e1}"),
        format!("/visits?coach={mate}&page=0"),
        format!("/visits/{k1}?saved=1"),
        format!("/visits/new?employer={e1}"),
        format!("/visits/new?again={k1}"),
        format!("/visits/new?client={open}"),
        format!("/visits/new?amend={k1}"),
        format!("/clients/{open}"),
        format!("/clients/{open}/way/coach"),
        format!("/clients/{open}/way/closed"),
        format!("/clients/{open}/consents/new"),
        format!("/clients/{open}/told/new"),
        format!("/clients/{open}/profile"),
        format!("/clients/{open}/plans"),
        format!("/clients/{open}/plans/new"),
        format!("/clients/{open}/copy?language=sv&reach=040"),
        format!("/clients/{open}/copy.pdf?language=en"),
        format!("/plans/{plan}?just=written"),
        format!("/plans/{plan}.pdf?language=sv"),
        format!("/plans/{plan}/edit"),
    ]);
    all
}

/// How often something reads.
async fn reads<T>(backend: &TestBackend, what: impl Future<Output = T>) -> (u64, T) {
    let before = backend.tally.reads();
    let done = what.await;
    (backend.tally.reads() - before, done)
}

#[tokio::test]
async fn no_page_asks_the_database_more_than_three_questions() {
    for backend in both().await {
        settle(&backend).await;
        enrich(&backend).await;
        let world = world(&backend).await;
        let addresses = addresses(&backend).await;
        let (mut pages, mut dear) = (0, Vec::new());
        let mut weigh = |page: String, reads: u64| {
            pages += 1;
            if reads > READS_MAX + WHO_ASKS {
                dear.push(format!("{page}: {} reads", reads - WHO_ASKS));
            }
        };
        for asker in ASKERS {
            let token = open_session(&backend, asker).await.to_string();
            let browser = Browser::new(&backend).with(Some(&token));
            // Every question and every page that there is: a new one is here by itself.
            for function in
                functions().iter().filter(|name| name.starts_with("ask ") || name.starts_with("GET "))
            {
                for relation in RELATIONS {
                    let asked = call(&backend, &world, &browser, function, *relation, Uuid::nil());
                    let (reads, _) = reads(&backend, asked).await;
                    weigh(format!("{function} {asker} {relation:?}"), reads);
                }
            }
            for address in &addresses {
                let (reads, reply) = reads(&backend, browser.open(address)).await;
                // A lead's pages of the unit's clients are not there for a coach.
                let led = address.starts_with("/clients/load") || address.starts_with("/clients/all");
                assert!(asker != "OWN" || led || reply.status == 200, "{address}: {}", reply.status);
                weigh(format!("{address} {asker}"), reads);
            }
            let (id, at) = (new_id().to_string(), employer(&backend, "E1").await.to_string());
            let form = [("id", id.as_str()), ("employer", &at), ("employer_name", "åkeri"), ("do", "find")];
            let (once_more, _) = reads(&backend, browser.submit("/visits/new", &form)).await;
            weigh(format!("the visit form once more, {asker}"), once_more);
            let sealed = browser.submit("/search", &[("q", "asia")]).await.header("location").to_owned();
            // An administrator has no search.
            assert_eq!(sealed.is_empty(), asker == "ADMIN");
            let searches = [sealed.clone(), format!("{sealed}?until=2026-11-18")];
            for search in searches.iter().filter(|_| !sealed.is_empty()) {
                let (reads, reply) = reads(&backend, browser.open(search)).await;
                assert_eq!(reply.status, 200, "{search}");
                weigh(format!("a search, {asker}"), reads);
            }
        }
        assert!(pages > 600, "{pages} pages were looked at");
        let engine = backend.store.engine_name();
        assert!(dear.is_empty(), "{engine}: pages with more than {READS_MAX} reads: {dear:#?}");
    }
}

#[tokio::test]
async fn visits_are_few_statements() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let plain = plain_visit(employer(&backend, "E2").await);
        let client = LogVisit { client: Some(client(&backend, "OPEN").await), ..plain.clone() };
        // Visits; employers, drafts and receipts; the head of the log; the log. Clients are looked up. However
        // many visits are written together, it is no more.
        for (visit, statements) in [(plain, 4), (client, 5)] {
            for visits in [1, 2, 50] {
                let entries = (0..visits).map(|_| entry(&Command::LogVisit(visit.clone()))).collect();
                let before = (backend.tally.reads(), backend.tally.writes());
                let answers = backend.sync(&own, Batch { entries }).await.expect("answers").answers;
                let now = (backend.tally.reads() - before.0, backend.tally.writes() - before.1);
                assert!(answers.iter().all(|answer| matches!(answer.outcome, Outcome::Committed(_))));
                let engine = backend.store.engine_name();
                assert_eq!(now.0 + now.1, statements, "{engine}: {visits} visits: {now:?}");
            }
        }
    }
}
