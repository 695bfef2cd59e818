//! Visits a second at a fixed number of connections, beside the machine's own rate.

use crate::bench::{Bench, Fixture};
use crate::database::Engine;
use crate::drive::{Drive, Until, drive};
use crate::machine::Busy;
use crate::outcome::Outcome;
use crate::rate::{self, Rate};
use crate::stats::{Goal, Percentiles, Spread, short};
use crate::syncs::{self, Syncs};
use crate::table;
use serde::Serialize;
use std::time::Duration;

/// How visits are sent.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Load {
    /// Connections, each with one request under way.
    pub(crate) connections: usize,
    /// Visits in a request.
    pub(crate) size: usize,
}

/// The ways that are measured.
pub(crate) const LOADS: [Load; 3] =
    [Load { connections: 8, size: 1 }, Load { connections: 32, size: 1 }, Load { connections: 4, size: 100 }];

/// Durable visits a second from 8 clients.
const RATE: Goal = Goal::AtLeast { goal: 3_000.0, limit: Some(1_000.0) };
/// How long 95 of 100 of them wait, in milliseconds.
const WAIT: Goal = Goal::AtMost { goal: 20.0, limit: None };

impl Load {
    /// In words.
    pub(crate) fn in_words(self) -> String {
        format!("{} connections × {}", self.connections, self.size)
    }

    /// Sends in this way until then.
    pub(crate) fn until(self, until: Until) -> Drive {
        Drive { connections: self.connections, size: self.size, until }
    }

    fn is(self, other: Self) -> bool {
        (self.connections, self.size) == (other.connections, other.size)
    }
}

#[derive(Serialize)]
struct Row {
    round: u32,
    engine: Engine,
    load: Load,
    visits_per_second: f64,
    wait_ms: Percentiles,
    acknowledged: u64,
    /// Sent without an acknowledgement: refused, or no answer.
    failed: u64,
    stored: u64,
    request_bytes: usize,
}

#[derive(Serialize)]
struct RateRow {
    round: u32,
    busy: Busy,
    #[serde(flatten)]
    rate: Rate,
}

/// Everything of this part.
#[derive(Default, Serialize)]
struct Rows {
    fdatasync_4_kb: Vec<RateRow>,
    visits: Vec<Row>,
    syncs: Vec<Syncs>,
}

/// Measures and reports.
pub(crate) async fn measure(bench: &mut Bench, fixtures: &[Fixture]) -> Outcome {
    let mut rows = Rows::default();
    for round in 1..=bench.rounds {
        let (busy, order) = bench.round("visits a second", round, fixtures);
        let time = Duration::from_secs(if bench.quick { 1 } else { 2 });
        rows.fdatasync_4_kb.push(RateRow { round, busy, rate: rate::measure(&bench.folder, time)? });
        for fixture in order {
            one_engine(bench, fixture, round, &mut rows.visits).await?;
        }
        bench.keep("visits", &rows)?;
    }
    for fixture in fixtures {
        rows.syncs.extend(syncs::measure(bench, fixture).await?);
    }
    bench.keep("visits", &rows)?;
    report(&rows, fixtures);
    Ok(())
}

async fn one_engine(bench: &Bench, fixture: &Fixture, round: u32, rows: &mut Vec<Row>) -> Outcome {
    let up = bench.up(fixture).await?;
    let (warm, time) = if bench.quick { (300, 1_000) } else { (1_000, 5_000) };
    let until = Until::Time { warm: Duration::from_millis(warm), time: Duration::from_millis(time) };
    for load in LOADS {
        let before = up.database.visits().await?;
        let driven = drive(&up.site, &up.material, load.until(until)).await?;
        let after = up.database.visits().await?;
        let stored = driven.tally.check(before, after)?;
        if let Some(complaint) = &driven.tally.complaint {
            println!(
                "  {}, {}: {} visits not acknowledged: {complaint}",
                fixture.engine(),
                load.in_words(),
                driven.tally.failed()
            );
        }
        rows.push(Row {
            round,
            engine: fixture.engine(),
            load,
            visits_per_second: driven.per_second,
            wait_ms: driven.waits.summary(),
            acknowledged: driven.tally.acknowledged,
            failed: driven.tally.failed(),
            stored,
            request_bytes: driven.bytes,
        });
    }
    bench.down(up).await
}

fn report(rows: &Rows, fixtures: &[Fixture]) {
    let rates = &rows.fdatasync_4_kb;
    let p50 = Spread::of(rates.iter().map(|row| row.rate.p50));
    let own = Spread::of(rates.iter().map(|row| row.rate.per_second));
    println!("\nThe machine's own rate, fdatasync of 4 KB: p50 {p50} ms, {own} a second");

    let mut lines = Vec::new();
    for engine in fixtures.iter().map(Fixture::engine) {
        for load in LOADS {
            let of: Vec<&Row> =
                rows.visits.iter().filter(|row| row.engine == engine && row.load.is(load)).collect();
            let middle = |figure: &dyn Fn(&Row) -> f64| Spread::of(of.iter().map(|row| figure(row)));
            let (rate, p95) = (middle(&|row| row.visits_per_second), middle(&|row| row.wait_ms.p95));
            let failed: u64 = of.iter().map(|row| row.failed).sum();
            let verdict = match failed {
                0 if load.is(LOADS[0]) => {
                    format!("{}, p95 {}", RATE.verdict(rate.median), WAIT.verdict(p95.median))
                }
                0 => "–".to_owned(),
                _ => "void: not all were acknowledged".to_owned(),
            };
            let synced = rows.syncs.iter().find(|one| one.engine == engine && one.load.is(load));
            lines.push(vec![
                engine.to_string(),
                load.in_words(),
                verdict,
                rate.to_string(),
                short(middle(&|row| row.wait_ms.p50).median),
                short(p95.median),
                short(middle(&|row| row.wait_ms.p99).median),
                failed.to_string(),
                synced.map_or_else(|| "not measured".to_owned(), Syncs::in_words),
                of.last().map_or(0, |row| row.request_bytes).to_string(),
            ]);
        }
    }
    let title = "Visits through POST /api/sync, closed loop, 10,000 visits there before: median (IQR) of the \
                 rounds, waits in ms";
    let headers = [
        "engine",
        "load",
        "goal",
        "visits/s",
        "p50",
        "p95",
        "p99",
        "failed",
        "syncs a visit",
        "bytes a request",
    ];
    table::print(title, 3, &headers, &lines);
    let mut ways: Vec<&str> = rows.syncs.iter().map(|one| one.how.as_str()).collect();
    ways.dedup();
    ways.iter().for_each(|how| println!("  syncs: {how}"));
}
