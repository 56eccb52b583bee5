//! The negotiation as one record: what was offered first, each ask, each concession, what was accepted.

use crate::field::{self, FieldKey};
use crate::id::{OfferId, ProposalId};
use crate::lifecycle::{AskedBy, By, Event, Offer, Recorded, Status, Words};
use crate::moment::Moment;
use crate::terms::{Change, Changes, Terms, Value};
use std::collections::{BTreeMap, BTreeSet};

/// A negotiation as its history has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Negotiation {
    /// Every field that was asked for or that changed, in the order in which it came up.
    pub fields: Vec<Negotiated>,
    /// What was done, in its order.
    pub moves: Vec<Move>,
    /// Whether what stands now was accepted.
    pub accepted: bool,
}

/// A field that was negotiated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Negotiated {
    /// The field.
    pub field: FieldKey,
    /// What was offered first.
    pub offered: Option<Value>,
    /// What was asked for last; nothing where it was never named in figures.
    pub asked: Option<Value>,
    /// What stands now; once accepted, what was accepted.
    pub now: Option<Value>,
}

/// One move of a negotiation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// When.
    pub at: Moment,
    /// By whom it was recorded.
    pub by: By,
    /// What.
    pub what: MoveKind,
}

/// What a move was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MoveKind {
    /// The first word to the candidate, by mouth or by letter.
    Offered {
        /// The version then.
        version: u32,
        /// Whether it was spoken; else it was written.
        spoken: bool,
    },
    /// Somebody asked for a change.
    Asked {
        /// The proposal.
        proposal: ProposalId,
        /// Who asked.
        asked_by: AskedBy,
        /// What; empty when it was asked in words alone.
        changes: Vec<Change>,
        /// Why.
        why: Words,
        /// What shows it.
        evidence: Option<Words>,
    },
    /// It was granted, as it was asked or otherwise.
    Conceded {
        /// The proposal.
        proposal: ProposalId,
        /// The version that it made.
        version: u32,
        /// Whether it came out otherwise than it was asked for.
        adjusted: bool,
        /// What changed.
        changes: Vec<Change>,
        /// Why.
        why: Words,
    },
    /// It was refused.
    Refused {
        /// The proposal.
        proposal: ProposalId,
        /// Why.
        reason: Words,
    },
    /// The candidate signed.
    Accepted {
        /// The version.
        version: u32,
    },
    /// The offer ended without a hire.
    Ended {
        /// How.
        status: Status,
    },
}

/// The negotiation of an offer; nothing when nobody asked for anything.
pub fn negotiation(id: OfferId, history: &[Recorded]) -> Option<Negotiation> {
    let mut offer = Offer::new(id);
    let mut first: Option<First> = None;
    let (mut moves, mut corrections) = (Vec::new(), BTreeSet::new());
    for recorded in history {
        let what = match &recorded.event {
            Event::Proposed { proposal, asked_by, changes, .. } if is_correction(*asked_by, changes) => {
                corrections.insert(proposal.clone());
                None
            }
            Event::ProposalRefused { proposal, .. } if corrections.contains(proposal) => None,
            Event::TermsChanged { proposal, changes, .. } if corrections.contains(proposal) && are_corrected(changes) => None,
            Event::VerbalRecorded { verbal, .. } => first.is_none().then(|| {
                first = Some(First::of(&offer, &verbal.spoken));
                MoveKind::Offered { version: offer.version, spoken: true }
            }),
            Event::Sent { .. } => first.is_none().then(|| {
                first = Some(First::written(&offer));
                MoveKind::Offered { version: offer.version, spoken: false }
            }),
            Event::Proposed { proposal, asked_by, changes, why, evidence, .. } => {
                // asked for before anything was said or sent: what stood then was on offer
                first.get_or_insert_with(|| First::written(&offer));
                Some(MoveKind::Asked {
                    proposal: proposal.clone(),
                    asked_by: *asked_by,
                    changes: changes.to_vec(),
                    why: why.clone(),
                    evidence: evidence.clone(),
                })
            }
            Event::ProposalRefused { proposal, reason } => Some(MoveKind::Refused { proposal: proposal.clone(), reason: reason.clone() }),
            Event::TermsChanged { version, proposal, terms, changes, why, .. } => Some(MoveKind::Conceded {
                proposal: proposal.clone(),
                version: *version,
                adjusted: offer.proposals.get(proposal).is_some_and(|asked| asked.is_adjusted_in(terms, changes)),
                changes: changes.to_vec(),
                why: why.clone(),
            }),
            Event::Accepted { version, .. } => Some(MoveKind::Accepted { version: *version }),
            _ => None,
        };
        offer.apply(recorded);
        let ended = matches!(
            recorded.event,
            Event::Declined { .. } | Event::Withdrawn { .. } | Event::Expired | Event::Cancelled { .. } | Event::Rescinded { .. }
        );
        let what = what.or_else(|| ended.then_some(MoveKind::Ended { status: offer.status }));
        moves.extend(what.map(|what| Move { at: recorded.at, by: recorded.by.clone(), what }));
    }
    let first = first.filter(|_| offer.proposals.len() > corrections.len())?;
    let fields = negotiated(&moves, &first, offer.terms.as_ref());
    Some(Negotiation { fields, moves, accepted: offer.acceptance.is_some() })
}

/// How the candidate is named and reached: set right by the firm, never asked for.
const CORRECTED: [&FieldKey; 6] = [
    &field::CANDIDATE_NAME,
    &field::CANDIDATE_PREFERRED_NAME,
    &field::CANDIDATE_EMAIL,
    &field::CANDIDATE_PHONE,
    &field::CANDIDATE_ADDRESS,
    &field::CANDIDATE_LANGUAGE,
];

/// Whether a proposal only sets right what the firm had wrong, which nobody negotiates.
fn is_correction(asked_by: AskedBy, changes: &Changes) -> bool {
    asked_by == AskedBy::Employer && are_corrected(changes)
}

fn are_corrected(changes: &Changes) -> bool {
    changes.iter().all(|change| CORRECTED.contains(&&change.field))
}

/// What was offered first: the terms then, and over them what was said.
struct First {
    terms: Option<Terms>,
    spoken: BTreeMap<FieldKey, Value>,
}

impl First {
    fn of(offer: &Offer, spoken: &Terms) -> Self {
        let spoken = spoken.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
        Self { terms: offer.terms.clone(), spoken }
    }

    fn written(offer: &Offer) -> Self {
        Self { terms: offer.terms.clone(), spoken: BTreeMap::new() }
    }

    fn value(&self, field: &FieldKey) -> Option<&Value> {
        self.spoken.get(field).or_else(|| self.terms.as_ref()?.get(field))
    }
}

fn negotiated(moves: &[Move], first: &First, now: Option<&Terms>) -> Vec<Negotiated> {
    let mut fields: Vec<Negotiated> = Vec::new();
    for made in moves {
        let (changes, is_asked) = match &made.what {
            MoveKind::Asked { changes, .. } => (changes, true),
            MoveKind::Conceded { changes, .. } => (changes, false),
            _ => continue,
        };
        for change in changes {
            let asked = if is_asked { change.to.clone() } else { None };
            match fields.iter_mut().find(|known| known.field == change.field) {
                Some(known) => known.asked = asked.or_else(|| known.asked.take()),
                None => fields.push(Negotiated {
                    offered: first.value(&change.field).cloned(),
                    now: now.and_then(|terms| terms.get(&change.field)).cloned(),
                    field: change.field.clone(),
                    asked,
                }),
            }
        }
    }
    fields
}
