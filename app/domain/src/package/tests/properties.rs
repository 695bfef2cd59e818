//! What holds for any bytes.

use super::split::{Record, Records};
use super::*;
use crate::business_id::BusinessId;
use crate::codes::{Code, Mode, Purpose, Recipient, Role, Service, SupportPlace, TeamLevel};
use chrono::{Days, NaiveTime};
use proptest::prelude::*;
use std::collections::BTreeSet;

/// Every row is read, repeated or refused with a problem on its line; good rows stand on their own.
fn check(files: &Files) -> Result<(), TestCaseError> {
    let reading = read(files, today());
    for (count, (stem, _)) in reading.counts.iter().zip(FILES) {
        let text = files
            .get(*stem)
            .map(|bytes| super::decode::decode(bytes).map_or(String::new(), |(text, _)| text));
        let problems = reading.problems.iter().filter(|problem| problem.file == count.file);
        let lines: BTreeSet<u64> = problems.clone().map(|problem| problem.line).collect();
        let whole = problems.clone().any(|problem| {
            matches!(
                problem.fault,
                Fault::MissingFile(_)
                    | Fault::EmptyFile(_)
                    | Fault::NotText
                    | Fault::NoHeader(_)
                    | Fault::MissingColumn(_)
                    | Fault::RepeatedColumn
            )
        });
        let rows = count.read + count.refused + count.repeated;
        if whole {
            prop_assert_eq!(count.read + count.repeated, 0);
        } else {
            prop_assert_eq!(count.refused, lines.len() as u64);
        }
        // Semicolons or tabs can only be chosen by the header, so any separator that gives the
        // same number of rows is right.
        let records =
            |separator| Records::new(text.as_deref().unwrap_or_default(), separator).skip(1).count() as u64;
        prop_assert!(
            [',', ';', '\t'].into_iter().any(|separator| records(separator) == rows),
            "{}",
            count.file
        );
    }
    let said = reading.problems.iter().map(ToString::to_string).collect::<String>();
    prop_assert!(!said.contains(char::is_control), "{:?}", said);
    let again = read(&write(&reading.package), today());
    prop_assert_eq!(again.problems, vec![]);
    prop_assert!(again.package == reading.package);
    Ok(())
}

/// Bytes that a package is made of, so that random ones get further than the header.
fn fragment() -> impl Strategy<Value = Vec<u8>> {
    let words: Vec<&str> = vec![
        ",",
        ",",
        "\n",
        "\r\n",
        "\r",
        "\"",
        "\"\"",
        ";",
        "\t",
        "|",
        "A1",
        "C1",
        "E1",
        "U1",
        "T1",
        "J1",
        "true",
        "0",
        "5",
        "=1",
        "31.2.2024",
        "2025-03-01",
        "0001004-9",
        "in_person",
        "client",
        "date",
        "\u{feff}",
        "ä",
        " ",
        "-",
        "value",
        "item",
    ];
    prop_oneof![
        8 => prop::sample::select(words).prop_map(|word| word.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 1..4),
    ]
}

fn fragments() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(fragment(), 0..60).prop_map(|parts| parts.concat())
}

/// The small package with some places overwritten.
fn mutated() -> impl Strategy<Value = Files> {
    let change = (0..FILES.len(), any::<prop::sample::Index>(), 0_usize..12, fragment());
    prop::collection::vec(change, 1..8).prop_map(|changes| {
        let mut files = small();
        for (file, at, length, new) in changes {
            let bytes = files.get_mut(FILES[file].0).unwrap();
            let at = at.index(bytes.len() + 1);
            let end = (at + length).min(bytes.len());
            bytes.splice(at..end, new);
        }
        files
    })
}

fn some_day() -> impl Strategy<Value = NaiveDate> {
    (0_u64..12_000)
        .prop_map(|days| day("1995-01-01") + Days::new(days))
        .prop_filter("not ahead", |day| *day <= today())
}

/// Words of a person, as the reader takes them.
fn words() -> impl Strategy<Value = Option<String>> {
    prop::option::of("[a-zåäö0-9=+@'-]([a-zåäö0-9,;\"'=+@| \n\t-]{0,60}[a-zåäö.!\"])?")
}

fn code_of<T: Code + std::fmt::Debug>() -> impl Strategy<Value = T> {
    prop::sample::select(T::ALL)
}

/// A package with one unit, team, coach, employer and client, and any contacts, jobs and supports.
fn package() -> impl Strategy<Value = Package> {
    let contact = (
        (some_day(), prop::option::of((0_u32..24, 0_u32..60)), code_of::<Mode>(), code_of::<Purpose>()),
        (
            any::<bool>(),
            prop::option::of(any::<bool>()),
            prop::option::of(0_i64..=1440),
            words(),
            words(),
            0_u64..300,
        ),
    );
    let job = (
        some_day(),
        prop::option::of(0_u64..900),
        prop::option::of(0_i64..=6000),
        prop::option::of(any::<bool>()),
    );
    let support =
        (some_day(), code_of::<Mode>(), prop::option::of(code_of::<SupportPlace>()), code_of::<Recipient>());
    let lists = (
        prop::collection::vec(contact, 0..12),
        prop::collection::vec(job, 0..6),
        prop::collection::vec(support, 0..6),
    );
    (lists, 1_i64..=150, words()).prop_map(|((contacts, jobs, supports), fte, name)| {
        let mut package = read(&small(), today()).package;
        let name = name.unwrap_or_default().replace(['\n', '\t'], " ");
        package.units[0] =
            Unit { unit: "U1".into(), name: format!("x{name}"), service: Service::Latu, municipality: None };
        package.teams[0].level = TeamLevel::Social;
        package.staff[1].fte = Some(Fte(fte));
        package.staff[1].role = Role::Lead;
        package.employers[1].business_id = BusinessId::parse("0001019-6").ok();
        package.clients[0].agreement_on = None;
        package.contacts.clear();
        for (at, ((date, time, mode, purpose), (for_client, decides, minutes, summary, step, ahead))) in
            contacts.into_iter().enumerate()
        {
            package.contacts.push(Contact {
                contact: format!("K{at}"),
                date,
                time: time.and_then(|(hour, minute)| NaiveTime::from_hms_opt(hour, minute, 0)),
                coach: "C2".into(),
                employer: "E2".into(),
                mode,
                purpose,
                client: for_client.then(|| "A1".into()),
                decision_maker: decides,
                minutes,
                summary,
                next_step_on: step.as_ref().map(|_| date + Days::new(ahead)),
                next_step: step,
            });
        }
        package.supports.clear();
        package.jobs.clear();
        for (at, (started_on, lasts, minutes, permanent)) in jobs.into_iter().enumerate() {
            let ended_on = lasts.map(|days| started_on + Days::new(days)).filter(|day| *day <= today());
            package.jobs.push(Job {
                job: format!("J{at}"),
                client: "A1".into(),
                employer: "E3".into(),
                title: "leipuri, \"mestari\"".into(),
                isco08: None,
                started_on,
                ended_on,
                hours_per_week: minutes.map(WeeklyMinutes),
                permanent,
                pay_subsidy: permanent,
                competitive: None,
                disclosed: permanent,
                end_reason: ended_on.map(|_| "other".into()),
            });
        }
        for (at, (date, mode, place, recipient)) in supports.into_iter().enumerate() {
            package.supports.push(Support {
                support: format!("S{at}"),
                date,
                coach: "C2".into(),
                client: "A1".into(),
                job: (at < package.jobs.len()).then(|| format!("J{at}")),
                mode,
                place,
                recipient,
                kind: None,
                minutes: None,
            });
        }
        package
    })
}

/// How many lines end in a text.
fn line_ends(text: &str) -> u64 {
    text.replace("\r\n", "\n").replace('\r', "\n").matches('\n').count() as u64
}

/// Rows as the csv crate splits them, with their lines worked out from where they begin.
fn csv_rows(text: &str) -> Vec<(u64, Vec<String>)> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let row = |row: csv::StringRecord| {
        let byte = usize::try_from(row.position().unwrap().byte()).unwrap();
        let start = text.len() - text[byte..].trim_start_matches(['\r', '\n']).len();
        (1 + line_ends(&text[..start]), row.iter().map(str::to_owned).collect::<Vec<_>>())
    };
    let rows = reader.records().map(|record| row(record.unwrap()));
    rows.filter(|(_, row)| row.iter().any(|cell| !cell.trim().is_empty())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(192))]

    #[test]
    fn any_package_comes_back_as_it_was(package in package()) {
        let reading = read(&write(&package), today());
        prop_assert_eq!(reading.problems, vec![]);
        prop_assert_eq!(reading.package, package);
    }

    #[test]
    fn any_bytes_are_read_or_refused(
        stem in prop::sample::select(FILES),
        bytes in prop::collection::vec(any::<u8>(), 0..400),
    ) {
        check(&instead(stem.0, bytes))?;
    }

    #[test]
    fn any_fragments_are_read_or_refused(
        stem in prop::sample::select(FILES),
        rows in fragments(),
        header in any::<bool>(),
    ) {
        let header = if header { stem.1.join(",") + "\n" } else { String::new() };
        check(&instead(stem.0, [header.as_bytes(), &rows].concat()))?;
    }

    #[test]
    fn any_change_of_a_package_is_read_or_refused(files in mutated()) {
        check(&files)?;
    }

    #[test]
    fn rows_are_split_as_the_csv_crate_does_and_lines_are_true(
        rows in prop::collection::vec(prop::collection::vec("[a-c,;\"\r\n ]{0,6}", 1..4), 0..8),
    ) {
        let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(Vec::new());
        for row in &rows {
            writer.write_record(row).unwrap();
        }
        let text = String::from_utf8(writer.into_inner().unwrap()).unwrap();
        let records: Vec<Record> = Records::new(&text, ',').collect();
        let ours: Vec<_> = records.into_iter().map(|record| (record.line, record.cells.unwrap())).collect();
        prop_assert_eq!(ours, csv_rows(&text));
    }

    #[test]
    fn any_text_is_split_without_a_panic_and_lines_go_up(text in "[a,\"\r\né]{0,60}") {
        let lines: Vec<u64> = Records::new(&text, ',').map(|record| record.line).collect();
        prop_assert!(lines.is_sorted_by(|a, b| a < b));
        let all = 1 + line_ends(&text);
        prop_assert!(lines.iter().all(|line| (1..=all).contains(line)));
    }
}

#[test]
fn the_demo_package_survives_damage() {
    let demo = write(&crate::demo::package(today()));
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig::with_cases(12));
    let change = (0..FILES.len(), any::<prop::sample::Index>(), 0_usize..40, fragments());
    runner
        .run(&prop::collection::vec(change, 1..20), |changes| {
            let mut files = demo.clone();
            for (file, at, length, new) in changes {
                let bytes = files.get_mut(FILES[file].0).unwrap();
                let at = at.index(bytes.len());
                let end = (at + length).min(bytes.len());
                bytes.splice(at..end, new);
            }
            check(&files)
        })
        .unwrap();
}
