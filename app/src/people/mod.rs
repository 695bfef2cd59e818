//! The people of a unit, for its lead.

mod page;

pub use page::PeoplePage;
