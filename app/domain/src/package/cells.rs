//! One cell: text to a value, or what is wrong and what would be right.

use super::fault::{Fault, shown};
use super::tables::{Fte, WeeklyMinutes};
use crate::business_id::BusinessId;
use crate::codes::Code;
use crate::lists::out::unguarded;
use chrono::{Datelike, Days, Months, NaiveDate, NaiveTime, Timelike};

/// A code is at most this long, in characters.
const CODE_MAX: usize = 40;
/// No service has kept records for longer.
const FIRST_DAY: NaiveDate = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap();
/// The day that spreadsheets count from.
const SPREADSHEET_DAY_ZERO: NaiveDate = NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();

/// The cells of one row in the order of its table's columns, and the faults found in them.
pub(super) struct Cells<'a> {
    pub(super) columns: &'static [&'static str],
    pub(super) texts: Vec<&'a str>,
    pub(super) today: NaiveDate,
    pub(super) faults: Vec<(&'static str, Fault)>,
}

impl Cells<'_> {
    /// A cell that must not be empty.
    pub(super) fn required<T>(
        &mut self,
        column: &'static str,
        form: impl Fn(&str, NaiveDate) -> Result<T, Fault>,
    ) -> Option<T> {
        let value = self.optional(column, form)?;
        if value.is_none() {
            self.faults.push((column, Fault::Empty));
        }
        value
    }

    /// A cell that may be empty: unknown.
    pub(super) fn optional<T>(
        &mut self,
        column: &'static str,
        form: impl Fn(&str, NaiveDate) -> Result<T, Fault>,
    ) -> Option<Option<T>> {
        let read = match self.text(column).as_str() {
            "" => return Some(None),
            text => guarded(text).and_then(|text| form(text, self.today)),
        };
        self.keep(column, read).map(Some)
    }

    /// A cell with several values joined by `|`, or none.
    pub(super) fn several<T>(
        &mut self,
        column: &'static str,
        form: impl Fn(&str, NaiveDate) -> Result<T, Fault>,
    ) -> Option<Vec<T>> {
        let text = self.text(column);
        let read = guarded(&text).and_then(|text| {
            let parts = text.split('|').map(str::trim).filter(|part| !part.is_empty());
            parts.map(|part| form(part, self.today)).collect()
        });
        self.keep(column, read)
    }

    fn keep<T>(&mut self, column: &'static str, read: Result<T, Fault>) -> Option<T> {
        read.map_err(|fault| self.faults.push((column, fault))).ok()
    }

    /// The cell's text with plain line ends, without spaces around it. A tab or a carriage return
    /// at its start stays: a spreadsheet may run what comes after it.
    fn text(&self, column: &str) -> String {
        let at = self.columns.iter().position(|other| *other == column);
        let text = at.and_then(|at| self.texts.get(at)).copied().unwrap_or_default();
        let text = text.replace("\r\n", "\n");
        let text = text.trim_matches([' ', '\n', '\u{a0}', '\u{feff}']);
        match text {
            _ if text.trim().is_empty() => String::new(),
            _ if text.starts_with('\r') => text.to_owned(),
            _ => text.replace('\r', "\n"),
        }
    }
}

/// Refuses what a spreadsheet would run wherever it stands. Signs may begin a number; texts look
/// at them themselves.
fn guarded(text: &str) -> Result<&str, Fault> {
    if text.starts_with(['=', '@', '\t', '\r']) { Err(Fault::Formula(shown(text))) } else { Ok(text.trim()) }
}

/// A row's own code, or a code that points to a row.
pub(super) fn code(text: &str, _today: NaiveDate) -> Result<String, Fault> {
    let fits = text.chars().count() <= CODE_MAX
        && text.starts_with(char::is_alphanumeric)
        && text.chars().all(|letter| letter.is_alphanumeric() || "-_./:".contains(letter));
    if fits { Ok(text.to_owned()) } else { Err(Fault::CodeForm(shown(text))) }
}

/// Text on one line: a name or a title.
pub(super) fn line(max: usize) -> impl Fn(&str, NaiveDate) -> Result<String, Fault> {
    move |text, today| match text.contains('\n') {
        true => Err(Fault::LineBreak),
        false => words(max)(text, today),
    }
}

/// Text in a person's words.
pub(super) fn words(max: usize) -> impl Fn(&str, NaiveDate) -> Result<String, Fault> {
    move |text, _today| {
        // An apostrophe that keeps a spreadsheet from running the text is none of its letters.
        let bare = unguarded(text);
        let length = bare.chars().count();
        if length > max {
            return Err(Fault::TooLong { found: length, max });
        }
        if let Some(letter) = text.chars().find(|letter| is_no_letter(*letter)) {
            return Err(Fault::Character(letter));
        }
        if begins_formula(text) { Err(Fault::Formula(shown(text))) } else { Ok(bare.to_owned()) }
    }
}

/// A sign that no keyboard makes: a control character, or the mark for a letter that was lost.
fn is_no_letter(letter: char) -> bool {
    letter == '\u{fffd}' || letter.is_control() && letter != '\n' && letter != '\t'
}

/// Would a spreadsheet take the text for a formula? A telephone number or a negative number is
/// none.
fn begins_formula(text: &str) -> bool {
    let mut letters = text.chars();
    match letters.next() {
        Some('=' | '@' | '\t' | '\r') => true,
        Some('+' | '-') => {
            let rest = letters.as_str();
            rest.trim().is_empty() || !rest.chars().all(|letter| letter.is_ascii_digit() || letter == ' ')
        }
        _ => false,
    }
}

/// A code of a closed list.
pub(super) fn one_of<T: Code>(text: &str, _today: NaiveDate) -> Result<T, Fault> {
    T::parse(text).map_err(|unknown| Fault::UnknownCode { value: shown(text), allowed: unknown.allowed })
}

/// A code of an editable list.
pub(super) fn listed(list: &'static [&'static str]) -> impl Fn(&str, NaiveDate) -> Result<String, Fault> {
    move |text, _today| match list.contains(&text) {
        true => Ok(text.to_owned()),
        false => Err(Fault::UnknownCode { value: shown(text), allowed: list.join(", ") }),
    }
}

/// A day that exists, written year-month-day.
pub(super) fn day(text: &str, today: NaiveDate) -> Result<NaiveDate, Fault> {
    let day = iso_day(text)?;
    let last = today.checked_add_months(Months::new(12)).unwrap_or(NaiveDate::MAX);
    if (FIRST_DAY..=last).contains(&day) {
        Ok(day)
    } else {
        Err(Fault::DayTooFar { value: shown(text), first: FIRST_DAY, last })
    }
}

fn iso_day(text: &str) -> Result<NaiveDate, Fault> {
    if let Some((year, month, day)) = three_numbers(text, '-').filter(|_| text.find('-') == Some(4)) {
        return match existing(text, year, month, day)? {
            day if day.to_string() == text => Ok(day),
            day => Err(Fault::DayForm { value: shown(text), right: Some(day) }),
        };
    }
    let right = match three_numbers(text, '.') {
        Some((day, month, year)) => Some(existing(text, whole_year(year), month, day)?),
        None => day_before_time(text).or_else(|| spreadsheet_day(text)),
    };
    Err(Fault::DayForm { value: shown(text), right })
}

/// Three numbers with the same sign between them.
fn three_numbers(text: &str, sign: char) -> Option<(u32, u32, u32)> {
    let mut parts = text.split(sign).map(|part| digits(part.trim()));
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(a), Some(b), Some(c), None) => Some((a?, b?, c?)),
        _ => None,
    }
}

/// A number of one to four digits and nothing else.
fn digits(text: &str) -> Option<u32> {
    let fits = (1..=4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok()).flatten()
}

/// A day of the calendar; else the last day of its month is told.
fn existing(text: &str, year: u32, month: u32, day: u32) -> Result<NaiveDate, Fault> {
    let year = i32::try_from(year).unwrap_or(0);
    let last_of_month =
        || NaiveDate::from_ymd_opt(year, month, 1)?.checked_add_months(Months::new(1))?.pred_opt();
    NaiveDate::from_ymd_opt(year, month, day)
        .ok_or_else(|| Fault::NoSuchDay { value: shown(text), last: last_of_month() })
}

fn whole_year(year: u32) -> u32 {
    if year < 100 { 2000 + year } else { year }
}

/// `2024-03-01T00:00:00` and the like.
fn day_before_time(text: &str) -> Option<NaiveDate> {
    let (day, time) = text.split_once(['T', ' '])?;
    if !time.trim_start().starts_with(|letter: char| letter.is_ascii_digit()) {
        return None;
    }
    iso_day(day).ok()
}

/// The number of a day as a spreadsheet stores it: 45352 is 2024-03-01.
fn spreadsheet_day(text: &str) -> Option<NaiveDate> {
    let number: u64 = text.parse().ok().filter(|number| (32_874..=73_050).contains(number))?;
    SPREADSHEET_DAY_ZERO.checked_add_days(Days::new(number))
}

/// A time of day: `9:30`, `09:30` or `09:30:00`.
pub(super) fn time(text: &str, _today: NaiveDate) -> Result<NaiveTime, Fault> {
    clock(text, ':').ok_or_else(|| Fault::TimeForm { value: shown(text), right: clock(text, '.') })
}

fn clock(text: &str, sign: char) -> Option<NaiveTime> {
    let parts: Option<Vec<u32>> = text.split(sign).map(digits).collect();
    match parts?[..] {
        [hour, minute] | [hour, minute, 0] => NaiveTime::from_hms_opt(hour, minute, 0),
        _ => None,
    }
}

/// Yes or no.
pub(super) fn flag(text: &str, _today: NaiveDate) -> Result<bool, Fault> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(Fault::Flag(shown(text))),
    }
}

/// A whole number within bounds.
pub(super) fn number(least: i64, most: i64) -> impl Fn(&str, NaiveDate) -> Result<i64, Fault> {
    move |text, _today| {
        let number: i64 = text.parse().map_err(|_| Fault::WholeNumber(shown(text)))?;
        within(number, least, most)
    }
}

/// A number within bounds that hold for some rows only.
pub(super) fn within(number: i64, least: i64, most: i64) -> Result<i64, Fault> {
    if (least..=most).contains(&number) {
        Ok(number)
    } else {
        Err(Fault::OutOfRange { value: number.to_string(), range: format!("{least} to {most}") })
    }
}

/// A year of birth.
pub(super) fn birth_year(text: &str, today: NaiveDate) -> Result<i64, Fault> {
    number(1900, i64::from(today.year()).max(1900))(text, today)
}

/// A number with at most two decimals after a point or a comma, in hundredths.
fn hundredths(text: &str) -> Result<i64, Fault> {
    let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let read = digits(whole).zip(digits(part).filter(|_| part.len() <= 2));
    let (whole, number) = read.ok_or_else(|| Fault::Number(shown(text)))?;
    let tenths = if part.len() == 1 { 10 } else { 1 };
    Ok(i64::from(whole) * 100 + i64::from(number) * tenths)
}

/// A share of full-time work: more than nothing, at most one and a half.
pub(super) fn fte(text: &str, _today: NaiveDate) -> Result<Fte, Fault> {
    match hundredths(text)? {
        share @ 1..=150 => Ok(Fte(share)),
        _ => Err(Fault::OutOfRange { value: shown(text), range: "0.01 to 1.5".to_owned() }),
    }
}

/// Hours a week, at most 100.
pub(super) fn weekly(text: &str, _today: NaiveDate) -> Result<WeeklyMinutes, Fault> {
    match hundredths(text)? {
        hours @ 0..=10_000 => Ok(WeeklyMinutes((hours * 60 + 50) / 100)),
        _ => Err(Fault::OutOfRange { value: shown(text), range: "0 to 100".to_owned() }),
    }
}

/// A business identity code.
pub(super) fn business_id(text: &str, _today: NaiveDate) -> Result<BusinessId, Fault> {
    BusinessId::parse(text).map_err(|error| Fault::BusinessId { value: shown(text), error })
}

/// The letter of an industry, TOL 2008.
pub(super) fn section(text: &str, _today: NaiveDate) -> Result<String, Fault> {
    match text.as_bytes() {
        [b'A'..=b'U'] => Ok(text.to_owned()),
        _ => Err(Fault::UnknownCode { value: shown(text), allowed: "A to U".to_owned() }),
    }
}

/// The digits of an industry, TOL 2008: two to five.
pub(super) fn class(text: &str, _today: NaiveDate) -> Result<String, Fault> {
    let fits = (2..=5).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    match fits.then(|| section_of(text)).flatten() {
        Some(_) => Ok(text.to_owned()),
        None => Err(Fault::Class(shown(text))),
    }
}

/// The letter that the digits of an industry belong to.
pub(super) fn section_of(class: &str) -> Option<char> {
    Some(match class.get(..2)?.parse().ok()? {
        1..=3 => 'A',
        5..=9 => 'B',
        10..=33 => 'C',
        35 => 'D',
        36..=39 => 'E',
        41..=43 => 'F',
        45..=47 => 'G',
        49..=53 => 'H',
        55..=56 => 'I',
        58..=63 => 'J',
        64..=66 => 'K',
        68 => 'L',
        69..=75 => 'M',
        77..=82 => 'N',
        84 => 'O',
        85 => 'P',
        86..=88 => 'Q',
        90..=93 => 'R',
        94..=96 => 'S',
        97..=98 => 'T',
        99 => 'U',
        _ => return None,
    })
}

/// An occupation, ISCO-08: four digits.
pub(super) fn occupation(text: &str, _today: NaiveDate) -> Result<String, Fault> {
    let fits = text.len() == 4 && text.bytes().all(|byte| byte.is_ascii_digit());
    if fits { Ok(text.to_owned()) } else { Err(Fault::Occupation(shown(text))) }
}

/// A value as a package writes it.
pub(super) trait Written {
    fn written(&self) -> String;
}

impl Written for String {
    fn written(&self) -> String {
        self.clone()
    }
}

impl Written for bool {
    fn written(&self) -> String {
        self.to_string()
    }
}

impl Written for i64 {
    fn written(&self) -> String {
        self.to_string()
    }
}

impl Written for NaiveDate {
    fn written(&self) -> String {
        self.to_string()
    }
}

impl Written for NaiveTime {
    fn written(&self) -> String {
        format!("{:02}:{:02}", self.hour(), self.minute())
    }
}

impl Written for BusinessId {
    fn written(&self) -> String {
        self.to_string()
    }
}

impl Written for Fte {
    fn written(&self) -> String {
        decimal(self.0)
    }
}

impl Written for WeeklyMinutes {
    fn written(&self) -> String {
        decimal((self.0 * 100 + 30) / 60)
    }
}

impl Written for Vec<String> {
    fn written(&self) -> String {
        self.join("|")
    }
}

impl<T: Code> Written for T {
    fn written(&self) -> String {
        self.code().to_owned()
    }
}

impl<T: Written> Written for Option<T> {
    fn written(&self) -> String {
        self.as_ref().map(Written::written).unwrap_or_default()
    }
}

/// Hundredths as a decimal number without needless zeros.
fn decimal(hundredths: i64) -> String {
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
