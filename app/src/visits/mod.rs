//! Visits: the form, how a visit looks in a list, its own page, the unit's visits.

#[cfg(feature = "ssr")]
mod feed;
mod form;
#[cfg(feature = "ssr")]
mod one;
mod page;
mod seen;

/// What the kit shows.
#[cfg(feature = "ssr")]
pub(crate) mod kit {
    pub(crate) use super::feed::{filter, table};
    pub(crate) use super::form::{Known, pieces};
}

#[cfg(feature = "ssr")]
pub use feed::feed_page;
#[cfg(feature = "ssr")]
pub use one::visit_page;
pub use page::NewVisitPage;
#[cfg(feature = "ssr")]
pub(crate) use seen::client_word;
pub(crate) use seen::settler;
pub use seen::{due_list, visit_rows, visit_timeline};
