//! A desk that answers what it was given, and nothing else.

use std::sync::Mutex;

use async_trait::async_trait;
use offer::access::Member;
use offer::id::{OfferId, PersonId, ProposalId, RecipientKey, RequisitionId, role};
use offer::ledger::{AuthLevel, Digest};
use offer::moment::Moment;
use offer::terms::Entries;

use crate::desk::{
    AbsencePage, Accounts, Answer, Applied, Asked, Away, Begin, Board, BoardAsk, Browser, CandidatePage, Desk, HandoffPage, Help,
    ImportPage, IntakePage, InvitationPage, Joining, LetterPage, LocalTime, Mailed, MailedDecision, MyWork, Notice, OfferList,
    OfferListAsk, OfferPage, People, Reading, RequisitionLine, RerouteLines, ReroutePage, ReviewPage, Saved, SessionCookie, Upload, Viewer,
};

/// The fields of a form as they were sent, and why it came back.
type KeptForm = (Vec<(String, String)>, Notice);

/// What the fake desk answers.
#[derive(Default)]
pub(super) struct FakeDesk {
    pub(super) board: Option<Board>,
    /// What the board was asked.
    pub(super) board_asked: Mutex<Vec<BoardAsk>>,
    /// The views that were saved.
    pub(super) saved: Mutex<Vec<(String, BoardAsk)>>,
    pub(super) work: Option<MyWork>,
    pub(super) offer: Option<OfferPage>,
    pub(super) intake: Option<IntakePage>,
    pub(super) review: Option<ReviewPage>,
    pub(super) imports: Option<ImportPage>,
    pub(super) reroute: Option<ReroutePage>,
    /// What adopting a proposal brings about.
    pub(super) adopting: Option<RerouteLines>,
    pub(super) absence: Option<AbsencePage>,
    /// What `act` and `save` answer.
    pub(super) acts: Option<Answer<()>>,
    /// Everything that was asked, and with which `once`.
    pub(super) asked: Mutex<Vec<(Asked, String)>>,
    /// The last form that was kept.
    pub(super) kept: Mutex<Option<KeptForm>>,
}

/// Somebody of the staff without a grant: what a page shows is what the desk says.
pub(super) fn recruiter() -> Viewer {
    let member = Member {
        id: PersonId::new("0198c0de000070008000000000000001"),
        auth_level: AuthLevel::Password,
        roles: vec![role::RECRUITER],
        team: None,
        department: None,
        business_line: None,
        region: None,
        clients: Vec::new(),
        stands_in_for: Box::default(),
        grants: Vec::new(),
        sheets: Vec::new(),
        bounds: Default::default(),
    };
    Viewer::Staff { member, name: "Robin Clark".to_owned(), zone: "America/New_York".to_owned(), proven: true }
}

fn given<T: Clone>(thing: &Option<T>) -> Answer<T> {
    thing.clone().map_or(Answer::NotFound, Answer::Done)
}

impl Accounts for FakeDesk {}

impl People for FakeDesk {}

#[async_trait]
impl Desk for FakeDesk {
    async fn firm_name(&self) -> String {
        "Example Staffing".to_owned()
    }
    fn is_rehearsal(&self) -> bool {
        false
    }
    fn fresh(&self) -> String {
        "fresh".to_owned()
    }
    fn local(&self, moment: Moment, _: &str) -> LocalTime {
        LocalTime { time: moment.instant().naive_utc(), zone: "UTC".to_owned() }
    }
    async fn help(&self) -> Help {
        Help::default()
    }
    async fn board(&self, _: &Viewer, ask: BoardAsk) -> Answer<Board> {
        self.board_asked.lock().unwrap().push(ask);
        given(&self.board)
    }
    async fn my_work(&self, _: &Viewer) -> Answer<MyWork> {
        given(&self.work)
    }
    async fn save_view(&self, _: &Viewer, name: &str, ask: BoardAsk) -> Answer<()> {
        self.saved.lock().unwrap().push((name.to_owned(), ask));
        self.acts.clone().unwrap_or(Answer::Unavailable)
    }
    async fn remove_view(&self, _: &Viewer, _: &str) -> Answer<()> {
        Answer::Done(())
    }
    async fn offers(&self, _: &Viewer, _: OfferListAsk) -> Answer<OfferList> {
        Answer::NotFound
    }
    async fn offer(&self, _: &Viewer, _: &OfferId) -> Answer<OfferPage> {
        given(&self.offer)
    }
    async fn requisitions(&self, _: &Viewer, _: &str) -> Answer<Vec<RequisitionLine>> {
        Answer::Done(Vec::new())
    }
    async fn begin(&self, _: &Viewer, _: Begin) -> Answer<OfferId> {
        Answer::Unavailable
    }
    async fn intake(&self, _: &Viewer, _: &OfferId) -> Answer<IntakePage> {
        given(&self.intake)
    }
    async fn save(&self, _: &Viewer, _: &OfferId, _: Entries) -> Answer<()> {
        self.acts.clone().unwrap_or(Answer::Unavailable)
    }
    async fn keep(&self, _: &Viewer, _: &OfferId, _: Entries, _: Reading) -> Answer<Saved> {
        Answer::Unavailable
    }
    async fn review(&self, _: &Viewer, _: &OfferId) -> Answer<ReviewPage> {
        given(&self.review)
    }
    async fn act(&self, _: &Viewer, _: &OfferId, asked: Asked, once: &str) -> Answer<()> {
        self.asked.lock().unwrap().push((asked, once.to_owned()));
        self.acts.clone().unwrap_or(Answer::Unavailable)
    }
    async fn letter(&self, _: &Viewer, _: &OfferId, _: Option<(String, String)>) -> Answer<LetterPage> {
        Answer::NotFound
    }
    async fn handoff(&self, _: &Viewer, _: &OfferId, _: &RecipientKey) -> Answer<HandoffPage> {
        Answer::NotFound
    }
    async fn document(&self, _: &Viewer, _: &OfferId, _: &Digest) -> Answer<(String, String, Vec<u8>)> {
        Answer::NotFound
    }
    async fn requisition(&self, _: &Viewer, _: &RequisitionId) -> Answer<RequisitionLine> {
        Answer::NotFound
    }
    async fn rerouting(&self, _: &Viewer, _: &OfferId) -> Answer<ReroutePage> {
        given(&self.reroute)
    }
    async fn sees(&self, _: &Viewer, _: &OfferId) -> bool {
        true
    }
    async fn adopting(&self, _: &Viewer, _: &OfferId, _: &ProposalId) -> Answer<RerouteLines> {
        given(&self.adopting)
    }
    async fn absence(&self, _: &Viewer, _: Option<&PersonId>) -> Answer<AbsencePage> {
        given(&self.absence)
    }
    async fn go_away(&self, _: &Viewer, _: Away) -> Answer<()> {
        self.acts.clone().unwrap_or(Answer::Unavailable)
    }
    async fn come_back(&self, _: &Viewer, _: &PersonId) -> Answer<()> {
        self.acts.clone().unwrap_or(Answer::Unavailable)
    }
    async fn imports(&self, viewer: &Viewer, _: &Browser, _: Option<String>, _: Option<String>) -> Answer<ImportPage> {
        match viewer.member() {
            Some(member) if !member.imports().is_empty() => given(&self.imports),
            _ => Answer::NotFound,
        }
    }
    async fn look_at_imports(&self, _: &Viewer, _: &Browser, _: Vec<Upload>) -> Answer<String> {
        Answer::Unavailable
    }
    async fn apply_imports(&self, _: &Viewer, _: &Browser, _: &str, _: &str) -> Answer<Applied> {
        Answer::Unavailable
    }
    async fn invitation(&self, _: &str) -> Answer<InvitationPage> {
        Answer::NotFound
    }
    async fn request_code(&self, _: &str, _: &Browser) -> Answer<SessionCookie> {
        Answer::NotFound
    }
    async fn open_with_code(&self, _: &str, _: bool, _: &Browser) -> Answer<SessionCookie> {
        Answer::SignIn
    }
    async fn mailed(&self, _: &str, _: &Browser) -> Answer<Mailed> {
        Answer::NotFound
    }
    async fn decide_mailed(&self, _: &str, _: &Browser, _: MailedDecision, _: &str) -> Answer<SessionCookie> {
        Answer::NotFound
    }
    async fn forget_browser(&self, _: &str, _: &Browser, _: &str) -> Answer<SessionCookie> {
        Answer::NotFound
    }
    async fn candidate(&self, _: &Viewer) -> Answer<CandidatePage> {
        Answer::NotFound
    }
    async fn sign_in(&self, _: &str, password: &str, _: &Browser) -> Answer<SessionCookie> {
        if password == "correct" {
            Answer::Done(SessionCookie { set: "__Host-session=1; Path=/".to_owned(), go_to: "/offers".to_owned() })
        } else {
            Answer::SignIn
        }
    }
    async fn sign_out(&self, _: &Browser) -> SessionCookie {
        SessionCookie { set: String::new(), go_to: "/sign-in".to_owned() }
    }
    async fn join(&self, _: &str, _: &str, _: &str, _: &str, _: &Browser) -> Answer<SessionCookie> {
        Answer::NotFound
    }
    async fn joining(&self, _: &str) -> Answer<Joining> {
        Answer::NotFound
    }
    async fn keep_form(&self, _: &Viewer, _: &Browser, fields: Vec<(String, String)>, notice: Notice) -> Option<String> {
        *self.kept.lock().unwrap() = Some((fields, notice));
        Some("k1".to_owned())
    }
    async fn kept_form(&self, _: &Viewer, _: &Browser, id: &str) -> Option<(Vec<(String, String)>, Notice)> {
        self.kept.lock().unwrap().clone().filter(|_| id == "k1")
    }
}
