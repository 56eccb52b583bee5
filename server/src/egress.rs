//! The one way out by HTTP. Whatever this house asks of another one goes through here, and a gate of the build sees to it.
//!
//! Somebody who can choose an address, or the answer of a name server, must not make this machine talk to itself or to its neighbours. So an
//! address is looked at where the connection is made, not before: a name may answer differently a moment later. Only hosts that the operator
//! named may be private or speak plain HTTP, each by name and port. No redirect is followed and no proxy of the environment is used; an answer
//! has an end, and so has the patience for it.

mod address;

use std::{error::Error, fmt, net::SocketAddr, sync::Arc, time::Duration};

use reqwest::{
    Client, ClientBuilder, Response,
    dns::{Addrs, Name, Resolve, Resolving},
    redirect::Policy,
};

pub(crate) use reqwest::Url;

use self::address::{is_public, literal};

/// The longest answer, in bytes.
pub(crate) const ANSWER_BYTES_MAX: usize = 1024 * 1024;
/// How long one answer may take, from looking up the name to the last byte.
pub(crate) const PATIENCE: Duration = Duration::from_secs(10);

/// A host that the operator named: it may be private, and may speak plain HTTP.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AllowedHost {
    host: String,
    port: u16,
}

impl AllowedHost {
    /// Reads `host:port`; nothing for anything else.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (host, port) = text.rsplit_once(':')?;
        let url = Url::parse(&format!("http://{host}:{port}/")).ok()?;
        // what a URL would read as something else than a host and a port is neither
        let is_plain = !host.contains('*') && url.username().is_empty() && url.path() == "/" && url.host_str()?.eq_ignore_ascii_case(host);
        let port: u16 = port.parse().ok().filter(|port| *port != 0)?;
        is_plain.then(|| Self { host: host.to_ascii_lowercase(), port })
    }

    fn is_at(&self, url: &Url) -> bool {
        url.host_str() == Some(&self.host) && url.port_or_known_default() == Some(self.port)
    }
}

/// What the operator says about the way out.
#[derive(Clone, Default, PartialEq, Eq)]
pub(crate) struct EgressSettings {
    /// Hosts that may be private; none when empty.
    pub(crate) allowed: Vec<AllowedHost>,
    /// Certificates of authorities beside the public ones, as PEM.
    pub(crate) authorities: Option<Vec<u8>>,
}

impl fmt::Debug for EgressSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EgressSettings").field("allowed", &self.allowed).finish_non_exhaustive()
    }
}

impl EgressSettings {
    /// Whether an address may be asked at all, as far as it tells by itself: by TLS, without a name and password in it, and at no private
    /// number. What a name stands for is looked at when it is connected to.
    ///
    /// # Errors
    /// [`NotHeard::Forbidden`].
    pub(crate) fn must_fit(&self, url: &Url) -> Result<(), NotHeard> {
        let is_allowed = self.is_allowed(url);
        let scheme_fits = url.scheme() == "https" || (url.scheme() == "http" && is_allowed);
        let is_anonymous = url.username().is_empty() && url.password().is_none();
        let address_fits = is_allowed || literal(url).is_none_or(is_public);
        if scheme_fits && is_anonymous && address_fits && url.has_host() { Ok(()) } else { Err(NotHeard::Forbidden) }
    }

    fn is_allowed(&self, url: &Url) -> bool {
        self.allowed.iter().any(|host| host.is_at(url))
    }
}

/// What is asked.
#[derive(Clone, Copy)]
pub(crate) enum Ask<'a> {
    /// To read something.
    Get,
    /// To take a form.
    Form {
        /// Its fields.
        fields: &'a [(&'a str, &'a str)],
        /// The value of `Authorization`, if the other side wants one.
        authorization: Option<&'a str>,
    },
}

// a form holds secrets
impl fmt::Debug for Ask<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Get => "Get",
            Self::Form { .. } => "Form",
        })
    }
}

/// An answer, whatever it says. A redirect is an answer like any other.
pub(crate) struct Heard {
    /// The status.
    pub(crate) status: u16,
    /// The whole body.
    pub(crate) body: Vec<u8>,
}

impl fmt::Debug for Heard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Heard").field("status", &self.status).finish_non_exhaustive()
    }
}

/// Why there is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NotHeard {
    /// The address is none that may be asked: private, not by TLS, or with a name and password in it.
    Forbidden,
    /// Nobody is there, or the certificate does not fit.
    Unreachable,
    /// The answer has no end.
    TooLong,
    /// The answer did not come in time.
    TooLate,
}

impl NotHeard {
    /// Its name in the log.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Forbidden => "forbidden",
            Self::Unreachable => "unreachable",
            Self::TooLong => "too-long",
            Self::TooLate => "too-late",
        }
    }
}

/// The way out.
#[derive(Clone)]
pub(crate) struct Egress {
    settings: EgressSettings,
    /// For everybody: connects to public addresses only.
    guarded: Client,
    /// For hosts that the operator named.
    allowed: Client,
}

impl fmt::Debug for Egress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Egress").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl Egress {
    /// A way out by these settings.
    ///
    /// # Errors
    /// Why: the authorities are no certificates.
    pub(crate) fn new(settings: EgressSettings) -> Result<Self, String> {
        Self::with_patience(settings, PATIENCE)
    }

    fn with_patience(settings: EgressSettings, patience: Duration) -> Result<Self, String> {
        let guarded =
            client(&settings, patience)?.https_only(true).dns_resolver(Arc::new(PublicOnly)).build().map_err(|error| error.to_string())?;
        let allowed = client(&settings, patience)?.build().map_err(|error| error.to_string())?;
        Ok(Self { settings, guarded, allowed })
    }

    /// Whether an address may be asked: see [`EgressSettings::must_fit`].
    ///
    /// # Errors
    /// [`NotHeard::Forbidden`].
    pub(crate) fn must_fit(&self, url: &Url) -> Result<(), NotHeard> {
        self.settings.must_fit(url)
    }

    /// Asks, and hears the whole answer.
    ///
    /// # Errors
    /// [`NotHeard`].
    pub(crate) async fn ask(&self, url: &Url, ask: Ask<'_>) -> Result<Heard, NotHeard> {
        let heard = self.heard(url, ask).await;
        if let Err(why) = &heard {
            tracing::warn!(host = url.host_str().unwrap_or_default(), why = why.code(), "another house did not answer");
        }
        heard
    }

    async fn heard(&self, url: &Url, ask: Ask<'_>) -> Result<Heard, NotHeard> {
        self.settings.must_fit(url)?;
        let client = if self.settings.is_allowed(url) { &self.allowed } else { &self.guarded };
        let request = match ask {
            Ask::Get => client.get(url.clone()),
            Ask::Form { fields, authorization } => {
                let form = client.post(url.clone()).form(fields);
                match authorization {
                    Some(authorization) => form.header("authorization", authorization),
                    None => form,
                }
            }
        };
        let response = request.header("accept", "application/json").send().await.map_err(|error| why(&error))?;
        let status = response.status().as_u16();
        Ok(Heard { status, body: whole(response).await? })
    }
}

fn client(settings: &EgressSettings, patience: Duration) -> Result<ClientBuilder, String> {
    let mut builder = Client::builder()
        .redirect(Policy::none())
        .no_proxy()
        .referer(false)
        .timeout(patience)
        .user_agent(concat!("countersign/", env!("CARGO_PKG_VERSION")));
    if let Some(authorities) = &settings.authorities {
        let certificates = reqwest::Certificate::from_pem_bundle(authorities).map_err(|error| error.to_string())?;
        if certificates.is_empty() {
            return Err("there is no certificate in it".to_owned());
        }
        for certificate in certificates {
            builder = builder.add_root_certificate(certificate);
        }
    }
    Ok(builder)
}

async fn whole(mut response: Response) -> Result<Vec<u8>, NotHeard> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(|error| why(&error))? {
        if body.len().saturating_add(chunk.len()) > ANSWER_BYTES_MAX {
            return Err(NotHeard::TooLong);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn why(error: &reqwest::Error) -> NotHeard {
    let mut source: Option<&(dyn Error + 'static)> = error.source();
    while let Some(cause) = source {
        if cause.is::<NoPublicAddress>() {
            return NotHeard::Forbidden;
        }
        source = cause.source();
    }
    if error.is_timeout() { NotHeard::TooLate } else { NotHeard::Unreachable }
}

/// Gives the public addresses of a name, and refuses when there are none. What is connected to is what was looked at.
#[derive(Debug)]
struct PublicOnly;

impl Resolve for PublicOnly {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let public: Vec<SocketAddr> = found.filter(|address| is_public(address.ip())).collect();
            if public.is_empty() {
                return Err(NoPublicAddress.into());
            }
            let addresses: Addrs = Box::new(public.into_iter());
            Ok(addresses)
        })
    }
}

#[derive(Debug)]
struct NoPublicAddress;

impl fmt::Display for NoPublicAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name stands for no public address")
    }
}

impl Error for NoPublicAddress {}

#[cfg(test)]
mod tests;
