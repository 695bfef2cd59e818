//! Words in an address that nobody else reads: sealed with the secret of the sign-in. What stays in a browser's
//! history or a proxy's log opens within that sign-in only, and for nobody once it has ended. Nothing is kept
//! on the server.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::Aead;
use chacha20poly1305::{KeyInit, XChaCha20Poly1305, XNonce};
use sha2::{Digest, Sha256};

const NONCE: usize = 24;
/// The length tells no more than how many times so many bytes.
const STEP: usize = 64;

/// Its own key: not what the database keeps of the secret, which is another hash of it.
fn cipher(secret: &str) -> XChaCha20Poly1305 {
    let mut key = Sha256::new();
    key.update("rinnalla: words in an address\n");
    key.update(secret);
    XChaCha20Poly1305::new(&key.finalize())
}

/// The words as a part of an address; none when the machine has no chance to give.
pub(crate) fn seal(secret: &str, words: &str) -> Option<String> {
    let mut nonce = [0_u8; NONCE];
    getrandom::fill(&mut nonce).ok()?;
    let mut padded = words.as_bytes().to_vec();
    padded.resize(padded.len().next_multiple_of(STEP), 0);
    let sealed = cipher(secret).encrypt(&XNonce::from(nonce), padded.as_slice()).ok()?;
    Some(URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
}

/// The words again; none when it is not what this sign-in sealed.
pub(crate) fn open(secret: &str, sealed: &str) -> Option<String> {
    let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
    let (nonce, sealed) = bytes.split_first_chunk::<NONCE>()?;
    let mut padded = cipher(secret).decrypt(&XNonce::from(*nonce), sealed).ok()?;
    padded.truncate(padded.iter().rposition(|byte| *byte != 0).map_or(0, |last| last + 1));
    String::from_utf8(padded).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_sign_in_seals_opens_for_it_alone() {
        for words in ["", "Salme Salainen", "åäö ”x”", &"ä".repeat(100)] {
            let sealed = seal("one", words).unwrap();
            assert_eq!(open("one", &sealed).as_deref(), Some(words));
            assert_eq!(open("other", &sealed), None);
            assert_ne!(seal("one", words).unwrap(), sealed, "twice the same is not seen");
            let mut changed = sealed.into_bytes();
            changed[40] ^= 1;
            assert_eq!(open("one", &String::from_utf8_lossy(&changed)), None);
        }
        assert_eq!(seal("one", "Salme").unwrap().len(), seal("one", "Salme Salainen").unwrap().len());
        for nonsense in ["", "x", "åäö", "AAAA"] {
            assert_eq!(open("one", nonsense), None);
        }
    }
}
