//! Plans are written, corrected, taken back; what was agreed is done, or given to somebody else.

use super::{ActionSeen, Helper, Kept, KnownPlan, note, of_client, of_plan};
use crate::access::{Actor, Grant, KnownClient, authorise};
use crate::clock::new_id;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, retention};
use domain::access::Action as Deed;
use domain::codes::Code;
use domain::forms::FieldError;
use domain::ids::{ClientId, PersonId, PlanId};
use domain::plans::{
    ActionFields, Draft, Plan, PlanFields, PlannedAction, Responsible, Wrong, read, responsible,
};
use std::result::Result as Either;
use uuid::Uuid;

/// How a new plan was saved.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlanSaved {
    /// Now, or with these very words before: the same press twice.
    Once,
    /// Before, with other words: that one can be corrected.
    Before,
}

/// To whom an action is given, as it is typed.
#[derive(Clone, Debug, Default)]
pub struct Hand {
    /// A person's id or the client.
    pub who: String,
    /// A name.
    pub name: String,
}

/// The columns of who is responsible: somebody who signs in here, the client?, a name.
fn columns(responsible: &Responsible) -> (Option<Uuid>, bool, &str) {
    match responsible {
        Responsible::Person(person) => (Some(person.uuid()), false, ""),
        Responsible::Client => (None, true, ""),
        Responsible::Named(name) => (None, false, name),
    }
}

/// Is whoever is responsible somebody who may be, or was so before?
fn may_be(helpers: &[Helper], before: Option<&Responsible>, responsible: &Responsible) -> bool {
    let known = |person: &PersonId| helpers.iter().any(|helper| helper.id == *person);
    match responsible {
        Responsible::Person(person) => known(person) || before == Some(responsible),
        Responsible::Client | Responsible::Named(_) => true,
    }
}

/// The draft, if everybody in it may be made responsible.
fn checked(draft: Draft, helpers: &[Helper], there: &[ActionSeen]) -> Either<Draft, Wrong> {
    let before = |id: Option<Uuid>| {
        there.iter().find(|seen| Some(seen.action.id) == id).map(|seen| &seen.action.responsible)
    };
    let strangers = draft
        .actions
        .iter()
        .filter(|planned| !may_be(helpers, before(planned.id), &planned.responsible))
        .map(|planned| (planned.row, FieldError::Choice("who")))
        .collect::<Vec<_>>();
    if strangers.is_empty() { Ok(draft) } else { Err(Wrong { fields: Vec::new(), rows: strangers }) }
}

/// Does an action stand as it was planned?
fn is_as(seen: &ActionSeen, planned: &PlannedAction) -> bool {
    let action = &seen.action;
    action.what == planned.what
        && action.kind == planned.kind
        && action.responsible == planned.responsible
        && action.by_day == planned.by_day
}

/// Writes an action of a plan: under its form's identity, or a new one where something else has that already.
async fn insert(
    tx: &mut Tx,
    plan: PlanId,
    place: usize,
    planned: &PlannedAction,
    from: Option<Uuid>,
) -> Result<()> {
    let (person, of_client, name) = columns(&planned.responsible);
    let place = i64::try_from(place).map_err(Error::internal)?;
    for id in [planned.id.unwrap_or_else(new_id), new_id()] {
        let done = execute!(
            tx,
            "insert into plan_action (id, plan_id, place, kind, what, responsible_id, of_client, responsible, by_day,
                 from_id)
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) on conflict (id) do nothing",
            id,
            plan.uuid(),
            place,
            planned.kind.code(),
            planned.what.as_str(),
            person,
            of_client,
            name,
            planned.by_day,
            from
        )?;
        if done == 1 {
            return Ok(());
        }
    }
    Err(Error::internal("an action found no identity"))
}

/// Goes on with an open action of an earlier plan. There it is nobody's to do any more.
async fn carry(tx: &mut Tx, plan: PlanId, place: usize, seen: &ActionSeen) -> Result<()> {
    let action = seen.action.clone();
    let planned = PlannedAction {
        row: place,
        id: None,
        what: action.what,
        kind: action.kind,
        responsible: action.responsible,
        by_day: action.by_day,
    };
    insert(tx, plan, place, &planned, Some(action.id)).await?;
    execute!(
        tx,
        "update plan_action set responsible_id = null, responsible = $2 where id = $1 and responsible_id is not null",
        action.id,
        seen.who.as_str()
    )?;
    Ok(())
}

/// What a plan went on with is to be done under the earlier plan once more.
async fn give_back(tx: &mut Tx, plan: PlanId, action: Option<Uuid>) -> Result<()> {
    execute!(
        tx,
        "update plan_action set responsible_id = (select n.responsible_id from plan_action n
             where n.from_id = plan_action.id and n.plan_id = $1 limit 1)
         where id in (select m.from_id from plan_action m where m.plan_id = $1 and m.from_id is not null
             and (cast($2 as boolean) or m.id = $3))",
        plan.uuid(),
        action.is_none(),
        action.unwrap_or_default()
    )?;
    Ok(())
}

/// A plan that was taken back goes on again with what it went on with.
async fn take_again(tx: &mut Tx, plan: PlanId) -> Result<()> {
    execute!(
        tx,
        "update plan_action set responsible = (select p.name from person p where p.id = plan_action.responsible_id),
             responsible_id = null
         where responsible_id is not null
             and id in (select m.from_id from plan_action m where m.plan_id = $1 and m.from_id is not null)",
        plan.uuid()
    )?;
    Ok(())
}

/// Takes the next version of a plan, and keeps how it stood. Nothing is taken where somebody else was faster.
async fn next_version(
    tx: &mut Tx,
    actor: &Actor,
    (id, known): (PlanId, &KnownPlan),
    actions: &[ActionSeen],
    to: &Plan,
) -> Result<bool> {
    let now = tx.clock().now();
    let taken = execute!(
        tx,
        "update network_plan set version = version + 1, person_id = $3, saved_at = $4, day = $5, body = $6,
             next_meeting_on = $7
         where id = $1 and version = $2 and withdrawn_at is null",
        id.uuid(),
        known.row.version,
        actor.person.uuid(),
        now,
        to.day,
        serde_json::to_string(to).map_err(Error::internal)?,
        to.next_meeting_on
    )?;
    if taken == 0 {
        return Ok(false);
    }
    let actions = actions.iter().map(|seen| (seen.action.clone(), seen.who.clone())).collect();
    let kept = Kept { plan: known.plan.clone(), actions };
    execute!(
        tx,
        "insert into network_plan_version (plan_id, version, person_id, body, saved_at) values ($1, $2, $3, $4, $5)",
        id.uuid(),
        known.row.version,
        known.row.person_id,
        serde_json::to_string(&kept).map_err(Error::internal)?,
        known.row.saved_at
    )?;
    Ok(true)
}

/// A plan that stands, for whoever may write about its client.
async fn standing(tx: &mut Tx, actor: &Actor, id: PlanId) -> Result<Grant<KnownPlan>> {
    let known: Grant<KnownPlan> = authorise(tx, actor, Deed::WriteClient, id).await?;
    if known.row.withdrawn_at.is_some() { Err(Error::NotThere) } else { Ok(known) }
}

impl Backend {
    /// Writes a plan, under the identity that it got when its form opened: twice sent is once written. It goes on
    /// with those open actions of earlier plans that `carried` names.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client. What is wrong is a value.
    pub async fn write_plan(
        &self,
        actor: &Actor,
        client: ClientId,
        id: PlanId,
        (fields, rows): (&PlanFields, &[ActionFields]),
        carried: &[Uuid],
    ) -> Result<Either<PlanSaved, Wrong>> {
        let mut tx = self.write().await?;
        authorise::<KnownClient>(&mut tx, actor, Deed::WriteClient, client).await?;
        if retention::is_erased(&mut tx, &[id.uuid()]).await? {
            return Err(Error::NotThere);
        }
        let (mut open, helpers) = of_client(&mut tx, client, None, actor.today).await?;
        open.retain(|seen| seen.plan != id && carried.contains(&seen.action.id));
        let draft = match read(fields, rows, carried.len(), actor.today) {
            Ok(draft) => draft,
            Err(wrong) => return Ok(Err(wrong)),
        };
        let draft = match checked(draft, &helpers, &[]) {
            Ok(draft) => draft,
            Err(wrong) => return Ok(Err(wrong)),
        };
        if !first(&mut tx, actor, client, id, &draft.plan).await? {
            return Ok(Ok(again(&mut tx, actor, client, id, &draft).await?));
        }
        for (place, seen) in open.iter().enumerate() {
            carry(&mut tx, id, place, seen).await?;
        }
        for (place, planned) in (open.len()..).zip(&draft.actions) {
            insert(&mut tx, id, place, planned, None).await?;
        }
        note(&mut tx, actor, "write", id, client);
        tx.commit().await?;
        Ok(Ok(PlanSaved::Once))
    }

    /// Corrects a plan; how it stood is kept. `version` is the one that the form was opened with. Actions that no
    /// row names stay, so that nobody takes away what somebody else has added since.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the plan's client, or the plan was taken back.
    pub async fn correct_plan(
        &self,
        actor: &Actor,
        id: PlanId,
        version: i64,
        (fields, rows): (&PlanFields, &[ActionFields]),
    ) -> Result<Either<(), Wrong>> {
        let mut tx = self.write().await?;
        let known = standing(&mut tx, actor, id).await?;
        let client = known.client.id;
        let (actions, helpers) = of_plan(&mut tx, client, id, actor.today).await?;
        let named = |seen: &&ActionSeen| rows.iter().any(|row| row.id == seen.action.id.to_string());
        let others = actions.iter().filter(|seen| !named(seen)).count();
        let draft =
            read(fields, rows, others, actor.today).and_then(|draft| checked(draft, &helpers, &actions));
        let draft = match draft {
            Ok(draft) => draft,
            Err(wrong) => return Ok(Err(wrong)),
        };
        if known.row.version == version + 1 && stands(&known.plan, &actions, &draft) {
            return Ok(Ok(()));
        }
        if known.row.version != version
            || !next_version(&mut tx, actor, (id, &known), &actions, &draft.plan).await?
        {
            return Ok(Err(Wrong::changed_meanwhile()));
        }
        settle_rows(&mut tx, id, &actions, &draft).await?;
        note(&mut tx, actor, "correct", id, client);
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// Takes a plan back, or brings it back.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about its client.
    pub async fn withdraw_plan(&self, actor: &Actor, id: PlanId, back: bool) -> Result<()> {
        let mut tx = self.write().await?;
        let known: Grant<KnownPlan> = authorise(&mut tx, actor, Deed::WriteClient, id).await?;
        if back == known.row.withdrawn_at.is_none() {
            return Ok(());
        }
        if back {
            take_again(&mut tx, id).await?;
        } else {
            give_back(&mut tx, id, None).await?;
        }
        let at = (!back).then(|| tx.clock().now());
        execute!(tx, "update network_plan set withdrawn_at = $2 where id = $1", id.uuid(), at)?;
        note(&mut tx, actor, if back { "restore" } else { "withdraw" }, id, known.client.id);
        tx.commit().await
    }

    /// Notes that an action is done, by whom and when, or that it is not after all. What is done already stays as
    /// it was noted first.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client, or the action is not to be done there.
    pub async fn settle_action(&self, actor: &Actor, id: PlanId, action: Uuid, done: bool) -> Result<()> {
        let mut tx = self.write().await?;
        let known = standing(&mut tx, actor, id).await?;
        let settled = execute!(
            tx,
            concat!(
                "update plan_action as a set done_on = case when $3 then coalesce(done_on, $4) end,
                     done_by = case when $3 then coalesce(done_by, $5) end
                 where a.id = $1 and a.plan_id = $2 and ",
                super::not_carried!()
            ),
            action,
            id.uuid(),
            done,
            actor.today,
            actor.person.uuid()
        )?;
        if settled == 0 {
            return Err(Error::NotThere);
        }
        note(&mut tx, actor, if done { "settle" } else { "reopen" }, id, known.client.id);
        tx.commit().await
    }

    /// Gives an action to somebody else; how the plan stood is kept.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not write about the client, or the action is not to be done there.
    pub async fn hand_action(
        &self,
        actor: &Actor,
        id: PlanId,
        action: Uuid,
        hand: &Hand,
    ) -> Result<Either<(), FieldError>> {
        let mut tx = self.write().await?;
        let known = standing(&mut tx, actor, id).await?;
        let (actions, helpers) = of_plan(&mut tx, known.client.id, id, actor.today).await?;
        let seen = actions.iter().find(|seen| seen.action.id == action && seen.is_open());
        let before = &seen.ok_or(Error::NotThere)?.action.responsible;
        let to = match responsible(&hand.who, &hand.name) {
            Ok(to) if may_be(&helpers, Some(before), &to) => to,
            Ok(_) => return Ok(Err(FieldError::Choice("who"))),
            Err(error) => return Ok(Err(error)),
        };
        if to == *before {
            return Ok(Ok(()));
        }
        if !next_version(&mut tx, actor, (id, &known), &actions, &known.plan).await? {
            return Ok(Err(FieldError::ChangedMeanwhile));
        }
        let (person, of_client, name) = columns(&to);
        execute!(
            tx,
            "update plan_action set responsible_id = $2, of_client = $3, responsible = $4 where id = $1",
            action,
            person,
            of_client,
            name
        )?;
        note(&mut tx, actor, "hand_over", id, known.client.id);
        tx.commit().await?;
        Ok(Ok(()))
    }
}

/// Writes the plan itself, if nothing was written under its identity.
async fn first(tx: &mut Tx, actor: &Actor, client: ClientId, id: PlanId, plan: &Plan) -> Result<bool> {
    let now = tx.clock().now();
    let written = execute!(
        tx,
        "insert into network_plan (id, client_id, person_id, day, body, next_meeting_on, saved_at)
         values ($1, $2, $3, $4, $5, $6, $7) on conflict (id) do nothing",
        id.uuid(),
        client.uuid(),
        actor.person.uuid(),
        plan.day,
        serde_json::to_string(plan).map_err(Error::internal)?,
        plan.next_meeting_on,
        now
    )?;
    Ok(written == 1)
}

/// The same identity once more: the same press twice, or a form that was gone back to.
async fn again(tx: &mut Tx, actor: &Actor, client: ClientId, id: PlanId, draft: &Draft) -> Result<PlanSaved> {
    let known: Grant<KnownPlan> = authorise(tx, actor, Deed::WriteClient, id).await?;
    if known.client.id != client {
        return Err(Error::NotThere);
    }
    let (actions, _) = of_plan(tx, client, id, actor.today).await?;
    let same = known.row.withdrawn_at.is_none() && stands(&known.plan, &actions, draft);
    Ok(if same { PlanSaved::Once } else { PlanSaved::Before })
}

/// Do a plan and its actions stand as the draft says?
fn stands(plan: &Plan, actions: &[ActionSeen], draft: &Draft) -> bool {
    let there = |planned: &PlannedAction| {
        actions.iter().any(|seen| Some(seen.action.id) == planned.id && is_as(seen, planned))
    };
    let gone = |id: &Uuid| actions.iter().all(|seen| seen.action.id != *id);
    *plan == draft.plan && draft.actions.iter().all(there) && draft.dropped.iter().all(gone)
}

/// Changes, adds and takes out actions of a plan as the draft says. One with which a later plan goes on stays as
/// it is.
async fn settle_rows(tx: &mut Tx, id: PlanId, actions: &[ActionSeen], draft: &Draft) -> Result<()> {
    let there = |action: Option<Uuid>| actions.iter().find(|seen| Some(seen.action.id) == action);
    for dropped in &draft.dropped {
        if there(Some(*dropped)).is_none_or(|seen| seen.carried_to.is_some()) {
            continue;
        }
        give_back(tx, id, Some(*dropped)).await?;
        // A plan that was taken back may have gone on with it.
        execute!(tx, "update plan_action set from_id = null where from_id = $1", *dropped)?;
        execute!(tx, "delete from plan_action where id = $1 and plan_id = $2", *dropped, id.uuid())?;
    }
    for (place, planned) in draft.actions.iter().enumerate() {
        match there(planned.id) {
            Some(seen) if seen.carried_to.is_some() => {}
            Some(seen) => update(tx, seen.action.id, place, planned).await?,
            None => insert(tx, id, place, planned, None).await?,
        }
    }
    Ok(())
}

async fn update(tx: &mut Tx, action: Uuid, place: usize, planned: &PlannedAction) -> Result<()> {
    let (person, of_client, name) = columns(&planned.responsible);
    execute!(
        tx,
        "update plan_action set place = $2, kind = $3, what = $4, responsible_id = $5, of_client = $6,
             responsible = $7, by_day = $8
         where id = $1",
        action,
        i64::try_from(place).map_err(Error::internal)?,
        planned.kind.code(),
        planned.what.as_str(),
        person,
        of_client,
        name,
        planned.by_day
    )?;
    Ok(())
}
