//! What habits would change: sliders, what each item comes to, and the way from a habit to the team's plan. Everything
//! that a slider can say comes with the page, so that moving one asks nobody.

use super::{fidelity_words, title_of};
use crate::clients::{Typed, client_words};
use crate::desk::Content;
use crate::desk::fields::{Field, buttons, summary};
use crate::desk::sheet::hidden;
use crate::i18n::{Dates, language};
use crate::server::Assets;
use backend::fidelity::AheadPage;
use domain::codes::Code;
use domain::fidelity::ITEMS;
use domain::fidelity::ahead::{HABITS_AT_ONCE, Habit, Outcome, Outlook, Plan};
use domain::fidelity::improvement::ActionFields;
use leptos::nonce::use_nonce;
use leptos::prelude::*;
use uuid::Uuid;

/// A habit at a place of its slider, in words.
#[must_use]
pub fn habit_words(habit: Habit, step: i64) -> String {
    let w = fidelity_words();
    if step == 0 { w.as_now.to_owned() } else { w.habit_step(habit).of(step) }
}

/// Sliders on habits, and what each item comes to.
#[must_use]
pub fn ahead_page(page: &AheadPage, plan: &Plan) -> Content {
    super::spoken_by(&page.pack);
    let w = fidelity_words();
    let moves = use_context::<Assets>().unwrap_or_default().slider;
    let sliders: Vec<_> = Habit::ALL.iter().map(|habit| slider(page, *habit, plan)).collect();
    let rows: Vec<_> = page.outlooks.iter().map(|outlook| row(page, outlook, plan)).collect();
    let latest = page.today.checked_add_days(chrono::Days::new(364)).unwrap_or(page.today);
    Content {
        title: w.ahead_title.to_owned(),
        parent: Some(("/fidelity".to_owned(), w.title.to_owned())),
        body: view! {
            <p class="hint">{w.ahead_lead}</p>
            <form class="form" method="get" action="/fidelity/ahead">
                <div class="stack">
                    <section class="card">
                        <h2>{w.ahead_habits}</h2>
                        <div class="split">{sliders}</div>
                        <div class="field">
                            <label class="label" for="review">
                                {w.ahead_review}
                            </label>
                            <input
                                class="input short"
                                type="date"
                                id="review"
                                name="review"
                                value=page.review.to_string()
                                min=page.today.to_string()
                                max=latest.to_string()
                            />
                        </div>
                        <div class="row">
                            <button class="button button-primary" formaction="/fidelity/ahead/plan">
                                {w.ahead_take}
                            </button>
                            <button class="button">{w.ahead_show}</button>
                        </div>
                    </section>
                    <section class="card">
                        <h2>{w.ahead_outcome.of(language().date(page.review))}</h2>
                        <div class="table-wrap" tabindex="0" role="region" aria-label=w.ahead_outcomes>
                            <table class="table table-stack">
                                <caption class="visually-hidden">{w.ahead_outcomes}</caption>
                                <thead>
                                    <tr>
                                        <th scope="col">{w.item}</th>
                                        <th scope="col">{w.assessed}</th>
                                        <th scope="col">{w.ahead_now}</th>
                                        <th scope="col">{w.ahead_then}</th>
                                        <th scope="col">{w.ahead_when}</th>
                                    </tr>
                                </thead>
                                <tbody>{rows}</tbody>
                            </table>
                        </div>
                        <p class="hint">{w.ahead_rule}</p>
                    </section>
                </div>
            </form>
            <script type="module" src=moves nonce=use_nonce()></script>
            {rest(page)}
            <p class="muted small">{w.self_assessment}</p>
        }
        .into_any(),
    }
}

fn slider(page: &AheadPage, habit: Habit, plan: &Plan) -> AnyView {
    let w = fidelity_words();
    let steps = habit.steps();
    let now = plan.get(&habit).copied().unwrap_or(0);
    let place = steps.iter().position(|step| *step == now).unwrap_or(0);
    let words: Vec<String> = steps.iter().map(|step| habit_words(habit, *step)).collect();
    let rises = page
        .outlooks
        .iter()
        .filter(|outlook| habit.items().contains(&outlook.item))
        .map(|outlook| rise(page, outlook, plan))
        .collect_view();
    words_slider(
        habit.code(),
        w.habit(habit),
        place,
        &words,
        view! { <ul class="small rises">{rises}</ul> }.into_any(),
    )
}

/// A slider whose places have words, and what stands below it.
pub(crate) fn words_slider(
    name: &'static str,
    label: &'static str,
    place: usize,
    words: &[String],
    below: AnyView,
) -> AnyView {
    let said = words.get(place).cloned().unwrap_or_default();
    Field::new(name, label).control(|ties| {
        view! {
            <span class="slider slider-words">
                <input
                    type="range"
                    min="0"
                    max=words.len().saturating_sub(1).to_string()
                    step="1"
                    id=ties.id
                    name=name
                    value=place.to_string()
                    aria-describedby=ties.described
                />
                <output for=name data-words=words.join("|")>
                    {said}
                </output>
            </span>
            {below}
        }
        .into_any()
    })
}

/// An item under the slider that moves it.
fn rise(page: &AheadPage, outlook: &Outlook, plan: &Plan) -> AnyView {
    let Moved { of, sizes, outcomes, score, words } = Moved::new(page, outlook, plan);
    view! {
        <li data-of=of data-sizes=sizes data-outcomes=outcomes>
            {format!("{}. {}: {} → ", outlook.item, title_of(outlook.item), mark(outlook.now))}
            <strong data-score>{score}</strong>
            ", "
            <span class="muted" data-words>
                {words}
            </span>
        </li>
    }
    .into_any()
}

/// What an item comes to with every setting of its sliders, as the script reads it, and with the one that holds.
struct Moved {
    of: String,
    sizes: String,
    outcomes: String,
    score: String,
    words: String,
}

impl Moved {
    fn new(page: &AheadPage, outlook: &Outlook, plan: &Plan) -> Self {
        let at: Plan =
            outlook.habits.iter().map(|habit| (*habit, plan.get(habit).copied().unwrap_or(0))).collect();
        let outcome = outlook.outcomes.iter().find(|outcome| outcome.plan == at);
        let all = outlook.outcomes.iter();
        let all =
            all.map(|outcome| format!("{};{}", mark(outcome.at_review), when(page, outlook.now, outcome)));
        let habits = || outlook.habits.iter();
        Self {
            of: habits().map(|habit| habit.code()).collect::<Vec<_>>().join(" "),
            sizes: habits().map(|habit| habit.steps().len().to_string()).collect::<Vec<_>>().join(" "),
            outcomes: all.collect::<Vec<_>>().join("|"),
            score: mark(outcome.and_then(|outcome| outcome.at_review)),
            words: outcome.map(|outcome| when(page, outlook.now, outcome)).unwrap_or_default(),
        }
    }
}

fn row(page: &AheadPage, outlook: &Outlook, plan: &Plan) -> AnyView {
    let w = fidelity_words();
    let item = outlook.item;
    let last = page.last.as_ref().and_then(|last| last.scores.get(usize::from(item - 1)).copied().flatten());
    let Moved { of, sizes, outcomes, score, words } = Moved::new(page, outlook, plan);
    view! {
        <tr data-of=of data-sizes=sizes data-outcomes=outcomes>
            <th scope="row">
                <a href=format!("/fidelity/{item}")>{format!("{item}. {}", title_of(item))}</a>
            </th>
            <td data-label=w.assessed>{mark(last)}</td>
            <td data-label=w.ahead_now>{mark(outlook.now)}</td>
            <td data-label=w.ahead_then>
                <strong data-score>{score}</strong>
            </td>
            <td data-label=w.ahead_when data-words>
                {words}
            </td>
        </tr>
    }
    .into_any()
}

fn mark(score: Option<u8>) -> String {
    score.map_or_else(|| "–".to_owned(), |score| score.to_string())
}

/// When an item rises, in words.
fn when(page: &AheadPage, now: Option<u8>, outcome: &Outcome) -> String {
    let w = fidelity_words();
    let day = |day| language().date(day);
    let first = match outcome.rises {
        _ if outcome.at_review < now => w.ahead_falls.to_owned(),
        _ if outcome.plan.values().all(|step| *step == 0) => return w.as_now.to_owned(),
        None => return w.ahead_same.to_owned(),
        Some((on, score)) if on > page.review => {
            return w.ahead_too_late.say(&[&score.to_string(), &day(on)]);
        }
        Some((on, score)) if outcome.at_review == Some(score) => w.ahead_on.of(day(on)),
        Some((on, score)) => w.ahead_rises.say(&[&score.to_string(), &day(on)]),
    };
    match outcome.later {
        Some((on, score)) => format!("{first} {}", w.ahead_later.say(&[&score.to_string(), &day(on)])),
        None => first,
    }
}

/// The items that no slider moves: each a way to an action.
fn rest(page: &AheadPage) -> AnyView {
    let w = fidelity_words();
    let moved = |item: u8| page.outlooks.iter().any(|outlook| outlook.item == item);
    let rows: Vec<_> = (1..=ITEMS)
        .filter(|item| !moved(*item))
        .map(|item| {
            view! {
                <li>
                    <a href=format!("/fidelity/{item}/actions")>{format!("{item}. {}", title_of(item))}</a>
                </li>
            }
        })
        .collect();
    view! {
        <details>
            <summary>{w.ahead_rest}</summary>
            <p class="hint">{w.ahead_rest_lead}</p>
            <ul>{rows}</ul>
        </details>
    }
    .into_any()
}

/// A habit on its way into the team's plan.
#[derive(Clone, Debug)]
pub struct Taken {
    /// Which.
    pub habit: Habit,
    /// What its place stands for.
    pub step: i64,
    /// Is it taken?
    pub taken: bool,
    /// The identity of its action.
    pub entry: Uuid,
    /// Who sees to it, and by when.
    pub form: Typed<ActionFields>,
}

/// The habits that were moved: which of them the team takes on, who sees to each, and by when.
#[must_use]
pub fn habits_page(page: &AheadPage, habits: &[Taken], wrong_count: bool) -> Content {
    let w = fidelity_words();
    let back = {
        let steps = habits.iter().map(|one| format!("&{}={}", one.habit.code(), place(one.habit, one.step)));
        format!("/fidelity/ahead?review={}{}", page.review, steps.collect::<String>())
    };
    let errors = wrong_count.then(|| ("take".to_owned(), w.ahead_choose.of(HABITS_AT_ONCE)));
    let cards: Vec<_> = habits.iter().map(|one| habit_card(page, one)).collect();
    let body = if habits.is_empty() {
        view! { <p>{w.ahead_none}</p> }.into_any()
    } else {
        view! {
            <form class="form" method="post" action="/fidelity/ahead/plan">
                {hidden("review", page.review)}
                <p id="take" class="hint">
                    {w.ahead_choose.of(HABITS_AT_ONCE)}
                </p>
                {cards}
                {buttons(w.ahead_save, back.clone())}
            </form>
        }
        .into_any()
    };
    Content {
        title: w.ahead_plan.to_owned(),
        parent: Some((back, w.ahead_title.to_owned())),
        body: view! {
            {summary(errors.into_iter())}
            {body}
        }
        .into_any(),
    }
}

fn place(habit: Habit, step: i64) -> usize {
    habit.steps().iter().position(|other| *other == step).unwrap_or(0)
}

fn habit_card(page: &AheadPage, one: &Taken) -> AnyView {
    let w = fidelity_words();
    let people: Vec<(String, String)> =
        page.people.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    let words = client_words();
    let field = |name: &'static str, label: &'static str| {
        let wrong = one.form.errors.iter().filter(move |error| error.field() == name);
        Field::new(name, label).of_form(one.habit.code()).wrong(wrong.map(|error| words.error(*error)))
    };
    let what = format!("{}: {}", w.habit(one.habit), habit_words(one.habit, one.step));
    let take = vec![(one.habit.code().to_owned(), what)];
    let chosen = if one.taken { one.habit.code() } else { "" };
    view! {
        <section class="card">
            {hidden("habit", one.habit.code())} {hidden("place", place(one.habit, one.step))} {hidden("id", one.entry)}
            {Field::new("take", w.ahead_take_one).of_form(one.habit.code()).chips("checkbox", &take, chosen)}
            {field("owner", w.f_owner).select(None, &people, &one.form.form.owner)}
            {field("by_day", w.f_by_day).input("date", &one.form.form.by_day)}
        </section>
    }
    .into_any()
}
