//! Archives: backup, restore, from one engine to the other.

use super::houses::{FIRM, append, event, houses};
use crate::store::{Append, Change, CredentialRow, DocumentRow, Store, StoreError, backup};

async fn some_history(store: &Store) {
    for stream in ["one", "three", "two"] {
        let document = DocumentRow {
            digest: stream.as_bytes().to_vec(),
            media_type: "application/pdf".into(),
            person: None,
            bytes_count: 5,
            sealed: vec![b'\n', 0, 255, b'{', b'\n'],
        };
        let events = (1..=4).map(|seq| event(stream, seq)).collect();
        store.append(Append { changes: vec![Change::Document(document)], ..append(events) }).await.unwrap();
    }
    let credential =
        CredentialRow { person: "p".into(), kind: "password".into(), hash: "$x".into(), set_at: 1, failures: 0, locked_until: 0 };
    store.change(FIRM, vec![Change::Credential(credential)]).await.unwrap();
}

#[tokio::test]
async fn an_archive_moves_a_house_between_engines_and_is_the_same_from_each() {
    let folder = tempfile::tempdir().unwrap();
    let mut archives = Vec::new();
    for (number, from) in houses().await.into_iter().enumerate() {
        some_history(&from.store).await;
        let file = folder.path().join(format!("{number}.archive"));
        let written = backup::write(&from.store, &file).await.unwrap();
        assert_eq!((written.events, written.documents, written.rows), (12, 3, 1), "{}", from.name);
        for to in houses().await {
            assert_eq!(backup::read(&file, &to.store).await.unwrap(), written, "{} to {}", from.name, to.name);
            assert_eq!(to.store.load(FIRM, "two").await.unwrap(), from.store.load(FIRM, "two").await.unwrap());
            assert_eq!(to.store.stream(FIRM, "two").await.unwrap(), from.store.stream(FIRM, "two").await.unwrap());
            assert_eq!(to.store.document(FIRM, b"three").await.unwrap(), from.store.document(FIRM, b"three").await.unwrap());
            assert!(to.store.credential(FIRM, "p", "password").await.unwrap().is_some());
            assert!(matches!(backup::read(&file, &to.store).await, Err(StoreError::NotEmpty)));
        }
        archives.push(std::fs::read(file).unwrap());
    }
    assert!(archives.windows(2).all(|two| two[0] == two[1]), "the same history is the same archive");
}

#[tokio::test]
async fn an_archive_of_which_any_byte_differs_is_refused_and_nothing_is_written() {
    let from = super::houses::a_house_in_a_folder().await;
    let to = super::houses::a_house_in_a_folder().await;
    some_history(&from.store).await;
    let folder = tempfile::tempdir().unwrap();
    let (whole, damaged) = (folder.path().join("whole"), folder.path().join("damaged"));
    backup::write(&from.store, &whole).await.unwrap();
    let bytes = std::fs::read(&whole).unwrap();
    for place in (0..bytes.len()).step_by(7) {
        let mut flipped = bytes.clone();
        flipped[place] ^= 1;
        std::fs::write(&damaged, flipped).unwrap();
        assert!(matches!(backup::read(&damaged, &to.store).await, Err(StoreError::Damaged(_))), "byte {place}");
    }
    for length in (0..bytes.len()).step_by(11) {
        std::fs::write(&damaged, &bytes[..length]).unwrap();
        assert!(matches!(backup::read(&damaged, &to.store).await, Err(StoreError::Damaged(_))), "cut at {length}");
    }
    std::fs::write(&damaged, [bytes.as_slice(), b"\n"].concat()).unwrap();
    assert!(matches!(backup::read(&damaged, &to.store).await, Err(StoreError::Damaged(_))), "something after the end");
    assert!(to.store.firms().await.unwrap().is_empty());
    backup::read(&whole, &to.store).await.unwrap();
}
