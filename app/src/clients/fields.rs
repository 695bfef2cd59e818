//! The fields of the clients' forms, in their words.

use super::client_words;
pub(super) use crate::desk::sheet::{Shown, hidden, warning};
use domain::forms::FieldError;

/// What a form about a client shows in its fields, and what is wrong with them.
pub(super) fn shown<'a>(value: &'a dyn Fn(&str) -> String, errors: &'a [FieldError]) -> Shown<'a> {
    Shown { value, errors, label: |name| client_words().field(name) }
}
