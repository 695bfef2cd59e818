//! The browser's half of the outbox: the phone's store (`store.js`), sealing, sending, and when to do it.

use super::{Heard, Outbox, Waits, clock};
use ::outbox::{Content, Deed, Event, Header, Item, Kind, Manifest, Outcome, Parcel, SEED_LEN, State, Told};
use domain::ids::{CommandId, DeviceId, PersonId};
use domain::sync::Command;
use domain::visits::{Amended, VisitFields};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/outbox/store.js")]
extern "C" {
    #[wasm_bindgen(catch)]
    async fn load() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn put(items: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn forget(entries: &str) -> Result<JsValue, JsValue>;
    fn listen(heard: &js_sys::Function);
    #[wasm_bindgen(catch)]
    async fn credential(person: &str, device: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn known(person: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn remember(person: &str, about: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn disown(person: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn sign(person: &str, device: &str, text: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn who() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = isNow)]
    async fn is_now(person: &str) -> Result<JsValue, JsValue>;
    fn chance() -> Vec<u8>;
    #[wasm_bindgen(js_name = deviceName)]
    fn device_name() -> String;
    #[wasm_bindgen(js_name = saveFile)]
    pub(super) fn save_file(name: &str, text: &str);
    #[wasm_bindgen(catch, js_name = keepRegister)]
    async fn keep_register_text(text: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch)]
    async fn register() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = registerIsFresh)]
    async fn register_is_fresh_here() -> Result<JsValue, JsValue>;
}

/// So long after somebody was seen signed in, this phone is enrolled for them, in milliseconds.
const SETTLED: u32 = 1_500;

/// After a read of the phone's store that failed it is read again, in milliseconds.
const READ_AGAIN: u32 = 5_000;

/// Something that has to be sealed and kept: in this page's memory until it is on the phone's disk.
pub(super) struct Pending {
    kind: Kind,
    content: Content,
    /// Who wrote it: whoever used the phone at the press, not whoever does when it is sealed (O20).
    author: Option<PersonId>,
    /// Tells it from an older one of the same entry.
    turn: u64,
    /// The revision under which it was sealed.
    sealed: Option<u32>,
}

/// Which entries the phone's store did not keep.
#[derive(Deserialize)]
struct Refused {
    overtaken: Vec<CommandId>,
    taken: Vec<CommandId>,
}

/// What is kept in the phone's store.
#[derive(Deserialize)]
struct Stored {
    items: Vec<Item>,
    made: Vec<::outbox::Made>,
}

/// A person's credential on this phone.
#[derive(Deserialize)]
struct Credential {
    device: DeviceId,
    public_key: String,
    /// Empty until the phone is enrolled, else [`About`] as JSON.
    about: String,
}

/// What the phone learnt when it was enrolled, and since.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct About {
    /// The fingerprint of the key that signs the list.
    signer: String,
    /// The list.
    manifest: String,
}

#[derive(Serialize)]
struct Enrolment<'a> {
    device: DeviceId,
    public_key: &'a str,
    name: String,
}

#[derive(Deserialize)]
struct Enrolled {
    person: PersonId,
    manifest: String,
}

fn jitter() -> u64 {
    (js_sys::Math::random() * 1e9) as u64
}

/// Minutes by which the phone's zone is ahead of UTC.
pub(super) fn zone() -> i32 {
    -(js_sys::Date::new_0().get_timezone_offset() as i32)
}

fn seed() -> [u8; SEED_LEN] {
    let mut seed = [0; SEED_LEN];
    let bytes = chance();
    seed.copy_from_slice(&bytes[..SEED_LEN]);
    seed
}

fn read<T: serde::de::DeserializeOwned>(value: &JsValue) -> Option<T> {
    serde_json::from_str(&value.as_string()?).ok()
}

/// The register's names as they were kept for a start without a network.
pub(crate) async fn kept_register() -> Option<String> {
    register().await.ok()?.as_string()
}

/// Were the register's names fetched within the last hour?
pub(crate) async fn register_is_fresh() -> bool {
    register_is_fresh_here().await.is_ok_and(|fresh| fresh == JsValue::TRUE)
}

/// Keeps the register's names for a start without a network.
pub(crate) async fn keep_register(text: &str) {
    let _ = keep_register_text(text).await;
}

impl Outbox {
    /// Reads what is kept, and sends what waits whenever there may be a way.
    pub(super) fn begin(self) {
        spawn_local(self.reload());
        let reload = Closure::<dyn Fn()>::new(move || spawn_local(self.look_again()));
        listen(reload.as_ref().unchecked_ref());
        reload.forget();
        let wake = move || self.step(Event::Woke);
        let online = window_event_listener(leptos::ev::online, move |_| wake());
        let seen = window_event_listener(leptos::ev::visibilitychange, move |_| wake());
        let leaving = window_event_listener(leptos::ev::beforeunload, move |event| {
            if self.unsaved.try_with_untracked(|unsaved| !unsaved.is_empty()) == Some(true) {
                event.prevent_default();
            }
        });
        on_cleanup(move || {
            online.remove();
            seen.remove();
            leaving.remove();
        });
    }

    /// Reads what is kept once more, because another page wrote. A page that was somebody else's is loaded anew: nothing may
    /// be written in it in their name (O20).
    async fn look_again(self) {
        let now = who().await.ok().and_then(|value| value.as_string()?.parse::<PersonId>().ok());
        let mine = self.inner.try_with_value(|inner| inner.person).flatten();
        if mine.is_some() && now.is_some() && mine != now {
            let _ = window().location().reload();
            return;
        }
        self.reload().await;
    }

    async fn reload(self) {
        loop {
            if let Some(Stored { items, made }) = load().await.ok().and_then(|value| read::<Stored>(&value)) {
                return self.step(Event::Loaded { items, made });
            }
            self.step(Event::NotLoaded);
            gloo_timers::future::TimeoutFuture::new(READ_AGAIN).await;
            if self.inner.try_with_value(|_| ()).is_none() {
                return;
            }
        }
    }

    /// Lets the machine take in what happened, and does what it says.
    fn step(self, event: Event) {
        let mut deeds = Vec::new();
        let known = self.inner.try_update_value(|inner| {
            deeds = inner.machine.step(clock(), jitter(), event);
        });
        if known.is_none() {
            return;
        }
        self.show();
        for deed in deeds {
            self.carry_out(deed);
        }
    }

    fn carry_out(self, deed: Deed) {
        match deed {
            Deed::Store(items) => spawn_local(async move {
                let refused = match serde_json::to_string(&items) {
                    Ok(text) => put(&text).await.ok().and_then(|value| read::<Refused>(&value)),
                    Err(_) => None,
                };
                for Item { entry, rev, .. } in items {
                    self.step(match &refused {
                        None => Event::NotStored(entry, rev),
                        Some(refused) if refused.overtaken.contains(&entry) => Event::Overtaken(entry, rev),
                        Some(refused) if refused.taken.contains(&entry) => Event::Taken(entry, rev),
                        Some(_) => Event::Stored(entry, rev),
                    });
                }
            }),
            Deed::Read => spawn_local(self.reload()),
            Deed::Forget(entries) => spawn_local(async move {
                if let Ok(text) = serde_json::to_string(&entries) {
                    let _ = forget(&text).await;
                }
            }),
            Deed::Send(parcel) => spawn_local(async move {
                let reply = post(&parcel).await;
                self.step(Event::Answered(reply));
                self.take_manifest().await;
                // A server that was put back to a time before knows this phone no more: whoever is here says so.
                if self.inner.try_with_value(|inner| !inner.machine.unknown().is_empty()) == Some(true) {
                    let _ = self.enrolled().await;
                }
            }),
            Deed::Wake(pause) => self.wake_in(pause),
            Deed::Tell(told) => self.hear(told),
        }
    }

    fn wake_in(self, pause: u64) {
        let mut alarm = 0;
        self.inner.update_value(|inner| {
            inner.alarm += 1;
            alarm = inner.alarm;
        });
        let pause = u32::try_from(pause).unwrap_or(u32::MAX).min(i32::MAX as u32);
        spawn_local(async move {
            gloo_timers::future::TimeoutFuture::new(pause).await;
            if self.inner.try_with_value(|inner| inner.alarm) == Some(alarm) {
                self.step(Event::Woke);
            }
        });
    }

    fn hear(self, told: Told) {
        match told {
            Told::Saved(id) => {
                self.unsaved.update(|unsaved| unsaved.retain(|unsaved| *unsaved != id));
                let finished = self.let_go(id);
                self.show();
                if finished {
                    self.tell(id, Heard::Saved);
                }
            }
            Told::NotSaved(id) => {
                self.unsaved.update(|unsaved| {
                    if !unsaved.contains(&id) {
                        unsaved.push(id);
                    }
                });
                self.show();
                self.tell(id, Heard::NotSaved);
            }
            Told::Overtaken(id) => self.seal(id),
            Told::Taken(id) => {
                // What was handed in first may be in this page's memory only: then it must not be closed.
                let in_memory = self.inner.try_with_value(|inner| inner.machine.is_in_memory(id));
                if in_memory != Some(true) {
                    self.unsaved.update(|unsaved| unsaved.retain(|unsaved| *unsaved != id));
                }
                self.inner.update_value(|inner| {
                    inner.pending.remove(&id);
                });
                self.show();
                self.tell(id, Heard::Taken);
            }
            Told::Arrived(id, outcome) => {
                self.unsaved.update(|unsaved| unsaved.retain(|unsaved| *unsaved != id));
                let finished = self.let_go(id);
                self.show();
                if !finished {
                    return;
                }
                if outcome == Outcome::Held(::outbox::Held::Revoked) {
                    spawn_local(self.renew(id));
                }
                let heard = match outcome {
                    Outcome::Committed(applied) => {
                        self.arrived.update(|arrived| *arrived += 1);
                        Heard::Arrived(applied)
                    }
                    Outcome::Held(::outbox::Held::Refused(refusal)) => Heard::Refused(refusal),
                    Outcome::Held(_) | Outcome::Later => Heard::Held,
                };
                self.tell(id, heard);
            }
            Told::SentAgain(_) | Told::Forgotten(_) => {}
        }
    }

    /// The words of an entry are on the disk, or with the server: the page's memory lets them go. Says whether the entry
    /// is finished; about a draft nobody is told anything.
    fn let_go(self, id: CommandId) -> bool {
        let mut finished = false;
        self.inner.update_value(|inner| {
            let item = inner.machine.item(id);
            let rev = item.map(|item| item.rev);
            finished = item.is_some_and(|item| item.kind.is_finished());
            // What was handed in since has its own turn.
            match inner.pending.get(&id) {
                Some(newer) if newer.kind.is_finished() && newer.sealed != rev => finished = false,
                Some(pending) if finished || !pending.kind.is_finished() => {
                    inner.pending.remove(&id);
                }
                _ => {}
            }
        });
        finished
    }

    /// Shows how it stands.
    fn show(self) {
        let unsaved = self.unsaved.try_get_untracked().unwrap_or_default();
        let standing = self.inner.try_with_value(|inner| {
            let mut items = inner.machine.items();
            items.retain(|item| item.kind.is_finished());
            let waits = |item: &&&Item| item.waits() && !unsaved.contains(&item.entry);
            Waits {
                waiting: items.iter().filter(waits).count(),
                held: items.iter().filter(|item| item.held().is_some()).count(),
                unsaved: unsaved.len(),
                unread: inner.machine.is_unread(),
                cut_off: inner.machine.is_cut_off() || !inner.machine.unknown().is_empty(),
            }
        });
        if let Some(standing) = standing {
            if self.standing.try_get_untracked() != Some(standing) {
                self.standing.try_set(standing);
            }
            self.turn.try_update(|turn| *turn += 1);
        }
    }

    /// Sends what waits now.
    pub(super) fn send_now(self) {
        self.step(Event::Woke);
    }

    /// What is on this phone, for the page that shows it.
    pub(super) fn seen(self) -> super::page::Seen {
        self.turn.track();
        self.inner.with_value(|inner| super::page::Seen {
            items: inner.machine.items().into_iter().cloned().collect(),
            stuck: inner
                .machine
                .items()
                .iter()
                .map(|item| item.entry)
                .filter(|id| inner.machine.is_stuck(*id))
                .collect(),
            unread: inner.machine.is_unread(),
            unsaved: self.unsaved.try_with_untracked(Vec::len).unwrap_or_default(),
            confirmed_at: inner.machine.confirmed_at(),
            backup_at: inner.machine.backup().map(|backup| backup.at),
            unknown: !inner.machine.unknown().is_empty(),
            person: inner.person,
        })
    }

    pub(super) fn seal_command(self, id: CommandId, author: Option<PersonId>, command: &Command) {
        let kind = match command {
            Command::LogVisit(_) | Command::AmendVisit(_) => Kind::Visit,
            _ => Kind::Change,
        };
        let Ok(body) = serde_json::to_string(command) else { return self.tell(id, Heard::NotSaved) };
        let content = Content::Command { body, written_at: clock(), zone: zone() };
        self.take_in(id, author, kind, content);
    }

    pub(super) fn seal_draft(
        self,
        id: CommandId,
        author: Option<PersonId>,
        fields: VisitFields,
        amends: Option<Amended>,
    ) {
        self.take_in(
            id,
            author,
            Kind::Draft,
            Content::Draft { fields: Box::new(fields), amends, turn: clock() },
        );
    }

    /// Holds on to what was written until it is on the phone's disk.
    fn take_in(self, id: CommandId, author: Option<PersonId>, kind: Kind, content: Content) {
        let mut taken = false;
        self.inner.update_value(|inner| {
            // What is being handed in never gives way to what is not finished.
            let finished = |pending: &Pending| pending.kind.is_finished();
            taken = kind.is_finished() || !inner.pending.get(&id).is_some_and(finished);
            if taken {
                inner.turns += 1;
                let author = author.or(inner.person);
                let pending = Pending { kind, content, author, turn: inner.turns, sealed: None };
                inner.pending.insert(id, pending);
            }
        });
        if taken {
            self.seal(id);
        }
    }

    /// What is to be sealed of an entry, and whether it is what was meant.
    fn pending(self, id: CommandId, turn: Option<u64>) -> Option<(u64, Kind, Content, Option<PersonId>)> {
        self.inner
            .try_with_value(|inner| {
                let pending = inner.pending.get(&id)?;
                turn.is_none_or(|turn| turn == pending.turn)
                    .then(|| (pending.turn, pending.kind, pending.content.clone(), pending.author))
            })
            .flatten()
    }

    /// Seals what is pending of an entry, as soon as this phone can.
    fn seal(self, id: CommandId) {
        let Some((turn, ..)) = self.pending(id, None) else { return };
        spawn_local(async move {
            let mut tries = 0;
            while let Some((_, kind, content, author)) = self.pending(id, Some(turn)) {
                let Some(author) = self.author(id, turn, author).await else { return };
                if let Some(item) = self.sealed(id, author, kind, &content).await {
                    if self.pending(id, Some(turn)).is_some() {
                        self.inner.update_value(|inner| {
                            if let Some(pending) = inner.pending.get_mut(&id) {
                                pending.sealed = Some(item.rev);
                            }
                        });
                        self.step(Event::Sealed(item));
                    }
                    return;
                }
                // This phone has no key yet: it gets one as soon as somebody is signed in on it.
                if self.enrolled().await.is_some() && tries == 0 {
                    tries += 1;
                    continue;
                }
                // A draft is kept again soon.
                if !kind.is_finished() {
                    return;
                }
                self.hear(Told::NotSaved(id));
                let pause = u32::try_from(domain::sync::wait(tries, jitter())).unwrap_or(u32::MAX);
                tries += 1;
                gloo_timers::future::TimeoutFuture::new(pause).await;
            }
        });
    }

    /// Who wrote what is pending. Where the page did not know yet, whoever was seen last on this phone.
    async fn author(self, id: CommandId, turn: u64, known: Option<PersonId>) -> Option<PersonId> {
        let mut said = false;
        let mut found = known;
        while found.is_none() {
            self.pending(id, Some(turn))?;
            found = self.writer().await;
            if found.is_none() {
                if !std::mem::replace(&mut said, true) {
                    self.hear(Told::NotSaved(id));
                }
                gloo_timers::future::TimeoutFuture::new(READ_AGAIN).await;
            }
        }
        self.inner.update_value(|inner| {
            if let Some(pending) = inner.pending.get_mut(&id).filter(|pending| pending.turn == turn) {
                pending.author = found;
            }
        });
        found
    }

    async fn sealed(self, id: CommandId, person: PersonId, kind: Kind, content: &Content) -> Option<Item> {
        let (device, about) = self.sealing(person).await?;
        // A list that is over still seals: what somebody wrote must not depend on the phone's clock.
        let manifest = Manifest::read(&about.manifest, &about.signer, 0, i64::MIN).ok()?;
        let key = manifest.newest()?;
        // Another revision may have been sealed since: the machine says so, and this is done once more.
        let rev = self.inner.try_with_value(|inner| inner.machine.next_revision(id))?;
        let header = Header::new(key.id, id, rev, device, person);
        let unsigned = ::outbox::seal(&header, content, &key.bytes(), seed()).ok()?;
        let text = String::from_utf8(unsigned.to_sign().to_vec()).ok()?;
        let Ok(signature) = sign(&person.to_string(), &device.to_string(), &text).await else {
            // Another tab may have given the credential up, and have another.
            self.forget_sealing();
            return None;
        };
        let envelope = unsigned.signed(&js_sys::Uint8Array::from(signature).to_vec());
        let sha256 = envelope.sha256();
        Some(Item {
            entry: id,
            rev,
            person,
            device,
            kind,
            sealed_at: clock(),
            envelope,
            sha256,
            state: State::Sealed,
        })
    }

    /// Under which credential a person's entries are sealed, and to whom; read once.
    async fn sealing(self, person: PersonId) -> Option<(DeviceId, About)> {
        let cached = self.inner.try_with_value(|inner| {
            inner.sealing.clone().filter(|(of, ..)| *of == person).map(|(_, device, about)| (device, about))
        })?;
        if cached.is_some() {
            return cached;
        }
        let credential: Credential = read(&known(&person.to_string()).await.ok()?)?;
        let about: About = serde_json::from_str(&credential.about).ok()?;
        self.inner.update_value(|inner| inner.sealing = Some((person, credential.device, about.clone())));
        Some((credential.device, about))
    }

    /// The credential or the list of keys is another now.
    fn forget_sealing(self) {
        let _ = self.inner.try_update_value(|inner| inner.sealing = None);
    }

    /// Who writes on this phone now.
    async fn writer(self) -> Option<PersonId> {
        if let Some(person) = self.inner.with_value(|inner| inner.person) {
            return Some(person);
        }
        who().await.ok()?.as_string()?.parse().ok()
    }

    pub(super) fn enrol(self, person: PersonId) {
        let before = self.inner.try_with_value(|inner| inner.person).flatten();
        if before == Some(person) {
            return;
        }
        self.inner.update_value(|inner| inner.person = Some(person));
        spawn_local(async move {
            let _ = is_now(&person.to_string()).await;
            // Not while the page is still coming.
            gloo_timers::future::TimeoutFuture::new(SETTLED).await;
            let _ = self.enrolled().await;
        });
    }

    pub(super) fn enrol_now(self) {
        spawn_local(async move {
            let _ = self.enrolled().await;
        });
    }

    /// Makes sure that whoever writes here has a credential that the server knows.
    async fn enrolled(self) -> Option<()> {
        let person = self.writer().await?;
        for _ in 0..2 {
            let value = credential(&person.to_string(), &Self::new_id().to_string()).await.ok()?;
            let credential: Credential = read(&value)?;
            let lost = self.inner.with_value(|inner| inner.machine.unknown().contains(&credential.device));
            if !credential.about.is_empty() && !lost {
                return Some(());
            }
            match introduce(&credential).await? {
                Some(enrolled) if enrolled.person == person => {
                    // A list that is over still seals: its operator is told, and the phone goes on.
                    let manifest = Manifest::read(&enrolled.manifest, "", 0, i64::MIN).ok()?;
                    let about = About { signer: manifest.signer(), manifest: enrolled.manifest };
                    remember(&person.to_string(), &serde_json::to_string(&about).ok()?).await.ok()?;
                    self.step(Event::Enrolled(credential.device));
                    return Some(());
                }
                Some(_) => return None,
                // Its credential was ended: a new one is made.
                None => {
                    self.forget_sealing();
                    disown(&person.to_string()).await.ok()?;
                }
            }
        }
        None
    }

    /// The credential of an entry was ended: whoever writes here gets another one for what comes next.
    async fn renew(self, id: CommandId) {
        let device = self.inner.with_value(|inner| inner.machine.item(id).map(|item| item.device));
        let Some(person) = self.writer().await else { return };
        let credential = known(&person.to_string()).await.ok().and_then(|value| read::<Credential>(&value));
        if credential.map(|credential| credential.device) == device && device.is_some() {
            self.forget_sealing();
            let _ = disown(&person.to_string()).await;
            let _ = self.enrolled().await;
        }
    }

    /// Keeps a newer list of keys, when it is signed by the organisation that this phone knows.
    async fn take_manifest(self) {
        let text = self.inner.try_with_value(|inner| inner.machine.manifest().map(str::to_owned)).flatten();
        let (Some(text), Some(person)) = (text, self.writer().await) else { return };
        let Some(found) = known(&person.to_string()).await.ok().and_then(|value| read::<Credential>(&value))
        else {
            return;
        };
        let Ok(about) = serde_json::from_str::<About>(&found.about) else { return };
        if about.manifest == text {
            return;
        }
        let before = Manifest::read(&about.manifest, &about.signer, 0, i64::MIN);
        let number = before.map_or(0, |manifest| manifest.number);
        let at =
            self.inner.try_with_value(|inner| inner.machine.confirmed_at()).flatten().unwrap_or(i64::MIN);
        if Manifest::read(&text, &about.signer, number, at).is_ok()
            && let Ok(about) = serde_json::to_string(&About { manifest: text, ..about })
        {
            let _ = remember(&person.to_string(), &about).await;
            self.forget_sealing();
        }
    }
}

/// Sends a parcel: the status and the text of the answer, or none. Gives up after eight seconds (ux row 19).
async fn post(parcel: &Parcel) -> Option<(u16, String)> {
    let request = gloo_net::http::Request::post("/api/drop")
        .abort_signal(Some(&web_sys::AbortSignal::timeout_with_u32(8_000)))
        .json(parcel)
        .ok()?;
    let response = request.send().await.ok()?;
    Some((response.status(), response.text().await.ok()?))
}

/// Enrols this phone with the server. None when there was no answer to go by; inside, none when the credential is not
/// taken.
async fn introduce(credential: &Credential) -> Option<Option<Enrolled>> {
    let Credential { device, public_key, .. } = credential;
    let enrolment = Enrolment { device: *device, public_key, name: device_name() };
    let request = gloo_net::http::Request::post("/api/device")
        .abort_signal(Some(&web_sys::AbortSignal::timeout_with_u32(8_000)))
        .json(&enrolment)
        .ok()?;
    let response = request.send().await.ok()?;
    match response.status() {
        200 => Some(Some(response.json().await.ok()?)),
        404 => Some(None),
        _ => None,
    }
}
