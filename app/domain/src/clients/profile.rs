//! The professional profile: what a person wishes for, can, and needs at work. Versioned; what is wished for
//! in kinds of work, hours and places is kept apart from the words, so that it can be matched later.

use crate::codes::{Code, Travel, WorkTime};
use crate::form;
use crate::forms::{self, FieldError};
use crate::referrals::{codes, parse_codes};
use serde::{Deserialize, Serialize};

form! {
    /// The profile as it is typed.
    ProfileFields {
        /// What work the person wishes, in the person's words.
        wishes: words,
        /// Kinds of work wished: letters of TOL 2008, parted by spaces.
        sectors: line,
        /// Hours a week, at least.
        hours_from: line,
        /// Hours a week, at most.
        hours_to: line,
        /// When: codes of [`WorkTime`], parted by spaces.
        times: line,
        /// Municipalities in which the person would work, parted by commas.
        places: line,
        /// Ways to get there: codes of [`Travel`], parted by spaces.
        travel: line,
        /// What the person does not want.
        avoid: words,
        /// Strengths.
        strengths: words,
        /// Work and studies so far.
        history: words,
        /// What limits work.
        limits: words,
        /// What helps at work.
        supports: words,
        /// Benefits and what they allow.
        benefits: words,
    }
}

/// A profile that can be kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// What work the person wishes, in the person's words.
    pub wishes: String,
    /// Kinds of work wished: letters of TOL 2008.
    pub sectors: Vec<char>,
    /// Hours a week, at least.
    pub hours_from: Option<u8>,
    /// Hours a week, at most.
    pub hours_to: Option<u8>,
    /// When.
    pub times: Vec<WorkTime>,
    /// Municipalities in which the person would work.
    pub places: Vec<String>,
    /// Ways to get there.
    pub travel: Vec<Travel>,
    /// What the person does not want.
    pub avoid: String,
    /// Strengths.
    pub strengths: String,
    /// Work and studies so far.
    pub history: String,
    /// What limits work.
    pub limits: String,
    /// What helps at work.
    pub supports: String,
    /// Benefits and what they allow.
    pub benefits: String,
}

/// The most hours that somebody works in a week.
const HOURS_MAX: u8 = 48;

impl ProfileFields {
    /// The fields that would make `profile`.
    #[must_use]
    pub fn of(profile: &Profile) -> Self {
        let number = |hours: Option<u8>| hours.map(|hours| hours.to_string()).unwrap_or_default();
        let letters: Vec<String> = profile.sectors.iter().map(char::to_string).collect();
        Self {
            wishes: profile.wishes.clone(),
            sectors: letters.join(" "),
            hours_from: number(profile.hours_from),
            hours_to: number(profile.hours_to),
            times: codes(&profile.times),
            places: profile.places.join(", "),
            travel: codes(&profile.travel),
            avoid: profile.avoid.clone(),
            strengths: profile.strengths.clone(),
            history: profile.history.clone(),
            limits: profile.limits.clone(),
            supports: profile.supports.clone(),
            benefits: profile.benefits.clone(),
        }
    }

    /// Reads the form; everything may be empty: a profile grows.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self) -> Result<Profile, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let mut sectors: Vec<char> = fields.sectors.split_whitespace().flat_map(str::chars).collect();
        sectors.sort_unstable();
        sectors.dedup();
        if sectors.iter().any(|letter| !letter.is_ascii_uppercase() || *letter > 'U') {
            errors.push(FieldError::Choice("sectors"));
        }
        let hours_from = hours(&fields.hours_from, "hours_from", &mut errors);
        let hours_to = hours(&fields.hours_to, "hours_to", &mut errors);
        if let (Some(from), Some(to)) = (hours_from, hours_to)
            && from > to
        {
            errors.push(FieldError::Number("hours_to"));
        }
        let times = listed(&fields.times, "times", &mut errors);
        let travel = listed(&fields.travel, "travel", &mut errors);
        let places = fields.places.split(',').map(str::trim).filter(|place| !place.is_empty());
        let profile = Profile {
            places: places.map(str::to_owned).collect(),
            sectors,
            hours_from,
            hours_to,
            times,
            travel,
            wishes: fields.wishes,
            avoid: fields.avoid,
            strengths: fields.strengths,
            history: fields.history,
            limits: fields.limits,
            supports: fields.supports,
            benefits: fields.benefits,
        };
        forms::checked(profile, Self::NAMES, errors)
    }
}

fn listed<T: Code + PartialEq>(text: &str, field: &'static str, errors: &mut Vec<FieldError>) -> Vec<T> {
    parse_codes(text).unwrap_or_else(|| {
        errors.push(FieldError::Choice(field));
        Vec::new()
    })
}

fn hours(text: &str, field: &'static str, errors: &mut Vec<FieldError>) -> Option<u8> {
    if text.is_empty() {
        return None;
    }
    let hours = text.parse().ok().filter(|hours| (1..=HOURS_MAX).contains(hours));
    if hours.is_none() {
        errors.push(FieldError::Number(field));
    }
    hours
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_profile_may_be_empty_and_comes_back_as_it_was() {
        assert_eq!(ProfileFields::default().read(), Ok(Profile::default()));
        let fields = ProfileFields {
            wishes: "Kaupan takahuone.\nEi kassaa.".into(),
            sectors: "G C".into(),
            hours_from: "10".into(),
            hours_to: "25".into(),
            times: "evening morning".into(),
            places: "Kuopio,  Siilinjärvi ,".into(),
            travel: "car".into(),
            ..ProfileFields::default()
        };
        let profile = fields.read().unwrap();
        assert_eq!(profile.sectors, ['C', 'G']);
        assert_eq!(profile.times, [WorkTime::Morning, WorkTime::Evening]);
        assert_eq!(profile.places, ["Kuopio", "Siilinjärvi"]);
        assert_eq!(ProfileFields::of(&profile).read(), Ok(profile));
    }

    #[test]
    fn hours_are_a_week_s_and_in_order() {
        let hours = |from: &str, to: &str| {
            ProfileFields { hours_from: from.into(), hours_to: to.into(), ..ProfileFields::default() }
                .read()
                .map(drop)
        };
        assert!(hours("20", "").is_ok() && hours("20", "20").is_ok());
        assert_eq!(
            hours("0", "60"),
            Err(vec![FieldError::Number("hours_from"), FieldError::Number("hours_to")])
        );
        assert_eq!(hours("30", "20"), Err(vec![FieldError::Number("hours_to")]));
    }

    proptest! {
        #[test]
        fn what_can_be_read_comes_back(sectors in "[A-Z ]{0,6}", places in "[a-zäö, ]{0,30}", wishes in "\\PC{0,40}") {
            let fields = ProfileFields { sectors, places, wishes, ..ProfileFields::default() };
            if let Ok(profile) = fields.read() {
                prop_assert_eq!(ProfileFields::of(&profile).read(), Ok(profile));
            }
        }
    }
}
