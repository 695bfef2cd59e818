//! The way of what a person writes, from the phone to the server's disk, and until a backup has it (O1–O8, O17–O25).
//!
//! Nothing here does input or output, and nothing here knows the time or makes chance: a caller tells
//! [`Outbox`] what happened and carries out what it says. So the same code runs in the browser and in a simulation
//! of many phones and a server that crash.
//!
//! - [`seal`] makes an [`Envelope`] of what was written: encrypted to the organisation's public key, so that the phone
//!   itself can't read it any more.
//! - [`Manifest`] says which public keys there are, signed by a key that the phone learnt when it was enrolled.
//! - [`Parcel`] and [`Reply`] are what goes over the wire.
//!
//! The other way goes one thing alone, the card of the day: [`Locked`] is how a phone keeps it.

mod envelope;
mod locked;
mod machine;
mod manifest;
mod wire;

pub use envelope::{Content, Envelope, Header, SEED_LEN, Signed, Unreadable, Unsigned, seal};
#[cfg(feature = "server")]
pub use envelope::{PrivateKey, new_key, open, proves};
pub use locked::{CHANCE_LEN, Cost, Locked};
pub use machine::{Deed, Event, Item, Kind, Outbox, State, Told};
#[cfg(feature = "server")]
pub use manifest::sign;
pub use manifest::{Manifest, OutboxKey, Unfit, fingerprint};
pub use wire::{
    Answer, Backup, Held, Holding, KEPT_MAX, Kept, KeptAnswer, MADE_MAX, Made, Outcome, PARCEL_BYTES,
    PARCEL_MAX, Parcel, Reply,
};
