//! Who may decide a step today: the roster held against what rules ask for, grants, limits, absences and zones.

use std::collections::{BTreeMap, BTreeSet};

use offer::{
    access::{self, About, Access, Action, Actor, Handed, Member, Relations, Sight, StandsInFor, Subject},
    id::{PersonId, StepKey},
    ledger::AuthLevel,
    lifecycle::{Approver, Offer, Status, WorkingHours},
    playbook::WorkingTime,
    policy::{Rule, Who},
    terms::Terms,
};

use super::{Listed, world::Ground, zones};

/// Terms of a route to come, and the rules that make it.
pub(super) type ToCome<'a> = (&'a Terms, &'a [Rule]);

impl Ground {
    /// Fills in the people of today: of the steps that there are, or of every step that rules could ask for.
    pub(super) fn gather(&mut self, offer: &Offer, to_come: Option<ToCome<'_>>) {
        let eligible = self.eligible(offer, to_come);
        let people: BTreeSet<&PersonId> = eligible.values().flatten().collect();
        self.facts.approvers = people.into_iter().filter_map(|person| Some((person.clone(), self.approver(person)?))).collect();
        self.facts.hours = self.hours(&eligible);
        self.facts.eligible = eligible;
    }

    /// Who may decide each step.
    pub(super) fn eligible(&self, offer: &Offer, to_come: Option<ToCome<'_>>) -> BTreeMap<StepKey, BTreeSet<PersonId>> {
        let whos: BTreeMap<&StepKey, &Who> = match to_come {
            None => offer.route.steps.iter().map(|step| (&step.step, &step.who)).collect(),
            Some((terms, rules)) => {
                let engagement = terms.engagement();
                let counting = rules.iter().filter(|rule| engagement.is_none_or(|engagement| rule.counts_for(engagement)));
                counting.map(|rule| (&rule.step.key, &rule.step.who)).collect()
            }
        };
        let subject = in_review(offer, to_come.map(|(terms, _)| terms));
        // many rules ask for the same people
        let mut found: BTreeMap<&Who, BTreeSet<PersonId>> = BTreeMap::new();
        let mut people = |who| found.entry(who).or_insert_with(|| self.who_may(&subject, who)).clone();
        whos.into_iter().map(|(step, who)| (step.clone(), people(who))).collect()
    }

    /// The people who may decide as this `who` of an offer with these terms.
    pub(super) fn deciders(&self, offer: &Offer, terms: Option<&Terms>, who: &Who) -> BTreeSet<PersonId> {
        self.who_may(&in_review(offer, terms), who)
    }

    /// Those whom a `who` means and whose grants of today reach such an offer in review.
    fn who_may(&self, subject: &Subject, who: &Who) -> BTreeSet<PersonId> {
        let mut subject = subject.clone();
        subject.reviewing_roles.insert(who.role());
        let meant = self.meant(&subject.about.relations, who).into_iter();
        meant.filter(|listed| self.may(listed, Action::Decide, &subject)).map(|listed| listed.id.clone()).collect()
    }

    /// The people whom a `who` means, whatever they may do.
    pub(super) fn meant<'a>(&'a self, relations: &Relations, who: &'a Who) -> Vec<&'a Listed> {
        match who {
            Who::Role(role) => self.roster.with_role(role).collect(),
            // a relation means whoever the offer names, whatever else that person is
            Who::Relation(relation) => {
                let named = relations.of(*relation).and_then(|person| self.roster.get(person));
                named.filter(|listed| !listed.left).into_iter().collect()
            }
            Who::ManagerOf(manager) => {
                let below = relations.of(manager.of);
                self.managers_above(below).into_iter().filter(|listed| listed.person.is(&manager.role)).collect()
            }
        }
    }

    /// Whether somebody's grants of today allow something; to whoever left, nothing.
    pub(super) fn may(&self, listed: &Listed, action: Action, subject: &Subject) -> bool {
        !listed.left && access::may(&self.actor(listed), action, subject) == Access::Allowed
    }

    /// What somebody sees by their grants of today.
    pub(super) fn sight(&self, listed: &Listed, subject: &Subject) -> Sight {
        access::sight(&self.actor(listed), subject)
    }

    fn actor(&self, listed: &Listed) -> Actor {
        Actor::Member(Member::resolve(listed.id.clone(), &listed.person, AuthLevel::Password, &self.current.playbook))
    }

    /// To whom somebody may hand their decision of a step: whoever holds its role, may not decide it yet, and may then.
    pub(super) fn delegates(&self, offer: &Offer, step: &StepKey, from: &PersonId) -> BTreeSet<PersonId> {
        let Some(role) = offer.route.step(step).map(|found| found.who.role()) else { return BTreeSet::new() };
        let is_asked = |person: &PersonId| self.facts.eligible.get(step).is_some_and(|people| people.contains(person));
        let handed_to = |person: &PersonId| {
            offer.delegations.iter().any(|handed| handed.step == *step && handed.to == *person && is_asked(&handed.from))
        };
        let may_decide = |person: &PersonId| person == from || is_asked(person) || handed_to(person);
        let others: Vec<&Listed> = self.roster.with_role(&role).filter(|listed| !may_decide(&listed.id)).collect();
        let mut subject = in_review(offer, None);
        let handed = |listed: &&Listed| Handed { to: listed.id.clone(), from: from.clone(), role: role.clone() };
        subject.handed.extend(others.iter().map(handed));
        others.into_iter().filter(|listed| self.may(listed, Action::Decide, &subject)).map(|listed| listed.id.clone()).collect()
    }

    /// Whether somebody may decide a step in another's place: their grants reach the offer then, and they hold the role that decides.
    pub(super) fn may_decide_for(&self, offer: &Offer, step: &StepKey, listed: &Listed, whom: &PersonId) -> bool {
        let Some(step) = offer.route.step(step) else { return false };
        let Some(away) = self.roster.get(whom) else { return false };
        let stands = vec![StandsInFor { whom: whom.clone(), roles: away.person.roles.clone() }];
        let member =
            Member::resolve(listed.id.clone(), &listed.person, AuthLevel::Password, &self.current.playbook).standing_in_for(stands);
        let reaches = access::may(&Actor::Member(member), Action::Decide, &in_review(offer, None)) == Access::Allowed;
        !listed.left && reaches && step.who.takes_in_place(|role| listed.person.is(role), |role| away.person.is(role))
    }

    fn approver(&self, person: &PersonId) -> Option<Approver> {
        let listed = self.roster.get(person)?;
        Some(Approver { limits: listed.person.limits(), stand_in: self.roster.stand_in(person, self.now).cloned() })
    }

    /// When the people of a step work, where all of them live in one zone and the firm in another.
    fn hours(&self, eligible: &BTreeMap<StepKey, BTreeSet<PersonId>>) -> BTreeMap<StepKey, WorkingHours> {
        let firm = &self.pinned.playbook.working_time;
        let zone_of = |people: &BTreeSet<PersonId>| {
            let mut zones = people.iter().filter_map(|person| self.roster.get(person)).map(|listed| listed.person.zone.as_str());
            let first = zones.next().filter(|zone| *zone != firm.zone && zones::zone(zone).is_some())?;
            zones.all(|zone| zone == first).then_some(first)
        };
        let mut of_zone: BTreeMap<&str, WorkingHours> = BTreeMap::new();
        let mut hours_in = |zone| {
            let there = || zones::working_hours(&WorkingTime { zone: String::from(zone), ..firm.clone() }, self.now);
            of_zone.entry(zone).or_insert_with(there).clone()
        };
        eligible.iter().filter_map(|(step, people)| Some((step.clone(), hours_in(zone_of(people)?)))).collect()
    }

    /// Whom somebody reports to, and whom that one does, nearest first; a circle is walked once.
    fn managers_above(&self, person: Option<&PersonId>) -> Vec<&Listed> {
        let mut above: Vec<&Listed> = Vec::new();
        let mut next = person.and_then(|person| self.roster.get(person)).and_then(|listed| listed.person.manager.clone());
        while let Some(manager) = next.as_ref().and_then(|manager| self.roster.get(manager)) {
            if above.iter().any(|known| known.id == manager.id) {
                break;
            }
            next.clone_from(&manager.person.manager);
            above.push(manager);
        }
        above.retain(|listed| !listed.left);
        above
    }
}

/// What access looks at of an offer with these terms while it is in review.
fn in_review(offer: &Offer, terms: Option<&Terms>) -> Subject {
    let subject = offer.subject();
    Subject { status: Status::InReview, about: terms.map_or(subject.about, About::of), ..subject }
}
