//! Labels, help and choices of the fields, and their values in words.

use offer::engagement::{Engagement, HireKind, PayBasis};
use offer::field::{self as fields, FieldKey, FieldSpec, FieldTable, Kind, Section, Unit};
use offer::terms::Value;

use super::{date, money, role, state};

/// What stands above the box of a field.
pub fn label(spec: &FieldSpec) -> String {
    spec.label.as_ref().map_or_else(|| built_in_label(spec.key.as_str()), |custom| custom.label.clone())
}

/// The label of a field by its key: the table's where it holds the field.
pub fn label_of(key: &FieldKey, table: &FieldTable) -> String {
    table.get(key).map_or_else(|| built_in_label(key.as_str()), label)
}

/// What stands below the label: short help, where the label does not say it all.
pub fn help(spec: &FieldSpec) -> Option<String> {
    match &spec.label {
        Some(custom) => (!custom.help.is_empty()).then(|| custom.help.clone()),
        None => built_in_help(spec.key.as_str()).map(str::to_owned),
    }
}

fn built_in_label(key: &str) -> String {
    known_label(key).map_or_else(|| role::read_out(key), str::to_owned)
}

/// The label of a built-in field, or of a box that only forms have; nothing for any other key.
fn known_label(key: &str) -> Option<&'static str> {
    Some(match key {
        "engagement" => "Engagement",
        "hire.kind" => "Kind of hire",
        "client" => "Client",
        "client.contact" => "Client contact",
        "employer" => "Legal employer",
        "org.business_line" => "Business line",
        "org.region" => "Region",
        "org.department" => "Department",
        "org.team" => "Team",
        "org.cost_center" => "Cost center",
        "org.purchase_order" => "Purchase order",
        "candidate.legal_name" => "Legal name",
        "candidate.preferred_name" => "Preferred name",
        "candidate.email" => "Email",
        "candidate.phone" => "Phone",
        "candidate.address" => "Home address",
        "candidate.language" => "Language of the letter",
        "job.title" => "Job title",
        "job.occupation_code" => "Occupation code",
        "job.level" => "Level",
        "job.reports_to" => "Reports to",
        "job.hiring_manager" => "Hiring manager",
        "job.recruiter" => "Recruiter",
        "job.account_manager" => "Account manager",
        "job.employment_type" => "Employment type",
        "job.classification" => "Overtime classification",
        "job.classification_basis" => "Basis of the classification",
        "job.schedule" => "Schedule",
        "job.shift" => "Shift",
        "job.hours_per_week" => "Hours per week",
        "job.worksite" => "Worksite",
        "job.city" => "City",
        "job.state" => "State",
        "job.remote" => "Remote work",
        "job.work_states" => "States of remote work",
        "date.start" => "Start date",
        "date.end" => "End date",
        "date.accept_by" => "Accept by",
        "date.accept_by_zone" => "Accept-by time zone",
        "pay.basis" => "Pay basis",
        "pay.base" => "Base pay",
        "pay.frequency" => "Pay frequency",
        "pay.overtime_rule" => "Overtime",
        "pay.day" => "Pay day",
        "pay.differentials" => "Shift differentials",
        "pay.per_diem" => "Per diem",
        "pay.per_diem_taxed" => "Per diem is taxed",
        "bonus.kind" => "Bonus",
        "bonus.target" => "Bonus amount",
        "bonus.condition" => "Bonus conditions",
        "bonus.guaranteed" => "Bonus is guaranteed",
        "pay.commission_plan" => "Commission plan",
        "sign_on.amount" => "Sign-on bonus",
        "sign_on.pay_date" => "Sign-on bonus paid on",
        "sign_on.repayment" => "Repayment of the sign-on bonus",
        "relocation.amount" => "Relocation",
        "equity.kind" => "Equity",
        "equity.units" => "Units of equity",
        "equity.strike" => "Strike price",
        "equity.vesting" => "Vesting",
        "equity.board_approval" => "Equity needs board approval",
        "benefits.pointer" => "Benefits",
        "benefits.paid_leave" => "Paid leave",
        "bill.rate" => "Bill rate",
        "bill.overtime_multiplier" => "Overtime multiplier of the bill rate",
        "bill.cap_on" => "Cap applies to",
        "bill.cap" => "Cap",
        "bill.cap_markup" => "Cap on markup",
        "bill.burden" => "Burden",
        "bill.msp_fee" => "MSP or VMS fee",
        "bill.conversion_fee" => "Conversion fee",
        "bill.conversion_date" => "Conversion date",
        "bill.guarantee_days" => "Guarantee",
        "bill.fee" => "Fee",
        "bill.fee_flat" => "Flat fee",
        "words.clauses" => "Clauses",
        "words.special_terms" => "Special terms",
        "words.attachments" => "Further documents",
        "conditions.contingencies" => "Contingencies",
        "range.shown" => "Pay range shown to the candidate",
        "range.shown_on" => "Range shown on",
        "range.shown_where" => "Range shown where",
        "expected.pay" => "Pay the candidate expects",
        "expected.start" => "Start the candidate expects",
        // boxes that only forms have
        "name" => "Name",
        "email" => "Email",
        "password" => "Password",
        "occurred_at" => "When it was said",
        "competing_deadline" => "Deadline of the other offer",
        "response" => "What the candidate said",
        "primary" => "Main reason",
        "secondary" => "Another reason",
        "state" => "How it stands",
        "by" => "Whose doing",
        "day" => "Day",
        "to" => "New day",
        "zone" => "Time zone",
        _ => return None,
    })
}

fn built_in_help(key: &str) -> Option<&'static str> {
    Some(match key {
        "engagement" => "Who hires whom. It decides the employer, the letter, the route, and who sees which figures.",
        "hire.kind" => "A redeployment moves from one assignment to the next without a new-hire packet.",
        "client.contact" => "Approves the person, the start and the bill for the client.",
        "employer" => "As printed in the letter. Leave empty for the firm's own legal name, or the client's.",
        "org.purchase_order" => "The client's number, if the client works with purchase orders.",
        "candidate.legal_name" => "As on a government document. The letter is addressed to it.",
        "candidate.preferred_name" => "How the candidate likes to be called.",
        "candidate.email" => "Where the invitation and the code are sent.",
        "candidate.address" => "One line, as printed in the letter.",
        "job.occupation_code" => "SOC code, like 29-1141.",
        "job.level" => "As in the pay bands, like RN2.",
        "job.reports_to" => "Title or name, as printed in the letter.",
        "job.classification" => "Exempt from overtime under the FLSA, or not.",
        "job.classification_basis" => "Which exemption applies, for an exempt job.",
        "job.shift" => "The name of the shift, like night, or its hours.",
        "job.worksite" => "The place of work by its name, with its street where that helps. City and state have boxes of their own.",
        "job.work_states" => "Two letters each, apart by semicolons, if the person will work from other states.",
        "date.accept_by" => "Date and local time. Leave empty to set it when the letter is sent.",
        "pay.overtime_rule" => "When it is paid and how much, in words for the letter.",
        "pay.day" => "The day of pay, like Friday; in words, if it is not always the same.",
        "pay.differentials" => "In words, like: $3.00 an hour more from 11 PM to 7 AM.",
        "pay.per_diem" => "An amount for a day.",
        "bonus.condition" => "What must happen for it to be paid, and when.",
        "sign_on.repayment" => "When and how much is paid back if the person leaves early.",
        "equity.vesting" => "Like: four years, one quarter after the first.",
        "benefits.pointer" => "Where the person finds the benefits, as printed in the letter.",
        "bill.cap" => "The most the client allows, for a cap on the bill rate or the pay.",
        "bill.burden" => "Payroll taxes and insurance, as a share of pay.",
        "bill.msp_fee" => "What the managed-service provider keeps of the bill rate.",
        "bill.fee" => "A share of the first year's pay.",
        "bill.fee_flat" => "Instead of a share.",
        "words.special_terms" => "Anything that stands in no clause. It always goes to Legal.",
        "words.attachments" => "Documents that the letter names and does not bring: hand them over yourself. Apart by semicolons.",
        "conditions.contingencies" => "What must be met before acceptance, hand-off or start.",
        "range.shown" => "As the posting or the recruiter said it, where the law asks for it.",
        "range.shown_where" => "Like: the posting, or a phone call.",
        _ => return None,
    })
}

/// The unit that stands before a box.
pub fn unit_before(spec: &FieldSpec) -> Option<&'static str> {
    matches!(spec.kind, Kind::Money).then_some("$")
}

/// The unit after an amount where it is known per what the offer pays.
pub fn unit_after_on(spec: &FieldSpec, basis: Option<PayBasis>) -> Option<&'static str> {
    match basis.filter(|_| spec.unit == Unit::PerPayBasis) {
        Some(basis) => Some(money::per(basis)),
        None => unit_after(spec),
    }
}

/// The unit that stands after a box.
pub fn unit_after(spec: &FieldSpec) -> Option<&'static str> {
    match (spec.unit, &spec.kind) {
        (Unit::None, Kind::Percent) => Some("%"),
        (Unit::None, _) => None,
        (Unit::PerPayBasis, _) => Some("an hour or a year"),
        (Unit::HoursPerWeek, _) => Some("hours a week"),
        (Unit::Days, _) => Some("days"),
        (Unit::Times, _) => Some("times"),
    }
}

/// A step of the guided intake.
pub const fn section(section: Section) -> &'static str {
    match section {
        Section::Parties => "Parties",
        Section::Candidate => "Candidate",
        Section::Job => "Job",
        Section::Dates => "Dates",
        Section::Pay => "Pay",
        Section::Extras => "Extras",
        Section::Bill => "Bill",
        Section::Words => "Clauses and conditions",
        Section::Background => "Expectations",
    }
}

/// What a step of the guided intake is about.
pub const fn section_lead(section: Section) -> &'static str {
    match section {
        Section::Parties => "Who hires whom, for which opening.",
        Section::Candidate => "The person the offer is for.",
        Section::Job => "What the person does, where, and for whom.",
        Section::Dates => "When the work starts and ends, and by when to accept.",
        Section::Pay => "What the person is paid.",
        Section::Extras => "Bonus, sign-on, equity and benefits. Leave empty what does not apply.",
        Section::Bill => "The client's side of the money.",
        Section::Words => "Clauses of the letter, special terms, and what the offer depends on.",
        Section::Background => "What was shown to the candidate and what the candidate expects. Never printed.",
    }
}

/// A section in an address.
pub const fn section_path(section: Section) -> &'static str {
    match section {
        Section::Parties => "parties",
        Section::Candidate => "candidate",
        Section::Job => "job",
        Section::Dates => "dates",
        Section::Pay => "pay",
        Section::Extras => "extras",
        Section::Bill => "bill",
        Section::Words => "words",
        Section::Background => "background",
    }
}

/// Who hires whom.
pub const fn engagement(engagement: Engagement) -> &'static str {
    match engagement {
        Engagement::Internal => "Internal hire",
        Engagement::DirectHire => "Direct hire for a client",
        Engagement::Temp => "Temporary assignment",
        Engagement::ContractToHire => "Contract to hire",
    }
}

/// Whether the person is new.
pub const fn hire_kind(kind: HireKind) -> &'static str {
    match kind {
        HireKind::New => "New hire",
        HireKind::Rehire => "Rehire",
        HireKind::Redeployment => "Redeployment",
    }
}

/// A choice of a field, by its code. Codes of attachments and of custom fields are their own names.
pub fn choice(key: &FieldKey, code: &str) -> String {
    if let Some(engagement) = Engagement::parse(code).filter(|_| key.as_str() == "engagement") {
        return self::engagement(engagement).to_owned();
    }
    let is_a_name = *key == fields::ATTACHMENTS || key.as_str().starts_with("custom.");
    known_choice(key.as_str(), code).map_or_else(|| if is_a_name { code.to_owned() } else { role::read_out(code) }, str::to_owned)
}

fn known_choice(key: &str, code: &str) -> Option<&'static str> {
    Some(match (key, code) {
        ("hire.kind", code) => hire_kind(HireKind::parse(code)?),
        ("candidate.language", "en") => "English",
        ("candidate.language", "es") => "Spanish",
        ("job.employment_type", "full_time") => "Full time",
        ("job.employment_type", "part_time") => "Part time",
        ("job.classification", "exempt") => "Exempt: no overtime",
        ("job.classification", "non_exempt") => "Non-exempt: paid overtime",
        ("job.classification_basis", "executive") => "Executive exemption",
        ("job.classification_basis", "administrative") => "Administrative exemption",
        ("job.classification_basis", "professional") => "Professional exemption",
        ("job.classification_basis", "computer") => "Computer exemption",
        ("job.classification_basis", "outside_sales") => "Outside sales exemption",
        ("job.classification_basis", "hourly") => "Paid by the hour",
        ("job.remote", "no") => "On site",
        ("job.remote", "hybrid") => "Partly remote",
        ("job.remote", "remote") => "Remote",
        ("date.accept_by_zone", "America/New_York") => "Eastern time",
        ("date.accept_by_zone", "America/Chicago") => "Central time",
        ("date.accept_by_zone", "America/Denver") => "Mountain time",
        ("date.accept_by_zone", "America/Phoenix") => "Arizona time",
        ("date.accept_by_zone", "America/Los_Angeles") => "Pacific time",
        ("date.accept_by_zone", "America/Anchorage") => "Alaska time",
        ("date.accept_by_zone", "Pacific/Honolulu") => "Hawaii time",
        ("pay.basis", "hourly") => "By the hour",
        ("pay.basis", "salary") => "Yearly salary",
        ("pay.frequency", "weekly") => "Every week",
        ("pay.frequency", "biweekly") => "Every two weeks",
        ("pay.frequency", "semimonthly") => "Twice a month",
        ("pay.frequency", "monthly") => "Every month",
        ("bonus.kind", "annual") => "Annual bonus",
        ("bonus.kind", "retention") => "Retention bonus",
        ("bonus.kind", "performance") => "Performance bonus",
        ("bonus.kind", "completion") => "Completion bonus",
        ("equity.kind", "options") => "Stock options",
        ("equity.kind", "rsu") => "Restricted stock units",
        ("bill.cap_on", "bill") => "The bill rate",
        ("bill.cap_on", "pay") => "The pay",
        ("bill.cap_on", "markup") => "The markup",
        ("conditions.contingencies", "background_check") => "Background check",
        ("conditions.contingencies", "drug_screen") => "Drug screen",
        ("conditions.contingencies", "license") => "License verification",
        ("conditions.contingencies", "references") => "References",
        _ => return None,
    })
}

/// A value of a field in words. People and clients are named by the page, which knows their names.
pub fn value_of(key: &FieldKey, value: &Value, table: &FieldTable) -> String {
    match value {
        Value::Text(text) => match table.get(key).map(|spec| &spec.kind) {
            Some(Kind::LocalTime) => date::typed_local(text),
            Some(Kind::State) => state::state(text).to_owned(),
            _ if [fields::TEAM, fields::BUSINESS_LINE, fields::REGION].contains(key) => role::read_out(text),
            _ => text.clone(),
        },
        Value::Money(amount) => money::amount(*amount),
        Value::Percent(points) => money::percent(*points),
        Value::Number(number) => match table.get(key).and_then(unit_after) {
            Some(unit) => format!("{} {unit}", money::number(*number)),
            None => money::number(*number),
        },
        Value::Date(day) => date::day(*day),
        Value::Choice(code) => choice(key, code),
        Value::Codes(codes) => codes.iter().map(|code| choice(key, code)).collect::<Vec<_>>().join(", "),
        Value::YesNo(true) => "Yes".to_owned(),
        Value::YesNo(false) => "No".to_owned(),
        Value::Person(person) => person.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use offer::field::BUILT_IN;

    #[test]
    fn every_field_of_the_table_has_a_label() {
        let without: Vec<_> =
            BUILT_IN.iter().filter(|spec| known_label(spec.key.as_str()).is_none()).map(|spec| spec.key.as_str()).collect();
        assert_eq!(without, Vec::<&str>::new());
    }

    #[test]
    fn every_choice_of_the_table_has_a_name() {
        for spec in BUILT_IN.iter() {
            for code in spec.choices.iter() {
                let named = spec.key.as_str() == "engagement" || known_choice(spec.key.as_str(), code).is_some();
                assert!(named, "{} {code}", spec.key);
            }
        }
    }

    #[test]
    fn two_fields_never_share_a_label() {
        let mut labels: Vec<_> = BUILT_IN.iter().filter_map(|spec| known_label(spec.key.as_str())).collect();
        let count = labels.len();
        labels.sort_unstable();
        labels.dedup();
        assert_eq!(labels.len(), count);
    }
}
