//! The whole table of status x command, each with its one result. `every_command_in_every_state.txt` is that table.

use crate::firm::Somebody::{self, Hrbp, Ops, Recruiter};
use crate::firm::{at, day};
use crate::story::{Asker, Story, a_story, accept_by, acceptance, approve, decline, every_reason, letter};
use offer::engagement::Engagement::Temp;
use offer::field;
use offer::id::{ContingencyKind, ProposalId, QuestionId, RecipientKey, StepKey};
use offer::lifecycle::{Adopt, Command, ContingencyState, DeclineReason, NotStartedBy, Refusal, Reroute, Status, Verbal, VerbalResponse};
use std::fmt::Write as _;

/// A story that stands in this state.
fn in_state(status: Status) -> Story {
    let draft = || a_story(Temp);
    let sent = || draft().submitted().approved().sent();
    let accepted = || sent().accepted();
    let end = |mut story: Story, asker: Asker, command: Command| {
        story.must(asker, command);
        story
    };
    let recruiter = Asker::Somebody(Recruiter);
    match status {
        Status::Draft => draft(),
        Status::InReview => draft().submitted(),
        Status::Approved => draft().submitted().approved(),
        Status::Sent => sent(),
        Status::Accepted => accepted(),
        Status::HandedOff => accepted().acknowledged(),
        Status::Started => accepted().acknowledged().started(),
        Status::Declined => end(sent(), Asker::Candidate, decline(DeclineReason::Comp)),
        Status::Withdrawn => end(sent(), recruiter, Command::Withdraw { reason: "gone".to_owned() }),
        Status::Expired => {
            let mut story = sent();
            story.now = at("2026-11-28T00:00:00Z");
            end(story, Asker::Clockwork, Command::Expire)
        }
        Status::Cancelled => end(draft(), recruiter, Command::Cancel { reason: "no need".to_owned() }),
        Status::Rescinded => {
            let mut story = sent();
            story.playbook.rescission.approvers.truncate(1);
            let story = end(story, recruiter, Command::AskRescission { reason: "closed".to_owned() });
            end(story, Asker::Somebody(Hrbp), Command::AgreeRescission)
        }
        Status::DidNotStart => end(accepted(), recruiter, Command::NotStart { by: NotStartedBy::Candidate, reason: "reneged".to_owned() }),
    }
}

/// One sample of every command, by whoever may best give it. A new command does not compile until it stands here.
fn samples(story: &Story) -> Vec<(&'static str, Asker, Command)> {
    let recruiter = Asker::Somebody(Recruiter);
    let reason = || "because".to_owned();
    let terms = story.terms();
    let Command::Draft(draft) = redraft() else { panic!("a draft") };
    let adopt =
        Adopt { proposal: ProposalId::new("none"), version: story.offer.version, changes: Vec::new(), why: reason(), reasons: Vec::new() };
    let verbal = Verbal {
        occurred_at: story.now,
        spoken: terms.retain(|key| *key == field::PAY_BASE),
        response: VerbalResponse::Undecided,
        expectation: None,
        competing_offer: None,
        competing_deadline: None,
        notes: None,
    };
    let all = vec![
        (recruiter, Command::Draft(draft)),
        (recruiter, Command::MoveDraft { about: offer::access::About { client: None, ..story.offer.about.clone() } }),
        (recruiter, story.submit()),
        (Asker::Somebody(Ops), approve("ops", story.offer.version)),
        (Asker::Somebody(Ops), Command::Return { step: StepKey::new("ops"), question: reason() }),
        (recruiter, Command::AnswerStep { step: StepKey::new("ops"), answer: reason() }),
        (Asker::Somebody(Ops), Command::Reject { step: StepKey::new("ops"), version: story.offer.version, reason: reason() }),
        (Asker::Somebody(Ops), Command::Delegate { step: StepKey::new("ops"), to: Somebody::Finance.id(), reason: reason() }),
        (
            Asker::Somebody(Somebody::Admin),
            Command::ForceApprove { step: StepKey::new("ops"), version: story.offer.version, reason: reason() },
        ),
        (
            Asker::Somebody(Somebody::Admin),
            Command::Reroute(Reroute { playbook: story.current_version(), why: reason(), reasons: every_reason() }),
        ),
        (Asker::Clockwork, Command::Remind { step: StepKey::new("ops") }),
        (Asker::Clockwork, Command::Escalate { step: StepKey::new("ops") }),
        (recruiter, Command::Comment { text: reason() }),
        (recruiter, Command::RecordVerbal(verbal)),
        (recruiter, story.send()),
        (Asker::Clockwork, Command::MarkSent { message: "<1@firm.example>".to_owned() }),
        (Asker::Clockwork, Command::MarkSendFailed { reason: reason() }),
        (Asker::Clockwork, Command::MarkBounced { reason: reason() }),
        (Asker::Candidate, Command::View),
        (Asker::Candidate, Command::Ask { text: reason() }),
        (recruiter, Command::AnswerQuestion { question: QuestionId::new("none"), text: reason() }),
        (Asker::Candidate, Command::RequestChange { why: reason() }),
        (recruiter, story.proposal(if story.offer.terms.is_some() { story.change(&field::PAY_BASE, "61.00") } else { Vec::new() })),
        (recruiter, Command::RefuseProposal { proposal: ProposalId::new("none"), reason: reason() }),
        (recruiter, Command::Adopt(adopt)),
        (recruiter, Command::Hold { reason: reason() }),
        (recruiter, Command::Release),
        (recruiter, Command::MoveAcceptBy { accept_by: accept_by("2026-12-04T23:00:00Z"), letter: letter("moved"), reason: reason() }),
        (Asker::Candidate, Command::Accept(acceptance(story.offer.version))),
        (Asker::Candidate, decline(DeclineReason::Unknown)),
        (recruiter, Command::Withdraw { reason: reason() }),
        (Asker::Clockwork, Command::Expire),
        (recruiter, Command::Cancel { reason: reason() }),
        (recruiter, Command::AskRescission { reason: reason() }),
        (Asker::Somebody(Hrbp), Command::AgreeRescission),
        (recruiter, Command::DropRescission { reason: reason() }),
        (recruiter, Command::Reopen { reason: reason() }),
        (
            recruiter,
            Command::ResolveContingency {
                kind: ContingencyKind::new("background_check"),
                state: ContingencyState::Cleared,
                evidence: reason(),
            },
        ),
        (recruiter, Command::ConfirmStart),
        (recruiter, Command::MoveStart { to: day("2027-02-01"), reason: reason() }),
        (Asker::Somebody(Somebody::It), Command::Acknowledge { recipient: RecipientKey::new("it"), reference: String::new() }),
        (recruiter, Command::Start { day: day("2026-11-20") }),
        (recruiter, Command::NotStart { by: NotStartedBy::Employer, reason: reason() }),
    ];
    all.into_iter().map(|(asker, command)| (name(&command), asker, command)).collect()
}

fn redraft() -> Command {
    use offer::id::{PersonId, RequisitionId};
    Command::Draft(offer::lifecycle::Draft {
        requisition: RequisitionId::new("again"),
        number: "REQ-1-2".to_owned(),
        candidate: PersonId::new("again"),
        about: offer::access::About::default(),
    })
}

fn name(command: &Command) -> &'static str {
    match command {
        Command::Draft(_) => "draft",
        Command::MoveDraft { .. } => "move draft",
        Command::Submit(_) => "submit",
        Command::Approve(_) => "approve",
        Command::Return { .. } => "return",
        Command::AnswerStep { .. } => "answer step",
        Command::Reject { .. } => "reject",
        Command::Delegate { .. } => "delegate",
        Command::ForceApprove { .. } => "force approve",
        Command::Reroute(_) => "reroute",
        Command::Remind { .. } => "remind",
        Command::Escalate { .. } => "escalate",
        Command::Comment { .. } => "comment",
        Command::RecordVerbal(_) => "record verbal",
        Command::Send(_) => "send",
        Command::MarkSent { .. } => "mark sent",
        Command::MarkSendFailed { .. } => "mark send failed",
        Command::MarkBounced { .. } => "mark bounced",
        Command::View => "view",
        Command::Ask { .. } => "ask",
        Command::AnswerQuestion { .. } => "answer question",
        Command::RequestChange { .. } => "request change",
        Command::Propose(_) => "propose",
        Command::RefuseProposal { .. } => "refuse proposal",
        Command::Adopt(_) => "adopt",
        Command::Hold { .. } => "hold",
        Command::Release => "release",
        Command::MoveAcceptBy { .. } => "move accept-by",
        Command::Accept(_) => "accept",
        Command::Decline(_) => "decline",
        Command::Withdraw { .. } => "withdraw",
        Command::Expire => "expire",
        Command::Cancel { .. } => "cancel",
        Command::AskRescission { .. } => "ask rescission",
        Command::AgreeRescission => "agree rescission",
        Command::DropRescission { .. } => "drop rescission",
        Command::Reopen { .. } => "reopen",
        Command::ResolveContingency { .. } => "resolve contingency",
        Command::ConfirmStart => "confirm start",
        Command::MoveStart { .. } => "move start",
        Command::Acknowledge { .. } => "acknowledge",
        Command::Start { .. } => "start",
        Command::NotStart { .. } => "not start",
    }
}

fn result(story: &Story, asker: Asker, command: Command) -> String {
    match story.asked(asker, command) {
        Ok(events) => format!("-> {}", crate::story::names(&events).join(", ")),
        Err(refusal) => kind(&refusal),
    }
}

fn kind(refusal: &Refusal) -> String {
    serde_json::to_value(refusal).unwrap()["refusal"].as_str().unwrap().replace('_', " ")
}

#[test]
fn every_command_in_every_state_has_its_one_result() {
    let mut table = String::new();
    for status in Status::ALL {
        let story = in_state(status);
        assert_eq!(story.offer.status, status);
        writeln!(table, "{}", status.code()).unwrap();
        let samples = samples(&story);
        assert_eq!(samples.len(), 43, "one sample of every command");
        for (name, asker, command) in samples {
            writeln!(table, "    {name:<20} {}", result(&story, asker, command)).unwrap();
        }
    }
    // to write the table anew: print `table`, read every changed line, and keep it
    assert!(table == include_str!("every_command_in_every_state.txt"), "the table of status x command changed; it is now:\n{table}");
}
