//! Around a unit's people: who stands in for whom, reading outside the relation with a written reason, and
//! what makes an alarm.

use crate::form;
use crate::forms::{self, FieldError};
use crate::ids::{PersonId, UnitId};
use chrono::{Datelike, Days, NaiveDate, Weekday};

/// Somebody stands in for at most so many days: longer than that, the client changes coach.
pub const STAND_IN_DAYS_MAX: u64 = 366;
/// Reading outside the relation lasts so long (S17). Nothing makes it longer.
pub const GLASS_MINUTES: i64 = 60;
/// The written reason has at least so many letters.
pub const REASON_LETTERS: usize = 20;
/// A lead looks into it within so many working days.
pub const REVIEW_WORKING_DAYS: u32 = 3;
/// An alarm looks back so many minutes (S23).
pub const ALARM_MINUTES: i64 = 60;

form! {
    /// Who stands in for whom, as it is typed.
    SubstituteFields {
        /// The coach.
        coach: line,
        /// Who stands in.
        substitute: line,
        /// First day.
        from_day: line,
        /// Last day.
        to_day: line,
    }
}

/// Who stands in for whom, both days included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Substitution {
    /// The coach.
    pub coach: PersonId,
    /// Who stands in.
    pub substitute: PersonId,
    /// First day.
    pub from_day: NaiveDate,
    /// Last day.
    pub to_day: NaiveDate,
}

impl SubstituteFields {
    /// Reads the form. Nobody stands in for days that are over: what was seen then was seen without leave.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self, today: NaiveDate) -> Result<Substitution, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let nobody = PersonId(uuid::Uuid::nil());
        let mut person = |text: &str, field| {
            text.parse::<PersonId>().unwrap_or_else(|_| {
                errors.push(FieldError::Missing(field));
                nobody
            })
        };
        let coach = person(&fields.coach, "coach");
        let substitute = person(&fields.substitute, "substitute");
        if coach == substitute && coach != nobody {
            errors.push(FieldError::Choice("substitute"));
        }
        let from_day = day_from_today(&fields.from_day, "from_day", today, &mut errors);
        let to_day = day_from_today(&fields.to_day, "to_day", today, &mut errors);
        let last = from_day.checked_add_days(Days::new(STAND_IN_DAYS_MAX)).unwrap_or(from_day);
        if to_day < from_day && errors.iter().all(|error| error.field() != "to_day") {
            errors.push(FieldError::TooEarly("to_day"));
        } else if to_day > last {
            errors.push(FieldError::TooLong("to_day"));
        }
        forms::checked(Substitution { coach, substitute, from_day, to_day }, Self::NAMES, errors)
    }
}

/// A day that has to be there, today or later.
fn day_from_today(
    text: &str,
    field: &'static str,
    today: NaiveDate,
    errors: &mut Vec<FieldError>,
) -> NaiveDate {
    let before = errors.len();
    let day = forms::day(text, field, today, errors);
    match day {
        None if errors.len() == before => errors.push(FieldError::Missing(field)),
        Some(day) if day < today => errors.push(FieldError::TooEarly(field)),
        _ => {}
    }
    day.unwrap_or(today)
}

/// How standing in for somebody stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Today.
    Now,
    /// From a day that comes.
    Ahead,
    /// No longer.
    Past,
}

impl Standing {
    /// How it stands. `ended_on` is the first day without, when it was ended early.
    #[must_use]
    pub fn on(from_day: NaiveDate, to_day: NaiveDate, ended_on: Option<NaiveDate>, today: NaiveDate) -> Self {
        if to_day < today || ended_on.is_some_and(|ended| ended <= today) {
            Self::Past
        } else if today < from_day {
            Self::Ahead
        } else {
            Self::Now
        }
    }
}

form! {
    /// Reading outside the relation, as it is typed.
    GlassFields {
        /// The unit.
        unit: line,
        /// The client's alias or code, exactly.
        client: line,
        /// Why.
        reason: words,
    }
}

/// A wish to read outside the relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GlassWish {
    /// The unit.
    pub unit: UnitId,
    /// The client's alias or code, exactly.
    pub client: String,
    /// Why.
    pub reason: String,
}

impl GlassFields {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form. Whether there is such a client is not said.
    pub fn read(&self) -> Result<GlassWish, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let unit = fields.unit.parse::<UnitId>().unwrap_or_else(|_| {
            errors.push(FieldError::Missing("unit"));
            UnitId(uuid::Uuid::nil())
        });
        forms::needed(&fields.client, "client", &mut errors);
        if fields.reason.chars().filter(|sign| sign.is_alphabetic()).count() < REASON_LETTERS {
            errors.push(FieldError::Missing("reason"));
        }
        forms::checked(GlassWish { unit, client: fields.client, reason: fields.reason }, Self::NAMES, errors)
    }
}

/// The last day on which something of a day is to be looked into: [`REVIEW_WORKING_DAYS`] working days
/// later. Holidays within the week are counted as working days: that is the stricter way.
#[must_use]
pub fn review_due(day: NaiveDate) -> NaiveDate {
    let mut due = day;
    let mut left = REVIEW_WORKING_DAYS;
    while left > 0 {
        let Some(next) = due.succ_opt() else { break };
        due = next;
        if !matches!(due.weekday(), Weekday::Sat | Weekday::Sun) {
            left -= 1;
        }
    }
    due
}

form! {
    /// What came of looking into something, as it is typed.
    ReviewFields {
        /// What was found.
        found: words,
    }
}

impl ReviewFields {
    /// Reads the form.
    ///
    /// # Errors
    /// When nothing was written, or too much.
    pub fn read(&self) -> Result<String, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        forms::needed(&fields.found, "found", &mut errors);
        forms::checked(fields.found, Self::NAMES, errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn fields(from: &str, to: &str) -> SubstituteFields {
        SubstituteFields {
            coach: Uuid::from_u128(1).to_string(),
            substitute: Uuid::from_u128(2).to_string(),
            from_day: from.into(),
            to_day: to.into(),
        }
    }

    #[test]
    fn somebody_stands_in_from_today_at_the_earliest_and_for_a_year_at_most() {
        let today = day("2026-11-18");
        let wrong = |from: &str, to: &str| fields(from, to).read(today).err().unwrap_or_default();
        assert_eq!(wrong("2026-11-18", "2026-11-18"), []);
        assert_eq!(wrong("2026-11-17", "2026-11-18"), [FieldError::TooEarly("from_day")]);
        assert_eq!(wrong("2026-11-20", "2026-11-19"), [FieldError::TooEarly("to_day")]);
        assert_eq!(wrong("", ""), [FieldError::Missing("from_day"), FieldError::Missing("to_day")]);
        assert_eq!(wrong("2026-11-18", "2027-11-19"), []);
        assert_eq!(wrong("2026-11-18", "2027-11-20"), [FieldError::TooLong("to_day")]);
        let own = SubstituteFields {
            substitute: Uuid::from_u128(1).to_string(),
            ..fields("2026-11-18", "2026-11-19")
        };
        assert_eq!(own.read(today), Err(vec![FieldError::Choice("substitute")]));
        let nobody = SubstituteFields::default().read(today).unwrap_err();
        assert_eq!(nobody.len(), 4);
    }

    #[test]
    fn a_reason_is_words_and_not_signs() {
        let unit = Uuid::from_u128(1).to_string();
        let said = |reason: &str| {
            let fields = GlassFields { unit: unit.clone(), client: "X".into(), reason: reason.into() };
            fields.read().is_ok()
        };
        assert!(!said("....................") && !said("lyhyt syy") && !said("12345678901234567890"));
        assert!(said("Työparin sairastuttua tarvitaan tieto"));
        assert_eq!(GlassFields::default().read().unwrap_err().len(), 3);
    }

    #[test]
    fn a_review_is_due_on_the_third_working_day() {
        // Wednesday → Monday; Friday → Wednesday; Saturday → Wednesday.
        assert_eq!(review_due(day("2026-11-18")), day("2026-11-23"));
        assert_eq!(review_due(day("2026-11-20")), day("2026-11-25"));
        assert_eq!(review_due(day("2026-11-21")), day("2026-11-25"));
        assert!(ReviewFields { found: " . ".into() }.read().is_err());
    }

    proptest! {
        /// Now is what the session says, too: both days included, and the day of ending is the first without.
        #[test]
        fn a_day_is_before_within_or_after(from in 0_u64..60, length in 0_u64..60, at in 0_u64..200, ended in prop::option::of(0_u64..200)) {
            let on = |days: u64| day("2026-01-01") + Days::new(days);
            let ended = ended.map(on);
            let standing = Standing::on(on(from), on(from + length), ended, on(at));
            let within = at >= from && at <= from + length && ended.is_none_or(|ended| ended > on(at));
            prop_assert_eq!(standing == Standing::Now, within);
            prop_assert!(standing != Standing::Ahead || at < from);
        }
    }
}
