//! Today: a coach's first page.

mod page;

pub use page::TodayPage;
#[cfg(feature = "ssr")]
pub(crate) use page::{gaps, next_steps, waits, week};
