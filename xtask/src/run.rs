//! The app with demo data, from nothing or from what is there.

use std::fs::{self, File};
use std::io::Read;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, ExitCode};

use crate::build;
use crate::step::{Doing, Failure, Outcome};

/// The product.
const BINARY: &str = "target/release/rinnalla";

/// Where the database is.
const DATA: &str = "data";

/// What every SQLite database begins with.
const SQLITE: &[u8] = b"SQLite format 3\0";

/// Builds, makes demo data when there is no database, and becomes the server.
pub(crate) fn run(listen: &str) -> Outcome<ExitCode> {
    if !Path::new(BINARY).exists() {
        println!("The first start builds everything: about 15 minutes on 2 cores. Later ones take seconds.");
    }
    build::build(false)?;
    if has_database(Path::new(DATA))? {
        println!("» Data: using the database in ./{DATA}");
    } else {
        println!("» Data: making a database in ./{DATA} and filling it with demo data (usually 10 s)");
        let status = Command::new(BINARY).arg("demo").status().doing(format_args!("start {BINARY}"))?;
        if !status.success() {
            return Err(Failure::new(format!(
                "the demo data could not be made: see above; delete ./{DATA} before another try"
            )));
        }
    }
    let error = Command::new(BINARY).args(["serve", "--listen", listen]).exec();
    Err(Failure::new(format!("could not start {BINARY}: {error}")))
}

/// Whether a folder has a SQLite database in it.
fn has_database(folder: &Path) -> Outcome<bool> {
    if !folder.is_dir() {
        return Ok(false);
    }
    let reading = || format!("read the folder {}", folder.display());
    for entry in fs::read_dir(folder).doing(reading())? {
        let path = entry.doing(reading())?.path();
        if path.is_file() && is_database(&path).doing(format_args!("read {}", path.display()))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether a file begins like a SQLite database.
fn is_database(path: &Path) -> std::io::Result<bool> {
    let mut start = Vec::new();
    File::open(path)?.take(SQLITE.len() as u64).read_to_end(&mut start)?;
    Ok(start == SQLITE)
}
