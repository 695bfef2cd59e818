//! The machine's own rate: how long one sync of the disk takes.

use crate::outcome::{Doing, Outcome};
use crate::stats::Waits;
use serde::Serialize;
use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

/// A page of a database.
const BYTES: usize = 4096;

/// What one sync costs.
#[derive(Clone, Copy, Debug, Serialize)]
pub(crate) struct Rate {
    /// Half took no longer, in milliseconds.
    pub(crate) p50: f64,
    /// So many one after another in a second.
    pub(crate) per_second: f64,
}

/// Appends 4 KB to a file in the folder of the databases and syncs its data (`fdatasync`), again and
/// again for this time.
pub(crate) fn measure(folder: &Path, time: Duration) -> Outcome<Rate> {
    let path = folder.join("rate");
    let mut file = File::create(&path).doing(format_args!("write {}", path.display()))?;
    let page = [b'r'; BYTES];
    let begun = Instant::now();
    let mut waits = Vec::new();
    while begun.elapsed() < time {
        let sent = Instant::now();
        file.write_all(&page)?;
        file.sync_data()?;
        waits.push(sent.elapsed());
    }
    let per_second = waits.len() as f64 / begun.elapsed().as_secs_f64();
    fs::remove_file(&path)?;
    Ok(Rate { p50: Waits::new(waits).percentile(50), per_second })
}
