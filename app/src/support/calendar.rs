//! The page about a coach's calendar in other programs, and the words in it.

use super::support_words;
use crate::desk::Content;
use crate::i18n::{Dates, language};
use chrono::NaiveDate;
use domain::codes::Language;
use domain::feed::Happening;
use leptos::prelude::*;

/// What a day of the calendar says.
#[must_use]
pub fn happening(language: Language, what: Happening) -> &'static str {
    let w = super::support_words_in(language);
    match what {
        Happening::Support => w.title,
        Happening::NetworkMeeting => w.cal_network,
        Happening::ClientStep | Happening::EmployerStep => w.cal_step,
    }
}

/// The page: `since` says since when there is an address, `address` is a new one, shown once.
#[must_use]
pub fn calendar_page(since: Option<NaiveDate>, address: Option<String>) -> Content {
    let w = support_words();
    let fresh = address.map(|address| {
        view! {
            <section class="card">
                <h2>{w.cal_new}</h2>
                <p>{w.cal_once}</p>
                <p class="field">
                    <label class="label" for="address">
                        {w.cal_address}
                    </label>
                    <input class="input" id="address" readonly value=address />
                </p>
            </section>
        }
    });
    let state = match since {
        Some(day) => w.cal_since.of(language().date(day)),
        None => w.cal_none.to_owned(),
    };
    let end = since.map(|_| {
        view! {
            <form method="post" action="/calendar/end">
                <button class="button">{w.cal_end}</button>
            </form>
        }
    });
    let make = if since.is_some() { w.cal_again } else { w.cal_make };
    Content {
        title: w.cal_title.to_owned(),
        parent: None,
        body: view! {
            {fresh}
            <section class="card">
                <p>{w.cal_lead}</p>
                <p>{w.cal_names}</p>
                <p class="muted">{state}</p>
                <div class="row">
                    <form method="post" action="/calendar">
                        <button class="button button-primary">{make}</button>
                    </form>
                    {end}
                </div>
            </section>
        }
        .into_any(),
    }
}
