//! What phones sealed arrives: under whom it takes effect, what is kept of what does not, and what nobody can bring in.

use crate::helpers::{
    Browser, TestBackend, a_wednesday, actor, both, count, day, employer, log, person, plain_visit, settle,
    tamper,
};
use crate::import::texts;
use crate::phone::{Credential, Phone};
use axum::http::StatusCode;
use backend::Backend;
use backend::arrivals::CopyTaken;
use backend::keys::Keys;
use domain::ids::{CommandId, VisitId};
use domain::sync::{Command, OnVisit, Refusal};
use domain::visits::{AmendVisit, FormWish, LogVisit, VisitFields};
use outbox::{Content, Event, Held, Holding, Kind, Outcome, Parcel, Reply, State, Told};
use serde_json::json;
use uuid::Uuid;

/// A product that takes what phones seal, and a phone of the coach OWN.
async fn with_phone(backend: &TestBackend) -> (Backend, Phone) {
    settle(backend).await;
    with_phone_of(backend, "OWN").await
}

/// A product that takes what phones seal, and a phone of a coach.
pub async fn with_phone_of(backend: &TestBackend, code: &'static str) -> (Backend, Phone) {
    let keys = Keys::open_or_make(backend.keys_folder(), a_wednesday()).expect("keys");
    let product = Backend::clone(backend).with_keys(keys);
    let owner = person(&product, code).await;
    let mut phone = Phone::new(vec![Credential::new(owner, code, 1)], product.keys.manifest());
    phone.enrol(&product, 0).await;
    (product, phone)
}

fn id(number: u128) -> CommandId {
    CommandId(Uuid::from_u128(number))
}

/// The phone sends what it has until there is nothing to send; gives what was answered, all together.
pub async fn send(product: &Backend, phone: &mut Phone) -> Reply {
    let now = product.clock.now().timestamp_millis();
    let mut all = Reply::default();
    phone.step(now, Event::Woke);
    loop {
        while !phone.writes.is_empty() {
            phone.write(now, false);
        }
        let Some(parcel) = phone.sent.take() else { return all };
        let reply = deliver(product, &parcel).await;
        let text = serde_json::to_string(&reply).expect("a reply");
        phone.step(now, Event::Answered(Some((200, text))));
        all = Reply {
            answers: [all.answers, reply.answers].concat(),
            kept: [all.kept, reply.kept].concat(),
            unknown: [all.unknown, reply.unknown].concat(),
            ..reply
        };
    }
}

async fn deliver(product: &Backend, parcel: &Parcel) -> Reply {
    let parcel = serde_json::to_value(parcel).expect("a parcel");
    let reply = Browser::new(product).call("/api/drop", &parcel).await;
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.body);
    serde_json::from_str(&reply.body).expect("a reply")
}

/// By what the envelope of an entry on a phone is known.
pub fn seal_of(phone: &Phone, id: CommandId) -> String {
    phone.machine.item(id).expect("an entry").sha256.clone()
}

async fn visit_at(product: &Backend, code: &str) -> LogVisit {
    plain_visit(employer(product, code).await)
}

#[tokio::test]
async fn a_sealed_visit_takes_effect_under_its_author_with_nobody_signed_in() {
    for backend in both().await {
        let (product, mut phone) = with_phone(&backend).await;
        let visit = visit_at(&product, "E2").await;
        phone.write_down(0, 0, id(1), &Command::LogVisit(visit), 1);
        let reply = send(&product, &mut phone).await;
        assert!(matches!(reply.answers[0].outcome, Outcome::Committed(_)), "{reply:?}");
        let own = person(&product, "OWN").await;
        let mut tx = product.store.read(&product.clock).await.expect("a transaction");
        let (coach,): (Uuid,) =
            backend::fetch_one!(tx, (Uuid,), "select coach_id from visit where id = $1", id(1).uuid())
                .expect("the visit");
        assert_eq!(coach, own.uuid());
        // It stays on the phone: no backup has it yet.
        assert!(phone.holds(id(1)));
    }
}

#[tokio::test]
async fn what_comes_twice_happens_once() {
    for backend in both().await {
        let (product, mut phone) = with_phone(&backend).await;
        let visit = visit_at(&product, "E2").await;
        phone.write_down(0, 0, id(1), &Command::LogVisit(visit), 1);
        phone.write(0, false);
        let parcel = phone.sent.clone().expect("a parcel");
        let first = deliver(&product, &parcel).await;
        let copies = (0..8).map(|_| deliver(&product, &parcel));
        for copy in copies {
            assert_eq!(copy.await.answers, first.answers);
        }
        assert_eq!(count(&product, "select count(*) from visit where code is null").await, 1);
        assert_eq!(count(&product, "select count(*) from arrival").await, 1);
    }
}

#[tokio::test]
async fn a_phone_keeps_an_entry_until_a_backup_has_it_and_a_week_has_passed() {
    for backend in both().await {
        let (product, mut phone) = with_phone(&backend).await;
        let visit = visit_at(&product, "E2").await;
        phone.write_down(0, 0, id(1), &Command::LogVisit(visit), 1);
        send(&product, &mut phone).await;
        let hours = |hours| product.clock.set(a_wednesday() + chrono::TimeDelta::hours(hours));
        hours(24 * 8);
        let reply = send(&product, &mut phone).await;
        assert_eq!(reply.kept[0].has, Holding::OnDisk);
        assert!(phone.holds(id(1)), "no backup has it");
        let number = product.begin_backup().await.expect("a backup");
        hours(24 * 8 + 2);
        assert_eq!(send(&product, &mut phone).await.kept[0].has, Holding::OnDisk, "the copy is not whole");
        product.finish_backup(number).await.expect("a backup");
        hours(24 * 8 + 4);
        let reply = send(&product, &mut phone).await;
        assert_eq!(
            (reply.kept[0].has, reply.backup.map(|backup| backup.number)),
            (Holding::BackedUp, Some(1))
        );
        assert!(!phone.holds(id(1)));
        assert!(phone.told.contains(&Told::Forgotten(id(1))));
    }
}

#[tokio::test]
async fn an_entry_that_the_server_lost_is_sent_again() {
    for backend in both().await {
        let (product, mut phone) = with_phone(&backend).await;
        let visit = visit_at(&product, "E2").await;
        phone.write_down(0, 0, id(1), &Command::LogVisit(visit), 1);
        send(&product, &mut phone).await;
        for table in ["delete from arrival", "delete from receipt", "delete from visit where code is null"] {
            tamper(&product, table).await.expect("a restore");
        }
        product.clock.set(a_wednesday() + chrono::TimeDelta::hours(2));
        let reply = send(&product, &mut phone).await;
        assert_eq!(reply.kept[0].has, Holding::Nothing);
        assert!(matches!(reply.answers[0].outcome, Outcome::Committed(_)), "it is sent again at once");
        assert_eq!(count(&product, "select count(*) from visit where code is null").await, 1);
    }
}

#[tokio::test]
async fn what_comes_before_its_subject_waits_for_it() {
    for backend in both().await {
        let (product, mut phone) = with_phone(&backend).await;
        let visit = visit_at(&product, "E2").await;
        let on = OnVisit { visit: VisitId(id(1).uuid()) };
        let mut other = Phone::new(phone.credentials.clone(), &phone.manifest);
        other.write_down(0, 0, id(2), &Command::WithdrawVisit(on), 2);
        let reply = send(&product, &mut other).await;
        assert_eq!(reply.answers[0].outcome, Outcome::Held(Held::Orphan));
        phone.write_down(0, 0, id(1), &Command::LogVisit(visit), 1);
        send(&product, &mut phone).await;
        assert_eq!(count(&product, "select count(*) from visit_withdrawal").await, 1);
        product.clock.set(a_wednesday() + chrono::TimeDelta::hours(2));
        let reply = send(&product, &mut other).await;
        assert!(matches!(reply.kept[0].outcome, Some(Outcome::Committed(_))), "{reply:?}");
    }
}

#[tokio::test]
async fn an_entry_that_a_rule_refuses_is_kept_and_mended_by_its_author() {
    for backend in both().await {
        let (product, mut phone) = with_phone(&backend).await;
        let bad = LogVisit { minutes: 0, summary: "Kahvilla".to_owned(), ..visit_at(&product, "E2").await };
        phone.write_down(0, 0, id(1), &Command::LogVisit(bad.clone()), 1);
        let good = visit_at(&product, "E2").await;
        phone.write_down(0, 0, id(2), &Command::LogVisit(good), 2);
        let reply = send(&product, &mut phone).await;
        assert!(matches!(reply.answers[0].outcome, Outcome::Held(Held::Refused(Refusal::Visit(_)))));
        assert!(matches!(reply.answers[1].outcome, Outcome::Committed(_)), "one bad entry stops no other");
        let own = actor(&product, "OWN").await;
        let wish = FormWish { mend: Some(id(1)), ..FormWish::default() };
        let form = product.visit_form(&own, wish).await.expect("a form");
        assert_eq!((form.id, form.fields.summary.as_str()), (id(1), "Kahvilla"));
        let mate = actor(&product, "MATE").await;
        let other = product.visit_form(&mate, wish).await.expect("a form");
        assert_ne!(other.fields.summary, "Kahvilla", "it is its author's alone");
        phone.write_down(0, 0, id(1), &Command::LogVisit(LogVisit { minutes: 30, ..bad }), 3);
        let reply = send(&product, &mut phone).await;
        assert!(matches!(reply.answers[0].outcome, Outcome::Committed(_)));
        assert!(product.held_entries(&own).await.expect("what waits").is_empty());
    }
}

#[tokio::test]
async fn what_was_let_go_is_gone_and_the_phone_hears_of_it() {
    for backend in both().await {
        let (product, mut phone) = with_phone(&backend).await;
        let bad = LogVisit { minutes: 0, summary: "Kahvilla".to_owned(), ..visit_at(&product, "E2").await };
        phone.write_down(0, 0, id(1), &Command::LogVisit(bad), 1);
        send(&product, &mut phone).await;
        let own = Browser::of(&product, "OWN").await;
        let mate = Browser::of(&product, "MATE").await;
        let path = format!("/devices/held/{}/drop", id(1));
        let seal = seal_of(&phone, id(1));
        let seal = [("seal", seal.as_str())];
        assert_eq!(mate.submit(&path, &seal).await.status, StatusCode::NOT_FOUND);
        assert!(own.open("/devices").await.body.contains("tarvitsevat sinua"));
        own.submit(&path, &seal).await;
        assert_eq!(count(&product, "select count(*) from arrival where body is not null").await, 0);
        product.clock.set(a_wednesday() + chrono::TimeDelta::hours(2));
        let reply = send(&product, &mut phone).await;
        assert!(matches!(reply.kept[0].outcome, Some(Outcome::Committed(_))));
    }
}

#[tokio::test]
async fn nothing_from_an_ended_phone_takes_effect_unless_its_author_says_so() {
    for backend in both().await {
        let (product, mut phone) = with_phone(&backend).await;
        let device = phone.credentials[0].device;
        let lead = actor(&product, "LEAD").await;
        let away = actor(&product, "AWAYLEAD").await;
        let (found, leads) = (Browser::of(&product, "OWN").await, Browser::of(&product, "LEAD").await);
        assert!(product.revoke_device(&away, device).await.is_err());
        assert_eq!(found.open("/more").await.status, StatusCode::OK);
        product.revoke_device(&lead, device).await.expect("the lead ends it");
        // With the sign-in that is left on it nobody makes another credential.
        let again = json!({ "device": Uuid::from_u128(99), "public_key": "", "name": "" });
        assert_eq!(found.call("/api/device", &again).await.status, StatusCode::UNAUTHORIZED);
        assert_eq!(leads.open("/more").await.status, StatusCode::OK, "nobody else is signed out");
        let visit = visit_at(&product, "E2").await;
        phone.write_down(0, 0, id(1), &Command::LogVisit(visit), 1);
        let reply = send(&product, &mut phone).await;
        assert_eq!(reply.answers[0].outcome, Outcome::Held(Held::Revoked));
        assert_eq!(count(&product, "select count(*) from visit where code is null").await, 0);
        // The server has it: it is not sent again and again.
        assert!(matches!(phone.machine.item(id(1)).map(|item| &item.state), Some(State::OnServer { .. })));
        let own = actor(&product, "OWN").await;
        let seal = seal_of(&phone, id(1));
        product.accept_held_entry(&own, id(1), &seal).await.expect("its author accepts it");
        assert_eq!(count(&product, "select count(*) from visit where code is null").await, 1);
        assert!(product.held_entries(&own).await.expect("what waits").is_empty());
    }
}

#[tokio::test]
async fn an_entry_that_cannot_be_carried_out_now_waits_on_with_its_words() {
    for backend in both().await {
        let (product, mut phone) = with_phone(&backend).await;
        let lead = actor(&product, "LEAD").await;
        product.revoke_device(&lead, phone.credentials[0].device).await.expect("the lead ends it");
        let visit = visit_at(&product, "E2").await;
        phone.write_down(0, 0, id(1), &Command::LogVisit(visit), 1);
        send(&product, &mut phone).await;
        // The database fails at the receipt, whatever is tried.
        tamper(&product, "alter table receipt rename to receipt_away").await.expect("a fault");
        let own = actor(&product, "OWN").await;
        let seal = seal_of(&phone, id(1));
        assert!(product.accept_held_entry(&own, id(1), &seal).await.is_err());
        tamper(&product, "alter table receipt_away rename to receipt").await.expect("it is well again");
        assert_eq!(product.held_entries(&own).await.expect("what waits").len(), 1);
        product.accept_held_entry(&own, id(1), &seal).await.expect("its author accepts it");
        assert_eq!(count(&product, "select count(*) from visit where code is null").await, 1);
    }
}

#[tokio::test]
async fn what_somebody_wrote_who_has_left_waits_for_whoever_leads_their_unit() {
    for backend in both().await {
        let (product, mut phone) = with_phone(&backend).await;
        let visit = visit_at(&product, "E2").await;
        let words = LogVisit { summary: "Sovittiin tutustumisesta".to_owned(), ..visit };
        phone.write_down(a_wednesday().timestamp_millis(), 0, id(1), &Command::LogVisit(words), 1);
        let fields = VisitFields { summary: "kesken".to_owned(), ..VisitFields::default() };
        let draft = Content::Draft { fields: Box::new(fields), amends: None, turn: 5 };
        phone.seal(0, 0, id(2), Kind::Draft, &draft, 2);
        tamper(&product, "update person set locked_at = created_at where code = 'OWN'")
            .await
            .expect("a lock");
        product.clock.set(a_wednesday() + chrono::TimeDelta::days(1));
        let reply = send(&product, &mut phone).await;
        let refused = Outcome::Held(Held::Refused(Refusal::NotThere));
        assert_eq!(reply.answers.iter().map(|answer| &answer.outcome).collect::<Vec<_>>(), [&refused; 2]);
        let page = Browser::of(&product, "LEAD").await.open("/devices").await;
        assert!(page.body.contains("jotka eivät ole enää täällä"), "{}", page.body);
        assert!(!page.body.contains("Sovittiin tutustumisesta"), "the words are not shown");
        let (lead, away) = (actor(&product, "LEAD").await, actor(&product, "AWAYLEAD").await);
        assert_eq!(product.held_of_gone(&lead).await.expect("what waits").len(), 2);
        assert!(product.held_of_gone(&away).await.expect("what waits").is_empty());
        let seal = seal_of(&phone, id(1));
        let mate = actor(&product, "MATE").await;
        for other in [&away, &mate] {
            assert!(product.accept_held_entry(other, id(1), &seal).await.is_err());
            assert!(product.drop_held_entry(other, id(1), &seal).await.is_err());
        }
        product.accept_held_entry(&lead, id(1), &seal).await.expect("the lead brings it in");
        let own = "select count(*) from visit v join person p on p.id = v.coach_id
                   where v.code is null and p.code = 'OWN'";
        assert_eq!(count(&product, own).await, 1, "under its author");
        product.drop_held_entry(&lead, id(2), &seal_of(&phone, id(2))).await.expect("the lead lets it go");
        assert!(product.held_of_gone(&lead).await.expect("what waits").is_empty());
        let logged =
            "select count(*) from use_log where object_kind = 'arrival' and action in ('accept', 'drop')";
        assert_eq!(count(&product, logged).await, 2);
    }
}

#[tokio::test]
async fn two_texts_under_one_identity_are_both_kept() {
    for backend in both().await {
        let (product, mut phone) = with_phone(&backend).await;
        let mut other = Phone::new(phone.credentials.clone(), &phone.manifest);
        let visit = visit_at(&product, "E2").await;
        let said =
            |summary: &str| Command::LogVisit(LogVisit { summary: summary.to_owned(), ..visit.clone() });
        phone.write_down(0, 0, id(1), &said("ensin"), 1);
        other.write_down(0, 0, id(1), &said("sitten"), 2);
        send(&product, &mut phone).await;
        let reply = send(&product, &mut other).await;
        assert_eq!(reply.answers[0].outcome, Outcome::Held(Held::Conflict));
        // The first comes once more, late: it takes nothing away.
        product.clock.set(a_wednesday() + chrono::TimeDelta::hours(2));
        for phone in [&mut phone, &mut other] {
            send(&product, phone).await;
        }
        let own = actor(&product, "OWN").await;
        let held = product.held_entries(&own).await.expect("what waits");
        let words = held.iter().map(|entry| &entry.command).collect::<Vec<_>>();
        assert_eq!(words, [&Some(said("sitten"))]);
        // Its author sees both, and picks: what is saved then amends what came first.
        let wish = FormWish { mend: Some(id(1)), ..FormWish::default() };
        let form = product.visit_form(&own, wish).await.expect("a form");
        let now = form.now.as_ref().map(|now| now.summary.as_str());
        assert_eq!((form.fields.summary.as_str(), now), ("sitten", Some("ensin")));
        let amends = form.amends.map(|amended| (amended.visit, amended.version));
        assert_eq!(amends, Some((VisitId(id(1).uuid()), 1)));
        assert_ne!(form.id, id(1), "it is an entry of its own");
        assert_eq!(count(&product, "select count(*) from arrival").await, 2);
    }
}

#[tokio::test]
async fn an_amendment_that_came_too_late_is_shown_beside_what_stands_now() {
    for backend in both().await {
        let (product, mut phone) = with_phone(&backend).await;
        let visit = visit_at(&product, "E2").await;
        phone.write_down(0, 0, id(1), &Command::LogVisit(visit.clone()), 1);
        let amend = |summary: &str| {
            let to = LogVisit { summary: summary.to_owned(), ..visit.clone() };
            Command::AmendVisit(AmendVisit { visit: VisitId(id(1).uuid()), version: 1, to })
        };
        phone.write_down(0, 0, id(2), &amend("Puhelimella"), 2);
        phone.write_down(0, 0, id(3), &amend("Tabletilla"), 3);
        send(&product, &mut phone).await;
        let own = actor(&product, "OWN").await;
        let wish = FormWish { mend: Some(id(3)), ..FormWish::default() };
        let form = product.visit_form(&own, wish).await.expect("a form");
        let now = form.now.as_ref().map(|now| now.summary.as_str());
        assert_eq!((form.id, form.fields.summary.as_str(), now), (id(3), "Tabletilla", Some("Puhelimella")));
        let version = form.amends.expect("it amends").version;
        let to = LogVisit { summary: "Tabletilla".to_owned(), ..visit };
        let mended = AmendVisit { visit: VisitId(id(1).uuid()), version, to };
        phone.write_down(0, 0, id(3), &Command::AmendVisit(mended), 4);
        let reply = send(&product, &mut phone).await;
        assert!(matches!(reply.answers[0].outcome, Outcome::Committed(_)), "{reply:?}");
        assert!(product.held_entries(&own).await.expect("what waits").is_empty());
    }
}

#[tokio::test]
async fn an_undo_of_a_phone_whose_clock_is_slow_comes_after_what_it_undoes() {
    for backend in both().await {
        let (product, mut phone) = with_phone(&backend).await;
        let visit = visit_at(&product, "E2").await;
        phone.write_down(0, 0, id(9), &Command::LogVisit(visit), 1);
        let undo = Command::WithdrawVisit(OnVisit { visit: VisitId(id(9).uuid()) });
        phone.write_down(0, 0, id(2), &undo, 2);
        let reply = send(&product, &mut phone).await;
        let committed = |answer: &outbox::Answer| matches!(answer.outcome, Outcome::Committed(_));
        assert!(reply.answers.iter().all(committed), "{reply:?}");
        assert_eq!(count(&product, "select count(*) from visit_withdrawal").await, 1);
    }
}

#[tokio::test]
async fn a_visit_takes_the_place_of_its_draft_whatever_their_numbers() {
    for backend in both().await {
        let (product, mut phone) = with_phone(&backend).await;
        let mut other = Phone::new(phone.credentials.clone(), &phone.manifest);
        let fields = VisitFields { summary: "kesken".to_owned(), ..VisitFields::default() };
        for turn in 1..4 {
            let draft = Content::Draft { fields: Box::new(fields.clone()), amends: None, turn };
            phone.seal(0, 0, id(1), Kind::Draft, &draft, 1);
            send(&product, &mut phone).await;
        }
        other.write_down(0, 0, id(1), &Command::LogVisit(visit_at(&product, "E2").await), 2);
        send(&product, &mut other).await;
        product.clock.set(a_wednesday() + chrono::TimeDelta::hours(2));
        let reply = send(&product, &mut other).await;
        assert_eq!(reply.kept[0].has, Holding::OnDisk, "the server knows it by its seal");
        let lead = actor(&product, "LEAD").await;
        let missing = product.devices(&lead).await.expect("phones")[0].missing();
        assert_eq!(missing, 0);
    }
}

#[tokio::test]
async fn the_lead_sees_how_many_entries_of_a_phone_never_came() {
    for backend in both().await {
        let (product, mut phone) = with_phone(&backend).await;
        for number in 1..=4 {
            let visit = visit_at(&product, "E2").await;
            phone.write_down(0, 0, id(number), &Command::LogVisit(visit), 1);
        }
        while !phone.writes.is_empty() {
            phone.write(0, false);
        }
        phone.sent = None;
        phone.kill(0);
        let mut parcel = phone.sent.clone().expect("a parcel");
        // Three of them are lost with the phone.
        parcel.envelopes.truncate(1);
        deliver(&product, &parcel).await;
        let lead = actor(&product, "LEAD").await;
        let devices = product.devices(&lead).await.expect("phones");
        let missing: Vec<i64> = devices.iter().map(backend::devices::Device::missing).collect();
        assert_eq!(missing, [3]);
        let page = Browser::of(&product, "LEAD").await.open("/devices").await;
        assert!(page.body.contains("3 kirjausta tästä puhelimesta ei ole tullut perille"), "{}", page.body);
        let away = actor(&product, "AWAYLEAD").await;
        assert!(product.devices(&away).await.expect("phones").is_empty());
    }
}

#[tokio::test]
async fn a_stranger_or_a_forger_leaves_nothing() {
    for backend in both().await {
        let (product, phone) = with_phone(&backend).await;
        let visit = visit_at(&product, "E2").await;
        let own = person(&product, "OWN").await;
        // A phone that was never enrolled.
        let mut stranger = Phone::new(vec![Credential::new(own, "OWN", 9)], &phone.manifest);
        stranger.write_down(0, 0, id(1), &Command::LogVisit(visit.clone()), 1);
        let reply = send(&product, &mut stranger).await;
        assert_eq!((reply.answers.len(), reply.unknown), (0, vec![stranger.credentials[0].device]));
        assert!(stranger.holds(id(1)), "it is kept until somebody signs in there");
        // One that names another's credential, and signs with its own key.
        let mut forger = Phone::new(vec![Credential::new(own, "OWN", 8)], &phone.manifest);
        forger.credentials[0].device = phone.credentials[0].device;
        forger.write_down(0, 0, id(2), &Command::LogVisit(visit.clone()), 1);
        assert_eq!(send(&product, &mut forger).await.answers, []);
        // And one that says it writes for somebody else.
        let mut liar = Phone::new(phone.credentials.clone(), &phone.manifest);
        liar.credentials[0].person = person(&product, "MATE").await;
        liar.write_down(0, 0, id(3), &Command::LogVisit(visit), 1);
        assert_eq!(send(&product, &mut liar).await.answers, []);
        assert_eq!(count(&product, "select count(*) from arrival").await, 0);
        assert_eq!(count(&product, "select count(*) from visit where code is null").await, 0);
    }
}

#[tokio::test]
async fn a_draft_is_found_again_on_another_device() {
    for backend in both().await {
        let (product, mut phone) = with_phone(&backend).await;
        let fields = VisitFields {
            employer_name: "Rantakorpi".to_owned(),
            summary: "kesken".to_owned(),
            ..VisitFields::untouched(day("2026-11-18"), chrono::NaiveTime::MIN)
        };
        let draft = Content::Draft { fields: Box::new(fields), amends: None, turn: 5 };
        phone.seal(0, 0, id(1), Kind::Draft, &draft, 1);
        send(&product, &mut phone).await;
        let own = actor(&product, "OWN").await;
        let form = product.visit_form(&own, FormWish::default()).await.expect("a form");
        assert_eq!((form.id, form.fields.summary.as_str(), form.resumed), (id(1), "kesken", true));
    }
}

#[tokio::test]
async fn what_was_written_on_a_wrong_clock_is_kept_with_the_difference() {
    for backend in both().await {
        let (product, mut phone) = with_phone(&backend).await;
        phone.skew = 10 * 365 * 24 * 3600 * 1000;
        let now = a_wednesday().timestamp_millis();
        let visit = visit_at(&product, "E2").await;
        phone.write_down(now, 0, id(1), &Command::LogVisit(visit), 1);
        while !phone.writes.is_empty() {
            phone.write(now, false);
        }
        deliver(&product, &phone.sent.clone().expect("a parcel")).await;
        let mut tx = product.store.read(&product.clock).await.expect("a transaction");
        let (skew, estimated): (i64, chrono::DateTime<chrono::Utc>) = backend::fetch_one!(
            tx,
            (i64, chrono::DateTime<chrono::Utc>),
            "select skew_seconds, estimated_at from arrival where entry_id = $1",
            id(1).uuid()
        )
        .expect("the arrival");
        assert_eq!(skew, -10 * 365 * 24 * 3600);
        assert_eq!(estimated, a_wednesday());
    }
}

#[tokio::test]
async fn an_amendment_in_conflict_is_mended_as_an_entry_of_its_own() {
    for backend in both().await {
        let (product, mut phone) = with_phone(&backend).await;
        let mut other = Phone::new(phone.credentials.clone(), &phone.manifest);
        let own = actor(&product, "OWN").await;
        let visit = visit_at(&product, "E2").await;
        let of = log(&product, &own, visit.clone()).await;
        let amended = |version, summary: &str| {
            let to = LogVisit { summary: summary.to_owned(), ..visit.clone() };
            Command::AmendVisit(AmendVisit { visit: of, version, to })
        };
        phone.write_down(0, 0, id(1), &amended(1, "ensin"), 1);
        other.write_down(0, 0, id(1), &amended(1, "sitten"), 2);
        send(&product, &mut phone).await;
        let reply = send(&product, &mut other).await;
        assert_eq!(reply.answers[0].outcome, Outcome::Held(Held::Conflict));
        let wish = FormWish { mend: Some(id(1)), ..FormWish::default() };
        let form = product.visit_form(&own, wish).await.expect("a form");
        assert_eq!(form.fields.summary, "sitten");
        assert_ne!(form.id, id(1), "the first one holds that identity");
        let version = form.amends.expect("it amends").version;
        other.write_down(0, 0, form.id, &amended(version, "sitten"), 3);
        let reply = send(&product, &mut other).await;
        assert!(matches!(reply.answers[0].outcome, Outcome::Committed(_)), "{reply:?}");
        assert_eq!(texts(&product, "select summary from visit where code is null").await, ["sitten"]);
    }
}

#[tokio::test]
async fn a_sealed_copy_is_brought_by_anybody_and_stays_its_authors() {
    for backend in both().await {
        let (product, mut phone) = with_phone(&backend).await;
        let visit = visit_at(&product, "E2").await;
        for number in [1, 2] {
            phone.write_down(0, 0, id(number), &Command::LogVisit(visit.clone()), number as u64);
        }
        let envelopes: Vec<String> =
            phone.machine.items().iter().map(|item| item.envelope.0.clone()).collect();
        let copy = format!("{}\n\nei kirjaus\n", envelopes.join("\r\n"));
        let mate = actor(&product, "MATE").await;
        let taken = CopyTaken { there: 2, held: 0, left: 1 };
        assert_eq!(product.receive_copy(&mate, &copy).await.expect("a database"), taken);
        assert_eq!(product.receive_copy(&mate, &copy).await.expect("once more"), taken);
        let authors = "select p.name from visit v join person p on p.id = v.coach_id where v.code is null";
        assert_eq!(texts(&product, authors).await, ["Oma Valmentaja"; 2], "whoever brings it");
        // The phone hears of it as soon as it gets through.
        let reply = send(&product, &mut phone).await;
        assert!(reply.answers.iter().all(|answer| matches!(answer.outcome, Outcome::Committed(_))));
        assert_eq!(count(&product, "select count(*) from visit where code is null").await, 2);
    }
}

#[tokio::test]
async fn a_key_that_is_gone_loses_no_entry() {
    for backend in both().await {
        let (product, mut phone) = with_phone(&backend).await;
        let visit = visit_at(&product, "E2").await;
        phone.write_down(0, 0, id(1), &Command::LogVisit(visit), 1);
        let folder = tempfile::TempDir::new().expect("a folder");
        let others = Keys::open_or_make(folder.path(), a_wednesday()).expect("keys");
        let without = product.clone().with_keys(others);
        let reply = send(&without, &mut phone).await;
        assert_eq!(reply.answers[0].outcome, Outcome::Held(Held::Unreadable));
        assert_eq!(count(&product, "select count(*) from arrival where envelope is not null").await, 1);
        // The folder of keys is put back: nobody has to send anything again.
        assert_eq!(without.read_unreadable_again().await.expect("a database"), 0);
        assert_eq!(product.read_unreadable_again().await.expect("a database"), 1);
        assert_eq!(count(&product, "select count(*) from visit where code is null").await, 1);
        assert_eq!(count(&product, "select count(*) from arrival where envelope is not null").await, 0);
    }
}

#[tokio::test]
async fn a_phone_is_enrolled_by_whoever_is_signed_in_and_by_nobody_else() {
    for backend in both().await {
        let (product, phone) = with_phone(&backend).await;
        let device = json!({
            "device": phone.credentials[0].device,
            "public_key": "AAAA",
            "name": "puhelin",
        });
        assert_eq!(
            Browser::new(&product).call("/api/device", &device).await.status,
            StatusCode::UNAUTHORIZED
        );
        let mate = Browser::of(&product, "MATE").await;
        assert_eq!(mate.call("/api/device", &device).await.status, StatusCode::NOT_FOUND);
        let log_of = count(&product, "select count(*) from use_log where action = 'enrol'").await;
        assert_eq!(log_of, 1, "the enrolment of OWN's phone stands in the use log");
        let own = actor(&product, "OWN").await;
        log(&product, &own, visit_at(&product, "E2").await).await;
    }
}
