//! Mails that follow from events, queued in the transaction of their event.

mod candidate;
mod changed;
mod client;
mod deciders;
mod occasion;

use app::words::en::{
    date, offer_mail,
    offer_mail::{MailText, News},
    role as role_words,
};
use offer::{
    access::Action,
    id::StepKey,
    lifecycle::{AcceptBy, AskedBy, Event, Offer, Recorded},
    moment::Moment,
    packet::print,
    person::Identity,
    policy::Who,
};

pub(super) use self::occasion::Occasion;
use self::occasion::Told;
use super::{DeskFault, HouseDesk, Listed, zones};
use crate::{
    fresh,
    outbox::{Attachment, Mail, Mailbox, Part},
    store::{Change, OutboxRow, queue},
    vault::Place,
};

/// What the outbox carries for the desk.
pub(crate) const MAIL: &str = "mail";
/// The table of waiting mails, as sealed bytes name their place.
pub(crate) const OUTBOX: &str = "outbox";
/// Mails of letters have a key that begins so; what becomes of them is an event of their offer.
const LETTER: &str = "letter";

/// The key of the mail that carries a letter to its candidate.
pub(super) fn letter_key(offer: &Offer, document: &str) -> String {
    format!("{LETTER}:{}:{document}", offer.id)
}

/// Whether a waiting mail carries a letter.
pub(super) fn is_letter(key: &str) -> bool {
    key.split(':').next() == Some(LETTER)
}

/// An accept-by as a letter says it.
pub(super) fn deadline(accept_by: &AcceptBy) -> String {
    match zones::read_local(&accept_by.local) {
        Some(local) => print::deadline(&offer::packet::datum::Deadline { local, zone: accept_by.zone.clone() }),
        None => format!("{} {}", accept_by.local, accept_by.zone),
    }
}

/// An instant as somebody in this zone reads it.
fn instant(at: Moment, zone: &str) -> String {
    match zones::zone(zone) {
        Some(tz) => date::instant(zones::local(at, tz), &date::zone(zone)),
        None => at.to_string(),
    }
}

impl HouseDesk {
    /// The rows of every mail that follows from what was decided.
    pub(super) async fn mails(&self, occasion: &Occasion<'_>) -> Result<Vec<Change>, DeskFault> {
        let mut changes = Vec::new();
        for recorded in occasion.recorded {
            changes.extend(self.mails_of(occasion, recorded).await?);
            changes.extend(self.as_promised(occasion, recorded).await?);
            changes.extend(self.to_client(occasion, recorded).await?);
        }
        Ok(changes)
    }

    async fn mails_of(&self, occasion: &Occasion<'_>, recorded: &Recorded) -> Result<Vec<Change>, DeskFault> {
        match &recorded.event {
            Event::StepOpened { step, due_at, .. } | Event::StepAnswered { step, due_at, .. } => {
                self.to_deciders(occasion, recorded, step, *due_at).await
            }
            Event::StepReminded { step } => self.reminders(occasion, recorded, step).await,
            Event::StepEscalated { step, to, .. } => self.escalation(occasion, recorded, step, to.as_ref()).await,
            Event::StepDelegated { step, to, .. } => self.to_delegate(occasion, recorded, step, to).await,
            Event::StepReturned { .. } => self.to_recruiter(occasion, recorded, News::Returned).await,
            Event::StepRejected { .. } => self.to_recruiter(occasion, recorded, News::Rejected).await,
            Event::Cleared { .. } => self.to_recruiter(occasion, recorded, News::Cleared).await,
            Event::SendRequested { accept_by, letter, .. } => self.invitation(occasion, accept_by, letter.document.as_str()).await,
            Event::AcceptByMoved { accept_by, .. } => {
                let words =
                    |occasion: &Occasion<'_>, name: &str| offer_mail::deadline_moved(occasion.about_letter(), name, &deadline(accept_by));
                self.to_candidate_with_link(occasion, recorded, words).await
            }
            Event::QuestionAnswered { .. } => {
                self.to_candidate_with_link(occasion, recorded, |occasion, name| {
                    offer_mail::question_answered(occasion.about_letter(), name)
                })
                .await
            }
            Event::SendFailed { .. } => self.to_recruiter(occasion, recorded, News::SendFailed).await,
            Event::Bounced { .. } => self.to_recruiter(occasion, recorded, News::Bounced).await,
            Event::Asked { .. } => self.to_recruiter(occasion, recorded, News::Asked).await,
            Event::Proposed { asked_by: AskedBy::Candidate, .. } => self.to_recruiter(occasion, recorded, News::ChangeAsked).await,
            Event::Proposed { asked_by: AskedBy::Employer, .. } => self.to_recruiter(occasion, recorded, News::ChangeProposed).await,
            Event::ProposalRefused { proposal, .. } => self.to_author(occasion, recorded, proposal).await,
            Event::TermsChanged { proposal, .. } => {
                let mut changes = self.to_author(occasion, recorded, proposal).await?;
                changes.extend(self.to_overtaken(occasion, recorded).await?);
                Ok(changes)
            }
            Event::Rescinded { .. } => self.to_rescinded(occasion, recorded).await,
            Event::RescissionDropped { .. } => self.to_rescinders(occasion, recorded, false).await,
            Event::Accepted { .. } => {
                let mut changes = self.to_recruiter(occasion, recorded, News::Accepted).await?;
                changes.extend(self.copy_of_acceptance(occasion, recorded).await?);
                Ok(changes)
            }
            Event::Declined { written, .. } => {
                let mut changes = self.to_recruiter(occasion, recorded, News::Declined).await?;
                if *written {
                    changes.extend(self.copy_of_decline(occasion, recorded).await?);
                }
                Ok(changes)
            }
            Event::Expired => self.to_recruiter(occasion, recorded, News::Expired).await,
            Event::HandoffOpened { recipient, role, due_at, .. } => {
                let name = self.recipient_name(occasion, recipient);
                let words = |zone: &str| offer_mail::handoff(occasion.about(), &name, &instant(*due_at, zone));
                self.to_role(occasion, recorded, role, &format!("/offers/{}/hand-off/{recipient}", occasion.after.id), words).await
            }
            Event::RescissionAsked { approvers, .. } => {
                let mut changes = Vec::new();
                for role in approvers {
                    let words = |_: &str| offer_mail::rescission(occasion.about(), &occasion.actor_name());
                    changes.extend(self.to_role(occasion, recorded, role, &format!("/offers/{}", occasion.after.id), words).await?);
                }
                Ok(changes)
            }
            _ => Ok(Vec::new()),
        }
    }

    fn recipient_name(&self, occasion: &Occasion<'_>, key: &offer::id::RecipientKey) -> String {
        let recipients = &occasion.ground.pinned.playbook.recipients;
        recipients.iter().find(|recipient| recipient.key == *key).map_or_else(|| role_words::recipient(key), |found| found.name.clone())
    }

    /// A decision is overdue: whoever answers for it is told, as far as they see the offer; else whoever asked.
    async fn escalation(
        &self,
        occasion: &Occasion<'_>,
        recorded: &Recorded,
        step: &StepKey,
        to: Option<&Who>,
    ) -> Result<Vec<Change>, DeskFault> {
        let (ground, subject) = (occasion.ground, occasion.after.subject());
        let meant = to.map(|who| ground.meant(&subject.about.relations, who)).unwrap_or_default();
        let mut told: Vec<&Listed> = meant.into_iter().filter(|listed| ground.may(listed, Action::See, &subject)).collect();
        if told.is_empty() {
            told.extend(occasion.after.askers.iter().filter_map(|asker| ground.roster.get(asker)));
        }
        let waits_on: Vec<String> = occasion.deciders_of(step).map(|told| ground.roster.name(&told.listed.id)).collect();
        let mut changes = Vec::new();
        for listed in told {
            let reads = ground.sight(listed, &subject).reads_talk();
            let words = offer_mail::overdue(occasion.about(), &role_words::step(step), if reads { &waits_on } else { &[] });
            changes.extend(self.to_listed(occasion, recorded, listed, words, &occasion.page()).await?);
        }
        Ok(changes)
    }

    async fn to_recruiter(&self, occasion: &Occasion<'_>, recorded: &Recorded, news: News) -> Result<Vec<Change>, DeskFault> {
        let by = occasion.actor_name();
        match occasion.recruiter() {
            // nobody is told by mail what they did themselves
            Some(recruiter) if occasion.actor.person() != Some(&recruiter.id) => {
                let words = offer_mail::news(occasion.about(), news, &by);
                self.to_listed(occasion, recorded, recruiter, words, &format!("/offers/{}", occasion.after.id)).await
            }
            _ => Ok(Vec::new()),
        }
    }

    async fn to_role(
        &self,
        occasion: &Occasion<'_>,
        recorded: &Recorded,
        role: &offer::id::Role,
        path: &str,
        words: impl Fn(&str) -> MailText,
    ) -> Result<Vec<Change>, DeskFault> {
        let mut changes = Vec::new();
        for listed in occasion.ground.roster.with_role(role) {
            changes.extend(self.to_listed(occasion, recorded, listed, words(&listed.person.zone), path).await?);
        }
        Ok(changes)
    }

    async fn to_listed(
        &self,
        occasion: &Occasion<'_>,
        recorded: &Recorded,
        listed: &Listed,
        words: MailText,
        path: &str,
    ) -> Result<Vec<Change>, DeskFault> {
        let Some(identity) = listed.person.identity.kept() else { return Ok(Vec::new()) };
        // nobody is mailed about an offer that is hidden from them
        if !occasion.is_seen_by(listed) {
            return Ok(Vec::new());
        }
        let mail = self.mail(occasion, identity, words, path, Vec::new());
        let key = key_of(occasion, recorded, listed.id.as_str());
        Ok(vec![self.queued(key, occasion.after.id.as_str(), &mail, occasion.ground.now).await?])
    }

    fn mail(&self, occasion: &Occasion<'_>, to: &Identity, words: MailText, path: &str, attachments: Vec<Attachment>) -> Mail {
        let mut parts = vec![Part::Heading { text: words.heading }];
        parts.extend(words.paragraphs.into_iter().map(|text| Part::Paragraph { text }));
        parts.extend(words.link.map(|label| Part::Link { label: label.to_owned(), url: self.link(path) }));
        parts.push(Part::Footer { text: words.footer });
        let recruiter = occasion.recruiter().and_then(|recruiter| recruiter.person.identity.kept());
        Mail {
            from: Mailbox { name: Some(occasion.firm().to_owned()), ..self.settings.mail_from.clone() },
            reply_to: recruiter.filter(|recruiter| recruiter.email != to.email).map(mailbox),
            to: mailbox(to),
            subject: words.subject,
            language: "en".to_owned(),
            parts,
            attachments,
        }
    }

    /// A mail that waits.
    pub(crate) async fn queued(&self, key: String, subject: &str, mail: &Mail, now: Moment) -> Result<Change, DeskFault> {
        self.outbox_row(key, subject, mail, now).await.map(Change::Outbox)
    }

    /// The row of a mail that waits, its body sealed: it may hold a link that opens something.
    pub(crate) async fn outbox_row(&self, key: String, subject: &str, mail: &Mail, now: Moment) -> Result<OutboxRow, DeskFault> {
        let id = fresh::id(now)?;
        let place = Place::Row { firm: self.firm(), table: OUTBOX, key: &id };
        let body = self.firm_key().await?.seal(&place, &serde_json::to_vec(mail)?)?;
        let row = OutboxRow::waiting(id, MAIL, key, subject.to_owned(), now.micros(), body);
        // the past of a demo was delivered when it was past
        let is_past = self.settings.demo.is_some_and(|demo| now < demo.mails_from);
        Ok(if is_past { OutboxRow { state: queue::DONE.to_owned(), ..row } } else { row })
    }
}

/// The same mail about the same event to the same person is one.
fn key_of(occasion: &Occasion<'_>, recorded: &Recorded, to: &str) -> String {
    format!("event:{}:{}:{to}", occasion.after.id, recorded.seq)
}

fn mailbox(identity: &Identity) -> Mailbox {
    Mailbox { name: Some(identity.name.clone()), address: identity.email.clone() }
}
