//! Templates and clauses: their bodies read, and every offer finds exactly one letter.

use super::Checking;
use crate::engagement::Engagement;
use crate::intake::STATES;
use crate::packet;
use crate::playbook::faults::{Fault, Path};

pub(super) fn check(checking: &mut Checking<'_>) {
    let (playbook, table) = (checking.playbook, checking.table);
    for (index, template) in playbook.templates.iter().enumerate() {
        let path = Path::of("templates").item(index, template.key.as_str());
        body(checking, &path, template.lint(table, &playbook.clauses));
        checking.say_if(template.title.trim().is_empty(), path.at("title"), Fault::NothingSaid);
        for (place, state) in template.scope.states.iter().enumerate() {
            let known = STATES.contains(&state.as_str());
            checking.say_if(!known, path.at("scope").at("states").index(place), Fault::NotAState { text: state.clone() });
        }
    }
    for (index, clause) in playbook.clauses.iter().enumerate() {
        let path = Path::of("clauses").item(index, clause.key.as_str());
        body(checking, &path, clause.lint(table));
        checking.say_if(clause.title.trim().is_empty(), path.at("title"), Fault::NothingSaid);
        checking.say_if(clause.version == 0, path.at("version"), Fault::NotPositive);
    }
    for (one, other) in packet::ties(&playbook.templates) {
        let index = playbook.templates.iter().position(|template| template.key.as_str() == one).unwrap_or_default();
        checking.say(Path::of("templates").item(index, one), Fault::TemplateTie { other: crate::id::TemplateKey::new(other) });
    }
    for engagement in Engagement::ALL {
        let meant = |scope: &packet::Scope| scope.engagements.is_empty() || scope.engagements.contains(&engagement);
        let missing = !playbook.templates.iter().any(|template| meant(&template.scope));
        checking.say_if(missing, Path::of("templates"), Fault::TemplateMissing { engagement });
    }
}

fn body(checking: &mut Checking<'_>, path: &Path, faults: Vec<packet::Fault>) {
    for fault in faults {
        checking.say(path.at("body"), Fault::Letter { body: fault.place, letter: fault.kind });
    }
}
