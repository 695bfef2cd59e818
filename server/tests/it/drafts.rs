//! Drafts: what was typed survives reload, a killed tab and signing out, and nobody else reads it.

use crate::helpers::{Browser, TestBackend, actor, both, count, employer, settle};
use domain::ids::CommandId;
use domain::visits::{FormWish, VisitFields, VisitForm};

/// A form, opened by a person of the county.
async fn open(backend: &TestBackend, code: &str, wish: FormWish) -> VisitForm {
    let who = actor_again(backend, code).await;
    backend.visit_form(&who, wish).await.expect("a form")
}

/// The same person in a fresh session, as after signing out and in.
async fn actor_again(backend: &TestBackend, code: &str) -> backend::Actor {
    let session = crate::helpers::open_session(backend, code).await;
    backend.actor(&session.to_string()).await.expect("a database").expect("a session")
}

async fn type_into(browser: &Browser, id: CommandId, turn: &str, summary: &str, employer: &str) -> u16 {
    let id = id.to_string();
    let fields = [("id", id.as_str()), ("turn", turn), ("summary", summary), ("employer", employer)];
    browser.submit("/visits/draft", &fields).await.status.as_u16()
}

#[tokio::test]
async fn a_draft_is_there_again_until_its_visit_is_logged() {
    for backend in both().await {
        settle(&backend).await;
        let browser = Browser::of(&backend, "OWN").await;
        let first = open(&backend, "OWN", FormWish::default()).await;
        assert!(!first.resumed);
        assert_eq!(type_into(&browser, first.id, "2", "Puhuttiin vuo", "").await, 204);
        assert_eq!(type_into(&browser, first.id, "1", "Puh", "").await, 204, "what comes late is let go");

        let again = open(&backend, "OWN", FormWish::default()).await;
        assert!(again.resumed);
        assert_eq!((again.id, again.fields.summary.as_str()), (first.id, "Puhuttiin vuo"));
        let fresh = open(&backend, "OWN", FormWish { fresh: true, ..FormWish::default() }).await;
        assert!(fresh.id != first.id && fresh.fields.summary.is_empty());
        assert_eq!(fresh.drafts.len(), 1, "the other one can still be gone on with");
        let at = employer(&backend, "E1").await;
        let elsewhere = open(&backend, "OWN", FormWish { employer: Some(at), ..FormWish::default() }).await;
        assert!(!elsewhere.resumed, "a form for an employer begins anew");
        assert!(!open(&backend, "MATE", FormWish::default()).await.resumed, "a draft is its author's");

        let (id, at) = (first.id.to_string(), at.to_string());
        let saved = [("id", id.as_str()), ("employer", &at), ("day", "2026-11-18"), ("minutes", "20")];
        assert_eq!(browser.submit("/visits/new", &saved).await.status, 303);
        assert_eq!(type_into(&browser, first.id, "3", "Puhuttiin vuoroista", "").await, 204);
        assert_eq!(count(&backend, "select count(*) from visit_draft").await, 0, "nothing comes back");
    }
}

#[tokio::test]
async fn nobody_writes_into_somebody_elses_draft() {
    for backend in both().await {
        settle(&backend).await;
        let form = open(&backend, "OWN", FormWish::default()).await;
        let (own, mate) = (Browser::of(&backend, "OWN").await, Browser::of(&backend, "MATE").await);
        type_into(&own, form.id, "1", "Omat sanat", "").await;
        type_into(&mate, form.id, "9", "Vieraat sanat", "").await;
        let again = open(&backend, "OWN", FormWish::default()).await;
        assert_eq!(again.fields.summary, "Omat sanat");
        assert_eq!(type_into(&Browser::new(&backend), form.id, "9", "x", "").await, 401);
        assert_eq!(type_into(&Browser::of(&backend, "ADMIN").await, form.id, "9", "x", "").await, 404);
    }
}

#[tokio::test]
async fn an_untouched_form_leaves_no_draft_and_an_old_one_goes() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let form = backend.visit_form(&own, FormWish::default()).await.expect("a form");
        backend.keep_draft(&own, form.id, 1, form.fields.clone(), None).await.expect("kept");
        assert_eq!(count(&backend, "select count(*) from visit_draft").await, 0);
        let typed = VisitFields { summary: "Kahvilla".into(), ..form.fields };
        backend.keep_draft(&own, form.id, 2, typed, None).await.expect("kept");
        backend.clock.set("2026-12-03T08:00:00Z".parse().expect("an instant"));
        let later = backend.visit_form(&own, FormWish::default()).await.expect("a form");
        assert!(!later.resumed, "two weeks later nobody knows what it was about");
    }
}
