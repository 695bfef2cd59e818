//! Team meetings: who was there, whom it talked about, what is gone on with next time.

use crate::helpers::{Browser, TestBackend, a_wednesday, actor, both, client, count, day, person, settle};
use crate::referrals::{sent, team};
use backend::Error;
use backend::meetings::Minutes;
use chrono::Duration;
use domain::codes::TalkOutcome;
use domain::meetings::{Subject, TalkError, TalkFields, TeamMeeting};

fn row(who: &Subject, outcome: &str, words: &str) -> TalkFields {
    TalkFields { who: who.key(), outcome: outcome.into(), words: words.into() }
}

async fn minutes(backend: &TestBackend, talks: Vec<TalkFields>, stamp: &str) -> Minutes {
    let present = vec![person(backend, "OWN").await, person(backend, "REF").await];
    Minutes { present, talks, stamp: stamp.into() }
}

fn aliases(meeting: &TeamMeeting) -> Vec<&str> {
    meeting.listed.iter().map(|listed| listed.alias.as_str()).collect()
}

#[tokio::test]
async fn the_list_is_written_down_and_what_is_open_stands_on_top_next_time() {
    for backend in both().await {
        settle(&backend).await;
        let (own, referrer) = (actor(&backend, "OWN").await, actor(&backend, "REF").await);
        let memo = sent(&backend, &referrer, "Aino Maria Esimerkki").await;
        let psy = team(&backend, "PSY").await;
        let open = client(&backend, "OPEN").await;
        let meeting = backend.team_meeting(&own, None, None).await.expect("a meeting");
        assert_eq!((meeting.team.id, meeting.day, meeting.open), (psy, day("2026-11-18"), true));
        assert!(aliases(&meeting).contains(&"Aino E."), "no last name in the meeting's room");
        assert_eq!(meeting.listed.len(), 3, "the memo and two open clients: {:?}", aliases(&meeting));
        let names: Vec<&str> = meeting.people.iter().map(|person| person.name.as_str()).collect();
        assert!(names.contains(&"Oma Lähettäjä") && names.contains(&"Tiimin Vetäjä"));
        assert!(!names.contains(&"Entinen Valmentaja") && !names.contains(&"Muun Yksikön Valmentaja"));
        let talks = vec![
            row(&Subject::Client(open), "follow", "Vuorot mietityttävät."),
            row(&Subject::Memo(memo), "talked", ""),
            row(&Subject::NotYet("Kaisa".into()), "to_refer", ""),
            TalkFields::default(),
        ];
        let noted = minutes(&backend, talks, "").await;
        let wrote = backend.write_team_meeting(&own, psy, day("2026-11-18"), &noted).await;
        assert_eq!(wrote.expect("a database"), Ok(()));
        assert_eq!(count(&backend, "select count(*) from meeting where kind = 'treatment_team'").await, 1);
        assert_eq!(count(&backend, "select count(*) from meeting_presence").await, 2);
        let again = backend.team_meeting(&own, Some(psy), None).await.expect("a meeting");
        let of = |meeting: &TeamMeeting, who: &Subject| {
            meeting.listed.iter().find(|listed| listed.who == *who).cloned().expect("a row")
        };
        let talk = of(&again, &Subject::Client(open)).talk;
        assert_eq!(talk, Some((TalkOutcome::Follow, "Vuorot mietityttävät.".into())));
        // A week later the two that are open stand first.
        backend.clock.set(a_wednesday() + Duration::days(7));
        let later = backend::Actor { today: backend.clock.today(), ..own.clone() };
        let next = backend.team_meeting(&later, Some(psy), None).await.expect("a meeting");
        let first: Vec<bool> = next.listed.iter().map(|listed| listed.last.is_some()).collect();
        assert_eq!(first, [true, true, false, false], "{:?}", aliases(&next));
        assert!(aliases(&next)[..2].contains(&"Kaisa"));
        let page = Browser::of(&backend, "OWN").await.open("/meetings/team").await.body;
        assert!(page.contains("Viimeksi: Seurataan – Vuorot mietityttävät."));
        // What was written a week ago is read, and changed no more.
        let old = backend.team_meeting(&later, Some(psy), Some(day("2026-11-18"))).await.expect("a meeting");
        assert!(!old.open && old.held.is_some());
        let noted = minutes(&backend, Vec::new(), &old.stamp).await;
        let wrote = backend.write_team_meeting(&later, psy, day("2026-11-18"), &noted).await;
        assert_eq!(wrote.expect("a database"), Err(vec![TalkError::Day]));
    }
}

#[tokio::test]
async fn it_is_corrected_the_same_day_and_two_who_write_at_once_are_told() {
    for backend in both().await {
        settle(&backend).await;
        let (own, psy) = (actor(&backend, "OWN").await, team(&backend, "PSY").await);
        let kaisa = |outcome| vec![row(&Subject::NotYet("Kaisa".into()), outcome, "")];
        let today = day("2026-11-18");
        let write = async |talks, stamp: &str| {
            let minutes = minutes(&backend, talks, stamp).await;
            backend.write_team_meeting(&own, psy, today, &minutes).await.expect("a database")
        };
        assert_eq!(write(kaisa("follow"), "").await, Ok(()));
        assert_eq!(write(kaisa("talked"), "").await, Err(vec![TalkError::ChangedMeanwhile]));
        let stamp = backend.team_meeting(&own, Some(psy), None).await.expect("a meeting").stamp;
        assert_eq!(write(kaisa("talked"), &stamp).await, Ok(()));
        assert_eq!(count(&backend, "select count(*) from meeting_talk where outcome = 'talked'").await, 1);
        assert_eq!(count(&backend, "select count(*) from meeting_talk").await, 1);
        let nobody = Minutes { present: Vec::new(), talks: kaisa("talked"), stamp };
        let refused = backend.write_team_meeting(&own, psy, today, &nobody).await.expect("a database");
        assert_eq!(refused, Err(vec![TalkError::NobodyPresent]));
    }
}

#[tokio::test]
async fn nobody_is_talked_about_who_is_not_on_the_teams_list() {
    for backend in both().await {
        settle(&backend).await;
        let (own, psy) = (actor(&backend, "OWN").await, team(&backend, "PSY").await);
        for code in ["AWAYS", "CLOSED"] {
            let talks = vec![row(&Subject::Client(client(&backend, code).await), "talked", "")];
            let minutes = minutes(&backend, talks, "").await;
            let refused = backend.write_team_meeting(&own, psy, day("2026-11-18"), &minutes).await;
            assert!(matches!(refused, Err(Error::NotThere)), "{code}");
        }
        let (away, soc) = (actor(&backend, "AWAY").await, team(&backend, "SOC").await);
        assert!(matches!(backend.team_meeting(&away, Some(psy), None).await, Err(Error::NotThere)));
        assert!(backend.team_meeting(&away, Some(soc), None).await.is_ok());
        let page = Browser::of(&backend, "REF").await.open("/meetings/team").await;
        assert_eq!(page.status, 404, "the team does not see it");
    }
}

#[tokio::test]
async fn a_full_name_or_a_diagnosis_comes_back_with_what_was_typed() {
    for backend in both().await {
        settle(&backend).await;
        let browser = Browser::of(&backend, "OWN").await;
        let (psy, own) = (team(&backend, "PSY").await.to_string(), person(&backend, "OWN").await.to_string());
        let form = [
            ("team", psy.as_str()),
            ("day", "2026-11-18"),
            ("stamp", ""),
            ("present", &own),
            ("who", "Kaisa Kokonimi"),
            ("outcome", "follow"),
            ("words", "F32.1"),
        ];
        let page = browser.submit("/meetings/team", &form).await;
        assert_eq!(page.status, 422);
        assert!(page.body.contains("Kaisa Kokonimi: kirjoita vain etunimi"));
        assert!(page.body.contains("poista sairauden nimi tai tunnus"));
        assert!(page.body.contains("value=\"F32.1\"") && page.body.contains("value=\"Kaisa Kokonimi\""));
        assert_eq!(count(&backend, "select count(*) from meeting").await, 0);
        let form: Vec<(&str, &str)> = form
            .iter()
            .map(|(name, value)| match *name {
                "who" => ("who", "Kaisa"),
                "words" => ("words", "Haluaa töihin"),
                _ => (*name, *value),
            })
            .collect();
        let saved = browser.submit("/meetings/team", &form).await;
        assert_eq!(saved.status, 303);
        let page = browser.open(saved.header("location")).await.body;
        assert!(page.contains("Palaveri on tallennettu.") && page.contains("value=\"Haluaa töihin\""));
    }
}
