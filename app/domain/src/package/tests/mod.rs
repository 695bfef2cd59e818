//! What a package's reader must do, by topic.

mod bad_cells;
mod bad_files;
mod bad_rows;
mod pilot;
mod properties;

use super::*;
use chrono::NaiveDate;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// The day on which the tests read.
fn today() -> NaiveDate {
    day("2026-11-20")
}

/// A package with a few rows in each file and nothing wrong.
fn small() -> Files {
    let mut files = Files::new();
    for part in include_str!("small.txt").split("== ").filter(|part| !part.is_empty()) {
        let (stem, text) = part.split_once('\n').unwrap();
        files.insert(stem.to_owned(), text.as_bytes().to_vec());
    }
    files
}

/// The small package with something else in one of its files.
fn with(stem: &str, from: &str, to: &str) -> Files {
    let mut files = small();
    let text = String::from_utf8(files[stem].clone()).unwrap();
    assert_eq!(text.matches(from).count(), 1, "{from} in {text}");
    files.insert(stem.to_owned(), text.replace(from, to).into_bytes());
    files
}

/// The small package with a row more at the end of one of its files.
fn and(stem: &str, row: &str) -> Files {
    let mut files = small();
    files.get_mut(stem).unwrap().extend_from_slice(row.as_bytes());
    files
}

/// The small package with a file of its own making.
fn instead(stem: &str, bytes: impl AsRef<[u8]>) -> Files {
    let mut files = small();
    files.insert(stem.to_owned(), bytes.as_ref().to_vec());
    files
}

/// What is said about refused rows.
fn problems(files: &Files) -> Vec<String> {
    read(files, today()).problems.iter().map(ToString::to_string).collect()
}

/// What is said about accepted rows.
fn remarks(files: &Files) -> Vec<String> {
    let reading = read(files, today());
    assert_eq!(reading.problems, []);
    reading.remarks.iter().map(ToString::to_string).collect()
}

/// Read, refused and repeated rows of one file.
fn count(files: &Files, stem: &str) -> (u64, u64, u64) {
    let counts = read(files, today()).counts;
    let count = counts.iter().find(|count| count.file == format!("{stem}.csv")).unwrap();
    (count.read, count.refused, count.repeated)
}

#[test]
fn the_small_package_is_right_and_comes_back_as_it_was() {
    let reading = read(&small(), today());
    assert_eq!((&reading.problems, &reading.remarks), (&vec![], &vec![]));
    assert!(reading.is_whole());
    let written = write(&reading.package);
    for (stem, bytes) in small() {
        assert_eq!(String::from_utf8_lossy(&written[&stem]), String::from_utf8_lossy(&bytes));
    }
    let counts: Vec<u64> = reading.counts.iter().map(|count| count.read).collect();
    assert_eq!(counts, [1, 2, 4, 3, 3, 3, 2, 2, 2, 2, 2, 2, 3, 2, 2]);
}

#[test]
fn the_files_are_those_of_the_package() {
    let stems: Vec<&str> = FILES.iter().map(|(stem, _)| *stem).collect();
    assert_eq!(stems.len(), 15);
    assert_eq!(stems, small_stems());
    assert_eq!(
        FILES[5].1.join(","),
        "contact,date,time,coach,employer,mode,purpose,client,decision_maker,minutes,summary,next_step,next_step_on"
    );
}

fn small_stems() -> Vec<&'static str> {
    include_str!("small.txt").lines().filter_map(|line| line.strip_prefix("== ")).collect()
}
