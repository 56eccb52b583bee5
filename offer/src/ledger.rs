//! The ledger: what makes a stream of events provable.
//!
//! An event is stored as three parts: its envelope (canonical JSON), its open part and its sealed part. The envelope commits to
//! the other two, and to the envelope before it; so changing anything anywhere breaks the chain, and destroying the key of
//! the sealed part does not.

pub mod canonical;
pub mod commitment;
pub mod digest;
pub mod envelope;
pub mod hex;
pub mod merkle;
pub mod verify;

pub use canonical::{NotCanonical, canonical};
pub use commitment::payload_commitment;
pub use digest::Digest;
pub use envelope::{ActorKind, AuthLevel, Envelope, EnvelopeActor};
pub use verify::{Fault, PinnedHead, StoredRow, Verdict, verify, verify_to};
