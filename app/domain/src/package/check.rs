//! One row beside the others: what it points to, and which days must come first.

use super::cells::{section_of, within};
use super::fault::{Fault, Note};
use super::tables::{
    Client, Contact, Employer, Feedback, Fidelity, Job, Meeting, Namesake, Package, Prom, Qualification, Row,
    Staff, Support, Team, TimeUse, Transition, Unit,
};
use crate::business_id::BusinessId;
use crate::codes::{Code, FeedbackQuestion, Instrument, Role};
use crate::employers::core_name;
use crate::text::fold;
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};

/// What was read before a row.
pub(super) struct SoFar {
    pub(super) today: NaiveDate,
    pub(super) package: Package,
    /// By file and key: where the row is.
    seen: BTreeMap<(&'static str, String), Seen>,
    /// By file and key without capitals: the key, for hints.
    near: BTreeMap<(&'static str, String), String>,
    /// Files that could not be read at all.
    unread: BTreeSet<&'static str>,
    /// Employers by business ID, and by name without the form of the company and municipality.
    employers_by_id: BTreeMap<BusinessId, usize>,
    employers_by_name: BTreeMap<(String, String), Vec<usize>>,
    employer_lines: Vec<u64>,
}

enum Seen {
    Read { at: usize, line: u64 },
    Refused { line: u64 },
}

impl SoFar {
    pub(super) fn new(today: NaiveDate) -> Self {
        Self {
            today,
            package: Package::default(),
            seen: BTreeMap::new(),
            near: BTreeMap::new(),
            unread: BTreeSet::new(),
            employers_by_id: BTreeMap::new(),
            employers_by_name: BTreeMap::new(),
            employer_lines: Vec::new(),
        }
    }

    /// Notes that no row of a file can be known.
    pub(super) fn unread(&mut self, stem: &'static str) {
        self.unread.insert(stem);
    }

    /// Notes that a row was refused, unless another with its code was read.
    pub(super) fn refuse(&mut self, stem: &'static str, code: String, line: u64) {
        self.seen.entry((stem, code)).or_insert(Seen::Refused { line });
    }

    /// Takes a good row.
    pub(super) fn take<R: Check>(&mut self, row: R, key: String, line: u64) {
        if !key.is_empty() {
            let at = R::list(&self.package).len();
            if R::KEY.len() == 1 {
                self.near.entry((R::STEM, fold(&key))).or_insert_with(|| key.clone());
            }
            // Of several posts of one person the first stays the one that is found.
            let seen = self.seen.entry((R::STEM, key)).or_insert(Seen::Read { at, line });
            if matches!(seen, Seen::Refused { .. }) {
                *seen = Seen::Read { at, line };
            }
        }
        row.taken(self, line);
        row.add(&mut self.package);
    }

    /// The row with the same key that was read before, and its line.
    pub(super) fn same_key<R: Row>(&self, key: &str) -> Option<(&R, u64)> {
        match self.seen.get(&(R::STEM, key.to_owned()))? {
            Seen::Read { at, line } => R::list(&self.package).get(*at).map(|row| (row, *line)),
            Seen::Refused { .. } => None,
        }
    }

    /// Is the employer said to be another than the one that it is like?
    fn is_namesake(&self, code: &str) -> bool {
        matches!(self.seen.get(&(Namesake::STEM, code.to_owned())), Some(Seen::Read { .. }))
    }

    /// The posts of a person that were read.
    fn posts<'s>(&'s self, code: &'s str) -> impl Iterator<Item = &'s Staff> {
        self.package.staff.iter().filter(move |row| row.staff == code)
    }

    /// The row of another file that a code points to.
    fn find<R: Row>(&self, code: &str) -> Result<&R, Fault> {
        let value = code.to_owned();
        match self.seen.get(&(R::STEM, value.clone())) {
            Some(Seen::Read { at, .. }) => {
                let row = R::list(&self.package).get(*at);
                row.ok_or(Fault::UnknownReference { value, file: R::FILE, near: None })
            }
            Some(Seen::Refused { line }) => {
                Err(Fault::RefusedReference { value, file: R::FILE, line: *line })
            }
            None if self.unread.contains(R::STEM) => Err(Fault::UnreadReference { value, file: R::FILE }),
            None => {
                let near = self.near.get(&(R::STEM, fold(code))).cloned();
                Err(Fault::UnknownReference { value, file: R::FILE, near })
            }
        }
    }
}

/// What was found about one row.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) faults: Vec<(&'static str, Fault)>,
    pub(super) notes: Vec<Note>,
}

impl Findings {
    fn refuse(&mut self, column: &'static str, fault: Fault) {
        self.faults.push((column, fault));
    }

    /// The value, or its fault noted.
    fn keep<T>(&mut self, column: &'static str, found: Result<T, Fault>) -> Option<T> {
        found.map_err(|fault| self.refuse(column, fault)).ok()
    }

    /// Somebody of staff who coaches, in one post or another.
    fn coach(&mut self, so_far: &SoFar, code: &str) {
        let coaches = |staff: &Staff| matches!(staff.role, Role::Coach | Role::Lead);
        if let Some(staff) = self.keep("coach", so_far.find::<Staff>(code))
            && !coaches(staff)
            && !so_far.posts(code).any(coaches)
        {
            self.refuse("coach", Fault::NotACoach { staff: code.to_owned(), role: staff.role.code() });
        }
    }

    /// `day` must not be before the other, where both are known.
    fn in_order(
        &mut self,
        column: &'static str,
        day: Option<NaiveDate>,
        other: &str,
        other_day: Option<NaiveDate>,
    ) {
        if let (Some(day), Some(other_day)) = (day, other_day)
            && day < other_day
        {
            self.refuse(column, Fault::TooEarly { day, other: other.to_owned(), other_day });
        }
    }

    /// A reason needs its day.
    fn with_day(
        &mut self,
        column: &'static str,
        reason: Option<&String>,
        day_column: &'static str,
        day: Option<NaiveDate>,
    ) {
        if reason.is_some() && day.is_none() {
            self.refuse(column, Fault::WithoutDay(day_column));
        }
    }
}

/// A row beside an earlier one with the same key.
pub(super) enum Beside {
    /// It says the same.
    Same,
    /// It says something else of the same thing.
    Conflict,
    /// It says more of the same thing.
    Another,
}

/// What must hold between a row and the rows before it.
pub(super) trait Check: Row {
    /// The row beside the first with the same key.
    fn beside(&self, first: &Self, _so_far: &SoFar) -> Beside {
        if self == first { Beside::Same } else { Beside::Conflict }
    }

    /// Looks the row over.
    fn check(&self, so_far: &SoFar, findings: &mut Findings);

    /// Is told when the row was taken.
    fn taken(&self, _so_far: &mut SoFar, _line: u64) {}
}

impl Check for Unit {
    fn check(&self, _so_far: &SoFar, _findings: &mut Findings) {}
}

impl Check for Team {
    fn check(&self, so_far: &SoFar, findings: &mut Findings) {
        findings.keep("unit", so_far.find::<Unit>(&self.unit));
    }
}

impl Check for Namesake {
    fn check(&self, _so_far: &SoFar, _findings: &mut Findings) {}
}

impl Check for Staff {
    /// Another post of the same person: another role, another home, or from another day on.
    fn beside(&self, first: &Self, so_far: &SoFar) -> Beside {
        let same_post = |other: &Self| {
            (other.role, &other.unit_or_team, other.from) == (self.role, &self.unit_or_team, self.from)
        };
        if so_far.posts(&self.staff).any(|other| other == self) {
            Beside::Same
        } else if first.name == self.name && !so_far.posts(&self.staff).any(same_post) {
            Beside::Another
        } else {
            Beside::Conflict
        }
    }

    fn check(&self, so_far: &SoFar, findings: &mut Findings) {
        let home = match self.role {
            Role::Referrer => self.home::<Team, Unit>(so_far, "team", "unit"),
            Role::Coach | Role::Lead | Role::Reviewer | Role::Admin => {
                self.home::<Unit, Team>(so_far, "unit", "team")
            }
        };
        findings.keep("unit_or_team", home);
        findings.in_order("to", self.to, "from", Some(self.from));
    }
}

impl Staff {
    /// Finds the person's unit or team, or says that it is the other.
    fn home<Right: Row, Wrong: Row>(
        &self,
        so_far: &SoFar,
        wanted: &'static str,
        found: &'static str,
    ) -> Result<(), Fault> {
        let home = &self.unit_or_team;
        match so_far.find::<Right>(home) {
            Ok(_) => Ok(()),
            Err(_) if so_far.find::<Wrong>(home).is_ok() => {
                Err(Fault::WrongHome { value: home.clone(), found, role: self.role.code(), wanted })
            }
            Err(fault) => Err(fault),
        }
    }
}

impl Check for Employer {
    fn check(&self, so_far: &SoFar, findings: &mut Findings) {
        if let (Some(letter), Some(class)) = (&self.section_tol2008, &self.class_tol2008)
            && let Some(right) = section_of(class).filter(|right| !letter.starts_with(*right))
        {
            let (letter, class) = (letter.clone(), class.clone());
            findings.refuse("section_tol2008", Fault::Section { letter, class, right });
        }
        match self.twin(so_far) {
            Some(Twin::Same { .. }) if so_far.is_namesake(&self.employer) => {}
            Some(Twin::Same { column, fault }) => findings.refuse(column, fault),
            Some(Twin::Namesake(note)) => findings.notes.push(note),
            None => {}
        }
    }

    fn taken(&self, so_far: &mut SoFar, line: u64) {
        let at = so_far.package.employers.len();
        if let Some(id) = &self.business_id {
            so_far.employers_by_id.entry(id.clone()).or_insert(at);
        }
        so_far.employers_by_name.entry(self.register_name()).or_default().push(at);
        so_far.employer_lines.push(line);
    }
}

/// An earlier employer that looks like this one.
enum Twin {
    /// It is the same one.
    Same { column: &'static str, fault: Fault },
    /// It has the same name and another business ID.
    Namesake(Note),
}

impl Employer {
    /// The name without the form of the company, and the municipality.
    fn register_name(&self) -> (String, String) {
        (core_name(&self.name), self.municipality.as_deref().map(fold).unwrap_or_default())
    }

    fn twin(&self, so_far: &SoFar) -> Option<Twin> {
        let earlier =
            |at: usize| so_far.package.employers.get(at).zip(so_far.employer_lines.get(at).copied());
        let same = |(other, line): (&Employer, u64), column, common: &str| Twin::Same {
            column,
            fault: Fault::SameEmployer { code: other.employer.clone(), line, common: common.to_owned() },
        };
        let by_id = self.business_id.as_ref().and_then(|id| so_far.employers_by_id.get(id));
        if let Some(other) = by_id.and_then(|at| earlier(*at)) {
            return Some(same(other, "business_id", "the same business ID"));
        }
        let namesakes = so_far.employers_by_name.get(&self.register_name())?;
        let mut namesakes = namesakes.iter().filter_map(|at| earlier(*at));
        // Two business IDs are two businesses, whatever they are called.
        let may_be_same = |other: &Employer| self.business_id.is_none() || other.business_id.is_none();
        let first = namesakes.clone().next();
        match namesakes.find(|(other, _)| may_be_same(other)) {
            Some(other) => Some(same(other, "name", "the same name and municipality")),
            None => first
                .map(|(other, line)| Twin::Namesake(Note::Namesake { code: other.employer.clone(), line })),
        }
    }
}

impl Check for Client {
    fn check(&self, so_far: &SoFar, findings: &mut Findings) {
        findings.keep("unit", so_far.find::<Unit>(&self.unit));
        if let Some(team) = &self.team {
            findings.keep("team", so_far.find::<Team>(team));
        }
        if let Some(coach) = &self.coach {
            findings.coach(so_far, coach);
        }
        let days = [
            ("referred_on", self.referred_on),
            ("first_meeting_on", self.first_meeting_on),
            ("agreement_on", self.agreement_on),
            ("closed_on", self.closed_on),
        ];
        let known: Vec<_> = days.into_iter().filter(|(_, day)| day.is_some()).collect();
        for pair in known.windows(2) {
            if let [(other, other_day), (column, day)] = *pair {
                findings.in_order(column, day, other, other_day);
            }
        }
        findings.with_day("closing_reason", self.closing_reason.as_ref(), "closed_on", self.closed_on);
    }
}

impl Check for Contact {
    fn check(&self, so_far: &SoFar, findings: &mut Findings) {
        findings.coach(so_far, &self.coach);
        findings.keep("employer", so_far.find::<Employer>(&self.employer));
        if let Some(client) = &self.client {
            findings.keep("client", so_far.find::<Client>(client));
        }
        findings.in_order("next_step_on", self.next_step_on, "date", Some(self.date));
    }
}

impl Check for Job {
    fn check(&self, so_far: &SoFar, findings: &mut Findings) {
        if let Some(client) = findings.keep("client", so_far.find::<Client>(&self.client)) {
            let agreement = format!("the agreement of {}", self.client);
            findings.in_order("started_on", Some(self.started_on), &agreement, client.agreement_on);
        }
        findings.keep("employer", so_far.find::<Employer>(&self.employer));
        findings.in_order("ended_on", self.ended_on, "started_on", Some(self.started_on));
        findings.with_day("end_reason", self.end_reason.as_ref(), "ended_on", self.ended_on);
    }
}

impl Check for Transition {
    fn check(&self, so_far: &SoFar, findings: &mut Findings) {
        findings.keep("client", so_far.find::<Client>(&self.client));
        findings.in_order("ended_on", self.ended_on, "started_on", Some(self.started_on));
    }
}

impl Check for Qualification {
    fn check(&self, so_far: &SoFar, findings: &mut Findings) {
        findings.keep("client", so_far.find::<Client>(&self.client));
    }
}

impl Check for Support {
    fn check(&self, so_far: &SoFar, findings: &mut Findings) {
        findings.coach(so_far, &self.coach);
        findings.keep("client", so_far.find::<Client>(&self.client));
        if let Some(code) = &self.job
            && let Some(job) = findings.keep("job", so_far.find::<Job>(code))
            && job.client != self.client
        {
            findings.refuse("job", Fault::OthersJob { job: code.clone(), client: job.client.clone() });
        }
    }
}

impl Check for TimeUse {
    fn check(&self, so_far: &SoFar, findings: &mut Findings) {
        findings.coach(so_far, &self.coach);
    }
}

impl Check for Meeting {
    fn check(&self, so_far: &SoFar, findings: &mut Findings) {
        if let Some(team) = &self.team {
            findings.keep("team", so_far.find::<Team>(team));
        }
        for person in &self.present {
            findings.keep("present", so_far.find::<Staff>(person));
        }
    }
}

impl Check for Prom {
    fn check(&self, so_far: &SoFar, findings: &mut Findings) {
        findings.keep("client", so_far.find::<Client>(&self.client));
        let (items, (least, most)) = match self.instrument {
            Instrument::WorkAbility => (1, (0, 10)),
            Instrument::LifeSituation => (10, (0, 10)),
            Instrument::Inclusion => (10, (1, 5)),
            Instrument::Wellbeing => (7, (1, 5)),
        };
        findings.keep("item", within(self.item, 1, items));
        findings.keep("value", within(self.value, least, most));
    }
}

impl Check for Feedback {
    fn check(&self, _so_far: &SoFar, findings: &mut Findings) {
        let (least, most) = match self.question {
            FeedbackQuestion::Recommend => (0, 10),
            FeedbackQuestion::Effectiveness => (1, 5),
        };
        findings.keep("value", within(self.value, least, most));
    }
}

impl Check for Fidelity {
    fn check(&self, so_far: &SoFar, findings: &mut Findings) {
        findings.keep("unit", so_far.find::<Unit>(&self.unit));
    }
}
