//! Signing in: the rules for names and passwords, and the numbers of lock-out and session.

use crate::text::fold;
use serde::{Deserialize, Serialize};

/// A password's shortest length in characters. Length is what counts; no rule asks for signs.
pub const PASSWORD_MIN: usize = 12;
/// A password's greatest length in characters: enough for a sentence, and no way to keep the
/// server busy hashing.
pub const PASSWORD_MAX: usize = 128;
/// A sign-in ends after so many minutes without a request (S1).
pub const IDLE_MINUTES: i64 = 30;
/// A sign-in ends after so many hours in any case (S1).
pub const SESSION_HOURS: i64 = 12;
/// After so many wrong tries within [`LOCKOUT_MINUTES`] a name is not tried any more (S23).
pub const TRIES_PER_NAME: i64 = 6;
/// After so many wrong tries within [`LOCKOUT_MINUTES`] an address is not listened to (S23).
pub const TRIES_PER_ADDRESS: i64 = 60;
/// Minutes that wrong tries are held against a name or an address.
pub const LOCKOUT_MINUTES: i64 = 15;
/// An invitation can be used for so many days.
pub const INVITATION_DAYS: i64 = 7;

/// Passwords of twelve letters and more that everybody tries first.
const TRIED_FIRST: &[&str] = &[
    "123456789012",
    "1234567890123",
    "salasana1234",
    "salasanasalasana",
    "password1234",
    "passwordpassword",
    "qwertyuiop12",
    "qwertyuiopas",
    "lösenord1234",
    "rinnalla1234",
    "rinnallarinnalla",
];

/// Why a new password is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum PasswordError {
    /// Shorter than [`PASSWORD_MIN`].
    #[error("the password is shorter than {PASSWORD_MIN} characters")]
    TooShort,
    /// Longer than [`PASSWORD_MAX`].
    #[error("the password is longer than {PASSWORD_MAX} characters")]
    TooLong,
    /// Easy to guess: the own name, one letter over and over, or a password that everybody tries.
    #[error("the password is easy to guess")]
    EasyToGuess,
    /// The two are not the same.
    #[error("the two passwords differ")]
    Differ,
}

/// May `password` be the new password of the person who signs in as `sign_in_name`?
///
/// # Errors
/// The first reason why not.
pub fn check_password(sign_in_name: &str, password: &str) -> Result<(), PasswordError> {
    let length = password.chars().count();
    if length < PASSWORD_MIN {
        return Err(PasswordError::TooShort);
    }
    if length > PASSWORD_MAX {
        return Err(PasswordError::TooLong);
    }
    let lower = password.to_lowercase();
    let one_letter = lower.chars().all(|letter| lower.starts_with(letter));
    let own_name = !sign_in_name.is_empty() && lower.contains(&sign_in_name.to_lowercase());
    if one_letter || own_name || TRIED_FIRST.contains(&lower.as_str()) {
        return Err(PasswordError::EasyToGuess);
    }
    Ok(())
}

/// The name to sign in with that a person's name suggests: *Päivi Ääri-Koski* → `paivi.aari.koski`.
#[must_use]
pub fn suggest_sign_in_name(name: &str) -> String {
    fold(name).replace(' ', ".")
}

/// A sign-in name as it is compared: lower case, no outer spaces.
#[must_use]
pub fn normalise_sign_in_name(typed: &str) -> String {
    typed.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_counts_and_guessable_ones_do_not_pass() {
        assert_eq!(check_password("mikko.tukiranta", "lyhyt"), Err(PasswordError::TooShort));
        assert_eq!(check_password("m", &"ab".repeat(65)), Err(PasswordError::TooLong));
        assert_eq!(check_password("m", "aaaaaaaaaaaaaaa"), Err(PasswordError::EasyToGuess));
        assert_eq!(check_password("mikko.tukiranta", "Mikko.Tukiranta1"), Err(PasswordError::EasyToGuess));
        assert_eq!(check_password("m", "Salasana1234"), Err(PasswordError::EasyToGuess));
        assert_eq!(check_password("mikko.tukiranta", "sininen kuppi ja hillo"), Ok(()));
    }

    #[test]
    fn a_sign_in_name_has_no_dots_on_its_letters() {
        assert_eq!(suggest_sign_in_name("Päivi Ääri-Koski"), "paivi.aari.koski");
        assert_eq!(normalise_sign_in_name(" Mikko.Tukiranta "), "mikko.tukiranta");
    }
}
