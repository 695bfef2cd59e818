//! More: who I am, the language, my sign-ins, the way out.

use crate::account::language::language_switcher;
use crate::app::Signed;
use crate::data::{Ask, Data, ask, load, show};
use crate::i18n::{Dates, language, words};
use crate::ui::{Icon, page_head};
use domain::access::{Me, SignIn};
use domain::codes::Role;
use leptos::prelude::*;

/// More.
#[component]
pub fn MorePage() -> impl IntoView {
    let signed = expect_context::<Signed>().0;
    let turn = RwSignal::new(0_u32);
    let loaded = load(turn, || Ask::SignIns);
    let t = words();
    view! {
        <div class="page-head">{page_head(t.nav_more.to_owned())}</div>
        {show(
            signed,
            |data| match data {
                Data::Me(me) => account(me),
                _ => ().into_any(),
            },
        )}
        <section class="card">
            <div class="card-head">
                <h2>{t.language}</h2>
            </div>
            {language_switcher("/more")}
        </section>
        {show(
            loaded,
            move |data| match data {
                Data::SignIns(list) => sign_in_list(list, turn),
                _ => ().into_any(),
            },
        )}
        <section class="card" data-install>
            <details>
                <summary>{t.install_title}</summary>
                <div class="stack">
                    <p>{t.install_why}</p>
                    <p>{t.install_android}</p>
                    <p>{t.install_iphone}</p>
                </div>
            </details>
        </section>
        <section class="card">
            <div class="card-head">
                <h2>{t.about}</h2>
            </div>
            <p>{t.about_text}</p>
            <p class="muted small">{format!("Rinnalla {} · EUPL-1.2", env!("CARGO_PKG_VERSION"))}</p>
        </section>
    }
}

fn account(me: Me) -> AnyView {
    let t = words();
    let roles = me.posts.iter().map(|post| t.role_of(post.role)).collect::<Vec<_>>().join(", ");
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{me.name.clone()}</h2>
            </div>
            <p class="muted">{roles} " · " {me.units.join(", ")}</p>
            <div class="row">
                {me
                    .is(Role::Lead)
                    .then(|| {
                        view! {
                            <a class="button" href="/lead" rel="external">
                                {Icon::Calendar.view()}
                                {t.unit_week}
                            </a>
                        }
                    })}
                {me
                    .manages_people()
                    .then(|| {
                        view! {
                            <a class="button" href="/people" rel="external">
                                {Icon::Clients.view()}
                                {t.people_title}
                            </a>
                        }
                    })}
                {me
                    .in_field()
                    .then(|| {
                        view! {
                            <a class="button" href="/sync">
                                {Icon::OnPhone.view()}
                                {t.sync_title}
                            </a>
                            <a class="button" href="/devices" rel="external">
                                {Icon::OnPhone.view()}
                                {t.devices}
                            </a>
                            <a class="button" href="/search" rel="external">
                                {Icon::Search.view()}
                                {t.search}
                            </a>
                            <a class="button" href="/opportunities" rel="external">
                                {Icon::Search.view()}
                                {t.opportunities}
                            </a>
                            <a class="button" href="/calendar" rel="external">
                                {Icon::Calendar.view()}
                                {t.calendar}
                            </a>
                            <a class="button" href="/referrals/inbox" rel="external">
                                {Icon::Mail.view()}
                                {t.referrals_incoming}
                            </a>
                            <a class="button" href="/meetings/team" rel="external">
                                {Icon::InPerson.view()}
                                {t.team_meeting}
                            </a>
                            <a class="button" href="/meetings" rel="external">
                                {Icon::InPerson.view()}
                                {t.meetings}
                            </a>
                            <a class="button" href="/fidelity" rel="external">
                                {Icon::Check.view()}
                                {t.criteria}
                            </a>
                            <a class="button" href="/time" rel="external">
                                {Icon::Calendar.view()}
                                {t.time_use}
                            </a>
                            <a class="button" href="/people/substitutes" rel="external">
                                {Icon::Clients.view()}
                                {t.substitutes}
                            </a>
                            <a class="button" href="/break-glass" rel="external">
                                {Icon::Key.view()}
                                {t.written_reason}
                            </a>
                        }
                    })}
                <form method="post" action="/sign-out">
                    <button class="button">{Icon::SignOut.view()} {t.sign_out}</button>
                </form>
            </div>
        </section>
    }
    .into_any()
}

fn sign_in_list(list: Vec<SignIn>, turn: RwSignal<u32>) -> AnyView {
    let t = words();
    let row = move |sign_in: SignIn| {
        let id = sign_in.id;
        let end = move |_| {
            leptos::task::spawn_local(async move {
                let _ = ask(Ask::EndSignIn(id)).await;
                turn.try_update(|turn| *turn += 1);
            });
        };
        let label = format!("{}: {}", t.sign_out, sign_in.device);
        let action = if sign_in.this {
            view! { <span class="tag tag-accent">{t.this_device}</span> }.into_any()
        } else {
            view! {
                <button type="button" class="button button-small" aria-label=label on:click=end>
                    {t.sign_out}
                </button>
            }
            .into_any()
        };
        view! {
            <li>
                <div class="list-row">
                    <span class="row-main">
                        <span class="row-title">{sign_in.device}</span>
                        <span class="row-sub">{t.signed_in_on.of(language().date(sign_in.since))}</span>
                    </span>
                    <span class="row-end">{action}</span>
                </div>
            </li>
        }
    };
    view! {
        <section class="card flush">
            <div class="card-head">
                <h2>{t.sign_ins}</h2>
            </div>
            <ul class="list">{list.into_iter().map(row).collect_view()}</ul>
            <div class="card-head">
                <form method="post" action="/sign-out-everywhere">
                    <button class="button button-danger">{t.sign_out_everywhere}</button>
                </form>
            </div>
        </section>
    }
    .into_any()
}
