//! How visits and next steps look in lists.

use crate::i18n::{Dates, language, words};
use crate::outbox::Outbox;
use crate::ui::{Icon, Toast, Toasts};
use chrono::{Days, NaiveDate};
use domain::ids::VisitId;
use domain::sync::{Command, OnVisit};
use domain::visits::{ClientSeen, MoveNextStep, NextStepDue, VisitSeen};
use leptos::prelude::*;

/// Visits as rows that lead to the employer.
#[must_use]
pub fn visit_rows(visits: Vec<VisitSeen>, today: NaiveDate) -> AnyView {
    let t = words();
    let row = move |visit: VisitSeen| {
        let who = if visit.mine { t.you.to_owned() } else { visit.coach };
        let mut about = vec![who, t.mode(visit.mode).to_lowercase(), t.purpose(visit.purpose).to_lowercase()];
        about.extend(client_word(&visit.client));
        view! {
            <li>
                <a class="list-row" href=format!("/employers/{}", visit.employer)>
                    <span class="row-main">
                        <span class="row-title">{visit.employer_name}</span>
                        <span class="row-sub">{about.join(" · ")}</span>
                    </span>
                    <span class="row-end">{language().day_seen_on(visit.day, today)}</span>
                </a>
            </li>
        }
    };
    view! { <ul class="list">{visits.into_iter().map(row).collect_view()}</ul> }.into_any()
}

pub(crate) fn client_word(client: &ClientSeen) -> Option<String> {
    match client {
        ClientSeen::Nobody => None,
        ClientSeen::Alias(alias) => Some(alias.clone()),
        ClientSeen::Somebody => Some(words().visit_for_somebody.to_owned()),
    }
}

/// An employer's visits, newest first, with their words.
#[must_use]
pub fn visit_timeline(visits: Vec<VisitSeen>) -> AnyView {
    let t = words();
    let item = move |visit: VisitSeen| {
        let who = if visit.mine { t.you.to_owned() } else { visit.coach };
        let mut about = vec![who, t.mode(visit.mode).to_lowercase()];
        about.extend(visit.with.as_deref().map(|name| t.visit_together.of(name)));
        about.extend(visit.minutes.map(|minutes| t.minutes.of(minutes)));
        let decided = visit.decision_maker == Some(true);
        let page = format!("/visits/{}", visit.id);
        let amended =
            (visit.version > 1).then(|| view! { <a class="tag" href=page rel="external">{t.amended}</a> });
        let next = visit.next_step.map(|next| {
            let what = if next.what.is_empty() { t.next_step_unnamed.to_owned() } else { next.what };
            let on = next.on.map(|on| format!(", {}", language().date(on))).unwrap_or_default();
            view! { <p class="timeline-step">{Icon::ArrowRight.view()} {what} {on}</p> }
        });
        view! {
            <li>
                <p class="timeline-head">
                    <time datetime=visit.day.to_string()>{language().moment(visit.day, visit.time)}</time>
                    " "
                    <span>{about.join(" · ")}</span>
                </p>
                {visit.summary.map(|words| view! { <p>{words}</p> })}
                <p class="row">
                    <span class="tag">{t.purpose(visit.purpose)}</span>
                    {decided
                        .then(|| {
                            view! {
                                <span class="tag tag-accent">
                                    {Icon::Check.view()} {t.visit_met_decision_maker}
                                </span>
                            }
                        })}
                    {client_word(&visit.client).map(|word| view! { <span class="tag tag-quiet">{word}</span> })}
                    {amended}
                </p>
                {next}
                {visit.mine.then(|| own_actions(visit.id, &visit.employer_name))}
            </li>
        }
    };
    view! { <ol class="timeline">{visits.into_iter().map(item).collect_view()}</ol> }.into_any()
}

/// What a coach can do to an own visit.
fn own_actions(visit: VisitId, employer: &str) -> AnyView {
    view! {
        <p class="row">
            <a class="button button-quiet button-small" href=format!("/visits/new?amend={visit}")>
                {words().amend}
            </a>
            {withdraw_button(visit, employer)}
        </p>
    }
    .into_any()
}

/// Takes an own visit back, also long after it was logged, and offers a way back (ux row 8).
fn withdraw_button(visit: VisitId, employer: &str) -> AnyView {
    let t = words();
    let outbox = expect_context::<Outbox>();
    let toasts = expect_context::<Toasts>();
    let employer = employer.to_owned();
    let withdraw = move |_| {
        let on = OnVisit { visit };
        let name = employer.clone();
        outbox.do_now(&Command::WithdrawVisit(on), move || {
            let undo = Callback::new(move |()| {
                outbox.do_now(&Command::RestoreVisit(on), || {});
            });
            toasts.show(Toast { text: t.visit_undone.of(&name), undo: Some(undo) });
        });
    };
    view! {
        <button type="button" class="button button-quiet button-small" on:click=withdraw>
            {Icon::Undo.view()}
            {t.visit_take_back}
        </button>
    }
    .into_any()
}

/// Next steps that wait, each with a button that settles it.
#[must_use]
pub fn due_list(due: Vec<NextStepDue>, today: NaiveDate) -> AnyView {
    let rows = due.into_iter().map(|step| due_row(step, today)).collect_view();
    view! { <ul class="list">{rows}</ul> }.into_any()
}

fn due_row(step: NextStepDue, today: NaiveDate) -> AnyView {
    let t = words();
    let what = if step.what.is_empty() { t.next_step_unnamed.to_owned() } else { step.what };
    let tag = step.on.map(|on| match (today - on).num_days() {
        0 => view! { <span class="tag tag-accent">{t.due_today}</span> }.into_any(),
        late if late > 0 => {
            view! { <span class="tag tag-warn">{Icon::Warning.view()} {t.due_late.of(late)}</span> }
                .into_any()
        }
        _ => view! { <span class="tag">{language().day_seen_on(on, today)}</span> }.into_any(),
    });
    let sub = if step.mine {
        step.employer_name.clone()
    } else {
        format!("{} · {}", step.employer_name, step.coach)
    };
    let button = step.mine.then(|| {
        let label = format!("{}: {what}", t.done);
        let name = what.clone();
        let settle = settler(step.visit, name);
        view! {
            <button type="button" class="button" aria-label=label on:click=move |_| settle()>
                {Icon::Check.view()}
                {t.done}
            </button>
        }
    });
    let later = step.mine.then(|| move_choices(step.visit, step.on, today));
    view! {
        <li class="list-row">
            <span class="row-main">
                <a class="row-title" href=format!("/employers/{}", step.employer)>
                    {what.clone()}
                </a>
                <span class="row-sub">{sub}</span>
                {tag}
                {later}
            </span>
            <span class="row-end">{button}</span>
        </li>
    }
    .into_any()
}

/// Other days for a next step, and a way back.
fn move_choices(visit: VisitId, on: Option<NaiveDate>, today: NaiveDate) -> AnyView {
    let t = words();
    let outbox = expect_context::<Outbox>();
    let toasts = expect_context::<Toasts>();
    let to = move |days: u64, word: &'static str| {
        let day = today.checked_add_days(Days::new(days)).unwrap_or(today);
        let go = move |_| {
            let command = Command::MoveNextStep(MoveNextStep { visit, on: day });
            outbox.do_now(&command, move || {
                let undo = on.map(|on| {
                    Callback::new(move |()| {
                        let back = Command::MoveNextStep(MoveNextStep { visit, on });
                        outbox.do_now(&back, || {});
                    })
                });
                toasts.show(Toast { text: words().moved.of(language().day(day)), undo });
            });
        };
        view! { <button type="button" class="button button-small" on:click=go>{word}</button> }
    };
    view! {
        <details>
            <summary>{t.move_step}</summary>
            <span class="row">{to(1, t.tomorrow)} {to(7, t.in_a_week)} {to(14, t.in_two_weeks)}</span>
        </details>
    }
    .into_any()
}

/// Settles a next step, and offers a way back.
pub(crate) fn settler(visit: VisitId, name: String) -> impl Fn() + Clone {
    let t = words();
    let outbox = expect_context::<Outbox>();
    let toasts = expect_context::<Toasts>();
    move || {
        let on = OnVisit { visit };
        let said = name.clone();
        outbox.do_now(&Command::SettleNextStep(on), move || {
            let undo = Callback::new(move |()| {
                outbox.do_now(&Command::ReopenNextStep(on), || {});
            });
            toasts.show(Toast { text: t.next_step_done.of(&said), undo: Some(undo) });
        });
    }
}
