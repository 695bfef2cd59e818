//! Employers: the list with its search, and an employer's page.

mod list;
mod page;

pub use list::EmployersPage;
pub use page::EmployerPageView;
