//! Team meetings.

use crate::App;
use crate::desk::{DeskRequest, unprocessable};
use crate::posted::Posted;
use app::meetings::{TypedMinutes, meeting_address, meeting_page};
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use backend::Error;
use backend::meetings::Minutes;
use domain::meetings::TalkFields;
use serde::Deserialize;

/// Which meeting.
#[derive(Deserialize)]
pub(crate) struct Asked {
    team: Option<String>,
    day: Option<String>,
    saved: Option<String>,
}

/// The meeting with a team on a day.
pub(crate) async fn team(State(app): State<App>, desk: DeskRequest, Query(asked): Query<Asked>) -> Response {
    let team = match asked.team.map(|team| team.parse()).transpose() {
        Ok(team) => team,
        Err(_) => return desk.failure(&Error::NotThere),
    };
    let day = asked.day.and_then(|day| day.parse().ok());
    desk.answer(app.backend.team_meeting(&desk.actor, team, day).await, |meeting| {
        meeting_page(&meeting, None, asked.saved.is_some())
    })
}

/// Writes it down.
pub(crate) async fn write_team(State(app): State<App>, desk: DeskRequest, posted: Posted) -> Response {
    let (Some(team), Some(day)) = (posted.id("team"), posted.id("day")) else {
        return desk.failure(&Error::NotThere);
    };
    let (outcomes, words) = (posted.all("outcome"), posted.all("words"));
    let at = |texts: &[String], at: usize| texts.get(at).cloned().unwrap_or_default();
    let talk = |(row, who)| TalkFields { who, outcome: at(&outcomes, row), words: at(&words, row) };
    let minutes = Minutes {
        present: posted.all("present").iter().filter_map(|id| id.parse().ok()).collect(),
        talks: posted.all("who").into_iter().enumerate().map(talk).collect(),
        stamp: posted.text("stamp"),
    };
    match app.backend.write_team_meeting(&desk.actor, team, day, &minutes).await {
        Ok(Ok(())) => Redirect::to(&format!("{}&saved=1", meeting_address((team, day)))).into_response(),
        Ok(Err(errors)) => {
            let meeting = app.backend.team_meeting(&desk.actor, Some(team), Some(day)).await;
            let typed = TypedMinutes { minutes, errors };
            unprocessable(desk.answer(meeting, |meeting| meeting_page(&meeting, Some(&typed), false)))
        }
        Err(error) => desk.failure(&error),
    }
}
