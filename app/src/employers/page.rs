//! An employer's page: whom to ask for, what was promised, what was done.

use crate::data::{Ask, Data, load, show};
use crate::i18n::words;
use crate::outbox::Outbox;
use crate::ui::{Icon, page_head};
use crate::visits::{due_list, visit_timeline};
use domain::employers::EmployerPage;
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
        <p class="row">
            <a class="button button-primary" href=format!("/visits/new?employer={}", page.id)>
                {Icon::Plus.view()}
                {t.log_title}
            </a>
        </p>
        <div class="split main-side">
            <div class="stack">{steps(&page)} {history(&page)}</div>
            <div class="stack">{contacts(&page)} {facts(&page)}</div>
        </div>
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

fn contacts(page: &EmployerPage) -> AnyView {
    let t = words();
    let people = page
        .contacts
        .iter()
        .map(|person| {
            view! {
                <li>
                    <div class="list-row">
                        <span class="row-icon">{Icon::User.view()}</span>
                        <span class="row-main">
                            <span class="row-title">{person.name.clone()}</span>
                            <span class="row-sub">{person.title.clone()}</span>
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

fn facts(page: &EmployerPage) -> AnyView {
    let t = words();
    let industry = page.class_tol2008.clone().or_else(|| page.section_tol2008.clone());
    let fact = |name: &'static str, value: Option<String>| {
        value.map(|value| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{value}</dd>
                </div>
            }
        })
    };
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{t.employer_facts}</h2>
            </div>
            <dl class="definition">
                {fact(t.municipality, page.municipality.clone())}
                {fact(t.business_id, page.business_id.as_ref().map(ToString::to_string))}
                {fact(t.industry_tol2008, industry)}
                {fact(t.owner, page.owner.clone())}
            </dl>
        </section>
    }
    .into_any()
}
