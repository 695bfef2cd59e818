//! Matches: what may fit a client, a new match, one of them.

use crate::App;
use crate::desk::{DeskRequest, unprocessable};
use crate::posted::Posted;
use app::clients::Typed;
use app::desk::Done;
use app::jobs::{EmployerChoice, employer_choice, job_words_in};
use app::matches::{TypedMatch, match_fields, match_page, match_words_in, matches_page, new_match_page};
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use backend::Error;
use backend::clock::new_id;
use domain::clients::page::NoteFields;
use domain::codes::Code;
use domain::ids::{ClientId, MatchId};
use domain::matches::{LearntField, MatchFields, ResultFields};
use serde::Deserialize;
use uuid::Uuid;

/// A client's matches.
pub(crate) async fn list(
    State(app): State<App>,
    desk: DeskRequest,
    Path(client): Path<ClientId>,
) -> Response {
    desk.answer(app.backend.matches(&desk.actor, client).await, |page| matches_page(&page, None))
}

/// With which employer, for which opportunity; or what is searched for.
#[derive(Deserialize)]
pub(crate) struct With {
    employer: Option<String>,
    opportunity: Option<String>,
    q: Option<String>,
}

/// The form of a new match, or first the choice of its employer.
pub(crate) async fn new_form(
    State(app): State<App>,
    desk: DeskRequest,
    Path(client): Path<ClientId>,
    Query(with): Query<With>,
) -> Response {
    let employer = with.employer.and_then(|id| id.parse().ok());
    let opportunity = with.opportunity.and_then(|id| id.parse().ok());
    let text = with.q.unwrap_or_default();
    let form = app.backend.match_form(&desk.actor, client, employer, opportunity, &text).await;
    desk.answer(form, |form| {
        if form.employer.is_some() {
            let fields = match_fields(&form);
            return new_match_page(&form, new_id(), Typed::untouched(fields));
        }
        let at = format!("/clients/{client}/matches");
        employer_choice(&EmployerChoice {
            title: job_words_in(desk.desk.language).choose.to_owned(),
            to: format!("{at}/new"),
            parent: (at, form.alias.clone()),
            text: &text,
            offered: &form.offered,
        })
    })
}

/// A match begins.
pub(crate) async fn begin(
    State(app): State<App>,
    desk: DeskRequest,
    Path(client): Path<ClientId>,
    posted: Posted,
) -> Response {
    let (employer, opportunity) = (posted.id("employer"), posted.id("opportunity"));
    let form = match app.backend.match_form(&desk.actor, client, employer, opportunity, "").await {
        Ok(form) => form,
        Err(error) => return desk.failure(&error),
    };
    let (entry, fields) = (posted.entry(), posted.fields::<MatchFields>(MatchFields::NAMES));
    match app.backend.begin_match(&desk.actor, &form, entry, &fields).await {
        Ok(Ok(id)) => saved(id),
        Ok(Err(errors)) => {
            let typed = Typed { form: fields, errors };
            unprocessable(desk.answer(Ok(form), |form| new_match_page(&form, entry, typed)))
        }
        Err(error) => desk.failure(&error),
    }
}

fn saved(id: MatchId) -> Response {
    Redirect::to(&format!("/matches/{id}?saved=1")).into_response()
}

/// What was done just now, as the address says it.
#[derive(Deserialize)]
pub(crate) struct Just {
    saved: Option<String>,
    undone: Option<String>,
    item: Option<Uuid>,
}

/// A match's page.
pub(crate) async fn one(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<MatchId>,
    Query(just): Query<Just>,
) -> Response {
    let w = match_words_in(desk.desk.language);
    let way = |deed: &str| just.item.map(|item| format!("/matches/{id}/notes/{item}/{deed}"));
    let done = match (&just.saved, &just.undone) {
        (Some(_), _) => Some(Done { text: w.saved.to_owned(), undo: way("withdraw") }),
        (None, Some(_)) => Some(Done { text: w.undone.to_owned(), undo: way("restore") }),
        (None, None) => None,
    };
    again(&app, &desk, id, done, TypedMatch::default()).await
}

async fn again(
    app: &App,
    desk: &DeskRequest,
    id: MatchId,
    done: Option<Done>,
    typed: TypedMatch,
) -> Response {
    desk.answer(app.backend.job_match(&desk.actor, id).await, |page| match_page(&page, done, typed))
}

/// What was done for it.
pub(crate) async fn note(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<MatchId>,
    posted: Posted,
) -> Response {
    let (entry, form) = (posted.entry(), posted.fields::<NoteFields>(NoteFields::NAMES));
    match app.backend.note_match(&desk.actor, id, entry, &form).await {
        Ok(Ok(())) => Redirect::to(&format!("/matches/{id}?saved=1&item={entry}")).into_response(),
        Ok(Err(errors)) => {
            let typed = TypedMatch { note: Some(Typed { form, errors }), result: None };
            unprocessable(again(&app, &desk, id, None, typed).await)
        }
        Err(error) => desk.failure(&error),
    }
}

/// A note is taken back, or brought back.
pub(crate) async fn on_note(
    State(app): State<App>,
    desk: DeskRequest,
    Path((id, item, deed)): Path<(MatchId, Uuid, String)>,
) -> Response {
    let back = match deed.as_str() {
        "withdraw" => false,
        "restore" => true,
        _ => return desk.failure(&Error::NotThere),
    };
    let just = if back { "saved" } else { "undone" };
    let done = app.backend.take_match_note(&desk.actor, id, item, back).await;
    desk.then(done, &format!("/matches/{id}?{just}=1&item={item}"))
}

/// What became of it.
pub(crate) async fn end(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<MatchId>,
    posted: Posted,
) -> Response {
    let form = posted.fields::<ResultFields>(ResultFields::NAMES);
    match app.backend.end_match(&desk.actor, id, posted.number("version"), &form).await {
        Ok(Ok(())) => saved(id),
        Ok(Err(errors)) => {
            let typed = TypedMatch { note: None, result: Some(Typed { form, errors }) };
            unprocessable(again(&app, &desk, id, None, typed).await)
        }
        Err(error) => desk.failure(&error),
    }
}

/// It goes on after all.
pub(crate) async fn reopen(State(app): State<App>, desk: DeskRequest, Path(id): Path<MatchId>) -> Response {
    desk.then(app.backend.reopen_match(&desk.actor, id).await, &format!("/matches/{id}?undone=1"))
}

/// What was learnt goes into the profile.
pub(crate) async fn learn(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<MatchId>,
    posted: Posted,
) -> Response {
    let field = LearntField::parse(&posted.text("field")).unwrap_or(LearntField::Wishes);
    desk.then(app.backend.learn_from_match(&desk.actor, id, field).await, &format!("/matches/{id}?saved=1"))
}
