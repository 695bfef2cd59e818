//! What coaches' weeks went to: written down by each for the own week, with what the log knows beside it.

use crate::access::{Actor, Unit, authorise};
use crate::audit::Use;
use crate::clients::Tried;
use crate::clock::new_id;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all};
use chrono::{Days, NaiveDate};
use domain::access::Action;
use domain::calendar::Week;
use domain::codes::{Code, TimeCategory, TimePlace};
use domain::time_use::{Logged, TimeFields, TimeOfWeek, start};

/// A coach's week.
#[derive(Clone, Debug)]
pub struct TimePage {
    /// Which week.
    pub week: Week,
    /// Today.
    pub today: NaiveDate,
    /// What it went to: as it was written down, or where the sliders start.
    pub time: TimeOfWeek,
    /// Is it written down?
    pub written: bool,
    /// What the log knows.
    pub logged: Logged,
}

#[derive(sqlx::FromRow)]
struct Row {
    kind: String,
    what: Option<String>,
    place: Option<String>,
    out: Option<i64>,
    minutes: Option<i64>,
}

async fn rows(tx: &mut Tx, actor: &Actor, week: Week) -> Result<Vec<Row>> {
    Ok(fetch_all!(
        tx,
        Row,
        "select 'post' as kind, cast(null as text) as what, cast(null as text) as place, cast(null as bigint) as out,
             cast(sum(fte_hundredths) as bigint) as minutes
         from post where person_id = $1 and role = 'coach' and from_day <= $3 and (to_day is null or to_day >= $2)
         union all
         select 'written', category, place, null, minutes from time_use
         where coach_id = $1 and week_of between $2 and $3
         union all
         select 'last', category, place, null, minutes from time_use
         where coach_id = $1 and week_of >= $4 and week_of < $2 and week_of =
             (select max(week_of) from time_use where coach_id = $1 and week_of < $2 and minutes > 0)
         union all
         select 'visit', null, null,
             cast(sum(case when mode = 'in_person' and coalesce(place, 'workplace') <> 'office'
                 then minutes else 0 end) as bigint), cast(sum(minutes) as bigint)
         from visit v where (v.coach_id = $1 or v.with_id = $1) and v.day between $2 and $3
             and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
         union all
         select 'support', null, null,
             cast(sum(case when mode = 'in_person' and coalesce(place, 'workplace') <> 'office'
                 then minutes else 0 end) as bigint), cast(sum(minutes) as bigint)
         from support where coach_id = $1 and giver = 'coach' and day between $2 and $3 and withdrawn_at is null
         union all
         select 'client', null, null,
             cast(sum(case when mode = 'in_person' and place <> 'office' then minutes else 0 end) as bigint),
             cast(sum(minutes) as bigint)
         from client_meeting where coach_id = $1 and day between $2 and $3 and withdrawn_at is null
         union all
         select 'meeting', null, null,
             cast(sum(case when m.kind in ('partner_meeting', 'field_mentoring') then m.minutes else 0 end) as bigint),
             cast(sum(m.minutes) as bigint)
         from meeting m join meeting_presence r on r.meeting_id = m.id
         where r.person_id = $1 and m.day between $2 and $3 and m.withdrawn_at is null",
        actor.person.uuid(),
        week.monday,
        week.sunday(),
        week.monday.checked_sub_days(Days::new(56)).unwrap_or(week.monday)
    )?)
}

async fn load(tx: &mut Tx, actor: &Actor, week: Week) -> Result<TimePage> {
    let (mut fte, mut logged) = (100, Logged::default());
    let (mut written, mut last): (Option<TimeOfWeek>, Option<TimeOfWeek>) = (None, None);
    for row in rows(tx, actor, week).await? {
        let minutes = row.minutes.unwrap_or(0);
        let out = row.out.unwrap_or(0);
        let parts = [out, minutes - out];
        match row.kind.as_str() {
            "post" => fte = row.minutes.filter(|fte| *fte > 0).unwrap_or(100),
            "visit" => logged.visits = parts,
            "support" => logged.supports = parts,
            "client" => logged.clients = parts,
            "meeting" => logged.meetings = parts,
            kind => {
                let category = TimeCategory::parse(row.what.as_deref().unwrap_or_default());
                let place = TimePlace::parse(row.place.as_deref().unwrap_or_default());
                let (Ok(category), Ok(place)) = (category, place) else {
                    return Err(Error::internal("a week went to something unknown"));
                };
                let week = if kind == "written" { &mut written } else { &mut last };
                week.get_or_insert_default().add(category, place, minutes);
            }
        }
    }
    Ok(TimePage {
        week,
        today: actor.today,
        time: written.unwrap_or_else(|| start(fte, last, &logged)),
        written: written.is_some(),
        logged,
    })
}

impl Backend {
    /// What the person's week went to, or where it may start from.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field.
    pub async fn time_of_week(&self, actor: &Actor, week: Week) -> Result<TimePage> {
        let unit = actor.field_unit().ok_or(Error::NotThere)?;
        let mut tx = self.write().await?;
        authorise::<Unit>(&mut tx, actor, Action::HoldTeamMeeting, unit).await?;
        let page = load(&mut tx, actor, week).await?;
        tx.note(Use::by(actor, "read", "time_use", None));
        tx.commit().await?;
        Ok(page)
    }

    /// Writes down what the person's own week went to. What stood there before is kept beside.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field. What is wrong is a value.
    pub async fn write_time(&self, actor: &Actor, fields: &TimeFields) -> Result<Tried<Week>> {
        let (week, time) = match fields.read(actor.today) {
            Ok(read) => read,
            Err(errors) => return Ok(Err(errors)),
        };
        let unit = actor.field_unit().ok_or(Error::NotThere)?;
        let mut tx = self.write().await?;
        authorise::<Unit>(&mut tx, actor, Action::HoldTeamMeeting, unit).await?;
        let now = tx.clock().now();
        let before: Vec<(NaiveDate, String, String, i64)> = fetch_all!(
            tx,
            (NaiveDate, String, String, i64),
            "delete from time_use where coach_id = $1 and week_of between $2 and $3
             returning week_of, category, place, minutes",
            actor.person.uuid(),
            week.monday,
            week.sunday()
        )?;
        for (week_of, category, place, minutes) in before {
            execute!(
                tx,
                "insert into time_use_before (id, week_of, coach_id, category, place, minutes, replaced_at, replaced_by)
                 values ($1, $2, $3, $4, $5, $6, $7, $3)",
                new_id(),
                week_of,
                actor.person.uuid(),
                category,
                place,
                minutes,
                now
            )?;
        }
        for (category, place, minutes) in time.rows() {
            execute!(
                tx,
                "insert into time_use (id, week_of, coach_id, category, place, minutes, noted_by, noted_at)
                 values ($1, $2, $3, $4, $5, $6, $3, $7)",
                new_id(),
                week.monday,
                actor.person.uuid(),
                category.code(),
                place.code(),
                minutes,
                now
            )?;
        }
        tx.note(Use::by(actor, "write", "time_use", None));
        tx.commit().await?;
        Ok(Ok(week))
    }
}
