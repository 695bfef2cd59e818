//! Closed loop: so many connections, each sends its next request when the last one is answered.

use crate::dice::Dice;
use crate::http::{Connection, JSON, Site};
use crate::outcome::Outcome;
use crate::stats::Waits;
use crate::visits::{Material, Tally};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How to send.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Drive {
    /// Connections, each with one request under way.
    pub(crate) connections: usize,
    /// Visits in a request.
    pub(crate) size: usize,
    /// When to end.
    pub(crate) until: Until,
}

/// When to end.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Until {
    /// After a time that counts, which comes after one that doesn't.
    Time {
        /// Does not count.
        warm: Duration,
        /// Counts.
        time: Duration,
    },
    /// After so many requests.
    Requests(u64),
}

/// What came of it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Driven {
    /// What became of the visits, all in all.
    pub(crate) tally: Tally,
    /// Visits a second that were acknowledged in the time that counts.
    pub(crate) per_second: f64,
    /// How long the requests took that were answered in it.
    pub(crate) waits: Waits,
    /// Bytes of a request's body, on average.
    pub(crate) bytes: usize,
}

/// What one connection did.
#[derive(Default)]
struct Worked {
    tally: Tally,
    counted: u64,
    waits: Vec<Duration>,
    requests: usize,
    bytes: usize,
}

/// When what counts begins and ends.
#[derive(Clone, Copy)]
struct Window {
    from: Instant,
    until: Instant,
}

/// Sends visits to a site.
pub(crate) async fn drive(site: &Site, material: &Arc<Material>, drive: Drive) -> Outcome<Driven> {
    let mut open = Vec::new();
    for _ in 0..drive.connections {
        open.push(Connection::open(site).await?);
    }
    let begun = Instant::now();
    let (warm, time, requests) = match drive.until {
        Until::Time { warm, time } => (warm, time, u64::MAX),
        // Long enough for a hundred a second.
        Until::Requests(count) => (Duration::ZERO, Duration::from_millis(count * 10 + 10_000), count),
    };
    let window = Window { from: begun + warm, until: begun + warm + time };
    let left = Arc::new(AtomicU64::new(requests));
    let work = open.into_iter().enumerate().map(|(at, connection)| {
        let (material, left) = (Arc::clone(material), Arc::clone(&left));
        tokio::spawn(worker(connection, material, left, drive.size, window, at as u64))
    });
    let work: Vec<_> = work.collect();
    let mut all = Worked::default();
    for one in work {
        let one = one.await??;
        all.tally.add(one.tally);
        all.counted += one.counted;
        all.waits.extend(one.waits);
        all.requests += one.requests;
        all.bytes += one.bytes;
    }
    let seconds = match drive.until {
        Until::Time { time, .. } => time.as_secs_f64(),
        Until::Requests(_) => begun.elapsed().as_secs_f64(),
    };
    Ok(Driven {
        tally: all.tally,
        per_second: all.counted as f64 / seconds,
        waits: Waits::new(all.waits),
        bytes: all.bytes / all.requests.max(1),
    })
}

async fn worker(
    mut connection: Connection,
    material: Arc<Material>,
    left: Arc<AtomicU64>,
    size: usize,
    window: Window,
    seed: u64,
) -> Outcome<Worked> {
    let mut dice = Dice::new(seed);
    let mut worked = Worked::default();
    let take = |left: u64| left.checked_sub(1);
    while Instant::now() < window.until
        && left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    {
        let posting = material.posting(&mut dice, size)?;
        worked.requests += 1;
        worked.bytes += posting.body.len();
        let sent = Instant::now();
        let answer = connection.post("/api/sync", JSON, posting.body.clone()).await;
        let answered = Instant::now();
        let lost = answer.is_err();
        let tally = posting.judge(answer.as_ref().ok().map(|answer| (answer.status, &*answer.body)));
        if (window.from..window.until).contains(&answered) {
            worked.counted += tally.acknowledged;
            worked.waits.push(answered - sent);
        }
        worked.tally.add(tally);
        if lost {
            // The connection can't be used any more; the others go on.
            break;
        }
    }
    Ok(worked)
}
