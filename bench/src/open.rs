//! Open loop: requests come at a fixed rate, whether the server keeps up or not, and each wait counts
//! from the moment at which it was *planned* to be sent. A closed loop sends less when the server is
//! slow, and so hides the waiting.

use crate::bench::{Bench, Fixture};
use crate::database::Engine;
use crate::dice::Dice;
use crate::http::{Connection, JSON, Site};
use crate::machine::Busy;
use crate::outcome::Outcome;
use crate::stats::{Percentiles, Spread, Waits, short};
use crate::table;
use crate::visits::{Material, Posting, Tally};
use serde::Serialize;
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::{Mutex, mpsc};

/// Requests a second, step by step.
const RATES: [u64; 8] = [50, 100, 200, 500, 1_000, 2_000, 3_000, 4_000];
/// After a step in which 95 of 100 waited longer, in milliseconds, no other comes.
const STOP: f64 = 200.0;
/// So many phones send at once at most. Who comes when all are busy waits, and the wait counts.
const CONNECTIONS: usize = 64;
/// So long after the end of a step its last requests may still be sent.
const LATE: Duration = Duration::from_secs(10);

#[derive(Serialize)]
struct Row {
    round: u32,
    engine: Engine,
    /// Requests a second that were planned.
    rate: u64,
    /// Requests that were planned.
    planned: u64,
    acknowledged: u64,
    stored: u64,
    /// Requests that were never sent, because the server fell too far behind, or got no acknowledgement.
    failed: u64,
    /// Waits from the planned moment.
    wait_ms: Percentiles,
}

#[derive(Serialize)]
struct Round {
    round: u32,
    busy: Busy,
}

#[derive(Default, Serialize)]
struct Rows {
    rounds: Vec<Round>,
    steps: Vec<Row>,
}

/// When the request number `at` (from 0) is to be sent, from the start, at `rate` requests a second.
fn planned(at: u64, rate: u64) -> Duration {
    Duration::from_nanos(at.saturating_mul(1_000_000_000) / rate.max(1))
}

/// Is this step the last?
fn ends(p95: f64, failed: u64) -> bool {
    p95 > STOP || failed > 0
}

/// Measures and reports.
pub(crate) async fn measure(bench: &mut Bench, fixtures: &[Fixture]) -> Outcome {
    let mut rows = Rows::default();
    for round in 1..=bench.rounds {
        let (busy, order) = bench.round("fixed rates", round, fixtures);
        rows.rounds.push(Round { round, busy });
        for fixture in order {
            let up = bench.up(fixture).await?;
            for rate in RATES {
                let before = up.database.visits().await?;
                let time = Duration::from_secs(if bench.quick { 1 } else { 5 });
                let step = step(&up.site, &up.material, rate, time).await?;
                let after = up.database.visits().await?;
                let stored = step.tally.check(before, after)?;
                if let Some(complaint) = &step.tally.complaint {
                    println!("  {}, {rate} a second: not acknowledged: {complaint}", fixture.engine());
                }
                let row = Row {
                    round,
                    engine: fixture.engine(),
                    rate,
                    planned: step.planned,
                    acknowledged: step.tally.acknowledged,
                    stored,
                    failed: step.planned - step.tally.acknowledged,
                    wait_ms: step.waits.summary(),
                };
                let last = ends(row.wait_ms.p95, row.failed);
                rows.steps.push(row);
                if last {
                    break;
                }
            }
            bench.down(up).await?;
        }
        bench.keep("rates", &rows)?;
    }
    report(&rows, fixtures);
    Ok(())
}

/// What came of a step.
#[derive(Default)]
struct Step {
    planned: u64,
    tally: Tally,
    waits: Waits,
}

/// A request and the moment for it.
type Due = (Instant, Posting);

async fn step(site: &Site, material: &Material, rate: u64, time: Duration) -> Outcome<Step> {
    let count = rate * time.as_secs();
    // Made before the clock starts: the client has other things to do then.
    let mut dice = Dice::new(rate);
    let postings: Result<Vec<Posting>, _> = (0..count).map(|_| material.posting(&mut dice, 1)).collect();
    let (queue, waiting) = mpsc::unbounded_channel();
    let waiting = Arc::new(Mutex::new(waiting));
    let begun = Instant::now() + Duration::from_millis(100);
    let mut workers = Vec::new();
    for _ in 0..CONNECTIONS {
        let connection = Connection::open(site).await?;
        workers.push(tokio::spawn(worker(connection, Arc::clone(&waiting), begun + time + LATE)));
    }
    for (at, posting) in (0..).zip(postings?) {
        let due = begun + planned(at, rate);
        wait_until(due).await;
        queue.send((due, posting)).map_err(|_| "nobody sends any more")?;
    }
    drop(queue);
    let mut step = Step { planned: count, ..Step::default() };
    let mut waits = Vec::new();
    for worker in workers {
        let one = worker.await?;
        step.tally.add(one.tally);
        waits.extend(one.waits);
    }
    step.waits = Waits::new(waits);
    Ok(step)
}

/// Waits for a moment more exactly than the timer, which counts in milliseconds. The client has a core of
/// its own to spend on it; answers are taken meanwhile.
async fn wait_until(moment: Instant) {
    const TIMER: Duration = Duration::from_millis(2);
    let ahead = moment.saturating_duration_since(Instant::now());
    if ahead > TIMER {
        tokio::time::sleep(ahead - TIMER).await;
    }
    while Instant::now() < moment {
        tokio::task::yield_now().await;
    }
}

/// What one connection did.
#[derive(Default)]
struct Worked {
    waits: Vec<Duration>,
    tally: Tally,
}

async fn worker(
    mut connection: Connection,
    waiting: Arc<Mutex<mpsc::UnboundedReceiver<Due>>>,
    latest: Instant,
) -> Worked {
    let mut worked = Worked::default();
    loop {
        let next = waiting.lock().await.recv().await;
        let Some((due, posting)) = next.filter(|_| Instant::now() < latest) else { return worked };
        let answer = connection.post("/api/sync", JSON, posting.body.clone()).await;
        let wait = due.elapsed();
        let lost = answer.is_err();
        let tally = posting.judge(answer.as_ref().ok().map(|answer| (answer.status, &*answer.body)));
        if tally.acknowledged > 0 {
            worked.waits.push(wait);
        }
        worked.tally.add(tally);
        if lost {
            // The connection can't be used any more; the others go on.
            return worked;
        }
    }
}

fn report(rows: &Rows, fixtures: &[Fixture]) {
    let mut lines = Vec::new();
    for engine in fixtures.iter().map(Fixture::engine) {
        for rate in RATES {
            let of: Vec<&Row> =
                rows.steps.iter().filter(|row| row.engine == engine && row.rate == rate).collect();
            if of.is_empty() {
                continue;
            }
            let middle = |figure: &dyn Fn(&Row) -> f64| Spread::of(of.iter().map(|row| figure(row)));
            let failed: u64 = of.iter().map(|row| row.failed).sum();
            let p95 = middle(&|row| row.wait_ms.p95);
            lines.push(vec![
                engine.to_string(),
                if ends(p95.median, failed) { "not held".to_owned() } else { "held".to_owned() },
                rate.to_string(),
                short(middle(&|row| row.wait_ms.p50).median),
                p95.to_string(),
                short(middle(&|row| row.wait_ms.p99).median),
                failed.to_string(),
                of.len().to_string(),
            ]);
        }
    }
    let title = "Visits at fixed rates, open loop, one a request, waits in ms from the planned moment: median \
                 (IQR) of the rounds. A rate is held when nothing fails and p95 ≤ 200";
    table::print(title, 2, &["engine", "", "visits/s", "p50", "p95", "p99", "failed", "rounds"], &lines);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_planned_evenly_and_never_drift() {
        assert_eq!(planned(0, 3_000), Duration::ZERO);
        assert_eq!(planned(1, 50), Duration::from_millis(20));
        assert_eq!(planned(3_000, 3_000), Duration::from_secs(1));
        assert_eq!(planned(20_000, 4_000), Duration::from_secs(5));
        let gaps = (1..9_000).map(|at| planned(at, 3_000) - planned(at - 1, 3_000));
        assert!(gaps.into_iter().all(|gap| (333_333..=333_334).contains(&gap.as_nanos())));
    }

    #[test]
    fn a_late_or_failed_step_is_the_last() {
        assert!(!ends(200.0, 0));
        assert!(ends(200.1, 0));
        assert!(ends(1.0, 1));
    }

    #[tokio::test]
    async fn a_moment_is_met_within_a_millisecond() {
        let moment = Instant::now() + Duration::from_millis(7);
        wait_until(moment).await;
        let late = moment.elapsed();
        assert!(Instant::now() >= moment && late < Duration::from_millis(50), "{late:?}");
    }
}
