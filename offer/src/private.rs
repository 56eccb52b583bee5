//! What is sealed under one person's key: kept, or erased with the key. (Split and join of the two parts of an event follow.)
use serde::{Deserialize, Serialize};
/// p
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Private<T> {
    /// k
    Kept(T),
    /// e
    Erased,
}
impl<T> Private<T> {
    /// k
    pub fn kept(&self) -> Option<&T> {
        match self {
            Self::Kept(v) => Some(v),
            Self::Erased => None,
        }
    }
}
