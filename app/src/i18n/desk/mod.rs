//! Words of the desk pages. They stand apart from [`Words`], so that a phone does not load them.

mod en;
mod fi;
mod sv;

use super::words::Phrase;
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
    pub visit_amended_on: Phrase,
    pub tagline: &'static str,
    pub period: &'static str,
    pub sign_in_name: &'static str,
    pub password: &'static str,
    pub sign_in_failed: &'static str,
    pub sign_in_help: &'static str,
    pub invitation_title: &'static str,
    pub invitation_expired: &'static str,
    pub invitation_link: &'static str,
    pub invitation_hint: &'static str,
    pub invite: &'static str,
    pub password_new: &'static str,
    pub password_again: &'static str,
    pub password_save: &'static str,
    pub password_hint: &'static str,
    pub password_too_short: &'static str,
    pub password_too_long: &'static str,
    pub password_easy: &'static str,
    pub password_differ: &'static str,
    pub account: &'static str,
    pub account_active: &'static str,
    pub account_invited: &'static str,
    pub account_new: &'static str,
    pub account_locked: &'static str,
    pub invitation_made: Phrase,
    pub invitation_welcome: Phrase,
    pub invitation_name: Phrase,
}

impl DeskWords {
    /// Why a password is not taken, by the code that a form's answer carries.
    #[must_use]
    pub fn password_error(&self, code: &str) -> &'static str {
        match code {
            "too_short" => self.password_too_short,
            "too_long" => self.password_too_long,
            "differ" => self.password_differ,
            _ => self.password_easy,
        }
    }
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
