//! What identity asks of the desk: the people as they stand, the keys, and the post.

use app::desk::{Asked, Viewer};
use async_trait::async_trait;
use offer::{
    access::{Actor, Member},
    id::PersonId,
    ledger::AuthLevel,
    lifecycle::Command,
    person::{CredentialChange, PersonEvent},
};

use super::{Act, DeskFault, Doer, HouseDesk};
use crate::{
    identity::{FirmFace, Household, Known, MailWords, Unreachable},
    outbox::{Mail, Mailbox},
    store::{AppendError, Change, OutboxRow, Unique},
    vault::Place,
};

/// How often something is written again when somebody else changed people meanwhile.
const TRIES: usize = 5;

impl From<DeskFault> for Unreachable {
    fn from(_: DeskFault) -> Self {
        Self
    }
}

#[async_trait]
impl Household for HouseDesk {
    async fn known(&self, person: &PersonId, auth_level: AuthLevel) -> Result<Option<Known>, Unreachable> {
        let roster = self.roster().await?;
        let Some(listed) = roster.get(person).filter(|listed| !listed.left) else { return Ok(None) };
        let Some(identity) = listed.person.identity.kept() else { return Ok(None) };
        let current = self.current().await?;
        let member = Member::resolve(person.clone(), &listed.person, auth_level, &current.playbook)
            .standing_in_for(roster.stands_in_for(person, self.now()));
        Ok(Some(Known { member, name: identity.name.clone(), email: identity.email.clone(), zone: listed.person.zone.clone() }))
    }

    async fn staff_at(&self, email_folded: &str) -> Result<Option<PersonId>, Unreachable> {
        let roster = self.roster().await?;
        let at = roster.present().find(|listed| {
            !listed.person.is(&offer::id::role::CLIENT_CONTACT)
                && listed.person.email().is_some_and(|email| super::folded(email) == email_folded)
        });
        Ok(at.map(|listed| listed.id.clone()))
    }

    async fn has_an_administrator(&self) -> Result<bool, Unreachable> {
        let (roster, current) = (self.roster().await?, self.current().await?);
        let runs_people =
            |listed: &super::Listed| current.playbook.roles.iter().any(|sheet| sheet.runs_people && listed.person.is(&sheet.key));
        Ok(roster.present().any(runs_people))
    }

    async fn face(&self) -> FirmFace {
        match self.current().await {
            Ok(current) => FirmFace { name: current.playbook.firm.name.clone(), help_email: current.playbook.firm.help_email.clone() },
            Err(_) => FirmFace::default(),
        }
    }

    async fn found(&self, person: &PersonId, name: &str, email: &str, along: Vec<Change>) -> Result<Result<(), AppendError>, Unreachable> {
        for _ in 0..TRIES {
            match Self::found(self, person, name, email, along.clone()).await {
                Ok(()) => return Ok(Ok(())),
                Err(DeskFault::Answered) => return Ok(Err(AppendError::Duplicate(Unique::Receipt))),
                Err(DeskFault::InUse) => return Ok(Err(AppendError::Duplicate(Unique::PersonEmail))),
                Err(DeskFault::Moved) => {}
                Err(fault) => return Err(fault.into()),
            }
        }
        Ok(Err(AppendError::Moved))
    }

    async fn record(
        &self,
        person: &PersonId,
        change: CredentialChange,
        by: &Actor,
        along: Vec<Change>,
    ) -> Result<Result<(), AppendError>, Unreachable> {
        for _ in 0..TRIES {
            let event = PersonEvent::Credential { change: change.clone() };
            match self.tell_person(person, event, by, along.clone()).await {
                Ok(()) => return Ok(Ok(())),
                Err(DeskFault::Answered) => return Ok(Err(AppendError::Duplicate(Unique::Receipt))),
                // of all that is written along, only a link has a key that somebody else may hold
                Err(DeskFault::InUse) => return Ok(Err(AppendError::Duplicate(Unique::SsoLink))),
                Err(DeskFault::Moved) => {}
                Err(fault) => return Err(fault.into()),
            }
        }
        Ok(Err(AppendError::Moved))
    }

    async fn viewed(&self, candidate: &Viewer) {
        let (Viewer::Candidate { offer, .. }, Some(actor)) = (candidate, candidate.actor()) else { return };
        let act = Act { offer, doer: &Doer::plain(actor), asked: &Asked::Command(Command::View), once: "", along: &[] };
        if let Err(fault) = self.carry_out(act).await {
            tracing::warn!(fault = fault.code(), "an opened letter was not recorded");
        }
    }

    async fn mail(&self, key: String, subject: &str, to: &str, mail: MailWords) -> Result<OutboxRow, Unreachable> {
        let from = Mailbox { name: Some(self.face().await.name), ..self.settings.mail_from.clone() };
        let to = Mailbox { name: None, address: to.to_owned() };
        let mail =
            Mail { from, reply_to: None, to, subject: mail.subject, language: "en".to_owned(), parts: mail.parts, attachments: Vec::new() };
        Ok(self.outbox_row(key, subject, &mail, self.now()).await?)
    }

    async fn seal(&self, place: &Place<'_>, clear: &[u8]) -> Result<Vec<u8>, Unreachable> {
        Ok(self.firm_key().await?.seal(place, clear)?)
    }

    async fn open(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, Unreachable> {
        Ok(self.firm_key().await?.open(place, sealed)?)
    }

    fn link(&self, path: &str) -> String {
        Self::link(self, path)
    }
}
