//! Signing in: a plain form.

use crate::app::logo;
use crate::data::{Ask, Data, load, show};
use crate::i18n::{language, words};
use crate::ui::Icon;
use domain::codes::{Code, Language};
use leptos::prelude::*;
use leptos_meta::Title;

/// The sign-in page.
#[component]
pub fn SignInPage() -> impl IntoView {
    let loaded = load(RwSignal::new(0), || Ask::Said);
    let t = words();
    view! {
        <Title text=t.sign_in />
        <main class="sign-in" id="main" tabindex="-1">
            <header>
                {logo()} <div>
                    <h1>"Rinnalla"</h1>
                    <p class="muted">{t.tagline}</p>
                </div>
            </header>
            {show(
                loaded,
                |data| match data {
                    Data::Said(said) => form(said.error.is_some(), said.name),
                    _ => ().into_any(),
                },
            )}
            {language_switcher("/sign-in")}
            <p class="muted small">{t.sign_in_help}</p>
        </main>
    }
}

fn form(failed: bool, name: Option<String>) -> AnyView {
    let t = words();
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
            <div class="field">
                <label class="label" for="password">
                    {t.password}
                </label>
                <input
                    id="password"
                    name="password"
                    class="input"
                    type="password"
                    required
                    autocomplete="current-password"
                    enterkeyhint="go"
                />
            </div>
            <button class="button button-primary button-block">{Icon::Key.view()} {t.sign_in}</button>
        </form>
    }
    .into_any()
}

/// The three languages, each in its own words; a plain form that comes back to `back`.
pub(super) fn language_switcher(back: &'static str) -> AnyView {
    let name = |language| match language {
        Language::Finnish => "Suomi",
        Language::Swedish => "Svenska",
        Language::English => "English",
    };
    let current = language();
    let buttons = Language::ALL
        .iter()
        .map(|language| {
            let pressed = (*language == current).to_string();
            view! {
                <button class="button" name="language" value=language.code() lang=language.code() aria-pressed=pressed>
                    {name(*language)}
                </button>
            }
        })
        .collect_view();
    view! {
        <form class="switcher" method="post" action="/language" aria-label=words().language>
            <input type="hidden" name="back" value=back />
            {buttons}
        </form>
    }
    .into_any()
}
