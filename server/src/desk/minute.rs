//! The approver's minute: what somebody on whom a step waits reads first.

use app::desk::{Minute, SinceApproved};
use offer::{
    access::seen_changes,
    field::Side,
    lifecycle::{Approval, StepState},
    policy::{Reopening, Verdict},
};

use super::{DeskFault, HouseDesk, page::Looked};

impl HouseDesk {
    /// What leads the page of somebody on whom a step waits; nothing for anybody else.
    pub(super) async fn minute(&self, looked: &Looked) -> Result<Option<Minute>, DeskFault> {
        if looked.your_steps().is_empty() {
            return Ok(None);
        }
        let compares = looked.sight.reads_talk() && looked.sight.shows(Side::Package);
        let peers = if compares { self.peers(&looked.file.offer, &looked.member).await? } else { None };
        Ok(Some(Minute { since: looked.since_approved(), peers }))
    }
}

impl Looked {
    /// What the viewer approved last, and what changed since.
    fn since_approved(&self) -> Option<SinceApproved> {
        let (offer, table) = (&self.file.offer, &self.ground.pinned.table);
        let theirs = |approval: &&Approval| approval.decider().as_ref() == Some(&self.member.id);
        let approval = offer.approvals.iter().rev().find(theirs)?;
        let (approved, now) = (offer.versions.get(&approval.coverage.version)?, offer.terms.as_ref()?);
        if approval.coverage.version == offer.version {
            return None;
        }
        let stands = matches!(offer.steps.get(&approval.step), Some(StepState::Approved { .. }));
        let verdict = offer.route.step(&approval.step).filter(|_| !stands).map(|step| approval.coverage.after(step, approved, now));
        let because = match verdict {
            Some(Verdict::Reopens(because)) => because,
            Some(Verdict::Stands(_)) | None => Vec::new(),
        };
        let seen = |because: &Reopening| match because {
            Reopening::Left { field, .. } | Reopening::NotApproved { field } => {
                table.get(field).is_some_and(|spec| self.sight.shows_field(spec))
            }
            Reopening::NewRule { .. } | Reopening::OwnRequest => self.sight.reads_talk(),
        };
        Some(SinceApproved {
            step: approval.step.clone(),
            version: approval.coverage.version,
            at: approval.at,
            changes: seen_changes(&approved.diff(now), &self.sight, table),
            because: because.into_iter().filter(seen).collect(),
        })
    }
}
