//! The candidate's page.

use app::desk::{CandidatePage, Closed, PortalLetter, Viewer};
use offer::{
    access::{self, Viewed},
    field,
    lifecycle::{AskedBy, Ending, Letter, Offer, ProposalOutcome, Status},
    playbook::{ContingencyDue, Playbook},
};

use super::{
    DeskFault, HouseDesk,
    page::{questions, was_handed_over},
};

impl HouseDesk {
    pub(super) async fn candidate_page(&self, viewer: &Viewer) -> Result<CandidatePage, DeskFault> {
        let (Viewer::Candidate { offer: id, .. }, Some(actor)) = (viewer, viewer.actor()) else { return Err(DeskFault::SignIn) };
        let file = self.file(id).await?;
        let offer = &file.offer;
        if !offer.was_written() {
            return Err(DeskFault::NotFound);
        }
        let (pinned, current) = (self.shelved(offer.playbook).await?, self.current().await?);
        let letters = || offer.letter.iter().chain(offer.earlier_letters.iter().rev()).filter(|letter| was_handed_over(letter));
        let shown = letters().next().ok_or(DeskFault::NotFound)?;
        let letter = self.portal_letter(shown).await?;
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
            letter,
            consent: (pinned.playbook.signing.consent_version, pinned.playbook.signing.consent.clone()),
            questions: questions(offer),
            change_requests: change_requests(offer),
            closed: closed(offer, &pinned.playbook),
        })
    }

    async fn portal_letter(&self, letter: &Letter) -> Result<Option<PortalLetter>, DeskFault> {
        let Some((_, blocks)) = self.open_document(&letter.made.blocks).await? else { return Ok(None) };
        Ok(Some(PortalLetter {
            version: letter.version,
            digest: letter.made.digest,
            letter: serde_json::from_slice(&blocks)?,
            pdf: letter.made.pdf,
            accept_by: (letter.accept_by.local.clone(), letter.accept_by.zone.clone()),
        }))
    }
}

/// What the candidate asked to change, in the candidate's own words, latest first.
fn change_requests(offer: &Offer) -> Vec<(offer::moment::Moment, String, bool)> {
    let own = offer
        .proposals
        .values()
        .filter(|proposal| proposal.asked_by == AskedBy::Candidate && proposal.by.kind == offer::ledger::ActorKind::Candidate);
    let mut requests: Vec<_> = own
        .map(|proposal| (proposal.at, proposal.why.kept().cloned().unwrap_or_default(), proposal.outcome == ProposalOutcome::Open))
        .collect();
    requests.sort_by_key(|(at, ..)| std::cmp::Reverse(*at));
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
