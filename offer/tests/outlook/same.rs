//! The slice against the whole.

use crate::corpus::{DRAFTS, Firm, drafts, plain_draft};
use offer::access::{Sight, seen_findings, seen_route};
use offer::check::{self, Finding, Ground};
use offer::engagement::Engagement;
use offer::field::{FieldKey, Gate, Section, Side};
use offer::intake::{self, Problem};
use offer::outlook::{Computed, Outlook, computed};
use offer::policy::{self, Route};
use offer::terms::Entries;

/// What the server says, by its own way.
struct Said {
    problems: Vec<Problem>,
    findings: Vec<Finding>,
    route: Route,
    computed: Computed,
}

fn said(firm: &Firm, entries: &Entries, sight: &Sight) -> Said {
    let (playbook, table) = (&firm.playbook, &firm.table);
    let terms = intake::read_what_stands(entries, table);
    let assessment = check::assess(&terms, Ground { rows: playbook, opening: firm.opening, today: firm.today });
    let problems = intake::read(entries, table, Gate::Submit).err().unwrap_or_default();
    let route = policy::route(&terms, &assessment, playbook, table).while_open(&problems);
    Said {
        problems,
        route: seen_route(&route, sight, table),
        findings: seen_findings(&assessment.findings, sight, table),
        computed: computed(&sight.of(&terms, table), playbook, firm.opening, sight),
    }
}

fn look(firm: &Firm, entries: &Entries, sight: &Sight) -> Outlook {
    let slice = firm.slice(entries, sight);
    slice.look(slice.entries(), &slice.table())
}

/// Every combination of sides, of somebody of the firm and of somebody else.
fn sights() -> Vec<Sight> {
    let sides: Vec<String> = Side::ALL.iter().map(|side| serde_json::to_string(side).unwrap()).collect();
    let combined = |bits: usize, of_the_firm: bool| {
        let seen: Vec<&str> = sides.iter().enumerate().filter(|(place, _)| bits >> place & 1 == 1).map(|(_, side)| side.as_str()).collect();
        serde_json::from_str(&format!(r#"{{"sides":[{}],"of_the_firm":{of_the_firm}}}"#, seen.join(","))).unwrap()
    };
    (0..1 << sides.len()).flat_map(|bits| [combined(bits, true), combined(bits, false)]).collect()
}

#[test]
fn there_are_five_hundred_drafts_and_every_kind_of_problem_and_finding_among_them() {
    let firm = Firm::new();
    let all: Vec<Said> = drafts(&firm.table).iter().map(|entries| said(&firm, entries, &Sight::everything())).collect();
    assert_eq!(all.len(), DRAFTS);
    let faults: std::collections::BTreeSet<String> = all
        .iter()
        .flat_map(|said| &said.problems)
        .map(|problem| serde_json::to_value(&problem.fault).unwrap()["fault"].to_string())
        .collect();
    let kinds: std::collections::BTreeSet<&str> =
        all.iter().flat_map(|said| &said.findings).map(|found| found.fact.kind().code()).collect();
    assert!(faults.len() >= 16, "{faults:?}");
    assert!(kinds.len() >= 14, "{kinds:?}");
    assert!(all.iter().any(|said| said.problems.is_empty()));
}

#[test]
fn whoever_sees_everything_is_told_by_the_browser_what_the_server_tells() {
    let firm = Firm::new();
    for entries in drafts(&firm.table) {
        let (server, browser) = (said(&firm, &entries, &Sight::everything()), look(&firm, &entries, &Sight::everything()));
        assert_eq!(browser.problems, server.problems, "{entries:?}");
        assert_eq!(browser.findings, server.findings, "{entries:?}");
        assert_eq!(browser.computed, server.computed, "{entries:?}");
        assert_eq!(without_coverage(server.route), browser.route, "{entries:?}");
        assert_eq!(browser.hidden_rules, 0);
    }
}

fn without_coverage(mut route: Route) -> Route {
    for step in &mut route.steps {
        step.decides.clear();
        step.inputs.clear();
    }
    route
}

#[test]
fn whoever_sees_less_is_told_less_and_nothing_else() {
    let firm = Firm::new();
    let drafts = drafts(&firm.table);
    for (number, sight) in sights().into_iter().enumerate() {
        // each sight meets some of the drafts, so that the test stays short
        for entries in drafts.iter().skip(number % 8).step_by(8) {
            let (server, browser) = (said(&firm, entries, &sight), look(&firm, entries, &sight));
            let why = || format!("{sight:?} {entries:?}");
            assert!(browser.problems.iter().all(|problem| server.problems.contains(problem)), "{}", why());
            assert!(browser.findings.iter().all(|finding| server.findings.contains(finding)), "{}", why());
            for step in &browser.route.steps {
                let same = server.route.step(&step.step).unwrap_or_else(|| panic!("{} {}", step.step, why()));
                assert_eq!(step.who, same.who);
                assert!(step.because.iter().all(|because| same.because.contains(because)), "{}", why());
            }
            assert!(browser.route.left_out.iter().all(|out| server.route.left_out.contains(out)), "{}", why());
            assert!(agrees(&browser.computed, &server.computed), "{}", why());
        }
    }
}

/// Whether every figure that is told is the server's.
fn agrees(browser: &Computed, server: &Computed) -> bool {
    let (browser, server) = (serde_json::to_value(browser).unwrap(), serde_json::to_value(server).unwrap());
    browser.as_object().unwrap().iter().all(|(name, figure)| figure.is_null() || server[name] == *figure)
}

#[test]
fn a_page_needs_only_the_rows_that_can_matter_while_it_is_filled() {
    let firm = Firm::new();
    let drafts = drafts(&firm.table);
    for engagement in Engagement::ALL {
        let base = plain_draft(engagement);
        let slice = firm.slice(&base, &Sight::everything());
        let table = slice.table();
        for section in Section::ALL {
            let fields: Vec<FieldKey> = table.iter().filter(|spec| spec.section == section).map(|spec| spec.key.clone()).collect();
            let page = slice.clone().while_filling(&fields);
            for typed in drafts.iter().step_by(7) {
                let mut entries = base.clone();
                for key in &fields {
                    entries.set(key.clone(), typed.typed(key));
                }
                assert_eq!(page.look(&entries, &table), slice.look(&entries, &table), "{section:?} {entries:?}");
            }
        }
    }
}

#[test]
fn a_page_of_another_section_carries_one_band_and_one_client() {
    let firm = Firm::new();
    let slice = firm.slice(&plain_draft(Engagement::Temp), &Sight::everything());
    let page = serde_json::to_value(slice.while_filling(&[offer::field::PAY_BASE])).unwrap();
    assert_eq!(page["bands"].as_array().unwrap().len(), 1);
    assert_eq!(page["sheets"].as_array().unwrap().len(), 1);
}
