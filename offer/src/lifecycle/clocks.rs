//! The clocks of open steps: a reminder, then an escalation; each fires once for one opening of a step.

use super::decide::must_be;
use super::{Event, Offer, Refusal, Status, StepState, Subjectless, World};
use crate::coded::coded;
use crate::id::StepKey;
use crate::moment::Moment;

coded! {
    /// What a clock of a step brings about.
    Alarm {
        /// Whoever the step waits on is reminded.
        Remind = "remind",
        /// Whoever answers for it hears that it is overdue.
        Escalate = "escalate",
    }
}

/// A clock that runs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clock {
    /// Of which step.
    pub step: StepKey,
    /// What it brings about.
    pub alarm: Alarm,
    /// When.
    pub at: Moment,
}

impl Offer {
    /// The clocks that run now: the rows of what is due.
    pub fn clocks(&self) -> Vec<Clock> {
        if self.status != Status::InReview {
            return Vec::new();
        }
        let of = |(step, state): (&StepKey, &StepState)| match state {
            StepState::Open { due_at, remind_at, progress, .. } => {
                let clock = |alarm, at: Moment, fired: bool| (!fired).then(|| Clock { step: step.clone(), alarm, at });
                let remind = clock(Alarm::Remind, *remind_at, progress.reminded.is_some() || progress.escalated.is_some());
                let escalate = clock(Alarm::Escalate, *due_at, progress.escalated.is_some());
                remind.into_iter().chain(escalate).collect()
            }
            _ => Vec::new(),
        };
        self.steps.iter().flat_map(of).collect()
    }
}

pub(super) fn remind(offer: &Offer, world: &World<'_>, step: &StepKey) -> Result<Vec<Event>, Refusal> {
    fires(offer, world, step, Alarm::Remind)?;
    Ok(vec![Event::StepReminded { step: step.clone() }])
}

pub(super) fn escalate(offer: &Offer, world: &World<'_>, step: &StepKey) -> Result<Vec<Event>, Refusal> {
    let due_at = fires(offer, world, step, Alarm::Escalate)?;
    let to = offer.route.step(step).and_then(|step| step.escalate_to.clone());
    Ok(vec![Event::StepEscalated { step: step.clone(), due_at, to }])
}

/// Whether a clock fires now: it runs, and its instant has come.
fn fires(offer: &Offer, world: &World<'_>, step: &StepKey, alarm: Alarm) -> Result<Moment, Refusal> {
    must_be(offer, &[Status::InReview])?;
    match offer.steps.get(step) {
        None => return Err(Refusal::NoSuch { what: Subjectless::Step }),
        Some(StepState::Open { .. }) => {}
        Some(_) => return Err(Refusal::StepNotOpen { step: step.clone() }),
    }
    let clock = offer.clocks().into_iter().find(|clock| clock.step == *step && clock.alarm == alarm);
    match clock {
        None => Err(Refusal::NothingChanges),
        Some(clock) if world.now < clock.at => Err(Refusal::NotDue { at: clock.at }),
        Some(clock) => Ok(clock.at),
    }
}
