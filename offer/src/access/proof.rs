//! What somebody must have proved before they may act: a role may ask for more than a mailbox.

use super::{Action, Member};
use crate::ledger::AuthLevel;

impl Member {
    /// Whether a mailbox is proof enough for what this member decides. Not while a role of theirs is held with a second factor: a mail and its code
    /// are one and the same factor.
    pub fn decides_by_mail(&self) -> bool {
        !self.sheets.iter().any(|sheet| sheet.second_factor)
    }

    /// Whether the member came by a mail to do what asks for more than that. Looking needs no more.
    pub(super) fn proved_too_little_for(&self, action: Action) -> bool {
        let came_by_mail = matches!(self.auth_level, AuthLevel::Link | AuthLevel::Code);
        action != Action::See && came_by_mail && !self.decides_by_mail()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::{About, Access, Actor, Denial, RoleSheet, Scope, Subject, may};
    use crate::id::{OfferId, PersonId, role};
    use crate::lifecycle::Status;
    use crate::playbook::GrantRow;
    use std::collections::BTreeSet;

    fn a_finance_person(auth_level: AuthLevel, second_factor: bool) -> Actor {
        let grant = GrantRow {
            key: "finance-decides".into(),
            role: role::FINANCE,
            actions: vec![Action::See, Action::Decide],
            scope: Scope::All,
            states: Vec::new(),
        };
        let sheet = RoleSheet {
            key: role::FINANCE,
            name: "Finance".into(),
            sees: Vec::new(),
            sees_for: Vec::new(),
            runs_the_firm: false,
            runs_people: false,
            second_factor,
            limit_annual: None,
            limit_over_band: None,
        };
        Actor::Member(Member {
            id: PersonId::new("fay"),
            auth_level,
            roles: vec![role::FINANCE],
            team: None,
            department: None,
            business_line: None,
            region: None,
            clients: Vec::new(),
            grants: vec![grant],
            sheets: vec![sheet],
            stands_in_for: Box::default(),
            bounds: Default::default(),
        })
    }

    fn an_offer() -> Subject {
        Subject {
            offer: OfferId::new("o"),
            status: Status::InReview,
            about: About::default(),
            is_settled: true,
            handed: BTreeSet::new(),
            reviewing_roles: BTreeSet::new(),
            receiving_roles: BTreeSet::new(),
        }
    }

    #[test]
    fn a_mailbox_decides_where_no_role_asks_for_a_second_factor() {
        for level in [AuthLevel::Link, AuthLevel::Code, AuthLevel::Password] {
            assert_eq!(may(&a_finance_person(level, false), Action::Decide, &an_offer()), Access::Allowed);
        }
    }

    #[test]
    fn a_role_with_a_second_factor_is_never_satisfied_by_a_mail() {
        for level in [AuthLevel::Link, AuthLevel::Code] {
            let fay = a_finance_person(level, true);
            assert_eq!(may(&fay, Action::See, &an_offer()), Access::Allowed);
            assert_eq!(may(&fay, Action::Decide, &an_offer()), Access::Denied(Denial::SecondFactorMissing));
        }
        assert_eq!(may(&a_finance_person(AuthLevel::SecondFactor, true), Action::Decide, &an_offer()), Access::Allowed);
    }
}
