//! The own account: signing in and out, the invitation, the language, the own sign-ins. Signing in,
//! signing out, choosing a language and using an invitation are plain form posts, so that they work
//! without any browser code.

mod accept;
mod more;
mod sign_in;

pub use accept::AcceptPage;
pub use more::MorePage;
pub use sign_in::SignInPage;

use serde::{Deserialize, Serialize};

/// What a form post had to say, for the page that is shown after it; see `server::forms`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// What was wrong: `wrong`, or a `PasswordError` by its code.
    pub error: Option<String>,
    /// The name that was typed.
    pub name: Option<String>,
}

/// Whom an invitation is for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitedPerson {
    /// Name.
    pub name: String,
    /// The name to sign in with.
    pub sign_in_name: String,
}
