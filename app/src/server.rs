//! What a server function needs on the server: who asks, and the backend.

use crate::data::{Ask, Data};
use crate::error::AppError;
use axum::http::StatusCode;
use axum::http::request::Parts;
use backend::visits::TypedForm;
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
    /// The loader, which brings the browser code.
    pub boot: String,
    /// The module that looks at words while they are typed.
    pub words: String,
    /// The module by which a slider says where it stands.
    pub slider: String,
    /// The module that keeps what an assessor touches.
    pub draft: String,
    /// The module of desk pages: what waits on this phone, and forms that the outbox carries.
    pub desk: String,
}

/// The backend and the signed-in person.
///
/// # Errors
/// [`AppError::SignedOut`] when nobody is signed in.
fn signed_in() -> Result<(Backend, Actor), AppError> {
    let signed_in = from_request::<SignedIn>().and_then(|signed_in| signed_in.0);
    match (use_context::<Backend>(), signed_in) {
        (Some(backend), Some(actor)) => Ok((backend, actor)),
        _ => Err(answer_with(AppError::SignedOut)),
    }
}

/// Something that a middleware put into the request.
#[must_use]
pub fn from_request<T: Clone + Send + Sync + 'static>() -> Option<T> {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<T>().cloned())
}

/// A use case's error as it goes over the wire. What is the machine's fault is logged here.
fn wire(error: Error) -> AppError {
    answer_with(match error {
        Error::SignedOut => AppError::SignedOut,
        Error::NotThere => AppError::NotThere,
        Error::Database(_) | Error::Migration(_) | Error::Internal(_) => {
            tracing::error!(%error, "a use case failed");
            AppError::Failed
        }
    })
}

/// Answers a page's question: the one place where a question meets its use case.
///
/// # Errors
/// When nobody is signed in who may ask, or the use case gives nothing.
pub async fn answer(ask: Ask) -> Result<Data, AppError> {
    let (backend, actor) = signed_in()?;
    let answer = match ask {
        Ask::Me => backend.me(&actor).map(Data::Me),
        Ask::Today if actor.field_unit().is_none() => backend.me(&actor).map(Data::Me),
        Ask::Today => backend.today(&actor).await.map(Data::Today),
        Ask::Card => backend.card(&actor).await.map(Data::Card),
        Ask::Employers(query) => backend.employers(&actor, &query).await.map(Data::Employers),
        Ask::Employer(id) => backend.employer(&actor, id).await.map(Data::Employer),
        Ask::VisitForm(wish) => match from_request::<TypedForm>() {
            Some(typed) => backend.visit_form_again(&actor, typed).await.map(Data::VisitForm),
            None => backend.visit_form(&actor, wish).await.map(Data::VisitForm),
        },
        Ask::SignIns => backend.sign_ins(&actor).await.map(Data::SignIns),
        Ask::EndSignIn(session) => backend.end_sign_in(&actor, session).await.map(|()| Data::Nothing),
    };
    answer.map_err(wire)
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
