//! A clinic team's memo that refers a client: what it says, what becomes of it, and the clocks on it.
//!
//! A memo is sent once. What was wrong in it is corrected by a new version; the old one stays. The team
//! that sent it sees the days of what followed, and nothing more (S16).

use crate::calendar::days_between;
use crate::codes::lists::{CodeList, Names, Version, chosen};
use crate::codes::{Code, DeclineReason, Share};
use crate::employers::names::holds_identity_code;
use crate::form;
use crate::forms::{self, FieldError};
use crate::ids::{ClientId, PersonId, ReferralId};
use crate::likeness::{Likeness, Prepared};
use crate::text::{fold, rank};
use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use uuid::Uuid;

/// The clock says that the day is near, so many days after the memo.
const NEAR_DAYS: u32 = 10;

/// A first meeting is held within so many days of the memo (the pilot counties' promise).
pub const FIRST_MEETING_DAYS: u32 = 14;

form! {
    /// The memo as it is typed.
    MemoFields {
        /// Who: the person's name.
        name: line,
        /// Year of birth.
        birth_year: line,
        /// The person's telephone.
        phone: line,
        /// The person's own wish to work, in the person's words.
        wish: words,
        /// How and when the person wishes to be contacted.
        contact_wish: words,
        /// What may be shared: codes of [`Share`], parted by spaces.
        share: line,
        /// Until when.
        share_until: line,
        /// Text pasted from the record system, or other words.
        words: words,
    }
}

/// A memo that can be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Memo {
    /// The person's name.
    pub name: String,
    /// Year of birth.
    pub birth_year: Option<i64>,
    /// The person's telephone; may be empty.
    pub phone: String,
    /// The person's own wish to work. It is the only ground that a memo needs.
    pub wish: String,
    /// How and when the person wishes to be contacted; may be empty.
    pub contact_wish: String,
    /// What may be shared.
    pub share: Vec<Share>,
    /// Until when.
    pub share_until: Option<NaiveDate>,
    /// Other words; may be empty.
    pub words: String,
}

impl MemoFields {
    /// The fields that would make `memo`.
    #[must_use]
    pub fn of(memo: &Memo) -> Self {
        Self {
            name: memo.name.clone(),
            birth_year: memo.birth_year.map(|year| year.to_string()).unwrap_or_default(),
            phone: memo.phone.clone(),
            wish: memo.wish.clone(),
            contact_wish: memo.contact_wish.clone(),
            share: codes(&memo.share),
            share_until: memo.share_until.map(|day| day.to_string()).unwrap_or_default(),
            words: memo.words.clone(),
        }
    }

    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form. A personal identity code is refused: a memo
    /// travels outside the record system.
    pub fn read(&self, today: NaiveDate) -> Result<Memo, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        forms::needed(&fields.name, "name", &mut errors);
        forms::needed(&fields.wish, "wish", &mut errors);
        forms::phone(&fields.phone, "phone", &mut errors);
        let birth_year = forms::birth_year(&fields.birth_year, "birth_year", today, &mut errors);
        let share = parse_codes(&fields.share).unwrap_or_else(|| {
            errors.push(FieldError::Choice("share"));
            Vec::new()
        });
        let share_until = forms::day(&fields.share_until, "share_until", today, &mut errors);
        match share_until {
            Some(until) if until < today => errors.push(FieldError::TooEarly("share_until")),
            None if !share.is_empty() && fields.share_until.is_empty() => {
                errors.push(FieldError::Missing("share_until"));
            }
            _ => {}
        }
        for name in Self::NAMES {
            if holds_identity_code(fields.field(name)) {
                errors.push(FieldError::IdentityCode(name));
            }
        }
        let MemoFields { name, phone, wish, contact_wish, words, .. } = fields;
        let memo = Memo { name, birth_year, phone, wish, contact_wish, share, share_until, words };
        forms::checked(memo, Self::NAMES, errors)
    }
}

/// Codes of a list, parted by spaces.
#[must_use]
pub fn codes<T: Code>(values: &[T]) -> String {
    values.iter().map(|value| value.code()).collect::<Vec<_>>().join(" ")
}

/// The values of codes parted by spaces, in the list's own order; none when one of them is unknown.
#[must_use]
pub fn parse_codes<T: Code + PartialEq>(text: &str) -> Option<Vec<T>> {
    let found: Vec<T> = text.split_whitespace().map(|code| T::parse(code).ok()).collect::<Option<_>>()?;
    Some(T::ALL.iter().copied().filter(|value| found.contains(value)).collect())
}

impl DeclineReason {
    /// Does the reason shut somebody out whom the method would take? Whoever wants to work is taken
    /// (criterion *zero exclusion*): such a reason is told to the lead.
    #[must_use]
    pub fn excludes(self) -> bool {
        matches!(
            self,
            Self::NotReady | Self::SubstanceUse | Self::NoMotivation | Self::Symptoms | Self::Background
        )
    }
}

/// What has become of a memo: each with its day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Course {
    /// Sent by the team.
    pub sent_on: NaiveDate,
    /// Read by the unit.
    pub received_on: Option<NaiveDate>,
    /// Taken up, or not.
    pub decided_on: Option<NaiveDate>,
    /// Was it taken up?
    pub accepted: Option<bool>,
    /// The first meeting.
    pub first_meeting_on: Option<NaiveDate>,
    /// The meeting of three in which the service is explained.
    pub info_on: Option<NaiveDate>,
    /// The agreement.
    pub agreement_on: Option<NaiveDate>,
    /// The team took the memo back.
    pub withdrawn_on: Option<NaiveDate>,
}

/// Where a memo is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Stage {
    /// Sent and not yet read.
    Sent,
    /// Read and not yet decided.
    Received,
    /// Taken up; no first meeting yet.
    Accepted,
    /// The first meeting was held.
    Met,
    /// The agreement was made.
    Agreed,
    /// Not taken up.
    Declined,
    /// Taken back by the team.
    Withdrawn,
}

impl Course {
    /// Where the memo is.
    #[must_use]
    pub fn stage(&self) -> Stage {
        if self.withdrawn_on.is_some() {
            Stage::Withdrawn
        } else if self.accepted == Some(false) {
            Stage::Declined
        } else if self.agreement_on.is_some() {
            Stage::Agreed
        } else if self.first_meeting_on.is_some() {
            Stage::Met
        } else if self.accepted == Some(true) {
            Stage::Accepted
        } else if self.received_on.is_some() {
            Stage::Received
        } else {
            Stage::Sent
        }
    }

    /// May the unit still decide about it? A decision may be changed until the first meeting.
    #[must_use]
    pub fn can_be_decided(&self) -> bool {
        matches!(self.stage(), Stage::Sent | Stage::Received | Stage::Accepted | Stage::Declined)
    }

    /// May the team still correct or take back what it sent?
    #[must_use]
    pub fn can_be_corrected(&self) -> bool {
        matches!(self.stage(), Stage::Sent | Stage::Received | Stage::Accepted)
    }

    /// The clock to the first meeting; none when it does not run any more.
    #[must_use]
    pub fn clock(&self, today: NaiveDate) -> Option<FirstMeetingClock> {
        matches!(self.stage(), Stage::Sent | Stage::Received | Stage::Accepted).then(|| FirstMeetingClock {
            days: days_between(self.sent_on, today),
            by: self.sent_on.checked_add_days(Days::new(FIRST_MEETING_DAYS.into())).unwrap_or(self.sent_on),
        })
    }
}

/// How long somebody has waited for the first meeting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FirstMeetingClock {
    /// Days since the memo.
    pub days: u32,
    /// The day by which it was promised.
    pub by: NaiveDate,
}

impl FirstMeetingClock {
    /// Is the promised day near, or over?
    #[must_use]
    pub fn is_near(self) -> bool {
        self.days >= NEAR_DAYS
    }

    /// Has the promise been broken?
    #[must_use]
    pub fn is_late(self) -> bool {
        self.days > FIRST_MEETING_DAYS
    }
}

/// A memo as the team that sent it sees it: its own words, and the days of what followed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentMemo {
    /// Which.
    pub id: ReferralId,
    /// What was sent, as it stands now.
    pub memo: Memo,
    /// The version of it; the first is 1.
    pub version: u32,
    /// Who of the team sent it.
    pub sent_by: String,
    /// The team.
    pub team: String,
    /// To which unit.
    pub unit: String,
    /// What has become of it.
    pub course: Course,
    /// The clock to the first meeting; none when it does not run.
    pub clock: Option<FirstMeetingClock>,
    /// Why it was not taken up.
    pub declined: Option<DeclineReason>,
    /// What the organisation calls this reason, where it chose an entry of its own.
    pub declined_own: Option<Names>,
}

/// How a memo stood before it was corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierMemo {
    /// Which version.
    pub version: u32,
    /// What it said.
    pub memo: Memo,
    /// Who corrected it.
    pub corrected_by: String,
    /// When.
    pub corrected_on: NaiveDate,
}

/// A memo as the unit sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedMemo {
    /// The memo with its course.
    pub sent: SentMemo,
    /// The client that it became.
    pub client: Option<ClientId>,
    /// The unit's words on why it was not taken up.
    pub decline_words: String,
    /// Who decided.
    pub decided_by: String,
    /// The care worker of the meeting of three.
    pub care_worker: String,
}

/// Whom a memo or a client is about, as far as it tells two people apart.
#[derive(Clone, Copy, Debug)]
pub struct Somebody<'a> {
    /// The name.
    pub name: &'a str,
    /// Year of birth.
    pub birth_year: Option<i64>,
    /// Telephone; may be empty.
    pub phone: &'a str,
}

impl Somebody<'_> {
    /// May the two be the same person, under whatever spelling? The same telephone, the same name, or
    /// names that are like each other where the years of birth don't tell them apart.
    #[must_use]
    pub fn may_be(self, other: Somebody<'_>) -> bool {
        let digits = |phone: &str| {
            let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
            // With and without the number of the country.
            digits.get(digits.len().saturating_sub(8)..).filter(|last| last.len() >= 6).map(str::to_owned)
        };
        if let (Some(one), Some(two)) = (digits(self.phone), digits(other.phone))
            && one == two
        {
            return true;
        }
        let likeness = Prepared::new(self.name, None, None).likeness(&Prepared::new(other.name, None, None));
        if likeness == Some(Likeness::SameName) {
            return true;
        }
        let (one, two) = (fold(self.name), fold(other.name));
        let found = |one: &str, two: &str| one.contains(' ') && rank(one, two).is_some();
        let like = likeness.is_some() || found(&one, &two) || found(&two, &one);
        let told_apart = matches!((self.birth_year, other.birth_year), (Some(one), Some(two)) if one != two);
        like && !told_apart
    }
}

/// The next free alias of a unit: `A` and a number. It says nothing about the person.
#[must_use]
pub fn next_alias<'a>(taken: impl IntoIterator<Item = &'a str>) -> String {
    let number = |alias: &str| alias.strip_prefix('A').and_then(|number| number.parse::<u32>().ok());
    let last = taken.into_iter().filter_map(number).max().unwrap_or(0);
    format!("A{}", last.saturating_add(1))
}

form! {
    /// What the unit decides, as it is typed.
    DecisionFields {
        /// `yes`, `join` or `no`.
        accepted: line,
        /// The coach who takes it up.
        coach: line,
        /// The client whose second memo it is.
        client: line,
        /// Why not: a code of [`DeclineReason`], or of an own entry.
        reason: line,
        /// Why not, in words.
        words: words,
    }
}

/// What the unit decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Taken up: somebody new becomes a client.
    Accept {
        /// The own coach.
        coach: PersonId,
    },
    /// It is one more memo of somebody who is a client.
    Join {
        /// Of whom.
        client: ClientId,
    },
    /// Not taken up.
    Decline {
        /// Why.
        reason: DeclineReason,
        /// The organisation's own entry that was chosen, which stands under that reason.
        own: Option<Uuid>,
        /// In words; a reason that shuts somebody out, and *other*, need them.
        words: String,
    },
}

impl DecisionFields {
    /// Reads the form. `own` are the organisation's own reasons: one that holds today can be chosen.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form. Declining needs a reason.
    pub fn read(&self, own: &[Version], today: NaiveDate) -> Result<Decision, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let decision = match fields.accepted.as_str() {
            "yes" => {
                let coach = fields.coach.parse().ok();
                if coach.is_none() {
                    errors.push(FieldError::Missing("coach"));
                }
                coach.map(|coach| Decision::Accept { coach })
            }
            "join" => {
                let client = fields.client.parse().ok();
                if client.is_none() {
                    errors.push(FieldError::Missing("client"));
                }
                client.map(|client| Decision::Join { client })
            }
            "no" => {
                let choice = chosen(CodeList::DeclineReasons, own, &fields.reason, &[today]);
                let own = choice.as_ref().and_then(|choice| choice.own);
                let reason = choice.and_then(|choice| DeclineReason::parse(&choice.official).ok());
                match reason {
                    None if fields.reason.is_empty() => errors.push(FieldError::Missing("reason")),
                    None => errors.push(FieldError::Choice("reason")),
                    // An own entry says what it is; shutting out is explained all the same.
                    Some(reason)
                        if reason.excludes() || (reason == DeclineReason::Other && own.is_none()) =>
                    {
                        forms::needed(&fields.words, "words", &mut errors);
                    }
                    Some(_) => {}
                }
                reason.map(|reason| Decision::Decline { reason, own, words: fields.words.clone() })
            }
            _ => {
                errors.push(FieldError::Missing("accepted"));
                None
            }
        };
        let decision = forms::checked(decision, Self::NAMES, errors)?;
        decision.ok_or_else(|| vec![FieldError::Missing("accepted")])
    }
}

form! {
    /// The first days with somebody, as they are typed.
    FirstDaysFields {
        /// The day of the first meeting.
        first_meeting_on: line,
        /// The day of the meeting of three.
        info_on: line,
        /// The care worker who was there.
        care_worker: line,
    }
}

/// The first meeting, and the meeting of three in which the service is explained.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FirstDays {
    /// The first meeting.
    pub first_meeting_on: Option<NaiveDate>,
    /// The meeting of three.
    pub info_on: Option<NaiveDate>,
    /// The care worker who was there.
    pub care_worker: String,
}

impl FirstDaysFields {
    /// The fields that would make `days`.
    #[must_use]
    pub fn of(days: &FirstDays) -> Self {
        let text = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        Self {
            first_meeting_on: text(days.first_meeting_on),
            info_on: text(days.info_on),
            care_worker: days.care_worker.clone(),
        }
    }

    /// Reads the form. A meeting of three is a meeting: it is the first when no other is named. Nothing
    /// where nothing stands, so that a day that was wrong can be taken back.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form: no day before the memo or ahead, no meeting of
    /// three without the third.
    pub fn read(&self, sent_on: NaiveDate, today: NaiveDate) -> Result<FirstDays, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let mut day = |text: &str, name| {
            let day = forms::day(text, name, today, &mut errors);
            match day {
                Some(day) if day > today => errors.push(FieldError::Ahead(name)),
                Some(day) if day < sent_on => errors.push(FieldError::TooEarly(name)),
                _ => {}
            }
            day
        };
        let met = day(&fields.first_meeting_on, "first_meeting_on");
        let info_on = day(&fields.info_on, "info_on");
        if info_on.is_some() {
            forms::needed(&fields.care_worker, "care_worker", &mut errors);
        } else if !fields.care_worker.is_empty() && fields.info_on.is_empty() {
            errors.push(FieldError::Missing("info_on"));
        }
        let first_meeting_on = match (met, info_on) {
            (Some(met), Some(info)) => Some(met.min(info)),
            (met, info) => met.or(info),
        };
        let days = FirstDays { first_meeting_on, info_on, care_worker: fields.care_worker };
        forms::checked(days, Self::NAMES, errors)
    }
}

/// How many memos were declined in a month, and how many of them for a reason that shuts somebody out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DeclineMonth {
    /// The first day of the month.
    pub month: NaiveDate,
    /// Memos decided in it.
    pub decided: u32,
    /// Declined.
    pub declined: u32,
    /// Declined for a reason that shuts somebody out.
    pub excluded: u32,
}

impl DeclineMonth {
    /// The months in which something was decided, the latest first: for each memo its day, and why it was
    /// not taken up.
    #[must_use]
    pub fn count(decided: impl IntoIterator<Item = (NaiveDate, Option<DeclineReason>)>) -> Vec<Self> {
        let mut months: BTreeMap<NaiveDate, Self> = BTreeMap::new();
        for (day, declined) in decided {
            let month = day.with_day(1).unwrap_or(day);
            let count = months.entry(month).or_insert(Self { month, decided: 0, declined: 0, excluded: 0 });
            count.decided += 1;
            count.declined += u32::from(declined.is_some());
            count.excluded += u32::from(declined.is_some_and(DeclineReason::excludes));
        }
        months.into_values().rev().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn fields() -> MemoFields {
        MemoFields {
            name: " Aino   Esimerkki ".into(),
            birth_year: "1990".into(),
            wish: "Haluan kauppaan töihin.".into(),
            share: "supports wishes".into(),
            share_until: "2027-05-01".into(),
            ..MemoFields::default()
        }
    }

    #[test]
    fn a_name_and_a_wish_are_enough() {
        let memo = MemoFields {
            name: "Aino Esimerkki".into(),
            wish: "Haluan töihin.".into(),
            ..MemoFields::default()
        };
        assert!(memo.read(day("2026-11-25")).is_ok());
        let empty = MemoFields::default().read(day("2026-11-25"));
        assert_eq!(empty, Err(vec![FieldError::Missing("name"), FieldError::Missing("wish")]));
    }

    #[test]
    fn what_may_be_shared_has_an_end_that_is_ahead() {
        let today = day("2026-11-25");
        let memo = fields().read(today).unwrap();
        assert_eq!(
            (memo.name.as_str(), memo.share.as_slice()),
            ("Aino Esimerkki", &[Share::Wishes, Share::Supports][..])
        );
        assert_eq!(MemoFields::of(&memo).read(today), Ok(memo));
        let until = |text: &str| MemoFields { share_until: text.into(), ..fields() }.read(today).map(drop);
        assert_eq!(until(""), Err(vec![FieldError::Missing("share_until")]));
        assert_eq!(until("2026-11-24"), Err(vec![FieldError::TooEarly("share_until")]));
        assert_eq!(until("huomenna"), Err(vec![FieldError::Day("share_until")]));
        let share = MemoFields { share: "diagnosis".into(), ..fields() }.read(today);
        assert_eq!(share, Err(vec![FieldError::Choice("share")]));
    }

    #[test]
    fn an_identity_code_does_not_travel() {
        for text in ["010190-123X", "hetu 010190A123X.", "131052-308T"] {
            assert!(holds_identity_code(text), "{text}");
            let memo = MemoFields { words: text.into(), ..fields() }.read(day("2026-11-25"));
            assert_eq!(memo, Err(vec![FieldError::IdentityCode("words")]));
        }
        for text in ["040-123 4567", "1.1.1990", "0101901234X", "puh 123456-7890123"] {
            assert!(!holds_identity_code(text), "{text}");
        }
    }

    #[test]
    fn a_memo_goes_its_way_and_its_clock_stops() {
        let mut course = Course { sent_on: day("2026-11-01"), ..Course::default() };
        let today = day("2026-11-15");
        assert_eq!(course.stage(), Stage::Sent);
        let clock = course.clock(today).unwrap();
        assert_eq!((clock.days, clock.by, clock.is_late()), (14, today, false));
        assert!(course.clock(day("2026-11-16")).unwrap().is_late());
        assert!(clock.is_near() && !course.clock(day("2026-11-10")).unwrap().is_near());
        course.received_on = Some(day("2026-11-02"));
        assert_eq!(course.stage(), Stage::Received);
        course.accepted = Some(false);
        assert_eq!((course.stage(), course.clock(today)), (Stage::Declined, None));
        assert!(course.can_be_decided() && !course.can_be_corrected());
        course.accepted = Some(true);
        assert_eq!(course.stage(), Stage::Accepted);
        course.first_meeting_on = Some(today);
        assert_eq!((course.stage(), course.clock(today)), (Stage::Met, None));
        course.agreement_on = Some(today);
        assert_eq!(course.stage(), Stage::Agreed);
        assert!(!course.can_be_decided() && !course.can_be_corrected());
    }

    #[test]
    fn declining_needs_a_reason_and_shutting_out_needs_words() {
        let entry = |code: &str, counts_as: DeclineReason| Version {
            id: Uuid::from_u128(7),
            code: code.into(),
            counts_as: counts_as.code().into(),
            names: Names::default(),
            from: day("2026-11-01"),
            ends_on: None,
        };
        let own = [entry("JONO", DeclineReason::Other), entry("KESKEN", DeclineReason::NotReady)];
        let decide = |reason: &str, words: &str| {
            DecisionFields {
                accepted: "no".into(),
                reason: reason.into(),
                words: words.into(),
                ..DecisionFields::default()
            }
            .read(&own, day("2026-11-25"))
        };
        assert_eq!(decide("", ""), Err(vec![FieldError::Missing("reason")]));
        assert!(decide("own_wish", "").is_ok());
        let own_id = Some(Uuid::from_u128(7));
        let queue = Decision::Decline { reason: DeclineReason::Other, own: own_id, words: String::new() };
        assert_eq!(decide("JONO", ""), Ok(queue));
        assert_eq!(decide("KESKEN", ""), Err(vec![FieldError::Missing("words")]), "whatever it is called");
        assert_eq!(decide("MUU", ""), Err(vec![FieldError::Choice("reason")]));
        for reason in DeclineReason::ALL {
            let needs_words = reason.excludes() || *reason == DeclineReason::Other;
            assert_eq!(decide(reason.code(), "").is_err(), needs_words, "{reason:?}");
            assert!(decide(reason.code(), "Sanoin miksi.").is_ok());
        }
        for accepted in ["yes", "join"] {
            assert!(
                DecisionFields { accepted: accepted.into(), ..DecisionFields::default() }
                    .read(&[], day("2026-11-25"))
                    .is_err()
            );
        }
        assert!(DecisionFields::default().read(&[], day("2026-11-25")).is_err());
    }

    #[test]
    fn one_person_under_two_spellings() {
        let aino = Somebody { name: "Aino Esimerkki", birth_year: Some(1990), phone: "+358 40 123 4567" };
        let like = |name, birth_year, phone| aino.may_be(Somebody { name, birth_year, phone });
        assert!(like("Esimerkki Aino", Some(1990), ""), "the order of the names");
        assert!(like("Aino Esimerki", Some(1990), ""), "a slip");
        assert!(like("Aino E", None, ""), "an initial");
        assert!(like("Aino Maria Esimerkki", Some(1990), ""), "one name more");
        assert!(like("Joku Aivan Muu", None, "0401234567"), "the same telephone");
        assert!(like("Aino Esimerkki", Some(1991), ""), "a year mistyped");
        assert!(!like("Aino Esimerki", Some(1970), ""), "a name that is near, and another year");
        assert!(!like("Aino", Some(1990), "") && !like("Eino Toinen", Some(1990), ""));
        assert!(!like("", None, ""));
    }

    #[test]
    fn an_alias_is_the_next_number_of_the_unit() {
        assert_eq!(next_alias([]), "A1");
        assert_eq!(next_alias(["A7", "Salme S.", "A12", "AB", "B40", "A-3"]), "A13");
    }

    #[test]
    fn a_meeting_of_three_has_a_third_and_comes_after_the_memo() {
        let (sent_on, today) = (day("2026-11-10"), day("2026-11-25"));
        let read = |met: &str, info: &str, who: &str| {
            FirstDaysFields { first_meeting_on: met.into(), info_on: info.into(), care_worker: who.into() }
                .read(sent_on, today)
        };
        let both = read("", "2026-11-20", "Hoitaja").unwrap();
        assert_eq!(both.first_meeting_on, Some(day("2026-11-20")));
        assert_eq!(FirstDaysFields::of(&both).read(sent_on, today), Ok(both));
        assert_eq!(read("", "", ""), Ok(FirstDays::default()));
        assert_eq!(read("", "2026-11-20", ""), Err(vec![FieldError::Missing("care_worker")]));
        assert_eq!(read("", "", "Hoitaja"), Err(vec![FieldError::Missing("info_on")]));
        assert_eq!(read("2026-11-26", "", ""), Err(vec![FieldError::Ahead("first_meeting_on")]));
        assert_eq!(read("2026-11-09", "", ""), Err(vec![FieldError::TooEarly("first_meeting_on")]));
    }

    #[test]
    fn months_count_what_was_declined_and_what_shut_out() {
        let counted = DeclineMonth::count([
            (day("2026-10-31"), Some(DeclineReason::NotReady)),
            (day("2026-11-01"), None),
            (day("2026-11-30"), Some(DeclineReason::OwnWish)),
        ]);
        let counts: Vec<_> = counted
            .iter()
            .map(|month| (month.month, month.decided, month.declined, month.excluded))
            .collect();
        assert_eq!(counts, [(day("2026-11-01"), 2, 1, 0), (day("2026-10-01"), 1, 1, 1)]);
    }

    proptest! {
        #[test]
        fn likeness_of_people_is_mutual(one in "[A-Za-zåäö ]{0,20}", two in "[A-Za-zåäö ]{0,20}", year in prop::option::of(1960_i64..1963)) {
            let of = |name, birth_year| Somebody { name, birth_year, phone: "" };
            prop_assert_eq!(of(&one, year).may_be(of(&two, Some(1961))), of(&two, Some(1961)).may_be(of(&one, year)));
        }

        #[test]
        fn codes_come_back_in_the_order_of_the_list(picked in prop::collection::vec(prop::sample::select(Share::ALL), 0..8)) {
            let found: Vec<Share> = parse_codes(&codes(&picked)).unwrap();
            prop_assert!(found.is_sorted() && picked.iter().all(|share| found.contains(share)));
            prop_assert!(found.iter().all(|share| picked.contains(share)));
        }

        #[test]
        fn no_text_breaks_the_reading(name in "\\PC{0,300}", wish in "\\PC{0,50}", until in "\\PC{0,12}") {
            let memo = MemoFields { name, wish, share_until: until, ..MemoFields::default() };
            if let Ok(read) = memo.read(day("2026-11-25")) {
                prop_assert_eq!(MemoFields::of(&read).read(day("2026-11-25")), Ok(read));
            }
        }
    }
}
