//! Today: the first page of a coach.

use crate::access::{Actor, Unit, authorise};
use crate::audit::Use;
use crate::clients::sees_clients_of;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::support::{Watch, Watching, lost_since, watched, with_me};
use crate::{Backend, fetch_all, visits};
use chrono::Days;
use domain::access::Action;
use domain::calendar::Week;
use domain::fidelity::improvement::SOON_DAYS;
use domain::today::{GAP_DAYS, GAPS_SHOWN, Gap, Task, TaskKind, Today};
use domain::visits::WeekOfVisits;
use std::cmp::Reverse;
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
        let Waiting { tasks, gaps, clocks } = waiting(&mut tx, actor).await?;
        let clients = seen.clients.into_iter().chain(tasks.iter().map(|task| task.client));
        tx.note(Use::by(actor, "read", "today", None).of_clients(clients));
        tx.commit().await?;
        Ok(Today {
            day: actor.today,
            week: WeekOfVisits::count(week, seen.week),
            due_total: u32::try_from(seen.due.len()).unwrap_or(u32::MAX),
            due: seen.due,
            coming: seen.coming,
            tasks,
            clocks,
            gaps,
            unit_visits: seen.unit,
        })
    }
}

/// What waits for a coach.
pub(crate) struct Waiting {
    pub(crate) tasks: Vec<Task>,
    gaps: Vec<Gap>,
    clocks: u32,
}

/// What is to be done with clients, and what the coach left out in a hurry of late: visits without a word, and
/// employers that were named on the spot. One question for all of it.
pub(crate) async fn waiting(tx: &mut Tx, actor: &Actor) -> Result<Waiting> {
    let since = actor.today.checked_sub_days(Days::new(GAP_DAYS)).unwrap_or(actor.today);
    let last_week = Week::of(actor.today.checked_sub_days(Days::new(7)).unwrap_or(actor.today));
    let rows: Vec<Watching> = fetch_all!(
        tx,
        Watching,
        concat!(
            watched!(with_me!()),
            " union all
             select 'action', a.plan_id, n.client_id, c.alias, c.unit_id, coalesce(a.by_day, n.day), null, null, null,
                 null, null, null, null, null, null, null, a.what, null, null
             from plan_action a join network_plan n on n.id = a.plan_id join client c on c.id = n.client_id
             where a.responsible_id = $1 and a.done_on is null and n.withdrawn_at is null and c.closed_on is null
             union all select * from (select 'silent', v.id, nullif(v.id, v.id), '', nullif(v.id, v.id), v.day,
                 cast(null as date), cast(null as date), cast(null as date), cast(null as date), cast(null as date),
                 cast(null as bigint), cast(null as date), cast(null as date), cast(null as bigint),
                 cast(null as date), e.name, null, cast(null as timestamptz)
             from visit v join employer e on e.id = v.employer_id
             where v.coach_id = $1 and v.day >= $4 and v.summary = ''
                 and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
                 and not exists (select 1 from gap_left g where g.visit_id = v.id)
             order by v.day desc, v.id desc limit $5) silent
             union all select * from (select 'named', id, nullif(id, id), '', nullif(id, id), cast(null as date),
                 cast(null as date), cast(null as date), cast(null as date), cast(null as date), cast(null as date),
                 cast(null as bigint), cast(null as date), cast(null as date), cast(null as bigint),
                 cast(null as date), name, null, created_at
             from employer where created_by = $1 and provisional and survivor_id is null
             order by created_at desc, id limit $5) named
             union all select * from (select 'week', o.id, nullif(o.id, o.id), '', nullif(o.id, o.id), cast(null as date),
                 cast(null as date), cast(null as date), cast(null as date), cast(null as date), cast(null as date),
                 cast(null as bigint), cast(null as date), cast(null as date), cast(null as bigint),
                 cast(null as date), '', null, cast(null as timestamptz)
             from post o where o.person_id = $1 and o.role = 'coach' and o.from_day <= $7
                 and (o.to_day is null or o.to_day >= $6)
                 and not exists (select 1 from time_use t where t.coach_id = $1 and t.week_of between $6 and $7)
             limit 1) unwritten
             union all select * from (select 'improve', i.id, nullif(i.id, i.id), '', nullif(i.id, i.id), i.by_day,
                 cast(null as date), cast(null as date), cast(null as date), cast(null as date), cast(null as date),
                 cast(null as bigint), cast(null as date), cast(null as date), cast(null as bigint),
                 cast(null as date), i.what, null, cast(null as timestamptz)
             from improvement i where i.owner_id = $1 and i.done_on is null and i.withdrawn_at is null
                 and i.by_day <= $8
             order by i.by_day, i.id limit $5) improve
             union all
             select 'clock', c.id, c.id, '', c.unit_id, c.agreement_on,
                 cast(null as date), cast(null as date), cast(null as date), cast(null as date), cast(null as date),
                 cast(null as bigint), cast(null as date), cast(null as date), cast(null as bigint),
                 cast(null as date), null, null, cast(null as timestamptz)
             from client c where ",
            with_me!(),
            " and not exists (select 1 from visit v where v.client_id = c.id and v.mode = 'in_person' and v.day <= $2
                 and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id))"
        ),
        actor.person.uuid(),
        actor.today,
        lost_since(actor.today),
        since,
        i64::from(GAPS_SHOWN),
        last_week.monday,
        last_week.sunday(),
        actor.today.checked_add_days(Days::new(SOON_DAYS)).unwrap_or(actor.today)
    )?;
    let mut clocks = 0;
    let mut gaps = Vec::new();
    let mut tasks = Vec::new();
    let mut watching = Vec::new();
    for row in rows {
        let words = row.words.clone().unwrap_or_default();
        match (row.kind.as_str(), row.day) {
            ("silent", Some(day)) => {
                gaps.push(Gap::HowDidItGo { visit: row.id.into(), employer_name: words, day });
            }
            ("week", _) => gaps.push(Gap::WhereDidItGo { monday: last_week.monday }),
            ("improve", Some(on)) => gaps.push(Gap::DoneYet { what: words, on }),
            ("named", _) => gaps.push(Gap::WhoIsIt { employer: row.id.into(), name: words }),
            _ if !row.unit_id.is_some_and(|unit| sees_clients_of(actor, unit)) => {}
            ("clock", _) => clocks += 1,
            ("action", Some(on)) => tasks.push(Task {
                kind: TaskKind::Action,
                on,
                client: row.client_id.unwrap_or_default().into(),
                alias: row.alias,
                what: words,
                to: format!("/plans/{}", row.id),
            }),
            _ => watching.push(row),
        }
    }
    gaps.sort_by_key(|gap| match gap {
        Gap::HowDidItGo { visit, day, .. } => (0, Reverse(Some(*day)), Reverse(visit.uuid())),
        Gap::WhoIsIt { employer, .. } => (1, Reverse(None), Reverse(employer.uuid())),
        Gap::DoneYet { on, .. } => (3, Reverse(Some(*on)), Reverse(Uuid::nil())),
        Gap::WhereDidItGo { monday } => (2, Reverse(Some(*monday)), Reverse(Uuid::nil())),
    });
    tasks.extend(Watch::of(watching, actor.today)?.tasks(actor.today));
    tasks.sort_by_key(|task| task.on);
    Ok(Waiting { tasks, gaps, clocks })
}
