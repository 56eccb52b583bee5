//! What nobody can foresee: ids, salts, tokens, codes. The only place that draws random numbers, beside the vault's nonces and keys.

use std::fmt;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use offer::{ledger::Digest, moment::Moment};

/// The system gives no random numbers; nothing may be made without them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NoRandomness;

impl fmt::Display for NoRandomness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the operating system gives no random numbers")
    }
}

impl std::error::Error for NoRandomness {}

/// `N` random bytes.
///
/// # Errors
/// [`NoRandomness`], as everything in this module.
pub(crate) fn bytes<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0; N];
    #[cfg(test)]
    if rehearsal::fill(&mut bytes) {
        return Ok(bytes);
    }
    getrandom::fill(&mut bytes).map_err(|_| NoRandomness)?;
    Ok(bytes)
}

/// The same numbers again, on this thread, as long as the answer lives: two stores can then be compared byte for byte.
#[cfg(test)]
pub(crate) fn rehearsed(seed: u64) -> rehearsal::Rehearsed {
    rehearsal::begin(seed)
}

#[cfg(test)]
mod rehearsal {
    use std::cell::Cell;

    use offer::ledger::Digest;

    thread_local! { static DRAWN: Cell<Option<(u64, u64)>> = const { Cell::new(None) }; }

    /// Ends the rehearsal when dropped.
    #[derive(Debug)]
    pub(crate) struct Rehearsed;

    impl Drop for Rehearsed {
        fn drop(&mut self) {
            DRAWN.set(None);
        }
    }

    pub(super) fn begin(seed: u64) -> Rehearsed {
        DRAWN.set(Some((seed, 0)));
        Rehearsed
    }

    pub(super) fn fill(bytes: &mut [u8]) -> bool {
        let Some((seed, drawn)) = DRAWN.get() else { return false };
        DRAWN.set(Some((seed, drawn + 1)));
        for (index, chunk) in bytes.chunks_mut(32).enumerate() {
            let block = Digest::of(format!("{seed} {drawn} {index}").as_bytes());
            chunk.copy_from_slice(&block.0[..chunk.len()]);
        }
        true
    }
}

/// A new id: UUIDv7 (RFC 9562, 5.7) as 32 lower-case hexadecimal digits.
///
/// The 12 bits after the milliseconds hold the microseconds, so ids sort by the instant they were made at. An instant before 1970
/// counts as 1970.
pub(crate) fn id(now: Moment) -> Result<String, NoRandomness> {
    Ok(id_of(now.micros(), u64::from_be_bytes(bytes()?)))
}

fn id_of(micros: i64, random: u64) -> String {
    let micros = u128::try_from(micros).unwrap_or(0);
    let millis = (micros / 1000) & 0xffff_ffff_ffff;
    let fraction = (micros % 1000) * 4096 / 1000;
    let random = u128::from(random) & 0x3fff_ffff_ffff_ffff;
    format!("{:032x}", millis << 80 | 0x7 << 76 | fraction << 64 | 0b10 << 62 | random)
}

/// A salt for one digest or one event.
pub(crate) fn salt() -> Result<[u8; 16], NoRandomness> {
    bytes()
}

/// A secret for a link or a session: 32 random bytes as base64url. Only its digest is stored.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Token(String);

impl Token {
    /// A new token.
    pub(crate) fn new() -> Result<Self, NoRandomness> {
        Ok(Self(URL_SAFE_NO_PAD.encode(bytes::<32>()?)))
    }

    /// A token as somebody brings it back; `None` for a text that no token can have.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        (bytes.len() == 32).then(|| Self(text.to_owned()))
    }

    /// The text for the link or the cookie.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }

    /// What the store keeps and looks for.
    pub(crate) fn digest(&self) -> Digest {
        Digest::of(self.0.as_bytes())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(..)")
    }
}

/// The beginning of every secret of a token: whoever finds one somewhere knows what it is, and so do programs that look for lost secrets.
const API_SECRET: &str = "csn_";

/// The secret of a program's token: a [`Token`] that says what it is.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct ApiSecret(Token);

impl ApiSecret {
    /// A new secret.
    pub(crate) fn new() -> Result<Self, NoRandomness> {
        Token::new().map(Self)
    }

    /// A secret as a program brings it; `None` for a text that none can have.
    pub(crate) fn read(text: &str) -> Option<Self> {
        Token::read(text.strip_prefix(API_SECRET)?).map(Self)
    }

    /// The text, to be shown once.
    pub(crate) fn text(&self) -> String {
        format!("{API_SECRET}{}", self.0.text())
    }

    /// What the store keeps and looks for.
    pub(crate) fn digest(&self) -> Digest {
        Digest::of(self.text().as_bytes())
    }
}

impl fmt::Debug for ApiSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ApiSecret(..)")
    }
}

/// A six-digit code for a mail. A million guesses find it: whoever checks it counts the attempts.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Code(String);

impl Code {
    /// A new code; every one of the million is equally likely.
    pub(crate) fn new() -> Result<Self, NoRandomness> {
        loop {
            if let Some(code) = Self::from_draw(u32::from_be_bytes(bytes()?)) {
                return Ok(code);
            }
        }
    }

    /// The code for a random number; `None` for the last few, which would make some codes likelier than others.
    fn from_draw(draw: u32) -> Option<Self> {
        const CODES: u32 = 1_000_000;
        const FAIR: u32 = u32::MAX / CODES * CODES;
        (draw < FAIR).then(|| Self(format!("{:06}", draw % CODES)))
    }

    /// The six digits.
    pub(crate) fn text(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Code(..)")
    }
}

/// The symbols of a recovery code: none that is read for another.
const SYMBOLS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Secret symbols of a recovery code, five bits each.
const RECOVERY_SYMBOLS: usize = 10;

/// A recovery code: which of the list it is, and 50 bits. Short enough to be copied by hand, so its hash is one for passwords.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct RecoveryCode {
    which: char,
    secret: String,
}

impl RecoveryCode {
    /// A new code in this place of its list.
    pub(crate) fn new(which: char) -> Result<Self, NoRandomness> {
        let drawn = bytes::<RECOVERY_SYMBOLS>()?;
        let secret = drawn.iter().filter_map(|byte| SYMBOLS.get(usize::from(byte % 32))).map(|symbol| char::from(*symbol)).collect();
        Ok(Self { which, secret })
    }

    /// A code as somebody types it: capitals, blanks and dashes do not matter, and letters that look like digits are taken for them.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let typed: Vec<char> = text.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_uppercase()).collect();
        let (which, secret) = typed.split_first()?;
        let secret: String = secret
            .iter()
            .map(|c| {
                if matches!(c, 'I' | 'L') {
                    '1'
                } else if *c == 'O' {
                    '0'
                } else {
                    *c
                }
            })
            .collect();
        (secret.len() == RECOVERY_SYMBOLS).then_some(Self { which: *which, secret })
    }

    /// Its place in the list.
    pub(crate) const fn which(&self) -> char {
        self.which
    }

    /// What is hashed.
    pub(crate) fn secret(&self) -> &str {
        &self.secret
    }

    /// As it is written down.
    pub(crate) fn text(&self) -> String {
        let (one, other) = self.secret.split_at_checked(RECOVERY_SYMBOLS / 2).unwrap_or((&self.secret, ""));
        format!("{}-{one}-{other}", self.which)
    }
}

impl fmt::Debug for RecoveryCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("RecoveryCode(..)")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn an_id_is_a_uuid_of_version_7_and_its_time_can_be_read() {
        // RFC 9562, appendix A.6, in its milliseconds: 2022-02-22T19:22:22Z.
        let id = id_of(1_645_557_742_000_000, 0x18c4_dc0c_0c07_398f);
        assert_eq!(id, "017f22e279b0700098c4dc0c0c07398f");
        assert_eq!(id_of(1_645_557_742_000_999, u64::MAX), "017f22e279b07ffbbfffffffffffffff");
        assert_eq!(id_of(-1, 0), "00000000000070008000000000000000");
    }

    #[test]
    fn ids_sort_by_the_microsecond_they_were_made_at() {
        let made: Vec<_> = (0..5000).map(|micros| id_of(1_645_557_742_000_000 + micros, u64::MAX * u64::from(micros % 2 == 0))).collect();
        assert!(made.is_sorted());
        assert_eq!(made.iter().collect::<BTreeSet<_>>().len(), 5000);
    }

    #[test]
    fn ids_of_one_instant_differ_and_are_ids_to_the_model() {
        let now = Moment::from_micros(1_645_557_742_000_000).unwrap();
        let made: BTreeSet<_> = (0..1000).map(|_| id(now).unwrap()).collect();
        assert_eq!(made.len(), 1000);
        assert!(made.iter().all(|id| offer::id::OfferId::parse(id).is_some()));
    }

    #[test]
    fn salts_differ() {
        assert_ne!(salt().unwrap(), salt().unwrap());
    }

    #[test]
    fn a_token_can_be_brought_back_in_a_link_and_nothing_else_can() {
        let token = Token::new().unwrap();
        assert_ne!(token, Token::new().unwrap());
        assert_eq!(token.text().len(), 43);
        assert!(token.text().bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
        assert_eq!(Token::read(token.text()).unwrap().digest(), token.digest());
        assert_eq!(Token::read(""), None);
        assert_eq!(Token::read(&token.text()[1..]), None);
        assert_eq!(Token::read(&format!("{}A", token.text())), None);
        assert_eq!(Token::read(&"+".repeat(43)), None);
    }

    #[test]
    fn every_code_has_six_digits_and_the_same_number_of_draws() {
        assert_eq!(Code::from_draw(0).unwrap().text(), "000000");
        assert_eq!(Code::from_draw(1_000_042).unwrap().text(), "000042");
        assert_eq!(Code::from_draw(4_293_999_999).unwrap().text(), "999999");
        assert_eq!(Code::from_draw(4_294_000_000), None);
        assert_eq!(Code::from_draw(u32::MAX), None);
        assert!((0..1000).all(|_| Code::new().unwrap().text().len() == 6));
    }

    #[test]
    fn a_recovery_code_is_read_as_people_type_it() {
        let code = RecoveryCode::new('C').unwrap();
        assert_eq!(code.text().len(), 13);
        assert_eq!(RecoveryCode::read(&code.text()), Some(code.clone()));
        assert_eq!(RecoveryCode::read(&format!("  {} ", code.text().to_lowercase().replace('-', " "))), Some(code));
        assert_eq!(RecoveryCode::read("c-o1lI0-ABCDE").unwrap().secret(), "01110ABCDE");
        assert_eq!(RecoveryCode::read("C-ABCDE-ABCD"), None);
        assert_eq!(RecoveryCode::read(""), None);
    }

    #[test]
    fn secrets_do_not_show_in_a_log() {
        let (token, code, recovery) = (Token::new().unwrap(), Code::new().unwrap(), RecoveryCode::new('A').unwrap());
        assert_eq!(format!("{token:?} {code:?} {recovery:?}"), "Token(..) Code(..) RecoveryCode(..)");
    }
}
