//! Help: open to everybody, signed in or not; it holds nobody's data.

use crate::App;
use crate::desk::OpenRequest;
use app::error::AppError;
use app::help::{help_list, help_page};
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

/// The list of tasks.
pub(crate) async fn list(State(_): State<App>, OpenRequest(desk): OpenRequest) -> Response {
    Html(desk.page(help_list)).into_response()
}

/// One task.
pub(crate) async fn one(
    State(_): State<App>,
    OpenRequest(desk): OpenRequest,
    Path(slug): Path<String>,
) -> Response {
    match desk.page_if(|| help_page(&slug)) {
        Some(page) => Html(page).into_response(),
        None => (StatusCode::NOT_FOUND, Html(desk.failure(AppError::NotThere))).into_response(),
    }
}
