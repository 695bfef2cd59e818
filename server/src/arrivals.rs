//! `POST /api/drop`: what phones sealed. Nobody needs to be signed in (O18): each envelope says by its signature which
//! phone sealed it, and there is nothing to read here.

use crate::App;
use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use outbox::{KEPT_MAX, MADE_MAX, PARCEL_MAX, Parcel};

/// Takes a parcel. Whatever the status, the phone keeps what no answer confirms.
pub(crate) async fn receive(State(app): State<App>, parcel: Result<Json<Parcel>, JsonRejection>) -> Response {
    let parcel = match parcel {
        Ok(Json(parcel)) => parcel,
        Err(rejection) => return rejection.status().into_response(),
    };
    let Parcel { envelopes, kept, made, .. } = &parcel;
    if envelopes.len() > PARCEL_MAX || kept.len() > KEPT_MAX || made.len() > MADE_MAX {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    }
    match app.backend.receive(parcel).await {
        Ok(reply) => Json(reply).into_response(),
        Err(error) => {
            tracing::error!(%error, "a parcel failed");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}
