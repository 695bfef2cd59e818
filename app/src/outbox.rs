//! The outbox: entries on their way to the server, sent until the server has confirmed them.
//!
//! What an answer means is decided by `domain::sync`; this is the part that talks to the network
//! and tells people. An entry lives in the open page until it is confirmed, and leaving the page
//! with one on its way asks first.

use crate::i18n::words;
use crate::ui::{Icon, Toast, Toasts};
use domain::ids::CommandId;
use domain::sync::{Command, Entry, Verdict};
use leptos::prelude::*;

/// An entry on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The entry: its bytes never change.
    pub entry: Entry,
    /// What it was made of, to be mended when the server refuses it.
    pub command: Command,
    /// What a person knows it by.
    pub label: String,
    /// Has a try failed? Before that there is nothing to say.
    pub failed: bool,
    /// Why it needs a person, when it does.
    pub stuck: Option<Verdict>,
}

/// The entries on their way; in the context.
#[derive(Clone, Copy)]
pub struct Outbox {
    waiting: RwSignal<Vec<Waiting>>,
    arrived: RwSignal<u32>,
    toasts: StoredValue<Option<Toasts>>,
}

impl Outbox {
    /// An empty outbox.
    #[must_use]
    pub fn new() -> Self {
        let outbox = Self {
            waiting: RwSignal::new(Vec::new()),
            arrived: RwSignal::new(0),
            toasts: StoredValue::new(use_context::<Toasts>()),
        };
        outbox.ask_before_leaving();
        outbox
    }

    /// An outbox in which entries wait, for the kit.
    #[cfg(feature = "ssr")]
    pub(crate) fn standing(waiting: Vec<Waiting>) -> Self {
        let outbox = Self::new();
        outbox.waiting.set(waiting);
        outbox
    }

    /// A new identity for an entry; made in the browser only.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "identities are born where the form opens (O1)")]
    pub fn new_id() -> CommandId {
        CommandId(uuid::Uuid::now_v7())
    }

    /// Sends a command. `first` hears what the first try came to; when nothing is known the entry
    /// goes on being sent, with growing pauses.
    pub fn submit(self, id: CommandId, command: &Command, label: String, first: impl Fn(Verdict) + 'static) {
        let Ok(entry) = Entry::pack(id, command) else { return };
        let waiting =
            Waiting { entry: entry.clone(), command: command.clone(), label, failed: false, stuck: None };
        self.waiting.update(|all| {
            all.retain(|other| other.entry.id != id);
            all.push(waiting);
        });
        self.send(entry, first);
    }

    /// Sends a command that needs no more than a word when it has gone through.
    pub fn do_now(self, command: &Command, label: String, done: impl Fn() + 'static) {
        self.submit(Self::new_id(), command, label, move |verdict| {
            if verdict.settles() {
                done();
            }
        });
    }

    /// How many entries have arrived: a page that shows what entries change loads again with it.
    #[must_use]
    pub fn arrived(self) -> RwSignal<u32> {
        self.arrived
    }

    /// Is something on its way? A form opened now must not go on with the draft of that.
    #[must_use]
    pub fn is_waiting(self) -> bool {
        self.waiting.with_untracked(|all| !all.is_empty())
    }

    /// Takes an entry that needs a person out, to be mended in the form.
    #[must_use]
    pub fn take(self, id: CommandId) -> Option<Waiting> {
        let mut taken = None;
        self.waiting.update(|all| {
            if let Some(at) = all.iter().position(|waiting| waiting.entry.id == id) {
                taken = Some(all.remove(at));
            }
        });
        taken
    }

    /// Forgets an entry that was confirmed, or keeps it with the reason why it needs a person.
    fn settle(self, id: CommandId, verdict: &Verdict) {
        if verdict.settles() {
            self.arrived.try_update(|arrived| *arrived += 1);
        }
        self.waiting.try_update(|all| {
            if verdict.settles() {
                return all.retain(|waiting| waiting.entry.id != id);
            }
            for waiting in all.iter_mut().filter(|waiting| waiting.entry.id == id) {
                waiting.failed = true;
                waiting.stuck = (*verdict != Verdict::Unknown).then(|| verdict.clone());
            }
        });
    }

    /// Sends an entry until it is known what became of it.
    fn send(self, entry: Entry, first: impl Fn(Verdict) + 'static) {
        leptos::task::spawn_local(async move {
            for tries in 0.. {
                let verdict = post(&entry).await;
                self.settle(entry.id, &verdict);
                if tries == 0 {
                    first(verdict.clone());
                } else if verdict.settles() {
                    self.say(words().outbox_sent_late);
                }
                // What is committed is done, what is refused waits for a person. After signing in
                // again an entry goes on by itself.
                if matches!(verdict, Verdict::Committed(_) | Verdict::Refused(_) | Verdict::Conflict) {
                    break;
                }
                let pause = u32::try_from(domain::sync::wait(tries, jitter())).unwrap_or(u32::MAX);
                gloo_timers::future::TimeoutFuture::new(pause).await;
                let is_this = |waiting: &Waiting| waiting.entry.id == entry.id;
                if self.waiting.try_with_untracked(|all| all.iter().any(is_this)) != Some(true) {
                    break;
                }
            }
        });
    }

    fn say(self, text: &str) {
        if let Some(toasts) = self.toasts.try_get_value().flatten() {
            toasts.show(Toast { text: text.to_owned(), undo: None });
        }
    }

    /// Leaving the page would lose what is on its way: the browser asks.
    fn ask_before_leaving(self) {
        #[cfg(feature = "hydrate")]
        {
            let handle = window_event_listener(leptos::ev::beforeunload, move |event| {
                if self.waiting.try_with_untracked(|all| !all.is_empty()) == Some(true) {
                    event.prevent_default();
                }
            });
            on_cleanup(move || handle.remove());
        }
    }

    /// The strip that says what waits, calm and grey, over the page's end so that nothing moves;
    /// nothing when there is nothing.
    #[must_use]
    pub fn view(self) -> AnyView {
        let t = words();
        let item = move |waiting: Waiting| {
            let fix = waiting.stuck.as_ref().map(|stuck| {
                let why = t.verdict(stuck);
                let mend = matches!(stuck, Verdict::Refused(_))
                    .then(|| format!("/visits/new?mend={}", waiting.entry.id));
                view! {
                    <span class="row-sub">{why}</span>
                    {mend.map(|to| view! { <a href=to>{t.outbox_mend}</a> })}
                }
            });
            view! { <li><span>{waiting.label}</span> {fix}</li> }
        };
        view! {
            {move || {
                let all: Vec<Waiting> = self.waiting.get().into_iter().filter(|waiting| waiting.failed).collect();
                (!all.is_empty())
                    .then(|| {
                        let count = all.len();
                        view! {
                            <div class="notice" tabindex="0">
                                {Icon::OnPhone.view()}
                                <div>
                                    <p>{t.outbox_waiting.of(count)}</p>
                                    <ul>{all.into_iter().map(item).collect_view()}</ul>
                                </div>
                            </div>
                        }
                    })
            }}
        }
        .into_any()
    }
}

impl Default for Outbox {
    fn default() -> Self {
        Self::new()
    }
}

/// Any number, to spread the tries of many phones.
fn jitter() -> u64 {
    #[cfg(feature = "hydrate")]
    {
        (js_sys::Math::random() * 1e9) as u64
    }
    #[cfg(not(feature = "hydrate"))]
    {
        0
    }
}

/// Nothing is sent while the server renders.
#[cfg(not(feature = "hydrate"))]
#[expect(clippy::unused_async, reason = "the browser's half waits for the network")]
async fn post(_entry: &Entry) -> Verdict {
    Verdict::Unknown
}

/// Sends one entry and judges the answer. Gives up after eight seconds (ux row 19).
#[cfg(feature = "hydrate")]
async fn post(entry: &Entry) -> Verdict {
    use domain::sync::{Batch, judge};
    use gloo_net::http::Request;

    let batch = Batch { entries: vec![entry.clone()] };
    let request = Request::post("/api/sync")
        .abort_signal(Some(&web_sys::AbortSignal::timeout_with_u32(8_000)))
        .json(&batch);
    let Ok(request) = request else { return Verdict::Unknown };
    let Ok(response) = request.send().await else { return judge(entry, None) };
    let status = response.status();
    match response.text().await {
        Ok(body) => judge(entry, Some((status, &body))),
        Err(_) => judge(entry, None),
    }
}
