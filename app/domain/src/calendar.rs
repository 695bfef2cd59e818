//! Days and weeks. A day is a plain date in the unit's time zone; whoever calls knows which day it
//! is there.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};

/// A week from Monday to Sunday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Week {
    /// The Monday.
    pub monday: NaiveDate,
}

impl Week {
    /// The week that holds `day`.
    #[must_use]
    pub fn of(day: NaiveDate) -> Self {
        let back = u64::from(day.weekday().num_days_from_monday());
        Self { monday: day.checked_sub_days(Days::new(back)).unwrap_or(day) }
    }

    /// The Sunday.
    #[must_use]
    pub fn sunday(self) -> NaiveDate {
        self.monday.checked_add_days(Days::new(6)).unwrap_or(self.monday)
    }

    /// Is `day` in this week?
    #[must_use]
    pub fn holds(self, day: NaiveDate) -> bool {
        (self.monday..=self.sunday()).contains(&day)
    }
}

/// Is something that runs `from`–`to` (both days included, `None` = open) on at `day`?
#[must_use]
pub fn is_on(from: NaiveDate, to: Option<NaiveDate>, day: NaiveDate) -> bool {
    from <= day && to.is_none_or(|to| day <= to)
}

/// The year that lies `years` before that of `day`.
#[must_use]
pub fn years_before(day: NaiveDate, years: i64) -> i64 {
    i64::from(day.year()) - years
}

/// How many days `to` lies after `from`; none when it lies before.
#[must_use]
pub fn days_between(from: NaiveDate, to: NaiveDate) -> u32 {
    u32::try_from((to - from).num_days()).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_week_runs_from_monday_to_sunday_over_a_new_year() {
        let week = Week::of(day("2027-01-02"));
        assert_eq!(week.monday, day("2026-12-28"));
        assert_eq!(week.sunday(), day("2027-01-03"));
    }

    #[test]
    fn a_last_day_still_counts() {
        assert!(is_on(day("2026-01-01"), Some(day("2026-01-31")), day("2026-01-31")));
        assert!(!is_on(day("2026-01-01"), Some(day("2026-01-31")), day("2026-02-01")));
        assert!(!is_on(day("2026-01-01"), None, day("2025-12-31")));
    }

    proptest! {
        #[test]
        fn every_day_is_in_exactly_its_own_week(offset in 0_i64..40_000) {
            let date = day("1990-01-01") + chrono::Duration::days(offset);
            let week = Week::of(date);
            prop_assert!(week.holds(date));
            prop_assert_eq!(week.monday.weekday(), chrono::Weekday::Mon);
            prop_assert!(!Week::of(week.sunday() + chrono::Duration::days(1)).holds(date));
        }
    }
}
