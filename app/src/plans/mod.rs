//! Plans made with a client and those who help, and what a client gets to take along. Desk pages.

mod card;
mod copy;
mod form;
mod page;
mod paper;
mod words;

pub(crate) use card::plan_card;
pub use copy::{CopyAsked, copy_page};
pub use form::{TypedPlan, correction_page, new_plan_page};
pub use page::{TypedHand, plan_page, plans_page};
pub use paper::{copy_paper, plan_paper};
pub use words::{PlanWords, plan_words, plan_words_in};

use crate::i18n::desk_words;
use crate::ui::Icon;
use domain::codes::{Code, Language};
use leptos::prelude::*;

/// A language in its own words.
fn named(language: Language) -> &'static str {
    match language {
        Language::Finnish => "Suomi",
        Language::Swedish => "Svenska",
        Language::English => "English",
    }
}

/// Ways to a document on paper in each language. `to` is its address, `more` what else it asks, with `&` before.
fn on_paper(to: &str, more: &str) -> AnyView {
    let links = Language::ALL
        .iter()
        .map(|language| {
            let code = language.code();
            let href = format!("{to}?language={code}{more}");
            view! {
                <a class="button button-small" href=href download rel="external" lang=code hreflang=code>
                    {named(*language)}
                </a>
            }
        })
        .collect_view();
    view! {
        <p class="row screen-only">
            <span class="muted">{plan_words().on_paper}</span>
            {links}
        </p>
    }
    .into_any()
}

/// A name and what it is.
fn fact(name: &'static str, value: impl IntoView + 'static) -> AnyView {
    view! {
        <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
        </div>
    }
    .into_any()
}

/// A press that does something.
fn press(to: String, icon: Icon, name: &'static str, label: String, class: &'static str) -> AnyView {
    view! {
        <form class="screen-only" method="post" action=to>
            <button class=class aria-label=label>
                {icon.view()}
                {name}
            </button>
        </form>
    }
    .into_any()
}

/// Says that something is printed by the browser.
fn print_hint() -> AnyView {
    view! { <p class="hint screen-only">{desk_words().print_it}</p> }.into_any()
}
