//! What the mails of one decision look at, and whom they are for.

use std::collections::BTreeMap;

use app::words::en::offer_mail::About;
use offer::{
    access::{Action, Actor},
    field,
    id::{PersonId, StepKey},
    lifecycle::{Offer, Recorded},
    person::Identity,
    playbook::ContingencyDue,
    terms::Terms,
};

use crate::desk::{Listed, waiting, world::Ground};

/// Everything that mails of one decision look at.
pub(in crate::desk) struct Occasion<'a> {
    pub(in crate::desk) before: &'a Offer,
    pub(in crate::desk) after: &'a Offer,
    pub(in crate::desk) recorded: &'a [Recorded],
    pub(in crate::desk) ground: &'a Ground,
    pub(in crate::desk) actor: &'a Actor,
}

/// Somebody on whom a step waits.
pub(super) struct Told<'a> {
    pub(super) listed: &'a Listed,
    /// For whom they decide, if not for themselves.
    pub(super) for_whom: Option<&'a PersonId>,
}

impl Occasion<'_> {
    pub(super) fn terms(&self) -> Option<&Terms> {
        self.after.terms.as_ref()
    }

    pub(super) fn title(&self) -> &str {
        self.terms().and_then(|terms| terms.text(&field::JOB_TITLE)).unwrap_or_default()
    }

    pub(super) fn firm(&self) -> &str {
        &self.ground.current.playbook.firm.name
    }

    pub(super) fn about(&self) -> About<'_> {
        About { firm: self.firm(), number: &self.after.number, title: self.title() }
    }

    /// The same as the candidate reads it: by the letter that was handed over, whatever changes behind it.
    pub(super) fn about_letter(&self) -> About<'_> {
        let letter = self.after.handed_over().next();
        let title = letter.and_then(|letter| self.after.versions.get(&letter.version)?.text(&field::JOB_TITLE));
        About { title: title.unwrap_or_else(|| self.title()), ..self.about() }
    }

    /// The recruiter, while they are there.
    pub(super) fn recruiter(&self) -> Option<&Listed> {
        self.ground.roster.get(self.after.about.relations.recruiter.as_ref()?).filter(|listed| !listed.left)
    }

    /// Whether a check that signing had to wait for was the last one.
    pub(super) fn opens_signing(&self) -> bool {
        let open = |offer: &Offer| !offer.open_contingencies(&self.ground.pinned.playbook, ContingencyDue::Acceptance).is_empty();
        open(self.before) && !open(self.after)
    }

    /// The address of the offer's page.
    pub(super) fn page(&self) -> String {
        format!("/offers/{}", self.after.id)
    }

    /// Everybody on whom a step waits: whoever may decide it, or whoever stands in for them, and whoever it was handed to. Not whoever asked,
    /// nor anybody who has decided already.
    pub(super) fn deciders_of<'a>(&'a self, step: &'a StepKey) -> impl Iterator<Item = Told<'a>> {
        let (facts, roster, offer) = (&self.ground.facts, &self.ground.roster, self.after);
        let but = waiting::not_waited_on_at(offer, step);
        let own = facts.eligible.get(step).into_iter().flatten().map(|person| match facts.stand_in_of(person) {
            Some(stand_in) => (stand_in, Some(person)),
            None => (person, None),
        });
        // whom it was handed to may hold its role no more
        let role = offer.route.step(step).map(|step| step.who.role());
        let may_still = move |person: &PersonId| roster.get(person).zip(role.as_ref()).is_some_and(|(listed, role)| listed.person.is(role));
        let handed = offer.delegations.iter().filter(|handed| handed.step == *step && may_still(&handed.to));
        let handed = handed.map(|handed| (&handed.to, Some(&handed.from)));
        let waits = |(who, whom): &(&PersonId, Option<&PersonId>)| !but.contains(who) && whom.is_none_or(|whom| !but.contains(whom));
        let mut told: BTreeMap<&PersonId, Option<&PersonId>> = BTreeMap::new();
        for (who, for_whom) in own.chain(handed).filter(waits) {
            // whoever decides for themselves does not decide for another
            told.entry(who).and_modify(|known| *known = known.and(for_whom)).or_insert(for_whom);
        }
        let told = told.into_iter().filter_map(move |(who, for_whom)| Some(Told { listed: roster.get(who)?, for_whom }));
        told.filter(|told| match told.for_whom {
            Some(whom) => self.ground.may_decide_for(offer, step, told.listed, whom),
            None => !told.listed.left,
        })
    }

    /// Whether somebody sees the offer as it stands after the decision.
    pub(super) fn is_seen_by(&self, listed: &Listed) -> bool {
        self.ground.may(listed, Action::See, &self.after.subject())
    }

    pub(super) fn actor_name(&self) -> String {
        self.actor.person().map(|person| self.ground.roster.name(person)).unwrap_or_default()
    }

    /// The legal employer's name as the letter has it; the firm's where there is none.
    pub(super) fn employer(&self) -> String {
        let playbook = &self.ground.pinned.playbook;
        let client = self.terms().and_then(Terms::client).and_then(|code| playbook.client(&code).cloned());
        match (self.after.engagement().is_none_or(offer::engagement::Engagement::firm_employs), client) {
            (false, Some(client)) => client.name,
            _ => playbook.firm.name.clone(),
        }
    }

    /// The candidate's name and address; the preferred name where there is one.
    pub(super) fn candidate(&self) -> Option<Identity> {
        let terms = self.terms()?;
        let name = terms.text(&field::CANDIDATE_PREFERRED_NAME).or_else(|| terms.text(&field::CANDIDATE_NAME))?;
        Some(Identity { name: name.to_owned(), email: terms.text(&field::CANDIDATE_EMAIL)?.to_owned() })
    }
}
