//! Employers: the list with its search, an employer's page, and the desk pages that change them.

#[cfg(feature = "ssr")]
mod choosing;
#[cfg(feature = "ssr")]
mod forms;
mod light;
mod list;
mod page;
#[cfg(feature = "ssr")]
mod route;

/// What the kit shows.
#[cfg(feature = "ssr")]
pub(crate) mod kit {
    pub(crate) use super::choosing::{nobody, search_form, select};
    pub(crate) use super::forms::{field, stale, summary};
    pub(crate) use super::light::light;
    pub(crate) use super::list::results;
    pub(crate) use super::page::{contacts, do_not_contact, facts, last_met, tools};
}

#[cfg(feature = "ssr")]
pub use choosing::{chain_page, filters_page, history_page, merge_choice_page, merge_page, settle_page};
#[cfg(feature = "ssr")]
pub use forms::{
    Typed, contact_page, do_not_contact_page, edit_page, hand_over_page, handed_over_page, light_page, said,
};
pub use list::EmployersPage;
pub use page::EmployerPageView;
#[cfg(feature = "ssr")]
pub use route::route_page;
