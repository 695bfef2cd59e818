//! Clients: so far the own caseload, by alias.

mod api;
mod page;

pub use api::caseload;
pub use page::ClientsPage;
