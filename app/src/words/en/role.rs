//! Roles, steps and recipients. The playbook may add its own, so an unknown key is read out as it is written.

use offer::id::{RecipientKey, Role, StepKey};
use offer::policy::{Relation, Who};

/// A role: "Finance".
pub fn role(role: &Role) -> String {
    match role.as_str() {
        "recruiter" => "Recruiter",
        "recruiting_lead" => "Recruiting lead",
        "hiring_manager" => "Hiring manager",
        "ops" => "Operations",
        "finance" => "Finance",
        "hrbp" => "HR business partner",
        "hr_ops" => "HR operations",
        "legal" => "Legal",
        "it" => "IT",
        "payroll" => "Payroll",
        "account_manager" => "Account manager",
        "client_contact" => "Client contact",
        "ta_leader" => "Talent acquisition leader",
        "admin" => "Administrator",
        "auditor" => "Auditor",
        "integration" => "Integration",
        other => return read_out(other),
    }
    .to_owned()
}

/// A step of a route: "Finance", "Client contact".
pub fn step(step: &StepKey) -> String {
    match step.as_str() {
        "client_contact" => "Client".to_owned(),
        key => role(&Role::new(key)),
    }
}

/// Who decides a step, within a sentence.
pub fn who(who: &Who) -> String {
    match who {
        Who::Role(asked) => role(asked).to_lowercase(),
        Who::Relation(relation) => self::relation(*relation).to_lowercase(),
        Who::ManagerOf(manager) => format!("manager of the {}", relation(manager.of).to_lowercase()),
    }
}

/// A person whom an offer names.
pub const fn relation(relation: Relation) -> &'static str {
    match relation {
        Relation::Recruiter => "Recruiter",
        Relation::HiringManager => "Hiring manager",
        Relation::ClientContact => "Client contact",
        Relation::AccountManager => "Account manager",
    }
}

/// A recipient of the hand-off.
pub fn recipient(recipient: &RecipientKey) -> String {
    match recipient.as_str() {
        "client" | "client_confirmation" | "client-confirmation" => "the client".to_owned(),
        "billing" => "billing".to_owned(),
        key => role(&Role::new(key.replace('-', "_"))),
    }
}

/// A key as words: `people_partner` as "People partner".
pub fn read_out(key: &str) -> String {
    let spaced = key.replace(['_', '-', '.'], " ");
    let mut letters = spaced.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
