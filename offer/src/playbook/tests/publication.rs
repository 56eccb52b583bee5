//! What may not be published.

use super::builders::{faults, small, with};
use crate::engagement::Engagement;
use crate::field::{self, FieldKey};
use crate::id::{ClauseKey, Role, StepKey};
use crate::playbook::{Fault, check};
use crate::policy::{Condition, FieldTest, Test};

fn at(path: &str, fault: Fault) -> (String, Fault) {
    (path.to_owned(), fault)
}

fn test_of(key: FieldKey, test: Test) -> Condition {
    Condition::Field(FieldTest { key, test })
}

#[test]
fn the_small_playbook_may_be_published() {
    assert_eq!(faults(&small()), []);
}

#[test]
fn a_key_stands_once_in_its_section() {
    let twice = with("[[teams]]\nkey = \"a\"\nname = \"A\"\n\n[[teams]]\nkey = \"a\"\nname = \"B\"\n");
    assert_eq!(faults(&twice), [at("teams.a", Fault::DoubleKey { key: "a".into() })]);
}

#[test]
fn keys_of_rules_are_kebab_case_and_roles_keep_their_spelling() {
    let team = with(
        "[[teams]]\nkey = \"West_Desk\"\nname = \"West\"\n\n[[roles]]\nkey = \"hiring_manager\"\nname = \"Hiring manager\"\nsees = []\n",
    );
    assert_eq!(faults(&team), [at("teams.West_Desk", Fault::NotKebab { key: "West_Desk".into() })]);
}

#[test]
fn whatever_is_named_must_exist() {
    let mut playbook = with(
        "[[clients]]\ncode = \"A\"\nname = \"A\"\nbusiness-line = \"b\"\nregion = \"r\"\nowner = \"nobody\"\nrequired-clauses = [\"NO-SUCH\"]\n",
    );
    playbook.rules[0].step.after = vec![StepKey::new("somebody")];
    playbook.deciders[0].fields.push(FieldKey::new("pay.bse"));
    let role = Fault::UnknownRole { role: Role::new("nobody") };
    assert_eq!(
        faults(&playbook),
        [
            at("clients.A.required-clauses[0]", Fault::UnknownClause { clause: ClauseKey::new("NO-SUCH") }),
            at("clients.A.owner", role),
            at("rules.ops-decides.step.after[0]", Fault::UnknownStep { step: StepKey::new("somebody") }),
            at("deciders.everything.fields[37]", Fault::UnknownField { field: FieldKey::new("pay.bse") }),
        ]
    );
}

#[test]
fn a_material_field_that_nobody_decides_refuses_publication() {
    let mut playbook = small();
    playbook.deciders[0].fields.retain(|key| *key != field::BILL_RATE);
    let fault = Fault::FieldUndecided { field: field::BILL_RATE, engagements: vec![Engagement::Temp, Engagement::ContractToHire] };
    assert_eq!(faults(&playbook), [at("deciders", fault)]);
}

#[test]
fn a_material_field_whose_last_decider_is_asked_only_sometimes_refuses_publication() {
    let mut playbook = small();
    playbook.rules[0].when = test_of(field::PAY_BASE, Test::MoreThan("100.00".into()));
    let fault = |engagement| at("deciders.everything.steps", Fault::LastDeciderConditional { engagement, step: Some(StepKey::new("ops")) });
    assert_eq!(faults(&playbook), Engagement::ALL.map(fault));
}

#[test]
fn a_material_field_whose_decider_has_no_step_in_an_engagement_refuses_publication() {
    let mut playbook = small();
    playbook.rules[0].engagements = vec![Engagement::Temp, Engagement::ContractToHire, Engagement::DirectHire];
    let fault = Fault::LastDeciderConditional { engagement: Engagement::Internal, step: None };
    assert_eq!(faults(&playbook), [at("deciders.everything.steps", fault)]);
}

#[test]
fn a_field_has_one_group_of_deciders() {
    let twice = with("[[deciders]]\nkey = \"again\"\nfields = [\"pay.base\"]\nsteps = [\"ops\"]\n");
    let found = faults(&twice);
    assert!(matches!(found.as_slice(), [(_, Fault::FieldDecidedTwice { field, .. })] if *field == field::PAY_BASE), "{found:?}");
}

#[test]
fn steps_that_wait_for_one_another_are_a_circle() {
    let mut playbook = with(
        "[[rules]]\nkey = \"b\"\nwhen = \"always\"\nstep = { key = \"b\", who = { role = \"ops\" }, after = [\"ops\"], sla-hours = 1 }\n",
    );
    assert_eq!(faults(&playbook), []);
    let ops = playbook.rules.iter_mut().find(|rule| rule.step.key.as_str() == "ops").unwrap();
    ops.step.after = vec![StepKey::new("b")];
    let fault = |engagement| at("rules", Fault::StepCircle { engagement, steps: vec![StepKey::new("b"), StepKey::new("ops")] });
    assert_eq!(faults(&playbook), Engagement::ALL.map(fault));
}

#[test]
fn a_rule_must_be_able_to_read_what_it_asks() {
    let rule = "[[rules]]\nkey = \"x\"\nwhen = \"always\"\nstep = { key = \"ops\", who = { role = \"ops\" }, sla-hours = 1 }\n";
    for (when, fault) in [
        (test_of(field::PAY_BASE, Test::MoreThan("62,5O".into())), Fault::TestUnreadable { field: field::PAY_BASE, text: "62,5O".into() }),
        (test_of(field::REMOTE, Test::Is("maybe".into())), Fault::TestUnreadable { field: field::REMOTE, text: "maybe".into() }),
        (test_of(field::JOB_TITLE, Test::AtLeast("Nurse".into())), Fault::TestUnfit { field: field::JOB_TITLE }),
        (test_of(FieldKey::new("custom.x"), Test::Filled), Fault::UnknownField { field: FieldKey::new("custom.x") }),
        (Condition::All(Vec::new()), Fault::ConditionEmpty),
        (Condition::Not(Box::new(Condition::Any(Vec::new()))), Fault::ConditionEmpty),
    ] {
        let mut playbook = with(rule);
        playbook.rules.iter_mut().find(|rule| rule.key.as_str() == "x").unwrap().when = when;
        assert_eq!(faults(&playbook), [at("rules.x.when", fault)]);
    }
}

#[test]
fn a_playbook_never_names_a_person() {
    let mut by_id = with("[[rules]]\nkey = \"x\"\nwhen = \"always\"\nstep = { key = \"ops\", who = { role = \"ops\" }, sla-hours = 1 }\n");
    by_id.rules[1].when = test_of(field::RECRUITER, Test::Is("0193b8e4a7c07d3f9a5e2b1c4d6f8091".into()));
    assert_eq!(faults(&by_id), [at("rules.x.when", Fault::NamesAPerson)]);
    let mut by_address = small();
    by_address.rules[0].note = "Ask ava.nguyen@firm.example.".into();
    assert_eq!(faults(&by_address), [at("rules.ops-decides.note", Fault::NamesAPerson)]);
    let timesheets = "[[clients]]\ncode = \"A\"\nname = \"A\"\nbusiness-line = \"b\"\nregion = \"r\"\nowner = \"ops\"\ntimesheet-approver = \"desk@a.example\"\n";
    assert_eq!(faults(&with(timesheets)), []);
}

#[test]
fn a_band_lies_in_order() {
    let band = "[[bands]]\ndepartment = \"N\"\nlevel = \"1\"\nstate = \"CA\"\nbasis = \"hourly\"\nmin = \"10\"\nmid = \"8\"\nmax = \"30\"\nbenchmarked-on = \"2026-06-15\"\nsource = \"s\"\n";
    assert_eq!(faults(&with(band)), [at("bands.N/1/CA/hourly.min", Fault::BandOutOfOrder)]);
}

#[test]
fn custom_fields_keep_to_their_own_names_and_kinds() {
    let field = |lines: &str| with(&format!("[[fields]]\nlabel = \"L\"\nowner = \"ops\"\n{lines}\n"));
    assert_eq!(faults(&field("key = \"custom.a\"\nkind = \"text\"")), []);
    let prefix = Fault::CustomPrefix { field: FieldKey::new("a") };
    assert_eq!(faults(&field("key = \"a\"\nkind = \"text\"")), [at("fields.a.key", prefix)]);
    assert_eq!(faults(&field("key = \"custom.a\"\nkind = \"choice\"")), [at("fields.custom.a.choices", Fault::ChoicesMissing)]);
    let bound = Fault::BoundUnreadable { text: "lots".into() };
    assert_eq!(faults(&field("key = \"custom.a\"\nkind = \"money\"\nmax = \"lots\"")), [at("fields.custom.a.max", bound)]);
    let material = faults(&field("key = \"custom.a\"\nkind = \"money\"\nmaterial = true"));
    assert!(matches!(material.as_slice(), [(path, Fault::FieldUndecided { .. })] if path == "deciders"), "{material:?}");
}

#[test]
fn a_hand_off_never_shows_a_role_more_than_the_role_sees() {
    let recipient = with(
        "[[recipients]]\nkey = \"it\"\nname = \"IT\"\nrole = \"ops\"\ntask = \"t\"\nfields = [\"pay.base\", \"bill.rate\"]\ndue-hours = 8\n",
    );
    let found = faults(&recipient);
    assert!(
        matches!(found.as_slice(), [(path, Fault::RecipientMayNotSee { field, .. })] if path == "recipients.it.fields[1]" && *field == field::BILL_RATE),
        "{found:?}"
    );
}

#[test]
fn working_time_reads() {
    let mut playbook = small();
    playbook.working_time.opens = "8".into();
    playbook.working_time.days = vec!["mon".into(), "someday".into()];
    playbook.working_time.zone = "Central".into();
    assert_eq!(
        faults(&playbook),
        [
            at("working-time.opens", Fault::NotATime { text: "8".into() }),
            at("working-time.days[1]", Fault::NotAWeekday { text: "someday".into() }),
            at("working-time.zone", Fault::NotAZone { text: "Central".into() }),
        ]
    );
}

#[test]
fn a_letter_that_could_be_withheld_is_worth_a_look_and_stops_nothing() {
    assert!(check(&small()).iter().any(|problem| matches!(problem.fault, Fault::Letter { .. })));
    assert_eq!(faults(&small()), []);
}

#[test]
fn two_letters_never_fit_the_same_offer_and_none_is_missing() {
    let mut playbook = small();
    playbook.templates[0].scope.engagements = vec![Engagement::Temp];
    let mut again = playbook.templates[0].clone();
    again.key = crate::id::TemplateKey::new("other");
    playbook.templates.push(again);
    let found = faults(&playbook);
    assert!(found.contains(&at("templates.letter", Fault::TemplateTie { other: crate::id::TemplateKey::new("other") })), "{found:?}");
    assert!(found.contains(&at("templates", Fault::TemplateMissing { engagement: Engagement::Internal })), "{found:?}");
}
