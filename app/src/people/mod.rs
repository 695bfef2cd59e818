//! The people of a unit, for its lead.

mod page;

pub use page::{Made, people_page};
