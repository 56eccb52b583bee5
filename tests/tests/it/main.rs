//! Promises of the whole system, kept by the real binary on both engines.
