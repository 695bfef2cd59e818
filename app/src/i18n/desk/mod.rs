//! Words of the desk pages. They stand apart from [`Words`], so that a phone does not load them.

mod en;
mod fi;
mod sv;

use super::{Words, language};
use domain::codes::Language;
use std::ops::Deref;

/// The words of desk pages; those of all pages as well, by `Deref`.
#[expect(missing_docs, reason = "the Finnish catalogue says what each means")]
#[derive(Debug)]
pub struct DeskWords {
    /// The words of all pages.
    pub everywhere: &'static Words,
    pub visit_page_title: &'static str,
    pub visit_is_saved: &'static str,
    pub visit_is_withdrawn: &'static str,
    pub visit_restore: &'static str,
    pub visit_earlier: &'static str,
    pub visit_log_new: &'static str,
    pub feed_title: &'static str,
    pub feed_everybody: &'static str,
    pub feed_of: &'static str,
    pub feed_none: &'static str,
    pub visit_amended_on: fn(&str) -> String,
}

impl Deref for DeskWords {
    type Target = Words;
    fn deref(&self) -> &Words {
        self.everywhere
    }
}

/// The desk pages' words of a language.
#[must_use]
pub fn desk_words_in(language: Language) -> &'static DeskWords {
    match language {
        Language::Finnish => &fi::WORDS,
        Language::Swedish => &sv::WORDS,
        Language::English => &en::WORDS,
    }
}

/// The desk pages' words of the page's language.
#[must_use]
pub fn desk_words() -> &'static DeskWords {
    desk_words_in(language())
}
