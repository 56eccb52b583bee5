//! A desk that answers what a test gave it and remembers what it was asked.

use app::desk::{
    AbsencePage, Accounts, Answer, Applied, Asked, Away, Begin, Board, BoardAsk, Browser, CandidatePage, Desk, HandoffPage, Help,
    ImportPage, IntakePage, InvitationPage, Joining, LetterPage, LocalTime, Mailed, MailedDecision, MyWork, Notice, OfferList,
    OfferListAsk, OfferPage, People, Reading, RequisitionLine, RerouteLines, ReroutePage, ReviewPage, Saved, SessionCookie, Upload, Viewer,
};
use async_trait::async_trait;
use offer::id::{OfferId, PersonId, ProposalId, RecipientKey, RequisitionId};
use offer::ledger::Digest;
use offer::moment::Moment;
use offer::terms::Entries;
use std::sync::Mutex;

/// What was asked, by whom, under which `once`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Act {
    pub(crate) offer: OfferId,
    pub(crate) asked: Asked,
    pub(crate) once: String,
}

/// The fields of a form as they were sent, and why it came back.
type KeptForm = (Vec<(String, String)>, Notice);

/// The desk.
pub(crate) struct TestDesk {
    /// The firm's name.
    pub(crate) firm: Mutex<String>,
    /// The candidate's page; nothing for a session that is over.
    pub(crate) candidate: Mutex<Option<CandidatePage>>,
    /// The client's list.
    pub(crate) list: Mutex<Option<OfferList>>,
    /// The client's offer.
    pub(crate) offer: Mutex<Option<OfferPage>>,
    /// What the link of a mail opens.
    pub(crate) mailed: Mutex<Option<Mailed>>,
    /// What was decided by such a link.
    pub(crate) decisions: Mutex<Vec<(String, MailedDecision)>>,
    /// What the next act answers.
    pub(crate) answer: Mutex<Answer<()>>,
    /// What was asked.
    pub(crate) acts: Mutex<Vec<Act>>,
    /// Tokens for which a code was asked.
    pub(crate) codes: Mutex<Vec<String>>,
    kept: Mutex<Vec<KeptForm>>,
}

impl TestDesk {
    pub(crate) fn new() -> Self {
        Self {
            firm: Mutex::new("Northwind Staffing".into()),
            candidate: Mutex::default(),
            list: Mutex::default(),
            offer: Mutex::default(),
            mailed: Mutex::default(),
            decisions: Mutex::default(),
            answer: Mutex::new(Answer::Done(())),
            acts: Mutex::default(),
            codes: Mutex::default(),
            kept: Mutex::default(),
        }
    }
}

fn cookie(go_to: &str) -> SessionCookie {
    SessionCookie { set: "__Host-session=secret; Path=/; Secure; HttpOnly; SameSite=Lax".into(), go_to: go_to.into() }
}

impl Accounts for TestDesk {}

impl People for TestDesk {}

#[async_trait]
impl Desk for TestDesk {
    async fn firm_name(&self) -> String {
        self.firm.lock().unwrap().clone()
    }
    fn is_rehearsal(&self) -> bool {
        false
    }
    fn fresh(&self) -> String {
        "fresh".into()
    }
    fn local(&self, moment: Moment, zone: &str) -> LocalTime {
        let (hours, short) = if zone == "America/New_York" { (-5, "EST") } else { (0, "UTC") };
        LocalTime { time: moment.plus_seconds(hours * 3600).instant().naive_utc(), zone: short.into() }
    }
    async fn help(&self) -> Help {
        Help { email: "help@northwind.example".into(), phone: "+1 207 555 0144".into() }
    }
    async fn board(&self, _: &Viewer, _: BoardAsk) -> Answer<Board> {
        Answer::NotFound
    }
    async fn my_work(&self, _: &Viewer) -> Answer<MyWork> {
        Answer::NotFound
    }
    async fn save_view(&self, _: &Viewer, _: &str, _: BoardAsk) -> Answer<()> {
        Answer::NotFound
    }
    async fn remove_view(&self, _: &Viewer, _: &str) -> Answer<()> {
        Answer::NotFound
    }
    async fn offers(&self, _: &Viewer, _: OfferListAsk) -> Answer<OfferList> {
        self.list.lock().unwrap().clone().map_or(Answer::SignIn, Answer::Done)
    }
    async fn offer(&self, _: &Viewer, offer: &OfferId) -> Answer<OfferPage> {
        self.offer.lock().unwrap().clone().filter(|page| page.id == *offer).map_or(Answer::NotFound, Answer::Done)
    }
    async fn requisitions(&self, _: &Viewer, _: &str) -> Answer<Vec<RequisitionLine>> {
        Answer::NotFound
    }
    async fn begin(&self, _: &Viewer, _: Begin) -> Answer<OfferId> {
        Answer::NotFound
    }
    async fn intake(&self, _: &Viewer, _: &OfferId) -> Answer<IntakePage> {
        Answer::NotFound
    }
    async fn save(&self, _: &Viewer, _: &OfferId, _: Entries) -> Answer<()> {
        Answer::NotFound
    }
    async fn keep(&self, _: &Viewer, _: &OfferId, _: Entries, _: Reading) -> Answer<Saved> {
        Answer::Unavailable
    }
    async fn review(&self, _: &Viewer, _: &OfferId) -> Answer<ReviewPage> {
        Answer::NotFound
    }
    async fn act(&self, _: &Viewer, offer: &OfferId, asked: Asked, once: &str) -> Answer<()> {
        self.acts.lock().unwrap().push(Act { offer: offer.clone(), asked, once: once.into() });
        self.answer.lock().unwrap().clone()
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
        Answer::NotFound
    }
    async fn sees(&self, _: &Viewer, _: &OfferId) -> bool {
        true
    }
    async fn adopting(&self, _: &Viewer, _: &OfferId, _: &ProposalId) -> Answer<RerouteLines> {
        Answer::NotFound
    }
    async fn absence(&self, _: &Viewer, _: Option<&PersonId>) -> Answer<AbsencePage> {
        Answer::NotFound
    }
    async fn go_away(&self, _: &Viewer, _: Away) -> Answer<()> {
        Answer::NotFound
    }
    async fn come_back(&self, _: &Viewer, _: &PersonId) -> Answer<()> {
        Answer::NotFound
    }
    async fn imports(&self, _: &Viewer, _: &Browser, _: Option<String>, _: Option<String>) -> Answer<ImportPage> {
        Answer::NotFound
    }
    async fn look_at_imports(&self, _: &Viewer, _: &Browser, _: Vec<Upload>) -> Answer<String> {
        Answer::NotFound
    }
    async fn apply_imports(&self, _: &Viewer, _: &Browser, _: &str, _: &str) -> Answer<Applied> {
        Answer::NotFound
    }
    async fn invitation(&self, token: &str) -> Answer<InvitationPage> {
        if token != "live" {
            return Answer::NotFound;
        }
        Answer::Done(InvitationPage {
            firm: self.firm_name().await,
            masked_email: "m•••@e•••.com".into(),
            for_candidate: true,
            help_email: "help@northwind.example".into(),
        })
    }
    async fn request_code(&self, token: &str, _: &Browser) -> Answer<SessionCookie> {
        self.codes.lock().unwrap().push(token.into());
        Answer::Done(cookie("/o/code"))
    }
    async fn open_with_code(&self, code: &str, _: bool, _: &Browser) -> Answer<SessionCookie> {
        if code == "123456" { Answer::Done(cookie("/o/offer")) } else { Answer::SignIn }
    }
    async fn mailed(&self, _: &str, _: &Browser) -> Answer<Mailed> {
        self.mailed.lock().unwrap().clone().map_or(Answer::NotFound, Answer::Done)
    }
    async fn decide_mailed(&self, token: &str, _: &Browser, decision: MailedDecision, _: &str) -> Answer<SessionCookie> {
        self.decisions.lock().unwrap().push((token.to_owned(), decision));
        self.answer.lock().unwrap().clone().map(|()| cookie(""))
    }
    async fn forget_browser(&self, _: &str, _: &Browser, _: &str) -> Answer<SessionCookie> {
        Answer::Done(cookie(""))
    }
    async fn candidate(&self, viewer: &Viewer) -> Answer<CandidatePage> {
        match viewer {
            Viewer::Candidate { .. } => self.candidate.lock().unwrap().clone().map_or(Answer::SignIn, Answer::Done),
            _ => Answer::SignIn,
        }
    }
    async fn sign_in(&self, _: &str, _: &str, _: &Browser) -> Answer<SessionCookie> {
        Answer::SignIn
    }
    async fn sign_out(&self, _: &Browser) -> SessionCookie {
        cookie("/sign-in")
    }
    async fn join(&self, _: &str, _: &str, _: &str, _: &str, _: &Browser) -> Answer<SessionCookie> {
        Answer::NotFound
    }
    async fn joining(&self, _: &str) -> Answer<Joining> {
        Answer::NotFound
    }
    async fn keep_form(&self, _: &Viewer, _: &Browser, fields: Vec<(String, String)>, notice: Notice) -> Option<String> {
        let mut kept = self.kept.lock().unwrap();
        kept.push((fields, notice));
        Some((kept.len() - 1).to_string())
    }
    async fn kept_form(&self, _: &Viewer, _: &Browser, id: &str) -> Option<(Vec<(String, String)>, Notice)> {
        self.kept.lock().unwrap().get(id.parse::<usize>().ok()?).cloned()
    }
}
