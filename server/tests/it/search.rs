//! Searching: what fits as people type it, nothing from beyond the reach of whoever asks, and who is told.

use crate::helpers::{
    Browser, PASSWORD, Reply, TestBackend, a_wednesday, actor, both, client, count, day, employer, entry,
    id_of, log, open_session, person, plain_visit, send, settle, tamper,
};
use backend::clock::new_id;
use backend::search::{Found, Place, TEXTS};
use backend::{Actor, Error};
use chrono::{Days, Duration};
use domain::clients::contact::{AttemptFields, MeetingFields};
use domain::clients::page::{NextStepFields, NoteFields};
use domain::ids::ClientId;
use domain::people::{GlassFields, SubstituteFields};
use domain::search::{Part, Query};
use domain::sync::{Command, OnVisit, Outcome};
use domain::visits::{LogVisit, NextStep};
use std::collections::BTreeSet;

async fn found(backend: &TestBackend, who: &Actor, text: &str) -> Found {
    backend.search(who, &Query::read(text).expect("a query"), None).await.expect("an answer")
}

/// Somebody of the county as a request now finds them.
async fn now(backend: &TestBackend, code: &str) -> Actor {
    let token = open_session(backend, code).await.to_string();
    backend.actor(&token).await.expect("a database").expect("a session")
}

async fn browser(backend: &TestBackend, code: &str) -> Browser {
    Browser::new(backend).with(Some(&open_session(backend, code).await.to_string()))
}

/// Searches as the page does: posts the form and follows it.
async fn page(browser: &Browser, text: &str) -> Reply {
    let asked = browser.submit("/search", &[("q", text)]).await;
    assert_eq!(asked.status, 303, "{text}: {}", asked.body);
    browser.open(asked.header("location")).await
}

async fn note(backend: &TestBackend, who: &Actor, of: ClientId, words: &str) {
    let fields = NoteFields { day: "2026-11-18".into(), words: words.into() };
    backend.write_note(who, of, new_id(), &fields).await.expect("a database").expect("a note");
}

fn said(parts: &[Part]) -> String {
    parts.iter().map(|part| part.text.as_str()).collect()
}

/// How many hits there are of each kind: clients, employers, steps, texts.
fn counts(found: &Found) -> [usize; 4] {
    [found.clients.found(), found.employers.found(), found.steps.found(), found.texts.found()]
}

/// A note, a meeting, an attempt, a visit and a next step of a client, each with a word.
async fn write_everywhere(backend: &TestBackend, who: &Actor, of: ClientId, word: &str) {
    note(backend, who, of, &format!("Asiakas toivoo: {word}.")).await;
    let on = "2026-11-18";
    let meeting = MeetingFields {
        day: on.into(),
        minutes: "45".into(),
        words: format!("Puhuttiin: {word}"),
        ..MeetingFields::default()
    };
    let attempt =
        AttemptFields { day: on.into(), words: format!("Viesti: {word}"), ..AttemptFields::default() };
    let visit = LogVisit {
        client: Some(of),
        summary: format!("Työnantaja: {word}"),
        next_step: Some(NextStep { what: format!("Kysy: {word}"), on: Some(day("2026-11-20")) }),
        ..plain_visit(employer(backend, "E3").await)
    };
    for command in [
        Command::LogMeeting(meeting.read(of, day(on)).expect("a meeting")),
        Command::LogAttempt(attempt.read(of, day(on)).expect("an attempt")),
        Command::LogVisit(visit),
    ] {
        let outcome = send(backend, who, &entry(&command)).await;
        assert!(matches!(outcome, Outcome::Committed(_)), "{outcome:?}");
    }
    let version = backend.client_page(who, of).await.expect("a page").version;
    let next = NextStepFields { what: format!("Muista: {word}"), on: "2026-11-25".into() };
    backend.set_client_step(who, of, version, &next).await.expect("a database").expect("a step");
}

#[tokio::test]
async fn everything_is_found_as_people_type_it() {
    for backend in both().await {
        settle(&backend).await;
        let own = now(&backend, "OWN").await;
        let open = client(&backend, "OPEN").await;
        write_everywhere(&backend, &own, open, "Pähkinäleipä").await;
        // Dots, capitals, a slip, the start of a word, a part of a compound.
        for typed in ["pähkinäleipä", "PAHKINALEIPA", "pähkinlä", "pähkinnäleipä", "pahknäleipä", "leipä"]
        {
            let found = found(&backend, &own, typed).await;
            assert_eq!(counts(&found), [0, 0, 2, 4], "{typed}: {found:?}");
            assert!(found.texts.hits.iter().all(|hit| hit.about[0] == "OPEN"), "by alias");
            assert!(found.texts.hits.iter().all(|hit| hit.words.iter().any(|part| part.hit)), "marked");
        }
        // Employers by name, place, code and contact person, each once.
        for typed in
            ["åkerlund", "åkrlund", "konditori kuopio", "0001004-9", "birgita", "toimitusjohtaja åkerlund"]
        {
            let found = found(&backend, &own, typed).await;
            let names: Vec<String> = found.employers.hits.iter().map(|hit| said(&hit.name)).collect();
            assert_eq!(names, ["Konditori Åkerlund Ab"], "{typed}");
        }
        // A client by name, and by alias; every word must fit.
        for (typed, hits) in
            [("salme", 1), ("Salainen Slame", 1), ("open", 1), ("salme suljettu", 0), ("sulo", 0)]
        {
            let found = found(&backend, &own, typed).await;
            assert_eq!(found.clients.found(), hits, "{typed}");
            assert!(found.clients.hits.iter().all(|hit| hit.id == open && hit.alias == "OPEN"));
        }
        // What is taken back is found no more, and a step that was settled waits no more.
        let last = found(&backend, &own, "pähkinäleipä").await;
        let mut visits = last.texts.hits.iter().filter_map(|hit| match hit.at {
            Place::Visit(id) => Some(id),
            Place::Client(_) => None,
        });
        let visit = visits.next_back().expect("a visit");
        send(&backend, &own, &entry(&Command::SettleNextStep(OnVisit { visit }))).await;
        assert_eq!(counts(&found(&backend, &own, "pähkinäleipä").await), [0, 0, 1, 4]);
        send(&backend, &own, &entry(&Command::WithdrawVisit(OnVisit { visit }))).await;
        assert_eq!(counts(&found(&backend, &own, "pähkinäleipä").await), [0, 0, 1, 3]);
    }
}

#[tokio::test]
async fn the_same_word_in_two_units_is_found_in_the_own_one_only() {
    for backend in both().await {
        settle(&backend).await;
        let (own, away) = (now(&backend, "OWN").await, now(&backend, "AWAY").await);
        let (open, aways) = (client(&backend, "OPEN").await, client(&backend, "AWAYS").await);
        write_everywhere(&backend, &own, open, "Kumppanuus").await;
        write_everywhere(&backend, &away, aways, "Kumppanuus").await;
        for (who, alias, other, of, not) in [
            ("OWN", "OPEN", "AWAYS", open, aways),
            ("MATE", "OPEN", "AWAYS", open, aways),
            ("LEAD", "OPEN", "AWAYS", open, aways),
            ("AWAY", "AWAYS", "OPEN", aways, open),
        ] {
            let found = found(&backend, &now(&backend, who).await, "kumppanuus").await;
            assert_eq!(counts(&found), [0, 0, 2, 4], "{who}: {found:?}");
            let page = page(&browser(&backend, who).await, "kumppanuus").await;
            assert!(page.body.contains(alias) && page.body.contains(&format!("/clients/{of}")), "{who}");
            assert!(page.body.contains("Löytyi 6"), "{who}");
            assert!(!page.body.contains(other) && !page.body.contains(&not.to_string()), "{who}");
        }
        // Nor is a client of the other unit found by name, alias or code.
        for typed in ["muun yksikön", "AWAYS"] {
            assert_eq!(found(&backend, &own, typed).await.clients.found(), 0);
            assert_eq!(found(&backend, &away, typed).await.clients.found(), 1);
        }
    }
}

#[tokio::test]
async fn what_cannot_be_seen_changes_neither_the_answer_nor_the_work() {
    for backend in both().await {
        settle(&backend).await;
        let (own, away) = (now(&backend, "OWN").await, now(&backend, "AWAY").await);
        let open = client(&backend, "OPEN").await;
        let asker = browser(&backend, "AWAY").await;
        let sealed = asker.submit("/search", &[("q", "salaisuus salme")]).await.header("location").to_owned();
        let search = async || {
            let before = (backend.tally.reads(), backend.tally.writes());
            let found = found(&backend, &away, "salaisuus salme").await;
            let work = (backend.tally.reads() - before.0, backend.tally.writes() - before.1);
            let page = asker.open(&sealed).await;
            let bare: String = page
                .body
                .split("nonce=\"")
                .map(|part| part.split_once('"').map_or(part, |(_, rest)| rest))
                .collect();
            (work, found.looked, counts(&found), page.status, bare)
        };
        let without = search().await;
        assert_eq!((without.2, without.0.0), ([0; 4], 3), "three questions");
        for _ in 0..30 {
            note(&backend, &own, open, "Salaisuus, jonka Salme kertoi.").await;
        }
        write_everywhere(&backend, &own, open, "salaisuus salme").await;
        assert_eq!(found(&backend, &own, "salaisuus salme").await.texts.found(), 34);
        assert_eq!(search().await, without, "the same statements, rows and page");
    }
}

#[tokio::test]
async fn the_reach_ends_with_the_relation() {
    for backend in both().await {
        settle(&backend).await;
        let own = now(&backend, "OWN").await;
        let open = client(&backend, "OPEN").await;
        write_everywhere(&backend, &own, open, "kumppanuus").await;
        let all = [0, 0, 2, 4];
        let finds = async |who: &str| counts(&found(&backend, &now(&backend, who).await, "kumppanuus").await);
        assert_eq!((finds("AWAY").await, finds("OWN").await), ([0; 4], all));

        // Whoever stands in: from the first day to the last; the visit is read on the client's page.
        let fields = SubstituteFields {
            coach: own.person.to_string(),
            substitute: person(&backend, "AWAY").await.to_string(),
            from_day: "2026-11-19".into(),
            to_day: "2026-11-20".into(),
        };
        backend.appoint_substitute(&own, &fields).await.expect("a database").expect("named");
        for (days, hits) in [(0, [0; 4]), (1, all), (2, all), (3, [0; 4])] {
            backend.clock.set(a_wednesday() + Days::new(days));
            assert_eq!(finds("AWAY").await, hits, "after {days} days");
        }
        backend.clock.set(a_wednesday() + Days::new(1));
        let stands_in = found(&backend, &now(&backend, "AWAY").await, "kumppanuus").await;
        assert!(stands_in.texts.hits.iter().all(|hit| hit.at == Place::Client(open)));
        let client_found = found(&backend, &now(&backend, "AWAY").await, "salme").await;
        assert_eq!(client_found.clients.hits[0].unit.as_deref(), Some("Pohjoinen"));

        // With a written reason: for an hour, and the log says on which ground.
        backend.clock.set(a_wednesday() + Days::new(5));
        let glass = GlassFields {
            unit: id_of(&backend, "unit", "NORTH").await.to_string(),
            client: "OPEN".into(),
            reason: "Työpari sairastui, ja asiakas odottaa tapaamista.".into(),
        };
        let away = actor(&backend, "AWAY").await;
        backend.break_glass(&away, &glass, PASSWORD).await.expect("a database").expect("open");
        let away = now(&backend, "AWAY").await;
        let seen = found(&backend, &away, "kumppanuus").await;
        assert_eq!(counts(&seen), all);
        assert!(found(&backend, &away, "salme").await.clients.hits[0].behind_glass);
        assert_eq!(found(&backend, &away, "terho").await.clients.found(), 0, "one client");
        let noted = "select count(*) from use_log where object_kind = 'search' and basis = 'break_glass'";
        assert_eq!(count(&backend, noted).await, 2);
        backend.clock.set(a_wednesday() + Days::new(5) + Duration::minutes(60));
        assert_eq!(finds("AWAY").await, [0; 4]);

        // After closing: thirty days. The visits stay, as they do on the unit's list, and name nobody.
        tamper(&backend, "update client set closed_on = '2026-11-18' where code = 'OPEN'")
            .await
            .expect("closed");
        backend.clock.set(a_wednesday() + Days::new(30));
        assert_eq!(finds("OWN").await, all);
        assert_eq!(found(&backend, &now(&backend, "OWN").await, "salme").await.clients.found(), 1);
        backend.clock.set(a_wednesday() + Days::new(31));
        let later = found(&backend, &now(&backend, "OWN").await, "kumppanuus").await;
        assert_eq!(counts(&later), [0, 0, 1, 1]);
        assert!(later.texts.hits[0].about == ["Åkeri Lindroos Ab"], "{later:?}");
        assert_eq!(found(&backend, &now(&backend, "OWN").await, "salme").await.clients.found(), 0);
    }
}

#[tokio::test]
async fn who_does_not_work_in_the_field_has_no_search() {
    for backend in both().await {
        settle(&backend).await;
        for code in ["FORMER", "REF", "REV", "ADMIN"] {
            let asker = browser(&backend, code).await;
            let nothing = asker.open("/ei-tallaista").await;
            for reply in [
                asker.open("/search").await,
                asker.open("/search/x").await,
                asker.submit("/search", &[("q", "salme")]).await,
                asker.submit("/search", &[("q", "")]).await,
            ] {
                assert_eq!(reply.status, nothing.status, "{code}");
                assert!(!reply.body.contains("name=\"q\""), "{code}");
            }
            assert!(!asker.open("/help").await.body.contains("href=\"/search\""), "{code}: no way there");
            let query = Query::read("salme").expect("a query");
            let who = now(&backend, code).await;
            assert!(matches!(backend.search(&who, &query, None).await, Err(Error::NotThere)), "{code}");
        }
    }
}

#[tokio::test]
async fn every_client_who_is_shown_is_noted_and_nothing_is_shown_that_can_not_be() {
    for backend in both().await {
        settle(&backend).await;
        let (own, mate) = (now(&backend, "OWN").await, now(&backend, "MATE").await);
        note(&backend, &own, client(&backend, "OPEN").await, "Kahvila kiinnostaa.").await;
        note(&backend, &mate, client(&backend, "MATES").await, "Kahvilaan tutustuttiin.").await;
        let asker = browser(&backend, "OWN").await;
        let page_of = page(&asker, "kahvila").await;
        assert!(page_of.body.contains("OPEN") && page_of.body.contains("MATES"), "{}", page_of.body);
        let of = "select count(*) from use_log l join use_log_client c on c.seq = l.seq join client k on k.id = c.client_id
                  where l.action = 'read' and l.object_kind = 'search'";
        let rows = "select count(*) from use_log where object_kind = 'search'";
        assert_eq!((count(&backend, rows).await, count(&backend, of).await), (1, 2));
        // A visit for a client notes the client, too; what shows nobody notes nobody.
        page(&asker, "vuoroista").await;
        assert_eq!((count(&backend, rows).await, count(&backend, of).await), (2, 3));
        page(&asker, "konditori åkerlund").await;
        assert_eq!((count(&backend, rows).await, count(&backend, of).await), (3, 3));
        let lead = browser(&backend, "LEAD").await;
        let uses = lead.open(&format!("/clients/{}/uses", client(&backend, "OPEN").await)).await;
        assert!(uses.body.contains("haku, jossa asiakas löytyi"), "{}", uses.body);

        tamper(&backend, "alter table use_log_client rename to use_log_client_gone").await.expect("gone");
        let reply = page(&asker, "kahvila").await;
        assert!(reply.status == 500 && !reply.body.contains("OPEN"), "{}", reply.body);
    }
}

#[tokio::test]
async fn what_is_searched_for_stands_in_no_address() {
    for backend in both().await {
        settle(&backend).await;
        let asker = browser(&backend, "OWN").await;
        let asked = asker.submit("/search", &[("q", "Salme Salainen")]).await;
        let to = asked.header("location").to_owned();
        assert!(asked.status == 303 && to.starts_with("/search/") && !to.contains("alme"), "{to}");
        let reply = asker.open(&to).await;
        assert_eq!((reply.status.as_u16(), reply.header("cache-control")), (200, "no-store"));
        let title = reply.body.split_once("<title>").and_then(|(_, rest)| rest.split_once("</title>"));
        assert_eq!(title.map(|(title, _)| title), Some("Haku"), "a tab and the history tell no name");
        assert!(reply.body.contains("value=\"Salme Salainen\""), "nothing typed is lost");
        assert!(!reply.body.replace("value=\"Salme Salainen\"", "").contains("Salme"), "found by alias");
        let open = client(&backend, "OPEN").await;
        assert!(reply.body.contains(&format!("href=\"/clients/{open}\"")) && reply.body.contains("Löytyi 1"));
        // It opens in this sign-in only: not in a colleague's, nor in another one of the same person.
        for other in ["MATE", "OWN"] {
            let reply = browser(&backend, other).await.open(&to).await;
            assert_eq!((reply.status.as_u16(), reply.header("location")), (303, "/search"), "{other}");
        }
        // What stands in an address is not searched for.
        assert!(!asker.open("/search?q=salme").await.body.contains("OPEN"));
        let form = asker.open("/search").await.body;
        assert!(form.contains("method=\"post\" action=\"/search\"") && form.contains("autocomplete=\"off\""));
    }
}

#[tokio::test]
async fn too_little_or_nothing_found_says_what_to_do() {
    for backend in both().await {
        settle(&backend).await;
        let asker = browser(&backend, "OWN").await;
        for (typed, why) in [
            ("", "Kirjoita vähintään kaksi kirjainta"),
            ("s", "Kirjoita vähintään kaksi kirjainta"),
            ("aa bb cc dd ee ff gg hh ii", "Lyhennä hakua"),
        ] {
            let reply = asker.submit("/search", &[("q", typed)]).await;
            assert!(reply.status == 422 && reply.body.contains(why), "{typed}: {}", reply.body);
            assert!(reply.body.contains("aria-invalid=\"true\"") && reply.body.contains("role=\"alert\""));
            assert!(reply.body.contains(&format!("value=\"{typed}\"")), "nothing typed is lost");
        }
        let reply = page(&asker, "eitällaista <b>").await;
        assert!(reply.body.contains("Haulla ”eitällaista &lt;b&gt;” ei löytynyt mitään."), "{}", reply.body);
        assert!(reply.body.contains("Kokeile sanan alkua"));
        // The way to it stands on every page of whoever has one; on the clients' page the field itself.
        for at in ["/", "/employers", "/more", "/visits", "/help", "/clients"] {
            assert!(asker.open(at).await.body.contains("href=\"/search\""), "{at}");
        }
        assert!(asker.open("/clients").await.body.contains("action=\"/search\""));
    }
}

#[tokio::test]
async fn every_hit_leads_to_a_page_that_opens() {
    for backend in both().await {
        settle(&backend).await;
        let own = now(&backend, "OWN").await;
        write_everywhere(&backend, &own, client(&backend, "OPEN").await, "asiakas").await;
        let step = Some(NextStep { what: "kysy vuoroista".into(), on: None });
        let visit = LogVisit { next_step: step, ..plain_visit(employer(&backend, "E2").await) };
        log(&backend, &own, visit).await;
        for who in ["OWN", "MATE", "LEAD", "AWAY", "AWAYLEAD", "NEW"] {
            let asker = browser(&backend, who).await;
            let mut ways = BTreeSet::new();
            for typed in ["asia", "oy", "ab", "salme", "terho", "vuoro", "kahvi", "kysy", "esite", "muun"] {
                let body = page(&asker, typed).await.body;
                let (_, main) = body.split_once("<main").expect("a page");
                let links = main.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
                let of_hits = |to: &&str| to.matches('/').count() == 2 && !to.starts_with("/help");
                ways.extend(links.filter(of_hits).map(str::to_owned));
            }
            assert!(ways.len() >= 4, "{who}: {ways:?}");
            for to in ways {
                assert_eq!(asker.open(&to).await.status, 200, "{who}: {to}");
            }
        }
    }
}

#[tokio::test]
async fn older_texts_are_looked_through_when_they_are_asked_for() {
    for backend in both().await {
        settle(&backend).await;
        let own = now(&backend, "OWN").await;
        // Ten a day, back from November, on a client's page; the first of them says something else.
        let fields = NoteFields { day: "2024-02-01".into(), words: "Aivan ensimmäinen toive.".into() };
        let open = client(&backend, "OPEN").await;
        backend.write_note(&own, open, new_id(), &fields).await.expect("a database").expect("a note");
        many_notes(&backend, open).await;
        let newest = found(&backend, &own, "ensimmäinen").await;
        assert_eq!((newest.texts.found(), newest.looked.texts), (0, TEXTS));
        let day = newest.older.expect("there are older ones");
        let query = Query::read("ensimmäinen").expect("a query");
        let older = backend.search(&own, &query, Some(day)).await.expect("an answer");
        assert_eq!((older.texts.found(), older.older), (1, None), "the rest");
        assert!(older.looked.texts > 1_000 && older.looked.texts < TEXTS);
        assert_eq!(older.clients.found() + older.employers.found(), 0, "texts only");

        let asker = browser(&backend, "OWN").await;
        let first = page(&asker, "ensimmäinen").await.body;
        let (_, rest) = first.split_once("?until=").expect("a way to the older ones");
        assert!(rest.starts_with(&format!("{day}\"")) && first.contains("Hae vanhemmista"), "{first}");
        let at = asker.submit("/search", &[("q", "ensimmäinen")]).await.header("location").to_owned();
        let second = asker.open(&format!("{at}?until={day}")).await.body;
        assert!(second.contains("Aivan") && second.contains("Löytyi 1"), "{second}");
        assert!(second.contains("Hae uusimmista") && !second.contains("Hae vanhemmista"));
    }
}

/// More notes about a client than are looked through at once: ten a day.
async fn many_notes(backend: &TestBackend, of: ClientId) {
    let who = person(backend, "OWN").await.uuid();
    let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
    let (first, now) = (day("2025-01-01"), backend.clock.now());
    for at in 0..6_400_u64 {
        backend::execute!(
            tx,
            "insert into client_note (id, client_id, person_id, day, words, written_at)
             values ($1, $2, $3, $4, 'Tavallinen sana.', $5)",
            new_id(),
            of.uuid(),
            who,
            first.checked_add_days(Days::new(at / 10)).expect("a day"),
            now
        )
        .expect("a note");
    }
    tx.commit().await.expect("a commit");
}
