//! What routing an offer anew would bring about, for whoever may do it.

use app::desk::{RerouteLines, ReroutePage, Viewer};
use offer::{
    access::{self, Access, Action},
    id::{OfferId, StepKey},
    lifecycle::{Refusal, Rerouting, StepReopened},
    policy::RouteStep,
};

use super::{DeskFault, HouseDesk, looked::Looked};

impl HouseDesk {
    pub(super) async fn reroute_page(&self, viewer: &Viewer, id: &OfferId) -> Result<ReroutePage, DeskFault> {
        let mut looked = self.looked(viewer, id).await?;
        match access::may(&looked.actor, Action::Reroute, &looked.file.offer.subject()) {
            Access::Allowed => {}
            Access::Denied(because) => return Err(Refusal::NotAllowed { because }.into()),
            Access::Hidden => return Err(DeskFault::NotFound),
        }
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
                .map(|rerouting| lines(&looked, rerouting))
                .map_err(|refusal| access::seen_refusal(refusal, &looked.sight, &current.table)),
            table: current.table.clone(),
        })
    }
}

fn lines(looked: &Looked, rerouting: Rerouting) -> RerouteLines {
    let (offer, ground) = (&looked.file.offer, &looked.ground);
    let (sight, table) = (&looked.sight, &ground.current.table);
    let seen = |step: &RouteStep| access::seen_step(step, sight, table);
    let seen_reopened =
        |step: &StepReopened| StepReopened { step: step.step.clone(), because: access::seen_reopenings(&step.because, sight, table) };
    let people = |step: &StepKey| {
        let people = ground.facts.eligible.get(step).into_iter().flatten().filter(|person| !offer.askers.contains(*person));
        people.map(|person| ground.roster.name(person)).collect()
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
