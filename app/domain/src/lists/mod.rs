//! Lists: those that come from elsewhere (a spreadsheet of employers, the open business register), and
//! those on the screen that go out as a file.
//!
//! A list comes in by steps, and nothing is written before the last: the file is read into [`Sheet`]s,
//! its [`columns`] are named, each row is compared with the register ([`compare`]), and what becomes of
//! it is settled by rule or one by one.
//!
//! | word | module |
//! |---|---|
//! | which column is what | [`columns`] |
//! | is a row there already, and what becomes of it | [`compare`] |
//! | the open business register | [`ytj`] |
//! | a list as a file | [`out`] |

pub mod columns;
pub mod compare;
pub mod out;
pub mod ytj;

use crate::package::decode::decode;
use crate::package::split::Records;
use serde::{Deserialize, Serialize};

/// A list may have this many rows.
pub const ROWS_MAX: usize = 10_000;
/// A row may have this many cells; what is beyond is left out.
pub const CELLS_MAX: usize = 60;
/// A file may have this many bytes.
pub const FILE_MAX: usize = 16 * 1024 * 1024;

/// A table as it came: cells of text, row by row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sheet {
    /// The name of the sheet; empty in a file that has only one.
    pub name: String,
    /// The rows, each with its number in the file, from 1. Rows without any word are left out.
    pub rows: Vec<(u32, Vec<String>)>,
}

impl Sheet {
    /// A sheet of these cells, spaces mended.
    pub fn new(name: &str, rows: impl IntoIterator<Item = (u32, Vec<String>)>) -> Self {
        let mended = |cell: String| out::unguarded(cell.trim_matches(UNSEEN)).to_owned();
        let rows = rows
            .into_iter()
            .map(|(line, cells)| (line, cells.into_iter().take(CELLS_MAX).map(mended).collect::<Vec<_>>()))
            .filter(|(_, cells)| cells.iter().any(|cell| !cell.is_empty()));
        Self { name: name.to_owned(), rows: rows.collect() }
    }

    /// How many columns there are.
    #[must_use]
    pub fn width(&self) -> usize {
        self.rows.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0)
    }
}

const UNSEEN: [char; 6] = [' ', '\t', '\n', '\r', '\u{a0}', '\u{feff}'];

/// Why a file can't be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is larger than [`FILE_MAX`].
    #[error("the file is larger than 16 MB")]
    TooLarge,
    /// More rows than [`ROWS_MAX`].
    #[error("the list has more than 10,000 rows: choose municipalities, or part the file")]
    TooLong,
    /// It is neither a table nor a spreadsheet nor the business register.
    #[error("the file is neither CSV, XLSX, ODS nor the JSON of the business register")]
    Unknown,
    /// It should be a spreadsheet or JSON, and is broken.
    #[error("the file is broken, or protected by a password: open it in a spreadsheet and save it again")]
    Broken,
}

/// Reads a table of text: any of the encodings and separators that spreadsheets save. A row that can't be
/// read (a quotation mark that is not closed) is taken as one cell, so that it is seen and not lost.
///
/// # Errors
/// When it is no text, empty, or too long.
pub fn read_csv(bytes: &[u8]) -> Result<Sheet, FileError> {
    let (text, _) = decode(bytes).map_err(|_| FileError::Unknown)?;
    let binary = text.chars().take(4096).any(|letter| letter.is_control() && !"\t\r\n".contains(letter));
    if binary {
        return Err(FileError::Unknown);
    }
    let separator = separator(&text);
    let lines: Vec<&str> = text.lines().collect();
    let rows = Records::new(&text, separator).map(|record| {
        let line = u32::try_from(record.line).unwrap_or(u32::MAX);
        let whole = || lines.get(line as usize - 1).map(|text| (*text).to_owned()).unwrap_or_default();
        (line, record.cells.unwrap_or_else(|_| vec![whole()]))
    });
    sound(vec![Sheet::new("", rows.take(ROWS_MAX + 2))]).map(|mut sheets| sheets.remove(0))
}

/// The separator that parts the first rows into most cells, the same number in each.
fn separator(text: &str) -> char {
    let score = |separator: &char| {
        let widths: Vec<usize> = Records::new(text, *separator)
            .take(20)
            .filter_map(|record| record.cells.ok().map(|cells| cells.len()))
            .collect();
        let first = widths.first().copied().unwrap_or(0);
        let same = widths.iter().filter(|width| **width == first).count();
        if first < 2 { 0 } else { same * 100 + first.min(99) }
    };
    // Of equals the last is taken: the comma.
    ['|', '\t', ';', ','].into_iter().max_by_key(score).unwrap_or(',')
}

/// The sheets that hold something, if they can be taken.
///
/// # Errors
/// When there is none, or one is too long.
pub fn sound(sheets: Vec<Sheet>) -> Result<Vec<Sheet>, FileError> {
    let sheets: Vec<Sheet> = sheets.into_iter().filter(|sheet| !sheet.rows.is_empty()).collect();
    if sheets.is_empty() {
        return Err(FileError::Empty);
    }
    // One row more: the header.
    if sheets.iter().any(|sheet| sheet.rows.len() > ROWS_MAX + 1) {
        return Err(FileError::TooLong);
    }
    Ok(sheets)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cells(text: &str) -> Vec<Vec<String>> {
        read_csv(text.as_bytes()).unwrap().rows.into_iter().map(|(_, cells)| cells).collect()
    }

    #[test]
    fn whatever_parts_the_cells_they_are_found() {
        for separator in [',', ';', '\t', '|'] {
            let text = format!("Yritys{separator}Kunta\n\"Aamu, Ilta; Yö\"{separator}Kajaani\n");
            assert_eq!(cells(&text), [["Yritys", "Kunta"], ["Aamu, Ilta; Yö", "Kajaani"]], "{separator:?}");
        }
    }

    #[test]
    fn a_row_keeps_the_number_that_it_has_in_the_file() {
        let sheet = read_csv("Yritys\n\n\nAamu\n".as_bytes()).unwrap();
        assert_eq!(sheet.rows[1], (4, vec!["Aamu".to_owned()]));
    }

    #[test]
    fn a_broken_row_is_shown_and_not_lost() {
        assert_eq!(
            cells("Yritys;Kunta\n\"Aamu;Kajaani\nIlta;Sotkamo\n").last().unwrap(),
            &["Ilta", "Sotkamo"]
        );
        assert!(cells("Yritys;Kunta\n\"Aamu;Kajaani\n")[1][0].contains("Aamu"));
    }

    #[test]
    fn what_is_no_list_is_refused() {
        assert_eq!(read_csv(b""), Err(FileError::Empty));
        assert_eq!(read_csv(b"\n\n  \n"), Err(FileError::Empty));
        assert_eq!(read_csv(b"PK\x03\x04rest"), Err(FileError::Unknown));
        assert_eq!(read_csv(b"\x89PNG\x00\x00"), Err(FileError::Unknown));
        let long = "Aamu\n".repeat(ROWS_MAX + 2);
        assert_eq!(read_csv(long.as_bytes()), Err(FileError::TooLong));
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let _ = read_csv(&bytes);
        }

        #[test]
        fn a_list_that_went_out_comes_in_as_it_was(rows in proptest::collection::vec(proptest::collection::vec("[=+@'a-zåäö\";, -]{1,12}", 3), 2..6)) {
            let clean = |cell: &String| cell.trim().to_owned();
            let rows: Vec<Vec<String>> = rows.iter().map(|row| row.iter().map(clean).collect::<Vec<_>>()).collect();
            prop_assume!(rows.iter().all(|row| row.iter().all(|cell| !cell.is_empty())));
            let table = out::Table { title: String::new(), columns: rows[0].clone(), rows: rows[1..].to_vec() };
            let back: Vec<Vec<String>> = read_csv(&table.csv()).unwrap().rows.into_iter().map(|(_, cells)| cells).collect();
            prop_assert_eq!(back, rows);
        }
    }
}
