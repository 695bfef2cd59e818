//! Clients: their way through the service, their profile, meetings, what may be told of them, and the
//! caseload of those who coach them.

pub mod caseload;
pub mod contact;
pub mod load;
pub mod page;
pub mod profile;
pub mod trust;
pub mod way;

use crate::ids::ClientId;
use serde::{Deserialize, Serialize};

/// A client that the visit form offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormClient {
    /// Which.
    pub id: ClientId,
    /// The alias that the coach chose.
    pub alias: String,
}
