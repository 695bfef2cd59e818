//! The outbox as a machine: events in, deeds out.
//!
//! Nothing that the server or the network says makes an entry go away but one thing: the server has it in a backup, and
//! seven days have passed since it took it (O4, O5, O23). Whatever else comes, the entry is kept and sent again.

use crate::envelope::Envelope;
use crate::wire::{
    Backup, Held, Holding, KEPT_MAX, Kept, MADE_MAX, Made, Outcome, PARCEL_BYTES, PARCEL_MAX, Parcel, Reply,
};
use domain::ids::{CommandId, DeviceId, PersonId};
use domain::sync::Refusal;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// An entry stays on the phone so long after the server took it, in milliseconds of the server's clock.
const STAYS: i64 = 7 * 24 * 3600 * 1000;
/// About an entry that the server has is asked so often at most, in milliseconds.
const ASK_AGAIN: i64 = 3600 * 1000;

/// While something is not on the phone's disk, keeping it is tried again so soon, in milliseconds.
const KEEP_AGAIN: u64 = 5_000;
/// So often the server may answer without taking an entry before a person is told.
const STUCK: u32 = 3;
/// A parcel is halved so often at most: after that a single entry goes.
const HALVED_MAX: u32 = 7;

/// A draft is sent so long after it was sealed, in milliseconds: while somebody types on, the newest is enough.
const DRAFTS_REST: i64 = 20_000;

/// What a person sees of an entry: nothing of what is in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A form that is not finished.
    Draft,
    /// A visit.
    Visit,
    /// A change to something that is there.
    Change,
}

impl Kind {
    /// Is it what somebody handed in, and not a form that is half filled in?
    #[must_use]
    pub fn is_finished(self) -> bool {
        self != Self::Draft
    }
}

/// How far an entry is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Sealed on this phone; the server has not confirmed it.
    Sealed,
    /// The server has it on disk.
    OnServer {
        /// What became of it there.
        outcome: Outcome,
        /// When the server said so, by its own clock.
        since: i64,
        /// Is it in a backup, too?
        backed_up: bool,
    },
}

/// An entry as the phone keeps it: sealed bytes, and what is needed to send them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    /// The entry.
    pub entry: CommandId,
    /// Which revision this is.
    pub rev: u32,
    /// Whose it is.
    pub person: PersonId,
    /// Under which credential.
    pub device: DeviceId,
    /// What kind of entry.
    pub kind: Kind,
    /// When it was sealed, by the phone's clock, in milliseconds since 1970.
    pub sealed_at: i64,
    /// The envelope.
    pub envelope: Envelope,
    /// Its hash.
    pub sha256: String,
    /// How far it is.
    pub state: State,
}

impl Item {
    /// Has the server not confirmed it yet?
    #[must_use]
    pub fn waits(&self) -> bool {
        self.state == State::Sealed
    }

    /// By what the server is asked about it, and an answer means it.
    fn kept(&self) -> Kept {
        Kept { entry: self.entry, sha256: self.sha256.clone() }
    }

    /// Why it has not taken effect, where a person has to look at it.
    #[must_use]
    pub fn held(&self) -> Option<&Held> {
        match &self.state {
            State::OnServer { outcome: Outcome::Held(held), .. } => Some(held),
            _ => None,
        }
    }
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The phone's store was read: at the start, or because another tab wrote to it.
    Loaded {
        /// Everything in it.
        items: Vec<Item>,
        /// How many entries were made under each credential.
        made: Vec<Made>,
    },
    /// The phone's store can't be read now. What is only in memory is sent meanwhile.
    NotLoaded,
    /// Something was written and sealed.
    Sealed(Item),
    /// A revision is on the phone's disk.
    Stored(CommandId, u32),
    /// A revision could not be kept on the phone: it stays in memory, and is sent all the same.
    NotStored(CommandId, u32),
    /// On the phone's disk is a revision as high as this one: another tab was there first.
    Overtaken(CommandId, u32),
    /// On the phone's disk the entry is finished already, with other words, and waits for the server.
    Taken(CommandId, u32),
    /// The network may be back, the page is seen again, or the time that was asked for is over.
    Woke,
    /// The parcel that was sent was answered, with a status and a text, or not at all.
    Answered(Option<(u16, String)>),
    /// A person has enrolled this phone (again).
    Enrolled(DeviceId),
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Keep these on the phone, flushed to its disk, where no higher revision is.
    Store(Vec<Item>),
    /// Let these go, where the phone still has them with this hash.
    Forget(Vec<Kept>),
    /// Send this.
    Send(Parcel),
    /// Read the phone's store again.
    Read,
    /// Come again after so many milliseconds.
    Wake(u64),
    /// Say this.
    Tell(Told),
}

/// What a person is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// It is safe on this phone.
    Saved(CommandId),
    /// This phone could not keep it.
    NotSaved(CommandId),
    /// A revision as high is there: it has to be sealed anew, under the next one.
    Overtaken(CommandId),
    /// The entry is finished already, with other words, in another tab. These were not kept.
    Taken(CommandId),
    /// The server has it.
    Arrived(CommandId, Outcome),
    /// The server had it and has it no more: it is sent again.
    SentAgain(CommandId),
    /// It has been on the server and in a backup long enough.
    Forgotten(CommandId),
}

/// The outbox.
#[derive(Clone, Debug, Default)]
pub struct Outbox {
    items: BTreeMap<CommandId, Item>,
    /// Not on the phone's disk (yet).
    unstored: BTreeMap<CommandId, Unstored>,
    made: BTreeMap<DeviceId, u32>,
    /// Drafts of this very page.
    typed: BTreeSet<CommandId>,
    /// Credentials that the server does not know.
    unknown: Vec<DeviceId>,
    /// What was sent and not answered yet.
    under_way: Option<Vec<Kept>>,
    /// When it was asked last about an entry, by the phone's clock.
    asked: BTreeMap<CommandId, i64>,
    /// Tries without an answer that could be used.
    tries: u32,
    /// How often an entry went without getting further: who failed goes last, so that it holds nobody up (O7).
    failed: BTreeMap<CommandId, u32>,
    /// How often the server answered, and did not take an entry that had gone.
    not_taken: BTreeMap<CommandId, u32>,
    /// How often the parcel was halved: an uplink may be too weak for a whole one.
    halved: u32,
    /// The server's clock at its last answer.
    confirmed_at: Option<i64>,
    backup: Option<Backup>,
    manifest: Option<String>,
    loaded: bool,
    unread: bool,
}

/// An entry that is not on the phone's disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Unstored {
    rev: u32,
    /// Was it tried, and did it fail?
    failed: bool,
}

impl Outbox {
    /// Everything that is on the phone, the oldest first.
    #[must_use]
    pub fn items(&self) -> Vec<&Item> {
        let mut items: Vec<&Item> = self.items.values().collect();
        items.sort_by_key(|item| (item.sealed_at, item.entry));
        items
    }

    /// An entry.
    #[must_use]
    pub fn item(&self, entry: CommandId) -> Option<&Item> {
        self.items.get(&entry)
    }

    /// When the server answered last, by its clock.
    #[must_use]
    pub fn confirmed_at(&self) -> Option<i64> {
        self.confirmed_at
    }

    /// The server's last whole backup.
    #[must_use]
    pub fn backup(&self) -> Option<Backup> {
        self.backup
    }

    /// The list of keys that came with the last answer.
    #[must_use]
    pub fn manifest(&self) -> Option<&str> {
        self.manifest.as_deref()
    }

    /// Credentials whose owners have to sign in on this phone before their entries can go.
    #[must_use]
    pub fn unknown(&self) -> &[DeviceId] {
        &self.unknown
    }

    /// Can what is on the phone not be read now?
    #[must_use]
    pub fn is_unread(&self) -> bool {
        self.unread
    }

    /// Has the server answered again and again without taking it?
    #[must_use]
    pub fn is_stuck(&self, entry: CommandId) -> bool {
        self.not_taken.get(&entry).is_some_and(|times| *times >= STUCK)
    }

    /// The revision under which an entry is sealed next.
    #[must_use]
    pub fn next_revision(&self, entry: CommandId) -> u32 {
        self.items.get(&entry).map_or(0, |item| item.rev).saturating_add(1)
    }

    /// Has the last try failed?
    #[must_use]
    pub fn is_cut_off(&self) -> bool {
        self.tries > 0
    }

    /// Takes what happened and says what is to be done. `now` is the phone's clock in milliseconds since 1970; `jitter`
    /// is any number, to spread the tries of many phones.
    pub fn step(&mut self, now: i64, jitter: u64, event: Event) -> Vec<Deed> {
        match event {
            Event::Loaded { items, made } => self.load(now, items, made),
            Event::NotLoaded => {
                self.unread = true;
                self.send(now)
            }
            Event::Sealed(item) => self.take(item),
            Event::Stored(entry, rev) => self.stored(now, entry, rev),
            Event::NotStored(entry, rev) => self.not_stored(now, entry, rev),
            Event::Overtaken(entry, rev) => self.give_way(entry, rev, Told::Overtaken(entry)),
            Event::Taken(entry, rev) => self.give_way(entry, rev, Told::Taken(entry)),
            Event::Woke => {
                let mut deeds = self.keep_again();
                deeds.extend(self.send(now));
                deeds
            }
            Event::Enrolled(device) => {
                self.unknown.retain(|unknown| *unknown != device);
                self.send(now)
            }
            Event::Answered(reply) => self.answered(now, jitter, reply),
        }
    }

    fn load(&mut self, now: i64, items: Vec<Item>, made: Vec<Made>) -> Vec<Deed> {
        let first = !std::mem::replace(&mut self.loaded, true);
        self.unread = false;
        let mut deeds = Vec::new();
        // What is only in memory stays; of the rest the disk knows best, because another tab may have been there.
        let unstored = &self.unstored;
        self.items.retain(|entry, _| unstored.contains_key(entry));
        for item in items {
            let Some(known) = self.items.get(&item.entry) else {
                self.items.insert(item.entry, item);
                continue;
            };
            let holds = item.kind.is_finished() && item.waits();
            if known.sha256 == item.sha256 || known.rev > item.rev && !holds {
                continue;
            }
            match (known.kind.is_finished(), item.kind.is_finished()) {
                // Its words are in the page still: they are sealed above what is there.
                (true, false) => deeds.push(Deed::Tell(Told::Overtaken(item.entry))),
                (true, true) => deeds.push(Deed::Tell(Told::Taken(item.entry))),
                (false, _) => {}
            }
            self.unstored.remove(&item.entry);
            self.items.insert(item.entry, item);
        }
        for Made { device, entries } in made {
            let known = self.made.entry(device).or_default();
            *known = entries.max(*known);
        }
        if first {
            deeds.extend(self.send(now));
        }
        deeds
    }

    fn take(&mut self, item: Item) -> Vec<Deed> {
        if let Some(known) = self.items.get(&item.entry) {
            let finished = item.kind.is_finished();
            // What is finished never gives way to what is not.
            if !finished && (known.kind.is_finished() || known.rev >= item.rev) {
                return Vec::new();
            }
            if finished && known.kind.is_finished() && known.waits() {
                return vec![Deed::Tell(Told::Taken(item.entry))];
            }
            if known.rev >= item.rev {
                return vec![Deed::Tell(Told::Overtaken(item.entry))];
            }
        } else {
            *self.made.entry(item.device).or_default() += 1;
        }
        self.unstored.insert(item.entry, Unstored { rev: item.rev, failed: false });
        self.typed.insert(item.entry);
        self.items.insert(item.entry, item.clone());
        vec![Deed::Store(vec![item])]
    }

    /// Is an entry in the page's memory only?
    #[must_use]
    pub fn is_in_memory(&self, entry: CommandId) -> bool {
        self.unstored.contains_key(&entry)
    }

    /// Is this the revision that is not on the disk?
    fn is_unstored(&self, entry: CommandId, rev: u32) -> bool {
        self.unstored.get(&entry).is_some_and(|unstored| unstored.rev == rev)
    }

    fn stored(&mut self, now: i64, entry: CommandId, rev: u32) -> Vec<Deed> {
        if !self.is_unstored(entry, rev) {
            return Vec::new();
        }
        self.unstored.remove(&entry);
        let mut deeds = vec![Deed::Tell(Told::Saved(entry))];
        deeds.extend(self.send(now));
        deeds
    }

    fn not_stored(&mut self, now: i64, entry: CommandId, rev: u32) -> Vec<Deed> {
        if !self.is_unstored(entry, rev) {
            return Vec::new();
        }
        self.unstored.insert(entry, Unstored { rev, failed: true });
        let mut deeds = vec![Deed::Tell(Told::NotSaved(entry))];
        match self.send(now) {
            sends if sends.is_empty() => deeds.push(Deed::Wake(KEEP_AGAIN)),
            sends => deeds.extend(sends),
        }
        deeds
    }

    /// Another tab wrote the entry first: what is on the disk holds, and is read again.
    fn give_way(&mut self, entry: CommandId, rev: u32, told: Told) -> Vec<Deed> {
        if !self.is_unstored(entry, rev) {
            return Vec::new();
        }
        self.unstored.remove(&entry);
        vec![Deed::Read, Deed::Tell(told)]
    }

    /// Tries once more to keep what the phone could not.
    fn keep_again(&mut self) -> Vec<Deed> {
        let items: Vec<Item> = self
            .unstored
            .iter()
            .filter(|(_, unstored)| unstored.failed)
            .filter_map(|(entry, _)| self.items.get(entry).cloned())
            .collect();
        for unstored in self.unstored.values_mut() {
            unstored.failed = false;
        }
        if items.is_empty() { Vec::new() } else { vec![Deed::Store(items)] }
    }

    /// Sends what waits and asks about what the server has, unless an answer is awaited.
    fn send(&mut self, now: i64) -> Vec<Deed> {
        if self.under_way.is_some() || !(self.loaded || self.unread) {
            return Vec::new();
        }
        let going = self.going(now);
        let kept = self.to_ask(now);
        if going.is_empty() && kept.is_empty() {
            let rests = self.items.values().any(|item| self.can_go(item) && self.rests(item, now));
            let soon = u64::try_from(DRAFTS_REST).unwrap_or_default();
            return if rests { vec![Deed::Wake(soon)] } else { Vec::new() };
        }
        let made = |(device, entries): (&DeviceId, &u32)| Made { device: *device, entries: *entries };
        let parcel = Parcel {
            sent_at: now,
            made: self.made.iter().map(made).take(MADE_MAX).collect(),
            envelopes: going.iter().map(|item| item.envelope.clone()).collect(),
            kept,
        };
        self.under_way = Some(going.into_iter().map(Item::kept).collect());
        vec![Deed::Send(parcel)]
    }

    /// Does an entry wait that the server can take from its credential?
    fn can_go(&self, item: &Item) -> bool {
        item.waits() && !self.unknown.contains(&item.device)
    }

    /// Is it a draft at which somebody types?
    fn rests(&self, item: &Item, now: i64) -> bool {
        !item.kind.is_finished()
            && self.typed.contains(&item.entry)
            && now.saturating_sub(item.sealed_at).saturating_abs() < DRAFTS_REST
    }

    /// The entries that go now: those first that failed least, of those the oldest.
    fn going(&self, now: i64) -> Vec<&Item> {
        let (most, room) = ((PARCEL_MAX >> self.halved).max(1), PARCEL_BYTES >> self.halved);
        let mut waiting = self.items();
        waiting.retain(|item| self.can_go(item) && !self.rests(item, now));
        waiting.sort_by_key(|item| self.failed.get(&item.entry).copied().unwrap_or_default());
        let mut bytes = 0;
        let fits = |item: &&Item| {
            bytes += item.envelope.0.len();
            bytes <= room
        };
        let count = waiting.iter().copied().take(most).take_while(fits).count();
        waiting.truncate(count.max(1));
        waiting
    }

    /// The entries about which the server is asked now, those first that it was not asked about for longest.
    fn to_ask(&self, now: i64) -> Vec<Kept> {
        let is_due = |item: &&Item| {
            // A clock that was set back must not keep it from asking.
            self.asked
                .get(&item.entry)
                .is_none_or(|asked| now.saturating_sub(*asked).saturating_abs() >= ASK_AGAIN)
        };
        let mut due: Vec<&Item> = self.items.values().filter(|item| !item.waits()).filter(is_due).collect();
        due.sort_by_key(|item| self.asked.get(&item.entry).copied());
        due.into_iter().take(KEPT_MAX).map(Item::kept).collect()
    }

    fn answered(&mut self, now: i64, jitter: u64, reply: Option<(u16, String)>) -> Vec<Deed> {
        let Some(under_way) = self.under_way.take() else { return Vec::new() };
        // A status alone says nothing: portals and proxies answer 200 with pages of their own (O4).
        let reply = reply.filter(|(status, _)| *status == 200);
        let Some(reply) = reply.and_then(|(_, text)| serde_json::from_str::<Reply>(&text).ok()) else {
            self.note_failed(&under_way);
            return self.later(jitter);
        };
        let (mut deeds, moved) = self.believe(now, &under_way, reply);
        let still: Vec<Kept> = under_way.into_iter().filter(|sent| self.waits_still(sent)).collect();
        self.note_failed(&still);
        for sent in &still {
            *self.not_taken.entry(sent.entry).or_default() += 1;
        }
        if !moved {
            deeds.extend(self.later(jitter));
            return deeds;
        }
        self.tries = 0;
        self.halved = self.halved.saturating_sub(1);
        let more = self.send(now);
        if more.is_empty() {
            let soon = if self.unstored.is_empty() {
                u64::try_from(ASK_AGAIN).unwrap_or(u64::MAX)
            } else {
                KEEP_AGAIN
            };
            deeds.push(Deed::Wake(soon));
        }
        deeds.extend(more);
        deeds
    }

    /// Does what was sent wait still, from a credential that the server knows?
    fn waits_still(&self, sent: &Kept) -> bool {
        self.items.get(&sent.entry).is_some_and(|item| item.sha256 == sent.sha256 && self.can_go(item))
    }

    fn note_failed(&mut self, sent: &[Kept]) {
        for sent in sent {
            *self.failed.entry(sent.entry).or_default() += 1;
        }
    }

    fn later(&mut self, jitter: u64) -> Vec<Deed> {
        self.halved = (self.halved + 1).min(HALVED_MAX);
        let wait = domain::sync::wait(self.tries, jitter);
        self.tries = self.tries.saturating_add(1);
        vec![Deed::Wake(wait)]
    }

    /// Takes over what the server says of the very bytes that are here, and nothing else. Says whether anything of
    /// what was sent got further.
    fn believe(&mut self, now: i64, under_way: &[Kept], reply: Reply) -> (Vec<Deed>, bool) {
        let (mut changed, mut gone, mut told) = (Vec::new(), Vec::new(), Vec::new());
        let mut moved = under_way.is_empty();
        for answer in &reply.answers {
            let Some(item) = self.items.get_mut(&answer.entry) else { continue };
            if !under_way.iter().any(|sent| sent.entry == answer.entry && sent.sha256 == answer.sha256) {
                continue;
            }
            moved |= answer.outcome != Outcome::Later;
            // A newer revision may have been sealed meanwhile: this answer is not about that.
            if item.sha256 != answer.sha256 || !item.waits() || answer.outcome == Outcome::Later {
                continue;
            }
            item.state =
                State::OnServer { outcome: answer.outcome.clone(), since: reply.at, backed_up: false };
            self.asked.insert(item.entry, now);
            // Now the server has it: that this phone could not keep it is no news any more.
            self.unstored.remove(&item.entry);
            self.failed.remove(&item.entry);
            self.not_taken.remove(&item.entry);
            changed.push(item.clone());
            told.push(Deed::Tell(Told::Arrived(item.entry, answer.outcome.clone())));
        }
        for answer in &reply.kept {
            let Some(item) = self.items.get_mut(&answer.entry).filter(|item| item.sha256 == answer.sha256)
            else {
                continue;
            };
            let State::OnServer { outcome, since, backed_up } = &mut item.state else { continue };
            self.asked.insert(answer.entry, now);
            let before = (outcome.clone(), *backed_up);
            if answer.has == Holding::Nothing {
                item.state = State::Sealed;
                self.asked.remove(&answer.entry);
                changed.push(item.clone());
                told.push(Deed::Tell(Told::SentAgain(answer.entry)));
                moved = true;
                continue;
            }
            *backed_up = answer.has == Holding::BackedUp;
            if let Some(became) = &answer.outcome {
                *outcome = became.clone();
            }
            // Only what has taken effect may go, and what never will: what else is held waits for a person, here and there.
            let settled =
                matches!(outcome, Outcome::Committed(_) | Outcome::Held(Held::Refused(Refusal::Erased)));
            if settled && *backed_up && reply.at.saturating_sub(*since) >= STAYS {
                gone.push(item.kept());
                continue;
            }
            if (outcome.clone(), *backed_up) != before {
                changed.push(item.clone());
            }
        }
        // A credential that became known, or unknown, may let others go; one that stays unknown moves nothing.
        moved |= reply.unknown != self.unknown;
        self.unknown = reply.unknown;
        self.confirmed_at = Some(reply.at);
        self.backup = reply.backup.or(self.backup);
        if !reply.manifest.is_empty() {
            self.manifest = Some(reply.manifest);
        }
        for one in &gone {
            self.items.remove(&one.entry);
            self.asked.remove(&one.entry);
            told.push(Deed::Tell(Told::Forgotten(one.entry)));
        }
        let mut deeds = Vec::new();
        if !changed.is_empty() {
            deeds.push(Deed::Store(changed));
        }
        if !gone.is_empty() {
            deeds.push(Deed::Forget(gone));
        }
        deeds.extend(told);
        (deeds, moved)
    }
}

#[cfg(test)]
mod tests;
