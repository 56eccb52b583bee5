//! Changes on the pages of an offer: both values of a conflict, versions side by side, what changed since somebody approved.

use std::sync::Arc;

use offer::check::{Fact, Finding, Strength};
use offer::field;
use offer::id::StepKey;
use offer::lifecycle::{Refusal, Revision, StepReopened, StepStands};
use offer::measure::Exposure;
use offer::money::Money;
use offer::policy::Reopening;
use offer::terms::{Change, FieldConflict, Value};

use super::offers::{desk_of, in_review, moment, terms, with_every_button};
use super::{FakeDesk, asking, at, html, visit, with_kept};
use crate::desk::{Aftermath, Button, Course, Loss, Notice, OfferPage, RerouteLines, SinceApproved, VersionLine};
use crate::pages::offer::{change, offer, versions};

fn money(cents: i64) -> Option<Value> {
    Some(Value::Money(Money::cents(cents)))
}

fn version(version: u32, revision: Option<Revision>, rate: &str, title: &str) -> VersionLine {
    let terms = terms(&[(field::JOB_TITLE, title), (field::START, "2027-01-11"), (field::BILL_RATE, rate)]);
    let (at, by, why) = (moment("2026-11-19T15:00:00Z"), "Robin <Clark>".to_owned(), "asked by phone".to_owned());
    VersionLine { version, at, by, why, revision, terms }
}

/// The bill rate changed from 92 to 94 with version 2, and Finance is asked again.
fn changed() -> OfferPage {
    let because = vec![Reopening::Left { field: field::BILL_RATE, range: None }];
    let finance = StepKey::named("finance");
    let since = SinceApproved {
        step: finance.clone(),
        yours: true,
        by_you: true,
        by: "Ana Ruiz".to_owned(),
        at: moment("2026-11-18T15:00:00Z"),
        version: 1,
        changes: vec![Change { field: field::BILL_RATE, from: money(9_200), to: money(9_400) }],
        decides: vec![field::BILL_RATE],
        because: because.clone(),
        asked_by: Vec::new(),
    };
    let stands = StepStands { step: StepKey::named("ops"), approvals: vec![4], version: 1, within: Vec::new(), revived: false };
    let course = Course {
        versions: vec![version(1, None, "92", "Registered Nurse"), version(2, Some(Revision::Material), "94", "Registered Nurse")],
        aftermath: Some(Aftermath {
            version: 2,
            route: vec![StepKey::named("ops"), finance.clone()],
            stands: vec![stands],
            reopened: vec![StepReopened { step: finance.clone(), because }],
        }),
        since: vec![since],
        ..Course::default()
    };
    let now = terms(&[(field::JOB_TITLE, "Registered Nurse"), (field::START, "2027-01-11"), (field::BILL_RATE, "94")]);
    OfferPage { course, terms: Some(now), your_steps: vec![finance], buttons: [Button::Propose].into(), ..in_review() }
}

#[test]
fn whoever_is_asked_again_sees_first_what_changed_by_whom_and_why() {
    let page = html(visit(&desk_of(changed())), offer);
    let since = page.find("What changed since you approved").unwrap();
    let decision = page.find("Your decision as Finance").unwrap();
    assert!(since < decision, "before the decision");
    for said in ["$92.00", "$94.00", "Robin &lt;Clark&gt;", "asked by phone", "Bill rate is no longer what was approved."] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert!(page.contains("1 of 2 approvals still stands; Finance looks at Bill rate only."), "{page}");
    assert!(page.contains("/versions?one=1&amp;other=2"), "{page}");
}

#[test]
fn who_would_be_asked_again_is_told_before_a_change_is_adopted() {
    let proposals = with_every_button().proposals;
    let proposal = proposals[0].id.to_string();
    let because = vec![Reopening::Left { field: field::BILL_RATE, range: None }];
    let lines = RerouteLines {
        reopened: vec![StepReopened { step: StepKey::named("finance"), because }],
        stands: vec![StepKey::named("ops")],
        ..RerouteLines::default()
    };
    let page = OfferPage { proposals, buttons: [Button::Adopt].into(), ..changed() };
    let desk = |adopting| Arc::new(FakeDesk { offer: Some(page.clone()), adopting, ..FakeDesk::default() });
    let told = html(at(visit(&desk(Some(lines))), "proposal", &proposal), change::adopt);
    let (effect, form) = (told.find("If it is adopted as it was asked:").unwrap(), told.find("Adopt as a new version").unwrap());
    assert!(effect < form, "before the button");
    for said in ["To be approved again", "Bill rate is no longer what was approved.", "Still approved: Operations."] {
        assert!(told.contains(said), "{said}: {told}");
    }
    let silent = html(at(visit(&desk(None)), "proposal", &proposal), change::adopt);
    assert!(
        !silent.contains("If it is adopted") && silent.contains("Adopt as a new version"),
        "where it cannot be told, the form stands: {silent}"
    );
}

#[test]
fn a_stale_decision_is_shown_what_changed_since_it_was_read() {
    let kept = [("form", "approve-finance"), ("version", "1"), ("comment", "fine")];
    let refused = Notice::Refused(Refusal::MovedOn { now_at: 2, changed: vec![field::BILL_RATE] });
    let page = html(with_kept(visit(&desk_of(changed())), &kept, refused), offer);
    assert!(page.contains("What changed since you read this page"), "{page}");
}

#[test]
fn a_form_that_met_another_change_keeps_what_was_typed_and_lets_go_of_what_was_only_read() {
    let conflict = FieldConflict { field: field::BILL_RATE, read: money(9_200), yours: money(9_600), theirs: money(9_400) };
    let refused = Notice::Refused(Refusal::Conflict { now_at: 2, conflicts: vec![conflict] });
    let mut page = changed();
    page.course.versions[1] = version(2, Some(Revision::Material), "94", "Charge Nurse");
    page.terms = Some(page.course.versions[1].terms.clone());
    let kept = [
        ("form", "propose"),
        ("version", "1"),
        ("fields[bill.rate]", "96"),
        ("fields[job.title]", "Registered Nurse"),
        ("why", "theirs pays"),
    ];
    let page = html(with_kept(visit(&desk_of(page)), &kept, refused), change::propose);
    assert!(page.contains("Somebody else changed the same term meanwhile"), "{page}");
    for both in ["$92.00", "$96.00", "$94.00", "theirs pays"] {
        assert!(page.contains(both), "{both}: {page}");
    }
    assert!(page.contains(r#"value="96""#), "what was typed stays: {page}");
    assert!(page.contains(r#"value="Charge Nurse""#), "what was only read gives way: {page}");
    assert!(page.contains(r#"name="version" value="2""#), "sent again it is about what is shown: {page}");
}

#[test]
fn two_versions_stand_beside_each_other_what_changed_first() {
    let mut page = changed();
    page.course.versions[1] = version(2, Some(Revision::Material), "94", "Charge Nurse");
    let page = html(asking(visit(&desk_of(page)), &[("one", "1"), ("other", "2")]), versions::versions);
    assert!(page.contains("2 terms differ; approvers decide all of them."), "{page}");
    let (changed, unchanged) = (page.find("Charge Nurse").unwrap(), page.find("January 11, 2027").unwrap());
    assert!(changed < unchanged);
}

#[test]
fn what_was_spoken_and_is_not_written_says_how_long_and_whether_it_is_too_late() {
    let exposure = Exposure {
        since: moment("2026-11-18T15:00:00Z"),
        until: None,
        seconds: 2 * 86_400,
        deadline: chrono::NaiveDate::from_ymd_opt(2026, 11, 20),
        written_by: Some(moment("2026-11-23T15:00:00Z")),
        will_miss: true,
    };
    let fact = Fact::SpokenDiffers { spoken: money(500_000), written: None };
    let course = Course {
        exposure: Some(exposure),
        spoken_outside: vec![field::SIGN_ON],
        differences: vec![Finding { strength: Strength::Reason, field: field::SIGN_ON, fact }],
        loss: Some(Loss { written: false, after_verbal: true, bottleneck: Some((StepKey::named("finance"), 2 * 86_400, true)) }),
        ..Course::default()
    };
    let page = html(visit(&desk_of(OfferPage { course, buttons: [Button::Send].into(), ..in_review() })), offer);
    for said in [
        "The candidate was told 2 days ago, and nothing is written yet.",
        "Their other offer ends November 20, 2026.",
        "Will miss their deadline",
        "Spoken to the candidate outside what was approved then: Sign-on bonus.",
        "Before it can be sent: the letter would not say what the candidate was told.",
        "Lost before anything was written to the candidate.",
        "It waited longest on Finance: 2 days, and that decision had not come.",
        "1 exception",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
}
