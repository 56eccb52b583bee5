//! An offer: the fold of its history.

use super::{AcceptBy, AskedBy, By, ContingencyState, Exception, LetterRef, Recorded, Status, Verbal, Words};
use crate::acceptance::Standing;
use crate::access::{About, Handed, Subject};
use crate::check::{self, Fact, Finding, Strength};
use crate::engagement::{Engagement, HireKind};
use crate::field::{self, FieldTable};
use crate::id::{ContingencyKind, OfferId, PersonId, ProposalId, QuestionId, RecipientKey, RequisitionId, Role, StepKey};
use crate::lifecycle::{DeclineReason, NotStartedBy};
use crate::moment::{Day, Moment};
use crate::playbook::{ContingencyDue, Playbook};
use crate::policy::{Coverage, Route, RouteStep};
use crate::terms::{Changes, FieldConflict, Terms, Value};
use std::collections::{BTreeMap, BTreeSet};

/// An offer as it stands after its latest event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its id, also its stream.
    pub id: OfferId,
    /// How many events it has.
    pub seq: u64,
    /// The opening; nothing before the first event.
    pub requisition: Option<RequisitionId>,
    /// What people call it.
    pub number: String,
    /// The candidate.
    pub candidate: Option<PersonId>,
    /// What it is about.
    pub about: About,
    /// Where it stands.
    pub status: Status,
    /// Since when.
    pub status_since: Moment,
    /// When it was begun.
    pub begun_at: Moment,
    /// Version of the terms; 0 before the first Submit.
    pub version: u32,
    /// The terms.
    pub terms: Option<Terms>,
    /// Every version's terms, by version.
    pub versions: BTreeMap<u32, Terms>,
    /// What was found at the last submit or change.
    pub findings: Vec<Finding>,
    /// What goes ahead all the same.
    pub exceptions: Vec<Exception>,
    /// Who must decide.
    pub route: Route,
    /// Where each step of the route stands.
    pub steps: BTreeMap<StepKey, StepState>,
    /// Every approval since the draft was last begun anew, the latest last: those that fell stand again when the values are back.
    pub approvals: Vec<Approval>,
    /// Decisions that were handed to somebody else.
    pub delegations: Vec<Delegation>,
    /// The pinned playbook version; 0 before the first Submit.
    pub playbook: u32,
    /// Everybody who handed in any of what is being decided: whoever wrote it in a draft or submitted it, and whoever of the firm asked
    /// for a change since or adopted it.
    pub askers: BTreeSet<PersonId>,
    /// The letter, once one was made of this version.
    pub letter: Option<Letter>,
    /// Letters of earlier versions and deadlines, latest last.
    pub earlier_letters: Vec<Letter>,
    /// Verbal conversations.
    pub verbals: Vec<(Moment, Verbal)>,
    /// What was said last of each field, unless the candidate asked for another value since.
    pub spoken: BTreeMap<field::FieldKey, Value>,
    /// Fields that were spoken otherwise than approved at that time, since the draft was last begun anew; each is an exception.
    pub spoken_outside: BTreeSet<field::FieldKey>,
    /// Questions of the candidate.
    pub questions: BTreeMap<QuestionId, Question>,
    /// Proposals.
    pub proposals: BTreeMap<ProposalId, Proposal>,
    /// Contingencies and how they stand.
    pub contingencies: BTreeMap<ContingencyKind, ContingencyState>,
    /// The acceptance.
    pub acceptance: Option<Acceptance>,
    /// Hand-offs.
    pub handoffs: BTreeMap<RecipientKey, Handoff>,
    /// The start as confirmed.
    pub start_confirmed: Option<Day>,
    /// How it ended without a hire.
    pub ending: Option<Ending>,
    /// A request to rescind that is under way.
    pub rescission: Option<RescissionRequest>,
    /// Roles that were asked to agree to the rescission that is asked for, or that ended it.
    pub asked_to_rescind: BTreeSet<Role>,
}

/// Where a step stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Waits for steps that come first.
    Later,
    /// Waits on its people.
    Open {
        /// Since when.
        since: Moment,
        /// When the decision is due.
        due_at: Moment,
        /// When whoever it waits on is reminded.
        remind_at: Moment,
        /// What has happened since it opened.
        progress: Progress,
    },
    /// Waits on the recruiter's answer.
    Returned {
        /// Since when.
        since: Moment,
        /// The question.
        question: Words,
        /// Seconds of work that were left.
        seconds_left: i64,
        /// What has happened since it opened.
        progress: Progress,
    },
    /// Approved.
    Approved {
        /// By whom.
        by: By,
        /// When.
        at: Moment,
        /// What the approval stands for.
        coverage: Coverage,
        /// What was said with it.
        comment: Option<Words>,
    },
}

/// What has happened to a step since it opened.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Approvals that count, by their place in the stream.
    pub approvals: Vec<u64>,
    /// Who is against it.
    pub against: BTreeSet<PersonId>,
    /// When somebody was reminded.
    pub reminded: Option<Moment>,
    /// When it was escalated.
    pub escalated: Option<Moment>,
    /// Since when it was open and when it was due before anything was asked about it.
    pub unasked: Option<(Moment, Moment)>,
}

/// A decision that was handed to somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delegation {
    /// Of which step.
    pub step: StepKey,
    /// Whose decision it is.
    pub from: PersonId,
    /// Who may take it too.
    pub to: PersonId,
}

/// One approval of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The place of its event in the stream.
    pub seq: u64,
    /// The step.
    pub step: StepKey,
    /// By whom.
    pub by: By,
    /// When.
    pub at: Moment,
    /// What it stands for.
    pub coverage: Coverage,
    /// What was said with it.
    pub comment: Option<Words>,
    /// For whom, if somebody decided for another.
    pub on_behalf_of: Option<PersonId>,
    /// Whether it was made over the heads of the step's people.
    pub forced: bool,
}

impl Approval {
    /// Whose approval it is.
    pub fn decider(&self) -> Option<PersonId> {
        self.on_behalf_of.clone().or_else(|| self.by.person())
    }
}

/// A letter of the offer and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The version it was made of.
    pub version: u32,
    /// The letter.
    pub made: LetterRef,
    /// By when it may be accepted.
    pub accept_by: AcceptBy,
    /// When it was asked to be sent.
    pub requested_at: Moment,
    /// Who asked.
    pub requested_by: By,
    /// How the mail fares.
    pub mail: Mail,
    /// When the candidate first opened it.
    pub viewed_at: Option<Moment>,
    /// Since when it is held, and why.
    pub held: Option<(Moment, Words)>,
    /// The proposal until whose decision it is held; nothing when somebody releases it.
    pub held_for: Option<ProposalId>,
}

/// How the mail of a letter fares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mail {
    /// With the courier.
    OnItsWay,
    /// Handed over.
    HandedOver {
        /// When.
        at: Moment,
        /// Message-ID.
        message: String,
    },
    /// The courier gave up.
    Failed {
        /// When.
        at: Moment,
        /// What the mail system said.
        reason: Words,
    },
    /// It came back after it was handed over.
    Bounced {
        /// When it had been handed over.
        at: Moment,
        /// When it came back.
        returned_at: Moment,
        /// What the mail system said.
        reason: Words,
    },
}

/// A question of the candidate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// When it was asked.
    pub asked_at: Moment,
    /// Its words.
    pub text: Words,
    /// The answer and when it was given.
    pub answer: Option<(Moment, Words)>,
}

/// A proposal to change terms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// When.
    pub at: Moment,
    /// By whom it was recorded.
    pub by: By,
    /// Who asks.
    pub asked_by: AskedBy,
    /// The version that was read.
    pub version: u32,
    /// What is to change.
    pub changes: Changes,
    /// Why.
    pub why: Words,
    /// What shows it.
    pub evidence: Option<Words>,
    /// What became of it.
    pub outcome: ProposalOutcome,
    /// When that was decided, and by whom.
    pub decided: Option<(Moment, By)>,
}

/// What became of a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProposalOutcome {
    /// Nothing yet.
    Open,
    /// Adopted as this version.
    Adopted {
        /// The version.
        version: u32,
        /// Whether it came out otherwise than it was asked for.
        adjusted: bool,
    },
    /// Refused.
    Refused {
        /// Why.
        reason: Words,
    },
}

/// The candidate's signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// When.
    pub at: Moment,
    /// The version.
    pub version: u32,
    /// The seat.
    pub seat: u32,
    /// The name as typed.
    pub typed_name: Words,
}

/// A hand-off to one recipient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handoff {
    /// The role that acknowledges.
    pub role: Role,
    /// The fields it receives.
    pub fields: Vec<field::FieldKey>,
    /// Since when.
    pub opened_at: Moment,
    /// When it is due.
    pub due_at: Moment,
    /// Who took over, and when.
    pub acknowledged: Option<(Moment, By)>,
}

/// How an offer ended without a hire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The candidate said no.
    Declined {
        /// The main reason.
        primary: DeclineReason,
        /// Another one.
        secondary: Option<DeclineReason>,
        /// In the candidate's words.
        note: Option<Words>,
        /// Whether anything had been written.
        written: bool,
    },
    /// The candidate is no longer to be had, or the employer ended it: why.
    Reasoned(Words),
    /// Nobody answered.
    Expired,
    /// Signed, and yet not started.
    NotStarted {
        /// Whose doing.
        by: NotStartedBy,
        /// Why.
        reason: Words,
    },
}

/// A request to rescind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RescissionRequest {
    /// When.
    pub at: Moment,
    /// Who asked.
    pub by: By,
    /// Why.
    pub reason: Words,
    /// Roles that must agree.
    pub approvers: Vec<Role>,
    /// Who agreed for which role.
    pub agreed: BTreeMap<Role, By>,
}

/// Who an offer waits on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WaitsOn {
    /// The recruiter, to go on.
    Recruiter,
    /// The people of a step.
    Step(StepKey),
    /// The courier of mail.
    Courier,
    /// The candidate.
    Candidate,
    /// Somebody to resolve a contingency.
    Contingency(ContingencyKind),
    /// A recipient of the hand-off.
    Recipient(RecipientKey),
    /// A role that must agree to a rescission.
    Rescission(Role),
    /// The day of the start.
    StartDay,
}

impl Offer {
    /// An offer without history.
    pub fn new(id: OfferId) -> Self {
        let epoch = Moment::new(chrono::DateTime::UNIX_EPOCH);
        Self {
            id,
            seq: 0,
            requisition: None,
            number: String::new(),
            candidate: None,
            about: About::default(),
            status: Status::Draft,
            status_since: epoch,
            begun_at: epoch,
            version: 0,
            terms: None,
            versions: BTreeMap::new(),
            findings: Vec::new(),
            exceptions: Vec::new(),
            route: Route::default(),
            steps: BTreeMap::new(),
            approvals: Vec::new(),
            delegations: Vec::new(),
            playbook: 0,
            askers: BTreeSet::new(),
            letter: None,
            earlier_letters: Vec::new(),
            verbals: Vec::new(),
            spoken: BTreeMap::new(),
            spoken_outside: BTreeSet::new(),
            questions: BTreeMap::new(),
            proposals: BTreeMap::new(),
            contingencies: BTreeMap::new(),
            acceptance: None,
            handoffs: BTreeMap::new(),
            start_confirmed: None,
            ending: None,
            rescission: None,
            asked_to_rescind: BTreeSet::new(),
        }
    }

    /// Folds a history.
    pub fn fold<'a>(id: OfferId, history: impl IntoIterator<Item = &'a Recorded>) -> Self {
        let mut offer = Self::new(id);
        for recorded in history {
            offer.apply(recorded);
        }
        offer
    }

    /// Its engagement.
    pub fn engagement(&self) -> Option<Engagement> {
        self.about.engagement
    }

    /// Whether the person is new to the employer.
    pub fn hire_kind(&self) -> HireKind {
        self.terms.as_ref().map_or(HireKind::New, Terms::hire_kind)
    }

    /// What the candidate may see of where it stands.
    pub fn standing(&self, pinned: &Playbook) -> Standing {
        let letter = self.letter.as_ref();
        Standing {
            status: self.status,
            version: self.version,
            letter_digest: letter.map(|letter| letter.made.digest),
            accept_by: letter.or(self.earlier_letters.last()).map(|letter| letter.accept_by.instant),
            held: letter.is_some_and(|letter| letter.held.is_some()),
            open_questions: u32::try_from(self.open_questions().count()).unwrap_or(u32::MAX),
            before_acceptance: self.open_contingencies(pinned, ContingencyDue::Acceptance),
            consent: pinned.signing.consent_version,
            signer: self.terms.as_ref().and_then(|terms| terms.text(&field::CANDIDATE_NAME)).unwrap_or_default().to_owned(),
        }
    }

    /// Questions without an answer.
    pub fn open_questions(&self) -> impl Iterator<Item = (&QuestionId, &Question)> {
        self.questions.iter().filter(|(_, question)| question.answer.is_none())
    }

    /// Proposals that nobody decided.
    pub fn open_proposals(&self) -> impl Iterator<Item = (&ProposalId, &Proposal)> {
        self.proposals.iter().filter(|(_, proposal)| proposal.outcome == ProposalOutcome::Open)
    }

    /// Open proposals that were read at an older version and ask for another value in a field that changed since, with both values.
    pub fn conflicts(&self) -> Vec<(ProposalId, Vec<FieldConflict>)> {
        let Some(now) = &self.terms else { return Vec::new() };
        let conflicts = |(id, proposal): (&ProposalId, &Proposal)| {
            let read = self.versions.get(&proposal.version)?;
            let conflicts = now.merged(read, &proposal.changes.to_vec()).err()?;
            Some((id.clone(), conflicts))
        };
        self.open_proposals().filter_map(conflicts).collect()
    }

    /// Contingencies due by then that are neither met nor waived.
    pub fn open_contingencies(&self, pinned: &Playbook, due: ContingencyDue) -> Vec<ContingencyKind> {
        self.contingencies
            .iter()
            .filter(|(kind, state)| {
                matches!(state, ContingencyState::Pending | ContingencyState::Failed) && pinned.contingency_due(kind) <= due
            })
            .map(|(kind, _)| kind.clone())
            .collect()
    }

    /// The steps that wait on their people now, with the step of the route.
    pub fn open_steps(&self) -> impl Iterator<Item = (&RouteStep, Moment, Moment)> {
        self.route.steps.iter().filter_map(|step| match self.steps.get(&step.step) {
            Some(StepState::Open { since, due_at, .. }) => Some((step, *since, *due_at)),
            _ => None,
        })
    }

    /// Whether every step of the route has approved.
    pub fn is_cleared(&self) -> bool {
        self.route.steps.iter().all(|step| matches!(self.steps.get(&step.step), Some(StepState::Approved { .. })))
    }

    /// Whether a value of a field is approved: the offer is cleared with it, or every approval that stands for the field holds it in a range.
    pub fn is_approved(&self, field: &field::FieldKey, value: &Value) -> bool {
        let covering = self.steps.values().filter_map(|state| match state {
            StepState::Approved { coverage, .. } if coverage.fields.contains(field) || coverage.inputs.contains(field) => Some(coverage),
            _ => None,
        });
        let (mut covered, mut within) = (false, true);
        for coverage in covering {
            covered = true;
            within &= coverage.ranges.iter().any(|range| range.field == *field && range.holds(Some(value)));
        }
        self.is_cleared() && (self.terms.as_ref().and_then(|terms| terms.get(field)) == Some(value) || covered && within)
    }

    /// What sending has to say: findings that are new since the terms were approved, and every field whose written value is not the one
    /// that was spoken. A difference that has its reason already is not said again.
    pub fn findings_at_send(&self, now: &[Finding], table: &FieldTable) -> Vec<Finding> {
        check::new_since(&self.findings, now).cloned().chain(self.spoken_differences(table)).collect()
    }

    /// Terms that were spoken outside what is approved: exceptions beside the findings that go ahead.
    pub fn spoken_exceptions(&self) -> impl Iterator<Item = &field::FieldKey> {
        // a difference that was sent with its reason is the same exception
        let told = |field: &&field::FieldKey| {
            let same =
                |exception: &&Exception| matches!(exception.finding.fact, Fact::SpokenDiffers { .. }) && exception.finding.field == **field;
            !self.exceptions.iter().any(|exception| same(&exception))
        };
        self.spoken_outside.iter().filter(told)
    }

    /// How many exceptions it carries: findings that go ahead, and terms that were spoken outside what is approved.
    pub fn exceptions_counted(&self) -> usize {
        self.exceptions.len().saturating_add(self.spoken_exceptions().count())
    }

    /// Every field whose written value is not the one that was spoken, unless that difference has its reason.
    pub fn spoken_differences(&self, table: &FieldTable) -> Vec<Finding> {
        let Some(terms) = &self.terms else { return Vec::new() };
        let explained = |finding: &Finding| self.exceptions.iter().any(|exception| exception.finding == *finding);
        let differs = |(key, spoken): (&field::FieldKey, &Value)| {
            let written = terms.get(key);
            let open = table.get(key).is_some_and(|spec| !spec.is_private());
            let fact = Fact::SpokenDiffers { spoken: open.then(|| spoken.clone()), written: written.filter(|_| open).cloned() };
            (written != Some(spoken)).then(|| Finding { strength: Strength::Reason, field: key.clone(), fact })
        };
        self.spoken.iter().filter_map(differs).filter(|finding| !explained(finding)).collect()
    }

    /// Whether the candidate may still say no, or be gone: of a draft once it was submitted, for then they may have been told.
    pub fn may_be_lost(&self) -> bool {
        self.status.is_negotiable() || self.status == Status::Draft && self.version > 0
    }

    /// What access looks at.
    pub fn subject(&self) -> Subject {
        let mut reviewing_roles: BTreeSet<Role> = self.route.steps.iter().map(|step| step.who.role()).collect();
        reviewing_roles.extend(self.asked_to_rescind.iter().cloned());
        let handed_in = |handed: &Delegation| {
            let role = self.route.step(&handed.step)?.who.role();
            Some(Handed { to: handed.to.clone(), from: handed.from.clone(), role })
        };
        Subject {
            offer: self.id.clone(),
            status: self.status,
            about: self.about.clone(),
            is_settled: self.version > 0,
            handed: self.delegations.iter().filter_map(handed_in).collect(),
            reviewing_roles,
            receiving_roles: self.handoffs.iter().map(|(recipient, handoff)| (handoff.role.clone(), recipient.clone())).collect(),
        }
    }
}
