//! Files that are missing, empty, in another encoding or with other columns.

use super::*;
use encoding_rs::WINDOWS_1252;

fn text(stem: &str) -> String {
    String::from_utf8(small()[stem].clone()).unwrap()
}

#[test]
fn a_missing_file_is_said_once_and_the_others_are_read() {
    let mut files = small();
    files.remove("feedback");
    assert_eq!(
        problems(&files),
        ["feedback.csv: the file is missing; where there is nothing to tell, give it with its header only: \
          respondent,date,question,value"]
    );
    assert_eq!(read(&files, today()).package.fidelity.len(), 2);
}

#[test]
fn rows_that_point_into_a_missing_file_are_refused_for_it() {
    let mut files = small();
    files.remove("employers");
    let problems = problems(&files);
    assert_eq!(problems.len(), 1 + 3 + 2 + 1, "{problems:#?}");
    assert_eq!(
        problems[1],
        "contacts.csv, line 2, column employer: “E1” should be in employers.csv, which could not be read; mend that file first"
    );
    // The support of a job that was refused because of its employer.
    assert!(
        problems[6]
            .starts_with("supports.csv, line 2, column job: “J1” was refused itself (jobs.csv, line 2)")
    );
    assert_eq!(read(&Files::new(), today()).problems.len(), 15);
}

#[test]
fn an_empty_file_needs_its_header() {
    for bytes in ["", "\n\n", "  \r\n,,,\n", "\u{feff}"] {
        let problems = problems(&instead("feedback", bytes));
        assert_eq!(
            problems,
            ["feedback.csv: the file is empty; its first line should be respondent,date,question,value"],
            "{bytes:?}"
        );
    }
    assert_eq!(remarks(&instead("feedback", "respondent,date,question,value\n")), [""; 0]);
}

#[test]
fn a_header_is_needed() {
    let files = instead("feedback", "client,2025-08-20,recommend,10\nclient,2025-08-21,recommend,9\n");
    assert_eq!(
        problems(&files),
        [
            "feedback.csv, line 1: the first line does not name the columns, so no row can be read; it should be \
          respondent,date,question,value"
        ]
    );
    assert_eq!(count(&files, "feedback"), (0, 1, 0));
}

#[test]
fn a_missing_or_repeated_column_is_named() {
    assert_eq!(
        problems(&with("feedback", "date,question", "day,question")),
        ["feedback.csv, line 1, column date: the column is missing, so no row can be read; the columns are \
          respondent,date,question,value"]
    );
    assert_eq!(
        problems(&with("feedback", "date,question", "date,date")),
        [
            "feedback.csv, line 1, column date: the column is there twice, so no row can be read; leave one of them out",
            "feedback.csv, line 1, column question: the column is missing, so no row can be read; the columns are \
             respondent,date,question,value"
        ]
    );
    assert_eq!(count(&with("feedback", "date,question", "day,question"), "feedback"), (0, 2, 0));
}

#[test]
fn other_columns_and_another_order_do_no_harm() {
    let files =
        instead("feedback", "Value , note,question,DATE,respondent,\n10,hyvä,recommend,2025-08-20,client,\n");
    assert_eq!(
        remarks(&files),
        ["feedback.csv, line 1: has a column “note” that is not part of a package; left out"]
    );
    assert_eq!(read(&files, today()).package.feedback[0].value, 10);
}

#[test]
fn other_files_do_no_harm_and_capitals_in_names_neither() {
    let mut files = small();
    let units = files.remove("units").unwrap();
    files.insert("Units".to_owned(), units);
    files.insert("notes".to_owned(), b"anything".to_vec());
    assert_eq!(remarks(&files), ["notes.csv: is not part of a package; left out"]);
}

#[test]
fn semicolons_and_tabs_are_read_and_said() {
    let semicolons = text("feedback").replace(',', ";");
    assert_eq!(
        remarks(&instead("feedback", semicolons)),
        ["feedback.csv: has semicolons instead of commas between the cells; read as such"]
    );
    let jobs = "job;client;employer;title;isco08;started_on;ended_on;hours_per_week;permanent;pay_subsidy;competitive;disclosed;end_reason\n\
                J1;A1;E1;leipuri, yövuoro;7512;2025-04-01;;37,5;FALSE;TRUE;true;true;\n";
    let reading = read(&instead("jobs", jobs), today());
    assert_eq!(reading.problems, []);
    assert_eq!(reading.package.jobs[0].hours_per_week, Some(WeeklyMinutes(2250)));
    let tabs = text("feedback").replace(',', "\t");
    assert_eq!(
        remarks(&instead("feedback", tabs)),
        ["feedback.csv: has tabs instead of commas between the cells; read as such"]
    );
}

#[test]
fn a_byte_order_mark_is_left_out() {
    let files = instead("units", format!("\u{feff}{}", text("units")));
    assert_eq!(remarks(&files), ["units.csv: begins with a byte-order mark; left out"]);
    assert_eq!(read(&files, today()).package.units, read(&small(), today()).package.units);
}

#[test]
fn windows_1252_is_read_and_said_also_in_a_part_of_a_file() {
    let whole = WINDOWS_1252.encode(&text("staff")).0.into_owned();
    assert_eq!(
        remarks(&instead("staff", whole)),
        ["staff.csv, line 3: is not UTF-8 from here on; read as Windows-1252 where it is not"]
    );
    let mut part = text("staff").into_bytes();
    part.extend_from_slice(b"C4,P\xe4ivi \x8aver,coach,U1,1,2025-01-01,\n");
    part.extend_from_slice(b"C5,J\xe4rvi,coach,U1,1,2025-01-01,\n");
    assert!(remarks(&instead("staff", &part))[0].starts_with("staff.csv, line 6: is not UTF-8"));
    let names: Vec<String> =
        read(&instead("staff", part), today()).package.staff.into_iter().map(|row| row.name).collect();
    assert_eq!(names, ["Anna Virta", "Bo Åkerman", "Outi Laine", "Juha Salo", "Päivi Šver", "Järvi"]);
}

#[test]
fn utf_16_is_read_and_a_spreadsheet_is_refused() {
    let mut utf16 = vec![0xff, 0xfe];
    utf16.extend(text("units").encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(
        remarks(&instead("units", utf16)),
        ["units.csv: is UTF-16; read as such, UTF-8 would be better"]
    );
    assert_eq!(
        problems(&instead("feedback", b"PK\x03\x04\x14\0")),
        ["feedback.csv: this is a spreadsheet's own file, not text; save it as “CSV UTF-8”"]
    );
}

#[test]
fn line_numbers_are_those_of_the_file() {
    let crlf = text("contacts").replace('\n', "\r\n");
    let old_mac = text("contacts").replace('\n', "\r");
    assert_eq!(remarks(&instead("contacts", &crlf)), [""; 0]);
    assert_eq!(remarks(&instead("contacts", &old_mac)), [""; 0]);
    // K3 is on line 5 because K2's words are on two lines; blank lines and empty rows count too.
    for (text, line) in [
        (text("contacts"), 5),
        (crlf, 5),
        (old_mac, 5),
        (format!("\n{}", text("contacts")), 6),
        (text("contacts").replace("K3,", "\n,,,,,,,,,,,,\nK3,"), 7),
        (text("contacts").replace("K3,", "\r\n\r\nK3,"), 7),
    ] {
        let problems = problems(&instead("contacts", text.replace(",C1,E1,email", ",C1,E9,email")));
        let start = format!("contacts.csv, line {line}, column employer: “E9” is not in employers.csv; add");
        assert!(problems.len() == 1 && problems[0].starts_with(&start), "{problems:?}");
    }
}

#[test]
fn a_quotation_mark_that_is_not_closed_costs_one_row() {
    let files = and("feedback", "\"client,2025-08-20,recommend,10\nclient,2025-08-22,recommend,8\n");
    assert_eq!(
        problems(&files),
        [
            "feedback.csv, line 4: a quotation mark opens a text and none closes it; close it, or double the marks inside a text"
        ]
    );
    assert_eq!(count(&files, "feedback"), (3, 1, 0));
    let files = and("feedback", "\"client\"s,2025-08-20,recommend,10\nclient,2025-08-22,recommend,8\n");
    assert_eq!(
        problems(&files),
        [
            "feedback.csv, line 4: there is more after a closing quotation mark; double the marks inside a text: \"\""
        ]
    );
    assert_eq!(count(&files, "feedback"), (3, 1, 0));
}

#[test]
fn a_row_needs_as_many_cells_as_the_header() {
    assert_eq!(
        problems(&and("feedback", "client,2025-08-20,recommend\nclient,2025-08-20,recommend,10,\n")),
        [
            "feedback.csv, line 4: 3 cells, but the header has 4; give every column its separator, also where the cell is empty",
            "feedback.csv, line 5: 5 cells, but the header has 4; put a text that has the separator in it between quotation marks"
        ]
    );
    // Its code is known all the same.
    let problems = problems(&with("employers", "E3,Kauppa Mäki,,,,,,", "E3,Kauppa Mäki,"));
    assert_eq!(problems.len(), 1);
}
