//! Visits: logging, amending, taking back, next steps.

/// Visits, each with what [`SeenRow`] needs and what is asked for beside, from `visit v` or, as they
/// stood, `visit_version v`; the tail chooses and sorts.
macro_rules! visits_from {
    ($beside:literal, $source:expr, $tail:expr) => {
        concat!(
            "select ",
            $beside,
            "v.id, e.id as employer_id, e.name as employer_name, v.day, v.at_time, v.coach_id, p.name as coach,
                 v.unit_id, v.mode, v.purpose, v.client_id, c.alias as client_alias,
                 c.unit_id as client_unit_id, c.closed_on as client_closed_on, v.with_id, o.name as with_name,
                 v.place, v.version, v.decision_maker, v.minutes, v.summary, v.next_step, v.next_step_on
             from ",
            $source,
            " join employer l on l.id = v.employer_id join employer e on e.id = coalesce(l.survivor_id, l.id)
                 join person p on p.id = v.coach_id
                 left join client c on c.id = v.client_id left join person o on o.id = v.with_id ",
            $tail
        )
    };
}

/// Says of a visit `v` that its next step waits: not settled, and not overtaken by a later visit of the
/// same coach to the same employer.
macro_rules! step_waits {
    () => {
        "(v.next_step is not null or v.next_step_on is not null)
             and not exists (select 1 from next_step_settlement s where s.visit_id = v.id)
             and not exists (select 1 from visit l where l.employer_id = v.employer_id
                 and l.coach_id = coalesce(v.step_owner_id, v.coach_id) and l.day > v.day
                 and not exists (select 1 from visit_withdrawal w where w.visit_id = l.id)) "
    };
}
pub(crate) use step_waits;

mod drafts;
mod form;
mod lists;
mod new;
mod pages;

pub use form::TypedForm;
pub(crate) use lists::{DueAt, at_employer, due_at, for_today, next_steps_in};
pub(crate) use new::{Counted, NewVisit, insert};

use crate::access::{
    Actor, Grant, Guarded, KnownClients, LoggedVisit, Register, RegisteredEmployer, Unit, WaitingStep,
    authorise,
};
use crate::audit::Use;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{employers, execute, fetch_optional};
use chrono::{Days, NaiveDate, NaiveTime};
use domain::access::{Action, Object, Relation};
use domain::codes::{Code, Mode, Purpose};
use domain::ids::{ClientId, CommandId, EmployerId, PersonId, UnitId, VisitId};
use domain::sync::{Applied, OnVisit, Refusal};
use domain::visits::{
    AmendVisit, ClientSeen, LogVisit, MoveNextStep, NEXT_STEP_DAYS, NextStep, VisitError, VisitSeen,
    VisitedEmployer,
};
use uuid::Uuid;

/// What came of a command: it was applied, or it can't be as it is. What is not there for this person
/// is [`Error::NotThere`]; `sync` makes the refusal of it.
pub(crate) type Tried = Result<std::result::Result<Applied, Refusal>>;

/// A coach logs a visit, which gets the command's id. It is written with the others that arrive with it
/// ([`insert`]); only then is known whether the employer is there.
pub(crate) async fn log(
    tx: &mut Tx,
    actor: &Actor,
    id: CommandId,
    visit: &LogVisit,
    clients: &KnownClients,
) -> Result<std::result::Result<NewVisit, Refusal>> {
    let unit = actor.field_unit().ok_or(Error::NotThere)?;
    let unit = authorise::<Unit>(tx, actor, Action::LogVisit, unit).await?.id;
    let unit = match checked(tx, actor, unit, visit, None, clients).await? {
        Ok(unit) => unit,
        Err(errors) => return Ok(Err(Refusal::Visit(errors))),
    };
    let register = authorise::<Register>(tx, actor, Action::ReadRegister, ()).await?;
    let employer = named_employer(tx, &register, actor, &visit.employer).await?;
    tx.note(Use::by(actor, "log", "visit", Some(id.uuid())).of_clients(visit.client));
    Ok(Ok(NewVisit::of(actor, VisitId(id.uuid()), &Placed { unit, employer }, visit)))
}

/// Where a visit belongs.
struct Placed {
    unit: UnitId,
    employer: EmployerId,
}

/// Checks all of a visit but its employer, and gives the unit that it belongs to: the client's, if there
/// is one. `before` is the client of a visit that is amended: what was logged for a client stays
/// theirs, also when the relation is closed.
async fn checked(
    tx: &mut Tx,
    actor: &Actor,
    unit: UnitId,
    visit: &LogVisit,
    before: Option<ClientId>,
    clients: &KnownClients,
) -> Result<std::result::Result<UnitId, Vec<VisitError>>> {
    let mut unit = unit;
    if let Err(errors) = visit.check(tx.clock().today()) {
        return Ok(Err(errors));
    }
    if let Some(client) = visit.client.filter(|client| before != Some(*client)) {
        match clients.authorise(tx, actor, Action::SeeClient, client).await {
            Ok(client) => unit = client.unit,
            Err(Error::NotThere) => return Ok(Err(vec![VisitError::ClientNotThere])),
            Err(error) => return Err(error),
        }
    }
    if let Some(with) = visit.with
        && !form::colleagues(tx, actor, unit).await?.iter().any(|colleague| colleague.id == with)
    {
        return Ok(Err(vec![VisitError::ColleagueNotThere]));
    }
    Ok(Ok(unit))
}

/// The employer that a visit names; a new one is added now. Whether a known one is there is not looked
/// up yet.
async fn named_employer(
    tx: &mut Tx,
    register: &Grant<Register>,
    actor: &Actor,
    visited: &VisitedEmployer,
) -> Result<EmployerId> {
    match visited {
        VisitedEmployer::Known(id) => Ok(*id),
        VisitedEmployer::New { id, name, municipality } => {
            employers::add_on_the_spot(tx, register, actor, *id, name, municipality.as_deref()).await
        }
    }
}

/// A coach amends an own visit. How it stood is kept beside it.
pub(crate) async fn amend(tx: &mut Tx, actor: &Actor, amend: &AmendVisit) -> Tried {
    let visit = authorise::<LoggedVisit>(tx, actor, Action::AmendVisit, amend.visit).await?;
    // Words that come late don't come back (O9).
    if visit.erased {
        return Ok(Err(Refusal::Erased));
    }
    let clients = KnownClients::default();
    let unit = match checked(tx, actor, visit.unit, &amend.to, visit.client, &clients).await? {
        Ok(unit) => unit,
        Err(errors) => return Ok(Err(Refusal::Visit(errors))),
    };
    let register = authorise::<Register>(tx, actor, Action::ReadRegister, ()).await?;
    let named = named_employer(tx, &register, actor, &amend.to.employer).await?;
    let employer = match authorise::<RegisteredEmployer>(tx, actor, Action::ReadRegister, named).await {
        Ok(employer) => employer.id,
        Err(Error::NotThere) => return Ok(Err(Refusal::Visit(vec![VisitError::EmployerNotThere]))),
        Err(error) => return Err(error),
    };
    let placed = Placed { unit, employer };
    let now = tx.clock().now();
    let kept = execute!(
        tx,
        "insert into visit_version (id, version, employer_id, coach_id, unit_id, client_id, with_id, day, at_time,
             mode, purpose, decision_maker, minutes, place, summary, next_step, next_step_on, amended_at)
         select id, version, employer_id, coach_id, unit_id, client_id, with_id, day, at_time,
             mode, purpose, decision_maker, minutes, place, summary, next_step, next_step_on, $3
         from visit where id = $1 and version = $2",
        visit.id.uuid(),
        i64::from(amend.version),
        now
    )?;
    if kept == 0 {
        return Ok(Err(Refusal::Visit(vec![VisitError::AmendedMeanwhile])));
    }
    update(tx, visit.id, &placed, &amend.to).await?;
    for employer in [visit.employer, placed.employer] {
        employers::count_visits(tx, employer).await?;
    }
    let clients: Vec<ClientId> = visit.client.into_iter().chain(amend.to.client).collect();
    tx.note(Use::by(actor, "amend", "visit", Some(visit.id.uuid())).of_clients(clients));
    Ok(Ok(Applied { employer: Some(placed.employer) }))
}

/// Writes the visit as it is to stand.
async fn update(tx: &mut Tx, id: VisitId, placed: &Placed, visit: &LogVisit) -> Result<()> {
    let next = said_next_step(visit);
    execute!(
        tx,
        "update visit set employer_id = $2, unit_id = $3, client_id = $4, with_id = $5, day = $6, at_time = $7,
             mode = $8, purpose = $9, decision_maker = $10, minutes = $11, place = $12, summary = $13,
             next_step = $14, next_step_on = $15, version = version + 1
         where id = $1",
        id.uuid(),
        placed.employer.uuid(),
        placed.unit.uuid(),
        visit.client.map(ClientId::uuid),
        visit.with.map(PersonId::uuid),
        visit.day,
        visit.time,
        visit.mode.code(),
        visit.purpose.code(),
        visit.decision_maker,
        i64::from(visit.minutes),
        visit.place.code(),
        visit.summary.trim(),
        next.map(|next| next.what.trim().to_owned()),
        next.and_then(|next| next.on)
    )?;
    Ok(())
}

/// The next step, if there is anything in it.
fn said_next_step(visit: &LogVisit) -> Option<&NextStep> {
    visit.next_step.as_ref().filter(|next| !next.what.trim().is_empty() || next.on.is_some())
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

/// The next step of a visit gets another day; where it was is kept.
pub(crate) async fn move_next_step(tx: &mut Tx, actor: &Actor, id: CommandId, wish: MoveNextStep) -> Tried {
    let farthest = tx.clock().today().checked_add_days(Days::new(NEXT_STEP_DAYS)).unwrap_or(NaiveDate::MAX);
    if wish.on > farthest {
        return Ok(Err(Refusal::Visit(vec![VisitError::NextStepTooFar])));
    }
    let on = OnVisit { visit: wish.visit };
    on_own_visit(tx, actor, Action::SettleNextStep, "move_next_step", on, async |tx, visit, person| {
        let now = tx.clock().now();
        execute!(
            tx,
            "insert into next_step_move (id, visit_id, person_id, from_day, to_day, moved_at)
             select $1, id, $3, next_step_on, $4, $5 from visit where id = $2",
            id.uuid(),
            visit,
            person,
            wish.on,
            now
        )?;
        execute!(tx, "update visit set next_step_on = $2 where id = $1", visit, wish.on)
    })
    .await
}

/// There is nothing to add to an own visit without words.
pub(crate) async fn leave_gap(tx: &mut Tx, actor: &Actor, on: OnVisit) -> Tried {
    on_own_visit(tx, actor, Action::AmendVisit, "leave_gap", on, async |tx, visit, person| {
        let now = tx.clock().now();
        execute!(
            tx,
            "insert into gap_left (visit_id, person_id, left_at) values ($1, $2, $3)
             on conflict (visit_id) do nothing",
            visit,
            person,
            now
        )
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
    let visit = if action == Action::SettleNextStep {
        authorise::<WaitingStep>(tx, actor, action, on.visit).await?.visit
    } else {
        *authorise::<LoggedVisit>(tx, actor, action, on.visit).await?
    };
    effect(tx, visit.id.uuid(), actor.person.uuid()).await?;
    if action == Action::WithdrawVisit {
        employers::count_visits(tx, visit.employer).await?;
    }
    tx.note(Use::by(actor, logged_as, "visit", Some(visit.id.uuid())).of_clients(visit.client));
    Ok(Ok(Applied { employer: Some(visit.employer) }))
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
    with_id: Option<Uuid>,
    with_name: Option<String>,
    place: Option<String>,
    version: i64,
    decision_maker: Option<bool>,
    minutes: Option<i64>,
    summary: String,
    next_step: Option<String>,
    next_step_on: Option<NaiveDate>,
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
            let relation = Relation::on(row.client_closed_on, actor.today);
            let client = Object::Client { id: id.into(), unit: unit.into(), relation, coaches: Vec::new() };
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
        with: row.with_name,
        version: u32::try_from(row.version).unwrap_or(1),
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

fn all_seen_by(actor: &Actor, rows: impl IntoIterator<Item = SeenRow>) -> Result<Seen> {
    let mut seen = Seen { visits: Vec::new(), clients: Vec::new() };
    for row in rows {
        let (visit, client) = seen_by(actor, row)?;
        seen.visits.push(visit);
        seen.clients.extend(client);
    }
    Ok(seen)
}

/// A visit with all that its page shows, taken back or not.
#[derive(sqlx::FromRow)]
struct WholeVisit {
    withdrawn: bool,
    #[sqlx(flatten)]
    row: SeenRow,
}

impl Guarded for WholeVisit {
    type Id = VisitId;
    async fn find(tx: &mut Tx, id: VisitId, _: NaiveDate) -> Result<Option<Self>> {
        Ok(fetch_optional!(
            tx,
            Self,
            visits_from!(
                "exists (select 1 from visit_withdrawal w where w.visit_id = v.id) as withdrawn, ",
                "visit v",
                "where v.id = $1"
            ),
            id.uuid()
        )?)
    }
    fn object(&self) -> Object {
        Object::Visit { coach: self.row.coach_id.into(), unit: self.row.unit_id.into() }
    }
}
