//! What whoever runs people sees and does: who is there, and joining, moving, leaving.

use async_trait::async_trait;
use offer::access::TokenReads;
use offer::id::{ClientCode, PersonId, Role, TeamKey, TokenId};
use offer::moment::Moment;
use offer::person::{Person, PersonEvent};
use std::collections::BTreeMap;

use super::{Answer, Browser, Viewer};

/// Who is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleAsk {
    /// The beginning of a word of the name or address; everybody when empty.
    pub words: String,
    /// Those who left, instead of those who are there.
    pub left: bool,
}

/// Those who were asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PeoplePage {
    /// In the order of their names.
    pub people: Vec<PersonLine>,
    /// Whether there are more than are shown.
    pub more: bool,
}

/// Somebody in a list.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonLine {
    /// Their id.
    pub id: PersonId,
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// What they do.
    pub roles: Vec<Role>,
    /// Team, by its name.
    pub team: String,
    /// Clients.
    pub clients: Vec<ClientCode>,
}

/// What a form about somebody may choose from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PersonChoices {
    /// The roles of the playbook that the viewer may give: key and name.
    pub roles: Vec<(Role, String)>,
    /// Teams: key and name.
    pub teams: Vec<(TeamKey, String)>,
    /// Clients: code and name.
    pub clients: Vec<(ClientCode, String)>,
    /// Who may be somebody's manager: id and name.
    pub managers: Vec<(PersonId, String)>,
    /// The zone of the firm.
    pub zone: String,
}

/// Somebody, for whoever runs people.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonPage {
    /// Their id.
    pub id: PersonId,
    /// As they stand.
    pub person: Person,
    /// Whether they left.
    pub left: bool,
    /// Whether they are the viewer.
    pub is_you: bool,
    /// Whether they are a client's contact, who signs in by link and code.
    pub is_contact: bool,
    /// Whether it is a program, which comes with tokens and never signs in.
    pub is_program: bool,
    /// The tokens of a program, the latest first; none for whoever may not change it.
    pub tokens: Vec<TokenLine>,
    /// Whether the viewer may change them at all.
    pub yours: bool,
    /// Open sessions.
    pub sessions: usize,
    /// Whether they have a password.
    pub has_password: bool,
    /// Whether they set up a second factor.
    pub has_second_factor: bool,
    /// Whether they are linked to the identity provider.
    pub is_linked: bool,
    /// What the forms may choose from.
    pub choices: PersonChoices,
    /// What happened, the latest first.
    pub history: Vec<PersonHistory>,
    /// Names of everybody who is named.
    pub names: BTreeMap<PersonId, String>,
    /// Now.
    pub now: Moment,
}

/// A token of a program. Its secret is not in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenLine {
    /// Its id.
    pub id: TokenId,
    /// What it is called.
    pub name: String,
    /// How much it reads.
    pub reads: TokenReads,
    /// Who made it, by name.
    pub made_by: String,
    /// When.
    pub made_at: Moment,
    /// When it ends, or ended.
    pub expires_at: Moment,
    /// When it was used last, to the minute.
    pub used_at: Option<Moment>,
}

/// A token as it is typed into a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenTyped {
    /// What it is called.
    pub name: String,
    /// How much it reads, by its code.
    pub reads: String,
    /// How long it lasts, by its code.
    pub lasts: String,
}

/// One line of somebody's history.
#[derive(Clone, Debug, PartialEq)]
pub struct PersonHistory {
    /// When.
    pub at: Moment,
    /// By whom, in words.
    pub by: String,
    /// What.
    pub event: PersonEvent,
    /// As they stood before.
    pub before: Option<Person>,
}

/// Somebody as they are typed into a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonTyped {
    /// Name.
    pub name: String,
    /// Address.
    pub email: String,
    /// Keys of the roles that are ticked.
    pub roles: Vec<String>,
    /// Key of the team.
    pub team: String,
    /// Department.
    pub department: String,
    /// Business line.
    pub business_line: String,
    /// Region.
    pub region: String,
    /// Codes of the clients that are ticked.
    pub clients: Vec<String>,
    /// Id of the manager.
    pub manager: String,
    /// The highest annual pay they may approve.
    pub approval_limit_annual: String,
    /// How far above the band they may approve.
    pub approval_limit_over_band: String,
    /// IANA zone.
    pub zone: String,
}

/// What is done to somebody's account, beside changing how they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeeTo {
    /// They leave.
    Leave,
    /// A new link to choose a password is mailed.
    Invite,
    /// Their second factor is taken away.
    ResetSecondFactor,
    /// The link to their account at the identity provider is taken away.
    ResetSingleSignOn,
    /// Their sessions end.
    EndSessions,
}

/// What the pages about people ask of the server. Not found for whoever does not run people.
#[async_trait]
pub trait People: Send + Sync {
    /// Who is there.
    async fn people(&self, _viewer: &Viewer, _ask: &PeopleAsk) -> Answer<PeoplePage> {
        Answer::NotFound
    }
    /// What a form about somebody new may choose from.
    async fn person_choices(&self, _viewer: &Viewer) -> Answer<PersonChoices> {
        Answer::NotFound
    }
    /// Somebody.
    async fn person(&self, _viewer: &Viewer, _id: &PersonId) -> Answer<PersonPage> {
        Answer::NotFound
    }
    /// Takes somebody in and mails them a link.
    async fn take_in(&self, _viewer: &Viewer, _typed: &PersonTyped) -> Answer<PersonId> {
        Answer::NotFound
    }
    /// Changes how somebody stands; whoever left comes back.
    async fn move_person(&self, _viewer: &Viewer, _id: &PersonId, _typed: &PersonTyped) -> Answer<()> {
        Answer::NotFound
    }
    /// Sees to somebody's account.
    async fn see_to(&self, _viewer: &Viewer, _id: &PersonId, _what: SeeTo) -> Answer<()> {
        Answer::NotFound
    }
    /// Makes a token for a program; the id under which this browser is shown its secret.
    async fn make_token(&self, _viewer: &Viewer, _browser: &Browser, _id: &PersonId, _typed: &TokenTyped) -> Answer<String> {
        Answer::NotFound
    }
    /// Revokes a token of a program.
    async fn revoke_token(&self, _viewer: &Viewer, _id: &PersonId, _token: &TokenId) -> Answer<()> {
        Answer::NotFound
    }
    /// The secret of a token that was just made in this browser.
    async fn new_token(&self, _viewer: &Viewer, _browser: &Browser, _id: &PersonId, _made: &str) -> Answer<String> {
        Answer::NotFound
    }
    /// The secret is copied: nothing shows it any more.
    async fn token_kept(&self, _viewer: &Viewer, _made: &str) -> Answer<()> {
        Answer::NotFound
    }
}
