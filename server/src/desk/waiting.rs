//! Who an offer waits on, as the board keeps it: a code to read and keys to find it by.

use app::desk::Todo;
use offer::{
    id::{ContingencyKind, PersonId, RecipientKey, Role, StepKey, role},
    lifecycle::{Approval, By, Mail, Offer, Progress, Status, StepState, WaitsOn},
    moment::Moment,
    playbook::Playbook,
    policy::{ManagerOf, Who},
};
use serde::{Deserialize, Serialize};

/// One thing that an offer waits on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct WaitingLine {
    /// What, as [`code`] writes it.
    pub(super) on: String,
    /// Since when.
    pub(super) since: Moment,
    /// When it is due.
    pub(super) due_at: Option<Moment>,
    /// Whom: `person:ID` or `role:KEY`; nobody for the candidate and the courier.
    pub(super) whom: Vec<String>,
    /// What is to be done.
    pub(super) todo: Todo,
    /// People of those keys on whom it does not wait: they asked for it, or have decided or agreed already.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) but: Vec<PersonId>,
    /// When they were reminded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) reminded: Option<Moment>,
    /// When it was escalated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) escalated: Option<Moment>,
}

impl WaitingLine {
    /// Whether it waits on somebody, by the keys under which it could. Of a role, some may have asked for it, or decided already.
    pub(super) fn waits_on(&self, person: &PersonId, keys: &[String]) -> bool {
        !self.but.contains(person) && self.whom.iter().any(|key| keys.contains(key))
    }
}

/// The key of a person who is waited on.
pub(super) fn person_key(person: &PersonId) -> String {
    format!("person:{person}")
}

/// The key of a role that is waited on.
pub(super) fn role_key(role: &Role) -> String {
    format!("role:{role}")
}

/// The scope of the board in which everything lies that waits on this key.
pub(super) fn scope_of(key: &str) -> String {
    format!("waiting:{key}")
}

/// Everything that an offer waits on.
pub(super) fn lines(offer: &Offer, pinned: &Playbook) -> Vec<WaitingLine> {
    let relations = &offer.about.relations;
    let recruiter = || relations.recruiter.iter().map(person_key).collect();
    let line = |(on, since): (WaitsOn, Moment)| {
        let (whom, due_at) = match &on {
            WaitsOn::Recruiter | WaitsOn::StartDay => (recruiter(), None),
            WaitsOn::Courier | WaitsOn::Candidate => (Vec::new(), deadline(offer, &on)),
            WaitsOn::Step(step) => (whom_of_step(offer, step), due_of_step(offer, step)),
            // whoever resolves contingencies answers for them in the field table
            WaitsOn::Contingency(_) => (vec![role_key(&role::HR_OPS)], None),
            WaitsOn::Recipient(recipient) => {
                let handoff = offer.handoffs.get(recipient);
                (handoff.iter().map(|handoff| role_key(&handoff.role)).collect(), handoff.map(|handoff| handoff.due_at))
            }
            WaitsOn::Rescission(role) => (vec![role_key(role)], None),
        };
        let progress = match &on {
            WaitsOn::Step(step) => progress_of(offer, step),
            _ => None,
        };
        let [reminded, escalated] = progress.map_or([None; 2], |progress| [progress.reminded, progress.escalated]);
        let but = match &on {
            WaitsOn::Rescission(_) => not_asked_to_rescind(offer),
            _ => progress.map(|progress| not_waited_on(offer, progress)).unwrap_or_default(),
        };
        WaitingLine { on: code(&on), since, due_at, whom, todo: todo(offer, &on), but, reminded, escalated }
    };
    offer.waits_on(pinned).into_iter().map(line).collect()
}

/// What it waits on as whoever does not read staff's talk is told. Which checks of the person are open is staff's to know.
pub(super) fn lines_without_talk(offer: &Offer, pinned: &Playbook, of_the_client: bool) -> Vec<WaitingLine> {
    let told = offer.without_talk(of_the_client);
    let mut lines = lines(told.as_ref().unwrap_or(offer), pinned);
    for line in &mut lines {
        if matches!(read(&line.on), Some(WaitsOn::Contingency(_))) {
            line.on = code(&WaitsOn::Recruiter);
        }
    }
    lines.dedup();
    lines
}

/// The next thing to do for whoever is waited on.
fn todo(offer: &Offer, on: &WaitsOn) -> Todo {
    let letter = offer.letter.as_ref();
    let came_back = letter.is_some_and(|letter| matches!(letter.mail, Mail::Failed { .. } | Mail::Bounced { .. }));
    let returned = offer.steps.values().any(|state| matches!(state, StepState::Returned { .. }));
    let undecided = offer.open_proposals().next().is_some();
    match on {
        WaitsOn::Step(_) => Todo::Decide,
        WaitsOn::Contingency(_) => Todo::Resolve,
        WaitsOn::Recipient(_) => Todo::Acknowledge,
        WaitsOn::Rescission(_) => Todo::Agree,
        WaitsOn::StartDay => Todo::RecordStart,
        WaitsOn::Courier | WaitsOn::Candidate => Todo::Wait,
        WaitsOn::Recruiter => match offer.status {
            Status::Draft => Todo::Draft,
            Status::InReview | Status::Approved if undecided && !returned => Todo::DecideChange,
            Status::InReview => Todo::AnswerStep,
            Status::Approved if came_back => Todo::SendAgain,
            Status::Approved => Todo::Send,
            _ if offer.open_questions().next().is_some() => Todo::AnswerQuestion,
            _ if undecided => Todo::DecideChange,
            _ if came_back => Todo::SendAgain,
            _ if letter.is_some_and(|letter| letter.held.is_some()) => Todo::Release,
            _ => Todo::Wait,
        },
    }
}

fn deadline(offer: &Offer, on: &WaitsOn) -> Option<Moment> {
    offer.letter.as_ref().filter(|_| *on == WaitsOn::Candidate).map(|letter| letter.accept_by.instant)
}

fn progress_of<'a>(offer: &'a Offer, step: &StepKey) -> Option<&'a Progress> {
    match offer.steps.get(step) {
        Some(StepState::Open { progress, .. }) => Some(progress),
        _ => None,
    }
}

/// People on whom an open step does not wait, whatever they may decide.
pub(super) fn not_waited_on_at(offer: &Offer, step: &StepKey) -> Vec<PersonId> {
    progress_of(offer, step).map(|progress| not_waited_on(offer, progress)).unwrap_or_default()
}

/// Whoever asked for the approvals, approved already, or is against it.
fn not_waited_on(offer: &Offer, progress: &Progress) -> Vec<PersonId> {
    let approved = offer.approvals.iter().filter(|approval| progress.approvals.contains(&approval.seq));
    let approved = approved.filter_map(Approval::decider);
    offer.askers.iter().cloned().chain(approved).chain(progress.against.iter().cloned()).collect()
}

/// Whoever asked for a rescission, or agreed to it already for another role.
fn not_asked_to_rescind(offer: &Offer) -> Vec<PersonId> {
    let request = offer.rescission.iter();
    request.flat_map(|request| std::iter::once(&request.by).chain(request.agreed.values())).filter_map(By::person).collect()
}

fn whom_of_step(offer: &Offer, step: &StepKey) -> Vec<String> {
    let handed = offer.delegations.iter().filter(|handed| handed.step == *step).map(|handed| person_key(&handed.to));
    people_of_step(offer, step).into_iter().chain(handed).collect()
}

fn people_of_step(offer: &Offer, step: &StepKey) -> Vec<String> {
    match offer.route.step(step).map(|step| &step.who) {
        Some(Who::Role(role) | Who::ManagerOf(ManagerOf { role, .. })) => vec![role_key(role)],
        Some(Who::Relation(relation)) => offer.about.relations.of(*relation).into_iter().map(person_key).collect(),
        None => Vec::new(),
    }
}

fn due_of_step(offer: &Offer, step: &StepKey) -> Option<Moment> {
    match offer.steps.get(step) {
        Some(StepState::Open { due_at, .. }) => Some(*due_at),
        _ => None,
    }
}

/// What is waited on, as text.
pub(super) fn code(on: &WaitsOn) -> String {
    match on {
        WaitsOn::Recruiter => "recruiter".to_owned(),
        WaitsOn::Step(step) => format!("step:{step}"),
        WaitsOn::Courier => "courier".to_owned(),
        WaitsOn::Candidate => "candidate".to_owned(),
        WaitsOn::Contingency(kind) => format!("contingency:{kind}"),
        WaitsOn::Recipient(recipient) => format!("recipient:{recipient}"),
        WaitsOn::Rescission(role) => format!("rescission:{role}"),
        WaitsOn::StartDay => "start_day".to_owned(),
    }
}

/// Reads such a text.
pub(super) fn read(code: &str) -> Option<WaitsOn> {
    let (kind, key) = code.split_once(':').unwrap_or((code, ""));
    Some(match kind {
        "recruiter" => WaitsOn::Recruiter,
        "step" => WaitsOn::Step(StepKey::new(key)),
        "courier" => WaitsOn::Courier,
        "candidate" => WaitsOn::Candidate,
        "contingency" => WaitsOn::Contingency(ContingencyKind::new(key)),
        "recipient" => WaitsOn::Recipient(RecipientKey::new(key)),
        "rescission" => WaitsOn::Rescission(Role::new(key)),
        "start_day" => WaitsOn::StartDay,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_is_waited_on_reads_back_as_it_was_written() {
        for on in [
            WaitsOn::Recruiter,
            WaitsOn::Step(StepKey::named("finance")),
            WaitsOn::Courier,
            WaitsOn::Candidate,
            WaitsOn::Contingency(ContingencyKind::named("drug_screen")),
            WaitsOn::Recipient(RecipientKey::named("it")),
            WaitsOn::Rescission(role::LEGAL),
            WaitsOn::StartDay,
        ] {
            assert_eq!(read(&code(&on)), Some(on));
        }
        assert_eq!(read("nobody"), None);
    }
}
