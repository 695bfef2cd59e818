//! Using an invitation: choosing a password. A plain form.

use crate::account::{InvitedPerson, Said};
use crate::app::{foot, logo};
use crate::i18n::desk_words;
use crate::ui::{Icon, PasswordField, password_field};
use leptos::prelude::*;

/// The page behind a one-time link: its title and its body. `invited` is whom the link is for,
/// while it can be used; `said` what the last try came to.
#[must_use]
pub fn accept_page(token: &str, invited: Option<InvitedPerson>, said: Said) -> (String, AnyView) {
    let body = match invited {
        Some(person) => form(token, &person, said.error),
        None => expired(),
    };
    let body = view! {
        <main class="sign-in" id="main" tabindex="-1">
            <header>{logo()}</header>
            {body}
            {foot(Signal::stored("/sign-in".to_owned()), ().into_any())}
        </main>
    };
    (desk_words().invitation_title.to_owned(), body.into_any())
}

fn expired() -> AnyView {
    let t = desk_words();
    view! {
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

fn form(token: &str, person: &InvitedPerson, error: Option<String>) -> AnyView {
    let t = desk_words();
    let first = PasswordField {
        id: "password",
        label: t.password_new,
        autocomplete: "new-password",
        enter: "next",
        hint: Some(t.password_hint),
    };
    let again = PasswordField { id: "again", label: t.password_again, enter: "go", hint: None, ..first };
    view! {
        <h1>{t.invitation_welcome.of(&person.name)}</h1>
        <p>{t.invitation_name.of(&person.sign_in_name)}</p>
        <form class="card form" method="post" action=format!("/invitation/{token}")>
            <input type="hidden" name="username" autocomplete="username" value=person.sign_in_name.clone() />
            {password_field(first, error)}
            {password_field(again, None)}
            <button class="button button-primary button-block">{t.password_save}</button>
        </form>
    }
    .into_any()
}
