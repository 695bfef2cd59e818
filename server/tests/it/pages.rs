//! The pages as the server sends them: whole, in the reader's language, readable without any
//! browser code.

use crate::helpers::{Browser, actor, both, employer, log, plain_visit, settle};
use axum::http::Method;
use domain::visits::LogVisit;

#[tokio::test]
async fn every_page_comes_whole_with_one_heading_and_a_title() {
    for backend in both().await {
        settle(&backend).await;
        let own = Browser::of(&backend, "OWN").await;
        let page = format!("/employers/{}", employer(&backend, "E1").await);
        for path in ["/", "/employers", &page, "/visits/new", "/clients", "/more"] {
            let reply = own.open(path).await;
            assert_eq!(reply.status, 200, "{path}");
            assert_eq!(reply.body.matches("<h1").count(), 1, "{path}");
            assert!(reply.body.contains("<title>") && !reply.body.contains("<title></title>"), "{path}");
            assert!(reply.body.contains("lang=\"fi\""), "{path}");
        }
    }
}

#[tokio::test]
async fn the_language_is_the_browsers_until_one_is_chosen() {
    for backend in both().await {
        settle(&backend).await;
        let browser = Browser::new(&backend);
        let page =
            async |headers: &[(&str, &str)]| browser.request(Method::GET, "/sign-in", headers, "").await.body;
        assert!(page(&[]).await.contains("Kirjaudu sisään"));
        assert!(page(&[("accept-language", "sv-FI,fi;q=0.5")]).await.contains("Logga in"));
        assert!(page(&[("accept-language", "en")]).await.contains("lang=\"en\""));
        let chosen = browser.submit("/language", &[("language", "sv"), ("back", "/sign-in")]).await;
        let cookie = chosen.header("set-cookie").split(';').next().unwrap_or_default().to_owned();
        assert!(chosen.header("set-cookie").contains("Max-Age=31536000"));
        assert!(page(&[("accept-language", "en"), ("cookie", &cookie)]).await.contains("Logga in"));
        let elsewhere =
            browser.submit("/language", &[("language", "sv"), ("back", "https://evil.test")]).await;
        assert_eq!(elsewhere.header("location"), "/sign-in", "no way to another site");
        assert_eq!(browser.submit("/language", &[("language", "de"), ("back", "/more")]).await.status, 422);
    }
}

#[tokio::test]
async fn words_that_look_like_code_stay_words() {
    for backend in both().await {
        settle(&backend).await;
        let own = actor(&backend, "OWN").await;
        let at = employer(&backend, "E2").await;
        let summary = "</script><script>alert(1)</script><img src=x onerror=alert(1)>".to_owned();
        log(&backend, &own, LogVisit { summary, ..plain_visit(at) }).await;
        let page = Browser::of(&backend, "MATE").await.open(&format!("/employers/{at}")).await;
        assert!(page.body.contains("onerror=alert(1)"), "it is shown as it was written");
        assert!(!page.body.contains("<script>alert") && !page.body.contains("<img src=x"));
    }
}

#[tokio::test]
async fn what_is_not_there_and_what_is_not_yours_look_the_same() {
    for backend in both().await {
        settle(&backend).await;
        let own = Browser::of(&backend, "OWN").await;
        let nowhere = own.open("/employers/00000000-0000-0000-0000-000000000001").await;
        assert_eq!(nowhere.status, 404);
        assert!(nowhere.body.contains("Sivua ei ole, tai se ei näy sinulle."));
        assert_eq!(own.open("/nowhere").await.status, 404);
        assert_eq!(own.open("/people").await.status, 404);
    }
}
