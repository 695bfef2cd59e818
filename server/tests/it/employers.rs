//! The register: finding an employer, and what a page shows to whom.

use crate::helpers::{actor, both, employer, settle};
use backend::{Backend, Error};
use domain::employers::EmployerQuery;
use domain::ids::EmployerId;
use domain::visits::ClientSeen;
use uuid::Uuid;

async fn found(backend: &Backend, text: &str) -> Vec<String> {
    let own = actor(backend, "OWN").await;
    let query = EmployerQuery { text: text.into(), ..EmployerQuery::default() };
    let list = backend.employers(&own, &query).await.expect("a list");
    assert_eq!(list.total as usize, list.rows.len());
    list.rows.into_iter().map(|row| row.name).collect()
}

#[tokio::test]
async fn åkerlund_is_found_however_it_is_typed() {
    for backend in both().await {
        settle(&backend).await;
        for text in ["åkerlund", "Akerlund", "akrlund", "ÅKERLU", "ab konditori"] {
            assert_eq!(found(&backend, text).await, ["Konditori Åkerlund Ab"], "{text}");
        }
        assert!(found(&backend, "lumikello").await.is_empty());
        assert_eq!(found(&backend, "%").await.len(), 3, "a sign alone asks for nothing");
    }
}

#[tokio::test]
async fn the_list_is_sorted_and_filtered() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let list = async |query: EmployerQuery| backend.employers(&own, &query).await.expect("a list");
        let names = |list: &domain::employers::EmployerList| -> Vec<String> {
            list.rows.iter().map(|row| row.name.clone()).collect()
        };
        let all = list(EmployerQuery::default()).await;
        assert_eq!(names(&all), ["Konditori Åkerlund Ab", "Rantakorpi Kauppa Oy", "Åkeri Lindroos Ab"]);
        assert_eq!(all.municipalities, ["Kuopio", "Varkaus"]);
        assert_eq!(all.rows[0].last_visit_on, Some(crate::helpers::day("2026-11-13")));
        assert_eq!(all.rows[2].last_visit_on, None);

        let kuopio = EmployerQuery { municipality: Some("Kuopio".into()), ..EmployerQuery::default() };
        assert_eq!(names(&list(kuopio).await), ["Konditori Åkerlund Ab", "Åkeri Lindroos Ab"]);
        let mate = actor(&backend, "MATE").await;
        let mine = EmployerQuery { mine: true, ..EmployerQuery::default() };
        let mine = backend.employers(&mate, &mine).await.expect("a list");
        assert_eq!(names(&mine), ["Rantakorpi Kauppa Oy"], "whoever was there last takes care of it");
    }
}

#[tokio::test]
async fn a_page_shows_each_reader_what_is_theirs_to_know() {
    for backend in both().await {
        settle(&backend).await;
        let id = employer(&backend, "E1").await;
        let own = backend.employer(&actor(&backend, "OWN").await, id).await.expect("a page");
        let away = backend.employer(&actor(&backend, "AWAY").await, id).await.expect("a page");
        assert_eq!(own.visits.len(), 4);
        assert_eq!(away.visits.len(), 4, "that a visit was is no secret between units");
        assert_eq!(own.contacts[0].name, "Birgitta Åkerlund");
        let on = |page: &domain::employers::EmployerPage, day: &str| {
            let day = crate::helpers::day(day);
            page.visits.iter().find(|visit| visit.day == day).expect("a visit").clone()
        };

        let visit = on(&own, "2026-11-10");
        assert_eq!(visit.client, ClientSeen::Alias("OPEN".into()));
        assert!(visit.summary.is_some() && visit.next_step.is_some());
        let visit = on(&away, "2026-11-10");
        assert_eq!(visit.client, ClientSeen::Somebody, "no client link crosses the border between units");
        assert_eq!((visit.summary, visit.next_step), (None, None), "and no word that may tell of one");

        let visit = on(&own, "2026-11-11");
        assert_eq!(visit.client, ClientSeen::Somebody, "a closed relation is closed");
        let visit = on(&own, "2026-11-13");
        assert_eq!(visit.summary.as_deref(), Some("Kahvihuone on uusi."), "what is of no client is shared");

        let steps = |page: &domain::employers::EmployerPage| -> Vec<String> {
            page.next_steps.iter().map(|step| step.what.clone()).collect()
        };
        assert!(steps(&own).is_empty(), "a later visit overtakes a next step, another unit's is not shown");
        assert!(!format!("{away:?}").contains("Salme"), "no client's name is anywhere on the page");
    }
}

#[tokio::test]
async fn who_has_no_business_in_the_register_does_not_learn_that_it_is_there() {
    for backend in both().await {
        settle(&backend).await;
        let id = employer(&backend, "E1").await;
        for who in ["REF", "REV", "ADMIN", "FORMER"] {
            let who = actor(&backend, who).await;
            let there = backend.employer(&who, id).await.expect_err("not for them").to_string();
            let nowhere = EmployerId(Uuid::from_u128(7));
            let not_there = backend.employer(&who, nowhere).await.expect_err("not there").to_string();
            assert_eq!(there, not_there);
            let list = backend.employers(&who, &EmployerQuery::default()).await;
            assert!(matches!(list, Err(Error::NotThere)));
        }
    }
}
