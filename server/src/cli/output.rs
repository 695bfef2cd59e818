//! Standard output: words, tables, JSON.

use super::Failure;
use serde::Serialize;
use std::io::{self, Write};

/// Writes a line.
pub(crate) fn line(text: &str) -> Result<(), Failure> {
    Ok(writeln!(io::stdout().lock(), "{}", plain(text))?)
}

/// Writes a value as JSON.
pub(crate) fn json(value: &impl Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value)
        .map_err(|error| Failure::new(format!("the report cannot be made: {error}")))?;
    Ok(writeln!(io::stdout().lock(), "{text}")?)
}

/// A text on one line, without anything that a terminal would obey.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { '\u{fffd}' } else { letter }).collect()
}

/// Writes rows under their headers; columns of numbers stand to the right.
pub(crate) fn table(headers: &[&str], rows: &[Vec<String>]) -> Result<(), Failure> {
    for text in aligned(headers, rows) {
        line(&text)?;
    }
    Ok(())
}

fn aligned(headers: &[&str], rows: &[Vec<String>]) -> Vec<String> {
    let cell = |row: &Vec<String>, at: usize| row.get(at).cloned().unwrap_or_default();
    let is_number = |text: &String| text.bytes().all(|byte| byte.is_ascii_digit());
    let columns: Vec<(usize, bool)> = headers
        .iter()
        .enumerate()
        .map(|(at, header)| {
            let widest = rows.iter().map(|row| cell(row, at).chars().count()).max().unwrap_or(0);
            (widest.max(header.chars().count()), rows.iter().all(|row| is_number(&cell(row, at))))
        })
        .collect();
    let head = headers.iter().map(|header| (*header).to_owned()).collect();
    std::iter::once(&head)
        .chain(rows)
        .map(|row| {
            let cells = columns.iter().enumerate().map(|(at, (width, number))| match number {
                true => format!("{:>width$}", cell(row, at)),
                false => format!("{:<width$}", cell(row, at)),
            });
            cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
        })
        .collect()
}

/// `1 row`, `2 rows`.
pub(crate) fn counted(number: u64, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_to_the_right_and_words_to_the_left() {
        let rows = [vec!["units.csv".to_owned(), "1".to_owned()], vec!["x".to_owned(), "300".to_owned()]];
        assert_eq!(
            aligned(&["File", "Read"], &rows),
            ["File       Read", "units.csv     1", "x           300"]
        );
    }

    #[test]
    fn nothing_that_a_terminal_would_obey_gets_through() {
        assert_eq!(plain("a\u{1b}[31mb\nc"), "a\u{fffd}[31mb\u{fffd}c");
    }
}
