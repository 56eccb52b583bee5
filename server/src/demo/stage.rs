//! Plays the schedule: each thing is a command of whoever would give it, through the port of the pages, at its own instant.

use std::collections::BTreeMap;

use app::desk::{Accept, Answer, Asked, Begin, Desk as _, Notice, Viewer};
use offer::{
    access::Member,
    field::FieldKey,
    id::{OfferId, PersonId, RequisitionId, Role, StepKey, role},
    ledger::AuthLevel,
    lifecycle::{Approve, Command, ContingencyState, Decline, ExceptionReasons, Mail, Offer, ProposalOutcome, Refusal, Status, StepState},
    moment::Moment,
    person::Person,
    playbook::ContingencyDue,
    policy::{ManagerOf, Relation, Who},
    requisition::Requisition,
    terms::Entries,
};

use super::{
    cast::Part,
    clock::Hand,
    details, said,
    schedule::{Act, accept_by},
    story::{Deed, No, Spoken, Typed, Until},
};
use crate::{
    cli::CommandFault,
    clockwork,
    desk::{Listed, Port, zones},
    outbox::Worker,
};

/// How long the courier takes.
const COURIER_SECONDS: i64 = 4;
/// What a mail system says of an address that nobody has.
const BOUNCED: &str = "550 5.1.1 <address>: recipient rejected: no such mailbox here";
/// What a browser of a candidate calls itself.
const BROWSER: &str = "Mozilla/5.0 (demo)";

/// An offer that was begun.
#[derive(Clone, Debug)]
struct Begun {
    offer: OfferId,
    candidate: PersonId,
}

/// Everybody and everything that the stories need.
pub(super) struct Stage<'a> {
    port: &'a Port,
    worker: &'a Worker,
    hand: &'a Hand,
    cast: &'a [Part],
    now: Moment,
    /// From this instant on mails are handed over as ever; those before count as delivered.
    mails_from: Moment,
    people: Vec<(PersonId, Person, Viewer)>,
    openings: BTreeMap<String, (RequisitionId, Requisition)>,
    begun: BTreeMap<usize, Begun>,
}

impl<'a> Stage<'a> {
    /// A stage with the people and openings as they stand.
    pub(super) async fn set(
        port: &'a Port,
        worker: &'a Worker,
        hand: &'a Hand,
        cast: &'a [Part],
        (mails_from, now): (Moment, Moment),
    ) -> Result<Self, CommandFault> {
        let current = port.house.current().await.map_err(said)?;
        let mut listed = port.house.people().await.map_err(said)?;
        // ids of people who were imported at one instant have no order
        listed.sort_by(|one, other| one.person.email().cmp(&other.person.email()));
        let viewer = |Listed { id, person, is_contact, .. }: &Listed| {
            let level = if *is_contact { AuthLevel::Code } else { AuthLevel::Password };
            let member = Member::resolve(id.clone(), person, level, &current.playbook);
            let (name, zone) = (person.name().unwrap_or_default().to_owned(), person.zone.clone());
            if *is_contact { Viewer::Client { member, name, zone } } else { Viewer::Staff { member, name, zone, proven: true } }
        };
        let people = listed.iter().map(|listed| (listed.id.clone(), listed.person.clone(), viewer(listed))).collect();
        let openings = port.house.requisitions_all().await.map_err(said)?;
        let openings = openings.into_iter().map(|(id, opening)| (opening.number.clone(), (id, opening))).collect();
        Ok(Self { port, worker, hand, cast, now, mails_from, people, openings, begun: BTreeMap::new() })
    }

    /// Everything in its order.
    pub(super) async fn play(&mut self, acts: &[Act]) -> Result<(), CommandFault> {
        for act in acts {
            self.wind(act.at).await?;
            self.hand.set(act.at)?;
            self.act(act).await.map_err(|fault| {
                let who = self.cast.get(act.part).map_or("", |part| part.name);
                CommandFault::Said(format!("the demo's offer for {who}, {:?} on {}: {fault}", act.deed, act.at))
            })?;
            if act.at >= self.mails_from {
                self.hand.set(act.at.plus_seconds(COURIER_SECONDS))?;
                self.worker.turn(self.port.house.now().micros()).await.map_err(said)?;
            }
        }
        Ok(())
    }

    /// Everything that the clockwork does by then, each at its own instant.
    pub(super) async fn wind(&self, until: Moment) -> Result<(), CommandFault> {
        let house = &self.port.house;
        while let Some(due_at) = house.store.next_due(house.firm(), until.micros()).await.map_err(said)? {
            self.hand.set(Moment::from_micros(due_at).unwrap_or(until))?;
            if clockwork::turn(house).await.map_err(said)? == 0 {
                return Err(lacks("a way to do what is due"));
            }
        }
        Ok(())
    }

    /// The offers that were begun, in the order of the cast.
    pub(super) fn offers(&self) -> Vec<OfferId> {
        self.begun.values().map(|begun| begun.offer.clone()).collect()
    }

    async fn act(&mut self, act: &Act) -> Result<(), CommandFault> {
        let Some(part) = self.cast.get(act.part) else { return Err(lacks("a part")) };
        if act.deed == Deed::Begin {
            return self.begin(act.part, part).await;
        }
        let begun = self.begun.get(&act.part).cloned().ok_or_else(|| lacks("a beginning"))?;
        let file = self.port.house.file(&begun.offer).await.map_err(said)?;
        let scene = Scene { stage: self, part, begun: &begun, offer: &file.offer };
        scene.play(act).await
    }

    async fn begin(&mut self, index: usize, part: &Part) -> Result<(), CommandFault> {
        let (id, opening) = self.openings.get(part.opening).ok_or_else(|| lacks(part.opening))?;
        let recruiter = opening.recruiter().and_then(|id| self.viewer(&id)).ok_or_else(|| lacks("a recruiter"))?;
        let begin = Begin {
            requisition: Some(id.clone()),
            engagement: None,
            name: part.name.to_owned(),
            email: details::email(part.name),
            once: String::new(),
        };
        let offer = done(self.port.begin(recruiter, begin).await)?;
        let candidate = self.port.house.file(&offer).await.map_err(said)?.offer.candidate.clone().ok_or_else(|| lacks("a candidate"))?;
        self.begun.insert(index, Begun { offer, candidate });
        Ok(())
    }

    fn viewer(&self, person: &PersonId) -> Option<&Viewer> {
        self.people.iter().find(|(id, ..)| id == person).map(|(.., viewer)| viewer)
    }
}

/// One offer on the stage.
struct Scene<'a> {
    stage: &'a Stage<'a>,
    part: &'a Part,
    begun: &'a Begun,
    offer: &'a Offer,
}

impl Scene<'_> {
    async fn play(&self, act: &Act) -> Result<(), CommandFault> {
        match act.deed {
            Deed::Begin => Ok(()),
            Deed::Type => self.save(details::typed(self.part, &self.opening()?.prefill)).await,
            Deed::Jot => {
                let pay = [("pay.base", self.part.pay)];
                self.save(entries(pay.iter().filter(|(_, text)| !text.is_empty()).chain(self.part.also))).await
            }
            Deed::Submit => self.submit().await,
            Deed::Approve(step) => self.approve(step, "").await,
            Deed::ApproveWith(step, comment) => self.approve(step, comment).await,
            Deed::Return(step, question) => {
                self.command(self.decider(step)?, Command::Return { step: StepKey::new(step), question: question.to_owned() }).await
            }
            Deed::AnswerStep(step, answer) => {
                self.command(self.recruiter()?, Command::AnswerStep { step: StepKey::new(step), answer: answer.to_owned() }).await
            }
            Deed::Reject(step, reason) => {
                let reject = Command::Reject { step: StepKey::new(step), version: self.offer.version, reason: reason.to_owned() };
                self.command(self.decider(step)?, reject).await
            }
            Deed::Comment(text) => self.command(self.recruiter()?, Command::Comment { text: text.to_owned() }).await,
            Deed::Speak(spoken) => self.speak(act.at, spoken).await,
            Deed::Propose(typed, why) => {
                let asked = Asked::Propose {
                    version: self.offer.version,
                    typed: entries(typed),
                    why: why.to_owned(),
                    evidence: String::new(),
                    for_candidate: true,
                    hold_letter: false,
                };
                self.ask(self.recruiter()?, asked).await
            }
            Deed::Adopt(typed, why) => self.adopt(typed, why).await,
            Deed::Send(until) => self.send(act, until).await,
            Deed::Bounce => self.bounce().await,
            Deed::Expire => clockwork::turn(&self.stage.port.house).await.map(drop).map_err(said),
            deed => self.candidate_or_after(deed).await,
        }
    }

    /// What the candidate does, how it ends, and what comes after the signature.
    async fn candidate_or_after(&self, deed: Deed) -> Result<(), CommandFault> {
        let question = details::question(self.part.name);
        match deed {
            Deed::Read => self.command(&self.candidate(), Command::View).await,
            Deed::Ask => self.command(&self.candidate(), Command::Ask { text: question.0.to_owned() }).await,
            Deed::Answer => {
                let (id, _) = self.offer.open_questions().next().ok_or_else(|| lacks("a question"))?;
                let answer = Command::AnswerQuestion { question: id.clone(), text: question.1.to_owned() };
                self.command(self.recruiter()?, answer).await
            }
            Deed::RequestChange(why) => self.command(&self.candidate(), Command::RequestChange { why: why.to_owned() }).await,
            Deed::Sign => self.sign().await,
            Deed::Decline(no) => self.command(&self.candidate(), declined(no)).await,
            Deed::SaidNo(no) => self.command(self.recruiter()?, declined(no)).await,
            Deed::Withdraw(reason) => self.command(self.recruiter()?, Command::Withdraw { reason: reason.to_owned() }).await,
            Deed::Cancel(reason) => self.command(self.recruiter()?, Command::Cancel { reason: reason.to_owned() }).await,
            Deed::Reopen(reason) => self.command(self.recruiter()?, Command::Reopen { reason: reason.to_owned() }).await,
            Deed::AskRescission(reason) => self.command(self.recruiter()?, Command::AskRescission { reason: reason.to_owned() }).await,
            Deed::AgreeRescission(role) => self.command(self.of_role(&Role::new(role))?, Command::AgreeRescission).await,
            Deed::ClearBeforeSigning => self.clear(ContingencyDue::Acceptance, usize::MAX).await,
            Deed::ClearNext => self.clear(ContingencyDue::Handoff, 1).await,
            Deed::ClearRest => self.clear(ContingencyDue::Handoff, usize::MAX).await,
            Deed::ConfirmStart => self.command(self.recruiter()?, Command::ConfirmStart).await,
            Deed::TakeOver => self.take_over("", 1).await,
            Deed::TakeOverBut(recipient) => self.take_over(recipient, usize::MAX).await,
            Deed::Start => {
                let day = self.offer.terms.as_ref().and_then(|terms| terms.day(&offer::field::START)).ok_or_else(|| lacks("a start"))?;
                self.command(self.recruiter()?, Command::Start { day }).await
            }
            Deed::NotStart(by, reason) => self.command(self.recruiter()?, Command::NotStart { by, reason: reason.to_owned() }).await,
            _ => Err(lacks("a way to do that")),
        }
    }

    async fn save(&self, mut typed: Entries) -> Result<(), CommandFault> {
        let recruiter = self.recruiter()?;
        // an engagement asks for what it needs
        let intake = done(self.stage.port.intake(recruiter, &self.begun.offer).await)?;
        // what the opening says is right, but for overtime, of which a client's sheet names every state's rule
        let asked_for =
            |key: &FieldKey| intake.editable.contains(key) && (!intake.prefilled.contains(key) || *key == offer::field::OVERTIME_RULE);
        typed = typed.iter().filter(|(key, _)| asked_for(key)).map(|(key, text)| (key.clone(), text.to_owned())).collect();
        done(self.stage.port.save(recruiter, &self.begun.offer, typed).await)
    }

    async fn submit(&self) -> Result<(), CommandFault> {
        let recruiter = self.recruiter()?;
        let review = done(self.stage.port.review(recruiter, &self.begun.offer).await)?;
        self.ask(recruiter, Asked::Submit { reasons: details::reasons(&review.findings) }).await
    }

    async fn approve(&self, step: &'static str, comment: &str) -> Result<(), CommandFault> {
        let approve = Approve { step: StepKey::new(step), version: self.offer.version, comment: comment.to_owned(), ranges: Vec::new() };
        self.command(self.able(step).await?, Command::Approve(approve)).await
    }

    /// Whoever the step asks and still waits on, within their limits.
    async fn able(&self, step: &'static str) -> Result<&Viewer, CommandFault> {
        let first = self.decider(step)?;
        let key = StepKey::new(step);
        let role = self.offer.route.step(&key).map(|step| step.who.role());
        let same_role = self.stage.people.iter().filter(|(_, person, _)| role.as_ref().is_some_and(|role| person.is(role)));
        for viewer in std::iter::once(first).chain(same_role.map(|(.., viewer)| viewer)) {
            if let Answer::Done(page) = self.stage.port.offer(viewer, &self.begun.offer).await
                && page.deciding.iter().any(|(waits, deciding)| *waits == key && deciding.beyond.is_none())
            {
                return Ok(viewer);
            }
        }
        Err(lacks("somebody who may decide"))
    }

    /// Pay and start are always spoken of; the rest is the story's.
    async fn speak(&self, at: Moment, spoken: Spoken) -> Result<(), CommandFault> {
        let recruiter = self.recruiter()?;
        let zone = zones::zone(recruiter.zone()).unwrap_or(chrono_tz::Tz::UTC);
        let terms = self.offer.terms.as_ref().map(offer::terms::Terms::entries).unwrap_or_default();
        let mut said: Entries = entries(spoken.also);
        for key in [offer::field::PAY_BASE, offer::field::START] {
            if let Some(text) = terms.get(&key) {
                said.set(key, text);
            }
        }
        let asked = Asked::Verbal {
            occurred_at: zones::local(at.plus_seconds(-25 * 60), zone).format("%Y-%m-%dT%H:%M").to_string(),
            spoken: said,
            response: spoken.response,
            expectation: spoken.expectation.to_owned(),
            competing_offer: spoken.competing.to_owned(),
            competing_deadline: (spoken.competing_days > 0)
                .then(|| at.day().checked_add_days(chrono::Days::new(spoken.competing_days)))
                .flatten(),
            notes: String::new(),
        };
        self.ask(recruiter, asked).await
    }

    async fn adopt(&self, typed: Typed, why: &str) -> Result<(), CommandFault> {
        let (proposal, _) = self
            .offer
            .proposals
            .iter()
            .find(|(_, proposal)| proposal.outcome == ProposalOutcome::Open)
            .ok_or_else(|| lacks("a proposal"))?;
        let recruiter = self.recruiter()?;
        let asked = |reasons: ExceptionReasons| Asked::Adopt {
            proposal: proposal.clone(),
            version: self.offer.version,
            typed: entries(typed),
            why: why.to_owned(),
            reasons,
        };
        self.ask_with_reasons(recruiter, asked).await
    }

    /// Sends the letter; of the past, the courier has handed it over by now.
    async fn send(&self, act: &Act, until: Until) -> Result<(), CommandFault> {
        let recruiter = self.recruiter()?;
        let zone = self.offer.terms.as_ref().and_then(|terms| terms.text(&offer::field::ACCEPT_BY_ZONE)).unwrap_or("America/Chicago");
        let accept_by = accept_by(act, until, self.stage.now, zones::zone(zone).unwrap_or(chrono_tz::Tz::UTC));
        let accept_by = accept_by.format("%Y-%m-%dT%H:%M").to_string();
        let asked = |reasons: ExceptionReasons| Asked::Send {
            version: self.offer.version,
            accept_by: accept_by.clone(),
            zone: zone.to_owned(),
            reasons,
        };
        self.ask_with_reasons(recruiter, asked).await?;
        if act.at >= self.stage.mails_from {
            return Ok(());
        }
        self.stage.hand.set(act.at.plus_seconds(COURIER_SECONDS))?;
        let house = &self.stage.port.house;
        let rows = house.store.outbox_of(house.firm(), self.begun.offer.as_str()).await.map_err(said)?;
        let message = rows.into_iter().rfind(|row| row.key.starts_with("letter:")).ok_or_else(|| lacks("a letter's mail"))?.id;
        house.clockwork(&self.begun.offer, Command::MarkSent { message }, &[]).await.map_err(said)
    }

    async fn bounce(&self) -> Result<(), CommandFault> {
        let Some(Mail::HandedOver { message, .. }) = self.offer.letter.as_ref().map(|letter| &letter.mail) else {
            return Err(lacks("a letter that was handed over"));
        };
        let reason = BOUNCED.replace("address", &details::email(self.part.name));
        self.stage.port.house.bounced(message, &reason).await.map(drop).map_err(said)
    }

    async fn sign(&self) -> Result<(), CommandFault> {
        let candidate = self.candidate();
        let page = done(self.stage.port.candidate(&candidate).await)?;
        let letter = page.letter.ok_or_else(|| lacks("a letter"))?;
        let accept =
            Accept { version: letter.version, letter: letter.digest, typed_name: self.part.name.to_owned(), consent: Some(page.consent.0) };
        self.ask(&candidate, Asked::Accept(accept)).await
    }

    async fn clear(&self, due: ContingencyDue, most: usize) -> Result<(), CommandFault> {
        let pinned = self.stage.port.house.shelved(self.offer.playbook).await.map_err(said)?;
        let hr_ops = self.of_role(&role::HR_OPS)?;
        for kind in self.offer.open_contingencies(&pinned.playbook, due).into_iter().take(most) {
            let evidence = format!(
                "report {} of {}",
                2_000 + super::schedule::chance(self.part.name, kind.as_str(), 7_000),
                kind.as_str().replace('_', " ")
            );
            self.command(hr_ops, Command::ResolveContingency { kind, state: ContingencyState::Cleared, evidence }).await?;
        }
        Ok(())
    }

    async fn take_over(&self, but: &str, most: usize) -> Result<(), CommandFault> {
        let waiting = self.offer.handoffs.iter().filter(|(key, handoff)| handoff.acknowledged.is_none() && key.as_str() != but);
        for (recipient, handoff) in waiting.take(most) {
            let reference = format!("T-{}", 10_000 + super::schedule::chance(self.part.name, recipient.as_str(), 9_000));
            let whose = if handoff.role == role::ACCOUNT_MANAGER { self.account_manager()? } else { self.of_role(&handoff.role)? };
            self.command(whose, Command::Acknowledge { recipient: recipient.clone(), reference }).await?;
        }
        Ok(())
    }

    async fn command(&self, who: &Viewer, command: Command) -> Result<(), CommandFault> {
        self.ask(who, Asked::Command(command)).await
    }

    async fn ask(&self, who: &Viewer, asked: Asked) -> Result<(), CommandFault> {
        done(self.stage.port.act(who, &self.begun.offer, asked, "").await)
    }

    /// Asks, and when findings want a reason, asks again with one.
    async fn ask_with_reasons(&self, who: &Viewer, asked: impl Fn(ExceptionReasons) -> Asked) -> Result<(), CommandFault> {
        match self.stage.port.act(who, &self.begun.offer, asked(Vec::new()), "").await {
            Answer::Refused(Refusal::Unexplained { findings }) => self.ask(who, asked(details::reasons(&findings))).await,
            answer => done(answer),
        }
    }

    fn opening(&self) -> Result<&Requisition, CommandFault> {
        self.stage.openings.get(self.part.opening).map(|(_, opening)| opening).ok_or_else(|| lacks(self.part.opening))
    }

    fn candidate(&self) -> Viewer {
        Viewer::Candidate {
            person: self.begun.candidate.clone(),
            offer: self.begun.offer.clone(),
            email: details::email(self.part.name),
            address: format!("203.0.113.{}", 1 + super::schedule::chance(self.part.name, "network", 250)),
            user_agent: BROWSER.to_owned(),
        }
    }

    fn recruiter(&self) -> Result<&Viewer, CommandFault> {
        self.named(Relation::Recruiter)
    }

    fn account_manager(&self) -> Result<&Viewer, CommandFault> {
        self.named(Relation::AccountManager)
    }

    fn named(&self, relation: Relation) -> Result<&Viewer, CommandFault> {
        let person = self.offer.about.relations.of(relation);
        person.and_then(|person| self.stage.viewer(person)).ok_or_else(|| lacks(relation.code()))
    }

    /// Whoever the step asks; of a role with several people, one of them.
    fn decider(&self, step: &str) -> Result<&Viewer, CommandFault> {
        let key = StepKey::new(step);
        let waits = matches!(self.offer.steps.get(&key), Some(StepState::Open { .. })) && self.offer.status == Status::InReview;
        let step = self.offer.route.step(&key).filter(|_| waits).ok_or_else(|| lacks("an open step"))?;
        match &step.who {
            Who::Role(role) | Who::ManagerOf(ManagerOf { role, .. }) => self.of_role(role),
            Who::Relation(relation) => self.named(*relation),
        }
    }

    fn of_role(&self, role: &Role) -> Result<&Viewer, CommandFault> {
        let people: Vec<&Viewer> = self.stage.people.iter().filter(|(_, person, _)| person.is(role)).map(|(.., viewer)| viewer).collect();
        details::one_of(&people, self.part.name, role).copied().ok_or_else(|| lacks(role.as_str()))
    }
}

fn declined(no: No) -> Command {
    Command::Decline(Decline { primary: no.primary, secondary: no.secondary, note: no.note.to_owned() })
}

fn entries<'t>(typed: impl IntoIterator<Item = &'t (&'static str, &'static str)>) -> Entries {
    typed.into_iter().map(|(key, text)| (FieldKey::new(*key), (*text).to_owned())).collect()
}

fn lacks(what: &str) -> CommandFault {
    CommandFault::Said(format!("there is not {what}"))
}

fn done<T: std::fmt::Debug>(answer: Answer<T>) -> Result<T, CommandFault> {
    match answer {
        Answer::Done(done) => Ok(done),
        other => Err(CommandFault::Said(match other.notice() {
            Some(Notice::Problems(problems)) => format!("{problems:?}"),
            notice => format!("{notice:?}"),
        })),
    }
}
