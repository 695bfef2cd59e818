//! Today: the first page of a coach.

use crate::access::{Actor, Unit, authorise};
use crate::audit::Use;
use crate::error::{Error, Result};
use crate::{Backend, visits};
use chrono::{Days, NaiveDate};
use domain::access::Action;
use domain::calendar::Week;
use domain::visits::{DUE_SHOWN, FEED_SHOWN, Today, WeekOfVisits};

/// Next steps older than this are not due any more but forgotten: they stay on the employer's page.
const DUE_DAYS: u64 = 90;

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
        let earliest = days_from(day, -i64::try_from(DUE_DAYS).unwrap_or(0));
        let (due, due_clients) =
            visits::own_next_steps_between(&mut tx, actor, earliest, day, u32::from(u8::MAX)).await?;
        let (mut coming, coming_clients) =
            visits::own_next_steps_between(&mut tx, actor, days_from(day, 1), days_from(day, 7), DUE_SHOWN)
                .await?;
        coming.reverse();
        let clients = [own.clients, feed.clients, due_clients, coming_clients].concat();
        tx.note(Use::by(actor, "read", "today", None).of_clients(clients));
        tx.commit().await?;
        Ok(Today {
            day,
            week: WeekOfVisits::count(week, own.visits),
            due_total: u32::try_from(due.len()).unwrap_or(u32::MAX),
            due,
            coming,
            unit_visits: feed.visits,
        })
    }
}

fn days_from(day: NaiveDate, days: i64) -> NaiveDate {
    let count = Days::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(count) } else { day.checked_add_days(count) };
    moved.unwrap_or(day)
}
