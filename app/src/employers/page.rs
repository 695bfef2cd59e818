//! An employer's page: whom to ask for, what was promised, what was done.

use crate::data::{Ask, Data, load, show};
use crate::employers::light::{light, light_rule};
use crate::i18n::{Dates, language, words};
use crate::outbox::Outbox;
use crate::ui::{Icon, page_head};
use crate::visits::{due_list, visit_timeline};
use domain::employers::{EmployerPage, Named};
use domain::ids::EmployerId;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

/// An employer's page.
#[component]
pub fn EmployerPageView() -> impl IntoView {
    let params = use_params_map();
    // What is no id is the id of nothing: the server says that it is not there.
    let id =
        move || params.read().get_str("id").and_then(|id| id.parse().ok()).unwrap_or(EmployerId(Uuid::nil()));
    let loaded = load(expect_context::<Outbox>().arrived(), move || Ask::Employer(id()));
    show(loaded, move |data| match data {
        Data::Employer(page) => page_view(page),
        _ => ().into_any(),
    })
}

fn page_view(page: EmployerPage) -> AnyView {
    let t = words();
    let about: Vec<String> = page
        .municipality
        .clone()
        .into_iter()
        .chain(page.owner.as_ref().map(|owner| t.owner_is.of(owner)))
        .collect();
    view! {
        <div class="page-head">
            <div>
                <p class="page-kicker">
                    <a href="/employers">{Icon::ChevronLeft.view()} {t.employers_title}</a>
                </p>
                {page_head(page.name.clone())}
                <p class="muted">{about.join(" · ")}</p>
            </div>
        </div>
        {do_not_contact(&page)}
        <p class="row">
            <a class="button button-primary" href=format!("/visits/new?employer={}", page.id)>
                {Icon::Plus.view()}
                {t.log_title}
            </a>
            {light(page.silence)}
        </p>
        {last_met(&page)}
        <div class="split main-side">
            <div class="stack">{steps(&page)} {history(&page)}</div>
            <div class="stack">{contacts(&page)} {facts(&page)} {tools(&page)}</div>
        </div>
    }
    .into_any()
}

pub(crate) fn do_not_contact(page: &EmployerPage) -> AnyView {
    let t = words();
    let Some(silenced) = page.do_not_contact.clone() else { return ().into_any() };
    let until = silenced.until.map(|day| t.do_not_contact_until.of(language().date(day)));
    let by = silenced.by.map(|by| t.do_not_contact_by.say(&[&by, &language().date(silenced.from)]));
    view! {
        <div class="notice notice-warn" role="status">
            {Icon::Warning.view()} <div>
                <p>
                    <strong>{t.do_not_contact}</strong>
                </p>
                <p>{silenced.reason}</p>
                <p class="hint">{until} " " {by}</p>
            </div>
        </div>
    }
    .into_any()
}

/// Who was in touch last, before calling: when, who, how, and what was agreed as far as one may read it.
pub(crate) fn last_met(page: &EmployerPage) -> AnyView {
    let t = words();
    let handed = page.handed_over.clone().map(|handed| {
        let on = language().date(handed.on);
        let said = t.handed_over_said.say(&[&on, &handed.by, &handed.to, &handed.word]);
        view! { <p class="muted">{said}</p> }
    });
    let met = page.visits.first().map(|visit| {
        let who = format!("{} · {} · {}", language().date(visit.day), visit.coach, t.mode(visit.mode));
        view! {
            <p>
                <strong>{who}</strong>
            </p>
            <p>{visit.summary.clone()}</p>
        }
    });
    if met.is_none() && handed.is_none() {
        return ().into_any();
    }
    view! {
        <section class="card">
            <h2>{t.last_met}</h2>
            {met}
            {handed}
        </section>
    }
    .into_any()
}

/// The ways to change what stands here: desk pages.
pub(crate) fn tools(page: &EmployerPage) -> AnyView {
    let t = words();
    let links = [
        ("edit", t.employer_edit, true),
        ("contacts/new", t.contact_add, true),
        ("hand-over", t.hand_over, page.may_hand_over),
        ("do-not-contact", t.do_not_contact, true),
        ("chain", t.chain_set, true),
        ("merge", t.merge, true),
        ("history", t.history, true),
    ];
    let id = page.id;
    let found = view! {
        <a class="button" href=format!("/opportunities?employer={id}") rel="external">
            {t.opportunities}
        </a>
    };
    let links = links
        .into_iter()
        .filter(|(_, _, may)| *may)
        .map(|(to, word, _)| {
            view! {
                <a class="button" href=format!("/employers/{id}/{to}") rel="external">
                    {word}
                </a>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <h2>{t.tools}</h2>
            <p class="row">{found} {links}</p>
            {light_rule(page.rule)}
        </section>
    }
    .into_any()
}

fn steps(page: &EmployerPage) -> AnyView {
    let t = words();
    if page.next_steps.is_empty() {
        return ().into_any();
    }
    let today = page.today;
    view! {
        <section class="card flush">
            <div class="card-head">
                <h2>{t.today_next_steps}</h2>
            </div>
            {due_list(page.next_steps.clone(), today)}
        </section>
    }
    .into_any()
}

fn history(page: &EmployerPage) -> AnyView {
    let t = words();
    let shown = page.visits.len();
    let total = page.visits_total as usize;
    let body = if page.visits.is_empty() {
        view! {
            <div class="empty">
                <p>{t.employer_no_visits}</p>
            </div>
        }
        .into_any()
    } else {
        visit_timeline(page.visits.clone())
    };
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{t.employer_history}</h2>
                <span class="muted">{t.visits_count.of(total)}</span>
            </div>
            {body}
            {(shown < total).then(|| view! { <p class="muted">{t.visits_latest.of(shown)}</p> })}
        </section>
    }
    .into_any()
}

pub(crate) fn contacts(page: &EmployerPage) -> AnyView {
    let t = words();
    let people = page
        .contacts
        .iter()
        .map(|person| {
            let said = [person.title.clone(), person.role.clone()];
            let said: Vec<String> = said.into_iter().filter(|text| !text.is_empty()).collect();
            let phone = link("tel:", &person.phone.replace(' ', ""), &person.phone);
            let email = link("mailto:", &person.email, &person.email);
            let edit = format!("/employers/{}/contacts/{}", page.id, person.id);
            let label = format!("{}: {}", t.change, person.name);
            view! {
                <li>
                    <div class="list-row">
                        <span class="row-icon">{Icon::User.view()}</span>
                        <span class="row-main">
                            <span class="row-title">{person.name.clone()}</span>
                            <span class="row-sub">{said.join(" · ")}</span>
                        </span>
                        <span class="row-end">
                            {phone} {email}
                            <a class="button button-small" href=edit rel="external" aria-label=label>
                                {t.change}
                            </a>
                        </span>
                    </div>
                </li>
            }
        })
        .collect_view();
    let body = if page.contacts.is_empty() {
        view! {
            <div class="empty">
                <p>{t.employer_no_contacts}</p>
            </div>
        }
        .into_any()
    } else {
        view! { <ul class="list">{people}</ul> }.into_any()
    };
    view! {
        <section class="card flush">
            <div class="card-head">
                <h2>{t.employer_contacts}</h2>
            </div>
            {body}
        </section>
    }
    .into_any()
}

/// A way to call or write; nothing where nothing is known.
fn link(scheme: &'static str, to: &str, text: &str) -> Option<AnyView> {
    let text = text.to_owned();
    (!to.is_empty())
        .then(|| view! { <a class="button button-small" href=format!("{scheme}{to}")>{text}</a> }.into_any())
}

/// Other employers by name, each a way there.
fn named(list: &[Named]) -> Option<AnyView> {
    let links: Vec<AnyView> = list
        .iter()
        .map(|one| {
            let place = one.municipality.clone().map(|place| format!(", {place}"));
            view! { <a href=format!("/employers/{}", one.id)>{one.name.clone()} {place}</a> }.into_any()
        })
        .collect();
    (!links.is_empty()).then(|| links.into_any())
}

pub(crate) fn facts(page: &EmployerPage) -> AnyView {
    let t = words();
    let industry = page.class_tol2008.clone().or_else(|| page.section_tol2008.clone());
    let industry_2025 = page.class_tol2025.clone().or_else(|| page.section_tol2025.clone());
    let text = |value: Option<String>| value.filter(|text| !text.is_empty()).map(IntoAny::into_any);
    let website = page
        .website
        .clone()
        .map(|to| view! { <a href=to.clone() rel="external noreferrer">{to.clone()}</a> }.into_any());
    let merged = page.merged.iter().map(|one| one.name.clone()).collect::<Vec<_>>().join(", ");
    let facts: Vec<AnyView> = [
        (t.address, text(Some(page.address.clone()))),
        (t.business_id, text(page.business_id.as_ref().map(ToString::to_string))),
        (t.website, website),
        (t.industry_tol2008, text(industry)),
        (t.industry_tol2025, text(industry_2025)),
        (t.owner, text(page.owner.clone())),
        (t.note, text(page.note.clone())),
        (t.chain_set, named(page.chain.as_slice())),
        (t.branches, named(&page.branches)),
        (t.merged_here, text(Some(merged))),
    ]
    .into_iter()
    .filter_map(|(name, value)| {
        value.map(|value| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
            .into_any()
        })
    })
    .collect();
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{t.employer_facts}</h2>
            </div>
            <dl class="definition">{facts}</dl>
        </section>
    }
    .into_any()
}
