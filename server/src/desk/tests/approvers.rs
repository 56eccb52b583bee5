//! Who decides today: limits, hours, absences, stand-ins, delegates; and what the page of an approver says.

use app::desk::{AccessAsk, Asked, Away, OfferListAsk, Viewer};
use offer::{
    engagement::Engagement,
    field,
    id::{StepKey, role},
    lifecycle::{Approve, Command, Event, Refusal, Status},
    money::Money,
    person::{AbsenceFault, PersonRefusal},
    policy::{Relation, Who},
    terms::{Change, Entries, Value},
};

use super::house::{AVA, House, PRIYA, at};
use crate::desk::DeskFault;

const WEEK: [&str; 2] = ["2026-11-19", "2026-11-25"];
const HANA: &str = "Hana Manager";
const HAL: &str = "Hal Manager";

fn step(key: &'static str) -> StepKey {
    StepKey::named(key)
}

fn approve(key: &'static str) -> Asked {
    Asked::Command(Command::Approve(Approve { step: step(key), version: 1, comment: String::new(), ranges: Vec::new() }))
}

fn refused<T: std::fmt::Debug>(result: Result<T, DeskFault>) -> Refusal {
    match result {
        Err(DeskFault::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}

/// A house with a second hiring manager, and an offer of our own that waits on the first.
async fn waits_on_hana() -> (House, offer::id::OfferId) {
    let house = House::new().await;
    house.joined(HAL, role::HIRING_MANAGER).await;
    let opening = house.opening(Engagement::Internal, 1).await;
    let offer = house.submitted(&opening, "62.50").await;
    (house, offer)
}

#[tokio::test]
async fn whoever_decides_brings_limits_a_stand_in_and_the_hours_of_their_zone() {
    let house = House::new().await;
    let odo = house.joined("Odo Ops", role::OPS).await;
    house.changed("Omar Ops", |omar| omar.approval_limit_annual = Some(Money::cents(20_000_000))).await;
    house.goes_away("Omar Ops", WEEK, Some("Odo Ops")).await.unwrap();
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.submitted(&opening, "62.50").await;
    let file = house.desk.file(&offer).await.unwrap();
    let mut ground = house.desk.ground(&file.offer).await.unwrap();
    ground.gather(&file.offer, None);
    let omar = house.id_of("Omar Ops").await;
    assert_eq!(ground.facts.eligible[&step("ops")], [omar.clone(), odo.clone()].into());
    let approver = &ground.facts.approvers[&omar];
    assert_eq!(approver.limits.annual, Some(Money::cents(20_000_000)), "also after an absence was planned");
    assert_eq!((approver.stand_in.as_ref(), &ground.facts.approvers[&odo].stand_in), (Some(&odo), &None));
    // the firm is in Chicago, these people in Los Angeles: Friday from eight to six
    let hours = &ground.facts.hours[&step("ops")];
    assert_eq!(hours.intervals[0], (at("2026-11-20T16:00:00Z"), at("2026-11-21T02:00:00Z")));
    house.changed("Odo Ops", |odo| odo.zone = "America/New_York".into()).await;
    let mut ground = house.desk.ground(&file.offer).await.unwrap();
    ground.gather(&file.offer, None);
    assert!(!ground.facts.hours.contains_key(&step("ops")), "people of two zones work when the firm does");
}

#[tokio::test]
async fn nobody_approves_more_than_their_limit_and_the_page_says_so_first() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.submitted(&opening, "62.50").await;
    // 62.50 x 36 x 52
    house.changed("Omar Ops", |omar| omar.approval_limit_annual = Some(Money::cents(11_000_000))).await;
    let omar = house.viewer("Omar Ops").await;
    let page = house.desk.offer_page(&omar, &offer).await.unwrap();
    assert!(page.deciding[0].1.beyond.is_some());
    assert!(matches!(refused(house.act(&omar, &offer, approve("ops")).await), Refusal::BeyondLimit { .. }));
}

#[tokio::test]
async fn a_change_that_names_another_manager_asks_that_one() {
    let (house, offer) = waits_on_hana().await;
    let (hana, hal) = (house.id_of(HANA).await, house.id_of(HAL).await);
    let file = house.desk.file(&offer).await.unwrap();
    let ground = house.desk.ground(&file.offer).await.unwrap();
    let named = Change { field: field::HIRING_MANAGER, from: None, to: Some(Value::Person(hal.clone())) };
    let terms = file.offer.terms.as_ref().unwrap().with(&[named], &ground.pinned.table);
    let manager = Who::Relation(Relation::HiringManager);
    assert_eq!(ground.deciders(&file.offer, None, &manager), [hana].into());
    assert_eq!(ground.deciders(&file.offer, Some(&terms), &manager), [hal].into());
}

#[tokio::test]
async fn whoever_stands_in_finds_the_offer_on_their_work_and_decides_for_the_one_who_is_away() {
    let (house, offer) = waits_on_hana().await;
    let before = house.viewer(HAL).await;
    assert!(house.desk.offer_page(&before, &offer).await.is_err(), "another manager's offer");
    assert!(house.desk.my_work(&before).await.unwrap().yours.is_empty());

    house.goes_away(HANA, WEEK, Some(HAL)).await.unwrap();
    let hal = house.viewer(HAL).await;
    let work = house.desk.my_work(&hal).await.unwrap();
    assert_eq!(work.yours.iter().map(|line| &line.id).collect::<Vec<_>>(), [&offer]);
    let page = house.desk.offer_page(&hal, &offer).await.unwrap();
    assert_eq!(page.your_steps, [step("hiring_manager")]);
    assert_eq!(page.deciding[0].1.for_whom.as_deref(), Some(HANA));
    let acting = &page.route[0].acting[0];
    assert_eq!((acting.who.as_str(), acting.whom.as_str(), acting.away_until), (HAL, HANA, Some(WEEK[1].parse().unwrap())));
    house.act(&hal, &offer, approve("hiring_manager")).await.unwrap();
    let hana = house.id_of(HANA).await;
    let file = house.desk.file(&offer).await.unwrap();
    assert!(
        file.history
            .iter()
            .any(|recorded| matches!(&recorded.event, Event::StepApproved { on_behalf_of: Some(whom), .. } if *whom == hana))
    );

    house.desk.come_back(&house.viewer(HANA).await, &hana).await.unwrap();
    assert!(house.desk.offer_page(&house.viewer(HAL).await, &offer).await.is_err(), "nobody's stand-in any more");
}

#[tokio::test]
async fn whoever_stood_in_for_somebody_could_see_the_offer_meanwhile_and_it_is_said_for_whom() {
    let (house, offer) = waits_on_hana().await;
    house.goes_away(HANA, ["2026-11-23", "2026-11-25"], Some(HAL)).await.unwrap();
    let hal_at = async |at: &str| {
        let ask = AccessAsk { at: at.to_owned(), ..AccessAsk::default() };
        let page = house.desk.access_page(&house.viewer(AVA).await, &offer, &ask).await.unwrap();
        page.people.into_iter().find(|person| person.name == HAL)
    };
    assert!(hal_at("").await.is_none(), "she is still there");
    house.now_is("2026-11-24T18:00:00Z");
    assert!(house.desk.offer_page(&house.viewer(HAL).await, &offer).await.is_ok());
    let hal = hal_at("").await.unwrap();
    assert_eq!(hal.because[0].through, [HANA]);
    assert_eq!(hal.since, at("2026-11-23T08:00:00Z"), "from her midnight on");
    assert!(hal_at("2026-11-22T23:59").await.is_none());
    house.now_is("2026-11-26T18:00:00Z");
    assert!(hal_at("").await.is_none(), "she is back");
    assert!(hal_at("2026-11-25T23:59").await.is_some());
}

#[tokio::test]
async fn mail_for_somebody_away_goes_to_whoever_stands_in() {
    let house = House::new().await;
    house.joined(HAL, role::HIRING_MANAGER).await;
    house.goes_away(HANA, WEEK, Some(HAL)).await.unwrap();
    let opening = house.opening(Engagement::Internal, 1).await;
    house.submitted(&opening, "62.50").await;
    let mails = house.post().await;
    let told: Vec<_> = mails.iter().map(|mail| mail.to.name.clone().unwrap()).collect();
    assert_eq!(told, [HAL]);
}

#[tokio::test]
async fn a_decision_is_handed_to_somebody_of_the_same_role_who_is_told_and_may_then_decide() {
    let (house, offer) = waits_on_hana().await;
    house.post().await;
    let hana = house.viewer(HANA).await;
    let page = house.desk.offer_page(&hana, &offer).await.unwrap();
    assert_eq!(page.deciding[0].1.delegates.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), [HAL]);
    let hand = |to| Asked::Command(Command::Delegate { step: step("hiring_manager"), to, reason: "on a plane".into() });
    let finance = house.id_of("Fay Finance").await;
    assert_eq!(refused(house.act(&hana, &offer, hand(finance)).await), Refusal::NotADelegate { step: step("hiring_manager") });
    assert_eq!(refused(house.act(&hana, &offer, hand(house.id_of(HANA).await)).await), Refusal::DelegateLoops);
    house.act(&hana, &offer, hand(house.id_of(HAL).await)).await.unwrap();
    let mails = house.post().await;
    assert_eq!(mails.iter().map(|mail| mail.to.name.as_deref()).collect::<Vec<_>>(), [Some(HAL)]);
    let page = house.desk.offer_page(&hana, &offer).await.unwrap();
    assert!(page.deciding[0].1.delegates.is_empty(), "he may decide it now");
    assert_eq!(page.names.get(&house.id_of(HAL).await).map(String::as_str), Some(HAL), "and the history says whom she means");
    assert_eq!(
        refused(house.act(&hana, &offer, hand(house.id_of(HAL).await)).await),
        Refusal::NotADelegate { step: step("hiring_manager") }
    );

    let hal = house.viewer(HAL).await;
    assert_eq!(house.desk.my_work(&hal).await.unwrap().yours.len(), 1);
    assert_eq!(house.desk.my_work(&hana).await.unwrap().yours.len(), 1, "whoever handed it over may still decide");
    house.act(&hal, &offer, approve("hiring_manager")).await.unwrap();
    assert_eq!(house.status(&offer).await, Status::Approved);
    assert!(house.desk.my_work(&hana).await.unwrap().yours.is_empty());
    assert_eq!(house.desk.offer_page(&hal, &offer).await.unwrap_err(), DeskFault::NotFound, "what was handed over ends with the decision");
    assert!(house.desk.offer_list(&hal, &OfferListAsk::default()).await.unwrap().lines.is_empty());
}

#[tokio::test]
async fn a_decision_that_several_may_make_is_handed_to_none_of_them_and_each_is_named_once() {
    let house = House::new().await;
    let odo = house.joined("Odo Ops", role::OPS).await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.submitted(&opening, "62.50").await;
    let omar = house.viewer("Omar Ops").await;
    assert!(house.desk.offer_page(&omar, &offer).await.unwrap().deciding[0].1.delegates.is_empty());
    let hand = Asked::Command(Command::Delegate { step: step("ops"), to: odo, reason: "on a plane".into() });
    assert_eq!(refused(house.act(&omar, &offer, hand).await), Refusal::NotADelegate { step: step("ops") });
    let waits = house.desk.my_work(&omar).await.unwrap().yours[0].waiting[0].names.clone();
    assert_eq!(waits, ["you", "Odo Ops"]);
}

#[tokio::test]
async fn whoever_stands_in_for_somebody_to_whom_a_decision_was_handed_finds_nothing_of_it_anywhere() {
    let (house, offer) = waits_on_hana().await;
    house.joined("Hedy Manager", role::HIRING_MANAGER).await;
    let hand = Command::Delegate { step: step("hiring_manager"), to: house.id_of(HAL).await, reason: "on a plane".into() };
    house.command(HANA, &offer, hand).await;
    house.goes_away(HAL, WEEK, Some("Hedy Manager")).await.unwrap();
    let hedy = house.viewer("Hedy Manager").await;
    assert_eq!(house.desk.offer_page(&hedy, &offer).await.unwrap_err(), DeskFault::NotFound);
    assert!(house.desk.my_work(&hedy).await.unwrap().yours.is_empty());
    assert!(house.desk.offer_list(&hedy, &OfferListAsk::default()).await.unwrap().lines.is_empty());
}

#[tokio::test]
async fn whoever_stands_in_is_mailed_nothing_of_what_is_out_of_their_reach() {
    let (house, offer) = waits_on_hana().await;
    house.joined("Hedy Manager", role::HIRING_MANAGER).await;
    house.goes_away(HAL, WEEK, Some("Hedy Manager")).await.unwrap();
    house.post().await;
    let hand = Command::Delegate { step: step("hiring_manager"), to: house.id_of(HAL).await, reason: "on a plane".into() };
    house.command(HANA, &offer, hand).await;
    let told: Vec<_> = house.post().await.into_iter().filter_map(|mail| mail.to.name).collect();
    assert_eq!(told, [HAL], "it waits for him, and for nobody who stands in for him");
}

#[tokio::test]
async fn of_two_who_must_approve_the_page_says_how_many_are_missing_and_on_whom_it_waits() {
    let house = House::new().await;
    house.joined("Odo Ops", role::OPS).await;
    house
        .published(|playbook| {
            let ops = playbook.rules.iter_mut().filter(|rule| rule.step.key == step("ops"));
            ops.for_each(|rule| rule.step.quorum = 2);
        })
        .await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.submitted(&opening, "62.50").await;
    let omar = house.viewer("Omar Ops").await;
    house.act(&omar, &offer, approve("ops")).await.unwrap();
    let page = house.desk.offer_page(&omar, &offer).await.unwrap();
    let group = page.route[0].group.clone().unwrap();
    assert_eq!((group.approved.as_slice(), group.missing(), group.veto), (["Omar Ops".to_owned()].as_slice(), 1, true));
    assert!(page.your_steps.is_empty(), "who has approved is not asked again");
    assert!(house.desk.my_work(&omar).await.unwrap().yours.is_empty());
    let odo = house.viewer("Odo Ops").await;
    assert_eq!(house.desk.my_work(&odo).await.unwrap().yours[0].waiting[0].names, ["you"]);
    house.act(&odo, &offer, approve("ops")).await.unwrap();
    let page = house.desk.offer_page(&odo, &offer).await.unwrap();
    assert_eq!(page.route[0].group.as_ref().unwrap().missing(), 0);
}

/// Approves a step with the ends of ranges as they are typed.
async fn approves_a_range(house: &House, who: &Viewer, offer: &offer::id::OfferId, ends: [&str; 2]) -> Result<(), DeskFault> {
    let typed = |text: &str| -> Entries { [(field::PAY_BASE, text.to_owned())].into_iter().collect() };
    let asked = Asked::Approve {
        step: step("hiring_manager"),
        version: 1,
        comment: String::new(),
        lowest: typed(ends[0]),
        highest: typed(ends[1]),
    };
    house.act(who, offer, asked).await
}

#[tokio::test]
async fn an_approval_of_a_range_says_what_it_stands_for_and_the_room_that_is_left() {
    let (house, offer) = waits_on_hana().await;
    let hana = house.viewer(HANA).await;
    for ends in [["60.00", "a lot"], ["66.00", "60.00"], ["63.00", "66.00"]] {
        let unfit = refused(approves_a_range(&house, &hana, &offer, ends).await);
        assert!(matches!(unfit, Refusal::RangeUnfit { .. }), "{ends:?}: {unfit:?}");
    }
    approves_a_range(&house, &hana, &offer, ["60.00", "66.00"]).await.unwrap();
    let page = house.desk.offer_page(&house.viewer(AVA).await, &offer).await.unwrap();
    let span = &page.route[0].spans[0];
    let money = |cents| Some(offer::terms::Value::Money(Money::cents(cents)));
    assert_eq!((&span.range.field, &span.room.below, &span.room.above), (&field::PAY_BASE, &money(250), &money(350)));
}

#[tokio::test]
async fn an_administrator_decides_over_heads_loudly() {
    let (house, offer) = waits_on_hana().await;
    house.joined("Paula Admin", role::ADMIN).await;
    let paula = house.viewer("Paula Admin").await;
    let force = |reason: &str| Asked::Command(Command::ForceApprove { step: step("hiring_manager"), version: 1, reason: reason.into() });
    assert!(house.desk.offer_page(&paula, &offer).await.unwrap().buttons.contains(&app::desk::Button::Force));
    assert!(!house.desk.offer_page(&house.viewer(AVA).await, &offer).await.unwrap().buttons.contains(&app::desk::Button::Force));
    assert_eq!(refused(house.act(&paula, &offer, force("")).await), Refusal::ReasonMissing);
    house.act(&paula, &offer, force("Hana is in hospital; agreed by phone with her deputy")).await.unwrap();
    assert_eq!(house.status(&offer).await, Status::Approved);
    let page = house.desk.offer_page(&paula, &offer).await.unwrap();
    assert!(matches!(page.route[0].state, app::desk::StepView::Approved { forced: true, .. }));
}

#[tokio::test]
async fn the_page_leads_with_what_changed_since_its_reader_approved() {
    let (house, offer) = waits_on_hana().await;
    let hana = house.viewer(HANA).await;
    house.act(&hana, &offer, approve("hiring_manager")).await.unwrap();
    assert!(house.desk.offer_page(&hana, &offer).await.unwrap().minute.is_none(), "nothing waits on her");
    house.adopted(&offer, &field::PAY_BASE, "68.50").await;
    let page = house.desk.offer_page(&hana, &offer).await.unwrap();
    let since = &page.course.since[0];
    assert!(since.yours && since.by_you);
    assert_eq!((since.version, since.changes.len(), &since.changes[0].field), (1, 1, &field::PAY_BASE));
    assert_eq!(since.because.len(), 1);
}

#[tokio::test]
async fn comparable_offers_say_nothing_before_there_are_five_in_sight() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Internal, 20).await;
    for pay in ["60.00", "61.00", "62.00", "63.00"] {
        let offer = house.submitted(&opening, pay).await;
        house.approved(&offer).await;
    }
    let asked = house.submitted(&opening, "62.50").await;
    let hana = house.viewer(HANA).await;
    assert_eq!(house.desk.offer_page(&hana, &asked).await.unwrap().minute.unwrap().peers, None, "four");
    let fifth = house.submitted(&opening, "64.00").await;
    house.approved(&fifth).await;
    let asked = house.submitted(&opening, "62.50").await;
    let peers = house.desk.offer_page(&hana, &asked).await.unwrap().minute.unwrap().peers.unwrap();
    assert_eq!((peers.count, peers.low, peers.middle, peers.high), (5, Money::cents(6_100), Money::cents(6_200), Money::cents(6_300)));
    // another manager sees none of hers, and so nothing of what they pay
    house.joined(HAL, role::HIRING_MANAGER).await;
    let hal = house.viewer(HAL).await;
    let file = house.desk.file(&asked).await.unwrap();
    assert_eq!(house.desk.peers(&file.offer, hal.member().unwrap()).await.unwrap(), None);
    let priya = house.viewer(PRIYA).await;
    assert_eq!(house.desk.peers(&file.offer, priya.member().unwrap()).await.unwrap(), None);
}

#[tokio::test]
async fn absences_make_no_circle_and_are_nobody_elses_to_plan() {
    let house = House::new().await;
    house.joined("Odo Ops", role::OPS).await;
    let unfit = |because| Refusal::AbsenceUnfit { because };
    assert_eq!(refused(house.goes_away("Omar Ops", ["2026-11-25", "2026-11-20"], None).await), unfit(AbsenceFault::DatesCrossed));
    assert_eq!(refused(house.goes_away("Omar Ops", WEEK, Some("Fay Finance")).await), unfit(AbsenceFault::OtherRole));
    house.goes_away("Omar Ops", WEEK, Some("Odo Ops")).await.unwrap();
    assert_eq!(refused(house.goes_away("Odo Ops", WEEK, Some("Omar Ops")).await), unfit(AbsenceFault::Loops));
    assert_eq!(refused(house.goes_away("Odo Ops", ["2026-11-01", "2026-11-02"], None).await), Refusal::NotThatDay);

    let omar = house.id_of("Omar Ops").await;
    let ava = house.viewer(AVA).await;
    assert_eq!(house.desk.absence_page(&ava, Some(&omar)).await.unwrap_err(), DeskFault::NotFound);
    assert_eq!(house.desk.come_back(&ava, &omar).await, Err(DeskFault::NotFound));
    house.joined("Paula Admin", role::ADMIN).await;
    let paula = house.viewer("Paula Admin").await;
    let Viewer::Staff { member, name, zone, .. } = paula.clone() else { panic!("Paula works here") };
    let unproven = Viewer::Staff { member, name, zone, proven: false };
    assert_eq!(refused(house.desk.come_back(&unproven, &omar).await), Refusal::ProveFirst, "it decides who decides");
    let page = house.desk.absence_page(&paula, Some(&omar)).await.unwrap();
    assert_eq!((page.away.len(), page.absence.as_ref().map(|line| line.is_now)), (1, Some(true)));
    house.desk.come_back(&paula, &omar).await.unwrap();
    assert_eq!(refused(house.desk.come_back(&paula, &omar).await), Refusal::NothingChanges);

    house.changed("Paula Admin", |paula| paula.roles.push(role::OPS)).await;
    let (paula, stand_in) = (house.viewer("Paula Admin").await, Some(house.id_of("Paula Admin").await));
    let [from, until] = WEEK.map(|day| day.parse().unwrap());
    let own = Refusal::Person { why: PersonRefusal::OwnPlace };
    assert_eq!(refused(house.desk.go_away(&paula, &Away { person: omar, from, until, stand_in }).await), own);
}

#[tokio::test]
async fn an_absence_outlives_a_rebuild_and_an_import_of_its_person() {
    let house = House::new().await;
    house.joined("Odo Ops", role::OPS).await;
    house.goes_away("Omar Ops", WEEK, Some("Odo Ops")).await.unwrap();
    house.changed("Omar Ops", |omar| omar.region = Some("west".into())).await;
    let omar = house.id_of("Omar Ops").await;
    let away = async || house.desk.roster().await.unwrap().stand_in(&omar, house.desk.now()).is_some();
    assert!(away().await);
    house.desk.rebuild().await.unwrap();
    assert!(away().await);
}
