//! The demo firm: its playbook may be published, its four files import without a fault, and the bad file says exactly what is bad.

use offer::engagement::Engagement;
use offer::field;
use offer::id::{ClientCode, RecipientKey, Role, role};
use offer::intake;
use offer::money::{BasisPoints, Money};
use offer::playbook::{from_toml, to_toml};

use super::*;
use crate::desk::publishable;

#[test]
fn the_demo_playbook_may_be_published_and_is_written_without_loss() {
    let checked = publishable(PLAYBOOK).unwrap();
    assert_eq!(from_toml(&to_toml(&checked.playbook)).unwrap(), checked.playbook);
    assert!(checked.playbook.bands.is_empty() && checked.playbook.clients.is_empty(), "bands and clients come from their own files");
}

#[test]
fn the_demo_playbook_knows_every_role_shipped_and_every_clause_its_clients_require() {
    let playbook = the_playbook();
    for shipped in role::SHIPPED {
        assert!(playbook.roles.iter().any(|sheet| sheet.key == *shipped), "{shipped}");
    }
    let days = holidays(&people(HOLIDAYS)).unwrap();
    assert_eq!(playbook.working_time.holidays, days);
}

#[test]
fn it_receives_no_pay_and_clients_of_temps_see_no_pay() {
    let playbook = the_playbook();
    let table = playbook.field_table();
    let it = playbook.recipients.iter().find(|recipient| recipient.key == RecipientKey::new("it")).unwrap();
    assert!(it.fields.iter().all(|key| table.get(key).unwrap().side != field::Side::Package));
    let client = playbook.roles.iter().find(|sheet| sheet.key == role::CLIENT_CONTACT).unwrap();
    let seen = |engagement| offer::access::sides_of(client, Some(engagement)).to_vec();
    assert_eq!(seen(Engagement::Temp), [field::Side::Job, field::Side::Person, field::Side::Bill]);
    assert_eq!(seen(Engagement::DirectHire), [field::Side::Job, field::Side::Person, field::Side::Package, field::Side::Bill]);
    assert_eq!(seen(Engagement::Internal), []);
}

#[test]
fn the_four_demo_files_import_as_one_in_any_order() {
    let mut files = all_four();
    for _ in 0..2 {
        let plan = plan(&files, &nothing());
        assert_eq!(plan.report.problems, []);
        assert_eq!(plan.report.playbook_problems, []);
        let added = |kind| outcomes(&plan.report, kind).iter().filter(|(_, outcome)| *outcome == RowOutcome::Added).count();
        assert_eq!(ImportKind::ALL.map(added), [24, 6, 23, 25]);
        assert_eq!(plan.report.count(RowOutcome::Added), plan.report.rows.len());
        files.reverse();
    }
}

#[test]
fn importing_the_same_files_again_changes_nothing() {
    let known = the_demo();
    let again = plan(&all_four(), &known);
    assert_eq!(again.report.count(RowOutcome::Unchanged), again.report.rows.len());
    assert!(again.people.is_empty() && again.playbook.is_none() && again.requisitions.is_empty());
}

#[test]
fn the_bad_file_gives_one_good_row_one_unchanged_row_and_five_faults_each_of_its_own_kind() {
    let report = plan(&[requisitions(BAD)], &the_demo()).report;
    assert_eq!(
        outcomes(&report, ImportKind::Requisitions),
        [
            ("REQ-1000", RowOutcome::Unchanged),
            ("REQ-2001", RowOutcome::Faulty),
            ("REQ-2002", RowOutcome::Faulty),
            ("REQ-2003", RowOutcome::Faulty),
            ("REQ-2004", RowOutcome::Faulty),
            ("REQ-2005", RowOutcome::Faulty),
            ("REQ-2006", RowOutcome::Added),
        ]
    );
    assert_eq!(
        faults(&report),
        [
            (3, "seats", ImportFault::NotACount),
            (4, "client_code", ImportFault::UnknownClient { client: ClientCode::new("NOWHERE") }),
            (5, "pay_min", ImportFault::MinAboveMax { min: Money::cents(3_300), max: Money::cents(2_750) }),
            (6, "account_manager_email", ImportFault::UnknownPerson { email: "someone@nobody.example".into() }),
            (7, "target_start", ImportFault::Value { value: intake::Fault::NotADate }),
        ]
    );
}

#[test]
fn an_opening_begins_its_offers_with_everything_its_row_says() {
    let known = the_demo();
    let requisition = |number: &str| known.requisitions.iter().find(|(_, one)| one.number == number).unwrap().1.clone();
    let nurse = requisition("REQ-1000");
    assert_eq!((nurse.seats, nurse.pay_min, nurse.pay_max), (3, Some(Money::cents(5_400)), Some(Money::cents(6_600))));
    assert_eq!(nurse.budget, Some(Money::cents(8_350_000)));
    for (key, typed) in [
        (field::ENGAGEMENT, "temp"),
        (field::CLIENT, "ACME-MED"),
        (field::JOB_TITLE, "Registered Nurse, ICU"),
        (field::BILL_RATE, "92.00"),
        (field::BILL_CAP_ON, "bill"),
        (field::BILL_CAP, "96.00"),
        (field::BURDEN, "24"),
        (field::MSP_FEE, "3.5"),
        (field::CLASSIFICATION, "non_exempt"),
        (field::HOURS_PER_WEEK, "36"),
        (field::WORKSITE, "Acme Regional Medical"),
        (field::START, "2027-01-11"),
        (field::CONTINGENCIES, "background_check;drug_screen;license"),
        (field::CLAUSES, "HIPAA;FLOAT-POLICY"),
        (field::ATTACHMENTS, "Immunization record form"),
        (field::TEAM, "healthcare-desk"),
    ] {
        assert_eq!(nurse.prefill.get(&key), Some(typed), "{key}");
    }
    assert!(nurse.recruiter().is_some());
    let driver = requisition("REQ-1008");
    assert_eq!(driver.prefill.get(&field::BILL_CAP_ON), Some("markup"));
    assert_eq!(driver.prefill.get(&field::BILL_CAP_MARKUP), Some("60"));
    assert_eq!(driver.prefill.get(&field::BILL_CAP), None);
    let accountant = requisition("REQ-1020");
    assert_eq!(accountant.prefill.get(&field::WORKSITE), Some("Harbor & Pine Staffing"));
    assert_eq!(accountant.client(), None);
}

#[test]
fn what_an_opening_begins_with_reads_under_the_playbook() {
    let known = the_demo();
    let table = known.playbook.field_table();
    for (_, requisition) in &known.requisitions {
        for (key, typed) in requisition.prefill.iter() {
            let spec = table.get(key).unwrap();
            assert!(intake::read_value(typed, spec).is_ok(), "{} {key} {typed}", requisition.number);
        }
    }
}

#[test]
fn a_clients_sheet_keeps_its_figures_and_names_a_role_never_a_person() {
    let known = the_demo();
    let acme = known.playbook.client(&ClientCode::new("ACME-MED")).unwrap();
    assert_eq!((acme.markup_floor, acme.msp_fee), (BasisPoints(3_800), BasisPoints(350)));
    assert_eq!(acme.owner, Role::new("account_manager"));
    assert!(acme.purchase_order_required);
    let text = to_toml(&known.playbook);
    for person in &known.people {
        let email = person.person.email().unwrap();
        assert!(!text.contains(email) || acme_timesheets(&known, email), "{email}");
    }
}

/// A timesheet approver is an address by design, even where a person reads it.
fn acme_timesheets(known: &Known, email: &str) -> bool {
    known.playbook.clients.iter().any(|client| client.timesheet_approver == email)
}
