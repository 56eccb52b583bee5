//! Who may decide a step now: its people, whoever they handed it to, and whoever stands in for them while they are away.

use std::collections::BTreeSet;

use super::{Offer, Refusal, World};
use crate::access::{Actor, StandsInFor};
use crate::check::Figures;
use crate::id::{PersonId, StepKey};
use crate::policy::{BeyondLimit, Limits, Route, RouteStep};

/// For whom the actor would decide this step: nothing for themselves. It may be closed.
///
/// # Errors
/// It waits on others; or it would be decided by whoever asks, or for them.
pub fn acting_for(offer: &Offer, world: &World<'_>, step: &StepKey) -> Result<Option<PersonId>, Refusal> {
    let not_theirs = || Refusal::NotYourStep { step: step.clone() };
    let Actor::Member(member) = world.actor else { return Err(not_theirs()) };
    let eligible = world.facts.eligible.get(step).ok_or_else(not_theirs)?;
    let who = offer.route.step(step).map(|found| &found.who);
    let may_stand_in =
        |away: &StandsInFor| who.is_some_and(|who| who.takes_in_place(|role| member.is(role), |role| away.roles.contains(role)));
    // whoever it was handed to may hold the role no more
    let may_be_handed = who.is_some_and(|who| member.is(&who.role()));
    let handed = offer.delegations.iter().filter(|handed| handed.step == *step && handed.to == member.id && may_be_handed);
    let handed = handed.map(|handed| &handed.from);
    let away = member.stands_in_for.iter().filter(|away| may_stand_in(away)).map(|away| &away.whom);
    let for_others: Vec<&PersonId> = handed.chain(away).filter(|person| eligible.contains(*person)).collect();
    let own = eligible.contains(&member.id);
    if !own && for_others.is_empty() {
        return Err(not_theirs());
    }
    // INVARIANT (never one's own request): whoever handed in any of what is decided decides none of its steps, and nobody decides for them
    if offer.askers.contains(&member.id) {
        return Err(Refusal::OwnRequest);
    }
    if own {
        return Ok(None);
    }
    for_others.into_iter().find(|person| !offer.askers.contains(*person)).map(|person| Some(person.clone())).ok_or(Refusal::OwnRequest)
}

/// The limit that stands in the way of a person's approval of such figures.
pub fn beyond_limit(person: &PersonId, step: &RouteStep, world: &World<'_>, figures: &Figures) -> Option<BeyondLimit> {
    limits(person, step, world).exceeded(figures)
}

/// What stands with the person, else what the role has today.
pub fn limits(person: &PersonId, step: &RouteStep, world: &World<'_>) -> Limits {
    let own = world.facts.approvers.get(person).map(|approver| approver.limits).unwrap_or_default();
    let sheet = world.current.role(&step.who.role());
    own.or(sheet.map(|sheet| Limits { annual: sheet.limit_annual, over_band: sheet.limit_over_band }).unwrap_or_default())
}

/// People of a step who may approve such figures, those who ask not among them.
pub(super) fn able<'a>(
    step: &'a RouteStep,
    world: &'a World<'_>,
    figures: &'a Figures,
    askers: &'a BTreeSet<PersonId>,
) -> impl Iterator<Item = &'a PersonId> {
    let people = world.facts.eligible.get(&step.step).into_iter().flatten();
    people.filter(move |person| !askers.contains(*person) && beyond_limit(person, step, world, figures).is_none())
}

/// A step that too few may decide refuses with the step's name; whoever asks does not count, nor does anybody beyond their limit.
///
/// # Errors
/// There is no route, or a step of it that nobody, or too few, may decide.
pub fn somebody_for_every_step(route: &Route, world: &World<'_>, figures: &Figures, askers: &BTreeSet<PersonId>) -> Result<(), Refusal> {
    if route.steps.is_empty() {
        return Err(Refusal::NoRoute);
    }
    for step in &route.steps {
        let there = u32::try_from(able(step, world, figures, askers).count()).unwrap_or(u32::MAX);
        if there < step.quorum {
            let (step_key, who) = (step.step.clone(), step.who.clone());
            let limited = world.facts.eligible.get(&step.step).into_iter().flatten();
            let beyond = limited.filter(|person| !askers.contains(*person)).find_map(|person| beyond_limit(person, step, world, figures));
            return Err(match beyond {
                Some(beyond) => Refusal::NobodyWithinLimits { step: step_key, who, beyond },
                None if there == 0 => Refusal::NobodyFor { step: step_key, who },
                None => Refusal::TooFewFor { step: step_key, who, needed: step.quorum, there },
            });
        }
    }
    Ok(())
}
