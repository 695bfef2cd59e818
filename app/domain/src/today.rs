//! Today: a coach's first page, and the gaps that it asks about.

use crate::advice::Occasion;
use crate::ids::{ClientId, EmployerId, VisitId};
use crate::support::Why;
use crate::visits::{NextStepDue, VisitSeen, WeekOfVisits};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// The first page of a coach.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Today {
    /// The day.
    pub day: NaiveDate,
    /// The own visits of the week.
    pub week: WeekOfVisits,
    /// The own next steps that are due, the latest first: what was forgotten for weeks waits behind what is
    /// for today.
    pub due: Vec<NextStepDue>,
    /// How many are due in all.
    pub due_total: u32,
    /// The own next steps of the coming seven days, the nearest first.
    pub coming: Vec<NextStepDue>,
    /// What is to be done with clients, what has waited the longest first.
    pub tasks: Vec<Task>,
    /// So many of the own clients have not met an employer yet: their clocks of the rapid search run.
    pub clocks: u32,
    /// What is missing, and asked for once.
    pub gaps: Vec<Gap>,
    /// The unit's latest visits.
    pub unit_visits: Vec<VisitSeen>,
}

impl Today {
    /// So many supports are due.
    #[must_use]
    pub fn supports_due(&self) -> usize {
        let due = |task: &&Task| matches!(task.kind, TaskKind::Support(_)) && task.on <= self.day;
        self.tasks.iter().filter(due).count()
    }
}

/// Something that is to be done with a client.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// What.
    pub kind: TaskKind,
    /// The day by which.
    pub on: NaiveDate,
    /// With whom.
    pub client: ClientId,
    /// By alias.
    pub alias: String,
    /// Where the client works, or what was agreed.
    pub what: String,
    /// The page where it is done.
    pub to: String,
}

/// A kind of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Support around a job.
    Support(Why),
    /// Advice about benefits.
    Advice(Occasion),
    /// An action of a plan.
    Action,
}

/// So many tasks with clients are on Today at once.
pub const TASKS_SHOWN: usize = 6;
/// So many due next steps are on Today at once.
pub const DUE_SHOWN: u32 = 8;
/// So many of the unit's visits are on Today.
pub const FEED_SHOWN: u32 = 10;
/// A gap is asked about for so many days; then it stays a gap.
pub const GAP_DAYS: u64 = 14;
/// So many gaps are asked about at once: a nudge, not a list of duties.
pub const GAPS_SHOWN: u32 = 3;

/// Something that a coach left out in a hurry (design §2.5: take the note, chase the gap later).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Gap {
    /// A visit without a word about how it went.
    HowDidItGo {
        /// The visit.
        visit: VisitId,
        /// Where.
        employer_name: String,
        /// When.
        day: NaiveDate,
    },
    /// An employer that was named on the spot and that nobody has looked at since.
    WhoIsIt {
        /// The employer.
        employer: EmployerId,
        /// As it was named.
        name: String,
    },
    /// An action of the unit's plan for the criteria, which the coach sees to.
    DoneYet {
        /// What.
        what: String,
        /// By which day.
        on: NaiveDate,
    },
    /// A week whose time is not written down.
    WhereDidItGo {
        /// Its Monday.
        monday: NaiveDate,
    },
}
