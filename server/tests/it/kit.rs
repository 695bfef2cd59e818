//! The kit shows every piece of the interface: a class of the style, or an icon, that is not on it fails.

use crate::helpers::{Browser, Reply, both, settle};
use axum::http::Method;
use domain::codes::{Code, Language};
use std::collections::BTreeSet;
use std::path::Path;

/// Classes that the kit does not show, and why.
const ELSEWHERE: &[(&str, &str)] =
    &[("sign-in", "the frame of the pages before signing in, which is as high as the screen")];

fn source(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path)).unwrap()
}

/// The classes that the style sheets name.
fn styled() -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../style");
    let mut classes = BTreeSet::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let css = std::fs::read_to_string(file.unwrap().path()).unwrap();
        // What stands before `{` is a selector; comments name classes, too, and so do not count.
        let plain: String =
            css.split("/*").map(|part| part.split_once("*/").map_or(part, |(_, rest)| rest)).collect();
        for selector in plain.split('{').filter_map(|part| part.rsplit(['}', ';']).next()) {
            for part in selector.split('.').skip(1) {
                let name: String =
                    part.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
                if name.starts_with(|c: char| c.is_ascii_lowercase()) {
                    classes.insert(name);
                }
            }
        }
    }
    classes
}

/// The classes of the elements of a page.
fn shown(page: &str) -> BTreeSet<String> {
    let lists = page.split("class=\"").skip(1).filter_map(|rest| rest.split('"').next());
    lists.flat_map(str::split_whitespace).map(str::to_owned).collect()
}

async fn kit(browser: &Browser, language: Language) -> Reply {
    browser.request(Method::GET, "/kit", &[("accept-language", language.code())], "").await
}

#[tokio::test]
async fn every_class_of_the_style_stands_on_the_kit() {
    for backend in both().await {
        settle(&backend).await;
        let page = kit(&Browser::new(&backend), Language::Finnish).await;
        assert_eq!(page.status, 200);
        let styled = styled();
        assert!(styled.len() > 80, "the style sheets were read: {}", styled.len());
        let shown = shown(&page.body);
        for (class, why) in ELSEWHERE {
            assert!(!shown.contains(*class), "{class} is on the kit now: {why}");
        }
        let elsewhere: BTreeSet<String> = ELSEWHERE.iter().map(|(class, _)| (*class).to_owned()).collect();
        let missing: Vec<_> = styled.difference(&shown).filter(|class| !elsewhere.contains(*class)).collect();
        assert!(missing.is_empty(), "not on the kit: {missing:?}");
        let unknown: Vec<_> = shown.difference(&styled).collect();
        assert!(unknown.is_empty(), "no style sheet knows {unknown:?}");
    }
}

#[tokio::test]
async fn every_icon_stands_on_the_kit() {
    let source = source("app/src/ui/icon.rs");
    let (_, list) = source.split_once("pub enum Icon {").unwrap();
    let names: Vec<&str> = list.split_once('}').unwrap().0.split(',').map(str::trim).collect();
    for backend in both().await {
        settle(&backend).await;
        let page = kit(&Browser::new(&backend), Language::Finnish).await.body;
        let (_, icons) = page.split_once("kit-icons").unwrap();
        let icons = icons.split_once("</ul>").unwrap().0;
        for name in names.iter().filter(|name| !name.is_empty()) {
            assert!(icons.contains(&format!(" {name}<")) || icons.contains(&format!(">{name}<")), "{name}");
        }
    }
}

#[tokio::test]
async fn the_kit_is_open_to_everybody_in_three_languages() {
    for backend in both().await {
        settle(&backend).await;
        let browser = Browser::new(&backend);
        let mut titles = BTreeSet::new();
        for language in Language::ALL {
            let page = kit(&browser, *language).await;
            assert_eq!(page.status, 200);
            assert_eq!(page.body.matches("<h1").count(), 1);
            assert!(page.body.contains(&format!("<html lang=\"{}\"", language.code())));
            let (_, title) = page.body.split_once("<title>").unwrap();
            titles.insert(title.split_once('<').unwrap().0.to_owned());
            assert!(!page.body.contains("<script"), "the kit has no browser code");
            let mut seen = BTreeSet::new();
            for id in page.body.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next()) {
                assert!(seen.insert(id.to_owned()), "two elements have the id {id}");
            }
        }
        assert_eq!(titles.len(), Language::ALL.len());
    }
}
