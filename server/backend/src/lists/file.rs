//! A file to sheets: text, spreadsheets, the business register's JSON, plain or zipped.

use calamine::{Data, Reader, open_workbook_auto_from_rs};
use domain::lists::{FileError, ROWS_MAX, Sheet, read_csv, sound, ytj};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::fmt;
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Unpacked, a spreadsheet may have this many bytes: a small file can hold an endless one.
const UNPACKED_MAX: u64 = 256 * 1024 * 1024;

/// Reads the sheets of a file. Of the business register only these municipalities are taken; all, when
/// none is named.
///
/// # Errors
/// When it can't be read, or is too long.
pub fn read_file(bytes: &[u8], municipalities: &[String]) -> Result<Vec<Sheet>, FileError> {
    let begin = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match begin.iter().find(|byte| !byte.is_ascii_whitespace()) {
        None => Err(FileError::Empty),
        Some(b'{' | b'[') => companies(begin, municipalities),
        _ if bytes.starts_with(b"PK") => packed(bytes, municipalities),
        _ if bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]) => workbook(bytes),
        _ => Ok(vec![read_csv(bytes)?]),
    }
}

fn packed(bytes: &[u8], municipalities: &[String]) -> Result<Vec<Sheet>, FileError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| FileError::Broken)?;
    let names: Vec<String> = archive.file_names().map(str::to_owned).collect();
    let json = |name: &&String| name.to_ascii_lowercase().ends_with(".json");
    if let Some(name) = names.iter().find(json) {
        let file = archive.by_name(name).map_err(|_| FileError::Broken)?;
        return companies(std::io::BufReader::new(file), municipalities);
    }
    let mut size = 0;
    for at in 0..archive.len() {
        size += archive.by_index_raw(at).map_err(|_| FileError::Broken)?.size();
    }
    if size > UNPACKED_MAX {
        return Err(FileError::TooLarge);
    }
    let table = |name: &&String| name.to_ascii_lowercase().ends_with(".csv");
    if let Some(name) = names.iter().find(table) {
        let mut text = Vec::new();
        let file = archive.by_name(name).map_err(|_| FileError::Broken)?;
        file.take(UNPACKED_MAX).read_to_end(&mut text).map_err(|_| FileError::Broken)?;
        return Ok(vec![read_csv(&text)?]);
    }
    if names.iter().any(|name| name.starts_with("xl/") || name == "content.xml") {
        return workbook(bytes);
    }
    Err(FileError::Unknown)
}

fn workbook(bytes: &[u8]) -> Result<Vec<Sheet>, FileError> {
    let mut book = open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|_| FileError::Broken)?;
    let sheets = book.worksheets().into_iter().map(|(name, range)| {
        let first = range.start().map_or(1, |(row, _)| row + 1);
        let cells = |row: &[Data]| row.iter().map(cell).collect();
        Sheet::new(&name, (first..).zip(range.rows().take(ROWS_MAX + 2).map(cells)))
    });
    sound(sheets.collect())
}

/// What a person sees in the cell, as far as that matters here.
fn cell(data: &Data) -> String {
    match data {
        Data::Empty | Data::Error(_) => String::new(),
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => text.clone(),
        Data::DateTime(day) => {
            let (year, month, day, ..) = day.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        number => number.to_string(),
    }
}

fn companies(reader: impl Read, municipalities: &[String]) -> Result<Vec<Sheet>, FileError> {
    let mut rows = Vec::new();
    let mut take = |company: Value| {
        if let Some(row) = ytj::row(&company).filter(|row| ytj::is_in(row, municipalities))
            && rows.len() <= ROWS_MAX
        {
            rows.push(row);
        }
    };
    let mut json = serde_json::Deserializer::from_reader(reader);
    Companies(&mut take).deserialize(&mut json).map_err(|_| FileError::Broken)?;
    if rows.is_empty() {
        return Err(FileError::Empty);
    }
    let header = std::iter::once(ytj::HEADER.map(str::to_owned).to_vec());
    sound(vec![Sheet::new("YTJ", (1..).zip(header.chain(rows)))])
}

/// The companies of an answer of the interface (under `companies`) or of a dump (a list), one after
/// another: the whole register is larger than a memory.
struct Companies<'a, F>(&'a mut F);

impl<'de, F: FnMut(Value)> DeserializeSeed<'de> for Companies<'_, F> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de, F: FnMut(Value)> Visitor<'de> for Companies<'_, F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("companies of the business register")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(company) = list.next_element()? {
            (self.0)(company);
        }
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut answer: A) -> Result<(), A::Error> {
        while let Some(key) = answer.next_key::<String>()? {
            if key == "companies" {
                answer.next_value_seed(Companies(self.0))?;
            } else {
                answer.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_register_comes_as_an_answer_or_as_a_list() {
        let company = r#"{"names":[{"name":"Aamu","type":"1"}],"addresses":[{"type":1,"postOffices":[{"city":"KAJAANI"}]}]}"#;
        for text in [format!(r#"{{"totalResults":1,"companies":[{company}]}}"#), format!("[{company}]")] {
            let sheets = read_file(text.as_bytes(), &["Kajaani".into()]).expect("a sheet");
            assert_eq!(sheets[0].rows[1].1[0], "Aamu");
            assert_eq!(read_file(text.as_bytes(), &["Sotkamo".into()]), Err(FileError::Empty));
        }
    }

    #[test]
    fn what_is_broken_is_refused_in_plain_words() {
        assert_eq!(read_file(b"PK\x03\x04", &[]), Err(FileError::Broken));
        assert_eq!(read_file(b"{\"companies\":[{", &[]), Err(FileError::Broken));
        assert_eq!(read_file(&[0xd0, 0xcf, 0x11, 0xe0, 1, 2], &[]), Err(FileError::Broken));
        assert_eq!(read_file(b" \n", &[]), Err(FileError::Empty));
    }
}
