//! The list of offers: what it may be asked, and what it answers.

use app::desk::{ApiFault, ApiParameter, OfferLine, OfferList, OfferListAsk, Stage, Waiting, WaitingGroup};
use offer::{
    id::{ClientCode, OfferId},
    ledger::hex,
    lifecycle::{Status, WaitsOn as On},
    moment::{Day, Moment},
};
use serde::Serialize;

use super::values::seen;
use crate::desk::SEALED_PLACE_BYTES;

/// The most offers on a page.
const LIMIT_MAX: usize = 100;
/// How many there are where nobody says.
const LIMIT: usize = 50;

/// Reads a query; whatever is not known is a fault, for a filter that is ignored would answer more than was asked.
pub(super) fn read(asked: &[(String, String)]) -> Result<OfferListAsk, ApiFault> {
    let mut ask = OfferListAsk { rows_max: Some(LIMIT), ..OfferListAsk::default() };
    let mut known: Vec<ApiParameter> = Vec::new();
    for (name, value) in asked {
        let parameter = ApiParameter::parse(name).filter(|parameter| !known.contains(parameter)).ok_or(ApiFault::ParameterUnknown)?;
        known.push(parameter);
        answer_to(parameter, value, &mut ask).ok_or(ApiFault::ParameterUnreadable(parameter))?;
    }
    Ok(ask)
}

fn answer_to(parameter: ApiParameter, value: &str, ask: &mut OfferListAsk) -> Option<()> {
    // no store keeps a NUL in text
    if value.chars().any(char::is_control) {
        return None;
    }
    match parameter {
        ApiParameter::Stage => ask.stage = Some(Stage::parse(value)?),
        ApiParameter::Waiting => ask.waiting = Some(WaitingGroup::parse(value)?),
        ApiParameter::Client => ask.client = Some(ClientCode::new(given(value)?)),
        ApiParameter::Limit => ask.rows_max = Some(limit(value)?),
        ApiParameter::After => ask.after = Some(place(value)?),
    }
    Some(())
}

fn given(text: &str) -> Option<&str> {
    Some(text).filter(|text| !text.is_empty())
}

fn limit(text: &str) -> Option<usize> {
    text.parse().ok().filter(|limit| (1..=LIMIT_MAX).contains(limit))
}

/// What a page gave as its end.
fn place(text: &str) -> Option<String> {
    hex::decode::<SEALED_PLACE_BYTES>(text).map(|_| text.to_owned())
}

/// A page of offers, what has waited longest first.
#[derive(Debug, Serialize)]
pub(super) struct Page {
    offers: Vec<Line>,
    /// What to ask `after` for the next page; null on the last.
    next: Option<String>,
}

impl Page {
    pub(super) fn of(list: OfferList) -> Self {
        Self { offers: list.lines.into_iter().map(Line::of).collect(), next: list.next }
    }
}

/// One offer of the list. What is not seen is null.
#[derive(Debug, Serialize)]
struct Line {
    id: OfferId,
    number: String,
    status: Status,
    status_since: Moment,
    stage: Option<&'static str>,
    stage_since: Option<Moment>,
    candidate: Option<String>,
    title: Option<String>,
    client: Option<String>,
    start: Option<Day>,
    accept_by: Option<Moment>,
    exceptions: u32,
    waiting: Vec<WaitsOn>,
}

impl Line {
    fn of(line: OfferLine) -> Self {
        Self {
            id: line.id,
            number: line.number,
            status: line.status,
            status_since: line.since,
            stage: line.stage.map(|(stage, _)| stage.code()),
            stage_since: line.stage.map(|(_, since)| since),
            candidate: seen(line.candidate),
            title: seen(line.title),
            client: seen(line.client),
            start: line.start,
            accept_by: line.accept_by,
            exceptions: line.exceptions,
            waiting: line.waiting.into_iter().map(WaitsOn::of).collect(),
        }
    }
}

/// Whom an offer waits on.
#[derive(Debug, Serialize)]
pub(super) struct WaitsOn {
    on: String,
    /// Which contingency, recipient or role, where there are several.
    which: Option<String>,
    names: Vec<String>,
    since: Moment,
    due_at: Option<Moment>,
}

impl WaitsOn {
    pub(super) fn of(waiting: Waiting) -> Self {
        let which = match &waiting.on {
            On::Contingency(kind) => Some(kind.to_string()),
            On::Recipient(recipient) => Some(recipient.to_string()),
            On::Rescission(role) => Some(role.to_string()),
            On::Recruiter | On::Step(_) | On::Courier | On::Candidate | On::StartDay => None,
        };
        Self { on: WaitingGroup::of(&waiting.on).code(), which, names: waiting.names, since: waiting.since, due_at: waiting.due_at }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(pairs: &[(&str, &str)]) -> Result<OfferListAsk, ApiFault> {
        read(&pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>())
    }

    #[test]
    fn a_query_is_read_whole_or_not_at_all() {
        let place = hex::encode(&[7; SEALED_PLACE_BYTES]);
        let ask =
            asked(&[("stage", "approvals"), ("waiting", "step.finance"), ("client", "ACME"), ("limit", "100"), ("after", &place)]).unwrap();
        assert_eq!((ask.stage, ask.rows_max, ask.after), (Some(Stage::Approvals), Some(100), Some(place)));
        assert_eq!(ask.client, Some(ClientCode::new("ACME")));
        assert_eq!(asked(&[]).unwrap().rows_max, Some(LIMIT));
        for (name, value) in [
            ("limit", "0"),
            ("limit", "101"),
            ("limit", "-1"),
            ("limit", "ten"),
            ("after", "7"),
            ("after", "7.00000000000000000000000000000000"),
            ("stage", "none"),
            ("waiting", "step."),
            ("client", ""),
        ] {
            let fault = asked(&[(name, value)]).unwrap_err();
            assert_eq!((fault.code(), fault.parameter().map(ApiParameter::name)), ("parameter-unreadable", Some(name)), "{name}={value}");
        }
        for pairs in [&[("words", "maria")][..], &[("limit", "5"), ("limit", "6")], &[("", "")]] {
            assert_eq!(asked(pairs), Err(ApiFault::ParameterUnknown), "{pairs:?}");
        }
    }
}
