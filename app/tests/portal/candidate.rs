//! The candidate's pages in every state.

use app::desk::{
    Accept, Answer, Asked, CandidatePage, ChangeRequest, Closed, PortalLetter, QuestionLine, ReadLetter, RequestAnswer, Viewer,
};
use std::sync::Arc;

use axum::http::StatusCode;
use offer::acceptance::Standing;
use offer::id::{ContingencyKind, OfferId, PersonId, QuestionId};
use offer::ledger::Digest;
use offer::lifecycle::{Command, Decline, DeclineReason, Refusal, Status};
use offer::moment::{Day, Moment};

use crate::desk::TestDesk;
use crate::letter;
use crate::site::{Reply, Site};

const OFFER: &str = "0194aaaaaaaaaaaaaaaaaaaaaaaaaaaa";
const CONSENT: &str = "You agree to receive this letter and its copies electronically and to sign on screen.\n\nYou may have everything on paper instead, free of charge: write or call us before you sign. You may take this agreement back at any time before you sign, in the same way; afterwards your signature stands. Tell us when your address changes. You need a browser and a program that opens PDF files.";

fn at(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

fn start() -> Option<Day> {
    Day::from_ymd_opt(2027, 1, 25)
}

fn request(when: &str, text: &str, answer: RequestAnswer) -> ChangeRequest {
    ChangeRequest { at: at(when), text: text.to_owned(), answer }
}

/// A nurse's offer, open for five more days.
pub(crate) fn page() -> CandidatePage {
    let letter = letter::nurse("Maya Lindqvist");
    let digest = letter.digest().unwrap();
    CandidatePage {
        firm: "Northwind Staffing".into(),
        help_email: "help@northwind.example".into(),
        help_phone: "+1 207 555 0144".into(),
        name: "Maya".into(),
        title: "Registered Nurse, Cardiac Care".into(),
        employer: "Northwind Staffing, Inc.".into(),
        standing: Standing {
            status: Status::Sent,
            version: 2,
            letter_digest: Some(digest),
            accept_by: Some(at("2027-01-15T22:00:00Z")),
            held: false,
            open_questions: 0,
            before_acceptance: Vec::new(),
            consent: 3,
            signer: "Maya Lindqvist".to_owned(),
        },
        now: at("2027-01-10T20:00:00Z"),
        letter: Some(PortalLetter {
            version: 2,
            digest,
            letter: Arc::new(ReadLetter::new(letter)),
            pdf: Digest::of(b"pdf"),
            accept_by: ("2027-01-15T17:00".into(), "America/New_York".into()),
        }),
        replaced: false,
        replaces: None,
        consent: (3, CONSENT.into()),
        questions: Vec::new(),
        change_requests: Vec::new(),
        closed: None,
    }
}

fn viewer() -> Viewer {
    Viewer::Candidate {
        person: PersonId::new("0194bbbbbbbbbbbbbbbbbbbbbbbbbbbb"),
        offer: OfferId::new(OFFER),
        email: "maya@example.com".into(),
        address: "192.0.2.7".into(),
        user_agent: "a browser".into(),
    }
}

pub(crate) fn site(page: CandidatePage) -> Site {
    let desk = TestDesk::new();
    *desk.candidate.lock().unwrap() = Some(page);
    Site::new(desk, viewer())
}

fn closed(status: Status, signed_name: Option<&str>) -> CandidatePage {
    let mut page = page();
    page.standing.status = status;
    page.closed = Some(Closed {
        status,
        at: at("2027-01-12T18:04:00Z"),
        signed_name: signed_name.map(str::to_owned),
        reason: None,
        start: signed_name.and(start()),
        checks: Vec::new(),
    });
    page
}

/// No jargon of the firm, help at its place.
#[track_caller]
fn reads_well(reply: &Reply) {
    assert_eq!(reply.status, StatusCode::OK, "{reply:?}");
    // what an island is given is for nobody to read
    let read: String = reply
        .html
        .split("data-props=\"")
        .enumerate()
        .map(|(i, part)| if i == 0 { part } else { part.split_once('"').unwrap().1 })
        .collect();
    let text = read.to_lowercase();
    for jargon in ["requisition", "standing", "stream", "playbook", "in_review", "handed_off"] {
        assert!(!text.contains(jargon), "jargon {jargon:?}:\n{}", reply.html);
    }
    reply.says("Help from Northwind Staffing:");
    reply.says("mailto:help@northwind.example");
    reply.says("tel:+12075550144");
    reply.keeps_the_rules_of_forms();
}

#[tokio::test]
async fn an_open_offer_shows_the_letter_the_deadline_with_its_zone_and_every_way_to_answer() {
    let reply = site(page()).get("/o/offer").await.shown_as("offer");
    reads_well(&reply);
    reply.says("Northwind Staffing, Inc. offers you this position");
    reply.says("Friday, January 15, 2027, 5:00 PM");
    reply.says("Eastern Time<span data-left>5 days left");
    reply.says("Dear <bdi>Maya</bdi>");
    reply.says(&format!("/o/documents/{}", Digest::of(b"pdf")));
    for way in ["accept", "ask", "change", "decline"] {
        reply.says(&format!(r#"href="/o/offer/{way}""#));
    }
}

#[tokio::test]
async fn the_figures_over_the_letter_are_the_letters_own() {
    let reply = site(page()).get("/o/offer").await;
    reply.says("<dt>Base pay</dt><dd><bdi>$62.50 per hour, before taxes</bdi>");
    reply.says("<dt>Start</dt><dd><bdi>Monday, January 25, 2027</bdi><small>Hours: 36 hours a week, full-time</small></dd>");
}

#[tokio::test]
async fn questions_and_requests_stay_to_be_read_with_what_came_of_them() {
    let mut page = page();
    page.questions = vec![
        QuestionLine {
            id: QuestionId::new("q1"),
            asked_at: at("2027-01-08T15:00:00Z"),
            text: "Is parking paid on night shifts?\nAnd is there a place for a bicycle?".into(),
            answer: Some((at("2027-01-09T15:00:00Z"), "Yes to both: garage C is free for staff from 6 PM.".into())),
        },
        QuestionLine {
            id: QuestionId::new("q2"),
            asked_at: at("2027-01-10T15:00:00Z"),
            text: "May I see the unit first?".into(),
            answer: None,
        },
    ];
    page.change_requests = vec![request("2027-01-09T15:00:00Z", "Could I start a week later?", RequestAnswer::Open)];
    let reply = site(page).get("/o/offer?said=question").await.shown_as("offer-conversation");
    reads_well(&reply);
    reply.says("Your question is with us");
    reply.says("garage C is free");
    reply.says("Not answered yet");
    reply.says("You can still accept the letter as it is");
}

#[tokio::test]
async fn a_request_is_answered_with_a_no_or_with_a_new_letter() {
    for (answer, says) in [(RequestAnswer::No, "We could not change this."), (RequestAnswer::NewLetter, "We answer it with a new letter")] {
        let mut page = page();
        page.change_requests = vec![request("2027-01-09T15:00:00Z", "Could I start a week later?", answer)];
        site(page).get("/o/offer").await.says(says);
    }
}

#[tokio::test]
async fn a_held_letter_cannot_be_signed_and_says_so() {
    let mut page = page();
    page.standing.held = true;
    let site = site(page);
    let reply = site.get("/o/offer").await.shown_as("offer-held");
    reads_well(&reply);
    reply.says("This letter is on hold");
    reply.hides(r#"href="/o/offer/accept""#);
    reply.says(r#"href="/o/offer/ask""#);
    site.get("/o/offer/accept").await.hides("/api/candidate/accept");
}

#[tokio::test]
async fn what_must_be_complete_first_is_named() {
    let mut page = page();
    page.standing.before_acceptance = vec![ContingencyKind::new("background_check")];
    let reply = site(page).get("/o/offer").await;
    reads_well(&reply);
    reply.says("We still have to complete this: background check.");
    reply.hides(r#"href="/o/offer/accept""#);
}

#[tokio::test]
async fn a_letter_that_was_replaced_says_that_the_new_one_comes_by_mail() {
    let mut page = page();
    page.standing.status = Status::InReview;
    page.standing.version = 3;
    page.standing.letter_digest = None;
    page.replaced = true;
    let reply = site(page).get("/o/offer").await.shown_as("offer-replaced");
    reads_well(&reply);
    reply.says("This letter was replaced");
    reply.says("comes to you by email");
    reply.says("The letter that was replaced");
    reply.hides(r#"href="/o/offer/accept""#);
}

#[tokio::test]
async fn a_letter_that_replaces_an_earlier_one_says_so_at_its_head() {
    site(page()).get("/o/offer").await.hides("This letter of");
    for (earlier, says) in [
        (Day::from_ymd_opt(2026, 12, 28), "This letter of January 4, 2027 replaces the one of December 28, 2026."),
        (Day::from_ymd_opt(2027, 1, 4), "This letter of January 4, 2027 replaces an earlier one of the same day."),
    ] {
        let reply = site(CandidatePage { replaces: earlier, ..page() }).get("/o/offer").await;
        reads_well(&reply);
        reply.says(says);
    }
}

#[tokio::test]
async fn after_the_deadline_nothing_can_be_signed_even_before_the_clockwork_says_so() {
    let mut late = page();
    late.now = at("2027-01-15T22:00:01Z");
    let mut expired = closed(Status::Expired, None);
    expired.now = late.now;
    for page in [late, expired] {
        let reply = site(page).get("/o/offer").await.shown_as("offer-expired");
        reads_well(&reply);
        reply.says("The time to answer has passed");
        reply.says("open until 5:00 PM Eastern Time on Friday, January 15, 2027");
        reply.hides(r#"href="/o/offer/accept""#);
    }
}

#[tokio::test]
async fn once_accepted_the_page_says_what_happens_next_and_keeps_letter_and_signature() {
    for status in [Status::Accepted, Status::HandedOff] {
        let reply = site(closed(status, Some("Maya Lindqvist"))).get("/o/offer").await.shown_as("offer-accepted");
        reads_well(&reply);
        reply.says("You accepted this offer");
        reply.says("Your first day is Monday, January 25, 2027.");
        reply.says("What happens next");
        reply.says("January 12, 2027, 1:04 PM EST");
        reply.says("Registered Nurse, Cardiac Care, with Northwind Staffing, Inc.");
        reply.says("January 4, 2027, version 2\nDocument 01943a0e5c7e7b6d8f3a19c288d04e55");
        reply.says("Dear <bdi>Maya</bdi>");
        reply.says("/o/documents/");
        reply.hides(r#"href="/o/offer/accept""#);
        reply.hides(r#"href="/o/offer/decline""#);
        reply.says(r#"href="/o/offer/ask""#);
    }
}

#[tokio::test]
async fn once_accepted_what_the_start_still_hangs_on_is_named_and_an_open_request_promises_nothing() {
    let mut page = closed(Status::Accepted, Some("Maria Lopez"));
    page.change_requests = vec![request("2027-01-11T18:04:00Z", "Could it be 62?", RequestAnswer::Open)];
    if let Some(closed) = &mut page.closed {
        closed.checks = vec![offer::id::ContingencyKind::new("background_check"), offer::id::ContingencyKind::new("drug_screen")];
    }
    let reply = site(page).get("/o/offer").await;
    reads_well(&reply);
    reply.says("Still to be complete");
    reply.says("background check and drug screen");
    reply.says("your answer is to the letter as it was");
}

#[tokio::test]
async fn every_other_end_has_its_own_words() {
    for (status, words) in [
        (Status::Declined, "You declined this offer"),
        (Status::Rescinded, "This offer was taken back"),
        (Status::Cancelled, "This offer was taken back"),
        (Status::Withdrawn, "This offer is closed"),
        (Status::DidNotStart, "This offer is closed"),
        (Status::Started, "You have started"),
    ] {
        let reply = site(closed(status, None)).get("/o/offer").await.shown_as(&format!("offer-{}", status.code()));
        reads_well(&reply);
        reply.says(words);
        reply.hides(r#"href="/o/offer/accept""#);
        reply.hides(r#"href="/o/offer/decline""#);
    }
}

#[tokio::test]
async fn a_decline_is_answered_with_what_was_recorded_and_whom_to_reach() {
    let mut page = closed(Status::Declined, None);
    page.closed.as_mut().unwrap().reason = Some(DeclineReason::Timeline);
    let reply = site(page).get("/o/offer").await.shown_as("offer-declined");
    reads_well(&reply);
    reply.says("Thank you for telling us");
    reply.says("January 12, 2027, 1:04 PM EST");
    reply.says("The timing: it took too long, or the dates do not fit");
}

#[tokio::test]
async fn before_anything_is_sent_there_is_nothing_to_sign() {
    let mut page = page();
    page.standing.status = Status::Approved;
    page.standing.version = 1;
    page.letter = None;
    let reply = site(page).get("/o/offer").await;
    reads_well(&reply);
    reply.says("There is nothing to sign at the moment");
}

#[tokio::test]
async fn the_signing_page_shows_what_is_signed_the_whole_consent_and_an_empty_name() {
    let reply = site(page()).get("/o/offer/accept").await.shown_as("accept");
    reads_well(&reply);
    for shown in [
        "$62.50 per hour, before taxes",
        "Monday, January 25, 2027",
        "Harbor General Hospital",
        "$2,000",
        "background check and professional license",
    ] {
        reply.says(shown);
    }
    reply.says("You may have everything on paper instead");
    reply.says("The date by which to answer does not move by itself: ask us, and we move it.");
    reply.says("Go back and read the whole letter");
    reply.says("The letter is made out to Maya Lindqvist.");
    reply.says(&format!(r#"name="letter" value="{}""#, letter::nurse("Maya Lindqvist").digest().unwrap()));
    reply.says(r#"name="version" value="2""#);
    let name = reply.tags("input").into_iter().find(|tag| tag.contains("typed_name")).unwrap().to_owned();
    assert!(name.contains(r#"value="""#), "{name}");
}

#[tokio::test]
async fn a_signature_carries_what_was_shown() {
    let site = site(page());
    let digest = letter::nurse("Maya Lindqvist").digest().unwrap();
    let reply = site
        .post(
            "/api/candidate/accept",
            &[
                ("form", "accept"),
                ("once", "fresh-accept"),
                ("version", "2"),
                ("letter", &digest.to_string()),
                ("consent_version", "3"),
                ("consent", "yes"),
                ("typed_name", "Maya Lindqvist"),
            ],
        )
        .await;
    assert_eq!((reply.status, reply.location.as_str()), (StatusCode::FOUND, "/o/offer"));
    let acts = site.desk.acts.lock().unwrap().clone();
    let signed = Accept { version: 2, letter: digest, typed_name: "Maya Lindqvist".into(), consent: Some(3) };
    assert_eq!(acts.len(), 1);
    assert_eq!((acts[0].offer.as_str(), &acts[0].asked, acts[0].once.as_str()), (OFFER, &Asked::Accept(signed), "fresh-accept"));
}

#[tokio::test]
async fn what_was_laid_out_for_one_page_is_never_shown_on_another() {
    let alterations: [fn(&mut CandidatePage, &mut String); 9] = [
        |_, firm| *firm = "Southwind".into(),
        |page, _| page.name = "Alva".into(),
        |page, _| page.title = "Charge Nurse".into(),
        |page, _| page.employer = "Southwind Staffing, Inc.".into(),
        |page, _| page.consent = (4, "Another consent.".into()),
        |page, _| page.letter.as_mut().unwrap().accept_by.0 = "2027-01-16T09:30".into(),
        |page, _| page.letter.as_mut().unwrap().accept_by.1 = "UTC".into(),
        |page, _| {
            page.standing.version = 3;
            page.letter.as_mut().unwrap().version = 3;
        },
        |page, _| {
            page.standing.letter_digest = Some(Digest::of(b"another letter"));
            page.letter.as_mut().unwrap().digest = Digest::of(b"another letter");
        },
    ];
    for alter in alterations {
        let read_before = page();
        let words = Arc::clone(&read_before.letter.as_ref().unwrap().letter);
        let first = body(site(read_before)).await;
        let altered = |letter: Option<Arc<ReadLetter>>| {
            let (mut page, mut firm) = (page(), "Northwind Staffing".to_owned());
            alter(&mut page, &mut firm);
            if let (Some(read), Some(letter)) = (letter, page.letter.as_mut()) {
                letter.letter = read;
            }
            let site = site(page);
            *site.desk.firm.lock().unwrap() = firm;
            site
        };
        let (read_again, read_first) = (body(altered(Some(words))).await, body(altered(None)).await);
        assert_eq!(read_again, read_first);
        assert_ne!(read_again, first);
    }
}

/// The page of the offer without its head, which names a nonce.
async fn body(site: Site) -> String {
    let html = site.get("/o/offer").await.html;
    html.split_once("<body>").expect("a page has a body").1.split("<script").next().expect("what stands before any script").to_owned()
}

#[tokio::test]
async fn a_refused_signature_keeps_the_name_and_never_the_tick() {
    let site = site(page());
    *site.desk.answer.lock().unwrap() = Answer::Refused(Refusal::ConsentMissing);
    let digest = letter::nurse("Maya Lindqvist").digest().unwrap().to_string();
    let fields =
        [("form", "accept"), ("version", "2"), ("letter", digest.as_str()), ("consent_version", "3"), ("typed_name", "Maya \"Q\" <b>")];
    let reply = site.post_and_follow("/api/candidate/accept", &fields).await.shown_as("accept-refused");
    reads_well(&reply);
    reply.says("Tick the box to sign on screen");
    reply.says("Maya &quot;Q&quot; &lt;b&gt;");
    reply.hides("<b>");
}

#[tokio::test]
async fn whoever_ticks_no_box_and_types_no_name_is_told_of_both() {
    let site = site(page());
    *site.desk.answer.lock().unwrap() = Answer::Refused(Refusal::ConsentMissing);
    let digest = letter::nurse("Maya Lindqvist").digest().unwrap().to_string();
    let fields = [("form", "accept"), ("version", "2"), ("letter", digest.as_str()), ("consent_version", "3"), ("typed_name", " ")];
    let reply = site.post_and_follow("/api/candidate/accept", &fields).await;
    reads_well(&reply);
    for (refusal, place) in [(Refusal::ConsentMissing, "accept-consent"), (Refusal::NameMissing, "accept-typed_name")] {
        reply.says(&format!(r##"href="#field-{place}""##));
        reply.says(&app::words::en::candidate::refusal(&refusal));
    }
}

#[tokio::test]
async fn a_letter_that_was_replaced_while_it_was_read_is_not_signed() {
    let mut moved = page();
    moved.standing.status = Status::InReview;
    moved.standing.version = 3;
    moved.replaced = true;
    let site = site(moved);
    *site.desk.answer.lock().unwrap() = Answer::Refused(Refusal::LetterReplaced { now_at: 3 });
    let digest = letter::nurse("Maya Lindqvist").digest().unwrap().to_string();
    let fields = [
        ("form", "accept"),
        ("version", "2"),
        ("letter", digest.as_str()),
        ("consent_version", "3"),
        ("consent", "yes"),
        ("typed_name", "Maya"),
    ];
    let reply = site.post_and_follow("/api/candidate/accept", &fields).await;
    reply.says("Nothing was signed");
    reply.says("This letter was replaced");
}

#[tokio::test]
async fn declining_offers_every_reason_and_chooses_none() {
    let reply = site(page()).get("/o/offer/decline").await.shown_as("decline");
    reads_well(&reply);
    for reason in DeclineReason::ALL {
        reply.says(&format!(r#"name="primary" value="{}""#, reason.code()));
    }
    reply.says("Choose one; “I’d rather not say” is enough.");
}

#[tokio::test]
async fn declining_without_a_choice_asks_again_and_keeps_what_was_written() {
    let site = site(page());
    let fields = [("form", "decline"), ("note", "</textarea><script>alert(1)</script>")];
    let reply = site.post_and_follow("/api/candidate/decline", &fields).await.shown_as("decline-refused");
    reads_well(&reply);
    reply.says("“I’d rather not say” is enough.");
    reply.says("&lt;/textarea&gt;&lt;script&gt;");
    assert!(site.desk.acts.lock().unwrap().is_empty());
}

#[tokio::test]
async fn declining_says_the_reason_to_the_desk() {
    let site = site(page());
    let reply = site.post("/api/candidate/decline", &[("primary", "timeline"), ("secondary", "comp"), ("note", "Too slow")]).await;
    assert_eq!(reply.location, "/o/offer");
    let decline = Decline { primary: DeclineReason::Timeline, secondary: Some(DeclineReason::Comp), note: "Too slow".into() };
    assert_eq!(site.desk.acts.lock().unwrap()[0].asked, Asked::Command(Command::Decline(decline)));
}

#[tokio::test]
async fn a_question_and_a_request_reach_the_desk_as_they_were_written() {
    let site = site(page());
    site.get("/o/offer/ask").await.shown_as("ask").keeps_the_rules_of_forms();
    let form = site.get("/o/offer/change").await.shown_as("change");
    form.keeps_the_rules_of_forms();
    form.says("Asking does not move the date by which to answer.");
    let asked = site.post("/api/candidate/ask", &[("text", "May I see the unit?")]).await;
    assert_eq!(asked.location, "/o/offer?said=question");
    let change = site.post("/api/candidate/change", &[("why", "A week later")]).await;
    assert_eq!(change.location, "/o/offer?said=change");
    site.get(&change.location).await.says("the date by which to answer does not move");
    let acts: Vec<Asked> = site.desk.acts.lock().unwrap().iter().map(|act| act.asked.clone()).collect();
    assert_eq!(
        acts,
        [
            Asked::Command(Command::Ask { text: "May I see the unit?".into() }),
            Asked::Command(Command::RequestChange { why: "A week later".into() })
        ]
    );
}

#[tokio::test]
async fn a_question_after_the_signature_speaks_of_no_date() {
    site(page()).get("/o/offer/ask").await.says("Asking changes nothing about the offer or its date.");
    let signed = closed(Status::Accepted, Some("Maya Lindqvist"));
    site(signed).get("/o/offer/ask").await.says("Asking changes nothing about what was decided.");
}

#[tokio::test]
async fn an_empty_question_comes_back_beside_its_box() {
    let site = site(page());
    *site.desk.answer.lock().unwrap() = Answer::Refused(Refusal::ReasonMissing);
    let reply = site.post_and_follow("/api/candidate/ask", &[("form", "ask"), ("text", "")]).await;
    reply.says("Write a few words first.");
    reply.says(r#"id="field-ask-text-problem""#);
}

#[tokio::test]
async fn whatever_somebody_typed_is_text_everywhere() {
    for hostile in
        ["</textarea></title><script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "<b>x</b>", "{{7*7}}", "O'Neil & \"Sons\""]
    {
        let mut page = page();
        page.name = hostile.into();
        page.title = hostile.into();
        page.employer = hostile.into();
        page.letter.as_mut().unwrap().letter = Arc::new(ReadLetter::new(letter::nurse(hostile)));
        page.questions = vec![QuestionLine {
            id: QuestionId::new("q"),
            asked_at: page.now,
            text: hostile.into(),
            answer: Some((page.now, hostile.into())),
        }];
        page.change_requests = vec![ChangeRequest { at: page.now, text: hostile.into(), answer: RequestAnswer::No }];
        page.closed = None;
        let digest = page.letter.as_ref().unwrap().letter.digest().unwrap();
        page.letter.as_mut().unwrap().digest = digest;
        page.standing.letter_digest = Some(digest);
        let site = site(page);
        for address in ["/o/offer", "/o/offer/accept", "/o/offer/ask", "/o/offer/decline"] {
            let reply = site.get(address).await;
            assert_eq!(reply.status, StatusCode::OK);
            for live in ["<script", "<img", "<b>"] {
                reply.hides(live);
            }
        }
    }
}

#[tokio::test]
async fn nobody_but_the_candidate_acts_here() {
    let site = Site::new(TestDesk::new(), Viewer::Nobody);
    let reply = site.post("/api/candidate/decline", &[("primary", "comp")]).await;
    assert!(reply.location.starts_with("/o/offer/decline?kept="), "{reply:?}");
    assert!(site.desk.acts.lock().unwrap().is_empty());
}
