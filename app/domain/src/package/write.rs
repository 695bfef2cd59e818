//! A package back to files.

use super::Files;
use super::tables::{Package, Row, every_table};

/// The files of a package, as [`read`](super::read()) takes them.
///
/// This is exchange of data between programs, so texts go out as they are. A file meant to be
/// opened in a spreadsheet must guard texts that begin like a formula.
#[must_use]
pub fn write(package: &Package) -> Files {
    let mut files = Files::new();
    every_table!(table((package, &mut files)));
    files
}

fn table<R: Row>((package, files): (&Package, &mut Files)) {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail, and all rows have the header's length.
    let mut whole = writer.write_record(R::COLUMNS).is_ok();
    for row in R::list(package) {
        whole &= writer.write_record(row.write()).is_ok();
    }
    debug_assert!(whole, "{} could not be written", R::FILE);
    files.insert(R::STEM.to_owned(), writer.into_inner().unwrap_or_default());
}
