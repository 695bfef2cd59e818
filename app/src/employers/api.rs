//! Server functions of the employer register.

use crate::error::AppError;
use crate::wire::Json;
use domain::employers::{EmployerList, EmployerPage, EmployerQuery};
use domain::ids::EmployerId;
use leptos::prelude::*;

/// A page of the register.
#[server(name = EmployersFn, prefix = "/api", endpoint = "employers", input = Json, output = Json)]
pub async fn employers(query: EmployerQuery) -> Result<EmployerList, AppError> {
    let (backend, actor) = crate::server::signed_in()?;
    backend.employers(&actor, &query).await.map_err(crate::server::wire)
}

/// An employer's page.
#[server(name = EmployerFn, prefix = "/api", endpoint = "employers/page", input = Json, output = Json)]
pub async fn employer(id: EmployerId) -> Result<EmployerPage, AppError> {
    let (backend, actor) = crate::server::signed_in()?;
    backend.employer(&actor, id).await.map_err(crate::server::wire)
}
