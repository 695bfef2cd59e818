//! The day's route: the employers of a municipality, to be printed and taken along.

use crate::desk::Content;
use crate::employers::light::light;
use crate::i18n::{Dates, desk_words, language};
use crate::lists::as_file;
use crate::ui::Icon;
use backend::employers::{Route, Stop};
use leptos::prelude::*;

/// The route through `municipality`; with `due`, only where a next step waits.
#[must_use]
pub fn route_page(route: Route, municipality: &str, due: bool) -> Content {
    let t = desk_words();
    let options = route
        .municipalities
        .iter()
        .map(|name| {
            let selected = name == municipality;
            view! { <option value=name.clone() selected=selected>{name.clone()}</option> }
        })
        .collect_view();
    let wanted = if due { "&due=1" } else { "" };
    let question = format!("?municipality={}{wanted}", domain::employers::escaped(municipality));
    let stops = if municipality.is_empty() {
        view! { <p class="muted">{t.route_choose}</p> }.into_any()
    } else if route.stops.is_empty() {
        view! {
            <div class="card">
                <div class="empty">
                    <p>{t.route_none}</p>
                </div>
            </div>
        }
        .into_any()
    } else {
        view! {
            <ol class="stack">{(1..).zip(route.stops).map(|(number, at)| stop(number, at)).collect_view()}</ol>
            <p class="hint">{t.print_it}</p>
            {as_file("/employers/route", &question)}
        }
        .into_any()
    };
    let title =
        if municipality.is_empty() { t.employers_route.to_owned() } else { t.route_of.of(municipality) };
    Content {
        title,
        parent: Some(("/employers".to_owned(), t.employers_title.to_owned())),
        body: view! {
            <form class="filters" method="get" action="/employers/route">
                <div class="field">
                    <label class="visually-hidden" for="municipality">
                        {t.municipality}
                    </label>
                    <select class="input" id="municipality" name="municipality">
                        <option value="">{t.municipality}</option>
                        {options}
                    </select>
                </div>
                <label class="choice">
                    <input type="checkbox" name="due" value="1" checked=due />
                    <span>{t.route_due}</span>
                </label>
                <button class="button button-primary">{t.show}</button>
            </form>
            {route.more.then(|| view! { <p class="notice notice-warn">{t.route_more}</p> })}
            {stops}
        }
        .into_any(),
    }
}

fn stop(number: u32, stop: Stop) -> AnyView {
    let t = desk_words();
    let address: Vec<String> = [stop.street, stop.postal_code].into_iter().flatten().collect();
    let last = stop
        .last
        .map(|(day, by)| t.last_by.say(&[&language().date(day), &by.unwrap_or_else(|| "–".to_owned())]));
    let silenced = stop.do_not_contact.map(|reason| {
        view! {
            <p>
                <span class="tag tag-warn">{Icon::Warning.view()} {t.do_not_contact}</span>
                " "
                {reason}
            </p>
        }
    });
    let contacts = stop
        .contacts
        .into_iter()
        .map(|(name, title, phone)| {
            let who: Vec<String> = [name, title].into_iter().filter(|text| !text.is_empty()).collect();
            let call = (!phone.is_empty()).then(|| {
                view! { <a href=format!("tel:{}", phone.replace(' ', ""))>{Icon::Phone.view()} {phone.clone()}</a> }
            });
            view! { <li>{who.join(", ")} " " {call}</li> }
        })
        .collect_view();
    let steps = stop
        .next_steps
        .into_iter()
        .map(|step| {
            let what = if step.what.is_empty() { t.next_step_unnamed.to_owned() } else { step.what };
            let on = step.on.map(|on| format!("{}: ", language().date(on)));
            view! { <li>{on} {what} " · " {step.coach}</li> }
        })
        .collect_view();
    view! {
        <li class="card">
            <div class="card-head">
                <h2>
                    <span aria-hidden="true">{format!("{number}. ")}</span>
                    <a href=format!("/employers/{}", stop.id)>{stop.name.clone()}</a>
                </h2>
                {light(stop.silence)}
            </div>
            <p>{address.join(", ")}</p>
            {silenced}
            <ul class="list">{contacts}</ul>
            <p class="muted">
                {last.into_iter().chain(stop.owner.map(|owner| t.owner_is.of(owner))).collect::<Vec<_>>().join(" · ")}
            </p>
            <ul class="list">{steps}</ul>
            <p>
                <a class="button button-small" href=format!("/visits/new?employer={}", stop.id)>
                    {Icon::Plus.view()}
                    {t.log_title}
                </a>
            </p>
        </li>
    }
    .into_any()
}
