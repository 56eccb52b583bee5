//! One offer on screen, reduced to what the viewer may see.

use std::{collections::BTreeMap, sync::Arc};

use app::desk::{
    ContingencyLine, ExceptionLine, HandoffLine, HandoffPage, HistoryLine, LetterLine, LetterPage, OfferPage, ProposalLine, QuestionLine,
    RescissionLine, VerbalLine, Viewer,
};
use offer::{
    access::{self, Access, Action, Actor, Member, Sight, Viewed, seen, seen_changes, seen_route, shows_finding},
    check,
    field::Side,
    id::{OfferId, PersonId, RecipientKey},
    ledger::{ActorKind, Digest},
    lifecycle::{AskedBy, By, Ending, Letter, Mail, Offer, ProposalOutcome, Verbal, Words},
    measure,
    private::Private,
    terms::{Terms, Value},
};

use super::{DeskFault, HouseDesk, acceptance, buttons, file::OfferFile, letters, list, project::Summary, waiting, world::Ground};

/// An offer that a member sees, with everything its page looks at.
pub(super) struct Looked {
    pub(super) file: Arc<OfferFile>,
    pub(super) ground: Ground,
    pub(super) member: Member,
    pub(super) actor: Actor,
    pub(super) sight: Sight,
}

impl HouseDesk {
    /// An offer for somebody of the firm or of a client, who is noted to have looked at it.
    pub(super) async fn looked(&self, viewer: &Viewer, id: &OfferId) -> Result<Looked, DeskFault> {
        self.looked_on(viewer, id, Viewed::Offer).await
    }

    async fn looked_on(&self, viewer: &Viewer, id: &OfferId, what: Viewed) -> Result<Looked, DeskFault> {
        let looked = self.look(viewer, id).await?;
        self.viewed(&looked.actor, id, what, &looked.sight)?;
        Ok(looked)
    }

    /// The same for a page that shows nothing of the offer but its number.
    pub(super) async fn look(&self, viewer: &Viewer, id: &OfferId) -> Result<Looked, DeskFault> {
        let actor = viewer.actor().ok_or(DeskFault::SignIn)?;
        let member = viewer.member().cloned().ok_or(DeskFault::NotFound)?;
        let file = self.file(id).await?;
        let subject = file.offer.subject();
        if access::may(&actor, Action::See, &subject) != Access::Allowed {
            return Err(DeskFault::NotFound);
        }
        let mut ground = self.ground(&file.offer).await?;
        ground.gather(&file.offer, None);
        let sight = access::sight(&actor, &subject);
        Ok(Looked { file, ground, member, actor, sight })
    }

    pub(super) async fn offer_page(&self, viewer: &Viewer, id: &OfferId) -> Result<OfferPage, DeskFault> {
        let looked = self.looked(viewer, id).await?;
        self.page_of(&looked).await
    }

    /// The page of an offer at which somebody looks.
    pub(super) async fn page_of(&self, looked: &Looked) -> Result<OfferPage, DeskFault> {
        let id = looked.file.offer.id.as_str();
        let row = self.store.board_row(self.firm(), id).await?.ok_or_else(|| DeskFault::damaged("no place on the board", id))?;
        let summary: Summary = serde_json::from_str(&row.summary)?;
        let mut page = looked.page(&summary);
        page.minute = self.minute(looked).await?;
        page.course.exposure = self.exposure_of(looked).await?;
        Ok(page)
    }

    /// The letter as it would go out with this accept-by; the stored one when it was sent.
    pub(super) async fn letter_page(
        &self,
        viewer: &Viewer,
        id: &OfferId,
        typed: Option<(String, String)>,
    ) -> Result<LetterPage, DeskFault> {
        let looked = self.looked_on(viewer, id, Viewed::Letter).await?;
        if !looked.sight.shows(Side::Package) {
            return Err(DeskFault::NotFound);
        }
        let (offer, ground) = (&looked.file.offer, &looked.ground);
        let terms = offer.terms.as_ref().ok_or(DeskFault::NotFound)?;
        let page = |letter, accept_by, new_findings, sent| LetterPage {
            number: offer.number.clone(),
            version: offer.version,
            letter,
            accept_by,
            new_findings,
            sent,
        };
        if let (Some(letter), None) = (&offer.letter, &typed) {
            let stored = self.open_document(&letter.made.blocks).await?.ok_or(DeskFault::NotFound)?;
            let accept_by = Some((letter.accept_by.local.clone(), letter.accept_by.zone.clone()));
            let written = offer.versions.get(&letter.version).unwrap_or(terms);
            let shown = letters::without_unseen(serde_json::from_slice(&stored.1)?, written, &looked.sight, &ground.pinned.table)?;
            return Ok(page(Ok(shown), accept_by, Vec::new(), true));
        }
        let (local, zone) = typed.unwrap_or_else(|| letters::proposed_accept_by(Some(terms), ground));
        let sender = ground.roster.name(&looked.member.id);
        let made = letters::accept_by(&local, &zone, ground).and_then(|until| letters::issue(offer, ground, &sender, &until));
        let letter = match made {
            Ok(issued) => Ok(letters::without_unseen(issued.letter, terms, &looked.sight, &ground.pinned.table)?),
            Err(DeskFault::Problems(problems)) => Err(problems.into_iter().map(|problem| problem.field).collect()),
            Err(fault) => return Err(fault),
        };
        let now = check::findings(terms, ground.world(&looked.actor).ground());
        let table = &ground.pinned.table;
        let new = offer.findings_at_send(&now, table).into_iter().filter(|finding| finding.strength >= check::Strength::Reason);
        let new = new.filter(|finding| shows_finding(&looked.sight, finding, table)).collect();
        Ok(page(letter, Some((local, zone)), new, false))
    }

    pub(super) async fn handoff_page(&self, viewer: &Viewer, id: &OfferId, recipient: &RecipientKey) -> Result<HandoffPage, DeskFault> {
        let looked = self.looked_on(viewer, id, Viewed::HandOff).await?;
        let (offer, ground) = (&looked.file.offer, &looked.ground);
        let handoff = offer.handoffs.get(recipient).ok_or(DeskFault::NotFound)?;
        let is_recipient = looked.member.is(&handoff.role);
        if !is_recipient && !looked.sight.reads_talk() {
            return Err(DeskFault::NotFound);
        }
        let table = &ground.pinned.table;
        let terms = offer.terms.as_ref().ok_or(DeskFault::NotFound)?;
        // the contract says what its recipient receives; everybody else sees what they see anyway
        let shown = |key: &offer::field::FieldKey| {
            handoff.fields.contains(key) && (is_recipient || table.get(key).is_some_and(|spec| looked.sight.shows_field(spec)))
        };
        let rule = ground.pinned.playbook.recipients.iter().find(|rule| rule.key == *recipient);
        let terms = terms.retain(shown);
        Ok(HandoffPage {
            offer: id.clone(),
            number: offer.number.clone(),
            status: offer.status,
            line: looked.handoff_line(recipient).ok_or(DeskFault::NotFound)?,
            task: rule.map(|rule| rule.task.clone()).unwrap_or_default(),
            fields: handoff.fields.iter().filter(|key| shown(key)).cloned().collect(),
            names: names_in(&terms, ground),
            terms,
            table: table.clone(),
            now: ground.now,
        })
    }

    /// A document, reached only through its offer: media type, file name, bytes.
    pub(super) async fn offer_document(
        &self,
        viewer: &Viewer,
        id: &OfferId,
        digest: &Digest,
    ) -> Result<(String, String, Vec<u8>), DeskFault> {
        let actor = viewer.actor().ok_or(DeskFault::SignIn)?;
        let file = self.file(id).await?;
        let subject = file.offer.subject();
        let sight = access::sight(&actor, &subject);
        // a document is whole or not at all: its words, its metadata and what is attached to it
        if access::may(&actor, Action::See, &subject) != Access::Allowed || !sight.shows_letters() {
            return Err(DeskFault::NotFound);
        }
        let offer = &file.offer;
        let is_candidate = matches!(actor, Actor::Candidate { .. });
        // a letter that never left is not the candidate's to see
        let sent = |letter: &&Letter| !is_candidate || was_handed_over(letter);
        let letter = offer.letter.iter().chain(&offer.earlier_letters).filter(sent).find(|letter| letter.made.pdf == *digest);
        let name = match letter {
            Some(letter) => format!("{}-v{}.pdf", offer.number, letter.version),
            None => {
                let pinned = self.shelved(offer.playbook).await?;
                let record = acceptance::record_of(offer, &file.history, &pinned.playbook)?;
                let is_record = record.is_some_and(|record| record.digest == *digest) && (is_candidate || sight.reads_talk());
                if !is_record {
                    return Err(DeskFault::NotFound);
                }
                format!("{}-signature.json", offer.number)
            }
        };
        let (media_type, bytes) = self.open_document(digest).await?.ok_or(DeskFault::NotFound)?;
        self.viewed(&actor, id, Viewed::Document, &sight)?;
        Ok((media_type, name, bytes))
    }
}

/// Whether the mail of a letter reached a mail system of the candidate's.
pub(super) fn was_handed_over(letter: &Letter) -> bool {
    matches!(letter.mail, Mail::HandedOver { .. } | Mail::Bounced { .. })
}

/// Words as they are shown; empty when erased.
pub(super) fn shown(words: &Words) -> String {
    words.kept().cloned().unwrap_or_default()
}

/// The names of everybody whom these terms name.
fn names_in(terms: &Terms, ground: &Ground) -> BTreeMap<PersonId, String> {
    let people = terms.iter().filter_map(|(_, value)| if let Value::Person(person) = value { Some(person) } else { None });
    people.map(|person| (person.clone(), ground.roster.name(person))).collect()
}

impl Looked {
    fn page(&self, summary: &Summary) -> OfferPage {
        let (offer, ground, sight) = (&self.file.offer, &self.ground, &self.sight);
        let table = &ground.pinned.table;
        let talk = sight.reads_talk();
        let terms = offer.terms.as_ref().map(|terms| sight.of(terms, table));
        let waiting = waiting::lines(offer, &ground.pinned.playbook);
        OfferPage {
            id: offer.id.clone(),
            number: offer.number.clone(),
            candidate: if sight.shows(Side::Person) { summary.candidate.clone() } else { String::new() },
            title: if sight.shows(Side::Job) { summary.title.clone() } else { String::new() },
            client: if sight.shows(Side::Job) { self.client_name() } else { String::new() },
            engagement: offer.engagement(),
            status: offer.status,
            since: offer.status_since,
            now: ground.now,
            version: offer.version,
            seat: offer.acceptance.as_ref().map(|acceptance| (acceptance.seat, ground.facts.requisition.seats)),
            waiting: waiting.iter().filter_map(|line| self.waiting(line)).collect(),
            names: self.names(terms.as_ref()),
            computed: offer.terms.as_ref().map(|terms| ground.computed(terms, sight)).unwrap_or_default(),
            findings: offer.findings.iter().filter(|finding| shows_finding(sight, finding, table)).cloned().collect(),
            exceptions: if talk { self.exceptions() } else { Vec::new() },
            route: self.route(),
            left_out: seen_route(&offer.route, sight, table).left_out,
            verbals: if talk { self.verbals() } else { Vec::new() },
            letter: offer.letter.as_ref().filter(|_| sight.shows(Side::Package)).map(|letter| self.letter_line(letter)),
            earlier_letters: if talk {
                offer.earlier_letters.iter().rev().map(|letter| self.letter_line(letter)).collect()
            } else {
                Vec::new()
            },
            questions: if talk { questions(offer) } else { Vec::new() },
            proposals: if talk { self.proposals() } else { Vec::new() },
            contingencies: if talk || self.receives() { self.contingencies() } else { Vec::new() },
            handoffs: self.handoffs(),
            start_confirmed: offer.start_confirmed,
            ending: self.ending(),
            rescission: if talk { self.rescission() } else { None },
            course: self.course(),
            history: self.history(),
            stages: measure::stages(offer.id.clone(), &self.file.history, ground.now).into_iter().collect(),
            buttons: buttons::buttons(offer, &self.actor, offer.playbook < ground.current.version),
            your_steps: self.your_steps(),
            deciding: self.deciding(),
            minute: None,
            table: table.clone(),
            terms,
        }
    }

    fn client_name(&self) -> String {
        let code = self.file.offer.subject().client;
        code.map(|code| self.ground.current.playbook.client(&code).map_or_else(|| code.to_string(), |client| client.name.clone()))
            .unwrap_or_default()
    }

    fn waiting(&self, line: &waiting::WaitingLine) -> Option<app::desk::Waiting> {
        let waiting = list::waiting_of(line, &self.member, &self.ground.roster)?;
        // a client learns that it waits within the firm, and not on whom
        Some(if self.sight.reads_talk() || waiting.on_you || self.receives() {
            waiting
        } else {
            app::desk::Waiting { names: Vec::new(), ..waiting }
        })
    }

    /// Whether the viewer is a recipient of the hand-off.
    fn receives(&self) -> bool {
        self.file.offer.handoffs.values().any(|handoff| self.member.is(&handoff.role))
    }

    pub(super) fn name_of(&self, by: &By) -> String {
        match by.kind {
            ActorKind::Candidate => {
                let name = |terms: &Terms| terms.text(&offer::field::CANDIDATE_NAME).map(str::to_owned);
                self.file.offer.terms.as_ref().filter(|_| self.sight.shows(Side::Person)).and_then(name).unwrap_or_default()
            }
            ActorKind::Person | ActorKind::ClientContact | ActorKind::ApiToken => self.ground.roster.name(&PersonId::new(by.id.clone())),
            ActorKind::Operator => by.id.clone(),
            ActorKind::Clockwork => String::new(),
        }
    }

    fn names(&self, terms: Option<&Terms>) -> BTreeMap<PersonId, String> {
        let mut names = terms.map(|terms| names_in(terms, &self.ground)).unwrap_or_default();
        let relations = self.file.offer.subject().relations;
        let related = [relations.recruiter, relations.hiring_manager, relations.account_manager, relations.client_contact];
        for person in related.into_iter().flatten() {
            let name = self.ground.roster.name(&person);
            names.insert(person, name);
        }
        // earlier versions may name somebody else
        for earlier in self.file.offer.versions.values() {
            names.extend(names_in(earlier, &self.ground));
        }
        names
    }

    fn exceptions(&self) -> Vec<ExceptionLine> {
        let table = &self.ground.pinned.table;
        let seen = self.file.offer.exceptions.iter().filter(|exception| shows_finding(&self.sight, &exception.finding, table));
        seen.map(|exception| ExceptionLine { finding: exception.finding.clone(), reason: self.words(&exception.reason) }).collect()
    }

    fn verbal(&self, verbal: Verbal) -> Verbal {
        Verbal { notes: verbal.notes.filter(|_| self.sight.reads_words()), ..verbal }
    }

    fn verbals(&self) -> Vec<VerbalLine> {
        let table = &self.ground.pinned.table;
        let line = |recorded: &offer::lifecycle::Recorded| match seen(&recorded.event, &self.sight, table)? {
            offer::lifecycle::Event::VerbalRecorded { verbal, outside_approval, .. } => {
                Some(VerbalLine { recorded_at: recorded.at, verbal: self.verbal(verbal), outside_approval })
            }
            _ => None,
        };
        self.file.history.iter().rev().filter_map(line).collect()
    }

    fn letter_line(&self, letter: &Letter) -> LetterLine {
        LetterLine {
            version: letter.version,
            pdf: self.sight.shows_letters().then_some(letter.made.pdf),
            accept_by: letter.accept_by.clone(),
            mail: self.mail(&letter.mail),
            viewed_at: letter.viewed_at,
            held: letter.held.as_ref().map(|reason| self.words(reason)),
        }
    }

    /// How a mail fares. A mail system's answer says the address that it refused.
    fn mail(&self, mail: &Mail) -> Mail {
        let silent = || Private::Kept(String::new());
        match mail {
            Mail::Failed { .. } if !self.sight.shows(Side::Contact) => Mail::Failed { reason: silent() },
            Mail::Bounced { at, .. } if !self.sight.shows(Side::Contact) => Mail::Bounced { at: *at, reason: silent() },
            mail => mail.clone(),
        }
    }

    /// What staff wrote, for those who read words; empty for whoever is blind to a number that may stand in them.
    pub(super) fn words(&self, words: &Words) -> String {
        if self.sight.reads_words() { shown(words) } else { String::new() }
    }

    fn proposals(&self) -> Vec<ProposalLine> {
        let table = &self.ground.pinned.table;
        let conflicts = self.file.offer.conflicts();
        let held_for = self.file.offer.letter.as_ref().and_then(|letter| letter.held_for.as_ref());
        let sees = |field: &offer::field::FieldKey| table.get(field).is_some_and(|spec| self.sight.shows_field(spec));
        let conflicts_of = |id: &offer::id::ProposalId| {
            let own = conflicts.iter().filter(|(of, _)| of == id).flat_map(|(_, conflicts)| conflicts);
            own.filter(|conflict| sees(&conflict.field)).cloned().collect()
        };
        let mut lines: Vec<ProposalLine> = self
            .file
            .offer
            .proposals
            .iter()
            .map(|(id, proposal)| ProposalLine {
                id: id.clone(),
                at: proposal.at,
                by: self.name_of(&proposal.by),
                asked_by: proposal.asked_by,
                changes: seen_changes(&proposal.changes.to_vec(), &self.sight, table),
                why: if proposal.asked_by == AskedBy::Candidate { shown(&proposal.why) } else { self.words(&proposal.why) },
                evidence: proposal.evidence.as_ref().map(|evidence| self.words(evidence)).unwrap_or_default(),
                version: proposal.version,
                holds_letter: held_for == Some(id),
                conflicts: conflicts_of(id),
                outcome: proposal.outcome.clone(),
                decided: proposal.decided.as_ref().map(|(at, by)| (*at, self.name_of(by))),
            })
            .collect();
        lines.sort_by_key(|line| (line.outcome != ProposalOutcome::Open, std::cmp::Reverse(line.at)));
        lines
    }

    fn contingencies(&self) -> Vec<ContingencyLine> {
        let playbook = &self.ground.pinned.playbook;
        let line = |(kind, state): (&offer::id::ContingencyKind, &_)| ContingencyLine {
            kind: kind.clone(),
            name: playbook.contingencies.iter().find(|rule| rule.key == *kind).map_or_else(|| kind.to_string(), |rule| rule.name.clone()),
            due: playbook.contingency_due(kind),
            state: *state,
        };
        self.file.offer.contingencies.iter().map(line).collect()
    }

    fn handoffs(&self) -> Vec<HandoffLine> {
        let lines = self.file.offer.handoffs.keys().filter_map(|recipient| self.handoff_line(recipient));
        let may_see = |line: &HandoffLine| self.sight.reads_talk() || self.member.is(&line.role);
        lines.filter(may_see).collect()
    }

    fn handoff_line(&self, recipient: &RecipientKey) -> Option<HandoffLine> {
        let offer = &self.file.offer;
        let handoff = offer.handoffs.get(recipient)?;
        let rule = self.ground.pinned.playbook.recipients.iter().find(|rule| rule.key == *recipient);
        let may = access::may(&self.actor, Action::Acknowledge, &offer.subject()) == Access::Allowed;
        let open = handoff.acknowledged.is_none() && offer.status == offer::lifecycle::Status::Accepted;
        Some(HandoffLine {
            recipient: recipient.clone(),
            name: rule.map_or_else(|| recipient.to_string(), |rule| rule.name.clone()),
            role: handoff.role.clone(),
            opened_at: handoff.opened_at,
            due_at: handoff.due_at,
            acknowledged: handoff.acknowledged.as_ref().map(|(at, by)| (*at, self.name_of(by))),
            yours: open && may && self.member.is(&handoff.role),
        })
    }

    fn ending(&self) -> Option<Ending> {
        let ending = self.file.offer.ending.clone()?;
        if self.sight.reads_words() {
            return Some(ending);
        }
        let silent = || Private::Kept(String::new());
        Some(match ending {
            Ending::Declined { primary, secondary, written, .. } => Ending::Declined { primary, secondary, note: None, written },
            Ending::Reasoned(_) => Ending::Reasoned(silent()),
            Ending::NotStarted { by, .. } => Ending::NotStarted { by, reason: silent() },
            Ending::Expired => Ending::Expired,
        })
    }

    fn rescission(&self) -> Option<RescissionLine> {
        let request = self.file.offer.rescission.as_ref()?;
        let agreed = |role: &offer::id::Role| request.agreed.get(role).map(|by| self.name_of(by));
        Some(RescissionLine {
            at: request.at,
            by: self.name_of(&request.by),
            reason: self.words(&request.reason),
            approvers: request.approvers.iter().map(|role| (role.clone(), agreed(role))).collect(),
        })
    }

    fn history(&self) -> Vec<HistoryLine> {
        let table = &self.ground.pinned.table;
        let of_the_firm = self.sight.reads_talk() || self.receives();
        let line = |recorded: &offer::lifecycle::Recorded| {
            let event = seen(&recorded.event, &self.sight, table)?;
            // a client reads the names of its own people; the firm's act as the firm
            let own = recorded.by.kind == ActorKind::ClientContact;
            let by = if of_the_firm || own { self.name_of(&recorded.by) } else { String::new() };
            Some(HistoryLine { seq: recorded.seq, at: recorded.at, by, event })
        };
        self.file.history.iter().rev().filter_map(line).collect()
    }
}

/// The candidate's questions, open ones first.
pub(super) fn questions(offer: &Offer) -> Vec<QuestionLine> {
    let mut lines: Vec<QuestionLine> = offer
        .questions
        .iter()
        .map(|(id, question)| QuestionLine {
            id: id.clone(),
            asked_at: question.asked_at,
            text: shown(&question.text),
            answer: question.answer.as_ref().map(|(at, words)| (*at, shown(words))),
        })
        .collect();
    lines.sort_by_key(|line| (line.answer.is_some(), std::cmp::Reverse(line.asked_at)));
    lines
}
