//! `decide`: what may happen next. The only function of the product that refuses.

use super::command::{Command, Giver};
use super::{Event, Offer, Refusal, Status, Words, World, change, clocks, closing, delivery, handoff, rerouting, rescission, review};
use crate::access::{self, Access, Action, Actor, Denial};
use crate::check::Finding;
use crate::field::{FieldKey, FieldSpec, Kind};
use crate::lifecycle::ExceptionReasons;
use crate::private::Private;
use crate::terms::Change;
use serde::{Deserialize, Serialize};

/// The longest text a command takes, in characters.
const TEXT_CHARACTERS_MAX: u32 = 4_000;

/// What may happen next: the events that a command brings about, in order.
///
/// # Errors
/// The fact that stands in the way. A refused command brings about nothing.
pub fn decide(offer: &Offer, world: &World<'_>, command: Command) -> Result<Vec<Event>, Refusal> {
    may_give(offer, world, command.giver())?;
    may_write(offer, world, &command)?;
    match command {
        Command::Draft(draft) => review::draft(offer, draft),
        Command::MoveDraft { about } => review::move_draft(offer, about),
        Command::Submit(submit) => review::submit(offer, world, submit),
        Command::Approve(approve) => review::approve(offer, world, approve),
        Command::Return { step, question } => review::return_step(offer, world, &step, &question),
        Command::AnswerStep { step, answer } => review::answer(offer, world, &step, &answer),
        Command::Reject { step, version, reason } => review::reject(offer, world, &step, version, &reason),
        Command::Delegate { step, to, reason } => review::delegate(offer, world, &step, to, &reason),
        Command::ForceApprove { step, version, reason } => review::force(offer, world, &step, version, &reason),
        Command::Reroute(reroute) => rerouting::reroute(offer, world, reroute),
        Command::Remind { step } => clocks::remind(offer, world, &step),
        Command::Escalate { step } => clocks::escalate(offer, world, &step),
        Command::Comment { text } => Ok(vec![Event::Commented { text: words(&text)? }]),
        Command::RecordVerbal(verbal) => delivery::record_verbal(offer, verbal),
        Command::Send(send) => delivery::send(offer, world, send),
        Command::MarkSent { message } => delivery::mark_sent(offer, message),
        Command::MarkSendFailed { reason } => delivery::mark_failed(offer, &reason),
        Command::MarkBounced { reason } => delivery::mark_bounced(offer, &reason),
        Command::View => delivery::view(offer),
        Command::Hold { reason } => delivery::hold(offer, &reason),
        Command::Release => delivery::release(offer),
        Command::MoveAcceptBy { accept_by, letter, reason } => delivery::move_accept_by(offer, world, accept_by, letter, &reason),
        Command::Ask { text } => change::ask(offer, world, &text),
        Command::AnswerQuestion { question, text } => change::answer_question(offer, question, &text),
        Command::RequestChange { why } => change::request(offer, world, &why),
        Command::Propose(propose) => change::propose(offer, world, propose),
        Command::RefuseProposal { proposal, reason } => change::refuse(offer, proposal, &reason),
        Command::Adopt(adopt) => change::adopt(offer, world, adopt),
        Command::Accept(accept) => closing::accept(offer, world, accept),
        Command::Decline(decline) => closing::decline(offer, world, decline),
        Command::Withdraw { reason } => closing::withdraw(offer, &reason),
        Command::Expire => closing::expire(offer, world),
        Command::Cancel { reason } => closing::cancel(offer, &reason),
        Command::Reopen { reason } => closing::reopen(offer, &reason),
        Command::AskRescission { reason } => rescission::ask(offer, world, &reason),
        Command::AgreeRescission => rescission::agree(offer, world),
        Command::DropRescission { reason } => rescission::drop_request(offer, &reason),
        Command::ResolveContingency { kind, state, evidence } => handoff::resolve(offer, world, kind, state, &evidence),
        Command::ConfirmStart => handoff::confirm_start(offer),
        Command::MoveStart { to, reason } => handoff::move_start(offer, world, to, &reason),
        Command::Acknowledge { recipient, reference } => handoff::acknowledge(offer, world, recipient, &reference),
        Command::Start { day } => handoff::start(offer, world, day),
        Command::NotStart { by, reason } => handoff::not_start(offer, by, &reason),
    }
}

/// Whether the actor of the world may give a command at all, whatever it says.
///
/// # Errors
/// [`Refusal::Hidden`], or why not.
pub fn may_give(offer: &Offer, world: &World<'_>, giver: Giver) -> Result<(), Refusal> {
    let subject = offer.subject();
    match (giver, world.actor) {
        (Giver::Candidate | Giver::CandidateOr(_), Actor::Candidate { offer: own, .. }) if *own == offer.id => Ok(()),
        (_, Actor::Candidate { offer: own, .. }) if *own != offer.id => Err(Refusal::Hidden),
        // a draft that does not exist yet has no scope to lie in: whoever ever drafts may begin one
        (Giver::Member(Action::Draft), Actor::Member(member)) if offer.seq == 0 => {
            if member.ever_may(Action::Draft) {
                Ok(())
            } else {
                Err(Refusal::NotAllowed { because: Denial::NotYourRole })
            }
        }
        // the clock gives its own commands and nobody else's
        (Giver::Member(_) | Giver::CandidateOr(_), Actor::Clockwork) => Err(Refusal::NotAllowed { because: Denial::NotYourRole }),
        (Giver::Member(action) | Giver::CandidateOr(action), actor) => match access::may(actor, action, &subject) {
            Access::Allowed => Ok(()),
            Access::Denied(because) => Err(Refusal::NotAllowed { because }),
            Access::Hidden => Err(Refusal::Hidden),
        },
        (Giver::Clockwork, Actor::Clockwork | Actor::Operator { .. }) => Ok(()),
        (Giver::Candidate | Giver::Clockwork, actor) => match access::may(actor, Action::See, &subject) {
            Access::Hidden => Err(Refusal::Hidden),
            Access::Allowed | Access::Denied(_) => Err(Refusal::NotAllowed { because: Denial::NotYourRole }),
        },
    }
}

/// Nobody writes a field that is not theirs to write. What somebody proposed whose field it is, may be adopted as it was proposed. Whose offer it
/// is, and who decides it, is no term that is negotiated: it changes in a draft, and then everything is asked anew.
fn may_write(offer: &Offer, world: &World<'_>, command: &Command) -> Result<(), Refusal> {
    let (changes, proposed) = match command {
        Command::Propose(propose) => (&propose.changes, Vec::new()),
        Command::Adopt(adopt) => {
            (&adopt.changes, offer.proposals.get(&adopt.proposal).map(|proposal| proposal.changes.to_vec()).unwrap_or_default())
        }
        _ => return Ok(()),
    };
    let edits = access::edits(world.actor, &offer.subject());
    let is_whose = |spec: &FieldSpec| matches!(spec.kind, Kind::Person | Kind::Client);
    let theirs = |change: &&Change| {
        world.table.get(&change.field).is_some_and(|spec| !is_whose(spec) && (edits.takes(spec) || proposed.contains(*change)))
    };
    let fields: Vec<FieldKey> = changes.iter().filter(|change| !theirs(change)).map(|change| change.field.clone()).collect();
    if fields.is_empty() { Ok(()) } else { Err(Refusal::FieldsNotYours { fields }) }
}

/// A text that must say something and fit.
pub(super) fn words(text: &str) -> Result<Words, Refusal> {
    match some_words(text)? {
        Some(words) => Ok(words),
        None => Err(Refusal::ReasonMissing),
    }
}

/// A text that may be empty but must fit.
pub(super) fn some_words(text: &str) -> Result<Option<Words>, Refusal> {
    let text = text.trim();
    if u32::try_from(text.chars().count()).map_or(true, |count| count > TEXT_CHARACTERS_MAX) {
        return Err(Refusal::TextTooLong { characters_max: TEXT_CHARACTERS_MAX });
    }
    // NUL is a character that no store keeps in text
    let text: String = text.chars().filter(|c| *c != '\0').collect();
    Ok(if text.is_empty() { None } else { Some(Private::Kept(text)) })
}

pub(super) fn must_be(offer: &Offer, states: &[Status]) -> Result<(), Refusal> {
    if offer.seq > 0 && states.contains(&offer.status) { Ok(()) } else { Err(Refusal::NotInThisState { status: offer.status }) }
}

/// What was read is what is acted on.
pub(super) fn must_be_at(offer: &Offer, version: u32) -> Result<(), Refusal> {
    if offer.version == version {
        return Ok(());
    }
    let changed = match (offer.versions.get(&version), &offer.terms) {
        (Some(read), Some(now)) => read.diff(now).into_iter().map(|change| change.field).collect(),
        _ => Vec::new(),
    };
    Err(Refusal::MovedOn { now_at: offer.version, changed })
}

/// A finding that goes ahead, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// What was found.
    pub finding: Finding,
    /// Why it goes ahead.
    pub reason: Words,
}

/// Findings that block stop here; each exception takes its reason along. What the actor does not see goes ahead without one: nobody can give a
/// reason for it, and to ask for one would tell that it is there. Whoever decides reads that there is none.
pub(super) fn explained<'a>(
    findings: impl IntoIterator<Item = &'a Finding>,
    reasons: &ExceptionReasons,
    offer: &Offer,
    world: &World<'_>,
) -> Result<Vec<Exception>, Refusal> {
    let sight = access::sight(world.actor, &offer.subject());
    let is_seen = |finding: &Finding| access::seen_finding(finding, &sight, world.table).is_some();
    let findings: Vec<&Finding> = findings.into_iter().collect();
    let blocking: Vec<Finding> =
        findings.iter().filter(|finding| finding.strength == crate::check::Strength::Block).copied().cloned().collect();
    if !blocking.is_empty() {
        return Err(Refusal::Blocked { findings: blocking });
    }
    let (mut exceptions, mut unexplained) = (Vec::new(), Vec::new());
    for finding in findings.into_iter().filter(|finding| finding.is_exception()) {
        let reason = reasons.iter().find(|(kind, field, _)| *kind == finding.fact.kind() && *field == finding.field);
        match reason.map(|(_, _, text)| some_words(text)).transpose()?.flatten() {
            Some(reason) => exceptions.push(Exception { finding: finding.clone(), reason }),
            None if !is_seen(finding) => exceptions.push(Exception { finding: finding.clone(), reason: Words::Kept(String::new()) }),
            None => unexplained.push(finding.clone()),
        }
    }
    if unexplained.is_empty() { Ok(exceptions) } else { Err(Refusal::Unexplained { findings: unexplained }) }
}
