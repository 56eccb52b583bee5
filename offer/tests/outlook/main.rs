//! What a browser says of a draft is what the server says of it, only less. Runs natively and as wasm32-wasip1.
#![cfg(test)]

mod corpus;
mod hidden;
mod same;
