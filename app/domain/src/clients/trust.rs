//! What may be told of a client: to employers (disclosure), and to partners (consent). Both are the client's
//! choice, dated, and withdrawn at any time; what stood is kept.

use crate::codes::{Code, MayTell, Share};
use crate::form;
use crate::forms::{self, FieldError};
use crate::ids::EmployerId;
use crate::referrals::{codes, parse_codes};
use chrono::NaiveDate;

form! {
    /// What may be told to an employer, as it is typed.
    DisclosureFields {
        /// The employer's id; empty for all of them.
        employer: line,
        /// How much, by its code.
        may_tell: line,
        /// The words that were agreed on.
        agreed_words: words,
        /// Since when.
        from_day: line,
    }
}

/// What may be told to an employer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disclosure {
    /// To whom; none = to any.
    pub employer: Option<EmployerId>,
    /// How much.
    pub may_tell: MayTell,
    /// The words that were agreed on; needed where anything may be told.
    pub agreed_words: String,
    /// Since when.
    pub from_day: NaiveDate,
}

impl DisclosureFields {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self, today: NaiveDate) -> Result<Disclosure, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let employer = (!fields.employer.is_empty()).then(|| fields.employer.parse());
        let employer = employer.transpose().unwrap_or_else(|_| {
            errors.push(FieldError::Choice("employer"));
            None
        });
        let may_tell = MayTell::parse(&fields.may_tell).unwrap_or_else(|_| {
            errors.push(FieldError::Missing("may_tell"));
            MayTell::Nothing
        });
        if may_tell != MayTell::Nothing {
            forms::needed(&fields.agreed_words, "agreed_words", &mut errors);
        }
        let from_day = forms::past_day(&fields.from_day, "from_day", today, &mut errors).unwrap_or(today);
        let disclosure = Disclosure { employer, may_tell, agreed_words: fields.agreed_words, from_day };
        forms::checked(disclosure, Self::NAMES, errors)
    }
}

/// A choice as it stands in the register of choices.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told<E> {
    /// To whom; none = to any.
    pub employer: Option<E>,
    /// How much.
    pub may_tell: MayTell,
    /// Since when.
    pub from_day: NaiveDate,
    /// When it was withdrawn.
    pub withdrawn_on: Option<NaiveDate>,
}

/// What may be told to `employer` on `day`: the latest choice for that employer, else the latest for all,
/// else nothing. A choice that was withdrawn leaves what stands for all, and never less care than that.
#[must_use]
pub fn may_tell<E: PartialEq>(choices: &[Told<E>], employer: &E, day: NaiveDate) -> MayTell {
    let holds = |choice: &&Told<E>| {
        choice.from_day <= day && choice.withdrawn_on.is_none_or(|withdrawn| day < withdrawn)
    };
    let latest =
        |mine: bool| {
            choices
                .iter()
                .filter(holds)
                .filter(|choice| {
                    if mine { choice.employer.as_ref() == Some(employer) } else { choice.employer.is_none() }
                })
                .max_by_key(|choice| choice.from_day)
        };
    latest(true).or_else(|| latest(false)).map_or(MayTell::Nothing, |choice| choice.may_tell)
}

form! {
    /// A consent, as it is typed.
    ConsentFields {
        /// With whom information is exchanged.
        recipient: line,
        /// What: codes of [`Share`], parted by spaces.
        categories: line,
        /// For what.
        purpose: line,
        /// From when.
        from_day: line,
        /// To when; empty: until it is withdrawn.
        to_day: line,
    }
}

/// A consent to exchange information.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// With whom.
    pub recipient: String,
    /// What.
    pub categories: Vec<Share>,
    /// For what.
    pub purpose: String,
    /// From when.
    pub from_day: NaiveDate,
    /// To when.
    pub to_day: Option<NaiveDate>,
}

impl ConsentFields {
    /// The fields that would make `consent`.
    #[must_use]
    pub fn of(consent: &Consent) -> Self {
        Self {
            recipient: consent.recipient.clone(),
            categories: codes(&consent.categories),
            purpose: consent.purpose.clone(),
            from_day: consent.from_day.to_string(),
            to_day: consent.to_day.map(|day| day.to_string()).unwrap_or_default(),
        }
    }

    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self, today: NaiveDate) -> Result<Consent, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        forms::needed(&fields.recipient, "recipient", &mut errors);
        forms::needed(&fields.purpose, "purpose", &mut errors);
        let categories: Vec<Share> = parse_codes(&fields.categories).unwrap_or_default();
        if categories.is_empty() {
            errors.push(FieldError::Missing("categories"));
        }
        let from_day = forms::past_day(&fields.from_day, "from_day", today, &mut errors).unwrap_or(today);
        let to_day = forms::day(&fields.to_day, "to_day", today, &mut errors);
        if to_day.is_some_and(|to| to < from_day) {
            errors.push(FieldError::TooEarly("to_day"));
        }
        let consent =
            Consent { recipient: fields.recipient, categories, purpose: fields.purpose, from_day, to_day };
        forms::checked(consent, Self::NAMES, errors)
    }
}

/// Does a consent hold on a day? The day on which it is withdrawn is the first without it.
#[must_use]
pub fn consent_holds(
    from_day: NaiveDate,
    to_day: Option<NaiveDate>,
    withdrawn_on: Option<NaiveDate>,
    day: NaiveDate,
) -> bool {
    crate::calendar::is_on(from_day, to_day, day) && withdrawn_on.is_none_or(|withdrawn| day < withdrawn)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn told(employer: Option<u8>, may_tell: MayTell, from: &str, withdrawn: Option<&str>) -> Told<u8> {
        Told { employer, may_tell, from_day: day(from), withdrawn_on: withdrawn.map(day) }
    }

    #[test]
    fn nothing_is_told_unless_the_client_chose_so() {
        let today = day("2026-11-25");
        assert_eq!(may_tell(&[], &1, today), MayTell::Nothing);
        let choices = [
            told(None, MayTell::Service, "2026-01-01", None),
            told(Some(1), MayTell::Health, "2026-02-01", Some("2026-06-01")),
            told(Some(2), MayTell::Nothing, "2026-02-01", None),
        ];
        assert_eq!(may_tell(&choices, &1, day("2026-05-31")), MayTell::Health);
        assert_eq!(may_tell(&choices, &1, day("2026-06-01")), MayTell::Service, "withdrawn from that day on");
        assert_eq!(
            may_tell(&choices, &2, today),
            MayTell::Nothing,
            "the choice for one employer goes before"
        );
        assert_eq!(may_tell(&choices, &3, today), MayTell::Service);
        assert_eq!(may_tell(&choices, &3, day("2025-12-31")), MayTell::Nothing);
    }

    #[test]
    fn what_may_be_told_has_its_words() {
        let today = day("2026-11-25");
        let read = |may_tell: &str, words: &str| {
            let fields = DisclosureFields {
                may_tell: may_tell.into(),
                agreed_words: words.into(),
                from_day: "2026-11-25".into(),
                ..DisclosureFields::default()
            };
            fields.read(today).map(drop)
        };
        assert!(read("nothing", "").is_ok());
        assert_eq!(read("needs", ""), Err(vec![FieldError::Missing("agreed_words")]));
        assert!(read("needs", "Tarvitsee rauhallisen aamun.").is_ok());
        assert_eq!(read("", ""), Err(vec![FieldError::Missing("may_tell")]));
    }

    #[test]
    fn a_consent_says_with_whom_what_for_what_and_when() {
        let today = day("2026-11-25");
        let empty = ConsentFields::default().read(today).unwrap_err();
        let fields: Vec<_> = empty.iter().map(|error| error.field()).collect();
        assert_eq!(fields, ["recipient", "categories", "purpose", "from_day"]);
        let whole = ConsentFields {
            recipient: "Psykiatrian poliklinikka".into(),
            categories: "limits contact".into(),
            purpose: "Tuen suunnittelu".into(),
            from_day: "2026-11-25".into(),
            to_day: "2027-11-25".into(),
        };
        let consent = whole.read(today).unwrap();
        assert_eq!(ConsentFields::of(&consent).read(today), Ok(consent));
        let ends_before = ConsentFields { to_day: "2026-11-24".into(), ..whole };
        assert_eq!(ends_before.read(today), Err(vec![FieldError::TooEarly("to_day")]));
    }

    proptest! {
        /// Withdrawing a choice for one employer never lets more be told than before it was made.
        #[test]
        fn withdrawing_falls_back_to_what_stands_for_all(general in prop::sample::select(MayTell::ALL), own in prop::sample::select(MayTell::ALL)) {
            let all = told(None, general, "2026-01-01", None);
            let before = may_tell(std::slice::from_ref(&all), &1, day("2026-11-25"));
            let withdrawn = told(Some(1), own, "2026-02-01", Some("2026-03-01"));
            prop_assert_eq!(may_tell(&[all, withdrawn], &1, day("2026-11-25")), before);
        }

        #[test]
        fn a_consent_holds_between_its_days_only(from in 0_u64..100, length in 0_u64..100, at in 0_u64..300, withdrawn in prop::option::of(0_u64..300)) {
            let on = |days: u64| day("2026-01-01") + chrono::Days::new(days);
            let holds = consent_holds(on(from), Some(on(from + length)), withdrawn.map(on), on(at));
            prop_assert_eq!(holds, at >= from && at <= from + length && withdrawn.is_none_or(|withdrawn| at < withdrawn));
        }
    }
}
