//! A coach's calendar in other programs: its address, and the file behind it.

use crate::App;
use crate::desk::DeskRequest;
use app::support::{calendar_page, happening};
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, HOST};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use backend::clock::ZONE;
use domain::feed::calendar;

/// The page.
pub(crate) async fn page(State(app): State<App>, desk: DeskRequest) -> Response {
    let since = app.backend.calendar(&desk.actor).await;
    desk.answer(since, |since| calendar_page(since.map(|at| at.with_timezone(&ZONE).date_naive()), None))
}

/// Makes a new address and shows it, once.
pub(crate) async fn share(State(app): State<App>, desk: DeskRequest, headers: HeaderMap) -> Response {
    let token = app.backend.share_calendar(&desk.actor, desk.desk.language).await;
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let scheme = if host.starts_with("127.") || host.starts_with("localhost") { "http" } else { "https" };
    let today = desk.actor.today;
    desk.answer(token, |token| {
        calendar_page(Some(today), Some(format!("{scheme}://{host}/calendar/{}.ics", token.reveal())))
    })
}

/// The address opens nothing any more.
pub(crate) async fn end(State(app): State<App>, desk: DeskRequest) -> Response {
    desk.then(app.backend.end_calendar(&desk.actor).await, "/calendar")
}

/// The file, for whoever has the address: no session opens it.
pub(crate) async fn file(State(app): State<App>, Path(file): Path<String>) -> Response {
    let nothing = || StatusCode::NOT_FOUND.into_response();
    let Some(token) = file.strip_suffix(".ics") else { return nothing() };
    match app.backend.calendar_feed(token).await {
        Ok(feed) => {
            let word = |what| happening(feed.language, what);
            let text = calendar(&feed.events, "Rinnalla", word, feed.made_at);
            ([(CONTENT_TYPE, "text/calendar; charset=utf-8"), (CACHE_CONTROL, "no-store")], text)
                .into_response()
        }
        Err(backend::Error::NotThere) => nothing(),
        Err(error) => crate::desk::failed(&error),
    }
}
