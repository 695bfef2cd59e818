//! `rinnalla export`: everything of the organisation as files.

use super::output::{counted, json, line, table};
use super::progress::Progress;
use super::{Failure, database};
use domain::package::Files;
use serde_json::json;
use std::fs::{self, DirBuilder, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

const ABOUT: &str = "\
Write everything of the organisation as files

FOLDER is made, and must be empty where it is there. It gets the package that `rinnalla import` reads
(units.csv, employers.csv, contacts.csv and so on: `rinnalla import --help` lists them), and a folder
`tables` with every table of the database as CSV, where that is kept for which a package has no column:
further contact persons, amendments, who merged and handed over what. Passwords, sessions, drafts and the
use log are not in it.

Imported into the same database, the package changes nothing; into an empty one, it is the same again. What
was made in the app has its identity as its code.

Nobody but the user who ran the command may read the files: they hold the names of clients. The export is
noted in the use log, for each client.

Exit status: 0 = written, 1 = not written.";

const EXAMPLES: &str = "\
Examples:
  rinnalla export county-2026-11-25
  rinnalla export out --database postgres://rinnalla@db.example/rinnalla";

#[derive(Debug, clap::Args)]
#[command(about = "Write everything of the organisation as files", long_about = ABOUT, after_help = EXAMPLES)]
pub(crate) struct Export {
    /// The folder to make
    folder: PathBuf,
    /// Report as JSON
    #[arg(long)]
    json: bool,
}

impl Export {
    pub(crate) async fn run(self, database: &str) -> Result<ExitCode, Failure> {
        self.look_at_folder()?;
        let backend = database::open_existing(database).await?;
        let progress = Progress::begin();
        progress.step("reading the database …");
        let export = backend.export().await?;
        backend.store.close().await;
        progress.step("writing the files …");
        self.write(&export.package, &export.tables).map_err(|error| self.not_written(&error))?;
        drop(progress);
        if self.json {
            json(&report(&export))?;
        } else {
            self.tell(&export)?;
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Nothing that is there is written over.
    fn look_at_folder(&self) -> Result<(), Failure> {
        let shown = self.folder.display();
        match fs::read_dir(&self.folder).map(Iterator::count) {
            Ok(0) => Ok(()),
            Ok(_) => Err(Failure::new(format!("{shown} is not empty; name a folder that is not there yet"))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(Failure::new(format!("{shown} can't be written to: {error}"))),
        }
    }

    /// Writes all of it beside the folder first, and then gives it the folder's name: all or nothing.
    fn write(&self, package: &Files, tables: &Files) -> io::Result<()> {
        let name = self.folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let part = self.folder.with_file_name(format!(".{name}.part-{}", std::process::id()));
        let written = write_folder(&part, package)
            .and_then(|()| write_folder(&part.join("tables"), tables))
            .and_then(|()| fs::rename(&part, &self.folder));
        if written.is_err() {
            let _ = fs::remove_dir_all(&part);
        }
        written
    }

    fn not_written(&self, error: &io::Error) -> Failure {
        Failure::new(format!("{} can't be written: {error}; nothing was written", self.folder.display()))
    }

    fn tell(&self, export: &backend::export::Export) -> Result<(), Failure> {
        let row = |(file, rows): &(&'static str, usize)| vec![(*file).to_owned(), rows.to_string()];
        table(&["File", "Rows"], &export.rows.iter().map(row).collect::<Vec<_>>())?;
        line("")?;
        for problem in &export.unreadable {
            line(&problem.to_string())?;
        }
        if !export.unreadable.is_empty() {
            let rows = counted(export.unreadable.len() as u64, "place", "places");
            line(&format!(
                "`rinnalla import` would refuse {rows} of it as it stands; everything is in `tables`, too."
            ))?;
        }
        line(&format!(
            "Written to {}, with {} in `tables`. It holds the names of clients: keep it as safe as the database.",
            self.folder.display(),
            counted(export.tables.len() as u64, "table", "tables")
        ))
    }
}

fn report(export: &backend::export::Export) -> serde_json::Value {
    json!({
        "written": true,
        "files": export.rows.iter().map(|(file, rows)| json!({ "file": file, "rows": rows })).collect::<Vec<_>>(),
        "tables": export.tables.keys().collect::<Vec<_>>(),
        "unreadable": export.unreadable.iter().map(ToString::to_string).collect::<Vec<_>>(),
    })
}

/// Writes files into a new folder of nobody but this user.
fn write_folder(folder: &Path, files: &Files) -> io::Result<()> {
    DirBuilder::new().mode(0o700).create(folder)?;
    for (stem, bytes) in files {
        let path = folder.join(format!("{stem}.csv"));
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        file.write_all(bytes)?;
        file.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn an_export_is_all_there_or_not_at_all_and_is_nobody_elses() {
        let parent = tempfile::tempdir().expect("a folder");
        let export = |name: &str| Export { folder: parent.path().join(name), json: false };
        let files = Files::from([("units".to_owned(), b"unit\n".to_vec())]);
        let out = export("out");
        assert!(out.look_at_folder().is_ok());
        out.write(&files, &files).expect("written");
        let mode =
            |path: &str| fs::metadata(parent.path().join(path)).expect("there").permissions().mode() & 0o777;
        assert_eq!((mode("out"), mode("out/units.csv"), mode("out/tables/units.csv")), (0o700, 0o600, 0o600));
        assert!(out.look_at_folder().is_err_and(|failure| failure.to_string().contains("is not empty")));
        // A file's name that can't be: nothing of it stays.
        let bad = Files::from([("no/such".to_owned(), Vec::new())]);
        assert!(export("other").write(&bad, &files).is_err());
        assert_eq!(fs::read_dir(parent.path()).expect("there").count(), 1);
    }
}
