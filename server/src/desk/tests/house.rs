//! A small house in a temporary folder: a rehearsal, the demo playbook, and its people.

use std::{fs, path::PathBuf, sync::Arc};

use app::desk::{Accept, Asked, Away, Begin, Viewer};
use offer::{
    access::{Actor, Member},
    engagement::Engagement,
    field::{self, FieldKey},
    id::{FirmId, OfferId, PersonId, RequisitionId, Role, StepKey, role},
    ledger::AuthLevel,
    lifecycle::{Approve, Command, ContingencyState, Decline, DeclineReason, ExceptionReasons, Refusal, Status},
    moment::Moment,
    money::{BasisPoints, Money},
    person::{Identity, Person},
    playbook::{Band, Cap, Client, NegotiationPolicy, Playbook},
    private::Private,
    requisition::{BudgetPeriod, Requisition},
    terms::Entries,
};
use tempfile::TempDir;

use crate::{
    clock::Clock,
    desk::{Act, DeskFault, HouseDesk, HouseSettings, port::doer},
    outbox::{Handover, Mail, Mailbox, Outcome},
    store::{Change, Claim, Database, Store, queue},
    vault::folder::KeyFolder,
};

pub(super) const NOON: &str = "2026-11-20T18:00:00Z";
pub(super) const AVA: &str = "Ava Nguyen";
pub(super) const PRIYA: &str = "Priya Raman";
/// A name that nothing else in the house contains.
pub(super) const CANDIDATE: &str = "Quillon Vasquez-Thorne";
pub(super) const CANDIDATE_EMAIL: &str = "quillon@candidate.example";

/// Everybody, with role and address.
const PEOPLE: [(&str, Role); 11] = [
    (AVA, role::RECRUITER),
    ("Omar Ops", role::OPS),
    ("Fay Finance", role::FINANCE),
    ("Hana Manager", role::HIRING_MANAGER),
    ("Hugo Partner", role::HRBP),
    ("Lee Legal", role::LEGAL),
    ("Rosa Onboarding", role::HR_OPS),
    ("Ike Systems", role::IT),
    ("Pia Payroll", role::PAYROLL),
    ("Dana Okafor", role::ACCOUNT_MANAGER),
    (PRIYA, role::CLIENT_CONTACT),
];

pub(super) struct House {
    pub(super) desk: HouseDesk,
    pub(super) folder: TempDir,
    clock: PathBuf,
}

/// Somebody at the command line.
pub(super) fn operator() -> Actor {
    Actor::Operator { os_user: "tester".into() }
}

pub(super) fn email_of(name: &str) -> String {
    format!("{}@house.example", name.to_lowercase().replace(' ', "."))
}

impl House {
    /// On SQLite.
    pub(super) async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&Database::Folder(folder.path().join("data"))).await.unwrap();
        Self::over(store, folder).await
    }

    /// On any store, with its keys and clock in a folder.
    pub(super) async fn over(store: Store, folder: TempDir) -> Self {
        let clock = folder.path().join("clock");
        fs::write(&clock, NOON).unwrap();
        let vault = Arc::new(KeyFolder::of(&folder.path().join("home")).create().unwrap());
        let settings = HouseSettings {
            firm: FirmId::new("harborpine"),
            public_url: "http://127.0.0.1:3000".into(),
            mail_from: Mailbox { name: None, address: "offers@harborpine.example".into() },
            demo: None,
        };
        let desk = HouseDesk::new(store, vault, Arc::new(Clock::rehearsal(&clock).unwrap()), settings);
        let house = Self { desk, folder, clock };
        house.desk.publish(playbook(), 0, &operator()).await.unwrap();
        for (name, role) in PEOPLE {
            house.desk.upsert_person(person(name, role), &operator()).await.unwrap();
        }
        house
    }

    /// Somebody more, with a role.
    pub(super) async fn joined(&self, name: &str, role: Role) -> PersonId {
        self.desk.upsert_person(person(name, role), &operator()).await.unwrap()
    }

    /// Somebody is changed in some column.
    pub(super) async fn changed(&self, name: &str, change: impl FnOnce(&mut Person)) {
        let roster = self.desk.roster().await.unwrap();
        let mut person = roster.present().find(|listed| listed.person.name() == Some(name)).unwrap().person.clone();
        change(&mut person);
        self.desk.upsert_person(person, &operator()).await.unwrap();
    }

    /// Somebody says that they will be away.
    pub(super) async fn goes_away(&self, name: &str, days: [&str; 2], stand_in: Option<&str>) -> Result<(), DeskFault> {
        let [from, until] = days.map(|day| day.parse().unwrap());
        let stand_in = match stand_in {
            Some(name) => Some(self.id_of(name).await),
            None => None,
        };
        let away = Away { person: self.id_of(name).await, from, until, stand_in };
        self.desk.go_away(&self.viewer(name).await, &away).await
    }

    /// Publishes the playbook of the house anew, changed.
    pub(super) async fn published(&self, change: impl FnOnce(&mut Playbook)) {
        let current = self.desk.current().await.unwrap();
        let mut playbook = current.playbook.clone();
        change(&mut playbook);
        self.desk.publish(playbook, current.version, &operator()).await.unwrap();
    }

    pub(super) fn now_is(&self, instant: &str) {
        fs::write(&self.clock, instant).unwrap();
    }

    pub(super) async fn id_of(&self, name: &str) -> PersonId {
        let roster = self.desk.roster().await.unwrap();
        roster.present().find(|listed| listed.person.name() == Some(name)).unwrap().id.clone()
    }

    /// Somebody of the firm, or the client's contact, signed in.
    pub(super) async fn viewer(&self, name: &str) -> Viewer {
        let roster = self.desk.roster().await.unwrap();
        let listed = roster.present().find(|listed| listed.person.name() == Some(name)).unwrap();
        let current = self.desk.current().await.unwrap();
        let level = if listed.is_contact { AuthLevel::Code } else { AuthLevel::Password };
        let member = Member::resolve(listed.id.clone(), &listed.person, level, &current.playbook)
            .standing_in_for(roster.stands_in_for(&listed.id, self.desk.now()));
        let (name, zone) = (name.to_owned(), listed.person.zone.clone());
        if listed.is_contact { Viewer::Client { member, name, zone } } else { Viewer::Staff { member, name, zone, proven: true } }
    }

    pub(super) async fn candidate_of(&self, offer: &OfferId) -> Viewer {
        let file = self.desk.file(offer).await.unwrap();
        Viewer::Candidate {
            person: file.offer.candidate.clone().unwrap(),
            offer: offer.clone(),
            email: CANDIDATE_EMAIL.into(),
            address: "203.0.113.7".into(),
            user_agent: "a browser".into(),
        }
    }

    pub(super) async fn act(&self, who: &Viewer, offer: &OfferId, asked: Asked) -> Result<(), DeskFault> {
        self.act_once(who, offer, &asked, "").await
    }

    /// As the port gives it; `once` makes a repeated form the same act.
    pub(super) async fn act_once(&self, who: &Viewer, offer: &OfferId, asked: &Asked, once: &str) -> Result<(), DeskFault> {
        let doer = doer(who).unwrap();
        self.desk.carry_out(Act { offer, doer: &doer, asked, once, along: &[] }).await
    }

    pub(super) async fn command(&self, who: &str, offer: &OfferId, command: Command) {
        let who = self.viewer(who).await;
        self.act(&who, offer, Asked::Command(command)).await.unwrap();
    }

    pub(super) async fn status(&self, offer: &OfferId) -> Status {
        self.desk.file(offer).await.unwrap().offer.status
    }

    /// An opening of this engagement with so many seats.
    pub(super) async fn opening(&self, engagement: Engagement, seats: u32) -> RequisitionId {
        let requisition = self.requisition(engagement, seats).await;
        self.desk.open_requisition(requisition, &operator()).await.unwrap()
    }

    pub(super) async fn requisition(&self, engagement: Engagement, seats: u32) -> Requisition {
        let mut prefill = Entries::default();
        let mut set = |key: FieldKey, text: &str| prefill.set(key, text);
        set(field::ENGAGEMENT, engagement.code());
        set(field::JOB_TITLE, "Registered Nurse, ICU");
        set(field::DEPARTMENT, "Nursing");
        set(field::LEVEL, "RN2");
        set(field::PAY_BASIS, "hourly");
        set(field::CITY, "Sacramento");
        set(field::STATE, "CA");
        set(field::REMOTE, "no");
        set(field::CLASSIFICATION, "non_exempt");
        set(field::HOURS_PER_WEEK, "36");
        set(field::START, "2027-01-11");
        set(field::RECRUITER, self.id_of(AVA).await.as_str());
        if engagement.has_client() {
            set(field::CLIENT, "ACME-MED");
            set(field::CLIENT_CONTACT, self.id_of(PRIYA).await.as_str());
            set(field::ACCOUNT_MANAGER, self.id_of("Dana Okafor").await.as_str());
            set(field::CONTINGENCIES, "background_check");
        } else {
            set(field::HIRING_MANAGER, self.id_of("Hana Manager").await.as_str());
        }
        if engagement.is_billed() {
            set(field::BURDEN, "24");
            set(field::BILL_RATE, "92.00");
            set(field::SHIFT, "night");
            set(field::END, "2027-04-10");
        }
        match engagement {
            Engagement::DirectHire => set(field::FEE, "20"),
            Engagement::ContractToHire => set(field::CONVERSION_FEE, "15"),
            Engagement::Internal | Engagement::Temp => {}
        }
        Requisition {
            number: format!(
                "REQ-{}",
                match engagement {
                    Engagement::Internal => 1000,
                    Engagement::DirectHire => 2000,
                    Engagement::Temp => 3000,
                    Engagement::ContractToHire => 4000,
                }
            ),
            seats,
            pay_min: Some(Money::cents(5_400)),
            pay_max: Some(Money::cents(6_600)),
            budget: Some(Money::cents(1_000_000_000)),
            budget_period: BudgetPeriod::Assignment,
            prefill,
        }
    }

    /// A draft with everything that the letter needs.
    pub(super) async fn drafted(&self, requisition: &RequisitionId, pay: &str) -> OfferId {
        let ava = self.viewer(AVA).await;
        let begin = Begin {
            requisition: Some(requisition.clone()),
            engagement: None,
            name: CANDIDATE.into(),
            email: CANDIDATE_EMAIL.into(),
            once: String::new(),
        };
        let offer = self.desk.begin_offer(&ava, &begin).await.unwrap();
        let typed = [
            (field::CANDIDATE_ADDRESS, "1 Elm Street, Sacramento, CA 95814"),
            (field::PAY_BASE, pay),
            (field::WORKSITE, "Acme Regional, 4th floor"),
            (field::REPORTS_TO, "Charge nurse"),
            (field::OVERTIME_RULE, "over 8 hours a day and 40 hours a week"),
            (field::BENEFITS, "See the benefits guide"),
            (field::PAY_DAY, "Friday"),
            (field::PURCHASE_ORDER, "PO-7"),
            (field::SCHEDULE, "Three nights a week"),
        ];
        let typed = typed.into_iter().map(|(key, text)| (key, text.to_owned())).collect();
        self.desk.keep_typed(&ava, &offer, &typed, None).await.unwrap();
        offer
    }

    pub(super) async fn submitted(&self, requisition: &RequisitionId, pay: &str) -> OfferId {
        let offer = self.drafted(requisition, pay).await;
        let ava = self.viewer(AVA).await;
        self.act(&ava, &offer, Asked::Submit { reasons: Vec::new() }).await.unwrap();
        offer
    }

    /// The recruiter proposes a change on the candidate's word and adopts it, whatever it takes.
    pub(super) async fn adopted(&self, offer: &OfferId, field: &FieldKey, text: &str) {
        let ava = self.viewer(AVA).await;
        let adopt = self.adoption(offer, field, text).await;
        match self.act(&ava, offer, adopt(Vec::new())).await {
            Err(DeskFault::Refused(Refusal::Unexplained { findings })) => {
                let reasons = findings.iter().map(|found| (found.fact.kind(), found.field.clone(), "agreed by phone".to_owned())).collect();
                self.act(&ava, offer, adopt(reasons)).await.unwrap();
            }
            other => other.unwrap(),
        }
    }

    /// A proposal of the candidate's, recorded, and what adopts it.
    pub(super) async fn adoption(&self, offer: &OfferId, field: &FieldKey, text: &str) -> impl Fn(ExceptionReasons) -> Asked + use<> {
        let ava = self.viewer(AVA).await;
        let typed: Entries = [(field.clone(), text.to_owned())].into_iter().collect();
        let version = self.desk.file(offer).await.unwrap().offer.version;
        let (why, evidence) = ("another offer".into(), String::new());
        let propose = Asked::Propose { version, typed, why, evidence, hold_letter: false, for_candidate: true };
        self.act(&ava, offer, propose).await.unwrap();
        let file = self.desk.file(offer).await.unwrap();
        let (proposal, version) = (file.offer.open_proposals().next().unwrap().0.clone(), file.offer.version);
        move |reasons| Asked::Adopt { proposal: proposal.clone(), version, typed: Entries::default(), why: "agreed".into(), reasons }
    }

    /// Approves every step, each by somebody on whom it waits; answers who did.
    pub(super) async fn approved(&self, offer: &OfferId) -> Vec<(String, StepKey)> {
        let mut approvals = Vec::new();
        while self.status(offer).await == Status::InReview {
            approvals.extend(self.step_approved(offer, "").await);
        }
        approvals
    }

    /// Approves what waits now on anybody but one.
    pub(super) async fn step_approved(&self, offer: &OfferId, but: &str) -> Vec<(String, StepKey)> {
        let mut approvals = Vec::new();
        for (name, _) in PEOPLE.into_iter().filter(|(name, _)| *name != but) {
            let who = self.viewer(name).await;
            let Ok(page) = self.desk.offer_page(&who, offer).await else { continue };
            for step in page.your_steps {
                let approve = Approve { step: step.clone(), version: page.version, comment: String::new(), ranges: Vec::new() };
                self.act(&who, offer, Asked::Command(Command::Approve(approve))).await.unwrap();
                approvals.push((name.to_owned(), step));
            }
        }
        assert!(!approvals.is_empty(), "somebody may decide");
        approvals
    }

    pub(super) async fn asked_to_send(&self, offer: &OfferId) {
        let version = self.desk.file(offer).await.unwrap().offer.version;
        let (accept_by, zone) = ("2026-12-18T17:00".to_owned(), "America/Los_Angeles".to_owned());
        let ava = self.viewer(AVA).await;
        self.act(&ava, offer, Asked::Send { version, accept_by, zone, reasons: Vec::new() }).await.unwrap();
    }

    /// An offer that lies with its candidate, and the mails that went out last.
    pub(super) async fn sent(&self, requisition: &RequisitionId, pay: &str) -> (OfferId, Vec<Mail>) {
        let offer = self.submitted(requisition, pay).await;
        self.approved(&offer).await;
        self.post().await;
        self.asked_to_send(&offer).await;
        let mails = self.post().await;
        assert_eq!(self.status(&offer).await, Status::Sent);
        (offer, mails)
    }

    /// Hands over every mail that waits.
    pub(super) async fn post(&self) -> Vec<Mail> {
        let now = self.desk.now().micros();
        let claim = Claim { now, lease_until: now + 1, rows_max: 100 };
        let mut mails = Vec::new();
        for row in self.desk.store.claim_outbox(self.desk.firm(), claim).await.unwrap() {
            mails.push(self.desk.mail(self.desk.firm(), &row).await.unwrap());
            let settle = Change::OutboxSettle { id: row.id.clone(), attempt: row.attempts, state: queue::DONE, fault: String::new() };
            self.desk.record(self.desk.firm(), &row, Outcome::HandedOver { at: now }, settle).await.unwrap();
        }
        mails
    }

    /// The candidate's signature on the letter that is open now.
    pub(super) async fn signature(&self, offer: &OfferId) -> Asked {
        let page = self.desk.candidate_page(&self.candidate_of(offer).await).await.unwrap();
        let letter = page.letter.unwrap();
        Asked::Accept(Accept {
            version: letter.version,
            letter: letter.digest,
            typed_name: CANDIDATE.into(),
            consent: Some(page.consent.0),
        })
    }

    pub(super) async fn accepted(&self, offer: &OfferId) {
        let candidate = self.candidate_of(offer).await;
        self.act(&candidate, offer, Asked::Command(Command::View)).await.unwrap();
        let signature = self.signature(offer).await;
        self.act(&candidate, offer, signature).await.unwrap();
    }

    pub(super) fn declining() -> Asked {
        Asked::Command(Command::Decline(Decline { primary: DeclineReason::Comp, secondary: None, note: String::new() }))
    }

    /// Resolves what holds the hand-off.
    pub(super) async fn cleared(&self, offer: &OfferId) {
        let kinds: Vec<_> = self.desk.file(offer).await.unwrap().offer.contingencies.keys().cloned().collect();
        for kind in kinds {
            let resolve = Command::ResolveContingency { kind, state: ContingencyState::Cleared, evidence: "report 7".into() };
            self.command(AVA, offer, resolve).await;
        }
    }

    /// Everybody who must agree to a rescission does.
    pub(super) async fn rescinded(&self, offer: &OfferId) -> Result<(), DeskFault> {
        for name in ["Hugo Partner", "Lee Legal"] {
            let who = self.viewer(name).await;
            self.act(&who, offer, Asked::Command(Command::AgreeRescission)).await?;
        }
        Ok(())
    }

    /// Every recipient takes over.
    pub(super) async fn taken_over(&self, offer: &OfferId) {
        for (name, _) in PEOPLE {
            let who = self.viewer(name).await;
            let Ok(page) = self.desk.offer_page(&who, offer).await else { continue };
            for line in page.handoffs.into_iter().filter(|line| line.yours) {
                let command = Command::Acknowledge { recipient: line.recipient, reference: String::new() };
                self.act(&who, offer, Asked::Command(command)).await.unwrap();
            }
        }
    }
}

pub(super) fn at(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

fn person(name: &str, role: Role) -> Person {
    let of_the_client = [role::CLIENT_CONTACT, role::ACCOUNT_MANAGER].contains(&role);
    Person {
        identity: Private::Kept(Identity { name: name.into(), email: email_of(name) }),
        roles: vec![role],
        team: None,
        department: None,
        business_line: None,
        region: None,
        clients: if of_the_client { vec![offer::id::ClientCode::new("ACME-MED")] } else { Vec::new() },
        manager: None,
        approval_limit_annual: None,
        approval_limit_over_band: None,
        zone: "America/Los_Angeles".into(),
    }
}

/// The demo firm's playbook with one client and one band.
pub(super) fn playbook() -> Playbook {
    let mut playbook = offer::playbook::from_toml(include_str!("../../../demo/playbook.toml")).unwrap();
    playbook.clients = vec![Client {
        code: offer::id::ClientCode::new("ACME-MED"),
        name: "Acme Regional Medical".into(),
        legal_name: "Acme Regional Medical Center".into(),
        address: "500 Clinic Way; Sacramento, CA 95814".into(),
        business_line: "healthcare".into(),
        region: "west".into(),
        markup_floor: BasisPoints(3_800),
        msp_fee: BasisPoints(350),
        cap: Some(Cap::Bill(Money::cents(9_600))),
        overtime_rule: "over 8 h/day and 40 h/week".into(),
        required_clauses: vec![offer::id::ClauseKey::new("HIPAA")],
        required_attachments: vec!["IMMUNIZATION-FORM".into()],
        purchase_order_required: true,
        timesheet_approver: "unit.leads@acmemed.example".into(),
        owner: role::ACCOUNT_MANAGER,
        review_on: None,
    }];
    playbook.bands = vec![Band {
        department: "Nursing".into(),
        level: "RN2".into(),
        state: "CA".into(),
        basis: offer::engagement::PayBasis::Hourly,
        min: Money::cents(5_200),
        mid: Money::cents(6_000),
        max: Money::cents(6_900),
        benchmarked_on: "2026-06-15".parse().unwrap(),
        source: "placements".into(),
        negotiation_low: BasisPoints(0),
        negotiation_high: BasisPoints(800),
        negotiation: NegotiationPolicy::Negotiable,
    }];
    playbook
}
