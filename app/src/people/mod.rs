//! The people of a unit, for its lead.

mod api;
mod page;

pub use api::{colleagues, invite};
pub use page::PeoplePage;
