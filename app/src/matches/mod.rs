//! Matches: what may fit a client and why, a new match, one of them. Desk pages.

mod words;

pub use words::{MatchWords, match_words, match_words_in};

use crate::clients::{Typed, word};
use crate::desk::fields::{Field, buttons};
use crate::desk::sheet::{Sheet, Shown, hidden, warning};
use crate::desk::{Content, Done, done_notice};
use crate::i18n::{Dates, language, words as common};
use crate::opportunities::{facts, opportunity_words};
use crate::ui::Icon;
use backend::matches::{Done as Deed, MatchForm, MatchPage, MatchSeen, MatchesPage};
use backend::opportunities::OpportunitySeen;
use domain::clients::page::NoteFields;
use domain::codes::Code;
use domain::ids::ClientId;
use domain::matches::{LearntField, MatchFields, MatchResult, Point, ResultFields, Suggestion};
use leptos::prelude::*;
use uuid::Uuid;

fn points(points: &[Point]) -> String {
    let w = match_words();
    points.iter().map(|point| w.point(point)).collect::<Vec<_>>().join(", ")
}

/// What speaks for and against a suggestion, in words.
fn compared(suggestion: &Suggestion<Uuid>) -> AnyView {
    let w = match_words();
    let row = |name: &'static str, of: &[Point]| {
        (!of.is_empty()).then(|| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{points(of)}</dd>
                </div>
            }
        })
    };
    view! {
        <dl class="definition">
            {row(w.fits, &suggestion.fits)} {row(w.against, &suggestion.against)} {row(w.unknown, &suggestion.unknown)}
        </dl>
    }
    .into_any()
}

/// A client's matches, and what may fit.
#[must_use]
pub fn matches_page(page: &MatchesPage, done: Option<Done>) -> Content {
    let w = match_words();
    let at = format!("/clients/{}", page.client);
    let (open, over): (Vec<_>, Vec<_>) = page.matches.iter().partition(|one| one.ended.is_none());
    let list = |title: &'static str, matches: Vec<&MatchSeen>| {
        (!matches.is_empty()).then(|| {
            view! {
                <section class="card flush">
                    <div class="card-head">
                        <h2>{title}</h2>
                    </div>
                    <ul class="list">{matches.into_iter().map(match_row).collect_view()}</ul>
                </section>
            }
        })
    };
    let none = page.matches.is_empty().then(|| view! { <p class="muted">{w.none}</p> });
    let new = page.can_write.then(|| {
        view! {
            <p>
                <a class="button" href=format!("{at}/matches/new")>
                    {w.other}
                </a>
            </p>
        }
    });
    Content {
        title: w.title.to_owned(),
        parent: Some((at.clone(), page.alias.clone())),
        body: view! {
            {done.map(done_notice)}
            <p class="hint">{w.lead}</p>
            {drift(page)}
            {none}
            {list(w.under_way, open)}
            {new}
            {suggestions(page)}
            {list(w.over, over)}
        }
        .into_any(),
    }
}

fn match_row(seen: &MatchSeen) -> AnyView {
    let w = match_words();
    let when = match seen.ended {
        Some((day, result)) => w.ended.say(&[&language().date(day), w.result(result)]),
        None => w.began.of(language().date(seen.began_on)),
    };
    view! {
        <li>
            <a class="list-row" href=format!("/matches/{}", seen.id)>
                <span class="row-main">
                    <span class="row-title">{seen.employer.1.clone()}</span>
                    <span class="row-sub">{seen.title.clone().unwrap_or_default()}</span>
                </span>
                <span class="row-end">{when}</span>
            </a>
        </li>
    }
    .into_any()
}

fn drift(page: &MatchesPage) -> Option<AnyView> {
    let w = match_words();
    let said: Vec<String> = [
        page.drift.kinds.map(|count| w.drift_kinds.of(count)),
        page.drift.employers.map(|count| w.drift_employers.of(count)),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!said.is_empty()).then(|| {
        view! {
            <div class="notice">
                {Icon::Info.view()} <div>
                    <p>
                        <strong>{w.drift_title}</strong>
                    </p>
                    <p>{said.join(" ")}</p>
                    <p class="small">{w.drift_rule}</p>
                </div>
            </div>
        }
        .into_any()
    })
}

fn suggestions(page: &MatchesPage) -> Option<AnyView> {
    if !page.can_write {
        return None;
    }
    let w = match_words();
    let at = format!("/clients/{}", page.client);
    let body = if page.profile.is_none() {
        view! {
            <p class="muted">{w.profile_none}</p>
            <p>
                <a class="button" href=format!("{at}/profile/edit")>
                    {w.profile_write}
                </a>
            </p>
        }
        .into_any()
    } else if page.suggestions.is_empty() {
        view! { <p class="muted">{w.suggestions_none}</p> }.into_any()
    } else {
        let items = page.suggestions.iter().map(|(suggestion, seen)| suggested(&at, suggestion, seen));
        view! {
            <ol class="timeline">{items.collect_view()}</ol>
            <details>
                <summary>{w.rule_title}</summary>
                <p>{w.rule}</p>
            </details>
        }
        .into_any()
    };
    Some(
        view! {
            <section class="card">
                <div class="card-head">
                    <h2>{w.suggestions}</h2>
                    <a href="/opportunities">{opportunity_words().title}</a>
                </div>
                {body}
            </section>
        }
        .into_any(),
    )
}

fn suggested(at: &str, suggestion: &Suggestion<Uuid>, seen: &OpportunitySeen) -> AnyView {
    let w = match_words();
    let name = format!("{}, {}", seen.opportunity.title, seen.employer.1);
    let silent = seen.silent.as_ref().map(|why| {
        view! { <p class="tag tag-warn">{Icon::Warning.view()} {opportunity_words().silent} ": " {why.clone()}</p> }
    });
    view! {
        <li>
            <p>
                <a href=format!("/opportunities/{}", seen.id)>{name.clone()}</a>
            </p>
            <p class="muted small">{facts(seen).join(" · ")}</p>
            {silent}
            {compared(suggestion)}
            <p>
                <a
                    class="button button-small"
                    href=format!("{at}/matches/new?opportunity={}", seen.id)
                    aria-label=format!("{}: {name}", w.begin)
                >
                    {w.begin}
                </a>
            </p>
        </li>
    }
    .into_any()
}

/// The form as the comparison fills it.
#[must_use]
pub fn match_fields(form: &MatchForm) -> MatchFields {
    let said = |of: &[Point]| points(of);
    form.suggestion.as_ref().map_or_else(MatchFields::default, |suggestion| MatchFields {
        why: said(&suggestion.fits),
        why_not: said(&suggestion.against),
    })
}

/// The form of a new match.
#[must_use]
pub fn new_match_page(form: &MatchForm, entry: Uuid, typed: Typed<MatchFields>) -> Content {
    let w = match_words();
    let value = |name: &str| typed.form.field(name).to_owned();
    let shown = Shown { value: &value, errors: &typed.errors, label: |name| match_words().field(name) };
    let at = format!("/clients/{}/matches", form.client);
    let (id, name) = form.employer.clone().map(|(id, name)| (id.to_string(), name)).unwrap_or_default();
    let mut hidden = vec![("id", entry.to_string()), ("employer", id)];
    hidden.extend(form.opportunity.as_ref().map(|seen| ("opportunity", seen.id.to_string())));
    let about = form.opportunity.as_ref().map(|seen| {
        view! {
            <p>
                <a href=format!("/opportunities/{}", seen.id)>{seen.opportunity.title.clone()}</a>
                ", "
                {seen.employer.1.clone()}
            </p>
            <p class="muted small">{facts(seen).join(" · ")}</p>
        }
        .into_any()
    });
    let about = about.unwrap_or_else(|| view! { <p>{name}</p> }.into_any());
    let same = form.same.map(|same| {
        view! {
            <div class="notice">
                {Icon::Info.view()} <p>
                    {w.same} " " <a href=format!("/matches/{same}")>{w.same_open}</a>
                </p>
            </div>
        }
    });
    let silent = form.opportunity.as_ref().and_then(|seen| seen.silent.clone());
    let content = Sheet {
        title: format!("{}: {}", w.new, form.alias),
        action: format!("{at}/new"),
        client: (at, form.alias.clone()),
        hidden,
        now: Vec::new(),
        lead: None,
        fields: vec![about, shown.input("why", "area", None), shown.input("why_not", "area", None)],
        save: w.save,
        shown,
    }
    .page();
    let body = content.body;
    Content {
        body: view! {
            {same}
            {silent.map(|why| warning(opportunity_words().silent, why))}
            {body}
        }
        .into_any(),
        ..content
    }
}

fn press(to: String, name: &'static str, of: &str) -> AnyView {
    let label = (!of.is_empty()).then(|| format!("{name}: {of}"));
    view! {
        <form method="post" action=to>
            <button class="button button-small button-quiet" aria-label=label>
                {name}
            </button>
        </form>
    }
    .into_any()
}

/// What came back from the forms of a match's page.
#[derive(Debug, Default)]
pub struct TypedMatch {
    /// The note.
    pub note: Option<Typed<NoteFields>>,
    /// The result.
    pub result: Option<Typed<ResultFields>>,
}

/// A match's page.
#[must_use]
pub fn match_page(page: &MatchPage, done: Option<Done>, typed: TypedMatch) -> Content {
    let w = match_words();
    let (seen, client) = (&page.seen, format!("/clients/{}", page.client));
    let at = format!("/matches/{}", seen.id);
    let title = match &seen.title {
        Some(title) => format!("{title}, {}", seen.employer.1),
        None => seen.employer.1.clone(),
    };
    let gone = page.opportunity.filter(|(_, gone)| *gone && seen.ended.is_none()).map(|_| {
        view! { <p class="hint">{w.gone}</p> }
    });
    let opportunity = page.opportunity.map(|(id, _)| {
        view! { <a href=format!("/opportunities/{id}")>{opportunity_words().one}</a> }
    });
    let ended = seen.ended.map(|(day, result)| {
        let job = (page.can_write && result == MatchResult::Job).then(|| {
            view! {
                <a class="button button-primary" href=format!("{client}/jobs/new?match={}", seen.id)>
                    {w.job_new}
                </a>
            }
        });
        let reopen = page.can_write.then(|| press(format!("{at}/reopen"), w.reopen, ""));
        view! {
            <p>
                <strong>{w.ended.say(&[&language().date(day), w.result(result)])}</strong>
            </p>
            <div class="row">{job} {reopen}</div>
        }
    });
    let visit = (page.can_write && seen.ended.is_none()).then(|| {
        let to = format!("/visits/new?employer={}&client={}&fresh=1", seen.employer.0, page.client);
        view! {
            <p>
                <a class="button button-primary" href=to>
                    {w.log_visit}
                </a>
            </p>
        }
    });
    Content {
        title,
        parent: Some((format!("{client}/matches"), format!("{}: {}", page.alias, w.title))),
        body: view! {
            {done.map(done_notice)}
            <section class="card">
                <p class="row">
                    <a href=format!("/employers/{}", seen.employer.0)>{seen.employer.1.clone()}</a> {opportunity}
                    <span class="muted small">{w.began.of(language().date(seen.began_on))}</span>
                </p>
                {gone}
                <dl class="definition">
                    <div>
                        <dt>{w.f_why}</dt>
                        <dd>{page.words.why.clone()}</dd>
                    </div>
                    <div>
                        <dt>{w.f_why_not}</dt>
                        <dd>{if page.words.why_not.is_empty() { "–".to_owned() } else { page.words.why_not.clone() }}</dd>
                    </div>
                </dl>
                {ended}
                {visit}
            </section>
            {learnt(page)}
            {deeds(page, typed.note)}
            {result(page, typed.result)}
        }
        .into_any(),
    }
}

fn learnt(page: &MatchPage) -> Option<AnyView> {
    let w = match_words();
    if page.learnt.is_empty() {
        return None;
    }
    let fields: Vec<(String, String)> = LearntField::ALL
        .iter()
        .map(|field| (field.code().to_owned(), word(&w.learn_fields, *field).to_owned()))
        .collect();
    let taken = page.learnt_version.map(|version| {
        let to = format!("/clients/{}/profile/{version}", page.client);
        view! {
            <p>
                <a href=to>{w.learnt_in.of(version)}</a>
            </p>
        }
    });
    let take = (page.learnt_version.is_none() && page.can_write).then(|| {
        view! {
            <form class="form" method="post" action=format!("/matches/{}/learn", page.seen.id)>
                {Field::new("field", w.learn_to).select(None, &fields, "wishes")}
                <p class="row">
                    <button class="button">{w.learn}</button>
                </p>
            </form>
        }
    });
    Some(
        view! {
            <section class="card">
                <div class="card-head">
                    <h2>{w.learnt}</h2>
                </div>
                <p>{page.learnt.clone()}</p>
                {taken}
                {take}
            </section>
        }
        .into_any(),
    )
}

fn deed(page: &MatchPage, deed: &Deed) -> AnyView {
    let w = match_words();
    let day = language().date(deed.day);
    let head = deed.visit.map(|(id, mode)| {
        view! {
            <a href=format!("/visits/{id}")>{w.visit} ", " {common().mode(mode)}</a>
        }
    });
    let undo = (page.can_write && deed.visit.is_none() && deed.by.1)
        .then(|| press(format!("/matches/{}/notes/{}/withdraw", page.seen.id, deed.id), w.take_back, &day));
    view! {
        <li>
            <p class="timeline-head">
                <time datetime=deed.day.to_string()>{day.clone()}</time>
                {head}
                <span>{deed.by.0.clone()}</span>
            </p>
            {(!deed.words.is_empty()).then(|| view! { <p>{deed.words.clone()}</p> })}
            {undo}
        </li>
    }
    .into_any()
}

fn deeds(page: &MatchPage, typed: Option<Typed<NoteFields>>) -> AnyView {
    let w = match_words();
    let items: Vec<_> = page.done.iter().map(|one| deed(page, one)).collect();
    let none = items.is_empty().then(|| view! { <p class="muted">{w.done_none}</p> });
    let list = (!items.is_empty()).then(|| view! { <ol class="timeline">{items}</ol> });
    let wrong = typed.is_some();
    let Typed { form, errors } = typed.unwrap_or_else(|| {
        Typed::untouched(NoteFields { day: page.today.to_string(), words: String::new() })
    });
    let value = |name: &str| form.field(name).to_owned();
    let shown = Shown { value: &value, errors: &errors, label: |name| match_words().field(name) };
    let add = page.can_write.then(|| {
        view! {
            <details open=wrong>
                <summary>{w.add}</summary>
                {shown.summary()}
                <form class="form" method="post" action=format!("/matches/{}/notes", page.seen.id)>
                    {hidden("id", page.entry)} {shown.input("day", "date", None)} {shown.input("words", "area", None)}
                    <p class="row">
                        <button class="button">{w.save}</button>
                    </p>
                </form>
            </details>
        }
    });
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{w.what_done}</h2>
            </div>
            {none}
            {list}
            {add}
        </section>
    }
    .into_any()
}

fn result(page: &MatchPage, typed: Option<Typed<ResultFields>>) -> Option<AnyView> {
    let w = match_words();
    if !page.can_write || page.seen.ended.is_some() {
        return None;
    }
    let wrong = typed.is_some();
    let Typed { form, errors } = typed.unwrap_or_else(|| {
        let fields = ResultFields {
            day: page.today.to_string(),
            learnt: page.learnt.clone(),
            ..ResultFields::default()
        };
        Typed::untouched(fields)
    });
    let value = |name: &str| form.field(name).to_owned();
    // The page has two forms with a day: their fields are told apart.
    let label = |name: &str| match_words().field(name);
    let shown = Shown { value: &value, errors: &errors, label };
    let results: Vec<(String, String)> = MatchResult::ALL
        .iter()
        .map(|result| (result.code().to_owned(), w.result(*result).to_owned()))
        .collect();
    let day = Field::new("day", w.f_day).of_form("end-").input("date", &value("day"));
    Some(
        view! {
            <details class="card" open=wrong>
                <summary>{w.end}</summary>
                {shown.summary()}
                <form class="form" method="post" action=format!("/matches/{}/end", page.seen.id)>
                    {hidden("version", page.version)} {shown.chips("result", "radio", &results)} {day}
                    {shown.input("learnt", "area", Some(w.h_learnt))}
                    {buttons(w.end, format!("/matches/{}", page.seen.id))}
                </form>
            </details>
        }
        .into_any(),
    )
}

/// The matches under way of a client's page, and the way to all.
#[must_use]
pub fn matches_card(client: ClientId, open: &[MatchSeen]) -> AnyView {
    let w = match_words();
    let rows: Vec<_> = open.iter().map(match_row).collect();
    let list = (!rows.is_empty()).then(|| view! { <ul class="list">{rows}</ul> });
    let none = open.is_empty().then(|| view! { <p class="muted">{w.none}</p> });
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{w.title}</h2>
                <a href=format!("/clients/{client}/matches")>{w.suggestions}</a>
            </div>
            {none}
            {list}
        </section>
    }
    .into_any()
}
