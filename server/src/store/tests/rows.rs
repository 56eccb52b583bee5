//! Typed rows there and back.

use super::houses::{FIRM, houses};
use crate::store::{
    AccessQuestion, AccessRow, ApiTokenRow, AppendError, Change, CodeRow, CredentialRow, DocumentRow, DraftRow, InvitationRow, KeptFormRow,
    KnownBrowserRow, PersonRow, PlaybookRow, RequisitionRow, SeatRow, SessionRow, SubmissionTryRow, Unique,
};

fn requisition(id: &str, number: &str) -> RequisitionRow {
    let (client, team) = (Some("acme".into()), None);
    RequisitionRow {
        requisition: id.into(),
        number: number.into(),
        client,
        team,
        state: "open".into(),
        title: "Nurse".into(),
        summary: "{}".into(),
    }
}

fn person(id: &str, kind: &str, email: Option<&str>) -> PersonRow {
    PersonRow {
        person: id.into(),
        kind: kind.into(),
        email_folded: email.map(str::to_owned),
        name_folded: id.into(),
        state: "active".into(),
        version: 1,
        summary: "{}".into(),
    }
}

#[tokio::test]
async fn a_requisition_is_found_by_its_number_which_is_its_own() {
    for house in houses().await {
        let store = &house.store;
        let (one, two) = (requisition("r1", "REQ-1000"), requisition("r2", "REQ-1001"));
        store.change(FIRM, vec![Change::Requisition(one.clone()), Change::Requisition(two.clone())]).await.unwrap();
        assert_eq!(store.requisition_by_number(FIRM, "REQ-1001").await.unwrap(), Some(two), "{}", house.name);
        assert_eq!(store.requisition(FIRM, "r1").await.unwrap(), Some(one), "{}", house.name);
        let taken = Change::Requisition(requisition("r3", "REQ-1000"));
        assert_eq!(store.change(FIRM, vec![taken]).await, Err(AppendError::Duplicate(Unique::RequisitionNumber)), "{}", house.name);
        assert_eq!(store.change("other firm", vec![Change::Requisition(requisition("r3", "REQ-1000"))]).await, Ok(()), "{}", house.name);
    }
}

#[tokio::test]
async fn text_is_ordered_by_its_bytes_on_every_engine() {
    for house in houses().await {
        let rows = ["b", "B", "a", "ä", "Z", "10", "9", "_"].map(|number| Change::Requisition(requisition(number, number)));
        house.store.change(FIRM, rows.to_vec()).await.unwrap();
        let listed = house.store.requisitions(FIRM, "", 100).await.unwrap();
        let numbers: Vec<_> = listed.iter().map(|row| row.number.as_str()).collect();
        assert_eq!(numbers, ["10", "9", "B", "Z", "_", "a", "b", "ä"], "{}", house.name);
    }
}

#[tokio::test]
async fn a_running_number_is_given_once() {
    for house in houses().await {
        let count = |was, now| house.store.change(FIRM, vec![Change::Count { name: "requisition".into(), was, now }]);
        assert_eq!(house.store.counter(FIRM, "requisition").await.unwrap(), 0);
        assert_eq!(count(0, 1000).await, Ok(()), "{}", house.name);
        assert_eq!(count(0, 1000).await, Err(AppendError::Moved), "{}", house.name);
        assert_eq!(count(1000, 1001).await, Ok(()), "{}", house.name);
        assert_eq!(house.store.counter(FIRM, "requisition").await.unwrap(), 1001, "{}", house.name);
    }
}

#[tokio::test]
async fn an_offer_has_one_seat_and_a_freed_one_can_be_given() {
    for house in houses().await {
        let take = |seat, offer: &str| Change::SeatTake(SeatRow { requisition: "r".into(), seat, offer: offer.into() });
        house.store.change(FIRM, vec![take(1, "o1")]).await.unwrap();
        assert_eq!(house.store.change(FIRM, vec![take(2, "o1")]).await, Err(AppendError::SeatTaken), "{}", house.name);
        assert_eq!(house.store.change(FIRM, vec![Change::SeatFree { offer: "o1".into() }, take(1, "o2")]).await, Ok(()), "{}", house.name);
        assert_eq!(house.store.seats(FIRM, "r").await.unwrap()[0].offer, "o2", "{}", house.name);
    }
}

#[tokio::test]
async fn an_address_is_one_persons_within_their_kind() {
    for house in houses().await {
        let store = &house.store;
        let put = |id: &str, kind: &str, email| store.change(FIRM, vec![Change::Person(person(id, kind, email))]);
        assert_eq!(put("p1", "staff", Some("zoë@example.com")).await, Ok(()));
        assert_eq!(put("p2", "staff", Some("zoë@example.com")).await, Err(AppendError::Duplicate(Unique::PersonEmail)), "{}", house.name);
        assert_eq!(put("p3", "candidate", Some("zoë@example.com")).await, Ok(()), "a colleague may be a candidate: {}", house.name);
        assert_eq!(put("p4", "candidate", None).await, Ok(()));
        assert_eq!(put("p5", "candidate", None).await, Ok(()), "two without an address: {}", house.name);
        assert_eq!(store.person_by_email(FIRM, "staff", "zoë@example.com").await.unwrap().unwrap().person, "p1", "{}", house.name);
        assert_eq!(store.people(FIRM, "candidate").await.unwrap().len(), 3, "{}", house.name);
        store.change(FIRM, vec![Change::PersonRemove { person: "p3".into() }]).await.unwrap();
        assert_eq!(store.person(FIRM, "p3").await.unwrap(), None, "{}", house.name);
    }
}

#[tokio::test]
async fn a_person_has_one_key_and_an_erased_one_never_comes_back() {
    for house in houses().await {
        let store = &house.store;
        let put = || store.change(FIRM, vec![Change::PersonKeyPut { person: "p".into(), wrapped: vec![1, 2] }]);
        assert_eq!(put().await, Ok(()));
        assert_eq!(put().await, Err(AppendError::Moved), "{}", house.name);
        store.change(FIRM, vec![Change::PersonKeyRewrap { person: "p".into(), wrapped: vec![3] }]).await.unwrap();
        assert_eq!(store.person_key(FIRM, "p").await.unwrap().unwrap().wrapped, Some(vec![3]), "{}", house.name);
        store.change(FIRM, vec![Change::PersonKeyErase { person: "p".into(), at: 9 }]).await.unwrap();
        let key = store.person_key(FIRM, "p").await.unwrap().unwrap();
        assert_eq!((key.wrapped, key.erased_at), (None, Some(9)), "{}", house.name);
        assert_eq!(put().await, Err(AppendError::Moved), "{}", house.name);
        let rewrap = Change::PersonKeyRewrap { person: "p".into(), wrapped: vec![3] };
        assert_eq!(store.change(FIRM, vec![rewrap]).await, Err(AppendError::Moved), "{}", house.name);
        assert_eq!(store.person_keys(FIRM).await.unwrap().len(), 1, "{}", house.name);
    }
}

#[tokio::test]
async fn wrong_passwords_are_counted_and_a_new_one_starts_afresh() {
    for house in houses().await {
        let store = &house.store;
        let row = CredentialRow { person: "p".into(), kind: "password".into(), hash: "$x".into(), set_at: 1, failures: 0, locked_until: 0 };
        store.change(FIRM, vec![Change::Credential(row.clone())]).await.unwrap();
        let failed = Change::CredentialFailed { person: "p".into(), kind: "password".into(), locked_until: 50 };
        store.change(FIRM, vec![failed.clone(), failed]).await.unwrap();
        let found = store.credential(FIRM, "p", "password").await.unwrap().unwrap();
        assert_eq!((found.failures, found.locked_until), (2, 50), "{}", house.name);
        store.change(FIRM, vec![Change::Credential(row.clone())]).await.unwrap();
        assert_eq!(store.credential(FIRM, "p", "password").await.unwrap(), Some(row), "{}", house.name);
        store.change(FIRM, vec![Change::CredentialRemove { person: "p".into(), kind: "password".into() }]).await.unwrap();
        assert_eq!(store.credential(FIRM, "p", "password").await.unwrap(), None, "{}", house.name);
    }
}

#[tokio::test]
async fn a_document_is_found_by_its_digest_and_kept_once() {
    for house in houses().await {
        let store = &house.store;
        let row = |digest: u8| DocumentRow {
            digest: vec![digest; 32],
            media_type: "application/pdf".into(),
            person: Some("p".into()),
            bytes_count: 3,
            sealed: vec![digest, 0, 255],
        };
        store.change(FIRM, vec![Change::Document(row(1)), Change::Document(row(2)), Change::Document(row(1))]).await.unwrap();
        assert_eq!(store.documents_count(FIRM).await.unwrap(), 2, "{}", house.name);
        assert_eq!(store.document(FIRM, &[1; 32]).await.unwrap(), Some(row(1)), "{}", house.name);
        assert_eq!(store.next_document(FIRM, &[1; 32]).await.unwrap(), Some(row(2)), "{}", house.name);
        store.change(FIRM, vec![Change::DocumentRemove { digest: vec![1; 32] }]).await.unwrap();
        assert_eq!(store.document(FIRM, &[1; 32]).await.unwrap(), None, "{}", house.name);
    }
}

#[tokio::test]
async fn two_tabs_that_save_one_draft_do_not_overwrite_each_other() {
    for house in houses().await {
        let store = &house.store;
        let save = |version, sealed: u8| {
            store.change(FIRM, vec![Change::Draft(DraftRow { offer: "o".into(), version, at: 1, sealed: vec![sealed] })])
        };
        assert_eq!(save(0, 1).await, Ok(()));
        assert_eq!(save(0, 2).await, Err(AppendError::Moved), "{}", house.name);
        assert_eq!(save(1, 3).await, Ok(()), "{}", house.name);
        let draft = store.draft(FIRM, "o").await.unwrap().unwrap();
        assert_eq!((draft.version, draft.sealed), (2, vec![3]), "{}", house.name);
        store.change(FIRM, vec![Change::DraftRemove { offer: "o".into() }]).await.unwrap();
        assert_eq!(store.draft(FIRM, "o").await.unwrap(), None, "{}", house.name);
    }
}

#[tokio::test]
async fn a_kept_form_is_one_browsers_and_ends_with_its_hour() {
    for house in houses().await {
        let store = &house.store;
        let form = KeptFormRow { id_hash: vec![1], browser_hash: vec![2], sealed: vec![3], expires_at: 100 };
        store.change(FIRM, vec![Change::KeptForm(form.clone())]).await.unwrap();
        assert_eq!(store.kept_form(FIRM, &[1], &[2], 99).await.unwrap(), Some(form), "{}", house.name);
        assert_eq!(store.kept_form(FIRM, &[1], &[9], 99).await.unwrap(), None, "{}", house.name);
        assert_eq!(store.kept_form(FIRM, &[1], &[2], 100).await.unwrap(), None, "{}", house.name);
        store.sweep_kept_forms(FIRM, 100).await.unwrap();
        assert_eq!(store.kept_form(FIRM, &[1], &[2], 0).await.unwrap(), None, "{}", house.name);
    }
}

#[tokio::test]
async fn a_code_counts_its_tries_and_works_once_in_its_browser() {
    for house in houses().await {
        let store = &house.store;
        let code = CodeRow {
            id: "c".into(),
            invitation: vec![1],
            browser_hash: vec![2],
            code_hash: vec![3],
            made_at: 10,
            expires_at: 100,
            tries: 0,
            used_at: None,
        };
        store.change(FIRM, vec![Change::Code(code)]).await.unwrap();
        assert_eq!(store.codes_since(FIRM, &[1], 9).await.unwrap(), 1, "{}", house.name);
        assert_eq!(store.try_code(FIRM, "c", &[9], 50, 3).await.unwrap(), None, "another browser: {}", house.name);
        assert_eq!(store.try_code(FIRM, "c", &[2], 100, 3).await.unwrap(), None, "too late: {}", house.name);
        for tries in 1..=3 {
            assert_eq!(store.try_code(FIRM, "c", &[2], 50, 3).await.unwrap().unwrap().tries, tries, "{}", house.name);
        }
        assert_eq!(store.try_code(FIRM, "c", &[2], 50, 3).await.unwrap(), None, "too often: {}", house.name);
        let used = || store.change(FIRM, vec![Change::CodeUse { id: "c".into(), at: 51 }]);
        assert_eq!(used().await, Ok(()));
        assert_eq!(used().await, Err(AppendError::Duplicate(Unique::Code)), "{}", house.name);
        assert_eq!(store.try_code(FIRM, "c", &[2], 50, 9).await.unwrap(), None, "used: {}", house.name);
        store.sweep_codes(FIRM, 100).await.unwrap();
        assert_eq!(store.codes_since(FIRM, &[1], 0).await.unwrap(), 0, "{}", house.name);
    }
}

#[tokio::test]
async fn the_invitations_of_an_offer_are_replaced_together() {
    for house in houses().await {
        let store = &house.store;
        let invitation = |token: u8, kind: &str| InvitationRow {
            token_hash: vec![token],
            offer: "o".into(),
            kind: kind.into(),
            person: "p".into(),
            address: "zoë@example.com".into(),
            version: 1,
            state: "open".into(),
            expires_at: 100,
            details: "{}".into(),
        };
        let all = [invitation(1, "candidate"), invitation(2, "candidate"), invitation(3, "client")];
        store.change(FIRM, all.clone().map(Change::Invitation).to_vec()).await.unwrap();
        store.change(FIRM, vec![Change::InvitationState { token_hash: vec![2], state: "revoked".into() }]).await.unwrap();
        let replace =
            Change::InvitationsState { offer: "o".into(), kind: "candidate".into(), was: "open".into(), state: "replaced".into() };
        store.change(FIRM, vec![replace]).await.unwrap();
        let states: Vec<_> = store.invitations_of(FIRM, "o").await.unwrap().into_iter().map(|row| row.state).collect();
        assert_eq!(states, ["replaced", "revoked", "open"], "{}", house.name);
        assert_eq!(store.invitation(FIRM, &[3]).await.unwrap(), Some(all[2].clone()), "{}", house.name);

        let moved = InvitationRow { address: "zoe@example.com".into(), ..invitation(4, "candidate") };
        store.change(FIRM, vec![Change::Invitation(moved.clone())]).await.unwrap();
        let elsewhere =
            Change::InvitationsBut { offer: "o".into(), kind: "candidate".into(), at: moved.address.clone(), state: "revoked".into() };
        store.change(FIRM, vec![elsewhere]).await.unwrap();
        let states: Vec<_> = store.invitations_of(FIRM, "o").await.unwrap().into_iter().map(|row| row.state).collect();
        assert_eq!(states, ["revoked", "revoked", "open", "open"], "{}", house.name);
    }
}

#[tokio::test]
async fn a_session_ends_at_its_time_by_itself_or_with_all_of_its_subject() {
    for house in houses().await {
        let store = &house.store;
        let session = |token: u8, expires_at| SessionRow {
            token_hash: vec![token],
            kind: "person".into(),
            subject: "p".into(),
            offer: None,
            auth_level: "password".into(),
            created_at: 1,
            last_seen_at: 1,
            expires_at,
            details: "{}".into(),
        };
        store.change(FIRM, [(1, 100), (2, 200), (3, 300)].map(|(token, end)| Change::Session(session(token, end))).to_vec()).await.unwrap();
        assert_eq!(store.session(FIRM, &[1], 99).await.unwrap(), Some(session(1, 100)), "{}", house.name);
        assert_eq!(store.session(FIRM, &[1], 100).await.unwrap(), None, "{}", house.name);
        store.session_seen(FIRM, &[2], 70).await.unwrap();
        assert_eq!(store.session(FIRM, &[2], 99).await.unwrap().unwrap().last_seen_at, 70, "{}", house.name);
        store.change(FIRM, vec![Change::SessionEnd { token_hash: vec![2] }]).await.unwrap();
        store.sweep_sessions(FIRM, 100).await.unwrap();
        assert_eq!(store.sessions_of(FIRM, "p", 0).await.unwrap(), [session(3, 300)], "{}", house.name);
        store.change(FIRM, vec![Change::SessionsEnd { subject: "p".into() }]).await.unwrap();
        assert!(store.sessions_of(FIRM, "p", 0).await.unwrap().is_empty(), "{}", house.name);
    }
}

#[tokio::test]
async fn a_known_browser_turns_its_secret_over_and_is_forgotten_at_its_time_by_itself_or_with_all_sessions() {
    for house in houses().await {
        let store = &house.store;
        let known = |id: &str, expires_at| KnownBrowserRow {
            id: id.into(),
            person: "p".into(),
            address: "zoë@example.com".into(),
            user_agent: "a browser".into(),
            secret_hash: vec![1],
            former_hash: None,
            proved_at: 1,
            turned_at: 1,
            expires_at,
        };
        store.change(FIRM, [("a", 100), ("b", 200)].map(|(id, end)| Change::KnownBrowser(known(id, end))).to_vec()).await.unwrap();
        assert_eq!(store.known_browser(FIRM, "a", 99).await.unwrap(), Some(known("a", 100)), "{}", house.name);
        assert_eq!(store.known_browser(FIRM, "a", 100).await.unwrap(), None, "{}", house.name);
        let turn = || Change::KnownBrowserTurn { id: "b".into(), was: vec![1], now: vec![2], at: 50 };
        store.change(FIRM, vec![turn()]).await.unwrap();
        assert_eq!(store.change(FIRM, vec![turn()]).await, Err(AppendError::Moved), "{}", house.name);
        let turned = KnownBrowserRow { secret_hash: vec![2], former_hash: Some(vec![1]), turned_at: 50, ..known("b", 200) };
        store.sweep_known_browsers(FIRM, 100).await.unwrap();
        assert_eq!(store.known_browsers_of(FIRM, "p", 0).await.unwrap(), [turned], "{}", house.name);
        store.change(FIRM, vec![Change::KnownBrowserForget { person: "somebody else".into(), id: "b".into() }]).await.unwrap();
        assert_eq!(store.known_browsers_of(FIRM, "p", 0).await.unwrap().len(), 1, "{}: not theirs to forget", house.name);
        store.change(FIRM, vec![Change::KnownBrowserForget { person: "p".into(), id: "b".into() }]).await.unwrap();
        store.change(FIRM, vec![Change::KnownBrowser(known("c", 200)), Change::SessionsEnd { subject: "p".into() }]).await.unwrap();
        assert!(store.known_browsers_of(FIRM, "p", 0).await.unwrap().is_empty(), "{}", house.name);
    }
}

#[tokio::test]
async fn playbooks_are_numbered_and_never_replaced() {
    for house in houses().await {
        let store = &house.store;
        let publish =
            |version| store.change(FIRM, vec![Change::Playbook(PlaybookRow { version, at: version, body: format!("body {version}") })]);
        assert_eq!(store.newest_playbook_version(FIRM).await.unwrap(), None, "{}", house.name);
        publish(1).await.unwrap();
        publish(2).await.unwrap();
        assert_eq!(publish(2).await, Err(AppendError::Moved), "{}", house.name);
        assert_eq!(store.newest_playbook(FIRM).await.unwrap().unwrap().body, "body 2", "{}", house.name);
        assert_eq!(store.playbook(FIRM, 1).await.unwrap().unwrap().body, "body 1", "{}", house.name);
        assert_eq!(store.newest_playbook_version(FIRM).await.unwrap(), Some(2), "{}", house.name);
    }
}

#[tokio::test]
async fn what_is_noted_beside_the_history_is_read_back_in_order() {
    for house in houses().await {
        let store = &house.store;
        let tried = |id: &str, at| SubmissionTryRow {
            id: id.into(),
            offer: "o".into(),
            actor: "ada".into(),
            at,
            outcome: "incomplete".into(),
            details: "[]".into(),
        };
        store.change(FIRM, vec![Change::SubmissionTry(tried("b", 2)), Change::SubmissionTry(tried("a", 3))]).await.unwrap();
        assert_eq!(store.submission_tries(FIRM, "o").await.unwrap(), [tried("b", 2), tried("a", 3)], "{}", house.name);
        let read =
            AccessRow { id: "1".into(), at: 1, actor: "ada".into(), action: "read".into(), subject: "o".into(), details: "{}".into() };
        store.log_access(FIRM, &[read.clone(), read.clone()]).await.unwrap();
        let later = AccessRow { id: "2".into(), at: 2, actor: "bo".into(), ..read.clone() };
        store.log_access(FIRM, std::slice::from_ref(&later)).await.unwrap();
        let asked = |subject: Option<&str>, actor: Option<&str>, after: Option<(i64, String)>| AccessQuestion {
            subject: subject.map(str::to_owned),
            actor: actor.map(str::to_owned),
            after,
            rows_max: 10,
        };
        for (question, found) in [
            (asked(None, None, None), vec![&later, &read]),
            (asked(Some("o"), None, None), vec![&later, &read]),
            (asked(Some("p"), None, None), vec![]),
            (asked(None, Some("ada"), None), vec![&read]),
            (asked(Some("o"), Some("bo"), None), vec![&later]),
            (asked(None, None, Some((2, "2".into()))), vec![&read]),
        ] {
            let rows = store.accesses(FIRM, &question).await.unwrap();
            assert_eq!(rows.iter().collect::<Vec<_>>(), found, "{} {question:?}", house.name);
        }
        store.sweep_accesses(FIRM, 2).await.unwrap();
        assert_eq!(store.accesses(FIRM, &asked(None, None, None)).await.unwrap(), [later], "{}", house.name);
        store.is_ready().await.unwrap();
    }
}

#[tokio::test]
async fn forgetting_projections_keeps_keys_and_empties_what_is_rebuilt() {
    for house in houses().await {
        let store = &house.store;
        let key = Change::PersonKeyPut { person: "p".into(), wrapped: vec![1] };
        let seat = Change::SeatTake(SeatRow { requisition: "r".into(), seat: 1, offer: "o".into() });
        let all = vec![key, seat, Change::Person(person("p", "staff", None)), Change::Requisition(requisition("r", "REQ-1"))];
        store.change(FIRM, all).await.unwrap();
        store.change(FIRM, vec![Change::ForgetProjections]).await.unwrap();
        assert!(store.person_key(FIRM, "p").await.unwrap().is_some(), "{}", house.name);
        assert!(store.seats(FIRM, "r").await.unwrap().is_empty(), "{}", house.name);
        assert_eq!(store.person(FIRM, "p").await.unwrap(), None, "{}", house.name);
        assert_eq!(store.requisition(FIRM, "r").await.unwrap(), None, "{}", house.name);
    }
}

#[tokio::test]
async fn a_token_of_a_program_ends_at_its_time_by_itself_or_with_all_of_its_program() {
    for house in houses().await {
        let store = &house.store;
        let token = |n: u8, expires_at| ApiTokenRow {
            token: format!("t{n}"),
            person: "p".into(),
            secret_hash: vec![n],
            name: "payroll".into(),
            reads: "all".into(),
            made_by: "a".into(),
            made_at: i64::from(n),
            expires_at,
            used_at: None,
        };
        store.change(FIRM, [(1, 100), (2, 200), (3, 300)].map(|(n, end)| Change::ApiToken(token(n, end))).to_vec()).await.unwrap();
        assert_eq!(store.api_token(FIRM, &[1], 99).await.unwrap(), Some(token(1, 100)), "{}", house.name);
        assert_eq!(store.api_token(FIRM, &[1], 100).await.unwrap(), None, "{}", house.name);
        let twice = store.change(FIRM, vec![Change::ApiToken(ApiTokenRow { token: "t4".into(), ..token(3, 300) })]).await;
        assert_eq!(twice, Err(AppendError::Duplicate(Unique::Id)), "{}: one secret is one token", house.name);
        for (now, used) in [(70, 70), (60, 70), (90, 90)] {
            store.api_token_used(FIRM, "t2", now).await.unwrap();
            assert_eq!(store.api_token(FIRM, &[2], 99).await.unwrap().unwrap().used_at, Some(used), "{}", house.name);
        }
        let revoke = |person: &str| vec![Change::ApiTokenRevoke { person: person.into(), token: "t2".into() }];
        assert_eq!(store.change(FIRM, revoke("q")).await, Err(AppendError::Moved), "{}: not theirs", house.name);
        store.change(FIRM, revoke("p")).await.unwrap();
        assert_eq!(store.change(FIRM, revoke("p")).await, Err(AppendError::Moved), "{}", house.name);
        assert_eq!(store.api_tokens_of(FIRM, "p").await.unwrap(), [token(3, 300), token(1, 100)], "{}", house.name);
        store.sweep_api_tokens(FIRM, 100).await.unwrap();
        assert_eq!(store.api_tokens_of(FIRM, "p").await.unwrap(), [token(3, 300)], "{}", house.name);
        store.change(FIRM, vec![Change::ApiTokensRevoke { person: "p".into() }]).await.unwrap();
        assert!(store.api_tokens_of(FIRM, "p").await.unwrap().is_empty(), "{}", house.name);
    }
}
