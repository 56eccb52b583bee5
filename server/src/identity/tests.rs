//! The rules of who is there, against a store in a folder and a clock that the test turns.

mod account;
mod guests;
mod house;
mod joining;
mod kept_forms;
mod links_and_codes;
mod second_factor;
mod sessions;
mod single_sign_on;

pub(crate) use house::{FIRM, House};
