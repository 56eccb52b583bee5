//! The board: pages by key range.

use super::houses::{FIRM, houses};
use crate::store::{BoardPlace, BoardRow, Change, Lying, Pile, PileQuestion, SavedViewRow, Store, WordQuestion};

fn row(offer: &str, number: i64) -> BoardRow {
    BoardRow {
        offer: offer.into(),
        requisition: "req".into(),
        number,
        status: if number % 2 == 0 { "in_review" } else { "sent" }.into(),
        stage: "approval".into(),
        live: 1,
        engagement: "temp".into(),
        client: Some("acme".into()),
        owner: "ada".into(),
        team: None,
        accept_by: None,
        told_at: 76,
        changed_at: 77,
        summary: "{\"name\":\"Zoë\"}".into(),
    }
}

fn lying(scope: &str, pile: &str, rank: i64) -> Lying {
    Lying { scope: scope.into(), pile: pile.into(), rank }
}

/// In the pile `here` of some scopes.
fn place(offer: &str, rank: i64, scopes: &[&str], words: &[&str]) -> Change {
    let lies = scopes.iter().map(|scope| lying(scope, "here", rank)).collect();
    let words = words.iter().map(|word| (*word).to_owned()).collect();
    Change::Board(Box::new(BoardPlace { row: row(offer, rank), lies, words }))
}

fn piles(scopes: &[&str]) -> Vec<Pile> {
    scopes.iter().map(|scope| Pile { scope: (*scope).to_owned(), name: "here".to_owned() }).collect()
}

fn question(scopes: &[&str]) -> PileQuestion {
    PileQuestion { piles: piles(scopes), after: None, below: i64::MAX, rows_max: 10 }
}

async fn found(store: &Store, question: PileQuestion) -> Vec<String> {
    store.piled(FIRM, &question).await.unwrap().into_iter().map(|found| found.row.offer).collect()
}

async fn some_offers(store: &Store) {
    let changes = vec![
        place("o1", 1, &["all", "team:west"], &["maria", "nguyen", "nurse"]),
        place("o2", 2, &["all", "team:east"], &["mario", "keller", "nurse"]),
        place("o3", 3, &["all", "team:west", "team:east"], &["zoë", "müller", "driver"]),
        place("o4", 4, &["team:west"], &["maria", "lopez", "driver", "a", "b", "c", "d", "e", "f", "g"]),
    ];
    store.change(FIRM, changes).await.unwrap();
}

/// Many scopes in which nothing lies, and two in which something does: more than one statement takes.
fn many_scopes() -> Vec<String> {
    (0..40).map(|place| format!("team:{place}")).chain(["team:west".to_owned(), "team:east".to_owned()]).collect()
}

#[tokio::test]
async fn a_viewer_sees_each_offer_of_their_scopes_once_lowest_rank_first() {
    for house in houses().await {
        some_offers(&house.store).await;
        assert_eq!(found(&house.store, question(&["team:east", "team:west"])).await, ["o1", "o2", "o3", "o4"], "{}", house.name);
        assert_eq!(found(&house.store, question(&["all"])).await, ["o1", "o2", "o3"], "{}", house.name);
        assert!(found(&house.store, question(&[])).await.is_empty(), "{}", house.name);
        let many = many_scopes();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(found(&house.store, question(&many)).await, ["o1", "o2", "o3", "o4"], "{}", house.name);
        let below = PileQuestion { below: 3, ..question(&["team:west"]) };
        assert_eq!(found(&house.store, below).await, ["o1"], "{}", house.name);
        let elsewhere = vec![Pile { scope: "all".into(), name: "there".into() }];
        assert!(found(&house.store, PileQuestion { piles: elsewhere, ..question(&[]) }).await.is_empty(), "{}", house.name);
        assert_eq!(house.store.scopes_of(FIRM, "o3").await.unwrap(), ["all", "team:east", "team:west"], "{}", house.name);
        assert_eq!(house.store.lies_of(FIRM, "o4").await.unwrap(), [lying("team:west", "here", 4)], "{}", house.name);
        assert_eq!(house.store.board_row(FIRM, "o1").await.unwrap(), Some(row("o1", 1)), "{}", house.name);
    }
}

#[tokio::test]
async fn each_offer_is_counted_once_and_counting_stops() {
    for house in houses().await {
        some_offers(&house.store).await;
        let count = async |scopes: &[&str], below, enough| house.store.piled_up(FIRM, &piles(scopes), below, enough).await.unwrap();
        assert_eq!(count(&["team:east", "team:west"], i64::MAX, 200).await, 4, "{}", house.name);
        assert_eq!(count(&["team:west"], i64::MAX, 200).await, 3, "{}", house.name);
        assert_eq!(count(&["team:west"], 4, 200).await, 2, "{}", house.name);
        assert_eq!(count(&["team:west"], i64::MAX, 1).await, 2, "one more than enough says that there are more: {}", house.name);
        assert_eq!(count(&[], i64::MAX, 200).await, 0, "{}", house.name);
        let many = many_scopes();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(count(&many, i64::MAX, 200).await, 4, "{}", house.name);
    }
}

#[tokio::test]
async fn the_piles_of_a_scope_are_named_without_reading_what_lies_in_them() {
    for house in houses().await {
        let lies = ["waits:ops/in_review", "waits:candidate/sent", "stage:approvals/in_review", "waits:ops/sent"];
        for (place, pile) in (1..).zip(lies) {
            let placed = BoardPlace { row: row(&format!("o{place}"), place), lies: vec![lying("all", pile, place)], words: Vec::new() };
            house.store.change(FIRM, vec![Change::Board(Box::new(placed))]).await.unwrap();
        }
        let named = house.store.pile_names(FIRM, "all", "waits:").await.unwrap();
        assert_eq!(named, ["waits:candidate/sent", "waits:ops/in_review", "waits:ops/sent"], "{}", house.name);
        assert!(house.store.pile_names(FIRM, "team:west", "waits:").await.unwrap().is_empty(), "{}", house.name);
    }
}

#[tokio::test]
async fn pages_follow_each_other_without_a_gap_or_a_repeat() {
    for house in houses().await {
        some_offers(&house.store).await;
        let mut after = None;
        let mut pages = Vec::new();
        loop {
            let asked = PileQuestion { rows_max: 3, after: after.clone(), ..question(&["team:east", "team:west"]) };
            let page = house.store.piled(FIRM, &asked).await.unwrap();
            let Some(last) = page.last() else { break };
            after = Some((last.rank, last.row.offer.clone()));
            pages.push(page.into_iter().map(|found| found.row.offer).collect::<Vec<_>>());
        }
        assert_eq!(pages, [vec!["o1", "o2", "o3"], vec!["o4"]], "{}", house.name);
    }
}

#[tokio::test]
async fn beginnings_of_words_are_found_within_a_scope() {
    for house in houses().await {
        some_offers(&house.store).await;
        let worded = async |scope: &str, words: &[&str]| {
            let words = words.iter().map(|word| (*word).to_owned()).collect();
            let question = WordQuestion { scope: scope.to_owned(), words, after: None, rows_max: 10 };
            let rows = house.store.worded(FIRM, &question).await.unwrap();
            rows.into_iter().map(|row| row.offer).collect::<Vec<_>>()
        };
        assert_eq!(worded("team:west", &["mari"]).await, ["o4", "o1"], "the newest first: {}", house.name);
        assert_eq!(worded("all", &["maria"]).await, ["o1"], "o4 is out of scope: {}", house.name);
        assert_eq!(worded("team:west", &["mari", "dri"]).await, ["o4"], "{}", house.name);
        assert_eq!(worded("team:east", &["mü", "z", "d"]).await, ["o3"], "{}", house.name);
        assert!(worded("all", &["aria"]).await.is_empty(), "only beginnings: {}", house.name);
        assert!(worded("all", &["%"]).await.is_empty(), "{}", house.name);
    }
}

#[tokio::test]
async fn a_place_written_anew_leaves_nothing_of_the_old_one_and_counts_up() {
    for house in houses().await {
        some_offers(&house.store).await;
        let revision = async || {
            let changes = house.store.board_changes(FIRM, 0, 10).await.unwrap();
            changes.into_iter().find(|change| change.offer == "o1").map(|change| change.revision)
        };
        assert_eq!(revision().await, Some(1), "{}", house.name);
        house.store.change(FIRM, vec![place("o1", 9, &["team:north"], &["nina"])]).await.unwrap();
        assert_eq!(revision().await, Some(2), "{}", house.name);
        assert!(house.store.board_changes(FIRM, 78, 10).await.unwrap().is_empty(), "{}", house.name);
        assert_eq!(house.store.scopes_of(FIRM, "o1").await.unwrap(), ["team:north"], "{}", house.name);
        assert_eq!(found(&house.store, question(&["team:west"])).await, ["o3", "o4"], "{}", house.name);
        let by_old_word = WordQuestion { scope: "team:north".into(), words: vec!["nguyen".into()], rows_max: 9, ..WordQuestion::default() };
        assert!(house.store.worded(FIRM, &by_old_word).await.unwrap().is_empty(), "{}", house.name);
        house.store.change(FIRM, vec![Change::BoardRemove { offer: "o1".into() }]).await.unwrap();
        assert_eq!(house.store.board_row(FIRM, "o1").await.unwrap(), None, "{}", house.name);
        assert_eq!(house.store.offers_of_requisition(FIRM, "req").await.unwrap().len(), 3, "{}", house.name);
    }
}

#[tokio::test]
async fn a_view_is_kept_for_its_person_under_its_name() {
    for house in houses().await {
        let view = |person: &str, name: &str, asks: &str| {
            let (person, name_folded) = (person.to_owned(), name.to_lowercase());
            Change::SavedView(SavedViewRow { person, name_folded, name: name.to_owned(), asks: asks.to_owned(), at: 1 })
        };
        let views = vec![view("ada", "Night", "a"), view("ada", "Day", "b"), view("bob", "Night", "c"), view("ada", "NIGHT", "d")];
        house.store.change(FIRM, views).await.unwrap();
        let of = async |person: &str| {
            let rows = house.store.saved_views(FIRM, person).await.unwrap();
            rows.into_iter().map(|row| (row.name, row.asks)).collect::<Vec<_>>()
        };
        let pair = |name: &str, asks: &str| (name.to_owned(), asks.to_owned());
        assert_eq!(of("ada").await, [pair("Day", "b"), pair("NIGHT", "d")], "{}", house.name);
        house.store.change(FIRM, vec![Change::SavedViewRemove { person: "ada".into(), name_folded: "day".into() }]).await.unwrap();
        assert_eq!(of("ada").await, [pair("NIGHT", "d")], "{}", house.name);
        house.store.change(FIRM, vec![Change::PersonRemove { person: "ada".into() }]).await.unwrap();
        assert_eq!((of("ada").await, of("bob").await), (Vec::new(), vec![pair("Night", "c")]), "{}", house.name);
    }
}
