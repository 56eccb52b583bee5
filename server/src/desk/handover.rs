//! The desk as the outbox sees it: unsealing a mail that waits, and telling the offer what became of its letter.

use async_trait::async_trait;
use offer::{
    id::OfferId,
    ledger::Digest,
    lifecycle::{Command, Mail as LetterMail, Status},
};

use super::{DeskFault, HouseDesk, mails};
use crate::{
    outbox::{Handover, Mail, NotCarried, Outcome},
    store::{AppendError, Change, OutboxRow},
    vault::Place,
};

#[async_trait]
impl Handover for HouseDesk {
    async fn mail(&self, _firm: &str, row: &OutboxRow) -> Result<Mail, NotCarried> {
        self.waiting_mail(row).await.map_err(|fault| match fault {
            // whose key was destroyed is not written to any more
            DeskFault::NotFound => NotCarried::Never("what the mail carries is gone".to_owned()),
            fault => NotCarried::Later(format!("{fault:?}")),
        })
    }

    async fn record(&self, firm: &str, row: &OutboxRow, outcome: Outcome, settle: Change) -> Result<(), AppendError> {
        if !mails::is_letter(&row.key) {
            return self.store.change(firm, vec![settle]).await;
        }
        let command = match outcome {
            Outcome::HandedOver { .. } => Command::MarkSent { message: row.id.clone() },
            Outcome::GivenUp { fault, .. } => Command::MarkSendFailed { reason: shortened(&fault) },
        };
        match self.clockwork(&OfferId::new(&row.subject), command, std::slice::from_ref(&settle)).await {
            Ok(()) => Ok(()),
            // the offer went on without its letter: the mail is settled, and nothing happened to the offer
            Err(DeskFault::Refused(_)) => {
                tracing::info!(offer = row.subject, "a letter was handed over that nobody waits for");
                self.store.change(firm, vec![settle]).await
            }
            Err(DeskFault::Moved) => Err(AppendError::Moved),
            Err(_) => Err(AppendError::Unavailable),
        }
    }
}

impl HouseDesk {
    async fn waiting_mail(&self, row: &OutboxRow) -> Result<Mail, DeskFault> {
        let mut mail = self.carried(row).await?;
        for attachment in &mut mail.attachments {
            let digest = Digest::parse(&attachment.digest).ok_or(DeskFault::NotFound)?;
            let (_, bytes) = self.open_document(&digest).await?.ok_or(DeskFault::NotFound)?;
            attachment.bytes = bytes;
        }
        Ok(mail)
    }

    /// The mail of a row, without the bytes of its attachments.
    pub(super) async fn carried(&self, row: &OutboxRow) -> Result<Mail, DeskFault> {
        let place = Place::Row { firm: self.firm(), table: mails::OUTBOX, key: &row.id };
        Ok(serde_json::from_slice(&self.firm_key().await?.open(&place, &row.body)?)?)
    }

    /// A mail came back after it had been handed over: `message` is the id that it went out with.
    ///
    /// # Errors
    /// [`DeskFault::NotFound`] when no such mail went out.
    pub(crate) async fn bounced(&self, message: &str, reason: &str) -> Result<CameBack, DeskFault> {
        let row = self.store.outbox_row(self.firm(), message).await?.ok_or(DeskFault::NotFound)?;
        if !mails::is_letter(&row.key) {
            return Ok(CameBack::NoLetter);
        }
        let id = OfferId::new(row.subject);
        let offer = self.file(&id).await?.offer.clone();
        // the mail of an earlier letter says nothing about the one that is open now
        let is_open = offer.status == Status::Sent
            && offer.letter.is_some_and(|letter| matches!(letter.mail, LetterMail::HandedOver { message: sent, .. } if sent == message));
        if !is_open {
            return Ok(CameBack::Settled { number: offer.number });
        }
        self.clockwork(&id, Command::MarkBounced { reason: shortened(reason) }, &[]).await?;
        Ok(CameBack::Recorded { number: offer.number })
    }
}

/// What became of the news that a mail came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum CameBack {
    /// It stands on the offer, which waits on its recruiter.
    Recorded {
        /// What people call the offer.
        number: String,
    },
    /// The offer no longer waits for an answer to that letter, or knows already.
    Settled {
        /// What people call the offer.
        number: String,
    },
    /// It carried no letter.
    NoLetter,
}

/// What a mail system said, as far as the record takes it.
fn shortened(fault: &str) -> String {
    let text: String = fault.chars().filter(|c| !c.is_control()).take(500).collect();
    if text.trim().is_empty() { "no reason given".to_owned() } else { text }
}
