//! Support around work: logged the way that a phone sends an entry, by a plain form.

use crate::App;
use crate::clients::{Written, submit};
use crate::desk::{DeskRequest, unprocessable};
use crate::posted::Posted;
use crate::retention;
use app::clients::Typed;
use app::desk::Done;
use app::support::{agree_page, choice_page, new_support_page, support_page, support_words_in};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use backend::Error;
use backend::clock::new_id;
use backend::support::SupportForm;
use domain::forms::FieldError;
use domain::ids::{ClientId, CommandId, JobId, SupportId};
use domain::support::{AgreementFields, OnSupport, SupportFields};
use domain::sync::Command;
use serde::Deserialize;
use uuid::Uuid;

/// For whom, around which job.
#[derive(Deserialize)]
pub(crate) struct Whom {
    client: Option<String>,
    job: Option<String>,
}

/// The form as it opens: around the job that was asked for, or the only one that is open.
fn untouched(form: &SupportForm, job: Option<JobId>) -> SupportFields {
    let mut open = form.jobs.iter().filter(|job| job.is_open(form.today));
    let first = open.next();
    let only = first.filter(|_| open.next().is_none());
    let job = job.and_then(|id| form.jobs.iter().find(|one| one.id == id)).or(only);
    let started = job.is_none_or(|job| job.started_on <= form.today);
    SupportFields::untouched(job.map(|job| job.id), started, form.today)
}

/// The form of a support, or first the choice for whom.
pub(crate) async fn new_form(
    State(app): State<App>,
    desk: DeskRequest,
    Query(whom): Query<Whom>,
) -> Response {
    let Some(client) = whom.client.filter(|client| !client.is_empty()) else {
        return desk.answer(app.backend.support_choices(&desk.actor).await, |choices| choice_page(&choices));
    };
    let Ok(client) = client.parse() else { return desk.failure(&Error::NotThere) };
    let job = whom.job.and_then(|job| job.parse().ok());
    desk.answer(app.backend.support_form(&desk.actor, client).await, |form| {
        let fields = untouched(&form, job);
        new_support_page(&form, form.entry, &Typed::untouched(fields), false)
    })
}

/// Logs a support.
pub(crate) async fn log(State(app): State<App>, desk: DeskRequest, posted: Posted) -> Response {
    let Some(client) = posted.id::<ClientId>("client") else { return desk.failure(&Error::NotThere) };
    let (entry, form) = (posted.entry(), posted.fields::<SupportFields>(SupportFields::NAMES));
    let written = match form.read(client, app.backend.clock.today()) {
        Ok(support) => submit(&app, &desk, CommandId(entry), &Command::LogSupport(support)).await,
        Err(errors) => Ok(Written::Wrong(errors)),
    };
    let (errors, before) = match written {
        Ok(Written::Saved(item)) => {
            return Redirect::to(&format!("/clients/{client}/support?saved=1&item={item}")).into_response();
        }
        Ok(Written::Wrong(errors)) => (errors, false),
        Ok(Written::Before) => (Vec::new(), true),
        Ok(Written::Erased) => return retention::erased(&desk),
        Err(error) => return desk.failure(&error),
    };
    let again = app.backend.support_form(&desk.actor, client).await;
    unprocessable(desk.answer(again, |again| {
        let entry = if before { again.entry } else { entry };
        new_support_page(&again, entry, &Typed { form, errors }, before)
    }))
}

/// Which page, and what was done just now.
#[derive(Deserialize)]
pub(crate) struct Just {
    page: Option<u32>,
    saved: Option<String>,
    undone: Option<String>,
    item: Option<Uuid>,
}

/// All support of a client.
pub(crate) async fn all(
    State(app): State<App>,
    desk: DeskRequest,
    Path(client): Path<ClientId>,
    Query(just): Query<Just>,
) -> Response {
    let w = support_words_in(desk.desk.language);
    let at = format!("/clients/{client}/support");
    let way = |what: &String, deed: &str| {
        let of = if what == "agreement" { format!("{at}/agreements") } else { at.clone() };
        Some(format!("{of}/{}/{deed}", just.item?))
    };
    let done = match (&just.saved, &just.undone) {
        (Some(what), _) => Some(Done { text: w.saved.to_owned(), undo: way(what, "withdraw") }),
        (None, Some(what)) => Some(Done { text: w.undone.to_owned(), undo: way(what, "restore") }),
        (None, None) => None,
    };
    let number = just.page.unwrap_or(0);
    let page = app.backend.support_page(&desk.actor, client, number).await;
    desk.answer(page, |page| support_page(&page, number, done))
}

/// A support is taken back, or brought back.
pub(crate) async fn on_support(
    State(app): State<App>,
    desk: DeskRequest,
    Path((client, item, deed)): Path<(ClientId, Uuid, String)>,
) -> Response {
    let on = OnSupport { support: SupportId(item) };
    let (command, just) = match deed.as_str() {
        "withdraw" => (Command::WithdrawSupport(on), "undone"),
        "restore" => (Command::RestoreSupport(on), "saved"),
        _ => return desk.failure(&Error::NotThere),
    };
    if let Err(error) = app.backend.support_of(&desk.actor, client, on.support).await {
        return desk.failure(&error);
    }
    let done = submit(&app, &desk, CommandId(new_id()), &command).await;
    desk.then(done, &format!("/clients/{client}/support?{just}=1&item={item}"))
}

/// What is agreed about a job's support, to be written.
pub(crate) async fn agree_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path(client): Path<ClientId>,
    Query(whom): Query<Whom>,
) -> Response {
    let job = whom.job.and_then(|job| job.parse().ok());
    let form = app.backend.support_form(&desk.actor, client).await;
    let form = form.and_then(|form| Ok((of_client(&form, job)?, form)));
    desk.answer(form, |(job, form)| {
        let fields = AgreementFields {
            kind: "rhythm".to_owned(),
            every: "30".to_owned(),
            from_day: form.today.to_string(),
            ..AgreementFields::default()
        };
        agree_page(&form, job, form.entry, &Typed::untouched(fields))
    })
}

/// The job, if it is one of the client's.
fn of_client(form: &SupportForm, job: Option<JobId>) -> Result<JobId, Error> {
    let of = form.jobs.iter().find(|one| Some(one.id) == job);
    of.map(|job| job.id).ok_or(Error::NotThere)
}

/// Notes it.
pub(crate) async fn agree(
    State(app): State<App>,
    desk: DeskRequest,
    Path(client): Path<ClientId>,
    posted: Posted,
) -> Response {
    let Some(job) = posted.id::<JobId>("job") else { return desk.failure(&Error::NotThere) };
    let (entry, fields) = (posted.entry(), posted.fields::<AgreementFields>(AgreementFields::NAMES));
    match app.backend.agree_on_support(&desk.actor, client, job, entry, &fields).await {
        Ok(Ok(())) => {
            Redirect::to(&format!("/clients/{client}/support?saved=agreement&item={entry}")).into_response()
        }
        Ok(Err(errors)) => again(&app, &desk, (client, job, entry), fields, errors).await,
        Err(error) => desk.failure(&error),
    }
}

async fn again(
    app: &App,
    desk: &DeskRequest,
    (client, job, entry): (ClientId, JobId, Uuid),
    form: AgreementFields,
    errors: Vec<FieldError>,
) -> Response {
    let opened = app.backend.support_form(&desk.actor, client).await;
    let typed = Typed { form, errors };
    unprocessable(desk.answer(opened, |opened| agree_page(&opened, job, entry, &typed)))
}

/// What was agreed is taken back, or brought back.
pub(crate) async fn on_agreement(
    State(app): State<App>,
    desk: DeskRequest,
    Path((client, item, deed)): Path<(ClientId, Uuid, String)>,
) -> Response {
    let back = match deed.as_str() {
        "withdraw" => false,
        "restore" => true,
        _ => return desk.failure(&Error::NotThere),
    };
    let done = app.backend.take_agreement(&desk.actor, client, item, back).await;
    let just = if back { "saved" } else { "undone" };
    desk.then(done, &format!("/clients/{client}/support?{just}=agreement&item={item}"))
}
