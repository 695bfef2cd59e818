//! Lists of employers from elsewhere: the file, its columns, its rows beside the register, what came of
//! it; and links to lists as files. Desk pages.

mod columns;
mod rows;
mod tables;
mod words;

pub use columns::columns_page;
pub use rows::rows_page;
pub use tables::{employers_table, history_table, people_table, route_table, visits_table};
pub use words::ListWords;

use crate::desk::{Content, Done, done_notice, trouble};
use crate::i18n::{Dates, desk_words, language};
use crate::ui::Icon;
use backend::lists::{TakenList, Undone};
use domain::codes::Language;
use domain::lists::compare::Outcome;
use leptos::prelude::*;

/// The words of a language.
#[must_use]
pub fn list_words_in(language: Language) -> &'static ListWords {
    match language {
        Language::Finnish => &words::FI,
        Language::Swedish => &words::SV,
        Language::English => &words::EN,
    }
}

/// The words of the page's language.
#[must_use]
pub fn list_words() -> &'static ListWords {
    list_words_in(language())
}

/// Links to the list on the screen as CSV and XLSX. `question` is what the address asks, with its mark.
#[must_use]
pub fn as_file(path: &str, question: &str) -> AnyView {
    as_files(path, question, &["XLSX", "CSV"])
}

/// Links to what is on the screen as files of these kinds.
#[must_use]
pub fn as_files(path: &str, question: &str, kinds: &[&'static str]) -> AnyView {
    let t = list_words();
    let link = |kind: &'static str| {
        let to = format!("{path}.{}{question}", kind.to_lowercase());
        let label = format!("{}: {kind}", t.as_file);
        view! {
            <a class="button button-small" href=to download rel="external" aria-label=label>
                {kind}
            </a>
        }
    };
    view! {
        <p class="row">
            <span class="muted">{t.as_file}</span>
            {kinds.iter().map(|kind| link(kind)).collect_view()}
        </p>
    }
    .into_any()
}

/// Where a file is chosen, and the own lists.
#[must_use]
pub fn lists_page(lists: Vec<TakenList>, wrong: Option<&'static str>, municipalities: &str) -> Content {
    let (t, w) = (desk_words(), list_words());
    let rows = lists.iter().map(own_list).collect_view();
    let own = if lists.is_empty() {
        view! { <p class="muted">{w.none}</p> }.into_any()
    } else {
        view! { <ul class="list">{rows}</ul> }.into_any()
    };
    Content {
        title: w.title.to_owned(),
        parent: Some(("/employers".to_owned(), t.employers_title.to_owned())),
        body: view! {
            {trouble(wrong.map(str::to_owned))}
            <form class="form card" method="post" action="/employers/lists" enctype="multipart/form-data">
                <p>{w.lead}</p>
                <p class="hint">{w.client_rule}</p>
                <div class="field">
                    <label class="label" for="municipalities">
                        {w.municipalities}
                    </label>
                    <input
                        class="input"
                        id="municipalities"
                        name="municipalities"
                        autocomplete="off"
                        value=municipalities.to_owned()
                        aria-describedby="municipalities-hint"
                    />
                    <p class="hint" id="municipalities-hint">
                        {w.municipalities_hint}
                    </p>
                </div>
                <div class="field">
                    <label class="label" for="file">
                        {w.file}
                    </label>
                    <input
                        class="input"
                        type="file"
                        id="file"
                        name="file"
                        accept=".csv,.txt,.tsv,.xlsx,.xls,.ods,.json,.zip"
                        aria-describedby="file-hint"
                    />
                    <p class="hint" id="file-hint">
                        {w.file_hint}
                    </p>
                </div>
                <p class="row">
                    <button class="button button-primary">{w.take}</button>
                </p>
            </form>
            <section class="card">
                <h2>{w.own}</h2>
                {own}
            </section>
        }
        .into_any(),
    }
}

fn own_list(list: &TakenList) -> AnyView {
    let w = list_words();
    let (state, to) = match list.outcome {
        None => (w.waits, format!("/employers/lists/{}", list.id)),
        Some(_) if list.undone => (w.undone, format!("/employers/lists/{}/done", list.id)),
        Some(_) => (w.written, format!("/employers/lists/{}/done", list.id)),
    };
    let drop = list.outcome.is_none().then(|| {
        let label = format!("{}: {}", w.drop, list.file_name);
        view! {
            <form method="post" action=format!("/employers/lists/{}/drop", list.id)>
                <button class="button button-small" aria-label=label>
                    {w.drop}
                </button>
            </form>
        }
    });
    view! {
        <li>
            <div class="list-row">
                <a class="row-main" href=to>
                    <span class="row-title">{list.file_name.clone()}</span>
                    <span class="row-meta">{language().date(list.taken_on)} " · " {state}</span>
                </a>
                {drop}
            </div>
        </li>
    }
    .into_any()
}

/// What writing a list does or did, in words.
fn outcome(outcome: &Outcome) -> AnyView {
    let w = list_words();
    let lines = [
        (w.added, outcome.added, true),
        (w.filled, outcome.filled, true),
        (w.contacts, outcome.contacts, false),
        (w.same, outcome.same, false),
        (w.left, outcome.left, false),
        (w.wrong, outcome.wrong, false),
    ];
    let lines = lines
        .into_iter()
        .filter(|(_, count, always)| *always || *count > 0)
        .map(|(words, count, _)| view! { <li>{words.of(count)}</li> })
        .collect_view();
    view! { <ul>{lines}</ul> }.into_any()
}

/// What came of a list, with the way back.
#[must_use]
pub fn list_done_page(list: &TakenList, undone: Option<Undone>) -> Content {
    let w = list_words();
    let done = (!list.undone).then(|| {
        done_notice(Done {
            text: w.done.to_owned(),
            undo: Some(format!("/employers/lists/{}/undo", list.id)),
        })
    });
    let hint = (!list.undone).then(|| view! { <p class="hint">{w.undo_hint}</p> });
    let back = undone.map(|undone| {
        let kept = (undone.kept > 0).then(|| view! { <p>{w.kept.of(undone.kept)}</p> });
        view! {
            <div class="notice notice-ok" role="status">
                {Icon::Check.view()} <div>
                    <p>{w.undone} ". " {w.gone.of(undone.gone)}</p>
                    {kept}
                </div>
            </div>
        }
    });
    let stands = (list.undone && undone.is_none()).then(|| view! { <p>{w.undone}</p> });
    Content {
        title: list.file_name.clone(),
        parent: Some(("/employers/lists".to_owned(), w.title.to_owned())),
        body: view! {
            {done}
            {back}
            <section class="card">
                {stands}
                {list.outcome.as_ref().map(outcome)}
                {hint}
                <p>
                    <a class="button button-primary" href="/employers">
                        {w.to_register}
                    </a>
                </p>
            </section>
        }
        .into_any(),
    }
}
