//! `rinnalla fidelity`: what a unit's records say of the 25 criteria.

use super::output::{json, line, table};
use super::{Failure, database};
use backend::Error;
use backend::fidelity::UnitEstimates;
use chrono::NaiveDate;
use domain::codes::Code;
use domain::fidelity::estimate::{Estimate, Row};
use serde_json::{Value, json};
use std::process::ExitCode;

const ABOUT: &str = "\
What a unit's records say of the 25 criteria on a day

Each item has its strength (C: the records say it, E: most of it, P: a part, J: people judge), the suggested
score or none, the numerator, the denominator and the value, the window from and to, the rows, and notes.
It is an estimate for a self-assessment against the IPS-25 criteria, never a fidelity review, and no total is
made of it.

The use is noted in the use log, for each client whose rows are in it.

Exit status: 0 = written, 1 = not.";

const EXAMPLES: &str = "\
Examples:
  rinnalla fidelity --unit SII-IPS --on 2024-05-31
  rinnalla fidelity --unit SII-IPS --on 2024-05-31 --json
  rinnalla fidelity --all --json";

#[derive(Debug, clap::Args)]
#[command(about = "What a unit's records say of the 25 criteria", long_about = ABOUT, after_help = EXAMPLES)]
pub(crate) struct Fidelity {
    /// The unit's code
    #[arg(long, required_unless_present = "all")]
    unit: Option<String>,
    /// Every unit of the organisation
    #[arg(long, conflicts_with = "unit")]
    all: bool,
    /// The day, like 2026-11-27; today when none is given
    #[arg(long, value_name = "DAY")]
    on: Option<NaiveDate>,
    /// Report as JSON, with all rows
    #[arg(long)]
    json: bool,
}

impl Fidelity {
    pub(crate) async fn run(self, database: &str) -> Result<ExitCode, Failure> {
        let backend = database::open_existing(database).await?;
        let day = self.on.unwrap_or_else(|| backend.clock.today());
        let all = backend.fidelity_by_operator(self.unit.as_deref(), day).await;
        backend.store.close().await;
        let all = all.map_err(|error| match (error, self.unit) {
            (Error::NotThere, Some(unit)) => Failure::new(format!("there is no unit of the code {unit}")),
            (Error::NotThere, None) => Failure::new("there is no unit"),
            (other, _) => Failure::from(other),
        })?;
        let report = |(unit, found): &(String, UnitEstimates)| {
            let items: Vec<Value> = found.estimates.iter().map(|estimate| as_json(found, estimate)).collect();
            json!({ "unit": unit, "on": found.day, "estimate": true, "items": items })
        };
        match (self.json, self.all) {
            (true, true) => json(&Value::Array(all.iter().map(report).collect()))?,
            (true, false) => json(&all.first().map(report))?,
            _ => {
                for (_, found) in &all {
                    tell(found)?;
                }
            }
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A count in hundredths as a number: whole where it is.
fn hundredths(value: i64) -> Value {
    if value % 100 == 0 { json!(value / 100) } else { json!(to_decimal(value)) }
}

#[expect(clippy::cast_precision_loss, reason = "counts of a unit's records are far below 2^52")]
fn to_decimal(value: i64) -> f64 {
    value as f64 / 100.0
}

fn as_json(found: &UnitEstimates, estimate: &Estimate) -> Value {
    let code = |id: uuid::Uuid| found.codes.get(&id);
    let name = |id: uuid::Uuid| found.names.get(&id);
    let row = |row: &Row| {
        json!({
            "kind": row.kind.code(),
            "id": row.id,
            "code": code(row.id),
            "client": row.client.map(|client| code(client.uuid()).or_else(|| name(client.uuid()))),
            "day": row.day,
            "amount": row.amount,
            "counts": row.counts,
        })
    };
    json!({
        "item": estimate.item,
        "strength": estimate.strength.code(),
        "score": estimate.score,
        "numerator": estimate.numerator,
        "denominator": estimate.denominator.map(hundredths),
        "value": estimate.value(),
        "measure": estimate.measure.map(Code::code),
        "from": estimate.window.from,
        "to": estimate.window.to,
        "rows": estimate.rows.iter().map(row).collect::<Vec<_>>(),
        "coaches": estimate.coaches.iter().map(|coach| json!({
            "coach": name(coach.coach.uuid()),
            "numerator": coach.part,
            "denominator": coach.of,
            "rating": coach.rating,
        })).collect::<Vec<_>>(),
        "parts": estimate.parts.iter().map(|part| json!({
            "part": part.kind.code(),
            "met": part.met,
            "numerator": part.of.map(|of| of[0]),
            "denominator": part.of.map(|of| of[1]),
        })).collect::<Vec<_>>(),
        "notes": estimate.notes.iter().map(|note| json!({
            "note": note.kind.code(),
            "numbers": note.numbers,
        })).collect::<Vec<_>>(),
    })
}

fn tell(found: &UnitEstimates) -> Result<(), Failure> {
    line(&format!("{}, {}: an estimate, not a score", found.unit, found.day))?;
    let cell = |value: Option<String>| value.unwrap_or_else(|| "–".to_owned());
    let rows = found.estimates.iter().map(|estimate| {
        vec![
            estimate.item.to_string(),
            estimate.strength.code().to_owned(),
            cell(estimate.score.map(|score| score.to_string())),
            cell(estimate.numerator.map(|part| part.to_string())),
            cell(estimate.denominator.map(|of| hundredths(of).to_string())),
            cell(estimate.value().map(|value| format!("{value:.1}"))),
            cell(estimate.measure.map(|measure| measure.code().to_owned())),
            format!("{} – {}", estimate.window.from, estimate.window.to),
        ]
    });
    table(
        &["item", "strength", "score", "numerator", "denominator", "value", "of", "window"],
        &rows.collect::<Vec<_>>(),
    )?;
    Ok(())
}
