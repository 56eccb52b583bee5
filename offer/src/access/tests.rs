//! Whoever is given less sees no more, whatever grants, sheets and offers there are; and the ways to ask agree.

use super::*;
use crate::check::{Fact, Finding, Strength};
use crate::field::FieldTable;
use crate::id::{
    ClientCode, ContingencyKind, DocumentId, OfferId, PersonId, ProposalId, QuestionId, RecipientKey, StepKey, TeamKey, TemplateKey,
};
use crate::ledger::{ActorKind, AuthLevel, Digest};
use crate::lifecycle::{
    AcceptBy, AskedBy, By, ContingencyState, DeclineReason, Event, Exception, LetterRef, RoutedAnew, Verbal, VerbalResponse, Words,
};
use crate::moment::Moment;
use crate::policy::Route;
use crate::private::Private;
use crate::terms::{Changes, Entries, Terms};
use crate::{field, intake};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeSet;

const ROLES: [Role; 5] = [role::RECRUITER, role::OPS, role::FINANCE, role::CLIENT_CONTACT, role::IT];

fn person(digit: u8) -> PersonId {
    PersonId::new(digit.to_string().repeat(32))
}

fn sheet(key: Role, sees: &[Side]) -> RoleSheet {
    RoleSheet {
        name: key.to_string(),
        key,
        sees: sees.to_vec(),
        sees_for: Vec::new(),
        runs_the_firm: false,
        runs_people: false,
        second_factor: false,
        limit_annual: None,
        limit_over_band: None,
    }
}

fn one_of<T: Clone + std::fmt::Debug + 'static>(all: &[T]) -> impl Strategy<Value = T> + use<T> {
    proptest::sample::select(all.to_vec())
}

fn some_of<T: Clone + std::fmt::Debug + 'static>(all: &[T]) -> impl Strategy<Value = Vec<T>> + use<T> {
    proptest::sample::subsequence(all.to_vec(), 0..=all.len())
}

prop_compose! {
    fn grants()(rows in proptest::collection::vec(
        (one_of(&ROLES), some_of(&Action::ALL), one_of(&Scope::ALL), prop_oneof![Just(Vec::new()), some_of(&Status::ALL)], any::<bool>()), 1..9,
    )) -> Vec<GrantRow> {
        let rows = rows.into_iter().enumerate().map(|(place, (role, mut actions, scope, states, sees))| {
            if sees && !actions.contains(&Action::See) {
                actions.push(Action::See);
            }
            GrantRow { key: format!("g{place}"), role, actions, scope, states }
        });
        rows.collect()
    }
}

prop_compose! {
    fn sheets()(sees in proptest::collection::vec((some_of(&Side::ALL), proptest::option::of((one_of(&Engagement::ALL), some_of(&Side::ALL)))), ROLES.len()))
        -> Vec<RoleSheet> {
        let sheets = ROLES.into_iter().zip(sees).map(|(key, (sees, for_one))| RoleSheet {
            sees_for: for_one.into_iter().map(|(engagement, sees)| SeesFor { engagement, sees }).collect(),
            ..sheet(key, &sees)
        });
        sheets.collect()
    }
}

prop_compose! {
    fn rows_of_edits()(rows in proptest::collection::vec((one_of(&ROLES), some_of(&Side::ALL), some_of(&[field::PAY_BASE, field::BILL_RATE]), some_of(&Status::ALL)), 0..4))
        -> Vec<EditRow> {
        let rows = rows.into_iter().enumerate();
        rows.map(|(place, (role, sides, fields, states))| EditRow { key: format!("e{place}"), role, sides, fields, states }).collect()
    }
}

prop_compose! {
    fn members()(
        grants in grants(), sheets in sheets(), edits in rows_of_edits(), roles in some_of(&ROLES),
        team in proptest::option::of(0..2_u8), region in proptest::option::of(0..2_u8), clients in some_of(&[0_u8, 1, 2]),
        blind in (some_of(&Engagement::ALL), some_of(&ROLES), some_of(&ROLES)), away in proptest::option::of((2..4_u8, some_of(&ROLES))),
    ) -> Member {
        let (engagements, pay_side, bill_side) = blind;
        let double_blind = DoubleBlind { engagements, pay_side, bill_side };
        Member {
            id: person(1),
            auth_level: AuthLevel::Password,
            grants: grants.into_iter().filter(|grant| roles.contains(&grant.role)).collect(),
            sheets: sheets.iter().filter(|sheet| roles.contains(&sheet.key)).map(|sheet| double_blind.over(sheet)).collect(),
            bounds: Box::new(Bounds { edits: edits.into_iter().filter(|row| roles.contains(&row.role)).collect(), double_blind }),
            roles,
            team: team.map(|team| TeamKey::new(team.to_string())),
            department: None,
            business_line: None,
            region: region.map(|region| region.to_string()),
            clients: clients.into_iter().map(|client| ClientCode::new(client.to_string())).collect(),
            stands_in_for: away.into_iter().map(|(whom, roles)| StandsInFor { whom: person(whom), roles }).collect(),
        }
    }
}

prop_compose! {
    fn subjects()(
        status in one_of(&Status::ALL), engagement in proptest::option::of(one_of(&Engagement::ALL)), client in proptest::option::of(0..3_u8),
        team in proptest::option::of(0..2_u8), region in proptest::option::of(0..2_u8), people in proptest::collection::vec(proptest::option::of(1..4_u8), 4),
        reviewing in some_of(&ROLES), receiving in some_of(&ROLES), handed in proptest::option::of((2..4_u8, one_of(&ROLES))),
    ) -> Subject {
        let mut people = people.into_iter().map(|digit| digit.map(person));
        let mut next = || people.next().flatten();
        Subject {
            offer: OfferId::new("0".repeat(32)),
            status,
            about: About {
                engagement,
                client: client.map(|client| ClientCode::new(client.to_string())),
                team: team.map(|team| TeamKey::new(team.to_string())),
                region: region.map(|region| region.to_string()),
                relations: Relations { recruiter: next(), hiring_manager: next(), account_manager: next(), client_contact: next() },
                ..About::default()
            },
            is_settled: true,
            handed: handed.map(|(whom, role)| Handed { to: person(1), from: person(whom), role }).into_iter().collect(),
            reviewing_roles: reviewing.into_iter().collect(),
            receiving_roles: receiving.into_iter().map(|role| (role, RecipientKey::named("r"))).collect(),
        }
    }
}

/// Every way to give a member less, by a number.
fn lowered(member: &Member, way: usize, which: usize) -> Member {
    let mut less = member.clone();
    fn drop_one<T>(list: &mut Vec<T>, which: usize) {
        if !list.is_empty() {
            list.remove(which % list.len());
        }
    }
    match way % 10 {
        0 => drop_one(&mut less.grants, which),
        1 => {
            if let Some(grant) = less.grants.get_mut(which % member.grants.len().max(1)) {
                drop_one(&mut grant.actions, which / 7);
            }
        }
        2 => {
            if let Some(grant) = less.grants.get_mut(which % member.grants.len().max(1)) {
                // no state at all means all of them: what is left must be one
                if grant.states.is_empty() {
                    grant.states = vec![Status::Draft, Status::Sent];
                } else if grant.states.len() > 1 {
                    drop_one(&mut grant.states, which / 7);
                }
            }
        }
        3 => {
            if let Some(sheet) = less.sheets.get_mut(which % member.sheets.len().max(1)) {
                let gone = sheet.sees.iter().copied().nth(which / 7 % sheet.sees.len().max(1));
                sheet.sees.retain(|side| Some(*side) != gone);
                sheet.sees_for.iter_mut().for_each(|row| row.sees.retain(|side| Some(*side) != gone));
            }
        }
        4 => drop_one(&mut less.bounds.edits, which),
        5 => drop_one(&mut less.clients, which),
        6 => (less.team, less.region) = (None, None),
        7 => {
            // a role with all that comes with it
            if let Some(gone) = member.roles.get(which % member.roles.len().max(1)) {
                less.roles.retain(|role| role != gone);
                less.grants.retain(|grant| grant.role != *gone);
                less.sheets.retain(|sheet| sheet.key != *gone);
                less.bounds.edits.retain(|row| row.role != *gone);
            }
        }
        8 => {
            if let Some(grant) = less.grants.iter_mut().find(|grant| grant.scope == Scope::All) {
                grant.scope = Scope::ALL[which % Scope::ALL.len()];
            }
        }
        _ => {
            // both numbers are hidden from each other
            let blind = DoubleBlind { engagements: Engagement::ALL.to_vec(), pay_side: ROLES.to_vec(), bill_side: Vec::new() };
            less.sheets = less.sheets.iter().map(|sheet| blind.over(sheet)).collect();
            less.bounds.double_blind = blind;
        }
    }
    less
}

fn rank(access: Access) -> u8 {
    match access {
        Access::Hidden => 0,
        Access::Denied(_) => 1,
        Access::Allowed => 2,
    }
}

fn said(text: &str) -> Words {
    Private::Kept(text.to_owned())
}

fn terms() -> Terms {
    let typed = [
        (field::ENGAGEMENT, "temp"),
        (field::CANDIDATE_NAME, "canaryname"),
        (field::CANDIDATE_EMAIL, "canary@mail.example"),
        (field::JOB_TITLE, "canarytitle"),
        (field::PAY_BASIS, "hourly"),
        (field::PAY_BASE, "62.51"),
        (field::BILL_RATE, "92.52"),
        (field::BURDEN, "24.53"),
        (field::COST_CENTER, "canarycenter"),
    ];
    let entries: Entries = typed.into_iter().map(|(key, text)| (key, text.to_owned())).collect();
    intake::read_what_stands(&entries, &FieldTable::default())
}

fn over_budget() -> Finding {
    let cents = |cents| Some(Money::cents(cents));
    let fact = Fact::OverBudget { budget: cents(8_350_017), committed: cents(2_777_117), this: cents(6_000_017) };
    Finding { strength: Strength::Approval, field: field::PAY_BASE, fact }
}

/// Events in which somebody writes freely; whatever is written is a canary.
fn events() -> Vec<Event> {
    let at = Moment::new(chrono::DateTime::UNIX_EPOCH);
    let verbal = Verbal {
        occurred_at: at,
        spoken: terms(),
        response: VerbalResponse::Positive,
        expectation: Some(said("canaryexpectation")),
        competing_offer: Some(said("canarycompeting")),
        competing_deadline: None,
        notes: Some(said("canarynotes")),
    };
    let step = || StepKey::named("finance");
    let exceptions = || vec![Exception { finding: over_budget(), reason: said("canaryexception") }];
    let (findings, route) = (vec![over_budget()], Route::default());
    let letter = LetterRef {
        document: DocumentId::new("d".repeat(32)),
        template: TemplateKey::new("letter"),
        playbook: 1,
        digest: Digest::ZERO,
        blocks: Digest::ZERO,
        pdf: Digest::ZERO,
    };
    let accept_by = AcceptBy { local: "2026-12-18T17:00".to_owned(), zone: "America/Chicago".to_owned(), instant: at };
    let proposal = || ProposalId::new("a".repeat(32));
    let asked_for = |asked_by| Event::Proposed {
        proposal: proposal(),
        asked_by,
        version: 1,
        changes: Changes::none(),
        why: said("canaryproposed"),
        evidence: Some(said("canaryevidence")),
    };
    let rerouted = RoutedAnew {
        playbook: 2,
        findings: findings.clone(),
        exceptions: exceptions(),
        route: route.clone(),
        stands: Vec::new(),
        reopened: Vec::new(),
        waits: Vec::new(),
        why: said("canaryrerouted"),
    };
    vec![
        Event::Submitted {
            version: 1,
            terms: terms(),
            findings,
            exceptions: exceptions(),
            route,
            playbook: 1,
            stands: Vec::new(),
            written_by: Vec::new(),
        },
        Event::Rerouted(rerouted),
        Event::VerbalRecorded { verbal, status: Status::Approved, outside_approval: vec![field::PAY_BASE, field::BILL_RATE] },
        Event::Commented { text: said("canarycomment") },
        Event::Bounced { reason: said("canarybounce") },
        Event::Cancelled { reason: said("canarycancelled") },
        Event::StepReturned { step: step(), question: said("canaryquestion"), seconds_left: 1 },
        Event::StepAnswered { step: StepKey::named("client_contact"), answer: said("canaryanswer"), due_at: at, remind_at: at },
        Event::StepRejected { step: step(), reason: said("canaryrejected") },
        Event::SendRequested { version: 1, letter, accept_by, exceptions: exceptions() },
        asked_for(AskedBy::Employer),
        asked_for(AskedBy::Candidate),
        Event::QuestionAnswered { question: QuestionId::new("b".repeat(32)), text: said("canarytold") },
        Event::ProposalRefused { proposal: proposal(), reason: said("canaryrefused") },
        Event::LetterHeld { reason: said("canaryheld"), proposal: None },
        Event::Declined { primary: DeclineReason::Comp, secondary: None, note: Some(said("canarydeclined")), written: true },
        Event::RescissionAsked { reason: said("canaryrescinded"), approvers: Vec::new() },
        Event::ContingencyResolved {
            kind: ContingencyKind::new("background_check"),
            state: ContingencyState::Waived,
            evidence: said("canaryresolved"),
        },
        Event::HandoffAcknowledged { recipient: RecipientKey::named("r"), reference: Some(said("canaryreference")) },
        Event::DidNotStart { by: crate::lifecycle::NotStartedBy::Client, reason: said("canaryreneged"), seat: None },
    ]
}

/// Who recorded an event.
fn by(kind: ActorKind) -> By {
    By { kind, id: "1".repeat(32) }
}

/// Everything that stands in a value, wherever.
fn leaves(value: &Value) -> BTreeSet<String> {
    match value {
        Value::Array(inner) => inner.iter().flat_map(leaves).collect(),
        Value::Object(inner) => inner.values().flat_map(leaves).collect(),
        Value::String(text) if text.is_empty() => BTreeSet::new(),
        Value::Null => BTreeSet::new(),
        leaf => BTreeSet::from([leaf.to_string()]),
    }
}

fn on_the_board(member: &Member, subject: &Subject) -> bool {
    let keys = subject.scope_keys();
    let covers = |states: &[Status]| states.is_empty() || states.contains(&subject.status);
    member.scopes_seen().iter().any(|(key, states)| keys.contains(key) && covers(states))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_500, ..ProptestConfig::default() })]

    #[test]
    fn whoever_is_given_less_may_do_see_find_and_write_no_more(
        member in members(), subject in subjects(), way in 0..10_usize, which in 0..100_usize,
        kind in one_of(&[ActorKind::Person, ActorKind::Candidate]),
    ) {
        let less = lowered(&member, way, which);
        let (before, after) = (Actor::Member(member.clone()), Actor::Member(less.clone()));
        for action in Action::ALL {
            prop_assert!(rank(may(&after, action, &subject)) <= rank(may(&before, action, &subject)), "{action:?}");
        }
        let (saw, sees) = (sight(&before, &subject), sight(&after, &subject));
        prop_assert!(sees.sides().all(|side| saw.shows(side)), "{sees:?} after {saw:?}");
        prop_assert!(saw.reads_talk() || !sees.reads_talk());
        prop_assert!(saw.reads_words() || !sees.reads_words());
        let table = FieldTable::default();
        for event in events() {
            let of = |event: Event| leaves(&serde_json::to_value(event).unwrap());
            let read = |sight: &Sight| seen(&event, &by(kind), sight, &table).map(of).unwrap_or_default();
            let (more, less) = (read(&saw), read(&sees));
            prop_assert!(less.is_subset(&more), "{:?}", less.difference(&more).collect::<Vec<_>>());
        }
        prop_assert!(on_the_board(&member, &subject) || !on_the_board(&less, &subject));
        let (wrote, writes) = (edits(&before, &subject), edits(&after, &subject));
        prop_assert!(table.iter().all(|spec| wrote.takes(spec) || !writes.takes(spec)));
    }

    #[test]
    fn the_board_the_reasons_and_the_offer_itself_say_the_same_of_who_sees_what(member in members(), subject in subjects()) {
        let actor = Actor::Member(member.clone());
        let seen = sight(&actor, &subject);
        let allowed = may(&actor, Action::See, &subject) == Access::Allowed;
        prop_assert_eq!(on_the_board(&member, &subject), allowed);
        if allowed {
            prop_assert_eq!(&member.sight_in(&subject.scope_keys(), subject.status, subject.about.engagement), &seen);
        }
        let because = reached(&member, &subject);
        prop_assert_eq!(because.is_empty(), !allowed);
        let told: BTreeSet<Side> = because.iter().flat_map(|reached| reached.sides.iter().copied()).collect();
        prop_assert_eq!(told, seen.sides().collect::<BTreeSet<_>>());
        prop_assert!(allowed || seen.sides().next().is_none(), "what is hidden shows no side");
    }

    #[test]
    fn nobody_writes_what_they_do_not_see(member in members(), subject in subjects()) {
        let actor = Actor::Member(member);
        let (seen, edits) = (sight(&actor, &subject), edits(&actor, &subject));
        prop_assert!(FieldTable::default().iter().all(|spec| seen.shows_field(spec) || !edits.takes(spec)));
    }
}

#[test]
fn under_double_blind_operations_sees_the_pay_side_and_the_client_the_bill_side() {
    let blind = DoubleBlind { engagements: vec![Engagement::Temp], pay_side: vec![role::OPS], bill_side: vec![role::CLIENT_CONTACT] };
    let ops = blind.over(&sheet(role::OPS, &Side::ALL));
    assert_eq!(sides_of(&ops, Some(Engagement::Temp)), [Side::Job, Side::Person, Side::Contact, Side::Package, Side::Internal]);
    assert_eq!(sides_of(&ops, Some(Engagement::Internal)), Side::ALL, "the switch is for assignments alone");
    let client = blind.over(&sheet(role::CLIENT_CONTACT, &[Side::Job, Side::Package, Side::Bill]));
    assert_eq!(sides_of(&client, Some(Engagement::Temp)), [Side::Job, Side::Bill]);
    assert_eq!(
        sides_of(&blind.over(&sheet(role::FINANCE, &Side::ALL)), Some(Engagement::Temp)),
        Side::ALL,
        "who answers for both sees both"
    );
}

#[test]
fn whoever_is_blind_to_a_number_reads_no_words_in_which_somebody_may_have_typed_it() {
    let sight = Sight { sides: [Side::Job, Side::Person, Side::Package].into(), of_the_firm: true, quiet: true, of_the_client: false };
    let told = |event: &Event, kind| {
        let seen = seen(event, &by(kind), &sight, &FieldTable::default()).expect("staff see that it happened");
        serde_json::to_string(&seen).unwrap()
    };
    // what is left is the job that they see anyway
    for text in events().iter().map(|event| told(event, ActorKind::Person).replace("canarytitle", "").replace("canaryname", "")) {
        for words in ["canary", "92.52", "9252"] {
            assert!(!text.contains(words), "{words} in {text}");
        }
    }
    assert!(sight.reads_talk() && !sight.reads_words());
    // whoever wrote it counts, and not on whose word it was written
    let asked = events().into_iter().filter(|event| matches!(event, Event::Proposed { .. } | Event::Declined { .. }));
    assert!(
        asked.map(|event| told(&event, ActorKind::Candidate)).all(|text| text.contains("canary")),
        "the candidate's own words are read"
    );
}

#[test]
fn a_refusal_names_no_field_that_is_not_seen() {
    use crate::lifecycle::Refusal;
    let sight = Sight { sides: [Side::Job, Side::Bill].into(), ..Sight::default() };
    let refusal = Refusal::MovedOn { now_at: 2, changed: vec![field::PAY_BASE, field::BILL_RATE] };
    let seen = seen_refusal(refusal, &sight, &FieldTable::default());
    assert_eq!(seen, Refusal::MovedOn { now_at: 2, changed: vec![field::BILL_RATE] });
}
