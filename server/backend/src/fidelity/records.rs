//! A unit's records as the criteria look at them: two questions, whatever the unit has.
//!
//! Each answer is one text with a list of rows in it, which the database makes: row by row, they take four times as
//! long.

use crate::clock::ZONE;
use crate::error::{Error, Result};
use crate::fetch_all;
use crate::store::Tx;
use chrono::{DateTime, Months, NaiveDate, TimeZone, Utc};
use domain::codes::{Code, MeetingKind, Role, TimeCategory, TimePlace};
use domain::fidelity::assessment::By;
use domain::fidelity::estimate::{Choices, PartKind};
use domain::fidelity::pack::Pack;
use domain::fidelity::records::{
    Advice, Attempt, Attested, Change, Client, ClientMeeting, Coached, Contact, Job, Meeting, Post, Profile,
    Records, Referral, Support, Time,
};
use domain::ids::UnitId;
use domain::jobs::{PayBasis, Terms, terms_on};
use std::collections::BTreeMap;
use std::sync::Arc;
use uuid::Uuid;

/// The longest window, 18 months, with the weeks before a start.
const MONTHS: u32 = 19;

/// A row of any kind, as a list in this order. Which column means what stands with each question.
#[derive(Debug, serde::Deserialize)]
struct Fact {
    kind: String,
    id: Uuid,
    a: Option<Uuid>,
    b: Option<Uuid>,
    c: Option<Uuid>,
    day: Option<NaiveDate>,
    to_day: Option<NaiveDate>,
    at: Option<DateTime<Utc>>,
    x: Option<String>,
    y: Option<String>,
    z: Option<String>,
    w: Option<String>,
    n: Option<i64>,
    m: Option<i64>,
    p: Option<i64>,
    q: Option<i64>,
}

/// A unit's records, and the codes and aliases by which people know the rows.
#[derive(Clone, Debug, Default)]
pub(super) struct Loaded {
    /// The records.
    pub(super) records: Records,
    /// Codes of a package, by identity.
    pub(super) codes: BTreeMap<Uuid, String>,
    /// What people call the rows, by identity: clients by alias, people by name, visits by their employer, jobs by
    /// their title.
    pub(super) names: BTreeMap<Uuid, String>,
    /// Scores that people gave: in which assessment, where it was made here; the day, the kind, the item, the score.
    pub(super) scores: Vec<(Option<Uuid>, NaiveDate, By, u8, u8)>,
    /// What the unit chose about the rules, and why.
    pub(super) choices: Choices,
    pub(super) why: String,
    /// What people attested, the latest last.
    pub(super) said: Vec<Said>,
    /// The organisation's own pack, where one is in force.
    pub(super) pack: Option<Arc<Pack>>,
    /// Why, of what was signed: in which assessment, the day, the kind, the item, the words.
    pub(super) reasons: Vec<(Uuid, NaiveDate, By, u8, String)>,
}

/// What somebody attested of a part that records can't say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Of which part.
    pub part: PartKind,
    /// Does it hold? Nothing when it was taken back.
    pub holds: Option<bool>,
    /// What it rests on.
    pub rests_on: String,
    /// When.
    pub day: NaiveDate,
    /// Who said it.
    pub name: String,
    /// In which order.
    at: i64,
}

/// Reads a unit's records up to a day.
pub(super) async fn load(tx: &mut Tx, unit: UnitId, day: NaiveDate) -> Result<Loaded> {
    let since = day.checked_sub_months(Months::new(MONTHS)).unwrap_or(day);
    let mut loaded = Loaded::default();
    let mut jobs = Vec::new();
    let mut people = people(tx, unit, day, since).await?;
    // A database may give the rows in any order, and what changes a job comes after it.
    people.sort_by_key(|fact| fact.kind != "job");
    for fact in people {
        loaded.take(fact, &mut jobs)?;
    }
    loaded.settle_jobs(jobs, day)?;
    for fact in entries(tx, unit, day, since).await? {
        loaded.take(fact, &mut Vec::new())?;
    }
    // The databases give the rows in orders of their own.
    loaded.said.sort_by_key(|said| (said.day, said.at));
    loaded.reasons.sort();
    Ok(loaded)
}

/// The names of the employers of jobs, and of the teams, of a unit: for the key of a dossier alone.
pub(super) async fn names_around(tx: &mut Tx, unit: UnitId) -> Result<Vec<(Uuid, String)>> {
    Ok(fetch_all!(
        tx,
        (Uuid, String),
        "select distinct s.id, s.name
         from job j join client c on c.id = j.client_id join employer e on e.id = j.employer_id
             join employer s on s.id = coalesce(e.survivor_id, e.id)
         where c.unit_id = $1
         union all
         select t.id, t.name from team t where t.unit_id = $1",
        unit.uuid()
    )?)
}

/// Asks for rows of sixteen columns as one text, and reads it. What `$rows` selects has `Fact`'s columns; an identity
/// that SQLite keeps as bytes goes as its digits.
macro_rules! facts {
    ($tx:expr, $rows:literal, $($arg:expr),+) => {{
        let texts: Vec<(Option<String>,)> = fetch_all!(
            $tx,
            (Option<String>,),
            sqlite: concat!(
                "select json_group_array(json_array(kind, hex(id), nullif(hex(a), ''), nullif(hex(b), ''),
                     nullif(hex(c), ''), day, to_day, at, x, y, z, w, n, m, p, q)) from (",
                $rows,
                ")"
            ),
            postgres: concat!(
                "select cast(json_agg(json_build_array(kind, id, a, b, c, day, to_day, at, x, y, z, w, n, m, p, q))
                     as text) from (",
                $rows,
                ") as fact"
            ),
            $($arg),+
        )?;
        let mut facts = Vec::new();
        for (text,) in texts {
            let read: Option<Vec<Fact>> =
                text.as_deref().map(serde_json::from_str).transpose().map_err(Error::internal)?;
            facts.extend(read.into_iter().flatten());
        }
        facts
    }};
}

async fn people(tx: &mut Tx, unit: UnitId, day: NaiveDate, since: NaiveDate) -> Result<Vec<Fact>> {
    Ok(facts!(
        tx,
        "select 'post' as kind, o.person_id as id, cast(null as uuid) as a, cast(null as uuid) as b,
             cast(null as uuid) as c, o.from_day as day, o.to_day, cast(null as timestamptz) as at, p.name as x,
             o.role as y, cast(null as text) as z, cast(null as text) as w, o.fte_hundredths as n,
             cast(null as bigint) as m, cast(null as bigint) as p, cast(null as bigint) as q
         from post o join person p on p.id = o.person_id
         where o.unit_id = $1 and o.role in ('coach', 'lead') and o.from_day <= $2
         union all
         select 'client', c.id, c.team_id, null, null, c.agreement_on, c.closed_on, null, c.alias, c.closing_reason,
             c.code, null, null, null, null, null
         from client c where c.unit_id = $1 and c.agreement_on <= $2 and (c.closed_on is null or c.closed_on >= $3)
         union all
         select 'coached', k.id, k.client_id, k.person_id, null, k.from_day, k.to_day, null, null, null, null, null,
             null, null, null, null
         from client_coach k join client c on c.id = k.client_id
         where c.unit_id = $1 and c.agreement_on <= $2 and (c.closed_on is null or c.closed_on >= $3)
             and k.from_day <= $2
         union all
         select 'job', j.id, j.client_id, coalesce(e.survivor_id, e.id), null, j.started_on, j.ended_on, null,
             j.isco08, j.pay_basis, j.code, j.title, cast(cast(j.permanent as int) as bigint),
             cast(cast(j.competitive as int) as bigint), cast(cast(j.open_to_all as int) as bigint),
             cast(cast(j.set_aside as int) as bigint)
         from job j join client c on c.id = j.client_id join employer e on e.id = j.employer_id
         where c.unit_id = $1 and j.withdrawn_at is null and j.started_on <= $2
             and (j.ended_on is null or j.ended_on >= $3)
         union all
         select 'ended', j.id, null, null, null, j.end_learnt_on, null, null, j.what_next, null, null, null, null,
             null, null, null
         from job j join client c on c.id = j.client_id
         where c.unit_id = $1 and j.withdrawn_at is null and j.ended_on between $3 and $2
         union all
         select 'terms', t.job_id, null, null, null, t.from_day, null, null, t.isco08, t.pay_basis, null, null,
             cast(cast(t.permanent as int) as bigint), null, cast(cast(t.open_to_all as int) as bigint),
             cast(cast(t.set_aside as int) as bigint)
         from job_terms t join job j on j.id = t.job_id join client c on c.id = j.client_id
         where c.unit_id = $1 and t.withdrawn_at is null and j.withdrawn_at is null and t.from_day <= $2
         union all
         select 'step_down', g.job_id, null, null, null, g.from_day, null, null, null, null, null, null, null, null,
             null, null
         from support_agreement g join client c on c.id = g.client_id
         where c.unit_id = $1 and g.withdrawn_at is null and g.from_day <= $2
         union all
         select 'referral', r.id, r.team_id, null, null, coalesce(r.received_on, r.sent_on), null, null,
             r.decline_reason, null, null, null, cast(cast(r.accepted as int) as bigint), null, null, null
         from referral r where r.unit_id = $1 and r.withdrawn_on is null and r.sent_on between $3 and $2
         union all
         select 'met', v.client_id, null, null, null, min(v.day), null, null, null, null, null, null, null, null,
             null, null
         from visit v join client c on c.id = v.client_id
         where c.unit_id = $1 and c.agreement_on between $3 and $2 and v.mode = 'in_person' and v.day <= $2
             and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
         group by v.client_id
         union all
         select 'score', s.id, null, null, null, s.day, null, null, s.kind, null, null, null, s.item, s.score, null,
             null
         from assessment_score s where s.unit_id = $1 and s.day <= $2
         union all
         select 'score', a.id, a.id, null, null, a.day, null, null, a.kind, null, null, null, s.item, s.score, null,
             null
         from settled_score s join assessment a on a.id = s.assessment_id
         where a.unit_id = $1 and a.day <= $2 and a.signed_at is not null and a.withdrawn_at is null
         union all
         select 'reason', a.id, null, null, null, a.day, null, null, a.kind, s.reason, null, null, s.item, null, null,
             null
         from settled_score s join assessment a on a.id = s.assessment_id
         where a.unit_id = $1 and a.day <= $2 and a.signed_at is not null and a.withdrawn_at is null and s.reason <> ''
         union all
         select 'reason', a.id, null, null, null, a.day, null, null, a.kind, trim(s.reason || ' ' || s.evidence), null,
             null, s.item, null, null, null
         from own_score s join assessment a on a.id = s.assessment_id
         where a.unit_id = $1 and a.day <= $2 and a.signed_at is not null and a.withdrawn_at is null
             and (s.reason <> '' or s.evidence <> '')
         union all
         select 'choice', h.unit_id, null, null, null, null, null, null, h.why, cast(h.habit as text), null, null,
             h.weeks, h.clients, h.jobs, h.least_weeks
         from fidelity_choice h where h.unit_id = $1
         union all
         select 'attested', t.id, null, null, null, t.day, null, t.noted_at, t.part, t.rests_on, p.name, null, t.holds,
             null, null, null
         from attestation t join person p on p.id = t.noted_by where t.unit_id = $1 and t.day <= $2
         union all
         select 'pack', k.id, null, null, null, null, null, null, k.body, null, null, null, null, null, null, null
         from criteria_pack k where k.withdrawn_at is null
             and k.loaded_at = (select max(l.loaded_at) from criteria_pack l where l.withdrawn_at is null)",
        unit.uuid(),
        day,
        since
    ))
}

/// What a unit did.
async fn entries(tx: &mut Tx, unit: UnitId, day: NaiveDate, since: NaiveDate) -> Result<Vec<Fact>> {
    let half = day.checked_sub_months(Months::new(7)).unwrap_or(day);
    // The end of the day in the units' time zone.
    let midnight = day.succ_opt().unwrap_or(day).and_hms_opt(0, 0, 0).unwrap_or_default();
    let end =
        ZONE.from_local_datetime(&midnight).earliest().map_or_else(|| midnight.and_utc(), |at| at.to_utc());
    Ok(facts!(
        tx,
        "select 'visit' as kind, v.id, v.coach_id as a, v.client_id as b, s.id as c, v.day,
             cast(null as date) as to_day, case when v.code is null then v.received_at end as at, v.mode as x,
             v.purpose as y, coalesce(s.section_tol2008, '-') || s.name as z, v.code as w,
             cast(case when v.client_erased then 1 else 0 end as bigint) as n,
             cast(case when v.summary <> '' or v.next_step <> '' or v.decision_maker then 1 else 0 end as bigint) as m,
             cast(null as bigint) as p, cast(null as bigint) as q
         from visit v join employer e on e.id = v.employer_id join employer s on s.id = coalesce(e.survivor_id, e.id)
         where v.unit_id = $1 and v.day between $4 and $2
             and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
         union all
         select 'time', t.coach_id, null, null, null, t.week_of, null, null, t.category, t.place, null, null,
             t.minutes, null, null, null
         from time_use t where t.week_of between $4 and $2 and t.coach_id in
             (select person_id from post where unit_id = $1 and role = 'coach')
         union all
         select 'meeting', m.id, r.person_id, m.team_id, null, m.day, null, null, m.kind, null, null, null, null,
             null, null, null
         from meeting m left join team t on t.id = m.team_id left join meeting_presence r on r.meeting_id = m.id
         where coalesce(m.unit_id, t.unit_id) = $1 and m.day between $4 and $2 and m.withdrawn_at is null
         union all
         select 'support', s.id, s.client_id, s.job_id, s.coach_id, s.day, null, null, s.mode, s.recipient, s.kind,
             s.code, cast(case when s.giver = 'coach' then 1 else 0 end as bigint), null, null, null
         from support s join client c on c.id = s.client_id
         where c.unit_id = $1 and s.withdrawn_at is null and s.day between $3 and $2
         union all
         select 'client_meeting', m.id, m.client_id, m.coach_id, null, m.day, null, null, m.care_worker, null, null,
             null, cast(cast(m.no_show as int) as bigint),
             cast(case when m.mode = 'in_person' and m.place <> 'office' then 1 else 0 end as bigint), null, null
         from client_meeting m where m.unit_id = $1 and m.withdrawn_at is null and m.day between $4 and $2
         union all
         select 'attempt', t.id, t.client_id, t.coach_id, null, t.day, null, null, t.way, null, null, null, null,
             null, null, null
         from outreach_attempt t where t.unit_id = $1 and t.withdrawn_at is null and t.day between $4 and $2
         union all
         select 'advice', a.id, a.client_id, null, null, a.day, null, null, a.giver, null, null, null, null, null,
             null, null
         from benefits_advice a join client c on c.id = a.client_id
         where c.unit_id = $1 and a.withdrawn_at is null and a.day <= $2
             and (c.closed_on is null or c.closed_on >= $3)
         union all
         select 'talk', t.id, t.client_id, null, null, t.day, null, null, null, null, null, null, null, null, null,
             null
         from disclosure_talk t join client c on c.id = t.client_id where c.unit_id = $1 and t.day <= $2
             and (c.closed_on is null or c.closed_on >= $3)
         union all
         select 'disclosure', d.id, d.client_id, null, null, d.from_day, null, null, null, null, null, null,
             cast(case when d.agreed_words <> '' then 1 else 0 end as bigint), null, null, null
         from disclosure d join client c on c.id = d.client_id where c.unit_id = $1 and d.from_day <= $2
             and (c.closed_on is null or c.closed_on >= $3)
         union all
         select 'profile', f.id, f.client_id, f.person_id, null, null, null, f.saved_at, f.body, null, null, null,
             null, null, null, null
         from client_profile f join client c on c.id = f.client_id where c.unit_id = $1 and f.saved_at < $5
             and (c.closed_on is null or c.closed_on >= $3)",
        unit.uuid(),
        day,
        since,
        half,
        end
    ))
}

/// A job and the changes of its terms, until all of them are there.
struct JobFact {
    job: Job,
    start: Terms,
    competitive: Option<bool>,
    changes: Vec<(NaiveDate, Terms)>,
}

fn yes(value: Option<i64>) -> Option<bool> {
    value.map(|value| value != 0)
}

fn parsed<T: Code>(code: Option<&str>) -> Result<T> {
    T::parse(code.unwrap_or_default()).map_err(Error::internal)
}

fn terms(fact: &Fact) -> Result<Terms> {
    Ok(Terms {
        isco08: fact.x.clone(),
        permanent: yes(fact.n),
        pay_basis: fact.y.as_deref().map(PayBasis::parse).transpose().map_err(Error::internal)?,
        open_to_all: yes(fact.p),
        set_aside: yes(fact.q),
        ..Terms::default()
    })
}

impl Loaded {
    fn take(&mut self, fact: Fact, jobs: &mut Vec<JobFact>) -> Result<()> {
        let records = &mut self.records;
        let day = fact.day.unwrap_or_default();
        let (a, b) = (fact.a.unwrap_or_default(), fact.b.unwrap_or_default());
        match fact.kind.as_str() {
            "post" => {
                self.names.insert(fact.id, fact.x.unwrap_or_default());
                let role: Role = parsed(fact.y.as_deref())?;
                let fte = fact.n.unwrap_or(100);
                records.posts.push(Post { person: fact.id.into(), role, fte, from: day, to: fact.to_day });
            }
            "client" => {
                self.codes.extend(fact.z.map(|code| (fact.id, code)));
                self.names.insert(fact.id, fact.x.unwrap_or_default());
                records.clients.push(Client {
                    id: fact.id.into(),
                    team: fact.a.map(Into::into),
                    agreed_on: fact.day,
                    closed_on: fact.to_day,
                    closed_unreached: fact.y.as_deref() == Some("no_contact"),
                });
            }
            "coached" => {
                records.coached.push(Coached {
                    client: a.into(),
                    coach: b.into(),
                    from: day,
                    to: fact.to_day,
                });
            }
            "job" => {
                let start = terms(&fact)?;
                self.codes.extend(fact.z.map(|code| (fact.id, code)));
                self.names.insert(fact.id, fact.w.unwrap_or_default());
                jobs.push(JobFact {
                    job: Job {
                        id: fact.id.into(),
                        client: a.into(),
                        employer: b.into(),
                        isco: None,
                        from: day,
                        to: fact.to_day,
                        learnt_on: None,
                        next: false,
                        permanent: None,
                        competitive: None,
                    },
                    start,
                    competitive: yes(fact.m),
                    changes: Vec::new(),
                });
            }
            "ended" => {
                if let Some(known) = jobs.iter_mut().find(|known| known.job.id.uuid() == fact.id) {
                    known.job.learnt_on = fact.day;
                    known.job.next = fact.x.is_some();
                }
            }
            "terms" => {
                let terms = terms(&fact)?;
                if let Some(known) = jobs.iter_mut().find(|known| known.job.id.uuid() == fact.id) {
                    records.changes.push(Change { job: known.job.id, client: known.job.client, day });
                    known.changes.push((day, terms));
                }
            }
            "step_down" => records.step_downs.push((fact.id.into(), day)),
            "referral" => {
                let reason = fact.x.as_deref().map(domain::codes::DeclineReason::parse);
                records.referrals.push(Referral {
                    team: a.into(),
                    day,
                    accepted: yes(fact.n),
                    excluded: reason
                        .and_then(std::result::Result::ok)
                        .is_some_and(|reason| reason.excludes()),
                });
            }
            "score" => {
                let number = |number: Option<i64>| u8::try_from(number.unwrap_or(0)).map_err(Error::internal);
                let kind = parsed(fact.x.as_deref())?;
                self.scores.push((fact.a, day, kind, number(fact.n)?, number(fact.m)?));
            }
            "choice" => {
                let number = |number: Option<i64>| number.unwrap_or_default();
                self.choices = Choices {
                    weeks: u32::try_from(number(fact.n)).map_err(Error::internal)?,
                    clients: number(fact.m),
                    jobs: number(fact.p),
                    least_weeks: number(fact.q),
                    habit: fact.y.as_deref().unwrap_or_default().parse().map_err(Error::internal)?,
                };
                self.why = fact.x.unwrap_or_default();
            }
            "attested" => {
                let said = Said {
                    part: parsed(fact.x.as_deref())?,
                    holds: yes(fact.n),
                    rests_on: fact.y.unwrap_or_default(),
                    day,
                    name: fact.z.unwrap_or_default(),
                    at: fact.at.map_or(0, |at| at.timestamp_micros()),
                };
                records.attested.push(Attested { part: said.part, holds: said.holds, day, at: said.at });
                self.said.push(said);
            }
            "pack" => {
                let text = fact.x.unwrap_or_default();
                self.pack = Some(Arc::new(Pack::read(&text).map_err(Error::internal)?));
            }
            "reason" => {
                let item = u8::try_from(fact.n.unwrap_or(0)).map_err(Error::internal)?;
                self.reasons.push((
                    fact.id,
                    day,
                    parsed(fact.x.as_deref())?,
                    item,
                    fact.y.unwrap_or_default(),
                ));
            }
            "met" => records.first_met.push((fact.id.into(), day)),
            "visit" => self.visit(fact)?,
            _ => return self.take_rest(fact),
        }
        Ok(())
    }

    fn visit(&mut self, fact: Fact) -> Result<()> {
        self.codes.extend(fact.w.map(|code| (fact.id, code)));
        let employer = fact.c.unwrap_or_default();
        // The section, then the name.
        let mut letters = fact.z.as_deref().unwrap_or_default().chars();
        let section = letters.next().filter(char::is_ascii_uppercase);
        let name: String = letters.collect();
        self.names.insert(employer, name.clone());
        self.names.insert(fact.id, name);
        let erased = fact.n == Some(1);
        self.records.contacts.push(Contact {
            id: fact.id.into(),
            coach: fact.a.unwrap_or_default().into(),
            employer: employer.into(),
            section,
            day: fact.day.unwrap_or_default(),
            mode: parsed(fact.x.as_deref())?,
            purpose: parsed(fact.y.as_deref())?,
            client: fact.b.map(Into::into),
            for_client: fact.b.is_some() || erased,
            told: fact.m == Some(1) || erased,
            noted_on: fact.at.map(|at| at.with_timezone(&ZONE).date_naive()),
        });
        Ok(())
    }

    fn take_rest(&mut self, fact: Fact) -> Result<()> {
        let records = &mut self.records;
        let day = fact.day.unwrap_or_default();
        let (a, b) = (fact.a.unwrap_or_default(), fact.b.unwrap_or_default());
        match fact.kind.as_str() {
            "time" => records.time.push(Time {
                day,
                coach: fact.id.into(),
                category: parsed::<TimeCategory>(fact.x.as_deref())?,
                place: parsed::<TimePlace>(fact.y.as_deref())?,
                minutes: fact.n.unwrap_or(0),
            }),
            "meeting" => {
                let known = records.meetings.iter().rposition(|meeting| meeting.id == fact.id);
                let at = known.unwrap_or(records.meetings.len());
                if known.is_none() {
                    records.meetings.push(Meeting {
                        id: fact.id,
                        day,
                        kind: parsed::<MeetingKind>(fact.x.as_deref())?,
                        team: fact.b.map(Into::into),
                        present: Vec::new(),
                    });
                }
                if let (Some(meeting), Some(person)) = (records.meetings.get_mut(at), fact.a) {
                    meeting.present.push(person.into());
                }
            }
            "support" => {
                self.codes.extend(fact.w.map(|code| (fact.id, code)));
                records.supports.push(Support {
                    id: fact.id,
                    client: a.into(),
                    job: fact.b.map(Into::into),
                    coach: fact.c.filter(|_| fact.n == Some(1)).map(Into::into),
                    day,
                    mode: parsed(fact.x.as_deref())?,
                    recipient: parsed(fact.y.as_deref())?,
                    kind: fact.z,
                });
            }
            "client_meeting" => records.client_meetings.push(ClientMeeting {
                id: fact.id,
                client: a.into(),
                coach: b.into(),
                day,
                no_show: yes(fact.n) == Some(true),
                outside: yes(fact.m) == Some(true),
                joint: fact.x.is_some_and(|worker| !worker.is_empty()),
            }),
            "attempt" => records.attempts.push(Attempt {
                id: fact.id,
                client: a.into(),
                coach: b.into(),
                day,
                way: parsed(fact.x.as_deref())?,
            }),
            "advice" => records.advice.push(Advice {
                id: fact.id,
                client: a.into(),
                day,
                trained: fact
                    .x
                    .as_deref()
                    .is_some_and(|giver| ["trained", "specialist", "kela"].contains(&giver)),
            }),
            "talk" => records.talks.push((a.into(), day)),
            "disclosure" => records.disclosures.push((a.into(), day, yes(fact.n) == Some(true))),
            "profile" => {
                let body = fact.x.unwrap_or_default();
                let profile: domain::clients::profile::Profile =
                    serde_json::from_str(&body).map_err(Error::internal)?;
                records.profiles.push(Profile {
                    client: a.into(),
                    by: b.into(),
                    day: fact.at.map(|at| at.with_timezone(&ZONE).date_naive()).unwrap_or_default(),
                    sections: profile.sectors,
                });
            }
            _ => {}
        }
        Ok(())
    }

    fn settle_jobs(&mut self, jobs: Vec<JobFact>, day: NaiveDate) -> Result<()> {
        for JobFact { mut job, start, competitive, changes } in jobs {
            let now = terms_on(&start, &changes, job.to.unwrap_or(day).min(day));
            job.isco.clone_from(&now.isco08);
            job.permanent = now.permanent;
            job.competitive = now.competitive().or(competitive);
            self.records.jobs.push(job);
        }
        Ok(())
    }
}
