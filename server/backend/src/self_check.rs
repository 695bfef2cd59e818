//! Refuses to start on a database that does not keep its promises (S36).

use crate::error::{Error, Result};
use crate::store::Store;

/// The first `SQLite` without the fault in which a reset of the write-ahead log could lose commits.
const SQLITE_MIN: (u32, u32, u32) = (3, 51, 3);

/// What a `SQLite` database says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqliteFacts {
    /// The library's version.
    pub version: String,
    /// `pragma journal_mode`.
    pub journal_mode: String,
    /// `pragma synchronous`: 2 is FULL, 3 EXTRA.
    pub synchronous: i64,
    /// `pragma foreign_keys`.
    pub foreign_keys: bool,
}

/// What a `PostgreSQL` server says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PostgresFacts {
    /// `show fsync`.
    pub fsync: String,
    /// `show synchronous_commit`.
    pub synchronous_commit: String,
    /// `show full_page_writes`.
    pub full_page_writes: String,
}

impl SqliteFacts {
    /// Why this database is refused, if it is.
    #[must_use]
    pub fn refusal(&self) -> Option<String> {
        let mut parts = self.version.split('.').map(|part| part.parse().unwrap_or(0));
        let mut next = || parts.next().unwrap_or(0);
        if (next(), next(), next()) < SQLITE_MIN {
            return Some(format!(
                "SQLite {} has a fault that can lose data; 3.51.3 or newer is needed",
                self.version
            ));
        }
        if !self.journal_mode.eq_ignore_ascii_case("wal") {
            return Some(format!("SQLite's journal mode is {}, and must be WAL", self.journal_mode));
        }
        if self.synchronous < 2 {
            return Some("SQLite's synchronous setting must be FULL, or a power cut loses visits".to_owned());
        }
        (!self.foreign_keys).then(|| "SQLite's foreign keys are off, and must be on".to_owned())
    }
}

impl PostgresFacts {
    /// Why this server is refused, if it is.
    #[must_use]
    pub fn refusal(&self) -> Option<String> {
        let setting =
            |name: &str| format!("PostgreSQL's {name} is off, and must be on: a crash would lose visits");
        if self.fsync != "on" {
            return Some(setting("fsync"));
        }
        if self.synchronous_commit == "off" {
            return Some(setting("synchronous_commit"));
        }
        (self.full_page_writes != "on").then(|| setting("full_page_writes"))
    }
}

/// Looks at every connection pool of the store.
///
/// # Errors
/// When the database does not keep its promises; the text says which and what is needed.
pub async fn check(store: &Store) -> Result<()> {
    let refusal = match store {
        Store::Sqlite { write, .. } => sqlite_facts(write).await?.refusal(),
        Store::Postgres(pool) => postgres_facts(pool).await?.refusal(),
    };
    refusal.map_or(Ok(()), |why| Err(Error::internal(why)))
}

/// Asks a `SQLite` database what it is.
///
/// # Errors
/// When it does not answer.
pub async fn sqlite_facts(pool: &sqlx::SqlitePool) -> Result<SqliteFacts> {
    Ok(SqliteFacts {
        version: sqlx::query_scalar("select sqlite_version()").fetch_one(pool).await?,
        journal_mode: sqlx::query_scalar("pragma journal_mode").fetch_one(pool).await?,
        synchronous: sqlx::query_scalar("pragma synchronous").fetch_one(pool).await?,
        foreign_keys: sqlx::query_scalar("pragma foreign_keys").fetch_one(pool).await?,
    })
}

async fn postgres_facts(pool: &sqlx::PgPool) -> Result<PostgresFacts> {
    Ok(PostgresFacts {
        fsync: sqlx::query_scalar("show fsync").fetch_one(pool).await?,
        synchronous_commit: sqlx::query_scalar("show synchronous_commit").fetch_one(pool).await?,
        full_page_writes: sqlx::query_scalar("show full_page_writes").fetch_one(pool).await?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn good() -> SqliteFacts {
        SqliteFacts {
            version: "3.51.3".into(),
            journal_mode: "wal".into(),
            synchronous: 2,
            foreign_keys: true,
        }
    }

    #[test]
    fn each_broken_promise_of_sqlite_is_refused_by_name() {
        assert_eq!(good().refusal(), None);
        assert_eq!(SqliteFacts { version: "3.53.0".into(), ..good() }.refusal(), None);
        let refused = |facts: SqliteFacts| facts.refusal().expect("must be refused");
        assert!(refused(SqliteFacts { version: "3.51.2".into(), ..good() }).contains("3.51.3"));
        assert!(refused(SqliteFacts { version: "3.7.17".into(), ..good() }).contains("3.51.3"));
        assert!(refused(SqliteFacts { journal_mode: "delete".into(), ..good() }).contains("WAL"));
        assert!(refused(SqliteFacts { synchronous: 1, ..good() }).contains("FULL"));
        assert!(refused(SqliteFacts { foreign_keys: false, ..good() }).contains("foreign keys"));
    }

    #[test]
    fn each_broken_promise_of_postgresql_is_refused_by_name() {
        let good = PostgresFacts {
            fsync: "on".into(),
            synchronous_commit: "on".into(),
            full_page_writes: "on".into(),
        };
        assert_eq!(good.refusal(), None);
        assert!(PostgresFacts { fsync: "off".into(), ..good.clone() }.refusal().is_some());
        assert!(PostgresFacts { synchronous_commit: "off".into(), ..good.clone() }.refusal().is_some());
        assert!(PostgresFacts { full_page_writes: "off".into(), ..good }.refusal().is_some());
    }
}
