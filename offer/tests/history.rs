//! Whole histories, as a store keeps them, through the public face of the model only. Runs natively and as wasm32-wasip1.
#![cfg(test)]

use offer::{
    ledger::{
        ActorKind, AuthLevel, Digest, Envelope, EnvelopeActor, Fault, PinnedHead, StoredRow, Verdict, canonical, merkle,
        payload_commitment, verify, verify_to,
    },
    private::{Private, join, split},
};
use proptest::prelude::*;
use serde::{Deserialize, Serialize};
use serde_json::Value;

const FIRM: &str = "default";
const STREAM: &str = "0193b8e4a7c07d3f9a5e2b1c4d6f8091";

/// An event of this test: a figure that stays, and words that go with the person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Told {
    Commented { salt: String, minor: i64, words: Private<String> },
    Counted { salt: String, minor: i64 },
}

#[derive(Clone, Debug, PartialEq)]
struct Stored {
    envelope: Vec<u8>,
    open: Vec<u8>,
    sealed: Option<Vec<u8>>,
}

impl Stored {
    fn row(&self) -> StoredRow<'_> {
        StoredRow { envelope: &self.envelope, open: &self.open, sealed: self.sealed.as_deref() }
    }

    /// The event as it reads with the person's key, or without.
    fn read(&self, with_key: bool) -> Told {
        let private = self.sealed.as_ref().filter(|_| with_key).map(|sealed| serde_json::from_slice(&cipher(sealed)).unwrap());
        serde_json::from_value(join(serde_json::from_slice(&self.open).unwrap(), private).unwrap()).unwrap()
    }
}

/// Stands in for the server's vault: the model never sees a key.
fn cipher(bytes: &[u8]) -> Vec<u8> {
    bytes.iter().map(|byte| byte ^ 0x5a).collect()
}

fn write(events: &[Told]) -> Vec<Stored> {
    let mut prev = Digest::ZERO;
    let mut stored = Vec::new();
    for (stream_seq, event) in (1..).zip(events) {
        let parts = split(serde_json::to_value(event).unwrap()).unwrap();
        let open = canonical(&parts.open).unwrap().into_bytes();
        let sealed = parts.private.map(|private| cipher(canonical(&private).unwrap().as_bytes()));
        let envelope = Envelope {
            v: 1,
            firm: FIRM.into(),
            stream: STREAM.into(),
            stream_seq,
            prev,
            kind: "told".into(),
            type_v: 1,
            at: "2026-11-20T16:52:04.000001Z".into(),
            actor: EnvelopeActor { kind: ActorKind::Person, id: "p".into(), on_behalf_of: None, auth_level: AuthLevel::Password },
            request: "r".into(),
            playbook: 1,
            payload_commitment: payload_commitment(&open, sealed.as_deref().unwrap_or_default()),
        };
        prev = envelope.leaf().unwrap();
        stored.push(Stored { envelope: envelope.text().unwrap().into_bytes(), open, sealed });
    }
    stored
}

fn check(stored: &[Stored]) -> Verdict {
    verify(FIRM, STREAM, stored.iter().map(Stored::row))
}

fn is_whole(stored: &[Stored]) -> bool {
    matches!(check(stored), Verdict::Whole { .. })
}

fn head_of(stored: &[Stored]) -> PinnedHead {
    let Verdict::Whole { head: Some(head) } = check(stored) else { panic!("a history that was just written is whole") };
    head
}

fn event() -> impl Strategy<Value = Told> {
    let figures = || ("[0-9a-f]{32}", -1_000_000_000_i64..1_000_000_000);
    prop_oneof![
        (figures(), "canary .*").prop_map(|((salt, minor), words)| Told::Commented { salt, minor, words: words.into() }),
        figures().prop_map(|(salt, minor)| Told::Counted { salt, minor }),
    ]
}

fn history() -> impl Strategy<Value = Vec<Told>> {
    prop::collection::vec(event(), 1..8)
}

fn without_words(event: Told) -> Told {
    match event {
        Told::Commented { salt, minor, .. } => Told::Commented { salt, minor, words: Private::Erased },
        counted @ Told::Counted { .. } => counted,
    }
}

proptest! {
    // WASI has no folder in which a failing case could be remembered.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_history_is_whole_and_reads_as_it_was_told(events in history()) {
        let stored = write(&events);
        prop_assert!(is_whole(&stored));
        let read: Vec<_> = stored.iter().map(|stored| stored.read(true)).collect();
        prop_assert_eq!(read, events);
    }

    #[test]
    fn every_erased_history_is_whole_and_keeps_its_figures_and_no_word(events in history()) {
        let stored = write(&events);
        prop_assert!(is_whole(&stored));
        let read: Vec<_> = stored.iter().map(|stored| stored.read(false)).collect();
        prop_assert_eq!(read, events.into_iter().map(without_words).collect::<Vec<_>>());
        for Stored { envelope, open, .. } in stored {
            prop_assert!(!String::from_utf8([envelope, open].concat()).unwrap().contains("canary"));
        }
    }

    #[test]
    fn the_same_history_has_the_same_hashes(events in history()) {
        let (once, again) = (write(&events), write(&events));
        prop_assert_eq!(head_of(&once), head_of(&again));
        prop_assert_eq!(once, again);
    }

    #[test]
    fn no_byte_of_a_history_can_change_unseen(
        events in history(), row in any::<prop::sample::Index>(), part in 0..3_u8, byte in any::<prop::sample::Index>(), mask in 1..=255_u8,
    ) {
        let mut stored = write(&events);
        let pinned = head_of(&stored);
        let row = row.index(stored.len());
        let altered = match (part, &mut stored[row]) {
            (0, Stored { envelope, .. }) => envelope,
            (1, Stored { sealed: Some(sealed), .. }) => sealed,
            (_, Stored { open, .. }) => open,
        };
        let byte = byte.index(altered.len());
        altered[byte] ^= mask;
        let Verdict::Broken { seq, .. } = verify_to(FIRM, STREAM, stored.iter().map(Stored::row), pinned) else {
            return Err(TestCaseError::fail("unseen"));
        };
        prop_assert_eq!(seq, u64::try_from(row).unwrap() + 1);
    }

    #[test]
    fn a_history_retold_with_another_event_does_not_reach_the_old_head(
        events in history(), other in event(), at in any::<prop::sample::Index>(),
    ) {
        let pinned = head_of(&write(&events));
        let mut retold = events.clone();
        let at = at.index(retold.len());
        prop_assume!(retold[at] != other);
        retold[at] = other;
        let stored = write(&retold);
        prop_assert!(is_whole(&stored), "a fresh chain is whole by itself");
        let verdict = verify_to(FIRM, STREAM, stored.iter().map(Stored::row), pinned);
        prop_assert_eq!(verdict, Verdict::Broken { seq: pinned.seq, fault: Fault::EnvelopeAltered });
    }

    #[test]
    fn every_event_of_a_history_can_be_proven_alone(events in history()) {
        let leaves: Vec<_> = write(&events).iter().map(|stored| serde_json::from_slice::<Envelope>(&stored.envelope).unwrap().leaf().unwrap()).collect();
        let (root, size) = (merkle::root(&leaves), u64::try_from(leaves.len()).unwrap());
        for (index, leaf) in leaves.iter().enumerate() {
            let proof = merkle::inclusion(&leaves, index).unwrap();
            prop_assert!(merkle::includes(&root, size, u64::try_from(index).unwrap(), leaf, &proof));
        }
    }
}

#[test]
fn a_figure_beyond_what_every_reader_keeps_is_not_written() {
    let event = Told::Counted { salt: "00".into(), minor: 1 << 53 };
    let open: Value = split(serde_json::to_value(event).unwrap()).unwrap().open;
    assert!(canonical(&open).is_err());
}
