//! The 25 criteria: what the records of a unit say beside what people scored, and one item down to its rows. Desk
//! pages.

mod ahead;
mod assessments;
mod dossier;
mod openings;
mod picture;
mod plan;
mod rule_words;
mod rules;
mod words;

pub(crate) use ahead::words_slider;
pub use ahead::{Taken, ahead_page, habit_words, habits_page};
pub use assessments::{assessment_page, assessments_page, new_assessment_page, score_page};
pub use dossier::{dossier_key, dossier_paper};
pub use openings::{dossier_page, dossiers_page, my_dossiers_page, opening_page};
pub use picture::bands_page;
pub(crate) use picture::{line, profile_of};
pub use plan::action_page;
pub use rule_words::{RuleWords, rule_words, rule_words_in};
pub use rules::{attest_page, choices_page, import_page, packs_page, wrong_file};
pub use words::{FidelityWords, fidelity_words, fidelity_words_in};

use crate::desk::{Content, Done, done_notice};
use crate::i18n::{Dates, language};
use crate::ui::Icon;
use backend::fidelity::{Assessment, FidelityPage};
use chrono::NaiveDate;
use domain::codes::Code;
use domain::fidelity::estimate::{Estimate, Measure, Part, Row, RowKind};
use domain::fidelity::pack::{BUILT_IN, Pack};
use domain::fidelity::window::Window;
use domain::fidelity::{ITEMS, Section, Strength, section};
use domain::ids::ClientId;
use leptos::prelude::*;
use std::cmp::Ordering;
use std::sync::Arc;

/// So many rows of an item stand on its page.
const ROWS: usize = 200;
/// So many items are named where points are found first.
const FIRST: usize = 6;

/// The pack whose words a page speaks.
#[derive(Clone)]
struct Spoken(Arc<Pack>);

/// From here on the page speaks the words of a pack.
fn spoken_by(pack: &Arc<Pack>) {
    provide_context(Spoken(pack.clone()));
}

fn pack() -> Arc<Pack> {
    use_context::<Spoken>().map_or_else(|| BUILT_IN.clone(), |spoken| spoken.0)
}

fn title_of(item: u8) -> String {
    pack().item(item).title.of(language()).to_owned()
}

fn address(item: u8, page: &FidelityPage) -> String {
    format!("/fidelity/{item}{}", on_day(page))
}

fn on_day(page: &FidelityPage) -> String {
    if page.found.day == page.today { String::new() } else { format!("?on={}", page.found.day) }
}

/// The latest assessment with a score of an item.
fn assessed(page: &FidelityPage, item: u8) -> Option<u8> {
    page.assessments.first().and_then(|last| last.scores.get(usize::from(item - 1)).copied().flatten())
}

/// The 25 items of a unit on a day.
#[must_use]
pub fn fidelity_page(page: &FidelityPage, done: Option<Done>) -> Content {
    spoken_by(&page.found.pack);
    let w = fidelity_words();
    let sections = Section::ALL.iter().map(|part| section_table(page, *part)).collect_view();
    Content {
        title: w.title.to_owned(),
        parent: None,
        body: view! {
            {done.map(done_notice)}
            <p class="hint">{w.lead}</p>
            {summary(page)}
            <p class="row">
                <a class="button" href="/fidelity/assessments">
                    {w.as_title}
                </a>
                <a class="button" href="/fidelity/ahead">
                    {w.ahead_title}
                </a>
                {page.leads
                    .then(|| {
                        view! {
                            <a class="button" href="/fidelity/dossiers">
                                {w.dossier}
                            </a>
                        }
                    })}
            </p>
            {day_form(page, "/fidelity")}
            {sudden(page)}
            <div class="split">{cheapest(page)} {picture::profile(page)}</div>
            {plan::section(page)}
            {picture::trend(&page.assessments)}
            {sections}
            {rules::choices_held(&page.found)}
            {ways(page)}
            <p class="muted small">{w.self_assessment}</p>
        }
        .into_any(),
    }
}

/// What looks as if it were made for a review.
fn sudden(page: &FidelityPage) -> AnyView {
    let Some(sudden) = &page.sudden else { return ().into_any() };
    let w = rule_words();
    let weeks = sudden.weeks.iter().map(|(monday, count, usual)| {
        let said = w.sudden_week().say(&[&language().date(*monday), &count.to_string(), &usual.to_string()]);
        view! { <p>{said}</p> }
    });
    let late = (sudden.late > 0).then(|| {
        view! { <p>{w.sudden_late().say(&[&sudden.late.to_string(), &sudden.known.to_string()])}</p> }
    });
    view! {
        <div class="notice notice-warn">
            {Icon::Warning.view()} <div>
                <p>
                    <strong>{w.sudden}</strong>
                </p>
                {weeks.collect_view()}
                {late}
            </div>
        </div>
    }
    .into_any()
}

/// What the lead may do about the rules.
fn ways(page: &FidelityPage) -> AnyView {
    if !page.leads {
        return ().into_any();
    }
    let w = rule_words();
    let ways = [("/fidelity/choices", w.choices), ("/fidelity/packs", w.packs), ("/fidelity/units", w.units)];
    let ways = ways.map(|(to, name)| view! { <a class="button button-quiet" href=to>{name}</a> });
    view! { <p class="row">{ways.into_iter().collect_view()}</p> }.into_any()
}

fn day_form(page: &FidelityPage, to: &'static str) -> AnyView {
    let w = fidelity_words();
    view! {
        <form class="filters" method="get" action=to>
            <div class="field">
                <label class="label" for="on">
                    {w.on}
                </label>
                <input
                    class="input short"
                    type="date"
                    id="on"
                    name="on"
                    value=page.found.day.to_string()
                    max=page.today.to_string()
                />
            </div>
            <button class="button">{w.show}</button>
        </form>
    }
    .into_any()
}

/// In words: the latest assessment, and how today's estimates stand beside it.
fn summary(page: &FidelityPage) -> AnyView {
    let w = fidelity_words();
    let last = page.assessments.first();
    let said = match last {
        None => w.last_none.to_owned(),
        Some(last) => said_of(last),
    };
    let next = last.filter(|last| last.total().is_some()).map(|last| {
        last.to_next().map_or(w.highest.to_owned(), |(points, band)| {
            w.to_next.say(&[&points.to_string(), w.band(band)])
        })
    });
    let mut stands = [0_u32; 3];
    let mut known = 0_u32;
    for estimate in &page.found.estimates {
        let Some(score) = estimate.score else { continue };
        known += 1;
        match assessed(page, estimate.item).map(|last| score.cmp(&last)) {
            Some(Ordering::Greater) => stands[0] += 1,
            Some(Ordering::Equal) => stands[1] += 1,
            Some(Ordering::Less) => stands[2] += 1,
            None => {}
        }
    }
    let estimated = if last.is_some() {
        let [better, same, worse] = stands.map(|count| count.to_string());
        w.estimated.say(&[&known.to_string(), &better, &same, &worse])
    } else {
        w.estimated_only.say(&[&known.to_string()])
    };
    let total = last.and_then(Assessment::total).map(|(total, _)| {
        view! {
            <p>
                <span class="number">{total} <span class="number-of">" / 125"</span></span>
            </p>
            <progress class="progress" max="125" value=total.to_string() aria-label=w.assessed></progress>
        }
    });
    view! {
        <section class="card">
            {total}
            <p class="lead">{said} " " {next}</p>
            <p>{estimated}</p>
        </section>
    }
    .into_any()
}

fn said_of(last: &Assessment) -> String {
    let w = fidelity_words();
    let day = format!("{} ({})", language().date(last.day), w.kind(last.kind));
    match last.total() {
        Some((total, band)) => w.last.say(&[&day, &total.to_string(), w.band(band)]),
        None => {
            let there = last.scores.iter().filter(|score| score.is_some()).count();
            w.last_part.say(&[&day, &there.to_string()])
        }
    }
}

/// The items that are cheapest to lift: those where the records already show more come first, then those of which
/// records say most, the highest first.
fn cheapest(page: &FidelityPage) -> AnyView {
    let w = fidelity_words();
    let mut items: Vec<(u8, u8, Option<u8>, Strength)> = page
        .found
        .estimates
        .iter()
        .filter_map(|estimate| {
            let last = assessed(page, estimate.item)?;
            (last < 5).then_some((estimate.item, last, estimate.score, estimate.strength))
        })
        .collect();
    if page.assessments.is_empty() {
        return ().into_any();
    }
    items.sort_by_key(|(item, last, score, strength)| {
        (score.is_none_or(|score| score <= *last), *strength, std::cmp::Reverse(*last), *item)
    });
    let rows: Vec<_> = items
        .into_iter()
        .take(FIRST)
        .map(|(item, last, score, strength)| {
            let gain = match score.filter(|score| *score > last) {
                Some(score) => w.gain.say(&[&last.to_string(), &score.to_string()]),
                None => w.gain_none.say(&[&last.to_string()]),
            };
            view! {
                <li>
                    <a class="list-row" href=address(item, page)>
                        <span class="row-main">
                            <span class="row-title">{format!("{item}. {}", title_of(item))}</span>
                            <span class="row-sub">{w.strength(strength)}</span>
                        </span>
                        <span class="row-end">{gain}</span>
                    </a>
                </li>
            }
        })
        .collect();
    let list = if rows.is_empty() {
        view! { <p>{w.cheapest_none}</p> }.into_any()
    } else {
        view! { <ul class="list">{rows}</ul> }.into_any()
    };
    view! {
        <section class="card flush">
            <div class="card-head">
                <h2>{w.cheapest}</h2>
            </div>
            {list}
            <p class="hint">{w.cheapest_hint}</p>
        </section>
    }
    .into_any()
}

fn section_table(page: &FidelityPage, of: Section) -> AnyView {
    let w = fidelity_words();
    let rows =
        (1..=ITEMS).filter(|item| section(*item) == of).map(|item| item_row(page, item)).collect_view();
    view! {
        <section class="card">
            <h2>{w.section(of)}</h2>
            <div class="table-wrap" tabindex="0" role="region" aria-label=w.section(of)>
                <table class="table table-stack">
                    <caption class="visually-hidden">{w.section(of)}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{w.item}</th>
                            <th scope="col">{w.assessed}</th>
                            <th scope="col">{w.estimate}</th>
                            <th scope="col">{w.says}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// A score as five cells and a number; nothing is told by colour alone.
pub(crate) fn score(score: Option<u8>) -> AnyView {
    let Some(score) = score else { return view! { <span class="muted">"–"</span> }.into_any() };
    let cells =
        (1..=5).map(|cell| view! { <i class=if cell <= score { "on" } else { "" }></i> }).collect_view();
    view! {
        <span class="score">
            <strong>{score}</strong>
            <span aria-hidden="true">{cells}</span>
        </span>
    }
    .into_any()
}

fn item_row(page: &FidelityPage, item: u8) -> AnyView {
    let w = fidelity_words();
    let estimate = page.found.estimates.iter().find(|estimate| estimate.item == item);
    let said = estimate.map_or_else(String::new, value_of);
    let by_records = match estimate {
        Some(estimate) if estimate.score.is_some() => score(estimate.score),
        Some(estimate) if estimate.strength == Strength::Judgement => {
            view! { <span class="muted">{w.attest}</span> }.into_any()
        }
        _ => view! { <span class="muted">{w.no_score}</span> }.into_any(),
    };
    view! {
        <tr>
            <th scope="row">
                <a href=address(item, page)>{format!("{item}. {}", title_of(item))}</a>
            </th>
            <td data-label=w.assessed>{score(assessed(page, item))}</td>
            <td data-label=w.estimate>{by_records}</td>
            <td data-label=w.says>{said}</td>
        </tr>
    }
    .into_any()
}

/// A number with at most one decimal, as the language writes it.
fn number(value: f64) -> String {
    let text = format!("{value:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text).to_owned();
    if language() == domain::codes::Language::English { text } else { text.replace('.', ",") }
}

/// What an estimate counts, in words: "33648 / 34368 = 97,9 %".
fn value_of(estimate: &Estimate) -> String {
    let (Some(part), Some(of), Some(measure)) = (estimate.numerator, estimate.denominator, estimate.measure)
    else {
        return String::new();
    };
    if of == 0 {
        return String::new();
    }
    let w = fidelity_words();
    let whole = if of % 100 == 0 { (of / 100).to_string() } else { number(hundredth(of)) };
    if measure == Measure::Parts {
        return format!("{part} / {whole} {}", w.measure(measure));
    }
    let value = estimate.value().map(number).unwrap_or_default();
    format!("{part} / {whole} = {value} {}", w.measure(measure))
}

#[expect(clippy::cast_precision_loss, reason = "counts of a unit's records are far below 2^52")]
fn hundredth(of: i64) -> f64 {
    of as f64 / 100.0
}

fn days(window: Window) -> String {
    if window.from == window.to {
        return language().date(window.to);
    }
    format!("{}–{}", language().date(window.from), language().date(window.to))
}

/// One item: what it asks, what the records say, and the rows behind it.
#[must_use]
pub fn fidelity_item_page(page: &FidelityPage, item: u8, done: Option<Done>) -> Content {
    spoken_by(&page.found.pack);
    let w = fidelity_words();
    let pack = pack();
    let of = pack.item(item);
    let estimate = page.found.estimates.iter().find(|estimate| estimate.item == item);
    let scores = (1_u8..)
        .zip(&of.scores)
        .map(|(score, words)| {
            view! {
                <div>
                    <dt>{w.of_score.say(&[&score.to_string()])}</dt>
                    <dd>{words.of(language()).to_owned()}</dd>
                </div>
            }
        })
        .collect_view();
    let before = (item > 1).then(|| around(page, item - 1));
    let after = (item < ITEMS).then(|| around(page, item + 1));
    Content {
        title: format!("{item}. {}", title_of(item)),
        parent: Some((format!("/fidelity{}", on_day(page)), w.title.to_owned())),
        body: view! {
            {done.map(done_notice)}
            <p>{of.asks.of(language()).to_owned()}</p>
            {(item == 17).then(|| sudden(page))}
            {estimate.map(|estimate| estimate_card(page, estimate))}
            <details>
                <summary>{w.scores}</summary>
                <dl class="definition">{scores}</dl>
            </details>
            <details>
                <summary>{w.rule}</summary>
                <p>{of.rule.of(language()).to_owned()}</p>
            </details>
            {rules::choices_held(&page.found)}
            {estimate.map(|estimate| rows_card(page, estimate))}
            {plan::of_item(page, item)}
            {history(page, item)}
            <p class="row">{before} {after}</p>
        }
        .into_any(),
    }
}

fn around(page: &FidelityPage, item: u8) -> AnyView {
    view! {
        <a class="button" href=address(item, page)>
            {format!("{item}. {}", title_of(item))}
        </a>
    }
    .into_any()
}

fn estimate_card(page: &FidelityPage, estimate: &Estimate) -> AnyView {
    let w = fidelity_words();
    if estimate.strength == Strength::Judgement || estimate.item == 10 {
        return view! {
            <section class="card">
                <h2>{w.estimate}</h2>
                <p>{w.judged}</p>
                <dl class="definition">
                    <div>
                        <dt>{w.assessed}</dt>
                        <dd>{score(assessed(page, estimate.item))}</dd>
                    </div>
                </dl>
            </section>
        }
        .into_any();
    }
    let suggested = match estimate.score {
        None => view! { <span class="muted">{w.no_score}</span> }.into_any(),
        some => score(some),
    };
    let value = value_of(estimate);
    let value = (!value.is_empty()).then(|| {
        view! {
            <div>
                <dt>{w.value}</dt>
                <dd>{value}</dd>
            </div>
        }
    });
    let notes: Vec<_> = estimate.notes.iter().map(|note| view! { <li>{w.note(*note)}</li> }).collect();
    let notes = (!notes.is_empty()).then(|| view! { <ul>{notes}</ul> });
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{w.estimate}</h2>
                <span class="muted">{w.strength(estimate.strength)}</span>
            </div>
            <dl class="definition">
                <div>
                    <dt>{w.estimate}</dt>
                    <dd>{suggested}</dd>
                </div>
                <div>
                    <dt>{w.assessed}</dt>
                    <dd>{score(assessed(page, estimate.item))}</dd>
                </div>
                {value}
                <div>
                    <dt>{w.window}</dt>
                    <dd>{days(estimate.window)}</dd>
                </div>
            </dl>
            {notes}
            {coaches(page, estimate)}
            {parts(page, estimate)}
        </section>
    }
    .into_any()
}

/// Each coach's share, by name in the order of names: no ranks.
fn coaches(page: &FidelityPage, estimate: &Estimate) -> AnyView {
    let w = fidelity_words();
    if estimate.coaches.is_empty() {
        return ().into_any();
    }
    let name = |id: uuid::Uuid| page.found.names.get(&id).cloned().unwrap_or_default();
    let mut each: Vec<_> = estimate.coaches.iter().map(|one| (name(one.coach.uuid()), one)).collect();
    each.sort_by(|one, other| one.0.cmp(&other.0));
    let rows = each
        .into_iter()
        .map(|(name, one)| {
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>{format!("{} / {}", one.part, one.of)}</td>
                    <td>{one.rating}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <h3>{w.each_coach}</h3>
        <div class="table-wrap" tabindex="0" role="region" aria-label=w.each_coach>
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">{w.coach}</th>
                    <th scope="col">{w.value}</th>
                    <th scope="col">{w.rating}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
        </div>
    }
    .into_any()
}

fn parts(page: &FidelityPage, estimate: &Estimate) -> AnyView {
    let w = fidelity_words();
    if estimate.parts.is_empty() {
        return ().into_any();
    }
    let row = |part: &Part| {
        let met = match (part.met, part.of) {
            (Some(true), _) => w.met,
            (Some(false), _) => w.not_met,
            (None, None) => w.attest,
            (None, Some(_)) => w.no_occasion,
        };
        let of = part.of.filter(|of| of[1] > 0).map(|[part, of]| format!(" ({part} / {of})"));
        let by_word = part.kind.attested_for().is_some();
        let word = (by_word && part.met.is_some()).then(|| format!(" ({})", rule_words().only_word));
        let attest = (by_word && page.leads).then(|| {
            let name = format!("{}: {}", rule_words().attest, w.part(part.kind));
            view! {
                " "
                <a href=format!("/fidelity/parts/{}", part.kind.code()) aria-label=name>
                    {rule_words().attest}
                </a>
            }
        });
        view! {
            <li>
                {w.part(part.kind)} ": " <strong>{met}</strong> {of} {word} {attest}
            </li>
        }
    };
    view! {
        <h3>{w.parts_title}</h3>
        <ul>{estimate.parts.iter().map(row).collect_view()}</ul>
    }
    .into_any()
}

fn rows_card(page: &FidelityPage, estimate: &Estimate) -> AnyView {
    let w = fidelity_words();
    if estimate.strength == Strength::Judgement {
        return ().into_any();
    }
    let mut all: Vec<&Row> = estimate.rows.iter().collect();
    all.sort_by_key(|row| (!row.counts, row.kind, std::cmp::Reverse(row.day), row.id));
    let counted = all.iter().filter(|row| row.counts).count();
    let said = w.rows_lead.say(&[&counted.to_string(), &(all.len() - counted).to_string()]);
    let more =
        (all.len() > ROWS).then(|| view! { <p class="hint">{w.rows_more.say(&[&ROWS.to_string()])}</p> });
    let rows = all.into_iter().take(ROWS).map(|row| row_of(page, row)).collect::<Vec<_>>();
    let body = if rows.is_empty() {
        view! { <p class="muted">{w.rows_none}</p> }.into_any()
    } else {
        view! {
            <p>{said}</p>
            <details>
                <summary>{w.rows}</summary>
                <ul class="list">{rows}</ul>
                {more}
            </details>
        }
        .into_any()
    };
    view! {
        <section class="card">
            <h2>{w.rows}</h2>
            {body}
        </section>
    }
    .into_any()
}

/// Where a row leads, for whoever may go there.
fn way(page: &FidelityPage, row: &Row) -> Option<String> {
    let readable = |client: ClientId| page.readable.contains(&client);
    let client = row.client.filter(|client| readable(*client));
    match row.kind {
        RowKind::Client => client.map(|client| format!("/clients/{client}")),
        RowKind::Job => client.map(|_| format!("/jobs/{}", row.id)),
        RowKind::Support => client.map(|client| format!("/clients/{client}/support")),
        RowKind::Visit => Some(format!("/visits/{}", row.id)),
        RowKind::Meeting => Some("/meetings".to_owned()),
        RowKind::Week => Some(format!("/lead?week={}", row.day.unwrap_or_default())),
        _ => None,
    }
}

fn row_of(page: &FidelityPage, row: &Row) -> AnyView {
    let w = fidelity_words();
    let name = page.found.names.get(&row.id).cloned().unwrap_or_default();
    let client = row.client.map(|client| {
        if page.readable.contains(&client) {
            page.found.names.get(&client.uuid()).cloned().unwrap_or_default()
        } else {
            w.hidden.to_owned()
        }
    });
    let title = match (row.kind, client) {
        (RowKind::Client, Some(client)) => client,
        (_, Some(client)) if name.is_empty() => client,
        (_, Some(client)) => format!("{name}, {client}"),
        (_, None) if name.is_empty() => w.row_kind(row.kind).to_owned(),
        (_, None) => name,
    };
    let day = row.day.map(|day: NaiveDate| language().date(day));
    let amount = (row.amount != 0).then(|| row.amount.to_string());
    let counts = if row.counts { w.counts } else { w.beside };
    let sub = [Some(w.row_kind(row.kind).to_owned()), day, Some(counts.to_owned())];
    let sub = sub.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let inside = view! {
        <span class="row-main">
            <span class="row-title">{title}</span>
            <span class="row-sub">{sub}</span>
        </span>
        <span class="row-end">{amount}</span>
    };
    match way(page, row) {
        Some(to) => view! {
            <li>
                <a class="list-row" href=to>
                    {inside}
                </a>
            </li>
        }
        .into_any(),
        None => view! { <li class="list-row">{inside}</li> }.into_any(),
    }
}

fn history(page: &FidelityPage, item: u8) -> AnyView {
    let w = fidelity_words();
    let rows: Vec<_> = page
        .assessments
        .iter()
        .filter_map(|one| {
            let score = one.scores.get(usize::from(item - 1)).copied().flatten()?;
            Some(view! { <li>{language().date(one.day)} " (" {w.kind(one.kind)} "): " <strong>{score}</strong></li> })
        })
        .collect();
    if rows.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="card">
            <h2>{w.history}</h2>
            <ul>{rows}</ul>
        </section>
    }
    .into_any()
}
