//! The visit form as a person typed it: each field as text, as it stands in the form, in a draft and
//! in a plain form post. The same reading of it in the browser and on the server.

use super::{LogVisit, NextStep, USUAL_MINUTES, VisitError, VisitedEmployer, usual_place};
use crate::codes::{Code, Mode, Purpose, SupportPlace as Place};
use crate::ids::{ClientId, CommandId, EmployerId, PersonId};
use chrono::{NaiveDate, NaiveTime, Timelike};
use serde::{Deserialize, Serialize};

/// What a box that is ticked, or a question that is answered with yes, sends.
pub const YES: &str = "yes";
/// What a question that is answered with no sends.
pub const NO: &str = "no";

/// The fields of the form. What nobody filled in is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct VisitFields {
    /// The id of the employer that was picked; empty for a new one.
    pub employer: String,
    /// The name of the employer that was picked, or what was typed.
    pub employer_name: String,
    /// Its municipality.
    pub municipality: String,
    /// [`YES`] when the coach said that the employer is a new one.
    pub new_employer: String,
    /// The day.
    pub day: String,
    /// The time of day, `09:15`.
    pub time: String,
    /// How, by its code.
    pub mode: String,
    /// What for, by its code.
    pub purpose: String,
    /// The client's id.
    pub client: String,
    /// The id of a colleague who was there, too.
    pub with: String,
    /// Was somebody met who decides?
    pub decision_maker: String,
    /// How long.
    pub minutes: String,
    /// Where, by its code.
    pub place: String,
    /// The words.
    pub summary: String,
    /// The next step's words.
    pub next_what: String,
    /// The next step's day.
    pub next_on: String,
}

impl VisitFields {
    /// A form that nobody has touched: everything but the employer has a good default.
    #[must_use]
    pub fn untouched(today: NaiveDate, now: NaiveTime) -> Self {
        Self {
            day: today.to_string(),
            time: clock_text(now),
            mode: Mode::InPerson.code().to_owned(),
            purpose: Purpose::LearnNeeds.code().to_owned(),
            decision_maker: NO.to_owned(),
            minutes: USUAL_MINUTES.to_string(),
            place: usual_place(Mode::InPerson).code().to_owned(),
            ..Self::default()
        }
    }

    /// The form that would make `visit`; the name and municipality of a known employer are told.
    #[must_use]
    pub fn of(visit: &LogVisit, employer_name: &str, municipality: Option<&str>) -> Self {
        let (employer, name, place_name) = match &visit.employer {
            VisitedEmployer::Known(id) => {
                (id.to_string(), employer_name.to_owned(), municipality.map(str::to_owned))
            }
            VisitedEmployer::New { name, municipality, .. } => {
                (String::new(), name.clone(), municipality.clone())
            }
        };
        let next = visit.next_step.clone();
        Self {
            new_employer: if employer.is_empty() { YES.to_owned() } else { String::new() },
            employer,
            employer_name: name,
            municipality: place_name.unwrap_or_default(),
            day: visit.day.to_string(),
            time: visit.time.map(clock_text).unwrap_or_default(),
            mode: visit.mode.code().to_owned(),
            purpose: visit.purpose.code().to_owned(),
            client: visit.client.map(|client| client.to_string()).unwrap_or_default(),
            with: visit.with.map(|person| person.to_string()).unwrap_or_default(),
            decision_maker: if visit.decision_maker { YES } else { NO }.to_owned(),
            minutes: visit.minutes.to_string(),
            place: visit.place.code().to_owned(),
            summary: visit.summary.clone(),
            next_what: next.as_ref().map(|next| next.what.clone()).unwrap_or_default(),
            next_on: next.and_then(|next| next.on).map(|on| on.to_string()).unwrap_or_default(),
        }
    }

    /// The same again, now: what tends to be the same is kept, what was said and agreed is not.
    #[must_use]
    pub fn again(self, today: NaiveDate, now: NaiveTime) -> Self {
        Self {
            day: today.to_string(),
            time: clock_text(now),
            summary: String::new(),
            next_what: String::new(),
            next_on: String::new(),
            ..self
        }
    }

    /// Is there anything in the form that somebody would miss?
    #[must_use]
    pub fn is_worth_keeping(&self) -> bool {
        let typed = [
            &self.employer,
            &self.employer_name,
            &self.client,
            &self.summary,
            &self.next_what,
            &self.next_on,
        ];
        typed.iter().any(|text| !text.trim().is_empty())
    }

    /// Reads the form. `id` is the identity that was made when it opened; a new employer is known by
    /// it, so that a repeat can't add two. `today` is the day in the unit's time zone.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self, id: CommandId, today: NaiveDate) -> Result<LogVisit, Vec<VisitError>> {
        let mut errors = Vec::new();
        let employer = match self.employer.parse::<EmployerId>() {
            Ok(id) => VisitedEmployer::Known(id),
            Err(_) => VisitedEmployer::New {
                id: EmployerId(id.uuid()),
                name: self.employer_name.trim().to_owned(),
                municipality: Some(self.municipality.trim().to_owned()).filter(|name| !name.is_empty()),
            },
        };
        let day = self.day.parse().unwrap_or_else(|_| {
            errors.push(VisitError::DayUnclear);
            today
        });
        let next_on = match self.next_on.trim() {
            "" => None,
            text => text.parse().map_err(|_| errors.push(VisitError::NextStepDayUnclear)).ok(),
        };
        let visit = LogVisit {
            employer,
            day,
            time: clock_time(&self.time),
            mode: Mode::parse(&self.mode).unwrap_or(Mode::InPerson),
            purpose: Purpose::parse(&self.purpose).unwrap_or(Purpose::LearnNeeds),
            client: self.client.parse::<ClientId>().ok(),
            with: self.with.parse::<PersonId>().ok(),
            decision_maker: self.decision_maker == YES,
            minutes: self.minutes.trim().parse().unwrap_or(0),
            place: Place::parse(&self.place).unwrap_or(Place::Workplace),
            summary: self.summary.clone(),
            next_step: (!self.next_what.trim().is_empty() || next_on.is_some())
                .then(|| NextStep { what: self.next_what.clone(), on: next_on }),
        };
        errors.extend(visit.check(today).err().unwrap_or_default());
        if errors.is_empty() { Ok(visit) } else { Err(errors) }
    }
}

/// A time as a time field holds it: `09:15`.
pub(crate) fn clock_text(time: NaiveTime) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// The time that a time field holds.
pub(crate) fn clock_time(text: &str) -> Option<NaiveTime> {
    let (hour, minute) = text.split_once(':')?;
    NaiveTime::from_hms_opt(hour.parse().ok()?, minute.get(..2)?.parse().ok()?, 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::VisitId;
    use proptest::prelude::*;
    use uuid::Uuid;

    const ID: CommandId = CommandId(Uuid::from_u128(9));

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn nine() -> NaiveTime {
        NaiveTime::from_hms_opt(9, 5, 0).unwrap()
    }

    fn untouched() -> VisitFields {
        VisitFields::untouched(day("2026-11-24"), nine())
    }

    #[test]
    fn an_untouched_form_lacks_the_employer_and_nothing_else() {
        let errors = untouched().read(ID, day("2026-11-24")).unwrap_err();
        assert_eq!(errors, [VisitError::EmployerMissing]);
        let named = VisitFields { employer_name: "Kahvila Aamu".into(), ..untouched() };
        let visit = named.read(ID, day("2026-11-24")).unwrap();
        assert_eq!(visit.time, Some(nine()));
        let VisitedEmployer::New { id, name, .. } = visit.employer else { panic!("a new one") };
        assert_eq!((id.uuid(), name.as_str()), (ID.uuid(), "Kahvila Aamu"));
    }

    #[test]
    fn a_day_that_is_none_is_said_to_be_none() {
        let fields = VisitFields {
            employer_name: "Kahvila".into(),
            day: "31.2.2026".into(),
            next_on: "ensi viikolla".into(),
            ..untouched()
        };
        let errors = fields.read(ID, day("2026-11-24")).unwrap_err();
        assert_eq!(errors, [VisitError::DayUnclear, VisitError::NextStepDayUnclear]);
    }

    #[test]
    fn the_same_again_keeps_whom_and_how_and_forgets_what_was_said() {
        let before = VisitFields {
            employer: VisitId(Uuid::from_u128(1)).to_string(),
            client: VisitId(Uuid::from_u128(2)).to_string(),
            mode: Mode::Phone.code().into(),
            summary: "Puhuttiin.".into(),
            next_what: "soita".into(),
            next_on: "2026-11-01".into(),
            ..VisitFields::untouched(day("2026-10-01"), nine())
        };
        let again = before.clone().again(day("2026-11-24"), nine());
        assert_eq!((again.employer, again.client, again.mode), (before.employer, before.client, before.mode));
        assert_eq!(again.day, "2026-11-24");
        assert_eq!(again.summary + &again.next_what + &again.next_on, "");
    }

    #[test]
    fn an_untouched_form_is_not_worth_keeping() {
        assert!(!untouched().is_worth_keeping());
        assert!(VisitFields { summary: "Puhuttiin".into(), ..untouched() }.is_worth_keeping());
    }

    proptest! {
        /// A visit written into a form and read again is the same visit.
        #[test]
        fn a_form_holds_a_visit_whole(
            known: bool, minutes in 1_u32..1440, dm: bool, client: bool, with: bool,
            mode in prop::sample::select(Mode::ALL), purpose in prop::sample::select(Purpose::ALL),
            place in prop::sample::select(Place::ALL), summary in "\\PC{0,40}",
            next in prop::option::of(("[a-zåäö ]{1,20}[a-z]", prop::option::of(0_u64..300))),
        ) {
            let today = day("2026-11-24");
            let employer = if known {
                VisitedEmployer::Known(EmployerId(Uuid::from_u128(3)))
            } else {
                VisitedEmployer::New {
                    id: EmployerId(ID.uuid()), name: "Leipomo Ohra".into(), municipality: Some("Kuopio".into()),
                }
            };
            let next_step = next.map(|(what, days)| NextStep {
                what, on: days.and_then(|days| today.checked_add_days(chrono::Days::new(days))),
            });
            let visit = LogVisit {
                employer, day: today, time: Some(nine()), mode, purpose,
                client: client.then_some(ClientId(Uuid::from_u128(4))),
                with: with.then_some(PersonId(Uuid::from_u128(5))),
                decision_maker: dm, minutes, place, summary, next_step,
            };
            let fields = VisitFields::of(&visit, "Leipomo Ohra", Some("Kuopio"));
            prop_assert_eq!(fields.read(ID, today), Ok(visit));
        }
    }
}
