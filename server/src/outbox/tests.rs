//! The rules of the outbox.

mod handing_over;
mod messages;
mod smtp;
