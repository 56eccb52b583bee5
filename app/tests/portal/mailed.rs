//! Deciding from a mail: the page of one step.

use app::desk::{
    Answer, ApprovedBefore, Deciding, InvitationPage, KnownBrowser, Mailed, MailedDecided, MailedDecision, MailedOver, MailedPage,
    MailedStands, MailedStep, Minute, OfferPage, Peers, StepView, Viewer,
};
use axum::http::StatusCode;
use offer::check::{Fact, FactKind};
use offer::engagement::PayBasis;
use offer::field::{self, FieldTable};
use offer::id::{OfferId, RuleKey, StepKey, role};
use offer::intake;
use offer::lifecycle::{Refusal, Status};
use offer::money::{BasisPoints, Money};
use offer::policy::{Because, BeyondLimit, RangeFault, Reason, Relation, RuleRef, StepLeftOut, Who};
use offer::terms::{Change, Entries, Value};

use crate::client::{self, at, step};
use crate::desk::TestDesk;
use crate::site::{Reply, Site};

const LINK: &str = "/a/i/token-of-the-mail";

fn because(rule: &'static str, reason: Reason) -> Vec<Because> {
    vec![Because { rule: RuleRef { rule: RuleKey::named(rule), version: 3 }, reasons: vec![reason] }]
}

/// An offer of the firm's own after a counteroffer, as its finance person sees it.
fn of_our_own() -> OfferPage {
    let entries: Entries = [
        (field::ENGAGEMENT, "internal"),
        (field::JOB_TITLE, "Account Executive"),
        (field::PAY_BASIS, "salary"),
        (field::PAY_BASE, "96000"),
        (field::START, "2027-02-15"),
    ]
    .into_iter()
    .map(|(key, typed)| (key, typed.to_owned()))
    .collect();
    let approved = StepView::Approved {
        by: "Omar Haddad".into(),
        at: at("2027-01-09T15:00:00Z"),
        version: 1,
        comment: String::new(),
        for_whom: String::new(),
        forced: false,
    };
    let open = StepView::Open { since: at("2027-01-10T15:00:00Z"), due_at: at("2027-01-11T22:00:00Z"), reminded: None, escalated: None };
    let manager = step("hiring_manager", Who::Relation(Relation::HiringManager), &[field::START], approved, &["Omar Haddad"]);
    let mut finance = step("finance", Who::Role(role::FINANCE), &[field::PAY_BASIS, field::PAY_BASE], open, &["Ruben Castillo"]);
    let (pay, max) = (Money::cents(9_600_000), Money::cents(9_500_000));
    finance.step.because = because("above-band", Reason::Found { fact: Fact::AboveBand { pay, max, over: BasisPoints(105) } });
    let legal = because("special-terms", Reason::NotFound { kind: FactKind::SpecialTerms });
    OfferPage {
        number: "REQ-1023-1".into(),
        candidate: "Andre Wilson".into(),
        title: "Account Executive".into(),
        client: String::new(),
        engagement: Some(offer::engagement::Engagement::Internal),
        version: 2,
        terms: Some(intake::read_what_stands(&entries, &FieldTable::default())),
        route: vec![manager, finance],
        left_out: vec![StepLeftOut { step: StepKey::named("legal"), because: legal }],
        history: Vec::new(),
        ..client::page()
    }
}

fn read_by(of_client: bool, offer: Option<OfferPage>, stands: MailedStands) -> Mailed {
    let browser = KnownBrowser {
        id: "0".repeat(32),
        is_this: true,
        user_agent: "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1".into(),
        proved_at: at("2027-01-10T20:00:00Z"),
        until: at("2027-02-09T20:00:00Z"),
    };
    Mailed::Here(Box::new(MailedPage {
        reader: "Ruben Castillo".into(),
        zone: "America/New_York".into(),
        of_client,
        step: StepKey::named(if of_client { "client_contact" } else { "finance" }),
        offer,
        stands,
        browsers: vec![browser],
        now: at("2027-01-10T20:00:00Z"),
    }))
}

fn waits(approved: Option<ApprovedBefore>, beyond: Option<BeyondLimit>) -> MailedStands {
    MailedStands::Waits(MailedStep { approved, on_behalf_of: String::new(), beyond, within: vec!["Fay Kim".into(), "Not Named".into()] })
}

fn site(mailed: Mailed) -> Site {
    let desk = TestDesk::new();
    *desk.mailed.lock().unwrap() = Some(mailed);
    Site::new(desk, Viewer::Nobody)
}

async fn shown(mailed: Mailed, name: &str) -> Reply {
    let reply = site(mailed).get(LINK).await.shown_as(name);
    assert_eq!(reply.status, StatusCode::OK);
    reply.keeps_the_rules_of_forms();
    reply
}

#[tokio::test]
async fn a_stranger_reads_who_invites_and_nothing_of_the_offer() {
    let invitation = InvitationPage {
        firm: "Northwind Staffing".into(),
        masked_email: "r•••@n•••.example".into(),
        for_candidate: false,
        help_email: String::new(),
    };
    let page = shown(Mailed::Invited { page: invitation.clone(), waits: true }, "mailed-invitation").await;
    page.says("Northwind Staffing has something for you");
    page.says("Email me a code");
    page.hides("Nothing waits on you");
    let page = shown(Mailed::Invited { page: invitation, waits: false }, "mailed-invitation-over").await;
    page.says("Nothing waits on you behind this link any more.");
}

#[tokio::test]
async fn the_code_is_entered_below_the_link_and_the_browser_is_remembered_unless_somebody_ticks_that_it_is_not_to_be() {
    let site = site(read_by(false, Some(of_our_own()), waits(None, None)));
    let reply = site.post("/api/portal/mail-code", &[("area", "a"), ("token", "token-of-the-mail")]).await;
    assert_eq!(reply.location, format!("{LINK}/code"));
    let page = site.get(&reply.location).await.shown_as("mailed-code");
    page.says("Do not remember this browser");
    page.keeps_the_rules_of_forms();
    let wrong = [("area", "a"), ("token", "token-of-the-mail"), ("code", "000000"), ("form", "open")];
    let again = site.post_and_follow("/api/portal/open", &wrong).await;
    again.says("This code does not work.");
    let right = [("area", "a"), ("token", "token-of-the-mail"), ("code", "123 456")];
    assert_eq!(site.post("/api/portal/open", &right).await.location, LINK);
}

#[tokio::test]
async fn somebody_who_is_asked_reads_what_why_and_why_nobody_else() {
    let page = shown(read_by(false, Some(of_our_own()), waits(None, None)), "mailed-asked").await;
    page.says("Do you approve $96,000 a year for Andre Wilson as Account Executive, starting February 15, 2027?");
    page.says("Ruben Castillo, your answer is wanted by tomorrow 5:00 PM EST.");
    page.says("Your approval stands for: pay basis, base pay. The rest is others' to decide.");
    page.says("Pay of $96,000 is above the band, which ends at $95,000: 1.05% over.");
    page.says("Legal is not asked");
    page.says("What was approved did not change since, so it stands.");
    page.says("Safari on iPhone");
    page.says("(this browser)");
    page.hides("above-band");
    for way in ["approve", "ask", "reject"] {
        page.says(&format!("/api/mailed/{way}"));
    }
    assert_eq!(page.html.matches(r#"data-kind="primary""#).count(), 1, "one primary button");
}

#[tokio::test]
async fn whoever_decides_alone_reads_of_no_others() {
    let mut offer = of_our_own();
    offer.route.retain(|line| line.step.step == StepKey::named("finance"));
    let page = shown(read_by(false, Some(offer), waits(None, None)), "mailed-alone").await;
    page.says("Your approval stands for: pay basis, base pay.");
    page.hides("others' to decide");
}

#[tokio::test]
async fn whoever_approved_before_reads_first_what_changed_since() {
    let money = |cents| Some(Value::Money(Money::cents(cents)));
    let changes = vec![Change { field: field::PAY_BASE, from: money(8_800_000), to: money(9_600_000) }];
    let before = ApprovedBefore { at: at("2027-01-08T15:00:00Z"), changes };
    let page = shown(read_by(false, Some(of_our_own()), waits(Some(before), None)), "mailed-asked-again").await;
    page.says("Base pay changed since you approved. Do you still approve?");
    page.says("What changed since you approved");
    page.says("$88,000");
}

#[tokio::test]
async fn whoever_decides_pay_reads_where_it_stands_among_others() {
    let [low, middle, high] = [8_200_000, 8_900_000, 9_400_000].map(Money::cents);
    let peers = Some(Peers { count: 7, low, middle, high, basis: PayBasis::Salary });
    let offer = OfferPage { minute: Some(Minute { peers }), ..of_our_own() };
    let page = shown(read_by(false, Some(offer), waits(None, None)), "mailed-peers").await;
    page.says("Of 7 comparable offers the middle one pays $89,000");
    shown(read_by(false, Some(of_our_own()), waits(None, None)), "mailed-no-peers").await.hides("comparable offers");
}

#[tokio::test]
async fn a_limit_takes_the_yes_away_and_leaves_question_and_no() {
    let beyond = BeyondLimit::Annual { most: Money::cents(9_000_000), pay: Some(Money::cents(9_600_000)) };
    let mut offer = of_our_own();
    offer.route[1].people.push("Fay Kim".into());
    let page = shown(read_by(false, Some(offer), waits(None, Some(beyond))), "mailed-beyond").await;
    page.says("This offer is more than you may approve; Fay Kim can. You can ask a question or reject it.");
    page.hides("Do you approve");
    page.hides("Not Named");
    page.says("This is more than you may approve");
    page.says("$90,000");
    page.hides("/api/mailed/approve");
    page.says("/api/mailed/reject");
}

#[tokio::test]
async fn a_client_contact_reads_their_side_and_no_rule_of_the_firm() {
    let page = shown(read_by(true, Some(client::page()), waits(None, None)), "mailed-client").await;
    page.says("Do you want Maya Lindqvist to start with you as Registered Nurse, Cardiac Care on January 25, 2027?");
    page.says("$94.50 an hour");
    page.says("Northwind Staffing asks you because you speak for Harbor General Hospital.");
    page.hides("is not asked");
    page.says("The list of your offers asks for one.");
}

#[tokio::test]
async fn an_answer_goes_with_the_link_and_comes_back_to_it() {
    let site = site(read_by(false, Some(of_our_own()), waits(None, None)));
    let token = ("token", "token-of-the-mail");
    for (way, words) in [("approve", ("comment", "fine")), ("ask", ("question", "Why?")), ("reject", ("reason", "no"))] {
        assert_eq!(site.post(&format!("/api/mailed/{way}"), &[token, words]).await.location, LINK);
    }
    let decisions = site.desk.decisions.lock().unwrap().clone();
    let of_link = |decision| ("token-of-the-mail".to_owned(), decision);
    let (comment, question, reason) = ("fine".to_owned(), "Why?".to_owned(), "no".to_owned());
    assert_eq!(
        decisions,
        [
            MailedDecision::Approve { comment, lowest: Entries::default(), highest: Entries::default() },
            MailedDecision::Ask { question },
            MailedDecision::Reject { reason }
        ]
        .map(of_link)
    );
}

#[tokio::test]
async fn a_refused_answer_keeps_what_was_typed() {
    let site = site(read_by(false, Some(of_our_own()), waits(None, None)));
    *site.desk.answer.lock().unwrap() = Answer::Refused(Refusal::ReasonMissing);
    let page = site.post_and_follow("/api/mailed/reject", &[("form", "reject"), ("token", "t"), ("reason", " ")]).await;
    page.says("Write a few words first.");
    *site.desk.answer.lock().unwrap() = Answer::Refused(Refusal::BeyondLimit {
        step: StepKey::named("finance"),
        beyond: BeyondLimit::Annual { most: Money::cents(1), pay: None },
    });
    let page = site.post_and_follow("/api/mailed/approve", &[("form", "approve"), ("token", "t"), ("comment", "kept </textarea>")]).await;
    page.says("This offer is more than you may approve.");
    page.says("kept &lt;/textarea&gt;");
}

#[tokio::test]
async fn a_range_that_does_not_fit_says_so_beside_its_boxes() {
    let step = StepKey::named("finance");
    let deciding = Deciding { spans: vec![field::PAY_BASE], ..Deciding::default() };
    let offer = OfferPage { deciding: vec![(step, deciding)], ..of_our_own() };
    let site = site(read_by(false, Some(offer), waits(None, None)));
    *site.desk.answer.lock().unwrap() = Answer::Refused(Refusal::RangeUnfit { field: field::PAY_BASE, because: RangeFault::EndsCrossed });
    let typed = [("form", "approve"), ("token", "t"), ("comment", ""), ("lowest[pay.base]", "99000"), ("highest[pay.base]", "90000")];
    let page = site.post_and_follow("/api/mailed/approve", &typed).await;
    let problem = page.html.split(r#"id="field-approve-lowest[pay.base]-problem""#).nth(1).expect("a problem beside the lowest");
    assert!(problem.split("</p>").next().unwrap().contains("the lowest first"), "{problem}");
}

#[tokio::test]
async fn after_the_decision_the_page_says_that_it_is_recorded_and_what_comes_next() {
    let decided = |decision| MailedStands::Over(MailedOver::ByReader { decision, at: at("2027-01-10T20:00:00Z") });
    let approved = OfferPage { status: Status::Approved, ..of_our_own() };
    let page = shown(read_by(false, Some(approved), decided(MailedDecided::Approved)), "mailed-approved").await;
    page.says("You approved this offer");
    page.says("Recorded on January 10, 2027, 3:00 PM EST, with your name");
    page.says("Everyone has approved. Northwind Staffing sends the letter to the candidate next.");
    page.hides("/api/mailed/approve");
    shown(read_by(false, Some(of_our_own()), decided(MailedDecided::Asked)), "mailed-question").await.says("An email then asks you again.");
    let page = shown(read_by(false, None, decided(MailedDecided::Rejected)), "mailed-no").await;
    let read = page.html.split_once("<main").expect("a page").1;
    assert_eq!(read.matches("You rejected this offer").count(), 1, "said once: {read}");
}

#[tokio::test]
async fn whatever_became_of_the_step_is_said_calmly() {
    let money = |cents| Some(Value::Money(Money::cents(cents)));
    let changes = vec![Change { field: field::PAY_BASE, from: money(8_800_000), to: money(9_600_000) }];
    for (over, says) in [
        (MailedOver::ByOther { by: "Fay Kim".into(), at: at("2027-01-10T20:00:00Z") }, "Fay Kim approved this already"),
        (MailedOver::Rejected, "Somebody rejected this offer"),
        (MailedOver::Returned, "Somebody asked a question first"),
        (MailedOver::Changed { changes, asked_again: true }, "a new email is on its way"),
        (MailedOver::HandedOver { to: "Fay Kim".into() }, "You handed this to Fay Kim"),
        (MailedOver::Ended { status: Status::Cancelled }, "Nothing is to be decided any more"),
        (MailedOver::NotTheirs, "This does not wait on you any more"),
    ] {
        let page = shown(read_by(false, Some(of_our_own()), MailedStands::Over(over)), "mailed-over").await;
        page.says(says);
        page.hides("/api/mailed/approve");
    }
    let page = shown(Mailed::SignsIn { offer: OfferId::new("a".repeat(32)) }, "mailed-sign-in").await;
    page.says("Sign in to decide");
    page.says(&format!("/sign-in?to=/offers/{}", "a".repeat(32)));
}
