//! Searching. What is typed is posted and goes into the address sealed: a client's name stands neither in a
//! history nor in a log, and going back finds the list as it was.

use crate::App;
use crate::desk::{DeskRequest, unprocessable};
use crate::posted::Posted;
use crate::{sealed, session};
use app::search::{Asked, found_page, search_page};
use axum::extract::{Path, Query, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use backend::Error;
use chrono::NaiveDate;
use domain::search::Query as Wanted;
use serde::Deserialize;

/// The form.
pub(crate) async fn form(State(app): State<App>, desk: DeskRequest) -> Response {
    desk.answer(app.backend.may_search(&desk.actor), |()| search_page("", None))
}

/// On to the address of a search, or the form once more with what is wrong.
pub(crate) async fn ask(
    State(app): State<App>,
    headers: HeaderMap,
    desk: DeskRequest,
    posted: Posted,
) -> Response {
    let text = posted.text("q");
    if let Err(error) = app.backend.may_search(&desk.actor) {
        return desk.failure(&error);
    }
    if let Err(wrong) = Wanted::read(&text) {
        return unprocessable(desk.answer(Ok(()), |()| search_page(&text, Some(wrong))));
    }
    match sealed::seal(&session::secret(&headers), &text) {
        Some(sealed) => Redirect::to(&format!("/search/{sealed}")).into_response(),
        None => desk.failure(&Error::internal("an address could not be sealed")),
    }
}

/// Which texts.
#[derive(Deserialize)]
pub(crate) struct Until {
    until: Option<NaiveDate>,
}

/// What was found. An address of another sign-in leads to the form.
pub(crate) async fn found(
    State(app): State<App>,
    headers: HeaderMap,
    desk: DeskRequest,
    Path(sealed): Path<String>,
    Query(Until { until }): Query<Until>,
) -> Response {
    if let Err(error) = app.backend.may_search(&desk.actor) {
        return desk.failure(&error);
    }
    let text = sealed::open(&session::secret(&headers), &sealed).unwrap_or_default();
    let Ok(query) = Wanted::read(&text) else { return Redirect::to("/search").into_response() };
    let address = format!("/search/{sealed}");
    let found = app.backend.search(&desk.actor, &query, until).await;
    desk.answer(found, |found| found_page(Asked { text: &text, address: &address, until }, found))
}
