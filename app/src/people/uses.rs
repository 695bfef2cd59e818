//! Who used a client's data: on the page and as a table for a file.

use super::words::people_words;
use crate::desk::{Content, pager};
use crate::i18n::{Dates, desk_words, language};
use crate::lists::as_file;
use backend::people::{UseSeen, Uses};
use domain::lists::out::Table;
use leptos::prelude::*;

/// A row as texts: when, who, role and unit, what, on which ground.
fn cells(used: &UseSeen) -> [String; 5] {
    let (w, t) = (people_words(), desk_words());
    let role = used.role.map(|role| t.role_of(role).to_owned());
    [
        language().moment(used.on, Some(used.at)),
        used.person.clone().unwrap_or_else(|| w.operator.to_owned()),
        role.into_iter().chain(used.unit.clone()).collect::<Vec<_>>().join(", "),
        w.used(&used.action, &used.kind),
        w.basis(&used.basis).to_owned(),
    ]
}

fn columns() -> [&'static str; 5] {
    let w = people_words();
    [w.when, w.who, w.role_and_place, w.what, w.ground]
}

/// The page.
#[must_use]
pub fn uses_page(uses: Uses) -> Content {
    let w = people_words();
    let here = format!("/clients/{}/uses", uses.client);
    let older = uses.since.is_none();
    let query = if older { "?older=1" } else { "" };
    let heads = columns().into_iter().map(|name| view! { <th scope="col">{name}</th> }).collect_view();
    let rows = uses
        .list
        .iter()
        .map(|used| {
            let [when, who, role, what, ground] = cells(used);
            view! {
                <tr>
                    <th scope="row" class="nowrap">
                        {when}
                    </th>
                    <td>{who}</td>
                    <td>{role}</td>
                    <td>{what}</td>
                    <td>{ground}</td>
                </tr>
            }
        })
        .collect_view();
    let table = if uses.list.is_empty() {
        super::fields::empty(w.uses_none)
    } else {
        view! {
            <div class="table-wrap" tabindex="0" role="region" aria-label=w.uses>
                <table class="table">
                    <caption class="visually-hidden">{w.uses}</caption>
                    <thead>
                        <tr>{heads}</tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    let which = match uses.since {
        Some(since) => w.uses_since.replace("{}", &language().date(since)),
        None => w.uses_all.to_owned(),
    };
    let show_older = (!older).then(|| {
        view! {
            <p>
                <a class="button" href=format!("{here}?older=1")>
                    {w.uses_older}
                </a>
            </p>
            <p class="hint">{w.uses_older_hint}</p>
        }
    });
    let pages = (uses.page > 0 || uses.more).then(|| {
        pager(uses.page, uses.more, |page| format!("{here}?page={page}{}", query.replace('?', "&")))
    });
    let files = as_file(&here, query);
    Content {
        title: format!("{}: {}", w.uses, uses.name),
        parent: Some((format!("/clients/{}", uses.client), w.client.to_owned())),
        body: view! {
            <p>{w.uses_lead}</p>
            <p class="muted">{which}</p>
            {table}
            {pages}
            {files}
            {show_older}
        }
        .into_any(),
    }
}

/// The same for a file.
#[must_use]
pub fn uses_table(uses: Uses) -> Table {
    let w = people_words();
    Table {
        title: format!("{} {}", w.uses, language().date(uses.today)),
        columns: columns().map(str::to_owned).into(),
        rows: uses.list.iter().map(|used| cells(used).into()).collect(),
    }
}
