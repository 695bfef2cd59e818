//! What each column of a list is, with examples, to be corrected.

use super::list_words;
use crate::desk::Content;
use crate::desk::trouble;
use backend::lists::TakenList;
use domain::lists::columns::{Column, Mapping, MappingError};
use leptos::prelude::*;

/// So many examples stand beside a column.
const EXAMPLES: usize = 3;

/// The columns of a list.
#[must_use]
pub fn columns_page(list: &TakenList, mapping: &Mapping, error: Option<MappingError>) -> Content {
    let w = list_words();
    let wrong = error.map(|error| match error {
        MappingError::NoName => w.no_name.to_owned(),
        MappingError::Twice(column) => w.twice.of(w.column(column)),
    });
    let here = format!("/employers/lists/{}", list.id);
    Content {
        title: list.file_name.clone(),
        parent: Some(("/employers/lists".to_owned(), w.title.to_owned())),
        body: view! {
            {trouble(wrong)}
            {sheets(list, mapping, &here)}
            <form class="form card" method="post" action=here.clone()>
                <h2>{w.columns}</h2>
                <p>{w.columns_lead}</p>
                <input type="hidden" name="sheet" value=mapping.sheet.to_string() />
                <label class="choice">
                    <input type="checkbox" name="header" value="1" checked=mapping.header />
                    <span>{w.header}</span>
                </label>
                {table(list, mapping)}
                <label class="choice">
                    <input type="checkbox" name="without_wrong" value="1" checked=mapping.without_wrong />
                    <span>{w.without_wrong}</span>
                </label>
                <p class="hint">{w.without_wrong_hint}</p>
                <p class="row">
                    <button class="button button-primary">{w.to_rows}</button>
                    <button class="button" formaction=format!("{here}/drop")>
                        {w.drop}
                    </button>
                </p>
            </form>
        }
        .into_any(),
    }
}

/// Which sheet is read, where there is more than one.
fn sheets(list: &TakenList, mapping: &Mapping, here: &str) -> AnyView {
    let w = list_words();
    if list.sheets.len() < 2 {
        return ().into_any();
    }
    let options = list
        .sheets
        .iter()
        .enumerate()
        .map(|(at, sheet)| {
            let label = format!("{} ({})", sheet.name, w.rows_of.of(sheet.rows.len()));
            view! { <option value=at.to_string() selected=at == mapping.sheet>{label}</option> }
        })
        .collect_view();
    view! {
        <form class="filters" method="post" action=here.to_owned()>
            <div class="field">
                <label class="label" for="sheet">
                    {w.sheet}
                </label>
                <select class="input" id="sheet" name="sheet">
                    {options}
                </select>
            </div>
            <button class="button" name="do" value="sheet">
                {w.sheet_change}
            </button>
        </form>
    }
    .into_any()
}

fn table(list: &TakenList, mapping: &Mapping) -> AnyView {
    let w = list_words();
    let sheet = list.sheets.get(mapping.sheet);
    let rows = sheet.map(|sheet| sheet.rows.as_slice()).unwrap_or_default();
    let first = rows.first().filter(|_| mapping.header);
    let body: Vec<_> = rows.iter().skip(usize::from(mapping.header)).collect();
    let line = |at: usize| {
        let named = first.and_then(|(_, cells)| cells.get(at)).filter(|name| !name.is_empty());
        let name = named.cloned().unwrap_or_else(|| letter(at));
        let examples: Vec<String> = body
            .iter()
            .filter_map(|(_, cells)| cells.get(at))
            .filter(|cell| !cell.is_empty())
            .take(EXAMPLES)
            .map(|cell| cell.chars().take(60).collect())
            .collect();
        let chosen = mapping.columns.get(at).copied().flatten();
        let options = Column::ALL
            .iter()
            .map(|column| {
                let selected = chosen == Some(*column);
                view! { <option value=column.code() selected=selected>{w.column(*column)}</option> }
            })
            .collect_view();
        let label = format!("{}: {name}", w.column);
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>
                    <select class="input" name=format!("column{at}") aria-label=label>
                        <option value="">{w.left_out}</option>
                        {options}
                    </select>
                </td>
                <td data-label=w.examples>{examples.join(" · ")}</td>
            </tr>
        }
    };
    let lines = (0..sheet.map_or(0, domain::lists::Sheet::width)).map(line).collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=w.columns>
            <table class="table table-stack">
                <caption class="visually-hidden">{w.columns}</caption>
                <thead>
                    <tr>
                        <th scope="col">{w.in_file}</th>
                        <th scope="col">{w.column}</th>
                        <th scope="col">{w.examples}</th>
                    </tr>
                </thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// A column as spreadsheets name it: A, B … Z, AA.
fn letter(at: usize) -> String {
    let sign = |at: usize| char::from(b'A' + u8::try_from(at % 26).unwrap_or(0));
    if at < 26 { sign(at).to_string() } else { format!("{}{}", sign(at / 26 - 1), sign(at)) }
}
