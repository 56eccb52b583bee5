//! Out of office: who is away on a day, who stands in, and the page on which somebody says so.

use app::desk::{AbsenceLine, AbsencePage, Away, Viewer};
use offer::{
    access::{Actor, Member, StandsInFor},
    id::PersonId,
    lifecycle::Refusal,
    moment::{Day, Moment},
    person::{self, Absence, AbsenceFault, PersonEvent, PersonRefusal},
};

use super::{
    DeskFault, HouseDesk, Listed,
    people::Roster,
    personnel::{proven_runner, standing},
    zones,
};

impl Roster {
    /// What the calendar of somebody shows.
    pub(super) fn day_of(&self, person: &PersonId, now: Moment) -> Day {
        let zone = self.get(person).and_then(|listed| zones::zone(&listed.person.zone)).unwrap_or(chrono_tz::UTC);
        zones::local(now, zone).date()
    }

    /// Who stands in for somebody today; nobody while they are there.
    pub(super) fn stand_in(&self, person: &PersonId, now: Moment) -> Option<&PersonId> {
        let (person, _) = self.rota.get_key_value(person)?;
        let stand_in = person::stand_in(person, self.day_of(person, now), &self.rota)?;
        // at the end of a chain, or after a move, somebody may stand who has nothing in common with whom they would stand in for
        let fits = self.get(stand_in)?.person.can_stand_in_for(&self.get(person)?.person);
        fits.then_some(stand_in)
    }

    /// In whose place somebody stands today.
    pub(crate) fn stands_in_for(&self, person: &PersonId, now: Moment) -> Vec<StandsInFor> {
        let away = self.rota.iter().filter(|(_, absence)| absence.is_some()).map(|(away, _)| away);
        let away = away.filter(|away| self.stand_in(away, now) == Some(person)).filter_map(|away| self.get(away));
        away.map(|listed| StandsInFor { whom: listed.id.clone(), roles: listed.person.roles.clone() }).collect()
    }

    /// The absence of somebody that holds or is still to come.
    fn ahead(&self, listed: &Listed, now: Moment) -> Option<AbsenceLine> {
        let absence = listed.absence.as_ref().filter(|_| !listed.left)?;
        let today = self.day_of(&listed.id, now);
        (absence.until >= today).then(|| AbsenceLine {
            person: listed.id.clone(),
            name: self.name(&listed.id),
            from: absence.from,
            until: absence.until,
            stand_in: absence.stand_in.as_ref().map(|person| (person.clone(), self.name(person))),
            is_now: absence.covers(today),
        })
    }
}

impl HouseDesk {
    pub(super) async fn absence_page(&self, viewer: &Viewer, person: Option<&PersonId>) -> Result<AbsencePage, DeskFault> {
        let member = staff(viewer)?;
        let roster = self.roster().await?;
        let now = self.now();
        let listed = planned(member, person.unwrap_or(&member.id), &roster)?;
        let named = |listed: &Listed| (listed.id.clone(), roster.name(&listed.id));
        let all_ahead = || roster.present().filter_map(|listed| roster.ahead(listed, now));
        let others = roster.present().filter(|other| other.id != listed.id && other.person.can_stand_in_for(&listed.person));
        Ok(AbsencePage {
            person: listed.id.clone(),
            name: roster.name(&listed.id),
            is_own: listed.id == member.id,
            today: roster.day_of(&listed.id, now),
            absence: roster.ahead(listed, now),
            stand_ins: by_name(others.map(named).collect()),
            stands_in_for: all_ahead().filter(|line| line.stand_in.as_ref().is_some_and(|(who, _)| *who == listed.id)).collect(),
            people: if member.runs_people() { by_name(roster.present().map(named).collect()) } else { Vec::new() },
            away: if member.runs_people() { all_ahead().collect() } else { Vec::new() },
        })
    }

    pub(super) async fn go_away(&self, viewer: &Viewer, away: &Away) -> Result<(), DeskFault> {
        let (member, actor) = (staff(viewer)?, viewer.actor().ok_or(DeskFault::SignIn)?);
        let roster = self.roster().await?;
        let listed = planned(member, &away.person, &roster)?;
        self.may_speak_for(viewer, listed, &roster).await?;
        let absence = Absence { from: away.from, until: away.until, stand_in: away.stand_in.clone() };
        let unfit = |because| Refusal::AbsenceUnfit { because };
        absence.fits(&listed.id, &roster.rota).map_err(unfit)?;
        // nobody puts themselves in a colleague's place, through however many others
        if listed.id != member.id && absence.leads_to(&member.id, &roster.rota) {
            return Err(Refusal::Person { why: PersonRefusal::OwnPlace }.into());
        }
        let stand_in = absence.stand_in.as_ref().and_then(|person| roster.get(person));
        if stand_in.is_some_and(|stand_in| !stand_in.person.can_stand_in_for(&listed.person)) {
            return Err(unfit(AbsenceFault::OtherRole).into());
        }
        if absence.until < roster.day_of(&listed.id, self.now()) {
            return Err(Refusal::NotThatDay.into());
        }
        if listed.absence.as_ref() == Some(&absence) {
            return Ok(());
        }
        self.plan(&roster, &listed.id, PersonEvent::Away { absence }, &actor).await
    }

    pub(super) async fn come_back(&self, viewer: &Viewer, person: &PersonId) -> Result<(), DeskFault> {
        let (member, actor) = (staff(viewer)?, viewer.actor().ok_or(DeskFault::SignIn)?);
        let roster = self.roster().await?;
        let listed = planned(member, person, &roster)?;
        self.may_speak_for(viewer, listed, &roster).await?;
        match listed.absence {
            Some(_) => self.plan(&roster, &listed.id, PersonEvent::Back, &actor).await,
            None => Err(Refusal::NothingChanges.into()),
        }
    }

    /// Somebody else's days change who decides: they weigh like everything that is done to somebody.
    async fn may_speak_for(&self, viewer: &Viewer, listed: &Listed, roster: &Roster) -> Result<(), DeskFault> {
        if viewer.member().is_some_and(|member| member.id == listed.id) {
            return Ok(());
        }
        let by = proven_runner(viewer)?;
        let current = self.current().await?;
        Ok(person::may_see_to(&by, &listed.id, &standing(roster), &current.playbook.roles)?)
    }

    async fn plan(&self, roster: &Roster, person: &PersonId, event: PersonEvent, actor: &Actor) -> Result<(), DeskFault> {
        match self.tell_person_by(roster, person, event, actor, Vec::new()).await {
            // somebody else changed people at the same instant: whoever asked looks again
            Err(DeskFault::Moved) => Err(DeskFault::OutOfReach),
            told => told,
        }
    }
}

/// Somebody of the firm: a client's contact only sees and decides.
fn staff(viewer: &Viewer) -> Result<&Member, DeskFault> {
    match viewer {
        Viewer::Staff { member, .. } => Ok(member),
        Viewer::Client { .. } => Err(DeskFault::NotFound),
        _ => Err(DeskFault::SignIn),
    }
}

/// Somebody for whom the member may say when they are away; anybody else is not found.
fn planned<'r>(member: &Member, person: &PersonId, roster: &'r Roster) -> Result<&'r Listed, DeskFault> {
    roster.get(person).filter(|listed| !listed.left && member.may_plan(&listed.id)).ok_or(DeskFault::NotFound)
}

fn by_name(mut people: Vec<(PersonId, String)>) -> Vec<(PersonId, String)> {
    people.sort_by(|one, other| one.1.cmp(&other.1));
    people
}
