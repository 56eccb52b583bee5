//! A story so far: one offer, its history, and the world it lives in.

use crate::firm::{Somebody, at, day, person, playbook};
use offer::acceptance::Standing;
use offer::access::{About, Actor, Relations, StandsInFor};
use offer::check::FactKind;
use offer::engagement::Engagement;
use offer::field::{self, FieldKey, FieldTable, Gate};
use offer::id::{ClientCode, ContingencyKind, DocumentId, OfferId, PersonId, RecipientKey, RequisitionId, Role, StepKey, TemplateKey};
use offer::intake;
use offer::ledger::Digest;
use offer::lifecycle::{
    Accept, AcceptBy, AcceptanceEvidence, Adopt, Approve, By, Command, ContingencyState, Decline, DeclineReason, Draft, Event,
    ExceptionReasons, Facts, Fresh, LetterRef, Offer, Propose, Recorded, Refusal, Send, Status, Submit, WorkingHours, World, decide,
};
use offer::moment::Moment;
use offer::money::Money;
use offer::playbook::Playbook;
use offer::policy::{self, ManagerOf, Relation, Who};
use offer::requisition::{BudgetPeriod, Requisition};
use offer::terms::{Change, Entries, Terms};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Clone, Debug)]
pub(crate) struct Story {
    pub(crate) playbook: Playbook,
    /// The playbook of today, version 2, where it is not that of the story.
    pub(crate) today: Option<Playbook>,
    pub(crate) table: FieldTable,
    pub(crate) entries: Entries,
    pub(crate) facts: Facts,
    /// Who holds a role besides their own.
    pub(crate) second_roles: Vec<(Somebody, Role)>,
    pub(crate) now: Moment,
    pub(crate) offer: Offer,
    pub(crate) history: Vec<Recorded>,
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asker {
    Somebody(Somebody),
    Candidate,
    Clockwork,
}

impl From<Somebody> for Asker {
    fn from(somebody: Somebody) -> Self {
        Self::Somebody(somebody)
    }
}

pub(crate) fn candidate() -> PersonId {
    person('f')
}

const SHARED: &[(&str, &str)] = &[
    ("hire.kind", "new"),
    ("candidate.legal_name", "Maria Silva"),
    ("candidate.email", "maria@mail.example"),
    ("job.employment_type", "full_time"),
    ("job.remote", "no"),
    ("date.start", "2027-01-11"),
    ("candidate.address", "1 Elm Street, Davis, CA 95616"),
    ("job.reports_to", "Head of Unit"),
    ("job.worksite", "200 Main Street"),
    ("pay.frequency", "biweekly"),
    ("pay.overtime_rule", "over 40 hours a week"),
    ("benefits.pointer", "Benefits guide 2027"),
];
const NURSE: &[(&str, &str)] = &[
    ("client", "ACME"),
    ("org.department", "Nursing"),
    ("job.title", "Registered Nurse, ICU"),
    ("job.level", "RN2"),
    ("job.classification", "non_exempt"),
    ("job.hours_per_week", "36"),
    ("job.city", "Sacramento"),
    ("job.state", "CA"),
    ("pay.basis", "hourly"),
    ("pay.base", "60.00"),
    ("words.clauses", "HIPAA"),
    ("words.attachments", "IMMUNIZATION-FORM"),
];
const BILLED: &[(&str, &str)] = &[
    ("date.end", "2027-04-10"),
    ("job.shift", "night"),
    ("pay.day", "Friday"),
    ("bill.rate", "92.00"),
    ("bill.burden", "24"),
    ("bill.cap_on", "bill"),
    ("bill.cap", "96.00"),
];
const ACCOUNTANT: &[(&str, &str)] = &[
    ("org.department", "Finance"),
    ("job.title", "Staff Accountant"),
    ("job.level", "IC2"),
    ("job.classification", "exempt"),
    ("job.hours_per_week", "40"),
    ("job.city", "Denver"),
    ("job.state", "CO"),
    ("pay.basis", "salary"),
    ("pay.base", "70000"),
];

/// A story of this engagement that is still a draft.
pub(crate) fn a_story(engagement: Engagement) -> Story {
    let parts: &[&[(&str, &str)]] = match engagement {
        Engagement::Internal => &[SHARED, ACCOUNTANT],
        Engagement::DirectHire => &[SHARED, NURSE, &[("bill.fee", "20")]],
        Engagement::Temp => &[SHARED, NURSE, BILLED],
        Engagement::ContractToHire => &[SHARED, NURSE, BILLED, &[("bill.conversion_fee", "20")]],
    };
    let mut entries = Entries::default();
    entries.set(field::ENGAGEMENT, engagement.code());
    for (key, text) in parts.iter().copied().flatten() {
        entries.set(FieldKey::new(*key), *text);
    }
    entries.set(field::RECRUITER, Somebody::Recruiter.id().to_string());
    if engagement == Engagement::Internal {
        entries.set(field::HIRING_MANAGER, Somebody::HiringManager.id().to_string());
    } else {
        entries.set(field::CLIENT_CONTACT, Somebody::ClientContact.id().to_string());
        entries.set(field::ACCOUNT_MANAGER, Somebody::AccountManager.id().to_string());
    }
    let playbook = playbook();
    let requisition = Requisition {
        number: "REQ-1".to_owned(),
        seats: 1,
        pay_min: None,
        pay_max: None,
        budget: Some(Money::cents(20_000_000)),
        budget_period: BudgetPeriod::Assignment,
        prefill: Entries::default(),
    };
    let mut story = Story {
        table: playbook.field_table(),
        playbook,
        today: None,
        facts: Facts {
            requisition,
            seats_taken: BTreeSet::new(),
            committed: Money::cents(0),
            other_live_offers: 0,
            eligible: BTreeMap::new(),
            delegates: BTreeMap::new(),
            approvers: BTreeMap::new(),
            hours: BTreeMap::new(),
        },
        second_roles: Vec::new(),
        now: at("2026-11-20T15:00:00Z"),
        offer: Offer::new(OfferId::parse(&"e".repeat(32)).unwrap()),
        history: Vec::new(),
        entries,
    };
    let about = About {
        engagement: Some(engagement),
        client: (engagement != Engagement::Internal).then(|| ClientCode::new("ACME")),
        relations: Relations { recruiter: Some(Somebody::Recruiter.id()), ..Relations::default() },
        ..About::default()
    };
    let draft =
        Draft { requisition: RequisitionId::parse(&"d".repeat(32)).unwrap(), number: "REQ-1-1".to_owned(), candidate: candidate(), about };
    story.must(Somebody::Recruiter, Command::Draft(draft));
    story
}

pub(crate) fn accept_by(instant: &str) -> AcceptBy {
    AcceptBy { local: "2026-11-27T17:00".to_owned(), zone: "America/Chicago".to_owned(), instant: at(instant) }
}

pub(crate) fn letter(words: &str) -> LetterRef {
    LetterRef {
        document: DocumentId::parse(&"c".repeat(32)).unwrap(),
        template: TemplateKey::new("letter"),
        playbook: 1,
        digest: Digest::of(words.as_bytes()),
        blocks: Digest::of(b"blocks"),
        pdf: Digest::of(b"pdf"),
    }
}

pub(crate) fn approve(step: &'static str, version: u32) -> Command {
    Command::Approve(Approve { step: StepKey::new(step), version, comment: String::new(), ranges: Vec::new() })
}

pub(crate) fn acceptance(version: u32) -> Accept {
    Accept {
        version,
        letter: Digest::of(format!("letter of version {version}").as_bytes()),
        typed_name: "Maria Silva".to_owned(),
        consent: Some(3),
        evidence: AcceptanceEvidence {
            address: "192.0.2.1".to_owned(),
            user_agent: "a browser".to_owned(),
            email: "maria@mail.example".to_owned(),
        },
    }
}

pub(crate) fn decline(primary: DeclineReason) -> Command {
    Command::Decline(Decline { primary, secondary: None, note: String::new() })
}

/// A reason for whatever kind of exception may be found.
pub(crate) fn every_reason() -> ExceptionReasons {
    FactKind::ALL
        .iter()
        .flat_map(|kind| {
            [
                field::PAY_BASE,
                field::BILL_RATE,
                field::CLAUSES,
                field::SPECIAL_TERMS,
                field::ENGAGEMENT,
                field::PURCHASE_ORDER,
                field::SIGN_ON,
            ]
            .map(|field| (*kind, field, "agreed with the client".to_owned()))
        })
        .collect()
}

impl Story {
    /// Types something into the draft.
    pub(crate) fn with(mut self, key: &FieldKey, text: &str) -> Self {
        self.entries.set(key.clone(), text);
        self
    }

    pub(crate) fn terms(&self) -> Terms {
        intake::read(&self.entries, &self.table, Gate::Submit).unwrap()
    }

    pub(crate) fn submit(&self) -> Command {
        Command::Submit(Submit { terms: self.terms(), reasons: every_reason(), hands: BTreeMap::new() })
    }

    pub(crate) fn send(&self) -> Command {
        let version = self.offer.version;
        let letter = letter(&format!("letter of version {version}"));
        Command::Send(Send { version, letter, accept_by: accept_by("2026-11-27T23:00:00Z"), reasons: every_reason() })
    }

    pub(crate) fn standing(&self) -> Standing {
        self.offer.standing(&self.playbook)
    }

    fn actor(&self, asker: Asker) -> Actor {
        match asker {
            Asker::Somebody(somebody) => {
                let second = self.second_roles.iter().filter(|(who, _)| *who == somebody).map(|(_, role)| role.clone());
                let (id, member) = (somebody.id(), somebody.member_with(&second.collect::<Vec<_>>(), &self.playbook));
                let away = self.facts.approvers.iter().filter(|(_, approver)| approver.stand_in.as_ref() == Some(&id));
                let roles_of = |whom: &PersonId| {
                    let found = Somebody::ALL.into_iter().find(|other| other.id() == *whom);
                    found.map(|other| vec![other.role()]).unwrap_or_default()
                };
                let away = away.map(|(whom, _)| StandsInFor { whom: whom.clone(), roles: roles_of(whom) });
                Actor::Member(member.standing_in_for(away.collect()))
            }
            Asker::Candidate => Actor::Candidate { person: candidate(), offer: self.offer.id.clone() },
            Asker::Clockwork => Actor::Clockwork,
        }
    }

    /// Who may decide the steps that these terms would have, as the desk finds out.
    fn eligible(&self, command: &Command) -> BTreeMap<StepKey, BTreeSet<PersonId>> {
        let terms = match command {
            Command::Submit(submit) => Some(submit.terms.clone()),
            Command::Adopt(adopt) => self.offer.terms.as_ref().map(|terms| terms.with(&adopt.changes, &self.table)),
            _ => self.offer.terms.clone(),
        };
        let mut eligible: BTreeMap<StepKey, BTreeSet<PersonId>> = BTreeMap::new();
        for rule in self.playbook.rules.iter().chain(self.today.iter().flat_map(|today| &today.rules)) {
            let people: BTreeSet<PersonId> = match &rule.step.who {
                Who::Role(role) | Who::ManagerOf(ManagerOf { role, .. }) => {
                    Somebody::ALL.iter().filter(|who| who.role() == *role).map(|who| who.id()).collect()
                }
                Who::Relation(relation) => {
                    let key = match relation {
                        Relation::Recruiter => field::RECRUITER,
                        Relation::HiringManager => field::HIRING_MANAGER,
                        Relation::ClientContact => field::CLIENT_CONTACT,
                        Relation::AccountManager => field::ACCOUNT_MANAGER,
                    };
                    terms.as_ref().and_then(|terms| terms.person(&key)).cloned().into_iter().collect()
                }
            };
            eligible.insert(rule.step.key.clone(), people);
        }
        eligible
    }

    /// What a command would bring about, without carrying it out.
    pub(crate) fn asked(&self, asker: impl Into<Asker>, command: Command) -> Result<Vec<Event>, Refusal> {
        let actor = self.actor(asker.into());
        let fresh = Fresh::new([u8::try_from(self.history.len() % 251).unwrap(); 32], self.now);
        let mut facts = self.facts.clone();
        if facts.eligible.is_empty() {
            facts.eligible = self.eligible(&command);
        }
        let world = World {
            pinned: &self.playbook,
            table: &self.table,
            pinned_version: 1,
            current: self.today.as_ref().unwrap_or(&self.playbook),
            current_version: self.current_version(),
            actor: &actor,
            now: self.now,
            fresh: &fresh,
            facts: &facts,
            working_hours: &WorkingHours::default(),
        };
        decide(&self.offer, &world, command)
    }

    pub(crate) fn current_version(&self) -> u32 {
        if self.today.is_some() { 2 } else { 1 }
    }

    /// Carries a command out if it is not refused.
    pub(crate) fn when(&mut self, asker: impl Into<Asker>, command: Command) -> Result<Vec<Event>, Refusal> {
        let asker = asker.into();
        let events = self.asked(asker, command)?;
        let actor = self.actor(asker);
        for event in &events {
            let by = By { kind: actor.kind(), id: actor.id().to_owned() };
            let recorded = Recorded { seq: self.offer.seq + 1, at: self.now, by, event: event.clone() };
            self.offer.apply(&recorded);
            self.history.push(recorded);
        }
        self.now = self.now.plus_seconds(60);
        Ok(events)
    }

    /// Carries out a command that the story needs.
    pub(crate) fn must(&mut self, asker: impl Into<Asker>, command: Command) -> Vec<Event> {
        self.when(asker, command).unwrap_or_else(|refusal| panic!("the story needs this: {refusal:?}"))
    }

    pub(crate) fn submitted(mut self) -> Self {
        let submit = self.submit();
        self.must(Somebody::Recruiter, submit);
        self
    }

    /// Approves whatever is open until nothing is.
    pub(crate) fn approved(mut self) -> Self {
        loop {
            let open = self.offer.open_steps().map(|(step, ..)| step.step.clone()).next();
            let Some(step) = open else { break };
            let version = self.offer.version;
            self.must(decider(step.as_str()), Command::Approve(Approve { step, version, comment: String::new(), ranges: Vec::new() }));
        }
        assert_eq!(self.offer.status, Status::Approved);
        self
    }

    pub(crate) fn sent(mut self) -> Self {
        let send = self.send();
        self.must(Somebody::Recruiter, send);
        self.must(Asker::Clockwork, Command::MarkSent { message: "<1@firm.example>".to_owned() });
        self
    }

    pub(crate) fn accepted(mut self) -> Self {
        let version = self.offer.version;
        self.must(Asker::Candidate, Command::Accept(acceptance(version)));
        self
    }

    pub(crate) fn acknowledged(mut self) -> Self {
        for (recipient, who) in [("hr_ops", Somebody::HrOps), ("it", Somebody::It), ("payroll", Somebody::Payroll)] {
            let recipient = RecipientKey::new(recipient);
            self.must(who, Command::Acknowledge { recipient, reference: String::new() });
        }
        self
    }

    pub(crate) fn started(mut self) -> Self {
        self.now = at("2027-01-11T15:00:00Z");
        self.must(Somebody::Recruiter, Command::Start { day: day("2027-01-11") });
        self
    }

    pub(crate) fn resolved(mut self, kind: &'static str, state: ContingencyState) -> Self {
        let kind = ContingencyKind::new(kind);
        self.must(Somebody::Recruiter, Command::ResolveContingency { kind, state, evidence: "report 17".to_owned() });
        self
    }

    /// Proposes a change and answers the adoption of it.
    pub(crate) fn adoption(&mut self, key: &FieldKey, text: &str) -> Command {
        let changes = self.change(key, text);
        let proposed = self.must(Somebody::Recruiter, self.proposal(changes.clone()));
        let Some(Event::Proposed { proposal, .. }) = proposed.into_iter().next() else { panic!("a proposal") };
        Command::Adopt(Adopt { proposal, version: self.offer.version, changes, why: "counteroffer".to_owned(), reasons: every_reason() })
    }

    /// A change that the candidate asked for by phone.
    pub(crate) fn proposal(&self, changes: Vec<Change>) -> Command {
        Command::Propose(Propose {
            version: self.offer.version,
            changes,
            why: "asked by phone".to_owned(),
            evidence: String::new(),
            for_candidate: true,
            hold_letter: false,
        })
    }

    pub(crate) fn change(&self, key: &FieldKey, text: &str) -> Vec<Change> {
        let mut typed = Entries::default();
        typed.set(key.clone(), text);
        intake::read_changes(self.offer.terms.as_ref().unwrap(), &typed, &self.table).unwrap()
    }

    pub(crate) fn route(&self) -> policy::Route {
        self.offer.route.clone()
    }
}

/// Who decides a step in this firm.
pub(crate) fn decider(step: &str) -> Somebody {
    match step {
        "hiring_manager" => Somebody::HiringManager,
        "ops" => Somebody::Ops,
        "client_contact" => Somebody::ClientContact,
        "finance" => Somebody::Finance,
        "hrbp" => Somebody::Hrbp,
        "legal" => Somebody::Legal,
        other => panic!("no such step: {other}"),
    }
}

/// The names of events, for sentences.
pub(crate) fn names(events: &[Event]) -> Vec<String> {
    events.iter().map(|event| serde_json::to_value(event).unwrap()["type"].as_str().unwrap().to_owned()).collect()
}

/// The steps of a route.
pub(crate) fn steps(route: &policy::Route) -> BTreeSet<&str> {
    route.steps.iter().map(|step| step.step.as_str()).collect()
}
