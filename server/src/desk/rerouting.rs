//! What routing an offer anew, or a change of its terms, would bring about, for whoever may do it.

use std::collections::BTreeSet;

use app::desk::{RerouteLines, ReroutePage, Viewer};
use offer::{
    access::{self, Access, Action, Viewed},
    field::FieldTable,
    id::{OfferId, PersonId, ProposalId, StepKey},
    lifecycle::{Refusal, Rerouting, StepReopened},
    policy::RouteStep,
};

use super::{DeskFault, HouseDesk, looked::Looked};

impl HouseDesk {
    pub(super) async fn reroute_page(&self, viewer: &Viewer, id: &OfferId) -> Result<ReroutePage, DeskFault> {
        let mut looked = self.look(viewer, id).await?;
        must_be_able(&looked, Action::Reroute)?;
        self.note(&looked, Viewed::Offer)?;
        let current = std::sync::Arc::clone(&looked.ground.current);
        if let Some(terms) = &looked.file.offer.terms {
            looked.ground.gather(&looked.file.offer, Some((terms, &current.playbook.rules)));
        }
        let rerouting = looked.file.offer.rerouting(&looked.ground.world(&looked.actor));
        Ok(ReroutePage {
            id: id.clone(),
            number: looked.file.offer.number.clone(),
            pinned: looked.file.offer.playbook,
            current: current.version,
            outcome: rerouting
                .map(|rerouting| lines(&looked, rerouting, &looked.file.offer.askers, &current.table))
                .map_err(|refusal| access::seen_refusal(refusal, &looked.sight, &current.table)),
            table: current.table.clone(),
        })
    }

    /// What adopting a proposal as it was asked would bring about.
    pub(super) async fn adopting_lines(&self, viewer: &Viewer, id: &OfferId, proposal: &ProposalId) -> Result<RerouteLines, DeskFault> {
        let mut looked = self.look(viewer, id).await?;
        must_be_able(&looked, Action::Change)?;
        let pinned = std::sync::Arc::clone(&looked.ground.pinned);
        let seen = |refusal| access::seen_refusal(refusal, &looked.sight, &pinned.table);
        let terms = looked.file.offer.terms_as_proposed(proposal, &pinned.table).map_err(seen)?;
        looked.ground.gather(&looked.file.offer, Some((&terms, &pinned.playbook.rules)));
        let adopting = looked.file.offer.adopting(&looked.ground.world(&looked.actor), proposal, &terms);
        let adopting = adopting.map_err(|refusal| access::seen_refusal(refusal, &looked.sight, &pinned.table))?;
        let askers = looked.file.offer.askers.iter().chain(looked.actor.person()).cloned().collect();
        Ok(lines(&looked, adopting, &askers, &pinned.table))
    }
}

fn must_be_able(looked: &Looked, action: Action) -> Result<(), DeskFault> {
    match access::may(&looked.actor, action, &looked.file.offer.subject()) {
        Access::Allowed => Ok(()),
        Access::Denied(because) => Err(Refusal::NotAllowed { because }.into()),
        Access::Hidden => Err(DeskFault::NotFound),
    }
}

fn lines(looked: &Looked, rerouting: Rerouting, askers: &BTreeSet<PersonId>, table: &FieldTable) -> RerouteLines {
    let (offer, ground, sight) = (&looked.file.offer, &looked.ground, &looked.sight);
    let seen = |step: &RouteStep| access::seen_step(step, sight, table);
    let seen_reopened =
        |step: &StepReopened| StepReopened { step: step.step.clone(), because: access::seen_reopenings(&step.because, sight, table) };
    let people = |step: &StepKey| {
        let people = ground.facts.eligible.get(step).into_iter().flatten().filter(|person| !askers.contains(*person));
        // whom a step asks is told among those who read staff's talk
        people.filter(|_| sight.reads_talk()).map(|person| ground.roster.name(person)).collect()
    };
    RerouteLines {
        come: rerouting.come(offer).map(|step| (seen(step), people(&step.step))).collect(),
        go: rerouting.go(offer).map(seen).collect(),
        stands: rerouting.reapproval.stands.iter().map(|stands| stands.step.clone()).collect(),
        waits: rerouting.waits.iter().cloned().collect(),
        reopened: rerouting.reapproval.reopened.iter().map(seen_reopened).collect(),
        unexplained: access::seen_findings(&rerouting.unexplained, sight, table),
    }
}
