//! The organisation, for its administrators: plain pages and form posts.

use crate::App;
use crate::desk::{DeskRequest, unprocessable};
use app::desk::Content;
use app::people::{
    PersonForm, Typed, changes_page, organisation_page, person_new_page, person_page, settings_page,
    team_page, unit_page,
};
use axum::Form;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use backend::Error;
use backend::organisation::Made;
use domain::ids::{PersonId, TeamId, UnitId};
use domain::organisation::{NewPersonFields, PostFields, SettingsFields, TeamFields, UnitFields};
use serde::Deserialize;
use uuid::Uuid;

/// Units, teams, people.
pub(crate) async fn page(State(app): State<App>, desk: DeskRequest) -> Response {
    desk.answer(app.backend.organisation(&desk.actor).await, organisation_page)
}

/// What was changed.
pub(crate) async fn changes(State(app): State<App>, desk: DeskRequest) -> Response {
    desk.answer(app.backend.organisation_changes(&desk.actor).await, changes_page)
}

fn back() -> Response {
    Redirect::to("/organisation").into_response()
}

/// A new unit.
pub(crate) async fn new_unit(State(app): State<App>, desk: DeskRequest) -> Response {
    desk.answer(app.backend.organisation(&desk.actor).await, |_| unit_page(None, None, false))
}

/// A unit to be changed.
pub(crate) async fn unit(State(app): State<App>, desk: DeskRequest, Path(id): Path<UnitId>) -> Response {
    unit_form(&app, &desk, Some(id), None, false).await
}

async fn unit_form(
    app: &App,
    desk: &DeskRequest,
    id: Option<UnitId>,
    typed: Option<Typed<UnitFields>>,
    suggested: bool,
) -> Response {
    let seen = app.backend.organisation(&desk.actor).await;
    let found = seen.and_then(|seen| match id {
        Some(id) => seen.units.into_iter().find(|unit| unit.id == id).map(Some).ok_or(Error::NotThere),
        None => Ok(None),
    });
    desk.answer(found, |unit| unit_page(unit.as_ref(), typed, suggested))
}

/// Adds a unit.
pub(crate) async fn add_unit(
    State(app): State<App>,
    desk: DeskRequest,
    Form(form): Form<UnitFields>,
) -> Response {
    save_unit(&app, &desk, None, form).await
}

/// Changes a unit.
pub(crate) async fn edit_unit(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<UnitId>,
    Form(form): Form<UnitFields>,
) -> Response {
    save_unit(&app, &desk, Some(id), form).await
}

async fn save_unit(app: &App, desk: &DeskRequest, id: Option<UnitId>, form: UnitFields) -> Response {
    match app.backend.save_unit(&desk.actor, id, &form).await {
        Ok(Ok(Made::Saved(_))) => back(),
        Ok(Ok(Made::Suggested(form))) => {
            unit_form(app, desk, id, Some(Typed { form, errors: Vec::new() }), true).await
        }
        Ok(Err(errors)) => unprocessable(unit_form(app, desk, id, Some(Typed { form, errors }), false).await),
        Err(error) => desk.failure(&error),
    }
}

/// A new treatment team.
pub(crate) async fn new_team(State(app): State<App>, desk: DeskRequest) -> Response {
    team_form(&app, &desk, None, None, false).await
}

/// A treatment team to be changed.
pub(crate) async fn team(State(app): State<App>, desk: DeskRequest, Path(id): Path<TeamId>) -> Response {
    team_form(&app, &desk, Some(id), None, false).await
}

async fn team_form(
    app: &App,
    desk: &DeskRequest,
    id: Option<TeamId>,
    typed: Option<Typed<TeamFields>>,
    suggested: bool,
) -> Response {
    let seen = app.backend.organisation(&desk.actor).await;
    let there = seen.and_then(|seen| {
        let found = seen.teams.iter().find(|team| Some(team.id) == id).cloned();
        if id.is_some() && found.is_none() { Err(Error::NotThere) } else { Ok((seen, found)) }
    });
    desk.answer(there, |(seen, team)| team_page(&seen, team.as_ref(), typed, suggested))
}

/// Adds a treatment team.
pub(crate) async fn add_team(
    State(app): State<App>,
    desk: DeskRequest,
    Form(form): Form<TeamFields>,
) -> Response {
    save_team(&app, &desk, None, form).await
}

/// Changes a treatment team.
pub(crate) async fn edit_team(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<TeamId>,
    Form(form): Form<TeamFields>,
) -> Response {
    save_team(&app, &desk, Some(id), form).await
}

async fn save_team(app: &App, desk: &DeskRequest, id: Option<TeamId>, form: TeamFields) -> Response {
    match app.backend.save_team(&desk.actor, id, &form).await {
        Ok(Ok(Made::Saved(_))) => back(),
        Ok(Ok(Made::Suggested(form))) => {
            team_form(app, desk, id, Some(Typed { form, errors: Vec::new() }), true).await
        }
        Ok(Err(errors)) => unprocessable(team_form(app, desk, id, Some(Typed { form, errors }), false).await),
        Err(error) => desk.failure(&error),
    }
}

fn person_at(id: PersonId) -> Response {
    Redirect::to(&format!("/organisation/people/{id}?saved=1")).into_response()
}

/// A new person.
pub(crate) async fn new_person(State(app): State<App>, desk: DeskRequest) -> Response {
    new_person_form(&app, &desk, Typed::default(), false).await
}

async fn new_person_form(
    app: &App,
    desk: &DeskRequest,
    typed: Typed<NewPersonFields>,
    suggested: bool,
) -> Response {
    let may = app.backend.organisation_settings(&desk.actor).await;
    desk.answer(may, |_| person_new_page(typed, suggested))
}

/// Adds a person.
pub(crate) async fn add_person(
    State(app): State<App>,
    desk: DeskRequest,
    Form(form): Form<NewPersonFields>,
) -> Response {
    match app.backend.save_person(&desk.actor, None, &form).await {
        Ok(Ok(Made::Saved(id))) => person_at(id),
        Ok(Ok(Made::Suggested(form))) => {
            new_person_form(&app, &desk, Typed { form, errors: Vec::new() }, true).await
        }
        Ok(Err(errors)) => unprocessable(new_person_form(&app, &desk, Typed { form, errors }, false).await),
        Err(error) => desk.failure(&error),
    }
}

/// Was something saved?
#[derive(Deserialize)]
pub(crate) struct Saved {
    saved: Option<String>,
}

impl Saved {
    /// Was something saved?
    pub(crate) fn is_saved(&self) -> bool {
        self.saved.is_some()
    }
}

/// A person.
pub(crate) async fn person(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<PersonId>,
    Query(saved): Query<Saved>,
) -> Response {
    let form = if saved.saved.is_some() { PersonForm::Saved } else { PersonForm::None };
    person_with(&app, &desk, id, form).await
}

async fn person_with(app: &App, desk: &DeskRequest, id: PersonId, form: PersonForm) -> Response {
    let found = app.backend.person_of_organisation(&desk.actor, id).await;
    desk.answer(found, |(person, seen)| -> Content { person_page(person, &seen, form) })
}

/// Renames a person.
pub(crate) async fn rename_person(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<PersonId>,
    Form(form): Form<NewPersonFields>,
) -> Response {
    match app.backend.save_person(&desk.actor, Some(id), &form).await {
        Ok(Ok(_)) => person_at(id),
        Ok(Err(errors)) => {
            let form = PersonForm::Name(Typed { form, errors });
            unprocessable(person_with(&app, &desk, id, form).await)
        }
        Err(error) => desk.failure(&error),
    }
}

/// Locks an account.
pub(crate) async fn lock(State(app): State<App>, desk: DeskRequest, Path(id): Path<PersonId>) -> Response {
    match app.backend.lock_person(&desk.actor, id).await {
        Ok(true) => person_at(id),
        Ok(false) => unprocessable(person_with(&app, &desk, id, PersonForm::OwnLock).await),
        Err(error) => desk.failure(&error),
    }
}

/// Unlocks an account.
pub(crate) async fn unlock(State(app): State<App>, desk: DeskRequest, Path(id): Path<PersonId>) -> Response {
    match app.backend.unlock_person(&desk.actor, id).await {
        Ok(()) => person_at(id),
        Err(error) => desk.failure(&error),
    }
}

/// A post as it comes: a password is not trimmed as fields are.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct PostSent {
    role: String,
    place: String,
    share: String,
    from_day: String,
    to_day: String,
    password: String,
}

/// Gives a person a post.
pub(crate) async fn add_post(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<PersonId>,
    Form(sent): Form<PostSent>,
) -> Response {
    let PostSent { role, place, share, from_day, to_day, password } = sent;
    let form = PostFields { role, place, share, from_day, to_day };
    match app.backend.add_post(&desk.actor, id, &form, &password).await {
        Ok(Ok(_)) => person_at(id),
        Ok(Err(errors)) => {
            let form = PersonForm::Post(Typed { form, errors });
            unprocessable(person_with(&app, &desk, id, form).await)
        }
        Err(error) => desk.failure(&error),
    }
}

/// The last day of a post.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Last {
    last: String,
}

/// Ends a post.
pub(crate) async fn end_post(
    State(app): State<App>,
    desk: DeskRequest,
    Path(id): Path<Uuid>,
    Form(last): Form<Last>,
) -> Response {
    match app.backend.end_post(&desk.actor, id, &last.last).await {
        Ok(Ok(person)) => person_at(person),
        Ok(Err(errors)) => match app.backend.holder_of_post(&desk.actor, id).await {
            Ok(person) => {
                let form = PersonForm::End(id, Typed { form: last.last, errors });
                unprocessable(person_with(&app, &desk, person, form).await)
            }
            Err(error) => desk.failure(&error),
        },
        Err(error) => desk.failure(&error),
    }
}

/// The settings.
pub(crate) async fn settings(
    State(app): State<App>,
    desk: DeskRequest,
    Query(saved): Query<Saved>,
) -> Response {
    let settings = app.backend.organisation_settings(&desk.actor).await;
    desk.answer(settings, |form| settings_page(Typed { form, errors: Vec::new() }, saved.saved.is_some()))
}

/// Sets them.
pub(crate) async fn set_settings(
    State(app): State<App>,
    desk: DeskRequest,
    Form(form): Form<SettingsFields>,
) -> Response {
    match app.backend.set_organisation_settings(&desk.actor, &form).await {
        Ok(Ok(())) => Redirect::to("/organisation/settings?saved=1").into_response(),
        Ok(Err(errors)) => {
            unprocessable(desk.answer(Ok(()), |()| settings_page(Typed { form, errors }, false)))
        }
        Err(error) => desk.failure(&error),
    }
}
