//! The organisation's keys for sealed entries. They live in a folder of their own, outside the database and its backups:
//! who takes a database or a phone can open no entry.
//!
//! `organisation.key` signs the list of public keys; it may be taken away and kept offline, and is needed again only to
//! make a new pair. `outbox-N.key` opens what was sealed to key N. `manifest` is the signed list that phones get.

use crate::error::{Error, Result};
use crate::retention::Ledger;
use chrono::{DateTime, Days, Utc};
use domain::sync::hex;
use outbox::{Manifest, PrivateKey};
use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::Arc;

/// A signed list holds so many days.
const HOLDS_DAYS: u64 = 365;
/// So many days before its list is over a server that has the key that signs makes a new pair by itself.
const RENEWED_DAYS: i64 = 60;
const SIGNER: &str = "organisation.key";
const MANIFEST: &str = "manifest";

/// The keys with which this server opens what phones sealed.
#[derive(Clone, Debug, Default)]
pub struct Keys {
    private: Arc<BTreeMap<u32, PrivateKey>>,
    manifest: Arc<str>,
    /// What was erased is written down beside the keys; without a folder nowhere.
    ledger: Option<Ledger>,
}

impl Keys {
    /// Reads the keys of a folder; makes the folder and a first pair when it is not there yet, and the next pair when
    /// the list is nearly over and the key that signs is in the folder.
    ///
    /// # Errors
    /// When the folder can't be read or written, or a key in it is none.
    pub fn open_or_make(folder: &Path, now: DateTime<Utc>) -> Result<Self> {
        if !Self::are_in(folder) {
            return Self::add(folder, now);
        }
        let keys = Self::open(folder)?;
        if keys.days_left(now) < RENEWED_DAYS && folder.join(SIGNER).is_file() {
            return Self::add(folder, now);
        }
        Ok(keys)
    }

    /// The ledger of what was erased.
    pub(crate) fn ledger(&self) -> Option<&Ledger> {
        self.ledger.as_ref()
    }

    /// Are there keys in a folder?
    #[must_use]
    pub fn are_in(folder: &Path) -> bool {
        folder.join(MANIFEST).is_file()
    }

    /// So many days the signed list still holds; fewer than none when it is over.
    #[must_use]
    pub fn days_left(&self, now: DateTime<Utc>) -> i64 {
        let manifest = Manifest::read(&self.manifest, "", 0, i64::MIN).ok();
        let until = manifest.and_then(|manifest| DateTime::from_timestamp_millis(manifest.holds_until));
        until.map_or(0, |until| (until - now).num_days())
    }

    /// Reads the keys of a folder.
    ///
    /// # Errors
    /// When it can't be read or a key in it is none.
    pub fn open(folder: &Path) -> Result<Self> {
        let mut private = BTreeMap::new();
        for file in fs::read_dir(folder).map_err(Error::internal)? {
            let path = file.map_err(Error::internal)?.path();
            if let Some(number) = number_of(&path) {
                private.insert(number, PrivateKey::from_bytes(read_key(&path)?));
            }
        }
        let manifest = fs::read_to_string(folder.join(MANIFEST)).map_err(Error::internal)?;
        Ok(Self {
            private: Arc::new(private),
            manifest: manifest.trim().into(),
            ledger: Some(Ledger::in_folder(folder)),
        })
    }

    /// Adds a new pair and signs the list once more. Older pairs stay, so that what was sealed to them can be opened.
    ///
    /// # Errors
    /// When the folder can't be written, or the key that signs is not in it.
    pub fn add(folder: &Path, now: DateTime<Utc>) -> Result<Self> {
        let is_new = !folder.join(MANIFEST).is_file();
        fs::create_dir_all(folder).map_err(Error::internal)?;
        let signer_at = folder.join(SIGNER);
        let signer = if is_new && !signer_at.is_file() {
            let key = chance()?;
            write_key(&signer_at, &key)?;
            key
        } else {
            read_key(&signer_at)?
        };
        let before = if is_new { Self::default() } else { Self::open(folder)? };
        let number = before.private.keys().last().map_or(1, |last| last + 1);
        let key = outbox::new_key(chance()?);
        write_key(&folder.join(format!("outbox-{number}.key")), key.reveal())?;
        let mut all: BTreeMap<u32, PrivateKey> = (*before.private).clone();
        all.insert(number, key);
        let mut public = Vec::new();
        for (number, key) in &all {
            let key = key.public().map_err(|_| Error::internal("a key of the folder is none"))?;
            public.push((*number, key));
        }
        let until = now.checked_add_days(Days::new(HOLDS_DAYS)).unwrap_or(now);
        let days = (now.timestamp_millis(), until.timestamp_millis());
        let manifest = outbox::sign(number, days, &public, &signer).map_err(Error::internal)?;
        fs::write(folder.join(MANIFEST), &manifest).map_err(Error::internal)?;
        Ok(Self {
            private: Arc::new(all),
            manifest: manifest.into(),
            ledger: Some(Ledger::in_folder(folder)),
        })
    }

    /// The signed list that phones get; empty when this server takes no sealed entries.
    #[must_use]
    pub fn manifest(&self) -> &str {
        &self.manifest
    }

    /// The private key of a number.
    pub(crate) fn private(&self, number: u32) -> Option<&PrivateKey> {
        self.private.get(&number)
    }

    /// The numbers of the pairs, and by what the key that signs is known.
    #[must_use]
    pub fn facts(&self) -> (Vec<u32>, String) {
        let signer = Manifest::read(&self.manifest, "", 0, i64::MIN).map(|manifest| manifest.signer());
        (self.private.keys().copied().collect(), signer.unwrap_or_default())
    }
}

fn number_of(path: &Path) -> Option<u32> {
    let name = path.file_name()?.to_str()?;
    name.strip_prefix("outbox-")?.strip_suffix(".key")?.parse().ok()
}

fn chance() -> Result<[u8; 32]> {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(Error::internal)?;
    Ok(bytes)
}

fn read_key(path: &Path) -> Result<[u8; 32]> {
    let text = fs::read_to_string(path)
        .map_err(|error| Error::internal(format!("the key {} can't be read: {error}", path.display())))?;
    let text = text.trim();
    let digits = |at: usize| text.get(at..at + 2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
    let bytes: Option<Vec<u8>> = (0..64).step_by(2).map(digits).collect();
    bytes.and_then(|bytes| bytes.try_into().ok()).ok_or_else(|| {
        Error::internal(format!("{} holds no key: it should be 64 hexadecimal digits", path.display()))
    })
}

/// Writes a key that nobody but the server's own user reads, and never over another.
fn write_key(path: &Path, key: &[u8; 32]) -> Result<()> {
    let mut file = fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o400)
        .open(path)
        .map_err(Error::internal)?;
    writeln!(file, "{}", hex(key)).map_err(Error::internal)?;
    file.sync_all().map_err(Error::internal)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> DateTime<Utc> {
        "2026-11-27T08:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_new_pair_leaves_the_older_ones_usable() {
        let folder = tempfile::TempDir::new().unwrap();
        let folder = folder.path().join("keys");
        let first = Keys::open_or_make(&folder, now()).unwrap();
        let (_, signer) = first.facts();
        let second = Keys::add(&folder, now()).unwrap();
        assert_eq!(second.facts(), (vec![1, 2], signer.clone()));
        assert!(Manifest::read(second.manifest(), &signer, 1, now().timestamp_millis()).is_ok());
        let again = Keys::open_or_make(&folder, now()).unwrap();
        assert_eq!(again.manifest(), second.manifest());
        let (kept, made) = (again.private(1).unwrap(), first.private(1).unwrap());
        assert_eq!(kept.reveal(), made.reveal());
    }

    #[test]
    fn a_list_that_is_nearly_over_is_renewed_by_itself_where_the_key_that_signs_is() {
        let folder = tempfile::TempDir::new().unwrap();
        let first = Keys::open_or_make(folder.path(), now()).unwrap();
        let later = |days| now() + chrono::TimeDelta::days(days);
        assert_eq!(Keys::open_or_make(folder.path(), later(300)).unwrap().manifest(), first.manifest());
        let renewed = Keys::open_or_make(folder.path(), later(310)).unwrap();
        assert_eq!((renewed.days_left(later(310)), renewed.facts().0), (365, vec![1, 2]));
        fs::remove_file(folder.path().join(SIGNER)).unwrap();
        assert_eq!(Keys::open_or_make(folder.path(), later(700)).unwrap().days_left(later(700)), -25);
    }

    #[test]
    fn a_key_is_for_the_servers_own_user_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::TempDir::new().unwrap();
        Keys::open_or_make(folder.path(), now()).unwrap();
        for name in ["organisation.key", "outbox-1.key"] {
            let mode = fs::metadata(folder.path().join(name)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o400, "{name}");
        }
    }

    #[test]
    fn without_the_key_that_signs_there_is_no_new_pair() {
        let folder = tempfile::TempDir::new().unwrap();
        Keys::open_or_make(folder.path(), now()).unwrap();
        fs::remove_file(folder.path().join(SIGNER)).unwrap();
        assert!(Keys::add(folder.path(), now()).is_err());
        assert!(Keys::open(folder.path()).is_ok());
    }
}
