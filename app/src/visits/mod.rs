//! Visits: the form, and how a visit looks in a list.

mod api;
mod form;
mod page;
mod seen;

pub use api::visit_form;
pub use page::NewVisitPage;
pub use seen::{due_list, visit_rows, visit_timeline};
