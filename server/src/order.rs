//! Orders of the command line: one way to carry them out, in the running server or in a process of their own.

use std::{fmt::Write as _, path::PathBuf};

use app::words::en as words;
use offer::{access::Actor, id::Role, playbook};
use serde::{Deserialize, Serialize};

use crate::{
    desk::{CameBack, DeskFault, Finding, publishable},
    exchange::{self, SourceFile},
    http,
    identity::{Household, invitations},
    installation::Installation,
    live::Live,
    security_log::{self, What, Who},
    serve,
    store::backup,
};
use tokio::sync::watch;

/// What the command line asks for. Files are read where the command is given; folders and files to write are named by absolute paths.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Order {
    /// Bring files in.
    Import {
        /// The files, each with what it holds.
        files: Vec<SourceFile>,
        /// Only say what would happen.
        dry_run: bool,
    },
    /// Write the current playbook out.
    ExportPlaybook,
    /// Say what a playbook would change.
    DiffPlaybook {
        /// The document.
        text: String,
    },
    /// Publish a playbook.
    ApplyPlaybook {
        /// The document.
        text: String,
    },
    /// Say who is there.
    ListUsers,
    /// Invite somebody who is known to set a password.
    InviteUser {
        /// The address.
        email: String,
    },
    /// Take the second step of somebody's sign-in away.
    ResetSecondStep {
        /// The address.
        email: String,
    },
    /// Record that somebody left.
    UserLeft {
        /// The address.
        email: String,
    },
    /// Verify every stream.
    Verify,
    /// Write events and documents into an archive.
    Backup {
        /// The file.
        file: PathBuf,
    },
    /// Write the keys into a file apart from the data.
    BackUpKeys {
        /// The file.
        file: PathBuf,
    },
    /// Record that a mail came back.
    MailBounced {
        /// Its Message-ID.
        message: String,
        /// What the mail system said.
        reason: String,
    },
    /// Say every address that the server answers.
    Routes,
    /// Say what is in order and what is not.
    Doctor,
    /// Take back the links of an offer.
    RevokeLinks {
        /// What people call it.
        offer: String,
    },
    /// Mail the candidate of an offer a new link.
    MailLink {
        /// What people call it.
        offer: String,
    },
}

/// What came of an order.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Outcome {
    /// For the person at the command line.
    pub(crate) text: String,
    /// Whether it went well.
    pub(crate) is_well: bool,
}

impl Outcome {
    fn well(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_well: true }
    }

    fn ill(text: impl Into<String>) -> Self {
        Self { text: text.into(), is_well: false }
    }
}

/// Every address, a line each: what a proxy in front may let through, and what the tests of access must cover.
fn routes(installation: &Installation) -> Outcome {
    // nobody is told anything: the router is looked at and thrown away
    let live = Live::new(installation.house.clone(), watch::channel(false).1);
    let addresses = http::addresses(&serve::site(installation, live));
    Outcome::well(addresses.into_iter().collect::<Vec<_>>().join("\n"))
}

/// Carries an order out for whoever has a shell on this machine.
pub(crate) async fn carry_out(installation: &Installation, order: Order, os_user: &str) -> Outcome {
    let actor = Actor::Operator { os_user: os_user.to_owned() };
    match order {
        Order::Import { files, dry_run } => import(installation, &files, dry_run, &actor).await,
        Order::ExportPlaybook => match installation.house.current().await {
            Ok(current) => Outcome::well(playbook::to_toml(&current.playbook)),
            Err(fault) => Outcome::ill(fault.to_string()),
        },
        Order::DiffPlaybook { text } => diff(installation, &text).await,
        Order::ApplyPlaybook { text } => apply(installation, &text, &actor).await,
        Order::ListUsers => list_users(installation).await,
        Order::InviteUser { email } => invite(installation, &email).await,
        Order::ResetSecondStep { email } => reset_second_step(installation, &email, &actor).await,
        Order::UserLeft { email } => user_left(installation, &email, &actor).await,
        Order::Verify => verify(installation).await,
        Order::Backup { file } => match backup::write(&installation.house.store, &file).await {
            Ok(written) => {
                Outcome::well(format!("{} events and {} documents written to {}", written.events, written.documents, file.display()))
            }
            Err(error) => Outcome::ill(format!("nothing was written: {error}")),
        },
        Order::BackUpKeys { file } => back_up_keys(installation, &file).await,
        Order::MailBounced { message, reason } => {
            // the id of its row is what stands before the @ of a Message-ID
            let id = message.trim_matches(['<', '>']).split('@').next().unwrap_or_default();
            match installation.house.bounced(id, &reason).await {
                Ok(CameBack::Recorded { number }) => {
                    Outcome::well(format!("recorded: the letter of {number} came back, and the offer waits on its recruiter"))
                }
                Ok(CameBack::Settled { number }) => {
                    Outcome::well(format!("nothing to record: {number} does not wait for that letter, or knows that it came back"))
                }
                Ok(CameBack::NoLetter) => Outcome::well("nothing to record: that mail carried no letter"),
                Err(DeskFault::NotFound) => Outcome::ill(format!("not recorded: no mail with the Message-ID {message} went out")),
                Err(fault) => Outcome::ill(format!("not recorded: {fault}")),
            }
        }
        Order::Routes => routes(installation),
        Order::Doctor => doctor(installation).await,
        Order::RevokeLinks { offer } => revoke_links(installation, &offer, os_user).await,
        Order::MailLink { offer } => mail_link(installation, &offer, &actor).await,
    }
}

async fn revoke_links(installation: &Installation, number: &str, os_user: &str) -> Outcome {
    let house = &installation.house;
    match house.offer_numbered(number).await {
        Ok(Some(offer)) => match house.store.change(house.firm(), invitations::revoke(&offer)).await {
            Ok(()) => {
                security_log::done(What::LinksRevoked, Who::Operator(os_user), offer.as_str());
                Outcome::well(format!(
                    "no link of {number} opens anything any more; `countersign links mail {number}` mails the candidate a new one"
                ))
            }
            Err(error) => Outcome::ill(error.to_string()),
        },
        Ok(None) => Outcome::ill(format!("there is no offer {number}")),
        Err(fault) => Outcome::ill(fault.to_string()),
    }
}

async fn mail_link(installation: &Installation, number: &str, actor: &Actor) -> Outcome {
    let house = &installation.house;
    let mailed = match house.offer_numbered(number).await {
        Ok(Some(offer)) => house.mail_link(&offer, actor).await,
        Ok(None) => return Outcome::ill(format!("there is no offer {number}")),
        Err(fault) => Err(fault),
    };
    match mailed {
        Ok(()) => Outcome::well(format!("a new link of {number} is on its way to the candidate")),
        Err(fault) => Outcome::ill(format!("no link was mailed: {fault}")),
    }
}

async fn import(installation: &Installation, files: &[SourceFile], dry_run: bool, actor: &Actor) -> Outcome {
    match exchange::run(&installation.house, files, dry_run, actor).await {
        Ok(imported) => {
            let mut outcome = Outcome { text: words::import::report(&imported.report), is_well: imported.report.is_whole() };
            let left = exchange::invite(&installation.identity, &installation.house, imported.joined).await;
            for email in left {
                let _ = writeln!(outcome.text, "\n{email} could not be invited; try: countersign user invite {email}");
                outcome.is_well = false;
            }
            outcome
        }
        Err(fault) => Outcome::ill(format!("nothing was imported: {fault}")),
    }
}

/// Faults of a playbook document, a line each.
pub(crate) fn faults(problems: &[playbook::PlaybookProblem]) -> String {
    problems.iter().map(words::playbook::problem).collect::<Vec<_>>().join("\n")
}

async fn diff(installation: &Installation, text: &str) -> Outcome {
    let document = match playbook::from_toml(text) {
        Ok(document) => document,
        Err(problems) => return Outcome::ill(faults(&problems)),
    };
    match installation.house.current().await {
        Ok(current) => {
            let lines: Vec<String> = playbook::diff(&current.playbook, &document).iter().map(words::playbook::change).collect();
            Outcome::well(if lines.is_empty() { "nothing would change".to_owned() } else { lines.join("\n") })
        }
        Err(fault) => Outcome::ill(fault.to_string()),
    }
}

async fn apply(installation: &Installation, text: &str, actor: &Actor) -> Outcome {
    let document = match publishable(text) {
        Ok(checked) => checked.playbook,
        Err(problems) => return Outcome::ill(faults(&problems)),
    };
    let current = match installation.house.current().await {
        Ok(current) => current,
        Err(fault) => return Outcome::ill(fault.to_string()),
    };
    // a document is the whole playbook: what it leaves out is gone, and said
    let changes = playbook::diff(&current.playbook, &document);
    match installation.house.publish(document, current.version, actor).await {
        Ok(version) if version == current.version => Outcome::well(format!("version {version} says the same; nothing was published")),
        Ok(version) => {
            let mut lines = vec![format!("published as version {version}")];
            lines.extend(changes.iter().map(words::playbook::change));
            Outcome::well(lines.join("\n"))
        }
        Err(fault) => Outcome::ill(format!("nothing was published: {fault}")),
    }
}

async fn list_users(installation: &Installation) -> Outcome {
    match installation.house.people().await {
        Ok(mut people) => {
            let mut text = String::new();
            people.sort_by(|one, other| one.person.email().cmp(&other.person.email()));
            for listed in people {
                let roles: Vec<&str> = listed.person.roles.iter().map(Role::as_str).collect();
                let left = if listed.left { "  left" } else { "" };
                let name = listed.person.name().unwrap_or("(erased)");
                let _ = writeln!(text, "{:<40} {name:<28} {}{left}", listed.person.email().unwrap_or_default(), roles.join(", "));
            }
            Outcome::well(text)
        }
        Err(fault) => Outcome::ill(fault.to_string()),
    }
}

async fn invite(installation: &Installation, email: &str) -> Outcome {
    match installation.identity.invite_to_join(&installation.house, email).await {
        Ok(path) => Outcome::well(format!("mailed to {email}; the link opens once within seven days:\n{}", installation.house.link(&path))),
        Err(fault) => Outcome::ill(format!("{email} could not be invited: {fault}")),
    }
}

async fn reset_second_step(installation: &Installation, email: &str, actor: &Actor) -> Outcome {
    let house = &installation.house;
    let reset = match Household::staff_at(house, &crate::identity::folded(email)).await {
        Ok(Some(person)) => installation.identity.reset_second_factor(house, &person, actor).await,
        Ok(None) => return Outcome::ill(format!("there is nobody with the address {email}")),
        Err(unreachable) => Err(unreachable),
    };
    match reset {
        Ok(true) => Outcome::well(format!("{email} signs in without a second step until they set it up again; they were told by mail")),
        Ok(false) => Outcome::ill(format!("{email} has no second step")),
        Err(unreachable) => Outcome::ill(unreachable.to_string()),
    }
}

async fn user_left(installation: &Installation, email: &str, actor: &Actor) -> Outcome {
    let people = match installation.house.people().await {
        Ok(people) => people,
        Err(fault) => return Outcome::ill(fault.to_string()),
    };
    let folded = crate::identity::folded(email);
    let Some(listed) = people.iter().find(|listed| listed.person.email().is_some_and(|known| crate::identity::folded(known) == folded))
    else {
        return Outcome::ill(format!("there is nobody with the address {email}"));
    };
    match installation.house.person_left(&listed.id, actor).await {
        Ok(()) => Outcome::well(format!("{email} has left: no grant holds from now on, and every session has ended")),
        Err(fault) => Outcome::ill(fault.to_string()),
    }
}

async fn verify(installation: &Installation) -> Outcome {
    match installation.house.verify().await {
        Ok(verified) => {
            let mut text = format!("{} streams with {} events walked", verified.streams, verified.events);
            for (kind, stream, seq, fault) in &verified.broken {
                let _ = write!(text, "\nBROKEN {kind} {stream} at event {seq}: {fault:?}");
            }
            Outcome { is_well: verified.broken.is_empty(), text }
        }
        Err(fault) => Outcome::ill(fault.to_string()),
    }
}

async fn back_up_keys(installation: &Installation, file: &std::path::Path) -> Outcome {
    let rows = match installation.house.wrapped_keys().await {
        Ok(rows) => rows,
        Err(fault) => return Outcome::ill(fault.to_string()),
    };
    match installation.keys.back_up(rows, installation.house.now(), file) {
        Ok(()) => Outcome::well(format!(
            "keys written to {}; keep that file apart from the data, for whoever has both reads everything",
            file.display()
        )),
        Err(error) => Outcome::ill(format!("no keys were written: {error}")),
    }
}

async fn doctor(installation: &Installation) -> Outcome {
    match installation.house.examined(&installation.config.data).await {
        Ok(findings) => {
            let mut text = String::new();
            for finding in &findings {
                let mark = if finding.is_well() { "ok " } else { "RED" };
                let (what, said) = told(finding);
                let _ = writeln!(text, "{mark} {what:<10} {said}");
            }
            Outcome { is_well: findings.iter().all(Finding::is_well), text }
        }
        Err(fault) => Outcome::ill(fault.to_string()),
    }
}

/// What the doctor found, and what to do about it.
fn told(finding: &Finding) -> (&'static str, String) {
    match finding {
        Finding::Store(Ok(())) => ("store", "answers, and is sound".to_owned()),
        Finding::Store(Err(faults)) => ("store", format!("restore from a backup: {}", faults.join("; "))),
        Finding::Ledger(Ok(streams)) => ("ledger", format!("{streams} streams are whole")),
        Finding::Ledger(Err(broken)) => ("ledger", format!("{broken} streams are not whole; `countersign verify` names them")),
        Finding::KeysBackedUp(Some(at)) => ("keys", format!("backed up at {at}")),
        Finding::KeysBackedUp(None) => {
            ("keys", "lie in the data folder only; run `countersign keys backup FILE` and keep FILE elsewhere".to_owned())
        }
        Finding::MailsGivenUp(0) => ("mail", "none was given up".to_owned()),
        Finding::MailsGivenUp(mails) => ("mail", format!("{mails} could not be delivered; their offers say why")),
        Finding::MailsWaiting(mails) => ("outbox", format!("{mails} wait to be handed over")),
        Finding::Clock { now, rehearsal: false } => ("clock", now.to_string()),
        Finding::Clock { now, rehearsal: true } => ("clock", format!("{now}, a rehearsal's")),
        Finding::Playbook(Some(version)) => ("playbook", format!("version {version}")),
        Finding::Playbook(None) => ("playbook", "none was published; run `countersign playbook apply FILE`".to_owned()),
    }
}
