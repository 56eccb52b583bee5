//! From what a form asks to a command: typed texts are read, and what only a server can make is made.

use std::collections::BTreeSet;

use app::desk::Asked;
use offer::{
    access::{self, About, Actor},
    field::{self, FieldKey, Gate},
    id::PersonId,
    intake::{self, Fault, Problem},
    ledger::Digest,
    lifecycle::{
        self, AcceptBy, AcceptanceEvidence, Adopt, Command, LetterRef, Offer, ProposalOutcome, Refusal, Send, Subjectless, Submit, Verbal,
    },
    moment::Moment,
    policy::ApprovedRange,
    private::Private,
    terms::{Change as TermChange, Entries, Terms, Value},
};

use super::{DeskFault, HouseDesk, drafts::Drafted, file::OfferFile, letters, world::Ground, zones};
use crate::store::Change;

/// Who asks, with what only the server knows of the request.
#[derive(Clone, Debug)]
pub(crate) struct Doer {
    /// Who.
    pub(crate) actor: Actor,
    /// The zone in which they write times.
    pub(crate) zone: String,
    /// How the request came; for a candidate's signature.
    pub(crate) evidence: Option<AcceptanceEvidence>,
}

impl Doer {
    /// Somebody, or something, that types nothing.
    pub(crate) fn plain(actor: Actor) -> Self {
        Self { actor, zone: "UTC".to_owned(), evidence: None }
    }
}

/// A command with the rows that must be written with its events.
pub(super) struct Prepared {
    pub(super) command: Command,
    pub(super) along: Vec<Change>,
    /// The terms that the route to come is made of, where they are not the offer's own.
    pub(super) terms: Option<Terms>,
    /// Whether today's rules make that route, and not those by which the offer was routed.
    pub(super) by_today: bool,
}

impl Prepared {
    fn of(command: Command) -> Self {
        Self { command, along: Vec::new(), terms: None, by_today: false }
    }
}

impl HouseDesk {
    /// Turns what was asked into a command.
    pub(super) async fn prepare(&self, file: &OfferFile, ground: &Ground, asked: &Asked, doer: &Doer) -> Result<Prepared, DeskFault> {
        let offer = &file.offer;
        Ok(match asked {
            Asked::Command(command @ Command::Reroute(_)) => {
                Prepared { terms: offer.terms.clone(), by_today: true, ..Prepared::of(command.clone()) }
            }
            Asked::Command(command) => Prepared::of(only_what_a_form_can_ask(command)?),
            Asked::Approve { step, version, comment, lowest, highest } => Prepared::of(Command::Approve(lifecycle::Approve {
                step: step.clone(),
                version: *version,
                comment: comment.clone(),
                ranges: ranges(lowest, highest, ground)?,
            })),
            Asked::MoveDraft => {
                let drafted = self.drafted(offer).await?.ok_or(Refusal::NotInThisState { status: offer.status })?;
                let terms = intake::read_what_stands(&drafted.entries, &ground.current.table);
                Prepared::of(Command::MoveDraft { about: About::of(&terms) })
            }
            Asked::Submit { reasons } => {
                let (terms, drafted) = self.submission(offer, ground).await?;
                let hands = drafted.writers();
                let along = vec![Change::Draft(drafted.row.clone()), Change::DraftRemove { offer: drafted.row.offer }];
                let submit = Command::Submit(Submit { terms: terms.clone(), reasons: reasons.clone(), hands });
                Prepared { along, terms: Some(terms), ..Prepared::of(submit) }
            }
            Asked::Send { version, accept_by, zone, reasons } => {
                let accept_by = letters::accept_by(accept_by, zone, ground)?;
                let send =
                    |letter| Command::Send(Send { version: *version, letter, accept_by: accept_by.clone(), reasons: reasons.clone() });
                self.with_letter(offer, ground, doer, &accept_by, send).await?
            }
            Asked::MoveAcceptBy { accept_by, zone, reason } => {
                let accept_by = letters::accept_by(accept_by, zone, ground)?;
                let moved = |letter| Command::MoveAcceptBy { accept_by: accept_by.clone(), letter, reason: reason.clone() };
                self.with_letter(offer, ground, doer, &accept_by, moved).await?
            }
            Asked::Verbal { occurred_at, spoken, response, expectation, competing_offer, competing_deadline, notes } => {
                Prepared::of(Command::RecordVerbal(Verbal {
                    occurred_at: occurred(occurred_at, &doer.zone, ground.now)?,
                    spoken: spoken_terms(offer, spoken, ground, doer)?,
                    response: *response,
                    expectation: words(expectation)?,
                    competing_offer: words(competing_offer)?,
                    competing_deadline: *competing_deadline,
                    notes: words(notes)?,
                }))
            }
            Asked::Propose { version, typed, why, evidence, for_candidate, hold_letter } => {
                let changes = changes(offer, *version, typed, ground, doer)?;
                names_fit(merged(offer, *version, &changes, ground).as_ref(), &changes, ground)?;
                Prepared::of(Command::Propose(lifecycle::Propose {
                    version: *version,
                    changes,
                    why: why.clone(),
                    evidence: evidence.clone(),
                    for_candidate: *for_candidate,
                    hold_letter: *hold_letter,
                }))
            }
            Asked::Adopt { proposal, version, typed, why, reasons } => {
                let open = offer.proposals.get(proposal).filter(|proposal| proposal.outcome == ProposalOutcome::Open);
                let open = open.ok_or(Refusal::NoSuch { what: Subjectless::Proposal })?;
                let nothing_typed = typed.iter().next().is_none();
                let changes = if nothing_typed { open.changes.to_vec() } else { changes(offer, *version, typed, ground, doer)? };
                let terms = merged(offer, *version, &changes, ground);
                names_fit(terms.as_ref(), &changes, ground)?;
                let adopt = Adopt { proposal: proposal.clone(), version: *version, changes, why: why.clone(), reasons: reasons.clone() };
                Prepared { terms, ..Prepared::of(Command::Adopt(adopt)) }
            }
            Asked::Accept(accept) => {
                let evidence = doer.evidence.clone().ok_or(DeskFault::SignIn)?;
                Prepared::of(Command::Accept(lifecycle::Accept {
                    version: accept.version,
                    letter: accept.letter,
                    typed_name: accept.typed_name.clone(),
                    consent: accept.consent,
                    evidence,
                }))
            }
        })
    }

    /// What a draft reads as for its approvers, and the row that must still stand when it is submitted.
    async fn submission(&self, offer: &Offer, ground: &Ground) -> Result<(Terms, Drafted), DeskFault> {
        let not_now = Refusal::NotInThisState { status: offer.status };
        let drafted = self.drafted(offer).await?.ok_or(not_now)?;
        let terms = intake::read(&drafted.entries, &ground.pinned.table, Gate::Submit).map_err(DeskFault::Problems)?;
        let problems = misnamed(&terms, ground);
        if problems.is_empty() { Ok((terms, drafted)) } else { Err(DeskFault::Problems(problems)) }
    }

    /// A command that carries a letter. It is decided once with a letter of nothing: none is set for a command that would be refused.
    async fn with_letter(
        &self,
        offer: &Offer,
        ground: &Ground,
        doer: &Doer,
        accept_by: &AcceptBy,
        command: impl Fn(LetterRef) -> Command,
    ) -> Result<Prepared, DeskFault> {
        lifecycle::decide(offer, &ground.world(&doer.actor), command(a_letter_of_nothing(ground)))?;
        let sender = match doer.actor.person() {
            Some(person) => ground.roster.name(person),
            None => offer.about.relations.recruiter.as_ref().map(|recruiter| ground.roster.name(recruiter)).unwrap_or_default(),
        };
        let key = self.key_of(offer).await?;
        let made = self.make_letter(offer, ground, &sender, accept_by, &key).await?;
        Ok(Prepared { along: made.documents, ..Prepared::of(command(made.letter)) })
    }
}

/// Spans of values as their ends were typed; a field without an end has none.
fn ranges(lowest: &Entries, highest: &Entries, ground: &Ground) -> Result<Vec<ApprovedRange>, DeskFault> {
    let fields: BTreeSet<&FieldKey> = lowest.iter().chain(highest.iter()).map(|(field, _)| field).collect();
    let read = |field: &FieldKey| {
        let range = ApprovedRange::read(field, lowest.typed(field), highest.typed(field), &ground.pinned.table);
        range.map_err(|because| Refusal::RangeUnfit { field: field.clone(), because }.into()).transpose()
    };
    fields.into_iter().filter_map(read).collect()
}

/// Commands that carry what only the server makes never come from a form as they are.
fn only_what_a_form_can_ask(command: &Command) -> Result<Command, DeskFault> {
    match command {
        Command::Draft(_)
        | Command::MoveDraft { .. }
        | Command::Submit(_)
        | Command::Send(_)
        | Command::MoveAcceptBy { .. }
        | Command::Accept(_) => Err(Refusal::NotAllowed { because: offer::access::Denial::NotYourRole }.into()),
        command => Ok(command.clone()),
    }
}

fn a_letter_of_nothing(ground: &Ground) -> LetterRef {
    let template = offer::id::TemplateKey::named("");
    let nothing = Digest::ZERO;
    LetterRef {
        document: ground.fresh().document(),
        template,
        playbook: ground.pinned.version,
        digest: nothing,
        blocks: nothing,
        pdf: nothing,
    }
}

/// When something was said, typed in the zone of whoever recorded it; not in the future.
fn occurred(typed: &str, zone: &str, now: Moment) -> Result<Moment, DeskFault> {
    let problem = |fault| DeskFault::Problems(vec![Problem { field: FieldKey::named("occurred_at"), fault }]);
    if typed.trim().is_empty() {
        return Err(problem(Fault::Missing { gate: Gate::Never }));
    }
    let zone = zones::zone(zone).unwrap_or(chrono_tz::UTC);
    let at = zones::read_local(typed.trim()).and_then(|local| zones::instant(local, zone));
    match at {
        None => Err(problem(Fault::NotADateAndTime)),
        // clocks of browser and server may differ by a minute or two
        Some(at) if at > now.plus_seconds(300) => {
            Err(problem(Fault::TooLarge { max: Value::Text(zones::local(now, zone).format("%Y-%m-%dT%H:%M").to_string()) }))
        }
        Some(at) => Ok(at),
    }
}

/// The fields that were spoken, read one by one.
fn spoken_terms(offer: &Offer, typed: &Entries, ground: &Ground, doer: &Doer) -> Result<Terms, DeskFault> {
    only_seen(offer, typed, ground, doer)?;
    let table = &ground.pinned.table;
    let problems: Vec<Problem> = typed
        .iter()
        .filter(|(_, text)| !text.trim().is_empty())
        .filter_map(|(key, text)| {
            let fault = match table.get(key) {
                None => Fault::NotAField,
                Some(spec) => intake::read_value(text, spec).err()?,
            };
            Some(Problem { field: key.clone(), fault })
        })
        .collect();
    if problems.is_empty() { Ok(intake::read_what_stands(typed, table)) } else { Err(DeskFault::Problems(problems)) }
}

/// A text that may be empty and must fit.
fn words(text: &str) -> Result<Option<lifecycle::Words>, DeskFault> {
    let text: String = text.trim().chars().filter(|c| *c != '\0').collect();
    let characters_max = offer::acceptance::TEXT_CHARACTERS_MAX;
    if u32::try_from(text.chars().count()).map_or(true, |count| count > characters_max) {
        return Err(Refusal::TextTooLong { characters_max }.into());
    }
    Ok((!text.is_empty()).then_some(Private::Kept(text)))
}

/// What was typed otherwise than it stood in the version that was read: what somebody else changed meanwhile is not changed back by it.
fn changes(offer: &Offer, read_at: u32, typed: &Entries, ground: &Ground, doer: &Doer) -> Result<Vec<TermChange>, DeskFault> {
    only_seen(offer, typed, ground, doer)?;
    let read = offer.versions.get(&read_at).ok_or(Refusal::MovedOn { now_at: offer.version, changed: Vec::new() })?;
    intake::read_changes(read, typed, &ground.pinned.table).map_err(DeskFault::Problems)
}

/// The terms as they would be with changes of the version that was read.
fn merged(offer: &Offer, read_at: u32, changes: &[TermChange], ground: &Ground) -> Option<Terms> {
    let (terms, read) = (offer.terms.as_ref()?, offer.versions.get(&read_at));
    let merged = read.and_then(|read| terms.merged(read, changes).ok()).unwrap_or_else(|| changes.to_vec());
    Some(terms.with(&merged, &ground.pinned.table))
}

/// Refuses what is typed for a field that the writer does not see, before it is held against the value: the answer would tell whether they are
/// the same.
fn only_seen(offer: &Offer, typed: &Entries, ground: &Ground, doer: &Doer) -> Result<(), Refusal> {
    let sight = access::sight(&doer.actor, &offer.subject());
    let unseen = |key: &FieldKey| ground.pinned.table.get(key).is_some_and(|spec| !sight.shows_field(spec));
    let fields: Vec<FieldKey> = typed.iter().map(|(key, _)| key).filter(|key| unseen(key)).cloned().collect();
    if fields.is_empty() { Ok(()) } else { Err(Refusal::FieldsNotYours { fields }) }
}

/// Whether the people whom a change names are those who may be named. Who was named before may have left since: that is another matter.
fn names_fit(terms: Option<&Terms>, changes: &[TermChange], ground: &Ground) -> Result<(), DeskFault> {
    let is_changed = |field: &FieldKey| changes.iter().any(|change| change.field == *field);
    let mut problems = terms.map(|terms| misnamed(terms, ground)).unwrap_or_default();
    problems.retain(|problem| is_changed(&problem.field) || (problem.field == field::CLIENT_CONTACT && is_changed(&field::CLIENT)));
    if problems.is_empty() { Ok(()) } else { Err(DeskFault::Problems(problems)) }
}

/// Fields that name somebody who is not there, or whom they may not name.
pub(super) fn misnamed(terms: &Terms, ground: &Ground) -> Vec<Problem> {
    let client = terms.client();
    let fault = |field: &FieldKey, person: &PersonId| match ground.roster.get(person).filter(|listed| !listed.left) {
        None => Err(Fault::NotAPerson),
        Some(listed) => intake::may_be_named(field, &listed.person, client.as_ref()),
    };
    let named = terms.iter().filter_map(|(field, value)| if let Value::Person(person) = value { Some((field, person)) } else { None });
    named.filter_map(|(field, person)| Some(Problem { field: field.clone(), fault: fault(field, person).err()? })).collect()
}
