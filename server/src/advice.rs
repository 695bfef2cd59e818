//! Advice about benefits, and the sheet that a client takes home.

use crate::desk::{DeskRequest, unprocessable};
use crate::posted::Posted;
use crate::{App, lists};
use app::advice::{advice_page, advice_words_in, new_advice_page, sheet_page, sheet_paper};
use app::clients::Typed;
use app::desk::Done;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use backend::Error;
use domain::advice::{AdviceFields, Adviser};
use domain::codes::{Code, Language};
use domain::ids::ClientId;
use serde::Deserialize;
use uuid::Uuid;

/// What was done just now, as the address says it.
#[derive(Deserialize)]
pub(crate) struct Just {
    saved: Option<String>,
    undone: Option<String>,
    item: Option<Uuid>,
}

/// All advice of a client.
pub(crate) async fn list(
    State(app): State<App>,
    desk: DeskRequest,
    Path(client): Path<ClientId>,
    Query(just): Query<Just>,
) -> Response {
    let w = advice_words_in(desk.desk.language);
    let way = |deed: &str| Some(format!("/clients/{client}/advice/{}/{deed}", just.item?));
    let done = match (&just.saved, &just.undone) {
        (Some(_), _) => Some(Done { text: w.saved.to_owned(), undo: way("withdraw") }),
        (None, Some(_)) => Some(Done { text: w.undone.to_owned(), undo: way("restore") }),
        (None, None) => None,
    };
    desk.answer(app.backend.advice(&desk.actor, client, "read").await, |page| advice_page(&page, done))
}

/// What the form of advice opens with.
#[derive(Deserialize)]
pub(crate) struct About {
    job: Option<String>,
    occasion: Option<String>,
}

/// Advice, to be written.
pub(crate) async fn new_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path(client): Path<ClientId>,
    Query(about): Query<About>,
) -> Response {
    desk.answer(app.backend.advice(&desk.actor, client, "write").await, |page| {
        let due = page.due.first().map(|due| due.occasion.code().to_owned());
        let fields = AdviceFields {
            day: page.today.to_string(),
            giver: Adviser::Coach.code().to_owned(),
            occasion: about.occasion.or(due).unwrap_or_default(),
            job: about.job.unwrap_or_default(),
            ..AdviceFields::default()
        };
        new_advice_page(&page, page.entry, Typed::untouched(fields))
    })
}

/// Notes it.
pub(crate) async fn give(
    State(app): State<App>,
    desk: DeskRequest,
    Path(client): Path<ClientId>,
    posted: Posted,
) -> Response {
    let (entry, form) = (posted.entry(), posted.fields::<AdviceFields>(AdviceFields::NAMES));
    match app.backend.give_advice(&desk.actor, client, entry, &form).await {
        Ok(Ok(item)) => {
            Redirect::to(&format!("/clients/{client}/advice?saved=1&item={item}")).into_response()
        }
        Ok(Err(errors)) => {
            let page = app.backend.advice(&desk.actor, client, "write").await;
            unprocessable(desk.answer(page, |page| new_advice_page(&page, entry, Typed { form, errors })))
        }
        Err(error) => desk.failure(&error),
    }
}

/// Advice is taken back, or brought back.
pub(crate) async fn on_advice(
    State(app): State<App>,
    desk: DeskRequest,
    Path((client, item, deed)): Path<(ClientId, Uuid, String)>,
) -> Response {
    let back = match deed.as_str() {
        "withdraw" => false,
        "restore" => true,
        _ => return desk.failure(&Error::NotThere),
    };
    let done = app.backend.take_advice(&desk.actor, client, item, back).await;
    let just = if back { "saved" } else { "undone" };
    desk.then(done, &format!("/clients/{client}/advice?{just}=1&item={item}"))
}

/// In which language the client reads.
#[derive(Deserialize)]
pub(crate) struct Reading {
    language: Option<String>,
}

impl Reading {
    /// The language that was asked for, or the reader's own.
    pub(crate) fn or(&self, own: Language) -> Language {
        self.language.as_deref().and_then(|code| Language::parse(code).ok()).unwrap_or(own)
    }
}

/// The sheet, as a page.
pub(crate) async fn sheet(
    State(app): State<App>,
    desk: DeskRequest,
    Path(client): Path<ClientId>,
    Query(reading): Query<Reading>,
) -> Response {
    let language = reading.or(desk.desk.language);
    desk.answer(app.backend.advice(&desk.actor, client, "copy").await, |page| sheet_page(&page, language))
}

/// The sheet, on paper.
pub(crate) async fn sheet_on_paper(
    State(app): State<App>,
    desk: DeskRequest,
    Path(client): Path<ClientId>,
    Query(reading): Query<Reading>,
) -> Response {
    let language = reading.or(desk.desk.language);
    match app.backend.advice(&desk.actor, client, "copy").await {
        Ok(page) => lists::on_paper(sheet_paper(&page, language)).await,
        Err(error) => desk.failure(&error),
    }
}
