//! English.

use super::DeskWords;

/// The words.
pub(super) static WORDS: DeskWords = DeskWords {
    everywhere: &crate::i18n::en::WORDS,
    visit_page_title: "Visit",
    visit_is_saved: "The visit has arrived.",
    visit_is_withdrawn: "The visit has been taken back.",
    visit_restore: "Bring the visit back",
    visit_earlier: "Earlier entry",
    visit_log_new: "Log a new visit",
    feed_title: "The unit’s visits",
    feed_everybody: "Everybody’s",
    feed_of: "Whose visits",
    feed_none: "No visits have been logged yet.",
    visit_amended_on: |when| format!("Changed {when}"),
};
