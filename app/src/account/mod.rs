//! The own account: signing in and out, the invitation, the language, the own sign-ins. Signing in,
//! signing out, choosing a language and using an invitation are plain form posts, so that they work
//! without any browser code.

#[cfg(feature = "ssr")]
mod accept;
mod language;
mod more;
#[cfg(feature = "ssr")]
mod sign_in;

#[cfg(feature = "ssr")]
pub use accept::accept_page;
#[cfg(feature = "ssr")]
pub(crate) use language::{language_switcher, own_name};
pub use more::MorePage;
#[cfg(feature = "ssr")]
pub use sign_in::sign_in_page;

/// What a form post had to say, for the page that is shown after it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    /// What was wrong: `wrong`, or a `PasswordError` by its code.
    pub error: Option<String>,
    /// The name that was typed.
    pub name: Option<String>,
}

/// Whom an invitation is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitedPerson {
    /// Name.
    pub name: String,
    /// The name to sign in with.
    pub sign_in_name: String,
}
