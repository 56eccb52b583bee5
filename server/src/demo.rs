//! The demo firm: people, openings and offers, all made by commands through the same port as the pages.

mod calendar;
mod cast;
mod clock;
mod details;
mod links;
mod schedule;
mod stage;
mod stories;
mod story;
#[cfg(test)]
mod tests;

use std::{path::Path, sync::Arc, time::Instant};

use offer::{
    access::Actor,
    engagement::Engagement,
    field,
    id::{OfferId, RuleKey, StepKey, role},
    import::ImportKind,
    moment::Moment,
    playbook,
    policy::{Condition, Rule, StepSpec, Who},
    requisition::Requisition,
};
use tokio::net::TcpListener;
use toml::{Table, Value};

use self::{calendar::Calendar, cast::CAST, clock::Hand, stage::Stage};
use crate::{
    cli::{CommandFault, DemoArgs, log_as},
    clock::Clock,
    config::{Config, Demo},
    desk::{HouseDesk, Listed, Port},
    exchange::{self, SourceFile},
    installation::Installation,
    outbox::Worker,
    serve,
    store::Change,
};

const PLAYBOOK: &str = include_str!("../demo/playbook.toml");
const PEOPLE: &str = include_str!("../demo/people.csv");
const CLIENTS: &str = include_str!("../demo/clients.csv");
const BANDS: &str = include_str!("../demo/bands.csv");
const REQUISITIONS: &str = include_str!("../demo/requisitions.csv");
const REQUISITIONS_EARLIER: &str = include_str!("../demo/requisitions-earlier.csv");
/// Who the demo's mails come from.
const SENDER: &str = "offers@harborpine.example";
/// When the firm's people, clients and openings were imported.
const FOUNDED_DAYS_AGO: i64 = 122;
/// Mails of so many days are in the folder; earlier ones were delivered long ago.
const MAILS_DAYS: i64 = 4;
const DAY_SECONDS: i64 = 24 * 3600;

/// Makes the demo firm and serves it.
///
/// # Errors
/// [`CommandFault`]: what cannot be made, and why.
pub(crate) async fn run(args: DemoArgs) -> Result<(), CommandFault> {
    if !args.listen.ip().is_loopback() {
        return Err(CommandFault::Said("the demo has accounts whose passwords lie in a file; it listens on loopback only".to_owned()));
    }
    let now = args.at.unwrap_or_else(|| Clock::System.now());
    let hand = Hand::on(&args.data, now)?;
    let config = configured(&args, &hand, now)?;
    log_as(&config.log);
    let listener = TcpListener::bind(config.listen).await.map_err(CommandFault::Serve)?;
    let listening = listener.local_addr().map_err(CommandFault::Serve)?;
    let installation = Installation::open(config, listening).await?;
    if installation.house.people().await.map_err(said)?.is_empty() {
        furnish(&installation, &hand, &args.links, now).await?;
    }
    tokio::spawn(hand.run());
    serve::on(listener, installation, None).await
}

/// The configuration of a demo, with what no file can say: that it is one.
fn configured(args: &DemoArgs, hand: &Hand, now: Moment) -> Result<Config, CommandFault> {
    let config = Config::of(&configuration(args, hand.file())?, |_| None).map_err(CommandFault::Config)?;
    Ok(Config { demo: Some(Demo { mails_from: now.plus_seconds(-MAILS_DAYS * DAY_SECONDS) }), ..config })
}

/// The configuration of a demo, as a file would say it: a rehearsal whose mail goes into a folder.
fn configuration(args: &DemoArgs, clock: &Path) -> Result<String, CommandFault> {
    let text = |path: &Path| {
        let path = std::path::absolute(path).map_err(|error| CommandFault::File(path.to_owned(), error))?;
        path.to_str().map(|text| Value::String(text.to_owned())).ok_or_else(|| CommandFault::Said(format!("{} is no text", path.display())))
    };
    let mail = Table::from_iter([
        ("kind".to_owned(), Value::String("folder".to_owned())),
        ("folder".to_owned(), text(&args.mail_dir)?),
        ("from".to_owned(), Value::String(SENDER.to_owned())),
    ]);
    let table = Table::from_iter([
        ("listen".to_owned(), Value::String(args.listen.to_string())),
        ("data".to_owned(), text(&args.data)?),
        ("log".to_owned(), Value::String("warn".to_owned())),
        ("mail".to_owned(), Value::Table(mail)),
        ("rehearsal".to_owned(), Value::Table(Table::from_iter([("clock".to_owned(), text(clock)?)]))),
    ]);
    Ok(table.to_string())
}

/// A firm with a past: playbook, imports and passwords from before everything, sixty offers at their own instants, and the file that says
/// who to be. Answers the offers in the order of the cast.
async fn furnish(installation: &Installation, hand: &Hand, links: &Path, now: Moment) -> Result<Vec<OfferId>, CommandFault> {
    let (house, begun) = (&installation.house, Instant::now());
    hand.set(now.plus_seconds(-FOUNDED_DAYS_AGO * DAY_SECONDS))?;
    found(house, now).await?;
    let people = house.people().await.map_err(said)?;
    let staff = accounts(installation, &people).await?;
    let port = Port { house: house.clone(), identity: Arc::clone(&installation.identity) };
    let worker = Worker::new(house.store.clone(), vec![house.firm().to_owned()], installation.courier()?, Arc::new(house.clone()));
    let openings = house.requisitions_all().await.map_err(said)?;
    let start = |opening: &Requisition| opening.prefill.get(&field::START).and_then(|typed| typed.parse().ok());
    let starts = openings.iter().filter_map(|(_, opening)| Some((opening.number.clone(), start(opening)?))).collect();
    let calendar = Calendar::of(&house.current().await.map_err(said)?.playbook.working_time, now);
    let mails_from = installation.config.demo.map_or(now, |demo| demo.mails_from);
    let mut stage = Stage::set(&port, &worker, hand, &CAST, (mails_from, now)).await?;
    stage.play(&schedule::acts(&CAST, &starts, &calendar, now)).await?;
    stage.wind(now).await?;
    news(house, now, hand).await?;
    hand.set(now.plus_seconds(i64::try_from(begun.elapsed().as_secs()).unwrap_or_default()))?;
    worker.turn(house.now().micros()).await.map_err(said)?;
    let offers = stage.offers();
    links::write(installation, links, staff, &offers, &people).await?;
    Ok(offers)
}

/// The playbook has just changed: offers in flight keep their routes until somebody routes them anew.
async fn news(house: &HouseDesk, now: Moment, hand: &Hand) -> Result<(), CommandFault> {
    hand.set(now)?;
    let current = house.current().await.map_err(said)?;
    let mut document = current.playbook.clone();
    let after = ["ops", "client_contact"].map(StepKey::named).to_vec();
    document.rules.push(Rule {
        key: RuleKey::named("contract-to-hire-legal"),
        version: 0,
        engagements: vec![Engagement::ContractToHire],
        when: Condition::Always,
        step: StepSpec { after, ..StepSpec::new(StepKey::named("legal"), Who::Role(role::LEGAL), 20) },
        note: "From today Legal reads every contract that may become a hire.".to_owned(),
    });
    let operator = Actor::Operator { os_user: "demo".to_owned() };
    house.publish(document, current.version, &operator).await.map(drop).map_err(said)
}

/// A random password for everybody of the firm.
async fn accounts(installation: &Installation, people: &[Listed]) -> Result<Vec<links::Staff>, CommandFault> {
    let house = &installation.house;
    let staff = links::staff(people)?;
    for (id, account) in &staff {
        let credential = installation.identity.credential(id.as_str(), &account.password).await.map_err(said)?;
        house.store.change(house.firm(), vec![Change::Credential(credential)]).await.map_err(said)?;
    }
    Ok(staff.into_iter().map(|(_, account)| account).collect())
}

/// An open demo without offers, for what fills it by itself: everybody has a password, and no mail is left to hand over.
///
/// # Errors
/// [`CommandFault`]: what cannot be made, and why.
#[cfg(feature = "measure")]
pub(crate) async fn without_offers(args: &DemoArgs) -> Result<Installation, CommandFault> {
    let now = Clock::System.now();
    let hand = Hand::on(&args.data, now)?;
    let config = configured(args, &hand, now)?;
    // as if it had all gone out before anybody looked
    let config = Config { demo: Some(Demo { mails_from: now.plus_seconds(DAY_SECONDS) }), ..config };
    let installation = Installation::open(config, args.listen).await?;
    let house = &installation.house;
    found(house, now).await?;
    let people = house.people().await.map_err(said)?;
    let staff = accounts(&installation, &people).await?;
    links::write(&installation, &args.links, staff, &[], &people).await?;
    Ok(installation)
}

/// The playbook, and the files: those of the shared data and the earlier openings, every date moved by the same whole weeks.
pub(crate) async fn found(house: &HouseDesk, now: Moment) -> Result<(), CommandFault> {
    let operator = Actor::Operator { os_user: "demo".to_owned() };
    let document = playbook::from_toml(PLAYBOOK).map_err(|problems| CommandFault::Said(crate::order::faults(&problems)))?;
    let read_at = house.current().await.map_err(said)?.version;
    house.publish(document, read_at, &operator).await.map_err(said)?;
    let openings = SourceFile::of(ImportKind::Requisitions, "requisitions.csv", REQUISITIONS);
    let weeks = exchange::weeks_until_ahead(&openings, now.day());
    let files = [
        (ImportKind::People, "people.csv", PEOPLE),
        (ImportKind::Clients, "clients.csv", CLIENTS),
        (ImportKind::Bands, "bands.csv", BANDS),
        (ImportKind::Requisitions, "requisitions-earlier.csv", REQUISITIONS_EARLIER),
        (ImportKind::Requisitions, "requisitions.csv", REQUISITIONS),
    ]
    .map(|(kind, name, text)| SourceFile::of(kind, name, &exchange::moved_by_weeks(text, weeks)));
    let imported = exchange::run(house, &files, false, &operator).await.map_err(said)?;
    if imported.report.is_whole() { Ok(()) } else { Err(CommandFault::Said(app::words::en::import::report(&imported.report))) }
}

fn said(fault: impl std::fmt::Display) -> CommandFault {
    CommandFault::Said(fault.to_string())
}
