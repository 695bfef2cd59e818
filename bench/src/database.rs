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

    /// The client of a coach who has been supported the most often, with the job.
    pub(crate) async fn longest_supported(&self, coach: &str) -> Outcome<(Uuid, Uuid)> {
        let text = format!(
            "select k.client_id, j.id from client_coach k join person p on p.id = k.person_id
                 join job j on j.client_id = k.client_id
             where p.code = '{coach}' and k.to_day is null
             order by (select count(*) from support s where s.client_id = k.client_id) desc, j.id limit 1"
        );
        let query = AssertSqlSafe(text);
        match self.engine {
            Engine::Sqlite => sqlx::query_as(query).fetch_one(&mut self.file().await?).await,
            Engine::Postgres => sqlx::query_as(query).fetch_one(&mut self.server().await?).await,
        }
        .doing("find who works")
    }

    /// The clients, those with the most uses first.
    pub(crate) async fn most_used_clients(&self) -> Outcome<Vec<Uuid>> {
        // Of the first unit: its lead reads them.
        self.ids(
            "select c.id from client c join unit u on u.id = c.unit_id where u.code = 'BU01'
             order by (select count(*) from use_log_client l where l.client_id = c.id) desc, c.id limit 1",
        )
        .await
    }

    /// The memos of a team.
    pub(crate) async fn memos_of(&self, team: &str) -> Outcome<Vec<Uuid>> {
        let text = format!(
            "select r.id from referral r join team t on t.id = r.team_id where t.code = '{team}' order by r.id"
        );
        self.ids(&text).await
    }

    /// Everybody who works there.
    pub(crate) async fn people(&self) -> Outcome<Vec<Uuid>> {
        self.ids("select id from person order by id").await
    }

    /// Fills in what no package has: of each client a memo, notes, meetings, attempts, steps and a profile,
    /// supports for each job, for one of each coach's jobs over ten years, 300 opportunities in each unit, matches
    /// of each open client, and a log of `log` uses, with `uses` more of one client.
    pub(crate) async fn fill_with_daily_work(&self, log: usize, uses: usize) -> Outcome {
        let texts = daily_work(self.engine, log, uses);
        match self.engine {
            Engine::Sqlite => {
                let options = SqliteConnectOptions::new().filename(&self.url);
                let mut connection = options.connect().await.doing(format_args!("open {}", self.url))?;
                for text in texts {
                    let query = sqlx::query(AssertSqlSafe(text.clone()));
                    query.execute(&mut connection).await.doing(&text)?;
                }
            }
            Engine::Postgres => {
                let mut connection = self.server().await?;
                for text in texts {
                    let query = sqlx::query(AssertSqlSafe(text.clone()));
                    query.execute(&mut connection).await.doing(&text)?;
                }
            }
        }
        Ok(())
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

/// The statements of [`Database::fill_with_daily_work`]. The words are those of nobody.
fn daily_work(engine: Engine, log: usize, uses: usize) -> Vec<String> {
    let sqlite = engine == Engine::Sqlite;
    let id = if sqlite { "randomblob(16)" } else { "gen_random_uuid()" };
    let day = |days: &str| {
        if sqlite {
            format!("date(c.agreement_on, '+' || ({days}) || ' days')")
        } else {
            format!("(c.agreement_on + ({days})::int)")
        }
    };
    let now = if sqlite { "strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now')" } else { "now()" };
    let today = if sqlite { "date('now')" } else { "current_date" };
    let yes = if sqlite { "1" } else { "true" };
    let no = if sqlite { "0" } else { "false" };
    let numbers = |last: usize| {
        format!(
            "(with recursive n(i) as (select 1 union all select i + 1 from n where i < {last}) select i from n) n"
        )
    };
    // Of each client one row for each number up to `last`, so many days apart, none after the last day.
    let of_clients = |last: usize, apart: usize| {
        format!(
            "from client c join client_coach k on k.client_id = c.id cross join {} where {} <= {today}
                 and (c.closed_on is null or {} <= c.closed_on)",
            numbers(last),
            day(&format!("i * {apart}")),
            day(&format!("i * {apart}")),
        )
    };
    let words = "'Puhuttiin toiveista, työajoista ja siitä, mitä työnantajalle kerrotaan. Sovittiin seuraava tapaaminen.'";
    let text_id = if sqlite {
        "lower(substr(hex(c.id), 1, 8) || '-' || substr(hex(c.id), 9, 4) || '-' || substr(hex(c.id), 13, 4)
             || '-' || substr(hex(c.id), 17, 4) || '-' || substr(hex(c.id), 21))"
    } else {
        "c.id::text"
    };
    let at = |last: usize| {
        if sqlite {
            format!("strftime('%Y-%m-%dT%H:%M:%S+00:00', 'now', '-' || (({last} - i) * 60) || ' seconds')")
        } else {
            format!("now() - ({last} - i) * interval '60 seconds'")
        }
    };
    let zeros = "0".repeat(64);
    let used = |last: usize, which: &str| {
        [
            format!(
                "insert into use_log (seq, at, person_id, role, unit_id, action, object_kind, object_id, basis,
                     channel, client_ids, previous_hash, hash)
                 select h.seq + i, {}, k.person_id, 'coach', c.unit_id, 'read', 'client', c.id,
                     'client_relation', 'web', {text_id}, '{zeros}', '{zeros}'
                 from use_log_head h cross join {} join numbered m on m.number = {which}
                     join client c on c.id = m.id join client_coach k on k.client_id = c.id",
                at(last),
                numbers(last),
            ),
            "insert into use_log_client (seq, client_id) select l.seq, l.object_id from use_log l, use_log_head h
                 where l.seq > h.seq and l.object_kind = 'client'"
                .to_owned(),
            format!("update use_log_head set seq = seq + {last}, hash = '{zeros}'"),
        ]
    };
    let ago = |days: &str| {
        if sqlite { format!("date('now', '-{days} days')") } else { format!("(current_date - {days})") }
    };
    let apart = "n.i * (case when v.job_id is null then 28 else 7 end)";
    let since_start = if sqlite {
        format!("date(j.started_on, '+' || ({apart}) || ' days')")
    } else {
        format!("(j.started_on + ({apart})::int)")
    };
    let (cast_from, as_text, as_id) = if sqlite { ("", "", "") } else { ("(", "::text", ")::uuid") };
    let mut texts = vec![
        format!(
            "insert into referral (id, unit_id, team_id, referrer_id, client_id, name, birth_year, phone, wish,
                 contact_wish, share, words, sent_at, sent_on, received_on, decided_on, accepted, first_meeting_on)
             select {id}, c.unit_id, c.team_id, o.person_id, c.id, c.name, c.birth_year, '', {words}, '', '', '',
                 {now}, c.referred_on, c.referred_on, c.referred_on, {yes}, c.first_meeting_on
             from client c join post o on o.team_id = c.team_id and o.role = 'referrer'"
        ),
        format!(
            "insert into client_note (id, client_id, person_id, day, words, written_at)
             select {id}, c.id, k.person_id, {}, {words}, {now} {}",
            day("i * 30"),
            of_clients(8, 30)
        ),
        format!(
            "insert into client_meeting (id, client_id, coach_id, unit_id, day, mode, place, minutes, no_show,
                 care_worker, words, received_at)
             select {id}, c.id, k.person_id, c.unit_id, {}, 'in_person', 'community', 45, {no}, '', {words}, {now} {}",
            day("i * 14"),
            of_clients(20, 14)
        ),
        format!(
            "insert into outreach_attempt (id, client_id, coach_id, unit_id, day, way, reached, words, received_at)
             select {id}, c.id, k.person_id, c.unit_id, {}, 'phone', {yes}, '', {now} {}",
            day("i * 60"),
            of_clients(3, 60)
        ),
        format!(
            "insert into client_step (id, client_id, kind, day, person_id, words, noted_at)
             select {id}, c.id, 'agreed', {}, k.person_id, '', {now} {}",
            day("i"),
            of_clients(1, 1)
        ),
        // Ten years back: who of each coach's clients works the longest by identity.
        "create temporary table veteran as select k.person_id, min(j.id) as job_id from job j
             join client c on c.id = j.client_id and c.closed_on is null
             join client_coach k on k.client_id = j.client_id and k.to_day is null group by k.person_id"
            .replace("min(j.id)", if sqlite { "min(j.id)" } else { "min(j.id::text)::uuid" }),
        format!("update job set started_on = {} where id in (select job_id from veteran)", ago("3650")),
        format!(
            "update client set agreement_on = {}, referred_on = {}, first_meeting_on = {} where id in
                 (select client_id from job where id in (select job_id from veteran))",
            ago("3700"),
            ago("3720"),
            ago("3710")
        ),
        // Weekly there, monthly elsewhere.
        format!(
            "insert into support (id, code, day, coach_id, client_id, job_id, mode, place, recipient, kind, minutes,
                 unit_id, words, received_at)
             select {id}, 'BS' || row_number() over (order by j.id, n.i), {}, k.person_id, j.client_id, j.id, 'in_person',
                 'workplace', 'client', 'on_the_job', 30, c.unit_id, {words}, {now}
             from job j join client c on c.id = j.client_id join client_coach k on k.client_id = c.id and k.to_day is null
                 left join veteran v on v.job_id = j.id
                 cross join {}
             where ({}) <= {today} and (c.closed_on is null or ({}) <= c.closed_on)",
            since_start,
            numbers(521),
            since_start,
            since_start
        ),
        format!(
            "insert into opportunity (id, unit_id, employer_id, person_id, kind, title, tasks, minutes_from, minutes_to,
                 shifts, pay, asks, carving, found_on, confirmed_on, noted_at)
             select {id}, u.id, e.id, (select {cast_from}min(o.person_id{as_text}){as_id} from post o where o.unit_id = u.id and o.role = 'coach'),
                 case when e.number % 3 = 0 then 'hidden_need' else 'opening' end, 'keittiöapulainen',
                 'Astiahuolto, salaattipöytä, siivous', 600, 1200, 'day evening', 'TES', 'Hygieniapassi', '',
                 {}, {}, {now}
             from unit u cross join (select id, row_number() over (order by id) as number from employer) e
             where e.number <= 300",
            ago("20"),
            ago("6")
        ),
        format!(
            "insert into job_match (id, client_id, employer_id, opportunity_id, coach_id, began_on, why, why_not, noted_at)
             select {id}, c.id, o.employer_id, o.id, k.person_id, {}, {words}, '', {now}
             from client c join client_coach k on k.client_id = c.id and k.to_day is null
                 join (select id, unit_id, employer_id, row_number() over (partition by unit_id order by id) as number
                     from opportunity) o on o.unit_id = c.unit_id and o.number <= 3
             where c.closed_on is null",
            ago("5")
        ),
        "create temporary table numbered as
             select id, row_number() over (order by closed_on is not null, id) - 1 as number from client"
            .to_owned(),
        "create unique index numbered_number on numbered (number)".to_owned(),
    ];
    // Every second use is of one of the first tenth, who are open.
    texts.extend(used(
        log,
        "case when i % 2 = 0 then (i / 2) % (select count(*) / 10 from client) else i % (select count(*) from client) end",
    ));
    texts.extend(used(
        uses,
        "(select min(number) from numbered b join client d on d.id = b.id
         join unit u on u.id = d.unit_id where u.code = 'BU01')",
    ));
    texts
}

/// The process that started another.
fn parent(process: u32) -> Option<u32> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // The name stands in brackets and may hold anything; the state and the parent come after it.
    text.rsplit_once(')')?.1.split_whitespace().nth(1)?.parse().ok()
}
