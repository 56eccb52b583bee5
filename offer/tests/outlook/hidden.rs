//! What a viewer may not see is not in what the viewer's browser is given.

use crate::corpus::{Firm, drafts, person, plain_draft};
use offer::access::{About, Actor, Member, Relations, Sight, Subject, sight};
use offer::check::Opening;
use offer::engagement::Engagement;
use offer::field::{self, FieldKey, Kind, Side};
use offer::id::{ClientCode, OfferId, Role, RuleKey, StepKey};
use offer::ledger::AuthLevel;
use offer::lifecycle::Status;
use offer::money::{BasisPoints, Money};
use offer::outlook::Slice;
use offer::person::{Identity, Person};
use offer::playbook::{Cap, CustomField, Playbook};
use offer::policy::{Condition, FieldTest, Rule, StepSpec, Test, Who};
use offer::private::Private;
use std::collections::BTreeSet;

/// Marks everything of a side, so that it is found wherever it comes out.
fn canary(side: Side) -> String {
    format!("canary{side:?}").to_lowercase()
}

/// An amount that stands for a side, as typed and in cents.
fn amount(side: Side) -> (String, i64) {
    let cents = 7_771_301 + i64::try_from(Side::ALL.iter().position(|known| *known == side).unwrap()).unwrap() * 100;
    (Money::cents(cents).to_string(), cents)
}

fn marked_playbook() -> Playbook {
    let mut playbook = Firm::new().playbook;
    for band in &mut playbook.bands {
        (band.min, band.mid, band.max) = (Money::cents(4_242_401), Money::cents(4_242_402), Money::cents(4_242_403));
        band.source = "canarysource".to_owned();
    }
    for client in &mut playbook.clients {
        client.markup_floor = BasisPoints(43_217);
        client.msp_fee = BasisPoints(43_219);
        client.cap = Some(Cap::Bill(Money::cents(9_876_543)));
        client.timesheet_approver = "canarytimesheet".to_owned();
    }
    for side in Side::ALL {
        playbook.fields.push(CustomField {
            key: FieldKey::new(format!("custom.{}", canary(side))),
            kind: Kind::Text,
            label: canary(side),
            help: String::new(),
            choices: Vec::new(),
            section: field::Section::Job,
            gate: field::Gate::Never,
            engagements: Vec::new(),
            side,
            owner: Role::new("recruiter"),
            prints: false,
            personal: false,
            material: false,
            min: None,
            max: None,
        });
    }
    // a rule that looks at the margin, and names an amount
    playbook.rules.push(Rule {
        key: RuleKey::new("canaryrule"),
        version: 1,
        engagements: Vec::new(),
        when: Condition::Field(FieldTest { key: field::BURDEN, test: Test::AtLeast("43.21".to_owned()).into() }),
        step: StepSpec::new(StepKey::new("canarystep"), Who::Role(Role::new("canaryrole")), 1),
        note: "canarynote".to_owned(),
    });
    playbook
}

fn member(role: &Role, playbook: &Playbook) -> Member {
    let person_of_role = Person {
        identity: Private::Kept(Identity { name: "Somebody".to_owned(), email: "somebody@firm.example".to_owned() }),
        roles: vec![role.clone()],
        team: None,
        department: None,
        business_line: None,
        region: None,
        clients: vec![ClientCode::new("ACME-MED")],
        manager: None,
        approval_limit_annual: None,
        approval_limit_over_band: None,
        zone: "America/Chicago".to_owned(),
    };
    Member::resolve(person('1'), &person_of_role, AuthLevel::Password, playbook)
}

fn subject(engagement: Engagement, status: Status) -> Subject {
    let named = Some(person('1'));
    let relations =
        Relations { recruiter: named.clone(), hiring_manager: named.clone(), account_manager: named.clone(), client_contact: named };
    Subject {
        offer: OfferId::new("0".repeat(32)),
        status,
        about: About { engagement: Some(engagement), client: Some(ClientCode::new("ACME-MED")), relations, ..About::default() },
        reviewing_roles: BTreeSet::new(),
        receiving_roles: BTreeSet::new(),
        is_settled: true,
        handed: Default::default(),
    }
}

#[test]
fn nothing_that_sight_forbids_stands_in_a_slice() {
    let firm = Firm::of(marked_playbook());
    let mut hidden = 0;
    for role in firm.playbook.roles.iter().map(|sheet| &sheet.key) {
        // a role that sees no draft at all may see the offer later: its sight is what counts here
        for (engagement, status) in
            Engagement::ALL.into_iter().flat_map(|engagement| [(engagement, Status::Draft), (engagement, Status::Accepted)])
        {
            let mut entries = plain_draft(engagement);
            for spec in firm.table.iter() {
                match spec.kind {
                    Kind::Text | Kind::Prose if ![field::DEPARTMENT, field::LEVEL].contains(&spec.key) => {
                        entries.set(spec.key.clone(), canary(spec.side))
                    }
                    Kind::Money => entries.set(spec.key.clone(), amount(spec.side).0),
                    _ => {}
                }
            }
            let sight = sight(&Actor::Member(member(role, &firm.playbook)), &subject(engagement, status));
            let text = serde_json::to_string(&firm.slice(&entries, &sight)).unwrap();
            for side in Side::ALL.into_iter().filter(|side| !sight.shows(*side)) {
                hidden += 1;
                for mark in [canary(side), amount(side).0, amount(side).1.to_string()] {
                    assert!(!text.contains(&mark), "{role} of {engagement:?} reads {mark}");
                }
            }
            let margin = [Side::Package, Side::Bill, Side::Margin].iter().all(|side| sight.shows(*side));
            let marks = [
                (false, "canarysource"),
                (false, "canarytimesheet"),
                (false, "canarynote"),
                (false, "43219"),
                (margin && sight.reads_talk(), "canaryrule"),
                (margin && sight.reads_talk(), "canarystep"),
                (sight.shows(Side::Margin) && sight.reads_talk(), "43.21"),
                (margin, "43217"),
                (margin, "98765.43"),
                (sight.reads_talk(), "4242402"),
                (sight.reads_talk() && sight.shows(Side::Internal), "8350000"),
                (sight.reads_talk() && sight.shows(Side::Internal), "2777143"),
                (sight.reads_talk(), "Somebody of"),
            ];
            for (allowed, mark) in marks {
                assert!(allowed || !text.contains(mark), "{role} of {engagement:?} reads {mark}");
            }
        }
    }
    assert!(hidden > 100, "roles differ in what they see");
}

#[test]
fn a_rule_that_is_not_told_is_counted_and_its_step_is_never_said_to_be_left_out() {
    let firm = Firm::of(marked_playbook());
    let sight: Sight = serde_json::from_str(r#"{"sides":["job","package","bill"],"of_the_firm":true}"#).unwrap();
    let slice = firm.slice(&plain_draft(Engagement::Temp), &sight);
    let outlook = slice.look(slice.entries(), &slice.table());
    // cap, floor, margin, the one about burden, and those that look at what other offers pay
    assert_eq!(outlook.hidden_rules, 6);
    let left_out: BTreeSet<&str> = outlook.route.left_out.iter().map(|out| out.step.as_str()).collect();
    assert_eq!(left_out, BTreeSet::from(["legal"]));
}

#[test]
fn whoever_does_not_see_the_firms_own_is_told_that_pay_fits_and_not_what_other_offers_pay() {
    let firm = Firm::new();
    let entries = plain_draft(Engagement::Temp);
    let opening = |slice: &Slice| serde_json::to_value(slice).unwrap()["opening"].clone();
    let approver: Sight = serde_json::from_str(r#"{"sides":["job","person","package","bill","margin"],"of_the_firm":true}"#).unwrap();
    let narrow = firm.slice(&entries, &approver);
    let outlook = narrow.look(narrow.entries(), &narrow.table());
    assert!(outlook.computed.pay.is_some() && outlook.computed.band.is_some());
    assert_eq!((outlook.computed.committed, outlook.computed.budget, outlook.computed.budget_left), (None, None, None));
    let pay_alone = serde_json::to_value(Opening { pay: firm.opening.pay, ..Opening::default() }).unwrap();
    assert_eq!(opening(&narrow), pay_alone);
    let whole = firm.slice(&entries, &Sight::everything());
    assert!(whole.look(whole.entries(), &whole.table()).computed.budget.is_some());
}

#[test]
fn whoever_sees_no_draft_at_all_is_given_nothing_of_it() {
    let firm = Firm::new();
    for entries in drafts(&firm.table).iter().take(20) {
        let slice = firm.slice(entries, &Sight::default());
        let outlook = slice.look(slice.entries(), &slice.table());
        assert!(outlook.findings.is_empty() && outlook.route.steps.is_empty() && slice.entries().iter().next().is_none());
    }
}
