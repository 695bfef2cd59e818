//! The outbox on a phone: what somebody writes is sealed, kept on the phone's disk, and sent until the server has it and a
//! backup of the server's, too.
//!
//! The rules are `outbox::Outbox`, a machine without input and output. This is the part that talks to the browser:
//! [`phone`] seals, keeps and sends; [`page`] shows what waits.

#[cfg(feature = "hydrate")]
mod form;
mod page;
#[cfg(feature = "hydrate")]
mod phone;

pub use page::SyncPage;
#[cfg(feature = "ssr")]
pub(crate) use page::{Seen, stands};

use crate::i18n::words;
use crate::ui::{Icon, Toast, Toasts};
use domain::ids::{CommandId, PersonId};
use domain::sync::{Applied, Command, Refusal};
use domain::visits::{Amended, VisitFields};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What becomes of something that was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It is on this phone's disk, sealed.
    Saved,
    /// This phone can't keep it. It is in the page's memory, and sent from there.
    NotSaved,
    /// The same entry is finished in another tab, with other words. What was handed in here was not kept.
    Taken,
    /// The server has it, and it has taken effect.
    Arrived(Applied),
    /// The server has it, and a rule says no.
    Refused(Refusal),
    /// The server has it, and a person has to look at it.
    Held,
}

type Listener = Arc<dyn Fn(Heard) + Send + Sync>;

/// What the outbox knows while the page is open.
#[derive(Default)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "on the server there is nothing to keep"))]
struct Inner {
    machine: ::outbox::Outbox,
    /// Who hears what becomes of an entry.
    listeners: BTreeMap<CommandId, Listener>,
    /// What is not on the phone's disk yet.
    #[cfg(feature = "hydrate")]
    pending: BTreeMap<CommandId, phone::Pending>,
    /// Under which credential whose entries are sealed, and to which keys.
    #[cfg(feature = "hydrate")]
    sealing: Option<(PersonId, domain::ids::DeviceId, phone::About)>,
    /// Counts what was written.
    turns: u64,
    /// Who writes on this phone now.
    person: Option<PersonId>,
    /// Which of the times asked for is the last.
    alarm: u64,
}

/// How it stands, in numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waits {
    /// Entries on this phone's disk that the server has not confirmed.
    pub waiting: usize,
    /// Entries that need a person.
    pub held: usize,
    /// Entries that this phone can't keep.
    pub unsaved: usize,
    /// Can what is on this phone not be read now?
    pub unread: bool,
    /// Has the last try failed?
    pub cut_off: bool,
}

/// The outbox; in the context.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "on the server there is nothing to show"))]
pub struct Outbox {
    inner: StoredValue<Inner>,
    /// Counts what was taken in, so that pages show it as it is.
    turn: RwSignal<u32>,
    standing: RwSignal<Waits>,
    unsaved: RwSignal<Vec<CommandId>>,
    arrived: RwSignal<u32>,
    toasts: StoredValue<Option<Toasts>>,
}

impl Outbox {
    /// The outbox of this phone. In the browser it reads what is kept, and sends what waits.
    #[must_use]
    pub fn new() -> Self {
        let outbox = Self {
            inner: StoredValue::new(Inner::default()),
            turn: RwSignal::new(0),
            standing: RwSignal::new(Waits::default()),
            unsaved: RwSignal::new(Vec::new()),
            arrived: RwSignal::new(0),
            toasts: StoredValue::new(use_context::<Toasts>()),
        };
        #[cfg(feature = "hydrate")]
        outbox.begin();
        outbox
    }

    /// A new identity for an entry; made in the browser only.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "identities are born where the form opens (O1)")]
    pub fn new_id() -> CommandId {
        CommandId(uuid::Uuid::now_v7())
    }

    /// Takes something in that is to happen, written by `author`, or else by whoever the page belongs to. `heard` is told what
    /// becomes of it, as long as the page is open.
    pub fn submit(
        self,
        id: CommandId,
        author: Option<PersonId>,
        command: &Command,
        heard: impl Fn(Heard) + Send + Sync + 'static,
    ) {
        self.inner.update_value(|inner| {
            inner.listeners.insert(id, Arc::new(heard));
        });
        #[cfg(feature = "hydrate")]
        self.seal_command(id, author, command);
        #[cfg(not(feature = "hydrate"))]
        let _ = (command, author);
    }

    /// Takes in what needs no more than a word when it has taken effect.
    pub fn do_now(self, command: &Command, done: impl Fn() + Send + Sync + 'static) {
        self.submit(Self::new_id(), None, command, move |heard| match heard {
            Heard::Arrived(_) => done(),
            Heard::Held | Heard::Refused(_) => self.say(words().outbox_needs_you),
            Heard::Saved | Heard::NotSaved | Heard::Taken => {}
        });
    }

    /// Keeps what stands in a form of `author` that is not finished.
    pub fn keep_draft(
        self,
        id: CommandId,
        author: Option<PersonId>,
        fields: VisitFields,
        amends: Option<Amended>,
    ) {
        #[cfg(feature = "hydrate")]
        self.seal_draft(id, author, fields, amends);
        #[cfg(not(feature = "hydrate"))]
        let _ = (id, author, fields, amends);
    }

    /// How many entries have arrived: a page that shows what entries change loads again with it.
    #[must_use]
    pub fn arrived(self) -> RwSignal<u32> {
        self.arrived
    }

    /// Is something on its way? A form opened now must not go on with the draft of that.
    #[must_use]
    pub fn is_waiting(self) -> bool {
        self.standing.with_untracked(|standing| standing.waiting > 0)
    }

    /// Makes ready at once to keep what is about to be written, where somebody opens a form.
    pub fn prepare(self) {
        #[cfg(feature = "hydrate")]
        self.enrol_now();
    }

    /// Says who writes on this phone now.
    pub fn belongs_to(self, person: PersonId) {
        #[cfg(feature = "hydrate")]
        self.enrol(person);
        #[cfg(not(feature = "hydrate"))]
        let _ = person;
    }

    /// Tells whoever listens.
    #[cfg(feature = "hydrate")]
    fn tell(self, id: CommandId, heard: Heard) {
        // A form that may be handed in once more listens on.
        let over = matches!(heard, Heard::Arrived(_) | Heard::Refused(_) | Heard::Held | Heard::Taken);
        let mut listener = None;
        self.inner.update_value(|inner| {
            listener = if over { inner.listeners.remove(&id) } else { inner.listeners.get(&id).cloned() };
        });
        if let Some(listener) = listener {
            listener(heard);
        }
    }

    /// Tells that something that waited has arrived.
    pub fn say_late(self) {
        self.say(words().outbox_sent_late);
    }

    fn say(self, text: &str) {
        if let Some(toasts) = self.toasts.try_get_value().flatten() {
            toasts.show(Toast { text: text.to_owned(), undo: None });
        }
    }

    /// How many entries wait for a network or for a person, on the bar; nothing when none does.
    #[must_use]
    pub fn count(self) -> AnyView {
        let left = move || {
            let Waits { waiting, held, unsaved, cut_off, .. } = self.standing.get();
            held + unsaved + if cut_off { waiting } else { 0 }
        };
        let shown = move || Some(left()).filter(|left| *left > 0).map(badge);
        view! { {shown} }.into_any()
    }

    /// The strip that says what waits, calm and grey, over the page's end so that nothing moves;
    /// nothing when there is nothing.
    #[must_use]
    pub fn view(self) -> AnyView {
        // The page that shows all of it needs no strip, but for what must not be closed.
        let path = use_location().pathname;
        let shown = move || {
            let standing = self.standing.get();
            (path.get() != "/sync" || standing.unsaved > 0).then(|| strip(standing))
        };
        view! { {shown} }.into_any()
    }
}

/// The phone's clock, in milliseconds since 1970.
#[cfg(feature = "hydrate")]
pub(crate) fn clock() -> i64 {
    js_sys::Date::now() as i64
}

/// Today and the time of day, by the phone's own clock.
#[cfg(feature = "hydrate")]
pub(crate) fn today() -> (chrono::NaiveDate, chrono::NaiveTime) {
    moment(clock())
}

/// The day and the time of day of a moment of the phone's clock, in the phone's zone.
#[cfg(feature = "hydrate")]
pub(crate) fn moment(at: i64) -> (chrono::NaiveDate, chrono::NaiveTime) {
    let at = js_sys::Date::new(&wasm_bindgen::JsValue::from_f64(at as f64));
    let day = chrono::NaiveDate::from_ymd_opt(at.get_full_year() as i32, at.get_month() + 1, at.get_date());
    let time = chrono::NaiveTime::from_hms_opt(at.get_hours(), at.get_minutes(), 0);
    (day.unwrap_or_default(), time.unwrap_or_default())
}

#[cfg(feature = "hydrate")]
pub use form::{keep_command, keep_form};
#[cfg(feature = "hydrate")]
pub(crate) use phone::{keep_register, kept_register, register_is_fresh};

impl Default for Outbox {
    fn default() -> Self {
        Self::new()
    }
}

/// So many entries wait, as the bar says it.
pub(crate) fn badge(left: usize) -> AnyView {
    view! {
        <span class="bar-count">
            <span aria-hidden="true">{left}</span>
            <span class="visually-hidden">", " {words().outbox_count.of(left)}</span>
        </span>
    }
    .into_any()
}

/// What waits, in words, with the way to the page that shows it.
pub(crate) fn strip(standing: Waits) -> Option<AnyView> {
    let t = words();
    let Waits { waiting, held, unsaved, unread, cut_off } = standing;
    let waits = (cut_off && waiting > 0).then(|| view! { <p>{t.outbox_waiting.of(waiting)}</p> });
    let reads = unread.then(|| view! { <p role="alert">{t.outbox_unread}</p> });
    let lost = (unsaved > 0).then(|| view! { <p role="alert">{t.outbox_not_saved}</p> });
    let looks = (held > 0).then(|| view! { <p>{t.outbox_held.of(held)}</p> });
    (waits.is_some() || reads.is_some() || lost.is_some() || looks.is_some()).then(|| {
        let icon = if unsaved > 0 || held > 0 || unread { Icon::Warning } else { Icon::OnPhone };
        view! {
            <div class="notice" tabindex="0">
                {icon.view()}
                <div>
                    {lost} {reads} {waits} {looks} <p>
                        <a class="button button-small" href="/sync">{t.outbox_look}</a>
                    </p>
                </div>
            </div>
        }
        .into_any()
    })
}
