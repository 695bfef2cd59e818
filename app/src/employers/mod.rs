//! Employers: the list with its search, and an employer's page.

mod api;
mod list;
mod page;

pub use api::{employer, employers};
pub use list::EmployersPage;
pub use page::EmployerPageView;
