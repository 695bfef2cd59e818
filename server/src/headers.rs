//! Headers of every answer (S5, S8): what a page may load, and that nothing personal is kept.

use axum::extract::Request;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName, HeaderValue, REFERRER_POLICY,
    STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS,
};
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// The number used once that lets the scripts and styles of one answer run.
#[derive(Clone)]
pub(crate) struct PageNonce(pub(crate) String);

const FIXED: [(HeaderName, &str); 7] = [
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // With `no-referrer` a browser hides where a form of our own comes from.
    (REFERRER_POLICY, "same-origin"),
    (STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    (HeaderName::from_static("x-frame-options"), "DENY"),
];

/// What the service worker may do: fetch from this server. Its script's policy is the worker's own.
const WORKER: &str = "default-src 'none'; connect-src 'self'";

/// Puts the headers on every answer, and a policy on every document.
pub(crate) async fn every(mut request: Request, next: Next) -> Response {
    let nonce = nonce();
    let worker = request.uri().path() == crate::shell::WORKER;
    request.extensions_mut().insert(PageNonce(nonce.clone()));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in FIXED {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let policy = match kind.starts_with("text/html") {
        true => policy(&nonce),
        false if worker => WORKER.to_owned(),
        false => "default-src 'none'".to_owned(),
    };
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// Pages, forms and functions answer for one person: nobody keeps the answer.
pub(crate) async fn personal(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn nonce() -> String {
    let mut bytes = [0_u8; 16];
    // Without chance there is no nonce that anything could match: nothing runs, and nothing leaks.
    match getrandom::fill(&mut bytes) {
        Ok(()) => URL_SAFE_NO_PAD.encode(bytes),
        Err(_) => String::new(),
    }
}

fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'; \
         style-src 'nonce-{nonce}'; connect-src 'self'; img-src 'self'; manifest-src 'self'; \
         worker-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; \
         frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types default"
    )
}
