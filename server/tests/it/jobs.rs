//! Jobs, advice about benefits and steps towards work: dated terms of one job, its end and what comes next, and
//! what each is counted as.

use crate::helpers::{
    Browser, TestBackend, actor, both, client, count, day, employer, person, settle, token_of,
};
use backend::clock::new_id;
use backend::{Actor, Error};
use domain::advice::{AdviceFields, Occasion};
use domain::codes::Phase;
use domain::forms::FieldError;
use domain::ids::{ClientId, JobId};
use domain::jobs::{EndFields, TermsFields, WhatNext};
use domain::steps::{StepFields, StepToWork};
use uuid::Uuid;

fn terms(from: &str, hours: &str) -> TermsFields {
    TermsFields {
        day: from.into(),
        title: "keittiöapulainen".into(),
        hours: hours.into(),
        pay_basis: "agreement".into(),
        open_to_all: "yes".into(),
        set_aside: "no".into(),
        ..TermsFields::default()
    }
}

async fn opened(backend: &TestBackend, who: &Actor, of: ClientId, at: &str, fields: &TermsFields) -> JobId {
    let at = employer(backend, at).await;
    let form = backend.job_form(who, of, Some(at), None, "").await.expect("a form");
    backend.open_job(who, &form, new_id(), fields).await.expect("a database").expect("a job")
}

fn end(on: &str) -> EndFields {
    EndFields {
        day: on.into(),
        reason: "fixed_term_ended".into(),
        learnt_on: on.into(),
        next: "search".into(),
        step: "Käydään läpi, mitä opittiin".into(),
        step_on: "2026-11-20".into(),
        words: String::new(),
    }
}

#[tokio::test]
async fn a_job_is_one_with_dated_terms_and_each_day_has_its_own() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let open = client(&backend, "OPEN").await;
        let start = TermsFields {
            subsidy: "70".into(),
            subsidy_until: "2027-03-31".into(),
            ..terms("2026-11-02", "15")
        };
        let job = opened(&backend, &own, open, "E1", &start).await;
        let change = new_id();
        let more = terms("2026-11-16", "25,5");
        for _ in 0..2 {
            backend.change_job(&own, job, change, &more).await.expect("a database").expect("a change");
        }
        let page = backend.job(&own, job).await.expect("a page");
        assert_eq!(page.changes.len(), 1, "pressed twice is changed once");
        assert_eq!(page.terms_on(day("2026-11-15")).minutes_per_week, Some(900));
        assert_eq!(page.now().minutes_per_week, Some(1530));
        assert_eq!(page.competitive, Some(true), "a subsidy changes nothing");
        assert_eq!(count(&backend, "select count(*) from job").await, 1);

        let seen = backend.client_page(&own, open).await.expect("a page");
        assert_eq!(seen.jobs[0].on(day("2026-11-18")).minutes_per_week, Some(1530), "of today");
        backend.take_change(&own, job, change, false).await.expect("taken back");
        assert_eq!(backend.job(&own, job).await.expect("a page").now().minutes_per_week, Some(900));
        backend.take_change(&own, job, change, true).await.expect("brought back");

        let early = terms("2026-11-01", "20");
        let refused = backend.change_job(&own, job, new_id(), &early).await.expect("a database");
        assert_eq!(refused, Err(vec![FieldError::TooEarly("day")]), "before the start");
        let late = TermsFields { day: "2026-11-17".into(), ..start.clone() };
        let refused = backend.correct_job(&own, job, 1, &late).await.expect("a database");
        assert_eq!(refused, Err(vec![FieldError::TooLate("day")]), "the start is not after a change");
    }
}

#[tokio::test]
async fn what_cannot_be_is_refused_and_what_is_only_odd_is_taken() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let open = client(&backend, "OPEN").await;
        let at = employer(&backend, "E1").await;
        let form = backend.job_form(&own, open, Some(at), None, "").await.expect("a form");
        let agreed = form.agreement_on.expect("an agreement").to_string();
        let tried = async |fields: &TermsFields| {
            backend.open_job(&own, &form, new_id(), fields).await.expect("a database")
        };
        let before =
            agreed.parse::<chrono::NaiveDate>().expect("a day").pred_opt().expect("a day").to_string();
        assert_eq!(tried(&terms(&before, "20")).await.err(), Some(vec![FieldError::TooEarly("day")]));
        assert_eq!(tried(&terms("2026-11-02", "0")).await.err(), Some(vec![FieldError::Number("hours")]));
        let longer = TermsFields {
            permanent: "no".into(),
            until_on: "2026-12-31".into(),
            subsidy: "50".into(),
            subsidy_until: "2027-01-01".into(),
            ..terms("2026-11-02", "20")
        };
        assert_eq!(tried(&longer).await.err(), Some(vec![FieldError::TooLate("subsidy_until")]));
        assert_eq!(count(&backend, "select count(*) from job").await, 0);
        // Two jobs at once, one of sixty hours: two contracts of one person.
        assert!(tried(&terms("2026-11-02", "60")).await.is_ok());
        assert!(tried(&terms("2026-11-09", "5")).await.is_ok());
        let page = backend.client_page(&own, open).await.expect("a page");
        assert_eq!(page.jobs.len(), 2);
        let html = Browser::of(&backend, "OWN").await.open(&format!("/clients/{open}")).await.body;
        assert!(html.contains("2 työsuhdetta"), "{html}");
        let html = Browser::of(&backend, "OWN").await.open(&format!("/jobs/{}", page.jobs[1].id)).await.body;
        assert!(html.contains("Yli 48 tuntia viikossa"), "sixty hours are asked about");
    }
}

#[tokio::test]
async fn a_job_at_an_employer_not_to_be_contacted_is_taken_and_says_so() {
    for backend in both().await {
        settle(&backend).await;
        let (own, open) = (actor(&backend, "OWN").await, client(&backend, "OPEN").await);
        let at = employer(&backend, "E1").await;
        let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
        backend::execute!(
            tx,
            "update employer set do_not_contact_reason = 'Pyysi itse' where id = $1",
            at.uuid()
        )
        .expect("an update");
        tx.commit().await.expect("a commit");
        let job = opened(&backend, &own, open, "E1", &terms("2026-11-02", "20")).await;
        assert_eq!(backend.job(&own, job).await.expect("a page").silent.as_deref(), Some("Pyysi itse"));
        // Merged later: the page names the one that stands for both.
        let lead = actor(&backend, "LEAD").await;
        let into = employer(&backend, "E2").await;
        let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
        backend::execute!(
            tx,
            "update employer set merged_into = $2, survivor_id = $2 where id = $1",
            at.uuid(),
            into.uuid()
        )
        .expect("an update");
        tx.commit().await.expect("a commit");
        assert_eq!(backend.job(&lead, job).await.expect("a page").employer.0, into);
    }
}

#[tokio::test]
async fn a_job_ends_and_the_next_search_begins_and_reopening_puts_all_back() {
    for backend in both().await {
        settle(&backend).await;
        let (own, open) = (actor(&backend, "OWN").await, client(&backend, "OPEN").await);
        let job = opened(&backend, &own, open, "E1", &terms("2026-11-02", "20")).await;
        let before = backend.client_page(&own, open).await.expect("a page");
        let too_early = backend.end_job(&own, job, 1, &end("2026-11-01")).await.expect("a database");
        assert_eq!(too_early, Err(vec![FieldError::TooEarly("day")]));
        let ahead = backend.end_job(&own, job, 1, &end("2026-11-19")).await.expect("a database");
        assert!(ahead.is_err_and(|errors| errors.contains(&FieldError::Ahead("day"))));
        backend.end_job(&own, job, 1, &end("2026-11-17")).await.expect("a database").expect("an end");
        let stale = backend.end_job(&own, job, 1, &end("2026-11-16")).await.expect("a database");
        assert_eq!(stale, Err(vec![FieldError::ChangedMeanwhile]), "somebody ended it before");

        let page = backend.job(&own, job).await.expect("a page");
        let ended = page.ended.as_ref().expect("an end");
        assert_eq!((ended.on, ended.next), (day("2026-11-17"), Some(WhatNext::Search)));
        let after = backend.client_page(&own, open).await.expect("a page");
        assert_eq!(after.chosen, Some(Phase::Search), "the next search has begun");
        assert_eq!(after.way.closed_on, None, "nobody is closed by it");
        assert_eq!(after.step.as_ref().map(|step| step.what.as_str()), Some("Käydään läpi, mitä opittiin"));

        backend.reopen_job(&own, job).await.expect("reopened");
        let again = backend.client_page(&own, open).await.expect("a page");
        assert!(backend.job(&own, job).await.expect("a page").ended.is_none());
        assert_eq!((again.chosen, again.step), (before.chosen, before.step), "exactly as before");
        assert!(count(&backend, "select count(*) from job_version").await >= 2, "what stood is kept");
    }
}

#[tokio::test]
async fn a_withdrawn_job_counts_nowhere_and_its_supports_stay() {
    for backend in both().await {
        settle(&backend).await;
        let (own, open) = (actor(&backend, "OWN").await, client(&backend, "OPEN").await);
        let job = opened(&backend, &own, open, "E1", &terms("2026-11-02", "20")).await;
        crate::support::log(&backend, &own, open, Some(job), "2026-11-10").await;
        assert_eq!(backend.client_page(&own, open).await.expect("a page").phase, Phase::Support);
        backend.take_job(&own, job, false).await.expect("withdrawn");
        let page = backend.client_page(&own, open).await.expect("a page");
        assert!(page.jobs.is_empty() && page.phase != Phase::Support);
        let supports = backend.support_page(&own, open, 0).await.expect("a page");
        assert!(supports.supports[0].job_withdrawn && supports.jobs.is_empty());
        backend.take_job(&own, job, true).await.expect("brought back");
        assert_eq!(backend.client_page(&own, open).await.expect("a page").jobs.len(), 1);
    }
}

#[tokio::test]
async fn advice_is_due_before_a_start_and_again_with_other_hours_until_it_was_given() {
    for backend in both().await {
        settle(&backend).await;
        let (own, open) = (actor(&backend, "OWN").await, client(&backend, "OPEN").await);
        let due = async || {
            let page = backend.advice(&own, open, "read").await.expect("a page");
            page.due.iter().map(|due| due.occasion).collect::<Vec<_>>()
        };
        assert_eq!(due().await, []);
        let job = opened(&backend, &own, open, "E1", &terms("2026-12-01", "15")).await;
        assert_eq!(due().await, [Occasion::Start]);
        let today = backend.today(&own).await.expect("Today");
        assert!(
            today.tasks.iter().any(|task| task.to.contains("/advice/new?occasion=start")),
            "{:?}",
            today.tasks
        );
        let fields = AdviceFields {
            day: "2026-11-18".into(),
            giver: "coach".into(),
            occasion: "start".into(),
            job: job.to_string(),
            topics: "housing earnings_limit".into(),
            ..AdviceFields::default()
        };
        let id = new_id();
        backend.give_advice(&own, open, id, &fields).await.expect("a database").expect("advice");
        assert_eq!(due().await, []);
        backend.take_advice(&own, open, id, false).await.expect("taken back");
        assert_eq!(due().await, [Occasion::Start]);
        backend.take_advice(&own, open, id, true).await.expect("brought back");
        let page = backend.job(&own, job).await.expect("a page");
        assert_eq!(page.advice.len(), 1, "it stands on the job's page");

        let browser = Browser::of(&backend, "OWN").await;
        let sheet = browser.open(&format!("/clients/{open}/advice/sheet?language=sv")).await.body;
        assert!(sheet.contains("Arbete och förmåner") && sheet.contains("Bostadsbidrag"), "{sheet}");
        let paper = browser.open(&format!("/clients/{open}/advice/sheet.pdf?language=sv")).await;
        assert_eq!(paper.header("content-type"), "application/pdf");
    }
}

#[tokio::test]
async fn people_contracts_and_steps_are_counted_apart() {
    for backend in both().await {
        settle(&backend).await;
        let (own, open) = (actor(&backend, "OWN").await, client(&backend, "OPEN").await);
        let trial =
            StepFields { what: "work_trial".into(), day: "2026-10-01".into(), ..StepFields::default() };
        let card =
            StepFields { what: "hygiene_passport".into(), day: "2026-10-05".into(), ..StepFields::default() };
        let (transition, qualification) = (StepToWork::Transition, StepToWork::Qualification);
        let id = new_id();
        let noted = async |kind, id: Uuid, fields: &StepFields| {
            backend
                .take_step_to_work(&own, open, kind, id, fields)
                .await
                .expect("a database")
                .expect("a step")
        };
        noted(transition, id, &trial).await;
        noted(qualification, new_id(), &card).await;
        noted(qualification, new_id(), &card).await;
        let page = backend.client_page(&own, open).await.expect("a page");
        assert_eq!((page.jobs.len(), page.transitions.len(), page.qualifications.len()), (0, 1, 1));
        let html = Browser::of(&backend, "OWN").await.open(&format!("/clients/{open}")).await.body;
        for said in ["Ei työsuhteita", "1 siirtymä", "1 pätevyys"] {
            assert!(html.contains(said), "{said}");
        }
        backend.undo_step_to_work(&own, open, transition, id, false).await.expect("taken back");
        assert!(backend.client_page(&own, open).await.expect("a page").transitions.is_empty());
    }
}

#[tokio::test]
async fn an_employer_is_found_by_a_part_of_its_name_in_any_letters() {
    for backend in both().await {
        settle(&backend).await;
        let (own, open) = (actor(&backend, "OWN").await, client(&backend, "OPEN").await);
        let at = employer(&backend, "E1").await;
        let name = backend.employer(&own, at).await.expect("a page").name;
        let form = backend.job_form(&own, open, None, None, &name.to_uppercase()).await.expect("a form");
        assert_eq!(form.offered.first().map(|one| one.id), Some(at), "{name}: {:?}", form.offered);
        let none = backend.job_form(&own, open, None, None, "xyzxyz").await.expect("a form");
        assert!(none.offered.is_empty() && none.employer.is_none());
    }
}

#[tokio::test]
async fn a_job_of_another_unit_is_not_there() {
    for backend in both().await {
        settle(&backend).await;
        let (own, away) = (actor(&backend, "OWN").await, actor(&backend, "AWAY").await);
        let open = client(&backend, "OPEN").await;
        let job = opened(&backend, &own, open, "E1", &terms("2026-11-02", "20")).await;
        assert!(matches!(backend.job(&away, job).await, Err(Error::NotThere)));
        let at = employer(&backend, "E1").await;
        assert!(matches!(backend.job_form(&away, open, Some(at), None, "").await, Err(Error::NotThere)));
        let mate = person(&backend, "MATE").await;
        assert_ne!(mate, own.person);
        token_of(&backend, "MATE").await;
        assert!(backend.job(&actor(&backend, "MATE").await, job).await.is_ok(), "a colleague of the unit");
    }
}
