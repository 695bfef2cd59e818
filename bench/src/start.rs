//! Cold start: from the start of the process to the first page.

use crate::bench::{Bench, Fixture};
use crate::database::Engine;
use crate::http::Connection;
use crate::machine::Busy;
use crate::outcome::Outcome;
use crate::stats::{Goal, Spread};
use crate::table;
use serde::Serialize;

/// From the start of the process to the first answer, in milliseconds.
const START: Goal = Goal::AtMost { goal: 50.0, limit: Some(200.0) };

#[derive(Serialize)]
struct Row {
    round: u32,
    engine: Engine,
    busy: Busy,
    /// Until the sign-in page was there.
    sign_in_ms: f64,
    /// Until, after it, the visit form was there for somebody who is signed in.
    form_ms: f64,
}

/// Measures and reports. The file is in the page cache, as it is when a service is started again.
pub(crate) async fn measure(bench: &mut Bench, fixtures: &[Fixture]) -> Outcome {
    let mut rows = Vec::new();
    let starts = if bench.quick { 3 } else { 10 };
    for round in 1..=bench.rounds {
        let (busy, order) = bench.round("cold start", round, fixtures);
        for fixture in order {
            // The session outlives the server that it was opened on.
            let (server, site) = bench.up_to_read(fixture).await?;
            server.stop()?;
            for _ in 0..starts {
                let server = bench.product.serve(&fixture.database, &[])?;
                let mut connection = Connection::open(server.site()?).await?;
                expect_page(connection.get("/sign-in").await?.status)?;
                let sign_in = server.begun().elapsed();
                let site = crate::http::Site { address: server.site()?.address, ..site.clone() };
                let mut connection = Connection::open(&site).await?;
                expect_page(connection.get("/visits/new").await?.status)?;
                let form = server.begun().elapsed();
                drop(connection);
                server.stop()?;
                rows.push(Row {
                    round,
                    engine: fixture.engine(),
                    busy: busy.clone(),
                    sign_in_ms: sign_in.as_secs_f64() * 1e3,
                    form_ms: form.as_secs_f64() * 1e3,
                });
            }
        }
        bench.keep("start", &rows)?;
    }
    report(&rows, fixtures);
    Ok(())
}

fn expect_page(status: u16) -> Outcome {
    if status == 200 { Ok(()) } else { Err(format!("a page came with status {status}").into()) }
}

fn report(rows: &[Row], fixtures: &[Fixture]) {
    let mut lines = Vec::new();
    for engine in fixtures.iter().map(Fixture::engine) {
        let of = || rows.iter().filter(|row| row.engine == engine);
        let first = Spread::of(of().map(|row| row.sign_in_ms));
        let form = Spread::of(of().map(|row| row.form_ms));
        for (page, spread) in [("/sign-in", first), ("then /visits/new, signed in", form)] {
            lines.push(vec![
                engine.to_string(),
                page.to_owned(),
                START.verdict(spread.median),
                spread.to_string(),
                of().count().to_string(),
            ]);
        }
    }
    let title =
        "Cold start in ms, from the start of the process to the whole page: median (IQR) of all starts";
    table::print(title, 3, &["engine", "first 200 of", "goal", "ms", "starts"], &lines);
}
