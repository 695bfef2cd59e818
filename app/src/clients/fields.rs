//! The pieces of the clients' forms: a field with its label, hint and what is wrong with it.

use super::client_words;
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
    fn wrong(&self, name: &str) -> Vec<&'static str> {
        let w = client_words();
        self.errors.iter().filter(|error| error.field() == name).map(|error| w.error(*error)).collect()
    }

    /// A text field of a kind: `text`, `tel`, `date` …; `area` is for several lines.
    pub(super) fn input(
        &self,
        name: &'static str,
        kind: &'static str,
        hint: Option<&'static str>,
    ) -> AnyView {
        self.field(name, kind, hint, &[])
    }

    /// A text field that suggests words while somebody types.
    pub(super) fn suggesting(
        &self,
        name: &'static str,
        hint: Option<&'static str>,
        suggestions: &[String],
    ) -> AnyView {
        self.field(name, "text", hint, suggestions)
    }

    fn field(
        &self,
        name: &'static str,
        kind: &'static str,
        hint: Option<&'static str>,
        suggestions: &[String],
    ) -> AnyView {
        let wrong = self.wrong(name);
        let described = described(name, hint.is_some(), !wrong.is_empty());
        let invalid = (!wrong.is_empty()).then_some("true");
        let value = (self.value)(name);
        let short = matches!(kind, "date" | "time" | "number");
        let class = if short { "input short" } else { "input" };
        let control = if kind == "area" {
            view! {
                <textarea class="input" id=name name=name aria-invalid=invalid aria-describedby=described>
                    {value}
                </textarea>
            }
            .into_any()
        } else {
            view! {
                <input
                    class=class
                    type=kind
                    id=name
                    name=name
                    value=value
                    autocomplete="off"
                    list=(!suggestions.is_empty()).then(|| format!("{name}-suggestions"))
                    aria-invalid=invalid
                    aria-describedby=described
                />
                {(!suggestions.is_empty()).then(|| suggested(format!("{name}-suggestions"), suggestions))}
            }
            .into_any()
        };
        let label = client_words().field(name);
        view! {
            <div class="field">
                <label class="label" for=name>
                    {label}
                </label>
                {control}
                {under(name, hint, &wrong)}
            </div>
        }
        .into_any()
    }

    /// A choice from a list, with an empty one on top where `empty` says what it means.
    pub(super) fn select(
        &self,
        name: &'static str,
        empty: Option<&'static str>,
        options: &[(String, String)],
        hint: Option<&'static str>,
    ) -> AnyView {
        let wrong = self.wrong(name);
        let described = described(name, hint.is_some(), !wrong.is_empty());
        let invalid = (!wrong.is_empty()).then_some("true");
        let chosen = (self.value)(name);
        let empty = empty.map(|word| view! { <option value="">{word}</option> });
        let options = options
            .iter()
            .map(|(value, word)| {
                let selected = *value == chosen;
                view! { <option value=value.clone() selected=selected>{word.clone()}</option> }
            })
            .collect_view();
        let label = client_words().field(name);
        view! {
            <div class="field">
                <label class="label" for=name>
                    {label}
                </label>
                <select class="input" id=name name=name aria-invalid=invalid aria-describedby=described>
                    {empty}
                    {options}
                </select>
                {under(name, hint, &wrong)}
            </div>
        }
        .into_any()
    }

    /// Chips: of one kind (`radio`) or several at once (`checkbox`). The first has the field's id, so that
    /// what is wrong leads there.
    pub(super) fn chips(
        &self,
        name: &'static str,
        kind: &'static str,
        options: &[(String, String)],
    ) -> AnyView {
        let wrong = self.wrong(name);
        let chosen = (self.value)(name);
        let chips = options
            .iter()
            .enumerate()
            .map(|(at, (value, word))| {
                let id = if at == 0 { name.to_owned() } else { format!("{name}-{value}") };
                let checked = chosen.split_whitespace().any(|code| code == value);
                view! {
                    <label class="choice">
                        <input type=kind id=id name=name value=value.clone() checked=checked />
                        <span>{word.clone()}</span>
                    </label>
                }
            })
            .collect_view();
        let label = client_words().field(name);
        view! {
            <fieldset class="choices">
                <legend>{label}</legend>
                {chips}
                {under(name, None, &wrong)}
            </fieldset>
        }
        .into_any()
    }

    /// Everything that is wrong, on top, each a way to its field.
    pub(super) fn summary(&self) -> AnyView {
        let w = client_words();
        let items = self
            .errors
            .iter()
            .filter(|error| !error.field().is_empty())
            .map(|error| {
                let said = format!("{}: {}", w.field(error.field()), w.error(*error));
                view! {
                    <li>
                        <a href=format!("#{}", error.field())>{said}</a>
                    </li>
                }
            })
            .collect::<Vec<_>>();
        if items.is_empty() {
            return ().into_any();
        }
        view! {
            <div class="error-summary" role="alert" tabindex="-1">
                <h2>{w.check}</h2>
                <ul>{items}</ul>
            </div>
        }
        .into_any()
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
        let rows = now
            .iter()
            .map(|(name, now)| (*name, now.clone(), (self.value)(name)))
            .filter(|(_, now, typed)| now != typed)
            .map(|(name, now, typed)| {
                view! {
                    <tr>
                        <th scope="row">{w.field(name)}</th>
                        <td>{now}</td>
                        <td>{typed}</td>
                    </tr>
                }
            })
            .collect_view();
        view! {
            {warning(w.stale, w.stale_text)}
            <div class="table-wrap" tabindex="0" role="region" aria-label=w.stale>
                <table class="table">
                    <caption class="visually-hidden">{w.stale}</caption>
                    <thead>
                        <tr>
                            <td></td>
                            <th scope="col">{w.now}</th>
                            <th scope="col">{w.typed}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .into_any()
    }
}

/// The words that a field of this list suggests.
pub(crate) fn suggested(list: String, suggestions: &[String]) -> AnyView {
    let options =
        suggestions.iter().map(|word| view! { <option value=word.clone()></option> }).collect_view();
    view! { <datalist id=list>{options}</datalist> }.into_any()
}

fn described(name: &str, hint: bool, error: bool) -> Option<String> {
    let ids: Vec<String> = [(hint, "hint"), (error, "error")]
        .into_iter()
        .filter(|(there, _)| *there)
        .map(|(_, what)| format!("{name}-{what}"))
        .collect();
    (!ids.is_empty()).then(|| ids.join(" "))
}

fn under(name: &'static str, hint: Option<&'static str>, wrong: &[&'static str]) -> AnyView {
    let hint = hint.map(|hint| view! { <p class="hint" id=format!("{name}-hint")>{hint}</p> });
    let error = (!wrong.is_empty()).then(|| {
        view! {
            <p class="error" id=format!("{name}-error")>
                {Icon::Error.view()}
                {wrong.join(" ")}
            </p>
        }
    });
    view! {
        {hint}
        {error}
    }
    .into_any()
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

/// The button that saves, and the way back.
pub(super) fn buttons(word: &'static str, back: String) -> AnyView {
    let w = client_words();
    view! {
        <p class="row">
            <button class="button button-primary">{word}</button>
            <a class="button" href=back>
                {w.cancel}
            </a>
        </p>
    }
    .into_any()
}

/// A field that nobody sees.
pub(super) fn hidden(name: &'static str, value: impl ToString) -> AnyView {
    view! { <input type="hidden" name=name value=value.to_string() /> }.into_any()
}
