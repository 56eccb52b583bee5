//! The file that says who to be: people with their passwords, links of candidates, clients and approvers, and where each offer stands.

use std::{collections::BTreeMap, io::Write as _, os::unix::fs::OpenOptionsExt as _, path::Path};

use offer::{
    access::Subject,
    field::{self, FieldKey, FieldTable, Side},
    id::{ClientCode, OfferId, PersonId, ProposalId, Role},
    ledger::Digest,
    lifecycle::{Offer, Status},
    person::Person,
    terms::Terms,
};
use serde::Serialize;

use super::said;
use crate::{cli::CommandFault, desk::Listed, fresh, identity::invitations, installation::Installation};

/// Somebody of the firm.
#[derive(Debug, Serialize)]
pub(super) struct Staff {
    name: String,
    role: String,
    email: String,
    /// Random; it lies in the file and nowhere else.
    pub(super) password: String,
}

#[derive(Debug, Serialize)]
struct Candidate {
    offer: String,
    status: &'static str,
    email: String,
    invitation: String,
}

#[derive(Debug, Serialize)]
struct Client {
    account: String,
    email: String,
    invitation: String,
}

/// Somebody of the firm or of a client, as grants are resolved for them.
#[derive(Debug, Serialize)]
struct Somebody {
    id: PersonId,
    person: Person,
}

/// An offer, as far as it decides who may see what of it, and what is found below it.
#[derive(Debug, Serialize)]
struct Standing {
    number: String,
    subject: Subject,
    /// Whether its terms were ever handed in.
    has_terms: bool,
    /// The PDF of its letter.
    letter: Option<Digest>,
    open_proposals: Vec<ProposalId>,
    /// What is read of person and money, as typed, by field.
    values: BTreeMap<FieldKey, String>,
}

#[derive(Debug, Serialize)]
struct Approver {
    offer: String,
    email: String,
    invitation: String,
}

#[derive(Debug, Serialize)]
struct Links {
    staff: Vec<Staff>,
    candidates: Vec<Candidate>,
    clients: Vec<Client>,
    approvers: Vec<Approver>,
    people: Vec<Somebody>,
    offers: Vec<Standing>,
}

fn standing(offer: &Offer) -> Standing {
    let told = [Side::Person, Side::Contact, Side::Package, Side::Bill, Side::Margin];
    let table = FieldTable::default();
    let is_told = |key: &FieldKey| table.get(key).is_some_and(|spec| told.contains(&spec.side) && spec.choices.is_empty());
    let values = |terms: &Terms| terms.iter().filter(|(key, _)| is_told(key)).map(|(key, value)| (key.clone(), value.typed())).collect();
    Standing {
        number: offer.number.clone(),
        subject: offer.subject(),
        has_terms: offer.terms.is_some(),
        letter: offer.letter.as_ref().map(|letter| letter.made.pdf),
        open_proposals: offer.open_proposals().map(|(id, _)| id.clone()).collect(),
        values: offer.terms.as_ref().map(values).unwrap_or_default(),
    }
}

/// The firm's own people, each with a random password.
pub(super) fn staff(people: &[Listed]) -> Result<Vec<(PersonId, Staff)>, CommandFault> {
    let mut accounts = Vec::new();
    for listed in people.iter().filter(|listed| !listed.is_contact) {
        let password = fresh::Token::new().map_err(said)?.text().chars().take(20).collect();
        let roles: Vec<&str> = listed.person.roles.iter().map(Role::as_str).collect();
        let (name, email) = (listed.person.name().unwrap_or_default().to_owned(), listed.person.email().unwrap_or_default().to_owned());
        accounts.push((listed.id.clone(), Staff { name, role: roles.join(", "), email, password }));
    }
    Ok(accounts)
}

/// Writes the file, readable by its owner alone.
pub(super) async fn write(
    installation: &Installation,
    file: &Path,
    staff: Vec<Staff>,
    offers: &[OfferId],
    people: &[Listed],
) -> Result<(), CommandFault> {
    let house = &installation.house;
    let (mut candidates, mut clients, mut approvers, mut standings) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for id in offers {
        let file = house.file(id).await.map_err(said)?;
        standings.push(standing(&file.offer));
        for (email, link) in house.links_to_decide(id).await.map_err(said)? {
            house.store.change(house.firm(), link.changes).await.map_err(said)?;
            approvers.push(Approver { offer: file.offer.number.clone(), email, invitation: house.link(&link.path) });
        }
        let (Status::Sent, Some(candidate)) = (file.offer.status, &file.offer.candidate) else { continue };
        let email = file.offer.terms.as_ref().and_then(|terms| terms.text(&field::CANDIDATE_EMAIL)).unwrap_or_default().to_owned();
        let link = invitations::invite_candidate(id, candidate, &email, file.offer.version, house.now()).map_err(said)?;
        house.store.change(house.firm(), link.changes).await.map_err(said)?;
        let (offer, status) = (file.offer.number.clone(), file.offer.status.code());
        candidates.push(Candidate { offer, status, email, invitation: house.link(&link.path) });
    }
    for listed in people.iter().filter(|listed| listed.is_contact) {
        let email = listed.person.email().unwrap_or_default().to_owned();
        let link = invitations::invite_client(&listed.id, &email, house.now()).map_err(said)?;
        house.store.change(house.firm(), link.changes).await.map_err(said)?;
        let account = listed.person.clients.iter().map(ClientCode::as_str).collect::<Vec<_>>().join(", ");
        clients.push(Client { account, email, invitation: house.link(&link.path) });
    }
    let everybody = people.iter().map(|listed| Somebody { id: listed.id.clone(), person: listed.person.clone() }).collect();
    let links = Links { staff, candidates, clients, approvers, people: everybody, offers: standings };
    let text = serde_json::to_string_pretty(&links).map_err(said)?;
    let fault = |error| CommandFault::File(file.to_owned(), error);
    let mut out = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(file).map_err(fault)?;
    out.write_all(text.as_bytes()).and_then(|()| out.write_all(b"\n")).map_err(fault)
}
