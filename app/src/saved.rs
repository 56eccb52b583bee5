//! What a save of a draft comes back with, on both sides of the wire.

use offer::field::FieldKey;
use serde::{Deserialize, Serialize};

/// A save of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saved {
    /// The version of the draft that now stands.
    pub version: i64,
    /// Fields that stand otherwise than the sender read or wrote them: somebody else was there meanwhile.
    pub newer: Vec<Newer>,
}

/// A field that somebody else wrote meanwhile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Newer {
    /// The field.
    pub field: FieldKey,
    /// What stands there, letter for letter.
    pub text: String,
    /// Who wrote it; empty for the sender's own self, in another window.
    pub by: String,
}
