//! Server functions of people.

use crate::error::AppError;
use crate::wire::Json;
use domain::access::Colleague;
use domain::ids::PersonId;
use leptos::prelude::*;

/// The people of the units that the person leads.
#[server(name = ColleaguesFn, prefix = "/api", endpoint = "people", input = Json, output = Json)]
pub async fn colleagues() -> Result<Vec<Colleague>, AppError> {
    let (backend, actor) = crate::server::signed_in()?;
    backend.colleagues(&actor).await.map_err(crate::server::wire)
}

/// Makes a one-time link; gives its path. It is shown once.
#[server(name = InviteFn, prefix = "/api", endpoint = "people/invite", input = Json, output = Json)]
pub async fn invite(person: PersonId) -> Result<String, AppError> {
    let (backend, actor) = crate::server::signed_in()?;
    let token = backend.invite(&actor, person).await.map_err(crate::server::wire)?;
    Ok(format!("/invitation/{}", token.reveal()))
}
