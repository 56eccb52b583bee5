//! Beginning, writing and submitting a draft.

use leptos::prelude::*;
use offer::engagement::Engagement;
use offer::field::{CANDIDATE_EMAIL, CANDIDATE_NAME, FieldKey, FieldTable, Gate};
use offer::id::{OfferId, RequisitionId};
use offer::intake::{self, Fault, Problem};
use offer::terms::Entries;
use std::collections::BTreeMap;

use crate::api::form::{Lost, Sent, act_from, answered, answered_with, form, offer_path, path_part};
use crate::api::read;
use crate::boxes;
use crate::desk::{self, Answer, Asked, Reading, Saved, SharedDesk, Viewer};
use crate::viewer;

form!(
    /// Begins a draft, for an opening or blank, and leads to its first page.
    begin at "offers/begin" (requisition, engagement, name, email);
    |sent| {
        let page = match path_part(&requisition) {
            none if none.is_empty() => "/offers/new".to_owned(),
            requisition => format!("/offers/new?requisition={requisition}"),
        };
        let answer = match (viewer::desk(), viewer::viewer(), begun(&requisition, &engagement, &name, &email, &sent.once)) {
            (None, ..) => Answer::Unavailable,
            (_, Viewer::Nobody, _) => Answer::SignIn,
            (_, _, Err(answer)) => answer.map(|()| OfferId::new("")),
            (Some(desk), viewer, Ok(begin)) => desk.begin(&viewer, begin).await,
        };
        answered(answer, sent, &page, |offer| format!("{}/intake/parties", offer_path(offer.as_str()))).await
    }
);

/// Keeps what was typed on one page of the intake, whatever it is, and leads on where none of it is wrong. A page that saves by itself says which
/// version it read, sends what changed since, and takes the answer.
#[server(endpoint = "offers/save")]
pub async fn save(
    #[server(default)] form: String,
    #[server(default)] once: String,
    #[server(default)] offer: String,
    #[server(default)] section: String,
    #[server(default)] then: String,
    #[server(default)] read_at: String,
    #[server(default)] fields: BTreeMap<String, String>,
    #[server(default)] codes: BTreeMap<String, String>,
) -> Result<Answer<Saved>, Lost> {
    let sent = Sent::new(&form, &once, [("offer", offer.as_str()), ("section", &section), ("then", &then)])
        .with("fields", &fields)
        .with("codes", &codes);
    let page = offer_path(&offer);
    let here = format!("{page}/intake/{}", path_part(&section));
    let mut next = match path_part(&then).as_str() {
        "" => format!("{here}?saved=yes"),
        "review" => format!("{page}/review"),
        section => format!("{page}/intake/{section}"),
    };
    let typed = boxes::entries(fields, &codes);
    let answer = match (viewer::desk(), viewer::viewer(), OfferId::parse(&offer), read_at.parse().ok()) {
        (None, ..) => Answer::Unavailable,
        (_, Viewer::Nobody, ..) => Answer::SignIn,
        (_, _, None, _) => Answer::NotFound,
        (Some(desk), viewer, Some(offer), None) => {
            let answer = desk.save(&viewer, &offer, typed.clone()).await;
            if answer == Answer::Done(()) && !then.is_empty() && is_wrong(&desk, &viewer, &offer, &typed).await {
                next = format!("{here}?{HELD}=yes#problems");
            }
            answer.map(|()| Saved::default())
        }
        (Some(desk), viewer, Some(offer), Some(version)) => desk.keep(&viewer, &offer, typed, Reading { version, window: once }).await,
    };
    Ok(answered_with(answer, sent, &here, |_| next).await)
}

/// What the address of a page of the intake says where its answers are kept and one of them is wrong: nobody is led away from it.
pub const HELD: &str = "held";

/// Whether one of these answers is wrong as it stands; what is only missing holds nobody up.
async fn is_wrong(desk: &SharedDesk, viewer: &Viewer, offer: &OfferId, typed: &Entries) -> bool {
    let Answer::Done(page) = desk.intake(viewer, offer).await else { return false };
    page.problems.iter().any(|found| !found.is_lack() && typed.get(&found.field).is_some())
}

form!(
    /// Hands the draft to its approvers.
    submit at "offers/submit" (offer) groups (reasons);
    |sent| {
        let page = offer_path(&offer);
        act_from(&format!("{page}/review"), &page, &offer, sent, Ok(Asked::Submit { reasons: read::reasons(&reasons) })).await
    }
);

fn begun(requisition: &str, engagement: &str, name: &str, email: &str, once: &str) -> read::Read<desk::Begin> {
    let table = FieldTable::default();
    let mut problems = Vec::new();
    for (key, typed) in [(&CANDIDATE_NAME, name), (&CANDIDATE_EMAIL, email)] {
        problems.extend(wrong(key, typed, &table));
    }
    let requisition = if requisition.is_empty() { None } else { Some(read::id(requisition, RequisitionId::parse)?) };
    let engagement = Engagement::parse(engagement);
    if requisition.is_none() && engagement.is_none() {
        problems.push(Problem { field: offer::field::ENGAGEMENT, fault: Fault::Missing { gate: Gate::Submit } });
    }
    if !problems.is_empty() {
        return Err(Answer::Problems(problems));
    }
    Ok(desk::Begin { requisition, engagement, name: name.trim().to_owned(), email: email.trim().to_owned(), once: once.to_owned() })
}

fn wrong(key: &FieldKey, typed: &str, table: &FieldTable) -> Option<Problem> {
    let spec = table.get(key)?;
    let fault = if typed.trim().is_empty() { Fault::Missing { gate: Gate::Submit } } else { intake::read_value(typed, spec).err()? };
    Some(Problem { field: key.clone(), fault })
}
