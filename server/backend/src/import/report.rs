//! What an import tells whoever ran it.

use domain::package::Count;
use serde::Serialize;
use std::fmt;

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// File by file, in the order of a package.
    pub files: Vec<FileCount>,
    /// Rows whose code is in the database with other content.
    pub differs: Vec<Difference>,
    /// Was it written? Otherwise the numbers say what would have been.
    pub written: bool,
    /// Is it the database of the demo?
    pub demo: bool,
}

/// What came of a file: `new + unchanged + joined + differs` is what was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileCount {
    /// The file's name.
    pub file: &'static str,
    /// Rows that were read.
    pub read: u64,
    /// Rows that were refused.
    pub refused: u64,
    /// Rows that only repeat an earlier row of the file.
    pub repeated: u64,
    /// Rows that are new in the database.
    pub new: u64,
    /// Rows that were in the database already.
    pub unchanged: u64,
    /// Employers that were in the register without a code, and have theirs now.
    pub joined: u64,
    /// Rows that are in the database with other content.
    pub differs: u64,
}

/// A row that is in the database with other content, which was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The file's name.
    pub file: &'static str,
    /// The row's code, or what makes it that row.
    pub code: String,
    /// What differs.
    pub why: Why,
}

/// How a row of the package and one of the database differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// In these columns.
    OtherContent(Vec<&'static str>),
    /// The code stands for somebody or something else: nothing can be written.
    Another,
    /// The employer is in the register under this code.
    KnownAs(String),
    /// The client's records were erased here when their time was over.
    Erased,
    /// The employer got its code; these columns stay as they were.
    JoinedExcept(Vec<&'static str>),
}

impl Imported {
    pub(super) fn of(counts: &[Count]) -> Self {
        let file = |count: &Count| FileCount {
            file: count.file,
            read: count.read,
            refused: count.refused,
            repeated: count.repeated,
            new: 0,
            unchanged: 0,
            joined: 0,
            differs: 0,
        };
        Self { files: counts.iter().map(file).collect(), ..Self::default() }
    }

    /// The count of a file.
    pub(super) fn file(&mut self, name: &'static str) -> &mut FileCount {
        let at = match self.files.iter().position(|count| count.file == name) {
            Some(at) => at,
            None => {
                self.files.extend(Self::of(&[Count { file: name, read: 0, refused: 0, repeated: 0 }]).files);
                self.files.len() - 1
            }
        };
        &mut self.files[at]
    }

    /// Does a code stand for somebody else, so that nothing may be written?
    #[must_use]
    pub fn stops(&self) -> bool {
        self.differs.iter().any(Difference::stops)
    }
}

impl Difference {
    /// Does it keep the whole package from being written?
    #[must_use]
    pub fn stops(&self) -> bool {
        self.why == Why::Another
    }

    /// The columns that differ.
    #[must_use]
    pub fn columns(&self) -> &[&'static str] {
        match &self.why {
            Why::OtherContent(columns) | Why::JoinedExcept(columns) => columns,
            Why::Another | Why::KnownAs(_) | Why::Erased => &[],
        }
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}: {}", self.file, self.code, self.why)
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::OtherContent(columns) => {
                write!(
                    f,
                    "is in the database with other content ({}); kept as it is there",
                    columns.join(", ")
                )
            }
            Self::Another => f.write_str(
                "stands for somebody or something else in the database; give it another code here",
            ),
            Self::Erased => f.write_str("is of a client whose records were erased here; it stays away"),
            Self::KnownAs(code) => {
                write!(
                    f,
                    "is in the register as {code}; not made a second time, what points to it goes there"
                )
            }
            Self::JoinedExcept(columns) => write!(
                f,
                "was in the register without a code and has got it; other content ({}) kept as it is there",
                columns.join(", ")
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_said_in_one_line() {
        let why = Why::OtherContent(vec!["minutes", "summary"]);
        let difference = Difference { file: "contacts.csv", code: "K0001".to_owned(), why };
        assert_eq!(
            difference.to_string(),
            "contacts.csv, K0001: is in the database with other content (minutes, summary); kept as it is there"
        );
        assert!(!difference.stops());
    }
}
