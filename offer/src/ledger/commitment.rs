//! What an envelope says about the parts it does not show.

use super::Digest;

/// What an envelope says about its event: SHA-256(len(open) || open || sealed), with the length in 8 bytes, big-endian.
///
/// It is taken over the sealed bytes and not over what they hide, so a chain still verifies when their key is gone. `open`
/// holds a random salt: without it the few figures of an event could be guessed from the hash. Nothing sealed is empty.
#[must_use]
pub fn payload_commitment(open: &[u8], sealed: &[u8]) -> Digest {
    // A length over u64 does not exist on any machine; saturating keeps the function total.
    let length = u64::try_from(open.len()).unwrap_or(u64::MAX).to_be_bytes();
    Digest::over(&[&length, open, sealed])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_commitment_is_the_hash_of_length_open_and_sealed() {
        let bytes = [&[0, 0, 0, 0, 0, 0, 0, 2][..], b"{}", b"\x01\x02"].concat();
        assert_eq!(payload_commitment(b"{}", b"\x01\x02"), Digest::of(&bytes));
    }

    #[test]
    fn a_byte_cannot_move_between_the_open_and_the_sealed_part() {
        assert_ne!(payload_commitment(b"ab", b"c"), payload_commitment(b"a", b"bc"));
        assert_ne!(payload_commitment(b"abc", b""), payload_commitment(b"", b"abc"));
    }
}
