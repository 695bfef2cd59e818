//! The databases: made, copied, counted, removed.

use crate::machine::{self, SERVER_CORE};
use crate::outcome::{Doing, Outcome};
use serde::Serialize;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use std::fmt;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// How the names of our databases on a server begin: nobody else's are touched.
const OURS: &str = "rinnalla_bench_";

/// A database engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) enum Engine {
    /// One file, `synchronous=FULL`.
    #[serde(rename = "SQLite FULL")]
    Sqlite,
    /// A server of its own on the same machine.
    #[serde(rename = "PostgreSQL")]
    Postgres,
}

impl fmt::Display for Engine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Sqlite => "SQLite FULL",
            Self::Postgres => "PostgreSQL",
        })
    }
}

/// One database.
#[derive(Clone, Debug)]
pub(crate) struct Database {
    /// Its engine.
    pub(crate) engine: Engine,
    /// What the product is told: a file's path, or a `postgres://` address.
    pub(crate) url: String,
}

/// Where databases are made.
#[derive(Clone, Debug)]
pub(crate) struct Databases {
    /// The folder of those that are a file.
    folder: PathBuf,
    /// A database of the PostgreSQL server that is there already.
    postgres: Option<String>,
}

impl Databases {
    /// Databases in this folder and on this PostgreSQL server, if there is one.
    pub(crate) fn new(folder: &Path, postgres: Option<String>) -> Self {
        Self { folder: folder.to_owned(), postgres }
    }

    /// The engines that can be measured.
    pub(crate) fn engines(&self) -> Vec<Engine> {
        let postgres = self.postgres.as_ref().map(|_| Engine::Postgres);
        std::iter::once(Engine::Sqlite).chain(postgres).collect()
    }

    /// A new, empty database.
    pub(crate) async fn make(&self, engine: Engine, name: &str) -> Outcome<Database> {
        let database = self.named(engine, name)?;
        self.remove(&database).await?;
        if engine == Engine::Postgres {
            self.command(&format!("create database {}", database.name())).await?;
        }
        Ok(database)
    }

    /// Does at once what PostgreSQL does by itself within a minute of an import: it looks at what is in the
    /// tables, so that queries are planned by it. SQLite is left as the product leaves it.
    pub(crate) async fn settle(&self, database: &Database) -> Outcome {
        if database.engine == Engine::Postgres {
            let mut connection = database.server().await?;
            sqlx::query("vacuum analyze").execute(&mut connection).await.doing("run vacuum analyze")?;
        }
        Ok(())
    }

    /// A copy of a database that nobody is connected to.
    pub(crate) async fn copy(&self, of: &Database, name: &str) -> Outcome<Database> {
        let copy = self.named(of.engine, name)?;
        self.remove(&copy).await?;
        match of.engine {
            Engine::Sqlite => {
                fs::copy(&of.url, &copy.url).doing(format_args!("copy {}", of.url))?;
                // Written to the disk now, and not while something is measured.
                File::open(&copy.url)?.sync_all()?;
            }
            Engine::Postgres => {
                self.command(&format!("create database {} template {}", copy.name(), of.name())).await?;
                self.command("checkpoint").await?;
            }
        }
        Ok(copy)
    }

    /// Takes a database away, if it is there.
    pub(crate) async fn remove(&self, database: &Database) -> Outcome {
        match database.engine {
            Engine::Sqlite => {
                for more in ["", "-wal", "-shm"] {
                    let path = format!("{}{more}", database.url);
                    if Path::new(&path).exists() {
                        fs::remove_file(&path).doing(format_args!("remove {path}"))?;
                    }
                }
                Ok(())
            }
            Engine::Postgres => {
                self.command(&format!("drop database if exists {} with (force)", database.name())).await
            }
        }
    }

    /// Puts the PostgreSQL server on the server's core: it does a part of the server's work. Tells what
    /// came of it.
    pub(crate) async fn pin_postgres(&self) -> Outcome<String> {
        let Some(url) = &self.postgres else { return Ok("not measured: no --postgres".to_owned()) };
        let mut connection = PgConnection::connect(url).await.doing("connect to PostgreSQL")?;
        let pids: Vec<i32> =
            sqlx::query_scalar("select pid from pg_stat_activity").fetch_all(&mut connection).await?;
        let folder: String = sqlx::query_scalar("show data_directory").fetch_one(&mut connection).await?;
        let version: String = sqlx::query_scalar("show server_version").fetch_one(&mut connection).await?;
        let mut pids: Vec<u32> = pids.into_iter().filter_map(|pid| u32::try_from(pid).ok()).collect();
        // All of them are children of the one that starts the others.
        let first = pids.first().and_then(|pid| parent(*pid)).ok_or("PostgreSQL is on another machine")?;
        pids.push(first);
        // Every one is tried, whatever became of the one before.
        let failed = pids.into_iter().filter(|pid| !machine::pin(*pid, SERVER_CORE)).count();
        let place = match machine::same_file_system(Path::new(&folder), &self.folder) {
            Some(true) => "on the same file system as SQLite",
            Some(false) => "on ANOTHER file system than SQLite: compare with care",
            None => "on a file system that cannot be looked at",
        };
        let pinned = if failed == 0 { "on core 0" } else { "NOT pinned to a core" };
        Ok(format!("{version}, {pinned}, {place}"))
    }

    /// How often PostgreSQL has synced its log since it started; nothing when it does not tell.
    pub(crate) async fn postgres_syncs(&self) -> Outcome<Option<i64>> {
        let Some(url) = &self.postgres else { return Ok(None) };
        let mut connection = PgConnection::connect(url).await.doing("connect to PostgreSQL")?;
        // Until version 17 the first, from 18 on the second.
        let texts = [
            "select wal_sync from pg_stat_wal",
            "select sum(fsyncs)::bigint from pg_stat_io where object = 'wal'",
        ];
        for text in texts {
            if let Ok(syncs) = sqlx::query_scalar(text).fetch_one(&mut connection).await {
                return Ok(Some(syncs));
            }
        }
        Ok(None)
    }

    fn named(&self, engine: Engine, name: &str) -> Outcome<Database> {
        let url = match engine {
            Engine::Sqlite => self.folder.join(format!("{name}.db")).display().to_string(),
            Engine::Postgres => {
                let (server, _) =
                    self.postgres.as_deref().and_then(|url| url.rsplit_once('/')).ok_or("no PostgreSQL")?;
                format!("{server}/{OURS}{name}")
            }
        };
        Ok(Database { engine, url })
    }

    /// Runs a command of PostgreSQL. The names in it are our own.
    async fn command(&self, text: &str) -> Outcome {
        let url = self.postgres.as_deref().ok_or("no PostgreSQL")?;
        let mut connection = PgConnection::connect(url).await.doing("connect to PostgreSQL")?;
        sqlx::query(AssertSqlSafe(text.to_owned())).execute(&mut connection).await.doing(text)?;
        Ok(())
    }
}

impl Database {
    /// The name of a database on a PostgreSQL server.
    fn name(&self) -> &str {
        self.url.rsplit('/').next().unwrap_or_default()
    }

    /// How many visits it holds, also while the server runs.
    pub(crate) async fn visits(&self) -> Outcome<u64> {
        let text = "select count(*) from visit";
        let count: i64 = match self.engine {
            Engine::Sqlite => sqlx::query_scalar(text).fetch_one(&mut self.file().await?).await,
            Engine::Postgres => sqlx::query_scalar(text).fetch_one(&mut self.server().await?).await,
        }
        .doing("count the visits")?;
        Ok(u64::try_from(count)?)
    }

    /// The employers, those with the most visits first.
    pub(crate) async fn employers(&self) -> Outcome<Vec<Uuid>> {
        self.ids("select id from employer order by visit_count desc, name_sorted, id").await
    }

    /// The clients of one coach who are in the service.
    pub(crate) async fn clients_of(&self, coach: &str) -> Outcome<Vec<Uuid>> {
        let text = format!(
            "select c.id from client c join client_coach k on k.client_id = c.id
                 join person p on p.id = k.person_id
             where p.code = '{coach}' and c.closed_on is null and k.to_day is null order by c.id"
        );
        self.ids(&text).await
    }

    /// The identities that a query gives. The texts in it are our own.
    async fn ids(&self, text: &str) -> Outcome<Vec<Uuid>> {
        let query = sqlx::AssertSqlSafe(text.to_owned());
        match self.engine {
            Engine::Sqlite => sqlx::query_scalar(query).fetch_all(&mut self.file().await?).await,
            Engine::Postgres => sqlx::query_scalar(query).fetch_all(&mut self.server().await?).await,
        }
        .doing("read what is in the database")
    }

    async fn file(&self) -> Outcome<SqliteConnection> {
        let options = SqliteConnectOptions::new().filename(&self.url).read_only(true);
        options.connect().await.doing(format_args!("open {}", self.url))
    }

    async fn server(&self) -> Outcome<PgConnection> {
        PgConnection::connect(&self.url).await.doing("connect to PostgreSQL")
    }
}

/// The process that started another.
fn parent(process: u32) -> Option<u32> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name stands in brackets and may hold anything; the state and the parent come after it.
    text.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}
