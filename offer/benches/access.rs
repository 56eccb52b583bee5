//! How long a decision of access takes: may this person do this here, what do they see of it, and what of a line of the board. Prints JSON, in
//! nanoseconds.
//!
//! `cargo bench -p offer --bench access`

use offer::access::{About, Action, Actor, Member, Relations, ScopeKey, Subject, edits, may, sight};
use offer::engagement::Engagement;
use offer::id::{ClientCode, OfferId, PersonId, RecipientKey, Role, TeamKey, role};
use offer::ledger::AuthLevel;
use offer::lifecycle::Status;
use offer::person::{Identity, Person};
use offer::playbook::{Playbook, from_toml};
use offer::private::Private;
use std::collections::BTreeSet;
use std::hint::black_box;
use std::time::Instant;

/// The roles, grants and sheets that ship.
const PLAYBOOK: &str = include_str!("../../server/demo/playbook.toml");
/// Decisions of one measurement: one alone is shorter than the clock can tell.
const AT_ONCE: u32 = 1_000;
/// Measurements.
const ROUNDS: usize = 501;

fn main() {
    let playbook = from_toml(PLAYBOOK).unwrap_or_else(|_| std::process::exit(1));
    let members: Vec<Member> = role::SHIPPED.iter().map(|role| member(role, &playbook)).collect();
    let actors: Vec<Actor> = members.iter().cloned().map(Actor::Member).collect();
    let subject = subject();
    let scopes: BTreeSet<ScopeKey> = subject.scope_keys();
    let each = |decide: &dyn Fn(usize)| measured(|| (0..AT_ONCE).for_each(|turn| decide(usize::try_from(turn).unwrap_or_default())));
    let actor = |turn: usize| actors.get(turn % actors.len());
    let action = |turn: usize| Action::ALL.get(turn % Action::ALL.len()).copied().unwrap_or(Action::See);
    let report = serde_json::json!({
        "roles": actors.len(),
        "grants": playbook.grants.len(),
        "may_ns": each(&|turn| {
            let _ = black_box(actor(turn).map(|actor| may(actor, action(turn), &subject)));
        }),
        "sight_ns": each(&|turn| drop(black_box(actor(turn).map(|actor| sight(actor, &subject))))),
        "edits_ns": each(&|turn| drop(black_box(actor(turn).map(|actor| edits(actor, &subject))))),
        "sight_of_a_line_ns": each(&|turn| {
            drop(black_box(members.get(turn % members.len()).map(|member| member.sight_in(&scopes, subject.status, subject.about.engagement))));
        }),
    });
    say(&report);
}

#[expect(clippy::print_stdout, reason = "a bench says its figures")]
fn say(report: &serde_json::Value) {
    println!("{report}");
}

/// Median of one decision.
fn measured(once: impl Fn()) -> u64 {
    let mut taken: Vec<u128> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            once();
            begun.elapsed().as_nanos() / u128::from(AT_ONCE)
        })
        .collect();
    taken.sort_unstable();
    taken.get(ROUNDS / 2).map_or(0, |nanoseconds| u64::try_from(*nanoseconds).unwrap_or(u64::MAX))
}

fn person(digit: char) -> PersonId {
    PersonId::new(digit.to_string().repeat(32))
}

fn member(role: &Role, playbook: &Playbook) -> Member {
    let of_role = Person {
        identity: Private::Kept(Identity { name: "Somebody".to_owned(), email: "somebody@firm.example".to_owned() }),
        roles: vec![role.clone()],
        team: Some(TeamKey::new("healthcare-desk")),
        department: None,
        business_line: None,
        region: None,
        clients: vec![ClientCode::new("ACME-MED"), ClientCode::new("BRIDGE")],
        manager: None,
        approval_limit_annual: None,
        approval_limit_over_band: None,
        zone: "America/Chicago".to_owned(),
    };
    Member::resolve(person('1'), &of_role, AuthLevel::Password, playbook)
}

fn subject() -> Subject {
    let named = Some(person('1'));
    Subject {
        offer: OfferId::new("0".repeat(32)),
        status: Status::Accepted,
        about: About {
            engagement: Some(Engagement::Temp),
            client: Some(ClientCode::new("ACME-MED")),
            team: Some(TeamKey::new("healthcare-desk")),
            department: Some("Nursing".to_owned()),
            business_line: Some("healthcare".to_owned()),
            region: Some("west".to_owned()),
            relations: Relations { recruiter: named.clone(), hiring_manager: None, account_manager: named.clone(), client_contact: named },
        },
        is_settled: true,
        handed: BTreeSet::new(),
        reviewing_roles: [role::OPS, role::CLIENT_CONTACT, role::FINANCE].into(),
        receiving_roles: [role::HR_OPS, role::IT, role::PAYROLL].map(|role| (role, RecipientKey::named("r"))).into(),
    }
}
