//! Clients: the caseload, the coaches' load, a client's page with its forms. Desk pages.

mod board;
mod fields;
mod forms;
mod load;
mod page;
mod profile;
mod words;

pub use board::caseload_page;
pub(crate) use board::{board, empty};
pub(crate) use forms::with_own;
pub use forms::{
    Typed, about_page, attempt_page, change_page, consent_page, day_page, meeting_page, next_step_page,
    note_page, step_page, talk_page, told_page,
};
pub use load::{load_page, unit_clients_page};
pub use page::{NextDone, client_page, for_reader};
pub use profile::{profile_form_page, profile_page};
pub use words::ClientWords;
pub(crate) use words::word;

use crate::i18n::language;
use domain::codes::Language;

/// The words of a language.
#[must_use]
pub fn client_words_in(language: Language) -> &'static ClientWords {
    match language {
        Language::Finnish => &words::FI,
        Language::Swedish => &words::SV,
        Language::English => &words::EN,
    }
}

/// The words of the page's language.
#[must_use]
pub fn client_words() -> &'static ClientWords {
    client_words_in(language())
}
