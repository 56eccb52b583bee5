//! What is known of an event without reading it.

use serde::{Deserialize, Serialize};

use super::{Digest, NotCanonical, canonical};

/// The version of the envelope itself.
pub const ENVELOPE_VERSION: u32 = 1;

/// What is known of an event without reading it: where it stands, who acted, when, and a commitment to its two parts.
///
/// No name, figure or sentence stands here, so an envelope may be kept and shown when the person is erased. It holds no global
/// number: both engines make the same envelope, and so the same hash, for the same act.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// The version of the envelope: [`ENVELOPE_VERSION`].
    pub v: u32,
    /// The firm whose ledger this is.
    pub firm: String,
    /// The stream: an offer, a requisition, a person or the playbook.
    pub stream: String,
    /// The place in the stream, from 1, without gaps. It decides the order; the time is informative.
    pub stream_seq: u64,
    /// The leaf hash of the event before it in the stream; [`Digest::ZERO`] for the first.
    pub prev: Digest,
    /// What happened: the event's stable name.
    #[serde(rename = "type")]
    pub kind: String,
    /// The version of the event's form.
    pub type_v: u32,
    /// When the server recorded it: RFC 3339 with six decimals and Z.
    pub at: String,
    /// Who acted.
    pub actor: EnvelopeActor,
    /// The request that caused it, as it stands in the log.
    pub request: String,
    /// The playbook version under which it was decided; 0 before there is one.
    pub playbook: u64,
    /// [`super::payload_commitment`] of the open and the sealed part.
    pub payload_commitment: Digest,
}

/// Who acted, by id; never by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnvelopeActor {
    /// What kind of actor.
    pub kind: ActorKind,
    /// The id within its kind.
    pub id: String,
    /// The person for whom a delegate acted.
    pub on_behalf_of: Option<String>,
    /// How the actor was known.
    pub auth_level: AuthLevel,
}

/// The kinds of actor that can cause an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ActorKind {
    /// A person of the firm.
    Person,
    /// The candidate of the offer.
    Candidate,
    /// A person of a client.
    ClientContact,
    /// A program with a token of its own.
    ApiToken,
    /// The product itself, when something fell due.
    Clockwork,
    /// The user of the command line on the server.
    Operator,
}

/// How an actor was known at that moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthLevel {
    /// Nobody signed in: the product acted.
    System,
    /// An account on the server's own machine.
    Local,
    /// The holder of a link from a mail.
    Link,
    /// The holder of a link who also entered the mailed code.
    Code,
    /// Signed in by password.
    Password,
    /// Signed in by password and a second factor.
    SecondFactor,
    /// Signed in at the firm's identity provider.
    SingleSignOn,
    /// A token of the programming interface.
    Token,
}

impl AuthLevel {
    /// Its stable code, as it stands in envelopes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Local => "local",
            Self::Link => "link",
            Self::Code => "code",
            Self::Password => "password",
            Self::SecondFactor => "second_factor",
            Self::SingleSignOn => "single_sign_on",
            Self::Token => "token",
        }
    }
}

impl Envelope {
    /// The one text of the envelope, as it is stored and hashed.
    ///
    /// # Errors
    /// [`NotCanonical`] when a number is beyond 2^53 - 1.
    pub fn text(&self) -> Result<String, NotCanonical> {
        // An envelope is strings and numbers; serde_json refuses neither.
        canonical(&serde_json::to_value(self).map_err(|_| NotCanonical::NotANumber)?)
    }

    /// The leaf hash of the envelope: what the next event's `prev` and the tree are made of.
    ///
    /// # Errors
    /// As [`Envelope::text`].
    pub fn leaf(&self) -> Result<Digest, NotCanonical> {
        Ok(leaf(self.text()?.as_bytes()))
    }
}

/// The leaf hash of a canonical envelope text: SHA-256(0x00 || text).
#[must_use]
pub fn leaf(text: &[u8]) -> Digest {
    Digest::over(&[&[0], text])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn an_envelope() -> Envelope {
        Envelope {
            v: ENVELOPE_VERSION,
            firm: "default".into(),
            stream: "0193b8e4a7c07d3f9a5e2b1c4d6f8091".into(),
            stream_seq: 1,
            prev: Digest::ZERO,
            kind: "drafted".into(),
            type_v: 1,
            at: "2026-11-20T16:52:04.000001Z".into(),
            actor: EnvelopeActor { kind: ActorKind::Person, id: "p-1".into(), on_behalf_of: None, auth_level: AuthLevel::Password },
            request: "r-1".into(),
            playbook: 3,
            payload_commitment: Digest::of(b"x"),
        }
    }

    #[test]
    fn an_envelope_has_this_text_for_ever() {
        let text = concat!(
            r#"{"actor":{"auth_level":"password","id":"p-1","kind":"person","on_behalf_of":null},"at":"2026-11-20T16:52:04.000001Z","#,
            r#""firm":"default","payload_commitment":"2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881","playbook":3,"#,
            r#""prev":"0000000000000000000000000000000000000000000000000000000000000000","request":"r-1","#,
            r#""stream":"0193b8e4a7c07d3f9a5e2b1c4d6f8091","stream_seq":1,"type":"drafted","type_v":1,"v":1}"#
        );
        assert_eq!(an_envelope().text().unwrap(), text);
        assert_eq!(an_envelope().leaf().unwrap(), Digest::of(format!("\0{text}").as_bytes()));
        assert_eq!(serde_json::from_str::<Envelope>(text).unwrap(), an_envelope());
    }

    #[test]
    fn an_envelope_with_a_field_of_its_own_is_not_read() {
        let mut value = serde_json::to_value(an_envelope()).unwrap();
        value.as_object_mut().unwrap().insert("extra".into(), 1.into());
        assert!(serde_json::from_value::<Envelope>(value).is_err());
    }
}
