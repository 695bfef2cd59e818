//! `rinnalla audit`: is the use log as it was written?

use super::output::{counted, json, line};
use super::{Failure, database};
use backend::audit::{Chain, verify};
use serde_json::json;
use std::process::ExitCode;

const ABOUT: &str = "\
Look whether the use log is as it was written

Every row of the use log (who saw or changed what, when, on which ground) carries the hash of the row
before it. This follows the chain from the first row to the last. The last hash, kept somewhere
else, shows later that nothing was cut off at the end.

Exit status: 0 = whole, 1 = broken.";

#[derive(Debug, clap::Args)]
#[command(about = "Look whether the use log is as it was written", long_about = ABOUT)]
pub(crate) struct Audit {
    /// Report as JSON
    #[arg(long)]
    json: bool,
}

impl Audit {
    pub(crate) async fn run(self, database: &str) -> Result<ExitCode, Failure> {
        let backend = database::open_existing(database).await?;
        let mut tx = backend.store.read(&backend.clock).await?;
        let chain = verify(&mut tx).await?;
        drop(tx);
        backend.store.close().await;
        if self.json {
            tell_json(&chain)?
        } else {
            tell(&chain)?
        }
        Ok(if matches!(chain, Chain::Whole { .. }) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn tell(chain: &Chain) -> Result<(), Failure> {
    match chain {
        Chain::Whole { rows: 0, .. } => line("The use log is empty."),
        Chain::Whole { rows, hash } => {
            line(&format!("The use log is whole: {}.", counted(rows.unsigned_abs(), "row", "rows")))?;
            line(&format!("Last hash: {hash}"))
        }
        Chain::Broken { seq } => line(&format!(
            "The use log is broken: row {seq} is not as it was written, or is missing. Keep the database as it is \
             and compare it with a backup."
        )),
    }
}

fn tell_json(chain: &Chain) -> Result<(), Failure> {
    json(&match chain {
        Chain::Whole { rows, hash } => json!({ "whole": true, "rows": rows, "last_hash": hash }),
        Chain::Broken { seq } => json!({ "whole": false, "first_broken": seq }),
    })
}
