//! Signing in: a plain form.

use crate::account::Said;
use crate::account::language::language_switcher;
use crate::app::{foot, logo};
use crate::i18n::desk_words;
use crate::ui::{Icon, PasswordField, password_field};
use leptos::prelude::*;

/// The sign-in page: its title and its body. `said` is what the last try came to.
#[must_use]
pub fn sign_in_page(said: Said) -> (String, AnyView) {
    let t = desk_words();
    let body = view! {
        <main class="sign-in" id="main" tabindex="-1">
            <header>
                {logo()} <div>
                    <h1>"Rinnalla"</h1>
                    <p class="muted">{t.tagline}</p>
                </div>
            </header>
            {form(said.error.is_some(), said.name)}
            {language_switcher("/sign-in")}
            <p class="muted small">{t.sign_in_help}</p>
            {foot(Signal::stored("/sign-in".to_owned()), ().into_any())}
        </main>
    };
    (t.sign_in.to_owned(), body.into_any())
}

fn form(failed: bool, name: Option<String>) -> AnyView {
    let t = desk_words();
    let password = PasswordField {
        id: "password",
        label: t.password,
        autocomplete: "current-password",
        enter: "go",
        hint: None,
    };
    view! {
        <form class="card form" method="post" action="/sign-in">
            {failed
                .then(|| {
                    view! {
                        <div class="notice notice-error" role="alert" id="sign-in-error">
                            {Icon::Error.view()} <div>
                                <p>{t.sign_in_failed}</p>
                            </div>
                        </div>
                    }
                })}
            <div class="field">
                <label class="label" for="name">
                    {t.sign_in_name}
                </label>
                <input
                    id="name"
                    name="name"
                    class="input"
                    required
                    autocomplete="username"
                    autocapitalize="none"
                    spellcheck="false"
                    enterkeyhint="next"
                    value=name
                />
            </div>
            {password_field(password, None)}
            <button class="button button-primary button-block">{Icon::Key.view()} {t.sign_in}</button>
        </form>
    }
    .into_any()
}
