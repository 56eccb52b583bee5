//! What one part of a playbook names of another must exist there.

use super::Checking;
use crate::access::sides_of;
use crate::engagement::Engagement;
use crate::field::{self, BUILT_IN, FieldKey, Kind};
use crate::id::{ClauseKey, Role, StepKey};
use crate::intake::STATES;
use crate::playbook::faults::{Fault, Path};

pub(super) fn check(checking: &mut Checking<'_>) {
    roles(checking);
    fields(checking);
    clients(checking);
    recipients(checking);
    let playbook = checking.playbook;
    for (index, rule) in playbook.rules.iter().enumerate() {
        let step = Path::of("rules").item(index, rule.key.as_str()).at("step");
        for (place, after) in rule.step.after.iter().enumerate() {
            checking.step(step.at("after").index(place), after);
        }
        checking.role(step.at("who"), &rule.step.who.role());
        if let Some(who) = &rule.step.escalate_to {
            checking.role(step.at("escalate-to"), &who.role());
        }
    }
    for (index, group) in playbook.deciders.iter().enumerate() {
        let path = Path::of("deciders").item(index, &group.key);
        for (place, step) in group.steps.iter().enumerate() {
            checking.step(path.at("steps").index(place), step);
        }
        for (place, field) in group.fields.iter().enumerate() {
            checking.field(path.at("fields").index(place), field);
        }
        checking.no_doubles(&path.at("steps"), &group.steps);
        checking.no_doubles(&path.at("fields"), &group.fields);
    }
    let contingencies = checking.table.get(&field::CONTINGENCIES).map(|spec| spec.choices.clone()).unwrap_or_default();
    for (index, rule) in playbook.contingencies.iter().enumerate() {
        let known = contingencies.iter().any(|choice| choice == rule.key.as_str());
        let path = Path::of("contingencies").item(index, rule.key.as_str());
        checking.say_if(!known, path, Fault::UnknownContingency { contingency: rule.key.clone() });
    }
}

fn roles(checking: &mut Checking<'_>) {
    let playbook = checking.playbook;
    for (index, sheet) in playbook.roles.iter().enumerate() {
        let path = Path::of("roles").item(index, sheet.key.as_str()).at("sees-for");
        let engagements: Vec<&str> = sheet.sees_for.iter().map(|row| row.engagement.code()).collect();
        checking.no_doubles(&path, &engagements);
    }
    for (index, grant) in playbook.grants.iter().enumerate() {
        let path = Path::of("grants").item(index, &grant.key);
        checking.role(path.at("role"), &grant.role);
        checking.say_if(grant.actions.is_empty(), path.at("actions"), Fault::NothingListed);
    }
    let approvers = Path::of("rescission").at("approvers");
    checking.say_if(playbook.rescission.approvers.is_empty(), approvers.clone(), Fault::NothingListed);
    checking.no_doubles(&approvers, &playbook.rescission.approvers);
    for (index, role) in playbook.rescission.approvers.iter().enumerate() {
        checking.role(approvers.index(index), role);
    }
}

fn fields(checking: &mut Checking<'_>) {
    let playbook = checking.playbook;
    for (index, field) in playbook.fields.iter().enumerate() {
        let path = Path::of("fields").item(index, field.key.as_str());
        let prefixed = field.key.as_str().strip_prefix("custom.").is_some_and(|name| !name.is_empty());
        checking.say_if(!prefixed, path.at("key"), Fault::CustomPrefix { field: field.key.clone() });
        checking.role(path.at("owner"), &field.owner);
        checking.say_if(field.label.trim().is_empty(), path.at("label"), Fault::NothingSaid);
        checking.no_doubles(&path.at("choices"), &field.choices);
        match field.kind {
            Kind::Choice => checking.say_if(field.choices.is_empty(), path.at("choices"), Fault::ChoicesMissing),
            Kind::Codes => {}
            _ => checking.say_if(!field.choices.is_empty(), path.at("choices"), Fault::ChoicesUnfit),
        }
        for (name, typed) in [("min", &field.min), ("max", &field.max)] {
            if let Some(text) = typed.as_ref().filter(|text| field.bound(Some(text)).is_none()) {
                checking.say(path.at(name), Fault::BoundUnreadable { text: text.clone() });
            }
        }
        if let (Some(min), Some(max)) = (field.bound(field.min.as_deref()), field.bound(field.max.as_deref())) {
            checking.say_if(min > max, path.at("min"), Fault::BoundsCrossed);
        }
    }
    for (index, gate) in playbook.gates.iter().enumerate() {
        let built_in = BUILT_IN.iter().any(|spec| spec.key == gate.field);
        let path = Path::of("gates").item(index, gate.field.as_str()).at("field");
        checking.say_if(!built_in, path, Fault::NotBuiltIn { field: gate.field.clone() });
    }
}

fn clients(checking: &mut Checking<'_>) {
    for (index, client) in checking.playbook.clients.iter().enumerate() {
        let path = Path::of("clients").item(index, client.code.as_str());
        for (place, clause) in client.required_clauses.iter().enumerate() {
            checking.clause(path.at("required-clauses").index(place), clause);
        }
        checking.no_doubles(&path.at("required-clauses"), &client.required_clauses);
        checking.role(path.at("owner"), &client.owner);
    }
    for (index, band) in checking.playbook.bands.iter().enumerate() {
        let known = STATES.contains(&band.state.as_str());
        let path = Path::of("bands").item(index, crate::playbook::Keyed::item_key(band)).at("state");
        checking.say_if(!known, path, Fault::NotAState { text: band.state.clone() });
    }
}

/// A hand-off never shows a role more than the role may see.
fn recipients(checking: &mut Checking<'_>) {
    let playbook = checking.playbook;
    for (index, recipient) in playbook.recipients.iter().enumerate() {
        let path = Path::of("recipients").item(index, recipient.key.as_str());
        checking.role(path.at("role"), &recipient.role);
        checking.say_if(recipient.fields.is_empty(), path.at("fields"), Fault::NothingListed);
        checking.no_doubles(&path.at("fields"), &recipient.fields);
        checking.say_if(recipient.due_hours == 0, path.at("due-hours"), Fault::NotPositive);
        let engagements: Vec<Engagement> =
            Engagement::ALL.into_iter().filter(|one| recipient.engagements.is_empty() || recipient.engagements.contains(one)).collect();
        for (place, key) in recipient.fields.iter().enumerate() {
            let here = path.at("fields").index(place);
            checking.field(here.clone(), key);
            let Some(sheet) = playbook.role(&recipient.role).map(|sheet| playbook.double_blind.over(sheet)) else { continue };
            let Some(spec) = checking.table.get(key) else { continue };
            let unseen = engagements
                .iter()
                .filter(|engagement| spec.applies_to(**engagement))
                .any(|engagement| !sides_of(&sheet, Some(*engagement)).contains(&spec.side));
            checking.say_if(unseen, here, Fault::RecipientMayNotSee { recipient: recipient.key.clone(), field: key.clone() });
        }
    }
}

impl Checking<'_> {
    pub(super) fn field(&mut self, path: Path, field: &FieldKey) {
        self.say_if(self.table.get(field).is_none(), path, Fault::UnknownField { field: field.clone() });
    }

    pub(super) fn role(&mut self, path: Path, role: &Role) {
        let known = self.playbook.roles.iter().any(|sheet| sheet.key == *role);
        self.say_if(!known, path, Fault::UnknownRole { role: role.clone() });
    }

    fn step(&mut self, path: Path, step: &StepKey) {
        let known = self.playbook.rules.iter().any(|rule| rule.step.key == *step);
        self.say_if(!known, path, Fault::UnknownStep { step: step.clone() });
    }

    fn clause(&mut self, path: Path, clause: &ClauseKey) {
        self.say_if(self.playbook.clause(clause).is_none(), path, Fault::UnknownClause { clause: clause.clone() });
    }
}
