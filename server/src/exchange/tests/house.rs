//! The demo's files carried out at a real desk.

use std::{fs, sync::Arc};

use offer::access::Actor;
use offer::id::{FirmId, role};

use super::*;
use crate::clock::Clock;
use crate::desk::{DeskFault, HouseDesk, HouseSettings};
use crate::outbox::Mailbox;
use crate::store::{Database, Store};
use crate::vault::folder::KeyFolder;

fn operator() -> Actor {
    Actor::Operator { os_user: "tester".into() }
}

async fn desk(folder: &std::path::Path) -> HouseDesk {
    let clock = folder.join("clock");
    fs::write(&clock, "2026-11-20T18:00:00Z").unwrap();
    let store = Store::open(&Database::Folder(folder.join("data"))).await.unwrap();
    let vault = Arc::new(KeyFolder::of(&folder.join("home")).create().unwrap());
    let settings = HouseSettings {
        firm: FirmId::new("harborpine"),
        public_url: "http://127.0.0.1:3000".into(),
        mail_from: Mailbox { name: None, address: "offers@harborpine.example".into() },
        demo: None,
    };
    let desk = HouseDesk::new(store, vault, Arc::new(Clock::rehearsal(&clock).unwrap()), settings);
    desk.publish(the_playbook(), 0, &operator()).await.unwrap();
    desk
}

#[tokio::test]
async fn a_dry_run_says_what_an_import_will_do_and_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path()).await;
    let dry = run(&desk, &all_four(), true, &operator()).await.unwrap();
    assert!(dry.report.dry_run && dry.report.published.is_none() && dry.joined.is_empty());
    assert_eq!(desk.people().await.unwrap().len() + desk.requisitions_all().await.unwrap().len(), 0);
    assert_eq!(desk.current().await.unwrap().version, 1);
    let done = run(&desk, &all_four(), false, &operator()).await.unwrap();
    assert_eq!((&done.report.rows, &done.report.problems), (&dry.report.rows, &dry.report.problems));
}

#[tokio::test]
async fn the_demo_files_are_taken_in_once_and_only_the_people_file_invites() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path()).await;
    let done = run(&desk, &all_four(), false, &operator()).await.unwrap();
    assert!(done.report.is_whole());
    assert_eq!((done.report.published, done.joined.len()), (Some(2), 24));
    let people = desk.people().await.unwrap();
    let called = |name: &str| people.iter().find(|one| one.person.name() == Some(name)).unwrap();
    assert_eq!(called("Ava Nguyen").person.manager.as_ref(), Some(&called("Grace O'Brien").id));
    assert!(called("Priya Raman").is_contact && called("Priya Raman").person.is(&role::CLIENT_CONTACT));
    let openings = desk.requisitions_all().await.unwrap();
    assert_eq!(openings.len(), 25);
    assert_eq!(openings.iter().find(|(_, one)| one.number == "REQ-1000").unwrap().1.recruiter(), Some(called("Ava Nguyen").id.clone()));

    let again = run(&desk, &all_four(), false, &operator()).await.unwrap();
    assert_eq!(again.report.count(RowOutcome::Unchanged), again.report.rows.len());
    assert_eq!((again.report.published, again.joined.len()), (None, 0));
    assert_eq!(desk.current().await.unwrap().version, 2);
}

#[tokio::test]
async fn the_four_imports_run_one_after_another_as_well() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path()).await;
    for file in [people(PEOPLE), clients(CLIENTS), bands(BANDS), requisitions(REQUISITIONS)] {
        assert!(run(&desk, &[file], false, &operator()).await.unwrap().report.is_whole());
    }
    assert_eq!(desk.current().await.unwrap().version, 3);
    let bad = run(&desk, &[requisitions(BAD)], false, &operator()).await.unwrap().report;
    let counts = [RowOutcome::Added, RowOutcome::Unchanged, RowOutcome::Faulty].map(|outcome| bad.count(outcome));
    assert_eq!((counts, bad.problems.len()), ([1, 1, 5], 5));
    assert_eq!(desk.requisitions_all().await.unwrap().len(), 26);
}

/// People and openings of a large import, as many of each: ten thousand rows.
const MANY: usize = 5_000;

#[tokio::test]
async fn ten_thousand_rows_are_taken_in_at_once_and_known_again() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path()).await;
    run(&desk, &all_four(), false, &operator()).await.unwrap();
    let many = [people(&many_people()), requisitions(&many_openings())];

    let done = run(&desk, &many, false, &operator()).await.unwrap();
    assert_eq!(done.report.problems, []);
    assert_eq!((done.report.count(RowOutcome::Added), done.joined.len()), (2 * MANY, MANY));
    assert_eq!(desk.people().await.unwrap().len(), 24 + MANY);
    let roster = desk.roster().await.unwrap();
    let called = |name: &str| roster.all().find(|one| one.person.name() == Some(name)).unwrap();
    assert_eq!(called("Person 4999").person.manager.as_ref(), Some(&called("Person 4990").id), "managers are named by id");
    let openings = desk.requisitions_all().await.unwrap();
    assert_eq!(openings.len(), 25 + MANY);
    let last = &openings.iter().find(|(_, one)| one.number == "REQ-14999").unwrap().1;
    assert_eq!((last.seats, last.recruiter()), (4, Some(called("DeShawn Hall").id.clone())));

    let one_more_seat = many_openings().replace(",4,Account Executive,", ",5,Account Executive,");
    let changed = run(&desk, &[requisitions(&one_more_seat)], false, &operator()).await.unwrap().report;
    assert_eq!((changed.count(RowOutcome::Changed), changed.count(RowOutcome::Unchanged)), (MANY / 4, MANY - MANY / 4));
    let (id, _) = openings.iter().find(|(_, one)| one.number == "REQ-14999").unwrap();
    assert_eq!(desk.store.tally(desk.firm(), id.as_str()).await.unwrap().seats, 5);
    let verified = desk.verify().await.unwrap();
    assert!(verified.broken.is_empty(), "{:?}", verified.broken);
}

/// Recruiters in groups of ten, each with a manager of their own.
fn many_people() -> String {
    let mut text = PEOPLE.lines().next().unwrap().to_owned();
    for number in 0..MANY {
        let manager = if number % 10 == 0 {
            "grace.obrien@harborpine.example".to_owned()
        } else {
            format!("person{}@harborpine.example", number / 10 * 10)
        };
        text.push_str(&format!(
            "\nperson{number}@harborpine.example,Person {number},recruiter,recruiting,Recruiting,,,,{manager},,,America/Chicago"
        ));
    }
    text
}

/// Openings of our own, of one to four seats.
fn many_openings() -> String {
    let own = REQUISITIONS.lines().find(|line| line.starts_with("REQ-1023,")).unwrap();
    let mut text = REQUISITIONS.lines().next().unwrap().to_owned();
    for number in 0..MANY {
        let row = own.replacen("REQ-1023,internal,,1,", &format!("REQ-{},internal,,{},", 10_000 + number, number % 4 + 1), 1);
        text.push('\n');
        text.push_str(&row);
    }
    text
}

#[tokio::test]
async fn what_was_shown_is_what_is_done_and_otherwise_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk(folder.path()).await;
    run(&desk, &all_four(), false, &operator()).await.unwrap();
    let seats = |seats: &str| requisitions(&with_cell(REQUISITIONS, "REQ-1007", "seats", seats));

    let shown = look(&desk, &[seats("5")], &operator()).await.unwrap();
    assert!(shown.report.dry_run && shown.report.count(RowOutcome::Changed) == 1);
    assert_eq!(look(&desk, &[seats("5")], &operator()).await.unwrap().proof, shown.proof, "the same look twice is the same");
    // somebody else changes the same opening to something else: the row is still a change, and yet another one
    run(&desk, &[seats("7")], false, &operator()).await.unwrap();
    let refused = run_as_shown(&desk, &[seats("5")], shown.proof, &operator()).await;
    assert_eq!(refused.unwrap_err(), DeskFault::Moved);
    let opening = |openings: Vec<(offer::id::RequisitionId, offer::requisition::Requisition)>| {
        openings.into_iter().find(|(_, one)| one.number == "REQ-1007").unwrap().1
    };
    assert_eq!(opening(desk.requisitions_all().await.unwrap()).seats, 7);

    let again = look(&desk, &[seats("5")], &operator()).await.unwrap();
    let done = run_as_shown(&desk, &[seats("5")], again.proof, &operator()).await.unwrap();
    assert_eq!(done.report.rows, again.report.rows);
    assert_eq!(opening(desk.requisitions_all().await.unwrap()).seats, 5);
}
