//! Every table as it is, column by column: what a package has no place for is not lost.

use crate::error::{Error, Result};
use crate::store::{Engine, Tx};
use chrono::{DateTime, NaiveDate, NaiveTime, SecondsFormat, Utc};
use domain::lists::out::guarded;
use domain::package::Files;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;
use sqlx::{AssertSqlSafe, Column, Row, TypeInfo, ValueRef};
use uuid::Uuid;

/// The tables that go out.
pub const TABLES: &[&str] = &[
    "assessment",
    "assessment_note",
    "assessment_score",
    "assessor",
    "attestation",
    "benefits_advice",
    "break_glass",
    "bulk_read",
    "client",
    "client_coach",
    "client_day_change",
    "client_meeting",
    "client_note",
    "client_profile",
    "client_step",
    "code_entry",
    "consent",
    "consent_notice",
    "criteria_pack",
    "disclosure",
    "disclosure_talk",
    "dossier",
    "employer",
    "employer_change",
    "employer_contact",
    "employer_handover",
    "employer_handover_step",
    "erasure",
    "erasure_count",
    "feedback",
    "fidelity_choice",
    "gap_left",
    "improvement",
    "job",
    "job_match",
    "job_terms",
    "job_version",
    "match_note",
    "measure_answer",
    "meeting",
    "meeting_presence",
    "meeting_talk",
    "network_plan",
    "network_plan_version",
    "next_step_move",
    "next_step_settlement",
    "opportunity",
    "opportunity_version",
    "organisation",
    "organisation_change",
    "outreach_attempt",
    "own_score",
    "person",
    "plan_action",
    "post",
    "qualification",
    "referral",
    "referral_version",
    "retention_rule",
    "saved_view",
    "score_draft",
    "score_touch",
    "settled_score",
    "substitute",
    "supervision_client",
    "support",
    "support_agreement",
    "team",
    "time_use",
    "time_use_before",
    "transition",
    "unit",
    "visit",
    "visit_version",
    "visit_withdrawal",
];

/// The tables that stay: secrets of signing in, phones' credentials and what waits of theirs, what is not finished yet, receipts of phones' entries, and
/// the use log, whose chain holds in its own database only. Tombstones say something only together with their key,
/// and the key is a secret of this database.
pub const KEPT_BACK: &[&str] = &[
    "arrival",
    "backup",
    "calendar_feed",
    "device",
    "employer_list",
    "erasure_item",
    "erasure_ledger",
    "invitation",
    "receipt",
    "session",
    "sign_in_failure",
    "tombstone",
    "tombstone_key",
    "use_log",
    "use_log_client",
    "use_log_head",
    "visit_draft",
];

/// Columns that open a door.
const SECRET: &[&str] = &["password_hash"];

/// Reads every table.
pub(super) async fn read(tx: &mut Tx) -> Result<Files> {
    let mut files = Files::new();
    for table in TABLES {
        files.insert((*table).to_owned(), csv(tx, table).await?);
    }
    Ok(files)
}

/// A table as CSV, its rows in the order of its first columns, which are the key.
async fn csv(tx: &mut Tx, table: &str) -> Result<Vec<u8>> {
    let columns = columns(tx, table).await?;
    let sql = AssertSqlSafe(format!("select {} from {table} order by 1, 2", columns.join(", ")));
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&columns).map_err(Error::internal)?;
    match &mut tx.engine {
        Engine::Sqlite(tx) => {
            for row in sqlx::query(sql).fetch_all(&mut **tx).await? {
                writer.write_record(sqlite_cells(&row)?).map_err(Error::internal)?;
            }
        }
        Engine::Postgres(tx) => {
            for row in sqlx::query(sql).fetch_all(&mut **tx).await? {
                writer.write_record(postgres_cells(&row)?).map_err(Error::internal)?;
            }
        }
    }
    writer.into_inner().map_err(Error::internal)
}

/// The columns of a table, but for the secret ones.
async fn columns(tx: &mut Tx, table: &str) -> Result<Vec<String>> {
    let mut columns: Vec<String> = match &mut tx.engine {
        Engine::Sqlite(tx) => {
            let sql = "select name from pragma_table_info($1) order by cid";
            sqlx::query_scalar(sql).bind(table).fetch_all(&mut **tx).await?
        }
        Engine::Postgres(tx) => {
            let sql = "select column_name::text from information_schema.columns
                       where table_schema = current_schema() and table_name = $1 order by ordinal_position";
            sqlx::query_scalar(sql).bind(table).fetch_all(&mut **tx).await?
        }
    };
    columns.retain(|column| !SECRET.contains(&column.as_str()));
    Ok(columns)
}

fn sqlite_cells(row: &SqliteRow) -> Result<Vec<String>> {
    let cell = |at: usize| {
        let value = row.try_get_raw(at)?;
        if value.is_null() {
            return Ok(String::new());
        }
        let kind = value.type_info().name().to_owned();
        Ok(match kind.as_str() {
            "BLOB" => row.try_get::<Uuid, _>(at)?.to_string(),
            "INTEGER" => row.try_get::<i64, _>(at)?.to_string(),
            _ => guarded(&row.try_get::<String, _>(at)?),
        })
    };
    (0..row.columns().len()).map(cell).collect()
}

fn postgres_cells(row: &PgRow) -> Result<Vec<String>> {
    let cell = |at: usize| {
        if row.try_get_raw(at)?.is_null() {
            return Ok(String::new());
        }
        Ok(match row.column(at).type_info().name() {
            "UUID" => row.try_get::<Uuid, _>(at)?.to_string(),
            "INT8" => row.try_get::<i64, _>(at)?.to_string(),
            "BOOL" => i64::from(row.try_get::<bool, _>(at)?).to_string(),
            "DATE" => row.try_get::<NaiveDate, _>(at)?.to_string(),
            "TIME" => row.try_get::<NaiveTime, _>(at)?.to_string(),
            "TIMESTAMPTZ" => {
                row.try_get::<DateTime<Utc>, _>(at)?.to_rfc3339_opts(SecondsFormat::AutoSi, false)
            }
            _ => guarded(&row.try_get::<String, _>(at)?),
        })
    };
    (0..row.columns().len()).map(cell).collect()
}
