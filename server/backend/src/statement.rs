//! Who answers for the service: what the accessibility statement says of the database. It is public (306/2019
//! asks for it), so nobody is asked who they are, and it tells nothing of anybody.

use crate::error::Result;
use crate::{Backend, fetch_optional};

impl Backend {
    /// The name of the organisation; none before anything was imported.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn organisation_name(&self) -> Result<Option<String>> {
        let mut tx = self.read().await?;
        let row: Option<(String,)> =
            fetch_optional!(tx, (String,), "select name from organisation where id = 1")?;
        Ok(row.map(|(name,)| name))
    }
}
