//! Items 12–25.

use super::{
    CoachPart, Estimate, Look, Measure, NoteKind, Part, PartKind, Row, RowKind, by_most, by_percent, count,
    part,
};
use crate::calendar::days_between;
use crate::codes::{AttemptWay, Mode, Purpose, Recipient, Role, TimePlace};
use crate::fidelity::records::{Client, Contact, Job, Support};
use crate::fidelity::window::Window;
use crate::ids::{ClientId, EmployerId, PersonId};
use chrono::{Days, Months, NaiveDate};
use std::collections::{BTreeMap, BTreeSet};

/// Days after which a client without a contact in person is counted (item 15).
const RAPID: u32 = 30;
/// Days in which a profile follows what was learnt at work (item 14).
const UPDATED: u64 = 30;
/// Days around a change of hours or pay in which advice belongs to it (item 12); our choice.
const AROUND: u64 = 30;
/// Fewer current jobs than this are a score of 1 (item 21).
const CURRENT: i64 = 10;

fn after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

fn before(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}

fn months_after(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(day)
}

fn of_client(client: &Client, day: Option<NaiveDate>, amount: i64, counts: bool) -> Row {
    Row { kind: RowKind::Client, id: client.id.uuid(), client: Some(client.id), day, amount, counts }
}

fn of_job(job: &Job, counts: bool) -> Row {
    Row {
        kind: RowKind::Job,
        id: job.id.uuid(),
        client: Some(job.client),
        day: Some(job.from),
        amount: 0,
        counts,
    }
}

fn of_visit(contact: &Contact, counts: bool) -> Row {
    Row {
        kind: RowKind::Visit,
        id: contact.id.uuid(),
        client: contact.client,
        day: Some(contact.day),
        amount: 0,
        counts,
    }
}

impl<'a> Look<'a> {
    /// Supports by client.
    fn supports(&self) -> BTreeMap<ClientId, Vec<&'a Support>> {
        let mut by_client: BTreeMap<ClientId, Vec<&'a Support>> = BTreeMap::new();
        for support in &self.records.supports {
            by_client.entry(support.client).or_default().push(support);
        }
        by_client
    }

    /// Item 12: job starts of twelve months with advice by somebody trained before the start, by job starts; and
    /// changes of hours, pay or subsidy with advice within 30 days on either side. Before the start as a habit: 4,
    /// and at changes as a habit: 5. Otherwise any advice: 3. Without any: 2 at most, and people say which.
    pub(super) fn benefits(&self) -> Estimate {
        let window = Window::months(12, self.day);
        let mut found = Estimate::new(12, window);
        let advice = |client: ClientId, days: Window, trained: bool| {
            self.records
                .advice
                .iter()
                .any(|it| it.client == client && days.holds(it.day) && (it.trained || !trained))
        };
        let year_before = |day: NaiveDate| Window { from: Window::months(12, day).from, to: day };
        let starts: Vec<&Job> = self.records.jobs.iter().filter(|job| window.holds(job.from)).collect();
        let advised = |job: &&&Job| advice(job.client, year_before(job.from), true);
        let told = count(starts.iter().filter(|job| advice(job.client, year_before(job.from), false)));
        let first = [count(starts.iter().filter(advised)), count(starts.iter())];
        let changes: Vec<_> = self.records.changes.iter().filter(|change| window.holds(change.day)).collect();
        let again = count(changes.iter().filter(|change| {
            let days = Window { from: before(change.day, AROUND), to: after(change.day, AROUND) };
            advice(change.client, days, false)
        }));
        found.rows =
            starts.iter().map(|job| of_job(job, advice(job.client, year_before(job.from), true))).collect();
        found.parts = vec![
            part(PartKind::BeforeStart, first, self.choices),
            part(PartKind::AtChanges, [again, count(changes.iter())], self.choices),
        ];
        let met = |at: usize| found.parts[at].met;
        let score = match (met(0), met(1)) {
            (Some(true), Some(true)) => Some(5),
            (Some(true), _) => Some(4),
            _ if told > 0 => Some(3),
            _ => None,
        };
        let mut found = found.share(first[0], first[1], Measure::Percent);
        match score {
            Some(score) => found.scored(first[1], self.choices.jobs, || score),
            None => {
                found.note(NoteKind::NoRecords, [0, 0]);
                found
            }
        }
    }

    /// Item 13: of clients open in the last twelve months for at least two months, those with a talk about telling
    /// an employer, with the exact words agreed, and with at least two talks where there is no job after two months.
    /// A part counts as a habit; that telling was never required is attested. 1 and one for each part.
    pub(super) fn disclosure(&self) -> Estimate {
        let window = Window::months(12, self.day);
        let mut found = Estimate::new(13, window);
        let clients: Vec<&Client> = self
            .records
            .clients
            .iter()
            .filter(|client| {
                client.agreed_on.is_some_and(|agreed| {
                    let end = client.closed_on.unwrap_or(self.day).min(self.day);
                    window.touches(agreed, client.closed_on) && months_after(agreed, 2) <= end
                })
            })
            .collect();
        let talks = |client: &Client| {
            count(self.records.talks.iter().filter(|(id, day)| *id == client.id && *day <= self.day))
        };
        let words = |client: &Client| {
            let mut of =
                self.records.disclosures.iter().filter(|(id, day, _)| *id == client.id && *day <= self.day);
            of.any(|(.., words)| *words)
        };
        let jobless = |client: &&&Client| {
            let from = client.agreed_on.unwrap_or(self.day);
            let months = Window { from, to: months_after(from, 2) };
            !self.records.jobs.iter().any(|job| job.client == client.id && months.touches(job.from, job.to))
        };
        let all = count(clients.iter());
        let talked = count(clients.iter().filter(|client| talks(client) > 0));
        let agreed = count(clients.iter().filter(|client| words(client)));
        let again = count(clients.iter().filter(jobless).filter(|client| talks(client) > 1));
        let waited = count(clients.iter().filter(jobless));
        found.rows = clients.iter().map(|it| of_client(it, it.agreed_on, talks(it), talks(it) > 0)).collect();
        let none = talked == 0 && agreed == 0;
        let parts = vec![
            self.attested(PartKind::NeverRequired),
            part(PartKind::TalkedThrough, [talked, all], self.choices),
            part(PartKind::ExactWords, [agreed, all], self.choices),
            part(PartKind::RaisedAgain, [again, waited], self.choices),
        ];
        let found = found.of_parts(parts);
        let met = found.met();
        found.scored(if none { 0 } else { all }, self.choices.clients, || u8::try_from(1 + met).unwrap_or(5))
    }

    /// Item 14: open clients with a profile, and starts and ends of jobs of twelve months that a profile's update
    /// followed within 30 days; those of the last 30 days without one are not counted yet. Both as a habit: 5, a
    /// profile as a habit: 4, any: 3.
    pub(super) fn assessment(&self) -> Estimate {
        let window = Window::months(12, self.day);
        let mut found = Estimate::new(14, window);
        let open: Vec<&Client> = self.open_clients().collect();
        let profiles = |client: ClientId, days: Window| {
            self.records.profiles.iter().any(|profile| profile.client == client && days.holds(profile.day))
        };
        let ever = Window { from: NaiveDate::MIN, to: self.day };
        let with = count(open.iter().filter(|client| profiles(client.id, ever)));
        let (mut followed, mut events) = (0, 0);
        for job in &self.records.jobs {
            for event in [Some(job.from), job.to].into_iter().flatten().filter(|day| window.holds(*day)) {
                let updated =
                    profiles(job.client, Window { from: event, to: after(event, UPDATED).min(self.day) });
                if updated || after(event, UPDATED) <= self.day {
                    followed += i64::from(updated);
                    events += 1;
                    found.rows.push(Row { day: Some(event), ..of_job(job, updated) });
                }
            }
        }
        found.parts = vec![
            part(PartKind::HasProfile, [with, count(open.iter())], self.choices),
            part(PartKind::ProfileUpdated, [followed, events], self.choices),
        ];
        let score = match (found.parts[0].met, found.parts[1].met) {
            (Some(true), Some(true)) => 5,
            (Some(true), _) => 4,
            _ => 3,
        };
        let there = if with == 0 { 0 } else { count(open.iter()) };
        found.share(followed, events, Measure::Percent).scored(there, self.choices.clients, || score)
    }

    /// Item 15: mean days from agreements of twelve months to the first contact with an employer in person for the
    /// client; a contact before the agreement counts as on its day. Someone without one counts from 30 days on, with
    /// the days so far, to the closing day if closed. At most 30, 60, 150, 270.
    pub(super) fn rapid_search(&self) -> Estimate {
        let window = Window::months(12, self.day);
        let mut found = Estimate::new(15, window);
        let (mut days, mut persons, mut waiting) = (0, 0, 0);
        let mut first_met: BTreeMap<ClientId, NaiveDate> = BTreeMap::new();
        for (client, day) in self.records.first_met.iter().filter(|(_, day)| *day <= self.day) {
            let first = first_met.entry(*client).or_insert(*day);
            *first = (*first).min(*day);
        }
        for client in &self.records.clients {
            let Some(agreed) = client.agreed_on.filter(|agreed| window.holds(*agreed)) else { continue };
            let met = first_met.get(&client.id).copied();
            let end = met.unwrap_or_else(|| client.closed_on.unwrap_or(self.day).min(self.day));
            let took = days_between(agreed, end);
            let counts = met.is_some() || took >= RAPID;
            if counts {
                persons += 1;
                days += i64::from(took);
                waiting += i64::from(met.is_none());
            }
            found.rows.push(of_client(client, met, i64::from(took), counts));
        }
        if waiting > 0 {
            found.note(NoteKind::Waiting, [waiting, 0]);
        }
        found.share(days, persons, Measure::Days).scored(persons, self.choices.clients, || {
            by_most(|most| days <= most * persons, [30, 60, 150, 270])
        })
    }

    /// Item 16: contacts of six months for a client with an employer of a kind that the client wishes, by contacts
    /// for a client whose wishes are known. The profile that held on the day decides, before the first one the
    /// first. At least 25, 50, 75, 90 %; that lessons of earlier jobs are used is attested.
    pub(super) fn individual_search(&self) -> Estimate {
        let window = Window::months(6, self.day);
        let mut found = Estimate::new(16, window);
        let mut profiles: BTreeMap<ClientId, Vec<(NaiveDate, &[char])>> = BTreeMap::new();
        for profile in self.records.profiles.iter().filter(|profile| !profile.sections.is_empty()) {
            profiles.entry(profile.client).or_default().push((profile.day, &profile.sections));
        }
        for versions in profiles.values_mut() {
            versions.sort_by_key(|(day, _)| *day);
        }
        let wishes = |client: ClientId, day: NaiveDate| {
            let versions = profiles.get(&client)?;
            let held = versions.iter().rev().find(|(from, _)| *from <= day).or_else(|| versions.first());
            held.map(|(_, sections)| *sections)
        };
        let (mut fits, mut known, mut unknown) = (0, 0, 0);
        for contact in self.records.contacts.iter().filter(|it| it.for_client && window.holds(it.day)) {
            let wished = contact.client.and_then(|client| wishes(client, contact.day));
            match (wished, contact.section) {
                (Some(wished), Some(section)) => {
                    let counts = wished.contains(&section);
                    fits += i64::from(counts);
                    known += 1;
                    found.rows.push(of_visit(contact, counts));
                }
                _ => unknown += 1,
            }
        }
        if unknown > 0 {
            found.note(NoteKind::Unknown, [unknown, 0]);
        }
        found
            .share(fits, known, Measure::Percent)
            .scored(known, self.choices.clients, || by_percent(fits, known, [25, 50, 75, 90]))
    }

    /// Item 17: for each coach on duty in the last full weeks, contacts in person for a client a week on duty; the
    /// mean of the ratings, half down. At least 2, 4, 5, 6 a week; with fewer than three clients looking for work,
    /// twice as many as look are 5. The lead's reviews cap the rating: 3 where they are monthly, 2 where they are
    /// more seldom. A review is a supervision where both are; weekly is a habit, monthly is one in four weeks. A contact
    /// of which neither who was met nor what came of it is written down does not count, and is said.
    pub(super) fn frequent_contact(&self) -> Estimate {
        let window = Window::full_weeks(self.choices.weeks, self.day);
        let mut found = Estimate::new(17, window);
        let mut ratings = Vec::new();
        let (mut met, mut weeks, mut generic, mut untold, mut capped) = (0, 0, 0, 0, None);
        let mut by_coach: BTreeMap<PersonId, Vec<&Contact>> = BTreeMap::new();
        for contact in self.records.contacts.iter().filter(|it| window.holds(it.day)) {
            by_coach.entry(contact.coach).or_default().push(contact);
        }
        let working: BTreeSet<ClientId> =
            self.records.jobs.iter().filter(|job| job.is_current(self.day)).map(|job| job.client).collect();
        for coach in self.on_duty(Role::Coach, window) {
            let on_duty = self.weeks_on_duty(coach, window);
            let contacts = || by_coach.get(&coach).into_iter().flatten().copied();
            let counted = count(contacts().filter(|contact| contact.counts()));
            let looking = self.caseload(coach);
            let looking = count(looking.iter().filter(|client| !working.contains(&client.id)));
            let mut rating = by_percent(counted, on_duty, [2, 4, 5, 6].map(|least| 100 * least));
            if (1..3).contains(&looking) && counted >= 2 * looking * on_duty {
                rating = 5;
            }
            let reviewed = self.reviewed(coach, window);
            let most = if reviewed * 100 >= self.choices.habit * on_duty {
                5
            } else if reviewed * 4 >= on_duty {
                3
            } else {
                2
            };
            if rating > most {
                rating = most;
                capped = Some(capped.map_or(most, |known: u8| known.min(most)));
            }
            generic +=
                count(contacts().filter(|contact| contact.mode == Mode::InPerson && !contact.for_client));
            untold += count(contacts().filter(|contact| contact.is_met() && !contact.told));
            (met, weeks) = (met + counted, weeks + on_duty);
            ratings.push(CoachPart { coach, part: counted, of: on_duty, rating });
            found.rows.extend(
                contacts().filter(|it| it.mode == Mode::InPerson).map(|it| of_visit(it, it.counts())),
            );
        }
        if let Some(most) = capped {
            found.note(NoteKind::Capped, [i64::from(most), 0]);
        }
        if generic > 0 {
            found.note(NoteKind::Generic, [generic, 0]);
        }
        if untold > 0 {
            found.note(NoteKind::Unknown, [untold, 0]);
        }
        let found = found.share(met, weeks, Measure::PerWeek);
        self.rated(found, ratings, weeks)
    }

    /// The mean of ratings, where there are enough weeks for one.
    fn rated(&self, found: Estimate, ratings: Vec<CoachPart>, weeks: i64) -> Estimate {
        if weeks < self.choices.least_weeks {
            return found.scored(weeks, self.choices.least_weeks, || 1);
        }
        found.of_coaches(ratings)
    }

    /// Item 18: for each coach, contacts of six months by purpose and way, and how many of the employers met in
    /// person were met at least twice. Half of the contacts to hand in applications: 1. In person in fewer than a
    /// quarter: 2, than half: 3. At least three in ten employers met again: 5, else 4. The mean, half down; what was
    /// talked about is for people to judge.
    pub(super) fn quality_of_contact(&self) -> Estimate {
        let window = Window::months(6, self.day);
        let mut found = Estimate::new(18, window);
        let mut ratings = Vec::new();
        let (mut again, mut met) = (0, 0);
        for coach in self.on_duty(Role::Coach, window) {
            let contacts: Vec<&Contact> =
                self.records.contacts.iter().filter(|it| it.coach == coach && window.holds(it.day)).collect();
            let all = count(contacts.iter());
            if all < 10 {
                continue;
            }
            let mut times: BTreeMap<EmployerId, i64> = BTreeMap::new();
            let in_person = || contacts.iter().filter(|contact| contact.mode == Mode::InPerson);
            for contact in in_person() {
                *times.entry(contact.employer).or_insert(0) += 1;
            }
            let (twice, once) = (count(times.values().filter(|times| **times >= 2)), count(times.values()));
            let handed = count(contacts.iter().filter(|contact| contact.purpose == Purpose::Application));
            let rating = if 2 * handed >= all {
                1
            } else if 4 * count(in_person()) < all {
                2
            } else if 2 * count(in_person()) < all {
                3
            } else if 10 * twice < 3 * once {
                4
            } else {
                5
            };
            (again, met) = (again + twice, met + once);
            ratings.push(CoachPart { coach, part: twice, of: once, rating });
            found.rows.extend(
                in_person().map(|it| of_visit(it, times.get(&it.employer).is_some_and(|it| *it >= 2))),
            );
        }
        let found = found.share(again, met, Measure::Percent);
        if ratings.is_empty() {
            return found.scored(0, 1, || 1);
        }
        found.of_coaches(ratings)
    }

    fn held(&self, window: Window) -> Vec<&Job> {
        self.records.jobs.iter().filter(|job| window.touches(job.from, job.to)).collect()
    }

    /// Item 19: different kinds of jobs (ISCO-08 at four digits) by jobs held in twelve months. At least 50, 60, 70,
    /// 85 %. Jobs of an unknown kind are left out, and said.
    pub(super) fn job_types(&self) -> Estimate {
        let window = Window::months(12, self.day);
        let held = self.held(window);
        let kinds = |job: &&&Job| job.isco.as_deref().filter(|isco| isco.len() >= 4).is_some();
        let unknown = count(held.iter().filter(|job| !kinds(job)));
        let known: Vec<&Job> = held.iter().filter(kinds).copied().collect();
        let mut found =
            self.different(19, window, &known, |job| job.isco.as_deref().map(|isco| isco[..4].to_owned()));
        if unknown > 0 {
            found.note(NoteKind::Unknown, [unknown, 0]);
        }
        found
    }

    /// Item 20: different employers by jobs held in twelve months. At least 50, 60, 70, 85 %.
    pub(super) fn employers(&self) -> Estimate {
        let window = Window::months(12, self.day);
        self.different(20, window, &self.held(window), |job| job.employer)
    }

    fn different<T: Ord>(
        &self,
        item: u8,
        window: Window,
        jobs: &[&Job],
        key: impl Fn(&Job) -> T,
    ) -> Estimate {
        let mut found = Estimate::new(item, window);
        let mut seen = BTreeSet::new();
        found.rows = jobs.iter().map(|job| of_job(job, seen.insert(key(job)))).collect();
        let (distinct, all) = (count(seen.iter()), count(jobs.iter()));
        found
            .share(distinct, all, Measure::Percent)
            .scored(all, self.choices.jobs, || by_percent(distinct, all, [50, 60, 70, 85]))
    }

    /// Item 21: permanent jobs on the open labour market by current jobs, on the day. At least 65, 75, 85, 95 %;
    /// fewer than ten current jobs: 1. What is not known of a job does not count for it, and is said.
    pub(super) fn competitive_jobs(&self) -> Estimate {
        let mut found = Estimate::new(21, Window::on(self.day));
        let current: Vec<&Job> = self.records.jobs.iter().filter(|job| job.is_current(self.day)).collect();
        let both = |job: &Job| job.permanent == Some(true) && job.competitive == Some(true);
        let unknown = |job: &&&Job| {
            let (permanent, competitive) = (job.permanent, job.competitive);
            [permanent, competitive].contains(&None) && ![permanent, competitive].contains(&Some(false))
        };
        let (steady, all) = (count(current.iter().filter(|job| both(job))), count(current.iter()));
        found.rows = current.iter().map(|job| of_job(job, both(job))).collect();
        let unknown = count(current.iter().filter(unknown));
        if unknown > 0 {
            found.note(NoteKind::Unknown, [unknown, 0]);
        }
        let few = all < CURRENT;
        if few {
            found.note(NoteKind::FewJobs, [all, CURRENT]);
        }
        found.score = Some(if few { 1 } else { by_percent(steady, all, [65, 75, 85, 95]) });
        found.share(steady, all, Measure::Percent)
    }

    /// Item 22: working clients with a support in the last month, by working clients; kinds and givers in six months.
    /// Fewer than 40 %: 1, than 65 %: 2. With two kinds for half of them and support for employers: 4, else 3. Also
    /// with supports of the treatment team or others: 5.
    pub(super) fn follow_along(&self) -> Estimate {
        let window = Window::months(6, self.day);
        let mut found = Estimate::new(22, window);
        let working: BTreeSet<ClientId> =
            self.records.jobs.iter().filter(|job| job.is_current(self.day)).map(|job| job.client).collect();
        let month = Window::months(1, self.day);
        let by_client = self.supports();
        let of = |client: ClientId, days: Window| {
            let supports = by_client.get(&client).into_iter().flatten();
            supports.copied().filter(move |it| days.holds(it.day))
        };
        let kinds = |client: ClientId| {
            of(client, window).filter_map(|it| it.kind.as_deref()).collect::<BTreeSet<_>>()
        };
        let all = count(working.iter());
        let lately = count(working.iter().filter(|client| of(**client, month).next().is_some()));
        let several = count(working.iter().filter(|client| kinds(**client).len() >= 2));
        let supports = || working.iter().flat_map(|client| of(*client, window));
        let employers = count(supports().filter(|support| support.recipient != Recipient::Client));
        let others = count(supports().filter(|support| support.coach.is_none()));
        found.rows = working
            .iter()
            .map(|client| Row {
                kind: RowKind::Client,
                id: client.uuid(),
                client: Some(*client),
                day: of(*client, window).map(|support| support.day).max(),
                amount: count(of(*client, window)),
                counts: of(*client, month).next().is_some(),
            })
            .collect();
        let varied = all > 0 && 2 * several >= all && employers > 0;
        found.parts = vec![
            Part {
                kind: PartKind::SeveralKinds,
                met: (all > 0).then(|| 2 * several >= all),
                of: Some([several, all]),
            },
            Part {
                kind: PartKind::EmployerSupported,
                met: (all > 0).then_some(employers > 0),
                of: Some([employers, count(supports())]),
            },
            Part {
                kind: PartKind::TeamSupports,
                met: (all > 0).then_some(others > 0),
                of: Some([others, count(supports())]),
            },
        ];
        found.share(lately, all, Measure::Percent).scored(all, self.choices.clients, || {
            match by_percent(lately, all, [40, 65, 101, 101]) {
                3 if varied && others > 0 => 5,
                3 if varied => 4,
                low => low,
            }
        })
    }

    /// Item 23: job starts of 18 months, followed to the day. Six conditions, each met as a habit of those it applies
    /// to: in person in the week before the start; within three days after it; in each of the first four weeks; in
    /// each month after the first up to a year; stepping down after a year of steady work; within three days of
    /// hearing of a loss. All that apply: 5. Weekly, then monthly: 4. Half of those who worked for four months
    /// supported that long: 3, fewer: 2. Nobody after the first month: 1. Any support of the client counts, around
    /// the job or not, by whomever; a condition applies when its time has passed while the job lasted.
    pub(super) fn time_unlimited(&self) -> Estimate {
        let window = Window::months(18, self.day);
        let mut found = Estimate::new(23, window);
        let starts: Vec<&Job> = self.records.jobs.iter().filter(|job| window.holds(job.from)).collect();
        let mut counts = [[0_i64; 2]; 6];
        let (mut long, mut kept, mut later) = (0, 0, 0);
        let by_client = self.supports();
        for job in &starts {
            let supports = by_client.get(&job.client).map_or(&[][..], Vec::as_slice);
            let followed = Followed::of(job, supports, &self.records.step_downs, self.day);
            for (at, holds) in followed.conditions().into_iter().enumerate() {
                if let Some(holds) = holds {
                    counts[at][0] += i64::from(holds);
                    counts[at][1] += 1;
                }
            }
            if let Some(supported) = followed.four_months() {
                long += 1;
                kept += i64::from(supported);
            }
            later += i64::from(followed.after_first_month());
            let all = followed.conditions().into_iter().flatten().all(|holds| holds);
            found.rows.push(of_job(job, all));
        }
        let kinds = [
            PartKind::WeekBefore,
            PartKind::ThreeDaysAfter,
            PartKind::WeeklyFirstMonth,
            PartKind::MonthlyForYear,
            PartKind::StepDown,
            PartKind::AfterLoss,
        ];
        found.parts = kinds.into_iter().zip(counts).map(|(kind, of)| part(kind, of, self.choices)).collect();
        let met = |at: usize| found.parts[at].met;
        let applies = count(found.parts.iter().filter(|part| part.met.is_some()));
        let holds = count(found.parts.iter().filter(|part| part.met == Some(true)));
        let score = if applies > 0 && holds == applies && met(3).is_some() {
            5
        } else if met(2) == Some(true) && met(3) == Some(true) {
            4
        } else if later == 0 {
            1
        } else if 2 * kept >= long {
            3
        } else {
            2
        };
        let all = count(starts.iter());
        found.share(holds, applies, Measure::Parts).scored(all, self.choices.jobs, || score)
    }

    /// Item 24: for each coach, minutes out of the office by all minutes in the last full weeks; the mean of the
    /// ratings, half down. More than 30, at least 40, 50, 65 %.
    pub(super) fn community(&self) -> Estimate {
        let window = Window::full_weeks(self.choices.weeks, self.day);
        let mut found = Estimate::new(24, window);
        let mut minutes: BTreeMap<PersonId, [i64; 2]> = BTreeMap::new();
        let mut weeks = BTreeSet::new();
        for time in self.records.time.iter().filter(|time| window.holds(time.day)) {
            let outside = time.place == TimePlace::Community;
            let of = minutes.entry(time.coach).or_default();
            of[0] += if outside { time.minutes } else { 0 };
            of[1] += time.minutes;
            if time.minutes > 0 {
                weeks.insert(crate::calendar::Week::of(time.day).monday);
            }
            found.rows.push(Row {
                kind: RowKind::Week,
                id: time.coach.uuid(),
                client: None,
                day: Some(time.day),
                amount: time.minutes,
                counts: outside,
            });
        }
        minutes.retain(|_, [_, all]| *all > 0);
        let rating = |[outside, all]: [i64; 2]| {
            1 + u8::from(100 * outside > 30 * all) + (by_percent(outside, all, [40, 50, 65, 101]) - 1)
        };
        let ratings: Vec<CoachPart> = minutes
            .iter()
            .map(|(coach, of)| CoachPart { coach: *coach, part: of[0], of: of[1], rating: rating(*of) })
            .collect();
        let [outside, all] = minutes.values().fold([0, 0], |sum, of| [sum[0] + of[0], sum[1] + of[1]]);
        let found = found.share(outside, all, Measure::Percent);
        self.rated(found, ratings, count(weeks.iter()))
    }

    /// Item 25: for clients who missed a meeting in six months, six strategies: nobody of the unit closed for being
    /// out of reach; an attempt written down after it, as a habit; the care team tried too; at least two attempts at
    /// the door or meetings out of the office; a meeting together with a care worker. Contact with family is
    /// attested. Two or fewer: 1, and one for each more.
    pub(super) fn outreach(&self) -> Estimate {
        let window = Window::months(6, self.day);
        let mut found = Estimate::new(25, window);
        let mut missed: BTreeMap<ClientId, NaiveDate> = BTreeMap::new();
        for meeting in self.records.client_meetings.iter().filter(|it| it.no_show && window.holds(it.day)) {
            let first = missed.entry(meeting.client).or_insert(meeting.day);
            *first = meeting.day.min(*first);
        }
        let all = count(missed.keys());
        let tried = |client: ClientId, since: NaiveDate| {
            let days = Window { from: since, to: self.day };
            self.records.attempts.iter().filter(move |it| it.client == client && days.holds(it.day))
        };
        let met = |client: ClientId, since: NaiveDate| {
            let days = Window { from: since, to: self.day };
            let meetings = self.records.client_meetings.iter();
            meetings.filter(move |it| it.client == client && !it.no_show && days.holds(it.day))
        };
        let with = |holds: &dyn Fn(ClientId, NaiveDate) -> bool| {
            count(missed.iter().filter(|(client, since)| holds(**client, **since)))
        };
        let closed = count(self.records.clients.iter().filter(|client| {
            client.closed_unreached && client.closed_on.is_some_and(|closed| window.holds(closed))
        }));
        let written = with(&|client, since| tried(client, since).next().is_some());
        let team = with(&|client, since| tried(client, since).any(|it| it.way == AttemptWay::CareTeam));
        let outside = with(&|client, since| {
            let doors = count(tried(client, since).filter(|it| it.way == AttemptWay::HomeVisit));
            doors + count(met(client, since).filter(|it| it.outside)) >= 2
        });
        let joint = with(&|client, since| met(client, since).any(|it| it.joint));
        found.rows = missed
            .iter()
            .map(|(client, since)| Row {
                kind: RowKind::Client,
                id: client.uuid(),
                client: Some(*client),
                day: Some(*since),
                amount: count(tried(*client, *since)),
                counts: tried(*client, *since).next().is_some(),
            })
            .collect();
        let any = |kind, some: i64| Part { kind, met: (all > 0).then_some(some > 0), of: Some([some, all]) };
        let parts = vec![
            Part { kind: PartKind::NobodyClosed, met: Some(closed == 0), of: Some([closed, 0]) },
            part(PartKind::WrittenDown, [written, all], self.choices),
            any(PartKind::TeamTries, team),
            any(PartKind::CommunityVisits, outside),
            any(PartKind::JointVisits, joint),
            self.attested(PartKind::Family),
        ];
        let found = found.of_parts(parts);
        let holds = found.met();
        found.scored(all, 1, || u8::try_from((holds - 1).clamp(1, 5)).unwrap_or(1))
    }
}

/// A job start, followed to a day.
struct Followed<'a> {
    job: &'a Job,
    supports: Vec<&'a Support>,
    stepped: bool,
    /// The last day on which the job was followed: its end, or the day.
    to: NaiveDate,
    day: NaiveDate,
}

impl<'a> Followed<'a> {
    fn of(
        job: &'a Job,
        supports: &[&'a Support],
        step_downs: &[(crate::ids::JobId, NaiveDate)],
        day: NaiveDate,
    ) -> Self {
        let supports = supports.iter().copied().filter(|it| it.day <= day).collect();
        let stepped = step_downs.iter().any(|(id, from)| *id == job.id && *from <= day);
        Self { job, supports, stepped, to: job.to.unwrap_or(day).min(day), day }
    }

    fn any(&self, from: NaiveDate, to: NaiveDate) -> bool {
        let days = Window { from, to };
        self.supports.iter().any(|support| days.holds(support.day))
    }

    /// Did the job last for so many months, and has the day seen them?
    fn lasted(&self, months: u32) -> bool {
        months_after(self.job.from, months) <= self.to
    }

    /// Each month after the first up to the twelfth that has passed while the job lasted: supported or not.
    fn months(&self) -> Vec<bool> {
        (1..12)
            .filter(|month| self.lasted(month + 1))
            .map(|month| {
                self.any(
                    months_after(self.job.from, month),
                    before(months_after(self.job.from, month + 1), 1),
                )
            })
            .collect()
    }

    fn conditions(&self) -> [Option<bool>; 6] {
        let start = self.job.from;
        let in_person = |support: &&&Support| support.mode == Mode::InPerson;
        let week = Window { from: before(start, 7), to: before(start, 1) };
        let before_start = self.supports.iter().filter(in_person).any(|support| week.holds(support.day));
        let weeks = || (0..4).map(|week| (after(start, 7 * week), after(start, 7 * week + 6)));
        let months = self.months();
        [
            (start <= self.day).then_some(before_start),
            (after(start, 3) <= self.to).then(|| self.any(start, after(start, 3))),
            (after(start, 27) <= self.to).then(|| weeks().all(|(from, to)| self.any(from, to))),
            (!months.is_empty()).then(|| months.iter().all(|supported| *supported)),
            self.lasted(12).then_some(self.stepped),
            self.heard()
                .filter(|heard| after(*heard, 3) <= self.day)
                .map(|heard| self.any(heard, after(heard, 3))),
        ]
    }

    /// The day on which the coach heard that the job is over.
    fn heard(&self) -> Option<NaiveDate> {
        let ended = self.job.to.filter(|to| *to <= self.day)?;
        Some(self.job.learnt_on.unwrap_or(ended))
    }

    /// Of a job that lasted for four months: was there support in each of the second to fourth?
    fn four_months(&self) -> Option<bool> {
        self.lasted(4).then(|| self.months().iter().take(3).all(|supported| *supported))
    }

    fn after_first_month(&self) -> bool {
        let month = months_after(self.job.from, 1);
        self.supports.iter().any(|support| support.day >= month)
    }
}
