//! Today: the first page of a coach.

use crate::access::{Actor, Unit, authorise};
use crate::audit::Use;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, fetch_all, visits};
use chrono::{Days, NaiveDate};
use domain::access::Action;
use domain::calendar::Week;
use domain::today::{DUE_SHOWN, FEED_SHOWN, GAP_DAYS, GAPS_SHOWN, Gap, Today};
use domain::visits::WeekOfVisits;
use uuid::Uuid;

/// Next steps older than this are not due any more but forgotten: they stay on the employer's page.
const DUE_DAYS: u64 = 90;
/// At most so many due next steps are listed and counted.
const DUE_MAX: u32 = 255;

impl Backend {
    /// The person's next steps, the week's visits against the goal, and the unit's latest visits.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field.
    pub async fn today(&self, actor: &Actor) -> Result<Today> {
        let unit = actor.field_unit().ok_or(Error::NotThere)?;
        let mut tx = self.write().await?;
        let unit = authorise::<Unit>(&mut tx, actor, Action::ReadUnitFeed, unit).await?.id;
        let day = actor.today;
        let week = Week::of(day);
        let own = visits::of_coach_between(&mut tx, actor, week.monday, week.sunday()).await?;
        let feed = visits::of_unit(&mut tx, actor, unit, FEED_SHOWN).await?;
        let earliest = day.checked_sub_days(Days::new(DUE_DAYS)).unwrap_or(day);
        let (due, due_clients) =
            visits::own_next_steps_between(&mut tx, actor, earliest, day, DUE_MAX).await?;
        let (tomorrow, in_a_week) = (days_after(day, 1), days_after(day, 7));
        let (mut coming, coming_clients) =
            visits::own_next_steps_between(&mut tx, actor, tomorrow, in_a_week, DUE_SHOWN).await?;
        coming.reverse();
        let gaps = gaps(&mut tx, actor).await?;
        let clients = [own.clients, feed.clients, due_clients, coming_clients].concat();
        tx.note(Use::by(actor, "read", "today", None).of_clients(clients));
        tx.commit().await?;
        Ok(Today {
            day,
            week: WeekOfVisits::count(week, own.visits),
            due_total: u32::try_from(due.len()).unwrap_or(u32::MAX),
            due,
            coming,
            gaps,
            unit_visits: feed.visits,
        })
    }
}

fn days_after(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

/// What the coach left out in a hurry of late.
async fn gaps(tx: &mut Tx, actor: &Actor) -> Result<Vec<Gap>> {
    let since = actor.today.checked_sub_days(Days::new(GAP_DAYS)).unwrap_or(actor.today);
    let silent: Vec<(Uuid, String, NaiveDate)> = fetch_all!(
        tx,
        (Uuid, String, NaiveDate),
        "select v.id, e.name, v.day from visit v join employer e on e.id = v.employer_id
         where v.coach_id = $1 and v.day >= $2 and v.summary = ''
             and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
             and not exists (select 1 from gap_left g where g.visit_id = v.id)
         order by v.day desc, v.id desc limit $3",
        actor.person.uuid(),
        since,
        i64::from(GAPS_SHOWN)
    )?;
    let unknown: Vec<(Uuid, String)> = fetch_all!(
        tx,
        (Uuid, String),
        "select id, name from employer where created_by = $1 and provisional and survivor_id is null order by created_at desc, id limit $2",
        actor.person.uuid(),
        i64::from(GAPS_SHOWN)
    )?;
    let how = silent.into_iter().map(|(visit, employer_name, day)| Gap::HowDidItGo {
        visit: visit.into(),
        employer_name,
        day,
    });
    let who = unknown.into_iter().map(|(employer, name)| Gap::WhoIsIt { employer: employer.into(), name });
    Ok(how.chain(who).collect())
}
