//! The criteria as pictures: the 25 as a profile, totals over the years; and all units side by side. Shapes and lines
//! tell, not colours, and every number stands in a table beside.

use super::{assessed, fidelity_words, rule_words, title_of};
use crate::desk::Content;
use crate::i18n::{Dates, language};
use backend::fidelity::{Assessment, BandLine, BandsPage, FidelityPage};
use chrono::NaiveDate;
use domain::fidelity::assessment::By;
use domain::fidelity::{Band, ITEMS, section};
use leptos::prelude::*;

/// How wide a picture is, in its own units.
const WIDTH: i32 = 360;
/// A row of the profile.
const ROW: i32 = 22;
/// Where the points begin, and how far one is from the next.
const LEFT: i32 = 64;
const STEP: i32 = 68;
/// White between two sections.
const GAP: i32 = 12;
/// The goal: 100 points are four an item.
const GOAL: u8 = 4;

fn x(score: u8) -> i32 {
    LEFT + STEP * (i32::from(score) - 1)
}

/// The 25 items: what was assessed, what the records say, and the goal.
pub(super) fn profile(page: &FidelityPage) -> AnyView {
    let now = |item: u8| page.found.estimates.iter().find(|it| it.item == item).and_then(|it| it.score);
    profile_of(|item| (assessed(page, item), now(item)))
}

/// The same of any scores: by item what was assessed, and what the records say.
pub(crate) fn profile_of(scores: impl Fn(u8) -> (Option<u8>, Option<u8>)) -> AnyView {
    let w = rule_words();
    let mut y = 34;
    let mut before = None;
    let mut rows = Vec::new();
    for item in 1..=ITEMS {
        if before.is_some_and(|last| last != section(item)) {
            y += GAP;
        }
        before = Some(section(item));
        rows.push(profile_row(item, scores(item), y));
        y += ROW;
    }
    let scale = (1..=5_u8).map(|score| {
        view! {
            <g>
                <line class="chart-line" x1=x(score) y1="20" x2=x(score) y2=y - 10 />
                <text class="chart-text" x=x(score) y="12" text-anchor="middle">
                    {score}
                </text>
            </g>
        }
    });
    view! {
        <section class="card">
            <h2>{w.profile}</h2>
            <svg class="chart" viewBox=format!("0 0 {WIDTH} {y}") role="img" aria-label=w.profile>
                {scale.collect_view()}
                <line class="chart-goal" x1=x(GOAL) y1="20" x2=x(GOAL) y2=y - 10 />
                {rows}
            </svg>
            <p class="hint">{w.profile_said}</p>
        </section>
    }
    .into_any()
}

fn profile_row(item: u8, (last, now): (Option<u8>, Option<u8>), y: i32) -> AnyView {
    let between = last.zip(now).map(|(last, now)| {
        view! { <line class="chart-between" x1=x(last) y1=y x2=x(now) y2=y /> }
    });
    view! {
        <g>
            <title>{title_of(item)}</title>
            <text class="chart-text" x="30" y=y + 4 text-anchor="end">
                {item}
            </text>
            {between}
            {now.map(|score| view! { <rect class="chart-now" x=x(score) - 5 y=y - 5 width="10" height="10" /> })}
            {last.map(|score| view! { <circle class="chart-last" cx=x(score) cy=y r="7" /> })}
        </g>
    }
    .into_any()
}

/// A complete assessment in a picture.
pub(crate) type Total = (NaiveDate, By, u8, Band);

/// Totals over the years: a line, and the table behind it.
pub(super) fn trend(assessments: &[Assessment]) -> AnyView {
    let mut totals: Vec<Total> = assessments
        .iter()
        .filter_map(|one| one.total().map(|(points, band)| (one.day, one.kind, points, band)))
        .collect();
    totals.sort_by_key(|(day, ..)| *day);
    if totals.is_empty() {
        return ().into_any();
    }
    let w = rule_words();
    let picture = (totals.len() > 1).then(|| {
        view! {
            {line(&totals, w.trend)}
            <p class="hint">{w.trend_said}</p>
        }
    });
    let f = fidelity_words();
    let rows = totals.iter().rev().map(|(day, by, points, band)| {
        view! {
            <tr>
                <th scope="row">{language().date(*day)} ", " {f.kind(*by)}</th>
                <td>{*points}</td>
                <td>{f.band(*band)}</td>
            </tr>
        }
    });
    view! {
        <section class="card">
            <h2>{w.trend}</h2>
            {picture}
            <div class="table-wrap" tabindex="0" role="region" aria-label=w.trend>
                <table class="table">
                    <caption class="visually-hidden">{w.trend}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{w.trend_day}</th>
                            <th scope="col">{w.trend_total}</th>
                            <th scope="col">{w.trend_band}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// Points in time as a line, with the limits of the bands.
pub(crate) fn line(totals: &[Total], label: &'static str) -> AnyView {
    let (first, last) = (totals[0].0, totals[totals.len() - 1].0);
    let span = (last - first).num_days().max(1);
    // 25 points at the foot, 125 at the top.
    let place = |day: NaiveDate, points: u8| {
        let across = i32::try_from((day - first).num_days() * 280 / span).unwrap_or(0);
        (LEFT - 24 + across, 170 - (i32::from(points) - 25) * 3 / 2)
    };
    let points: Vec<String> = totals
        .iter()
        .map(|(day, _, points, _)| {
            let (x, y) = place(*day, *points);
            format!("{x},{y}")
        })
        .collect();
    let marks = totals.iter().map(|(day, _, points, _)| {
        let (x, y) = place(*day, *points);
        view! {
            <g>
                <title>{language().date(*day)}</title>
                <circle class="chart-last" cx=x cy=y r="5" />
                <text class="chart-text" x=x y=y - 10 text-anchor="middle">
                    {*points}
                </text>
            </g>
        }
    });
    let limits = [74_u8, 100, 115].map(|limit| {
        let (_, y) = place(first, limit);
        view! {
            <g>
                <line class="chart-goal" x1=LEFT - 24 y1=y x2=LEFT + 256 y2=y />
                <text class="chart-text" x=LEFT - 30 y=y + 4 text-anchor="end">
                    {limit}
                </text>
            </g>
        }
    });
    let ends = [(first, "start", LEFT - 24), (last, "end", LEFT + 256)].map(|(day, anchor, x)| {
        view! {
            <text class="chart-text" x=x y="196" text-anchor=anchor>
                {language().date(day)}
            </text>
        }
    });
    view! {
        <svg class="chart" viewBox=format!("0 0 {WIDTH} 204") role="img" aria-label=label>
            {limits.into_iter().collect_view()}
            <polyline class="chart-trend" points=points.join(" ") />
            {marks.collect_view()}
            {ends.into_iter().collect_view()}
        </svg>
    }
    .into_any()
}

/// All units: the latest total and band of each, and what came before.
#[must_use]
pub fn bands_page(page: &BandsPage) -> Content {
    let w = rule_words();
    let rows: Vec<_> = page.units.iter().map(band_row).collect();
    let pictures: Vec<_> = page
        .units
        .iter()
        .filter(|unit| unit.totals.len() > 1)
        .map(|unit| {
            view! {
                <section class="card">
                    <h2>{unit.unit.clone()}</h2>
                    {line(&unit.totals, w.trend)}
                </section>
            }
        })
        .collect();
    let parent = page.in_field.then(|| ("/fidelity".to_owned(), fidelity_words().title.to_owned()));
    Content {
        title: w.units.to_owned(),
        parent,
        body: view! {
            <p class="hint">{w.units_lead}</p>
            <section class="card">
                <div class="table-wrap" tabindex="0" role="region" aria-label=w.units>
                    <table class="table table-stack">
                        <caption class="visually-hidden">{w.units}</caption>
                        <thead>
                            <tr>
                                <th scope="col">{w.units}</th>
                                <th scope="col">{w.units_last}</th>
                                <th scope="col">{w.trend_band}</th>
                                <th scope="col">{w.units_change}</th>
                                <th scope="col">{w.units_all}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
            <div class="split">{pictures}</div>
            <p class="muted small">{fidelity_words().self_assessment}</p>
        }
        .into_any(),
    }
}

fn band_row(unit: &BandLine) -> AnyView {
    let (w, f) = (rule_words(), fidelity_words());
    let last = unit.totals.last();
    let before = unit.totals.len().checked_sub(2).and_then(|at| unit.totals.get(at));
    let said = last.map_or(w.units_none.to_owned(), |(day, _, points, _)| {
        format!("{points} / 125, {}", language().date(*day))
    });
    let band = last.map(|(.., band)| f.band(*band));
    let change = last
        .zip(before)
        .map(|((.., points, _), (.., earlier, _))| format!("{:+}", i32::from(*points) - i32::from(*earlier)));
    let all: Vec<String> = unit.totals.iter().map(|(.., points, _)| points.to_string()).collect();
    let own = unit.own.then(|| view! { <span class="muted small">" " {w.own_unit}</span> });
    view! {
        <tr>
            <th scope="row">{unit.unit.clone()} {own}</th>
            <td data-label=w.units_last>{said}</td>
            <td data-label=w.trend_band>{band.unwrap_or("–")}</td>
            <td data-label=w.units_change>{change.unwrap_or_else(|| "–".to_owned())}</td>
            <td data-label=w.units_all>{all.join(" → ")}</td>
        </tr>
    }
    .into_any()
}
