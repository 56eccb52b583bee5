//! The demo's first page, followed by somebody who never saw it: script off, no password, no file opened.

use tests::{Browser, House, Page};

/// The code in the mail room's newest mail to somebody.
fn code_in(mail_room: &Page, name: &str) -> String {
    let text = mail_room.text();
    let (_, theirs) = text.split_once(&format!("To {name}")).unwrap_or_else(|| panic!("no mail to {name}:\n{text}"));
    let code = theirs.split_whitespace().find(|word| word.len() == 6 && word.chars().all(|sign| sign.is_ascii_digit()));
    code.unwrap_or_else(|| panic!("no code in the newest email:\n{text}")).to_owned()
}

/// Comes in as a guest: the invitation, a code, the mail room, and back.
fn guest(house: &House, name: &str, address: &str, area: &str) -> (Browser, Page) {
    let browser = house.browser();
    let page = browser.open("/demo").form(&format!("Open the invitation of {name}")).send().form("Email me a code").send();
    let mail_room = page.must_say("In this demo the email is in the").click("mail room");
    let code = code_in(&mail_room, address);
    let page = format!("/{area}/code");
    assert!(mail_room.links(&page).contains(&page), "the email leads back to the page that asks");
    let open = browser.open(&page).form("Open").fill("code", &code).send();
    (browser, open)
}

/// A Friday afternoon, a Saturday after a holiday, a Monday before anybody is at work.
const STARTS: [&str; 3] = ["2026-11-20T20:00:00Z", "2026-11-28T16:30:00Z", "2027-01-04T09:10:00Z"];

#[test]
fn a_stranger_follows_the_first_page_of_the_demo_as_each_of_recruiter_approver_candidate_and_client() {
    STARTS.into_iter().for_each(|start| follow(&House::start_demo(start)));
}

fn follow(house: &House) {
    let stranger = house.browser();
    let first = stranger.open("/").must_say("Welcome to Harbor & Pine Staffing").must_say("60 offers in");
    assert_eq!(first.path(), "/demo");

    // the recruiter: one click signs in and leads to something to try
    let tried = first.form("api/demo/be").send();
    assert!(tried.path().starts_with("/offers/"), "{}", tried.path());
    let _ = tried.must_say("Sign out").must_say("This is a demo");

    // an approver, from the banner: what waits on Operations is decided
    let who = stranger.open("/offers").click("Who to be");
    let decide = "Decide about Jonah Reed, Registered Nurse, ICU: out of the ordinary, with the reason beside it";
    let asked = who.form(decide).send().must_say("Nina Kowalski");
    let _ = asked.form("offers/approve").send().must_say("Nina Kowalski");
    let again = stranger.open("/demo");
    assert!(again.find_form(decide).is_none(), "what is decided is not offered again");
    let list = again.form("Be Nina Kowalski").send();
    assert_eq!(list.path(), "/");
    let waits = match list.document().all("li").filter(|line| line.attribute("id").is_some_and(|id| id.starts_with("work-"))).count() {
        0 => "nothing waits on them".to_owned(),
        1 => "one offer waits on them".to_owned(),
        many => format!("{many} offers wait on them"),
    };
    assert!(again.says(&format!("Nina Kowalski {waits}")), "their list has another count than the first page:\n{}", again.text());

    // the candidate signs out of nothing: a browser of her own
    let (candidate, letter) = guest(house, "Aisha Diallo", "aisha.diallo@", "o");
    let _ = letter.must_say("Order Picker").must_say("This is a demo");
    let _ = candidate.open("/o/offer/ask").form("candidate/ask").fill("text", "Are the shoes paid?").send().must_say("Are the shoes paid?");

    // the client reads the bill side and no pay
    let (_, offers) = guest(house, "Priya Raman", "priya.raman@", "c");
    let _ = offers.must_say("Sofia Marchetti").click("Sofia Marchetti").must_say("88.00").must_not_say("58.00");

    // whoever signs out is led back to the choice
    let out = stranger.open("/offers").form("identity/sign-out").send();
    assert_eq!(out.path(), "/demo");
    let clean = house.logged();
    assert!(!clean.contains("\"level\":\"ERROR\""), "{clean}");
}
