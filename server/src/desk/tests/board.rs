//! The board: who finds which offer where, what waits on whom, and what is kept as a view.

use app::desk::{Asked, BoardAsk, BoardGroup, GroupKey, Grouping, Layout, Narrow, OfferListAsk, Order, SavedView, Todo, WaitingGroup};
use offer::{
    access::{self, Access, Action, Scope},
    engagement::Engagement,
    field::{self, Side},
    id::{ClientCode, OfferId, StepKey, TeamKey, role},
    lifecycle::{Command, Status, WaitsOn},
    measure::Stage,
    playbook::GrantRow,
};

use super::house::{AVA, House, PRIYA, operator, playbook};
use crate::desk::DeskFault;

const PAULA: &str = "Paula Admin";
const TARA: &str = "Tara Leader";

async fn groups(house: &House, who: &str, ask: &BoardAsk) -> Vec<BoardGroup> {
    house.desk.board(&house.viewer(who).await, ask).await.unwrap().groups
}

/// What is in each column that is not empty.
async fn columns(house: &House, who: &str, ask: &BoardAsk) -> Vec<(GroupKey, usize)> {
    let groups = groups(house, who, ask).await;
    groups.into_iter().filter(|group| group.count.found > 0).map(|group| (group.key, group.count.found)).collect()
}

async fn rows(house: &House, who: &str, narrow: Narrow) -> Vec<OfferId> {
    rows_by(house, who, Order::Waiting, narrow).await
}

async fn rows_by(house: &House, who: &str, order: Order, narrow: Narrow) -> Vec<OfferId> {
    let ask = BoardAsk { layout: Layout::Table, order, narrow, ..BoardAsk::default() };
    house.desk.board(&house.viewer(who).await, &ask).await.unwrap().lines.into_iter().map(|line| line.id).collect()
}

fn by_waiting() -> BoardAsk {
    BoardAsk { grouping: Grouping::Waiting, ..BoardAsk::default() }
}

/// One offer in each of a few states.
async fn some_offers(house: &House) -> Vec<OfferId> {
    let opening = house.opening(Engagement::Temp, 5).await;
    let (sent, _) = house.sent(&opening, "62.50").await;
    let (signed, _) = house.sent(&opening, "61.00").await;
    house.accepted(&signed).await;
    let in_review = house.submitted(&opening, "60.00").await;
    let draft = house.drafted(&opening, "59.00").await;
    let ended = house.drafted(&opening, "58.00").await;
    house.command(AVA, &ended, Command::Cancel { reason: "closed".into() }).await;
    vec![sent, signed, in_review, draft, ended]
}

#[tokio::test]
async fn a_column_holds_the_offers_of_its_stage_that_access_lets_the_viewer_see_and_counts_each_once() {
    let house = House::new().await;
    let offers = some_offers(&house).await;
    let mut people = vec![AVA, "Omar Ops", "Fay Finance", "Hana Manager", "Rosa Onboarding", "Ike Systems", "Dana Okafor", PRIYA];
    // somebody who reads everything, but only while it lies with the candidate
    let mut restricted = playbook();
    let mut grant: GrantRow = restricted.grants.iter().find(|grant| grant.role == role::FINANCE).unwrap().clone();
    (grant.scope, grant.states, grant.actions) = (Scope::All, vec![Status::Sent], vec![Action::See]);
    grant.key = "finance-sees-sent".into();
    restricted.grants.push(grant);
    house.desk.publish(restricted, 1, &operator()).await.unwrap();
    people.push("Fay Finance");
    for who in people {
        let actor = house.viewer(who).await.actor().unwrap();
        let mut expected = Vec::new();
        for stage in Stage::ALL {
            let mut found = 0;
            for id in &offers {
                let file = house.desk.file(id).await.unwrap();
                let subject = file.offer.subject();
                let sees = access::may(&actor, Action::See, &subject) == Access::Allowed;
                let talk = access::sight(&actor, &subject).reads_talk();
                found += usize::from(sees && Stage::told(&file.offer, talk) == Some(stage));
            }
            if found > 0 {
                expected.push((GroupKey::Stage(stage), found));
            }
        }
        assert_eq!(columns(&house, who, &BoardAsk::default()).await, expected, "{who}");
        // the same question, answered by looking at each offer
        let looked = BoardAsk { narrow: Narrow { engagement: Some(Engagement::Temp), ..Narrow::default() }, ..BoardAsk::default() };
        assert_eq!(columns(&house, who, &looked).await, expected, "{who}");
        let worded = BoardAsk { narrow: Narrow { words: "quil".into(), ..Narrow::default() }, ..BoardAsk::default() };
        assert_eq!(columns(&house, who, &worded).await, expected, "{who}");
    }
    let fay = rows(&house, "Fay Finance", Narrow::default()).await;
    assert_eq!(fay, offers[..1], "the one that lies with the candidate");
}

#[tokio::test]
async fn whoever_does_not_read_staffs_talk_finds_an_offer_where_it_stood_before_something_was_asked() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 5).await;
    let (offer, _) = house.sent(&opening, "62.50").await;
    let candidate = house.candidate_of(&offer).await;
    let narrowed = [
        Narrow::default(),
        Narrow { stage: Some(Stage::Negotiation), ..Narrow::default() },
        Narrow { stage: Some(Stage::Delivery), ..Narrow::default() },
        Narrow { waiting: Some(WaitingGroup::Recruiter), ..Narrow::default() },
        Narrow { waiting: Some(WaitingGroup::Candidate), ..Narrow::default() },
    ];
    let found = async |who: &str| {
        let viewer = house.viewer(who).await;
        let page = house.desk.offer_page(&viewer, &offer).await.unwrap();
        let stages: Vec<Stage> = page.stages.iter().map(|(stage, _)| *stage).collect();
        let mut found = vec![format!("{:?} {stages:?}", page.waiting)];
        for narrow in &narrowed {
            for ask in [BoardAsk::default(), by_waiting()] {
                let ask = BoardAsk { narrow: narrow.clone(), ..ask };
                found.push(format!("{:?}", columns(&house, who, &ask).await));
            }
            found.push(format!("{:?}", rows(&house, who, narrow.clone()).await));
        }
        found
    };
    let (before, before_recruiter) = (found(PRIYA).await, found(AVA).await);
    house.act(&candidate, &offer, Asked::Command(Command::Ask { text: "Is parking free?".into() })).await.unwrap();
    let asked = Asked::Command(Command::RequestChange { why: "Could it be more?".into() });
    house.act(&candidate, &offer, asked).await.unwrap();
    assert_eq!(found(PRIYA).await, before);
    assert_ne!(found(AVA).await, before_recruiter);
}

#[tokio::test]
async fn the_order_of_a_list_tells_nobody_that_something_was_asked_who_does_not_read_staffs_talk() {
    let house = House::new().await;
    house.joined(TARA, role::TA_LEADER).await;
    let opening = house.opening(Engagement::Temp, 5).await;
    let (oldest, _) = house.sent(&opening, "62.50").await;
    house.now_is("2026-11-20T19:00:00Z");
    let (second, _) = house.sent(&opening, "61.00").await;
    house.now_is("2026-11-20T20:00:00Z");
    let in_review = house.submitted(&opening, "60.00").await;
    let orders = async |who: &str| {
        let mut orders = Vec::new();
        for (order, words) in [(Order::Waiting, ""), (Order::Deadline, ""), (Order::Waiting, "req")] {
            let narrow = Narrow { words: words.to_owned(), ..Narrow::default() };
            orders.push(rows_by(&house, who, order, narrow).await);
        }
        orders.push(rows(&house, who, Narrow { stage: Some(Stage::Approvals), ..Narrow::default() }).await);
        orders
    };
    let before = orders(TARA).await;
    assert_eq!(before[0], [oldest.clone(), second.clone(), in_review.clone()], "oldest waiting first");
    assert_eq!(before[2], [in_review.clone(), second.clone(), oldest.clone()], "what is found by words comes newest first");
    let before_recruiter = orders(AVA).await;
    house.now_is("2026-11-20T21:00:00Z");
    let candidate = house.candidate_of(&oldest).await;
    house.act(&candidate, &oldest, Asked::Command(Command::Ask { text: "Is parking free?".into() })).await.unwrap();
    let step = StepKey::named("ops");
    house.command("Omar Ops", &in_review, Command::Return { step, question: "why?".into() }).await;
    assert_eq!(orders(TARA).await, before);
    let after_recruiter = orders(AVA).await;
    assert_ne!(after_recruiter[..2], before_recruiter[..2]);
    assert_eq!(after_recruiter[0].len(), 3, "each offer once, wherever it lies");
}

#[tokio::test]
async fn nobody_learns_whose_offer_it_is_or_how_they_would_be_hired_by_narrowing_to_it() {
    let house = House::new().await;
    some_offers(&house).await;
    let of_the_client = || Narrow { client: Some(ClientCode::new("ACME-MED")), ..Narrow::default() };
    let engaged = || Narrow { engagement: Some(Engagement::Temp), ..Narrow::default() };
    let columns_of = async |narrow| columns(&house, AVA, &BoardAsk { narrow, ..BoardAsk::default() }).await.len();
    assert_eq!((rows(&house, AVA, of_the_client()).await.len(), columns_of(of_the_client()).await), (4, 4));
    // whose offers they are recruits, and sees everything but the job
    house
        .published(|playbook| {
            let recruiter = playbook.roles.iter_mut().find(|sheet| sheet.key == role::RECRUITER).unwrap();
            recruiter.sees.retain(|side| *side != Side::Job);
            let mut everywhere = playbook.grants.iter().find(|grant| grant.role == role::RECRUITER).unwrap().clone();
            (everywhere.scope, everywhere.states, everywhere.actions) = (Scope::All, Vec::new(), vec![Action::See]);
            everywhere.key = "recruiter-sees-all".into();
            playbook.grants.push(everywhere);
        })
        .await;
    assert_eq!(rows(&house, AVA, Narrow::default()).await.len(), 4, "they are there");
    for narrow in [of_the_client(), engaged()] {
        assert_eq!((rows(&house, AVA, narrow.clone()).await.len(), columns_of(narrow).await), (0, 0));
    }
}

#[tokio::test]
async fn nobody_learns_whose_offer_it_is_within_the_firm_by_narrowing_to_a_team() {
    let house = House::new().await;
    let mut opening = house.requisition(Engagement::Temp, 5).await;
    opening.prefill.set(field::TEAM, "healthcare-desk");
    let opening = house.desk.open_requisition(opening, &operator()).await.unwrap();
    house.submitted(&opening, "60.00").await;
    let of_the_team = || Narrow { team: Some(TeamKey::new("healthcare-desk")), ..Narrow::default() };
    let found = async |who: &str| {
        let by_stage = BoardAsk { narrow: of_the_team(), ..BoardAsk::default() };
        (rows(&house, who, of_the_team()).await.len(), columns(&house, who, &by_stage).await.len())
    };
    let choices = async |who: &str| house.desk.board(&house.viewer(who).await, &BoardAsk::default()).await.unwrap().teams;
    assert_eq!(found(AVA).await, (1, 1));
    assert!(!choices(AVA).await.is_empty());
    house.changed(AVA, |ava| ava.team = Some(TeamKey::new("healthcare-desk"))).await;
    assert_eq!(found(AVA).await, (1, 1), "the team is her own");
    for who in ["Omar Ops", "Dana Okafor"] {
        assert_eq!(rows(&house, who, Narrow::default()).await.len(), 1, "{who} sees it");
        assert_eq!((found(who).await, choices(who).await), ((0, 0), Vec::new()), "{who} does not see whose it is");
    }
}

#[tokio::test]
async fn a_column_of_states_that_the_viewer_does_not_read_is_not_there() {
    let house = House::new().await;
    some_offers(&house).await;
    // reads every offer, while it is with its approvers or approved
    house.joined(PAULA, role::ADMIN).await;
    let waiting: Vec<GroupKey> = groups(&house, PAULA, &by_waiting()).await.into_iter().map(|group| group.key).collect();
    assert_eq!(waiting, [GroupKey::Waiting(WaitingGroup::Step(StepKey::named("ops")))]);
    let is_read = |status: &Status| [Status::InReview, Status::Approved].contains(status);
    let stages = groups(&house, PAULA, &BoardAsk::default()).await;
    assert!(!stages.is_empty());
    for group in stages {
        assert!(matches!(group.key, GroupKey::Stage(stage) if stage.statuses().iter().any(is_read)), "{:?}", group.key);
    }
}

#[tokio::test]
async fn how_many_fell_through_after_they_were_spoken_is_told_to_those_who_read_staffs_talk_of_all_they_see() {
    let house = House::new().await;
    house.joined(TARA, role::TA_LEADER).await;
    let opening = house.opening(Engagement::Temp, 5).await;
    let offer = house.submitted(&opening, "60.00").await;
    house.command(AVA, &offer, Command::Withdraw { reason: "took another job".into() }).await;
    let ended = BoardAsk { narrow: Narrow { ended: true, ..Narrow::default() }, ..BoardAsk::default() };
    for (who, spoken) in [(AVA, Some(0)), (TARA, None)] {
        let (unwritten, after_verbal) = house.desk.board(&house.viewer(who).await, &ended).await.unwrap().lost.unwrap();
        assert_eq!((unwritten.found, after_verbal.map(|count| count.found)), (1, spoken), "{who}");
    }
}

#[tokio::test]
async fn on_whom_it_waits_is_told_by_name_to_those_who_read_staffs_talk_on_the_list_as_on_the_page() {
    let house = House::new().await;
    house.joined(TARA, role::TA_LEADER).await;
    let opening = house.opening(Engagement::Temp, 5).await;
    let offer = house.submitted(&opening, "60.00").await;
    for (who, names) in [(AVA, vec!["Omar Ops"]), ("Omar Ops", vec!["you"]), (TARA, vec![]), (PRIYA, vec![])] {
        let viewer = house.viewer(who).await;
        let listed = house.desk.offer_list(&viewer, &OfferListAsk::default()).await.unwrap().lines.remove(0);
        let page = house.desk.offer_page(&viewer, &offer).await.unwrap();
        assert_eq!((&listed.waiting[0].names, &page.waiting), (&page.waiting[0].names, &listed.waiting), "{who}");
        assert_eq!(listed.waiting[0].names, names, "{who}");
    }
}

#[tokio::test]
async fn that_an_offer_may_be_taken_back_is_told_to_those_who_read_staffs_talk() {
    let house = House::new().await;
    house.joined(TARA, role::TA_LEADER).await;
    let opening = house.opening(Engagement::Temp, 5).await;
    let (offer, _) = house.sent(&opening, "62.50").await;
    house.command(AVA, &offer, Command::AskRescission { reason: "funding".into() }).await;
    let waits_on = |group: WaitingGroup| Narrow { waiting: Some(group), ..Narrow::default() };
    for (who, group, other) in
        [(AVA, WaitingGroup::Rescission, WaitingGroup::Candidate), (TARA, WaitingGroup::Candidate, WaitingGroup::Rescission)]
    {
        assert_eq!(columns(&house, who, &by_waiting()).await, [(GroupKey::Waiting(group.clone()), 1)], "{who}");
        assert_eq!(rows(&house, who, waits_on(group)).await.len(), 1, "{who}");
        assert_eq!(rows(&house, who, waits_on(other)).await.len(), 0, "{who}");
    }
    let tara = house.viewer(TARA).await;
    let (page, list) =
        (house.desk.offer_page(&tara, &offer).await.unwrap(), house.desk.offer_list(&tara, &OfferListAsk::default()).await.unwrap());
    for waiting in [&page.waiting, &list.lines[0].waiting] {
        assert_eq!(waiting.iter().map(|line| line.on.clone()).collect::<Vec<_>>(), [WaitsOn::Candidate]);
    }
}

#[tokio::test]
async fn columns_by_waiting_are_those_that_somebody_is_waited_on_in() {
    let house = House::new().await;
    let offers = some_offers(&house).await;
    let of = |group: WaitingGroup| (GroupKey::Waiting(group), 1);
    let expected = [
        of(WaitingGroup::Recruiter),
        of(WaitingGroup::Step(StepKey::named("ops"))),
        of(WaitingGroup::Candidate),
        of(WaitingGroup::Contingency),
    ];
    assert_eq!(columns(&house, AVA, &by_waiting()).await, expected);
    let narrow = Narrow { waiting: Some(WaitingGroup::Candidate), ..Narrow::default() };
    assert_eq!(rows(&house, AVA, narrow.clone()).await, offers[..1]);
    assert_eq!(columns(&house, AVA, &BoardAsk { narrow, ..by_waiting() }).await, [of(WaitingGroup::Candidate)]);
    let ended = rows(&house, AVA, Narrow { ended: true, ..Narrow::default() }).await;
    assert_eq!(ended, offers[4..]);
    assert_eq!(rows(&house, AVA, Narrow::default()).await.len(), 4, "what has ended is a view of its own");
}

#[tokio::test]
async fn what_is_over_its_time_is_found_by_its_time_and_what_is_due_comes_in_its_order() {
    let house = House::new().await;
    let offers = some_offers(&house).await;
    let overdue = || Narrow { overdue: true, ..Narrow::default() };
    assert!(rows(&house, AVA, overdue()).await.is_empty());
    let ask = BoardAsk { layout: Layout::Table, order: Order::Deadline, ..BoardAsk::default() };
    let due = house.desk.board(&house.viewer(AVA).await, &ask).await.unwrap();
    assert_eq!(due.lines.iter().map(|line| &line.id).collect::<Vec<_>>(), [&offers[2], &offers[0]], "review first, then the letter");
    house.now_is("2026-12-08T18:00:00Z");
    assert_eq!(rows(&house, AVA, overdue()).await, offers[2..3], "the approval is late; the letter has time");
    let mine = Narrow { mine: true, client: Some(ClientCode::new("ACME-MED")), exceptions: true, ..overdue() };
    assert!(rows(&house, AVA, mine).await.is_empty(), "it is late, and no exception");
}

#[tokio::test]
async fn my_work_is_what_waits_on_me_oldest_first_with_what_is_to_be_done() {
    let house = House::new().await;
    let offers = some_offers(&house).await;
    let work = async |who: &str| house.desk.my_work(&house.viewer(who).await).await.unwrap();
    let ava = work(AVA).await;
    assert_eq!(ava.yours.iter().map(|line| &line.id).collect::<Vec<_>>(), [&offers[3]]);
    assert_eq!(ava.yours[0].waiting[0].todo, Todo::Draft);
    assert_eq!((ava.others.len(), ava.own.found), (3, 4), "what waits on others stands below");
    let omar = work("Omar Ops").await;
    assert_eq!((omar.yours.len(), omar.yours[0].waiting[0].todo), (1, Todo::Decide));
    let step = StepKey::named("ops");
    house.command("Omar Ops", &offers[2], Command::Return { step, question: "why?".into() }).await;
    assert!(work("Omar Ops").await.yours.is_empty());
    let ava = work(AVA).await;
    assert!(ava.yours.iter().any(|line| line.id == offers[2] && line.waiting.iter().any(|waiting| waiting.todo == Todo::AnswerStep)));
}

#[tokio::test]
async fn a_first_day_is_work_from_that_day_on() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let (offer, _) = house.sent(&opening, "62.50").await;
    house.accepted(&offer).await;
    house.cleared(&offer).await;
    house.taken_over(&offer).await;
    assert_eq!(house.status(&offer).await, Status::HandedOff);
    let work = async || house.desk.my_work(&house.viewer(AVA).await).await.unwrap().yours;
    assert!(work().await.is_empty());
    house.now_is("2027-01-11T09:00:00Z");
    assert_eq!(work().await[0].waiting[0].todo, Todo::RecordStart);
}

#[tokio::test]
async fn pages_of_the_table_follow_each_other_whatever_they_are_narrowed_by() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 5).await;
    let mut drafts = Vec::new();
    for _ in 0..28 {
        drafts.push(house.drafted(&opening, "60").await);
    }
    for narrow in [Narrow::default(), Narrow { words: "quil".into(), ..Narrow::default() }, Narrow { on_me: true, ..Narrow::default() }] {
        let ask = BoardAsk { layout: Layout::Table, narrow, ..BoardAsk::default() };
        let ava = house.viewer(AVA).await;
        let first = house.desk.board(&ava, &ask).await.unwrap();
        assert_eq!(first.lines.len(), 25);
        let second = house.desk.board(&ava, &BoardAsk { after: first.next.clone(), ..ask.clone() }).await.unwrap();
        let mut both: Vec<OfferId> = first.lines.into_iter().chain(second.lines).map(|line| line.id).collect();
        both.sort();
        let mut all = drafts.clone();
        all.sort();
        assert_eq!(both, all, "{ask:?}");
        assert_eq!(second.next, None);
    }
    let column = groups(&house, AVA, &BoardAsk::default()).await.into_iter().find(|group| group.count.found > 0).unwrap();
    assert_eq!((column.count.found, column.lines.len()), (28, 8));
}

#[tokio::test]
async fn where_a_page_ended_tells_of_no_offer_and_leads_on_for_its_reader_alone() {
    let house = House::new().await;
    house.joined("Lena Lead", role::RECRUITING_LEAD).await;
    let opening = house.opening(Engagement::Temp, 5).await;
    let mut drafts = Vec::new();
    for _ in 0..28 {
        drafts.push(house.drafted(&opening, "60").await);
    }
    let (ava, lena) = (house.viewer(AVA).await, house.viewer("Lena Lead").await);
    let page = async |who, after| {
        let ask = BoardAsk { layout: Layout::Table, after, ..BoardAsk::default() };
        house.desk.board(who, &ask).await.unwrap()
    };
    let first = page(&ava, None).await;
    let next = first.next.unwrap();
    assert!(drafts.iter().all(|draft| !next.contains(draft.as_str())), "{next}");
    assert_eq!(page(&ava, Some(next.clone())).await.lines.len(), 3);
    let ids = |lines: Vec<app::desk::OfferLine>| lines.into_iter().map(|line| line.id).collect::<Vec<_>>();
    assert_eq!(ids(page(&lena, Some(next)).await.lines), ids(first.lines), "to anybody else it says nothing");
}

#[tokio::test]
async fn a_view_is_saved_by_its_name_for_its_person_and_a_name_says_something() {
    let house = House::new().await;
    let (ava, omar) = (house.viewer(AVA).await, house.viewer("Omar Ops").await);
    let late = BoardAsk { narrow: Narrow { overdue: true, ..Narrow::default() }, after: Some("7.x".into()), ..BoardAsk::default() };
    house.desk.save_view(&ava, "  Late   ones ", &late).await.unwrap();
    let views = house.desk.board(&ava, &BoardAsk::default()).await.unwrap().views;
    assert_eq!(views, [SavedView { name: "Late ones".into(), ask: late.from_the_start() }]);
    assert!(house.desk.board(&omar, &BoardAsk::default()).await.unwrap().views.is_empty());
    house.desk.save_view(&ava, "LATE ones", &BoardAsk::default()).await.unwrap();
    let views = house.desk.board(&ava, &BoardAsk::default()).await.unwrap().views;
    assert_eq!(views, [SavedView { name: "LATE ones".into(), ask: BoardAsk::default() }], "the same name again replaces it");
    for nameless in ["", " \u{7}", &"x".repeat(61)] {
        assert!(matches!(house.desk.save_view(&ava, nameless, &late).await, Err(DeskFault::Problems(_))), "{nameless:?}");
    }
    house.desk.remove_view(&ava, "late ones").await.unwrap();
    assert!(house.desk.board(&ava, &BoardAsk::default()).await.unwrap().views.is_empty());
}
