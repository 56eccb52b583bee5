//! From a playbook and terms to the letter of an offer, in one step.

use serde::Serialize;

use super::choose::{Unchosen, choose};
use super::facts::{LetterFacts, Said};
use super::letter::Letter;
use super::merge::{Withheld, merge};
use crate::playbook::Playbook;
use crate::terms::Terms;

/// Why an offer has no letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "unissued", rename_all = "snake_case")]
pub enum Unissued {
    /// No one template is meant for it.
    Unchosen {
        /// Why.
        why: Unchosen,
    },
    /// The letter lacks something.
    Withheld {
        /// Everything it lacks.
        lacks: Vec<Withheld>,
    },
    /// A figure is larger than JSON keeps exactly, so that the letter's data could not be compared.
    FigureTooLarge,
}

/// A letter with what is attached to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The letter.
    pub letter: Letter,
    /// `offer.json`: the candidate's side of the terms as canonical JSON.
    pub attachment: String,
}

/// Chooses the template and makes the letter with its attachment.
///
/// # Errors
/// Everything that keeps the letter from being issued.
pub fn issue(playbook: &Playbook, terms: &Terms, facts: &LetterFacts) -> Result<Issued, Unissued> {
    let table = playbook.field_table();
    let said = Said { terms, table: &table, facts };
    let template = choose(&playbook.templates, &said).map_err(|why| Unissued::Unchosen { why })?;
    let letter = merge(template, &playbook.clauses, said).map_err(|lacks| Unissued::Withheld { lacks })?;
    let attachment = said.attachment().map_err(|_| Unissued::FigureTooLarge)?;
    Ok(Issued { letter, attachment })
}
