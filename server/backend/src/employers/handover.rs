//! Handing an employer over to a colleague, with its open next steps.

use super::change::{Edited, record, unfit_words};
use super::edit::lock;
use crate::access::{Actor, OwnedEmployer, authorise};
use crate::clock::new_id;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::visits::step_waits;
use crate::{Backend, execute, fetch_all, fetch_one, fetch_optional};
use domain::access::Action;
use domain::employers::Named;
use domain::employers::edit::{EditError, Fields, SHORT_MAX};
use domain::ids::{EmployerId, PersonId};
use domain::visits::FormColleague;
use uuid::Uuid;

/// What the form opens with.
#[derive(Clone, Debug)]
pub struct HandOverForm {
    /// Which.
    pub employer: Named,
    /// Whose it is.
    pub owner: Option<String>,
    /// Who may take it.
    pub colleagues: Vec<FormColleague>,
    /// How many next steps go along at most.
    pub next_steps: i64,
}

/// What came of it.
#[derive(Clone, Copy, Debug)]
pub struct HandedOverTo {
    /// Which employer.
    pub employer: EmployerId,
    /// The handing over, for undoing it.
    pub id: Uuid,
}

impl Backend {
    /// Who may take an employer.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not hand it over.
    pub async fn hand_over_form(&self, actor: &Actor, id: EmployerId) -> Result<HandOverForm> {
        let mut tx = self.read().await?;
        let employer = authorise::<OwnedEmployer>(&mut tx, actor, Action::HandOverEmployer, id).await?;
        let (next_steps,): (i64,) = fetch_one!(
            tx,
            (i64,),
            concat!(
                "select count(*) from visit v
                 where v.employer_id in (select id from employer where id = $1 or survivor_id = $1)
                     and coalesce(v.step_owner_id, v.coach_id) =
                         coalesce((select owner_id from employer where id = $1), $2)
                     and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id) and ",
                step_waits!()
            ),
            employer.id.uuid(),
            actor.person.uuid()
        )?;
        let colleagues = takers(&mut tx, actor, &employer).await?;
        let OwnedEmployer { id, name, municipality, owner_name, .. } = employer.into_object();
        let employer = Named { id, name, municipality };
        Ok(HandOverForm { employer, owner: owner_name, colleagues, next_steps })
    }

    /// Hands an employer over: the colleague becomes the owner, and the former owner's open next steps
    /// there become the colleague's, as far as the colleague may read them. Where nobody owned it, they are
    /// those of whoever hands it over.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not hand it over.
    pub async fn hand_over(
        &self,
        actor: &Actor,
        id: EmployerId,
        to: PersonId,
        word: &str,
    ) -> Edited<HandedOverTo> {
        let mut tx = self.write().await?;
        let employer = authorise::<OwnedEmployer>(&mut tx, actor, Action::HandOverEmployer, id).await?;
        let word = word.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut errors = unfit_words(&mut tx, actor, &[("word", &word)]).await?;
        if word.chars().count() > SHORT_MAX {
            errors.push(EditError::TooLong("word"));
        }
        let takers = takers(&mut tx, actor, &employer).await?;
        if !takers.iter().any(|taker| taker.id == to) || employer.owner == Some(to) {
            errors.push(EditError::Choice("to"));
        }
        if !errors.is_empty() {
            return Ok(Err(errors));
        }
        lock(&mut tx, employer.id).await?;
        let (handover, now) = (new_id(), tx.clock().now());
        execute!(
            tx,
            "insert into employer_handover (id, employer_id, from_id, to_id, person_id, word, handed_at)
             values ($1, $2, $3, $4, $5, $6, $7)",
            handover,
            employer.id.uuid(),
            employer.owner.map(PersonId::uuid),
            to.uuid(),
            actor.person.uuid(),
            word,
            now
        )?;
        let whose = employer.owner.unwrap_or(actor.person);
        take_steps_along(&mut tx, handover, employer.id, whose, to, actor).await?;
        set_owner(&mut tx, employer.id, Some(to)).await?;
        let (before, after) = (owner_fields(employer.owner), owner_fields(Some(to)));
        record(&mut tx, actor, employer.id, "hand_over", Some(handover), &before, &after).await?;
        tx.commit().await?;
        Ok(Ok(HandedOverTo { employer: employer.id, id: handover }))
    }

    /// Undoes the last handing over: the owner and the next steps are whose they were. For whoever
    /// handed over, whoever may hand it over now, and only while nobody else has handed it on.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not, or there is nothing to undo.
    pub async fn undo_hand_over(&self, actor: &Actor, id: EmployerId) -> Result<EmployerId> {
        let mut tx = self.write().await?;
        let employer = OwnedEmployer::last_handed_by(&mut tx, actor, id).await?;
        lock(&mut tx, employer).await?;
        let last: Option<(Uuid, Option<Uuid>, Uuid)> = fetch_optional!(
            tx,
            (Uuid, Option<Uuid>, Uuid),
            "select h.id, h.from_id, h.to_id from employer_handover h join employer e on e.id = h.employer_id
             where h.employer_id = $1 and h.undone_at is null and e.owner_id = h.to_id
             order by h.handed_at desc, h.id desc limit 1",
            employer.uuid()
        )?;
        let (handover, from, to) = last.ok_or(Error::NotThere)?;
        let now = tx.clock().now();
        execute!(
            tx,
            "update visit set step_owner_id = (select s.owner_before from employer_handover_step s
                 where s.handover_id = $1 and s.visit_id = visit.id)
             where id in (select visit_id from employer_handover_step where handover_id = $1)
                 and step_owner_id = $2",
            handover,
            to
        )?;
        execute!(tx, "update employer_handover set undone_at = $2 where id = $1", handover, now)?;
        set_owner(&mut tx, employer, from.map(PersonId)).await?;
        let (before, after) = (owner_fields(Some(PersonId(to))), owner_fields(from.map(PersonId)));
        record(&mut tx, actor, employer, "undo_hand_over", Some(handover), &before, &after).await?;
        tx.commit().await?;
        Ok(employer)
    }
}

fn owner_fields(owner: Option<PersonId>) -> Fields {
    Fields::from([("owner".to_owned(), owner.map(|id| id.to_string()).unwrap_or_default())])
}

async fn set_owner(tx: &mut Tx, id: EmployerId, owner: Option<PersonId>) -> Result<()> {
    execute!(
        tx,
        "update employer set owner_id = $2, version = version + 1 where id = $1",
        id.uuid(),
        owner.map(PersonId::uuid)
    )?;
    Ok(())
}

/// The former owner's open next steps become the colleague's: those of a client only inside the
/// units where the colleague works.
async fn take_steps_along(
    tx: &mut Tx,
    handover: Uuid,
    employer: EmployerId,
    owner: PersonId,
    to: PersonId,
    actor: &Actor,
) -> Result<()> {
    execute!(
        tx,
        concat!(
            "insert into employer_handover_step (handover_id, visit_id, owner_before)
         select $1, v.id, v.step_owner_id from visit v
         where v.employer_id in (select id from employer where id = $2 or survivor_id = $2)
             and coalesce(v.step_owner_id, v.coach_id) = $3
             and not exists (select 1 from visit_withdrawal w where w.visit_id = v.id)
             and exists (select 1 from post o where o.person_id = $4 and o.unit_id = v.unit_id
                 and o.role in ('coach', 'lead') and o.from_day <= $5 and (o.to_day is null or o.to_day >= $5))
             and ",
            step_waits!()
        ),
        handover,
        employer.uuid(),
        owner.uuid(),
        to.uuid(),
        actor.today
    )?;
    execute!(
        tx,
        "update visit set step_owner_id = $2
         where id in (select visit_id from employer_handover_step where handover_id = $1)",
        handover,
        to.uuid()
    )?;
    Ok(())
}

/// Those who work in the field today, in the actor's units or the owner's; the owner not.
async fn takers(tx: &mut Tx, actor: &Actor, employer: &OwnedEmployer) -> Result<Vec<FormColleague>> {
    let rows: Vec<(Uuid, String, Uuid)> = fetch_all!(
        tx,
        (Uuid, String, Uuid),
        "select p.id, p.name, o.unit_id from person p join post o on o.person_id = p.id
         where o.role in ('coach', 'lead') and o.from_day <= $1 and (o.to_day is null or o.to_day >= $1)
         order by p.name, p.id",
        actor.today
    )?;
    let near = |unit: &Uuid| {
        actor.posts.iter().any(|post| post.unit.uuid() == *unit)
            || employer.units.iter().any(|own| own.uuid() == *unit)
    };
    let mut takers: Vec<FormColleague> = Vec::new();
    for (id, name, unit) in rows {
        let id = PersonId(id);
        if near(&unit) && employer.owner != Some(id) && takers.iter().all(|taker| taker.id != id) {
            takers.push(FormColleague { id, name });
        }
    }
    Ok(takers)
}
