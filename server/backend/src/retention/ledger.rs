//! The ledger of what was erased, beside the keys and outside of the database and its backups. A database that is put back from
//! an older backup holds again what was erased since: it is erased once more before anybody sees it (O23).
//!
//! A line is a number, the kind of the record and its identity, which says nothing without a database that still has the
//! record. A line is on the disk before its record is gone, so that none is gone without one.

use crate::error::{Error, Result};
use domain::codes::{Code, RecordKind};
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use uuid::Uuid;

const NAME: &str = "erased";

/// The file.
#[derive(Clone, Debug)]
pub(crate) struct Ledger(Arc<PathBuf>);

/// A record that was erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) number: i64,
    pub(super) kind: RecordKind,
    pub(super) id: Uuid,
}

impl Ledger {
    /// The ledger in a folder of keys.
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self(Arc::new(folder.join(NAME)))
    }

    /// Every line. A last one that was cut short belongs to a record that was not erased then.
    pub(super) fn read(&self) -> Result<Vec<Line>> {
        let text = match fs::read_to_string(&*self.0) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            text => text.map_err(Error::internal)?,
        };
        Ok(text.split_inclusive('\n').filter(|line| line.ends_with('\n')).filter_map(Line::read).collect())
    }

    /// Writes a line behind the others, to the disk. Gives its number, which is higher than `carried_out` and than all before.
    pub(super) fn write(&self, carried_out: i64, kind: RecordKind, id: Uuid) -> Result<i64> {
        let last = self.read()?.last().map_or(0, |line| line.number);
        let number = last.max(carried_out) + 1;
        let mut file =
            OpenOptions::new().append(true).create(true).open(&*self.0).map_err(Error::internal)?;
        // A line that was cut short ends here.
        let cut = fs::read(&*self.0).map_err(Error::internal)?.last().is_some_and(|last| *last != b'\n');
        let before = if cut { "\n" } else { "" };
        let line = format!("{before}{number} {} {id}\n", kind.code());
        file.write_all(line.as_bytes()).map_err(Error::internal)?;
        file.sync_all().map_err(Error::internal)?;
        Ok(number)
    }
}

impl Line {
    fn read(line: &str) -> Option<Self> {
        let mut parts = line.split_whitespace();
        Some(Self {
            number: parts.next()?.parse().ok()?,
            kind: RecordKind::parse(parts.next()?).ok()?,
            id: parts.next()?.parse().ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_numbered_and_one_that_was_cut_short_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let ledger = Ledger::in_folder(folder.path());
        assert_eq!(ledger.read().unwrap(), []);
        let id = Uuid::from_u128(7);
        assert_eq!(ledger.write(0, RecordKind::Client, id).unwrap(), 1);
        assert_eq!(ledger.write(4, RecordKind::Memo, id).unwrap(), 5);
        let mut file = OpenOptions::new().append(true).open(folder.path().join(NAME)).unwrap();
        file.write_all(b"6 client 0000").unwrap();
        let kinds = |ledger: &Ledger| -> Vec<(i64, RecordKind)> {
            ledger.read().unwrap().into_iter().map(|line| (line.number, line.kind)).collect()
        };
        assert_eq!(kinds(&ledger), [(1, RecordKind::Client), (5, RecordKind::Memo)]);
        assert_eq!(ledger.write(0, RecordKind::Visits, id).unwrap(), 6);
        assert_eq!(kinds(&ledger), [(1, RecordKind::Client), (5, RecordKind::Memo), (6, RecordKind::Visits)]);
    }
}
