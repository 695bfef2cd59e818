//! Forms of desk pages, kept by the outbox: the page has no browser code of its own, and brings it when a form has to be
//! kept (`app/client/desk.js`, `draft.js`).

use super::{Heard, Outbox, today};
use crate::i18n::words_in;
use any_spawner::Executor;
use domain::codes::{Code, Language};
use domain::ids::{CommandId, PersonId};
use domain::sync::Command;
use domain::sync::carried::{self, Posted};
use leptos::prelude::*;
use serde::Serialize;
use std::cell::Cell;
use wasm_bindgen::JsValue;

thread_local! {
    static OUTBOX: Cell<Option<Outbox>> = const { Cell::new(None) };
}

/// What a page is told.
#[derive(Default, Serialize)]
struct Said {
    saved: bool,
    text: &'static str,
    /// What the way to what waits is called, where there is one.
    look: Option<&'static str>,
    wrong: Vec<&'static str>,
}

/// The outbox of a page without browser code; it lives as long as the page.
fn outbox() -> Outbox {
    OUTBOX.with(|known| {
        if let Some(outbox) = known.get() {
            return outbox;
        }
        // Another start of the browser code in the same page has done it before.
        let _ = Executor::init_wasm_bindgen();
        let owner = Owner::new();
        let outbox = owner.with(Outbox::new);
        std::mem::forget(owner);
        known.set(Some(outbox));
        outbox
    })
}

/// Keeps a form that somebody handed in: `language` is the page's, `person` is who, `path` where it is posted, `pairs` its names and values as JSON.
/// Gives as JSON whether it is safe on this phone, what is to be said, and which fields are wrong.
pub async fn keep_form(language: &str, person: &str, path: &str, pairs: &str) -> String {
    let t = words_in(Language::parse(language).unwrap_or(Language::Finnish));
    let posted: Posted = serde_json::from_str(pairs).unwrap_or_default();
    let (day, _) = today();
    let said = match (person.parse(), carried::read(path, &posted, day)) {
        (Ok(person), Some(Ok((id, command)))) => match keep(person, id, &command).await {
            true => Said { saved: true, text: t.form_on_phone, look: Some(t.outbox_look), ..Said::default() },
            false => Said { text: t.form_not_on_phone, ..Said::default() },
        },
        (_, Some(Err(errors))) => {
            let wrong = errors.iter().map(|error| error.field()).collect();
            Said { text: t.form_wrong, wrong, ..Said::default() }
        }
        _ => Said { text: t.form_not_on_phone, ..Said::default() },
    };
    serde_json::to_string(&said).unwrap_or_default()
}

/// Keeps a command that a page has made itself. Says whether it is safe on this phone.
pub async fn keep_command(person: &str, id: &str, command: &str) -> bool {
    match (person.parse(), id.parse(), serde_json::from_str(command)) {
        (Ok(person), Ok(id), Ok(command)) => keep(person, CommandId(id), &command).await,
        _ => false,
    }
}

/// Hands it to the outbox, and waits until it is on the phone's disk, or is known not to be.
async fn keep(person: PersonId, id: CommandId, command: &Command) -> bool {
    let outbox = outbox();
    outbox.belongs_to(person);
    let promise = js_sys::Promise::new(&mut |done, _| {
        // Not a thread in sight: the browser has one.
        let done = send_wrapper::SendWrapper::new(done);
        outbox.submit(id, Some(person), command, move |heard| {
            let safe = matches!(heard, Heard::Saved | Heard::Arrived(_));
            let _ = done.call1(&JsValue::NULL, &JsValue::from_bool(safe));
        });
    });
    let answer = wasm_bindgen_futures::JsFuture::from(promise).await;
    answer.ok().and_then(|answer| answer.as_bool()).unwrap_or(false)
}
