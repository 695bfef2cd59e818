//! A made-up county of any size, always the same for the same numbers and the same day.
//!
//! A unit with 200,000 visits and a county with a million are made by the same code; only the
//! [`Sizes`] differ.

use crate::dice::Dice;
use crate::words::{
    COMPANY_FORMS, FIRST_NAMES, JOBS, NEXT_STEPS, SUMMARIES, SURNAME_BEGINNINGS, SURNAME_ENDS, TITLES, TOWNS,
    TRADES,
};
use chrono::{Datelike, Days, NaiveDate, NaiveTime};
use domain::business_id::{BusinessId, BusinessIdError};
use domain::codes::{Code, Gender, Mode, Purpose, Role, Service, TeamLevel};
use domain::employers::core_name;
use domain::package::known::CLOSING_REASONS;
use domain::package::{Client, Contact, Employer, Fte, Job, Package, Staff, Team, Unit, WeeklyMinutes};
use serde::Serialize;
use std::collections::BTreeSet;

/// How large a county is.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Sizes {
    /// Units, each with a treatment team, a lead and a referrer.
    pub(crate) units: usize,
    /// Coaches in all units together; they take turns among the units.
    pub(crate) coaches: usize,
    /// Employers in the one register.
    pub(crate) employers: usize,
    /// Clients who are in the service.
    pub(crate) open_clients: usize,
    /// Clients whose service has ended.
    pub(crate) closed_clients: usize,
    /// Visits to employers.
    pub(crate) visits: usize,
    /// Years over which the visits are spread, up to the day of the package.
    pub(crate) years: i64,
}

impl Sizes {
    /// What stands in a database before anything is measured in it: 10,000 visits.
    pub(crate) const PRELOADED: Self = Self {
        units: 1,
        coaches: 4,
        employers: 600,
        open_clients: 80,
        closed_clients: 160,
        visits: 10_000,
        years: 4,
    };

    /// A unit with 5,000 employers and 200,000 visits.
    pub(crate) const LARGE: Self = Self {
        units: 1,
        coaches: 40,
        employers: 5_000,
        open_clients: 800,
        closed_clients: 4_000,
        visits: 200_000,
        years: 10,
    };

    /// A whole county: twenty units, a million visits in ten years.
    pub(crate) const COUNTY: Self = Self {
        units: 20,
        coaches: 100,
        employers: 20_000,
        open_clients: 2_000,
        closed_clients: 20_000,
        visits: 1_000_000,
        years: 10,
    };

    /// A hundredth of it, for a quick look.
    pub(crate) const QUICK_COUNTY: Self = Self {
        units: 2,
        coaches: 4,
        employers: 500,
        open_clients: 40,
        closed_clients: 200,
        visits: 10_000,
        years: 5,
    };

    /// A large unit with a twentieth of the visits, for a quick look.
    pub(crate) const QUICK: Self = Self {
        units: 1,
        coaches: 4,
        employers: 500,
        open_clients: 80,
        closed_clients: 160,
        visits: 10_000,
        years: 5,
    };
}

/// Somebody's client while the visits are made.
struct Served {
    client: String,
    from: NaiveDate,
    until: Option<NaiveDate>,
}

/// The county of these sizes as it stands on the day `today`.
pub(crate) fn package(sizes: &Sizes, today: NaiveDate) -> Package {
    let mut dice = Dice::new(0x6b75_6e74_6120_3031);
    let mut package = Package::default();
    let start = minus(today, sizes.years * 365);
    people(sizes, &mut dice, start, &mut package);
    employers(sizes, &mut dice, &mut package);
    let served = clients(sizes, &mut dice, today, start, &mut package);
    visits(sizes, &mut dice, today, start, &served, &mut package);
    package
}

/// The code of a coach, from 0.
pub(crate) fn coach_code(at: usize) -> String {
    format!("BC{:03}", at + 1)
}

fn unit_code(at: usize) -> String {
    format!("BU{:02}", at + 1)
}

fn team_code(at: usize) -> String {
    format!("BT{:02}", at + 1)
}

fn client_code(at: usize) -> String {
    format!("BA{:05}", at + 1)
}

fn people(sizes: &Sizes, dice: &mut Dice, start: NaiveDate, package: &mut Package) {
    for at in 0..sizes.units {
        let town = TOWNS[at % TOWNS.len()];
        package.units.push(Unit {
            unit: unit_code(at),
            name: format!("Työhönvalmennus {}, {town}", at + 1),
            service: if at % 2 == 0 { Service::Ips } else { Service::Latu },
            municipality: Some(town.to_owned()),
        });
        package.teams.push(Team {
            team: team_code(at),
            name: format!("Poliklinikka {}, {town}", at + 1),
            level: if at % 2 == 0 { TeamLevel::Specialised } else { TeamLevel::Social },
            unit: unit_code(at),
        });
    }
    let mut person = |staff: String, role: Role, home: String| {
        package.staff.push(Staff {
            staff,
            name: format!("{} {}", dice.pick(FIRST_NAMES), surname(dice)),
            role,
            unit_or_team: home,
            fte: Some(Fte(100)),
            from: start,
            to: None,
        });
    };
    for at in 0..sizes.coaches {
        person(coach_code(at), Role::Coach, unit_code(at % sizes.units));
    }
    for at in 0..sizes.units {
        person(format!("BL{:02}", at + 1), Role::Lead, unit_code(at));
        person(format!("BR{:02}", at + 1), Role::Referrer, team_code(at));
    }
}

fn surname(dice: &mut Dice) -> String {
    format!("{}{}", dice.pick(SURNAME_BEGINNINGS), dice.pick(SURNAME_ENDS))
}

fn employers(sizes: &Sizes, dice: &mut Dice, package: &mut Package) {
    let mut taken = BTreeSet::new();
    // Finland has given out numbers up to about 3.5 million.
    let mut number = 9_000_000;
    for at in 0..sizes.employers {
        let (trade, section, class) = TRADES[at % TRADES.len()];
        let form = dice.pick(COMPANY_FORMS);
        let free =
            (0..8).map(|_| format!("{trade} {}", surname(dice))).find(|name| taken.insert(core_name(name)));
        let name = free.unwrap_or_else(|| format!("{trade} {} {}", surname(dice), at + 1));
        let known = dice.percent(90);
        package.employers.push(Employer {
            employer: format!("BE{:05}", at + 1),
            name: format!("{name} {form}"),
            business_id: known.then(|| next_business_id(&mut number)),
            section_tol2008: Some(section.to_owned()),
            class_tol2008: Some(class.to_owned()),
            municipality: Some(dice.pick(TOWNS).to_owned()),
            contact_person: Some(format!("{} {}", dice.pick(FIRST_NAMES), surname(dice))),
            contact_title: Some(dice.pick(TITLES).to_owned()),
        });
    }
}

/// The next number that has a check digit, with it.
fn next_business_id(number: &mut u32) -> BusinessId {
    loop {
        *number += 1;
        let right = match BusinessId::parse(&format!("{number:07}-0")) {
            Err(BusinessIdError::CheckDigit(right)) => BusinessId::parse(&format!("{number:07}-{right}")),
            other => other,
        };
        if let Ok(id) = right {
            return id;
        }
    }
}

/// Fills clients and their jobs; gives each coach's clients.
fn clients(
    sizes: &Sizes,
    dice: &mut Dice,
    today: NaiveDate,
    start: NaiveDate,
    package: &mut Package,
) -> Vec<Vec<Served>> {
    let mut served: Vec<Vec<Served>> = (0..sizes.coaches).map(|_| Vec::new()).collect();
    let days = (today - start).num_days();
    for at in 0..sizes.open_clients + sizes.closed_clients {
        let coach = at % sizes.coaches;
        let is_open = at < sizes.open_clients;
        let ago =
            if is_open { dice.between(5, days.clamp(5, 700)) } else { dice.between(420, days.max(420)) };
        let agreed = minus(today, ago);
        let closed = (!is_open).then(|| plus(agreed, dice.between(120, 400)));
        package.clients.push(Client {
            client: client_code(at),
            name: format!("{} {}", dice.pick(FIRST_NAMES), surname(dice)),
            birth_year: Some(i64::from(today.year()) - dice.between(19, 61)),
            gender: Some(dice.pick(Gender::ALL)),
            municipality: Some(dice.pick(TOWNS).to_owned()),
            unit: unit_code(coach % sizes.units),
            team: Some(team_code(coach % sizes.units)),
            coach: Some(coach_code(coach)),
            referred_on: Some(minus(agreed, 20)),
            first_meeting_on: Some(minus(agreed, 9)),
            agreement_on: Some(agreed),
            closed_on: closed,
            closing_reason: closed.map(|_| dice.pick(CLOSING_REASONS).to_owned()),
        });
        served[coach].push(Served { client: client_code(at), from: agreed, until: closed });
        let begins = plus(agreed, dice.between(30, 110));
        if begins <= today && dice.percent(35) && !package.employers.is_empty() {
            let job = job(dice, package, at, begins);
            package.jobs.push(job);
        }
    }
    served
}

fn job(dice: &mut Dice, package: &Package, client: usize, started_on: NaiveDate) -> Job {
    let (title, isco08) = dice.pick(JOBS);
    Job {
        job: format!("BJ{:05}", client + 1),
        client: client_code(client),
        employer: package.employers[dice.index(package.employers.len())].employer.clone(),
        title: title.to_owned(),
        isco08: Some(isco08.to_owned()),
        started_on,
        ended_on: None,
        hours_per_week: Some(WeeklyMinutes(dice.pick(&[900, 1200, 1500, 2250]))),
        permanent: Some(dice.percent(60)),
        pay_subsidy: Some(dice.percent(40)),
        competitive: Some(true),
        disclosed: Some(dice.percent(75)),
        end_reason: None,
    }
}

/// Fills the visits in the order of their days. A tenth of the employers is never visited; of the others
/// some are visited much more often than most.
fn visits(
    sizes: &Sizes,
    dice: &mut Dice,
    today: NaiveDate,
    start: NaiveDate,
    served: &[Vec<Served>],
    package: &mut Package,
) {
    let days = (today - start).num_days();
    let visited = (sizes.employers - sizes.employers / 10).max(1);
    for at in 0..sizes.visits {
        let offset = (at as i64 + 1) * days / sizes.visits as i64;
        let date = on_workday(plus(start, offset));
        let employer = dice.skewed(visited);
        // Mostly the coach who takes care of the employer.
        let coach = if dice.percent(80) { employer % sizes.coaches } else { dice.index(sizes.coaches) };
        let next_step_on = dice.percent(45).then(|| plus(date, dice.between(1, 30)));
        package.contacts.push(Contact {
            contact: format!("BK{:07}", at + 1),
            date,
            time: NaiveTime::from_hms_opt(8 + dice.index(8) as u32, dice.pick(&[0, 15, 30, 45]), 0),
            coach: coach_code(coach),
            employer: package.employers[employer].employer.clone(),
            mode: mode(dice),
            purpose: dice.pick(Purpose::ALL),
            client: if dice.percent(60) { somebody(dice, &served[coach], date) } else { None },
            decision_maker: Some(dice.percent(60)),
            minutes: Some(dice.pick(&[10, 15, 20, 20, 30, 45])),
            summary: Some(format!("{} {}", dice.pick(SUMMARIES), dice.pick(SUMMARIES))),
            next_step: next_step_on.map(|_| dice.pick(NEXT_STEPS).to_owned()),
            next_step_on,
        });
    }
}

fn mode(dice: &mut Dice) -> Mode {
    match dice.between(1, 100) {
        1..=68 => Mode::InPerson,
        69..=92 => Mode::Phone,
        93..=97 => Mode::Email,
        _ => Mode::Video,
    }
}

/// One of a coach's clients who was in the service on a day; nobody when a few tries find none.
fn somebody(dice: &mut Dice, served: &[Served], day: NaiveDate) -> Option<String> {
    (0..6).find_map(|_| {
        let one = served.get(dice.index(served.len()))?;
        (one.from <= day && one.until.is_none_or(|until| day <= until)).then(|| one.client.clone())
    })
}

fn plus(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_add_days(Days::new(days.unsigned_abs())).unwrap_or(day)
}

fn minus(day: NaiveDate, days: i64) -> NaiveDate {
    day.checked_sub_days(Days::new(days.unsigned_abs())).unwrap_or(day)
}

/// The day itself, or the Friday before a weekend.
fn on_workday(day: NaiveDate) -> NaiveDate {
    minus(day, (i64::from(day.weekday().num_days_from_monday()) - 4).max(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::package::{Reading, read, write};
    use std::collections::BTreeMap;

    const SMALL: Sizes = Sizes {
        units: 3,
        coaches: 7,
        employers: 400,
        open_clients: 60,
        closed_clients: 90,
        visits: 4_000,
        years: 3,
    };

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn it_reads_back_without_a_problem_or_a_remark() {
        for today in ["2026-11-23", "2026-11-21", "2028-02-29", "2027-01-01"].map(day) {
            let county = package(&SMALL, today);
            let Reading { package, problems, remarks, .. } = read(&write(&county), today);
            assert_eq!((problems, remarks), (vec![], vec![]), "{today}");
            assert!(package == county, "{today}");
        }
    }

    #[test]
    fn it_has_the_sizes_that_were_asked_for_and_is_the_same_each_time() {
        let county = package(&SMALL, day("2026-11-20"));
        assert!(county == package(&SMALL, day("2026-11-20")));
        assert_eq!((county.units.len(), county.teams.len(), county.staff.len()), (3, 3, 7 + 2 * 3));
        assert_eq!((county.employers.len(), county.contacts.len()), (400, 4_000));
        let open = county.clients.iter().filter(|client| client.closed_on.is_none()).count();
        assert_eq!((open, county.clients.len()), (60, 150));
        assert!(!county.jobs.is_empty());
    }

    #[test]
    fn its_visits_end_today_and_are_spread_unevenly() {
        let today = day("2026-11-20");
        let county = package(&SMALL, today);
        assert_eq!(county.contacts.last().map(|visit| visit.date), Some(today));
        assert!(county.contacts.iter().all(|visit| visit.date <= today));
        let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
        for visit in &county.contacts {
            *counts.entry(&visit.employer).or_default() += 1;
        }
        assert!(counts.len() <= 360, "a tenth is never visited");
        assert!(counts.values().max() > Some(&60));
    }

    #[test]
    fn clients_and_their_coaches_are_of_one_unit() {
        let county = package(&SMALL, day("2026-11-20"));
        let homes: BTreeMap<&str, &str> =
            county.staff.iter().map(|one| (one.staff.as_str(), one.unit_or_team.as_str())).collect();
        for client in &county.clients {
            let coach = client.coach.as_deref().unwrap_or_default();
            assert_eq!(homes.get(coach), Some(&client.unit.as_str()));
        }
    }
}
