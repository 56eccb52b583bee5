//! Deciding from a mail: how a step stands for whoever came by its link, and the decision itself.
//!
//! A link lives as long as `decide` would take its approval. So nothing need be taken back when a step is decided otherwise, changes or goes: the offer
//! says so each time, and what is left to do here is to say what happened.

use app::desk::{
    ApprovedBefore, Asked, Browser, KnownBrowser, Mailed, MailedDecided, MailedDecision, MailedOver, MailedPage, MailedStands, MailedStep,
    SessionCookie,
};
use offer::{
    access::{self, Viewed, seen_changes},
    check,
    id::{OfferId, PersonId, StepKey},
    lifecycle::{self, Approve, Command, Event, Recorded, Refusal, Status, StepState},
    terms::Change,
};

use super::{Act, DeskFault, HouseDesk, Port, looked::Looked, port::doer, steps::has_approved};
use crate::identity::{
    Asking, Guest, Unreachable,
    invitations::{self, NewInvitation},
};

impl Port {
    /// What the link of a mail opens in a browser.
    pub(super) async fn mailed_page(&self, token: &str, browser: &Browser) -> Result<Mailed, DeskFault> {
        let guest = self.guest(token, browser).await?;
        let browsers = self.identity.browsers_of(&guest).await?;
        self.house.mailed(&guest, browsers).await
    }

    /// Decides, and turns over what the browser is known by.
    pub(super) async fn mailed_decision(
        &self,
        token: &str,
        browser: &Browser,
        decision: MailedDecision,
        once: &str,
    ) -> Result<SessionCookie, DeskFault> {
        let guest = self.guest(token, browser).await?;
        self.house.decide_mailed(&guest, decision, once).await?;
        Ok(here(self.identity.after_deciding(&guest, browser).await))
    }

    /// Forgets a browser of whoever came by the link.
    pub(super) async fn forgotten(&self, token: &str, browser: &Browser, id: &str) -> Result<SessionCookie, DeskFault> {
        let guest = self.guest(token, browser).await?;
        let set = self.identity.forget_browser(&guest, id).await?;
        Ok(here(set.ok_or(DeskFault::SignIn)?))
    }

    async fn guest(&self, token: &str, browser: &Browser) -> Result<Guest, DeskFault> {
        self.identity.guest(&self.house, token, browser).await?.ok_or(DeskFault::NotFound)
    }
}

/// A cookie for a page that knows its own address.
fn here(set: String) -> SessionCookie {
    SessionCookie { set, go_to: String::new() }
}

impl From<Unreachable> for DeskFault {
    fn from(_: Unreachable) -> Self {
        Self::OutOfReach
    }
}

impl HouseDesk {
    async fn mailed(&self, guest: &Guest, browsers: Vec<KnownBrowser>) -> Result<Mailed, DeskFault> {
        if !guest.member.decides_by_mail() {
            return Ok(Mailed::SignsIn { offer: guest.asking.offer.clone() });
        }
        let (looked, stands) = self.stands_for(guest).await?;
        if !guest.is_known() {
            // whoever holds a mail that was passed on learns that much, and nothing of the offer
            return Ok(Mailed::Invited { page: guest.page.clone(), waits: matches!(stands, MailedStands::Waits(_)) });
        }
        let offer = match &looked {
            Some(looked) => {
                self.note(looked, Viewed::Offer)?;
                Some(self.page_of(looked).await?)
            }
            None => None,
        };
        Ok(Mailed::Here(Box::new(MailedPage {
            reader: guest.name.clone(),
            zone: guest.zone.clone(),
            of_client: guest.is_contact(),
            step: guest.asking.step.clone(),
            offer,
            stands,
            browsers,
            now: self.now(),
        })))
    }

    /// Links as the mails carry them that ask for the open steps of an offer, each with its address: for the file that says who to be.
    pub(crate) async fn links_to_decide(&self, id: &OfferId) -> Result<Vec<(String, NewInvitation)>, DeskFault> {
        let file = self.file(id).await?;
        let (offer, ground) = (&file.offer, self.ground(&file.offer).await?);
        let mut links = Vec::new();
        for (step, people) in ground.eligible(offer, None) {
            let (Status::InReview, Some(StepState::Open { progress, .. })) = (offer.status, offer.steps.get(&step)) else { continue };
            // of several who decide together, one who has not yet
            let waits_on = |person: &PersonId| !offer.askers.contains(person) && !has_approved(offer, progress, person);
            let person = people.into_iter().find(waits_on);
            let email = person.as_ref().and_then(|person| ground.roster.get(person)).and_then(|listed| listed.person.email());
            let (Some(person), Some(email)) = (&person, email) else { continue };
            let link = invitations::invite_approver(id, &step, person, email, offer.version, ground.now)?;
            links.push((email.to_owned(), link));
        }
        Ok(links)
    }

    async fn stands_for(&self, guest: &Guest) -> Result<(Option<Looked>, MailedStands), DeskFault> {
        match self.look(&guest.viewer(), &guest.asking.offer).await {
            Ok(looked) => {
                let stands = looked.stands(&guest.asking);
                Ok((Some(looked), stands))
            }
            // the offer is not theirs to see any more; what they did themselves they know
            Err(DeskFault::NotFound) => {
                let file = self.file(&guest.asking.offer).await?;
                let over = by_reader(&file.history, &guest.asking, &guest.member.id).unwrap_or(MailedOver::NotTheirs);
                Ok((None, MailedStands::Over(over)))
            }
            Err(fault) => Err(fault),
        }
    }

    async fn decide_mailed(&self, guest: &Guest, decision: MailedDecision, once: &str) -> Result<(), DeskFault> {
        if !guest.is_known() {
            return Err(DeskFault::SignIn);
        }
        let Asking { offer, step, version } = guest.asking.clone();
        let (file, viewer) = (self.file(&offer).await?, guest.viewer());
        if handed_over_to(&file.history, &guest.asking, &guest.member.id).is_some() {
            return Err(Refusal::NotYourStep { step }.into());
        }
        let asked = match decision {
            MailedDecision::Approve { comment, lowest, highest } => Asked::Approve { step, version, comment, lowest, highest },
            MailedDecision::Reject { reason } => Asked::Command(Command::Reject { step, version, reason }),
            MailedDecision::Ask { question } => {
                // a question names no version; what was read is asked about all the same
                if let Err(moved @ Refusal::MovedOn { .. }) = self.looked(&viewer, &offer).await?.approval_of(&guest.asking, version) {
                    return Err(moved.into());
                }
                Asked::Command(Command::Return { step, question })
            }
        };
        let doer = doer(&viewer).ok_or(DeskFault::SignIn)?;
        self.carry_out(Act { offer: &offer, doer: &doer, asked: &asked, once, along: &[] }).await
    }
}

impl Looked {
    /// Whether `decide` would take the reader's approval of a version.
    fn approval_of(&self, asking: &Asking, version: u32) -> Result<(), Refusal> {
        let approve = Approve { step: asking.step.clone(), version, comment: String::new(), ranges: Vec::new() };
        lifecycle::decide(&self.file.offer, &self.ground.world(&self.actor), Command::Approve(approve)).map(drop)
    }

    fn stands(&self, asking: &Asking) -> MailedStands {
        if let Some(to) = handed_over_to(&self.file.history, asking, &self.member.id) {
            return MailedStands::Over(MailedOver::HandedOver { to: self.ground.roster.name(&to) });
        }
        match self.approval_of(asking, asking.version) {
            Ok(()) => MailedStands::Waits(MailedStep { beyond: None, ..self.waiting_step(&asking.step) }),
            Err(Refusal::BeyondLimit { beyond, .. }) => MailedStands::Waits(MailedStep {
                beyond: Some(access::seen_limit(beyond, &self.sight)),
                within: self.within_limits(&asking.step),
                ..self.waiting_step(&asking.step)
            }),
            Err(_) => MailedStands::Over(self.over(asking)),
        }
    }

    fn waiting_step(&self, step: &StepKey) -> MailedStep {
        let (offer, me) = (&self.file.offer, &self.member.id);
        let own = |approval: &&lifecycle::Approval| approval.step == *step && approval.decider().as_ref() == Some(me);
        let approved = offer
            .approvals
            .iter()
            .rev()
            .find(own)
            .map(|approval| ApprovedBefore { at: approval.at, changes: self.changes_since(approval.coverage.version) });
        MailedStep { approved, on_behalf_of: self.stands_in_for(step), beyond: None, within: Vec::new() }
    }

    /// Who else of a step may approve it, within their own limits, by name.
    fn within_limits(&self, key: &StepKey) -> Vec<String> {
        let (offer, ground) = (&self.file.offer, &self.ground);
        let (Some(step), Some(terms)) = (offer.route.step(key), &offer.terms) else { return Vec::new() };
        let world = ground.world(&self.actor);
        let figures = check::figures(terms, world.ground());
        let is_another = |person: &&PersonId| **person != self.member.id && !offer.askers.contains(*person);
        let is_within = |person: &&PersonId| lifecycle::beyond_limit(person, step, &world, &figures).is_none();
        let people = ground.facts.eligible.get(key).into_iter().flatten();
        people.filter(is_another).filter(is_within).map(|person| ground.roster.name(person)).collect()
    }

    /// For whom the reader decides, by name; empty for themselves.
    fn stands_in_for(&self, step: &StepKey) -> String {
        let (facts, me) = (&self.ground.facts, &self.member.id);
        let eligible = facts.eligible.get(step);
        if eligible.is_some_and(|people| people.contains(me)) {
            return String::new();
        }
        let mut handed = self.file.offer.delegations.iter().filter(|handed| handed.step == *step && handed.to == *me);
        let away = || eligible.into_iter().flatten().find(|person| facts.stand_in_of(person) == Some(me));
        handed.next().map(|handed| &handed.from).or_else(away).map(|person| self.ground.roster.name(person)).unwrap_or_default()
    }

    fn changes_since(&self, version: u32) -> Vec<Change> {
        let offer = &self.file.offer;
        match (offer.versions.get(&version), &offer.terms) {
            (Some(read), Some(now)) => seen_changes(&read.diff(now), &self.sight, &self.ground.pinned.table),
            _ => Vec::new(),
        }
    }

    /// Why nothing waits on the reader by this link.
    fn over(&self, asking: &Asking) -> MailedOver {
        let offer = &self.file.offer;
        let moved_on = offer.version != asking.version;
        let asked_again = moved_on && matches!(self.approval_of(asking, offer.version), Ok(()) | Err(Refusal::BeyondLimit { .. }));
        let changed = || MailedOver::Changed { changes: self.changes_since(asking.version), asked_again };
        if asked_again {
            return changed();
        }
        if let Some(own) = by_reader(&self.file.history, asking, &self.member.id) {
            return own;
        }
        match (offer.status, offer.steps.get(&asking.step)) {
            (Status::Draft, _) if !moved_on => MailedOver::Rejected,
            (Status::Draft | Status::InReview | Status::Approved | Status::Sent, _) if moved_on => changed(),
            (Status::InReview | Status::Approved | Status::Sent | Status::Accepted, Some(StepState::Approved { by, at, .. })) => {
                MailedOver::ByOther { by: if self.sight.reads_talk() { self.name_of(by) } else { String::new() }, at: *at }
            }
            (Status::InReview, Some(StepState::Returned { .. })) => MailedOver::Returned,
            (Status::Draft | Status::InReview, _) => MailedOver::NotTheirs,
            (status, _) => MailedOver::Ended { status },
        }
    }
}

/// What happened to the offer while it stood at the version that the mail was about.
fn at_that_version<'a>(history: &'a [Recorded], asking: &Asking) -> impl DoubleEndedIterator<Item = &'a Recorded> {
    let begins = |recorded: &Recorded, version: u32| matches!(recorded.event, Event::Submitted { version: at, .. } | Event::TermsChanged { version: at, .. } if at == version);
    let version = asking.version;
    let from = history.iter().position(|recorded| begins(recorded, version)).unwrap_or(history.len());
    let until = history.iter().position(|recorded| begins(recorded, version.saturating_add(1))).unwrap_or(history.len());
    history.iter().enumerate().filter(move |(place, _)| (from..until).contains(place)).map(|(_, recorded)| recorded)
}

/// The reader's own last decision of the step at that version.
fn by_reader(history: &[Recorded], asking: &Asking, reader: &PersonId) -> Option<MailedOver> {
    let decided = |recorded: &Recorded| {
        let (decision, step) = match &recorded.event {
            Event::StepApproved { step, .. } | Event::StepCounted { step, .. } => (MailedDecided::Approved, step),
            Event::StepReturned { step, .. } => (MailedDecided::Asked, step),
            Event::StepRejected { step, .. } | Event::StepOpposed { step, .. } => (MailedDecided::Rejected, step),
            _ => return None,
        };
        (*step == asking.step && recorded.by.person().as_ref() == Some(reader))
            .then_some(MailedOver::ByReader { decision, at: recorded.at })
    };
    at_that_version(history, asking).rev().find_map(decided)
}

/// To whom the reader handed the step over at that version.
pub(super) fn handed_over_to(history: &[Recorded], asking: &Asking, reader: &PersonId) -> Option<PersonId> {
    at_that_version(history, asking).rev().find_map(|recorded| match &recorded.event {
        Event::StepDelegated { step, from, to, .. } if *step == asking.step && from == reader => Some(to.clone()),
        _ => None,
    })
}
