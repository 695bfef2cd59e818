//! A form on a page of its own: plain posts. What was typed stays, whatever was wrong with it.

use super::Content;
use super::fields::{self, Field, buttons, side_by_side};
use crate::clients::client_words;
use crate::ui::Icon;
use domain::forms::FieldError;
use leptos::prelude::*;

/// What came back from a form: as it was typed, and what is wrong with it.
#[derive(Clone, Debug)]
pub struct Typed<T> {
    /// As it was typed.
    pub form: T,
    /// What is wrong.
    pub errors: Vec<FieldError>,
}

impl<T> Typed<T> {
    /// A form that nobody has touched.
    pub fn untouched(form: T) -> Self {
        Self { form, errors: Vec::new() }
    }
}

/// A form on a page of its own.
pub(crate) struct Sheet<'a> {
    /// The heading.
    pub(crate) title: String,
    /// The page that it belongs to: address and name.
    pub(crate) client: (String, String),
    /// Where it is posted.
    pub(crate) action: String,
    /// What nobody sees.
    pub(crate) hidden: Vec<(&'static str, String)>,
    /// Its values, and what is wrong.
    pub(crate) shown: Shown<'a>,
    /// What stands now, for when somebody else was faster.
    pub(crate) now: Vec<(&'static str, String)>,
    /// What is said before the fields.
    pub(crate) lead: Option<&'static str>,
    /// The fields.
    pub(crate) fields: Vec<AnyView>,
    /// What the button says.
    pub(crate) save: &'static str,
}

impl Sheet<'_> {
    /// The page.
    pub(crate) fn page(self) -> Content {
        let (back, alias) = self.client;
        let hidden = self.hidden.into_iter().map(|(name, value)| hidden(name, value)).collect_view();
        let lead = self.lead.map(|lead| view! { <p>{lead}</p> });
        let carried = domain::sync::carried::is_carried(&self.action).then_some("");
        Content {
            title: self.title,
            parent: Some((back.clone(), alias)),
            body: view! {
                {self.shown.both(&self.now)}
                {self.shown.summary()}
                <form class="form card" method="post" data-carried=carried action=self.action>
                    {hidden}
                    {lead}
                    {self.fields.into_iter().collect_view()}
                    {buttons(self.save, back)}
                </form>
            }
            .into_any(),
        }
    }
}

/// What a form shows in its fields, and what is wrong with them.
#[derive(Clone, Copy)]
pub(crate) struct Shown<'a> {
    /// The value of a field by its name.
    pub(crate) value: &'a dyn Fn(&str) -> String,
    /// What is wrong.
    pub(crate) errors: &'a [FieldError],
    /// What each field is called, by its name.
    pub(crate) label: fn(&str) -> &'static str,
}

impl Shown<'_> {
    /// What is wrong with a field, in words.
    pub(crate) fn wrong(&self, name: &str) -> Vec<&'static str> {
        let w = client_words();
        self.errors.iter().filter(|error| error.field() == name).map(|error| w.error(*error)).collect()
    }

    fn field(&self, name: &'static str) -> Field {
        Field::new(name, (self.label)(name)).wrong(self.wrong(name))
    }

    /// A text field of a kind: `text`, `tel`, `date` …; `area` is for several lines.
    pub(crate) fn input(
        &self,
        name: &'static str,
        kind: &'static str,
        hint: Option<&'static str>,
    ) -> AnyView {
        self.field(name).hint(hint).input(kind, &(self.value)(name))
    }

    /// A text field that suggests words while somebody types.
    pub(crate) fn suggesting(
        &self,
        name: &'static str,
        hint: Option<&'static str>,
        suggestions: &[String],
    ) -> AnyView {
        self.field(name).hint(hint).suggesting(suggestions).input("text", &(self.value)(name))
    }

    /// A choice from a list, with an empty one on top where `empty` says what it means.
    pub(crate) fn select(
        &self,
        name: &'static str,
        empty: Option<&'static str>,
        options: &[(String, String)],
        hint: Option<&'static str>,
    ) -> AnyView {
        self.field(name).hint(hint).select(empty, options, &(self.value)(name))
    }

    /// Chips: of one kind (`radio`) or several at once (`checkbox`).
    pub(crate) fn chips(
        &self,
        name: &'static str,
        kind: &'static str,
        options: &[(String, String)],
    ) -> AnyView {
        self.field(name).chips(kind, options, &(self.value)(name))
    }

    /// Everything that is wrong, on top, each a way to its field.
    pub(crate) fn summary(&self) -> AnyView {
        let w = client_words();
        let wrong = self.errors.iter().filter(|error| !error.field().is_empty());
        fields::summary(wrong.map(|error| {
            (error.field().to_owned(), format!("{}: {}", (self.label)(error.field()), w.error(*error)))
        }))
    }

    /// Was somebody else faster?
    pub(crate) fn is_stale(&self) -> bool {
        self.errors.contains(&FieldError::ChangedMeanwhile)
    }

    /// When somebody else was faster: what stands now beside what was typed, where they differ.
    pub(crate) fn both(&self, now: &[(&'static str, String)]) -> AnyView {
        if !self.is_stale() {
            return ().into_any();
        }
        let rows = now.iter().map(|(name, now)| ((self.label)(name), now.clone(), (self.value)(name)));
        side_by_side(rows.filter(|(_, now, typed)| now != typed))
    }
}

/// Something that has to be known before going on.
pub(crate) fn warning(title: &'static str, text: impl Into<String>) -> AnyView {
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
pub(crate) fn hidden(name: &'static str, value: impl ToString) -> AnyView {
    view! { <input type="hidden" name=name value=value.to_string() /> }.into_any()
}
