//! Rows: good ones are kept, every fault is precise, and files may refer to one another.

use offer::id::{ClauseKey, ClientCode, Role, role};
use offer::import::ImportColumn;
use offer::intake;

use super::*;

#[test]
fn a_mark_of_byte_order_and_either_ending_of_lines_are_as_good_as_none() {
    fn unix(csv: &str) -> String {
        csv.replace("\r\n", "\n")
    }
    fn windows(csv: &str) -> String {
        format!("\u{feff}{}", unix(csv).replace('\n', "\r\n"))
    }
    let forms: [fn(&str) -> String; 2] = [unix, windows];
    for written in forms {
        let files = [people(&written(PEOPLE)), clients(&written(CLIENTS)), bands(&written(BANDS)), requisitions(&written(REQUISITIONS))];
        let again = plan(&files, &the_demo());
        assert_eq!(again.report.problems, []);
        assert_eq!(again.report.count(RowOutcome::Unchanged), again.report.rows.len());
        let bad = plan(&[requisitions(&written(BAD))], &the_demo()).report;
        assert_eq!(faults(&bad).into_iter().map(|(line, ..)| line).collect::<Vec<_>>(), [3, 4, 5, 6, 7]);
    }
}

/// The same file with other separators, as spreadsheets of other countries save it.
fn separated_by(separator: u8, csv: &str) -> String {
    let mut reader = ::csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    let mut writer = ::csv::WriterBuilder::new().delimiter(separator).terminator(::csv::Terminator::CRLF).from_writer(Vec::new());
    for record in reader.records() {
        writer.write_record(&record.unwrap()).unwrap();
    }
    format!("\u{feff}{}", String::from_utf8(writer.into_inner().unwrap()).unwrap())
}

#[test]
fn semicolons_and_tabs_separate_cells_as_well_as_commas() {
    for separator in [b';', b'\t'] {
        let written = |csv| separated_by(separator, csv);
        let files = [people(&written(PEOPLE)), clients(&written(CLIENTS)), bands(&written(BANDS)), requisitions(&written(REQUISITIONS))];
        for file in &files {
            assert_eq!(kind_of(&file.bytes), Some(file.kind));
        }
        let again = plan(&files, &the_demo());
        assert_eq!(again.report.problems, []);
        assert_eq!(again.report.count(RowOutcome::Unchanged), again.report.rows.len());
        let bad = plan(&[requisitions(&written(BAD))], &the_demo()).report;
        assert_eq!(faults(&bad), faults(&plan(&[requisitions(BAD)], &the_demo()).report));
    }
}

#[test]
fn a_cell_in_quotes_may_hold_separators_and_break_its_line_and_the_lines_behind_it_keep_their_numbers() {
    let csv = with_cell(BANDS, "Recruiting", "source", "own survey,\r\nsecond round; \"final\"");
    let csv = with_cell(&csv, "Lending", "pay_mid", "84,OOO");
    let broken = plan(&[bands(&csv)], &nothing());
    let after_the_break = u64::try_from(csv[..csv.find("Lending").unwrap()].matches('\n').count()).unwrap() + 1;
    assert_eq!(faults(&broken.report), [(after_the_break, "pay_mid", ImportFault::Value { value: intake::Fault::NotMoney })]);
    let playbook = broken.playbook.unwrap();
    let band = playbook.bands.iter().find(|band| band.department == "Recruiting").unwrap();
    assert_eq!(band.source, "own survey, second round; \"final\"");
}

#[test]
fn a_quote_that_is_not_closed_is_named_by_the_line_where_it_opens() {
    let csv = BANDS.replacen("market survey", "\"market survey", 1);
    let report = plan(&[bands(&csv)], &nothing()).report;
    assert_eq!(faults(&report), [(4, "", ImportFault::NotCells)]);
}

#[test]
fn a_character_that_no_text_has_is_a_fault_of_its_cell() {
    let report = plan(&[bands(&with_cell(BANDS, "Recruiting", "source", "sur\u{0}vey"))], &nothing()).report;
    assert_eq!(faults(&report), [(21, "source", ImportFault::Value { value: intake::Fault::ForbiddenCharacter })]);
}

#[test]
fn a_cell_is_found_in_its_line_by_its_number() {
    let line = r#"REQ-1;"a;b";;x"#;
    let cell = |number| super::super::sheet::cell_in(line, b';', number).map(|range| &line[range]);
    assert_eq!([1, 2, 3, 4, 5].map(cell), [Some("REQ-1"), Some("\"a;b\""), Some(""), Some("x"), None]);
}

#[test]
fn a_file_is_known_by_its_first_line() {
    for (csv, kind) in
        [(PEOPLE, ImportKind::People), (CLIENTS, ImportKind::Clients), (BANDS, ImportKind::Bands), (REQUISITIONS, ImportKind::Requisitions)]
    {
        assert_eq!(kind_of(format!("\u{feff}{csv}").as_bytes()), Some(kind));
    }
    assert_eq!(kind_of(HOLIDAYS.as_bytes()), None);
}

#[test]
fn a_column_that_is_missing_is_named_once_and_the_file_left_alone() {
    let report = plan(&[bands(&BANDS.replacen("pay_mid", "pay_middle", 1))], &nothing()).report;
    assert_eq!(
        faults(&report),
        [
            (1, "", ImportFault::ColumnMissing { column: "pay_mid".into() }),
            (1, "pay_middle", ImportFault::ColumnUnknown { column: "pay_middle".into() }),
        ]
    );
    assert_eq!(report.rows, []);
}

#[test]
fn a_line_with_a_cell_too_many_is_named_and_the_others_kept() {
    let csv = BANDS.replacen("0,0,fixed", "0,0,fixed,more", 1);
    let report = plan(&[bands(&csv)], &nothing()).report;
    assert_eq!(faults(&report), [(5, "", ImportFault::CellCount { found: 13, expected: 12 })]);
    assert_eq!(report.count(RowOutcome::Added), 22);
}

#[test]
fn what_is_no_text_is_named_by_its_line() {
    let mut bytes = BANDS.as_bytes().to_vec();
    bytes[BANDS.find("market").unwrap()] = 0xff;
    let file = SourceFile { kind: ImportKind::Bands, name: "bands.csv".into(), bytes };
    assert_eq!(faults(&plan(&[file], &nothing()).report), [(4, "", ImportFault::NotText)]);
}

#[test]
fn a_fault_is_placed_by_file_line_and_the_number_of_its_column() {
    let report = plan(&[bands(&with_cell(BANDS, "Recruiting", "pay_mid", "68,OOO"))], &nothing()).report;
    let [problem] = report.problems.as_slice() else { panic!("{:?}", report.problems) };
    assert_eq!((problem.place.file.as_str(), problem.place.line), ("bands.csv", 21));
    assert_eq!(problem.place.column, Some(ImportColumn { number: 6, name: "pay_mid".into() }));
    assert_eq!(problem.fault, ImportFault::Value { value: intake::Fault::NotMoney });
}

#[test]
fn people_alone_may_name_clients_that_are_not_known_yet() {
    let report = plan(&[people(PEOPLE)], &nothing()).report;
    assert!(report.is_whole());
    assert_eq!(report.count(RowOutcome::Added), 24);
    assert!(report.problems.iter().all(|problem| matches!(problem.fault, ImportFault::ClientNotYetKnown { .. })));
}

#[test]
fn clients_and_openings_never_bring_people_along() {
    let report = plan(&[clients(CLIENTS), requisitions(REQUISITIONS)], &nothing()).report;
    assert_eq!(report.count(RowOutcome::Faulty), report.rows.len());
    assert!(
        report.problems.iter().any(|problem| problem.fault == ImportFault::UnknownPerson { email: "priya.raman@acmemed.example".into() })
    );
}

#[test]
fn a_client_goes_to_the_people_its_row_names() {
    let stranger = with_cell(PEOPLE, "ruth.feldman@northgate.example", "client_codes", "");
    let plan = plan(&[people(&stranger), clients(CLIENTS)], &nothing());
    assert_eq!(plan.report.problems, []);
    let ruth = plan.people.iter().find(|planned| planned.person.name() == Some("Ruth Feldman")).unwrap();
    assert_eq!(ruth.person.clients, [ClientCode::new("NORTHGATE")]);
}

#[test]
fn a_client_goes_to_somebody_known_and_keeps_their_manager() {
    let mut known = the_demo();
    let dana = |known: &Known| known.people.iter().position(|one| one.person.name() == Some("Dana Okafor")).unwrap();
    let at = dana(&known);
    known.people[at].person.clients = vec![ClientCode::new("CASCADE")];
    let manager = known.people[at].person.manager.clone();
    let plan = plan(&[clients(CLIENTS)], &known);
    let next = after(&plan, &known);
    let dana = &next.people[dana(&next)].person;
    assert_eq!(dana.clients, ["ACME-MED", "CASCADE", "NORTHGATE"].map(ClientCode::new));
    assert_eq!(dana.manager, manager);
    assert!(manager.is_some());
}

#[test]
fn by_a_file_of_clients_nobody_is_given_a_client_by_whoever_may_not_see_to_them() {
    let mut known = the_demo();
    let dana = known.people.iter().position(|one| one.person.name() == Some("Dana Okafor")).unwrap();
    known.people[dana].person.clients.clear();
    let (id, mut person) = (known.people[dana].id.clone(), known.people[dana].person.clone());
    assert_eq!(plan(&[clients(CLIENTS)], &known).report.problems, [], "an operator at the machine may");

    // she runs the firm and people, and would give herself clients
    person.roles.push(role::ADMIN);
    known.people[dana].person = person.clone();
    known.by = Actor::Member(Member::resolve(id, &person, offer::ledger::AuthLevel::Password, &known.playbook));
    let planned = plan(&[clients(CLIENTS)], &known);
    let own = |why| ImportFault::PersonRefused { why };
    assert!(!planned.report.problems.is_empty());
    for problem in &planned.report.problems {
        assert_eq!(problem.fault, own(offer::person::PersonRefusal::OwnPlace), "{problem:?}");
    }
    assert!(planned.people.iter().all(|planned| planned.person.name() != Some("Dana Okafor")));
}

#[test]
fn the_approval_contact_is_a_client_contact_and_the_account_manager_an_account_manager() {
    let csv = with_cell(CLIENTS, "BRIDGE", "approval_contact_email", "omar.haddad@harborpine.example");
    let report = plan(&[people(PEOPLE), clients(&csv)], &nothing()).report;
    assert_eq!(faults(&report), [(3, "approval_contact_email", ImportFault::WithoutRole { role: role::CLIENT_CONTACT })]);
}

#[test]
fn an_unknown_clause_of_a_sheet_is_a_fault_of_its_row() {
    let csv = with_cell(CLIENTS, "BRIDGE", "required_clauses", "SAFETY-FOOTWEAR;NO-SUCH");
    let report = plan(&[people(PEOPLE), clients(&csv)], &nothing()).report;
    assert_eq!(faults(&report), [(3, "required_clauses", ImportFault::UnknownClause { clause: ClauseKey::new("NO-SUCH") })]);
    assert_eq!(outcomes(&report, ImportKind::Clients).iter().filter(|(_, outcome)| *outcome == RowOutcome::Added).count(), 5);
}

#[test]
fn unknown_roles_teams_zones_and_managers_are_each_their_own_fault() {
    for (column, text, fault) in [
        ("roles", "wizard", ImportFault::UnknownRole { role: Role::new("wizard") }),
        ("team", "night desk", ImportFault::UnknownTeam { team: "night desk".into() }),
        ("time_zone", "America/Nowhere", ImportFault::NotAZone),
        ("manager_email", "nobody@harborpine.example", ImportFault::UnknownPerson { email: "nobody@harborpine.example".into() }),
        ("name", "", ImportFault::Empty),
        ("approval_limit_annual", "lots", ImportFault::Value { value: intake::Fault::NotMoney }),
    ] {
        let csv = with_cell(PEOPLE, "ava.nguyen@harborpine.example", column, text);
        let report = plan(&[people(&csv), clients(CLIENTS)], &nothing()).report;
        assert_eq!(faults(&report), [(2, column, fault)]);
    }
}

#[test]
fn by_a_file_nobody_does_to_anybody_what_they_may_not_do_by_the_page() {
    let mut known = the_demo();
    let admin = known.people.iter().find(|one| one.person.is(&role::ADMIN)).cloned().unwrap();
    let email = admin.person.email().unwrap().to_owned();
    let csv = with_cell(PEOPLE, &email, "approval_limit_annual", "900000");
    assert_eq!(plan(&[people(&csv)], &known).report.problems, [], "an operator at the machine may");
    let member = Member::resolve(admin.id.clone(), &admin.person, offer::ledger::AuthLevel::Password, &known.playbook);
    known.by = Actor::Member(member);
    let report = plan(&[people(&csv)], &known).report;
    let why = offer::person::PersonRefusal::OwnPlace;
    assert!(report.problems.iter().any(|one| one.fault == ImportFault::PersonRefused { why: why.clone() }), "{:?}", report.problems);
    assert_eq!(report.count(RowOutcome::Changed), 0);
    let other = with_cell(PEOPLE, "ava.nguyen@harborpine.example", "approval_limit_annual", "900000");
    assert_eq!(plan(&[people(&other)], &known).report.count(RowOutcome::Changed), 1, "others they may change");
}

#[test]
fn nobody_manages_themselves_however_far_around() {
    let csv = with_cell(PEOPLE, "omar.haddad@harborpine.example", "manager_email", "ruben.castillo@harborpine.example");
    let report = plan(&[people(&csv)], &nothing()).report;
    let circles: Vec<u64> =
        report.problems.iter().filter(|one| one.fault == ImportFault::ManagerCircle).map(|one| one.place.line).collect();
    assert_eq!(circles, [7, 9]);
}

#[test]
fn staff_never_turn_into_a_clients_contact_or_a_program_by_an_import() {
    for role in [role::CLIENT_CONTACT, role::INTEGRATION] {
        let csv = with_cell(PEOPLE, "ava.nguyen@harborpine.example", "roles", role.as_str());
        let report = plan(&[people(&csv)], &the_demo()).report;
        assert_eq!(faults(&report), [(2, "roles", ImportFault::OtherKind)]);
        assert_eq!(outcomes(&report, ImportKind::People)[0].1, RowOutcome::Conflict);
    }
}

#[test]
fn two_rows_of_one_key_that_say_otherwise_are_a_conflict_and_the_first_stands() {
    let other = with_cell(BANDS, "People", "pay_mid", "114000");
    let twice = SourceFile { name: "more.csv".into(), ..bands(&other) };
    let report = plan(&[bands(BANDS), twice], &nothing()).report;
    let [problem] = report.problems.as_slice() else { panic!("{:?}", report.problems) };
    assert_eq!((problem.place.file.as_str(), problem.place.line), ("more.csv", 20));
    assert_eq!(problem.fault, ImportFault::AnotherRow { file: "bands.csv".into(), line: 20 });
    assert_eq!((report.count(RowOutcome::Added), report.count(RowOutcome::Conflict), report.count(RowOutcome::Unchanged)), (23, 1, 22));
}

#[test]
fn a_column_of_another_engagement_must_be_empty() {
    let csv = with_cell(REQUISITIONS, "REQ-1020", "bill_rate", "92.00");
    let report = plan(&[requisitions(&csv)], &the_demo()).report;
    assert_eq!(faults(&report), [(22, "bill_rate", ImportFault::NotOfEngagement)]);
}

#[test]
fn the_client_contact_of_an_opening_speaks_for_its_client() {
    let csv = with_cell(REQUISITIONS, "REQ-1006", "client_contact_email", "priya.raman@acmemed.example");
    let report = plan(&[requisitions(&csv)], &the_demo()).report;
    assert_eq!(faults(&report), [(8, "client_contact_email", ImportFault::NotTheirClient { client: ClientCode::new("BRIDGE") })]);
}

#[test]
fn a_program_is_nobodys_hiring_manager_or_recruiter() {
    let integration = PEOPLE.lines().nth(1).unwrap().replace("ava.nguyen", "feed").replace(",recruiter,", ",integration,");
    let everybody = format!("{PEOPLE}{integration}\n");
    for column in ["hiring_manager_email", "recruiter_email"] {
        let csv = with_cell(REQUISITIONS, "REQ-1020", column, "feed@harborpine.example");
        let report = plan(&[people(&everybody), requisitions(&csv)], &the_demo()).report;
        assert_eq!(faults(&report), [(22, column, ImportFault::OtherKind)]);
    }
}

#[test]
fn a_change_of_one_cell_changes_one_row() {
    let report = plan(&[requisitions(&with_cell(REQUISITIONS, "REQ-1007", "seats", "5"))], &the_demo()).report;
    assert_eq!((report.count(RowOutcome::Changed), report.count(RowOutcome::Unchanged)), (1, 24));
    let planned = plan(&[bands(&with_cell(BANDS, "Recruiting", "source", "own survey"))], &the_demo());
    assert_eq!(planned.report.playbook_changes.len(), 1);
    assert_eq!(planned.report.playbook_changes[0].key, "Recruiting/R2/IL/salary");
}

#[test]
fn a_playbook_that_may_not_be_published_takes_no_clients() {
    let mut known = the_demo();
    known.playbook.rules.clear();
    let planned = plan(&[bands(&with_cell(BANDS, "Recruiting", "source", "own survey"))], &known);
    assert!(!planned.report.playbook_problems.is_empty() && planned.playbook.is_none());
    assert_eq!(planned.report.count(RowOutcome::Faulty), 23);
}
