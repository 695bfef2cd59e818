//! What employers need: openings, and needs that nobody has advertised. Shared in a unit; an old one is never
//! dropped by itself, it only shows how long ago somebody made sure of it.

use crate::calendar::days_between;
use crate::codes::{Code, WorkTime, codes as code_list};
use crate::form;
use crate::forms::{self, FieldError};
use crate::jobs::{hours_text, minutes_of};
use crate::referrals::{codes, parse_codes};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

code_list! {
    /// What kind of a need.
    OpportunityKind {
        /// It is advertised, or will be.
        Opening = "opening",
        /// Nobody has advertised it.
        HiddenNeed = "hidden_need",
    }

    /// Why an opportunity is there no more.
    ClosedBecause {
        /// One of the unit's clients got it.
        FilledByClient = "filled_by_client",
        /// Somebody else got it.
        Filled = "filled",
        /// The employer needs nobody after all.
        Withdrawn = "withdrawn",
        /// Something else.
        Other = "other",
    }
}

/// So many days after somebody made sure of it, an opportunity is fresh.
pub const FRESH_DAYS: u32 = 14;
/// So many days after it, it is old.
pub const OLD_DAYS: u32 = 30;

/// How old what is known of an opportunity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Age {
    /// Somebody made sure of late.
    Fresh,
    /// It is some weeks.
    Ageing,
    /// It may be gone.
    Old,
}

impl Age {
    /// How old it is on a day, from the day on which somebody made sure.
    #[must_use]
    pub fn of(confirmed_on: NaiveDate, today: NaiveDate) -> Self {
        match days_between(confirmed_on, today) {
            0..=FRESH_DAYS => Self::Fresh,
            days if days <= OLD_DAYS => Self::Ageing,
            _ => Self::Old,
        }
    }
}

form! {
    /// An opportunity as it is typed.
    OpportunityFields {
        /// What kind, by its code.
        kind: line,
        /// What the work is called.
        title: line,
        /// What is to be done.
        tasks: words,
        /// Hours a week, at least.
        hours_from: line,
        /// Hours a week, at most.
        hours_to: line,
        /// When: codes of [`WorkTime`], parted by spaces.
        shifts: line,
        /// The pay, in words.
        pay: line,
        /// What it asks of a person.
        asks: words,
        /// What could be carved out or done otherwise.
        carving: words,
        /// Open until.
        open_until: line,
        /// The ISCO-08 code.
        isco08: line,
    }
}

/// An opportunity that can be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opportunity {
    /// What kind.
    pub kind: OpportunityKind,
    /// What the work is called.
    pub title: String,
    /// What is to be done.
    pub tasks: String,
    /// Minutes a week, at least.
    pub minutes_from: Option<i64>,
    /// Minutes a week, at most.
    pub minutes_to: Option<i64>,
    /// When.
    pub shifts: Vec<WorkTime>,
    /// The pay, in words.
    pub pay: String,
    /// What it asks of a person.
    pub asks: String,
    /// What could be carved out or done otherwise.
    pub carving: String,
    /// Open until.
    pub open_until: Option<NaiveDate>,
    /// The ISCO-08 code.
    pub isco08: Option<String>,
}

impl OpportunityFields {
    /// The fields that would make `opportunity`.
    #[must_use]
    pub fn of(opportunity: &Opportunity) -> Self {
        let hours = |minutes: Option<i64>| minutes.map(hours_text).unwrap_or_default();
        Self {
            kind: opportunity.kind.code().to_owned(),
            title: opportunity.title.clone(),
            tasks: opportunity.tasks.clone(),
            hours_from: hours(opportunity.minutes_from),
            hours_to: hours(opportunity.minutes_to),
            shifts: codes(&opportunity.shifts),
            pay: opportunity.pay.clone(),
            asks: opportunity.asks.clone(),
            carving: opportunity.carving.clone(),
            open_until: opportunity.open_until.map(|day| day.to_string()).unwrap_or_default(),
            isco08: opportunity.isco08.clone().unwrap_or_default(),
        }
    }

    /// Reads the form of one that was found on a day.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self, found_on: NaiveDate, today: NaiveDate) -> Result<Opportunity, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let wrong = &mut errors;
        let kind = OpportunityKind::parse(&fields.kind).unwrap_or_else(|_| {
            wrong.push(FieldError::Missing("kind"));
            OpportunityKind::Opening
        });
        forms::needed(&fields.title, "title", wrong);
        let mut hours = |text: &str, field: &'static str| {
            let minutes = (!text.is_empty()).then(|| minutes_of(text));
            if minutes == Some(None) {
                wrong.push(FieldError::Number(field));
            }
            minutes.flatten()
        };
        let minutes_from = hours(&fields.hours_from, "hours_from");
        let minutes_to = hours(&fields.hours_to, "hours_to");
        if minutes_from.zip(minutes_to).is_some_and(|(from, to)| from > to) {
            errors.push(FieldError::Number("hours_to"));
        }
        let shifts = parse_codes(&fields.shifts).unwrap_or_else(|| {
            errors.push(FieldError::Choice("shifts"));
            Vec::new()
        });
        let open_until = forms::day(&fields.open_until, "open_until", today, &mut errors);
        if open_until.is_some_and(|until| until < found_on) {
            errors.push(FieldError::TooEarly("open_until"));
        }
        let isco08 = (!fields.isco08.is_empty()).then(|| fields.isco08.clone());
        if isco08.as_ref().is_some_and(|code| code.len() != 4 || !code.chars().all(|c| c.is_ascii_digit())) {
            errors.push(FieldError::Number("isco08"));
        }
        let opportunity = Opportunity {
            kind,
            title: fields.title,
            tasks: fields.tasks,
            minutes_from,
            minutes_to,
            shifts,
            pay: fields.pay,
            asks: fields.asks,
            carving: fields.carving,
            open_until,
            isco08,
        };
        forms::checked(opportunity, Self::NAMES, errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn fields() -> OpportunityFields {
        OpportunityFields {
            kind: "opening".into(),
            title: "tiskaaja".into(),
            hours_from: "10".into(),
            hours_to: "20".into(),
            shifts: "morning weekend".into(),
            ..OpportunityFields::default()
        }
    }

    fn wrong(fields: &OpportunityFields) -> Vec<FieldError> {
        fields.read(day("2026-11-20"), day("2026-11-26")).err().unwrap_or_default()
    }

    #[test]
    fn an_opportunity_comes_back_as_it_was() {
        let opportunity = fields().read(day("2026-11-20"), day("2026-11-26")).unwrap();
        assert_eq!((opportunity.minutes_from, opportunity.minutes_to), (Some(600), Some(1200)));
        assert_eq!(OpportunityFields::of(&opportunity), fields());
    }

    #[test]
    fn hours_and_days_stand_in_order() {
        assert_eq!(
            wrong(&OpportunityFields { hours_to: "5".into(), ..fields() }),
            [FieldError::Number("hours_to")]
        );
        let early = OpportunityFields { open_until: "2026-11-19".into(), ..fields() };
        assert_eq!(wrong(&early), [FieldError::TooEarly("open_until")]);
        let nameless = OpportunityFields { title: " ".into(), isco08: "12".into(), ..fields() };
        assert_eq!(wrong(&nameless), [FieldError::Missing("title"), FieldError::Number("isco08")]);
    }

    #[test]
    fn an_old_one_is_old_and_still_there() {
        let age = |text: &str| Age::of(day(text), day("2026-11-26"));
        assert_eq!(
            [age("2026-11-12"), age("2026-11-11"), age("2026-10-27")],
            [Age::Fresh, Age::Ageing, Age::Ageing]
        );
        assert_eq!([age("2026-10-26"), age("2016-10-26")], [Age::Old, Age::Old]);
    }
}
