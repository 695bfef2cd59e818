//! Visits: logging, taking back, next steps, the form.

use crate::access::{
    Actor, KnownClient, LoggedVisit, Register, RegisteredEmployer, Unit, authorise, is_open,
};
use crate::audit::Use;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, clients, employers, execute, fetch_all, fetch_optional};
use chrono::{NaiveDate, NaiveTime};
use domain::access::{Action, Object};
use domain::codes::{Code, Mode, Purpose};
use domain::ids::{ClientId, CommandId, EmployerId, PersonId, UnitId, VisitId};
use domain::sync::{Applied, OnVisit, Refusal};
use domain::visits::{
    ClientSeen, FormEmployer, LogVisit, NextStep, NextStepDue, RECENT_SHOWN, VisitError, VisitForm,
    VisitSeen, VisitedEmployer,
};
use uuid::Uuid;

/// What came of a command: it was applied, or it can't be as it is. What is not there for this person
/// is [`Error::NotThere`]; `sync` makes the refusal of it.
pub(crate) type Tried = Result<std::result::Result<Applied, Refusal>>;

/// A coach logs a visit. The visit gets the command's id.
pub(crate) async fn log(tx: &mut Tx, actor: &Actor, id: CommandId, visit: &LogVisit) -> Tried {
    if let Err(errors) = visit.check(tx.clock().today()) {
        return Ok(Err(Refusal::Visit(errors)));
    }
    let unit = actor.field_unit().ok_or(Error::NotThere)?;
    let mut unit = authorise::<Unit>(tx, actor, Action::LogVisit, unit).await?.id;
    if let Some(client) = visit.client {
        match authorise::<KnownClient>(tx, actor, Action::SeeClient, client).await {
            Ok(client) => unit = client.unit,
            Err(Error::NotThere) => return Ok(Err(Refusal::Visit(vec![VisitError::ClientNotThere]))),
            Err(error) => return Err(error),
        }
    }
    let Some(employer) = visited_employer(tx, actor, &visit.employer).await? else {
        return Ok(Err(Refusal::Visit(vec![VisitError::EmployerNotThere])));
    };
    insert(tx, actor, VisitId(id.uuid()), unit, employer, visit).await?;
    tx.note(Use::by(actor, "log", "visit", Some(id.uuid())).of_clients(visit.client));
    Ok(Ok(Applied { employer: Some(employer) }))
}

/// The employer of a visit: the one in the register, or the new one, added now.
async fn visited_employer(
    tx: &mut Tx,
    actor: &Actor,
    visited: &VisitedEmployer,
) -> Result<Option<EmployerId>> {
    match visited {
        VisitedEmployer::Known(id) => {
            match authorise::<RegisteredEmployer>(tx, actor, Action::ReadRegister, *id).await {
                Ok(employer) => Ok(Some(employer.id)),
                Err(Error::NotThere) => Ok(None),
                Err(error) => Err(error),
            }
        }
        VisitedEmployer::New { id, name, municipality } => {
            let register = authorise::<Register>(tx, actor, Action::ReadRegister, ()).await?;
            employers::add_on_the_spot(tx, &register, actor, *id, name, municipality.as_deref())
                .await
                .map(Some)
        }
    }
}

async fn insert(
    tx: &mut Tx,
    actor: &Actor,
    id: VisitId,
    unit: UnitId,
    employer: EmployerId,
    visit: &LogVisit,
) -> Result<()> {
    let next = visit.next_step.as_ref().filter(|next| !next.what.trim().is_empty() || next.on.is_some());
    let received = tx.clock().now();
    execute!(
        tx,
        "insert into visit (id, employer_id, coach_id, unit_id, client_id, day, at_time, mode, purpose,
             decision_maker, minutes, place, summary, next_step, next_step_on, received_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)",
        id.uuid(),
        employer.uuid(),
        actor.person.uuid(),
        unit.uuid(),
        visit.client.map(ClientId::uuid),
        visit.day,
        visit.time,
        visit.mode.code(),
        visit.purpose.code(),
        visit.decision_maker,
        i64::from(visit.minutes),
        visit.place.code(),
        visit.summary.trim(),
        next.map(|next| next.what.trim().to_owned()),
        next.and_then(|next| next.on),
        received
    )?;
    Ok(())
}

/// A coach takes an own visit back.
pub(crate) async fn withdraw(tx: &mut Tx, actor: &Actor, on: OnVisit) -> Tried {
    on_own_visit(tx, actor, Action::WithdrawVisit, "withdraw", on, async |tx, visit, person| {
        let now = tx.clock().now();
        execute!(
            tx,
            "insert into visit_withdrawal (visit_id, person_id, withdrawn_at) values ($1, $2, $3)
             on conflict (visit_id) do nothing",
            visit,
            person,
            now
        )
    })
    .await
}

/// A coach brings an own withdrawn visit back.
pub(crate) async fn restore(tx: &mut Tx, actor: &Actor, on: OnVisit) -> Tried {
    on_own_visit(tx, actor, Action::WithdrawVisit, "restore", on, async |tx, visit, _| {
        execute!(tx, "delete from visit_withdrawal where visit_id = $1", visit)
    })
    .await
}

/// The next step of a visit is done.
pub(crate) async fn settle_next_step(tx: &mut Tx, actor: &Actor, on: OnVisit) -> Tried {
    on_own_visit(tx, actor, Action::SettleNextStep, "settle_next_step", on, async |tx, visit, person| {
        let now = tx.clock().now();
        execute!(
            tx,
            "insert into next_step_settlement (visit_id, person_id, settled_at) values ($1, $2, $3)
             on conflict (visit_id) do nothing",
            visit,
            person,
            now
        )
    })
    .await
}

/// The next step of a visit is not done after all.
pub(crate) async fn reopen_next_step(tx: &mut Tx, actor: &Actor, on: OnVisit) -> Tried {
    on_own_visit(tx, actor, Action::SettleNextStep, "reopen_next_step", on, async |tx, visit, _| {
        execute!(tx, "delete from next_step_settlement where visit_id = $1", visit)
    })
    .await
}

/// Does something to a visit that the person may do it to, and logs it.
async fn on_own_visit(
    tx: &mut Tx,
    actor: &Actor,
    action: Action,
    logged_as: &'static str,
    on: OnVisit,
    effect: impl AsyncFnOnce(&mut Tx, Uuid, Uuid) -> sqlx::Result<u64>,
) -> Tried {
    let visit = authorise::<LoggedVisit>(tx, actor, action, on.visit).await?;
    effect(tx, visit.id.uuid(), actor.person.uuid()).await?;
    tx.note(Use::by(actor, logged_as, "visit", Some(visit.id.uuid())).of_clients(visit.client));
    Ok(Ok(Applied { employer: Some(visit.employer) }))
}

impl Backend {
    /// What the visit form needs to know; `employer` is the one that the form is opened for.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field.
    pub async fn visit_form(&self, actor: &Actor, employer: Option<EmployerId>) -> Result<VisitForm> {
        let mut tx = self.write().await?;
        authorise::<Register>(&mut tx, actor, Action::ReadRegister, ()).await?;
        let recent = recent_employers(&mut tx, actor.person).await?;
        let chosen = match employer {
            Some(id) => form_employer(&mut tx, id).await?,
            None => None,
        };
        let caseload = clients::own_open(&mut tx, actor).await?;
        tx.note(
            Use::by(actor, "read", "visit_form", None).of_clients(caseload.iter().map(|client| client.id)),
        );
        tx.commit().await?;
        Ok(VisitForm { today: self.clock.today(), time: self.clock.time_of_day(), recent, chosen, caseload })
    }
}

#[derive(sqlx::FromRow)]
struct FormEmployerRow {
    id: Uuid,
    name: String,
    municipality: Option<String>,
}

impl From<FormEmployerRow> for FormEmployer {
    fn from(row: FormEmployerRow) -> Self {
        Self { id: row.id.into(), name: row.name, municipality: row.municipality }
    }
}

async fn form_employer(tx: &mut Tx, id: EmployerId) -> Result<Option<FormEmployer>> {
    let row = fetch_optional!(
        tx,
        FormEmployerRow,
        "select id, name, municipality from employer where id = $1",
        id.uuid()
    )?;
    Ok(row.map(FormEmployer::from))
}

/// The employers that the coach visited last.
async fn recent_employers(tx: &mut Tx, coach: PersonId) -> Result<Vec<FormEmployer>> {
    let rows = fetch_all!(
        tx,
        FormEmployerRow,
        "select e.id, e.name, e.municipality from employer e
         join (select v.employer_id, max(v.day) as day, max(v.received_at) as received_at from visit v
               where v.coach_id = $1
                   and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
               group by v.employer_id) last on last.employer_id = e.id
         order by last.day desc, last.received_at desc, e.name limit $2",
        coach.uuid(),
        i64::from(RECENT_SHOWN)
    )?;
    Ok(rows.into_iter().map(FormEmployer::from).collect())
}

/// A visit as the databases give it, with what decides who may read what of it.
#[derive(sqlx::FromRow)]
pub(crate) struct SeenRow {
    id: Uuid,
    employer_id: Uuid,
    employer_name: String,
    day: NaiveDate,
    at_time: Option<NaiveTime>,
    coach_id: Uuid,
    coach: String,
    unit_id: Uuid,
    mode: String,
    purpose: String,
    client_id: Option<Uuid>,
    client_alias: Option<String>,
    client_unit_id: Option<Uuid>,
    client_closed_on: Option<NaiveDate>,
    decision_maker: Option<bool>,
    minutes: Option<i64>,
    summary: String,
    next_step: Option<String>,
    next_step_on: Option<NaiveDate>,
}

/// The visits that were not taken back, each with what [`SeenRow`] needs; the tail chooses and sorts.
macro_rules! visits_seen {
    ($tail:literal) => {
        concat!(
            "select v.id, v.employer_id, e.name as employer_name, v.day, v.at_time, v.coach_id, p.name as coach,
                 v.unit_id, v.mode, v.purpose, v.client_id, c.alias as client_alias,
                 c.unit_id as client_unit_id, c.closed_on as client_closed_on, v.decision_maker, v.minutes,
                 v.summary, v.next_step, v.next_step_on
             from visit v join employer e on e.id = v.employer_id join person p on p.id = v.coach_id
                 left join client c on c.id = v.client_id
             where not exists (select 1 from visit_withdrawal w where w.visit_id = v.id) ",
            $tail
        )
    };
}

/// A visit as `actor` may see it, and the client whose data is in it.
///
/// Units share the register and never client links: somebody from another unit reads that a visit
/// was, and its words only when it was for no client.
fn seen_by(actor: &Actor, row: SeenRow) -> Result<(VisitSeen, Option<ClientId>)> {
    let visit = Object::Visit { coach: row.coach_id.into(), unit: row.unit_id.into() };
    let reads_words = row.client_id.is_none() || actor.may(Action::ReadVisit, &visit);
    let (client, shown) = match (row.client_id, row.client_unit_id, row.client_alias) {
        (Some(id), Some(unit), Some(alias)) => {
            let open = is_open(row.client_closed_on, actor.today);
            let client = Object::Client { unit: unit.into(), open };
            if actor.may(Action::SeeClient, &client) {
                (ClientSeen::Alias(alias), Some(ClientId(id)))
            } else {
                (ClientSeen::Somebody, reads_words.then_some(ClientId(id)))
            }
        }
        _ => (ClientSeen::Nobody, None),
    };
    let next_step = (row.next_step.is_some() || row.next_step_on.is_some())
        .then(|| NextStep { what: row.next_step.unwrap_or_default(), on: row.next_step_on });
    let seen = VisitSeen {
        id: row.id.into(),
        employer: row.employer_id.into(),
        employer_name: row.employer_name,
        day: row.day,
        time: row.at_time,
        coach: row.coach,
        mine: row.coach_id == actor.person.uuid(),
        mode: Mode::parse(&row.mode).map_err(Error::internal)?,
        purpose: Purpose::parse(&row.purpose).map_err(Error::internal)?,
        client,
        decision_maker: row.decision_maker,
        minutes: row.minutes.and_then(|minutes| u32::try_from(minutes).ok()),
        summary: reads_words.then_some(row.summary).filter(|words| !words.is_empty()),
        next_step: next_step.filter(|_| reads_words),
    };
    Ok((seen, shown))
}

/// Visits as somebody may see them, and whose data is in them.
pub(crate) struct Seen {
    pub(crate) visits: Vec<VisitSeen>,
    pub(crate) clients: Vec<ClientId>,
}

fn all_seen_by(actor: &Actor, rows: Vec<SeenRow>) -> Result<Seen> {
    let mut seen = Seen { visits: Vec::with_capacity(rows.len()), clients: Vec::new() };
    for row in rows {
        let (visit, client) = seen_by(actor, row)?;
        seen.visits.push(visit);
        seen.clients.extend(client);
    }
    Ok(seen)
}

/// The latest visits to an employer.
pub(crate) async fn of_employer(
    tx: &mut Tx,
    actor: &Actor,
    employer: EmployerId,
    limit: u32,
) -> Result<Seen> {
    let rows = fetch_all!(
        tx,
        SeenRow,
        visits_seen!(
            "and v.employer_id = $1 order by v.day desc, v.at_time desc nulls last, v.id desc limit $2"
        ),
        employer.uuid(),
        i64::from(limit)
    )?;
    all_seen_by(actor, rows)
}

/// The latest visits of a unit.
pub(crate) async fn of_unit(tx: &mut Tx, actor: &Actor, unit: UnitId, limit: u32) -> Result<Seen> {
    let rows = fetch_all!(
        tx,
        SeenRow,
        visits_seen!("and v.unit_id = $1 order by v.day desc, v.at_time desc nulls last, v.id desc limit $2"),
        unit.uuid(),
        i64::from(limit)
    )?;
    all_seen_by(actor, rows)
}

/// A coach's own visits from one day to another, both included.
pub(crate) async fn of_coach_between(
    tx: &mut Tx,
    actor: &Actor,
    from: NaiveDate,
    to: NaiveDate,
) -> Result<Seen> {
    let rows = fetch_all!(
        tx,
        SeenRow,
        visits_seen!(
            "and v.coach_id = $1 and v.day between $2 and $3 order by v.day desc, v.at_time desc nulls last, v.id desc"
        ),
        actor.person.uuid(),
        from,
        to
    )?;
    all_seen_by(actor, rows)
}

#[derive(sqlx::FromRow)]
struct DueRow {
    id: Uuid,
    employer_id: Uuid,
    employer_name: String,
    next_step: Option<String>,
    next_step_on: Option<NaiveDate>,
    coach_id: Uuid,
    coach: String,
    unit_id: Uuid,
    client_id: Option<Uuid>,
}

/// Next steps that wait: not settled, and not overtaken by a later visit of the same coach to the
/// same employer. The tail chooses and sorts.
macro_rules! next_steps {
    ($tail:literal) => {
        concat!(
            "select v.id, v.employer_id, e.name as employer_name, v.next_step, v.next_step_on, v.coach_id,
                 p.name as coach, v.unit_id, v.client_id
             from visit v join employer e on e.id = v.employer_id join person p on p.id = v.coach_id
             where (v.next_step is not null or v.next_step_on is not null)
                 and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
                 and not exists (select 1 from next_step_settlement s where s.visit_id = v.id)
                 and not exists (select 1 from visit l where l.employer_id = v.employer_id
                     and l.coach_id = v.coach_id and l.day > v.day
                     and not exists (select 1 from visit_withdrawal w where w.visit_id = l.id)) ",
            $tail
        )
    };
}

/// The next steps that wait at an employer, as far as `actor` may read them.
pub(crate) async fn next_steps_at(
    tx: &mut Tx,
    actor: &Actor,
    employer: EmployerId,
) -> Result<(Vec<NextStepDue>, Vec<ClientId>)> {
    let rows = fetch_all!(
        tx,
        DueRow,
        next_steps!("and v.employer_id = $1 order by v.next_step_on nulls last, v.day, v.id limit 50"),
        employer.uuid()
    )?;
    Ok(due_seen_by(actor, rows))
}

/// The coach's own dated next steps until a day, the latest first forgotten: oldest last.
pub(crate) async fn own_next_steps_between(
    tx: &mut Tx,
    actor: &Actor,
    from: NaiveDate,
    to: NaiveDate,
    limit: u32,
) -> Result<(Vec<NextStepDue>, Vec<ClientId>)> {
    let rows = fetch_all!(
        tx,
        DueRow,
        next_steps!(
            "and v.coach_id = $1 and v.next_step_on between $2 and $3 order by v.next_step_on desc, v.id desc limit $4"
        ),
        actor.person.uuid(),
        from,
        to,
        i64::from(limit)
    )?;
    Ok(due_seen_by(actor, rows))
}

fn due_seen_by(actor: &Actor, rows: Vec<DueRow>) -> (Vec<NextStepDue>, Vec<ClientId>) {
    let mut clients = Vec::new();
    let mut due = Vec::new();
    for row in rows {
        let visit = Object::Visit { coach: row.coach_id.into(), unit: row.unit_id.into() };
        if row.client_id.is_some() && !actor.may(Action::ReadVisit, &visit) {
            continue;
        }
        clients.extend(row.client_id.map(ClientId));
        due.push(NextStepDue {
            visit: row.id.into(),
            employer: row.employer_id.into(),
            employer_name: row.employer_name,
            what: row.next_step.unwrap_or_default(),
            on: row.next_step_on,
            coach: row.coach,
            mine: actor.may(Action::SettleNextStep, &visit),
        });
    }
    (due, clients)
}
