//! One log of commands on both engines: the same events, hashes, projections and refusals.

use app::desk::Asked;
use offer::{
    engagement::Engagement,
    field,
    id::{OfferId, StepKey},
    lifecycle::{Approve, Command},
};
use proptest::{prelude::*, strategy::ValueTree, test_runner::TestRunner};

use super::house::{AVA, House, PRIYA};
use crate::{fresh, store::tests_support::houses};

/// What somebody does, on one of a few offers of one opening.
#[derive(Clone, Debug)]
enum Deed {
    Draft,
    Submit,
    Approve(&'static str, &'static str),
    Comment,
    Send,
    Post,
    Accept,
    Decline,
    Cancel,
    Clear,
    Later(i64),
}

fn deed() -> impl Strategy<Value = Deed> {
    prop_oneof![
        2 => Just(Deed::Draft),
        3 => Just(Deed::Submit),
        3 => Just(Deed::Approve("Omar Ops", "ops")),
        3 => Just(Deed::Approve(PRIYA, "client_contact")),
        1 => Just(Deed::Comment),
        3 => Just(Deed::Send),
        3 => Just(Deed::Post),
        3 => Just(Deed::Accept),
        1 => Just(Deed::Decline),
        1 => Just(Deed::Cancel),
        1 => Just(Deed::Clear),
        1 => (1_i64..48).prop_map(Deed::Later),
    ]
}

/// The way to a signature, on the first offer; what is generated goes on from there.
fn begins() -> Vec<(Deed, Option<prop::sample::Index>)> {
    use Deed::{Accept, Approve, Draft, Post, Send, Submit};
    let ways = [Draft, Submit, Approve("Omar Ops", "ops"), Approve(PRIYA, "client_contact"), Send, Post, Accept];
    ways.into_iter().map(|deed| (deed, None)).collect()
}

/// Does everything, and tells what came of each.
async fn done(house: &House, log: &[(Deed, Option<prop::sample::Index>)]) -> Vec<String> {
    let opening = house.opening(Engagement::Temp, 2).await;
    let mut offers: Vec<OfferId> = Vec::new();
    let mut outcomes = Vec::new();
    let mut now = super::house::at(super::house::NOON);
    for (deed, which) in log {
        now = now.plus_seconds(60);
        house.now_is(&now.to_string());
        if let Deed::Draft = deed {
            offers.push(house.drafted(&opening, "62.50").await);
            continue;
        }
        let Some(first) = offers.first() else { continue };
        let offer = which.map_or(first, |which| which.get(&offers));
        let outcome = match deed {
            Deed::Draft => Ok(()),
            Deed::Submit => {
                let reasons = vec![(offer::check::FactKind::OverSeats, field::ENGAGEMENT, "a spare".to_owned())];
                house.act(&house.viewer(AVA).await, offer, Asked::Submit { reasons }).await
            }
            Deed::Approve(who, step) => {
                let approve = Approve { step: StepKey::named(step), version: 1, comment: "fine".into(), ranges: Vec::new() };
                house.act(&house.viewer(who).await, offer, Asked::Command(Command::Approve(approve))).await
            }
            Deed::Comment => house.act(&house.viewer(AVA).await, offer, Asked::Command(Command::Comment { text: "well".into() })).await,
            Deed::Send => {
                let send = Asked::Send {
                    version: 1,
                    accept_by: "2026-12-18T17:00".into(),
                    zone: "America/Los_Angeles".into(),
                    reasons: Vec::new(),
                };
                house.act(&house.viewer(AVA).await, offer, send).await
            }
            Deed::Post => {
                outcomes.push(format!("{:?}", house.post().await.iter().map(|mail| (&mail.to, &mail.subject)).collect::<Vec<_>>()));
                Ok(())
            }
            Deed::Accept => match house.desk.candidate_page(&house.candidate_of(offer).await).await {
                Ok(_) => house.act(&house.candidate_of(offer).await, offer, house.signature(offer).await).await,
                Err(fault) => Err(fault),
            },
            Deed::Decline => house.act(&house.viewer(AVA).await, offer, House::declining()).await,
            Deed::Cancel => house.act(&house.viewer(AVA).await, offer, Asked::Command(Command::Cancel { reason: "closed".into() })).await,
            Deed::Clear => house.act(&house.viewer(AVA).await, offer, Asked::Command(Command::ConfirmStart)).await,
            Deed::Later(hours) => {
                now = now.plus_seconds(hours * 3600);
                house.now_is(&now.to_string());
                outcomes.push(format!("{:?}", crate::clockwork::turn(&house.desk).await));
                Ok(())
            }
        };
        outcomes.push(format!("{deed:?} {outcome:?}"));
    }
    outcomes.extend(left_behind(house, &opening).await);
    outcomes
}

/// Heads of all streams, and every projection.
async fn left_behind(house: &House, opening: &offer::id::RequisitionId) -> Vec<String> {
    let (store, firm) = (&house.desk.store, house.desk.firm());
    let mut left = Vec::new();
    for kind in ["offer", "requisition", "person", "playbook"] {
        left.extend(store.streams_of(firm, kind, "", 500).await.unwrap().iter().map(|row| format!("{row:?}")));
    }
    for row in store.offers_of_requisition(firm, opening.as_str()).await.unwrap() {
        left.push(format!("{:?} {:?}", store.scopes_of(firm, &row.offer).await.unwrap(), store.due_of(firm, &row.offer).await.unwrap()));
        left.push(format!("{:?}", store.outbox_of(firm, &row.offer).await.unwrap()));
        left.push(format!("{row:?}"));
    }
    left.push(format!("{:?} {:?}", store.tally(firm, opening.as_str()).await.unwrap(), store.seats(firm, opening.as_str()).await.unwrap()));
    left
}

#[tokio::test(flavor = "current_thread")]
async fn the_same_commands_leave_the_same_hashes_rows_and_refusals_on_every_engine() {
    let mut runner = TestRunner::deterministic();
    let steps = (deed(), any::<prop::sample::Index>().prop_map(Some));
    let generated = prop::collection::vec(steps, 80).new_tree(&mut runner).unwrap().current();
    let log: Vec<_> = begins().into_iter().chain(generated).collect();
    let mut all: Vec<(&str, Vec<String>)> = Vec::new();
    for engine in houses().await {
        // the same "random" numbers on each, so that ids, salts, keys and nonces are the same
        let _same = fresh::rehearsed(7);
        let house = House::over(engine.store.clone(), tempfile::tempdir().unwrap()).await;
        all.push((engine.name, done(&house, &log).await));
        assert!(house.desk.verify().await.unwrap().broken.is_empty());
    }
    let (first, rest) = all.split_first().unwrap();
    let some = |start: &str, holds: &str| first.1.iter().any(|line| line.starts_with(start) && line.contains(holds));
    assert!(some("Accept", "Ok") && some("", "Refused"), "the log tells of a signature and of a refusal");
    for (name, outcomes) in rest {
        for (on_first, on_other) in first.1.iter().zip(outcomes) {
            assert_eq!(on_first, on_other, "{} and {name}", first.0);
        }
        assert_eq!(first.1.len(), outcomes.len());
    }
}
