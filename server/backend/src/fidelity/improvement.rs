//! What a unit does to do better: actions with somebody who sees to them.

use super::assessments::own_unit;
use crate::access::Actor;
use crate::audit::Use;
use crate::clients::Tried;
use crate::employers::clients_named;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all};
use chrono::NaiveDate;
use domain::employers::names::names_a_client;
use domain::fidelity::ITEMS;
use domain::fidelity::improvement::ActionFields;
use domain::forms::FieldError;
use domain::ids::{PersonId, UnitId};
use uuid::Uuid;

/// An action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Improvement {
    /// Which.
    pub id: Uuid,
    /// For which item.
    pub item: u8,
    /// What is done.
    pub what: String,
    /// Who sees to it.
    pub owner: String,
    /// By which day.
    pub by_day: NaiveDate,
    /// When it was done.
    pub done_on: Option<NaiveDate>,
}

/// What becomes of an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// It is done.
    Done,
    /// It is not.
    Undone,
    /// It is taken back.
    Withdrawn,
    /// It is brought back.
    Restored,
}

#[derive(sqlx::FromRow)]
struct Row {
    kind: String,
    id: Uuid,
    name: String,
    item: Option<i64>,
    what: Option<String>,
    by_day: Option<NaiveDate>,
    done_on: Option<NaiveDate>,
}

/// The actions of a unit, what is open first; and who may see to one.
pub(super) async fn plan(
    tx: &mut Tx,
    unit: UnitId,
    today: NaiveDate,
) -> Result<(Vec<Improvement>, Vec<(PersonId, String)>)> {
    let rows: Vec<Row> = fetch_all!(
        tx,
        Row,
        "select 'action' as kind, i.id, p.name, i.item, i.what, i.by_day, i.done_on
         from improvement i join person p on p.id = i.owner_id where i.unit_id = $1 and i.withdrawn_at is null
         union all
         select distinct 'person', p.id, p.name, cast(null as bigint), cast(null as text), cast(null as date),
             cast(null as date)
         from post o join person p on p.id = o.person_id
         where o.unit_id = $1 and o.role in ('coach', 'lead') and o.from_day <= $2
             and (o.to_day is null or o.to_day >= $2)
         order by 1, 6, 3, 2",
        unit.uuid(),
        today
    )?;
    let (mut actions, mut people) = (Vec::new(), Vec::new());
    for row in rows {
        if row.kind == "person" {
            people.push((row.id.into(), row.name));
            continue;
        }
        actions.push(Improvement {
            id: row.id,
            item: row.item.and_then(|item| u8::try_from(item).ok()).unwrap_or(1),
            what: row.what.unwrap_or_default(),
            owner: row.name,
            by_day: row.by_day.unwrap_or(today),
            done_on: row.done_on,
        });
    }
    actions.sort_by_key(|action| (action.done_on.is_some(), action.by_day, action.id));
    Ok((actions, people))
}

impl Backend {
    /// Notes an action for an item, under the identity of its form.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person does not work in the field, or there is no such item. What is wrong is a
    /// value.
    pub async fn improve(
        &self,
        actor: &Actor,
        id: Uuid,
        item: u8,
        fields: &ActionFields,
    ) -> Result<Tried<()>> {
        let tried = self.improve_all(actor, &[(id, item, fields.clone())]).await?;
        Ok(tried.map_err(|mut wrong| wrong.pop().unwrap_or_default()))
    }

    /// Notes several actions, or none of them.
    ///
    /// # Errors
    /// [`Error::NotThere`] as for one. What is wrong is a value, in the order of the actions.
    pub async fn improve_all(
        &self,
        actor: &Actor,
        actions: &[(Uuid, u8, ActionFields)],
    ) -> Result<std::result::Result<(), Vec<Vec<FieldError>>>> {
        let mut tx = self.write().await?;
        let unit = own_unit(&mut tx, actor).await?;
        if actions.iter().any(|(_, item, _)| !(1..=ITEMS).contains(item)) {
            return Err(Error::NotThere);
        }
        let (_, people) = plan(&mut tx, unit, actor.today).await?;
        // It goes into the dossier.
        let named = clients_named(&mut tx, actor).await?;
        let read = |(id, item, fields): &(Uuid, u8, ActionFields)| {
            let action = fields.read(*item, actor.today)?;
            if !people.iter().any(|(person, _)| *person == action.owner) {
                return Err(vec![FieldError::Choice("owner")]);
            }
            if names_a_client(&action.what, named.iter().map(String::as_str)) {
                return Err(vec![FieldError::NamesClient("what")]);
            }
            Ok((*id, action))
        };
        let read: Vec<_> = actions.iter().map(read).collect();
        if read.iter().any(std::result::Result::is_err) {
            return Ok(Err(read.into_iter().map(|read| read.err().unwrap_or_default()).collect()));
        }
        let now = tx.clock().now();
        for (id, action) in read.into_iter().flatten() {
            execute!(
                tx,
                "insert into improvement (id, unit_id, item, what, owner_id, by_day, noted_by, noted_at)
                 values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (id) do nothing",
                id,
                unit.uuid(),
                i64::from(action.item),
                action.what,
                action.owner.uuid(),
                action.by_day,
                actor.person.uuid(),
                now
            )?;
            tx.note(Use::by(actor, "write", "improvement", Some(id)));
        }
        tx.commit().await?;
        Ok(Ok(()))
    }

    /// An action is done, or not after all; taken back, or brought back.
    ///
    /// # Errors
    /// [`Error::NotThere`] when it is not one of the own unit.
    pub async fn take_improvement(&self, actor: &Actor, id: Uuid, deed: Deed) -> Result<()> {
        let mut tx = self.write().await?;
        let unit = own_unit(&mut tx, actor).await?;
        let now = tx.clock().now();
        let (done, gone) = (deed == Deed::Done, deed == Deed::Withdrawn);
        let about_done = matches!(deed, Deed::Done | Deed::Undone);
        let taken = if about_done {
            execute!(
                tx,
                "update improvement set done_on = $3, done_by = $4
                 where id = $1 and unit_id = $2 and withdrawn_at is null",
                id,
                unit.uuid(),
                done.then_some(actor.today),
                done.then_some(actor.person.uuid())
            )?
        } else {
            execute!(
                tx,
                "update improvement set withdrawn_at = $3 where id = $1 and unit_id = $2",
                id,
                unit.uuid(),
                gone.then_some(now)
            )?
        };
        if taken == 0 {
            return Err(Error::NotThere);
        }
        let verb = match deed {
            Deed::Done => "done",
            Deed::Undone => "undone",
            Deed::Withdrawn => "withdraw",
            Deed::Restored => "restore",
        };
        tx.note(Use::by(actor, verb, "improvement", Some(id)));
        tx.commit().await
    }
}
