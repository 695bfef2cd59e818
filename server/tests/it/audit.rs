//! The use log: every use is in it, nothing of it can be changed unseen (S18, S20, S21).

use crate::helpers::{TestBackend, actor, both, client, count, employer, log, plain_visit, settle, tamper};
use backend::audit::{Chain, verify};
use backend::store::Store;
use domain::employers::EmployerQuery;
use domain::visits::FormWish;
use domain::visits::LogVisit;

async fn chain(backend: &TestBackend) -> Chain {
    let mut tx = backend.store.read(&backend.clock).await.expect("a transaction");
    verify(&mut tx).await.expect("a look at the chain")
}

/// A log with a few uses in it.
async fn used(backend: &TestBackend) -> i64 {
    settle(backend).await;
    let own = actor(backend, "OWN").await;
    let for_client = LogVisit {
        client: Some(client(backend, "OPEN").await),
        ..plain_visit(employer(backend, "E1").await)
    };
    log(backend, &own, for_client).await;
    backend.today(&own).await.expect("Today");
    backend.employer(&own, employer(backend, "E1").await).await.expect("a page");
    match chain(backend).await {
        Chain::Whole { rows, .. } => rows,
        broken @ Chain::Broken { .. } => panic!("{broken:?}"),
    }
}

#[tokio::test]
async fn reading_about_a_client_is_logged_with_the_client_and_reading_the_register_is_not() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let rows = "select count(*) from use_log";
        let before = count(&backend, rows).await;
        backend.employers(&own, &EmployerQuery::default()).await.expect("a list");
        assert_eq!(count(&backend, rows).await, before, "names of employers are nobody's secret");
        backend.visit_form(&own, FormWish::default()).await.expect("a form");
        assert_eq!(count(&backend, rows).await, before + 1);
        let shown = "select count(*) from use_log l join use_log_client c on c.seq = l.seq
                     join client k on k.id = c.client_id
                     where l.object_kind = 'visit_form' and k.code = 'OPEN' and l.basis = 'client_relation'";
        assert_eq!(count(&backend, shown).await, 1);
        backend.caseload(&own, None).await.expect("a caseload");
        let shown = "select count(*) from use_log where object_kind = 'caseload' and role = 'coach'";
        assert_eq!(count(&backend, shown).await, 1);
    }
}

#[tokio::test]
async fn no_name_and_no_word_is_in_the_log() {
    for backend in both().await {
        used(&backend).await;
        let words =
            "select count(*) from use_log where action || object_kind || basis || channel || client_ids
                     like '%Salme%' or action || object_kind || client_ids like '%vuoro%'";
        assert_eq!(count(&backend, words).await, 0);
    }
}

#[tokio::test]
async fn the_database_itself_refuses_to_change_the_log() {
    for backend in both().await {
        used(&backend).await;
        for sql in [
            "update use_log set action = 'nothing' where seq = 1",
            "delete from use_log where seq = 1",
            "delete from use_log_client",
        ] {
            let refused = tamper(&backend, sql).await.expect_err(sql).to_string();
            assert!(refused.contains("append-only"), "{refused}");
        }
    }
}

/// Whoever owns the database can drop the triggers; the chain still tells.
#[tokio::test]
async fn every_kind_of_tampering_breaks_the_chain() {
    let attempts = [
        "update use_log set action = 'nothing' where seq = 3",
        "update use_log set person_id = null where seq = 3",
        "update use_log set client_ids = '' where client_ids <> ''",
        "update use_log set hash = previous_hash where seq = 2",
        "delete from use_log where seq = 2",
        "delete from use_log where seq = (select max(seq) from use_log)",
        "delete from use_log_client",
        "update use_log set seq = seq + 100 where seq = (select max(seq) from use_log)",
    ];
    for attempt in attempts {
        for backend in both().await {
            let rows = used(&backend).await;
            assert!(rows > 4);
            disarm(&backend).await;
            assert!(tamper(&backend, attempt).await.unwrap_or_else(|error| panic!("{attempt}: {error}")) > 0);
            assert!(matches!(chain(&backend).await, Chain::Broken { .. }), "{attempt}");
        }
    }
}

async fn disarm(backend: &TestBackend) {
    let statements: &[&'static str] = match &backend.store {
        Store::Sqlite { .. } => &[
            "drop trigger use_log_no_update",
            "drop trigger use_log_no_delete",
            "drop trigger use_log_client_no_delete",
            "pragma foreign_keys = off",
        ],
        Store::Postgres(_) => &[
            "drop trigger use_log_append_only on use_log",
            "drop trigger use_log_client_append_only on use_log_client",
            "alter table use_log_client drop constraint use_log_client_seq_fkey",
        ],
    };
    for sql in statements {
        tamper(backend, sql).await.expect(sql);
    }
}
