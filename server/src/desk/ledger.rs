//! Between events and their rows: split, seal, commit, chain; and back, with every link checked.

use offer::{
    access::Actor,
    ledger::{Digest, Envelope, EnvelopeActor, canonical, envelope, hex, payload_commitment},
    lifecycle::By,
    moment::Moment,
    private::{join, split},
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use super::{DeskFault, HouseDesk};
use crate::{
    fresh,
    store::{StoredEvent, StreamRow},
    vault::{DataKey, Place},
};

/// The kind of an offer's stream.
pub(crate) const OFFER: &str = "offer";
/// The kind of a requisition's stream.
pub(crate) const REQUISITION: &str = "requisition";
/// The kind of a person's stream.
pub(crate) const PERSON: &str = "person";
/// The kind of the playbook's stream, which is also its id: there is one.
pub(crate) const PLAYBOOK: &str = "playbook";

/// The version of the shape of all events before the first release.
const TYPE_VERSION: u32 = 1;

/// Where a stream stands: what the next event follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    /// How many events it has.
    pub(crate) seq: u64,
    /// The leaf of its last event.
    pub(crate) leaf: Digest,
}

impl Head {
    /// Before the first event.
    pub(crate) const NONE: Self = Self { seq: 0, leaf: Digest::ZERO };

    /// Where a stream stands by its row.
    pub(crate) fn of(row: &StreamRow) -> Result<Self, DeskFault> {
        Ok(Self { seq: u64::try_from(row.version).map_err(|_| DeskFault::OutOfReach)?, leaf: digest_of(&row.head, &row.stream)? })
    }
}

/// An event as it was told.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Told<E> {
    /// Its place in the stream, from 1.
    pub(crate) seq: u64,
    /// When.
    pub(crate) at: Moment,
    /// By whom.
    pub(crate) by: By,
    /// What.
    pub(crate) event: E,
}

/// Who tells events, when, and in answer to what.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Telling<'a> {
    /// When.
    pub(crate) at: Moment,
    /// Who.
    pub(crate) actor: &'a Actor,
    /// The request, as it stands in the log.
    pub(crate) request: &'a str,
    /// The playbook version under which it was decided.
    pub(crate) playbook: u32,
}

impl HouseDesk {
    /// Makes the rows of new events; private parts are sealed under `key`.
    pub(crate) fn written<E: Serialize>(
        &self,
        kind: &str,
        stream: &str,
        head: Head,
        events: &[E],
        telling: Telling<'_>,
        key: Option<&DataKey>,
    ) -> Result<Vec<StoredEvent>, DeskFault> {
        let mut head = head;
        let mut rows = Vec::with_capacity(events.len());
        for event in events {
            let row = self.row(kind, stream, head, event, telling, key)?;
            head = Head { seq: head.seq + 1, leaf: digest_of(&row.leaf, stream)? };
            rows.push(row);
        }
        Ok(rows)
    }

    fn row<E: Serialize>(
        &self,
        kind: &str,
        stream: &str,
        head: Head,
        event: &E,
        telling: Telling<'_>,
        key: Option<&DataKey>,
    ) -> Result<StoredEvent, DeskFault> {
        let seq = head.seq + 1;
        let parts = split(serde_json::to_value(event)?)?;
        let mut open = parts.open;
        let type_name = open.get("type").and_then(Value::as_str).unwrap_or_default().to_owned();
        if let Value::Object(members) = &mut open {
            members.insert("salt".to_owned(), Value::String(hex::encode(&fresh::salt()?)));
        }
        let open = canonical(&open)?;
        let sealed = match (&parts.private, key) {
            (None, _) => None,
            (Some(private), Some(key)) => {
                let place = Place::Event { firm: self.firm(), stream, stream_seq: seq };
                Some(key.seal(&place, canonical(private)?.as_bytes())?)
            }
            // what belongs to somebody whose key is gone is not written in the open instead
            (Some(_), None) => return Err(DeskFault::damaged("an event has private parts and its person no key", stream)),
        };
        let envelope = Envelope {
            v: envelope::ENVELOPE_VERSION,
            firm: self.firm().to_owned(),
            stream: stream.to_owned(),
            stream_seq: seq,
            prev: head.leaf,
            kind: type_name.clone(),
            type_v: TYPE_VERSION,
            at: telling.at.to_string(),
            actor: EnvelopeActor {
                kind: telling.actor.kind(),
                id: telling.actor.id().to_owned(),
                on_behalf_of: None,
                auth_level: telling.actor.auth_level(),
            },
            request: telling.request.to_owned(),
            playbook: u64::from(telling.playbook),
            payload_commitment: payload_commitment(open.as_bytes(), sealed.as_deref().unwrap_or_default()),
        };
        Ok(StoredEvent {
            stream: stream.to_owned(),
            stream_seq: i64::try_from(seq).map_err(|_| DeskFault::OutOfReach)?,
            kind: kind.to_owned(),
            type_name,
            at: telling.at.micros(),
            envelope: envelope.text()?,
            open,
            sealed,
            leaf: envelope.leaf()?.0.to_vec(),
        })
    }

    /// Reads a whole stream: nothing skipped, each event following the one before. Without `key` private values read as erased.
    pub(crate) fn read<E: DeserializeOwned>(&self, rows: &[StoredEvent], key: Option<&DataKey>) -> Result<(Vec<Told<E>>, Head), DeskFault> {
        let mut head = Head::NONE;
        let mut told = Vec::with_capacity(rows.len());
        for row in rows {
            let envelope: Envelope = serde_json::from_str(&row.envelope)?;
            let follows = envelope.stream_seq == head.seq + 1 && envelope.prev == head.leaf && envelope.stream == row.stream;
            if !follows || envelope.firm != self.firm() {
                return Err(DeskFault::damaged("an event does not follow the one before", &row.stream));
            }
            let private = match (&row.sealed, key) {
                (Some(sealed), Some(key)) => {
                    let place = Place::Event { firm: self.firm(), stream: &row.stream, stream_seq: envelope.stream_seq };
                    Some(serde_json::from_slice(&key.open(&place, sealed)?)?)
                }
                _ => None,
            };
            let event = serde_json::from_value(join(serde_json::from_str(&row.open)?, private)?)?;
            head = Head { seq: envelope.stream_seq, leaf: envelope::leaf(row.envelope.as_bytes()) };
            told.push(Told {
                seq: envelope.stream_seq,
                at: Moment::parse(&envelope.at).ok_or_else(|| DeskFault::damaged("an event has no instant", &row.stream))?,
                by: By { kind: envelope.actor.kind, id: envelope.actor.id },
                event,
            });
        }
        Ok((told, head))
    }

    /// Where a stream stands.
    pub(crate) async fn head(&self, stream: &str) -> Result<Head, DeskFault> {
        self.store.stream(self.firm(), stream).await?.map_or(Ok(Head::NONE), |row| Head::of(&row))
    }
}

fn digest_of(bytes: &[u8], stream: &str) -> Result<Digest, DeskFault> {
    bytes.try_into().map(Digest).map_err(|_| DeskFault::damaged("a leaf is no digest", stream))
}
