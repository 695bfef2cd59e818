//! The guard against records that are made for a review: what the lead should look at before anybody else does. It
//! changes no score.

use super::estimate::Choices;
use super::records::{Contact, Records};
use super::window::Window;
use crate::calendar::Week;
use chrono::{Days, NaiveDate};

/// Written down so many days after the day is late.
const LATE_DAYS: u64 = 7;
/// Half a year, against which a week is held.
const MONTHS: u32 = 6;
/// Fewer contacts in a week are no spread, however few there are else.
const LEAST: i64 = 6;

/// What is sudden about the contacts that item 17 counts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sudden {
    /// Weeks of the window with more than twice what a week has usually: the Monday, how many, and how many usually.
    pub weeks: Vec<(NaiveDate, i64, i64)>,
    /// So many of the window were written down more than a week after their day.
    pub late: i64,
    /// Of so many whose day of writing is known.
    pub known: i64,
}

impl Sudden {
    /// Is there anything to look at? A third of what is known, late, is.
    #[must_use]
    pub fn is_any(&self) -> bool {
        !self.weeks.is_empty() || (self.late > 0 && 3 * self.late >= self.known)
    }
}

/// Looks at the contacts in person for a client, of all coaches together: nobody is named. A usual week is the median
/// of half a year's weeks, those without any left out.
#[must_use]
pub fn sudden(records: &Records, day: NaiveDate, choices: &Choices) -> Sudden {
    let window = Window::full_weeks(choices.weeks, day);
    let counted = || records.contacts.iter().filter(|contact| contact.counts() && contact.day <= day);
    let of =
        |week: Week| i64::try_from(counted().filter(|it| week.holds(it.day)).count()).unwrap_or(i64::MAX);
    let mut usual: Vec<i64> =
        Window::months(MONTHS, day).weeks().map(of).filter(|count| *count > 0).collect();
    usual.sort_unstable();
    let median = usual.get(usual.len() / 2).copied().unwrap_or(0);
    let weeks = window
        .weeks()
        .map(|week| (week.monday, of(week), median))
        .filter(|(_, count, usual)| *count >= LEAST && *count > 2 * usual)
        .collect();
    let known: Vec<(&Contact, NaiveDate)> = counted()
        .filter(|contact| window.holds(contact.day))
        .filter_map(|contact| Some((contact, contact.noted_on?)))
        .collect();
    let late = |(contact, noted): &&(&Contact, NaiveDate)| {
        contact.day.checked_add_days(Days::new(LATE_DAYS)).is_some_and(|last| *noted > last)
    };
    let count = |rows: usize| i64::try_from(rows).unwrap_or(i64::MAX);
    Sudden { weeks, late: count(known.iter().filter(late).count()), known: count(known.len()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::{Mode, Purpose};
    use crate::ids::PersonId;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// So many contacts in each of the weeks before a Monday, written down so many days later.
    fn contacts(weeks: &[i64], before: &str, later: u64) -> Records {
        let mut records = Records::default();
        for (back, count) in (1..).zip(weeks.iter().rev()) {
            let monday = day(before) - chrono::Duration::days(7 * back);
            records.contacts.extend((0..*count).map(|_| Contact {
                id: Uuid::nil().into(),
                coach: PersonId(Uuid::nil()),
                employer: Uuid::nil().into(),
                section: None,
                day: monday,
                mode: Mode::InPerson,
                purpose: Purpose::LearnNeeds,
                client: None,
                for_client: true,
                told: true,
                noted_on: monday.checked_add_days(Days::new(later)),
            }));
        }
        records
    }

    #[test]
    fn a_week_with_more_than_twice_the_usual_is_shown() {
        let look =
            |weeks: &[i64]| sudden(&contacts(weeks, "2026-11-23", 0), day("2026-11-27"), &Choices::default());
        let calm = [4; 20];
        assert!(!look(&calm).is_any());
        let mut sudden = calm;
        sudden[19] = 9;
        assert_eq!(look(&sudden).weeks, [(day("2026-11-16"), 9, 4)]);
        sudden[19] = 8;
        assert!(!look(&sudden).is_any(), "twice is not more than twice");
        // Few are never a spread.
        assert!(!look(&[1, 1, 1, 1, 1, 1, 1, 5]).is_any());
    }

    #[test]
    fn what_was_written_down_later_than_a_week_after_is_counted() {
        let look =
            |later| sudden(&contacts(&[4; 8], "2026-11-23", later), day("2026-11-27"), &Choices::default());
        assert_eq!((look(7).late, look(7).known, look(7).is_any()), (0, 32, false));
        assert_eq!((look(8).late, look(8).is_any()), (32, true));
    }
}
