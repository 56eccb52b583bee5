//! Who sees which side.

use crate::firm::Somebody::{self, Auditor, ClientContact, Finance, HiringManager, Hrbp, It, Legal, Ops, OtherRecruiter, Recruiter};
use crate::story::a_story;
use offer::access::{About, Access, Action, Actor, Denial, edits, may, sight};
use offer::engagement::Engagement::{Internal, Temp};
use offer::field::{self, FieldKey, Side};
use offer::id::{ClientCode, StepKey, TeamKey};
use offer::lifecycle::{Adopt, Command, Refusal, Status, Submit};

fn sees(story: &crate::story::Story, who: Somebody, key: &FieldKey) -> bool {
    let actor = Actor::Member(who.member(&story.playbook));
    sight(&actor, &story.offer.subject()).of(&story.terms(), &story.table).get(key).is_some()
}

#[test]
fn a_client_of_a_temp_sees_the_bill_side_and_never_pay_burden_or_margin() {
    let story = a_story(Temp).submitted();
    assert!(sees(&story, ClientContact, &field::BILL_RATE));
    for hidden in [field::PAY_BASE, field::BURDEN, field::CANDIDATE_EMAIL] {
        assert!(!sees(&story, ClientContact, &hidden), "{hidden}");
    }
}

#[test]
fn special_terms_are_words_about_the_package_and_read_by_nobody_who_does_not_see_it() {
    let story = a_story(Temp).with(&field::SPECIAL_TERMS, "an apartment until March").submitted();
    assert!(sees(&story, Recruiter, &field::SPECIAL_TERMS));
    assert!(!sees(&story, ClientContact, &field::SPECIAL_TERMS));
    let signed = story.approved().sent().accepted();
    assert!(!sees(&signed, It, &field::SPECIAL_TERMS));
}

#[test]
fn it_sees_no_pay() {
    let story = a_story(Internal).submitted().approved().sent().accepted();
    assert!(sees(&story, It, &field::JOB_TITLE));
    assert!(!sees(&story, It, &field::PAY_BASE));
}

#[test]
fn recipients_do_not_know_of_an_offer_before_it_is_signed() {
    let story = a_story(Internal).submitted();
    let actor = Actor::Member(It.member(&story.playbook));
    assert_eq!(may(&actor, Action::See, &story.offer.subject()), Access::Hidden);
}

#[test]
fn legal_sees_only_offers_that_it_reviews() {
    let plain = a_story(Internal).submitted();
    let worded = a_story(Internal).with(&field::SPECIAL_TERMS, "garden leave").submitted();
    let actor = Actor::Member(Legal.member(&plain.playbook));
    assert_eq!(may(&actor, Action::See, &plain.offer.subject()), Access::Hidden);
    assert_eq!(may(&actor, Action::See, &worded.offer.subject()), Access::Allowed);
}

#[test]
fn an_auditor_reads_everything_and_changes_nothing() {
    let story = a_story(Temp).submitted();
    let actor = Actor::Member(Auditor.member(&story.playbook));
    for action in Action::ALL {
        let expected = if matches!(action, Action::See | Action::Audit) { Access::Allowed } else { Access::Denied(Denial::NotYourRole) };
        assert_eq!(may(&actor, action, &story.offer.subject()), expected, "{action:?}");
    }
}

#[test]
fn the_board_scopes_of_an_offer_and_of_a_viewer_meet_exactly_where_the_viewer_may_see_it() {
    for engagement in [Internal, Temp] {
        let stories = [a_story(engagement), a_story(engagement).submitted(), a_story(engagement).submitted().approved().sent().accepted()];
        for story in stories {
            let subject = story.offer.subject();
            let keys = subject.scope_keys();
            for who in [Recruiter, OtherRecruiter, HiringManager, Ops, Finance, Legal, It, ClientContact, Auditor] {
                let member = who.member(&story.playbook);
                let on_board = member
                    .scopes_seen()
                    .iter()
                    .any(|(key, states)| keys.contains(key) && (states.is_empty() || states.contains(&subject.status)));
                let allowed = may(&Actor::Member(member), Action::See, &subject) == Access::Allowed;
                assert_eq!(on_board, allowed, "{who:?} {:?}", subject.status);
            }
        }
    }
}

#[test]
fn whoever_may_not_write_a_field_neither_proposes_it_nor_adopts_it_otherwise_than_it_was_proposed() {
    let mut story = a_story(Temp).submitted().approved();
    let as_proposed = story.adoption(&field::BILL_RATE, "95.00");
    let Command::Adopt(adopt) = as_proposed.clone() else { panic!("an adoption") };
    story.playbook.edits[0].sides = vec![Side::Job];
    let otherwise = story.change(&field::BILL_RATE, "96.00");
    let proposal = story.proposal(otherwise.clone());
    let refused = Err(Refusal::FieldsNotYours { fields: vec![field::BILL_RATE] });
    assert_eq!(story.when(Recruiter, proposal), refused);
    assert_eq!(story.when(Recruiter, Command::Adopt(Adopt { changes: otherwise, ..adopt })), refused);
    story.must(Recruiter, as_proposed);
}

#[test]
fn a_role_writes_in_the_states_that_its_row_names_and_no_other() {
    let mut story = a_story(Temp).submitted();
    let writes = |story: &crate::story::Story| {
        let actor = Actor::Member(Recruiter.member(&story.playbook));
        edits(&actor, &story.offer.subject()).takes(story.table.get(&field::PAY_BASE).unwrap())
    };
    assert!(writes(&story));
    story.playbook.edits[0].states = vec![Status::Draft];
    assert!(!writes(&story));
}

#[test]
fn whose_offer_it_is_and_who_decides_it_is_no_matter_of_negotiation() {
    let mut story = a_story(Temp).submitted().approved();
    let somebody = It.id().to_string();
    for (field, text) in [(field::CLIENT, "OTHER"), (field::CLIENT_CONTACT, &somebody), (field::HIRING_MANAGER, &somebody)] {
        let proposal = story.proposal(story.change(&field, text));
        assert_eq!(story.when(Recruiter, proposal), Err(Refusal::FieldsNotYours { fields: vec![field] }));
    }
}

#[test]
fn whoever_may_not_hold_a_letter_does_not_hold_it_by_proposing_something() {
    let mut story = a_story(Internal).submitted().approved().sent();
    for grant in &mut story.playbook.grants {
        grant.actions.retain(|action| *action != Action::Send);
    }
    let Command::Propose(propose) = story.proposal(story.change(&field::PAY_BASE, "71000")) else { panic!("a proposal") };
    let holding = Command::Propose(offer::lifecycle::Propose { hold_letter: true, ..propose.clone() });
    assert_eq!(story.when(Recruiter, holding), Err(Refusal::NotAllowed { because: Denial::NotYourRole }));
    story.must(Recruiter, Command::Propose(propose));
}

#[test]
fn once_submitted_an_offer_is_about_whom_its_terms_name_and_nobody_else() {
    let story = a_story(Internal).submitted();
    let begun = story.offer.about.clone();
    assert_eq!(begun, About::of(&story.terms()));
    let nobody = story.terms().retain(|key| *key != field::HIRING_MANAGER);
    let again = offer::lifecycle::Event::Submitted {
        version: 2,
        terms: nobody,
        findings: Vec::new(),
        exceptions: Vec::new(),
        route: story.route(),
        playbook: 1,
        stands: Vec::new(),
        written_by: Vec::new(),
    };
    let mut after = story.offer.clone();
    let last = story.history.last().unwrap();
    after.apply(&offer::lifecycle::Recorded { seq: last.seq + 1, event: again, ..last.clone() });
    let manager = Actor::Member(HiringManager.member(&story.playbook));
    assert_eq!(may(&manager, Action::See, &story.offer.subject()), Access::Allowed);
    assert_eq!(after.about.relations.hiring_manager, None);
    assert_eq!(may(&manager, Action::See, &after.subject()), Access::Hidden);
}

#[test]
fn a_client_reads_of_its_own_cap_and_not_of_the_cap_on_the_offer() {
    use offer::access::seen_finding;
    use offer::check::{CapFrom, Fact, Finding, Strength};
    use offer::money::Money;
    let story = a_story(Temp).submitted();
    let client = sight(&Actor::Member(ClientContact.member(&story.playbook)), &story.offer.subject());
    let over = |from| Finding {
        strength: Strength::Approval,
        field: field::BILL_RATE,
        fact: Fact::OverCap {
            on: offer::playbook::CapOn::Bill,
            amount: Some(Money::cents(9_350)),
            most: Some(Money::cents(9_200)),
            markup: None,
            markup_most: None,
            from,
            client: None,
        },
    };
    assert!(seen_finding(&over(CapFrom::Sheet), &client, &story.table).is_some());
    assert_eq!(seen_finding(&over(CapFrom::Requisition), &client, &story.table), None);
}

#[test]
fn an_offer_that_was_submitted_stays_of_its_kind_and_with_its_client() {
    let mut story = a_story(Temp).submitted();
    story.must(Ops, Command::Reject { step: StepKey::named("ops"), version: 1, reason: "another client has it".to_owned() });
    let about = |change: fn(&mut About)| {
        let mut about = story.offer.about.clone();
        change(&mut about);
        Command::MoveDraft { about }
    };
    let to_another_client = about(|about| about.client = Some(ClientCode::new("OTHER")));
    let to_another_kind = about(|about| about.engagement = Some(Internal));
    let to_another_team = about(|about| about.team = Some(TeamKey::new("other")));
    assert_eq!(story.when(Recruiter, to_another_client), Err(Refusal::Settled { fields: vec![field::CLIENT] }));
    assert_eq!(story.when(Recruiter, to_another_kind), Err(Refusal::Settled { fields: vec![field::ENGAGEMENT] }));
    story.must(Recruiter, to_another_team);
    let moved = story.terms().with(&story.change(&field::CLIENT, "OTHER"), &story.table);
    let submit = Command::Submit(Submit { terms: moved, reasons: Default::default(), hands: Default::default() });
    assert_eq!(story.when(Recruiter, submit), Err(Refusal::Settled { fields: vec![field::CLIENT] }));
}

#[test]
fn a_draft_that_is_thrown_away_unsubmitted_is_no_clients() {
    let mut thrown_away = a_story(Temp);
    let about = About::of(&thrown_away.terms());
    thrown_away.must(Recruiter, Command::MoveDraft { about });
    let mut submitted = a_story(Temp).submitted();
    for story in [&mut thrown_away, &mut submitted] {
        assert!(story.offer.about.client.is_some() && story.offer.about.relations.client_contact.is_some());
        story.must(Recruiter, Command::Cancel { reason: "begun twice".to_owned() });
    }
    assert_eq!(thrown_away.offer.about.client, None);
    assert_eq!(thrown_away.offer.about.relations.client_contact, None);
    assert!(submitted.offer.about.client.is_some(), "the client heard of that one");
}

#[test]
fn whoever_was_asked_about_a_rescission_sees_the_offer_as_long_as_it_is_asked_for() {
    let sees = |story: &crate::story::Story| {
        let legal = Actor::Member(Legal.member(&story.playbook));
        may(&legal, Action::See, &story.offer.subject()) == Access::Allowed
    };
    let mut story = a_story(Internal).submitted().approved().sent();
    assert!(!sees(&story));
    story.must(Recruiter, Command::AskRescission { reason: "the budget is gone".to_owned() });
    assert!(sees(&story));
    let mut dropped = story.clone();
    dropped.must(Recruiter, Command::DropRescission { reason: "it is back".to_owned() });
    assert!(!sees(&dropped));
    story.must(Hrbp, Command::AgreeRescission);
    story.must(Legal, Command::AgreeRescission);
    assert!(sees(&story), "who agreed reads what came of it");
}
