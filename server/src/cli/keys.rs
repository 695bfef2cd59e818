//! `rinnalla keys`: the keys that open what phones seal.

use super::output::{json, line};
use super::{Failure, database};
use backend::clock::Clock;
use backend::keys::Keys as Pairs;
use serde_json::json;
use std::path::PathBuf;
use std::process::ExitCode;

const ABOUT: &str = "\
Look at the keys that open what phones seal, or make a new pair

The folder has a pair for each time that --rotate was used, and organisation.key, which signs the list of public keys.
Take organisation.key away and keep it offline; it is needed only to make the next pair. Keep a copy of the whole folder
where no backup of the database comes: without it, what waits on phones can't be opened by anybody.";

#[derive(Debug, clap::Args)]
#[command(about = "Look at the keys that open what phones seal, or make a new pair", long_about = ABOUT)]
pub(crate) struct Keys {
    /// The folder; without saying, the one of `rinnalla serve`
    #[arg(long, value_name = "FOLDER")]
    keys: Option<PathBuf>,
    /// Make a new pair. Older ones stay, so that what was sealed to them can be opened. Start the server again after it
    #[arg(long)]
    rotate: bool,
    /// Report as JSON
    #[arg(long)]
    json: bool,
}

impl Keys {
    pub(crate) fn run(&self, database: &str) -> Result<ExitCode, Failure> {
        let folder = self.keys.clone().unwrap_or_else(|| database::keys_folder(database));
        let now = Clock::System.now();
        let pairs = if self.rotate { Pairs::add(&folder, now) } else { Pairs::open(&folder) };
        let (numbers, signer) = pairs?.facts();
        if self.json {
            json(&json!({ "folder": folder, "pairs": numbers, "signed_by": signer }))?;
        } else {
            let newest = numbers.last().copied().unwrap_or_default();
            line(&format!("{} pairs in {}, the newest is {newest}.", numbers.len(), folder.display()))?;
            line(&format!("The list is signed by {signer}."))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}
