//! What can go wrong in a use case.
//!
//! Which error where: a rule of `domain` has its own enum and no text; a use case answers with
//! [`Error`]; what a person did wrong and can mend travels as a value (`Outcome::Refused`, a
//! `PasswordError`), never as an [`Error`]. Faults of the machine become [`Error::Internal`], are
//! logged without personal data, and a user reads only that something went wrong.

/// Why a use case gave nothing.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nobody is signed in, or no longer.
    #[error("not signed in")]
    SignedOut,
    /// It is not there, or not for this person: the two look the same (S11).
    #[error("not found")]
    NotThere,
    /// The database could not do it.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The database's tables could not be brought up to date.
    #[error("the tables could not be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// The machine or our own code failed; the text is for the log.
    #[error("{0}")]
    Internal(String),
}

impl Error {
    /// A fault of our own, with the text for the log.
    pub fn internal(text: impl ToString) -> Self {
        Self::Internal(text.to_string())
    }
}

/// What a use case gives.
pub type Result<T> = std::result::Result<T, Error>;
