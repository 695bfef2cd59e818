//! `POST /api/sync`: a batch of entries in, an answer an entry out.

use crate::App;
use app::server::SignedIn;
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Extension, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::sync::{BATCH_MAX, Batch};

/// Takes a batch. Whatever the status, the phone keeps what no answer confirms.
pub(crate) async fn receive(
    State(app): State<App>,
    Extension(SignedIn(actor)): Extension<SignedIn>,
    batch: Result<Json<Batch>, JsonRejection>,
) -> Response {
    let Some(actor) = actor else { return StatusCode::UNAUTHORIZED.into_response() };
    let batch = match batch {
        Ok(Json(batch)) => batch,
        Err(rejection) => return rejection.status().into_response(),
    };
    if batch.entries.len() > BATCH_MAX {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    match app.backend.sync(&actor, batch).await {
        Ok(answers) => Json(answers).into_response(),
        Err(error) => {
            tracing::error!(%error, "a batch failed");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
