//! The fields of these forms, and what is wrong with them.

use super::words::people_words;
use crate::desk::fields::{self, Field};
use crate::ui::Icon;
use domain::forms::FieldError;
use leptos::prelude::*;

/// A form as it was typed, and what is wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Typed<F> {
    /// As it was typed.
    pub form: F,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

/// The fields of a form, each with its label, so that a mistake can be said by name.
pub(crate) struct Form<'a> {
    pub errors: &'a [FieldError],
    /// What stands before the ids of the fields, where a page has several forms.
    pub prefix: String,
}

impl Form<'_> {
    fn named(&self, (name, label): (&'static str, &'static str), hint: Option<&'static str>) -> Field {
        let error = self.errors.iter().find(|error| error.field() == name);
        let wrong = error.map(|error| people_words().wrong(*error, label));
        Field::new(name, label).of_form(&self.prefix).hint(hint).wrong(wrong)
    }

    /// A field with one line, of an input's kind, or an area of text.
    pub fn field(
        &self,
        field: (&'static str, &'static str),
        value: &str,
        kind: &'static str,
        hint: Option<&'static str>,
    ) -> AnyView {
        self.named(field, hint).input(kind, value)
    }

    /// A choice; the only one there is, is chosen.
    pub fn choice(
        &self,
        field: (&'static str, &'static str),
        chosen: &str,
        options: Vec<(String, String)>,
        hint: Option<&'static str>,
    ) -> AnyView {
        let field = self.named(field, hint);
        match options.as_slice() {
            [(only, _)] => field.select(None, &options, only),
            _ => field.select(Some(people_words().choose), &options, chosen),
        }
    }

    /// Everything that is wrong, on top, each a way to its field.
    pub fn summary(&self, labels: &[(&'static str, &'static str)]) -> AnyView {
        fields::summary(self.errors.iter().map(|error| {
            let name = error.field();
            let label = labels.iter().find(|(field, _)| *field == name).map_or("", |(_, label)| label);
            (format!("{}{name}", self.prefix), people_words().wrong(*error, label))
        }))
    }
}

/// A short word after something was done.
pub(crate) fn done(text: &'static str, undo: Option<String>) -> AnyView {
    crate::desk::done_notice(crate::desk::Done { text: text.to_owned(), undo })
}

/// Where there is nothing yet.
pub(crate) fn empty(text: &'static str) -> AnyView {
    view! {
        <div class="card empty">
            {Icon::Check.view()} <p>{text}</p>
        </div>
    }
    .into_any()
}
