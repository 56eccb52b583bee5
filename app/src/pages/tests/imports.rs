//! The page of imports.

use std::sync::Arc;

use leptos_router::params::ParamsMap;
use offer::access::RoleSheet;
use offer::id::role;
use offer::import::{ImportColumn, ImportFault, ImportKind, ImportPlace, ImportProblem, RowOutcome};

use super::{FakeDesk, desk::recruiter, html, now};
use crate::desk::{Browser, FileLine, ImportCounts, ImportDone, ImportFile, ImportLook, ImportPage, Notice, Viewer};
use crate::pages::Visit;
use crate::pages::imports::imports;

/// Somebody whose role runs the firm.
fn administrator() -> Viewer {
    let Viewer::Staff { mut member, name, zone, proven } = recruiter() else { panic!("staff") };
    member.roles = vec![role::ADMIN];
    member.sheets = vec![RoleSheet {
        key: role::ADMIN,
        name: "Administrator".to_owned(),
        sees: Vec::new(),
        sees_for: Vec::new(),
        runs_the_firm: true,
        runs_people: true,
        second_factor: false,
        limit_annual: None,
        limit_over_band: None,
    }];
    Viewer::Staff { member, name, zone, proven }
}

fn visit_of(page: ImportPage, viewer: Viewer, query: &[(&'static str, &str)]) -> Visit {
    let desk = Arc::new(FakeDesk { imports: Some(page), ..FakeDesk::default() });
    let mut asked = ParamsMap::new();
    for (name, value) in query {
        asked.insert(*name, (*value).to_owned());
    }
    Visit::of(desk, viewer, Browser::default(), ParamsMap::new(), asked)
}

fn a_look() -> ImportLook {
    let place = ImportPlace { file: "bands.csv".into(), line: 2, column: Some(ImportColumn { number: 2, name: "pay_mid".into() }) };
    ImportLook {
        id: "look1".into(),
        proof: "proof1".into(),
        counts: ImportCounts(vec![(ImportKind::Bands, RowOutcome::Changed, 1200), (ImportKind::Bands, RowOutcome::Faulty, 1)]),
        playbook_changes: 1200,
        playbook_problems: Vec::new(),
        joining: 0,
        files: vec![ImportFile {
            name: "bands.csv".into(),
            kind: Some(ImportKind::Bands),
            length: 1202,
            problems: vec![ImportProblem { place, fault: ImportFault::Empty }],
            problems_more: 0,
            lines: vec![
                FileLine::Said { number: 1, text: "level,pay_mid".into(), outcome: None, wrong: false, marks: Vec::new() },
                FileLine::Said { number: 2, text: "<b>,,x".into(), outcome: Some(RowOutcome::Faulty), wrong: true, marks: vec![(2, 4..4)] },
                FileLine::Gap { from: 3, to: 1202, unchanged: false },
            ],
        }],
    }
}

#[test]
fn a_look_shows_the_offending_line_with_its_cell_marked_and_one_button_that_carries_the_proof() {
    let page = ImportPage { kinds: ImportKind::ALL.to_vec(), look: Some(a_look()), done: None };
    let page = html(visit_of(page, administrator(), &[("look", "look1")]), imports);
    assert!(page.contains("&lt;b&gt;,<mark id=\"file-0-line-2-cell-2\">\u{a0}</mark>,x"), "{page}");
    assert!(page.contains("href=\"#file-0-line-2-cell-2\"") && page.contains("id=\"file-0-line-2\""), "{page}");
    assert!(page.contains("Apply 1,200 changes") && page.contains("1 row stays out until it is mended."), "{page}");
    assert!(page.contains("name=\"proof\" value=\"proof1\"") && page.contains("name=\"look\" value=\"look1\""), "{page}");
    assert!(page.contains("Lines 3 to 1,202 are not shown"), "{page}");
}

#[test]
fn what_would_change_nothing_has_no_button() {
    let counts = ImportCounts(vec![(ImportKind::Bands, RowOutcome::Unchanged, 23)]);
    let look = ImportLook { counts, playbook_changes: 0, ..a_look() };
    let page = ImportPage { kinds: ImportKind::ALL.to_vec(), look: Some(look), done: None };
    let page = html(visit_of(page, administrator(), &[("look", "look1")]), imports);
    assert!(!page.contains("imports/apply") && page.contains("There is nothing to apply"), "{page}");
}

#[test]
fn what_was_done_is_said_and_who_could_not_be_mailed() {
    let counts = ImportCounts(vec![(ImportKind::People, RowOutcome::Added, 2)]);
    let done = ImportDone { counts, published: Some(7), joined: 2, not_invited: vec!["zoe@firm.example".to_owned()] };
    let page = ImportPage { kinds: ImportKind::ALL.to_vec(), look: None, done: Some(done) };
    let page = html(visit_of(page, administrator(), &[("done", "d1")]), imports);
    for said in ["2 added.", "Version 7 of the playbook is published.", "2 people are new.", "to be invited again: zoe@firm.example."] {
        assert!(page.contains(said), "{said}: {page}");
    }
}

#[test]
fn files_that_are_no_longer_kept_and_files_that_did_not_arrive_say_what_to_do() {
    let empty = || ImportPage { kinds: vec![ImportKind::Bands], look: None, done: None };
    for (query, said) in [
        (("look", "old"), "These files are no longer kept."),
        (("came", "too-large"), "At most 8 MB go in at once."),
        (("came", "no-file"), "No file was chosen."),
        (("came", "not-whole"), "The files did not arrive whole."),
    ] {
        let page = html(visit_of(empty(), administrator(), &[query]), imports);
        assert!(page.contains(said) && page.contains("enctype=\"multipart/form-data\""), "{said}: {page}");
        assert!(page.contains("Pay bands") && !page.contains("value=\"people\""), "only what the viewer may bring in is offered: {page}");
    }
}

#[test]
fn whoever_may_bring_nothing_in_finds_no_such_page() {
    let found = now(imports(visit_of(ImportPage::default(), recruiter(), &[])));
    assert_eq!(found.unwrap_err(), Notice::NotFound);
}
