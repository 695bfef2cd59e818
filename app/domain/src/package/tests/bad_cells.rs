//! Cells that are wrong in themselves.

use super::*;

/// The one problem of the small package with a change, but for rows that hang on the refused one.
#[track_caller]
fn refused(stem: &str, from: &str, to: &str) -> String {
    let mut problems = problems(&with(stem, from, to));
    problems.retain(|said| !said.contains(" was refused itself "));
    assert_eq!(problems.len(), 1, "{problems:#?}");
    problems.remove(0)
}

#[track_caller]
fn accepted(stem: &str, from: &str, to: &str) -> Package {
    let reading = read(&with(stem, from, to), today());
    assert_eq!((reading.problems, reading.remarks), (vec![], vec![]));
    reading.package
}

#[test]
fn an_unknown_code_is_told_what_would_do() {
    assert_eq!(
        refused("contacts", "email,application", "e-mail,application"),
        "contacts.csv, line 5, column mode: “e-mail” is not known; right would be one of: in_person, phone, email, video"
    );
    assert_eq!(
        refused("transitions", "volunteering", "hobby"),
        "transitions.csv, line 3, column kind: “hobby” is not known; right would be one of: volunteering, \
         general_education, vocational_degree, vocational_degree_part, apprenticeship, higher_education, \
         labour_market_training, work_trial, workshop, rehabilitative_work, social_rehabilitation, \
         vocational_rehab_kela, vocational_rehab_pension, other"
    );
    for (stem, from) in [
        ("qualifications", "open_university"),
        ("jobs", "fixed_term_ended"),
        ("clients", "own_wish"),
        ("supports", "on_the_job"),
        ("units", "ips"),
        ("proms", "swemwbs"),
        ("meetings", "supervision"),
        ("fidelity", "external"),
    ] {
        assert!(
            problems(&with(stem, from, "xx"))[0].contains("“xx” is not known; right would be one of: "),
            "{stem}"
        );
    }
}

#[test]
fn the_known_lists_hold_codes_and_each_once() {
    for list in [
        known::CLOSING_REASONS,
        known::END_REASONS,
        known::TRANSITION_KINDS,
        known::QUALIFICATION_KINDS,
        known::SUPPORT_KINDS,
    ] {
        let is_code = |code: &&str| code.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'));
        assert!(list.iter().all(is_code));
        assert_eq!(list.iter().collect::<std::collections::BTreeSet<_>>().len(), list.len());
    }
}

#[test]
fn a_day_that_does_not_exist_is_told_its_months_end() {
    let said = |text| refused("feedback", "2025-08-20", text);
    assert_eq!(
        said("31.2.2024"),
        "feedback.csv, line 2, column date: 31.2.2024 is not a day that exists; that month ends on 2024-02-29"
    );
    assert!(
        said("2025-02-29").ends_with("2025-02-29 is not a day that exists; that month ends on 2025-02-28")
    );
    assert!(said("2025-13-01").ends_with("a year has months 01 to 12, such as 2024-03-01"));
}

#[test]
fn a_day_in_another_form_is_told_the_right_one() {
    let said = |text| refused("feedback", "2025-08-20", text);
    assert_eq!(
        said("1.3.2024"),
        "feedback.csv, line 2, column date: “1.3.2024” is not written as a day is here; right would be 2024-03-01"
    );
    for (text, right) in [
        ("1. 3. 2024", "2024-03-01"),
        ("01.03.24", "2024-03-01"),
        ("2024-3-1", "2024-03-01"),
        ("2024-03-01T00:00:00", "2024-03-01"),
        ("2024-03-01 00:00", "2024-03-01"),
        ("45352", "2024-03-01"),
        ("1/3/2024", "year-month-day, such as 2024-03-01"),
        ("maaliskuu", "year-month-day, such as 2024-03-01"),
        ("20240301", "year-month-day, such as 2024-03-01"),
    ] {
        assert!(said(text).ends_with(&format!("; right would be {right}")), "{}", said(text));
    }
}

#[test]
fn a_day_too_long_ago_or_too_far_ahead_is_a_slip() {
    let said = |text| refused("feedback", "2025-08-20", text);
    assert_eq!(
        said("1989-12-31"),
        "feedback.csv, line 2, column date: 1989-12-31 can hardly be meant; a day from 1990-01-01 to 2027-11-20 would be right"
    );
    assert!(said("2027-11-21").contains("can hardly be meant"));
    assert!(said("0202-08-20").contains("can hardly be meant"));
    accepted("feedback", "2025-08-20", "2027-11-20");
    accepted("feedback", "2025-08-20", "1990-01-01");
}

#[test]
fn a_time_of_day_has_hours_and_minutes() {
    assert!(
        refused("contacts", "13:00", "13.05")
            .ends_with("column time: “13.05” is not a time of day; right would be 13:05")
    );
    assert!(
        refused("contacts", "13:00", "25:00").ends_with("right would be hours and minutes, such as 09:30")
    );
    assert_eq!(
        accepted("contacts", "13:00", "9:05:00").contacts[2].time,
        chrono::NaiveTime::from_hms_opt(9, 5, 0)
    );
}

#[test]
fn a_wrong_check_digit_is_told_the_right_one() {
    assert_eq!(
        refused("employers", "0001004-9", "0001004-8"),
        "employers.csv, line 2, column business_id: “0001004-8” has a wrong check digit; with these seven digits 0001004-9 would be right"
    );
}

#[test]
fn a_refused_employer_takes_its_rows_along() {
    let files = with("employers", "0001004-9", "0001004-8");
    // Contacts K1 and K3, job J1 and support S1 hang on E1.
    let problems = problems(&files);
    assert_eq!(problems.len(), 5, "{problems:#?}");
    assert_eq!(
        problems[1],
        "contacts.csv, line 2, column employer: “E1” was refused itself (employers.csv, line 2); mend that row first"
    );
}

#[test]
fn a_business_id_of_another_form_is_refused() {
    for (text, end) in [
        ("12345678", "right would be seven digits, a hyphen and a digit"),
        ("0000006-1", "is a business ID that is never given out; look the seven digits up again"),
    ] {
        let problems = problems(&with("employers", "E3,Kauppa Mäki,", &format!("E3,Kauppa Mäki,{text}")));
        assert!(problems[0].ends_with(end), "{problems:?}");
    }
}

#[test]
fn a_formula_is_refused_wherever_it_stands() {
    assert_eq!(
        refused("staff", "Outi Laine", "\"=HYPERLINK(\"\"http://x\"\")\""),
        "staff.csv, line 4, column name: “=HYPERLINK(\"http://x\")” begins like a spreadsheet formula; begin it with a letter or a digit"
    );
    for text in [
        "=1+1",
        " =1+1",
        "+1+1",
        "+SUM(A1)",
        "-1+cmd|x",
        "- soitettu",
        "@SUM(A1)",
        "\"\t=1\"",
        "\"\r=1\"",
        "\"\rabc\"",
        "\"\tabc\"",
        "+",
        "-",
    ] {
        assert!(refused("contacts", "Soita", text).contains("column next_step: "), "{text}");
    }
    assert!(
        refused("contacts", ",45,", ",=40+5,")
            .contains("column minutes: “=40+5” begins like a spreadsheet formula")
    );
}

#[test]
fn an_apostrophe_that_keeps_a_spreadsheet_from_running_a_text_is_not_part_of_it() {
    for text in ["=1+1", "- soitettu", "@aamu", "+358 40", "'=1", "-5"] {
        let package = accepted("contacts", "Soita", &format!("'{text}"));
        assert_eq!(package.contacts[0].next_step.as_deref(), Some(text));
        let written = String::from_utf8(write(&package)["contacts"].clone()).unwrap();
        assert!(written.contains(&format!(",'{text},")), "{written}");
    }
    let package = accepted("contacts", "Soita", "'70-luvun kahvila");
    assert_eq!(package.contacts[0].next_step.as_deref(), Some("'70-luvun kahvila"));
}

#[test]
fn a_telephone_number_or_a_negative_number_is_no_formula() {
    for text in ["+358 40 123 4567", "-5", "1+1 = 2", "soita +358 40"] {
        assert_eq!(accepted("contacts", "Soita", text).contacts[0].next_step.as_deref(), Some(text));
    }
}

#[test]
fn control_characters_and_lost_letters_are_refused() {
    assert_eq!(
        refused("staff", "Outi Laine", "Outi\0Laine"),
        "staff.csv, line 4, column name: holds the control character U+0000; take it out"
    );
    assert!(refused("staff", "Outi Laine", "Outi\u{1b}[2J").contains("U+001B"));
    assert!(refused("staff", "Outi Laine", "Outi\u{85}Laine").contains("U+0085"));
    assert!(refused("staff", "Outi Laine", "P\u{fffd}ivi").contains("a letter that was lost"));
    assert!(refused("staff", "Outi Laine", "\"Outi\nLaine\"").contains("has a line break in it"));
    // What a terminal would obey is not repeated to it.
    let said = refused("fidelity", "external", "\u{1b}[2Jx\u{202e}");
    assert!(said.contains("“\u{fffd}[2Jx\u{fffd}” is not known"), "{said:?}");
}

#[test]
fn a_text_has_its_length() {
    let words = |count: usize| "ä".repeat(count);
    accepted("contacts", "Kahvi, pulla ja \"\"hyvä\"\" mieli.", &words(4000));
    assert!(
        refused("contacts", "Kahvi, pulla ja \"\"hyvä\"\" mieli.", &words(4001))
            .ends_with("column summary: is 4001 characters long; at most 4000")
    );
    accepted("contacts", "Soita", &words(200));
    assert!(refused("contacts", "Soita", &words(201)).ends_with("at most 200"));
    assert!(refused("staff", "Outi Laine", &words(201)).ends_with("at most 200"));
    assert!(refused("fidelity", "external", &words(9000)).len() < 300);
}

#[test]
fn spaces_around_a_cell_do_not_matter() {
    let package = accepted("staff", "Outi Laine,lead", " Outi Laine \u{a0}, lead ");
    assert_eq!(package.staff[2].name, "Outi Laine");
}

#[test]
fn what_is_needed_must_not_be_empty() {
    assert_eq!(refused("staff", "Outi Laine", " "), "staff.csv, line 4, column name: is empty; it is needed");
    assert_eq!(
        refused("contacts", "2025-03-05", ""),
        "contacts.csv, line 5, column date: is empty; it is needed"
    );
}

#[test]
fn a_code_is_short_and_without_spaces() {
    assert!(
        refused("contacts", "K3,", "K 3,")
            .contains("column contact: “K 3” is not a code; a code is at most 40")
    );
    assert!(refused("contacts", "K3,", &format!("{},", "K".repeat(41))).contains("is not a code"));
    accepted("contacts", "K3,", "2025/Ä-3.b:_,");
}

#[test]
fn numbers_have_their_range() {
    for (stem, from, to, said) in [
        ("contacts", ",45,", ",1441,", "column minutes: 1441 is out of range; right would be 0 to 1440"),
        ("contacts", ",45,", ",-1,", "column minutes: -1 is out of range; right would be 0 to 1440"),
        (
            "contacts",
            ",45,",
            ",45 min,",
            "column minutes: “45 min” is not a whole number; write digits only, such as 30",
        ),
        ("time_use", "1542", "10081", "column minutes: 10081 is out of range; right would be 0 to 10080"),
        (
            "clients",
            "2000,female",
            "1899,female",
            "column birth_year: 1899 is out of range; right would be 1900 to 2026",
        ),
        (
            "clients",
            "2000,female",
            "2027,female",
            "column birth_year: 2027 is out of range; right would be 1900 to 2026",
        ),
        ("staff", "0.25", "0", "column fte: 0 is out of range; right would be 0.01 to 1.5"),
        ("staff", "0.25", "1.51", "column fte: 1.51 is out of range; right would be 0.01 to 1.5"),
        (
            "staff",
            "0.25",
            "20 %",
            "column fte: “20 %” is not a number with at most two decimals; write it such as 20 or 37.5",
        ),
        (
            "staff",
            "0.25",
            "0.255",
            "column fte: “0.255” is not a number with at most two decimals; write it such as 20 or 37.5",
        ),
        ("jobs", "37.5", "100.5", "column hours_per_week: 100.5 is out of range; right would be 0 to 100"),
        (
            "jobs",
            "7512",
            "751",
            "column isco08: “751” is not an occupation of ISCO-08; right would be four digits such as 5223",
        ),
        ("fidelity", "external,25", "external,26", "column item: 26 is out of range; right would be 1 to 25"),
        (
            "fidelity",
            "external,25,3",
            "external,25,0",
            "column score: 0 is out of range; right would be 1 to 5",
        ),
        (
            "fidelity",
            "external,25,3",
            "external,25,6",
            "column score: 6 is out of range; right would be 1 to 5",
        ),
        (
            "proms",
            "work_ability,start,2025-02-20,1,4",
            "work_ability,start,2025-02-20,2,4",
            "column item: 2 is out of range; right would be 1 to 1",
        ),
        (
            "proms",
            "work_ability,start,2025-02-20,1,4",
            "work_ability,start,2025-02-20,1,11",
            "column value: 11 is out of range; right would be 0 to 10",
        ),
        (
            "proms",
            "end,2025-08-20,7,5",
            "end,2025-08-20,8,5",
            "column item: 8 is out of range; right would be 1 to 7",
        ),
        (
            "proms",
            "end,2025-08-20,7,5",
            "end,2025-08-20,7,6",
            "column value: 6 is out of range; right would be 1 to 5",
        ),
        (
            "proms",
            "swemwbs,end,2025-08-20,7,5",
            "inclusion_esis,end,2025-08-20,7,0",
            "column value: 0 is out of range; right would be 1 to 5",
        ),
        (
            "proms",
            "life_situation_3x10d,start,2025-02-20,10",
            "life_situation_3x10d,start,2025-02-20,11",
            "column item: 11 is out of range; right would be 1 to 10",
        ),
        (
            "feedback",
            "recommend,10",
            "recommend,11",
            "column value: 11 is out of range; right would be 0 to 10",
        ),
        (
            "feedback",
            "effectiveness,4",
            "effectiveness,0",
            "column value: 0 is out of range; right would be 1 to 5",
        ),
        (
            "contacts",
            ",true,45",
            ",kyllä,45",
            "column decision_maker: “kyllä” is neither true nor false; write true or false, or leave it empty if unknown",
        ),
    ] {
        let said_so = refused(stem, from, to);
        assert!(said_so.ends_with(said), "{said_so}");
    }
}

#[test]
fn decimals_have_a_point_or_a_comma() {
    for (text, fte) in [("0.2", 20), ("\"0,25\"", 25), ("1", 100), ("1.50", 150), ("0.01", 1)] {
        assert_eq!(accepted("staff", "0.25", text).staff[2].fte, Some(Fte(fte)));
    }
    for (text, minutes) in [("37", 2220), ("\"37,5\"", 2250), ("38.33", 2300), ("0", 0), ("100", 6000)] {
        assert_eq!(accepted("jobs", "37.5", text).jobs[0].hours_per_week, Some(WeeklyMinutes(minutes)));
    }
}

#[test]
fn an_industry_is_a_class_of_its_section() {
    assert!(
        problems(&with("employers", "S,96010", "S,9601x"))[0]
            .contains("column class_tol2008: “9601x” is not a class")
    );
    assert!(
        problems(&with("employers", "S,96010", "S,04010"))[0].contains("“04010” is not a class of TOL 2008")
    );
    assert!(
        problems(&with("employers", "S,96010", "V,96010"))[0]
            .contains("“V” is not known; right would be one of: A to U")
    );
    assert!(
        problems(&with("employers", "S,96010", "T,96010"))[0].contains(
            "column section_tol2008: T does not go with class 96010; in TOL 2008 that is section S"
        )
    );
    accepted("employers", "S,96010", ",96");
}

#[test]
fn every_wrong_cell_of_a_row_is_said() {
    let problems =
        problems(&with("feedback", "client,2025-08-20,recommend,10", "asiakas,1.3.2024,nps,kymmenen"));
    let columns = ["respondent", "date", "question", "value"];
    assert!(
        problems
            .iter()
            .zip(columns)
            .all(|(said, column)| said.contains(&format!("line 2, column {column}: ")))
    );
    assert_eq!(problems.len(), 4);
}
