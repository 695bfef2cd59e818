//! A county's package into both databases: everything of it, once, and nothing by halves.

use crate::helpers::both;
use backend::Backend;
use backend::demo::DEMO_PASSWORD;
use backend::import::{Imported, Wanted};
use backend::store::Engine;
use domain::codes::Role;
use domain::package::{Files, Package, Reading};
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;

const PILOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/pilot");

/// The pilot's package where it is at hand, else the demo's, which has the same totals.
#[expect(clippy::print_stdout, reason = "says which package was read")]
fn files(backend: &Backend) -> Files {
    let pilot = Path::new(PILOT);
    if !pilot.is_dir() {
        println!("the demo package: {PILOT} is not there");
        return domain::package::write(&domain::demo::package(backend.clock.today()));
    }
    println!("the pilot package");
    let mut files = Files::new();
    for (stem, _) in domain::package::FILES {
        let bytes = std::fs::read(pilot.join(format!("{stem}.csv"))).expect("a file of the pilot");
        files.insert((*stem).to_owned(), bytes);
    }
    files
}

fn read(backend: &Backend, files: &Files) -> Reading {
    domain::package::read(files, backend.clock.today())
}

pub(crate) async fn import(backend: &Backend, reading: &Reading, wanted: Wanted) -> Imported {
    backend.import(reading, wanted, &mut |_| ()).await.expect("an import")
}

/// An empty database with the whole package in it.
pub(crate) async fn imported(backend: &Backend) -> Reading {
    let reading = read(backend, &files(backend));
    assert!(import(backend, &reading, Wanted::AllOrNothing).await.written);
    reading
}

/// The number that a query gives.
async fn number(backend: &Backend, sql: &str) -> i64 {
    let mut tx = backend.store.read(&backend.clock).await.expect("a transaction");
    let sql = AssertSqlSafe(sql.to_owned());
    match &mut tx.engine {
        Engine::Sqlite(tx) => sqlx::query_scalar(sql).fetch_one(&mut **tx).await,
        Engine::Postgres(tx) => sqlx::query_scalar(sql).fetch_one(&mut **tx).await,
    }
    .expect("a number")
}

/// The texts that a query gives.
pub(crate) async fn texts(backend: &Backend, sql: &str) -> Vec<String> {
    let mut tx = backend.store.read(&backend.clock).await.expect("a transaction");
    let sql = AssertSqlSafe(sql.to_owned());
    match &mut tx.engine {
        Engine::Sqlite(tx) => sqlx::query_scalar(sql).fetch_all(&mut **tx).await,
        Engine::Postgres(tx) => sqlx::query_scalar(sql).fetch_all(&mut **tx).await,
    }
    .expect("texts")
}

/// Does something that no use case does.
pub(crate) async fn change(backend: &Backend, sql: &str) {
    let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
    let statement = AssertSqlSafe(sql.to_owned());
    let done = match &mut tx.engine {
        Engine::Sqlite(tx) => {
            sqlx::query(statement).execute(&mut **tx).await.map(|done| done.rows_affected())
        }
        Engine::Postgres(tx) => {
            sqlx::query(statement).execute(&mut **tx).await.map(|done| done.rows_affected())
        }
    };
    assert!(done.expect(sql) > 0, "{sql} changed nothing");
    tx.commit().await.expect("a commit");
}

/// Every table with a hash of all its rows.
pub(crate) async fn tables(backend: &Backend) -> BTreeMap<String, (usize, u64)> {
    let sqlite = backend.store.engine_name() == "SQLite";
    let names = if sqlite {
        "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
    } else {
        "select table_name::text from information_schema.tables where table_schema = current_schema()"
    };
    let mut tables = BTreeMap::new();
    for name in texts(backend, names).await {
        let rows = if sqlite {
            let columns = texts(backend, &format!("select name from pragma_table_info('{name}')")).await;
            let quoted: Vec<_> = columns.iter().map(|column| format!("quote(\"{column}\")")).collect();
            texts(backend, &format!("select {} from {name} order by 1", quoted.join(" || ',' || "))).await
        } else {
            texts(backend, &format!("select t::text from {name} t order by 1")).await
        };
        let mut hasher = DefaultHasher::new();
        rows.hash(&mut hasher);
        tables.insert(name, (rows.len(), hasher.finish()));
    }
    tables
}

/// The tables without the use log.
pub(crate) async fn records(backend: &Backend) -> BTreeMap<String, (usize, u64)> {
    let mut tables = tables(backend).await;
    tables.retain(|name, _| !name.starts_with("use_log"));
    tables
}

pub(crate) fn sum(imported: &Imported, column: fn(&backend::import::FileCount) -> u64) -> u64 {
    imported.files.iter().map(column).sum()
}

#[tokio::test]
async fn the_whole_package_is_written_and_adds_up() {
    for backend in both().await {
        let reading = read(&backend, &files(&backend));
        assert_eq!(reading.problems, []);
        let mut steps = Vec::new();
        let imported = backend
            .import(&reading, Wanted::AllOrNothing, &mut |step| steps.push(step.file))
            .await
            .expect("an import");
        assert!(imported.written && imported.differs.is_empty() && !imported.demo);
        assert_eq!(steps.len(), domain::package::FILES.len());
        let count = |file| imported.files.iter().find(|count| count.file == file).expect("a file").read;
        assert_eq!((count("employers.csv"), count("contacts.csv")), (300, 704));
        assert_eq!((sum(&imported, |file| file.refused), sum(&imported, |file| file.unchanged)), (0, 0));
        for file in &imported.files {
            assert_eq!(file.new, file.read, "{}", file.file);
        }
        stored(&backend, &reading.package).await;
        totals(&backend).await;
        sees(&backend).await;
    }
}

/// Nothing of the package was dropped.
async fn stored(backend: &Backend, package: &Package) {
    let present: usize = package.meetings.iter().map(|meeting| meeting.present.len()).sum();
    let contacts = package.employers.iter().filter(|row| row.contact_person.is_some()).count();
    let coached = package.clients.iter().filter(|row| row.coach.is_some()).count();
    for (sql, rows) in [
        ("select count(*) from organisation", 1),
        ("select count(*) from unit", package.units.len()),
        ("select count(*) from team", package.teams.len()),
        ("select count(*) from person where password_hash is null", package.staff.len()),
        ("select count(*) from post", package.staff.len()),
        ("select count(*) from employer", package.employers.len()),
        ("select count(*) from employer_contact", contacts),
        ("select count(*) from client where alias = code", package.clients.len()),
        ("select count(*) from client_coach", coached),
        ("select count(*) from visit where place is null", package.contacts.len()),
        ("select count(*) from job", package.jobs.len()),
        ("select count(*) from transition", package.transitions.len()),
        ("select count(*) from qualification", package.qualifications.len()),
        ("select count(*) from support", package.supports.len()),
        ("select count(*) from time_use", package.time_use.len()),
        ("select count(*) from meeting where unit_id is not null", package.meetings.len()),
        ("select count(*) from meeting_presence", present),
        ("select count(*) from measure_answer", package.proms.len()),
        ("select cast(sum(answers) as bigint) from feedback", package.feedback.len()),
        ("select count(*) from assessment_score", package.fidelity.len()),
        ("select count(*) from use_log where action = 'import' and basis = 'operator'", 1),
        ("select count(*) from use_log_client", package.clients.len()),
    ] {
        assert_eq!(number(backend, sql).await, rows as i64, "{sql}");
    }
}

/// What the county published, from the rows.
async fn totals(backend: &Backend) {
    let measured = |instrument: &str, point: &str, item: i64| {
        format!(
            "select cast(round(avg(value) * 10) as bigint) from measure_answer
             where instrument = '{instrument}' and point = '{point}' and item = {item}"
        )
    };
    let agreed = |level: &str| {
        format!(
            "select count(*) from client c join team t on t.id = c.team_id
             where c.agreement_on is not null and t.level = '{level}'"
        )
    };
    let transition = |kind: &str| format!("select count(*) from transition where kind = '{kind}'");
    let qualification = |kind: &str| format!("select count(*) from qualification where kind = '{kind}'");
    let mut totals = vec![
        (agreed("specialised"), 35),
        (agreed("primary"), 9),
        ("select count(distinct client_id) from job where competitive".to_owned(), 14),
        ("select count(distinct client_id) from job where competitive and pay_subsidy".to_owned(), 7),
        ("select count(distinct client_id) from measure_answer where point = 'end'".to_owned(), 22),
        (measured("work_ability", "start", 1), 46),
        (measured("work_ability", "end", 1), 62),
        (
            "select cast(round(100.0 * sum(case when value >= 9 then answers when value <= 6 then -answers
                 else 0 end) / sum(answers)) as bigint) from feedback where question = 'recommend'"
                .to_owned(),
            69,
        ),
        ("select cast(sum(answers) as bigint) from feedback where question = 'recommend'".to_owned(), 26),
        (
            "select cast(round(10.0 * sum(value * answers) / sum(answers)) as bigint) from feedback
             where question = 'effectiveness'"
                .to_owned(),
            42,
        ),
        ("select cast(sum(score) as bigint) from assessment_score where kind = 'external'".to_owned(), 97),
    ];
    let life = [(3, 51, 66), (5, 59, 72), (6, 52, 63), (2, 54, 64), (9, 46, 55), (10, 48, 58), (7, 76, 74)];
    for (item, start, end) in life {
        totals.push((measured("life_situation_3x10d", "start", item), start));
        totals.push((measured("life_situation_3x10d", "end", item), end));
    }
    let steps = [
        ("volunteering", 5),
        ("vocational_degree", 2),
        ("work_trial", 4),
        ("rehabilitative_work", 2),
        ("social_rehabilitation", 2),
        ("vocational_rehab_kela", 1),
        ("vocational_rehab_pension", 1),
    ];
    totals.extend(steps.map(|(kind, count)| (transition(kind), count)));
    let cards = [("open_university", 1), ("hygiene_passport", 6), ("occupational_safety_card", 2)];
    totals.extend(cards.map(|(kind, count)| (qualification(kind), count)));
    for (sql, total) in totals {
        assert_eq!(number(backend, &sql).await, total, "{sql}");
    }
}

/// The rows point to the right rows.
async fn sees(backend: &Backend) {
    for (sql, rows) in [
        (
            "select count(*) from post o join person p on p.id = o.person_id
          where (o.role = 'referrer') <> (o.team_id is not null)",
            0,
        ),
        ("select count(*) from visit v join client c on c.id = v.client_id where c.unit_id <> v.unit_id", 0),
        ("select count(*) from support s join job j on j.id = s.job_id where j.client_id <> s.client_id", 0),
        (
            "select count(*) from client_coach cc join client c on c.id = cc.client_id
          where cc.from_day <> c.agreement_on or cc.to_day <> c.closed_on
              or (cc.to_day is null) <> (c.closed_on is null)",
            0,
        ),
        (
            "select count(*) from employer e join post o on o.person_id = e.owner_id where o.to_day is not null",
            0,
        ),
    ] {
        assert_eq!(number(backend, sql).await, rows, "{sql}");
    }
    let owned = "select count(*) from employer e where e.owner_id is not null";
    assert!(number(backend, owned).await > 0);
    let strange = "select count(*) from employer e where e.owner_id is not null and not exists
        (select 1 from visit v where v.employer_id = e.id and v.coach_id = e.owner_id
             and v.day = (select max(l.day) from visit l where l.employer_id = e.id))";
    assert_eq!(number(backend, strange).await, 0);
}

#[tokio::test]
async fn the_same_package_twice_changes_nothing() {
    for backend in both().await {
        let reading = imported(&backend).await;
        let before = records(&backend).await;
        for wanted in [Wanted::AllOrNothing, Wanted::GoodRows] {
            let again = import(&backend, &reading, wanted).await;
            assert!(again.written && again.differs.is_empty());
            assert_eq!((sum(&again, |file| file.new), sum(&again, |file| file.differs)), (0, 0));
            assert_eq!(sum(&again, |file| file.unchanged), sum(&again, |file| file.read));
            assert_eq!(records(&backend).await, before);
        }
    }
}

#[tokio::test]
async fn a_check_writes_nothing_and_says_what_would_happen() {
    for backend in both().await {
        let reading = read(&backend, &files(&backend));
        let before = tables(&backend).await;
        let checked = import(&backend, &reading, Wanted::Check).await;
        assert!(!checked.written);
        assert_eq!(tables(&backend).await, before);
        assert!(backend.is_empty().await.expect("an answer"));
        let done = import(&backend, &reading, Wanted::AllOrNothing).await;
        assert_eq!(done.files, checked.files);
    }
}

#[tokio::test]
async fn of_a_bad_package_all_or_nothing_or_the_good_rows_are_written() {
    for backend in both().await {
        let mut files = files(&backend);
        let text = String::from_utf8(files.remove("contacts").unwrap_or_default()).expect("text");
        files.insert("contacts".to_owned(), text.replacen(",in_person,", ",visit,", 3).into_bytes());
        files.remove("fidelity");
        let reading = read(&backend, &files);
        assert_eq!(reading.problems.len(), 4);

        let before = tables(&backend).await;
        let refused = import(&backend, &reading, Wanted::AllOrNothing).await;
        assert!(!refused.written);
        assert_eq!(tables(&backend).await, before);

        assert!(import(&backend, &reading, Wanted::GoodRows).await.written);
        assert_eq!(number(&backend, "select count(*) from visit").await, 701);
        assert_eq!(number(&backend, "select count(*) from employer").await, 300);
        assert_eq!(number(&backend, "select count(*) from assessment_score").await, 0);
    }
}

#[tokio::test]
async fn what_the_database_says_wins_and_is_reported() {
    for backend in both().await {
        let reading = imported(&backend).await;
        let contact = reading.package.contacts.first().expect("a contact").contact.clone();
        let job = reading.package.jobs.first().expect("a job").job.clone();
        let dropped = reading.package.contacts.last().expect("a contact").contact.clone();
        change(&backend, &format!("update visit set minutes = 999, summary = 'x' where code = '{contact}'"))
            .await;
        change(&backend, &format!("update job set title = 'x' where code = '{job}'")).await;
        change(&backend, "update feedback set answers = answers + 1").await;
        change(&backend, &format!("delete from visit where code = '{dropped}'")).await;

        let again = import(&backend, &reading, Wanted::AllOrNothing).await;
        assert!(again.written && !again.stops());
        let said: Vec<_> = again.differs.iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            [
                format!(
                    "contacts.csv, {contact}: is in the database with other content (minutes, summary); \
                     kept as it is there"
                ),
                format!(
                    "jobs.csv, {job}: is in the database with other content (title); kept as it is there"
                ),
            ]
        );
        assert_eq!((sum(&again, |file| file.new), sum(&again, |file| file.differs)), (1, 2));
        let kept = format!("select count(*) from visit where code = '{contact}' and minutes = 999");
        assert_eq!(number(&backend, &kept).await, 1);
    }
}

#[tokio::test]
async fn an_employer_of_the_register_is_not_made_a_second_time() {
    for backend in both().await {
        let reading = imported(&backend).await;
        let [first, second, third] = &reading.package.employers[..3] else { panic!("three employers") };
        // Added on the spot: by name, by business ID; and the third by another unit's package.
        let lost = "section_tol2008 = null, class_tol2008 = null, owner_id = null";
        let bare = format!("update employer set code = null, business_id = null, {lost} where code = ");
        change(&backend, &format!("{bare}'{}'", first.employer)).await;
        change(
            &backend,
            &format!("update employer set code = null, name = 'x' where code = '{}'", second.employer),
        )
        .await;
        change(&backend, &format!("update employer set code = 'X1' where code = '{}'", third.employer)).await;

        let again = import(&backend, &reading, Wanted::AllOrNothing).await;
        assert!(again.written);
        assert_eq!(number(&backend, "select count(*) from employer").await, 300);
        assert_eq!(number(&backend, "select count(*) from employer_contact").await, 300);
        let employers = again.files.iter().find(|file| file.file == "employers.csv").expect("a file");
        assert_eq!((employers.joined, employers.differs, employers.unchanged), (2, 1, 297));
        let said: Vec<_> = again.differs.iter().map(ToString::to_string).collect();
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].contains("has got it; other content (name) kept"), "{}", said[0]);
        assert!(said[1].contains("is in the register as X1"), "{}", said[1]);
        let known = first.business_id.as_ref().map_or("", |id| id.as_str());
        let filled = format!(
            "select count(*) from employer where code = '{}' and business_id = '{known}'
            and class_tol2008 is not null and version = 2",
            first.employer
        );
        assert_eq!(number(&backend, &filled).await, 1);
        // Nothing that points to the third has moved.
        assert_eq!(sum(&again, |file| file.new), 0);
        let settled = records(&backend).await;
        import(&backend, &reading, Wanted::AllOrNothing).await;
        assert_eq!(records(&backend).await, settled);
    }
}

#[tokio::test]
async fn a_code_that_stands_for_somebody_else_stops_the_import() {
    for backend in both().await {
        let reading = imported(&backend).await;
        let coach = reading.package.staff.first().expect("a coach").staff.clone();
        change(&backend, &format!("update person set name = 'Joku Muu' where code = '{coach}'")).await;
        change(&backend, "delete from assessment_score").await;
        let before = tables(&backend).await;
        for wanted in [Wanted::Check, Wanted::AllOrNothing, Wanted::GoodRows] {
            let stopped = import(&backend, &reading, wanted).await;
            assert!(stopped.stops() && !stopped.written);
            assert_eq!(tables(&backend).await, before);
        }
    }
}

#[tokio::test]
async fn the_demo_goes_into_an_empty_database_only() {
    for backend in both().await {
        let people = backend.make_demo().await.expect("a demo");
        assert_eq!(people.first().map(|person| person.role), Some(Role::Coach));
        assert!(people.is_sorted_by_key(|person| person.role));
        assert!(backend.is_demo().await.expect("an answer"));
        let first = people.first().expect("a coach");
        let token = backend.sign_in(&first.sign_in_name, DEMO_PASSWORD, "127.0.0.1", "test").await;
        assert!(token.expect("an answer").is_some());
        totals(&backend).await;
        let before = records(&backend).await;
        assert!(backend.make_demo().await.is_err());
        assert_eq!(records(&backend).await, before);
    }
}
