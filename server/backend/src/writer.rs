//! The one writer of `SQLite`: it takes what waits, applies it in one transaction with a savepoint an
//! entry, commits once, and only then answers all (group commit). A commit costs one sync of the disk
//! however many visits are in it, so the more phones send at once, the less each one costs.
//!
//! `PostgreSQL` has no need of it: it joins commits that come together by itself.

use crate::access::Actor;
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::store::Store;
use crate::sync::apply_batch;
use domain::sync::{Answers, Batch};
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// So many batches are taken into one transaction.
const GROUP_MAX: usize = 64;
/// So many batches may wait; who comes then waits to be let in.
const WAITING_MAX: usize = 1024;

/// A batch on its way to the disk.
struct Waiting {
    work: Arc<Work>,
    answer: oneshot::Sender<Result<Answers>>,
}

struct Work {
    actor: Actor,
    batch: Batch,
}

/// The way to the writer.
#[derive(Clone, Debug)]
pub(crate) struct Writer {
    queue: mpsc::Sender<Waiting>,
}

impl Writer {
    /// Starts the writer. It ends when nobody can send to it any more.
    pub(crate) fn start(store: Store, clock: Clock) -> Self {
        let (queue, waiting) = mpsc::channel(WAITING_MAX);
        tokio::spawn(run(store, clock, waiting));
        Self { queue }
    }

    /// Hands a batch over, and waits until it is on disk.
    pub(crate) async fn write(&self, actor: &Actor, batch: Batch) -> Result<Answers> {
        let gone = || Error::internal("the writer has ended");
        let (answer, answered) = oneshot::channel();
        let work = Arc::new(Work { actor: actor.clone(), batch });
        self.queue.send(Waiting { work, answer }).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }
}

async fn run(store: Store, clock: Clock, mut waiting: mpsc::Receiver<Waiting>) {
    let mut group = Vec::with_capacity(GROUP_MAX);
    while waiting.recv_many(&mut group, GROUP_MAX).await > 0 {
        let works = group.iter().map(|one: &Waiting| Arc::clone(&one.work)).collect();
        match together(&store, &clock, works).await {
            Ok(answers) => {
                for (one, answers) in group.drain(..).zip(answers) {
                    // Whoever does not wait any more sends it again and gets its receipt.
                    let _ = one.answer.send(Ok(answers));
                }
            }
            // One by one, so that no batch suffers from another.
            Err(error) => {
                tracing::error!(%error, batches = group.len(), "a group could not be written");
                for one in group.drain(..) {
                    let alone = together(&store, &clock, vec![one.work]).await;
                    let first = alone
                        .and_then(|mut answers| answers.pop().ok_or_else(|| Error::internal("no answer")));
                    let _ = one.answer.send(first);
                }
            }
        }
    }
}

/// Writes batches in one transaction. In a task of its own: a fault of ours in one of them ends that
/// task and not the writer.
async fn together(store: &Store, clock: &Clock, works: Vec<Arc<Work>>) -> Result<Vec<Answers>> {
    let (store, clock) = (store.clone(), clock.clone());
    let task = async move {
        let mut tx = store.write(&clock).await?;
        let mut all = Vec::with_capacity(works.len());
        for work in &works {
            all.push(apply_batch(&mut tx, &work.actor, &work.batch).await?);
        }
        tx.commit().await?;
        Ok(all)
    };
    tokio::spawn(task).await.map_err(Error::internal)?
}
