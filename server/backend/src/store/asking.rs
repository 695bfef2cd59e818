//! `SQLite` connections for one question each: who asks, before every request, above all.
//!
//! sqlx's pool asks a connection that comes back whether it is still there. That is a way to the
//! connection's thread and back, as dear as the question itself, and a file does not hang up. Nothing is
//! kept here but the connections: every question is asked anew.

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, Database, Sqlite, SqliteConnection};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use tokio::sync::{Mutex, OwnedMappedMutexGuard, OwnedMutexGuard};

/// So many questions are asked at once.
const CONNECTIONS: usize = 4;

/// A connection that goes back by itself. It holds no transaction, and its thread does one thing after the
/// other, so that a question that somebody gave up is over before the next one begins.
pub type Lent<DB> = OwnedMappedMutexGuard<Option<<DB as Database>::Connection>, <DB as Database>::Connection>;

/// The connections.
#[derive(Clone)]
pub struct Asking(Arc<Places>);

struct Places {
    options: SqliteConnectOptions,
    /// Opened when they are needed.
    places: [Arc<Mutex<Option<SqliteConnection>>>; CONNECTIONS],
    /// Where to wait next when all of them are in use.
    next: AtomicUsize,
    closed: AtomicBool,
}

impl std::fmt::Debug for Asking {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Asking")
    }
}

impl Asking {
    pub(super) fn new(options: SqliteConnectOptions) -> Self {
        Self(Arc::new(Places {
            options,
            places: std::array::from_fn(|_| Arc::default()),
            next: AtomicUsize::new(0),
            closed: AtomicBool::new(false),
        }))
    }

    /// Takes a connection. The first that is free is taken, so that few are in use and know the file's pages.
    pub(super) async fn take(&self) -> sqlx::Result<Lent<Sqlite>> {
        let Places { options, places, next, closed } = &*self.0;
        let free = places.iter().find_map(|place| Arc::clone(place).try_lock_owned().ok());
        let mut place = match free {
            Some(place) => place,
            None => {
                let next = next.fetch_add(1, Ordering::Relaxed) % CONNECTIONS;
                Arc::clone(&places[next]).lock_owned().await
            }
        };
        if closed.load(Ordering::Acquire) {
            return Err(sqlx::Error::PoolClosed);
        }
        if place.is_none() {
            *place = Some(options.connect().await?);
        }
        OwnedMutexGuard::try_map(place, Option::as_mut).map_err(|_| sqlx::Error::PoolClosed)
    }

    /// Lets every connection go: a question failed, and whether one of them is broken is not known.
    pub(super) async fn renew(&self) {
        for place in &self.0.places {
            let gone = place.lock().await.take();
            if let Some(connection) = gone {
                // It is let go whatever it says.
                let _ = connection.close().await;
            }
        }
    }

    /// Closes them.
    pub(super) async fn close(&self) {
        self.0.closed.store(true, Ordering::Release);
        self.renew().await;
    }
}
