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

/// What stays when the page is killed.
#[derive(Clone, Default)]
pub struct Disk {
    items: BTreeMap<CommandId, Item>,
    made: BTreeMap<DeviceId, u32>,
}

/// A phone.
pub struct Phone {
    /// Who writes on it, with their credentials.
    pub credentials: Vec<Credential>,
    /// What is on its disk.
    pub disk: Disk,
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
}

impl Phone {
    /// A phone on which these people write.
    pub fn new(credentials: Vec<Credential>, manifest: &str) -> Self {
        let mut phone = Self {
            credentials,
            disk: Disk::default(),
            machine: Outbox::default(),
            writes: VecDeque::new(),
            sent: None,
            skew: 0,
            manifest: manifest.to_owned(),
            told: Vec::new(),
        };
        phone.open(0);
        phone
    }

    /// The page opens: what is on the disk is read.
    pub fn open(&mut self, now: i64) {
        self.machine = Outbox::default();
        let items = self.disk.items.values().cloned().collect();
        let made = self.disk.made.iter().map(|(device, entries)| Made { device: *device, entries: *entries });
        let loaded = Event::Loaded { items, made: made.collect() };
        self.step(now, loaded);
    }

    /// The page is killed: what was not on the disk is gone, and so is what was under way.
    pub fn kill(&mut self, now: i64) {
        self.writes.clear();
        self.sent = None;
        self.open(now);
    }

    /// Lets the machine take in what happened.
    pub fn step(&mut self, now: i64, event: Event) {
        for deed in self.machine.step(now + self.skew, 7, event) {
            match deed {
                Deed::Store(_) | Deed::Forget(_) => self.writes.push_back(deed),
                Deed::Send(parcel) => self.sent = Some(parcel),
                Deed::Wake(_) => {}
                Deed::Tell(told) => self.told.push(told),
            }
        }
    }

    /// The next write to the disk is over; or, when `fails`, the disk is full.
    pub fn write(&mut self, now: i64, fails: bool) {
        match self.writes.pop_front() {
            Some(Deed::Store(items)) => {
                for item in &items {
                    if !fails {
                        self.keep(item);
                    }
                }
                for item in items {
                    self.step(
                        now,
                        match fails {
                            true => Event::NotStored(item.entry, item.rev),
                            false => Event::Stored(item.entry, item.rev),
                        },
                    );
                }
            }
            Some(Deed::Forget(entries)) if !fails => {
                for gone in entries {
                    if self.disk.items.get(&gone.entry).is_some_and(|item| item.sha256 == gone.sha256) {
                        self.disk.items.remove(&gone.entry);
                    }
                }
            }
            _ => {}
        }
    }

    /// As `app/src/outbox/store.js` does it.
    fn keep(&mut self, item: &Item) {
        let before = self.disk.items.get(&item.entry);
        if before.is_some_and(|before| {
            before.rev > item.rev || item.kind == Kind::Draft && before.kind != Kind::Draft
        }) {
            return;
        }
        if before.is_none() && item.rev == 1 {
            *self.disk.made.entry(item.device).or_default() += 1;
        }
        self.disk.items.insert(item.entry, item.clone());
    }

    /// Somebody writes something.
    pub fn write_down(&mut self, now: i64, who: usize, id: CommandId, command: &Command, seed: u64) {
        let body = serde_json::to_string(command).expect("a command");
        let kind = if matches!(command, Command::LogVisit(_)) { Kind::Visit } else { Kind::Change };
        let content = Content::Command { body, written_at: now + self.skew, zone: 120 };
        self.seal(now, who, id, kind, &content, seed);
    }

    /// Somebody pauses in a form.
    pub fn seal(&mut self, now: i64, who: usize, id: CommandId, kind: Kind, content: &Content, seed: u64) {
        let Credential { device, person, key, .. } = self.credentials[who].clone();
        let manifest = Manifest::read(&self.manifest, "", 0, i64::MIN).expect("a list of keys");
        let public = manifest.newest().expect("a key");
        let rev = self.machine.item(id).map_or(0, |item| item.rev) + 1;
        let mut chance = [3; 32];
        chance[..8].copy_from_slice(&seed.to_le_bytes());
        let header = Header::new(public.id, id, rev, device, person);
        let unsigned = seal(&header, content, &public.bytes(), chance).expect("a seal");
        let signature: Signature = key.sign(unsigned.to_sign());
        let envelope = unsigned.signed(&signature.to_bytes());
        let sha256 = envelope.sha256();
        let sealed_at = now + self.skew;
        let item =
            Item { entry: id, rev, person, device, kind, sealed_at, envelope, sha256, state: State::Sealed };
        self.step(now, Event::Sealed(item));
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

    /// Is there an entry on its disk?
    pub fn holds(&self, id: CommandId) -> bool {
        self.disk.items.contains_key(&id)
    }
}
