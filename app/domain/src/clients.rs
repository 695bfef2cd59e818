//! Clients: their way through the service, their profile, meetings, what may be told of them, and the
//! caseload of those who coach them.

pub mod contact;
pub mod load;
pub mod profile;
pub mod trust;
pub mod way;

use crate::ids::ClientId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// A client that the visit form offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormClient {
    /// Which.
    pub id: ClientId,
    /// The alias that the coach chose.
    pub alias: String,
}

/// One of the coach's own clients, in the caseload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseloadRow {
    /// Which.
    pub id: ClientId,
    /// The alias that the coach chose.
    pub alias: String,
    /// When the agreement was made.
    pub agreed_on: Option<NaiveDate>,
    /// The last employer contact for this client.
    pub last_contact_on: Option<NaiveDate>,
    /// Employer contacts for this client in all.
    pub contacts: u32,
}
