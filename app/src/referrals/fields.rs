//! Fields of a form with what is wrong beside them, and the summary on top.

use crate::i18n::desk_words;
use crate::ui::Icon;
use leptos::prelude::*;

/// A field with its label, its hint and what is wrong with it. `kind` is an input's type, or `area`.
pub(crate) fn field(
    name: &'static str,
    label: &'static str,
    value: &str,
    kind: &'static str,
    hint: Option<&'static str>,
    wrong: &[String],
) -> AnyView {
    let value = value.to_owned();
    control(name, label, hint, wrong, move |invalid, described| {
        if kind == "area" {
            view! {
                <textarea class="input" id=name name=name aria-invalid=invalid aria-describedby=described>
                    {value}
                </textarea>
            }
            .into_any()
        } else {
            view! {
                <input
                    class="input"
                    type=kind
                    id=name
                    name=name
                    value=value
                    autocomplete="off"
                    aria-invalid=invalid
                    aria-describedby=described
                />
            }
            .into_any()
        }
    })
}

/// A control with its label, its hint and what is wrong with it.
pub(crate) fn control(
    name: &'static str,
    label: &'static str,
    hint: Option<&'static str>,
    wrong: &[String],
    control: impl FnOnce(Option<&'static str>, Option<String>) -> AnyView,
) -> AnyView {
    let (hint_id, error_id) = (format!("{name}-hint"), format!("{name}-error"));
    let described: Vec<String> = [(hint.is_some(), hint_id.clone()), (!wrong.is_empty(), error_id.clone())]
        .into_iter()
        .filter_map(|(there, id)| there.then_some(id))
        .collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let control = control((!wrong.is_empty()).then_some("true"), described);
    let hint = hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> });
    let error = (!wrong.is_empty()).then(|| {
        view! {
            <p class="error" id=error_id>
                {Icon::Error.view()}
                {wrong.join(" ")}
            </p>
        }
    });
    view! {
        <div class="field">
            <label class="label" for=name>
                {label}
            </label>
            {control}
            {hint}
            {error}
        </div>
    }
    .into_any()
}

/// Everything that is wrong, on top, each a way to its field (its id; empty for the form as a whole).
pub(crate) fn summary(wrong: Vec<(String, String)>) -> AnyView {
    if wrong.is_empty() {
        return ().into_any();
    }
    let items = wrong
        .into_iter()
        .map(|(id, said)| {
            if id.is_empty() {
                view! { <li>{said}</li> }.into_any()
            } else {
                view! {
                    <li>
                        <a href=format!("#{id}")>{said}</a>
                    </li>
                }
                .into_any()
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
