//! The ID token: every check of OpenID Connect Core 1.0, 3.1.3.7, and none left to the provider's good will.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::Value;

use super::{
    Question,
    keys::{Algorithm, KeySet},
};

/// How far two clocks may be apart.
const SKEW_SECONDS: i64 = 60;
/// The longest name of a subject (OpenID Connect Core 1.0, 2).
const SUBJECT_BYTES_MAX: usize = 255;

/// What a token must say.
pub(super) struct Expected<'a> {
    pub(super) issuer: &'a str,
    pub(super) client_id: &'a str,
    pub(super) question: &'a Question,
    /// Now, in seconds of 1970.
    pub(super) now: i64,
}

/// What is read of a token. An address of keys in its head (`jku`, `x5u`, `jwk`) is not.
#[derive(Deserialize)]
struct Head {
    alg: String,
    kid: Option<String>,
    /// What one must understand to read it; we understand nothing but what is here.
    crit: Option<Value>,
}

/// What a token says.
#[derive(Debug, Deserialize)]
pub(super) struct Claims {
    iss: String,
    pub(super) sub: String,
    aud: Audience,
    azp: Option<String>,
    exp: i64,
    iat: i64,
    nbf: Option<i64>,
    nonce: Option<String>,
    pub(super) auth_time: Option<i64>,
    #[serde(default)]
    pub(super) amr: Vec<String>,
    pub(super) email: Option<String>,
    /// A boolean, where somebody keeps to the standard.
    pub(super) email_verified: Option<Value>,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Audience {
    /// For us, and for nobody else: somebody who may use it too may bring it here.
    fn is(&self, client_id: &str) -> bool {
        match self {
            Self::One(one) => one == client_id,
            Self::Several(several) => several.iter().eq([client_id]),
        }
    }
}

/// The claims of a token that a provider made for this question; else the name of the first check that it fails.
pub(super) fn verified(token: &str, keys: &KeySet, expected: &Expected<'_>) -> Result<Claims, &'static str> {
    let (signed, signature) = token.rsplit_once('.').ok_or("form")?;
    let (head, claims) = signed.split_once('.').ok_or("form")?;
    let decoded = |text: &str| URL_SAFE_NO_PAD.decode(text).map_err(|_| "form");
    let head: Head = serde_json::from_slice(&decoded(head)?).map_err(|_| "form")?;
    let algorithm = Algorithm::named(&head.alg).ok_or("algorithm")?;
    if head.crit.is_some() {
        return Err("critical");
    }
    keys.signed(algorithm, head.kid.as_deref(), signed.as_bytes(), &decoded(signature)?)?;
    let claims: Claims = serde_json::from_slice(&decoded(claims)?).map_err(|_| "claims")?;
    checked(claims, expected)
}

fn checked(claims: Claims, expected: &Expected<'_>) -> Result<Claims, &'static str> {
    let (earliest, latest) = (expected.now.saturating_sub(SKEW_SECONDS), expected.now.saturating_add(SKEW_SECONDS));
    let is_subject = !claims.sub.is_empty() && claims.sub.len() <= SUBJECT_BYTES_MAX && !claims.sub.contains('\0');
    for (holds, check) in [
        (claims.iss == expected.issuer, "issuer"),
        (claims.aud.is(expected.client_id) && claims.azp.as_deref().is_none_or(|azp| azp == expected.client_id), "audience"),
        (claims.nonce.as_deref() == Some(&expected.question.nonce), "nonce"),
        (claims.exp > earliest, "expired"),
        (claims.iat <= latest && claims.nbf.is_none_or(|nbf| nbf <= latest), "not yet"),
        (claims.auth_time.is_none_or(|at| at <= latest), "not yet"),
        // whoever asks for it anew gets the time of it (3.1.2.1)
        (!expected.question.anew || claims.auth_time.is_some_and(|at| at >= claims.iat.saturating_sub(SKEW_SECONDS)), "not anew"),
        (is_subject, "subject"),
    ] {
        if !holds {
            return Err(check);
        }
    }
    Ok(claims)
}
