//! What waits on this phone, what the server has, and what needs a person: in words, and never more than the server itself
//! has confirmed.

use super::Outbox;
use crate::i18n::{Dates, language, words};
use crate::ui::{Icon, page_head};
use ::outbox::{Held, Item, Kind, Outcome, State};
use chrono::{DateTime, TimeDelta};
use domain::ids::{CommandId, PersonId};
use domain::sync::Refusal;
use leptos::prelude::*;

/// What is on this phone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Every entry, the oldest first.
    pub(crate) items: Vec<Item>,
    /// Those that the server does not take, whatever it is sent.
    pub(crate) stuck: Vec<CommandId>,
    /// Can what is on this phone not be read now?
    pub(crate) unread: bool,
    /// How many are in this page's memory only.
    pub(crate) unsaved: usize,
    /// When the server answered last, by its clock.
    pub(crate) confirmed_at: Option<i64>,
    /// When its last backup was whole.
    pub(crate) backup_at: Option<i64>,
    /// Does the server not know this phone?
    pub(crate) unknown: bool,
    /// Who writes on this phone now.
    pub(crate) person: Option<PersonId>,
}

/// The page.
#[component]
pub fn SyncPage() -> impl IntoView {
    let t = words();
    // The server knows nothing of this phone: what is on it comes once the page lives.
    let lives = RwSignal::new(false);
    Effect::new(move |_| lives.set(true));
    view! {
        <div class="page-head">{page_head(t.sync_title.to_owned())}</div>
        {move || if lives.get() { here() } else { view! { <p role="status">{t.sync_reading}</p> }.into_any() }}
        <p class="hint">{t.sync_why}</p>
    }
}

/// What is on this phone, with what can be done.
fn here() -> AnyView {
    #[cfg(feature = "hydrate")]
    {
        let t = words();
        let outbox = expect_context::<Outbox>();
        let copy = move |_| {
            let items: Vec<String> = outbox.seen().items.into_iter().map(|item| item.envelope.0).collect();
            super::phone::save_file("rinnalla-lahetettavat.txt", &items.join("\n"));
        };
        view! {
            {move || stands(&outbox.seen(), super::phone::zone())}
            <div class="row">
                <button type="button" class="button button-primary" on:click=move |_| outbox.send_now()>
                    {Icon::Sent.view()}
                    {t.sync_send_now}
                </button>
                <button type="button" class="button" on:click=copy>
                    {t.sync_copy}
                </button>
                <a class="button" href="/devices" rel="external">
                    {t.devices}
                </a>
            </div>
        }
        .into_any()
    }
    #[cfg(not(feature = "hydrate"))]
    {
        let _: Option<Outbox> = None;
        stands(&Seen::default(), 0)
    }
}

/// How it stands. `zone` says by how many minutes the phone's clock is ahead of UTC.
pub(crate) fn stands(seen: &Seen, zone: i32) -> AnyView {
    let t = words();
    let moment = |at: i64| said(at, zone);
    let own: Vec<&Item> =
        seen.items.iter().filter(|item| seen.person.is_none() || seen.person == Some(item.person)).collect();
    let others = seen.items.iter().filter(|item| item.waits()).count()
        - own.iter().filter(|item| item.waits()).count();
    let waiting = own.iter().filter(|item| item.waits() && item.kind.is_finished()).count();
    let drafts = own.iter().any(|item| item.waits() && !item.kind.is_finished());
    // "All sent" only when the server has confirmed each one, and "nothing" only when that is so.
    let status = match (waiting, seen.confirmed_at) {
        _ if seen.unread => t.outbox_unread.to_owned(),
        (0, _) if seen.unsaved > 0 => t.sync_in_memory.of(seen.unsaved),
        (0, Some(at)) if others == 0 && !drafts => t.sync_all_sent.of(moment(at)),
        (0, _) if drafts => t.sync_draft_waits.to_owned(),
        (0, _) if others > 0 => t.sync_nothing_own.to_owned(),
        (0, _) => t.sync_nothing.to_owned(),
        (waiting, _) => t.outbox_waiting.of(waiting),
    };
    let confirmed = match seen.confirmed_at {
        None => Some(t.sync_unconfirmed.to_owned()),
        Some(at) if waiting > 0 => Some(t.sync_confirmed.of(moment(at))),
        Some(_) => None,
    };
    let sign_in = seen.unknown.then(|| {
        view! {
            <div class="notice notice-error" role="alert">
                {Icon::Error.view()}
                <div>
                    <p>{t.sync_sign_in}</p>
                    <p>
                        <a class="button" href="/sign-in" rel="external">
                            {t.sign_in}
                        </a>
                    </p>
                </div>
            </div>
        }
    });
    let rows =
        own.into_iter().rev().map(|item| row(item, seen.stuck.contains(&item.entry), &moment)).collect_view();
    view! {
        <p role="status">
            <strong>{status}</strong>
            " "
            {confirmed}
        </p>
        {sign_in}
        {(others > 0).then(|| view! { <p>{t.sync_others.of(others)}</p> })}
        <ul class="list">{rows}</ul>
        {seen.backup_at.map(|at| view! { <p class="muted">{t.sync_backup.of(moment(at))}</p> })}
    }
    .into_any()
}

/// An entry: what kind, when, how far, and what to do. Its words are sealed.
fn row(item: &Item, stuck: bool, moment: &impl Fn(i64) -> String) -> AnyView {
    let t = words();
    let kind = match item.kind {
        Kind::Draft => t.sync_draft,
        Kind::Visit => t.sync_visit,
        Kind::Change => t.sync_change,
    };
    let (icon, state) = match &item.state {
        State::Sealed if stuck => (Icon::Warning, t.sync_stuck),
        State::Sealed => (Icon::OnPhone, t.sync_waits),
        State::OnServer { outcome: Outcome::Held(held), .. } => (Icon::Warning, t.held(held)),
        State::OnServer { backed_up: true, .. } => (Icon::Check, t.sync_backed_up),
        State::OnServer { .. } => (Icon::Sent, t.sync_there),
    };
    let class = if item.held().is_some() || stuck && item.waits() { "tag tag-warn" } else { "tag" };
    let mends = |held: &Held| {
        matches!(held, Held::Conflict | Held::Refused(_)) && *held != Held::Refused(Refusal::Erased)
    };
    let mend = item.held().is_some_and(mends) && item.kind == Kind::Visit;
    view! {
        <li class="list-row">
            <span class="row-main">
                <span class="row-title">{kind} " " {moment(item.sealed_at)}</span>
                <span class=class>{icon.view()} " " {state}</span>
            </span>
            {mend
                .then(|| {
                    view! {
                        <span class="row-end">
                            <a class="button" href=format!("/visits/new?mend={}", item.entry)>
                                {t.outbox_mend}
                            </a>
                        </span>
                    }
                })}
        </li>
    }
    .into_any()
}

/// A moment, as people say it.
fn said(at: i64, zone: i32) -> String {
    let local = DateTime::from_timestamp_millis(at)
        .and_then(|at| at.checked_add_signed(TimeDelta::minutes(i64::from(zone))))
        .unwrap_or_default()
        .naive_utc();
    language().moment(local.date(), Some(local.time()))
}
