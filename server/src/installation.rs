//! An open installation: store, keys, clock, desk and identity, put together from the configuration.

use std::{fmt, fs::DirBuilder, net::SocketAddr, os::unix::fs::DirBuilderExt as _, sync::Arc};

use offer::id::FirmId;

use crate::{
    clock::{Clock, ClockFault},
    config::{Config, MailBy, PublicUrl},
    desk::{HouseDesk, HouseSettings},
    egress::Egress,
    http,
    identity::{Cookies, Identity, Unreachable},
    oidc::Provider,
    outbox::{Courier, FolderCourier, LogCourier, Mailbox, SmtpCourier},
    store::{Store, StoreError},
    vault::{Vault, VaultError, folder::KeyFolder},
};

/// The one firm of an installation; every key of the store begins with it.
const FIRM: &str = "firm";

/// Everything that commands and requests stand on.
#[derive(Clone)]
pub(crate) struct Installation {
    /// What the installation was told.
    pub(crate) config: Arc<Config>,
    /// The folder of the key-wrapping key.
    pub(crate) keys: KeyFolder,
    /// The desk.
    pub(crate) house: HouseDesk,
    /// Who is there.
    pub(crate) identity: Arc<Identity>,
    /// Where browsers reach it.
    pub(crate) public_url: PublicUrl,
}

impl fmt::Debug for Installation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Installation").field("config", &self.config).finish_non_exhaustive()
    }
}

/// Why an installation does not open.
#[derive(Debug)]
pub(crate) enum NotOpen {
    /// The data folder cannot be made.
    Folder(std::io::Error),
    /// The store does not open.
    Store(StoreError),
    /// The keys do not open.
    Keys(VaultError),
    /// The clock of the rehearsal does not tell the time.
    Clock(ClockFault),
    /// The system gives no random numbers.
    Randomness(Unreachable),
    /// SMTP cannot be set up.
    Smtp(String),
    /// The way out by HTTP cannot be set up.
    Egress(String),
}

impl fmt::Display for NotOpen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(error) => write!(f, "the data folder cannot be made: {error}"),
            Self::Store(error) => write!(f, "the store does not open: {error}"),
            Self::Keys(error) => write!(f, "the keys do not open: {error}"),
            Self::Clock(error) => write!(f, "the rehearsal's clock does not tell the time: {error}"),
            Self::Randomness(error) => write!(f, "{error}"),
            Self::Smtp(error) => write!(f, "mail cannot be set up: {error}"),
            Self::Egress(error) => write!(f, "the way out by HTTP cannot be set up: {error}"),
        }
    }
}

impl std::error::Error for NotOpen {}

impl Installation {
    /// Opens what the configuration names. `listening` is where links lead when no public URL is given.
    ///
    /// # Errors
    /// [`NotOpen`]: what does not open, and why.
    pub(crate) async fn open(config: Config, listening: SocketAddr) -> Result<Self, NotOpen> {
        // the data is for the server's own account
        DirBuilder::new().recursive(true).mode(0o700).create(&config.data).map_err(NotOpen::Folder)?;
        let store = Store::open(&config.database).await.map_err(NotOpen::Store)?;
        let keys = KeyFolder::of(&config.data);
        let vault = unlocked(&store, &keys).await?;
        let clock = match &config.rehearsal {
            Some(file) => Clock::rehearsal(file).map_err(NotOpen::Clock)?,
            None => Clock::System,
        };
        let clock = Arc::new(clock);
        let public_url = config.public_url(listening);
        let cookies = Cookies::new(public_url.is_https());
        let mail_from = Mailbox { name: None, address: config.mail_from.clone() };
        let settings = HouseSettings { firm: FirmId::new(FIRM), public_url: public_url.as_str().to_owned(), mail_from, demo: config.demo };
        let house = HouseDesk::new(store.clone(), Arc::new(vault), Arc::clone(&clock), settings);
        let identity = Identity::new(store, FIRM, clock, config.sessions, cookies).map_err(NotOpen::Randomness)?;
        let egress = Egress::new(config.egress.clone()).map_err(NotOpen::Egress)?;
        let callback = house.link(http::SSO_CALLBACK);
        let identity = identity.with_provider(config.single_sign_on.clone().map(|sso| Provider::new(sso, egress, callback)));
        Ok(Self { config: Arc::new(config), keys, house, identity: Arc::new(identity), public_url })
    }

    /// Who carries mail.
    ///
    /// # Errors
    /// [`NotOpen::Smtp`], [`NotOpen::Folder`].
    pub(crate) fn courier(&self) -> Result<Arc<dyn Courier>, NotOpen> {
        Ok(match &self.config.mail {
            MailBy::Smtp(smtp) => Arc::new(SmtpCourier::to(smtp).map_err(|error| NotOpen::Smtp(error.to_string()))?),
            MailBy::Folder(folder) => Arc::new(FolderCourier::to(folder).map_err(NotOpen::Folder)?),
            MailBy::Log => Arc::new(LogCourier),
        })
    }

    /// Where commands reach a running server.
    pub(crate) fn socket(config: &Config) -> std::path::PathBuf {
        config.data.join("countersign.sock")
    }
}

/// A key is made for an empty store only: a full one with a missing key is a fault to be mended from the backup, never a new key.
async fn unlocked(store: &Store, keys: &KeyFolder) -> Result<Vault, NotOpen> {
    match keys.unlock() {
        Err(VaultError::KeyMissing(at)) => {
            let is_empty = store.firms().await.map_err(NotOpen::Store)?.is_empty()
                && store.person_keys(FIRM).await.map_err(NotOpen::Store)?.is_empty();
            if is_empty { keys.create() } else { Err(VaultError::KeyMissing(at)) }
        }
        unlocked => unlocked,
    }
    .map_err(NotOpen::Keys)
}
