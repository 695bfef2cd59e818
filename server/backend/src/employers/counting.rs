//! How often and when an employer was visited last, kept beside it: a list of thousands is sorted by it.

use crate::access::{Grant, Register};
use crate::error::Result;
use crate::store::Tx;
use crate::{execute, fetch_optional};
use chrono::NaiveDate;
use domain::ids::{EmployerId, PersonId};
use uuid::Uuid;

/// One more visit, on `day` by `coach`, to the employer that stands for `employer`. Gives that one; none
/// when there is no such employer. Costs the same however many visits there are already; where the
/// order of visits of one day matters, [`count_visits`] has the last word.
pub(crate) async fn count_one_more(
    tx: &mut Tx,
    _leave: &Grant<Register>,
    employer: EmployerId,
    day: NaiveDate,
    coach: PersonId,
) -> Result<Option<EmployerId>> {
    let row: Option<(Uuid,)> = fetch_optional!(
        tx,
        (Uuid,),
        "update employer set visit_count = visit_count + 1,
             last_visit_by = case when last_visit_on > $2 then last_visit_by else $3 end,
             last_visit_on = case when last_visit_on > $2 then last_visit_on else $2 end
         where id = (select coalesce(survivor_id, id) from employer where id = $1) returning id",
        employer.uuid(),
        day,
        coach.uuid()
    )?;
    Ok(row.map(|(id,)| id.into()))
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
