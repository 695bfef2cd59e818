//! The accessibility statement: public, in three languages, with the figures of the last walk, and linked
//! from every page.

use crate::helpers::{Browser, both, settle};
use app::statement::{Feedback, results, statement_in};
use axum::http::Method;
use domain::codes::{Code, Language};

const PATH: &str = "/saavutettavuus";

#[tokio::test]
async fn the_statement_says_what_the_law_asks_for_in_three_languages() {
    let measured = results().expect("the figures can be read");
    for backend in both().await {
        settle(&backend).await;
        let browser = Browser::new(&backend);
        for language in Language::ALL {
            let page = browser.request(Method::GET, PATH, &[("accept-language", language.code())], "").await;
            assert_eq!(page.status, 200);
            let said = statement_in(*language);
            let asked_for =
                [said.title, said.authority_name, said.authority_site, "306/2019", "EN 301 549", "14 "];
            for part in asked_for.into_iter().chain(said.open.all()) {
                assert!(page.body.contains(part), "{part} in {language:?}");
            }
            for figure in [measured.pages.len(), measured.rules as usize] {
                assert!(page.body.contains(&format!(" {figure} ")), "{figure} in {language:?}");
            }
            assert!(page.body.contains(&measured.axe));
            assert!(!page.body.contains("{}"), "no gap is left");
            let name = backend.organisation_name().await.unwrap().expect("the small county has a name");
            assert!(page.body.contains(&name), "{name}");
            assert!(page.body.contains("--feedback-address"), "a missing address is said to be missing");
        }
    }
}

#[tokio::test]
async fn the_address_for_feedback_stands_in_the_statement() {
    for backend in both().await {
        settle(&backend).await;
        for (address, link) in [
            ("palaute@esimerkki.fi", "href=\"mailto:palaute@esimerkki.fi\""),
            ("https://esimerkki.fi/palaute", "href=\"https://esimerkki.fi/palaute\""),
        ] {
            let browser = Browser::telling(&backend, address.parse::<Feedback>().unwrap());
            let page = browser.open(PATH).await;
            assert!(page.body.contains(link), "{link}");
            assert!(!page.body.contains("--feedback-address"));
        }
    }
}

#[tokio::test]
async fn every_kind_of_page_leads_to_the_statement() {
    for backend in both().await {
        settle(&backend).await;
        let stranger = Browser::new(&backend);
        let coach = Browser::of(&backend, "OWN").await;
        for (browser, paths) in [
            (&stranger, &["/sign-in", "/invitation/none", "/help", PATH][..]),
            (&coach, &["/", "/employers", "/visits", "/visits/new", "/more", "/employers/filters"][..]),
        ] {
            for path in paths {
                let page = browser.open(path).await.body;
                let foot = page.split_once("class=\"foot\"").unwrap_or_else(|| panic!("{path} has an end")).1;
                assert!(foot.contains("href=\"/help") && foot.contains("href=\"/saavutettavuus\""), "{path}");
            }
        }
    }
}
