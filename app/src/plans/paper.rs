//! A plan, and a client's own copy, as documents: the same parts stand on the screen and on paper, so that the
//! paper says what the page says and nothing else.

use super::words::{fill, plan_words};
use crate::clients::{client_words, word};
use crate::i18n::{Dates, language};
use backend::plans::{ActionSeen, ClientCopy, CopyConsent, CopyJob, CopySupport, CopyTold, PlanPage};
use domain::codes::Language;
use domain::lists::out::{Paper, PaperLook, PaperPart, Table};
use domain::plans::Plan;
use leptos::prelude::*;

/// How wide the columns of who does what are beside one another: what, who, by when, state.
const ACTION_WIDTHS: [u16; 4] = [46, 24, 15, 15];
/// Of what is the client's own: what, by when, state.
const OWN_WIDTHS: [u16; 3] = [70, 15, 15];

fn table(title: &str, columns: &[&str], rows: Vec<Vec<String>>, widths: &[u16]) -> PaperPart {
    let columns = columns.iter().map(|name| (*name).to_owned()).collect();
    PaperPart::Table(Table { title: title.to_owned(), columns, rows }, widths.to_vec())
}

/// What is done, with what it is about where that says more.
pub(super) fn what(seen: &ActionSeen) -> String {
    use domain::plans::ActionKind::Other;
    let action = &seen.action;
    match action.kind {
        Other => action.what.clone(),
        kind => format!("{} ({})", action.what, plan_words().kind_of(kind)),
    }
}

fn when(seen: &ActionSeen) -> String {
    seen.action.by_day.map_or_else(|| plan_words().no_day.to_owned(), |day| language().date(day))
}

fn state(seen: &ActionSeen) -> String {
    let w = plan_words();
    match (seen.action.done_on, seen.carried_to) {
        (Some(day), _) => fill(w.state_done, &[&language().date(day)]),
        (None, Some(_)) => w.state_moved.to_owned(),
        (None, None) => w.state_open.to_owned(),
    }
}

/// Who took part, by role.
pub(super) fn present(plan: &Plan) -> String {
    plan.present.iter().map(|one| plan_words().attendee(*one)).collect::<Vec<_>>().join(", ")
}

/// What it was about.
pub(super) fn topics(plan: &Plan) -> String {
    plan.topics.iter().map(|one| plan_words().topic(*one)).collect::<Vec<_>>().join(", ")
}

/// What was said, each under its heading; what nobody said is left out.
pub(super) fn said(plan: &Plan) -> Vec<(&'static str, &str)> {
    let w = plan_words();
    let texts = [
        (w.wishes, &plan.wishes),
        (w.goes_well, &plan.goes_well),
        (w.hard, &plan.hard),
        (w.agreed, &plan.agreed),
    ];
    texts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| (name, text.as_str())).collect()
}

/// A plan in the language of the page, as the client gets it.
#[must_use]
pub fn plan_paper(page: &PlanPage) -> Paper {
    let w = plan_words();
    let plan = &page.plan;
    let day = language().date(plan.day);
    let mut parts = vec![PaperPart::Text(fill(w.paper_for, &[&page.name, &page.unit, &page.by]))];
    parts.extend(page.withdrawn.then(|| PaperPart::Text(w.withdrawn_lead.to_owned())));
    let facts = [
        (w.present, present(plan)),
        (w.names, plan.names.clone()),
        (w.topics, topics(plan)),
        (w.case_workers, plan.case_workers.clone()),
    ];
    let facts = facts.into_iter().filter(|(_, text)| !text.is_empty());
    parts.extend(facts.map(|(name, text)| PaperPart::Text(format!("{name}: {text}"))));
    for (name, text) in said(plan) {
        parts.push(PaperPart::Heading(name.to_owned()));
        parts.extend(
            text.lines().filter(|line| !line.trim().is_empty()).map(|line| PaperPart::Text(line.to_owned())),
        );
    }
    let (own, others): (Vec<_>, Vec<_>) = page.actions.iter().partition(|seen| seen.is_clients());
    if !others.is_empty() {
        let rows = others.iter().map(|seen| vec![what(seen), seen.who.clone(), when(seen), state(seen)]);
        parts.push(PaperPart::Heading(w.actions.to_owned()));
        let columns = [w.what, w.paper_by, w.paper_when, w.paper_state];
        parts.push(table(w.actions, &columns, rows.collect(), &ACTION_WIDTHS));
    }
    if !own.is_empty() {
        let rows = own.iter().map(|seen| vec![what(seen), when(seen), state(seen)]);
        parts.push(PaperPart::Heading(w.paper_own.to_owned()));
        let columns = [w.what, w.paper_when, w.paper_state];
        parts.push(table(w.paper_own, &columns, rows.collect(), &OWN_WIDTHS));
    }
    parts.push(PaperPart::Heading(w.next_meeting.to_owned()));
    let next = plan.next_meeting_on.map_or_else(|| w.next_none.to_owned(), |day| language().date(day));
    parts.push(PaperPart::Text(next));
    Paper {
        language: language(),
        title: format!("{} {day}", w.plan),
        foot: fill(w.paper_foot, &[&page.name, &language().date(page.today)]),
        page_of: w.paper_page,
        look: PaperLook::OnePage,
        parts,
    }
}

/// A client's own copy in the language of the page. `reach` is how the coach is reached; `by` gives it.
#[must_use]
pub fn copy_paper(copy: &ClientCopy, reach: &str, by: &str) -> Paper {
    let w = plan_words();
    let day = language().date(copy.today);
    let mut parts = vec![
        PaperPart::Text(fill(w.c_for, &[&copy.name])),
        PaperPart::Text(fill(w.c_from, &[&day, &copy.unit, by])),
        PaperPart::Heading(w.c_service.to_owned()),
    ];
    let service = [w.c_service_1, w.c_service_2, w.c_service_3, w.c_service_4];
    parts.extend(service.map(|text| PaperPart::Text(text.to_owned())));
    parts.extend(agreement(copy, reach));
    parts.extend(plan_of(copy));
    parts.extend(told(&copy.told));
    parts.extend(consents(&copy.consents));
    parts.extend(work(&copy.jobs, &copy.supports));
    parts.push(PaperPart::Heading(w.c_rights.to_owned()));
    parts.extend([w.c_rights_1, w.c_rights_2].map(|text| PaperPart::Text(text.to_owned())));
    Paper {
        language: language(),
        title: w.c_title.to_owned(),
        foot: fill(w.c_foot, &[&copy.name, &day]),
        page_of: w.paper_page,
        look: PaperLook::Large,
        parts,
    }
}

fn agreement(copy: &ClientCopy, reach: &str) -> Vec<PaperPart> {
    let w = plan_words();
    let on = |text, day| fill(text, &[&language().date(day)]);
    let agreed = copy.agreed_on.map_or_else(|| w.c_agreed_not.to_owned(), |day| on(w.c_agreed, day));
    let mut texts = vec![agreed];
    texts.extend(copy.closed_on.map(|day| on(w.c_closed, day)));
    texts.push(match copy.coaches.as_slice() {
        [] => w.c_coach_not.to_owned(),
        coaches => fill(w.c_coach, &[&coaches.join(", ")]),
    });
    texts.extend((!reach.is_empty()).then(|| fill(w.c_reach, &[reach])));
    std::iter::once(PaperPart::Heading(w.c_agreement.to_owned()))
        .chain(texts.into_iter().map(PaperPart::Text))
        .collect()
}

fn plan_of(copy: &ClientCopy) -> Vec<PaperPart> {
    let w = plan_words();
    let mut parts = vec![PaperPart::Heading(w.c_plan.to_owned())];
    let Some((_, day, next)) = copy.plan else {
        parts.push(PaperPart::Text(w.c_plan_not.to_owned()));
        return parts;
    };
    parts.push(PaperPart::Text(fill(w.c_plan_of, &[&language().date(day)])));
    parts.extend(next.map(|day| PaperPart::Text(fill(w.c_next, &[&language().date(day)]))));
    let (own, others): (Vec<_>, Vec<_>) = copy.actions.iter().partition(|seen| seen.is_clients());
    parts.push(PaperPart::Heading(w.c_own.to_owned()));
    parts.push(if own.is_empty() {
        PaperPart::Text(w.c_own_not.to_owned())
    } else {
        let rows = own.iter().map(|seen| vec![seen.action.what.clone(), when(seen), state(seen)]);
        table(w.c_own, &[w.what, w.paper_when, w.paper_state], rows.collect(), &[50, 25, 25])
    });
    if !others.is_empty() {
        let rows = others
            .iter()
            .map(|seen| vec![seen.action.what.clone(), seen.who.clone(), when(seen), state(seen)]);
        parts.push(PaperPart::Heading(w.c_others.to_owned()));
        let columns = [w.what, w.paper_by, w.paper_when, w.paper_state];
        parts.push(table(w.c_others, &columns, rows.collect(), &[36, 24, 20, 20]));
    }
    parts
}

fn told(told: &[CopyTold]) -> Vec<PaperPart> {
    let (w, c) = (plan_words(), client_words());
    let mut parts = vec![PaperPart::Heading(w.c_told.to_owned())];
    if told.is_empty() {
        parts.push(PaperPart::Text(w.c_told_not.to_owned()));
    } else {
        let row = |told: &CopyTold| {
            let who = told.employer.clone().unwrap_or_else(|| c.told_all.to_owned());
            let words = if told.words.is_empty() { "–".to_owned() } else { told.words.clone() };
            vec![who, word(&w.c_may_tells, told.may_tell).to_owned(), words]
        };
        let columns = [w.c_told_who, w.c_told_what, w.c_told_words];
        parts.push(table(w.c_told, &columns, told.iter().map(row).collect(), &[28, 32, 40]));
    }
    parts.push(PaperPart::Text(w.c_told_change.to_owned()));
    parts
}

fn consents(consents: &[CopyConsent]) -> Vec<PaperPart> {
    let w = plan_words();
    let mut parts = vec![PaperPart::Heading(w.c_consents.to_owned())];
    if consents.is_empty() {
        parts.push(PaperPart::Text(w.c_consents_not.to_owned()));
        return parts;
    }
    let row = |consent: &CopyConsent| {
        let shares: Vec<&str> = consent.categories.iter().map(|share| word(&w.c_shares, *share)).collect();
        let what = format!("{}. {}", shares.join(", "), consent.purpose);
        let to = consent.to.map_or_else(|| w.c_consents_open.to_owned(), |day| language().date(day));
        vec![consent.recipient.clone(), what, to]
    };
    let columns = [w.c_consents_with, w.c_consents_what, w.c_consents_to];
    parts.push(table(w.c_consents, &columns, consents.iter().map(row).collect(), &[32, 43, 25]));
    parts.push(PaperPart::Text(w.c_consents_end.to_owned()));
    parts
}

fn work(jobs: &[CopyJob], supports: &[CopySupport]) -> Vec<PaperPart> {
    let w = plan_words();
    let mut parts = vec![PaperPart::Heading(w.c_jobs.to_owned())];
    if jobs.is_empty() {
        parts.push(PaperPart::Text(w.c_jobs_not.to_owned()));
    }
    for job in jobs {
        let hours = job.minutes.map(|minutes| fill(w.c_hours, &[&hours(minutes)]));
        let subsidy = job.subsidy_until.map(|day| fill(w.c_subsidy, &[&language().date(day)]));
        let told =
            [Some(fill(w.c_job, &[&job.title, &job.employer, &language().date(job.from)])), hours, subsidy];
        parts.push(PaperPart::Text(told.into_iter().flatten().collect::<Vec<_>>().join(" ")));
    }
    if !supports.is_empty() {
        parts.push(PaperPart::Heading(w.c_support.to_owned()));
    }
    parts.extend(supports.iter().map(|support| {
        let employer = support.employer.as_str();
        PaperPart::Text(match (support.every_days, support.stands_by.as_str()) {
            (Some(days), _) => fill(w.c_support_every, &[employer, &days.to_string()]),
            (None, "") => fill(w.c_support_asked, &[employer]),
            (None, by) => fill(w.c_support_by, &[employer, by]),
        })
    }));
    parts.extend((!jobs.is_empty()).then(|| PaperPart::Text(w.c_support_time.to_owned())));
    parts
}

/// Hours with what is left of one: *20*, *37,5*, *37.5*.
fn hours(minutes: i64) -> String {
    let mark = if language() == Language::English { '.' } else { ',' };
    match minutes % 60 {
        0 => (minutes / 60).to_string(),
        rest => {
            format!("{}{mark}{}", minutes / 60, format!("{:02}", rest * 100 / 60).trim_end_matches('0'))
        }
    }
}

/// The parts of a document on the screen, below a heading of the second rank.
pub(super) fn on_screen(paper: Paper) -> AnyView {
    let parts = paper.parts.into_iter().map(|part| match part {
        PaperPart::Heading(text) => view! { <h3>{text}</h3> }.into_any(),
        PaperPart::Text(text) => view! { <p>{text}</p> }.into_any(),
        PaperPart::Table(table, _) => table_on_screen(table),
    });
    view! { <div class="stack">{parts.collect_view()}</div> }.into_any()
}

fn table_on_screen(table: Table) -> AnyView {
    let heads = table.columns.iter().map(|name| view! { <th scope="col">{name.clone()}</th> }).collect_view();
    let columns = table.columns;
    let row = |row: Vec<String>| {
        let cells = row.into_iter().zip(&columns).enumerate().map(|(at, (cell, column))| match at {
            0 => view! { <th scope="row">{cell}</th> }.into_any(),
            _ => view! { <td data-label=column.clone()>{cell}</td> }.into_any(),
        });
        view! { <tr>{cells.collect_view()}</tr> }
    };
    let rows = table.rows.into_iter().map(row).collect_view();
    let label = table.title.clone();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=label>
            <table class="table table-stack">
                <caption class="visually-hidden">{table.title}</caption>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
