//! One offer: what its page shows, without what somebody wrote freely and without what can be done with it.

use std::collections::BTreeMap;

use app::desk::{Computed, ContingencyLine, HandoffLine, LetterLine, OfferPage, StepLine, StepView};
use offer::{
    engagement::{Engagement, PayBasis},
    id::{OfferId, StepKey},
    lifecycle::{ContingencyState, Mail, Status},
    moment::{Day, Moment},
    playbook::ContingencyDue,
};
use serde::Serialize;

use super::{
    offers::WaitsOn,
    values::{Amount, Field, fields, seen},
};

/// One offer. What is not seen is null or not there.
#[derive(Debug, Serialize)]
pub(super) struct Offer {
    id: OfferId,
    number: String,
    status: Status,
    status_since: Moment,
    version: u32,
    engagement: Option<Engagement>,
    candidate: Option<String>,
    title: Option<String>,
    client: Option<String>,
    seat: Option<Seat>,
    waiting: Vec<WaitsOn>,
    terms: BTreeMap<String, Field>,
    computed: Figures,
    steps: Vec<Step>,
    letter: Option<Letter>,
    contingencies: Vec<Contingency>,
    hand_offs: Vec<HandOff>,
    start_confirmed: Option<Day>,
    stages: Vec<Spent>,
}

impl Offer {
    pub(super) fn of(page: OfferPage) -> Self {
        Self {
            terms: page.terms.as_ref().map(|terms| fields(terms, &page.names)).unwrap_or_default(),
            id: page.id,
            number: page.number,
            status: page.status,
            status_since: page.since,
            version: page.version,
            engagement: page.engagement,
            candidate: seen(page.candidate),
            title: seen(page.title),
            client: seen(page.client),
            seat: page.seat.map(|(number, of)| Seat { number, of }),
            waiting: page.waiting.into_iter().map(WaitsOn::of).collect(),
            computed: Figures::of(&page.computed),
            steps: page.route.iter().map(Step::of).collect(),
            letter: page.letter.as_ref().map(Letter::of),
            contingencies: page.contingencies.into_iter().map(Contingency::of).collect(),
            hand_offs: page.handoffs.into_iter().map(HandOff::of).collect(),
            start_confirmed: page.start_confirmed,
            stages: page.stages.into_iter().map(|(stage, seconds)| Spent { stage: stage.code(), seconds }).collect(),
        }
    }
}

/// Opening 2 of 3.
#[derive(Debug, Serialize)]
struct Seat {
    number: u32,
    of: u32,
}

/// Figures computed from the terms, each for those who see what it comes from.
#[derive(Debug, Serialize)]
struct Figures {
    pay: Option<Amount>,
    pay_basis: Option<PayBasis>,
    annual_equivalent: Option<Amount>,
    markup_percent: Option<String>,
    margin: Option<Amount>,
    margin_percent: Option<String>,
    placement_fee: Option<Amount>,
}

impl Figures {
    fn of(computed: &Computed) -> Self {
        Self {
            pay: computed.pay.map(|(pay, _)| pay.into()),
            pay_basis: computed.pay.map(|(_, basis)| basis),
            annual_equivalent: computed.annual_equivalent.map(Into::into),
            markup_percent: computed.markup.map(|share| share.to_string()),
            margin: computed.margin.map(Into::into),
            margin_percent: computed.margin_share.map(|share| share.to_string()),
            placement_fee: computed.placement_fee.map(Into::into),
        }
    }
}

/// A step of the route.
#[derive(Debug, Serialize)]
struct Step {
    step: StepKey,
    state: &'static str,
    since: Option<Moment>,
    due_at: Option<Moment>,
    approved_by: Option<String>,
    approved_at: Option<Moment>,
    approved_version: Option<u32>,
}

impl Step {
    fn of(line: &StepLine) -> Self {
        let of = |state| Self {
            step: line.step.step.clone(),
            state,
            since: None,
            due_at: None,
            approved_by: None,
            approved_at: None,
            approved_version: None,
        };
        match &line.state {
            StepView::Later => of("later"),
            StepView::Open { since, due_at, .. } => Self { since: Some(*since), due_at: Some(*due_at), ..of("open") },
            StepView::Returned { since, .. } => Self { since: Some(*since), ..of("returned") },
            StepView::Approved { by, at, version, .. } => {
                Self { approved_by: seen(by.clone()), approved_at: Some(*at), approved_version: Some(*version), ..of("approved") }
            }
        }
    }
}

/// The letter of this version, and what became of it.
#[derive(Debug, Serialize)]
struct Letter {
    version: u32,
    accept_by: Moment,
    mail: &'static str,
    viewed_at: Option<Moment>,
    held: bool,
}

impl Letter {
    fn of(line: &LetterLine) -> Self {
        let mail = match line.mail {
            Mail::OnItsWay => "on_its_way",
            Mail::HandedOver { .. } => "handed_over",
            Mail::Failed { .. } => "failed",
            Mail::Bounced { .. } => "bounced",
        };
        let held = line.held.is_some();
        Self { version: line.version, accept_by: line.accept_by.instant, mail, viewed_at: line.viewed_at, held }
    }
}

#[derive(Debug, Serialize)]
struct Contingency {
    kind: String,
    name: String,
    due: ContingencyDue,
    state: ContingencyState,
}

impl Contingency {
    fn of(line: ContingencyLine) -> Self {
        Self { kind: line.kind.to_string(), name: line.name, due: line.due, state: line.state }
    }
}

#[derive(Debug, Serialize)]
struct HandOff {
    recipient: String,
    name: String,
    opened_at: Moment,
    due_at: Moment,
    acknowledged_at: Option<Moment>,
    acknowledged_by: Option<String>,
}

impl HandOff {
    fn of(line: HandoffLine) -> Self {
        let (acknowledged_at, acknowledged_by) = line.acknowledged.unzip();
        Self {
            recipient: line.recipient.to_string(),
            name: line.name,
            opened_at: line.opened_at,
            due_at: line.due_at,
            acknowledged_at,
            acknowledged_by: acknowledged_by.and_then(seen),
        }
    }
}

/// How long it was in a stage.
#[derive(Debug, Serialize)]
struct Spent {
    stage: &'static str,
    seconds: i64,
}
