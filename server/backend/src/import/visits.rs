//! Contacts with employers.

use super::{Became, Import, known, known_if, record};
use crate::clock::new_id;
use crate::error::Result;
use crate::{execute, fetch_one};
use chrono::{NaiveDate, NaiveTime};
use domain::codes::Code;
use domain::package::Contact;
use uuid::Uuid;

record! {
    VisitRecord {
        day: NaiveDate = "date",
        at_time: Option<NaiveTime> = "time",
        coach_id: Uuid = "coach",
        employer_id: Uuid = "employer",
        mode: String = "mode",
        purpose: String = "purpose",
        client_id: Option<Uuid> = "client",
        decision_maker: Option<bool> = "decision_maker",
        minutes: Option<i64> = "minutes",
        summary: String = "summary",
        next_step: Option<String> = "next_step",
        next_step_on: Option<NaiveDate> = "next_step_on",
    }
}

impl<'a> Import<'a> {
    pub(super) async fn visit(&mut self, row: &'a Contact) -> Result<()> {
        let coach = known(&self.known.people, &row.coach)?;
        let here = VisitRecord {
            id: new_id(),
            day: row.date,
            at_time: row.time,
            coach_id: coach.id,
            employer_id: known(&self.known.employers, &row.employer)?,
            mode: row.mode.code().to_owned(),
            purpose: row.purpose.code().to_owned(),
            client_id: known_if(&self.known.clients, row.client.as_ref())?,
            decision_maker: row.decision_maker,
            minutes: row.minutes,
            summary: row.summary.clone().unwrap_or_default(),
            next_step: row.next_step.clone(),
            next_step_on: row.next_step_on,
        };
        let became = if self.add_visit(&row.contact, coach.unit, &here).await? {
            self.clients.extend(here.client_id);
            Became::New
        } else {
            let there = fetch_one!(
                self.tx,
                VisitRecord,
                "select id, day, at_time, coach_id, employer_id, mode, purpose, client_id, decision_maker,
                     minutes, summary, next_step, next_step_on
                 from visit where code = $1",
                &row.contact
            )?;
            here.beside(&there)
        };
        self.count("contacts.csv", || row.contact.clone(), became);
        Ok(())
    }

    /// Adds a visit, unless its code is there. A package does not say where it was.
    async fn add_visit(&mut self, code: &str, unit: Uuid, visit: &VisitRecord) -> Result<bool> {
        let now = self.tx.clock().now();
        let added = execute!(
            self.tx,
            "insert into visit (id, code, employer_id, coach_id, unit_id, client_id, day, at_time, mode, purpose,
                 decision_maker, minutes, summary, next_step, next_step_on, received_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
             on conflict (code) do nothing",
            visit.id,
            code,
            visit.employer_id,
            visit.coach_id,
            unit,
            visit.client_id,
            visit.day,
            visit.at_time,
            &visit.mode,
            &visit.purpose,
            visit.decision_maker,
            visit.minutes,
            &visit.summary,
            &visit.next_step,
            visit.next_step_on,
            now
        )?;
        Ok(added == 1)
    }
}
