//! Contacts with employers.

use super::{Became, Import, identity, known, known_if, record};
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
        let (id, code) = identity(&row.contact);
        // The visit counts all the same; whom it was for and its words stay away.
        let erased = row.client.as_ref().is_some_and(|client| self.known.erased.contains(client.as_str()));
        let said = |text: &Option<String>| text.clone().filter(|_| !erased);
        let here = VisitRecord {
            id,
            day: row.date,
            at_time: row.time,
            coach_id: coach.id,
            employer_id: known(&self.known.employers, &row.employer)?,
            mode: row.mode.code().to_owned(),
            purpose: row.purpose.code().to_owned(),
            client_id: known_if(&self.known.clients, row.client.as_ref().filter(|_| !erased))?,
            decision_maker: row.decision_maker,
            minutes: row.minutes,
            summary: said(&row.summary).unwrap_or_default(),
            next_step: said(&row.next_step),
            next_step_on: row.next_step_on.filter(|_| !erased),
        };
        let unit = self.known.unit_on(coach, row.date);
        let became = if self.add_visit(code, unit, &here, erased).await? {
            self.clients.extend(here.client_id);
            Became::New
        } else {
            let there = fetch_one!(
                self.tx,
                VisitRecord,
                "select v.id, v.day, v.at_time, v.coach_id, coalesce(e.survivor_id, e.id) as employer_id, v.mode,
                     v.purpose, v.client_id, v.decision_maker, v.minutes, v.summary, v.next_step, v.next_step_on
                 from visit v join employer e on e.id = v.employer_id where v.code = $1 or v.id = $2",
                code,
                here.id
            )?;
            // Where employers were merged, the one that stands for them is compared.
            VisitRecord { employer_id: self.known.survivor(here.employer_id), ..here }.beside(&there)
        };
        self.count("contacts.csv", || row.contact.clone(), became);
        Ok(())
    }

    /// Adds a visit, unless its code is there. A package does not say where it was.
    async fn add_visit(
        &mut self,
        code: Option<&str>,
        unit: Uuid,
        visit: &VisitRecord,
        erased: bool,
    ) -> Result<bool> {
        let now = self.tx.clock().now();
        let added = execute!(
            self.tx,
            "insert into visit (id, code, employer_id, coach_id, unit_id, client_id, day, at_time, mode, purpose,
                 decision_maker, minutes, summary, next_step, next_step_on, received_at, client_erased)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)
             on conflict do nothing",
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
            now,
            erased
        )?;
        Ok(added == 1)
    }
}
