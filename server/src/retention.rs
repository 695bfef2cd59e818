//! How long records are kept, and how they are erased: plain pages and form posts.

use crate::App;
use crate::desk::{DeskRequest, unprocessable};
use app::people::Typed;
use app::retention::{erased_page, erasure_page, retention_page, rule_page, rules_page, unit_due_page};
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use backend::Error;
use backend::retention::{Proposed, WhyNot};
use domain::codes::{Code, RecordKind, Role, Service};
use domain::ids::UnitId;
use domain::retention::RuleFields;
use serde::Deserialize;
use uuid::Uuid;

const RULES: &str = "/organisation/retention/rules";

fn administers(desk: &DeskRequest) -> bool {
    desk.desk.me.as_ref().is_some_and(|me| me.is(Role::Admin))
}

/// What is due, what was proposed, what was done.
pub(crate) async fn page(State(app): State<App>, desk: DeskRequest) -> Response {
    let administers = administers(&desk);
    desk.answer(app.backend.retention(&desk.actor).await, |seen| retention_page(seen, administers))
}

/// Was something saved?
#[derive(Deserialize)]
pub(crate) struct Saved {
    saved: Option<String>,
}

/// The rules.
pub(crate) async fn rules(State(app): State<App>, desk: DeskRequest, Query(saved): Query<Saved>) -> Response {
    let administers = administers(&desk);
    let rules = app.backend.retention_rules(&desk.actor).await;
    desk.answer(rules, |rules| rules_page(rules, administers, saved.saved.is_some()))
}

fn named((service, record): &(String, String)) -> Result<(Service, RecordKind), Error> {
    let service = Service::parse(service).map_err(|_| Error::NotThere)?;
    Ok((service, RecordKind::parse(record).map_err(|_| Error::NotThere)?))
}

/// A rule to be changed.
pub(crate) async fn rule(
    State(app): State<App>,
    desk: DeskRequest,
    Path(at): Path<(String, String)>,
) -> Response {
    rule_form(&app, &desk, named(&at), None).await
}

async fn rule_form(
    app: &App,
    desk: &DeskRequest,
    named: Result<(Service, RecordKind), Error>,
    typed: Option<Typed<RuleFields>>,
) -> Response {
    let (service, kind) = match named {
        Ok(named) => named,
        Err(error) => return desk.failure(&error),
    };
    let form = app.backend.retention_rule(&desk.actor, service, kind).await;
    desk.answer(form, |form| rule_page(form, typed))
}

/// Changes a rule.
pub(crate) async fn set_rule(
    State(app): State<App>,
    desk: DeskRequest,
    Path(at): Path<(String, String)>,
    Form(form): Form<RuleFields>,
) -> Response {
    let (service, kind) = match named(&at) {
        Ok(named) => named,
        Err(error) => return desk.failure(&error),
    };
    match app.backend.set_retention_rule(&desk.actor, service, kind, &form).await {
        Ok(Ok(())) => Redirect::to(&format!("{RULES}?saved=1")).into_response(),
        Ok(Err(errors)) => {
            let typed = Some(Typed { form, errors });
            unprocessable(rule_form(&app, &desk, Ok((service, kind)), typed).await)
        }
        Err(error) => desk.failure(&error),
    }
}

/// What is due in a unit.
pub(crate) async fn unit(State(app): State<App>, desk: DeskRequest, Path(unit): Path<UnitId>) -> Response {
    desk.answer(app.backend.due_of_unit(&desk.actor, unit).await, |seen| unit_due_page(seen, false))
}

/// The mark of the list that was seen, and the own password.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct ListSeen {
    hash: String,
    password: String,
}

fn erasure_at(id: Uuid) -> Response {
    Redirect::to(&format!("/organisation/retention/erasures/{id}")).into_response()
}

/// Proposes what is due in a unit.
pub(crate) async fn propose(
    State(app): State<App>,
    desk: DeskRequest,
    Path(unit): Path<UnitId>,
    Form(seen): Form<ListSeen>,
) -> Response {
    match app.backend.propose_erasure(&desk.actor, unit, &seen.hash).await {
        Ok(Proposed::Waits(id)) => erasure_at(id),
        Ok(Proposed::Changed) => {
            let due = app.backend.due_of_unit(&desk.actor, unit).await;
            unprocessable(desk.answer(due, |seen| unit_due_page(seen, true)))
        }
        Err(error) => desk.failure(&error),
    }
}

/// A proposal, or what became of it.
pub(crate) async fn erasure(State(app): State<App>, desk: DeskRequest, Path(id): Path<Uuid>) -> Response {
    erasure_with(&app, &desk, id, None).await
}

async fn erasure_with(app: &App, desk: &DeskRequest, id: Uuid, why: Option<WhyNot>) -> Response {
    desk.answer(app.backend.erasure(&desk.actor, id).await, |seen| erasure_page(seen, why))
}

/// Releases a proposal: what is on it is erased.
pub(crate) async fn release(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<Uuid>,
    Form(seen): Form<ListSeen>,
) -> Response {
    match app.backend.release_erasure(&desk.actor, id, &seen.hash, &seen.password).await {
        Ok(Ok(())) => erasure_at(id),
        Ok(Err(why)) => unprocessable(erasure_with(&app, &desk, id, Some(why)).await),
        Err(error) => desk.failure(&error),
    }
}

/// Takes a proposal back.
pub(crate) async fn withdraw(State(app): State<App>, desk: DeskRequest, Path(id): Path<Uuid>) -> Response {
    let done = app.backend.withdraw_erasure(&desk.actor, id).await;
    desk.then(done, &format!("/organisation/retention/erasures/{id}"))
}

/// What a form answers whose words came after the records were erased (O9).
pub(crate) fn erased(desk: &DeskRequest) -> Response {
    let mut response = desk.answer(Ok(()), |()| erased_page());
    *response.status_mut() = StatusCode::GONE;
    response
}
