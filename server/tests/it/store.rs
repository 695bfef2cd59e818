//! The two databases keep the same promises.

use crate::helpers::{both, tamper};
use backend::Backend;
use backend::clock::Clock;
use backend::store::{Dialect, POSTGRES_MIGRATIONS, Query, SQLITE_MIGRATIONS, Store};
use sqlx::{Executor, SqlSafeStr};
use std::collections::BTreeSet;

#[tokio::test]
async fn every_query_of_the_product_is_understood_by_both_databases() {
    let mut prepared = 0;
    for backend in both().await {
        for query in inventory::iter::<Query>() {
            let result = match &backend.store {
                Store::Sqlite { write, .. } if query.dialect != Dialect::Postgres => {
                    write.acquire().await.expect("a connection").prepare(query.sql.into_sql_str()).await.err()
                }
                // `savepoint` and its like are commands of the session and can't be prepared alone.
                Store::Postgres(pool)
                    if query.dialect != Dialect::Sqlite && !query.sql.contains("savepoint") =>
                {
                    pool.acquire().await.expect("a connection").prepare(query.sql.into_sql_str()).await.err()
                }
                _ => None,
            };
            prepared += 1;
            assert!(result.is_none(), "{}: {:?}\n{}", query.place, result, query.sql);
        }
    }
    assert!(prepared > 60, "the queries are registered: {prepared}");
}

#[tokio::test]
async fn both_databases_have_the_same_tables_and_columns() {
    let mut schemas: Vec<BTreeSet<(String, String)>> = Vec::new();
    for backend in both().await {
        let columns: Vec<(String, String)> = match &backend.store {
            Store::Sqlite { write, .. } => {
                sqlx::query_as(
                    "select m.name, c.name from sqlite_schema m join pragma_table_info(m.name) c
                 where m.type = 'table' and m.name not like 'sqlite_%'",
                )
                .fetch_all(write)
                .await
            }
            Store::Postgres(pool) => {
                sqlx::query_as(
                    "select table_name::text, column_name::text from information_schema.columns
                 where table_schema = 'public'",
                )
                .fetch_all(pool)
                .await
            }
        }
        .expect("columns");
        let own = columns.into_iter().filter(|(table, _)| table != "_sqlx_migrations");
        schemas.push(own.collect());
    }
    assert!(schemas[0].len() > 100);
    for other in &schemas[1..] {
        let differ: Vec<_> = schemas[0].symmetric_difference(other).collect();
        assert!(differ.is_empty(), "{differ:?}");
    }
}

#[test]
fn both_databases_have_the_same_migrations_by_number_and_name() {
    let of = |migrator: &sqlx::migrate::Migrator| -> Vec<(i64, String)> {
        migrator.iter().map(|one| (one.version, one.description.to_string())).collect()
    };
    assert_eq!(of(&SQLITE_MIGRATIONS), of(&POSTGRES_MIGRATIONS));
}

#[tokio::test]
async fn a_foreign_key_is_kept() {
    for backend in both().await {
        let sql = "insert into employer_contact (id, employer_id, name, title)
                   select id, id, 'x', 'y' from (select person_id as id from session) s
                   union all select seq_id, seq_id, 'x', 'y' from (select id as seq_id from team) t";
        // With nothing in the tables nothing is written; with a stranger's id the database refuses.
        assert_eq!(tamper(&backend, sql).await.expect("nothing to do"), 0);
        let stranger = match &backend.store {
            Store::Sqlite { .. } => {
                "insert into employer_contact (id, employer_id, name, title) values (x'00', x'01', 'x', 'y')"
            }
            Store::Postgres(_) => {
                "insert into employer_contact (id, employer_id, name, title)
                 values (gen_random_uuid(), gen_random_uuid(), 'x', 'y')"
            }
        };
        assert!(tamper(&backend, stranger).await.is_err());
    }
}

#[tokio::test]
async fn the_database_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;
    for backend in both().await {
        let Some(folder) = backend.folder() else { continue };
        let mode =
            |path: &std::path::Path| std::fs::metadata(path).expect("a file").permissions().mode() & 0o777;
        assert_eq!(mode(&folder.join("data")), 0o700);
        assert_eq!(mode(&folder.join("data/rinnalla.db")), 0o600);
    }
}

#[tokio::test]
async fn what_is_no_database_is_refused_with_a_clear_line() {
    for (url, said) in [
        ("mysql://somewhere", "is no database"),
        ("sqlite::memory:", "is no database"),
        ("", "is no database"),
        ("postgres://127.0.0.1:1/x", "PostgreSQL does not answer"),
        ("/proc/rinnalla/x.db", "cannot be made"),
    ] {
        let error = Backend::open(url, Clock::System).await.expect_err(url).to_string();
        assert!(error.contains(said), "{url}: {error}");
    }
}

#[tokio::test]
async fn a_database_that_is_open_already_opens_again_with_what_is_in_it() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let url = folder.path().join("r.db").display().to_string();
    for _ in 0..2 {
        let backend = Backend::open(&url, Clock::System).await.expect("a database");
        crate::helpers::count(&backend, "select count(*) from person").await;
        backend.store.close().await;
    }
}
