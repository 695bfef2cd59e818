//! Steps towards work that are no job.

use crate::App;
use crate::desk::{DeskRequest, unprocessable};
use crate::posted::Posted;
use app::clients::Typed;
use app::desk::Done;
use app::steps::{new_step_page, step_words_in, steps_page};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use backend::Error;
use domain::codes::Code;
use domain::ids::ClientId;
use domain::steps::{StepFields, StepToWork};
use serde::Deserialize;
use uuid::Uuid;

/// What was done just now, as the address says it.
#[derive(Deserialize)]
pub(crate) struct Just {
    saved: Option<String>,
    undone: Option<String>,
    item: Option<Uuid>,
}

/// A client's steps.
pub(crate) async fn list(
    State(app): State<App>,
    desk: DeskRequest,
    Path(client): Path<ClientId>,
    Query(just): Query<Just>,
) -> Response {
    let w = step_words_in(desk.desk.language);
    let way =
        |kind: &String, deed: &str| Some(format!("/clients/{client}/steps/{kind}/{}/{deed}", just.item?));
    let done = match (&just.saved, &just.undone) {
        (Some(kind), _) => Some(Done { text: w.saved.to_owned(), undo: way(kind, "withdraw") }),
        (None, Some(kind)) => Some(Done { text: w.undone.to_owned(), undo: way(kind, "restore") }),
        (None, None) => None,
    };
    desk.answer(app.backend.steps_to_work(&desk.actor, client).await, |page| steps_page(&page, done))
}

/// A step, to be written.
pub(crate) async fn new_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path((client, kind)): Path<(ClientId, String)>,
) -> Response {
    let Ok(kind) = StepToWork::parse(&kind) else { return desk.failure(&Error::NotThere) };
    let form = app.backend.step_to_work_form(&desk.actor, client, kind).await;
    desk.answer(form, |form| {
        let fields = StepFields { day: form.today.to_string(), ..StepFields::default() };
        new_step_page(&form, kind, form.entry, Typed::untouched(fields))
    })
}

/// Notes it.
pub(crate) async fn take(
    State(app): State<App>,
    desk: DeskRequest,
    Path((client, name)): Path<(ClientId, String)>,
    posted: Posted,
) -> Response {
    let Ok(kind) = StepToWork::parse(&name) else { return desk.failure(&Error::NotThere) };
    let (entry, form) = (posted.entry(), posted.fields::<StepFields>(StepFields::NAMES));
    match app.backend.take_step_to_work(&desk.actor, client, kind, entry, &form).await {
        Ok(Ok(item)) => {
            Redirect::to(&format!("/clients/{client}/steps?saved={name}&item={item}")).into_response()
        }
        Ok(Err(errors)) => {
            let again = app.backend.step_to_work_form(&desk.actor, client, kind).await;
            unprocessable(
                desk.answer(again, |again| new_step_page(&again, kind, entry, Typed { form, errors })),
            )
        }
        Err(error) => desk.failure(&error),
    }
}

/// A step is taken back, or brought back.
pub(crate) async fn on_step(
    State(app): State<App>,
    desk: DeskRequest,
    Path((client, name, item, deed)): Path<(ClientId, String, Uuid, String)>,
) -> Response {
    let Ok(kind) = StepToWork::parse(&name) else { return desk.failure(&Error::NotThere) };
    let back = match deed.as_str() {
        "withdraw" => false,
        "restore" => true,
        _ => return desk.failure(&Error::NotThere),
    };
    let done = app.backend.undo_step_to_work(&desk.actor, client, kind, item, back).await;
    let just = if back { "saved" } else { "undone" };
    desk.then(done, &format!("/clients/{client}/steps?{just}={name}&item={item}"))
}
