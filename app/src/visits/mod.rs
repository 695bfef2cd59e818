//! Visits: the form, and how a visit looks in a list.

mod form;
mod page;
mod seen;

pub use page::NewVisitPage;
pub use seen::{due_list, visit_rows, visit_timeline};
