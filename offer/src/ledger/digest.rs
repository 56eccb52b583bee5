//! A SHA-256 value.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use sha2::{Digest as _, Sha256};

use super::hex;

/// A SHA-256 value; 64 lower-case hexadecimal digits in JSON and on screen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Digest(pub [u8; 32]);

impl Digest {
    /// What stands where there is nothing before: `prev` of the first event of a stream.
    pub const ZERO: Self = Self([0; 32]);

    /// The digest of these bytes.
    ///
    /// Only for what nobody can guess; anything else takes [`Digest::salted`]: a hash of a bill rate is a bill rate.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        Self::over(&[bytes])
    }

    /// The digest of a guessable value, under 16 random bytes that are kept with the value.
    #[must_use]
    pub fn salted(salt: &[u8; 16], bytes: &[u8]) -> Self {
        Self::over(&[salt, bytes])
    }

    /// The digest of a lower-case hexadecimal text, or `None` if it is not one.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        hex::decode(text).map(Self)
    }

    pub(super) fn over(parts: &[&[u8]]) -> Self {
        let mut hash = Sha256::new();
        for part in parts {
            hash.update(part);
        }
        Self(hash.finalize().into())
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(&self.0))
    }
}

impl fmt::Debug for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Digest({self})")
    }
}

impl Serialize for Digest {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Digest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| D::Error::custom("digest"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_sha_256_in_lower_case() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180-2, appendix B.1
        assert_eq!(Digest::of(b"abc").to_string(), abc);
        assert_eq!(serde_json::to_string(&Digest::of(b"abc")).unwrap(), format!("\"{abc}\""));
        assert_eq!(serde_json::from_str::<Digest>(&format!("\"{abc}\"")).unwrap(), Digest::of(b"abc"));
        assert!(serde_json::from_str::<Digest>(&format!("\"{}\"", abc.to_uppercase())).is_err());
    }

    #[test]
    fn the_same_value_under_another_salt_has_another_digest() {
        assert_ne!(Digest::salted(&[1; 16], b"62.50"), Digest::salted(&[2; 16], b"62.50"));
        assert_ne!(Digest::salted(&[1; 16], b"62.50"), Digest::of(b"62.50"));
    }
}
