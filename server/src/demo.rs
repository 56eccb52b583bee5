//! The demo firm: people, openings and offers, all made by commands through the same port as the pages.

mod clock;
mod links;
mod offers;

use std::{path::Path, sync::Arc};

use offer::{access::Actor, import::ImportKind, playbook};
use tokio::net::TcpListener;
use toml::{Table, Value};

use crate::{
    cli::{CommandFault, DemoArgs, log_as},
    config::Config,
    desk::Port,
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
/// Who the demo's mails come from.
const SENDER: &str = "offers@harborpine.example";

/// Makes the demo firm and serves it.
///
/// # Errors
/// [`CommandFault`]: what cannot be made, and why.
pub(crate) async fn run(args: DemoArgs) -> Result<(), CommandFault> {
    if !args.listen.ip().is_loopback() {
        return Err(CommandFault::Said("the demo has accounts whose passwords lie in a file; it listens on loopback only".to_owned()));
    }
    let clock = clock::file(&args.data)?;
    let config = Config::of(&configuration(&args, &clock)?, |_| None).map_err(CommandFault::Config)?;
    log_as(&config.log);
    let listener = TcpListener::bind(config.listen).await.map_err(CommandFault::Serve)?;
    let listening = listener.local_addr().map_err(CommandFault::Serve)?;
    let installation = Installation::open(config, listening).await?;
    if installation.house.people().await.map_err(|fault| CommandFault::Said(fault.to_string()))?.is_empty() {
        furnish(&installation, &args).await?;
    }
    tokio::spawn(clock::run(clock));
    serve::on(listener, installation, None).await
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

/// The four imports, passwords for the firm's people, two offers of each engagement, and the file that says who to be.
async fn furnish(installation: &Installation, args: &DemoArgs) -> Result<(), CommandFault> {
    let house = &installation.house;
    let said = |fault: crate::desk::DeskFault| CommandFault::Said(fault.to_string());
    let operator = Actor::Operator { os_user: "demo".to_owned() };
    let document = playbook::from_toml(PLAYBOOK).map_err(|problems| CommandFault::Said(crate::order::faults(&problems)))?;
    let read_at = house.current().await.map_err(said)?.version;
    house.publish(document, read_at, &operator).await.map_err(said)?;
    let openings = SourceFile::of(ImportKind::Requisitions, "requisitions.csv", REQUISITIONS);
    let weeks = exchange::weeks_until_ahead(&openings, house.now().day());
    let files = [
        (ImportKind::People, "people.csv", PEOPLE),
        (ImportKind::Clients, "clients.csv", CLIENTS),
        (ImportKind::Bands, "bands.csv", BANDS),
        (ImportKind::Requisitions, "requisitions.csv", REQUISITIONS),
    ]
    .map(|(kind, name, text)| SourceFile::of(kind, name, &exchange::moved_by_weeks(text, weeks)));
    let imported = exchange::run(house, &files, false, &operator).await.map_err(said)?;
    if !imported.report.is_whole() {
        return Err(CommandFault::Said(app::words::en::import::report(&imported.report)));
    }
    let people = house.people().await.map_err(said)?;
    let staff = links::staff(&people)?;
    for (id, account) in &staff {
        let credential = installation
            .identity
            .credential(id.as_str(), &account.password)
            .await
            .map_err(|fault| CommandFault::Said(fault.to_string()))?;
        house
            .store
            .change(house.firm(), vec![Change::Credential(credential)])
            .await
            .map_err(|error| CommandFault::Said(error.to_string()))?;
    }
    let port = Port { house: house.clone(), identity: Arc::clone(&installation.identity) };
    let worker = Worker::new(house.store.clone(), vec![house.firm().to_owned()], installation.courier()?, Arc::new(house.clone()));
    let made = offers::make(&port, &worker).await?;
    links::write(installation, &args.links, staff.into_iter().map(|(_, account)| account).collect(), made, &people).await
}
