//! The file that says who to be: people with their passwords, and links of candidates and clients.

use std::{io::Write as _, os::unix::fs::OpenOptionsExt as _, path::Path};

use offer::id::{ClientCode, PersonId, Role, role};
use serde::Serialize;

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

/// An offer with a link of its own.
#[derive(Debug)]
pub(super) struct MadeOffer {
    pub(super) offer: offer::id::OfferId,
    pub(super) candidate: PersonId,
    pub(super) number: String,
    pub(super) status: offer::lifecycle::Status,
    pub(super) version: u32,
    pub(super) email: String,
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

#[derive(Debug, Serialize)]
struct Links {
    staff: Vec<Staff>,
    candidates: Vec<Candidate>,
    clients: Vec<Client>,
}

/// The firm's own people, each with a random password.
pub(super) fn staff(people: &[Listed]) -> Result<Vec<(PersonId, Staff)>, CommandFault> {
    let mut accounts = Vec::new();
    for listed in people.iter().filter(|listed| !listed.person.is(&role::CLIENT_CONTACT)) {
        let password = fresh::Token::new().map_err(|error| CommandFault::Said(error.to_string()))?.text().chars().take(20).collect();
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
    offers: Vec<MadeOffer>,
    people: &[Listed],
) -> Result<(), CommandFault> {
    let house = &installation.house;
    let said = |error: &dyn std::fmt::Display| CommandFault::Said(error.to_string());
    let (mut candidates, mut clients) = (Vec::new(), Vec::new());
    for made in offers.into_iter().filter(|made| made.status == offer::lifecycle::Status::Sent) {
        let link = invitations::invite_candidate(&made.offer, &made.candidate, &made.email, made.version, house.now())
            .map_err(|error| said(&error))?;
        house.store.change(house.firm(), link.changes).await.map_err(|error| said(&error))?;
        candidates.push(Candidate {
            offer: made.number,
            status: made.status.code(),
            email: made.email,
            invitation: house.link(&link.path),
        });
    }
    for listed in people.iter().filter(|listed| listed.person.is(&role::CLIENT_CONTACT)) {
        let email = listed.person.email().unwrap_or_default().to_owned();
        let link = invitations::invite_client(&listed.id, &email, house.now()).map_err(|error| said(&error))?;
        house.store.change(house.firm(), link.changes).await.map_err(|error| said(&error))?;
        let account = listed.person.clients.iter().map(ClientCode::as_str).collect::<Vec<_>>().join(", ");
        clients.push(Client { account, email, invitation: house.link(&link.path) });
    }
    let text = serde_json::to_string_pretty(&Links { staff, candidates, clients }).map_err(|error| said(&error))?;
    let fault = |error| CommandFault::File(file.to_owned(), error);
    let mut out = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(file).map_err(fault)?;
    out.write_all(text.as_bytes()).and_then(|()| out.write_all(b"\n")).map_err(fault)
}
