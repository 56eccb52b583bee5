//! What the candidate may do now, by the same functions that decide on the server.

use offer::acceptance::{self, Signature};
use offer::id::ContingencyKind;
use offer::lifecycle::{Refusal, Status};

use crate::desk::CandidatePage;

/// What a page says before anything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Stand {
    /// The letter may be signed.
    Open,
    /// Something must be complete first.
    Waits(Vec<ContingencyKind>),
    /// The letter is held.
    Held,
    /// A newer letter is being prepared.
    Replaced,
    /// There is nothing to sign.
    Nothing,
    /// The time is over.
    Expired,
    /// It was decided.
    Decided(Status),
}

impl Stand {
    /// Where the offer stands for its candidate.
    pub(super) fn of(page: &CandidatePage) -> Self {
        match signing(page) {
            Ok(()) => Self::Open,
            Err(Refusal::ContingencyOpen { kinds }) => Self::Waits(kinds),
            Err(Refusal::LetterHeld) => Self::Held,
            Err(Refusal::LetterReplaced { .. } | Refusal::LetterDiffers) => Self::Replaced,
            Err(Refusal::Expired { .. }) => Self::Expired,
            Err(Refusal::AnsweredAlready { status }) => Self::Decided(status),
            Err(_) if page.replaced => Self::Replaced,
            Err(_) => Self::Nothing,
        }
    }

    /// Whether the candidate signed, and it holds.
    pub(super) const fn is_signed(&self) -> bool {
        matches!(self, Self::Decided(Status::Accepted | Status::HandedOff | Status::Started))
    }
}

/// What may be done besides signing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct May {
    /// Ask a question.
    pub(super) ask: bool,
    /// Ask for a change.
    pub(super) change: bool,
    /// Decline.
    pub(super) decline: bool,
}

impl May {
    /// What the candidate may do now.
    pub(super) fn of(page: &CandidatePage) -> Self {
        let standing = &page.standing;
        Self {
            ask: or_only_words_missing(acceptance::ask(standing, "")),
            change: or_only_words_missing(acceptance::request_change(standing, page.now, "")),
            decline: acceptance::decline(standing, "").is_ok(),
        }
    }
}

/// Whether the letter on the page may be signed now, but for the name.
fn signing(page: &CandidatePage) -> Result<(), Refusal> {
    let standing = &page.standing;
    // without a letter the refusal of the state comes out all the same; a letter that is nobody's is never signed
    let nobodys = offer::ledger::Digest::ZERO;
    let (version, letter) = page.letter.as_ref().map_or((standing.version, &nobodys), |letter| (letter.version, &letter.digest));
    let signature = Signature { version, letter, typed_name: "", consent: Some(standing.consent) };
    match acceptance::accept(standing, page.now, signature) {
        Err(Refusal::NameMissing | Refusal::NameInPart | Refusal::NameOfAnother) => Ok(()),
        Err(Refusal::LetterDiffers) if page.letter.is_none() => Err(Refusal::NothingSent),
        other => other,
    }
}

fn or_only_words_missing(answer: Result<(), Refusal>) -> bool {
    matches!(answer, Ok(()) | Err(Refusal::ReasonMissing))
}
