//! The letter of an offer: merged, set, sealed and kept in the transaction that sends it.

use std::collections::BTreeSet;

use offer::{
    access::Sight,
    field::{self, FieldKey, FieldTable, Gate},
    intake::{self, Fault, Problem},
    ledger::{Digest, canonical},
    lifecycle::{AcceptBy, LetterRef, Offer},
    packet::{self, Issued, Letter, LetterFacts, Signatory, Unissued, Withheld},
    terms::{Terms, Value},
};

use super::{DeskFault, HouseDesk, world::Ground, zones};
use crate::{
    letter::PrintFault,
    store::{Change, DocumentRow},
    vault::{DataKey, Place},
};

/// The media type of a letter's words.
pub(super) const LETTER_JSON: &str = "application/vnd.countersign.letter+json";
/// The media type of a letter as it is printed.
pub(super) const PDF: &str = "application/pdf";

/// A letter that was made, and the documents that keep it.
pub(super) struct Made {
    pub(super) letter: LetterRef,
    pub(super) documents: Vec<Change>,
}

/// Reads an accept-by as typed and finds its instant.
pub(super) fn accept_by(local: &str, zone: &str, ground: &Ground) -> Result<AcceptBy, DeskFault> {
    let table = &ground.pinned.table;
    let read = |key: &FieldKey, typed: &str| {
        let problem = |fault| Problem { field: key.clone(), fault };
        if typed.trim().is_empty() {
            return Err(problem(Fault::Missing { gate: Gate::Send }));
        }
        let spec = table.get(key).ok_or_else(|| problem(Fault::NotAField))?;
        match intake::read_value(typed, spec) {
            Ok(Value::Text(text) | Value::Choice(text)) => Ok(text),
            Ok(_) => Err(problem(Fault::NotADateAndTime)),
            Err(fault) => Err(problem(fault)),
        }
    };
    match (read(&field::ACCEPT_BY, local), read(&field::ACCEPT_BY_ZONE, zone)) {
        (Ok(local), Ok(zone)) => {
            let instant = zones::read_local(&local).zip(zones::zone(&zone)).and_then(|(local, zone)| zones::instant(local, zone));
            let not_a_time = || DeskFault::Problems(vec![Problem { field: field::ACCEPT_BY, fault: Fault::NotADateAndTime }]);
            Ok(AcceptBy { instant: instant.ok_or_else(not_a_time)?, local, zone })
        }
        (local, zone) => Err(DeskFault::Problems([local.err(), zone.err()].into_iter().flatten().collect())),
    }
}

/// The accept-by that a form begins with: so many days ahead at five, where the person works.
pub(super) fn proposed_accept_by(terms: Option<&Terms>, ground: &Ground) -> (String, String) {
    let text = |key: &FieldKey| terms.and_then(|terms| terms.text(key)).map(str::to_owned);
    let zone = text(&field::ACCEPT_BY_ZONE).unwrap_or_else(|| ground.pinned.playbook.working_time.zone.clone());
    let local = text(&field::ACCEPT_BY).unwrap_or_else(|| {
        let days = i64::from(ground.pinned.playbook.signing.accept_days);
        let then = ground.now.plus_seconds(days.saturating_mul(24 * 3600));
        let day = zones::zone(&zone).map_or_else(|| then.day(), |zone| zones::local(then, zone).date());
        format!("{}T17:00", zones::working_day_from(&ground.pinned.playbook.working_time, day))
    });
    (local, zone)
}

/// Merges the letter as it would go out.
pub(super) fn issue(offer: &Offer, ground: &Ground, sender: &str, accept_by: &AcceptBy) -> Result<Issued, DeskFault> {
    let terms = offer.terms.as_ref().ok_or(DeskFault::NotFound)?;
    let playbook = &ground.pinned.playbook;
    let firm_employs = offer.engagement().is_none_or(offer::engagement::Engagement::firm_employs);
    let contact = offer.about.relations.client_contact.as_ref();
    let name = match contact {
        // whoever employs signs: after a direct hire that is the client
        Some(contact) if !firm_employs => ground.roster.name(contact),
        _ => sender.to_owned(),
    };
    let issued_on = zones::zone(&playbook.working_time.zone).map_or_else(|| ground.now.day(), |zone| zones::local(ground.now, zone).date());
    let signs = Signatory { name, title: String::new() };
    let mut facts = LetterFacts::of(playbook, terms, ground.fresh().document(), issued_on, signs);
    facts.accept_by = Some(accept_by.clone());
    packet::issue(playbook, terms, &facts).map_err(|unissued| DeskFault::Problems(problems(unissued, ground)))
}

/// What keeps a letter from being made, beside the fields where somebody can do something about it.
fn problems(unissued: Unissued, ground: &Ground) -> Vec<Problem> {
    match unissued {
        Unissued::Unchosen { .. } => vec![Problem { field: field::ENGAGEMENT, fault: Fault::NotAChoice }],
        Unissued::FigureTooLarge => vec![Problem { field: field::PAY_BASE, fault: Fault::NotMoney }],
        Unissued::Withheld { lacks } => {
            let mut seen = BTreeSet::new();
            let problems = lacks.into_iter().map(|withheld| problem(withheld, ground));
            problems.filter(|problem| seen.insert(problem.field.clone())).collect()
        }
    }
}

fn problem(withheld: Withheld, ground: &Ground) -> Problem {
    match withheld {
        Withheld::FieldMissing { field, .. } => {
            let gate = ground.pinned.table.get(&field).map_or(Gate::Generate, |spec| spec.gate);
            Problem { field, fault: Fault::Missing { gate: if gate == Gate::Never { Gate::Generate } else { gate } } }
        }
        Withheld::FormatUnfit { field, .. } => Problem { fault: Fault::DoesNotGoWith { other: field.clone() }, field },
        Withheld::PromiseUnprinted { field } => Problem { field, fault: Fault::NotAField },
        Withheld::ClauseMissing { .. } | Withheld::ClauseUnprinted { .. } | Withheld::ClauseFaulty { .. } => {
            Problem { field: field::CLAUSES, fault: Fault::NotAChoice }
        }
        Withheld::TemplateFaulty { .. } => Problem { field: field::ENGAGEMENT, fault: Fault::NotAChoice },
    }
}

/// A letter for whoever does not see all that it prints: what the field holds is covered wherever it stands.
///
/// # Errors
/// [`DeskFault::NotFound`] when something of it would still be read.
pub(super) fn without_unseen(letter: Letter, terms: &Terms, sight: &Sight, table: &FieldTable) -> Result<Letter, DeskFault> {
    let unseen = terms.iter().filter_map(|(key, value)| {
        let spec = table.get(key).filter(|spec| spec.prints && !sight.shows_field(spec))?;
        match value {
            Value::Text(text) | Value::Choice(text) if !text.is_empty() => Some(Ok(text.clone())),
            // an amount may be printed in many ways
            _ => Some(Err(spec.key.clone())),
        }
    });
    let texts: Vec<String> = unseen.collect::<Result<_, _>>().map_err(|_| DeskFault::NotFound)?;
    if texts.is_empty() {
        return Ok(letter);
    }
    let mut words = serde_json::to_value(&letter)?;
    cover(&mut words, &texts);
    let left = words.to_string().to_lowercase();
    if texts.iter().any(|text| left.contains(&text.to_lowercase())) {
        return Err(DeskFault::NotFound);
    }
    Ok(serde_json::from_value(words)?)
}

fn cover(words: &mut serde_json::Value, texts: &[String]) {
    match words {
        serde_json::Value::String(said) => {
            for text in texts {
                *said = said.replace(text.as_str(), app::words::en::access::COVERED);
            }
        }
        serde_json::Value::Array(inner) => inner.iter_mut().for_each(|inner| cover(inner, texts)),
        serde_json::Value::Object(inner) => inner.values_mut().for_each(|inner| cover(inner, texts)),
        serde_json::Value::Null | serde_json::Value::Bool(_) | serde_json::Value::Number(_) => {}
    }
}

impl HouseDesk {
    /// Makes the letter: its words and its PDF, both sealed under the candidate's key.
    pub(super) async fn make_letter(
        &self,
        offer: &Offer,
        ground: &Ground,
        sender: &str,
        accept_by: &AcceptBy,
        key: &DataKey,
    ) -> Result<Made, DeskFault> {
        let Issued { letter, attachment } = issue(offer, ground, sender, accept_by)?;
        let words = canonical(&serde_json::to_value(&letter)?)?;
        let digest = letter.digest()?;
        let pdf = self.press.print(letter.clone(), attachment).await.map_err(|fault| unprinted(fault, offer))?;
        let reference = LetterRef {
            document: letter.document.clone(),
            template: letter.template.clone(),
            playbook: ground.pinned.version,
            digest,
            blocks: Digest::of(words.as_bytes()),
            pdf: Digest::of(&pdf),
        };
        let documents = vec![self.document_row(offer, LETTER_JSON, words.as_bytes(), key)?, self.document_row(offer, PDF, &pdf, key)?];
        Ok(Made { letter: reference, documents })
    }

    /// The row of a document of an offer, sealed under its candidate's key.
    pub(super) fn document_row(&self, offer: &Offer, media_type: &str, bytes: &[u8], key: &DataKey) -> Result<Change, DeskFault> {
        let digest = Digest::of(bytes);
        Ok(Change::Document(DocumentRow {
            digest: digest.0.to_vec(),
            media_type: media_type.to_owned(),
            person: offer.candidate.as_ref().map(ToString::to_string),
            bytes_count: i64::try_from(bytes.len()).map_err(|_| DeskFault::OutOfReach)?,
            sealed: key.seal(&Place::Document { firm: self.firm(), digest }, bytes)?,
        }))
    }
}

fn unprinted(fault: PrintFault, offer: &Offer) -> DeskFault {
    match fault {
        PrintFault::Unprintable(texts) => {
            // words of the template that cannot be printed are the playbook's, which names its engagement
            let field = |text: crate::letter::Unprintable| text.field.unwrap_or(field::ENGAGEMENT);
            DeskFault::Problems(texts.into_iter().map(|text| Problem { field: field(text), fault: Fault::ForbiddenCharacter }).collect())
        }
        PrintFault::TooLong => not_printed("too long", offer),
        PrintFault::Layout(said) => not_printed(&said.join("; "), offer),
        PrintFault::Lost => not_printed("lost", offer),
    }
}

fn not_printed(why: &str, offer: &Offer) -> DeskFault {
    tracing::error!(why, offer = offer.id.as_str(), "a letter was not printed");
    DeskFault::OutOfReach
}
