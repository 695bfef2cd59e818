//! Where a write may come from (S7): our own pages only. A browser says so in `Sec-Fetch-Site`, an
//! older one in `Origin`; a request that says neither is refused. Functions also want JSON, which no
//! form of another site can send.

use axum::extract::Request;
use axum::http::header::{CONTENT_TYPE, HOST, ORIGIN};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

/// Lets plain forms of our own pages through; reading a page is free.
pub(crate) async fn form(request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    if reads || from_our_own_page(request.headers()) { next.run(request).await } else { refusal() }
}

/// Lets functions called by our own pages through.
pub(crate) async fn function(request: Request, next: Next) -> Response {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let json = kind.split(';').next().is_some_and(|kind| kind.trim() == "application/json");
    if json && from_our_own_page(request.headers()) { next.run(request).await } else { refusal() }
}

fn refusal() -> Response {
    (StatusCode::FORBIDDEN, "This request did not come from a page of Rinnalla.").into_response()
}

fn from_our_own_page(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => match (text(ORIGIN.as_str()), text(HOST.as_str())) {
            (Some(origin), Some(host)) => {
                origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://")) == Some(host)
            }
            _ => false,
        },
    }
}
