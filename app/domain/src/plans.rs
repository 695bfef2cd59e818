//! A plan made with a client and those who help: who took part, what was wished and agreed, and who does what by
//! when. A plan goes on one page of paper, because what is short is read.

use crate::codes::{Code, codes};
use crate::employers::names::holds_identity_code;
use crate::form;
use crate::forms::{self, FieldError};
use crate::ids::PersonId;
use crate::referrals::{codes as codes_of, parse_codes};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

codes! {
    /// Who takes part in a meeting about a plan.
    Attendee {
        /// The client.
        Client = "client",
        /// The employment coach.
        Coach = "coach",
        /// The coordinating rehabilitation counsellor.
        Coordinator = "coordinator",
        /// The work ability coordinator of employment services.
        WorkAbility = "work_ability",
        /// Somebody from mental health or substance use services.
        MentalHealth = "mental_health",
        /// A social worker or counsellor.
        Social = "social",
        /// A nurse.
        Nurse = "nurse",
        /// Kela's work ability adviser.
        Kela = "kela",
        /// Somebody from the prison and probation service.
        Prison = "prison",
        /// Somebody from disability services.
        Disability = "disability",
        /// Somebody from an organisation.
        Ngo = "ngo",
        /// Family or a friend.
        Family = "family",
        /// Somebody else.
        Other = "other",
    }

    /// What a meeting was about.
    Topic {
        /// Coping at work.
        Coping = "coping",
        /// Getting to work.
        Getting = "getting",
        /// Problems at work.
        Problems = "problems",
        /// Partial work ability.
        Partial = "partial",
        /// Following up on what was agreed.
        FollowUp = "follow_up",
        /// Something else.
        Other = "other",
    }

    /// What kind of thing is to be done.
    ActionKind {
        /// The work is changed to fit.
        WorkModification = "work_modification",
        /// Social rehabilitation or rehabilitative work.
        SocialRehabilitation = "social_rehabilitation",
        /// A work trial, or work with a pay subsidy.
        WorkTrial = "work_trial",
        /// Training or studies.
        Training = "training",
        /// Something is looked into further.
        Assessment = "assessment",
        /// Vocational rehabilitation.
        Vocational = "vocational",
        /// Benefits.
        Benefits = "benefits",
        /// Getting in touch with somebody.
        Contact = "contact",
        /// Something else.
        Other = "other",
    }
}

/// The value of the choice that means the client.
pub const THE_CLIENT: &str = "client";
/// So many free rows a form offers at a time.
pub const FREE_ROWS: usize = 6;

/// What a plan says, but for who does what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Plan {
    /// When it was made.
    pub day: NaiveDate,
    /// Who took part, by role.
    pub present: Vec<Attendee>,
    /// Their names; may be empty.
    pub names: String,
    /// What it was about.
    pub topics: Vec<Topic>,
    /// What the client wishes.
    pub wishes: String,
    /// Tasks that go well, as all see it.
    pub goes_well: String,
    /// Tasks that are hard, as all see it.
    pub hard: String,
    /// What was agreed.
    pub agreed: String,
    /// Who is responsible for the client's case in each service.
    pub case_workers: String,
    /// The next meeting.
    pub next_meeting_on: Option<NaiveDate>,
}

/// Who does what was agreed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Responsible {
    /// Somebody who signs in here.
    Person(PersonId),
    /// The client.
    Client,
    /// Somebody by name.
    Named(String),
}

/// Something that was agreed on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Action {
    /// Which: the same over every correction.
    pub id: Uuid,
    /// What is done.
    pub what: String,
    /// What kind of thing it is.
    pub kind: ActionKind,
    /// Who does it.
    pub responsible: Responsible,
    /// By when; none where no day was agreed.
    pub by_day: Option<NaiveDate>,
    /// When it was done.
    pub done_on: Option<NaiveDate>,
}

impl Action {
    /// Should it have been done already?
    #[must_use]
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.done_on.is_none() && self.by_day.is_some_and(|day| day < today)
    }
}

/// What is still to be done, the nearest day first, what has no day last.
pub fn open_actions<'a>(actions: impl IntoIterator<Item = &'a Action>) -> Vec<&'a Action> {
    let mut open: Vec<&Action> = actions.into_iter().filter(|action| action.done_on.is_none()).collect();
    open.sort_by_key(|action| (action.by_day.is_none(), action.by_day));
    open
}

form! {
    /// A plan as it is typed, but for its rows.
    PlanFields {
        /// When it was made.
        day: line,
        /// Who took part: codes of [`Attendee`], parted by spaces.
        present: line,
        /// Their names.
        names: line,
        /// What it was about: codes of [`Topic`], parted by spaces.
        topics: line,
        /// What the client wishes.
        wishes: words,
        /// What goes well.
        goes_well: words,
        /// What is hard.
        hard: words,
        /// What was agreed.
        agreed: words,
        /// Who is responsible for the client's case.
        case_workers: line,
        /// The next meeting.
        next_meeting_on: line,
    }
}

form! {
    /// A row of a plan as it is typed.
    ActionFields {
        /// The identity that the row got when its form opened.
        id: line,
        /// What is done.
        what: line,
        /// What kind of thing it is, by its code; empty: something else.
        kind: line,
        /// Who does it: a person's id, or [`THE_CLIENT`]; empty where a name is typed.
        who: line,
        /// Who does it, by name.
        name: line,
        /// By when.
        by_day: line,
        /// Anything when the row is to go.
        dropped: line,
    }
}

/// A row that can be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedAction {
    /// Which row of the form it is, counted from 0.
    pub row: usize,
    /// The identity that its form gave it, if it is one.
    pub id: Option<Uuid>,
    /// What is done.
    pub what: String,
    /// What kind of thing it is.
    pub kind: ActionKind,
    /// Who does it.
    pub responsible: Responsible,
    /// By when.
    pub by_day: Option<NaiveDate>,
}

/// A plan that can be saved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// What it says.
    pub plan: Plan,
    /// Who does what, in order.
    pub actions: Vec<PlannedAction>,
    /// Rows that were emptied or are to go.
    pub dropped: Vec<Uuid>,
}

/// What is wrong with a plan: with its fields, and with its rows by their place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wrong {
    /// The fields.
    pub fields: Vec<FieldError>,
    /// The rows: which, counted from 0, and what.
    pub rows: Vec<(usize, FieldError)>,
}

impl Wrong {
    /// Somebody else has changed the plan since the form opened.
    #[must_use]
    pub fn changed_meanwhile() -> Self {
        Self { fields: vec![FieldError::ChangedMeanwhile], rows: Vec::new() }
    }

    /// Was somebody else faster?
    #[must_use]
    pub fn is_stale(&self) -> bool {
        self.fields.contains(&FieldError::ChangedMeanwhile)
    }

    /// Is nothing wrong?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.fields.is_empty() && self.rows.is_empty()
    }
}

impl PlanFields {
    /// The fields that would make `plan`.
    #[must_use]
    pub fn of(plan: &Plan) -> Self {
        Self {
            day: plan.day.to_string(),
            present: codes_of(&plan.present),
            names: plan.names.clone(),
            topics: codes_of(&plan.topics),
            wishes: plan.wishes.clone(),
            goes_well: plan.goes_well.clone(),
            hard: plan.hard.clone(),
            agreed: plan.agreed.clone(),
            case_workers: plan.case_workers.clone(),
            next_meeting_on: plan.next_meeting_on.map(|day| day.to_string()).unwrap_or_default(),
        }
    }

    /// A form that nobody has touched: today, with the client and the coach, and whoever was responsible for the
    /// case in the plan before.
    #[must_use]
    pub fn untouched(today: NaiveDate, before: Option<&Plan>) -> Self {
        Self {
            day: today.to_string(),
            present: codes_of(&[Attendee::Client, Attendee::Coach]),
            case_workers: before.map(|plan| plan.case_workers.clone()).unwrap_or_default(),
            ..Self::default()
        }
    }

    /// Reads the fields.
    fn read(&self, today: NaiveDate) -> (Plan, Vec<FieldError>) {
        let (fields, mut errors) = self.tidy();
        let day = forms::past_day(&fields.day, "day", today, &mut errors).unwrap_or(today);
        let present = parse_codes(&fields.present).unwrap_or_else(|| {
            errors.push(FieldError::Choice("present"));
            Vec::new()
        });
        let topics = parse_codes(&fields.topics).unwrap_or_else(|| {
            errors.push(FieldError::Choice("topics"));
            Vec::new()
        });
        let next_meeting_on = forms::day(&fields.next_meeting_on, "next_meeting_on", today, &mut errors);
        if next_meeting_on.is_some_and(|next| next < day) {
            errors.push(FieldError::TooEarly("next_meeting_on"));
        }
        for name in Self::NAMES {
            if holds_identity_code(fields.field(name)) {
                errors.push(FieldError::IdentityCode(name));
            }
        }
        let Self { names, wishes, goes_well, hard, agreed, case_workers, .. } = fields;
        let plan = Plan {
            day,
            present,
            names,
            topics,
            wishes,
            goes_well,
            hard,
            agreed,
            case_workers,
            next_meeting_on,
        };
        (plan, errors)
    }
}

impl ActionFields {
    /// A free row under an identity.
    #[must_use]
    pub fn free(id: Uuid) -> Self {
        Self { id: id.to_string(), ..Self::default() }
    }

    /// The fields that would make `action`.
    #[must_use]
    pub fn of(action: &Action) -> Self {
        let (who, name) = match &action.responsible {
            Responsible::Person(person) => (person.to_string(), String::new()),
            Responsible::Client => (THE_CLIENT.to_owned(), String::new()),
            Responsible::Named(name) => (String::new(), name.clone()),
        };
        Self {
            id: action.id.to_string(),
            what: action.what.clone(),
            kind: action.kind.code().to_owned(),
            who,
            name,
            by_day: action.by_day.map(|day| day.to_string()).unwrap_or_default(),
            dropped: String::new(),
        }
    }

    /// The row as a form posts it: each field with the name that it has there.
    #[must_use]
    pub fn posted(self) -> [(&'static str, String); 6] {
        let Self { id, what, kind, who, name, by_day, dropped: _ } = self;
        [
            ("a_id", id),
            ("a_what", what),
            ("a_kind", kind),
            ("a_who", who),
            ("a_name", name),
            ("a_by_day", by_day),
        ]
    }

    /// Does nothing stand in it? What kind it is says nothing by itself.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        [&self.what, &self.who, &self.name, &self.by_day].iter().all(|text| text.trim().is_empty())
    }

    /// Reads a row in which something stands.
    fn read(&self, row: usize, today: NaiveDate) -> Result<PlannedAction, Vec<FieldError>> {
        let (fields, mut errors) = self.tidy();
        forms::needed(&fields.what, "what", &mut errors);
        let kind =
            if fields.kind.is_empty() { Ok(ActionKind::Other) } else { ActionKind::parse(&fields.kind) };
        let kind = kind.unwrap_or_else(|_| {
            errors.push(FieldError::Choice("kind"));
            ActionKind::Other
        });
        let responsible = responsible(&fields.who, &fields.name).unwrap_or_else(|error| {
            errors.push(error);
            Responsible::Client
        });
        let by_day = forms::day(&fields.by_day, "by_day", today, &mut errors);
        for name in ["what", "name"] {
            if holds_identity_code(fields.field(name)) {
                errors.push(FieldError::IdentityCode(name));
            }
        }
        let id = fields.id.parse().ok();
        let action = PlannedAction { row, id, what: fields.what, kind, responsible, by_day };
        forms::checked(action, Self::NAMES, errors)
    }
}

/// Who does it, from a choice and a typed name: one of the two.
///
/// # Errors
/// When nobody is named, or two are, or the choice is none.
pub fn responsible(who: &str, name: &str) -> Result<Responsible, FieldError> {
    let (who, name) = (who.trim(), name.split_whitespace().collect::<Vec<_>>().join(" "));
    match (who, name.is_empty()) {
        ("", true) => Err(FieldError::Missing("who")),
        ("", false) if name.chars().count() > forms::LINE_MAX => Err(FieldError::TooLong("name")),
        ("", false) => Ok(Responsible::Named(name)),
        (_, false) => Err(FieldError::Choice("name")),
        (THE_CLIENT, true) => Ok(Responsible::Client),
        (who, true) => who.parse().map(Responsible::Person).map_err(|_| FieldError::Choice("who")),
    }
}

/// Reads a plan with its rows. `others` actions besides those of the rows are a part of it, so that it says
/// something even where all else is empty.
///
/// # Errors
/// Everything that is wrong, each with its field, and its row.
pub fn read(
    fields: &PlanFields,
    rows: &[ActionFields],
    others: usize,
    today: NaiveDate,
) -> Result<Draft, Wrong> {
    let (plan, mut errors) = fields.read(today);
    let (mut actions, mut dropped, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    for (at, row) in rows.iter().enumerate() {
        if row.is_blank() || !row.dropped.is_empty() {
            dropped.extend(row.id.parse::<Uuid>());
            continue;
        }
        match row.read(at, today) {
            Ok(action) => actions.push(action),
            Err(errors) => wrong.extend(errors.into_iter().map(|error| (at, error))),
        }
    }
    let said = [&plan.wishes, &plan.goes_well, &plan.hard, &plan.agreed];
    let silent = said.iter().all(|text| text.is_empty());
    if silent && others == 0 && actions.is_empty() && wrong.is_empty() {
        errors.push(FieldError::Missing("agreed"));
    }
    let fields = forms::checked((), PlanFields::NAMES, errors).err().unwrap_or_default();
    let wrong = Wrong { fields, rows: wrong };
    if wrong.is_empty() { Ok(Draft { plan, actions, dropped }) } else { Err(wrong) }
}

/// How much goes on a page of paper in the smallest letters that are used, in points: see the looks of paper.
const PAGE_HEIGHT: usize = 720;
/// Letters on a line of text, and of a row's own column.
const LINE: (usize, usize) = (118, 60);

/// Does a plan with these actions go on one page of paper? An estimate by its letters, so that it can be said
/// before anything is printed.
#[must_use]
pub fn fits_a_page<'a>(plan: &Plan, actions: impl IntoIterator<Item = &'a Action>) -> bool {
    let lines = |text: &str, width: usize| {
        text.lines().map(|line| line.chars().count().div_ceil(width).max(1)).sum::<usize>()
    };
    let texts: usize = [&plan.wishes, &plan.goes_well, &plan.hard, &plan.agreed]
        .into_iter()
        .filter(|text| !text.is_empty())
        .map(|text| 18 + lines(text, LINE.0) * 10)
        .sum();
    let rows: usize = actions.into_iter().map(|action| 4 + lines(&action.what, LINE.1) * 10).sum();
    let present = 20 * plan.present.len() + plan.names.chars().count() + plan.case_workers.chars().count();
    let head = 150 + present.div_ceil(LINE.0) * 10;
    head + texts + rows <= PAGE_HEIGHT
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn today() -> NaiveDate {
        day("2026-11-18")
    }

    fn fields() -> PlanFields {
        PlanFields { agreed: "Sovittiin tutustumisesta.".into(), ..PlanFields::untouched(today(), None) }
    }

    fn row(what: &str, who: &str, name: &str, by_day: &str) -> ActionFields {
        let (what, who, name, by_day) = (what.into(), who.into(), name.into(), by_day.into());
        ActionFields { what, who, name, by_day, ..ActionFields::free(Uuid::from_u128(9)) }
    }

    fn action(what: &str, by_day: Option<&str>, done_on: Option<&str>) -> Action {
        Action {
            id: Uuid::nil(),
            what: what.into(),
            kind: ActionKind::Other,
            responsible: Responsible::Client,
            by_day: by_day.map(day),
            done_on: done_on.map(day),
        }
    }

    #[test]
    fn a_plan_is_of_today_or_before_and_the_next_meeting_comes_after_it() {
        let on = |day: &str, next: &str| {
            let fields = PlanFields { day: day.into(), next_meeting_on: next.into(), ..fields() };
            read(&fields, &[], 0, today()).map(drop).map_err(|wrong| wrong.fields)
        };
        assert_eq!(on("2026-11-18", "2026-12-18"), Ok(()));
        assert_eq!(on("2026-11-01", "2026-11-10"), Ok(()), "written down afterwards");
        assert_eq!(on("2026-11-19", ""), Err(vec![FieldError::Ahead("day")]));
        assert_eq!(on("", ""), Err(vec![FieldError::Missing("day")]));
        assert_eq!(on("2026-11-18", "2026-11-17"), Err(vec![FieldError::TooEarly("next_meeting_on")]));
    }

    #[test]
    fn a_row_has_somebody_who_does_it_and_perhaps_a_day() {
        let one = |row: ActionFields| read(&fields(), &[row], 0, today()).map_err(|wrong| wrong.rows);
        assert_eq!(one(row("Soita Kelaan", "client", "", "")).unwrap().actions[0].by_day, None);
        let named = one(row("Soita", "", " Hoitaja  Helka ", "2026-12-01")).unwrap();
        assert_eq!(named.actions[0].responsible, Responsible::Named("Hoitaja Helka".into()));
        assert_eq!(one(row("Soita", "", "", "2026-12-01")), Err(vec![(0, FieldError::Missing("who"))]));
        assert_eq!(one(row("Soita", "client", "Helka", "")), Err(vec![(0, FieldError::Choice("name"))]));
        assert_eq!(one(row("Soita", "x", "", "")), Err(vec![(0, FieldError::Choice("who"))]));
        assert_eq!(one(row("", "client", "", "")), Err(vec![(0, FieldError::Missing("what"))]));
        let code = row("Soita 010180-123A", "client", "", "huomenna");
        let wrong = vec![(0, FieldError::IdentityCode("what")), (0, FieldError::Day("by_day"))];
        assert_eq!(one(code), Err(wrong));
    }

    #[test]
    fn what_is_wrong_is_said_beside_its_own_row() {
        let rows = [row("Soita", "client", "", ""), row("", "", "", ""), row("Käy", "", "", "")];
        let wrong = read(&fields(), &rows, 0, today()).unwrap_err();
        assert_eq!(wrong, Wrong { fields: vec![], rows: vec![(2, FieldError::Missing("who"))] });
    }

    #[test]
    fn rows_that_are_emptied_or_taken_out_go() {
        let out = ActionFields { dropped: "yes".into(), ..row("Soita", "client", "", "") };
        let kind_only = ActionFields { kind: "benefits".into(), ..row("", " ", "", "") };
        let draft = read(&fields(), &[out, kind_only], 0, today()).unwrap();
        assert_eq!((draft.actions.len(), draft.dropped.len()), (0, 2));
    }

    #[test]
    fn a_plan_says_something() {
        let empty = PlanFields::untouched(today(), None);
        let wrong = read(&empty, &[], 0, today()).unwrap_err();
        assert_eq!(wrong.fields, [FieldError::Missing("agreed")]);
        assert!(read(&empty, &[], 1, today()).is_ok(), "something goes on from before");
        assert!(read(&empty, &[row("Soita", "client", "", "")], 0, today()).is_ok());
        let code = PlanFields { names: "Hetu 010180-123A".into(), ..fields() };
        assert_eq!(read(&code, &[], 0, today()).unwrap_err().fields, [FieldError::IdentityCode("names")]);
    }

    #[test]
    fn what_is_open_stands_by_its_day_and_what_has_none_last() {
        let all = [
            action("ei päivää", None, None),
            action("myöhemmin", Some("2026-12-01"), None),
            action("tehty", Some("2026-11-01"), Some("2026-11-02")),
            action("myöhässä", Some("2026-11-10"), None),
        ];
        let open: Vec<&str> = open_actions(&all).iter().map(|action| action.what.as_str()).collect();
        assert_eq!(open, ["myöhässä", "myöhemmin", "ei päivää"]);
        assert!(all[3].is_late(today()) && !all[0].is_late(today()) && !all[2].is_late(today()));
    }

    #[test]
    fn a_usual_plan_goes_on_a_page_and_a_long_one_does_not() {
        let text = "sana ".repeat(120);
        let plan = Plan {
            wishes: text.clone(),
            goes_well: text.clone(),
            hard: text.clone(),
            agreed: text,
            ..read(&fields(), &[], 0, today()).unwrap().plan
        };
        let actions = vec![action(&"a".repeat(60), None, None); 12];
        assert!(fits_a_page(&plan, &actions));
        assert!(!fits_a_page(&plan, &vec![action(&"a".repeat(200), None, None); 20]));
        let long = Plan { agreed: "sana ".repeat(800), ..plan };
        assert!(!fits_a_page(&long, &actions));
    }

    proptest! {
        #[test]
        fn no_text_breaks_the_reading_and_what_was_read_reads_back(
            agreed in "\\PC{0,60}", what in "\\PC{0,230}", name in "\\PC{0,40}", by in "\\PC{0,10}|2026-12-[0-3][0-9]",
            who in prop::sample::select(vec!["", "client", "0193a000-0000-7000-8000-000000000001", "?"]),
        ) {
            let fields = PlanFields { agreed, ..PlanFields::untouched(today(), None) };
            let rows = [row(&what, who, &name, &by)];
            if let Ok(draft) = read(&fields, &rows, 0, today()) {
                prop_assert_eq!(PlanFields::of(&draft.plan).read(today()).0, draft.plan.clone());
                for planned in &draft.actions {
                    let PlannedAction { id, what, kind, responsible, by_day, .. } = planned.clone();
                    let action =
                        Action { id: id.unwrap_or_default(), what, kind, responsible, by_day, done_on: None };
                    let again = ActionFields::of(&action).read(0, today());
                    prop_assert_eq!(again.as_ref(), Ok(planned));
                }
            }
        }
    }
}
