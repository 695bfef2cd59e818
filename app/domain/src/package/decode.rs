//! Bytes to text: spreadsheets save in several encodings.

use super::fault::{Fault, Note};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

/// The text of a file, with what should be said about how it was read (and on which line).
pub(crate) fn decode(bytes: &[u8]) -> Result<(String, Vec<(u64, Note)>), Fault> {
    if is_spreadsheet(bytes) {
        return Err(Fault::NotText);
    }
    match Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding == UTF_8 => {
            let (text, mut notes) = without_mark(&bytes[mark..]);
            notes.insert(0, (0, Note::ByteOrderMark));
            Ok((text, notes))
        }
        Some((encoding, mark)) => {
            let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
            Ok((text.into_owned(), vec![(0, Note::Utf16)]))
        }
        None => Ok(without_mark(bytes)),
    }
}

/// UTF-8, and line by line Windows-1252 where it is not: a file pasted together from two sources
/// keeps its letters in both parts.
fn without_mark(bytes: &[u8]) -> (String, Vec<(u64, Note)>) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (text.to_owned(), Vec::new());
    }
    let mut whole = String::with_capacity(bytes.len() + bytes.len() / 8);
    let mut first = 0;
    for (line, bytes) in (1..).zip(bytes.split_inclusive(|byte| *byte == b'\n')) {
        if let Ok(text) = std::str::from_utf8(bytes) {
            whole.push_str(text);
        } else {
            first = if first == 0 { line } else { first };
            whole.push_str(&WINDOWS_1252.decode_without_bom_handling(bytes).0);
        }
    }
    (whole, vec![(first, Note::Windows1252)])
}

/// The first bytes of a zip (an .xlsx or .ods under a wrong name) and of an old .xls.
fn is_spreadsheet(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0])
}
