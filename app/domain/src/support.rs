//! Support around work, for as long as somebody wants it.
//!
//! Nothing here ends support: for every job that goes on there is always a next time, whoever stands by meanwhile
//! and however many years have gone (item 23 of the criteria).

use crate::calendar::days_between;
use crate::codes::{Code, Mode, Recipient, SupportPlace as Place, codes};
use crate::form;
use crate::forms::{self, FieldError, LINE_MAX, WORDS_MAX};
use crate::ids::{ClientId, JobId, SupportId};
use crate::known::SUPPORT_KINDS;
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

codes! {
    /// Who gave a support.
    Giver {
        /// The coach who logs it.
        Coach = "coach",
        /// Somebody of the treatment team.
        CareTeam = "care_team",
        /// Family or a friend.
        Family = "family",
        /// Somebody with the same experience.
        Peer = "peer",
        /// Somebody at the workplace.
        Employer = "employer",
        /// Somebody else.
        Other = "other",
    }

    /// What was agreed about support around a job.
    AgreementKind {
        /// So often.
        Rhythm = "rhythm",
        /// The treatment team stands by, and the coach comes when asked and says hello once a year.
        CareTeam = "care_team",
    }
}

/// A support takes so many minutes unless told otherwise.
pub const USUAL_MINUTES: u16 = 30;
/// A support may be noted for so many days back.
const BACK_DAYS: u64 = 366;
/// Face to face within so many days before the start.
pub const BEFORE_START: u64 = 7;
/// Within so many days after the start.
pub const AFTER_START: u64 = 3;
/// The first month is so long, and support comes each week.
pub const FIRST_MONTH: u64 = 28;
/// Days from one support to the next in the first month.
pub const WEEKLY: u64 = 7;
/// Days from one support to the next after it, unless something else was agreed.
pub const MONTHLY: u64 = 31;
/// Days to the next hello where the treatment team stands by.
pub const HELLO: u64 = 365;
/// After a job was lost the client is met within so many days of hearing of it.
pub const JOB_LOST: u64 = 3;

/// A support, as a coach logs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogSupport {
    /// For whom.
    pub client: ClientId,
    /// Around which job; none outside of one.
    pub job: Option<JobId>,
    /// The day.
    pub day: NaiveDate,
    /// How.
    pub mode: Mode,
    /// Where.
    pub place: Place,
    /// To whom.
    pub recipient: Recipient,
    /// What it was about, one of [`SUPPORT_KINDS`].
    pub about: String,
    /// Who gave it.
    pub giver: Giver,
    /// The giver's name, where it was not the coach; may be empty.
    pub giver_name: String,
    /// How long, in minutes.
    pub minutes: u16,
    /// In words; may be empty.
    pub words: String,
}

/// A command about a support that is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OnSupport {
    /// The support.
    pub support: SupportId,
}

impl LogSupport {
    /// Is it sound? The same rule in the browser and on the server.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self, today: NaiveDate) -> Result<(), Vec<FieldError>> {
        let mut errors = Vec::new();
        let earliest = today.checked_sub_days(Days::new(BACK_DAYS)).unwrap_or(today);
        if self.day > today {
            errors.push(FieldError::Ahead("day"));
        } else if self.day < earliest {
            errors.push(FieldError::TooEarly("day"));
        }
        if self.minutes > 1440 {
            errors.push(FieldError::Number("minutes"));
        }
        if !SUPPORT_KINDS.contains(&self.about.as_str()) {
            errors.push(FieldError::Choice("kind"));
        }
        for (text, field, max) in
            [(&self.giver_name, "giver_name", LINE_MAX), (&self.words, "words", WORDS_MAX)]
        {
            if text.chars().count() > max {
                errors.push(FieldError::TooLong(field));
            }
        }
        forms::checked((), SupportFields::NAMES, errors)
    }
}

form! {
    /// A support as it is typed.
    SupportFields {
        /// The job's id; empty outside of one.
        job: line,
        /// To whom, by its code.
        recipient: line,
        /// How, by its code.
        mode: line,
        /// What it was about, by its code.
        kind: line,
        /// The day.
        day: line,
        /// Where, by its code.
        place: line,
        /// How long.
        minutes: line,
        /// Who gave it, by its code.
        giver: line,
        /// The giver's name.
        giver_name: line,
        /// In words.
        words: words,
    }
}

impl SupportFields {
    /// A form that nobody has touched, for a job.
    #[must_use]
    pub fn untouched(job: Option<JobId>, started: bool, today: NaiveDate) -> Self {
        let kind = if started { "on_the_job" } else { "preparation" };
        Self {
            job: job.map(|job| job.to_string()).unwrap_or_default(),
            recipient: Recipient::Client.code().to_owned(),
            mode: Mode::InPerson.code().to_owned(),
            kind: kind.to_owned(),
            day: today.to_string(),
            place: if started { Place::Workplace } else { Place::Community }.code().to_owned(),
            minutes: USUAL_MINUTES.to_string(),
            giver: Giver::Coach.code().to_owned(),
            ..Self::default()
        }
    }

    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self, client: ClientId, today: NaiveDate) -> Result<LogSupport, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let wrong = &mut errors;
        let job = (!fields.job.is_empty()).then(|| fields.job.parse().ok());
        if job == Some(None) {
            wrong.push(FieldError::Choice("job"));
        }
        let support = LogSupport {
            client,
            job: job.flatten(),
            day: forms::past_day(&fields.day, "day", today, wrong).unwrap_or(today),
            mode: choice(&fields.mode, "mode", Mode::InPerson, wrong),
            place: choice(&fields.place, "place", Place::Community, wrong),
            recipient: choice(&fields.recipient, "recipient", Recipient::Client, wrong),
            about: fields.kind.clone(),
            giver: choice(&fields.giver, "giver", Giver::Coach, wrong),
            giver_name: fields.giver_name.clone(),
            minutes: fields.minutes.parse().unwrap_or_else(|_| {
                wrong.push(FieldError::Number("minutes"));
                0
            }),
            words: fields.words,
        };
        errors.extend(support.check(today).err().unwrap_or_default());
        forms::checked(support, Self::NAMES, errors)
    }
}

/// A code of a list; where nothing stands, what is usual.
fn choice<T: Code>(text: &str, field: &'static str, usual: T, errors: &mut Vec<FieldError>) -> T {
    if text.is_empty() {
        return usual;
    }
    T::parse(text).unwrap_or_else(|_| {
        errors.push(FieldError::Choice(field));
        usual
    })
}

/// What was agreed about a job's support, from a day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// From when.
    pub from: NaiveDate,
    /// So often, in days; none where the treatment team stands by.
    pub every: Option<u16>,
}

form! {
    /// What is agreed about support, as it is typed.
    AgreementFields {
        /// `rhythm` or `care_team`.
        kind: line,
        /// Days from one support to the next.
        every: line,
        /// Who stands by.
        stands_by: line,
        /// From when.
        from_day: line,
        /// In words.
        words: words,
    }
}

/// What is agreed about support, to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreed {
    /// What.
    pub kind: AgreementKind,
    /// Days from one support to the next, for a rhythm.
    pub every: Option<u16>,
    /// Who stands by, where the treatment team does.
    pub stands_by: String,
    /// From when.
    pub from: NaiveDate,
    /// In words; may be empty.
    pub words: String,
}

impl AgreementFields {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self, today: NaiveDate) -> Result<Agreed, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let kind = AgreementKind::parse(&fields.kind).unwrap_or_else(|_| {
            errors.push(FieldError::Missing("kind"));
            AgreementKind::Rhythm
        });
        let every = fields.every.parse().ok().filter(|days| (1..=366).contains(days));
        match kind {
            AgreementKind::Rhythm if every.is_none() => errors.push(FieldError::Number("every")),
            AgreementKind::CareTeam => forms::needed(&fields.stands_by, "stands_by", &mut errors),
            AgreementKind::Rhythm => {}
        }
        let from = forms::past_day(&fields.from_day, "from_day", today, &mut errors).unwrap_or(today);
        let every = every.filter(|_| kind == AgreementKind::Rhythm);
        let agreed = Agreed { kind, every, stands_by: fields.stands_by, from, words: fields.words };
        forms::checked(agreed, Self::NAMES, errors)
    }
}

/// A job, as far as support goes by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Job {
    /// First day.
    pub started_on: NaiveDate,
    /// Last day.
    pub ended_on: Option<NaiveDate>,
    /// When the coach heard of the end.
    pub learnt_on: Option<NaiveDate>,
}

/// Why there is a next time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// Face to face in the week before the start.
    BeforeStart,
    /// Within days after the start.
    AfterStart,
    /// Weekly in the first month.
    FirstMonth,
    /// At least monthly.
    Monthly,
    /// As it was agreed.
    Agreed,
    /// The treatment team stands by: hello once a year.
    Hello,
    /// The job was lost: meet within days.
    JobLost,
}

/// The next time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Next {
    /// The day on which it is due at the latest.
    pub on: NaiveDate,
    /// From when on it can be done.
    pub from: NaiveDate,
    /// Why.
    pub why: Why,
}

impl Next {
    /// Is it to be done on a day?
    #[must_use]
    pub fn is_due(&self, today: NaiveDate) -> bool {
        self.from <= today
    }

    /// Is it late on a day?
    #[must_use]
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.on < today
    }
}

fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

/// What is to be done next around a job. `before` is the latest support face to face up to the start, `last` the
/// latest one, `agreed` what holds today, `met` the latest contact of any kind with the client. A job that goes
/// on always has a next time; one that has ended has one until the client was met after it.
#[must_use]
pub fn next(
    job: Job,
    before: Option<NaiveDate>,
    last: Option<NaiveDate>,
    agreed: Option<Agreement>,
    met: Option<NaiveDate>,
    today: NaiveDate,
) -> Option<Next> {
    let started = job.started_on;
    if let Some(ended) = job.ended_on.filter(|ended| *ended <= today) {
        // Of old jobs from a package nobody knows when it was heard of.
        let learnt = job.learnt_on?;
        let heard = met.max(last).is_some_and(|met| met >= learnt.min(ended));
        let on = after(learnt, JOB_LOST);
        return (!heard).then_some(Next { on, from: learnt, why: Why::JobLost });
    }
    let week_before = started.checked_sub_days(Days::new(BEFORE_START)).unwrap_or(started);
    if today < started && before.is_none_or(|before| before < week_before) {
        return Some(Next { on: started, from: week_before, why: Why::BeforeStart });
    }
    let Some(last) = last.filter(|last| *last >= started) else {
        return Some(Next { on: after(started, AFTER_START), from: started, why: Why::AfterStart });
    };
    let (every, why) = match agreed.filter(|agreed| agreed.from <= today) {
        Some(Agreement { every: Some(days), .. }) => (u64::from(days), Why::Agreed),
        Some(Agreement { every: None, .. }) => (HELLO, Why::Hello),
        None if last < after(started, FIRST_MONTH) => (WEEKLY, Why::FirstMonth),
        None => (MONTHLY, Why::Monthly),
    };
    let on = after(last, every);
    Some(Next { on, from: on, why })
}

/// Days without support, when support is late by the rule above.
#[must_use]
pub fn late_days(
    working_since: Option<NaiveDate>,
    last: Option<NaiveDate>,
    agreed: Option<Agreement>,
    today: NaiveDate,
) -> Option<u32> {
    let started_on = working_since?;
    let job = Job { started_on, ended_on: None, learnt_on: None };
    let next = next(job, None, last, agreed, None, today)?;
    let since = last.filter(|last| *last >= started_on).unwrap_or(started_on);
    next.is_late(today).then(|| days_between(since, today))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    const CLIENT: ClientId = ClientId(Uuid::from_u128(7));

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn job(started: &str) -> Job {
        Job { started_on: day(started), ended_on: None, learnt_on: None }
    }

    fn why(next: Option<Next>) -> (Why, String) {
        let next = next.unwrap();
        (next.why, next.on.to_string())
    }

    #[test]
    fn an_untouched_form_can_be_saved_and_what_cannot_have_happened_is_refused() {
        let today = day("2026-11-26");
        let fields = SupportFields::untouched(None, true, today);
        let support = fields.read(CLIENT, today).unwrap();
        assert_eq!((support.minutes, support.mode, support.giver), (30, Mode::InPerson, Giver::Coach));
        let ahead = SupportFields { day: "2026-11-27".into(), ..fields.clone() };
        assert_eq!(ahead.read(CLIENT, today), Err(vec![FieldError::Ahead("day")]));
        let odd = SupportFields { kind: "magic".into(), minutes: "x".into(), ..fields };
        assert_eq!(
            odd.read(CLIENT, today),
            Err(vec![FieldError::Choice("kind"), FieldError::Number("minutes")])
        );
    }

    #[test]
    fn support_comes_before_the_start_after_it_each_week_and_then_each_month() {
        let at = |today: &str, before: Option<&str>, last: Option<&str>| {
            why(next(job("2026-03-02"), before.map(day), last.map(day), None, None, day(today)))
        };
        assert_eq!(at("2026-02-20", None, None), (Why::BeforeStart, "2026-03-02".into()));
        let done = at("2026-02-27", Some("2026-02-26"), Some("2026-02-26"));
        assert_eq!(done, (Why::AfterStart, "2026-03-05".into()));
        assert_eq!(at("2026-03-03", None, None), (Why::AfterStart, "2026-03-05".into()));
        assert_eq!(at("2026-03-10", None, Some("2026-03-04")), (Why::FirstMonth, "2026-03-11".into()));
        assert_eq!(at("2026-04-20", None, Some("2026-03-30")), (Why::Monthly, "2026-04-30".into()));
    }

    #[test]
    fn what_was_agreed_holds_from_its_day_and_the_care_team_still_means_hello() {
        let agreed = |every| Some(Agreement { from: day("2026-06-01"), every });
        let at = |every, today: &str| {
            why(next(job("2025-01-07"), None, Some(day("2026-05-20")), agreed(every), None, day(today)))
        };
        assert_eq!(at(Some(90), "2026-05-31"), (Why::Monthly, "2026-06-20".into()));
        assert_eq!(at(Some(90), "2026-06-01"), (Why::Agreed, "2026-08-18".into()));
        assert_eq!(at(None, "2026-06-01"), (Why::Hello, "2027-05-20".into()));
    }

    #[test]
    fn a_lost_job_calls_until_the_client_was_met() {
        let lost = Job {
            started_on: day("2026-03-02"),
            ended_on: Some(day("2026-11-20")),
            learnt_on: Some(day("2026-11-23")),
        };
        let at = |met: Option<&str>| next(lost, None, None, None, met.map(day), day("2026-11-26"));
        assert_eq!(why(at(None)), (Why::JobLost, "2026-11-26".into()));
        assert_eq!(why(at(Some("2026-11-19"))).0, Why::JobLost);
        assert_eq!(at(Some("2026-11-23")), None);
        assert_eq!(next(Job { learnt_on: None, ..lost }, None, None, None, None, day("2026-11-26")), None);
    }

    #[test]
    fn days_without_support_are_counted_from_the_start_or_the_last_one() {
        let today = day("2026-11-26");
        let late = |since: &str, last: Option<&str>| late_days(Some(day(since)), last.map(day), None, today);
        assert_eq!(late("2026-01-07", Some("2026-10-26")), None);
        assert_eq!(late("2026-01-07", Some("2026-10-25")), Some(32));
        assert_eq!(late("2026-11-22", None), Some(4));
        assert_eq!(late_days(None, None, None, today), None);
        // A leap day is a day like any other.
        let leap = |at: &str| late_days(Some(day("2027-01-04")), Some(day("2028-02-29")), None, day(at));
        assert_eq!([leap("2028-03-31"), leap("2028-04-01")], [None, Some(32)]);
    }

    proptest! {
        /// However long somebody works and whatever was agreed: there is a next time, and it comes.
        #[test]
        fn support_of_a_job_that_goes_on_never_ends(
            years in 0u64..100, last in 0u64..36_500, every in proptest::option::of(1u16..366), agreed: bool,
        ) {
            let job = job("2026-03-02");
            let last = after(job.started_on, last);
            let today = after(last, years * 365);
            let agreement = agreed.then_some(Agreement { from: job.started_on, every });
            let next = next(job, None, Some(last), agreement, None, today).expect("a next time");
            prop_assert!(next.on <= after(last, 366));
            prop_assert!(years < 2 || next.is_late(today));
        }
    }

    #[test]
    fn no_column_and_no_code_of_support_says_when_it_ends() {
        for sql in [
            include_str!("../../../server/backend/migrations/sqlite/0015_support.sql"),
            include_str!("../../../server/backend/migrations/postgres/0015_support.sql"),
        ] {
            let columns = sql.lines().filter(|line| !line.trim_start().starts_with("--"));
            let feeds = columns.clone().position(|line| line.contains("create table calendar_feed")).unwrap();
            for line in columns.take(feeds) {
                let said = ["ended", "ends_", "until", "to_day", "expire", "max_"];
                assert!(said.iter().all(|word| !line.contains(word)), "{line}");
            }
        }
        for code in Giver::ALL.iter().map(|giver| giver.code()).chain(SUPPORT_KINDS.iter().copied()) {
            assert!(!code.contains("end"), "{code}");
        }
    }
}
