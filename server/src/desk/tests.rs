//! The desk over a real store: offers carried from begin to start by different people, races, repeats, what lies in the file.

mod approvers;
mod board;
mod clocks;
mod house;
mod mailed;
mod mails;
mod races;
mod rerouting;
mod restoring;
mod same_on_both;
mod sealed;
mod seen;
mod typing;
mod way;
