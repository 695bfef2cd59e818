//! Steps towards work that are no job: transitions (studies, a work trial, volunteering …), and cards and courses.
//! They are counted apart from jobs, always.

use crate::codes::lists::{Chosen, CodeList, Version, chosen};
use crate::codes::{Code, codes};
use crate::form;
use crate::forms::{self, FieldError};
use chrono::NaiveDate;

codes! {
    /// What kind of a step.
    StepToWork {
        /// It runs from a day, perhaps until another.
        Transition = "transition",
        /// It is completed on a day.
        Qualification = "qualification",
    }
}

impl StepToWork {
    /// The list from which its kinds are chosen.
    #[must_use]
    pub fn list(self) -> CodeList {
        match self {
            Self::Transition => CodeList::Transitions,
            Self::Qualification => CodeList::Qualifications,
        }
    }
}

form! {
    /// A step as it is typed.
    StepFields {
        /// What, by its code.
        what: line,
        /// The first day, or that of completion.
        day: line,
        /// The last day of a transition.
        to_day: line,
        /// Where.
        provider: line,
        /// In words.
        words: words,
    }
}

/// A step, to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What.
    pub what: Chosen,
    /// The first day, or that of completion.
    pub day: NaiveDate,
    /// The last day.
    pub to_day: Option<NaiveDate>,
    /// Where.
    pub provider: String,
    /// In words; may be empty.
    pub words: String,
}

impl StepFields {
    /// Reads the form of a kind; `own` are the organisation's own entries of its list.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self, kind: StepToWork, own: &[Version], today: NaiveDate) -> Result<Step, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let day = if kind == StepToWork::Qualification {
            forms::past_day(&fields.day, "day", today, &mut errors)
        } else {
            if fields.day.is_empty() {
                errors.push(FieldError::Missing("day"));
            }
            forms::day(&fields.day, "day", today, &mut errors)
        };
        let what = chosen(kind.list(), own, &fields.what, &[today, day.unwrap_or(today)]);
        if what.is_none() {
            let none = fields.what.is_empty();
            errors.push(if none { FieldError::Missing("what") } else { FieldError::Choice("what") });
        }
        let to_day = forms::day(&fields.to_day, "to_day", today, &mut errors);
        if to_day.zip(day).is_some_and(|(to, day)| to < day) {
            errors.push(FieldError::TooEarly("to_day"));
        }
        let what = what.unwrap_or(Chosen { official: String::new(), own: None });
        let (provider, words, day) = (fields.provider, fields.words, day.unwrap_or(today));
        forms::checked(Step { what, day, to_day, provider, words }, Self::NAMES, errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_has_a_kind_of_its_list_and_days_in_order() {
        let today = "2026-11-26".parse().unwrap();
        let fields = StepFields {
            what: "work_trial".into(),
            day: "2026-11-02".into(),
            to_day: "2026-11-01".into(),
            ..StepFields::default()
        };
        let wrong = |kind| fields.read(kind, &[], today).err().unwrap_or_default();
        assert_eq!(wrong(StepToWork::Transition), [FieldError::TooEarly("to_day")]);
        assert!(wrong(StepToWork::Qualification).contains(&FieldError::Choice("what")));
        let card =
            StepFields { what: "hygiene_passport".into(), day: "2026-11-27".into(), ..StepFields::default() };
        assert_eq!(card.read(StepToWork::Qualification, &[], today), Err(vec![FieldError::Ahead("day")]));
    }
}
