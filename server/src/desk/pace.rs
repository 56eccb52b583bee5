//! How long steps and letters took lately: rows that follow from events, and the pace that is told from the last of them.

use std::collections::BTreeSet;

use offer::{
    id::{OfferId, StepKey},
    lifecycle::Recorded,
    measure::{self, Exposed, Pace, Stretch},
};

use super::{DeskFault, HouseDesk};
use crate::store::{Change, PaceRow};

/// How many of the last times a median is of: enough to be steady, few enough to follow what changed.
const LATEST_MAX: i64 = 31;

/// What took time, as its rows name it.
fn name_of(what: &Stretch) -> String {
    match what {
        Stretch::Step(step) => format!("step:{step}"),
        Stretch::Letter => "letter".to_owned(),
    }
}

/// The rows of what ended with events from this place of the stream on.
pub(super) fn rows(offer: &OfferId, history: &[Recorded], from_seq: u64) -> impl Iterator<Item = Change> {
    let of = offer.as_str().to_owned();
    measure::taken(history).into_iter().filter(move |taken| taken.seq >= from_seq).map(move |taken| {
        Change::Pace(PaceRow {
            what: name_of(&taken.what),
            at: taken.at.micros(),
            offer: of.clone(),
            seq: i64::try_from(taken.seq).unwrap_or(i64::MAX),
            seconds: taken.seconds,
        })
    })
}

impl HouseDesk {
    /// The pace of what lies ahead of these offers: a seek for each step that is still to come, and one for the letter.
    pub(super) async fn pace_ahead<'a>(&self, exposed: impl IntoIterator<Item = &'a Exposed>) -> Result<Pace, DeskFault> {
        let steps: BTreeSet<&StepKey> = exposed
            .into_iter()
            .filter(|exposed| exposed.until.is_none())
            .flat_map(|exposed| &exposed.ahead)
            .map(|ahead| &ahead.step)
            .collect();
        let asked: Vec<Stretch> = steps.into_iter().cloned().map(Stretch::Step).chain([Stretch::Letter]).collect();
        let mut taken = Vec::new();
        for what in asked {
            let rows = self.store.latest_pace(self.firm(), &name_of(&what), LATEST_MAX).await?;
            taken.extend(rows.into_iter().map(|row| (what.clone(), row.seconds)));
        }
        Ok(Pace::of_taken(taken))
    }
}
