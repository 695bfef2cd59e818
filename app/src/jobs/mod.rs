//! Jobs: choosing the employer, the forms of terms and of an end, a job's page. Desk pages.

mod words;

pub use words::{JobWords, job_words, job_words_in};

use crate::advice::{advice_words, given_row};
use crate::clients::{Typed, client_words};
use crate::desk::fields::Field;
use crate::desk::sheet::{Sheet, Shown, warning};
use crate::desk::{Content, Done, done_notice};
use crate::i18n::{Dates, language, words as common};
use crate::support::support_words;
use backend::employers::Offered;
use backend::jobs::{Change, JobForm, JobPage, JobSeen};
use chrono::NaiveDate;
use domain::codes::Code;
use domain::ids::ClientId;
use domain::jobs::{EndFields, PayBasis, Terms, TermsFields, WhatNext, hours_text};
use domain::known::END_REASONS;
use leptos::prelude::*;
use uuid::Uuid;

/// More minutes a week than this are asked about.
const LONG_WEEK: i64 = 48 * 60;

/// What the choice of an employer shows: an address to which `employer=` is added, the employers that are likely,
/// and those that were found for a text.
pub struct EmployerChoice<'a> {
    /// What it is chosen for.
    pub title: String,
    /// The page that it belongs to.
    pub parent: (String, String),
    /// The page itself.
    pub to: String,
    /// What was searched for; empty where likely ones are offered.
    pub text: &'a str,
    /// What is offered.
    pub offered: &'a [Offered],
}

/// Chooses an employer: one of the likely ones, or by search.
#[must_use]
pub fn employer_choice(choice: &EmployerChoice<'_>) -> Content {
    let w = job_words();
    let mark = if choice.to.contains('?') { '&' } else { '?' };
    let rows: Vec<_> = choice
        .offered
        .iter()
        .map(|one| {
            view! {
                <li>
                    <a class="list-row" href=format!("{}{mark}employer={}", choice.to, one.id)>
                        <span class="row-main">
                            <span class="row-title">{one.name.clone()}</span>
                            <span class="row-sub">{one.municipality.clone().unwrap_or_default()}</span>
                        </span>
                    </a>
                </li>
            }
        })
        .collect();
    let searched = !choice.text.trim().is_empty();
    let nothing = (searched && rows.is_empty()).then(|| view! { <p class="muted">{w.choose_nothing}</p> });
    let known = (!searched && !rows.is_empty()).then(|| view! { <h2>{w.choose_known}</h2> });
    let list = (!rows.is_empty()).then(|| view! { <ul class="list">{rows}</ul> });
    let (action, question) = choice.to.split_once('?').unwrap_or((&choice.to, ""));
    let kept = question.split('&').filter_map(|part| part.split_once('=')).map(|(name, value)| {
        view! { <input type="hidden" name=name.to_owned() value=value.to_owned() /> }
    });
    Content {
        title: choice.title.clone(),
        parent: Some(choice.parent.clone()),
        body: view! {
            <p class="hint">{w.choose_lead}</p>
            <section class="card">
                <form class="form" method="get" action=action.to_owned() role="search">
                    {kept.collect_view()} {Field::new("q", w.choose_search).input("search", choice.text)}
                    <p class="row">
                        <button class="button">{w.choose_find}</button>
                    </p>
                </form>
                {nothing}
                {known}
                {list}
            </section>
        }
        .into_any(),
    }
}

fn yes_no_unknown() -> Vec<(String, String)> {
    let w = job_words();
    [("yes", w.yes), ("no", w.no), ("", w.unknown)].map(|(code, word)| (code.into(), word.into())).to_vec()
}

/// The fields of a job's terms. A subsidy of another share than the usual ones keeps its own choice.
fn terms_fields(shown: &Shown<'_>) -> Vec<AnyView> {
    let w = job_words();
    let pays: Vec<(String, String)> =
        PayBasis::ALL.iter().map(|basis| (basis.code().to_owned(), w.pay(*basis).to_owned())).collect();
    let mut shares: Vec<(String, String)> = vec![
        ("0".to_owned(), w.subsidy_none.to_owned()),
        ("50".to_owned(), w.subsidy_of.of(50)),
        ("70".to_owned(), w.subsidy_of.of(70)),
        ("unknown".to_owned(), w.subsidy_some.to_owned()),
    ];
    let own = (shown.value)("subsidy");
    if own.parse::<i64>().is_ok() && !shares.iter().any(|(code, _)| *code == own) {
        shares.push((own.clone(), w.subsidy_of.of(&own)));
    }
    let durations = vec![
        ("yes".to_owned(), w.permanent.to_owned()),
        ("no".to_owned(), w.fixed.to_owned()),
        (String::new(), w.unknown.to_owned()),
    ];
    vec![
        shown.input("day", "date", None),
        shown.input("title", "text", None),
        shown.input("hours", "text", Some(w.h_hours)),
        shown.select("permanent", None, &durations, None),
        shown.input("until_on", "date", Some(w.h_until)),
        shown.select("pay_basis", Some(w.unknown), &pays[..3], None),
        shown.select("open_to_all", None, &yes_no_unknown(), None),
        shown.select("set_aside", None, &yes_no_unknown(), None),
        shown.select("subsidy", Some(w.unknown), &shares, None),
        shown.input("subsidy_until", "date", None),
        shown.select("disclosed", None, &yes_no_unknown(), Some(w.h_disclosed)),
        shown.input("isco08", "text", Some(w.h_isco)),
        shown.input("words", "area", None),
    ]
}

/// Is it said that nobody is to contact the employer?
fn silence(why: Option<&String>) -> Option<AnyView> {
    why.map(|why| warning(job_words().silent, why.clone()))
}

fn before(view: Option<AnyView>, content: Content) -> Content {
    let body = content.body;
    Content { body: view! { {view} {body} }.into_any(), ..content }
}

/// The form of a new job.
#[must_use]
pub fn new_job_page(form: &JobForm, entry: Uuid, typed: Option<Typed<TermsFields>>) -> Content {
    let w = job_words();
    let usual = TermsFields {
        day: form.today.to_string(),
        title: form.title.clone().unwrap_or_default(),
        ..TermsFields::default()
    };
    let Typed { form: fields, errors } = typed.unwrap_or_else(|| Typed::untouched(usual));
    let value = |name: &str| fields.field(name).to_owned();
    let shown = Shown { value: &value, errors: &errors, label: |name| job_words().field(name) };
    let at = format!("/clients/{}", form.client);
    let (employer, name) = form.employer.clone().unzip();
    let mut all = vec![view! { <p>{w.at}": "<strong>{name}</strong></p> }.into_any()];
    all.extend(
        form.agreement_on
            .map(|day| view! { <p class="hint">{w.agreed_on.of(language().date(day))}</p> }.into_any()),
    );
    all.extend(terms_fields(&shown));
    let mut hidden =
        vec![("id", entry.to_string()), ("employer", employer.map(|id| id.to_string()).unwrap_or_default())];
    hidden.extend(form.of_match.map(|id| ("match", id.to_string())));
    let content = Sheet {
        title: w.new.to_owned(),
        action: format!("{at}/jobs/new"),
        client: (at, form.alias.clone()),
        hidden,
        now: Vec::new(),
        lead: None,
        fields: all,
        save: w.save,
        shown,
    }
    .page();
    before(silence(form.silent.as_ref()), content)
}

fn here(page: &JobPage) -> (String, String) {
    (format!("/jobs/{}", page.id), format!("{}, {}", page.now().title, page.employer.1))
}

/// The form of a change of a job's terms.
#[must_use]
pub fn change_job_page(page: &JobPage, entry: Uuid, typed: Option<Typed<TermsFields>>) -> Content {
    let w = job_words();
    let Typed { form, errors } = typed.unwrap_or_else(|| {
        let from = page.today.max(page.started_on);
        Typed::untouched(TermsFields::of(from, page.terms_on(from), ""))
    });
    let value = |name: &str| form.field(name).to_owned();
    let label = |name: &str| if name == "day" { job_words().f_from } else { job_words().field(name) };
    let shown = Shown { value: &value, errors: &errors, label };
    Sheet {
        title: w.change.to_owned(),
        action: format!("/jobs/{}/change", page.id),
        client: here(page),
        hidden: vec![("id", entry.to_string())],
        now: Vec::new(),
        lead: None,
        fields: terms_fields(&shown),
        save: w.save,
        shown,
    }
    .page()
}

/// The form that corrects the terms of the start.
#[must_use]
pub fn correct_job_page(page: &JobPage, typed: Option<Typed<TermsFields>>) -> Content {
    let w = job_words();
    let now = TermsFields::of(page.started_on, &page.start, &page.words);
    let Typed { form, errors } = typed.unwrap_or_else(|| Typed::untouched(now.clone()));
    let value = |name: &str| form.field(name).to_owned();
    let shown = Shown { value: &value, errors: &errors, label: |name| job_words().field(name) };
    Sheet {
        title: w.correct.to_owned(),
        action: format!("/jobs/{}/correct", page.id),
        client: here(page),
        hidden: vec![("version", page.version.to_string())],
        now: TermsFields::NAMES.iter().map(|name| (*name, now.field(name).to_owned())).collect(),
        lead: None,
        fields: terms_fields(&shown),
        save: w.save,
        shown,
    }
    .page()
}

/// The form of a job's end, with what comes next.
#[must_use]
pub fn end_job_page(page: &JobPage, typed: Option<Typed<EndFields>>) -> Content {
    let w = job_words();
    let usual = EndFields {
        day: page.now().until_on.filter(|day| *day <= page.today).unwrap_or(page.today).to_string(),
        learnt_on: page.today.to_string(),
        next: WhatNext::Search.code().to_owned(),
        step: w.step_usual.to_owned(),
        step_on: page.today.to_string(),
        ..EndFields::default()
    };
    let Typed { form, errors } = typed.unwrap_or_else(|| Typed::untouched(usual));
    let value = |name: &str| form.field(name).to_owned();
    let label = |name: &str| if name == "day" { job_words().f_end } else { job_words().field(name) };
    let shown = Shown { value: &value, errors: &errors, label };
    let reasons: Vec<(String, String)> =
        END_REASONS.iter().map(|code| ((*code).to_owned(), w.reason(code).to_owned())).collect();
    let nexts: Vec<(String, String)> =
        WhatNext::ALL.iter().map(|next| (next.code().to_owned(), w.next(*next).to_owned())).collect();
    Sheet {
        title: w.end.to_owned(),
        action: format!("/jobs/{}/end", page.id),
        client: here(page),
        hidden: vec![("version", page.version.to_string())],
        now: Vec::new(),
        lead: Some(w.end_lead),
        fields: vec![
            shown.input("day", "date", None),
            shown.select("reason", Some(client_words().reason_choose), &reasons, None),
            shown.input("learnt_on", "date", None),
            shown.chips("next", "radio", &nexts),
            shown.input("step", "text", None),
            shown.input("step_on", "date", None),
            shown.input("words", "area", None),
        ],
        save: w.end,
        shown,
    }
    .page()
}

/// Is it ordinary work, in words?
#[must_use]
pub fn competitive_word(competitive: Option<bool>) -> &'static str {
    let w = job_words();
    match competitive {
        Some(true) => w.competitive,
        Some(false) => w.competitive_not,
        None => w.competitive_unknown,
    }
}

/// The facts of terms, one after the other.
fn facts(terms: &Terms) -> Vec<String> {
    let w = job_words();
    let duration = match (terms.permanent, terms.until_on) {
        (_, Some(until)) => Some(format!("{}, {}", w.fixed, w.until.of(language().date(until)))),
        (Some(true), None) => Some(w.permanent.to_owned()),
        (Some(false), None) => Some(w.fixed.to_owned()),
        (None, None) => None,
    };
    let subsidy = match (terms.subsidy, terms.subsidy_percent) {
        (Some(true), Some(percent)) => Some(w.subsidy_of.of(percent)),
        (Some(true), None) => Some(w.subsidy_some.to_owned()),
        _ => None,
    };
    let until = terms.subsidy_until.map(|day| w.subsidy_until.of(language().date(day)));
    let subsidy =
        subsidy.map(|subsidy| [Some(subsidy), until].into_iter().flatten().collect::<Vec<_>>().join(", "));
    [
        Some(terms.title.clone()),
        terms.minutes_per_week.map(|minutes| w.hours_a_week.of(hours_text(minutes))),
        duration,
        terms.pay_basis.filter(|basis| *basis != PayBasis::Unknown).map(|basis| w.pay(basis).to_owned()),
        subsidy,
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A job in one line: hours and subsidy of a day.
#[must_use]
pub fn job_line(job: &JobSeen, today: NaiveDate) -> String {
    let w = job_words();
    let terms = job.on(today);
    let days = match job.to {
        Some(to) => format!("{}–{}", language().date(job.from), language().date(to)),
        None if job.from > today => w.starts.of(language().date(job.from)),
        None => w.since.of(language().date(job.from)),
    };
    let hours = terms.minutes_per_week.map(|minutes| w.hours_a_week.of(hours_text(minutes)));
    let subsidy = terms
        .subsidy_until
        .filter(|until| *until >= today)
        .map(|until| w.subsidy_until.of(language().date(until)));
    [Some(days), hours, subsidy].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn press(to: String, name: &'static str, more: &str) -> AnyView {
    let label = (!more.is_empty()).then(|| format!("{name}: {more}"));
    view! {
        <form method="post" action=to>
            <button class="button button-small button-quiet" aria-label=label>
                {name}
            </button>
        </form>
    }
    .into_any()
}

/// A job's page.
#[must_use]
pub fn job_page(page: &JobPage, done: Option<Done>) -> Content {
    let w = job_words();
    let (at, title) = here(page);
    let client = format!("/clients/{}", page.client);
    let terms = page.now();
    let now = facts(terms).split_off(1).join(" · ");
    let since =
        if page.started_on > page.today { w.starts } else { w.since }.of(language().date(page.started_on));
    let long = terms.minutes_per_week.filter(|minutes| *minutes > LONG_WEEK);
    let long = long.map(|_| view! { <p class="hint">{w.long_week}</p> });
    let class = if page.competitive == Some(true) { "tag tag-accent" } else { "tag tag-quiet" };
    let of_match = page.of_match.map(|id| view! { <p><a href=format!("/matches/{id}")>{w.of_match}</a></p> });
    let withdrawn = page.withdrawn.then(|| {
        let restore = page.can_write.then(|| press(format!("{at}/restore"), w.restore, ""));
        view! {
            <div class="notice notice-warn">
                <div>
                    <p>{w.withdrawn}</p>
                    {restore}
                </div>
            </div>
        }
    });
    let write = page.can_write && !page.withdrawn;
    let support = (write).then(|| {
        view! {
            <p class="row">
                <a class="button button-primary" href=format!("/support/new?client={}&job={}", page.client, page.id)>
                    {w.log_support}
                </a>
                {page
                    .ended
                    .is_none()
                    .then(|| {
                        view! {
                            <a class="button" href=format!("{at}/change")>
                                {w.change}
                            </a>
                            <a class="button" href=format!("{at}/end")>
                                {w.end}
                            </a>
                        }
                    })}
            </p>
        }
    });
    let remove = write.then(|| press(format!("{at}/withdraw"), w.withdraw, ""));
    Content {
        title,
        parent: Some((client, page.alias.clone())),
        body: view! {
            {done.map(done_notice)}
            {withdrawn}
            {silence(page.silent.as_ref())}
            <section class="card">
                <p class="row">
                    <a href=format!("/employers/{}", page.employer.0)>{page.employer.1.clone()}</a>
                    <span class=class>{competitive_word(page.competitive)}</span>
                </p>
                <p>{since} {(!now.is_empty()).then(|| format!(" · {now}"))}</p>
                {long}
                {of_match}
                {ended(page)}
                {support}
            </section>
            {supports(page)}
            {advice(page)}
            {history(page)}
            <details>
                <summary>{w.competitive}</summary>
                <p>{w.competitive_rule}</p>
            </details>
            {remove}
        }
        .into_any(),
    }
}

fn ended(page: &JobPage) -> Option<AnyView> {
    let w = job_words();
    let end = page.ended.as_ref()?;
    let reason = end.reason.as_ref().map(|reason| w.reason(reason));
    let facts = [
        Some(w.ended.of(language().date(end.on))),
        reason.filter(|reason| !reason.is_empty()).map(str::to_owned),
        end.learnt_on.map(|day| w.learnt.of(language().date(day))),
    ];
    let next = end.next.map(|next| view! { <p><strong>{w.next_is.of(w.next(next))}</strong></p> });
    let reopen =
        (page.can_write && !page.withdrawn).then(|| press(format!("/jobs/{}/reopen", page.id), w.reopen, ""));
    Some(
        view! {
            <p>{facts.into_iter().flatten().collect::<Vec<_>>().join(" · ")}</p>
            {(!end.words.is_empty()).then(|| view! { <p>{end.words.clone()}</p> })}
            {next}
            {reopen}
        }
        .into_any(),
    )
}

fn supports(page: &JobPage) -> AnyView {
    let w = job_words();
    let s = support_words();
    let items = page.supports.iter().map(|support| {
        let what =
            [s.kind(&support.kind), common().mode(support.mode), s.recipient(support.recipient)].join(" · ");
        view! {
            <li>
                <p class="timeline-head">
                    <time datetime=support.day.to_string()>{language().date(support.day)}</time>
                    <span>{support.by.clone()}</span>
                </p>
                <p class="muted small">{what}</p>
                {(!support.words.is_empty()).then(|| view! { <p>{support.words.clone()}</p> })}
            </li>
        }
    });
    let items: Vec<_> = items.collect();
    let none = items.is_empty().then(|| view! { <p class="muted">{w.supports_none}</p> });
    let list = (!items.is_empty()).then(|| view! { <ol class="timeline">{items}</ol> });
    let all = w.supports_all.of(page.supported);
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{w.supports}</h2>
                <a href=format!("/clients/{}/support", page.client)>{all}</a>
            </div>
            {page.withdrawn.then(|| view! { <p class="hint">{w.supports_kept}</p> })}
            {none}
            {list}
        </section>
    }
    .into_any()
}

fn advice(page: &JobPage) -> AnyView {
    let w = job_words();
    let items: Vec<_> = page.advice.iter().map(|given| given_row(given, None)).collect();
    let none = items.is_empty().then(|| view! { <p class="muted">{w.advice_none}</p> });
    let list = (!items.is_empty()).then(|| view! { <ol class="timeline">{items}</ol> });
    let add = (page.can_write && !page.withdrawn).then(|| {
        view! {
            <p>
                <a class="button" href=format!("/clients/{}/advice/new?job={}", page.client, page.id)>
                    {w.advice_add}
                </a>
            </p>
        }
    });
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{w.advice}</h2>
                <a href=format!("/clients/{}/advice", page.client)>{advice_words().all}</a>
            </div>
            {none}
            {list}
            {add}
        </section>
    }
    .into_any()
}

fn history(page: &JobPage) -> AnyView {
    let w = job_words();
    let row = |head: String, terms: &Terms, words: &str, by: &str, more: Option<AnyView>| {
        view! {
            <li>
                <p class="timeline-head">
                    <span>{head}</span>
                    <span>{by.to_owned()}</span>
                </p>
                <p>{facts(terms).join(" · ")}</p>
                {(!words.is_empty()).then(|| view! { <p>{words.to_owned()}</p> })}
                {more}
            </li>
        }
        .into_any()
    };
    let write = page.can_write && !page.withdrawn;
    let change = |change: &Change| {
        let day = language().date(change.from);
        let to = format!("/jobs/{}/changes/{}/withdraw", page.id, change.id);
        let back = write.then(|| press(to, w.take_back, &day));
        row(w.changed_from.of(&day), &change.terms, &change.words, &change.by, back)
    };
    let correct = write.then(|| {
        view! {
            <p>
                <a href=format!("/jobs/{}/correct", page.id)>{w.correct}</a>
            </p>
        }
        .into_any()
    });
    let start = row(w.start_of.of(language().date(page.started_on)), &page.start, &page.words, "", correct);
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{w.changes}</h2>
            </div>
            <ol class="timeline">{page.changes.iter().map(change).collect_view()} {start}</ol>
        </section>
    }
    .into_any()
}

/// The clients' jobs of a page, and the way to a new one.
#[must_use]
pub fn jobs_card(client: ClientId, jobs: &[JobSeen], can_write: bool, today: NaiveDate) -> AnyView {
    let w = job_words();
    let rows = jobs.iter().map(|job| {
        let class = if job.to.is_none_or(|to| to >= today) { "tag tag-accent" } else { "tag tag-quiet" };
        view! {
            <li>
                <p class="timeline-head">{job_line(job, today)}</p>
                <p class="row">
                    <a href=format!("/jobs/{}", job.id)>{job.on(today).title.clone()}</a>
                    <span class=class>{job.employer.1.clone()}</span>
                </p>
            </li>
        }
    });
    let rows: Vec<_> = rows.collect();
    let none = rows.is_empty().then(|| view! { <p class="muted">{w.none}</p> });
    let count = w.jobs.of(rows.len());
    let list = (!rows.is_empty()).then(|| view! { <ol class="timeline">{rows}</ol> });
    let add = can_write.then(|| {
        view! {
            <p>
                <a class="button" href=format!("/clients/{client}/jobs/new")>
                    {w.new}
                </a>
            </p>
        }
    });
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{count}</h2>
            </div>
            {none}
            {list}
            {add}
        </section>
    }
    .into_any()
}
