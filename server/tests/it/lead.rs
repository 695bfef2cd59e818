//! The team lead's week and the unit's meetings: what the records say of each coach, and who reads what was said.

use crate::helpers::{Browser, TestBackend, actor, both, client, count, person, settle};
use backend::clock::new_id;
use backend::lead::CoachWeek;
use backend::{Actor, Error};
use domain::calendar::Week;
use domain::codes::MeetingKind;
use domain::forms::FieldError;
use domain::ids::{ClientId, PersonId};
use domain::lead::{MeetingFields, TalkedFields};
use uuid::Uuid;

const SAID: &str = "Sovittiin käynti kahvilassa.";

async fn meet(
    backend: &TestBackend,
    who: &Actor,
    kind: MeetingKind,
    present: &[PersonId],
    of: Option<ClientId>,
) -> Result<Uuid, Vec<FieldError>> {
    let form = backend.meeting_form(who, kind).await.expect("a form");
    let present: Vec<String> = present.iter().map(ToString::to_string).collect();
    let fields = MeetingFields {
        kind: domain::codes::Code::code(kind).into(),
        day: who.today.to_string(),
        present: present.join(" "),
        client: of.map(|client| client.to_string()).unwrap_or_default(),
        client_words: of.map(|_| SAID.to_owned()).unwrap_or_default(),
        ..MeetingFields::default()
    };
    let id = new_id();
    backend.write_meeting(who, &form, id, &fields).await.expect("a database").map(|()| id)
}

async fn of_coach(backend: &TestBackend, week: &str, name: &str) -> CoachWeek {
    let lead = actor(backend, "LEAD").await;
    let week = backend.unit_week(&lead, Week::of(week.parse().expect("a day"))).await.expect("a week");
    week.coaches.into_iter().find(|coach| coach.name == name).expect("the coach")
}

#[tokio::test]
async fn each_coach_on_duty_has_a_section_with_what_was_logged_in_the_week() {
    for backend in both().await {
        settle(&backend).await;
        let lead = actor(&backend, "LEAD").await;
        let week = backend.unit_week(&lead, Week::of(lead.today)).await.expect("a week");
        let names: Vec<&str> = week.coaches.iter().map(|coach| coach.name.as_str()).collect();
        // Whoever left, and the coaches of the other unit, are not there.
        assert_eq!(names, ["Oma Valmentaja", "Toinen Valmentaja", "Uusi Valmentaja"]);
        // One in person for a client, and one by telephone.
        assert_eq!(of_coach(&backend, "2026-11-12", "Oma Valmentaja").await.contacts, [2, 1, 1]);
        assert_eq!(of_coach(&backend, "2026-11-18", "Oma Valmentaja").await.contacts, [0, 0, 0]);
        assert_eq!(of_coach(&backend, "2026-11-18", "Toinen Valmentaja").await.contacts, [1, 1, 1]);
        let new = of_coach(&backend, "2026-11-18", "Uusi Valmentaja").await;
        assert!(!new.mentoring.0, "seventeen days on duty");
        assert!(
            of_coach(&backend, "2026-11-18", "Oma Valmentaja").await.mentoring.0,
            "never, and few contacts"
        );
    }
}

#[tokio::test]
async fn mentoring_and_supervision_are_remembered_until_they_are_taken_back() {
    for backend in both().await {
        settle(&backend).await;
        let lead = actor(&backend, "LEAD").await;
        let own = person(&backend, "OWN").await;
        let both = [lead.person, own];
        let mentored =
            meet(&backend, &lead, MeetingKind::FieldMentoring, &both, None).await.expect("a meeting");
        meet(&backend, &lead, MeetingKind::Supervision, &both, None).await.expect("a meeting");
        let coach = of_coach(&backend, "2026-11-18", "Oma Valmentaja").await;
        assert_eq!((coach.mentoring, coach.supervised_on), ((false, Some(lead.today)), Some(lead.today)));
        backend.take_meeting(&lead, mentored, false).await.expect("taken back");
        assert_eq!(of_coach(&backend, "2026-11-18", "Oma Valmentaja").await.mentoring, (true, None));
        backend.take_meeting(&lead, mentored, true).await.expect("brought back");
        assert_eq!(of_coach(&backend, "2026-11-18", "Oma Valmentaja").await.mentoring.1, Some(lead.today));
    }
}

#[tokio::test]
async fn supervision_is_read_by_those_who_were_there_and_the_lead_alone() {
    for backend in both().await {
        settle(&backend).await;
        let (lead, open) = (actor(&backend, "LEAD").await, client(&backend, "OPEN").await);
        let own = person(&backend, "OWN").await;
        meet(&backend, &lead, MeetingKind::Supervision, &[lead.person, own], Some(open))
            .await
            .expect("a meeting");
        for (code, reads) in
            [("OWN", true), ("LEAD", true), ("MATE", false), ("AWAY", false), ("AWAYLEAD", false)]
        {
            let page = Browser::of(&backend, code).await.open("/meetings").await;
            assert_eq!(page.body.contains(SAID), reads, "{code}");
        }
        // A coach can't write one down, nor take the lead's back.
        let coach = actor(&backend, "OWN").await;
        assert!(matches!(backend.meeting_form(&coach, MeetingKind::Supervision).await, Err(Error::NotThere)));
    }
}

#[tokio::test]
async fn a_meeting_thinks_several_clients_through() {
    for backend in both().await {
        settle(&backend).await;
        let mate = actor(&backend, "MATE").await;
        let (open, mates) = (client(&backend, "OPEN").await, client(&backend, "MATES").await);
        let own = person(&backend, "OWN").await;
        let present = [mate.person, own];
        let id = meet(&backend, &mate, MeetingKind::VocationalUnit, &present, Some(open))
            .await
            .expect("a meeting");
        let talk = new_id();
        let fields = TalkedFields { client: mates.to_string(), client_words: "Soitetaan varastolle.".into() };
        for _ in 0..2 {
            backend.talk_of_client(&mate, id, talk, &fields).await.expect("a database").expect("a talk");
        }
        let page = backend.unit_meetings(&mate, 0).await.expect("a page");
        let meeting = &page.meetings[0];
        assert_eq!(meeting.present, ["Oma Valmentaja", "Toinen Valmentaja"], "nobody twice");
        let mut said: Vec<_> = meeting.clients.iter().map(|(id, _, words)| (*id, words.as_str())).collect();
        said.sort();
        let mut wanted = [(open, SAID), (mates, "Soitetaan varastolle.")];
        wanted.sort();
        assert_eq!(said, wanted);
        // A colleague who was there reads it and can't write into it; neither can another unit's client come in.
        let coach = actor(&backend, "OWN").await;
        assert!(matches!(backend.talk_of_client(&coach, id, new_id(), &fields).await, Err(Error::NotThere)));
        let aways = TalkedFields { client: client(&backend, "AWAYS").await.to_string(), ..fields.clone() };
        let refused = backend.talk_of_client(&mate, id, new_id(), &aways).await.expect("a database");
        assert_eq!(refused, Err(vec![FieldError::Choice("client")]));
        let empty = backend.talk_of_client(&mate, id, new_id(), &TalkedFields::default()).await;
        assert_eq!(
            empty.expect("a database"),
            Err(vec![FieldError::Missing("client"), FieldError::Missing("client_words")])
        );
        // Taken back, it is gone with all that was said.
        backend.take_meeting(&mate, id, false).await.expect("taken back");
        assert!(backend.unit_meetings(&coach, 0).await.expect("a page").meetings.is_empty());
        assert!(matches!(backend.talk_form(&mate, id).await, Err(Error::NotThere)));
        assert_eq!(count(&backend, "select count(*) from supervision_client").await, 2);
    }
}

#[tokio::test]
async fn nobody_from_elsewhere_is_there_and_a_partner_has_a_name() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let away = person(&backend, "AWAY").await;
        let unit = meet(&backend, &own, MeetingKind::VocationalUnit, &[own.person, away], None).await;
        assert_eq!(unit, Err(vec![FieldError::Choice("present")]));
        let partner = meet(&backend, &own, MeetingKind::PartnerMeeting, &[own.person], None).await;
        assert_eq!(partner, Err(vec![FieldError::Missing("partner")]));
        let browser = Browser::of(&backend, "OWN").await;
        let (id, me) = (new_id().to_string(), own.person.to_string());
        let typed = [
            ("id", id.as_str()),
            ("kind", "partner_meeting"),
            ("day", "2026-11-18"),
            ("present", me.as_str()),
            ("words", "Sovittiin yhteinen iltapäivä."),
        ];
        let page = browser.submit("/meetings/new", &typed).await;
        assert_eq!(page.status, 422);
        assert!(page.body.contains("Sovittiin yhteinen iltapäivä."), "what was typed stays");
    }
}
