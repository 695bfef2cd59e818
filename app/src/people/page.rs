//! The people of a unit: who works here, who can sign in, and one-time links for those who can't.

use crate::data::{Ask, Data, ask, load, show};
use crate::i18n::{Dates, language, words};
use crate::ui::{Icon, page_head};
use domain::access::{AccountState, Colleague};
use leptos::prelude::*;

/// A link that was made, and for whom.
type Made = Option<(String, Option<String>)>;

/// The people of a unit.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let turn = RwSignal::new(0_u32);
    let loaded = load(turn, || Ask::People);
    let made = RwSignal::new(Made::None);
    let t = words();
    view! {
        <div class="page-head">{page_head(t.people_title.to_owned())}</div>
        {link(made)}
        {show(
            loaded,
            move |data| match data {
                Data::People(people) => table(people, made, turn),
                _ => ().into_any(),
            },
        )}
    }
}

/// The link, shown once: only its hash is kept.
fn link(made: RwSignal<Made>) -> AnyView {
    let t = words();
    view! {
        <div role="status">
            {move || {
                made.get()
                    .map(|(name, link)| match link {
                        Some(path) => {
                            let link = format!("{}{path}", origin());
                            view! {
                                <div class="notice notice-ok">
                                    {Icon::Key.view()}
                                    <div>
                                        <p>{(t.invitation_made)(&name)}</p>
                                        <p>
                                            <input
                                                class="input"
                                                readonly
                                                aria-label=t.invitation_link
                                                value=link
                                            />
                                        </p>
                                        <p class="hint">{t.invitation_hint}</p>
                                    </div>
                                </div>
                            }
                                .into_any()
                        }
                        None => {
                            view! {
                                <div class="notice notice-error">
                                    {Icon::Error.view()} <div>
                                        <p>{t.invitation_failed}</p>
                                    </div>
                                </div>
                            }
                                .into_any()
                        }
                    })
            }}
        </div>
    }
    .into_any()
}

/// Where this page comes from: `https://rinnalla.example.fi`.
fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

fn table(people: Vec<Colleague>, made: RwSignal<Made>, turn: RwSignal<u32>) -> AnyView {
    let t = words();
    let rows = people.into_iter().map(|person| row(person, made, turn)).collect_view();
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

fn row(person: Colleague, made: RwSignal<Made>, turn: RwSignal<u32>) -> AnyView {
    let t = words();
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
        let (id, name) = (person.id, person.name.clone());
        let label = format!("{}: {name}", t.invite);
        let on_click = move |_| {
            let name = name.clone();
            leptos::task::spawn_local(async move {
                let link = match ask(Ask::Invite(id)).await {
                    Ok(Data::Link(path)) => Some(path),
                    _ => None,
                };
                made.try_set(Some((name, link)));
                turn.try_update(|turn| *turn += 1);
            });
        };
        view! { <button type="button" class="button button-small" aria-label=label on:click=on_click>{t.invite}</button> }
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
