//! Jobs: on what terms from which day, when a job counts as competitive, how it ends and what comes next.
//!
//! A job is one contract. Changes of it are dated rows, not jobs of their own. People, contracts and steps that are
//! no job are three different counts and are never added together.

use crate::codes::{Code, codes};
use crate::form;
use crate::forms::{self, FieldError};
use crate::known::END_REASONS;
use crate::visits::{NO, YES};
use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

codes! {
    /// What the pay goes by.
    PayBasis {
        /// A collective agreement, or more.
        Agreement = "agreement",
        /// No agreement holds there: what the law asks.
        Law = "law",
        /// Less than that, or no pay.
        Below = "below",
        /// Nobody knows yet.
        Unknown = "unknown",
    }

    /// What comes after a job. Nobody's service is closed by the end of a job.
    WhatNext {
        /// The next search begins at once.
        Search = "search",
        /// Studies.
        Studies = "studies",
        /// A break that the client wants.
        Break = "break",
        /// Something else.
        Other = "other",
    }
}

/// More hours a week than this are no job of one person.
pub const HOURS_MAX: i64 = 80;
/// A job may begin so many days ahead.
const AHEAD_DAYS: u64 = 366;

/// On what terms somebody works, from a day on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    /// What the work is called.
    pub title: String,
    /// Its ISCO-08 code, four digits.
    pub isco08: Option<String>,
    /// Minutes a week.
    pub minutes_per_week: Option<i64>,
    /// Without an end?
    pub permanent: Option<bool>,
    /// The last day of a fixed term.
    pub until_on: Option<NaiveDate>,
    /// What the pay goes by.
    pub pay_basis: Option<PayBasis>,
    /// How much of the pay is subsidised, in per cent; none where it is not, or where nobody knows how much.
    pub subsidy_percent: Option<i64>,
    /// Is the pay subsidised?
    pub subsidy: Option<bool>,
    /// The last day of the subsidy.
    pub subsidy_until: Option<NaiveDate>,
    /// May anyone apply for such work?
    pub open_to_all: Option<bool>,
    /// Is it set aside for disabled people?
    pub set_aside: Option<bool>,
    /// Does the employer know of the service or of the illness?
    pub disclosed: Option<bool>,
}

impl Terms {
    /// Is it ordinary work: anyone may apply, the agreed wage is paid, and it is not set aside for disabled people
    /// (items 19–21 of the criteria)? A subsidy changes nothing about it. None where one of the three is not known
    /// and none of the others says no.
    #[must_use]
    pub fn competitive(&self) -> Option<bool> {
        let paid = match self.pay_basis {
            Some(PayBasis::Agreement | PayBasis::Law) => Some(true),
            Some(PayBasis::Below) => Some(false),
            Some(PayBasis::Unknown) | None => None,
        };
        let three = [self.open_to_all, paid, self.set_aside.map(|aside| !aside)];
        if three.contains(&Some(false)) {
            Some(false)
        } else if three.contains(&None) {
            None
        } else {
            Some(true)
        }
    }
}

/// The terms that hold on a day: those of the latest change up to it, or those of the start. Changes come in any
/// order.
#[must_use]
pub fn terms_on<'a>(start: &'a Terms, changes: &'a [(NaiveDate, Terms)], day: NaiveDate) -> &'a Terms {
    let held = changes.iter().filter(|(from, _)| *from <= day);
    held.max_by_key(|(from, _)| *from).map_or(start, |(_, terms)| terms)
}

form! {
    /// The terms of a job as they are typed, with the day from which they hold.
    TermsFields {
        /// From when: the start of the job, or the day of the change.
        day: line,
        /// What the work is called.
        title: line,
        /// Hours a week, with a comma or a point.
        hours: line,
        /// `yes` without an end, `no` until a day.
        permanent: line,
        /// The last day of a fixed term.
        until_on: line,
        /// What the pay goes by.
        pay_basis: line,
        /// `yes` when anyone may apply.
        open_to_all: line,
        /// `yes` when it is set aside.
        set_aside: line,
        /// The subsidy in per cent: empty unknown, 0 none.
        subsidy: line,
        /// The last day of the subsidy.
        subsidy_until: line,
        /// `yes` when the employer knows.
        disclosed: line,
        /// The ISCO-08 code.
        isco08: line,
        /// In words.
        words: words,
    }
}

/// Between which days terms may begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Today.
    pub today: NaiveDate,
    /// Not before: the agreement's day for a new job, the start for a change.
    pub earliest: Option<NaiveDate>,
    /// Not after: the end of the job, or for the terms of its start the first change.
    pub latest: Option<NaiveDate>,
    /// The end of the job: a subsidy is no longer.
    pub ended: Option<NaiveDate>,
}

/// Terms that can be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Noted {
    /// From when.
    pub day: NaiveDate,
    /// The terms.
    pub terms: Terms,
    /// In words; may be empty.
    pub words: String,
}

/// `yes`, `no`, or nothing.
fn answer(text: &str, field: &'static str, errors: &mut Vec<FieldError>) -> Option<bool> {
    match text {
        "" => None,
        YES => Some(true),
        NO => Some(false),
        _ => {
            errors.push(FieldError::Choice(field));
            None
        }
    }
}

fn said(answer: Option<bool>) -> String {
    answer.map_or("", |yes| if yes { YES } else { NO }).to_owned()
}

/// Hours as they are typed, in minutes: more than none, at most [`HOURS_MAX`].
#[must_use]
pub fn minutes_of(hours: &str) -> Option<i64> {
    let (whole, part) = hours.split_once([',', '.']).unwrap_or((hours, ""));
    if part.len() > 2 {
        return None;
    }
    let number = |text: &str| -> Option<i64> {
        text.chars().all(|sign| sign.is_ascii_digit()).then(|| text.parse().ok()).flatten()
    };
    let (whole, hundredths) = (number(whole)?, number(&format!("{part:0<2}"))?);
    let minutes = whole.checked_mul(60)? + hundredths * 60 / 100;
    (1..=HOURS_MAX * 60).contains(&minutes).then_some(minutes)
}

/// Minutes as hours, the way that they are typed: `20`, `7,5`.
#[must_use]
pub fn hours_text(minutes: i64) -> String {
    match minutes % 60 * 100 / 60 {
        0 => (minutes / 60).to_string(),
        part if part % 10 == 0 => format!("{},{}", minutes / 60, part / 10),
        part => format!("{},{part:02}", minutes / 60),
    }
}

impl TermsFields {
    /// The form as terms fill it.
    #[must_use]
    pub fn of(day: NaiveDate, terms: &Terms, words: &str) -> Self {
        let day_text = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        Self {
            day: day.to_string(),
            title: terms.title.clone(),
            hours: terms.minutes_per_week.map(hours_text).unwrap_or_default(),
            permanent: said(terms.permanent),
            until_on: day_text(terms.until_on),
            pay_basis: terms.pay_basis.map(|basis| basis.code().to_owned()).unwrap_or_default(),
            open_to_all: said(terms.open_to_all),
            set_aside: said(terms.set_aside),
            subsidy: match (terms.subsidy, terms.subsidy_percent) {
                (_, Some(percent)) => percent.to_string(),
                (Some(true), None) => "unknown".to_owned(),
                (Some(false), None) => "0".to_owned(),
                (None, None) => String::new(),
            },
            subsidy_until: day_text(terms.subsidy_until),
            disclosed: said(terms.disclosed),
            isco08: terms.isco08.clone().unwrap_or_default(),
            words: words.to_owned(),
        }
    }

    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self, bounds: Bounds) -> Result<Noted, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let wrong = &mut errors;
        let day = self.begin(&fields.day, bounds, wrong);
        forms::needed(&fields.title, "title", wrong);
        let minutes_per_week = (!fields.hours.is_empty()).then(|| minutes_of(&fields.hours));
        if minutes_per_week == Some(None) {
            wrong.push(FieldError::Number("hours"));
        }
        let permanent = answer(&fields.permanent, "permanent", wrong);
        let until_on =
            forms::day(&fields.until_on, "until_on", bounds.today, wrong).filter(|_| permanent != Some(true));
        if until_on.zip(day).is_some_and(|(until, day)| until < day) {
            wrong.push(FieldError::TooEarly("until_on"));
        }
        let pay_basis = (!fields.pay_basis.is_empty()).then(|| PayBasis::parse(&fields.pay_basis).ok());
        if pay_basis == Some(None) {
            wrong.push(FieldError::Choice("pay_basis"));
        }
        let (subsidy, subsidy_percent) = subsidy(&fields.subsidy, wrong);
        let subsidy_until = forms::day(&fields.subsidy_until, "subsidy_until", bounds.today, wrong)
            .filter(|_| subsidy != Some(false));
        if let Some(until) = subsidy_until {
            if day.is_some_and(|day| until < day) {
                wrong.push(FieldError::TooEarly("subsidy_until"));
            }
            // No longer than the job.
            if [until_on, bounds.ended].into_iter().flatten().any(|end| end < until) {
                wrong.push(FieldError::TooLate("subsidy_until"));
            }
        }
        let isco08 = (!fields.isco08.is_empty()).then(|| fields.isco08.clone());
        if isco08.as_ref().is_some_and(|code| code.len() != 4 || !code.chars().all(|c| c.is_ascii_digit())) {
            wrong.push(FieldError::Number("isco08"));
        }
        let terms = Terms {
            title: fields.title.clone(),
            isco08,
            minutes_per_week: minutes_per_week.flatten(),
            permanent: permanent.or(until_on.map(|_| false)),
            until_on,
            pay_basis: pay_basis.flatten(),
            subsidy_percent,
            subsidy: subsidy.or(subsidy_until.map(|_| true)),
            subsidy_until,
            open_to_all: answer(&fields.open_to_all, "open_to_all", wrong),
            set_aside: answer(&fields.set_aside, "set_aside", wrong),
            disclosed: answer(&fields.disclosed, "disclosed", wrong),
        };
        let noted = Noted { day: day.unwrap_or(bounds.today), terms, words: fields.words };
        forms::checked(noted, Self::NAMES, errors)
    }

    fn begin(&self, text: &str, bounds: Bounds, errors: &mut Vec<FieldError>) -> Option<NaiveDate> {
        let day = forms::day(text, "day", bounds.today, errors);
        let last = bounds.today.checked_add_days(Days::new(AHEAD_DAYS)).unwrap_or(bounds.today);
        match day {
            None if text.is_empty() => errors.push(FieldError::Missing("day")),
            Some(day) if bounds.earliest.is_some_and(|earliest| day < earliest) => {
                errors.push(FieldError::TooEarly("day"));
            }
            Some(day) if bounds.latest.is_some_and(|latest| day > latest) => {
                errors.push(FieldError::TooLate("day"));
            }
            Some(day) if day > last => errors.push(FieldError::Ahead("day")),
            _ => {}
        }
        day
    }
}

/// Is there a subsidy, and how much of the pay?
fn subsidy(text: &str, errors: &mut Vec<FieldError>) -> (Option<bool>, Option<i64>) {
    match text {
        "" => return (None, None),
        "unknown" => return (Some(true), None),
        _ => {}
    }
    match text.parse::<i64>() {
        Ok(0) => (Some(false), None),
        Ok(percent @ 1..=100) => (Some(true), Some(percent)),
        _ => {
            errors.push(FieldError::Number("subsidy"));
            (None, None)
        }
    }
}

form! {
    /// The end of a job as it is typed, with what comes next.
    EndFields {
        /// The last day.
        day: line,
        /// Why, by its code.
        reason: line,
        /// The day on which the coach heard of it.
        learnt_on: line,
        /// What comes next, by its code.
        next: line,
        /// The first step of it.
        step: line,
        /// When that is due.
        step_on: line,
        /// In words.
        words: words,
    }
}

/// The end of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct End {
    /// The last day.
    pub day: NaiveDate,
    /// Why.
    pub reason: String,
    /// When the coach heard of it.
    pub learnt_on: NaiveDate,
    /// What comes next.
    pub next: WhatNext,
    /// The first step of it, and when it is due.
    pub step: Option<(String, NaiveDate)>,
    /// In words; may be empty.
    pub words: String,
}

impl EndFields {
    /// Reads the form for a job that began on a day; `changed_on` is the day of its latest change.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(
        &self,
        started_on: NaiveDate,
        changed_on: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Result<End, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let day = forms::past_day(&fields.day, "day", today, &mut errors);
        if day.is_some_and(|day| day < changed_on.map_or(started_on, |changed| changed.max(started_on))) {
            errors.push(FieldError::TooEarly("day"));
        }
        if fields.reason.is_empty() {
            errors.push(FieldError::Missing("reason"));
        } else if !END_REASONS.contains(&fields.reason.as_str()) {
            errors.push(FieldError::Choice("reason"));
        }
        let learnt_on = if fields.learnt_on.is_empty() {
            Some(today)
        } else {
            forms::past_day(&fields.learnt_on, "learnt_on", today, &mut errors)
        };
        let next = WhatNext::parse(&fields.next).unwrap_or_else(|_| {
            errors.push(FieldError::Missing("next"));
            WhatNext::Search
        });
        let step_on = forms::day(&fields.step_on, "step_on", today, &mut errors);
        // The next search begins with a step: it is not only hoped for.
        if next == WhatNext::Search {
            forms::needed(&fields.step, "step", &mut errors);
        }
        if !fields.step.is_empty() && step_on.is_none() && fields.step_on.is_empty() {
            errors.push(FieldError::Missing("step_on"));
        }
        let end = End {
            day: day.unwrap_or(today),
            reason: fields.reason,
            learnt_on: learnt_on.unwrap_or(today),
            next,
            step: step_on.filter(|_| !fields.step.is_empty()).map(|on| (fields.step, on)),
            words: fields.words,
        };
        forms::checked(end, Self::NAMES, errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn bounds() -> Bounds {
        Bounds { today: day("2026-11-26"), earliest: Some(day("2026-01-07")), latest: None, ended: None }
    }

    fn fields() -> TermsFields {
        TermsFields { day: "2026-11-02".into(), title: "keittiöapulainen".into(), ..TermsFields::default() }
    }

    fn wrong(fields: &TermsFields) -> Vec<FieldError> {
        fields.read(bounds()).err().unwrap_or_default()
    }

    #[test]
    fn a_day_and_a_title_are_enough_and_the_rest_stays_unknown() {
        let noted = fields().read(bounds()).unwrap();
        assert_eq!(noted.day, day("2026-11-02"));
        assert_eq!(noted.terms, Terms { title: "keittiöapulainen".into(), ..Terms::default() });
        assert_eq!(noted.terms.competitive(), None);
    }

    #[test]
    fn hours_of_none_and_of_a_hundred_are_refused_and_sixty_taken() {
        assert_eq!([minutes_of("0"), minutes_of("80,5"), minutes_of("x"), minutes_of("-3")], [None; 4]);
        assert_eq!(
            [minutes_of("60"), minutes_of("7,5"), minutes_of("7.25")],
            [Some(3600), Some(450), Some(435)]
        );
        for minutes in [60, 450, 435, 1200] {
            assert_eq!(minutes_of(&hours_text(minutes)), Some(minutes));
        }
        assert_eq!(wrong(&TermsFields { hours: "0".into(), ..fields() }), [FieldError::Number("hours")]);
    }

    #[test]
    fn a_job_lies_after_the_agreement_and_a_change_within_the_job() {
        assert_eq!(
            wrong(&TermsFields { day: "2026-01-06".into(), ..fields() }),
            [FieldError::TooEarly("day")]
        );
        assert_eq!(wrong(&TermsFields { day: "2027-11-28".into(), ..fields() }), [FieldError::Ahead("day")]);
        let ended = Bounds { latest: Some(day("2026-11-01")), ..bounds() };
        assert_eq!(fields().read(ended).err(), Some(vec![FieldError::TooLate("day")]));
    }

    #[test]
    fn a_subsidy_is_no_longer_than_the_job() {
        let long = TermsFields {
            permanent: NO.into(),
            until_on: "2027-03-31".into(),
            subsidy: "70".into(),
            subsidy_until: "2027-04-01".into(),
            ..fields()
        };
        assert_eq!(wrong(&long), [FieldError::TooLate("subsidy_until")]);
        let fits = TermsFields { subsidy_until: "2027-03-31".into(), ..long };
        let terms = fits.read(bounds()).unwrap().terms;
        assert_eq!((terms.subsidy, terms.subsidy_percent), (Some(true), Some(70)));
        assert_eq!(
            TermsFields::of(day("2026-11-02"), &terms, ""),
            TermsFields { words: String::new(), ..fits }
        );
    }

    #[test]
    fn a_job_is_competitive_by_three_answers_and_a_subsidy_changes_nothing() {
        let terms = |open, basis, aside| Terms {
            open_to_all: open,
            pay_basis: basis,
            set_aside: aside,
            subsidy: Some(true),
            ..Terms::default()
        };
        let agreement = Some(PayBasis::Agreement);
        assert_eq!(terms(Some(true), agreement, Some(false)).competitive(), Some(true));
        assert_eq!(terms(Some(true), Some(PayBasis::Below), None).competitive(), Some(false));
        assert_eq!(terms(Some(true), agreement, Some(true)).competitive(), Some(false));
        assert_eq!(terms(Some(false), None, None).competitive(), Some(false));
        assert_eq!(terms(Some(true), Some(PayBasis::Unknown), Some(false)).competitive(), None);
    }

    #[test]
    fn the_latest_change_up_to_a_day_holds_on_it() {
        let titled = |title: &str| Terms { title: title.into(), ..Terms::default() };
        let start = titled("start");
        let changes = [(day("2026-11-20"), titled("later")), (day("2026-11-10"), titled("first"))];
        let on = |at: &str| terms_on(&start, &changes, day(at)).title.clone();
        assert_eq!([on("2026-11-09"), on("2026-11-10"), on("2026-12-24")], ["start", "first", "later"]);
    }

    #[test]
    fn an_end_says_what_comes_next() {
        let fields = EndFields {
            day: "2026-11-20".into(),
            reason: "fixed_term_ended".into(),
            next: "search".into(),
            step: "Käydään läpi, mitä opittiin".into(),
            step_on: "2026-11-30".into(),
            ..EndFields::default()
        };
        let (start, today) = (day("2026-11-02"), day("2026-11-26"));
        let end = fields.read(start, None, today).unwrap();
        assert_eq!((end.learnt_on, end.next), (today, WhatNext::Search));
        let before = EndFields { day: "2026-11-01".into(), ..fields.clone() };
        assert_eq!(before.read(start, None, today), Err(vec![FieldError::TooEarly("day")]));
        assert_eq!(
            fields.read(start, Some(day("2026-11-21")), today),
            Err(vec![FieldError::TooEarly("day")])
        );
        let silent = EndFields { step: String::new(), step_on: String::new(), ..fields };
        assert_eq!(silent.read(start, None, today), Err(vec![FieldError::Missing("step")]));
    }
}
