//! What was erased does not come back (O9): a keyed hash of each erased identity is kept, and whatever comes late
//! is compared with them. The hash tells nothing without the key, which is made once for a database and is in no
//! export.

use crate::error::{Error, Result};
use crate::store::Tx;
use crate::{execute, fetch_all, fetch_optional};
use chrono::NaiveDate;
use domain::ids::UnitId;
use domain::sync::{Command, hex};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;
use uuid::Uuid;

/// The block of SHA-256, in bytes.
const BLOCK: usize = 64;

/// The key of a database's tombstones.
#[derive(Clone)]
pub(crate) struct Key([u8; BLOCK]);

impl Key {
    fn of(secret: &[u8]) -> Self {
        let mut block = [0; BLOCK];
        let hashed;
        let secret = if secret.len() > BLOCK {
            hashed = Sha256::digest(secret);
            &hashed[..]
        } else {
            secret
        };
        block[..secret.len()].copy_from_slice(secret);
        Self(block)
    }

    /// HMAC-SHA-256 (RFC 2104) of a text, in hexadecimal.
    fn hash(&self, text: &str) -> String {
        let padded = |pad: u8| self.0.map(|byte| byte ^ pad);
        let inner = Sha256::new().chain_update(padded(0x36)).chain_update(text.as_bytes()).finalize();
        hex(&Sha256::new().chain_update(padded(0x5c)).chain_update(inner).finalize())
    }

    /// The hash of an identity.
    pub(crate) fn of_id(&self, id: Uuid) -> String {
        self.hash(&format!("id {id}"))
    }

    /// The hash of the code that a county's package knows a client of a unit by.
    pub(crate) fn of_code(&self, unit: UnitId, code: &str) -> String {
        self.hash(&format!("code {unit} {code}"))
    }
}

/// The key, if anything was ever erased.
async fn key_there(tx: &mut Tx) -> Result<Option<Key>> {
    let row: Option<(String,)> =
        fetch_optional!(tx, (String,), "select secret from tombstone_key where id = 1")?;
    Ok(row.map(|(secret,)| Key::of(secret.as_bytes())))
}

/// The key; it is made where there is none.
pub(super) async fn key(tx: &mut Tx) -> Result<Key> {
    let mut secret = [0; 32];
    getrandom::fill(&mut secret).map_err(Error::internal)?;
    execute!(
        tx,
        "insert into tombstone_key (id, secret) values (1, $1) on conflict (id) do nothing",
        hex(&secret)
    )?;
    key_there(tx).await?.ok_or_else(|| Error::internal("there is no key of the tombstones"))
}

/// Puts up tombstones.
pub(super) async fn put(tx: &mut Tx, hashes: &BTreeSet<String>, on: NaiveDate) -> Result<()> {
    for hash in hashes {
        execute!(
            tx,
            "insert into tombstone (hash, erased_on) values ($1, $2) on conflict (hash) do nothing",
            hash,
            on
        )?;
    }
    Ok(())
}

/// Was one of these erased? Two questions at most, whatever it is about.
pub(crate) async fn is_erased(tx: &mut Tx, ids: &[Uuid]) -> Result<bool> {
    let Some(key) = key_there(tx).await? else { return Ok(false) };
    for id in ids {
        let there: Option<(i64,)> = fetch_optional!(
            tx,
            (i64,),
            "select cast(1 as bigint) from tombstone where hash = $1",
            key.of_id(*id)
        )?;
        if there.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The identities that an entry speaks of: its own, and those of what it is about.
pub(crate) fn named(id: Uuid, command: &Command) -> Vec<Uuid> {
    let mut ids = vec![id];
    match command {
        Command::LogVisit(visit) => ids.extend(visit.client.map(|client| client.uuid())),
        Command::AmendVisit(amend) => {
            ids.push(amend.visit.uuid());
            ids.extend(amend.to.client.map(|client| client.uuid()));
        }
        Command::WithdrawVisit(on)
        | Command::RestoreVisit(on)
        | Command::SettleNextStep(on)
        | Command::ReopenNextStep(on)
        | Command::LeaveGap(on) => ids.push(on.visit.uuid()),
        Command::MoveNextStep(wish) => ids.push(wish.visit.uuid()),
        Command::LogMeeting(meeting) => ids.push(meeting.client.uuid()),
        Command::WithdrawMeeting(on) | Command::RestoreMeeting(on) => ids.push(on.meeting.uuid()),
        Command::LogAttempt(attempt) => ids.push(attempt.client.uuid()),
        Command::ScoreItem(score) => ids.push(score.assessment),
        Command::LogSupport(support) => ids.push(support.client.uuid()),
        Command::WithdrawSupport(on) | Command::RestoreSupport(on) => ids.push(on.support.uuid()),
        Command::WithdrawAttempt(on) | Command::RestoreAttempt(on) => ids.push(on.attempt.uuid()),
    }
    ids
}

/// Every tombstone with its key: what a county's package is compared with.
pub(crate) struct Tombstones {
    key: Key,
    hashes: BTreeSet<String>,
}

impl Tombstones {
    /// Reads them; none where nothing was ever erased.
    pub(crate) async fn read(tx: &mut Tx) -> Result<Option<Self>> {
        let Some(key) = key_there(tx).await? else { return Ok(None) };
        let hashes: Vec<(String,)> = fetch_all!(tx, (String,), "select hash from tombstone")?;
        Ok(Some(Self { key, hashes: hashes.into_iter().map(|(hash,)| hash).collect() }))
    }

    /// Was a client of a unit erased whom a package names so: by code, or by identity?
    pub(crate) fn cover(&self, unit: UnitId, id: Uuid, code: Option<&str>) -> bool {
        let hash = code.map_or_else(|| self.key.of_id(id), |code| self.key.of_code(unit, code));
        self.hashes.contains(&hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_that_of_rfc_4231() {
        let short = Key::of(&[0x0b; 20]).hash("Hi There");
        assert_eq!(short, "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
        let text = "Test Using Larger Than Block-Size Key - Hash Key First";
        let long = Key::of(&[0xaa; 131]).hash(text);
        assert_eq!(long, "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
    }

    #[test]
    fn another_key_gives_another_hash_and_a_code_is_no_identity() {
        let id = Uuid::from_u128(7);
        let (one, other) = (Key::of(b"one"), Key::of(b"other"));
        assert_ne!(one.of_id(id), other.of_id(id));
        assert_ne!(one.of_id(id), one.of_code(UnitId(id), &id.to_string()));
        assert!(!one.of_id(id).contains(&id.simple().to_string()));
    }
}
