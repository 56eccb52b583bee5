//! How an offer was lost: whether anything was written, whether it had been spoken, and which step kept it waiting.

use leptos::prelude::*;

use super::part;
use super::shown::{Shown, paragraph};
use crate::words::en::{course as words, date, role};

/// How it was lost; nothing for an offer that was not.
pub fn reading(shown: &Shown) -> Option<AnyView> {
    let loss = shown.page.course.loss.as_ref()?;
    let bottleneck = loss.bottleneck.as_ref();
    let said = [
        (!loss.written).then(|| words::LOST_UNWRITTEN.to_owned()),
        loss.after_verbal.then(|| words::LOST_AFTER_VERBAL.to_owned()),
        bottleneck.map(|(step, seconds, undecided)| words::bottleneck(&role::step(step), &date::span(*seconds), *undecided)),
    ];
    part("lost", words::LOST, said.into_iter().flatten().map(paragraph).collect())
}
