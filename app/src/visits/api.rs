//! Server functions of visits. Logging itself goes through `/api/sync`.

use crate::error::AppError;
use crate::wire::Json;
use domain::ids::EmployerId;
use domain::visits::VisitForm;
use leptos::prelude::*;

/// What the visit form needs to know.
#[server(name = VisitFormFn, prefix = "/api", endpoint = "visits/form", input = Json, output = Json)]
pub async fn visit_form(employer: Option<EmployerId>) -> Result<VisitForm, AppError> {
    let (backend, actor) = crate::server::signed_in()?;
    backend.visit_form(&actor, employer).await.map_err(crate::server::wire)
}
