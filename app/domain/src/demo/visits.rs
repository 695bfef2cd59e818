//! Contacts with employers: about five a week for each coach, to 300 employers, and what comes of
//! each.

use super::clients::Clients;
use super::dice::Dice;
use super::words::{MORE, steps, summaries};
use super::{SECOND_COACH, THIRD_COACH, Timeline, WEEKS, on_workday, plus, workdays_from};
use crate::codes::{Mode, Purpose};
use crate::package::{Contact, Package};
use chrono::{NaiveDate, NaiveTime};
use std::collections::BTreeMap;

/// As many as in the pilot.
const CONTACTS: i64 = 704;
/// The coaches get to know the unit first.
const FIRST_WEEK: i64 = 2;
/// How many visits a coach has made this week by Monday, Tuesday …
const THIS_WEEK: [i64; 5] = [2, 3, 3, 4, 5];
/// Next steps that wait, in days of work from today: two of the past, two for today, some ahead.
const WAITING: [i64; 12] = [-4, 0, 1, -1, 3, 0, 2, 5, 8, 4, 10, 6];
/// A visit so many days ago may still have its next step ahead.
const RECENT_DAYS: i64 = 21;

struct Slot {
    date: NaiveDate,
    time: NaiveTime,
    coach: &'static str,
    this_week: bool,
}

/// Fills the contacts.
pub(super) fn contacts(time: &Timeline, dice: &mut Dice, clients: &Clients, package: &mut Package) {
    let slots = slots(time, dice);
    let visited = employers(dice, &slots, package.employers.len());
    let mut before = BTreeMap::new();
    for (at, (slot, employer)) in slots.iter().zip(&visited).enumerate() {
        let first = before.insert(*employer, at).is_none();
        let employer = package.employers[*employer].employer.clone();
        let contact = contact(time, dice, clients, slot, first);
        package.contacts.push(Contact { contact: format!("DK{:04}", at + 1), employer, ..contact });
    }
    next_steps(time, dice, &visited, &mut package.contacts);
}

/// When the visits were, in order of time.
fn slots(time: &Timeline, dice: &mut Dice) -> Vec<Slot> {
    let this_week = THIS_WEEK[usize::try_from(time.weekday()).unwrap_or(0)];
    let before = CONTACTS - 2 * this_week;
    let pairs = WEEKS - FIRST_WEEK;
    let mut slots = Vec::new();
    for week in FIRST_WEEK..WEEKS {
        let done = week - FIRST_WEEK;
        let both = before * (done + 1) / pairs - before * done / pairs;
        let one = both / 2 + dice.between(-2, 2);
        for (coach, count) in Timeline::coaches(week).into_iter().zip([one, both - one]) {
            let first = dice.between(0, 4);
            slots.extend(week_of(time, dice, week, coach, (0..count).map(|at| (first + at * 2) % 5)));
        }
    }
    for coach in [SECOND_COACH, THIRD_COACH] {
        let days = (0..this_week).map(|at| time.weekday() - at % (time.weekday() + 1));
        slots.extend(week_of(time, dice, WEEKS, coach, days));
    }
    slots.sort_by_key(|slot| (slot.date, slot.time, slot.coach));
    slots
}

/// A coach's visits of one week, on the given weekdays, one after another on each day; today's are
/// in the morning.
fn week_of(
    time: &Timeline,
    dice: &mut Dice,
    week: i64,
    coach: &'static str,
    days: impl Iterator<Item = i64>,
) -> Vec<Slot> {
    let mut turns = [0_i64; 7].map(|_| dice.between(0, 3));
    let mut slots = Vec::new();
    for day in days {
        let date = time.day(week * 7 + day);
        let turn = &mut turns[usize::try_from(day).unwrap_or(0)];
        if date == time.today {
            *turn %= 2;
        }
        let quarter = u32::try_from(1 + *turn * 6 + dice.between(0, 3)).unwrap_or(0);
        *turn += 1;
        let clock = NaiveTime::from_hms_opt(8 + quarter / 4, quarter % 4 * 15, 0).unwrap_or_default();
        slots.push(Slot { date, time: clock, coach, this_week: week == WEEKS });
    }
    slots
}

/// Which employer each visit went to: every one of them at least once, most again some weeks later.
fn employers(dice: &mut Dice, slots: &[Slot], count: usize) -> Vec<usize> {
    let mut fresh: Vec<usize> = (0..count).collect();
    dice.shuffle(&mut fresh);
    let mut visited: Vec<usize> = Vec::with_capacity(slots.len());
    let mut last: BTreeMap<usize, usize> = BTreeMap::new();
    for (at, slot) in slots.iter().enumerate() {
        let is_fresh = last.is_empty() || dice.index(slots.len() - at) < fresh.len();
        let again = if is_fresh { None } else { returning(dice, slots, &last, slot) };
        let employer = again.or_else(|| fresh.pop()).unwrap_or(at % count.max(1));
        last.insert(employer, at);
        visited.push(employer);
    }
    visited
}

/// An employer to go back to: one of the coach's own of the last weeks, or any.
fn returning(dice: &mut Dice, slots: &[Slot], last: &BTreeMap<usize, usize>, now: &Slot) -> Option<usize> {
    let days_ago = |at: usize| (now.date - slots[at].date).num_days();
    let rested: Vec<usize> =
        last.iter().filter(|(_, at)| days_ago(**at) >= 5).map(|(employer, _)| *employer).collect();
    let own = |employer: &usize| {
        last.get(employer).is_some_and(|at| slots[*at].coach == now.coach && days_ago(*at) <= 30)
    };
    let recent: Vec<usize> = rested.iter().copied().filter(own).collect();
    let choice = if recent.is_empty() { rested } else { recent };
    choice.get(dice.index(choice.len())).copied()
}

/// A visit but for its code and employer.
fn contact(time: &Timeline, dice: &mut Dice, clients: &Clients, slot: &Slot, first: bool) -> Contact {
    let purpose = purpose(dice, first);
    let mode = mode(dice, first || slot.this_week, slot.this_week);
    let for_client =
        matches!(purpose, Purpose::ClientIntroduction | Purpose::Application) || dice.percent(50);
    let minutes = if mode == Mode::Email { 10 } else { [10, 15, 20, 20, 30, 30, 45, 60][dice.index(8)] };
    Contact {
        contact: String::new(),
        date: slot.date,
        time: Some(slot.time),
        coach: slot.coach.to_owned(),
        employer: String::new(),
        mode,
        purpose,
        client: if for_client { clients.somebody(time, dice, slot.coach, slot.date) } else { None },
        decision_maker: Some(dice.percent(if mode == Mode::Email { 30 } else { 62 })),
        minutes: Some(minutes),
        summary: Some(summary(dice, mode, purpose)),
        next_step: None,
        next_step_on: None,
    }
}

fn purpose(dice: &mut Dice, first: bool) -> Purpose {
    match (first, dice.between(1, 100)) {
        (true, 1..=58) => Purpose::LearnNeeds,
        (true, 59..=80) => Purpose::ClientIntroduction,
        (true, _) => Purpose::ExploreOpening,
        (false, 1..=42) => Purpose::FollowUp,
        (false, 43..=68) => Purpose::ClientIntroduction,
        (false, 69..=84) => Purpose::Application,
        (false, _) => Purpose::ExploreOpening,
    }
}

fn mode(dice: &mut Dice, mostly_there: bool, always_there: bool) -> Mode {
    match dice.between(1, 100) {
        _ if always_there => Mode::InPerson,
        1..=66 => Mode::InPerson,
        67..=78 if mostly_there => Mode::InPerson,
        67..=92 => Mode::Phone,
        93..=97 => Mode::Email,
        _ => Mode::Video,
    }
}

fn summary(dice: &mut Dice, mode: Mode, purpose: Purpose) -> String {
    let first = dice.pick(summaries(mode, purpose));
    if dice.percent(35) { format!("{first} {}", dice.pick(MORE)) } else { first.to_owned() }
}

/// A visit's next step is the next visit to the same employer; of the last visits some wait still.
fn next_steps(time: &Timeline, dice: &mut Dice, visited: &[usize], contacts: &mut [Contact]) {
    let mut later: BTreeMap<usize, (NaiveDate, Purpose)> = BTreeMap::new();
    let mut waiting = Vec::new();
    for at in (0..contacts.len()).rev() {
        let contact = &mut contacts[at];
        let follows = later.insert(visited[at], (contact.date, contact.purpose));
        match follows {
            Some((date, purpose)) if dice.percent(85) => {
                let on = workdays_from(date, -dice.between(0, 2)).max(contact.date);
                contact.next_step = Some(dice.pick(steps(purpose)).to_owned());
                contact.next_step_on = Some(on);
            }
            Some(_) => {}
            None if contact.date >= plus(time.today, -RECENT_DAYS) => waiting.push(at),
            None => {}
        }
    }
    waiting.reverse();
    for coach in [SECOND_COACH, THIRD_COACH] {
        let own: Vec<usize> = waiting.iter().copied().filter(|at| contacts[*at].coach == coach).collect();
        for (at, ahead) in own.into_iter().zip(WAITING) {
            let contact = &mut contacts[at];
            let on = workdays_from(time.today, ahead);
            let on = if on > contact.date { on } else { on_workday(plus(time.today.max(contact.date), 7)) };
            let step =
                [Purpose::FollowUp, Purpose::ExploreOpening, Purpose::ClientIntroduction][dice.index(3)];
            contact.next_step = Some(dice.pick(steps(step)).to_owned());
            contact.next_step_on = Some(on);
        }
    }
}
