//! Today: a coach's first page.

mod page;

pub use page::TodayPage;
