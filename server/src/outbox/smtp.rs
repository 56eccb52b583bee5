//! Mail by SMTP.

use std::{fmt, time::Duration};

use async_trait::async_trait;
use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    transport::smtp::{
        authentication::Credentials,
        client::{Tls, TlsParameters},
        extension::ClientId,
        response::Category,
    },
};

use super::courier::{Courier, NotCarried};

/// How the connection is protected. There is no "if the server can": that would be a silent fallback.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SmtpTls {
    /// Not at all; for a server on this machine.
    None,
    /// STARTTLS, required.
    StartTls,
    /// TLS from the first byte.
    Implicit,
}

/// The server that takes our mail.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Smtp {
    /// Its name, which its certificate must carry.
    pub(crate) host: String,
    /// Its port: 25, 465, 587.
    pub(crate) port: u16,
    /// How the connection is protected.
    pub(crate) tls: SmtpTls,
    /// User and password, if it wants them.
    pub(crate) login: Option<(String, String)>,
    /// The name we greet with: this house's own.
    pub(crate) hello_name: String,
    /// How long one mail may take, from connecting to the last answer; must stay below the lease of a claim (5 minutes).
    pub(crate) patience: Duration,
}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Smtp({}:{}, {:?})", self.host, self.port, self.tls) // never the password
    }
}

/// Hands mail to an SMTP server.
#[derive(Clone)]
pub(crate) struct SmtpCourier {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    server: Smtp,
}

impl fmt::Debug for SmtpCourier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.server.fmt(f)
    }
}

impl SmtpCourier {
    /// A courier to this server; connects at the first mail. Fails if the host is no name that a certificate can carry.
    pub(crate) fn to(server: &Smtp) -> Result<SmtpCourier, lettre::transport::smtp::Error> {
        let tls = match server.tls {
            SmtpTls::None => Tls::None,
            SmtpTls::StartTls => Tls::Required(TlsParameters::new(server.host.clone())?),
            SmtpTls::Implicit => Tls::Wrapper(TlsParameters::new(server.host.clone())?),
        };
        let mut builder = AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(server.host.clone())
            .port(server.port)
            .tls(tls)
            .hello_name(ClientId::Domain(server.hello_name.clone()))
            .timeout(Some(server.patience));
        if let Some((user, password)) = &server.login {
            builder = builder.credentials(Credentials::new(user.clone(), password.clone()));
        }
        Ok(SmtpCourier { transport: builder.build(), server: server.clone() })
    }
}

#[async_trait]
impl Courier for SmtpCourier {
    async fn carry(&self, _id: &str, message: &Message, _at: i64) -> Result<(), NotCarried> {
        // lettre's own timeout ends with the connection: a server that falls silent afterwards would hold the mail for ever.
        let Ok(sent) = tokio::time::timeout(self.server.patience, self.transport.send(message.clone())).await else {
            return Err(NotCarried::Later("the mail server fell silent".to_owned()));
        };
        match sent {
            Ok(_) => Ok(()),
            Err(error) if error.is_permanent() && !is_about_our_login(&error) => Err(NotCarried::Never(error.to_string())),
            Err(error) => Err(NotCarried::Later(error.to_string())),
        }
    }
}

/// A refused login (530 to 538) says nothing about the mail: it waits until somebody corrects the password.
fn is_about_our_login(error: &lettre::transport::smtp::Error) -> bool {
    error.status().is_some_and(|code| code.category == Category::Unspecified3)
}
