//! Who stands in for whom.

use super::fields::{Form, Typed, done, empty};
use super::words::people_words;
use crate::desk::Content;
use crate::desk::fields::buttons;
use crate::i18n::{Dates, desk_words, language};
use backend::people::{StandIn, Substitutes};
use domain::people::{Standing, SubstituteFields};
use leptos::prelude::*;
use uuid::Uuid;

/// What was done just now on the page of substitutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandInDone {
    /// Somebody was named.
    Appointed,
    /// It was ended.
    Ended(Uuid),
}

/// Who stands in, now, ahead and past; and the form that names somebody.
#[must_use]
pub fn substitutes_page(
    page: Substitutes,
    typed: Option<Typed<SubstituteFields>>,
    what: Option<StandInDone>,
) -> Content {
    let w = people_words();
    let done = match what {
        Some(StandInDone::Appointed) => Some(done(w.appointed, None)),
        Some(StandInDone::Ended(id)) => Some(done(w.ended, Some(format!("/people/substitutes/{id}/resume")))),
        None => None,
    };
    let none = page.list.iter().all(|row| row.standing == Standing::Past);
    let group = |standing: Standing, title: &'static str| {
        let rows: Vec<_> = page.list.iter().filter(|row| row.standing == standing).cloned().collect();
        (!rows.is_empty()).then(|| list(title, rows))
    };
    let groups =
        [group(Standing::Now, w.now), group(Standing::Ahead, w.ahead), group(Standing::Past, w.past)];
    let form = form(&page, typed.unwrap_or_default());
    Content {
        title: w.substitutes.to_owned(),
        parent: Some(("/more".to_owned(), desk_words().nav_more.to_owned())),
        body: view! {
            {done}
            <p>{w.substitutes_lead}</p>
            {none.then(|| empty(w.substitutes_none))}
            {groups.into_iter().collect_view()}
            {form}
        }
        .into_any(),
    }
}

fn list(title: &'static str, rows: Vec<StandIn>) -> AnyView {
    let rows = rows.into_iter().map(row).collect_view();
    view! {
        <section class="card flush">
            <div class="card-head">
                <h2>{title}</h2>
            </div>
            <ul class="list">{rows}</ul>
        </section>
    }
    .into_any()
}

fn row(row: StandIn) -> AnyView {
    let w = people_words();
    let days = format!("{}–{}", language().date(row.from_day), language().date(row.to_day));
    let ended = row.ended_on.map(|on| format!(" · {} {}", w.ended_early, language().date(on)));
    let end = (row.may_end && row.standing != Standing::Past).then(|| {
        let label = format!("{}: {} – {}", w.end_now, row.substitute, row.coach);
        view! {
            <form method="post" action=format!("/people/substitutes/{}/end", row.id)>
                <button class="button button-small" aria-label=label>
                    {w.end_now}
                </button>
            </form>
        }
    });
    view! {
        <li>
            <div class="list-row">
                <span class="row-main">
                    <span class="row-title">{row.substitute.clone()}</span>
                    <span class="row-sub">{w.stands_for} " " {row.coach.clone()}</span>
                    <span class="row-sub">{days} {ended}</span>
                </span>
                <span class="row-end">{end}</span>
            </div>
        </li>
    }
    .into_any()
}

fn form(page: &Substitutes, typed: Typed<SubstituteFields>) -> AnyView {
    let w = people_words();
    let Typed { form, errors } = typed;
    let f = Form { errors: &errors, prefix: String::new() };
    let options = |people: &[(domain::ids::PersonId, String)]| {
        people.iter().map(|(id, name)| (id.to_string(), name.clone())).collect::<Vec<_>>()
    };
    let labels = [
        ("coach", w.substitute_coach),
        ("substitute", w.substitute_who),
        ("from_day", w.first_day),
        ("to_day", w.last_day),
    ];
    let from_day =
        if form.from_day.is_empty() && errors.is_empty() { page.today.to_string() } else { form.from_day };
    view! {
        <form class="form card" method="post" action="/people/substitutes">
            <h2>{w.substitute_new}</h2>
            {f.summary(&labels)}
            {f.choice(labels[0], &form.coach, options(&page.choices.coaches), None)}
            {f.choice(labels[1], &form.substitute, options(&page.choices.substitutes), None)}
            {f.field(labels[2], &from_day, "date", None)}
            {f.field(labels[3], &form.to_day, "date", None)}
            {buttons(w.substitute_new, "/more")}
        </form>
    }
    .into_any()
}
