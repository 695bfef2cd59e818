//! Using an invitation: choosing a password. A plain form.

use crate::app::logo;
use crate::data::{Ask, Data, load, show};
use crate::i18n::words;
use crate::ui::Icon;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;

/// The page behind a one-time link.
#[component]
pub fn AcceptPage() -> impl IntoView {
    let params = use_params_map();
    let token = move || params.read().get("token").unwrap_or_default();
    let loaded = load(RwSignal::new(0), move || Ask::Invited(token()));
    view! {
        <main class="sign-in" id="main" tabindex="-1">
            <header>{logo()}</header>
            {show(
                loaded,
                move |data| match data {
                    Data::Invited(person, said) => form(token(), person.name, person.sign_in_name, said.error),
                    _ => expired(),
                },
            )}
        </main>
    }
}

fn expired() -> AnyView {
    let t = words();
    view! {
        <Title text=t.invitation_title />
        <h1>{t.invitation_title}</h1>
        <div class="notice notice-warn" role="alert">
            {Icon::Warning.view()} <div>
                <p>{t.invitation_expired}</p>
            </div>
        </div>
        <p>
            <a class="button" href="/sign-in" rel="external">
                {t.sign_in}
            </a>
        </p>
    }
    .into_any()
}

fn form(token: String, name: String, sign_in_name: String, error: Option<String>) -> AnyView {
    let t = words();
    let wrong = error.is_some();
    view! {
        <Title text=t.invitation_title />
        <h1>{(t.invitation_welcome)(&name)}</h1>
        <p>{(t.invitation_name)(&sign_in_name)}</p>
        <form class="card form" method="post" action=format!("/invitation/{token}")>
            <input type="hidden" name="username" autocomplete="username" value=sign_in_name />
            <div class="field">
                <label class="label" for="password">
                    {t.password_new}
                </label>
                <input
                    id="password"
                    name="password"
                    class="input"
                    type="password"
                    required
                    autocomplete="new-password"
                    enterkeyhint="next"
                    aria-describedby="password-hint password-error"
                    aria-invalid=wrong.then_some("true")
                />
                <p class="hint" id="password-hint">
                    {t.password_hint}
                </p>
                {error
                    .map(|code| {
                        view! {
                            <p class="error" id="password-error" role="alert">
                                {Icon::Error.view()}
                                {t.password_error(&code)}
                            </p>
                        }
                    })}
            </div>
            <div class="field">
                <label class="label" for="again">
                    {t.password_again}
                </label>
                <input
                    id="again"
                    name="again"
                    class="input"
                    type="password"
                    required
                    autocomplete="new-password"
                    enterkeyhint="go"
                />
            </div>
            <button class="button button-primary button-block">{t.password_save}</button>
        </form>
    }
    .into_any()
}
