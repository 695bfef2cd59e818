//! Envelopes that older versions sealed open for ever (O17): each file of `golden` is one release's, and none is ever changed
//! or taken away. A new form of what is sealed gets a new file: `RINNALLA_GOLDEN=NAME cargo test -p outbox --test golden`.

use domain::ids::{CommandId, DeviceId, PersonId};
use domain::visits::{Amended, VisitFields};
use outbox::{Content, Envelope, Header, PrivateKey, new_key, open, proves, seal};
use p256::ecdsa::signature::Signer;
use p256::ecdsa::{Signature, SigningKey};
use serde::{Deserialize, Serialize};
use std::fs;
use std::path::{Path, PathBuf};
use uuid::Uuid;

#[derive(Serialize, Deserialize)]
struct Golden {
    /// The organisation's private key, made for this alone.
    private: [u8; 32],
    /// The phone's public key.
    phone: Vec<u8>,
    sealed: Vec<Sealed>,
}

#[derive(Serialize, Deserialize)]
struct Sealed {
    envelope: Envelope,
    /// What was sealed in it, as it reads today.
    content: Content,
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden")
}

/// Every form that a version seals.
fn contents() -> Vec<Content> {
    let command =
        |body: &str| Content::Command { body: body.to_owned(), written_at: 1_794_988_800_000, zone: 120 };
    let fields =
        VisitFields { summary: "Kesken jäi".to_owned(), minutes: "20".to_owned(), ..VisitFields::default() };
    let amended = Amended { visit: Uuid::from_u128(7).into(), version: 2 };
    let draft = |amends| Content::Draft { fields: Box::new(fields.clone()), amends, turn: 5 };
    vec![
        command(r#"{"kind":"withdraw_visit","visit":"00000000-0000-0000-0000-000000000007"}"#),
        draft(None),
        draft(Some(amended)),
    ]
}

fn write(name: &str) {
    let key = new_key([5; 32]);
    let phone = SigningKey::from_slice(&[9; 32]).unwrap();
    let public = key.public().unwrap();
    let sealed = (1..).zip(contents()).map(|(number, content)| {
        let id = Uuid::from_u128(u128::from(number));
        let header = Header::new(1, CommandId(id), u32::from(number), DeviceId(id), PersonId(id));
        let unsigned = seal(&header, &content, &public, [number; 32]).unwrap();
        let signature: Signature = phone.sign(unsigned.to_sign());
        Sealed { envelope: unsigned.signed(&signature.to_bytes()), content }
    });
    let golden = Golden {
        private: *key.reveal(),
        phone: phone.verifying_key().to_sec1_point(false).as_bytes().to_vec(),
        sealed: sealed.collect(),
    };
    let text = serde_json::to_string_pretty(&golden).unwrap();
    fs::write(folder().join(name).with_extension("json"), text + "\n").unwrap();
}

#[test]
fn what_older_versions_sealed_opens_for_ever() {
    if let Ok(name) = std::env::var("RINNALLA_GOLDEN") {
        write(&name);
    }
    let mut read = 0;
    for file in fs::read_dir(folder()).unwrap() {
        let path = file.unwrap().path();
        let golden: Golden = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
        let key = PrivateKey::from_bytes(golden.private);
        for Sealed { envelope, content } in golden.sealed {
            let parts = envelope.parts().unwrap();
            assert!(proves(&parts, &golden.phone), "{}", path.display());
            assert_eq!(open(&parts, &key), Ok(content), "{}", path.display());
            read += 1;
        }
    }
    assert!(read >= 3, "{read} envelopes");
}
