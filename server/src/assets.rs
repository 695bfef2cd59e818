//! The files of the site: browser code, style, icons. Embedded in the release binary, read from
//! `target/site` in a debug build.

use app::server::Assets;
use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{
    ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, ETAG, IF_NONE_MATCH, VARY,
};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::sync::hex;
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Site;

/// The addresses of the hashed files; empty when the site has not been built yet, as in tests of
/// the server alone.
pub(crate) fn addresses() -> Assets {
    Site::get("assets.json").and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default()
}

/// A file of the site. One whose name holds its hash never changes, others are asked for again.
pub(crate) async fn file(request: Request) -> Response {
    let path = request.uri().path().trim_start_matches('/');
    if path.ends_with(".br") {
        return StatusCode::NOT_FOUND.into_response();
    }
    let Some(plain) = Site::get(path) else { return StatusCode::NOT_FOUND.into_response() };
    let tag = format!("\"{}\"", hex(&plain.metadata.sha256_hash()[..16]));
    let kept = if path.starts_with("pkg/") { "public, max-age=31536000, immutable" } else { "no-cache" };
    let head = [
        (CACHE_CONTROL, kept.to_owned()),
        (ETAG, tag.clone()),
        (VARY, "accept-encoding".to_owned()),
        (CONTENT_TYPE, content_type(path)),
    ];
    if request.headers().get(IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return (StatusCode::NOT_MODIFIED, head).into_response();
    }
    match Site::get(&format!("{path}.br")).filter(|_| accepts_brotli(request.headers())) {
        Some(small) => (head, [(CONTENT_ENCODING, "br")], body(small)).into_response(),
        None => (head, body(plain)).into_response(),
    }
}

fn body(file: EmbeddedFile) -> Body {
    match file.data {
        std::borrow::Cow::Borrowed(bytes) => Body::from(bytes),
        std::borrow::Cow::Owned(bytes) => Body::from(bytes),
    }
}

fn content_type(path: &str) -> String {
    if path.ends_with(".webmanifest") {
        return "application/manifest+json".to_owned();
    }
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    if kind.type_() == "text" { format!("{kind}; charset=utf-8") } else { kind.to_string() }
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    let accepted = headers.get(ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    accepted.split(',').any(|coding| coding.trim().split(';').next() == Some("br"))
}
