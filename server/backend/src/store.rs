//! The two databases behind one SQL text.
//!
//! A query is written once, with `$1` placeholders, and runs on SQLite and on PostgreSQL through
//! [`fetch_all!`](crate::fetch_all), [`fetch_one!`](crate::fetch_one),
//! [`fetch_optional!`](crate::fetch_optional) and [`execute!`](crate::execute). Where the dialects
//! differ, `sqlite: "…", postgres: "…"` gives both texts. Each text is registered where it stands,
//! so that one test can prepare every query on both.
//!
//! `SQLite` has one writer and a pool of readers. A use case opens one transaction ([`Store::read`] or
//! [`Store::write`]), and a write ends with [`Tx::commit`], which puts the use log's rows last. What
//! is one question only needs no transaction ([`Store::ask`]).
//!
//! A [`Tally`] counts the statements, because each costs a page or a phone the same however little it
//! does: no page has more than three that read.

mod asking;

use crate::audit::{self, Use};
use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::self_check;
use asking::{Asking, Lent};
use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{Database, Postgres, Sqlite, Transaction};
use std::ops::{Deref, DerefMut};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

/// The pages that the writer keeps, in KiB (negative, as the pragma wants it): the criteria and other pages that note
/// whom they read go over a unit's months with it.
const WRITER_CACHE: &str = "-32768";
/// So many rows wait between the thread that reads the file and whoever asked.
const ROWS_AT_ONCE: usize = 4096;

/// Which engine a query text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Both.
    Both,
    /// `SQLite` only.
    Sqlite,
    /// `PostgreSQL` only.
    Postgres,
}

/// A query of the product, as registered by the macros.
#[derive(Debug)]
pub struct Query {
    /// The text.
    pub sql: &'static str,
    /// The engine.
    pub dialect: Dialect,
    /// Where it stands.
    pub place: &'static str,
}
inventory::collect!(Query);

/// The tables, by number, for `SQLite`.
pub static SQLITE_MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");
/// The same tables, by the same numbers, for `PostgreSQL`.
pub static POSTGRES_MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// The database.
#[derive(Clone, Debug)]
pub enum Store {
    /// One file; the embedded default.
    Sqlite {
        /// Readers.
        read: SqlitePool,
        /// Readers for one question each.
        ask: Asking,
        /// The one writer.
        write: SqlitePool,
    },
    /// A server, for more than one machine.
    Postgres(PgPool),
}

/// A transaction.
#[derive(Debug)]
pub struct Tx {
    /// The engine's own.
    pub engine: Engine,
    clock: Clock,
    uses: Vec<Use>,
    tally: Tally,
    logging: bool,
}

/// The engine's own connection.
#[derive(Debug)]
pub enum Engine {
    /// Of `SQLite`.
    Sqlite(Held<Sqlite>),
    /// Of `PostgreSQL`.
    Postgres(Held<Postgres>),
}

/// A connection, in a transaction or for one question without any.
pub enum Held<DB: Database> {
    /// In a transaction.
    Transaction(Transaction<'static, DB>),
    /// For one question.
    Connection(PoolConnection<DB>),
    /// For one question, to a file.
    Lent(Lent<DB>),
}

impl<DB: Database> std::fmt::Debug for Held<DB> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Transaction(_) => "Transaction",
            Self::Connection(_) => "Connection",
            Self::Lent(_) => "Lent",
        })
    }
}

impl<DB: Database> Deref for Held<DB> {
    type Target = DB::Connection;
    fn deref(&self) -> &DB::Connection {
        match self {
            Self::Transaction(held) => held,
            Self::Connection(held) => held,
            Self::Lent(held) => held,
        }
    }
}

impl<DB: Database> DerefMut for Held<DB> {
    fn deref_mut(&mut self) -> &mut DB::Connection {
        match self {
            Self::Transaction(held) => held,
            Self::Connection(held) => held,
            Self::Lent(held) => held,
        }
    }
}

impl<DB: Database> Held<DB> {
    async fn commit(self) -> sqlx::Result<()> {
        match self {
            Self::Transaction(held) => held.commit().await,
            Self::Connection(_) | Self::Lent(_) => Ok(()),
        }
    }
}

/// Counts the statements of whoever shares it; the beginning and the end of a transaction are not
/// among them.
#[derive(Clone, Debug, Default)]
pub struct Tally(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    reads: AtomicU64,
    writes: AtomicU64,
}

impl Tally {
    /// How many statements have read.
    #[must_use]
    pub fn reads(&self) -> u64 {
        self.0.reads.load(Ordering::Relaxed)
    }

    /// How many statements have written, savepoints and all of the use log included.
    #[must_use]
    pub fn writes(&self) -> u64 {
        self.0.writes.load(Ordering::Relaxed)
    }

    /// Counts a statement. One that gives rows may write all the same: `update … returning`.
    fn count(&self, sql: &str, gives_rows: bool) {
        let writes = !gives_rows || ["insert", "update", "delete"].iter().any(|word| sql.starts_with(word));
        let counted = if writes { &self.0.writes } else { &self.0.reads };
        counted.fetch_add(1, Ordering::Relaxed);
    }
}

impl Store {
    /// Opens the database at `url` (`sqlite:///path`, `sqlite:path`, a plain path, or
    /// `postgres://…`), brings its tables up to date, and looks whether it keeps its promises.
    ///
    /// # Errors
    /// When it can't be opened, its tables can't be brought up to date, or the self-check (S36)
    /// refuses it.
    pub async fn open(url: &str) -> Result<Self> {
        let store = Self::connect(url).await?;
        self_check::check(&store).await?;
        match &store {
            Self::Sqlite { write, .. } => SQLITE_MIGRATIONS.run(write).await?,
            Self::Postgres(pool) => POSTGRES_MIGRATIONS.run(pool).await?,
        }
        Ok(store)
    }

    async fn connect(url: &str) -> Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let options: PgConnectOptions = url.parse().map_err(|error| {
                Error::internal(format!("this is no address of a PostgreSQL database: {error}"))
            })?;
            let pool = PgPoolOptions::new()
                .max_connections(16)
                .acquire_timeout(Duration::from_secs(10))
                .connect_with(options)
                .await
                .map_err(|error| Error::internal(format!("PostgreSQL does not answer: {error}")))?;
            return Ok(Self::Postgres(pool));
        }
        let path = sqlite_path(url)?;
        make_private_folder(&path)?;
        let options = SqliteConnectOptions::new()
            .filename(&path)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            // What is deleted is written over (S21).
            .pragma("secure_delete", "on")
            // Rows come over in one go: waking the other thread for each fifty costs more than reading them.
            .row_buffer_size(ROWS_AT_ONCE)
            .busy_timeout(Duration::from_secs(5));
        // A file does not hang up: no connection is asked whether it is still there before each use.
        let pool = SqlitePoolOptions::new().test_before_acquire(false);
        let write = pool
            .clone()
            .max_connections(1)
            .acquire_timeout(Duration::from_secs(30))
            // What is committed goes from the log into the file by the writer's own hands, and nobody writes
            // meanwhile. Four times as rarely as by default (16 MiB of log) it is less: a page that many
            // visits touched, as those at the end of an index, is written into the file once.
            .connect_with(
                options.clone().pragma("cache_size", WRITER_CACHE).pragma("wal_autocheckpoint", "4000"),
            )
            .await
            .map_err(|error| Error::internal(format!("{} cannot be opened: {error}", path.display())))?;
        make_private_file(&path)?;
        let reading = options.create_if_missing(false).read_only(true);
        let read = pool
            .max_connections(4)
            .connect_with(reading.clone())
            .await
            .map_err(|error| Error::internal(format!("{} cannot be read: {error}", path.display())))?;
        Ok(Self::Sqlite { read, ask: Asking::new(reading), write })
    }

    /// The engine's name.
    #[must_use]
    pub fn engine_name(&self) -> &'static str {
        match self {
            Self::Sqlite { .. } => "SQLite",
            Self::Postgres(_) => "PostgreSQL",
        }
    }

    /// Opens a transaction that only reads, and reads nothing about a client.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn read(&self, clock: &Clock) -> Result<Tx> {
        let engine = match self {
            Self::Sqlite { read, .. } => Engine::Sqlite(Held::Transaction(read.begin().await?)),
            Self::Postgres(pool) => Engine::Postgres(Held::Transaction(pool.begin().await?)),
        };
        Ok(Tx::new(engine, clock))
    }

    /// Takes a connection for one question, which needs no transaction: two ways to the database and
    /// back less. Nothing is written through it.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn ask(&self, clock: &Clock) -> Result<Tx> {
        let engine = match self {
            Self::Sqlite { ask, .. } => Engine::Sqlite(Held::Lent(ask.take().await?)),
            Self::Postgres(pool) => Engine::Postgres(Held::Connection(pool.acquire().await?)),
        };
        Ok(Tx::new(engine, clock))
    }

    /// After a question for which [`Store::ask`] gave the connection could not be answered: the next one gets
    /// another connection. A pool finds out by itself.
    pub(crate) async fn renew(&self) {
        if let Self::Sqlite { ask, .. } = self {
            ask.renew().await;
        }
    }

    /// Opens a transaction that writes; reading about a client writes, too: the use log.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn write(&self, clock: &Clock) -> Result<Tx> {
        let engine = match self {
            // A deferred transaction that reads first and writes later fails at once when another
            // writer came between.
            Self::Sqlite { write, .. } => {
                Engine::Sqlite(Held::Transaction(write.begin_with("begin immediate").await?))
            }
            Self::Postgres(pool) => Engine::Postgres(Held::Transaction(pool.begin().await?)),
        };
        Ok(Tx::new(engine, clock))
    }

    /// Takes what was deleted out of the database's files: on `SQLite` they are written anew, and the
    /// write-ahead log is emptied. False when somebody was reading all the while: it has to be tried again. A
    /// `PostgreSQL` server does it by itself in time (`docs/operations.md`).
    ///
    /// # Errors
    /// When the database can't.
    pub async fn sweep(&self) -> Result<bool> {
        let Self::Sqlite { write, .. } = self else { return Ok(true) };
        let mut writer = write.acquire().await?;
        sqlx::query("vacuum").execute(&mut *writer).await?;
        let (busy, _, _): (i64, i64, i64) =
            sqlx::query_as("pragma wal_checkpoint(truncate)").fetch_one(&mut *writer).await?;
        Ok(busy == 0)
    }

    /// Writes the database as it stands now into a new file, while people go on working. Nothing on PostgreSQL, whose
    /// own tools do it.
    ///
    /// # Errors
    /// When the file can't be written.
    pub async fn copy_into(&self, file: &std::path::Path) -> Result<()> {
        let Self::Sqlite { read, .. } = self else { return Ok(()) };
        let file = file.to_str().ok_or_else(|| Error::internal("a file's name that is no text"))?;
        sqlx::query("vacuum into $1").bind(file).execute(read).await?;
        Ok(())
    }

    /// What the database says is wrong with itself: broken pages, rows that point nowhere. PostgreSQL looks by itself
    /// while it restores.
    ///
    /// # Errors
    /// When it can't be asked.
    pub async fn faults(&self) -> Result<Vec<String>> {
        let Self::Sqlite { read, .. } = self else { return Ok(Vec::new()) };
        let pages: Vec<(String,)> = sqlx::query_as("pragma integrity_check").fetch_all(read).await?;
        let broken = pages.into_iter().map(|(fault,)| fault).filter(|fault| fault != "ok");
        let rows: Vec<(String, Option<i64>)> =
            sqlx::query_as("select \"table\", rowid from pragma_foreign_key_check").fetch_all(read).await?;
        let nowhere = rows.into_iter().map(|(table, row)| match row {
            Some(row) => format!("Row {row} of {table} points to nothing."),
            None => format!("A row of {table} points to nothing."),
        });
        Ok(broken.chain(nowhere).collect())
    }

    /// Closes every connection.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { read, ask, write } => {
                read.close().await;
                ask.close().await;
                write.close().await;
            }
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    fn new(engine: Engine, clock: &Clock) -> Self {
        Self { engine, clock: clock.clone(), uses: Vec::new(), tally: Tally::default(), logging: false }
    }

    /// The same, with its statements counted in `tally`.
    #[must_use]
    pub(crate) fn counted_in(self, tally: &Tally) -> Self {
        Self { tally: tally.clone(), ..self }
    }

    /// Counts a statement. Used by the query macros only.
    #[doc(hidden)]
    pub fn count(&self, sql: &str, gives_rows: bool) {
        self.tally.count(sql, gives_rows && !self.logging);
    }

    /// The clock of this transaction.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// Notes a use for the log; it is written with [`Tx::commit`].
    pub fn note(&mut self, used: Use) {
        self.uses.push(used);
    }

    /// Writes the noted uses and ends the transaction. Nothing is shown to anybody before this has
    /// gone well (S18). The log comes last because its head puts writers in line: held any earlier,
    /// two of them could wait for each other.
    ///
    /// # Errors
    /// When the database can't; then nothing has happened.
    pub async fn commit(mut self) -> Result<()> {
        let uses = std::mem::take(&mut self.uses);
        self.logging = true;
        audit::append(&mut self, uses).await?;
        match self.engine {
            Engine::Sqlite(held) => held.commit().await?,
            Engine::Postgres(held) => held.commit().await?,
        }
        Ok(())
    }

    /// Marks the point that [`Tx::back_to`] goes back to.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn mark(&mut self) -> Result<Mark> {
        crate::execute!(self, "savepoint entry")?;
        Ok(Mark { uses: self.uses.len() })
    }

    /// Forgets what has happened since the mark.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn back_to(&mut self, mark: Mark) -> Result<()> {
        self.uses.truncate(mark.uses);
        crate::execute!(self, "rollback to savepoint entry")?;
        crate::execute!(self, "release savepoint entry")?;
        Ok(())
    }

    /// Keeps what has happened since the mark.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn keep(&mut self, _mark: Mark) -> Result<()> {
        crate::execute!(self, "release savepoint entry")?;
        Ok(())
    }
}

/// A point in a transaction to go back to.
#[derive(Debug)]
pub struct Mark {
    uses: usize,
}

/// The file behind a `SQLite` address.
fn sqlite_path(url: &str) -> Result<PathBuf> {
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
    if path.is_empty() || path.contains("://") || path.contains(":memory:") {
        return Err(Error::internal(format!(
            "“{url}” is no database: write a file's path, sqlite:///path or postgres://user@host/name"
        )));
    }
    Ok(PathBuf::from(path))
}

/// Makes the folder of the database, for its owner only.
fn make_private_folder(path: &Path) -> Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) else { return Ok(()) };
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
        .map_err(|error| Error::internal(format!("the folder {} cannot be made: {error}", folder.display())))
}

/// Takes the database file away from everybody but its owner.
fn make_private_file(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o600))
        .map_err(|error| Error::internal(format!("{} cannot be made private: {error}", path.display())))
}

/// Registers a query text. Used by the query macros only.
#[doc(hidden)]
#[macro_export]
macro_rules! register_query {
    ($sql:expr, $dialect:ident) => {
        ::inventory::submit! {
            $crate::store::Query {
                sql: $sql,
                dialect: $crate::store::Dialect::$dialect,
                place: concat!(file!(), ":", line!()),
            }
        }
    };
}

/// Runs one text on whichever engine the transaction is of. Used by the query macros only.
#[doc(hidden)]
#[macro_export]
macro_rules! run_query {
    ($tx:expr, $query:path, $fetch:ident, sqlite: $sqlite:expr, postgres: $postgres:expr $(, $arg:expr)*) => {{
        $tx.count($sqlite, true);
        match &mut $tx.engine {
            $crate::store::Engine::Sqlite(tx) => $query($sqlite)$(.bind($arg))*.$fetch(&mut **tx).await,
            $crate::store::Engine::Postgres(tx) => $query($postgres)$(.bind($arg))*.$fetch(&mut **tx).await,
        }
    }};
}

/// `fetch_all!(tx, Row, "select …", argument, …)`: every row.
#[macro_export]
macro_rules! fetch_all {
    ($tx:expr, $row:ty, sqlite: $sqlite:expr, postgres: $postgres:expr $(, $arg:expr)* $(,)?) => {{
        $crate::register_query!($sqlite, Sqlite);
        $crate::register_query!($postgres, Postgres);
        $crate::run_query!($tx, ::sqlx::query_as::<_, $row>, fetch_all, sqlite: $sqlite, postgres: $postgres $(, $arg)*)
    }};
    ($tx:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {{
        $crate::register_query!($sql, Both);
        $crate::run_query!($tx, ::sqlx::query_as::<_, $row>, fetch_all, sqlite: $sql, postgres: $sql $(, $arg)*)
    }};
}

/// `fetch_one!(tx, Row, "select …", argument, …)`: the one row, or an error.
#[macro_export]
macro_rules! fetch_one {
    ($tx:expr, $row:ty, sqlite: $sqlite:expr, postgres: $postgres:expr $(, $arg:expr)* $(,)?) => {{
        $crate::register_query!($sqlite, Sqlite);
        $crate::register_query!($postgres, Postgres);
        $crate::run_query!($tx, ::sqlx::query_as::<_, $row>, fetch_one, sqlite: $sqlite, postgres: $postgres $(, $arg)*)
    }};
    ($tx:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {{
        $crate::register_query!($sql, Both);
        $crate::run_query!($tx, ::sqlx::query_as::<_, $row>, fetch_one, sqlite: $sql, postgres: $sql $(, $arg)*)
    }};
}

/// `fetch_optional!(tx, Row, "select …", argument, …)`: the row, if there is one.
#[macro_export]
macro_rules! fetch_optional {
    ($tx:expr, $row:ty, $sql:expr $(, $arg:expr)* $(,)?) => {{
        $crate::register_query!($sql, Both);
        $crate::run_query!($tx, ::sqlx::query_as::<_, $row>, fetch_optional, sqlite: $sql, postgres: $sql $(, $arg)*)
    }};
}

/// `execute!(tx, "insert …", argument, …)`: how many rows it touched.
#[macro_export]
macro_rules! execute {
    ($tx:expr, sqlite: $sqlite:expr, postgres: $postgres:expr $(, $arg:expr)* $(,)?) => {{
        $crate::register_query!($sqlite, Sqlite);
        $crate::register_query!($postgres, Postgres);
        $crate::run_execute!($tx, sqlite: $sqlite, postgres: $postgres $(, $arg)*)
    }};
    ($tx:expr, $sql:expr $(, $arg:expr)* $(,)?) => {{
        $crate::register_query!($sql, Both);
        $crate::run_execute!($tx, sqlite: $sql, postgres: $sql $(, $arg)*)
    }};
}

/// Runs one text that gives no rows. Used by `execute!` only.
#[doc(hidden)]
#[macro_export]
macro_rules! run_execute {
    ($tx:expr, sqlite: $sqlite:expr, postgres: $postgres:expr $(, $arg:expr)*) => {{
        $tx.count($sqlite, false);
        match &mut $tx.engine {
            $crate::store::Engine::Sqlite(tx) => {
                ::sqlx::query($sqlite)$(.bind($arg))*.execute(&mut **tx).await.map(|done| done.rows_affected())
            }
            $crate::store::Engine::Postgres(tx) => {
                ::sqlx::query($postgres)$(.bind($arg))*.execute(&mut **tx).await.map(|done| done.rows_affected())
            }
        }
    }};
}
