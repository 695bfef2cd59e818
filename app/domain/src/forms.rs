//! Forms as they are typed: each field a text, and what can be wrong with it.

use crate::calendar::years_before;
use chrono::{Datelike, NaiveDate};

/// A short field may be this long, in characters.
pub const LINE_MAX: usize = 200;
/// A person's words may be this long, in characters.
pub const WORDS_MAX: usize = 4000;

/// Why what was typed can't be taken. Said beside the field of the name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FieldError {
    /// Something has to stand there.
    Missing(&'static str),
    /// It is too long.
    TooLong(&'static str),
    /// It is no day, or one that can't be meant.
    Day(&'static str),
    /// The day is before one that must come first.
    TooEarly(&'static str),
    /// The day is after one that must come last.
    TooLate(&'static str),
    /// The day has not come yet.
    Ahead(&'static str),
    /// It is no year of birth.
    Year(&'static str),
    /// It is no number that can be meant.
    Number(&'static str),
    /// It is no telephone number.
    Phone(&'static str),
    /// It is no address of e-mail.
    Email(&'static str),
    /// The choice is not there (any more).
    Choice(&'static str),
    /// It holds a personal identity code, which has no place here.
    IdentityCode(&'static str),
    /// It names a client, where no client is to be named.
    NamesClient(&'static str),
    /// It tells a diagnosis, where none is to be told.
    Diagnosis(&'static str),
    /// Somebody else has changed it since the form opened.
    ChangedMeanwhile,
}

impl FieldError {
    /// The field beside which it is said; empty for the form as a whole.
    #[must_use]
    pub fn field(self) -> &'static str {
        match self {
            Self::Missing(field)
            | Self::TooLong(field)
            | Self::Day(field)
            | Self::TooEarly(field)
            | Self::TooLate(field)
            | Self::Ahead(field)
            | Self::Year(field)
            | Self::Number(field)
            | Self::Phone(field)
            | Self::Email(field)
            | Self::Choice(field)
            | Self::IdentityCode(field)
            | Self::NamesClient(field)
            | Self::Diagnosis(field) => field,
            Self::ChangedMeanwhile => "",
        }
    }
}

/// Makes a form: its fields with what each is (`line`: one line, `words`: a person's words), trimmed and
/// measured by `tidy`.
#[macro_export]
macro_rules! form {
    ($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $kind:ident),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name { $($(#[$field_doc])* pub $field: String,)+ }

        impl $name {
            /// The names of the fields, in the order of the form.
            pub const NAMES: &'static [&'static str] = &[$(stringify!($field)),+];

            /// The field of a name; empty where there is none of it.
            #[must_use]
            pub fn field(&self, name: &str) -> &str {
                match name {
                    $(stringify!($field) => &self.$field,)+
                    _ => "",
                }
            }

            /// Without needless spaces, and which fields are too long.
            fn tidy(&self) -> (Self, Vec<$crate::forms::FieldError>) {
                let mut errors = Vec::new();
                let tidied = Self {
                    $($field: $crate::forms::$kind(&self.$field, stringify!($field), &mut errors),)+
                };
                (tidied, errors)
            }
        }
    };
}

/// Text on one line, every run of spaces made one.
pub fn line(text: &str, field: &'static str, errors: &mut Vec<FieldError>) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    measured(text, LINE_MAX, field, errors)
}

/// A person's words, with their line breaks.
pub fn words(text: &str, field: &'static str, errors: &mut Vec<FieldError>) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned();
    measured(text, WORDS_MAX, field, errors)
}

fn measured(text: String, max: usize, field: &'static str, errors: &mut Vec<FieldError>) -> String {
    if text.chars().count() > max {
        errors.push(FieldError::TooLong(field));
    }
    text
}

/// The field must say something.
pub fn needed(text: &str, field: &'static str, errors: &mut Vec<FieldError>) {
    if !text.chars().any(char::is_alphanumeric) {
        errors.push(FieldError::Missing(field));
    }
}

/// A day as a day field holds it, at most ten years from today; nothing where nothing stands.
pub fn day(
    text: &str,
    field: &'static str,
    today: NaiveDate,
    errors: &mut Vec<FieldError>,
) -> Option<NaiveDate> {
    if text.is_empty() {
        return None;
    }
    let day = text.parse::<NaiveDate>().ok().filter(|day| (day.year() - today.year()).abs() <= 10);
    if day.is_none() {
        errors.push(FieldError::Day(field));
    }
    day
}

/// A day that has to be there and must have come.
pub fn past_day(
    text: &str,
    field: &'static str,
    today: NaiveDate,
    errors: &mut Vec<FieldError>,
) -> Option<NaiveDate> {
    let day = day(text, field, today, errors);
    match day {
        None if text.is_empty() => errors.push(FieldError::Missing(field)),
        Some(day) if day > today => errors.push(FieldError::Ahead(field)),
        _ => {}
    }
    day
}

/// A year of birth of somebody who could work; nothing where nothing stands.
pub fn birth_year(
    text: &str,
    field: &'static str,
    today: NaiveDate,
    errors: &mut Vec<FieldError>,
) -> Option<i64> {
    if text.is_empty() {
        return None;
    }
    let year = text
        .parse::<i64>()
        .ok()
        .filter(|year| (years_before(today, 100)..=years_before(today, 14)).contains(year));
    if year.is_none() {
        errors.push(FieldError::Year(field));
    }
    year
}

/// A telephone number, or nothing.
pub fn phone(text: &str, field: &'static str, errors: &mut Vec<FieldError>) {
    if !text.is_empty() && !is_phone(text) {
        errors.push(FieldError::Phone(field));
    }
}

/// Can it be a telephone number?
#[must_use]
pub fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (3..=15).contains(&digits) && text.chars().all(|sign| sign.is_ascii_digit() || " +-()".contains(sign))
}

/// An address of e-mail, or nothing.
pub fn email(text: &str, field: &'static str, errors: &mut Vec<FieldError>) {
    if !text.is_empty() && !is_email(text) {
        errors.push(FieldError::Email(field));
    }
}

/// Can it be an address of e-mail?
#[must_use]
pub fn is_email(text: &str) -> bool {
    let sound = text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && host.contains('.')
            && !host.contains('@')
            && !host.starts_with('.')
            && !host.ends_with('.')
    });
    sound && !text.contains(char::is_whitespace)
}

/// What a form says, or everything that is wrong with it, in the order of its fields.
///
/// # Errors
/// Those that were found.
pub fn checked<T>(value: T, names: &[&str], mut errors: Vec<FieldError>) -> Result<T, Vec<FieldError>> {
    let place = |error: &FieldError| names.iter().position(|name| *name == error.field());
    errors.sort_by_key(place);
    errors.dedup();
    if errors.is_empty() { Ok(value) } else { Err(errors) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn errors(check: impl Fn(&mut Vec<FieldError>)) -> Vec<FieldError> {
        let mut errors = Vec::new();
        check(&mut errors);
        errors
    }

    #[test]
    fn a_day_that_has_to_have_come() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        let said = |text: &str| {
            errors(|errors| {
                past_day(text, "day", today, errors);
            })
        };
        assert_eq!(said("2026-11-25"), []);
        assert_eq!(said("2026-11-26"), [FieldError::Ahead("day")]);
        assert_eq!(said(""), [FieldError::Missing("day")]);
        for text in ["31.12.2026", "2026-02-30", "0026-11-25", "9999-01-01"] {
            assert_eq!(said(text), [FieldError::Day("day")], "{text}");
        }
    }

    #[test]
    fn telephones_e_mails_and_years() {
        let phone = |text: &str| errors(|errors| phone(text, "phone", errors)).is_empty();
        assert!(phone("") && phone("+358 40 123") && !phone("12") && !phone("soita 040 123 456"));
        let email = |text: &str| errors(|errors| email(text, "email", errors)).is_empty();
        assert!(email("") && email("a@b.fi") && !email("a@b") && !email("a b@c.fi") && !email("@b.fi"));
        let today = NaiveDate::from_ymd_opt(2026, 11, 25).unwrap();
        let year = |text: &str| {
            errors(|errors| {
                birth_year(text, "year", today, errors);
            })
            .is_empty()
        };
        assert!(year("") && year("1926") && year("2012") && !year("2013") && !year("1925") && !year("85"));
    }

    #[test]
    fn what_is_wrong_is_said_in_the_order_of_the_form() {
        let wrong = vec![FieldError::Missing("b"), FieldError::TooLong("a"), FieldError::Missing("b")];
        assert_eq!(
            checked((), &["a", "b"], wrong),
            Err(vec![FieldError::TooLong("a"), FieldError::Missing("b")])
        );
    }
}
