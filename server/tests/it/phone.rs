//! A phone without a browser: the outbox's own machine, a disk that may lose what was not flushed, and a page that may be
//! killed.

use crate::helpers::open_session;
use backend::Backend;
use backend::clock::new_id;
use domain::ids::{CommandId, DeviceId, PersonId};
use domain::sync::Command;
use outbox::{Content, Deed, Event, Header, Item, Kind, Made, Manifest, Outbox, Parcel, State, Told, seal};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex};

/// A person's credential on a phone.
#[derive(Clone)]
pub struct Credential {
    /// Its identity.
    pub device: DeviceId,
    /// Whose.
    pub person: PersonId,
    /// Their code in the county.
    pub code: &'static str,
    key: SigningKey,
}

impl Credential {
    /// A new one; `secret` is different for each.
    pub fn new(person: PersonId, code: &'static str, secret: u64) -> Self {
        let mut bytes = [7; 32];
        bytes[..8].copy_from_slice(&secret.to_le_bytes());
        Self { device: DeviceId(new_id()), person, code, key: SigningKey::from_slice(&bytes).expect("a key") }
    }

    /// Its public key, as a phone tells it.
    pub fn public_key(&self) -> Vec<u8> {
        self.key.verifying_key().to_sec1_point(false).as_bytes().to_vec()
    }
}

/// What stays when the page is killed; every tab of the phone writes to it.
#[derive(Clone, Default)]
pub struct Disk {
    items: BTreeMap<CommandId, Item>,
    made: BTreeMap<DeviceId, u32>,
}

/// What became of a write.
enum Kept {
    Stored,
    Overtaken,
    Taken,
}

/// What was written and is not on the disk yet: it is in the page's memory.
struct Pending {
    who: usize,
    kind: Kind,
    content: Content,
    seed: u64,
}

/// A tab on a phone.
pub struct Phone {
    /// Who writes on it, with their credentials.
    pub credentials: Vec<Credential>,
    /// What is on its disk.
    disk: Arc<Mutex<Disk>>,
    pending: BTreeMap<CommandId, Pending>,
    /// Entries that are to be sealed anew.
    again: Vec<CommandId>,
    /// Sealed, and not handed over yet: sealing takes a moment, in which other things happen.
    sealing: VecDeque<Item>,
    /// The outbox in the open page.
    pub machine: Outbox,
    /// Writes to the disk that are not over.
    pub writes: VecDeque<Deed>,
    /// What was sent and not answered.
    pub sent: Option<Parcel>,
    /// Its clock is wrong by so many milliseconds.
    pub skew: i64,
    /// The list of keys that it has.
    pub manifest: String,
    /// What people were told.
    pub told: Vec<Told>,
    /// Envelopes of which people were told that they are safe: on this phone, or with the server alone.
    pub promised: BTreeMap<String, Promise>,
    /// What was sealed in each envelope.
    sealed: BTreeMap<String, Content>,
}

/// What people were told to be safe.
#[derive(Clone, Debug)]
pub struct Promise {
    /// The entry.
    pub entry: CommandId,
    /// What stands in it.
    pub content: Content,
    /// When, by the server's clock.
    pub at: i64,
    /// Was it called saved on the phone? Else it had arrived at the server, and was on no disk of the phone's.
    pub on_phone: bool,
}

impl Phone {
    /// A phone on which these people write.
    pub fn new(credentials: Vec<Credential>, manifest: &str) -> Self {
        let mut phone = Self {
            credentials,
            disk: Arc::default(),
            pending: BTreeMap::new(),
            again: Vec::new(),
            sealing: VecDeque::new(),
            machine: Outbox::default(),
            writes: VecDeque::new(),
            sent: None,
            skew: 0,
            manifest: manifest.to_owned(),
            told: Vec::new(),
            promised: BTreeMap::new(),
            sealed: BTreeMap::new(),
        };
        phone.open(0);
        phone
    }

    /// Another tab of the same phone.
    pub fn tab(&self) -> Self {
        let mut tab = Self::new(self.credentials.clone(), &self.manifest);
        tab.disk = Arc::clone(&self.disk);
        tab.open(0);
        tab
    }

    /// The page opens: what is on the disk is read.
    pub fn open(&mut self, now: i64) {
        self.machine = Outbox::default();
        self.read(now);
    }

    /// The disk is read; for the first time, or because another tab wrote to it.
    pub fn read(&mut self, now: i64) {
        let Disk { items, made } = self.disk.lock().expect("a disk").clone();
        let made = made.into_iter().map(|(device, entries)| Made { device, entries });
        let loaded = Event::Loaded { items: items.into_values().collect(), made: made.collect() };
        self.step(now, loaded);
    }

    /// The page is killed: what was not on the disk is gone, and so is what was under way.
    pub fn kill(&mut self, now: i64) {
        self.writes.clear();
        self.pending.clear();
        self.again.clear();
        self.sealing.clear();
        self.sent = None;
        self.open(now);
    }

    /// The page is killed and opens again, and the disk can't be read for now.
    pub fn open_unread(&mut self, now: i64) {
        self.kill(now);
        self.machine = Outbox::default();
        self.sent = None;
        self.step(now, Event::NotLoaded);
    }

    /// Lets the machine take in what happened.
    pub fn step(&mut self, now: i64, event: Event) {
        for deed in self.machine.step(now + self.skew, 7, event) {
            match deed {
                Deed::Store(_) | Deed::Forget(_) => self.writes.push_back(deed),
                Deed::Send(parcel) => self.sent = Some(parcel),
                Deed::Wake(_) => {}
                Deed::Read => self.read(now),
                Deed::Tell(told) => self.hear(now, told),
            }
        }
    }

    /// As `app/src/outbox/phone.rs` does it.
    fn hear(&mut self, now: i64, told: Told) {
        match &told {
            Told::Saved(id) | Told::Arrived(id, _) => {
                let item = self.machine.item(*id).expect("an entry that people were told of");
                let content = self.sealed.get(&item.sha256);
                if let Some(content) = content {
                    let saved = matches!(told, Told::Saved(_));
                    let promise = Promise { entry: *id, content: content.clone(), at: now, on_phone: saved };
                    self.promised.entry(item.sha256.clone()).or_insert(promise).on_phone |= saved;
                }
                let is_draft = |pending: &Pending| pending.kind == Kind::Draft;
                if item.kind != Kind::Draft || self.pending.get(id).is_some_and(is_draft) {
                    self.pending.remove(id);
                }
            }
            Told::Overtaken(id) => self.again.push(*id),
            Told::Taken(id) => {
                self.pending.remove(id);
            }
            _ => {}
        }
        self.told.push(told);
    }

    /// The next write to the disk is over; or, when `fails`, the disk is full.
    pub fn write(&mut self, now: i64, fails: bool) {
        match self.writes.pop_front() {
            Some(Deed::Store(items)) => {
                for item in items {
                    let (entry, rev) = (item.entry, item.rev);
                    let event = match (!fails).then(|| self.keep(item)) {
                        None => Event::NotStored(entry, rev),
                        Some(Kept::Stored) => Event::Stored(entry, rev),
                        Some(Kept::Overtaken) => Event::Overtaken(entry, rev),
                        Some(Kept::Taken) => Event::Taken(entry, rev),
                    };
                    self.step(now, event);
                }
            }
            Some(Deed::Forget(entries)) if !fails => {
                let mut disk = self.disk.lock().expect("a disk");
                for gone in entries {
                    if disk.items.get(&gone.entry).is_some_and(|item| item.sha256 == gone.sha256) {
                        disk.items.remove(&gone.entry);
                    }
                }
            }
            _ => {}
        }
    }

    /// As `app/src/outbox/store.js` does it.
    fn keep(&mut self, item: Item) -> Kept {
        let mut disk = self.disk.lock().expect("a disk");
        let before = disk.items.get(&item.entry);
        if let Some(before) = before.filter(|before| before.sha256 != item.sha256) {
            let finished = before.kind != Kind::Draft;
            if finished && item.kind == Kind::Draft {
                return Kept::Stored;
            }
            if finished && before.waits() {
                return Kept::Taken;
            }
            if before.rev >= item.rev {
                return Kept::Overtaken;
            }
        }
        if before.is_none() {
            *disk.made.entry(item.device).or_default() += 1;
        }
        disk.items.insert(item.entry, item);
        Kept::Stored
    }

    /// Somebody writes something.
    pub fn write_down(&mut self, now: i64, who: usize, id: CommandId, command: &Command, seed: u64) {
        let (kind, content) = self.finished(now, command);
        self.seal(now, who, id, kind, &content, seed);
    }

    /// What is sealed of something that somebody hands in.
    pub fn finished(&self, now: i64, command: &Command) -> (Kind, Content) {
        let body = serde_json::to_string(command).expect("a command");
        let kind = if matches!(command, Command::LogVisit(_)) { Kind::Visit } else { Kind::Change };
        (kind, Content::Command { body, written_at: now + self.skew, zone: 120 })
    }

    /// Somebody pauses in a form, or hands it in.
    pub fn seal(&mut self, now: i64, who: usize, id: CommandId, kind: Kind, content: &Content, seed: u64) {
        self.take_in(who, id, kind, content, seed);
        self.begin_to_seal(now, id);
        while self.hand_over(now) {}
    }

    /// Holds on to what was written until it is on the disk.
    pub fn take_in(&mut self, who: usize, id: CommandId, kind: Kind, content: &Content, seed: u64) {
        let finished = self.pending.get(&id).is_some_and(|pending| pending.kind.is_finished());
        if kind.is_finished() || !finished {
            self.pending.insert(id, Pending { who, kind, content: content.clone(), seed });
        }
    }

    /// Begins to seal what is pending of an entry, under the revision that is next now.
    pub fn begin_to_seal(&mut self, now: i64, id: CommandId) {
        let Some(Pending { who, kind, content, seed }) = self.pending.get(&id) else { return };
        let (kind, Credential { device, person, key, .. }) = (*kind, self.credentials[*who].clone());
        let manifest = Manifest::read(&self.manifest, "", 0, i64::MIN).expect("a list of keys");
        let public = manifest.newest().expect("a key");
        let rev = self.machine.next_revision(id);
        let mut chance = [3; 32];
        chance[..8].copy_from_slice(&seed.wrapping_add(u64::from(rev)).to_le_bytes());
        let header = Header::new(public.id, id, rev, device, person);
        let unsigned = seal(&header, content, &public.bytes(), chance).expect("a seal");
        let signature: Signature = key.sign(unsigned.to_sign());
        let envelope = unsigned.signed(&signature.to_bytes());
        let sha256 = envelope.sha256();
        self.sealed.insert(sha256.clone(), content.clone());
        let sealed_at = now + self.skew;
        self.sealing.push_back(Item {
            entry: id,
            rev,
            person,
            device,
            kind,
            sealed_at,
            envelope,
            sha256,
            state: State::Sealed,
        });
    }

    /// What was sealed first is handed over, where it is still what is meant. Says whether there was anything.
    pub fn hand_over(&mut self, now: i64) -> bool {
        let Some(item) = self.sealing.pop_front() else { return false };
        if self.pending.get(&item.entry).is_some_and(|pending| pending.kind == item.kind) {
            self.step(now, Event::Sealed(item));
        }
        for id in std::mem::take(&mut self.again) {
            self.begin_to_seal(now, id);
        }
        true
    }

    /// Everything that is in the page's memory is sealed, as it is once there is a key.
    pub fn seal_all(&mut self, now: i64) {
        for id in self.pending.keys().copied().collect::<Vec<_>>() {
            self.begin_to_seal(now, id);
        }
        while self.hand_over(now) {}
    }

    /// An entry that is in the page's memory.
    pub fn pending(&self) -> Option<CommandId> {
        self.pending.keys().next().copied()
    }

    /// Enrols its people again, as signing in does.
    pub async fn enrol(&mut self, backend: &Backend, now: i64) {
        for credential in self.credentials.clone() {
            let session = open_session(backend, credential.code).await.to_string();
            let actor = backend.actor(&session).await.expect("a database").expect("a session");
            let enrolled =
                backend.enrol(&actor, credential.device, &credential.public_key(), "puhelin").await;
            if enrolled.is_ok() {
                self.step(now, Event::Enrolled(credential.device));
            }
        }
        backend.keys.manifest().clone_into(&mut self.manifest);
    }

    /// Is an envelope on its disk?
    pub fn keeps(&self, sha256: &str) -> bool {
        self.disk.lock().expect("a disk").items.values().any(|item| item.sha256 == sha256)
    }

    /// Is there an entry on its disk?
    pub fn holds(&self, id: CommandId) -> bool {
        self.disk.lock().expect("a disk").items.contains_key(&id)
    }
}
