//! What an approver reads and fills in, the page of routing anew, and out of office.

use std::sync::Arc;

use offer::engagement::PayBasis;
use offer::field::{self, FieldTable};
use offer::id::{OfferId, PersonId, StepKey, role};
use offer::lifecycle::{Event, Refusal, StepReopened};
use offer::money::Money;
use offer::person::AbsenceFault;
use offer::policy::{BeyondLimit, Limits, Reopening, RouteStep, Who};
use offer::private::Private;

use super::offers::{desk_of, in_review, moment};
use super::{FakeDesk, OFFER, html, visit, with_kept};
use crate::desk::{
    AbsenceLine, AbsencePage, Deciding, Group, HistoryLine, Minute, Notice, OfferPage, Peers, RerouteLines, ReroutePage, StepView,
};
use crate::pages::offer::{offer, reroute};
use crate::pages::out_of_office::out_of_office;

const ANA: &str = "0198c0de0000700080000000000000aa";

fn finance() -> StepKey {
    StepKey::named("finance")
}

/// An offer that waits on the reader, who may hand it to Ana and give a range of pay.
fn asked(deciding: Deciding) -> OfferPage {
    OfferPage { your_steps: vec![finance()], deciding: vec![(finance(), deciding)], ..in_review() }
}

fn deciding() -> Deciding {
    Deciding {
        for_whom: Some("Hannah Weiss".to_owned()),
        delegates: vec![(PersonId::new(ANA), "Ana Ruiz".to_owned())],
        spans: vec![field::BILL_RATE],
        limits: Limits { annual: Some(Money::cents(25_000_000)), over_band: None },
        ..Deciding::default()
    }
}

#[test]
fn a_decision_says_for_whom_and_how_much_and_offers_every_way() {
    let page = html(visit(&desk_of(asked(deciding()))), offer);
    for text in ["You decide for Hannah Weiss.", "You can approve up to pay of $250,000 a year.", "Approve a range", "Ana Ruiz"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    for name in [r#"name="lowest[bill.rate]""#, r#"name="highest[bill.rate]""#, r#"action="/api/offers/delegate""#, "Now: $92.00."] {
        assert!(page.contains(name), "{name}: {page}");
    }
    for button in ["Approve with this comment", "Approve with this range"] {
        assert!(page.contains(button), "{button}: {page}");
    }
    assert_eq!(page.matches(r#"data-kind="primary""#).count(), 1, "one button weighs more than the others: {page}");
}

#[test]
fn what_goes_beyond_a_limit_is_said_in_place_of_the_button() {
    let beyond = BeyondLimit::Annual { most: Money::cents(25_000_000), pay: Some(Money::cents(26_000_000)) };
    let page = html(visit(&desk_of(asked(Deciding { beyond: Some(beyond), ..deciding() }))), offer);
    assert!(page.contains("Pay for a year is $260,000, above the limit of $250,000."), "{page}");
    assert!(
        !page.contains("/api/offers/approve") && page.contains("/api/offers/delegate") && page.contains("/api/offers/reject"),
        "{page}"
    );
    let alone = Deciding { beyond: Some(beyond), delegates: Vec::new(), ..deciding() };
    let page = html(visit(&desk_of(asked(alone))), offer);
    assert!(page.contains("You can leave it to somebody who may approve that much") && !page.contains("/api/offers/delegate"), "{page}");
}

#[test]
fn the_history_names_to_whom_a_decision_was_handed() {
    let ana = PersonId::new(ANA);
    let reason = Private::Kept("on a plane".to_owned());
    let event = Event::StepDelegated { step: finance(), from: PersonId::new(OFFER), to: ana.clone(), reason };
    let line = HistoryLine { seq: 9, at: moment("2026-11-20T12:00:00Z"), by: "Hannah Weiss".to_owned(), own: false, event };
    let page = OfferPage { history: vec![line], names: [(ana, "Ana Ruiz".to_owned())].into(), ..in_review() };
    let page = html(visit(&desk_of(page)), offer);
    assert!(page.contains("Handed the decision of Finance to Ana Ruiz."), "{page}");
}

#[test]
fn the_page_leads_with_what_comparable_offers_pay() {
    let peers =
        Peers { count: 7, low: Money::cents(5_900), middle: Money::cents(6_100), high: Money::cents(6_300), basis: PayBasis::Hourly };
    let page = html(visit(&desk_of(OfferPage { minute: Some(Minute { peers: Some(peers) }), ..asked(deciding()) })), offer);
    let said = "Of 7 comparable offers the middle one pays $61.00 an hour; half of them pay $59.00 to $63.00.";
    assert!(page.contains(said), "{page}");
    assert!(page.find(said) < page.find("act-title"), "before the forms: {page}");
}

#[test]
fn a_step_says_how_far_its_group_is_and_that_it_was_escalated() {
    let mut page = in_review();
    page.route[0].group =
        Some(Group { needed: 2, approved: vec!["Ana Ruiz".to_owned()], against: vec!["Ben Odu".to_owned()], veto: false });
    if let StepView::Open { escalated, .. } = &mut page.route[0].state {
        *escalated = Some(moment("2026-11-20T12:00:00Z"));
    }
    let page = html(visit(&desk_of(page)), offer);
    for text in ["1 of 2 approved (Ana Ruiz); one more.", "A rejection counts against it.", "Against it: Ben Odu.", "Overdue and escalated"]
    {
        assert!(page.contains(text), "{text}: {page}");
    }
}

fn routed_anew(outcome: Result<RerouteLines, Refusal>) -> Arc<FakeDesk> {
    let page = ReroutePage {
        id: OfferId::new(OFFER),
        number: "REQ-1000-3".to_owned(),
        pinned: 4,
        current: 5,
        outcome,
        table: FieldTable::default(),
    };
    Arc::new(FakeDesk { reroute: Some(page), ..FakeDesk::default() })
}

#[test]
fn routing_anew_shows_what_it_would_do_before_its_button() {
    let step = |key, who| RouteStep::new(StepKey::named(key), Who::Role(who));
    let lines = RerouteLines {
        come: vec![(step("legal", role::LEGAL), vec!["Kenji Sato".to_owned()])],
        go: vec![step("hrbp", role::HRBP)],
        reopened: vec![StepReopened { step: finance(), because: vec![Reopening::OwnRequest] }],
        stands: vec![StepKey::named("ops")],
        waits: vec![StepKey::named("client_contact")],
        unexplained: Vec::new(),
    };
    let page = html(visit(&routed_anew(Ok(lines))), reroute::reroute);
    for text in ["Kenji Sato", "Steps that go", "HR business partner", "To be approved again", "Still approved: Operations.", "Client."] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(page.contains(r#"name="playbook" value="5""#) && page.contains("Nothing happens before you say so"), "{page}");
    let same = html(visit(&routed_anew(Err(Refusal::NothingChanges))), reroute::reroute);
    assert!(same.contains("There is nothing to route anew.") && same.contains("Back to the offer"), "{same}");
    assert!(!same.contains("<form") && !same.contains("Nothing happens before you say so"), "{same}");
}

#[test]
fn out_of_office_keeps_what_was_typed_and_says_why_it_came_back() {
    let line = AbsenceLine {
        person: PersonId::new(ANA),
        name: "Ana Ruiz".to_owned(),
        from: "2026-11-20".parse().unwrap(),
        until: "2026-11-27".parse().unwrap(),
        stand_in: None,
        is_now: true,
    };
    let page = AbsencePage {
        person: PersonId::new(ANA),
        name: "Ana Ruiz".to_owned(),
        is_own: true,
        today: "2026-11-20".parse().unwrap(),
        absence: Some(line),
        stand_ins: vec![(PersonId::new(OFFER), "Ben Odu".to_owned())],
        stands_in_for: Vec::new(),
        people: Vec::new(),
        away: Vec::new(),
    };
    let desk = Arc::new(FakeDesk { absence: Some(page), ..FakeDesk::default() });
    let kept = [("form", "away"), ("person", ANA), ("from", "2026-12-24"), ("until", "2026-12-01"), ("stand_in", OFFER)];
    let refused = Notice::Refused(Refusal::AbsenceUnfit { because: AbsenceFault::DatesCrossed });
    let page = html(with_kept(visit(&desk), &kept, refused), out_of_office);
    for text in ["The last day is before the first.", r#"value="2026-12-24""#, "Nobody decides meanwhile.", "Take it back"] {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(page.contains(&format!(r#"<option value="{OFFER}" selected>"#)), "{page}");
}
