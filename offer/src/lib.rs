//! The offer model.
