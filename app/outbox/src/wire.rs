//! What goes over the wire: `POST /api/drop`. A phone sends envelopes and asks about those that the server said it has;
//! the server answers for each by its entry's identity *and* the hash of its envelope (O4). Whoever sends needs no sign-in:
//! each envelope says by its signature which phone sealed it (O18).

use crate::envelope::Envelope;
use domain::ids::{CommandId, DeviceId};
use domain::sync::{Applied, Refusal};
use serde::{Deserialize, Serialize};

/// So many envelopes go at once at most.
pub const PARCEL_MAX: usize = 100;
/// So many bytes of envelopes go at once at most, beyond the first.
pub const PARCEL_BYTES: usize = 1024 * 1024;
/// About so many entries is asked at once at most.
pub const KEPT_MAX: usize = 500;

/// So many credentials are on a phone at most.
pub const MADE_MAX: usize = 100;

/// What a phone sends.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Parcel {
    /// The phone's clock, in milliseconds since 1970 (O10).
    pub sent_at: i64,
    /// How many entries were made under each credential on this phone, so that a loss shows (O14). At most [`MADE_MAX`].
    pub made: Vec<Made>,
    /// At most [`PARCEL_MAX`].
    pub envelopes: Vec<Envelope>,
    /// What the server said it has: is it still there, and in a backup? At most [`KEPT_MAX`].
    pub kept: Vec<Kept>,
}

/// How many entries were made under a credential.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Made {
    /// The credential.
    pub device: DeviceId,
    /// How many.
    pub entries: u32,
}

/// An entry of which the server said that it has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// The entry.
    pub entry: CommandId,
    /// SHA-256 of its envelope.
    pub sha256: String,
}

/// What the server answers.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reply {
    /// The server's clock, in milliseconds since 1970.
    pub at: i64,
    /// One for each envelope that it could make out.
    pub answers: Vec<Answer>,
    /// One for each entry that was asked about.
    pub kept: Vec<KeptAnswer>,
    /// Credentials that the server does not know, or no more since it was restored: their owners have to sign in once
    /// on this phone.
    pub unknown: Vec<DeviceId>,
    /// The last backup that is whole.
    pub backup: Option<Backup>,
    /// The list of the organisation's keys.
    pub manifest: String,
}

/// A backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Backup {
    /// Its number.
    pub number: i64,
    /// When it was whole, in milliseconds since 1970.
    pub at: i64,
}

/// What became of an envelope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    /// The entry.
    pub entry: CommandId,
    /// SHA-256 of the envelope as it came.
    pub sha256: String,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of an envelope.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It has taken effect, now or when it came first, and is on disk.
    Committed(Applied),
    /// The server has it on disk, and it has not taken effect: a person has to look at it.
    Held(Held),
    /// The server could not do it now. Send it again.
    Later,
}

/// Why an entry that the server has did not take effect.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Held {
    /// A rule says no: its author mends it.
    Refused(Refusal),
    /// Another entry came under its identity before. Both are kept, and a person picks (O2).
    Conflict,
    /// What it is about has not come yet (O6). It takes effect when that comes.
    Orphan,
    /// The phone's credential was ended before it came (O21).
    Revoked,
    /// It can't be opened or read here: made by a newer version, or its key is gone.
    Unreadable,
}

/// What the server has of an entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptAnswer {
    /// The entry.
    pub entry: CommandId,
    /// The hash that was asked about.
    pub sha256: String,
    /// What it has.
    pub has: Holding,
    /// And what became of it.
    pub outcome: Option<Outcome>,
}

/// What the server has of an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Holding {
    /// Nothing, or no more: it was restored from an older backup (O23).
    Nothing,
    /// It is on disk.
    OnDisk,
    /// It is in a backup that is whole.
    BackedUp,
}
