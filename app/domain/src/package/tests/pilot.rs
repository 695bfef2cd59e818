//! The package of the pilot, where it is at hand.

use super::*;
use std::path::Path;

/// The package of the pilot, or none when it is not beside the repository.
fn pilot() -> Option<Files> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/pilot");
    let read = |(stem, _): &(&str, _)| {
        Some(((*stem).to_owned(), std::fs::read(folder.join(format!("{stem}.csv"))).ok()?))
    };
    FILES.iter().map(read).collect()
}

#[test]
fn a_county_package_is_read_without_a_problem() {
    let (which, files) = match pilot() {
        Some(files) => ("the pilot's package", files),
        None => ("the demo package", write(&crate::demo::package(day("2026-11-20")))),
    };
    let reading = read(&files, day("2026-11-20"));
    let counts: Vec<String> =
        reading.counts.iter().map(|count| format!("{} {}", count.file, count.read)).collect();
    eprintln!("read {which}: {}", counts.join(", "));
    assert_eq!(reading.problems, []);
    assert_eq!((reading.package.employers.len(), reading.package.contacts.len()), (300, 704));
    assert!(reading.counts.iter().all(|count| count.refused + count.repeated == 0));
    assert_eq!(read(&write(&reading.package), day("2026-11-20")).package, reading.package);
}
