//! Where a write may come from, and what a page may load (S5, S7, S8, S29).

use crate::helpers::{Browser, both, count, settle};
use axum::http::Method;

/// Every way a function or a form might be called from elsewhere.
const FOREIGN: &[&[(&str, &str)]] = &[
    &[],
    &[("origin", "https://evil.test")],
    &[("origin", "null")],
    &[("sec-fetch-site", "cross-site")],
    &[("sec-fetch-site", "same-site"), ("origin", "http://rinnalla.test")],
    &[("sec-fetch-site", "none")],
    &[("origin", "https://rinnalla.test.evil.test")],
];

#[tokio::test]
async fn no_function_answers_a_call_from_elsewhere() {
    for backend in both().await {
        settle(&backend).await;
        let own = Browser::of(&backend, "OWN").await;
        let functions: Vec<&str> = server_fn::axum::server_fn_paths().map(|(path, _)| path).collect();
        assert!(!functions.is_empty());
        for path in functions.into_iter().chain(["/api/sync"]) {
            for foreign in FOREIGN {
                let mut headers = foreign.to_vec();
                headers.push(("content-type", "application/json"));
                let reply = own.request(Method::POST, path, &headers, "{}").await;
                assert_eq!(reply.status, 403, "{path} {foreign:?}");
            }
            let same = ("sec-fetch-site", "same-origin");
            for kind in ["application/x-www-form-urlencoded", "text/plain", "multipart/form-data", ""] {
                let reply = own.request(Method::POST, path, &[same, ("content-type", kind)], "{}").await;
                assert_eq!(reply.status, 403, "{path} {kind}: no form can call a function");
            }
            for method in [Method::GET, Method::PUT, Method::DELETE] {
                let reply = own
                    .request(method.clone(), path, &[same, ("content-type", "application/json")], "")
                    .await;
                assert_eq!(reply.status, 405, "{method} {path}");
            }
        }
    }
}

#[tokio::test]
async fn no_form_is_taken_from_elsewhere() {
    for backend in both().await {
        settle(&backend).await;
        let own = Browser::of(&backend, "OWN").await;
        for path in ["/sign-in", "/sign-out", "/sign-out-everywhere", "/language", "/invitation/x"] {
            for foreign in FOREIGN {
                let mut headers = foreign.to_vec();
                headers.push(("content-type", "application/x-www-form-urlencoded"));
                assert_eq!(
                    own.request(Method::POST, path, &headers, "").await.status,
                    403,
                    "{path} {foreign:?}"
                );
            }
        }
        assert_eq!(count(&backend, "select count(*) from session where ended_at is not null").await, 0);
        let old_browser =
            [("origin", "http://rinnalla.test"), ("content-type", "application/x-www-form-urlencoded")];
        let reply = own.request(Method::POST, "/sign-out", &old_browser, "").await;
        assert_eq!(reply.status, 303, "a browser without Sec-Fetch-Site says where it comes from by Origin");
    }
}

#[tokio::test]
async fn a_page_runs_our_own_code_only_and_is_kept_by_nobody() {
    for backend in both().await {
        settle(&backend).await;
        let own = Browser::of(&backend, "OWN").await;
        let (first, second) = (own.open("/more").await, own.open("/more").await);
        let policy = first.header("content-security-policy");
        assert!(!policy.contains("unsafe-inline") && !policy.contains(" 'unsafe-eval'"), "{policy}");
        for rule in [
            "default-src 'none'",
            "'strict-dynamic'",
            "'wasm-unsafe-eval'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "connect-src 'self'",
            "require-trusted-types-for 'script'",
        ] {
            assert!(policy.contains(rule), "{rule}: {policy}");
        }
        assert_ne!(policy, second.header("content-security-policy"), "a nonce is used once");
        let nonce = policy.split("'nonce-").nth(1).and_then(|rest| rest.split('\'').next()).expect("a nonce");
        let scripts = first.body.matches("<script").count();
        assert_eq!(
            first.body.matches(&format!("nonce=\"{nonce}\"")).count(),
            scripts + 1,
            "every script and the style"
        );
        assert_eq!(first.header("cache-control"), "no-store");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
        ] {
            assert_eq!(first.header(name), value);
        }
        assert!(!first.body.contains(" style=\""), "no inline style");
        assert!(!first.body.contains("<script>"), "no inline script without its nonce");
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_refused() {
    for backend in both().await {
        settle(&backend).await;
        let own = Browser::of(&backend, "OWN").await;
        let headers = [("sec-fetch-site", "same-origin"), ("content-type", "application/json")];
        let large = format!("{{\"ask\":{{\"employers\":{{\"text\":\"{}\"}}}}}}", "x".repeat(1_100_000));
        let reply = own.request(Method::POST, "/api/ask", &headers, large).await;
        assert!(reply.status.is_client_error() || reply.status.is_server_error());
        assert!(!reply.body.contains("rows"));
        let large = format!("{{\"entries\":[],\"x\":\"{}\"}}", "x".repeat(5_000_000));
        assert_eq!(own.request(Method::POST, "/api/sync", &headers, large).await.status, 413);
    }
}

/// Everything that a person wrote reaches a page as text; nothing of ours is put in as HTML.
#[test]
fn no_page_puts_html_in() {
    fn look(folder: &std::path::Path) {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
            let path = entry.path();
            if path.is_dir() {
                look(&path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                let text = std::fs::read_to_string(&path).expect("a source file");
                for way in ["inner_html", "insert_adjacent_html", "set_outer_html"] {
                    assert!(!text.contains(way), "{}: {way}", path.display());
                }
            }
        }
    }
    look(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../app/src")));
}
