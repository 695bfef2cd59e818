//! Logging a visit: the page around the form.

use crate::data::{Ask, Data, load, show};
use crate::i18n::words;
use crate::outbox::Outbox;
use crate::ui::page_head;
use crate::visits::form::{Prefilled, form};
use domain::ids::{CommandId, EmployerId};
use domain::sync::Command;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Logs a visit. `?employer=ID` opens the form for an employer, `?mend=ID` with an entry that the
/// server refused.
#[component]
pub fn NewVisitPage() -> impl IntoView {
    let query = use_query_map();
    let employer = move || query.read().get_str("employer").and_then(|id| id.parse::<EmployerId>().ok());
    let loaded = load(RwSignal::new(0), move || Ask::VisitForm(employer()));
    let outbox = expect_context::<Outbox>();
    let prefilled = move || {
        let id = query.read_untracked().get_str("mend")?.parse::<CommandId>().ok()?;
        let waiting = outbox.take(id)?;
        match waiting.command {
            Command::LogVisit(visit) => Some(Prefilled { id, visit, employer_name: waiting.label }),
            _ => None,
        }
    };
    view! {
        <div class="page-head">{page_head(words().log_title.to_owned())}</div>
        {show(
            loaded,
            move |data| match data {
                Data::VisitForm(known) => form(known, prefilled()),
                _ => ().into_any(),
            },
        )}
    }
}
