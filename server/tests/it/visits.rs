//! Logging a visit: for whom, and from what the form offers.

use crate::helpers::{actor, both, client, count, day, employer, entry, log, plain_visit, send, settle};
use domain::sync::{Command, Outcome, Refusal};
use domain::visits::{LogVisit, VisitError};

#[tokio::test]
async fn the_form_offers_the_last_employers_and_the_own_open_clients() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let form = backend.visit_form(&own, None).await.expect("a form");
        assert_eq!(form.today, day("2026-11-18"));
        assert_eq!(form.time.to_string(), "10:00:00", "the time is Helsinki's");
        let aliases: Vec<&str> = form.caseload.iter().map(|client| client.alias.as_str()).collect();
        assert_eq!(aliases, ["OPEN"], "not the closed one, not the colleague's, not the other unit's");
        let recent = |form: &domain::visits::VisitForm| -> Vec<String> {
            form.recent.iter().map(|employer| employer.name.clone()).collect()
        };
        assert_eq!(recent(&form), ["Konditori Åkerlund Ab"]);
        log(&backend, &own, plain_visit(employer(&backend, "E2").await)).await;
        let form = backend.visit_form(&own, Some(employer(&backend, "E3").await)).await.expect("a form");
        assert_eq!(recent(&form), ["Rantakorpi Kauppa Oy", "Konditori Åkerlund Ab"], "the last one first");
        assert_eq!(form.chosen.map(|chosen| chosen.name).as_deref(), Some("Åkeri Lindroos Ab"));
    }
}

#[tokio::test]
async fn a_visit_is_for_an_open_client_of_the_own_unit_or_for_none() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let at = employer(&backend, "E2").await;
        for (code, goes) in [("OPEN", true), ("MATES", true), ("CLOSED", false), ("AWAYS", false)] {
            let visit = LogVisit { client: Some(client(&backend, code).await), ..plain_visit(at) };
            let answer = send(&backend, &own, &entry(&Command::LogVisit(visit))).await;
            let refused = Outcome::Refused(Refusal::Visit(vec![VisitError::ClientNotThere]));
            assert_eq!(answer == refused, !goes, "{code}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn what_was_typed_is_kept_to_the_letter() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let at = employer(&backend, "E2").await;
        let words = "Kahvi & pulla – \"hyvä\" <b>ei lihavoitu</b> '; drop table visit; -- 🙂 Åäö";
        log(&backend, &own, LogVisit { summary: words.into(), ..plain_visit(at) }).await;
        let page = backend.employer(&own, at).await.expect("a page");
        assert_eq!(page.visits[0].summary.as_deref(), Some(words));
        assert!(count(&backend, "select count(*) from visit").await > 5);
    }
}

#[tokio::test]
async fn people_who_do_not_visit_employers_log_none() {
    for backend in both().await {
        settle(&backend).await;
        let at = employer(&backend, "E2").await;
        for who in ["REF", "REV", "ADMIN", "FORMER"] {
            let visit = entry(&Command::LogVisit(plain_visit(at)));
            let answer = send(&backend, &actor(&backend, who).await, &visit).await;
            assert_eq!(answer, Outcome::Refused(Refusal::NotThere), "{who}");
        }
    }
}
