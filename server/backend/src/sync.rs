//! `POST /api/sync`: entries take effect exactly once (O2–O3, O7).
//!
//! An entry takes effect and leaves its receipt, under its id, in one transaction. Who comes second waits
//! for the first to commit, can't leave a receipt any more, leaves no trace at all, and reads what the
//! first did: the same answer, byte for byte. Another text under the same id is a conflict.

use crate::access::Actor;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, clients, employers, execute, fetch_optional, retention, support, visits};
use domain::sync::{Answer, Answers, Applied, Batch, Command, Entry, Outcome, Refusal};
use domain::visits::{LogVisit, VisitedEmployer};
use std::collections::BTreeSet;
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Receipt {
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

/// What happens to the others when an entry does not take effect.
#[derive(Clone, Copy)]
enum Way {
    /// Nothing takes effect. Two statements an entry less.
    AllOrNothing,
    /// They do: each entry has a savepoint of its own.
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
        if let Some(answers) = self.try_together(works, Way::AllOrNothing).await? {
            return Ok(answers);
        }
        let answers = self.try_together(works, Way::OneByOne).await?;
        answers.ok_or_else(|| Error::internal("an entry stopped another"))
    }

    async fn try_together(&self, works: &[&Work], way: Way) -> Result<Option<Vec<Answers>>> {
        let mut tx = self.write().await?;
        employers::lock_to_count(&mut tx, &visited(works)).await?;
        let mut all = Vec::with_capacity(works.len());
        for work in works {
            let Some(answers) = apply_batch(&mut tx, work, way).await? else { return Ok(None) };
            all.push(answers);
        }
        tx.commit().await?;
        Ok(Some(all))
    }
}

/// The employers at which batches log visits.
fn visited(works: &[&Work]) -> BTreeSet<Uuid> {
    let entries = works.iter().flat_map(|work| &work.batch.entries);
    let visited = |entry: &Entry| match entry.open() {
        Ok(Command::LogVisit(LogVisit { employer: VisitedEmployer::Known(id), .. })) => Some(id.uuid()),
        _ => None,
    };
    entries.filter_map(visited).collect()
}

/// Applies the entries of a batch; the answers are in the order of the entries, and hold when the
/// transaction has been committed. None when it must not be.
async fn apply_batch(tx: &mut Tx, Work { actor, batch }: &Work, way: Way) -> Result<Option<Answers>> {
    // In the order of their ids, so that the same two batches at once never wait for each other.
    let mut order: Vec<usize> = (0..batch.entries.len()).collect();
    order.sort_by_key(|at| batch.entries[*at].id);
    let mut outcomes = vec![Outcome::Later; batch.entries.len()];
    for at in order {
        let entry = &batch.entries[at];
        outcomes[at] = match way {
            Way::OneByOne => apply_alone(tx, actor, entry).await?,
            Way::AllOrNothing => match take_effect(tx, actor, entry).await {
                Ok(done @ Outcome::Committed(_)) => done,
                _ => return Ok(None),
            },
        };
    }
    let answer =
        |(entry, outcome): (&Entry, Outcome)| Answer { id: entry.id, sha256: entry.sha256(), outcome };
    Ok(Some(Answers { answers: batch.entries.iter().zip(outcomes).map(answer).collect() }))
}

/// Applies one entry, or leaves no trace of it.
async fn apply_alone(tx: &mut Tx, actor: &Actor, entry: &Entry) -> Result<Outcome> {
    if let Some(outcome) = replay(tx, actor, entry).await? {
        return Ok(outcome);
    }
    let mark = tx.mark().await?;
    let tried = take_effect(tx, actor, entry).await;
    if matches!(tried, Ok(Outcome::Committed(_))) {
        tx.keep(mark).await?;
        return tried;
    }
    tx.back_to(mark).await?;
    // Somebody else may have been first meanwhile.
    if let Some(outcome) = replay(tx, actor, entry).await? {
        return Ok(outcome);
    }
    // What was erased stays erased, whatever comes late (O9).
    if let Ok(command) = entry.open()
        && retention::is_erased(tx, &retention::named(entry.id.uuid(), &command)).await?
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

/// Does what an entry says and leaves its receipt. Whatever comes of it but [`Outcome::Committed`], what
/// it has done so far has to be forgotten.
async fn take_effect(tx: &mut Tx, actor: &Actor, entry: &Entry) -> Result<Outcome> {
    let Ok(command) = entry.open() else { return Ok(Outcome::Refused(Refusal::Unreadable)) };
    let applied = match apply(tx, actor, entry, &command).await? {
        Ok(applied) => applied,
        Err(refusal) => return Ok(Outcome::Refused(refusal)),
    };
    let received = tx.clock().now();
    let first = execute!(
        tx,
        "insert into receipt (id, person_id, sha256, applied, received_at) values ($1, $2, $3, $4, $5)
         on conflict (id) do nothing",
        entry.id.uuid(),
        actor.person.uuid(),
        entry.sha256(),
        serde_json::to_string(&applied).map_err(Error::internal)?,
        received
    )?;
    Ok(if first == 1 { Outcome::Committed(applied) } else { Outcome::Later })
}

/// What an entry did that came before under this id; a different one is a conflict. None when none came.
async fn replay(tx: &mut Tx, actor: &Actor, entry: &Entry) -> Result<Option<Outcome>> {
    let receipt = fetch_optional!(
        tx,
        Receipt,
        "select person_id, sha256, applied from receipt where id = $1",
        entry.id.uuid()
    )?;
    let Some(receipt) = receipt else { return Ok(None) };
    if receipt.person_id != actor.person.uuid() || receipt.sha256 != entry.sha256() {
        return Ok(Some(Outcome::Conflict));
    }
    let applied = serde_json::from_str::<Applied>(&receipt.applied).map_err(Error::internal)?;
    Ok(Some(Outcome::Committed(applied)))
}

async fn apply(tx: &mut Tx, actor: &Actor, entry: &Entry, command: &Command) -> visits::Tried {
    match command {
        Command::LogVisit(visit) => visits::log(tx, actor, entry.id, visit).await,
        Command::AmendVisit(amend) => visits::amend(tx, actor, amend).await,
        Command::WithdrawVisit(on) => visits::withdraw(tx, actor, *on).await,
        Command::RestoreVisit(on) => visits::restore(tx, actor, *on).await,
        Command::SettleNextStep(on) => visits::settle_next_step(tx, actor, *on).await,
        Command::ReopenNextStep(on) => visits::reopen_next_step(tx, actor, *on).await,
        Command::MoveNextStep(wish) => visits::move_next_step(tx, actor, entry.id, *wish).await,
        Command::LeaveGap(on) => visits::leave_gap(tx, actor, *on).await,
        Command::LogMeeting(meeting) => clients::log_meeting(tx, actor, entry.id, meeting).await,
        Command::WithdrawMeeting(on) => clients::withdraw_meeting(tx, actor, *on).await,
        Command::RestoreMeeting(on) => clients::restore_meeting(tx, actor, *on).await,
        Command::LogSupport(log) => support::log_support(tx, actor, entry.id, log).await,
        Command::WithdrawSupport(on) => support::take_support(tx, actor, *on, false).await,
        Command::RestoreSupport(on) => support::take_support(tx, actor, *on, true).await,
        Command::LogAttempt(attempt) => clients::log_attempt(tx, actor, entry.id, attempt).await,
        Command::WithdrawAttempt(on) => clients::withdraw_attempt(tx, actor, *on).await,
        Command::RestoreAttempt(on) => clients::restore_attempt(tx, actor, *on).await,
    }
}
