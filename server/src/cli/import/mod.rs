//! `rinnalla import`: a county's package into the database.

mod help;
mod report;

use super::output::{counted, json};
use super::progress::Progress;
use super::{Failure, database, folder};
use backend::import::Wanted;
use help::{ABOUT, EXAMPLES};
use report::Report;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Debug, clap::Args)]
#[command(about = "Import a county's package: a folder of CSV files", long_about = ABOUT, after_long_help = EXAMPLES)]
pub(crate) struct Import {
    /// The folder with units.csv, teams.csv and so on
    folder: PathBuf,
    /// Write nothing, only say what would happen
    #[arg(long, conflicts_with = "good_rows")]
    check: bool,
    /// Write the good rows, even when others are refused
    #[arg(long)]
    good_rows: bool,
    /// Report as JSON
    #[arg(long)]
    json: bool,
}

impl Import {
    pub(crate) async fn run(self, database: &str) -> Result<ExitCode, Failure> {
        let folder = folder::read(&self.folder)?;
        let backend = database::open(database).await?;
        let progress = Progress::begin();
        progress.step("reading the package …");
        let reading = domain::package::read(&folder.files, backend.clock.today());
        progress.step("waiting for the database …");
        let mut tell = |step: backend::import::Progress| {
            progress.step(format!("{}: {} …", step.file, counted(step.rows as u64, "row", "rows")));
        };
        let imported = backend.import(&reading, self.wanted(), &mut tell).await?;
        drop(progress);
        backend.store.close().await;
        let report = Report { reading, imported, others: folder.others, wanted: self.wanted() };
        if self.json {
            json(&report.as_json())?;
        } else {
            report.tell()?;
        }
        Ok(if report.went_well() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }

    fn wanted(&self) -> Wanted {
        match (self.check, self.good_rows) {
            (true, _) => Wanted::Check,
            (_, true) => Wanted::GoodRows,
            _ => Wanted::AllOrNothing,
        }
    }
}
