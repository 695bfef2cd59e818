//! Today: what to do next, how the week stands, what colleagues did.

use crate::card::Pocket;
use crate::data::{Ask, Data, load, show_or};
use crate::error::AppError;
use crate::i18n::{Dates, language, words};
use crate::outbox::Outbox;
use crate::ui::{Icon, failure, failure_notice, page_head};
use crate::visits::{due_list, visit_rows};
use chrono::NaiveDate;
use domain::calendar::Week;
use domain::codes::Role;
use domain::sync::{Command, OnVisit};
use domain::today::{DUE_SHOWN, Gap, TASKS_SHOWN, Task, TaskKind, Today};
use domain::visits::WeekOfVisits;
use leptos::prelude::*;

/// The first page. Whoever does not work in the field reads what they can do instead.
#[component]
pub fn TodayPage() -> impl IntoView {
    let loaded = load(expect_context::<Outbox>().arrived(), || Ask::Today);
    show_or(loaded, without_server, move |data| match data {
        Data::Today(today) => page(today),
        Data::Me(me) => elsewhere(me.manages_people(), me.is(Role::Referrer)),
        _ => ().into_any(),
    })
}

/// Without a network: the card of the day, and the way to log a visit.
fn without_server(error: AppError) -> AnyView {
    if error != AppError::NoNetwork {
        return failure(error);
    }
    view! {
        <div class="page-head">{page_head(words().nav_today.to_owned())}</div>
        {failure_notice(error)}
        {expect_context::<Pocket>().opening()}
    }
    .into_any()
}

fn page(today: Today) -> AnyView {
    let t = words();
    let waits = waits(today.clocks, today.supports_due());
    let lead = [t.today_steps.of(today.due_total), t.today_done.of(today.week.in_person)].join(" ");
    view! {
        <div class="page-head">
            {page_head(t.nav_today.to_owned())} <p class="muted">{language().day(today.day)}</p>
        </div>
        <p class="lead">{lead}</p>
        <div class="split main-side today">
            {next_steps(&today)} {expect_context::<Pocket>().taking()} {tasks(today.tasks, today.day)} {gaps(today.gaps)} {week(today.week, today.day, waits)}
            <section class="card flush">
                <div class="card-head">
                    <h2>{t.today_unit_visits}</h2>
                    <a href="/visits" rel="external">
                        {t.feed_all}
                    </a>
                </div>
                {if today.unit_visits.is_empty() {
                    view! {
                        <div class="empty">
                            <p>{t.today_no_unit_visits}</p>
                        </div>
                    }
                        .into_any()
                } else {
                    visit_rows(today.unit_visits, today.day)
                }}
            </section>
        </div>
    }
    .into_any()
}

pub(crate) fn next_steps(today: &Today) -> AnyView {
    let t = words();
    let shown = DUE_SHOWN as usize;
    let (first, rest): (Vec<_>, Vec<_>) =
        today.due.iter().cloned().enumerate().partition(|(at, _)| *at < shown);
    let plain = |steps: Vec<(usize, _)>| steps.into_iter().map(|(_, step)| step).collect::<Vec<_>>();
    let (first, rest) = (plain(first), plain(rest));
    let coming = today.coming.clone();
    let empty = first.is_empty() && coming.is_empty();
    let day = today.day;
    view! {
        <section class="card flush">
            <div class="card-head">
                <h2>{t.today_next_steps}</h2>
                <span class="muted">{today.due_total}</span>
            </div>
            {empty
                .then(|| {
                    view! {
                        <div class="empty">
                            {Icon::Check.view()} <p>{t.today_nothing_due}</p>
                        </div>
                    }
                })}
            {due_list(first, day)}
            {(!rest.is_empty())
                .then(|| {
                    let count = rest.len();
                    view! {
                        <details>
                            <summary>{t.today_more_due.of(count)}</summary>
                            {due_list(rest, day)}
                        </details>
                    }
                })}
            {(!coming.is_empty())
                .then(|| {
                    let count = coming.len();
                    view! {
                        <details>
                            <summary>{t.today_coming.of(count)}</summary>
                            {due_list(coming, day)}
                        </details>
                    }
                })}
        </section>
    }
    .into_any()
}

/// What is to be done with clients; what waits longest comes first.
pub(crate) fn tasks(tasks: Vec<Task>, today: NaiveDate) -> AnyView {
    if tasks.is_empty() {
        return ().into_any();
    }
    let t = words();
    let count = tasks.len();
    let row = move |task: Task| {
        let what = match task.kind {
            TaskKind::Support(why) => format!("{}: {}", t.support_why(why), task.what),
            TaskKind::Advice(occasion) => format!("{}: {}", t.task_advice, t.occasion(occasion)),
            TaskKind::Action => task.what,
        };
        let class = if task.on < today { "tag tag-warn" } else { "tag tag-quiet" };
        view! {
            <li>
                <a class="list-row" href=task.to rel="external">
                    <span class="row-main">
                        <span class="row-title">{task.alias}</span>
                        <span class="row-sub">{what}</span>
                    </span>
                    <span class="row-end">
                        <span class=class>{language().day(task.on)}</span>
                    </span>
                </a>
            </li>
        }
        .into_any()
    };
    let mut rows: Vec<AnyView> = tasks.into_iter().map(row).collect();
    let rest = rows.split_off(count.min(TASKS_SHOWN));
    let rest = (!rest.is_empty()).then(|| {
        view! {
            <details>
                <summary>{t.today_more_tasks.of(rest.len())}</summary>
                <ul class="list">{rest}</ul>
            </details>
        }
    });
    view! {
        <section class="card flush">
            <div class="card-head">
                <h2>{t.today_tasks}</h2>
                <span class="muted">{count}</span>
            </div>
            <ul class="list">{rows}</ul>
            {rest}
        </section>
    }
    .into_any()
}

/// What was left out in a hurry, each mended or let go with one tap.
pub(crate) fn gaps(gaps: Vec<Gap>) -> AnyView {
    if gaps.is_empty() {
        return ().into_any();
    }
    let t = words();
    let outbox = expect_context::<Outbox>();
    let row = move |gap: Gap| match gap {
        Gap::HowDidItGo { visit, employer_name, day } => {
            let leave = move |_| {
                outbox.do_now(&Command::LeaveGap(OnVisit { visit }), || {});
            };
            let question = t.gap_how.of(&employer_name);
            let nothing = format!("{}: {employer_name}", t.gap_nothing);
            view! {
                <li class="list-row">
                    <span class="row-main">
                        <a class="row-title" href=format!("/visits/new?amend={visit}#summary")>
                            {question}
                        </a>
                        <span class="row-sub">{language().day(day)}</span>
                    </span>
                    <span class="row-end">
                        <button type="button" class="button" aria-label=nothing on:click=leave>
                            {t.gap_nothing}
                        </button>
                    </span>
                </li>
            }
            .into_any()
        }
        Gap::WhereDidItGo { monday } => {
            let (from, to) = (language().day(monday), language().day(Week { monday }.sunday()));
            view! {
                <li class="list-row">
                    <span class="row-main">
                        <a class="row-title" href=format!("/time?week={monday}") rel="external">
                            {t.gap_week.say(&[&from, &to])}
                        </a>
                    </span>
                </li>
            }
            .into_any()
        }
        Gap::DoneYet { what, on } => view! {
            <li class="list-row">
                <span class="row-main">
                    <a class="row-title" href="/fidelity#plan" rel="external">
                        {what}
                    </a>
                    <span class="row-sub">{language().day(on)}</span>
                </span>
            </li>
        }
        .into_any(),
        Gap::WhoIsIt { employer, name } => view! {
            <li class="list-row">
                <span class="row-main">
                    <a class="row-title" href=format!("/employers/{employer}/settle") rel="external">
                        {t.gap_who.of(&name)}
                    </a>
                </span>
            </li>
        }
        .into_any(),
    };
    view! {
        <section class="card flush">
            <div class="card-head">
                <h2>{t.gap_title}</h2>
            </div>
            <ul class="list">{gaps.into_iter().map(row).collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// What waits, in two numbers: clients who have not met an employer yet, and supports that are due.
pub(crate) fn waits(clocks: u32, supports: usize) -> AnyView {
    let t = words();
    view! {
        <dl class="definition">
            <div>
                <dt>{t.week_clocks}</dt>
                <dd>
                    <a href="/clients" rel="external">
                        {t.week_clients.of(clocks)}
                    </a>
                </dd>
            </div>
            <div>
                <dt>{t.week_supports}</dt>
                <dd data-supports>{supports}</dd>
            </div>
        </dl>
    }
    .into_any()
}

/// The week's number, what it counts, and the visits behind it; and what waits.
pub(crate) fn week(week: WeekOfVisits, today: chrono::NaiveDate, waits: AnyView) -> AnyView {
    let t = words();
    let said = t.week_said.say(&[&week.in_person.to_string(), &week.goal.to_string()]);
    let days = format!("{}–{}", language().day(week.week.monday), language().day(week.week.sunday()));
    let rows = (!week.visits.is_empty()).then(|| {
        view! {
            <details>
                <summary>{t.week_show_visits}</summary>
                {visit_rows(week.visits, today)}
            </details>
        }
    });
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{t.week_title}</h2>
            </div>
            <p>
                <span class="number" data-week>
                    {week.in_person}
                    <span class="number-of">{format!(" / {}", week.goal)}</span>
                </span>
            </p>
            <progress
                class="progress six"
                max=week.goal.to_string()
                value=week.in_person.min(week.goal).to_string()
                aria-label=said
            ></progress>
            <p class="hint">{t.week_rule.say(&[&days, &week.for_client.to_string(), &week.other.to_string()])}</p>
            {waits}
            {rows}
        </section>
    }
    .into_any()
}

/// For people who do not log visits.
fn elsewhere(manages_people: bool, refers: bool) -> AnyView {
    let t = words();
    view! {
        <div class="page-head">{page_head(t.nav_today.to_owned())}</div>
        <p class="lead">{t.today_not_in_field}</p>
        <p class="row">
            {manages_people
                .then(|| view! { <a class="button button-primary" href="/people" rel="external">{t.people_title}</a> })}
            {refers
                .then(|| view! { <a class="button button-primary" href="/referrals" rel="external">{t.nav_referrals}</a> })}
            <a class="button" href="/more">{t.nav_more}</a>
        </p>
    }
    .into_any()
}
