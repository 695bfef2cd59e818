//! Assessments by people: the list, one of them, an item to score or to agree on. Plain forms: one item at a time, so
//! that a phone in a meeting room is enough and nothing is lost between two items.

use super::{fidelity_words, rule_words, score, spoken_by, title_of, value_of};
use crate::clients::Typed;
use crate::desk::sheet::{Sheet, Shown};
use crate::desk::{Content, Done, done_notice};
use crate::i18n::{Dates, language};
use crate::server::Assets;
use crate::ui::Icon;
use backend::fidelity::{AssessmentLine, AssessmentPage, AssessmentsPage};
use domain::codes::Code;
use domain::fidelity::ITEMS;
use domain::fidelity::assessment::{BeginFields, By, ScoreFields, Stage};
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use uuid::Uuid;

const AT: &str = "/fidelity/assessments";

/// The assessments of a unit.
#[must_use]
pub fn assessments_page(page: &AssessmentsPage, done: Option<Done>) -> Content {
    let w = fidelity_words();
    let rows: Vec<_> = page.assessments.iter().map(line).collect();
    let list = if rows.is_empty() {
        view! {
            <div class="card empty">
                <p>{w.as_none}</p>
            </div>
        }
        .into_any()
    } else {
        view! { <ul class="card flush list">{rows}</ul> }.into_any()
    };
    let begin = page.leads.then(|| {
        view! {
            <p class="row">
                <a class="button button-primary" href=format!("{AT}/new")>
                    {Icon::Plus.view()}
                    {w.as_begin}
                </a>
                <a class="button" href=format!("{AT}/import")>
                    {rule_words().import}
                </a>
            </p>
        }
    });
    Content {
        title: w.as_title.to_owned(),
        parent: Some(("/fidelity".to_owned(), w.title.to_owned())),
        body: view! {
            {done.map(done_notice)}
            <p class="hint">{w.as_lead}</p>
            {begin}
            {list}
            <p class="muted small">{w.self_assessment}</p>
        }
        .into_any(),
    }
}

fn line(line: &AssessmentLine) -> AnyView {
    let w = fidelity_words();
    let end = match line.total {
        Some((total, band)) => format!("{total} / 125, {}", w.band(band)),
        None => w.stage(line.stage).to_owned(),
    };
    view! {
        <li>
            <a class="list-row" href=format!("{AT}/{}", line.id)>
                <span class="row-main">
                    <span class="row-title">{language().date(line.day)} ", " {w.kind(line.by)}</span>
                    <span class="row-sub">{line.assessors.join(", ")}</span>
                </span>
                <span class="row-end">{end}</span>
            </a>
        </li>
    }
    .into_any()
}

/// A new assessment.
#[must_use]
pub fn new_assessment_page(page: &AssessmentsPage, entry: Uuid, typed: &Typed<BeginFields>) -> Content {
    let w = fidelity_words();
    let value = |name: &str| typed.form.field(name).to_owned();
    let shown = Shown { value: &value, errors: &typed.errors, label: |name| fidelity_words().field(name) };
    let kinds: Vec<(String, String)> =
        By::ALL.iter().map(|by| (by.code().to_owned(), w.kind(*by).to_owned())).collect();
    let people: Vec<(String, String)> =
        page.people.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    Sheet {
        title: w.as_begin.to_owned(),
        action: format!("{AT}/new"),
        client: (AT.to_owned(), w.as_title.to_owned()),
        hidden: vec![("id", entry.to_string())],
        now: Vec::new(),
        lead: Some(w.as_lead),
        fields: vec![
            shown.input("day", "date", None),
            shown.chips("kind", "radio", &kinds),
            shown.select("second", Some(w.no_second), &people, None),
        ],
        save: w.as_begin,
        shown,
    }
    .page()
}

/// An assessment: how far everybody is; once all have looked, what is agreed on; once signed, the whole of it.
#[must_use]
pub fn assessment_page(page: &AssessmentPage, done: Option<Done>) -> Content {
    spoken_by(&page.found.pack);
    let w = fidelity_words();
    let total = page.scores.total().filter(|_| page.stage != Stage::Scoring).map(|(total, band)| {
        view! {
            <p>
                <span class="number">{total} <span class="number-of">" / 125"</span></span>
                " "
                {w.band(band)}
            </p>
        }
    });
    let signed = page.signed_at.map(|at| {
        let day = language().date(at.date_naive());
        view! { <p>{w.signed_on.of(day)}</p> }
    });
    Content {
        title: format!("{}, {}", language().date(page.day), w.kind(page.by)),
        parent: Some((AT.to_owned(), w.as_title.to_owned())),
        body: view! {
            {done.map(done_notice)}
            <p class="lead">{w.stage(page.stage)}</p>
            {total}
            {signed}
            {how_far(page)}
            {(page.stage == Stage::Settling).then(|| settling(page))}
            {table(page)}
            {notes(page)}
            {take_back(page)}
            <p class="muted small">{w.self_assessment}</p>
        }
        .into_any(),
    }
}

fn how_far(page: &AssessmentPage) -> AnyView {
    let w = fidelity_words();
    if page.stage != Stage::Scoring {
        return ().into_any();
    }
    let looked = |count: usize| w.progress.say(&[&count.to_string()]);
    let each = page.assessors.iter().map(|(person, name, count)| {
        if *person == page.me {
            view! {
                <li>
                    {w.mine} ": " {looked(*count)}
                    <progress class="progress" max="25" value=count.to_string() aria-label=w.mine></progress>
                </li>
            }
            .into_any()
        } else {
            view! { <li>{w.waits.say(&[name, &count.to_string()])}</li> }.into_any()
        }
    });
    let drafts = page.drafts.keys().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let drafts = (!drafts.is_empty()).then(|| view! { <p class="muted">{w.drafts.of(drafts)}</p> });
    let next = page.mine.then_some(page.next()).flatten().map(|item| {
        view! {
            <p>
                <a class="button button-primary" href=format!("{AT}/{}/{item}", page.id)>
                    {w.go_on.say(&[&item.to_string()])}
                </a>
            </p>
        }
    });
    view! {
        <section class="card">
            <ul>{each.collect_view()}</ul>
            {drafts}
            {next}
        </section>
    }
    .into_any()
}

fn settling(page: &AssessmentPage) -> AnyView {
    let w = fidelity_words();
    let open = page.scores.open();
    if !open.is_empty() {
        let items = open.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        return view! { <p class="notice notice-warn">{w.settle_hint.of(items)}</p> }.into_any();
    }
    let sign = page.mine.then(|| {
        view! {
            <form method="post" action=format!("{AT}/{}/sign", page.id)>
                <button class="button button-primary">{w.sign}</button>
            </form>
        }
    });
    view! {
        <section class="card">
            <p>{w.settle_none}</p>
            <p class="hint">{w.sign_hint}</p>
            {sign}
        </section>
    }
    .into_any()
}

/// The 25 items: the own score, or each one's and the agreed one.
fn table(page: &AssessmentPage) -> AnyView {
    let w = fidelity_words();
    let blind = page.stage == Stage::Scoring;
    if blind && !page.mine {
        return ().into_any();
    }
    let names: Vec<_> = page
        .scores
        .own
        .iter()
        .map(|(person, _)| {
            page.assessors.iter().find(|(id, ..)| id == person).map_or("", |(_, name, _)| name)
        })
        .map(str::to_owned)
        .collect();
    let heads = names.iter().map(|name| view! { <th scope="col">{name.clone()}</th> }).collect_view();
    let agreed = (!blind).then(|| view! { <th scope="col">{w.settle}</th> });
    let rows = (1..=ITEMS)
        .map(|item| {
            let each = page
                .scores
                .own
                .iter()
                .zip(&names)
                .map(|((_, scores), name)| {
                    let own = scores.get(usize::from(item - 1)).and_then(Option::as_ref);
                    let cell = match own {
                        None => view! { <span class="muted">"–"</span> }.into_any(),
                        Some(own) if own.score.is_none() => {
                            view! { <span class="muted">{w.score_none}</span> }.into_any()
                        }
                        Some(own) => score(own.score),
                    };
                    view! { <td data-label=name.clone()>{cell}</td> }
                })
                .collect_view();
            let agreed =
                (!blind).then(|| view! { <td data-label=w.settle>{score(page.scores.of(item))}</td> });
            let name = format!("{item}. {}", title_of(item));
            let name = if page.mine && page.stage != Stage::Signed {
                view! { <a href=format!("{AT}/{}/{item}", page.id)>{name}</a> }.into_any()
            } else {
                name.into_any()
            };
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    {each}
                    {agreed}
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="card">
            <div class="table-wrap" tabindex="0" role="region" aria-label=w.scores>
                <table class="table table-stack">
                    <caption class="visually-hidden">{w.scores}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{w.item}</th>
                            {heads}
                            {agreed}
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn notes(page: &AssessmentPage) -> AnyView {
    let w = fidelity_words();
    if page.stage != Stage::Signed {
        return ().into_any();
    }
    let notes = page
        .notes
        .iter()
        .map(|(day, name, words)| view! { <li>{language().date(*day)} ", " {name.clone()} ": " {words.clone()}</li> })
        .collect_view();
    view! {
        <section class="card">
            <h2>{w.notes_title}</h2>
            <ul>{notes}</ul>
            <form class="form" method="post" action=format!("{AT}/{}/notes", page.id)>
                <input type="hidden" name="id" value=backend::clock::new_id().to_string() />
                <div class="field">
                    <label class="label" for="words">
                        {w.f_words}
                    </label>
                    <textarea class="input" id="words" name="words" required></textarea>
                </div>
                <button class="button">{w.note_add}</button>
            </form>
        </section>
    }
    .into_any()
}

fn take_back(page: &AssessmentPage) -> AnyView {
    let w = fidelity_words();
    if !page.leads || page.stage == Stage::Signed {
        return ().into_any();
    }
    view! {
        <form method="post" action=format!("{AT}/{}/withdraw", page.id)>
            <button class="button button-quiet">{w.take_back}</button>
        </form>
    }
    .into_any()
}

/// An item to score, or, once everybody has, to agree on.
#[must_use]
pub fn score_page(page: &AssessmentPage, item: u8, typed: &Typed<ScoreFields>) -> Content {
    spoken_by(&page.found.pack);
    let w = fidelity_words();
    let pack = super::pack();
    let of = pack.item(item);
    let settling = page.stage == Stage::Settling;
    let value = |name: &str| typed.form.field(name).to_owned();
    let shown = Shown { value: &value, errors: &typed.errors, label: |name| fidelity_words().field(name) };
    let mut options: Vec<(String, String)> = (1_u8..)
        .zip(&of.scores)
        .map(|(score, words)| (score.to_string(), format!("{score}: {}", words.of(language()))))
        .collect();
    if !settling {
        options.push(("none".to_owned(), w.score_none.to_owned()));
    }
    let estimate = page.estimate(item).map(|estimate| {
        let said = value_of(estimate);
        let suggested = if estimate.score.is_some() {
            score(estimate.score)
        } else {
            view! { <span class="muted">{w.no_score}</span> }.into_any()
        };
        view! {
            <p>
                {w.estimate} ": " {suggested} " " {said} " "
                <a href=format!("/fidelity/{item}?on={}", page.day)>{w.rows}</a>
            </p>
        }
    });
    let others = settling.then(|| {
        let each = page.scores.own.iter().filter_map(|(person, scores)| {
            let name =
                page.assessors.iter().find(|(id, ..)| id == person).map(|(_, name, _)| name.clone())?;
            let own = scores.get(usize::from(item - 1))?.as_ref()?;
            let said = own.score.map_or_else(|| w.score_none.to_owned(), |score| score.to_string());
            let why = [own.reason.clone(), own.evidence.clone()];
            let why = why.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ");
            Some(view! { <li>{name} ": " <strong>{said}</strong> " " {why}</li> })
        });
        view! { <ul>{each.collect_view()}</ul> }
    });
    let mut fields =
        vec![shown.chips("score", "radio", &options), shown.input("reason", "area", Some(w.h_reason))];
    if !settling {
        fields.push(shown.input("evidence", "area", None));
        fields.push(kept(page, item));
    }
    let action = if settling { "settle" } else { "score" };
    let sheet = Sheet {
        title: format!("{item}. {}", title_of(item)),
        action: format!("{AT}/{}/{item}/{action}", page.id),
        client: (format!("{AT}/{}", page.id), format!("{}, {}", language().date(page.day), w.kind(page.by))),
        hidden: Vec::new(),
        now: Vec::new(),
        lead: None,
        fields,
        save: if settling { w.settle_save } else { w.save_next },
        shown,
    }
    .page();
    let keeps = use_context::<Assets>().unwrap_or_default().draft;
    let there = page.assessors.iter().find(|(id, ..)| *id == page.me).map_or(0, |(.., count)| *count);
    Content {
        body: view! {
            <p>{of.asks.of(language()).to_owned()}</p>
            <p class="muted small">{w.progress.say(&[&there.to_string()])}</p>
            <progress class="progress" max="25" value=there.to_string() aria-label=w.mine></progress>
            {estimate}
            {others}
            {sheet.body}
            {(!settling).then(|| view! { <script type="module" src=keeps nonce=use_nonce()></script> })}
        }
        .into_any(),
        ..sheet
    }
}

/// Where it is said that a touch was kept.
fn kept(page: &AssessmentPage, item: u8) -> AnyView {
    let w = fidelity_words();
    let since = page.touches.get(&item).copied().unwrap_or(0);
    let draft = page.drafts.contains_key(&item).then_some(w.draft_there);
    view! {
        <p
            class="hint"
            role="status"
            data-draft
            data-assessment=page.id.to_string()
            data-item=item.to_string()
            data-since=since.to_string()
            data-kept=w.draft_kept
            data-phone=crate::i18n::words().form_on_phone
            data-refused=w.draft_refused
            data-waiting=w.draft_waiting
        >
            {draft}
        </p>
    }
    .into_any()
}
