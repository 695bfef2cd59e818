//! Clients: so far the own caseload, by alias.

mod page;

pub use page::ClientsPage;
#[cfg(feature = "ssr")]
pub(crate) use page::{empty, list};
