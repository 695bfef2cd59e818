//! Server functions of clients.

use crate::error::AppError;
use domain::visits::CaseloadRow;
use leptos::prelude::*;
use leptos::server_fn::codec::Json;

/// The own caseload.
#[server(name = CaseloadFn, prefix = "/api", endpoint = "clients/caseload", input = Json, output = Json)]
pub async fn caseload() -> Result<Vec<CaseloadRow>, AppError> {
    let (backend, actor) = crate::server::signed_in()?;
    backend.caseload(&actor).await.map_err(crate::server::wire)
}
