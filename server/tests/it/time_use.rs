//! What a coach's week went to: started from the log, written down once, corrected without losing what stood there.

use crate::helpers::{Browser, TestBackend, actor, both, count, day, employer, log, plain_visit, settle};
use backend::Actor;
use domain::calendar::Week;
use domain::codes::{Mode, SupportPlace};
use domain::forms::FieldError;
use domain::time_use::{TimeFields, TimeOfWeek};
use domain::today::Gap;
use domain::visits::LogVisit;

fn fields(week: &str, worked: &str, service: &str, out: &str) -> TimeFields {
    TimeFields { week: week.into(), worked: worked.into(), service: service.into(), out: out.into() }
}

async fn write(backend: &TestBackend, who: &Actor, fields: &TimeFields) -> Week {
    backend.write_time(who, fields).await.expect("a database").expect("a week")
}

fn asks_for_week(gaps: &[Gap]) -> bool {
    gaps.iter().any(|gap| matches!(gap, Gap::WhereDidItGo { .. }))
}

#[tokio::test]
async fn the_sliders_start_where_the_log_stands() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let at = employer(&backend, "E2").await;
        let visit = |mode, place, minutes| LogVisit { mode, place, minutes, ..plain_visit(at) };
        log(&backend, &own, visit(Mode::InPerson, SupportPlace::Workplace, 400)).await;
        log(&backend, &own, visit(Mode::InPerson, SupportPlace::Office, 60)).await;
        log(&backend, &own, visit(Mode::Phone, SupportPlace::Office, 30)).await;
        // A colleague's visit is the colleague's week.
        let mate = actor(&backend, "MATE").await;
        log(&backend, &mate, visit(Mode::InPerson, SupportPlace::Workplace, 700)).await;
        let page = backend.time_of_week(&own, Week::of(own.today)).await.expect("a page");
        assert!(!page.written);
        assert_eq!(page.logged.visits, [400, 90]);
        assert_eq!((page.time.all(), page.time.shares()), (2250, [100, 18]), "400 of 2250 minutes");
    }
}

#[tokio::test]
async fn a_week_is_written_once_and_a_correction_keeps_what_stood_there() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        assert!(asks_for_week(&backend.today(&own).await.expect("Today").gaps));
        let week = write(&backend, &own, &fields("2026-11-11", "37,5", "80", "70")).await;
        assert_eq!(week.monday, day("2026-11-09"));
        assert!(!asks_for_week(&backend.today(&own).await.expect("Today").gaps));
        write(&backend, &own, &fields("2026-11-09", "37,5", "90", "70")).await;
        let page = backend.time_of_week(&own, week).await.expect("a page");
        assert!(page.written);
        assert_eq!(page.time, TimeOfWeek::of(2250, [90, 70]));
        assert_eq!(count(&backend, "select count(*) from time_use").await, 3);
        assert_eq!(count(&backend, "select cast(sum(minutes) as bigint) from time_use_before").await, 2250);
        // The next week starts as this one was.
        let next = backend.time_of_week(&own, Week::of(own.today)).await.expect("a page");
        assert_eq!(next.time.shares(), [90, 70]);
        // A colleague's week is another one.
        let mate = actor(&backend, "MATE").await;
        assert!(!backend.time_of_week(&mate, week).await.expect("a page").written);
    }
}

#[tokio::test]
async fn the_lead_sees_what_the_week_went_to_and_that_it_is_missing() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        write(&backend, &own, &fields("2026-11-18", "30", "80", "50")).await;
        let page = Browser::of(&backend, "LEAD").await.open("/lead").await.body;
        assert!(page.contains("80 % työhönvalmennusta, 40 % työajasta toimiston ulkopuolella"), "{page}");
        assert_eq!(page.matches("Ei kirjattu tältä viikolta").count(), 2, "the other two coaches on duty");
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_and_what_was_typed_stays() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let errors = backend.write_time(&own, &fields("2026-11-23", "37,5", "80", "50")).await;
        assert_eq!(errors.expect("a database").unwrap_err(), [FieldError::Ahead("week")]);
        let browser = Browser::of(&backend, "OWN").await;
        let typed = [("week", "2026-11-16"), ("worked", "joskus"), ("service", "83"), ("out", "41")];
        let page = browser.submit("/time", &typed).await;
        assert_eq!(page.status, 422);
        for kept in ["joskus", "83 %", "41 %"] {
            assert!(page.body.contains(kept), "{kept}");
        }
        assert_eq!(count(&backend, "select count(*) from time_use").await, 0);
        // Whoever does not work in the field has no week.
        for code in ["REF", "ADMIN", "REV"] {
            assert_eq!(Browser::of(&backend, code).await.open("/time").await.status, 404, "{code}");
        }
    }
}
