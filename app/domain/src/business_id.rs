//! The Finnish business identity code (*Y-tunnus*): seven digits, a hyphen, a check digit.
//!
//! Rule of the check digit: weights 7 9 10 5 8 4 2; the weighted sum modulo 11 gives 0 → 0,
//! 1 → never issued, else 11 minus the remainder. Old codes of six digits get a leading zero; the
//! VAT form `FI` and eight digits is accepted too.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A business identity code whose check digit is right.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BusinessId(String);

/// Why a text is not a business identity code.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BusinessIdError {
    /// It is not seven digits, a hyphen and a digit.
    #[error("not of the form 1234567-8")]
    Form,
    /// The check digit does not fit; a slip of the pen. Holds the digit that would.
    #[error("the check digit should be {0}")]
    CheckDigit(char),
    /// These seven digits have no check digit: the code was never issued.
    #[error("these seven digits are never used in a business ID")]
    NeverIssued,
}

impl BusinessId {
    /// Reads a code.
    ///
    /// # Errors
    /// When the form or the check digit is wrong.
    pub fn parse(text: &str) -> Result<Self, BusinessIdError> {
        let text = text.trim();
        let bare = match text.strip_prefix("FI").or_else(|| text.strip_prefix("fi")) {
            Some(vat) if vat.len() == 8 && !vat.contains('-') => vat.to_owned(),
            Some(_) => return Err(BusinessIdError::Form),
            None => match text.split_once('-') {
                Some((number, check)) if check.len() == 1 => format!("{number}{check}"),
                _ => return Err(BusinessIdError::Form),
            },
        };
        if !bare.bytes().all(|byte| byte.is_ascii_digit()) || !(7..=8).contains(&bare.len()) {
            return Err(BusinessIdError::Form);
        }
        let digits = format!("{bare:0>8}");
        let (number, given) = digits.split_at(7);
        let right = check_digit(number).ok_or(BusinessIdError::NeverIssued)?;
        if !given.starts_with(right) {
            return Err(BusinessIdError::CheckDigit(right));
        }
        Ok(Self(format!("{number}-{right}")))
    }

    /// The code as written: `1234567-8`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The check digit of seven digits, or none when the code was never issued.
fn check_digit(number: &str) -> Option<char> {
    let sum: u32 = number
        .bytes()
        .zip([7, 9, 10, 5, 8, 4, 2])
        .map(|(digit, weight)| u32::from(digit - b'0') * weight)
        .sum();
    match sum % 11 {
        0 => Some('0'),
        1 => None,
        rest => char::from_digit(11 - rest, 10),
    }
}

impl fmt::Display for BusinessId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for BusinessId {
    type Error = BusinessIdError;
    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<BusinessId> for String {
    fn from(id: BusinessId) -> Self {
        id.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn real_codes_pass() {
        for code in
            ["0737546-2", "0114162-2", "1852302-9", "2646674-9", "0220266-9", "0166906-4", "0000001-9"]
        {
            assert_eq!(BusinessId::parse(code).map(|id| id.to_string()), Ok(code.to_owned()));
        }
        assert_eq!(BusinessId::parse("FI07375462").unwrap().as_str(), "0737546-2");
        assert_eq!(BusinessId::parse("737546-2").unwrap().as_str(), "0737546-2");
    }

    #[test]
    fn a_wrong_one_says_what_is_wrong() {
        assert_eq!(BusinessId::parse("0737546-1"), Err(BusinessIdError::CheckDigit('2')));
        for text in ["", "07375462", "0737546-", "0737546-22", "O737546-2", "FI0737546-2", "07375461234-2"] {
            assert_eq!(BusinessId::parse(text), Err(BusinessIdError::Form), "{text}");
        }
    }

    proptest! {
        #[test]
        fn one_wrong_digit_is_always_caught(number in 0_u32..10_000_000, at in 0_usize..7, by in 1_u32..10) {
            let seven = format!("{number:07}");
            if let Some(check) = check_digit(&seven) {
                let mut wrong: Vec<u8> = seven.clone().into_bytes();
                wrong[at] = b'0' + ((u32::from(wrong[at] - b'0') + by) % 10) as u8;
                let wrong = String::from_utf8(wrong).unwrap();
                let code = format!("{wrong}-{check}");
                prop_assert!(BusinessId::parse(&code).is_err());
            }
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".*") {
            let _ = BusinessId::parse(&text);
        }
    }
}
