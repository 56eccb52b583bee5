//! What nobody wants to type sixty times: addresses, telephones, questions, reasons. Each follows from the candidate's name.

use app::words::en::intake::NO_OVERTIME;
use offer::{
    check::{FactKind, Finding},
    field,
    id::Role,
    lifecycle::ExceptionReasons,
    terms::Entries,
};

use super::{cast::Part, schedule::chance};

/// Domains that belong to nobody (RFC 2606).
const MAIL: [&str; 4] = ["mail.example", "post.example", "inbox.example", "letters.example"];
const STREETS: [&str; 16] = [
    "Alder Court",
    "Oak Terrace",
    "Valencia Street",
    "Wilson Boulevard",
    "Pike Street",
    "Park Avenue",
    "Larimer Street",
    "Beacon Street",
    "Maple Lane",
    "Harbor View",
    "Juniper Way",
    "Second Street",
    "Mill Road",
    "Cedar Avenue",
    "Lake Street",
    "Prospect Place",
];
/// A postal code for each city of an opening.
const POSTAL_CODES: [(&str, &str); 22] = [
    ("Sacramento", "95814"),
    ("Buffalo", "14202"),
    ("Chicago", "60607"),
    ("Anchorage", "99501"),
    ("Billings", "59101"),
    ("Edison", "08817"),
    ("Joliet", "60432"),
    ("Allentown", "18101"),
    ("Madison", "53703"),
    ("Portland", "97204"),
    ("Houston", "77002"),
    ("San Francisco", "94103"),
    ("Arlington", "22201"),
    ("Austin", "78701"),
    ("Seattle", "98101"),
    ("Rochester", "14607"),
    ("New York", "10012"),
    ("Denver", "80202"),
    ("Boston", "02108"),
    ("Atlanta", "30303"),
    ("Phoenix", "85004"),
    ("Camden", "08102"),
];
/// Who leads a department, as letters say it.
const LEADS: [(&str, &str); 15] = [
    ("Nursing", "Charge Nurse"),
    ("Clinic", "Director of Clinics"),
    ("Warehouse", "Shift Lead, Inbound"),
    ("Transport", "Fleet Dispatcher"),
    ("Production", "Line Supervisor"),
    ("Engineering", "Engineering Manager, Payments"),
    ("Data", "Head of Data"),
    ("IT", "IT Manager"),
    ("Field", "Site Superintendent"),
    ("Finance", "Finance Director"),
    ("People", "Head of People"),
    ("Recruiting", "Recruiting Lead"),
    ("Sales", "Vice President, Sales"),
    ("Support", "Team Lead, Customer Care"),
    ("Lending", "Branch Manager"),
];
/// What letters say of overtime.
const OVERTIME: &str = "one and a half times the rate for hours over 40 in a week";
/// The same in California (Labor Code, section 510).
const OVERTIME_IN_CALIFORNIA: &str =
    "one and a half times the rate for hours over 8 in a day or 40 in a week, and twice the rate for hours over 12 in a day";
/// What letters say of benefits.
const BENEFITS: &str = "Medical, dental and vision coverage can begin on the first of the month after your start. Our benefits guide says what each plan covers and what it costs you; ask us for it at any time.";
/// What candidates ask, and what they are told.
const QUESTIONS: [(&str, &str); 6] = [
    ("Is parking free, and is it safe to walk to the car at night?", "Yes: deck B, lit and guarded until the last shift ends."),
    ("May I keep the week of Christmas that I booked before we talked?", "Yes. We noted it with the client; it is unpaid leave."),
    (
        "When does health coverage begin?",
        "On the first of the month after your start. The benefits guide has the details; I have just mailed it to you.",
    ),
    (
        "Is the schedule fixed, or does it rotate?",
        "Fixed for the first six weeks; then it rotates every second week, posted ten days ahead.",
    ),
    ("Do I bring my own laptop?", "No. Yours arrives two days before the start, with the accounts set up."),
    ("Can the start move by a week if my notice runs longer?", "Yes, tell me by Friday and I move it; the rate stays."),
];

/// The question that a candidate asks, and its answer.
pub(super) fn question(name: &str) -> (&'static str, &'static str) {
    pick(&QUESTIONS, name, "question")
}

/// The candidate's address: the name in plain letters at a domain of nobody's.
pub(super) fn email(name: &str) -> String {
    let plain: String = name.chars().flat_map(|c| plain(c).chars().collect::<Vec<_>>()).collect();
    let local: Vec<&str> = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty()).collect();
    format!("{}@{}", local.join("."), pick(&MAIL, name, "domain"))
}

fn plain(letter: char) -> String {
    match letter {
        'á' | 'à' | 'ä' => "a".to_owned(),
        'é' | 'è' => "e".to_owned(),
        'í' => "i".to_owned(),
        'ó' | 'ö' => "o".to_owned(),
        'š' => "s".to_owned(),
        '\'' => String::new(),
        other => other.to_lowercase().collect(),
    }
}

/// Everything that a recruiter types beside what the opening says; the engagement decides what of it is asked for.
pub(super) fn typed(part: &Part, prefill: &Entries) -> Entries {
    let name = part.name;
    let text = |key: &field::FieldKey| prefill.get(key).unwrap_or_default();
    let lead = LEADS.iter().find(|(department, _)| *department == text(&field::DEPARTMENT)).map_or("Team Lead", |(_, lead)| lead);
    let is_exempt = text(&field::CLASSIFICATION) == "exempt";
    let mut typed: Entries = [
        (field::CANDIDATE_ADDRESS, address(name, text(&field::CITY), text(&field::STATE))),
        (field::CANDIDATE_PHONE, format!("+1 {} 555 0{}", 201 + chance(name, "area", 700), 100 + chance(name, "line", 100))),
        (field::PAY_BASE, part.pay.to_owned()),
        (field::REPORTS_TO, lead.to_owned()),
        (field::BENEFITS, BENEFITS.to_owned()),
        (field::OVERTIME_RULE, overtime(is_exempt, text(&field::STATE)).to_owned()),
        (field::PURCHASE_ORDER, format!("PO-{}", 4_100 + chance(name, "order", 800))),
        (field::PAY_DAY, "Friday".to_owned()),
    ]
    .into_iter()
    .collect();
    for (key, text) in part.also {
        typed.set(field::FieldKey::new(*key), *text);
    }
    typed
}

fn overtime(is_exempt: bool, state: &str) -> &'static str {
    match (is_exempt, state) {
        (true, _) => NO_OVERTIME,
        (false, "CA") => OVERTIME_IN_CALIFORNIA,
        (false, _) => OVERTIME,
    }
}

fn address(name: &str, city: &str, state: &str) -> String {
    let postal_code = POSTAL_CODES.iter().find(|(known, _)| *known == city).map_or("", |(_, code)| code);
    format!("{} {}, {city}, {state} {postal_code}", 8 + chance(name, "house", 990), pick(&STREETS, name, "street")).trim_end().to_owned()
}

/// Why findings go ahead, in the words of whoever asks.
pub(super) fn reasons(findings: &[Finding]) -> ExceptionReasons {
    let exceptions = findings.iter().filter(|finding| finding.is_exception());
    exceptions.map(|finding| (finding.fact.kind(), finding.field.clone(), reason(finding.fact.kind()).to_owned())).collect()
}

const fn reason(kind: FactKind) -> &'static str {
    match kind {
        FactKind::AboveBand => "Ten years in the same work, and two other offers on the table.",
        FactKind::BelowBand => "First position after training; a review is set for month six.",
        FactKind::OutsideRequisition => "Whoever opened the job was asked and stretches the range for this person.",
        FactKind::OverBudget => "The other opening of the quarter stays empty and pays for it.",
        FactKind::OverCap => "The client's person asked for exactly this nurse and will sign the rate.",
        FactKind::BelowMarkupFloor | FactKind::NoMargin => "Volume discount of the quarter, agreed with the account manager.",
        FactKind::OverSeats => "One of the earlier candidates is expected to say no this week.",
        FactKind::PurchaseOrderMissing => "The order number follows; the client confirmed by mail.",
        FactKind::NonStandardClause | FactKind::SpecialTerms => "Asked for by the candidate; we have done it before.",
        _ => "Agreed by phone.",
    }
}

/// One of these people for this candidate: with two in Finance, both have work.
pub(super) fn one_of<'a, T>(people: &'a [T], name: &str, role: &Role) -> Option<&'a T> {
    let count = u32::try_from(people.len()).ok()?;
    people.get(usize::try_from(chance(name, role.as_str(), count)).ok()?)
}

fn pick<T: Copy + Default>(from: &[T], name: &str, purpose: &str) -> T {
    let index = chance(name, purpose, u32::try_from(from.len()).unwrap_or(1));
    usize::try_from(index).ok().and_then(|index| from.get(index)).copied().unwrap_or_default()
}
