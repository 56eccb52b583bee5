//! The way of a change: load, gather, decide, seal, project, append; and again when something that was read has moved.

use std::sync::Arc;

use app::desk::Asked;
use offer::{
    access::{self, Access, Action, Actor},
    field::{self, Gate},
    id::OfferId,
    intake::Problem,
    ledger::Digest,
    lifecycle::{self, By, Command, Event, Mail, Offer, Recorded, Refusal, Status},
    playbook::Playbook,
};

use super::{
    DeskFault, HouseDesk, acceptance,
    drafts::Hands,
    file::OfferFile,
    ledger::{Head, OFFER, Telling},
    mails::{self, Occasion},
    pace,
    prepare::{Doer, Prepared},
    project::{self, Placing},
    world::Ground,
};
use crate::{
    fresh,
    identity::invitations,
    store::{Append, Change, ReceiptRow, SubmissionTryRow},
    vault::DataKey,
};

/// How often something is decided again when what was read has moved.
const TRIES: usize = 5;

/// What is to be done to an offer, as often as it takes.
pub(crate) struct Act<'a> {
    /// Which.
    pub(crate) offer: &'a OfferId,
    /// Who.
    pub(crate) doer: &'a Doer,
    /// What.
    pub(crate) asked: &'a Asked,
    /// Made with the form: the same twice is the same act. Empty for none.
    pub(crate) once: &'a str,
    /// Rows to write with the events, such as the settling of what was handed over.
    pub(crate) along: &'a [Change],
}

impl HouseDesk {
    /// Carries out what was asked.
    ///
    /// # Errors
    /// What refuses it; [`DeskFault::OutOfReach`] when it had to be decided again too often.
    pub(crate) async fn carry_out(&self, act: Act<'_>) -> Result<(), DeskFault> {
        let mut fault = DeskFault::OutOfReach;
        for _ in 0..TRIES {
            match self.carry_out_once(&act).await {
                Err(passing) if passing.is_passing() => fault = passing,
                other => return other,
            }
        }
        tracing::warn!(offer = act.offer.as_str(), fault = fault.code(), "decided too often in vain");
        match fault {
            DeskFault::SeatTaken => Err(Refusal::NoSeatFree.into()),
            _ => Err(DeskFault::OutOfReach),
        }
    }

    /// Something that the product itself does: the courier's news, an expiry.
    pub(crate) async fn clockwork(&self, offer: &OfferId, command: Command, along: &[Change]) -> Result<(), DeskFault> {
        let doer = Doer::plain(Actor::Clockwork);
        self.carry_out(Act { offer, doer: &doer, asked: &Asked::Command(command), once: "", along }).await
    }

    async fn carry_out_once(&self, act: &Act<'_>) -> Result<(), DeskFault> {
        let receipt = match self.receipt_for(act.doer.actor.id(), act.once, &asked_of(act)).await? {
            Receipt::Answered(_) => return Ok(()),
            Receipt::New(receipt) => receipt,
        };
        let file = self.file(act.offer).await?;
        let before = &file.offer;
        if access::may(&act.doer.actor, Action::See, &before.subject()) == Access::Hidden {
            return Err(DeskFault::NotFound);
        }
        let mut ground = self.ground(before).await?;
        ground.gather(before, None);
        let decided = self.decided(&file, &mut ground, act).await;
        if let (Err(fault), Asked::Submit { .. }) = (&decided, act.asked) {
            self.note_submission_try(before, &act.doer.actor, fault).await?;
        }
        let (events, mut changes) = decided.map_err(|fault| seen_by(fault, act, before, &ground))?;
        changes.extend(act.along.iter().cloned());
        if events.is_empty() {
            return Ok(self.store.change(self.firm(), changes).await?);
        }
        let (after, recorded) = after(before, &events, &act.doer.actor, &ground);
        let key = self.key_of(&after).await?;
        let request = fresh::id(ground.now)?;
        let telling = Telling { at: ground.now, actor: &act.doer.actor, request: &request, playbook: ground.pinned.version };
        let rows = self.written(OFFER, after.id.as_str(), file.head, &events, telling, Some(&key))?;
        let head =
            rows.last().map_or(file.head, |row| Head { seq: after.seq, leaf: row.leaf.as_slice().try_into().map_or(Digest::ZERO, Digest) });
        let history: Vec<Recorded> = file.history.iter().cloned().chain(recorded.iter().cloned()).collect();
        changes.extend(self.follows(before, &after, &history, &recorded, &ground, &key).await?);
        let occasion = Occasion { before, after: &after, recorded: &recorded, ground: &ground, actor: &act.doer.actor };
        changes.extend(self.mails(&occasion).await?);
        changes.extend(receipt.map(|row| Change::Receipt(ReceiptRow { at: ground.now.micros(), ..row })));
        self.store.append(Append { firm: self.firm().to_owned(), events: rows, changes, ..Append::default() }).await?;
        self.keep_file(Arc::new(OfferFile { offer: after, history, head }));
        Ok(())
    }

    async fn decided(&self, file: &OfferFile, ground: &mut Ground, act: &Act<'_>) -> Result<(Vec<Event>, Vec<Change>), DeskFault> {
        // before anything of the draft or the letter is looked at: a refusal must not tell what it says
        lifecycle::may_give(&file.offer, &ground.world(&act.doer.actor), act.asked.giver())?;
        let Prepared { command, along, terms, by_today } = self.prepare(file, ground, act.asked, act.doer).await?;
        if let Some(terms) = &terms {
            let rules_of = Arc::clone(if by_today { &ground.current } else { &ground.pinned });
            ground.gather(&file.offer, Some((terms, &rules_of.playbook.rules)));
        }
        if let Command::Delegate { step, .. } = &command {
            let for_whom = lifecycle::acting_for(&file.offer, &ground.world(&act.doer.actor), step)?;
            let from = for_whom.or_else(|| act.doer.actor.person().cloned());
            let delegates = from.map(|from| ground.delegates(&file.offer, step, &from)).unwrap_or_default();
            ground.facts.delegates.insert(step.clone(), delegates);
        }
        let events = lifecycle::decide(&file.offer, &ground.world(&act.doer.actor), command)?;
        Ok((events, along))
    }

    /// Every row that follows from a decision, but for its mails.
    async fn follows(
        &self,
        before: &Offer,
        after: &Offer,
        history: &[Recorded],
        recorded: &[Recorded],
        ground: &Ground,
        key: &DataKey,
    ) -> Result<Vec<Change>, DeskFault> {
        let mut changes = Vec::new();
        // a draft again: the terms are what is typed, for the recruiter to go on with
        let reopened = after.status == Status::Draft && before.status != Status::Draft;
        let entries = match (after.status, &after.terms) {
            (Status::Draft, Some(terms)) if reopened => {
                let entries = terms.entries();
                changes.push(self.draft_row(after.id.as_str(), &entries, Hands::new(), ground.now, key)?);
                Some(entries)
            }
            _ => self.typed(after).await?,
        };
        let place = project::place(
            after,
            Placing {
                history,
                entries: entries.as_ref(),
                pinned: pinned_after(after, ground),
                current: &ground.current.playbook,
                changed_at: ground.now,
            },
        )?;
        changes.push(Change::Board(Box::new(place)));
        changes.extend(pace::rows(&after.id, history, before.seq + 1));
        changes.extend(project::counted(before, after, recorded, ground));
        changes.extend(project::instants(Some(before), after));
        changes.extend(called_back(before, after));
        changes.extend(moved(before, after));
        for accepted in recorded.iter().filter(|recorded| matches!(recorded.event, Event::Accepted { .. })) {
            let record = acceptance::signed_record(after, accepted, &ground.pinned.playbook)?;
            changes.push(self.document_row(after, "application/json", &record.bytes, key)?);
        }
        Ok(changes)
    }

    /// Notes a submit that was refused or incomplete, outside the history: which fields, never what stood in them.
    async fn note_submission_try(&self, offer: &Offer, actor: &Actor, fault: &DeskFault) -> Result<(), DeskFault> {
        let tag = |value: serde_json::Value, key: &str| value.get(key).cloned().unwrap_or_default();
        let (outcome, details) = match fault {
            DeskFault::Problems(problems) => {
                let faults: Result<Vec<_>, serde_json::Error> = problems
                    .iter()
                    .map(|problem| {
                        Ok(serde_json::json!({"field": problem.field, "fault": tag(serde_json::to_value(&problem.fault)?, "fault")}))
                    })
                    .collect();
                ("incomplete", serde_json::Value::Array(faults?))
            }
            DeskFault::Refused(refusal) => ("refused", serde_json::json!([tag(serde_json::to_value(refusal)?, "refusal")])),
            _ => return Ok(()),
        };
        let now = self.now();
        let row = SubmissionTryRow {
            id: fresh::id(now)?,
            offer: offer.id.as_str().to_owned(),
            actor: actor.id().to_owned(),
            at: now.micros(),
            outcome: outcome.to_owned(),
            details: details.to_string(),
        };
        Ok(self.store.change(self.firm(), vec![Change::SubmissionTry(row)]).await?)
    }

    /// What a repeated form was answered, or the row that remembers this one; no row when the form carries no `once`.
    pub(super) async fn receipt_for(&self, actor: &str, once: &str, asked: &Digest) -> Result<Receipt, DeskFault> {
        if once.is_empty() {
            return Ok(Receipt::New(None));
        }
        let once = match self.store.receipt(self.firm(), actor, once).await? {
            None => once.to_owned(),
            Some(row) if row.asked == asked.0 => return Ok(Receipt::Answered(row.result)),
            // a page that somebody went back to and filled otherwise asks for something else
            Some(_) => {
                let otherwise = format!("{once}:{asked}");
                match self.store.receipt(self.firm(), actor, &otherwise).await? {
                    Some(row) => return Ok(Receipt::Answered(row.result)),
                    None => otherwise,
                }
            }
        };
        let row = ReceiptRow { actor: actor.to_owned(), once, at: 0, asked: asked.0.to_vec(), result: "{}".to_owned() };
        Ok(Receipt::New(Some(row)))
    }
}

/// A fault as whoever asked may read it.
fn seen_by(fault: DeskFault, act: &Act<'_>, offer: &Offer, ground: &Ground) -> DeskFault {
    let (sight, table) = (access::sight(&act.doer.actor, &offer.subject()), &ground.pinned.table);
    match fault {
        DeskFault::Refused(refusal) => DeskFault::Refused(access::seen_refusal(refusal, &sight, table)),
        DeskFault::Problems(problems) => {
            let is_seen = |problem: &Problem| table.get(&problem.field).is_none_or(|spec| sight.shows_field(spec));
            let seen: Vec<Problem> = problems.into_iter().filter(is_seen).collect();
            // what remains to be said when no field of it is seen
            if seen.is_empty() {
                Refusal::FieldsMissing { gate: Gate::Submit, fields: Vec::new() }.into()
            } else {
                DeskFault::Problems(seen)
            }
        }
        other => other,
    }
}

/// Whether a form was answered before.
pub(super) enum Receipt {
    /// With this.
    Answered(String),
    /// Not yet; this row is written with the answer.
    New(Option<ReceiptRow>),
}

/// What was asked, as a receipt knows it again.
fn asked_of(act: &Act<'_>) -> Digest {
    Digest::of(format!("{} {:?}", act.offer, act.asked).as_bytes())
}

/// The offer after its new events, and these as they are recorded.
fn after(before: &Offer, events: &[Event], actor: &Actor, ground: &Ground) -> (Offer, Vec<Recorded>) {
    let by = By { kind: actor.kind(), id: actor.id().to_owned() };
    let mut after = before.clone();
    let mut recorded = Vec::with_capacity(events.len());
    for event in events {
        let next = Recorded { seq: after.seq + 1, at: ground.now, by: by.clone(), event: event.clone() };
        after.apply(&next);
        recorded.push(next);
    }
    (after, recorded)
}

/// The playbook under which an offer stands now: a submission pins the one it was routed by.
fn pinned_after<'a>(after: &Offer, ground: &'a Ground) -> &'a Playbook {
    if after.playbook == ground.current.version { &ground.current.playbook } else { &ground.pinned.playbook }
}

/// Links to an address that is not the candidate's any more open nothing from the change on.
fn moved(before: &Offer, after: &Offer) -> Option<Change> {
    (address(before)? != address(after)?).then(|| elsewhere_closed(after)).flatten()
}

fn address(offer: &Offer) -> Option<&str> {
    offer.terms.as_ref()?.text(&field::CANDIDATE_EMAIL)
}

/// Takes back every link of the candidate that was mailed to another address than theirs.
pub(super) fn elsewhere_closed(offer: &Offer) -> Option<Change> {
    Some(invitations::moved_to(&offer.id, address(offer)?))
}

/// The mail of a letter that was retired before it left is not sent any more.
fn called_back(before: &Offer, after: &Offer) -> Option<Change> {
    let letter = before.letter.as_ref().filter(|letter| letter.mail == Mail::OnItsWay)?;
    let still_goes = after.status == before.status || after.status == Status::Sent;
    let same = after.letter.as_ref().is_some_and(|after| after.made == letter.made);
    (!(same && still_goes)).then(|| Change::OutboxCancel { key: mails::letter_key(before, letter.made.document.as_str()) })
}
