//! What a coach's week went to: how much of it to employment services, and how much of that out of the office.
//! Two sliders say it; what is logged already says where they may start.

use crate::calendar::Week;
use crate::codes::{TimeCategory, TimePlace};
use crate::form;
use crate::forms::{self, FieldError};
use chrono::{Days, NaiveDate};

/// Minutes in a full week of work: 37 h 30 min, as in the collective agreements of wellbeing counties.
pub const FULL_WEEK: i64 = 2250;
/// Minutes in a week.
const WEEK: i64 = 7 * 1440;
/// A week is written down for so many days back: a half year, the longest window of the criteria that asks for it.
pub const DAYS_BACK: u64 = 183;

/// Minutes of a week by what they went to, and where. All other work counts as done in the office.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TimeOfWeek {
    /// Employment services out of the office.
    pub community: i64,
    /// Employment services in the office.
    pub office: i64,
    /// Everything else.
    pub other: i64,
}

impl TimeOfWeek {
    /// All minutes.
    #[must_use]
    pub fn all(&self) -> i64 {
        self.community + self.office + self.other
    }

    /// Minutes for employment services.
    #[must_use]
    pub fn service(&self) -> i64 {
        self.community + self.office
    }

    /// How much of the week went to employment services, and how much of that out of the office: whole per cent,
    /// nothing where there is nothing to share out.
    #[must_use]
    pub fn shares(&self) -> [i64; 2] {
        [percent(self.service(), self.all()), percent(self.community, self.service())]
    }

    /// A week of so many minutes, shared out.
    #[must_use]
    pub fn of(minutes: i64, [service, out]: [i64; 2]) -> Self {
        let part = |share: i64, of: i64| (share * of + 50) / 100;
        let service = part(service, minutes);
        let community = part(out, service);
        Self { community, office: service - community, other: minutes - service }
    }

    /// The rows that are stored; what was nothing is left out, but a week without work keeps a row that says so.
    #[must_use]
    pub fn rows(&self) -> Vec<(TimeCategory, TimePlace, i64)> {
        let rows = [
            (TimeCategory::EmploymentService, TimePlace::Community, self.community),
            (TimeCategory::EmploymentService, TimePlace::Office, self.office),
            (TimeCategory::Other, TimePlace::Office, self.other),
        ];
        let there: Vec<_> = rows.into_iter().filter(|(.., minutes)| *minutes > 0).collect();
        if there.is_empty() { vec![rows[1]] } else { there }
    }

    /// Adds a stored row.
    pub fn add(&mut self, category: TimeCategory, place: TimePlace, minutes: i64) {
        match (category, place) {
            (TimeCategory::EmploymentService, TimePlace::Community) => self.community += minutes,
            (TimeCategory::EmploymentService, TimePlace::Office) => self.office += minutes,
            (TimeCategory::Other, _) => self.other += minutes,
        }
    }
}

fn percent(part: i64, of: i64) -> i64 {
    if of == 0 { 0 } else { (100 * part + of / 2) / of }
}

/// Where the sliders start in a week that is not written down: the working time of the post, shared out as in the
/// `last` week that was, and never less out of the office than what is `logged` there.
#[must_use]
pub fn start(fte_hundredths: i64, last: Option<TimeOfWeek>, logged: &Logged) -> TimeOfWeek {
    let minutes = (FULL_WEEK * fte_hundredths + 50) / 100;
    let [service, out] = match last.filter(|last| last.service() > 0) {
        Some(last) => last.shares(),
        None => [100, 0],
    };
    let service_minutes = TimeOfWeek::of(minutes, [service, out]).service();
    let logged = percent(logged.out(), service_minutes).min(100);
    TimeOfWeek::of(minutes, [service, out.max(logged)])
}

/// What a week's records know already, in minutes: out of the office, and in it or at a distance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Logged {
    /// Visits to employers.
    pub visits: [i64; 2],
    /// Support around jobs.
    pub supports: [i64; 2],
    /// Meetings with clients.
    pub clients: [i64; 2],
    /// Meetings of the unit, of teams and with partners.
    pub meetings: [i64; 2],
}

impl Logged {
    /// Everything out of the office.
    #[must_use]
    pub fn out(&self) -> i64 {
        self.visits[0] + self.supports[0] + self.clients[0] + self.meetings[0]
    }
}

form! {
    /// A week as it is typed.
    TimeFields {
        /// The Monday.
        week: line,
        /// How long the week of work was, in hours: "37,5".
        worked: line,
        /// Per cent of it for employment services.
        service: line,
        /// Per cent of that out of the office.
        out: line,
    }
}

impl TimeFields {
    /// The form as it stands for a week.
    #[must_use]
    pub fn of(week: Week, time: &TimeOfWeek) -> Self {
        let [service, out] = time.shares();
        Self {
            week: week.monday.to_string(),
            worked: hours(time.all()),
            service: service.to_string(),
            out: out.to_string(),
        }
    }

    /// Reads the form: which week, and what it went to.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self, today: NaiveDate) -> Result<(Week, TimeOfWeek), Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let day = forms::past_day(&fields.week, "week", today, &mut errors).unwrap_or(today);
        let week = Week::of(day);
        if week.sunday() < today.checked_sub_days(Days::new(DAYS_BACK)).unwrap_or(today) {
            errors.push(FieldError::TooEarly("week"));
        }
        let worked = minutes(&fields.worked).filter(|minutes| *minutes <= WEEK);
        let worked = worked.unwrap_or_else(|| {
            errors.push(FieldError::Number("worked"));
            0
        });
        let mut share = |name, text: &str| {
            let share = text.parse().ok().filter(|share| (0..=100).contains(share));
            share.unwrap_or_else(|| {
                errors.push(FieldError::Number(name));
                0
            })
        };
        let shares = [share("service", &fields.service), share("out", &fields.out)];
        forms::checked((week, TimeOfWeek::of(worked, shares)), Self::NAMES, errors)
    }
}

/// Hours as they are typed, with a comma or a point, as minutes.
fn minutes(typed: &str) -> Option<i64> {
    let (whole, part) = typed.split_once([',', '.']).unwrap_or((typed, "0"));
    let digits =
        |text: &str| !text.is_empty() && text.len() <= 3 && text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(part) {
        return None;
    }
    let (hours, of): (i64, i64) = (whole.parse().ok()?, part.parse().ok()?);
    let scale = 10_i64.pow(u32::try_from(part.len()).ok()?);
    Some(hours * 60 + (of * 60 + scale / 2) / scale)
}

/// Minutes as hours to be typed: two decimals at most.
fn hours(minutes: i64) -> String {
    let hundredths = (minutes * 100 + 30) / 60;
    let text = format!("{},{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches(',').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_sliders_start_where_the_log_and_the_last_week_say() {
        let logged = Logged { visits: [300, 60], clients: [150, 0], ..Logged::default() };
        // Half a post, never written down: all of it employment services, as much outside as is logged.
        let half = start(50, None, &logged);
        assert_eq!((half.all(), half.shares()), (1125, [100, 40]));
        // The last week says more than the log.
        let last = TimeOfWeek { community: 1200, office: 600, other: 450 };
        assert_eq!(start(100, Some(last), &logged).shares(), [80, 67]);
        // The log says more than the last week.
        let desk = TimeOfWeek { community: 0, office: 2250, other: 0 };
        assert_eq!(start(100, Some(desk), &logged).shares(), [100, 20]);
        // A week off says nothing about the next.
        assert_eq!(start(100, Some(TimeOfWeek::default()), &Logged::default()).shares(), [100, 0]);
    }

    #[test]
    fn a_week_off_is_a_week_that_is_written_down() {
        let off = TimeFields {
            week: "2026-11-16".into(),
            worked: "0".into(),
            service: "100".into(),
            out: "60".into(),
        };
        let (_, time) = off.read(day("2026-11-26")).unwrap();
        assert_eq!(time, TimeOfWeek::default());
        assert_eq!(time.rows(), [(TimeCategory::EmploymentService, TimePlace::Office, 0)]);
    }

    #[test]
    fn what_is_wrong_is_said_with_its_field() {
        let today = day("2026-11-26");
        let fields = |week: &str, worked: &str, service: &str, out: &str| TimeFields {
            week: week.into(),
            worked: worked.into(),
            service: service.into(),
            out: out.into(),
        };
        for wrong in ["", "x", "-3", "1,2,3", "169", "37.5.1", "9999"] {
            let errors = fields("2026-11-23", wrong, "100", "50").read(today).unwrap_err();
            assert_eq!(errors, [FieldError::Number("worked")], "{wrong:?}");
        }
        let errors = fields("2026-11-30", "37,5", "101", "-1").read(today).unwrap_err();
        assert_eq!(
            errors,
            [FieldError::Ahead("week"), FieldError::Number("service"), FieldError::Number("out")]
        );
        assert_eq!(
            fields("2026-05-17", "37,5", "90", "65").read(today).unwrap_err(),
            [FieldError::TooEarly("week")]
        );
        let (week, time) = fields("2026-11-22", "37.5", "80", "70").read(today).unwrap();
        assert_eq!(week.monday, day("2026-11-16"));
        assert_eq!(time, TimeOfWeek { community: 1260, office: 540, other: 450 });
    }

    proptest! {
        /// Nothing of a week is lost by sharing it out, and the sliders come back where they were left.
        #[test]
        fn a_week_shared_out_is_whole(minutes in 600_i64..=WEEK, service in 20_i64..=100, out in 0_i64..=100) {
            let time = TimeOfWeek::of(minutes, [service, out]);
            prop_assert_eq!(time.all(), minutes);
            prop_assert!(time.community >= 0 && time.office >= 0 && time.other >= 0);
            let [again, out_again] = time.shares();
            prop_assert_eq!(again, service);
            prop_assert!((out_again - out).abs() <= 1);
        }

        #[test]
        fn hours_come_back_as_they_were_typed(all in 0_i64..=WEEK) {
            prop_assert_eq!(super::minutes(&hours(all)), Some(all));
        }
    }
}
