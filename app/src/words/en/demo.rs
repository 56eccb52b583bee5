//! What a demo says about itself: who to be, what to try, and where the mail is.

use super::date;
use crate::desk::{DemoLetter, DemoTry, Try};

/// The banner of every page.
pub const BANNER: &str = "This is a demo: the firm is made up, and no mail leaves this machine.";
/// In the banner, and the name of the page.
pub const WHO_TO_BE: &str = "Who to be";
/// In the banner, and the name of the page.
pub const MAIL_ROOM: &str = "Mail room";

/// The head of the first page.
pub fn title(firm: &str) -> String {
    format!("Welcome to {firm}")
}

/// The firm in two sentences.
pub fn lead(offers: usize, since_seconds: i64, waiting: usize) -> String {
    let days = date::span(since_seconds);
    format!(
        "Countersign takes a job offer from the first idea to a signed, prepared first day. Here it is at work in a made-up staffing firm in Chicago that places nurses, warehouse crews, electricians, developers and bankers with six clients, and hires for itself. \
         You come in on an ordinary day: {offers} offers in {days}, and {waiting} of them wait on somebody."
    )
}

/// How it works.
pub const HOW: &str = "New here? Begin as the first recruiter below. One click signs you in as somebody, without a password; the link in the banner leads back here, so that you can be somebody else.";

/// A part of the page.
pub const RECRUITERS: &str = "The recruiters";
/// What that part is about.
pub const RECRUITERS_LEAD: &str = "Each writes offers for clients of their own, talks with candidates, sends the letters.";
/// A part of the page.
pub const APPROVERS: &str = "The approvers";
/// What that part is about.
pub const APPROVERS_LEAD: &str = "Each is asked only when a rule says so, sees why, and sees no more than their role may.";
/// A part of the page.
pub const CANDIDATES: &str = "The candidate";
/// What that part is about.
pub const CANDIDATES_LEAD: &str =
    "Comes from an email, without an account. Open an invitation, ask for a code, and find the code in the mail room.";
/// A part of the page.
pub const CLIENTS: &str = "The client";
/// What that part is about.
pub const CLIENTS_LEAD: &str = "Approves the person, the start and the bill, and never sees what a temp is paid. Comes from an email too.";
/// A part of the page.
pub const AFTER: &str = "After the signature";
/// What that part is about.
pub const AFTER_LEAD: &str = "Each takes over what is theirs, and nothing else: IT reads no pay.";
/// A part of the page.
pub const HOUSE: &str = "The whole house";
/// What that part is about.
pub const HOUSE_LEAD: &str = "Those who look over all of it.";

/// Signs in.
pub fn be(name: &str) -> String {
    format!("Be {name}")
}

/// Opens an invitation.
pub fn open_invitation(name: &str) -> String {
    format!("Open the invitation of {name}")
}

/// How much waits on somebody.
pub fn waits(count: usize) -> String {
    match count {
        0 => "nothing waits on them".to_owned(),
        1 => "one offer waits on them".to_owned(),
        many => format!("{many} offers wait on them"),
    }
}

/// Something to try.
pub fn try_this(what: &DemoTry) -> String {
    let DemoTry { candidate, title, .. } = what;
    match what.what {
        Try::Counteroffer => format!("Decide about the counteroffer of {candidate}: only what changed asks again"),
        Try::Exception => format!("Decide about {candidate}, {title}: out of the ordinary, with the reason beside it"),
        Try::Decide => format!("Approve {candidate}, {title}, or ask something first"),
        Try::Rescission => format!("Agree to the rescission of {candidate}'s offer, or drop it"),
        Try::Negotiation => format!("Answer what {candidate} asks for: adopt it, adjust it or refuse it"),
        Try::Question => format!("Answer the question of {candidate}"),
        Try::Returned => format!("Answer what was asked back about {candidate}"),
        Try::Rejected => format!("Rework what was rejected for {candidate}: the reason stands in the history"),
        Try::SpokenOnly => format!("See before sending what {candidate} was told and the letter does not say"),
        Try::Send => format!("Read the letter for {candidate} and send it"),
        Try::Bounced => format!("Mend the address of {candidate}: the email came back"),
        Try::Draft => format!("Go on with the draft for {candidate}: the review names what does not read"),
        Try::TakeOver => format!("Take over {candidate}, {title}"),
        Try::Check => format!("Record a check of {candidate}: the hand-off opens with the last one"),
        Try::Start => format!("Prepare the first day of {candidate}"),
        Try::ReadHire => format!("Read how {candidate} was hired: who did what, and how long each stage took"),
        Try::ReadLoss => format!("Read why {candidate} said no before anything was written"),
    }
}

/// Beside something that should be done by now.
pub const LATE: &str = "overdue";

/// When there is nothing special to try.
pub const LOOK_AROUND: &str = "Look around: lists and pages show only what this role may see.";
/// What the administrator does.
pub const ADMIN_NOTE: &str = "Every rule, route, letter and band is one document, the playbook. It is read and published at the command line: countersign playbook export.";
/// Something to try.
pub const TRY_PEOPLE: &str = "See who belongs to the firm, and what each may do";
/// Something to try.
pub const TRY_IMPORT: &str = "Take in a file of people, clients, bands or openings: a dry run comes first";
/// Something to try.
pub const TRY_LOOKED: &str = "Read who looked at pay and personal data";

/// Where a candidate's letter stands.
pub const fn letter(letter: DemoLetter) -> &'static str {
    match letter {
        DemoLetter::Unread => "not opened yet",
        DemoLetter::Read => "read, not answered",
        DemoLetter::Asked => "asked something",
        DemoLetter::Negotiating => "asked for a change",
    }
}

/// Until when a candidate may accept.
pub fn until(at: &str) -> String {
    format!("open until {at}")
}

/// What a candidate can try.
pub const CANDIDATE_TRY: &str = "Ask a question, ask for a change, decline, or sign.";

/// Under the head of the mail room.
pub const MAIL_LEAD: &str =
    "Every mail that the firm has sent, newest first. In earnest each lies in the mailbox of one person; here you read them all.";
/// An empty mail room.
pub const NO_MAIL: &str = "No email yet";
/// Who a mail is for.
pub fn to(name: &str, address: &str) -> String {
    if name.is_empty() || name == address { format!("To {address}") } else { format!("To {name}, {address}") }
}
/// What goes along with a mail.
pub const ATTACHED: &str = "Attached:";
/// From a code to the page that takes it.
pub const ENTER_CODE: &str = "Back to the page that asks for it";
/// The same where only the browser knows which page that is.
pub const ENTER_CODE_THERE: &str = "Go back in your browser to the page that asks for it.";
/// Older mails.
pub const OLDER: &str = "Older mails";
/// The newest mails again.
pub const NEWEST: &str = "The newest again";

/// On the page that takes a code.
pub const CODE_IS_IN_MAIL_ROOM: &str = "In this demo the email is in the ";
/// The link in that sentence.
pub const CODE_IS_IN_MAIL_ROOM_LINK: &str = "mail room";
/// On the page of signing in.
pub const NO_PASSWORD_NEEDED: &str = "In this demo you need no password: choose ";
/// The link in that sentence.
pub const NO_PASSWORD_NEEDED_LINK: &str = "who to be";
