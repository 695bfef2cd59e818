//! The one error on the wire between browser and server.
//!
//! Which error where: rules have their own enums and travel as values inside answers; what a use
//! case refuses ([`backend::Error`](../backend/enum.Error.html)) becomes an [`AppError`] here, with
//! the HTTP status of [`AppError::status`]; a page shows it with `ui::failure`.

use crate::wire::Packed;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Why a page has nothing to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AppError {
    /// Nobody is signed in, or no longer.
    SignedOut,
    /// It is not there, or not for this person.
    NotThere,
    /// The server could not be reached.
    NoNetwork,
    /// The server failed; it has logged why.
    Failed,
}

impl AppError {
    /// The HTTP status that goes with it.
    #[must_use]
    pub fn status(self) -> u16 {
        match self {
            Self::SignedOut => 401,
            Self::NotThere => 404,
            Self::NoNetwork | Self::Failed => 500,
        }
    }
}

impl std::fmt::Display for AppError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::SignedOut => "signed_out",
            Self::NotThere => "not_there",
            Self::NoNetwork => "no_network",
            Self::Failed => "failed",
        })
    }
}

impl std::error::Error for AppError {}

impl FromServerFnError for AppError {
    type Encoder = Packed;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) => Self::NoNetwork,
            _ => Self::Failed,
        }
    }
}
