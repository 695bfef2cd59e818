//! Which public keys the organisation has: a small list, signed (Ed25519) by a key that is kept offline. A phone knows
//! that key by its fingerprint from the day on which it was enrolled, and takes no list that is not signed by it, is
//! over, or is older than the one that it has.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use ed25519_dalek::{Signature, VerifyingKey};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// A public key to which entries are sealed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxKey {
    /// Its number: the highest is the newest.
    pub id: u32,
    /// X25519, in base64url.
    pub key: String,
}

impl OutboxKey {
    /// The key's bytes; empty when it is none.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        BASE64.decode(&self.key).unwrap_or_default()
    }
}

/// The list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Grows with each list that is signed.
    pub number: u32,
    /// When it was signed, in milliseconds since 1970.
    pub signed_at: i64,
    /// After this no phone takes it any more.
    pub holds_until: i64,
    /// The keys.
    pub keys: Vec<OutboxKey>,
    /// The key that signed, in base64url.
    pub signer: String,
}

/// Why a list is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfit {
    /// It is no list.
    Form,
    /// It was not signed by the key that the phone knows.
    Signer,
    /// It is over.
    Over,
    /// The phone has a newer one.
    Older,
}

impl Manifest {
    /// Reads a list, as the phone takes it.
    ///
    /// `known` is the fingerprint that the phone learnt, empty on the day of its enrolment; `number` that of the list
    /// that it has; `now` is in milliseconds since 1970.
    ///
    /// # Errors
    /// When it is not to be taken.
    pub fn read(text: &str, known: &str, number: u32, now: i64) -> Result<Self, Unfit> {
        let (body, signature) = text.split_once('.').ok_or(Unfit::Form)?;
        let bytes = |text: &str| BASE64.decode(text).map_err(|_| Unfit::Form);
        let manifest: Self = serde_json::from_slice(&bytes(body)?).map_err(|_| Unfit::Form)?;
        let signer = bytes(&manifest.signer)?;
        if !known.is_empty() && fingerprint(&signer) != known {
            return Err(Unfit::Signer);
        }
        let signer: [u8; 32] = signer.try_into().map_err(|_| Unfit::Form)?;
        let signer = VerifyingKey::from_bytes(&signer).map_err(|_| Unfit::Form)?;
        let signature = Signature::from_slice(&bytes(signature)?).map_err(|_| Unfit::Form)?;
        signer.verify_strict(body.as_bytes(), &signature).map_err(|_| Unfit::Signer)?;
        if manifest.number < number {
            return Err(Unfit::Older);
        }
        if manifest.holds_until < now {
            return Err(Unfit::Over);
        }
        Ok(manifest)
    }

    /// The key to which entries are sealed now.
    #[must_use]
    pub fn newest(&self) -> Option<&OutboxKey> {
        self.keys.iter().max_by_key(|key| key.id)
    }

    /// The fingerprint of the key that signed.
    #[must_use]
    pub fn signer(&self) -> String {
        fingerprint(&BASE64.decode(&self.signer).unwrap_or_default())
    }
}

/// By what a person or a phone knows a key: SHA-256, the first 32 hexadecimal digits.
#[must_use]
pub fn fingerprint(key: &[u8]) -> String {
    domain::sync::hex(&Sha256::digest(key)[..16])
}

/// Signs a list.
///
/// # Errors
/// When it can't be written as JSON.
#[cfg(feature = "server")]
pub fn sign(
    number: u32,
    (signed_at, holds_until): (i64, i64),
    keys: &[(u32, Vec<u8>)],
    private: &[u8; 32],
) -> Result<String, serde_json::Error> {
    use ed25519_dalek::{Signer, SigningKey};
    let key = SigningKey::from_bytes(private);
    let manifest = Manifest {
        number,
        signed_at,
        holds_until,
        keys: keys.iter().map(|(id, key)| OutboxKey { id: *id, key: BASE64.encode(key) }).collect(),
        signer: BASE64.encode(key.verifying_key().as_bytes()),
    };
    let body = BASE64.encode(serde_json::to_vec(&manifest)?);
    let signature = key.sign(body.as_bytes());
    Ok(format!("{body}.{}", BASE64.encode(signature.to_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signed(number: u32, private: u8) -> String {
        sign(number, (10, 1000), &[(1, vec![1; 32]), (2, vec![2; 32])], &[private; 32]).unwrap()
    }

    #[test]
    fn a_phone_takes_the_list_of_its_own_organisation() {
        let first = Manifest::read(&signed(1, 7), "", 0, 500).unwrap();
        assert_eq!(first.newest().map(|key| (key.id, key.bytes())), Some((2, vec![2; 32])));
        let known = first.signer();
        assert!(Manifest::read(&signed(2, 7), &known, 1, 500).is_ok());
        assert_eq!(Manifest::read(&signed(2, 8), &known, 1, 500), Err(Unfit::Signer));
    }

    #[test]
    fn a_list_that_is_over_or_older_is_not_taken() {
        assert_eq!(Manifest::read(&signed(1, 7), "", 0, 1001), Err(Unfit::Over));
        assert_eq!(Manifest::read(&signed(1, 7), "", 2, 500), Err(Unfit::Older));
    }

    #[test]
    fn a_changed_list_is_not_taken() {
        let text = signed(1, 7);
        for at in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(bytes).unwrap();
            assert!(Manifest::read(&changed, "", 0, 500).is_err(), "a changed letter at {at}");
        }
        assert_eq!(Manifest::read("", "", 0, 500), Err(Unfit::Form));
    }
}
