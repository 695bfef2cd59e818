//! What a unit chooses about the rules of the estimates.

use super::estimate::Choices;
use crate::form;
use crate::forms::{self, FieldError};

form! {
    /// The choices as they are typed.
    ChoiceFields {
        /// Full weeks in which weekly habits are looked at.
        weeks: line,
        /// Fewer clients say nothing.
        clients: line,
        /// Fewer jobs say nothing.
        jobs: line,
        /// Fewer weeks say nothing.
        least_weeks: line,
        /// A habit holds in so many per cent.
        habit: line,
        /// Why they differ from what the scale says.
        why: words,
    }
}

impl ChoiceFields {
    /// The form of choices that hold.
    #[must_use]
    pub fn of(choices: &Choices, why: &str) -> Self {
        Self {
            weeks: choices.weeks.to_string(),
            clients: choices.clients.to_string(),
            jobs: choices.jobs.to_string(),
            least_weeks: choices.least_weeks.to_string(),
            habit: choices.habit.to_string(),
            why: why.to_owned(),
        }
    }

    /// Reads the form: 4–26 weeks, 1–50 clients and jobs, at least one week and at most as many as are looked at,
    /// 50–100 per cent. What differs from the scale has a reason.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self) -> Result<(Choices, String), Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let mut number = |text: &str, name: &'static str, from: i64, to: i64| {
            let number = text.parse::<i64>().ok().filter(|number| (from..=to).contains(number));
            number.unwrap_or_else(|| {
                errors.push(FieldError::Number(name));
                from
            })
        };
        let weeks = number(&fields.weeks, "weeks", 4, 26);
        let choices = Choices {
            weeks: u32::try_from(weeks).unwrap_or(8),
            clients: number(&fields.clients, "clients", 1, 50),
            jobs: number(&fields.jobs, "jobs", 1, 50),
            least_weeks: number(&fields.least_weeks, "least_weeks", 1, weeks),
            habit: number(&fields.habit, "habit", 50, 100),
        };
        if choices != Choices::default() {
            forms::needed(&fields.why, "why", &mut errors);
        }
        forms::checked((choices, fields.why), Self::NAMES, errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_from_the_scale_has_a_reason() {
        let usual = ChoiceFields::of(&Choices::default(), "");
        assert_eq!(usual.read(), Ok((Choices::default(), String::new())));
        let longer = ChoiceFields { weeks: "12".into(), ..usual.clone() };
        assert_eq!(longer.read(), Err(vec![FieldError::Missing("why")]));
        let longer = ChoiceFields { why: "Kesätauko.".into(), ..longer };
        assert_eq!(longer.read().map(|(choices, _)| choices.weeks), Ok(12));
        let wrong = ChoiceFields { weeks: "3".into(), habit: "101".into(), jobs: "x".into(), ..usual };
        let numbers = ["weeks", "jobs", "habit"].map(FieldError::Number).to_vec();
        assert!(wrong.read().unwrap_err().starts_with(&numbers[..1]));
        assert!(numbers.iter().all(|error| wrong.read().unwrap_err().contains(error)));
    }

    #[test]
    fn there_are_no_more_weeks_than_are_looked_at() {
        let fields = ChoiceFields { least_weeks: "9".into(), ..ChoiceFields::of(&Choices::default(), "x") };
        assert_eq!(fields.read(), Err(vec![FieldError::Number("least_weeks")]));
    }
}
