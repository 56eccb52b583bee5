//! The portal by HTTP, script off, over a desk that remembers what it was asked.
#![cfg(test)]

mod both_ways;
mod candidate;
mod client;
mod desk;
mod letter;
mod mailed;
mod site;
mod way_in;
