//! Visits without browser code: the form's posts and drafts, a visit's own page, the unit's visits.

use crate::desk::DeskRequest;
use crate::{App, page, retention};
use app::desk::Done;
use app::i18n::desk_words_in;
use app::visits::{feed_page, visit_page};
use axum::Form;
use axum::body::Body;
use axum::extract::{Extension, Path, Query, Request, State};
use axum::http::{Extensions, HeaderMap, Method, StatusCode, Uri};
use axum::response::{IntoResponse, Redirect, Response};
use backend::clock::new_id;
use backend::visits::TypedForm;
use backend::{Actor, Error};
use domain::ids::{CommandId, PersonId, VisitId};
use domain::sync::{Answer, Batch, Command, Entry, OnVisit, Outcome, Refusal};
use domain::visits::{AmendVisit, Amended, FeedQuery, LogVisit, VisitError, VisitFields, YES};
use serde::Deserialize;

/// The visit form as a browser posts it.
#[derive(Deserialize)]
pub(crate) struct Posted {
    /// The identity of its entry.
    id: CommandId,
    /// Whose form it is.
    author: Option<PersonId>,
    /// The visit that is amended.
    amends: Option<VisitId>,
    /// The version of it that the coach saw.
    version: Option<u32>,
    /// The button that was pressed: none saves.
    #[serde(rename = "do")]
    button: Option<String>,
    /// The employer whose button was pressed.
    pick: Option<String>,
    /// Grows with each touch of a draft.
    turn: Option<i64>,
    #[serde(flatten)]
    fields: VisitFields,
}

impl Posted {
    fn amended(&self) -> Option<Amended> {
        Some(Amended { visit: self.amends?, version: self.version.unwrap_or(1) })
    }

    /// Does somebody else send it than who filled it in? Then it is neither saved nor shown (O20).
    fn is_anothers(&self, actor: &Actor) -> bool {
        self.author.is_some_and(|author| author != actor.person)
    }

    fn again(self, errors: Vec<VisitError>, find: bool) -> TypedForm {
        TypedForm { id: Some(self.id), amends: self.amended(), fields: self.fields, errors, find }
    }
}

/// Saves what a plain form posts, or shows the form once more with what is wrong, found or picked.
pub(crate) async fn save(
    State(app): State<App>,
    desk: DeskRequest,
    extensions: Extensions,
    headers: HeaderMap,
    Form(mut posted): Form<Posted>,
) -> Response {
    if posted.is_anothers(&desk.actor) {
        return desk.failure(&Error::NotThere);
    }
    let again = async |typed: TypedForm| form_again(&app, typed, extensions, headers).await;
    if let Some(employer) = posted.pick.take() {
        posted.fields.employer = employer;
        return again(posted.again(Vec::new(), false)).await;
    }
    match posted.button.as_deref() {
        Some("find") => return again(posted.again(Vec::new(), true)).await,
        Some("change") => {
            posted.fields.employer.clear();
            posted.fields.new_employer.clear();
            return again(posted.again(Vec::new(), false)).await;
        }
        Some("new") => {
            posted.fields.new_employer = YES.to_owned();
            return again(posted.again(Vec::new(), false)).await;
        }
        _ => {}
    }
    let visit = match posted.fields.read(posted.id, app.backend.clock.today()) {
        Ok(visit) => visit,
        Err(errors) => return again(posted.again(errors, false)).await,
    };
    // A typed name that nobody picked: whoever is like it is shown first.
    if posted.fields.employer.is_empty() && posted.fields.new_employer != YES {
        return again(posted.again(vec![VisitError::EmployerMissing], true)).await;
    }
    let (id, amended) = (posted.id, posted.amended());
    match submit(&app, &desk.actor, id, &command(amended, visit)).await {
        Ok(Outcome::Committed(_)) => {
            let visit = amended.map_or(VisitId(id.uuid()), |amended| amended.visit);
            Redirect::to(&format!("/visits/{visit}?saved=1")).into_response()
        }
        Ok(Outcome::Refused(Refusal::Visit(errors))) => again(posted.again(errors, false)).await,
        Ok(Outcome::Conflict) => {
            // The same form was saved before with other words: what is there can be amended.
            let visit = amended.map_or(VisitId(id.uuid()), |amended| amended.visit);
            Redirect::to(&format!("/visits/{visit}")).into_response()
        }
        Ok(Outcome::Refused(Refusal::Erased)) => retention::erased(&desk),
        Ok(Outcome::Refused(_)) => desk.failure(&Error::NotThere),
        Ok(Outcome::Later) => desk.failure(&Error::internal("an entry has to be sent again")),
        Err(error) => desk.failure(&error),
    }
}

fn command(amended: Option<Amended>, to: LogVisit) -> Command {
    match amended {
        Some(Amended { visit, version }) => Command::AmendVisit(AmendVisit { visit, version, to }),
        None => Command::LogVisit(to),
    }
}

/// Sends a command the way that a phone does: exactly once, with its receipt.
async fn submit(app: &App, actor: &Actor, id: CommandId, command: &Command) -> Result<Outcome, Error> {
    let entry = Entry::pack(id, command).map_err(Error::internal)?;
    let answers = app.backend.sync(actor, Batch { entries: vec![entry] }).await?;
    let first = answers.answers.into_iter().next();
    Ok(first.map_or(Outcome::Later, |Answer { outcome, .. }| outcome))
}

/// The form once more, with what was typed.
async fn form_again(app: &App, typed: TypedForm, mut extensions: Extensions, headers: HeaderMap) -> Response {
    let wrong = !typed.errors.is_empty();
    extensions.insert(typed);
    let mut request = Request::new(Body::empty());
    *request.method_mut() = Method::GET;
    *request.headers_mut() = headers;
    *request.extensions_mut() = extensions;
    *request.uri_mut() = Uri::from_static("/visits/new");
    let mut response = page(State(app.clone()), request).await;
    if wrong {
        *response.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    }
    response
}

/// Keeps what stands in a form, a second after the last touch. The loader sends it.
pub(crate) async fn keep_draft(
    State(app): State<App>,
    Extension(signed_in): Extension<app::server::SignedIn>,
    Form(posted): Form<Posted>,
) -> Response {
    let Some(actor) = signed_in.0 else { return StatusCode::UNAUTHORIZED.into_response() };
    if posted.is_anothers(&actor) {
        return StatusCode::NOT_FOUND.into_response();
    }
    let (turn, amended) = (posted.turn.unwrap_or(0), posted.amended());
    match app.backend.keep_draft(&actor, posted.id, turn, posted.fields, amended).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(Error::NotThere) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => crate::desk::failed(&error),
    }
}

/// Was the visit saved just now?
#[derive(Deserialize)]
pub(crate) struct Just {
    saved: Option<String>,
}

/// A visit's own page.
pub(crate) async fn one(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<VisitId>,
    Query(just): Query<Just>,
) -> Response {
    let t = desk_words_in(desk.desk.language);
    let saved = just
        .saved
        .map(|_| Done { text: t.visit_is_saved.to_owned(), undo: Some(format!("/visits/{id}/withdraw")) });
    desk.answer(app.backend.visit(&desk.actor, id).await, |page| visit_page(page, saved))
}

/// Takes an own visit back.
pub(crate) async fn withdraw(
    State(app): State<App>,
    desk: DeskRequest,
    Path(visit): Path<VisitId>,
) -> Response {
    on_visit(&app, &desk, visit, Command::WithdrawVisit(OnVisit { visit })).await
}

/// Brings an own visit back.
pub(crate) async fn restore(
    State(app): State<App>,
    desk: DeskRequest,
    Path(visit): Path<VisitId>,
) -> Response {
    on_visit(&app, &desk, visit, Command::RestoreVisit(OnVisit { visit })).await
}

async fn on_visit(app: &App, desk: &DeskRequest, visit: VisitId, command: Command) -> Response {
    let done = submit(app, &desk.actor, CommandId(new_id()), &command).await;
    let done = done.and_then(|outcome| match outcome {
        Outcome::Committed(_) => Ok(()),
        Outcome::Later => Err(Error::internal("an entry has to be sent again")),
        Outcome::Refused(_) | Outcome::Conflict => Err(Error::NotThere),
    });
    desk.then(done, &format!("/visits/{visit}"))
}

/// The unit's visits, page by page.
pub(crate) async fn feed(
    State(app): State<App>,
    desk: DeskRequest,
    Query(asked): Query<FeedAsked>,
) -> Response {
    let query = asked.query();
    desk.answer(app.backend.feed(&desk.actor, &query).await, |feed| feed_page(&query, feed))
}

/// What the address of the feed asks; a choice of nobody is empty.
#[derive(Deserialize)]
pub(crate) struct FeedAsked {
    coach: Option<String>,
    page: Option<u32>,
}

impl FeedAsked {
    /// What is asked.
    pub(crate) fn query(self) -> FeedQuery {
        FeedQuery { coach: self.coach.and_then(|id| id.parse().ok()), page: self.page.unwrap_or(0) }
    }
}
