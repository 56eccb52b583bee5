//! Why identity did not do something, on the way to an answer.

use app::desk::Answer;
use offer::{
    field::FieldKey,
    intake::{Fault, Problem},
    lifecycle::Refusal,
};

use super::Unreachable;
use crate::{
    fresh::NoRandomness,
    store::{AppendError, StoreError},
    vault::VaultError,
};

/// Why not.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Stop {
    /// The store or the keys are out of reach.
    Unreachable,
    /// Nobody is signed in here.
    SignIn,
    /// There is no such thing.
    NotFound,
    /// Answers of the form do not do.
    Problems(Vec<Problem>),
    /// It is refused.
    Refused(Refusal),
}

impl Stop {
    /// One answer of the form does not do.
    pub(super) fn at(field: &'static str, fault: Fault) -> Self {
        Self::Problems(vec![Problem { field: FieldKey::named(field), fault }])
    }

    /// A password or code is not the one that is asked for.
    pub(super) fn wrong(field: &'static str) -> Self {
        Self::at(field, Fault::Wrong)
    }
}

impl From<Refusal> for Stop {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<Unreachable> for Stop {
    fn from(_: Unreachable) -> Self {
        Self::Unreachable
    }
}

macro_rules! unreachable_by {
    ($($error:ty),*) => { $(
        impl From<$error> for Stop {
            fn from(error: $error) -> Self {
                Unreachable::from(error).into()
            }
        }
    )* };
}

unreachable_by!(StoreError, AppendError, VaultError, NoRandomness);

/// What a page is answered.
pub(super) fn answer<T>(result: Result<T, Stop>) -> Answer<T> {
    match result {
        Ok(done) => Answer::Done(done),
        Err(Stop::Unreachable) => Answer::Unavailable,
        Err(Stop::SignIn) => Answer::SignIn,
        Err(Stop::NotFound) => Answer::NotFound,
        Err(Stop::Problems(problems)) => Answer::Problems(problems),
        Err(Stop::Refused(refusal)) => Answer::Refused(refusal),
    }
}
