//! One offer on screen, reduced to what the viewer may see.

use std::collections::BTreeMap;

use app::desk::{
    Agreement, ContingencyLine, ExceptionLine, HandoffLine, HistoryLine, LetterLine, OfferPage, ProposalLine, QuestionLine, RescissionLine,
    Titles, VerbalLine,
};
use offer::{
    access::{self, Access, Action, seen, seen_changes, seen_finding, seen_findings, seen_route},
    field::{self, Side},
    id::{PersonId, RecipientKey},
    ledger::ActorKind,
    lifecycle::{By, Ending, Event, Letter, Mail, Offer, ProposalOutcome, Words},
    measure,
    playbook::Playbook,
    private::Private,
    terms::{Terms, Value},
};

use super::{buttons, list, looked::Looked, project::Summary, waiting, world::Ground};

/// Words as they are shown; empty when erased.
pub(super) fn shown(words: &Words) -> String {
    words.kept().cloned().unwrap_or_default()
}

/// The names of everybody whom these terms name.
pub(super) fn names_in(terms: &Terms, ground: &Ground) -> BTreeMap<PersonId, String> {
    let people = terms.iter().filter_map(|(_, value)| if let Value::Person(person) = value { Some(person) } else { None });
    people.map(|person| (person.clone(), ground.roster.name(person))).collect()
}

/// What a playbook calls what terms name by a key.
pub(super) fn titles(playbook: &Playbook) -> Titles {
    let teams = playbook.teams.iter().map(|team| (field::TEAM, team.key.to_string(), team.name.clone()));
    let clauses = playbook.clauses.iter().map(|clause| (field::CLAUSES, clause.key.to_string(), clause.title.clone()));
    let contingencies = playbook.contingencies.iter().map(|rule| (field::CONTINGENCIES, rule.key.to_string(), rule.name.clone()));
    let clients = playbook.clients.iter().map(|client| (field::CLIENT, client.code.to_string(), client.name.clone()));
    teams.chain(clauses).chain(contingencies).chain(clients).map(|(key, code, title)| ((key, code), title)).collect()
}

impl Looked {
    /// The page of the offer, reduced to what they see.
    pub(super) fn page(&self, summary: &Summary) -> OfferPage {
        let (offer, ground, sight) = (&self.file.offer, &self.ground, &self.sight);
        let table = &ground.pinned.table;
        let talk = sight.reads_talk();
        let terms = offer.terms.as_ref().map(|terms| sight.of(terms, table));
        let pinned = &ground.pinned.playbook;
        let waiting =
            if talk { waiting::lines(offer, pinned) } else { waiting::lines_without_talk(offer, pinned, sight.is_of_the_client()) };
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
            titles: titles(&ground.pinned.playbook),
            computed: offer.terms.as_ref().map(|terms| ground.computed(terms, sight)).unwrap_or_default(),
            findings: seen_findings(&offer.findings, sight, table),
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
            questions: if talk { self.questions() } else { Vec::new() },
            proposals: if talk { self.proposals() } else { Vec::new() },
            contingencies: if talk { self.contingencies() } else { Vec::new() },
            handoffs: self.handoffs(),
            start_confirmed: offer.start_confirmed,
            ending: self.ending(),
            rescission: if talk { self.rescission() } else { None },
            course: self.course(),
            history: self.history(),
            stages: measure::stages(offer.id.clone(), &self.file.history, ground.now, talk).into_iter().collect(),
            buttons: buttons::buttons(offer, &self.actor, offer.playbook < ground.current.version),
            your_steps: self.your_steps(),
            deciding: self.deciding(),
            minute: None,
            table: table.clone(),
            terms,
        }
    }

    fn client_name(&self) -> String {
        let code = self.file.offer.about.client.as_ref();
        code.map(|code| self.ground.current.playbook.client(code).map_or_else(|| code.to_string(), |client| client.name.clone()))
            .unwrap_or_default()
    }

    fn waiting(&self, line: &waiting::WaitingLine) -> Option<app::desk::Waiting> {
        list::waiting_seen(line, &self.sight, self.receives(), &self.member, &self.ground.roster)
    }

    /// Whether the viewer is a recipient of the hand-off; what is received is about a person, whom a token may leave out.
    fn receives(&self) -> bool {
        self.sight.shows(Side::Person) && self.file.offer.handoffs.values().any(|handoff| self.member.is(&handoff.role))
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
        for person in self.file.offer.about.relations.all() {
            names.insert(person.clone(), self.ground.roster.name(person));
        }
        // earlier versions may name somebody else
        for earlier in self.file.offer.versions.values() {
            names.extend(names_in(earlier, &self.ground));
        }
        // to whom a decision was handed is staff's to know
        for recorded in self.file.history.iter().filter(|_| self.sight.reads_talk()) {
            if let Event::StepDelegated { to, .. } = &recorded.event {
                names.insert(to.clone(), self.ground.roster.name(to));
            }
        }
        names
    }

    fn exceptions(&self) -> Vec<ExceptionLine> {
        let line = |exception: &offer::lifecycle::Exception| {
            let finding = seen_finding(&exception.finding, &self.sight, &self.ground.pinned.table)?;
            Some(ExceptionLine { finding, reason: self.words(&exception.reason) })
        };
        self.file.offer.exceptions.iter().filter_map(line).collect()
    }

    /// The candidate's questions, whose answers are staff's words.
    fn questions(&self) -> Vec<QuestionLine> {
        let reads = self.sight.reads_words();
        let told = |line: QuestionLine| {
            let answer = line.answer.map(|(at, words)| (at, if reads { words } else { String::new() }));
            QuestionLine { answer, ..line }
        };
        questions(&self.file.offer).into_iter().map(told).collect()
    }

    fn verbals(&self) -> Vec<VerbalLine> {
        let table = &self.ground.pinned.table;
        let line = |recorded: &offer::lifecycle::Recorded| match seen(&recorded.event, &recorded.by, &self.sight, table)? {
            Event::VerbalRecorded { verbal, outside_approval, .. } => {
                Some(VerbalLine { recorded_at: recorded.at, verbal, outside_approval })
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
            held: letter.held.as_ref().map(|(_, reason)| self.words(reason)),
        }
    }

    /// How a mail fares. A mail system's answer says the address that it refused.
    fn mail(&self, mail: &Mail) -> Mail {
        let silent = || Private::Kept(String::new());
        match mail {
            Mail::Failed { at, .. } if !self.sight.shows(Side::Contact) => Mail::Failed { at: *at, reason: silent() },
            Mail::Bounced { at, returned_at, .. } if !self.sight.shows(Side::Contact) => {
                Mail::Bounced { at: *at, returned_at: *returned_at, reason: silent() }
            }
            mail => mail.clone(),
        }
    }

    /// What staff wrote, for those who read words; empty for whoever is blind to a number that may stand in them.
    pub(super) fn words(&self, words: &Words) -> String {
        if self.sight.reads_words() { shown(words) } else { String::new() }
    }

    /// What somebody wrote, for those who read the words of whoever it was.
    pub(super) fn words_of(&self, by: &By, words: &Words) -> String {
        if self.sight.reads_words_of(by) { shown(words) } else { String::new() }
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
                why: self.words_of(&proposal.by, &proposal.why),
                evidence: proposal.evidence.as_ref().map(|evidence| self.words_of(&proposal.by, evidence)).unwrap_or_default(),
                version: proposal.version,
                holds_letter: held_for == Some(id),
                conflicts: conflicts_of(id),
                outcome: self.outcome(&proposal.outcome),
                decided: proposal.decided.as_ref().map(|(at, by)| (*at, self.name_of(by))),
            })
            .collect();
        lines.sort_by_key(|line| (line.outcome != ProposalOutcome::Open, std::cmp::Reverse(line.at)));
        lines
    }

    /// What became of a proposal; why it was refused is staff's to say.
    fn outcome(&self, outcome: &ProposalOutcome) -> ProposalOutcome {
        match outcome {
            ProposalOutcome::Refused { .. } if !self.sight.reads_words() => {
                ProposalOutcome::Refused { reason: Private::Kept(String::new()) }
            }
            outcome => outcome.clone(),
        }
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

    pub(super) fn handoff_line(&self, recipient: &RecipientKey) -> Option<HandoffLine> {
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
        let stands = |role: &offer::id::Role| match request.agreed.get(role) {
            Some(by) => Agreement::Given(self.name_of(by)),
            None if self.ground.roster.with_role(role).any(|listed| request.may_still_agree(&listed.id)) => Agreement::Open,
            None => Agreement::NobodyLeft,
        };
        Some(RescissionLine {
            at: request.at,
            by: self.name_of(&request.by),
            reason: self.words(&request.reason),
            approvers: request.approvers.iter().map(|role| (role.clone(), stands(role))).collect(),
        })
    }

    fn history(&self) -> Vec<HistoryLine> {
        let table = &self.ground.pinned.table;
        let of_the_firm = self.sight.reads_talk() || self.receives();
        let line = |recorded: &offer::lifecycle::Recorded| {
            let event = seen(&recorded.event, &recorded.by, &self.sight, table)?;
            let own = recorded.by.person().is_some_and(|person| person == self.member.id);
            let event = if own { with_own_words(event, &recorded.event) } else { event };
            // a client reads the names of its own people; the firm's act as the firm
            let is_clients = recorded.by.kind == ActorKind::ClientContact;
            let by = if of_the_firm || is_clients { self.name_of(&recorded.by) } else { String::new() };
            Some(HistoryLine { seq: recorded.seq, at: recorded.at, by, own, event })
        };
        self.file.history.iter().rev().filter_map(line).collect()
    }
}

/// The same event with what its author said with a decision: one's own words are one's own.
fn with_own_words(seen: Event, done: &Event) -> Event {
    match (seen, done) {
        (Event::StepApproved { step, coverage, on_behalf_of, .. }, Event::StepApproved { comment, .. }) => {
            Event::StepApproved { step, coverage, comment: comment.clone(), on_behalf_of }
        }
        (Event::StepRejected { step, .. }, Event::StepRejected { reason, .. }) => Event::StepRejected { step, reason: reason.clone() },
        (seen, _) => seen,
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
