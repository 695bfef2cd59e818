//! Advice about what work does to benefits and money: given before a start, and again when hours or pay change
//! (item 12 of the criteria). The product says when it is time; what a benefit is worth, the offices say.

use crate::codes::{Code, codes};
use crate::form;
use crate::forms::{self, FieldError};
use crate::ids::JobId;
use crate::jobs::Terms;
use crate::referrals::parse_codes;
use chrono::{Days, NaiveDate};

codes! {
    /// Who gave the advice.
    Adviser {
        /// The coach.
        Coach = "coach",
        /// Somebody who is trained for it.
        Trained = "trained",
        /// A specialist of benefits.
        Specialist = "specialist",
        /// Kela.
        Kela = "kela",
        /// Somebody else.
        Other = "other",
    }

    /// What it was about in time.
    Occasion {
        /// A job was offered.
        Offer = "offer",
        /// A start.
        Start = "start",
        /// Other hours.
        Hours = "hours",
        /// Other pay.
        Pay = "pay",
        /// A subsidy ends.
        SubsidyEnd = "subsidy_end",
        /// The job ends.
        JobEnd = "job_end",
        /// Something else.
        Other = "other",
    }

    /// What was talked about.
    Topic {
        /// Unemployment benefit.
        Unemployment = "unemployment",
        /// Social assistance.
        SocialAssistance = "social_assistance",
        /// Housing allowance.
        Housing = "housing",
        /// Sickness allowance.
        Sickness = "sickness",
        /// Partial sickness allowance.
        PartialSickness = "partial_sickness",
        /// Rehabilitation allowance.
        Rehabilitation = "rehabilitation",
        /// A disability pension for a time.
        TemporaryPension = "temporary_pension",
        /// A disability pension.
        Pension = "pension",
        /// Wage subsidy.
        WageSubsidy = "wage_subsidy",
        /// How much may be earned beside a benefit.
        EarningsLimit = "earnings_limit",
        /// Taxes.
        Taxes = "taxes",
        /// Debts and distraint.
        Debts = "debts",
        /// Something else.
        Other = "other",
    }
}

form! {
    /// Advice as it is typed.
    AdviceFields {
        /// The day.
        day: line,
        /// Who gave it, by its code.
        giver: line,
        /// The name of who gave it.
        giver_name: line,
        /// What it was about in time, by its code.
        occasion: line,
        /// The job's id; may be empty.
        job: line,
        /// What was talked about: codes parted by spaces.
        topics: line,
        /// In words.
        words: words,
    }
}

/// Advice, to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The day.
    pub day: NaiveDate,
    /// Who gave it.
    pub giver: Adviser,
    /// The name; may be empty.
    pub giver_name: String,
    /// What it was about in time.
    pub occasion: Occasion,
    /// Around which job.
    pub job: Option<JobId>,
    /// What was talked about.
    pub topics: Vec<Topic>,
    /// In words; may be empty.
    pub words: String,
}

impl AdviceFields {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self, today: NaiveDate) -> Result<Advice, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let day = forms::past_day(&fields.day, "day", today, &mut errors).unwrap_or(today);
        let giver = Adviser::parse(&fields.giver).unwrap_or_else(|_| {
            errors.push(FieldError::Missing("giver"));
            Adviser::Coach
        });
        let occasion = Occasion::parse(&fields.occasion).unwrap_or_else(|_| {
            errors.push(FieldError::Missing("occasion"));
            Occasion::Other
        });
        let job = (!fields.job.is_empty()).then(|| fields.job.parse().ok());
        if job == Some(None) {
            errors.push(FieldError::Choice("job"));
        }
        let topics: Vec<Topic> = parse_codes(&fields.topics).unwrap_or_else(|| {
            errors.push(FieldError::Choice("topics"));
            Vec::new()
        });
        if topics.is_empty() && fields.topics.is_empty() {
            errors.push(FieldError::Missing("topics"));
        }
        let (giver_name, words, job) = (fields.giver_name, fields.words, job.flatten());
        let advice = Advice { day, giver, giver_name, occasion, job, topics, words };
        forms::checked(advice, Self::NAMES, errors)
    }
}

/// Advice may come so many days before what it is about.
const BEFORE: u64 = 60;
/// The end of a subsidy is reminded of so many days before.
const SUBSIDY: u64 = 60;
/// Nobody is reminded of what is longer ago.
const AGO: u64 = 180;

/// A job, as far as advice goes by it.
#[derive(Clone, Debug)]
pub struct Job {
    /// First day.
    pub started_on: NaiveDate,
    /// Last day.
    pub ended_on: Option<NaiveDate>,
    /// The terms of the start.
    pub start: Terms,
    /// Its changes with their days, the earliest first.
    pub changes: Vec<(NaiveDate, Terms)>,
}

/// Advice that is to be given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Due {
    /// The day of what it is about.
    pub on: NaiveDate,
    /// What that is.
    pub occasion: Occasion,
}

/// Which advice is to be given to a client: before a start, when hours or pay change, before a subsidy ends, and
/// when a job is offered. One talk within the days before, or after, is enough for whatever lies around it.
#[must_use]
pub fn due(jobs: &[Job], offers: &[NaiveDate], given: &[NaiveDate], today: NaiveDate) -> Vec<Due> {
    let mut occasions = Vec::new();
    for job in jobs.iter().filter(|job| job.ended_on.is_none_or(|ended| ended >= today)) {
        occasions.push((job.started_on, Occasion::Start, 366));
        let mut before = &job.start;
        for (from, terms) in &job.changes {
            if terms.minutes_per_week != before.minutes_per_week {
                occasions.push((*from, Occasion::Hours, 366));
            } else if terms.pay_basis != before.pay_basis {
                occasions.push((*from, Occasion::Pay, 366));
            }
            before = terms;
        }
        if let Some(until) = before.subsidy_until {
            occasions.push((until, Occasion::SubsidyEnd, SUBSIDY));
        }
    }
    let taken = |offer: &NaiveDate| jobs.iter().any(|job| job.started_on >= *offer);
    occasions.extend(offers.iter().filter(|offer| !taken(offer)).map(|offer| (*offer, Occasion::Offer, 0)));
    let back = |day: NaiveDate, days: u64| day.checked_sub_days(Days::new(days)).unwrap_or(day);
    let open = occasions.into_iter().filter(|(on, _, ahead)| {
        let told = given.iter().any(|day| *day >= back(*on, BEFORE));
        *on >= back(today, AGO) && back(*on, *ahead) <= today && !told
    });
    let mut due: Vec<Due> = open.map(|(on, occasion, _)| Due { on, occasion }).collect();
    due.sort_unstable();
    due.dedup();
    due
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn terms(hours: i64) -> Terms {
        Terms { minutes_per_week: Some(hours * 60), ..Terms::default() }
    }

    fn job(start: &str) -> Job {
        Job { started_on: day(start), ended_on: None, start: terms(10), changes: Vec::new() }
    }

    fn said(jobs: &[Job], given: &[&str], today: &str) -> Vec<(Occasion, String)> {
        let given: Vec<NaiveDate> = given.iter().map(|text| day(text)).collect();
        let due = due(jobs, &[], &given, day(today));
        due.into_iter().map(|due| (due.occasion, due.on.to_string())).collect()
    }

    #[test]
    fn a_start_wants_advice_until_it_was_given_and_an_old_one_no_more() {
        let start = vec![(Occasion::Start, "2026-12-01".to_owned())];
        assert_eq!(said(&[job("2026-12-01")], &[], "2026-11-26"), start);
        assert_eq!(said(&[job("2026-12-01")], &["2026-10-01"], "2026-11-26"), start, "too long before");
        assert_eq!(said(&[job("2026-12-01")], &["2026-10-02"], "2026-11-26"), []);
        assert_eq!(said(&[job("2026-05-29")], &[], "2026-11-26"), [], "half a year ago");
    }

    #[test]
    fn other_hours_and_the_end_of_a_subsidy_want_it_again() {
        let changed = Job {
            changes: vec![(day("2026-10-01"), Terms { subsidy_until: Some(day("2027-01-24")), ..terms(20) })],
            ..job("2026-05-04")
        };
        assert_eq!(
            said(std::slice::from_ref(&changed), &["2026-04-20"], "2026-11-26"),
            [(Occasion::Hours, "2026-10-01".to_owned()), (Occasion::SubsidyEnd, "2027-01-24".to_owned())]
        );
        assert_eq!(said(&[changed], &["2026-11-25"], "2026-11-26"), [], "one talk about both");
    }

    #[test]
    fn an_offer_wants_it_until_the_job_is_there() {
        let offers = [day("2026-11-20")];
        assert_eq!(due(&[], &offers, &[], day("2026-11-26")).len(), 1);
        let started = due(&[job("2026-12-01")], &offers, &[], day("2026-11-26"));
        assert_eq!(started, [Due { on: day("2026-12-01"), occasion: Occasion::Start }]);
    }

    #[test]
    fn a_form_without_topics_is_asked_for_them() {
        let fields = AdviceFields {
            day: "2026-11-26".into(),
            giver: "coach".into(),
            occasion: "start".into(),
            ..AdviceFields::default()
        };
        assert_eq!(fields.read(day("2026-11-26")), Err(vec![FieldError::Missing("topics")]));
        let told = AdviceFields { topics: "housing taxes".into(), ..fields };
        assert_eq!(told.read(day("2026-11-26")).unwrap().topics, [Topic::Housing, Topic::Taxes]);
    }
}
