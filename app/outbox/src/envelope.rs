//! An envelope: a header that anybody may read, and what was written, sealed to the organisation's key (HPKE, RFC 9180,
//! one shot for each revision).
//!
//! On the wire and on the phone an envelope is one text, `header.sealed.signature`, each part in base64url. The
//! header is bound to what is sealed as associated data, and the signature of the phone covers both. What is
//! sealed is padded, so that its length tells little (O25).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use domain::ids::{CommandId, DeviceId, PersonId};
use domain::visits::{Amended, VisitFields};
#[cfg(feature = "server")]
use hpke::Kem as _;
use hpke::aead::AesGcm256;
use hpke::kdf::HkdfSha256;
use hpke::kem::X25519HkdfSha256;
use hpke::{Deserializable, OpModeS, Serializable};
use rand_core::{TryCryptoRng, TryRng};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::convert::Infallible;

/// Bytes of chance that sealing takes.
pub const SEED_LEN: usize = 32;
/// DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
const SUITE: u8 = 1;
/// What the key is for: another use of the same key makes other secrets.
const INFO: &[u8] = b"rinnalla outbox 1";
/// Sizes to which what is sealed is padded, in bytes; beyond, the next multiple of the last.
const SIZES: [usize; 5] = [512, 1024, 2048, 4096, 8192];

type Kem = X25519HkdfSha256;

/// What stands outside: who, which entry, for which key. No client, no day, no word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    /// The form of the envelope: 1.
    pub v: u8,
    /// With what it is sealed.
    pub suite: u8,
    /// To which of the organisation's keys.
    pub key: u32,
    /// The entry, under the identity that was made when the form opened (O1).
    pub entry: CommandId,
    /// Which revision of it; the highest is what was meant last.
    pub rev: u32,
    /// The phone's credential, one for each person on a phone.
    pub device: DeviceId,
    /// Who wrote it.
    pub person: PersonId,
}

impl Header {
    /// The header of a revision.
    #[must_use]
    pub fn new(key: u32, entry: CommandId, rev: u32, device: DeviceId, person: PersonId) -> Self {
        Self { v: 1, suite: SUITE, key, entry, rev, device, person }
    }
}

/// What is inside. Every form that was ever sealed can be opened for ever (O17): forms are added, none is changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Content {
    /// Something that is to happen: a `domain::sync::Command` as text.
    Command {
        /// The command.
        body: String,
        /// When it was written, by the phone's clock, in milliseconds since 1970 (O10).
        written_at: i64,
        /// Minutes by which the phone's zone is ahead of UTC.
        zone: i32,
    },
    /// A visit that is not finished: what stands in its form.
    Draft {
        /// The form.
        fields: Box<VisitFields>,
        /// Which visit it amends.
        amends: Option<Amended>,
        /// When it was touched, by the phone's clock; later ones win.
        turn: i64,
    },
}

/// An envelope that the phone has yet to sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsigned(String);

impl Unsigned {
    /// What is signed: ECDSA over P-256 with SHA-256, the signature as 64 bytes.
    #[must_use]
    pub fn to_sign(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// The whole envelope.
    #[must_use]
    pub fn signed(self, signature: &[u8]) -> Envelope {
        Envelope(format!("{}.{}", self.0, BASE64.encode(signature)))
    }
}

/// A whole envelope: its text never changes again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Envelope(pub String);

/// The parts of an envelope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// The header.
    pub header: Header,
    /// The header as it came: bound to what is sealed.
    header_text: String,
    /// The encapsulated key and what is sealed.
    sealed: Vec<u8>,
    /// What the signature covers.
    covered: String,
    /// The signature.
    signature: Vec<u8>,
}

/// Why an envelope can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is no envelope, or one of a form that nobody knows here.
    Form,
    /// The key to which it was sealed is not there.
    Key,
    /// It was changed, or sealed to another key than its header says.
    Seal,
    /// What is inside is nothing that is known here.
    Content,
}

impl Envelope {
    /// SHA-256 of the text, in hexadecimal: by this and its entry's identity an answer means this envelope.
    #[must_use]
    pub fn sha256(&self) -> String {
        domain::sync::hex(&Sha256::digest(self.0.as_bytes()))
    }

    /// Takes an envelope apart.
    ///
    /// # Errors
    /// [`Unreadable::Form`] when it is none.
    pub fn parts(&self) -> Result<Signed, Unreadable> {
        let (covered, signature) = self.0.rsplit_once('.').ok_or(Unreadable::Form)?;
        let (header_text, sealed) = covered.split_once('.').ok_or(Unreadable::Form)?;
        let bytes = |text: &str| BASE64.decode(text).map_err(|_| Unreadable::Form);
        let header: Header = serde_json::from_slice(&bytes(header_text)?).map_err(|_| Unreadable::Form)?;
        if header.v != 1 || header.suite != SUITE {
            return Err(Unreadable::Form);
        }
        Ok(Signed {
            header,
            header_text: header_text.to_owned(),
            sealed: bytes(sealed)?,
            covered: covered.to_owned(),
            signature: bytes(signature)?,
        })
    }
}

/// Seals what was written to a public key of the organisation. `seed` is fresh chance, used for nothing else.
///
/// # Errors
/// [`Unreadable::Key`] when the key is none.
pub fn seal(
    header: &Header,
    content: &Content,
    public_key: &[u8],
    seed: [u8; SEED_LEN],
) -> Result<Unsigned, Unreadable> {
    let key = <Kem as hpke::Kem>::PublicKey::from_bytes(public_key).map_err(|_| Unreadable::Key)?;
    let header = serde_json::to_string(header).map_err(|_| Unreadable::Form)?;
    let header = BASE64.encode(header);
    let text = padded(serde_json::to_vec(content).map_err(|_| Unreadable::Content)?);
    let (encapsulated, sealed) = hpke::single_shot_seal_with_rng::<AesGcm256, HkdfSha256, Kem>(
        &OpModeS::Base,
        &key,
        INFO,
        &text,
        header.as_bytes(),
        &mut Chance::of(seed),
    )
    .map_err(|_| Unreadable::Seal)?;
    let mut bytes = encapsulated.to_bytes().to_vec();
    bytes.extend(sealed);
    Ok(Unsigned(format!("{header}.{}", BASE64.encode(bytes))))
}

/// Spaces at the end, which a reader of JSON passes over.
fn padded(mut text: Vec<u8>) -> Vec<u8> {
    let largest = SIZES[SIZES.len() - 1];
    let size = SIZES.into_iter().find(|size| *size >= text.len());
    text.resize(size.unwrap_or_else(|| text.len().next_multiple_of(largest)), b' ');
    text
}

/// Chance drawn from a seed: the stream of SHA-256 over the seed and a counter.
struct Chance {
    seed: [u8; SEED_LEN],
    turn: u64,
}

impl Chance {
    fn of(seed: [u8; SEED_LEN]) -> Self {
        Self { seed, turn: 0 }
    }
}

impl TryRng for Chance {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        let mut bytes = [0; 4];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        let mut bytes = [0; 8];
        self.try_fill_bytes(&mut bytes)?;
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, to: &mut [u8]) -> Result<(), Infallible> {
        for chunk in to.chunks_mut(32) {
            let mut block = Sha256::new();
            block.update(self.seed);
            block.update(self.turn.to_le_bytes());
            self.turn += 1;
            chunk.copy_from_slice(&block.finalize()[..chunk.len()]);
        }
        Ok(())
    }
}

impl TryCryptoRng for Chance {}

/// A private key of the organisation, as its 32 bytes.
#[cfg(feature = "server")]
#[derive(Clone)]
pub struct PrivateKey([u8; 32]);

#[cfg(feature = "server")]
impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PrivateKey(***)")
    }
}

#[cfg(feature = "server")]
impl PrivateKey {
    /// A key that was kept.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// Its bytes, to be kept where no database and no backup of one comes.
    #[must_use]
    pub fn reveal(&self) -> &[u8; 32] {
        &self.0
    }

    /// The public key that belongs to it.
    ///
    /// # Errors
    /// [`Unreadable::Key`] when the bytes are no key.
    pub fn public(&self) -> Result<Vec<u8>, Unreadable> {
        let key = <Kem as hpke::Kem>::PrivateKey::from_bytes(&self.0).map_err(|_| Unreadable::Key)?;
        Ok(Kem::sk_to_pk(&key).to_bytes().to_vec())
    }
}

/// A new key pair, out of 32 bytes of fresh chance.
#[cfg(feature = "server")]
#[must_use]
pub fn new_key(seed: [u8; SEED_LEN]) -> PrivateKey {
    let (private, _) = Kem::gen_keypair_with_rng(&mut Chance::of(seed));
    let mut bytes = [0; 32];
    bytes.copy_from_slice(&private.to_bytes());
    PrivateKey(bytes)
}

/// Opens an envelope.
///
/// # Errors
/// When it was changed, was sealed to another key, or holds what nobody knows here.
#[cfg(feature = "server")]
pub fn open(signed: &Signed, key: &PrivateKey) -> Result<Content, Unreadable> {
    use hpke::OpModeR;
    let key = <Kem as hpke::Kem>::PrivateKey::from_bytes(&key.0).map_err(|_| Unreadable::Key)?;
    let size = <Kem as hpke::Kem>::EncappedKey::size();
    let (encapsulated, sealed) = signed.sealed.split_at_checked(size).ok_or(Unreadable::Form)?;
    let encapsulated =
        <Kem as hpke::Kem>::EncappedKey::from_bytes(encapsulated).map_err(|_| Unreadable::Form)?;
    let text = hpke::single_shot_open::<AesGcm256, HkdfSha256, Kem>(
        &OpModeR::Base,
        &key,
        &encapsulated,
        INFO,
        sealed,
        signed.header_text.as_bytes(),
    )
    .map_err(|_| Unreadable::Seal)?;
    serde_json::from_slice(&text).map_err(|_| Unreadable::Content)
}

/// Was it signed with the private key of this public one (SEC1, uncompressed)?
#[cfg(feature = "server")]
#[must_use]
pub fn proves(signed: &Signed, public_key: &[u8]) -> bool {
    use p256::ecdsa::signature::Verifier;
    use p256::ecdsa::{Signature, VerifyingKey};
    let key = VerifyingKey::from_sec1_bytes(public_key);
    let signature = Signature::from_slice(&signed.signature);
    match (key, signature) {
        (Ok(key), Ok(signature)) => key.verify(signed.covered.as_bytes(), &signature).is_ok(),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use p256::ecdsa::SigningKey;
    use p256::ecdsa::signature::Signer;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn header() -> Header {
        let id = Uuid::from_u128;
        Header::new(7, CommandId(id(1)), 2, DeviceId(id(3)), PersonId(id(4)))
    }

    fn command(body: &str) -> Content {
        Content::Command { body: body.to_owned(), written_at: 1, zone: 120 }
    }

    fn phone() -> SigningKey {
        SigningKey::from_slice(&[9; 32]).unwrap()
    }

    fn sealed(content: &Content, seed: u8) -> Envelope {
        let public = new_key([5; 32]).public().unwrap();
        let unsigned = seal(&header(), content, &public, [seed; 32]).unwrap();
        let signature: p256::ecdsa::Signature = phone().sign(unsigned.to_sign());
        unsigned.signed(&signature.to_bytes())
    }

    #[test]
    fn only_the_organisations_key_opens_an_envelope() {
        let content = command("Salme soittaa maanantaina");
        let parts = sealed(&content, 1).parts().unwrap();
        assert_eq!(parts.header, header());
        assert_eq!(open(&parts, &new_key([5; 32])), Ok(content));
        assert_eq!(open(&parts, &new_key([6; 32])), Err(Unreadable::Seal));
    }

    #[test]
    fn the_phones_signature_says_who_sealed_it() {
        let parts = sealed(&command("a"), 1).parts().unwrap();
        let own = phone().verifying_key().to_sec1_point(false);
        assert!(proves(&parts, own.as_bytes()));
        let other = SigningKey::from_slice(&[8; 32]).unwrap().verifying_key().to_sec1_point(false);
        assert!(!proves(&parts, other.as_bytes()));
    }

    #[test]
    fn a_changed_letter_is_found_wherever_it_stands() {
        let envelope = sealed(&command("a"), 1);
        let key = new_key([5; 32]);
        let own = phone().verifying_key().to_sec1_point(false);
        for at in 0..envelope.0.len() {
            let mut bytes = envelope.0.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let changed = Envelope(String::from_utf8(bytes).unwrap());
            let passes = changed
                .parts()
                .is_ok_and(|parts| proves(&parts, own.as_bytes()) && open(&parts, &key).is_ok());
            assert!(!passes, "a changed letter at {at}");
        }
    }

    #[test]
    fn the_length_tells_no_more_than_a_class() {
        let lengths: Vec<usize> =
            [0, 10, 300].map(|len| sealed(&command(&"a".repeat(len)), 1).0.len()).to_vec();
        assert_eq!(lengths[0], lengths[1]);
        assert_eq!(lengths[0], lengths[2]);
        assert!(sealed(&command(&"a".repeat(600)), 1).0.len() > lengths[0]);
        assert_eq!(padded(vec![b'a'; 8193]).len(), 16384);
    }

    #[test]
    fn each_seal_is_another() {
        assert_ne!(sealed(&command("a"), 1), sealed(&command("a"), 2));
    }

    /// RFC 9180, A.1.1: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, with AES-128-GCM, the first message in base mode.
    /// The vectors of our own suite are in the crate's tests; this one shows that key schedule and encapsulation are
    /// the RFC's here, too.
    #[test]
    fn the_vector_of_the_rfc_opens() {
        use hpke::OpModeR;
        let bytes = |text: &str| -> Vec<u8> {
            (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect()
        };
        let key = bytes("4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8");
        let encapsulated = bytes("37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431");
        let info = bytes("4f6465206f6e2061204772656369616e2055726e");
        let aad = bytes("436f756e742d30");
        let sealed = bytes(
            "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a",
        );
        let text = hpke::single_shot_open::<hpke::aead::AesGcm128, HkdfSha256, Kem>(
            &OpModeR::Base,
            &<Kem as hpke::Kem>::PrivateKey::from_bytes(&key).unwrap(),
            &<Kem as hpke::Kem>::EncappedKey::from_bytes(&encapsulated).unwrap(),
            &info,
            &sealed,
            &aad,
        );
        assert_eq!(text.unwrap(), b"Beauty is truth, truth beauty");
    }

    proptest! {
        #[test]
        fn whatever_was_written_comes_out_again(body in "\\PC{0,2000}", seed: [u8; 32]) {
            let key = new_key([5; 32]);
            let content = command(&body);
            let unsigned = seal(&header(), &content, &key.public().unwrap(), seed).unwrap();
            let parts = unsigned.signed(&[0; 64]).parts().unwrap();
            prop_assert_eq!(open(&parts, &key), Ok(content));
        }

        #[test]
        fn no_text_is_taken_for_an_envelope(text in "\\PC{0,300}") {
            prop_assert!(Envelope(text).parts().is_err());
        }
    }
}
