//! What somebody sees and changes of how they sign in.

use async_trait::async_trait;
use offer::ledger::AuthLevel;
use offer::moment::Moment;

use super::{Answer, Browser, SessionCookie, SingleSignOn, SsoFound, SsoWants};

/// What a link to choose a password is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joining {
    /// The address it was mailed to; empty for the set-up of an empty store.
    pub address: String,
    /// Whether its owner forgot a password that they had.
    pub is_reset: bool,
}

/// One's own sign-in, without anything that is secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountPage {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Open sessions, the latest first.
    pub sessions: Vec<SessionLine>,
    /// When the password was set; nothing without one.
    pub password_set_at: Option<Moment>,
    /// When the app was set up; nothing without one.
    pub second_factor_set_at: Option<Moment>,
    /// Whether a role of the person asks for a second factor.
    pub second_factor_needed: bool,
    /// Recovery codes that were not used.
    pub recovery_codes_left: u32,
    /// The identity provider of the firm; nothing when there is none.
    pub single_sign_on: Option<SingleSignOn>,
    /// Now.
    pub now: Moment,
}

/// One open session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionLine {
    /// Its name, for ending it.
    pub key: String,
    /// The network address it began at.
    pub address: String,
    /// What the browser called itself.
    pub user_agent: String,
    /// When it began.
    pub began: Moment,
    /// The last request, to a minute.
    pub seen: Moment,
    /// How its owner showed who they are.
    pub level: AuthLevel,
    /// Whether it is the one that looks.
    pub is_this: bool,
}

/// A picture of squares for a phone to read.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Its width and height, in squares.
    pub size: u32,
    /// The dark ones, as the path of an SVG.
    pub path: String,
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Picture(..)")
    }
}

/// The secret of an app while it is set up.
#[derive(Clone, PartialEq, Eq)]
pub struct FactorSetUp {
    /// For the phone's camera.
    pub picture: Picture,
    /// For typing.
    pub key: String,
}

impl std::fmt::Debug for FactorSetUp {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("FactorSetUp(..)")
    }
}

/// How somebody may show again who they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// Their address, for the password manager.
    pub email: String,
    /// By their password.
    pub by_password: bool,
    /// By a code of their second factor.
    pub by_code: bool,
    /// At the identity provider, by what people call it.
    pub by_single_sign_on: Option<String>,
}

/// What the pages about one's own sign-in ask of the server. The browser's session says who asks.
#[async_trait]
pub trait Accounts: Send + Sync {
    /// Whether this browser is between the two steps of signing in.
    async fn awaits_second_step(&self, _browser: &Browser) -> bool {
        false
    }
    /// The second step of signing in: a code of the app, or a recovery code.
    async fn second_step(&self, _code: &str, _browser: &Browser) -> Answer<SessionCookie> {
        Answer::SignIn
    }
    /// Mails a link to whoever forgot their password; the answer is the same whether there is such an address or not.
    async fn forgot_password(&self, _email: &str, _browser: &Browser) -> Answer<()> {
        Answer::Unavailable
    }
    /// One's own sign-in.
    async fn account(&self, _browser: &Browser) -> Answer<AccountPage> {
        Answer::SignIn
    }
    /// Ends another one of one's own sessions.
    async fn end_session(&self, _key: &str, _browser: &Browser) -> Answer<()> {
        Answer::SignIn
    }
    /// Ends all of them, this one too.
    async fn sign_out_everywhere(&self, _browser: &Browser) -> Answer<SessionCookie> {
        Answer::SignIn
    }
    /// Changes the password; takes the one before.
    async fn change_password(&self, _current: &str, _password: &str, _browser: &Browser) -> Answer<SessionCookie> {
        Answer::SignIn
    }
    /// Makes a secret for an app; the id of its set-up.
    async fn begin_second_factor(&self, _browser: &Browser) -> Answer<String> {
        Answer::SignIn
    }
    /// A set-up that waits for its first code.
    async fn second_factor_set_up(&self, _id: &str, _browser: &Browser) -> Answer<FactorSetUp> {
        Answer::NotFound
    }
    /// Takes the first code of a set-up.
    async fn confirm_second_factor(&self, _id: &str, _code: &str, _browser: &Browser) -> Answer<SessionCookie> {
        Answer::SignIn
    }
    /// Takes one's own second factor away.
    async fn remove_second_factor(&self, _browser: &Browser) -> Answer<SessionCookie> {
        Answer::SignIn
    }
    /// Makes new recovery codes; the id under which they are shown.
    async fn make_recovery_codes(&self, _browser: &Browser) -> Answer<String> {
        Answer::SignIn
    }
    /// Recovery codes that were just made.
    async fn recovery_codes(&self, _id: &str, _browser: &Browser) -> Answer<Vec<String>> {
        Answer::NotFound
    }
    /// They are written down: nothing shows them any more.
    async fn recovery_codes_kept(&self, _id: &str, _browser: &Browser) -> Answer<()> {
        Answer::SignIn
    }
    /// How one may show again who one is.
    async fn proof(&self, _browser: &Browser) -> Answer<Proof> {
        Answer::SignIn
    }
    /// What people call the identity provider of the firm; nothing when there is none.
    fn single_sign_on(&self) -> Option<String> {
        None
    }
    /// Begins to ask the identity provider: the page that leads there, or the one that says why not.
    async fn begin_single_sign_on(&self, _wants: SsoWants, _to: &str, _browser: &Browser) -> Answer<String> {
        Answer::NotFound
    }
    /// The address at the identity provider for which this browser leaves.
    async fn leaving_for_provider(&self, _id: &str, _browser: &Browser) -> Answer<String> {
        Answer::NotFound
    }
    /// Whom the provider vouched for in this browser, before anything is linked.
    async fn single_sign_on_found(&self, _id: &str, _browser: &Browser) -> Answer<SsoFound> {
        Answer::NotFound
    }
    /// Links whom the provider vouched for.
    async fn link_single_sign_on(&self, _id: &str, _browser: &Browser) -> Answer<SessionCookie> {
        Answer::NotFound
    }
    /// Takes one's own link away.
    async fn unlink_single_sign_on(&self, _browser: &Browser) -> Answer<SessionCookie> {
        Answer::NotFound
    }
    /// Shows again who one is: by the password, or by a code when the password is empty.
    async fn prove(&self, _password: &str, _code: &str, _browser: &Browser) -> Answer<SessionCookie> {
        Answer::SignIn
    }
}
