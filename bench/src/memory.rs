//! Memory of the server: idle, and after 10,000 visits.

use crate::bench::{Bench, Fixture};
use crate::database::Engine;
use crate::drive::{Drive, Until, drive};
use crate::machine::{self, Busy, Memory};
use crate::outcome::Outcome;
use crate::stats::{Goal, Spread, short};
use crate::table;
use serde::Serialize;
use std::thread;
use std::time::Duration;

/// Idle, in MB.
const IDLE: Goal = Goal::AtMost { goal: 25.0, limit: Some(60.0) };
/// After the visits, in MB.
const AFTER: Goal = Goal::AtMost { goal: 60.0, limit: Some(120.0) };

#[derive(Serialize)]
struct Row {
    round: u32,
    engine: Engine,
    /// How busy the machine was before the round.
    busy: Busy,
    /// Before anybody has signed in, a second after the start.
    idle_mb: Memory,
    /// After this many visits.
    visits: u64,
    after_mb: Memory,
}

/// Measures and reports.
pub(crate) async fn measure(bench: &mut Bench, fixtures: &[Fixture]) -> Outcome {
    let mut rows = Vec::new();
    for round in 1..=bench.rounds {
        let (busy, order) = bench.round("memory", round, fixtures);
        for fixture in order {
            rows.push(one(bench, fixture, round, busy.clone()).await?);
        }
        bench.keep("memory", &rows)?;
    }
    report(&rows, fixtures);
    Ok(())
}

async fn one(bench: &Bench, fixture: &Fixture, round: u32, busy: Busy) -> Outcome<Row> {
    let idle_mb = {
        let server = bench.product.serve(&fixture.database, &[])?;
        thread::sleep(Duration::from_secs(1));
        let idle = machine::memory(server.process())?;
        server.stop()?;
        idle
    };
    let up = bench.up(fixture).await?;
    let before = up.database.visits().await?;
    let until = Until::Requests(if bench.quick { 1_000 } else { 10_000 });
    let driven = drive(&up.site, &up.material, Drive { connections: 8, size: 1, until }).await?;
    let visits = driven.tally.check(before, up.database.visits().await?)?;
    let after_mb = machine::memory(up.server.process())?;
    bench.down(up).await?;
    Ok(Row { round, engine: fixture.engine(), busy, idle_mb, visits, after_mb })
}

fn report(rows: &[Row], fixtures: &[Fixture]) {
    let mut lines = Vec::new();
    for engine in fixtures.iter().map(Fixture::engine) {
        let of: Vec<&Row> = rows.iter().filter(|row| row.engine == engine).collect();
        let middle = |figure: &dyn Fn(&Row) -> f64| Spread::of(of.iter().map(|row| figure(row)));
        let visits = of.last().map_or(0, |row| row.visits);
        let (idle, after) = (middle(&|row| row.idle_mb.rss), middle(&|row| row.after_mb.rss));
        let idle_pss = short(middle(&|row| row.idle_mb.pss).median);
        let after_pss = short(middle(&|row| row.after_mb.pss).median);
        let line = |when: String, goal: Goal, rss: Spread, pss: String| {
            vec![engine.to_string(), when, goal.verdict(rss.median), rss.to_string(), pss]
        };
        lines.push(line("idle".to_owned(), IDLE, idle, idle_pss));
        lines.push(line(format!("after {visits} visits"), AFTER, after, after_pss));
    }
    let title = "Memory of the server's process in MB (without PostgreSQL's own): median (IQR) of the rounds";
    table::print(title, 3, &["engine", "when", "goal", "RSS", "PSS"], &lines);
}
