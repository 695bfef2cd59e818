//! An assessment: one or two people score the 25 items, each alone and without seeing the other's scores; then they
//! agree on one score an item, and sign. Both own scores are kept.

use super::{Band, ITEMS, total};
use crate::codes::{Code, codes};
use crate::form;
use crate::forms::{self, FieldError};
use crate::ids::PersonId;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

codes! {
    /// Who assessed.
    By {
        /// The service itself.
        Own = "self",
        /// Another service.
        Peer = "peer",
        /// Somebody from outside.
        External = "external",
    }

    /// How far an assessment is.
    Stage {
        /// Somebody has not looked at all 25 items yet.
        Scoring = "scoring",
        /// All have; they agree on one score an item.
        Settling = "settling",
        /// Signed: nothing changes any more.
        Signed = "signed",
    }
}

/// At most so many people assess together.
pub const ASSESSORS: usize = 2;

/// One assessor's own score of an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnScore {
    /// 1–5, or none while there is no evidence yet.
    pub score: Option<u8>,
    /// Why.
    pub reason: String,
    /// What it rests on beside the records.
    pub evidence: String,
}

/// The scores of an assessment.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// Each assessor's own, by item from 0.
    pub own: Vec<(PersonId, Vec<Option<OwnScore>>)>,
    /// What was agreed on, by item from 0.
    pub settled: Vec<Option<u8>>,
    /// Signed?
    pub signed: bool,
}

impl Scores {
    /// How far the assessment is.
    #[must_use]
    pub fn stage(&self) -> Stage {
        let looked = |scores: &[Option<OwnScore>]| {
            scores.iter().filter(|score| score.is_some()).count() == usize::from(ITEMS)
        };
        match (self.signed, self.own.iter().all(|(_, scores)| looked(scores))) {
            (true, _) => Stage::Signed,
            (false, true) if !self.own.is_empty() => Stage::Settling,
            _ => Stage::Scoring,
        }
    }

    /// The score of an item: what was agreed on, else the one that all own scores are.
    #[must_use]
    pub fn of(&self, item: u8) -> Option<u8> {
        let at = usize::from(item).checked_sub(1)?;
        if let Some(settled) = self.settled.get(at).copied().flatten() {
            return Some(settled);
        }
        let mut own = self.own.iter().map(|(_, scores)| scores.get(at)?.as_ref()?.score);
        let first = own.next()??;
        own.all(|other| other == Some(first)).then_some(first)
    }

    /// The items that have no score that all agree on.
    #[must_use]
    pub fn open(&self) -> Vec<u8> {
        (1..=ITEMS).filter(|item| self.of(*item).is_none()).collect()
    }

    /// All 25, as they would be signed.
    #[must_use]
    pub fn all(&self) -> Vec<Option<u8>> {
        (1..=ITEMS).map(|item| self.of(item)).collect()
    }

    /// The total and the band; nothing until each of the 25 has a score.
    #[must_use]
    pub fn total(&self) -> Option<(u8, Band)> {
        total(&self.all())
    }

    /// May it be signed: have all looked at all, and is there a score for each?
    #[must_use]
    pub fn can_be_signed(&self) -> bool {
        self.stage() == Stage::Settling && self.open().is_empty()
    }
}

form! {
    /// A new assessment as it is typed.
    BeginFields {
        /// The day.
        day: line,
        /// By whom: a code of [`By`].
        kind: line,
        /// The second assessor: an identity, or nothing.
        second: line,
    }
}

impl BeginFields {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self, today: NaiveDate) -> Result<(NaiveDate, By, Option<PersonId>), Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let day = forms::past_day(&fields.day, "day", today, &mut errors).unwrap_or(today);
        let kind = By::parse(&fields.kind).unwrap_or_else(|_| {
            errors.push(FieldError::Missing("kind"));
            By::Own
        });
        let second = (!fields.second.is_empty()).then(|| fields.second.parse::<PersonId>().ok());
        if second == Some(None) {
            errors.push(FieldError::Choice("second"));
        }
        forms::checked((day, kind, second.flatten()), Self::NAMES, errors)
    }
}

form! {
    /// A score as it is typed.
    ScoreFields {
        /// 1–5, or `none` while there is no evidence.
        score: line,
        /// Why.
        reason: words,
        /// What it rests on beside the records.
        evidence: words,
    }
}

impl ScoreFields {
    /// Reads the form. Where the records suggest another score, the reason has to be said.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self, suggested: Option<u8>) -> Result<OwnScore, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let score = match fields.score.as_str() {
            "none" => None,
            text => {
                let score = text.parse().ok().filter(|score| (1..=5).contains(score));
                if score.is_none() {
                    errors.push(FieldError::Missing("score"));
                }
                score
            }
        };
        if score.is_some() && suggested.is_some() && score != suggested {
            forms::needed(&fields.reason, "reason", &mut errors);
        }
        let (reason, evidence) = (fields.reason, fields.evidence);
        forms::checked(OwnScore { score, reason, evidence }, Self::NAMES, errors)
    }
}

/// What an assessor touched: the item as its form stands. A command, so that each touch is kept, and kept once. Only
/// what is saved on purpose is a score; everything else is a draft, which nobody counts and nobody else sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreItem {
    /// Of which assessment.
    pub assessment: Uuid,
    /// Which item, 1–25.
    pub item: u8,
    /// When, in milliseconds of the phone's clock: an older touch that comes late changes nothing.
    pub at: i64,
    /// Is it saved on purpose?
    pub save: bool,
    /// The form.
    pub form: ScoreFields,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own(scores: &[Option<u8>]) -> Vec<Option<OwnScore>> {
        let score =
            |score: &Option<u8>| OwnScore { score: *score, reason: String::new(), evidence: String::new() };
        scores.iter().map(|given| Some(score(given))).collect()
    }

    fn who(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    #[test]
    fn two_score_alone_then_agree_then_sign() {
        let mut scores = Scores {
            own: vec![(who(1), own(&[Some(4); 25])), (who(2), vec![None; 25])],
            settled: vec![None; 25],
            signed: false,
        };
        assert_eq!(scores.stage(), Stage::Scoring, "one has not begun");
        assert!(!scores.can_be_signed());
        scores.own[1].1 = own(&[Some(4); 25]);
        scores.own[1].1[6].as_mut().unwrap().score = Some(3);
        scores.own[1].1[7].as_mut().unwrap().score = None;
        assert_eq!((scores.stage(), scores.open()), (Stage::Settling, vec![7, 8]));
        assert_eq!(scores.total(), None, "no total until all are there");
        scores.settled[6] = Some(3);
        assert!(!scores.can_be_signed());
        scores.settled[7] = Some(5);
        assert!(scores.can_be_signed());
        assert_eq!(scores.total(), Some((100, Band::Good)), "23 fours, a three and a five");
        scores.signed = true;
        assert_eq!(scores.stage(), Stage::Signed);
        assert!(!scores.can_be_signed());
    }

    #[test]
    fn one_alone_needs_nobody_to_agree_with() {
        let mut scores =
            Scores { own: vec![(who(1), own(&[Some(5); 25]))], settled: vec![None; 25], signed: false };
        assert!(scores.can_be_signed());
        scores.own[0].1[24].as_mut().unwrap().score = None;
        assert_eq!(scores.open(), [25]);
    }

    #[test]
    fn another_score_than_the_records_suggest_is_given_with_a_reason() {
        let fields = |score: &str, reason: &str| ScoreFields {
            score: score.into(),
            reason: reason.into(),
            evidence: String::new(),
        };
        assert!(fields("4", "").read(Some(4)).is_ok());
        assert!(fields("4", "").read(None).is_ok());
        assert_eq!(fields("5", " ").read(Some(4)), Err(vec![FieldError::Missing("reason")]));
        assert!(fields("5", "Kalenterista.").read(Some(4)).is_ok());
        assert_eq!(fields("none", "").read(Some(4)).map(|own| own.score), Ok(None));
        for wrong in ["", "0", "6", "x"] {
            assert_eq!(fields(wrong, "").read(None), Err(vec![FieldError::Missing("score")]), "{wrong:?}");
        }
    }
}
