//! What a phone keeps to open the app without a network: the empty document, and the script that keeps it.

use crate::{App, headers};
use app::app::empty_shell;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use domain::codes::{Code, Language};

/// Where the service worker's script stands: what lies below it is its own.
pub(crate) const WORKER: &str = "/sw.js";

/// The empty document in a language. No session is looked up: it is the same for everybody.
///
/// The service worker keeps it together with its headers, so that the nonce in it and the one in its policy
/// go on being the same one. It is used more than once then, in a document into which nobody writes anything.
pub(crate) async fn empty(
    State(app): State<App>,
    Path(language): Path<String>,
    Extension(nonce): Extension<headers::PageNonce>,
) -> Response {
    match Language::parse(&language) {
        Ok(language) => {
            let document = empty_shell(language, &app.assets, &nonce.0);
            // As every page: one that is left is not kept to be gone back to, frozen in the middle of what it does.
            ([(CACHE_CONTROL, "no-store")], Html(document)).into_response()
        }
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The script that ends the service worker on every phone that asks for a newer one.
pub(crate) async fn worker_off() -> Response {
    let head = [(CONTENT_TYPE, "text/javascript; charset=utf-8"), (CACHE_CONTROL, "no-cache")];
    (head, include_str!("../../app/client/sw-off.js")).into_response()
}
