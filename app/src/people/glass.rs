//! Reading outside the relation with a written reason, and alarms about somebody who read many clients.

use super::fields::{Form, Typed, empty};
use super::words::people_words;
use crate::desk::Content;
use crate::desk::fields::buttons;
use crate::i18n::{Dates, desk_words, language};
use crate::ui::Icon;
use backend::people::{Alarm, GlassList, GlassSeen, OpenGlass, Waiting};
use chrono::{NaiveDate, NaiveTime};
use domain::forms::FieldError;
use domain::ids::UnitId;
use domain::people::{GlassFields, ReviewFields};
use leptos::prelude::*;
use uuid::Uuid;

/// What a review of one row of a list came back with.
pub type Reviewing = Option<(Uuid, Typed<ReviewFields>)>;

fn more() -> Option<(String, String)> {
    Some(("/more".to_owned(), desk_words().nav_more.to_owned()))
}

fn people() -> Option<(String, String)> {
    Some(("/people".to_owned(), desk_words().people_title.to_owned()))
}

/// The form.
#[must_use]
pub fn glass_page(units: Vec<(UnitId, String)>, typed: Typed<GlassFields>) -> Content {
    let w = people_words();
    let Typed { form, errors } = typed;
    let f = Form { errors: &errors, prefix: String::new() };
    let labels = [
        ("unit", w.glass_unit),
        ("client", w.glass_client),
        ("reason", w.glass_reason),
        ("password", w.password),
    ];
    let units = units.into_iter().map(|(id, name)| (id.to_string(), name)).collect();
    Content {
        title: w.glass.to_owned(),
        parent: more(),
        body: view! {
            {f.summary(&labels)}
            <p>{w.glass_lead}</p>
            <form class="form card" method="post" action="/break-glass">
                {f.choice(labels[0], &form.unit, units, None)}
                {f.field(labels[1], &form.client, "text", Some(w.glass_client_hint))}
                {f.field(labels[2], &form.reason, "area", Some(w.glass_reason_hint))}
                {f.field(labels[3], "", "password", None)}
                {buttons(w.glass_begin, "/more")}
            </form>
            <p>
                <a class="button" href="/break-glass/open">
                    {w.glass_to_open}
                </a>
            </p>
        }
        .into_any(),
    }
}

/// The answer, whether there is such a client or not.
#[must_use]
pub fn glass_answer_page() -> Content {
    let w = people_words();
    Content {
        title: w.glass.to_owned(),
        parent: more(),
        body: view! {
            <div class="notice" role="status">
                {Icon::Info.view()} <p>{w.glass_answer}</p>
            </div>
            <p>
                <a class="button button-primary" href="/break-glass/open">
                    {w.glass_to_open}
                </a>
            </p>
        }
        .into_any(),
    }
}

/// The clients whom the person reads with a written reason now.
#[must_use]
pub fn glass_open_page(open: Vec<OpenGlass>) -> Content {
    let w = people_words();
    let body = if open.is_empty() {
        empty(w.glass_none)
    } else {
        let rows = open
            .into_iter()
            .map(|one| {
                let until = w.glass_until.replace("{}", &language().time(one.until));
                view! {
                    <li>
                        <a class="list-row" href=format!("/clients/{}", one.client)>
                            <span class="row-main">
                                <span class="row-title">{one.alias}</span>
                                <span class="row-sub">{one.unit} " · " {until}</span>
                            </span>
                            {Icon::ChevronRight.view()}
                        </a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <section class="card flush">
                <ul class="list">{rows}</ul>
            </section>
        }
        .into_any()
    };
    Content {
        title: w.glass_open.to_owned(),
        parent: Some(("/break-glass".to_owned(), w.glass.to_owned())),
        body,
    }
}

/// Over a client's page: that it is read with a written reason, and until when.
#[must_use]
pub fn glass_banner(until: NaiveTime) -> AnyView {
    let text = people_words().glass_banner.replace("{}", &language().time(until));
    view! {
        <div class="notice notice-warn" role="status">
            {Icon::Key.view()} <p>{text}</p>
        </div>
    }
    .into_any()
}

/// What waits to be looked into, over the page of the people.
pub(super) fn waiting_notice(waiting: Waiting) -> AnyView {
    let w = people_words();
    let way = |to: &'static str, name: &'static str, count: usize, late: usize| {
        (count > 0).then(|| {
            let overdue = (late > 0).then(|| format!(" · {}: {late}", w.overdue));
            view! {
                <p>
                    <a href=to>{name}</a>
                    " · "
                    {w.waits_glass.replace("{}", &count.to_string())}
                    {overdue}
                </p>
            }
        })
    };
    if waiting == Waiting::default() {
        return ().into_any();
    }
    view! {
        <div class="notice notice-warn">
            {Icon::Warning.view()}
            <div>
                {way("/people/glass", w.glass_list, waiting.glass, waiting.overdue)}
                {way("/people/alarms", w.alarms, waiting.alarms, 0)}
            </div>
        </div>
    }
    .into_any()
}

/// The readings with a written reason.
#[must_use]
pub fn glass_list_page(list: GlassList, reviewing: Reviewing) -> Content {
    let w = people_words();
    let today = list.today;
    let body = if list.list.is_empty() {
        empty(w.glass_list_none)
    } else {
        let mut reviewing = reviewing;
        list.list
            .into_iter()
            .map(|one| {
                let typed = reviewing.take_if(|(id, _)| *id == one.id).map(|(_, typed)| typed);
                glass_card(one, today, typed.unwrap_or_default())
            })
            .collect_view()
            .into_any()
    };
    Content {
        title: w.glass_list.to_owned(),
        parent: people(),
        body: view! {
            <p>{w.glass_list_lead}</p>
            {body}
        }
        .into_any(),
    }
}

fn state(reviewed: bool, overdue: bool, due: String) -> AnyView {
    let w = people_words();
    if reviewed {
        view! { <span class="state state-sent">{Icon::Check.view()} {w.reviewed}</span> }.into_any()
    } else if overdue {
        view! { <span class="tag light-red">{Icon::Error.view()} {w.overdue} " · " {due}</span> }.into_any()
    } else {
        view! { <span class="tag tag-warn">{Icon::Info.view()} {due}</span> }.into_any()
    }
}

fn glass_card(one: GlassSeen, today: NaiveDate, typed: Typed<ReviewFields>) -> AnyView {
    let w = people_words();
    let due = w.review_due.replace("{}", &language().date(one.due));
    let state = state(one.reviewed.is_some(), one.overdue(today), due);
    let when = format!("{}–{}", language().moment(one.on, Some(one.from)), language().time(one.until));
    let line = |name: &'static str, text: Option<String>| {
        text.map(|text| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd>{text}</dd>
                </div>
            }
        })
    };
    let of_lead = one.client.is_some();
    let read = one
        .uses
        .iter()
        .map(|(at, action, kind)| {
            view! { <li>{language().time(*at)} " " {w.used(action, kind)}</li> }
        })
        .collect_view();
    let read = of_lead.then(|| {
        let nothing = one.uses.is_empty().then(|| view! { <p class="muted">{w.nothing_read}</p> });
        view! {
            <h3>{w.what_was_read}</h3>
            {nothing}
            <ul>{read}</ul>
        }
    });
    let own = (of_lead && one.reviewed.is_none() && !one.may_review)
        .then(|| view! { <p class="muted">{w.own_reading}</p> });
    let review =
        one.may_review.then(|| review_form(format!("/people/glass/{}/review", one.id), one.id, typed));
    let found = one.reviewed.map(|(on, by, words)| {
        let said = format!("{} · {by}", language().date(on));
        view! { <p>{w.reviewed} " " {said} <br /> {words}</p> }
    });
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{one.person}</h2>
                {state}
            </div>
            <dl class="definition">
                {line(w.when, Some(when))}
                {line(w.glass_unit, Some(one.unit))}
                {line(w.client, one.client)}
                {line(w.reason, one.reason)}
            </dl>
            {read}
            {found}
            {own}
            {review}
        </section>
    }
    .into_any()
}

fn review_form(action: String, id: Uuid, typed: Typed<ReviewFields>) -> AnyView {
    let w = people_words();
    let errors: Vec<FieldError> = typed.errors;
    let f = Form { errors: &errors, prefix: format!("{}-", id.simple()) };
    view! {
        <form class="form" method="post" action=action>
            {f.field(("found", w.found), &typed.form.found, "area", None)}
            <p>
                <button class="button">{w.review}</button>
            </p>
        </form>
    }
    .into_any()
}

/// Alarms about somebody who read many clients.
#[must_use]
pub fn alarms_page(alarms: Vec<Alarm>, reviewing: Reviewing) -> Content {
    let w = people_words();
    let mut reviewing = reviewing;
    let body = if alarms.is_empty() {
        empty(w.alarms_none)
    } else {
        alarms
            .into_iter()
            .map(|alarm| {
                let typed = reviewing.take_if(|(id, _)| *id == alarm.id).map(|(_, typed)| typed);
                alarm_card(alarm, typed.unwrap_or_default())
            })
            .collect_view()
            .into_any()
    };
    Content {
        title: w.alarms.to_owned(),
        parent: people(),
        body: view! {
            <p>{w.alarms_lead}</p>
            {body}
        }
        .into_any(),
    }
}

fn alarm_card(alarm: Alarm, typed: Typed<ReviewFields>) -> AnyView {
    let w = people_words();
    let when = language().moment(alarm.on, Some(alarm.from));
    let count = w.clients_read.replace("{}", &alarm.clients.to_string());
    let review =
        alarm.may_review.then(|| review_form(format!("/people/alarms/{}/review", alarm.id), alarm.id, typed));
    let found = alarm.reviewed.map(|(on, by, words)| {
        let said = format!("{} · {by}", language().date(on));
        view! { <p>{w.reviewed} " " {said} <br /> {words}</p> }
    });
    view! {
        <section class="card">
            <div class="card-head">
                <h2>{alarm.person}</h2>
                <span class="tag tag-warn">{Icon::Warning.view()} {count}</span>
            </div>
            <p>{when}</p>
            {found}
            {review}
        </section>
    }
    .into_any()
}
