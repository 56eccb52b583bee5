//! Mails about one's own sign-in: whoever did not do it themselves learns of it at once.

use app::words::en::mail as words;
use offer::{access::Actor, id::PersonId, person::CredentialChange};

use super::{Household, Identity, Known, MailWords, Unreachable};
use crate::{
    fresh,
    outbox::Part,
    store::{AppendError, Change, OutboxRow},
};

impl Identity {
    /// The mail that tells somebody what was changed about how they sign in.
    pub(super) async fn notice(&self, household: &dyn Household, known: &Known, change: &CredentialChange) -> Result<Change, Unreachable> {
        let key = format!("credential:{}", fresh::id(self.now())?);
        let mail = self.security_mail(household, known, key, words::credential_changed(change)).await?;
        Ok(Change::Outbox(mail))
    }

    /// Records a change of somebody's ways of signing in and mails it to them, with `along` in the same transaction.
    pub(super) async fn changed(
        &self,
        household: &dyn Household,
        known: &Known,
        by: &Actor,
        change: CredentialChange,
        mut along: Vec<Change>,
    ) -> Result<Result<(), AppendError>, Unreachable> {
        along.push(self.notice(household, known, &change).await?);
        household.record(&known.member.id, change, by, along).await
    }

    /// A recovery code was used, to sign in or to confirm who one is.
    pub(super) async fn recovery_code_used(
        &self,
        household: &dyn Household,
        known: &Known,
        left: u32,
        along: Vec<Change>,
    ) -> Result<Result<(), AppendError>, Unreachable> {
        let by = Actor::Member(known.member.clone());
        self.changed(household, known, &by, CredentialChange::RecoveryCodeUsed { left }, along).await
    }

    /// Somebody knows the password and guesses codes: its owner is told, once a day.
    pub(super) async fn warn_of_tries(&self, household: &dyn Household, known: &Known) -> Result<(), Unreachable> {
        let day = self.now().micros() / 86_400_000_000;
        let key = format!("guessed:{}:{day}", known.member.id);
        let mail = self.security_mail(household, known, key, words::CODES_GUESSED.to_owned()).await?;
        Ok(self.store.change(&self.firm, vec![Change::Outbox(mail)]).await?)
    }

    async fn security_mail(&self, household: &dyn Household, known: &Known, key: String, what: String) -> Result<OutboxRow, Unreachable> {
        let face = household.face().await;
        let parts = vec![
            Part::Heading { text: words::SECURITY_HEADING.to_owned() },
            Part::Paragraph { text: words::hello(&known.name) },
            Part::Paragraph { text: what },
            Part::Paragraph { text: words::SECURITY_NOT_YOU.to_owned() },
            Part::Link { label: words::SECURITY_LINK.to_owned(), url: household.link("/account") },
            Part::Footer { text: words::security_help(&face.help_email) },
        ];
        let person: &PersonId = &known.member.id;
        household.mail(key, person.as_str(), &known.email, MailWords { subject: words::security_subject(&face.name), parts }).await
    }
}
