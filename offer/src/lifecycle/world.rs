//! What a decision may look at besides the offer. All of it is plain data; `decide` reads no clock and draws no random number.

use crate::access::Actor;
use crate::check::{Ground, Opening};
use crate::field::FieldTable;
use crate::id::{DocumentId, PersonId, ProposalId, QuestionId, StepKey};
use crate::ledger::Digest;
use crate::moment::Moment;
use crate::money::Money;
use crate::playbook::Playbook;
use crate::policy::Limits;
use crate::requisition::Requisition;
use std::collections::{BTreeMap, BTreeSet};

/// Everything outside an offer that a decision may look at.
#[derive(Clone, Copy, Debug)]
pub struct World<'a> {
    /// The playbook under which the offer was routed: rules, routes, SLAs, templates.
    pub pinned: &'a Playbook,
    /// Its field table.
    pub table: &'a FieldTable,
    /// Its number.
    pub pinned_version: u32,
    /// Today's playbook: bands, sheets, dated rows.
    pub current: &'a Playbook,
    /// Today's number.
    pub current_version: u32,
    /// Who acts, with the grants that hold right now.
    pub actor: &'a Actor,
    /// Now.
    pub now: Moment,
    /// Ids and salts.
    pub fresh: &'a Fresh,
    /// What other streams say.
    pub facts: &'a Facts,
    /// When people work.
    pub working_hours: &'a WorkingHours,
}

impl World<'_> {
    /// What checks look at.
    pub fn ground(&self) -> Ground<'_> {
        Ground { rows: self.current, opening: self.facts.opening(), today: self.now.day() }
    }

    /// When a number of business hours from now is over, for whoever decides a step.
    pub fn due_in(&self, step: &StepKey, hours: u32) -> Moment {
        self.hours_of(step).after(self.now, i64::from(hours).saturating_mul(3600))
    }

    /// When a number of business hours of the firm from now is over.
    pub fn hours_after(&self, hours: u32) -> Moment {
        self.working_hours.after(self.now, i64::from(hours).saturating_mul(3600))
    }

    /// When the people of a step work; when the firm does, where they are not all of one zone.
    pub fn hours_of(&self, step: &StepKey) -> &WorkingHours {
        self.facts.hours.get(step).unwrap_or(self.working_hours)
    }
}

/// What other streams say, loaded whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The opening.
    pub requisition: Requisition,
    /// Its seats that somebody has.
    pub seats_taken: BTreeSet<u32>,
    /// What its other live offers commit.
    pub committed: Money,
    /// Its other live offers that have no seat yet: they compete for the free ones.
    pub other_live_offers: u32,
    /// Who may decide each step of the route to come.
    pub eligible: BTreeMap<StepKey, BTreeSet<PersonId>>,
    /// To whom a decision of each step may be handed: people who hold its role and may not decide it yet.
    pub delegates: BTreeMap<StepKey, BTreeSet<PersonId>>,
    /// What else counts about people who decide.
    pub approvers: BTreeMap<PersonId, Approver>,
    /// When the people of a step work, where that is not when the firm does.
    pub hours: BTreeMap<StepKey, WorkingHours>,
}

/// Somebody who decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Approver {
    /// The most that the person may approve.
    pub limits: Limits,
    /// Who stands in while the person is away today.
    pub stand_in: Option<PersonId>,
}

impl Facts {
    /// What checks look at of the requisition.
    pub fn opening(&self) -> Opening {
        Opening {
            pay: self.requisition.pay_min.zip(self.requisition.pay_max),
            budget: self.requisition.budget,
            committed: self.committed,
            seats_free: self.seats_free(),
            other_live_offers: self.other_live_offers,
        }
    }

    /// Who stands in for somebody today.
    pub fn stand_in_of(&self, person: &PersonId) -> Option<&PersonId> {
        self.approvers.get(person)?.stand_in.as_ref()
    }

    /// Seats that nobody has.
    pub fn seats_free(&self) -> u32 {
        u32::try_from(self.seats_taken.len()).map_or(0, |taken| self.requisition.seats.saturating_sub(taken))
    }

    /// The lowest seat that nobody has. The store's unique key decides a race for it.
    pub fn lowest_free_seat(&self) -> Option<u32> {
        (1..=self.requisition.seats).find(|seat| !self.seats_taken.contains(seat))
    }
}

/// Ids and salts of one decision, all from 32 random bytes that the desk draws.
#[derive(Clone)]
pub struct Fresh {
    seed: [u8; 32],
    at: Moment,
}

impl std::fmt::Debug for Fresh {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Fresh(..)")
    }
}

impl Fresh {
    /// Takes 32 random bytes and the instant that ids begin with.
    pub const fn new(seed: [u8; 32], at: Moment) -> Self {
        Self { seed, at }
    }

    /// 16 random bytes for one purpose.
    pub fn salt(&self, purpose: &str) -> [u8; 16] {
        let mut bytes = [0; 16];
        for (to, from) in bytes.iter_mut().zip(self.digest(purpose).0.iter()) {
            *to = *from;
        }
        bytes
    }

    /// A new proposal.
    pub fn proposal(&self) -> ProposalId {
        ProposalId::new(self.id("proposal"))
    }

    /// A new question.
    pub fn question(&self) -> QuestionId {
        QuestionId::new(self.id("question"))
    }

    /// A new document.
    pub fn document(&self) -> DocumentId {
        DocumentId::new(self.id("document"))
    }

    /// UUIDv7: 48 bits of milliseconds, then random bits, with version and variant in place.
    fn id(&self, purpose: &str) -> String {
        let millis = u64::try_from(self.at.micros() / 1000).unwrap_or_default();
        let random = self.digest(purpose).to_string();
        let (a, rest) = random.split_at(3);
        let (b, rest) = rest.split_at(3);
        let tail = rest.get(..12).unwrap_or_default();
        format!("{millis:012x}7{a}8{b}{tail}")
    }

    fn digest(&self, purpose: &str) -> Digest {
        let mut bytes = self.seed.to_vec();
        bytes.extend_from_slice(purpose.as_bytes());
        Digest::of(&bytes)
    }
}

/// UTC intervals of work, in order, made by the server; so business hours need no zone data in the browser.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WorkingHours {
    /// Half-open intervals, ascending, without overlap.
    pub intervals: Vec<(Moment, Moment)>,
}

impl WorkingHours {
    /// The instant at which so many seconds of work have passed. Beyond the known intervals plain time counts.
    pub fn after(&self, from: Moment, seconds: i64) -> Moment {
        let mut left = seconds;
        let mut last = from;
        for (opens, closes) in self.intervals.iter().filter(|(_, closes)| *closes > from) {
            let begins = (*opens).max(from);
            let span = closes.seconds_since(begins);
            if left <= span {
                return begins.plus_seconds(left);
            }
            left -= span;
            last = *closes;
        }
        last.plus_seconds(left)
    }

    /// Seconds of work between two instants.
    pub fn seconds_between(&self, from: Moment, to: Moment) -> i64 {
        self.intervals.iter().map(|(opens, closes)| (*closes).min(to).seconds_since((*opens).max(from)).max(0)).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::parse(text).unwrap()
    }

    #[test]
    fn eight_hours_of_work_from_friday_noon_end_on_monday() {
        let hours = WorkingHours {
            intervals: vec![
                (at("2026-11-20T15:00:00Z"), at("2026-11-20T23:00:00Z")),
                (at("2026-11-23T15:00:00Z"), at("2026-11-23T23:00:00Z")),
            ],
        };
        assert_eq!(hours.after(at("2026-11-20T18:00:00Z"), 8 * 3600), at("2026-11-23T18:00:00Z"));
        assert_eq!(hours.seconds_between(at("2026-11-20T18:00:00Z"), at("2026-11-23T16:00:00Z")), 6 * 3600);
    }

    #[test]
    fn fresh_ids_are_uuid_version_7() {
        let id = Fresh::new([7; 32], at("2026-11-20T15:00:00Z")).proposal();
        assert_eq!(id.as_str().len(), 32);
        assert_eq!(id.as_str().get(12..13), Some("7"));
        assert!(ProposalId::parse(id.as_str()).is_some());
    }
}
