//! Items 4–9.

use super::{
    CoachPart, Estimate, Look, Measure, NoteKind, Part, PartKind, Row, RowKind, by_percent, count, habit,
    part,
};
use crate::codes::{MeetingKind, Role};
use crate::fidelity::records::Meeting;
use crate::fidelity::window::Window;
use crate::ids::{PersonId, TeamId};
use std::collections::{BTreeMap, BTreeSet};

/// Team meetings attended in so many per cent are attended (item 5).
const ATTENDED: i64 = 90;
/// Memos from so many teams are sought from many sources (item 9); our choice.
const SOURCES: i64 = 3;

impl Look<'_> {
    /// Item 4: for each coach on duty, the share of the caseload from the coach's two largest teams; the mean of the
    /// ratings, half down. At least 50, 75, 90 %; 1 where no client has a team. Clients without a team count.
    pub(super) fn teams(&self) -> Estimate {
        let mut found = Estimate::new(4, Window::on(self.day));
        let (mut ratings, mut both, mut all) = (Vec::new(), 0, 0);
        for coach in self.fte(Role::Coach).into_keys() {
            let clients = self.caseload(coach);
            if clients.is_empty() {
                continue;
            }
            let mut teams: BTreeMap<TeamId, i64> = BTreeMap::new();
            for team in clients.iter().filter_map(|client| client.team) {
                *teams.entry(team).or_insert(0) += 1;
            }
            let mut sizes: Vec<(i64, TeamId)> = teams.into_iter().map(|(team, size)| (size, team)).collect();
            sizes.sort_by(|one, other| other.cmp(one));
            let largest: BTreeSet<TeamId> = sizes.iter().take(2).map(|(_, team)| *team).collect();
            let (in_both, of) =
                (sizes.iter().take(2).map(|(size, _)| size).sum::<i64>(), count(clients.iter()));
            let rating = if in_both == 0 { 1 } else { by_percent(in_both, of, [0, 50, 75, 90]) };
            (both, all) = (both + in_both, all + of);
            ratings.push(CoachPart { coach, part: in_both, of, rating });
            found.rows.extend(clients.iter().map(|client| Row {
                kind: RowKind::Client,
                id: client.id.uuid(),
                client: Some(client.id),
                day: client.agreed_on,
                amount: 0,
                counts: client.team.is_some_and(|team| largest.contains(&team)),
            }));
        }
        let found = found.share(both, all, Measure::Percent);
        if all < self.choices.clients {
            return found.scored(all, self.choices.clients, || 1);
        }
        found.of_coaches(ratings)
    }

    /// Meetings of a kind in a window.
    fn meetings(&self, kind: MeetingKind, window: Window) -> impl Iterator<Item = &Meeting> + '_ {
        self.records.meetings.iter().filter(move |meeting| meeting.kind == kind && window.holds(meeting.day))
    }

    fn meeting_row(meeting: &Meeting, counts: bool) -> Row {
        Row {
            kind: RowKind::Meeting,
            id: meeting.id,
            client: None,
            day: Some(meeting.day),
            amount: 0,
            counts,
        }
    }

    /// Item 5: five parts. Records say one: treatment-team meetings attended by those held, in the coaches' weeks on
    /// duty; a coach's teams are those of the coach's clients in the window. The others are attested. With all five
    /// known: one point for each, 1 at least.
    pub(super) fn team_contact(&self) -> Estimate {
        let window = Window::months(6, self.day);
        let mut found = Estimate::new(5, window);
        let (mut held, mut attended) = (0, 0);
        let mut rows = BTreeMap::new();
        for coach in self.on_duty(Role::Coach, window) {
            let links = self.records.coached.iter().filter(|link| link.coach == coach);
            let links = links.filter(|link| window.touches(link.from, link.to));
            let teams: BTreeSet<TeamId> = links
                .filter_map(|link| self.clients.get(&link.client).and_then(|client| client.team))
                .collect();
            for meeting in self.meetings(MeetingKind::TreatmentTeam, window) {
                let week = crate::calendar::Week::of(meeting.day);
                let days = Window { from: week.monday, to: week.sunday() };
                if meeting.team.is_some_and(|team| teams.contains(&team))
                    && self.weeks_on_duty(coach, days) > 0
                {
                    let there = meeting.present.contains(&coach);
                    held += 1;
                    attended += i64::from(there);
                    let row = rows.entry(meeting.id).or_insert_with(|| Self::meeting_row(meeting, true));
                    row.counts &= there;
                }
            }
        }
        found.rows = rows.into_values().collect();
        found.parts = vec![
            Part {
                kind: PartKind::TeamMeetings,
                met: (held > 0).then(|| attended * 100 >= ATTENDED * held),
                of: Some([attended, held]),
            },
            self.attested(PartKind::SharedDecisions),
            self.attested(PartKind::InTreatmentRecord),
            self.attested(PartKind::DeskWithTeam),
            self.attested(PartKind::ThinksOfOthers),
        ];
        let known: Option<Vec<bool>> = found.parts.iter().map(|part| part.met).collect();
        let mut found = found.share(attended, held, Measure::Percent);
        match known {
            Some(parts) => {
                let met = count(parts.into_iter().filter(|met| *met));
                found.score = u8::try_from(met.max(1)).ok();
            }
            None => found.note(NoteKind::AtLeast, [0, 0]),
        }
        found
    }

    /// Item 6: in how many of the last six months there was a meeting with an employment authority, Kela or another
    /// partner. In each: 4, for a fifth point people attest a contact about clients each week. In both quarters: 4.
    /// In one: 2.
    pub(super) fn partners(&self) -> Estimate {
        let window = Window::months(6, self.day);
        let mut found = Estimate::new(6, window);
        found.rows = self
            .meetings(MeetingKind::PartnerMeeting, window)
            .map(|meeting| Self::meeting_row(meeting, true))
            .collect();
        let held = |window: &Window| self.meetings(MeetingKind::PartnerMeeting, *window).next().is_some();
        let months: Vec<bool> = Window::parts(6, self.day).iter().map(held).collect();
        let with = count(months.iter().filter(|held| **held));
        let quarterly = months[..3].contains(&true) && months[3..].contains(&true);
        let there = count(found.rows.iter());
        let mut found =
            found.share(with, 6, Measure::Percent).scored(there, 1, || if quarterly { 4 } else { 2 });
        if found.score.is_some() {
            found.note(NoteKind::AtLeast, [0, 0]);
        }
        found
    }

    /// Item 7: weeks with a meeting of the unit by weeks, in six months; coaches and the lead on the day. With two
    /// full-time coaches and a lead, and a meeting as a habit each week: 5. With two coaches, a lead, and two in a
    /// month: 4. With a lead and any: 3, without any: 2. Without a lead: 1. Cover is attested.
    pub(super) fn vocational_unit(&self) -> Estimate {
        let window = Window::months(6, self.day);
        let mut found = Estimate::new(7, window);
        let fte = self.fte(Role::Coach);
        let whole = count(fte.values().filter(|fte| **fte >= 100));
        let lead = !self.fte(Role::Lead).is_empty();
        let all: Vec<Window> = window
            .weeks()
            .map(|week| Window { from: week.monday.max(window.from), to: week.sunday().min(window.to) })
            .collect();
        let weeks = count(all.iter());
        let with = count(
            all.iter().filter(|week| self.meetings(MeetingKind::VocationalUnit, **week).next().is_some()),
        );
        found.rows = self
            .meetings(MeetingKind::VocationalUnit, window)
            .map(|meeting| Self::meeting_row(meeting, true))
            .collect();
        if fte.is_empty() {
            found.note(NoteKind::NoRecords, [0, 0]);
            return found.share(with, weeks, Measure::Percent);
        }
        // Two in a month of 52 / 12 weeks.
        let twice = with * 52 >= 24 * weeks;
        let weekly = habit(with, weeks, self.choices) == Some(true);
        found.score = Some(match (lead, with) {
            (false, _) => 1,
            (true, 0) => 2,
            _ if whole >= 2 && weekly => 5,
            _ if fte.len() >= 2 && twice => 4,
            _ => 3,
        });
        found.share(with, weeks, Measure::Percent)
    }

    /// Item 8: five parts. Enough of a lead: a full-time post for each ten coaches, smaller teams in proportion.
    /// Supervision with the lead as a habit each week. The lead at each treatment team's meeting in each quarter.
    /// In the field with a coach each month, as a habit. The review of outcomes is attested.
    pub(super) fn lead_role(&self) -> Estimate {
        let window = Window::months(6, self.day);
        let mut found = Estimate::new(8, window);
        let leads = self.fte(Role::Lead);
        let there = |meeting: &&Meeting| meeting.present.iter().any(|person| leads.contains_key(person));
        let coaches: i64 = self.fte(Role::Coach).values().sum();
        let lead: i64 = leads.values().sum();
        let with = |kind, windows: &[Window]| {
            let held = |window: &&Window| self.meetings(kind, **window).any(|meeting| there(&meeting));
            [count(windows.iter().filter(held)), count(windows.iter())]
        };
        let weeks: Vec<Window> = window
            .weeks()
            .map(|week| Window { from: week.monday.max(window.from), to: week.sunday().min(window.to) })
            .collect();
        let months = Window::parts(6, self.day);
        let quarters = [Window { to: months[2].to, ..window }, Window { from: months[3].from, ..window }];
        let teams: BTreeSet<TeamId> = self.open_clients().filter_map(|client| client.team).collect();
        let mut visited = [0, 0];
        for team in &teams {
            for quarter in quarters {
                let mut meetings = self.meetings(MeetingKind::TreatmentTeam, quarter).filter(there);
                visited[0] += i64::from(meetings.any(|meeting| meeting.team == Some(*team)));
                visited[1] += 1;
            }
        }
        for kind in [MeetingKind::Supervision, MeetingKind::FieldMentoring, MeetingKind::TreatmentTeam] {
            found
                .rows
                .extend(self.meetings(kind, window).filter(there).map(|it| Self::meeting_row(it, true)));
        }
        let parts = vec![
            Part {
                kind: PartKind::LeadTime,
                met: (coaches > 0).then(|| lead * 10 >= coaches),
                of: Some([lead, coaches / 10]),
            },
            part(PartKind::WeeklySupervision, with(MeetingKind::Supervision, &weeks), self.choices),
            Part {
                kind: PartKind::VisitsTeams,
                met: (visited[1] > 0).then(|| visited[0] == visited[1]),
                of: Some(visited),
            },
            part(PartKind::FieldMentoring, with(MeetingKind::FieldMentoring, &months), self.choices),
            self.attested(PartKind::OutcomeReview),
        ];
        let any = !found.rows.is_empty() || lead > 0;
        let mut found = found.of_parts(parts);
        if any {
            found.score = u8::try_from(found.met().max(1)).ok();
        } else {
            found.note(NoteKind::NoRecords, [0, 0]);
        }
        found
    }

    /// Item 9: memos of twelve months that were decided and not declined for a lack of readiness or the like, by all
    /// that were decided; from how many teams; and how many ends of jobs were followed by what comes next. Half or
    /// more declined so: 2. Some: 3. None, and help with the next job as a habit: 4, from several teams 5.
    pub(super) fn zero_exclusion(&self) -> Estimate {
        let window = Window::months(12, self.day);
        let mut found = Estimate::new(9, window);
        let decided: Vec<_> = self
            .records
            .referrals
            .iter()
            .filter(|memo| window.holds(memo.day) && memo.accepted.is_some())
            .collect();
        let (all, shut) = (count(decided.iter()), count(decided.iter().filter(|memo| memo.excluded)));
        let teams: BTreeSet<TeamId> = decided.iter().map(|memo| memo.team).collect();
        let ends: Vec<_> =
            self.records.jobs.iter().filter(|job| job.to.is_some_and(|to| window.holds(to))).collect();
        let helped = [count(ends.iter().filter(|job| job.next)), count(ends.iter())];
        found.rows = ends
            .iter()
            .map(|job| Row {
                kind: RowKind::Job,
                id: job.id.uuid(),
                client: Some(job.client),
                day: job.to,
                amount: 0,
                counts: job.next,
            })
            .collect();
        found.parts = vec![
            Part {
                kind: PartKind::NobodyExcluded,
                met: (all > 0).then_some(shut == 0),
                of: Some([all - shut, all]),
            },
            Part {
                kind: PartKind::ManySources,
                met: (all > 0).then(|| count(teams.iter()) >= SOURCES),
                of: Some([count(teams.iter()), SOURCES]),
            },
            part(PartKind::HelpWithNext, helped, self.choices),
        ];
        let helps = habit(helped[0], helped[1], self.choices) != Some(false);
        let many = count(teams.iter()) >= SOURCES;
        found.share(all - shut, all, Measure::Percent).scored(all, self.choices.clients, || match shut {
            0 if helps && many => 5,
            0 if helps => 4,
            _ if 2 * shut >= all && shut > 0 => 2,
            _ => 3,
        })
    }

    /// How often the lead goes through a coach's contacts, in a window: weeks with a supervision where both are.
    pub(super) fn reviewed(&self, coach: PersonId, window: Window) -> i64 {
        let leads = self.on_duty(Role::Lead, window);
        count(window.weeks().filter(|week| {
            let days = Window { from: week.monday, to: week.sunday() };
            self.meetings(MeetingKind::Supervision, days).any(|meeting| {
                meeting.present.contains(&coach)
                    && meeting.present.iter().any(|person| leads.contains(person))
            })
        }))
    }
}
