//! The load of a unit's coaches, and all clients of the unit: the lead's pages.

use super::client_words;
use super::words::word;
use crate::desk::{Content, pager};
use crate::i18n::{Dates, language};
use backend::clients::{Closed, Listed, UnitClients, UnitLoad};
use chrono::NaiveDate;
use domain::clients::load::Load;
use domain::codes::{Code, Phase};
use leptos::prelude::*;

/// A number of tenths or hundredths as the language writes it.
fn decimal(value: u32, parts: u32) -> String {
    let (whole, rest) = (value / parts, value % parts);
    let digits = if parts == 10 { 1 } else { 2 };
    let sign = if language() == domain::codes::Language::English { '.' } else { ',' };
    format!("{whole}{sign}{rest:0digits$}")
}

/// Every coach's load, and who should take the next client.
#[must_use]
pub fn load_page(load: &UnitLoad) -> Content {
    let w = client_words();
    let next = load.loads.iter().find(|one| Some(one.coach) == load.next);
    let said = match next {
        Some(next) => w.load_next.of(&next.name),
        None if load.loads.is_empty() => w.load_nobody.to_owned(),
        None => w.load_full.to_owned(),
    };
    let rows = load.loads.iter().map(|one| row(one, Some(one.coach) == load.next)).collect_view();
    let phases = w.phases_short.map(|phase| view! { <th scope="col">{phase}</th> }).collect_view();
    Content {
        title: w.load_title.to_owned(),
        parent: Some(("/clients".to_owned(), w.title.to_owned())),
        body: view! {
            <p class="lead">{said}</p>
            <div class="table-wrap" tabindex="0" role="region" aria-label=w.load_title>
                <table class="table table-stack">
                    <caption class="visually-hidden">{w.load_title}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{w.load_coach}</th>
                            <th scope="col">{w.load_weighed}</th>
                            <th scope="col">{w.load_per}</th>
                            <th scope="col">{w.load_clients}</th>
                            <th scope="col">{w.load_fte}</th>
                            {phases}
                            <th scope="col">{w.paused}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <section class="card">
                <h2>{w.load_rule_title}</h2>
                <p>{w.load_rule}</p>
                <p>{w.load_weights}</p>
            </section>
            {uncoached(load)}
        }
        .into_any(),
    }
}

fn row(load: &Load, next: bool) -> AnyView {
    let w = client_words();
    let to = format!("/clients?coach={}", load.coach);
    let link = |count: u32, phase: Option<Phase>| {
        if count == 0 {
            return view! { <span class="muted">"0"</span> }.into_any();
        }
        let at = phase.map(|phase| format!("#phase-{}", phase.code())).unwrap_or_default();
        let what = phase.map_or(w.load_clients, |phase| word(&w.phases, phase));
        let label = format!("{}: {what}: {count}", load.name);
        view! {
            <a href=format!("{to}{at}") aria-label=label>
                {count}
            </a>
        }
        .into_any()
    };
    let cells = Phase::ALL
        .iter()
        .zip(load.phases)
        .map(|(phase, count)| {
            let name = word(&w.phases_short, *phase);
            view! { <td data-label=name>{link(count, Some(*phase))}</td> }
        })
        .collect_view();
    let number = |tenths: Option<u32>| tenths.map_or_else(|| "–".to_owned(), |tenths| decimal(tenths, 10));
    let over = load.is_over().then(|| view! { <span class="tag light-red">{w.load_over}</span> });
    let takes = next.then(|| view! { " " <span class="tag tag-accent">{w.load_next_tag}</span> });
    view! {
        <tr>
            <th scope="row">
                <a href=to.clone()>{load.name.clone()}</a>
                {takes}
            </th>
            <td data-label=w.load_weighed>{number(load.weighed())}</td>
            <td data-label=w.load_per>
                <span class="row">{number(load.per_full_time())} {over}</span>
            </td>
            <td data-label=w.load_clients>{link(load.clients(), None)}</td>
            <td data-label=w.load_fte>{decimal(load.fte, 100)}</td>
            {cells}
            <td data-label=w.paused>{link(load.paused, None)}</td>
        </tr>
    }
    .into_any()
}

fn uncoached(load: &UnitLoad) -> AnyView {
    let w = client_words();
    let rows = load
        .uncoached
        .iter()
        .map(|client| {
            let was = client.coach.as_ref().map(|name| w.load_was.of(name));
            view! {
                <li>
                    <a class="list-row" href=format!("/clients/{}", client.id)>
                        <span class="row-main">
                            <span class="row-title">{client.alias.clone()}</span>
                            <span class="row-sub">{was}</span>
                        </span>
                    </a>
                </li>
            }
        })
        .collect_view();
    let body = if load.uncoached.is_empty() {
        view! { <p class="muted">{w.load_uncoached_none}</p> }.into_any()
    } else {
        view! { <ul class="list">{rows}</ul> }.into_any()
    };
    view! {
        <section class="card">
            <h2>{w.load_uncoached} " (" {load.uncoached.len()} ")"</h2>
            {body}
        </section>
    }
    .into_any()
}

/// A page of all clients of the unit.
#[must_use]
pub fn unit_clients_page(list: &UnitClients, which: Closed, page: u32, today: NaiveDate) -> Content {
    let w = client_words();
    let tab = |closed: Closed, to: &'static str, name: &'static str| {
        let pressed = (which == closed).then_some("page");
        view! {
            <a class="button" href=to aria-current=pressed>
                {name}
            </a>
        }
    };
    let question = if which == Closed::Yes { "closed=1&" } else { "" };
    let to = |page: usize| format!("/clients/all?{question}page={page}");
    let rows = list.rows.iter().map(|row| listed(row, today)).collect_view();
    let body = if list.rows.is_empty() {
        view! { <p class="muted">{w.all_none}</p> }.into_any()
    } else {
        view! {
            <div class="card flush">
                <ul class="list">{rows}</ul>
            </div>
        }
        .into_any()
    };
    Content {
        title: w.all_title.to_owned(),
        parent: Some(("/clients".to_owned(), w.title.to_owned())),
        body: view! {
            <p class="row">
                {tab(Closed::No, "/clients/all", w.all_open)}
                {tab(Closed::Yes, "/clients/all?closed=1", w.all_closed)}
            </p>
            {body}
            {pager(page as usize, list.more, to)}
        }
        .into_any(),
    }
}

fn listed(row: &Listed, today: NaiveDate) -> AnyView {
    let w = client_words();
    let agreed = row.agreement_on.map(|day| w.all_agreed.of(language().date(day)));
    let closed = row.closed_on.map(|day| {
        // An own name is written as it is written.
        let why = match (&row.own, &row.reason) {
            (Some(own), _) => own.of(language()).to_owned(),
            (None, Some(code)) => w.closing_reason(code).to_lowercase(),
            (None, None) => String::new(),
        };
        format!("{}, {why}", w.all_closed_on.of(language().date(day)))
    });
    let coach = row.coach.clone().unwrap_or_else(|| w.no_coach.to_owned());
    let facts = [Some(coach), Some(agreed.unwrap_or_else(|| w.all_no_agreement.to_owned())), closed];
    let facts = facts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let title = if row.can_read {
        view! {
            <a class="row-title" href=format!("/clients/{}", row.id)>
                {row.alias.clone()}
            </a>
        }
        .into_any()
    } else {
        view! { <span class="row-title">{row.alias.clone()}</span> }.into_any()
    };
    let reopen = row.closed_on.filter(|day| *day < today).map(|_| {
        let label = format!("{}: {}", w.reopen, row.alias);
        view! {
            <form method="post" action=format!("/clients/{}/way/reopened", row.id)>
                <input type="hidden" name="version" value=row.version.to_string() />
                <input type="hidden" name="day" value=today.to_string() />
                <button class="button button-small" aria-label=label>
                    {w.reopen}
                </button>
            </form>
        }
    });
    view! {
        <li>
            <div class="list-row">
                <span class="row-main">
                    {title} <span class="row-sub">{facts}</span>
                </span>
                <span class="row-end">{reopen}</span>
            </div>
        </li>
    }
    .into_any()
}
