//! The 25 criteria: what a unit's records say of each on a day.

mod records;

use crate::Backend;
use crate::audit::Use;
use crate::error::{Error, Result};
use crate::fetch_optional;
use chrono::NaiveDate;
use domain::fidelity::estimate::{Choices, Estimate, estimate};
use domain::ids::UnitId;
use records::load;
use std::collections::BTreeMap;
use uuid::Uuid;

/// What a unit's records say on a day.
#[derive(Clone, Debug)]
pub struct UnitEstimates {
    /// The unit's name.
    pub unit: String,
    /// The day.
    pub day: NaiveDate,
    /// The choices that hold.
    pub choices: Choices,
    /// One for each of the 25 items.
    pub estimates: Vec<Estimate>,
    /// By what people know the rows: codes, aliases, names of those on duty.
    pub names: BTreeMap<Uuid, String>,
}

impl Backend {
    /// What the records of a unit say on a day, for whoever runs the program; the use is noted for every client whose
    /// rows are in it.
    ///
    /// # Errors
    /// [`Error::NotThere`] when there is no unit of that code.
    pub async fn fidelity_by_operator(&self, unit: &str, day: NaiveDate) -> Result<UnitEstimates> {
        let mut tx = self.write().await?;
        let row: Option<(Uuid, String)> =
            fetch_optional!(tx, (Uuid, String), "select id, name from unit where code = $1", unit)?;
        let (id, name) = row.ok_or(Error::NotThere)?;
        let loaded = load(&mut tx, UnitId(id), day).await?;
        let choices = Choices::default();
        let estimates = estimate(&loaded.records, day, &choices);
        let clients = estimates.iter().flat_map(|estimate| estimate.rows.iter().filter_map(|row| row.client));
        tx.note(Use::by_operator("read", "fidelity", Some(id)).of_clients(clients));
        tx.commit().await?;
        Ok(UnitEstimates { unit: name, day, choices, estimates, names: loaded.names })
    }
}
