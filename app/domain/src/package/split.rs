//! Text to rows of cells.
//!
//! The rules are RFC 4180's, read the way spreadsheets do. What the csv crate's reader does not
//! give is why this is ours: the true line of every row (also after blank lines and line breaks in
//! a cell), and one refused line, not the rest of the file, when a quotation mark is not closed.

use super::fault::Fault;

/// A row with the line on which it begins.
#[derive(Debug, PartialEq)]
pub(crate) struct Record {
    pub(crate) line: u64,
    pub(crate) cells: Result<Vec<String>, Fault>,
}

/// The rows of a text; rows without any word in them are left out.
pub(crate) struct Records<'a> {
    rest: &'a str,
    line: u64,
    separator: char,
}

impl<'a> Records<'a> {
    pub(crate) fn new(text: &'a str, separator: char) -> Self {
        Self { rest: text, line: 1, separator }
    }
}

impl Iterator for Records<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        while !self.rest.is_empty() {
            let line = self.line;
            let (cells, length) = match row(self.rest, self.separator) {
                Ok((cells, length)) => (Ok(cells), length),
                Err(fault) => (Err(fault), line_length(self.rest)),
            };
            let (taken, rest) = self.rest.split_at(length);
            self.rest = rest;
            self.line += line_ends(taken);
            let blank = cells.as_ref().is_ok_and(|cells| cells.iter().all(|cell| cell.trim().is_empty()));
            if !blank {
                return Some(Record { line, cells });
            }
        }
        None
    }
}

/// The first row of `text`, and how many bytes it takes up with its line end.
fn row(text: &str, separator: char) -> Result<(Vec<String>, usize), Fault> {
    let mut cells = Vec::new();
    let mut at = 0;
    loop {
        let (cell, length) = match text[at..].strip_prefix('"') {
            Some(quoted) => quoted_cell(quoted).map(|(cell, length)| (cell, length + 1))?,
            None => plain_cell(&text[at..], separator),
        };
        cells.push(cell);
        at += length;
        if text[at..].starts_with(separator) {
            at += separator.len_utf8();
        } else if text[at..].is_empty() || text[at..].starts_with(['\r', '\n']) {
            return Ok((cells, at + line_end(&text[at..])));
        } else {
            return Err(Fault::AfterQuote);
        }
    }
}

/// A cell without quotation marks, up to the separator or the end of the line.
fn plain_cell(text: &str, separator: char) -> (String, usize) {
    let length = text.find([separator, '\r', '\n']).unwrap_or(text.len());
    (text[..length].to_owned(), length)
}

/// A cell after its opening quotation mark, and its length with the closing one and the spaces
/// after it.
fn quoted_cell(text: &str) -> Result<(String, usize), Fault> {
    let mut cell = String::new();
    let mut at = 0;
    while let Some(mark) = text[at..].find('"') {
        cell.push_str(&text[at..at + mark]);
        at += mark + 1;
        if text[at..].starts_with('"') {
            cell.push('"');
            at += 1;
        } else {
            let spaces = text[at..].len() - text[at..].trim_start_matches(' ').len();
            return Ok((cell, at + spaces));
        }
    }
    Err(Fault::OpenQuote)
}

/// The length of the line end that `text` begins with.
fn line_end(text: &str) -> usize {
    match text.as_bytes() {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    }
}

/// The length of the first line with its line end.
fn line_length(text: &str) -> usize {
    let length = text.find(['\r', '\n']).unwrap_or(text.len());
    length + line_end(&text[length..])
}

/// How many lines end in `text`.
fn line_ends(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let ends = |at: usize| bytes[at] == b'\n' || bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n');
    (0..bytes.len()).filter(|at| ends(*at)).count() as u64
}
