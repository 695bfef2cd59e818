//! What a unit does to do better: actions for items of the criteria.

use super::ITEMS;
use crate::form;
use crate::forms::{self, FieldError};
use crate::ids::PersonId;
use chrono::{Days, NaiveDate};

/// An action stands on its owner's Today from so many days before its day on.
pub const SOON_DAYS: u64 = 7;
/// An action is planned so many days ahead at most: to the next assessment but one.
const AHEAD_DAYS: u64 = 731;

form! {
    /// An action as it is typed.
    ActionFields {
        /// What is done.
        what: line,
        /// Who sees to it: an identity.
        owner: line,
        /// By which day.
        by_day: line,
    }
}

/// An action, to be noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Action {
    /// For which item.
    pub item: u8,
    /// What is done.
    pub what: String,
    /// Who sees to it.
    pub owner: PersonId,
    /// By which day.
    pub by_day: NaiveDate,
}

impl ActionFields {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self, item: u8, today: NaiveDate) -> Result<Action, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        forms::needed(&fields.what, "what", &mut errors);
        let owner = fields.owner.parse::<PersonId>().unwrap_or_else(|_| {
            errors.push(FieldError::Missing("owner"));
            PersonId(uuid::Uuid::nil())
        });
        let by_day = forms::day(&fields.by_day, "by_day", today, &mut errors);
        match by_day {
            None if fields.by_day.is_empty() => errors.push(FieldError::Missing("by_day")),
            Some(day) if day < today => errors.push(FieldError::TooEarly("by_day")),
            Some(day) if day > today.checked_add_days(Days::new(AHEAD_DAYS)).unwrap_or(today) => {
                errors.push(FieldError::Ahead("by_day"));
            }
            _ => {}
        }
        let item = item.clamp(1, ITEMS);
        let action = Action { item, what: fields.what, owner, by_day: by_day.unwrap_or(today) };
        forms::checked(action, Self::NAMES, errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_action_has_somebody_and_a_day_that_comes() {
        let today: NaiveDate = "2026-11-27".parse().unwrap();
        let owner = uuid::Uuid::from_u128(1).to_string();
        let fields = |what: &str, owner: &str, by_day: &str| ActionFields {
            what: what.into(),
            owner: owner.into(),
            by_day: by_day.into(),
        };
        assert_eq!(
            fields("", "", "").read(17, today),
            Err(vec![
                FieldError::Missing("what"),
                FieldError::Missing("owner"),
                FieldError::Missing("by_day")
            ])
        );
        assert_eq!(
            fields("Kaksi käyntiä lisää.", &owner, "2026-11-26").read(17, today),
            Err(vec![FieldError::TooEarly("by_day")])
        );
        assert_eq!(
            fields("Kaksi käyntiä lisää.", &owner, "2029-11-26").read(17, today),
            Err(vec![FieldError::Ahead("by_day")])
        );
        assert_eq!(
            fields("Kaksi käyntiä lisää.", &owner, "2026-11-27").read(17, today).map(|it| it.item),
            Ok(17)
        );
    }
}
