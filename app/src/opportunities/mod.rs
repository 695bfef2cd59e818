//! Opportunities: the unit's list, one of them, its form. Desk pages.

mod words;

pub use words::{OpportunityWords, opportunity_words, opportunity_words_in};

use crate::clients::{Typed, client_words, word};
use crate::desk::fields::Field;
use crate::desk::sheet::{Sheet, Shown, hidden, warning};
use crate::desk::{Content, Done, done_notice};
use crate::i18n::{Dates, language};
use backend::opportunities::{OpportunityForm, OpportunitySeen};
use chrono::NaiveDate;
use domain::codes::{Code, WorkTime};
use domain::jobs::{hours_text, minutes_of};
use domain::opportunities::{Age, ClosedBecause, OpportunityFields, OpportunityKind};
use domain::text::fold;
use leptos::prelude::*;
use uuid::Uuid;

/// What the list is narrowed by.
#[derive(Clone, Debug, Default)]
pub struct Narrowed {
    /// A text in it or in the employer's name.
    pub q: String,
    /// The municipality.
    pub place: String,
    /// Hours a week at most.
    pub hours: String,
    /// An employer.
    pub employer: String,
    /// Those that are there no more.
    pub closed: bool,
}

impl Narrowed {
    fn shows(&self, seen: &OpportunitySeen) -> bool {
        let text = fold(&self.q);
        let it = &seen.opportunity;
        let all = fold(&format!("{} {} {} {} {}", it.title, it.tasks, it.asks, it.carving, seen.employer.1));
        let place = fold(seen.municipality.as_deref().unwrap_or_default());
        let most = minutes_of(&self.hours);
        text.split_whitespace().all(|word| all.contains(word))
            && (self.place.is_empty() || place == fold(&self.place))
            && (self.employer.is_empty() || seen.employer.0.to_string() == self.employer)
            && most.is_none_or(|most| it.minutes_from.is_none_or(|from| from <= most))
    }
}

/// How old it is, as a tag with its word.
fn age(seen: &OpportunitySeen, today: NaiveDate) -> AnyView {
    let w = opportunity_words();
    let (class, word) = match Age::of(seen.confirmed_on, today) {
        Age::Fresh => ("tag light-green", w.ages[0]),
        Age::Ageing => ("tag tag-quiet", w.ages[1]),
        Age::Old => ("tag tag-warn", w.ages[2]),
    };
    view! { <span class=class>{word}</span> }.into_any()
}

/// The facts of an opportunity, one after the other.
#[must_use]
pub fn facts(seen: &OpportunitySeen) -> Vec<String> {
    let w = opportunity_words();
    let it = &seen.opportunity;
    let hours = match (it.minutes_from, it.minutes_to) {
        (Some(from), Some(to)) if from != to => Some(w.hours.say(&[&hours_text(from), &hours_text(to)])),
        (Some(hours), _) | (None, Some(hours)) => Some(w.hours_least.of(hours_text(hours))),
        (None, None) => None,
    };
    let times = it.shifts.iter().map(|shift| word(&client_words().times_of_day, *shift)).collect::<Vec<_>>();
    [
        Some(word(&w.kinds, it.kind).to_owned()),
        seen.municipality.clone(),
        hours,
        Some(times.join(", ")),
        Some(it.pay.clone()),
        it.open_until.map(|day| w.until.of(language().date(day))),
    ]
    .into_iter()
    .flatten()
    .filter(|fact| !fact.is_empty())
    .collect()
}

/// The unit's opportunities.
#[must_use]
pub fn opportunities_page(all: &[OpportunitySeen], by: &Narrowed, today: NaiveDate) -> Content {
    let w = opportunity_words();
    let shown: Vec<&OpportunitySeen> = all.iter().filter(|seen| by.shows(seen)).collect();
    let rows = shown.iter().map(|seen| {
        let state = match seen.closed {
            Some((day, _)) => {
                view! { <span class="tag tag-quiet">{w.closed_on.of(language().date(day))}</span> }.into_any()
            }
            None => age(seen, today),
        };
        view! {
            <li>
                <a class="list-row" href=format!("/opportunities/{}", seen.id)>
                    <span class="row-main">
                        <span class="row-title">{seen.opportunity.title.clone()}</span>
                        <span class="row-sub">{seen.employer.1.clone()} " · " {facts(seen).join(" · ")}</span>
                    </span>
                    <span class="row-end">{state}</span>
                </a>
            </li>
        }
    });
    let none = if all.is_empty() { w.none } else { w.none_found };
    let list = if shown.is_empty() {
        view! {
            <div class="card empty">
                <p>{none}</p>
            </div>
        }
        .into_any()
    } else {
        view! {
            <section class="card flush">
                <div class="card-head">
                    <h2>{w.count.of(shown.len())}</h2>
                </div>
                <ul class="list">{rows.collect_view()}</ul>
            </section>
        }
        .into_any()
    };
    let mut places: Vec<String> = all.iter().filter_map(|seen| seen.municipality.clone()).collect();
    places.sort_unstable();
    places.dedup();
    let (other, to) =
        if by.closed { (w.open, "/opportunities") } else { (w.closed, "/opportunities?closed=1") };
    let employer = (!by.employer.is_empty()).then(|| hidden("employer", &by.employer));
    let new = if by.employer.is_empty() {
        "/opportunities/new".to_owned()
    } else {
        format!("/opportunities/new?employer={}", by.employer)
    };
    Content {
        title: w.title.to_owned(),
        parent: None,
        body: view! {
            <p class="hint">{w.lead}</p>
            <p class="row">
                <a class="button button-primary" href=new>
                    {w.new}
                </a>
                <a class="button" href=to>
                    {other}
                </a>
            </p>
            <form class="filters" method="get" action="/opportunities">
                {employer} {by.closed.then(|| hidden("closed", 1))} {Field::new("q", w.search).input("search", &by.q)}
                {Field::new("place", w.place).suggesting(&places).input("text", &by.place)}
                {Field::new("hours", w.hours_most).input("number", &by.hours)} <button class="button">{w.find}</button>
            </form>
            {list}
            <details>
                <summary>{w.age_rule_title}</summary>
                <p>{w.age_rule}</p>
            </details>
        }
        .into_any(),
    }
}

fn definition(rows: Vec<(&'static str, String)>) -> AnyView {
    let rows = rows.into_iter().filter(|(_, text)| !text.is_empty()).map(|(name, text)| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{text}</dd>
            </div>
        }
    });
    view! { <dl class="definition">{rows.collect_view()}</dl> }.into_any()
}

/// One opportunity.
#[must_use]
pub fn opportunity_page(seen: &OpportunitySeen, today: NaiveDate, saved: bool) -> Content {
    let w = opportunity_words();
    let at = format!("/opportunities/{}", seen.id);
    let it = &seen.opportunity;
    let done = saved.then(|| done_notice(Done { text: w.saved.to_owned(), undo: None }));
    let deeds = match seen.closed {
        Some((day, because)) => view! {
            <p>{w.closed_on.of(language().date(day))} " · " {word(&w.because, because)}</p>
            <form method="post" action=format!("{at}/reopen")>
                <button class="button">{w.reopen}</button>
            </form>
        }
        .into_any(),
        None => {
            let reasons: Vec<(String, String)> = ClosedBecause::ALL
                .iter()
                .map(|because| (because.code().to_owned(), word(&w.because, *because).to_owned()))
                .collect();
            view! {
                <div class="row">
                    <form method="post" action=format!("{at}/confirm")>
                        <button class="button button-primary">{w.confirm}</button>
                    </form>
                    <a class="button" href=format!("{at}/edit")>
                        {w.change}
                    </a>
                </div>
                <details>
                    <summary>{w.close}</summary>
                    <form class="form" method="post" action=format!("{at}/close")>
                        {Field::new("because", w.close_why).chips("radio", &reasons, "filled")}
                        <p class="row">
                            <button class="button">{w.close}</button>
                        </p>
                    </form>
                </details>
            }
            .into_any()
        }
    };
    Content {
        title: it.title.clone(),
        parent: Some(("/opportunities".to_owned(), w.title.to_owned())),
        body: view! {
            {done}
            {seen.silent.clone().map(|why| warning(w.silent, why))}
            <section class="card">
                <p class="row">
                    <a href=format!("/employers/{}", seen.employer.0)>{seen.employer.1.clone()}</a>
                    {seen.closed.is_none().then(|| age(seen, today))}
                </p>
                <p>{facts(seen).join(" · ")}</p>
                {definition(
                    vec![
                        (w.f_tasks, it.tasks.clone()),
                        (w.f_asks, it.asks.clone()),
                        (w.f_carving, it.carving.clone()),
                        (w.f_isco, it.isco08.clone().unwrap_or_default()),
                    ],
                )}
                <p class="muted small">
                    {w.found.say(&[&language().date(seen.found_on), &seen.by])} " · "
                    {w.confirmed.of(language().date(seen.confirmed_on))}
                </p>
                {deeds}
            </section>
        }
        .into_any(),
    }
}

fn fields(shown: &Shown<'_>) -> Vec<AnyView> {
    let w = opportunity_words();
    let kinds: Vec<(String, String)> = OpportunityKind::ALL
        .iter()
        .map(|kind| (kind.code().to_owned(), word(&w.kinds, *kind).to_owned()))
        .collect();
    let times: Vec<(String, String)> = WorkTime::ALL
        .iter()
        .map(|time| (time.code().to_owned(), word(&client_words().times_of_day, *time).to_owned()))
        .collect();
    vec![
        shown.chips("kind", "radio", &kinds),
        shown.input("title", "text", None),
        shown.input("tasks", "area", Some(w.no_names)),
        shown.input("hours_from", "text", None),
        shown.input("hours_to", "text", None),
        shown.chips("shifts", "checkbox", &times),
        shown.input("pay", "text", None),
        shown.input("asks", "area", None),
        shown.input("carving", "area", Some(w.h_carving)),
        shown.input("open_until", "date", None),
        shown.input("isco08", "text", Some(w.h_isco)),
    ]
}

/// The form of a new one.
#[must_use]
pub fn new_opportunity_page(form: &OpportunityForm, entry: Uuid, typed: Typed<OpportunityFields>) -> Content {
    let w = opportunity_words();
    let value = |name: &str| typed.form.field(name).to_owned();
    let shown = Shown { value: &value, errors: &typed.errors, label: |name| opportunity_words().field(name) };
    let (id, name) = form.employer.clone().map(|(id, name)| (id.to_string(), name)).unwrap_or_default();
    let mut hidden = vec![("id", entry.to_string()), ("employer", id.clone())];
    hidden.extend(form.visit.map(|visit| ("visit", visit.to_string())));
    Sheet {
        title: w.new.to_owned(),
        action: "/opportunities/new".to_owned(),
        client: (format!("/employers/{id}"), name),
        hidden,
        now: Vec::new(),
        lead: None,
        fields: fields(&shown),
        save: w.save,
        shown,
    }
    .page()
}

/// The form that changes one.
#[must_use]
pub fn change_opportunity_page(seen: &OpportunitySeen, typed: Option<Typed<OpportunityFields>>) -> Content {
    let w = opportunity_words();
    let now = OpportunityFields::of(&seen.opportunity);
    let Typed { form, errors } = typed.unwrap_or_else(|| Typed::untouched(now.clone()));
    let value = |name: &str| form.field(name).to_owned();
    let shown = Shown { value: &value, errors: &errors, label: |name| opportunity_words().field(name) };
    let at = format!("/opportunities/{}", seen.id);
    Sheet {
        title: w.change.to_owned(),
        action: format!("{at}/edit"),
        client: (at, seen.opportunity.title.clone()),
        hidden: vec![("version", seen.version.to_string())],
        now: OpportunityFields::NAMES.iter().map(|name| (*name, now.field(name).to_owned())).collect(),
        lead: None,
        fields: fields(&shown),
        save: w.save,
        shown,
    }
    .page()
}
