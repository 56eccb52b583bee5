//! The demo's files carried out at a real desk.

use std::{fs, sync::Arc};

use offer::access::Actor;
use offer::id::{FirmId, role};

use super::*;
use crate::clock::Clock;
use crate::desk::{HouseDesk, HouseSettings};
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
