//! Server functions of clients.

use crate::error::AppError;
use crate::wire::Json;
use domain::visits::CaseloadRow;
use leptos::prelude::*;

/// The own caseload.
#[server(name = CaseloadFn, prefix = "/api", endpoint = "clients/caseload", input = Json, output = Json)]
pub async fn caseload() -> Result<Vec<CaseloadRow>, AppError> {
    let (backend, actor) = crate::server::signed_in()?;
    backend.caseload(&actor).await.map_err(crate::server::wire)
}
