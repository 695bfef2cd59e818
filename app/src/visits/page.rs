//! Logging or amending a visit: the page around the form.

use crate::data::{Ask, Data, load, show_or};
use crate::error::AppError;
use crate::i18n::{Dates, language, words};
use crate::outbox::Outbox;
#[cfg(feature = "hydrate")]
use crate::register::Register;
#[cfg(feature = "hydrate")]
use crate::ui::Icon;
use crate::ui::{failure, page_head};
use crate::visits::form::form;
use domain::ids::EmployerId;
use domain::visits::{DraftSeen, FormWish, VisitForm};
#[cfg(feature = "hydrate")]
use domain::visits::{FormEmployer, VisitFields};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Logs a visit. `?employer=ID` opens the form for an employer, `?client=ID` for a client, `?again=ID` with the same as a visit,
/// `?amend=ID` to amend one, `?draft=ID` as it was left, `?fresh=1` empty, `?mend=ID` with an entry
/// that the server has and could not carry out.
#[component]
pub fn NewVisitPage() -> impl IntoView {
    let query = use_query_map();
    let outbox = expect_context::<Outbox>();
    let wish = Memo::new(move |_| {
        let query = query.read();
        FormWish {
            employer: query.get_str("employer").and_then(|id| id.parse().ok()),
            client: query.get_str("client").and_then(|id| id.parse().ok()),
            amend: query.get_str("amend").and_then(|id| id.parse().ok()),
            again: query.get_str("again").and_then(|id| id.parse().ok()),
            draft: query.get_str("draft").and_then(|id| id.parse().ok()),
            mend: query.get_str("mend").and_then(|id| id.parse().ok()),
            fresh: query.get_str("fresh").is_some() || outbox.is_waiting(),
        }
    });
    let loaded = load(RwSignal::new(0), move || Ask::VisitForm(wish.get()));
    let shown = StoredValue::new((wish.get_untracked(), false));
    show_or(
        loaded,
        move |error| offline(error, wish.get_untracked().employer),
        move |data| match data {
            Data::VisitForm(known) => {
                // A form that is opened otherwise is another form: what was typed into the one before must
                // not stand in it. Elements of another kind are made anew and not changed in place.
                let wish = wish.get_untracked();
                shown.update_value(|(before, other)| {
                    *other ^= *before != wish;
                    *before = wish;
                });
                let page = page(known);
                match shown.get_value() {
                    (_, false) => view! { <div class="form">{page}</div> }.into_any(),
                    (_, true) => view! { <section class="form">{page}</section> }.into_any(),
                }
            }
            _ => ().into_any(),
        },
    )
}

/// Without a network the form opens empty but for the employer, and what it saves stays on this phone until there is one.
fn offline(error: AppError, employer: Option<EmployerId>) -> AnyView {
    #[cfg(feature = "hydrate")]
    if error == AppError::NoNetwork {
        let Some(employer) = employer else { return without_server(None) };
        let register = expect_context::<Register>();
        register.fetch();
        // Built once: what comes later must not take a form away that somebody types in.
        let found = Memo::new(move |before: Option<&Option<Option<FormEmployer>>>| {
            before.cloned().flatten().or_else(|| register.find(employer))
        });
        return view! { {move || found.get().map(without_server)} }.into_any();
    }
    let _ = employer;
    failure(error)
}

#[cfg(feature = "hydrate")]
fn without_server(employer: Option<FormEmployer>) -> AnyView {
    let t = words();
    let (today, time) = crate::outbox::today();
    let mut fields = VisitFields::untouched(today, time);
    if let Some(employer) = &employer {
        fields.employer = employer.id.to_string();
        fields.employer_name = employer.name.clone();
        fields.municipality = employer.municipality.clone().unwrap_or_default();
    }
    let known = VisitForm {
        id: Outbox::new_id(),
        author: None,
        today,
        fields,
        amends: None,
        now: None,
        recent: employer.into_iter().collect(),
        caseload: Vec::new(),
        colleagues: Vec::new(),
        last: None,
        resumed: false,
        drafts: Vec::new(),
        errors: Vec::new(),
        found: None,
    };
    view! {
        <div class="form">
            <div class="page-head">{page_head(t.log_title.to_owned())}</div>
            <div class="notice" role="status">
                {Icon::OnPhone.view()}
                <p>{t.visit_offline}</p>
            </div>
            {form(known)}
        </div>
    }
    .into_any()
}

fn page(known: VisitForm) -> AnyView {
    let t = words();
    let amends = known.amends.is_some();
    let title = if amends { t.amend_title } else { t.log_title };
    let around = beside(&known);
    view! {
        <div class="page-head">{page_head(title.to_owned())}</div>
        {(!amends)
            .then(|| {
                view! {
                    <p class="page-kicker">
                        <a href="/support/new" rel="external">
                            {t.log_support}
                        </a>
                    </p>
                }
            })}
        {amends.then(|| view! { <p class="hint">{t.amend_both}</p> })}
        {around}
        {form(known)}
    }
    .into_any()
}

/// What stands above the form: what it goes on with, the same again, and what else was left.
fn beside(known: &VisitForm) -> AnyView {
    let t = words();
    let resumed = known.resumed.then(|| {
        view! {
            <p class="row" role="status">
                {t.visit_resumed}
                <a class="button button-small" href="/visits/new?fresh=1">
                    {t.visit_start_over}
                </a>
            </p>
        }
    });
    let untouched = !known.resumed && known.amends.is_none() && known.fields.employer.is_empty();
    let again = known.last.clone().filter(|_| untouched).map(|(visit, name)| {
        view! {
            <p>
                <a class="button" href=format!("/visits/new?again={visit}")>
                    {t.visit_again.of(&name)}
                </a>
            </p>
        }
    });
    let left = (!known.drafts.is_empty()).then(|| {
        let items = known.drafts.iter().map(draft).collect_view();
        view! {
            <details>
                <summary>{format!("{} ({})", t.visit_drafts, known.drafts.len())}</summary>
                <ul class="list">{items}</ul>
            </details>
        }
    });
    view! {
        {resumed}
        {again}
        {left}
    }
    .into_any()
}

fn draft(draft: &DraftSeen) -> AnyView {
    let name = if draft.employer_name.is_empty() {
        words().visit_unnamed.to_owned()
    } else {
        draft.employer_name.clone()
    };
    view! {
        <li>
            <a class="list-row" href=format!("/visits/new?draft={}", draft.id)>
                <span class="row-title">{name}</span>
                <span class="row-end">{language().moment(draft.day, Some(draft.time))}</span>
            </a>
        </li>
    }
    .into_any()
}
