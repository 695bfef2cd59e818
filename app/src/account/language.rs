//! Choosing the language: a plain form.

use crate::i18n::{language, words};
use domain::codes::{Code, Language};
use leptos::prelude::*;

/// A language in its own words.
pub(crate) fn own_name(language: Language) -> &'static str {
    match language {
        Language::Finnish => "Suomi",
        Language::Swedish => "Svenska",
        Language::English => "English",
    }
}

/// The three languages, each in its own words; a plain form that comes back to `back`.
pub(crate) fn language_switcher(back: &'static str) -> AnyView {
    let current = language();
    let buttons = Language::ALL
        .iter()
        .map(|language| {
            let pressed = (*language == current).to_string();
            view! {
                <button class="button" name="language" value=language.code() lang=language.code() aria-pressed=pressed>
                    {own_name(*language)}
                </button>
            }
        })
        .collect_view();
    view! {
        <form class="switcher" method="post" action="/language" aria-label=words().language>
            <input type="hidden" name="back" value=back />
            {buttons}
        </form>
    }
    .into_any()
}
