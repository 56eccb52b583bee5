//! Bytes as lower-case hexadecimal text.

/// The bytes as lower-case hexadecimal text.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 0x0f)]).collect()
}

/// The bytes that a lower-case hexadecimal text stands for.
///
/// `None` for another length than `N` bytes and for upper-case digits: a value has one text, else two texts could hide one change.
#[must_use]
pub fn decode<const N: usize>(text: &str) -> Option<[u8; N]> {
    let (pairs, rest) = text.as_bytes().as_chunks::<2>();
    if pairs.len() != N || !rest.is_empty() {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, [high, low]) in bytes.iter_mut().zip(pairs) {
        *byte = (value(*high)? << 4) | value(*low)?;
    }
    Some(bytes)
}

fn digit(nibble: u8) -> char {
    char::from(if nibble < 10 { b'0' + nibble } else { b'a' + (nibble - 10) })
}

fn value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_survives_its_text() {
        let bytes: [u8; 256] = std::array::from_fn(|n| u8::try_from(n).unwrap());
        assert_eq!(decode::<256>(&encode(&bytes)), Some(bytes));
        assert_eq!(encode(&[0x00, 0x9a, 0xff]), "009aff");
    }

    #[test]
    fn a_value_has_one_text_only() {
        assert_eq!(decode::<2>("00FF"), None);
        assert_eq!(decode::<2>("00f"), None);
        assert_eq!(decode::<2>("00ff0"), None);
        assert_eq!(decode::<2>("00ff00"), None);
        assert_eq!(decode::<2>("00fg"), None);
        assert_eq!(decode::<2>("é0f"), None);
    }
}
