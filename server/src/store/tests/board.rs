//! The board: pages by key range.

use super::houses::{FIRM, houses};
use crate::store::{BoardPlace, BoardQuestion, BoardRow, Change, Store};

fn row(offer: &str, waiting_since: i64) -> BoardRow {
    BoardRow {
        offer: offer.into(),
        requisition: "req".into(),
        number: waiting_since,
        candidate: "cand".into(),
        version: 4,
        status: if waiting_since % 2 == 0 { "in_review" } else { "sent" }.into(),
        stage: "approval".into(),
        live: 1,
        committed: 1_234_500,
        waiting_on: "finance".into(),
        waiting_since,
        engagement: "temp".into(),
        client: Some("acme".into()),
        owner: "ada".into(),
        team: None,
        department: Some("care".into()),
        region: None,
        business_line: None,
        name_folded: "zoe".into(),
        accept_by: None,
        changed_at: 77,
        summary: "{\"name\":\"Zoë\"}".into(),
    }
}

fn place(offer: &str, waiting_since: i64, scopes: &[&str], words: &[&str]) -> Change {
    let owned = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
    Change::Board(Box::new(BoardPlace { row: row(offer, waiting_since), scopes: owned(scopes), words: owned(words) }))
}

async fn found(store: &Store, question: BoardQuestion) -> Vec<String> {
    store.board(FIRM, &question).await.unwrap().into_iter().map(|row| row.offer).collect()
}

fn question(scopes: &[&str]) -> BoardQuestion {
    BoardQuestion { scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(), rows_max: 10, ..BoardQuestion::default() }
}

async fn some_offers(store: &Store) {
    let changes = vec![
        place("o1", 1, &["firm", "team:west"], &["maria", "nguyen", "nurse"]),
        place("o2", 2, &["firm", "team:east", "waiting:finance"], &["mario", "keller", "nurse"]),
        place("o3", 3, &["firm", "team:west", "team:east"], &["zoë", "müller", "driver"]),
        place("o4", 4, &["team:west"], &["maria", "lopez", "driver", "a", "b", "c", "d", "e", "f", "g"]),
    ];
    store.change(FIRM, changes).await.unwrap();
}

#[tokio::test]
async fn a_viewer_sees_each_offer_of_their_scopes_once_oldest_waiting_first() {
    for house in houses().await {
        some_offers(&house.store).await;
        assert_eq!(found(&house.store, question(&["team:east", "team:west"])).await, ["o1", "o2", "o3", "o4"], "{}", house.name);
        assert_eq!(found(&house.store, question(&["firm"])).await, ["o1", "o2", "o3"], "{}", house.name);
        assert!(found(&house.store, question(&[])).await.is_empty(), "{}", house.name);
        assert_eq!(house.store.offers_in_scope(FIRM, "team:west").await.unwrap(), 3, "{}", house.name);
        assert_eq!(house.store.scopes_of(FIRM, "o3").await.unwrap(), ["firm", "team:east", "team:west"], "{}", house.name);
        assert_eq!(house.store.board_row(FIRM, "o1").await.unwrap(), Some(row("o1", 1)), "{}", house.name);
    }
}

#[tokio::test]
async fn pages_follow_each_other_without_a_gap_or_a_repeat() {
    for house in houses().await {
        some_offers(&house.store).await;
        let mut after = None;
        let mut pages = Vec::new();
        loop {
            let asked = BoardQuestion { rows_max: 3, after: after.clone(), ..question(&["team:east", "team:west"]) };
            let page = house.store.board(FIRM, &asked).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some((last.waiting_since, last.offer.clone()));
            pages.push(page.into_iter().map(|row| row.offer).collect::<Vec<_>>());
        }
        assert_eq!(pages, [vec!["o1", "o2", "o3"], vec!["o4"]], "{}", house.name);
    }
}

#[tokio::test]
async fn filters_and_beginnings_of_words_narrow_within_the_scopes() {
    for house in houses().await {
        some_offers(&house.store).await;
        let asked = |scopes: &[&str], words: &[&str]| BoardQuestion {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            ..question(scopes)
        };
        let both = ["team:west", "team:east"];
        assert_eq!(found(&house.store, asked(&both, &["mari"])).await, ["o1", "o2", "o4"], "{}", house.name);
        assert_eq!(found(&house.store, asked(&["firm"], &["maria"])).await, ["o1"], "o4 is out of scope: {}", house.name);
        assert_eq!(found(&house.store, asked(&both, &["mari", "dri"])).await, ["o4"], "{}", house.name);
        assert_eq!(found(&house.store, asked(&both, &["mü", "z", "d"])).await, ["o3"], "{}", house.name);
        assert!(found(&house.store, asked(&both, &["aria"])).await.is_empty(), "only beginnings: {}", house.name);
        assert!(found(&house.store, asked(&both, &["%"])).await.is_empty(), "{}", house.name);
        let sent = BoardQuestion { status: Some("sent".into()), ..question(&both) };
        assert_eq!(found(&house.store, sent).await, ["o1", "o3"], "{}", house.name);
        let waiting = BoardQuestion { also_in: Some("waiting:finance".into()), ..question(&both) };
        assert_eq!(found(&house.store, waiting).await, ["o2"], "{}", house.name);
        let waiting_by_word = BoardQuestion { also_in: Some("waiting:finance".into()), ..asked(&both, &["nurse"]) };
        assert_eq!(found(&house.store, waiting_by_word).await, ["o2"], "{}", house.name);
    }
}

#[tokio::test]
async fn a_place_written_anew_leaves_nothing_of_the_old_one() {
    for house in houses().await {
        some_offers(&house.store).await;
        house.store.change(FIRM, vec![place("o1", 9, &["team:north"], &["nina"])]).await.unwrap();
        assert_eq!(house.store.scopes_of(FIRM, "o1").await.unwrap(), ["team:north"], "{}", house.name);
        assert_eq!(found(&house.store, question(&["team:west"])).await, ["o3", "o4"], "{}", house.name);
        let by_old_word = BoardQuestion { words: vec!["nguyen".into()], ..question(&["team:north"]) };
        assert!(found(&house.store, by_old_word).await.is_empty(), "{}", house.name);
        house.store.change(FIRM, vec![Change::BoardRemove { offer: "o1".into() }]).await.unwrap();
        assert_eq!(house.store.board_row(FIRM, "o1").await.unwrap(), None, "{}", house.name);
        assert_eq!(house.store.offers_of_requisition(FIRM, "req").await.unwrap().len(), 3, "{}", house.name);
    }
}
