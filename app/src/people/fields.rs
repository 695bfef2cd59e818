//! The fields of these forms, and what is wrong with them.

use super::words::people_words;
use crate::i18n::desk_words;
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
    fn wrong(&self, name: &str, label: &str) -> Option<String> {
        let error = self.errors.iter().find(|error| error.field() == name)?;
        Some(people_words().wrong(*error, label))
    }

    fn framed(
        &self,
        (name, label): (&'static str, &'static str),
        hint: Option<&'static str>,
        control: impl FnOnce(String, Option<&'static str>, Option<String>) -> AnyView,
    ) -> AnyView {
        let id = format!("{}{name}", self.prefix);
        let wrong = self.wrong(name, label);
        let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
        let described = [hint.map(|_| hint_id.clone()), wrong.as_ref().map(|_| error_id.clone())];
        let described = described.into_iter().flatten().collect::<Vec<_>>().join(" ");
        let described = (!described.is_empty()).then_some(described);
        let control = control(id.clone(), wrong.is_some().then_some("true"), described);
        let hint = hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> });
        let error = wrong.map(|wrong| {
            view! { <p class="error" id=error_id>{Icon::Error.view()} {wrong}</p> }
        });
        view! {
            <div class="field">
                <label class="label" for=id>
                    {label}
                </label>
                {control}
                {hint}
                {error}
            </div>
        }
        .into_any()
    }

    /// A field with one line, of an input's kind, or an area of text.
    pub fn field(
        &self,
        (name, label): (&'static str, &'static str),
        value: &str,
        kind: &'static str,
        hint: Option<&'static str>,
    ) -> AnyView {
        let value = value.to_owned();
        self.framed((name, label), hint, |id, invalid, described| {
            if kind == "area" {
                view! {
                    <textarea class="input" id=id name=name aria-invalid=invalid aria-describedby=described>
                        {value}
                    </textarea>
                }
                .into_any()
            } else {
                let class = if kind == "date" || kind == "number" { "input short" } else { "input" };
                let complete = if kind == "password" { "current-password" } else { "off" };
                view! {
                    <input
                        class=class
                        type=kind
                        id=id
                        name=name
                        value=value
                        autocomplete=complete
                        aria-invalid=invalid
                        aria-describedby=described
                    />
                }
                .into_any()
            }
        })
    }

    /// A choice.
    pub fn choice(
        &self,
        (name, label): (&'static str, &'static str),
        chosen: &str,
        options: Vec<(String, String)>,
        hint: Option<&'static str>,
    ) -> AnyView {
        let only = options.len() == 1;
        let options = options
            .into_iter()
            .map(|(value, text)| {
                let selected = only || value == chosen;
                view! { <option value=value selected=selected>{text}</option> }
            })
            .collect_view();
        let none = (!only).then(|| view! { <option value="">{people_words().choose}</option> });
        self.framed((name, label), hint, |id, invalid, described| {
            view! {
                <select class="input" id=id name=name aria-invalid=invalid aria-describedby=described>
                    {none}
                    {options}
                </select>
            }
            .into_any()
        })
    }

    /// Everything that is wrong, on top, each a way to its field.
    pub fn summary(&self, labels: &[(&'static str, &'static str)]) -> AnyView {
        if self.errors.is_empty() {
            return ().into_any();
        }
        let items = self
            .errors
            .iter()
            .map(|error| {
                let name = error.field();
                let label = labels.iter().find(|(field, _)| *field == name).map_or("", |(_, label)| label);
                let to = format!("#{}{name}", self.prefix);
                view! {
                    <li>
                        <a href=to>{people_words().wrong(*error, label)}</a>
                    </li>
                }
            })
            .collect_view();
        view! {
            <div class="error-summary" role="alert" tabindex="-1">
                <h2>{desk_words().check_these}</h2>
                <ul>{items}</ul>
            </div>
        }
        .into_any()
    }
}

/// Saves, or goes back without.
pub(crate) fn buttons(save: &'static str, back: &'static str) -> AnyView {
    view! {
        <p class="row">
            <button class="button button-primary">{save}</button>
            <a class="button" href=back>
                {desk_words().cancel}
            </a>
        </p>
    }
    .into_any()
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
