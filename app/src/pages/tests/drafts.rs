//! The guided intake and its review.

use std::collections::BTreeMap;
use std::sync::Arc;

use offer::check::{Fact, Finding, Strength};
use offer::engagement::Engagement;
use offer::field::{self, FieldTable, Gate, Section};
use offer::id::{OfferId, RuleKey, StepKey, role};
use offer::intake;
use offer::lifecycle::Refusal;
use offer::money::{BasisPoints, Money};
use offer::outlook::Slice;
use offer::policy::{Because, BeyondLimit, Reason, Route, RouteStep, RuleRef, StepLeftOut, Who};
use offer::private::Private;
use offer::terms::Entries;

use super::offers::moment;
use super::{FakeDesk, OFFER, asking, at, html, visit, with_kept};
use crate::desk::{Computed, IntakePage, Notice, Rejection, ReviewPage};
use crate::pages::draft::{intake::section, review::review};

const ATTACK: &str = "</textarea><script>alert(1)</script>";

pub(super) fn draft(typed: &[(field::FieldKey, &str)]) -> IntakePage {
    let table = FieldTable::default();
    let entries: Entries = typed.iter().map(|(key, text)| (key.clone(), (*text).to_owned())).collect();
    IntakePage {
        titles: BTreeMap::new(),
        id: OfferId::new(OFFER),
        number: "REQ-1000-3".to_owned(),
        engagement: Some(Engagement::Temp),
        sections: Section::ALL.into(),
        problems: intake::read(&entries, &table, Gate::Submit).err().unwrap_or_default(),
        people: Vec::new(),
        clients: Vec::new(),
        clauses: vec![("nda".to_owned(), "Confidentiality".to_owned()), ("ip".to_owned(), "Inventions".to_owned())],
        contingencies: Vec::new(),
        editable: table.iter().map(|spec| spec.key.clone()).collect(),
        settled: Vec::new(),
        prefilled: vec![field::CITY],
        known: BTreeMap::new(),
        version: 1,
        slice: Slice::default(),
        rejection: None,
        entries,
        table,
    }
}

fn desk(intake: IntakePage) -> Arc<FakeDesk> {
    Arc::new(FakeDesk { intake: Some(intake), ..FakeDesk::default() })
}

#[test]
fn every_page_of_a_rejected_draft_says_who_said_no_and_why() {
    let rejection = Rejection {
        step: StepKey::named("finance"),
        by: "Ana Ruiz".to_owned(),
        at: moment("2026-11-19T15:00:00Z"),
        reason: Private::Kept("Too much for <b>this</b> quarter".to_owned()),
    };
    let desk = desk(IntakePage { rejection: Some(rejection), ..draft(&[(field::ENGAGEMENT, "temp")]) });
    for part in ["job", "pay"] {
        let page = html(at(visit(&desk), "section", part), section);
        assert!(page.contains("Rejected by Ana Ruiz (Finance), November 19, 2026, 3:00 PM UTC"), "{page}");
        assert!(page.contains("Too much for &lt;b&gt;this&lt;/b&gt; quarter"), "{page}");
    }
}

#[test]
fn what_was_typed_comes_back_letter_for_letter_with_its_problem_beside_it() {
    let desk = desk(draft(&[(field::ENGAGEMENT, "temp"), (field::PAY_BASE, "62,5O")]));
    let page = html(at(visit(&desk), "section", "pay"), section);
    assert!(page.contains(r#"value="62,5O""#), "{page}");
    assert!(page.contains("Write an amount in dollars, like 62.50 or 118,000."), "{page}");
    assert!(page.contains(r#"aria-describedby="field-intake-fields[pay.base]-problem""#), "{page}");
}

#[test]
fn what_is_missing_is_told_to_whoever_saved_or_comes_to_mend_and_to_nobody_else() {
    let desk = desk(draft(&[(field::ENGAGEMENT, "temp"), (field::PAY_BASIS, "hourly")]));
    let pay = || at(visit(&desk), "section", "pay");
    let page = html(pay(), section);
    assert!(!page.contains("Fill this in."), "{page}");
    for told in ["saved", "mend"] {
        let page = html(asking(pay(), &[(told, "yes")]), section);
        assert!(page.contains("Fill this in."), "{told}: {page}");
    }
}

#[test]
fn departments_and_levels_with_a_band_are_offered_and_others_are_taken() {
    let known = BTreeMap::from([(field::LEVEL, vec!["RN2".to_owned()])]);
    let desk = desk(IntakePage { known, ..draft(&[(field::ENGAGEMENT, "temp"), (field::LEVEL, "Own")]) });
    let page = html(at(visit(&desk), "section", "job"), section);
    assert!(page.contains(r#"<option value="RN2">"#) && page.contains(r#"value="Own""#), "{page}");
}

#[test]
fn no_text_of_a_user_becomes_markup() {
    let typed = [(field::ENGAGEMENT, "temp"), (field::SPECIAL_TERMS, ATTACK), (field::JOB_TITLE, "\"><script>alert(2)</script>")];
    let desk = desk(draft(&typed));
    for name in ["words", "job"] {
        let page = html(at(visit(&desk), "section", name), section);
        assert!(!page.contains("<script"), "{page}");
    }
}

#[test]
fn a_value_from_the_opening_says_so() {
    let page = html(at(visit(&desk(draft(&[(field::ENGAGEMENT, "temp"), (field::CITY, "Denver")]))), "section", "job"), section);
    assert!(page.contains("From REQ-1000."), "{page}");
}

#[test]
fn clauses_are_boxes_to_tick_and_an_unknown_one_keeps_its_own() {
    let page =
        html(at(visit(&desk(draft(&[(field::ENGAGEMENT, "temp"), (field::CLAUSES, "nda;old-clause")]))), "section", "words"), section);
    assert!(page.contains(r#"name="codes[words.clauses;nda]" value="yes" checked"#), "{page}");
    assert!(page.contains(r#"name="codes[words.clauses;old-clause]" value="yes" checked"#), "{page}");
    assert!(!page.contains(r#"name="codes[words.clauses;ip]" value="yes" checked"#), "{page}");
}

#[test]
fn the_fields_of_another_engagement_are_not_asked_for() {
    let page = html(at(visit(&desk(draft(&[(field::ENGAGEMENT, "temp")]))), "section", "extras"), section);
    assert!(page.contains("fields[bonus.kind]") && !page.contains("fields[equity"), "{page}");
}

fn because(rule: &'static str, reason: Reason) -> Because {
    Because { rule: RuleRef { rule: RuleKey::named(rule), version: 3 }, reasons: vec![reason] }
}

fn reviewed() -> ReviewPage {
    let over = Fact::AboveBand { pay: Money::cents(6_200), max: Money::cents(6_000), over: BasisPoints(333) };
    ReviewPage {
        intake: draft(&[(field::ENGAGEMENT, "temp"), (field::PAY_BASIS, "hourly"), (field::PAY_BASE, "62.00")]),
        findings: vec![Finding { strength: Strength::Approval, field: field::PAY_BASE, fact: over.clone() }],
        route: Route {
            steps: vec![RouteStep {
                because: vec![because("above-band-finance", Reason::Found { fact: over })],
                decides: vec![field::PAY_BASE],
                ..RouteStep::new(StepKey::named("finance"), Who::Role(role::FINANCE))
            }],
            left_out: vec![StepLeftOut {
                step: StepKey::named("legal"),
                because: vec![because("special-terms", Reason::NotFound { kind: offer::check::FactKind::SpecialTerms })],
            }],
        },
        hidden_rules: 0,
        stands: Vec::new(),
        undecidable: None,
        changed: None,
        people: vec![vec!["Ana Ruiz".to_owned()]],
        computed: Computed::default(),
    }
}

#[test]
fn the_review_says_who_is_asked_and_who_is_not_and_why() {
    let desk = Arc::new(FakeDesk { review: Some(reviewed()), ..FakeDesk::default() });
    let page = html(visit(&desk), review);
    assert!(page.contains("Pay of $62.00 is above the band, which ends at $60.00: 3.33% over."), "{page}");
    assert!(page.contains("Ana Ruiz"), "{page}");
    assert!(page.contains("Legal: not asked"), "{page}");
    assert!(page.contains("There are no special terms."), "{page}");
}

#[test]
fn an_exception_asks_for_its_reason_and_keeps_what_was_written() {
    let desk = Arc::new(FakeDesk { review: Some(reviewed()), ..FakeDesk::default() });
    assert!(html(visit(&desk), review).contains(r#"name="reasons[above_band;pay.base]""#));
    let kept = [("form", "submit"), ("reasons[above_band;pay.base]", ATTACK)];
    let page = html(with_kept(visit(&desk), &kept, Notice::Unavailable), review);
    assert!(page.contains("&lt;/textarea&gt;&lt;script&gt;"), "{page}");
    assert!(!page.contains("<script"), "{page}");
}

#[test]
fn the_review_says_before_anything_is_submitted_that_nobody_may_decide_a_step() {
    let beyond = BeyondLimit::Annual { most: Money::cents(15_000_000), pay: Some(Money::cents(17_680_000)) };
    let (step, who) = (StepKey::named("finance"), Who::Role(role::FINANCE));
    let mut review_page = reviewed();
    review_page.intake.problems.clear();
    review_page.undecidable = Some(Refusal::NobodyWithinLimits { step, who, beyond });
    let desk = Arc::new(FakeDesk { review: Some(review_page), ..FakeDesk::default() });
    let page = html(visit(&desk), review);
    assert!(page.contains("above the limit of $150,000"), "{page}");
    assert!(!page.contains("Everything that is needed to submit it is filled in"), "{page}");
}

#[test]
fn a_problem_of_the_review_leads_to_its_box() {
    let desk = Arc::new(FakeDesk { review: Some(reviewed()), ..FakeDesk::default() });
    let page = html(visit(&desk), review);
    assert!(page.contains(&format!("/offers/{OFFER}/intake/job?mend=yes#field-intake-fields[job.title]")), "{page}");
}
