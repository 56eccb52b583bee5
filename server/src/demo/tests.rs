//! The demo firm holds what it promises, whenever it is started.

use std::{collections::BTreeSet, fs};

use offer::{
    field,
    id::PersonId,
    lifecycle::{DeclineReason, Ending, Event, Mail, NotStartedBy, Offer, Recorded, Status, WaitsOn},
};
use tempfile::TempDir;

use super::*;
use crate::{
    desk::{Listed, Verified},
    store::queue,
};

/// A Friday afternoon.
const FRIDAY: &str = "2026-11-20T20:00:00Z";

/// A demo firm that was made at some instant.
struct Firm {
    folder: TempDir,
    installation: Installation,
    now: Moment,
    files: Vec<(Offer, Vec<Recorded>)>,
    people: Vec<Listed>,
}

impl Firm {
    async fn made(now: &str) -> Self {
        let (folder, now) = (tempfile::tempdir().unwrap(), Moment::parse(now).unwrap());
        let args = DemoArgs {
            listen: "127.0.0.1:3000".parse().unwrap(),
            data: folder.path().join("data"),
            mail_dir: folder.path().join("mail"),
            links: folder.path().join("links.json"),
            at: Some(now),
        };
        let hand = Hand::on(&args.data, now).unwrap();
        let config = configured(&args, &hand, now).unwrap();
        let installation = Installation::open(config, args.listen).await.unwrap();
        let offers = furnish(&installation, &hand, &args.links, now).await.unwrap();
        let house = &installation.house;
        let mut files = Vec::new();
        for id in &offers {
            let file = house.file(id).await.unwrap();
            files.push((file.offer.clone(), file.history.clone()));
        }
        let people = house.people().await.unwrap();
        Self { folder, installation, now, files, people }
    }

    fn of(&self, name: &str) -> &(Offer, Vec<Recorded>) {
        let place = CAST.iter().position(|part| part.name == name).unwrap();
        &self.files[place]
    }

    fn status(&self, name: &str) -> Status {
        self.of(name).0.status
    }

    async fn waits_on(&self, offer: &Offer) -> Vec<WaitsOn> {
        let pinned = self.installation.house.shelved(offer.playbook).await.unwrap();
        offer.waits_on(&pinned.playbook).into_iter().map(|(on, _)| on).collect()
    }

    fn happened(&self, name: &str, is: impl Fn(&Event) -> bool) -> usize {
        self.of(name).1.iter().filter(|recorded| is(&recorded.event)).count()
    }

    /// What happened to everybody, without ids and salts.
    fn told(&self) -> Vec<String> {
        let name = |id: &str| {
            let listed = self.people.iter().find(|listed| listed.id == PersonId::new(id));
            listed.and_then(|listed| listed.person.name()).unwrap_or("somebody else").to_owned()
        };
        let line = |offer: &Offer, recorded: &Recorded| {
            let event = serde_json::to_value(&recorded.event).unwrap();
            format!("{} {} {} {} by {}", offer.number, recorded.seq, recorded.at, event["type"], name(&recorded.by.id))
        };
        self.files.iter().flat_map(|(offer, history)| history.iter().map(move |recorded| line(offer, recorded))).collect()
    }
}

#[tokio::test]
async fn the_firm_holds_sixty_stories_and_somebody_waits_on_every_role() {
    let firm = Firm::made(FRIDAY).await;
    assert_eq!(firm.files.len(), 60);
    let engagements: BTreeSet<_> = firm.files.iter().filter_map(|(offer, _)| offer.engagement()).collect();
    assert_eq!(engagements.len(), 4);
    let statuses: BTreeSet<Status> = firm.files.iter().map(|(offer, _)| offer.status).collect();
    assert_eq!(statuses.len(), Status::ALL.len(), "every state has an offer: {statuses:?}");
    let first = firm.files.iter().map(|(offer, _)| offer.begun_at).min().unwrap();
    let days = firm.now.seconds_since(first) / DAY_SECONDS;
    assert!((105..=120).contains(&days), "{days} days");

    let mut waited_on = BTreeSet::new();
    for (offer, _) in &firm.files {
        for on in firm.waits_on(offer).await {
            waited_on.insert(match on {
                WaitsOn::Step(step) => format!("step {step}"),
                WaitsOn::Recipient(recipient) => format!("recipient {recipient}"),
                WaitsOn::Contingency(_) => "contingency".to_owned(),
                WaitsOn::Rescission(role) => format!("rescission {role}"),
                WaitsOn::Recruiter => "recruiter".to_owned(),
                WaitsOn::Candidate => "candidate".to_owned(),
                WaitsOn::StartDay => "start day".to_owned(),
                WaitsOn::Courier => "courier".to_owned(),
            });
        }
    }
    let each = [
        "candidate",
        "contingency",
        "recipient billing",
        "recipient client_confirmation",
        "recipient hr_ops",
        "recipient it",
        "recipient payroll",
        "recruiter",
        "rescission hrbp",
        "rescission legal",
        "start day",
        "step client_contact",
        "step finance",
        "step hiring_manager",
        "step hrbp",
        "step legal",
        "step ops",
    ];
    assert_eq!(waited_on.iter().map(String::as_str).collect::<Vec<_>>(), each);

    the_stories_are_there(&firm).await;
    nothing_is_queued_and_nothing_is_ahead(&firm).await;
}

/// Each promised story, by the name of its candidate.
async fn the_stories_are_there(firm: &Firm) {
    // T1
    let (offer, _) = firm.of("Oksana Hrytsenko");
    assert!(matches!(
        &offer.ending,
        Some(Ending::Declined { primary: DeclineReason::Timeline, secondary: Some(DeclineReason::CounterOffer), written: false, .. })
    ));
    assert_eq!(firm.happened("Oksana Hrytsenko", |event| matches!(event, Event::VerbalRecorded { .. })), 1);
    // T3
    let spoken = firm.happened(
        "Samuel Ortiz",
        |event| matches!(event, Event::VerbalRecorded { outside_approval, .. } if outside_approval.contains(&field::SIGN_ON)),
    );
    assert_eq!((firm.status("Samuel Ortiz"), spoken), (Status::Approved, 1));
    // T5
    let reopened = firm.happened("Tomáš Novák", |event| {
        matches!(event, Event::TermsChanged { reopened, stands, .. }
            if reopened.iter().map(|step| step.step.as_str()).eq(["finance"]) && stands.len() == 3)
    });
    assert_eq!((firm.status("Tomáš Novák"), reopened), (Status::InReview, 1));
    assert_eq!((firm.status("Aaron Feldman"), firm.of("Aaron Feldman").0.version), (Status::Started, 2));
    // T7
    let asked_finance = |name: &str| firm.of(name).0.route.steps.iter().any(|step| step.step.as_str() == "finance");
    assert!(asked_finance("Malik Johnson") && !asked_finance("Rebecca Stein"), "a dollar above the cap, and at it");

    assert_eq!(firm.status("Carlos Mendoza"), Status::Rescinded);
    assert!(firm.of("Carlos Mendoza").0.acceptance.is_some());
    assert!(matches!(firm.of("Kayla Jensen").0.ending, Some(Ending::NotStarted { by: NotStartedBy::Candidate, .. })));
    assert!(matches!(firm.of("Joyce Mbeki").0.letter.as_ref().unwrap().mail, Mail::Bounced { .. }));
    let again = |event: &Event| matches!(event, Event::Expired | Event::Reopened { .. });
    assert_eq!((firm.status("Lucía Fernández"), firm.happened("Lucía Fernández", again)), (Status::Sent, 2));
    assert_eq!(firm.files.iter().filter(|(offer, _)| offer.open_proposals().next().is_some()).count(), 2, "two open negotiations");
    let both =
        |(offer, _): &&(Offer, Vec<Recorded>)| matches!(&offer.ending, Some(Ending::Declined { secondary: Some(_), written: true, .. }));
    assert!(firm.files.iter().filter(both).count() >= 2);
    assert!(firm.files.iter().filter(|(offer, _)| !offer.exceptions.is_empty()).count() >= 6);

    let silva = &firm.of("Maria Silva").0;
    let house = &firm.installation.house;
    assert_eq!(house.typed(silva).await.unwrap().unwrap().get(&field::PAY_BASE), Some("62,5O"));
    let due = |(offer, _): &(Offer, Vec<Recorded>)| offer.open_steps().map(|(_, _, due_at)| due_at).collect::<Vec<_>>();
    let dues: Vec<Moment> = firm.files.iter().flat_map(due).collect();
    assert!(dues.iter().filter(|due_at| **due_at < firm.now).count() >= 3, "some steps are over due");
    assert!(dues.iter().any(|due_at| *due_at >= firm.now && due_at.day() == firm.now.day()), "some are due today");
}

async fn nothing_is_queued_and_nothing_is_ahead(firm: &Firm) {
    let house = &firm.installation.house;
    assert_eq!(house.store.outbox_count(house.firm(), queue::WAITING).await.unwrap(), 0);
    let Verified { broken, streams, .. } = house.verify().await.unwrap();
    assert!(broken.is_empty() && streams > 60, "{broken:?}");
    for (offer, history) in &firm.files {
        assert!(history.iter().all(|recorded| recorded.at <= firm.now), "{} lies ahead", offer.number);
        assert!(history.is_sorted_by_key(|recorded| recorded.at), "{} goes backwards", offer.number);
        let letter = offer.letter.as_ref().filter(|_| offer.status == Status::Sent);
        assert!(letter.is_none_or(|letter| letter.accept_by.instant > firm.now), "{} would expire at once", offer.number);
    }
    let instant = |name: &str| name.split('-').next().and_then(|micros| Moment::from_micros(micros.parse().ok()?));
    let mails: Vec<Moment> = fs::read_dir(firm.folder.path().join("mail"))
        .unwrap()
        .filter_map(|file| instant(&file.unwrap().file_name().into_string().unwrap()))
        .collect();
    let from = firm.now.plus_seconds(-MAILS_DAYS * DAY_SECONDS);
    assert!(mails.iter().all(|at| *at >= from) && (20..200).contains(&mails.len()), "{} mails", mails.len());

    let links: serde_json::Value = serde_json::from_str(&fs::read_to_string(firm.folder.path().join("links.json")).unwrap()).unwrap();
    let sent = firm.files.iter().filter(|(offer, _)| offer.status == Status::Sent).count();
    assert_eq!(links["candidates"].as_array().unwrap().len(), sent);
    assert_eq!((links["staff"].as_array().unwrap().len(), links["clients"].as_array().unwrap().len()), (18, 6));
}

#[tokio::test]
async fn the_same_seed_makes_the_same_firm_but_for_ids_and_salts() {
    let (one, other) = (Firm::made(FRIDAY).await, Firm::made(FRIDAY).await);
    assert_eq!(one.told(), other.told());
    let ids = |firm: &Firm| firm.files.iter().map(|(offer, _)| offer.id.clone()).collect::<BTreeSet<_>>();
    assert!(ids(&one).is_disjoint(&ids(&other)));
}

#[tokio::test]
async fn the_firm_can_be_made_on_a_sunday_night_and_after_holidays() {
    for now in ["2026-11-23T04:30:00Z", "2027-01-04T14:10:00Z"] {
        let firm = Firm::made(now).await;
        nothing_is_queued_and_nothing_is_ahead(&firm).await;
        assert!(matches!(firm.status("Wei Zhang"), Status::Sent), "{now}");
    }
}
