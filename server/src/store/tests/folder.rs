//! What is SQLite's alone: the folder, its lock, the group, the full disk.

use super::houses::{FIRM, a_house_in_a_folder, append, event};
use crate::store::{
    Append, AppendError, Change, Database, DocumentRow, Engine, Store, StoreError, Unfit,
    cell::Cell,
    query::{Query, Work},
    sqlite,
};

#[tokio::test]
async fn a_folder_belongs_to_one_process_at_a_time() {
    let house = a_house_in_a_folder().await;
    assert!(matches!(Store::open(&house.database).await, Err(StoreError::Locked)));
    house.store.append(append(vec![event("one", 1)])).await.unwrap();
    let Database::Folder(folder) = house.database.clone() else { panic!() };
    // What was acknowledged is in the files: a copy of them, as after a crash, opens with it.
    let elsewhere = tempfile::tempdir().unwrap();
    for file in ["countersign.db", "countersign.db-wal"] {
        if folder.join(file).exists() {
            std::fs::copy(folder.join(file), elsewhere.path().join(file)).unwrap();
        }
    }
    let again = Store::open(&Database::Folder(elsewhere.path().to_owned())).await.unwrap();
    assert_eq!(again.load(FIRM, "one").await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_store_of_another_version_is_refused() {
    let house = a_house_in_a_folder().await;
    let newer = Query { text: "UPDATE schema_version SET version = 99" };
    house.store.write(Work::returning(newer, Vec::new())).await.unwrap();
    drop(house.store);
    assert!(matches!(Store::open(&house.database).await, Err(StoreError::SchemaOf { found: 99 })));
}

#[test]
fn an_sqlite_that_can_corrupt_is_refused() {
    for (version, is_new_enough) in
        [("3.51.3", true), ("3.53.0", true), ("4.0.0", true), ("3.51.2", false), ("3.46.1", false), ("3.9.2", false), ("", false)]
    {
        assert_eq!(sqlite::is_new_enough(version), is_new_enough, "{version}");
    }
}

#[tokio::test]
async fn of_a_group_the_refused_leave_nothing_and_the_others_are_committed() {
    let house = a_house_in_a_folder().await;
    let Engine::Sqlite(engine) = house.store.engine() else { panic!() };
    let works = ["one", "two", "one", "three"].map(|stream| append(vec![event(stream, 1)]).work().unwrap());
    let mut connection = engine.another_writer_for_tests().await;
    let answers = sqlite::commit(&mut connection, &works.iter().collect::<Vec<_>>()).await.unwrap();
    let answers: Vec<_> = answers.into_iter().map(|answer| answer.map(drop)).collect();
    assert_eq!(answers, [Ok(()), Ok(()), Err(AppendError::Moved), Ok(())]);
    assert_eq!(house.store.streams_of(FIRM, "offer", "", 10).await.unwrap().len(), 3);
}

#[tokio::test]
async fn a_full_disk_refuses_the_append_keeps_the_reads_and_recovers_with_the_space() {
    let house = a_house_in_a_folder().await;
    let pages = |text| Work::returning(Query { text }, Vec::<Cell>::new());
    house.store.append(append(vec![event("one", 1)])).await.unwrap();
    house.store.write(pages("PRAGMA max_page_count = 150")).await.unwrap();
    let large = || Append { changes: vec![Change::Document(document(2_000_000))], ..append(vec![event("two", 1)]) };
    assert_eq!(house.store.append(large()).await, Err(AppendError::Full));
    assert!(house.store.load(FIRM, "two").await.unwrap().is_empty());
    assert_eq!(house.store.load(FIRM, "one").await.unwrap().len(), 1);
    house.store.write(pages("PRAGMA max_page_count = 100000")).await.unwrap();
    assert_eq!(house.store.append(large()).await, Ok(()));
    assert_eq!(house.store.document(FIRM, &[7; 32]).await.unwrap().unwrap().sealed.len(), 2_000_000);
}

#[tokio::test]
async fn the_doctor_sees_a_byte_that_changed_in_the_file() {
    let house = a_house_in_a_folder().await;
    for number in 0..60 {
        house.store.append(append(vec![event(&format!("stream{number}"), 1)])).await.unwrap();
    }
    assert!(house.store.faults_of_file().await.unwrap().is_empty());
    let Engine::Sqlite(engine) = house.store.engine() else { panic!() };
    let mut connection = engine.another_writer_for_tests().await;
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await.unwrap();
    let Database::Folder(folder) = house.database.clone() else { panic!() };
    let mut bytes = std::fs::read(folder.join("countersign.db")).unwrap();
    let page_of_an_event = bytes.windows(8).position(|part| part == b"stream30").unwrap() / 4096 * 4096;
    bytes[page_of_an_event..page_of_an_event + 100].fill(0xAB);
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::write(elsewhere.path().join("countersign.db"), bytes).unwrap();
    let damaged = Store::open(&Database::Folder(elsewhere.path().to_owned())).await.unwrap();
    assert!(damaged.faults_of_file().await.is_err() || !damaged.faults_of_file().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_document_above_ten_megabytes_is_refused() {
    let house = a_house_in_a_folder().await;
    let put = |bytes_count| house.store.change(FIRM, vec![Change::Document(DocumentRow { bytes_count, ..document(10) })]);
    assert_eq!(put(10 * 1024 * 1024 + 1).await, Err(AppendError::Unfit(Unfit::DocumentTooLarge)));
    assert_eq!(put(10 * 1024 * 1024).await, Ok(()));
}

fn document(bytes: usize) -> DocumentRow {
    let bytes_count = i64::try_from(bytes).unwrap();
    DocumentRow { digest: vec![7; 32], media_type: "application/pdf".into(), person: None, bytes_count, sealed: vec![9; bytes] }
}
