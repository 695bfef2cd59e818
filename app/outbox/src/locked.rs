//! What a phone keeps to be read again without a network: encrypted under a number that its owner types. Only the card of
//! the day is kept so (`domain::card`), for a day at most: a number of six digits holds off whoever picks the phone up, and
//! not whoever copies the whole browser profile and has some days' time. What is written on the phone is sealed otherwise
//! ([`crate::seal`]).

use aes_gcm::aead::{Aead, KeyInit, Payload};
use aes_gcm::{Aes256Gcm, Nonce};
use argon2::{Algorithm, Argon2, Params, Version};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use serde::{Deserialize, Serialize};

const SALT_LEN: usize = 16;
const NONCE_LEN: usize = 12;
/// Bytes of chance that locking takes.
pub const CHANCE_LEN: usize = SALT_LEN + NONCE_LEN;
/// Where one number was right, whoever tries them all pays this much for each.
const USUAL: Cost = Cost { kibibytes: 64 * 1024, passes: 3 };
/// A phone is not asked for more than this by what it keeps.
const MOST: Cost = Cost { kibibytes: 256 * 1024, passes: 8 };

/// What it costs to try a number: memory, and how often it is gone through (Argon2id, one lane).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// KiB.
    pub kibibytes: u32,
    /// Passes.
    pub passes: u32,
}

impl Default for Cost {
    fn default() -> Self {
        USUAL
    }
}

/// A text under a number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locked {
    cost: Cost,
    salt: String,
    nonce: String,
    sealed: String,
}

impl Locked {
    /// Locks a text under `pin`, bound to `about`, without which it does not open. `chance` is fresh, and used for nothing
    /// else. None when the cost is out of reach.
    #[must_use]
    pub fn lock(text: &str, about: &str, pin: &str, chance: [u8; CHANCE_LEN], cost: Cost) -> Option<Self> {
        let (salt, nonce) = chance.split_at(SALT_LEN);
        let payload = Payload { msg: text.as_bytes(), aad: about.as_bytes() };
        let sealed = cipher(pin, salt, cost)?.encrypt(&nonce_of(nonce)?, payload).ok()?;
        let encoded = |bytes: &[u8]| BASE64.encode(bytes);
        Some(Self { cost, salt: encoded(salt), nonce: encoded(nonce), sealed: encoded(&sealed) })
    }

    /// The text; none when the number is another, or anything was changed.
    #[must_use]
    pub fn open(&self, about: &str, pin: &str) -> Option<String> {
        let decoded = |text: &str| BASE64.decode(text).ok();
        let (salt, nonce, sealed) = (decoded(&self.salt)?, decoded(&self.nonce)?, decoded(&self.sealed)?);
        let payload = Payload { msg: &sealed, aad: about.as_bytes() };
        let text = cipher(pin, &salt, self.cost)?.decrypt(&nonce_of(&nonce)?, payload).ok()?;
        String::from_utf8(text).ok()
    }
}

fn nonce_of(bytes: &[u8]) -> Option<Nonce<aes_gcm::aead::consts::U12>> {
    Nonce::try_from(bytes).ok()
}

fn cipher(pin: &str, salt: &[u8], cost: Cost) -> Option<Aes256Gcm> {
    if cost.kibibytes > MOST.kibibytes || cost.passes > MOST.passes {
        return None;
    }
    let params = Params::new(cost.kibibytes, cost.passes, 1, Some(32)).ok()?;
    let mut key = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(pin.as_bytes(), salt, &mut key)
        .ok()?;
    Aes256Gcm::new_from_slice(&key).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: Cost = Cost { kibibytes: 64, passes: 1 };
    const TEXT: &str = "Vie esite, Konditori Åkerlund";

    fn locked() -> Locked {
        Locked::lock(TEXT, "person 1", "604713", [7; CHANCE_LEN], CHEAP).unwrap()
    }

    #[test]
    fn only_the_number_opens_it_and_only_where_it_belongs() {
        assert_eq!(locked().open("person 1", "604713").as_deref(), Some(TEXT));
        assert_eq!(locked().open("person 1", "604714"), None);
        assert_eq!(locked().open("person 2", "604713"), None);
    }

    #[test]
    fn what_is_kept_says_nothing_and_no_change_passes() {
        let kept = serde_json::to_string(&locked()).unwrap();
        assert!(!kept.contains("esite") && !kept.contains("604713"));
        for at in 0..locked().sealed.len() {
            let mut changed = locked();
            let letter = if changed.sealed.as_bytes()[at] == b'A' { "B" } else { "A" };
            changed.sealed.replace_range(at..=at, letter);
            assert_eq!(changed.open("person 1", "604713"), None, "a changed letter at {at}");
        }
        let mut cheaper = locked();
        cheaper.cost.passes = 2;
        assert_eq!(cheaper.open("person 1", "604713"), None);
    }

    #[test]
    fn other_chance_makes_another_key() {
        let other = Locked::lock(TEXT, "person 1", "604713", [8; CHANCE_LEN], CHEAP).unwrap();
        assert_ne!(other.sealed, locked().sealed);
    }

    #[test]
    fn a_number_costs_what_security_asks_for() {
        let Cost { kibibytes, passes } = Cost::default();
        assert_eq!((kibibytes, passes), (65_536, 3));
    }

    #[test]
    fn a_cost_that_no_phone_can_pay_is_refused() {
        for cost in [Cost { kibibytes: u32::MAX, passes: 1 }, Cost { kibibytes: 64, passes: u32::MAX }] {
            assert_eq!(Locked { cost, ..locked() }.open("person 1", "604713"), None);
        }
    }
}
