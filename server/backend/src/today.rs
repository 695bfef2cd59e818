//! Today: the first page of a coach.

use crate::access::{Actor, Unit, authorise};
use crate::audit::Use;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, fetch_all, visits};
use chrono::{Days, NaiveDate};
use domain::access::Action;
use domain::calendar::Week;
use domain::today::{GAP_DAYS, GAPS_SHOWN, Gap, Today};
use domain::visits::WeekOfVisits;
use uuid::Uuid;

impl Backend {
    /// The person's next steps, the week's visits against the goal, and the unit's latest visits.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field.
    pub async fn today(&self, actor: &Actor) -> Result<Today> {
        let unit = actor.field_unit().ok_or(Error::NotThere)?;
        let mut tx = self.write().await?;
        let unit = authorise::<Unit>(&mut tx, actor, Action::ReadUnitFeed, unit).await?.id;
        let week = Week::of(actor.today);
        let seen = visits::for_today(&mut tx, actor, unit, week).await?;
        let gaps = gaps(&mut tx, actor).await?;
        tx.note(Use::by(actor, "read", "today", None).of_clients(seen.clients));
        tx.commit().await?;
        Ok(Today {
            day: actor.today,
            week: WeekOfVisits::count(week, seen.week),
            due_total: u32::try_from(seen.due.len()).unwrap_or(u32::MAX),
            due: seen.due,
            coming: seen.coming,
            gaps,
            unit_visits: seen.unit,
        })
    }
}

/// What the coach left out in a hurry of late: visits without a word, and employers that were named on
/// the spot.
async fn gaps(tx: &mut Tx, actor: &Actor) -> Result<Vec<Gap>> {
    let since = actor.today.checked_sub_days(Days::new(GAP_DAYS)).unwrap_or(actor.today);
    let rows: Vec<(Option<NaiveDate>, Uuid, String)> = fetch_all!(
        tx,
        (Option<NaiveDate>, Uuid, String),
        "select * from (select v.day, v.id, e.name, cast(null as timestamptz) as created_at
             from visit v join employer e on e.id = v.employer_id
             where v.coach_id = $1 and v.day >= $2 and v.summary = ''
                 and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
                 and not exists (select 1 from gap_left g where g.visit_id = v.id)
             order by v.day desc, v.id desc limit $3) silent
         union all select * from (select cast(null as date), id, name, created_at from employer
             where created_by = $1 and provisional and survivor_id is null
             order by created_at desc, id limit $3) named
         order by 1 desc nulls last, 4 desc, 2 desc",
        actor.person.uuid(),
        since,
        i64::from(GAPS_SHOWN)
    )?;
    let gap = |(day, id, name): (Option<NaiveDate>, Uuid, String)| match day {
        Some(day) => Gap::HowDidItGo { visit: id.into(), employer_name: name, day },
        None => Gap::WhoIsIt { employer: id.into(), name },
    };
    Ok(rows.into_iter().map(gap).collect())
}
