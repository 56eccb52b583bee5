//! Openings: every column becomes what an offer begins with, field by field as it would be typed.

use std::collections::BTreeMap;

use offer::engagement::Engagement;
use offer::field::{self, FieldKey};
use offer::id::{ClientCode, ContingencyKind, PersonId, role};
use offer::import::{ImportFault, ImportKind, RowOutcome};
use offer::money::{BasisPoints, Hundredths, Money};
use offer::playbook::{CapOn, Client, Playbook};
use offer::requisition::{BudgetPeriod, Requisition};
use offer::terms::Entries;

use super::cells::Cells;
use super::clients::someone;
use super::people::Directory;
use super::plan::Planning;
use super::sheet::Row;

pub(super) const COLUMNS: &[&str] = &[
    "requisition_id",
    "engagement",
    "client_code",
    "seats",
    "title",
    "occupation_code",
    "business_line",
    "region",
    "department",
    "level",
    "cost_center",
    "pay_basis",
    "pay_min",
    "pay_max",
    "burden_pct",
    "bill_rate",
    "bill_ot_multiplier",
    "cap_on",
    "cap_amount",
    "fee_pct",
    "conversion_fee_pct",
    "state",
    "city",
    "remote",
    "exemption",
    "hours_per_week",
    "shift",
    "hiring_manager_email",
    "client_contact_email",
    "recruiter_email",
    "account_manager_email",
    "target_start",
    "target_end",
    "budget_amount",
    "budget_period",
    "contingencies",
];

/// Columns that are typed into a field as they are.
const TYPED: &[(&str, FieldKey)] = &[
    ("title", field::JOB_TITLE),
    ("occupation_code", field::OCCUPATION_CODE),
    ("business_line", field::BUSINESS_LINE),
    ("region", field::REGION),
    ("department", field::DEPARTMENT),
    ("level", field::LEVEL),
    ("cost_center", field::COST_CENTER),
    ("pay_basis", field::PAY_BASIS),
    ("burden_pct", field::BURDEN),
    ("bill_rate", field::BILL_RATE),
    ("bill_ot_multiplier", field::BILL_OVERTIME),
    ("fee_pct", field::FEE),
    ("conversion_fee_pct", field::CONVERSION_FEE),
    ("state", field::STATE),
    ("city", field::CITY),
    ("remote", field::REMOTE),
    ("exemption", field::CLASSIFICATION),
    ("hours_per_week", field::HOURS_PER_WEEK),
    ("target_start", field::START),
    ("target_end", field::END),
];

/// Columns without which an opening says too little.
const NEEDED: &[&str] = &["title", "department", "level", "pay_basis", "state", "city"];

pub(super) fn key_of(row: &Row) -> String {
    row.text("requisition_id").unwrap_or_default().to_owned()
}

/// An opening whose people stand by address until they have ids.
#[derive(Clone, Debug)]
pub(super) struct PlannedRequisition {
    requisition: Requisition,
    people: Vec<(FieldKey, String)>,
}

impl PlannedRequisition {
    /// What people call it.
    pub(super) fn number(&self) -> &str {
        &self.requisition.number
    }

    /// Everything that it says, for a proof.
    pub(super) fn parts(&self) -> (&Requisition, &[(FieldKey, String)]) {
        (&self.requisition, &self.people)
    }

    /// The opening with its people by id; nothing while one of them has none.
    pub(super) fn with_people(&self, id_of: impl Fn(&str) -> Option<PersonId>) -> Option<Requisition> {
        let mut requisition = self.requisition.clone();
        for (field, email) in &self.people {
            requisition.prefill.set(field.clone(), id_of(email)?.as_str());
        }
        Some(requisition)
    }
}

pub(super) fn plan(planning: &mut Planning<'_>, rows: &[Row], directory: &Directory, playbook: &Playbook) -> Vec<PlannedRequisition> {
    let known: BTreeMap<String, Requisition> =
        planning.known.requisitions.iter().map(|(_, known)| (known.number.clone(), known.clone())).collect();
    let mut changes = Vec::new();
    for row in rows {
        let mut cells = Cells::of(row);
        let Some(planned) = requisition(&mut cells, planning, directory, playbook).filter(|_| !cells.faults.stop()) else {
            planning.leave_out(ImportKind::Requisitions, row, &key_of(row), cells.faults);
            continue;
        };
        let as_it_stands = planned.with_people(|email| directory.id(email).cloned());
        let outcome = match known.get(&planned.requisition.number) {
            None => RowOutcome::Added,
            Some(known) if as_it_stands.as_ref() == Some(known) => RowOutcome::Unchanged,
            Some(_) => RowOutcome::Changed,
        };
        planning.tell(ImportKind::Requisitions, row, &key_of(row), outcome);
        if outcome != RowOutcome::Unchanged {
            changes.push(planned);
        }
    }
    changes
}

fn requisition(cells: &mut Cells<'_>, planning: &Planning<'_>, directory: &Directory, playbook: &Playbook) -> Option<PlannedRequisition> {
    let number = cells.needed("requisition_id").map(str::to_owned);
    let seats = cells.count("seats");
    let engagement = cells.code("engagement", Engagement::parse, &Engagement::ALL.map(Engagement::code))?;
    let mut prefill = Entries::default();
    prefill.set(field::ENGAGEMENT, engagement.code());
    for column in NEEDED {
        let _ = cells.needed(column);
    }
    for (column, field) in TYPED {
        if is_of(cells, planning, column, field, engagement)
            && let Some(typed) = cells.typed(column, field, &planning.table)
        {
            prefill.set(field.clone(), typed);
        }
    }
    // only assignments have shifts; elsewhere the column says when work is done
    let shift = if engagement.is_billed() { field::SHIFT } else { field::SCHEDULE };
    if let Some(typed) = cells.typed("shift", &shift, &planning.table) {
        prefill.set(shift, typed);
    }
    let client = client(cells, planning, playbook, engagement);
    let people = people(cells, planning, directory, client, engagement);
    cap(cells, planning, engagement, &mut prefill);
    contingencies(cells, playbook, &mut prefill);
    let (pay_min, pay_max) = pay_range(cells);
    let budget = cells.money("budget_amount");
    let budget_period = match (budget, cells.row.text("budget_period")) {
        (None, None) => Some(BudgetPeriod::default()),
        _ => cells.code("budget_period", period, &["assignment", "year"]),
    };
    if let (Some(start), Some(end)) = (cells.row.text("target_start"), cells.row.text("target_end"))
        && let (Some(start), Some(end)) = (super::dates::date(start), super::dates::date(end))
        && end < start
    {
        cells.fault("target_end", ImportFault::EndsBeforeStart);
    }
    of_the_client(cells, planning, client, engagement, playbook, &mut prefill);
    let recruiter = people.iter().find(|(field, _)| *field == field::RECRUITER);
    if let Some(team) = recruiter.and_then(|(_, email)| directory.person(email)?.team.clone()) {
        prefill.set(field::TEAM, team.as_str());
    }
    let requisition = Requisition { number: number?, seats: seats?, pay_min, pay_max, budget, budget_period: budget_period?, prefill };
    Some(PlannedRequisition { requisition, people })
}

/// Whether a filled column belongs to the engagement; a filled one that does not is a fault, an empty one is nothing.
fn is_of(cells: &mut Cells<'_>, planning: &Planning<'_>, column: &str, field: &FieldKey, engagement: Engagement) -> bool {
    if cells.row.text(column).is_none() {
        return false;
    }
    let applies = planning.table.get(field).is_some_and(|spec| spec.applies_to(engagement));
    if !applies {
        cells.fault(column, ImportFault::NotOfEngagement);
    }
    applies
}

fn client<'p>(cells: &mut Cells<'_>, planning: &Planning<'_>, playbook: &'p Playbook, engagement: Engagement) -> Option<&'p Client> {
    if !engagement.has_client() {
        is_of(cells, planning, "client_code", &field::CLIENT, engagement);
        return None;
    }
    let code = ClientCode::new(cells.needed("client_code")?);
    let client = playbook.client(&code);
    if client.is_none() {
        cells.fault("client_code", ImportFault::UnknownClient { client: code });
    }
    client
}

fn people(
    cells: &mut Cells<'_>,
    planning: &Planning<'_>,
    directory: &Directory,
    client: Option<&Client>,
    engagement: Engagement,
) -> Vec<(FieldKey, String)> {
    let asked = [
        ("hiring_manager_email", field::HIRING_MANAGER, None, engagement == Engagement::Internal),
        ("client_contact_email", field::CLIENT_CONTACT, Some(role::CLIENT_CONTACT), engagement.has_client()),
        ("recruiter_email", field::RECRUITER, None, true),
        ("account_manager_email", field::ACCOUNT_MANAGER, Some(role::ACCOUNT_MANAGER), engagement.has_client()),
    ];
    let mut people = Vec::new();
    for (column, field, role, is_needed) in asked {
        if !is_needed {
            is_of(cells, planning, column, &field, engagement);
            continue;
        }
        let Some(email) = someone(cells, directory, column, role.as_ref()) else { continue };
        let person = directory.person(&email);
        if field == field::CLIENT_CONTACT {
            let foreign = client.filter(|client| person.is_some_and(|person| !person.clients.contains(&client.code)));
            if let Some(client) = foreign {
                cells.fault(column, ImportFault::NotTheirClient { client: client.code.clone() });
            }
        } else if role.is_none() && person.is_some_and(|person| person.is(&role::CLIENT_CONTACT) || person.is_program()) {
            // a recruiter or hiring manager is a human being who works for the firm
            cells.fault(column, ImportFault::OtherKind);
        }
        people.push((field, email));
    }
    people
}

/// A cap stands on bill or pay as an amount, on markup as a fraction: `0.60` is 60 %.
fn cap(cells: &mut Cells<'_>, planning: &Planning<'_>, engagement: Engagement, prefill: &mut Entries) {
    match (cells.row.text("cap_on"), cells.row.text("cap_amount")) {
        (None, None) => return,
        (Some(_), None) => return cells.fault("cap_amount", ImportFault::CapHalfGiven),
        (None, Some(_)) => return cells.fault("cap_on", ImportFault::CapHalfGiven),
        (Some(_), Some(_)) => {}
    }
    if !is_of(cells, planning, "cap_on", &field::BILL_CAP_ON, engagement) {
        return;
    }
    let Some(on) = cells.code("cap_on", CapOn::parse, &CapOn::ALL.map(CapOn::code)) else { return };
    prefill.set(field::BILL_CAP_ON, on.code());
    if on == CapOn::Markup {
        let fraction = |text: &str| Hundredths::parse(text).filter(|fraction| fraction.0 >= 0);
        match cells.row.text("cap_amount").and_then(fraction) {
            Some(fraction) => prefill.set(field::BILL_CAP_MARKUP, BasisPoints(fraction.0.saturating_mul(100)).to_string()),
            None => cells.fault("cap_amount", ImportFault::Value { value: offer::intake::Fault::NotANumber }),
        }
    } else if let Some(typed) = cells.typed("cap_amount", &field::BILL_CAP, &planning.table) {
        prefill.set(field::BILL_CAP, typed);
    }
}

fn contingencies(cells: &mut Cells<'_>, playbook: &Playbook, prefill: &mut Entries) {
    let kinds: Vec<ContingencyKind> = cells.row.list("contingencies").into_iter().map(ContingencyKind::new).collect();
    for kind in kinds.iter().filter(|kind| !playbook.contingencies.iter().any(|rule| rule.key == **kind)) {
        cells.fault("contingencies", ImportFault::UnknownContingency { contingency: kind.clone() });
    }
    if !kinds.is_empty() {
        prefill.set(field::CONTINGENCIES, joined(kinds.iter().map(ContingencyKind::as_str)));
    }
}

fn pay_range(cells: &mut Cells<'_>) -> (Option<Money>, Option<Money>) {
    let [min, max] = ["pay_min", "pay_max"].map(|column| cells.money(column));
    if let (Some(min), Some(max)) = (min, max)
        && min > max
    {
        cells.fault("pay_min", ImportFault::MinAboveMax { min, max });
    }
    (min, max)
}

/// What the sheet of the client, or the firm itself, adds to every opening.
fn of_the_client(
    cells: &Cells<'_>,
    planning: &Planning<'_>,
    client: Option<&Client>,
    engagement: Engagement,
    playbook: &Playbook,
    prefill: &mut Entries,
) {
    let place = client.map_or(&playbook.firm.name, |client| &client.name);
    // the letter adds city and state; a remote opening may have neither
    if cells.row.text("city").is_some() {
        prefill.set(field::WORKSITE, place);
    }
    let Some(client) = client else { return };
    prefill.set(field::CLIENT, client.code.as_str());
    let applies = |field: &FieldKey| planning.table.get(field).is_some_and(|spec| spec.applies_to(engagement));
    if applies(&field::MSP_FEE) {
        prefill.set(field::MSP_FEE, client.msp_fee.to_string());
    }
    if cells.row.text("exemption") == Some("non_exempt") && !client.overtime_rule.is_empty() {
        prefill.set(field::OVERTIME_RULE, client.overtime_rule.as_str());
    }
    if !client.required_clauses.is_empty() {
        prefill.set(field::CLAUSES, joined(client.required_clauses.iter().map(|clause| clause.as_str())));
    }
    if !client.required_attachments.is_empty() {
        prefill.set(field::ATTACHMENTS, joined(client.required_attachments.iter().map(String::as_str)));
    }
}

fn joined<'t>(codes: impl Iterator<Item = &'t str>) -> String {
    codes.collect::<Vec<_>>().join(";")
}

fn period(text: &str) -> Option<BudgetPeriod> {
    match text {
        "assignment" => Some(BudgetPeriod::Assignment),
        "year" => Some(BudgetPeriod::Year),
        _ => None,
    }
}
