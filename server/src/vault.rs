//! The vault: keys of persons and firms, and what is sealed under them.
//!
//! Every person has a data key of their own; it is a row of the store, wrapped by the one wrapping key in DIR/keys. Destroying the
//! row destroys everything sealed under it, in every backup too. The vault knows nothing of the store.

pub(crate) mod backup;
pub(crate) mod folder;

use std::{fmt, io, path::PathBuf};

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use offer::ledger::Digest;

use crate::fresh::{self, NoRandomness};

/// The length of a wrapped key: nonce, key, tag.
pub(crate) const WRAPPED_BYTES: usize = KEY_BYTES + SEALED_MORE_BYTES;

/// How many bytes sealing adds: nonce and tag.
pub(crate) const SEALED_MORE_BYTES: usize = NONCE_BYTES + TAG_BYTES;

const KEY_BYTES: usize = 32;
const NONCE_BYTES: usize = 24;
const TAG_BYTES: usize = 16;

/// What can be wrong with keys and sealed bytes.
#[derive(Debug)]
pub(crate) enum VaultError {
    /// There are no random numbers for a key or a nonce.
    NoRandomness,
    /// There is no wrapping key in the folder. It is made at the first start only: a new one opens nothing that exists.
    KeyMissing(PathBuf),
    /// There is a wrapping key already; it is never replaced.
    KeyExists(PathBuf),
    /// The key file is not 32 bytes long.
    KeyDamaged(PathBuf),
    /// Others than the owner of the key file may read or write it.
    KeyExposed(PathBuf),
    /// The bytes were sealed under another key or for another place, or were altered.
    DoesNotOpen,
    /// The bytes are longer than the cipher takes.
    TooLong,
    /// The backup is not one of ours, is damaged, or is of a later version.
    BackupUnreadable(PathBuf),
    /// The backup would lie within the data that it has to outlive.
    BackupBesideTheData(PathBuf),
    /// The file system refuses.
    File(PathBuf, io::Error),
}

impl fmt::Display for VaultError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRandomness => NoRandomness.fmt(f),
            Self::KeyMissing(path) => write!(f, "{}: the wrapping key is missing; restore it from its backup", path.display()),
            Self::KeyExists(path) => write!(f, "{}: there is a wrapping key already", path.display()),
            Self::KeyDamaged(path) => write!(f, "{}: the wrapping key is damaged; restore it from its backup", path.display()),
            Self::KeyExposed(path) => write!(f, "{}: others may read or write the wrapping key; chmod it to 600", path.display()),
            Self::DoesNotOpen => f.write_str("sealed bytes do not open"),
            Self::TooLong => f.write_str("too long to be sealed"),
            Self::BackupUnreadable(path) => write!(f, "{}: not a keys backup, or a damaged one", path.display()),
            Self::BackupBesideTheData(path) => write!(f, "{}: keys have to be backed up apart from the data", path.display()),
            Self::File(path, error) => write!(f, "{}: {error}", path.display()),
        }
    }
}

impl std::error::Error for VaultError {}

impl From<NoRandomness> for VaultError {
    fn from(_: NoRandomness) -> Self {
        Self::NoRandomness
    }
}

/// Where sealed bytes belong. Bytes that were moved to another place do not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place<'a> {
    /// The private part of an event.
    Event {
        /// The firm.
        firm: &'a str,
        /// The stream.
        stream: &'a str,
        /// The event's place in it.
        stream_seq: u64,
    },
    /// The entries of a draft.
    Draft {
        /// The firm.
        firm: &'a str,
        /// The offer that is drafted.
        offer: &'a str,
    },
    /// The fields of a refused form, kept for an hour.
    Form {
        /// The firm.
        firm: &'a str,
        /// The form's unguessable id.
        id: &'a str,
    },
    /// A stored document.
    Document {
        /// The firm.
        firm: &'a str,
        /// The digest of the clear bytes.
        digest: Digest,
    },
    /// Anything else that waits in a row: a mail in the outbox, a projection of a name.
    Row {
        /// The firm.
        firm: &'a str,
        /// The table.
        table: &'a str,
        /// The row's key.
        key: &'a str,
    },
}

impl Place<'_> {
    /// The text that is authenticated along with the bytes.
    fn text(&self) -> Vec<u8> {
        match self {
            Self::Event { firm, stream, stream_seq } => joined(&["event", firm, stream, &stream_seq.to_string()]),
            Self::Draft { firm, offer } => joined(&["draft", firm, offer]),
            Self::Form { firm, id } => joined(&["form", firm, id]),
            Self::Document { firm, digest } => joined(&["document", firm, &digest.to_string()]),
            Self::Row { firm, table, key } => joined(&["row", firm, table, key]),
        }
    }
}

/// Whose data key it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum KeyOwner<'a> {
    /// A person: staff, client contact or candidate.
    Person {
        /// The firm.
        firm: &'a str,
        /// The person.
        person: &'a str,
    },
    /// The firm: drafts, documents and forms, which are deleted as rows.
    Firm {
        /// The firm.
        firm: &'a str,
    },
}

impl KeyOwner<'_> {
    fn text(&self) -> Vec<u8> {
        match self {
            Self::Person { firm, person } => joined(&["person key", firm, person]),
            Self::Firm { firm } => joined(&["firm key", firm]),
        }
    }
}

/// The parts behind their lengths: no two lists of parts give the same bytes, whatever stands in them.
fn joined(parts: &[&str]) -> Vec<u8> {
    let mut text = Vec::new();
    for part in parts {
        text.extend(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        text.extend(part.as_bytes());
    }
    text
}

/// 32 secret bytes; never shown, and overwritten when dropped as far as safe Rust can.
struct Secret([u8; KEY_BYTES]);

impl Secret {
    fn new() -> Result<Self, NoRandomness> {
        fresh::bytes().map(Self)
    }

    fn seal(&self, place: &[u8], clear: &[u8]) -> Result<Vec<u8>, VaultError> {
        let nonce: [u8; NONCE_BYTES] = fresh::bytes()?;
        let cipher = XChaCha20Poly1305::new(&self.0.into());
        let sealed = cipher.encrypt(&XNonce::from(nonce), Payload { msg: clear, aad: place }).map_err(|_| VaultError::TooLong)?;
        Ok([&nonce[..], &sealed].concat())
    }

    fn open(&self, place: &[u8], sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(VaultError::DoesNotOpen)?;
        let cipher = XChaCha20Poly1305::new(&self.0.into());
        cipher.decrypt(&XNonce::from(*nonce), Payload { msg: sealed, aad: place }).map_err(|_| VaultError::DoesNotOpen)
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.fill(0);
        std::hint::black_box(&self.0);
    }
}

/// A key that seals the bytes of one person or one firm.
pub(crate) struct DataKey(Secret);

impl DataKey {
    /// A new key.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`].
    pub(crate) fn new() -> Result<Self, VaultError> {
        Ok(Self(Secret::new()?))
    }

    /// Seals bytes for one place: a random nonce of 24 bytes, then the ciphertext with its tag (XChaCha20-Poly1305).
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`], [`VaultError::TooLong`].
    pub(crate) fn seal(&self, place: &Place<'_>, clear: &[u8]) -> Result<Vec<u8>, VaultError> {
        self.0.seal(&place.text(), clear)
    }

    /// Opens what was sealed under this key for this place.
    ///
    /// # Errors
    /// [`VaultError::DoesNotOpen`] for anything else.
    pub(crate) fn open(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, VaultError> {
        self.0.open(&place.text(), sealed)
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(..)")
    }
}

/// The wrapping key of this installation, unlocked.
pub(crate) struct Vault {
    wrapping: Secret,
}

impl Vault {
    /// Wraps a data key for its row in the store: [`WRAPPED_BYTES`] bytes.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`].
    pub(crate) fn wrap(&self, owner: &KeyOwner<'_>, key: &DataKey) -> Result<Vec<u8>, VaultError> {
        self.wrapping.seal(&owner.text(), &key.0.0)
    }

    /// The data key of a row.
    ///
    /// # Errors
    /// [`VaultError::DoesNotOpen`] if it is another owner's, or was wrapped by another installation.
    pub(crate) fn unwrap(&self, owner: &KeyOwner<'_>, wrapped: &[u8]) -> Result<DataKey, VaultError> {
        let clear = self.wrapping.open(&owner.text(), wrapped)?;
        clear.try_into().map(|key| DataKey(Secret(key))).map_err(|_| VaultError::DoesNotOpen)
    }

    /// What names the wrapping key without telling it.
    pub(crate) fn fingerprint(&self) -> Digest {
        Digest::of(&[b"countersign wrapping key".as_slice(), &self.wrapping.0].concat())
    }
}

impl fmt::Debug for Vault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Vault(..)")
    }
}

#[cfg(test)]
mod tests {
    use offer::{
        ledger::{ActorKind, AuthLevel, Envelope, EnvelopeActor, StoredRow, Verdict, canonical, payload_commitment, verify},
        private::{Private, join, split},
    };
    use serde_json::{Value, json};

    use super::*;

    const PLACE: Place<'_> = Place::Event { firm: "default", stream: "s-1", stream_seq: 1 };
    const ANA: KeyOwner<'_> = KeyOwner::Person { firm: "default", person: "ana" };

    fn a_vault() -> Vault {
        Vault { wrapping: Secret::new().unwrap() }
    }

    fn does_not_open<T>(result: Result<T, VaultError>) -> bool {
        matches!(result, Err(VaultError::DoesNotOpen))
    }

    /// draft-irtf-cfrg-xchacha-03, appendix A.3.1.
    #[test]
    fn the_cipher_is_xchacha20_poly1305() {
        let key = Secret(std::array::from_fn(|n| 0x80 + u8::try_from(n).unwrap()));
        let place = [0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7];
        let nonce: [u8; 24] = std::array::from_fn(|n| 0x40 + u8::try_from(n).unwrap());
        let clear = b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.";
        let sealed = offer::ledger::hex::decode::<130>(concat!(
            "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb",
            "731c7f1b0b4aa6440bf3a82f4eda7e39ae64c6708c54c216cb96b72e1213b452",
            "2f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9",
            "21f9664c97637da9768812f615c68b13b52e",
            "c0875924c1c7987947deafd8780acf49"
        ))
        .unwrap();
        assert_eq!(key.open(&place, &[&nonce[..], &sealed].concat()).unwrap(), clear);
    }

    #[test]
    fn what_is_sealed_opens_in_its_place_and_nowhere_else() {
        let key = DataKey::new().unwrap();
        let sealed = key.seal(&PLACE, b"Ana Ruiz").unwrap();
        assert_eq!(key.open(&PLACE, &sealed).unwrap(), b"Ana Ruiz");
        let digest = Digest::of(b"x");
        for other in [
            Place::Event { firm: "default", stream: "s-1", stream_seq: 2 },
            Place::Event { firm: "default", stream: "s-2", stream_seq: 1 },
            Place::Event { firm: "other", stream: "s-1", stream_seq: 1 },
            Place::Event { firm: "defaults", stream: "-1", stream_seq: 1 },
            Place::Draft { firm: "default", offer: "s-1" },
            Place::Form { firm: "default", id: "s-1" },
            Place::Document { firm: "default", digest },
            Place::Row { firm: "default", table: "s-1", key: "1" },
        ] {
            assert!(does_not_open(key.open(&other, &sealed)), "{other:?}");
        }
        assert!(does_not_open(DataKey::new().unwrap().open(&PLACE, &sealed)));
    }

    #[test]
    fn sealed_bytes_with_one_bit_changed_or_cut_do_not_open() {
        let key = DataKey::new().unwrap();
        let sealed = key.seal(&PLACE, b"Ana").unwrap();
        for byte in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[byte] ^= 1;
            assert!(does_not_open(key.open(&PLACE, &altered)));
            assert!(does_not_open(key.open(&PLACE, &sealed[..byte])));
        }
    }

    #[test]
    fn the_same_bytes_are_never_sealed_alike() {
        let key = DataKey::new().unwrap();
        assert_ne!(key.seal(&PLACE, b"Ana").unwrap(), key.seal(&PLACE, b"Ana").unwrap());
        assert_eq!(key.open(&PLACE, &key.seal(&PLACE, b"").unwrap()).unwrap(), b"");
    }

    #[test]
    fn a_wrapped_key_is_its_owners_only() {
        let vault = a_vault();
        let key = DataKey::new().unwrap();
        let sealed = key.seal(&PLACE, b"Ana Ruiz").unwrap();
        let wrapped = vault.wrap(&ANA, &key).unwrap();
        assert_eq!(wrapped.len(), WRAPPED_BYTES);
        assert_eq!(vault.unwrap(&ANA, &wrapped).unwrap().open(&PLACE, &sealed).unwrap(), b"Ana Ruiz");
        for other in [
            KeyOwner::Person { firm: "default", person: "bo" },
            KeyOwner::Person { firm: "other", person: "ana" },
            KeyOwner::Firm { firm: "default" },
        ] {
            assert!(does_not_open(vault.unwrap(&other, &wrapped)), "{other:?}");
        }
        assert!(does_not_open(a_vault().unwrap(&ANA, &wrapped)));
    }

    #[test]
    fn keys_do_not_show_in_a_log() {
        assert_eq!(format!("{:?} {:?}", a_vault(), DataKey::new().unwrap()), "Vault(..) DataKey(..)");
    }

    #[test]
    fn the_history_of_an_erased_person_still_verifies_and_tells_nothing_of_them() {
        let event = json!({"type": "drafted", "rate": 6250, "salt": "00", "name": Private::Kept("Ana Ruiz")});
        let parts = split(event.clone()).unwrap();
        let open = canonical(&parts.open).unwrap();
        let key = DataKey::new().unwrap();
        let sealed = key.seal(&PLACE, parts.private.unwrap().to_string().as_bytes()).unwrap();
        let envelope = Envelope {
            v: 1,
            firm: "default".into(),
            stream: "s-1".into(),
            stream_seq: 1,
            prev: Digest::ZERO,
            kind: "drafted".into(),
            type_v: 1,
            at: "2026-11-20T16:52:04.000001Z".into(),
            actor: EnvelopeActor { kind: ActorKind::Person, id: "p".into(), on_behalf_of: None, auth_level: AuthLevel::Password },
            request: "r".into(),
            playbook: 1,
            payload_commitment: payload_commitment(open.as_bytes(), &sealed),
        };
        let text = envelope.text().unwrap();
        let row = StoredRow { envelope: text.as_bytes(), open: open.as_bytes(), sealed: Some(&sealed) };

        let private: Value = serde_json::from_slice(&key.open(&PLACE, &sealed).unwrap()).unwrap();
        assert_eq!(join(parts.open.clone(), Some(private)).unwrap(), event);

        drop(key); // the erasure: nobody has the key any more
        assert!(matches!(verify("default", "s-1", [row]), Verdict::Whole { .. }));
        let left = join(parts.open, None).unwrap();
        assert_eq!(left["rate"], 6250);
        assert_eq!(serde_json::from_value::<Private<String>>(left["name"].clone()).unwrap(), Private::Erased);
        let stored = [text.as_bytes(), open.as_bytes(), &sealed].concat();
        assert!(!stored.windows(3).any(|window| window == b"Ana"));
    }
}
