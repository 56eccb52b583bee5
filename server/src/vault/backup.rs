//! The file of `keys backup`: the wrapping key and the wrapped keys, readable by a person, with a checksum.
//!
//! ```text
//! countersign keys 1
//! made 2026-11-20T16:52:04.000001Z
//! wrapping <64 hex digits>
//! person <firm> <person> <wrapped key>
//! firm <firm> <wrapped key>
//! sha256 <64 hex digits over all lines before>
//! ```

use std::{fmt, fs, path::Path};

use offer::{
    ledger::{Digest, hex},
    moment::Moment,
};

use super::{KeyOwner, Secret, Vault, VaultError, WRAPPED_BYTES};

const FIRST_LINE: &str = "countersign keys 1";

/// A backup of keys. It brings back nobody who was erased before it was made.
pub(crate) struct KeysBackup {
    made: Moment,
    pub(super) wrapping: Secret,
    rows: Vec<WrappedKey>,
}

/// The row of a data key: whose it is, and the key under the wrapping key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WrappedKey {
    firm: String,
    person: Option<String>,
    wrapped: [u8; WRAPPED_BYTES],
}

impl WrappedKey {
    /// The row as the store has it; `None` if a name is empty or has a space in it, or the key has another length.
    pub(crate) fn new(owner: &KeyOwner<'_>, wrapped: &[u8]) -> Option<Self> {
        let (firm, person) = match owner {
            KeyOwner::Person { firm, person } => (*firm, Some(*person)),
            KeyOwner::Firm { firm } => (*firm, None),
        };
        let is_one_word = |text: &str| !text.is_empty() && !text.contains(char::is_whitespace);
        if !is_one_word(firm) || !person.is_none_or(is_one_word) {
            return None;
        }
        Some(Self { firm: firm.to_owned(), person: person.map(str::to_owned), wrapped: wrapped.try_into().ok()? })
    }

    /// Whose key it is.
    pub(crate) fn owner(&self) -> KeyOwner<'_> {
        match &self.person {
            Some(person) => KeyOwner::Person { firm: &self.firm, person },
            None => KeyOwner::Firm { firm: &self.firm },
        }
    }

    /// The key under the wrapping key.
    pub(crate) fn wrapped(&self) -> &[u8] {
        &self.wrapped
    }

    fn read(line: &str) -> Option<Self> {
        let mut words = line.split(' ');
        let kind = words.next()?;
        let firm = words.next()?;
        let owner = match kind {
            "person" => KeyOwner::Person { firm, person: words.next()? },
            "firm" => KeyOwner::Firm { firm },
            _ => return None,
        };
        let wrapped = hex::decode::<WRAPPED_BYTES>(words.next()?)?;
        if words.next().is_some() { None } else { Self::new(&owner, &wrapped) }
    }
}

impl fmt::Display for WrappedKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let wrapped = hex::encode(&self.wrapped);
        match &self.person {
            Some(person) => write!(f, "person {} {person} {wrapped}", self.firm),
            None => write!(f, "firm {} {wrapped}", self.firm),
        }
    }
}

impl KeysBackup {
    /// A backup of this vault and these rows.
    pub(crate) fn new(made: Moment, vault: Vault, rows: Vec<WrappedKey>) -> Self {
        Self { made, wrapping: vault.wrapping, rows }
    }

    /// When it was made.
    pub(crate) const fn made(&self) -> Moment {
        self.made
    }

    /// The rows of the store that it holds.
    pub(crate) fn rows(&self) -> &[WrappedKey] {
        &self.rows
    }

    /// What names its wrapping key without telling it.
    pub(crate) fn fingerprint(&self) -> Digest {
        Vault { wrapping: Secret(self.wrapping.0) }.fingerprint()
    }

    /// The text of the file.
    pub(crate) fn text(&self) -> String {
        let mut lines = vec![FIRST_LINE.to_owned(), format!("made {}", self.made), format!("wrapping {}", hex::encode(&self.wrapping.0))];
        lines.extend(self.rows.iter().map(ToString::to_string));
        let body = lines.join("\n") + "\n";
        let sum = Digest::of(body.as_bytes());
        format!("{body}sha256 {sum}\n")
    }

    /// Reads a backup and checks it.
    ///
    /// # Errors
    /// [`VaultError::BackupUnreadable`] for any other text, [`VaultError::File`].
    pub(crate) fn read_file(file: &Path) -> Result<Self, VaultError> {
        let bytes = fs::read(file).map_err(|error| VaultError::File(file.to_owned(), error))?;
        std::str::from_utf8(&bytes).ok().and_then(Self::read).ok_or_else(|| VaultError::BackupUnreadable(file.to_owned()))
    }

    fn read(text: &str) -> Option<Self> {
        let (body, sum) = text.strip_suffix('\n')?.rsplit_once("\nsha256 ")?;
        let body = format!("{body}\n");
        if Digest::parse(sum)? != Digest::of(body.as_bytes()) {
            return None;
        }
        let mut lines = body.lines();
        if lines.next()? != FIRST_LINE {
            return None;
        }
        let made = Moment::parse(lines.next()?.strip_prefix("made ")?)?;
        let wrapping = Secret(hex::decode(lines.next()?.strip_prefix("wrapping ")?)?);
        let rows = lines.map(WrappedKey::read).collect::<Option<_>>()?;
        Some(Self { made, wrapping, rows })
    }
}

impl fmt::Debug for KeysBackup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "KeysBackup(made {}, {} rows)", self.made, self.rows.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn a_backup() -> KeysBackup {
        let owners = [KeyOwner::Person { firm: "default", person: "ana" }, KeyOwner::Firm { firm: "default" }];
        let rows = owners.iter().map(|owner| WrappedKey::new(owner, &[7; WRAPPED_BYTES]).unwrap()).collect();
        let made = Moment::parse("2026-11-20T16:52:04.000001Z").unwrap();
        KeysBackup::new(made, Vault { wrapping: Secret([9; 32]) }, rows)
    }

    #[test]
    fn the_file_has_this_form_for_ever() {
        let text = a_backup().text();
        let expected = format!(
            "countersign keys 1\nmade 2026-11-20T16:52:04.000001Z\nwrapping {}\nperson default ana {}\nfirm default {}\nsha256 ",
            "09".repeat(32),
            "07".repeat(WRAPPED_BYTES),
            "07".repeat(WRAPPED_BYTES)
        );
        assert!(text.starts_with(&expected), "{text}");
        let read = KeysBackup::read(&text).unwrap();
        assert_eq!(read.text(), text);
        assert_eq!(read.fingerprint(), a_backup().fingerprint());
    }

    #[test]
    fn a_damaged_file_is_not_read() {
        let text = a_backup().text();
        for byte in 0..text.len() {
            let mut damaged = text.clone().into_bytes();
            damaged[byte] ^= 1;
            let read = String::from_utf8(damaged).ok().and_then(|text| KeysBackup::read(&text));
            assert!(read.is_none(), "byte {byte}");
            assert!(KeysBackup::read(&text[..byte]).is_none(), "cut at {byte}");
        }
    }

    #[test]
    fn a_key_does_not_show_in_a_log() {
        assert_eq!(format!("{:?}", a_backup()), "KeysBackup(made 2026-11-20T16:52:04.000001Z, 2 rows)");
    }

    #[test]
    fn a_row_that_the_file_could_not_tell_apart_is_refused() {
        for owner in [KeyOwner::Firm { firm: "" }, KeyOwner::Firm { firm: "a b" }, KeyOwner::Person { firm: "a", person: "b\nfirm" }] {
            assert_eq!(WrappedKey::new(&owner, &[7; WRAPPED_BYTES]), None, "{owner:?}");
        }
        assert_eq!(WrappedKey::new(&KeyOwner::Firm { firm: "a" }, &[7; 5]), None);
    }
}
