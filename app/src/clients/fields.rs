//! The fields of the clients' forms, in their words.

use super::client_words;
use crate::desk::fields::{self, Field, side_by_side};
use crate::ui::Icon;
use domain::forms::FieldError;
use leptos::prelude::*;

/// What a form shows in its fields, and what is wrong with them.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    /// The value of a field by its name.
    pub(super) value: &'a dyn Fn(&str) -> String,
    /// What is wrong.
    pub(super) errors: &'a [FieldError],
}

impl Shown<'_> {
    fn field(&self, name: &'static str) -> Field {
        let w = client_words();
        let wrong = self.errors.iter().filter(|error| error.field() == name).map(|error| w.error(*error));
        Field::new(name, w.field(name)).wrong(wrong)
    }

    /// A text field of a kind: `text`, `tel`, `date` …; `area` is for several lines.
    pub(super) fn input(
        &self,
        name: &'static str,
        kind: &'static str,
        hint: Option<&'static str>,
    ) -> AnyView {
        self.field(name).hint(hint).input(kind, &(self.value)(name))
    }

    /// A text field that suggests words while somebody types.
    pub(super) fn suggesting(
        &self,
        name: &'static str,
        hint: Option<&'static str>,
        suggestions: &[String],
    ) -> AnyView {
        self.field(name).hint(hint).suggesting(suggestions).input("text", &(self.value)(name))
    }

    /// A choice from a list, with an empty one on top where `empty` says what it means.
    pub(super) fn select(
        &self,
        name: &'static str,
        empty: Option<&'static str>,
        options: &[(String, String)],
        hint: Option<&'static str>,
    ) -> AnyView {
        self.field(name).hint(hint).select(empty, options, &(self.value)(name))
    }

    /// Chips: of one kind (`radio`) or several at once (`checkbox`).
    pub(super) fn chips(
        &self,
        name: &'static str,
        kind: &'static str,
        options: &[(String, String)],
    ) -> AnyView {
        self.field(name).chips(kind, options, &(self.value)(name))
    }

    /// Everything that is wrong, on top, each a way to its field.
    pub(super) fn summary(&self) -> AnyView {
        let w = client_words();
        let wrong = self.errors.iter().filter(|error| !error.field().is_empty());
        fields::summary(wrong.map(|error| {
            (error.field().to_owned(), format!("{}: {}", w.field(error.field()), w.error(*error)))
        }))
    }

    /// Was somebody else faster?
    pub(super) fn is_stale(&self) -> bool {
        self.errors.contains(&FieldError::ChangedMeanwhile)
    }

    /// When somebody else was faster: what stands now beside what was typed, where they differ.
    pub(super) fn both(&self, now: &[(&'static str, String)]) -> AnyView {
        if !self.is_stale() {
            return ().into_any();
        }
        let w = client_words();
        let rows = now.iter().map(|(name, now)| (w.field(name), now.clone(), (self.value)(name)));
        side_by_side(rows.filter(|(_, now, typed)| now != typed))
    }
}

/// Something that has to be known before going on.
pub(super) fn warning(title: &'static str, text: impl Into<String>) -> AnyView {
    let text: String = text.into();
    view! {
        <div class="notice notice-warn" role="alert">
            {Icon::Warning.view()} <div>
                <p>
                    <strong>{title}</strong>
                </p>
                <p>{text}</p>
            </div>
        </div>
    }
    .into_any()
}

/// A field that nobody sees.
pub(super) fn hidden(name: &'static str, value: impl ToString) -> AnyView {
    view! { <input type="hidden" name=name value=value.to_string() /> }.into_any()
}
