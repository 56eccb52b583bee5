//! Coverage: the fields and values an approval stands for, and whether it still stands after a change.

use super::range::{ApprovedRange, WithinRange};
use super::reason::RuleRef;
use super::route::RouteStep;
use crate::field::FieldKey;
use crate::ledger::{Digest, hex};
use crate::terms::{Terms, Value};
use serde::{Deserialize, Serialize};

/// What an approval stands for. The digest is salted, for a hash of a pay rate is a pay rate (law 10).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// The version that was approved.
    pub version: u32,
    /// The rules that asked, as they stood.
    pub rules: Vec<RuleRef>,
    /// The fields that the step decides.
    pub fields: Vec<FieldKey>,
    /// The fields of which the reasons that asked for it are made.
    pub inputs: Vec<FieldKey>,
    /// Spans of values that it stands for.
    pub ranges: Vec<ApprovedRange>,
    /// 16 random bytes in hex, kept with the digest.
    pub salt: String,
    /// SHA-256 over the salt and the values of those fields.
    pub digest: Digest,
}

/// What becomes of an approval after a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It stands; values that changed stayed in their ranges.
    Stands(Vec<WithinRange>),
    /// It does not stand any more.
    Reopens(Vec<Reopening>),
}

/// Why an approval does not stand any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reopening", rename_all = "snake_case")]
pub enum Reopening {
    /// A field that it stands for left the value or the range that was approved.
    Left {
        /// The field.
        field: FieldKey,
        /// The range that it left.
        range: Option<ApprovedRange>,
    },
    /// The step now answers for a field that it had not approved.
    NotApproved {
        /// The field.
        field: FieldKey,
    },
    /// Another rule asks for the step, or the same in another version.
    NewRule {
        /// The rule.
        rule: RuleRef,
    },
    /// Whoever approved then asks for the approvals now.
    OwnRequest,
}

impl Coverage {
    /// What a step's approval of these terms stands for.
    pub fn of(step: &RouteStep, terms: &Terms, version: u32, ranges: Vec<ApprovedRange>, salt: [u8; 16]) -> Self {
        let digest = digest(step.decides.iter().chain(&step.inputs), terms, salt);
        Self {
            version,
            rules: step.rules().cloned().collect(),
            fields: step.decides.clone(),
            inputs: step.inputs.clone(),
            ranges,
            salt: hex::encode(&salt),
            digest,
        }
    }

    /// Whether the fields still have the values that the digest was made of. Proof of the record; what stands after a change is said by
    /// [`Coverage::after`].
    pub fn is_of(&self, terms: &Terms) -> bool {
        let known: Option<[u8; 16]> = hex::decode(&self.salt);
        known.is_some_and(|salt| digest(self.fields.iter().chain(&self.inputs), terms, salt) == self.digest)
    }

    /// Whether the approval stands for the step of a newer route and its terms; `approved` are the terms of [`Coverage::version`].
    ///
    /// A step re-opens for the fields that it answers for in the newer route, and for no other.
    pub fn after(&self, step: &RouteStep, approved: &Terms, now: &Terms) -> Verdict {
        let (mut within, mut reopenings) = (Vec::new(), Vec::new());
        for rule in step.rules().filter(|rule| !self.rules.contains(rule)) {
            reopenings.push(Reopening::NewRule { rule: rule.clone() });
        }
        // an approval is that of the people whom the offer named then, for the client whom it was for
        for field in step.who.named_by().into_iter().filter(|field| approved.get(field) != now.get(field)) {
            reopenings.push(Reopening::Left { field, range: None });
        }
        for field in step.covers() {
            if !self.fields.contains(field) && !self.inputs.contains(field) {
                reopenings.push(Reopening::NotApproved { field: field.clone() });
                continue;
            }
            let value = now.get(field);
            if approved.get(field) == value {
                continue;
            }
            match self.ranges.iter().find(|range| range.field == *field) {
                Some(range) if range.holds(value) => {
                    within.push(WithinRange { range: range.clone(), value: value.cloned(), room: range.room(value) });
                }
                range => reopenings.push(Reopening::Left { field: field.clone(), range: range.cloned() }),
            }
        }
        if reopenings.is_empty() { Verdict::Stands(within) } else { Verdict::Reopens(reopenings) }
    }
}

fn digest<'a>(fields: impl Iterator<Item = &'a FieldKey>, terms: &Terms, salt: [u8; 16]) -> Digest {
    let values: Vec<(&FieldKey, Option<&Value>)> = fields.map(|field| (field, terms.get(field))).collect();
    let bytes = serde_json::to_vec(&values).unwrap_or_default();
    Digest::salted(&salt, &bytes)
}
