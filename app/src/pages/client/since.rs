//! What changed since the reader approved an earlier version, on their side of the offer; before everything else.

use leptos::prelude::*;

use super::terms::in_rows;
use crate::desk::OfferPage;
use crate::pages::Times;
use crate::parts::{Diff, Section};
use crate::words::en::{client as words, course};

/// What changed since the reader approved; nothing for whoever is asked for the first time.
pub(super) fn since(page: &OfferPage, times: &Times) -> Option<AnyView> {
    let since = page.course.since.iter().find(|since| since.yours)?;
    let lead = words::since_approved(since.by_you, &times.full(since.at));
    let (decided, told): (Vec<_>, Vec<_>) = since.changes.iter().cloned().partition(|change| since.decides.contains(&change.field));
    let changes = if decided.is_empty() { told } else { decided };
    let rows = in_rows(&changes, page);
    Some(view! { <Section id="since" title=course::SINCE_YOU_APPROVED lead=lead><Diff rows=rows/></Section> }.into_any())
}
