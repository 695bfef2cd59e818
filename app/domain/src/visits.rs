//! Visits: contacts with employers, and the next steps that come of them.
//!
//! A visit is logged by a command whose id was made when the form opened. An amendment keeps what
//! stood before; a withdrawal can itself be taken back.

mod fields;

pub use fields::{NO, VisitFields, YES};
pub(crate) use fields::{clock_text, clock_time};

use crate::calendar::Week;
use crate::clients::FormClient;
use crate::codes::{Mode, Purpose, SupportPlace as Place};
use crate::employers::NAME_MAX;
use crate::ids::{ClientId, CommandId, EmployerId, PersonId, VisitId};
use chrono::{Days, NaiveDate, NaiveTime};
use serde::{Deserialize, Serialize};

/// Minutes of a visit unless the coach says otherwise.
pub const USUAL_MINUTES: u32 = 20;
/// A visit takes at most a day.
pub const MINUTES_MAX: u32 = 1440;
/// Words of a visit, in characters: generous, and still not a place for a file.
pub const SUMMARY_MAX: usize = 4000;
/// Words of a next step, in characters.
pub const NEXT_STEP_MAX: usize = 200;
/// A visit may be written down this long afterwards, in days.
pub const LATEST_DAYS: u64 = 366;
/// A next step is at most this many days away: two years.
pub const NEXT_STEP_DAYS: u64 = 731;
/// In-person visits a week that the service aims at for each coach (criterion 17, score 5).
pub const WEEK_GOAL: u32 = 6;

/// Which employer was visited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum VisitedEmployer {
    /// One in the register.
    Known(EmployerId),
    /// A new one, named on the spot.
    New {
        /// Its identity, made with the form.
        id: EmployerId,
        /// Its name.
        name: String,
        /// Its municipality, if told.
        municipality: Option<String>,
    },
}

/// What is to happen next, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NextStep {
    /// In words; may be empty when a day says enough.
    pub what: String,
    /// The day, if one was set.
    pub on: Option<NaiveDate>,
}

/// A coach logs a visit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LogVisit {
    /// Which employer.
    pub employer: VisitedEmployer,
    /// The day, in the unit's time zone.
    pub day: NaiveDate,
    /// The time of day there.
    pub time: Option<NaiveTime>,
    /// How.
    pub mode: Mode,
    /// What for.
    pub purpose: Purpose,
    /// For which client, if for one.
    pub client: Option<ClientId>,
    /// A colleague who was there, too: the visit counts for both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<PersonId>,
    /// Was somebody met who decides?
    pub decision_maker: bool,
    /// How long, in minutes.
    pub minutes: u32,
    /// Where.
    pub place: Place,
    /// In the coach's words.
    pub summary: String,
    /// What next.
    pub next_step: Option<NextStep>,
}

/// A coach amends an own visit; what stood before is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AmendVisit {
    /// Which.
    pub visit: VisitId,
    /// The version that the coach saw: 1 for a visit that was never amended.
    pub version: u32,
    /// As it is to stand.
    pub to: LogVisit,
}

/// A next step gets another day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MoveNextStep {
    /// The visit that it came of.
    pub visit: VisitId,
    /// The new day.
    pub on: NaiveDate,
}

/// Part of the form that an error belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VisitField {
    /// The employer.
    Employer,
    /// The day.
    Day,
    /// The minutes.
    Minutes,
    /// The client.
    Client,
    /// The colleague.
    With,
    /// The words.
    Summary,
    /// The next step's words.
    NextStep,
    /// The next step's day.
    NextStepOn,
}

/// Why a visit can't be taken as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum VisitError {
    /// A new employer has no name.
    #[error("the employer has no name")]
    EmployerMissing,
    /// A new employer's name is too long.
    #[error("the employer's name is longer than {NAME_MAX} characters")]
    EmployerTooLong,
    /// The employer is not in the register.
    #[error("the employer is not in the register")]
    EmployerNotThere,
    /// The day is no day of the calendar.
    #[error("the day is unclear")]
    DayUnclear,
    /// The day has not come yet.
    #[error("the day is in the future")]
    DayAhead,
    /// The day is too long ago.
    #[error("the day is more than {LATEST_DAYS} days ago")]
    DayTooLongAgo,
    /// No minutes, or more than a day.
    #[error("a visit takes 1 to {MINUTES_MAX} minutes")]
    Minutes,
    /// The client can't be chosen (any more).
    #[error("the client cannot be chosen")]
    ClientNotThere,
    /// Too many words.
    #[error("the words are longer than {SUMMARY_MAX} characters")]
    SummaryTooLong,
    /// Too many words for a next step.
    #[error("the next step is longer than {NEXT_STEP_MAX} characters")]
    NextStepTooLong,
    /// The next step would be before the visit.
    #[error("the next step is before the visit")]
    NextStepBeforeVisit,
    /// The colleague can't be chosen.
    #[error("the colleague cannot be chosen")]
    ColleagueNotThere,
    /// The visit was amended by somebody, or on another phone, since the form opened.
    #[error("the visit was amended meanwhile")]
    AmendedMeanwhile,
    /// The next step's day is no day of the calendar.
    #[error("the next step's day is unclear")]
    NextStepDayUnclear,
    /// The next step is years away: a slip.
    #[error("the next step is more than two years away")]
    NextStepTooFar,
}

impl VisitError {
    /// The part of the form beside which the error is said.
    #[must_use]
    pub fn field(self) -> VisitField {
        match self {
            Self::EmployerMissing | Self::EmployerTooLong | Self::EmployerNotThere => VisitField::Employer,
            Self::DayUnclear | Self::DayAhead | Self::DayTooLongAgo => VisitField::Day,
            Self::ColleagueNotThere => VisitField::With,
            Self::Minutes => VisitField::Minutes,
            Self::ClientNotThere => VisitField::Client,
            Self::SummaryTooLong | Self::AmendedMeanwhile => VisitField::Summary,
            Self::NextStepTooLong => VisitField::NextStep,
            Self::NextStepDayUnclear | Self::NextStepBeforeVisit | Self::NextStepTooFar => {
                VisitField::NextStepOn
            }
        }
    }
}

impl LogVisit {
    /// Looks at everything that can be known without the register. `today` is the day in the
    /// unit's time zone.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn check(&self, today: NaiveDate) -> Result<(), Vec<VisitError>> {
        let mut errors = Vec::new();
        let mut refuse = |wrong: bool, error| {
            if wrong {
                errors.push(error);
            }
        };
        if let VisitedEmployer::New { name, .. } = &self.employer {
            refuse(!name.chars().any(char::is_alphanumeric), VisitError::EmployerMissing);
            refuse(name.chars().count() > NAME_MAX, VisitError::EmployerTooLong);
        }
        refuse(self.day > today, VisitError::DayAhead);
        let earliest = today.checked_sub_days(Days::new(LATEST_DAYS)).unwrap_or(NaiveDate::MIN);
        refuse(self.day < earliest, VisitError::DayTooLongAgo);
        refuse(!(1..=MINUTES_MAX).contains(&self.minutes), VisitError::Minutes);
        refuse(self.summary.chars().count() > SUMMARY_MAX, VisitError::SummaryTooLong);
        if let Some(next) = &self.next_step {
            refuse(next.what.chars().count() > NEXT_STEP_MAX, VisitError::NextStepTooLong);
            if let Some(on) = next.on {
                refuse(on < self.day, VisitError::NextStepBeforeVisit);
                let farthest = today.checked_add_days(Days::new(NEXT_STEP_DAYS)).unwrap_or(NaiveDate::MAX);
                refuse(on > farthest, VisitError::NextStepTooFar);
            }
        }
        if errors.is_empty() { Ok(()) } else { Err(errors) }
    }
}

/// Where a visit of this kind usually takes place.
#[must_use]
pub fn usual_place(mode: Mode) -> Place {
    match mode {
        Mode::InPerson => Place::Workplace,
        Mode::Phone | Mode::Email | Mode::Video => Place::Office,
    }
}

/// The client of a visit, as far as the reader may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClientSeen {
    /// The visit was for no client.
    Nobody,
    /// It was for a client whom the reader may see, by the alias that the coach chose.
    Alias(String),
    /// It was for a client whom the reader may not see.
    Somebody,
}

/// A visit as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitSeen {
    /// Which.
    pub id: VisitId,
    /// The employer.
    pub employer: EmployerId,
    /// The employer's name.
    pub employer_name: String,
    /// The day.
    pub day: NaiveDate,
    /// The time of day.
    pub time: Option<NaiveTime>,
    /// The coach's name.
    pub coach: String,
    /// A colleague who was there, too.
    pub with: Option<String>,
    /// Did the reader log it?
    pub mine: bool,
    /// How often it was amended, and one.
    pub version: u32,
    /// How.
    pub mode: Mode,
    /// What for.
    pub purpose: Purpose,
    /// For whom.
    pub client: ClientSeen,
    /// Was somebody met who decides? Unknown for some imported visits.
    pub decision_maker: Option<bool>,
    /// How long, in minutes. Unknown for some imported visits.
    pub minutes: Option<u32>,
    /// The words; none when the reader may not see them.
    pub summary: Option<String>,
    /// What next; none when there is nothing or the reader may not see it.
    pub next_step: Option<NextStep>,
}

/// A next step that waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NextStepDue {
    /// The visit that it came of.
    pub visit: VisitId,
    /// The employer.
    pub employer: EmployerId,
    /// The employer's name.
    pub employer_name: String,
    /// What.
    pub what: String,
    /// When.
    pub on: Option<NaiveDate>,
    /// Whose.
    pub coach: String,
    /// May the reader mark it as done?
    pub mine: bool,
}

/// The coach's visits of one week against the goal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekOfVisits {
    /// The week.
    pub week: Week,
    /// In-person visits.
    pub in_person: u32,
    /// Those of them that were for a client: what criterion 17 counts.
    pub for_client: u32,
    /// The other contacts: phone, e-mail, video.
    pub other: u32,
    /// The goal.
    pub goal: u32,
    /// The visits behind the numbers.
    pub visits: Vec<VisitSeen>,
}

impl WeekOfVisits {
    /// Counts the visits of a week. Visits of other weeks are left out.
    #[must_use]
    pub fn count(week: Week, visits: Vec<VisitSeen>) -> Self {
        let visits: Vec<VisitSeen> = visits.into_iter().filter(|visit| week.holds(visit.day)).collect();
        let count = |wanted: &dyn Fn(&VisitSeen) -> bool| {
            u32::try_from(visits.iter().filter(|visit| wanted(visit)).count()).unwrap_or(u32::MAX)
        };
        Self {
            week,
            in_person: count(&|visit| visit.mode == Mode::InPerson),
            for_client: count(&|visit| visit.mode == Mode::InPerson && visit.client != ClientSeen::Nobody),
            other: count(&|visit| visit.mode != Mode::InPerson),
            goal: WEEK_GOAL,
            visits,
        }
    }
}

/// So many recent employers does the form offer (ux row 3).
pub const RECENT_SHOWN: u32 = 8;

/// How the form is opened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FormWish {
    /// For this employer.
    pub employer: Option<EmployerId>,
    /// For this client.
    pub client: Option<ClientId>,
    /// To amend this visit.
    pub amend: Option<VisitId>,
    /// With the same as this visit, now.
    pub again: Option<VisitId>,
    /// To go on with this draft.
    pub draft: Option<CommandId>,
    /// To mend this entry, which the server has and could not carry out.
    pub mend: Option<CommandId>,
    /// Without going on with what was left half done.
    pub fresh: bool,
}

/// What the visit form needs to know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitForm {
    /// The identity of the entry, made when the form opened (O1) and kept by its draft.
    pub id: CommandId,
    /// Who fills it in; none on a phone without a network that can't ask.
    pub author: Option<PersonId>,
    /// Today, in the unit's time zone.
    pub today: NaiveDate,
    /// What stands in the form.
    pub fields: VisitFields,
    /// The visit that is amended.
    pub amends: Option<Amended>,
    /// How it stands now, where that changed after this was written: both are shown, and a person picks.
    pub now: Option<Box<VisitFields>>,
    /// The employers that the coach visited last.
    pub recent: Vec<FormEmployer>,
    /// The coach's own open clients.
    pub caseload: Vec<FormClient>,
    /// Colleagues who may have been there, too.
    pub colleagues: Vec<FormColleague>,
    /// The own last visit, for the same again.
    pub last: Option<(VisitId, String)>,
    /// Did the form go on with a draft?
    pub resumed: bool,
    /// The other forms that were left half done.
    pub drafts: Vec<DraftSeen>,
    /// What was wrong with a plain form post.
    pub errors: Vec<VisitError>,
    /// Employers like the one that was typed, when that was asked in a plain form post.
    pub found: Option<Vec<FormEmployer>>,
}

/// A visit that is being amended, as it was when the form opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Amended {
    /// Which.
    pub visit: VisitId,
    /// How often it had been amended, and one.
    pub version: u32,
}

/// A form that was left half done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DraftSeen {
    /// The identity of its entry.
    pub id: CommandId,
    /// The employer's name, as far as it was typed.
    pub employer_name: String,
    /// The day of the last touch.
    pub day: NaiveDate,
    /// The time of the last touch.
    pub time: NaiveTime,
}

/// A colleague whom the form offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormColleague {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
}

/// An employer that the form offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormEmployer {
    /// Which.
    pub id: EmployerId,
    /// Name.
    pub name: String,
    /// Municipality.
    pub municipality: Option<String>,
    /// Is it not to be contacted? A visit is taken all the same.
    pub do_not_contact: bool,
}

/// A visit was written otherwise once: how it stood before an amendment.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EarlierVersion {
    /// The visit as it stood.
    pub visit: VisitSeen,
    /// The day on which it was amended.
    pub until: NaiveDate,
    /// The time of it.
    pub until_time: NaiveTime,
}

/// A visit with everything that it once said, for its own page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitPage {
    /// As it stands.
    pub visit: VisitSeen,
    /// As it stood, newest first.
    pub earlier: Vec<EarlierVersion>,
    /// Was it taken back?
    pub withdrawn: bool,
}

/// What is asked of the unit's visits.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FeedQuery {
    /// Only this coach's.
    pub coach: Option<PersonId>,
    /// Page, from 0.
    pub page: u32,
}

/// A page of the unit's visits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    /// Today.
    pub today: NaiveDate,
    /// The visits on this page, newest first.
    pub visits: Vec<VisitSeen>,
    /// Is there a later page?
    pub more: bool,
    /// Whose visits can be chosen.
    pub coaches: Vec<FormColleague>,
}

/// So many visits are on a page of the unit's.
pub const FEED_PAGE: u32 = 50;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn visit() -> LogVisit {
        LogVisit {
            employer: VisitedEmployer::Known(EmployerId(Uuid::from_u128(1))),
            day: day("2026-11-20"),
            time: None,
            mode: Mode::InPerson,
            purpose: Purpose::LearnNeeds,
            client: None,
            with: None,
            decision_maker: false,
            minutes: USUAL_MINUTES,
            place: Place::Workplace,
            summary: String::new(),
            next_step: None,
        }
    }

    fn errors(visit: &LogVisit) -> Vec<VisitError> {
        visit.check(day("2026-11-21")).err().unwrap_or_default()
    }

    #[test]
    fn a_visit_with_nothing_but_an_employer_is_good() {
        assert_eq!(visit().check(day("2026-11-21")), Ok(()));
    }

    #[test]
    fn every_error_is_told_at_once_and_beside_its_field() {
        let bad = LogVisit {
            employer: VisitedEmployer::New {
                id: EmployerId(Uuid::nil()),
                name: " - ".into(),
                municipality: None,
            },
            day: day("2026-11-22"),
            minutes: 0,
            summary: "x".repeat(SUMMARY_MAX + 1),
            next_step: Some(NextStep { what: "y".repeat(NEXT_STEP_MAX + 1), on: Some(day("2026-11-01")) }),
            ..visit()
        };
        let fields: Vec<VisitField> = errors(&bad).into_iter().map(VisitError::field).collect();
        assert_eq!(
            fields,
            [
                VisitField::Employer,
                VisitField::Day,
                VisitField::Minutes,
                VisitField::Summary,
                VisitField::NextStep,
                VisitField::NextStepOn
            ]
        );
    }

    #[test]
    fn the_edges_of_the_days() {
        assert_eq!(errors(&LogVisit { day: day("2026-11-21"), ..visit() }), []);
        assert_eq!(errors(&LogVisit { day: day("2025-11-20"), ..visit() }), []);
        assert_eq!(errors(&LogVisit { day: day("2025-11-19"), ..visit() }), [VisitError::DayTooLongAgo]);
        let next = |on| Some(NextStep { what: String::new(), on: Some(day(on)) });
        assert_eq!(errors(&LogVisit { next_step: next("2026-11-20"), ..visit() }), []);
        assert_eq!(
            errors(&LogVisit { next_step: next("2029-01-01"), ..visit() }),
            [VisitError::NextStepTooFar]
        );
    }

    #[test]
    fn a_field_nobody_knows_is_refused() {
        let mut json = serde_json::to_value(visit()).unwrap();
        json["coach"] = "somebody else".into();
        assert!(serde_json::from_value::<LogVisit>(json).is_err());
    }

    fn seen(day_text: &str, mode: Mode, client: ClientSeen) -> VisitSeen {
        VisitSeen {
            id: VisitId(Uuid::nil()),
            employer: EmployerId(Uuid::nil()),
            employer_name: String::new(),
            day: day(day_text),
            time: None,
            coach: String::new(),
            with: None,
            mine: true,
            version: 1,
            mode,
            purpose: Purpose::LearnNeeds,
            client,
            decision_maker: None,
            minutes: None,
            summary: None,
            next_step: None,
        }
    }

    #[test]
    fn a_week_counts_what_was_in_person_and_shows_the_rest_beside_it() {
        let counted = WeekOfVisits::count(
            Week::of(day("2026-11-21")),
            vec![
                seen("2026-11-16", Mode::InPerson, ClientSeen::Alias("Koivu".into())),
                seen("2026-11-22", Mode::InPerson, ClientSeen::Nobody),
                seen("2026-11-18", Mode::Phone, ClientSeen::Somebody),
                seen("2026-11-15", Mode::InPerson, ClientSeen::Nobody),
            ],
        );
        assert_eq!((counted.in_person, counted.for_client, counted.other), (2, 1, 1));
        assert_eq!(counted.visits.len(), 3);
    }

    proptest! {
        #[test]
        fn a_command_survives_the_wire(minutes in 0_u32..2000, summary in "\\PC{0,60}", dm: bool, what in "\\PC{0,20}") {
            let command = LogVisit {
                minutes, summary, decision_maker: dm,
                next_step: Some(NextStep { what, on: Some(day("2026-12-01")) }),
                ..visit()
            };
            let text = serde_json::to_string(&command).unwrap();
            prop_assert_eq!(serde_json::from_str::<LogVisit>(&text).unwrap(), command);
        }
    }
}
