//! The own caseload: by alias, with the last employer contact for each.

use crate::data::{Ask, Data, load, show};
use crate::i18n::{Dates, language, words};
use crate::outbox::Outbox;
use crate::ui::{Icon, page_head};
use domain::clients::CaseloadRow;
use leptos::prelude::*;

/// The own caseload.
#[component]
pub fn ClientsPage() -> impl IntoView {
    let loaded = load(expect_context::<Outbox>().arrived(), || Ask::Caseload);
    let t = words();
    view! {
        <div class="page-head">{page_head(t.clients_title.to_owned())}</div>
        {show(
            loaded,
            |data| match data {
                Data::Caseload(rows) if rows.is_empty() => empty(),
                Data::Caseload(rows) => list(rows),
                _ => ().into_any(),
            },
        )}
    }
}

pub(crate) fn empty() -> AnyView {
    view! {
        <div class="card">
            <div class="empty">
                {Icon::Clients.view()} <p>{words().clients_none}</p>
            </div>
        </div>
    }
    .into_any()
}

pub(crate) fn list(rows: Vec<CaseloadRow>) -> AnyView {
    let t = words();
    let row = move |row: CaseloadRow| {
        let agreed = row.agreed_on.map(|day| t.client_agreed.of(language().date(day)));
        let last = match row.last_contact_on {
            Some(day) => language().date(day).into_any(),
            None => view! { <span class="tag tag-warn">{t.client_no_contacts}</span> }.into_any(),
        };
        view! {
            <li>
                <div class="list-row">
                    <span class="row-main">
                        <span class="row-title">{row.alias}</span>
                        <span class="row-sub">{agreed} " · " {t.client_contacts.of(row.contacts as usize)}</span>
                    </span>
                    <span class="row-end">{last}</span>
                </div>
            </li>
        }
    };
    view! {
        <p class="lead">{t.clients_lead.of(rows.len())}</p>
        <div class="card flush">
            <ul class="list">{rows.into_iter().map(row).collect_view()}</ul>
        </div>
    }
    .into_any()
}
