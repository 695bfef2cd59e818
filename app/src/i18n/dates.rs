//! Days and times as each language writes them.

use chrono::{Datelike, NaiveDate, NaiveTime, Timelike};
use domain::codes::Language;

const WEEKDAYS: [[&str; 7]; 3] = [
    ["ma", "ti", "ke", "to", "pe", "la", "su"],
    ["mån", "tis", "ons", "tors", "fre", "lör", "sön"],
    ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
];

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Writing days and times.
pub trait Dates {
    /// A day with its weekday: *to 7.5.*, *tors 7.5*, *Thu 7 May*.
    fn day(self, day: NaiveDate) -> String;
    /// A day with its year: *7.5.2026*, *7.5.2026*, *7 May 2026*.
    fn date(self, day: NaiveDate) -> String;
    /// A day as it is said on a page of the year of `today`: with the weekday, and with the year
    /// only when it is another one.
    fn day_seen_on(self, day: NaiveDate, today: NaiveDate) -> String;
    /// A time of day: *9.15*, *9.15*, *9:15*.
    fn time(self, time: NaiveTime) -> String;
    /// A day and a time: *to 7.5. klo 9.15*.
    fn moment(self, day: NaiveDate, time: Option<NaiveTime>) -> String;
}

impl Dates for Language {
    fn day(self, day: NaiveDate) -> String {
        let weekday = day.weekday().num_days_from_monday() as usize;
        match self {
            Self::Finnish => format!("{} {}.{}.", WEEKDAYS[0][weekday], day.day(), day.month()),
            Self::Swedish => format!("{} {}.{}", WEEKDAYS[1][weekday], day.day(), day.month()),
            Self::English => {
                format!("{} {} {}", WEEKDAYS[2][weekday], day.day(), MONTHS[day.month0() as usize])
            }
        }
    }

    fn date(self, day: NaiveDate) -> String {
        match self {
            Self::Finnish | Self::Swedish => format!("{}.{}.{}", day.day(), day.month(), day.year()),
            Self::English => format!("{} {} {}", day.day(), MONTHS[day.month0() as usize], day.year()),
        }
    }

    fn day_seen_on(self, day: NaiveDate, today: NaiveDate) -> String {
        if day.year() == today.year() { self.day(day) } else { self.date(day) }
    }

    fn time(self, time: NaiveTime) -> String {
        match self {
            Self::Finnish | Self::Swedish => format!("{}.{:02}", time.hour(), time.minute()),
            Self::English => format!("{}:{:02}", time.hour(), time.minute()),
        }
    }

    fn moment(self, day: NaiveDate, time: Option<NaiveTime>) -> String {
        let Some(time) = time else { return self.date(day) };
        let word = match self {
            Self::Finnish => "klo",
            Self::Swedish => "kl.",
            Self::English => "at",
        };
        format!("{} {word} {}", self.date(day), self.time(time))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_language_writes_its_own_way() {
        let day: NaiveDate = "2026-05-07".parse().unwrap();
        let time = NaiveTime::from_hms_opt(9, 5, 0);
        let of = |language: Language| (language.day(day), language.moment(day, time));
        assert_eq!(of(Language::Finnish), ("to 7.5.".into(), "7.5.2026 klo 9.05".into()));
        assert_eq!(of(Language::Swedish), ("tors 7.5".into(), "7.5.2026 kl. 9.05".into()));
        assert_eq!(of(Language::English), ("Thu 7 May".into(), "7 May 2026 at 9:05".into()));
    }

    #[test]
    fn the_year_is_said_when_it_is_another_one() {
        let day: NaiveDate = "2026-05-07".parse().unwrap();
        assert_eq!(Language::Finnish.day_seen_on(day, "2026-11-01".parse().unwrap()), "to 7.5.");
        assert_eq!(Language::Finnish.day_seen_on(day, "2027-01-01".parse().unwrap()), "7.5.2026");
    }
}
