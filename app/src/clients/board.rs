//! The caseload: a column a phase on a desk, one list under another on a phone.

use super::client_words;
use super::words::word;
use crate::desk::Content;
use crate::i18n::{Dates, language};
use crate::search::search_line;
use crate::ui::Icon;
use backend::clients::Caseload;
use domain::clients::caseload::Case;
use domain::clients::way::{SearchClock, SearchLight, Standing};
use domain::codes::{Code, Phase};
use domain::ids::PersonId;
use leptos::prelude::*;

use chrono::NaiveDate;

/// The caseload.
#[must_use]
pub fn caseload_page(caseload: &Caseload) -> Content {
    let w = client_words();
    let count = caseload.cases.len();
    let lead = if caseload.of.is_some() { w.lead_of } else { w.lead };
    let led = caseload.leads.then(|| {
        view! {
            <a class="button" href="/clients/load">
                {w.load_title}
            </a>
            <a class="button" href="/clients/all">
                {w.all_title}
            </a>
        }
    });
    let search = caseload.of.is_none().then(search_line);
    let inbox = caseload.of.is_none().then(|| {
        view! {
            <a class="button" href="/referrals/inbox">
                {Icon::Mail.view()}
                {w.to_inbox.of(caseload.waiting)}
            </a>
        }
    });
    let ways = view! { <p class="row">{inbox} {led}</p> };
    let body = if count == 0 {
        empty(caseload.of.is_none())
    } else {
        board(&caseload.cases, caseload.today, caseload.reader, caseload.of.is_some())
    };
    Content {
        title: caseload.of.as_ref().map_or_else(|| w.title.to_owned(), |name| w.of.of(name)),
        parent: caseload.of.is_some().then(|| ("/clients/load".to_owned(), w.load_title.to_owned())),
        body: view! {
            <p class="lead">{lead.of(count)}</p>
            {search}
            {ways}
            {body}
        }
        .into_any(),
    }
}

/// What stands in the place of clients.
pub(crate) fn empty(own: bool) -> AnyView {
    let w = client_words();
    let hint = if own { w.none_hint } else { w.nobody };
    view! {
        <div class="card">
            <div class="empty">
                {Icon::Clients.view()} <p>{hint}</p>
            </div>
        </div>
    }
    .into_any()
}

/// The clients by phase. `reader` is who reads it; `of_other` when it is another's caseload.
pub(crate) fn board(cases: &[Case], today: NaiveDate, reader: PersonId, of_other: bool) -> AnyView {
    let w = client_words();
    let column = |phase: &Phase| {
        let mine: Vec<&Case> = cases.iter().filter(|case| case.phase == *phase).collect();
        let rows = mine.iter().map(|case| row(case, today, reader, of_other)).collect_view();
        let list = if mine.is_empty() {
            view! { <p class="list-row muted">{w.nobody}</p> }.into_any()
        } else {
            view! { <ul class="list">{rows}</ul> }.into_any()
        };
        view! {
            <section class="card flush" id=format!("phase-{}", phase.code())>
                <div class="card-head">
                    <h2>{word(&w.phases, *phase)}</h2>
                    <span class="muted">{mine.len()}</span>
                </div>
                {list}
            </section>
        }
    };
    view! { <div class="board">{Phase::ALL.iter().map(column).collect_view()}</div> }.into_any()
}

fn row(case: &Case, today: NaiveDate, reader: PersonId, of_other: bool) -> AnyView {
    let w = client_words();
    let step = case.step.as_ref().map(|step| {
        let when = step.on.map(|on| language().day_seen_on(on, today));
        let said = [Some(step.what.clone()).filter(|what| !what.is_empty()), when];
        let said = said.into_iter().flatten().collect::<Vec<_>>().join(", ");
        if case.is_late(today) { w.step_late.of(said) } else { said }
    });
    let last = case.last_contact_on.map(|day| w.last_contact.of(language().day_seen_on(day, today)));
    let other = (!of_other).then(|| other_coach(case, reader)).flatten();
    view! {
        <li>
            <a class="list-row" href=format!("/clients/{}", case.id)>
                <span class="row-main">
                    <span class="row-title">{case.alias.clone()}</span>
                    <span class="row-sub">{step.unwrap_or_else(|| w.step_none.to_owned())}</span>
                    <span class="row-sub">{last.unwrap_or_else(|| w.last_none.to_owned())}</span>
                </span>
                <span class="row-end">{tags(case, other)}</span>
            </a>
        </li>
    }
    .into_any()
}

/// Who coaches the client, when it is not the reader: a client of somebody for whom one stands in.
fn other_coach(case: &Case, reader: PersonId) -> Option<String> {
    let mine = case.coaches.iter().any(|(coach, _)| *coach == reader);
    case.coaches.first().filter(|_| !mine).map(|(_, name)| client_words().coach_is.of(name))
}

fn tags(case: &Case, other: Option<String>) -> AnyView {
    let w = client_words();
    let quiet = |text: String| view! { <span class="tag tag-quiet">{text}</span> };
    let warn = |text: String| view! { <span class="tag tag-warn">{Icon::Warning.view()} {text}</span> };
    view! {
        {other.map(quiet)}
        {(case.standing == Standing::Paused).then(|| quiet(w.paused.to_owned()))}
        {case.clock.map(clock_tag)}
        {case.measure_due.then(|| warn(w.measure_due.to_owned()))}
        {case.support_due.map(|days| warn(w.support_due.of(days)))}
        {(case.notices > 0).then(|| warn(w.notices_due.of(case.notices)))}
    }
    .into_any()
}

/// The clock of the rapid search: by colour, icon and words.
pub(super) fn clock_tag(clock: SearchClock) -> AnyView {
    let (class, icon) = match clock.light {
        _ if clock.met && clock.days <= 30 => ("tag light-green", Icon::Check),
        SearchLight::Calm => ("tag light-green", Icon::Calendar),
        SearchLight::Soon => ("tag tag-warn", Icon::Calendar),
        SearchLight::Now => ("tag tag-warn", Icon::Warning),
        SearchLight::Late => ("tag light-red", Icon::Error),
    };
    view! { <span class=class>{icon.view()} {client_words().clock(clock)}</span> }.into_any()
}
