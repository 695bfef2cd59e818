//! Plain form posts: signing in and out, the language, using an invitation. They work before any
//! browser code is there, and without it.

use crate::{App, render, session};
use app::account::Said;
use app::server::SignedIn;
use axum::Form;
use axum::body::Body;
use axum::extract::{ConnectInfo, Extension, Path, Request, State};
use axum::http::header::USER_AGENT;
use axum::http::{Extensions, HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use backend::Error;
use domain::codes::{Code, Language};
use serde::Deserialize;
use std::net::SocketAddr;

/// Name and password.
#[derive(Deserialize)]
pub(crate) struct SignIn {
    name: String,
    password: String,
}

/// Signs in, or shows the form again with the name that was typed.
pub(crate) async fn sign_in(
    State(app): State<App>,
    extensions: Extensions,
    headers: HeaderMap,
    Form(form): Form<SignIn>,
) -> Response {
    let address = client_address(&extensions, &headers);
    match app.backend.sign_in(&form.name, &form.password, &address, &device(&headers)).await {
        Ok(Some(token)) => (session::begin(&token), Redirect::to("/")).into_response(),
        Ok(None) => {
            let said = Said { error: Some("wrong".to_owned()), name: Some(form.name) };
            page_again(&app, extensions, &headers, "/sign-in", said).await
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
    (session::end(), Redirect::to("/sign-in")).into_response()
}

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
    (session::end(), Redirect::to("/sign-in")).into_response()
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

/// The new password, twice.
#[derive(Deserialize)]
pub(crate) struct NewPassword {
    password: String,
    again: String,
}

/// Uses an invitation, or shows the form again with what is wrong.
pub(crate) async fn accept_invitation(
    State(app): State<App>,
    Path(token): Path<String>,
    extensions: Extensions,
    headers: HeaderMap,
    Form(form): Form<NewPassword>,
) -> Response {
    match app.backend.accept_invitation(&token, &form.password, &form.again, &device(&headers)).await {
        Ok(Ok(session)) => (session::begin(&session), Redirect::to("/")).into_response(),
        Ok(Err(wrong)) => {
            let code = serde_json::to_value(wrong).ok().and_then(|code| code.as_str().map(str::to_owned));
            let said = Said { error: code, name: None };
            page_again(&app, extensions, &headers, &format!("/invitation/{token}"), said).await
        }
        // The page says that the link can't be used any more.
        Err(Error::NotThere) => Redirect::to(&format!("/invitation/{token}")).into_response(),
        Err(error) => failed(&error),
    }
}

/// The page of a form once more, with what there is to say.
async fn page_again(
    app: &App,
    mut extensions: Extensions,
    headers: &HeaderMap,
    path: &str,
    said: Said,
) -> Response {
    extensions.insert(said);
    let mut request = Request::new(Body::empty());
    *request.method_mut() = Method::GET;
    *request.headers_mut() = headers.clone();
    *request.extensions_mut() = extensions;
    match path.parse() {
        Ok(uri) => *request.uri_mut() = uri,
        Err(_) => return StatusCode::NOT_FOUND.into_response(),
    }
    let mut response = render(app, request).await;
    *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    response
}

fn failed(error: &Error) -> Response {
    tracing::error!(%error, "a form failed");
    StatusCode::SERVICE_UNAVAILABLE.into_response()
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
