//! Measures the release binary. What is measured, and how, is the crate `bench`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use crate::build;
use crate::postgres::Postgres;
use crate::step::{Doing, Failure, Outcome, Step};
use crate::{test, tools};

/// Where the runs are kept that are published.
const KEPT: &str = "docs/bench";

/// The part that a browser measures.
const PHONE: &str = "phone";

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
    let (phone, server): (Vec<_>, Vec<_>) = wanted.only.iter().partition(|part| *part == PHONE);
    if wanted.only.is_empty() || !server.is_empty() {
        self::server(wanted, &server)?;
    }
    if wanted.only.is_empty() || !phone.is_empty() {
        self::phone(wanted)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// The server, from outside.
fn server(wanted: &Wanted, only: &[&String]) -> Outcome {
    Step::new("Bench: compiling the client", "bench-compile")
        .usually("4 min the first time, 10 s later")
        .run(tools::cargo().args(["build", "-p", "bench", "--release"]))?;
    let postgres = Postgres::start()?;
    let mut command = Command::new("target/release/bench");
    command.args(["--rounds", &wanted.rounds.to_string(), "--postgres", postgres.url()]);
    if wanted.quick {
        command.arg("--quick");
    }
    for part in only {
        command.args(["--only", part]);
    }
    if let Some(name) = &wanted.keep {
        command.arg("--keep").arg(PathBuf::from(KEPT).join(format!("{name}.json")));
    }
    let status = command.status().doing("start the client")?;
    drop(postgres);
    ended(status.success())
}

/// The visit form on a reference phone: a browser behind a slow network of our own.
fn phone(wanted: &Wanted) -> Outcome {
    test::packages()?;
    let raw = Path::new("target/bench/phone.json");
    fs::create_dir_all("target/bench").doing("make target/bench")?;
    let rounds = if wanted.quick { 1 } else { wanted.rounds };
    let status = Command::new(tools::recent_node()?)
        .args(["bench/phone.mjs", "--rounds", &rounds.to_string()])
        .current_dir(test::END2END)
        .env("RINNALLA_BIN", tools::root()?.join("target/release/rinnalla"))
        .env("CHROMIUM", tools::chromium()?)
        .stdout(fs::File::create(raw).doing("write target/bench/phone.json")?)
        .status()
        .doing("start the browser")?;
    ended(status.success())?;
    if let Some(name) = &wanted.keep {
        let kept = Path::new(KEPT).join(format!("{name}-phone.json"));
        fs::create_dir_all(KEPT).doing("make docs/bench")?;
        fs::copy(raw, &kept).doing(format_args!("write {}", kept.display()))?;
    }
    Ok(())
}

fn ended(well: bool) -> Outcome {
    if well {
        Ok(())
    } else {
        Err(Failure::new("the measurement did not come to its end, or a count was wrong: see above"))
    }
}
