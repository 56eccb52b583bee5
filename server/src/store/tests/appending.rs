//! Appending: one commit, versions that were read, keys that decide.

use super::houses::{FIRM, a_serializable_house, append, event, houses};
use crate::store::{Append, AppendError, Change, Expectation, ReceiptRow, SeatRow, TallyRow, Unfit, Unique};

fn at(stream: &str, version: i64) -> Expectation {
    Expectation { stream: stream.to_owned(), version }
}

fn receipt(once: &str) -> Change {
    Change::Receipt(ReceiptRow { actor: "ada".into(), once: once.into(), at: 5, asked: vec![1], result: "{}".into() })
}

#[tokio::test]
async fn what_was_appended_is_read_back_byte_for_byte() {
    for house in houses().await {
        let events = vec![event("one", 1), event("one", 2), event("one", 3)];
        house.store.append(append(events.clone())).await.unwrap();
        assert_eq!(house.store.load(FIRM, "one").await.unwrap(), events, "{}", house.name);
        assert_eq!(house.store.load_from(FIRM, "one", 2).await.unwrap(), events[2..], "{}", house.name);
        let stream = house.store.stream(FIRM, "one").await.unwrap().unwrap();
        assert_eq!((stream.version, stream.head), (3, events[2].leaf.clone()), "{}", house.name);
        assert!(house.store.load("another firm", "one").await.unwrap().is_empty(), "{}", house.name);
    }
}

#[tokio::test]
async fn who_decided_on_an_older_version_decides_again_and_leaves_no_trace() {
    for house in houses().await {
        house.store.append(append(vec![event("one", 1)])).await.unwrap();
        for late in [vec![event("one", 1)], vec![event("one", 3)], vec![event("other", 1), event("one", 1)]] {
            let late = Append { changes: vec![receipt("late")], ..append(late) };
            assert_eq!(house.store.append(late).await, Err(AppendError::Moved), "{}", house.name);
        }
        assert_eq!(house.store.load(FIRM, "one").await.unwrap().len(), 1, "{}", house.name);
        assert!(house.store.load(FIRM, "other").await.unwrap().is_empty(), "{}", house.name);
        assert_eq!(house.store.receipt(FIRM, "ada", "late").await.unwrap(), None, "{}", house.name);
    }
}

#[tokio::test]
async fn a_stream_that_was_only_read_must_not_have_moved() {
    for house in houses().await.into_iter().chain([a_serializable_house().await]) {
        house.store.append(append(vec![event("read", 1)])).await.unwrap();
        let deciding = |version, seq| Append { expectations: vec![at("read", version)], ..append(vec![event("written", seq)]) };
        assert_eq!(house.store.append(deciding(0, 1)).await, Err(AppendError::Moved), "{}", house.name);
        assert_eq!(house.store.append(deciding(1, 1)).await, Ok(()), "{}", house.name);
        house.store.append(append(vec![event("read", 2)])).await.unwrap();
        assert_eq!(house.store.append(deciding(1, 2)).await, Err(AppendError::Moved), "{}", house.name);
        // A stream that was not there may begin later, and does so at its first event.
        let unborn = Append { expectations: vec![at("unborn", 0)], ..append(vec![event("written", 2)]) };
        assert_eq!(house.store.append(unborn).await, Ok(()), "{}", house.name);
        assert_eq!(house.store.stream(FIRM, "unborn").await.unwrap(), None, "{}", house.name);
        assert_eq!(house.store.append(append(vec![event("unborn", 1)])).await, Ok(()), "{}", house.name);
    }
}

#[tokio::test]
async fn events_with_a_gap_and_text_with_a_nul_are_refused_before_anything_is_written() {
    for house in houses().await {
        let gap = Err(AppendError::Unfit(Unfit::Gap));
        assert_eq!(house.store.append(append(vec![event("one", 1), event("one", 3)])).await, gap);
        assert_eq!(house.store.append(Append { expectations: vec![at("one", 4)], ..append(vec![event("one", 1)]) }).await, gap);
        let mut nul = event("one", 1);
        nul.open = "a\0b".into();
        assert_eq!(house.store.append(append(vec![nul])).await, Err(AppendError::Unfit(Unfit::NulInText)));
        assert!(house.store.load(FIRM, "one").await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn of_twenty_offers_for_the_last_seat_one_gets_it() {
    for house in houses().await.into_iter().chain([a_serializable_house().await]) {
        let tries = (0..20).map(|number| {
            let offer = format!("offer{number:02}");
            let seat = SeatRow { requisition: "req".into(), seat: 1, offer: offer.clone() };
            let taking = Append { changes: vec![Change::SeatTake(seat)], ..append(vec![event(&offer, 1)]) };
            let store = house.store.clone();
            tokio::spawn(async move { store.append(taking).await })
        });
        let mut answers = Vec::new();
        for one in tries.collect::<Vec<_>>() {
            answers.push(one.await.unwrap());
        }
        assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "{}", house.name);
        assert!(answers.iter().all(|answer| matches!(answer, Ok(()) | Err(AppendError::SeatTaken))), "{}: {answers:?}", house.name);
        let seats = house.store.seats(FIRM, "req").await.unwrap();
        assert_eq!(seats.len(), 1, "{}", house.name);
        assert_eq!(house.store.streams_of(FIRM, "offer", "", 100).await.unwrap().len(), 1, "the others left no event: {}", house.name);
    }
}

#[tokio::test]
async fn of_racing_decisions_on_one_stream_or_one_tally_exactly_one_stands_each_time() {
    for house in houses().await.into_iter().chain([a_serializable_house().await]) {
        for round in 1..=5 {
            let tally = TallyRow {
                requisition: "req".into(),
                version: round - 1,
                seats: 3,
                seats_taken: 0,
                committed: round,
                offers_competing: 0,
                offers_numbered: round,
            };
            let tries: Vec<_> = (0..8)
                .map(|number| {
                    let changes = vec![Change::Tally(tally.clone())];
                    let stream = if number % 2 == 0 { "shared".to_owned() } else { format!("own{round}-{number}") };
                    let seq = if number % 2 == 0 { round } else { 1 };
                    let store = house.store.clone();
                    let deciding = Append { changes, ..append(vec![event(&stream, seq)]) };
                    tokio::spawn(async move { store.append(deciding).await })
                })
                .collect();
            let mut stood = 0;
            let mut winner_was_shared = false;
            for (number, one) in tries.into_iter().enumerate() {
                match one.await.unwrap() {
                    Ok(()) => {
                        stood += 1;
                        winner_was_shared = number % 2 == 0;
                    }
                    Err(error) => assert_eq!(error, AppendError::Moved, "{}", house.name),
                }
            }
            assert_eq!(stood, 1, "{}", house.name);
            if !winner_was_shared {
                house.store.append(append(vec![event("shared", round)])).await.unwrap();
            }
            assert_eq!(house.store.tally(FIRM, "req").await.unwrap().version, round, "{}", house.name);
        }
    }
}

#[tokio::test]
async fn a_form_posted_twice_acts_once() {
    for house in houses().await {
        let post = |stream: &str| Append { changes: vec![receipt("form-1")], ..append(vec![event(stream, 1)]) };
        assert_eq!(house.store.append(post("one")).await, Ok(()));
        assert_eq!(house.store.append(post("two")).await, Err(AppendError::Duplicate(Unique::Receipt)), "{}", house.name);
        assert!(house.store.load(FIRM, "two").await.unwrap().is_empty(), "{}", house.name);
        assert_eq!(house.store.receipt(FIRM, "ada", "form-1").await.unwrap().unwrap().result, "{}", "{}", house.name);
    }
}

#[tokio::test]
async fn every_acknowledged_append_of_a_crowd_is_there_and_its_chain_is_whole() {
    for house in houses().await {
        let crowd: Vec<_> = (0..100)
            .map(|number| {
                let store = house.store.clone();
                tokio::spawn(async move {
                    for seq in 1..=3 {
                        store.append(append(vec![event(&format!("stream{number:03}"), seq)])).await.unwrap();
                    }
                })
            })
            .collect();
        for one in crowd {
            one.await.unwrap();
        }
        let streams = house.store.streams_of(FIRM, "offer", "", 1_000).await.unwrap();
        assert_eq!(streams.len(), 100, "{}", house.name);
        assert!(streams.iter().all(|stream| stream.version == 3), "{}", house.name);
    }
}
