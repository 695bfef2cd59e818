//! Logging a visit: the page around the form.

use crate::i18n::words;
use crate::outbox::Outbox;
use crate::ui::{failure, page_head};
use crate::visits::form::{Prefilled, form};
use crate::visits::visit_form;
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
    let loaded = Resource::new(employer, visit_form);
    let outbox = expect_context::<Outbox>();
    let prefilled = move || {
        let id = query.read_untracked().get_str("mend")?.parse::<CommandId>().ok()?;
        let waiting = outbox.take(id)?;
        match waiting.entry.open() {
            Ok(Command::LogVisit(visit)) => Some(Prefilled { id, visit, employer_name: waiting.label }),
            _ => None,
        }
    };
    view! {
        <div class="page-head">{page_head(words().log_title.to_owned())}</div>
        <Suspense>
            {move || Suspend::new(async move {
                match loaded.await {
                    Ok(known) => form(known, prefilled()),
                    Err(error) => failure(error),
                }
            })}
        </Suspense>
    }
}
