//! The kit: pieces of the interface without a word of any feature.

mod failure;
mod fields;
mod icon;
#[cfg(feature = "ssr")]
mod password;
mod toast;

pub use failure::{failure, failure_notice, page_head};
pub use fields::{Option as Choice, choices, focus_soon, put, standing_in, stepper, text_of, typed};
pub use icon::Icon;
#[cfg(feature = "ssr")]
pub use password::{PasswordField, password_field};
pub use toast::{Toast, Toasts};
