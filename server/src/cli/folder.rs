//! The folder of a package: its files as they are, for `domain::package` to read.

use super::Failure;
use domain::package::{FILES, Files};
use std::fs::{self, DirEntry};
use std::path::Path;

/// A package's files as they lie in a folder.
#[derive(Debug)]
pub(crate) struct Folder {
    /// The CSV files.
    pub(crate) files: Files,
    /// Files that are named like one of a package and are no CSV.
    pub(crate) others: Vec<String>,
}

/// Reads every CSV file of a folder.
pub(crate) fn read(folder: &Path) -> Result<Folder, Failure> {
    let shown = folder.display();
    let metadata = fs::metadata(folder)
        .map_err(|error| Failure::new(format!("the folder {shown} cannot be read: {}", reason(&error))))?;
    if !metadata.is_dir() {
        return Err(Failure::new(format!("{shown} is a file; name the folder that the CSV files are in")));
    }
    let cannot = |error: std::io::Error| {
        Failure::new(format!("the folder {shown} cannot be read: {}", reason(&error)))
    };
    let mut read = Folder { files: Files::new(), others: Vec::new() };
    for entry in fs::read_dir(folder).map_err(cannot)? {
        take(&mut read, &entry.map_err(cannot)?)?;
    }
    if read.files.is_empty() {
        let hint = read.others.first().map_or(String::new(), |other| format!(" ({other} is none)"));
        return Err(Failure::new(format!(
            "there is no CSV file in {shown}{hint}; a package is units.csv, teams.csv, staff.csv and so on: \
             `rinnalla import --help` lists them"
        )));
    }
    read.others.sort();
    Ok(read)
}

fn take(read: &mut Folder, entry: &DirEntry) -> Result<(), Failure> {
    let name = entry.file_name().to_string_lossy().into_owned();
    let Some((stem, extension)) = name.rsplit_once('.') else { return Ok(()) };
    let stem = stem.to_lowercase();
    if !extension.eq_ignore_ascii_case("csv") {
        if FILES.iter().any(|(known, _)| *known == stem) {
            read.others.push(name);
        }
        return Ok(());
    }
    let path = entry.path();
    if path.is_dir() {
        return Err(Failure::new(format!("{} is a folder; a CSV file should be there", path.display())));
    }
    let bytes = fs::read(&path)
        .map_err(|error| Failure::new(format!("{} cannot be read: {}", path.display(), reason(&error))))?;
    if read.files.insert(stem.clone(), bytes).is_some() {
        return Err(Failure::new(format!(
            "there are two files named {stem}.csv but for capitals; take one of them out of the folder"
        )));
    }
    Ok(())
}

/// Why, without the number of the error.
fn reason(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::NotFound => "it is not there".to_owned(),
        std::io::ErrorKind::PermissionDenied => "this user may not".to_owned(),
        _ => error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_folder_is_said() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path();
        let said = |path: &Path| read(path).map(|_| ()).map_err(|failure| failure.to_string()).unwrap_err();
        assert!(said(&path.join("none")).ends_with("cannot be read: it is not there"));
        assert!(said(path).contains("there is no CSV file in"));
        fs::write(path.join("units.xlsx"), "PK").expect("a file");
        assert!(said(path).contains("(units.xlsx is none)"));
        fs::write(path.join("Units.CSV"), "unit").expect("a file");
        assert!(said(&path.join("Units.CSV")).contains("is a file; name the folder"));
        let taken = read(path).expect("a package");
        assert_eq!(taken.files.keys().collect::<Vec<_>>(), ["units"]);
        assert_eq!(taken.others, ["units.xlsx"]);
    }
}
