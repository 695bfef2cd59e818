use super::*;
use crate::wire::{Answer, KeptAnswer};
use domain::sync::Applied;
use proptest::prelude::*;
use uuid::Uuid;

const WEEK: i64 = 7 * 24 * 3600 * 1000;

fn id(number: u128) -> CommandId {
    CommandId(Uuid::from_u128(number))
}

fn item(number: u128, rev: u32, kind: Kind) -> Item {
    let envelope = Envelope(format!("{number}.{rev}.x"));
    Item {
        entry: id(number),
        rev,
        person: PersonId(Uuid::from_u128(1)),
        device: DeviceId(Uuid::from_u128(2)),
        kind,
        sealed_at: 0,
        sha256: envelope.sha256(),
        envelope,
        state: State::Sealed,
    }
}

/// An outbox of an open page, with a visit on the phone's disk.
fn with_visit() -> (Outbox, Item) {
    let mut outbox = Outbox::default();
    outbox.step(0, 0, Event::Loaded { items: Vec::new(), made: Vec::new() });
    let visit = item(1, 1, Kind::Visit);
    outbox.step(0, 0, Event::Sealed(visit.clone()));
    (outbox, visit)
}

fn committed(item: &Item, at: i64) -> Reply {
    let outcome = Outcome::Committed(Applied::default());
    let answers = vec![Answer { entry: item.entry, sha256: item.sha256.clone(), outcome }];
    Reply { at, answers, ..Reply::default() }
}

fn text(reply: &Reply) -> Event {
    Event::Answered(Some((200, serde_json::to_string(reply).unwrap())))
}

/// Sends it as if the envelope were a whole one: what was sent is known by its hash.
fn sent(outbox: &mut Outbox, item: &Item) {
    outbox.under_way = Some(vec![item.kept()]);
}

fn holding(item: &Item, has: Holding, at: i64) -> Reply {
    let outcome = Some(Outcome::Committed(Applied::default()));
    let kept = vec![KeptAnswer { entry: item.entry, sha256: item.sha256.clone(), has, outcome }];
    Reply { at, kept, ..Reply::default() }
}

fn forgets(deeds: &[Deed]) -> bool {
    deeds.iter().any(|deed| matches!(deed, Deed::Forget(_)))
}

#[test]
fn nobody_is_told_that_something_is_saved_before_it_is_on_the_disk() {
    let mut outbox = Outbox::default();
    outbox.step(0, 0, Event::Loaded { items: Vec::new(), made: Vec::new() });
    let deeds = outbox.step(0, 0, Event::Sealed(item(1, 1, Kind::Visit)));
    assert!(matches!(deeds.as_slice(), [Deed::Store(_)]), "{deeds:?}");
    let deeds = outbox.step(0, 0, Event::Stored(id(1), 1));
    assert_eq!(deeds[0], Deed::Tell(Told::Saved(id(1))));
    assert!(matches!(deeds[1], Deed::Send(_)));
}

#[test]
fn what_the_phone_cannot_keep_is_sent_all_the_same() {
    let (mut outbox, _) = with_visit();
    let deeds = outbox.step(0, 0, Event::NotStored(id(1), 1));
    assert_eq!(deeds[0], Deed::Tell(Told::NotSaved(id(1))));
    assert!(matches!(&deeds[1], Deed::Send(parcel) if parcel.envelopes.len() == 1));
}

#[test]
fn only_a_backup_and_a_week_make_an_entry_go_away() {
    let (mut outbox, visit) = with_visit();
    outbox.step(0, 0, Event::Stored(id(1), 1));
    sent(&mut outbox, &visit);
    assert!(!forgets(&outbox.step(0, 0, text(&committed(&visit, 0)))));
    for (at, has, gone) in [
        (WEEK, Holding::OnDisk, false),
        (WEEK - 1, Holding::BackedUp, false),
        (WEEK, Holding::BackedUp, true),
    ] {
        outbox.under_way = Some(Vec::new());
        let deeds = outbox.step(0, 0, text(&holding(&visit, has, at)));
        assert_eq!(forgets(&deeds), gone, "{has:?} at {at}");
    }
    assert!(outbox.items().is_empty());
}

#[test]
fn an_answer_about_other_bytes_settles_nothing() {
    let (mut outbox, visit) = with_visit();
    outbox.step(0, 0, Event::Stored(id(1), 1));
    sent(&mut outbox, &visit);
    let mut lie = committed(&visit, 0);
    lie.answers[0].sha256 = "0".repeat(64);
    outbox.step(0, 0, text(&lie));
    assert!(outbox.item(id(1)).is_some_and(Item::waits));
}

#[test]
fn an_answer_about_an_older_revision_says_nothing_of_the_newer_one() {
    let mut outbox = Outbox::default();
    outbox.step(0, 0, Event::Loaded { items: Vec::new(), made: Vec::new() });
    let draft = item(1, 1, Kind::Draft);
    outbox.step(0, 0, Event::Sealed(draft.clone()));
    sent(&mut outbox, &draft);
    outbox.step(0, 0, Event::Sealed(item(1, 2, Kind::Visit)));
    outbox.step(0, 0, text(&committed(&draft, 0)));
    assert!(outbox.item(id(1)).is_some_and(Item::waits));
}

#[test]
fn a_draft_never_takes_the_place_of_what_was_finished() {
    let (mut outbox, _) = with_visit();
    assert_eq!(outbox.step(0, 0, Event::Sealed(item(1, 9, Kind::Draft))), Vec::new());
    assert_eq!(outbox.item(id(1)).map(|item| item.kind), Some(Kind::Visit));
}

#[test]
fn what_the_server_has_no_more_is_sent_again() {
    let (mut outbox, visit) = with_visit();
    outbox.step(0, 0, Event::Stored(id(1), 1));
    sent(&mut outbox, &visit);
    outbox.step(0, 0, text(&committed(&visit, 0)));
    outbox.under_way = Some(Vec::new());
    let deeds = outbox.step(0, 0, text(&holding(&visit, Holding::Nothing, 5)));
    assert!(deeds.contains(&Deed::Tell(Told::SentAgain(id(1)))));
    assert!(deeds.iter().any(|deed| matches!(deed, Deed::Send(parcel) if parcel.envelopes.len() == 1)));
}

#[test]
fn one_bad_entry_holds_no_other_up() {
    let mut outbox = Outbox::default();
    outbox.step(0, 0, Event::Loaded { items: Vec::new(), made: Vec::new() });
    let (bad, good) = (item(1, 1, Kind::Visit), item(2, 1, Kind::Visit));
    for item in [&bad, &good] {
        outbox.step(0, 0, Event::Sealed(item.clone()));
        outbox.step(0, 0, Event::Stored(item.entry, 1));
    }
    outbox.under_way = Some(vec![bad.kept(), good.kept()]);
    let mut reply = committed(&good, 0);
    reply.answers.insert(0, Answer { entry: bad.entry, sha256: bad.sha256.clone(), outcome: Outcome::Later });
    outbox.step(0, 0, text(&reply));
    assert!(outbox.item(id(1)).is_some_and(Item::waits));
    assert!(outbox.item(id(2)).is_some_and(|item| !item.waits()));
}

#[test]
fn entries_of_a_credential_that_nobody_knows_wait_for_a_sign_in() {
    let (mut outbox, visit) = with_visit();
    outbox.step(0, 0, Event::Stored(id(1), 1));
    sent(&mut outbox, &visit);
    let deeds = outbox.step(0, 0, text(&Reply { unknown: vec![visit.device], ..Reply::default() }));
    assert!(!deeds.iter().any(|deed| matches!(deed, Deed::Send(_))), "{deeds:?}");
    let deeds = outbox.step(0, 0, Event::Enrolled(visit.device));
    assert!(matches!(&deeds[0], Deed::Send(parcel) if parcel.envelopes.len() == 1));
}

proptest! {
    #[test]
    fn no_status_and_no_text_settles_or_forgets_anything(status in 0_u16..600, said in "\\PC{0,200}") {
        let (mut outbox, visit) = with_visit();
        outbox.step(0, 0, Event::Stored(id(1), 1));
        sent(&mut outbox, &visit);
        let deeds = outbox.step(0, 0, Event::Answered(Some((status, said))));
        prop_assert!(!forgets(&deeds));
        prop_assert!(outbox.item(id(1)).is_some_and(Item::waits));
        let waits = deeds.iter().any(|deed| matches!(deed, Deed::Wake(pause) if *pause <= domain::sync::WAIT_MAX));
        prop_assert!(waits, "it comes again within a quarter of an hour");
    }
}

#[test]
fn a_draft_rests_while_somebody_types_and_goes_at_once_from_the_next_page() {
    let mut outbox = Outbox::default();
    outbox.step(0, 0, Event::Loaded { items: Vec::new(), made: Vec::new() });
    let draft = item(1, 1, Kind::Draft);
    outbox.step(0, 0, Event::Sealed(draft.clone()));
    let deeds = outbox.step(0, 0, Event::Stored(id(1), 1));
    assert_eq!(deeds, [Deed::Tell(Told::Saved(id(1))), Deed::Wake(20_000)]);
    assert!(matches!(outbox.step(20_000, 0, Event::Woke).as_slice(), [Deed::Send(_)]));
    let mut next = Outbox::default();
    let deeds = next.step(1, 0, Event::Loaded { items: vec![draft], made: Vec::new() });
    assert!(matches!(deeds.as_slice(), [Deed::Send(_)]), "{deeds:?}");
}

fn opened(items: Vec<Item>) -> Outbox {
    let mut outbox = Outbox::default();
    outbox.step(0, 0, Event::Loaded { items, made: Vec::new() });
    outbox
}

/// What is in the parcel that is sent.
fn parcel(deeds: &[Deed]) -> Vec<String> {
    let sent = deeds.iter().find_map(|deed| match deed {
        Deed::Send(parcel) => Some(parcel),
        _ => None,
    });
    sent.map(|parcel| parcel.envelopes.iter().map(|envelope| envelope.0.clone()).collect())
        .unwrap_or_default()
}

#[test]
fn a_visit_that_took_long_to_seal_is_sealed_anew_when_a_draft_was_quicker() {
    let mut outbox = opened(Vec::new());
    let slow = item(1, outbox.next_revision(id(1)), Kind::Visit);
    outbox.step(0, 0, Event::Sealed(item(1, outbox.next_revision(id(1)), Kind::Draft)));
    assert_eq!(outbox.step(0, 0, Event::Sealed(slow)), [Deed::Tell(Told::Overtaken(id(1)))]);
    let again = item(1, outbox.next_revision(id(1)), Kind::Visit);
    assert!(matches!(outbox.step(0, 0, Event::Sealed(again)).as_slice(), [Deed::Store(_)]));
    assert_eq!(outbox.item(id(1)).map(|item| item.kind), Some(Kind::Visit));
}

#[test]
fn a_visit_that_another_tab_finished_is_not_written_over() {
    let first = item(1, 1, Kind::Visit);
    let mut outbox = opened(vec![first.clone()]);
    let other = item(1, 2, Kind::Visit);
    assert_eq!(outbox.step(0, 0, Event::Sealed(other)), [Deed::Tell(Told::Taken(id(1)))]);
    assert_eq!(outbox.item(id(1)).map(|item| &item.sha256), Some(&first.sha256));
    // And where this tab has not heard of it yet, the disk says so.
    let mut late = opened(Vec::new());
    late.step(0, 0, Event::Sealed(item(1, 2, Kind::Visit)));
    let deeds = late.step(0, 0, Event::Taken(id(1), 2));
    assert_eq!(deeds, [Deed::Read, Deed::Tell(Told::Taken(id(1)))]);
    late.step(0, 0, Event::Loaded { items: vec![first.clone()], made: Vec::new() });
    assert_eq!(late.item(id(1)).map(|item| &item.sha256), Some(&first.sha256));
}

#[test]
fn what_the_phone_could_not_keep_stays_in_memory_whatever_is_handed_in_once_more() {
    let mut outbox = opened(Vec::new());
    let first = item(1, 1, Kind::Visit);
    outbox.step(0, 0, Event::Sealed(first.clone()));
    outbox.step(0, 0, Event::NotStored(id(1), 1));
    let again = item(1, outbox.next_revision(id(1)), Kind::Visit);
    assert_eq!(outbox.step(0, 0, Event::Sealed(again)), [Deed::Tell(Told::Taken(id(1)))]);
    assert_eq!(outbox.item(id(1)), Some(&first));
    assert!(outbox.is_in_memory(id(1)), "nobody may say that it is on the disk");
    outbox.step(0, 0, Event::Stored(id(1), 1));
    assert!(!outbox.is_in_memory(id(1)));
}

#[test]
fn a_credential_that_stays_unknown_does_not_make_the_phone_ask_without_end() {
    let (mut outbox, visit) = with_visit();
    outbox.step(0, 0, Event::Stored(id(1), 1));
    let unknown = vec![DeviceId(Uuid::from_u128(9))];
    let later = Answer { entry: visit.entry, sha256: visit.sha256.clone(), outcome: Outcome::Later };
    let reply = Reply { unknown, answers: vec![later], ..Reply::default() };
    sent(&mut outbox, &visit);
    outbox.step(0, 0, text(&reply));
    sent(&mut outbox, &visit);
    let deeds = outbox.step(0, 0, text(&reply));
    assert!(!deeds.iter().any(|deed| matches!(deed, Deed::Send(_))), "{deeds:?}");
    assert!(deeds.iter().any(|deed| matches!(deed, Deed::Wake(_))), "{deeds:?}");
    // Where it becomes known in another tab, nothing waits for it here.
    sent(&mut outbox, &visit);
    outbox.step(0, 0, text(&Reply::default()));
    assert_eq!(outbox.unknown(), []);
}

#[test]
fn an_entry_that_the_server_refused_is_mended_under_its_identity() {
    let mut refused = item(1, 1, Kind::Visit);
    let outcome = Outcome::Held(Held::Refused(Refusal::NotThere));
    refused.state = State::OnServer { outcome, since: 0, backed_up: false };
    let mut outbox = opened(vec![refused.clone()]);
    let mended = item(1, 2, Kind::Visit);
    assert!(matches!(outbox.step(0, 0, Event::Sealed(mended.clone())).as_slice(), [Deed::Store(_)]));
    // Another tab writes something else before this is on the disk.
    outbox.step(0, 0, Event::Loaded { items: vec![refused], made: Vec::new() });
    assert_eq!(outbox.item(id(1)).map(|item| &item.sha256), Some(&mended.sha256));
}

#[test]
fn what_could_not_be_kept_is_no_worry_once_it_has_arrived() {
    let (mut outbox, visit) = with_visit();
    outbox.step(0, 0, Event::NotStored(id(1), 1));
    outbox.step(0, 0, text(&committed(&visit, 0)));
    let told = outbox.step(0, 0, Event::NotStored(id(1), 1));
    assert_eq!(told, []);
}

#[test]
fn what_could_not_be_kept_is_tried_again() {
    let (mut outbox, _) = with_visit();
    outbox.step(0, 0, Event::NotStored(id(1), 1));
    let deeds = outbox.step(0, 0, Event::Woke);
    assert!(matches!(&deeds[0], Deed::Store(items) if items[0].entry == id(1)), "{deeds:?}");
}

#[test]
fn a_phone_whose_store_cannot_be_read_sends_what_is_in_memory_and_says_so() {
    let mut outbox = Outbox::default();
    assert_eq!(outbox.step(0, 0, Event::NotLoaded), []);
    assert!(outbox.is_unread());
    let visit = item(1, 1, Kind::Visit);
    outbox.step(0, 0, Event::Sealed(visit.clone()));
    let deeds = outbox.step(0, 0, Event::NotStored(id(1), 1));
    assert_eq!(parcel(&deeds), std::slice::from_ref(&visit.envelope.0));
    // The draft of it that is on the disk comes to light: the visit is sealed above it.
    let deeds = outbox.step(0, 0, Event::Loaded { items: vec![item(1, 5, Kind::Draft)], made: Vec::new() });
    assert!(!outbox.is_unread());
    assert!(deeds.contains(&Deed::Tell(Told::Overtaken(id(1)))), "{deeds:?}");
    assert_eq!(outbox.next_revision(id(1)), 6);
}

#[test]
fn an_entry_that_never_gets_through_holds_no_other_back() {
    let large = |number: u128| {
        let envelope = Envelope("x".repeat(PARCEL_BYTES / 2 + usize::try_from(number).unwrap()));
        Item { sha256: envelope.sha256(), envelope, ..item(number, 1, Kind::Visit) }
    };
    let mut outbox = opened(vec![large(1), large(2), item(3, 1, Kind::Visit)]);
    let mut seen = BTreeSet::new();
    for _ in 0..6 {
        seen.extend(outbox.under_way.iter().flatten().map(|sent| sent.entry));
        outbox.step(0, 0, Event::Answered(None));
        outbox.step(0, 0, Event::Woke);
    }
    assert_eq!(seen, BTreeSet::from([id(1), id(2), id(3)]));
}

#[test]
fn a_weak_uplink_gets_smaller_parcels() {
    let mut outbox = opened((1..=40).map(|number| item(number, 1, Kind::Visit)).collect());
    let mut sizes = vec![outbox.under_way.as_ref().map_or(0, Vec::len)];
    for _ in 0..8 {
        outbox.step(0, 0, Event::Answered(None));
        sizes.push(parcel(&outbox.step(0, 0, Event::Woke)).len());
    }
    assert_eq!(sizes, [40, 40, 25, 12, 6, 3, 1, 1, 1]);
}

#[test]
fn an_entry_that_the_server_answers_nothing_about_is_told_of() {
    let mut outbox = opened(vec![item(1, 1, Kind::Visit)]);
    for _ in 0..3 {
        assert!(!outbox.is_stuck(id(1)));
        outbox.step(0, 0, text(&Reply::default()));
        outbox.step(0, 0, Event::Woke);
    }
    assert!(outbox.is_stuck(id(1)));
    assert!(outbox.item(id(1)).is_some_and(Item::waits), "and kept");
}

#[test]
fn two_tabs_count_what_was_made_and_never_less() {
    let (mut outbox, visit) = with_visit();
    let made = vec![Made { device: visit.device, entries: 0 }];
    outbox.step(0, 0, Event::Loaded { items: Vec::new(), made });
    let deeds = outbox.step(0, 0, Event::Stored(id(1), 1));
    let sent = deeds.iter().find_map(|deed| match deed {
        Deed::Send(parcel) => Some(parcel.made.clone()),
        _ => None,
    });
    assert_eq!(sent, Some(vec![Made { device: visit.device, entries: 1 }]));
}
