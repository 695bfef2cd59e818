//! Is a typed employer one that the register has already? Company forms, dots and rings, the order of
//! the words and a slip or two don't make another one; another municipality does.
//!
//! The same rule warns while typing, in the browser over the whole register, and decides what an
//! employer named on the spot is on the server.

use crate::business_id::BusinessId;
use crate::employers::core_name;
use crate::text::{fold, letters};

/// How surely two employers are one, the surest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// The names differ by a slip or two.
    NearName,
    /// The names are the same, but for the form of the company and the order of the words.
    SameName,
    /// The business identity codes are the same.
    SameBusinessId,
}

/// An employer, prepared once for many comparisons.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prepared {
    /// The words of the core name, in order of the alphabet.
    core: String,
    /// A bit for each letter that stands in it: most names are told apart by these alone.
    letters: u32,
    municipality: String,
    business_id: Option<BusinessId>,
}

/// Names with fewer letters than this are told apart by each letter: too many short names are near.
const SHORTEST: usize = 5;
/// Names with at least so many letters may hold two slips.
const LONG: usize = 9;

impl Prepared {
    /// Prepares an employer; what is not known of it is left out.
    #[must_use]
    pub fn new(name: &str, municipality: Option<&str>, business_id: Option<BusinessId>) -> Self {
        let core = core_name(name);
        let mut words: Vec<&str> = core.split(' ').collect();
        words.sort_unstable();
        let core = words.join(" ");
        let letters = letters(&core);
        Self { core, letters, municipality: municipality.map(fold).unwrap_or_default(), business_id }
    }

    /// The words of the name by which employers are told apart, in order of the alphabet.
    #[must_use]
    pub fn core(&self) -> &str {
        &self.core
    }

    /// Are the two in one municipality, or is either's not known?
    #[must_use]
    pub fn is_same_place(&self, other: &Self) -> bool {
        self.municipality.is_empty()
            || other.municipality.is_empty()
            || self.municipality == other.municipality
    }

    /// May this one and the other be the same, and how surely? Nothing is said before there are
    /// letters enough to say it.
    #[must_use]
    pub fn likeness(&self, other: &Self) -> Option<Likeness> {
        if let (Some(one), Some(two)) = (&self.business_id, &other.business_id) {
            return (one == two).then_some(Likeness::SameBusinessId);
        }
        if !self.is_same_place(other) || self.core.is_empty() || other.core.is_empty() {
            return None;
        }
        if self.core == other.core {
            return Some(Likeness::SameName);
        }
        let shorter = self.core.len().min(other.core.len());
        let slips = match shorter {
            0..SHORTEST => return None,
            SHORTEST..LONG => 1,
            _ => 2,
        };
        // A slip changes one letter for another: two bits at most.
        if (self.letters ^ other.letters).count_ones() as usize > 2 * slips {
            return None;
        }
        within(self.core.as_bytes(), other.core.as_bytes(), slips).then_some(Likeness::NearName)
    }
}

/// Is one text within `slips` letters (wrong, missing, too many) of the other? Stops as soon as it can't
/// be.
fn within(one: &[u8], two: &[u8], slips: usize) -> bool {
    if one.len().abs_diff(two.len()) > slips {
        return false;
    }
    let mut row: Vec<usize> = (0..=two.len()).collect();
    for (at, letter) in one.iter().enumerate() {
        let mut corner = row[0];
        row[0] = at + 1;
        let mut best = row[0];
        for (to, other) in two.iter().enumerate() {
            let change = corner + usize::from(letter != other);
            corner = row[to + 1];
            row[to + 1] = change.min(row[to] + 1).min(corner + 1);
            best = best.min(row[to + 1]);
        }
        if best > slips {
            return false;
        }
    }
    row[two.len()] <= slips
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn like(one: &str, two: &str) -> Option<Likeness> {
        Prepared::new(one, None, None).likeness(&Prepared::new(two, None, None))
    }

    #[test]
    fn forms_order_and_letters_make_no_other_employer() {
        assert_eq!(like("Åkerlund Oy", "Oy Akerlund Ab"), Some(Likeness::SameName));
        assert_eq!(like("Kahvila Aamu", "Aamu kahvila Tmi"), Some(Likeness::SameName));
        assert_eq!(like("Konditori Åkerlund", "Konditori Åkerlnd"), Some(Likeness::NearName));
        assert_eq!(like("Rantakorpi Kauppa Oy", "Rantakorpi Kahvila Oy"), None);
        assert_eq!(like("Oiva", "Oivi"), None, "short names differ by a letter");
        assert_eq!(like("", "Oy"), None);
    }

    #[test]
    fn a_branch_in_another_town_is_another_employer() {
        let in_town = |town| Prepared::new("Leipomo Ohra", Some(town), None);
        assert_eq!(in_town("Kuopio").likeness(&in_town("Iisalmi")), None);
        assert_eq!(in_town("Kuopio").likeness(&in_town("KUOPIO")), Some(Likeness::SameName));
        let unknown = Prepared::new("Leipomo Ohra", None, None);
        assert_eq!(in_town("Kuopio").likeness(&unknown), Some(Likeness::SameName));
    }

    #[test]
    fn the_business_id_has_the_last_word() {
        let with = |name, id: &str| Prepared::new(name, None, BusinessId::parse(id).ok());
        assert_eq!(
            with("Ohra", "0001004-9").likeness(&with("Vehnä", "0001004-9")),
            Some(Likeness::SameBusinessId)
        );
        assert_eq!(with("Ohra Leipomo", "0001004-9").likeness(&with("Ohra Leipomo", "0001019-6")), None);
    }

    proptest! {
        #[test]
        fn likeness_is_mutual_and_everybody_is_like_themselves(
            one in "[a-zåäö]{1,12}( [a-zåäö]{1,9}){0,2}", two in "[a-zåäö]{1,12}( [a-zåäö]{1,9}){0,2}",
        ) {
            prop_assert_eq!(like(&one, &two), like(&two, &one));
            prop_assert_eq!(like(&one, &one), Some(Likeness::SameName));
        }

        #[test]
        fn one_slip_in_a_long_name_is_near(name in "[b-y]{9,20}", at in 0_usize..9, letter in "[az]") {
            let mut slipped = name.clone();
            slipped.replace_range(at..=at, &letter);
            prop_assert_eq!(like(&name, &slipped), Some(Likeness::NearName));
        }

        #[test]
        fn what_is_far_is_not_near(name in "[a-m]{9,20}", other in "[n-z]{9,20}") {
            prop_assert_eq!(like(&name, &other), None);
        }
    }
}
