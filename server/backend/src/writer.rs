//! The one writer of phones' entries: it takes what waits, applies it in one transaction, commits
//! once, and only then answers all (group commit). A commit costs one sync of the disk
//! however many visits are in it, so the more phones send at once, the less each one costs.
//!
//! `PostgreSQL` joins commits that come together by itself, but the head of the use log puts ours in line:
//! one at a time, each would cost a sync there, too.

use crate::Backend;
use crate::error::{Error, Result};
use crate::sync::Work;
use domain::sync::Answers;
use std::sync::Arc;
use tokio::sync::{mpsc, oneshot};

/// So many batches are taken into one transaction.
const GROUP_MAX: usize = 64;
/// So often others get a turn before a group is closed: whoever was answered a moment ago is likely to be on
/// the way with the next one.
const TURNS_MAX: usize = 16;
/// After so many turns in which nobody came, it is closed at once.
const IDLE_TURNS: usize = 2;
/// So many batches may wait; who comes then waits to be let in.
const WAITING_MAX: usize = 1024;

/// A batch on its way to the disk.
struct Waiting {
    work: Arc<Work>,
    answer: oneshot::Sender<Result<Answers>>,
}

/// The way to the writer.
#[derive(Clone, Debug)]
pub(crate) struct Writer {
    queue: mpsc::Sender<Waiting>,
}

impl Writer {
    /// Starts the writer of a backend. It ends when nobody can send to it any more.
    pub(crate) fn start(backend: Backend) -> Self {
        let (queue, waiting) = mpsc::channel(WAITING_MAX);
        tokio::spawn(run(backend, waiting));
        Self { queue }
    }

    /// Hands a batch over, and waits until it is on disk.
    pub(crate) async fn write(&self, work: Work) -> Result<Answers> {
        let gone = || Error::internal("the writer has ended");
        let (answer, answered) = oneshot::channel();
        self.queue.send(Waiting { work: Arc::new(work), answer }).await.map_err(|_| gone())?;
        answered.await.map_err(|_| gone())?
    }
}

async fn run(backend: Backend, mut waiting: mpsc::Receiver<Waiting>) {
    let mut group = Vec::with_capacity(GROUP_MAX);
    while waiting.recv_many(&mut group, GROUP_MAX).await > 0 {
        gather(&mut group, &mut waiting).await;
        let works = group.iter().map(|one: &Waiting| Arc::clone(&one.work)).collect();
        match together(&backend, works).await {
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
                    let alone = together(&backend, vec![one.work]).await;
                    let first = alone
                        .and_then(|mut answers| answers.pop().ok_or_else(|| Error::internal("no answer")));
                    let _ = one.answer.send(first);
                }
            }
        }
    }
}

/// Whoever is just about to send goes along. Nobody waits for a time: turns go by at once when there is
/// nothing else to do.
async fn gather(group: &mut Vec<Waiting>, waiting: &mut mpsc::Receiver<Waiting>) {
    let mut idle = 0;
    for _ in 0..TURNS_MAX {
        if group.len() >= GROUP_MAX || idle >= IDLE_TURNS {
            return;
        }
        tokio::task::yield_now().await;
        let before = group.len();
        while group.len() < GROUP_MAX
            && let Ok(one) = waiting.try_recv()
        {
            group.push(one);
        }
        idle = if group.len() == before { idle + 1 } else { 0 };
    }
}

/// Writes batches in one transaction. In a task of its own: a fault of ours in one of them ends that
/// task and not the writer.
async fn together(backend: &Backend, works: Vec<Arc<Work>>) -> Result<Vec<Answers>> {
    let backend = backend.clone();
    let task = async move {
        let works: Vec<&Work> = works.iter().map(AsRef::as_ref).collect();
        backend.apply_together(&works).await
    };
    tokio::spawn(task).await.map_err(Error::internal)?
}
