//! How a long step is shown: what it does, how long it usually takes, that it is still alive, and
//! on failure the end of its log.

use std::fmt;
use std::fs::{self, File};
use std::io::{IsTerminal, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

/// Where the logs of the steps are, from the project's root.
pub(crate) const LOGS: &str = "target/xtask";

/// How many lines of a failed step's log are shown.
const TAIL_LINES: usize = 60;

/// How often a step says that it is still alive, when nobody watches it on a terminal.
const BEAT: Duration = Duration::from_secs(30);

/// Why a command could not do its work: one line that says what to do about it.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    /// A failure with this line.
    pub(crate) fn new(line: impl Into<String>) -> Self {
        Self(line.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

/// What a task comes to.
pub(crate) type Outcome<T = ()> = Result<T, Failure>;

/// Gives an input or output error the words for what was tried.
pub(crate) trait Doing<T> {
    /// `doing` completes the sentence "could not …".
    fn doing(self, doing: impl fmt::Display) -> Outcome<T>;
}

impl<T> Doing<T> for std::io::Result<T> {
    fn doing(self, doing: impl fmt::Display) -> Outcome<T> {
        self.map_err(|error| Failure::new(format!("could not {doing}: {error}")))
    }
}

/// One child process whose output goes to a log, with a sign of life on the screen.
pub(crate) struct Step {
    title: String,
    usually: Option<&'static str>,
    log: PathBuf,
    limit: Option<Duration>,
}

/// What came of a [`Step`].
pub(crate) struct Finished {
    /// Whether the child process ended well.
    pub(crate) ok: bool,
    /// All that it printed.
    pub(crate) output: String,
    /// Where that is kept.
    pub(crate) log: PathBuf,
}

impl Step {
    /// A step with a title for the reader and a short name for its log.
    pub(crate) fn new(title: impl Into<String>, log: &str) -> Self {
        Self {
            title: title.into(),
            usually: None,
            log: Path::new(LOGS).join(format!("{log}.log")),
            limit: None,
        }
    }

    /// How long it usually takes on 2 cores, in words.
    pub(crate) fn usually(mut self, words: &'static str) -> Self {
        self.usually = Some(words);
        self
    }

    /// Ends the child process after this time.
    pub(crate) fn limit(mut self, limit: Duration) -> Self {
        self.limit = Some(limit);
        self
    }

    /// Runs the command; a failure shows the end of the log.
    pub(crate) fn run(self, command: &mut Command) -> Outcome {
        let title = self.title.clone();
        let finished = self.carry_out(command, "FAILED")?;
        if finished.ok {
            return Ok(());
        }
        show_tail(&finished);
        Err(Failure::new(format!("{title}: failed; the whole log is {}", finished.log.display())))
    }

    /// Runs the command and leaves it to the caller to judge what came of it.
    pub(crate) fn attempt(self, command: &mut Command) -> Outcome<Finished> {
        self.carry_out(command, "ended without success")
    }

    /// Runs the command; `bad` is what is said when it did not end well.
    fn carry_out(self, command: &mut Command, bad: &str) -> Outcome<Finished> {
        match self.usually {
            Some(words) => println!("» {} (usually {words})", self.title),
            None => println!("» {}", self.title),
        }
        fs::create_dir_all(LOGS).doing(format_args!("make the folder {LOGS}"))?;
        let log = File::create(&self.log).doing(format_args!("write the log {}", self.log.display()))?;
        let for_errors = log.try_clone().doing(format_args!("write the log {}", self.log.display()))?;
        let program = command.get_program().to_string_lossy().into_owned();
        let begun = Instant::now();
        let child = command
            .stdin(Stdio::null())
            .stdout(log)
            .stderr(for_errors)
            .spawn()
            .doing(format_args!("start {program}"))?;
        let ok = self.watch(child, begun)?.is_some_and(|status| status.success());
        let output = read_lossy(&self.log)?;
        let word = if ok { "done" } else { bad };
        println!("  {word}, {}", spoken(begun.elapsed()));
        Ok(Finished { ok, output, log: self.log })
    }

    /// Waits for the child with signs of life; nothing means that it was ended at its limit.
    fn watch(&self, mut child: Child, begun: Instant) -> Outcome<Option<ExitStatus>> {
        let terminal = std::io::stdout().is_terminal();
        let mut next_beat = if terminal { Duration::from_secs(1) } else { BEAT };
        let mut pause = Duration::from_millis(20);
        loop {
            if let Some(status) = child.try_wait().doing("wait for the step")? {
                wipe(terminal);
                return Ok(Some(status));
            }
            let elapsed = begun.elapsed();
            if self.limit.is_some_and(|limit| elapsed > limit) {
                child.kill().doing("end the step at its time limit")?;
                child.wait().doing("wait for the step")?;
                wipe(terminal);
                println!("  ended: it took longer than {}", spoken(elapsed));
                return Ok(None);
            }
            if elapsed >= next_beat {
                let line = format!("  {}  {}", clock(elapsed), last_line(&self.log));
                if terminal {
                    let short: String = line.chars().take(78).collect();
                    print!("\r\x1b[2K{short}");
                    // A terminal that went away is no reason to stop.
                    drop(std::io::stdout().flush());
                    next_beat = elapsed + Duration::from_secs(1);
                } else {
                    println!("{line}");
                    next_beat += BEAT;
                }
            }
            std::thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(250));
        }
    }
}

/// Takes the sign of life off the terminal.
fn wipe(terminal: bool) {
    if terminal {
        print!("\r\x1b[2K");
    }
}

/// Shows the end of a finished step's log, without cargo's lines on what went well.
pub(crate) fn show_tail(finished: &Finished) {
    const WELL: [&str; 6] =
        ["Compiling ", "Checking ", "Downloading ", "Downloaded ", "Finished ", "Running "];
    let went_well = |line: &str| WELL.iter().any(|start| line.trim_start().starts_with(start));
    let lines: Vec<&str> = finished.output.lines().filter(|line| !went_well(line)).collect();
    let from = lines.len().saturating_sub(TAIL_LINES);
    for line in &lines[from..] {
        println!("  | {line}");
    }
}

/// A file's text, with what is no text replaced.
pub(crate) fn read_lossy(path: &Path) -> Outcome<String> {
    let bytes = fs::read(path).doing(format_args!("read {}", path.display()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The last line with words in it; the log may be long, so only its end is read.
fn last_line(log: &Path) -> String {
    let end = || -> std::io::Result<String> {
        let mut file = File::open(log)?;
        let length = file.metadata()?.len();
        file.seek(SeekFrom::Start(length.saturating_sub(2_000)))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes)?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    };
    let text = end().unwrap_or_default();
    let line = text.lines().rev().find(|line| !line.trim().is_empty());
    let plain = line.unwrap_or("…").trim();
    plain.chars().filter(|letter| !letter.is_control()).collect()
}

/// A time as on a clock: `4:05`.
fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    format!("{}:{:02}", seconds / 60, seconds % 60)
}

/// A time in words: `4 min 5 s`.
pub(crate) fn spoken(time: Duration) -> String {
    let seconds = time.as_secs();
    if seconds < 10 {
        format!("{:.1} s", time.as_secs_f64())
    } else if seconds < 60 {
        format!("{seconds} s")
    } else {
        format!("{} min {} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_well() {
        assert_eq!(spoken(Duration::from_millis(1_240)), "1.2 s");
        assert_eq!(spoken(Duration::from_secs(59)), "59 s");
        assert_eq!(spoken(Duration::from_secs(125)), "2 min 5 s");
        assert_eq!(clock(Duration::from_secs(125)), "2:05");
    }
}
