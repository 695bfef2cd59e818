//! Support around work: logged once, agreed on, due for as long as the job lasts, and on Today of whoever coaches.

use crate::helpers::{
    Browser, TestBackend, a_wednesday, actor, both, client, count, day, employer, entry, open_session, send,
    settle,
};
use backend::clock::new_id;
use backend::{Actor, Error};
use chrono::Days;
use domain::forms::FieldError;
use domain::ids::{ClientId, JobId, SupportId};
use domain::jobs::TermsFields;
use domain::support::{AgreementFields, OnSupport, SupportFields, Why};
use domain::sync::{Command, Outcome, Refusal};
use domain::today::TaskKind;
use uuid::Uuid;

/// Logs a support of a day.
pub async fn log(backend: &TestBackend, who: &Actor, of: ClientId, job: Option<JobId>, on: &str) -> Uuid {
    let fields = SupportFields { day: on.into(), ..SupportFields::untouched(job, true, who.today) };
    let support = fields.read(of, who.today).expect("a support");
    let entry = entry(&Command::LogSupport(support));
    let outcome = send(backend, who, &entry).await;
    assert!(matches!(outcome, Outcome::Committed(_)), "{outcome:?}");
    entry.id.uuid()
}

async fn working(backend: &TestBackend, who: &Actor, of: ClientId, since: &str) -> JobId {
    let at = employer(backend, "E1").await;
    let form = backend.job_form(who, of, Some(at), None, "").await.expect("a form");
    let fields = TermsFields { day: since.into(), title: "tiskaaja".into(), ..TermsFields::default() };
    backend.open_job(who, &form, new_id(), &fields).await.expect("a database").expect("a job")
}

async fn why(backend: &TestBackend, who: &Actor, of: ClientId) -> Option<(Why, String)> {
    let page = backend.support_page(who, of, 0).await.expect("a page");
    page.jobs[0].next.map(|next| (next.why, next.on.to_string()))
}

/// Somebody as of a later day, with a new sign-in.
async fn later(backend: &TestBackend, code: &str, days: u64) -> Actor {
    backend.clock.set(a_wednesday() + Days::new(days));
    let token = open_session(backend, code).await.to_string();
    backend.actor(&token).await.expect("a database").expect("a session")
}

#[tokio::test]
async fn a_support_is_logged_once_and_taken_back_by_whoever_logged_it() {
    for backend in both().await {
        settle(&backend).await;
        let (own, open) = (actor(&backend, "OWN").await, client(&backend, "OPEN").await);
        let job = working(&backend, &own, open, "2026-11-02").await;
        let fields = SupportFields::untouched(Some(job), true, own.today);
        let entry = entry(&Command::LogSupport(fields.read(open, own.today).expect("a support")));
        for _ in 0..3 {
            assert!(matches!(send(&backend, &own, &entry).await, Outcome::Committed(_)));
        }
        assert_eq!(count(&backend, "select count(*) from support").await, 1);
        let on = OnSupport { support: SupportId(entry.id.uuid()) };
        let mate = actor(&backend, "MATE").await;
        let others = send(&backend, &mate, &crate::helpers::entry(&Command::WithdrawSupport(on))).await;
        assert_eq!(others, Outcome::Refused(Refusal::NotThere));
        send(&backend, &own, &crate::helpers::entry(&Command::WithdrawSupport(on))).await;
        assert!(backend.support_page(&own, open, 0).await.expect("a page").supports.is_empty());
        send(&backend, &own, &crate::helpers::entry(&Command::RestoreSupport(on))).await;
        assert_eq!(backend.job(&own, job).await.expect("a page").supported, 1);
    }
}

#[tokio::test]
async fn a_support_fits_the_clients_own_jobs_or_none() {
    for backend in both().await {
        settle(&backend).await;
        let (own, open) = (actor(&backend, "OWN").await, client(&backend, "OPEN").await);
        let mates = client(&backend, "MATES").await;
        let job = working(&backend, &own, open, "2026-11-02").await;
        let fields = SupportFields::untouched(Some(job), true, own.today);
        let of_other = entry(&Command::LogSupport(fields.read(mates, own.today).expect("a support")));
        assert_eq!(send(&backend, &own, &of_other).await, Outcome::Refused(Refusal::Contact));
        // On a day without a job, and before the start: both are support.
        log(&backend, &own, mates, None, "2026-11-10").await;
        log(&backend, &own, open, Some(job), "2026-10-28").await;
        let html = Browser::of(&backend, "OWN").await.open(&format!("/clients/{mates}/support")).await.body;
        assert!(html.contains("Työsuhteen ulkopuolella"), "{html}");
    }
}

#[tokio::test]
async fn a_year_later_support_is_still_due() {
    for backend in both().await {
        settle(&backend).await;
        let (own, open) = (actor(&backend, "OWN").await, client(&backend, "OPEN").await);
        let job = working(&backend, &own, open, "2026-11-02").await;
        assert_eq!(why(&backend, &own, open).await, Some((Why::AfterStart, "2026-11-05".into())));
        log(&backend, &own, open, Some(job), "2026-11-16").await;
        assert_eq!(why(&backend, &own, open).await, Some((Why::FirstMonth, "2026-11-23".into())));
        let own = later(&backend, "OWN", 365).await;
        assert_eq!(why(&backend, &own, open).await, Some((Why::FirstMonth, "2026-11-23".into())));
        log(&backend, &own, open, Some(job), "2027-11-10").await;
        assert_eq!(why(&backend, &own, open).await, Some((Why::Monthly, "2027-12-11".into())));
        let own = later(&backend, "OWN", 3650).await;
        let today = backend.today(&own).await.expect("Today");
        let due = today.tasks.iter().find(|task| task.client == open).expect("a task");
        assert_eq!(due.kind, TaskKind::Support(Why::Monthly), "ten years later");
    }
}

#[tokio::test]
async fn what_was_agreed_holds_until_something_else_is_and_the_care_team_ends_nothing() {
    for backend in both().await {
        settle(&backend).await;
        let (own, open) = (actor(&backend, "OWN").await, client(&backend, "OPEN").await);
        let job = working(&backend, &own, open, "2026-03-02").await;
        log(&backend, &own, open, Some(job), "2026-11-10").await;
        let agree = async |kind: &str, every: &str, stands_by: &str| {
            let fields = AgreementFields {
                kind: kind.into(),
                every: every.into(),
                stands_by: stands_by.into(),
                from_day: "2026-11-12".into(),
                ..AgreementFields::default()
            };
            let id = new_id();
            backend.agree_on_support(&own, open, job, id, &fields).await.expect("a database").map(|()| id)
        };
        assert_eq!(agree("rhythm", "0", "").await, Err(vec![FieldError::Number("every")]));
        assert_eq!(agree("care_team", "", "").await, Err(vec![FieldError::Missing("stands_by")]));
        agree("rhythm", "60", "").await.expect("a rhythm");
        assert_eq!(why(&backend, &own, open).await, Some((Why::Agreed, "2027-01-09".into())));
        let care = agree("care_team", "", "Omahoitaja").await.expect("the care team");
        assert_eq!(why(&backend, &own, open).await, Some((Why::Hello, "2027-11-10".into())));
        let html = Browser::of(&backend, "OWN").await.open(&format!("/clients/{open}/support")).await.body;
        assert!(html.contains("Tukena: Omahoitaja"), "{html}");
        backend.take_agreement(&own, open, care, false).await.expect("taken back");
        assert_eq!(why(&backend, &own, open).await, Some((Why::Agreed, "2027-01-09".into())));
        let away = actor(&backend, "AWAY").await;
        assert!(matches!(backend.take_agreement(&away, open, care, true).await, Err(Error::NotThere)));
    }
}

#[tokio::test]
async fn a_lost_job_calls_on_today_until_the_client_was_met() {
    for backend in both().await {
        settle(&backend).await;
        let (own, open) = (actor(&backend, "OWN").await, client(&backend, "OPEN").await);
        let job = working(&backend, &own, open, "2026-03-02").await;
        let end = domain::jobs::EndFields {
            day: "2026-11-13".into(),
            reason: "laid_off".into(),
            learnt_on: "2026-11-16".into(),
            next: "other".into(),
            ..domain::jobs::EndFields::default()
        };
        backend.end_job(&own, job, 1, &end).await.expect("a database").expect("an end");
        let calls = async || {
            let today = backend.today(&own).await.expect("Today");
            today.tasks.into_iter().find(|task| task.kind == TaskKind::Support(Why::JobLost))
        };
        let call = calls().await.expect("an alarm");
        assert_eq!((call.client, call.on), (open, day("2026-11-19")), "within three days");
        let mate = actor(&backend, "MATE").await;
        let mates = backend.today(&mate).await.expect("Today");
        assert!(mates.tasks.iter().all(|task| task.client != open), "only whoever coaches is called");
        log(&backend, &own, open, None, "2026-11-17").await;
        assert!(calls().await.is_none());
    }
}

#[tokio::test]
async fn a_form_opens_ready_to_be_saved_around_the_only_job() {
    for backend in both().await {
        settle(&backend).await;
        let (own, open) = (actor(&backend, "OWN").await, client(&backend, "OPEN").await);
        let browser = Browser::of(&backend, "OWN").await;
        let none = browser.open("/support/new").await.body;
        assert!(
            none.contains("Ketä tuettiin?") && none.contains(&format!("/support/new?client={open}")),
            "{none}"
        );
        let job = working(&backend, &own, open, "2026-11-02").await;
        let html = browser.open(&format!("/support/new?client={open}")).await.body;
        assert!(html.contains(&format!("value=\"{job}\" selected")), "{html}");
        let id = new_id().to_string();
        let fields: Vec<(&str, &str)> =
            vec![("id", &id), ("day", "2026-11-18"), ("kind", "coping"), ("minutes", "30")];
        let served = open.to_string();
        let with = [fields, vec![("client", served.as_str())]].concat();
        let saved = browser.submit("/support/new", &with).await;
        assert_eq!(saved.status, 303);
        let page = browser.open(saved.header("location")).await.body;
        assert!(page.contains("Tuki on kirjattu.") && page.contains("Kumoa"), "{page}");
        let wrong = [
            ("id", id.as_str()),
            ("client", &served),
            ("day", "2026-11-19"),
            ("kind", "coping"),
            ("minutes", "30"),
        ];
        let refused = browser.submit("/support/new", &wrong).await;
        assert_eq!(refused.status, 422, "a day ahead");
    }
}
