//! The steps of a route on screen: where each stands, who decides for whom, how far a group is, and what an approval stands for.

use app::desk::{Acting, Deciding, Group, Span, StepLine, StepView};
use offer::{
    access::{self, Access, Action, seen_route},
    check,
    field::{FieldKey, FieldSpec},
    id::{PersonId, StepKey},
    ledger::ActorKind,
    lifecycle::{self, Approval, Delegation, Event, Offer, Progress, StepState, Words},
    policy::{self, ApprovedRange, Coverage, Rejection, RouteStep},
};

use super::{looked::Looked, page::shown};

impl Looked {
    /// The route, step by step, as far as seen.
    pub(super) fn route(&self) -> Vec<StepLine> {
        let route = seen_route(&self.file.offer.route, &self.sight, &self.ground.pinned.table);
        route.steps.into_iter().map(|step| self.step_line(step)).collect()
    }

    fn step_line(&self, step: RouteStep) -> StepLine {
        let offer = &self.file.offer;
        // a client reads of its own step what everybody of the firm reads of all
        let own = self.is_eligible(&step.step);
        let reads = self.sight.reads_talk() || own;
        // whoever is asked reads what is said to them
        let said = |words: &Words| if own { shown(words) } else { self.words(words) };
        let (mut people, mut acting, mut spans, mut group) = (Vec::new(), Vec::new(), Vec::new(), None);
        if reads {
            people = self.people_of(&step.step);
            acting = self.acting_at(&step.step);
            group = self.group(&step);
        }
        let state = match offer.steps.get(&step.step).map(|state| if reads { state.clone() } else { state.unasked() }) {
            None | Some(StepState::Later) => StepView::Later,
            Some(StepState::Open { since, due_at, progress, .. }) => StepView::Open {
                since,
                due_at,
                reminded: progress.reminded.filter(|_| reads),
                escalated: progress.escalated.filter(|_| reads),
            },
            Some(StepState::Returned { since, question, .. }) => {
                let by = if reads { self.asker_of(&step.step) } else { String::new() };
                StepView::Returned { since, by, question: said(&question) }
            }
            Some(StepState::Approved { at, coverage, .. }) => {
                let approval = offer.approvals.iter().rev().find(|approval| approval.step == step.step && approval.at == at);
                let by = approval.filter(|_| reads).map(|approval| self.name_of(&approval.by));
                let for_whom = approval.filter(|_| reads).and_then(|approval| approval.on_behalf_of.as_ref());
                let comment = approval.filter(|_| reads).and_then(|approval| approval.comment.as_ref());
                // what was said with a decision belongs to whoever said it, and a client to what its own people said
                let theirs = approval.is_some_and(|approval| {
                    let by_client = approval.by.kind == ActorKind::ClientContact && self.sight.is_of_the_client();
                    by_client || approval.by.person().as_ref() == Some(&self.member.id)
                });
                if self.sight.reads_talk() || theirs {
                    spans = self.spans(&coverage);
                }
                let said_with_it = |words: &Words| if theirs { shown(words) } else { self.words(words) };
                StepView::Approved {
                    by: by.unwrap_or_default(),
                    for_whom: for_whom.map(|whom| self.ground.roster.name(whom)).unwrap_or_default(),
                    at,
                    version: coverage.version,
                    comment: comment.map(said_with_it).unwrap_or_default(),
                    forced: approval.is_some_and(|approval| approval.forced),
                }
            }
        };
        StepLine { state, people, acting, group, spans, step }
    }

    /// Who may decide a step, by name; not whoever asked.
    fn people_of(&self, step: &StepKey) -> Vec<String> {
        let people = self.ground.facts.eligible.get(step).into_iter().flatten();
        people.filter(|person| !self.file.offer.askers.contains(*person)).map(|person| self.ground.roster.name(person)).collect()
    }

    /// Who returned a step with a question last, by name.
    fn asker_of(&self, step: &StepKey) -> String {
        let asks = |event: &Event| matches!(event, Event::StepReturned { step: of, .. } if of == step);
        let asked = self.file.history.iter().rev().find(|recorded| asks(&recorded.event));
        asked.map(|recorded| self.name_of(&recorded.by)).unwrap_or_default()
    }

    /// Who decides for whom: decisions that were handed over, and people who are away today.
    fn acting_at(&self, step: &StepKey) -> Vec<Acting> {
        let (offer, ground) = (&self.file.offer, &self.ground);
        if !offer.steps.get(step).is_some_and(StepState::is_undecided) {
            return Vec::new();
        }
        let name = |person: &PersonId| ground.roster.name(person);
        let acts = |handed: &&Delegation| {
            let to = ground.roster.get(&handed.to);
            handed.step == *step && to.is_some_and(|to| ground.may_decide_for(offer, step, to, &handed.from))
        };
        let handed = offer.delegations.iter().filter(acts);
        let handed = handed.map(|handed| Acting { who: name(&handed.to), whom: name(&handed.from), away_until: None });
        let away = ground.facts.eligible.get(step).into_iter().flatten().filter_map(|person| {
            let until = ground.roster.get(person)?.absence.as_ref()?.until;
            let stand_in = ground.roster.get(ground.facts.stand_in_of(person)?)?;
            let acts = ground.may_decide_for(offer, step, stand_in, person);
            acts.then(|| Acting { who: name(&stand_in.id), whom: name(person), away_until: Some(until) })
        });
        handed.chain(away).collect()
    }

    /// How far a step is that several people decide.
    fn group(&self, step: &RouteStep) -> Option<Group> {
        let offer = &self.file.offer;
        if step.quorum < 2 && step.rejection == Rejection::Veto {
            return None;
        }
        let (approvals, against): (Vec<&Approval>, Vec<&PersonId>) = match offer.steps.get(&step.step) {
            Some(StepState::Open { progress, .. } | StepState::Returned { progress, .. }) => counted(offer, progress),
            Some(StepState::Approved { .. }) => {
                let all = offer.approvals.iter().rev().filter(|approval| approval.step == step.step);
                (all.take(usize::try_from(step.quorum).unwrap_or(usize::MAX)).collect(), Vec::new())
            }
            None | Some(StepState::Later) => Default::default(),
        };
        let name = |person: &PersonId| self.ground.roster.name(person);
        Some(Group {
            needed: step.quorum,
            approved: approvals.into_iter().filter_map(Approval::decider).map(|person| name(&person)).collect(),
            against: against.into_iter().map(name).collect(),
            veto: step.rejection == Rejection::Veto,
        })
    }

    /// The spans that an approval stands for, with the room that is left.
    fn spans(&self, coverage: &Coverage) -> Vec<Span> {
        let terms = self.file.offer.terms.as_ref();
        let seen = |range: &&ApprovedRange| self.shows(&range.field) && leaves_room(range);
        let span = |range: &ApprovedRange| {
            let value = terms.and_then(|terms| terms.get(&range.field));
            Span { range: range.clone(), room: range.room(value), value: value.cloned() }
        };
        coverage.ranges.iter().filter(seen).map(span).collect()
    }

    fn shows(&self, field: &FieldKey) -> bool {
        self.ground.pinned.table.get(field).is_some_and(|spec| self.sight.shows_field(spec))
    }

    fn is_eligible(&self, step: &StepKey) -> bool {
        self.acting_for(step).is_some()
    }

    /// For whom the viewer would decide a step; nothing when it does not wait on them.
    fn acting_for(&self, step: &StepKey) -> Option<Option<PersonId>> {
        lifecycle::acting_for(&self.file.offer, &self.ground.world(&self.actor), step).ok()
    }

    /// The steps that wait on the viewer now.
    pub(super) fn your_steps(&self) -> Vec<StepKey> {
        let offer = &self.file.offer;
        let may = access::may(&self.actor, Action::Decide, &offer.subject()) == Access::Allowed;
        let waits = |step: &StepKey| {
            let decider = self.acting_for(step)?.unwrap_or_else(|| self.member.id.clone());
            let voted = matches!(offer.steps.get(step), Some(StepState::Open { progress, .. }) if has_approved(offer, progress, &decider));
            (may && !voted).then_some(())
        };
        offer.open_steps().map(|(step, ..)| step.step.clone()).filter(|step| waits(step).is_some()).collect()
    }

    /// What the viewer needs to decide each step that waits on them.
    pub(super) fn deciding(&self) -> Vec<(StepKey, Deciding)> {
        self.your_steps().into_iter().filter_map(|step| Some((step.clone(), self.deciding_at(&step)?))).collect()
    }

    fn deciding_at(&self, key: &StepKey) -> Option<Deciding> {
        let (offer, ground) = (&self.file.offer, &self.ground);
        let (step, terms) = (offer.route.step(key)?, offer.terms.as_ref()?);
        let for_whom = self.acting_for(key)?;
        let decider = for_whom.as_ref().unwrap_or(&self.member.id);
        let world = ground.world(&self.actor);
        let figures = check::figures(terms, world.ground());
        let named = |person: &PersonId| (person.clone(), ground.roster.name(person));
        let mut delegates: Vec<(PersonId, String)> =
            ground.delegates(offer, key, decider).iter().filter(|person| self.may_be_handed(person)).map(named).collect();
        delegates.sort_by(|one, other| one.1.cmp(&other.1));
        let covers = step.covers();
        let spanned = |spec: &&FieldSpec| covers.contains(&spec.key) && policy::is_spanned(spec) && self.sight.shows_field(spec);
        let spans: Vec<FieldKey> = ground.pinned.table.iter().filter(spanned).map(|spec| spec.key.clone()).collect();
        let negotiation = lifecycle::implied_range(terms, &world, &self.sight);
        Some(Deciding {
            for_whom: for_whom.as_ref().map(|person| ground.roster.name(person)),
            delegates,
            negotiation: negotiation.filter(|range| spans.contains(&range.field) && leaves_room(range)),
            spans,
            limits: lifecycle::limits(decider, step, &world),
            beyond: lifecycle::beyond_limit(decider, step, &world, &figures).map(|beyond| access::seen_limit(beyond, &self.sight)),
        })
    }

    /// Never to oneself, nor to whoever asked.
    fn may_be_handed(&self, person: &PersonId) -> bool {
        *person != self.member.id && !self.file.offer.askers.contains(person)
    }
}

/// Whether a range holds more than one value: pay above its band has a negotiation band without any room.
fn leaves_room(range: &ApprovedRange) -> bool {
    range.low.is_none() || range.low != range.high
}

/// Who approved an open step so far, and who is against it.
fn counted<'a>(offer: &'a Offer, progress: &'a Progress) -> (Vec<&'a Approval>, Vec<&'a PersonId>) {
    let approvals = offer.approvals.iter().filter(|approval| progress.approvals.contains(&approval.seq));
    (approvals.collect(), progress.against.iter().collect())
}

pub(super) fn has_approved(offer: &Offer, progress: &Progress, person: &PersonId) -> bool {
    counted(offer, progress).0.into_iter().filter_map(Approval::decider).any(|decider| decider == *person)
}
