//! One offer, reduced to what the viewer may see.

use super::{Acting, Button, Computed, Course, Deciding, Group, Minute, Span, Stage, Waiting};
use offer::check::Finding;
use offer::engagement::Engagement;
use offer::field::{FieldKey, FieldTable};
use offer::id::{ContingencyKind, OfferId, PersonId, ProposalId, QuestionId, RecipientKey, Role, StepKey};
use offer::ledger::Digest;
use offer::lifecycle::{AcceptBy, AskedBy, ContingencyState, Ending, Event, Mail, ProposalOutcome, Status, Verbal};
use offer::moment::{Day, Moment};
use offer::packet::Letter;
use offer::playbook::ContingencyDue;
use offer::policy::{RouteStep, StepLeftOut};
use offer::terms::{Change, FieldConflict, Terms};
use std::collections::{BTreeMap, BTreeSet};

/// One offer.
#[derive(Clone, Debug)]
pub struct OfferPage {
    /// Its id.
    pub id: OfferId,
    /// What people call it.
    pub number: String,
    /// The candidate's name.
    pub candidate: String,
    /// The job.
    pub title: String,
    /// The client's name; empty for internal offers.
    pub client: String,
    /// Who hires whom.
    pub engagement: Option<Engagement>,
    /// Where it stands.
    pub status: Status,
    /// Since when.
    pub since: Moment,
    /// Now.
    pub now: Moment,
    /// Version of the terms; 0 before the first submission.
    pub version: u32,
    /// The seat, "opening 2 of 3", once it is given, and how many there are.
    pub seat: Option<(u32, u32)>,
    /// Who it waits on.
    pub waiting: Vec<Waiting>,
    /// The field table it was routed under.
    pub table: FieldTable,
    /// Its terms as far as seen.
    pub terms: Option<Terms>,
    /// Figures computed from them, as far as seen.
    pub computed: Computed,
    /// What was found, as far as seen.
    pub findings: Vec<Finding>,
    /// What goes ahead all the same.
    pub exceptions: Vec<ExceptionLine>,
    /// The route, step by step.
    pub route: Vec<StepLine>,
    /// Steps that are not needed; empty for those who may not see the rules.
    pub left_out: Vec<StepLeftOut>,
    /// Verbal conversations.
    pub verbals: Vec<VerbalLine>,
    /// The letter of this version.
    pub letter: Option<LetterLine>,
    /// Letters that were replaced, latest first.
    pub earlier_letters: Vec<LetterLine>,
    /// The candidate's questions, open ones first.
    pub questions: Vec<QuestionLine>,
    /// Proposals, open ones first.
    pub proposals: Vec<ProposalLine>,
    /// Contingencies.
    pub contingencies: Vec<ContingencyLine>,
    /// Hand-offs.
    pub handoffs: Vec<HandoffLine>,
    /// The start as confirmed.
    pub start_confirmed: Option<Day>,
    /// How it ended.
    pub ending: Option<Ending>,
    /// A request to rescind.
    pub rescission: Option<RescissionLine>,
    /// Its course so far.
    pub course: Course,
    /// What happened, latest first.
    pub history: Vec<HistoryLine>,
    /// Seconds spent in each stage, and since when it is in the last.
    pub stages: Vec<(Stage, i64)>,
    /// The forms that the viewer may use now.
    pub buttons: BTreeSet<Button>,
    /// Steps that wait on the viewer.
    pub your_steps: Vec<StepKey>,
    /// What the viewer needs to decide each of them.
    pub deciding: Vec<(StepKey, Deciding)>,
    /// What leads the page of somebody on whom a step waits.
    pub minute: Option<Minute>,
    /// People by id, for values and events that name one.
    pub names: BTreeMap<PersonId, String>,
    /// What the playbook calls what values name by a key.
    pub titles: Titles,
}

/// Titles of teams, clauses and contingencies, each by the field that names it and its key.
pub type Titles = BTreeMap<(FieldKey, String), String>;

/// A finding that goes ahead, and why.
#[derive(Clone, Debug)]
pub struct ExceptionLine {
    /// What was found.
    pub finding: Finding,
    /// Why it goes ahead.
    pub reason: String,
}

/// A step of the route.
#[derive(Clone, Debug)]
pub struct StepLine {
    /// The step with its reasons.
    pub step: RouteStep,
    /// Where it stands.
    pub state: StepView,
    /// Who may decide it, by name.
    pub people: Vec<String>,
    /// Who decides for whom.
    pub acting: Vec<Acting>,
    /// How far it is, where several people decide it.
    pub group: Option<Group>,
    /// The spans of values that its approval stands for.
    pub spans: Vec<Span>,
}

/// Where a step stands, with names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum StepView {
    /// Waits for steps that come first.
    Later,
    /// Waits on its people.
    Open {
        /// Since when.
        since: Moment,
        /// When it is due.
        due_at: Moment,
        /// When its people were reminded.
        reminded: Option<Moment>,
        /// When it was escalated.
        escalated: Option<Moment>,
    },
    /// Waits on the recruiter's answer.
    Returned {
        /// Since when.
        since: Moment,
        /// Who asked, by name.
        by: String,
        /// The question.
        question: String,
    },
    /// Approved.
    Approved {
        /// By whom.
        by: String,
        /// For whom, if somebody decided for another.
        for_whom: String,
        /// When.
        at: Moment,
        /// The version that was approved.
        version: u32,
        /// What was said with it.
        comment: String,
        /// Whether it was made over the heads of the step's people.
        forced: bool,
    },
}

/// A verbal conversation.
#[derive(Clone, Debug)]
pub struct VerbalLine {
    /// When it was recorded.
    pub recorded_at: Moment,
    /// What was said.
    pub verbal: Verbal,
    /// Fields whose spoken value was not an approved one then.
    pub outside_approval: Vec<FieldKey>,
}

/// A letter and what became of it.
#[derive(Clone, Debug)]
pub struct LetterLine {
    /// The version it was made of.
    pub version: u32,
    /// The PDF, for its link; nothing for whoever does not see all that it prints.
    pub pdf: Option<Digest>,
    /// By when it may be accepted.
    pub accept_by: AcceptBy,
    /// How the mail fares.
    pub mail: Mail,
    /// When the candidate first opened it.
    pub viewed_at: Option<Moment>,
    /// Why it is held; empty when it is not.
    pub held: Option<String>,
}

/// A question of the candidate.
#[derive(Clone, Debug)]
pub struct QuestionLine {
    /// Its id.
    pub id: QuestionId,
    /// When it was asked.
    pub asked_at: Moment,
    /// Its words.
    pub text: String,
    /// The answer and when.
    pub answer: Option<(Moment, String)>,
}

/// A proposal to change terms.
#[derive(Clone, Debug)]
pub struct ProposalLine {
    /// Its id.
    pub id: ProposalId,
    /// When.
    pub at: Moment,
    /// Who recorded it, by name.
    pub by: String,
    /// Who asks.
    pub asked_by: AskedBy,
    /// What is to change, as far as seen.
    pub changes: Vec<Change>,
    /// Why.
    pub why: String,
    /// What shows it; may be empty.
    pub evidence: String,
    /// The version that was read.
    pub version: u32,
    /// Whether the letter is held until it is decided.
    pub holds_letter: bool,
    /// Fields that somebody changed to another value since it was read, with both values.
    pub conflicts: Vec<FieldConflict>,
    /// What became of it.
    pub outcome: ProposalOutcome,
    /// When that was decided, and by whom.
    pub decided: Option<(Moment, String)>,
}

/// A contingency.
#[derive(Clone, Debug)]
pub struct ContingencyLine {
    /// Its kind.
    pub kind: ContingencyKind,
    /// What it is called.
    pub name: String,
    /// By when it must be met.
    pub due: ContingencyDue,
    /// Where it stands.
    pub state: ContingencyState,
}

/// A hand-off to one recipient.
#[derive(Clone, Debug)]
pub struct HandoffLine {
    /// Who.
    pub recipient: RecipientKey,
    /// What the recipient is called.
    pub name: String,
    /// The role that acknowledges.
    pub role: Role,
    /// Since when.
    pub opened_at: Moment,
    /// When it is due.
    pub due_at: Moment,
    /// Who took over, by name, and when.
    pub acknowledged: Option<(Moment, String)>,
    /// Whether the viewer may take over.
    pub yours: bool,
}

/// A request to rescind.
#[derive(Clone, Debug)]
pub struct RescissionLine {
    /// When.
    pub at: Moment,
    /// Who asked, by name.
    pub by: String,
    /// Why.
    pub reason: String,
    /// Roles that must agree, and how each stands.
    pub approvers: Vec<(Role, Agreement)>,
}

/// How a role stands that must agree to a rescission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// Somebody agreed for it, by name.
    Given(String),
    /// Somebody who holds it may still agree.
    Open,
    /// Nobody who holds it may: they asked for the rescission, or agreed for another role.
    NobodyLeft,
}

/// One thing that happened.
#[derive(Clone, Debug)]
pub struct HistoryLine {
    /// Its number.
    pub seq: u64,
    /// When.
    pub at: Moment,
    /// By whom, by name.
    pub by: String,
    /// Whether that is the viewer.
    pub own: bool,
    /// What, as far as seen.
    pub event: Event,
}

/// A letter on screen.
#[derive(Clone, Debug)]
pub struct LetterPage {
    /// The offer's number.
    pub number: String,
    /// Its version.
    pub version: u32,
    /// The letter; or the fields that keep it from being made.
    pub letter: Result<Letter, Vec<FieldKey>>,
    /// The accept-by it states.
    pub accept_by: Option<(String, String)>,
    /// Findings that are new since submission and need a reason to send.
    pub new_findings: Vec<Finding>,
    /// Whether it was sent as it stands here.
    pub sent: bool,
}

/// What a recipient of the hand-off receives.
#[derive(Clone, Debug)]
pub struct HandoffPage {
    /// The offer.
    pub offer: OfferId,
    /// Its number.
    pub number: String,
    /// Where the offer stands.
    pub status: Status,
    /// The hand-off.
    pub line: HandoffLine,
    /// What the recipient does with it.
    pub task: String,
    /// The fields it receives, in order, and no other.
    pub fields: Vec<FieldKey>,
    /// Their values.
    pub terms: Terms,
    /// The field table.
    pub table: FieldTable,
    /// People by id.
    pub names: BTreeMap<PersonId, String>,
    /// What the playbook calls what values name by a key.
    pub titles: Titles,
    /// Now.
    pub now: Moment,
}
