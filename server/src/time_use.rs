//! What a coach's week went to.

use crate::App;
use crate::desk::{DeskRequest, unprocessable};
use crate::posted::Posted;
use app::clients::Typed;
use app::desk::Done;
use app::time_use::{time_page, time_words_in};
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use chrono::NaiveDate;
use domain::calendar::Week;
use domain::time_use::TimeFields;
use serde::Deserialize;

/// Which week, and whether it was saved just now.
#[derive(Deserialize)]
pub(crate) struct Asked {
    week: Option<String>,
    saved: Option<String>,
}

/// A day of the asked week; the running week where none is named, or one that has not begun.
fn week_of(named: Option<&str>, today: NaiveDate) -> Week {
    let day = named.and_then(|day| day.parse().ok()).filter(|day| *day <= today);
    Week::of(day.unwrap_or(today))
}

/// The week.
pub(crate) async fn week(State(app): State<App>, desk: DeskRequest, Query(asked): Query<Asked>) -> Response {
    let week = week_of(asked.week.as_deref(), desk.actor.today);
    let w = time_words_in(desk.desk.language);
    let done = asked.saved.map(|_| Done { text: w.saved.to_owned(), undo: None });
    desk.answer(app.backend.time_of_week(&desk.actor, week).await, |page| {
        let fields = TimeFields::of(page.week, &page.time);
        time_page(&page, &Typed::untouched(fields), done)
    })
}

/// Writes it down.
pub(crate) async fn write(State(app): State<App>, desk: DeskRequest, posted: Posted) -> Response {
    let fields = posted.fields::<TimeFields>(TimeFields::NAMES);
    match app.backend.write_time(&desk.actor, &fields).await {
        Ok(Ok(week)) => Redirect::to(&format!("/time?week={}&saved=1", week.monday)).into_response(),
        Ok(Err(errors)) => {
            let week = week_of(Some(&fields.week), desk.actor.today);
            let page = app.backend.time_of_week(&desk.actor, week).await;
            unprocessable(desk.answer(page, |page| time_page(&page, &Typed { form: fields, errors }, None)))
        }
        Err(error) => desk.failure(&error),
    }
}
