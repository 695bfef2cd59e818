//! Desk pages: who asks, in which language, and how an answer becomes a document.

use crate::{App, headers};
use app::desk::{Content, Desk};
use app::error::AppError;
use app::server::{SignedIn, Wanted};
use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{Html, IntoResponse, Redirect, Response};
use backend::{Actor, Error};
use domain::codes::{Language, Role};

/// A desk page that somebody who is signed in asks for.
pub(crate) struct DeskRequest {
    /// Who.
    pub(crate) actor: Actor,
    /// What the page is rendered with.
    pub(crate) desk: Desk,
}

impl FromRequestParts<App> for DeskRequest {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let actor = parts.extensions.get::<SignedIn>().and_then(|signed_in| signed_in.0.clone());
        let Some(actor) = actor else { return Err(Redirect::to("/sign-in").into_response()) };
        match app.backend.me(&actor) {
            Ok(me) => Ok(Self { actor, desk: Desk { me: Some(me), ..frameless(parts, app) } }),
            Err(error) => Err(failed(&error)),
        }
    }
}

/// What a page that is open to everybody is rendered with: in the frame of whoever is signed in.
pub(crate) struct OpenRequest(pub(crate) Desk);

impl FromRequestParts<App> for OpenRequest {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let actor = parts.extensions.get::<SignedIn>().and_then(|signed_in| signed_in.0.clone());
        let me = match actor {
            Some(actor) => Some(app.backend.me(&actor).map_err(|error| failed(&error))?),
            None => None,
        };
        Ok(Self(Desk { me, ..frameless(parts, app) }))
    }
}

/// What a page before signing in is rendered with.
pub(crate) struct FramelessRequest(pub(crate) Desk);

impl FromRequestParts<App> for FramelessRequest {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        Ok(Self(frameless(parts, app)))
    }
}

fn frameless(parts: &Parts, app: &App) -> Desk {
    let language = parts.extensions.get::<Wanted>().map_or(Language::Finnish, |wanted| wanted.0);
    let nonce = parts.extensions.get::<headers::PageNonce>().map(|nonce| nonce.0.clone());
    Desk {
        language,
        me: None,
        path: parts.uri.path().to_owned(),
        assets: app.assets.clone(),
        nonce: nonce.unwrap_or_default(),
    }
}

impl DeskRequest {
    /// The page of what a use case gave, or the page that says why there is none.
    pub(crate) fn answer<T>(&self, given: Result<T, Error>, content: impl FnOnce(T) -> Content) -> Response {
        match given {
            Ok(given) => Html(self.desk.page(|| content(given))).into_response(),
            Err(error) => self.failure(&error),
        }
    }

    /// Is a team lead asking?
    pub(crate) fn leads(&self) -> bool {
        self.desk.me.as_ref().is_some_and(|me| me.is(Role::Lead))
    }

    /// On to another page after something was done, or the page that says why it was not.
    pub(crate) fn then(&self, done: Result<impl Sized, Error>, to: &str) -> Response {
        match done {
            Ok(_) => Redirect::to(to).into_response(),
            Err(error) => self.failure(&error),
        }
    }

    /// The page that says why there is nothing to show.
    pub(crate) fn failure(&self, error: &Error) -> Response {
        let (status, why) = match error {
            Error::SignedOut => (StatusCode::UNAUTHORIZED, AppError::SignedOut),
            Error::NotThere => (StatusCode::NOT_FOUND, AppError::NotThere),
            Error::Database(_) | Error::Migration(_) | Error::Internal(_) => {
                tracing::error!(%error, "a desk page failed");
                (StatusCode::INTERNAL_SERVER_ERROR, AppError::Failed)
            }
        };
        (status, Html(self.desk.failure(why))).into_response()
    }
}

/// A form once more, with what is wrong.
pub(crate) fn unprocessable(mut response: Response) -> Response {
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// The answer when the machine could not do it.
pub(crate) fn failed(error: &Error) -> Response {
    tracing::error!(%error, "a form failed");
    StatusCode::SERVICE_UNAVAILABLE.into_response()
}
