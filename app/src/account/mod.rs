//! The own account: signing in and out, the invitation, the language, the own sign-ins.

mod accept;
mod api;
mod more;
mod sign_in;

pub use accept::AcceptPage;
pub use api::{InvitedPerson, Said, end_sign_in, me, sign_ins};
pub use more::MorePage;
pub use sign_in::SignInPage;
