//! Links for candidates and clients, until they come from identity.

use offer::{
    id::{OfferId, PersonId},
    moment::Moment,
};

use crate::{
    fresh::{NoRandomness, Token},
    store::{Change, InvitationRow},
};

const LINK_SECONDS: i64 = 120 * 24 * 3600;

/// A new link and the rows that make it live.
#[derive(Debug)]
pub(crate) struct NewInvitation {
    pub(crate) path: String,
    pub(crate) changes: Vec<Change>,
}

pub(crate) fn invite_candidate(
    offer: &OfferId,
    candidate: &PersonId,
    address: &str,
    version: u32,
    now: Moment,
) -> Result<NewInvitation, NoRandomness> {
    invite("/o/i/", "candidate", offer.as_str(), candidate, address, version, now)
}

pub(crate) fn invite_client(contact: &PersonId, address: &str, now: Moment) -> Result<NewInvitation, NoRandomness> {
    invite("/c/i/", "client", contact.as_str(), contact, address, 0, now)
}

fn invite(
    path: &str,
    kind: &str,
    about: &str,
    person: &PersonId,
    address: &str,
    version: u32,
    now: Moment,
) -> Result<NewInvitation, NoRandomness> {
    let token = Token::new()?;
    let row = InvitationRow {
        token_hash: token.digest().0.to_vec(),
        offer: about.to_owned(),
        kind: kind.to_owned(),
        person: person.as_str().to_owned(),
        address: address.to_owned(),
        version: i64::from(version),
        state: "open".to_owned(),
        expires_at: now.plus_seconds(LINK_SECONDS).micros(),
        details: "{}".to_owned(),
    };
    let replaced =
        Change::InvitationsState { offer: about.to_owned(), kind: kind.to_owned(), was: "open".to_owned(), state: "replaced".to_owned() };
    Ok(NewInvitation { path: format!("{path}{}", token.text()), changes: vec![replaced, Change::Invitation(row)] })
}
