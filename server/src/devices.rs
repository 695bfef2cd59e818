//! Phones: `POST /api/device` enrols one for whoever is signed in on it; `/devices` shows them, and what came from them
//! and waits.

use crate::App;
use crate::desk::{DeskRequest, unprocessable};
use crate::lists::{Sent, sent};
use app::devices::{Brought, Phones, devices_page};
use app::server::SignedIn;
use axum::Json;
use axum::extract::rejection::JsonRejection;
use axum::extract::{Extension, Form, Multipart, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use domain::ids::{CommandId, DeviceId};
use serde::Deserialize;

/// What a phone says of itself.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Enrolment {
    /// The credential's identity, made on the phone.
    device: DeviceId,
    /// Its public key in base64url.
    public_key: String,
    /// What the phone is called at first.
    name: String,
}

/// Enrols a phone; answers with who it is enrolled for and the list of the organisation's keys.
pub(crate) async fn enrol(
    State(app): State<App>,
    Extension(SignedIn(actor)): Extension<SignedIn>,
    enrolment: Result<Json<Enrolment>, JsonRejection>,
) -> Response {
    let Some(actor) = actor else { return StatusCode::UNAUTHORIZED.into_response() };
    let Enrolment { device, public_key, name } = match enrolment {
        Ok(Json(enrolment)) => enrolment,
        Err(rejection) => return rejection.status().into_response(),
    };
    let Ok(key) = BASE64.decode(public_key) else { return StatusCode::UNPROCESSABLE_ENTITY.into_response() };
    match app.backend.enrol(&actor, device, &key, &name).await {
        Ok(()) => Json(serde_json::json!({
            "person": actor.person,
            "manifest": app.backend.keys.manifest(),
        }))
        .into_response(),
        Err(backend::Error::NotThere) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => {
            tracing::error!(%error, "a phone could not be enrolled");
            StatusCode::SERVICE_UNAVAILABLE.into_response()
        }
    }
}

/// Own phones, the team's, and what waits for the person.
pub(crate) async fn page(State(app): State<App>, desk: DeskRequest) -> Response {
    with(&app, &desk, None).await
}

/// The page, with what came of a copy.
async fn with(app: &App, desk: &DeskRequest, brought: Option<Brought>) -> Response {
    let phones = async {
        let devices = app.backend.devices(&desk.actor).await?;
        let held = app.backend.held_entries(&desk.actor).await?;
        let gone = app.backend.held_of_gone(&desk.actor).await?;
        let local = |at: chrono::DateTime<chrono::Utc>| at.with_timezone(&backend::clock::ZONE).naive_local();
        Ok(Phones { person: desk.actor.person, devices, held, gone, local })
    };
    desk.answer(phones.await, |phones| devices_page(phones, brought))
}

/// Takes the sealed copy of a phone.
pub(crate) async fn bring(State(app): State<App>, desk: DeskRequest, parts: Multipart) -> Response {
    let brought = match sent(parts).await {
        None => Brought::TooLarge,
        Some(Sent { name, .. }) if name.is_empty() => Brought::NoFile,
        Some(Sent { bytes, .. }) => {
            match app.backend.receive_copy(&desk.actor, &String::from_utf8_lossy(&bytes)).await {
                Ok(taken) => Brought::Taken(taken),
                Err(error) => return desk.failure(&error),
            }
        }
    };
    let is_wrong = brought.is_wrong();
    let page = with(&app, &desk, Some(brought)).await;
    if is_wrong { unprocessable(page) } else { page }
}

/// A phone's new name.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Named {
    name: String,
}

/// Gives an own phone another name.
pub(crate) async fn rename(
    State(app): State<App>,
    desk: DeskRequest,
    Path(device): Path<DeviceId>,
    Form(named): Form<Named>,
) -> Response {
    desk.then(app.backend.name_device(&desk.actor, device, &named.name).await, "/devices")
}

/// Ends a phone's credential.
pub(crate) async fn end(State(app): State<App>, desk: DeskRequest, Path(device): Path<DeviceId>) -> Response {
    desk.then(app.backend.revoke_device(&desk.actor, device).await, "/devices")
}

/// Which of the texts that came under an identity.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Which {
    seal: String,
}

/// An entry that waits takes effect after all: an own one, or that of somebody who has left.
pub(crate) async fn accept(
    State(app): State<App>,
    desk: DeskRequest,
    Path(entry): Path<CommandId>,
    Form(which): Form<Which>,
) -> Response {
    desk.then(app.backend.accept_held_entry(&desk.actor, entry, &which.seal).await, "/devices")
}

/// Lets an entry go that could not take effect.
pub(crate) async fn let_go(
    State(app): State<App>,
    desk: DeskRequest,
    Path(entry): Path<CommandId>,
    Form(which): Form<Which>,
) -> Response {
    desk.then(app.backend.drop_held_entry(&desk.actor, entry, &which.seal).await, "/devices")
}
