//! Projections made again from the history are the ones that were there.

use offer::engagement::Engagement;

use super::house::{AVA, House, operator};
use app::desk::OfferListAsk;

#[tokio::test]
async fn a_rebuild_makes_the_same_board_tallies_seats_people_and_playbooks() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 3).await;
    let (signed, _) = house.sent(&opening, "62.50").await;
    house.accepted(&signed).await;
    house.sent(&opening, "61.00").await;
    house.submitted(&opening, "60.00").await;
    let firm = house.desk.firm();
    let state = async || {
        let store = &house.desk.store;
        let board: Vec<_> = store.offers_of_requisition(firm, opening.as_str()).await.unwrap();
        let mut scopes = Vec::new();
        let mut due = Vec::new();
        for row in &board {
            scopes.push(store.scopes_of(firm, &row.offer).await.unwrap());
            due.push(store.due_of(firm, &row.offer).await.unwrap());
        }
        let tally = store.tally(firm, opening.as_str()).await.unwrap();
        let seats = store.seats(firm, opening.as_str()).await.unwrap();
        let people = (store.people(firm, "staff").await.unwrap(), store.people(firm, "candidate").await.unwrap());
        let playbook = store.newest_playbook(firm).await.unwrap();
        let pace = (store.latest_pace(firm, "step:ops", 9).await.unwrap(), store.latest_pace(firm, "letter", 9).await.unwrap());
        assert!(pace.0.len() >= 2 && pace.1.len() >= 2, "{pace:?}");
        let tally = (tally.seats, tally.seats_taken, tally.committed, tally.offers_competing, tally.offers_numbered);
        (board, scopes, due, tally, seats, people, (playbook, pace), store.requisitions(firm, "", 9).await.unwrap())
    };
    let before = state().await;
    house.desk.rebuild().await.unwrap();
    assert_eq!(state().await, before);
    let list =
        house.desk.offer_list(&house.viewer(AVA).await, &OfferListAsk { words: "icu".into(), ..OfferListAsk::default() }).await.unwrap();
    assert_eq!(list.lines.len(), 3);
}

#[tokio::test]
async fn the_same_playbook_is_not_published_twice_and_a_stale_one_not_at_all() {
    let house = House::new().await;
    let mut playbook = super::house::playbook();
    assert_eq!(house.desk.publish(playbook.clone(), 1, &operator()).await, Ok(1));
    playbook.firm.name = "Another".into();
    assert_eq!(house.desk.publish(playbook.clone(), 1, &operator()).await, Ok(2));
    playbook.firm.name = "Late".into();
    assert_eq!(house.desk.publish(playbook, 1, &operator()).await, Err(crate::desk::DeskFault::Moved));
    assert_eq!(house.desk.current().await.unwrap().playbook.firm.name, "Another");
}
