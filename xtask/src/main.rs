//! The project's commands: `cargo xtask run | test | build | statement | matrix | duplicates | simulate | bench |
//! postgres`.
//!
//! This file holds the command line only. The work is in the modules, one for each topic:
//! [`build`] (browser code and server), [`wasm`] (the compiler for the browser), [`site`] (the
//! files the server carries), [`css`], [`tools`] (what is installed, and from where),
//! [`postgres`] (a throw-away cluster), [`test`] (every check), [`proof`] (proofs that print a
//! figure), [`bench`] (measuring), [`run`] (the app with demo data) and [`step`] (how a long step is shown).
#![expect(clippy::print_stdout, reason = "a command for developers: its output is what it is for")]
#![allow(clippy::doc_markdown, reason = "the help texts are read in a terminal, where backticks are noise")]

mod bench;
mod build;
mod css;
mod postgres;
mod proof;
mod run;
mod site;
mod step;
mod test;
mod tools;
mod wasm;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use step::Outcome;

/// The project's commands. `cargo xtask run` is the one to start with.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 100)]
struct Arguments {
    #[command(subcommand)]
    command: Task,
}

/// One command of the project.
#[derive(Subcommand)]
enum Task {
    /// Builds what is missing, makes demo data in ./data and serves the app.
    ///
    /// Installs the tools that are missing (with apt-get, cargo and npm). The first start takes
    /// about 15 minutes on 2 cores, a later one a few seconds. Delete ./data to begin again with
    /// fresh demo data.
    Run {
        /// The address to serve on
        #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:3000")]
        listen: String,
    },
    /// Checks everything: format, lints, licences, tests on both databases, the pages in Chromium.
    ///
    /// Ends with the line "N passed, N failed", and with a non-zero status when anything failed.
    /// Each check counts as one, each test as one. The PostgreSQL for the tests is a throw-away
    /// cluster that the command starts and removes.
    Test {
        /// Leaves out the release build and the tests in Chromium
        #[arg(long)]
        skip_e2e: bool,
        /// Runs only the tests with this word in their name, and none of the other checks
        #[arg(value_name = "FILTER")]
        filter: Option<String>,
    },
    /// Builds the browser code and the binary target/release/rinnalla with everything inside.
    Build {
        /// Development build: faster to make, larger to load; makes target/debug/rinnalla
        #[arg(long)]
        quick: bool,
    },
    /// Walks every page with axe and writes what was measured into the accessibility statement.
    ///
    /// Makes the release build, runs end2end/look.test.mjs, and writes app/src/statement/results.json.
    Statement,
    /// Walks every server function × role × relation on both databases and prints the figure.
    Matrix,
    /// Submits the same entries again and again, in parallel, on both databases: none may double.
    Duplicates {
        /// How many submissions
        #[arg(long, default_value_t = 10_000)]
        rounds: u32,
    },
    /// Plays phones and a server to which everything happens, from seeds: nothing may be lost, doubled or misattributed.
    ///
    /// Uses the phones' own code, the real router and real databases. Ends with a line such as "2000 sequences, 0 lost,
    /// 0 doubled, 0 wrong authors" for each database; a sequence that fails prints its seed, which plays it again.
    Simulate {
        /// How many sequences of 40 to 60 events on each database
        #[arg(long, default_value_t = 2_000)]
        sequences: u32,
        /// The first seed
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Only on this database: sqlite or postgres
        #[arg(long)]
        database: Option<String>,
    },
    /// Measures the release binary on both databases: visits a second, waits, memory, start, a large unit, a whole county.
    ///
    /// Prints tables with a goal beside each figure, and writes the raw rows to target/bench. Takes about
    /// 20 minutes after the build, on a machine that does nothing else. Figures never make it fail;
    /// visits that were acknowledged and not stored, or refused and stored, do.
    Bench {
        /// How often each part is repeated
        #[arg(long, default_value_t = 5)]
        rounds: u32,
        /// One short round of everything, to see that it works
        #[arg(long)]
        quick: bool,
        /// Only these parts: visits, rates, memory, start, large, county, phone
        #[arg(long, value_name = "PART", value_delimiter = ',')]
        only: Vec<String>,
        /// Keeps all raw rows in docs/bench/NAME.json and NAME-phone.json, too
        #[arg(long, value_name = "NAME")]
        keep: Option<String>,
    },
    /// Starts a throw-away PostgreSQL, runs CMD with RINNALLA_TEST_POSTGRES set, and removes it.
    ///
    /// Example: cargo xtask postgres -- cargo test -p server --test it employers
    Postgres {
        /// The command and its arguments
        #[arg(value_name = "CMD", required = true, trailing_var_arg = true, allow_hyphen_values = true)]
        command: Vec<String>,
    },
}

fn main() -> ExitCode {
    match carry_out(Arguments::parse().command) {
        Ok(status) => status,
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}

/// Does what was asked for, from the project's root folder.
fn carry_out(task: Task) -> Outcome<ExitCode> {
    tools::enter_project()?;
    match task {
        Task::Run { listen } => run::run(&listen),
        Task::Test { skip_e2e, filter } => test::test(skip_e2e, filter.as_deref()),
        Task::Build { quick } => build::build(quick).map(|()| ExitCode::SUCCESS),
        Task::Statement => test::statement(),
        Task::Matrix => proof::matrix(),
        Task::Duplicates { rounds } => proof::duplicates(rounds),
        Task::Simulate { sequences, seed, database } => proof::simulate(sequences, seed, database.as_deref()),
        Task::Bench { rounds, quick, only, keep } => {
            bench::bench(&bench::Wanted { rounds, quick, only, keep })
        }
        Task::Postgres { command } => postgres::with(&command),
    }
}
