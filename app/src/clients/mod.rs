//! Clients: so far the own caseload, by alias.

mod page;

pub use page::ClientsPage;
