//! Opportunities and matches: shared in a unit and naming no client, compared with wishes in words, and what was
//! learnt kept.

use crate::helpers::{
    Browser, TestBackend, actor, both, client, day, employer, log, plain_visit, settle, tamper,
};
use backend::clock::new_id;
use backend::{Actor, Error};
use domain::clients::page::NoteFields;
use domain::clients::profile::ProfileFields;
use domain::forms::FieldError;
use domain::ids::{ClientId, MatchId, OpportunityId};
use domain::matches::{LearntField, MatchFields, MatchResult, ResultFields};
use domain::opportunities::{ClosedBecause, OpportunityFields};
use domain::visits::LogVisit;

fn fields(title: &str) -> OpportunityFields {
    OpportunityFields { kind: "opening".into(), title: title.into(), ..OpportunityFields::default() }
}

async fn shared(backend: &TestBackend, who: &Actor, at: &str, fields: &OpportunityFields) -> OpportunityId {
    let at = employer(backend, at).await;
    let form = backend.opportunity_form(who, Some(at), None, "").await.expect("a form");
    backend
        .share_opportunity(who, &form, new_id(), fields)
        .await
        .expect("a database")
        .expect("an opportunity")
}

async fn begun(backend: &TestBackend, who: &Actor, of: ClientId, opportunity: OpportunityId) -> MatchId {
    let form = backend.match_form(who, of, None, Some(opportunity), "").await.expect("a form");
    let words = MatchFields { why: "Keittiö, lyhyet vuorot.".into(), why_not: String::new() };
    backend.begin_match(who, &form, new_id(), &words).await.expect("a database").expect("a match")
}

#[tokio::test]
async fn an_opportunity_is_the_units_own_and_names_no_client() {
    for backend in both().await {
        settle(&backend).await;
        let (own, mate, away) =
            (actor(&backend, "OWN").await, actor(&backend, "MATE").await, actor(&backend, "AWAY").await);
        let id = shared(&backend, &own, "E1", &fields("tiskaaja")).await;
        assert_eq!(backend.opportunities(&mate, false).await.expect("a list").len(), 1);
        assert!(backend.opportunities(&away, false).await.expect("a list").is_empty());
        assert!(matches!(backend.opportunity(&away, id).await, Err(Error::NotThere)));

        let name = backend.client_page(&own, client(&backend, "OPEN").await).await.expect("a page").name;
        let naming = OpportunityFields { tasks: format!("Sopisi: {name}"), ..fields("tiskaaja") };
        let at = employer(&backend, "E1").await;
        let form = backend.opportunity_form(&own, Some(at), None, "").await.expect("a form");
        let refused = backend.share_opportunity(&own, &form, new_id(), &naming).await.expect("a database");
        assert_eq!(refused, Err(vec![FieldError::NamesClient("tasks")]));
        let stale =
            backend.change_opportunity(&mate, id, 1, &fields("astianhoitaja")).await.expect("a database");
        assert_eq!(stale, Ok(()));
        let second = backend.change_opportunity(&own, id, 1, &fields("kokki")).await.expect("a database");
        assert_eq!(second, Err(vec![FieldError::ChangedMeanwhile]));
    }
}

#[tokio::test]
async fn an_old_opportunity_stays_until_somebody_closes_it() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let id = shared(&backend, &own, "E1", &fields("tiskaaja")).await;
        tamper(&backend, "update opportunity set found_on = '2019-01-02', confirmed_on = '2019-01-02'")
            .await
            .expect("an update");
        let html = Browser::of(&backend, "OWN").await.open("/opportunities").await.body;
        assert!(html.contains("tiskaaja") && html.contains("Vanha: varmista"), "{html}");
        backend.confirm_opportunity(&own, id).await.expect("made sure");
        assert_eq!(backend.opportunity(&own, id).await.expect("one").confirmed_on, own.today);
        backend.close_opportunity(&own, id, Some(ClosedBecause::Filled)).await.expect("closed");
        assert!(backend.opportunities(&own, false).await.expect("a list").is_empty());
        assert_eq!(backend.opportunities(&own, true).await.expect("a list").len(), 1);
        backend.close_opportunity(&own, id, None).await.expect("open again");
        assert_eq!(backend.opportunities(&own, false).await.expect("a list").len(), 1);
    }
}

#[tokio::test]
async fn what_fits_comes_first_and_says_why() {
    for backend in both().await {
        settle(&backend).await;
        let (own, open) = (actor(&backend, "OWN").await, client(&backend, "OPEN").await);
        let browser = Browser::of(&backend, "OWN").await;
        let none = browser.open(&format!("/clients/{open}/matches")).await.body;
        assert!(none.contains("Ehdotuksiin tarvitaan ammatillinen profiili"), "{none}");
        let profile = ProfileFields {
            wishes: "Keittiöön tai leipomoon.".into(),
            avoid: "kassatyö".into(),
            hours_to: "20".into(),
            ..ProfileFields::default()
        };
        backend.save_profile(&own, open, 0, &profile).await.expect("a database").expect("a profile");
        let till =
            OpportunityFields { tasks: "kassalla".into(), hours_from: "30".into(), ..fields("myyjä") };
        shared(&backend, &own, "E2", &till).await;
        shared(
            &backend,
            &own,
            "E1",
            &OpportunityFields { hours_from: "15".into(), ..fields("keittiöapulainen") },
        )
        .await;
        let page = backend.matches(&own, open).await.expect("a page");
        let titles: Vec<&str> =
            page.suggestions.iter().map(|(_, seen)| seen.opportunity.title.as_str()).collect();
        assert_eq!(titles, ["keittiöapulainen", "myyjä"]);
        let html = browser.open(&format!("/clients/{open}/matches")).await.body;
        for said in ["toiveissa: keittiöön", "vältettävissä: kassatyö", "Ei tiedossa"] {
            assert!(html.contains(said), "{said}: {html}");
        }
    }
}

#[tokio::test]
async fn a_match_gathers_visits_and_notes_and_what_was_learnt_goes_to_the_profile_once() {
    for backend in both().await {
        settle(&backend).await;
        let (own, open) = (actor(&backend, "OWN").await, client(&backend, "OPEN").await);
        let opportunity = shared(&backend, &own, "E1", &fields("tiskaaja")).await;
        let id = begun(&backend, &own, open, opportunity).await;
        let form = backend.match_form(&own, open, None, Some(opportunity), "").await.expect("a form");
        assert_eq!(form.same, Some(id), "there is one already");
        log(&backend, &own, LogVisit { client: Some(open), ..plain_visit(employer(&backend, "E1").await) })
            .await;
        log(&backend, &own, plain_visit(employer(&backend, "E1").await)).await;
        let note = NoteFields { day: "2026-11-18".into(), words: "Sovittiin tutustuminen.".into() };
        backend.note_match(&own, id, new_id(), &note).await.expect("a database").expect("a note");
        let page = backend.job_match(&own, id).await.expect("a page");
        assert_eq!(page.done.len(), 2, "the visit for the client and the note: {:?}", page.done);

        // The opportunity goes; the match stays and says so.
        backend.close_opportunity(&own, opportunity, Some(ClosedBecause::Filled)).await.expect("closed");
        let html = Browser::of(&backend, "OWN").await.open(&format!("/matches/{id}")).await.body;
        assert!(html.contains("Työmahdollisuus ei ole enää avoinna"), "{html}");

        let result = ResultFields {
            result: "employer_no".into(),
            day: "2026-11-18".into(),
            learnt: "Hiljainen keittiö sopii.".into(),
        };
        backend.end_match(&own, id, 1, &result).await.expect("a database").expect("a result");
        for _ in 0..2 {
            backend.learn_from_match(&own, id, LearntField::Supports).await.expect("learnt");
        }
        let profile = backend.client_profile(&own, open).await.expect("a profile");
        assert_eq!(profile.versions.len(), 1, "taken once");
        assert!(profile.versions[0].profile.supports.starts_with("Hiljainen keittiö sopii."));
        let page = backend.job_match(&own, id).await.expect("a page");
        assert_eq!(page.seen.ended, Some((day("2026-11-18"), MatchResult::EmployerNo)));
        assert_eq!(page.learnt_version, Some(1));
        backend.reopen_match(&own, id).await.expect("goes on");
        assert!(backend.job_match(&own, id).await.expect("a page").seen.ended.is_none());
    }
}

#[tokio::test]
async fn leads_at_the_same_few_are_told() {
    for backend in both().await {
        settle(&backend).await;
        let (own, open) = (actor(&backend, "OWN").await, client(&backend, "OPEN").await);
        for at in ["E1", "E2", "E1", "E2", "E1", "E2"] {
            log(&backend, &own, LogVisit { client: Some(open), ..plain_visit(employer(&backend, at).await) })
                .await;
        }
        assert_eq!(backend.matches(&own, open).await.expect("a page").drift.employers, Some(2));
        let html = Browser::of(&backend, "OWN").await.open(&format!("/clients/{open}/matches")).await.body;
        assert!(html.contains("Etsitäänkö liian kapeasti?"), "{html}");
    }
}

#[tokio::test]
async fn a_calendar_opens_by_its_address_names_nobody_and_ends() {
    for backend in both().await {
        settle(&backend).await;
        let (own, open) = (actor(&backend, "OWN").await, client(&backend, "OPEN").await);
        let page = backend.client_page(&own, open).await.expect("a page");
        let next =
            domain::clients::page::NextStepFields { what: "Salainen asia".into(), on: "2026-12-01".into() };
        backend.set_client_step(&own, open, page.version, &next).await.expect("a database").expect("a step");
        let token = backend.share_calendar(&own, domain::codes::Language::Finnish).await.expect("an address");
        let at = format!("/calendar/{}.ics", token.reveal());
        let stranger = Browser::new(&backend);
        let file = stranger.open(&at).await;
        assert_eq!((file.status.as_u16(), file.header("cache-control")), (200, "no-store"));
        assert!(file.body.contains("SUMMARY:Seuraava askel\r\n"), "{}", file.body);
        assert!(file.body.contains("DTSTART;VALUE=DATE:20261201"));
        for secret in [page.name.as_str(), page.about.alias.as_str(), "Salainen"] {
            assert!(!file.body.contains(secret), "{secret}");
        }
        assert_eq!(stranger.open("/calendar/guessed.ics").await.status.as_u16(), 404);
        backend.end_calendar(&own).await.expect("ended");
        assert_eq!(stranger.open(&at).await.status.as_u16(), 404);
    }
}
