//! Where an offer's time goes: the eight stages, the six stages and the five milestones, three views of the same events.

mod exposure;
mod negotiation;

pub use exposure::{Ahead, AheadState, Exposed, Exposure, Pace, Stretch, Taken, exposure, fell_through_after_verbal, taken, waited};
pub use negotiation::{Move, MoveKind, Negotiated, Negotiation, negotiation};

use crate::coded::coded;
use crate::id::OfferId;
use crate::lifecycle::{Event, Offer, Recorded, Status, StepState};
use crate::moment::Moment;
use crate::policy::{RouteStep, StepStage};
use std::collections::BTreeMap;

coded! {
    /// The eight stages of an offer.
    Stage {
        /// Offer intake.
        Intake = "intake",
        /// Comp and budget alignment.
        Alignment = "alignment",
        /// Drafting the packet.
        Packet = "packet",
        /// Internal approvals.
        Approvals = "approvals",
        /// Candidate delivery.
        Delivery = "delivery",
        /// Negotiation and changes.
        Negotiation = "negotiation",
        /// Acceptance and closeout.
        Acceptance = "acceptance",
        /// Hand-off to onboarding.
        Handoff = "handoff",
    }
}

coded! {
    /// The six stages, with the verbal one.
    SixStage {
        /// Recruiter and hiring manager align on the package.
        KickOff = "kick_off",
        /// Internal approvals.
        Approval = "approval",
        /// Approved, and not yet spoken to the candidate.
        Verbal = "verbal",
        /// Spoken, and not yet sent.
        Written = "written",
        /// Terms are being negotiated.
        Negotiation = "negotiation",
        /// With the candidate, then on its way to onboarding.
        Closing = "closing",
    }
}

coded! {
    /// The five milestones.
    Milestone {
        /// The draft was begun.
        Draft = "draft",
        /// Terms were handed to the approvers.
        Submitted = "submitted",
        /// Every step approved.
        Approved = "approved",
        /// The letter was handed over.
        Sent = "sent",
        /// The candidate signed.
        Accepted = "accepted",
    }
}

impl Stage {
    /// The stage in which an offer is; none when it has ended or the person works.
    pub fn of(offer: &Offer) -> Option<Self> {
        Self::told(offer, true)
    }

    /// The same as it is told to somebody who reads staff's talk or does not: who does not learns of no negotiation.
    pub fn told(offer: &Offer, talk: bool) -> Option<Self> {
        let is_negotiated = talk && is_negotiated(offer);
        match offer.status {
            Status::Draft => Some(Self::Intake),
            Status::InReview if is_negotiated => Some(Self::Negotiation),
            Status::InReview => {
                let waits = |step: &RouteStep| offer.steps.get(&step.step).is_some_and(StepState::is_undecided);
                let aligns = |step: &RouteStep| step.stage == StepStage::Comp && waits(step);
                let aligns = offer.route.steps.iter().any(aligns);
                Some(if aligns { Self::Alignment } else { Self::Approvals })
            }
            Status::Approved => Some(if offer.letter.is_some() { Self::Delivery } else { Self::Packet }),
            Status::Sent if is_negotiated => Some(Self::Negotiation),
            Status::Sent => {
                let viewed = offer.letter.as_ref().is_some_and(|letter| letter.viewed_at.is_some());
                Some(if viewed { Self::Acceptance } else { Self::Delivery })
            }
            Status::Accepted if offer.handoffs.is_empty() => Some(Self::Acceptance),
            Status::Accepted | Status::HandedOff => Some(Self::Handoff),
            _ => None,
        }
    }

    /// Whether an offer in this stage may be told to be in another: the negotiation, and where an offer stands that is negotiated.
    pub const fn depends_on_talk(self) -> bool {
        matches!(self, Self::Negotiation | Self::Alignment | Self::Approvals | Self::Delivery | Self::Acceptance)
    }

    /// The states in which an offer can be in this stage.
    pub const fn statuses(self) -> &'static [Status] {
        match self {
            Self::Intake => &[Status::Draft],
            Self::Alignment | Self::Approvals => &[Status::InReview],
            Self::Packet => &[Status::Approved],
            Self::Delivery => &[Status::Approved, Status::Sent],
            Self::Negotiation => &[Status::InReview, Status::Sent],
            Self::Acceptance => &[Status::Sent, Status::Accepted],
            Self::Handoff => &[Status::Accepted, Status::HandedOff],
        }
    }
}

impl SixStage {
    /// The stage in which an offer is; none when it has ended or the person works.
    pub fn of(offer: &Offer) -> Option<Self> {
        match offer.status {
            Status::Draft => Some(Self::KickOff),
            Status::InReview | Status::Sent if is_negotiated(offer) => Some(Self::Negotiation),
            Status::InReview => Some(Self::Approval),
            Status::Approved if offer.letter.is_none() && offer.verbals.is_empty() => Some(Self::Verbal),
            Status::Approved => Some(Self::Written),
            Status::Sent | Status::Accepted | Status::HandedOff => Some(Self::Closing),
            _ => None,
        }
    }
}

/// Whether terms are being negotiated: a proposal is open, or a changed version is with its approvers.
fn is_negotiated(offer: &Offer) -> bool {
    offer.open_proposals().next().is_some() || (offer.status == Status::InReview && !offer.proposals.is_empty())
}

/// Seconds in each of the eight stages, all visits together, the current one until `now`, as told to who reads staff's talk or does not.
pub fn stages(id: OfferId, history: &[Recorded], now: Moment, talk: bool) -> BTreeMap<Stage, i64> {
    seconds(id, history, now, |offer| Stage::told(offer, talk))
}

/// Since when an offer is in the stage in which it is, as told to who reads staff's talk, and to who does not; nothing when it is in none.
pub fn in_stage_since(id: OfferId, history: &[Recorded]) -> (Option<Moment>, Option<Moment>) {
    let mut offer = Offer::new(id);
    let mut entered: [Option<(Stage, Moment)>; 2] = [None; 2];
    for recorded in history {
        offer.apply(recorded);
        for (entered, talk) in entered.iter_mut().zip([true, false]) {
            *entered = Stage::told(&offer, talk).map(|stage| match *entered {
                Some((was, since)) if was == stage => (stage, since),
                _ => (stage, recorded.at),
            });
        }
    }
    let [staff, others] = entered.map(|entered| entered.map(|(_, since)| since));
    (staff, others)
}

/// Seconds in each of the six stages, all visits together, the current one until `now`.
pub fn six_stages(id: OfferId, history: &[Recorded], now: Moment) -> BTreeMap<SixStage, i64> {
    seconds(id, history, now, SixStage::of)
}

/// When each milestone was reached for the first time.
pub fn milestones(history: &[Recorded]) -> BTreeMap<Milestone, Moment> {
    let mut reached = BTreeMap::new();
    for recorded in history {
        let milestone = match recorded.event {
            Event::Drafted { .. } => Milestone::Draft,
            Event::Submitted { .. } => Milestone::Submitted,
            Event::Cleared { .. } => Milestone::Approved,
            Event::Sent { .. } => Milestone::Sent,
            Event::Accepted { .. } => Milestone::Accepted,
            _ => continue,
        };
        reached.entry(milestone).or_insert(recorded.at);
    }
    reached
}

fn seconds<S: Ord>(id: OfferId, history: &[Recorded], now: Moment, view: impl Fn(&Offer) -> Option<S>) -> BTreeMap<S, i64> {
    let mut spent = BTreeMap::new();
    let mut offer = Offer::new(id);
    for (index, recorded) in history.iter().enumerate() {
        offer.apply(recorded);
        let until = history.get(index + 1).map_or(now, |next| next.at);
        if let Some(stage) = view(&offer) {
            *spent.entry(stage).or_insert(0) += until.seconds_since(recorded.at).max(0);
        }
    }
    spent
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::access::About;
    use crate::id::{DocumentId, PersonId, ProposalId, RequisitionId, StepKey, TemplateKey};
    use crate::ledger::{ActorKind, Digest};
    use crate::lifecycle::{AcceptBy, AskedBy, By, LetterRef};
    use crate::policy::{Route, RouteStep, Who};
    use crate::private::Private;
    use crate::terms::Terms;

    const HOUR: i64 = 3_600;

    fn at(hour: i64) -> Moment {
        Moment::parse("2026-11-20T08:00:00Z").unwrap().plus_seconds(hour * HOUR)
    }

    fn told(events: Vec<(i64, Event)>) -> Vec<Recorded> {
        let by = By { kind: ActorKind::Person, id: "p".into() };
        (1..).zip(events).map(|(seq, (hour, event))| Recorded { seq, at: at(hour), by: by.clone(), event }).collect()
    }

    fn step(key: &'static str, role: crate::id::Role) -> RouteStep {
        RouteStep::new(StepKey::named(key), Who::Role(role))
    }

    fn drafted() -> Event {
        Event::Drafted {
            requisition: RequisitionId::new("r"),
            number: "REQ-1000-1".into(),
            candidate: PersonId::new("c"),
            about: About::default(),
        }
    }

    fn terms() -> Terms {
        crate::intake::read_what_stands(&crate::terms::Entries::default(), &crate::field::FieldTable::default())
    }

    fn submitted() -> Event {
        let route =
            Route { steps: vec![step("finance", crate::id::role::FINANCE), step("legal", crate::id::role::LEGAL)], left_out: Vec::new() };
        Event::Submitted {
            version: 1,
            terms: terms(),
            findings: Vec::new(),
            exceptions: Vec::new(),
            route,
            playbook: 1,
            stands: Vec::new(),
            written_by: Vec::new(),
        }
    }

    fn opened(step: &'static str) -> Event {
        Event::StepOpened { step: StepKey::named(step), due_at: at(99), remind_at: at(50), approvals: Vec::new() }
    }

    fn approved(step_key: &'static str) -> Event {
        let coverage = crate::policy::Coverage::of(&step(step_key, crate::id::role::FINANCE), &terms(), 1, Vec::new(), [0; 16]);
        Event::StepApproved { step: StepKey::named(step_key), coverage, comment: None, on_behalf_of: None }
    }

    fn send_requested() -> Event {
        let digest = Digest::of(b"letter");
        let (document, template) = (DocumentId::new("d"), TemplateKey::named("t"));
        let letter = LetterRef { document, template, playbook: 1, digest, blocks: digest, pdf: digest };
        let accept_by = AcceptBy { local: "2026-12-18T17:00".into(), zone: "America/New_York".into(), instant: at(500) };
        Event::SendRequested { version: 1, letter, accept_by, exceptions: Vec::new() }
    }

    fn the_way_to_a_sent_letter() -> Vec<(i64, Event)> {
        vec![
            (0, drafted()),
            (2, submitted()),
            (2, opened("finance")),
            (2, opened("legal")),
            (5, approved("finance")),
            (9, approved("legal")),
            (9, Event::Cleared { version: 1 }),
            (10, send_requested()),
            (11, Event::Sent { message: "m".into() }),
            (13, Event::Viewed { version: 1 }),
        ]
    }

    #[test]
    fn every_hour_of_an_offer_lies_in_one_of_the_eight_stages() {
        let spent = stages(OfferId::new("o"), &told(the_way_to_a_sent_letter()), at(20), true);
        let hours: Vec<(Stage, i64)> = spent.into_iter().map(|(stage, seconds)| (stage, seconds / HOUR)).collect();
        use Stage::{Acceptance, Alignment, Approvals, Delivery, Intake, Packet};
        assert_eq!(hours, [(Intake, 2), (Alignment, 3), (Packet, 1), (Approvals, 4), (Delivery, 3), (Acceptance, 7)]);
    }

    #[test]
    fn an_offer_is_in_its_stage_since_it_entered_it_last_and_in_a_state_of_that_stage() {
        let way = told(the_way_to_a_sent_letter());
        assert_eq!(in_stage_since(OfferId::new("o"), &way).0, Some(at(13)));
        assert_eq!(in_stage_since(OfferId::new("o"), way.get(..9).unwrap()).0, Some(at(10)), "handed over is still delivery");
        let mut offer = Offer::new(OfferId::new("o"));
        for recorded in &way {
            offer.apply(recorded);
            assert!(Stage::of(&offer).unwrap().statuses().contains(&offer.status), "{:?}", offer.status);
        }
    }

    #[test]
    fn the_verbal_stage_ends_with_the_first_word_to_the_candidate_or_with_the_letter() {
        let spent = six_stages(OfferId::new("o"), &told(the_way_to_a_sent_letter()), at(20));
        assert_eq!(spent.get(&SixStage::Verbal), Some(&HOUR));
        assert_eq!(spent.get(&SixStage::Written), Some(&HOUR));
        assert_eq!(spent.get(&SixStage::Closing), Some(&(9 * HOUR)));
    }

    #[test]
    fn an_open_proposal_is_negotiation_until_it_is_decided() {
        let mut events = the_way_to_a_sent_letter();
        let (proposal, why) = (ProposalId::new("x"), Private::Kept("more".to_owned()));
        events.push((
            14,
            Event::Proposed {
                proposal: proposal.clone(),
                asked_by: AskedBy::Candidate,
                version: 1,
                changes: crate::terms::Changes::none(),
                why: why.clone(),
                evidence: None,
            },
        ));
        events.push((18, Event::ProposalRefused { proposal, reason: why }));
        let spent = stages(OfferId::new("o"), &told(events.clone()), at(20), true);
        assert_eq!(spent.get(&Stage::Negotiation), Some(&(4 * HOUR)));
        assert_eq!(spent.get(&Stage::Acceptance), Some(&(3 * HOUR)));
        let untold = stages(OfferId::new("o"), &told(events), at(20), false);
        assert_eq!((untold.get(&Stage::Negotiation), untold.get(&Stage::Acceptance)), (None, Some(&(7 * HOUR))));
    }

    #[test]
    fn a_milestone_is_reached_once_and_for_all() {
        let mut events = the_way_to_a_sent_letter();
        events.push((15, Event::Sent { message: "again".into() }));
        let reached = milestones(&told(events));
        assert_eq!(reached.get(&Milestone::Sent), Some(&at(11)));
        assert_eq!(reached.get(&Milestone::Approved), Some(&at(9)));
        assert_eq!(reached.get(&Milestone::Accepted), None);
    }

    #[test]
    fn time_stops_when_an_offer_has_ended() {
        let mut events = the_way_to_a_sent_letter();
        events.push((14, Event::Expired));
        let spent = stages(OfferId::new("o"), &told(events), at(400), true);
        assert_eq!(spent.values().sum::<i64>(), 14 * HOUR);
    }
}
