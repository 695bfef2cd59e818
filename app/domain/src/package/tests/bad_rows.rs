//! Rows that are wrong beside others.

use super::*;

#[track_caller]
fn refused(files: &Files) -> String {
    let problems = problems(files);
    assert_eq!(problems.len(), 1, "{problems:#?}");
    problems.into_iter().next().unwrap()
}

#[test]
fn a_row_points_to_rows_that_exist() {
    assert_eq!(
        refused(&with("contacts", "C1,E1,email", "C1,E9,email")),
        "contacts.csv, line 5, column employer: “E9” is not in employers.csv; add the row there, or mend the code here"
    );
    assert_eq!(
        refused(&with("contacts", "C1,E1,email", "C1,e1,email")),
        "contacts.csv, line 5, column employer: “e1” is not in employers.csv; E1 is: mind the capitals"
    );
    for (stem, from, to, column) in [
        ("teams", "primary,U1", "primary,U9", "unit"),
        ("staff", "lead,U1", "lead,U9", "unit_or_team"),
        ("clients", "2000,female,,U1,T2", "2000,female,,U9,T2", "unit"),
        ("clients", "2000,female,,U1,T2", "2000,female,,U1,T9", "team"),
        ("clients", "T2,C1", "T2,C9", "coach"),
        ("contacts", "C1,E1,email", "C9,E1,email", "coach"),
        ("contacts", "application,A3", "application,A9", "client"),
        ("jobs", "J2,A3", "J2,A9", "client"),
        ("jobs", "A3,E2", "A3,E9", "employer"),
        ("transitions", "X2,A3", "X2,A9", "client"),
        ("qualifications", "A3,", "A9,", "client"),
        ("supports", "2025-04-09,C2,A1", "2025-04-09,C9,A1", "coach"),
        ("supports", "2025-04-09,C2,A1", "2025-04-09,C2,A9", "client"),
        ("supports", "J1,in_person", "J9,in_person", "job"),
        ("time_use", "C2,other", "C9,other", "coach"),
        ("meetings", "T1,C1", "T9,C1", "team"),
        ("meetings", "C1|C2", "C9|C2", "present"),
        ("proms", "A1,swemwbs", "A9,swemwbs", "client"),
        ("fidelity", "U1,2025-09-01,external", "U9,2025-09-01,external", "unit"),
    ] {
        let said = &problems(&with(stem, from, to))[0];
        assert!(
            said.contains(&format!("{stem}.csv, line ")) && said.contains(&format!("column {column}: ")),
            "{said}"
        );
        assert!(said.contains("9” is not in "), "{said}");
    }
}

#[test]
fn what_points_to_a_refused_row_is_refused_too() {
    let files = with("clients", "A3,Ida Koe,2000", "A3,Ida Koe,2100");
    let reading = read(&files, today());
    let said: Vec<String> = reading.problems.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 5, "{said:#?}");
    for (said, start) in said[1..].iter().zip([
        "contacts.csv, line 5, column client",
        "jobs.csv, line 3, column client",
        "transitions.csv, line 3, column client",
        "qualifications.csv, line 3, column client",
    ]) {
        assert_eq!(
            *said,
            format!("{start}: “A3” was refused itself (clients.csv, line 4); mend that row first")
        );
    }
    let again = read(&write(&reading.package), today());
    assert_eq!((again.problems, again.package), (vec![], reading.package));
}

#[test]
fn a_row_that_is_there_twice_counts_once_and_is_said() {
    let row = "K3,2025-03-05,13:00,C1,E1,email,application,A3,false,0,,,\n";
    let files = and("contacts", row);
    assert_eq!(remarks(&files), ["contacts.csv, line 6: repeats line 5 word for word; left out"]);
    assert_eq!(count(&files, "contacts"), (3, 0, 1));
    assert_eq!(read(&files, today()).package.contacts.len(), 3);
}

#[test]
fn the_same_code_for_something_else_is_refused() {
    let files = and("contacts", "K3,2025-03-05,13:00,C1,E1,phone,application,A3,false,0,,,\n");
    assert_eq!(
        refused(&files),
        "contacts.csv, line 6, column contact: “K3” is already on line 5 with other content; give one of the two another code or leave it out"
    );
    assert_eq!(count(&files, "contacts"), (3, 1, 0));
}

#[test]
fn a_refused_row_leaves_the_good_row_of_the_same_code_alone() {
    let files = and("jobs", "J1,A1,E1,leipuri,75,2025-04-01,,,,,,,\n");
    assert!(refused(&files).starts_with("jobs.csv, line 4, column isco08: "));
}

#[test]
fn rows_without_a_code_are_told_apart_by_what_they_are_about() {
    assert!(
        refused(&and("fidelity", "U1,2025-09-01,self,1,4\n"))
            .contains("“U1 2025-09-01 self 1” is already on line 2")
    );
    assert!(refused(&and("time_use", "2025-03-03,C2,other,office,45\n")).contains("is already on line 3"));
    assert!(
        refused(&and("proms", "A1,work_ability,start,2025-02-20,1,5\n")).contains("is already on line 2")
    );
    assert_eq!(
        remarks(&and("qualifications", "A1,hygiene_passport,2025-03-20\n")),
        ["qualifications.csv, line 4: repeats line 2 word for word; left out"]
    );
    assert_eq!(
        count(&and("qualifications", "A1,hygiene_passport,2025-03-21\n"), "qualifications"),
        (3, 0, 0)
    );
    assert_eq!(count(&and("meetings", "2025-03-06,supervision,,\n"), "meetings"), (2, 0, 1));
    assert_eq!(count(&and("meetings", "2025-03-06,supervision,,C2\n"), "meetings"), (3, 0, 0));
}

#[test]
fn two_answers_that_are_alike_are_two_answers() {
    let files = and("feedback", "client,2025-08-20,recommend,10\n");
    assert_eq!(remarks(&files), [""; 0]);
    assert_eq!(count(&files, "feedback"), (3, 0, 0));
}

#[test]
fn an_employer_under_two_spellings_is_refused_the_second_time() {
    assert_eq!(
        refused(&and("employers", "E4,PESULA KIVI,,,,siilinjärvi,,\n")),
        "employers.csv, line 5, column name: the same employer as E2 on line 3 (the same name and municipality); \
         keep one of the two and use its code everywhere, or, if they are two, name this one in namesakes.csv"
    );
    assert_eq!(
        refused(&and("employers", "E4,Åkerlundin leipomo,FI00010049,,,Iisalmi,,\n")),
        "employers.csv, line 5, column business_id: the same employer as E1 on line 2 (the same business ID); \
         keep one of the two and use its code everywhere, or, if they are two, name this one in namesakes.csv"
    );
    for name in ["Konditori Åkerlund", "Akerlund-Konditori? Oy", "Ab KONDITORI  AKERLUND Oy"] {
        let count = problems(&and("employers", &format!("E4,{name},,,,Kuopio,,\n"))).len();
        assert_eq!(count, usize::from(!name.contains('?')), "{name}");
    }
}

#[test]
fn the_same_name_elsewhere_or_with_another_business_id_is_another_employer() {
    assert_eq!(remarks(&and("employers", "E4,Pesula Kivi Oy,,,,Kuopio,,\n")), [""; 0]);
    assert_eq!(remarks(&and("employers", "E4,Pesula Kivi Oy,,,,,,\n")), [""; 0]);
    assert_eq!(
        remarks(&and("employers", "E4,Konditori Åkerlund Oy,0001019-6,,,Kuopio,,\n")),
        [
            "employers.csv, line 5: has the same name and municipality as E1 on line 2, but another business ID; kept as two employers"
        ]
    );
}

#[test]
fn a_job_does_not_begin_before_its_agreement() {
    let problems = problems(&with("jobs", "2025-04-01", "2025-02-16"));
    assert_eq!(
        problems[0],
        "jobs.csv, line 2, column started_on: 2025-02-16 is before the agreement of A1 (2025-02-17); a day from 2025-02-17 on would be right"
    );
    assert_eq!(problems.len(), 2, "and its support");
    assert!(read(&with("jobs", "2025-04-01", "2025-02-17"), today()).is_whole());
    assert!(read(&with("jobs", "J2,A3", "J2,A2"), today()).is_whole(), "an unknown agreement is no fault");
}

#[test]
fn an_end_is_not_before_its_start() {
    for (stem, from, to, said) in [
        (
            "staff",
            "0.25,2025-01-01,",
            "0.25,2025-01-01,2024-12-31",
            "column to: 2024-12-31 is before from (2025-01-01); a day from 2025-01-01 on would be right",
        ),
        (
            "transitions",
            "2025-04-01,",
            "2025-04-01,2025-03-31",
            "column ended_on: 2025-03-31 is before started_on (2025-04-01); a day from 2025-04-01 on would be right",
        ),
        (
            "jobs",
            "2025-05-05,",
            "2025-05-05,2025-05-04",
            "column ended_on: 2025-05-04 is before started_on (2025-05-05); a day from 2025-05-05 on would be right",
        ),
        (
            "contacts",
            "Soita,2025-03-10",
            "Soita,2025-03-02",
            "column next_step_on: 2025-03-02 is before date (2025-03-03); a day from 2025-03-03 on would be right",
        ),
    ] {
        let said_so = refused(&with(stem, from, to));
        assert!(said_so.ends_with(said), "{said_so}");
    }
}

#[test]
fn a_clients_days_are_in_order() {
    let days = "2025-03-03,2025-03-10,2025-03-10,2025-09-01";
    for (wrong, column) in [
        (
            "2025-03-11,2025-03-10,2025-03-10,2025-09-01",
            "first_meeting_on: 2025-03-10 is before referred_on (2025-03-11)",
        ),
        (
            "2025-03-03,2025-03-11,2025-03-10,2025-09-01",
            "agreement_on: 2025-03-10 is before first_meeting_on (2025-03-11)",
        ),
        ("2025-03-11,,2025-03-10,2025-09-01", "agreement_on: 2025-03-10 is before referred_on (2025-03-11)"),
        (
            "2025-03-03,2025-03-10,,2025-03-09",
            "closed_on: 2025-03-09 is before first_meeting_on (2025-03-10)",
        ),
    ] {
        let said = &problems(&with("clients", days, wrong))[0];
        assert!(said.contains(&format!("clients.csv, line 4, column {column}; a day from")), "{said}");
    }
    assert!(read(&with("clients", days, ",,,2025-09-01"), today()).is_whole());
}

#[test]
fn a_reason_needs_its_day() {
    assert!(
        refused(&with("jobs", "pesijä,,2025-05-05,,,,,,,", "pesijä,,2025-05-05,,,,,,,health")).ends_with(
            "column end_reason: is given, but ended_on is empty; give the day too, or leave both empty"
        )
    );
    assert!(
        problems(&with("clients", "2025-09-01,own_wish", ",own_wish"))[0]
            .contains("column closing_reason: is given, but closed_on")
    );
}

#[test]
fn a_role_belongs_to_a_unit_or_a_team() {
    assert_eq!(
        refused(&with("staff", "lead,U1", "lead,T1")),
        "staff.csv, line 4, column unit_or_team: T1 is a team; the role lead belongs to a unit"
    );
    assert!(
        problems(&with("staff", "referrer,T1", "referrer,U1"))[0]
            .ends_with("U1 is a unit; the role referrer belongs to a team")
    );
    for role in ["coach", "lead", "reviewer", "admin"] {
        assert!(
            read(&with("staff", "L1,Outi Laine,lead", &format!("L1,Outi Laine,{role}")), today()).is_whole()
        );
    }
}

#[test]
fn a_coach_is_a_coach_or_a_lead() {
    assert_eq!(
        refused(&with("contacts", "13:00,C1", "13:00,R1")),
        "contacts.csv, line 5, column coach: R1 is not a coach but referrer; right would be a coach or a lead of staff.csv"
    );
    assert!(read(&with("contacts", "13:00,C1", "13:00,L1"), today()).is_whole());
}

#[test]
fn a_support_is_around_a_job_of_its_client() {
    assert_eq!(
        refused(&with("supports", "J1,in_person", "J2,in_person")),
        "supports.csv, line 2, column job: J2 is a job of A3; right would be a job of the client in this row, or nothing"
    );
}

#[test]
fn an_employer_that_is_like_another_and_is_not_is_named_as_such() {
    let mut files =
        and("employers", "E4,Pesula Kivi,,,,Siilinjärvi,,\nE5,Åkerlund Itä,0001004-9,,,Kuopio,,\n");
    assert_eq!(problems(&files).len(), 2);
    files.insert("namesakes".to_owned(), b"employer\nE4\nE5\n".to_vec());
    let reading = read(&files, today());
    assert_eq!((&reading.problems, &reading.remarks), (&vec![], &vec![]));
    assert_eq!(reading.package.employers.len(), 5);
    let again = read(&write(&reading.package), today());
    assert_eq!(again.package, reading.package);
    // Without the file nothing is missing.
    assert!(!write(&read(&small(), today()).package).contains_key("namesakes"));
}

#[test]
fn who_has_two_posts_has_two_rows_under_one_code() {
    let promoted = and("staff", "C1,Anna Virta,lead,U1,,2025-07-01,\n");
    assert_eq!(problems(&promoted), [""; 0]);
    assert_eq!(read(&promoted, today()).package.staff.len(), 5);
    // The first row is still the one that codes stand for, and any post as a coach will do.
    let first_an_admin = with("staff", "C1,Anna Virta,coach,U1,1,", "C1,Anna Virta,admin,U1,1,");
    assert!(problems(&first_an_admin).iter().any(|said| said.contains("C1 is not a coach but admin")));
    let mut also_a_coach = first_an_admin;
    let staff = also_a_coach.get_mut("staff").unwrap();
    staff.extend_from_slice(b"C1,Anna Virta,coach,U1,,2025-07-01,\n");
    assert_eq!(problems(&also_a_coach), [""; 0]);
    let twice = and("staff", "C1,Anna Virta,coach,U1,1,2025-01-01,2025-06-30\n");
    assert_eq!(count(&twice, "staff"), (4, 0, 1));
    for other in ["C1,Anna Virta,coach,U1,0.5,2025-01-01,", "C1,Outi Laine,lead,U1,,2025-07-01,"] {
        assert!(
            refused(&and("staff", &format!("{other}\n"))).contains("“C1” is already on line 2"),
            "{other}"
        );
    }
}
