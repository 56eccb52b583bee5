//! Why the desk did not do something.

use app::desk::Answer;
use offer::{intake::Problem, ledger::NotCanonical, lifecycle::Refusal, private::MarkerFault};

use crate::{
    fresh::NoRandomness,
    store::{AppendError, StoreError, Unique},
    vault::VaultError,
};

/// Why the desk did not do something.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum DeskFault {
    /// The model refuses.
    Refused(Refusal),
    /// Fields do not read.
    Problems(Vec<Problem>),
    /// Nobody is signed in.
    SignIn,
    /// There is no such thing, or the viewer may not know of it.
    NotFound,
    /// Something that was read has changed meanwhile.
    Moved,
    /// Somebody else got the seat.
    SeatTaken,
    /// The form was answered already.
    Answered,
    /// A name or address that must be unique is in use.
    InUse,
    /// The store or the keys are out of reach, or what they hold cannot be read. The log says which.
    OutOfReach,
}

impl DeskFault {
    /// Whether loading and deciding again may end otherwise.
    pub(crate) const fn is_passing(&self) -> bool {
        matches!(self, Self::Moved | Self::SeatTaken | Self::Answered)
    }

    /// What it is, for the log: never what a refusal or a field says.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::Refused(_) => "refused",
            Self::Problems(_) => "problems",
            Self::SignIn => "sign-in",
            Self::NotFound => "not-found",
            Self::Moved => "moved",
            Self::SeatTaken => "seat-taken",
            Self::Answered => "answered",
            Self::InUse => "in-use",
            Self::OutOfReach => "out-of-reach",
        }
    }

    /// Something in the store is not what was written.
    pub(crate) fn damaged(what: &'static str, stream: &str) -> Self {
        tracing::error!(what, stream, "a stream cannot be read");
        Self::OutOfReach
    }
}

impl From<Refusal> for DeskFault {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::Hidden => Self::NotFound,
            refusal => Self::Refused(refusal),
        }
    }
}

impl From<AppendError> for DeskFault {
    fn from(error: AppendError) -> Self {
        match error {
            AppendError::Moved => Self::Moved,
            AppendError::SeatTaken => Self::SeatTaken,
            AppendError::Duplicate(Unique::Receipt) => Self::Answered,
            AppendError::Duplicate(_) => Self::InUse,
            AppendError::Unfit(_) | AppendError::Full | AppendError::Unavailable => {
                tracing::error!(%error, "nothing was written");
                Self::OutOfReach
            }
        }
    }
}

macro_rules! out_of_reach_by {
    ($($error:ty),*) => { $(
        impl From<$error> for DeskFault {
            fn from(error: $error) -> Self {
                tracing::error!(%error, "out of reach");
                Self::OutOfReach
            }
        }
    )* };
}

out_of_reach_by!(StoreError, VaultError, NoRandomness);

impl From<NotCanonical> for DeskFault {
    fn from(_: NotCanonical) -> Self {
        tracing::error!("a number cannot be written as it must stand for ever");
        Self::OutOfReach
    }
}

impl From<MarkerFault> for DeskFault {
    fn from(_: MarkerFault) -> Self {
        tracing::error!("the open and the private part of an event do not belong together");
        Self::OutOfReach
    }
}

impl From<serde_json::Error> for DeskFault {
    fn from(error: serde_json::Error) -> Self {
        // its own words quote what was read
        tracing::error!(line = error.line(), column = error.column(), "something stored does not read");
        Self::OutOfReach
    }
}

/// What a page is answered.
pub(super) fn answer<T>(result: Result<T, DeskFault>) -> Answer<T> {
    match result {
        Ok(done) => Answer::Done(done),
        Err(DeskFault::Refused(refusal)) => Answer::Refused(refusal),
        Err(DeskFault::Problems(problems)) => Answer::Problems(problems),
        Err(DeskFault::SignIn) => Answer::SignIn,
        Err(DeskFault::NotFound) => Answer::NotFound,
        Err(DeskFault::Moved | DeskFault::SeatTaken | DeskFault::Answered | DeskFault::InUse | DeskFault::OutOfReach) => {
            Answer::Unavailable
        }
    }
}
