//! Finnish, the original.

use super::DeskWords;

/// The words.
pub(super) static WORDS: DeskWords = DeskWords {
    everywhere: &crate::i18n::fi::WORDS,
    visit_page_title: "Käynti",
    visit_is_saved: "Käynti on perillä.",
    visit_is_withdrawn: "Käynti on kumottu.",
    visit_restore: "Palauta käynti",
    visit_earlier: "Aiemmin kirjattu",
    visit_log_new: "Kirjaa uusi käynti",
    feed_title: "Yksikön käynnit",
    feed_everybody: "Kaikkien",
    feed_of: "Kenen käynnit",
    feed_none: "Käyntejä ei ole vielä kirjattu.",
    visit_amended_on: |when| format!("Muutettu {when}"),
};
