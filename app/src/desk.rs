//! The desk as the pages see it: the port that the server implements and provides by context.
//!
//! Everything it answers is already reduced to what the viewer may see (law 5); a page hides nothing, it only lays out.

mod absence;
mod access_page;
mod account;
mod acts;
mod answer;
mod api_fault;
mod approver;
mod board;
mod course;
mod demo;
mod import_page;
mod intake_page;
mod list;
mod mailed;
mod offer_page;
mod people;
mod portal;
mod reroute_page;
mod single_sign_on;
mod viewer;

pub use absence::{AbsenceLine, AbsencePage, Away};
pub use access_page::{AccessAsk, AccessPage, LookedAsk, LookedLine, LookedPage, MaySee, SeesBy};
pub use account::{AccountPage, Accounts, FactorSetUp, Joining, Picture, Proof, SessionLine};
pub use acts::{Accept, Asked, Begin, Button};
pub use answer::{Answer, Notice};
pub use api_fault::{ApiFault, ApiParameter};
pub use approver::{Acting, Deciding, Group, Minute, Peers, Span};
pub use board::{Board, BoardAsk, BoardGroup, Count, GroupKey, Grouping, Layout, MyWork, Narrow, Order, SavedView, WaitingGroup};
pub use course::{Aftermath, Course, Loss, MoveLine, MoveWords, NegotiatedLine, NegotiationRecord, SinceApproved, VersionLine};
pub use demo::{DemoCandidate, DemoGuest, DemoLetter, DemoPage, DemoPerson, DemoTry, MailPart, MailRoom, RoomMail, Try};
pub use import_page::{Applied, FileLine, ImportCounts, ImportDone, ImportFile, ImportLook, ImportPage, Upload};
pub use intake_page::{IntakePage, PersonChoice, Reading, Rejection, ReviewPage};
pub use list::{OfferLine, OfferList, OfferListAsk, RequisitionLine, Stage, Todo, Waiting};
pub use mailed::{ApprovedBefore, KnownBrowser, Mailed, MailedDecided, MailedDecision, MailedOver, MailedPage, MailedStands, MailedStep};
pub use offer_page::{
    Agreement, ContingencyLine, ExceptionLine, HandoffLine, HandoffPage, HistoryLine, LetterLine, LetterPage, OfferPage, ProposalLine,
    QuestionLine, RescissionLine, StepLine, StepView, Titles, VerbalLine,
};
pub use people::{
    People, PeopleAsk, PeoplePage, PersonChoices, PersonHistory, PersonLine, PersonPage, PersonTyped, SeeTo, TokenLine, TokenTyped,
};
pub use portal::{CandidatePage, ChangeRequest, Closed, Help, InvitationPage, PortalLetter, ReadLetter, RequestAnswer};
pub use reroute_page::{RerouteLines, ReroutePage};
pub use single_sign_on::{SingleSignOn, SsoFound, SsoStop, SsoWants};
pub use viewer::{Browser, LocalTime, SessionCookie, Viewer};

pub use crate::saved::{Newer, Saved};
pub use offer::outlook::Computed;

use async_trait::async_trait;
use offer::id::{OfferId, PersonId, ProposalId, RecipientKey, RequisitionId};
use offer::ledger::Digest;
use offer::moment::Moment;
use offer::terms::Entries;
use std::sync::Arc;

/// The desk in the context of a request.
pub type SharedDesk = Arc<dyn Desk>;

/// What the pages ask of the server.
#[async_trait]
pub trait Desk: Accounts + People + Send + Sync {
    /// The firm's name, for every page's head.
    async fn firm_name(&self) -> String;
    /// Whether this is a rehearsal: clock and mail are not real, and every page says so.
    fn is_rehearsal(&self) -> bool;
    /// An unguessable text for the hidden `once` of the forms on a page.
    fn fresh(&self) -> String;
    /// The wall clock of an IANA zone at an instant, and the zone's short name then; UTC for a zone that nobody knows.
    fn local(&self, moment: Moment, zone: &str) -> LocalTime;
    /// Where the firm helps candidates and clients, for the same place on every portal page.
    async fn help(&self) -> Help;

    // offers

    /// The board, as far as the viewer may see it.
    async fn board(&self, viewer: &Viewer, ask: BoardAsk) -> Answer<Board>;
    /// What waits on the viewer, and what of theirs waits on others.
    async fn my_work(&self, viewer: &Viewer) -> Answer<MyWork>;
    /// Saves a view of the board under a name, or anew under the same.
    async fn save_view(&self, viewer: &Viewer, name: &str, ask: BoardAsk) -> Answer<()>;
    /// Removes a saved view by its name.
    async fn remove_view(&self, viewer: &Viewer, name: &str) -> Answer<()>;
    /// One page of the offers that the viewer may see, whatever their state.
    async fn offers(&self, viewer: &Viewer, ask: OfferListAsk) -> Answer<OfferList>;
    /// One offer.
    async fn offer(&self, viewer: &Viewer, offer: &OfferId) -> Answer<OfferPage>;
    /// The openings that the viewer may begin an offer for.
    async fn requisitions(&self, viewer: &Viewer, words: &str) -> Answer<Vec<RequisitionLine>>;
    /// Begins a draft, prefilled from its opening; a blank one opens a requisition of one seat.
    async fn begin(&self, viewer: &Viewer, begin: Begin) -> Answer<OfferId>;
    /// The guided intake with everything as typed.
    async fn intake(&self, viewer: &Viewer, offer: &OfferId) -> Answer<IntakePage>;
    /// Keeps what was typed on one step of the intake, exactly as typed, whatever it is.
    async fn save(&self, viewer: &Viewer, offer: &OfferId, typed: Entries) -> Answer<()>;
    /// The same while somebody types: fields that were written elsewhere since they were read are left as they stand, and told.
    async fn keep(&self, viewer: &Viewer, offer: &OfferId, typed: Entries, reading: Reading) -> Answer<Saved>;
    /// The review before submission: problems, findings, and the route to come with its reasons.
    async fn review(&self, viewer: &Viewer, offer: &OfferId) -> Answer<ReviewPage>;
    /// Carries out what was asked. `once` makes a repeated form the same act.
    async fn act(&self, viewer: &Viewer, offer: &OfferId, asked: Asked, once: &str) -> Answer<()>;
    /// Whether the viewer sees an offer now, after what they did to it.
    async fn sees(&self, viewer: &Viewer, offer: &OfferId) -> bool;
    /// The letter as it would go out with this accept-by; the stored one when it was sent.
    async fn letter(&self, viewer: &Viewer, offer: &OfferId, accept_by: Option<(String, String)>) -> Answer<LetterPage>;
    /// What a recipient of the hand-off receives.
    async fn handoff(&self, viewer: &Viewer, offer: &OfferId, recipient: &RecipientKey) -> Answer<HandoffPage>;
    /// A document of an offer, such as the PDF of its letter: media type, file name, bytes.
    async fn document(&self, viewer: &Viewer, offer: &OfferId, digest: &Digest) -> Answer<(String, String, Vec<u8>)>;
    /// The opening of an offer to begin, for the heading of the form.
    async fn requisition(&self, viewer: &Viewer, requisition: &RequisitionId) -> Answer<RequisitionLine>;

    // approvers

    /// What routing an offer anew by today's playbook would bring about.
    async fn rerouting(&self, viewer: &Viewer, offer: &OfferId) -> Answer<ReroutePage>;
    /// What adopting a proposed change as it was asked would bring about; for whoever may adopt it.
    async fn adopting(&self, viewer: &Viewer, offer: &OfferId, proposal: &ProposalId) -> Answer<RerouteLines>;
    /// When somebody is away, and who decides meanwhile; the viewer, when nobody is named.
    async fn absence(&self, viewer: &Viewer, person: Option<&PersonId>) -> Answer<AbsencePage>;
    /// Says that somebody will be away.
    async fn go_away(&self, viewer: &Viewer, away: Away) -> Answer<()>;
    /// Says that somebody is there after all.
    async fn come_back(&self, viewer: &Viewer, person: &PersonId) -> Answer<()>;

    // who sees what, and who looked

    /// Who could see an offer at an instant, and why. Not found for whoever may not ask.
    async fn access(&self, _viewer: &Viewer, _offer: &OfferId, _ask: &AccessAsk) -> Answer<AccessPage> {
        Answer::NotFound
    }
    /// Who looked at pay and personal data, over all offers. Not found for whoever does not audit all of them.
    async fn looked(&self, _viewer: &Viewer, _ask: &LookedAsk) -> Answer<LookedPage> {
        Answer::NotFound
    }

    // imports

    /// The page of imports: what kept files would do now, or what files did. Not found for whoever may bring nothing in.
    async fn imports(&self, viewer: &Viewer, browser: &Browser, look: Option<String>, done: Option<String>) -> Answer<ImportPage>;
    /// Keeps files for an hour, sealed and bound to this browser; the id of the look at them.
    async fn look_at_imports(&self, viewer: &Viewer, browser: &Browser, uploads: Vec<Upload>) -> Answer<String>;
    /// Does with kept files what was shown, or nothing.
    async fn apply_imports(&self, viewer: &Viewer, browser: &Browser, look: &str, proof: &str) -> Answer<Applied>;

    // the portal

    /// What an invitation says before any code: who invites, and nothing of the offer.
    async fn invitation(&self, token: &str) -> Answer<InvitationPage>;
    /// Mails a code to the address of an invitation, bound to this browser; without a token, to that of the invitation for which
    /// this browser asked last. The answer is the same whether the link lives or not, and leads to the page that takes the code.
    async fn request_code(&self, token: &str, browser: &Browser) -> Answer<SessionCookie>;
    /// Opens with a code what its invitation is for. With `remember`, links of mails that ask for a decision open in this browser without one, for
    /// a while.
    async fn open_with_code(&self, code: &str, remember: bool, browser: &Browser) -> Answer<SessionCookie>;
    /// The candidate's page of the offer that the session is for.
    async fn candidate(&self, viewer: &Viewer) -> Answer<CandidatePage>;

    // deciding from a mail, without a session

    /// What the link of a mail that asks for a decision opens in this browser.
    async fn mailed(&self, token: &str, browser: &Browser) -> Answer<Mailed>;
    /// Decides the step that the link is for, at the version that it is for. `once` makes a repeated form the same act.
    async fn decide_mailed(&self, token: &str, browser: &Browser, decision: MailedDecision, once: &str) -> Answer<SessionCookie>;
    /// Forgets a browser in which whoever came by the link is known.
    async fn forget_browser(&self, token: &str, browser: &Browser, id: &str) -> Answer<SessionCookie>;

    // identity of staff

    /// Signs in with a password.
    async fn sign_in(&self, email: &str, password: &str, browser: &Browser) -> Answer<SessionCookie>;
    /// Ends the session of this browser.
    async fn sign_out(&self, browser: &Browser) -> SessionCookie;
    /// Sets the first password behind a one-time link: the set-up of an empty store, or an invitation to join.
    async fn join(&self, token: &str, name: &str, email: &str, password: &str, browser: &Browser) -> Answer<SessionCookie>;
    /// What the link of `join` is for; nothing when it is spent.
    async fn joining(&self, token: &str) -> Answer<Joining>;

    // a demo, where anybody may be anybody; elsewhere there is nothing of it

    /// Whether this is a demo.
    fn is_demo(&self) -> bool {
        false
    }
    /// Who to be and what to try.
    async fn demo(&self) -> Answer<DemoPage> {
        Answer::NotFound
    }
    /// Signs in as somebody of the firm.
    async fn be(&self, _person: &PersonId, _browser: &Browser) -> Answer<SessionCookie> {
        Answer::NotFound
    }
    /// The path of an invitation of a candidate or of a client's person, made now.
    async fn demo_invitation(&self, _guest: &DemoGuest) -> Answer<String> {
        Answer::NotFound
    }
    /// Every mail of the firm, newest first, beginning after where the last page ended.
    async fn mail_room(&self, _after: Option<&str>) -> Answer<MailRoom> {
        Answer::NotFound
    }

    // forms without script

    /// Keeps a refused form for an hour, sealed and bound to this browser and to whoever is signed in there, and answers the id under which the
    /// page finds it.
    async fn keep_form(&self, viewer: &Viewer, browser: &Browser, fields: Vec<(String, String)>, notice: Notice) -> Option<String>;
    /// A kept form, for the browser that sent it and the person who did; one that nobody signed in sent, for whoever signs in there.
    async fn kept_form(&self, viewer: &Viewer, browser: &Browser, id: &str) -> Option<(Vec<(String, String)>, Notice)>;
}
