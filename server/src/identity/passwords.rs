//! Passwords: how they are judged, hashed and verified.
//!
//! A password alone signs somebody in, so it has 15 characters or more. There are no rules about what characters; whole secrets are
//! compared, nothing is cut, capitals count. Hashing is Argon2id with the library's parameters (19 MiB, two passes), on a bounded number
//! of threads so that a flood of attempts cannot take the machine.

use std::sync::Arc;

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use offer::intake::Fault;
use tokio::sync::Semaphore;

use super::{Unreachable, common_passwords::COMMON};
use crate::fresh;

/// The fewest characters.
const PASSWORD_CHARACTERS_MIN: i64 = 15;
/// The most characters.
const PASSWORD_CHARACTERS_MAX: i64 = 256;
/// Passwords that are hashed at the same time; each takes 19 MiB.
const AT_ONCE: usize = 4;
/// A word shorter than this may stand in a password by chance.
const WORD_CHARACTERS_MIN: usize = 4;

/// Hashes and verifies passwords and codes.
#[derive(Debug)]
pub(crate) struct Passwords {
    room: Arc<Semaphore>,
    /// Verified when there is nobody, so that time does not tell.
    nobody: String,
}

impl Passwords {
    /// # Errors
    /// [`Unreachable`] when the system gives no random numbers.
    pub(crate) fn new() -> Result<Self, Unreachable> {
        let nobody = hash_of(&fresh::bytes::<16>()?)?;
        Ok(Self { room: Arc::new(Semaphore::new(AT_ONCE)), nobody })
    }

    /// The hash of a secret as a PHC string.
    ///
    /// # Errors
    /// [`Unreachable`].
    pub(crate) async fn hash(&self, secret: &str) -> Result<String, Unreachable> {
        let secret = secret.to_owned();
        self.aside(move || hash_of(secret.as_bytes())).await?
    }

    /// Whether a secret is the one of this hash. Without a hash the same work is done, and the answer is no.
    ///
    /// # Errors
    /// [`Unreachable`].
    pub(crate) async fn verify(&self, secret: &str, hash: Option<&str>) -> Result<bool, Unreachable> {
        let exists = hash.is_some();
        let (secret, hash) = (secret.to_owned(), hash.unwrap_or(&self.nobody).to_owned());
        let fits = self.aside(move || is_of(secret.as_bytes(), &hash)).await?;
        Ok(exists && fits)
    }

    /// Runs on a thread of its own, when there is room.
    async fn aside<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T, Unreachable> {
        let _room = Arc::clone(&self.room).acquire_owned().await.map_err(|_| Unreachable)?;
        tokio::task::spawn_blocking(work).await.map_err(|_| Unreachable)
    }
}

fn hash_of(secret: &[u8]) -> Result<String, Unreachable> {
    let hash: PasswordHash = Argon2::default().hash_password(secret).map_err(|error| {
        tracing::error!(%error, "a secret cannot be hashed");
        Unreachable
    })?;
    Ok(hash.to_string())
}

fn is_of(secret: &[u8], hash: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|hash| Argon2::default().verify_password(secret, &hash).is_ok())
}

/// What is wrong with a new password; `words` are those that others would think of first: name, address, firm.
pub(super) fn fault_of(password: &str, words: &[&str]) -> Option<Fault> {
    let characters = i64::try_from(password.chars().count()).unwrap_or(i64::MAX);
    if characters < PASSWORD_CHARACTERS_MIN {
        return Some(Fault::TooShort { characters_min: PASSWORD_CHARACTERS_MIN });
    }
    if characters > PASSWORD_CHARACTERS_MAX {
        return Some(Fault::TooLong { characters_max: PASSWORD_CHARACTERS_MAX });
    }
    is_easy(&password.to_lowercase(), words).then_some(Fault::TooEasy)
}

fn is_easy(password: &str, words: &[&str]) -> bool {
    let bare = password.trim_matches(|c: char| !c.is_alphanumeric());
    COMMON.contains(&bare) || has_few_characters(password) || is_a_run(password) || is_made_of(password, words)
}

/// Two or three different characters, however often.
fn has_few_characters(password: &str) -> bool {
    let mut different: Vec<char> = password.chars().collect();
    different.sort_unstable();
    different.dedup();
    different.len() <= 3
}

/// Characters that follow each other, up or down.
fn is_a_run(password: &str) -> bool {
    let steps: Vec<i64> =
        password.chars().zip(password.chars().skip(1)).map(|(one, next)| i64::from(u32::from(next)) - i64::from(u32::from(one))).collect();
    let long_runs = [1, -1].iter().any(|step| steps.iter().filter(|taken| *taken == step).count() * 5 >= steps.len() * 4);
    !steps.is_empty() && long_runs
}

/// Nothing but words that belong to the person, the firm or the product, and a few characters around them.
fn is_made_of(password: &str, words: &[&str]) -> bool {
    let parts = words.iter().flat_map(|word| word.split(|c: char| !c.is_alphanumeric())).map(str::to_lowercase);
    let mut parts: Vec<String> = parts.chain(["countersign".to_owned(), "password".to_owned(), "offer".to_owned()]).collect();
    parts.retain(|part| part.chars().count() >= WORD_CHARACTERS_MIN);
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    let left = parts.iter().fold(password.to_owned(), |left, part| left.replace(part.as_str(), ""));
    let left = left.chars().filter(|c| c.is_alphabetic()).count();
    left < 5 && parts.iter().any(|part| password.contains(part.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &[&str] = &["Ava Nguyen", "ava.nguyen@harborpine.example", "Harbor Pine Staffing"];

    #[test]
    fn length_is_the_only_rule_of_form() {
        for password in ["lake under nine stones", "aaaaaaaaaa bbbb cd", "ÄÖÜ ßßß éèê ñçø", &"long ".repeat(51)] {
            assert_eq!(fault_of(password, WORDS), None, "{password}");
        }
        assert_eq!(fault_of("fourteen chars", WORDS), Some(Fault::TooShort { characters_min: 15 }));
        assert_eq!(fault_of(&"a b c d e ".repeat(26), WORDS), Some(Fault::TooLong { characters_max: 256 }));
    }

    #[test]
    fn what_others_try_first_is_too_easy() {
        for password in [
            "PasswordPassword",
            "correct horse battery staple",
            "aaaaaaaaaaaaaaaaaaaa",
            "abababababababab",
            "abcdefghijklmnopq",
            "98765432109876543210",
            "ava.nguyen@harborpine",
            "HarborPineStaffing1!",
            "nguyen-countersign-26",
        ] {
            assert_eq!(fault_of(password, WORDS), Some(Fault::TooEasy), "{password}");
        }
    }

    #[tokio::test]
    async fn a_password_is_verified_whole_and_as_typed() {
        let passwords = Passwords::new().unwrap();
        let secret = "Ünder nine stones, the lake ".repeat(4);
        let hash = passwords.hash(&secret).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$"), "{hash}");
        assert!(passwords.verify(&secret, Some(&hash)).await.unwrap());
        assert!(!passwords.verify(secret.trim_end(), Some(&hash)).await.unwrap());
        assert!(!passwords.verify(&secret.to_lowercase(), Some(&hash)).await.unwrap());
        assert!(!passwords.verify(&secret, None).await.unwrap());
        assert!(!passwords.verify(&secret, Some("no hash")).await.unwrap());
    }
}
