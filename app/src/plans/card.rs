//! What a client's page says about plans: the latest one, and what is still to be done.

use super::words::{fill, plan_words};
use crate::i18n::{Dates, language};
use crate::ui::Icon;
use backend::clients::{ClientPage, PlanMade, ToDo};
use leptos::prelude::*;

/// So many open actions stand on the card; the rest is on the plan.
const SHOWN: usize = 5;

/// The card.
pub(crate) fn plan_card(page: &ClientPage) -> AnyView {
    let w = plan_words();
    let at = format!("/clients/{}/plans", page.id);
    let latest = page.plans.first();
    let body = match latest {
        None => view! { <p class="muted">{w.card_none}</p> }.into_any(),
        Some(plan) => of_plan(page, plan),
    };
    let all = latest.map(|_| view! { <a href=at.clone()>{w.card_all}</a> });
    let new = page.can_write.then(|| {
        view! {
            <a class="button" href=format!("{at}/new")>
                {Icon::Plus.view()}
                {w.new}
            </a>
        }
    });
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{w.card}</h2>
                {all}
            </div>
            {body}
            <p class="row">
                {new}
                <a class="button" href=format!("/clients/{}/copy", page.id)>
                    {w.copy_give}
                </a>
            </p>
        </section>
    }
    .into_any()
}

fn of_plan(page: &ClientPage, plan: &PlanMade) -> AnyView {
    let w = plan_words();
    let next = plan.next_meeting_on.map(|day| {
        let said = format!("{}: {}", w.next_meeting, language().day_seen_on(day, page.today));
        view! { <p>{Icon::Calendar.view()} {said}</p> }
    });
    let rows = page.plan_actions.iter().take(SHOWN).map(|to_do| row(page, to_do)).collect_view();
    let open = page.plan_actions.len();
    let list = if open == 0 {
        view! { <p class="muted">{w.card_nothing_open}</p> }.into_any()
    } else {
        view! { <ul class="list">{rows}</ul> }.into_any()
    };
    let count = (open > SHOWN)
        .then(|| view! { <p class="muted small">{fill(w.open_count, &[&open.to_string()])}</p> });
    view! {
        <p>
            <a href=format!("/plans/{}", plan.id)>
                {fill(w.plan_of, &[&language().date(plan.day)])}
            </a>
        </p>
        {next}
        {list}
        {count}
    }
    .into_any()
}

fn row(page: &ClientPage, to_do: &ToDo) -> AnyView {
    let w = plan_words();
    let who = to_do.who.clone().unwrap_or_else(|| w.who_client.to_owned());
    let day = to_do.by_day.map_or_else(|| w.no_day.to_owned(), |day| language().day_seen_on(day, page.today));
    let late = to_do
        .by_day
        .is_some_and(|day| day < page.today)
        .then(|| view! { <span class="tag tag-warn">{Icon::Warning.view()} {w.late}</span> });
    view! {
        <li>
            <a class="list-row" href=format!("/plans/{}", to_do.plan)>
                <span class="row-main">
                    <span class="row-title">{to_do.what.clone()}</span>
                    <span class="row-sub">{format!("{who}, {day}")}</span>
                </span>
                <span class="row-end">{late}</span>
            </a>
        </li>
    }
    .into_any()
}
