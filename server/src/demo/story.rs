//! The small language of the demo's stories: who does what, and how long after the last thing.

use offer::lifecycle::{DeclineReason, NotStartedBy, VerbalResponse};

/// A story is told in chapters, so that stories can share them.
pub(super) type Story = &'static [Chapter];
/// What happens in a row.
pub(super) type Chapter = &'static [Beat];

/// One thing that happens.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beat {
    /// How long after the thing before it, in minutes in which people work, or in which candidates are awake.
    pub(super) minutes: i64,
    /// What.
    pub(super) deed: Deed,
}

/// So many hours later.
pub(super) const fn hours(hours: i64, deed: Deed) -> Beat {
    Beat { minutes: hours * 60, deed }
}

/// So many minutes later.
pub(super) const fn minutes(minutes: i64, deed: Deed) -> Beat {
    Beat { minutes, deed }
}

/// Fields by key, as somebody types them.
pub(super) type Typed = &'static [(&'static str, &'static str)];

/// Until when a letter may be accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Until {
    /// So many days after it is sent, at five.
    For(i64),
    /// So many days from today, at five: the letter is still open.
    Ahead(i64),
    /// So many hours from now: the letter is still open, and not for long.
    AheadHours(i64),
}

/// What somebody does. Who it is follows from the offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Deed {
    /// The recruiter begins a draft.
    Begin,
    /// The recruiter types everything that the engagement asks for.
    Type,
    /// The recruiter types only what the cast says, and leaves it there.
    Jot,
    /// The recruiter submits.
    Submit,
    /// Somebody whom the step asks approves it.
    Approve(&'static str),
    /// The same with a word.
    ApproveWith(&'static str, &'static str),
    /// Somebody whom the step asks gives it back with a question.
    Return(&'static str, &'static str),
    /// The recruiter answers.
    AnswerStep(&'static str, &'static str),
    /// Somebody whom the step asks rejects it.
    Reject(&'static str, &'static str),
    /// The recruiter writes a comment.
    Comment(&'static str),
    /// The recruiter records a conversation: what was spoken beside the pay, the answer, what is expected, another offer.
    Speak(Spoken),
    /// The recruiter sends the letter.
    Send(Until),
    /// The mail comes back.
    Bounce,
    /// The candidate opens the letter.
    Read,
    /// The candidate asks.
    Ask,
    /// The recruiter answers.
    Answer,
    /// The candidate asks for a change in words.
    RequestChange(&'static str),
    /// The recruiter proposes a change for the candidate.
    Propose(Typed, &'static str),
    /// The recruiter adopts the open proposal with these changes.
    Adopt(Typed, &'static str),
    /// The candidate signs.
    Sign,
    /// The candidate declines.
    Decline(No),
    /// The recruiter records that the candidate said no.
    SaidNo(No),
    /// The recruiter records that the candidate is no longer to be had.
    Withdraw(&'static str),
    /// The recruiter ends it before sending.
    Cancel(&'static str),
    /// The accept-by passes.
    Expire,
    /// The recruiter leads it back to a draft.
    Reopen(&'static str),
    /// The recruiter asks for a rescission.
    AskRescission(&'static str),
    /// Somebody of this role agrees.
    AgreeRescission(&'static str),
    /// HR operations clears what must be met before signing.
    ClearBeforeSigning,
    /// HR operations clears the next contingency; nothing when none is left.
    ClearNext,
    /// HR operations clears every contingency that is left.
    ClearRest,
    /// The recruiter confirms the start.
    ConfirmStart,
    /// The next recipient takes over; nothing when none is left.
    TakeOver,
    /// Every recipient but this one takes over.
    TakeOverBut(&'static str),
    /// The recruiter records the first day.
    Start,
    /// The recruiter records that the person did not start.
    NotStart(NotStartedBy, &'static str),
}

/// A conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spoken {
    /// What was spoken beside pay and start.
    pub(super) also: Typed,
    /// What the candidate said.
    pub(super) response: VerbalResponse,
    /// What the candidate expects; may be empty.
    pub(super) expectation: &'static str,
    /// Another offer; may be empty.
    pub(super) competing: &'static str,
    /// How many days later it ends; 0 where nobody said.
    pub(super) competing_days: u64,
}

/// A no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct No {
    /// The main reason.
    pub(super) primary: DeclineReason,
    /// Another one.
    pub(super) secondary: Option<DeclineReason>,
    /// In the candidate's words.
    pub(super) note: &'static str,
}

/// Whose hours a thing is done in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hours {
    /// The firm's and its clients' working time.
    Work,
    /// A candidate's mornings and evenings, weekends too.
    Awake,
    /// Five in the afternoon sharp.
    Closing,
}

impl Deed {
    /// When it is done.
    pub(super) const fn hours(&self) -> Hours {
        match self {
            Self::Read | Self::Ask | Self::RequestChange(_) | Self::Sign | Self::Decline(_) => Hours::Awake,
            // somebody is there on the first morning, holiday or not
            Self::Start | Self::NotStart(..) => Hours::Awake,
            Self::Expire => Hours::Closing,
            _ => Hours::Work,
        }
    }
}
