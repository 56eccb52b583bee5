//! The islands of people who come from a mail.

pub mod answer;
pub mod answering;
#[cfg(target_arch = "wasm32")]
mod in_browser;

pub use answer::{CandidateForm, NotTaken};
pub use answering::Answering;
