//! A county's package: fifteen CSV files that hold everything a service has kept in spreadsheets. (A
//! sixteenth, [`Namesake`], may say which employers are two although they look like one.)
//!
//! [`read`] takes the files as they came and gives back the good rows, and for each refused row
//! what is wrong with it and what would be right. It never stops at a mistake and never guesses:
//! a row is taken as it stands or refused. A row that points to a refused row is refused too, so
//! the good rows always fit together. [`write()`] makes the same files again.
//!
//! | word | module |
//! |---|---|
//! | bytes to text, text to rows of cells | `decode`, `split` |
//! | one cell | `cells` |
//! | one row beside the others | `check` |
//! | what can be wrong, in words | [`fault`] |
//! | editable code lists | [`crate::known`] |

mod cells;
mod check;
pub(crate) mod decode;
pub mod fault;
mod read;
pub(crate) mod split;
mod tables;
#[cfg(test)]
mod tests;
mod write;

pub use crate::known;
pub use fault::{Fault, Note};
pub use read::read;
pub use tables::*;
pub use write::write;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// A package's files by stem (`units`, `contacts` …) and what is in them.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What came of reading a package.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reading {
    /// The good rows.
    pub package: Package,
    /// What was refused, file by file and line by line.
    pub problems: Vec<Problem>,
    /// What was accepted and should still be said.
    pub remarks: Vec<Remark>,
    /// How many rows each file had, in the order of [`FILES`].
    pub counts: Vec<Count>,
}

impl Reading {
    /// Was everything taken?
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.problems.is_empty()
    }
}

/// Something that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file's name: `contacts.csv`.
    pub file: &'static str,
    /// The line on which the row begins, from 1; 0 = the file as a whole.
    pub line: u64,
    /// The column, if it is one cell that is wrong.
    pub column: Option<&'static str>,
    /// What is wrong and what would be right.
    pub fault: Fault,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        place(f, self.file, self.line, self.column)?;
        self.fault.fmt(f)
    }
}

/// Something that was accepted and should still be said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The file's name.
    pub file: Cow<'static, str>,
    /// The line, from 1; 0 = the file as a whole.
    pub line: u64,
    /// What was noticed.
    pub note: Note,
}

impl fmt::Display for Remark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        place(f, &self.file, self.line, None)?;
        self.note.fmt(f)
    }
}

fn place(f: &mut fmt::Formatter<'_>, file: &str, line: u64, column: Option<&str>) -> fmt::Result {
    f.write_str(file)?;
    if line > 0 {
        write!(f, ", line {line}")?;
    }
    if let Some(column) = column {
        write!(f, ", column {column}")?;
    }
    f.write_str(": ")
}

/// How many rows a file had: `read + refused + repeated` is all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Count {
    /// The file's name.
    pub file: &'static str,
    /// Rows that were read.
    pub read: u64,
    /// Rows that were refused.
    pub refused: u64,
    /// Rows that only repeat an earlier row, and were left out.
    pub repeated: u64,
}
