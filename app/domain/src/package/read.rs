//! Files to rows: table by table in the order in which they point to each other.

use super::cells::Cells;
use super::check::{Beside, Check, Findings, SoFar};
use super::decode::decode;
use super::fault::{Fault, Note};
use super::split::{Record, Records};
use super::tables::{FILES, Namesake, Row, every_table};
use super::{Count, Files, Problem, Reading, Remark};
use chrono::NaiveDate;
use std::borrow::Cow;

/// Reads a package. `today` bounds the days that can be meant.
///
/// Whatever the bytes are, every row is either among the good rows, or repeats one of them, or was
/// refused with at least one problem. A problem of a file as a whole (line 0, or the header's
/// line) refuses all its rows.
#[must_use]
pub fn read(files: &Files, today: NaiveDate) -> Reading {
    let mut reader = Reader { files, so_far: SoFar::new(today), reading: Reading::default() };
    if reader.bytes(Namesake::STEM).is_some() {
        table::<Namesake>(&mut reader);
    }
    every_table!(table(&mut reader));
    reader.remark_extra_files();
    let Reader { so_far, mut reading, .. } = reader;
    reading.package = so_far.package;
    reading
}

fn table<R: Check>(reader: &mut Reader<'_>) {
    let mut table = Table {
        reader,
        header: Vec::new(),
        count: Count { file: R::FILE, read: 0, refused: 0, repeated: 0 },
    };
    if !table.read::<R>() {
        table.reader.so_far.unread(R::STEM);
    }
    let count = table.count;
    reader.reading.counts.push(count);
}

struct Reader<'a> {
    files: &'a Files,
    so_far: SoFar,
    reading: Reading,
}

impl<'a> Reader<'a> {
    /// A file's bytes; capitals in its name do not matter.
    fn bytes(&self, stem: &str) -> Option<&'a [u8]> {
        let by_any_name =
            || self.files.iter().find(|(name, _)| name.eq_ignore_ascii_case(stem)).map(|(_, bytes)| bytes);
        self.files.get(stem).or_else(by_any_name).map(Vec::as_slice)
    }

    fn remark_extra_files(&mut self) {
        let is_known = |name: &str| {
            let mut stems = FILES.iter().map(|(stem, _)| *stem).chain([Namesake::STEM]);
            stems.any(|stem| name.eq_ignore_ascii_case(stem))
        };
        for name in self.files.keys().filter(|name| !is_known(name)) {
            let file = Cow::Owned(format!("{name}.csv"));
            self.reading.remarks.push(Remark { file, line: 0, note: Note::ExtraFile });
        }
    }
}

/// One file while it is read.
struct Table<'r, 'a> {
    reader: &'r mut Reader<'a>,
    /// For each of the table's columns, the cell of a record that holds it.
    header: Vec<usize>,
    count: Count,
}

impl Table<'_, '_> {
    /// Reads the file; false when it could not be read as a whole.
    fn read<R: Check>(&mut self) -> bool {
        let Some(bytes) = self.reader.bytes(R::STEM) else {
            return self.refuse_file(0, None, Fault::MissingFile(R::COLUMNS.join(",")));
        };
        let (text, notes) = match decode(bytes) {
            Ok(decoded) => decoded,
            Err(fault) => return self.refuse_file(0, None, fault),
        };
        notes.into_iter().for_each(|(line, note)| self.remark(line, note));
        let separator = separator::<R>(&text);
        let mut records = Records::new(&text, separator);
        let Some(first) = records.next() else {
            return self.refuse_file(0, None, Fault::EmptyFile(R::COLUMNS.join(",")));
        };
        let width = match self.read_header::<R>(first, separator) {
            Some(width) => width,
            None => {
                self.count.refused = records.count() as u64;
                return false;
            }
        };
        records.for_each(|record| self.row::<R>(record, width));
        true
    }

    /// Finds the columns in the header; gives its number of cells.
    fn read_header<R: Row>(&mut self, first: Record, separator: char) -> Option<usize> {
        let names = header_names(&first);
        if !names.iter().any(|name| R::COLUMNS.contains(&name.as_str())) {
            self.refuse_file(first.line, None, Fault::NoHeader(R::COLUMNS.join(",")));
            return None;
        }
        match separator {
            ';' => self.remark(0, Note::Semicolons),
            '\t' => self.remark(0, Note::Tabs),
            _ => {}
        }
        for name in names.iter().filter(|name| !name.is_empty() && !R::COLUMNS.contains(&name.as_str())) {
            self.remark(first.line, Note::ExtraColumn(super::fault::shown(name)));
        }
        let mut whole = true;
        for column in R::COLUMNS {
            let mut places = names.iter().enumerate().filter(|(_, name)| name == column).map(|(at, _)| at);
            match (places.next(), places.next()) {
                (Some(at), None) => self.header.push(at),
                (Some(_), Some(_)) => {
                    whole = self.refuse_file(first.line, Some(column), Fault::RepeatedColumn)
                }
                (None, _) => {
                    whole = self.refuse_file(
                        first.line,
                        Some(column),
                        Fault::MissingColumn(R::COLUMNS.join(",")),
                    );
                }
            }
        }
        whole.then_some(names.len())
    }

    /// Reads one row: cells, then the row beside the others.
    fn row<R: Check>(&mut self, record: Record, width: usize) {
        let line = record.line;
        let texts = match record.cells {
            Ok(texts) => texts,
            Err(fault) => return self.refuse_row::<R>(line, None, vec![(None, fault)]),
        };
        let at = |column: &usize| texts.get(*column).map_or("", String::as_str);
        let texts_by_column: Vec<&str> = self.header.iter().map(at).collect();
        let code = own_code::<R>(&texts_by_column);
        if texts.len() != width {
            let fault = Fault::CellCount { found: texts.len(), expected: width };
            return self.refuse_row::<R>(line, code, vec![(None, fault)]);
        }
        let today = self.reader.so_far.today;
        let mut cells = Cells { columns: R::COLUMNS, texts: texts_by_column, today, faults: Vec::new() };
        match R::read(&mut cells) {
            Some(row) => self.checked_row(line, row),
            None => {
                let faults = cells.faults.into_iter().map(|(column, fault)| (Some(column), fault)).collect();
                self.refuse_row::<R>(line, code, faults);
            }
        }
    }

    /// Takes a row whose cells are right, if it fits beside the others.
    fn checked_row<R: Check>(&mut self, line: u64, row: R) {
        let key = key(&row);
        if let Some((first, first_line)) = self.reader.so_far.same_key::<R>(&key) {
            match row.beside(first, &self.reader.so_far) {
                Beside::Same => {
                    self.count.repeated += 1;
                    return self.remark(line, Note::Repeated(first_line));
                }
                Beside::Conflict => {
                    let fault = Fault::Duplicate { value: key.replace(KEY_JOIN, " "), line: first_line };
                    return self.refuse_row::<R>(line, None, vec![(R::KEY.first().copied(), fault)]);
                }
                Beside::Another => {}
            }
        }
        let mut findings = Findings::default();
        row.check(&self.reader.so_far, &mut findings);
        if findings.faults.is_empty() {
            findings.notes.into_iter().for_each(|note| self.remark(line, note));
            self.reader.so_far.take(row, key, line);
            self.count.read += 1;
        } else {
            let faults = findings.faults.into_iter().map(|(column, fault)| (Some(column), fault)).collect();
            self.refuse_row::<R>(line, Some(key), faults);
        }
    }

    fn refuse_row<R: Row>(
        &mut self,
        line: u64,
        code: Option<String>,
        faults: Vec<(Option<&'static str>, Fault)>,
    ) {
        self.count.refused += 1;
        if let Some(code) = code {
            self.reader.so_far.refuse(R::STEM, code, line);
        }
        for (column, fault) in faults {
            self.problem(line, column, fault);
        }
    }

    /// Says what is wrong with the file as a whole; false, so that callers can pass it on.
    fn refuse_file(&mut self, line: u64, column: Option<&'static str>, fault: Fault) -> bool {
        self.problem(line, column, fault);
        false
    }

    fn problem(&mut self, line: u64, column: Option<&'static str>, fault: Fault) {
        self.reader.reading.problems.push(Problem { file: self.count.file, line, column, fault });
    }

    fn remark(&mut self, line: u64, note: Note) {
        self.reader.reading.remarks.push(Remark { file: Cow::Borrowed(self.count.file), line, note });
    }
}

/// Stands between the parts of a key; no cell can hold it.
const KEY_JOIN: char = '\u{1f}';

/// What no two rows may share; empty when rows may be alike.
fn key<R: Row>(row: &R) -> String {
    let cells = row.write();
    let part =
        |key: &&str| R::COLUMNS.iter().position(|column| column == key).and_then(|at| cells.get(at).cloned());
    R::KEY.iter().filter_map(part).collect::<Vec<_>>().join(&KEY_JOIN.to_string())
}

/// The code of a row that is about to be refused, if it has one of its own.
fn own_code<R: Row>(texts: &[&str]) -> Option<String> {
    let [column] = R::KEY else { return None };
    let at = R::COLUMNS.iter().position(|other| other == column)?;
    texts.get(at).map(|text| text.trim().to_owned()).filter(|code| !code.is_empty())
}

/// The sign that parts the header's cells: the one that finds most columns.
fn separator<R: Row>(text: &str) -> char {
    let columns = |separator: &char| {
        let names =
            Records::new(text, *separator).next().map(|first| header_names(&first)).unwrap_or_default();
        names.iter().filter(|name| R::COLUMNS.contains(&name.as_str())).count()
    };
    // Of equals the last is taken: the comma.
    ['\t', ';', ','].into_iter().max_by_key(columns).unwrap_or(',')
}

fn header_names(first: &Record) -> Vec<String> {
    let name =
        |cell: &String| cell.trim_matches(['\u{feff}', ' ', '\t', '\n', '\u{a0}']).to_ascii_lowercase();
    first.cells.as_ref().map(|cells| cells.iter().map(name).collect()).unwrap_or_default()
}
