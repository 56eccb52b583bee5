//! What a candidate may do, decided over `Standing`: the same functions in the portal before it posts and in `decide` on the server.

use crate::id::ContingencyKind;
use crate::ledger::Digest;
use crate::lifecycle::{Refusal, Status};
use crate::moment::Moment;
use serde::{Deserialize, Serialize};

/// The longest name somebody may sign with, in characters.
pub const NAME_CHARACTERS_MAX: u32 = 200;
/// The longest text of a candidate, in characters.
pub const TEXT_CHARACTERS_MAX: u32 = 4_000;

/// The extract of an offer that its candidate may see: enough to decide, nothing to leak.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Where the offer stands.
    pub status: Status,
    /// Its version now.
    pub version: u32,
    /// The letter that may be signed; nothing when there is none.
    pub letter_digest: Option<Digest>,
    /// By when.
    pub accept_by: Option<Moment>,
    /// Whether the letter is held.
    pub held: bool,
    /// Questions without an answer.
    pub open_questions: u32,
    /// What must be met before acceptance and is not.
    pub before_acceptance: Vec<ContingencyKind>,
    /// The consent text in force.
    pub consent: u32,
    /// The name that the letter is made out to.
    pub signer: String,
}

/// What the candidate signs with.
#[derive(Clone, Copy, Debug)]
pub struct Signature<'a> {
    /// The version that was shown.
    pub version: u32,
    /// The letter that was shown.
    pub letter: &'a Digest,
    /// The name as typed.
    pub typed_name: &'a str,
    /// The consent text that was agreed to; nothing when the box was not ticked.
    pub consent: Option<u32>,
}

/// Whether this signature accepts the offer now.
///
/// # Errors
/// The fact that stands in the way; the most final one first.
pub fn accept(standing: &Standing, now: Moment, signature: Signature<'_>) -> Result<(), Refusal> {
    must_be_open(standing, now)?;
    if standing.version != signature.version {
        return Err(Refusal::LetterReplaced { now_at: standing.version });
    }
    if standing.letter_digest.as_ref() != Some(signature.letter) {
        return Err(Refusal::LetterDiffers);
    }
    if standing.held {
        return Err(Refusal::LetterHeld);
    }
    if !standing.before_acceptance.is_empty() {
        return Err(Refusal::ContingencyOpen { kinds: standing.before_acceptance.clone() });
    }
    if signature.consent != Some(standing.consent) {
        return Err(Refusal::ConsentMissing);
    }
    signs(standing, signature.typed_name)
}

/// Whether a name as typed signs this letter.
///
/// # Errors
/// It is missing, half of it, somebody else's, or too long.
pub fn signs(standing: &Standing, typed_name: &str) -> Result<(), Refusal> {
    let name = typed_name.trim();
    if name.chars().filter(|c| c.is_alphabetic()).count() < 2 {
        return Err(Refusal::NameMissing);
    }
    // how somebody writes their name is theirs to say; half of it is nobody's signature
    if is_in_one_word(name) && !is_in_one_word(&standing.signer) {
        return Err(Refusal::NameInPart);
    }
    if !is_of(name, &standing.signer) {
        return Err(Refusal::NameOfAnother);
    }
    fits(name, NAME_CHARACTERS_MAX)
}

/// Whether a name has a word of the other one, however its accents are typed. A name without any letter of ASCII may be typed in any script.
fn is_of(name: &str, signer: &str) -> bool {
    let words = |name: &str| -> Vec<Vec<char>> {
        let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(|word| word.to_lowercase().chars().collect()).collect()
    };
    let same = |one: &Vec<char>, other: &Vec<char>| {
        one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one == other || !one.is_ascii() || !other.is_ascii())
    };
    let (names, signers) = (words(name), words(signer));
    !signer.chars().any(|c| c.is_ascii_alphabetic()) || signers.iter().any(|signer| names.iter().any(|name| same(name, signer)))
}

fn is_in_one_word(name: &str) -> bool {
    name.split_whitespace().nth(1).is_none()
}

/// Whether the candidate may decline now. Nothing was sent: declining by word is the recruiter's to record.
///
/// # Errors
/// The fact that stands in the way.
pub fn decline(standing: &Standing, note: &str) -> Result<(), Refusal> {
    must_be_sent(standing)?;
    fits(note, TEXT_CHARACTERS_MAX)
}

/// Whether the candidate may ask now. Questions stay open after the decision, until the start.
///
/// # Errors
/// The fact that stands in the way.
pub fn ask(standing: &Standing, text: &str) -> Result<(), Refusal> {
    match standing.status {
        Status::Sent | Status::Accepted | Status::HandedOff => words(text),
        Status::Draft | Status::InReview | Status::Approved => Err(Refusal::NothingSent),
        status => Err(Refusal::AnsweredAlready { status }),
    }
}

/// Whether the candidate may ask for a change now.
///
/// # Errors
/// The fact that stands in the way.
pub fn request_change(standing: &Standing, now: Moment, why: &str) -> Result<(), Refusal> {
    must_be_open(standing, now)?;
    words(why)
}

/// A text that must say something and fit.
fn words(text: &str) -> Result<(), Refusal> {
    if text.trim().is_empty() { Err(Refusal::ReasonMissing) } else { fits(text, TEXT_CHARACTERS_MAX) }
}

fn fits(text: &str, characters_max: u32) -> Result<(), Refusal> {
    let long = u32::try_from(text.chars().count()).map_or(true, |count| count > characters_max);
    if long { Err(Refusal::TextTooLong { characters_max }) } else { Ok(()) }
}

fn must_be_sent(standing: &Standing) -> Result<(), Refusal> {
    match standing.status {
        Status::Sent => Ok(()),
        // a version that is being approved anew leaves the old letter in the candidate's hands, but not open to signature
        Status::InReview | Status::Approved if standing.version > 1 => Err(Refusal::LetterReplaced { now_at: standing.version }),
        Status::Draft | Status::InReview | Status::Approved => Err(Refusal::NothingSent),
        Status::Expired => Err(Refusal::Expired { at: standing.accept_by.unwrap_or_else(|| Moment::new(chrono::DateTime::UNIX_EPOCH)) }),
        status => Err(Refusal::AnsweredAlready { status }),
    }
}

fn must_be_open(standing: &Standing, now: Moment) -> Result<(), Refusal> {
    must_be_sent(standing)?;
    match standing.accept_by {
        Some(at) if now > at => Err(Refusal::Expired { at }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::parse(text).unwrap()
    }

    fn standing() -> Standing {
        Standing {
            status: Status::Sent,
            version: 2,
            letter_digest: Some(Digest::of(b"letter")),
            accept_by: Some(at("2026-12-18T23:00:00Z")),
            held: false,
            open_questions: 0,
            before_acceptance: Vec::new(),
            consent: 3,
            signer: "Maria Silva".to_owned(),
        }
    }

    fn sign(standing: &Standing, now: &str, version: u32, letter: &[u8], name: &str, consent: Option<u32>) -> Result<(), Refusal> {
        accept(standing, at(now), Signature { version, letter: &Digest::of(letter), typed_name: name, consent })
    }

    #[test]
    fn the_letter_that_was_shown_is_accepted_until_the_very_microsecond_of_its_deadline() {
        assert_eq!(sign(&standing(), "2026-12-18T23:00:00.000000Z", 2, b"letter", "Maria Silva", Some(3)), Ok(()));
        assert_eq!(
            sign(&standing(), "2026-12-18T23:00:00.000001Z", 2, b"letter", "Maria Silva", Some(3)),
            Err(Refusal::Expired { at: at("2026-12-18T23:00:00Z") })
        );
    }

    #[test]
    fn another_letter_than_the_one_shown_is_never_signed() {
        let now = "2026-12-01T00:00:00Z";
        assert_eq!(sign(&standing(), now, 1, b"letter", "Maria Silva", Some(3)), Err(Refusal::LetterReplaced { now_at: 2 }));
        assert_eq!(sign(&standing(), now, 2, b"other", "Maria Silva", Some(3)), Err(Refusal::LetterDiffers));
    }

    #[test]
    fn signing_needs_a_name_and_consent_to_the_text_in_force() {
        let now = "2026-12-01T00:00:00Z";
        assert_eq!(sign(&standing(), now, 2, b"letter", " .", Some(3)), Err(Refusal::NameMissing));
        assert_eq!(sign(&standing(), now, 2, b"letter", "maya", Some(3)), Err(Refusal::NameInPart));
        let of_one_word = Standing { signer: "Suharto".to_owned(), ..standing() };
        assert_eq!(sign(&of_one_word, now, 2, b"letter", "Suharto", Some(3)), Ok(()));
        assert_eq!(sign(&standing(), now, 2, b"letter", "Maria Silva", None), Err(Refusal::ConsentMissing));
        assert_eq!(sign(&standing(), now, 2, b"letter", "Maria Silva", Some(2)), Err(Refusal::ConsentMissing));
    }

    #[test]
    fn whoever_signs_writes_their_name_as_they_do_and_never_another() {
        let signs = |signer: &str, typed: &str| signs(&Standing { signer: signer.to_owned(), ..standing() }, typed);
        for (signer, typed) in [
            ("Rebecca Stein", "rebecca stein"),
            ("Rebecca Stein", "R. Stein"),
            ("Rebecca Anne Stein", "Rebecca Goldberg"),
            ("Tomáš Novák", "Tomas Novak"),
            ("Hye-jin Park", "Park Hyejin"),
            ("王伟", "Wang Wei"),
        ] {
            assert_eq!(signs(signer, typed), Ok(()), "{typed}");
        }
        for (signer, typed) in [("Rebecca Stein", "R. Stone"), ("Rebecca Stein", "Jane Roe"), ("Tomáš Novák", "Jan Kovar")] {
            assert_eq!(signs(signer, typed), Err(Refusal::NameOfAnother), "{typed}");
        }
    }

    #[test]
    fn an_answered_offer_takes_no_second_answer() {
        let answered = Standing { status: Status::Declined, ..standing() };
        let refusal = Err(Refusal::AnsweredAlready { status: Status::Declined });
        assert_eq!(sign(&answered, "2026-12-01T00:00:00Z", 2, b"letter", "Maria Silva", Some(3)), refusal);
        assert_eq!(decline(&answered, ""), refusal);
    }
}
