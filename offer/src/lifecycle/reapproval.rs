//! What becomes of approvals after a change: which stand, which re-open, and why.

use super::{Approval, Offer, Status, StepState};
use crate::id::{PersonId, StepKey};
use crate::policy::{Reopening, Route, RouteStep, Verdict, WithinRange};
use crate::terms::Terms;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// A step whose approval stands after a change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepStands {
    /// The step.
    pub step: StepKey,
    /// The approvals that stand, by their place in the stream.
    pub approvals: Vec<u64>,
    /// The version that was approved.
    pub version: u32,
    /// Values that changed and stayed in an approved range.
    pub within: Vec<WithinRange>,
    /// Whether it had been re-opened, and stands again because the values are back.
    pub revived: bool,
}

/// A step whose approval does not stand any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepReopened {
    /// The step.
    pub step: StepKey,
    /// Why.
    pub because: Vec<Reopening>,
}

/// What becomes of the approvals so far under another route and other terms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reapproval {
    /// Steps that need not be asked again.
    pub stands: Vec<StepStands>,
    /// Steps that had approved and are asked again.
    pub reopened: Vec<StepReopened>,
    /// Approvals that stand of steps that need more of them.
    pub counting: BTreeMap<StepKey, Vec<u64>>,
}

impl Reapproval {
    /// The steps that need not be asked again.
    pub fn standing(&self) -> BTreeSet<StepKey> {
        self.stands.iter().map(|stands| stands.step.clone()).collect()
    }
}

/// An approval that stands, with the values that stayed in its ranges.
type Standing<'a> = (&'a Approval, Vec<WithinRange>);

impl Offer {
    /// What would become of the approvals so far, if these terms were to be decided by this route and these people had asked.
    pub fn reapproval(&self, route: &Route, terms: &Terms, askers: &BTreeSet<PersonId>) -> Reapproval {
        let mut reapproval = Reapproval::default();
        for step in &route.steps {
            let (standing, fallen) = self.judged(step, terms, askers);
            let approved_now = matches!(self.steps.get(&step.step), Some(StepState::Approved { .. }));
            // what somebody decided over the heads of its people stands for all of them
            let forced = standing.iter().any(|(approval, _)| approval.forced);
            let enough = forced || u32::try_from(standing.len()).is_ok_and(|count| count >= step.quorum);
            if !enough && !standing.is_empty() {
                let counting = standing.iter().map(|(approval, _)| approval.seq).collect();
                reapproval.counting.insert(step.step.clone(), counting);
            }
            match standing.first().filter(|_| enough) {
                Some((latest, within)) => reapproval.stands.push(StepStands {
                    step: step.step.clone(),
                    approvals: standing.iter().map(|(approval, _)| approval.seq).collect(),
                    version: latest.coverage.version,
                    within: within.clone(),
                    revived: !approved_now && self.status != Status::Draft,
                }),
                None if approved_now => reapproval.reopened.push(StepReopened { step: step.step.clone(), because: fallen }),
                None => {}
            }
        }
        reapproval
    }

    /// The last approval of a step that waits again, and why it does not stand; somebody's own before those of others.
    pub fn fallen_approval(&self, step: &RouteStep, own: Option<&PersonId>) -> Option<(&Approval, Vec<Reopening>)> {
        let terms = self.terms.as_ref()?;
        if matches!(self.steps.get(&step.step), None | Some(StepState::Approved { .. })) {
            return None;
        }
        let of_step = || self.approvals.iter().rev().filter(|approval| approval.step == step.step);
        let own = of_step().find(|approval| own.is_some() && approval.decider().as_ref() == own);
        let approval = own.or_else(|| of_step().next())?;
        match self.verdict(approval, step, terms, &self.askers) {
            Verdict::Reopens(because) => Some((approval, because)),
            Verdict::Stands(_) => None,
        }
    }

    /// Approvals of a step that stand, the latest first and one of each person; and why the latest that does not stand fell.
    fn judged(&self, step: &RouteStep, terms: &Terms, askers: &BTreeSet<PersonId>) -> (Vec<Standing<'_>>, Vec<Reopening>) {
        let mut standing: Vec<Standing<'_>> = Vec::new();
        let mut fallen: Option<Vec<Reopening>> = None;
        for approval in self.approvals.iter().rev().filter(|approval| approval.step == step.step) {
            if standing.iter().any(|(known, _)| known.decider() == approval.decider()) {
                continue;
            }
            match self.verdict(approval, step, terms, askers) {
                Verdict::Stands(within) => standing.push((approval, within)),
                Verdict::Reopens(because) => {
                    fallen.get_or_insert(because);
                }
            }
        }
        (standing, fallen.unwrap_or_default())
    }

    fn verdict(&self, approval: &Approval, step: &RouteStep, terms: &Terms, askers: &BTreeSet<PersonId>) -> Verdict {
        // INVARIANT (never one's own request): whoever asks now approved it as somebody who did not ask
        let asks = |person: Option<PersonId>| person.is_some_and(|person| askers.contains(&person));
        if asks(approval.decider()) || asks(approval.by.person()) {
            return Verdict::Reopens(vec![Reopening::OwnRequest]);
        }
        match self.versions.get(&approval.coverage.version) {
            Some(approved) => approval.coverage.after(step, approved, terms),
            None => Verdict::Reopens(Vec::new()),
        }
    }
}
