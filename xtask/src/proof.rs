//! Proofs that print a figure: the authorisation matrix, and entries that may not double.

use std::io::{BufRead, BufReader};
use std::process::{Command, ExitCode, Stdio};

use crate::postgres::{Postgres, VARIABLE};
use crate::site;
use crate::step::{Doing, Failure, Outcome};
use crate::tools;

/// Walks every server function × role × relation; the figure is the last line.
pub(crate) fn matrix() -> Outcome<ExitCode> {
    let postgres = Postgres::start()?;
    site::make_room()?;
    let mut command = tools::cargo();
    command
        .args(["test", "-p", "server", "--test", "it", "matrix"])
        .args(["--", "--nocapture"])
        .env(VARIABLE, postgres.url());
    let (ok, figure) = show_figure_last(&mut command)?;
    drop(postgres);
    match figure {
        Some(line) if ok => {
            println!("{line}");
            Ok(ExitCode::SUCCESS)
        }
        Some(line) => {
            println!("{line}");
            Err(Failure::new("the matrix does not hold: see above"))
        }
        None if ok => {
            Err(Failure::new("no test printed the matrix: is there one named `matrix` in server/tests/it?"))
        }
        None => Err(Failure::new("the matrix was not walked to its end: see above")),
    }
}

/// Submits the same entries many times in parallel, on both databases.
pub(crate) fn duplicates(rounds: u32) -> Outcome<ExitCode> {
    println!("» {rounds} submissions on each database, in a release build (usually 5 min to build)");
    let rounds = ("RINNALLA_DUPLICATE_ROUNDS", rounds.to_string());
    prove("duplicates", &[rounds], "an entry doubled, or a test failed: see above")
}

/// Plays phones and a server from seeds.
pub(crate) fn simulate(sequences: u32, seed: u64, database: Option<&str>) -> Outcome<ExitCode> {
    if !matches!(database, None | Some("sqlite" | "postgres")) {
        return Err(Failure::new("--database is sqlite or postgres"));
    }
    println!("» {sequences} sequences, in a release build (usually 5 min to build)");
    let told = [
        ("RINNALLA_SEQUENCES", sequences.to_string()),
        ("RINNALLA_SEED", seed.to_string()),
        ("RINNALLA_ENGINE", database.unwrap_or_default().to_owned()),
    ];
    prove("simulate", &told, "something was lost, doubled or misattributed, or a test failed: see above")
}

/// Runs the tests with a word in their name in a release build, beside a throw-away PostgreSQL.
fn prove(test: &str, told: &[(&str, String)], wrong: &str) -> Outcome<ExitCode> {
    let postgres = Postgres::start()?;
    site::make_room()?;
    let status = tools::cargo()
        .args(["test", "-p", "server", "--release", "--test", "it", test, "--", "--nocapture"])
        .env(VARIABLE, postgres.url())
        .envs(told.iter().map(|(name, value)| (name, value)))
        .status()
        .doing("start cargo")?;
    drop(postgres);
    if status.success() { Ok(ExitCode::SUCCESS) } else { Err(Failure::new(wrong)) }
}

/// Runs a command and passes its output on, except the figure's line, which is given back.
fn show_figure_last(command: &mut Command) -> Outcome<(bool, Option<String>)> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn().doing("start cargo")?;
    let mut figure = None;
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let line = line.doing("read what the test prints")?;
            let line = String::from_utf8_lossy(&line);
            match figure_in(&line) {
                Some(found) => figure = Some(found.to_owned()),
                None => println!("{line}"),
            }
        }
    }
    let status = child.wait().doing("wait for the test")?;
    Ok((status.success(), figure))
}

/// The figure in a line; the test runner may have begun the line with the test's name.
fn figure_in(line: &str) -> Option<&str> {
    let at = line.find(" functions × ")?;
    let start = line[..at]
        .rfind(|letter: char| !letter.is_ascii_digit())
        .map_or(0, |before| before + line[before..].chars().next().map_or(0, char::len_utf8));
    let end = line.find(" leaks")? + " leaks".len();
    line.get(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_figure_is_found_behind_the_tests_name() {
        let line = "12 functions × 6 roles × 5 relations = 360 cases, 0 leaks";
        assert_eq!(figure_in(line), Some(line));
        assert_eq!(figure_in(&format!("test matrix::walk ... {line}")), Some(line));
        assert_eq!(figure_in("test matrix::walk ... ok"), None);
    }
}
