//! How often and when an employer was visited last, kept beside it: a list of thousands is sorted by it.

use crate::error::Result;
use crate::execute;
use crate::store::{Engine, Tx};
use chrono::NaiveDate;
use domain::ids::{EmployerId, PersonId};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

/// The new visits to an employer. Counted like this they cost the same however many there are already; where
/// the order of visits of one day matters, [`count_visits`] has the last word.
#[derive(Debug, Serialize)]
pub(crate) struct More {
    employer_id: Uuid,
    visits: i64,
    /// The latest of them.
    day: NaiveDate,
    coach_id: Uuid,
}

/// Sums new visits up: where, on which day and by whom.
pub(crate) fn sum_up(visits: impl Iterator<Item = (EmployerId, NaiveDate, PersonId)>) -> Vec<More> {
    let mut summed: BTreeMap<Uuid, More> = BTreeMap::new();
    for (employer, day, coach) in visits {
        let employer_id = employer.uuid();
        let first = More { employer_id, visits: 0, day, coach_id: coach.uuid() };
        let more = summed.entry(employer_id).or_insert(first);
        more.visits += 1;
        if day >= more.day {
            (more.day, more.coach_id) = (day, coach.uuid());
        }
    }
    summed.into_values().collect()
}

/// Puts batches of several visits in line before they count at their employers, in the order of these:
/// otherwise two of them could each wait for what the other has counted at. `SQLite` has one writer anyway.
pub(crate) async fn lock_to_count(tx: &mut Tx, employers: &BTreeSet<Uuid>) -> Result<()> {
    let Engine::Postgres(postgres) = &mut tx.engine else { return Ok(()) };
    if employers.len() < 2 {
        return Ok(());
    }
    let ids: Vec<Uuid> = employers.iter().copied().collect();
    sqlx::query(
        "select id from employer where id in
             (select coalesce(survivor_id, id) from employer where id = any($1))
         order by id for no key update",
    )
    .bind(ids)
    .execute(&mut **postgres)
    .await?;
    Ok(())
}

/// Counts the visits of the employer that stands for `employer`. Called in the transaction of whatever
/// changes them.
pub(crate) async fn count_visits(tx: &mut Tx, employer: EmployerId) -> Result<()> {
    execute!(
        tx,
        "update employer set
             visit_count = (select count(*) from visit v
                 where v.employer_id in (select m.id from employer m where m.id = employer.id or m.survivor_id = employer.id)
                     and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)),
             last_visit_on = (select max(v.day) from visit v
                 where v.employer_id in (select m.id from employer m where m.id = employer.id or m.survivor_id = employer.id)
                     and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)),
             last_visit_by = (select v.coach_id from visit v
                 where v.employer_id in (select m.id from employer m where m.id = employer.id or m.survivor_id = employer.id)
                     and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
                 order by v.day desc, v.at_time desc nulls last, v.id desc limit 1)
         where id = (select coalesce(survivor_id, id) from employer where id = $1)",
        employer.uuid()
    )?;
    Ok(())
}

/// Counts the visits of every employer, after an import.
pub(crate) async fn count_all_visits(tx: &mut Tx) -> Result<()> {
    execute!(
        tx,
        "with counted as (
             select coalesce(e.survivor_id, e.id) as id, v.coach_id, v.day,
                 count(*) over (partition by coalesce(e.survivor_id, e.id)) as visits,
                 row_number() over (partition by coalesce(e.survivor_id, e.id)
                     order by v.day desc, v.at_time desc nulls last, v.id desc) as place
             from visit v join employer e on e.id = v.employer_id
             where not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
         )
         update employer set visit_count = counted.visits, last_visit_on = counted.day,
             last_visit_by = counted.coach_id
         from counted where counted.id = employer.id and counted.place = 1"
    )?;
    Ok(())
}
