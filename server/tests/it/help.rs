//! Help: every page in three languages, for everybody, and no link that leads nowhere.

use crate::helpers::{Browser, both, settle};
use app::help::help_in;
use axum::http::Method;
use domain::codes::{Code, Language};

#[tokio::test]
async fn every_page_of_help_is_there_in_three_languages_without_signing_in() {
    for backend in both().await {
        settle(&backend).await;
        let browser = Browser::new(&backend);
        for language in Language::ALL {
            let wish = [("accept-language", language.code())];
            let list = browser.request(Method::GET, "/help", &wish, "").await;
            assert_eq!(list.status, 200);
            for (slug, page) in help_in(*language).pages() {
                let path = format!("/help/{slug}");
                assert!(list.body.contains(&format!("href=\"{path}\"")), "{path} is in the list");
                let reply = browser.request(Method::GET, &path, &wish, "").await;
                assert_eq!(reply.status, 200, "{path}");
                assert_eq!(reply.body.matches("<h1").count(), 1);
                assert!(reply.body.contains(page.title), "{path} in {language:?}");
                assert!(!reply.body.contains("”” ") && !reply.body.contains("“”"), "a button has a name");
            }
        }
        assert_eq!(browser.open("/help/nothing-like-this").await.status, 404);
    }
}
