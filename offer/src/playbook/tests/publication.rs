//! What may not be published.

use super::builders::{faults, small, with};
use crate::access::{Action, EditRow, Scope};
use crate::check::Figure;
use crate::engagement::Engagement;
use crate::field::{self, FieldKey, Side};
use crate::id::{ClauseKey, Role, StepKey};
use crate::money::BasisPoints;
use crate::playbook::{Fault, check};
use crate::policy::{Condition, FieldTest, FieldsTest, FigureTest, Order, Test};

fn at(path: &str, fault: Fault) -> (String, Fault) {
    (path.to_owned(), fault)
}

fn test_of(key: FieldKey, test: Test) -> Condition {
    Condition::Field(FieldTest { key, test: test.into() })
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
            at("deciders.everything.fields[41]", Fault::UnknownField { field: FieldKey::new("pay.bse") }),
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
    let figure = |key, test: Test| Condition::Figure(FigureTest { key, test: test.into() });
    let fields = |one: FieldKey, is, other: FieldKey| Condition::Fields(FieldsTest { one, is, other, by: BasisPoints(0) });
    let unread = |field: FieldKey, text: &str| Fault::TestUnreadable { field, text: text.into() };
    let unfit = |one: FieldKey, other: FieldKey| Fault::FieldsUnfit { one, other };
    for (when, place, fault) in [
        (test_of(field::PAY_BASE, Test::MoreThan("62,5O".into())), "field.test", unread(field::PAY_BASE, "62,5O")),
        (test_of(field::REMOTE, Test::Is("maybe".into())), "field.test", unread(field::REMOTE, "maybe")),
        (test_of(field::JOB_TITLE, Test::AtLeast("Nurse".into())), "field.test", Fault::TestUnfit { field: field::JOB_TITLE }),
        (test_of(field::JOB_TITLE, Test::AllOf(vec!["A".into()])), "field.test", Fault::TestUnfit { field: field::JOB_TITLE }),
        (test_of(field::CLAUSES, Test::OtherThan(Vec::new())), "field.test", Fault::ConditionEmpty),
        (test_of(field::EXPECTED_PAY, Test::MoreThan("60".into())), "field.test", Fault::TestPrivate { field: field::EXPECTED_PAY }),
        (test_of(FieldKey::new("custom.x"), Test::Filled), "field.key", Fault::UnknownField { field: FieldKey::new("custom.x") }),
        (fields(field::PAY_BASE, Order::Above, field::START), "fields.is", unfit(field::PAY_BASE, field::START)),
        (fields(field::JOB_TITLE, Order::Above, field::SCHEDULE), "fields.is", unfit(field::JOB_TITLE, field::SCHEDULE)),
        (
            figure(Figure::Markup, Test::LessThan("a lot".into())),
            "figure.test",
            Fault::FigureUnreadable { figure: Figure::Markup, text: "a lot".into() },
        ),
        (figure(Figure::Markup, Test::Contains("3".into())), "figure.test", Fault::FigureUnfit { figure: Figure::Markup }),
        (Condition::All(Vec::new()), "all", Fault::ConditionEmpty),
        (Condition::Not(Box::new(Condition::Any(Vec::new()))), "not.any", Fault::ConditionEmpty),
    ] {
        let mut playbook = with(rule);
        playbook.rules.iter_mut().find(|rule| rule.key.as_str() == "x").unwrap().when = when;
        assert_eq!(faults(&playbook), [at(&format!("rules.x.when.{place}"), fault)]);
    }
}

#[test]
fn a_playbook_never_names_a_person() {
    let mut by_id = with("[[rules]]\nkey = \"x\"\nwhen = \"always\"\nstep = { key = \"ops\", who = { role = \"ops\" }, sla-hours = 1 }\n");
    by_id.rules[1].when = test_of(field::RECRUITER, Test::Is("0193b8e4a7c07d3f9a5e2b1c4d6f8091".into()));
    assert_eq!(faults(&by_id), [at("rules.x.when.field.test", Fault::NamesAPerson)]);
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

#[test]
fn a_step_asks_of_its_people_what_they_can_do() {
    let step = |spec: &str| {
        let text = format!("[[rules]]\nkey = \"x\"\nwhen = \"always\"\nstep = {{ key = \"x\", sla-hours = 8, {spec} }}\n\n");
        let roles =
            "[[roles]]\nkey = \"hiring_manager\"\nname = \"HM\"\nsees = []\n\n[[roles]]\nkey = \"recruiter\"\nname = \"R\"\nsees = []\n";
        faults(&with(&(text + roles)))
    };
    assert_eq!(
        step("who = { role = \"ops\" }, quorum = 2, rejection = \"counted\", remind-hours = 4, escalate-to = { role = \"ops\" }"),
        []
    );
    assert_eq!(step("who = { manager-of = { of = \"hiring_manager\", role = \"hiring_manager\" } }"), []);
    assert_eq!(step("who = { relation = \"hiring_manager\" }, quorum = 2"), [at("rules.x.step.quorum", Fault::QuorumOfOne)]);
    assert_eq!(step("who = { role = \"ops\" }, quorum = 0"), [at("rules.x.step.quorum", Fault::NotPositive)]);
    assert_eq!(step("who = { role = \"ops\" }, remind-hours = 8"), [at("rules.x.step.remind-hours", Fault::RemindsTooLate)]);
    assert_eq!(step("who = { relation = \"recruiter\" }"), [at("rules.x.step.who", Fault::RecruiterDecides)]);
    let nobody = Fault::UnknownRole { role: Role::new("nobody") };
    assert_eq!(step("who = { role = \"ops\" }, escalate-to = { role = \"nobody\" }"), [at("rules.x.step.escalate-to", nobody)]);
}

#[test]
fn a_rule_that_did_not_change_keeps_the_version_that_last_changed_it() {
    let rule = |hours: u32, note: &str| {
        format!(
            "[[rules]]\nkey = \"x\"\nwhen = \"always\"\nnote = \"{note}\"\nstep = {{ key = \"ops\", who = {{ role = \"ops\" }}, sla-hours = {hours} }}\n"
        )
    };
    let versions = |playbook: &crate::playbook::Playbook| playbook.rules.iter().map(|rule| rule.version).collect::<Vec<_>>();
    let mut first = with(&rule(8, ""));
    first.number_rules(None, 1);
    let mut second = with(&rule(8, ""));
    second.number_rules(Some(&first), 2);
    assert_eq!((versions(&first), versions(&second)), (vec![1, 1], vec![1, 1]));
    let mut third = with(&rule(4, ""));
    third.number_rules(Some(&second), 3);
    assert_eq!(versions(&third), [1, 3]);
    assert_eq!(crate::playbook::diff(&second, &second.clone().unnumbered()), []);
    assert_eq!(crate::playbook::from_toml(&crate::playbook::to_toml(&third)).unwrap(), third.unnumbered(), "the document holds no count");
}

/// A role with what it sees, and a grant of it.
fn role_with(role: &str, sees: &str, actions: &str, scope: &str) -> crate::playbook::Playbook {
    let sheet = format!("[[roles]]\nkey = \"{role}\"\nname = \"R\"\nsees = [{sees}]\n");
    with(&format!("{sheet}\n[[grants]]\nkey = \"g\"\nrole = \"{role}\"\nactions = [{actions}]\nscope = \"{scope}\"\n"))
}

#[test]
fn a_shipped_role_is_never_given_more_than_it_promises_to_keep_to() {
    let may_not = |role: &str, action| Fault::RoleMayNotAct { role: Role::new(role), action };
    for (role, actions, at_path, fault) in [
        ("auditor", "\"see\", \"comment\"", "grants.g.actions[1]", may_not("auditor", Action::Comment)),
        ("recruiter", "\"decide\"", "grants.g.actions[0]", may_not("recruiter", Action::Decide)),
        ("client_contact", "\"see\", \"send\"", "grants.g.actions[1]", may_not("client_contact", Action::Send)),
        ("ta_leader", "\"see\", \"audit\"", "grants.g.actions[1]", may_not("ta_leader", Action::Audit)),
        ("it", "\"see\", \"decide\"", "grants.g.actions[1]", may_not("it", Action::Decide)),
    ] {
        assert_eq!(faults(&role_with(role, "\"job\"", actions, "own")), [at(at_path, fault)], "{role}");
    }
    let beyond = Fault::RoleMayNotReach { role: Role::new("legal"), scope: Scope::All };
    assert_eq!(faults(&role_with("legal", "\"job\"", "\"see\"", "all")), [at("grants.g.scope", beyond)]);
    for (role, sees, side) in [("it", "\"job\", \"package\"", Side::Package), ("ta_leader", "\"person\"", Side::Person)] {
        let fault = Fault::RoleMayNotSee { role: Role::new(role), side };
        assert_eq!(faults(&role_with(role, sees, "\"see\"", "own")), [at(&format!("roles.{role}.sees"), fault)]);
    }
    let finance = with("[[roles]]\nkey = \"finance\"\nname = \"F\"\nsees = [\"job\"]\nruns-the-firm = true\n");
    assert_eq!(faults(&finance), [at("roles.finance", Fault::RoleMayNotRun { role: Role::new("finance") })]);
}

#[test]
fn somebody_can_always_change_it_again() {
    let mut playbook = small();
    playbook.roles[0].runs_people = false;
    assert_eq!(faults(&playbook), [at("roles", Fault::NobodyRuns)]);
}

#[test]
fn whoever_writes_offers_writes_some_of_their_fields_and_none_that_they_do_not_see() {
    let writer = role_with("recruiter", "\"job\"", "\"see\", \"draft\"", "own");
    assert_eq!(faults(&writer), [at("edits", Fault::EditsNothing { role: Role::new("recruiter") })]);
    let mut unseen = writer;
    let row = EditRow {
        key: "w".into(),
        role: Role::new("recruiter"),
        sides: vec![Side::Job, Side::Bill],
        fields: vec![field::PAY_BASE],
        states: Vec::new(),
    };
    unseen.edits.push(row);
    let fault = |side| Fault::EditsUnseen { role: Role::new("recruiter"), side };
    assert_eq!(faults(&unseen), [at("edits.w.sides[1]", fault(Side::Bill)), at("edits.w.fields[0]", fault(Side::Package))]);
}

#[test]
fn under_double_blind_no_recipient_is_handed_the_number_that_its_role_is_blind_to() {
    let mut playbook = with(
        "[[recipients]]\nkey = \"billing\"\nname = \"Billing\"\nrole = \"ops\"\ntask = \"Bill\"\nfields = [\"bill.rate\"]\ndue-hours = 8\n",
    );
    playbook.roles[0].sees.push(Side::Bill);
    assert_eq!(faults(&playbook), []);
    playbook.double_blind.engagements = vec![Engagement::Temp];
    playbook.double_blind.pay_side = vec![Role::new("ops")];
    let fault = Fault::RecipientMayNotSee { recipient: crate::id::RecipientKey::new("billing"), field: field::BILL_RATE };
    assert_eq!(faults(&playbook), [at("recipients.billing.fields[0]", fault), at("double-blind.bill-side", Fault::NothingListed)]);
}
