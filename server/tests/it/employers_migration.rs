//! A database of the first release becomes one of the register in full, and nothing in it is lost.

use backend::store::SQLITE_MIGRATIONS;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{Executor, SqlSafeStr};

#[tokio::test]
async fn a_filled_database_of_the_first_release_keeps_everything() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let options = SqliteConnectOptions::new()
        .filename(folder.path().join("r.db"))
        .create_if_missing(true)
        .foreign_keys(true);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.expect("a database");
    for migration in SQLITE_MIGRATIONS.iter() {
        if migration.version == 5 {
            fill(&pool).await;
        }
        // As the migrator does it: each in a transaction of its own.
        let mut tx = pool.begin().await.expect("a transaction");
        (&mut *tx).execute(sqlx::raw_sql(migration.sql.clone())).await.expect("a migration");
        tx.commit().await.expect("foreign keys hold at the end");
    }
    let employer: (String, Option<String>, i64, Option<String>, i64) = sqlx::query_as(
        "select name, business_id, version, last_visit_on, visit_count from employer where code = 'E1'",
    )
    .fetch_one(&pool)
    .await
    .expect("the employer");
    assert_eq!(employer, ("Åkerlund".into(), Some("0001004-9".into()), 3, Some("2026-01-02".into()), 1));
    let broken: Vec<(String,)> = sqlx::query_as("select \"table\" from pragma_foreign_key_check")
        .fetch_all(&pool)
        .await
        .expect("a check");
    assert!(broken.is_empty(), "{broken:?}");
    let pointing: (i64,) = sqlx::query_as(
        "select (select count(*) from visit v join employer e on e.id = v.employer_id)
             + (select count(*) from employer_contact c join employer e on e.id = c.employer_id)",
    )
    .fetch_one(&pool)
    .await
    .expect("a count");
    assert_eq!(pointing.0, 3);
    let orphan = "insert into employer_contact (id, employer_id, name, title) values (x'99', x'98', '', '')";
    assert!(pool.execute(orphan.into_sql_str()).await.is_err(), "foreign keys to the new table are kept");
    let twice =
        "insert into employer (id, name, name_folded, name_sorted, name_core, business_id, created_at)
                 values (x'97', 'a', 'a', 'a', 'a', '0001004-9', 't')";
    assert!(pool.execute(twice.into_sql_str()).await.is_ok(), "branches may have one business ID");
}

async fn fill(pool: &sqlx::SqlitePool) {
    let rows = "
        insert into person (id, name, sign_in_name, created_at) values (x'01', 'a', 'a', 't');
        insert into unit (id, code, name, service) values (x'31', 'u', 'u', 'ips');
        insert into employer (id, code, name, name_folded, name_sorted, name_core, business_id, owner_id, created_at, version)
            values (x'11', 'E1', 'Åkerlund', 'akerlund', '{kerlund', 'akerlund', '0001004-9', x'01', 't', 3);
        insert into employer_contact (id, employer_id, name, title) values (x'21', x'11', 'n', 't');
        insert into visit (id, employer_id, coach_id, unit_id, day, mode, purpose, summary, received_at) values
            (x'41', x'11', x'01', x'31', '2026-01-02', 'phone', 'follow_up', '', 't'),
            (x'42', x'11', x'01', x'31', '2026-01-03', 'phone', 'follow_up', '', 't');
        insert into visit_withdrawal (visit_id, person_id, withdrawn_at) values (x'42', x'01', 't');
        insert into client (id, alias, name, unit_id) values (x'51', 'k', 'k', x'31');
        insert into job (id, code, client_id, employer_id, title, started_on) values (x'61', 'j', x'51', x'11', 't', '2026-01-01');";
    pool.execute(sqlx::raw_sql(rows.into_sql_str())).await.expect("rows");
}
