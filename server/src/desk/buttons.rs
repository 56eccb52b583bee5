//! The forms that a viewer may use now: what `access` allows and the state of the offer makes sense of. `decide` has the last word.

use std::collections::BTreeSet;

use app::desk::Button;
use offer::{
    access::{self, Access, Action, Actor},
    field,
    lifecycle::{Mail, Offer, Status, StepState},
};

/// The buttons of an offer for somebody. `newer_playbook` says whether one was published since it was routed.
pub(super) fn buttons(offer: &Offer, actor: &Actor, newer_playbook: bool) -> BTreeSet<Button> {
    let subject = offer.subject();
    let allowed = |action| access::may(actor, action, &subject) == Access::Allowed;
    let makes_sense = |(button, action, sense): (Button, Action, bool)| (sense && allowed(action)).then_some(button);
    every_button(offer, actor, newer_playbook).into_iter().filter_map(makes_sense).collect()
}

fn every_button(offer: &Offer, actor: &Actor, newer_playbook: bool) -> Vec<(Button, Action, bool)> {
    use Status::{Accepted, Approved, Declined, Draft, Expired, HandedOff, InReview, Sent, Withdrawn};
    let status = offer.status;
    let is = |states: &[Status]| states.contains(&status);
    let before_start = is(&[InReview, Approved, Sent, Accepted, HandedOff]);
    let letter = offer.letter.as_ref();
    let held = letter.is_some_and(|letter| letter.held.is_some());
    let returned = offer.steps.values().any(|step| matches!(step, StepState::Returned { .. }));
    let may_send_again = matches!(letter.map(|letter| &letter.mail), None | Some(Mail::Failed { .. } | Mail::Bounced { .. }));
    let written = offer.was_written();
    let start = offer.terms.as_ref().and_then(|terms| terms.day(&field::START));
    let open_proposal = offer.open_proposals().next().is_some();
    let is_own = actor.person().is_some_and(|person| offer.askers.contains(person));
    let resolvable = offer.contingencies.keys().next().is_some() && before_start;
    vec![
        (Button::Edit, Action::Draft, status == Draft),
        (Button::Comment, Action::Comment, true),
        (Button::AnswerStep, Action::Submit, status == InReview && returned),
        (Button::Force, Action::Force, status == InReview && waits_on_a_step(offer) && !is_own),
        (Button::Reroute, Action::Reroute, is(&[InReview, Approved]) && newer_playbook),
        (Button::RecordVerbal, Action::RecordVerbal, status.is_negotiable()),
        (Button::Send, Action::Send, is(&[Approved, Sent]) && may_send_again),
        (Button::Hold, Action::Send, status == Sent && letter.is_some() && !held),
        (Button::Release, Action::Send, status == Sent && held),
        (Button::MoveAcceptBy, Action::Send, status == Sent && letter.is_some()),
        (Button::AnswerQuestion, Action::Answer, offer.open_questions().next().is_some()),
        (Button::Propose, Action::Change, status.is_negotiable()),
        (Button::Adopt, Action::Change, status.is_negotiable() && open_proposal),
        (Button::Decline, Action::RecordCandidate, offer.may_be_lost()),
        (Button::Withdraw, Action::RecordCandidate, offer.may_be_lost()),
        (Button::Cancel, Action::Cancel, is(&[Draft, InReview, Approved]) && !written),
        (Button::AskRescission, Action::Rescind, (before_start || status == Draft) && written && offer.rescission.is_none()),
        (Button::AgreeRescission, Action::Rescind, may_agree(offer, actor)),
        (Button::DropRescission, Action::Rescind, offer.rescission.is_some()),
        (Button::Reopen, Action::Reopen, is(&[Declined, Expired, Withdrawn])),
        (Button::Resolve, Action::Verify, resolvable),
        (Button::ConfirmStart, Action::Start, is(&[Accepted, HandedOff]) && start.is_some() && offer.start_confirmed != start),
        (Button::MoveStart, Action::Start, is(&[Accepted, HandedOff])),
        (Button::Start, Action::Start, status == HandedOff),
        (Button::NotStart, Action::Start, is(&[Accepted, HandedOff])),
        (Button::AskWhoSees, Action::Audit, true),
    ]
}

fn waits_on_a_step(offer: &Offer) -> bool {
    offer.steps.values().any(StepState::is_undecided)
}

fn may_agree(offer: &Offer, actor: &Actor) -> bool {
    let (Some(request), Some(member)) = (&offer.rescission, actor.member()) else { return false };
    let asked = request.approvers.iter().any(|role| member.is(role) && !request.agreed.contains_key(role));
    asked && request.may_still_agree(&member.id)
}
