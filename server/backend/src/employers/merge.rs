//! Merging two employers, undoable for ever. What was logged to the one that goes keeps pointing to it;
//! reading looks past the pointer.

use super::change::{Edited, of_json, record};
use super::counting::count_visits;
use super::edit::{FactsRow, facts_from, facts_of, lock, silenced, write_facts, write_silenced};
use crate::access::{Actor, Guarded, RegisteredEmployer, authorise};
use crate::audit::Use;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_one, fetch_optional};
use chrono::NaiveDate;
use domain::access::{Action, Object};
use domain::employers::edit::{EditError, Facts, Fields};
use domain::employers::merge::put_back;
use domain::ids::EmployerId;
use uuid::Uuid;

/// One of the two, side by side.
#[derive(Clone, Debug)]
pub struct MergeSide {
    /// Which.
    pub id: EmployerId,
    /// What is known of it.
    pub facts: Facts,
    /// Who takes care of it.
    pub owner: Option<String>,
    /// How many visits move.
    pub visits: i64,
    /// How often it was changed, and one.
    pub version: i64,
}

#[derive(sqlx::FromRow)]
struct SideRow {
    #[sqlx(flatten)]
    row: FactsRow,
    owner: Option<String>,
    visit_count: i64,
}

impl Guarded for MergeSide {
    type Id = EmployerId;
    async fn find(tx: &mut Tx, id: EmployerId, _: NaiveDate) -> Result<Option<Self>> {
        let side = fetch_optional!(
            tx,
            SideRow,
            facts_from!(
                "(select p.name from person p where p.id = e.owner_id) as owner, e.visit_count, ",
                "where e.id = (select coalesce(survivor_id, id) from employer where id = $1)"
            ),
            id.uuid()
        )?;
        Ok(side.map(|SideRow { row, owner, visit_count }| Self {
            id: row.id.into(),
            facts: row.facts(),
            owner,
            visits: visit_count,
            version: row.version,
        }))
    }
    fn object(&self) -> Object {
        Object::Register
    }
}

impl Backend {
    /// An employer that was named on the spot is a new one: nobody is asked about it any more.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not.
    pub async fn settle_employer(&self, actor: &Actor, id: EmployerId) -> Result<()> {
        let mut tx = self.write().await?;
        let id = authorise::<RegisteredEmployer>(&mut tx, actor, Action::EditRegister, id).await?.id;
        execute!(tx, "update employer set provisional = $2 where id = $1", id.uuid(), false)?;
        tx.note(Use::by(actor, "settle", "employer", Some(id.uuid())));
        tx.commit().await
    }

    /// Two employers side by side: the one that stays, and the one that goes.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not, or they are one.
    pub async fn merge_form(
        &self,
        actor: &Actor,
        kept: EmployerId,
        gone: EmployerId,
    ) -> Result<(MergeSide, MergeSide)> {
        let mut tx = self.read().await?;
        let kept = authorise::<MergeSide>(&mut tx, actor, Action::EditRegister, kept).await?.into_object();
        let gone = authorise::<MergeSide>(&mut tx, actor, Action::EditRegister, gone).await?.into_object();
        if kept.id == gone.id { Err(Error::NotThere) } else { Ok((kept, gone)) }
    }

    /// Merges `gone` into `kept`. `from_gone` names the fields that are taken from the one that goes;
    /// `versions` are those that the page showed, of `kept` and of `gone`.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not.
    pub async fn merge_employers(
        &self,
        actor: &Actor,
        kept: EmployerId,
        gone: EmployerId,
        from_gone: &[String],
        versions: (i64, i64),
    ) -> Edited<EmployerId> {
        let mut tx = self.write().await?;
        let kept = authorise::<RegisteredEmployer>(&mut tx, actor, Action::EditRegister, kept).await?.id;
        let gone = authorise::<RegisteredEmployer>(&mut tx, actor, Action::EditRegister, gone).await?.id;
        // Always the same one first: two who merge the two at once wait for each other and no more.
        lock(&mut tx, kept.min(gone)).await?;
        lock(&mut tx, kept.max(gone)).await?;
        if kept == gone || is_merged(&mut tx, kept).await? || is_merged(&mut tx, gone).await? {
            return Ok(Err(vec![EditError::Choice("other")]));
        }
        let (stays, goes) = (facts_of(&mut tx, kept).await?, facts_of(&mut tx, gone).await?);
        if stays.version != versions.0 || goes.version != versions.1 {
            return Ok(Err(vec![EditError::ChangedMeanwhile]));
        }
        let mut picked = stays.facts().fields();
        for (name, value) in goes.facts().fields() {
            let empty = picked.get(&name).is_none_or(String::is_empty);
            if from_gone.contains(&name) || (empty && !value.is_empty()) {
                picked.insert(name, value);
            }
        }
        let facts = match Facts::of(&picked).check() {
            Ok(facts) => facts,
            Err(errors) => return Ok(Err(errors)),
        };
        let before = standing(&mut tx, kept).await?;
        write_facts(&mut tx, kept, &facts).await?;
        inherit(&mut tx, kept, gone).await?;
        execute!(
            tx,
            "update employer set merged_into = $2, version = version + 1 where id = $1",
            gone.uuid(),
            kept.uuid()
        )?;
        execute!(
            tx,
            "update employer set survivor_id = $2 where id = $1 or survivor_id = $1",
            gone.uuid(),
            kept.uuid()
        )?;
        count_visits(&mut tx, kept).await?;
        let mut after = standing(&mut tx, kept).await?;
        after.insert("merged".to_owned(), goes.name);
        record(&mut tx, actor, kept, "merge", Some(gone.uuid()), &before, &after).await?;
        tx.commit().await?;
        Ok(Ok(kept))
    }

    /// Undoes the merging of `gone`, whatever was logged, changed or merged since. What was logged after
    /// it stays where it was logged to.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not or it is not merged.
    pub async fn unmerge_employer(&self, actor: &Actor, gone: EmployerId) -> Result<EmployerId> {
        let mut tx = self.write().await?;
        authorise::<RegisteredEmployer>(&mut tx, actor, Action::EditRegister, gone).await?;
        let into: Option<(Option<Uuid>, Option<Uuid>)> = fetch_optional!(
            tx,
            (Option<Uuid>, Option<Uuid>),
            "select merged_into, survivor_id from employer where id = $1",
            gone.uuid()
        )?;
        let Some((Some(kept), Some(survivor))) = into else { return Err(Error::NotThere) };
        let kept = EmployerId(kept);
        lock(&mut tx, kept.min(gone)).await?;
        lock(&mut tx, kept.max(gone)).await?;
        execute!(
            tx,
            "update employer set merged_into = null, survivor_id = null, version = version + 1 where id = $1",
            gone.uuid()
        )?;
        execute!(
            tx,
            "with recursive under (id) as (
                 select id from employer where merged_into = $1
                 union select e.id from employer e join under u on e.merged_into = u.id
             ) update employer set survivor_id = $1 where id in (select id from under)",
            gone.uuid()
        )?;
        let before = standing(&mut tx, kept).await?;
        restore(&mut tx, kept, gone, &before).await?;
        for counted in [EmployerId(survivor), kept, gone] {
            count_visits(&mut tx, counted).await?;
        }
        let mut after = standing(&mut tx, kept).await?;
        let name = facts_of(&mut tx, gone).await?.name;
        after.insert("unmerged".to_owned(), name);
        record(&mut tx, actor, kept, "unmerge", Some(gone.uuid()), &before, &after).await?;
        tx.commit().await?;
        Ok(gone)
    }
}

async fn is_merged(tx: &mut Tx, id: EmployerId) -> Result<bool> {
    let (merged,): (bool,) =
        fetch_one!(tx, (bool,), "select merged_into is not null from employer where id = $1", id.uuid())?;
    Ok(merged)
}

/// Everything of an employer's own row that merging may change, as fields.
async fn standing(tx: &mut Tx, id: EmployerId) -> Result<Fields> {
    let mut fields = facts_of(tx, id).await?.facts().fields();
    let (owner, chain): (Option<Uuid>, Option<Uuid>) = fetch_one!(
        tx,
        (Option<Uuid>, Option<Uuid>),
        "select owner_id, chain_id from employer where id = $1",
        id.uuid()
    )?;
    let text = |id: Option<Uuid>| id.map(|id| id.to_string()).unwrap_or_default();
    fields.insert("owner".to_owned(), text(owner));
    fields.insert("chain".to_owned(), text(chain));
    fields.extend(silenced(tx, id).await?);
    Ok(fields)
}

/// An owner, a chain and do-not-contact come along where the one that stays has none.
async fn inherit(tx: &mut Tx, kept: EmployerId, gone: EmployerId) -> Result<()> {
    execute!(
        tx,
        "update employer set owner_id = coalesce(owner_id, (select g.owner_id from employer g where g.id = $2)),
             chain_id = coalesce(chain_id, (select g.chain_id from employer g where g.id = $2 and g.chain_id <> $1
                 and not exists (select 1 from employer b where b.chain_id = $1)))
         where id = $1",
        kept.uuid(),
        gone.uuid()
    )?;
    let (mine, theirs) = (silenced(tx, kept).await?, silenced(tx, gone).await?);
    if mine["reason"].is_empty() && !theirs["reason"].is_empty() {
        write_silenced(tx, kept, &theirs).await?;
    }
    Ok(())
}

/// Puts back what merging changed of the one that stayed, where nobody has changed it since.
async fn restore(tx: &mut Tx, kept: EmployerId, gone: EmployerId, now: &Fields) -> Result<()> {
    let change: Option<(Uuid, String, String)> = fetch_optional!(
        tx,
        (Uuid, String, String),
        "select id, before_json, after_json from employer_change
         where employer_id = $1 and subject_id = $2 and kind = 'merge' and undone_at is null
         order by changed_at desc, id desc limit 1",
        kept.uuid(),
        gone.uuid()
    )?;
    let Some((change, before, after)) = change else { return Ok(()) };
    let (before, after) = (of_json(&before)?, of_json(&after)?);
    // Only what merging changed; the rest is as it is.
    let part: Fields =
        now.iter().filter(|(key, _)| after.contains_key(*key)).map(|(k, v)| (k.clone(), v.clone())).collect();
    let mut fields = now.clone();
    fields.extend(put_back(&before, &after, &part));
    write_facts(tx, kept, &Facts::of(&fields)).await?;
    write_silenced(tx, kept, &fields).await?;
    let id = |name: &str| fields.get(name).and_then(|text| text.parse::<Uuid>().ok());
    execute!(
        tx,
        "update employer set owner_id = $2, chain_id = $3 where id = $1",
        kept.uuid(),
        id("owner"),
        id("chain")
    )?;
    let at = tx.clock().now();
    execute!(tx, "update employer_change set undone_at = $2 where id = $1", change, at)?;
    Ok(())
}
