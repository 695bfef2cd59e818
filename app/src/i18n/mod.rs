//! The words of the product in three languages, typed: a word that is missing in one of them does
//! not compile. Finnish is the original; Finnish terms live here and nowhere else.

mod dates;
#[cfg(feature = "ssr")]
mod desk;
mod en;
mod fi;
mod sv;
pub(crate) mod words;

pub use dates::Dates;
#[cfg(feature = "ssr")]
pub use desk::{DeskWords, desk_words, desk_words_in};
pub use words::{Counted, Phrase, Words};

use domain::codes::Language;
use leptos::prelude::*;

/// The language of the page: on the server that of the request, in the browser that of the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spoken(pub Language);

/// The words of a language.
#[must_use]
pub fn words_in(language: Language) -> &'static Words {
    match language {
        Language::Finnish => &fi::WORDS,
        Language::Swedish => &sv::WORDS,
        Language::English => &en::WORDS,
    }
}

/// The language of the page.
#[must_use]
pub fn language() -> Language {
    use_context::<Spoken>().map_or(Language::Finnish, |spoken| spoken.0)
}

/// Does something in a language, outside of a page.
#[cfg(feature = "ssr")]
pub fn speaking<T>(language: Language, work: impl FnOnce() -> T) -> T {
    Owner::new().with(|| {
        provide_context(Spoken(language));
        work()
    })
}

/// A catalogue: the name of its struct, then each word in Finnish, Swedish and English. Makes the statics `FI`, `SV` and
/// `EN`.
macro_rules! catalogue {
    ($words:ident; $($name:ident: $fi:literal, $sv:literal, $en:literal;)+) => {
        /// The words.
        #[expect(missing_docs, reason = "the Finnish word says what each means")]
        #[derive(Debug)]
        pub struct $words { $(pub $name: &'static str,)+ }
        static FI: $words = $words { $($name: $fi,)+ };
        static SV: $words = $words { $($name: $sv,)+ };
        static EN: $words = $words { $($name: $en,)+ };
    };
}
pub(crate) use catalogue;

/// The words of the page's language.
#[must_use]
pub fn words() -> &'static Words {
    words_in(language())
}

/// The language that a browser asks for (`Accept-Language`), the first of ours that it names.
#[must_use]
pub fn negotiate(accept: &str) -> Language {
    let mut wishes: Vec<(f32, &str)> = accept
        .split(',')
        .filter_map(|wish| {
            let (tag, rest) = wish.split_once(';').unwrap_or((wish, ""));
            let weight = rest.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.parse().ok())?;
            (weight > 0.0).then_some((weight, tag.trim()))
        })
        .collect();
    wishes.sort_by(|a, b| b.0.total_cmp(&a.0));
    let ours = |tag: &str| match tag.split('-').next().map(str::to_ascii_lowercase).as_deref() {
        Some("fi") => Some(Language::Finnish),
        Some("sv") => Some(Language::Swedish),
        Some("en") => Some(Language::English),
        _ => None,
    };
    wishes.into_iter().find_map(|(_, tag)| ours(tag)).unwrap_or(Language::Finnish)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browsers_first_wish_that_we_speak_counts() {
        assert_eq!(negotiate(""), Language::Finnish);
        assert_eq!(negotiate("de-DE,de;q=0.9"), Language::Finnish);
        assert_eq!(negotiate("sv-FI,sv;q=0.9,fi;q=0.8"), Language::Swedish);
        assert_eq!(negotiate("de,en;q=0.3,fi;q=0.7"), Language::Finnish);
        assert_eq!(negotiate("en-GB"), Language::English);
        assert_eq!(negotiate("sv;q=0,en"), Language::English);
    }
}
