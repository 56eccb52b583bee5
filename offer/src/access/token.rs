//! What a program may see that comes with a token: what its owner sees at that moment, or less, and never more.

use super::{Action, Member};
use crate::coded::coded;
use crate::field::Side;
use crate::ledger::AuthLevel;

coded! {
    /// How much of what its owner sees a token reads.
    TokenReads {
        /// Everything that its owner sees.
        All = "all",
        /// The job side alone: no pay, no bill rate, nothing about the candidate, nothing that staff wrote.
        JobOnly = "job_only",
    }
}

impl TokenReads {
    fn shows(self, side: Side) -> bool {
        match self {
            Self::All => true,
            Self::JobOnly => side == Side::Job,
        }
    }
}

impl Member {
    /// The member as a token of theirs acts: it looks, as far as it reads, and does nothing else.
    #[must_use]
    pub fn by_token(mut self, reads: TokenReads) -> Self {
        self.auth_level = AuthLevel::Token;
        for grant in &mut self.grants {
            grant.actions.retain(|action| *action == Action::See);
        }
        for sheet in &mut self.sheets {
            (sheet.runs_the_firm, sheet.runs_people) = (false, false);
            sheet.sees.retain(|side| reads.shows(*side));
            sheet.sees_for.iter_mut().for_each(|row| row.sees.retain(|side| reads.shows(*side)));
        }
        self.bounds.edits.clear();
        // nobody is away in whose place a program could stand
        self.stands_in_for = Box::default();
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{About, Access, Actor, EditRow, Relations, RoleSheet, Scope, SeesFor, StandsInFor, Subject, may, sight};
    use crate::engagement::Engagement;
    use crate::id::{OfferId, PersonId, role};
    use crate::lifecycle::Status;
    use crate::playbook::GrantRow;
    use std::collections::BTreeSet;

    /// A program with every right that there is.
    fn almighty() -> Member {
        Member {
            id: PersonId::new("feed"),
            auth_level: AuthLevel::Password,
            roles: vec![role::INTEGRATION],
            team: None,
            department: None,
            business_line: None,
            region: None,
            clients: Vec::new(),
            stands_in_for: Box::new([StandsInFor { whom: PersonId::new("fay"), roles: vec![role::INTEGRATION] }]),
            grants: vec![GrantRow {
                key: "everything".into(),
                role: role::INTEGRATION,
                actions: Action::ALL.to_vec(),
                scope: Scope::All,
                states: Vec::new(),
            }],
            sheets: vec![RoleSheet {
                key: role::INTEGRATION,
                name: "Integration".into(),
                sees: Side::ALL.to_vec(),
                sees_for: vec![SeesFor { engagement: Engagement::Temp, sees: vec![Side::Job, Side::Package] }],
                runs_the_firm: true,
                runs_people: true,
                second_factor: false,
                limit_annual: None,
                limit_over_band: None,
            }],
            bounds: Box::new(crate::access::Bounds {
                edits: vec![EditRow {
                    key: "everything".into(),
                    role: role::INTEGRATION,
                    sides: Side::ALL.to_vec(),
                    fields: Vec::new(),
                    states: Vec::new(),
                }],
                ..Default::default()
            }),
        }
    }

    fn an_offer(engagement: Engagement) -> Subject {
        Subject {
            offer: OfferId::new("o"),
            status: Status::InReview,
            about: About {
                engagement: Some(engagement),
                relations: Relations { recruiter: Some(PersonId::new("fay")), ..Relations::default() },
                ..About::default()
            },
            is_settled: true,
            handed: BTreeSet::new(),
            reviewing_roles: BTreeSet::new(),
            receiving_roles: BTreeSet::new(),
        }
    }

    #[test]
    fn a_token_looks_and_does_nothing_else() {
        for reads in TokenReads::ALL {
            let feed = almighty().by_token(reads);
            assert!(!feed.runs_the_firm() && !feed.runs_people() && !feed.audits_all() && feed.imports().is_empty(), "{reads:?}");
            assert!(feed.bounds.edits.is_empty() && feed.stands_in_for.is_empty(), "{reads:?}");
            for action in Action::ALL {
                let access = may(&Actor::Member(feed.clone()), action, &an_offer(Engagement::Internal));
                assert_eq!(access == Access::Allowed, action == Action::See, "{reads:?} {action:?}");
            }
        }
    }

    #[test]
    fn a_token_never_sees_more_than_its_owner_and_may_see_the_job_alone() {
        for engagement in [Engagement::Internal, Engagement::Temp] {
            let offer = an_offer(engagement);
            let seen = |member: Member| sight(&Actor::Member(member), &offer).sides().collect::<Vec<_>>();
            assert_eq!(seen(almighty().by_token(TokenReads::All)), seen(almighty()), "{engagement:?}");
            assert_eq!(seen(almighty().by_token(TokenReads::JobOnly)), [Side::Job], "{engagement:?}");
            assert!(!sight(&Actor::Member(almighty().by_token(TokenReads::JobOnly)), &offer).reads_talk());
        }
    }
}
