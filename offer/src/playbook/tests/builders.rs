//! The smallest playbook that may be published, as text and as itself.

use crate::playbook::{Fault, Playbook, check, from_toml};

/// Every material field is decided by a step without a condition; one letter for all.
pub(super) const SMALL: &str = r#"[firm]
name = "Firm"
legal-name = "Firm, Inc."
address = "1 Main Street, Chicago, IL 60601"
signatory-title = "Director"
help-email = "help@firm.example"

[working-time]
zone = "America/Chicago"
opens = "08:00"
closes = "18:00"
days = ["mon", "fri"]

[signing]
consent-version = 1
consent = "Electronically."
accept-days = 5

[rescission]
approvers = ["ops"]

[[rules]]
key = "ops-decides"
when = "always"
step = { key = "ops", who = { role = "ops" }, sla-hours = 8 }

[[deciders]]
key = "everything"
fields = [FIELDS]
steps = ["ops"]

[[roles]]
key = "ops"
name = "Operations"
sees = ["job", "package"]
runs-the-firm = true
runs-people = true

[[templates]]
key = "letter"
title = "Offer"
language = "en-US"
body = '''
{{job.title}}
{{clauses}}
{{acceptance}}
Signed
{{end}}
'''
"#;

pub(super) fn small_text() -> String {
    let material: Vec<String> =
        crate::field::BUILT_IN.iter().filter(|spec| spec.material).map(|spec| format!("{:?}", spec.key.as_str())).collect();
    SMALL.replace("FIELDS", &material.join(", "))
}

pub(super) fn small() -> Playbook {
    from_toml(&small_text()).unwrap()
}

/// The small playbook and another piece of text behind it.
pub(super) fn with(text: &str) -> Playbook {
    from_toml(&format!("{}\n{text}", small_text())).unwrap()
}

/// What stands against publication: paths and faults.
pub(super) fn faults(playbook: &Playbook) -> Vec<(String, Fault)> {
    let stops = |problem: &crate::playbook::PlaybookProblem| problem.strength() == crate::packet::Strength::Error;
    check(playbook).into_iter().filter(stops).map(|problem| (problem.path.to_string(), problem.fault)).collect()
}
