//! `POST /api/sync`: entries take effect exactly once (O2–O3, O7).
//!
//! Each entry claims its receipt first, by its id. Who comes second waits for the first to commit
//! and then reads what it did: the same answer, byte for byte. Another text under the same id is a
//! conflict. Each entry has a savepoint of its own, so that a bad one stops no other.

use crate::access::Actor;
use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{Backend, execute, fetch_one, visits};
use domain::sync::{Answer, Answers, Applied, Batch, Command, Entry, Outcome, Refusal};
use uuid::Uuid;

#[derive(sqlx::FromRow)]
struct Receipt {
    person_id: Uuid,
    sha256: String,
    applied: String,
}

impl Backend {
    /// Applies the entries of a batch, in one transaction; the answers are in the order of the
    /// entries. Nothing is answered before everything is on disk.
    ///
    /// # Errors
    /// When the database can't; then nothing has happened, and the phone sends it all again.
    pub async fn sync(&self, actor: &Actor, batch: Batch) -> Result<Answers> {
        if let Some(writer) = &self.writer {
            return writer.write(actor, batch).await;
        }
        let mut tx = self.write().await?;
        let answers = apply_batch(&mut tx, actor, &batch).await?;
        tx.commit().await?;
        Ok(answers)
    }
}

/// Applies the entries of a batch; the answers are in the order of the entries, and hold when the
/// transaction has been committed.
pub(crate) async fn apply_batch(tx: &mut Tx, actor: &Actor, batch: &Batch) -> Result<Answers> {
    // Claimed in the order of their ids, so that two batches never wait for each other.
    let mut order: Vec<usize> = (0..batch.entries.len()).collect();
    order.sort_by_key(|at| batch.entries[*at].id);
    let mut outcomes = vec![Outcome::Later; batch.entries.len()];
    for at in order {
        outcomes[at] = try_entry(tx, actor, &batch.entries[at]).await?;
    }
    let answer =
        |(entry, outcome): (&Entry, Outcome)| Answer { id: entry.id, sha256: entry.sha256(), outcome };
    Ok(Answers { answers: batch.entries.iter().zip(outcomes).map(answer).collect() })
}

/// Applies one entry, or leaves no trace of it.
async fn try_entry(tx: &mut Tx, actor: &Actor, entry: &Entry) -> Result<Outcome> {
    let mark = tx.mark().await?;
    match claim_and_apply(tx, actor, entry).await {
        Ok(outcome @ Outcome::Committed(_)) => {
            tx.keep(mark).await?;
            Ok(outcome)
        }
        Ok(outcome) => {
            tx.back_to(mark).await?;
            Ok(outcome)
        }
        Err(Error::NotThere) => {
            tx.back_to(mark).await?;
            Ok(Outcome::Refused(Refusal::NotThere))
        }
        Err(error) => {
            tracing::error!(%error, "an entry failed");
            tx.back_to(mark).await?;
            Ok(Outcome::Later)
        }
    }
}

async fn claim_and_apply(tx: &mut Tx, actor: &Actor, entry: &Entry) -> Result<Outcome> {
    let received = tx.clock().now();
    let claimed = execute!(
        tx,
        "insert into receipt (id, person_id, sha256, applied, received_at) values ($1, $2, $3, '', $4)
         on conflict (id) do nothing",
        entry.id.uuid(),
        actor.person.uuid(),
        entry.sha256(),
        received
    )?;
    if claimed == 0 {
        return replay(tx, actor, entry).await;
    }
    let Ok(command) = entry.open() else { return Ok(Outcome::Refused(Refusal::Unreadable)) };
    match apply(tx, actor, entry, &command).await? {
        Ok(applied) => {
            let text = serde_json::to_string(&applied).map_err(Error::internal)?;
            execute!(tx, "update receipt set applied = $1 where id = $2", text, entry.id.uuid())?;
            Ok(Outcome::Committed(applied))
        }
        Err(refusal) => Ok(Outcome::Refused(refusal)),
    }
}

/// What the first of several equal entries did; a different one under its id is a conflict.
async fn replay(tx: &mut Tx, actor: &Actor, entry: &Entry) -> Result<Outcome> {
    let receipt = fetch_one!(
        tx,
        Receipt,
        "select person_id, sha256, applied from receipt where id = $1",
        entry.id.uuid()
    )?;
    if receipt.person_id != actor.person.uuid() || receipt.sha256 != entry.sha256() {
        return Ok(Outcome::Conflict);
    }
    serde_json::from_str::<Applied>(&receipt.applied).map(Outcome::Committed).map_err(Error::internal)
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
    }
}
