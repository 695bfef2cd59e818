//! The team lead's week, and the unit's meetings.

use crate::App;
use crate::desk::{DeskRequest, unprocessable};
use crate::posted::Posted;
use app::clients::Typed;
use app::desk::Done;
use app::lead::{lead_words_in, meetings_page, new_meeting_page, talk_page, week_page};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use backend::Error;
use domain::calendar::Week;
use domain::codes::{Code, MeetingKind};
use domain::lead::{KINDS, MeetingFields, TalkedFields};
use serde::Deserialize;
use uuid::Uuid;

/// Which week.
#[derive(Deserialize)]
pub(crate) struct Asked {
    week: Option<String>,
}

/// The lead's week.
pub(crate) async fn week(State(app): State<App>, desk: DeskRequest, Query(asked): Query<Asked>) -> Response {
    let day = asked.week.and_then(|day| day.parse().ok()).unwrap_or(desk.actor.today);
    let week = app.backend.unit_week(&desk.actor, Week::of(day)).await;
    desk.answer(week, |week| week_page(&week))
}

/// Which page, and what was done just now.
#[derive(Deserialize)]
pub(crate) struct Just {
    page: Option<u32>,
    saved: Option<Uuid>,
    undone: Option<Uuid>,
}

/// The unit's meetings.
pub(crate) async fn meetings(
    State(app): State<App>,
    desk: DeskRequest,
    Query(just): Query<Just>,
) -> Response {
    let w = lead_words_in(desk.desk.language);
    let done = match (just.saved, just.undone) {
        (Some(id), _) => {
            Some(Done { text: w.saved.to_owned(), undo: Some(format!("/meetings/{id}/withdraw")) })
        }
        (None, Some(id)) => {
            Some(Done { text: w.undone.to_owned(), undo: Some(format!("/meetings/{id}/restore")) })
        }
        (None, None) => None,
    };
    let number = just.page.unwrap_or(0);
    let page = app.backend.unit_meetings(&desk.actor, number).await;
    desk.answer(page, |page| meetings_page(&page, number, done))
}

/// What kind, with whom.
#[derive(Deserialize)]
pub(crate) struct Which {
    kind: Option<String>,
    coach: Option<String>,
    client: Option<String>,
}

fn kind_of(text: &str) -> Option<MeetingKind> {
    MeetingKind::parse(text).ok().filter(|kind| KINDS.contains(kind))
}

/// A meeting, to be written down.
pub(crate) async fn new_form(
    State(app): State<App>,
    desk: DeskRequest,
    Query(which): Query<Which>,
) -> Response {
    let kind = which.kind.as_deref().unwrap_or(MeetingKind::VocationalUnit.code());
    let Some(kind) = kind_of(kind) else { return desk.failure(&Error::NotThere) };
    desk.answer(app.backend.meeting_form(&desk.actor, kind).await, |form| {
        let present: Vec<String> = match which.coach {
            Some(coach) => vec![form.me.to_string(), coach],
            None => form.people.iter().map(|(id, _)| id.to_string()).collect(),
        };
        let fields = MeetingFields {
            kind: kind.code().to_owned(),
            day: form.today.to_string(),
            present: present.join(" "),
            client: which.client.unwrap_or_default(),
            ..MeetingFields::default()
        };
        new_meeting_page(&form, form.entry, &Typed::untouched(fields))
    })
}

/// Writes it down.
pub(crate) async fn write(State(app): State<App>, desk: DeskRequest, posted: Posted) -> Response {
    let (entry, fields) = (posted.entry(), posted.fields::<MeetingFields>(MeetingFields::NAMES));
    let kind = kind_of(&fields.kind).unwrap_or(MeetingKind::VocationalUnit);
    let form = match app.backend.meeting_form(&desk.actor, kind).await {
        Ok(form) => form,
        Err(error) => return desk.failure(&error),
    };
    match app.backend.write_meeting(&desk.actor, &form, entry, &fields).await {
        Ok(Ok(())) => Redirect::to(&format!("/meetings?saved={entry}")).into_response(),
        Ok(Err(errors)) => {
            let typed = Typed { form: fields, errors };
            unprocessable(desk.answer(Ok(form), |form| new_meeting_page(&form, entry, &typed)))
        }
        Err(error) => desk.failure(&error),
    }
}

/// One more client of a meeting.
pub(crate) async fn talk_form(State(app): State<App>, desk: DeskRequest, Path(id): Path<Uuid>) -> Response {
    desk.answer(app.backend.talk_form(&desk.actor, id).await, |form| {
        let entry = form.1.entry;
        talk_page(id, &form, entry, &Typed::untouched(TalkedFields::default()))
    })
}

/// Writes down what was said of the client.
pub(crate) async fn talk(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<Uuid>,
    posted: Posted,
) -> Response {
    let (entry, fields) = (posted.entry(), posted.fields::<TalkedFields>(TalkedFields::NAMES));
    match app.backend.talk_of_client(&desk.actor, id, entry, &fields).await {
        Ok(Ok(())) => Redirect::to(&format!("/meetings?saved={id}")).into_response(),
        Ok(Err(errors)) => {
            let typed = Typed { form: fields, errors };
            let form = app.backend.talk_form(&desk.actor, id).await;
            unprocessable(desk.answer(form, |form| talk_page(id, &form, entry, &typed)))
        }
        Err(error) => desk.failure(&error),
    }
}

/// A meeting is taken back.
pub(crate) async fn withdraw(State(app): State<App>, desk: DeskRequest, Path(id): Path<Uuid>) -> Response {
    desk.then(app.backend.take_meeting(&desk.actor, id, false).await, &format!("/meetings?undone={id}"))
}

/// It is brought back.
pub(crate) async fn restore(State(app): State<App>, desk: DeskRequest, Path(id): Path<Uuid>) -> Response {
    desk.then(app.backend.take_meeting(&desk.actor, id, true).await, &format!("/meetings?saved={id}"))
}
