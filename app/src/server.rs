//! What a server function needs on the server: who asks, and the backend.

use crate::error::AppError;
use axum::http::StatusCode;
use axum::http::request::Parts;
use backend::{Actor, Backend, Error};
use domain::codes::Language;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

/// Who sent the request, as the session middleware found out; part of the request.
#[derive(Clone, Debug)]
pub struct SignedIn(pub Option<Actor>);

/// The language that the request asks for; part of the request.
#[derive(Clone, Copy, Debug)]
pub struct Wanted(pub Language);

/// The addresses of the hashed files; in the context.
#[derive(Clone, Debug, Default, serde::Deserialize)]
pub struct Assets {
    /// The style sheet.
    pub css: String,
    /// The module that starts the browser code.
    pub boot: String,
    /// The browser code's JavaScript part.
    pub js: String,
    /// The browser code.
    pub wasm: String,
}

/// The backend and the signed-in person.
///
/// # Errors
/// [`AppError::SignedOut`] when nobody is signed in.
pub fn signed_in() -> Result<(Backend, Actor), AppError> {
    let signed_in = from_request::<SignedIn>().and_then(|signed_in| signed_in.0);
    match (use_context::<Backend>(), signed_in) {
        (Some(backend), Some(actor)) => Ok((backend, actor)),
        _ => Err(answer_with(AppError::SignedOut)),
    }
}

/// The backend, for what needs no sign-in.
///
/// # Errors
/// When there is none, which is our own mistake.
pub fn backend() -> Result<Backend, AppError> {
    use_context::<Backend>().ok_or_else(|| answer_with(AppError::Failed))
}

/// Something that a middleware put into the request.
#[must_use]
pub fn from_request<T: Clone + Send + Sync + 'static>() -> Option<T> {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<T>().cloned())
}

/// A use case's error as it goes over the wire. What is the machine's fault is logged here.
#[must_use]
pub fn wire(error: Error) -> AppError {
    answer_with(match error {
        Error::SignedOut => AppError::SignedOut,
        Error::NotThere => AppError::NotThere,
        Error::Database(_) | Error::Migration(_) | Error::Internal(_) => {
            tracing::error!(%error, "a use case failed");
            AppError::Failed
        }
    })
}

/// Sets the status of the answer.
fn answer_with(error: AppError) -> AppError {
    if let Some(options) = use_context::<ResponseOptions>()
        && let Ok(status) = StatusCode::from_u16(error.status())
    {
        options.set_status(status);
    }
    error
}
