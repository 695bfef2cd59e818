//! What a client gets to take along, on the screen: the sheet as it is printed, in the client's language.

use super::paper::{copy_paper, on_screen};
use super::words::plan_words;
use super::{named, on_paper, print_hint};
use crate::desk::Content;
use crate::desk::fields::Field;
use crate::i18n::{language, speaking};
use backend::plans::ClientCopy;
use domain::codes::{Code, Language};
use leptos::prelude::*;

/// How a copy is asked for.
#[derive(Clone, Debug)]
pub struct CopyAsked {
    /// In which language the client reads.
    pub language: Language,
    /// How the coach is reached; may be empty.
    pub reach: String,
}

/// The page. `by` gives the copy.
#[must_use]
pub fn copy_page(copy: &ClientCopy, asked: &CopyAsked, by: &str) -> Content {
    let w = plan_words();
    let at = format!("/clients/{}", copy.client);
    let languages: Vec<(String, String)> = Language::ALL
        .iter()
        .map(|language| (language.code().to_owned(), named(*language).to_owned()))
        .collect();
    let more =
        if asked.reach.is_empty() { String::new() } else { format!("&reach={}", escaped(&asked.reach)) };
    let lang = (asked.language != language()).then(|| asked.language.code());
    let (title, sheet) = speaking(asked.language, || {
        let paper = copy_paper(copy, &asked.reach, by);
        (paper.title.clone(), on_screen(paper))
    });
    Content {
        title: w.copy.to_owned(),
        parent: Some((at.clone(), copy.alias.clone())),
        body: view! {
            <p class="screen-only">{w.copy_lead}</p>
            <form class="form card screen-only" method="get" action=format!("{at}/copy")>
                {Field::new("language", w.copy_language).chips("radio", &languages, asked.language.code())}
                {Field::new("reach", w.copy_reach).hint(Some(w.copy_reach_hint)).input("text", &asked.reach)}
                <p>
                    <button class="button">{w.copy_show}</button>
                </p>
            </form>
            {on_paper(&format!("{at}/copy.pdf"), &more)}
            <article class="card sheet" lang=lang>
                <h2>{title}</h2>
                {sheet}
            </article>
            {print_hint()}
        }
        .into_any(),
    }
}

/// A text as a part of an address.
fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
            byte => format!("%{byte:02X}"),
        })
        .collect()
}
