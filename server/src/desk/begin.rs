//! Beginning a draft: the candidate, the opening where there is none, the number, and what the intake begins with.

use app::{
    desk::{Begin, Viewer},
    words::en::intake as words,
};
use offer::{
    access::{self, About, Access, Action, Actor, Denial, Member},
    engagement::Engagement,
    field::{self, FieldKey, FieldTable, Gate},
    id::{OfferId, RequisitionId},
    intake::{self, Fault, Problem, read_what_stands},
    ledger::Digest,
    lifecycle::{self, By, Command, Draft, Event, Facts, Offer, Recorded, Refusal},
    money::Money,
    playbook::Playbook,
    requisition::{BudgetPeriod, Requisition},
    terms::Entries,
};

use super::{
    DeskFault, HouseDesk,
    change::Receipt,
    drafts::Hand,
    ledger::{Head, OFFER, Telling},
    project::{self, Placing},
};
use crate::{
    fresh,
    store::{Append, Change, ReceiptRow, TallyRow},
};

/// How often a draft is begun again when a number or an address was taken meanwhile.
const TRIES: usize = 5;
/// The counter of openings that nobody imported.
const OPENINGS: &str = "opening";
/// Openings of our own are numbered from here, away from those of other systems.
const OPENINGS_FROM: i64 = 5_000;

impl HouseDesk {
    /// Begins a draft.
    ///
    /// # Errors
    /// Problems of name, address or engagement; a refusal; [`DeskFault::OutOfReach`].
    pub(crate) async fn begin_offer(&self, viewer: &Viewer, begin: &Begin) -> Result<OfferId, DeskFault> {
        let member = viewer.member().ok_or(DeskFault::SignIn)?;
        for _ in 0..TRIES {
            match self.begin_once(member, begin).await {
                Err(DeskFault::Moved | DeskFault::InUse | DeskFault::Answered) => {}
                other => return other,
            }
        }
        Err(DeskFault::OutOfReach)
    }

    async fn begin_once(&self, member: &Member, begin: &Begin) -> Result<OfferId, DeskFault> {
        let receipt = match self.receipt_for(member.id.as_str(), &begin.once, &asked_of(begin)).await? {
            Receipt::Answered(result) => return Ok(OfferId::new(serde_json::from_str::<String>(&result)?)),
            Receipt::New(receipt) => receipt,
        };
        let actor = Actor::Member(member.clone());
        let current = self.current().await?;
        let (name, email) = read(begin, &current.table)?;
        let opening = self.opening_for(begin).await?;
        let id = OfferId::new(fresh::id(self.now())?);
        let entries = beginning(&opening.requisition, member, begin.engagement, &current.playbook, (&name, &email));
        let about = About::of(&read_what_stands(&entries, &current.table));
        may_begin(&actor, &id, &about)?;

        let nothing = Offer::new(id.clone());
        let facts = Facts {
            requisition: opening.requisition.clone(),
            seats_taken: std::collections::BTreeSet::new(),
            committed: Money::default(),
            other_live_offers: 0,
            eligible: std::collections::BTreeMap::new(),
            delegates: std::collections::BTreeMap::new(),
            approvers: std::collections::BTreeMap::new(),
            hours: std::collections::BTreeMap::new(),
        };
        let ground = self.ground_with(&nothing, facts, opening.tally.clone()).await?;
        let candidate = self.candidate_at(&name, &email, &actor).await?;
        let running = opening.tally.offers_numbered + 1;
        let draft = Draft {
            requisition: opening.id.clone(),
            number: format!("{}-{running}", opening.requisition.number),
            candidate: candidate.id.clone(),
            about,
        };
        let events = lifecycle::decide(&nothing, &ground.world(&actor), Command::Draft(draft))?;
        let (offer, recorded) = folded(nothing, &events, &actor, ground.now);

        let request = fresh::id(ground.now)?;
        let telling = Telling { at: ground.now, actor: &actor, request: &request, playbook: current.version };
        let mut rows = candidate.events;
        let mut changes = candidate.changes;
        if opening.is_new {
            let (events, opened) = self.opened(&opening.id, opening.requisition.clone(), &actor, running).await?;
            rows.extend(events);
            changes.extend(opened);
            changes.extend(opening.counted);
        } else {
            changes.push(Change::Tally(TallyRow { offers_numbered: running, ..opening.tally }));
        }
        rows.extend(self.written(OFFER, id.as_str(), Head::NONE, &events, telling, Some(&candidate.key))?);
        let chosen = opening.requisition.prefill.get(&field::ENGAGEMENT).is_none().then_some(field::ENGAGEMENT);
        let typed = [field::CANDIDATE_NAME, field::CANDIDATE_EMAIL].into_iter().chain(chosen);
        let hands = typed.map(|field| (field, Hand::of_the_first(&member.id))).collect();
        changes.push(self.draft_row(id.as_str(), &entries, hands, ground.now, &candidate.key)?);
        let place = project::place(
            &offer,
            Placing {
                history: &recorded,
                entries: Some(&entries),
                pinned: &current.playbook,
                current: &current.playbook,
                changed_at: ground.now,
            },
        )?;
        changes.push(Change::Board(Box::new(place)));
        if let Some(receipt) = receipt {
            let result = serde_json::to_string(id.as_str())?;
            changes.push(Change::Receipt(ReceiptRow { at: ground.now.micros(), result, ..receipt }));
        }
        self.store.append(Append { firm: self.firm().to_owned(), events: rows, changes, ..Append::default() }).await?;
        Ok(id)
    }

    async fn opening_for(&self, begin: &Begin) -> Result<Opening, DeskFault> {
        if let Some(id) = &begin.requisition {
            let requisition = self.opening(id).await?;
            let tally = self.store.tally(self.firm(), id.as_str()).await?;
            return Ok(Opening { id: id.clone(), requisition, tally, is_new: false, counted: None });
        }
        let was = self.store.counter(self.firm(), OPENINGS).await?;
        let mut now = was.max(OPENINGS_FROM) + 1;
        while self.store.requisition_by_number(self.firm(), &format!("REQ-{now}")).await?.is_some() {
            now += 1;
        }
        let id = RequisitionId::new(fresh::id(self.now())?);
        let tally = self.store.tally(self.firm(), id.as_str()).await?;
        let mut prefill = Entries::default();
        if let Some(engagement) = begin.engagement {
            prefill.set(field::ENGAGEMENT, engagement.code());
        }
        let requisition = Requisition {
            number: format!("REQ-{now}"),
            seats: 1,
            pay_min: None,
            pay_max: None,
            budget: None,
            budget_period: BudgetPeriod::default(),
            prefill,
        };
        let counted = Some(Change::Count { name: OPENINGS.to_owned(), was, now });
        Ok(Opening { id, requisition, tally, is_new: true, counted })
    }
}

/// The opening that a draft is begun for.
struct Opening {
    id: RequisitionId,
    requisition: Requisition,
    tally: TallyRow,
    is_new: bool,
    counted: Option<Change>,
}

fn asked_of(begin: &Begin) -> Digest {
    Digest::of(format!("{:?} {:?} {} {}", begin.requisition, begin.engagement, begin.name, begin.email).as_bytes())
}

/// Name and address, and that a blank intake says who hires whom.
fn read(begin: &Begin, table: &FieldTable) -> Result<(String, String), DeskFault> {
    let mut problems = Vec::new();
    let mut read = |key: FieldKey, typed: &str| {
        let fault = match table.get(&key) {
            _ if typed.trim().is_empty() => Some(Fault::Missing { gate: Gate::Submit }),
            Some(spec) => intake::read_value(typed, spec).err(),
            None => Some(Fault::NotAField),
        };
        problems.extend(fault.map(|fault| Problem { field: key, fault }));
        typed.trim().to_owned()
    };
    let name = read(field::CANDIDATE_NAME, &begin.name);
    let email = read(field::CANDIDATE_EMAIL, &begin.email);
    if begin.requisition.is_none() && begin.engagement.is_none() {
        problems.push(Problem { field: field::ENGAGEMENT, fault: Fault::Missing { gate: Gate::Submit } });
    }
    if problems.is_empty() { Ok((name, email)) } else { Err(DeskFault::Problems(problems)) }
}

/// What the intake begins with: the opening's own entries, then what follows from the engagement, the client's sheet and who types.
fn beginning(
    requisition: &Requisition,
    member: &Member,
    engagement: Option<Engagement>,
    playbook: &Playbook,
    (name, email): (&str, &str),
) -> Entries {
    let mut entries = requisition.prefill.clone();
    entries.set(field::CANDIDATE_NAME, name);
    entries.set(field::CANDIDATE_EMAIL, email);
    let mut default = |key: FieldKey, text: String| {
        if entries.get(&key).is_none() && !text.is_empty() {
            entries.set(key, text);
        }
    };
    default(field::ENGAGEMENT, engagement.map(|engagement| engagement.code().to_owned()).unwrap_or_default());
    default(field::HIRE_KIND, "new".to_owned());
    default(field::RECRUITER, member.id.as_str().to_owned());
    default(field::EMPLOYMENT_TYPE, "full_time".to_owned());
    default(field::TEAM, member.team.as_ref().map(ToString::to_string).unwrap_or_default());
    let engagement = requisition.prefill.get(&field::ENGAGEMENT).and_then(Engagement::parse).or(engagement);
    let billed = engagement.is_some_and(Engagement::is_billed);
    default(field::PAY_FREQUENCY, if billed { "weekly" } else { "biweekly" }.to_owned());
    if let Some(zone) = requisition.prefill.get(&field::STATE).and_then(zone_of_state) {
        default(field::ACCEPT_BY_ZONE, zone.to_owned());
    } else if let Some(zone) = OFFERED_ZONES.iter().find(|zone| **zone == playbook.working_time.zone) {
        default(field::ACCEPT_BY_ZONE, (*zone).to_owned());
    }
    if requisition.prefill.get(&field::CLASSIFICATION) == Some("exempt") {
        default(field::OVERTIME_RULE, words::NO_OVERTIME.to_owned());
    }
    if let Some(client) = requisition.client().and_then(|code| playbook.client(&code)) {
        default(field::CLAUSES, client.required_clauses.iter().map(|clause| clause.as_str()).collect::<Vec<_>>().join(";"));
        default(field::ATTACHMENTS, client.required_attachments.join(";"));
        default(field::OVERTIME_RULE, client.overtime_rule.clone());
        default(field::BUSINESS_LINE, client.business_line.clone());
        default(field::REGION, client.region.clone());
        if billed && client.msp_fee.0 > 0 {
            default(field::MSP_FEE, client.msp_fee.to_string());
        }
    }
    entries
}

/// Whoever begins a draft must be allowed to fill it, once it exists.
fn may_begin(actor: &Actor, id: &OfferId, about: &About) -> Result<(), DeskFault> {
    let to_be = Offer { about: about.clone(), ..Offer::new(id.clone()) };
    match access::may(actor, Action::Draft, &to_be.subject()) {
        Access::Allowed => Ok(()),
        Access::Denied(because) => Err(Refusal::NotAllowed { because }.into()),
        Access::Hidden => Err(Refusal::NotAllowed { because: Denial::NotYourOffer }.into()),
    }
}

fn folded(mut offer: Offer, events: &[Event], actor: &Actor, at: offer::moment::Moment) -> (Offer, Vec<Recorded>) {
    let by = By { kind: actor.kind(), id: actor.id().to_owned() };
    let mut history = Vec::with_capacity(events.len());
    for event in events {
        let recorded = Recorded { seq: offer.seq + 1, at, by: by.clone(), event: event.clone() };
        offer.apply(&recorded);
        history.push(recorded);
    }
    (offer, history)
}

/// The zones that the intake offers for an accept-by.
const OFFERED_ZONES: [&str; 7] = [
    "America/New_York",
    "America/Chicago",
    "America/Denver",
    "America/Phoenix",
    "America/Los_Angeles",
    "America/Anchorage",
    "Pacific/Honolulu",
];

/// The zone in which most people of a state live; nothing where the intake offers none for it.
fn zone_of_state(state: &str) -> Option<&'static str> {
    Some(match state.trim().to_ascii_uppercase().as_str() {
        "CT" | "DC" | "DE" | "FL" | "GA" | "IN" | "KY" | "MA" | "MD" | "ME" | "MI" | "NC" | "NH" | "NJ" | "NY" | "OH" | "PA" | "RI"
        | "SC" | "VA" | "VT" | "WV" => "America/New_York",
        "AL" | "AR" | "IA" | "IL" | "KS" | "LA" | "MN" | "MO" | "MS" | "ND" | "NE" | "OK" | "SD" | "TN" | "TX" | "WI" => "America/Chicago",
        "CO" | "ID" | "MT" | "NM" | "UT" | "WY" => "America/Denver",
        "AZ" => "America/Phoenix",
        "CA" | "NV" | "OR" | "WA" => "America/Los_Angeles",
        "AK" => "America/Anchorage",
        "HI" => "Pacific/Honolulu",
        _ => return None,
    })
}
