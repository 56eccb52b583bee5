//! Who stood in for whom: people's histories folded up to each instant at which that may have changed.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveTime;
use chrono_tz::Tz;
use offer::{
    access::StandsInFor,
    id::PersonId,
    moment::Moment,
    person::{self, Absence, PersonRecord, Rota},
};

use super::zones;

/// Something as it stood from an instant on, earliest first.
pub(super) type Course<T> = Vec<(Moment, T)>;

/// How it stood at an instant; nothing before it began.
pub(super) fn stood<T>(course: &Course<T>, at: Moment) -> Option<&T> {
    course.iter().rev().find(|(since, _)| *since <= at).map(|(_, stood)| stood)
}

/// Those in whose place somebody stands, by who stands there.
pub(super) type StandIns = BTreeMap<PersonId, Vec<StandsInFor>>;

/// Who stood in for whom between two instants.
pub(super) fn stand_ins(people: &BTreeMap<PersonId, Course<PersonRecord>>, from: Moment, until: Moment) -> Course<StandIns> {
    let (mut concerned, mut turns) = (BTreeSet::new(), BTreeSet::from([from]));
    for (away, course) in people {
        for (_, record) in course {
            let Some(absence) = &record.absence else { continue };
            concerned.extend(std::iter::once(away).chain(&absence.stand_in));
            turns.extend(begins_and_ends(record, absence));
        }
    }
    let concerned: Vec<_> = concerned.into_iter().filter_map(|person| people.get_key_value(person)).collect();
    turns.extend(concerned.iter().flat_map(|(_, course)| course.iter().map(|(at, _)| *at)));
    turns.into_iter().filter(|turn| (from..=until).contains(turn)).map(|turn| (turn, stood_in_at(&concerned, turn))).collect()
}

fn stood_in_at(concerned: &[(&PersonId, &Course<PersonRecord>)], at: Moment) -> StandIns {
    let is_there = |record: &&PersonRecord| !record.left && record.person.as_ref().is_some_and(|person| !person.is_program());
    let there: Vec<(&PersonId, &PersonRecord)> =
        concerned.iter().filter_map(|&(person, course)| Some((person, stood(course, at).filter(is_there)?))).collect();
    let rota: Rota = there.iter().map(|(person, record)| ((*person).clone(), record.absence.clone())).collect();
    let mut stand_ins = StandIns::new();
    for (away, record) in there {
        let day = zones::local(at, zone_of(record)).date();
        if let Some(who) = person::stand_in(away, day, &rota) {
            let roles = record.person.as_ref().map(|person| person.roles.clone()).unwrap_or_default();
            stand_ins.entry(who.clone()).or_default().push(StandsInFor { whom: away.clone(), roles });
        }
    }
    stand_ins
}

/// When the first day of an absence begins and when its last is over, where the person is.
fn begins_and_ends(record: &PersonRecord, absence: &Absence) -> impl Iterator<Item = Moment> {
    let zone = zone_of(record);
    let days = [Some(absence.from), absence.until.succ_opt()].into_iter().flatten();
    days.filter_map(move |day| zones::instant(day.and_time(NaiveTime::MIN), zone))
}

fn zone_of(record: &PersonRecord) -> Tz {
    record.person.as_ref().and_then(|person| zones::zone(&person.zone)).unwrap_or(chrono_tz::UTC)
}
