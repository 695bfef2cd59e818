//! The card of the day: what a coach takes along, and what stays on the server.

use crate::helpers::{actor, both, client, count, day, employer, log, plain_visit, settle, visit};
use backend::Backend;
use domain::card::{Card, Stop, StopKind};
use domain::employers::edit::{Person, Silencing};
use domain::visits::{LogVisit, NextStep};

async fn card_of(backend: &Backend, who: &str) -> Card {
    backend.card(&actor(backend, who).await).await.expect("a card")
}

async fn agreed(backend: &Backend, who: &str, visit: LogVisit, what: &str, on: &str) {
    let next_step = Some(NextStep { what: what.into(), on: Some(day(on)) });
    log(backend, &actor(backend, who).await, LogVisit { next_step, ..visit }).await;
}

/// The next steps on a card.
fn steps(card: &Card) -> Vec<&Stop> {
    card.stops.iter().filter(|stop| matches!(stop.kind, StopKind::NextStep(_))).collect()
}

fn whats(card: &Card) -> Vec<&str> {
    steps(card).into_iter().map(|stop| stop.what.as_str()).collect()
}

#[tokio::test]
async fn a_card_holds_what_is_due_for_its_owner_where_and_whom_to_ask_for() {
    for backend in both().await {
        settle(&backend).await;
        let at = employer(&backend, "E1").await;
        let own = actor(&backend, "OWN").await;
        let anna = Person { name: "Anna Aho".into(), phone: "040 123 4567".into(), ..Person::default() };
        backend.save_contact(&own, at, None, &anna).await.expect("a database").expect("a person");
        let of = Some(client(&backend, "OPEN").await);
        agreed(&backend, "OWN", LogVisit { client: of, ..plain_visit(at) }, "vie esite", "2026-11-18").await;
        agreed(&backend, "OWN", plain_visit(employer(&backend, "E2").await), "soita", "2026-11-19").await;
        let card = card_of(&backend, "OWN").await;
        assert_eq!(card.day, day("2026-11-18"));
        let [stop] = steps(&card)[..] else { panic!("{:?}", card.stops) };
        let Stop { name, address, contact, phone, alias, what, .. } = stop;
        assert_eq!((name.as_str(), address.as_str()), ("Konditori Åkerlund Ab", "Kuopio"));
        assert_eq!(
            (contact.as_str(), phone.as_str(), what.as_str()),
            ("Anna Aho", "040 123 4567", "vie esite")
        );
        assert!(!alias.is_empty() && !alias.contains("Salainen"), "by alias: {alias}");
        // Everybody has their own, and nobody another unit's.
        let mates = card_of(&backend, "MATE").await;
        assert_eq!(whats(&mates), ["lähetä esite"]);
        assert_eq!(steps(&mates)[0].kind, StopKind::NextStep(visit(&backend, "K5").await));
        assert!(whats(&card_of(&backend, "AWAY").await).is_empty());
        // The log says whose data went along.
        let noted = "select count(*) from use_log l join use_log_client c on c.seq = l.seq
                     where l.action = 'take' and l.object_kind = 'card'";
        assert_eq!(count(&backend, noted).await, 2);
    }
}

#[tokio::test]
async fn words_that_name_a_client_or_a_diagnosis_do_not_go_along_and_nobody_silenced_is_named() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        for (code, what) in
            [("E1", "kerro Salme Salaisen vuorot"), ("E2", "puhu skitsofreniasta"), ("E3", "vie esite")]
        {
            agreed(&backend, "OWN", plain_visit(employer(&backend, code).await), what, "2026-11-18").await;
        }
        let card = card_of(&backend, "OWN").await;
        let mut left = whats(&card);
        left.sort_unstable();
        assert_eq!(left, ["", "", "vie esite"]);
        let reason = Silencing { reason: "Pyysi rauhaa".into(), until: String::new() };
        let silent = employer(&backend, "E1").await;
        backend.set_do_not_contact(&own, silent, &reason).await.expect("a database").expect("set");
        let card = card_of(&backend, "OWN").await;
        let stop = card.stops.iter().find(|stop| stop.employer == Some(silent)).expect("it stays to be done");
        assert!(stop.do_not_contact && stop.contact.is_empty() && stop.phone.is_empty());
    }
}
