//! The caseload: each client with what is to be done next, worked out from the records.

use crate::clients::way::{self, PhaseFacts, SearchClock, Standing, Way};
use crate::codes::Phase;
use crate::ids::{ClientId, PersonId};
use crate::support::{Agreement, late_days};
use crate::visits::NextStep;
use chrono::NaiveDate;

/// What the records say of a client.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaseFacts {
    /// Which.
    pub id: ClientId,
    /// The alias that the coach chose.
    pub alias: String,
    /// Who coaches the client today.
    pub coaches: Vec<(PersonId, String)>,
    /// The days of the way.
    pub way: Way,
    /// The phase that the coach chose.
    pub chosen: Option<Phase>,
    /// Since when the client is in the job that is open the longest.
    pub working_since: Option<NaiveDate>,
    /// The first employer met in person for the client.
    pub first_met_on: Option<NaiveDate>,
    /// The last visit to an employer for the client.
    pub last_visit_on: Option<NaiveDate>,
    /// The last meeting to which the client came.
    pub last_meeting_on: Option<NaiveDate>,
    /// The last support.
    pub last_support_on: Option<NaiveDate>,
    /// What was agreed about support.
    pub support_agreed: Option<Agreement>,
    /// Was a measure of the start answered?
    pub start_measured: bool,
    /// The next step with the client.
    pub step: Option<NextStep>,
    /// The next step that a visit for the client left.
    pub visit_step: Option<NextStep>,
    /// Changes of consents that somebody has not been told of yet.
    pub notices: u32,
}

/// A client in the caseload.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Which.
    pub id: ClientId,
    /// The alias that the coach chose.
    pub alias: String,
    /// Who coaches the client today.
    pub coaches: Vec<(PersonId, String)>,
    /// Where on the way.
    pub phase: Phase,
    /// How the service stands.
    pub standing: Standing,
    /// What is to be done next.
    pub step: Option<NextStep>,
    /// The last visit for the client, meeting or support.
    pub last_contact_on: Option<NaiveDate>,
    /// The clock of the rapid search, while it runs.
    pub clock: Option<SearchClock>,
    /// Is the measure of the start missing?
    pub measure_due: bool,
    /// Days without support, when they are too many.
    pub support_due: Option<u32>,
    /// Changes of consents that somebody has not been told of yet.
    pub notices: u32,
}

impl Case {
    /// What is to be done for a client, as the records stand today.
    #[must_use]
    pub fn of(facts: CaseFacts, today: NaiveDate) -> Self {
        let CaseFacts { way, .. } = facts;
        let phase = way::phase(PhaseFacts {
            agreed: way.agreement_on.is_some_and(|day| day <= today),
            working: facts.working_since.is_some(),
            searching: facts.last_visit_on.is_some(),
            chosen: facts.chosen,
        });
        let standing = way.standing();
        let open = standing == Standing::Open;
        // Once an employer was met there is nothing to hurry for: the client's page says how long it took.
        let clock =
            SearchClock::of(way.agreement_on, facts.first_met_on, today).filter(|clock| open && !clock.met);
        let contacts = [facts.last_visit_on, facts.last_meeting_on, facts.last_support_on];
        Self {
            phase,
            standing,
            clock,
            step: earlier(facts.step, facts.visit_step),
            last_contact_on: contacts.into_iter().flatten().max(),
            measure_due: open && !facts.start_measured,
            support_due: late_days(facts.working_since, facts.last_support_on, facts.support_agreed, today)
                .filter(|_| standing != Standing::Closed),
            id: facts.id,
            alias: facts.alias,
            coaches: facts.coaches,
            notices: facts.notices,
        }
    }

    /// Is the next step's day over?
    #[must_use]
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.step.as_ref().and_then(|step| step.on).is_some_and(|on| on < today)
    }
}

/// The step that comes first; one without a day comes after one with.
fn earlier(one: Option<NextStep>, other: Option<NextStep>) -> Option<NextStep> {
    [one, other].into_iter().flatten().min_by_key(|step| (step.on.is_none(), step.on))
}

/// The cases in the order in which they are looked at: whose next step comes first, those without one last.
pub fn sort(cases: &mut [Case]) {
    cases.sort_by_cached_key(|case| {
        let on = case.step.as_ref().and_then(|step| step.on);
        (case.standing == Standing::Paused, on.is_none(), on, case.alias.to_lowercase(), case.id)
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clients::way::SearchLight;
    use uuid::Uuid;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn facts() -> CaseFacts {
        CaseFacts {
            id: ClientId(Uuid::from_u128(1)),
            alias: "Kettu".into(),
            coaches: Vec::new(),
            way: Way { agreement_on: Some(day("2026-11-01")), ..Way::default() },
            chosen: None,
            working_since: None,
            first_met_on: None,
            last_visit_on: None,
            last_meeting_on: None,
            last_support_on: None,
            support_agreed: None,
            start_measured: false,
            step: None,
            visit_step: None,
            notices: 0,
        }
    }

    #[test]
    fn what_is_due_follows_the_records() {
        let today = day("2026-11-25");
        let case = Case::of(facts(), today);
        assert_eq!((case.phase, case.measure_due, case.support_due), (Phase::Profile, true, None));
        assert_eq!(case.clock.map(|clock| (clock.days, clock.light)), Some((24, SearchLight::Soon)));
        let measured = Case::of(CaseFacts { start_measured: true, ..facts() }, today);
        assert!(!measured.measure_due);
        let coming = Case::of(CaseFacts { way: Way::default(), ..facts() }, today);
        assert_eq!((coming.phase, coming.clock, coming.measure_due), (Phase::Entry, None, false));
        let met = Some(day("2026-11-05"));
        let working = CaseFacts {
            working_since: Some(day("2026-11-20")),
            first_met_on: met,
            last_visit_on: met,
            last_meeting_on: Some(day("2026-11-06")),
            ..facts()
        };
        let working = Case::of(working, today);
        assert_eq!((working.phase, working.clock), (Phase::Support, None));
        assert_eq!(working.last_contact_on, Some(day("2026-11-06")));
        let paused = Way { paused_on: Some(today), ..facts().way };
        let paused = Case::of(CaseFacts { way: paused, ..facts() }, today);
        assert_eq!((paused.clock, paused.measure_due), (None, false), "nobody is hurried in a pause");
    }

    #[test]
    fn the_step_that_comes_first_is_shown_and_sorts() {
        let step = |on: Option<&str>| Some(NextStep { what: "soita".into(), on: on.map(day) });
        let case = |alias: &str, one, other| {
            let facts = CaseFacts { alias: alias.into(), step: one, visit_step: other, ..facts() };
            Case::of(facts, day("2026-11-25"))
        };
        let mut cases = [
            case("a", None, None),
            case("b", step(None), step(Some("2026-12-02"))),
            case("c", step(Some("2026-11-24")), step(Some("2026-12-01"))),
        ];
        sort(&mut cases);
        let aliases: Vec<&str> = cases.iter().map(|case| case.alias.as_str()).collect();
        assert_eq!(aliases, ["c", "b", "a"]);
        assert!(cases[0].is_late(day("2026-11-25")) && !cases[1].is_late(day("2026-11-25")));
    }
}
