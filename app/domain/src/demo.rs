//! The demo package: a service in the shape of the pilot, with the totals that its county
//! published, made from a fixed seed. Everybody and every company in it is invented.
//!
//! Its days move with today: the last visits are today's, some next steps are due. For one day it
//! is always the same package.

mod clients;
mod dice;
mod employers;
mod service;
mod visits;
mod words;

use crate::package::Package;
use chrono::{Datelike, Days, NaiveDate};
use dice::Dice;

/// Whole weeks before this one that the package tells about.
const WEEKS: i64 = 69;
/// The week in which the first coach has gone and the third has come.
const HANDOVER_WEEK: i64 = 34;

/// The demo package as it looks on the day `today`.
#[must_use]
pub fn package(today: NaiveDate) -> Package {
    let time = Timeline::until(today);
    let mut dice = Dice::new(0x5249_4e4e_414c_4c41);
    let mut package = Package::default();
    service::people(&time, &mut package);
    let trades = employers::register(&mut dice, &mut package);
    let clients = clients::clients(&time, &mut dice, &mut package);
    visits::contacts(&time, &mut dice, &clients, &mut package);
    clients::paths(&time, &mut dice, &clients, &trades, &mut package);
    clients::measures(&time, &mut dice, &clients, &mut package);
    service::weeks(&time, &mut dice, &mut package);
    service::voices(&time, &mut dice, &mut package);
    package
}

/// The coaches, by code.
const FIRST_COACH: &str = "D1";
const SECOND_COACH: &str = "D2";
const THIRD_COACH: &str = "D3";

/// The days of the package.
struct Timeline {
    today: NaiveDate,
    /// The Monday on which everything begins.
    start: NaiveDate,
    /// The last day of work up to today.
    last: NaiveDate,
}

impl Timeline {
    fn until(today: NaiveDate) -> Self {
        let weekday = i64::from(today.weekday().num_days_from_monday());
        let start = plus(today, -weekday - WEEKS * 7);
        Self { today, start, last: plus(today, -(weekday - 4).max(0)) }
    }

    /// The day so many days after the start: a day of work, and not in the future.
    fn day(&self, offset: i64) -> NaiveDate {
        on_workday(plus(self.start, offset)).min(self.last)
    }

    /// Monday is 0; the weekend counts as Friday, 4.
    fn weekday(&self) -> i64 {
        i64::from(self.last.weekday().num_days_from_monday()).min(4)
    }

    fn handover(&self) -> NaiveDate {
        plus(self.start, HANDOVER_WEEK * 7)
    }

    /// Coaches at work in a week.
    fn coaches(week: i64) -> [&'static str; 2] {
        if week < HANDOVER_WEEK { [FIRST_COACH, SECOND_COACH] } else { [SECOND_COACH, THIRD_COACH] }
    }
}

/// So many days later; at the ends of the calendar, as far as it goes.
fn plus(day: NaiveDate, days: i64) -> NaiveDate {
    let by = Days::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(by) } else { day.checked_add_days(by) };
    moved.unwrap_or(day)
}

/// The day itself, or the Monday after a weekend.
fn on_workday(day: NaiveDate) -> NaiveDate {
    let past_friday = i64::from(day.weekday().num_days_from_monday()) - 4;
    if past_friday > 0 { plus(day, 3 - past_friday) } else { day }
}

/// So many days of work after a day (before it, when negative).
fn workdays_from(day: NaiveDate, count: i64) -> NaiveDate {
    let day = on_workday(day);
    let weekday = i64::from(day.weekday().num_days_from_monday());
    let weeks = (weekday + count).div_euclid(5);
    plus(day, weeks * 7 + (weekday + count).rem_euclid(5) - weekday)
}

#[cfg(test)]
mod tests;
