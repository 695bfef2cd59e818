//! Who may see what, for how long, and who finds out: stand-ins, reading with a written reason, the alarm,
//! a client's uses.

use crate::helpers::{
    Browser, PASSWORD, TestBackend, a_wednesday, actor, both, client, count, employer, entry, open_session,
    person, plain_visit, send, settle, token_of,
};
use backend::Actor;
use backend::audit::Use;
use backend::clock::new_id;
use backend::store::Engine;
use chrono::{DateTime, Duration, Utc};
use domain::access::{Action, Object, Relation};
use domain::ids::ClientId;
use domain::people::{GlassFields, SubstituteFields};
use domain::sync::{Command, Outcome};
use domain::visits::LogVisit;

const REASON: &str = "Työpari sairastui, ja asiakas odottaa tapaamista.";

fn at(text: &str) -> DateTime<Utc> {
    text.parse().expect("an instant")
}

/// The person as a request now finds them.
async fn now(backend: &TestBackend, code: &str) -> Actor {
    let token = open_session(backend, code).await.to_string();
    backend.actor(&token).await.expect("a database").expect("a session")
}

/// Is a visit for a client taken from this person now?
async fn works_for(backend: &TestBackend, code: &str, of: &str) -> bool {
    let actor = now(backend, code).await;
    let visit = LogVisit {
        client: Some(client(backend, of).await),
        day: backend.clock.today(),
        ..plain_visit(employer(backend, "E1").await)
    };
    let outcome = send(backend, &actor, &entry(&Command::LogVisit(visit))).await;
    matches!(outcome, Outcome::Committed(_))
}

#[tokio::test]
async fn a_stand_in_sees_the_clients_from_the_first_day_to_the_last_and_not_a_day_longer() {
    for backend in both().await {
        settle(&backend).await;
        let lead = Browser::of(&backend, "LEAD").await;
        let (own, away) =
            (person(&backend, "OWN").await.to_string(), person(&backend, "AWAY").await.to_string());
        let form = [
            ("coach", own.as_str()),
            ("substitute", &away),
            ("from_day", "2026-11-20"),
            ("to_day", "2026-11-22"),
        ];
        let named = lead.submit("/people/substitutes", &form).await;
        assert_eq!(named.header("location"), "/people/substitutes?named=1", "{}", named.body);
        // In Helsinki the day begins two hours before that of UTC.
        for (instant, sees) in [
            ("2026-11-19T21:59:59Z", false),
            ("2026-11-19T22:00:00Z", true),
            ("2026-11-22T21:59:59Z", true),
            ("2026-11-22T22:00:00Z", false),
        ] {
            backend.clock.set(at(instant));
            assert_eq!(works_for(&backend, "AWAY", "OPEN").await, sees, "{instant}");
            assert!(!works_for(&backend, "AWAY", "MATES").await, "of this coach only, {instant}");
            assert!(!works_for(&backend, "AWAY", "CLOSED").await, "open clients only, {instant}");
        }
    }
}

#[tokio::test]
async fn standing_in_ends_early_at_once_and_the_ending_is_taken_back() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let away = person(&backend, "AWAY").await;
        let fields = SubstituteFields {
            coach: own.person.to_string(),
            substitute: away.to_string(),
            from_day: "2026-11-18".into(),
            to_day: "2026-12-18".into(),
        };
        let id = backend.appoint_substitute(&own, &fields).await.expect("a database").expect("named");
        assert!(works_for(&backend, "AWAY", "OPEN").await);
        let browser = Browser::of(&backend, "OWN").await;
        let list = browser.open("/people/substitutes").await;
        assert!(list.body.contains("Muun Yksikön Valmentaja") && list.body.contains("Päätä heti"));
        let ended = browser.submit(&format!("/people/substitutes/{id}/end"), &[]).await;
        assert!(browser.open(ended.header("location")).await.body.contains("Sijaisuus on päätetty"));
        assert!(!works_for(&backend, "AWAY", "OPEN").await);
        browser.submit(&format!("/people/substitutes/{id}/resume"), &[]).await;
        assert!(works_for(&backend, "AWAY", "OPEN").await);
        // Nobody but those who work in the field stands in, and nobody for themselves.
        for code in ["FORMER", "REF", "ADMIN", "OWN"] {
            let substitute = person(&backend, code).await.to_string();
            let said =
                backend.appoint_substitute(&own, &SubstituteFields { substitute, ..fields.clone() }).await;
            assert!(said.expect("a database").is_err(), "{code}");
        }
        let noted = "select count(*) from use_log where object_kind = 'substitute'";
        assert_eq!(count(&backend, noted).await, 3);
    }
}

fn glass(unit: &str, client: &str, reason: &str) -> GlassFields {
    GlassFields { unit: unit.to_owned(), client: client.to_owned(), reason: reason.to_owned() }
}

/// A page without its nonce.
fn bare(body: &str) -> String {
    body.split("nonce=\"").map(|part| part.split_once('"').map_or(part, |(_, rest)| rest)).collect()
}

async fn reads(backend: &TestBackend, code: &str, of: &str) -> bool {
    let object = Object::Client {
        id: client(backend, of).await,
        unit: crate::helpers::id_of(backend, "unit", "NORTH").await.into(),
        relation: Relation::Open,
        coaches: Vec::new(),
    };
    now(backend, code).await.may(Action::ReadClient, &object)
}

#[tokio::test]
async fn whether_there_is_such_a_client_is_told_to_nobody() {
    for backend in both().await {
        settle(&backend).await;
        let away = Browser::of(&backend, "AWAY").await;
        let north = crate::helpers::id_of(&backend, "unit", "NORTH").await.to_string();
        let ask = async |named: &str, reason: &str, password: &str| {
            let fields =
                [("unit", north.as_str()), ("client", named), ("reason", reason), ("password", password)];
            away.submit("/break-glass", &fields).await
        };
        // Not without a reason, not without the password.
        assert_eq!(ask("OPEN", "kiire", PASSWORD).await.status, 422);
        let wrong = ask("OPEN", REASON, "aivan väärä sana").await;
        assert!(wrong.status == 422 && wrong.body.contains("Salasana on väärä"));
        assert!(!reads(&backend, "AWAY", "OPEN").await);
        // The same page either way, word for word; the exact name only.
        let nobody = ask("EIKUKAAN", REASON, PASSWORD).await;
        let almost = ask("OPE", REASON, PASSWORD).await;
        assert!(!reads(&backend, "AWAY", "OPEN").await);
        let there = ask("OPEN", REASON, PASSWORD).await;
        assert_eq!((there.status, bare(&there.body)), (nobody.status, bare(&nobody.body)));
        assert_eq!(bare(&there.body), bare(&almost.body));
        assert!(there.body.contains("Jos tällainen asiakas on"));
        assert!(reads(&backend, "AWAY", "OPEN").await);
        assert!(away.open("/break-glass/open").await.body.contains("OPEN"));
        // One cannot try names one after the other, whether they are there or not.
        for _ in 0..3 {
            ask("EIKUKAAN", REASON, PASSWORD).await;
        }
        assert!(ask("MATES", REASON, PASSWORD).await.body.contains("Olet avannut liian monta kertaa"));
        assert!(!reads(&backend, "AWAY", "MATES").await);
    }
}

/// A reading with a written reason as a machine of three states: before, within, after. Every second action is
/// tried in each of them, and none changes the terms.
#[tokio::test]
async fn nothing_changes_the_terms_after_the_start() {
    for backend in both().await {
        settle(&backend).await;
        let north = crate::helpers::id_of(&backend, "unit", "NORTH").await.to_string();
        let away = actor(&backend, "AWAY").await;
        let salme = client(&backend, "OPEN").await;
        backend.break_glass(&away, &glass(&north, "OPEN", REASON), PASSWORD).await.expect("x").expect("open");
        let terms = async || {
            let mut tx = backend.store.read(&backend.clock).await.expect("a transaction");
            let rows: Vec<(String, DateTime<Utc>)> = backend::fetch_all!(
                tx,
                (String, DateTime<Utc>),
                "select reason, ends_at from break_glass order by began_at"
            )
            .expect("rows");
            rows
        };
        let first = terms().await;
        assert_eq!(first, [(REASON.to_owned(), a_wednesday() + Duration::hours(1))]);
        let lead = Browser::of(&backend, "LEAD").await;
        let id = {
            let list = backend.glass_list(&now(&backend, "LEAD").await).await.expect("a list");
            list.list[0].id
        };
        // Within: once more with other words, signing in again, reviewing by others, standing in.
        backend.clock.set(a_wednesday() + Duration::minutes(29));
        let other = glass(&north, "OPEN", "Toinen syy, joka on ihan yhtä pitkä kuin ensimmäinen");
        backend.break_glass(&away, &other, PASSWORD).await.expect("x").expect("the same answer");
        token_of(&backend, "AWAY").await;
        for code in ["AWAY", "AWAYLEAD", "ADMIN", "OWN"] {
            let browser = Browser::of(&backend, code).await;
            let review =
                browser.submit(&format!("/people/glass/{id}/review"), &[("found", "kunnossa")]).await;
            assert_eq!(review.status, 404, "{code}");
        }
        assert_eq!(terms().await, first);
        let again = now(&backend, "AWAY").await;
        let until = backend.glass(&again, salme).await.expect("a database").expect("still");
        assert_eq!(until.to_string(), "11:00:00");
        // Reviewed mid-way: the hour is neither shorter nor longer.
        lead.submit(&format!("/people/glass/{id}/review"), &[("found", "Soitin, syy oli oikea.")]).await;
        lead.submit(&format!("/people/glass/{id}/review"), &[("found", "Muutan mieleni.")]).await;
        assert_eq!(terms().await, first);
        assert!(lead.open("/people/glass").await.body.contains("Soitin, syy oli oikea."));
        backend.clock.set(a_wednesday() + Duration::minutes(59) + Duration::seconds(59));
        assert!(reads(&backend, "AWAY", "OPEN").await);
        // After: over to the second; a new reason begins a new hour.
        backend.clock.set(a_wednesday() + Duration::minutes(60));
        assert!(!reads(&backend, "AWAY", "OPEN").await);
        assert!(backend.open_glass(&now(&backend, "AWAY").await).await.expect("a list").is_empty());
        backend.break_glass(&now(&backend, "AWAY").await, &other, PASSWORD).await.expect("x").expect("open");
        assert_eq!(terms().await.len(), 2);
    }
}

#[tokio::test]
async fn the_lead_sees_who_read_what_and_why_and_is_told_when_it_is_late() {
    for backend in both().await {
        settle(&backend).await;
        let north = crate::helpers::id_of(&backend, "unit", "NORTH").await.to_string();
        let away = actor(&backend, "AWAY").await;
        backend.break_glass(&away, &glass(&north, "OPEN", REASON), PASSWORD).await.expect("x").expect("open");
        backend.open_glass(&now(&backend, "AWAY").await).await.expect("a list");
        let lead = Browser::of(&backend, "LEAD").await;
        let list = lead.open("/people/glass").await;
        for said in
            ["Muun Yksikön Valmentaja", REASON, "OPEN", "Tarkistettava viimeistään 23.11.2026", "Katsoi:"]
        {
            assert!(list.body.contains(said), "{said}: {}", list.body);
        }
        assert!(lead.open("/people").await.body.contains("Odottaa tarkistusta: 1"));
        // An administrator sees that it happened, without the client and the words.
        let admin = Browser::of(&backend, "ADMIN").await.open("/people/glass").await;
        assert!(admin.body.contains("Muun Yksikön Valmentaja"));
        assert!(!admin.body.contains("OPEN") && !admin.body.contains("Työpari"));
        // Another unit's lead sees nothing of it.
        let other = Browser::of(&backend, "AWAYLEAD").await.open("/people/glass").await;
        assert!(!other.body.contains("Muun Yksikön Valmentaja"));
        for (instant, late) in [("2026-11-23T21:59:59Z", false), ("2026-11-23T22:00:00Z", true)] {
            backend.clock.set(at(instant));
            let token = open_session(&backend, "LEAD").await.to_string();
            let list = Browser::new(&backend).with(Some(&token)).open("/people/glass").await;
            assert_eq!(list.body.contains("Myöhässä"), late, "{instant}");
        }
        // Nobody looks into their own reading.
        backend.clock.set(a_wednesday());
        let lead = now(&backend, "LEAD").await;
        backend
            .break_glass(&lead, &glass(&north, "CLOSED", REASON), PASSWORD)
            .await
            .expect("x")
            .expect("open");
        let list = backend.glass_list(&now(&backend, "LEAD").await).await.expect("a list").list;
        let own = list.iter().find(|one| one.client.as_deref() == Some("CLOSED")).expect("the own one");
        assert!(!own.may_review);
        let page = Browser::of(&backend, "LEAD").await;
        let review = page.submit(&format!("/people/glass/{}/review", own.id), &[("found", "kunnossa")]).await;
        assert_eq!(review.status, 404);
    }
}

/// Reads clients' pages as the use log has it.
async fn read_clients(backend: &TestBackend, actor: &Actor, clients: &[ClientId]) {
    for id in clients {
        let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
        tx.note(Use::by(actor, "read", "client", Some(id.uuid())).of_clients([*id]));
        tx.commit().await.expect("a commit");
    }
}

#[tokio::test]
async fn the_hundredth_client_within_an_hour_raises_an_alarm() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let clients: Vec<ClientId> = (0..101).map(|_| new_id().into()).collect();
        let alarms = "select count(*) from bulk_read";
        // The same ninety-nine over and over are no alarm, nor is a list with everybody in it.
        read_clients(&backend, &own, &clients[..99]).await;
        read_clients(&backend, &own, &clients[..99]).await;
        let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
        tx.note(Use::by(&own, "read", "caseload", None).of_clients(clients.clone()));
        tx.commit().await.expect("a commit");
        assert_eq!(count(&backend, alarms).await, 0);
        read_clients(&backend, &own, &clients[99..100]).await;
        assert_eq!(count(&backend, alarms).await, 1);
        // What comes after it is the same alarm, and its number grows.
        read_clients(&backend, &own, &clients[100..]).await;
        assert_eq!(count(&backend, alarms).await, 1);
        let lead = Browser::of(&backend, "LEAD").await;
        let page = lead.open("/people/alarms").await;
        assert!(
            page.body.contains("Oma Valmentaja") && page.body.contains("101 eri asiakasta"),
            "{}",
            page.body
        );
        let admin = Browser::of(&backend, "ADMIN").await;
        assert!(admin.open("/people/alarms").await.body.contains("101 eri asiakasta"));
        let other = Browser::of(&backend, "AWAYLEAD").await;
        assert!(!other.open("/people/alarms").await.body.contains("Oma Valmentaja"));
        let id = backend.alarms(&now(&backend, "LEAD").await).await.expect("alarms")[0].id;
        let path = format!("/people/alarms/{id}/review");
        assert_eq!(lead.submit(&path, &[("found", "")]).await.status, 422);
        assert_eq!(lead.submit(&path, &[("found", "Tiedot siirrettiin.")]).await.status, 303);
        assert!(lead.open("/people/alarms").await.body.contains("Tiedot siirrettiin."));
    }
}

#[tokio::test]
async fn the_hour_of_an_alarm_moves_on_and_its_limit_is_the_organisations() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let clients: Vec<ClientId> = (0..20).map(|_| new_id().into()).collect();
        let admin = Browser::of(&backend, "ADMIN").await;
        let set = async |limit: &str| {
            admin
                .submit("/organisation/settings", &[("name", "Alue"), ("limit", limit)])
                .await
                .status
                .as_u16()
        };
        assert_eq!((set("9").await, set("10").await), (422, 303));
        read_clients(&backend, &own, &clients[..5]).await;
        backend.clock.set(a_wednesday() + Duration::minutes(60));
        read_clients(&backend, &own, &clients[5..14]).await;
        assert_eq!(count(&backend, "select count(*) from bulk_read").await, 0, "the first five are too old");
        read_clients(&backend, &own, &clients[14..15]).await;
        assert_eq!(count(&backend, "select count(*) from bulk_read").await, 1);
        let token = open_session(&backend, "ADMIN").await.to_string();
        let later = Browser::new(&backend).with(Some(&token));
        assert!(later.open("/organisation/changes").await.body.contains("Hälytysraja"));
    }
}

#[tokio::test]
async fn a_client_is_told_who_used_the_data_this_reading_too() {
    for backend in both().await {
        settle(&backend).await;
        assert!(works_for(&backend, "OWN", "OPEN").await);
        let salme = client(&backend, "OPEN").await;
        let north = crate::helpers::id_of(&backend, "unit", "NORTH").await.to_string();
        let away = actor(&backend, "AWAY").await;
        backend.break_glass(&away, &glass(&north, "OPEN", REASON), PASSWORD).await.expect("x").expect("open");
        let lead = Browser::of(&backend, "LEAD").await;
        let path = format!("/clients/{salme}/uses");
        let page = lead.open(&path).await;
        for said in [
            "Salme Salainen",
            "Kirjasi: työnantajakäynti asiakkaan asiassa",
            "Avasi kirjoitetulla syyllä: asiakkaan sivu",
            "Kirjoitettu syy",
            "Katsoi: käyttöloki",
            "työhönvalmentaja, Pohjoinen",
            "Asiakassuhde",
        ] {
            assert!(page.body.to_lowercase().contains(&said.to_lowercase()), "{said}: {}", page.body);
        }
        let csv = lead.open(&format!("{path}.csv")).await;
        assert!(csv.body.contains("Muun Yksikön Valmentaja") && csv.body.contains("Otti tiedostona"));
        assert!(lead.open(&format!("{path}.xlsx")).await.bytes.starts_with(b"PK"));
        // Fifty a page; older than two years only when asked for.
        let own = actor(&backend, "OWN").await;
        let many: Vec<ClientId> = vec![salme; 60];
        read_clients(&backend, &own, &many).await;
        let rows = |body: &str| body.matches("<th scope=\"row\"").count();
        assert_eq!(rows(&lead.open(&path).await.body), 50);
        assert!(rows(&lead.open(&format!("{path}?page=1")).await.body) > 10);
        backend.clock.set(at("2029-01-10T10:00:00Z"));
        let token = open_session(&backend, "LEAD").await.to_string();
        let later = Browser::new(&backend).with(Some(&token));
        assert_eq!(rows(&later.open(&path).await.body), 1, "this reading alone");
        assert_eq!(rows(&later.open(&format!("{path}?older=1")).await.body), 50);
        for code in ["OWN", "AWAYLEAD", "ADMIN", "REF"] {
            let token = open_session(&backend, code).await.to_string();
            let reply = Browser::new(&backend).with(Some(&token)).open(&path).await;
            assert_eq!(reply.status, 404, "{code}");
        }
    }
}

#[tokio::test]
async fn a_use_that_can_not_be_written_is_not_shown() {
    for backend in both().await {
        settle(&backend).await;
        let lead = Browser::of(&backend, "LEAD").await;
        let path = format!("/clients/{}/uses", client(&backend, "OPEN").await);
        assert_eq!(lead.open(&path).await.status, 200);
        let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
        let sql = "alter table use_log_client rename to use_log_client_gone";
        match &mut tx.engine {
            Engine::Sqlite(tx) => drop(sqlx::query(sql).execute(&mut **tx).await.expect("renamed")),
            Engine::Postgres(tx) => drop(sqlx::query(sql).execute(&mut **tx).await.expect("renamed")),
        }
        tx.commit().await.expect("a commit");
        let reply = lead.open(&path).await;
        assert!(reply.status == 500 && !reply.body.contains("Salme"), "{}", reply.body);
    }
}
