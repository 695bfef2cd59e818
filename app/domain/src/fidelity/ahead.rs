//! What would change: habits of a unit's week, and what the items that rest on them would come to, at the earliest and
//! on the day of a review.
//!
//! The records go on as they were, and the habit comes on top: each day ahead repeats the day one window ago, so that
//! without a habit the estimates stay where they are. The estimates themselves are those of [`estimate`](super::estimate).
//! A habit begins on the next Monday; what lies behind can't be mended.

use super::estimate::{Choices, item_on};
use super::records::{Contact, Job, Meeting, Records, Support, Time};
use super::window::Window;
use crate::calendar::Week;
use crate::codes::{Code, MeetingKind, Mode, Purpose, Recipient, Role, TimeCategory, TimePlace, codes};
use crate::ids::{ClientId, PersonId};
use chrono::{Days, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// So many weeks ahead are looked at.
pub const WEEKS_AHEAD: u32 = 52;
/// A team takes on so many habits at a time.
pub const HABITS_AT_ONCE: usize = 3;

/// Meetings repeat after half a year of whole weeks.
const HALF_YEAR: u64 = 182;
/// Agreements repeat after a year of whole weeks.
const YEAR: u64 = 364;
/// Supports repeat after four weeks, and what is done each month is done every four weeks.
const MONTH: u64 = 28;
/// Who waits for a first employer is taken to one within a week.
const SOON: u64 = 7;

codes! {
    /// Something that a unit may do each week, or more of.
    Habit {
        /// Contacts with employers in person for a client, more a week for each coach.
        Contacts = "contacts",
        /// The lead goes through the contacts with each coach each week.
        Reviews = "reviews",
        /// The first employer within so many days of the agreement.
        FirstContact = "first_contact",
        /// Hours a week at the desk that become hours out of the office, for each coach.
        Desk = "desk",
        /// Hours a week of other work that become employment service, for each coach.
        OtherWork = "other_work",
        /// The unit meets each week.
        UnitMeetings = "unit_meetings",
        /// The lead goes into the field with a coach each month.
        Mentoring = "mentoring",
        /// A meeting with the employment authorities or Kela each month.
        Partners = "partners",
        /// Everybody who works is supported each month.
        Supports = "supports",
    }
}

impl Habit {
    /// The places of its slider: what each stands for, the first for "as now".
    #[must_use]
    pub fn steps(self) -> &'static [i64] {
        match self {
            Self::Contacts => &[0, 1, 2, 3, 4, 5, 6],
            Self::FirstContact => &[0, 60, 30, 14],
            Self::Desk | Self::OtherWork => &[0, 1, 2, 3, 4, 6, 8, 10],
            _ => &[0, 1],
        }
    }

    /// The items that rest on it, the one that it is for first.
    #[must_use]
    pub fn items(self) -> &'static [u8] {
        match self {
            Self::Contacts => &[17],
            Self::Reviews => &[17, 8],
            Self::FirstContact => &[15],
            Self::Desk => &[24],
            Self::OtherWork => &[2],
            Self::UnitMeetings => &[7],
            Self::Mentoring => &[8],
            Self::Partners => &[6],
            Self::Supports => &[22, 23],
        }
    }

    /// The habits on which an item rests.
    pub fn of_item(item: u8) -> impl Iterator<Item = Self> {
        Self::ALL.iter().copied().filter(move |habit| habit.items().contains(&item))
    }
}

/// Where the sliders stand: for each habit what its place stands for. A habit that is not there is as now.
pub type Plan = BTreeMap<Habit, i64>;

/// What an item comes to with some habits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Where the sliders of the item's habits stand.
    pub plan: Plan,
    /// The estimate on the day of the review.
    pub at_review: Option<u8>,
    /// The first Sunday, or the day of the review, on which the estimate is higher than today's, and what it is then.
    pub rises: Option<(NaiveDate, u8)>,
    /// The highest within a year, where that is more than on the day of the review.
    pub later: Option<(NaiveDate, u8)>,
}

/// An item, and what it comes to with each setting of its habits: in the order of the settings, the last habit's place
/// running fastest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    /// Which item.
    pub item: u8,
    /// Today's estimate.
    pub now: Option<u8>,
    /// The habits on which it rests.
    pub habits: Vec<Habit>,
    /// What comes of each setting.
    pub outcomes: Vec<Outcome>,
}

/// What each item that rests on a habit comes to, for every setting of the sliders.
#[must_use]
pub fn outlooks(records: &Records, today: NaiveDate, review: NaiveDate, choices: &Choices) -> Vec<Outlook> {
    let items: BTreeSet<u8> = Habit::ALL.iter().flat_map(|habit| habit.items()).copied().collect();
    let base = Ahead::new(records, today, review, choices);
    items.into_iter().map(|item| base.outlook(item)).collect()
}

/// Every setting of some habits.
fn settings(habits: &[Habit]) -> Vec<Plan> {
    let mut all = vec![Plan::new()];
    for habit in habits {
        let with = |plan: &Plan| {
            let plan = plan.clone();
            habit.steps().iter().map(move |step| {
                let mut plan = plan.clone();
                plan.insert(*habit, *step);
                plan
            })
        };
        all = all.iter().flat_map(with).collect();
    }
    all
}

/// Does the estimate of an item, once higher, stay so? Where habits only add to a window and everything else repeats, it
/// does; where jobs grow older or a word runs out after a year, it need not.
fn steady(item: u8) -> bool {
    matches!(item, 2 | 6 | 7 | 15 | 17 | 24)
}

struct Ahead<'a> {
    /// The records, going on as they were.
    going_on: Records,
    choices: &'a Choices,
    today: NaiveDate,
    review: NaiveDate,
    /// The next Monday, on which a habit begins.
    first: NaiveDate,
    last: NaiveDate,
}

fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

fn before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

impl<'a> Ahead<'a> {
    fn new(records: &Records, today: NaiveDate, review: NaiveDate, choices: &'a Choices) -> Self {
        let first = after(Week::of(today).monday, 7);
        let last = after(first, 7 * u64::from(WEEKS_AHEAD)).max(review);
        let window = 7 * u64::from(choices.weeks.max(1));
        let mut going_on = records.clone();
        // A week that has just begun says little of what it will be: it goes on like any other.
        let sunday = Window::full_weeks(1, today).to;
        let weekly = Repeat { from: before(sunday, window), to: sunday, last, period: window };
        going_on.contacts.retain(|contact| contact.day <= sunday);
        going_on.time.retain(|time| time.day <= sunday);
        weekly.all(&mut going_on.contacts, |contact| &mut contact.day);
        weekly.all(&mut going_on.time, |time| &mut time.day);
        let ahead = |period: u64| Repeat { from: before(today, period), to: today, last, period };
        ahead(HALF_YEAR).all(&mut going_on.meetings, |meeting| &mut meeting.day);
        // What was a month ago comes again each month; what was before that keeps the half year as varied as it is.
        let older =
            Repeat { from: before(today, HALF_YEAR), to: before(today, MONTH), last, period: HALF_YEAR };
        let supports = going_on.supports.clone();
        ahead(MONTH).all(&mut going_on.supports, |support| &mut support.day);
        going_on.supports.extend(older.again(&supports, |support| &mut support.day));
        agree_on(&mut going_on, &ahead(YEAR));
        Self { going_on, choices, today, review, first, last }
    }

    fn outlook(&self, item: u8) -> Outlook {
        let habits: Vec<Habit> = Habit::of_item(item).collect();
        let now = item_on(&self.going_on, self.today, self.choices, item);
        let outcomes = settings(&habits).into_iter().map(|plan| self.outcome(item, now, plan)).collect();
        Outlook { item, now, habits, outcomes }
    }

    fn outcome(&self, item: u8, now: Option<u8>, plan: Plan) -> Outcome {
        let records = self.with(&plan);
        let on = |day: NaiveDate| item_on(&records, day, self.choices, item);
        let at_review = on(self.review);
        if plan.values().all(|step| *step == 0) {
            return Outcome { plan, at_review, rises: None, later: None };
        }
        let sundays = (0..WEEKS_AHEAD).map(|week| after(self.first, 7 * u64::from(week) + 6));
        // The day of the review is looked at like a Sunday.
        let mut days: Vec<NaiveDate> = sundays.chain([self.review]).collect();
        days.sort_unstable();
        let first = |least: Option<u8>| {
            let higher = |day: &NaiveDate| on(*day) > least;
            let day = if steady(item) {
                days.get(days.partition_point(|day| !higher(day))).copied()
            } else {
                days.iter().copied().find(higher)
            };
            day.and_then(|day| on(day).filter(|score| Some(*score) > least).map(|score| (day, score)))
        };
        let rises = first(now);
        // From one step to the next, as far as it goes within a year.
        let mut later = None;
        while let Some((day, score)) = first(later.map_or(at_review.max(now), |(_, score)| Some(score))) {
            later = Some((day, score));
        }
        Outcome { plan, at_review, rises, later: later.filter(|(day, _)| *day > self.review) }
    }

    /// The records with the habits on top.
    fn with(&self, plan: &Plan) -> Records {
        let mut records = self.going_on.clone();
        let mut fresh = Fresh(0);
        for (habit, step) in plan.iter().filter(|(_, step)| **step > 0) {
            match habit {
                Habit::Contacts => self.meet_employers(&mut records, *step, &mut fresh),
                Habit::Reviews => {
                    let both =
                        |on: NaiveDate| [self.people(Role::Coach, on), self.people(Role::Lead, on)].concat();
                    self.meet(&mut records, MeetingKind::Supervision, 7, both, &mut fresh);
                }
                Habit::UnitMeetings => {
                    let all = |on: NaiveDate| self.people(Role::Coach, on);
                    self.meet(&mut records, MeetingKind::VocationalUnit, 7, all, &mut fresh);
                }
                Habit::Mentoring => {
                    let lead = |on: NaiveDate| self.people(Role::Lead, on);
                    self.meet(&mut records, MeetingKind::FieldMentoring, MONTH, lead, &mut fresh);
                }
                Habit::Partners => {
                    let nobody = |_: NaiveDate| Vec::new();
                    self.meet(&mut records, MeetingKind::PartnerMeeting, MONTH, nobody, &mut fresh);
                }
                Habit::FirstContact => self.meet_first(&mut records, step.unsigned_abs()),
                Habit::Desk => self.move_time(
                    &mut records,
                    60 * step,
                    |time| &mut time.place,
                    TimePlace::Office,
                    TimePlace::Community,
                ),
                Habit::OtherWork => {
                    let (from, to) = (TimeCategory::Other, TimeCategory::EmploymentService);
                    self.move_time(&mut records, 60 * step, |time| &mut time.category, from, to);
                }
                Habit::Supports => self.support(&mut records, &mut fresh),
            }
        }
        records
    }

    /// Every so many days from the next Monday on.
    fn every(&self, days: u64) -> impl Iterator<Item = NaiveDate> + use<> {
        let last = self.last;
        std::iter::successors(Some(self.first), move |day| Some(after(*day, days)))
            .take_while(move |day| *day <= last)
    }

    /// Who has a post on a day.
    fn people(&self, role: Role, on: NaiveDate) -> Vec<PersonId> {
        let posts = self.going_on.posts.iter().filter(|post| post.role == role);
        let there = posts.filter(|post| post.from <= on && post.to.is_none_or(|to| to >= on));
        there.map(|post| post.person).collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn meet_employers(&self, records: &mut Records, more: i64, fresh: &mut Fresh) {
        for monday in self.every(7) {
            for coach in self.people(Role::Coach, monday) {
                records.contacts.extend((0..more).map(|_| Contact {
                    id: fresh.id().into(),
                    coach,
                    employer: fresh.id().into(),
                    section: None,
                    day: monday,
                    mode: Mode::InPerson,
                    purpose: Purpose::LearnNeeds,
                    client: None,
                    for_client: true,
                    told: true,
                    noted_on: None,
                }));
            }
        }
    }

    fn meet(
        &self,
        records: &mut Records,
        kind: MeetingKind,
        every: u64,
        present: impl Fn(NaiveDate) -> Vec<PersonId>,
        fresh: &mut Fresh,
    ) {
        records.meetings.extend(self.every(every).map(|day| Meeting {
            id: fresh.id(),
            day,
            kind,
            team: None,
            present: present(day),
        }));
    }

    /// Who agrees from now on meets the first employer within so many days; who waits already, within a week or when
    /// the days are over.
    fn meet_first(&self, records: &mut Records, days: u64) {
        let mut met: BTreeMap<ClientId, NaiveDate> = BTreeMap::new();
        for (client, day) in &records.first_met {
            let first = met.entry(*client).or_insert(*day);
            *first = (*first).min(*day);
        }
        for client in &records.clients {
            let Some(agreed) = client.agreed_on else { continue };
            if met.get(&client.id).is_some_and(|met| *met <= self.today) {
                continue;
            }
            let by = after(agreed, days).max(after(self.first, SOON));
            if client.closed_on.is_none_or(|closed| closed > by) {
                records.first_met.push((client.id, by));
            }
        }
    }

    /// So many minutes a week of each coach's time become another kind.
    fn move_time<T: Copy + PartialEq>(
        &self,
        records: &mut Records,
        minutes: i64,
        of: impl Fn(&mut Time) -> &mut T,
        from: T,
        to: T,
    ) {
        let mut left: BTreeMap<(PersonId, NaiveDate), i64> = BTreeMap::new();
        let mut moved = Vec::new();
        for time in records.time.iter_mut().filter(|time| time.day >= self.first) {
            if *of(time) != from {
                continue;
            }
            let left = left.entry((time.coach, Week::of(time.day).monday)).or_insert(minutes);
            let taken = time.minutes.min(*left);
            *left -= taken;
            time.minutes -= taken;
            let mut other = Time { minutes: taken, ..time.clone() };
            *of(&mut other) = to;
            moved.push(other);
        }
        records.time.extend(moved);
    }

    fn support(&self, records: &mut Records, fresh: &mut Fresh) {
        for day in self.every(MONTH) {
            let working = self.going_on.jobs.iter().filter(|job: &&Job| job.is_current(day));
            records.supports.extend(working.map(|job| Support {
                id: fresh.id(),
                client: job.client,
                job: Some(job.id),
                coach: Some(PersonId(Uuid::nil())),
                day,
                mode: Mode::InPerson,
                recipient: Recipient::Client,
                kind: None,
            }));
        }
    }
}

/// Identities of rows that nobody wrote.
struct Fresh(u128);

impl Fresh {
    fn id(&mut self) -> Uuid {
        self.0 += 1;
        Uuid::from_u128(u128::MAX - self.0)
    }
}

/// What lay after one day up to another, again and again each period up to a last day.
struct Repeat {
    from: NaiveDate,
    to: NaiveDate,
    last: NaiveDate,
    period: u64,
}

impl Repeat {
    /// The days on which a day comes again.
    fn of(&self, day: NaiveDate) -> impl Iterator<Item = NaiveDate> + use<> {
        let (last, period) = (self.last, self.period);
        let begins = (day > self.from && day <= self.to).then(|| after(day, period));
        std::iter::successors(begins, move |day| Some(after(*day, period)))
            .take_while(move |day| *day <= last)
    }

    /// The rows that come again.
    fn again<T: Clone>(&self, rows: &[T], day: impl Fn(&mut T) -> &mut NaiveDate) -> Vec<T> {
        let mut again = Vec::new();
        for row in rows {
            let mut row = row.clone();
            let first = *day(&mut row);
            for on in self.of(first) {
                *day(&mut row) = on;
                again.push(row.clone());
            }
        }
        again
    }

    fn all<T: Clone>(&self, rows: &mut Vec<T>, day: impl Fn(&mut T) -> &mut NaiveDate) {
        let again = self.again(rows, day);
        rows.extend(again);
    }
}

/// As many agree as in the last year, and meet their first employer as soon.
fn agree_on(records: &mut Records, repeat: &Repeat) {
    let mut fresh = Fresh(u128::MAX / 2);
    let met: BTreeMap<ClientId, NaiveDate> = records.first_met.iter().copied().collect();
    let mut clients = Vec::new();
    for client in &records.clients {
        let Some(agreed) = client.agreed_on else { continue };
        for on in repeat.of(agreed) {
            let days = |day: NaiveDate| on + (day - agreed);
            let id = ClientId(fresh.id());
            records.first_met.extend(met.get(&client.id).map(|met| (id, days(*met))));
            let closed_on = client.closed_on.map(days);
            clients.push(super::records::Client { id, agreed_on: Some(on), closed_on, ..client.clone() });
        }
    }
    records.clients.extend(clients);
}

#[cfg(test)]
mod tests;
