//! Clients and their coaches.

use super::{Became, Import, Why, became, identity, known, known_if, known_to_differ, record, share_a_word};
use crate::clock::new_id;
use crate::error::Result;
use crate::{execute, fetch_one};
use chrono::NaiveDate;
use domain::codes::Code;
use domain::package::Client;
use uuid::Uuid;

record! {
    ClientRecord {
        name: String = "name",
        birth_year: Option<i64> = "birth_year",
        gender: Option<String> = "gender",
        municipality: Option<String> = "municipality",
        team_id: Option<Uuid> = "team",
        has_coach: bool = "coach",
        referred_on: Option<NaiveDate> = "referred_on",
        first_meeting_on: Option<NaiveDate> = "first_meeting_on",
        agreement_on: Option<NaiveDate> = "agreement_on",
        closed_on: Option<NaiveDate> = "closed_on",
        closing_reason: Option<String> = "closing_reason",
    }
}

impl<'a> Import<'a> {
    pub(super) async fn client(&mut self, row: &'a Client) -> Result<()> {
        let unit = known(&self.known.units, &row.unit)?;
        let team = known_if(&self.known.teams, row.team.as_ref())?;
        let coach = known_if(&self.known.people, row.coach.as_ref())?.map(|coach| coach.id);
        let (id, code) = identity(&row.client);
        if self.tombstones.as_ref().is_some_and(|all| all.cover(unit.into(), id, code)) {
            self.known.erased.insert(&row.client);
            self.is_erased(&row.client, "clients.csv", || row.client.clone());
            return Ok(());
        }
        let here = ClientRecord {
            id,
            name: row.name.clone(),
            birth_year: row.birth_year,
            gender: row.gender.map(|gender| gender.code().to_owned()),
            municipality: row.municipality.clone(),
            team_id: team.and_then(|home| home.team),
            has_coach: true,
            referred_on: row.referred_on,
            first_meeting_on: row.first_meeting_on,
            agreement_on: row.agreement_on,
            closed_on: row.closed_on,
            closing_reason: row.closing_reason.clone(),
        };
        let (id, became) = if self.add_client(row, code, unit, &here).await? {
            self.add_coach(row, here.id, coach).await?;
            (here.id, Became::New)
        } else {
            let there = self.client_there(here.id, code, unit, coach).await?;
            (there.id, beside(&here, &there))
        };
        self.known.clients.insert(&row.client, id);
        self.count_of_client(id, "clients.csv", || row.client.clone(), became);
        Ok(())
    }

    /// Adds a client, unless the code is there. The code is the alias until the coach chooses one.
    async fn add_client(
        &mut self,
        row: &Client,
        code: Option<&str>,
        unit: Uuid,
        client: &ClientRecord,
    ) -> Result<bool> {
        let added = execute!(
            self.tx,
            "insert into client (id, code, alias, name, birth_year, gender, municipality, unit_id, team_id,
                 referred_on, first_meeting_on, agreement_on, closed_on, closing_reason)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
             on conflict do nothing",
            client.id,
            code,
            &row.client,
            &client.name,
            client.birth_year,
            &client.gender,
            &client.municipality,
            unit,
            client.team_id,
            client.referred_on,
            client.first_meeting_on,
            client.agreement_on,
            client.closed_on,
            &client.closing_reason
        )?;
        Ok(added == 1)
    }

    async fn client_there(
        &mut self,
        id: Uuid,
        code: Option<&str>,
        unit: Uuid,
        coach: Option<Uuid>,
    ) -> Result<ClientRecord> {
        let there = fetch_one!(
            self.tx,
            ClientRecord,
            "select c.id, c.name, c.birth_year, c.gender, c.municipality, c.team_id,
                 exists (select 1 from client_coach cc where cc.client_id = c.id and cc.person_id = $3)
                     or $3 is null as has_coach,
                 c.referred_on, c.first_meeting_on, c.agreement_on, c.closed_on, c.closing_reason
             from client c where (c.code = $1 or c.id = $4) and c.unit_id = $2",
            code,
            unit,
            coach,
            id
        )?;
        Ok(there)
    }

    async fn add_coach(&mut self, row: &Client, client: Uuid, coach: Option<Uuid>) -> Result<()> {
        let Some(coach) = coach else { return Ok(()) };
        execute!(
            self.tx,
            "insert into client_coach (id, client_id, person_id, from_day, to_day) values ($1, $2, $3, $4, $5)",
            new_id(),
            client,
            coach,
            coached_from(row, self.today),
            row.closed_on
        )?;
        Ok(())
    }
}

/// The day from which the coach is the client's: that of the agreement, else the first that is
/// known.
fn coached_from(row: &Client, today: NaiveDate) -> NaiveDate {
    let days = [row.agreement_on, row.referred_on, row.first_meeting_on, row.closed_on];
    days.into_iter().flatten().next().unwrap_or(today)
}

/// Another client under the same code has nothing of the name, or another name and year of birth.
fn beside(here: &ClientRecord, there: &ClientRecord) -> Became {
    let other_year = known_to_differ(here.birth_year.as_ref(), there.birth_year.as_ref());
    if here.name != there.name && (other_year || !share_a_word(&here.name, &there.name)) {
        return Became::Differs(Why::Another);
    }
    became(here.differing(there))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Option<NaiveDate> {
        text.parse().ok()
    }

    #[test]
    fn the_coach_begins_with_the_agreement_or_the_first_known_day() {
        let today = day("2025-06-01").unwrap_or_default();
        let mut row = Client {
            client: "A01".to_owned(),
            name: "Eino Honkaniemi".to_owned(),
            birth_year: None,
            gender: None,
            municipality: None,
            unit: "U".to_owned(),
            team: None,
            coach: Some("C1".to_owned()),
            referred_on: day("2024-01-01"),
            first_meeting_on: day("2024-01-08"),
            agreement_on: day("2024-01-15"),
            closed_on: None,
            closing_reason: None,
        };
        assert_eq!(Some(coached_from(&row, today)), day("2024-01-15"));
        row.agreement_on = None;
        assert_eq!(Some(coached_from(&row, today)), day("2024-01-01"));
        (row.referred_on, row.first_meeting_on) = (None, None);
        assert_eq!(coached_from(&row, today), today);
    }
}
