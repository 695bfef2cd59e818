//! Today: a coach's first page.

mod api;
mod page;

pub use api::today;
pub use page::{TodayPage, reload};
