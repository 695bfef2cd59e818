//! What a phone keeps to open the app without a network: an empty document, and the service worker's script.

use crate::helpers::{Browser, Reply, both, settle};
use axum::http::Method;
use domain::codes::{Code, Language};

/// A policy without its number.
fn policy(reply: &Reply) -> String {
    let policy = reply.header("content-security-policy");
    policy.replace(nonce(reply), "")
}

fn nonce(reply: &Reply) -> &str {
    let policy = reply.header("content-security-policy");
    policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).unwrap_or_default()
}

#[tokio::test]
async fn the_empty_document_is_everybodys_in_three_languages() {
    for backend in both().await {
        settle(&backend).await;
        let (stranger, own) = (Browser::new(&backend), Browser::of(&backend, "OWN").await);
        let page = own.open("/more").await;
        for language in Language::ALL {
            let path = format!("/shell/{}", language.code());
            let reply = stranger.open(&path).await;
            assert_eq!(reply.status, 200, "{path}");
            assert_eq!(reply.header("cache-control"), "no-store", "{path} is left for good");
            assert_eq!(reply.header("content-type"), "text/html; charset=utf-8", "{path}");
            assert!(reply.header("set-cookie").is_empty(), "{path}");
            let body = &reply.body;
            assert!(body.contains(&format!("<html lang=\"{}\"", language.code())), "{body}");
            assert!(body.contains(&format!("/manifest.{}.webmanifest", language.code())), "{body}");
            assert!(body.contains("<body data-shell") && body.contains("<noscript>"), "{body}");
            assert!(body.contains("<title>Rinnalla</title>"), "{body}");
            assert!(!body.contains("<main") && !body.contains("<nav"), "the browser code brings the page");

            assert_eq!(policy(&reply), policy(&page), "the policy of every page");
            let nonce = nonce(&reply);
            assert!(nonce.len() >= 16);
            assert_eq!(body.matches("<script").count(), 1);
            assert_eq!(body.matches(&format!("nonce=\"{nonce}\"")).count(), 2, "the loader and the style");

            // Whoever asks, and in whatever language the browser is, it is the same.
            let known = own.request(Method::GET, &path, &[("accept-language", "sv")], "").await;
            let other = self::nonce(&known);
            assert_ne!(other, nonce, "a nonce is used once");
            assert_eq!(known.body.replace(other, ""), body.replace(nonce, ""), "nothing of anybody");
            assert!(!known.body.contains("Oma Valmentaja"));
        }
        for path in ["/shell/de", "/shell/FI", "/shell/f"] {
            assert_eq!(own.open(path).await.status, 404, "{path}");
        }
    }
}

#[tokio::test]
async fn the_service_worker_is_asked_for_again_and_may_fetch_from_here_only() {
    let site = concat!(env!("CARGO_MANIFEST_DIR"), "/../target/site/sw.js");
    let built = std::path::Path::new(site).is_file();
    for backend in both().await {
        let reply = Browser::new(&backend).open("/sw.js").await;
        assert_eq!(reply.header("content-security-policy"), "default-src 'none'; connect-src 'self'");
        if built {
            assert_eq!(reply.status, 200);
            assert_eq!(reply.header("cache-control"), "no-cache");
            assert_eq!(reply.header("content-type"), "text/javascript; charset=utf-8");
            assert!(reply.body.contains("\"/shell/fi\", \"/shell/sv\", \"/shell/en\""));
            assert!(!reply.body.contains("__FILES__") && !reply.body.contains("__BUILD__"));
        } else {
            eprintln!("target/site/sw.js is not there (`cargo xtask build` makes it): its text is left out");
            assert_eq!(reply.status, 404);
        }
    }
}

#[tokio::test]
async fn switched_off_the_script_throws_everything_away() {
    for backend in both().await {
        let off = Browser::switched_off(&backend);
        let reply = off.open("/sw.js").await;
        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("cache-control"), "no-cache");
        assert_eq!(reply.header("content-type"), "text/javascript; charset=utf-8");
        assert_eq!(reply.header("content-security-policy"), "default-src 'none'; connect-src 'self'");
        for deed in ["registration.unregister()", "caches.delete", "skipWaiting()"] {
            assert!(reply.body.contains(deed), "{deed}");
        }
        assert!(!reply.body.contains("addEventListener(\"fetch\""), "it stands in no page's way");
        assert_eq!(off.open("/shell/fi").await.status, 200, "phones that are slow to ask still find it");
    }
}
