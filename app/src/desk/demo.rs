//! The first page of a demo, and its mail room.

use offer::id::{OfferId, PersonId, Role};
use offer::moment::Moment;

/// Who to be and what to try, as the firm really is now.
#[derive(Clone, Debug)]
pub struct DemoPage {
    /// The firm.
    pub firm: String,
    /// How many offers it has.
    pub offers: usize,
    /// How many of them wait on somebody.
    pub waiting: usize,
    /// When the first of them was begun.
    pub since: Moment,
    /// Now.
    pub now: Moment,
    /// People of the firm, in the order in which an offer meets them.
    pub people: Vec<DemoPerson>,
    /// Candidates with a letter to answer.
    pub candidates: Vec<DemoCandidate>,
    /// Clients' people on whom something waits.
    pub clients: Vec<DemoPerson>,
}

/// Somebody to be.
#[derive(Clone, Debug)]
pub struct DemoPerson {
    /// Who.
    pub id: PersonId,
    /// Their name.
    pub name: String,
    /// What they are; for a client's person, the client stands beside it.
    pub role: Role,
    /// The client's name; empty for the firm's own people.
    pub client: String,
    /// How many offers wait on them.
    pub waiting: usize,
    /// Two or three things to try.
    pub tries: Vec<DemoTry>,
}

/// Something to try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoTry {
    /// What.
    pub what: Try,
    /// The candidate of the offer.
    pub candidate: String,
    /// The job.
    pub title: String,
    /// Whether it should be done by now.
    pub late: bool,
    /// The page where it is done.
    pub page: String,
}

/// What there is to try with an offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Try {
    /// Terms changed after approval: decide about the change.
    Counteroffer,
    /// Decide about an offer with exceptions.
    Exception,
    /// Decide about an offer.
    Decide,
    /// Agree to a rescission, or drop it.
    Rescission,
    /// Answer what the candidate asks for.
    Negotiation,
    /// Answer a question of the candidate.
    Question,
    /// Answer an approver's question.
    Returned,
    /// An approver rejected it: rework the terms.
    Rejected,
    /// What was spoken is not what is written: see it before the letter goes.
    SpokenOnly,
    /// Send the letter.
    Send,
    /// The mail came back: mend the address.
    Bounced,
    /// Go on with a draft.
    Draft,
    /// Take over what a hand-off carries.
    TakeOver,
    /// Record what a check found.
    Check,
    /// Record the first day.
    Start,
    /// Read how a hire came about.
    ReadHire,
    /// Read how somebody was lost before anything was written.
    ReadLoss,
}

/// A candidate with a letter to answer.
#[derive(Clone, Debug)]
pub struct DemoCandidate {
    /// The offer.
    pub offer: OfferId,
    /// The candidate's name.
    pub name: String,
    /// The job.
    pub title: String,
    /// Where the letter stands.
    pub letter: DemoLetter,
    /// Until when it may be accepted.
    pub accept_by: Moment,
}

/// Where a candidate's letter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DemoLetter {
    /// Nobody opened it yet.
    Unread,
    /// It was read, and waits on an answer.
    Read,
    /// The candidate asked something, and waits.
    Asked,
    /// The candidate asked for a change, and waits.
    Negotiating,
}

/// Whose invitation is opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DemoGuest {
    /// The candidate of an offer.
    Candidate(OfferId),
    /// A client's person.
    Client(PersonId),
}

/// The mails of a demo, newest first.
#[derive(Clone, Debug)]
pub struct MailRoom {
    /// One page of them.
    pub mails: Vec<RoomMail>,
    /// Where the next page begins; nothing on the last.
    pub next: Option<String>,
    /// Now.
    pub now: Moment,
}

/// A mail, readable.
#[derive(Clone, Debug)]
pub struct RoomMail {
    /// Its id.
    pub id: String,
    /// When it was handed over, or will be.
    pub at: Moment,
    /// To whom: a name where there is one.
    pub name: String,
    /// The address.
    pub address: String,
    /// What about.
    pub subject: String,
    /// What it says.
    pub parts: Vec<MailPart>,
    /// What goes along, by name.
    pub attachments: Vec<String>,
}

/// One piece of a mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MailPart {
    /// Its first line.
    Heading(String),
    /// A paragraph.
    Paragraph(String),
    /// A link: its words, and a path of this site.
    Link(String, String),
    /// A code, and the page that takes it; no page where that stands open still.
    Code(String, String),
    /// Names and values.
    Facts(Vec<(String, String)>),
    /// Small print.
    Footer(String),
}
