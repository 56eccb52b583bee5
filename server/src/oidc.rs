//! The relying party of OpenID Connect: the authorization code flow with PKCE (RFC 7636), a nonce, and the issuer in the answer (RFC 9207).
//!
//! Nothing here knows who works for the firm. A provider vouches for a subject of its own; whose that is, identity decides. Of the provider's
//! tokens only the ID token is read, once; the others are dropped where they arrive. ([Why not a
//! library](../../docs/decisions/0015-signing-in-at-the-firms-provider.md))

mod id_token;
mod keys;
#[cfg(test)]
pub(crate) mod tests;

use std::{
    fmt,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use offer::ledger::Digest;
use serde::{Deserialize, Serialize};

use self::{
    id_token::{Claims, Expected},
    keys::KeySet,
};
use crate::{
    config::SsoSettings,
    egress::{Ask, Egress, NotHeard, Url},
    fresh::{NoRandomness, Token},
};

/// How long a provider's description of itself is believed.
const KNOWN_FOR: Duration = Duration::from_secs(600);
/// What of a subject is asked for: that there is one, and their address.
const SCOPE: &str = "openid email";
/// What a provider says of how it authenticated (RFC 8176) that is more than a password.
const SECOND_FACTORS: [&str; 3] = ["mfa", "otp", "hwk"];

/// Why a provider vouches for nobody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum OidcFault {
    /// It does not answer.
    Unreachable,
    /// It does not know the code, or us.
    Refused,
    /// What it says does not hold: the name of the check that it failed.
    Unsound(&'static str),
}

impl OidcFault {
    /// Its name in the log.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Refused => "refused",
            Self::Unsound(check) => check,
        }
    }
}

impl From<NotHeard> for OidcFault {
    fn from(why: NotHeard) -> Self {
        match why {
            NotHeard::Forbidden => Self::Unsound("address"),
            NotHeard::TooLong => Self::Unsound("length"),
            NotHeard::Unreachable | NotHeard::TooLate => Self::Unreachable,
        }
    }
}

/// What ties the provider's answer to this one question. None of it leaves the house before its time.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Question {
    /// Must stand in the ID token.
    pub(crate) nonce: String,
    /// Shows, when the code is exchanged, that it was asked for here.
    verifier: String,
    /// Whether the provider shall ask anew, however lately somebody signed in there.
    pub(crate) anew: bool,
}

impl fmt::Debug for Question {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Question(..)")
    }
}

impl Question {
    /// A new question.
    ///
    /// # Errors
    /// [`NoRandomness`].
    pub(crate) fn new(anew: bool) -> Result<Self, NoRandomness> {
        let text = || Token::new().map(|token| token.text().to_owned());
        Ok(Self { nonce: text()?, verifier: text()?, anew })
    }

    fn challenge(&self) -> String {
        URL_SAFE_NO_PAD.encode(Digest::of(self.verifier.as_bytes()).0)
    }
}

/// For whom a provider vouches.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Vouched {
    /// The provider.
    pub(crate) issuer: String,
    /// Its name for them, which it gives to nobody else.
    pub(crate) subject: String,
    /// Their address there, to be shown.
    pub(crate) email: String,
    /// Whether the provider has verified the address.
    pub(crate) email_is_verified: bool,
    /// Whether they showed a second factor there, and the firm believes the provider about it.
    pub(crate) second_factor: bool,
    /// When they showed there who they are, seconds of 1970; nothing when the provider does not say.
    pub(crate) shown_at: Option<i64>,
}

impl fmt::Debug for Vouched {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vouched").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}

/// What a provider says of itself (OpenID Connect Discovery 1.0, 3).
#[derive(Debug, Deserialize)]
struct Described {
    issuer: String,
    #[serde(deserialize_with = "url")]
    authorization_endpoint: Url,
    #[serde(deserialize_with = "url")]
    token_endpoint: Url,
    #[serde(deserialize_with = "url")]
    jwks_uri: Url,
    #[serde(default)]
    token_endpoint_auth_methods_supported: Vec<String>,
    #[serde(default)]
    authorization_response_iss_parameter_supported: bool,
}

#[derive(Deserialize)]
struct Exchanged {
    id_token: String,
}

/// The identity provider of a firm.
pub(crate) struct Provider {
    settings: SsoSettings,
    egress: Egress,
    /// Where it sends people back to.
    callback: String,
    described: Mutex<Option<(Instant, Arc<Described>)>>,
}

impl fmt::Debug for Provider {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settings.fmt(f)
    }
}

impl Provider {
    /// The provider that the operator named.
    pub(crate) fn new(settings: SsoSettings, egress: Egress, callback: String) -> Self {
        Self { settings, egress, callback, described: Mutex::default() }
    }

    /// What the operator said of it.
    pub(crate) const fn settings(&self) -> &SsoSettings {
        &self.settings
    }

    /// Whether it is there to be asked.
    ///
    /// # Errors
    /// [`OidcFault`].
    pub(crate) async fn is_there(&self) -> Result<(), OidcFault> {
        self.described().await.map(drop)
    }

    /// Where a browser goes to be asked. `state` comes back with the answer.
    ///
    /// # Errors
    /// [`OidcFault`].
    pub(crate) async fn address(&self, state: &str, question: &Question) -> Result<String, OidcFault> {
        let mut address = self.described().await?.authorization_endpoint.clone();
        let challenge = question.challenge();
        {
            let mut query = address.query_pairs_mut();
            for (name, value) in [
                ("response_type", "code"),
                ("client_id", &self.settings.client_id),
                ("redirect_uri", &self.callback),
                ("scope", SCOPE),
                ("state", state),
                ("nonce", &question.nonce),
                ("code_challenge", &challenge),
                ("code_challenge_method", "S256"),
            ] {
                query.append_pair(name, value);
            }
            if question.anew {
                query.append_pair("prompt", "login").append_pair("max_age", "0");
            }
        }
        Ok(address.into())
    }

    /// Exchanges the code of an answer for whom the provider vouches. `iss` is whom the answer says it is from; `now` in seconds of 1970.
    ///
    /// # Errors
    /// [`OidcFault`].
    pub(crate) async fn vouched(&self, code: &str, iss: Option<&str>, question: &Question, now: i64) -> Result<Vouched, OidcFault> {
        let described = self.described().await?;
        match iss {
            Some(iss) if iss != self.settings.issuer => return Err(OidcFault::Unsound("answer of another issuer")),
            None if described.authorization_response_iss_parameter_supported => {
                return Err(OidcFault::Unsound("answer without its issuer"));
            }
            _ => {}
        }
        let token = self.exchanged(&described, code, question).await?;
        let keys: KeySet = self.read(&described.jwks_uri).await?;
        let expected = Expected { issuer: &self.settings.issuer, client_id: &self.settings.client_id, question, now };
        let claims = id_token::verified(&token, &keys, &expected).map_err(OidcFault::Unsound)?;
        Ok(self.vouched_by(claims))
    }

    fn vouched_by(&self, claims: Claims) -> Vouched {
        let second_factor = self.settings.trust_amr && claims.amr.iter().any(|method| SECOND_FACTORS.contains(&method.as_str()));
        Vouched {
            issuer: self.settings.issuer.clone(),
            subject: claims.sub,
            email: claims.email.unwrap_or_default(),
            email_is_verified: claims.email_verified == Some(serde_json::Value::Bool(true)),
            second_factor,
            shown_at: claims.auth_time,
        }
    }

    async fn exchanged(&self, described: &Described, code: &str, question: &Question) -> Result<String, OidcFault> {
        let (id, secret) = (&self.settings.client_id, &self.settings.client_secret);
        // what a provider does not say is basic (OpenID Connect Discovery 1.0, 3)
        let methods = &described.token_endpoint_auth_methods_supported;
        let by_header = methods.is_empty() || methods.iter().any(|method| method == "client_secret_basic");
        let mut fields = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", self.callback.as_str()),
            ("code_verifier", question.verifier.as_str()),
        ];
        let authorization = format!("Basic {}", STANDARD.encode(format!("{}:{}", as_in_a_form(id), as_in_a_form(secret))));
        if !by_header {
            fields.extend([("client_id", id.as_str()), ("client_secret", secret.as_str())]);
        }
        let ask = Ask::Form { fields: &fields, authorization: by_header.then_some(authorization.as_str()) };
        let heard = self.egress.ask(&described.token_endpoint, ask).await?;
        match heard.status {
            200 => serde_json::from_slice(&heard.body).map(|Exchanged { id_token }| id_token).map_err(|_| OidcFault::Unsound("exchange")),
            400..=499 => Err(OidcFault::Refused),
            _ => Err(OidcFault::Unreachable),
        }
    }

    async fn described(&self) -> Result<Arc<Described>, OidcFault> {
        let known = self.described.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((since, described)) = known
            && since.elapsed() < KNOWN_FOR
        {
            return Ok(described);
        }
        let described: Described = self.read(&self.settings.discovery).await?;
        if described.issuer != self.settings.issuer {
            return Err(OidcFault::Unsound("description of another issuer"));
        }
        for address in [&described.authorization_endpoint, &described.token_endpoint, &described.jwks_uri] {
            self.egress.must_fit(address)?;
        }
        let described = Arc::new(described);
        *self.described.lock().unwrap_or_else(PoisonError::into_inner) = Some((Instant::now(), Arc::clone(&described)));
        Ok(described)
    }

    async fn read<T: for<'de> Deserialize<'de>>(&self, url: &Url) -> Result<T, OidcFault> {
        let heard = self.egress.ask(url, Ask::Get).await?;
        if heard.status != 200 {
            return Err(OidcFault::Unreachable);
        }
        serde_json::from_slice(&heard.body).map_err(|_| OidcFault::Unsound("description"))
    }
}

fn url<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Url, D::Error> {
    Url::parse(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
}

/// As a form writes a value (RFC 6749, 2.3.1): a colon in it would end the name.
fn as_in_a_form(text: &str) -> String {
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'*') {
            out.push(char::from(byte));
        } else {
            out += &format!("%{byte:02X}");
        }
        out
    })
}
