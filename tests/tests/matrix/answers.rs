//! What the model says of a cell: which answer must come.

use offer::access::{Access, Action, Subject};
use offer::engagement::Engagement;
use offer::field::Side;
use offer::lifecycle::{Giver, Status};

use crate::firm::{Kind, Standing, Viewer};
use crate::routes::{Below, House};

/// What comes back of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Answer {
    SignIn,
    NotFound,
    NotAllowed,
    /// Let through: what was asked is then answered for itself.
    Heard,
}

/// The status of a page of the firm's people.
pub(crate) fn house(viewer: &Viewer, page: House) -> u16 {
    let Kind::Staff(member) = &viewer.kind else { return 303 };
    match page {
        House::Everybody => 200,
        House::WhoDrafts if member.ever_may(Action::Draft) => 200,
        House::WhoDrafts => 403,
        House::WhoImports if !member.imports().is_empty() => 200,
        House::WhoRunsPeople if member.runs_people() => 200,
        House::WhoAuditsAll if member.audits_all() => 200,
        House::WhoImports | House::WhoRunsPeople | House::WhoAuditsAll | House::Nobody => 404,
    }
}

/// The status of a page below an offer.
pub(crate) fn below(viewer: &Viewer, offer: &Standing, page: Below) -> u16 {
    if let Below::Document = page {
        return document(viewer, offer);
    }
    let Kind::Staff(member) = &viewer.kind else { return 303 };
    if viewer.may(Action::See, offer) != Access::Allowed {
        return 404;
    }
    let found = |is_there: bool| if is_there { 200 } else { 404 };
    let sight = viewer.sight(offer);
    let may = |action| viewer.may(action, offer) == Access::Allowed;
    let negotiable = matches!(offer.status(), Status::InReview | Status::Approved | Status::Sent);
    match page {
        Below::Offer => 200,
        Below::Letter => found(sight.shows(Side::Package) && offer.has_terms),
        Below::Verbal => found(may(Action::RecordVerbal) && negotiable),
        Below::Change => found(may(Action::Change) && negotiable && offer.has_terms),
        Below::Adopt => found(may(Action::Change) && negotiable && sight.reads_talk() && !offer.open_proposals.is_empty()),
        Below::HandOff => {
            let recipient = offer.subject.receiving_roles.iter().next();
            found(recipient.is_some_and(|(role, _)| member.is(role) || sight.reads_talk()))
        }
        Below::IntakeFirst | Below::IntakeSection | Below::Review if offer.status() != Status::Draft => 409,
        Below::IntakeFirst => 303,
        Below::IntakeSection | Below::Review => found(sight.shows(Side::Job)),
        Below::Versions => found(offer.has_terms),
        Below::Reroute if may(Action::Reroute) => 200,
        Below::Reroute => 403,
        Below::Access => found(may(Action::Audit) || member.runs_people()),
        Below::Document => 404,
    }
}

/// A document is whole or not at all.
fn document(viewer: &Viewer, offer: &Standing) -> u16 {
    match viewer.kind {
        Kind::Nobody | Kind::Program(_) => 303,
        _ if viewer.may(Action::See, offer) != Access::Allowed => 404,
        _ if offer.letter.is_some() && viewer.sight(offer).shows_letters() => 200,
        _ => 404,
    }
}

/// The status of what a program asks of an offer; of everybody who has no token, whatever else they have.
pub(crate) fn api(viewer: &Viewer, offer: &Standing) -> u16 {
    match viewer.kind {
        Kind::Program(_) if viewer.may(Action::See, offer) == Access::Allowed => 200,
        Kind::Program(_) => 404,
        _ => 401,
    }
}

/// The answer to a form about an offer.
pub(crate) fn form(viewer: &Viewer, offer: &Standing, giver: Giver) -> Answer {
    let action = match (&viewer.kind, giver) {
        (Kind::Nobody | Kind::Program(_), _) => return Answer::SignIn,
        (Kind::Candidate(_), Giver::CandidateOr(_) | Giver::Candidate) if viewer.may(Action::See, offer) == Access::Allowed => {
            return Answer::Heard;
        }
        (_, Giver::Member(action) | Giver::CandidateOr(action)) => action,
        (_, Giver::Candidate | Giver::Clockwork) => return Answer::NotAllowed,
    };
    granted(viewer.may(action, offer))
}

/// A client's contact may approve, ask and reject; nobody else comes in here.
pub(crate) fn client_form(viewer: &Viewer, offer: &Standing) -> Answer {
    if matches!(viewer.kind, Kind::Client(_)) { granted(viewer.may(Action::Decide, offer)) } else { Answer::SignIn }
}

/// Saving a draft, which a candidate has no part in.
pub(crate) fn save(viewer: &Viewer, offer: &Standing) -> Answer {
    match viewer.kind {
        Kind::Nobody | Kind::Program(_) => Answer::SignIn,
        Kind::Candidate(_) => Answer::NotFound,
        _ => granted(viewer.may(Action::Draft, offer)),
    }
}

fn granted(access: Access) -> Answer {
    match access {
        Access::Hidden => Answer::NotFound,
        Access::Denied(_) => Answer::NotAllowed,
        Access::Allowed => Answer::Heard,
    }
}

/// What of an offer somebody with this sight must not find on a page of it, as pages write it.
pub(crate) fn unseen(viewer: &Viewer, offer: &Standing) -> Vec<String> {
    let sight = viewer.sight(offer);
    let table = offer::field::FieldTable::default();
    let hidden = offer.values.iter().filter(|(key, _)| table.get(key).is_none_or(|spec| !sight.shows_field(spec)));
    hidden.flat_map(|(_, text)| written(text)).collect()
}

/// The same amounts as programs read them, in cents.
pub(crate) fn unseen_minor(viewer: &Viewer, offer: &Standing) -> Vec<String> {
    let sight = viewer.sight(offer);
    let table = offer::field::FieldTable::default();
    let hidden = offer
        .values
        .iter()
        .filter(|(key, _)| table.get(key).is_some_and(|spec| spec.kind == offer::field::Kind::Money && !sight.shows_field(spec)));
    let minor = hidden.filter_map(|(_, text)| offer::money::Money::parse(text));
    minor.map(|money| format!("\"amount_minor\":{},", money.minor)).collect()
}

/// A value as pages write it. What is too short to be told from anything else is no canary.
pub(crate) fn written(text: &str) -> Vec<String> {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_figure = digits > 0 && text.chars().all(|c| c.is_ascii_digit() || c == '.');
    match (is_figure, text.split_once('.')) {
        (false, _) if text.chars().count() >= 6 => vec![text.to_owned()],
        // 86000.00 stands as 86,000; an hour's pay as it is typed
        (true, Some((whole, _))) if whole.len() > 3 => {
            let (thousands, rest) = whole.split_at(whole.len() - 3);
            vec![format!("{thousands},{rest}"), whole.to_owned()]
        }
        (true, Some((_, cents))) if digits >= 4 && cents != "00" => vec![text.to_owned()],
        _ => Vec::new(),
    }
}

/// What an offer is called in a report.
pub(crate) fn called(subject: &Subject) -> String {
    let engagement = subject.about.engagement.map_or("no engagement", Engagement::code);
    format!("{} {engagement}", subject.status.code())
}
