//! Swedish.

use super::DeskWords;

/// The words.
pub(super) static WORDS: DeskWords = DeskWords {
    everywhere: &crate::i18n::sv::WORDS,
    visit_page_title: "Besök",
    visit_is_saved: "Besöket är framme.",
    visit_is_withdrawn: "Besöket är återtaget.",
    visit_restore: "Återställ besöket",
    visit_earlier: "Tidigare anteckning",
    visit_log_new: "Anteckna ett nytt besök",
    feed_title: "Enhetens besök",
    feed_everybody: "Allas",
    feed_of: "Vems besök",
    feed_none: "Inga besök har antecknats ännu.",
    visit_amended_on: |when| format!("Ändrad {when}"),
};
