//! `rinnalla demo`: made-up people, employers and visits.

use super::output::{json, line, table};
use super::{Failure, database};
use backend::demo::{DEMO_PASSWORD, DemoPerson};
use domain::codes::Code;
use serde_json::json;
use std::process::ExitCode;

const ABOUT: &str = "\
Fill an empty database with a made-up service

Three coaches, their lead and the clinic's people, 300 employers, 704 visits and the clients of a
pilot's sixteen months, up to today. Nobody in it exists. Everybody has the same password, which
is printed, so `rinnalla serve` shows it on this machine only.";

const EXAMPLES: &str = "\
Examples:
  rinnalla demo && rinnalla serve
  rinnalla demo --database /tmp/try/rinnalla.db --json";

#[derive(Debug, clap::Args)]
#[command(about = "Fill an empty database with a made-up service", long_about = ABOUT, after_long_help = EXAMPLES)]
pub(crate) struct Demo {
    /// Report as JSON
    #[arg(long)]
    json: bool,
}

impl Demo {
    pub(crate) async fn run(self, database: &str) -> Result<ExitCode, Failure> {
        let backend = database::open(database).await?;
        let people = backend.make_demo().await?;
        backend.store.close().await;
        if self.json {
            json(&json!({ "people": people, "password": DEMO_PASSWORD }))?;
        } else {
            tell_people(&people)?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Who can sign in to the demo, and how.
pub(crate) fn tell_people(people: &[DemoPerson]) -> Result<(), Failure> {
    let row = |person: &DemoPerson| {
        vec![
            person.role.code().to_owned(),
            person.name.clone(),
            person.sign_in_name.clone(),
            DEMO_PASSWORD.to_owned(),
        ]
    };
    table(&["Role", "Name", "Signs in as", "Password"], &people.iter().map(row).collect::<Vec<_>>())?;
    line("")
}
