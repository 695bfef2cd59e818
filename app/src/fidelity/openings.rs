//! Dossiers that are opened to reviewers for some days: the lead's list, and what a reviewer sees.

use super::fidelity_words;
use crate::clients::Typed;
use crate::desk::sheet::{Sheet, Shown};
use crate::desk::{Content, Done, done_notice};
use crate::i18n::{Dates, language};
use crate::ui::Icon;
use backend::fidelity::{DossiersPage, OpenedDossier};
use domain::fidelity::dossier::OpeningFields;
use domain::lists::out::{Paper, PaperPart, Table};
use leptos::prelude::*;
use uuid::Uuid;

fn days(one: &OpenedDossier) -> String {
    format!("{}–{}", language().date(one.from_day), language().date(one.to_day))
}

/// The dossier's files, and to whom it is opened.
#[must_use]
pub fn dossiers_page(page: &DossiersPage, done: Option<Done>) -> Content {
    let w = fidelity_words();
    let rows: Vec<_> = page.dossiers.iter().map(|one| opened(page, one)).collect();
    let list = if rows.is_empty() {
        view! { <p class="muted">{w.open_none}</p> }.into_any()
    } else {
        view! { <ul class="timeline">{rows}</ul> }.into_any()
    };
    Content {
        title: w.dossier.to_owned(),
        parent: Some(("/fidelity".to_owned(), w.title.to_owned())),
        body: view! {
            {done.map(done_notice)}
            <p class="hint">{w.dossier_codes}</p>
            <section class="card">
                <h2>{w.open_files}</h2>
                <p class="row">
                    <a class="button" href="/fidelity/dossier.pdf">
                        {w.dossier_get}
                    </a>
                    <a class="button" href="/fidelity/dossier.xlsx">
                        {w.dossier_get_xlsx}
                    </a>
                    <a class="button button-quiet" href="/fidelity/dossier-key.xlsx">
                        {w.dossier_key}
                    </a>
                </p>
                <p class="hint">{w.dossier_key_hint}</p>
            </section>
            <section class="card">
                <h2>{w.open_title}</h2>
                {list}
                <p>
                    <a class="button button-primary" href="/fidelity/dossiers/new">
                        {Icon::Plus.view()}
                        {w.open_new}
                    </a>
                </p>
            </section>
            {before()}
        }
        .into_any(),
    }
}

fn opened(page: &DossiersPage, one: &OpenedDossier) -> AnyView {
    let w = fidelity_words();
    let state = if one.closed {
        w.open_closed
    } else if one.to_day < page.today {
        w.open_over
    } else if one.from_day > page.today {
        w.open_coming
    } else {
        w.open_now
    };
    let (deed, word) = if one.closed { ("reopen", w.open_again) } else { ("close", w.open_close) };
    let button = (one.to_day >= page.today).then(|| {
        view! {
            <form method="post" action=format!("/fidelity/dossiers/{}/{deed}", one.id)>
                <button class="button button-small" aria-label=format!("{word}: {}", one.reviewer)>
                    {word}
                </button>
            </form>
        }
    });
    view! {
        <li>
            <p>{one.reviewer.clone()} ", " {days(one)}</p>
            <p class="muted small">
                {w.open_as_of.of(language().date(one.day))} ", " {state} ", " {w.open_read.of(one.read)}
            </p>
            <p>
                <a href=format!("/fidelity/dossier-key.xlsx?on={}", one.day)>{w.dossier_key}</a>
            </p>
            {button}
        </li>
    }
    .into_any()
}

/// What to do in the weeks before a review.
fn before() -> AnyView {
    let w = fidelity_words();
    let rows = w.prepare.iter().map(|[when, what, to]| {
        view! {
            <li>
                <strong>{*when}</strong>
                ": "
                <a href=*to>{*what}</a>
            </li>
        }
    });
    view! {
        <section class="card">
            <h2>{w.prepare_title}</h2>
            <ul>{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// The form that opens the dossier to a reviewer.
#[must_use]
pub fn opening_page(page: &DossiersPage, entry: Uuid, typed: &Typed<OpeningFields>) -> Content {
    let w = fidelity_words();
    let value = |name: &str| typed.form.field(name).to_owned();
    let shown =
        Shown { value: &value, errors: &typed.errors, label: |name| fidelity_words().opening_field(name) };
    let reviewers: Vec<(String, String)> =
        page.reviewers.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    Sheet {
        title: w.open_new.to_owned(),
        action: "/fidelity/dossiers/new".to_owned(),
        client: ("/fidelity/dossiers".to_owned(), w.dossier.to_owned()),
        hidden: vec![("id", entry.to_string())],
        now: Vec::new(),
        lead: Some(if reviewers.is_empty() { w.open_no_reviewer } else { w.open_lead }),
        fields: vec![
            shown.select("reviewer", Some(w.open_choose), &reviewers, None),
            shown.input("day", "date", None),
            shown.input("from_day", "date", None),
            shown.input("to_day", "date", Some(w.h_to_day)),
            shown.chips("words", "checkbox", &[("yes".to_owned(), w.open_words.to_owned())]),
        ],
        save: w.open_new,
        shown,
    }
    .page()
}

/// What was opened to a reviewer.
#[must_use]
pub fn my_dossiers_page(dossiers: &[OpenedDossier]) -> Content {
    let w = fidelity_words();
    let rows: Vec<_> = dossiers
        .iter()
        .map(|one| {
            view! {
                <li>
                    <a class="list-row" href=format!("/dossiers/{}", one.id)>
                        <span class="row-main">
                            <span class="row-title">{one.unit.clone()}</span>
                            <span class="row-sub">
                                {w.open_as_of.of(language().date(one.day))} ", " {w.open_until.of(language().date(one.to_day))}
                            </span>
                        </span>
                    </a>
                </li>
            }
        })
        .collect();
    let list = if rows.is_empty() {
        view! {
            <div class="card empty">
                <p>{w.open_none_for_me}</p>
            </div>
        }
        .into_any()
    } else {
        view! { <ul class="card flush list">{rows}</ul> }.into_any()
    };
    Content { title: w.dossiers.to_owned(), parent: None, body: list }
}

/// A dossier as a reviewer reads it on the screen: the paper itself.
#[must_use]
pub fn dossier_page(paper: &Paper, id: Uuid) -> Content {
    let w = fidelity_words();
    let parts = paper.parts.iter().map(|part| match part {
        PaperPart::Heading(text) => view! { <h2>{text.clone()}</h2> }.into_any(),
        PaperPart::Text(text) => view! { <p>{text.clone()}</p> }.into_any(),
        PaperPart::Table(table, _) => on_screen(table),
    });
    Content {
        title: paper.title.clone(),
        parent: Some(("/dossiers".to_owned(), w.dossiers.to_owned())),
        body: view! {
            <p class="row">
                <a class="button" href=format!("/dossiers/{id}/dossier.pdf")>
                    {w.dossier_get}
                </a>
                <a class="button" href=format!("/dossiers/{id}/dossier.xlsx")>
                    {w.dossier_get_xlsx}
                </a>
            </p>
            {parts.collect_view()}
        }
        .into_any(),
    }
}

fn on_screen(table: &Table) -> AnyView {
    let heads = table.columns.iter().map(|name| view! { <th scope="col">{name.clone()}</th> }).collect_view();
    let rows = table.rows.iter().map(|row| {
        let cells = row.iter().zip(&table.columns).enumerate().map(|(at, (cell, column))| {
            if at == 0 {
                view! { <th scope="row">{cell.clone()}</th> }.into_any()
            } else {
                view! { <td data-label=column.clone()>{cell.clone()}</td> }.into_any()
            }
        });
        view! { <tr>{cells.collect_view()}</tr> }
    });
    let rows = rows.collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=table.title.clone()>
            <table class="table table-stack">
                <caption class="visually-hidden">{table.title.clone()}</caption>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
