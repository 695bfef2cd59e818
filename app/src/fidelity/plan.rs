//! What a unit does to do better: the actions, and the form of one.

use super::{fidelity_words, title_of};
use crate::clients::Typed;
use crate::desk::Content;
use crate::desk::sheet::{Sheet, Shown};
use crate::i18n::{Dates, language};
use backend::fidelity::{FidelityPage, Improvement};
use domain::fidelity::improvement::ActionFields;
use leptos::prelude::*;
use uuid::Uuid;

/// All actions of the unit.
pub(super) fn section(page: &FidelityPage) -> AnyView {
    let w = fidelity_words();
    let list = if page.plan.is_empty() {
        view! { <p class="muted">{w.plan_none}</p> }.into_any()
    } else {
        list(page.plan.iter(), true)
    };
    view! {
        <section class="card" id="plan">
            <h2>{w.plan}</h2>
            {list}
        </section>
    }
    .into_any()
}

/// The actions for an item, and a way to one more.
pub(super) fn of_item(page: &FidelityPage, item: u8) -> AnyView {
    let w = fidelity_words();
    view! {
        <section class="card">
            <h2>{w.plan}</h2>
            {list(page.plan.iter().filter(|action| action.item == item), false)}
            <p>
                <a class="button" href=format!("/fidelity/{item}/actions")>
                    {w.plan_add}
                </a>
            </p>
        </section>
    }
    .into_any()
}

fn list<'a>(actions: impl Iterator<Item = &'a Improvement>, with_item: bool) -> AnyView {
    let w = fidelity_words();
    let row = |action: &Improvement| {
        let when = match action.done_on {
            Some(on) => w.done_on.of(language().date(on)),
            None => w.until.of(language().date(action.by_day)),
        };
        let (deed, word) = if action.done_on.is_some() { ("undone", w.not_done) } else { ("done", w.done) };
        let button = |deed: &str, word: &'static str, class: &'static str| {
            view! {
                <form method="post" action=format!("/fidelity/actions/{}/{deed}", action.id)>
                    <button class=class aria-label=format!("{word}: {}", action.what)>
                        {word}
                    </button>
                </form>
            }
        };
        let item = with_item.then(|| {
            view! {
                <a href=format!("/fidelity/{}", action.item)>
                    {format!("{}. {}", action.item, title_of(action.item))}
                </a>
            }
        });
        view! {
            <li>
                <p>{action.what.clone()}</p>
                <p class="muted small">{action.owner.clone()} ", " {when} " " {item}</p>
                <div class="row">
                    {button(deed, word, "button button-small")}
                    {button("withdraw", w.plan_take_back, "button button-small button-quiet")}
                </div>
            </li>
        }
        .into_any()
    };
    view! { <ul class="timeline">{actions.map(row).collect_view()}</ul> }.into_any()
}

/// The form of an action for an item.
#[must_use]
pub fn action_page(page: &FidelityPage, item: u8, entry: Uuid, typed: &Typed<ActionFields>) -> Content {
    super::spoken_by(&page.found.pack);
    let w = fidelity_words();
    let value = |name: &str| typed.form.field(name).to_owned();
    let shown = Shown { value: &value, errors: &typed.errors, label: |name| fidelity_words().field(name) };
    let people: Vec<(String, String)> =
        page.people.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
    Sheet {
        title: w.plan_add.to_owned(),
        action: format!("/fidelity/{item}/actions"),
        client: (format!("/fidelity/{item}"), format!("{item}. {}", title_of(item))),
        hidden: vec![("id", entry.to_string())],
        now: Vec::new(),
        lead: None,
        fields: vec![
            shown.input("what", "text", None),
            shown.select("owner", None, &people, None),
            shown.input("by_day", "date", None),
        ],
        save: w.plan_save,
        shown,
    }
    .page()
}
