//! What came of an import, in words and as JSON.

use crate::cli::Failure;
use crate::cli::output::{counted, line, table};
use backend::import::{Difference, FileCount, Imported, Wanted};
use domain::package::{Fault, Problem, Reading, Remark};
use serde::Serialize;
use std::collections::BTreeSet;

/// What was read and what came of it.
pub(super) struct Report {
    pub(super) reading: Reading,
    pub(super) imported: Imported,
    /// Files that may have been meant.
    pub(super) others: Vec<String>,
    pub(super) wanted: Wanted,
}

/// The report as JSON has it.
#[derive(Serialize)]
pub(super) struct Json<'a> {
    files: &'a [FileCount],
    problems: Vec<JsonProblem>,
    remarks: Vec<Said>,
    differs: Vec<JsonDifference<'a>>,
    written: bool,
}

#[derive(Serialize)]
struct JsonProblem {
    file: &'static str,
    /// None for a file as a whole.
    line: Option<u64>,
    column: Option<&'static str>,
    message: String,
}

#[derive(Serialize)]
struct JsonDifference<'a> {
    file: &'static str,
    code: &'a str,
    columns: &'a [&'static str],
    message: String,
    /// Does it keep the package from being written?
    stops: bool,
}

/// A remark.
#[derive(Serialize)]
struct Said {
    file: String,
    line: Option<u64>,
    message: String,
}

/// So many differences are listed in words; a program gets them all.
const LISTED: usize = 40;

impl Report {
    /// Was it written, or with `--check`, would it be?
    pub(super) fn went_well(&self) -> bool {
        self.imported.written
            || self.wanted == Wanted::Check && self.reading.is_whole() && !self.imported.stops()
    }

    fn sum(&self, column: impl Fn(&FileCount) -> u64) -> u64 {
        self.imported.files.iter().map(column).sum()
    }

    /// In words: a table of the files, then what there is to say row by row, then how it ended.
    pub(super) fn tell(&self) -> Result<(), Failure> {
        self.tell_files()?;
        tell_list("Refused:", self.reading.problems.iter().map(Problem::to_string))?;
        if self.imported.stops() {
            // Whatever else differs follows from these.
            self.tell_differences("In the way:", Difference::stops)?;
        } else {
            self.tell_differences("Different in the database:", |_| true)?;
        }
        tell_list("Remarks:", self.remarks().iter().map(Said::to_string))?;
        line("")?;
        if let Some(outcome) = self.outcome() {
            line(&outcome)?;
        }
        line(&self.closing_line())
    }

    fn tell_files(&self) -> Result<(), Failure> {
        type Column = (&'static str, fn(&FileCount) -> u64, bool);
        let new = if self.imported.written { "New" } else { "Would be new" };
        let columns: [Column; 7] = [
            ("Read", |file| file.read, true),
            ("Refused", |file| file.refused, true),
            (new, |file| file.new, true),
            ("Unchanged", |file| file.unchanged, true),
            ("Different", |file| file.differs, false),
            ("Joined", |file| file.joined, false),
            ("Repeated", |file| file.repeated, false),
        ];
        let shown: Vec<_> =
            columns.into_iter().filter(|(_, of, always)| *always || self.sum(of) > 0).collect();
        let headers: Vec<_> = std::iter::once("File").chain(shown.iter().map(|(name, ..)| *name)).collect();
        let row = |file: &FileCount| {
            let numbers = shown.iter().map(|(_, of, _)| of(file).to_string());
            std::iter::once(file.file.to_owned()).chain(numbers).collect()
        };
        table(&headers, &self.imported.files.iter().map(row).collect::<Vec<_>>())
    }

    fn tell_differences(&self, heading: &str, which: impl Fn(&Difference) -> bool) -> Result<(), Failure> {
        let all: Vec<_> = self.imported.differs.iter().filter(|difference| which(difference)).collect();
        let more = all.len().saturating_sub(LISTED);
        let more = (more > 0).then(|| format!("… and {more} more; --json lists them all"));
        tell_list(heading, all.iter().take(LISTED).map(ToString::to_string).chain(more))
    }

    fn remarks(&self) -> Vec<Said> {
        let of_reading = self.reading.remarks.iter().map(Said::from);
        let mut remarks: Vec<Said> = of_reading.collect();
        remarks.extend(self.others.iter().map(|file| Said {
            file: file.clone(),
            line: None,
            message: "is not read; a package's files are text: save it as “CSV UTF-8”".to_owned(),
        }));
        if self.imported.demo {
            remarks.push(Said {
                file: "database".to_owned(),
                line: None,
                message: "is the demo's, whose passwords everybody knows; import real people into another"
                    .to_owned(),
            });
        }
        remarks
    }

    /// What was done, where it is not said in the closing line.
    fn outcome(&self) -> Option<String> {
        if !self.went_well() {
            return None;
        }
        let mut done = Vec::new();
        match self.sum(|file| file.new) {
            0 => {}
            new => done.push(counted(new, "new row", "new rows")),
        }
        match self.sum(|file| file.joined) {
            0 => {}
            joined => done.push(format!("{} got a code", counted(joined, "employer", "employers"))),
        }
        let done = if done.is_empty() { "nothing new".to_owned() } else { done.join(", ") };
        let stays = match self.sum(|file| file.differs) {
            0 => String::new(),
            1 => " 1 row stays as it is in the database.".to_owned(),
            rows => format!(" {rows} rows stay as they are in the database."),
        };
        Some(match self.imported.written {
            true => format!("Written: {done}.{stays}"),
            false => format!("Nothing was written (--check). Without --check: {done}.{stays}"),
        })
    }

    fn closing_line(&self) -> String {
        let read = |name: &str| {
            self.imported.files.iter().find(|file| file.file == name).map_or(0, |file| file.read)
        };
        let employers = counted(read("employers.csv"), "employer", "employers");
        let visits = counted(read("contacts.csv"), "visit", "visits");
        let refused = self.sum(|file| file.refused);
        let unread = match self.unread_files() {
            0 => String::new(),
            files => format!("; {} could not be read", counted(files, "file", "files")),
        };
        format!("{employers} and {visits} read, {refused} refused{unread}.{}", self.why_nothing())
    }

    /// Why nothing was written, and what to do.
    fn why_nothing(&self) -> String {
        if self.went_well() {
            return String::new();
        }
        let codes = self.imported.differs.iter().filter(|difference| difference.stops()).count() as u64;
        let why = if codes > 0 {
            let stand = counted(codes, "code stands", "codes stand");
            match self.imported.demo {
                true => format!("{stand} for something else in the demo: import into another database."),
                false => format!("{stand} for something else in the database: give other codes here."),
            }
        } else if self.wanted == Wanted::Check {
            "Mend what was refused; --good-rows would take the other rows.".to_owned()
        } else {
            "Mend what was refused, or take the other rows with --good-rows.".to_owned()
        };
        format!(" Nothing was written. {why}")
    }

    /// Files of which no row could be read.
    fn unread_files(&self) -> u64 {
        let whole = |problem: &&Problem| {
            matches!(
                problem.fault,
                Fault::MissingFile(_)
                    | Fault::EmptyFile(_)
                    | Fault::NotText
                    | Fault::NoHeader(_)
                    | Fault::MissingColumn(_)
                    | Fault::RepeatedColumn
            )
        };
        let files: BTreeSet<_> =
            self.reading.problems.iter().filter(whole).map(|problem| problem.file).collect();
        files.len() as u64
    }

    pub(super) fn as_json(&self) -> Json<'_> {
        let problem = |problem: &Problem| JsonProblem {
            file: problem.file,
            line: line_number(problem.line),
            column: problem.column,
            message: problem.fault.to_string(),
        };
        Json {
            files: &self.imported.files,
            problems: self.reading.problems.iter().map(problem).collect(),
            remarks: self.remarks(),
            differs: self.imported.differs.iter().map(JsonDifference::from).collect(),
            written: self.imported.written,
        }
    }
}

/// Writes a heading and its items; nothing where there are none.
fn tell_list(heading: &str, items: impl Iterator<Item = String>) -> Result<(), Failure> {
    let mut items = items.peekable();
    if items.peek().is_some() {
        line("")?;
        line(heading)?;
    }
    items.try_for_each(|item| line(&item))
}

/// A line; none for a file as a whole.
fn line_number(line: u64) -> Option<u64> {
    (line > 0).then_some(line)
}

impl<'a> From<&'a Difference> for JsonDifference<'a> {
    fn from(difference: &'a Difference) -> Self {
        Self {
            file: difference.file,
            code: &difference.code,
            columns: difference.columns(),
            message: difference.why.to_string(),
            stops: difference.stops(),
        }
    }
}

impl From<&Remark> for Said {
    fn from(remark: &Remark) -> Self {
        Self {
            file: remark.file.to_string(),
            line: line_number(remark.line),
            message: remark.note.to_string(),
        }
    }
}

impl std::fmt::Display for Said {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.file)?;
        if let Some(line) = self.line {
            write!(f, ", line {line}")?;
        }
        write!(f, ": {}", self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(wanted: Wanted, written: bool) -> Report {
        let file = |file, read| FileCount {
            file,
            read,
            refused: 0,
            repeated: 0,
            new: read,
            unchanged: 0,
            joined: 0,
            differs: 0,
        };
        let imported = Imported {
            files: vec![file("employers.csv", 300), file("contacts.csv", 704)],
            written,
            ..Imported::default()
        };
        Report { reading: Reading::default(), imported, others: Vec::new(), wanted }
    }

    #[test]
    fn the_closing_line_counts_employers_and_visits() {
        let report = report(Wanted::AllOrNothing, true);
        assert_eq!(report.closing_line(), "300 employers and 704 visits read, 0 refused.");
        assert_eq!(report.outcome().as_deref(), Some("Written: 1004 new rows."));
    }

    #[test]
    fn a_missing_file_is_in_the_closing_line_and_nothing_went_well() {
        let mut report = report(Wanted::AllOrNothing, false);
        report.reading.problems.push(Problem {
            file: "jobs.csv",
            line: 0,
            column: None,
            fault: Fault::MissingFile("job".to_owned()),
        });
        assert!(!report.went_well());
        assert!(report.closing_line().contains("0 refused; 1 file could not be read. Nothing was written."));
        assert_eq!(report.outcome(), None);
    }
}
