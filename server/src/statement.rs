//! The accessibility statement: open to everybody.

use crate::App;
use crate::desk::{OpenRequest, failed};
use app::statement::statement_page;
use axum::extract::State;
use axum::response::{Html, IntoResponse, Response};

/// The statement.
pub(crate) async fn page(State(app): State<App>, OpenRequest(desk): OpenRequest) -> Response {
    match app.backend.organisation_name().await {
        Ok(name) => Html(desk.page(|| statement_page(name, app.feedback.as_ref()))).into_response(),
        Err(error) => failed(&error),
    }
}
