//! Everything out as files, and back: nothing is lost on the way, and nothing is made twice.

use crate::helpers::{
    actor, both, client, count, day, employer, entry, log, on_sqlite, person, plain_visit, send, settle,
};
use crate::import::{change, import, imported, records, sum, tables};
use backend::Backend;
use backend::clock::new_id;
use backend::export::{Export, KEPT_BACK, TABLES};
use backend::import::Wanted;
use domain::employers::edit::Person;
use domain::ids::EmployerId;
use domain::package::Package;
use domain::sync::{Command, OnVisit, Outcome};
use domain::visits::{AmendVisit, LogVisit, NextStep, VisitedEmployer};

async fn export(backend: &Backend) -> Export {
    let export = backend.export().await.expect("an export");
    let said: Vec<_> = export.unreadable.iter().map(ToString::to_string).collect();
    assert!(said.is_empty(), "{said:#?}");
    export
}

fn package(backend: &Backend, export: &Export) -> Package {
    domain::package::read(&export.package, backend.clock.today()).package
}

/// Every row of a package, table by table, in an order that two packages have in common.
fn sorted(mut package: Package) -> Vec<Vec<String>> {
    package.meetings.iter_mut().for_each(|meeting| meeting.present.sort());
    macro_rules! all {
        ($($list:ident)+) => { vec![$(package.$list.iter().map(|row| format!("{row:?}")).collect()),+] };
    }
    let mut tables: Vec<Vec<String>> = all!(units teams staff employers namesakes clients contacts jobs transitions
        qualifications supports time_use meetings proms feedback fidelity);
    tables.iter_mut().for_each(|rows| rows.sort());
    tables
}

#[track_caller]
fn same(out: Vec<Vec<String>>, wanted: Vec<Vec<String>>) {
    for (out, wanted) in out.into_iter().zip(wanted) {
        let lost: Vec<_> = wanted.iter().filter(|row| !out.contains(row)).collect();
        let more: Vec<_> = out.iter().filter(|row| !wanted.contains(row)).collect();
        assert!(lost.is_empty() && more.is_empty(), "lost {lost:#?}, more {more:#?}");
        assert_eq!(out.len(), wanted.len());
    }
}

#[tokio::test]
async fn a_package_that_was_imported_comes_out_as_it_went_in() {
    for backend in both().await {
        let reading = imported(&backend).await;
        let before = records(&backend).await;
        let export = export(&backend).await;
        let out = package(&backend, &export);
        same(sorted(out), sorted(reading.package));
        let again = domain::package::read(&export.package, backend.clock.today());
        let back = import(&backend, &again, Wanted::AllOrNothing).await;
        assert!(back.written && back.differs.is_empty(), "{:?}", back.differs);
        assert_eq!(sum(&back, |file| file.unchanged), sum(&back, |file| file.read));
        assert_eq!(records(&backend).await, before, "import → export → import changes nothing");
        let noted = "select count(*) from use_log where action = 'export' and basis = 'operator'";
        assert_eq!(count(&backend, noted).await, 1);
        let of_clients =
            "select count(*) from use_log_client c join use_log l on l.seq = c.seq where l.action = 'export'";
        assert_eq!(count(&backend, of_clients).await, again.package.clients.len() as i64);
    }
}

/// What coaches and a lead do in a while: every kind of row that a package knows nothing of.
async fn work(backend: &Backend) {
    settle(backend).await;
    let (own, lead) = (actor(backend, "OWN").await, actor(backend, "LEAD").await);
    let (first, second) = (employer(backend, "E1").await, employer(backend, "E3").await);
    let step = NextStep { what: "+ soita huomenna".into(), on: Some(day("2026-11-25")) };
    let with_words = LogVisit {
        summary: "=hyvä käynti\n\"kahvi\", pulla; ja 'keksi'".into(),
        next_step: Some(step),
        client: Some(client(backend, "OPEN").await),
        ..plain_visit(first)
    };
    let logged = log(backend, &own, with_words.clone()).await;
    let spot = VisitedEmployer::New {
        id: EmployerId(new_id()),
        name: "Åkeri Lindroos".into(),
        municipality: Some("Siilinjärvi".into()),
    };
    let taken_back = log(backend, &own, LogVisit { employer: spot, ..plain_visit(first) }).await;
    log(backend, &lead, LogVisit { with: Some(own.person), ..plain_visit(second) }).await;
    let amended = LogVisit { summary: "@toisin sanoin".into(), ..with_words };
    for command in [
        Command::AmendVisit(AmendVisit { visit: logged, version: 1, to: amended }),
        Command::WithdrawVisit(OnVisit { visit: taken_back }),
    ] {
        let outcome = send(backend, &own, &entry(&command)).await;
        assert!(matches!(outcome, Outcome::Committed(_)), "{outcome:?}");
    }
    let also = Person { name: "-Nimi".into(), phone: "+358 40 555".into(), ..Person::default() };
    backend.save_contact(&own, first, None, &also).await.expect("a database").expect("a contact person");
    let (kept, gone) = (employer(backend, "E2").await, second);
    let (a, b) = backend.merge_form(&own, kept, gone).await.expect("a form");
    let merged = backend.merge_employers(&own, kept, gone, &[], (a.version, b.version)).await;
    merged.expect("a database").expect("merged");
    // A branch under the business ID of another, and a namesake without one; two posts; two units'
    // clients under one code.
    for (id, name, business_id) in
        [(new_id(), "Åkerlund Itä", "'0001004-9'"), (new_id(), "Konditori Åkerlund Oy", "null")]
    {
        let id = if backend.store.engine_name() == "SQLite" {
            format!("unhex('{}')", id.simple())
        } else {
            format!("'{id}'")
        };
        change(
            backend,
            &format!(
                "insert into employer (id, name, name_folded, name_sorted, name_core, business_id, municipality,
                     created_at)
                 select {id}, '{name}', name_folded, name_sorted, name_core, {business_id}, municipality, created_at
                 from employer where code = 'E1'"
            ),
        )
        .await;
    }
    change(backend, "update client set code = 'OPEN', alias = 'OPEN' where code = 'AWAYS'").await;
    let mate = person(backend, "MATE").await.uuid();
    let mut tx = backend.store.write(&backend.clock).await.expect("a transaction");
    backend::execute!(
        tx,
        "insert into post (id, person_id, role, unit_id, from_day)
         select $1, $2, 'lead', unit_id, $3 from post where person_id = $2",
        new_id(),
        mate,
        day("2026-12-01")
    )
    .expect("a post");
    tx.commit().await.expect("a commit");
}

#[tokio::test]
async fn what_was_made_in_the_product_goes_out_and_comes_back_as_it_was() {
    for backend in both().await {
        work(&backend).await;
        let before = records(&backend).await;
        let out = export(&backend).await;
        let rows = package(&backend, &out);
        assert_eq!(rows.contacts.len(), 7, "five of the package and two that stand");
        assert!(rows.contacts.iter().any(|row| row.summary.as_deref() == Some("@toisin sanoin")));
        assert_eq!(rows.staff.iter().filter(|row| row.staff == "MATE").count(), 2);
        assert_eq!(rows.namesakes.len(), 2);
        assert!(!rows.employers.iter().any(|row| row.employer == "E3"), "E2 stands for it");
        // What the package has no column for is in the tables.
        let table = |name: &str| String::from_utf8_lossy(&out.tables[name]).into_owned();
        assert!(table("visit_version").contains("'=hyvä käynti"), "{}", table("visit_version"));
        assert!(table("employer_contact").contains("'+358 40 555"));
        assert!(!table("person").contains("argon2"));

        // Into the same database: nothing changes.
        let again = domain::package::read(&out.package, backend.clock.today());
        let back = import(&backend, &again, Wanted::AllOrNothing).await;
        let said: Vec<_> = back.differs.iter().map(ToString::to_string).collect();
        assert!(back.written && said.is_empty(), "{said:#?}");
        assert_eq!(sum(&back, |file| file.new), 0);
        assert_eq!(records(&backend).await, before);

        // Into an empty one: the same again.
        let other = on_sqlite().await;
        assert!(import(&other, &again, Wanted::AllOrNothing).await.written);
        same(sorted(package(&other, &export(&other).await)), sorted(rows));
    }
}

#[tokio::test]
async fn every_table_goes_out_or_is_said_to_stay() {
    for backend in both().await {
        let there: Vec<String> =
            tables(&backend).await.into_keys().filter(|name| name != "_sqlx_migrations").collect();
        let mut decided: Vec<&str> = TABLES.iter().chain(KEPT_BACK).copied().collect();
        decided.sort_unstable();
        assert_eq!(there, decided, "a table that is new goes out with the others, or it is said why not");
    }
}
