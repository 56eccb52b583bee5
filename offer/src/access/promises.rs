//! What the roles that ship promise, whatever a playbook grants: it may give them less, and publication refuses more.

use super::{Action, Scope};
use crate::field::Side;
use crate::id::{Role, role};
use std::sync::LazyLock;

/// What a role never does. None of them ever publishes a playbook or runs people.
#[derive(Clone, Debug)]
pub struct Promise {
    /// The role.
    pub role: Role,
    /// The only actions it may hold; nothing when `never` says it all.
    pub only: Option<&'static [Action]>,
    /// Actions it never holds.
    pub never: &'static [Action],
    /// Sides it never sees.
    pub unseen: &'static [Side],
    /// The only offers that its grants may reach; nothing when any.
    pub within: Option<&'static [Scope]>,
}

impl Promise {
    fn of(role: Role) -> Self {
        Self { role, only: None, never: &[], unseen: &[], within: None }
    }
    fn only(self, actions: &'static [Action]) -> Self {
        Self { only: Some(actions), ..self }
    }
    fn never(self, actions: &'static [Action]) -> Self {
        Self { never: actions, ..self }
    }
    fn unseen(self, sides: &'static [Side]) -> Self {
        Self { unseen: sides, ..self }
    }
    fn within(self, scopes: &'static [Scope]) -> Self {
        Self { within: Some(scopes), ..self }
    }

    /// Whether the role may hold an action.
    pub fn allows(&self, action: Action) -> bool {
        self.only.is_none_or(|only| only.contains(&action)) && !self.never.contains(&action)
    }
}

/// The promises, a role each.
pub static PROMISES: LazyLock<Vec<Promise>> = LazyLock::new(|| {
    vec![
        // drafts and asks; never decides what it asked for
        Promise::of(role::RECRUITER).never(&[Action::Decide, Action::Force]),
        // approves exceptions of money; never writes the letters
        Promise::of(role::FINANCE).never(&[Action::Draft, Action::Send]),
        // sees only offers whose route asks for it
        Promise::of(role::LEGAL).within(&[Scope::Own, Scope::Reviewed]),
        // makes accounts ready, and needs no pay for it
        Promise::of(role::IT).only(&[Action::See, Action::Comment, Action::Acknowledge]).unseen(&[
            Side::Package,
            Side::Bill,
            Side::Margin,
            Side::Internal,
        ]),
        // own accounts, and nothing of the firm's own arithmetic and notes
        Promise::of(role::CLIENT_CONTACT)
            .only(&[Action::See, Action::Decide])
            .unseen(&[Side::Margin, Side::Internal])
            .within(&[Scope::Own, Scope::Client]),
        // figures, not people
        Promise::of(role::TA_LEADER).only(&[Action::See]).unseen(&[Side::Person, Side::Contact]),
        // reads all, changes nothing
        Promise::of(role::AUDITOR).only(&[Action::See, Action::Audit]),
        // a system decides nothing
        Promise::of(role::INTEGRATION).never(&[Action::Decide, Action::Force, Action::Rescind]),
    ]
});

/// The promise of a role, where it has one.
pub fn promise_of(role: &Role) -> Option<&'static Promise> {
    PROMISES.iter().find(|promise| promise.role == *role)
}
