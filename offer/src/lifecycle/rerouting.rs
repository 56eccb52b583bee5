//! Routing anew: an offer in flight keeps the rules by which it was routed until somebody routes it by those of today.

use super::command::Reroute;
use super::decide::{explained, must_be, words};
use super::deciders::somebody_for_every_step;
use super::review::opened;
use super::{
    Event, Exception, ExceptionReasons, Mail, Offer, Reapproval, Refusal, Status, StepReopened, StepStands, StepState, Words, World,
};
use crate::check::{self, Assessment, Finding};
use crate::id::StepKey;
use crate::policy::{self, Route, RouteStep};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What happened when an offer was routed anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoutedAnew {
    /// The playbook version from now on pinned.
    pub playbook: u32,
    /// What was found.
    pub findings: Vec<Finding>,
    /// What goes ahead all the same, and why.
    pub exceptions: Vec<Exception>,
    /// The route now.
    pub route: Route,
    /// Steps whose approval stands.
    pub stands: Vec<StepStands>,
    /// Steps whose approval does not stand any more, and why.
    pub reopened: Vec<StepReopened>,
    /// Steps that go on waiting as they did.
    pub waits: Vec<StepKey>,
    /// Why.
    pub why: Words,
}

/// What becomes of an offer that is routed anew, by other rules or with other terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rerouting {
    /// The route then.
    pub route: Route,
    /// What is found then.
    pub findings: Vec<Finding>,
    /// Findings that go ahead only with a reason and have none yet.
    pub unexplained: Vec<Finding>,
    /// Which approvals stand, and which steps are asked again.
    pub reapproval: Reapproval,
    /// Steps that go on waiting as they do.
    pub waits: BTreeSet<StepKey>,
}

impl Rerouting {
    /// Steps that the offer does not have now.
    pub fn come<'a>(&'a self, offer: &'a Offer) -> impl Iterator<Item = &'a RouteStep> {
        self.route.steps.iter().filter(|step| offer.route.step(&step.step).is_none())
    }

    /// Steps that the offer has now and would not have.
    pub fn go<'a>(&'a self, offer: &'a Offer) -> impl Iterator<Item = &'a RouteStep> {
        offer.route.steps.iter().filter(|step| self.route.step(&step.step).is_none())
    }
}

impl Offer {
    /// What routing the offer anew by today's playbook would bring about.
    ///
    /// # Errors
    /// The state in which it cannot be; [`Refusal::NothingChanges`] when it would have the route that it has.
    pub fn rerouting(&self, world: &World<'_>) -> Result<Rerouting, Refusal> {
        self.rerouted(world).map(|(rerouting, _)| rerouting)
    }

    fn rerouted(&self, world: &World<'_>) -> Result<(Rerouting, Assessment), Refusal> {
        must_be(self, &[Status::InReview, Status::Approved])?;
        if self.letter.as_ref().is_some_and(|letter| letter.mail == Mail::OnItsWay) {
            return Err(Refusal::SendingAlready);
        }
        let Some(terms) = &self.terms else { return Err(Refusal::NotInThisState { status: self.status }) };
        // what was found about the last change of terms is found again
        let before = self.versions.range(..self.version).next_back().map_or(terms, |(_, before)| before);
        let assessment = check::assess_change(before, terms, world.ground());
        let route = policy::route(terms, &assessment, world.current, &world.current.field_table());
        if route == self.route {
            return Err(Refusal::NothingChanges);
        }
        let reapproval = self.reapproval(&route, terms, &self.askers);
        let rerouting = Rerouting {
            waits: self.waiting_on(&route, &reapproval.standing()),
            unexplained: assessment.findings.iter().filter(|finding| finding.is_exception() && !self.explains(finding)).cloned().collect(),
            findings: assessment.findings.clone(),
            route,
            reapproval,
        };
        Ok((rerouting, assessment))
    }

    /// The steps that wait and go on waiting on the same people in another route.
    fn waiting_on(&self, route: &Route, standing: &BTreeSet<StepKey>) -> BTreeSet<StepKey> {
        let waits = |step: &&RouteStep| {
            self.steps.get(&step.step).is_some_and(StepState::is_undecided)
                && !standing.contains(&step.step)
                && step.after.iter().all(|after| standing.contains(after))
                && self.route.step(&step.step).is_some_and(|now| now.who == step.who)
        };
        route.steps.iter().filter(waits).map(|step| step.step.clone()).collect()
    }

    fn explains(&self, finding: &Finding) -> bool {
        self.exceptions.iter().any(|exception| exception.finding == *finding)
    }
}

/// The rules of today in place of those by which the offer was routed; approvals that these would have asked for stand.
pub(super) fn reroute(offer: &Offer, world: &World<'_>, reroute: Reroute) -> Result<Vec<Event>, Refusal> {
    let Reroute { playbook, why, reasons } = reroute;
    let (rerouting, assessment) = offer.rerouted(world)?;
    // what was looked at is what is done
    if playbook != world.current_version {
        return Err(Refusal::PlaybookMoved { now_at: world.current_version });
    }
    let exceptions = exceptions(offer, world, &rerouting.findings, &reasons)?;
    let Rerouting { route, findings, reapproval, waits, .. } = rerouting;
    somebody_for_every_step(&route, world, &assessment.figures, &offer.askers)?;
    let standing = reapproval.standing();
    let mut events = vec![Event::Rerouted(RoutedAnew {
        playbook: world.current_version,
        findings,
        exceptions,
        route: route.clone(),
        stands: reapproval.stands,
        reopened: reapproval.reopened,
        waits: waits.iter().cloned().collect(),
        why: words(&why)?,
    })];
    events.extend(opened(&route, &standing, &waits, &reapproval.counting, world));
    if route.steps.iter().all(|step| standing.contains(&step.step)) {
        events.push(Event::Cleared { version: offer.version });
    }
    Ok(events)
}

/// Exceptions that have their reason keep it; new ones need one.
fn exceptions(offer: &Offer, world: &World<'_>, findings: &[Finding], reasons: &ExceptionReasons) -> Result<Vec<Exception>, Refusal> {
    let new = explained(findings.iter().filter(|finding| !offer.explains(finding)), reasons, offer, world)?;
    let kept = offer.exceptions.iter().filter(|exception| findings.contains(&exception.finding));
    Ok(kept.cloned().chain(new).collect())
}
