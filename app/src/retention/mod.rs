//! How long records are kept: the rules, the dry run, proposals and their release.

mod words;

pub(crate) use words::retention_words;
pub use words::{RetentionWords, retention_words_in};

use crate::desk::Content;
use crate::desk::fields::buttons;
use crate::i18n::{Dates, desk_words, language};
use crate::people::Typed;
use crate::people::fields::{Form, done, empty};
use crate::people::people_words_in;
use crate::ui::Icon;
use backend::retention::{DueOfUnit, DueRecord, ErasureSeen, Overview, RuleForm, RuleSeen, UnitDue, WhyNot};
use chrono::{Days, NaiveDate};
use domain::codes::{Code, RecordKind, Service, TermStart};
use domain::forms::FieldError;
use domain::retention::{RELEASE_DAYS, RuleFields, Stage};
use leptos::prelude::*;

const HERE: &str = "/organisation/retention";

/// What the pages are called together.
pub(crate) fn title() -> &'static str {
    retention_words().title
}

/// A value of a changed rule as people read it.
pub(crate) fn value(name: &str, value: &str) -> Option<String> {
    let w = retention_words();
    match name {
        "record" => RecordKind::parse(value).ok().map(|kind| w.kind(kind).to_owned()),
        "start" => TermStart::parse(value).ok().map(|start| w.start(start).to_owned()),
        _ => None,
    }
}

fn home() -> Option<(String, String)> {
    Some((HERE.to_owned(), title().to_owned()))
}

fn counted<N: ToString>(counts: &[(RecordKind, N)]) -> String {
    let w = retention_words();
    let one = |(kind, number): &(RecordKind, N)| format!("{}: {}", w.kind(*kind), number.to_string());
    counts.iter().map(one).collect::<Vec<_>>().join(" · ")
}

fn list_row(to: String, title: String, about: String) -> AnyView {
    view! {
        <li>
            <a class="list-row" href=to>
                <span class="row-main">
                    <span class="row-title">{title}</span>
                    <span class="row-sub">{about}</span>
                </span>
                {Icon::ChevronRight.view()}
            </a>
        </li>
    }
    .into_any()
}

fn section(title: &'static str, rows: Vec<AnyView>, none: &'static str) -> AnyView {
    let body = if rows.is_empty() {
        view! { <p class="muted">{none}</p> }.into_any()
    } else {
        view! { <ul class="list">{rows}</ul> }.into_any()
    };
    view! {
        <section class="card">
            <h2>{title}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn erasure_row(one: &ErasureSeen) -> AnyView {
    let w = retention_words();
    let numbers = match one.stage {
        Stage::Done => counted(&one.erased),
        _ => counted(&one.waiting),
    };
    let day = language().date(one.done_on.unwrap_or(one.proposed.1));
    let about = [w.stage(one.stage).to_owned(), day, numbers].into_iter().filter(|text| !text.is_empty());
    list_row(
        format!("{HERE}/erasures/{}", one.id),
        one.unit_name.clone(),
        about.collect::<Vec<_>>().join(" · "),
    )
}

/// What is due, what was proposed, what was done.
#[must_use]
pub fn retention_page(seen: Overview, administers: bool) -> Content {
    let w = retention_words();
    let unit = |due: UnitDue| list_row(format!("{HERE}/units/{}", due.unit), due.name, counted(&due.counts));
    let open = |one: &ErasureSeen| matches!(one.stage, Stage::Proposed | Stage::Released);
    let (waiting, past): (Vec<_>, Vec<_>) = seen.erasures.into_iter().partition(open);
    let rows = |list: &[ErasureSeen]| list.iter().map(erasure_row).collect::<Vec<_>>();
    let due: Vec<AnyView> = seen.due.units.into_iter().map(unit).collect();
    let past = (!past.is_empty()).then(|| section(w.past, rows(&past), w.proposals_none));
    let parent = if administers {
        ("/organisation", people_words_in(language()).organisation)
    } else {
        ("/people", desk_words().people_title)
    };
    Content {
        title: w.title.to_owned(),
        parent: Some((parent.0.to_owned(), parent.1.to_owned())),
        body: view! {
            <p class="lead">{w.lead}</p>
            <p class="row">
                <a class="button" href="/organisation/retention/rules">
                    {w.rules}
                </a>
            </p>
            {section(w.due_now, due, w.due_none)}
            {section(w.proposals, rows(&waiting), w.proposals_none)}
            {past}
        }
        .into_any(),
    }
}

fn hint(text: &'static str) -> AnyView {
    view! {
        <div class="notice">
            {Icon::Info.view()} <p>{text}</p>
        </div>
    }
    .into_any()
}

fn warning(text: String) -> AnyView {
    view! {
        <div class="notice notice-warn" role="alert">
            {Icon::Warning.view()} <p>{text}</p>
        </div>
    }
    .into_any()
}

fn counts_table<N: ToString>(caption: &'static str, counts: &[(RecordKind, N)]) -> AnyView {
    let w = retention_words();
    if counts.is_empty() {
        return ().into_any();
    }
    let rows = counts
        .iter()
        .map(|(kind, number)| {
            view! {
                <tr>
                    <th scope="row">{w.kind(*kind)}</th>
                    <td>{number.to_string()}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=caption>
            <table class="table">
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">{w.what}</th>
                        <th scope="col">{w.number}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The records, where the lead sees them.
fn records(list: Option<Vec<DueRecord>>) -> AnyView {
    let w = retention_words();
    let Some(list) = list else { return hint(w.numbers_only) };
    if list.is_empty() {
        return ().into_any();
    }
    let rows = list
        .into_iter()
        .map(|record| {
            view! {
                <tr>
                    <th scope="row">{record.label}</th>
                    <td>{w.kind(record.kind)}</td>
                    <td class="nowrap">{language().date(record.ended_on)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=w.records>
            <table class="table">
                <caption>{w.records}</caption>
                <thead>
                    <tr>
                        <th scope="col">{w.who}</th>
                        <th scope="col">{w.what}</th>
                        <th scope="col">{w.ended}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What is due in a unit, to be proposed.
#[must_use]
pub fn unit_due_page(seen: DueOfUnit, changed: bool) -> Content {
    let w = retention_words();
    let title = format!("{}: {}", w.dry_run, seen.due.name);
    let changed = changed.then(|| warning(w.changed.to_owned()));
    if seen.listed == 0 {
        let body = view! {
            {changed}
            {empty(w.due_none_unit)}
        };
        return Content { title, parent: home(), body: body.into_any() };
    }
    let all: usize = seen.due.counts.iter().map(|(_, number)| number).sum();
    let first =
        (all > seen.listed).then(|| view! { <p>{w.only_first.replace("{}", &seen.listed.to_string())}</p> });
    let to = format!("{HERE}/units/{}", seen.due.unit);
    Content {
        title,
        parent: home(),
        body: view! {
            {changed}
            <p class="lead">{w.dry_run_lead}</p>
            {counts_table(w.due_now, &seen.due.counts)}
            {records(seen.records)}
            <form class="form card" method="post" action=to>
                {first}
                <p>{w.propose_lead}</p>
                <input type="hidden" name="hash" value=seen.hash />
                {buttons(w.propose, HERE)}
            </form>
        }
        .into_any(),
    }
}

fn line(name: &'static str, said: Option<(String, NaiveDate)>) -> Option<AnyView> {
    said.map(|(who, on)| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd>{who} ", " {language().date(on)}</dd>
            </div>
        }
        .into_any()
    })
}

/// A proposal: to be released, or what became of it.
#[must_use]
pub fn erasure_page(seen: ErasureSeen, why: Option<WhyNot>) -> Content {
    let w = retention_words();
    let state = match seen.stage {
        Stage::Done => {
            view! { <span class="state state-sent">{Icon::Check.view()} {w.stage(seen.stage)}</span> }
                .into_any()
        }
        stage => view! { <span class="tag tag-warn">{Icon::Info.view()} {w.stage(stage)}</span> }.into_any(),
    };
    let refused = why.and_then(|why| w.why_not(why)).map(|text| warning(text.to_owned()));
    let left = |phrase: &'static str, number: usize| {
        (number > 0).then(|| view! { <p>{phrase.replace("{}", &number.to_string())}</p> })
    };
    let open = matches!(seen.stage, Stage::Proposed | Stage::Released);
    let shown = open.then(|| records(seen.records.clone()));
    let (reopened, other) = (left(w.reopened, seen.reopened), left(w.other_left, seen.other_left));
    let done = seen.done_on.map(|on| {
        view! {
            <div>
                <dt>{w.done_on}</dt>
                <dd>{language().date(on)}</dd>
            </div>
        }
    });
    let forms = open.then(|| release_forms(&seen, why));
    Content {
        title: format!("{}: {}", w.proposal, seen.unit_name),
        parent: home(),
        body: view! {
            {refused}
            <section class="card">
                <div class="card-head">
                    <h2>{seen.unit_name.clone()}</h2>
                    {state}
                </div>
                <dl class="definition">
                    {line(w.proposed, Some(seen.proposed.clone()))}
                    {line(w.withdrawn, seen.withdrawn.clone())}
                    {line(w.released, seen.released.clone())}
                    {done}
                </dl>
                {reopened}
                {other}
            </section>
            {counts_table(w.erased, &seen.erased)}
            {counts_table(w.on_list, &seen.waiting)}
            {shown}
            {forms}
        }
        .into_any(),
    }
}

fn release_forms(seen: &ErasureSeen, why: Option<WhyNot>) -> AnyView {
    let w = retention_words();
    let to = format!("{HERE}/erasures/{}", seen.id);
    let errors: &[FieldError] =
        if why == Some(WhyNot::Password) { &[FieldError::Choice("password")] } else { &[] };
    let f = Form { errors, prefix: String::new() };
    let password = ("password", people_words_in(language()).password);
    let proposed = seen.stage == Stage::Proposed;
    let last = seen.proposed.1.checked_add_days(Days::new(RELEASE_DAYS)).unwrap_or(seen.proposed.1);
    let release = if seen.mine {
        let text = w.own.replace("{}", &language().date(last));
        view! {
            <div class="notice">
                {Icon::Info.view()} <p>{text}</p>
            </div>
        }
        .into_any()
    } else {
        let (what, press) = if proposed { (w.release_what, w.release) } else { (w.unfinished, w.go_on) };
        view! {
            {f.summary(&[password])}
            <form class="form card" method="post" action=format!("{to}/release")>
                {warning(what.to_owned())}
                <p>{w.backups}</p>
                <input type="hidden" name="hash" value=seen.hash.clone() />
                {f.field(password, "", "password", None)}
                {buttons(press, HERE)}
            </form>
        }
        .into_any()
    };
    let withdraw = proposed.then(|| {
        view! {
            <form method="post" action=format!("{to}/withdraw")>
                <button class="button">{Icon::Undo.view()} {w.withdraw}</button>
            </form>
        }
    });
    view! {
        {release}
        {withdraw}
    }
    .into_any()
}

/// The rules of every service.
#[must_use]
pub fn rules_page(rules: Vec<RuleSeen>, administers: bool, saved: bool) -> Content {
    let w = retention_words();
    let of = |service: Service| {
        let name = people_words_in(language()).service(service);
        let rows = rules
            .iter()
            .filter(|rule| rule.service == service)
            .map(|rule| {
                let to = format!("{HERE}/rules/{}/{}", service.code(), rule.kind.code());
                let kind = w.kind(rule.kind);
                let label = format!("{}: {kind}", w.change);
                let change =
                    administers.then(|| view! { <td><a href=to aria-label=label>{w.change}</a></td> });
                view! {
                    <tr>
                        <th scope="row">{kind}</th>
                        <td>{w.term(rule.term)}</td>
                        <td>{rule.source.clone()}</td>
                        <td>{set_by(rule)}</td>
                        {change}
                    </tr>
                }
            })
            .collect_view();
        let head = administers.then(|| view! { <th scope="col">{w.change}</th> });
        view! {
            <section class="card">
                <h2>{name}</h2>
                <div class="table-wrap" tabindex="0" role="region" aria-label=name>
                    <table class="table">
                        <caption class="visually-hidden">{name}</caption>
                        <thead>
                            <tr>
                                <th scope="col">{w.what}</th>
                                <th scope="col">{w.term}</th>
                                <th scope="col">{w.source}</th>
                                <th scope="col">{w.set}</th>
                                {head}
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        }
    };
    let services = Service::ALL.iter().map(|service| of(*service)).collect_view();
    Content {
        title: w.rules.to_owned(),
        parent: home(),
        body: view! {
            {saved.then(|| done(w.saved, None))}
            <p class="lead">{w.rules_lead}</p>
            {services}
        }
        .into_any(),
    }
}

fn set_by(rule: &RuleSeen) -> String {
    match &rule.set {
        Some((who, on)) => format!("{who}, {}", language().date(*on)),
        None => retention_words().suggested.to_owned(),
    }
}

/// A rule to be changed.
#[must_use]
pub fn rule_page(form: RuleForm, typed: Option<Typed<RuleFields>>) -> Content {
    let w = retention_words();
    let RuleForm { rule, before } = form;
    let stands = RuleFields {
        years: rule.term.years.to_string(),
        start: rule.term.start.code().to_owned(),
        source: rule.source.clone(),
    };
    let Typed { form, errors } = typed.unwrap_or(Typed { form: stands, errors: Vec::new() });
    let f = Form { errors: &errors, prefix: String::new() };
    let labels = [("years", w.years), ("start", w.start), ("source", w.source)];
    let starts =
        TermStart::ALL.iter().map(|start| (start.code().to_owned(), w.start(*start).to_owned())).collect();
    let to = format!("{HERE}/rules/{}/{}", rule.service.code(), rule.kind.code());
    let earlier = (!before.is_empty()).then(|| {
        let rows = before
            .iter()
            .map(|rule| view! { <li>{w.term(rule.term)} " · " {rule.source.clone()} " · " {set_by(rule)}</li> })
            .collect_view();
        view! {
            <section class="card">
                <h2>{w.before}</h2>
                <ul>{rows}</ul>
            </section>
        }
    });
    Content {
        title: w.kind(rule.kind).to_owned(),
        parent: Some(("/organisation/retention/rules".to_owned(), w.rules.to_owned())),
        body: view! {
            {f.summary(&labels)}
            <p>{people_words_in(language()).service(rule.service)} " · " {set_by(&rule)}</p>
            <form class="form card" method="post" action=to>
                {f.field(labels[0], &form.years, "number", None)}
                {f.choice(labels[1], &form.start, starts, Some(w.birth_hint))}
                {f.field(labels[2], &form.source, "text", Some(w.source_hint))}
                {buttons(desk_words().save, "/organisation/retention/rules")}
            </form>
            {earlier}
        }
        .into_any(),
    }
}

/// What a form answers whose words came after the records were erased.
#[must_use]
pub fn erased_page() -> Content {
    let w = retention_words();
    Content { title: w.gone_title.to_owned(), parent: None, body: hint(w.gone) }
}
