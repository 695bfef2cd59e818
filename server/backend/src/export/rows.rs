//! The rows of a package, from the tables.

use crate::error::{Error, Result};
use crate::fetch_all;
use crate::store::Tx;
use chrono::{NaiveDate, NaiveTime};
use domain::business_id::BusinessId;
use domain::codes::Code;
use domain::package::{
    Client, Contact, Employer, Feedback, Fidelity, Fte, Job, Meeting, Package, Prom, Qualification, Staff,
    Support, Team, TimeUse, Transition, Unit, WeeklyMinutes,
};
use std::collections::BTreeMap;
use uuid::Uuid;

/// A package, and whose data is in it.
pub(super) struct Rows {
    pub(super) package: Package,
    pub(super) clients: Vec<Uuid>,
}

/// Reads every row that a package has a place for, in the order in which they came.
pub(super) async fn read(tx: &mut Tx) -> Result<Rows> {
    let mut codes = Codes::default();
    let mut package = Package {
        units: units(tx, &mut codes).await?,
        teams: teams(tx, &mut codes).await?,
        staff: staff(tx, &mut codes).await?,
        employers: employers(tx, &mut codes).await?,
        ..Package::default()
    };
    let clients;
    (package.clients, clients) = self::clients(tx, &mut codes).await?;
    package.contacts = contacts(tx, &codes).await?;
    package.jobs = jobs(tx, &mut codes).await?;
    package.transitions = transitions(tx, &codes).await?;
    package.qualifications = qualifications(tx, &codes).await?;
    package.supports = supports(tx, &codes).await?;
    package.time_use = time_use(tx, &codes).await?;
    package.meetings = meetings(tx, &codes).await?;
    package.proms = measures(tx, &codes).await?;
    package.feedback = feedback(tx).await?;
    package.fidelity = scores(tx, &codes).await?;
    Ok(Rows { package, clients })
}

/// What each identity is called in the package.
#[derive(Default)]
struct Codes(BTreeMap<Uuid, String>);

impl Codes {
    /// Keeps what a row is called: its code, or its identity where it has none.
    fn keep(&mut self, id: Uuid, code: Option<String>) -> String {
        let code = code.unwrap_or_else(|| id.to_string());
        self.0.insert(id, code.clone());
        code
    }

    /// What a row is called that another points to.
    fn of(&self, id: Uuid) -> Result<String> {
        let unknown = || Error::internal(format!("{id} is pointed to and is not there"));
        self.0.get(&id).cloned().ok_or_else(unknown)
    }

    fn of_any(&self, id: Option<Uuid>) -> Result<Option<String>> {
        id.map(|id| self.of(id)).transpose()
    }
}

/// A code of a closed list, as the tables keep it.
fn code<T: Code>(text: &str) -> Result<T> {
    T::parse(text).map_err(|unknown| Error::internal(format!("“{text}” in the database is {unknown}")))
}

/// What is not said is empty.
fn said(text: String) -> Option<String> {
    (!text.is_empty()).then_some(text)
}

async fn units(tx: &mut Tx, codes: &mut Codes) -> Result<Vec<Unit>> {
    type Row = (Uuid, String, String, String, Option<String>);
    let rows: Vec<Row> =
        fetch_all!(tx, Row, "select id, code, name, service, municipality from unit order by id")?;
    let unit = |(id, unit, name, service, municipality): Row| {
        Ok(Unit { unit: codes.keep(id, Some(unit)), name, service: code(&service)?, municipality })
    };
    rows.into_iter().map(unit).collect()
}

async fn teams(tx: &mut Tx, codes: &mut Codes) -> Result<Vec<Team>> {
    type Row = (Uuid, String, String, String, Uuid);
    let rows: Vec<Row> = fetch_all!(tx, Row, "select id, code, name, level, unit_id from team order by id")?;
    let team = |(id, team, name, level, unit): Row| {
        let unit = codes.of(unit)?;
        Ok(Team { team: codes.keep(id, Some(team)), name, level: code(&level)?, unit })
    };
    rows.into_iter().map(team).collect()
}

#[derive(sqlx::FromRow)]
struct StaffRow {
    id: Uuid,
    name: String,
    role: String,
    home_id: Uuid,
    fte_hundredths: Option<i64>,
    from_day: NaiveDate,
    to_day: Option<NaiveDate>,
}

/// A row a post.
async fn staff(tx: &mut Tx, codes: &mut Codes) -> Result<Vec<Staff>> {
    let people: Vec<(Uuid, Option<String>)> =
        fetch_all!(tx, (Uuid, Option<String>), "select id, code from person")?;
    for (id, code) in people {
        codes.keep(id, code);
    }
    let rows = fetch_all!(
        tx,
        StaffRow,
        "select p.id, p.name, o.role, coalesce(o.team_id, o.unit_id) as home_id, o.fte_hundredths,
             o.from_day, o.to_day
         from person p join post o on o.person_id = p.id order by p.id, o.from_day, o.id"
    )?;
    let post = |row: StaffRow| {
        Ok(Staff {
            unit_or_team: codes.of(row.home_id)?,
            staff: codes.of(row.id)?,
            name: row.name,
            role: code(&row.role)?,
            fte: row.fte_hundredths.map(Fte),
            from: row.from_day,
            to: row.to_day,
        })
    };
    rows.into_iter().map(post).collect()
}

#[derive(sqlx::FromRow)]
struct EmployerRow {
    id: Uuid,
    code: Option<String>,
    name: String,
    business_id: Option<String>,
    section_tol2008: Option<String>,
    class_tol2008: Option<String>,
    municipality: Option<String>,
    survivor_id: Option<Uuid>,
}

/// The register, without those that another stands for; what points to one of them points to that other.
async fn employers(tx: &mut Tx, codes: &mut Codes) -> Result<Vec<Employer>> {
    let rows = fetch_all!(
        tx,
        EmployerRow,
        "select id, code, name, business_id, section_tol2008, class_tol2008, municipality, survivor_id
         from employer order by survivor_id nulls first, code nulls last, created_at, id"
    )?;
    // The first contact person of those that there are now.
    let contacts: Vec<(Uuid, String, String)> = fetch_all!(
        tx,
        (Uuid, String, String),
        "select employer_id, name, title from employer_contact where removed_at is null order by id desc"
    )?;
    let mut contacts: BTreeMap<Uuid, (String, String)> =
        contacts.into_iter().map(|(employer, name, title)| (employer, (name, title))).collect();
    let mut employers = Vec::with_capacity(rows.len());
    for row in rows {
        if let Some(survivor) = row.survivor_id {
            let stands_for_it = codes.of(survivor)?;
            codes.keep(row.id, Some(stands_for_it));
            continue;
        }
        let (person, title) = contacts.remove(&row.id).unwrap_or_default();
        employers.push(Employer {
            employer: codes.keep(row.id, row.code),
            name: row.name,
            business_id: row.business_id.as_deref().and_then(|id| BusinessId::parse(id).ok()),
            section_tol2008: row.section_tol2008,
            class_tol2008: row.class_tol2008,
            municipality: row.municipality,
            contact_person: said(person),
            contact_title: said(title),
        });
    }
    Ok(employers)
}

#[derive(sqlx::FromRow)]
struct ClientRow {
    id: Uuid,
    code: Option<String>,
    name: String,
    birth_year: Option<i64>,
    gender: Option<String>,
    municipality: Option<String>,
    unit_id: Uuid,
    team_id: Option<Uuid>,
    coach_id: Option<Uuid>,
    referred_on: Option<NaiveDate>,
    first_meeting_on: Option<NaiveDate>,
    agreement_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
    closing_reason: Option<String>,
}

/// The clients, each with the latest coach.
async fn clients(tx: &mut Tx, codes: &mut Codes) -> Result<(Vec<Client>, Vec<Uuid>)> {
    // Two units may have given the same code: the second goes out under its identity.
    let rows = fetch_all!(
        tx,
        ClientRow,
        "select c.id, case when exists (select 1 from client o where o.code = c.code and o.id < c.id)
                 then null else c.code end as code,
             c.name, c.birth_year, c.gender, c.municipality, c.unit_id, c.team_id,
             (select cc.person_id from client_coach cc where cc.client_id = c.id
                 order by cc.from_day desc, cc.id desc limit 1) as coach_id,
             c.referred_on, c.first_meeting_on, c.agreement_on, c.closed_on, c.closing_reason
         from client c order by c.id"
    )?;
    let ids = rows.iter().map(|row| row.id).collect();
    let client = |row: ClientRow| {
        Ok(Client {
            client: codes.keep(row.id, row.code),
            name: row.name,
            birth_year: row.birth_year,
            gender: row.gender.as_deref().map(code).transpose()?,
            municipality: row.municipality,
            unit: codes.of(row.unit_id)?,
            team: codes.of_any(row.team_id)?,
            coach: codes.of_any(row.coach_id)?,
            referred_on: row.referred_on,
            first_meeting_on: row.first_meeting_on,
            agreement_on: row.agreement_on,
            closed_on: row.closed_on,
            closing_reason: row.closing_reason,
        })
    };
    Ok((rows.into_iter().map(client).collect::<Result<_>>()?, ids))
}

#[derive(sqlx::FromRow)]
struct ContactRow {
    id: Uuid,
    code: Option<String>,
    day: NaiveDate,
    at_time: Option<NaiveTime>,
    coach_id: Uuid,
    employer_id: Uuid,
    mode: String,
    purpose: String,
    client_id: Option<Uuid>,
    decision_maker: Option<bool>,
    minutes: Option<i64>,
    summary: String,
    next_step: Option<String>,
    next_step_on: Option<NaiveDate>,
}

/// The visits as they stand, without those that were taken back.
async fn contacts(tx: &mut Tx, codes: &Codes) -> Result<Vec<Contact>> {
    let rows = fetch_all!(
        tx,
        ContactRow,
        "select id, code, day, at_time, coach_id, employer_id, mode, purpose, client_id, decision_maker,
             minutes, summary, next_step, next_step_on
         from visit v where not exists (select 1 from visit_withdrawal w where w.visit_id = v.id) order by id"
    )?;
    let contact = |row: ContactRow| {
        Ok(Contact {
            contact: row.code.unwrap_or_else(|| row.id.to_string()),
            date: row.day,
            time: row.at_time,
            coach: codes.of(row.coach_id)?,
            employer: codes.of(row.employer_id)?,
            mode: code(&row.mode)?,
            purpose: code(&row.purpose)?,
            client: codes.of_any(row.client_id)?,
            decision_maker: row.decision_maker,
            minutes: row.minutes,
            summary: said(row.summary),
            next_step: row.next_step,
            next_step_on: row.next_step_on,
        })
    };
    rows.into_iter().map(contact).collect()
}

#[derive(sqlx::FromRow)]
struct JobRow {
    id: Uuid,
    code: String,
    client_id: Uuid,
    employer_id: Uuid,
    title: String,
    isco08: Option<String>,
    started_on: NaiveDate,
    ended_on: Option<NaiveDate>,
    minutes_per_week: Option<i64>,
    permanent: Option<bool>,
    pay_subsidy: Option<bool>,
    competitive: Option<bool>,
    disclosed: Option<bool>,
    end_reason: Option<String>,
}

async fn jobs(tx: &mut Tx, codes: &mut Codes) -> Result<Vec<Job>> {
    let rows = fetch_all!(
        tx,
        JobRow,
        "select id, code, client_id, employer_id, title, isco08, started_on, ended_on, minutes_per_week,
             permanent, pay_subsidy, competitive, disclosed, end_reason
         from job where withdrawn_at is null order by id"
    )?;
    let job = |row: JobRow| {
        Ok(Job {
            job: codes.keep(row.id, Some(row.code)),
            client: codes.of(row.client_id)?,
            employer: codes.of(row.employer_id)?,
            title: row.title,
            isco08: row.isco08,
            started_on: row.started_on,
            ended_on: row.ended_on,
            hours_per_week: row.minutes_per_week.map(WeeklyMinutes),
            permanent: row.permanent,
            pay_subsidy: row.pay_subsidy,
            competitive: row.competitive,
            disclosed: row.disclosed,
            end_reason: row.end_reason,
        })
    };
    rows.into_iter().map(job).collect()
}

async fn transitions(tx: &mut Tx, codes: &Codes) -> Result<Vec<Transition>> {
    type Row = (String, Uuid, String, NaiveDate, Option<NaiveDate>, Option<String>);
    let rows: Vec<Row> = fetch_all!(
        tx,
        Row,
        "select code, client_id, kind, started_on, ended_on, provider from transition where withdrawn_at is null
         order by id"
    )?;
    let step = |(transition, client, kind, started_on, ended_on, provider): Row| {
        Ok(Transition { transition, client: codes.of(client)?, kind, started_on, ended_on, provider })
    };
    rows.into_iter().map(step).collect()
}

async fn qualifications(tx: &mut Tx, codes: &Codes) -> Result<Vec<Qualification>> {
    type Row = (Uuid, String, NaiveDate);
    let rows: Vec<Row> = fetch_all!(
        tx,
        Row,
        "select client_id, kind, completed_on from qualification where withdrawn_at is null
         order by id"
    )?;
    let card = |(client, kind, completed_on): Row| {
        Ok(Qualification { client: codes.of(client)?, kind, completed_on })
    };
    rows.into_iter().map(card).collect()
}

#[derive(sqlx::FromRow)]
struct SupportRow {
    code: String,
    day: NaiveDate,
    coach_id: Uuid,
    client_id: Uuid,
    job_id: Option<Uuid>,
    mode: String,
    place: Option<String>,
    recipient: String,
    kind: Option<String>,
    minutes: Option<i64>,
}

async fn supports(tx: &mut Tx, codes: &Codes) -> Result<Vec<Support>> {
    let rows = fetch_all!(
        tx,
        SupportRow,
        "select s.code, s.day, s.coach_id, s.client_id, j.id as job_id, s.mode, s.place, s.recipient, s.kind, s.minutes
         from support s left join job j on j.id = s.job_id and j.withdrawn_at is null
         where s.withdrawn_at is null order by s.id"
    )?;
    let support = |row: SupportRow| {
        Ok(Support {
            support: row.code,
            date: row.day,
            coach: codes.of(row.coach_id)?,
            client: codes.of(row.client_id)?,
            job: codes.of_any(row.job_id)?,
            mode: code(&row.mode)?,
            place: row.place.as_deref().map(code).transpose()?,
            recipient: code(&row.recipient)?,
            kind: row.kind,
            minutes: row.minutes,
        })
    };
    rows.into_iter().map(support).collect()
}

async fn time_use(tx: &mut Tx, codes: &Codes) -> Result<Vec<TimeUse>> {
    type Row = (NaiveDate, Uuid, String, String, i64);
    let rows: Vec<Row> =
        fetch_all!(tx, Row, "select week_of, coach_id, category, place, minutes from time_use order by id")?;
    let week = |(week_of, coach, category, place, minutes): Row| {
        let (category, place) = (code(&category)?, code(&place)?);
        Ok(TimeUse { week_of, coach: codes.of(coach)?, category, place, minutes })
    };
    rows.into_iter().map(week).collect()
}

/// The meetings, each with who was there in the order of their codes.
async fn meetings(tx: &mut Tx, codes: &Codes) -> Result<Vec<Meeting>> {
    type Row = (Uuid, NaiveDate, String, Option<Uuid>);
    let rows: Vec<Row> = fetch_all!(
        tx,
        Row,
        "select id, day, kind, team_id from meeting where withdrawn_at is null order by id"
    )?;
    let there: Vec<(Uuid, Uuid)> =
        fetch_all!(tx, (Uuid, Uuid), "select meeting_id, person_id from meeting_presence")?;
    let mut present: BTreeMap<Uuid, Vec<String>> = BTreeMap::new();
    for (meeting, person) in there {
        present.entry(meeting).or_default().push(codes.of(person)?);
    }
    let meeting = |(id, date, kind, team): Row| {
        let mut present = present.remove(&id).unwrap_or_default();
        present.sort();
        Ok(Meeting { date, kind: code(&kind)?, team: codes.of_any(team)?, present })
    };
    rows.into_iter().map(meeting).collect()
}

async fn measures(tx: &mut Tx, codes: &Codes) -> Result<Vec<Prom>> {
    type Row = (Uuid, String, String, NaiveDate, i64, i64);
    let rows: Vec<Row> = fetch_all!(
        tx,
        Row,
        "select client_id, instrument, point, day, item, value from measure_answer order by id"
    )?;
    let answer = |(client, instrument, point, date, item, value): Row| {
        let (instrument, point) = (code(&instrument)?, code(&point)?);
        Ok(Prom { client: codes.of(client)?, instrument, point, date, item, value })
    };
    rows.into_iter().map(answer).collect()
}

/// A row an answer: answers that are alike are counted in the tables.
async fn feedback(tx: &mut Tx) -> Result<Vec<Feedback>> {
    type Row = (String, NaiveDate, String, i64, i64);
    let rows: Vec<Row> = fetch_all!(
        tx,
        Row,
        "select respondent, day, question, value, answers from feedback order by day, respondent, question, value"
    )?;
    let mut feedback = Vec::new();
    for (respondent, date, question, value, answers) in rows {
        let answer = Feedback { respondent: code(&respondent)?, date, question: code(&question)?, value };
        feedback.extend(std::iter::repeat_n(answer, usize::try_from(answers).unwrap_or(0)));
    }
    Ok(feedback)
}

async fn scores(tx: &mut Tx, codes: &Codes) -> Result<Vec<Fidelity>> {
    type Row = (Uuid, NaiveDate, String, i64, i64);
    let rows: Vec<Row> =
        fetch_all!(tx, Row, "select unit_id, day, kind, item, score from assessment_score order by id")?;
    let score = |(unit, date, kind, item, score): Row| {
        Ok(Fidelity { unit: codes.of(unit)?, date, kind: code(&kind)?, item, score })
    };
    rows.into_iter().map(score).collect()
}
