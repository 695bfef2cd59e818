//! The industry, by Statistics Finland's classifications TOL 2008 and TOL 2025. From K on the same
//! letter means other things in the two, so a section is never named without its year.

/// Which classification.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tol {
    /// TOL 2008.
    Y2008,
    /// TOL 2025.
    Y2025,
}

/// Sections with their first and last division.
const TOL2008: &[(char, u8, u8)] = &[
    ('A', 1, 3),
    ('B', 5, 9),
    ('C', 10, 33),
    ('D', 35, 35),
    ('E', 36, 39),
    ('F', 41, 43),
    ('G', 45, 47),
    ('H', 49, 53),
    ('I', 55, 56),
    ('J', 58, 63),
    ('K', 64, 66),
    ('L', 68, 68),
    ('M', 69, 75),
    ('N', 77, 82),
    ('O', 84, 84),
    ('P', 85, 85),
    ('Q', 86, 88),
    ('R', 90, 93),
    ('S', 94, 96),
    ('T', 97, 98),
    ('U', 99, 99),
];
const TOL2025: &[(char, u8, u8)] = &[
    ('A', 1, 3),
    ('B', 5, 9),
    ('C', 10, 33),
    ('D', 35, 35),
    ('E', 36, 39),
    ('F', 41, 43),
    ('G', 46, 47),
    ('H', 49, 53),
    ('I', 55, 56),
    ('J', 58, 60),
    ('K', 61, 63),
    ('L', 64, 66),
    ('M', 68, 68),
    ('N', 69, 75),
    ('O', 77, 82),
    ('P', 84, 84),
    ('Q', 85, 85),
    ('R', 86, 88),
    ('S', 90, 93),
    ('T', 94, 96),
    ('U', 97, 98),
    ('V', 99, 99),
];

impl Tol {
    /// The section of a class of two to five digits; none when there is no such class.
    #[must_use]
    pub fn section_of(self, class: &str) -> Option<char> {
        let digits = class.trim();
        if !(2..=5).contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let division: u8 = digits[..2].parse().ok()?;
        self.sections().iter().find(|(_, from, to)| (*from..=*to).contains(&division)).map(|row| row.0)
    }

    /// Is there a section of this letter?
    #[must_use]
    pub fn has(self, section: &str) -> bool {
        let mut letters = section.chars();
        let letter = letters.next();
        letters.next().is_none() && self.sections().iter().any(|row| Some(row.0) == letter)
    }

    fn sections(self) -> &'static [(char, u8, u8)] {
        match self {
            Self::Y2008 => TOL2008,
            Self::Y2025 => TOL2025,
        }
    }

    /// Every letter.
    pub fn letters(self) -> impl Iterator<Item = char> {
        self.sections().iter().map(|row| row.0)
    }

    /// The section of TOL 2008 that has the name of this one: from K on the letters differ. None for
    /// what TOL 2025 parted from J.
    #[must_use]
    pub fn namesake_2008(self, section: char) -> Option<char> {
        match (self, section) {
            (Self::Y2025, 'J' | 'K') => None,
            (Self::Y2025, 'L'..='V') => char::from_u32(u32::from(section) - 1),
            _ => Some(section),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_digits_may_have_another_letter() {
        assert_eq!(Tol::Y2008.section_of("62010"), Some('J'));
        assert_eq!(Tol::Y2025.section_of("62010"), Some('K'));
        assert_eq!(Tol::Y2008.section_of("88"), Some('Q'));
        assert_eq!(Tol::Y2025.section_of("88"), Some('R'));
        assert_eq!(Tol::Y2008.section_of("45200"), Some('G'));
        assert_eq!(Tol::Y2025.section_of("45200"), None, "division 45 is no more");
        for text in ["", "1", "123456", "1a", "04", "äö"] {
            assert_eq!(Tol::Y2008.section_of(text), None, "{text}");
        }
    }

    #[test]
    fn names_do_not_follow_letters() {
        assert_eq!(Tol::Y2025.namesake_2008('L'), Some('K'));
        assert_eq!(Tol::Y2025.namesake_2008('V'), Some('U'));
        assert_eq!(Tol::Y2025.namesake_2008('K'), None);
        assert_eq!(Tol::Y2008.namesake_2008('K'), Some('K'));
        assert!(Tol::Y2025.has("V") && !Tol::Y2008.has("V") && !Tol::Y2008.has("AB"));
    }
}
