//! What lies in the file: nothing of a person in the open.

use std::fs;

use offer::{engagement::Engagement, lifecycle::Command};

use super::house::{AVA, CANDIDATE, CANDIDATE_EMAIL, House};
use crate::store::Change;

/// Every byte of the event and document tables, and of drafts and waiting mails, as a reader of a stolen store would see it.
async fn open_text(house: &House) -> String {
    let mut text = String::new();
    let firm = house.desk.firm();
    for kind in ["offer", "requisition", "person", "playbook"] {
        for stream in house.desk.store.streams_of(firm, kind, "", 500).await.unwrap() {
            for row in house.desk.store.load(firm, &stream.stream).await.unwrap() {
                text.push_str(&row.envelope);
                text.push_str(&row.open);
                text.push_str(&String::from_utf8_lossy(row.sealed.as_deref().unwrap_or_default()));
            }
            for mail in house.desk.store.outbox_of(firm, &stream.stream).await.unwrap() {
                text.push_str(&String::from_utf8_lossy(&mail.body));
            }
            if let Some(draft) = house.desk.store.draft(firm, &stream.stream).await.unwrap() {
                text.push_str(&String::from_utf8_lossy(&draft.sealed));
            }
        }
    }
    text
}

#[tokio::test]
async fn no_name_address_or_sentence_of_a_person_stands_in_the_open_part_of_a_history() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 2).await;
    let (offer, _) = house.sent(&opening, "62.50").await;
    house.command(AVA, &offer, Command::Comment { text: "canary sentence".into() }).await;
    house.drafted(&opening, "61.25").await;
    let text = open_text(&house).await;
    for canary in [CANDIDATE, CANDIDATE_EMAIL, "Elm Street", "canary sentence", AVA] {
        assert!(!text.contains(canary), "{canary}");
    }
    assert!(text.contains("6250"), "pay is a figure and stays");
}

#[tokio::test]
async fn when_a_persons_key_is_destroyed_nothing_of_them_comes_back_and_the_history_still_verifies() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let (offer, _) = house.sent(&opening, "62.50").await;
    house.accepted(&offer).await;
    house.post().await;
    let candidate = house.desk.file(&offer).await.unwrap().offer.candidate.clone().unwrap();
    let erase = Change::PersonKeyErase { person: candidate.as_str().into(), at: house.desk.now().micros() };
    house.desk.store.change(house.desk.firm(), vec![erase]).await.unwrap();
    house.desk.rebuild().await.unwrap();
    let file = house.desk.file(&offer).await.unwrap();
    let terms = file.offer.terms.as_ref().unwrap();
    assert!(terms.text(&offer::field::CANDIDATE_NAME).is_none());
    assert!(terms.money(&offer::field::PAY_BASE).is_some());
    let pdf = file.offer.letter.as_ref().unwrap().made.pdf;
    assert_eq!(house.desk.open_document(&pdf).await.unwrap(), None);
    let page = house.desk.offer_page(&house.viewer(AVA).await, &offer).await.unwrap();
    assert_eq!(page.candidate, "");
    assert!(house.desk.verify().await.unwrap().broken.is_empty());
}

#[tokio::test]
async fn the_files_of_a_store_show_no_sentence_of_staff() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.submitted(&opening, "62.50").await;
    house.command(AVA, &offer, Command::Comment { text: "zebra-canary-sentence".into() }).await;
    for file in fs::read_dir(house.folder.path().join("data")).unwrap() {
        let bytes = fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(21).any(|window| window == b"zebra-canary-sentence"));
    }
}
