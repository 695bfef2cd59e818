//! Rinnalla's use cases, and their SQL, on `SQLite` and `PostgreSQL`.
//!
//! A use case is one action of one person: authorise → load → domain rule → write → log, in one
//! transaction. Its SQL stands below it. A feature's word names its module here as in `domain` and
//! `app`.

pub mod access;
pub mod advice;
pub mod arrivals;
pub mod audit;
pub mod backups;
pub mod calendar;
pub mod card;
pub mod clients;
pub mod clock;
pub mod codes;
pub mod demo;
pub mod devices;
pub mod employers;
pub mod error;
pub mod export;
pub mod fidelity;
pub mod import;
pub mod jobs;
pub mod keys;
pub mod lead;
pub mod lists;
pub mod matches;
pub mod meetings;
pub mod opportunities;
pub mod organisation;
pub mod people;
pub mod plans;
pub mod referrals;
pub mod retention;
pub mod search;
pub mod self_check;
pub mod sign_in;
pub mod statement;
pub mod steps;
pub mod store;
pub mod support;
pub mod sync;
pub mod time_use;
pub mod today;
pub mod visits;
mod writer;

pub use access::Actor;
pub use error::{Error, Result};

use clock::Clock;
use store::{Store, Tally};
use writer::Writer;

/// The product without its pages: the database and the clock.
#[derive(Clone, Debug)]
pub struct Backend {
    /// The database.
    pub store: Store,
    /// The clock.
    pub clock: Clock,
    /// How many statements its use cases have sent to the database.
    pub tally: Tally,
    /// With what it opens what phones sealed.
    pub keys: keys::Keys,
    /// The one writer of phones' entries; none in the writer's own hands.
    writer: Option<Writer>,
}

impl Backend {
    /// Opens the database at `url`; see [`Store::open`].
    ///
    /// # Errors
    /// When it can't be opened or does not keep its promises.
    pub async fn open(url: &str, clock: Clock) -> Result<Self> {
        let store = Store::open(url).await?;
        let mut backend =
            Self { store, clock, tally: Tally::default(), keys: keys::Keys::default(), writer: None };
        backend.writer = Some(Writer::start(backend.clone()));
        Ok(backend)
    }

    /// With the keys by which it takes what phones sealed.
    #[must_use]
    pub fn with_keys(self, keys: keys::Keys) -> Self {
        Self { keys, ..self }
    }

    pub(crate) async fn read(&self) -> Result<store::Tx> {
        Ok(self.store.read(&self.clock).await?.counted_in(&self.tally))
    }

    pub(crate) async fn ask(&self) -> Result<store::Tx> {
        Ok(self.store.ask(&self.clock).await?.counted_in(&self.tally))
    }

    pub(crate) async fn write(&self) -> Result<store::Tx> {
        Ok(self.store.write(&self.clock).await?.counted_in(&self.tally))
    }
}
