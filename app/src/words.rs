//! Every sentence that a person reads. The model speaks in codes and figures; here they become words, one language per room.

pub mod en;
