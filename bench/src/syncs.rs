//! How many syncs of the disk a visit costs: proof that each acknowledgement follows one.
//!
//! `SQLite` syncs in the server's own process, which is watched by strace with a filter in the kernel, so
//! that no other call is slowed down. `PostgreSQL` counts its own.

use crate::bench::{Bench, Fixture};
use crate::closed::{LOADS, Load};
use crate::database::Engine;
use crate::drive::{Until, drive};
use crate::outcome::Outcome;
use serde::Serialize;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// So long is counted.
const COUNTED: Until = Until::Time { warm: Duration::ZERO, time: Duration::from_secs(2) };

/// What came of counting.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Syncs {
    /// On which engine.
    pub(crate) engine: Engine,
    /// How the visits were sent.
    pub(crate) load: Load,
    /// Visits that were acknowledged meanwhile.
    visits: u64,
    /// Syncs meanwhile; nothing when they can't be counted.
    syncs: Option<u64>,
    /// In which way they were counted.
    pub(crate) how: String,
}

impl Syncs {
    /// `0.251`, or why there is no figure.
    pub(crate) fn in_words(&self) -> String {
        match self.syncs {
            Some(syncs) => format!("{:.3}", syncs as f64 / self.visits.max(1) as f64),
            None => "cannot".to_owned(),
        }
    }
}

/// Counts for every way of sending, each on a fresh database, in runs of their own.
pub(crate) async fn measure(bench: &Bench, fixture: &Fixture) -> Outcome<Vec<Syncs>> {
    match fixture.engine() {
        Engine::Sqlite => by_strace(bench, fixture).await,
        Engine::Postgres => by_postgres(bench, fixture).await,
    }
}

async fn by_strace(bench: &Bench, fixture: &Fixture) -> Outcome<Vec<Syncs>> {
    let log = bench.folder.join("strace.log");
    let mut all = Vec::new();
    for load in LOADS {
        let engine = fixture.engine();
        if !strace_works() {
            let how = "SQLite: not measured, strace is missing or may not trace here".to_owned();
            all.push(Syncs { engine, load, visits: 0, syncs: None, how });
            continue;
        }
        let up = bench.up_traced(fixture, &strace(&log)).await?;
        let begun = now();
        let driven = drive(&up.site, &up.material, load.until(COUNTED)).await?;
        let ended = now();
        bench.down(up).await?;
        // The tracer ends a moment after what it traced.
        std::thread::sleep(Duration::from_millis(300));
        let syncs = syncs_between(&fs::read_to_string(&log)?, begun, ended);
        let how = "SQLite: strace of fsync and fdatasync in a run of 2 s, checkpoints included".to_owned();
        all.push(Syncs { engine, load, visits: driven.tally.acknowledged, syncs: Some(syncs), how });
    }
    Ok(all)
}

async fn by_postgres(bench: &Bench, fixture: &Fixture) -> Outcome<Vec<Syncs>> {
    let mut all = Vec::new();
    let (_, by_itself) = counted(bench, fixture, None).await?;
    for load in LOADS {
        let (visits, syncs) = counted(bench, fixture, Some(load)).await?;
        // What a server costs that is sent no visit.
        let syncs = syncs.zip(by_itself).map(|(syncs, by_itself)| syncs.saturating_sub(by_itself));
        let how = match syncs {
            Some(_) => "PostgreSQL: its own count of syncs of the log in a run of 2 s",
            None => "PostgreSQL: cannot, this version does not count",
        };
        all.push(Syncs { engine: fixture.engine(), load, visits, syncs, how: how.to_owned() });
    }
    Ok(all)
}

/// Visits and syncs until a server has ended: each connection hands in what it counted when it closes, so
/// what signing in cost is in it, too.
async fn counted(bench: &Bench, fixture: &Fixture, load: Option<Load>) -> Outcome<(u64, Option<u64>)> {
    let up = bench.up(fixture).await?;
    let before = bench.databases.postgres_syncs().await?;
    let visits = match load {
        None => 0,
        Some(load) => drive(&up.site, &up.material, load.until(COUNTED)).await?.tally.acknowledged,
    };
    up.server.stop()?;
    std::thread::sleep(Duration::from_millis(300));
    let after = bench.databases.postgres_syncs().await?;
    bench.databases.remove(&up.database).await?;
    let syncs = before.zip(after).and_then(|(before, after)| u64::try_from(after - before).ok());
    Ok((visits, syncs))
}

/// The tracer: beside the server and not before it, so that the server is our own child.
fn strace(log: &Path) -> Vec<OsString> {
    let words = ["strace", "-D", "-f", "--seccomp-bpf", "-ttt", "-e", "trace=fsync,fdatasync", "-o"];
    words.iter().map(OsString::from).chain([log.into()]).collect()
}

fn strace_works() -> bool {
    let mut strace = Command::new("strace");
    strace.args(["-f", "--seccomp-bpf", "-e", "trace=fsync", "true"]);
    strace.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// Seconds since 1970.
fn now() -> f64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs_f64()
}

/// Counts the calls in a log of strace that began in this time: `PID SECONDS fdatasync(9) = 0`. A call
/// that was interrupted by another's line has a second line without a bracket.
fn syncs_between(log: &str, begun: f64, ended: f64) -> u64 {
    let is_one = |line: &&str| {
        let mut words = line.split_whitespace().skip(1);
        let at = words.next().and_then(|at| at.parse::<f64>().ok());
        let call = words.next().unwrap_or_default();
        at.is_some_and(|at| (begun..=ended).contains(&at))
            && (call.starts_with("fsync(") || call.starts_with("fdatasync("))
    };
    log.lines().filter(is_one).count() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_calls_of_a_time_are_counted_once() {
        let log = "812 1700000000.100000 fdatasync(9) = 0\n\
                   812 1700000001.000000 fdatasync(9 <unfinished ...>\n\
                   815 1700000001.000100 fsync(11) = 0\n\
                   812 1700000001.000300 <... fdatasync resumed>) = 0\n\
                   812 1700000009.000000 fdatasync(9) = 0\n\
                   812 1700000001.500000 +++ exited with 0 +++\n";
        assert_eq!(syncs_between(log, 1_700_000_001.0, 1_700_000_002.0), 2);
    }
}
