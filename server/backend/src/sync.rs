//! `POST /api/sync`: entries take effect exactly once (O2–O3, O7).
//!
//! An entry takes effect and leaves its receipt, under its id, in one transaction. Who comes second waits
//! for the first to commit, can't leave a receipt any more, leaves no trace at all, and reads what the
//! first did: the same answer, byte for byte. Another text under the same id is a conflict.

use crate::access::{Actor, KnownClients};
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::visits::{self, Counted, NewVisit};
use crate::{Backend, clients, employers, fetch_all, fidelity, retention, support};
use domain::ids::{ClientId, CommandId};
use domain::sync::{Answer, Answers, Applied, Batch, Command, Entry, Outcome, Refusal};
use domain::visits::{LogVisit, VisitError, VisitedEmployer};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

#[derive(sqlx::FromRow, Serialize)]
struct Receipt {
    id: Uuid,
    person_id: Uuid,
    sha256: String,
    applied: String,
}

/// A batch and who sent it.
#[derive(Debug)]
pub(crate) struct Work {
    pub(crate) actor: Actor,
    pub(crate) batch: Batch,
}

/// An entry that was opened, and who sent it. None is a command that can't be read.
struct Arrived<'a> {
    actor: &'a Actor,
    id: CommandId,
    sha256: String,
    command: Option<Command>,
    /// In which batch, and where in it.
    place: (usize, usize),
}

impl<'a> Arrived<'a> {
    fn of(actor: &'a Actor, entry: &Entry, place: (usize, usize)) -> Self {
        Self { actor, id: entry.id, sha256: entry.sha256(), command: entry.open().ok(), place }
    }

    fn receipt(&self, applied: &Applied) -> Result<Receipt> {
        Ok(Receipt {
            id: self.id.uuid(),
            person_id: self.actor.person.uuid(),
            sha256: self.sha256.clone(),
            applied: serde_json::to_string(applied).map_err(Error::internal)?,
        })
    }
}

/// What happens to the others when an entry does not take effect.
#[derive(Clone, Copy)]
enum Way {
    /// Nothing takes effect. What they write is written for all of them together.
    AllOrNothing,
    /// They do: each entry has a savepoint of its own, and writes what it writes by itself.
    OneByOne,
}

impl Backend {
    /// Applies the entries of a batch, in one transaction; the answers are in the order of the
    /// entries. Nothing is answered before everything is on disk.
    ///
    /// # Errors
    /// When the database can't; then nothing has happened, and the phone sends it all again.
    pub async fn sync(&self, actor: &Actor, batch: Batch) -> Result<Answers> {
        let work = Work { actor: actor.clone(), batch };
        if let Some(writer) = &self.writer {
            return writer.write(work).await;
        }
        let answers = self.apply_together(&[&work]).await?;
        answers.into_iter().next().ok_or_else(|| Error::internal("no answer"))
    }

    /// Applies batches in one transaction, and gives the answers to each. Nearly always every entry takes
    /// effect; so it is tried like this first, and only when one does not, entry by entry.
    ///
    /// # Errors
    /// When the database can't; then nothing has happened.
    pub(crate) async fn apply_together(&self, works: &[&Work]) -> Result<Vec<Answers>> {
        let arrived = opened(works);
        let outcomes = match self.try_together(&arrived, Way::AllOrNothing).await? {
            Some(outcomes) => outcomes,
            None => {
                let outcomes = self.try_together(&arrived, Way::OneByOne).await?;
                outcomes.ok_or_else(|| Error::internal("an entry stopped another"))?
            }
        };
        let mut answered: Vec<(Arrived, Outcome)> = arrived.into_iter().zip(outcomes).collect();
        answered.sort_by_key(|(one, _)| one.place);
        let mut answers = vec![Answers::default(); works.len()];
        for (Arrived { id, sha256, place: (batch, _), .. }, outcome) in answered {
            answers[batch].answers.push(Answer { id, sha256, outcome });
        }
        Ok(answers)
    }

    /// What became of each entry. None when nothing may be committed.
    async fn try_together(&self, arrived: &[Arrived<'_>], way: Way) -> Result<Option<Vec<Outcome>>> {
        let mut tx = self.write().await?;
        employers::lock_to_count(&mut tx, &visited(arrived)).await?;
        let outcomes = match way {
            Way::OneByOne => one_by_one(&mut tx, arrived).await?,
            Way::AllOrNothing => match all_or_nothing(&mut tx, arrived).await {
                Ok(Some(outcomes)) => outcomes,
                _ => return Ok(None),
            },
        };
        tx.commit().await?;
        Ok(Some(outcomes))
    }
}

/// The entries of batches, those of each in the order of their ids, so that the same two batches at once
/// never wait for each other.
fn opened<'a>(works: &[&'a Work]) -> Vec<Arrived<'a>> {
    let mut arrived = Vec::new();
    for (batch, work) in works.iter().enumerate() {
        let entries = &work.batch.entries;
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_by_key(|at| entries[*at].id);
        arrived.extend(order.into_iter().map(|at| Arrived::of(&work.actor, &entries[at], (batch, at))));
    }
    arrived
}

/// The employers at which entries log visits.
fn visited(arrived: &[Arrived<'_>]) -> BTreeSet<Uuid> {
    let visited = |one: &Arrived<'_>| match &one.command {
        Some(Command::LogVisit(LogVisit { employer: VisitedEmployer::Known(id), .. })) => Some(id.uuid()),
        _ => None,
    };
    arrived.iter().filter_map(visited).collect()
}

/// The clients for whom entries log visits.
fn visited_for(arrived: &[Arrived<'_>]) -> BTreeSet<ClientId> {
    let visited_for = |one: &Arrived<'_>| match &one.command {
        Some(Command::LogVisit(visit)) => visit.client,
        _ => None,
    };
    arrived.iter().filter_map(visited_for).collect()
}

/// Does what all entries say; what became of each holds when the transaction has been committed. None when
/// it must not be.
async fn all_or_nothing(tx: &mut Tx, arrived: &[Arrived<'_>]) -> Result<Option<Vec<Outcome>>> {
    let clients = KnownClients::find(tx, &visited_for(arrived)).await?;
    let mut together = Together::new(&clients);
    for one in arrived {
        if together.take(tx, one).await?.is_err() {
            return Ok(None);
        }
    }
    let applied = together.finish(tx).await?.ok();
    Ok(applied.map(|applied| applied.into_iter().map(Outcome::Committed).collect()))
}

/// Does what each entry says, or leaves no trace of it.
async fn one_by_one(tx: &mut Tx, arrived: &[Arrived<'_>]) -> Result<Vec<Outcome>> {
    let clients = KnownClients::find(tx, &visited_for(arrived)).await?;
    let mut came_before = receipts(tx, arrived).await?;
    let mut outcomes = Vec::with_capacity(arrived.len());
    for one in arrived {
        let outcome = match came_before.get(&one.id.uuid()) {
            Some(receipt) => replay(one, receipt)?,
            None => apply_alone(tx, one, &clients).await?,
        };
        if let Outcome::Committed(applied) = &outcome {
            came_before.insert(one.id.uuid(), one.receipt(applied)?);
        }
        outcomes.push(outcome);
    }
    Ok(outcomes)
}

/// Applies one entry, or leaves no trace of it.
async fn apply_alone(tx: &mut Tx, one: &Arrived<'_>, clients: &KnownClients) -> Result<Outcome> {
    let mark = tx.mark().await?;
    let tried = take_effect(tx, one, clients).await;
    if matches!(tried, Ok(Outcome::Committed(_))) {
        tx.keep(mark).await?;
        return tried;
    }
    tx.back_to(mark).await?;
    // Somebody else may have been first meanwhile.
    if let Some(receipt) = receipts(tx, std::slice::from_ref(one)).await?.get(&one.id.uuid()) {
        return replay(one, receipt);
    }
    // What was erased stays erased, whatever comes late (O9).
    if let Some(command) = &one.command
        && retention::is_erased(tx, &retention::named(one.id.uuid(), command)).await?
    {
        return Ok(Outcome::Refused(Refusal::Erased));
    }
    match tried {
        Ok(outcome) => Ok(outcome),
        Err(Error::NotThere) => Ok(Outcome::Refused(Refusal::NotThere)),
        Err(error) => {
            tracing::error!(%error, "an entry failed");
            Ok(Outcome::Later)
        }
    }
}

/// Does what one entry says and leaves its receipt. Whatever comes of it but [`Outcome::Committed`], what
/// it has done so far has to be forgotten.
async fn take_effect(tx: &mut Tx, one: &Arrived<'_>, clients: &KnownClients) -> Result<Outcome> {
    let mut alone = Together::new(clients);
    if let Err(refusal) = alone.take(tx, one).await? {
        return Ok(Outcome::Refused(refusal));
    }
    Ok(match alone.finish(tx).await? {
        Ok(applied) => Outcome::Committed(applied.into_iter().next().unwrap_or_default()),
        Err(outcome) => outcome,
    })
}

/// Entries that take effect together: what many of them write is one statement a kind, whatever their
/// number. When anything of it goes wrong, all that they have done has to be forgotten.
struct Together<'a> {
    clients: &'a KnownClients,
    /// Visits that are not written yet.
    visits: Vec<NewVisit>,
    /// What each entry did, in the order of taking.
    done: Vec<(&'a Arrived<'a>, Applied)>,
}

impl<'a> Together<'a> {
    fn new(clients: &'a KnownClients) -> Self {
        Self { clients, visits: Vec::new(), done: Vec::new() }
    }

    /// Does what an entry says, but for what is written for many.
    async fn take(&mut self, tx: &mut Tx, one: &'a Arrived<'a>) -> Result<std::result::Result<(), Refusal>> {
        let Some(command) = &one.command else { return Ok(Err(Refusal::Unreadable)) };
        // Another command may be about a visit that came with it.
        if !matches!(command, Command::LogVisit(_))
            && let Err(refusal) = self.write_visits(tx).await?
        {
            return Ok(Err(refusal));
        }
        let applied = self.apply(tx, one, command).await?;
        Ok(applied.map(|applied| self.done.push((one, applied))))
    }

    async fn apply(&mut self, tx: &mut Tx, one: &Arrived<'_>, command: &Command) -> visits::Tried {
        let (actor, id) = (one.actor, one.id);
        match command {
            Command::LogVisit(visit) => {
                let logged = visits::log(tx, actor, id, visit, self.clients).await?;
                // At which employer it is, is known when it is written.
                Ok(logged.map(|visit| self.visits.push(visit)).map(|()| Applied::default()))
            }
            Command::AmendVisit(amend) => visits::amend(tx, actor, amend).await,
            Command::WithdrawVisit(on) => visits::withdraw(tx, actor, *on).await,
            Command::RestoreVisit(on) => visits::restore(tx, actor, *on).await,
            Command::SettleNextStep(on) => visits::settle_next_step(tx, actor, *on).await,
            Command::ReopenNextStep(on) => visits::reopen_next_step(tx, actor, *on).await,
            Command::MoveNextStep(wish) => visits::move_next_step(tx, actor, id, *wish).await,
            Command::LeaveGap(on) => visits::leave_gap(tx, actor, *on).await,
            Command::LogSupport(log) => support::log_support(tx, actor, id, log).await,
            Command::WithdrawSupport(on) => support::take_support(tx, actor, *on, false).await,
            Command::RestoreSupport(on) => support::take_support(tx, actor, *on, true).await,
            Command::ScoreItem(score) => fidelity::score_item(tx, actor, score).await,
            Command::LogMeeting(meeting) => clients::log_meeting(tx, actor, id, meeting).await,
            Command::WithdrawMeeting(on) => clients::withdraw_meeting(tx, actor, *on).await,
            Command::RestoreMeeting(on) => clients::restore_meeting(tx, actor, *on).await,
            Command::LogAttempt(attempt) => clients::log_attempt(tx, actor, id, attempt).await,
            Command::WithdrawAttempt(on) => clients::withdraw_attempt(tx, actor, *on).await,
            Command::RestoreAttempt(on) => clients::restore_attempt(tx, actor, *on).await,
        }
    }

    /// Writes the visits that came before another command.
    async fn write_visits(&mut self, tx: &mut Tx) -> Result<std::result::Result<(), Refusal>> {
        if self.visits.is_empty() {
            return Ok(Ok(()));
        }
        match self.insert_visits(tx).await? {
            Ok(counted) => leave(tx, &counted, &[]).await.map(|_| Ok(())),
            Err(refusal) => Ok(Err(refusal)),
        }
    }

    async fn insert_visits(&mut self, tx: &mut Tx) -> Result<std::result::Result<Counted, Refusal>> {
        let visits = std::mem::take(&mut self.visits);
        if visits.is_empty() {
            return Ok(Ok(Counted::default()));
        }
        let employers = visits::insert(tx, &visits).await?;
        if employers.len() < visits.len() {
            return Ok(Err(Refusal::Visit(vec![VisitError::EmployerNotThere])));
        }
        for (one, applied) in &mut self.done {
            if let Some(employer) = employers.get(&one.id.uuid()) {
                applied.employer = Some(*employer);
            }
        }
        Ok(Ok(Counted::of(&visits, &employers)))
    }

    /// Writes what is left to write, and the receipts. Gives what each entry did, or what became of them
    /// when not all could take effect.
    async fn finish(mut self, tx: &mut Tx) -> Result<std::result::Result<Vec<Applied>, Outcome>> {
        let counted = match self.insert_visits(tx).await? {
            Ok(counted) => counted,
            Err(refusal) => return Ok(Err(Outcome::Refused(refusal))),
        };
        let receipts = self.done.iter().map(|(one, applied)| one.receipt(applied));
        let receipts = receipts.collect::<Result<Vec<_>>>()?;
        if leave(tx, &counted, &receipts).await? < receipts.len() {
            return Ok(Err(Outcome::Later));
        }
        Ok(Ok(self.done.into_iter().map(|(_, applied)| applied).collect()))
    }
}

/// Counts visits at their employers, lets the drafts go whose entries have arrived, and leaves receipts: how
/// many, where none was there already. One way to the database and back.
async fn leave(tx: &mut Tx, counted: &Counted, receipts: &[Receipt]) -> Result<usize> {
    // In the order of their ids, as another server would.
    let mut receipts: Vec<&Receipt> = receipts.iter().collect();
    receipts.sort_unstable_by_key(|receipt| receipt.id);
    let received = tx.clock().now();
    let left: Vec<(Uuid,)> = fetch_all!(
        tx,
        (Uuid,),
        sqlite: "update employer set visit_count = visit_count + n.visits,
                     last_visit_by = case when last_visit_on > n.day then last_visit_by else n.coach_id end,
                     last_visit_on = case when last_visit_on > n.day then last_visit_on else n.day end
                 from (select unhex(value ->> 'employer_id', '-') as employer_id, value ->> 'visits' as visits,
                     value ->> 'day' as day, unhex(value ->> 'coach_id', '-') as coach_id
                     from json_each($1)) n
                 where employer.id = n.employer_id;
                 delete from visit_draft where id in (select unhex(value, '-') from json_each($2));
                 insert into receipt (id, person_id, sha256, applied, received_at)
                 select unhex(value ->> 'id', '-'), unhex(value ->> 'person_id', '-'), value ->> 'sha256',
                     value ->> 'applied', $4
                 from json_each($3) where true
                 on conflict (id) do nothing returning id",
        postgres: "with counted as (
                       update employer set visit_count = visit_count + n.visits,
                           last_visit_by = case when last_visit_on > n.day then last_visit_by else n.coach_id end,
                           last_visit_on = case when last_visit_on > n.day then last_visit_on else n.day end
                       from json_to_recordset(cast($1 as json))
                           as n(employer_id uuid, visits bigint, day date, coach_id uuid)
                       where employer.id = n.employer_id
                   ), gone as (
                       delete from visit_draft where id in
                           (select cast(value as uuid) from json_array_elements_text(cast($2 as json)))
                   )
                   insert into receipt (id, person_id, sha256, applied, received_at)
                   select id, person_id, sha256, applied, $4
                   from json_to_recordset(cast($3 as json))
                       as r(id uuid, person_id uuid, sha256 text, applied text)
                   on conflict (id) do nothing returning id",
        serde_json::to_string(&counted.more).map_err(Error::internal)?,
        serde_json::to_string(&counted.arrived).map_err(Error::internal)?,
        serde_json::to_string(&receipts).map_err(Error::internal)?,
        received
    )?;
    Ok(left.len())
}

/// The receipts that are there under the ids of entries.
async fn receipts(tx: &mut Tx, arrived: &[Arrived<'_>]) -> Result<BTreeMap<Uuid, Receipt>> {
    let ids: BTreeSet<CommandId> = arrived.iter().map(|one| one.id).collect();
    let receipts = fetch_all!(
        tx,
        Receipt,
        sqlite: "select id, person_id, sha256, applied from receipt
                 where id in (select unhex(value, '-') from json_each($1))",
        postgres: "select id, person_id, sha256, applied from receipt
                   where id in (select cast(value as uuid) from json_array_elements_text(cast($1 as json)))",
        serde_json::to_string(&ids).map_err(Error::internal)?
    )?;
    Ok(receipts.into_iter().map(|receipt| (receipt.id, receipt)).collect())
}

/// What an entry did that came before under this id; a different one is a conflict.
fn replay(one: &Arrived<'_>, receipt: &Receipt) -> Result<Outcome> {
    if receipt.person_id != one.actor.person.uuid() || receipt.sha256 != one.sha256 {
        return Ok(Outcome::Conflict);
    }
    let applied = serde_json::from_str::<Applied>(&receipt.applied).map_err(Error::internal)?;
    Ok(Outcome::Committed(applied))
}
