//! Somebody read many different clients within an hour (S23).

use crate::access::Actor;
use crate::audit::Use;
use crate::clock::new_id;
use crate::error::{Error, Result};
use crate::people::glass::{leads_or_administers, local};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all};
use chrono::{DateTime, Duration, NaiveDate, NaiveTime, Utc};
use domain::access::{Action, Object};
use domain::forms::FieldError;
use domain::ids::UnitId;
use domain::people::{ALARM_MINUTES, ReviewFields, review_due};
use uuid::Uuid;

/// An alarm.
#[derive(Clone, Debug)]
pub struct Alarm {
    /// Which.
    pub id: Uuid,
    /// Who read.
    pub person: String,
    /// The day on which it began.
    pub on: NaiveDate,
    /// When.
    pub from: NaiveTime,
    /// How many different clients within the hour from then.
    pub clients: i64,
    /// When it was looked into, by whom, and what was found.
    pub reviewed: Option<(NaiveDate, String, String)>,
    /// May whoever asks look into it?
    pub may_review: bool,
}

/// What waits for a lead or an administrator.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Waiting {
    /// Readings outside the relation that nobody has looked into.
    pub glass: usize,
    /// Those of them that are late.
    pub overdue: usize,
    /// Alarms that nobody has looked into.
    pub alarms: usize,
}

#[derive(sqlx::FromRow)]
struct AlarmRow {
    id: Uuid,
    person_id: Uuid,
    person: String,
    unit_id: Option<Uuid>,
    began_at: DateTime<Utc>,
    clients: i64,
    reviewed_at: Option<DateTime<Utc>>,
    reviewer: Option<String>,
    review_words: Option<String>,
}

/// Alarms with how many different clients were read within the hour from the first on; `$hour_on` is an hour
/// after it.
macro_rules! alarm_rows {
    ($hour_on:literal) => {
        concat!(
            "select b.id, b.person_id, p.name as person, o.unit_id, b.began_at,
                 (select count(distinct c.client_id) from use_log l join use_log_client c on c.seq = l.seq
                  where l.person_id = b.person_id and l.at >= b.began_at and l.at < ",
            $hour_on,
            "     and (l.action = 'read' and l.client_ids not like '% %' or l.action = 'export')) as clients,
                 b.reviewed_at, r.name as reviewer, b.review_words
             from bulk_read b join person p on p.id = b.person_id left join post o on o.person_id = b.person_id
                 left join person r on r.id = b.reviewed_by
             order by b.raised_at desc, b.id desc limit 500"
        )
    };
}

/// Raises an alarm when a person has read as many different clients within the last hour as the
/// organisation's limit says; while one of the last hour is there, its number grows with what is read, on the
/// page. One question, whatever it finds.
pub(crate) async fn raise_alarm(tx: &mut Tx, person: Uuid) -> Result<()> {
    let now = tx.clock().now();
    execute!(
        tx,
        "insert into bulk_read (id, person_id, began_at, raised_at, clients)
         select $1, r.person_id, r.began_at, r.raised_at, r.clients
         from (
             select p.id as person_id, min(l.at) as began_at, max(l.at) as raised_at,
                 count(distinct c.client_id) as clients
             from use_log l join use_log_client c on c.seq = l.seq join person p on p.id = l.person_id
             where l.person_id = $2 and l.at > $3
                 and (l.action = 'read' and l.client_ids not like '% %' or l.action = 'export')
             group by p.id
         ) r
         where r.clients >= (select bulk_read_limit from organisation where id = 1)
             and not exists (select 1 from bulk_read b where b.person_id = $2 and b.raised_at > $3)",
        new_id(),
        person,
        now - Duration::minutes(ALARM_MINUTES)
    )?;
    Ok(())
}

impl Backend {
    /// The alarms about people of the units that the person leads; for an administrator, about everybody.
    /// No client is named.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person neither leads a unit nor is an administrator.
    pub async fn alarms(&self, actor: &Actor) -> Result<Vec<Alarm>> {
        let mut tx = self.write().await?;
        leads_or_administers(actor)?;
        let alarms = alarms_for(&mut tx, actor).await?;
        tx.note(Use::by(actor, "read", "alarms", None).on_ground("people"));
        tx.commit().await?;
        Ok(alarms)
    }

    /// Notes what looking into an alarm found. Once, and not by whom it is about.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is not there, or about somebody of another unit, or about the person.
    pub async fn review_alarm(
        &self,
        actor: &Actor,
        id: Uuid,
        fields: &ReviewFields,
    ) -> Result<std::result::Result<(), Vec<FieldError>>> {
        let mut tx = self.write().await?;
        // One question, so that an alarm that is there takes no longer than one that is not.
        let rows: Vec<(Uuid, Option<Uuid>)> = fetch_all!(
            tx,
            (Uuid, Option<Uuid>),
            "select b.person_id, o.unit_id from bulk_read b left join post o on o.person_id = b.person_id
             where b.id = $1",
            id
        )?;
        let Some((person, _)) = rows.first().copied() else { return Err(Error::NotThere) };
        let units = rows.into_iter().filter_map(|(_, unit)| unit.map(UnitId)).collect();
        if !actor.may(Action::ReviewAlarm, &Object::Coach { coach: person.into(), units }) {
            return Err(Error::NotThere);
        }
        let found = match fields.read() {
            Ok(found) => found,
            Err(errors) => return Ok(Err(errors)),
        };
        execute!(
            tx,
            "update bulk_read set reviewed_at = $1, reviewed_by = $2, review_words = $3
             where id = $4 and reviewed_at is null",
            self.clock.now(),
            actor.person.uuid(),
            found,
            id
        )?;
        tx.note(Use::by(actor, "review", "alarm", Some(id)).on_ground("people"));
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// What waits for the person to be looked into.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person neither leads a unit nor is an administrator.
    pub async fn waiting(&self, actor: &Actor) -> Result<Waiting> {
        leads_or_administers(actor)?;
        let mut tx = self.ask().await?;
        let rows: Vec<(Uuid, Option<Uuid>, Option<DateTime<Utc>>)> = fetch_all!(
            tx,
            (Uuid, Option<Uuid>, Option<DateTime<Utc>>),
            "select b.id, b.unit_id, b.began_at from break_glass b where b.reviewed_at is null
             union all select r.id, o.unit_id, null from bulk_read r left join post o on o.person_id = r.person_id
             where r.reviewed_at is null"
        )?;
        let mut waiting = Waiting::default();
        let mut counted = Vec::new();
        for (id, unit, began_at) in rows {
            let sees = unit.is_some_and(|unit| actor.may(Action::ReadPeople, &Object::Unit(unit.into())));
            if !sees || counted.contains(&id) {
                continue;
            }
            counted.push(id);
            match began_at.map(|at| local(at).0) {
                Some(on) => {
                    waiting.glass += 1;
                    waiting.overdue += usize::from(actor.today > review_due(on));
                }
                None => waiting.alarms += 1,
            }
        }
        Ok(waiting)
    }
}

/// The alarms that the person sees, what waits first, then the newest. A row of each post of whom it is about.
async fn alarms_for(tx: &mut Tx, actor: &Actor) -> Result<Vec<Alarm>> {
    let rows = fetch_all!(
        tx,
        AlarmRow,
        sqlite: alarm_rows!("strftime('%Y-%m-%dT%H:%M:%S', b.began_at, '+60 minutes')"),
        postgres: alarm_rows!("b.began_at + interval '60 minutes'")
    )?;
    let mut alarms: Vec<Alarm> = Vec::new();
    let units_of = |id: Uuid| -> Vec<UnitId> {
        rows.iter().filter(|row| row.id == id).filter_map(|row| row.unit_id.map(UnitId)).collect()
    };
    for row in &rows {
        let units = units_of(row.id);
        let sees = units.iter().any(|unit| actor.may(Action::ReadPeople, &Object::Unit(*unit)));
        if !sees || alarms.iter().any(|known| known.id == row.id) {
            continue;
        }
        let about = Object::Coach { coach: row.person_id.into(), units };
        let (on, from) = local(row.began_at);
        alarms.push(Alarm {
            id: row.id,
            person: row.person.clone(),
            on,
            from,
            clients: row.clients,
            reviewed: row.reviewed_at.map(|at| {
                let by = row.reviewer.clone().unwrap_or_default();
                (local(at).0, by, row.review_words.clone().unwrap_or_default())
            }),
            may_review: row.reviewed_at.is_none() && actor.may(Action::ReviewAlarm, &about),
        });
    }
    alarms.sort_by_key(|alarm| alarm.reviewed.is_some());
    Ok(alarms)
}
