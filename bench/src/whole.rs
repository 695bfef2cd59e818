//! A whole county: how long the pages of clients take in it, and whether an identity that is there and not for
//! whoever asks takes another time than one that is not there (S16).

use crate::bench::Bench;
use crate::county::{self, Sizes};
use crate::database::{Database, Engine};
use crate::dice::Dice;
use crate::http::{Connection, Site};
use crate::large::{PageRow, ask};
use crate::machine::{self, Busy};
use crate::outcome::Outcome;
use crate::stats::{Goal, Percentiles, Waits, short};
use crate::table;
use domain::employers::EmployerQuery;
use serde::Serialize;
use std::time::Instant;
use uuid::Uuid;

/// How long 95 of 100 wait for a page about clients, in milliseconds.
const PAGE: Goal = Goal::AtMost { goal: 50.0, limit: None };
/// How long 95 of 100 wait for a document on paper, in milliseconds.
const PAPER: Goal = Goal::AtMost { goal: 300.0, limit: None };
/// How long 95 of 100 wait for a dossier, in milliseconds.
const DOSSIER: Goal = Goal::AtMost { goal: 3_000.0, limit: None };
/// How long the estimates of all units take, in milliseconds.
const COUNTY: Goal = Goal::AtMost { goal: 1_000.0, limit: None };
/// So many uses have the data of the client whose log is read.
const USES: usize = 500;
/// So many uses has the data of each client, on an average.
const USES_EACH: usize = 45;
/// Where a guess is tried.
const GUESSED: [&str; 4] = ["/clients/", "/referrals/", "/referrals/inbox/", "/organisation/people/"];

/// What identities were guessed: how long it took to say that nothing is there.
#[derive(Serialize)]
struct GuessRow {
    engine: Engine,
    route: &'static str,
    requests: usize,
    /// Those of another unit, which are there.
    there_ms: Percentiles,
    /// Those that nobody has.
    nowhere_ms: Percentiles,
}

#[derive(Serialize)]
struct Rows {
    busy: Busy,
    sizes: Sizes,
    /// Seconds that bringing it in took.
    imports: Vec<(Engine, f64)>,
    pages: Vec<PageRow>,
    /// Milliseconds that `rinnalla fidelity --all` took, each time: the whole program, from its start to its end.
    estimates: Vec<(Engine, Vec<f64>)>,
    guesses: Vec<GuessRow>,
}

/// Measures and reports, once: what counts are the 200 requests of each page.
pub(crate) async fn measure(bench: &mut Bench) -> Outcome {
    let sizes = if bench.quick { Sizes::QUICK_COUNTY } else { Sizes::COUNTY };
    let engines = bench.databases.engines();
    let (busy, order) = bench.begin("county", &engines);
    let mut rows = Rows {
        busy,
        sizes,
        imports: Vec::new(),
        pages: Vec::new(),
        estimates: Vec::new(),
        guesses: Vec::new(),
    };
    let package = bench.package("county", &county::package(&sizes, machine::today()))?;
    for engine in order.into_iter().copied() {
        let database = bench.databases.make(engine, "county").await?;
        let imported = bench.product.import(&database, &package)?;
        println!("  {engine}: {} visits in {:.0} s", database.visits().await?, imported.seconds);
        rows.imports.push((engine, imported.seconds));
        let clients = sizes.open_clients + sizes.closed_clients;
        database.fill_with_daily_work(clients * USES_EACH, USES).await?;
        engine_rows(bench, &database, &mut rows).await?;
        bench.databases.remove(&database).await?;
        bench.keep("county", &rows)?;
    }
    report(&rows);
    Ok(())
}

async fn engine_rows(bench: &Bench, database: &Database, rows: &mut Rows) -> Outcome {
    let coach = bench.product.let_in(database, &county::coach_code(0)).await?;
    let lead = bench.product.let_in(database, "BL01").await?;
    let referrer = bench.product.let_in(database, "BR01").await?;
    bench.databases.settle(database).await?;
    let server = bench.product.serve(database, &[])?;
    let requests = if bench.quick { 20 } else { 200 };
    let client = first(&database.clients_of(&county::coach_code(0)).await?)?;
    let used = first(&database.most_used_clients().await?)?;
    let (worker, job) = database.longest_supported(&county::coach_code(0)).await?;
    let coach = server.sign_in(&coach).await?;
    let lead = server.sign_in(&lead).await?;
    for (page, site, address) in [
        ("caseload", &coach, "/clients".to_owned()),
        ("a client", &coach, format!("/clients/{client}")),
        ("a client of ten years", &coach, format!("/clients/{worker}")),
        ("a job of ten years", &coach, format!("/jobs/{job}")),
        ("supports of ten years", &coach, format!("/clients/{worker}/support")),
        ("matches, 300 opportunities", &coach, format!("/clients/{client}/matches")),
        ("opportunities", &coach, "/opportunities".to_owned()),
        ("a client's own copy, PDF", &coach, format!("/clients/{worker}/copy.pdf")),
        ("today", &coach, "/".to_owned()),
        ("visit form", &coach, "/visits/new".to_owned()),
        ("employers", &coach, EmployerQuery::default().address()),
        ("the load of the unit", &lead, "/clients/load".to_owned()),
        ("all open clients", &lead, "/clients/all".to_owned()),
        ("all closed clients", &lead, "/clients/all?closed=1".to_owned()),
        ("all closed clients, page 41", &lead, "/clients/all?closed=1&page=40".to_owned()),
        ("memos of the unit", &lead, "/referrals/inbox".to_owned()),
        ("team meeting", &lead, "/meetings/team".to_owned()),
        ("the lead's week", &lead, "/lead".to_owned()),
        ("the criteria", &lead, "/fidelity".to_owned()),
        ("a criterion down to its rows", &lead, "/fidelity/17".to_owned()),
        ("what habits would change", &lead, "/fidelity/ahead".to_owned()),
        ("all units' bands", &lead, "/fidelity/units".to_owned()),
        ("a client's uses, a page", &lead, format!("/clients/{used}/uses")),
        ("a client's uses, a file", &lead, format!("/clients/{used}/uses.csv")),
    ] {
        let asked = ask(site, &address, requests).await?;
        rows.pages.push(PageRow::of(database.engine, page, address, asked));
    }
    for (page, address) in
        [("dossier, PDF", "/fidelity/dossier.pdf"), ("dossier, XLSX", "/fidelity/dossier.xlsx")]
    {
        let asked = ask(&lead, address, requests / 10).await?;
        rows.pages.push(PageRow::of(database.engine, page, address.to_owned(), asked));
    }
    let mut estimates = Vec::new();
    for _ in 0..5 {
        estimates.push(bench.product.estimate_all(database)?);
    }
    rows.estimates.push((database.engine, estimates));
    let referrer = server.sign_in(&referrer).await?;
    for (route, there) in GUESSED.into_iter().zip([
        database.clients_of(&county::coach_code(1)).await?,
        database.memos_of("BT02").await?,
        database.memos_of("BT02").await?,
        database.people().await?,
    ]) {
        rows.guesses.push(guess(&referrer, database.engine, route, &there, requests * 5).await?);
    }
    server.stop()
}

fn first(ids: &[Uuid]) -> Outcome<Uuid> {
    ids.first().copied().ok_or_else(|| "there is nobody".into())
}

/// Asks for identities of another unit and for identities of nobody, one after the other in turn.
async fn guess(
    site: &Site,
    engine: Engine,
    route: &'static str,
    there: &[Uuid],
    requests: usize,
) -> Outcome<GuessRow> {
    first(there)?;
    let mut connection = Connection::open(site).await?;
    let mut dice = Dice::new(7);
    let (mut waits, mut nowhere) = (Vec::new(), Vec::new());
    for at in 0..requests {
        let real = there[at % there.len()];
        // The same but for its end: as far down the index as the real one.
        let guessed = Uuid::from_u128(real.as_u128() ^ (1 + dice.index(0xffff_ffff) as u128));
        for (id, into) in [(real, &mut waits), (guessed, &mut nowhere)] {
            let sent = Instant::now();
            let answer = connection.get(&format!("{route}{id}")).await?;
            if answer.status != 404 {
                return Err(format!("{route}{id}: status {} for a referrer", answer.status).into());
            }
            into.push(sent.elapsed());
        }
    }
    let (there_ms, nowhere_ms) = (Waits::new(waits).summary(), Waits::new(nowhere).summary());
    Ok(GuessRow { engine, route, requests, there_ms, nowhere_ms })
}

fn report(rows: &Rows) {
    let lines: Vec<Vec<String>> = rows
        .pages
        .iter()
        .map(|row| {
            let verdict = row.failure.as_ref().map(|failure| format!("MISSED: {failure}"));
            vec![
                row.engine.to_string(),
                row.page.to_owned(),
                verdict.unwrap_or_else(|| {
                    let goal = match row.page {
                        page if page.starts_with("dossier") => DOSSIER,
                        page if page.ends_with("PDF") => PAPER,
                        _ => PAGE,
                    };
                    goal.verdict(row.wait_ms.p95)
                }),
                short(row.wait_ms.p50),
                short(row.wait_ms.p95),
                short(row.wait_ms.p99),
                row.requests.to_string(),
                row.bytes.to_string(),
            ]
        })
        .collect();
    let title = format!(
        "Pages in a county of {} coaches, {} open and {} closed clients, {} visits; one connection, waits in ms",
        rows.sizes.coaches, rows.sizes.open_clients, rows.sizes.closed_clients, rows.sizes.visits
    );
    table::print(
        &title,
        3,
        &["engine", "page", "goal for p95", "p50", "p95", "p99", "requests", "bytes"],
        &lines,
    );
    let lines: Vec<Vec<String>> = rows
        .estimates
        .iter()
        .map(|(engine, took)| {
            let mut took = took.clone();
            took.sort_by(f64::total_cmp);
            let [least, median, most] = [0, took.len() / 2, took.len() - 1].map(|at| took[at]);
            let verdict = COUNTY.verdict(most);
            vec![
                engine.to_string(),
                verdict,
                short(least),
                short(median),
                short(most),
                took.len().to_string(),
            ]
        })
        .collect();
    let title =
        format!("rinnalla fidelity --all: the estimates of {} units, ms from start to end", rows.sizes.units);
    table::print(&title, 2, &["engine", "goal for the slowest", "least", "median", "most", "times"], &lines);
    let lines: Vec<Vec<String>> = rows
        .guesses
        .iter()
        .map(|row| {
            let ratio = |there: f64, nowhere: f64| format!("{:.2}", there / nowhere.max(f64::EPSILON));
            vec![
                row.engine.to_string(),
                row.route.to_owned(),
                short(row.there_ms.p50),
                short(row.nowhere_ms.p50),
                ratio(row.there_ms.p50, row.nowhere_ms.p50),
                short(row.there_ms.p95),
                short(row.nowhere_ms.p95),
                ratio(row.there_ms.p95, row.nowhere_ms.p95),
                row.requests.to_string(),
            ]
        })
        .collect();
    table::print(
        "A referrer guesses identities: those of others against those of nobody, waits in ms",
        2,
        &["engine", "route", "p50 there", "nowhere", "ratio", "p95 there", "nowhere", "ratio", "of each"],
        &lines,
    );
}
