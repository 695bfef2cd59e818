//! The dossier for a review: opened to a reviewer for some days.

use crate::form;
use crate::forms::{self, FieldError};
use crate::ids::PersonId;
use chrono::{Days, NaiveDate};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// A dossier is open for so many days at most.
pub const OPEN_DAYS: u64 = 60;

/// Codes have five digits.
pub const CODES: u64 = 100_000;

/// The number of the code under which something stands in the dossiers of a day: always the same, so that a key that is
/// made later fits, and without a way back to the identity, which nobody outside knows. Two may have the same: then the
/// next that is free.
#[must_use]
pub fn code_number(day: NaiveDate, letter: &str, id: Uuid) -> u64 {
    let hash = Sha256::digest(format!("{day} {letter} {id}").as_bytes());
    hash.iter().take(7).fold(0, |number, byte| number << 8 | u64::from(*byte)) % CODES
}

form! {
    /// To whom a dossier is opened, as it is typed.
    OpeningFields {
        /// The reviewer: an identity.
        reviewer: line,
        /// As things stood on which day.
        day: line,
        /// The first day on which it can be read.
        from_day: line,
        /// The last one.
        to_day: line,
        /// `yes`, where the words of people go with it: reasons of scores, what is done.
        words: line,
    }
}

/// To whom a dossier is opened, to be noted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// The reviewer.
    pub reviewer: PersonId,
    /// As things stood on which day.
    pub day: NaiveDate,
    /// The first day on which it can be read.
    pub from_day: NaiveDate,
    /// The last one.
    pub to_day: NaiveDate,
    /// Do the words of people go with it?
    pub words: bool,
}

impl OpeningFields {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form: no reviewer, a day ahead to stand for, an end before the
    /// beginning or today, or more than [`OPEN_DAYS`].
    pub fn read(&self, today: NaiveDate) -> Result<Opening, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let reviewer = fields.reviewer.parse::<PersonId>().unwrap_or_else(|_| {
            errors.push(FieldError::Missing("reviewer"));
            PersonId(uuid::Uuid::nil())
        });
        let mut needed = |text: &str, name: &'static str| {
            forms::needed(text, name, &mut errors);
            forms::day(text, name, today, &mut errors).unwrap_or(today)
        };
        let day = needed(&fields.day, "day");
        let from_day = needed(&fields.from_day, "from_day");
        let to_day = needed(&fields.to_day, "to_day");
        if day > today {
            errors.push(FieldError::Ahead("day"));
        }
        if to_day < from_day || to_day < today {
            errors.push(FieldError::TooEarly("to_day"));
        } else if to_day > from_day.checked_add_days(Days::new(OPEN_DAYS - 1)).unwrap_or(to_day) {
            errors.push(FieldError::TooLate("to_day"));
        }
        let words = fields.words == "yes";
        forms::checked(Opening { reviewer, day, from_day, to_day, words }, Self::NAMES, errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_the_same_whenever_it_is_made_and_another_one_for_another_day() {
        let day = |text: &str| text.parse().unwrap();
        let number = |on, letter, id| code_number(day(on), letter, Uuid::from_u128(id));
        assert_eq!(number("2026-11-27", "A", 1), number("2026-11-27", "A", 1));
        assert_ne!(number("2026-11-27", "A", 1), number("2026-11-28", "A", 1));
        assert_ne!(number("2026-11-27", "A", 1), number("2026-11-27", "A", 2));
        let many: std::collections::BTreeSet<u64> =
            (0..1000).map(|id| number("2026-11-27", "A", id)).collect();
        assert!(many.len() > 980 && many.iter().all(|number| *number < CODES));
    }

    #[test]
    fn a_dossier_is_open_for_some_days() {
        let today: NaiveDate = "2026-11-27".parse().unwrap();
        let reviewer = uuid::Uuid::from_u128(1).to_string();
        let fields = |day: &str, from: &str, to: &str| OpeningFields {
            reviewer: reviewer.clone(),
            day: day.into(),
            from_day: from.into(),
            to_day: to.into(),
            ..OpeningFields::default()
        };
        assert!(fields("2026-11-27", "2026-12-01", "2027-01-29").read(today).is_ok());
        for (day, from, to, wrong) in [
            ("2026-11-28", "2026-11-27", "2026-11-27", FieldError::Ahead("day")),
            ("2026-11-27", "2026-12-02", "2026-12-01", FieldError::TooEarly("to_day")),
            ("2026-11-27", "2026-11-01", "2026-11-26", FieldError::TooEarly("to_day")),
            ("2026-11-27", "2026-12-01", "2027-01-30", FieldError::TooLate("to_day")),
            ("2026-11-27", "", "2026-12-01", FieldError::Missing("from_day")),
        ] {
            assert_eq!(fields(day, from, to).read(today), Err(vec![wrong]), "{day} {from} {to}");
        }
        assert_eq!(OpeningFields::default().read(today).unwrap_err().len(), 4);
    }
}
