//! `rinnalla retention`: what is due to be erased, and nothing more.

use super::output::{json, line, table};
use super::{Failure, database};
use backend::retention::DryRun;
use domain::codes::Code;
use serde_json::json;
use std::process::ExitCode;

const ABOUT: &str = "\
Say how many records are due to be erased

A dry run by the retention times as they stand: numbers by unit and kind of record, and nobody's name. It
erases nothing. Erasing takes two people in the app: one proposes the list of a unit, another releases it.
What is asked here is noted in the use log.";

#[derive(Debug, clap::Args)]
#[command(about = "Say how many records are due to be erased", long_about = ABOUT)]
pub(crate) struct Retention {
    /// Report as JSON
    #[arg(long)]
    json: bool,
}

impl Retention {
    pub(crate) async fn run(self, database: &str) -> Result<ExitCode, Failure> {
        let backend = database::open_existing(database).await?;
        let due = backend.retention_dry_run().await?;
        backend.store.close().await;
        if self.json {
            json(&report(&due))?;
        } else {
            tell(&due)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn tell(due: &DryRun) -> Result<(), Failure> {
    if due.units.is_empty() {
        return line("Nothing is due.");
    }
    let mut rows = Vec::new();
    for unit in &due.units {
        for (kind, number) in &unit.counts {
            rows.push(vec![unit.name.clone(), kind.code().to_owned(), number.to_string()]);
        }
    }
    table(&["Unit", "Records", "Due"], &rows)
}

fn report(due: &DryRun) -> serde_json::Value {
    let mut units = Vec::new();
    for unit in &due.units {
        for (kind, number) in &unit.counts {
            units.push(json!({ "unit": unit.name, "records": kind.code(), "due": number }));
        }
    }
    json!({ "day": due.today, "due": units })
}
