//! The signed record: what was shown, who signed, how and when. It follows from the history alone, so it can be made again byte for byte.

use offer::{
    ledger::{Digest, canonical},
    lifecycle::{AcceptanceEvidence, Event, Mail, Offer, Recorded},
    moment::Moment,
    playbook::Playbook,
};
use serde::Serialize;

use super::DeskFault;

/// A signed record and its digest.
pub(super) struct SignedRecord {
    /// Canonical JSON.
    pub(super) bytes: Vec<u8>,
    /// SHA-256 of it.
    pub(super) digest: Digest,
}

#[derive(Serialize)]
struct Record<'a> {
    form: &'static str,
    offer: &'a str,
    number: &'a str,
    version: u32,
    seat: u32,
    letter: LetterShown<'a>,
    typed_name: Option<&'a String>,
    consent: Consent<'a>,
    evidence: Option<&'a AcceptanceEvidence>,
    times: Times,
}

#[derive(Serialize)]
struct LetterShown<'a> {
    document: &'a str,
    digest: Digest,
    pdf: Digest,
    template: &'a str,
}

#[derive(Serialize)]
struct Consent<'a> {
    version: u32,
    text: &'a str,
}

#[derive(Serialize)]
struct Times {
    sent_at: Option<Moment>,
    viewed_at: Option<Moment>,
    accept_by: Moment,
    signed_at: Moment,
}

/// The record of an acceptance. `offer` is the offer with `recorded` in it, `pinned` the playbook that it was signed under.
pub(super) fn signed_record(offer: &Offer, recorded: &Recorded, pinned: &Playbook) -> Result<SignedRecord, DeskFault> {
    let (Event::Accepted { version, seat, typed_name, consent, evidence, .. }, Some(letter)) = (&recorded.event, &offer.letter) else {
        return Err(DeskFault::damaged("an acceptance has no letter", offer.id.as_str()));
    };
    let record = Record {
        form: "countersign-acceptance-1",
        offer: offer.id.as_str(),
        number: &offer.number,
        version: *version,
        seat: *seat,
        letter: LetterShown {
            document: letter.made.document.as_str(),
            digest: letter.made.digest,
            pdf: letter.made.pdf,
            template: letter.made.template.as_str(),
        },
        typed_name: typed_name.kept(),
        consent: Consent { version: *consent, text: &pinned.signing.consent },
        evidence: evidence.kept(),
        times: Times {
            sent_at: match &letter.mail {
                Mail::HandedOver { at, .. } | Mail::Bounced { at, .. } => Some(*at),
                Mail::OnItsWay | Mail::Failed { .. } => None,
            },
            viewed_at: letter.viewed_at,
            accept_by: letter.accept_by.instant,
            signed_at: recorded.at,
        },
    };
    let bytes = canonical(&serde_json::to_value(record)?)?.into_bytes();
    Ok(SignedRecord { digest: Digest::of(&bytes), bytes })
}

/// The record of an offer's acceptance, if it was accepted.
pub(super) fn record_of(offer: &Offer, history: &[Recorded], pinned: &Playbook) -> Result<Option<SignedRecord>, DeskFault> {
    let accepted = history.iter().find(|recorded| matches!(recorded.event, Event::Accepted { .. }));
    accepted.map(|recorded| signed_record(offer, recorded, pinned)).transpose()
}
