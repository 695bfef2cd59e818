//! Clients, their jobs and other steps, support, and their answers to the measures.

use super::dice::Dice;
use super::words::{CLIENT_NAMES, FIRST_NAMES, TOWNS, Trade};
use super::{FIRST_COACH, SECOND_COACH, THIRD_COACH, Timeline, plus};
use crate::codes::{Gender, Instrument, MeasurePoint, Mode, Recipient, SupportPlace};
use crate::package::{Client, Job, Package, Prom, Qualification, Support, Transition, WeeklyMinutes};
use chrono::{Datelike, NaiveDate};

/// Agreements that the county published.
const CLIENTS: usize = 44;
/// The last client was referred in this week.
const LAST_REFERRAL_WEEK: i64 = 60;
/// Who found work on the open market, by place in the list: 14. The first of them found two jobs,
/// the first seven came with a pay subsidy.
const WORKERS: [usize; 14] = [0, 2, 5, 7, 9, 11, 14, 16, 18, 21, 24, 27, 30, 33];
const SUBSIDISED: usize = 7;
/// Who took another step: 17.
const STEPS: [(usize, &str); 17] = [
    (1, "volunteering"),
    (3, "work_trial"),
    (4, "rehabilitative_work"),
    (6, "volunteering"),
    (8, "vocational_degree"),
    (10, "social_rehabilitation"),
    (12, "work_trial"),
    (13, "volunteering"),
    (15, "vocational_rehab_kela"),
    (17, "work_trial"),
    (19, "volunteering"),
    (20, "rehabilitative_work"),
    (22, "vocational_degree"),
    (23, "social_rehabilitation"),
    (25, "volunteering"),
    (26, "vocational_rehab_pension"),
    (28, "work_trial"),
];
const QUALIFIED: [(usize, &str); 9] = [
    (3, "hygiene_passport"),
    (5, "occupational_safety_card"),
    (8, "hygiene_passport"),
    (15, "open_university"),
    (16, "hygiene_passport"),
    (20, "hygiene_passport"),
    (22, "occupational_safety_card"),
    (25, "hygiene_passport"),
    (31, "hygiene_passport"),
];
/// Whose service has ended, and why.
const CLOSED: [(usize, &str); 18] = [
    (1, "own_wish"),
    (2, "steady_work"),
    (3, "moved"),
    (4, "own_wish"),
    (6, "other_service"),
    (7, "steady_work"),
    (8, "studies"),
    (9, "moved"),
    (10, "other_service"),
    (11, "steady_work"),
    (12, "own_wish"),
    (13, "own_wish"),
    (15, "other_service"),
    (17, "health"),
    (19, "own_wish"),
    (20, "moved"),
    (22, "studies"),
    (23, "own_wish"),
];
/// So many, the first in the list, answered the measures at the start and at the end.
const ANSWERED: usize = 22;

/// Clients with what the rows do not tell.
pub(super) struct Clients {
    rows: Vec<Client>,
}

impl Clients {
    fn agreement(&self, at: usize) -> NaiveDate {
        self.rows.get(at).and_then(|client| client.agreement_on).unwrap_or_default()
    }

    fn code(&self, at: usize) -> String {
        self.rows.get(at).map(|client| client.client.clone()).unwrap_or_default()
    }

    /// Who was the client's coach on a day.
    fn coach(time: &Timeline, at: usize, day: NaiveDate) -> &'static str {
        match at % 2 {
            1 => SECOND_COACH,
            _ if day < time.handover() => FIRST_COACH,
            _ => THIRD_COACH,
        }
    }

    /// One of a coach's open clients on a day.
    pub(super) fn somebody(
        &self,
        time: &Timeline,
        dice: &mut Dice,
        coach: &str,
        day: NaiveDate,
    ) -> Option<String> {
        let open = |client: &Client| {
            client.agreement_on.is_some_and(|from| from <= day) && client.closed_on.is_none_or(|to| day <= to)
        };
        let own = |(at, client): &(usize, &Client)| open(client) && Self::coach(time, *at, day) == coach;
        let caseload: Vec<&Client> =
            self.rows.iter().enumerate().filter(own).map(|(_, client)| client).collect();
        caseload.get(dice.index(caseload.len())).map(|client| client.client.clone())
    }
}

/// Fills the clients.
pub(super) fn clients(time: &Timeline, dice: &mut Dice, package: &mut Package) -> Clients {
    package.clients = (0..CLIENTS).map(|at| client(time, dice, at)).collect();
    Clients { rows: package.clients.clone() }
}

fn client(time: &Timeline, dice: &mut Dice, at: usize) -> Client {
    let share = at as i64 * LAST_REFERRAL_WEEK * 7 / CLIENTS as i64;
    let referred = time.day(3 + share + dice.between(0, 4));
    // Mostly within two weeks; now and then a little later.
    let waited = if at % 9 == 7 { dice.between(15, 18) } else { dice.between(2, 11) };
    let met = after(time, referred, waited);
    let agreed = after(time, met, dice.between(1, 8));
    let closing = CLOSED.iter().find(|(closed, _)| *closed == at);
    let closed = closing.map(|_| after(time, agreed, dice.between(170, 205)));
    let specialised = at % 5 != 4 && at != CLIENTS - 1;
    Client {
        client: format!("D{:02}", at + 1),
        name: name(at),
        birth_year: Some(i64::from(time.today.year()) - dice.between(19, 61)),
        gender: Some(gender(at)),
        municipality: Some(TOWNS[dice.index(TOWNS.len())].0.to_owned()),
        unit: super::service::UNIT.to_owned(),
        team: Some(if specialised { super::service::CLINIC } else { super::service::PRIMARY }.to_owned()),
        coach: Some(Clients::coach(time, at, closed.unwrap_or(time.today)).to_owned()),
        referred_on: Some(referred),
        first_meeting_on: Some(met),
        agreement_on: Some(agreed),
        closed_on: closed,
        closing_reason: closing.map(|(_, reason)| (*reason).to_owned()),
    }
}

fn name(at: usize) -> String {
    let first = FIRST_NAMES[(at * 7 + 2) % FIRST_NAMES.len()];
    format!("{first} {}", CLIENT_NAMES[(at * 5 + 3) % CLIENT_NAMES.len()])
}

fn gender(at: usize) -> Gender {
    match (at % 17, (at * 7 + 2) % FIRST_NAMES.len() % 2) {
        (16, _) => Gender::Other,
        (_, 0) => Gender::Male,
        _ => Gender::Female,
    }
}

/// A day of work so many days after another, not in the future.
fn after(time: &Timeline, day: NaiveDate, days: i64) -> NaiveDate {
    time.day((day - time.start).num_days() + days)
}

/// Fills jobs, other steps, qualifications and the support around the jobs.
pub(super) fn paths(
    time: &Timeline,
    dice: &mut Dice,
    clients: &Clients,
    trades: &[&Trade],
    package: &mut Package,
) {
    jobs(time, dice, clients, trades, package);
    for (number, (at, kind)) in (1..).zip(STEPS) {
        let started = after(time, clients.agreement(at), dice.between(21, 90));
        let lasts = matches!(kind, "work_trial" | "rehabilitative_work");
        let ended = Some(plus(started, dice.between(55, 62))).filter(|ended| lasts && *ended <= time.last);
        package.transitions.push(Transition {
            transition: format!("DT{number:02}"),
            client: clients.code(at),
            kind: kind.to_owned(),
            started_on: started,
            ended_on: ended,
            provider: None,
        });
    }
    for (at, kind) in QUALIFIED {
        let completed_on = after(time, clients.agreement(at), dice.between(30, 100));
        package.qualifications.push(Qualification {
            client: clients.code(at),
            kind: kind.to_owned(),
            completed_on,
        });
    }
}

fn jobs(time: &Timeline, dice: &mut Dice, clients: &Clients, trades: &[&Trade], package: &mut Package) {
    let mut jobs: Vec<(usize, Job)> = Vec::new();
    for (rank, at) in WORKERS.into_iter().enumerate() {
        let started = after(time, clients.agreement(at), dice.between(28, 84));
        let fixed_term = rank % 4 == 0;
        let ended =
            Some(after(time, started, dice.between(84, 96))).filter(|end| fixed_term && *end < time.last);
        jobs.push((at, job(dice, clients.code(at), trades, package, (started, ended), rank < SUBSIDISED)));
        if let (0, Some(ended)) = (rank, ended) {
            let again = after(time, ended, 17);
            jobs.push((at, job(dice, clients.code(at), trades, package, (again, None), false)));
        }
    }
    jobs.sort_by_key(|(_, job)| job.started_on);
    for (number, (at, job)) in (1..).zip(jobs) {
        let job = Job { job: format!("DJ{number:02}"), ..job };
        supports(time, dice, at, &job, package);
        package.jobs.push(job);
    }
    package.supports.sort_by_key(|support| support.date);
    for (number, support) in (1..).zip(&mut package.supports) {
        support.support = format!("DS{number:04}");
    }
}

fn job(
    dice: &mut Dice,
    client: String,
    trades: &[&Trade],
    package: &Package,
    (started_on, ended_on): (NaiveDate, Option<NaiveDate>),
    subsidised: bool,
) -> Job {
    let employer = dice.index(package.employers.len());
    let (title, isco08) = trades[employer].job;
    let hours = [900, 1080, 1200, 1500, 1800, 2250][dice.index(6)];
    Job {
        job: String::new(),
        client,
        employer: package.employers[employer].employer.clone(),
        title: title.to_owned(),
        isco08: Some(isco08.to_owned()),
        started_on,
        ended_on,
        hours_per_week: Some(WeeklyMinutes(hours)),
        permanent: Some(ended_on.is_none() && dice.percent(75)),
        pay_subsidy: Some(subsidised),
        competitive: Some(true),
        disclosed: Some(dice.percent(75)),
        end_reason: ended_on.map(|_| "fixed_term_ended".to_owned()),
    }
}

/// Support around a job every two to four weeks, from the week before it on and past its end.
fn supports(time: &Timeline, dice: &mut Dice, at: usize, job: &Job, package: &mut Package) {
    let until = job.ended_on.map_or(time.last, |ended| plus(ended, 21).min(time.last));
    let days = (until - job.started_on).num_days();
    let mut offset = -7;
    while offset <= days {
        let date = after(time, job.started_on, offset);
        let support = support(time, dice, at, job, date);
        package.supports.push(support);
        offset += dice.between(14, 28);
    }
}

fn support(time: &Timeline, dice: &mut Dice, at: usize, job: &Job, date: NaiveDate) -> Support {
    let knows = job.disclosed == Some(true);
    let recipient = match dice.between(1, 100) {
        1..=22 if knows => Recipient::Employer,
        23..=33 if knows => Recipient::Both,
        _ => Recipient::Client,
    };
    let kind = match recipient {
        _ if date < job.started_on => "preparation",
        Recipient::Employer => dice.pick(&["employer_guidance", "problem_solving", "adjustment"]),
        _ => dice.pick(&[
            "on_the_job",
            "on_the_job",
            "coping",
            "coping",
            "problem_solving",
            "benefits",
            "career",
        ]),
    };
    let phone = dice.percent(28);
    let place = match (phone, recipient, dice.between(1, 100)) {
        (true, ..) => SupportPlace::Office,
        (_, Recipient::Employer | Recipient::Both, _) => SupportPlace::Workplace,
        (_, _, 1..=40) if knows => SupportPlace::Workplace,
        (_, _, 41..=90) => SupportPlace::Community,
        _ => SupportPlace::Office,
    };
    Support {
        support: String::new(),
        date,
        coach: Clients::coach(time, at, date).to_owned(),
        client: job.client.clone(),
        job: Some(job.job.clone()),
        mode: if phone { Mode::Phone } else { Mode::InPerson },
        place: Some(place),
        recipient,
        kind: Some(kind.to_owned()),
        minutes: Some(if phone { 15 } else { [20, 30, 45, 45, 60][dice.index(5)] }),
    }
}

/// A measure's item with the means at start and end, in tenths.
type Means = (Instrument, i64, i64, i64);

/// The means that the county published, and means of the same kind where it published none.
const MEANS: [Means; 28] = [
    (Instrument::WorkAbility, 1, 46, 62),
    (Instrument::LifeSituation, 1, 60, 66),
    (Instrument::LifeSituation, 2, 54, 64),
    (Instrument::LifeSituation, 3, 51, 66),
    (Instrument::LifeSituation, 4, 69, 71),
    (Instrument::LifeSituation, 5, 59, 72),
    (Instrument::LifeSituation, 6, 52, 63),
    (Instrument::LifeSituation, 7, 76, 74),
    (Instrument::LifeSituation, 8, 62, 64),
    (Instrument::LifeSituation, 9, 46, 55),
    (Instrument::LifeSituation, 10, 48, 58),
    (Instrument::Inclusion, 1, 30, 36),
    (Instrument::Inclusion, 2, 29, 33),
    (Instrument::Inclusion, 3, 31, 34),
    (Instrument::Inclusion, 4, 28, 35),
    (Instrument::Inclusion, 5, 30, 34),
    (Instrument::Inclusion, 6, 32, 33),
    (Instrument::Inclusion, 7, 29, 37),
    (Instrument::Inclusion, 8, 30, 34),
    (Instrument::Inclusion, 9, 31, 32),
    (Instrument::Inclusion, 10, 30, 35),
    (Instrument::Wellbeing, 1, 29, 34),
    (Instrument::Wellbeing, 2, 28, 32),
    (Instrument::Wellbeing, 3, 29, 31),
    (Instrument::Wellbeing, 4, 28, 35),
    (Instrument::Wellbeing, 5, 30, 34),
    (Instrument::Wellbeing, 6, 27, 31),
    (Instrument::Wellbeing, 7, 31, 33),
];

/// Fills the answers to the measures.
pub(super) fn measures(time: &Timeline, dice: &mut Dice, clients: &Clients, package: &mut Package) {
    let days: Vec<(NaiveDate, NaiveDate)> = (0..ANSWERED)
        .map(|at| clients.agreement(at))
        .map(|agreed| (after(time, agreed, dice.between(5, 10)), after(time, agreed, dice.between(120, 160))))
        .collect();
    for (instrument, item, start, end) in MEANS {
        for (point, mean) in [(MeasurePoint::Start, start), (MeasurePoint::End, end)] {
            let values = answers(dice, instrument, mean);
            for (at, ((first, last), value)) in days.iter().zip(values).enumerate() {
                let date = if point == MeasurePoint::Start { *first } else { *last };
                package.proms.push(Prom { client: clients.code(at), instrument, point, date, item, value });
            }
        }
    }
}

/// Answers around a mean that come to the mean to one decimal.
fn answers(dice: &mut Dice, instrument: Instrument, mean: i64) -> Vec<i64> {
    let (least, most, spread) = match instrument {
        Instrument::WorkAbility | Instrument::LifeSituation => (0, 10, 2),
        Instrument::Inclusion | Instrument::Wellbeing => (1, 5, 1),
    };
    let about = (mean + 5) / 10;
    let mut values: Vec<i64> =
        (0..ANSWERED).map(|_| (about + dice.between(-spread, spread)).clamp(least, most)).collect();
    let wanted = (mean * ANSWERED as i64 + 5) / 10;
    // The mean is within the bounds, so one more or one less here and there gets to it.
    while let missing @ (1.. | ..=-1) = wanted - values.iter().sum::<i64>() {
        let value = &mut values[dice.index(ANSWERED)];
        *value = (*value + missing.signum()).clamp(least, most);
    }
    values
}
