//! The life of an offer as rules: given a story so far, when somebody asks, then this happens. Runs natively and as wasm32-wasip1.
#![cfg(test)]

mod approvals;
mod approvers;
mod closing;
mod conditions;
mod coverage;
mod every_command_in_every_state;
mod exposure;
mod firm;
mod hand_off;
mod histories;
mod negotiation;
mod reapproval;
mod rerouting;
mod routes;
mod sending;
mod sight;
mod story;
