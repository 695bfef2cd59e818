//! The machine: what it is, how busy it is, what a process of it uses, and on which core it runs.

use crate::outcome::{Doing, Outcome};
use serde::Serialize;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The core that the server and its database run on.
pub(crate) const SERVER_CORE: u32 = 0;
/// The core that the client runs on.
pub(crate) const CLIENT_CORE: u32 = 1;

/// What it is.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Machine {
    processor: String,
    cores: usize,
    memory_mb: u64,
    kernel: String,
    /// Do server and client have a core each?
    pub(crate) pinned: bool,
}

impl Machine {
    /// Looks at it, and puts this process on the client's core where there are two.
    pub(crate) fn prepare() -> Self {
        let text = |path: &str| fs::read_to_string(path).unwrap_or_default();
        let cores = thread::available_parallelism().map_or(1, usize::from);
        let processor = field(&text("/proc/cpuinfo"), "model name").unwrap_or("unknown").to_owned();
        let memory = field(&text("/proc/meminfo"), "MemTotal").and_then(kilobytes).unwrap_or(0);
        Self {
            processor,
            cores,
            memory_mb: memory * 1024 / 1_000_000,
            kernel: text("/proc/sys/kernel/osrelease").trim().to_owned(),
            pinned: cores > 1 && pin(std::process::id(), CLIENT_CORE),
        }
    }

    /// In a line.
    pub(crate) fn in_words(&self) -> String {
        let pinned =
            if self.pinned { "server on core 0, client on core 1" } else { "nothing pinned to a core" };
        format!(
            "{}, {} cores, {} MB, Linux {}; {pinned}",
            self.processor, self.cores, self.memory_mb, self.kernel
        )
    }
}

/// Puts every thread of a process, and those that it starts from now on, on one core. Tells whether that
/// went well.
pub(crate) fn pin(process: u32, core: u32) -> bool {
    let mut taskset = Command::new("taskset");
    taskset.args(["--all-tasks", "--cpu-list", "--pid", &core.to_string(), &process.to_string()]);
    taskset.stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success())
}

/// How busy the machine is.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Busy {
    /// The load of the last 1, 5 and 15 minutes, as `uptime` tells it.
    pub(crate) load: String,
    /// So much of all cores was busy in the second just gone, in percent. The load still remembers what
    /// was measured a minute ago; this does not.
    pub(crate) percent: f64,
}

impl Busy {
    /// Looks for a second.
    pub(crate) fn look() -> Self {
        let before = ticks();
        thread::sleep(Duration::from_secs(1));
        let after = ticks();
        let load = fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let load = load.split(' ').take(3).collect::<Vec<_>>().join(" ");
        let (idle, all) = (after.0.saturating_sub(before.0), after.1.saturating_sub(before.1));
        Self { load, percent: 100.0 - 100.0 * idle as f64 / all.max(1) as f64 }
    }
}

/// Idle ticks and all ticks of the processor since it started.
fn ticks() -> (u64, u64) {
    let text = fs::read_to_string("/proc/stat").unwrap_or_default();
    let line = text.lines().next().unwrap_or_default();
    let ticks: Vec<u64> =
        line.split_whitespace().skip(1).take(8).filter_map(|tick| tick.parse().ok()).collect();
    // The fourth and fifth are idle time, without and with something to wait for from a disk.
    (ticks.iter().skip(3).take(2).sum(), ticks.iter().sum())
}

/// Memory of a process, in MB of 1,000,000 bytes.
#[derive(Clone, Copy, Debug, Default, Serialize)]
pub(crate) struct Memory {
    /// What of it is in memory (RSS).
    pub(crate) rss: f64,
    /// The same, with shared pages counted in parts (PSS).
    pub(crate) pss: f64,
}

/// The memory that a process uses now.
pub(crate) fn memory(process: u32) -> Outcome<Memory> {
    let path = format!("/proc/{process}/smaps_rollup");
    let text = fs::read_to_string(&path).doing(format_args!("read {path}"))?;
    let megabytes = |name| field(&text, name).and_then(kilobytes).map_or(0.0, |kb| kb as f64 * 1024.0 / 1e6);
    Ok(Memory { rss: megabytes("Rss"), pss: megabytes("Pss") })
}

/// The most memory that a process has used at once, in MB of 1,000,000 bytes; nothing when it is gone.
pub(crate) fn peak(process: u32) -> Option<f64> {
    let text = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    field(&text, "VmHWM").and_then(kilobytes).map(|kb| kb as f64 * 1024.0 / 1e6)
}

/// What stands behind a name and a colon.
fn field<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let lines = text.lines().filter_map(|line| line.split_once(':'));
    lines.map(|(key, value)| (key.trim(), value.trim())).find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// The number of `1234 kB`.
fn kilobytes(value: &str) -> Option<u64> {
    value.split(' ').next()?.parse().ok()
}

/// Are two places on the same file system? Nothing when one of them can't be looked at.
pub(crate) fn same_file_system(one: &Path, other: &Path) -> Option<bool> {
    use std::os::unix::fs::MetadataExt;
    Some(fs::metadata(one).ok()?.dev() == fs::metadata(other).ok()?.dev())
}

/// Today, in universal time: never ahead of the day in Finland.
pub(crate) fn today() -> chrono::NaiveDate {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    // The default is 1970-01-01.
    chrono::NaiveDate::default().checked_add_days(chrono::Days::new(seconds / 86_400)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_read_by_its_whole_name() {
        let text = "Pss_Dirty: 7 kB\nPss:            1234 kB\n";
        assert_eq!(field(text, "Pss").and_then(kilobytes), Some(1234));
        assert_eq!(field(text, "Rss"), None);
    }

    #[test]
    fn this_process_uses_memory() {
        let memory = memory(std::process::id()).unwrap();
        assert!(memory.rss >= memory.pss && memory.pss > 0.1, "{memory:?}");
        assert!(peak(std::process::id()).unwrap() >= memory.pss);
    }
}
