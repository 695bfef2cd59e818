//! Today: what is due, the week, the unit's visits.

use crate::helpers::{
    a_wednesday, actor, both, client, day, employer, entry, log, plain_visit, send, settle, visit,
};
use chrono::Duration;
use domain::codes::Mode;
use domain::sync::{Command, OnVisit};
use domain::visits::{LogVisit, NextStep};

#[tokio::test]
async fn the_week_counts_my_visits_in_person_and_names_those_for_a_client() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let at = employer(&backend, "E2").await;
        assert_eq!(backend.today(&own).await.expect("Today").week.in_person, 0);
        log(&backend, &own, plain_visit(at)).await;
        let for_client = Some(client(&backend, "OPEN").await);
        log(&backend, &own, LogVisit { client: for_client, ..plain_visit(at) }).await;
        log(&backend, &own, LogVisit { mode: Mode::Phone, ..plain_visit(at) }).await;
        log(&backend, &own, LogVisit { day: day("2026-11-15"), ..plain_visit(at) }).await;
        let week = backend.today(&own).await.expect("Today").week;
        assert_eq!((week.in_person, week.for_client, week.other), (2, 1, 1));
        assert_eq!(week.visits.len(), 3, "the number opens the visits behind it");

        backend.clock.set(a_wednesday() + Duration::days(5));
        let monday = actor(&backend, "OWN").await;
        assert_eq!(
            backend.today(&monday).await.expect("Today").week.in_person,
            0,
            "a new week begins on Monday"
        );
    }
}

#[tokio::test]
async fn a_next_step_is_due_until_it_is_done_or_overtaken() {
    for backend in both().await {
        settle(&backend).await;
        let mate = actor(&backend, "MATE").await;
        let due = async || -> Vec<String> {
            let today = backend.today(&mate).await.expect("Today");
            assert_eq!(today.due_total as usize, today.due.len());
            today.due.into_iter().map(|step| step.what).collect()
        };
        assert_eq!(due().await, ["lähetä esite"]);
        let on = OnVisit { visit: visit(&backend, "K5").await };
        send(&backend, &mate, &entry(&Command::SettleNextStep(on))).await;
        assert!(due().await.is_empty());
        send(&backend, &mate, &entry(&Command::ReopenNextStep(on))).await;
        assert_eq!(due().await, ["lähetä esite"]);

        let next = Some(NextStep { what: "soita".into(), on: Some(day("2026-11-20")) });
        let at = employer(&backend, "E2").await;
        log(&backend, &mate, LogVisit { next_step: next, ..plain_visit(at) }).await;
        assert!(due().await.is_empty(), "a later visit to the same employer overtakes it");
        let today = backend.today(&mate).await.expect("Today");
        assert_eq!(today.coming.len(), 1);
    }
}

#[tokio::test]
async fn of_many_coming_steps_the_nearest_are_shown() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let at = employer(&backend, "E3").await;
        for on in [25, 24, 23, 22, 21, 20, 19].into_iter().chain([25; 5]) {
            let next_step = Some(NextStep { what: on.to_string(), on: Some(day(&format!("2026-11-{on}"))) });
            log(&backend, &own, LogVisit { next_step, ..plain_visit(at) }).await;
        }
        let coming = backend.today(&own).await.expect("Today").coming;
        let whats: Vec<&str> = coming.iter().map(|step| step.what.as_str()).collect();
        assert_eq!(whats[..6], ["19", "20", "21", "22", "23", "24"]);
        assert!(coming.len() < 12, "not all of them");
    }
}

#[tokio::test]
async fn a_colleague_sees_the_visit_at_once_and_another_unit_does_not() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let logged = log(&backend, &own, plain_visit(employer(&backend, "E3").await)).await;
        for (who, sees) in [("MATE", true), ("LEAD", true), ("AWAY", false), ("AWAYLEAD", false)] {
            let today = backend.today(&actor(&backend, who).await).await.expect("Today");
            assert_eq!(today.unit_visits.iter().any(|seen| seen.id == logged), sees, "{who}");
        }
    }
}
