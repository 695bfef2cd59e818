//! The team lead's week: what to talk about with each coach, worked out from the records. No ranks and no
//! comparison of people: a table of coaches by result would be played, and would help nobody.

use crate::calendar::days_between;
use crate::clients::caseload::Case;
use crate::clients::way::Standing;
use crate::codes::Code;
use crate::codes::{MeetingKind, codes};
use crate::form;
use crate::forms::{self, FieldError};
use crate::ids::{ClientId, PersonId};
use chrono::{Days, NaiveDate};

codes! {
    /// Why a client is thought through.
    ThinkWhy {
        /// No employer was met in person within a month of the agreement.
        Clock = "clock",
        /// Support is late.
        Support = "support",
        /// Nobody was in touch for weeks.
        Silence = "silence",
    }
}

/// A client with whom nobody was in touch for so many days is talked about.
pub const SILENT_DAYS: u32 = 14;
/// The clock of the rapid search is talked about after so many days.
pub const CLOCK_DAYS: u32 = 30;
/// A coach is new for so many days.
const NEW_DAYS: u32 = 183;
/// Fewer contacts in person for clients in four weeks than this: two a week.
const FEW_CONTACTS: i64 = 8;
/// The lead is in the field with a new or struggling coach each month, with the others each quarter (item 8).
const MENTORING: [u32; 2] = [31, 92];

/// Days without any contact with an open client, when they are too many; none of them is known where there was no
/// contact at all.
#[must_use]
pub fn silent(case: &Case, today: NaiveDate) -> Option<Option<u32>> {
    if case.standing != Standing::Open {
        return None;
    }
    match case.last_contact_on {
        None => Some(None),
        Some(last) => Some(days_between(last, today)).filter(|days| *days > SILENT_DAYS).map(Some),
    }
}

/// Which of a coach's clients to think through: the one whose clock has run the longest over a month, else the one
/// whose support is the latest, else the one with whom nobody was in touch the longest. The alias decides between
/// equals, so that it is the same one all week.
#[must_use]
pub fn to_think_through(cases: &[Case], today: NaiveDate) -> Option<(ClientId, ThinkWhy)> {
    let longest = |days: &dyn Fn(&Case) -> Option<u32>| {
        let known =
            cases.iter().filter_map(|case| Some((days(case)?, std::cmp::Reverse(&case.alias), case.id)));
        known.max_by(|one, other| (one.0, one.1).cmp(&(other.0, other.1))).map(|(_, _, id)| id)
    };
    let clock = |case: &Case| case.clock.map(|clock| clock.days).filter(|days| *days > CLOCK_DAYS);
    let quiet = |case: &Case| silent(case, today).map(|days| days.unwrap_or(u32::MAX));
    longest(&clock)
        .map(|id| (id, ThinkWhy::Clock))
        .or_else(|| longest(&|case| case.support_due).map(|id| (id, ThinkWhy::Support)))
        .or_else(|| longest(&quiet).map(|id| (id, ThinkWhy::Silence)))
}

/// Is it time for the lead to be in the field with a coach? `since` is the first day on duty, `contacts` those in
/// person for clients in the last four weeks, `last` the last time.
#[must_use]
pub fn mentoring_due(since: NaiveDate, contacts: i64, last: Option<NaiveDate>, today: NaiveDate) -> bool {
    let often = days_between(since, today) < NEW_DAYS || contacts < FEW_CONTACTS;
    let every = if often { MENTORING[0] } else { MENTORING[1] };
    days_between(last.unwrap_or(since), today) > every
}

/// The kinds of meetings that are written down here; a treatment team's has a page of its own.
pub const KINDS: [MeetingKind; 4] = [
    MeetingKind::VocationalUnit,
    MeetingKind::Supervision,
    MeetingKind::FieldMentoring,
    MeetingKind::PartnerMeeting,
];

/// Is a kind written down by the lead alone?
#[must_use]
pub fn by_lead_only(kind: MeetingKind) -> bool {
    matches!(kind, MeetingKind::Supervision | MeetingKind::FieldMentoring)
}

/// Are clients thought through at a kind of meeting?
#[must_use]
pub fn speaks_of_clients(kind: MeetingKind) -> bool {
    KINDS.contains(&kind) && kind != MeetingKind::PartnerMeeting
}

form! {
    /// One more client who was thought through, as it is typed.
    TalkedFields {
        /// Who: an identity.
        client: line,
        /// What was said of them.
        client_words: words,
    }
}

impl TalkedFields {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self) -> Result<(ClientId, String), Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let client = fields.client.parse::<ClientId>().unwrap_or_else(|_| {
            errors.push(FieldError::Missing("client"));
            ClientId(uuid::Uuid::nil())
        });
        forms::needed(&fields.client_words, "client_words", &mut errors);
        forms::checked((client, fields.client_words), Self::NAMES, errors)
    }
}

form! {
    /// A meeting as it is typed.
    MeetingFields {
        /// What kind, by its code.
        kind: line,
        /// The day.
        day: line,
        /// How long, in minutes.
        minutes: line,
        /// Who was there: identities parted by spaces. Twenty people fit.
        present: words,
        /// With which partner.
        partner: line,
        /// The client who was thought through: an identity, or nothing.
        client: line,
        /// What was said of them.
        client_words: words,
        /// What was said.
        words: words,
    }
}

/// A meeting, to be written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Meeting {
    /// What kind.
    pub kind: MeetingKind,
    /// The day.
    pub day: NaiveDate,
    /// How long, in minutes.
    pub minutes: Option<i64>,
    /// Who was there.
    pub present: Vec<PersonId>,
    /// With which partner; may be empty.
    pub partner: String,
    /// Who was thought through, and what was said.
    pub client: Option<(ClientId, String)>,
    /// What was said; may be empty.
    pub words: String,
}

impl MeetingFields {
    /// Reads the form.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form.
    pub fn read(&self, today: NaiveDate) -> Result<Meeting, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let kind = MeetingKind::parse(&fields.kind).ok().filter(|kind| KINDS.contains(kind));
        let kind = kind.unwrap_or_else(|| {
            errors.push(FieldError::Missing("kind"));
            MeetingKind::VocationalUnit
        });
        let day = forms::past_day(&fields.day, "day", today, &mut errors).unwrap_or(today);
        let earliest = today.checked_sub_days(Days::new(366)).unwrap_or(today);
        if day < earliest {
            errors.push(FieldError::TooEarly("day"));
        }
        let minutes = (!fields.minutes.is_empty()).then(|| fields.minutes.parse::<i64>().ok());
        let minutes = match minutes {
            Some(Some(minutes @ 0..=1440)) => Some(minutes),
            None => None,
            _ => {
                errors.push(FieldError::Number("minutes"));
                None
            }
        };
        let present: Vec<PersonId> =
            fields.present.split_whitespace().filter_map(|id| id.parse().ok()).collect();
        if present.is_empty() {
            errors.push(FieldError::Missing("present"));
        }
        if kind == MeetingKind::PartnerMeeting {
            forms::needed(&fields.partner, "partner", &mut errors);
        }
        let client = (!fields.client.is_empty()).then(|| fields.client.parse::<ClientId>().ok());
        if client == Some(None) {
            errors.push(FieldError::Choice("client"));
        }
        let client = client.flatten().map(|client| (client, fields.client_words.clone()));
        if client.is_none() && !fields.client_words.is_empty() {
            errors.push(FieldError::Missing("client"));
        }
        let (partner, words) = (fields.partner, fields.words);
        let meeting = Meeting { kind, day, minutes, present, partner, client, words };
        forms::checked(meeting, Self::NAMES, errors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients::way::{SearchClock, SearchLight};
    use crate::codes::Phase;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn case(id: u128, alias: &str, last: Option<&str>) -> Case {
        Case {
            id: ClientId(Uuid::from_u128(id)),
            alias: alias.into(),
            coaches: Vec::new(),
            phase: Phase::Search,
            standing: Standing::Open,
            step: None,
            last_contact_on: last.map(day),
            clock: None,
            measure_due: false,
            support_due: None,
            notices: 0,
        }
    }

    #[test]
    fn a_client_is_silent_after_two_weeks_and_nobody_in_a_pause_is() {
        let today = day("2026-11-26");
        assert_eq!(silent(&case(1, "a", Some("2026-11-12")), today), None);
        assert_eq!(silent(&case(1, "a", Some("2026-11-11")), today), Some(Some(15)));
        assert_eq!(silent(&case(1, "a", None), today), Some(None));
        let paused = Case { standing: Standing::Paused, ..case(1, "a", None) };
        assert_eq!(silent(&paused, today), None);
    }

    #[test]
    fn the_longest_clock_is_thought_through_first_then_late_support_then_silence() {
        let today = day("2026-11-26");
        let quiet = case(1, "Ahma", Some("2026-10-01"));
        let late = Case { support_due: Some(40), ..case(2, "Susi", Some("2026-11-25")) };
        let clock = |days| SearchClock { days, light: SearchLight::Late, met: false };
        let searching = Case { clock: Some(clock(45)), ..case(3, "Ilves", Some("2026-11-25")) };
        let other = Case { clock: Some(clock(45)), ..case(4, "Kettu", Some("2026-11-25")) };
        let of = |cases: &[Case]| to_think_through(cases, today).map(|(id, why)| (id.0.as_u128(), why));
        let all = [quiet.clone(), late.clone(), searching, other];
        assert_eq!(of(&all), Some((3, ThinkWhy::Clock)), "the alias decides");
        assert_eq!(of(&[quiet.clone(), late]), Some((2, ThinkWhy::Support)));
        assert_eq!(of(&[quiet]), Some((1, ThinkWhy::Silence)));
        assert_eq!(of(&[case(5, "Orava", Some("2026-11-25"))]), None);
    }

    #[test]
    fn a_new_or_struggling_coach_is_mentored_each_month_others_each_quarter() {
        let today = day("2026-11-26");
        let due = |since: &str, contacts, last: Option<&str>| {
            mentoring_due(day(since), contacts, last.map(day), today)
        };
        assert!(due("2026-10-01", 20, None), "new, and never");
        assert!(!due("2026-10-01", 20, Some("2026-10-26")));
        assert!(due("2020-01-07", 7, Some("2026-10-25")), "fewer than two a week");
        assert!(!due("2020-01-07", 8, Some("2026-08-26")));
        assert!(due("2020-01-07", 8, Some("2026-08-25")));
    }

    #[test]
    fn everybody_of_a_large_unit_can_have_been_there() {
        let people: Vec<String> = (1..=20).map(|id| Uuid::from_u128(id).to_string()).collect();
        let fields = MeetingFields {
            kind: "vocational_unit".into(),
            day: "2026-11-26".into(),
            present: people.join(" "),
            ..MeetingFields::default()
        };
        assert_eq!(fields.read(day("2026-11-26")).unwrap().present.len(), 20);
    }

    #[test]
    fn somebody_was_there_and_a_partner_has_a_name() {
        let today = day("2026-11-26");
        let fields = MeetingFields {
            kind: "partner_meeting".into(),
            day: "2026-11-27".into(),
            minutes: "2000".into(),
            ..MeetingFields::default()
        };
        assert_eq!(
            fields.read(today),
            Err(vec![
                FieldError::Ahead("day"),
                FieldError::Number("minutes"),
                FieldError::Missing("present"),
                FieldError::Missing("partner")
            ])
        );
        let whom = Uuid::from_u128(9).to_string();
        let team = MeetingFields { kind: "treatment_team".into(), present: whom, ..fields };
        assert!(team.read(today).unwrap_err().contains(&FieldError::Missing("kind")));
    }
}
