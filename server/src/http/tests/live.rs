//! The stream of changes: who hears of what, what is heard after a break, and when it ends.

use app::desk::{Begin, Viewer};
use axum::{
    body::Body,
    http::{Request, StatusCode},
};
use http_body_util::BodyExt;
use offer::{
    access::Member,
    engagement::Engagement,
    id::{OfferId, PersonId, TeamKey, role},
    ledger::AuthLevel,
    lifecycle::Command,
    moment::Moment,
    person::{Identity, Person},
    private::Private,
};

use super::pages::{FIRM, Site};
use crate::{
    desk::{Act, Doer},
    store::Change,
};

const RITA: &str = "rita@firm.example";
const OTTO: &str = "otto@firm.example";

/// A recruiter of a team of her own.
fn recruiter(email: &str) -> Person {
    Person {
        identity: Private::Kept(Identity { name: email.to_owned(), email: email.to_owned() }),
        roles: vec![role::RECRUITER],
        team: Some(TeamKey::new(email)),
        department: None,
        business_line: None,
        region: None,
        clients: Vec::new(),
        manager: None,
        approval_limit_annual: None,
        approval_limit_over_band: None,
        zone: "America/New_York".to_owned(),
    }
}

async fn viewer(site: &Site, id: &PersonId, email: &str) -> Viewer {
    let current = site.house.current().await.unwrap();
    let member = Member::resolve(id.clone(), &recruiter(email), AuthLevel::Password, &current.playbook);
    Viewer::Staff { member, name: email.to_owned(), zone: "America/New_York".to_owned(), proven: true }
}

/// A draft of somebody's own.
async fn begun(site: &Site, viewer: &Viewer) -> OfferId {
    let begin = Begin {
        requisition: None,
        engagement: Some(Engagement::Internal),
        name: "Maria Silva".to_owned(),
        email: "maria@candidate.example".to_owned(),
        once: String::new(),
    };
    site.house.begin_offer(viewer, &begin).await.unwrap()
}

/// What comes out of a stream.
struct Heard {
    body: Body,
    text: String,
}

impl Heard {
    /// The next event, without signs of life; nothing when the stream has ended.
    async fn next(&mut self) -> Option<String> {
        loop {
            while let Some((block, rest)) = self.text.split_once("\n\n") {
                let (block, rest) = (block.to_owned(), rest.to_owned());
                self.text = rest;
                if block.contains("event: changed") {
                    return Some(block);
                }
            }
            let frame = self.body.frame().await?.unwrap();
            self.text += std::str::from_utf8(&frame.into_data().unwrap()).unwrap();
        }
    }
}

async fn listening(site: &Site, cookie: &str, since: &str, last: Option<&str>) -> Heard {
    let mut request = Request::get(format!("/live?since={since}")).header("cookie", cookie);
    if let Some(last) = last {
        request = request.header("last-event-id", last);
    }
    let answer = site.ask(request.body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-type"], "text/event-stream");
    Heard { body: answer.into_body(), text: String::new() }
}

fn id_of(event: &str) -> &str {
    event.lines().find_map(|line| line.strip_prefix("id: ")).unwrap()
}

/// Micros of the clock of the rehearsal, as a page has them.
fn cursor(site: &Site) -> String {
    site.house.now().micros().to_string()
}

#[tokio::test]
async fn nobody_hears_of_an_offer_that_they_may_not_see() {
    let site = Site::open().await;
    let (rita, otto) = (site.joined(recruiter(RITA)).await, site.joined(recruiter(OTTO)).await);
    let (rita, otto) = (viewer(&site, &rita, RITA).await, viewer(&site, &otto, OTTO).await);
    let (ritas, ottos) = (site.signed_in_as(RITA).await, site.signed_in_as(OTTO).await);
    let mut rita_hears = listening(&site, &ritas, &cursor(&site), None).await;
    let mut otto_hears = listening(&site, &ottos, &cursor(&site), None).await;
    let of_rita = begun(&site, &rita).await;
    let event = rita_hears.next().await.unwrap();
    assert!(event.contains(of_rita.as_str()), "{event}");
    assert!(!event.contains("Maria") && !event.contains("REQ-"), "it says which offer and nothing of it: {event}");
    let of_otto = begun(&site, &otto).await;
    let event = otto_hears.next().await.unwrap();
    assert!(event.contains(of_otto.as_str()) && !event.contains(of_rita.as_str()), "{event}");
    // neither does somebody who comes back
    let mut again = listening(&site, &ottos, "0", None).await;
    let event = again.next().await.unwrap();
    assert!(event.contains("\"all\":true") && !event.contains(of_rita.as_str()), "{event}");
}

#[tokio::test]
async fn whoever_comes_back_hears_what_happened_meanwhile() {
    let site = Site::open().await;
    let rita = site.joined(recruiter(RITA)).await;
    let rita = viewer(&site, &rita, RITA).await;
    let cookie = site.signed_in_as(RITA).await;
    let mut before = listening(&site, &cookie, &cursor(&site), None).await;
    let first = begun(&site, &rita).await;
    let event = before.next().await.unwrap();
    let last = id_of(&event).to_owned();
    drop(before);
    let missed = begun(&site, &rita).await;
    let mut after = listening(&site, &cookie, "0", Some(&last)).await;
    let event = after.next().await.unwrap();
    assert!(event.contains(missed.as_str()), "{event}");
    // the same offer, changed again at the same instant of the clock, is heard of again once everything else was
    let last = begun(&site, &rita).await;
    while !after.next().await.unwrap().contains(last.as_str()) {}
    let doer = Doer::plain(rita.actor().unwrap());
    let cancel = app::desk::Asked::Command(Command::Cancel { reason: "closed".to_owned() });
    site.house.carry_out(Act { offer: &first, doer: &doer, asked: &cancel, once: "", along: &[] }).await.unwrap();
    let heard = after.next().await.unwrap();
    assert!(heard.contains(first.as_str()) && !heard.contains(missed.as_str()), "{heard}");
}

#[tokio::test]
async fn whoever_does_not_read_staffs_talk_hears_nothing_when_staff_write_to_each_other() {
    let site = Site::open().await;
    let rita = site.joined(recruiter(RITA)).await;
    site.joined(Person { roles: vec![role::TA_LEADER], ..recruiter(OTTO) }).await;
    let rita = viewer(&site, &rita, RITA).await;
    let otto = site.signed_in_as(OTTO).await;
    let mut otto_hears = listening(&site, &otto, &cursor(&site), None).await;
    let offer = begun(&site, &rita).await;
    assert!(otto_hears.next().await.unwrap().contains(offer.as_str()));
    let doer = Doer::plain(rita.actor().unwrap());
    let command = async |command: Command| {
        let asked = app::desk::Asked::Command(command);
        site.house.carry_out(Act { offer: &offer, doer: &doer, asked: &asked, once: "", along: &[] }).await.unwrap();
    };
    command(Command::Comment { text: "The candidate is keen.".to_owned() }).await;
    let second = begun(&site, &rita).await;
    let heard = otto_hears.next().await.unwrap();
    assert!(heard.contains(second.as_str()) && !heard.contains(offer.as_str()), "of the comment nothing is said: {heard}");
}

#[tokio::test]
async fn a_stream_ends_with_the_session_and_with_the_server() {
    let site = Site::open().await;
    let rita = site.joined(recruiter(RITA)).await;
    let viewer = viewer(&site, &rita, RITA).await;
    let cookie = site.signed_in_as(RITA).await;
    let mut heard = listening(&site, &cookie, &cursor(&site), None).await;
    site.store.change(FIRM, vec![Change::SessionsEnd { subject: rita.to_string() }]).await.unwrap();
    begun(&site, &viewer).await;
    assert_eq!(heard.next().await, None, "whoever signed out hears nothing more");
    let gone = site.ask(Request::get("/live?since=0").header("cookie", &cookie).body(Body::empty()).unwrap()).await;
    assert_eq!(gone.status(), StatusCode::NO_CONTENT, "and the browser does not come back");
    let cookie = site.signed_in_as(RITA).await;
    let mut heard = listening(&site, &cookie, &cursor(&site), None).await;
    while heard.text.is_empty() {
        let frame = heard.body.frame().await.unwrap().unwrap();
        heard.text += std::str::from_utf8(&frame.into_data().unwrap()).unwrap();
    }
    site.stop.send(true).unwrap();
    while heard.next().await.is_some() {}
}

#[tokio::test]
async fn a_session_has_a_few_streams_and_a_closed_one_makes_room() {
    let site = Site::open().await;
    site.joined(recruiter(RITA)).await;
    let cookie = site.signed_in_as(RITA).await;
    let ask = async || site.ask(Request::get("/live").header("cookie", &cookie).body(Body::empty()).unwrap()).await;
    let mut open = Vec::new();
    for _ in 0..4 {
        open.push(ask().await);
    }
    assert!(open.iter().all(|answer| answer.status() == StatusCode::OK));
    assert_eq!(ask().await.status(), StatusCode::TOO_MANY_REQUESTS);
    open.pop();
    assert_eq!(ask().await.status(), StatusCode::OK);
}

#[tokio::test]
async fn listening_keeps_no_session_awake() {
    let site = Site::open().await;
    let rita = site.joined(recruiter(RITA)).await;
    let cookie = site.signed_in_as(RITA).await;
    let seen = async || site.store.sessions_of(FIRM, rita.as_str(), 0).await.unwrap()[0].last_seen_at;
    let before = seen().await;
    site.now_is("2026-11-16T15:10:00Z");
    assert_eq!(site.house.now(), Moment::parse("2026-11-16T15:10:00Z").unwrap());
    listening(&site, &cookie, "0", None).await;
    let refreshed = Request::get("/offers").header("cookie", &cookie).header("x-unattended", "yes").body(Body::empty()).unwrap();
    assert_eq!(site.ask(refreshed).await.status(), StatusCode::OK);
    assert_eq!(seen().await, before);
    let by_hand = Request::get("/offers").header("cookie", &cookie).body(Body::empty()).unwrap();
    assert_eq!(site.ask(by_hand).await.status(), StatusCode::OK);
    assert!(seen().await > before);
}
