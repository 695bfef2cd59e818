//! Plans made at network meetings, and the client's own copy: written once, corrected in the open, what is left
//! to do goes on, and the paper says what the page says.

use crate::helpers::{
    Browser, TestBackend, a_wednesday, actor, both, client, count, day, employer, open_session, person,
    settle, tamper,
};
use crate::matrix::Relation;
use crate::pdf;
use app::i18n::speaking;
use backend::Actor;
use backend::clock::new_id;
use backend::plans::{Hand, PlanPage, PlanSaved};
use chrono::Days;
use domain::clients::page::NoteFields;
use domain::clients::trust::{ConsentFields, DisclosureFields};
use domain::codes::Language;
use domain::forms::FieldError;
use domain::ids::{ClientId, PlanId};
use domain::plans::{ActionFields, Plan, PlanFields, Responsible};
use std::collections::BTreeMap;
use uuid::Uuid;

/// Stands in notes and matches, and must stand on no paper.
const SECRET: &str = "kuiskaus";

fn fields(agreed: &str) -> PlanFields {
    PlanFields { agreed: agreed.into(), ..PlanFields::untouched(day("2026-11-18"), None) }
}

fn row(what: &str, who: &str, name: &str, by_day: &str) -> ActionFields {
    let (what, who, name, by_day) = (what.into(), who.into(), name.into(), by_day.into());
    ActionFields { what, who, name, by_day, ..ActionFields::free(new_id()) }
}

async fn write(
    backend: &TestBackend,
    who: &Actor,
    of: ClientId,
    rows: &[ActionFields],
    carried: &[Uuid],
) -> PlanId {
    let id = PlanId(new_id());
    let written = backend.write_plan(who, of, id, (&fields("Sovittiin."), rows), carried).await;
    assert_eq!(written.expect("a database"), Ok(PlanSaved::Once));
    id
}

async fn page(backend: &TestBackend, who: &Actor, id: PlanId) -> PlanPage {
    backend.plan(who, id).await.expect("a plan")
}

/// A plan of a client of the unit NORTH, corrected so often, with actions of everybody.
pub async fn planned(backend: &TestBackend, of: ClientId, times: i64) -> PlanId {
    let own = actor(backend, "OWN").await;
    let mate = person(backend, "MATE").await.to_string();
    let rows = [
        row("Soita Kelaan", &mate, "", "2026-11-20"),
        row("Mieti toiveita", "client", "", ""),
        row("Lähetä lausunto", "", "Hoitaja Helka", "2026-12-01"),
    ];
    let id = write(backend, &own, of, &rows, &[]).await;
    for version in 1..=times {
        let fields = fields(&format!("Sovittiin {version}."));
        let corrected = backend.correct_plan(&own, id, version, (&fields, &[]));
        assert_eq!(corrected.await.expect("a database"), Ok(()));
    }
    id
}

/// A plan and one of its actions for each relation to `OWN`.
pub async fn by_relation(backend: &TestBackend) -> BTreeMap<Relation, (Uuid, Uuid)> {
    let mut all = BTreeMap::new();
    for (relation, writer, of) in [
        (Relation::Own, "OWN", "OPEN"),
        (Relation::Team, "MATE", "MATES"),
        (Relation::OtherUnit, "AWAY", "AWAYS"),
        (Relation::Withdrawn, "OWN", "OPEN"),
    ] {
        // Without a password: who has none yet may be invited.
        let token = open_session(backend, writer).await.to_string();
        let who = backend.actor(&token).await.expect("a database").expect("a session");
        let rows = [row("Soita", "", "Helka", "")];
        let id = write(backend, &who, client(backend, of).await, &rows, &[]).await;
        let action = page(backend, &who, id).await.actions[0].action.id;
        if relation == Relation::Withdrawn {
            backend.withdraw_plan(&who, id, false).await.expect("taken back");
        }
        all.insert(relation, (id.uuid(), action));
    }
    all
}

/// The places of a page where `text` stands.
fn times(page: &str, text: &str) -> usize {
    page.matches(text).count()
}

/// What a browser sends of the form of a plan.
struct Sent(Vec<(&'static str, String)>);

impl Sent {
    fn of(id: &str, fields: &[(&'static str, &str)], rows: &[ActionFields]) -> Self {
        let mut all: Vec<(&'static str, String)> = vec![("id", id.to_owned())];
        all.extend(fields.iter().map(|(name, value)| (*name, (*value).to_owned())));
        all.extend(rows.iter().flat_map(|row| row.clone().posted()));
        Self(all)
    }

    fn and(mut self, name: &'static str, value: &str) -> Self {
        self.0.push((name, value.to_owned()));
        self
    }

    async fn to(&self, browser: &Browser, path: &str) -> crate::helpers::Reply {
        let fields: Vec<(&str, &str)> = self.0.iter().map(|(name, value)| (*name, value.as_str())).collect();
        browser.submit(path, &fields).await
    }
}

#[tokio::test]
async fn a_plan_is_written_once_and_stands_on_the_client_s_page() {
    for backend in both().await {
        settle(&backend).await;
        let open = client(&backend, "OPEN").await;
        let coach = Browser::of(&backend, "OWN").await;
        let mate = person(&backend, "MATE").await.to_string();
        let path = format!("/clients/{open}/plans/new");
        let empty = coach.open(&format!("/clients/{open}")).await.body;
        assert!(empty.contains("Suunnitelmaa ei ole vielä tehty."));
        let form = coach.open(&path).await.body;
        assert_eq!(times(&form, "name=\"a_what\""), 6, "free rows");
        for name in ["Oma Valmentaja", "Toinen Valmentaja", "Tiimin Vetäjä", "Oma Lähettäjä", "Asiakas itse"]
        {
            assert!(form.contains(&format!(">{name}<")), "{name} can be responsible: {form}");
        }
        assert!(!form.contains("Muun Yksikön Valmentaja") && !form.contains("Entinen Valmentaja"));

        let id = new_id().to_string();
        let rows = [row("Soita Kelaan", &mate, "", ""), row("Käy tutustumassa", "client", "", "2026-12-04")];
        let sheet = [
            ("day", "2026-11-17"),
            ("present", "client"),
            ("present", "kela"),
            ("topics", "getting"),
            ("wishes", "Kahvilaan töihin"),
            ("agreed", "Haetaan kahvilaan"),
            ("case_workers", "Helka Hoitaja, 040 123"),
            ("next_meeting_on", "2026-12-18"),
        ];
        let sent = Sent::of(&id, &sheet, &rows);
        for press in 0..2 {
            let saved = sent.to(&coach, &path).await;
            assert_eq!(saved.status, 303, "{press}: {}", saved.body);
            assert_eq!(saved.header("location"), format!("/plans/{id}?just=written"));
        }
        assert_eq!(count(&backend, "select count(*) from network_plan").await, 1, "a second press");
        assert_eq!(count(&backend, "select count(*) from plan_action").await, 2);
        // Gone back to, and sent with other words: neither is lost.
        let other = Sent::of(&id, &[("day", "2026-11-17"), ("agreed", "Jotain muuta")], &[]);
        let again = other.to(&coach, &path).await;
        assert!(again.status == 422 && again.body.contains("on jo tallennettu"), "{}", again.body);
        assert!(again.body.contains("Jotain muuta") && !again.body.contains(&format!("value=\"{id}\"")));

        let shown = coach.open(&format!("/plans/{id}?just=written")).await.body;
        for said in [
            "Suunnitelma on tallennettu.",
            "17.11.2026",
            "Asiakas, Kelan työkykyneuvoja",
            "Työhön pääseminen",
            "Kahvilaan töihin",
            "Haetaan kahvilaan",
            "Helka Hoitaja, 040 123",
            "18.12.2026",
            "Soita Kelaan",
            "Toinen Valmentaja, ei sovittua päivää",
        ] {
            assert!(shown.contains(said), "{said}: {shown}");
        }
        let (_, own) = shown.split_once("Asiakkaan omat tehtävät").expect("a card of the client's own");
        assert!(own.contains("Käy tutustumassa"), "the client's own stand apart");
        let card = coach.open(&format!("/clients/{open}")).await.body;
        for said in ["Suunnitelma 17.11.2026", "Seuraava tapaaminen: pe 18.12.", "Asiakas itse, pe 4.12."] {
            assert!(card.contains(said), "{said}: {card}");
        }
        assert!(coach.open(&format!("/clients/{open}/plans")).await.body.contains("Tekemättä: 2"));
        for code in ["AWAY", "REF", "ADMIN", "REV", "FORMER"] {
            let stranger = Browser::of(&backend, code).await;
            for path in
                [format!("/plans/{id}"), format!("/plans/{id}.pdf"), format!("/clients/{open}/copy.pdf")]
            {
                assert_eq!(stranger.open(&path).await.status, 404, "{code} {path}");
            }
        }
    }
}

#[tokio::test]
async fn what_is_wrong_is_said_beside_its_field_and_more_rows_lose_nothing() {
    for backend in both().await {
        settle(&backend).await;
        let open = client(&backend, "OPEN").await;
        let coach = Browser::of(&backend, "OWN").await;
        let path = format!("/clients/{open}/plans/new");
        let nobody = row("Soita Kelaan", "", "", "2026-12-01");
        let id = new_id().to_string();
        let sheet = [("day", "2026-11-19"), ("next_meeting_on", "2026-11-10"), ("wishes", "Töihin")];
        let wrong = Sent::of(&id, &sheet, std::slice::from_ref(&nobody)).to(&coach, &path).await;
        assert_eq!(wrong.status, 422);
        for (place, said) in [
            ("day-error", "Päivä ei ole vielä tullut."),
            ("next_meeting_on-error", "Seuraava tapaaminen ei voi olla ennen tätä."),
            ("r0-a_who-error", "Valitse, kuka tämän tekee, tai kirjoita nimi."),
        ] {
            let (_, beside) = wrong.body.split_once(&format!("id=\"{place}\"")).expect(place);
            let beside: String = beside.chars().take(900).collect();
            assert!(beside.contains(said), "{said}: {beside}");
        }
        assert!(wrong.body.contains("href=\"#r0-a_who\"") && wrong.body.contains("id=\"r0-a_who\""));
        assert_eq!(count(&backend, "select count(*) from network_plan").await, 0);

        let more = Sent::of(&id, &sheet, &[nobody]).and("do", "more").to(&coach, &path).await;
        assert_eq!(more.status, 200, "nothing is looked at yet");
        assert_eq!(times(&more.body, "name=\"a_what\""), 7);
        assert!(
            more.body.contains("value=\"Soita Kelaan\"") && more.body.contains(&format!("value=\"{id}\""))
        );
        assert!(more.body.contains("value=\"2026-12-01\"") && more.body.contains("Töihin"));
        // Nothing at all is no plan; a person of another unit is nobody who can be chosen.
        let empty = Sent::of(&id, &[("day", "2026-11-18")], &[]).to(&coach, &path).await;
        assert!(empty.status == 422 && empty.body.contains("lisää ainakin yksi tehtävä"));
        let away = row("Soita", &person(&backend, "AWAY").await.to_string(), "", "");
        let stranger = Sent::of(&id, &[("day", "2026-11-18")], &[away]).to(&coach, &path).await;
        assert!(stranger.status == 422 && stranger.body.contains("Tätä henkilöä ei voi valita."));
    }
}

#[tokio::test]
async fn a_correction_keeps_how_it_stood_and_two_at_once_both_see_both() {
    for backend in both().await {
        settle(&backend).await;
        let open = client(&backend, "OPEN").await;
        let (own, mate) = (actor(&backend, "OWN").await, actor(&backend, "MATE").await);
        let id = write(&backend, &own, open, &[row("Soita Kelaan", "client", "", "")], &[]).await;
        let action = page(&backend, &own, id).await.actions[0].action.clone();
        backend.settle_action(&mate, id, action.id, true).await.expect("done");

        // The colleague adds an action and words a row anew; it is still done, and the same one.
        let reworded = ActionFields { what: "Soita Kelaan heti".into(), ..ActionFields::of(&action) };
        let rows = [reworded, row("Varaa aika", "", "Helka", "2026-12-01")];
        let corrected = backend.correct_plan(&mate, id, 1, (&fields("Sovittiin uusi."), &rows)).await;
        assert_eq!(corrected.expect("a database"), Ok(()));
        let twice = backend.correct_plan(&mate, id, 1, (&fields("Sovittiin uusi."), &rows)).await;
        assert_eq!(twice.expect("a database"), Ok(()), "the same press twice");
        let after = page(&backend, &own, id).await;
        assert_eq!((after.version, after.by.as_str(), after.earlier.len()), (2, "Toinen Valmentaja", 1));
        let first = &after.actions[0];
        assert_eq!((first.action.id, first.action.what.as_str()), (action.id, "Soita Kelaan heti"));
        assert_eq!(
            (first.action.done_on, first.done_by.as_str()),
            (Some(day("2026-11-18")), "Toinen Valmentaja")
        );
        let kept = &after.earlier[0];
        assert_eq!((kept.by.as_str(), kept.kept.plan.agreed.as_str()), ("Oma Valmentaja", "Sovittiin."));
        assert_eq!(kept.kept.actions[0].0.what, "Soita Kelaan");

        // The coach's form is of before: both are shown, and what the colleague added is in the form now.
        let coach = Browser::of(&backend, "OWN").await;
        let path = format!("/plans/{id}/edit");
        let sheet = [("version", "1"), ("day", "2026-11-18"), ("agreed", "Sovittiin toisin.")];
        let stale = Sent::of("", &sheet, &[ActionFields::of(&action)]).to(&coach, &path).await;
        assert_eq!(stale.status, 422);
        for said in
            ["Joku ehti muuttaa tietoja", "Sovittiin uusi.", "Sovittiin toisin.", "value=\"Varaa aika\""]
        {
            assert!(stale.body.contains(said), "{said}: {}", stale.body);
        }
        assert!(stale.body.contains("name=\"version\" value=\"2\""), "the next press saves: {}", stale.body);
        // A form that names no row takes none away; a row goes when it is ticked.
        let sheet = [("version", "2"), ("day", "2026-11-18"), ("agreed", "Sovittiin toisin.")];
        assert_eq!(Sent::of("", &sheet, &[]).to(&coach, &path).await.status, 303);
        let there = page(&backend, &own, id).await;
        assert_eq!((there.actions.len(), there.version), (2, 3));
        let gone = ActionFields::of(&there.actions[1].action);
        let sheet = [("version", "3"), ("day", "2026-11-18"), ("agreed", "Sovittiin toisin.")];
        let dropped = Sent::of("", &sheet, std::slice::from_ref(&gone)).and("a_drop", &gone.id);
        assert_eq!(dropped.to(&coach, &path).await.status, 303);
        let there = page(&backend, &own, id).await;
        assert_eq!(there.actions.len(), 1);
        assert_eq!(there.earlier[0].kept.actions.len(), 2, "it stands in the version before");
        let shown = coach.open(&format!("/plans/{id}")).await.body;
        assert!(
            shown.contains("Versio 1, Oma Valmentaja, 18.11.2026") && shown.contains("Varaa aika. Helka")
        );
        // A version is brought back with one press, and what came after it stays as a version, too.
        let back = form_of(&shown, "Ota tämä versio takaisin: 2");
        let fields: Vec<(&str, &str)> =
            back.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(coach.submit(&path, &fields).await.status, 303);
        let there = page(&backend, &own, id).await;
        assert_eq!((there.plan.agreed.as_str(), there.version), ("Sovittiin uusi.", 5));
        let whats: Vec<&str> = there.actions.iter().map(|seen| seen.action.what.as_str()).collect();
        assert_eq!(whats, ["Soita Kelaan heti", "Varaa aika"]);
        assert_eq!(there.actions[0].action.done_on, Some(day("2026-11-18")));
        assert_eq!(there.plan.present, after.plan.present);
    }
}

/// What the form with a button of this label posts.
fn form_of(page: &str, label: &str) -> Vec<(String, String)> {
    let (before, _) = page.split_once(&format!("aria-label=\"{label}\"")).expect(label);
    let (_, form) = before.rsplit_once("<form").expect("a form");
    let attribute = |input: &str, name: &str| {
        let (_, rest) = input.split_once(&format!("{name}=\"")).unwrap_or_default();
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    let inputs = form.split("<input").skip(1);
    inputs.map(|input| (attribute(input, "name"), attribute(input, "value"))).collect()
}

/// How many open actions wait for a person, as the page of the day asks.
async fn waits_for_mate(backend: &TestBackend) -> i64 {
    count(
        backend,
        "select count(*) from plan_action a join network_plan n on n.id = a.plan_id join person p on p.id = a.responsible_id
         where p.code = 'MATE' and a.done_on is null and n.withdrawn_at is null",
    )
    .await
}

#[tokio::test]
async fn what_is_left_to_do_goes_on_in_the_next_plan_and_waits_once() {
    for backend in both().await {
        settle(&backend).await;
        let open = client(&backend, "OPEN").await;
        let own = actor(&backend, "OWN").await;
        let mate = person(&backend, "MATE").await.to_string();
        let rows = [
            row("Soita Kelaan", &mate, "", "2026-11-20"),
            row("Varaa aika", &mate, "", ""),
            row("Kirjoita hakemus", "client", "", ""),
        ];
        let first = write(&backend, &own, open, &rows, &[]).await;
        let of = async |id| page(&backend, &own, id).await;
        let ids: Vec<Uuid> = of(first).await.actions.iter().map(|seen| seen.action.id).collect();
        backend.settle_action(&own, first, ids[2], true).await.expect("done");
        assert_eq!(waits_for_mate(&backend).await, 2);

        backend.clock.set(a_wednesday() + Days::new(1));
        let own = Actor { today: day("2026-11-19"), ..own.clone() };
        let coach = Browser::of(&backend, "OWN").await;
        let form = coach.open(&format!("/clients/{open}/plans/new")).await.body;
        assert_eq!(times(&form, "name=\"carry\""), 2, "what is open: {form}");
        assert_eq!(
            times(&form.replace("checked=\"\"", "checked"), " checked"),
            2 + 2,
            "ticked, with who took part"
        );
        assert!(form.contains("Kirjoita hakemus (Tehty 18.11.2026, Oma Valmentaja)"));

        let second = write(&backend, &own, open, &[row("Uusi asia", "client", "", "")], &ids[..1]).await;
        assert_eq!(waits_for_mate(&backend).await, 2, "each waits once");
        let (old, new) = (of(first).await, of(second).await);
        assert_eq!(
            (old.actions[0].carried_to, old.actions[0].who.as_str()),
            (Some(second), "Toinen Valmentaja")
        );
        assert!(!old.actions[0].is_open() && old.actions[1].is_open(), "what is not ticked stays");
        let carried = &new.actions[0].action;
        assert_eq!((carried.what.as_str(), carried.by_day), ("Soita Kelaan", Some(day("2026-11-20"))));
        assert!(matches!(carried.responsible, Responsible::Person(_)));
        assert!(backend.settle_action(&own, first, ids[0], true).await.is_err(), "it is done where it went");
        let card = backend.client_page(&own, open).await.expect("a page");
        assert_eq!((card.plans.len(), card.plan_actions.len()), (2, 3));

        // The new plan was a mistake: what it went on with waits under the old one, until it is brought back.
        backend.withdraw_plan(&own, second, false).await.expect("taken back");
        assert_eq!(waits_for_mate(&backend).await, 2);
        assert!(of(first).await.actions[0].is_open());
        let back = of(first).await.actions[0].action.responsible.clone();
        assert!(matches!(back, Responsible::Person(_)));
        assert_eq!(backend.client_page(&own, open).await.expect("a page").plans.len(), 1);
        let shown = coach.open(&format!("/plans/{second}")).await.body;
        assert!(shown.contains("Tämä suunnitelma on kumottu.") && !shown.contains("/edit\""));
        backend.withdraw_plan(&own, second, true).await.expect("brought back");
        assert_eq!(waits_for_mate(&backend).await, 2);
        assert!(!of(first).await.actions[0].is_open());
        // An action that is taken out of the new plan waits under the old one again.
        let out =
            ActionFields { dropped: "yes".into(), ..ActionFields::of(&of(second).await.actions[0].action) };
        let corrected = backend.correct_plan(&own, second, 1, (&fields("Sovittiin."), &[out])).await;
        assert_eq!(corrected.expect("a database"), Ok(()));
        assert_eq!(waits_for_mate(&backend).await, 2);
        assert!(of(first).await.actions[0].is_open());
    }
}

#[tokio::test]
async fn done_is_one_press_with_who_and_when_and_can_be_taken_back() {
    for backend in both().await {
        settle(&backend).await;
        let id = planned(&backend, client(&backend, "OPEN").await, 0).await;
        let own = actor(&backend, "OWN").await;
        let action = page(&backend, &own, id).await.actions[0].action.id;
        let coach = Browser::of(&backend, "OWN").await;
        let at = format!("/plans/{id}/actions/{action}");
        let pressed = coach.submit(&format!("{at}/done"), &[]).await;
        assert_eq!(pressed.header("location"), format!("/plans/{id}?just=done&item={action}"));
        backend.clock.set(a_wednesday() + Days::new(3));
        let lead = Browser::of(&backend, "LEAD").await;
        assert_eq!(lead.submit(&format!("{at}/done"), &[]).await.status, 303, "a second press");
        let coach = Browser::of(&backend, "OWN").await;
        let shown = coach.open(pressed.header("location")).await.body;
        assert!(shown.contains("Merkitty tehdyksi.") && shown.contains(&format!("action=\"{at}/undone\"")));
        assert!(shown.contains("Tehty 18.11.2026, Oma Valmentaja"), "who was first: {shown}");
        assert_eq!(waits_for_mate(&backend).await, 0);
        coach.submit(&format!("{at}/undone"), &[]).await;
        assert_eq!(waits_for_mate(&backend).await, 1);
        let elsewhere = format!("/plans/{id}/actions/{}/done", new_id());
        assert_eq!(coach.submit(&elsewhere, &[]).await.status, 404);
        let noted = "select count(*) from use_log where object_kind = 'network_plan' and action in ('settle', 'reopen')";
        assert_eq!(count(&backend, noted).await, 3);
    }
}

#[tokio::test]
async fn who_has_left_is_named_and_the_action_is_given_to_somebody_else() {
    for (sql, why) in [
        (
            "update post set to_day = '2026-11-17' where person_id = (select id from person where code = 'MATE')",
            "left",
        ),
        ("update person set locked_at = created_at where code = 'MATE'", "locked"),
    ] {
        for backend in both().await {
            settle(&backend).await;
            let id = planned(&backend, client(&backend, "OPEN").await, 0).await;
            tamper(&backend, sql).await.expect(why);
            let own = actor(&backend, "OWN").await;
            let coach = Browser::of(&backend, "OWN").await;
            let seen = page(&backend, &own, id).await.actions[0].clone();
            assert!(seen.gone && seen.who == "Toinen Valmentaja", "{why}: {seen:?}");
            let shown = coach.open(&format!("/plans/{id}")).await.body;
            assert!(shown.contains("ei enää töissä täällä"), "{why}: {shown}");
            let path = format!("/plans/{id}/actions/{}/hand", seen.action.id);
            assert!(shown.contains(&format!("action=\"{path}\"")));
            // A correction of the rest asks for nobody else: the row stays as it is.
            let rows = [ActionFields::of(&seen.action)];
            let corrected = backend.correct_plan(&own, id, 1, (&fields("Muuta."), &rows)).await;
            assert_eq!(corrected.expect("a database"), Ok(()));

            let nobody = coach.submit(&path, &[]).await;
            assert!(nobody.status == 422 && nobody.body.contains("Valitse, kuka tämän tekee"));
            let stranger = Hand { who: person(&backend, "AWAY").await.to_string(), ..Hand::default() };
            let refused = backend.hand_action(&own, id, seen.action.id, &stranger).await.expect("a database");
            assert_eq!(refused, Err(FieldError::Choice("who")));
            let lead = person(&backend, "LEAD").await.to_string();
            let given = coach.submit(&path, &[("who", &lead)]).await;
            assert_eq!(given.header("location"), format!("/plans/{id}?just=handed"));
            let after = page(&backend, &own, id).await;
            assert_eq!((after.actions[0].who.as_str(), after.actions[0].gone), ("Tiimin Vetäjä", false));
            assert_eq!(after.actions[0].action.id, seen.action.id);
            assert_eq!(after.earlier[0].kept.actions[0].1, "Toinen Valmentaja", "what stood is kept");
            assert_eq!(waits_for_mate(&backend).await, 0);
        }
    }
}

#[tokio::test]
async fn a_closed_client_s_plans_are_there_while_they_are_kept_and_not_after() {
    for backend in both().await {
        settle(&backend).await;
        let id = planned(&backend, client(&backend, "OPEN").await, 0).await;
        tamper(&backend, "update client set closed_on = '2026-11-18' where code = 'OPEN'")
            .await
            .expect("closed");
        let open = client(&backend, "OPEN").await;
        for (days, there) in [(1, true), (30, true), (31, false)] {
            backend.clock.set(a_wednesday() + Days::new(days));
            let token = open_session(&backend, "OWN").await.to_string();
            let browser = Browser::new(&backend).with(Some(&token));
            let status = if there { 200 } else { 404 };
            for path in [
                format!("/plans/{id}"),
                format!("/plans/{id}.pdf"),
                format!("/plans/{id}/edit"),
                format!("/clients/{open}/plans"),
                format!("/clients/{open}/copy"),
                format!("/clients/{open}/copy.pdf"),
            ] {
                assert_eq!(browser.open(&path).await.status, status, "{path} after {days} days");
            }
            let sheet = Sent::of(&new_id().to_string(), &[("day", "2026-11-18"), ("agreed", "x")], &[]);
            let written = sheet.to(&browser, &format!("/clients/{open}/plans/new")).await.status;
            assert_eq!(written, if there { 303 } else { 404 }, "writing after {days} days");
        }
    }
}

/// A text of so many letters.
fn letters(count: usize) -> String {
    "Sana ja toinen sana, kolmas. ".chars().cycle().take(count).collect::<String>().trim().to_owned()
}

#[tokio::test]
async fn a_usual_plan_goes_on_one_page_that_a_screen_reader_reads_and_a_long_one_flows_on() {
    for backend in both().await {
        settle(&backend).await;
        let (own, open) = (actor(&backend, "OWN").await, client(&backend, "OPEN").await);
        let note = NoteFields { day: "2026-11-18".into(), words: SECRET.into() };
        backend.write_note(&own, open, new_id(), &note).await.expect("a database").expect("a note");
        let full = PlanFields {
            present: "client coach kela nurse".into(),
            names: "Helka Hoitaja, Kalle Kuntoutus, Kaisa Kela".into(),
            topics: "getting coping".into(),
            wishes: letters(600),
            goes_well: letters(600),
            hard: letters(600),
            case_workers: "Helka Hoitaja 040 123, Kalle Kuntoutus 040 456".into(),
            next_meeting_on: "2027-01-15".into(),
            ..fields(&letters(600))
        };
        let mate = person(&backend, "MATE").await.to_string();
        let of = |at: usize| {
            let what = format!("Tehtävä {at}: selvitä työkokeilun ehdot ja kerro asiakkaalle");
            match at % 3 {
                0 => row(&what, "client", "", "2026-12-01"),
                1 => row(&what, &mate, "", ""),
                _ => row(&what, "", "Helka Hoitaja", "2026-12-24"),
            }
        };
        let rows: Vec<ActionFields> = (0..12).map(of).collect();
        let id = PlanId(new_id());
        let written = backend.write_plan(&own, open, id, (&full, &rows), &[]).await.expect("a database");
        assert_eq!(written, Ok(PlanSaved::Once));
        let seen = page(&backend, &own, id).await;
        assert!(domain::plans::fits_a_page(&seen.plan, seen.actions.iter().map(|seen| &seen.action)));
        let coach = Browser::of(&backend, "OWN").await;
        for (language, title, own_tasks) in [
            ("fi", "Asiakkuussuunnitelma 18.11.2026", "Omat tehtäväsi"),
            ("sv", "Klientplan 18.11.2026", "Dina egna uppgifter"),
            ("en", "Client plan 18 Nov 2026", "Your own tasks"),
        ] {
            let reply = coach.open(&format!("/plans/{id}.pdf?language={language}")).await;
            assert_eq!((reply.status.as_u16(), reply.header("content-type")), (200, "application/pdf"));
            let paper = pdf::document(&reply.bytes);
            assert_eq!(paper.get_pages().len(), 1, "{language}");
            let said = pdf::whole(&paper);
            for words in [title, own_tasks, "Salme Salainen", "Tehtävä 11: selvitä", "Helka Hoitaja 040 123"]
            {
                assert!(said.contains(words), "{words}: {said}");
            }
            assert!(!said.contains(SECRET));
            let tags = pdf::tags(&paper);
            // What was said, who does what, the client's own, the next meeting; each table with its header cells.
            let all = ["/H1", "/H2", "/Table", "/THead/TR/TH", "/TBody/TR"].map(|tag| pdf::count(&tags, tag));
            assert_eq!(all, [1, 7, 2, 4 + 3, 12], "{tags:?}");
            assert!(reply.bytes.windows(16).any(|bytes| bytes == b"<pdfuaid:part>1<"), "PDF/UA-1");
        }
        let said = pdf::whole(&pdf::document(&coach.open(&format!("/plans/{id}.pdf")).await.bytes));
        assert!(
            said.ends_with("Kopio asiakkaalle: Salme Salainen, 18.11.2026 Sivu 1 / 1"),
            "the foot: {said}"
        );
        assert_eq!(said.matches(&letters(600)).count(), 4, "every word of it");

        // What the page says about fitting is never more than what the paper can do.
        for (letters_each, actions) in
            [(0, 30), (300, 20), (600, 12), (700, 14), (800, 10), (900, 4), (1000, 2), (1000, 8)]
        {
            let text = letters(letters_each);
            let [wishes, goes_well, hard, agreed] = std::array::from_fn(|_| text.clone());
            let plan = Plan { wishes, goes_well, hard, agreed, ..seen.plan.clone() };
            let actions = seen.actions.iter().cycle().take(actions).cloned().collect::<Vec<_>>();
            let fits = domain::plans::fits_a_page(&plan, actions.iter().map(|seen| &seen.action));
            let page = PlanPage { plan, actions, ..seen.clone() };
            let paper = speaking(Language::Finnish, || app::plans::plan_paper(&page));
            let pages = pdf::document(&server::pdf::write(&paper).expect("a document")).get_pages().len();
            assert!(!fits || pages == 1, "{letters_each} letters, {} actions: {pages}", page.actions.len());
        }

        let long = PlanFields { agreed: letters(3900), wishes: letters(3900), ..full };
        let corrected = backend.correct_plan(&own, id, 1, (&long, &[])).await.expect("a database");
        assert_eq!(corrected, Ok(()));
        let paper = pdf::document(&coach.open(&format!("/plans/{id}.pdf")).await.bytes);
        assert!(paper.get_pages().len() > 1);
        assert!(
            coach.open(&format!("/plans/{id}")).await.body.contains("ei mahdu paperilla yhdelle sivulle")
        );
        let given = "select count(*) from use_log where object_kind = 'network_plan' and action = 'export'";
        assert_eq!(count(&backend, given).await, 5, "each paper is noted");
    }
}

/// The texts of a page's sheet, in their order.
fn texts(page: &str) -> Vec<String> {
    let (_, sheet) = page.split_once("<article").expect("a sheet");
    let (sheet, _) = sheet.split_once("</article>").expect("its end");
    let bare = sheet.split('>').skip(1).filter_map(|part| part.split('<').next());
    let plain = |text: &str| text.replace("&amp;", "&").split_whitespace().collect::<Vec<_>>().join(" ");
    bare.map(plain).filter(|text| !text.is_empty()).collect()
}

/// The smallest letters of a document, in points.
fn smallest(document: &lopdf::Document) -> f32 {
    let mut smallest = f32::MAX;
    for page in document.get_pages().into_values() {
        let content = lopdf::content::Content::decode(&document.get_page_content(page)).expect("a page");
        let sizes = content.operations.iter().filter(|operation| operation.operator == "Tf");
        smallest =
            sizes.filter_map(|operation| operation.operands[1].as_float().ok()).fold(smallest, f32::min);
    }
    smallest
}

async fn something_of_everything(backend: &TestBackend) -> ClientId {
    let (own, open) = (actor(backend, "OWN").await, client(backend, "OPEN").await);
    let note = NoteFields { day: "2026-11-18".into(), words: SECRET.into() };
    backend.write_note(&own, open, new_id(), &note).await.expect("a database").expect("a note");
    backend.note_talk(&own, open, new_id(), &note).await.expect("a database").expect("a talk");
    planned(backend, open, 0).await;
    let told = |to: &str, much: &str, words: &str, from: &str| DisclosureFields {
        employer: to.into(),
        may_tell: much.into(),
        agreed_words: words.into(),
        from_day: from.into(),
    };
    let e1 = employer(backend, "E1").await.to_string();
    for told in [
        told("", "service", "Vanhat sanat.", "2026-02-01"),
        told("", "needs", "Tarvitsee rauhallisen aloituksen.", "2026-03-01"),
        told(&e1, "nothing", "", "2026-04-01"),
    ] {
        backend.note_disclosure(&own, open, new_id(), &told).await.expect("a database").expect("agreed");
    }
    for (recipient, to_day) in [("Kela", "2026-12-31"), ("Entinen taho", "2026-10-31")] {
        let consent = ConsentFields {
            recipient: recipient.into(),
            categories: "limits".into(),
            purpose: "Kuntoutuksen suunnittelu".into(),
            from_day: "2026-03-02".into(),
            to_day: to_day.into(),
        };
        backend.note_consent(&own, open, new_id(), &consent).await.expect("a database").expect("a consent");
    }
    let (job, coach, e2) = (new_id(), own.person.uuid(), employer(backend, "E2").await.uuid());
    let (now, began) = (backend.clock.now(), day("2026-10-01"));
    let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
    for (id, title, ended) in
        [(job, "keittiöapulainen", None), (new_id(), "siivooja", Some(day("2026-10-31")))]
    {
        backend::execute!(
            tx,
            "insert into job (id, code, client_id, employer_id, title, started_on, ended_on, minutes_per_week,
                 subsidy_until, words)
             values ($1, $2, $3, $4, $5, $6, $7, 1200, $8, 'kuiskaus')",
            id, id.to_string(), open.uuid(), e2, title, began, ended, day("2027-02-28")
        )
        .expect("a job");
    }
    backend::execute!(
        tx,
        "insert into job_terms (id, job_id, from_day, title, minutes_per_week, subsidy_until, words, person_id, noted_at)
         values ($1, $2, $3, 'kokki', 1350, $4, 'kuiskaus', $5, $6)",
        new_id(), job, day("2026-11-01"), day("2027-03-31"), coach, now
    )
    .expect("terms");
    backend::execute!(
        tx,
        "insert into support_agreement (id, client_id, job_id, from_day, kind, every_days, stands_by, words, person_id,
             noted_at)
         values ($1, $2, $3, $4, 'rhythm', 14, '', 'kuiskaus', $5, $6)",
        new_id(), open.uuid(), job, began, coach, now
    )
    .expect("an agreement");
    backend::execute!(
        tx,
        "insert into job_match (id, client_id, employer_id, coach_id, began_on, why, why_not, noted_at)
         values ($1, $2, $3, $4, $5, 'kuiskaus', 'kuiskaus', $6)",
        new_id(),
        open.uuid(),
        e2,
        coach,
        began,
        now
    )
    .expect("a match");
    tx.commit().await.expect("a commit");
    open
}

#[tokio::test]
async fn a_client_s_copy_says_what_was_agreed_and_nothing_else_on_the_page_and_on_paper() {
    for backend in both().await {
        settle(&backend).await;
        let open = something_of_everything(&backend).await;
        let coach = Browser::of(&backend, "OWN").await;
        let asked = "language=fi&reach=040%20765%204321";
        let screen = coach.open(&format!("/clients/{open}/copy?{asked}")).await;
        assert_eq!((screen.status.as_u16(), screen.header("cache-control")), (200, "no-store"));
        let title = screen.body.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
        assert!(title.is_some_and(|(title, _)| !title.contains("Salme")), "a tab tells no name");
        let paper = pdf::document(&coach.open(&format!("/clients/{open}/copy.pdf?{asked}")).await.bytes);
        let (said, sheet) = (pdf::whole(&paper), texts(&screen.body));
        for text in &sheet {
            assert!(said.contains(text.as_str()), "the paper says what the page says: {text}: {said}");
        }
        let whole = sheet.join(" ");
        for words in [
            "Salme Salainen",
            "Se ei maksa sinulle mitään.",
            "Olet tehnyt yhteistyösopimuksen 12.1.2026.",
            "Valmentajasi: Oma Valmentaja.",
            "Näin saat yhteyden: 040 765 4321.",
            "Mieti toiveita",
            "Hoitaja Helka",
            "Kaikille työnantajille Mitä tarvitset työssä Tarvitsee rauhallisen aloituksen.",
            "Konditori Åkerlund Ab Ei mitään, ei edes sitä, että sinulla on valmentaja –",
            "Kela Mikä rajoittaa työtäsi. Kuntoutuksen suunnittelu 31.12.2026",
            "kokki, Rantakorpi Kauppa Oy. Alkaen 1.10.2026. Tunteja viikossa: 22,5.",
            "Työnantaja saa palkkatukea 31.3.2027 asti.",
            "valmentaja on yhteydessä noin 14 päivän välein",
            "Tuki jatkuu niin kauan kuin haluat.",
        ] {
            assert!(whole.contains(words), "{words}: {whole}");
        }
        for words in
            [SECRET, "Vanhat sanat", "Entinen taho", "siivooja", "Terho", "Puhuttiin Salmen vuoroista"]
        {
            assert!(!said.contains(words) && !whole.contains(words), "{words}: {said}");
        }
        assert!(smallest(&paper) >= 12.0, "{}", smallest(&paper));
        let tags = pdf::tags(&paper);
        assert_eq!(pdf::count(&tags, "/H1"), 1);
        assert!(pdf::count(&tags, "/H2") >= 8, "{tags:?}");
        for language in [Language::Swedish, Language::English] {
            use domain::codes::Code;
            let code = language.code();
            let page = coach.open(&format!("/clients/{open}/copy?language={code}")).await.body;
            assert!(page.contains(&format!("lang=\"{code}\"")), "{code}: {page}");
            assert!(page.contains("Asiakkaan kieli"), "the coach's own words around it");
            let reply = coach.open(&format!("/clients/{open}/copy.pdf?language={code}")).await;
            let said = pdf::whole(&pdf::document(&reply.bytes));
            assert!(texts(&page).iter().all(|text| said.contains(text.as_str())), "{code}: {said}");
        }
        let given = "select count(*) from use_log l join use_log_client c on c.seq = l.seq
                     where l.object_kind = 'copy' and l.action = 'export'";
        assert_eq!(count(&backend, given).await, 3, "each copy that is given out is noted");
        let uses = Browser::of(&backend, "LEAD").await.open(&format!("/clients/{open}/uses")).await.body;
        assert!(uses.contains("Otti tiedostona: asiakkaan oma kooste"), "{uses}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_said_plainly_in_a_copy() {
    for backend in both().await {
        settle(&backend).await;
        tamper(&backend, "update client set agreement_on = null where code = 'MATES'")
            .await
            .expect("no agreement");
        tamper(&backend, "update client_coach set to_day = '2026-11-01'").await.expect("no coach");
        let of = client(&backend, "MATES").await;
        let screen = Browser::of(&backend, "LEAD").await.open(&format!("/clients/{of}/copy")).await.body;
        let whole = texts(&screen).join(" ");
        for words in [
            "Sinulla ei ole vielä yhteistyösopimusta.",
            "Sinulla ei ole nyt omaa valmentajaa.",
            "Sinulla ei ole vielä suunnitelmaa.",
            "Työnantajille ei kerrota sinusta mitään.",
            "Et ole antanut suostumuksia.",
            "Sinulla ei ole vielä työpaikkaa",
        ] {
            assert!(whole.contains(words), "{words}: {whole}");
        }
        assert!(!whole.contains("Tuki työssä"), "what is not there is left out");
    }
}
