//! Two offers of each engagement, one in review and one sent, made by the people who would make them.

use app::desk::{Answer, Asked, Begin, Desk as _, Viewer};
use offer::{
    access::Member,
    check::Finding,
    field,
    id::{OfferId, PersonId, RequisitionId},
    ledger::AuthLevel,
    lifecycle::{Approve, Command, ExceptionReasons, Status},
    terms::Entries,
};

use super::links::MadeOffer;
use crate::{
    cli::CommandFault,
    desk::{Listed, Port},
    outbox::Worker,
};

/// A candidate of the demo.
struct Cast {
    requisition: &'static str,
    name: &'static str,
    email: &'static str,
    address: &'static str,
    pay: &'static str,
    reports_to: &'static str,
    is_sent: bool,
}

/// All fictional. Pay lies within band and requisition, but for one temp: above the band, so that Finance has something to look at.
const CAST: [Cast; 8] = [
    Cast {
        requisition: "REQ-1000",
        name: "Maria Silva",
        email: "maria.silva@mail.example",
        address: "18 Alder Court, Davis, CA 95616",
        pay: "61.00",
        reports_to: "Charge Nurse, ICU",
        is_sent: true,
    },
    Cast {
        requisition: "REQ-1000",
        name: "Jonah Reed",
        email: "jonah.reed@mail.example",
        address: "7 Oak Terrace, Sacramento, CA 95814",
        pay: "70.00",
        reports_to: "Charge Nurse, ICU",
        is_sent: false,
    },
    Cast {
        requisition: "REQ-1013",
        name: "Priyanka Rao",
        email: "priyanka.rao@mail.example",
        address: "240 Valencia Street, San Francisco, CA 94103",
        pay: "82.00",
        reports_to: "Engineering Manager, Payments",
        is_sent: true,
    },
    Cast {
        requisition: "REQ-1014",
        name: "Samuel Ortiz",
        email: "samuel.ortiz@mail.example",
        address: "31 Wilson Boulevard, Arlington, VA 22201",
        pay: "78.00",
        reports_to: "Head of Data",
        is_sent: false,
    },
    Cast {
        requisition: "REQ-1016",
        name: "Linnea Berg",
        email: "linnea.berg@mail.example",
        address: "512 Pike Street, Seattle, WA 98101",
        pay: "198000",
        reports_to: "Director of Engineering",
        is_sent: true,
    },
    Cast {
        requisition: "REQ-1018",
        name: "Andre Wilson",
        email: "andre.wilson@mail.example",
        address: "88 Park Avenue, Rochester, NY 14607",
        pay: "84000",
        reports_to: "Branch Manager",
        is_sent: false,
    },
    Cast {
        requisition: "REQ-1020",
        name: "Hye-jin Park",
        email: "hyejin.park@mail.example",
        address: "1420 Larimer Street, Denver, CO 80202",
        pay: "70000",
        reports_to: "Finance Director",
        is_sent: true,
    },
    Cast {
        requisition: "REQ-1021",
        name: "Tomas Novak",
        email: "tomas.novak@mail.example",
        address: "9 Beacon Street, Boston, MA 02108",
        pay: "113000",
        reports_to: "Head of People",
        is_sent: false,
    },
];

/// Makes them, and hands over the mail on the way.
pub(super) async fn make(port: &Port, worker: &Worker) -> Result<Vec<MadeOffer>, CommandFault> {
    let people = port.house.people().await.map_err(|fault| said(&fault))?;
    let current = port.house.current().await.map_err(|fault| said(&fault))?;
    let viewers: Vec<(PersonId, Viewer)> = people
        .iter()
        .map(|Listed { id, person, .. }| {
            let member = Member::resolve(id.clone(), person, AuthLevel::Local, &current.playbook);
            let (name, zone) = (person.name().unwrap_or_default().to_owned(), person.zone.clone());
            (id.clone(), Viewer::Staff { member, name, zone })
        })
        .collect();
    let requisitions = port.house.requisitions_all().await.map_err(|fault| said(&fault))?;
    let mut made = Vec::new();
    for cast in &CAST {
        let Some((id, requisition)) = requisitions.iter().find(|(_, requisition)| requisition.number == cast.requisition) else {
            return Err(CommandFault::Said(format!("the demo data lack {}", cast.requisition)));
        };
        let recruiter = requisition.recruiter().and_then(|id| viewers.iter().find(|(known, _)| *known == id)).map(|(_, viewer)| viewer);
        let Some(recruiter) = recruiter else { return Err(CommandFault::Said(format!("{} has no recruiter", cast.requisition))) };
        let offer = submitted(port, recruiter, id, cast).await?;
        if cast.is_sent {
            approved(port, &viewers, &offer).await?;
            sent(port, recruiter, &offer).await?;
            worker.turn(port.house.now().micros()).await.map_err(|fault| said(&fault))?;
        }
        made.push(what_was_made(port, recruiter, offer, cast).await?);
    }
    worker.turn(port.house.now().micros()).await.map_err(|fault| said(&fault))?;
    Ok(made)
}

async fn submitted(port: &Port, recruiter: &Viewer, requisition: &RequisitionId, cast: &Cast) -> Result<OfferId, CommandFault> {
    let begin = Begin {
        requisition: Some(requisition.clone()),
        engagement: None,
        name: cast.name.to_owned(),
        email: cast.email.to_owned(),
        once: format!("demo-begin-{}", cast.email),
    };
    let offer = done(port.begin(recruiter, begin).await, "begin")?;
    // an engagement asks for what it needs
    let asked_for = done(port.intake(recruiter, &offer).await, "open the intake")?.editable;
    let typed: Entries = [
        (field::CANDIDATE_ADDRESS, cast.address),
        (field::PAY_BASE, cast.pay),
        (field::REPORTS_TO, cast.reports_to),
        (field::BENEFITS, "the benefits guide that comes with this letter"),
        (field::OVERTIME_RULE, "one and a half times the rate for hours over 40 in a week"),
        (field::PURCHASE_ORDER, "PO-4711"),
        (field::PAY_DAY, "Friday"),
    ]
    .into_iter()
    .filter(|(key, _)| asked_for.contains(key))
    .map(|(key, text)| (key, text.to_owned()))
    .collect();
    done(port.save(recruiter, &offer, typed).await, "save")?;
    let review = done(port.review(recruiter, &offer).await, "review")?;
    let reasons = reasons(&review.findings);
    done(port.act(recruiter, &offer, Asked::Submit { reasons }, &format!("demo-submit-{}", cast.email)).await, "submit")?;
    Ok(offer)
}

fn reasons(findings: &[Finding]) -> ExceptionReasons {
    let reason = "Agreed with the account manager; the candidate brings ten years in the same unit.";
    findings
        .iter()
        .filter(|finding| finding.is_exception())
        .map(|finding| (finding.fact.kind(), finding.field.clone(), reason.to_owned()))
        .collect()
}

/// Everyone on whom a step waits approves, until nothing waits.
async fn approved(port: &Port, viewers: &[(PersonId, Viewer)], offer: &OfferId) -> Result<(), CommandFault> {
    loop {
        let mut acted = false;
        for (_, viewer) in viewers {
            let Answer::Done(page) = port.offer(viewer, offer).await else { continue };
            if page.status != Status::InReview {
                return Ok(());
            }
            for step in page.your_steps {
                let once = format!("demo-approve-{offer}-{step}");
                let command = Command::Approve(Approve { step, version: page.version, comment: String::new() });
                acted |= matches!(port.act(viewer, offer, Asked::Command(command), &once).await, Answer::Done(()));
            }
        }
        if !acted {
            return Err(CommandFault::Said("an offer of the demo waits on nobody".to_owned()));
        }
    }
}

async fn sent(port: &Port, recruiter: &Viewer, offer: &OfferId) -> Result<(), CommandFault> {
    let accept_by = format!("{}T17:00", port.house.now().plus_seconds(5 * 24 * 3600).day());
    let page = done(port.letter(recruiter, offer, Some((accept_by.clone(), "America/Chicago".to_owned()))).await, "letter")?;
    let reasons = reasons(&page.new_findings);
    let asked = Asked::Send { version: page.version, accept_by, zone: "America/Chicago".to_owned(), reasons };
    done(port.act(recruiter, offer, asked, &format!("demo-send-{offer}")).await, "send")
}

async fn what_was_made(port: &Port, recruiter: &Viewer, offer: OfferId, cast: &Cast) -> Result<MadeOffer, CommandFault> {
    let page = done(port.offer(recruiter, &offer).await, "offer")?;
    let file = port.house.file(&offer).await.map_err(|fault| said(&fault))?;
    let Some(candidate) = file.offer.candidate.clone() else { return Err(CommandFault::Said("an offer without a candidate".to_owned())) };
    Ok(MadeOffer { offer, candidate, number: page.number, status: page.status, version: page.version, email: cast.email.to_owned() })
}

fn done<T: std::fmt::Debug>(answer: Answer<T>, what: &str) -> Result<T, CommandFault> {
    match answer {
        Answer::Done(done) => Ok(done),
        other => Err(CommandFault::Said(format!("the demo could not {what}: {:?}", other.notice()))),
    }
}

fn said(fault: &dyn std::fmt::Display) -> CommandFault {
    CommandFault::Said(fault.to_string())
}
