//! A package back to files.

use super::Files;
use super::tables::{Namesake, Package, Row, every_table};
use crate::lists::out::guarded;

/// The files of a package, as [`read`](super::read()) takes them.
///
/// A text that a spreadsheet could take for a formula gets an apostrophe before it (S25), which the
/// reader takes away again.
#[must_use]
pub fn write(package: &Package) -> Files {
    let mut files = Files::new();
    if !package.namesakes.is_empty() {
        table::<Namesake>((package, &mut files));
    }
    every_table!(table((package, &mut files)));
    files
}

fn table<R: Row>((package, files): (&Package, &mut Files)) {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing to memory does not fail, and all rows have the header's length.
    let mut whole = writer.write_record(R::COLUMNS).is_ok();
    for row in R::list(package) {
        whole &= writer.write_record(row.write().iter().map(|cell| guarded(cell))).is_ok();
    }
    debug_assert!(whole, "{} could not be written", R::FILE);
    files.insert(R::STEM.to_owned(), writer.into_inner().unwrap_or_default());
}
