//! Deciding from a mail: what the link of a mail opens for whoever is asked to decide a step.

use offer::id::{OfferId, StepKey};
use offer::lifecycle::Status;
use offer::moment::Moment;
use offer::policy::BeyondLimit;
use offer::terms::{Change, Entries};

use super::{InvitationPage, OfferPage};

/// What the link of a mail that asks for a decision opens in a browser.
#[derive(Clone, Debug)]
pub enum Mailed {
    /// This browser could be anybody's: who invites, and whether the link still asks anything.
    Invited {
        /// Who invites.
        page: InvitationPage,
        /// Whether something waits behind it.
        waits: bool,
    },
    /// A role of whoever is asked signs in with a second factor. Nothing is decided here.
    SignsIn {
        /// The offer, whose page comes after signing in.
        offer: OfferId,
    },
    /// Whoever is asked is here.
    Here(Box<MailedPage>),
}

/// The page of a step, for whoever was asked to decide it.
#[derive(Clone, Debug)]
pub struct MailedPage {
    /// Who reads.
    pub reader: String,
    /// The IANA zone in which times are shown.
    pub zone: String,
    /// Whether a client's contact reads, and not somebody of the firm.
    pub of_client: bool,
    /// The step that the link is for.
    pub step: StepKey,
    /// The offer as far as the reader may see it; nothing when that is not at all, or no longer.
    pub offer: Option<OfferPage>,
    /// Whether it waits on the reader.
    pub stands: MailedStands,
    /// The browsers in which the reader is known, the latest first.
    pub browsers: Vec<KnownBrowser>,
    /// Now.
    pub now: Moment,
}

/// How the step stands for whoever came by the link.
#[derive(Clone, Debug)]
pub enum MailedStands {
    /// It waits on the reader.
    Waits(MailedStep),
    /// Nothing is asked by this link any more.
    Over(MailedOver),
}

/// A step that waits on the reader.
#[derive(Clone, Debug)]
pub struct MailedStep {
    /// What the reader approved before, if they did.
    pub approved: Option<ApprovedBefore>,
    /// For whom the reader would decide; empty for themselves.
    pub on_behalf_of: String,
    /// The limit that keeps the reader from approving; they may ask and say no all the same.
    pub beyond: Option<BeyondLimit>,
    /// Where one does: who else of the step may approve, by name.
    pub within: Vec<String>,
}

/// What somebody approved before.
#[derive(Clone, Debug)]
pub struct ApprovedBefore {
    /// When.
    pub at: Moment,
    /// What changed since, as far as they may see it.
    pub changes: Vec<Change>,
}

/// Why nothing is asked by a link any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailedOver {
    /// The reader decided.
    ByReader {
        /// How.
        decision: MailedDecided,
        /// When.
        at: Moment,
    },
    /// Somebody else approved.
    ByOther {
        /// Who; empty when the reader may not know.
        by: String,
        /// When.
        at: Moment,
    },
    /// Somebody said no, here or at another step.
    Rejected,
    /// A question of somebody else waits on its answer.
    Returned,
    /// The offer changed since the mail was written.
    Changed {
        /// What changed, as far as the reader may see it.
        changes: Vec<Change>,
        /// Whether the reader is asked again, by another mail.
        asked_again: bool,
    },
    /// The reader handed the decision to somebody else.
    HandedOver {
        /// To whom.
        to: String,
    },
    /// The offer stands where nobody decides any more.
    Ended {
        /// Where.
        status: Status,
    },
    /// It does not wait on the reader any more: another role, another person, or no such step.
    NotTheirs,
}

/// A decision that was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailedDecided {
    /// Approved.
    Approved,
    /// Asked before deciding.
    Asked,
    /// Said no.
    Rejected,
}

/// A decision by a form of that page. Which step of which version it is about is said by the link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailedDecision {
    /// Approve.
    Approve {
        /// Anything to say with it.
        comment: String,
        /// The lowest values that it stands for, as typed.
        lowest: Entries,
        /// The highest, as typed.
        highest: Entries,
    },
    /// Ask before deciding.
    Ask {
        /// The question.
        question: String,
    },
    /// Say no.
    Reject {
        /// Why.
        reason: String,
    },
}

/// A browser in which somebody is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownBrowser {
    /// Its id, to forget it by.
    pub id: String,
    /// Whether it is the one that looks.
    pub is_this: bool,
    /// What it calls itself.
    pub user_agent: String,
    /// When a code was entered in it.
    pub proved_at: Moment,
    /// Until when it is known.
    pub until: Moment,
}
