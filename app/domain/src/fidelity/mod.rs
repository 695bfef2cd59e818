//! The 25 criteria: what a service's records say of each on a day, in words that can be checked.
//!
//! | You look for | Module |
//! |---|---|
//! | the items, their sections, how far records can speak for each; totals and bands | this one |
//! | what of a unit's records the criteria look at | [`records`] |
//! | the windows in which they are looked at | [`window`] |
//! | the estimates | [`estimate`] |
//! | what habits would change | [`ahead`] |
//! | what a unit chooses about the rules | [`choices`] |
//! | what people attest where records can't say | [`attest`] |
//! | what looks as if it were made for a review | [`spread`] |
//! | what a unit does to do better | [`improvement`] |
//! | the dossier, opened to a reviewer | [`dossier`] |
//! | scores that people give, agree on and sign | [`assessment`] |
//! | scores from a file | [`import`] |
//! | titles and guidance in three languages | `pack` (feature `package`) |
//!
//! An estimate is not a score: people score, and an estimate is never added into a total.

pub mod ahead;
pub mod assessment;
pub mod attest;
pub mod choices;
pub mod dossier;
pub mod estimate;
pub mod import;
pub mod improvement;
#[cfg(feature = "package")]
pub mod pack;
pub mod records;
pub mod spread;
pub mod window;

use crate::codes::{Code, codes};

/// So many items.
pub const ITEMS: u8 = 25;

codes! {
    /// The sections of the scale.
    Section {
        /// Items 1–3.
        Staffing = "staffing",
        /// Items 4–11.
        Organisation = "organisation",
        /// Items 12–25.
        Services = "services",
    }

    /// How far a service's own records can speak for an item.
    Strength {
        /// They say it.
        Computed = "C",
        /// They say most of it.
        Evidenced = "E",
        /// They say a part.
        Partly = "P",
        /// They say nothing: people judge.
        Judgement = "J",
    }

    /// What a total of all 25 items means. Points from `domain/fidelity`: 115, 100, 74.
    Band {
        /// 115–125.
        Exemplary = "exemplary",
        /// 100–114.
        Good = "good",
        /// 74–99.
        Fair = "fair",
        /// 25–73.
        NotSupported = "not_supported",
    }
}

/// The section of an item.
#[must_use]
pub fn section(item: u8) -> Section {
    match item {
        ..=3 => Section::Staffing,
        4..=11 => Section::Organisation,
        _ => Section::Services,
    }
}

/// How far records can speak for an item.
#[must_use]
pub fn strength(item: u8) -> Strength {
    match item {
        1 | 2 | 4 | 15 | 17 | 19 | 20 | 21 | 23 | 24 => Strength::Computed,
        3 | 6 | 7 | 8 | 12 | 13 | 14 | 16 | 22 | 25 => Strength::Evidenced,
        5 | 9 | 10 | 18 => Strength::Partly,
        _ => Strength::Judgement,
    }
}

/// The total of an assessment and what it means; nothing until each of the 25 items has a score.
#[must_use]
pub fn total(scores: &[Option<u8>]) -> Option<(u8, Band)> {
    if scores.len() != usize::from(ITEMS) {
        return None;
    }
    let total: u8 = scores.iter().copied().sum::<Option<u8>>()?;
    Some((total, band(total)))
}

/// What a total means.
#[must_use]
pub fn band(total: u8) -> Band {
    match total {
        115.. => Band::Exemplary,
        100..=114 => Band::Good,
        74..=99 => Band::Fair,
        _ => Band::NotSupported,
    }
}

/// Points that are missing to the next band; none in the highest.
#[must_use]
pub fn to_next_band(total: u8) -> Option<(u8, Band)> {
    let next = [74, 100, 115].into_iter().find(|points| *points > total)?;
    Some((next - total, band(next)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_band_begins_at_its_points() {
        for (total, wanted) in [
            (25, Band::NotSupported),
            (73, Band::NotSupported),
            (74, Band::Fair),
            (99, Band::Fair),
            (100, Band::Good),
            (114, Band::Good),
            (115, Band::Exemplary),
            (125, Band::Exemplary),
        ] {
            assert_eq!(band(total), wanted, "{total}");
        }
        assert_eq!(to_next_band(97), Some((3, Band::Good)));
        assert_eq!(to_next_band(100), Some((15, Band::Exemplary)));
        assert_eq!(to_next_band(115), None);
    }

    #[test]
    fn the_sections_have_three_eight_and_fourteen_items() {
        let of = |wanted| (1..=ITEMS).filter(|item| section(*item) == wanted).count();
        assert_eq!([of(Section::Staffing), of(Section::Organisation), of(Section::Services)], [3, 8, 14]);
    }

    proptest! {
        #[test]
        fn there_is_no_total_until_all_are_there(scores in prop::collection::vec(prop::option::weighted(0.97, 1_u8..=5), 20..=25)) {
            let whole = scores.len() == 25 && scores.iter().all(Option::is_some);
            let total = total(&scores);
            prop_assert_eq!(total.is_some(), whole);
            if let Some((total, _)) = total {
                prop_assert!((25..=125).contains(&total));
            }
        }
    }
}
