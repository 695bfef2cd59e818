//! A large unit: bringing its package in, and how long each page takes.

use crate::bench::{Bench, Fixture};
use crate::county::{self, Sizes};
use crate::database::{Database, Engine};
use crate::http::{Connection, Site};
use crate::machine::{self, Busy};
use crate::outcome::Outcome;
use crate::stats::{Goal, Percentiles, Waits, short};
use crate::table;
use domain::employers::{EmployerQuery, Sort};
use serde::Serialize;
use std::time::{Duration, Instant};

/// How long 95 of 100 wait for a list or a page, in milliseconds.
const PAGE: Goal = Goal::AtMost { goal: 30.0, limit: None };
/// Asked before anything counts.
const WARM: usize = 5;
/// No page is asked for longer than this, once it has come a few times.
const PAGE_TIME: Duration = Duration::from_secs(40);
/// So often a page is asked for in any case.
const FEWEST: usize = 3;

#[derive(Serialize)]
struct ImportRow {
    engine: Engine,
    package: String,
    visits: u64,
    seconds: f64,
    peak_mb: f64,
}

/// How long a page took.
#[derive(Serialize)]
pub(crate) struct PageRow {
    pub(crate) engine: Engine,
    pub(crate) page: &'static str,
    pub(crate) address: String,
    pub(crate) requests: usize,
    pub(crate) wait_ms: Percentiles,
    /// Of the body on the wire.
    pub(crate) bytes: usize,
    /// Why it did not come; nothing when it always came.
    pub(crate) failure: Option<String>,
}

impl PageRow {
    /// What came of asking.
    pub(crate) fn of(engine: Engine, page: &'static str, address: String, asked: Asked) -> Self {
        let Asked { waits, bytes, failure } = asked;
        let requests = waits.len();
        Self { engine, page, address, requests, wait_ms: Waits::new(waits).summary(), bytes, failure }
    }
}

#[derive(Serialize)]
struct Rows {
    busy: Busy,
    sizes: Sizes,
    imports: Vec<ImportRow>,
    pages: Vec<PageRow>,
}

/// Measures and reports, once: what counts are the 200 requests of each page.
pub(crate) async fn measure(bench: &mut Bench) -> Outcome {
    let sizes = if bench.quick { Sizes::QUICK } else { Sizes::LARGE };
    let engines = bench.databases.engines();
    let (busy, order) = bench.begin("large unit", &engines);
    let mut rows = Rows { busy, sizes, imports: Vec::new(), pages: Vec::new() };
    let large = bench.package("large", &county::package(&sizes, machine::today()))?;
    let (ordinary, ordinary_name) = if bench.pilot.is_dir() {
        (bench.pilot.clone(), "the pilot's")
    } else {
        (bench.package("demo", &domain::demo::package(machine::today()))?, "the demo's")
    };
    for engine in order.into_iter().copied() {
        let database = bench.databases.make(engine, "ordinary").await?;
        let imported = bench.product.import(&database, &ordinary)?;
        rows.imports.push(import_row(&database, ordinary_name, imported).await?);
        bench.databases.remove(&database).await?;

        let database = bench.databases.make(engine, "large").await?;
        let imported = bench.product.import(&database, &large)?;
        rows.imports.push(import_row(&database, "the large unit's", imported).await?);
        let fixture = bench.ready(database).await?;
        pages(bench, &fixture, &mut rows.pages).await?;
        bench.databases.remove(&fixture.database).await?;
        bench.keep("large", &rows)?;
    }
    report(&rows);
    Ok(())
}

async fn import_row(
    database: &Database,
    package: &str,
    imported: crate::product::Imported,
) -> Outcome<ImportRow> {
    Ok(ImportRow {
        engine: database.engine,
        package: package.to_owned(),
        visits: database.visits().await?,
        seconds: imported.seconds,
        peak_mb: imported.peak,
    })
}

/// Every page with its address. `employer` is the one with the most visits.
fn addresses(employer: &str) -> Vec<(&'static str, String)> {
    let list = |query: EmployerQuery| query.address();
    let all = EmployerQuery::default;
    vec![
        ("today", "/".to_owned()),
        ("employers", list(all())),
        ("employers, page 8", list(EmployerQuery { page: 7, ..all() })),
        ("employers, searched", list(EmployerQuery { text: "kahvila kettu".to_owned(), ..all() })),
        ("employers, longest silent", list(EmployerQuery { sort: Sort::Silent, ..all() })),
        ("an employer, most visits", format!("/employers/{employer}")),
        ("the unit's visits", "/visits".to_owned()),
        ("the unit's visits, page 21", "/visits?page=20".to_owned()),
        ("the day's route", "/employers/route?municipality=Kuopio".to_owned()),
        ("the day's route, due", "/employers/route?municipality=Kuopio&due=1".to_owned()),
        ("visit form", "/visits/new".to_owned()),
        ("all names (a file)", NAMES.to_owned()),
    ]
}

/// The file of all names that the visit form fetches: no page, so no page's goal.
const NAMES: &str = "/employers.tsv";

async fn pages(bench: &Bench, fixture: &Fixture, rows: &mut Vec<PageRow>) -> Outcome {
    let employers = fixture.database.employers().await?;
    let busiest = employers.first().ok_or("there is no employer")?.to_string();
    let (mut server, mut site) = bench.up_to_read(fixture).await?;
    let requests = if bench.quick { 20 } else { 200 };
    for (page, address) in addresses(&busiest) {
        let asked = ask(&site, &address, requests).await?;
        if asked.failure.is_some() {
            // Killed, and brought up again: what it still works on is not to slow the next page down.
            drop(server);
            (server, site) = bench.up_to_read(fixture).await?;
        }
        rows.push(PageRow::of(fixture.engine(), page, address, asked));
    }
    server.stop()
}

/// What came of asking for a page.
#[derive(Default)]
pub(crate) struct Asked {
    waits: Vec<Duration>,
    /// Of the body on the wire.
    bytes: usize,
    /// Why it was asked for no more; nothing when it always came.
    failure: Option<String>,
}

/// Asks for a page again and again over one connection, until a time is over.
pub(crate) async fn ask(site: &Site, address: &str, requests: usize) -> Outcome<Asked> {
    let mut connection = Connection::open(site).await?;
    let mut asked = Asked::default();
    let begun = Instant::now();
    for at in 0..WARM + requests {
        // A page that is far too slow is known to be so after a few.
        if begun.elapsed() > PAGE_TIME && asked.waits.len() >= FEWEST {
            break;
        }
        let sent = Instant::now();
        let answer = connection.get(address).await;
        let wait = sent.elapsed();
        match answer {
            Ok(answer) if answer.status == 200 => asked.bytes = answer.body.len(),
            Ok(answer) => asked.failure = Some(format!("status {}", answer.status)),
            Err(error) => asked.failure = Some(error.to_string()),
        }
        if asked.failure.is_some() {
            break;
        }
        // Where one takes long, nothing is won by throwing five away.
        if at >= WARM || begun.elapsed() > PAGE_TIME / 4 {
            asked.waits.push(wait);
        }
    }
    Ok(asked)
}

fn report(rows: &Rows) {
    let lines: Vec<Vec<String>> = rows
        .imports
        .iter()
        .map(|row| {
            vec![
                row.engine.to_string(),
                row.package.clone(),
                row.visits.to_string(),
                short(row.seconds),
                short(row.peak_mb),
            ]
        })
        .collect();
    table::print(
        "Bringing a package in",
        2,
        &["engine", "package", "visits", "seconds", "peak RSS, MB"],
        &lines,
    );

    let lines: Vec<Vec<String>> = rows
        .pages
        .iter()
        .map(|row| {
            let verdict = match &row.failure {
                Some(failure) => format!("MISSED: {failure}"),
                None if row.address == NAMES => "–".to_owned(),
                None => PAGE.verdict(row.wait_ms.p95),
            };
            vec![
                row.engine.to_string(),
                row.page.to_owned(),
                verdict,
                short(row.wait_ms.p50),
                short(row.wait_ms.p95),
                row.requests.to_string(),
                row.bytes.to_string(),
            ]
        })
        .collect();
    let title = format!(
        "Pages of a unit with {} employers and {} visits, one connection, packed as a browser asks, waits in ms",
        rows.sizes.employers, rows.sizes.visits
    );
    table::print(&title, 3, &["engine", "page", "goal for p95", "p50", "p95", "requests", "bytes"], &lines);
}
