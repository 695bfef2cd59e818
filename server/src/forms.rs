//! Plain form posts: signing in and out, the language, using an invitation. They work before any
//! browser code is there, and without it.

use crate::desk::{FramelessRequest, failed};
use crate::{App, session};
use app::account::{InvitedPerson, Said, accept_page, sign_in_page};
use app::desk::Desk;
use app::server::SignedIn;
use axum::Form;
use axum::extract::{ConnectInfo, Extension, Path, State};
use axum::http::header::USER_AGENT;
use axum::http::{Extensions, HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Redirect, Response};
use backend::Error;
use domain::codes::{Code, Language};
use serde::Deserialize;
use std::net::SocketAddr;

/// The sign-in page.
pub(crate) async fn sign_in_form(FramelessRequest(desk): FramelessRequest) -> Html<String> {
    Html(desk.document(|| sign_in_page(Said::default())))
}

/// Name and password.
#[derive(Deserialize)]
pub(crate) struct SignIn {
    name: String,
    password: String,
}

/// Signs in, or shows the form again with the name that was typed.
pub(crate) async fn sign_in(
    State(app): State<App>,
    FramelessRequest(desk): FramelessRequest,
    extensions: Extensions,
    headers: HeaderMap,
    Form(form): Form<SignIn>,
) -> Response {
    let address = client_address(&extensions, &headers);
    match app.backend.sign_in(&form.name, &form.password, &address, &device(&headers)).await {
        Ok(Some(token)) => (session::begin(&token), Redirect::to("/")).into_response(),
        Ok(None) => {
            let said = Said { error: Some("wrong".to_owned()), name: Some(form.name) };
            again(&desk, || sign_in_page(said))
        }
        Err(error) => failed(&error),
    }
}

/// Ends the session that asks.
pub(crate) async fn sign_out(
    State(app): State<App>,
    Extension(SignedIn(actor)): Extension<SignedIn>,
) -> Response {
    if let Some(actor) = actor
        && let Err(error) = app.backend.end_sign_in(&actor, actor.session).await
    {
        return failed(&error);
    }
    (session::end(), Redirect::to(SIGNED_OUT)).into_response()
}

/// Where whoever signed out goes: what the phone knows of them beside what is sealed goes there, too (`desk.js`).
const SIGNED_OUT: &str = "/sign-in?left=1";

/// Ends every session of the person.
pub(crate) async fn sign_out_everywhere(
    State(app): State<App>,
    Extension(SignedIn(actor)): Extension<SignedIn>,
) -> Response {
    if let Some(actor) = actor
        && let Err(error) = app.backend.sign_out_everywhere(&actor).await
    {
        return failed(&error);
    }
    (session::end(), Redirect::to(SIGNED_OUT)).into_response()
}

/// The language that was chosen, and the page that it was chosen on.
#[derive(Deserialize)]
pub(crate) struct ChosenLanguage {
    language: String,
    back: String,
}

/// Keeps the chosen language.
pub(crate) async fn choose_language(Form(form): Form<ChosenLanguage>) -> Response {
    let Ok(language) = Language::parse(&form.language) else {
        return StatusCode::UNPROCESSABLE_ENTITY.into_response();
    };
    let back = if form.back == "/more" { "/more" } else { "/sign-in" };
    (session::keep_language(language), Redirect::to(back)).into_response()
}

/// The page behind a one-time link.
pub(crate) async fn invitation(
    State(app): State<App>,
    FramelessRequest(desk): FramelessRequest,
    Path(token): Path<String>,
) -> Response {
    match invited(&app, &token).await {
        Ok(person) => Html(desk.document(|| accept_page(&token, person, Said::default()))).into_response(),
        Err(error) => failed(&error),
    }
}

/// Whom an invitation is for; nobody when it can't be used.
async fn invited(app: &App, token: &str) -> Result<Option<InvitedPerson>, Error> {
    match app.backend.invited(token).await {
        Ok(invited) => Ok(Some(InvitedPerson { name: invited.name, sign_in_name: invited.sign_in_name })),
        Err(Error::NotThere) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The new password, twice.
#[derive(Deserialize)]
pub(crate) struct NewPassword {
    password: String,
    again: String,
}

/// Uses an invitation, or shows the form again with what is wrong.
pub(crate) async fn accept_invitation(
    State(app): State<App>,
    FramelessRequest(desk): FramelessRequest,
    Path(token): Path<String>,
    headers: HeaderMap,
    Form(form): Form<NewPassword>,
) -> Response {
    match app.backend.accept_invitation(&token, &form.password, &form.again, &device(&headers)).await {
        Ok(Ok(session)) => (session::begin(&session), Redirect::to("/")).into_response(),
        Ok(Err(wrong)) => {
            let code = serde_json::to_value(wrong).ok().and_then(|code| code.as_str().map(str::to_owned));
            let said = Said { error: code, name: None };
            match invited(&app, &token).await {
                Ok(person) => again(&desk, || accept_page(&token, person, said)),
                Err(error) => failed(&error),
            }
        }
        // The page says that the link can't be used any more.
        Err(Error::NotThere) => Redirect::to(&format!("/invitation/{token}")).into_response(),
        Err(error) => failed(&error),
    }
}

/// The page of a form once more, with what there is to say.
fn again(desk: &Desk, content: impl FnOnce() -> (String, leptos::prelude::AnyView)) -> Response {
    (StatusCode::UNPROCESSABLE_ENTITY, Html(desk.document(content))).into_response()
}

/// Where a request came from: the peer, or what our own proxy on this machine says of it.
fn client_address(extensions: &Extensions, headers: &HeaderMap) -> String {
    let Some(ConnectInfo(peer)) = extensions.get::<ConnectInfo<SocketAddr>>() else { return String::new() };
    let told = headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
    let nearest = told.and_then(|told| told.rsplit(',').next()).map(str::trim);
    match nearest {
        Some(nearest) if peer.ip().is_loopback() => nearest.to_owned(),
        _ => peer.ip().to_string(),
    }
}

/// The browser's own description, in the two words that tell one device from another.
fn device(headers: &HeaderMap) -> String {
    let agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let first = |words: &[(&str, &'static str)]| {
        words.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name)
    };
    let browser =
        first(&[("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari")]);
    let system = first(&[
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("Mac OS X", "Mac"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => "–".to_owned(),
    }
}
