//! Why a form of the candidate's is not taken: by the same functions in the browser, before it is sent, and on the server.

use offer::acceptance::{self, Signature, Standing};
use offer::ledger::Digest;
use offer::lifecycle::{DeclineReason, Refusal};
use offer::moment::Moment;

use crate::words::en::candidate as words;

/// One of the candidate's forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CandidateForm {
    /// Signs the letter.
    Accept,
    /// Says no.
    Decline,
    /// Asks a question.
    Ask,
    /// Asks for a change.
    Change,
}

impl CandidateForm {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Accept, Self::Decline, Self::Ask, Self::Change];

    /// Its key on a page.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Decline => "decline",
            Self::Ask => "ask",
            Self::Change => "change",
        }
    }

    /// The form with this key.
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.key() == key)
    }

    /// Where its free text stands.
    const fn text(self) -> &'static str {
        match self {
            Self::Accept => "typed_name",
            Self::Decline => "note",
            Self::Ask => "text",
            Self::Change => "why",
        }
    }
}

/// Why a form is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotTaken {
    /// No reason was chosen.
    NothingChosen,
    /// The model refuses it.
    Refused(Refusal),
}

impl NotTaken {
    /// Beside which box of the form it is said; none when it is about the whole.
    pub const fn field(&self, form: CandidateForm) -> Option<&'static str> {
        match self {
            Self::NothingChosen => Some("primary"),
            Self::Refused(Refusal::ConsentMissing) => Some("consent"),
            Self::Refused(
                Refusal::NameMissing | Refusal::NameInPart | Refusal::NameOfAnother | Refusal::ReasonMissing | Refusal::TextTooLong { .. },
            ) => Some(form.text()),
            Self::Refused(_) => None,
        }
    }

    /// What to do about it.
    pub fn text(&self) -> String {
        match self {
            Self::NothingChosen => words::DECLINE_CHOOSE.to_owned(),
            Self::Refused(refusal) => words::refusal(refusal),
        }
    }
}

/// What a signature names besides the name: version, letter and, where the box is ticked, the consent text. A form that names no letter names
/// another than the one that may be signed.
///
/// # Errors
/// The refusal of such a form.
pub fn signed(version: &str, letter: &str, consent_version: &str, consent: &str) -> Result<(u32, Digest, Option<u32>), Refusal> {
    match (version.parse(), Digest::parse(letter)) {
        (Ok(version), Some(letter)) => Ok((version, letter, (consent == "yes").then(|| consent_version.parse().ok()).flatten())),
        _ => Err(Refusal::LetterDiffers),
    }
}

/// Why a form is not taken as it stands; nothing when it may be sent. `typed` gives what stands in a box by its name.
pub fn not_taken(form: CandidateForm, standing: &Standing, now: Moment, typed: impl Fn(&str) -> String) -> Option<NotTaken> {
    let text = typed(form.text());
    let decided = match form {
        CandidateForm::Accept => signed(&typed("version"), &typed("letter"), &typed("consent_version"), &typed("consent")).and_then(
            |(version, letter, consent)| {
                acceptance::accept(standing, now, Signature { version, letter: &letter, typed_name: &text, consent })
            },
        ),
        CandidateForm::Decline if DeclineReason::parse(&typed("primary")).is_none() => return Some(NotTaken::NothingChosen),
        CandidateForm::Decline => acceptance::decline(standing, &text),
        CandidateForm::Ask => acceptance::ask(standing, &text),
        CandidateForm::Change => acceptance::request_change(standing, now, &text),
    };
    decided.err().map(NotTaken::Refused)
}

#[cfg(test)]
mod tests {
    use super::*;
    use offer::lifecycle::Status;

    fn at(text: &str) -> Moment {
        Moment::parse(text).unwrap()
    }

    fn standing() -> Standing {
        Standing {
            status: Status::Sent,
            version: 2,
            letter_digest: Some(Digest::of(b"letter")),
            accept_by: Some(at("2027-01-15T22:00:00Z")),
            held: false,
            open_questions: 0,
            before_acceptance: Vec::new(),
            consent: 3,
            signer: "Maya Lindqvist".to_owned(),
        }
    }

    fn field(form: CandidateForm, answers: &[(&str, &str)]) -> Option<Option<&'static str>> {
        let letter = Digest::of(b"letter").to_string();
        let typed = |name: &str| match name {
            "version" => "2".to_owned(),
            "letter" => letter.clone(),
            "consent_version" => "3".to_owned(),
            name => answers.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()).unwrap_or_default(),
        };
        not_taken(form, &standing(), at("2027-01-10T20:00:00Z"), typed).map(|why| why.field(form))
    }

    #[test]
    fn what_is_missing_is_said_beside_its_own_box() {
        use CandidateForm::{Accept, Ask, Change, Decline};
        assert_eq!(field(Accept, &[]), Some(Some("consent")));
        assert_eq!(field(Accept, &[("consent", "yes")]), Some(Some("typed_name")));
        assert_eq!(field(Accept, &[("consent", "yes"), ("typed_name", "Maya Lindqvist")]), None);
        assert_eq!(field(Decline, &[]), Some(Some("primary")));
        assert_eq!(field(Decline, &[("primary", "comp"), ("note", &"x".repeat(4_001))]), Some(Some("note")));
        assert_eq!(field(Ask, &[("text", " \n")]), Some(Some("text")));
        assert_eq!(field(Change, &[]), Some(Some("why")));
    }

    #[test]
    fn consent_is_given_only_by_the_ticked_box_and_only_to_the_text_that_was_shown() {
        let letter = Digest::of(b"letter").to_string();
        let consent = |ticked| signed("2", &letter, "3", ticked).map(|(_, _, consent)| consent);
        assert_eq!(consent("yes"), Ok(Some(3)));
        assert_eq!(consent(""), Ok(None));
        assert_eq!(consent("on"), Ok(None));
    }

    #[test]
    fn a_form_without_a_letter_signs_nothing() {
        assert_eq!(signed("2", "not a digest", "3", "yes"), Err(Refusal::LetterDiffers));
        assert_eq!(signed("two", &Digest::of(b"letter").to_string(), "3", "yes"), Err(Refusal::LetterDiffers));
    }
}
