//! Measures the release binary: visits a second and the syncs behind them, waiting times at fixed rates,
//! memory, cold start, a large unit, a whole county. `cargo xtask bench` builds everything and calls it.
//!
//! The server and its database are on one core, this client is on another. What was stored is counted
//! after every run: where it is not what was acknowledged, the run is void and the command fails. Figures
//! alone never make it fail.
//!
//! | word | module |
//! |---|---|
//! | a made-up county of any size | [`county`], [`words`], [`dice`] |
//! | the binary, its databases, the machine | [`product`], [`database`], [`machine`] |
//! | HTTP, the visits that are posted | [`http`], [`visits`] |
//! | the parts | [`rate`] and [`closed`] with [`syncs`], [`open`], [`memory`], [`start`], [`large`], [`whole`] |
//! | closed loop, percentiles, goals, tables | [`drive`], [`stats`], [`table`] |
#![expect(clippy::print_stdout, reason = "a command for developers: its output is what it is for")]

mod bench;
mod closed;
mod county;
mod database;
mod dice;
mod drive;
mod http;
mod large;
mod machine;
mod memory;
mod open;
mod outcome;
mod product;
mod rate;
mod start;
mod stats;
mod syncs;
mod table;
mod visits;
mod whole;
mod words;

use bench::Bench;
use clap::{Parser, ValueEnum};
use machine::Machine;
use outcome::{Doing, Outcome};
use std::path::PathBuf;
use std::process::ExitCode;

/// Measures the release binary.
#[derive(Debug, Parser)]
#[command(name = "bench", max_term_width = 100)]
struct Options {
    /// The binary to measure
    #[arg(long, value_name = "FILE", default_value = "target/release/rinnalla")]
    rinnalla: PathBuf,
    /// A database of a PostgreSQL server on this machine, where others may be made; without, only SQLite
    /// is measured
    #[arg(long, value_name = "URL")]
    postgres: Option<String>,
    /// How often each part is repeated
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// One short round of everything, to see that it works
    #[arg(long)]
    quick: bool,
    /// Only these parts
    #[arg(long, value_name = "PART", value_delimiter = ',')]
    only: Vec<Part>,
    /// Where the raw rows go, with the databases in a folder beneath
    #[arg(long, value_name = "FOLDER", default_value = "target/bench")]
    output: PathBuf,
    /// Keeps all raw rows in this file, too
    #[arg(long, value_name = "FILE")]
    keep: Option<PathBuf>,
    /// The pilot's package, brought in as an ordinary one where it is at hand
    #[arg(long, value_name = "FOLDER", default_value = "../shared/pilot")]
    pilot: PathBuf,
}

/// A part of the measurement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Visits a second at a fixed number of connections, and the machine's own rate
    Visits,
    /// Visits at fixed rates
    Rates,
    /// Memory
    Memory,
    /// Cold start
    Start,
    /// A large unit
    Large,
    /// A whole county: pages about clients, and guessed identities
    County,
}

fn main() -> ExitCode {
    let options = Options::parse();
    // Before there are threads: all of them are to be on the client's core.
    let machine = Machine::prepare();
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("error: no threads to work with: {error}");
            return ExitCode::FAILURE;
        }
    };
    let measured = async {
        tokio::select! {
            done = measure(options, &machine) => done,
            // The server is a child that would live on.
            () = interrupted() => Err("interrupted".into()),
        }
    };
    match runtime.block_on(measured) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Waits for Ctrl-C or SIGTERM.
async fn interrupted() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! { _ = tokio::signal::ctrl_c() => {}, _ = terminate.recv() => {} },
        Err(_) => drop(tokio::signal::ctrl_c().await),
    }
}

async fn measure(options: Options, machine: &Machine) -> Outcome {
    let wants = |part: Part| options.only.is_empty() || options.only.contains(&part);
    let binary =
        options.rinnalla.canonicalize().doing(format_args!("find {}", options.rinnalla.display()))?;
    let rounds = if options.quick { 1 } else { options.rounds };
    let mut bench = Bench::new(
        (rounds, options.quick),
        machine,
        binary,
        options.postgres,
        &options.output,
        options.pilot,
    )?;
    println!("Machine: {}", machine.in_words());
    println!("PostgreSQL: {}", bench.databases.pin_postgres().await?);

    if [Part::Visits, Part::Rates, Part::Memory, Part::Start].into_iter().any(wants) {
        println!("» making databases with 10,000 visits");
        let fixtures = bench.preloaded().await?;
        if wants(Part::Visits) {
            closed::measure(&mut bench, &fixtures).await?;
        }
        if wants(Part::Rates) {
            open::measure(&mut bench, &fixtures).await?;
        }
        if wants(Part::Memory) {
            memory::measure(&mut bench, &fixtures).await?;
        }
        if wants(Part::Start) {
            start::measure(&mut bench, &fixtures).await?;
        }
        for fixture in &fixtures {
            bench.databases.remove(&fixture.database).await?;
        }
    }
    if wants(Part::Large) {
        large::measure(&mut bench).await?;
    }
    if wants(Part::County) {
        whole::measure(&mut bench).await?;
    }
    println!("\nRaw rows: {}/*.json", options.output.display());
    if let Some(path) = options.keep {
        bench.keep_all(&path)?;
        println!("All of them: {}", path.display());
    }
    bench.clear()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_well_formed() {
        Options::command().debug_assert();
    }
}
