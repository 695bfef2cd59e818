//! Logging and amending a visit: for whom, with whom, and from what the form offers.

use crate::helpers::{
    Browser, actor, both, client, count, day, employer, entry, log, person, plain_visit, send, settle, visit,
};
use backend::clock::new_id;
use domain::employers::EmployerQuery;
use domain::ids::VisitId;
use domain::sync::{Command, OnVisit, Outcome, Refusal};
use domain::today::Gap;
use domain::visits::{AmendVisit, ClientSeen, FeedQuery, FormWish, LogVisit, MoveNextStep, VisitError};

#[tokio::test]
async fn the_form_offers_the_last_employers_and_the_own_open_clients() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let form = backend.visit_form(&own, FormWish::default()).await.expect("a form");
        assert_eq!(form.today, day("2026-11-18"));
        assert_eq!(form.fields.time, "10:00", "the time is Helsinki's");
        let aliases: Vec<&str> = form.caseload.iter().map(|client| client.alias.as_str()).collect();
        assert_eq!(aliases, ["OPEN"], "not the closed one, not the colleague's, not the other unit's");
        let recent = |form: &domain::visits::VisitForm| -> Vec<String> {
            form.recent.iter().map(|employer| employer.name.clone()).collect()
        };
        assert_eq!(recent(&form), ["Konditori Åkerlund Ab"]);
        log(&backend, &own, plain_visit(employer(&backend, "E2").await)).await;
        let form = backend
            .visit_form(
                &own,
                FormWish { employer: Some(employer(&backend, "E3").await), ..FormWish::default() },
            )
            .await
            .expect("a form");
        assert_eq!(recent(&form), ["Rantakorpi Kauppa Oy", "Konditori Åkerlund Ab"], "the last one first");
        assert_eq!(form.fields.employer_name, "Åkeri Lindroos Ab");
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

fn amend(visit: VisitId, version: u32, to: LogVisit) -> Command {
    Command::AmendVisit(AmendVisit { visit, version, to })
}

#[tokio::test]
async fn an_amendment_shows_both() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let (first, second) = (employer(&backend, "E2").await, employer(&backend, "E3").await);
        let said = |words: &str, at| LogVisit { summary: words.into(), ..plain_visit(at) };
        let id = log(&backend, &own, said("Soitetaan maanantaina.", first)).await;
        for (version, to) in [(1, said("Soitetaan tiistaina.", first)), (2, said("Käydään.", second))] {
            let answer = send(&backend, &own, &entry(&amend(id, version, to))).await;
            assert!(matches!(answer, Outcome::Committed(_)), "{answer:?}");
        }
        let page = backend.visit(&own, id).await.expect("a page");
        assert_eq!(page.visit.summary.as_deref(), Some("Käydään."));
        assert_eq!((page.visit.employer, page.visit.version), (second, 3));
        let earlier: Vec<_> = page.earlier.iter().map(|one| one.visit.summary.as_deref()).collect();
        assert_eq!(earlier, [Some("Soitetaan tiistaina."), Some("Soitetaan maanantaina.")]);
        assert!(page.earlier.iter().all(|one| one.visit.employer == first));
        let shown = Browser::of(&backend, "MATE").await.open(&format!("/visits/{id}")).await.body;
        for words in ["Käydään.", "Soitetaan tiistaina.", "Soitetaan maanantaina."] {
            assert!(shown.contains(words), "{words}");
        }
        let at = async |employer| backend.employer(&own, employer).await.expect("a page").visits_total;
        assert_eq!((at(first).await, at(second).await), (1, 1), "K5 stayed, the visit moved");
    }
}

#[tokio::test]
async fn an_amendment_of_what_was_amended_meanwhile_is_refused_and_changes_nothing() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let at = employer(&backend, "E2").await;
        let id = log(&backend, &own, plain_visit(at)).await;
        let said = |words: &str| LogVisit { summary: words.into(), ..plain_visit(at) };
        send(&backend, &own, &entry(&amend(id, 1, said("Puhelimella.")))).await;
        let late = send(&backend, &own, &entry(&amend(id, 1, said("Tietokoneella.")))).await;
        assert_eq!(late, Outcome::Refused(Refusal::Visit(vec![VisitError::AmendedMeanwhile])));
        let page = backend.visit(&own, id).await.expect("a page");
        assert_eq!(page.visit.summary.as_deref(), Some("Puhelimella."));
        assert_eq!(page.earlier.len(), 1);
    }
}

#[tokio::test]
async fn what_was_logged_for_a_client_stays_theirs_when_the_relation_is_closed() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let (id, closed) = (visit(&backend, "K2").await, client(&backend, "CLOSED").await);
        let wish = FormWish { amend: Some(id), ..FormWish::default() };
        let form = backend.visit_form(&own, wish).await.expect("a form");
        assert_eq!(form.fields.client, closed.to_string());
        let offered = form.caseload.iter().find(|client| client.id == closed).expect("the client");
        assert_eq!(offered.alias, "", "whom the coach may not see any more has no name");
        let to = LogVisit { client: Some(closed), ..plain_visit(employer(&backend, "E1").await) };
        let answer = send(&backend, &own, &entry(&amend(id, 1, to))).await;
        assert!(matches!(answer, Outcome::Committed(_)), "{answer:?}");
    }
}

#[tokio::test]
async fn two_coaches_on_a_visit_both_have_it() {
    for backend in both().await {
        settle(&backend).await;
        let (own, mate) = (actor(&backend, "OWN").await, actor(&backend, "MATE").await);
        let at = employer(&backend, "E3").await;
        let with = |code| person(&backend, code);
        let visit = LogVisit { with: Some(with("MATE").await), ..plain_visit(at) };
        log(&backend, &own, visit.clone()).await;
        for coach in [&own, &mate] {
            let week = backend.today(coach).await.expect("today").week;
            assert!(week.visits.iter().any(|visit| visit.employer == at), "it counts for both");
        }
        let seen = &backend.employer(&mate, at).await.expect("a page").visits[0];
        assert_eq!(
            (seen.coach.as_str(), seen.with.as_deref()),
            ("Oma Valmentaja", Some("Toinen Valmentaja"))
        );
        assert!(!seen.mine, "who logged it amends it");
        for code in ["AWAY", "FORMER", "OWN", "REF"] {
            let visit = LogVisit { with: Some(with(code).await), ..visit.clone() };
            let answer = send(&backend, &own, &entry(&Command::LogVisit(visit))).await;
            let refused = Outcome::Refused(Refusal::Visit(vec![VisitError::ColleagueNotThere]));
            assert_eq!(answer, refused, "{code}");
        }
    }
}

#[tokio::test]
async fn a_next_step_moves_and_back() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "MATE").await;
        let id = visit(&backend, "K5").await;
        let due = async || -> Vec<_> {
            let today = backend.today(&own).await.expect("today");
            today.due.iter().map(|step| (step.visit, step.on)).collect()
        };
        assert_eq!(due().await, [(id, Some(day("2026-11-18")))]);
        let to = |on| Command::MoveNextStep(MoveNextStep { visit: id, on: day(on) });
        send(&backend, &own, &entry(&to("2026-11-25"))).await;
        assert_eq!(due().await, []);
        assert_eq!(backend.today(&own).await.expect("today").coming.len(), 1);
        send(&backend, &own, &entry(&to("2026-11-18"))).await;
        assert_eq!(due().await.len(), 1);
        let far = send(&backend, &own, &entry(&to("2030-01-01"))).await;
        assert_eq!(far, Outcome::Refused(Refusal::Visit(vec![VisitError::NextStepTooFar])));
        assert_eq!(count(&backend, "select count(*) from next_step_move").await, 2, "each move is kept");
    }
}

#[tokio::test]
async fn a_visit_without_words_is_asked_about_until_it_has_some_or_needs_none() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let (one, two) = (employer(&backend, "E2").await, employer(&backend, "E3").await);
        let first = log(&backend, &own, plain_visit(one)).await;
        let second = log(&backend, &own, plain_visit(two)).await;
        let asked = async || -> Vec<VisitId> {
            let gaps = backend.today(&own).await.expect("today").gaps;
            gaps.iter()
                .filter_map(|gap| match gap {
                    Gap::HowDidItGo { visit, .. } => Some(*visit),
                    _ => None,
                })
                .collect()
        };
        assert_eq!(asked().await, [second, first]);
        let told = LogVisit { summary: "Hyvin meni.".into(), ..plain_visit(one) };
        send(&backend, &own, &entry(&amend(first, 1, told))).await;
        send(&backend, &own, &entry(&Command::LeaveGap(OnVisit { visit: second }))).await;
        assert_eq!(asked().await, []);
    }
}

#[tokio::test]
async fn the_same_again_keeps_whom_and_how() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let wish = FormWish { again: Some(visit(&backend, "K1").await), ..FormWish::default() };
        let form = backend.visit_form(&own, wish).await.expect("a form");
        assert_eq!(form.fields.employer_name, "Konditori Åkerlund Ab");
        assert_eq!(form.fields.client, client(&backend, "OPEN").await.to_string());
        assert_eq!((form.fields.day.as_str(), form.fields.summary.as_str()), ("2026-11-18", ""));
        let others = FormWish { again: Some(visit(&backend, "K5").await), ..FormWish::default() };
        assert!(backend.visit_form(&own, others).await.is_err(), "nobody repeats a colleague's visit");
    }
}

#[tokio::test]
async fn the_units_visits_come_page_by_page_and_for_no_other_unit() {
    for backend in both().await {
        settle(&backend).await;
        let (own, lead) = (actor(&backend, "OWN").await, actor(&backend, "LEAD").await);
        for _ in 0..52 {
            log(&backend, &own, LogVisit { next_step: None, ..plain_visit(employer(&backend, "E2").await) })
                .await;
        }
        let page = async |query: FeedQuery| backend.feed(&lead, &query).await.expect("a feed");
        let first = page(FeedQuery::default()).await;
        assert_eq!((first.visits.len(), first.more), (50, true));
        let second = page(FeedQuery { page: 1, ..FeedQuery::default() }).await;
        assert_eq!((second.visits.len(), second.more), (5, false), "52 and three of the package");
        assert!(second.visits.iter().all(|visit| visit.coach != "Muun Yksikön Valmentaja"));
        let mates = page(FeedQuery { coach: Some(person(&backend, "MATE").await), page: 0 }).await;
        assert_eq!(mates.visits.len(), 1);
        assert_eq!(mates.visits[0].client, ClientSeen::Alias("MATES".into()));
    }
}

#[tokio::test]
async fn a_plain_form_saves_once_and_what_is_wrong_loses_nothing() {
    for backend in both().await {
        settle(&backend).await;
        let own = Browser::of(&backend, "OWN").await;
        let (id, at) = (new_id().to_string(), employer(&backend, "E3").await.to_string());
        let form = |summary: &'static str, employer: &str, minutes: &'static str| {
            [("id", id.clone()), ("employer", employer.to_owned()), ("day", "2026-11-18".into())]
                .into_iter()
                .chain([("minutes", minutes.to_owned()), ("summary", summary.to_owned())])
                .chain([("mode", "phone".to_owned())])
                .collect::<Vec<_>>()
        };
        let post = async |fields: Vec<(&'static str, String)>| {
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            own.submit("/visits/new", &fields).await
        };
        let wrong = post(form("Puhuttiin vuoroista.", &at, "0")).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("Anna kesto minuutteina") && wrong.body.contains("Puhuttiin vuoroista."));
        assert!(wrong.body.contains("Åkeri Lindroos Ab"), "the picked employer stays");
        for _ in 0..2 {
            let saved = post(form("Puhuttiin vuoroista.", &at, "15")).await;
            assert_eq!(
                (saved.status.as_u16(), saved.header("location")),
                (303, format!("/visits/{id}?saved=1").as_str())
            );
        }
        assert_eq!(
            count(&backend, "select count(*) from visit where summary = 'Puhuttiin vuoroista.'").await,
            1
        );
        let page = own.open(&format!("/visits/{id}?saved=1")).await.body;
        assert!(page.contains("Käynti on perillä.") && page.contains("Kumoa"));
        let back = own.submit(&format!("/visits/{id}/withdraw"), &[]).await;
        assert!(own.open(back.header("location")).await.body.contains("Käynti on kumottu."));
    }
}

#[tokio::test]
async fn without_browser_code_an_employer_is_searched_picked_or_named() {
    for backend in both().await {
        settle(&backend).await;
        let own = Browser::of(&backend, "OWN").await;
        let id = new_id().to_string();
        let post = async |more: &[(&str, &str)]| {
            let start =
                [("id", id.as_str()), ("day", "2026-11-18"), ("minutes", "20"), ("summary", "Kahvia.")];
            own.submit("/visits/new", &[&start, more].concat()).await
        };
        let found = post(&[("employer_name", "lindros"), ("do", "find")]).await.body;
        assert!(
            found.contains("Åkeri Lindroos Ab") && found.contains("Kahvia."),
            "found in spite of the slip"
        );
        let at = employer(&backend, "E3").await.to_string();
        let picked = post(&[("pick", &at)]).await.body;
        assert!(picked.contains("data-picked") && picked.contains(&format!("value=\"{at}\"")));
        let named = post(&[("employer_name", "Lindroos")]).await;
        assert_eq!(named.status, 422, "a typed name is nobody's choice yet");
        assert!(named.body.contains("Åkeri Lindroos Ab") && named.body.contains("Lisää uusi: Lindroos"));
        let new = post(&[("employer_name", "Lindroosin Kukka"), ("new_employer", "yes")]).await;
        assert_eq!(new.status, 303);
        assert_eq!(count(&backend, "select count(*) from employer where name = 'Lindroosin Kukka'").await, 1);
    }
}

#[tokio::test]
async fn a_visit_logged_late_does_not_hide_a_later_one() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let at = employer(&backend, "E3").await;
        let on = |text| LogVisit { day: day(text), ..plain_visit(at) };
        for (logged, last) in
            [("2026-11-10", "2026-11-10"), ("2026-11-16", "2026-11-16"), ("2026-10-01", "2026-11-16")]
        {
            log(&backend, &own, on(logged)).await;
            let query = EmployerQuery { text: "Lindroos".into(), ..EmployerQuery::default() };
            let list = backend.employers(&own, &query).await.expect("a list");
            assert_eq!(list.rows[0].last_visit_on, Some(day(last)), "after {logged}");
        }
        assert_eq!(backend.employer(&own, at).await.expect("a page").visits_total, 3);
    }
}

#[tokio::test]
async fn an_employer_named_on_the_spot_is_asked_about_until_somebody_settles_it() {
    for backend in both().await {
        settle(&backend).await;
        let own = Browser::of(&backend, "OWN").await;
        let id = new_id().to_string();
        let fields = [("id", id.as_str()), ("day", "2026-11-18"), ("minutes", "20"), ("summary", "Hei.")];
        let named =
            [("employer_name", "Lindroos Åkeri"), ("new_employer", "yes"), ("municipality", "Iisalmi")];
        assert_eq!(own.submit("/visits/new", &[&fields[..], &named[..]].concat()).await.status, 303);
        let page = own.open(&format!("/employers/{id}/settle")).await.body;
        assert!(page.contains("Uusi työnantaja: Lindroos Åkeri") && page.contains("Åkeri Lindroos Ab"));
        let asked = async || own.open("/").await.body.contains(&format!("/employers/{id}/settle"));
        assert!(asked().await);
        let settled = own.submit(&format!("/employers/{id}/settle"), &[]).await;
        assert_eq!(settled.header("location"), format!("/employers/{id}/edit"));
        assert!(!asked().await);
    }
}
