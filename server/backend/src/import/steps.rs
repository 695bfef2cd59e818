//! What clients did on their way: jobs and the support around them, other steps, qualifications.

use super::{Became, Import, Why, known, known_if, record};
use crate::clock::new_id;
use crate::error::Result;
use crate::{execute, fetch_one};
use chrono::NaiveDate;
use domain::codes::Code;
use domain::package::{Job, Qualification, Support, Transition, WeeklyMinutes};
use uuid::Uuid;

record! {
    JobRecord {
        client_id: Uuid = "client",
        employer_id: Uuid = "employer",
        title: String = "title",
        isco08: Option<String> = "isco08",
        started_on: NaiveDate = "started_on",
        ended_on: Option<NaiveDate> = "ended_on",
        minutes_per_week: Option<i64> = "hours_per_week",
        permanent: Option<bool> = "permanent",
        pay_subsidy: Option<bool> = "pay_subsidy",
        competitive: Option<bool> = "competitive",
        disclosed: Option<bool> = "disclosed",
        end_reason: Option<String> = "end_reason",
    }
}

record! {
    TransitionRecord {
        client_id: Uuid = "client",
        kind: String = "kind",
        started_on: NaiveDate = "started_on",
        ended_on: Option<NaiveDate> = "ended_on",
        provider: Option<String> = "provider",
    }
}

record! {
    SupportRecord {
        day: NaiveDate = "date",
        coach_id: Uuid = "coach",
        client_id: Uuid = "client",
        job_id: Option<Uuid> = "job",
        mode: String = "mode",
        place: Option<String> = "place",
        recipient: String = "recipient",
        kind: Option<String> = "kind",
        minutes: Option<i64> = "minutes",
    }
}

impl<'a> Import<'a> {
    pub(super) async fn job(&mut self, row: &'a Job) -> Result<()> {
        if self.is_erased(&row.client, "jobs.csv", || row.job.clone()) {
            return Ok(());
        }
        let here = JobRecord {
            id: new_id(),
            client_id: known(&self.known.clients, &row.client)?,
            employer_id: known(&self.known.employers, &row.employer)?,
            title: row.title.clone(),
            isco08: row.isco08.clone(),
            started_on: row.started_on,
            ended_on: row.ended_on,
            minutes_per_week: row.hours_per_week.map(|WeeklyMinutes(minutes)| minutes),
            permanent: row.permanent,
            pay_subsidy: row.pay_subsidy,
            competitive: row.competitive,
            disclosed: row.disclosed,
            end_reason: row.end_reason.clone(),
        };
        let (id, became) = if self.add_job(&row.job, &here).await? {
            (here.id, Became::New)
        } else {
            let there = fetch_one!(
                self.tx,
                JobRecord,
                "select j.id, j.client_id, coalesce(e.survivor_id, e.id) as employer_id, j.title, j.isco08,
                     j.started_on, j.ended_on, j.minutes_per_week, j.permanent, j.pay_subsidy, j.competitive,
                     j.disclosed, j.end_reason
                 from job j join employer e on e.id = j.employer_id where j.code = $1",
                &row.job
            )?;
            // Where employers were merged, the one that stands for them is compared.
            let here = JobRecord { employer_id: self.known.survivor(here.employer_id), ..here.clone() };
            // Support would be put to another client's job.
            let another = here.client_id != there.client_id;
            (there.id, if another { Became::Differs(Why::Another) } else { here.beside(&there) })
        };
        self.known.jobs.insert(&row.job, id);
        self.count_of_client(here.client_id, "jobs.csv", || row.job.clone(), became);
        Ok(())
    }

    async fn add_job(&mut self, code: &str, job: &JobRecord) -> Result<bool> {
        let added = execute!(
            self.tx,
            "insert into job (id, code, client_id, employer_id, title, isco08, started_on, ended_on,
                 minutes_per_week, permanent, pay_subsidy, competitive, disclosed, end_reason)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
             on conflict (code) do nothing",
            job.id,
            code,
            job.client_id,
            job.employer_id,
            &job.title,
            &job.isco08,
            job.started_on,
            job.ended_on,
            job.minutes_per_week,
            job.permanent,
            job.pay_subsidy,
            job.competitive,
            job.disclosed,
            &job.end_reason
        )?;
        Ok(added == 1)
    }

    pub(super) async fn transition(&mut self, row: &'a Transition) -> Result<()> {
        if self.is_erased(&row.client, "transitions.csv", || row.transition.clone()) {
            return Ok(());
        }
        let here = TransitionRecord {
            id: new_id(),
            client_id: known(&self.known.clients, &row.client)?,
            kind: row.kind.clone(),
            started_on: row.started_on,
            ended_on: row.ended_on,
            provider: row.provider.clone(),
        };
        let added = execute!(
            self.tx,
            "insert into transition (id, code, client_id, kind, started_on, ended_on, provider)
             values ($1, $2, $3, $4, $5, $6, $7) on conflict (code) do nothing",
            here.id,
            &row.transition,
            here.client_id,
            &here.kind,
            here.started_on,
            here.ended_on,
            &here.provider
        )?;
        let became = if added == 1 {
            Became::New
        } else {
            let there = fetch_one!(
                self.tx,
                TransitionRecord,
                "select id, client_id, kind, started_on, ended_on, provider from transition where code = $1",
                &row.transition
            )?;
            here.beside(&there)
        };
        self.count_of_client(here.client_id, "transitions.csv", || row.transition.clone(), became);
        Ok(())
    }

    /// A qualification is all in what makes it that row: there it is the same.
    pub(super) async fn qualification(&mut self, row: &'a Qualification) -> Result<()> {
        if self.is_erased(&row.client, "qualifications.csv", || row.client.clone()) {
            return Ok(());
        }
        let client = known(&self.known.clients, &row.client)?;
        let added = execute!(
            self.tx,
            "insert into qualification (id, client_id, kind, completed_on) values ($1, $2, $3, $4)
             on conflict (client_id, kind, completed_on) do nothing",
            new_id(),
            client,
            &row.kind,
            row.completed_on
        )?;
        let became = if added == 1 { Became::New } else { Became::Unchanged };
        self.count_of_client(client, "qualifications.csv", || row.client.clone(), became);
        Ok(())
    }

    pub(super) async fn support(&mut self, row: &'a Support) -> Result<()> {
        if self.is_erased(&row.client, "supports.csv", || row.support.clone()) {
            return Ok(());
        }
        let here = SupportRecord {
            id: new_id(),
            day: row.date,
            coach_id: known(&self.known.people, &row.coach)?.id,
            client_id: known(&self.known.clients, &row.client)?,
            job_id: known_if(&self.known.jobs, row.job.as_ref())?,
            mode: row.mode.code().to_owned(),
            place: row.place.map(|place| place.code().to_owned()),
            recipient: row.recipient.code().to_owned(),
            kind: row.kind.clone(),
            minutes: row.minutes,
        };
        let became = if self.add_support(&row.support, &here).await? {
            Became::New
        } else {
            let there = fetch_one!(
                self.tx,
                SupportRecord,
                "select id, day, coach_id, client_id, job_id, mode, place, recipient, kind, minutes
                 from support where code = $1",
                &row.support
            )?;
            here.beside(&there)
        };
        self.count_of_client(here.client_id, "supports.csv", || row.support.clone(), became);
        Ok(())
    }

    async fn add_support(&mut self, code: &str, support: &SupportRecord) -> Result<bool> {
        let added = execute!(
            self.tx,
            "insert into support (id, code, day, coach_id, client_id, job_id, mode, place, recipient, kind,
                 minutes)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict (code) do nothing",
            support.id,
            code,
            support.day,
            support.coach_id,
            support.client_id,
            support.job_id,
            &support.mode,
            &support.place,
            &support.recipient,
            &support.kind,
            support.minutes
        )?;
        Ok(added == 1)
    }
}
