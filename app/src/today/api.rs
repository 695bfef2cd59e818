//! Server functions of Today.

use crate::error::AppError;
use crate::wire::Json;
use domain::visits::Today;
use leptos::prelude::*;

/// Next steps, the week's visits, and the unit's latest visits.
#[server(name = TodayFn, prefix = "/api", endpoint = "today", input = Json, output = Json)]
pub async fn today() -> Result<Today, AppError> {
    let (backend, actor) = crate::server::signed_in()?;
    backend.today(&actor).await.map_err(crate::server::wire)
}
