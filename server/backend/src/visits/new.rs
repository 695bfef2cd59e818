//! Visits that arrive, written together by one statement, whatever their number.

use super::{Placed, said_next_step};
use crate::access::Actor;
use crate::employers::{More, sum_up};
use crate::error::{Error, Result};
use crate::fetch_all;
use crate::store::Tx;
use chrono::{NaiveDate, NaiveTime};
use domain::codes::Code;
use domain::ids::{ClientId, EmployerId, PersonId, VisitId};
use domain::visits::LogVisit;
use serde::Serialize;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A visit that may be logged, and is not written yet: a row of the table.
#[derive(Debug, Serialize)]
pub(crate) struct NewVisit {
    id: Uuid,
    /// As it was named: it may have been merged into another one, or not be there.
    employer_id: Uuid,
    coach_id: Uuid,
    unit_id: Uuid,
    client_id: Option<Uuid>,
    with_id: Option<Uuid>,
    day: NaiveDate,
    at_time: Option<NaiveTime>,
    mode: &'static str,
    purpose: &'static str,
    decision_maker: bool,
    minutes: u32,
    place: &'static str,
    summary: String,
    next_step: Option<String>,
    next_step_on: Option<NaiveDate>,
}

impl NewVisit {
    pub(super) fn of(actor: &Actor, id: VisitId, placed: &Placed, visit: &LogVisit) -> Self {
        let next = said_next_step(visit);
        Self {
            id: id.uuid(),
            employer_id: placed.employer.uuid(),
            coach_id: actor.person.uuid(),
            unit_id: placed.unit.uuid(),
            client_id: visit.client.map(ClientId::uuid),
            with_id: visit.with.map(PersonId::uuid),
            day: visit.day,
            at_time: visit.time,
            mode: visit.mode.code(),
            purpose: visit.purpose.code(),
            decision_maker: visit.decision_maker,
            minutes: visit.minutes,
            place: visit.place.code(),
            summary: visit.summary.trim().to_owned(),
            next_step: next.map(|next| next.what.trim().to_owned()),
            next_step_on: next.and_then(|next| next.on),
        }
    }
}

/// What is left to write when visits have been written: where they count, and whose drafts go.
#[derive(Debug, Default)]
pub(crate) struct Counted {
    pub(crate) more: Vec<More>,
    pub(crate) arrived: Vec<Uuid>,
}

impl Counted {
    pub(crate) fn of(visits: &[NewVisit], employers: &BTreeMap<Uuid, EmployerId>) -> Self {
        let placed = visits.iter().filter_map(|visit| {
            let employer = *employers.get(&visit.id)?;
            Some((employer, visit.day, PersonId(visit.coach_id)))
        });
        Self { more: sum_up(placed), arrived: visits.iter().map(|visit| visit.id).collect() }
    }
}

/// Writes the visits. Gives the employer of each that could be written; one whose employer is not there is not
/// among them. In the order of their ids, so that two servers to which the same visits were sent do not each
/// wait for the other.
pub(crate) async fn insert(tx: &mut Tx, visits: &[NewVisit]) -> Result<BTreeMap<Uuid, EmployerId>> {
    let mut ordered: Vec<&NewVisit> = visits.iter().collect();
    ordered.sort_unstable_by_key(|visit| visit.id);
    let received = tx.clock().now();
    let rows: Vec<(Uuid, Uuid)> = fetch_all!(
        tx,
        (Uuid, Uuid),
        sqlite: "insert into visit (id, employer_id, coach_id, unit_id, client_id, with_id, day, at_time, mode,
                     purpose, decision_maker, minutes, place, summary, next_step, next_step_on, received_at)
                 select unhex(v.value ->> 'id', '-'), coalesce(e.survivor_id, e.id),
                     unhex(v.value ->> 'coach_id', '-'), unhex(v.value ->> 'unit_id', '-'),
                     unhex(v.value ->> 'client_id', '-'), unhex(v.value ->> 'with_id', '-'),
                     v.value ->> 'day', v.value ->> 'at_time', v.value ->> 'mode', v.value ->> 'purpose',
                     v.value ->> 'decision_maker', v.value ->> 'minutes', v.value ->> 'place',
                     v.value ->> 'summary', v.value ->> 'next_step', v.value ->> 'next_step_on', $2
                 from json_each($1) v join employer e on e.id = unhex(v.value ->> 'employer_id', '-')
                 returning id, employer_id",
        postgres: "insert into visit (id, employer_id, coach_id, unit_id, client_id, with_id, day, at_time, mode,
                       purpose, decision_maker, minutes, place, summary, next_step, next_step_on, received_at)
                   select v.id, coalesce(e.survivor_id, e.id), v.coach_id, v.unit_id, v.client_id, v.with_id,
                       v.day, v.at_time, v.mode, v.purpose, v.decision_maker, v.minutes, v.place, v.summary,
                       v.next_step, v.next_step_on, $2
                   from json_to_recordset(cast($1 as json)) as v(id uuid, employer_id uuid, coach_id uuid,
                       unit_id uuid, client_id uuid, with_id uuid, day date, at_time time, mode text,
                       purpose text, decision_maker boolean, minutes bigint, place text, summary text,
                       next_step text, next_step_on date)
                   join employer e on e.id = v.employer_id
                   returning id, employer_id",
        serde_json::to_string(&ordered).map_err(Error::internal)?,
        received
    )?;
    Ok(rows.into_iter().map(|(id, employer)| (id, employer.into())).collect())
}
