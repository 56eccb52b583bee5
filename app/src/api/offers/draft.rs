//! Beginning, writing and submitting a draft.

use offer::engagement::Engagement;
use offer::field::{CANDIDATE_EMAIL, CANDIDATE_NAME, FieldKey, FieldTable, Gate};
use offer::id::{OfferId, RequisitionId};
use offer::intake::{self, Fault, Problem};

use crate::api::form::{act_from, answered, form, offer_path, path_part};
use crate::api::read;
use crate::desk::{self, Answer, Asked, Viewer};
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

form!(
    /// Keeps what was typed on one page of the intake, whatever it is, and leads on.
    save at "offers/save" (offer, section, then) groups (fields, codes);
    |sent| {
        let page = offer_path(&offer);
        let here = format!("{page}/intake/{}", path_part(&section));
        let next = match path_part(&then).as_str() {
            "" => format!("{here}?saved=yes"),
            "review" => format!("{page}/review"),
            section => format!("{page}/intake/{section}"),
        };
        let answer = match (viewer::desk(), viewer::viewer(), OfferId::parse(&offer)) {
            (None, ..) => Answer::Unavailable,
            (_, Viewer::Nobody, _) => Answer::SignIn,
            (_, _, None) => Answer::NotFound,
            (Some(desk), viewer, Some(offer)) => desk.save(&viewer, &offer, read::entries(fields, &codes)).await,
        };
        answered(answer, sent, &here, |()| next).await
    }
);

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
