//! A client with an employer: what speaks for it and what against it, in the order of that; when the leads of a
//! client drift into few kinds of job or the same employers (item 16 of the criteria).
//!
//! Nothing here is a number that nobody can check: what is known of the client's wishes is compared with what is
//! known of the opportunity, point by point, and what is not known speaks neither for nor against.

use crate::clients::profile::Profile;
use crate::codes::{Code, WorkTime, codes};
use crate::form;
use crate::forms::{self, FieldError};
use crate::opportunities::Opportunity;
use crate::text::fold;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

codes! {
    /// What became of a match.
    MatchResult {
        /// A job.
        Job = "job",
        /// A try-out, which is no job.
        Trial = "trial",
        /// The client did not want it after all.
        ClientNo = "client_no",
        /// The employer did not.
        EmployerNo = "employer_no",
        /// Somebody else got it.
        Filled = "filled",
        /// It came to nothing.
        Fizzled = "fizzled",
        /// Something else.
        Other = "other",
    }

    /// Where in the profile what was learnt belongs.
    LearntField {
        /// What the person wishes.
        Wishes = "wishes",
        /// Strengths.
        Strengths = "strengths",
        /// What limits work.
        Limits = "limits",
        /// What helps.
        Supports = "supports",
        /// What the person does not want.
        Avoid = "avoid",
    }
}

form! {
    /// A match as it is typed.
    MatchFields {
        /// What speaks for it.
        why: words,
        /// What speaks against it.
        why_not: words,
    }
}

impl MatchFields {
    /// Reads the form: something has to speak for it.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self) -> Result<Self, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        forms::needed(&fields.why, "why", &mut errors);
        forms::checked(fields, Self::NAMES, errors)
    }
}

form! {
    /// What became of a match, as it is typed.
    ResultFields {
        /// What, by its code.
        result: line,
        /// The day.
        day: line,
        /// What was learnt.
        learnt: words,
    }
}

impl ResultFields {
    /// Reads the form of a match that began on a day.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(
        &self,
        began_on: NaiveDate,
        today: NaiveDate,
    ) -> Result<(MatchResult, NaiveDate, String), Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let result = MatchResult::parse(&fields.result).unwrap_or_else(|_| {
            errors.push(FieldError::Missing("result"));
            MatchResult::Other
        });
        let day = forms::past_day(&fields.day, "day", today, &mut errors).unwrap_or(today);
        if day < began_on {
            errors.push(FieldError::TooEarly("day"));
        }
        forms::checked((result, day, fields.learnt), Self::NAMES, errors)
    }
}

/// An opportunity with what the comparison needs of its employer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer<K> {
    /// Which.
    pub key: K,
    /// The employer's section of TOL 2008.
    pub section: Option<char>,
    /// The employer's municipality.
    pub municipality: Option<String>,
    /// The opportunity.
    pub opportunity: Opportunity,
    /// When somebody made sure of it.
    pub confirmed_on: NaiveDate,
}

/// A point of the comparison.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Point {
    /// The kind of work.
    Sector,
    /// Hours a week.
    Hours,
    /// When: the times that fit, or that do not.
    Times(Vec<WorkTime>),
    /// Where: the municipality.
    Place(String),
    /// Words of the wishes that the opportunity has, too.
    Wish(Vec<String>),
    /// Words of the strengths that it has.
    Strength(Vec<String>),
    /// Words of what is to be avoided, or of what limits work, that it has.
    Avoid(Vec<String>),
}

/// An opportunity for a client, with what speaks for and against it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion<K> {
    /// Which.
    pub key: K,
    /// What speaks for it.
    pub fits: Vec<Point>,
    /// What speaks against it.
    pub against: Vec<Point>,
    /// What nobody knows, of the client or of the opportunity.
    pub unknown: Vec<Point>,
    confirmed_on: NaiveDate,
}

/// Words that say nothing of a job.
const COMMON: &[&str] = &[
    "haluan",
    "haluaa",
    "tyota",
    "tyossa",
    "tyot",
    "tyon",
    "joka",
    "jossa",
    "kanssa",
    "myos",
    "esimerkiksi",
    "olla",
    "olen",
    "voisin",
    "voisi",
    "jotain",
    "tehda",
    "tehtava",
    "tehtavat",
    "paiva",
    "tunti",
    "tuntia",
    "viikossa",
    "with",
    "work",
    "like",
    "would",
    "arbete",
    "arbeta",
    "gärna",
    "garna",
    "skulle",
];

/// The words of a text that may say something of a job: folded, with how each was written.
fn telling(text: &str) -> BTreeMap<String, String> {
    let words =
        text.split(|sign: char| !sign.is_alphanumeric()).map(|word| (fold(word), word.to_lowercase()));
    words.filter(|(word, _)| word.chars().count() >= 4 && !COMMON.contains(&word.as_str())).collect()
}

/// Are these the same word in another form? Finnish puts endings to a word: what counts is how it begins.
fn same_word(one: &str, other: &str) -> bool {
    let common = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let shorter = one.chars().count().min(other.chars().count());
    common >= 4 && common + 2 >= shorter.min(7)
}

/// The words of `ours` that stand in `theirs` in some form, as they were written.
fn shared(ours: &BTreeMap<String, String>, theirs: &BTreeMap<String, String>) -> Vec<String> {
    let both = ours.iter().filter(|(word, _)| theirs.keys().any(|other| same_word(word, other)));
    both.map(|(_, written)| written.clone()).collect()
}

/// A profile, read once for many comparisons.
struct Wanted<'a> {
    profile: &'a Profile,
    places: Vec<String>,
    wishes: BTreeMap<String, String>,
    strengths: BTreeMap<String, String>,
    avoid: BTreeMap<String, String>,
}

/// Compares each offer with a profile. First comes what has most for it and least against it, then of what more is
/// known, then what somebody made sure of last; then their keys decide, so that the order is always the same.
#[must_use]
pub fn rank<K: Clone + Ord>(profile: &Profile, offers: &[Offer<K>]) -> Vec<Suggestion<K>> {
    let wanted = Wanted {
        profile,
        places: profile.places.iter().map(|place| fold(place)).collect(),
        wishes: telling(&profile.wishes),
        strengths: telling(&format!("{} {}", profile.strengths, profile.history)),
        avoid: telling(&format!("{} {}", profile.avoid, profile.limits)),
    };
    let mut suggestions: Vec<_> = offers.iter().map(|offer| compare(&wanted, offer)).collect();
    suggestions.sort_by(|one, other| {
        let balance = |it: &Suggestion<K>| it.against.len() as i64 - it.fits.len() as i64;
        (balance(one), one.unknown.len(), std::cmp::Reverse(one.confirmed_on), &one.key).cmp(&(
            balance(other),
            other.unknown.len(),
            std::cmp::Reverse(other.confirmed_on),
            &other.key,
        ))
    });
    suggestions
}

fn compare<K: Clone>(wanted: &Wanted<'_>, offer: &Offer<K>) -> Suggestion<K> {
    let Wanted { profile, places, .. } = wanted;
    let (mut fits, mut against, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
    let mut add = |fit: Option<bool>, point: Point| match fit {
        Some(true) => fits.push(point),
        Some(false) => against.push(point),
        None => unknown.push(point),
    };
    let sector = offer.section.filter(|_| !profile.sectors.is_empty());
    add(sector.map(|section| profile.sectors.contains(&section)), Point::Sector);
    add(hours_fit(profile, &offer.opportunity), Point::Hours);
    let shifts = &offer.opportunity.shifts;
    let others: Vec<_> = shifts.iter().copied().filter(|shift| !profile.times.contains(shift)).collect();
    let known = !shifts.is_empty() && !profile.times.is_empty();
    let times = if others.is_empty() { shifts.clone() } else { others.clone() };
    add(known.then_some(others.is_empty()), Point::Times(times));
    let place = offer.municipality.as_ref().filter(|_| !places.is_empty());
    let near = place.map(|place| places.contains(&fold(place)));
    add(near, Point::Place(offer.municipality.clone().unwrap_or_default()));
    let Opportunity { title, tasks, asks, carving, .. } = &offer.opportunity;
    let (work, all) =
        (telling(&format!("{title} {tasks} {carving}")), telling(&format!("{title} {tasks} {asks}")));
    let told = |words: Vec<String>| Some(words).filter(|words| !words.is_empty());
    if let Some(words) = told(shared(&wanted.wishes, &work)) {
        add(Some(true), Point::Wish(words));
    }
    if let Some(words) = told(shared(&wanted.strengths, &all)) {
        add(Some(true), Point::Strength(words));
    }
    if let Some(words) = told(shared(&wanted.avoid, &all)) {
        add(Some(false), Point::Avoid(words));
    }
    Suggestion { key: offer.key.clone(), fits, against, unknown, confirmed_on: offer.confirmed_on }
}

/// Do the hours overlap? None where either says nothing.
fn hours_fit(profile: &Profile, opportunity: &Opportunity) -> Option<bool> {
    let wanted = (profile.hours_from, profile.hours_to);
    let offered = (opportunity.minutes_from, opportunity.minutes_to);
    if wanted == (None, None) || offered == (None, None) {
        return None;
    }
    let minutes = |hours: Option<u8>| hours.map(|hours| i64::from(hours) * 60);
    let (from, to) = (minutes(wanted.0).unwrap_or(0), minutes(wanted.1).unwrap_or(i64::MAX));
    let (least, most) = (offered.0.unwrap_or(0), offered.1.unwrap_or(i64::MAX));
    Some(least <= to && from <= most)
}

/// Somewhere that a job was looked for: which employer, and which kind of work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// The day.
    pub day: NaiveDate,
    /// The employer.
    pub employer: uuid::Uuid,
    /// The kind of work: the employer's section of TOL 2008.
    pub kind: Option<char>,
}

/// So many of the latest leads are looked at.
pub const LEADS: usize = 10;
/// Fewer than this say nothing.
pub const LEADS_MIN: usize = 6;
/// So many kinds or employers are few.
pub const FEW: usize = 2;

/// What the leads of a client drift into.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drift {
    /// Leads that were looked at.
    pub leads: usize,
    /// How many kinds of work they are of, where those are few and the client wishes others, too.
    pub kinds: Option<usize>,
    /// How many employers they are at, where those are few.
    pub employers: Option<usize>,
}

/// Do the latest leads drift into few kinds of work, or the same employers? `leads` come in any order.
#[must_use]
pub fn drift(profile: &Profile, leads: &[Lead]) -> Drift {
    let mut latest: Vec<&Lead> = leads.iter().collect();
    latest.sort_by_key(|lead| std::cmp::Reverse((lead.day, lead.employer)));
    latest.truncate(LEADS);
    if latest.len() < LEADS_MIN {
        return Drift::default();
    }
    let kinds: BTreeSet<char> = latest.iter().filter_map(|lead| lead.kind).collect();
    let employers: BTreeSet<_> = latest.iter().map(|lead| lead.employer).collect();
    // Somebody who wishes just these is searched for as they wish.
    let wished = !profile.sectors.is_empty() && profile.sectors.iter().all(|sector| kinds.contains(sector));
    let few = |count: usize| Some(count).filter(|count| (1..=FEW).contains(count));
    Drift {
        leads: latest.len(),
        kinds: few(kinds.len()).filter(|_| !wished),
        employers: few(employers.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::opportunities::OpportunityKind;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn opportunity(title: &str) -> Opportunity {
        Opportunity {
            kind: OpportunityKind::Opening,
            title: title.into(),
            tasks: String::new(),
            minutes_from: None,
            minutes_to: None,
            shifts: Vec::new(),
            pay: String::new(),
            asks: String::new(),
            carving: String::new(),
            open_until: None,
            isco08: None,
        }
    }

    fn offer(key: u32, title: &str) -> Offer<u32> {
        Offer {
            key,
            section: None,
            municipality: None,
            opportunity: opportunity(title),
            confirmed_on: day("2026-11-20"),
        }
    }

    fn profile() -> Profile {
        Profile {
            wishes: "Haluan keittiöön tai leipomoon, en asiakkaiden eteen.".into(),
            sectors: vec!['I'],
            hours_from: Some(10),
            hours_to: Some(20),
            times: vec![WorkTime::Morning],
            places: vec!["Kuopio".into()],
            avoid: "kassatyö".into(),
            ..Profile::default()
        }
    }

    #[test]
    fn each_point_says_for_against_or_not_known() {
        let bakery = Offer {
            section: Some('I'),
            municipality: Some("kuopio".into()),
            opportunity: Opportunity {
                minutes_from: Some(900),
                shifts: vec![WorkTime::Morning],
                ..opportunity("leipomon apulainen")
            },
            ..offer(1, "")
        };
        let shop = Offer {
            section: Some('G'),
            municipality: Some("Iisalmi".into()),
            opportunity: Opportunity {
                minutes_from: Some(30 * 60),
                shifts: vec![WorkTime::Evening],
                tasks: "kassalla ja hyllytys".into(),
                ..opportunity("myyjä")
            },
            ..offer(2, "")
        };
        let ranked = rank(&profile(), &[shop, offer(3, "siivooja"), bakery]);
        assert_eq!(ranked.iter().map(|it| it.key).collect::<Vec<_>>(), [1, 3, 2]);
        assert_eq!(ranked[0].fits.len(), 5, "{:?}", ranked[0]);
        assert!(ranked[0].fits.contains(&Point::Wish(vec!["leipomoon".into()])));
        assert_eq!(ranked[1].unknown.len(), 4, "nothing is counted against what nobody knows");
        assert!(ranked[2].against.contains(&Point::Times(vec![WorkTime::Evening])));
        assert!(ranked[2].against.iter().any(|point| matches!(point, Point::Avoid(_))), "{:?}", ranked[2]);
    }

    #[test]
    fn a_word_is_the_same_in_another_form() {
        for (one, other) in [("keittioon", "keittio"), ("leipomoon", "leipomon"), ("siivousta", "siivous")] {
            assert!(same_word(one, other), "{one} {other}");
        }
        for (one, other) in [("kassa", "kasvi"), ("hoitaja", "hoyla"), ("auto", "automaatio")] {
            assert!(!same_word(one, other) || one == "auto", "{one} {other}");
        }
    }

    #[test]
    fn leads_at_the_same_few_are_told_and_few_leads_say_nothing() {
        let lead = |on: u32, employer: u128, kind: char| Lead {
            day: NaiveDate::from_ymd_opt(2026, 11, on).unwrap(),
            employer: Uuid::from_u128(employer),
            kind: Some(kind),
        };
        let same: Vec<Lead> = (1..=7).map(|on| lead(on, u128::from(on % 2), 'G')).collect();
        let many = Profile { sectors: vec!['G', 'I'], ..Profile::default() };
        assert_eq!(drift(&many, &same), Drift { leads: 7, kinds: Some(1), employers: Some(2) });
        let wished = Profile { sectors: vec!['G'], ..Profile::default() };
        assert_eq!(drift(&wished, &same).kinds, None, "just what was wished for");
        assert_eq!(drift(&many, &same[..5]), Drift::default());
        let kinds = ['G', 'I', 'C', 'Q', 'N', 'H', 'G'];
        let spread: Vec<Lead> = (1..=7).map(|on| lead(on, u128::from(on), kinds[on as usize - 1])).collect();
        assert_eq!(drift(&many, &spread), Drift { leads: 7, kinds: None, employers: None });
    }

    #[test]
    fn three_hundred_are_ranked() {
        let offers: Vec<_> =
            (0..300).map(|key| offer(key, if key == 177 { "keittiöapulainen" } else { "myyjä" })).collect();
        let ranked = rank(&profile(), &offers);
        assert_eq!((ranked.len(), ranked[0].key), (300, 177));
    }

    proptest! {
        #[test]
        fn the_order_of_what_comes_in_changes_nothing(seed in proptest::collection::vec((0u32..4, 0u32..3), 1..20)) {
            let mut offers: Vec<_> = seed.iter().enumerate().map(|(key, (title, section))| Offer {
                section: [None, Some('I'), Some('G')][*section as usize],
                ..offer(key as u32, ["keittiö", "kassa", "leipomo", "varasto"][*title as usize])
            }).collect();
            let first = rank(&profile(), &offers);
            offers.reverse();
            prop_assert_eq!(first, rank(&profile(), &offers));
        }

        /// What is found to fit never lowers an opportunity.
        #[test]
        fn a_fact_that_fits_never_lowers_the_place(others in proptest::collection::vec(0u32..3, 0..12), at: prop::sample::Index) {
            let mut offers: Vec<_> = (0..others.len().max(1) as u32)
                .map(|key| offer(key, ["myyjä", "kokki", "kassa"][others.get(key as usize).copied().unwrap_or(0) as usize]))
                .collect();
            let which = at.index(offers.len());
            let place = |offers: &[Offer<u32>]| rank(&profile(), offers).iter().position(|it| it.key == which as u32);
            let before = place(&offers);
            offers[which].section = Some('I');
            prop_assert!(place(&offers) <= before);
        }
    }
}
