//! What the records say of each item on a day. Formulas, windows and thresholds are those of the 2008 scale in our
//! own words; where the scale leaves something open, the choice stands with the function, and is printed with the
//! estimate.

mod organisation;
mod services;
mod staffing;

use super::records::{Client, Records};
use super::window::Window;
use super::{ITEMS, Strength, strength};
use crate::codes::{Code, Role, codes};
use crate::ids::{ClientId, PersonId};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// What a unit may choose about the rules. The estimate prints which of them hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choices {
    /// Full weeks in which weekly habits are looked at.
    pub weeks: u32,
    /// Fewer clients than this say nothing.
    pub clients: i64,
    /// Fewer jobs than this say nothing.
    pub jobs: i64,
    /// Fewer weeks than this say nothing.
    pub least_weeks: i64,
    /// A habit is one when it holds in so many per cent of what it applies to.
    pub habit: i64,
}

impl Default for Choices {
    fn default() -> Self {
        Self { weeks: 8, clients: 5, jobs: 5, least_weeks: 4, habit: 80 }
    }
}

codes! {
    /// What the value of an estimate counts.
    Measure {
        /// Clients for a full-time coach.
        ClientsPerCoach = "clients_per_fte",
        /// Per cent.
        Percent = "percent",
        /// Days.
        Days = "days",
        /// Contacts a week.
        PerWeek = "per_week",
        /// Parts of the item that are shown.
        Parts = "parts",
    }

    /// What a row behind an estimate is.
    RowKind {
        /// A client.
        Client = "client",
        /// A visit.
        Visit = "visit",
        /// A job.
        Job = "job",
        /// A meeting of the unit, a team or a partner.
        Meeting = "meeting",
        /// A support.
        Support = "support",
        /// A coach's week.
        Week = "week",
        /// A person on duty.
        Person = "person",
        /// Advice about benefits.
        Advice = "advice",
        /// An attempt to reach a client, or a meeting to which nobody came.
        Attempt = "attempt",
        /// A memo.
        Referral = "referral",
    }

    /// What has to be known about an estimate.
    NoteKind {
        /// Too few rows for an estimate: how many there are, and how many it takes.
        TooFew = "too_few",
        /// There are no such records at all.
        NoRecords = "no_records",
        /// Rows that would count are left out, because something of them is not known.
        Unknown = "unknown",
        /// The lead's reviews hold the score down: it may be so much at most.
        Capped = "capped",
        /// Contacts that are not for a client, beside.
        Generic = "generic",
        /// Clients without a contact in person, counted with the days so far.
        Waiting = "waiting",
        /// Clients of nobody who is on duty.
        Uncoached = "uncoached",
        /// The score is the least that the records show: other parts have to be attested by people.
        AtLeast = "at_least",
        /// Fewer than ten current jobs are a score of their own.
        FewJobs = "few_jobs",
    }

    /// A part of an item that is made of several.
    PartKind {
        /// Item 3.
        Intake = "intake",
        /// Item 3.
        Engagement = "engagement",
        /// Item 3.
        Assessment = "assessment",
        /// Item 3.
        JobDevelopment = "job_development",
        /// Item 3.
        JobCoaching = "job_coaching",
        /// Item 3.
        FollowAlong = "follow_along",
        /// Item 5: at least nine of ten team meetings attended.
        TeamMeetings = "team_meetings",
        /// Item 5.
        SharedDecisions = "shared_decisions",
        /// Item 5.
        InTreatmentRecord = "in_treatment_record",
        /// Item 5.
        DeskWithTeam = "desk_with_team",
        /// Item 5.
        ThinksOfOthers = "thinks_of_others",
        /// Item 8: enough of a lead for the coaches.
        LeadTime = "lead_time",
        /// Item 8.
        WeeklySupervision = "weekly_supervision",
        /// Item 8.
        VisitsTeams = "visits_teams",
        /// Item 8.
        FieldMentoring = "field_mentoring",
        /// Item 8.
        OutcomeReview = "outcome_review",
        /// Item 9.
        NobodyExcluded = "nobody_excluded",
        /// Item 9.
        ManySources = "many_sources",
        /// Item 9.
        HelpWithNext = "help_with_next",
        /// Item 12.
        BeforeStart = "before_start",
        /// Item 12.
        AtChanges = "at_changes",
        /// Item 13.
        NeverRequired = "never_required",
        /// Item 13.
        TalkedThrough = "talked_through",
        /// Item 13.
        ExactWords = "exact_words",
        /// Item 13.
        RaisedAgain = "raised_again",
        /// Item 14.
        HasProfile = "has_profile",
        /// Item 14.
        ProfileUpdated = "profile_updated",
        /// Item 22.
        SeveralKinds = "several_kinds",
        /// Item 22.
        EmployerSupported = "employer_supported",
        /// Item 22.
        TeamSupports = "team_supports",
        /// Item 23.
        WeekBefore = "week_before",
        /// Item 23.
        ThreeDaysAfter = "three_days_after",
        /// Item 23.
        WeeklyFirstMonth = "weekly_first_month",
        /// Item 23.
        MonthlyForYear = "monthly_for_year",
        /// Item 23.
        StepDown = "step_down",
        /// Item 23.
        AfterLoss = "after_loss",
        /// Item 25.
        NobodyClosed = "nobody_closed",
        /// Item 25.
        WrittenDown = "written_down",
        /// Item 25.
        TeamTries = "team_tries",
        /// Item 25.
        CommunityVisits = "community_visits",
        /// Item 25.
        JointVisits = "joint_visits",
        /// Item 25.
        Family = "family",
    }
}

impl PartKind {
    /// The item whose part it is when records can't say it, and people attest it.
    #[must_use]
    pub fn attested_for(self) -> Option<u8> {
        match self {
            Self::SharedDecisions | Self::InTreatmentRecord | Self::DeskWithTeam | Self::ThinksOfOthers => {
                Some(5)
            }
            Self::OutcomeReview => Some(8),
            Self::NeverRequired => Some(13),
            Self::Family => Some(25),
            _ => None,
        }
    }
}

/// A note: what, and its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Note {
    /// What.
    pub kind: NoteKind,
    /// Its numbers; nought where it has none.
    pub numbers: [i64; 2],
}

/// A row that an estimate rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Row {
    /// What it is.
    pub kind: RowKind,
    /// Its identity; of a coach's week and a person on duty, the person's.
    pub id: Uuid,
    /// Of which client, where the row speaks of one.
    pub client: Option<ClientId>,
    /// Of which day.
    pub day: Option<NaiveDate>,
    /// What it adds: days, minutes; nought where it only counts.
    pub amount: i64,
    /// Is it in the numerator? Every row is in the denominator, or beside it.
    pub counts: bool,
}

/// A part of an item: does it hold, and from what?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// Which.
    pub kind: PartKind,
    /// Does it hold? Nothing where records can't say.
    pub met: Option<bool>,
    /// Of so many, so many.
    pub of: Option<[i64; 2]>,
}

/// One coach's share, where each coach is rated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CoachPart {
    /// Who.
    pub coach: PersonId,
    /// So many.
    pub part: i64,
    /// Of so many.
    pub of: i64,
    /// The rating.
    pub rating: u8,
}

/// What the records say of an item on a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Estimate {
    /// Which item, 1–25.
    pub item: u8,
    /// How far records can speak for it.
    pub strength: Strength,
    /// The suggested score, 1–5, or none.
    pub score: Option<u8>,
    /// The numerator.
    pub numerator: Option<i64>,
    /// The denominator, in hundredths: a full-time post is 100 of them, as is anything counted.
    pub denominator: Option<i64>,
    /// What the value counts.
    pub measure: Option<Measure>,
    /// The window.
    pub window: Window,
    /// What it rests on.
    pub rows: Vec<Row>,
    /// Each coach's share.
    pub coaches: Vec<CoachPart>,
    /// The item's parts.
    pub parts: Vec<Part>,
    /// What has to be known.
    pub notes: Vec<Note>,
}

impl Estimate {
    fn new(item: u8, window: Window) -> Self {
        Self {
            item,
            strength: strength(item),
            score: None,
            numerator: None,
            denominator: None,
            measure: None,
            window,
            rows: Vec::new(),
            coaches: Vec::new(),
            parts: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// The value: the numerator by the denominator, as the measure counts it.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "counts of a unit's records are far below 2^52")]
    pub fn value(&self) -> Option<f64> {
        let (part, of) = (self.numerator?, self.denominator.filter(|of| *of > 0)?);
        let factor = if self.measure == Some(Measure::Percent) { 10_000.0 } else { 100.0 };
        Some(part as f64 * factor / of as f64)
    }

    fn share(mut self, part: i64, of: i64, measure: Measure) -> Self {
        self.numerator = Some(part);
        self.denominator = Some(of * 100);
        self.measure = Some(measure);
        self
    }

    fn note(&mut self, kind: NoteKind, numbers: [i64; 2]) {
        self.notes.push(Note { kind, numbers });
    }

    /// The score, when there are enough rows for one.
    fn scored(mut self, there: i64, least: i64, score: impl FnOnce() -> u8) -> Self {
        if there == 0 {
            self.note(NoteKind::NoRecords, [0, 0]);
        } else if there < least {
            self.note(NoteKind::TooFew, [there, least]);
        } else {
            self.score = Some(score());
        }
        self
    }

    /// The score from the ratings of the coaches: their mean, half down.
    fn of_coaches(mut self, coaches: Vec<CoachPart>) -> Self {
        self.score = mean(coaches.iter().map(|coach| coach.rating));
        self.coaches = coaches;
        self
    }

    /// The item as parts that hold, all of them counted: what is not known does not count, and is said.
    fn of_parts(mut self, parts: Vec<Part>) -> Self {
        let met = parts.iter().filter(|part| part.met == Some(true)).count();
        let all = parts.len();
        if parts.iter().any(|part| part.met.is_none()) {
            self.note(NoteKind::AtLeast, [0, 0]);
        }
        self.parts = parts;
        let counted = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        self.share(counted(met), counted(all), Measure::Parts)
    }

    fn met(&self) -> i64 {
        self.numerator.unwrap_or(0)
    }
}

/// The mean of ratings, half down; none where nobody is rated.
fn mean(ratings: impl Iterator<Item = u8>) -> Option<u8> {
    let (sum, count) =
        ratings.fold((0_u32, 0_u32), |(sum, count), rating| (sum + u32::from(rating), count + 1));
    (count > 0).then(|| u8::try_from((2 * sum + count - 1) / (2 * count)).unwrap_or(5))
}

/// The score of `part` in `of` by whole-number bands that are read downwards: `least` has what a score of 2, 3, 4
/// and 5 takes at least, in per cent.
fn by_percent(part: i64, of: i64, least: [i64; 4]) -> u8 {
    1 + u8::try_from(least.iter().filter(|least| part * 100 >= **least * of).count()).unwrap_or(4)
}

/// A score by how many of `most` a number does not exceed: those of 5, 4, 3 and 2, the smallest first.
fn by_most(fits: impl Fn(i64) -> bool, most: [i64; 4]) -> u8 {
    1 + u8::try_from(most.into_iter().filter(|most| fits(*most)).count()).unwrap_or(4)
}

/// Does something hold often enough to be a habit? Nothing where there was no occasion.
fn habit(part: i64, of: i64, choices: &Choices) -> Option<bool> {
    (of > 0).then(|| part * 100 >= choices.habit * of)
}

fn part(kind: PartKind, [part, of]: [i64; 2], choices: &Choices) -> Part {
    Part { kind, met: habit(part, of, choices), of: Some([part, of]) }
}

fn count<T>(rows: impl Iterator<Item = T>) -> i64 {
    i64::try_from(rows.count()).unwrap_or(i64::MAX)
}

/// The records and the day, with what several items ask of them.
struct Look<'a> {
    records: &'a Records,
    day: NaiveDate,
    choices: &'a Choices,
    clients: BTreeMap<ClientId, &'a Client>,
}

impl<'a> Look<'a> {
    /// A part that records can't say: what people last said of it within a year, if they did.
    fn attested(&self, kind: PartKind) -> Part {
        let year = Window::months(12, self.day);
        let said = self.records.attested.iter().filter(|it| it.part == kind && year.holds(it.day));
        let last = said.max_by_key(|it| (it.day, it.at));
        Part { kind, met: last.and_then(|it| it.holds), of: None }
    }

    /// The persons with a post in a window, once each.
    fn on_duty(&self, role: Role, window: Window) -> BTreeSet<PersonId> {
        let posts = self.records.posts.iter().filter(|post| post.role == role);
        posts.filter(|post| window.touches(post.from, post.to)).map(|post| post.person).collect()
    }

    /// The working time of a role on the day, in hundredths. A person with two records of it counts once, with the
    /// larger: persons, not records, are on duty.
    fn fte(&self, role: Role) -> BTreeMap<PersonId, i64> {
        let today = Window::on(self.day);
        let mut fte = BTreeMap::new();
        for post in self.records.posts.iter().filter(|post| post.role == role) {
            if today.touches(post.from, post.to) {
                let known = fte.entry(post.person).or_insert(0);
                *known = post.fte.max(*known);
            }
        }
        fte
    }

    /// The weeks of a window in which a coach is on duty for at least a day.
    fn weeks_on_duty(&self, coach: PersonId, window: Window) -> i64 {
        let posts =
            || self.records.posts.iter().filter(|post| post.role == Role::Coach && post.person == coach);
        count(window.weeks().filter(|week| {
            let days = Window { from: week.monday.max(window.from), to: week.sunday().min(window.to) };
            posts().any(|post| days.touches(post.from, post.to))
        }))
    }

    fn open_clients(&self) -> impl Iterator<Item = &'a Client> + '_ {
        self.records.clients.iter().filter(|client| client.is_open(self.day))
    }

    /// The open clients whom a coach has on the day.
    fn caseload(&self, coach: PersonId) -> Vec<&'a Client> {
        let mine: BTreeSet<ClientId> = self
            .records
            .coached
            .iter()
            .filter(|link| link.coach == coach && Window::on(self.day).touches(link.from, link.to))
            .map(|link| link.client)
            .collect();
        self.open_clients().filter(|client| mine.contains(&client.id)).collect()
    }
}

/// What the records say of each of the 25 items on a day, in their order. Rows after the day are left out here; what
/// was taken back must not be among the records.
#[must_use]
pub fn estimate(records: &Records, day: NaiveDate, choices: &Choices) -> Vec<Estimate> {
    let clients = records.clients.iter().map(|client| (client.id, client)).collect();
    let look = Look { records, day, choices, clients };
    (1..=ITEMS).map(|item| look.item(item)).collect()
}

/// The score that the records suggest for one item on a day, or none.
#[must_use]
pub fn item_on(records: &Records, day: NaiveDate, choices: &Choices, item: u8) -> Option<u8> {
    let clients = records.clients.iter().map(|client| (client.id, client)).collect();
    Look { records, day, choices, clients }.item(item).score
}

impl Look<'_> {
    fn item(&self, item: u8) -> Estimate {
        match item {
            1 => self.caseload_size(),
            2 => self.employment_time(),
            3 => self.generalists(),
            4 => self.teams(),
            5 => self.team_contact(),
            6 => self.partners(),
            7 => self.vocational_unit(),
            8 => self.lead_role(),
            9 => self.zero_exclusion(),
            12 => self.benefits(),
            13 => self.disclosure(),
            14 => self.assessment(),
            15 => self.rapid_search(),
            16 => self.individual_search(),
            17 => self.frequent_contact(),
            18 => self.quality_of_contact(),
            19 => self.job_types(),
            20 => self.employers(),
            21 => self.competitive_jobs(),
            22 => self.follow_along(),
            23 => self.time_unlimited(),
            24 => self.community(),
            25 => self.outreach(),
            // 10 and 11 are judged, on what people attest.
            _ => Estimate::new(item, Window::months(12, self.day)),
        }
    }
}

#[cfg(test)]
mod tests;
