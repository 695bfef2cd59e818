//! The register without browser code.

use crate::App;
use app::server::SignedIn;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use backend::Error;

/// Every employer's id, name and municipality, a line each, for searching in the browser.
pub(crate) async fn names(
    State(app): State<App>,
    Extension(SignedIn(actor)): Extension<SignedIn>,
) -> Response {
    let Some(actor) = actor else { return StatusCode::UNAUTHORIZED.into_response() };
    match app.backend.employer_names(&actor).await {
        Ok(text) => ([(CONTENT_TYPE, "text/tab-separated-values; charset=utf-8")], text).into_response(),
        Err(Error::NotThere) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => crate::desk::failed(&error),
    }
}
