//! The card of the day: taken along on Today while there is a network, opened there with a number when there is none. It is
//! the only thing about clients that a phone keeps to be read again.

#[cfg(feature = "hydrate")]
mod phone;
mod words;

use crate::i18n::{Dates, Phrase, language};
use crate::ui::Icon;
use crate::visits::settler;
use chrono::{NaiveDate, NaiveTime};
use domain::card::{Card, Stop, StopKind};
use domain::today::TaskKind;
use leptos::prelude::*;

pub use words::{CardWords, card_words};

/// The card on this phone; in the context.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "on the server there is no phone"))]
pub struct Pocket {
    /// Has the phone been looked at?
    looked: RwSignal<bool>,
    /// When the card on it is over; none where there is none.
    until: RwSignal<Option<(NaiveDate, NaiveTime)>>,
    /// The card, as long as it is open: in this page's memory only.
    open: RwSignal<Option<Card>>,
    busy: RwSignal<bool>,
    /// What is to be said, and whether something was wrong.
    said: RwSignal<Option<(bool, String)>>,
    /// Since when the page is put away, by the phone's clock.
    away_since: StoredValue<Option<i64>>,
}

impl Pocket {
    /// A phone that nobody has looked at yet.
    #[must_use]
    pub fn new() -> Self {
        let pocket = Self {
            looked: RwSignal::new(false),
            until: RwSignal::new(None),
            open: RwSignal::new(None),
            busy: RwSignal::new(false),
            said: RwSignal::new(None),
            away_since: StoredValue::new(None),
        };
        #[cfg(feature = "hydrate")]
        pocket.close_when_put_away();
        pocket
    }

    /// The way to take a card along.
    #[must_use]
    pub fn taking(self) -> AnyView {
        let t = card_words();
        let typed = RwSignal::new(String::new());
        self.look_when_there();
        let summary = move || self.is_with(t).unwrap_or_else(|| t.title.to_owned());
        let take = move || {
            #[cfg(feature = "hydrate")]
            self.take(typed, t);
            let _ = typed;
        };
        let form = move || {
            let word = if self.until.get().is_some() { t.again } else { t.take };
            self.looked.get().then(|| {
                view! {
                    {self.number(typed, Some(t.pin_hint), take)}
                    <p class="row">
                        {self.button("button button-primary", word, t.taking, take)}
                        {self.until.get().is_some().then(|| self.way_to_drop(t))}
                    </p>
                }
            })
        };
        view! {
            <section class="card">
                <details>
                    <summary>{summary}</summary>
                    <div class="stack">
                        <p class="hint">{t.lead}</p>
                        {form}
                        {self.is_said()}
                    </div>
                </details>
            </section>
        }
        .into_any()
    }

    /// The card where there is no network: a number opens it.
    #[must_use]
    pub fn opening(self) -> AnyView {
        let t = card_words();
        let typed = RwSignal::new(String::new());
        self.look_when_there();
        let try_it = move || {
            #[cfg(feature = "hydrate")]
            self.try_to_open(typed, t);
            let _ = typed;
        };
        let shown = move || match (self.open.get(), self.until.get()) {
            (Some(card), _) => self.opened(card, t),
            (None, Some(_)) => view! {
                <p>{self.is_with(t)}</p>
                {self.number(typed, None, try_it)}
                <p class="row">{self.button("button button-primary", t.open, t.opening, try_it)}</p>
            }
            .into_any(),
            (None, None) => self.looked.get().then(|| view! { <p class="muted">{t.none}</p> }).into_any(),
        };
        view! {
            <section class="card">
                <div class="card-head">
                    <h2>{t.title}</h2>
                </div>
                <div class="stack">{self.is_said()} {shown}</div>
            </section>
        }
        .into_any()
    }

    fn opened(self, card: Card, t: &'static CardWords) -> AnyView {
        let close = move |_| self.open.set(None);
        let day = card.day;
        let none = card.stops.is_empty().then(|| view! { <p>{t.empty}</p> });
        let more = (card.left_out > 0).then(|| view! { <p>{Phrase(t.left_out).of(card.left_out)}</p> });
        let rows = card.stops.into_iter().map(|at| stop(at, day, t)).collect_view();
        view! {
            <p class="muted">{language().day(day)}</p>
            {none}
            <ul class="list">{rows}</ul>
            {more}
            <p>
                <button type="button" class="button" on:click=close>
                    {t.close}
                </button>
            </p>
        }
        .into_any()
    }

    fn is_with(self, t: &'static CardWords) -> Option<String> {
        let (day, time) = self.until.get()?;
        Some(Phrase(t.with_you).of(language().moment(day, Some(time))))
    }

    /// The field for the number. It has no name: nothing sends it anywhere.
    fn number(
        self,
        typed: RwSignal<String>,
        hint: Option<&'static str>,
        done: impl Fn() + 'static,
    ) -> AnyView {
        let t = card_words();
        let wrong = move || self.said.with(|said| matches!(said, Some((true, _)))).then_some("true");
        let hint = hint.map(|hint| view! { <p class="hint" id="card-pin-hint">{hint}</p> });
        let described = hint.is_some().then_some("card-pin-hint");
        view! {
            <div class="field">
                <label for="card-pin">{t.pin}</label>
                <input
                    class="input"
                    id="card-pin"
                    type="password"
                    inputmode="numeric"
                    autocomplete="off"
                    aria-invalid=wrong
                    aria-describedby=described
                    prop:value=typed
                    on:input=move |event| typed.set(event_target_value(&event))
                    on:keydown=move |event| {
                        if event.key() == "Enter" {
                            done();
                        }
                    }
                />
                {hint}
            </div>
        }
        .into_any()
    }

    fn button(
        self,
        class: &'static str,
        word: &'static str,
        going: &'static str,
        press: impl Fn() + 'static,
    ) -> AnyView {
        let shown = move || if self.busy.get() { going } else { word };
        view! {
            <button type="button" class=class aria-disabled=move || self.busy.get().then_some("true") on:click=move |_| press()>
                {shown}
            </button>
        }
        .into_any()
    }

    fn way_to_drop(self, t: &'static CardWords) -> AnyView {
        let drop = move || {
            #[cfg(feature = "hydrate")]
            self.drop(t);
            let _ = t;
        };
        self.button("button", t.drop, t.drop, drop)
    }

    fn is_said(self) -> impl Fn() -> AnyView {
        move || {
            let said = self.said.get();
            said.map(|(wrong, text)| {
                let (class, role) = if wrong { ("error", "alert") } else { ("muted", "status") };
                view! { <p class=class role=role>{text}</p> }
            })
            .into_any()
        }
    }

    fn look_when_there(self) {
        #[cfg(feature = "hydrate")]
        Effect::new(move |_| self.look());
    }
}

impl Default for Pocket {
    fn default() -> Self {
        Self::new()
    }
}

fn stop(stop: Stop, today: NaiveDate, t: &'static CardWords) -> AnyView {
    let words = crate::i18n::words();
    let kind = match stop.kind {
        StopKind::NextStep(_) => t.next_step,
        StopKind::Task(TaskKind::Support(why)) => words.support_why(why),
        StopKind::Task(TaskKind::Advice(_)) => words.task_advice,
        StopKind::Task(TaskKind::Action) => t.action,
    };
    let what = match stop.kind {
        StopKind::Task(TaskKind::Advice(occasion)) => words.occasion(occasion).to_owned(),
        _ => stop.what,
    };
    let said = [kind, &what].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(": ");
    let (title, alias) =
        if stop.name.is_empty() { (stop.alias, String::new()) } else { (stop.name, stop.alias) };
    let about = [alias, stop.address, stop.contact].into_iter().filter(|text| !text.is_empty());
    let about = about.map(|text| view! { <span class="row-sub">{text}</span> }).collect_view();
    let silenced = stop
        .do_not_contact
        .then(|| view! { <span class="tag tag-warn">{Icon::Warning.view()} {words.do_not_contact}</span> });
    let late = (today - stop.on).num_days();
    let tag = if late > 0 {
        view! { <span class="tag tag-warn">{Icon::Warning.view()} {words.due_late.of(late)}</span> }
            .into_any()
    } else {
        view! { <span class="tag tag-accent">{words.due_today}</span> }.into_any()
    };
    let call = (!stop.phone.is_empty()).then(|| {
        let to = format!("tel:{}", stop.phone.replace(' ', ""));
        view! { <a class="button button-small" href=to>{Icon::Phone.view()} {stop.phone}</a> }
    });
    let log = stop.employer.map(|employer| {
        let to = format!("/visits/new?employer={employer}");
        view! { <a class="button button-small" href=to>{Icon::Plus.view()} {t.log}</a> }
    });
    let done = match stop.kind {
        StopKind::NextStep(visit) => Some(way_to_settle(settler(visit, what.clone()), &what)),
        StopKind::Task(_) => None,
    };
    view! {
        <li class="list-row">
            <span class="row-main">
                <span class="row-title">{title}</span>
                <span class="row-sub">{said}</span>
                {about}
                <span class="row">{tag} {silenced}</span>
                <span class="row">{call} {log} {done}</span>
            </span>
        </li>
    }
    .into_any()
}

/// One press: the step is done as soon as the server hears of it.
fn way_to_settle(settle: impl Fn() + 'static, what: &str) -> AnyView {
    let t = crate::i18n::words();
    let done = RwSignal::new(false);
    let label = format!("{}: {what}", t.done);
    let press = move |_| {
        settle();
        done.set(true);
    };
    view! {
        <button
            type="button"
            class="button button-small"
            aria-label=label
            aria-pressed=move || done.get().to_string()
            disabled=done
            on:click=press
        >
            {Icon::Check.view()}
            {t.done}
        </button>
    }
    .into_any()
}
