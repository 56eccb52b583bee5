//! The first page of a demo: who there is, and what waits on each, found by where offers stand; and its mail room.

use std::{collections::BTreeMap, sync::Arc};

use app::desk::{
    DemoCandidate, DemoGuest, DemoLetter, DemoPage, DemoPerson, DemoTry, MailPart, MailRoom, OfferLine, OfferListAsk, RoomMail, Try, Viewer,
};
use offer::{
    access::Member,
    field::{self, FieldKey},
    id::{PersonId, Role, role},
    ledger::AuthLevel,
    lifecycle::{Ending, Mail, Offer, Status, StepState, WaitsOn},
    moment::Moment,
};

use super::{DeskFault, HouseDesk, Listed, file::OfferFile, people::Roster, playbooks::Shelved};
use crate::{
    identity::invitations,
    outbox::{self, Part},
    store::{OutboxRow, queue},
};

/// Whom the page offers to be, in the order in which an offer meets them.
const ROLES: [Role; 13] = [
    role::RECRUITER,
    role::OPS,
    role::HIRING_MANAGER,
    role::FINANCE,
    role::HRBP,
    role::LEGAL,
    role::HR_OPS,
    role::IT,
    role::PAYROLL,
    role::ACCOUNT_MANAGER,
    role::RECRUITING_LEAD,
    role::AUDITOR,
    role::ADMIN,
];
/// Things to try for one person.
const TRIES_MAX: usize = 3;
/// Recruiters on the page: each works for other clients.
const RECRUITERS_MAX: usize = 3;
/// Candidates, and clients' people, on the page.
const GUESTS_MAX: usize = 3;
/// Mails on one page of the mail room.
const MAILS_MAX: usize = 20;
/// Every offer with its line.
type Everything = Vec<(Arc<OfferFile>, OfferLine)>;

/// States of a mail that the mail room shows, in the order in which a mail passes through them: one that is handed over between the
/// two readings is found twice, and never not at all.
const SHOWN: [&str; 2] = [queue::WAITING, queue::DONE];

impl HouseDesk {
    /// Who to be and what to try.
    pub(super) async fn demo_page(&self) -> Result<DemoPage, DeskFault> {
        self.must_be_a_demo()?;
        let (roster, current) = (self.roster().await?, self.current().await?);
        let (mut people, mut clients) = (Vec::new(), Vec::new());
        for role in &ROLES {
            let mut of_role = Vec::new();
            for listed in roster.present().filter(|listed| !listed.is_contact && listed.person.is(role)) {
                of_role.push(self.persona(listed, role, &current, &roster).await?);
            }
            // whoever has most to try, and the rarest things; the first by name among equals
            let kinds = |person: &DemoPerson| person.tries.iter().map(|what| what.what).collect::<Vec<_>>();
            of_role
                .sort_by(|a, b| b.tries.len().cmp(&a.tries.len()).then_with(|| kinds(a).cmp(&kinds(b))).then_with(|| a.name.cmp(&b.name)));
            people.push((of_role, if *role == role::RECRUITER { RECRUITERS_MAX } else { 1 }));
        }
        for listed in roster.present().filter(|listed| listed.is_contact) {
            clients.push(self.persona(listed, &role::CLIENT_CONTACT, &current, &roster).await?);
        }
        clients.sort_by(|a, b| b.waiting.cmp(&a.waiting).then_with(|| a.name.cmp(&b.name)));
        let first_shown = || {
            let first = |(of_role, most): &(Vec<DemoPerson>, usize)| of_role.iter().take(*most).map(|person| person.id.clone()).collect();
            let guests = clients.iter().filter(|client| client.waiting > 0).take(GUESTS_MAX).map(|client| client.id.clone());
            people.iter().flat_map(|of_role| -> Vec<PersonId> { first(of_role) }).chain(guests).collect()
        };
        let cast = self.demo_cast.get_or_init(first_shown).clone();
        let shown = |persons: Vec<DemoPerson>| -> Vec<DemoPerson> {
            let mut shown: Vec<_> = persons.into_iter().filter(|person| cast.contains(&person.id)).collect();
            shown.sort_by_key(|person| cast.iter().position(|id| *id == person.id));
            shown
        };
        let clients = shown(clients);
        let mut people: Vec<DemoPerson> = people.into_iter().flat_map(|(of_role, most)| shown(of_role).into_iter().take(most)).collect();

        let everything = self.everything(&roster, &current).await?;
        let first = everything.iter().map(|(file, _)| file.offer.begun_at).min();
        for person in people.iter_mut().filter(|person| [role::RECRUITING_LEAD, role::AUDITOR].contains(&person.role)) {
            person.tries.extend(to_read(&everything));
        }
        Ok(DemoPage {
            firm: current.playbook.firm.name.clone(),
            offers: everything.len(),
            waiting: everything.iter().filter(|(_, line)| !line.waiting.is_empty()).count(),
            since: first.unwrap_or_else(|| self.now()),
            now: self.now(),
            people,
            candidates: candidates(&everything),
            clients,
        })
    }

    fn must_be_a_demo(&self) -> Result<(), DeskFault> {
        if self.settings.demo.is_some() { Ok(()) } else { Err(DeskFault::NotFound) }
    }

    /// Somebody with what waits on them, as their own list has it.
    async fn persona(&self, listed: &Listed, role: &Role, current: &Shelved, roster: &Roster) -> Result<DemoPerson, DeskFault> {
        let viewer = self.viewer_of(listed, current, roster);
        let (lines, _) = self.on_me(viewer.member().ok_or(DeskFault::SignIn)?).await?;
        let mut tries: BTreeMap<Try, DemoTry> = BTreeMap::new();
        for line in &lines {
            let file = self.file(&line.id).await?;
            for waiting in line.waiting.iter().filter(|waiting| waiting.on_you) {
                let Some((what, page)) = what_to_try(&file.offer, &waiting.on) else { continue };
                let late = waiting.due_at.is_some_and(|due_at| due_at < self.now());
                let found = DemoTry { what, candidate: name_of(line), title: line.title.clone(), late, page };
                let known = tries.entry(what).or_insert_with(|| found.clone());
                // of the same kind the one that is late is the better story
                if late && !known.late {
                    *known = found;
                }
            }
        }
        let client = listed.person.clients.first().filter(|_| listed.is_contact);
        Ok(DemoPerson {
            id: listed.id.clone(),
            name: roster.name(&listed.id),
            role: role.clone(),
            client: client.and_then(|code| current.playbook.client(code)).map(|client| client.name.clone()).unwrap_or_default(),
            waiting: lines.len(),
            tries: tries.into_values().take(TRIES_MAX).collect(),
        })
    }

    /// The viewer that somebody is once signed in.
    fn viewer_of(&self, listed: &Listed, current: &Shelved, roster: &Roster) -> Viewer {
        let level = if listed.is_contact { AuthLevel::Code } else { AuthLevel::Password };
        let member = Member::resolve(listed.id.clone(), &listed.person, level, &current.playbook)
            .standing_in_for(roster.stands_in_for(&listed.id, self.now()));
        let (name, zone) = (listed.person.name().unwrap_or_default().to_owned(), listed.person.zone.clone());
        if listed.is_contact { Viewer::Client { member, name, zone } } else { Viewer::Staff { member, name, zone, proven: true } }
    }

    /// Every offer with its line, as those read it who look over all of it.
    async fn everything(&self, roster: &Roster, current: &Shelved) -> Result<Everything, DeskFault> {
        let reads_all = role::RECRUITING_LEAD;
        let Some(lead) = roster.with_role(&reads_all).next() else { return Ok(Vec::new()) };
        let viewer = self.viewer_of(lead, current, roster);
        let (mut everything, mut after) = (Vec::new(), None);
        loop {
            let page = self.offer_list(&viewer, &OfferListAsk { after, ..OfferListAsk::default() }).await?;
            for line in page.lines {
                everything.push((self.file(&line.id).await?, line));
            }
            after = page.next;
            if after.is_none() {
                return Ok(everything);
            }
        }
    }

    /// The path of an invitation, made as a mail makes it.
    pub(super) async fn demo_invitation(&self, guest: &DemoGuest) -> Result<String, DeskFault> {
        self.must_be_a_demo()?;
        let invited = match guest {
            DemoGuest::Candidate(id) => {
                let file = self.file(id).await?;
                let email = file.offer.terms.as_ref().and_then(|terms| terms.text(&field::CANDIDATE_EMAIL));
                let (Some(candidate), Some(email), true) = (&file.offer.candidate, email, file.offer.was_written()) else {
                    return Err(DeskFault::NotFound);
                };
                invitations::invite_candidate(id, candidate, email, file.offer.version, self.now())?
            }
            DemoGuest::Client(id) => {
                let roster = self.roster().await?;
                let contact = roster.get(id).filter(|listed| listed.is_contact && !listed.left).ok_or(DeskFault::NotFound)?;
                invitations::invite_client(id, contact.person.email().unwrap_or_default(), self.now())?
            }
        };
        self.store.change(self.firm(), invited.changes).await?;
        Ok(invited.path)
    }

    /// A page of every mail, newest first.
    pub(super) async fn demo_mails(&self, after: Option<&str>) -> Result<MailRoom, DeskFault> {
        self.must_be_a_demo()?;
        let after = after.and_then(|after| {
            let (at, id) = after.split_once('.')?;
            Some((at.parse().ok()?, id.to_owned()))
        });
        let mut rows = Vec::new();
        for state in SHOWN {
            rows.extend(self.store.outbox_latest(self.firm(), state, after.as_ref(), MAILS_MAX + 1).await?);
        }
        rows.sort_by(|a, b| (b.due_at, &b.id).cmp(&(a.due_at, &a.id)));
        rows.dedup_by(|a, b| a.id == b.id);
        let more = rows.len() > MAILS_MAX;
        rows.truncate(MAILS_MAX);
        let next = rows.last().filter(|_| more).map(|last| format!("{}.{}", last.due_at, last.id));
        let roster = self.roster().await?;
        let mut mails = Vec::new();
        for row in &rows {
            mails.push(room_mail(row, self.carried(row).await?, &roster, self.now()));
        }
        Ok(MailRoom { mails, next, now: self.now() })
    }
}

/// What there is to try with an offer that waits so, and on which page.
fn what_to_try(offer: &Offer, on: &WaitsOn) -> Option<(Try, String)> {
    let page = |rest: &str| format!("/offers/{}{rest}", offer.id);
    Some(match on {
        WaitsOn::Step(_) if offer.version > 1 && !offer.earlier_letters.is_empty() => (Try::Counteroffer, page("")),
        WaitsOn::Step(_) if !offer.exceptions.is_empty() => (Try::Exception, page("")),
        WaitsOn::Step(_) => (Try::Decide, page("")),
        WaitsOn::Rescission(_) => (Try::Rescission, page("")),
        WaitsOn::Contingency(_) => (Try::Check, page("")),
        WaitsOn::Recipient(recipient) => (Try::TakeOver, page(&format!("/hand-off/{recipient}"))),
        WaitsOn::StartDay => (Try::Start, page("")),
        WaitsOn::Recruiter => of_recruiter(offer, page)?,
        WaitsOn::Courier | WaitsOn::Candidate => return None,
    })
}

fn of_recruiter(offer: &Offer, page: impl Fn(&str) -> String) -> Option<(Try, String)> {
    let bounced = offer.letter.as_ref().is_some_and(|letter| matches!(letter.mail, Mail::Bounced { .. }));
    let returned = offer.steps.values().any(|step| matches!(step, StepState::Returned { .. }));
    let terms = offer.terms.as_ref();
    let is_unwritten = |(key, spoken): (&FieldKey, _)| terms.and_then(|terms| terms.get(key)) != Some(spoken);
    Some(match offer.status {
        Status::Draft if offer.version > 0 => (Try::Rejected, page("")),
        Status::Draft => (Try::Draft, page("/review")),
        Status::Approved if offer.verbals.iter().any(|(_, verbal)| verbal.spoken.iter().any(is_unwritten)) => (Try::SpokenOnly, page("")),
        Status::Approved => (Try::Send, page("/letter")),
        _ if bounced => (Try::Bounced, page("")),
        _ if returned => (Try::Returned, page("")),
        _ if offer.open_proposals().next().is_some() => (Try::Negotiation, page("")),
        _ if offer.open_questions().next().is_some() => (Try::Question, page("")),
        _ => return None,
    })
}

/// Candidates with a letter to answer: those who are free to, by their deadline.
fn candidates(everything: &Everything) -> Vec<DemoCandidate> {
    let of = |(file, line): &(Arc<OfferFile>, OfferLine)| {
        let letter = file.offer.letter.as_ref().filter(|_| file.offer.status == Status::Sent)?;
        let stands = match (&letter.mail, letter.viewed_at) {
            (Mail::HandedOver { .. }, None) => DemoLetter::Unread,
            (Mail::HandedOver { .. }, _) if file.offer.open_proposals().next().is_some() => DemoLetter::Negotiating,
            (Mail::HandedOver { .. }, _) if file.offer.open_questions().next().is_some() => DemoLetter::Asked,
            (Mail::HandedOver { .. }, _) => DemoLetter::Read,
            (Mail::OnItsWay | Mail::Failed { .. } | Mail::Bounced { .. }, _) => return None,
        };
        let (name, title, accept_by) = (name_of(line), line.title.clone(), letter.accept_by.instant);
        Some(DemoCandidate { offer: line.id.clone(), name, title, letter: stands, accept_by })
    };
    let mut candidates: Vec<DemoCandidate> = everything.iter().filter_map(of).collect();
    // somebody who opens a letter here must find its candidate again at the same place
    let kind = |letter| if letter == DemoLetter::Read { DemoLetter::Unread } else { letter };
    candidates.sort_by_key(|candidate| (kind(candidate.letter), candidate.accept_by));
    candidates.truncate(GUESTS_MAX);
    candidates
}

/// For those who look over all of it: the longest history that ended well, and a loss before anything was written.
fn to_read(everything: &Everything) -> Vec<DemoTry> {
    let told = |what: Try, (file, line): &(Arc<OfferFile>, OfferLine)| DemoTry {
        what,
        candidate: name_of(line),
        title: line.title.clone(),
        late: false,
        page: format!("/offers/{}#history", file.offer.id),
    };
    let hired = everything.iter().filter(|(file, _)| file.offer.status == Status::Started).max_by_key(|(file, _)| file.history.len());
    let lost = everything.iter().find(|(file, _)| matches!(&file.offer.ending, Some(Ending::Declined { written: false, .. })));
    hired.map(|found| told(Try::ReadHire, found)).into_iter().chain(lost.map(|found| told(Try::ReadLoss, found))).collect()
}

fn name_of(line: &OfferLine) -> String {
    if line.candidate.is_empty() { line.number.clone() } else { line.candidate.clone() }
}

/// A mail as it is read in the mail room. Links lead to this server, wherever it listened when the mail was written.
fn room_mail(row: &OutboxRow, mail: outbox::Mail, roster: &Roster, now: Moment) -> RoomMail {
    let is_contact = roster.get(&PersonId::new(&row.subject)).is_some_and(|listed| listed.is_contact);
    // an approver's code is entered below the link, on the page that stands open still
    let is_approvers = roster.all().any(|listed| listed.person.email() == Some(mail.to.address.as_str()));
    let code_page = match (is_contact, is_approvers) {
        (true, _) => "/c/code",
        (false, true) => "",
        (false, false) => "/o/code",
    };
    let part = |part: Part| match part {
        Part::Heading { text } => MailPart::Heading(text),
        Part::Paragraph { text } => MailPart::Paragraph(text),
        Part::Link { label, url } => MailPart::Link(label, path_of(&url)),
        Part::Code { code } => MailPart::Code(code, code_page.to_owned()),
        Part::Facts { rows } => MailPart::Facts(rows),
        Part::Footer { text } => MailPart::Footer(text),
    };
    RoomMail {
        id: row.id.clone(),
        at: Moment::from_micros(row.due_at).unwrap_or(now),
        name: mail.to.name.unwrap_or_default(),
        address: mail.to.address,
        subject: mail.subject,
        parts: mail.parts.into_iter().map(part).collect(),
        attachments: mail.attachments.into_iter().map(|attachment| attachment.name).collect(),
    }
}

fn path_of(url: &str) -> String {
    let path = url.split_once("://").and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..)));
    path.unwrap_or("/").to_owned()
}
