//! The windows in which records are looked at. Two people who count by hand have to come to the same days.

use crate::calendar::Week;
use chrono::{Days, Months, NaiveDate};

/// Days, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// The first.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
}

impl Window {
    /// `day` alone.
    #[must_use]
    pub fn on(day: NaiveDate) -> Self {
        Self { from: day, to: day }
    }

    /// The day itself back to the day after the same day so many months earlier. Where that month has no such day,
    /// its last day stands for it.
    #[must_use]
    pub fn months(months: u32, day: NaiveDate) -> Self {
        let same = day.checked_sub_months(Months::new(months)).unwrap_or(day);
        Self { from: same.succ_opt().unwrap_or(same), to: day }
    }

    /// The last so many weeks from Monday to Sunday that ended on the day or before.
    #[must_use]
    pub fn full_weeks(weeks: u32, day: NaiveDate) -> Self {
        let week = Week::of(day);
        let last = if week.sunday() == day { week.monday } else { back(week.monday, 7) };
        Self { from: back(last, 7 * u64::from(weeks.max(1) - 1)), to: Week { monday: last }.sunday() }
    }

    /// Is a day in it?
    #[must_use]
    pub fn holds(&self, day: NaiveDate) -> bool {
        (self.from..=self.to).contains(&day)
    }

    /// Does something that runs from a day, perhaps to another (both included), touch it?
    #[must_use]
    pub fn touches(&self, from: NaiveDate, to: Option<NaiveDate>) -> bool {
        from <= self.to && to.is_none_or(|to| to >= self.from)
    }

    /// The Mondays of the weeks with a day in it.
    pub fn weeks(&self) -> impl Iterator<Item = Week> + use<> {
        let to = self.to;
        let first = Week::of(self.from).monday;
        std::iter::successors(Some(first), |monday| monday.checked_add_days(Days::new(7)))
            .take_while(move |monday| *monday <= to)
            .map(|monday| Week { monday })
    }

    /// The window in so many parts of a month each, the oldest first.
    #[must_use]
    pub fn parts(months: u32, day: NaiveDate) -> Vec<Self> {
        let end = |back: u32| day.checked_sub_months(Months::new(back)).unwrap_or(day);
        (0..months)
            .rev()
            .map(|back| Self { from: end(back + 1).succ_opt().unwrap_or(day), to: end(back) })
            .collect()
    }
}

fn back(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn said(window: Window) -> String {
        format!("{}–{}", window.from, window.to)
    }

    #[test]
    fn full_weeks_end_on_the_day_or_before() {
        // A Friday, a Sunday, a Monday.
        for (on, wanted) in [
            ("2024-05-31", "2024-04-01–2024-05-26"),
            ("2024-06-02", "2024-04-08–2024-06-02"),
            ("2024-06-03", "2024-04-08–2024-06-02"),
        ] {
            assert_eq!(said(Window::full_weeks(8, day(on))), wanted, "{on}");
        }
    }

    #[test]
    fn months_go_back_to_the_day_after_the_same_day() {
        for (months, on, wanted) in [
            (12, "2024-05-31", "2023-06-01–2024-05-31"),
            (6, "2024-05-31", "2023-12-01–2024-05-31"),
            (18, "2024-11-29", "2023-05-30–2024-11-29"),
            (12, "2024-02-29", "2023-03-01–2024-02-29"),
            (6, "2024-08-31", "2024-03-01–2024-08-31"),
        ] {
            assert_eq!(said(Window::months(months, day(on))), wanted, "{on}");
        }
    }

    proptest! {
        #[test]
        fn months_lie_side_by_side(offset in 0_i64..20_000, months in 1_u32..=24) {
            let on = day("1990-01-01") + chrono::Duration::days(offset);
            let parts = Window::parts(months, on);
            prop_assert_eq!(parts.len(), months as usize);
            prop_assert_eq!(parts[0].from, Window::months(months, on).from);
            prop_assert_eq!(parts.last().map(|part| part.to), Some(on));
            for pair in parts.windows(2) {
                prop_assert_eq!(pair[0].to.succ_opt(), Some(pair[1].from));
            }
        }

        #[test]
        fn full_weeks_are_whole(offset in 0_i64..20_000, weeks in 1_u32..=26) {
            let on = day("1990-01-01") + chrono::Duration::days(offset);
            let window = Window::full_weeks(weeks, on);
            prop_assert_eq!(window.weeks().count(), weeks as usize);
            prop_assert_eq!(Week::of(window.from).monday, window.from);
            prop_assert!(window.to <= on && (on - window.to).num_days() < 7);
        }
    }
}
