//! The page of one offer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use offer::check::Finding;
use offer::engagement::Engagement;
use offer::field::{self, FieldKey, FieldTable};
use offer::id::{ContingencyKind, OfferId, ProposalId, QuestionId, StepKey, role};
use offer::intake;
use offer::lifecycle::{AcceptBy, AskedBy, ContingencyState, Event, Mail, ProposalOutcome, Refusal, Status, WaitsOn};
use offer::moment::Moment;
use offer::money::Money;
use offer::playbook::ContingencyDue;
use offer::policy::{RouteStep, Who};
use offer::private::Private;
use offer::terms::{Change, Changes, Entries, Terms, Value};

use super::{FakeDesk, OFFER, html, visit, with_kept};
use crate::desk::{
    Button, Computed, ContingencyLine, Course, HistoryLine, LetterLine, Notice, OfferPage, ProposalLine, QuestionLine, StepLine, StepView,
    Todo, Waiting,
};
use crate::pages::offer::{change, offer};

const ID: &str = "0198c0de0000700080000000000000ff";

const BUTTONS: [Button; 25] = [
    Button::Edit,
    Button::Comment,
    Button::AnswerStep,
    Button::Force,
    Button::Reroute,
    Button::RecordVerbal,
    Button::Send,
    Button::Hold,
    Button::Release,
    Button::MoveAcceptBy,
    Button::AnswerQuestion,
    Button::Propose,
    Button::Adopt,
    Button::Decline,
    Button::Withdraw,
    Button::Cancel,
    Button::AskRescission,
    Button::AgreeRescission,
    Button::DropRescission,
    Button::Reopen,
    Button::Resolve,
    Button::ConfirmStart,
    Button::MoveStart,
    Button::Start,
    Button::NotStart,
];

pub(super) fn moment(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

pub(super) fn terms(typed: &[(FieldKey, &str)]) -> Terms {
    let entries: Entries = typed.iter().map(|(key, text)| (key.clone(), (*text).to_owned())).collect();
    intake::read_what_stands(&entries, &FieldTable::default())
}

fn finance(state: StepView) -> StepLine {
    let step = RouteStep { decides: vec![field::PAY_BASE], ..RouteStep::new(StepKey::named("finance"), Who::Role(role::FINANCE)) };
    StepLine { step, state, people: vec!["Ana Ruiz".to_owned()], acting: Vec::new(), group: None, spans: Vec::new() }
}

fn open() -> StepView {
    StepView::Open { since: moment("2026-11-18T15:00:00Z"), due_at: moment("2026-11-24T15:00:00Z"), reminded: None, escalated: None }
}

pub(super) fn waiting() -> Waiting {
    Waiting {
        on: WaitsOn::Step(StepKey::named("finance")),
        names: vec!["Ana Ruiz".to_owned()],
        since: moment("2026-11-18T15:00:00Z"),
        due_at: Some(moment("2026-11-24T15:00:00Z")),
        todo: Todo::Decide,
        on_you: true,
        reminded: None,
        escalated: None,
    }
}

/// An offer in review whose viewer sees job and bill, and may do nothing.
pub(super) fn in_review() -> OfferPage {
    OfferPage {
        id: OfferId::new(OFFER),
        number: "REQ-1000-3".to_owned(),
        candidate: "Maria <Silva>".to_owned(),
        title: "Registered Nurse".to_owned(),
        client: "Mercy Hospital".to_owned(),
        engagement: Some(Engagement::Temp),
        status: Status::InReview,
        since: moment("2026-11-18T15:00:00Z"),
        now: moment("2026-11-20T15:00:00Z"),
        version: 2,
        seat: None,
        waiting: vec![waiting()],
        table: FieldTable::default(),
        terms: Some(terms(&[(field::JOB_TITLE, "Registered Nurse"), (field::START, "2027-01-11"), (field::BILL_RATE, "92")])),
        computed: Computed::default(),
        findings: Vec::<Finding>::new(),
        exceptions: Vec::new(),
        route: vec![finance(open())],
        left_out: Vec::new(),
        verbals: Vec::new(),
        letter: None,
        earlier_letters: Vec::new(),
        questions: Vec::new(),
        proposals: Vec::new(),
        contingencies: Vec::new(),
        handoffs: Vec::new(),
        start_confirmed: None,
        ending: None,
        rescission: None,
        course: Course::default(),
        history: Vec::new(),
        stages: Vec::new(),
        buttons: BTreeSet::new(),
        your_steps: Vec::new(),
        deciding: Vec::new(),
        minute: None,
        names: BTreeMap::new(),
        titles: BTreeMap::new(),
    }
}

/// The same with everything that a form can be about, and every button.
pub(super) fn with_every_button() -> OfferPage {
    let returned =
        StepView::Returned { since: moment("2026-11-19T15:00:00Z"), by: "Ana Ruiz".to_owned(), question: "Why above the band?".to_owned() };
    OfferPage {
        buttons: BUTTONS.into(),
        your_steps: vec![StepKey::named("finance")],
        route: vec![finance(returned)],
        questions: vec![QuestionLine {
            id: QuestionId::new(ID),
            asked_at: moment("2026-11-19T15:00:00Z"),
            text: "Is parking paid?".to_owned(),
            answer: None,
        }],
        proposals: vec![ProposalLine {
            id: ProposalId::new(ID),
            at: moment("2026-11-19T15:00:00Z"),
            by: "Robin Clark".to_owned(),
            asked_by: AskedBy::Candidate,
            changes: vec![Change {
                field: field::BILL_RATE,
                from: Some(Value::Money(Money::cents(9_200))),
                to: Some(Value::Money(Money::cents(9_400))),
            }],
            why: "Night shifts".to_owned(),
            evidence: String::new(),
            version: 2,
            holds_letter: false,
            conflicts: Vec::new(),
            outcome: ProposalOutcome::Open,
            decided: None,
        }],
        contingencies: vec![ContingencyLine {
            kind: ContingencyKind::named("drug_screen"),
            name: "Drug screen".to_owned(),
            due: ContingencyDue::Start,
            state: ContingencyState::Pending,
        }],
        ..in_review()
    }
}

pub(super) fn desk_of(page: OfferPage) -> Arc<FakeDesk> {
    Arc::new(FakeDesk { offer: Some(page), ..FakeDesk::default() })
}

#[test]
fn who_may_do_nothing_is_shown_no_form() {
    let page = html(visit(&desk_of(in_review())), offer);
    assert!(!page.contains("<form"), "{page}");
    assert!(page.contains("This offer is with its approvers."), "{page}");
}

#[test]
fn an_offer_in_review_is_with_its_approvers_while_they_alone_are_waited_on() {
    let on_recruiter = Waiting { on: WaitsOn::Recruiter, todo: Todo::AnswerStep, due_at: None, ..waiting() };
    let page = html(visit(&desk_of(OfferPage { waiting: vec![on_recruiter], ..in_review() })), offer);
    assert!(page.contains("This offer is in review.") && page.contains("Waiting on the recruiter"), "{page}");
    assert!(!page.contains("This offer is with its approvers."), "{page}");
}

fn letter(mail: Mail) -> LetterLine {
    let (local, zone) = ("2026-11-27T17:00".to_owned(), "America/Chicago".to_owned());
    let accept_by = AcceptBy { local, zone, instant: moment("2026-11-27T23:00:00Z") };
    LetterLine { version: 1, pdf: None, accept_by, mail, viewed_at: None, held: None }
}

#[test]
fn an_offer_whose_letter_came_back_says_in_one_voice_that_it_was_sent_and_did_not_arrive() {
    let (at, returned_at) = (moment("2026-11-18T15:00:00Z"), moment("2026-11-19T15:00:00Z"));
    let mail = Mail::Bounced { at, returned_at, reason: Private::Kept("550 no such user".to_owned()) };
    let page = html(visit(&desk_of(OfferPage { status: Status::Sent, letter: Some(letter(mail)), ..in_review() })), offer);
    for said in [">not delivered</span>", "The letter was sent, and it did not reach the candidate.", "550 no such user"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(!page.contains("The letter is with the candidate."), "{page}");
}

#[test]
fn what_became_of_the_letter_that_the_candidate_has_is_said_until_another_is_made() {
    let mail = || Mail::HandedOver { at: moment("2026-11-18T15:00:00Z"), message: String::new() };
    let said = "The letter of version 1 can no longer be signed";
    let changed = OfferPage { earlier_letters: vec![letter(mail())], ..in_review() };
    let page = html(visit(&desk_of(changed.clone())), offer);
    assert!(page.contains(said), "{page}");
    let again = OfferPage { status: Status::Sent, letter: Some(LetterLine { version: 2, ..letter(mail()) }), ..changed };
    let page = html(visit(&desk_of(again)), offer);
    assert!(!page.contains(said), "{page}");
}

#[test]
fn a_side_that_is_not_seen_is_nowhere_on_the_page() {
    let may_propose = OfferPage { buttons: [Button::Propose].into(), ..in_review() };
    let desk = desk_of(may_propose);
    let pages = html(visit(&desk), offer) + &html(visit(&desk), change::propose);
    assert!(pages.contains("$92.00") && pages.contains("fields[bill.rate]"), "{pages}");
    for hidden in ["fields[pay.base]", "fields[bill.burden]", "fields[candidate.email]", "Margin", "Markup"] {
        assert!(!pages.contains(hidden), "{hidden}");
    }
}

#[test]
fn a_refused_form_is_open_with_what_was_typed_and_says_why_over_the_page() {
    let page = OfferPage { your_steps: vec![StepKey::named("finance")], ..in_review() };
    let kept = [("form", "reject-finance"), ("reason", "Too </textarea><script>much")];
    let refused = Notice::Refused(Refusal::MovedOn { now_at: 3, changed: vec![field::PAY_BASE] });
    let page = html(with_kept(visit(&desk_of(page)), &kept, refused), offer);
    assert!(page.contains("The offer has moved on to version 3 since you read it. Changed: Base pay."), "{page}");
    assert!(page.contains("Too &lt;/textarea&gt;&lt;script&gt;much"), "{page}");
    assert_eq!(page.matches(" open").count(), 1, "{page}");
}

#[test]
fn a_box_that_came_back_without_its_words_is_named_over_the_page() {
    let page = OfferPage { your_steps: vec![StepKey::named("finance")], ..in_review() };
    let of = |form: &str, name: &str| {
        let kept = [("form", form), (name, " ")];
        html(with_kept(visit(&desk_of(page.clone())), &kept, Notice::Refused(Refusal::ReasonMissing)), offer)
    };
    let (rejected, returned) = (of("reject-finance", "reason"), of("return-finance", "question"));
    assert!(rejected.contains("Why? Write a few words first."), "{rejected}");
    assert!(returned.contains("Your question: Write a few words first."), "{returned}");
}

#[test]
fn a_decision_carries_the_version_that_was_read() {
    let page = OfferPage { your_steps: vec![StepKey::named("finance")], ..in_review() };
    let page = html(visit(&desk_of(page)), offer);
    assert!(page.contains(r#"name="version" value="2""#), "{page}");
    assert!(page.contains("It covers: Base pay."), "{page}");
}

#[test]
fn a_question_about_a_step_of_several_people_is_told_of_whoever_asked_it() {
    let asked = StepView::Returned {
        since: moment("2026-11-19T15:00:00Z"),
        by: "Hannah Weiss".to_owned(),
        question: "Why nights at this rate?".to_owned(),
    };
    let step = StepLine { people: vec!["Ruben Castillo".to_owned(), "Hannah Weiss".to_owned()], ..finance(asked) };
    let page = html(visit(&desk_of(OfferPage { route: vec![step], ..in_review() })), offer);
    assert!(page.contains("Hannah Weiss: "), "{page}");
    assert!(!page.contains("Ruben Castillo"), "{page}");
}

#[test]
fn no_two_forms_of_a_page_are_the_same_act() {
    let page = html(visit(&desk_of(with_every_button())), offer);
    let mut onces: Vec<&str> = page.split(r#"name="once" value=""#).skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let count = onces.len();
    onces.sort_unstable();
    onces.dedup();
    assert_eq!(onces.len(), count);
    assert!(count > 20, "{count}");
}

#[test]
fn the_history_says_who_did_what_from_what_to_what() {
    let event = Event::Proposed {
        proposal: ProposalId::new(ID),
        asked_by: AskedBy::Employer,
        version: 1,
        changes: Changes::new(
            vec![Change {
                field: field::BILL_RATE,
                from: Some(Value::Money(Money::cents(9_200))),
                to: Some(Value::Money(Money::cents(9_400))),
            }],
            &FieldTable::default(),
        ),
        why: Private::Kept("Night <b>shifts</b>".to_owned()),
        evidence: None,
    };
    let line = HistoryLine { seq: 4, at: moment("2026-11-19T15:00:00Z"), by: "Robin Clark".to_owned(), own: false, event };
    let page = html(visit(&desk_of(OfferPage { history: vec![line], ..in_review() })), offer);
    for text in
        ["Proposed a change.", "Robin Clark", "$92.00", "$94.00", "Night &lt;b&gt;shifts&lt;/b&gt;", "November 19, 2026, 3:00 PM UTC"]
    {
        assert!(page.contains(text), "{text}: {page}");
    }
}
