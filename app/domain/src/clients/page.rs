//! What is written on a client's page besides the way, the profile and the contacts: how to reach the
//! client, the next step, notes, the phase and the coach.

use crate::codes::{Code, Phase, StepKind};
use crate::employers::names::holds_identity_code;
use crate::form;
use crate::forms::{self, FieldError};
use crate::ids::PersonId;
use crate::visits::{NEXT_STEP_DAYS, NextStep};
use chrono::{Days, NaiveDate};

/// An alias may be this long: it stands on a phone's screen.
pub const ALIAS_MAX: usize = 24;

form! {
    /// How a client is called on a screen and reached, as it is typed.
    AboutFields {
        /// The alias for screens that others see.
        alias: line,
        /// Telephone.
        phone: line,
        /// E-mail.
        email: line,
        /// How and when the client wishes to be reached.
        contact_wish: line,
    }
}

impl AboutFields {
    /// Reads the form. `name` is the client's: no alias gives any of it away.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self, name: &str) -> Result<Self, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        forms::needed(&fields.alias, "alias", &mut errors);
        if fields.alias.chars().count() > ALIAS_MAX {
            errors.push(FieldError::TooLong("alias"));
        }
        if tells_name(&fields.alias, name) {
            errors.push(FieldError::Choice("alias"));
        }
        forms::phone(&fields.phone, "phone", &mut errors);
        forms::email(&fields.email, "email", &mut errors);
        forms::checked(fields, Self::NAMES, errors)
    }
}

/// Does an alias hold a part of the name, of three letters or more?
#[must_use]
pub fn tells_name(alias: &str, name: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let parts = text.split(|sign: char| !sign.is_alphanumeric());
        parts.filter(|part| part.chars().count() >= 3).map(str::to_lowercase).collect()
    };
    let alias = words(alias);
    words(name).iter().any(|part| alias.contains(part))
}

form! {
    /// The next step with a client, as it is typed.
    NextStepFields {
        /// What.
        what: line,
        /// When.
        on: line,
    }
}

impl NextStepFields {
    /// Reads the form; a form without anything takes the step away.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self, today: NaiveDate) -> Result<Option<NextStep>, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let on = forms::day(&fields.on, "on", today, &mut errors);
        let farthest = today.checked_add_days(Days::new(NEXT_STEP_DAYS)).unwrap_or(NaiveDate::MAX);
        if on.is_some_and(|on| on > farthest) {
            errors.push(FieldError::Day("on"));
        }
        if on.is_some() {
            forms::needed(&fields.what, "what", &mut errors);
        }
        let step = (!fields.what.is_empty()).then_some(NextStep { what: fields.what, on });
        forms::checked(step, Self::NAMES, errors)
    }
}

form! {
    /// A note about a client, or a talk with one about what may be told, as it is typed.
    NoteFields {
        /// The day.
        day: line,
        /// In words.
        words: words,
    }
}

impl NoteFields {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self, today: NaiveDate) -> Result<(NaiveDate, String), Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let day = forms::past_day(&fields.day, "day", today, &mut errors).unwrap_or(today);
        forms::needed(&fields.words, "words", &mut errors);
        if holds_identity_code(&fields.words) {
            errors.push(FieldError::IdentityCode("words"));
        }
        forms::checked((day, fields.words), Self::NAMES, errors)
    }
}

form! {
    /// Who becomes the coach, and which phase is chosen, as it is typed.
    ChangeFields {
        /// The coach's id.
        coach: line,
        /// From when the coach is.
        day: line,
        /// The phase by its code; empty: as the records say.
        phase: line,
    }
}

/// A change of the coach or of the phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Somebody becomes the coach, from a day on.
    Coach(PersonId, NaiveDate),
    /// The coach chose the phase; none = as the records say.
    Phase(Option<Phase>),
}

/// A coach may be changed from a day so far ahead.
const AHEAD_DAYS: u64 = 90;

impl ChangeFields {
    /// Reads the form for a change of this kind.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self, kind: StepKind, today: NaiveDate) -> Result<Change, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        if kind == StepKind::Phase {
            let phase = (!fields.phase.is_empty()).then(|| Phase::parse(&fields.phase)).transpose();
            return phase.map(Change::Phase).map_err(|_| vec![FieldError::Choice("phase")]);
        }
        let coach = fields.coach.parse::<PersonId>().ok();
        if coach.is_none() {
            errors.push(FieldError::Missing("coach"));
        }
        let day = forms::day(&fields.day, "day", today, &mut errors);
        let farthest = today.checked_add_days(Days::new(AHEAD_DAYS)).unwrap_or(NaiveDate::MAX);
        if day.is_some_and(|day| day > farthest) {
            errors.push(FieldError::Ahead("day"));
        }
        if day.is_none() && fields.day.is_empty() {
            errors.push(FieldError::Missing("day"));
        }
        let change = Change::Coach(coach.unwrap_or(PersonId(uuid::Uuid::nil())), day.unwrap_or(today));
        forms::checked(change, Self::NAMES, errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn an_alias_is_short_and_tells_no_name() {
        let read = |alias: &str| {
            let fields = AboutFields { alias: alias.into(), ..AboutFields::default() };
            fields.read("Salme Salainen").map(drop)
        };
        assert!(read("Kettu").is_ok() && read("S. S.").is_ok());
        assert_eq!(read(""), Err(vec![FieldError::Missing("alias")]));
        assert_eq!(read("salme K"), Err(vec![FieldError::Choice("alias")]));
        assert_eq!(read(&"x".repeat(25)), Err(vec![FieldError::TooLong("alias")]));
    }

    #[test]
    fn a_next_step_has_words_and_perhaps_a_day() {
        let today = day("2026-11-25");
        let read = |what: &str, on: &str| NextStepFields { what: what.into(), on: on.into() }.read(today);
        assert_eq!(read("", ""), Ok(None));
        assert_eq!(read("soita", "").map(|step| step.and_then(|step| step.on)), Ok(None));
        assert_eq!(read("", "2026-12-01"), Err(vec![FieldError::Missing("what")]));
        assert!(read("soita", "2028-12-01").is_err());
        // What is late already is no mistake: it is written as it is.
        assert!(read("soita", "2026-11-20").is_ok());
    }

    #[test]
    fn a_note_holds_words_and_no_identity_code() {
        let today = day("2026-11-25");
        let read = |words: &str| NoteFields { day: "2026-11-25".into(), words: words.into() }.read(today);
        assert!(read("Soitti ja kertoi.").is_ok());
        assert_eq!(read(" "), Err(vec![FieldError::Missing("words")]));
        assert_eq!(read("Hetu 010180-123A."), Err(vec![FieldError::IdentityCode("words")]));
    }

    #[test]
    fn a_coach_is_chosen_from_a_day_and_a_phase_by_its_code() {
        let today = day("2026-11-25");
        let coach = PersonId(uuid::Uuid::from_u128(3));
        let fields =
            ChangeFields { coach: coach.to_string(), day: "2026-12-01".into(), phase: "search".into() };
        assert_eq!(fields.read(StepKind::Coach, today), Ok(Change::Coach(coach, day("2026-12-01"))));
        assert_eq!(fields.read(StepKind::Phase, today), Ok(Change::Phase(Some(Phase::Search))));
        let empty = ChangeFields::default();
        assert_eq!(empty.read(StepKind::Phase, today), Ok(Change::Phase(None)));
        assert_eq!(
            empty.read(StepKind::Coach, today),
            Err(vec![FieldError::Missing("coach"), FieldError::Missing("day")])
        );
        let far = ChangeFields { day: "2027-03-01".into(), ..fields };
        assert_eq!(far.read(StepKind::Coach, today), Err(vec![FieldError::Ahead("day")]));
    }
}
