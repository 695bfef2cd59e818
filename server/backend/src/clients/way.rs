//! The steps of a client's way: agreement, pause, closing, opening again, change of coach, phase.

use super::write::stored;
use super::{Tried, code, note, take_version};
use crate::access::{Actor, Grant, KnownClient, authorise};
use crate::clock::new_id;
use crate::codes::{entries, holding};
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_optional};
use chrono::NaiveDate;
use domain::access::Action;
use domain::clients::page::{Change, ChangeFields};
use domain::clients::way::{DayFields, Step, StepFields, Way};
use domain::codes::lists::{CodeList, Version};
use domain::codes::{Code, Phase, StepKind};
use domain::forms::FieldError;
use domain::ids::{ClientId, PersonId};
use uuid::Uuid;

/// What a form of a step opens with.
#[derive(Clone, Debug)]
pub struct WayForm {
    /// The client.
    pub id: ClientId,
    /// The client's alias.
    pub alias: String,
    /// The version that the form changes.
    pub version: i64,
    /// The days of the way.
    pub way: Way,
    /// The phase that the coach chose.
    pub chosen: Option<Phase>,
    /// Who could be the coach, with the present one.
    pub colleagues: Vec<Colleague>,
    /// The organisation's own reasons of closing that hold today.
    pub reasons: Vec<Version>,
    /// Today.
    pub today: NaiveDate,
}

/// Somebody who could be the coach.
#[derive(Clone, Debug)]
pub struct Colleague {
    /// Who.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Is this the coach today?
    pub coaches: bool,
}

/// What the form opens with that corrects a day of the way.
#[derive(Clone, Debug)]
pub struct DayForm {
    /// The client.
    pub id: ClientId,
    /// The client's alias.
    pub alias: String,
    /// The version that the form changes.
    pub version: i64,
    /// Which step's day.
    pub kind: StepKind,
    /// The day as it stands.
    pub day: NaiveDate,
}

#[derive(sqlx::FromRow)]
struct StepSince {
    id: Uuid,
    day: NaiveDate,
    later: bool,
}

/// The latest step of a kind, and the days of the steps after it; all of them when the day came from elsewhere.
async fn steps_since(tx: &mut Tx, client: ClientId, kind: StepKind) -> Result<Vec<StepSince>> {
    Ok(fetch_all!(
        tx,
        StepSince,
        "select t.id, t.day, t.kind <> $2 as later from client_step t
         where t.client_id = $1 and t.kind in ('agreed', 'paused', 'resumed', 'closed', 'reopened')
             and not exists (select 1 from client_step l where l.client_id = t.client_id and l.kind = $2
                 and (l.noted_at > t.noted_at or (l.noted_at = t.noted_at and l.id > t.id)))
         order by t.noted_at, t.id",
        client.uuid(),
        kind.code()
    )?)
}

#[derive(sqlx::FromRow)]
struct WayRow {
    alias: String,
    version: i64,
    referred_on: Option<NaiveDate>,
    first_meeting_on: Option<NaiveDate>,
    agreement_on: Option<NaiveDate>,
    paused_on: Option<NaiveDate>,
    closed_on: Option<NaiveDate>,
    phase: Option<String>,
}

async fn way_row(tx: &mut Tx, client: &Grant<KnownClient>) -> Result<WayRow> {
    let row = fetch_optional!(
        tx,
        WayRow,
        "select alias, version, referred_on, first_meeting_on, agreement_on, paused_on, closed_on, phase
         from client where id = $1",
        client.id.uuid()
    )?;
    row.ok_or(Error::NotThere)
}

impl WayRow {
    fn way(&self) -> Way {
        Way {
            referred_on: self.referred_on,
            first_meeting_on: self.first_meeting_on,
            agreement_on: self.agreement_on,
            paused_on: self.paused_on,
            closed_on: self.closed_on,
        }
    }
}

/// The coaches and leads of the client's unit on a day.
async fn colleagues(tx: &mut Tx, client: &Grant<KnownClient>, day: NaiveDate) -> Result<Vec<(Uuid, String)>> {
    Ok(fetch_all!(
        tx,
        (Uuid, String),
        "select distinct p.id, p.name from post o join person p on p.id = o.person_id
         where o.unit_id = $1 and o.role in ('coach', 'lead') and o.from_day <= $2
             and (o.to_day is null or o.to_day >= $2) and p.locked_at is null
         order by p.name, p.id",
        client.unit.uuid(),
        day
    )?)
}

/// Opening again is for whoever wrote about the client, and later for the lead.
fn action(kind: StepKind) -> Action {
    if kind == StepKind::Reopened { Action::ReopenClient } else { Action::WriteClient }
}

/// Writes a step down.
async fn write_step(tx: &mut Tx, actor: &Actor, client: ClientId, step: &Step) -> Result<()> {
    let now = tx.clock().now();
    execute!(
        tx,
        "insert into client_step (id, client_id, kind, day, person_id, reason, entry_id, words, noted_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        new_id(),
        client.uuid(),
        step.kind.code(),
        step.day,
        actor.person.uuid(),
        step.reason.as_deref(),
        step.own,
        step.words.as_str(),
        now
    )?;
    Ok(())
}

/// The organisation's own reasons, for closing.
async fn own_reasons(tx: &mut Tx, kind: StepKind) -> Result<Vec<Version>> {
    match kind {
        StepKind::Closed => entries(tx, CodeList::ClosingReasons).await,
        _ => Ok(Vec::new()),
    }
}

/// Closing ends who coaches on that day; a change that was planned for later is off.
async fn end_coaches(tx: &mut Tx, client: ClientId, day: NaiveDate) -> Result<()> {
    execute!(tx, "delete from client_coach where client_id = $1 and from_day > $2", client.uuid(), day)?;
    execute!(
        tx,
        "update client_coach set to_day = $2 where client_id = $1 and (to_day is null or to_day > $2)",
        client.uuid(),
        day
    )?;
    Ok(())
}

#[derive(sqlx::FromRow)]
struct LastCoach {
    id: Uuid,
    person_id: Uuid,
    to_day: Option<NaiveDate>,
}

/// The last coach goes on when still on duty, else the coach who opens the service again.
async fn coach_goes_on(
    tx: &mut Tx,
    actor: &Actor,
    client: &Grant<KnownClient>,
    day: NaiveDate,
) -> Result<()> {
    let last = fetch_optional!(
        tx,
        LastCoach,
        "select id, person_id, to_day from client_coach where client_id = $1 order by from_day desc, id desc limit 1",
        client.id.uuid()
    )?;
    let duty = colleagues(tx, client, day).await?;
    let on_duty = |person: Uuid| duty.iter().any(|(id, _)| *id == person);
    if let Some(last) = last.as_ref().filter(|last| on_duty(last.person_id)) {
        if last.to_day.is_none_or(|to| to >= day) {
            execute!(tx, "update client_coach set to_day = null where id = $1", last.id)?;
            return Ok(());
        }
        return begin_coach(tx, client.id, last.person_id, day).await;
    }
    let opener = actor.person.uuid();
    let coach =
        actor.posts.iter().any(|post| post.role == domain::codes::Role::Coach && post.unit == client.unit);
    if coach && on_duty(opener) {
        begin_coach(tx, client.id, opener, day).await?;
    }
    Ok(())
}

async fn begin_coach(tx: &mut Tx, client: ClientId, coach: Uuid, day: NaiveDate) -> Result<()> {
    execute!(
        tx,
        "insert into client_coach (id, client_id, person_id, from_day) values ($1, $2, $3, $4)",
        new_id(),
        client.uuid(),
        coach,
        day
    )?;
    Ok(())
}

/// Writes the way as it stands after a step.
async fn write_way(tx: &mut Tx, client: ClientId, way: Way, reason: Option<&str>) -> Result<()> {
    execute!(
        tx,
        "update client set agreement_on = $2, paused_on = $3, closed_on = $4, closing_reason = $5 where id = $1",
        client.uuid(),
        way.agreement_on,
        way.paused_on,
        way.closed_on,
        reason
    )?;
    Ok(())
}

impl Backend {
    /// What a form of a step opens with.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not take the step.
    pub async fn way_form(&self, actor: &Actor, id: ClientId, kind: StepKind) -> Result<WayForm> {
        let mut tx = self.write().await?;
        let client = authorise::<KnownClient>(&mut tx, actor, action(kind), id).await?;
        let row = way_row(&mut tx, &client).await?;
        let people = match kind {
            StepKind::Coach => colleagues(&mut tx, &client, actor.today).await?,
            _ => Vec::new(),
        };
        let reasons = own_reasons(&mut tx, kind).await?;
        note(&mut tx, actor, "read", "client", id);
        tx.commit().await?;
        let colleague = |(id, name): (Uuid, String)| Colleague {
            id: id.into(),
            name,
            coaches: client.coaches.contains(&PersonId(id)),
        };
        Ok(WayForm {
            id,
            version: row.version,
            way: row.way(),
            chosen: row.phase.as_deref().map(code).transpose()?,
            alias: row.alias,
            colleagues: people.into_iter().map(colleague).collect(),
            reasons: holding(reasons, actor.today),
            today: actor.today,
        })
    }

    /// Takes a step on the way. Time is never the reason: each step is somebody's.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not take the step.
    pub async fn take_step(
        &self,
        actor: &Actor,
        id: ClientId,
        version: i64,
        kind: StepKind,
        fields: &StepFields,
    ) -> Result<Tried<()>> {
        let mut tx = self.write().await?;
        let client = authorise::<KnownClient>(&mut tx, actor, action(kind), id).await?;
        if let Err(errors) = take_version(&mut tx, &client, version).await? {
            return Ok(Err(errors));
        }
        let way = way_row(&mut tx, &client).await?.way();
        let own = own_reasons(&mut tx, kind).await?;
        let step = match fields.read(kind, &way, &own, actor.today) {
            Ok(step) => step,
            Err(errors) => return Ok(Err(errors)),
        };
        write_way(&mut tx, id, way.after(kind, step.day), step.reason.as_deref()).await?;
        match kind {
            StepKind::Closed => end_coaches(&mut tx, id, step.day).await?,
            StepKind::Reopened => coach_goes_on(&mut tx, actor, &client, step.day).await?,
            _ => {}
        }
        write_step(&mut tx, actor, id, &step).await?;
        note(&mut tx, actor, kind.code(), "client", id);
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// What the form opens with that corrects a day of the way.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client, or there is no such day.
    pub async fn day_form(&self, actor: &Actor, id: ClientId, kind: StepKind) -> Result<DayForm> {
        let mut tx = self.write().await?;
        let client = authorise::<KnownClient>(&mut tx, actor, Action::WriteClient, id).await?;
        let row = way_row(&mut tx, &client).await?;
        let noted = row.way().noted(kind, &[]).ok_or(Error::NotThere)?;
        note(&mut tx, actor, "read", "client", id);
        tx.commit().await?;
        Ok(DayForm { id, alias: row.alias, version: row.version, kind, day: noted.day })
    }

    /// Corrects a day of the way that was noted wrong. Both days stay, with who corrected it when.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client, or there is no such day.
    pub async fn correct_day(
        &self,
        actor: &Actor,
        id: ClientId,
        version: i64,
        kind: StepKind,
        fields: &DayFields,
    ) -> Result<Tried<()>> {
        let mut tx = self.write().await?;
        let client = authorise::<KnownClient>(&mut tx, actor, Action::WriteClient, id).await?;
        if let Err(errors) = take_version(&mut tx, &client, version).await? {
            return Ok(Err(errors));
        }
        let way = way_row(&mut tx, &client).await?.way();
        let steps = steps_since(&mut tx, id, kind).await?;
        let later: Vec<NaiveDate> = steps.iter().filter(|step| step.later).map(|step| step.day).collect();
        let noted = way.noted(kind, &later).ok_or(Error::NotThere)?;
        let (day, words) = match fields.read(noted, actor.today) {
            Ok(read) => read,
            Err(errors) => return Ok(Err(errors)),
        };
        let right = way.after(kind, day);
        execute!(
            tx,
            "update client set agreement_on = $2, paused_on = $3 where id = $1",
            id.uuid(),
            right.agreement_on,
            right.paused_on
        )?;
        // What came from elsewhere has no step.
        let step = steps.iter().find(|step| !step.later && step.day == noted.day).map(|step| step.id);
        execute!(tx, "update client_step set day = $2 where id = $1", step, day)?;
        let now = tx.clock().now();
        execute!(
            tx,
            "insert into client_day_change (id, client_id, kind, step_id, day_before, day_after, person_id, words,
                 noted_on, noted_at)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            new_id(),
            id.uuid(),
            kind.code(),
            step,
            noted.day,
            day,
            actor.person.uuid(),
            words,
            actor.today,
            now
        )?;
        note(&mut tx, actor, "amend", "client", id);
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// Changes the coach from a day on, or chooses the phase.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client.
    pub async fn change_client(
        &self,
        actor: &Actor,
        id: ClientId,
        version: i64,
        kind: StepKind,
        fields: &ChangeFields,
    ) -> Result<Tried<()>> {
        let mut tx = self.write().await?;
        let client = authorise::<KnownClient>(&mut tx, actor, Action::WriteClient, id).await?;
        let change = match fields.read(kind, actor.today) {
            Ok(change) => change,
            Err(errors) => return Ok(Err(errors)),
        };
        if let Err(errors) = take_version(&mut tx, &client, version).await? {
            return Ok(Err(errors));
        }
        if !way_row(&mut tx, &client).await?.way().allows(kind) {
            return Ok(Err(vec![FieldError::ChangedMeanwhile]));
        }
        let (day, reason) = match change {
            Change::Phase(phase) => {
                let phase = stored(phase);
                execute!(tx, "update client set phase = $2 where id = $1", id.uuid(), phase)?;
                (actor.today, phase.unwrap_or_default().to_owned())
            }
            Change::Coach(coach, day) => match new_coach(&mut tx, &client, coach, day).await? {
                Ok(name) => (day, name),
                Err(errors) => return Ok(Err(errors)),
            },
        };
        let step = Step { kind, day, reason: Some(reason), own: None, words: String::new() };
        write_step(&mut tx, actor, id, &step).await?;
        note(&mut tx, actor, kind.code(), "client", id);
        tx.commit().await?;
        Ok(Ok(()))
    }
}

/// Somebody becomes the coach; whoever was it is so until the day before. Gives the name.
async fn new_coach(
    tx: &mut Tx,
    client: &Grant<KnownClient>,
    coach: PersonId,
    day: NaiveDate,
) -> Result<Tried<String>> {
    let duty = colleagues(tx, client, day).await?;
    let Some((_, name)) = duty.into_iter().find(|(id, _)| *id == coach.uuid()) else {
        return Ok(Err(vec![FieldError::Choice("coach")]));
    };
    let today = tx.clock().today();
    // What has been stays: a relation that began later than that day is no mistake of today's.
    let later: Option<(Uuid,)> = fetch_optional!(
        tx,
        (Uuid,),
        "select id from client_coach where client_id = $1 and from_day > $2 and from_day < $3 limit 1",
        client.id.uuid(),
        day,
        today
    )?;
    if later.is_some() {
        return Ok(Err(vec![FieldError::TooEarly("day")]));
    }
    execute!(tx, "delete from client_coach where client_id = $1 and from_day >= $2", client.id.uuid(), day)?;
    execute!(
        tx,
        "update client_coach set to_day = $2 where client_id = $1 and (to_day is null or to_day > $2)",
        client.id.uuid(),
        day.pred_opt().unwrap_or(day)
    )?;
    begin_coach(tx, client.id, coach.uuid(), day).await?;
    Ok(Ok(name))
}
