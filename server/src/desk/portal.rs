//! The candidate's page.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError},
};

use app::desk::{CandidatePage, ChangeRequest, Closed, PortalLetter, ReadLetter, RequestAnswer, Viewer};
use offer::{
    access::{self, Viewed},
    field,
    id::PersonId,
    ledger::Digest,
    lifecycle::{Ending, Letter, Offer, Proposal, ProposalOutcome, Status},
    playbook::{ContingencyDue, Playbook},
};

use super::{DeskFault, HouseDesk, page::questions};

/// Letters that are kept at once.
const LETTERS_MAX: usize = 256;

/// Letters by the digest of their blocks.
pub(super) type Letters = BTreeMap<Digest, Arc<ReadLetter>>;

impl HouseDesk {
    pub(super) async fn candidate_page(&self, viewer: &Viewer) -> Result<CandidatePage, DeskFault> {
        let (Viewer::Candidate { offer: id, .. }, Some(actor)) = (viewer, viewer.actor()) else { return Err(DeskFault::SignIn) };
        let file = self.file(id).await?;
        let offer = &file.offer;
        if !offer.was_written() {
            return Err(DeskFault::NotFound);
        }
        let (pinned, current) = (self.shelved(offer.playbook).await?, self.current().await?);
        let shown = offer.handed_over().next().ok_or(DeskFault::NotFound)?;
        let letter = self.portal_letter(shown, offer.candidate.as_ref()).await?;
        // a letter whose date alone moved is of the same version, and replaces nothing
        let earlier = offer.handed_over().find(|letter| letter.version < shown.version);
        let replaces = match earlier {
            Some(earlier) => self.letter_words(&earlier.made.blocks, offer.candidate.as_ref()).await?.map(|words| words.issued),
            None => None,
        };
        self.viewed(&actor, id, Viewed::CandidatePage, access::sight(&actor, &offer.subject()).sides())?;
        let signable = offer.letter.as_ref().is_some_and(|current| current.made == shown.made);
        let open = matches!(offer.status, Status::InReview | Status::Approved | Status::Sent);
        // what is being changed behind the letter is not told: the letter says what was offered
        let terms = offer.versions.get(&shown.version);
        let text = |key: &field::FieldKey| terms.and_then(|terms| terms.text(key)).unwrap_or_default().to_owned();
        let preferred = text(&field::CANDIDATE_PREFERRED_NAME);
        Ok(CandidatePage {
            firm: current.playbook.firm.name.clone(),
            help_email: current.playbook.firm.help_email.clone(),
            help_phone: current.playbook.firm.help_phone.clone(),
            name: if preferred.is_empty() { text(&field::CANDIDATE_NAME) } else { preferred },
            title: text(&field::JOB_TITLE),
            employer: letter.as_ref().map(|letter| letter.letter.letterhead.name.clone()).unwrap_or_default(),
            standing: offer.standing(&pinned.playbook),
            now: self.now(),
            replaced: !signable && open,
            replaces,
            letter,
            consent: (pinned.playbook.signing.consent_version, pinned.playbook.signing.consent.clone()),
            questions: questions(offer),
            change_requests: change_requests(offer),
            closed: closed(offer, &pinned.playbook),
        })
    }

    async fn portal_letter(&self, letter: &Letter, candidate: Option<&PersonId>) -> Result<Option<PortalLetter>, DeskFault> {
        let Some(words) = self.letter_words(&letter.made.blocks, candidate).await? else { return Ok(None) };
        Ok(Some(PortalLetter {
            version: letter.version,
            digest: letter.made.digest,
            letter: words,
            pdf: letter.made.pdf,
            accept_by: (letter.accept_by.local.clone(), letter.accept_by.zone.clone()),
        }))
    }

    /// The words of a letter, kept for the next who reads it; nothing once its candidate is forgotten.
    async fn letter_words(&self, blocks: &Digest, candidate: Option<&PersonId>) -> Result<Option<Arc<ReadLetter>>, DeskFault> {
        let is_forgotten = match candidate {
            Some(candidate) => self.store.person_key(self.firm(), candidate.as_str()).await?.and_then(|row| row.wrapped).is_none(),
            None => false,
        };
        let kept = self.letters.lock().unwrap_or_else(PoisonError::into_inner).get(blocks).cloned();
        if let Some(words) = kept.filter(|_| !is_forgotten) {
            return Ok(Some(words));
        }
        let Some((_, bytes)) = self.open_document(blocks).await? else {
            self.letters.lock().unwrap_or_else(PoisonError::into_inner).remove(blocks);
            return Ok(None);
        };
        let words = Arc::new(ReadLetter::new(serde_json::from_slice(&bytes)?));
        let mut letters = self.letters.lock().unwrap_or_else(PoisonError::into_inner);
        if letters.len() >= LETTERS_MAX {
            letters.clear();
        }
        letters.insert(*blocks, Arc::clone(&words));
        Ok(Some(words))
    }
}

/// What the candidate asked to change, in the candidate's own words, latest first.
fn change_requests(offer: &Offer) -> Vec<ChangeRequest> {
    let request = |proposal: &Proposal| ChangeRequest {
        at: proposal.at,
        text: proposal.why.kept().cloned().unwrap_or_default(),
        answer: match proposal.outcome {
            ProposalOutcome::Open => RequestAnswer::Open,
            ProposalOutcome::Refused { .. } => RequestAnswer::No,
            ProposalOutcome::Adopted { .. } => RequestAnswer::NewLetter,
        },
    };
    let mut requests: Vec<_> = offer.proposals.values().filter(|proposal| proposal.is_candidates_own()).map(request).collect();
    requests.sort_by_key(|request| std::cmp::Reverse(request.at));
    requests
}

/// How it closed, once it did.
fn closed(offer: &Offer, pinned: &Playbook) -> Option<Closed> {
    if matches!(offer.status, Status::Draft | Status::InReview | Status::Approved | Status::Sent) {
        return None;
    }
    let accepted = offer.acceptance.as_ref();
    let reason = match &offer.ending {
        Some(Ending::Declined { primary, .. }) => Some(*primary),
        _ => None,
    };
    Some(Closed {
        status: offer.status,
        at: match (offer.status, accepted) {
            (Status::Accepted | Status::HandedOff | Status::Started, Some(acceptance)) => acceptance.at,
            _ => offer.status_since,
        },
        signed_name: accepted.and_then(|acceptance| acceptance.typed_name.kept().cloned()),
        reason,
        start: accepted.and(offer.terms.as_ref()).and_then(|terms| terms.day(&field::START)),
        checks: accepted.map(|_| offer.open_contingencies(pinned, ContingencyDue::Start)).unwrap_or_default(),
    })
}
