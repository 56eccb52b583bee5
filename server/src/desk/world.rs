//! What a decision may look at besides the offer, gathered whole.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use offer::{
    access::{Actor, Sight},
    id::{PersonId, Role, StepKey},
    intake,
    lifecycle::{Facts, Fresh, Offer, Status, WorkingHours, World},
    moment::Moment,
    money::Money,
    outlook::{self, Computed, Decider},
    policy::{ManagerOf, Who},
    terms::{Change, Entries, Terms, Value},
};

use super::{DeskFault, HouseDesk, people::Roster, playbooks::Shelved, zones};
use crate::{fresh, store::TallyRow};

/// Everything outside an offer that its next decision looks at, as it was read.
#[derive(Debug)]
pub(crate) struct Ground {
    /// The playbook under which the offer was routed.
    pub(crate) pinned: Arc<Shelved>,
    /// Today's playbook.
    pub(crate) current: Arc<Shelved>,
    /// Staff and contacts.
    pub(crate) roster: Arc<Roster>,
    /// What other streams say.
    pub(crate) facts: Facts,
    /// The row that a decision about seats or budget carries.
    pub(crate) tally: TallyRow,
    /// Now.
    pub(crate) now: Moment,
    fresh: Fresh,
    working_hours: WorkingHours,
}

impl Ground {
    /// The world as `decide` takes it.
    pub(crate) fn world<'a>(&'a self, actor: &'a Actor) -> World<'a> {
        World {
            pinned: &self.pinned.playbook,
            table: &self.pinned.table,
            pinned_version: self.pinned.version,
            current: &self.current.playbook,
            current_version: self.current.version,
            actor,
            now: self.now,
            fresh: &self.fresh,
            facts: &self.facts,
            working_hours: &self.working_hours,
        }
    }

    /// The ids and salts of this decision.
    pub(crate) const fn fresh(&self) -> &Fresh {
        &self.fresh
    }

    /// The figures of terms, for somebody with this sight.
    pub(super) fn computed(&self, terms: &Terms, sight: &Sight) -> Computed {
        let seen = sight.of(terms, &self.pinned.table);
        outlook::computed(&seen, &self.current.playbook, self.facts.opening(), sight)
    }

    /// Who may decide each step of a draft, by name: everybody whom a field could name, where it names who decides.
    pub(super) fn deciders_by_name(&self, offer: &Offer, entries: &Entries, requester: Option<&PersonId>) -> BTreeMap<StepKey, Decider> {
        let table = &self.current.table;
        let terms = intake::read_what_stands(entries, table);
        let name = |person: &PersonId| self.roster.name(person);
        let names = |terms: &Terms, who: &Who| {
            let people = self.deciders(offer, Some(terms), who);
            people.iter().filter(|person| Some(*person) != requester).map(name).collect::<Vec<_>>()
        };
        let one = |who: &Who| match who {
            Who::Role(_) => Decider::OneOf(names(&terms, who)),
            Who::Relation(relation) | Who::ManagerOf(ManagerOf { of: relation, .. }) => {
                let field = relation.field();
                let role = Role::named(relation.code());
                let fitting: BTreeSet<&PersonId> =
                    self.roster.with_role(&role).map(|listed| &listed.id).chain(terms.person(&field)).collect();
                let then = |person: &PersonId| {
                    let named = Change { field: field.clone(), from: None, to: Some(Value::Person(person.clone())) };
                    names(&terms.with(&[named], table), who)
                };
                Decider::NamedBy { people: fitting.into_iter().map(|person| (person.clone(), then(person))).collect(), field }
            }
        };
        self.current.playbook.rules.iter().map(|rule| (rule.step.key.clone(), one(&rule.step.who))).collect()
    }
}

/// Whether an offer wants one of the free seats: it lives, and has none yet.
pub(super) fn competes(offer: &Offer) -> bool {
    offer.status.is_live() && offer.acceptance.is_none()
}

/// What an offer commits of its opening's budget while it is live.
pub(super) fn committed_by(offer: &Offer) -> Money {
    let committed = || offer.terms.as_ref().and_then(Terms::committed);
    if offer.status.is_live() { committed().unwrap_or_default() } else { Money::default() }
}

impl HouseDesk {
    /// Reads what the next decision on an offer looks at.
    pub(super) async fn ground(&self, offer: &Offer) -> Result<Ground, DeskFault> {
        let requisition_id = offer.requisition.clone().ok_or(DeskFault::NotFound)?;
        let id = requisition_id.as_str();
        // the tally first: whatever moves after it was read makes the append answer "moved"
        let tally = self.store.tally(self.firm(), id).await?;
        let requisition = self.opening(&requisition_id).await?;
        let seats = self.store.seats(self.firm(), id).await?;
        let others = tally.offers_competing - i64::from(competes(offer));
        let facts = Facts {
            requisition,
            seats_taken: seats.iter().filter_map(|seat| u32::try_from(seat.seat).ok()).collect(),
            committed: Money::cents(tally.committed.saturating_sub(committed_by(offer).minor).max(0)),
            other_live_offers: u32::try_from(others.max(0)).unwrap_or(u32::MAX),
            eligible: BTreeMap::new(),
            delegates: BTreeMap::new(),
            approvers: BTreeMap::new(),
            hours: BTreeMap::new(),
        };
        self.ground_with(offer, facts, tally).await
    }

    /// The same with what was read of the opening already.
    pub(super) async fn ground_with(&self, offer: &Offer, facts: Facts, tally: TallyRow) -> Result<Ground, DeskFault> {
        let now = self.now();
        let current = self.current().await?;
        // a draft is routed anew, under the rules of today
        let pinned = match (offer.status, offer.playbook) {
            (Status::Draft, _) | (_, 0) => Arc::clone(&current),
            (_, version) => self.shelved(version).await?,
        };
        let working_hours = zones::working_hours(&pinned.playbook.working_time, now);
        let roster = self.roster().await?;
        Ok(Ground { pinned, current, roster, facts, tally, now, fresh: Fresh::new(fresh::bytes()?, now), working_hours })
    }
}
