//! Guessed identities (S16): whoever guesses finds nothing, and can't tell what is there and not theirs from what
//! is not there, neither by the answer nor by how much the server does for it. How long it takes is measured by
//! `cargo xtask bench --only county`.

use crate::helpers::{Browser, Reply, TestBackend, both, entry, open_session, settle};
use crate::matrix::{functions, world};
use backend::clock::new_id;
use domain::sync::{Batch, Command, OnVisit};
use std::collections::BTreeMap;
use uuid::Uuid;

/// So many identities a referrer guesses on `SQLite`; PostgreSQL gets a tenth.
const GUESSES: usize = 10_000;

/// Every route that names something, and nothing that is the same for everybody.
fn routes() -> Vec<String> {
    let all = functions().into_iter().filter(|function| function.contains("/{"));
    all.filter(|function| !function.contains("/help/")).collect()
}

/// The route with an identity in each place for one.
fn filled(path: &str, id: Uuid) -> String {
    let words =
        [("sheet", "notes"), ("kind", "phase"), ("version", "1"), ("records", "notes"), ("deed", "withdraw")];
    let part = |part: &str| {
        let Some(name) = part.strip_prefix('{').and_then(|part| part.strip_suffix('}')) else {
            return part.to_owned();
        };
        words.iter().find(|(known, _)| *known == name).map_or(id.to_string(), |(_, word)| (*word).to_owned())
    };
    path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Everything of an answer that a person could tell from another, but for what is different in every answer: the
/// nonce, and the identity that was asked for.
fn told(reply: &Reply, id: Uuid) -> (u16, Vec<(String, String)>, usize, String) {
    let fresh = ["date", "content-security-policy", "x-request-id"];
    let mut headers: Vec<(String, String)> = reply
        .headers
        .iter()
        .filter(|(name, _)| !fresh.contains(&name.as_str()))
        .map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned()))
        .collect();
    headers.sort();
    let body = reply.body.replace(&id.to_string(), "");
    let bare = body.split("nonce=\"").map(|part| part.split_once('"').map_or(part, |(_, rest)| rest));
    (reply.status.as_u16(), headers, reply.bytes.len(), bare.collect())
}

/// The identities of everything that is there and not the referrer's. (A client who came from a memo has the memo's.)
async fn others(backend: &TestBackend) -> Vec<Uuid> {
    let mut tx = backend.store.read(&backend.clock).await.expect("a transaction");
    let rows: Vec<(Uuid,)> = backend::fetch_all!(
        tx,
        (Uuid,),
        "select id from client where id not in (select id from referral)
         union all select id from visit union all select id from employer
         union all select id from person where code <> 'REF' union all select id from unit union all select id from team
         union all select id from post union all select id from break_glass union all select id from bulk_read
         union all select id from substitute union all select id from employer_list
         union all select id from employer_contact union all select id from client_note
         union all select id from network_plan union all select id from plan_action
         union all select r.id from referral r join team t on t.id = r.team_id where t.code <> 'PSY'"
    )
    .expect("rows");
    rows.into_iter().map(|(id,)| id).collect()
}

/// An identity of somebody, one that differs from it in a byte, or any.
fn guessed(others: &[Uuid], turn: usize) -> Uuid {
    let real = others[turn / 3 % others.len()];
    match turn % 3 {
        0 => real,
        1 => {
            let mut bytes = real.into_bytes();
            bytes[turn / 3 % 16] ^= u8::try_from(1 + turn % 255).expect("a byte");
            Uuid::from_bytes(bytes)
        }
        _ => new_id(),
    }
}

/// Asks one route for one identity; gives what was told, and how many statements it took.
async fn ask(backend: &TestBackend, browser: &Browser, route: &str, id: Uuid) -> (Reply, u64) {
    let (method, path) = route.split_once(' ').expect("a method");
    let path = filled(path, id);
    let before = backend.tally.reads() + backend.tally.writes();
    let reply = match method {
        "GET" => browser.open(&path).await,
        _ => browser.submit(&path, &[]).await,
    };
    (reply, backend.tally.reads() + backend.tally.writes() - before)
}

#[tokio::test]
#[expect(clippy::print_stdout, reason = "says how many were guessed")]
async fn a_referrer_who_guesses_ten_thousand_identities_finds_nothing_and_learns_nothing() {
    for backend in both().await {
        settle(&backend).await;
        world(&backend).await;
        let (routes, others) = (routes(), others(&backend).await);
        let token = open_session(&backend, "REF").await.to_string();
        let browser = Browser::new(&backend).with(Some(&token));
        let engine = backend.store.engine_name();
        let guesses = if engine == "SQLite" { GUESSES } else { GUESSES / 10 };
        let mut first = BTreeMap::new();
        let (mut hits, mut differ) = (Vec::new(), Vec::new());
        // Each identity is asked of every route in its turn.
        for turn in 0..guesses {
            let route = &routes[turn % routes.len()];
            let id = guessed(&others, turn / routes.len() * 7 + turn % routes.len());
            let (reply, statements) = ask(&backend, &browser, route, id).await;
            if reply.status != 404 {
                hits.push(format!("{route} {id}: {}", reply.status));
            }
            let told = (told(&reply, id), statements);
            let known = first.entry(route).or_insert_with(|| told.clone());
            if *known != told {
                differ.push(format!("{route} {id}: {statements} statements, not {}; {:?}", known.1, told.0));
            }
        }
        println!(
            "{engine}: {guesses} guessed identities on {} routes, {} hits, {} told from another",
            routes.len(),
            hits.len(),
            differ.len()
        );
        hits.truncate(10);
        differ.truncate(10);
        assert!(hits.is_empty() && differ.is_empty(), "{engine}: {hits:#?} {differ:#?}");
    }
}

/// A coach who guesses learns as little of another unit's clients, memos and visits.
#[tokio::test]
async fn what_is_there_costs_a_coach_of_another_unit_what_is_not_there_does() {
    for backend in both().await {
        settle(&backend).await;
        world(&backend).await;
        let token = open_session(&backend, "AWAY").await.to_string();
        let browser = Browser::new(&backend).with(Some(&token));
        let mut tx = backend.store.read(&backend.clock).await.expect("a transaction");
        let of_north: Vec<(String, Uuid)> = backend::fetch_all!(
            tx,
            (String, Uuid),
            "select 'clients', c.id from client c join unit u on u.id = c.unit_id where u.code = 'NORTH'
             union all select 'inbox', r.id from referral r join unit u on u.id = r.unit_id where u.code = 'NORTH'
             union all select 'plans', n.id from network_plan n join client c on c.id = n.client_id
                 join unit u on u.id = c.unit_id where u.code = 'NORTH'
             union all select 'visits', v.id from visit v join unit u on u.id = v.unit_id where u.code = 'NORTH'"
        )
        .expect("rows");
        drop(tx);
        let mut differ = Vec::new();
        for route in routes() {
            for (_, id) in of_north.iter().filter(|(kind, _)| route.contains(&format!("/{kind}/{{"))) {
                let nowhere = new_id();
                let (there, work) = ask(&backend, &browser, &route, *id).await;
                let (not, none) = ask(&backend, &browser, &route, nowhere).await;
                if (told(&there, *id), work) != (told(&not, nowhere), none) || there.status != 404 {
                    differ
                        .push(format!("{route}: {} {work} statements, {} {none}", there.status, not.status));
                }
            }
        }
        for (_, id) in of_north.iter().filter(|(kind, _)| kind == "visits") {
            let commands = [Command::WithdrawVisit, Command::SettleNextStep, Command::ReopenNextStep];
            for command in commands {
                let mut cost = Vec::new();
                for visit in [*id, new_id()] {
                    let batch = Batch { entries: vec![entry(&command(OnVisit { visit: visit.into() }))] };
                    let body = serde_json::to_value(batch).expect("JSON");
                    let before = backend.tally.reads() + backend.tally.writes();
                    let reply = browser.call("/api/sync", &body).await;
                    let work = backend.tally.reads() + backend.tally.writes() - before;
                    cost.push((reply.status, reply.json().pointer("/answers/0/outcome").cloned(), work));
                }
                if cost[0] != cost[1] {
                    differ.push(format!("{cost:?}"));
                }
            }
        }
        assert!(differ.is_empty(), "{}: {differ:#?}", backend.store.engine_name());
    }
}
