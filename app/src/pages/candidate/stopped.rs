//! Why a form of the candidate's came back.

use offer::lifecycle::Refusal;

use crate::api::Kept;
use crate::desk::Notice;
use crate::islands::portal::{CandidateForm, NotTaken};
use crate::pages::portal::Stopped;
use crate::words::en::{candidate as words, portal};

/// Why this form came back, if it did.
pub(super) fn stopped(form: CandidateForm, kept: &Kept) -> Option<Stopped> {
    let whole = |text: &str| Stopped { field: None, text: text.to_owned() };
    let refused = |why: NotTaken| Stopped { field: why.field(form), text: why.text() };
    Some(match kept.notice()? {
        Notice::Refused(refusal) => refused(NotTaken::Refused(Refusal::clone(refusal))),
        Notice::Problems(_) if form == CandidateForm::Decline => refused(NotTaken::NothingChosen),
        Notice::Unavailable => whole(portal::NOT_REACHED),
        Notice::Problems(_) | Notice::SignIn | Notice::NotFound => whole(words::MOVED_ON),
    })
}
