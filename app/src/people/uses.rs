//! Who used a client's data: on the page, as a table for a file, and on paper for the client.

use super::words::people_words;
use crate::clients::{client_words, word};
use crate::desk::{Content, pager};
use crate::i18n::{Dates, desk_words, language};
use crate::lists::as_files;
use backend::people::{MayKnow, ToBeTold, UseSeen, Uses};
use domain::lists::out::{Paper, PaperLook, PaperPart, Table};
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
    let files = as_files(&here, query, &["PDF", "XLSX", "CSV"]);
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

/// How wide the columns of a use are beside one another, on paper.
const USED_WIDTHS: [u16; 5] = [19, 21, 22, 24, 14];
/// How wide the columns are of who may be told.
const TOLD_WIDTHS: [u16; 4] = [23, 25, 30, 22];

/// The same for the client, on paper (S19): who used the data, who may be told, whom to ask. `by` gives it.
#[must_use]
pub fn uses_paper(uses: &Uses, by: &str) -> Paper {
    let w = people_words();
    let day = language().date(uses.today);
    let fill =
        |text: &str, with: &[&str]| with.iter().fold(text.to_owned(), |it, one| it.replacen("{}", one, 1));
    let which = match uses.since {
        Some(since) => w.uses_since.replace("{}", &language().date(since)),
        None => w.uses_all.to_owned(),
    };
    let mut parts = vec![
        PaperPart::Text(fill(w.paper_whose, &[&uses.name])),
        PaperPart::Text(fill(w.paper_from, &[&uses.organisation, &uses.unit, &day, by])),
        PaperPart::Text(w.paper_what.to_owned()),
        PaperPart::Heading(w.paper_told.to_owned()),
        PaperPart::Text(w.paper_told_what.to_owned()),
    ];
    parts.push(if uses.told.is_empty() {
        PaperPart::Text(w.paper_told_none.to_owned())
    } else {
        let columns = [w.paper_recipient, w.paper_may_know, w.ground, w.when];
        let rows = uses.told.iter().map(may_know).collect();
        paper_table(w.paper_told, &columns, rows, &TOLD_WIDTHS)
    });
    parts.push(PaperPart::Heading(w.uses.to_owned()));
    parts.push(PaperPart::Text(which));
    parts.push(if uses.list.is_empty() {
        PaperPart::Text(w.uses_none.to_owned())
    } else {
        let rows = uses.list.iter().map(|used| cells(used).into()).collect();
        paper_table(w.uses, &columns(), rows, &USED_WIDTHS)
    });
    parts.push(PaperPart::Heading(w.paper_ask.to_owned()));
    parts.push(PaperPart::Text(fill(w.paper_ask_what, &[&uses.unit, &uses.organisation])));
    Paper {
        language: language(),
        title: w.paper.to_owned(),
        foot: format!("{}, {day}", uses.organisation),
        page_of: w.paper_page,
        look: PaperLook::Plain,
        parts,
    }
}

fn paper_table(title: &str, columns: &[&str], rows: Vec<Vec<String>>, widths: &[u16]) -> PaperPart {
    let columns = columns.iter().map(|name| (*name).to_owned()).collect();
    PaperPart::Table(Table { title: title.to_owned(), columns, rows }, widths.to_vec())
}

/// A row: to whom, what, on which ground, from when to when.
fn may_know(told: &MayKnow) -> Vec<String> {
    let (w, c) = (people_words(), client_words());
    let (what, ground) = match &told.what {
        ToBeTold::Consented(shares) => {
            let what: Vec<&str> = shares.iter().map(|share| word(&c.shares, *share)).collect();
            (what.join(", "), w.paper_consent)
        }
        ToBeTold::Agreed(much) => (word(&c.may_tells, *much).to_owned(), w.paper_agreed),
    };
    let who = if told.recipient.is_empty() { c.told_all.to_owned() } else { told.recipient.clone() };
    let to = told.to.map(|to| language().date(to)).unwrap_or_default();
    let days = format!("{}–{to}", language().date(told.from));
    vec![who, what, ground.replace("{}", &told.words).trim().to_owned(), days]
}
