//! What the desk answers.

use offer::intake::Problem;
use offer::lifecycle::Refusal;
use serde::{Deserialize, Serialize};

/// An answer of the desk. A refusal is a value with status 200 and never an `Err`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Answer<T> {
    /// Done, or found.
    Done(T),
    /// Fields of the form do not read.
    Problems(Vec<Problem>),
    /// The model refuses.
    Refused(Refusal),
    /// Nobody is signed in, or the sign-in was wrong.
    SignIn,
    /// There is no such thing, or the viewer may not know of it.
    NotFound,
    /// The store is out of reach, full, or busy beyond five tries.
    Unavailable,
}

impl<T> Answer<T> {
    /// The same answer about another thing.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Answer<U> {
        match self {
            Self::Done(done) => Answer::Done(change(done)),
            Self::Problems(problems) => Answer::Problems(problems),
            Self::Refused(refusal) => Answer::Refused(refusal),
            Self::SignIn => Answer::SignIn,
            Self::NotFound => Answer::NotFound,
            Self::Unavailable => Answer::Unavailable,
        }
    }

    /// What is done, or why not: for pages, which stop at the first thing they cannot have.
    ///
    /// # Errors
    /// The notice to show instead.
    pub fn done(self) -> Result<T, Notice> {
        match self {
            Self::Done(done) => Ok(done),
            Self::Problems(problems) => Err(Notice::Problems(problems)),
            Self::Refused(refusal) => Err(Notice::Refused(refusal)),
            Self::SignIn => Err(Notice::SignIn),
            Self::NotFound => Err(Notice::NotFound),
            Self::Unavailable => Err(Notice::Unavailable),
        }
    }

    /// What a page says when it is not done; nothing when it is.
    pub fn notice(&self) -> Option<Notice> {
        match self {
            Self::Done(_) => None,
            Self::Problems(problems) => Some(Notice::Problems(problems.clone())),
            Self::Refused(refusal) => Some(Notice::Refused(refusal.clone())),
            Self::SignIn => Some(Notice::SignIn),
            Self::NotFound => Some(Notice::NotFound),
            Self::Unavailable => Some(Notice::Unavailable),
        }
    }
}

impl<T> From<Result<T, Refusal>> for Answer<T> {
    fn from(result: Result<T, Refusal>) -> Self {
        match result {
            Ok(done) => Self::Done(done),
            Err(Refusal::Hidden) => Self::NotFound,
            Err(refusal) => Self::Refused(refusal),
        }
    }
}

/// Why a form came back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Notice {
    /// Fields do not read.
    Problems(Vec<Problem>),
    /// The model refuses.
    Refused(Refusal),
    /// Wrong address, password or code; or signed out.
    SignIn,
    /// Not found.
    NotFound,
    /// Out of reach.
    Unavailable,
}
