//! Is a stored stream whole?

use serde_json::Value;

use super::{
    Digest, canonical,
    commitment::payload_commitment,
    envelope::{ENVELOPE_VERSION, Envelope, leaf},
};

/// One stored event, as the store or an export gives it.
#[derive(Clone, Copy, Debug)]
pub struct StoredRow<'a> {
    /// The envelope's text.
    pub envelope: &'a [u8],
    /// The open part.
    pub open: &'a [u8],
    /// The sealed part, if the event has one. It is checked without its key, so it verifies after an erasure.
    pub sealed: Option<&'a [u8]>,
}

/// The last event that somebody outside the store knows of: from a certificate, an anchor or an earlier verification.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PinnedHead {
    /// The event's place in its stream, from 1.
    pub seq: u64,
    /// Its leaf hash.
    pub leaf: Digest,
}

/// Whether a stream is whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every event is as it was written. `head` is the last one; without a stream's head pinned elsewhere, events cut
    /// from the end, and a change in the last envelope, cannot be seen.
    Whole {
        /// The last event; `None` for a stream without events.
        head: Option<PinnedHead>,
    },
    /// Everything before `seq` is proven; `seq` is not.
    Broken {
        /// The first bad place in the stream, from 1.
        seq: u64,
        /// What is wrong there.
        fault: Fault,
    },
}

/// What is wrong with an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// The envelope is not JSON, or not an envelope.
    EnvelopeUnreadable,
    /// The envelope is of a version that this release does not know.
    EnvelopeVersionUnknown,
    /// The envelope is written in another text than its canonical one.
    EnvelopeNotCanonical,
    /// The open part is not JSON, or another text than its canonical one.
    OpenNotCanonical,
    /// The event belongs to another firm or stream.
    Foreign,
    /// Another event stands here: one was dropped, doubled or moved.
    OutOfSequence {
        /// The place that the event claims.
        found: u64,
    },
    /// The open or the sealed part is not what the envelope committed to.
    PayloadAltered,
    /// It does not continue the event before it.
    DoesNotFollow,
    /// The event after it, or the pinned head, knows another envelope here.
    EnvelopeAltered,
    /// The stream ends before its pinned head.
    Truncated,
}

/// Checks the rows of one stream, in order, from its first event.
///
/// Without a pinned head a stream that lost its last events looks whole; [`verify_to`] sees it.
pub fn verify<'a>(firm: &str, stream: &str, rows: impl IntoIterator<Item = StoredRow<'a>>) -> Verdict {
    check(firm, stream, rows, None)
}

/// Checks the rows of one stream against a head known from elsewhere. The stream may have grown since.
pub fn verify_to<'a>(firm: &str, stream: &str, rows: impl IntoIterator<Item = StoredRow<'a>>, pinned: PinnedHead) -> Verdict {
    check(firm, stream, rows, Some(pinned))
}

/// What the chain check needs of an event that is sound by itself.
struct Link {
    seq: u64,
    prev: Digest,
    leaf: Digest,
}

fn check<'a>(firm: &str, stream: &str, rows: impl IntoIterator<Item = StoredRow<'a>>, pinned: Option<PinnedHead>) -> Verdict {
    let mut links = Vec::new();
    let mut fault_at_end = None;
    for (seq, row) in (1..).zip(rows) {
        match sound(firm, stream, seq, &row) {
            Ok(link) => links.push(link),
            Err(fault) => {
                fault_at_end = Some(Verdict::Broken { seq, fault });
                break;
            }
        }
    }
    // An earlier break in the chain comes first; a row that is unsound by itself cannot vouch for the one before it.
    if let Some(broken) = first_break(&links, pinned) {
        return broken;
    }
    if let Some(broken) = fault_at_end {
        return broken;
    }
    let head = links.last().map(|link| PinnedHead { seq: link.seq, leaf: link.leaf });
    match pinned {
        Some(pinned) if head.is_none_or(|head| head.seq < pinned.seq) => {
            Verdict::Broken { seq: head.map_or(1, |head| head.seq.saturating_add(1)), fault: Fault::Truncated }
        }
        _ => Verdict::Whole { head },
    }
}

/// Everything that can be said of a row alone.
fn sound(firm: &str, stream: &str, seq: u64, row: &StoredRow<'_>) -> Result<Link, Fault> {
    let value: Value = serde_json::from_slice(row.envelope).map_err(|_| Fault::EnvelopeUnreadable)?;
    if value.get("v") != Some(&Value::from(ENVELOPE_VERSION)) {
        return Err(Fault::EnvelopeVersionUnknown);
    }
    if !is_canonical(&value, row.envelope) {
        return Err(Fault::EnvelopeNotCanonical);
    }
    let envelope: Envelope = serde_json::from_value(value).map_err(|_| Fault::EnvelopeUnreadable)?;
    if envelope.firm != firm || envelope.stream != stream {
        return Err(Fault::Foreign);
    }
    if envelope.stream_seq != seq {
        return Err(Fault::OutOfSequence { found: envelope.stream_seq });
    }
    if envelope.payload_commitment != payload_commitment(row.open, row.sealed.unwrap_or_default()) {
        return Err(Fault::PayloadAltered);
    }
    // Two readers of an open part with a doubled key could see two events.
    if !serde_json::from_slice(row.open).is_ok_and(|open: Value| is_canonical(&open, row.open)) {
        return Err(Fault::OpenNotCanonical);
    }
    Ok(Link { seq, prev: envelope.prev, leaf: leaf(row.envelope) })
}

fn is_canonical(value: &Value, bytes: &[u8]) -> bool {
    canonical(value).is_ok_and(|text| text.as_bytes() == bytes)
}

/// The first place where the chain does not hold.
///
/// Two neighbours that disagree do not say which of them was altered; the one after them, or the pinned head, does.
fn first_break(links: &[Link], pinned: Option<PinnedHead>) -> Option<Verdict> {
    let pinned_otherwise = |link: &Link| pinned.is_some_and(|pinned| pinned.seq == link.seq && pinned.leaf != link.leaf);
    let mut prev = Digest::ZERO;
    for (position, link) in links.iter().enumerate() {
        let next = links.get(position.saturating_add(1));
        if link.prev != prev {
            let vouched = next.is_some_and(|next| next.prev == link.leaf)
                || pinned.is_some_and(|pinned| pinned.seq == link.seq && pinned.leaf == link.leaf);
            let undecided = next.is_none() && !pinned_otherwise(link);
            return Some(match link.seq.checked_sub(1) {
                Some(before) if before > 0 && (vouched || undecided) => Verdict::Broken { seq: before, fault: Fault::EnvelopeAltered },
                _ => Verdict::Broken { seq: link.seq, fault: Fault::DoesNotFollow },
            });
        }
        if pinned_otherwise(link) {
            return Some(Verdict::Broken { seq: link.seq, fault: Fault::EnvelopeAltered });
        }
        prev = link.leaf;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::envelope::{ActorKind, AuthLevel, EnvelopeActor};

    const FIRM: &str = "default";
    const STREAM: &str = "0193b8e4a7c07d3f9a5e2b1c4d6f8091";

    #[derive(Clone, Debug, PartialEq)]
    struct Stored {
        envelope: Vec<u8>,
        open: Vec<u8>,
        sealed: Option<Vec<u8>>,
    }

    impl Stored {
        fn parts(&mut self) -> Vec<&mut Vec<u8>> {
            [Some(&mut self.envelope), Some(&mut self.open), self.sealed.as_mut()].into_iter().flatten().collect()
        }
    }

    fn row(stored: &Stored) -> StoredRow<'_> {
        StoredRow { envelope: &stored.envelope, open: &stored.open, sealed: stored.sealed.as_deref() }
    }

    fn append(stream: &mut Vec<Stored>, open: &str, sealed: Option<&[u8]>) {
        let envelope = Envelope {
            v: ENVELOPE_VERSION,
            firm: FIRM.into(),
            stream: STREAM.into(),
            stream_seq: u64::try_from(stream.len()).unwrap() + 1,
            prev: stream.last().map_or(Digest::ZERO, |last| leaf(&last.envelope)),
            kind: "commented".into(),
            type_v: 1,
            at: format!("2026-11-20T16:52:0{}.000001Z", stream.len()),
            actor: EnvelopeActor { kind: ActorKind::Person, id: "p-1".into(), on_behalf_of: None, auth_level: AuthLevel::Password },
            request: "r-1".into(),
            playbook: 3,
            payload_commitment: payload_commitment(open.as_bytes(), sealed.unwrap_or_default()),
        };
        stream.push(Stored { envelope: envelope.text().unwrap().into(), open: open.into(), sealed: sealed.map(<[u8]>::to_vec) });
    }

    fn a_stream() -> Vec<Stored> {
        let mut stream = Vec::new();
        append(&mut stream, r#"{"salt":"00","type":"drafted"}"#, Some(b"\x00\x01sealed"));
        append(&mut stream, r#"{"bill":7500,"salt":"01"}"#, None);
        append(&mut stream, r#"{"salt":"02","type":"commented"}"#, Some(b"words"));
        append(&mut stream, r#"{"salt":"03"}"#, None);
        stream
    }

    fn verdict(stream: &[Stored]) -> Verdict {
        verify(FIRM, STREAM, stream.iter().map(row))
    }

    fn verdict_to(stream: &[Stored], pinned: PinnedHead) -> Verdict {
        verify_to(FIRM, STREAM, stream.iter().map(row), pinned)
    }

    fn head(stream: &[Stored]) -> PinnedHead {
        match verdict(stream) {
            Verdict::Whole { head: Some(head) } => head,
            other => panic!("{other:?}"),
        }
    }

    fn broken(seq: u64, fault: Fault) -> Verdict {
        Verdict::Broken { seq, fault }
    }

    #[test]
    fn an_untouched_stream_is_whole_and_names_its_head() {
        let stream = a_stream();
        let last = PinnedHead { seq: 4, leaf: leaf(&stream[3].envelope) };
        assert_eq!(verdict(&stream), Verdict::Whole { head: Some(last) });
        assert_eq!(verdict_to(&stream, last), Verdict::Whole { head: Some(last) });
        assert_eq!(verdict(&[]), Verdict::Whole { head: None });
    }

    #[test]
    fn a_flip_of_any_bit_is_found_and_its_event_is_named() {
        let whole = a_stream();
        let pinned = head(&whole);
        let mut flips = 0;
        for n in 0..whole.len() {
            for part in 0..whole[n].clone().parts().len() {
                for byte in 0..whole[n].clone().parts()[part].len() {
                    for bit in 0..8 {
                        let mut stream = whole.clone();
                        stream[n].parts()[part][byte] ^= 1 << bit;
                        match verdict_to(&stream, pinned) {
                            Verdict::Broken { seq, .. } => {
                                assert_eq!(seq, u64::try_from(n).unwrap() + 1, "part {part} byte {byte} bit {bit}")
                            }
                            whole => panic!("event {n} part {part} byte {byte} bit {bit}: {whole:?}"),
                        }
                        flips += 1;
                    }
                }
            }
        }
        assert!(flips > 10_000, "{flips}");
    }

    #[test]
    fn without_a_head_only_the_last_envelope_can_change_unseen() {
        let whole = a_stream();
        let mut unseen = Vec::new();
        for n in 0..whole.len() {
            for part in 0..whole[n].clone().parts().len() {
                for byte in 0..whole[n].clone().parts()[part].len() {
                    let mut stream = whole.clone();
                    stream[n].parts()[part][byte] ^= 1;
                    if matches!(verdict(&stream), Verdict::Whole { .. }) {
                        unseen.push((n, part));
                    }
                }
            }
        }
        assert!(!unseen.is_empty());
        assert!(unseen.iter().all(|place| *place == (3, 0)), "{unseen:?}");
    }

    #[test]
    fn a_dropped_event_is_found() {
        for n in 0..3 {
            let mut stream = a_stream();
            stream.remove(n);
            let seq = u64::try_from(n).unwrap() + 1;
            assert_eq!(verdict(&stream), broken(seq, Fault::OutOfSequence { found: seq + 1 }));
        }
    }

    #[test]
    fn a_doubled_event_is_found() {
        for n in 0..4 {
            let mut stream = a_stream();
            stream.insert(n, stream[n].clone());
            let seq = u64::try_from(n).unwrap() + 1;
            assert_eq!(verdict(&stream), broken(seq + 1, Fault::OutOfSequence { found: seq }));
        }
    }

    #[test]
    fn two_swapped_events_are_found() {
        for n in 0..3 {
            let mut stream = a_stream();
            stream.swap(n, n + 1);
            let seq = u64::try_from(n).unwrap() + 1;
            assert_eq!(verdict(&stream), broken(seq, Fault::OutOfSequence { found: seq + 1 }));
        }
    }

    #[test]
    fn a_cut_tail_is_found_with_a_pinned_head_and_only_then() {
        let whole = a_stream();
        let pinned = head(&whole);
        for kept in 0..4 {
            assert!(matches!(verdict(&whole[..kept]), Verdict::Whole { .. }));
            assert_eq!(verdict_to(&whole[..kept], pinned), broken(u64::try_from(kept).unwrap() + 1, Fault::Truncated));
        }
    }

    #[test]
    fn a_stream_may_grow_beyond_its_pinned_head() {
        let mut stream = a_stream();
        let pinned = head(&stream);
        append(&mut stream, r#"{"salt":"04"}"#, None);
        assert_eq!(verdict_to(&stream, pinned), Verdict::Whole { head: Some(head(&stream)) });
    }

    #[test]
    fn a_history_rewritten_with_a_fresh_valid_chain_fails_against_an_older_head() {
        let pinned = head(&a_stream());
        let mut forged = a_stream()[..1].to_vec();
        append(&mut forged, r#"{"bill":9900,"salt":"01"}"#, None);
        append(&mut forged, r#"{"salt":"02","type":"commented"}"#, Some(b"words"));
        append(&mut forged, r#"{"salt":"03"}"#, None);
        assert!(matches!(verdict(&forged), Verdict::Whole { .. }));
        assert_eq!(verdict_to(&forged, pinned), broken(4, Fault::EnvelopeAltered));
    }

    #[test]
    fn a_sealed_part_can_neither_vanish_nor_appear() {
        let mut gone = a_stream();
        gone[0].sealed = None;
        assert_eq!(verdict(&gone), broken(1, Fault::PayloadAltered));
        let mut added = a_stream();
        added[1].sealed = Some(b"x".to_vec());
        assert_eq!(verdict(&added), broken(2, Fault::PayloadAltered));
    }

    #[test]
    fn a_stream_of_another_offer_or_firm_does_not_pass_for_this_one() {
        let stream = a_stream();
        assert_eq!(verify(FIRM, "other", stream.iter().map(row)), broken(1, Fault::Foreign));
        assert_eq!(verify("other", STREAM, stream.iter().map(row)), broken(1, Fault::Foreign));
    }

    #[test]
    fn an_open_part_with_a_doubled_key_is_refused_even_when_it_is_committed_to() {
        let mut stream = Vec::new();
        append(&mut stream, r#"{"bill":1,"bill":2}"#, None);
        assert_eq!(verdict(&stream), broken(1, Fault::OpenNotCanonical));
    }

    #[test]
    fn an_envelope_of_a_later_version_is_named_as_such() {
        let mut stream = a_stream();
        let text = String::from_utf8(stream[1].envelope.clone()).unwrap().replace("\"v\":1}", "\"v\":2}");
        stream[1].envelope = text.into_bytes();
        assert_eq!(verdict(&stream), broken(2, Fault::EnvelopeVersionUnknown));
    }
}
