//! The command line.
//!
//! A command gives its exit status, or a [`Failure`]: one line on standard error that says what is
//! wrong and what to do. What a command reports goes to standard output, as words or, with
//! `--json`, as JSON and nothing else; everything else goes to standard error.

mod audit;
mod backup;
mod database;
mod demo;
mod employers;
mod export;
mod failure;
mod fidelity;
mod folder;
mod import;
mod keys;
mod output;
mod progress;
mod retention;
mod serve;
mod user;

use clap::{Parser, Subcommand};
use failure::Failure;
use std::process::ExitCode;
use tracing_subscriber::EnvFilter;

const EXAMPLES: &str = "\
Examples:
  rinnalla demo                        fill an empty database with made-up people
  rinnalla serve                       serve it on http://127.0.0.1:3000
  rinnalla import county --check       say what importing the folder `county` would do
  rinnalla import county               do it
  rinnalla export backup               write everything back as files
  rinnalla backup FOLDER --for KEY     make an encrypted backup, on which phones count
  rinnalla user invite C2              make a link with which C2 chooses a password

Every command takes --database URL: a file's path, sqlite:///path or postgres://user@host/name.
`rinnalla COMMAND --help` tells about a command.";

/// Rinnalla: a service that helps people to work, from the coach's first visit to an employer on.
#[derive(Debug, Parser)]
#[command(name = "rinnalla", version, max_term_width = 100, after_help = EXAMPLES)]
struct CommandLine {
    #[arg(long, global = true, value_name = "URL", default_value = database::DEFAULT, help = database::HELP)]
    database: String,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Serve),
    Import(import::Import),
    Demo(demo::Demo),
    Employers(employers::Employers),
    Export(export::Export),
    Fidelity(fidelity::Fidelity),
    Retention(retention::Retention),
    User(user::User),
    Audit(audit::Audit),
    Backup(backup::Backup),
    BackupKey(backup::BackupKey),
    Restore(backup::Restore),
    Keys(keys::Keys),
}

/// Reads the command line and does what it says.
pub(crate) fn main() -> ExitCode {
    let CommandLine { database, command } = CommandLine::parse();
    log(&command);
    let done = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(run(&database, command)),
        Err(error) => Err(Failure::new(format!("no threads to work with: {error}"))),
    };
    done.unwrap_or_else(|failure| failure.tell())
}

async fn run(database: &str, command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Serve(serve) => serve.run(database).await,
        Command::Import(import) => import.run(database).await,
        Command::Demo(demo) => demo.run(database).await,
        Command::Employers(employers) => employers.run(database).await,
        Command::Export(export) => export.run(database).await,
        Command::Fidelity(fidelity) => fidelity.run(database).await,
        Command::Retention(retention) => retention.run(database).await,
        Command::User(user) => user.run(database).await,
        Command::Audit(audit) => audit.run(database).await,
        Command::Backup(backup) => backup.run(database).await,
        Command::BackupKey(key) => key.run(),
        Command::Restore(restore) => restore.run().await,
        Command::Keys(keys) => keys.run(database),
    }
}

/// The log goes to standard error. A command that reports stays quiet unless something is wrong.
fn log(command: &Command) {
    let usual = if matches!(command, Command::Serve(_)) { "info" } else { "warn" };
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(usual));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_commands_are_well_formed() {
        CommandLine::command().debug_assert();
    }

    #[test]
    fn the_database_may_be_named_before_or_after_the_command() {
        for line in [["rinnalla", "--database", "x.db", "demo"], ["rinnalla", "demo", "--database", "x.db"]] {
            let read = CommandLine::try_parse_from(line).map(|line| line.database);
            assert_eq!(read.ok().as_deref(), Some("x.db"));
        }
    }
}
