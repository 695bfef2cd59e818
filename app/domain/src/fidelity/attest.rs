//! What people attest of parts that records can't say.

use crate::form;
use crate::forms::{self, FieldError};

form! {
    /// What is attested of a part, as it is typed.
    AttestFields {
        /// `yes`, `no`, or `unknown` to take back what was said.
        holds: line,
        /// What it rests on.
        rests_on: words,
    }
}

impl AttestFields {
    /// Reads the form: does it hold, and on what that rests.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form. What holds, or not, has a reason.
    pub fn read(&self) -> Result<(Option<bool>, String), Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let holds = match fields.holds.as_str() {
            "yes" => Some(true),
            "no" => Some(false),
            "unknown" => None,
            _ => {
                errors.push(FieldError::Missing("holds"));
                None
            }
        };
        if fields.holds != "unknown" {
            forms::needed(&fields.rests_on, "rests_on", &mut errors);
        }
        forms::checked((holds, fields.rests_on), Self::NAMES, errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_attested_rests_on_something() {
        let fields =
            |holds: &str, rests_on: &str| AttestFields { holds: holds.into(), rests_on: rests_on.into() };
        assert_eq!(fields("yes", "Kokous 3.11.").read(), Ok((Some(true), "Kokous 3.11.".into())));
        assert_eq!(fields("yes", " ").read(), Err(vec![FieldError::Missing("rests_on")]));
        assert_eq!(fields("unknown", "").read(), Ok((None, String::new())));
        assert_eq!(fields("", "x").read(), Err(vec![FieldError::Missing("holds")]));
    }
}
