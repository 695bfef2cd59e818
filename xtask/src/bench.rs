//! Measures the release binary. What is measured, and how, is the crate `bench`.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use crate::build;
use crate::postgres::Postgres;
use crate::step::{Doing, Failure, Outcome, Step};
use crate::tools;

/// Where the runs are kept that are published.
const KEPT: &str = "docs/bench";

/// What is to be measured.
pub(crate) struct Wanted {
    /// How often each part is repeated.
    pub(crate) rounds: u32,
    /// One short round, to see that it works.
    pub(crate) quick: bool,
    /// Only these parts; empty = all.
    pub(crate) only: Vec<String>,
    /// The name under which all raw rows are kept.
    pub(crate) keep: Option<String>,
}

/// Builds the binary and the client, and measures on both databases.
pub(crate) fn bench(wanted: &Wanted) -> Outcome<ExitCode> {
    build::build(false)?;
    Step::new("Bench: compiling the client", "bench-compile")
        .usually("4 min the first time, 10 s later")
        .run(tools::cargo().args(["build", "-p", "bench", "--release"]))?;
    let postgres = Postgres::start()?;
    let mut command = Command::new("target/release/bench");
    command.args(["--rounds", &wanted.rounds.to_string(), "--postgres", postgres.url()]);
    if wanted.quick {
        command.arg("--quick");
    }
    if !wanted.only.is_empty() {
        command.args(["--only", &wanted.only.join(",")]);
    }
    if let Some(name) = &wanted.keep {
        command.arg("--keep").arg(PathBuf::from(KEPT).join(format!("{name}.json")));
    }
    let status = command.status().doing("start the client")?;
    drop(postgres);
    if status.success() {
        Ok(ExitCode::SUCCESS)
    } else {
        Err(Failure::new("the measurement did not come to its end, or a count was wrong: see above"))
    }
}
