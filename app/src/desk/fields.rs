//! The fields of a desk page's form: a label, a control, a hint and what is wrong, tied together for whoever
//! hears the page. Each feature says its words; how a field is built stands here only.

use crate::i18n::desk_words;
use crate::ui::Icon;
use leptos::prelude::*;

/// A field: what it is called, what helps to fill it in, and what is wrong with it.
pub(crate) struct Field {
    id: String,
    name: &'static str,
    label: &'static str,
    hint: Option<&'static str>,
    wrong: Vec<String>,
    suggestions: Vec<String>,
}

/// What ties a control to its hint and its error.
pub(crate) struct Ties {
    /// The id that the label names.
    pub(crate) id: String,
    /// `aria-invalid`.
    pub(crate) invalid: Option<&'static str>,
    /// `aria-describedby`.
    pub(crate) described: Option<String>,
}

impl Field {
    /// A field with nothing wrong. Its id is its name.
    pub(crate) fn new(name: &'static str, label: &'static str) -> Self {
        Self { id: name.to_owned(), name, label, hint: None, wrong: Vec::new(), suggestions: Vec::new() }
    }

    /// With something before its id, where a page has several forms.
    pub(crate) fn of_form(mut self, prefix: &str) -> Self {
        self.id.insert_str(0, prefix);
        self
    }

    /// With a hint.
    pub(crate) fn hint(mut self, hint: Option<&'static str>) -> Self {
        self.hint = hint;
        self
    }

    /// With what is wrong, in words.
    pub(crate) fn wrong<T: Into<String>>(mut self, wrong: impl IntoIterator<Item = T>) -> Self {
        self.wrong = wrong.into_iter().map(Into::into).collect();
        self
    }

    /// With words that a line suggests while somebody types.
    pub(crate) fn suggesting(mut self, suggestions: &[String]) -> Self {
        self.suggestions = suggestions.to_vec();
        self
    }

    /// A line of an input's kind (`text`, `tel`, `date` …), or an `area` for several lines.
    pub(crate) fn input(mut self, kind: &'static str, value: &str) -> AnyView {
        let (name, value) = (self.name, value.to_owned());
        let suggestions = std::mem::take(&mut self.suggestions);
        let list = (!suggestions.is_empty()).then(|| format!("{}-suggestions", self.id));
        let suggested = list.clone().map(|list| {
            let words = suggestions.into_iter().map(|word| view! { <option value=word></option> });
            view! { <datalist id=list>{words.collect_view()}</datalist> }
        });
        self.control(|Ties { id, invalid, described }| {
            if kind == "area" {
                return view! {
                    <textarea class="input" id=id name=name aria-invalid=invalid aria-describedby=described>
                        {value}
                    </textarea>
                }
                .into_any();
            }
            let short = matches!(kind, "date" | "time" | "number");
            let complete = if kind == "password" { "current-password" } else { "off" };
            view! {
                <input
                    class=if short { "input short" } else { "input" }
                    type=kind
                    id=id
                    name=name
                    value=value
                    autocomplete=complete
                    list=list
                    aria-invalid=invalid
                    aria-describedby=described
                />
                {suggested}
            }
            .into_any()
        })
    }

    /// A choice from a list of values and words, with an empty one on top where `empty` says what it means.
    pub(crate) fn select(
        self,
        empty: Option<&'static str>,
        options: &[(String, String)],
        chosen: &str,
    ) -> AnyView {
        let name = self.name;
        let empty = empty.map(|word| view! { <option value="">{word}</option> });
        let options = options
            .iter()
            .map(|(value, word)| {
                let selected = value == chosen;
                view! { <option value=value.clone() selected=selected>{word.clone()}</option> }
            })
            .collect_view();
        self.control(|Ties { id, invalid, described }| {
            view! {
                <select class="input" id=id name=name aria-invalid=invalid aria-describedby=described>
                    {empty}
                    {options}
                </select>
            }
            .into_any()
        })
    }

    /// Chips: one of them (`radio`) or several (`checkbox`); `chosen` has the values with spaces between. The
    /// first has the field's id, so that what is wrong leads there.
    pub(crate) fn chips(self, kind: &'static str, options: &[(String, String)], chosen: &str) -> AnyView {
        let name = self.name;
        let chips = options
            .iter()
            .enumerate()
            .map(|(at, (value, word))| {
                let id = if at == 0 { self.id.clone() } else { format!("{}-{value}", self.id) };
                let checked = chosen.split_whitespace().any(|code| code == value);
                view! {
                    <label class="choice">
                        <input type=kind id=id name=name value=value.clone() checked=checked />
                        <span>{word.clone()}</span>
                    </label>
                }
            })
            .collect_view();
        view! {
            <fieldset class="choices">
                <legend>{self.label}</legend>
                {chips}
                {self.under()}
            </fieldset>
        }
        .into_any()
    }

    /// Any other control.
    pub(crate) fn control(self, control: impl FnOnce(Ties) -> AnyView) -> AnyView {
        let ids = [(self.hint.is_some(), "hint"), (!self.wrong.is_empty(), "error")];
        let ids: Vec<String> =
            ids.iter().filter(|(there, _)| *there).map(|(_, what)| format!("{}-{what}", self.id)).collect();
        let control = control(Ties {
            id: self.id.clone(),
            invalid: (!self.wrong.is_empty()).then_some("true"),
            described: (!ids.is_empty()).then(|| ids.join(" ")),
        });
        let under = self.under();
        view! {
            <div class="field">
                <label class="label" for=self.id>
                    {self.label}
                </label>
                {control}
                {under}
            </div>
        }
        .into_any()
    }

    fn under(&self) -> AnyView {
        let hint = self.hint.map(|hint| view! { <p class="hint" id=format!("{}-hint", self.id)>{hint}</p> });
        let error = (!self.wrong.is_empty()).then(|| {
            view! {
                <p class="error" id=format!("{}-error", self.id)>
                    {Icon::Error.view()}
                    {self.wrong.join(" ")}
                </p>
            }
        });
        view! {
            {hint}
            {error}
        }
        .into_any()
    }
}

/// Everything that is wrong, on top, each a way to its field by its id; empty for the form as a whole.
pub(crate) fn summary(wrong: impl IntoIterator<Item = (String, String)>) -> AnyView {
    let items: Vec<_> = wrong
        .into_iter()
        .map(|(id, said)| {
            let said = if id.is_empty() {
                said.into_any()
            } else {
                view! { <a href=format!("#{id}")>{said}</a> }.into_any()
            };
            view! { <li>{said}</li> }
        })
        .collect();
    if items.is_empty() {
        return ().into_any();
    }
    view! {
        <div class="error-summary" role="alert" tabindex="-1">
            <h2>{desk_words().check_these}</h2>
            <ul>{items}</ul>
        </div>
    }
    .into_any()
}

/// Saves, or goes back without.
pub(crate) fn buttons(save: &'static str, back: impl Into<String>) -> AnyView {
    let back: String = back.into();
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

/// When somebody else was faster: for each field that differs its label, what stands now, and what was typed.
pub(crate) fn side_by_side(rows: impl IntoIterator<Item = (&'static str, String, String)>) -> AnyView {
    let t = desk_words();
    let rows = rows
        .into_iter()
        .map(|(label, now, typed)| {
            view! {
                <tr>
                    <th scope="row">{label}</th>
                    <td>{now}</td>
                    <td>{typed}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="notice notice-warn" role="alert">
            {Icon::Warning.view()} <div>
                <p>
                    <strong>{t.stale_title}</strong>
                </p>
                <p>{t.stale_text}</p>
            </div>
        </div>
        <div class="table-wrap" tabindex="0" role="region" aria-label=t.stale_title>
            <table class="table">
                <caption class="visually-hidden">{t.stale_title}</caption>
                <thead>
                    <tr>
                        <td></td>
                        <th scope="col">{t.stale_now}</th>
                        <th scope="col">{t.stale_typed}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
