//! Out of office: from when, until when, and who decides meanwhile. No circle of people waits for one another.

use super::Person;
use crate::id::{PersonId, role};
use crate::moment::Day;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Everybody who is there, with the absence that was planned last; its days say whether it holds.
pub type Rota = BTreeMap<PersonId, Option<Absence>>;

/// A time in which somebody is away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
    /// Who decides meanwhile; nobody when nothing is said.
    pub stand_in: Option<PersonId>,
}

/// Why somebody cannot be away like that.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AbsenceFault {
    /// The last day lies before the first.
    DatesCrossed,
    /// Whoever stands in is stood in for by the same person in these days, through however many others.
    Loops,
    /// Whoever would stand in is not there any more.
    NobodyThere,
    /// Whoever would stand in holds no role in which the other decides, or speaks for another client.
    OtherRole,
}

impl Person {
    /// Whether the person can decide in another's place: both hold a role, and whoever speaks for a client does so for the same one.
    pub fn can_stand_in_for(&self, other: &Self) -> bool {
        let shared = |held: &&crate::id::Role| other.is(held);
        let same_client = || self.clients.iter().any(|client| other.clients.contains(client));
        self.roles.iter().filter(shared).any(|held| *held != role::CLIENT_CONTACT || same_client())
    }
}

impl Absence {
    /// Whether a day lies in it.
    pub fn covers(&self, day: Day) -> bool {
        (self.from..=self.until).contains(&day)
    }

    /// Whether somebody stands somewhere in the chain of those who stand in.
    pub fn leads_to(&self, person: &PersonId, rota: &Rota) -> bool {
        let mut seen = BTreeSet::new();
        let mut next = self.stand_in.as_ref();
        while let Some(stand_in) = next.filter(|stand_in| seen.insert((*stand_in).clone())) {
            if stand_in == person {
                return true;
            }
            let absence = rota.get(stand_in).and_then(Option::as_ref).filter(|theirs| theirs.meets(self));
            next = absence.and_then(|theirs| theirs.stand_in.as_ref());
        }
        false
    }

    /// Whether some day lies in both.
    fn meets(&self, other: &Self) -> bool {
        self.from <= other.until && other.from <= self.until
    }

    /// Whether somebody may be away like that.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn fits(&self, person: &PersonId, rota: &Rota) -> Result<(), AbsenceFault> {
        if self.until < self.from {
            return Err(AbsenceFault::DatesCrossed);
        }
        let mut seen = BTreeSet::from([person]);
        let mut next = self.stand_in.as_ref();
        while let Some(stand_in) = next {
            if !seen.insert(stand_in) {
                return Err(AbsenceFault::Loops);
            }
            let absence = rota.get(stand_in).ok_or(AbsenceFault::NobodyThere)?;
            next = absence.as_ref().filter(|theirs| theirs.meets(self)).and_then(|theirs| theirs.stand_in.as_ref());
        }
        Ok(())
    }
}

/// Who stands in for somebody on a day: the first in the chain who is there. Nobody when the person is there, or nobody of the chain is.
pub fn stand_in<'a>(person: &'a PersonId, day: Day, rota: &'a Rota) -> Option<&'a PersonId> {
    let away = |person: &PersonId| rota.get(person).and_then(Option::as_ref).filter(|absence| absence.covers(day));
    let mut seen = BTreeSet::from([person]);
    let mut next = away(person)?.stand_in.as_ref()?;
    loop {
        // a circle that came about by other ways than `fits` leads to nobody
        if !seen.insert(next) || !rota.contains_key(next) {
            return None;
        }
        match away(next) {
            None => return Some(next),
            Some(absence) => next = absence.stand_in.as_ref()?,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(name: &str) -> PersonId {
        PersonId::new(name)
    }

    fn day(day: u32) -> Day {
        Day::from_ymd_opt(2026, 12, day).unwrap()
    }

    fn absence(from: u32, until: u32, stand_in: &str) -> Absence {
        Absence { from: day(from), until: day(until), stand_in: Some(id(stand_in)) }
    }

    fn people(away: &[(&str, Option<Absence>)]) -> Rota {
        away.iter().map(|(name, absence)| (id(name), absence.clone())).collect()
    }

    fn somebody(roles: &[crate::id::Role], clients: &[&str]) -> Person {
        Person {
            identity: crate::private::Private::Erased,
            roles: roles.to_vec(),
            team: None,
            department: None,
            business_line: None,
            region: None,
            clients: clients.iter().map(|client| crate::id::ClientCode::new(*client)).collect(),
            manager: None,
            approval_limit_annual: None,
            approval_limit_over_band: None,
            zone: "America/Chicago".to_owned(),
        }
    }

    #[test]
    fn whoever_is_away_is_stood_in_for_on_these_days_and_on_no_other() {
        let people = people(&[("a", Some(absence(7, 11, "b"))), ("b", None)]);
        assert_eq!(stand_in(&id("a"), day(7), &people), Some(&id("b")));
        assert_eq!(stand_in(&id("a"), day(11), &people), Some(&id("b")));
        assert_eq!(stand_in(&id("a"), day(12), &people), None);
        assert_eq!(stand_in(&id("b"), day(8), &people), None);
    }

    #[test]
    fn a_stand_in_who_is_away_too_is_stood_in_for() {
        let people = people(&[("a", Some(absence(7, 11, "b"))), ("b", Some(absence(9, 10, "c"))), ("c", None)]);
        assert_eq!(stand_in(&id("a"), day(8), &people), Some(&id("b")));
        assert_eq!(stand_in(&id("a"), day(9), &people), Some(&id("c")));
    }

    #[test]
    fn a_chain_leads_to_everybody_in_it() {
        let known = people(&[("a", None), ("b", Some(absence(9, 10, "c"))), ("c", None), ("d", None)]);
        let leads_to = |person: &str| absence(7, 11, "b").leads_to(&id(person), &known);
        assert_eq!(["b", "c", "d", "a"].map(leads_to), [true, true, false, false]);
    }

    #[test]
    fn nobody_stands_in_for_whoever_stands_in_for_them() {
        let known = people(&[("a", None), ("b", Some(absence(9, 10, "c"))), ("c", Some(absence(10, 20, "a")))]);
        assert_eq!(absence(7, 11, "b").fits(&id("a"), &known), Err(AbsenceFault::Loops));
        assert_eq!(absence(7, 11, "a").fits(&id("a"), &known), Err(AbsenceFault::Loops), "oneself");
        assert_eq!(absence(7, 8, "b").fits(&id("a"), &known), Ok(()), "on other days there is no circle");
        let circle = people(&[("a", Some(absence(7, 11, "b"))), ("b", Some(absence(7, 11, "a")))]);
        assert_eq!(stand_in(&id("a"), day(8), &circle), None);
    }

    #[test]
    fn an_absence_has_days_and_somebody_who_is_there() {
        assert_eq!(absence(8, 7, "b").fits(&id("a"), &people(&[("b", None)])), Err(AbsenceFault::DatesCrossed));
        assert_eq!(absence(7, 8, "b").fits(&id("a"), &people(&[])), Err(AbsenceFault::NobodyThere));
        let nobody = Absence { stand_in: None, ..absence(7, 8, "b") };
        assert_eq!(nobody.fits(&id("a"), &people(&[])), Ok(()));
    }

    #[test]
    fn only_who_could_decide_stands_in() {
        let finance = somebody(&[role::FINANCE], &[]);
        assert!(somebody(&[role::OPS, role::FINANCE], &[]).can_stand_in_for(&finance));
        assert!(!somebody(&[role::OPS], &[]).can_stand_in_for(&finance));
        let contact = somebody(&[role::CLIENT_CONTACT], &["ACME"]);
        assert!(somebody(&[role::CLIENT_CONTACT], &["BRIDGE", "ACME"]).can_stand_in_for(&contact));
        assert!(!somebody(&[role::CLIENT_CONTACT], &["BRIDGE"]).can_stand_in_for(&contact), "another client's");
    }
}
