//! Clients with their sheets, known by code: keyed items of the playbook. The people they name must be known, and get the client.

use offer::id::{ClauseKey, ClientCode, Role, role};
use offer::import::{ImportFault, ImportKind, RowOutcome};
use offer::money::BasisPoints;
use offer::playbook::{Client, Playbook};

use super::cells::Cells;
use super::people::{self, Directory};
use super::plan::{Planning, Shelf};
use super::sheet::Row;

pub(super) const COLUMNS: &[&str] = &[
    "client_code",
    "name",
    "business_line",
    "region",
    "account_manager_email",
    "approval_contact_name",
    "approval_contact_email",
    "markup_floor_pct",
    "msp_fee_pct",
    "overtime_rule",
    "required_clauses",
    "required_attachments",
    "po_required",
    "timesheet_approver_email",
    "sheet_owner_email",
    "sheet_review_date",
];

pub(super) fn key_of(row: &Row) -> String {
    row.text("client_code").unwrap_or_default().to_owned()
}

/// A row whose outcome hangs on whether the playbook it changes may be published.
pub(super) type PlaybookRow = (Row, ImportKind, String, RowOutcome);

pub(super) fn plan(planning: &mut Planning<'_>, rows: &[Row], directory: &mut Directory, next: &mut Playbook) -> Vec<PlaybookRow> {
    let mut taken = Vec::new();
    let mut shelf = Shelf::of(&mut next.clients);
    let everybody = people::everybody(planning.known);
    for row in rows {
        let mut cells = Cells::of(row);
        let read = client(&mut cells, planning, directory);
        if let Some((client, people)) = &read {
            for column in ["account_manager_email", "approval_contact_email"] {
                let email = people.iter().find(|email| row.text(column).is_some_and(|text| text.eq_ignore_ascii_case(email)));
                let moved = email.and_then(|email| Some((email, directory.with_client(email, &client.code)?)));
                let why = moved.and_then(|(email, person)| directory.refusal(planning.known, &everybody, email, person));
                if let Some(why) = why {
                    cells.fault(column, ImportFault::PersonRefused { why });
                }
            }
        }
        let Some((client, people)) = read.filter(|_| !cells.faults.stop()) else {
            planning.leave_out(ImportKind::Clients, row, &key_of(row), cells.faults);
            continue;
        };
        planning.faults.extend(cells.faults);
        for email in people {
            if directory.give_client(&email, &client.code) {
                planning.tell(ImportKind::People, row, &email, RowOutcome::Changed);
            }
        }
        let outcome = shelf.put(client);
        taken.push((row.clone(), ImportKind::Clients, key_of(row), outcome));
    }
    taken
}

/// A client, and the people who get it among theirs.
fn client(cells: &mut Cells<'_>, planning: &Planning<'_>, directory: &Directory) -> Option<(Client, Vec<String>)> {
    let playbook = &planning.known.playbook;
    let code = cells.needed("client_code").map(ClientCode::new);
    let name = cells.needed("name");
    let manager = someone(cells, directory, "account_manager_email", Some(&role::ACCOUNT_MANAGER));
    let contact = someone(cells, directory, "approval_contact_email", Some(&role::CLIENT_CONTACT));
    let owner = someone(cells, directory, "sheet_owner_email", None);
    let markup_floor = cells.percent("markup_floor_pct").unwrap_or_default();
    let msp_fee = cells.percent("msp_fee_pct").unwrap_or_default();
    share(cells, "msp_fee_pct", msp_fee);
    let required_clauses: Vec<ClauseKey> = cells.row.list("required_clauses").into_iter().map(ClauseKey::new).collect();
    for clause in required_clauses.iter().filter(|key| playbook.clause(key).is_none()) {
        cells.fault("required_clauses", ImportFault::UnknownClause { clause: clause.clone() });
    }
    let purchase_order_required = cells.yes("po_required");
    let _ = cells.email("timesheet_approver_email");
    let review_on = cells.day("sheet_review_date");
    let business_line = cells.needed("business_line")?.to_owned();
    let region = cells.needed("region")?.to_owned();
    let (code, manager, contact, owner) = (code?, manager?, contact?, owner?);
    let owner = owning_role(directory, &owner)?;
    // what the file does not say stays as it is
    let kept = playbook.client(&code).cloned();
    let client = Client {
        name: name?.to_owned(),
        legal_name: kept.as_ref().map(|client| client.legal_name.clone()).unwrap_or_default(),
        address: kept.as_ref().map(|client| client.address.clone()).unwrap_or_default(),
        business_line,
        region,
        markup_floor,
        msp_fee,
        cap: kept.and_then(|client| client.cap),
        overtime_rule: cells.some("overtime_rule"),
        required_clauses,
        required_attachments: cells.row.list("required_attachments").into_iter().map(str::to_owned).collect(),
        purchase_order_required,
        timesheet_approver: cells.some("timesheet_approver_email"),
        owner,
        review_on,
        code,
    };
    Some((client, vec![manager, contact]))
}

/// The address of somebody who is known and, where one is asked, holds the role.
pub(super) fn someone(cells: &mut Cells<'_>, directory: &Directory, column: &str, asked: Option<&Role>) -> Option<String> {
    let _ = cells.needed(column)?;
    let email = cells.email(column)?;
    match (directory.person(&email), asked) {
        (None, _) => cells.fault(column, ImportFault::UnknownPerson { email: email.clone() }),
        (Some(person), Some(role)) if !person.is(role) => cells.fault(column, ImportFault::WithoutRole { role: role.clone() }),
        (Some(_), _) => return Some(email),
    }
    None
}

/// The role under which a person answers for a sheet: the playbook names no person.
fn owning_role(directory: &Directory, email: &str) -> Option<Role> {
    let person = directory.person(email)?;
    if person.is(&role::ACCOUNT_MANAGER) { Some(role::ACCOUNT_MANAGER) } else { person.roles.first().cloned() }
}

fn share(cells: &mut Cells<'_>, column: &str, percent: BasisPoints) {
    let whole = BasisPoints(BasisPoints::WHOLE);
    if percent > whole {
        let value = offer::intake::Fault::TooLarge { max: offer::terms::Value::Percent(whole) };
        cells.fault(column, ImportFault::Value { value });
    }
}
