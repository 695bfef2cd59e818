//! A password's field, for signing in and for choosing a password.

use crate::i18n::desk_words;
use crate::ui::Icon;
use leptos::prelude::*;

/// What is always so about a password's field.
#[derive(Clone, Copy, Debug)]
pub struct PasswordField {
    /// Its id, and the name that the form sends.
    pub id: &'static str,
    /// What a person reads over it.
    pub label: &'static str,
    /// `current-password` or `new-password`, for whatever keeps passwords.
    pub autocomplete: &'static str,
    /// What the phone's enter key says: `next` or `go`.
    pub enter: &'static str,
    /// What makes a good one.
    pub hint: Option<&'static str>,
}

/// The field; `error` is what is wrong, a `PasswordError` by its code. What was typed never comes back.
#[must_use]
pub fn password_field(field: PasswordField, error: Option<String>) -> AnyView {
    let PasswordField { id, label, autocomplete, enter, hint } = field;
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described = [hint.map(|_| hint_id.clone()), error.as_ref().map(|_| error_id.clone())];
    let described: Vec<String> = described.into_iter().flatten().collect();
    let described = (!described.is_empty()).then(|| described.join(" "));
    let wrong = error.is_some().then_some("true");
    let hint = hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> });
    let error = error.map(|code| {
        let said = desk_words().password_error(&code);
        view! { <p class="error" id=error_id role="alert">{Icon::Error.view()} {said}</p> }
    });
    view! {
        <div class="field">
            <label class="label" for=id>
                {label}
            </label>
            <input
                id=id
                name=id
                class="input"
                type="password"
                required
                autocomplete=autocomplete
                enterkeyhint=enter
                aria-describedby=described
                aria-invalid=wrong
            />
            {hint}
            {error}
        </div>
    }
    .into_any()
}
