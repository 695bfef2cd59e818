//! What can be wrong with a package, in words: what is wrong, and what would be right.
//!
//! The words are English: whoever runs an import reads them in a terminal or passes them on to
//! whoever mends the files.

use crate::business_id::BusinessIdError;
use chrono::{NaiveDate, NaiveTime, Timelike};

/// Why a file, a row or a cell was refused. `Display` says what is wrong and what would be right.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// The file is not there.
    #[error("the file is missing; where there is nothing to tell, give it with its header only: {0}")]
    MissingFile(String),
    /// The file holds nothing.
    #[error("the file is empty; its first line should be {0}")]
    EmptyFile(String),
    /// The file is a spreadsheet's own.
    #[error("this is a spreadsheet's own file, not text; save it as “CSV UTF-8”")]
    NotText,
    /// The first line names none of the columns.
    #[error("the first line does not name the columns, so no row can be read; it should be {0}")]
    NoHeader(String),
    /// A column is not in the header.
    #[error("the column is missing, so no row can be read; the columns are {0}")]
    MissingColumn(String),
    /// A column is in the header twice.
    #[error("the column is there twice, so no row can be read; leave one of them out")]
    RepeatedColumn,
    /// A row has too many or too few cells.
    #[error("{found} cells, but the header has {expected}; {}", cells_hint(*found, *expected))]
    CellCount {
        /// Cells of the row.
        found: usize,
        /// Cells of the header.
        expected: usize,
    },
    /// A quotation mark opens a cell and none closes it.
    #[error("a quotation mark opens a text and none closes it; close it, or double the marks inside a text")]
    OpenQuote,
    /// A quotation mark closes a cell before its end.
    #[error("there is more after a closing quotation mark; double the marks inside a text: \"\"")]
    AfterQuote,

    /// A cell that is needed is empty.
    #[error("is empty; it is needed")]
    Empty,
    /// A text would be run by a spreadsheet.
    #[error("“{0}” begins like a spreadsheet formula; begin it with a letter or a digit")]
    Formula(String),
    /// A text holds something that is no letter.
    #[error("{}", character(*.0))]
    Character(char),
    /// A name has a line break in it.
    #[error("has a line break in it; write it on one line")]
    LineBreak,
    /// A text is too long.
    #[error("is {found} characters long; at most {max}")]
    TooLong {
        /// How long it is.
        found: usize,
        /// How long it may be.
        max: usize,
    },
    /// Not of the form of a code.
    #[error("“{0}” is not a code; a code is at most 40 letters, digits and - _ . / : without spaces")]
    CodeForm(String),
    /// Not in a list of codes.
    #[error("“{value}” is not known; right would be one of: {allowed}")]
    UnknownCode {
        /// What was given.
        value: String,
        /// What would do.
        allowed: String,
    },
    /// A day that the calendar does not have.
    #[error("{value} is not a day that exists; {}", last_day(*last))]
    NoSuchDay {
        /// What was given.
        value: String,
        /// The last day of that month, if there is such a month.
        last: Option<NaiveDate>,
    },
    /// A day in another form.
    #[error("“{value}” is not written as a day is here; {}", right_day(*right))]
    DayForm {
        /// What was given.
        value: String,
        /// The same day in the right form, if it is clear which is meant.
        right: Option<NaiveDate>,
    },
    /// A day that is too long ago or too far ahead.
    #[error("{value} can hardly be meant; a day from {first} to {last} would be right")]
    DayTooFar {
        /// What was given.
        value: String,
        /// The first day that would do.
        first: NaiveDate,
        /// The last day that would do.
        last: NaiveDate,
    },
    /// Not a time of day.
    #[error("“{value}” is not a time of day; {}", right_time(*right))]
    TimeForm {
        /// What was given.
        value: String,
        /// The same time in the right form, if it is clear which is meant.
        right: Option<NaiveTime>,
    },
    /// Neither yes nor no.
    #[error("“{0}” is neither true nor false; write true or false, or leave it empty if unknown")]
    Flag(String),
    /// Not a whole number.
    #[error("“{0}” is not a whole number; write digits only, such as 30")]
    WholeNumber(String),
    /// Not a number.
    #[error("“{0}” is not a number with at most two decimals; write it such as 20 or 37.5")]
    Number(String),
    /// A number that is too small or too large.
    #[error("{value} is out of range; right would be {range}")]
    OutOfRange {
        /// What was given.
        value: String,
        /// What would do.
        range: String,
    },
    /// Not a business identity code.
    #[error("{}", business_id(value, error))]
    BusinessId {
        /// What was given.
        value: String,
        /// What is wrong with it.
        error: BusinessIdError,
    },
    /// Not the digits of an industry.
    #[error("“{0}” is not a class of TOL 2008; right would be two to five digits such as 47111")]
    Class(String),
    /// The letter and the digits of an industry do not belong together.
    #[error("{letter} does not go with class {class}; in TOL 2008 that is section {right}")]
    Section {
        /// The letter that was given.
        letter: String,
        /// The digits that were given.
        class: String,
        /// The letter of these digits.
        right: char,
    },
    /// Not an occupation.
    #[error("“{0}” is not an occupation of ISCO-08; right would be four digits such as 5223")]
    Occupation(String),

    /// A row that nobody knows.
    #[error("“{value}” is not in {file}; {}", hint(near.as_deref()))]
    UnknownReference {
        /// What was given.
        value: String,
        /// Where it should be.
        file: &'static str,
        /// A code there that differs in capitals only.
        near: Option<String>,
    },
    /// A row that was refused.
    #[error("“{value}” was refused itself ({file}, line {line}); mend that row first")]
    RefusedReference {
        /// What was given.
        value: String,
        /// Where it was refused.
        file: &'static str,
        /// On which line.
        line: u64,
    },
    /// A row of a file that could not be read at all.
    #[error("“{value}” should be in {file}, which could not be read; mend that file first")]
    UnreadReference {
        /// What was given.
        value: String,
        /// Which file.
        file: &'static str,
    },
    /// Another row says something else under the same code or for the same thing.
    #[error(
        "“{value}” is already on line {line} with other content; give one of the two another code or leave it out"
    )]
    Duplicate {
        /// What both have in common.
        value: String,
        /// The line of the first.
        line: u64,
    },
    /// An employer is there twice.
    #[error(
        "the same employer as {code} on line {line} ({common}); keep one of the two and use its code everywhere, or, if \
         they are two, name this one in namesakes.csv"
    )]
    SameEmployer {
        /// The first one's code.
        code: String,
        /// The first one's line.
        line: u64,
        /// How one sees it.
        common: String,
    },
    /// A day is before another that must come first.
    #[error("{day} is before {other} ({other_day}); a day from {other_day} on would be right")]
    TooEarly {
        /// The day that was given.
        day: NaiveDate,
        /// What must come first.
        other: String,
        /// When that was.
        other_day: NaiveDate,
    },
    /// A reason without the day it belongs to.
    #[error("is given, but {0} is empty; give the day too, or leave both empty")]
    WithoutDay(&'static str),
    /// Somebody who is not a coach stands where a coach should.
    #[error("{staff} is not a coach but {role}; right would be a coach or a lead of staff.csv")]
    NotACoach {
        /// Who was given.
        staff: String,
        /// Their role.
        role: &'static str,
    },
    /// A unit stands where a team should, or the other way round.
    #[error("{value} is a {found}; the role {role} belongs to a {wanted}")]
    WrongHome {
        /// What was given.
        value: String,
        /// What it is.
        found: &'static str,
        /// The person's role.
        role: &'static str,
        /// What it should be.
        wanted: &'static str,
    },
    /// The job is not this client's.
    #[error("{job} is a job of {client}; right would be a job of the client in this row, or nothing")]
    OthersJob {
        /// The job that was given.
        job: String,
        /// Whose it is.
        client: String,
    },
}

/// What was accepted and should still be said.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Note {
    /// The file begins with a byte-order mark.
    #[error("begins with a byte-order mark; left out")]
    ByteOrderMark,
    /// The file is UTF-16.
    #[error("is UTF-16; read as such, UTF-8 would be better")]
    Utf16,
    /// The file, from this line on in part, is not UTF-8.
    #[error("is not UTF-8 from here on; read as Windows-1252 where it is not")]
    Windows1252,
    /// Cells are parted by semicolons.
    #[error("has semicolons instead of commas between the cells; read as such")]
    Semicolons,
    /// Cells are parted by tabs.
    #[error("has tabs instead of commas between the cells; read as such")]
    Tabs,
    /// A column that packages do not have.
    #[error("has a column “{0}” that is not part of a package; left out")]
    ExtraColumn(String),
    /// A file that packages do not have.
    #[error("is not part of a package; left out")]
    ExtraFile,
    /// A row repeats an earlier one.
    #[error("repeats line {0} word for word; left out")]
    Repeated(u64),
    /// Two employers with different business IDs have the same name.
    #[error(
        "has the same name and municipality as {code} on line {line}, but another business ID; kept as two employers"
    )]
    Namesake {
        /// The first one's code.
        code: String,
        /// The first one's line.
        line: u64,
    },
}

/// A cell's text as a message shows it: short, on one line, nothing that a terminal would obey.
pub(super) fn shown(text: &str) -> String {
    let mut short: String = text
        .chars()
        .take(60)
        .map(|letter| if letter.is_control() || is_direction(letter) { '\u{fffd}' } else { letter })
        .collect();
    if text.chars().nth(60).is_some() {
        short.push('…');
    }
    short
}

/// Signs that turn the direction of writing and so can make a message read as another.
fn is_direction(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn cells_hint(found: usize, expected: usize) -> &'static str {
    if found > expected {
        "put a text that has the separator in it between quotation marks"
    } else {
        "give every column its separator, also where the cell is empty"
    }
}

fn character(letter: char) -> String {
    match letter {
        '\u{fffd}' => "holds �, a letter that was lost when the file was saved; write it again".to_owned(),
        letter => format!("holds the control character U+{:04X}; take it out", u32::from(letter)),
    }
}

fn last_day(last: Option<NaiveDate>) -> String {
    match last {
        Some(last) => format!("that month ends on {last}"),
        None => "a year has months 01 to 12, such as 2024-03-01".to_owned(),
    }
}

fn right_day(right: Option<NaiveDate>) -> String {
    match right {
        Some(right) => format!("right would be {right}"),
        None => "right would be year-month-day, such as 2024-03-01".to_owned(),
    }
}

fn right_time(right: Option<NaiveTime>) -> String {
    match right {
        Some(right) => format!("right would be {:02}:{:02}", right.hour(), right.minute()),
        None => "right would be hours and minutes, such as 09:30".to_owned(),
    }
}

fn business_id(value: &str, error: &BusinessIdError) -> String {
    match error {
        BusinessIdError::CheckDigit(right) => {
            let mended = value.char_indices().last().map_or("", |(last, _)| &value[..last]);
            format!(
                "“{value}” has a wrong check digit; with these seven digits {mended}{right} would be right"
            )
        }
        BusinessIdError::Form => {
            format!("“{value}” is not a business ID; right would be seven digits, a hyphen and a digit")
        }
        BusinessIdError::NeverIssued => {
            format!("“{value}” is a business ID that is never given out; look the seven digits up again")
        }
    }
}

fn hint(near: Option<&str>) -> String {
    match near {
        Some(near) => format!("{near} is: mind the capitals"),
        None => "add the row there, or mend the code here".to_owned(),
    }
}
