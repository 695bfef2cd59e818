//! A clinic team's memo that refers a client: what it says, what becomes of it, and the clocks on it.
//!
//! A memo is sent once. What was wrong in it is corrected by a new version; the old one stays. The team
//! that sent it sees the days of what followed, and nothing more (S16).

use crate::calendar::days_between;
use crate::codes::{Code, DeclineReason, Share};
use crate::form;
use crate::forms::{self, FieldError};
use crate::ids::{ClientId, ReferralId};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

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

/// Does a text hold something of the form of a personal identity code: six digits, the sign of a century,
/// three digits and a letter or digit?
#[must_use]
pub fn holds_identity_code(text: &str) -> bool {
    let signs: Vec<char> = text.chars().collect();
    signs.windows(11).enumerate().any(|(at, part)| {
        let alone = |sign: Option<&char>| sign.is_none_or(|sign| !sign.is_alphanumeric());
        part[..6].iter().all(char::is_ascii_digit)
            && "+-ABCDEFUVWXYabcdefuvwxy".contains(part[6])
            && part[7..10].iter().all(char::is_ascii_digit)
            && part[10].is_ascii_alphanumeric()
            && alone(at.checked_sub(1).and_then(|before| signs.get(before)))
            && alone(signs.get(at + 11))
    })
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
    /// How often it was corrected.
    pub corrections: u32,
    /// Who of the team sent it.
    pub sent_by: String,
    /// To which unit.
    pub unit: String,
    /// What has become of it.
    pub course: Course,
    /// Why it was not taken up.
    pub declined: Option<DeclineReason>,
}

/// A memo as the unit sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceivedMemo {
    /// The memo with its course.
    pub sent: SentMemo,
    /// The team that sent it.
    pub team: String,
    /// The client that it became.
    pub client: Option<ClientId>,
    /// The unit's words on why it was not taken up.
    pub decline_words: String,
    /// Open clients and memos of the unit that may be the same person: name, and the client if it is one.
    pub alike: Vec<(String, Option<ClientId>)>,
}

form! {
    /// What the unit decides, as it is typed.
    DecisionFields {
        /// `yes` or `no`.
        accepted: line,
        /// The coach who takes it up.
        coach: line,
        /// Why not: a code of [`DeclineReason`].
        reason: line,
        /// Why not, in words.
        words: words,
        /// The client whose second memo it is.
        client: line,
    }
}

/// What the unit decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Taken up: somebody new becomes a client, or it is the second memo of one.
    Accept {
        /// The own coach.
        coach: crate::ids::PersonId,
        /// The client that it is about, if there already.
        client: Option<ClientId>,
    },
    /// Not taken up.
    Decline {
        /// Why.
        reason: DeclineReason,
        /// In words; a reason that shuts somebody out, and *other*, need them.
        words: String,
    },
}

impl DecisionFields {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form. Declining needs a reason.
    pub fn read(&self) -> Result<Decision, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let decision = match fields.accepted.as_str() {
            "yes" => {
                let coach = fields.coach.parse();
                if coach.is_err() {
                    errors.push(FieldError::Missing("coach"));
                }
                let client = (!fields.client.is_empty()).then(|| fields.client.parse());
                let client = client.transpose().unwrap_or_else(|_| {
                    errors.push(FieldError::Choice("client"));
                    None
                });
                coach.ok().map(|coach| Decision::Accept { coach, client })
            }
            "no" => {
                let reason = DeclineReason::parse(&fields.reason).ok();
                match reason {
                    None => errors.push(FieldError::Missing("reason")),
                    Some(reason) if reason.excludes() || reason == DeclineReason::Other => {
                        forms::needed(&fields.words, "words", &mut errors);
                    }
                    Some(_) => {}
                }
                reason.map(|reason| Decision::Decline { reason, words: fields.words.clone() })
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
        let decide = |reason: &str, words: &str| {
            DecisionFields {
                accepted: "no".into(),
                reason: reason.into(),
                words: words.into(),
                ..DecisionFields::default()
            }
            .read()
        };
        assert_eq!(decide("", ""), Err(vec![FieldError::Missing("reason")]));
        assert!(decide("own_wish", "").is_ok());
        for reason in DeclineReason::ALL {
            let needs_words = reason.excludes() || *reason == DeclineReason::Other;
            assert_eq!(decide(reason.code(), "").is_err(), needs_words, "{reason:?}");
            assert!(decide(reason.code(), "Sanoin miksi.").is_ok());
        }
        assert!(DecisionFields { accepted: "yes".into(), ..DecisionFields::default() }.read().is_err());
        assert!(DecisionFields::default().read().is_err());
    }

    proptest! {
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
