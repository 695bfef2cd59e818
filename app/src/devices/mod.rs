//! Phones: one's own, the team's for whoever leads it, what of theirs never arrived, and what arrived and waits for its
//! author.

mod words;

use crate::desk::Content;
use crate::i18n::{Dates, Phrase, desk_words, language};
use crate::people::empty;
use crate::ui::Icon;
use backend::arrivals::{CopyTaken, HeldEntry};
use backend::devices::Device;
use chrono::{DateTime, NaiveDateTime, Utc};
use domain::ids::PersonId;
use domain::sync::{Command, Refusal};
use leptos::prelude::*;
use outbox::Held;
pub use words::{DeviceWords, device_words};

/// What the page shows.
#[derive(Clone, Debug)]
pub struct Phones {
    /// Whose page it is.
    pub person: PersonId,
    /// Own phones and those of the team.
    pub devices: Vec<Device>,
    /// What waits for the person.
    pub held: Vec<HeldEntry>,
    /// What waits of people of the team who have left or are locked out.
    pub gone: Vec<HeldEntry>,
    /// The units' time of an instant.
    pub local: fn(DateTime<Utc>) -> NaiveDateTime,
}

/// What came of a sealed copy that somebody brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Brought {
    /// It was read.
    Taken(CopyTaken),
    /// Nothing was chosen.
    NoFile,
    /// It is too large.
    TooLarge,
}

impl Brought {
    /// Has the person to do something else?
    #[must_use]
    pub fn is_wrong(self) -> bool {
        match self {
            Self::Taken(CopyTaken { there, held, left }) => left > 0 || there + held == 0,
            Self::NoFile | Self::TooLarge => true,
        }
    }

    fn said(self) -> AnyView {
        let w = device_words();
        let text = match self {
            Self::Taken(CopyTaken { there, held, left }) => {
                let parts = [there, held, left].map(|count| count.to_string());
                Phrase(w.copy_taken).say(&parts.each_ref().map(String::as_str))
            }
            Self::NoFile => w.copy_none.to_owned(),
            Self::TooLarge => w.copy_too_large.to_owned(),
        };
        let class = if self.is_wrong() { "notice notice-warn" } else { "notice" };
        let role = if self.is_wrong() { "alert" } else { "status" };
        view! {
            <div class=class role=role>
                <p>{text}</p>
            </div>
        }
        .into_any()
    }
}

/// Where the sealed copy of a phone is brought.
fn copy_form() -> AnyView {
    let w = device_words();
    view! {
        <section class="card">
            <details>
                <summary>{w.copy}</summary>
                <form class="stack" method="post" action="/devices/copy" enctype="multipart/form-data">
                    <p class="hint">{w.copy_lead}</p>
                    <div class="field">
                        <label for="file">{w.copy_file}</label>
                        <input class="input" type="file" id="file" name="file" accept=".txt,text/plain" />
                    </div>
                    <p>
                        <button class="button">{w.copy_bring}</button>
                    </p>
                </form>
            </details>
        </section>
    }
    .into_any()
}

/// The page.
#[must_use]
pub fn devices_page(page: Phones, brought: Option<Brought>) -> Content {
    let w = device_words();
    let said = |at: DateTime<Utc>| {
        let at = (page.local)(at);
        language().moment(at.date(), Some(at.time()))
    };
    let (own, team): (Vec<_>, Vec<_>) =
        page.devices.iter().partition(|device| device.person_id == page.person.uuid());
    let none = own.is_empty().then(|| empty(w.none));
    let own = (!own.is_empty()).then(|| group(w.own, own, true, &said));
    let team = (!team.is_empty()).then(|| group(w.unit, team, false, &said));
    let own_held = page.held.iter().map(|entry| held_row(entry, true, &said)).collect_view();
    let held = (!page.held.is_empty()).then(|| waiting(w.held, w.held_lead, own_held));
    let gone_held = page.gone.iter().map(|entry| held_row(entry, false, &said)).collect_view();
    let gone = (!page.gone.is_empty()).then(|| waiting(w.gone, w.gone_lead, gone_held));
    Content {
        title: w.title.to_owned(),
        parent: Some(("/more".to_owned(), desk_words().nav_more.to_owned())),
        body: view! {
            {brought.map(Brought::said)}
            <p>{w.lead}</p>
            <p>
                <a class="button" href="/sync">
                    {Icon::OnPhone.view()}
                    {w.to_waiting}
                </a>
            </p>
            {held}
            {gone}
            {none}
            {own}
            {team}
            {copy_form()}
        }
        .into_any(),
    }
}

fn group(
    title: &'static str,
    devices: Vec<&Device>,
    own: bool,
    said: &dyn Fn(DateTime<Utc>) -> String,
) -> AnyView {
    let rows = devices.into_iter().map(|device| row(device, own, said)).collect_view();
    view! {
        <section class="card flush">
            <div class="card-head">
                <h2>{title}</h2>
            </div>
            <ul class="list">{rows}</ul>
        </section>
    }
    .into_any()
}

fn name_of(device: &Device) -> String {
    if device.name.is_empty() { device_words().unnamed.to_owned() } else { device.name.clone() }
}

fn row(device: &Device, own: bool, said: &dyn Fn(DateTime<Utc>) -> String) -> AnyView {
    let w = device_words();
    let name = name_of(device);
    let title = if own { name.clone() } else { format!("{} · {name}", device.person) };
    let ways =
        [w.since.replace("{}", &said(device.enrolled_at)), w.seen.replace("{}", &said(device.seen_at))];
    let ended = device.revoked_at.map(|at| w.ended.replace("{}", &said(at)));
    let missing = match device.missing() {
        0 => view! { <span class="tag">{Icon::Check.view()} " " {w.all_here}</span> }.into_any(),
        missing => {
            let text = if missing == 1 {
                w.missing_one.to_owned()
            } else {
                w.missing.replace("{}", &missing.to_string())
            };
            view! { <span class="tag tag-warn">{Icon::Warning.view()} " " {text}</span> }.into_any()
        }
    };
    let rename = own.then(|| {
        let id = format!("name-{}", device.id);
        view! {
            <form class="row" method="post" action=format!("/devices/{}/name", device.id)>
                <label class="visually-hidden" for=id.clone()>
                    {w.name}
                </label>
                <input class="input" id=id name="name" maxlength="60" autocomplete="off" value=device.name.clone() />
                <button class="button button-small" aria-label=format!("{}: {name}", w.rename)>
                    {w.rename}
                </button>
            </form>
        }
    });
    let end = device
        .revoked_at
        .is_none()
        .then(|| press(format!("/devices/{}/end", device.id), w.end, format!("{}: {title}", w.end), None));
    view! {
        <li>
            <div class="list-row">
                <span class="row-main">
                    <span class="row-title">{title.clone()}</span>
                    <span class="row-sub">{ways.join(" · ")}</span>
                    {ended.map(|ended| view! { <span class="tag">{ended}</span> })}
                    {missing}
                    {rename}
                    {end}
                </span>
            </div>
        </li>
    }
    .into_any()
}

/// A form that is one button. `label` says about what, where there are several; `seal` about which text.
fn press(action: String, word: &'static str, label: String, seal: Option<String>) -> AnyView {
    view! {
        <form method="post" action=action>
            {seal.map(|seal| view! { <input type="hidden" name="seal" value=seal /> })}
            <button class="button button-small" aria-label=label>
                {word}
            </button>
        </form>
    }
    .into_any()
}

fn waiting(title: &'static str, lead: &'static str, rows: impl IntoView + 'static) -> AnyView {
    view! {
        <section class="card flush">
            <div class="card-head">
                <h2>{title}</h2>
            </div>
            <p>{lead}</p>
            <ul class="list">{rows}</ul>
        </section>
    }
    .into_any()
}

fn held_row(entry: &HeldEntry, own: bool, said: &dyn Fn(DateTime<Utc>) -> String) -> AnyView {
    let w = device_words();
    let kind = match &entry.command {
        Some(Command::LogVisit(_)) => w.visit,
        Some(_) => w.change,
        None => w.sealed,
    };
    let came = w.came.replace("{}", &said(entry.received_at));
    let title =
        if own { format!("{kind}, {came}") } else { format!("{} · {}, {came}", entry.name, entry.device) };
    let can_mend = own
        && matches!(&entry.why, Held::Conflict | Held::Refused(_))
        && entry.why != Held::Refused(Refusal::Erased)
        && matches!(entry.command, Some(Command::LogVisit(_) | Command::AmendVisit(_)));
    let mend = can_mend.then(|| {
        view! {
            <a class="button button-small" href=format!("/visits/new?mend={}", entry.id)>
                {w.mend}
            </a>
        }
    });
    let deed = |deed: &str| format!("/devices/held/{}/{deed}", entry.id);
    let accepts = match entry.why {
        Held::Revoked if own => Some(w.accept),
        Held::Unreadable => Some(w.again),
        Held::Revoked | Held::Refused(Refusal::NotThere) if !own => Some(w.accept_gone),
        _ => None,
    };
    let accept =
        accepts.map(|word| press(deed("accept"), word, format!("{word}: {title}"), Some(entry.seal.clone())));
    let drop = press(deed("drop"), w.drop, format!("{}: {title}", w.drop), Some(entry.seal.clone()));
    view! {
        <li>
            <div class="list-row">
                <span class="row-main">
                    <span class="row-title">{title.clone()}</span>
                    <span class="row-sub">{crate::i18n::words().held(&entry.why)}</span>
                </span>
                <span class="row-end">{mend} {accept} {drop}</span>
            </div>
        </li>
    }
    .into_any()
}
