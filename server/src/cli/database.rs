//! The database that a command works on.

use super::Failure;
use backend::Backend;
use backend::clock::Clock;
use std::path::{Path, PathBuf};

/// The database when none is named.
pub(crate) const DEFAULT: &str = "data/rinnalla.db";
/// How a database is named.
pub(crate) const HELP: &str = "The database: a file's path, sqlite:///path, or postgres://user@host/name";

/// Opens a database; one in a file is made where there is none.
pub(crate) async fn open(url: &str) -> Result<Backend, Failure> {
    Ok(Backend::open(url, Clock::System).await?)
}

/// Opens a database that is there.
pub(crate) async fn open_existing(url: &str) -> Result<Backend, Failure> {
    match file(url) {
        Some(path) if !path.exists() => Err(Failure::new(format!(
            "there is no database {}; name one with --database, or make one with `rinnalla import` or \
             `rinnalla demo`",
            path.display()
        ))),
        _ => open(url).await,
    }
}

/// The file of a database that is one.
fn file(url: &str) -> Option<&Path> {
    let path = url.strip_prefix("sqlite://").or_else(|| url.strip_prefix("sqlite:")).unwrap_or(url);
    (!path.contains("://")).then_some(Path::new(path))
}

/// The folder in which the keys of phones lie unless the operator says another: beside an embedded database, else in
/// the folder from which the server is started.
pub(crate) fn keys_folder(url: &str) -> PathBuf {
    let named = url.split('?').next().unwrap_or(url);
    file(named).map_or_else(|| PathBuf::from("rinnalla.keys"), |file| file.with_extension("keys"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_keys_lie_beside_an_embedded_database() {
        assert_eq!(keys_folder("sqlite:///srv/a/rinnalla.db"), Path::new("/srv/a/rinnalla.keys"));
        assert_eq!(keys_folder("data/rinnalla.db"), Path::new("data/rinnalla.keys"));
        assert_eq!(keys_folder("postgres://x/y"), Path::new("rinnalla.keys"));
    }
}
