//! The outbox hands over what was queued in the transaction of its event, tries again, and reports what happened.
//!
//! - `Mail` is a mail in parts (sentences come from the caller); it serialises into the sealed body of an `OutboxRow` and becomes a MIME message.
//! - `Courier` carries a message: `SmtpCourier`, `FolderCourier` (.eml files) or `LogCourier`.
//! - `Worker` claims rows, asks the `Handover` (the desk) for the mail, carries it, and tells the desk what happened. A mail may be carried twice
//!   (a crash between handing over and recording); its Message-ID is the row's id, so the second one is recognised.

mod backoff;
mod courier;
mod folder;
mod mail;
mod smtp;
mod worker;

#[cfg(test)]
mod tests;

#[cfg(test)]
use self::{
    backoff::{ATTEMPTS_MAX, retry_at},
    mail::MailFault,
};
pub(crate) use self::{
    courier::{Courier, LogCourier, NotCarried},
    folder::FolderCourier,
    mail::{Attachment, Mail, Mailbox, Part},
    smtp::{Smtp, SmtpCourier, SmtpTls},
    worker::{Handover, Outcome, Worker},
};
