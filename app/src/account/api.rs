//! Server functions of the own account. Signing in, signing out, choosing a language and using an
//! invitation are plain form posts, so that they work without any browser code.

use crate::error::AppError;
use crate::wire::Json;
use domain::access::{Me, SignIn};
use domain::ids::SessionId;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// Who is signed in.
#[server(name = MeFn, prefix = "/api", endpoint = "me", input = Json, output = Json)]
pub async fn me() -> Result<Me, AppError> {
    let (backend, actor) = crate::server::signed_in()?;
    backend.me(&actor).await.map_err(crate::server::wire)
}

/// The own sign-ins.
#[server(name = SignInsFn, prefix = "/api", endpoint = "account/sign-ins", input = Json, output = Json)]
pub async fn sign_ins() -> Result<Vec<SignIn>, AppError> {
    let (backend, actor) = crate::server::signed_in()?;
    backend.sign_ins(&actor).await.map_err(crate::server::wire)
}

/// Ends one of the own sign-ins.
#[server(name = EndSignInFn, prefix = "/api", endpoint = "account/end-sign-in", input = Json, output = Json)]
pub async fn end_sign_in(id: SessionId) -> Result<(), AppError> {
    let (backend, actor) = crate::server::signed_in()?;
    backend.end_sign_in(&actor, id).await.map_err(crate::server::wire)
}

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

/// Whom an invitation is for, while it can be used. Needs no sign-in: the link is the key.
#[server(name = InvitedFn, prefix = "/api", endpoint = "account/invited", input = Json, output = Json)]
pub async fn invited(token: String) -> Result<InvitedPerson, AppError> {
    let invited = crate::server::backend()?.invited(&token).await.map_err(crate::server::wire)?;
    Ok(InvitedPerson { name: invited.name, sign_in_name: invited.sign_in_name })
}

/// What the last form post had to say. Runs on the server only: what it says is in the page.
#[expect(clippy::unused_async, reason = "a resource wants a future")]
pub(super) async fn said() -> Said {
    #[cfg(feature = "ssr")]
    {
        crate::server::from_request::<Said>().unwrap_or_default()
    }
    #[cfg(not(feature = "ssr"))]
    {
        Said::default()
    }
}
