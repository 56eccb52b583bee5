//! A firm to measure with: the demo's playbook, people and openings, and somebody for every act.

use std::{path::Path, sync::Arc};

use app::desk::{Answer, Asked, Begin, Desk as _, Viewer};
use offer::{
    access::{Actor, Member},
    check::Finding,
    field::{self, FieldKey},
    id::{OfferId, RequisitionId, StepKey},
    ledger::AuthLevel,
    lifecycle::{Approve, Command, ExceptionReasons, Status},
    requisition::Requisition,
    terms::Entries,
};

use super::said;
use crate::{
    cli::CommandFault,
    clock::Clock,
    config::SessionTimes,
    demo,
    desk::{HouseDesk, HouseSettings, Listed, Port},
    identity::{Cookies, Identity},
    outbox::Mailbox,
    store::{Database, Store},
    vault::folder::KeyFolder,
};

/// The opening of every offer that is approved here: a nurse, above the band and with a special term, so that operations, the client, finance
/// and legal decide.
const OPENING: &str = "REQ-1000";
/// The longest way of an offer through its steps.
const STEPS_MAX: usize = 16;

/// A firm with its people.
pub(super) struct Firm {
    pub(super) port: Arc<Port>,
    pub(super) people: Arc<Vec<Viewer>>,
}

/// Who approves which step, in order.
pub(super) type Plan = Vec<(Viewer, StepKey)>;

impl Firm {
    /// A new firm in an empty store; its keys lie in `folder`.
    pub(super) async fn found(database: &Database, folder: &Path) -> Result<Self, CommandFault> {
        let store = Store::open(database).await.map_err(said)?;
        let vault = Arc::new(KeyFolder::of(folder).create().map_err(CommandFault::Keys)?);
        let clock = Arc::new(Clock::System);
        let settings = HouseSettings {
            firm: offer::id::FirmId::new("firm"),
            public_url: "http://127.0.0.1:3000".to_owned(),
            demo: None,
            mail_from: Mailbox { name: None, address: "offers@harborpine.example".to_owned() },
        };
        let house = HouseDesk::new(store.clone(), vault, Arc::clone(&clock), settings);
        let sessions = SessionTimes { idle_seconds: 7_200, absolute_seconds: 43_200 };
        let identity = Arc::new(Identity::new(store, "firm", clock, sessions, Cookies::new(false)).map_err(said)?);
        demo::found(&house, house.now()).await?;
        Self::of(Port { house, identity }).await
    }

    /// The firm of an open port.
    pub(super) async fn of(port: Port) -> Result<Self, CommandFault> {
        let current = port.house.current().await.map_err(said)?;
        let viewer = |Listed { id, person, .. }: &Listed| {
            let member = Member::resolve(id.clone(), person, AuthLevel::Local, &current.playbook);
            Viewer::Staff { member, name: person.name().unwrap_or_default().to_owned(), zone: person.zone.clone(), proven: true }
        };
        let people = port.house.people().await.map_err(said)?.iter().map(viewer).collect();
        Ok(Self { port: Arc::new(port), people: Arc::new(people) })
    }

    /// The opening that offers are made for, and whoever recruits for it.
    pub(super) async fn opening(&self) -> Result<(RequisitionId, Viewer), CommandFault> {
        let openings = self.port.house.requisitions_all().await.map_err(said)?;
        let opening = openings.into_iter().find(|(_, opening)| opening.number == OPENING);
        let (id, opening) = opening.ok_or_else(|| said(format!("the demo data lack {OPENING}")))?;
        let recruits = |viewer: &&Viewer| viewer.member().map(|member| &member.id) == opening.recruiter().as_ref();
        let recruiter = self.people.iter().find(recruits).cloned().ok_or_else(|| said(format!("{OPENING} has no recruiter")))?;
        Ok((id, recruiter))
    }

    /// Openings like that one, without a budget and with a seat for everybody: whoever works at the same time meets nobody there.
    pub(super) async fn openings_apart(&self, count: usize, seats: u32) -> Result<Vec<RequisitionId>, CommandFault> {
        let house = &self.port.house;
        let all = house.requisitions_all().await.map_err(said)?;
        let like = all.into_iter().map(|(_, opening)| opening).find(|opening| opening.number == OPENING);
        let like = like.ok_or_else(|| said(format!("the demo data lack {OPENING}")))?;
        let numbers: Vec<String> = (1..=count).map(|apart| format!("{OPENING}-{apart}")).collect();
        let apart = |number: &String| (Requisition { number: number.clone(), seats, budget: None, ..like.clone() }, None);
        let somebody = Actor::Operator { os_user: "bench".to_owned() };
        house.write_requisitions(numbers.iter().map(apart).collect(), &somebody).await.map_err(said)?;
        let all = house.requisitions_all().await.map_err(said)?;
        let openings = all.into_iter().filter(|(_, opening)| numbers.contains(&opening.number)).map(|(id, _)| id).collect();
        Ok(openings)
    }

    /// A draft of somebody who was never here, filled as its opening says.
    pub(super) async fn drafted(&self, opening: &RequisitionId, recruiter: &Viewer, number: usize) -> Result<OfferId, CommandFault> {
        let begin = Begin {
            requisition: Some(opening.clone()),
            engagement: None,
            name: format!("Candidate {number}"),
            email: format!("candidate.{number}@mail.example"),
            once: format!("begin-{number}"),
        };
        done(self.port.begin(recruiter, begin).await, "begin")
    }

    /// The draft filled and submitted.
    pub(super) async fn submitted(&self, offer: &OfferId, recruiter: &Viewer, entries: &[(FieldKey, &str)]) -> Result<(), CommandFault> {
        let fields = done(self.port.intake(recruiter, offer).await, "open the intake")?.editable;
        let typed: Entries =
            entries.iter().filter(|(key, _)| fields.contains(key)).map(|(key, text)| (key.clone(), (*text).to_owned())).collect();
        done(self.port.save(recruiter, offer, typed).await, "save")?;
        let review = done(self.port.review(recruiter, offer).await, "review")?;
        let asked = Asked::Submit { reasons: reasons(&review.findings) };
        done(self.port.act(recruiter, offer, asked, &format!("submit-{offer}")).await, "submit")
    }

    /// Who approves what, found by carrying one offer through.
    pub(super) async fn plan(&self, offer: &OfferId) -> Result<Plan, CommandFault> {
        let mut plan = Plan::new();
        while plan.len() < STEPS_MAX {
            let Some(next) = self.whose_step(offer).await? else { return Ok(plan) };
            self.approved(offer, &next).await?;
            plan.push(next);
        }
        Err(said("an offer waits for ever"))
    }

    /// One approval, with a comment, through the port of the pages.
    pub(super) async fn approved(&self, offer: &OfferId, (who, step): &(Viewer, StepKey)) -> Result<(), CommandFault> {
        let comment = "Seen with the account manager; the rate is what the market asks.".to_owned();
        let command = Command::Approve(Approve { step: step.clone(), version: 1, comment, ranges: Vec::new() });
        done(self.port.act(who, offer, Asked::Command(command), &format!("approve-{offer}-{step}")).await, "approve")
    }

    async fn whose_step(&self, offer: &OfferId) -> Result<Option<(Viewer, StepKey)>, CommandFault> {
        for viewer in self.people.iter() {
            let Answer::Done(page) = self.port.offer(viewer, offer).await else { continue };
            if page.status != Status::InReview {
                return Ok(None);
            }
            if let Some(step) = page.your_steps.into_iter().next() {
                return Ok(Some((viewer.clone(), step)));
            }
        }
        Err(said("an offer waits on nobody"))
    }
}

/// What a draft for the nurse's opening lacks, with pay above its band and words of its own.
pub(super) const ABOVE_BAND: [(FieldKey, &str); 8] = [
    (field::CANDIDATE_ADDRESS, "1418 Alhambra Boulevard, Sacramento, CA 95816"),
    (field::PAY_BASE, "71.00"),
    (field::REPORTS_TO, "Priya Raman"),
    (field::BENEFITS, "the benefits guide that comes with this letter"),
    (field::OVERTIME_RULE, "one and a half times the rate for hours over 8 in a day and 40 in a week"),
    (field::PAY_DAY, "Friday"),
    (field::PURCHASE_ORDER, "PO-4711"),
    (field::SPECIAL_TERMS, "Parking at the main garage is paid by us for the whole assignment."),
];

fn reasons(findings: &[Finding]) -> ExceptionReasons {
    let reason = "Agreed with the account manager; ten years in the same unit.";
    let exceptions = findings.iter().filter(|finding| finding.is_exception());
    exceptions.map(|finding| (finding.fact.kind(), finding.field.clone(), reason.to_owned())).collect()
}

fn done<T>(answer: Answer<T>, what: &str) -> Result<T, CommandFault> {
    match answer {
        Answer::Done(done) => Ok(done),
        other => Err(said(format!("could not {what}: {:?}", other.notice()))),
    }
}
