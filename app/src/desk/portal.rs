//! The candidate's side.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::{Arc, Mutex, PoisonError};

use offer::acceptance::Standing;
use offer::id::ContingencyKind;
use offer::ledger::Digest;
use offer::lifecycle::{DeclineReason, Status};
use offer::moment::{Day, Moment};
use offer::packet::Letter;

use super::QuestionLine;

/// Where the firm helps candidates and clients.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Help {
    /// The address to write to.
    pub email: String,
    /// The number to call; may be empty.
    pub phone: String,
}

/// What an invitation says before any code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationPage {
    /// Who invites: the firm.
    pub firm: String,
    /// The address to which a code would be mailed, mostly hidden: `m•••@e•••.com`.
    pub masked_email: String,
    /// Whether it invites a candidate, or else a client's contact.
    pub for_candidate: bool,
    /// Whom to ask for help.
    pub help_email: String,
}

/// The candidate's page.
#[derive(Clone, Debug)]
pub struct CandidatePage {
    /// The firm.
    pub firm: String,
    /// Whom to ask for help.
    pub help_email: String,
    /// Where to call; may be empty.
    pub help_phone: String,
    /// The candidate's name, as preferred.
    pub name: String,
    /// The job.
    pub title: String,
    /// Who employs.
    pub employer: String,
    /// What the candidate may do, decided by `offer::acceptance` over this.
    pub standing: Standing,
    /// Now.
    pub now: Moment,
    /// The letter that may be read; the last one when nothing is open to signature.
    pub letter: Option<PortalLetter>,
    /// Whether the letter above was replaced and a newer one is being prepared.
    pub replaced: bool,
    /// The day of the letter of an earlier version that the candidate had, and that the one above takes the place of.
    pub replaces: Option<Day>,
    /// The consent text and its version.
    pub consent: (u32, String),
    /// Questions and answers.
    pub questions: Vec<QuestionLine>,
    /// Requests for a change, the latest first.
    pub change_requests: Vec<ChangeRequest>,
    /// What was decided; nothing while it is open.
    pub closed: Option<Closed>,
}

/// What the candidate asked to change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChangeRequest {
    /// When.
    pub at: Moment,
    /// In the candidate's own words.
    pub text: String,
    /// What became of it.
    pub answer: RequestAnswer,
}

/// What became of a request for a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RequestAnswer {
    /// Nothing yet.
    Open,
    /// The letter stays as it is.
    No,
    /// A new letter.
    NewLetter,
}

/// A letter as the candidate reads it.
#[derive(Clone, Debug)]
pub struct PortalLetter {
    /// The version.
    pub version: u32,
    /// Digest of its words: what is signed.
    pub digest: Digest,
    /// Its words.
    pub letter: Arc<ReadLetter>,
    /// The PDF.
    pub pdf: Digest,
    /// Accept-by in words: local time and zone as the letter has it.
    pub accept_by: (String, String),
}

/// A letter, and what pages lay out of it: its words never change, and to lay them out is most of a page.
#[derive(Debug)]
pub struct ReadLetter {
    words: Letter,
    laid_out: Mutex<BTreeMap<&'static str, LaidOut>>,
}

/// HTML, and everything beside the letter that it was laid out of.
#[derive(Debug)]
struct LaidOut {
    of: Vec<String>,
    html: Arc<str>,
}

impl ReadLetter {
    /// A letter that was not laid out yet.
    pub const fn new(words: Letter) -> Self {
        Self { words, laid_out: Mutex::new(BTreeMap::new()) }
    }

    /// A part of a page, by `lay_out` the first time and whenever something differs in `of`: everything beside the letter that it shows.
    pub fn laid_out(&self, part: &'static str, of: &[&str], lay_out: impl FnOnce(&Letter) -> String) -> Arc<str> {
        let mut laid_out = self.laid_out.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(kept) = laid_out.get(part).filter(|kept| kept.of == of) {
            return Arc::clone(&kept.html);
        }
        let html: Arc<str> = lay_out(&self.words).into();
        laid_out.insert(part, LaidOut { of: of.iter().map(|&fact| fact.to_owned()).collect(), html: Arc::clone(&html) });
        html
    }
}

impl Deref for ReadLetter {
    type Target = Letter;

    fn deref(&self) -> &Letter {
        &self.words
    }
}

/// How an offer closed, for its candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Closed {
    /// Where it stands.
    pub status: Status,
    /// Since when.
    pub at: Moment,
    /// The name as signed.
    pub signed_name: Option<String>,
    /// The reason given when declined.
    pub reason: Option<DeclineReason>,
    /// The start, once accepted.
    pub start: Option<Day>,
    /// What the start still hangs on, once accepted.
    pub checks: Vec<ContingencyKind>,
}
