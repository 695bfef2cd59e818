//! Writing a list into the register, and taking it back.

use super::{ComparedRow, compared, json, list_of, person_key, waiting};
use crate::access::Actor;
use crate::audit::Use;
use crate::clock::new_id;
use crate::employers::{NewEmployer, facts_of, insert, of_json, record, write_contact, write_facts};
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_all, fetch_one};
use domain::employers::edit::{Facts, Fields, Person};
use domain::employers::merge::put_back;
use domain::ids::EmployerId;
use domain::lists::compare::{Decision, Found, Outcome, fill};
use std::collections::HashSet;
use uuid::Uuid;

/// What undoing a list did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Undone {
    /// Employers that are gone again.
    pub gone: u32,
    /// Employers that stay, because something was done with them since.
    pub kept: u32,
}

impl Backend {
    /// Writes a list: everything of it or nothing. When rows wait for a decision, nothing, and their number
    /// comes back.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not, or it was written before.
    pub async fn write_list(&self, actor: &Actor, id: Uuid) -> Result<std::result::Result<Outcome, u32>> {
        let mut tx = self.write().await?;
        // Two presses stand in line here; the second finds the list written.
        execute!(tx, "update employer_list set file_name = file_name where id = $1", id)?;
        let list = waiting(&mut tx, actor, id).await?;
        let compared = compared(&mut tx, actor, list).await?;
        if compared.outcome.open > 0 {
            return Ok(Err(compared.outcome.open));
        }
        for row in &compared.rows {
            write_row(&mut tx, actor, id, row).await?;
        }
        let now = tx.clock().now();
        execute!(
            tx,
            "update employer_list set sheets = '', outcome = $2, written_at = $3 where id = $1",
            id,
            json(&compared.outcome)?,
            now
        )?;
        tx.note(Use::by(actor, "write", "employer_list", Some(id)));
        tx.commit().await?;
        Ok(Ok(compared.outcome))
    }

    /// Takes back what a list wrote. An employer that somebody has worked with since stays; what was filled
    /// in goes where nobody has changed it since.
    ///
    /// # Errors
    /// [`Error::NotThere`] when the person may not, or it was not written, or undone before.
    pub async fn undo_list(&self, actor: &Actor, id: Uuid) -> Result<Undone> {
        let mut tx = self.write().await?;
        execute!(tx, "update employer_list set file_name = file_name where id = $1", id)?;
        let list = list_of(&mut tx, actor, id).await?;
        if list.outcome.is_none() || list.undone {
            return Err(Error::NotThere);
        }
        let mut undone = Undone::default();
        let now = tx.clock().now();
        type Change = (Uuid, String, Option<Uuid>, String, String);
        let changes: Vec<Change> = fetch_all!(
            tx,
            Change,
            "select employer_id, kind, subject_id, before_json, after_json from employer_change
             where list_id = $1 order by changed_at desc, id desc",
            id
        )?;
        execute!(tx, "update employer_change set undone_at = $2 where list_id = $1", id, now)?;
        let (added, filled): (Vec<_>, Vec<_>) =
            changes.into_iter().partition(|(_, kind, ..)| kind == "add_from_list");
        for (employer, ..) in &added {
            match take_away(&mut tx, *employer, id).await? {
                true => undone.gone += 1,
                false => undone.kept += 1,
            }
        }
        let of_list: HashSet<Uuid> = added.iter().map(|(employer, ..)| *employer).collect();
        for (employer, kind, subject, before, after) in filled {
            // The person to ask for goes or stays with an employer that the list added.
            if of_list.contains(&employer) {
                continue;
            }
            if let ("add_contact", Some(contact)) = (kind.as_str(), subject) {
                execute!(
                    tx,
                    "update employer_contact set removed_at = $2 where id = $1 and version = 1",
                    contact,
                    now
                )?;
                continue;
            }
            let employer = EmployerId(employer);
            let facts = facts_of(&mut tx, employer).await?.facts().fields();
            let back = put_back(&of_json(&before)?, &of_json(&after)?, &facts);
            write_facts(&mut tx, employer, &Facts::of(&back)).await?;
            record(&mut tx, actor, employer, "undo_list", None, &facts, &back).await?;
        }
        execute!(tx, "update employer_list set undone_at = $2 where id = $1", id, now)?;
        tx.note(Use::by(actor, "undo", "employer_list", Some(id)));
        tx.commit().await?;
        Ok(undone)
    }
}

async fn write_row(tx: &mut Tx, actor: &Actor, list: Uuid, row: &ComparedRow) -> Result<()> {
    let facts = &row.candidate.facts;
    let employer = match (row.decision, row.found) {
        (Decision::Fill, Found::Known(id, _)) => {
            let known = facts_of(tx, id).await?.facts();
            let filled = fill(&known, facts);
            if filled != known {
                write_facts(tx, id, &filled).await?;
                let (before, after) = (known.fields(), filled.fields());
                let change = record(tx, actor, id, "fill_from_list", None, &before, &after).await?;
                of_list(change, tx, list).await?;
            }
            id
        }
        (Decision::Add, _) => add(tx, actor, list, facts, None).await?,
        (Decision::Branch, Found::Known(head, _)) => add(tx, actor, list, facts, Some(head)).await?,
        _ => return Ok(()),
    };
    if row.candidate.has_person() {
        add_person(tx, actor, list, employer, &row.candidate.person).await?;
    }
    Ok(())
}

/// Says of a change that it came with a list.
async fn of_list(change: Option<Uuid>, tx: &mut Tx, list: Uuid) -> Result<()> {
    execute!(tx, "update employer_change set list_id = $2 where id = $1", change, list)?;
    Ok(())
}

/// A new employer; a branch of the chain of `head`, if one is named. Nobody takes care of it yet.
async fn add(
    tx: &mut Tx,
    actor: &Actor,
    list: Uuid,
    facts: &Facts,
    head: Option<EmployerId>,
) -> Result<EmployerId> {
    let id = EmployerId(new_id());
    let new = NewEmployer {
        id,
        code: None,
        name: &facts.name,
        business_id: None,
        section_tol2008: None,
        class_tol2008: None,
        municipality: None,
        owner: None,
        created_by: Some(actor.person.uuid()),
    };
    insert(tx, &new).await?;
    write_facts(tx, id, facts).await?;
    if let Some(head) = head {
        // The chain's own employer is never a branch itself.
        execute!(
            tx,
            "update employer set chain_id = (select coalesce(h.chain_id, h.id) from employer h where h.id = $2)
             where id = $1",
            id.uuid(),
            head.uuid()
        )?;
    }
    let change = record(tx, actor, id, "add_from_list", None, &Fields::new(), &facts.fields()).await?;
    of_list(change, tx, list).await?;
    Ok(id)
}

/// A person to ask for, unless the employer has one of this name.
async fn add_person(tx: &mut Tx, actor: &Actor, list: Uuid, at: EmployerId, person: &Person) -> Result<()> {
    let there: Vec<(String, String)> = fetch_all!(
        tx,
        (String, String),
        "select c.name, c.title from employer_contact c join employer e on e.id = c.employer_id
         where c.removed_at is null and (e.id = $1 or e.survivor_id = $1)",
        at.uuid()
    )?;
    let key = person_key(&person.name, &person.title);
    if there.iter().any(|(name, title)| person_key(name, title) == key) {
        return Ok(());
    }
    let id = new_id();
    write_contact(tx, at, id, person).await?;
    let change = record(tx, actor, at, "add_contact", Some(id), &Fields::new(), &person.fields()).await?;
    of_list(change, tx, list).await
}

/// Takes an employer out of the register that came with a list and that nobody has touched since.
async fn take_away(tx: &mut Tx, employer: Uuid, list: Uuid) -> Result<bool> {
    let (touched,): (i64,) = fetch_one!(
        tx,
        (i64,),
        "select (select count(*) from visit where employer_id = $1)
             + (select count(*) from visit_version where employer_id = $1)
             + (select count(*) from visit_draft where employer_id = $1)
             + (select count(*) from job where employer_id = $1)
             + (select count(*) from employer_handover where employer_id = $1)
             + (select count(*) from employer where chain_id = $1 or merged_into = $1 or survivor_id = $1)
             + (select count(*) from employer where id = $1 and (merged_into is not null or owner_id is not null))
             + (select count(*) from employer_change where employer_id = $1
                 and (list_id is null or list_id <> $2))",
        employer,
        list
    )?;
    if touched > 0 {
        return Ok(false);
    }
    execute!(tx, "delete from employer_change where employer_id = $1", employer)?;
    execute!(tx, "delete from employer_contact where employer_id = $1", employer)?;
    execute!(tx, "delete from employer where id = $1", employer)?;
    Ok(true)
}
