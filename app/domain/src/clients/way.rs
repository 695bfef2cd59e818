//! A client's way through the service: the phase, the steps that are taken on purpose, and the clock of
//! the rapid search.
//!
//! Nothing here ends a client's service by time: closing is the client's choice or a stated reason.

use crate::calendar::days_between;
use crate::codes::lists::{CodeList, Version, chosen};
use crate::codes::{Phase, StepKind};
use crate::form;
use crate::forms::{self, FieldError};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The days of a client's way that decide what can be done next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// The memo.
    pub referred_on: Option<NaiveDate>,
    /// The first meeting.
    pub first_meeting_on: Option<NaiveDate>,
    /// The agreement.
    pub agreement_on: Option<NaiveDate>,
    /// Since when the service pauses.
    pub paused_on: Option<NaiveDate>,
    /// The day on which it was closed.
    pub closed_on: Option<NaiveDate>,
}

/// Where the service with a client stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Standing {
    /// No agreement yet.
    Coming,
    /// Agreed and going on.
    Open,
    /// It pauses.
    Paused,
    /// Closed.
    Closed,
}

impl Way {
    /// Where the service stands.
    #[must_use]
    pub fn standing(&self) -> Standing {
        match self {
            Self { closed_on: Some(_), .. } => Standing::Closed,
            Self { paused_on: Some(_), .. } => Standing::Paused,
            Self { agreement_on: Some(_), .. } => Standing::Open,
            _ => Standing::Coming,
        }
    }

    /// May the step be taken now?
    #[must_use]
    pub fn allows(&self, step: StepKind) -> bool {
        let standing = self.standing();
        match step {
            StepKind::Agreed => standing == Standing::Coming,
            StepKind::Paused => standing == Standing::Open,
            StepKind::Resumed => standing == Standing::Paused,
            StepKind::Closed | StepKind::Coach | StepKind::Phase => standing != Standing::Closed,
            StepKind::Reopened => standing == Standing::Closed,
        }
    }

    /// The way after a step on a day. What was open before is carried over: reopening keeps the
    /// agreement.
    #[must_use]
    pub fn after(self, step: StepKind, day: NaiveDate) -> Self {
        match step {
            StepKind::Agreed => Self { agreement_on: Some(day), ..self },
            StepKind::Paused => Self { paused_on: Some(day), ..self },
            StepKind::Resumed => Self { paused_on: None, ..self },
            StepKind::Closed => Self { closed_on: Some(day), ..self },
            StepKind::Reopened => Self { closed_on: None, paused_on: None, ..self },
            StepKind::Coach | StepKind::Phase => self,
        }
    }

    /// The last day that a step may not lie before.
    fn latest(&self) -> Option<NaiveDate> {
        let days =
            [self.referred_on, self.first_meeting_on, self.agreement_on, self.paused_on, self.closed_on];
        days.into_iter().flatten().max()
    }
}

form! {
    /// A step, as it is typed.
    StepFields {
        /// The day.
        day: line,
        /// Why: for closing a code of the list of reasons; for pausing and closing in words, too.
        reason: line,
        /// In words.
        words: words,
    }
}

/// A step that can be noted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which.
    pub kind: StepKind,
    /// The day.
    pub day: NaiveDate,
    /// Why it was closed: the official code.
    pub reason: Option<String>,
    /// The organisation's own entry that was chosen, which stands under that code.
    pub own: Option<Uuid>,
    /// In words; may be empty.
    pub words: String,
}

impl StepFields {
    /// Reads the form for a step on this way. `own` are the organisation's own reasons of closing: one that
    /// holds today, or held on the step's day, can be chosen.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form. Closing needs a reason; *time* is none.
    pub fn read(
        &self,
        kind: StepKind,
        way: &Way,
        own: &[Version],
        today: NaiveDate,
    ) -> Result<Step, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        if !way.allows(kind) {
            return Err(vec![FieldError::ChangedMeanwhile]);
        }
        let day = forms::past_day(&fields.day, "day", today, &mut errors);
        if let (Some(day), Some(latest)) = (day, way.latest())
            && day < latest
        {
            errors.push(FieldError::TooEarly("day"));
        }
        let mut reason = None;
        if kind == StepKind::Closed {
            reason = chosen(CodeList::ClosingReasons, own, &fields.reason, &[today, day.unwrap_or(today)]);
            match &reason {
                None if fields.reason.is_empty() => errors.push(FieldError::Missing("reason")),
                None => errors.push(FieldError::Choice("reason")),
                // An own entry says what it is.
                Some(reason) if reason.official == "other" && reason.own.is_none() => {
                    forms::needed(&fields.words, "words", &mut errors);
                }
                Some(_) => {}
            }
        }
        let own = reason.as_ref().and_then(|reason| reason.own);
        let reason = reason.map(|reason| reason.official);
        let step = day.map(|day| Step { kind, day, reason, own, words: fields.words });
        forms::checked((), Self::NAMES, errors)?;
        step.ok_or_else(|| vec![FieldError::Day("day")])
    }
}

form! {
    /// A day of the way that was noted wrong, as it is corrected.
    DayFields {
        /// The right day.
        day: line,
        /// Why, in words; may be empty.
        words: words,
    }
}

/// A day that can be corrected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotedDay {
    /// As it was noted.
    pub day: NaiveDate,
    /// It can't have been before this.
    pub earliest: Option<NaiveDate>,
    /// It can't have been after this.
    pub latest: Option<NaiveDate>,
}

impl Way {
    /// The day of a step that stands now, with the days around it; `later` are the days of the steps that were
    /// taken after it. None where there is nothing to correct: other days have forms of their own, and closing
    /// is corrected by opening again.
    #[must_use]
    pub fn noted(&self, kind: StepKind, later: &[NaiveDate]) -> Option<NotedDay> {
        let day = match kind {
            StepKind::Agreed => self.agreement_on,
            StepKind::Paused => self.paused_on,
            _ => None,
        }?;
        let before =
            [self.referred_on, self.first_meeting_on, self.agreement_on.filter(|_| kind != StepKind::Agreed)];
        let after = [self.paused_on.filter(|_| kind == StepKind::Agreed), self.closed_on];
        let earliest = before.into_iter().flatten().max();
        let latest = after.into_iter().flatten().chain(later.iter().copied()).min();
        Some(NotedDay { day, earliest, latest })
    }
}

impl DayFields {
    /// Reads the form; gives the right day.
    ///
    /// # Errors
    /// Everything that is wrong, in the order of the form. The day stays between its neighbours.
    pub fn read(&self, noted: NotedDay, today: NaiveDate) -> Result<(NaiveDate, String), Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        let day = forms::past_day(&fields.day, "day", today, &mut errors);
        match day {
            Some(day) if noted.earliest.is_some_and(|earliest| day < earliest) => {
                errors.push(FieldError::TooEarly("day"));
            }
            Some(day) if noted.latest.is_some_and(|latest| latest < day && day <= today) => {
                errors.push(FieldError::Ahead("day"));
            }
            Some(day) if day == noted.day => errors.push(FieldError::Choice("day")),
            _ => {}
        }
        forms::checked((day.unwrap_or(noted.day), fields.words), Self::NAMES, errors)
    }
}

/// What tells the phase.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PhaseFacts {
    /// Was the agreement made?
    pub agreed: bool,
    /// Is the person in a job?
    pub working: bool,
    /// Was an employer contacted for the person?
    pub searching: bool,
    /// What the coach chose.
    pub chosen: Option<Phase>,
}

/// The phase: what the coach chose, else as the records say. Before the agreement it is always the first.
#[must_use]
pub fn phase(facts: PhaseFacts) -> Phase {
    match facts {
        PhaseFacts { agreed: false, .. } => Phase::Entry,
        PhaseFacts { chosen: Some(chosen), .. } if chosen != Phase::Entry => chosen,
        PhaseFacts { working: true, .. } => Phase::Support,
        PhaseFacts { searching: true, .. } => Phase::Search,
        _ => Phase::Profile,
    }
}

/// Days from the agreement to the first employer met in person for the client, and how that stands against
/// the 30 days of criterion 15.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchClock {
    /// Days.
    pub days: u32,
    /// Was an employer met? Then the clock stands still.
    pub met: bool,
    /// How it stands.
    pub light: SearchLight,
}

/// How the clock of the rapid search stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SearchLight {
    /// At most 20 days.
    Calm,
    /// At most 25.
    Soon,
    /// At most 30.
    Now,
    /// More.
    Late,
}

impl SearchClock {
    /// The clock today; none before the agreement. A contact before the agreement counts as on its day.
    #[must_use]
    pub fn of(
        agreed_on: Option<NaiveDate>,
        first_met_on: Option<NaiveDate>,
        today: NaiveDate,
    ) -> Option<Self> {
        let agreed_on = agreed_on?;
        let met = first_met_on.filter(|day| *day <= today);
        let days = days_between(agreed_on, met.unwrap_or(today));
        let light = match days {
            0..=20 => SearchLight::Calm,
            21..=25 => SearchLight::Soon,
            26..=30 => SearchLight::Now,
            _ => SearchLight::Late,
        };
        Some(Self { days, met: met.is_some(), light })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codes::Code;
    use crate::codes::lists::Names;
    use crate::known::CLOSING_REASONS;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn a_way_is_agreed_paused_resumed_closed_and_opened_again() {
        let mut way = Way { referred_on: Some(day("2026-01-02")), ..Way::default() };
        for (step, standing) in [
            (StepKind::Agreed, Standing::Open),
            (StepKind::Paused, Standing::Paused),
            (StepKind::Resumed, Standing::Open),
            (StepKind::Closed, Standing::Closed),
            (StepKind::Reopened, Standing::Open),
        ] {
            assert!(way.allows(step), "{step:?}");
            way = way.after(step, day("2026-02-02"));
            assert_eq!(way.standing(), standing, "{step:?}");
        }
        assert_eq!(way.agreement_on, Some(day("2026-02-02")), "the agreement is carried over");
    }

    #[test]
    fn closing_needs_a_reason_and_time_is_none() {
        let way = Way { agreement_on: Some(day("2026-01-12")), ..Way::default() };
        let close = |reason: &str, words: &str, on: &str| {
            let fields = StepFields { day: on.into(), reason: reason.into(), words: words.into() };
            fields.read(StepKind::Closed, &way, &[], day("2026-11-25")).map(|step| step.reason)
        };
        assert_eq!(close("", "", "2026-11-25"), Err(vec![FieldError::Missing("reason")]));
        assert_eq!(close("own_wish", "", "2026-11-25"), Ok(Some("own_wish".into())));
        assert_eq!(close("other", "", "2026-11-25"), Err(vec![FieldError::Missing("words")]));
        assert_eq!(close("own_wish", "", "2026-01-11"), Err(vec![FieldError::TooEarly("day")]));
        assert_eq!(close("own_wish", "", "2026-11-26"), Err(vec![FieldError::Ahead("day")]));
        for reason in CLOSING_REASONS {
            for time in ["time", "limit", "expired", "duration", "max"] {
                assert!(!reason.contains(time), "{reason} would end support by time");
            }
        }
    }

    #[test]
    fn an_own_reason_counts_as_its_official_one_and_needs_no_more_words() {
        let way = Way { agreement_on: Some(day("2026-01-12")), ..Way::default() };
        let entry = Version {
            id: Uuid::from_u128(7),
            code: "RUOTSI".into(),
            counts_as: "other".into(),
            names: Names { fi: "Muutti Ruotsiin".into(), ..Names::default() },
            from: day("2026-03-01"),
            ends_on: Some(day("2026-11-20")),
        };
        let close = |on: &str, today: &str| {
            let fields = StepFields { day: on.into(), reason: "RUOTSI".into(), ..StepFields::default() };
            let read = fields.read(StepKind::Closed, &way, std::slice::from_ref(&entry), day(today));
            read.map(|step| (step.reason, step.own))
        };
        let counted = Ok((Some("other".into()), Some(entry.id)));
        assert_eq!(close("2026-11-01", "2026-11-01"), counted);
        assert_eq!(close("2026-11-19", "2026-11-25"), counted, "it held on the day of closing");
        assert_eq!(close("2026-11-20", "2026-11-25"), Err(vec![FieldError::Choice("reason")]));
        assert_eq!(close("2026-02-28", "2026-02-28"), Err(vec![FieldError::Choice("reason")]));
    }

    #[test]
    fn a_step_that_is_out_of_turn_is_refused() {
        let closed = Way { closed_on: Some(day("2026-01-12")), ..Way::default() };
        let fields = StepFields { day: "2026-11-25".into(), ..StepFields::default() };
        for kind in StepKind::ALL {
            let read = fields.read(*kind, &closed, &[], day("2026-11-25"));
            assert_eq!(read.is_ok(), *kind == StepKind::Reopened, "{kind:?}");
        }
    }

    #[test]
    fn a_wrong_day_is_corrected_between_its_neighbours() {
        let way = Way {
            first_meeting_on: Some(day("2026-01-10")),
            agreement_on: Some(day("2026-01-12")),
            closed_on: Some(day("2026-06-01")),
            ..Way::default()
        };
        let noted = way.noted(StepKind::Agreed, &[day("2026-03-01"), day("2026-04-01")]).unwrap();
        let read = |on: &str, today: &str| {
            let fields = DayFields { day: on.into(), words: String::new() };
            fields.read(noted, day(today)).map(|(day, _)| day)
        };
        let today = "2026-11-18";
        assert_eq!(read("2026-01-20", today), Ok(day("2026-01-20")));
        assert_eq!(read("2026-01-10", today), Ok(day("2026-01-10")));
        assert_eq!(
            read("2026-01-09", today),
            Err(vec![FieldError::TooEarly("day")]),
            "before the first meeting"
        );
        assert_eq!(read("2026-03-01", today), Ok(day("2026-03-01")));
        assert_eq!(read("2026-03-02", today), Err(vec![FieldError::Ahead("day")]), "after the pause");
        assert_eq!(read("2026-01-12", today), Err(vec![FieldError::Choice("day")]), "as it stands");
        assert_eq!(read("2026-02-01", "2026-01-31"), Err(vec![FieldError::Ahead("day")]));
        assert_eq!(read("", today), Err(vec![FieldError::Missing("day")]));
        for kind in StepKind::ALL {
            assert_eq!(way.noted(*kind, &[]).is_some(), *kind == StepKind::Agreed, "{kind:?}");
        }
    }

    #[test]
    fn the_phase_is_chosen_or_follows_the_records() {
        let facts = PhaseFacts::default();
        assert_eq!(phase(facts), Phase::Entry);
        assert_eq!(
            phase(PhaseFacts { chosen: Some(Phase::Search), ..facts }),
            Phase::Entry,
            "no agreement yet"
        );
        let agreed = PhaseFacts { agreed: true, ..facts };
        assert_eq!(phase(agreed), Phase::Profile);
        assert_eq!(phase(PhaseFacts { searching: true, ..agreed }), Phase::Search);
        assert_eq!(phase(PhaseFacts { searching: true, working: true, ..agreed }), Phase::Support);
        assert_eq!(
            phase(PhaseFacts { working: true, chosen: Some(Phase::Employer), ..agreed }),
            Phase::Employer
        );
    }

    #[test]
    fn the_clock_of_the_search_turns_at_20_25_and_30_days() {
        let light = |today: &str| SearchClock::of(Some(day("2026-10-01")), None, day(today)).unwrap();
        for (today, days, wanted) in [
            ("2026-10-21", 20, SearchLight::Calm),
            ("2026-10-22", 21, SearchLight::Soon),
            ("2026-10-26", 25, SearchLight::Soon),
            ("2026-10-27", 26, SearchLight::Now),
            ("2026-10-31", 30, SearchLight::Now),
            ("2026-11-01", 31, SearchLight::Late),
        ] {
            assert_eq!((light(today).days, light(today).light), (days, wanted), "{today}");
        }
        let met =
            SearchClock::of(Some(day("2026-10-01")), Some(day("2026-10-11")), day("2027-10-01")).unwrap();
        assert_eq!((met.days, met.met, met.light), (10, true, SearchLight::Calm));
        let before =
            SearchClock::of(Some(day("2026-10-01")), Some(day("2026-09-11")), day("2026-10-01")).unwrap();
        assert_eq!(before.days, 0);
        assert_eq!(SearchClock::of(None, None, day("2026-10-01")), None);
    }

    proptest! {
        /// No day that passes closes anybody, pauses anybody, or takes an agreement away.
        #[test]
        fn time_ends_nothing(steps in prop::collection::vec(prop::sample::select(StepKind::ALL), 0..8), days in 0_u64..20_000) {
            let today = day("2026-11-25");
            let way = steps.into_iter().fold(Way::default(), |way, step| {
                if way.allows(step) { way.after(step, today) } else { way }
            });
            let later = today + chrono::Days::new(days);
            prop_assert_eq!(way.standing(), way.standing());
            let clock = SearchClock::of(way.agreement_on, None, later);
            prop_assert_eq!(clock.is_some(), way.agreement_on.is_some());
        }
    }
}
