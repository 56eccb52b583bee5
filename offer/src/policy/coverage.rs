//! Coverage: the fields and values an approval stands for.

use super::RouteStep;
use crate::field::FieldKey;
use crate::ledger::{Digest, hex};
use crate::terms::{Terms, Value};
use serde::{Deserialize, Serialize};

/// What an approval stands for. The digest is salted, for a hash of a pay rate is a pay rate (law 10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// The version that was approved.
    pub version: u32,
    /// The fields that the step decides.
    pub fields: Vec<FieldKey>,
    /// 16 random bytes in hex, kept with the digest.
    pub salt: String,
    /// SHA-256 over the salt and the values of those fields.
    pub digest: Digest,
}

impl Coverage {
    /// What a step's approval of these terms stands for.
    pub fn of(step: &RouteStep, terms: &Terms, version: u32, salt: [u8; 16]) -> Self {
        let digest = digest(&step.decides, terms, salt);
        Self { version, fields: step.decides.clone(), salt: hex::encode(&salt), digest }
    }

    /// Whether the approval still stands for the fields that the step decides in a newer route and their values.
    pub fn holds(&self, step: &RouteStep, terms: &Terms) -> bool {
        let known: Option<[u8; 16]> = hex::decode(&self.salt);
        step.decides.iter().all(|field| self.fields.contains(field))
            && known.is_some_and(|salt| digest(&self.fields, terms, salt) == self.digest)
    }
}

fn digest(fields: &[FieldKey], terms: &Terms, salt: [u8; 16]) -> Digest {
    let values: Vec<(&FieldKey, Option<&Value>)> = fields.iter().map(|field| (field, terms.get(field))).collect();
    let bytes = serde_json::to_vec(&values).unwrap_or_default();
    Digest::salted(&salt, &bytes)
}
