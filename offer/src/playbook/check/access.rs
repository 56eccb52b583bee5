//! Roles, grants and edits: a playbook may give the shipped roles less than they promise to keep to, and never more.

use super::Checking;
use crate::access::{Action, Promise, RoleSheet, promise_of, sides_of};
use crate::engagement::Engagement;
use crate::id::Role;
use crate::playbook::faults::{Fault, Path};
use std::collections::BTreeSet;

pub(super) fn check(checking: &mut Checking<'_>) {
    sheets(checking);
    grants(checking);
    edits(checking);
    blind(checking);
    let playbook = checking.playbook;
    let (firm, people) = (playbook.roles.iter().any(|role| role.runs_the_firm), playbook.roles.iter().any(|role| role.runs_people));
    checking.say_if(!(firm && people), Path::of("roles"), Fault::NobodyRuns);
    let days = Path::of("retention").at("access-log-days");
    checking.say_if(playbook.retention.access_log_days == 0, days, Fault::NotPositive);
}

fn sheets(checking: &mut Checking<'_>) {
    for (index, sheet) in checking.playbook.roles.iter().enumerate() {
        let Some(promise) = promise_of(&sheet.key) else { continue };
        let path = Path::of("roles").item(index, sheet.key.as_str());
        let runs = sheet.runs_the_firm || sheet.runs_people;
        checking.say_if(runs, path.clone(), Fault::RoleMayNotRun { role: sheet.key.clone() });
        for side in promise.unseen.iter().filter(|side| sees(sheet).any(|seen| seen == **side)) {
            checking.say(path.at("sees"), Fault::RoleMayNotSee { role: sheet.key.clone(), side: *side });
        }
    }
}

/// Every side that a role sees of some engagement.
fn sees(sheet: &RoleSheet) -> impl Iterator<Item = crate::field::Side> {
    let of = |engagement| sides_of(sheet, engagement).iter().copied();
    std::iter::once(None).chain(Engagement::ALL.into_iter().map(Some)).flat_map(of)
}

fn grants(checking: &mut Checking<'_>) {
    for (index, grant) in checking.playbook.grants.iter().enumerate() {
        let Some(promise) = promise_of(&grant.role) else { continue };
        let path = Path::of("grants").item(index, &grant.key);
        for (place, action) in grant.actions.iter().enumerate().filter(|(_, action)| !promise.allows(**action)) {
            let fault = Fault::RoleMayNotAct { role: grant.role.clone(), action: *action };
            checking.say(path.at("actions").index(place), fault);
        }
        let beyond = |promise: &Promise| promise.within.is_some_and(|within| !within.contains(&grant.scope));
        checking.say_if(beyond(promise), path.at("scope"), Fault::RoleMayNotReach { role: grant.role.clone(), scope: grant.scope });
    }
}

fn edits(checking: &mut Checking<'_>) {
    let playbook = checking.playbook;
    for (index, row) in playbook.edits.iter().enumerate() {
        let path = Path::of("edits").item(index, &row.key);
        checking.role(path.at("role"), &row.role);
        checking.say_if(row.sides.is_empty() && row.fields.is_empty(), path.at("sides"), Fault::NothingListed);
        let Some(sheet) = playbook.role(&row.role) else { continue };
        let unseen = |side: crate::field::Side| !sees(sheet).any(|seen| seen == side);
        for (place, side) in row.sides.iter().enumerate().filter(|(_, side)| unseen(**side)) {
            checking.say(path.at("sides").index(place), Fault::EditsUnseen { role: row.role.clone(), side: *side });
        }
        for (place, key) in row.fields.iter().enumerate() {
            let here = path.at("fields").index(place);
            checking.field(here.clone(), key);
            if let Some(side) = checking.table.get(key).map(|spec| spec.side).filter(|side| unseen(*side)) {
                checking.say(here, Fault::EditsUnseen { role: row.role.clone(), side });
            }
        }
    }
    let writes = |action: &Action| matches!(action, Action::Draft | Action::Change);
    let writers: BTreeSet<&Role> =
        playbook.grants.iter().filter(|grant| grant.actions.iter().any(writes)).map(|grant| &grant.role).collect();
    for role in writers.into_iter().filter(|role| !playbook.edits.iter().any(|row| row.role == **role)) {
        checking.say(Path::of("edits"), Fault::EditsNothing { role: role.clone() });
    }
}

fn blind(checking: &mut Checking<'_>) {
    let blind = &checking.playbook.double_blind;
    let path = Path::of("double-blind");
    for (name, roles) in [("pay-side", &blind.pay_side), ("bill-side", &blind.bill_side)] {
        checking.say_if(!blind.is_off() && roles.is_empty(), path.at(name), Fault::NothingListed);
        for (place, role) in roles.iter().enumerate() {
            checking.role(path.at(name).index(place), role);
        }
    }
}
