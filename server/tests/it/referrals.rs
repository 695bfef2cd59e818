//! Memos that refer clients: sent once, corrected and never changed, taken up or not; and what a referrer
//! sees of the rest: nothing.

use crate::helpers::{
    Browser, TestBackend, a_wednesday, actor, both, client, count, day, id_of, person, settle,
};
use backend::Error;
use backend::clock::new_id;
use backend::referrals::Sent;
use chrono::Duration;
use domain::codes::{DeclineReason, Share};
use domain::forms::FieldError;
use domain::ids::{ReferralId, TeamId};
use domain::referrals::{DecisionFields, FirstDaysFields, MemoFields, Stage};
use uuid::Uuid;

/// A memo as a referrer types it.
pub fn fields(name: &str) -> MemoFields {
    MemoFields {
        name: name.into(),
        birth_year: "1990".into(),
        wish: "Haluan takaisin keittiöön.".into(),
        ..MemoFields::default()
    }
}

/// A team of the county.
pub async fn team(backend: &TestBackend, code: &str) -> TeamId {
    id_of(backend, "team", code).await.into()
}

/// A memo of the referrer's own team.
pub async fn sent(backend: &TestBackend, referrer: &backend::Actor, name: &str) -> ReferralId {
    let (id, team) = (ReferralId(new_id()), team(backend, "PSY").await);
    let done = backend.send_memo(referrer, id, team, &fields(name)).await;
    assert_eq!(done.expect("a database"), Ok(Sent::Once));
    id
}

/// A memo of a team whose referrer is not in the county: written by hand.
pub async fn foreign(backend: &TestBackend, code: &str, name: &str) -> ReferralId {
    let (id, team, who) = (new_id(), team(backend, code).await, person(backend, "ADMIN").await);
    let (now, today) = (backend.clock.now(), backend.clock.today());
    let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
    backend::execute!(
        tx,
        "insert into referral (id, unit_id, team_id, referrer_id, name, birth_year, phone, wish, contact_wish,
             share, words, sent_at, sent_on)
         select $1, unit_id, id, $3, $4, 1990, '', 'Töihin.', '', '', '', $5, $6 from team where id = $2",
        id,
        team.uuid(),
        who.uuid(),
        name,
        now,
        today
    )
    .expect("a memo");
    tx.commit().await.expect("a commit");
    id.into()
}

/// A second team of NORTH; its referrer is NEW, who is no coach any more.
async fn second_team(backend: &TestBackend) -> TeamId {
    let (id, north, who) = (new_id(), id_of(backend, "unit", "NORTH").await, person(backend, "NEW").await);
    let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
    backend::execute!(
        tx,
        "insert into team (id, code, name, level, unit_id) values ($1, 'DAYS', 'Päiväosasto', 'specialised', $2)",
        id,
        north
    )
    .expect("a team");
    backend::execute!(tx, "delete from post where person_id = $1", who.uuid()).expect("no post");
    backend::execute!(
        tx,
        "insert into post (id, person_id, role, unit_id, team_id, from_day) values ($1, $2, 'referrer', $3, $4, $5)",
        new_id(),
        who.uuid(),
        north,
        id,
        day("2026-01-01")
    )
    .expect("a post");
    tx.commit().await.expect("a commit");
    id.into()
}

async fn accept(backend: &TestBackend, coach: &backend::Actor, id: ReferralId) {
    let own = person(backend, "OWN").await.to_string();
    let fields = DecisionFields { accepted: "yes".into(), coach: own, ..DecisionFields::default() };
    assert_eq!(backend.decide_memo(coach, id, &fields).await.expect("a database"), Ok(()));
}

fn declines(reason: DeclineReason, words: &str) -> DecisionFields {
    use domain::codes::Code;
    DecisionFields {
        accepted: "no".into(),
        reason: reason.code().into(),
        words: words.into(),
        ..DecisionFields::default()
    }
}

/// The value of a hidden field of a page.
fn hidden(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).expect("a hidden field");
    rest.split('"').next().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn a_memo_is_previewed_and_sent_once() {
    for backend in both().await {
        settle(&backend).await;
        let referrer = actor(&backend, "REF").await;
        let browser = Browser::of(&backend, "REF").await;
        let form = browser.open("/referrals/new").await;
        assert_eq!(form.status, 200);
        let (id, psy) = (hidden(&form.body, "id"), hidden(&form.body, "team"));
        let typed = [
            ("id", id.as_str()),
            ("team", &psy),
            ("name", "  Aino   Esimerkki "),
            ("birth_year", "1990"),
            ("wish", "Haluan keittiöön.\nEn yövuoroon."),
            ("share", "wishes"),
            ("share", "contact"),
            ("share_until", "2027-03-01"),
            ("words", "Teksti järjestelmästä <b>"),
        ];
        let preview = browser.submit("/referrals/new", &[&typed[..], &[("do", "preview")]].concat()).await;
        assert_eq!(preview.status, 200, "{}", preview.body);
        assert!(preview.body.contains("Pohjoinen"), "it names the unit that gets it");
        assert_eq!(count(&backend, "select count(*) from referral").await, 0, "nothing was sent");
        // What the preview sends is what it shows.
        let exact: Vec<(&str, String)> =
            MemoFields::NAMES.iter().map(|name| (*name, hidden(&preview.body, name))).collect();
        assert_eq!(exact[0].1, "Aino Esimerkki");
        assert_eq!(exact[5].1, "contact wishes");
        for (_, text) in &exact[..4] {
            for line in text.split('\n') {
                assert!(preview.body.contains(&format!(">{line}<")) || line.is_empty(), "{line}");
            }
        }
        let words = exact[7].1.replace("&lt;", "<").replace("&gt;", ">");
        let mut sends: Vec<(&str, &str)> = vec![("id", &id), ("team", &psy), ("do", "send")];
        sends.extend(exact[..7].iter().map(|(name, text)| (*name, text.as_str())));
        sends.push(("words", &words));
        for _ in 0..2 {
            let sent = browser.submit("/referrals/new", &sends).await;
            assert_eq!(sent.header("location"), format!("/referrals/{id}?done=sent"), "{}", sent.body);
        }
        let other: Vec<(&str, &str)> = sends
            .iter()
            .map(|(name, text)| if *name == "name" { ("name", "Toinen") } else { (*name, *text) })
            .collect();
        let before = browser.submit("/referrals/new", &other).await;
        assert_eq!(before.header("location"), format!("/referrals/{id}?done=before"));
        assert_eq!(count(&backend, "select count(*) from referral").await, 1);
        let memo = backend.own_memo(&referrer, id.parse().expect("an id")).await.expect("a memo").sent.memo;
        assert_eq!(
            (memo.name.as_str(), memo.wish.as_str(), memo.share, memo.words.as_str()),
            (
                "Aino Esimerkki",
                "Haluan keittiöön.\nEn yövuoroon.",
                vec![Share::Contact, Share::Wishes],
                "Teksti järjestelmästä <b>"
            )
        );
        let page = browser.open(&format!("/referrals/{id}?done=sent")).await;
        assert!(page.body.contains("Lähete on lähetetty yksikköön Pohjoinen."));
    }
}

#[tokio::test]
async fn what_is_wrong_stands_beside_its_field_and_what_was_typed_stays() {
    for backend in both().await {
        settle(&backend).await;
        let browser = Browser::of(&backend, "REF").await;
        let page = browser.submit("/referrals/new", &[("name", "Aino 010190-123X"), ("phone", "x")]).await;
        assert_eq!(page.status, 422);
        for said in ["Poista henkilötunnus", "Kirjoita puhelinnumero", "mitä henkilö itse toivoo"] {
            assert!(page.body.contains(said), "{said}");
        }
        assert!(page.body.contains("href=\"#wish\"") && page.body.contains("value=\"Aino 010190-123X\""));
        assert_eq!(count(&backend, "select count(*) from referral").await, 0);
    }
}

#[tokio::test]
async fn a_correction_is_a_new_version_and_both_are_shown() {
    for backend in both().await {
        settle(&backend).await;
        let (referrer, own) = (actor(&backend, "REF").await, actor(&backend, "OWN").await);
        let id = sent(&backend, &referrer, "Aino Esimerkki").await;
        let better = MemoFields { wish: "Haluan leipomoon.".into(), ..fields("Aino Esimerkki") };
        for _ in 0..2 {
            let done = backend.correct_memo(&referrer, id, 1, &better).await.expect("a database");
            assert_eq!(done, Ok(()), "twice is once");
        }
        let stale = backend.correct_memo(&referrer, id, 1, &fields("Toinen")).await.expect("a database");
        assert_eq!(stale, Err(vec![FieldError::ChangedMeanwhile]));
        let memo = backend.own_memo(&referrer, id).await.expect("a memo");
        assert_eq!((memo.sent.version, memo.earlier.len()), (2, 1));
        assert_eq!(memo.earlier[0].memo.wish, "Haluan takaisin keittiöön.");
        let page = backend.received_memo(&own, id).await.expect("a memo");
        assert_eq!((page.memo.sent.memo.wish.as_str(), page.earlier.len()), ("Haluan leipomoon.", 1));
        let browser = Browser::of(&backend, "OWN").await;
        let page = browser.open(&format!("/referrals/inbox/{id}")).await.body;
        assert!(page.contains("Haluan leipomoon.") && page.contains("Haluan takaisin keittiöön."));
    }
}

#[tokio::test]
async fn the_unit_takes_it_up_and_the_team_sees_its_days_and_nothing_more() {
    for backend in both().await {
        settle(&backend).await;
        let (referrer, own) = (actor(&backend, "REF").await, actor(&backend, "OWN").await);
        let id = sent(&backend, &referrer, "Aino Esimerkki").await;
        let course = async || backend.own_memo(&referrer, id).await.expect("a memo").sent;
        assert_eq!(course().await.course.stage(), Stage::Sent);
        backend.clock.set(a_wednesday() + Duration::days(1));
        let own_later = backend::Actor { today: backend.clock.today(), ..own.clone() };
        backend.received_memo(&own_later, id).await.expect("a memo");
        backend.received_memo(&own, id).await.expect("a memo");
        assert_eq!(course().await.course.received_on, Some(day("2026-11-19")), "opened first on this day");
        accept(&backend, &own_later, id).await;
        accept(&backend, &own_later, id).await;
        assert_eq!(course().await.course.stage(), Stage::Accepted);
        assert_eq!(course().await.clock.map(|clock| clock.by), Some(day("2026-12-02")));
        assert_eq!(count(&backend, "select count(*) from client where referred_on is not null").await, 5);
        let page = backend.received_memo(&own_later, id).await.expect("a memo");
        assert_eq!(page.alias.as_deref(), Some("A1"), "no initials, no year");
        // The meeting of three, with who was there.
        let noted = FirstDaysFields { info_on: "2026-11-19".into(), ..FirstDaysFields::default() };
        let wrong = backend.note_first_days(&own_later, id, &noted).await.expect("a database");
        assert_eq!(wrong, Err(vec![FieldError::Missing("care_worker")]));
        let noted = FirstDaysFields { care_worker: "Hoitaja Hilkka".into(), ..noted };
        assert_eq!(backend.note_first_days(&own_later, id, &noted).await.expect("a database"), Ok(()));
        let sent = course().await;
        assert_eq!((sent.course.first_meeting_on, sent.clock), (Some(day("2026-11-19")), None));
        let late = backend.withdraw_memo(&referrer, id, false).await;
        assert!(matches!(late, Err(Error::NotThere)), "nobody takes back who was met");
        let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
        backend::execute!(
            tx,
            "update client set agreement_on = $1 where id = $2",
            day("2026-11-19"),
            id.uuid()
        )
        .expect("an agreement");
        tx.commit().await.expect("a commit");
        let page = Browser::of(&backend, "REF").await.open(&format!("/referrals/{id}")).await.body;
        assert!(page.contains("Yhteistyösopimus tehty"));
        for hidden in ["Oma Valmentaja", "A1<", "Hoitaja Hilkka", "/clients"] {
            assert!(!page.contains(hidden), "{hidden}");
        }
        let links = count(&backend, "select count(*) from use_log_client").await;
        assert!(links > 0, "who read the client is in the log");
    }
}

#[tokio::test]
async fn one_person_referred_twice_is_one_client_and_each_team_sees_its_own_days() {
    for backend in both().await {
        settle(&backend).await;
        let days = second_team(&backend).await;
        let (referrer, other) = (actor(&backend, "REF").await, actor(&backend, "NEW").await);
        let own = actor(&backend, "OWN").await;
        let first = sent(&backend, &referrer, "Aino Esimerkki").await;
        accept(&backend, &own, first).await;
        let met = FirstDaysFields { first_meeting_on: "2026-11-18".into(), ..FirstDaysFields::default() };
        assert_eq!(backend.note_first_days(&own, first, &met).await.expect("a database"), Ok(()));
        backend.clock.set(a_wednesday() + Duration::days(3));
        let later = |actor: &backend::Actor| backend::Actor { today: backend.clock.today(), ..actor.clone() };
        let (own, other) = (later(&own), later(&other));
        let second = ReferralId(new_id());
        let done = backend.send_memo(&other, second, days, &fields("Esimerkki Aino")).await;
        assert_eq!(done.expect("a database"), Ok(Sent::Once));
        let page = backend.received_memo(&own, second).await.expect("a memo");
        assert_eq!(page.alike.len(), 1, "{:?}", page.alike);
        let client = page.alike[0].client.expect("a client");
        let clients = count(&backend, "select count(*) from client").await;
        let join = DecisionFields {
            accepted: "join".into(),
            client: client.to_string(),
            ..DecisionFields::default()
        };
        assert_eq!(backend.decide_memo(&own, second, &join).await.expect("a database"), Ok(()));
        assert_eq!(count(&backend, "select count(*) from client").await, clients);
        let memo = backend.own_memo(&other, second).await.expect("a memo").sent;
        assert_eq!(
            (memo.course.stage(), memo.course.first_meeting_on, memo.clock),
            (Stage::Accepted, None, None),
            "the first team's days are not told, and nobody waits"
        );
        assert!(matches!(backend.own_memo(&other, first).await, Err(Error::NotThere)));
        assert_eq!(backend.own_memos(&other).await.expect("memos").len(), 1);
        // Another unit's client, or one that is closed, is no choice.
        let third = sent(&backend, &referrer, "Joku Muu").await;
        for code in ["AWAYS", "CLOSED"] {
            let client = crate::helpers::client(&backend, code).await.to_string();
            let join = DecisionFields { client, ..join.clone() };
            let refused = backend.decide_memo(&own, third, &join).await.expect("a database");
            assert_eq!(refused, Err(vec![FieldError::Choice("client")]), "{code}");
        }
    }
}

#[tokio::test]
async fn one_person_in_two_units_is_two_clients_and_neither_unit_hears_of_the_other() {
    for backend in both().await {
        settle(&backend).await;
        let (referrer, own) = (actor(&backend, "REF").await, actor(&backend, "OWN").await);
        let away = actor(&backend, "AWAY").await;
        let there = foreign(&backend, "SOC", "Aino Esimerkki").await;
        let yes = DecisionFields {
            accepted: "yes".into(),
            coach: person(&backend, "AWAY").await.to_string(),
            ..DecisionFields::default()
        };
        assert_eq!(backend.decide_memo(&away, there, &yes).await.expect("a database"), Ok(()));
        let here = sent(&backend, &referrer, "Aino Esimerkki").await;
        let page = backend.received_memo(&own, here).await.expect("a memo");
        assert!(page.alike.is_empty(), "whether another unit knows her is not told: {:?}", page.alike);
        accept(&backend, &own, here).await;
        let of_unit = async |unit: &str| {
            let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
            let (id,): (Uuid,) = backend::fetch_one!(
                tx,
                (Uuid,),
                "select c.id from client c join unit u on u.id = c.unit_id where c.name = $1 and u.code = $2",
                "Aino Esimerkki",
                unit
            )
            .expect("one client of that name");
            domain::ids::ClientId(id)
        };
        let (mine, theirs) = (of_unit("NORTH").await, of_unit("SOUTH").await);
        assert_ne!(mine, theirs);
        assert!(matches!(backend.client_page(&own, theirs).await, Err(Error::NotThere)));
        assert!(matches!(backend.client_page(&away, mine).await, Err(Error::NotThere)));
    }
}

#[tokio::test]
async fn declining_needs_a_reason_and_shutting_out_is_seen_by_the_lead() {
    for backend in both().await {
        settle(&backend).await;
        let (referrer, own) = (actor(&backend, "REF").await, actor(&backend, "OWN").await);
        let lead = actor(&backend, "LEAD").await;
        let id = sent(&backend, &referrer, "Aino Esimerkki").await;
        let decide =
            async |fields: DecisionFields| backend.decide_memo(&own, id, &fields).await.expect("a database");
        assert_eq!(
            decide(declines(DeclineReason::NotReady, "")).await,
            Err(vec![FieldError::Missing("words")])
        );
        assert_eq!(decide(declines(DeclineReason::NotReady, "Liian aikaista.")).await, Ok(()));
        let sent_memo = backend.own_memo(&referrer, id).await.expect("a memo").sent;
        assert_eq!(sent_memo.declined, Some(DeclineReason::NotReady));
        let page = Browser::of(&backend, "REF").await.open(&format!("/referrals/{id}")).await.body;
        assert!(page.contains("Ei valmis työhön") && !page.contains("Liian aikaista."), "the reason only");
        assert_eq!(backend.inbox(&lead).await.expect("an inbox").excluded, Some(1));
        assert_eq!(backend.inbox(&own).await.expect("an inbox").excluded, None, "the flag is the lead's");
        let declined = backend.declined_memos(&lead).await.expect("a trend");
        let month = declined.months[0];
        assert_eq!((month.decided, month.declined, month.excluded, declined.memos.len()), (1, 1, 1, 1));
        assert!(matches!(backend.declined_memos(&own).await, Err(Error::NotThere)));
        // The decision is changed; and once more, which closes the client whom it had made.
        accept(&backend, &own, id).await;
        assert_eq!(backend.declined_memos(&lead).await.expect("a trend").months[0].declined, 0);
        assert_eq!(decide(declines(DeclineReason::OwnWish, "")).await, Ok(()));
        let open = "select count(*) from client where phone is not null and closed_on is null";
        assert_eq!(count(&backend, open).await, 0);
        accept(&backend, &own, id).await;
        assert_eq!(count(&backend, open).await, 1, "the same client again");
        // A declined memo is the unit's for some time only.
        assert_eq!(decide(declines(DeclineReason::OwnWish, "")).await, Ok(()));
        let late =
            |days| backend::Actor { today: a_wednesday().date_naive() + Duration::days(days), ..own.clone() };
        assert!(backend.received_memo(&late(30), id).await.is_ok());
        assert!(matches!(backend.received_memo(&late(31), id).await, Err(Error::NotThere)));
    }
}

#[tokio::test]
async fn a_memo_is_taken_back_until_somebody_was_met_and_brought_back() {
    for backend in both().await {
        settle(&backend).await;
        let (referrer, own) = (actor(&backend, "REF").await, actor(&backend, "OWN").await);
        let id = sent(&backend, &referrer, "Aino Esimerkki").await;
        backend.withdraw_memo(&referrer, id, false).await.expect("taken back");
        let inbox = backend.inbox(&own).await.expect("an inbox");
        assert_eq!((inbox.waiting.len(), inbox.ended.len()), (0, 1));
        let refused = backend.decide_memo(&own, id, &declines(DeclineReason::OwnWish, "")).await;
        assert_eq!(refused.expect("a database"), Err(vec![FieldError::ChangedMeanwhile]));
        backend.withdraw_memo(&referrer, id, true).await.expect("brought back");
        assert_eq!(backend.inbox(&own).await.expect("an inbox").waiting.len(), 1);
        assert_eq!(backend.memos_waiting(&own).await.expect("a number"), 1);
    }
}

#[tokio::test]
async fn a_memo_to_a_unit_where_nobody_is_left_is_refused_in_plain_words() {
    for backend in both().await {
        settle(&backend).await;
        let referrer = actor(&backend, "REF").await;
        let browser = Browser::of(&backend, "REF").await;
        let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
        backend::execute!(
            tx,
            "update post set to_day = $1 where role in ('coach', 'lead') and to_day is null",
            day("2026-11-17")
        )
        .expect("posts end");
        tx.commit().await.expect("a commit");
        let page = browser.open("/referrals/new").await;
        assert!(page.body.contains("ei ole nyt ketään, joka ottaisi lähetteen vastaan"));
        assert!(!page.body.contains("name=\"wish\""), "nobody types for nothing");
        let psy = team(&backend, "PSY").await;
        let refused = backend.send_memo(&referrer, new_id().into(), psy, &fields("Aino")).await;
        assert_eq!(refused.expect("a database"), Err(vec![FieldError::Choice("team")]));
        let (id, psy) = (new_id().to_string(), psy.to_string());
        let form =
            [("id", id.as_str()), ("team", &psy), ("name", "Aino"), ("wish", "Töihin"), ("do", "send")];
        let page = browser.submit("/referrals/new", &form).await;
        assert_eq!(page.status, 422);
        assert!(page.body.contains("Soita yksikköön"));
        assert_eq!(count(&backend, "select count(*) from referral").await, 0);
    }
}

#[tokio::test]
async fn a_referrer_starts_at_the_memos_and_has_no_way_to_anything_else() {
    for backend in both().await {
        settle(&backend).await;
        let browser = Browser::of(&backend, "REF").await;
        let first = browser.open("/").await;
        assert_eq!((first.status.as_u16(), first.header("location")), (303, "/referrals"));
        let page = browser.open("/referrals").await.body;
        assert!(page.contains("href=\"/referrals\"") && page.contains("href=\"/more\""));
        for other in ["href=\"/employers\"", "href=\"/clients\"", "href=\"/visits/new\"", "href=\"/people\""]
        {
            assert!(!page.contains(other), "{other}");
        }
    }
}

#[tokio::test]
async fn no_page_of_memos_or_meetings_asks_more_than_three_questions() {
    for backend in both().await {
        settle(&backend).await;
        let referrer = actor(&backend, "REF").await;
        let id = sent(&backend, &referrer, "Aino Esimerkki").await;
        let own = [format!("/referrals/{id}"), format!("/referrals/{id}/correct")];
        let unit = [format!("/referrals/inbox/{id}"), "/referrals/inbox".into(), "/meetings/team".into()];
        let plain = ["/referrals".to_owned(), "/referrals/new".into()];
        for (code, pages) in [
            ("REF", [&own[..], &plain].concat()),
            ("OWN", unit.to_vec()),
            ("LEAD", [&unit[..], &["/referrals/declined".to_owned()]].concat()),
        ] {
            let browser = Browser::of(&backend, code).await;
            for page in pages {
                let before = backend.tally.reads();
                assert_eq!(browser.open(&page).await.status, 200, "{page} {code}");
                // One more asks who it is.
                assert!(backend.tally.reads() - before <= 4, "{page} {code}");
            }
        }
    }
}

/// A way to ask for something by its id: the method, and the address.
type Way = (&'static str, fn(Uuid) -> String);

/// Everything of a page that its reader could tell from another.
fn told(reply: &crate::helpers::Reply) -> (u16, String) {
    let page = reply.body.split("nonce=\"").map(|part| part.split_once('"').map_or(part, |(_, rest)| rest));
    (reply.status.as_u16(), page.collect())
}

#[tokio::test]
#[expect(clippy::print_stdout, reason = "says what ran")]
async fn ten_thousand_guessed_ids_tell_a_referrer_nothing() {
    const GUESSES: usize = 10_000;
    for backend in both().await {
        settle(&backend).await;
        second_team(&backend).await;
        let referrer = Browser::of(&backend, "REF").await;
        let mut real = vec![
            foreign(&backend, "DAYS", "Vieras Henkilö").await.uuid(),
            foreign(&backend, "SOC", "Toinen Vieras").await.uuid(),
        ];
        for code in ["OPEN", "MATES", "CLOSED", "AWAYS"] {
            real.push(client(&backend, code).await.uuid());
        }
        for code in ["K1", "K2", "K3", "K4", "K5"] {
            real.push(crate::helpers::visit(&backend, code).await.uuid());
        }
        let ways: &[Way] = &[
            ("GET", |id| format!("/referrals/{id}")),
            ("GET", |id| format!("/referrals/{id}/correct")),
            ("GET", |id| format!("/referrals/inbox/{id}")),
            ("GET", |id| format!("/visits/{id}")),
            ("POST", |id| format!("/referrals/{id}/withdraw")),
            ("POST", |id| format!("/referrals/{id}/restore")),
            ("POST", |id| format!("/referrals/{id}/correct")),
            ("POST", |id| format!("/referrals/inbox/{id}/decide")),
            ("POST", |id| format!("/referrals/inbox/{id}/days")),
        ];
        let form = [
            ("do", "send"),
            ("name", "x"),
            ("wish", "x"),
            ("version", "1"),
            ("accepted", "no"),
            ("reason", "own_wish"),
        ];
        let ask = async |(method, way): &Way, id| match *method {
            "GET" => referrer.open(&way(id)).await,
            _ => referrer.submit(&way(id), &form).await,
        };
        let (mut asked, mut hits) = (0, Vec::new());
        for way in ways {
            let nothing = told(&ask(way, new_id()).await);
            assert_eq!(nothing.0, 404);
            for id in &real {
                asked += 1;
                if told(&ask(way, *id).await) != nothing {
                    hits.push(way.1(*id));
                }
            }
        }
        let nothing = told(&ask(&ways[0], new_id()).await);
        let random = |n: usize| {
            Uuid::from_u128((n as u128 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835))
        };
        for n in 0..GUESSES - asked {
            asked += 1;
            if told(&ask(&ways[n % 3], random(n)).await) != nothing {
                hits.push(ways[n % 3].1(random(n)));
            }
        }
        println!("{}: {asked} guessed ids by a referrer, {} hits", backend.store.engine_name(), hits.len());
        assert!(hits.is_empty(), "{hits:?}");
        assert_eq!(asked, GUESSES);
        assert_eq!(count(&backend, "select count(*) from referral where version > 1 or withdrawn_on is not null or received_on is not null").await, 0);
    }
}
