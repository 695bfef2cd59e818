//! A client's plans, and one of them: who does what by when, done with one press.

use super::form::choices;
use super::paper::{present, said, topics, what};
use super::words::{fill, plan_words};
use super::{fact, on_paper, press, print_hint};
use crate::desk::fields::Field;
use crate::desk::{Content, Done, done_notice};
use crate::i18n::{Dates, language};
use crate::ui::Icon;
use backend::plans::{ActionSeen, Hand, PlanList, PlanListed, PlanPage, PlanVersion};
use domain::forms::FieldError;
use domain::plans::{ActionFields, PlanFields, fits_a_page};
use leptos::prelude::*;
use uuid::Uuid;

/// What came back from giving an action to somebody else.
#[derive(Clone, Debug)]
pub struct TypedHand {
    /// Which action.
    pub action: Uuid,
    /// As it was typed.
    pub hand: Hand,
    /// What is wrong.
    pub error: FieldError,
}

/// A client's plans.
#[must_use]
pub fn plans_page(list: &PlanList) -> Content {
    let w = plan_words();
    let at = format!("/clients/{}", list.client);
    let new = list.can_write.then(|| {
        view! {
            <p>
                <a class="button button-primary" href=format!("{at}/plans/new")>
                    {Icon::Plus.view()}
                    {w.new}
                </a>
            </p>
        }
    });
    let rows = list.plans.iter().map(|plan| listed(list, plan)).collect::<Vec<_>>();
    let body = if rows.is_empty() {
        view! { <p class="empty">{w.none}</p> }.into_any()
    } else {
        view! {
            <section class="card flush">
                <ul class="list">{rows}</ul>
            </section>
        }
        .into_any()
    };
    Content {
        title: w.plans.to_owned(),
        parent: Some((at, list.alias.clone())),
        body: view! {
            {new}
            {body}
        }
        .into_any(),
    }
}

fn listed(list: &PlanList, plan: &PlanListed) -> AnyView {
    let w = plan_words();
    let next = plan
        .next_meeting_on
        .filter(|day| *day >= list.today)
        .map(|day| format!("{}: {}", w.next_meeting, language().date(day)));
    let open = (!plan.withdrawn).then(|| fill(w.open_count, &[&plan.open.to_string()]));
    let sub = [Some(plan.by.clone()), open, next].into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let withdrawn = plan.withdrawn.then(|| view! { <span class="tag tag-quiet">{w.withdrawn}</span> });
    view! {
        <li>
            <a class="list-row" href=format!("/plans/{}", plan.id)>
                <span class="row-main">
                    <span class="row-title">{fill(w.plan_of, &[&language().date(plan.day)])}</span>
                    <span class="row-sub">{sub}</span>
                </span>
                <span class="row-end">{withdrawn} {Icon::ChevronRight.view()}</span>
            </a>
        </li>
    }
    .into_any()
}

/// A plan. `done` is what was done just now, `typed` what came back from giving an action to somebody else.
#[must_use]
pub fn plan_page(page: &PlanPage, done: Option<Done>, typed: Option<&TypedHand>) -> Content {
    let w = plan_words();
    let at = format!("/plans/{}", page.id);
    let (own, others): (Vec<_>, Vec<_>) = page.actions.iter().partition(|seen| seen.is_clients());
    let fits = fits_a_page(&page.plan, page.actions.iter().map(|seen| &seen.action));
    let too_long = (!fits).then(|| view! { <p class="hint screen-only">{w.too_long}</p> });
    Content {
        title: fill(w.plan_of, &[&language().date(page.plan.day)]),
        parent: Some((format!("/clients/{}", page.client), page.alias.clone())),
        body: view! {
            {done.map(done_notice)}
            {withdrawn(page)}
            {tools(page)}
            {on_paper(&format!("{at}.pdf"), "")}
            {too_long}
            <div class="stack sheet">
                {facts(page)}
                {talk(page)}
                {actions(page, w.actions, w.actions_none, &others, typed)}
                {actions(page, w.own, w.own_none, &own, typed)}
            </div>
            {versions(page)}
            {print_hint()}
            {take_back(page)}
        }
        .into_any(),
    }
}

fn withdrawn(page: &PlanPage) -> Option<AnyView> {
    let w = plan_words();
    let restore = page.can_write.then(|| {
        let to = format!("/plans/{}/restore", page.id);
        press(to, Icon::Undo, w.restore, w.restore.to_owned(), "button button-primary")
    });
    page.withdrawn.then(|| {
        view! {
            <div class="notice notice-warn" role="status">
                {Icon::Info.view()} <div>
                    <p>{w.withdrawn_lead}</p>
                    {restore}
                </div>
            </div>
        }
        .into_any()
    })
}

fn tools(page: &PlanPage) -> Option<AnyView> {
    let w = plan_words();
    (page.can_write && !page.withdrawn).then(|| {
        view! {
            <p class="row">
                <a class="button" href=format!("/plans/{}/edit", page.id)>
                    {w.correct}
                </a>
                <a class="button" href=format!("/clients/{}/plans/new", page.client)>
                    {Icon::Plus.view()}
                    {w.new}
                </a>
            </p>
        }
        .into_any()
    })
}

fn facts(page: &PlanPage) -> AnyView {
    let w = plan_words();
    let plan = &page.plan;
    let texts = [
        (w.present, present(plan)),
        (w.names, plan.names.clone()),
        (w.topics, topics(plan)),
        (w.case_workers, plan.case_workers.clone()),
    ];
    let texts = texts.into_iter().filter(|(_, text)| !text.is_empty());
    let next = plan.next_meeting_on.map_or_else(|| w.next_none.to_owned(), |day| language().date(day));
    view! {
        <section class="card">
            <dl class="definition">
                {fact(w.day, language().date(plan.day))}
                {texts.map(|(name, text)| fact(name, text)).collect_view()}
                {fact(w.next_meeting, next)}
            </dl>
            <p class="muted small">{fill(w.written, &[&page.by, &language().date(page.saved_on)])}</p>
        </section>
    }
    .into_any()
}

fn talk(page: &PlanPage) -> Option<AnyView> {
    let w = plan_words();
    let texts = said(&page.plan);
    (!texts.is_empty()).then(|| {
        let texts = texts
            .into_iter()
            .map(|(name, text)| {
                let lines = text.lines().filter(|line| !line.trim().is_empty());
                let lines = lines.map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
                view! {
                    <h3>{name}</h3>
                    {lines}
                }
            })
            .collect_view();
        view! {
            <section class="card">
                <h2>{w.talked}</h2>
                {texts}
            </section>
        }
        .into_any()
    })
}

fn actions(
    page: &PlanPage,
    title: &'static str,
    none: &'static str,
    actions: &[&ActionSeen],
    typed: Option<&TypedHand>,
) -> AnyView {
    let rows = actions.iter().map(|seen| one(page, seen, typed)).collect::<Vec<_>>();
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

fn one(page: &PlanPage, seen: &ActionSeen, typed: Option<&TypedHand>) -> AnyView {
    let w = plan_words();
    let action = &seen.action;
    let day =
        action.by_day.map_or_else(|| w.no_day.to_owned(), |day| language().day_seen_on(day, page.today));
    let who = if seen.is_clients() { None } else { Some(seen.who.clone()) };
    let sub = who.into_iter().chain([day]).collect::<Vec<_>>().join(", ");
    let gone = seen.gone.then(|| view! { <span class="tag tag-warn">{Icon::Warning.view()} {w.gone}</span> });
    let late = (seen.is_open() && action.is_late(page.today))
        .then(|| view! { <span class="tag tag-warn">{Icon::Warning.view()} {w.late}</span> });
    let done = action.done_on.map(|day| {
        let said = fill(w.done_on, &[&language().date(day), &seen.done_by]);
        view! { <span class="tag light-green">{Icon::Check.view()} {said}</span> }
    });
    let carried = seen.carried_to.map(|plan| {
        view! {
            <span class="tag tag-quiet">{w.carried}</span>
            <a class="screen-only" href=format!("/plans/{plan}")>
                {w.carried_to}
            </a>
        }
    });
    let can = page.can_write && !page.withdrawn && seen.carried_to.is_none();
    let deed = can.then(|| settle(page, seen));
    let hand = (can && seen.gone && seen.is_open()).then(|| hand(page, seen, typed));
    view! {
        <li>
            <div class="list-row" id=format!("a-{}", action.id)>
                <span class="row-main">
                    <span class="row-title">{what(seen)}</span>
                    <span class="row-sub">{sub}</span>
                </span>
                <span class="row-end">{gone} {late} {done} {carried} {deed}</span>
            </div>
            {hand}
        </li>
    }
    .into_any()
}

/// Done, or not done after all: one press.
fn settle(page: &PlanPage, seen: &ActionSeen) -> AnyView {
    let w = plan_words();
    let at = format!("/plans/{}/actions/{}", page.id, seen.action.id);
    let label = |name: &str| format!("{name}: {}", seen.action.what);
    match seen.action.done_on {
        None => press(format!("{at}/done"), Icon::Check, w.done, label(w.done), "button button-small"),
        Some(_) => {
            let class = "button button-small button-quiet";
            press(format!("{at}/undone"), Icon::Undo, w.undone, label(w.undone), class)
        }
    }
}

/// A way to give the action of somebody who has left to somebody else.
fn hand(page: &PlanPage, seen: &ActionSeen, typed: Option<&TypedHand>) -> AnyView {
    let w = plan_words();
    let id = seen.action.id;
    let typed = typed.filter(|typed| typed.action == id);
    let prefix = format!("h-{id}-");
    let wrong = |name: &'static str| {
        let error = typed.map(|typed| typed.error);
        let mine =
            move |error: &FieldError| error.field() == name || (error.field().is_empty() && name == "who");
        error.filter(mine).map(|error| w.error(error))
    };
    let hand = typed.map(|typed| typed.hand.clone()).unwrap_or_default();
    let who = Field::new("who", w.who).of_form(&prefix).wrong(wrong("who"));
    let name = Field::new("name", w.name).of_form(&prefix).hint(Some(w.name_hint)).wrong(wrong("name"));
    let label = format!("{}: {}", w.hand, seen.action.what);
    view! {
        <form class="form screen-only" method="post" action=format!("/plans/{}/actions/{id}/hand", page.id)>
            <p>{fill(w.hand_lead, &[&seen.who])}</p>
            {who.select(Some(w.who_choose), &choices(&page.helpers, &[], ""), &hand.who)}
            {name.input("text", &hand.name)}
            <p>
                <button class="button" aria-label=label>
                    {w.hand}
                </button>
            </p>
        </form>
    }
    .into_any()
}

/// How the plan stood before its corrections.
fn versions(page: &PlanPage) -> Option<AnyView> {
    let w = plan_words();
    (!page.earlier.is_empty()).then(|| {
        let versions = page.earlier.iter().map(|one| version(page, one)).collect_view();
        view! {
            <details class="card screen-only">
                <summary>{w.earlier} " (" {page.earlier.len()} ")"</summary>
                {versions}
            </details>
        }
        .into_any()
    })
}

fn version(page: &PlanPage, version: &PlanVersion) -> AnyView {
    let w = plan_words();
    let plan = &version.kept.plan;
    let number = version.version.to_string();
    let title = fill(w.version, &[&number, &version.by, &language().date(version.day)]);
    let mut texts = vec![
        (w.day, language().date(plan.day)),
        (w.present, present(plan)),
        (w.names, plan.names.clone()),
        (w.topics, topics(plan)),
        (w.case_workers, plan.case_workers.clone()),
        (w.next_meeting, plan.next_meeting_on.map(|day| language().date(day)).unwrap_or_default()),
    ];
    texts.extend(said(plan).into_iter().map(|(name, text)| (name, text.to_owned())));
    let actions = version.kept.actions.iter().map(|(action, who)| {
        let who = if who.is_empty() { w.who_client } else { who };
        let day = action.by_day.map_or_else(|| w.no_day.to_owned(), |day| language().date(day));
        format!("{}. {who}, {day}", action.what)
    });
    texts.extend(actions.map(|said| (w.what, said)));
    let texts = texts.into_iter().filter(|(_, text)| !text.is_empty());
    view! {
        <h3>{title}</h3>
        <dl class="definition">{texts.map(|(name, text)| fact(name, text)).collect_view()}</dl>
        {version_back(page, version)}
    }
    .into_any()
}

/// Corrects the plan to what a version said, with one press: the form of a correction, filled in.
fn version_back(page: &PlanPage, version: &PlanVersion) -> Option<AnyView> {
    if !page.can_write || page.withdrawn {
        return None;
    }
    let w = plan_words();
    let there = PlanFields::of(&version.kept.plan);
    let mut fields = vec![("version", page.version.to_string())];
    fields.extend(PlanFields::NAMES.iter().flat_map(|name| {
        let value = there.field(name);
        // What is ticked is posted as often as there are ticks.
        let several = matches!(*name, "present" | "topics");
        let values: Vec<&str> = if several { value.split_whitespace().collect() } else { vec![value] };
        values.into_iter().map(|value| (*name, value.to_owned())).collect::<Vec<_>>()
    }));
    let kept = version.kept.actions.iter().map(|(action, _)| action);
    fields.extend(kept.flat_map(|action| ActionFields::of(action).posted()));
    let later = page.actions.iter().map(|seen| &seen.action);
    for action in later.filter(|action| version.kept.actions.iter().all(|(kept, _)| kept.id != action.id)) {
        fields.extend(ActionFields::of(action).posted());
        fields.push(("a_drop", action.id.to_string()));
    }
    let fields = fields
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value /> })
        .collect_view();
    let label = format!("{}: {}", w.version_back, version.version);
    Some(
        view! {
            <form method="post" action=format!("/plans/{}/edit", page.id)>
                {fields}
                <button class="button button-small" aria-label=label>
                    {Icon::Undo.view()}
                    {w.version_back}
                </button>
            </form>
        }
        .into_any(),
    )
}

fn take_back(page: &PlanPage) -> Option<AnyView> {
    let w = plan_words();
    (page.can_write && !page.withdrawn).then(|| {
        let to = format!("/plans/{}/withdraw", page.id);
        press(to, Icon::Undo, w.withdraw, w.withdraw.to_owned(), "button button-quiet")
    })
}
