//! Clients: the caseload and the load, a client's page, meetings and attempts, the steps of the way, what may
//! be told.

use crate::helpers::{
    Browser, TestBackend, a_wednesday, actor, both, client, count, day, employer, entry, log, open_session,
    person, plain_visit, send, settle, tamper, token_of,
};
use crate::matrix::{a_meeting, an_attempt};
use backend::clients::{Closed, Record};
use backend::clock::new_id;
use backend::{Actor, Error};
use chrono::Days;
use domain::clients::page::{AboutFields, ChangeFields, NextStepFields, NoteFields};
use domain::clients::profile::ProfileFields;
use domain::clients::trust::{ConsentFields, DisclosureFields};
use domain::clients::way::{Standing, StepFields};
use domain::codes::{MayTell, Phase, StepKind};
use domain::forms::FieldError;
use domain::ids::{ClientId, ClientMeetingId};
use domain::sync::{Batch, Command, Entry, OnMeeting, Outcome};
use domain::visits::{LogVisit, NextStep};
use std::collections::BTreeSet;

async fn page(backend: &TestBackend, who: &Actor, id: ClientId) -> backend::clients::ClientPage {
    backend.client_page(who, id).await.expect("a page")
}

fn step(on: &str, reason: &str) -> StepFields {
    StepFields { day: on.into(), reason: reason.into(), words: String::new() }
}

/// Days later, for everybody.
fn later(backend: &TestBackend, days: u64) {
    backend.clock.set(a_wednesday() + Days::new(days));
}

/// Somebody of the county as of today: the posts are those of today, and the sign-in is new.
async fn today(backend: &TestBackend, code: &str) -> Actor {
    let token = open_session(backend, code).await.to_string();
    backend.actor(&token).await.expect("a database").expect("a session")
}

async fn take(backend: &TestBackend, who: &Actor, id: ClientId, kind: StepKind, fields: StepFields) {
    let version = page(backend, who, id).await.version;
    backend.take_step(who, id, version, kind, &fields).await.expect("a database").expect("a step");
}

#[tokio::test]
async fn the_caseload_shows_each_own_open_client_with_what_is_due() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let open = client(&backend, "OPEN").await;
        let visit = LogVisit {
            client: Some(open),
            day: day("2026-11-12"),
            next_step: Some(NextStep { what: "vie esite".into(), on: Some(day("2026-11-17")) }),
            ..plain_visit(employer(&backend, "E1").await)
        };
        log(&backend, &own, visit).await;
        let caseload = backend.caseload(&own, None).await.expect("a caseload");
        let ids: Vec<ClientId> = caseload.cases.iter().map(|case| case.id).collect();
        assert_eq!(ids, [open], "neither a colleague's nor a closed one");
        let case = &caseload.cases[0];
        assert_eq!((case.phase, case.standing), (Phase::Search, Standing::Open));
        assert!(case.measure_due, "no measure was answered");
        assert_eq!(case.step.as_ref().map(|step| step.what.as_str()), Some("vie esite"), "of the visit");
        assert!(case.is_late(caseload.today));
        assert_eq!(case.last_contact_on, Some(day("2026-11-12")));
        assert_eq!(case.clock, None, "an employer was met: the clock stands still");
        let clock = page(&backend, &own, open).await.clock.expect("a clock");
        assert!(clock.met && clock.days > 30, "met in November, the agreement made in January");

        // A visit that is taken back counts nowhere.
        let visit = log(
            &backend,
            &own,
            LogVisit { client: Some(open), ..plain_visit(employer(&backend, "E3").await) },
        )
        .await;
        let on = domain::sync::OnVisit { visit };
        let last = |caseload: backend::clients::Caseload| caseload.cases[0].last_contact_on;
        assert_eq!(last(backend.caseload(&own, None).await.expect("one")), Some(day("2026-11-18")));
        send(&backend, &own, &entry(&Command::WithdrawVisit(on))).await;
        assert_eq!(last(backend.caseload(&own, None).await.expect("one")), Some(day("2026-11-12")));
    }
}

#[tokio::test]
async fn the_lead_sees_every_load_and_the_rows_behind_each_number() {
    for backend in both().await {
        settle(&backend).await;
        let lead = actor(&backend, "LEAD").await;
        let load = backend.unit_load(&lead).await.expect("a load");
        let of = |name: &str| load.loads.iter().find(|load| load.name == name).expect("a coach").clone();
        assert_eq!((of("Oma Valmentaja").clients(), of("Uusi Valmentaja").clients()), (1, 0));
        assert_eq!(load.next, Some(person(&backend, "NEW").await), "who has none takes the next");
        assert!(load.loads.iter().all(|load| load.name != "Entinen Valmentaja"), "no longer on duty");
        for coach in &load.loads {
            let rows = backend.caseload(&lead, Some(coach.coach)).await.expect("the rows");
            assert_eq!(rows.cases.len(), coach.clients() as usize, "{}", coach.name);
        }
        // Another unit's coach, and the same asked by a coach: nothing.
        let away = person(&backend, "AWAY").await;
        assert!(matches!(backend.caseload(&lead, Some(away)).await, Err(Error::NotThere)));
        let own = actor(&backend, "OWN").await;
        assert!(matches!(
            backend.caseload(&own, Some(person(&backend, "MATE").await)).await,
            Err(Error::NotThere)
        ));
        assert!(matches!(backend.unit_load(&own).await, Err(Error::NotThere)));

        let browser = Browser::of(&backend, "LEAD").await;
        let html = browser.open("/clients/load").await.body;
        assert!(html.contains("Seuraavan asiakkaan ottaa: Uusi Valmentaja"), "{html}");
        assert!(html.contains("Kriteeri 1") && html.contains("/clients?coach="));
    }
}

#[tokio::test]
async fn who_leaves_in_the_middle_of_a_month_keeps_nothing_and_the_lead_sees_whose_clients_wait() {
    for backend in both().await {
        settle(&backend).await;
        tamper(
            &backend,
            "update post set to_day = '2026-11-19' where person_id = (select id from person where code = 'OWN')",
        )
        .await
        .expect("a post that ends");
        let open = client(&backend, "OPEN").await;
        later(&backend, 1);
        assert!(backend.client_page(&today(&backend, "OWN").await, open).await.is_ok(), "the last day");
        later(&backend, 2);
        let left = today(&backend, "OWN").await;
        assert!(matches!(backend.client_page(&left, open).await, Err(Error::NotThere)));
        assert!(matches!(backend.caseload(&left, None).await, Err(Error::NotThere)));
        let lead = actor(&backend, "LEAD").await;
        let load = backend.unit_load(&lead).await.expect("a load");
        let waits: Vec<_> =
            load.uncoached.iter().map(|client| (client.id, client.coach.as_deref())).collect();
        assert_eq!(waits, [(open, Some("Oma Valmentaja"))]);

        // Somebody else becomes the coach from a day on; the relation before ends the day before.
        let version = page(&backend, &lead, open).await.version;
        let change = ChangeFields {
            coach: person(&backend, "MATE").await.to_string(),
            day: "2026-11-20".into(),
            phase: String::new(),
        };
        backend
            .change_client(&lead, open, version, StepKind::Coach, &change)
            .await
            .expect("x")
            .expect("changed");
        let seen = page(&backend, &lead, open).await;
        let coaches: Vec<_> = seen.coaches.iter().map(|coach| (coach.name.as_str(), coach.to)).collect();
        assert_eq!(coaches, [("Toinen Valmentaja", None), ("Oma Valmentaja", Some(day("2026-11-19")))]);
        assert!(backend.unit_load(&lead).await.expect("a load").uncoached.is_empty());
        // Nobody becomes the coach who is not on duty on that day, or before the relation that there is.
        let version = seen.version;
        let change = |coach: String, on: &str| ChangeFields { coach, day: on.into(), phase: String::new() };
        let gone = change(person(&backend, "OWN").await.to_string(), "2026-11-20");
        let tried = backend.change_client(&lead, open, version, StepKind::Coach, &gone).await.expect("x");
        assert_eq!(tried, Err(vec![FieldError::Choice("coach")]));
    }
}

#[tokio::test]
async fn a_client_s_page_is_for_the_unit_and_every_read_is_logged_with_the_client() {
    for backend in both().await {
        settle(&backend).await;
        let open = client(&backend, "OPEN").await;
        let at = format!("/clients/{open}");
        let read = "select count(*) from use_log l join use_log_client c on c.seq = l.seq join client k on k.id = c.client_id
                    where l.action = 'read' and l.object_kind = 'client' and k.code = 'OPEN'";
        let own = Browser::of(&backend, "OWN").await;
        let reply = own.open(&at).await;
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("cache-control"), "no-store");
        assert!(reply.body.contains("Salme Salainen"));
        let title = reply.body.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
        assert!(
            title.is_some_and(|(title, _)| !title.contains("Salme")),
            "a tab and the history tell no name"
        );
        assert_eq!(count(&backend, read).await, 1);
        for code in ["AWAY", "AWAYLEAD", "REF", "REV", "ADMIN", "FORMER"] {
            let reply = Browser::of(&backend, code).await.open(&at).await;
            assert_eq!(reply.status, 404, "{code}");
            assert!(!reply.body.contains("Salme"), "{code}");
        }
        assert_eq!(count(&backend, read).await, 1);
    }
}

#[tokio::test]
async fn meetings_and_attempts_arrive_once_count_and_are_taken_back() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let open = client(&backend, "OPEN").await;
        tamper(&backend, "update client set first_meeting_on = null").await.expect("no meeting yet");
        let browser = Browser::new(&backend).with(Some(&token_of(&backend, "OWN").await));
        let id = new_id().to_string();
        let form = |care: &'static str, came: &'static str, id: &str| -> Vec<(&'static str, String)> {
            vec![
                ("id", id.to_owned()),
                ("day", "2026-11-17".into()),
                ("time", "10:00".into()),
                ("minutes", "45".into()),
                ("no_show", came.into()),
                ("care_worker", care.into()),
            ]
        };
        let post = async |fields: Vec<(&'static str, String)>| {
            let fields: Vec<(&str, &str)> =
                fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            browser.submit(&format!("/clients/{open}/meetings/new"), &fields).await
        };
        // To a meeting to which nobody came there is no first meeting.
        assert_eq!(post(form("", "yes", &new_id().to_string())).await.status, 303);
        assert_eq!(page(&backend, &own, open).await.way.first_meeting_on, None);
        // Twice pressed is once saved; with a care worker it is the meeting of three.
        for _ in 0..2 {
            assert_eq!(post(form("Hoitaja Helka", "no", &id)).await.status, 303);
        }
        let seen = page(&backend, &own, open).await;
        assert_eq!(seen.meetings.len(), 2);
        assert_eq!(seen.way.first_meeting_on, Some(day("2026-11-17")));
        assert_eq!(seen.last_contact_on, Some(day("2026-11-17")));
        let html = browser.open(&format!("/clients/{open}")).await.body;
        assert!(
            html.contains("Kolmikanta")
                && html.contains("Mukana Hoitaja Helka")
                && html.contains("Asiakas ei tullut")
        );
        // The same form with other words: both stand.
        let again = post(form("Joku Muu", "no", &id)).await;
        assert_eq!(again.status, 422);
        assert!(
            again.body.contains("Joku Muu") && !again.body.contains(&format!("value=\"{id}\"")),
            "{}",
            again.body
        );
        // Wrong fields say so and keep what was typed.
        let mut wrong = form("Hoitaja", "no", &new_id().to_string());
        wrong[1].1 = "2026-12-24".into();
        let wrong = post(wrong).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.body.contains("id=\"day-error\"") && wrong.body.contains("Hoitaja"));

        // Undo, and undo of that.
        let item: ClientMeetingId = id.parse().expect("an id");
        let undo = browser.submit(&format!("/clients/{open}/record/meetings/{item}/withdraw"), &[]).await;
        assert_eq!(undo.status, 303);
        assert_eq!(page(&backend, &own, open).await.meetings.len(), 1);
        let back = undo.header("location").to_owned();
        assert!(browser.open(&back).await.body.contains(&format!("{item}/restore")));
        browser.submit(&format!("/clients/{open}/record/meetings/{item}/restore"), &[]).await;
        assert_eq!(page(&backend, &own, open).await.meetings.len(), 2);
        // A colleague reads it and does not take it back.
        let mate = actor(&backend, "MATE").await;
        let take = entry(&Command::WithdrawMeeting(OnMeeting { meeting: item }));
        assert!(matches!(send(&backend, &mate, &take).await, Outcome::Refused(_)));

        let attempt = entry(&Command::LogAttempt(an_attempt(open)));
        let batch = Batch { entries: vec![attempt.clone(), attempt.clone()] };
        backend.sync(&own, batch).await.expect("answers");
        assert_eq!(page(&backend, &own, open).await.attempts.len(), 1);
        let other = Entry { body: attempt.body.replace("\"reached\":false", "\"reached\":true"), ..attempt };
        assert_eq!(send(&backend, &own, &other).await, Outcome::Conflict);
        let away = actor(&backend, "AWAY").await;
        let outcome = send(&backend, &away, &entry(&Command::LogMeeting(a_meeting(open)))).await;
        assert!(matches!(outcome, Outcome::Refused(_)));
    }
}

#[tokio::test]
async fn a_way_is_closed_for_a_reason_and_opened_again_with_what_was_open() {
    for backend in both().await {
        settle(&backend).await;
        let own = today(&backend, "OWN").await;
        let open = client(&backend, "OPEN").await;
        let next = NextStepFields { what: "soita Kelaan".into(), on: "2026-11-25".into() };
        let version = page(&backend, &own, open).await.version;
        backend.set_client_step(&own, open, version, &next).await.expect("x").expect("a step");
        let version = page(&backend, &own, open).await.version;
        let closing = |reason: &str| step("2026-11-18", reason);
        let no = backend.take_step(&own, open, version, StepKind::Closed, &closing("")).await.expect("x");
        assert_eq!(no, Err(vec![FieldError::Missing("reason")]), "never without a reason");
        assert_eq!(page(&backend, &own, open).await.version, version, "a refused step leaves nothing");
        take(&backend, &own, open, StepKind::Paused, step("2026-11-18", "")).await;
        take(&backend, &own, open, StepKind::Resumed, step("2026-11-18", "")).await;
        take(&backend, &own, open, StepKind::Closed, closing("own_wish")).await;
        let seen = page(&backend, &own, open).await;
        assert_eq!(seen.coaches[0].to, Some(day("2026-11-18")), "closing ends the coach on that day");
        later(&backend, 20);
        let own = today(&backend, "OWN").await;
        let lead = actor(&backend, "LEAD").await;
        let list = backend.unit_clients(&lead, Closed::Yes, 0).await.expect("a list");
        assert_eq!(list.rows.iter().filter(|row| row.id == open).count(), 1);
        assert!(backend.caseload(&own, None).await.expect("one").cases.is_empty());
        take(&backend, &own, open, StepKind::Reopened, step("2026-12-08", "")).await;
        let seen = page(&backend, &own, open).await;
        assert_eq!(seen.way.agreement_on, Some(day("2026-01-12")));
        assert_eq!(seen.step.map(|step| step.what), Some("soita Kelaan".into()));
        assert_eq!(
            (seen.coaches[0].name.as_str(), seen.coaches[0].from),
            ("Oma Valmentaja", day("2026-12-08"))
        );
        assert_eq!(backend.caseload(&own, None).await.expect("one").cases.len(), 1);

        // Later than thirty days the field has nothing, and the lead opens it from the list.
        let mates = client(&backend, "MATES").await;
        let mate = today(&backend, "MATE").await;
        take(&backend, &mate, mates, StepKind::Closed, step("2026-12-08", "studies")).await;
        later(&backend, 51);
        let mate = today(&backend, "MATE").await;
        assert!(matches!(backend.client_page(&mate, mates).await, Err(Error::NotThere)));
        let tried = backend.take_step(&mate, mates, 2, StepKind::Reopened, &step("2027-01-08", "")).await;
        assert!(matches!(tried, Err(Error::NotThere)));
        let browser = Browser::of(&backend, "LEAD").await;
        let html = browser.open("/clients/all?closed=1").await.body;
        assert!(html.contains(&format!("/clients/{mates}/way/reopened")), "{html}");
        let fields = [("version", "2"), ("day", "2027-01-08")];
        let reply = browser.submit(&format!("/clients/{mates}/way/reopened"), &fields).await;
        assert_eq!(reply.status, 303, "{}", reply.body);
        assert!(backend.client_page(&mate, mates).await.is_ok());
    }
}

#[tokio::test]
async fn who_comes_second_sees_both_and_loses_nothing() {
    for backend in both().await {
        settle(&backend).await;
        let open = client(&backend, "OPEN").await;
        let own = Browser::of(&backend, "OWN").await;
        let mate = Browser::of(&backend, "MATE").await;
        let at = format!("/clients/{open}");
        let about = |alias: &'static str| [("version", "1"), ("alias", alias), ("phone", "040 123 4567")];
        assert_eq!(own.submit(&format!("{at}/edit"), &about("Kettu")).await.status, 303);
        let second = mate.submit(&format!("{at}/edit"), &about("Repo")).await;
        assert_eq!(second.status, 422);
        assert!(second.body.contains("Kettu") && second.body.contains("value=\"Repo\""), "{}", second.body);
        assert!(own.open(&at).await.body.contains("tel:0401234567"));

        let words =
            |wishes: &'static str| [("after", "0"), ("wishes", wishes), ("sectors", "C"), ("sectors", "G")];
        assert_eq!(own.submit(&format!("{at}/profile/edit"), &words("Leipomo.")).await.status, 303);
        let second = mate.submit(&format!("{at}/profile/edit"), &words("Varasto.")).await;
        assert_eq!(second.status, 422);
        assert!(second.body.contains("Leipomo.") && second.body.contains("Varasto."));
        let second =
            mate.submit(&format!("{at}/profile/edit"), &[("after", "1"), ("wishes", "Molemmat.")]).await;
        assert_eq!(second.status, 303);
        assert!(
            own.open(&format!("{at}/profile/1")).await.body.contains("Leipomo."),
            "earlier versions are read"
        );
        assert!(own.open(&format!("{at}/profile")).await.body.contains("Molemmat."));
        assert_eq!(own.open(&format!("{at}/profile/7")).await.status, 404);
        let kept = actor(&backend, "LEAD").await;
        let versions = backend.client_profile(&kept, open).await.expect("a profile").versions;
        assert_eq!(versions[1].profile.sectors, ['C', 'G'], "wishes are structured");

        // A step that was taken meanwhile.
        let paused = [("version", "2"), ("day", "2026-11-18")];
        assert_eq!(own.submit(&format!("{at}/way/paused"), &paused).await.status, 303);
        let second = mate
            .submit(
                &format!("{at}/way/closed"),
                &[
                    ("version", "2"),
                    ("day", "2026-11-18"),
                    ("reason", "own_wish"),
                    ("words", "Halusi tauon."),
                ],
            )
            .await;
        assert_eq!(second.status, 422);
        assert!(
            second.body.contains("Halusi tauon.") && second.body.contains("18.11.2026"),
            "{}",
            second.body
        );
    }
}

#[tokio::test]
async fn a_next_step_is_done_and_brought_back_and_a_note_is_never_lost() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let open = client(&backend, "OPEN").await;
        let browser = Browser::new(&backend).with(Some(&token_of(&backend, "OWN").await));
        let at = format!("/clients/{open}");
        let set =
            |version: &'static str| [("version", version), ("what", "soita Kelaan"), ("on", "2026-11-25")];
        assert_eq!(browser.submit(&format!("{at}/next-step"), &set("1")).await.status, 303);
        let done = browser.submit(&format!("{at}/next-step/done"), &[("version", "2")]).await;
        assert!(done.body.contains("Tehty: soita Kelaan") && done.body.contains("value=\"2026-11-25\""));
        assert_eq!(page(&backend, &own, open).await.step, None);
        assert_eq!(browser.submit(&format!("{at}/next-step"), &set("3")).await.status, 303);
        let back = NextStep { what: "soita Kelaan".into(), on: Some(day("2026-11-25")) };
        assert_eq!(page(&backend, &own, open).await.step, Some(back));

        let id = new_id();
        let write = async |words: &str| {
            let fields = NoteFields { day: "2026-11-18".into(), words: words.into() };
            backend.write_note(&own, open, id, &fields).await.expect("x").expect("a note")
        };
        assert_eq!(write("Sovittiin ajasta.").await, id);
        assert_eq!(write("Sovittiin ajasta.").await, id, "twice sent is once written");
        let other = write("Sovittiin ajasta ja paikasta.").await;
        assert_ne!(other, id, "other words are another note");
        assert_eq!(page(&backend, &own, open).await.notes.len(), 2);
        backend.take_back(&own, open, Record::Note, other, false).await.expect("taken back");
        assert_eq!(page(&backend, &own, open).await.notes.len(), 1);
        backend.take_back(&own, open, Record::Note, other, true).await.expect("brought back");
        let mate = actor(&backend, "MATE").await;
        assert!(matches!(
            backend.take_back(&mate, open, Record::Note, id, false).await,
            Err(Error::NotThere)
        ));
        let mates = client(&backend, "MATES").await;
        let wrong = backend.take_back(&own, mates, Record::Note, id, false).await;
        assert!(matches!(wrong, Err(Error::NotThere)), "not under another client's address");

        let named = AboutFields { alias: "Salme K".into(), ..AboutFields::default() };
        let tried = backend.write_about(&own, open, 4, &named).await.expect("x");
        assert_eq!(tried, Err(vec![FieldError::Choice("alias")]), "no alias tells a name");
    }
}

#[tokio::test]
async fn what_may_be_told_follows_the_client_s_choice_and_the_employer_that_stands() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let open = client(&backend, "OPEN").await;
        let (e1, e2) = (employer(&backend, "E1").await, employer(&backend, "E2").await);
        let form = backend.told_form(&own, open).await.expect("a form");
        assert_eq!(
            form.employers.iter().map(|(id, _)| *id).collect::<Vec<_>>(),
            [e1],
            "visited for the client"
        );
        let tell = |employer: String, may_tell: &str| DisclosureFields {
            employer,
            may_tell: may_tell.into(),
            agreed_words: "Tarvitsee rauhallisen aamun.".into(),
            from_day: "2026-11-18".into(),
        };
        let id = new_id();
        let other =
            backend.note_disclosure(&own, open, new_id(), &tell(e2.to_string(), "needs")).await.expect("x");
        assert_eq!(other, Err(vec![FieldError::Choice("employer")]), "nobody has been there for the client");
        backend
            .note_disclosure(&own, open, id, &tell(e1.to_string(), "needs"))
            .await
            .expect("x")
            .expect("noted");
        assert_eq!(page(&backend, &own, open).await.may_tell(e1), MayTell::Needs);

        // The employer is merged: the one that stands is shown, and the choice holds there.
        let facts = async |id| backend.employer_facts(&own, id).await.expect("facts").version;
        let versions = (facts(e2).await, facts(e1).await);
        backend.merge_employers(&own, e2, e1, &[], versions).await.expect("x").expect("merged");
        let seen = page(&backend, &own, open).await;
        assert_eq!(seen.told[0].employer.as_ref().map(|(id, _)| *id), Some(e2));
        assert_eq!(seen.may_tell(e2), MayTell::Needs);

        backend.take_back(&own, open, Record::Disclosure, id, false).await.expect("withdrawn");
        assert_eq!(page(&backend, &own, open).await.may_tell(e2), MayTell::Nothing);
        backend.take_back(&own, open, Record::Disclosure, id, true).await.expect("brought back");
        let talk = NoteFields { day: "2026-11-18".into(), words: "Ei vielä terveydestä.".into() };
        backend.note_talk(&own, open, new_id(), &talk).await.expect("x").expect("noted");
        assert_eq!(page(&backend, &own, open).await.talks.len(), 1);
    }
}

#[tokio::test]
async fn each_recipient_is_told_of_a_change_and_a_withdrawn_consent_with_a_plan_says_so() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let open = client(&backend, "OPEN").await;
        let browser = Browser::new(&backend).with(Some(&token_of(&backend, "OWN").await));
        let at = format!("/clients/{open}");
        let fields = ConsentFields {
            recipient: "Kela".into(),
            categories: "limits contact".into(),
            purpose: "Kuntoutuksen suunnittelu".into(),
            from_day: "2026-11-18".into(),
            to_day: String::new(),
        };
        let id = new_id();
        backend.note_consent(&own, open, id, &fields).await.expect("x").expect("noted");
        let notices = async || backend.caseload(&own, None).await.expect("one").cases[0].notices;
        assert_eq!(notices().await, 1, "whoever is to be told is counted on the caseload");
        let given = page(&backend, &own, open).await.notices[0].id;
        browser.submit(&format!("{at}/record/notices/{given}/restore"), &[]).await;
        assert_eq!(notices().await, 0);

        browser.submit(&format!("{at}/record/consents/{id}/withdraw"), &[]).await;
        assert_eq!(notices().await, 1);
        let calm = browser.open(&at).await.body;
        assert!(!calm.contains("on silti jotain sovittuna"), "nothing lies ahead yet");
        let visit = LogVisit {
            client: Some(open),
            next_step: Some(NextStep { what: "yhdessä käymään".into(), on: Some(day("2026-11-20")) }),
            ..plain_visit(employer(&backend, "E3").await)
        };
        log(&backend, &own, visit).await;
        let html = browser.open(&at).await.body;
        assert!(
            html.contains("Suostumus on peruttu: Kela.") && html.contains("on silti jotain sovittuna"),
            "{html}"
        );
        assert!(html.contains("Kela: suostumus on peruttu"));
        // Undone before anybody was told: nobody is to be told.
        browser.submit(&format!("{at}/record/consents/{id}/restore"), &[]).await;
        assert_eq!(notices().await, 0);
        assert!(!browser.open(&at).await.body.contains("on silti jotain sovittuna"));
    }
}

#[tokio::test]
async fn who_stands_in_has_the_coach_s_clients_and_who_reads_behind_glass_writes_nothing() {
    for backend in both().await {
        settle(&backend).await;
        let open = client(&backend, "OPEN").await;
        let mut away = actor(&backend, "AWAY").await;
        assert!(matches!(backend.client_page(&away, open).await, Err(Error::NotThere)));
        let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
        backend::execute!(
            tx,
            "insert into substitute (id, coach_id, substitute_id, from_day, to_day, person_id, noted_at)
             values ($1, $2, $3, $4, $5, $2, $6)",
            new_id(),
            person(&backend, "OWN").await.uuid(),
            away.person.uuid(),
            day("2026-11-18"),
            day("2026-11-20"),
            a_wednesday()
        )
        .expect("a substitute");
        tx.commit().await.expect("a commit");
        away = today(&backend, "AWAY").await;
        let ids: BTreeSet<ClientId> =
            backend.caseload(&away, None).await.expect("one").cases.iter().map(|case| case.id).collect();
        assert_eq!(ids, BTreeSet::from([open, client(&backend, "AWAYS").await]));
        assert!(page(&backend, &away, open).await.can_write);
        later(&backend, 3);
        let over = today(&backend, "AWAY").await;
        assert!(matches!(backend.client_page(&over, open).await, Err(Error::NotThere)), "it is over");

        let glass = Actor { behind_glass: vec![open], ..over };
        assert!(!page(&backend, &glass, open).await.can_write);
        let fields = NoteFields { day: "2026-11-18".into(), words: "x".into() };
        assert!(matches!(backend.write_note(&glass, open, new_id(), &fields).await, Err(Error::NotThere)));
        let profile = backend.save_profile(&glass, open, 0, &ProfileFields::default()).await;
        assert!(matches!(profile, Err(Error::NotThere)));
    }
}

#[tokio::test]
async fn a_wrong_day_of_the_agreement_is_corrected_and_the_clock_follows() {
    for backend in both().await {
        settle(&backend).await;
        let (own, open) = (actor(&backend, "OWN").await, client(&backend, "OPEN").await);
        let coach = Browser::of(&backend, "OWN").await;
        let (here, path) = (format!("/clients/{open}"), format!("/clients/{open}/way/agreed/day"));
        let before = page(&backend, &own, open).await;
        assert_eq!(before.clock.expect("a clock").days, 302, "from 12 January to the visit of 10 November");
        let shown = coach.open(&here).await.body;
        assert!(shown.contains(&format!("href=\"{path}\"")) && !shown.contains("Päivä korjattu"), "{shown}");
        assert!(coach.open(&path).await.body.contains("value=\"2026-01-12\""), "the day as it stands");
        let version = before.version.to_string();
        let send = async |version: &str, on: &str, words: &str| {
            coach.submit(&path, &[("version", version), ("day", on), ("words", words)]).await
        };
        for (on, said) in [
            ("2026-01-09", "Päivä on liian aikainen"),
            ("2026-11-19", "Päivä on liian kaukana edessä"),
            ("2026-01-12", "Valinta ei käy"),
            ("", "Täytä tämä"),
        ] {
            let refused = send(&version, on, "Kirjattu väärin.").await;
            assert!(refused.status == 422 && refused.body.contains(said), "{on}: {}", refused.body);
            assert!(refused.body.contains("Kirjattu väärin."), "nothing that was typed is lost");
        }
        assert_eq!(page(&backend, &own, open).await.version, before.version, "nothing was written");

        assert_eq!(send(&version, "2026-11-01", "Näppäilin väärin.").await.status, 303);
        let after = page(&backend, &own, open).await;
        assert_eq!(after.way.agreement_on, Some(day("2026-11-01")));
        assert_eq!(after.clock.expect("a clock").days, 9, "the clock follows");
        let shown = coach.open(&here).await.body;
        let said = "Päivä korjattu 18.11.2026: 12.1.2026 → 1.11.2026, Oma Valmentaja.";
        assert!(
            shown.contains(said) && shown.contains("Näppäilin väärin."),
            "both days, who and when: {shown}"
        );
        let stale = send(&version, "2026-11-02", "").await;
        assert!(stale.status == 422 && stale.body.contains("Joku ehti muuttaa"), "{}", stale.body);

        // A step that was taken here keeps its line, and shows the right day. Closing has a way back of its own.
        take(&backend, &own, open, StepKind::Paused, step("2026-11-17", "")).await;
        let version = page(&backend, &own, open).await.version.to_string();
        let fields = [("version", version.as_str()), ("day", "2026-11-16")];
        assert_eq!(coach.submit(&format!("/clients/{open}/way/paused/day"), &fields).await.status, 303);
        let after = page(&backend, &own, open).await;
        assert_eq!(
            (after.way.paused_on, after.steps[0].note.day),
            (Some(day("2026-11-16")), day("2026-11-16"))
        );
        assert!(coach.open(&here).await.body.contains("17.11.2026 → 16.11.2026"));
        let agreed = [("version", &*after.version.to_string()), ("day", "2026-11-17")];
        let refused = coach.submit(&path, &agreed).await;
        assert!(
            refused.status == 422 && refused.body.contains("liian kaukana edessä"),
            "not after the pause"
        );
        for kind in ["closed", "phase", "resumed", "nothing"] {
            assert_eq!(coach.open(&format!("/clients/{open}/way/{kind}/day")).await.status, 404, "{kind}");
        }
        assert_eq!(count(&backend, "select count(*) from client_day_change").await, 2);
        let noted = "select count(*) from use_log where action = 'amend' and object_kind = 'client'";
        assert_eq!(count(&backend, noted).await, 2);
    }
}

#[tokio::test]
async fn the_caseload_tells_how_many_memos_wait() {
    for backend in both().await {
        settle(&backend).await;
        let referrer = actor(&backend, "REF").await;
        for name in ["Aino Esimerkki", "Eero Esimerkki"] {
            crate::referrals::sent(&backend, &referrer, name).await;
        }
        for (who, waiting) in [("OWN", 2), ("LEAD", 2), ("AWAY", 0)] {
            let shown = Browser::of(&backend, who).await.open("/clients").await.body;
            assert!(shown.contains("href=\"/referrals/inbox\""), "{who}");
            assert!(shown.contains(&format!("Saapuneet lähetteet, odottaa: {waiting}")), "{who}: {shown}");
        }
    }
}

#[tokio::test]
async fn a_visit_is_logged_from_a_clients_page_with_the_client_chosen() {
    for backend in both().await {
        settle(&backend).await;
        let open = client(&backend, "OPEN").await;
        let path = format!("/visits/new?client={open}");
        // The client of the coach's own, and a coach's of the unit whom the lead helps.
        for who in ["OWN", "LEAD", "MATE"] {
            let browser = Browser::of(&backend, who).await;
            let shown = browser.open(&format!("/clients/{open}")).await.body;
            assert!(shown.contains(&format!("href=\"{path}\"")), "{who}");
            assert_eq!(chosen(&browser.open(&path).await.body), open.to_string(), "{who}");
            assert_eq!(
                chosen(&browser.open("/visits/new?fresh=1").await.body),
                "",
                "{who}: nobody by itself"
            );
        }
        // Another unit's is not there, whoever asks.
        let away = Browser::of(&backend, "AWAY").await.open(&path).await.body;
        assert!(!away.contains(&open.to_string()) && chosen(&away).is_empty());
        // A form that was left half done for somebody else is not gone on with.
        let own = actor(&backend, "OWN").await;
        let fields = domain::visits::VisitFields { summary: "Kesken jäi.".into(), ..Default::default() };
        backend.keep_draft(&own, new_id().into(), 1, fields, None).await.expect("a draft");
        let coach = Browser::of(&backend, "OWN").await;
        let form = coach.open(&path).await.body;
        assert_eq!(chosen(&form), open.to_string());
        assert!(!form.split("<form class=\"form\"").last().unwrap_or_default().contains("Kesken jäi."));
    }
}

/// The client that is chosen on the visit form.
fn chosen(page: &str) -> String {
    let inputs = page.split("<input").filter(|input| input.contains("name=\"client\""));
    let tag = |input: &str| input.split('>').next().unwrap_or_default().to_owned();
    let checked = inputs.map(tag).find(|input| input.contains(" checked"));
    let value = checked.and_then(|input| Some(input.split_once("value=\"")?.1.split('"').next()?.to_owned()));
    value.unwrap_or_default()
}
