//! The course of an offer as its page shows it: versions, approvals after a change, the negotiation, exposure, and how it was lost.

use app::desk::{Aftermath, Course, Loss, MoveLine, MoveWords, NegotiatedLine, NegotiationRecord, SinceApproved, VersionLine};
use offer::{
    access::{seen, seen_changes, seen_findings, seen_reopenings, seen_step},
    field::FieldKey,
    id::StepKey,
    lifecycle::{Ending, Event, Recorded, Status, StepState},
    measure::{self, Exposed, Exposure, MoveKind, Pace},
    terms::Change,
};

use super::{DeskFault, HouseDesk, looked::Looked};

impl HouseDesk {
    /// What was spoken of an offer and how it fares; nothing for those who do not read staff's talk.
    pub(super) async fn exposure_of(&self, looked: &Looked) -> Result<Option<Exposure>, DeskFault> {
        let Some(exposed) = Exposed::of(&looked.file.offer).filter(|_| looked.sight.reads_talk()) else { return Ok(None) };
        let pace = if exposed.until.is_none() { self.pace_ahead([&exposed]).await? } else { Pace::default() };
        Ok(Some(exposed.at(looked.ground.now, &pace)))
    }
}

impl Looked {
    /// The course so far, but for the exposure, which asks the store.
    pub(super) fn course(&self) -> Course {
        let talk = self.sight.reads_talk();
        Course {
            versions: self.versions(),
            aftermath: if talk { self.aftermath() } else { None },
            since: self.since_approved(),
            negotiation: if talk { self.negotiation() } else { None },
            exposure: None,
            spoken_outside: if talk { self.spoken_outside() } else { Vec::new() },
            differences: if talk { self.differences() } else { Vec::new() },
            loss: if talk { self.loss() } else { None },
            clauses: self.ground.pinned.playbook.clauses.iter().map(|clause| (clause.key.to_string(), clause.title.clone())).collect(),
            contingencies: self.ground.pinned.playbook.contingencies.iter().map(|rule| (rule.key.to_string(), rule.name.clone())).collect(),
        }
    }

    fn spoken_outside(&self) -> Vec<FieldKey> {
        self.file.offer.spoken_outside.iter().filter(|field| self.sees(field)).cloned().collect()
    }

    fn sees(&self, field: &FieldKey) -> bool {
        self.ground.pinned.table.get(field).is_some_and(|spec| self.sight.shows_field(spec))
    }

    fn versions(&self) -> Vec<VersionLine> {
        let table = &self.ground.pinned.table;
        let talk = self.sight.reads_talk();
        let line = |recorded: &Recorded| {
            let by = if talk { self.name_of(&recorded.by) } else { String::new() };
            match seen(&recorded.event, &recorded.by, &self.sight, table)? {
                Event::Submitted { version, terms, .. } => {
                    Some(VersionLine { version, at: recorded.at, by, why: String::new(), revision: None, terms })
                }
                Event::TermsChanged { version, terms, revision, why, .. } => {
                    Some(VersionLine { version, at: recorded.at, by, why: self.words(&why), revision: Some(revision), terms })
                }
                _ => None,
            }
        };
        self.file.history.iter().filter_map(line).collect()
    }

    fn aftermath(&self) -> Option<Aftermath> {
        let makes_a_version = |recorded: &&Recorded| matches!(recorded.event, Event::TermsChanged { .. } | Event::Submitted { .. });
        let newest = self.file.history.iter().rev().find(makes_a_version)?;
        match seen(&newest.event, &newest.by, &self.sight, &self.ground.pinned.table)? {
            Event::TermsChanged { version, route, stands, reopened, .. } => {
                Some(Aftermath { version, route: route.steps.into_iter().map(|step| step.step).collect(), stands, reopened })
            }
            _ => None,
        }
    }

    /// What changed since the approvals that do not stand any more: for those who decide these steps, and for whoever reads staff's talk.
    fn since_approved(&self) -> Vec<SinceApproved> {
        let (offer, table) = (&self.file.offer, &self.ground.pinned.table);
        let Some(terms) = &offer.terms else { return Vec::new() };
        let your_steps = self.your_steps();
        let talk = self.sight.reads_talk();
        let one = |step: &offer::policy::RouteStep| {
            let yours = your_steps.contains(&step.step);
            let (approval, because) = offer.fallen_approval(step, Some(&self.member.id)).filter(|_| talk || yours)?;
            let approved = offer.versions.get(&approval.coverage.version)?;
            let decides = seen_step(step, &self.sight, table);
            let mut changes = seen_changes(&approved.diff(terms), &self.sight, table);
            changes.sort_by_key(|change| !step.decides.contains(&change.field));
            let by_you = approval.decider().as_ref() == Some(&self.member.id);
            Some(SinceApproved {
                step: step.step.clone(),
                yours,
                by_you,
                by: if talk || by_you { self.name_of(&approval.by) } else { String::new() },
                at: approval.at,
                version: approval.coverage.version,
                changes,
                decides: decides.decides,
                because: seen_reopenings(&because, &self.sight, table),
                asked_by: decides.because,
            })
        };
        let mut since: Vec<SinceApproved> = offer.route.steps.iter().filter_map(one).collect();
        since.sort_by_key(|since| (!since.yours, !since.by_you));
        since
    }

    fn negotiation(&self) -> Option<NegotiationRecord> {
        let record = measure::negotiation(self.file.offer.id.clone(), &self.file.history)?;
        let table = &self.ground.pinned.table;
        let seen = |changes: &[Change]| seen_changes(changes, &self.sight, table);
        let fields = record.fields.into_iter().filter(|field| self.sees(&field.field));
        let line = |made: measure::Move| {
            let what = match made.what {
                MoveKind::Offered { version, spoken } => MoveWords::Offered { version, spoken },
                MoveKind::Asked { proposal, asked_by, changes, why, evidence } => MoveWords::Asked {
                    proposal,
                    asked_by,
                    changes: seen(&changes),
                    why: self.words_of(&made.by, &why),
                    evidence: evidence.as_ref().map(|evidence| self.words_of(&made.by, evidence)).unwrap_or_default(),
                },
                MoveKind::Conceded { version, adjusted, changes, why, .. } => {
                    MoveWords::Conceded { version, adjusted, changes: seen(&changes), why: self.words(&why) }
                }
                MoveKind::Refused { reason, .. } => MoveWords::Refused { reason: self.words(&reason) },
                MoveKind::Accepted { version } => MoveWords::Accepted { version },
                MoveKind::Ended { status } => MoveWords::Ended { status },
            };
            MoveLine { at: made.at, by: self.name_of(&made.by), what }
        };
        Some(NegotiationRecord {
            fields: fields.map(|it| NegotiatedLine { field: it.field, offered: it.offered, asked: it.asked, now: it.now }).collect(),
            moves: record.moves.into_iter().map(line).collect(),
            accepted: record.accepted,
        })
    }

    /// What was spoken and the letter to come says otherwise.
    fn differences(&self) -> Vec<offer::check::Finding> {
        let offer = &self.file.offer;
        let to_be_sent =
            matches!(offer.status, Status::InReview | Status::Approved) || offer.letter.is_none() && offer.status == Status::Sent;
        if !to_be_sent {
            return Vec::new();
        }
        let table = &self.ground.pinned.table;
        seen_findings(&offer.spoken_differences(table), &self.sight, table)
    }

    fn loss(&self) -> Option<Loss> {
        use Status::{Cancelled, Declined, Expired, Rescinded, Withdrawn};
        let offer = &self.file.offer;
        if !matches!(offer.status, Declined | Withdrawn | Expired | Cancelled | Rescinded) {
            return None;
        }
        let undecided = |step: &StepKey| !matches!(offer.steps.get(step), Some(StepState::Approved { .. }));
        let waited = measure::waited(&self.file.history, offer.status_since).into_iter().find(|(_, seconds)| *seconds > 0);
        let written = match &offer.ending {
            Some(Ending::Declined { written, .. }) => *written,
            _ => offer.was_written(),
        };
        Some(Loss {
            written,
            after_verbal: measure::fell_through_after_verbal(offer),
            bottleneck: waited.map(|(step, seconds)| (step.clone(), seconds, undecided(&step))),
        })
    }
}
