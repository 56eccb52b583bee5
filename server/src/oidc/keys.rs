//! The keys of a provider (RFC 7517), and what they sign.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED, ED25519, RSA_PKCS1_2048_8192_SHA256, RSA_PSS_2048_8192_SHA256, RsaPublicKeyComponents, UnparsedPublicKey,
};
use serde::Deserialize;

/// A signature that is taken. Not `none`, and none that is made with a secret which both sides hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Algorithm {
    /// RSA with SHA-256, which every provider has.
    Rs256,
    /// RSA-PSS with SHA-256.
    Ps256,
    /// ECDSA on P-256.
    Es256,
    /// Ed25519.
    EdDsa,
}

impl Algorithm {
    /// By its name in the head of a token; nothing for any other.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "RS256" => Self::Rs256,
            "PS256" => Self::Ps256,
            "ES256" => Self::Es256,
            "EdDSA" => Self::EdDsa,
            _ => return None,
        })
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Rs256 => "RS256",
            Self::Ps256 => "PS256",
            Self::Es256 => "ES256",
            Self::EdDsa => "EdDSA",
        }
    }

    /// Type and curve of the keys that sign so.
    const fn kind(self) -> (&'static str, Option<&'static str>) {
        match self {
            Self::Rs256 | Self::Ps256 => ("RSA", None),
            Self::Es256 => ("EC", Some("P-256")),
            Self::EdDsa => ("OKP", Some("Ed25519")),
        }
    }
}

/// The keys of a provider. Kinds that we do not know are passed over.
#[derive(Debug, Default, Deserialize)]
pub(super) struct KeySet {
    keys: Vec<serde_json::Value>,
}

#[derive(Debug, Deserialize)]
struct Key {
    kty: String,
    kid: Option<String>,
    #[serde(rename = "use")]
    used_for: Option<String>,
    alg: Option<String>,
    crv: Option<String>,
    n: Option<String>,
    e: Option<String>,
    x: Option<String>,
    y: Option<String>,
}

impl KeySet {
    /// Whether the key that a token names, or without a name the one key that could have, made this signature.
    pub(super) fn signed(&self, algorithm: Algorithm, kid: Option<&str>, message: &[u8], signature: &[u8]) -> Result<(), &'static str> {
        let keys = self.keys.iter().filter_map(|key| serde_json::from_value::<Key>(key.clone()).ok());
        let mut fitting = keys.filter(|key| key.may_sign(algorithm) && (kid.is_none() || key.kid.as_deref() == kid));
        match (fitting.next(), fitting.next()) {
            (Some(key), None) if key.signed(algorithm, message, signature) => Ok(()),
            (Some(_), None) => Err("signature"),
            _ => Err("key"),
        }
    }
}

impl Key {
    fn may_sign(&self, algorithm: Algorithm) -> bool {
        let (kind, curve) = algorithm.kind();
        self.kty == kind
            && self.crv.as_deref() == curve
            && self.used_for.as_deref().is_none_or(|used_for| used_for == "sig")
            && self.alg.as_deref().is_none_or(|alg| alg == algorithm.name())
    }

    fn signed(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        let number = |text: &Option<String>| URL_SAFE_NO_PAD.decode(text.as_deref()?).ok();
        match algorithm {
            Algorithm::Rs256 | Algorithm::Ps256 => {
                let (Some(n), Some(e)) = (number(&self.n), number(&self.e)) else { return false };
                let by = if algorithm == Algorithm::Rs256 { &RSA_PKCS1_2048_8192_SHA256 } else { &RSA_PSS_2048_8192_SHA256 };
                RsaPublicKeyComponents { n: without_zeros(&n), e: without_zeros(&e) }.verify(by, message, signature).is_ok()
            }
            Algorithm::Es256 => {
                let (Some(x), Some(y)) = (number(&self.x), number(&self.y)) else { return false };
                // an uncompressed point
                let point = [&[4][..], &x, &y].concat();
                UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point).verify(message, signature).is_ok()
            }
            Algorithm::EdDsa => number(&self.x).is_some_and(|x| UnparsedPublicKey::new(&ED25519, x).verify(message, signature).is_ok()),
        }
    }
}

/// Some write a number with zeros before it.
fn without_zeros(number: &[u8]) -> &[u8] {
    let zeros = number.iter().take_while(|byte| **byte == 0).count();
    number.get(zeros..).unwrap_or_default()
}
