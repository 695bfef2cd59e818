//! The people of a unit: who works here, who can sign in, and one-time links for those who can't.

use super::glass::waiting_notice;
use super::words::people_words;
use crate::desk::Content;
use crate::i18n::{Dates, desk_words, language};
use crate::lists::as_file;
use crate::ui::Icon;
use backend::people::Waiting;
use domain::access::{AccountState, Colleague};
use leptos::prelude::*;

/// A link that was made.
#[derive(Clone, Debug)]
pub struct Made {
    /// For whom.
    pub name: String,
    /// The whole link; it is shown once: only its hash is kept.
    pub link: String,
}

/// What stands around the table of people.
#[derive(Clone, Copy, Debug, Default)]
pub struct Around {
    /// What waits to be looked into.
    pub waiting: Waiting,
    /// Does the person work in the field?
    pub in_field: bool,
    /// Is the person an administrator?
    pub administers: bool,
}

/// The people of a unit, and the link that was made just now.
#[must_use]
pub fn people_page(people: Vec<Colleague>, made: Option<Made>, around: Around) -> Content {
    let t = desk_words();
    Content {
        title: t.people_title.to_owned(),
        parent: None,
        body: view! {
            {made.map(link)}
            {waiting_notice(around.waiting)}
            {ways(around)}
            {table(people)}
            <p>
                <a class="button" href="/employers/light">{t.light_settings}</a>
            </p>
            {as_file("/people", "")}
        }
        .into_any(),
    }
}

/// The pages around the people.
fn ways(around: Around) -> AnyView {
    let w = people_words();
    let way = |shown: bool, to: &'static str, name: &'static str| {
        shown.then(|| view! { <a class="button" href=to>{name}</a> })
    };
    view! {
        <p class="row">
            {way(around.in_field, "/people/substitutes", w.substitutes)}
            {way(true, "/people/glass", w.glass_list)}
            {way(true, "/people/alarms", w.alarms)}
            {way(around.administers, "/organisation", w.organisation)}
            {way(true, "/organisation/changes", w.changes)}
            {way(true, "/organisation/retention", crate::retention::title())}
        </p>
    }
    .into_any()
}

fn link(made: Made) -> AnyView {
    let t = desk_words();
    view! {
        <div class="notice notice-ok" role="status">
            {Icon::Key.view()}
            <div>
                <p>{t.invitation_made.of(&made.name)}</p>
                <p>
                    <input class="input" readonly aria-label=t.invitation_link value=made.link />
                </p>
                <p class="hint">{t.invitation_hint}</p>
            </div>
        </div>
    }
    .into_any()
}

fn table(people: Vec<Colleague>) -> AnyView {
    let t = desk_words();
    let rows = people.into_iter().map(row).collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=t.people_title>
            <table class="table">
                <caption class="visually-hidden">{t.people_title}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t.name}</th>
                        <th scope="col">{t.role}</th>
                        <th scope="col">{t.place}</th>
                        <th scope="col">{t.period}</th>
                        <th scope="col">{t.sign_in_name}</th>
                        <th scope="col">{t.account}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(person: Colleague) -> AnyView {
    let t = desk_words();
    let (state, can_invite) = match person.state {
        AccountState::Active => (
            view! { <span class="state state-sent">{Icon::Check.view()} {t.account_active}</span> }
                .into_any(),
            false,
        ),
        AccountState::Invited => {
            (view! { <span class="state">{Icon::Mail.view()} {t.account_invited}</span> }.into_any(), true)
        }
        AccountState::New => (view! { <span class="state">{t.account_new}</span> }.into_any(), true),
        AccountState::Locked => (
            view! { <span class="state state-failed">{Icon::Key.view()} {t.account_locked}</span> }
                .into_any(),
            false,
        ),
    };
    let period = format!(
        "{}–{}",
        language().date(person.from),
        person.to.map(|to| language().date(to)).unwrap_or_default()
    );
    let button = can_invite.then(|| {
        let label = format!("{}: {}", t.invite, person.name);
        view! {
            <form method="post" action="/people/invite">
                <input type="hidden" name="person" value=person.id.to_string() />
                <button class="button button-small" aria-label=label>
                    {t.invite}
                </button>
            </form>
        }
    });
    view! {
        <tr>
            <th scope="row">{person.name.clone()}</th>
            <td>{t.role_of(person.role)}</td>
            <td>{person.place}</td>
            <td class="nowrap">{period}</td>
            <td>{person.sign_in_name}</td>
            <td>
                <span class="row">{state} {button}</span>
            </td>
        </tr>
    }
    .into_any()
}
