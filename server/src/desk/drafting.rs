//! The guided intake: its page, saving what was typed, and the review before submission.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use app::desk::{Asked, IntakePage, PersonChoice, Reading, Rejection, ReviewPage, Saved, Viewer};
use offer::{
    access::{self, About, Access, Action, Actor, Edits, RulesTold, Sight, Viewed, seen_findings},
    check,
    engagement::Engagement,
    field::{self, FieldKey, FieldTable, Gate, Section, Side},
    id::{ClientCode, OfferId, PersonId, StepKey},
    intake,
    ledger::ActorKind,
    lifecycle::{self, Event, Offer, Recorded, Refusal, Status},
    outlook::{Slice, Whole},
    playbook::{Band, Playbook},
    policy,
    terms::Entries,
};

use super::{
    DeskFault, HouseDesk, Listed,
    change::Act,
    drafts::{self, Drafted},
    page,
    people::Roster,
    prepare::{Doer, misnamed},
    project::{self, Placing},
    world::Ground,
};
use crate::store::Change;

/// How often typed entries are laid over a draft that somebody else saved meanwhile.
const TRIES: usize = 5;
/// The longest text of one box that is kept, in characters; no field takes as much.
const BOX_CHARACTERS_MAX: usize = 20_000;

impl HouseDesk {
    pub(super) async fn intake_page(&self, viewer: &Viewer, id: &OfferId) -> Result<IntakePage, DeskFault> {
        let (offer, ground, sight) = self.draft_of(viewer, id, Action::See).await?;
        let drafted = self.drafted(&offer).await?.ok_or(Refusal::NotInThisState { status: offer.status })?;
        let file = self.file(id).await?;
        Ok(IntakePage { rejection: rejection(&file.history, &ground, &sight), ..intake(&offer, &drafted, &ground, &sight, viewer) })
    }

    /// Keeps what was typed, letter for letter. What was written elsewhere since it was read stays, and is told.
    pub(super) async fn keep_typed(
        &self,
        viewer: &Viewer,
        id: &OfferId,
        typed: &Entries,
        reading: Option<&Reading>,
    ) -> Result<Saved, DeskFault> {
        for _ in 0..TRIES {
            match self.keep_once(viewer, id, typed, reading).await {
                Err(DeskFault::Moved) => {}
                Ok((saved, is_moved)) => {
                    if is_moved {
                        self.move_draft(viewer, id).await?;
                    }
                    return Ok(saved);
                }
                Err(fault) => return Err(fault),
            }
        }
        Err(DeskFault::OutOfReach)
    }

    /// Whom the draft is about now may see it, and nobody whom it is about no more.
    async fn move_draft(&self, viewer: &Viewer, id: &OfferId) -> Result<(), DeskFault> {
        let doer = Doer::plain(viewer.actor().ok_or(DeskFault::SignIn)?);
        match self.carry_out(Act { offer: id, doer: &doer, asked: &Asked::MoveDraft, once: "", along: &[] }).await {
            Err(DeskFault::Refused(Refusal::NothingChanges)) => Ok(()),
            other => other,
        }
    }

    /// What was answered, and whether the draft is about others than before.
    async fn keep_once(
        &self,
        viewer: &Viewer,
        id: &OfferId,
        typed: &Entries,
        reading: Option<&Reading>,
    ) -> Result<(Saved, bool), DeskFault> {
        let (offer, ground, sight) = self.draft_of(viewer, id, Action::Draft).await?;
        let file = self.file(id).await?;
        let actor = viewer.actor().ok_or(DeskFault::SignIn)?;
        let writer = actor.person().ok_or(DeskFault::SignIn)?;
        let mut drafted = self.drafted(&offer).await?.ok_or(Refusal::NotInThisState { status: offer.status })?;
        not_theirs(&actor, &offer, &drafted.entries, typed, &ground.current.table, &sight)?;
        let read = drafted.row.version;
        let table = &ground.current.table;
        let shows = |key: &FieldKey| table.get(key).is_some_and(|spec| sight.shows_field(spec));
        let takes = |(key, text): &(&FieldKey, &str)| shows(key) && text.chars().count() <= BOX_CHARACTERS_MAX;
        let changed = drafted.write(typed.iter().filter(takes), writer, reading);
        let version = if changed { read.saturating_add(1) } else { read };
        let newer = drafted.newer(typed, reading).filter(|(key, ..)| shows(key));
        let name = |by: &PersonId| if by == writer { String::new() } else { ground.roster.name(by) };
        let answer = drafts::saved(version, newer, name);
        let is_moved = offer.about != About::of(&intake::read_what_stands(&drafted.entries, table));
        if changed {
            let key = self.key_of(&offer).await?;
            let playbook = &ground.current.playbook;
            let placing = Placing {
                history: &file.history,
                entries: Some(&drafted.entries),
                pinned: playbook,
                current: playbook,
                changed_at: ground.now,
            };
            let place = project::place(&offer, placing)?;
            let draft = self.draft_row_after(id.as_str(), drafted, ground.now, &key)?;
            self.store.change(self.firm(), vec![draft, Change::Board(Box::new(place))]).await?;
        }
        let told: BTreeSet<Side> = answer.newer.iter().filter_map(|newer| table.get(&newer.field)).map(|spec| spec.side).collect();
        self.viewed(&actor, id, Viewed::Intake, told)?;
        Ok((answer, is_moved))
    }

    pub(super) async fn review_page(&self, viewer: &Viewer, id: &OfferId) -> Result<ReviewPage, DeskFault> {
        let (offer, mut ground, sight) = self.draft_of(viewer, id, Action::See).await?;
        let drafted = self.drafted(&offer).await?.ok_or(Refusal::NotInThisState { status: offer.status })?;
        let today = Arc::clone(&ground.current);
        ground.gather(&offer, Some((&intake::read_what_stands(&drafted.entries, &today.table), &today.playbook.rules)));
        let table = &ground.current.table;
        let terms = intake::read_what_stands(&drafted.entries, table);
        let actor = viewer.actor().ok_or(DeskFault::SignIn)?;
        let assessment = check::assess(&terms, ground.world(&actor).ground());
        let intake = intake(&offer, &drafted, &ground, &sight, viewer);
        let route = policy::route(&terms, &assessment, &ground.current.playbook, table).while_open(&intake.problems);
        let eligible = ground.eligible(&offer, Some((&terms, &ground.current.playbook.rules)));
        let hands = drafted.writers();
        let askers: BTreeSet<PersonId> =
            route.writers(&hands).into_iter().chain(&offer.askers).chain(submitter(&actor, &offer)).cloned().collect();
        let undecidable = lifecycle::somebody_for_every_step(&route, &ground.world(&actor), &assessment.figures, &askers).err();
        let stands: BTreeSet<StepKey> = offer.reapproval(&route, &terms, &askers).standing();
        let people = |step: &policy::RouteStep| {
            let people = eligible.get(&step.step).into_iter().flatten().filter(|person| !askers.contains(person));
            // whom a step asks is told among those who read staff's talk
            people.filter(|_| sight.reads_talk()).map(|person| ground.roster.name(person)).collect()
        };
        let rules = RulesTold::of(&ground.current.playbook.rules, &sight, table);
        let route = rules.route(&route, &sight, table);
        Ok(ReviewPage {
            people: route.steps.iter().map(people).collect(),
            stands: route.steps.iter().map(|step| step.step.clone()).filter(|step| stands.contains(step)).collect(),
            changed: offer.terms.as_ref().map(|submitted| *submitted != terms),
            undecidable: undecidable.map(|refusal| access::seen_refusal(refusal, &sight, table)),
            hidden_rules: terms.engagement().map_or(0, |engagement| rules.hidden_for(engagement)),
            route,
            findings: seen_findings(&assessment.findings, &sight, table),
            computed: ground.computed(&terms, &sight),
            intake,
        })
    }

    /// The draft, when the viewer may do this with it.
    async fn draft_of(&self, viewer: &Viewer, id: &OfferId, action: Action) -> Result<(Offer, Ground, Sight), DeskFault> {
        let actor = viewer.actor().ok_or(DeskFault::SignIn)?;
        if matches!(actor, Actor::Candidate { .. }) {
            return Err(DeskFault::NotFound);
        }
        let file = self.file(id).await?;
        let subject = file.offer.subject();
        match access::may(&actor, action, &subject) {
            Access::Allowed => {}
            Access::Denied(because) => return Err(Refusal::NotAllowed { because }.into()),
            Access::Hidden => return Err(DeskFault::NotFound),
        }
        if file.offer.status != Status::Draft {
            return Err(Refusal::NotInThisState { status: file.offer.status }.into());
        }
        let (ground, sight) = (self.ground(&file.offer).await?, access::sight(&actor, &subject));
        // saving shows nothing but what was written elsewhere meanwhile; reading does
        if action == Action::See {
            self.viewed(&actor, id, Viewed::Intake, sight.sides())?;
        }
        Ok((file.offer.clone(), ground, sight))
    }
}

/// Refuses to keep a field that the writer sees and may not write. A form sends every box of its page back: what stands as it stood is no change.
fn not_theirs(actor: &Actor, offer: &Offer, stands: &Entries, typed: &Entries, table: &FieldTable, sight: &Sight) -> Result<(), DeskFault> {
    let edits = access::edits(actor, &offer.subject());
    let changes = |key: &FieldKey, text: &str| stands.get(key).unwrap_or_default() != text;
    let seen = typed.iter().filter_map(|(key, text)| Some((table.get(key).filter(|spec| sight.shows_field(spec))?, text)));
    let fields: Vec<FieldKey> =
        seen.filter(|(spec, text)| changes(&spec.key, text) && !edits.takes(spec)).map(|(spec, _)| spec.key.clone()).collect();
    let stay = offer.subject().settled();
    let (settled, others): (Vec<FieldKey>, Vec<FieldKey>) = fields.into_iter().partition(|key| stay.contains(key));
    match (settled.is_empty(), others.is_empty()) {
        (false, _) => Err(Refusal::Settled { fields: settled }.into()),
        (true, false) => Err(Refusal::FieldsNotYours { fields: others }.into()),
        (true, true) => Ok(()),
    }
}

/// Whoever reads a draft and would hand it in by submitting it; nobody who may not.
fn submitter<'a>(reader: &'a Actor, offer: &Offer) -> Option<&'a PersonId> {
    reader.person().filter(|_| access::may(reader, Action::Submit, &offer.subject()) == Access::Allowed)
}

/// What the viewer may write of a draft.
fn edits_of(viewer: &Viewer, offer: &Offer) -> Edits {
    let drafts = |actor: &Actor| access::may(actor, Action::Draft, &offer.subject()) == Access::Allowed;
    viewer.actor().filter(drafts).map(|actor| access::edits(&actor, &offer.subject())).unwrap_or_default()
}

fn intake(offer: &Offer, drafted: &Drafted, ground: &Ground, sight: &Sight, viewer: &Viewer) -> IntakePage {
    let entries = &drafted.entries;
    let edits = edits_of(viewer, offer);
    let playbook = &ground.current.playbook;
    let table = &ground.current.table;
    let engagement = entries.get(&field::ENGAGEMENT).and_then(Engagement::parse);
    let shown: Vec<&field::FieldSpec> =
        table.iter().filter(|spec| sight.shows_field(spec) && engagement.is_none_or(|engagement| spec.applies_to(engagement))).collect();
    let sections: BTreeSet<Section> = shown.iter().map(|spec| spec.section).collect();
    let prefill = &ground.facts.requisition.prefill;
    let is_prefilled = |key: &FieldKey| prefill.get(key).is_some_and(|text| entries.get(key) == Some(text));
    let keys: BTreeSet<&FieldKey> = shown.iter().map(|spec| &spec.key).collect();
    let (terms, mut problems) = intake::read_as_it_stands(entries, table, Gate::Submit);
    problems.extend(misnamed(&terms, ground));
    problems.sort_by_cached_key(|problem| table.place(&problem.field));
    IntakePage {
        titles: page::titles(&ground.current.playbook),
        id: offer.id.clone(),
        number: offer.number.clone(),
        table: table.clone(),
        engagement,
        entries: entries.iter().filter(|(key, _)| keys.contains(key)).map(|(key, text)| (key.clone(), text.to_owned())).collect(),
        sections: Section::ALL.into_iter().filter(|section| sections.contains(section)).collect(),
        problems: problems.into_iter().filter(|problem| keys.contains(&problem.field)).collect(),
        people: choices(&ground.roster, &ground.current.playbook, terms.client().as_ref()),
        clients: playbook.clients.iter().map(|client| (client.code.clone(), client.name.clone())).collect(),
        clauses: playbook.clauses.iter().map(|clause| (clause.key.to_string(), clause.title.clone())).collect(),
        contingencies: playbook.contingencies.iter().map(|rule| (rule.key.to_string(), rule.name.clone())).collect(),
        known: if sight.reads_talk() { known(playbook) } else { BTreeMap::new() },
        settled: offer.subject().settled().iter().filter(|key| keys.contains(key)).cloned().collect(),
        editable: shown.iter().filter(|spec| edits.takes(spec)).map(|spec| spec.key.clone()).collect(),
        version: drafted.row.version,
        slice: slice(offer, entries, ground, sight, viewer),
        prefilled: keys.into_iter().filter(|key| is_prefilled(key)).cloned().collect(),
        rejection: None,
    }
}

/// Why it came back from its approvers since it was handed in last, as far as somebody reads it.
fn rejection(history: &[Recorded], ground: &Ground, sight: &Sight) -> Option<Rejection> {
    let handed_in = |recorded: &&Recorded| matches!(recorded.event, Event::Submitted { .. } | Event::TermsChanged { .. });
    let rejection = |recorded: &Recorded| match access::seen(&recorded.event, &recorded.by, sight, &ground.pinned.table)? {
        Event::StepRejected { step, reason } => {
            // a client reads the names of its own people; the firm's act as the firm
            let is_told = sight.reads_talk() || recorded.by.kind == ActorKind::ClientContact;
            let by = recorded.by.person().filter(|_| is_told).map(|person| ground.roster.name(&person)).unwrap_or_default();
            Some(Rejection { step, by, at: recorded.at, reason })
        }
        _ => None,
    };
    history.iter().rev().take_while(|recorded| !handed_in(recorded)).find_map(rejection)
}

/// Departments and levels that have a pay band: only under these can pay be compared.
fn known(playbook: &Playbook) -> BTreeMap<FieldKey, Vec<String>> {
    let distinct = |of: fn(&Band) -> &String| playbook.bands.iter().map(of).collect::<BTreeSet<_>>().into_iter().cloned().collect();
    BTreeMap::from([(field::DEPARTMENT, distinct(|band| &band.department)), (field::LEVEL, distinct(|band| &band.level))])
}

/// What the viewer's browser looks ahead with.
fn slice(offer: &Offer, entries: &Entries, ground: &Ground, sight: &Sight, viewer: &Viewer) -> Slice {
    let requester = viewer.actor().and_then(|actor| submitter(&actor, offer).cloned());
    let deciders = ground.deciders_by_name(offer, entries, requester.as_ref());
    let whole = Whole {
        playbook: &ground.current.playbook,
        table: &ground.current.table,
        entries,
        opening: ground.facts.opening(),
        today: ground.now.day(),
        deciders: &deciders,
    };
    Slice::of(&whole, sight)
}

/// Those whom some field of an offer for this client may name.
fn choices(roster: &Roster, playbook: &Playbook, client: Option<&ClientCode>) -> Vec<PersonChoice> {
    let may_be = |listed: &Listed, field: &FieldKey| intake::may_be_named(field, &listed.person, client).is_ok();
    let mut choices: Vec<PersonChoice> = roster
        .present()
        .filter(|listed| [field::RECRUITER, field::CLIENT_CONTACT].iter().any(|field| may_be(listed, field)))
        .filter_map(|listed| {
            let name = listed.person.name()?.to_owned();
            let clients = listed.person.clients.iter().filter(|_| listed.is_contact).filter_map(|code| playbook.client(code));
            let client = clients.map(|client| client.name.as_str()).collect::<Vec<_>>().join(", ");
            Some(PersonChoice { id: listed.id.clone(), name, roles: listed.person.roles.clone(), client })
        })
        .collect();
    choices.sort_by(|one, other| one.name.cmp(&other.name));
    choices
}
