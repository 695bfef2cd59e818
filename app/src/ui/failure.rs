//! A page's heading, and what stands in its place when there is nothing to show.

use crate::error::AppError;
use crate::i18n::words;
use crate::ui::Icon;
use leptos::prelude::*;
use leptos_meta::Title;

/// The heading of a page; also its title in the browser. Focus moves here after a navigation.
#[must_use]
pub fn page_head(title: String) -> AnyView {
    let heading = title.clone();
    view! {
        <Title text=title />
        <h1>{heading}</h1>
    }
    .into_any()
}

/// What went wrong, why, and what to do: in place of a page.
#[must_use]
pub fn failure(error: AppError) -> AnyView {
    let t = words();
    view! {
        <Title text=t.error_title />
        <h1>{t.error_title}</h1>
        {failure_notice(error)}
    }
    .into_any()
}

/// What went wrong, why, and what to do.
#[must_use]
pub fn failure_notice(error: AppError) -> AnyView {
    let t = words();
    let (what, link) = match error {
        AppError::SignedOut => (t.error_signed_out, Some(("/sign-in", t.sign_in))),
        AppError::NotThere => (t.error_not_there, Some(("/", t.back_to_start))),
        AppError::NoNetwork => (t.error_no_network, Some(("/visits/new", t.offline_log))),
        AppError::Failed => (t.error_failed, None),
    };
    let (class, icon) = match error {
        AppError::NoNetwork => ("notice", Icon::OnPhone),
        _ => ("notice notice-error", Icon::Error),
    };
    view! {
        <div class=class role="alert">
            {icon.view()}
            <div>
                <p>{what}</p>
                {link.map(|(to, text)| view! { <p><a class="button" href=to rel="external">{text}</a></p> })}
            </div>
        </div>
    }
    .into_any()
}
