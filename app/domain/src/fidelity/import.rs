//! An assessment from a file: CSV with a column for the item and one for the score, and perhaps for the day and for who
//! assessed, as a county's package has them.

use super::ITEMS;
use super::assessment::By;
use crate::codes::Code;
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadScores {
    /// The day.
    pub day: NaiveDate,
    /// By whom.
    pub by: By,
    /// Items and their scores, in the order of the file.
    pub scores: Vec<(u8, u8)>,
}

/// What is wrong with a file, and in which line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The line, from 1.
    pub line: usize,
    /// What.
    pub why: Why,
}

/// What may be wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// It is no text.
    NoText,
    /// There is no column for the item or for the score.
    Columns,
    /// The day is none, is ahead, or differs from the first.
    Day,
    /// Who assessed is none of those there are, or differs from the first.
    Kind,
    /// There is no such item.
    Item,
    /// It is no score from 1 to 5.
    Score,
    /// The item stands there twice.
    Twice,
    /// The row is another unit's.
    Unit,
    /// There is no row.
    Empty,
}

/// A day as 2026-05-21, or as 21.5.2026.
fn day_of(text: &str) -> Option<NaiveDate> {
    text.parse().ok().or_else(|| NaiveDate::parse_from_str(text, "%d.%m.%Y").ok())
}

/// Reads a file. `unit` is the code of the own unit, where it has one. Without a column for the day it is today, without
/// one for who assessed it came from outside.
///
/// # Errors
/// The first thing that is wrong.
pub fn read_scores(bytes: &[u8], unit: Option<&str>, today: NaiveDate) -> Result<ReadScores, Wrong> {
    let at = |line: usize, why: Why| Wrong { line, why };
    let text = std::str::from_utf8(bytes).map_err(|_| at(1, Why::NoText))?;
    let text = text.trim_start_matches('\u{feff}');
    let mut lines = (1_usize..).zip(text.lines()).filter(|(_, line)| !line.trim().is_empty());
    let (_, head) = lines.next().ok_or(at(1, Why::Empty))?;
    let split = if head.contains(';') { ';' } else { ',' };
    let cells = |line: &str| -> Vec<String> {
        line.split(split).map(|cell| cell.trim().trim_matches('"').to_owned()).collect()
    };
    let head: Vec<String> = cells(head).iter().map(|name| name.to_lowercase()).collect();
    let column = |names: &[&str]| head.iter().position(|name| names.contains(&name.as_str()));
    let item = column(&["item", "kohta", "punkt"]).ok_or(at(1, Why::Columns))?;
    let score = column(&["score", "pisteet", "poäng"]).ok_or(at(1, Why::Columns))?;
    let day = column(&["date", "day", "päivä", "dag"]);
    let kind = column(&["kind", "arvioija", "bedömare"]);
    let home = column(&["unit", "yksikkö", "enhet"]);
    let mut read: Option<ReadScores> = None;
    let mut seen = BTreeSet::new();
    for (line, row) in lines {
        let row = cells(row);
        let cell = |at: Option<usize>| at.and_then(|at| row.get(at)).map(String::as_str);
        if cell(home).is_some_and(|code| unit.is_some_and(|unit| unit != code)) {
            return Err(at(line, Why::Unit));
        }
        let on = match cell(day) {
            Some(text) => day_of(text).filter(|day| *day <= today).ok_or(at(line, Why::Day))?,
            None => today,
        };
        let by = match cell(kind) {
            Some(text) => By::parse(text).map_err(|_| at(line, Why::Kind))?,
            None => By::External,
        };
        let number = |at: usize| row.get(at).and_then(|text| text.parse::<u8>().ok());
        let item = number(item).filter(|item| (1..=ITEMS).contains(item)).ok_or(at(line, Why::Item))?;
        let score = number(score).filter(|score| (1..=5).contains(score)).ok_or(at(line, Why::Score))?;
        if !seen.insert(item) {
            return Err(at(line, Why::Twice));
        }
        let read = read.get_or_insert_with(|| ReadScores { day: on, by, scores: Vec::new() });
        if read.day != on {
            return Err(at(line, Why::Day));
        }
        if read.by != by {
            return Err(at(line, Why::Kind));
        }
        read.scores.push((item, score));
    }
    read.ok_or(at(2, Why::Empty))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> NaiveDate {
        "2026-11-27".parse().unwrap()
    }

    fn read(text: &str) -> Result<ReadScores, Wrong> {
        read_scores(text.as_bytes(), Some("U"), today())
    }

    #[test]
    fn a_file_as_a_package_has_it() {
        let found = read("unit,date,kind,item,score\nU,2026-05-21,external,1,5\nU,2026-05-21,external,2,4\n")
            .unwrap();
        assert_eq!((found.day.to_string().as_str(), found.by), ("2026-05-21", By::External));
        assert_eq!(found.scores, [(1, 5), (2, 4)]);
        let finnish = read("kohta;pisteet;päivä\n1;5;21.5.2026\n2;4;2026-05-21\n").unwrap();
        assert_eq!((finnish.day, finnish.scores.len()), (found.day, 2));
        // As a spreadsheet of these countries writes it.
        let found = read("\u{feff}Kohta;Pisteet\r\n\"17\";\"2\"\r\n\r\n").unwrap();
        assert_eq!((found.day, found.by, found.scores), (today(), By::External, vec![(17, 2)]));
    }

    #[test]
    fn what_is_wrong_is_said_with_its_line() {
        for (text, line, why) in [
            ("", 1, Why::Empty),
            ("item,score\n", 2, Why::Empty),
            ("item,points\n1,2\n", 1, Why::Columns),
            ("item,score\n1,2\n26,2\n", 3, Why::Item),
            ("item,score\n1,6\n", 2, Why::Score),
            ("item,score\n1,\n", 2, Why::Score),
            ("item,score\n1,2\n1,3\n", 3, Why::Twice),
            ("item,score,date\n1,2,2026-11-28\n", 2, Why::Day),
            ("item,score,date\n1,2,2026-05-01\n2,2,2026-05-02\n", 3, Why::Day),
            ("item,score,kind\n1,2,friends\n", 2, Why::Kind),
            ("item,score,kind\n1,2,self\n2,2,peer\n", 3, Why::Kind),
            ("unit,item,score\nX,1,2\n", 2, Why::Unit),
        ] {
            assert_eq!(read(text), Err(Wrong { line, why }), "{text:?}");
        }
        assert_eq!(read_scores(&[0xff, 0xfe], None, today()), Err(Wrong { line: 1, why: Why::NoText }));
    }
}
