//! A list on the screen as a file that no spreadsheet takes for a formula (S25), and as a document on paper.

use crate::codes::Language;

/// A list: what stands above its columns, and its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// What the list is: the name of the file and of its sheet.
    pub title: String,
    /// The columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

/// A document on paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paper {
    /// The language in which it is written.
    pub language: Language,
    /// What it is: the document's title and its first heading.
    pub title: String,
    /// What stands at the foot of every page.
    pub foot: String,
    /// A page's number of all: two `{}`.
    pub page_of: &'static str,
    /// How big its letters are.
    pub look: PaperLook,
    /// What is in it, from the beginning.
    pub parts: Vec<PaperPart>,
}

/// How big the letters of a document are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PaperLook {
    /// As for a list that somebody looks something up in.
    #[default]
    Plain,
    /// As big as lets it go on one page; where nothing does, it flows on over several.
    OnePage,
    /// Easy to read: nothing under 12 points.
    Large,
}

/// A part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperPart {
    /// A heading.
    Heading(String),
    /// A paragraph.
    Text(String),
    /// A table, and how wide each of its columns is beside the others. The first cell of a row heads the row.
    Table(Table, Vec<u16>),
}

impl Paper {
    /// The document as tables for a workbook: first one with every line of text, named `text`, then the tables, each
    /// once.
    #[must_use]
    pub fn tables(&self, text: &str) -> Vec<Table> {
        let mut lines = vec![vec![self.title.clone()]];
        let mut tables = Vec::new();
        for part in &self.parts {
            match part {
                PaperPart::Heading(line) | PaperPart::Text(line) => lines.push(vec![line.clone()]),
                PaperPart::Table(table, _) => tables.push(table.clone()),
            }
        }
        tables.insert(0, Table { title: text.to_owned(), columns: vec![self.foot.clone()], rows: lines });
        tables
    }
}

/// The signs with which a spreadsheet's formula may begin.
const BEGINS: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// The cell with an apostrophe before it when a spreadsheet could take it for a formula. One that begins
/// with such an apostrophe of its own gets another, so that nothing is lost on the way back.
#[must_use]
pub fn guarded(cell: &str) -> String {
    let bare = cell.trim_start_matches('\'');
    if bare.starts_with(BEGINS) { format!("'{cell}") } else { cell.to_owned() }
}

/// The cell without the apostrophe that [`guarded`] puts before it.
#[must_use]
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(BEGINS) => rest,
        _ => cell,
    }
}

impl Table {
    /// As CSV: UTF-8 with its mark and semicolons, as the spreadsheets of these countries open it, every
    /// cell in quotation marks.
    #[must_use]
    pub fn csv(&self) -> Vec<u8> {
        let mut text = "\u{feff}".to_owned();
        for row in std::iter::once(&self.columns).chain(&self.rows) {
            for (at, cell) in row.iter().enumerate() {
                text.push_str(if at == 0 { "\"" } else { ";\"" });
                text.push_str(&guarded(cell).replace('"', "\"\""));
                text.push('"');
            }
            text.push_str("\r\n");
        }
        text.into_bytes()
    }

    /// The title as a file's name: letters, digits and hyphens.
    #[must_use]
    pub fn file_name(&self) -> String {
        file_name(&self.title)
    }
}

/// A title as a file's name: letters, digits and hyphens.
#[must_use]
pub fn file_name(title: &str) -> String {
    let folded = crate::text::fold(title);
    let name: Vec<&str> = folded.split_whitespace().collect();
    if name.is_empty() { "rinnalla".to_owned() } else { name.join("-") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=1+1", "+358 40", "-2", "@SUM(A1)", "\t=1", "\r=1", "'=1", "''=cmd|' /C calc'!A0"] {
            let table =
                Table { title: String::new(), columns: vec!["a".into()], rows: vec![vec![cell.into()]] };
            let text = String::from_utf8(table.csv()).unwrap();
            assert!(text.lines().nth(1).unwrap().starts_with("\"'") || text.contains("\r\n\"'"), "{text:?}");
            assert_eq!(unguarded(&guarded(cell)), cell);
        }
        assert_eq!(guarded("Aamu-Kahvila = hyvä"), "Aamu-Kahvila = hyvä");
        assert_eq!(guarded("'70-luvun kahvila"), "'70-luvun kahvila");
    }

    #[test]
    fn a_file_has_a_plain_name() {
        let named = |title: &str| Table { title: title.into(), ..Table::default() }.file_name();
        assert_eq!(named("Työnantajat 24.11.2026"), "tyonantajat-24-11-2026");
        assert_eq!(named("../.."), "rinnalla");
    }

    proptest! {
        #[test]
        fn what_is_guarded_comes_back(cell in "['=+@\\t\\r-]{0,4}\\PC{0,12}") {
            let safe = guarded(&cell);
            prop_assert!(!safe.starts_with(BEGINS));
            prop_assert_eq!(unguarded(&safe), cell);
        }
    }
}
