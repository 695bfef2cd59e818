//! A backup is encrypted to a key that is kept offline, holds everything, and can be restored; and a broken one, or another
//! key, is told.

use crate::helpers::{both, count, settle};
use backend::Backend;
use backend::clock::Clock;
use std::path::Path;
use std::process::{Command, Output};

fn rinnalla(words: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_rinnalla")).args(words).output().expect("the program")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path")
}

#[tokio::test]
async fn a_backup_holds_everything_and_only_the_offline_key_opens_it() {
    for backend in both().await {
        settle(&backend).await;
        let folder = tempfile::TempDir::new().expect("a folder");
        let (key, other) = (folder.path().join("key"), folder.path().join("other"));
        let public = rinnalla(&["backup-key", text(&key)]);
        assert!(public.status.success(), "{}", said(&public));
        let public = String::from_utf8_lossy(&public.stdout).trim().to_owned();
        assert!(rinnalla(&["backup-key", text(&other)]).status.success());
        let kept = folder.path().join("backups");
        let made = rinnalla(&["backup", text(&kept), "--for", &public, "--json", "--database", &backend.url]);
        assert!(made.status.success(), "{}", said(&made));
        let report: serde_json::Value = serde_json::from_slice(&made.stdout).expect("a report");
        let file = report["file"].as_str().expect("a file").to_owned();

        let bytes = std::fs::read(&file).expect("the backup");
        assert!(bytes.starts_with(b"age-encryption.org/v1"));
        assert!(!bytes.windows(15).any(|part| part == "Salme Salainen ".trim_end().as_bytes()));
        assert_eq!(count(&backend, "select count(*) from backup where whole_at is not null").await, 1);

        let check = rinnalla(&["restore", &file, "--key", text(&key), "--check"]);
        assert!(check.status.success(), "{}", said(&check));
        let wrong = rinnalla(&["restore", &file, "--key", text(&other), "--check"]);
        assert!(!wrong.status.success() && said(&wrong).contains("can't be opened"), "{}", said(&wrong));
        let cut = folder.path().join("cut.age");
        std::fs::write(&cut, &bytes[..bytes.len() - 20]).expect("a file");
        let broken = rinnalla(&["restore", text(&cut), "--key", text(&key), "--check"]);
        assert!(!broken.status.success(), "{}", said(&broken));

        if backend.folder().is_some() {
            let new = folder.path().join("new.db");
            let restored = rinnalla(&["restore", &file, "--key", text(&key), "--to", text(&new)]);
            assert!(restored.status.success(), "{}", said(&restored));
            let url = format!("sqlite://{}", new.display());
            let other = Backend::open(&url, Clock::System).await.expect("the restored database");
            for table in ["select count(*) from visit", "select count(*) from use_log"] {
                assert_eq!(count(&other, table).await, count(&backend, table).await, "{table}");
            }
            let again = rinnalla(&["restore", &file, "--key", text(&key), "--to", text(&new)]);
            assert!(!again.status.success() && said(&again).contains("there already"), "{}", said(&again));
        }
    }
}

#[tokio::test]
async fn the_keys_of_phones_are_looked_at_and_renewed() {
    let folder = tempfile::TempDir::new().expect("a folder");
    let keys = folder.path().join("keys");
    let none = rinnalla(&["keys", "--keys", text(&keys)]);
    assert!(!none.status.success(), "{}", said(&none));
    for pairs in [1, 2] {
        let made = rinnalla(&["keys", "--keys", text(&keys), "--rotate", "--json"]);
        assert!(made.status.success(), "{}", said(&made));
        let report: serde_json::Value = serde_json::from_slice(&made.stdout).expect("a report");
        assert_eq!(report["pairs"].as_array().map(Vec::len), Some(pairs));
    }
}
