//! The port of the pages, put together: offers from the house, people at the door from identity.

use std::sync::Arc;

use app::desk::{
    AbsencePage, AccessAsk, AccessPage, Answer, Applied, Asked, Away, Begin, Board, BoardAsk, Browser, CandidatePage, DemoGuest, DemoPage,
    Desk, HandoffPage, Help, ImportPage, IntakePage, InvitationPage, Joining, LetterPage, LocalTime, LookedAsk, LookedPage, MailRoom,
    Mailed, MailedDecision, MyWork, Notice, OfferList, OfferListAsk, OfferPage, Reading, RequisitionLine, RerouteLines, ReroutePage,
    ReviewPage, Saved, SessionCookie, Upload, Viewer,
};
use async_trait::async_trait;
use chrono::Offset as _;
use chrono_tz::{OffsetName as _, Tz};
use offer::{
    access::{self, Access, Action},
    id::{OfferId, PersonId, ProposalId, RecipientKey, RequisitionId},
    ledger::Digest,
    lifecycle::{AcceptanceEvidence, Refusal},
    moment::Moment,
    terms::Entries,
};

use super::{Act, DeskFault, Doer, HouseDesk, fault::answer};
use crate::{
    exchange, fresh,
    identity::Identity,
    security_log::{self, What, Who},
};

/// What the pages are given as their desk.
#[derive(Clone, Debug)]
pub(crate) struct Port {
    /// Offers.
    pub(crate) house: HouseDesk,
    /// Sessions, links, codes, kept forms.
    pub(crate) identity: Arc<Identity>,
}

#[async_trait]
impl Desk for Port {
    async fn firm_name(&self) -> String {
        self.house.current().await.map(|current| current.playbook.firm.name.clone()).unwrap_or_default()
    }

    fn is_rehearsal(&self) -> bool {
        self.house.clock.is_rehearsal()
    }

    fn fresh(&self) -> String {
        // without randomness a form is sent without `once`, and is then simply not remembered
        fresh::Token::new().map(|token| token.text().to_owned()).unwrap_or_default()
    }

    fn local(&self, moment: Moment, zone: &str) -> LocalTime {
        let zone: Tz = zone.parse().unwrap_or(Tz::UTC);
        let local = moment.instant().with_timezone(&zone);
        let name = local.offset().abbreviation().map_or_else(|| local.offset().fix().to_string(), str::to_owned);
        LocalTime { time: local.naive_local(), zone: name }
    }

    async fn help(&self) -> Help {
        match self.house.current().await {
            Ok(current) => Help { email: current.playbook.firm.help_email.clone(), phone: current.playbook.firm.help_phone.clone() },
            Err(_) => Help::default(),
        }
    }

    async fn board(&self, viewer: &Viewer, ask: BoardAsk) -> Answer<Board> {
        answer(self.house.board(viewer, &ask).await)
    }

    async fn my_work(&self, viewer: &Viewer) -> Answer<MyWork> {
        answer(self.house.my_work(viewer).await)
    }

    async fn save_view(&self, viewer: &Viewer, name: &str, ask: BoardAsk) -> Answer<()> {
        answer(self.house.save_view(viewer, name, &ask).await)
    }

    async fn remove_view(&self, viewer: &Viewer, name: &str) -> Answer<()> {
        answer(self.house.remove_view(viewer, name).await)
    }

    async fn offers(&self, viewer: &Viewer, ask: OfferListAsk) -> Answer<OfferList> {
        answer(self.house.offer_list(viewer, &ask).await)
    }

    async fn offer(&self, viewer: &Viewer, offer: &OfferId) -> Answer<OfferPage> {
        noted(viewer, offer, answer(self.house.offer_page(viewer, offer).await))
    }

    async fn requisitions(&self, viewer: &Viewer, words: &str) -> Answer<Vec<RequisitionLine>> {
        answer(self.house.requisition_lines(viewer, words).await)
    }

    async fn begin(&self, viewer: &Viewer, begin: Begin) -> Answer<OfferId> {
        answer(self.house.begin_offer(viewer, &begin).await)
    }

    async fn intake(&self, viewer: &Viewer, offer: &OfferId) -> Answer<IntakePage> {
        noted(viewer, offer, answer(self.house.intake_page(viewer, offer).await))
    }

    async fn save(&self, viewer: &Viewer, offer: &OfferId, typed: Entries) -> Answer<()> {
        noted(viewer, offer, answer(self.house.keep_typed(viewer, offer, &typed, None).await.map(drop)))
    }

    async fn keep(&self, viewer: &Viewer, offer: &OfferId, typed: Entries, reading: Reading) -> Answer<Saved> {
        noted(viewer, offer, answer(self.house.keep_typed(viewer, offer, &typed, Some(&reading)).await))
    }

    async fn review(&self, viewer: &Viewer, offer: &OfferId) -> Answer<ReviewPage> {
        noted(viewer, offer, answer(self.house.review_page(viewer, offer).await))
    }

    async fn act(&self, viewer: &Viewer, offer: &OfferId, asked: Asked, once: &str) -> Answer<()> {
        let Some(doer) = doer(viewer) else { return Answer::SignIn };
        if asked.weighs() && matches!(viewer, Viewer::Staff { proven: false, .. }) {
            return Answer::Refused(Refusal::ProveFirst);
        }
        noted(viewer, offer, answer(self.house.carry_out(Act { offer, doer: &doer, asked: &asked, once, along: &[] }).await))
    }

    async fn letter(&self, viewer: &Viewer, offer: &OfferId, accept_by: Option<(String, String)>) -> Answer<LetterPage> {
        noted(viewer, offer, answer(self.house.letter_page(viewer, offer, accept_by).await))
    }

    async fn handoff(&self, viewer: &Viewer, offer: &OfferId, recipient: &RecipientKey) -> Answer<HandoffPage> {
        noted(viewer, offer, answer(self.house.handoff_page(viewer, offer, recipient).await))
    }

    async fn document(&self, viewer: &Viewer, offer: &OfferId, digest: &Digest) -> Answer<(String, String, Vec<u8>)> {
        noted(viewer, offer, answer(self.house.offer_document(viewer, offer, digest).await))
    }

    async fn requisition(&self, viewer: &Viewer, requisition: &RequisitionId) -> Answer<RequisitionLine> {
        answer(self.house.one_requisition(viewer, requisition).await)
    }

    async fn rerouting(&self, viewer: &Viewer, offer: &OfferId) -> Answer<ReroutePage> {
        answer(self.house.reroute_page(viewer, offer).await)
    }

    async fn sees(&self, viewer: &Viewer, offer: &OfferId) -> bool {
        let Some(actor) = viewer.actor() else { return false };
        let file = self.house.file(offer).await;
        file.is_ok_and(|file| access::may(&actor, Action::See, &file.offer.subject()) == Access::Allowed)
    }

    async fn adopting(&self, viewer: &Viewer, offer: &OfferId, proposal: &ProposalId) -> Answer<RerouteLines> {
        answer(self.house.adopting_lines(viewer, offer, proposal).await)
    }

    async fn absence(&self, viewer: &Viewer, person: Option<&PersonId>) -> Answer<AbsencePage> {
        answer(self.house.absence_page(viewer, person).await)
    }

    async fn go_away(&self, viewer: &Viewer, away: Away) -> Answer<()> {
        answer(self.house.go_away(viewer, &away).await)
    }

    async fn come_back(&self, viewer: &Viewer, person: &PersonId) -> Answer<()> {
        answer(self.house.come_back(viewer, person).await)
    }

    async fn access(&self, viewer: &Viewer, offer: &OfferId, ask: &AccessAsk) -> Answer<AccessPage> {
        answer(self.house.access_page(viewer, offer, ask).await)
    }

    async fn looked(&self, viewer: &Viewer, ask: &LookedAsk) -> Answer<LookedPage> {
        answer(self.house.looked_page(viewer, ask).await)
    }

    async fn imports(&self, viewer: &Viewer, browser: &Browser, look: Option<String>, done: Option<String>) -> Answer<ImportPage> {
        answer(exchange::page(&self.house, &self.identity, viewer, browser, (look, done)).await)
    }

    async fn look_at_imports(&self, viewer: &Viewer, browser: &Browser, uploads: Vec<Upload>) -> Answer<String> {
        answer(exchange::kept(&self.house, &self.identity, viewer, browser, &uploads).await)
    }

    async fn apply_imports(&self, viewer: &Viewer, browser: &Browser, look: &str, proof: &str) -> Answer<Applied> {
        if matches!(viewer, Viewer::Staff { member, proven: false, .. } if !member.imports().is_empty()) {
            return Answer::Refused(Refusal::ProveFirst);
        }
        answer(exchange::applied(&self.house, &self.identity, viewer, browser, (look, proof)).await)
    }

    async fn invitation(&self, token: &str) -> Answer<InvitationPage> {
        self.identity.invitation(&self.house, token).await
    }

    async fn request_code(&self, token: &str, browser: &Browser) -> Answer<SessionCookie> {
        self.identity.request_code(&self.house, token, browser).await
    }

    async fn open_with_code(&self, code: &str, remember: bool, browser: &Browser) -> Answer<SessionCookie> {
        self.identity.open_with_code(&self.house, code, remember, browser).await
    }

    async fn candidate(&self, viewer: &Viewer) -> Answer<CandidatePage> {
        answer(self.house.candidate_page(viewer).await)
    }

    async fn mailed(&self, token: &str, browser: &Browser) -> Answer<Mailed> {
        answer(self.mailed_page(token, browser).await)
    }

    async fn decide_mailed(&self, token: &str, browser: &Browser, decision: MailedDecision, once: &str) -> Answer<SessionCookie> {
        answer(self.mailed_decision(token, browser, decision, once).await)
    }

    async fn forget_browser(&self, token: &str, browser: &Browser, id: &str) -> Answer<SessionCookie> {
        answer(self.forgotten(token, browser, id).await)
    }

    async fn sign_in(&self, email: &str, password: &str, browser: &Browser) -> Answer<SessionCookie> {
        self.identity.sign_in(&self.house, email, password, browser).await
    }

    async fn sign_out(&self, browser: &Browser) -> SessionCookie {
        let set = self.identity.sign_out(browser).await.unwrap_or_default();
        let go_to = if self.is_demo() { "/demo" } else { "/sign-in" };
        SessionCookie { set, go_to: go_to.to_owned() }
    }

    async fn join(&self, token: &str, name: &str, email: &str, password: &str, browser: &Browser) -> Answer<SessionCookie> {
        self.identity.join(&self.house, token, name, email, password, browser).await
    }

    async fn joining(&self, token: &str) -> Answer<Joining> {
        self.identity.joining(&self.house, token).await
    }

    fn is_demo(&self) -> bool {
        self.house.settings.demo.is_some()
    }

    async fn demo(&self) -> Answer<DemoPage> {
        answer(self.house.demo_page().await)
    }

    async fn be(&self, person: &PersonId, browser: &Browser) -> Answer<SessionCookie> {
        if !self.is_demo() {
            return Answer::NotFound;
        }
        self.identity.be(&self.house, person, browser).await
    }

    async fn demo_invitation(&self, guest: &DemoGuest) -> Answer<String> {
        answer(self.house.demo_invitation(guest).await)
    }

    async fn mail_room(&self, after: Option<&str>) -> Answer<MailRoom> {
        answer(self.house.demo_mails(after).await)
    }

    async fn keep_form(&self, viewer: &Viewer, browser: &Browser, fields: Vec<(String, String)>, notice: Notice) -> Option<String> {
        self.identity.keep_form(&self.house, browser, viewer.person(), fields, notice).await
    }

    async fn kept_form(&self, viewer: &Viewer, browser: &Browser, id: &str) -> Option<(Vec<(String, String)>, Notice)> {
        self.identity.kept_form(&self.house, browser, viewer.person(), id).await
    }
}

/// Notes an answer that says no to somebody who is signed in.
fn noted<T>(viewer: &Viewer, offer: &OfferId, answer: Answer<T>) -> Answer<T> {
    if let (Some(actor), Answer::NotFound | Answer::Refused(Refusal::NotAllowed { .. })) = (viewer.actor(), &answer) {
        security_log::refused(What::Denied, Who::of(&actor), offer.as_str());
    }
    answer
}

/// Who asks, as the desk decides for them.
pub(super) fn doer(viewer: &Viewer) -> Option<Doer> {
    let evidence = match viewer {
        Viewer::Candidate { email, address, user_agent, .. } => {
            Some(AcceptanceEvidence { address: address.clone(), user_agent: user_agent.clone(), email: email.clone() })
        }
        _ => None,
    };
    Some(Doer { actor: viewer.actor()?, zone: viewer.zone().to_owned(), evidence })
}

impl std::fmt::Display for DeskFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(refusal) => f.write_str(&app::words::en::refusal::refusal(refusal, &offer::field::FieldTable::default())),
            Self::Problems(problems) => write!(f, "{} fields do not read", problems.len()),
            Self::SignIn => f.write_str("nobody is signed in"),
            Self::NotFound => f.write_str("there is no such thing"),
            Self::Moved | Self::Answered => f.write_str("somebody else was faster; try again"),
            Self::SeatTaken => f.write_str("somebody else got the seat"),
            Self::InUse => f.write_str("the name or address is in use"),
            Self::OutOfReach => f.write_str("the store or the keys are out of reach; the log says which"),
        }
    }
}
