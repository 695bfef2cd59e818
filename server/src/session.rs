//! Who asks, and in which language: read from the cookies of a request.

use crate::App;
use app::i18n::negotiate;
use app::server::{SignedIn, Wanted};
use axum::extract::{Request, State};
use axum::http::header::{ACCEPT_LANGUAGE, COOKIE, HeaderName, SET_COOKIE};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use backend::sign_in::Token;
use domain::codes::{Code, Language};
use domain::sign_in::SESSION_HOURS;

/// Opaque, for this host only, unreadable for scripts, not sent from other sites (S1).
const SESSION: &str = "__Host-rinnalla";
const LANGUAGE: &str = "rinnalla-language";

/// Finds out who asks; sends whoever asks for a page without being signed in to the sign-in page.
pub(crate) async fn find(State(app): State<App>, mut request: Request, next: Next) -> Response {
    let actor = match cookie(request.headers(), SESSION) {
        None => None,
        Some(token) => match app.backend.actor(&token).await {
            Ok(actor) => actor,
            Err(error) => {
                tracing::error!(%error, "the session could not be looked up");
                return StatusCode::SERVICE_UNAVAILABLE.into_response();
            }
        },
    };
    let path = request.uri().path();
    let public = ["/sign-in", "/help", "/kit", "/saavutettavuus"].contains(&path)
        || path.starts_with("/invitation/")
        || path.starts_with("/help/");
    if request.method() == Method::GET {
        if actor.is_none() && !public {
            return Redirect::to("/sign-in").into_response();
        }
        if actor.is_some() && path == "/sign-in" {
            return Redirect::to("/").into_response();
        }
    }
    let language = language(request.headers());
    request.extensions_mut().insert(SignedIn(actor));
    request.extensions_mut().insert(Wanted(language));
    next.run(request).await
}

/// The language that was chosen, else the one that the browser asks for.
fn language(headers: &HeaderMap) -> Language {
    let chosen = cookie(headers, LANGUAGE).and_then(|code| Language::parse(&code).ok());
    chosen.unwrap_or_else(|| {
        let asked = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        negotiate(asked)
    })
}

/// The value of a cookie.
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value.to_owned())
}

/// The secret of the sign-in that a request comes from; empty where there is none.
pub(crate) fn secret(headers: &HeaderMap) -> String {
    cookie(headers, SESSION).unwrap_or_default()
}

/// The header that begins a session.
pub(crate) fn begin(token: &Token) -> [(HeaderName, String); 1] {
    let seconds = SESSION_HOURS * 3600;
    let token = token.reveal();
    [(SET_COOKIE, format!("{SESSION}={token}; Path=/; Max-Age={seconds}; Secure; HttpOnly; SameSite=Lax"))]
}

/// The header that ends a session in the browser.
pub(crate) fn end() -> [(HeaderName, String); 1] {
    [(SET_COOKIE, format!("{SESSION}=; Path=/; Max-Age=0; Secure; HttpOnly; SameSite=Lax"))]
}

/// The header that keeps the chosen language for a year.
pub(crate) fn keep_language(language: Language) -> [(HeaderName, String); 1] {
    let code = language.code();
    [(SET_COOKIE, format!("{LANGUAGE}={code}; Path=/; Max-Age=31536000; Secure; HttpOnly; SameSite=Lax"))]
}
