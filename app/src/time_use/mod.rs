//! What a coach's week went to. A desk page with two sliders.

mod words;

pub use words::{TimeWords, time_words, time_words_in};

use crate::clients::Typed;
use crate::desk::fields::Field;
use crate::desk::sheet::Shown;
use crate::desk::{Content, Done, done_notice, fields};
use crate::i18n::{Dates, language};
use crate::server::Assets;
use backend::time_use::TimePage;
use chrono::{Days, NaiveDate};
use domain::calendar::Week;
use domain::time_use::{DAYS_BACK, TimeFields};
use leptos::nonce::use_nonce;
use leptos::prelude::*;

fn week_link(monday: NaiveDate, name: &'static str) -> AnyView {
    view! {
        <a class="button" href=format!("/time?week={monday}")>
            {name}
        </a>
    }
    .into_any()
}

/// Minutes in words: "6 h 30 min".
#[must_use]
pub fn hours_and_minutes(minutes: i64) -> String {
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// The week and its two sliders.
#[must_use]
pub fn time_page(page: &TimePage, typed: &Typed<TimeFields>, done: Option<Done>) -> Content {
    let w = time_words();
    let Week { monday } = page.week;
    let before = monday.checked_sub_days(Days::new(7)).unwrap_or(monday);
    let after = monday.checked_add_days(Days::new(7)).unwrap_or(monday);
    let earliest = page.today.checked_sub_days(Days::new(DAYS_BACK)).unwrap_or(page.today);
    let before = (Week::of(before).sunday() >= earliest).then(|| week_link(before, w.before));
    let after = (after <= page.today).then(|| week_link(after, w.after));
    let value = |name: &str| typed.form.field(name).to_owned();
    let shown = Shown { value: &value, errors: &typed.errors, label: |name| time_words().field(name) };
    let moves = use_context::<Assets>().unwrap_or_default().slider;
    let state = if page.written { w.written } else { w.not_written };
    Content {
        title: w.title.to_owned(),
        parent: None,
        body: view! {
            {done.map(done_notice)}
            {shown.summary()}
            <p class="lead">
                {w.week_of.say(&[&language().date(monday), &language().date(page.week.sunday())])}
            </p>
            <p class="row">{before} {after}</p>
            {logged(page)}
            <form class="form card" method="post" action="/time">
                <p class="muted">{state}</p>
                {shown.input("worked", "text", Some(w.h_worked))}
                {slider(&shown, "service", w.h_service)}
                {slider(&shown, "out", w.h_out)}
                <input type="hidden" name="week" value=monday.to_string() />
                {fields::buttons(w.save, "/".to_owned())}
            </form>
            <script type="module" src=moves nonce=use_nonce()></script>
            <details>
                <summary>{w.rules_title}</summary>
                <p>{w.rules}</p>
            </details>
        }
        .into_any(),
    }
}

/// A slider of per cents, with what it says beside.
pub(crate) fn slider(shown: &Shown<'_>, name: &'static str, hint: &'static str) -> AnyView {
    let value = (shown.value)(name);
    let said = format!("{value} %");
    let wrong = shown.wrong(name);
    Field::new(name, (shown.label)(name)).hint(Some(hint)).wrong(wrong).control(|ties| {
        view! {
            <span class="slider">
                <input
                    type="range"
                    min="0"
                    max="100"
                    step="1"
                    id=ties.id
                    name=name
                    value=value
                    aria-invalid=ties.invalid
                    aria-describedby=ties.described
                />
                <output for=name>{said}</output>
            </span>
        }
        .into_any()
    })
}

/// What the log knows of the week: a table.
fn logged(page: &TimePage) -> AnyView {
    let w = time_words();
    let logged = &page.logged;
    let parts = [
        (w.visits, logged.visits),
        (w.supports, logged.supports),
        (w.clients, logged.clients),
        (w.meetings, logged.meetings),
    ];
    let rows: Vec<_> = parts
        .into_iter()
        .filter(|(_, [out, inside])| out + inside > 0)
        .map(|(name, [out, inside])| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{hours_and_minutes(out)}</td>
                    <td>{hours_and_minutes(inside)}</td>
                </tr>
            }
        })
        .collect();
    let body = if rows.is_empty() {
        view! { <p class="muted">{w.nothing_logged}</p> }.into_any()
    } else {
        view! {
            <div class="table-wrap" tabindex="0" role="region" aria-label=w.logged>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{w.what}</th>
                        <th scope="col">{w.out}</th>
                        <th scope="col">{w.inside}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            </div>
        }
        .into_any()
    };
    view! {
        <section class="card">
            <h2>{w.logged}</h2>
            {body}
            <p class="hint">{w.logged_hint}</p>
        </section>
    }
    .into_any()
}
