//! The client's pages.

use std::collections::BTreeMap;

use app::desk::{Answer, Asked, Computed, HistoryLine, OfferLine, OfferList, OfferPage, StepLine, StepView, Todo, Viewer, Waiting};
use axum::http::StatusCode;
use offer::access::Member;
use offer::engagement::Engagement;
use offer::field::{self, FieldKey, FieldTable};
use offer::id::{OfferId, PersonId, QuestionId, StepKey, role};
use offer::intake;
use offer::ledger::{AuthLevel, Digest};
use offer::lifecycle::{Command, Event, Refusal, Status, WaitsOn};
use offer::moment::Moment;
use offer::policy::{Coverage, Relation, RouteStep, Who};
use offer::private::Private;
use offer::terms::Entries;

use crate::desk::TestDesk;
use crate::site::Site;

const OFFER: &str = "0194aaaaaaaaaaaaaaaaaaaaaaaaaaaa";

pub(crate) fn at(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

fn viewer() -> Viewer {
    Viewer::Client {
        member: Member {
            id: PersonId::new("0194cccccccccccccccccccccccccccc"),
            auth_level: AuthLevel::Code,
            roles: vec![role::CLIENT_CONTACT],
            team: None,
            department: None,
            business_line: None,
            region: None,
            clients: Vec::new(),
            stands_in_for: Box::default(),
            grants: Vec::new(),
            sheets: Vec::new(),
            bounds: Default::default(),
        },
        name: "Priya Raman".into(),
        zone: "America/New_York".into(),
    }
}

pub(crate) fn step(key: &'static str, who: Who, decides: &[FieldKey], state: StepView, people: &[&str]) -> StepLine {
    StepLine {
        step: RouteStep { decides: decides.to_vec(), ..RouteStep::new(StepKey::named(key), who) },
        state,
        people: people.iter().map(|name| (*name).to_owned()).collect(),
        acting: Vec::new(),
        group: None,
        spans: Vec::new(),
    }
}

/// A temp nurse, as the desk shows her to the hospital: no pay, no burden, no margin.
pub(crate) fn page() -> OfferPage {
    let table = FieldTable::default();
    let entries: Entries = [
        (field::ENGAGEMENT, "temp"),
        (field::JOB_TITLE, "Registered Nurse, Cardiac Care"),
        (field::DEPARTMENT, "Nursing"),
        (field::WORKSITE, "4 West"),
        (field::CITY, "Boston"),
        (field::STATE, "MA"),
        (field::SHIFT, "Nights, 7:00 PM to 7:30 AM"),
        (field::HOURS_PER_WEEK, "36"),
        (field::START, "2027-01-25"),
        (field::END, "2027-04-23"),
        (field::BILL_RATE, "94.50"),
        (field::BILL_OVERTIME, "1.5"),
        (field::PURCHASE_ORDER, "PO-4711"),
    ]
    .into_iter()
    .map(|(key, typed)| (key, typed.to_owned()))
    .collect();
    let open = StepView::Open { since: at("2027-01-09T15:00:00Z"), due_at: at("2027-01-11T22:00:00Z"), reminded: None, escalated: None };
    let approved = StepView::Approved {
        by: "Ana Torres".into(),
        for_whom: String::new(),
        at: at("2027-01-09T15:00:00Z"),
        version: 1,
        comment: String::new(),
        forced: false,
    };
    let coverage = Coverage {
        version: 1,
        rules: Vec::new(),
        fields: Vec::new(),
        inputs: Vec::new(),
        ranges: Vec::new(),
        salt: String::new(),
        digest: Digest::ZERO,
    };
    let line = |seq, when: &str, by: &str, event| HistoryLine { seq, at: at(when), by: by.to_owned(), own: false, event };
    OfferPage {
        id: OfferId::new(OFFER),
        number: "REQ-1000-3".into(),
        candidate: "Maya Lindqvist".into(),
        title: "Registered Nurse, Cardiac Care".into(),
        client: "Harbor General Hospital".into(),
        engagement: Some(Engagement::Temp),
        status: Status::InReview,
        since: at("2027-01-09T14:00:00Z"),
        now: at("2027-01-10T20:00:00Z"),
        version: 1,
        seat: None,
        waiting: Vec::new(),
        terms: Some(intake::read_what_stands(&entries, &table)),
        table,
        computed: Computed::default(),
        findings: Vec::new(),
        exceptions: Vec::new(),
        route: vec![
            step("ops", Who::Role(role::OPS), &[], approved, &[]),
            step(
                "client_contact",
                Who::Relation(Relation::ClientContact),
                &[field::START, field::SCHEDULE, field::BILL_RATE],
                open,
                &["Priya Raman"],
            ),
            step("hrbp", Who::Role(role::HRBP), &[], StepView::Later, &[]),
        ],
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
        course: app::desk::Course::default(),
        history: vec![
            line(
                6,
                "2027-01-10T16:00:00Z",
                "Ana Torres",
                Event::StepAnswered {
                    step: StepKey::named("client_contact"),
                    answer: Private::Kept("Yes, until May 2028.".into()),
                    due_at: at("2027-01-11T22:00:00Z"),
                    remind_at: at("2027-01-10T22:00:00Z"),
                },
            ),
            line(
                5,
                "2027-01-09T18:00:00Z",
                "Priya Raman",
                Event::StepReturned {
                    step: StepKey::named("client_contact"),
                    question: Private::Kept("Is she ACLS certified?".into()),
                    seconds_left: 3600,
                },
            ),
            line(
                4,
                "2027-01-09T15:00:00Z",
                "",
                Event::StepOpened {
                    step: StepKey::named("client_contact"),
                    due_at: at("2027-01-11T22:00:00Z"),
                    remind_at: at("2027-01-10T22:00:00Z"),
                    approvals: Vec::new(),
                },
            ),
            line(
                3,
                "2027-01-09T15:00:00Z",
                "Ana Torres",
                Event::StepApproved { step: StepKey::named("ops"), coverage, comment: None, on_behalf_of: None },
            ),
            line(
                2,
                "2027-01-09T14:00:00Z",
                "Ana Torres",
                Event::Asked { question: QuestionId::new("q"), text: Private::Kept("a secret".into()) },
            ),
        ],
        stages: Vec::new(),
        buttons: Default::default(),
        your_steps: vec![StepKey::named("client_contact")],
        deciding: Vec::new(),
        minute: None,
        names: BTreeMap::new(),
        titles: BTreeMap::new(),
    }
}

fn site(page: OfferPage) -> Site {
    let desk = TestDesk::new();
    *desk.offer.lock().unwrap() = Some(page);
    Site::new(desk, viewer())
}

fn address() -> String {
    format!("/c/offers/{OFFER}")
}

#[tokio::test]
async fn a_contact_reads_what_is_asked_and_what_the_approval_stands_for() {
    let reply = site(page()).get(&address()).await.shown_as("client-offer");
    assert_eq!(reply.status, StatusCode::OK);
    reply.says("Do you want Maya Lindqvist to start with you as Registered Nurse, Cardiac Care on January 25, 2027?");
    reply.says("Your approval stands for: start date, bill rate.");
    reply.says("$94.50 an hour");
    reply.says("tomorrow 5:00 PM");
    reply.says("Approved at Northwind Staffing.");
    reply.hides("a secret");
    reply.keeps_the_rules_of_forms();
    for way in ["approve", "return", "reject"] {
        reply.says(&format!("/api/client/{way}"));
    }
}

#[tokio::test]
async fn an_approval_of_whole_parts_names_them_for_whoever_does_not_fill_them_in() {
    let mut page = page();
    page.route[1].step.decides = page.table.iter().map(|spec| spec.key.clone()).collect();
    let reply = site(page).get(&address()).await;
    reply.says("Your approval stands for: who the offer is from and for, ");
    reply.hides("parties");
}

#[tokio::test]
async fn a_question_of_the_client_stays_to_be_read_with_its_answer() {
    let reply = site(page()).get(&address()).await;
    reply.says("Is she ACLS certified?");
    reply.says("Yes, until May 2028.");
    reply.says("Northwind Staffing answered.");
}

#[tokio::test]
async fn nothing_is_asked_when_the_step_waits_on_nobody_here() {
    let mut page = page();
    page.your_steps.clear();
    let reply = site(page).get(&address()).await.shown_as("client-offer-waiting");
    reply.says("Nothing is asked of you right now.");
    reply.hides("/api/client/");
}

#[tokio::test]
async fn that_everyone_has_approved_is_not_said_by_the_last_of_them() {
    let mut page = page();
    page.history = vec![HistoryLine { seq: 9, at: page.now, by: "Zora Last".into(), own: true, event: Event::Cleared { version: 1 } }];
    let reply = site(page).get(&address()).await;
    reply.says("Everyone who decides has approved.");
    reply.hides("Zora Last");
}

#[tokio::test]
async fn whoever_asked_reads_that_the_question_is_with_the_firm() {
    let mut page = page();
    page.your_steps.clear();
    page.route[1].state =
        StepView::Returned { since: at("2027-01-10T16:00:00Z"), by: "Priya Raman".into(), question: "Is she ACLS certified?".into() };
    let reply = site(page).get(&format!("{}?said=decided", address())).await.shown_as("client-offer-asked");
    reply.says("Thank you. Your question was sent.");
    reply.says("Your question is with Northwind Staffing. Nothing goes ahead until you have the answer");
    reply.hides("Nothing is asked of you right now.");
    reply.hides("Being approved");
}

#[tokio::test]
async fn each_way_to_answer_reaches_the_desk() {
    let site = site(page());
    let step = StepKey::named("client_contact");
    let common = [("offer", OFFER), ("step", "client_contact"), ("version", "1")];
    for (address, extra) in [
        ("/api/client/approve", ("comment", "Glad to have her")),
        ("/api/client/return", ("question", "Is she ACLS certified?")),
        ("/api/client/reject", ("reason", "The unit closes")),
    ] {
        let reply = site.post(address, &[common[0], common[1], common[2], extra]).await;
        assert_eq!(reply.location, format!("/c/offers/{OFFER}?said=decided"));
    }
    let acts: Vec<Asked> = site.desk.acts.lock().unwrap().iter().map(|act| act.asked.clone()).collect();
    assert_eq!(
        acts,
        [
            Asked::Approve {
                step: step.clone(),
                version: 1,
                comment: "Glad to have her".into(),
                lowest: Entries::default(),
                highest: Entries::default(),
            },
            Asked::Command(Command::Return { step: step.clone(), question: "Is she ACLS certified?".into() }),
            Asked::Command(Command::Reject { step, version: 1, reason: "The unit closes".into() }),
        ]
    );
}

#[tokio::test]
async fn a_rejection_without_a_reason_comes_back_open_with_its_problem() {
    let site = site(page());
    *site.desk.answer.lock().unwrap() = Answer::Refused(Refusal::ReasonMissing);
    let fields = [("form", "reject"), ("offer", OFFER), ("step", "client_contact"), ("version", "1"), ("reason", "")];
    let reply = site.post_and_follow("/api/client/reject", &fields).await.shown_as("client-offer-refused");
    reply.says("Write a few words first.");
    reply.says(r#"id="field-reject-reason-problem""#);
    let open: Vec<bool> = reply.tags("details").iter().map(|tag| tag.contains(" open")).collect();
    assert_eq!(open, [false, false, true]);
}

#[tokio::test]
async fn the_list_shows_first_what_waits_on_the_reader() {
    let desk = TestDesk::new();
    let line = |number: &str, candidate: &str, status, on_you| OfferLine {
        id: OfferId::new(OFFER),
        number: number.into(),
        candidate: candidate.into(),
        title: "Registered Nurse".into(),
        client: "Harbor General Hospital".into(),
        status,
        since: at("2027-01-09T15:00:00Z"),
        stage: None,
        waiting: vec![Waiting {
            on: WaitsOn::Step(StepKey::named("client_contact")),
            names: Vec::new(),
            since: at("2027-01-09T15:00:00Z"),
            due_at: None,
            todo: Todo::Decide,
            on_you,
            reminded: None,
            escalated: None,
        }],
        start: chrono::NaiveDate::from_ymd_opt(2027, 1, 25),
        accept_by: None,
        exceptions: 0,
        exposure: None,
    };
    *desk.list.lock().unwrap() = Some(OfferList {
        lines: vec![
            line("REQ-1000-4", "Ida Berg", Status::Started, false),
            line("REQ-1000-1", "Jonas Weber", Status::Sent, false),
            line("REQ-1000-3", "Maya Lindqvist", Status::InReview, true),
            line("REQ-1002-1", "שרה לוי", Status::HandedOff, false),
        ],
        next: None,
        now: at("2027-01-10T20:00:00Z"),
    });
    let reply = Site::new(desk, viewer()).get("/c").await.shown_as("client-list");
    reply.says("One offer waits for your answer.");
    reply.says("Offers for Harbor General Hospital");
    reply.says(&format!(r#"href="/c/offers/{OFFER}#answer""#));
    let places = ["Maya Lindqvist", "Jonas Weber", "Ida Berg"].map(|name| reply.html.find(name).unwrap());
    assert!(places.is_sorted(), "what waits, what is under way, what has ended: {places:?}");
    reply.says("/portal.css");
}

#[tokio::test]
async fn an_offer_of_another_account_is_not_there() {
    let reply = site(page()).get("/c/offers/0194dddddddddddddddddddddddddddd").await;
    assert_eq!(reply.status, StatusCode::NOT_FOUND);
    reply.says("There is no such page");
}
