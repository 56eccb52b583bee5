//! Who may do what with which offer, and who sees which side of it. The only authorisation (law 5).
//!
//! Deny unless a grant allows. Who may not even see an offer gets `Hidden`, which alone answers 404.

mod about;
mod actor;
mod blind;
mod edits;
mod promises;
mod proof;
mod reach;
mod refused;
mod said;
mod scope;
mod seen;
#[cfg(test)]
mod tests;
mod token;
mod viewed;

pub use about::About;
pub use actor::{Actor, Bounds, Member, StandsInFor};
pub use blind::DoubleBlind;
pub use edits::{EditRow, Edits, edits};
pub use promises::{PROMISES, Promise, promise_of};
pub use reach::{Reached, reached};
pub use refused::{seen_limit, seen_refusal};
pub use said::is_between_staff;
pub use scope::{Handed, Relations, Scope, ScopeKey, Subject};
pub use seen::{
    RulesTold, seen, seen_changes, seen_finding, seen_findings, seen_reopenings, seen_route, seen_step, seen_verbal, shows_figure,
    sides_of_exception, tells_finding, tells_rule,
};
pub use token::TokenReads;
pub use viewed::Viewed;

use crate::coded::coded;
use crate::engagement::Engagement;
use crate::field::{FieldSpec, FieldTable, Side};
use crate::id::{Role, role};
use crate::lifecycle::Status;
use crate::money::{BasisPoints, Money};
use crate::playbook::{GrantRow, readable};
use crate::terms::Terms;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

coded! {
    /// What somebody may do with an offer.
    Action {
        /// Read it, as far as the sides that the role sees.
        See = "see",
        /// Fill and change its draft.
        Draft = "draft",
        /// Hand it to its approvers.
        Submit = "submit",
        /// Approve, return or reject a step that waits on one's role or relation.
        Decide = "decide",
        /// Approve a step over the heads of its people.
        Force = "force",
        /// Route it anew by today's playbook.
        Reroute = "reroute",
        /// Write a comment.
        Comment = "comment",
        /// Record what was said to the candidate and what the candidate said.
        RecordVerbal = "record_verbal",
        /// Send the letter, hold it, release it, move its accept-by.
        Send = "send",
        /// Answer the candidate's questions.
        Answer = "answer",
        /// Propose, adopt or refuse a change of terms.
        Change = "change",
        /// Record that the candidate declined or is no longer to be had.
        RecordCandidate = "record_candidate",
        /// End it before it was sent.
        Cancel = "cancel",
        /// Ask for or agree to a rescission.
        Rescind = "rescind",
        /// Lead an ended offer back to a draft.
        Reopen = "reopen",
        /// Resolve a contingency.
        Verify = "verify",
        /// Acknowledge a hand-off to one's role.
        Acknowledge = "acknowledge",
        /// Confirm or move the start; record that the person started or did not.
        Start = "start",
        /// Read the whole history with actors.
        Audit = "audit",
    }
}

/// What a role sees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct RoleSheet {
    /// The role.
    pub key: Role,
    /// What it is called on screen.
    pub name: String,
    /// The sides it sees.
    pub sees: Vec<Side>,
    /// The sides it sees for one engagement instead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sees_for: Vec<SeesFor>,
    /// Whether it may publish playbooks and import.
    #[serde(default)]
    pub runs_the_firm: bool,
    /// Whether it may invite people and change their roles.
    #[serde(default)]
    pub runs_people: bool,
    /// Whether whoever holds it signs in with a second factor, and with nothing less.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub second_factor: bool,
    /// The highest annual pay that it may approve, for people who have no limit of their own.
    #[serde(default, with = "readable::money::maybe", skip_serializing_if = "Option::is_none")]
    pub limit_annual: Option<Money>,
    /// How far above the band it may approve, for people who have no limit of their own.
    #[serde(default, with = "readable::percent::maybe", skip_serializing_if = "Option::is_none")]
    pub limit_over_band: Option<BasisPoints>,
}

/// The sides of one engagement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct SeesFor {
    /// The engagement.
    pub engagement: Engagement,
    /// The sides.
    pub sees: Vec<Side>,
}

/// The answer to "may this actor do this here".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Yes.
    Allowed,
    /// No, and here is why. The actor sees the offer.
    Denied(Denial),
    /// No, and the actor may not know that the offer exists.
    Hidden,
}

/// Why somebody who sees an offer may not act on it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Denial {
    /// No role of the actor may ever do this.
    NotYourRole,
    /// A role of the actor may do this, with other offers.
    NotYourOffer,
    /// A role of the actor may do this, while the offer is in another state.
    NotInThisState,
    /// A role of the actor is held with a second factor, and the actor came by a mail.
    SecondFactorMissing,
}

/// Whether an actor may do something with an offer.
pub fn may(actor: &Actor, action: Action, subject: &Subject) -> Access {
    match actor {
        Actor::Candidate { offer, .. } => match action {
            _ if *offer != subject.offer => Access::Hidden,
            Action::See => Access::Allowed,
            _ => Access::Denied(Denial::NotYourRole),
        },
        Actor::Clockwork | Actor::Operator { .. } => Access::Allowed,
        Actor::Member(member) => member_may(member, action, subject),
    }
}

fn member_may(member: &Member, action: Action, subject: &Subject) -> Access {
    if !member.grants_on(Action::See, subject).any(|grant| grant.covers_state(subject.status)) {
        return Access::Hidden;
    }
    if member.proved_too_little_for(action) {
        return Access::Denied(Denial::SecondFactorMissing);
    }
    if member.grants_on(action, subject).any(|grant| grant.covers_state(subject.status)) {
        Access::Allowed
    } else if member.grants_on(action, subject).next().is_some() {
        Access::Denied(Denial::NotInThisState)
    } else if member.grants.iter().any(|grant| grant.actions.contains(&action)) {
        Access::Denied(Denial::NotYourOffer)
    } else {
        Access::Denied(Denial::NotYourRole)
    }
}

/// What of an offer somebody sees.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sight {
    sides: BTreeSet<Side>,
    /// Whether somebody of the firm looks, and not its candidate or client.
    of_the_firm: bool,
    /// Whether free words may tell what is kept from the viewer: one of two who are blind to each other's number.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    quiet: bool,
    /// Whether a client's contact looks, to whom the questions and answers of the client's own step belong.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    of_the_client: bool,
}

impl Sight {
    /// Sees every side.
    pub fn everything() -> Self {
        Self { sides: Side::ALL.into(), of_the_firm: true, quiet: false, of_the_client: false }
    }

    /// Whether a client's contact looks.
    pub const fn is_of_the_client(&self) -> bool {
        self.of_the_client
    }

    /// Whether what staff write to each other is seen: by people of the firm who see the package, for that is what they write about.
    pub fn reads_talk(&self) -> bool {
        self.of_the_firm && self.shows(Side::Package)
    }

    /// Whether the words themselves are read, and not only that they were written: somebody may have typed the very number that is
    /// kept from a viewer who is blind to it.
    pub fn reads_words(&self) -> bool {
        self.reads_talk() && !self.quiet
    }

    /// Whether a side is seen.
    pub fn shows(&self, side: Side) -> bool {
        self.sides.contains(&side)
    }

    /// The sides that are seen, in the order of a form.
    pub fn sides(&self) -> impl Iterator<Item = Side> {
        self.sides.iter().copied()
    }

    /// Whether everything that a letter prints is seen, so that the letter itself can be.
    pub fn shows_letters(&self) -> bool {
        PRINTED.iter().all(|side| self.shows(*side))
    }

    /// Whether a field is seen.
    pub fn shows_field(&self, spec: &FieldSpec) -> bool {
        self.shows(spec.side)
    }

    /// The terms without what is not seen.
    #[must_use]
    pub fn of(&self, terms: &Terms, table: &FieldTable) -> Terms {
        terms.retain(|key| table.get(key).is_some_and(|spec| self.shows_field(spec)))
    }
}

/// What a letter prints: what its candidate sees.
const PRINTED: [Side; 4] = [Side::Job, Side::Person, Side::Contact, Side::Package];

/// The sides that an actor sees of an offer: what its roles see that reach the offer at all.
pub fn sight(actor: &Actor, subject: &Subject) -> Sight {
    match actor {
        Actor::Candidate { offer, .. } if *offer == subject.offer => Sight { sides: PRINTED.into(), ..Sight::default() },
        Actor::Candidate { .. } => Sight::default(),
        Actor::Clockwork | Actor::Operator { .. } => Sight::everything(),
        Actor::Member(member) => {
            let grants = member.grants_on(Action::See, subject).filter(|grant| grant.covers_state(subject.status));
            member.sight_by(grants.map(|grant| &grant.role).collect(), subject.about.engagement)
        }
    }
}

impl Member {
    /// What these of the member's roles see together of an engagement.
    fn sight_by(&self, reaching: BTreeSet<&Role>, engagement: Option<Engagement>) -> Sight {
        let sheets = self.sheets.iter().filter(|sheet| reaching.contains(&sheet.key));
        let sides: BTreeSet<Side> = sheets.flat_map(|sheet| sides_of(sheet, engagement)).copied().collect();
        Sight {
            quiet: self.bounds.double_blind.keeps_words_from(&sides, engagement),
            of_the_client: reaching.contains(&role::CLIENT_CONTACT),
            sides,
            of_the_firm: self.is_of_the_firm(),
        }
    }

    /// What the member sees of an offer that lies in these scopes of the board; the same as [`sight`] of the offer itself.
    pub fn sight_in(&self, scopes: &BTreeSet<ScopeKey>, status: Status, engagement: Option<Engagement>) -> Sight {
        let sees = |grant: &&GrantRow| grant.actions.contains(&Action::See) && grant.covers_state(status);
        let reaches = |grant: &&GrantRow| self.keys_of(grant).iter().any(|key| scopes.contains(key));
        self.sight_by(self.grants.iter().filter(sees).filter(reaches).map(|grant| &grant.role).collect(), engagement)
    }
}

/// The sides a role sees of an engagement.
pub fn sides_of(sheet: &RoleSheet, engagement: Option<Engagement>) -> &[Side] {
    sheet.sees_for.iter().find(|row| Some(row.engagement) == engagement).map_or(&sheet.sees, |row| &row.sees)
}
