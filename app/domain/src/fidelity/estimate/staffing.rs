//! Items 1–3.

use super::{Estimate, Look, Measure, NoteKind, Part, PartKind, Row, RowKind, by_most, by_percent, count};
use crate::codes::{Role, TimeCategory};
use crate::fidelity::window::Window;
use crate::ids::{ClientId, PersonId};
use std::collections::BTreeSet;

impl Look<'_> {
    /// Item 1: open clients by the full-time posts of coaches on the day. At most 20, 25, 30, 40.
    pub(super) fn caseload_size(&self) -> Estimate {
        let fte = self.fte(Role::Coach);
        let whole: i64 = fte.values().sum();
        let open: Vec<_> = self.open_clients().collect();
        let clients = count(open.iter());
        let coached: BTreeSet<ClientId> =
            fte.keys().flat_map(|coach| self.caseload(*coach)).map(|client| client.id).collect();
        let mut found = Estimate::new(1, Window::on(self.day));
        found.numerator = Some(clients);
        found.denominator = Some(whole);
        found.measure = Some(Measure::ClientsPerCoach);
        found.rows = open
            .iter()
            .map(|client| Row {
                kind: RowKind::Client,
                id: client.id.uuid(),
                client: Some(client.id),
                day: client.agreed_on,
                amount: 0,
                counts: true,
            })
            .collect();
        found.rows.extend(fte.iter().map(|(person, fte)| Row {
            kind: RowKind::Person,
            id: person.uuid(),
            client: None,
            day: None,
            amount: *fte,
            counts: false,
        }));
        let alone = count(open.iter().filter(|client| !coached.contains(&client.id)));
        if alone > 0 {
            found.note(NoteKind::Uncoached, [alone, 0]);
        }
        if whole == 0 {
            found.note(NoteKind::NoRecords, [0, 0]);
            return found;
        }
        found.scored(clients, self.choices.clients, || {
            by_most(|most| clients * 100 <= most * whole, [20, 25, 30, 40])
        })
    }

    /// Item 2: minutes for employment services by all minutes, in the last full weeks. At least 60, 75, 90, 96 %.
    pub(super) fn employment_time(&self) -> Estimate {
        let window = Window::full_weeks(self.choices.weeks, self.day);
        let mut found = Estimate::new(2, window);
        let (mut service, mut all, mut weeks) = (0, 0, BTreeSet::new());
        for time in self.records.time.iter().filter(|time| window.holds(time.day)) {
            let counts = time.category == TimeCategory::EmploymentService;
            all += time.minutes;
            service += if counts { time.minutes } else { 0 };
            weeks.insert(crate::calendar::Week::of(time.day).monday);
            found.rows.push(Row {
                kind: RowKind::Week,
                id: time.coach.uuid(),
                client: None,
                day: Some(time.day),
                amount: time.minutes,
                counts,
            });
        }
        let weeks = if all == 0 { 0 } else { count(weeks.iter()) };
        found
            .share(service, all, Measure::Percent)
            .scored(weeks, self.choices.least_weeks, || by_percent(service, all, [60, 75, 90, 96]))
    }

    /// Item 3: in how many of the six phases a coach has activity of the own, in six months; that of the lowest coach
    /// on duty for at least half of it. What counts: an agreement of an own client, a meeting with a client or an
    /// attempt, a profile, a visit to an employer, a support up to the end of a job's first month, a support after.
    pub(super) fn generalists(&self) -> Estimate {
        let window = Window::months(6, self.day);
        let mut found = Estimate::new(3, window);
        let weeks = count(window.weeks());
        let typical = |coach: &PersonId| 2 * self.weeks_on_duty(*coach, window) >= weeks;
        let coaches: Vec<PersonId> = self.on_duty(Role::Coach, window).into_iter().filter(typical).collect();
        let lowest =
            coaches.iter().map(|coach| (self.phases(*coach, window), *coach)).min_by_key(|(parts, coach)| {
                (parts.iter().filter(|part| part.met == Some(true)).count(), *coach)
            });
        let Some((parts, coach)) = lowest else {
            found.note(NoteKind::NoRecords, [0, 0]);
            return found;
        };
        found.rows.push(Row {
            kind: RowKind::Person,
            id: coach.uuid(),
            client: None,
            day: None,
            amount: 0,
            counts: true,
        });
        let mut found = found.of_parts(parts);
        found.score = match found.met() {
            6 => Some(5),
            5 => Some(4),
            1..=4 => Some(3),
            _ => None,
        };
        if found.score.is_none() {
            found.note(NoteKind::NoRecords, [0, 0]);
        }
        found
    }

    fn phases(&self, coach: PersonId, window: Window) -> Vec<Part> {
        let records = self.records;
        let agreed = records.coached.iter().filter(|link| link.coach == coach).filter(|link| {
            let agreed = self.clients.get(&link.client).and_then(|client| client.agreed_on);
            agreed.is_some_and(|day| window.holds(day) && Window::on(day).touches(link.from, link.to))
        });
        let met = records.client_meetings.iter().filter(|met| met.coach == coach && window.holds(met.day));
        let tried = records.attempts.iter().filter(|tried| tried.coach == coach && window.holds(tried.day));
        let profiles =
            records.profiles.iter().filter(|profile| profile.by == coach && window.holds(profile.day));
        let contacts = records.contacts.iter().filter(|it| it.coach == coach && window.holds(it.day));
        let supports =
            || records.supports.iter().filter(|it| it.coach == Some(coach) && window.holds(it.day));
        let month = |day: chrono::NaiveDate| day.checked_add_days(chrono::Days::new(30)).unwrap_or(day);
        let first = |support: &crate::fidelity::records::Support| {
            let job = records.jobs.iter().find(|job| Some(job.id) == support.job);
            job.is_some_and(|job| support.day <= month(job.from))
        };
        let phase = |kind, rows: i64| Part { kind, met: Some(rows > 0), of: Some([rows, 0]) };
        vec![
            phase(PartKind::Intake, count(agreed)),
            phase(PartKind::Engagement, count(met) + count(tried)),
            phase(PartKind::Assessment, count(profiles)),
            phase(PartKind::JobDevelopment, count(contacts)),
            phase(PartKind::JobCoaching, count(supports().filter(|support| first(support)))),
            phase(PartKind::FollowAlong, count(supports().filter(|support| !first(support)))),
        ]
    }
}
