//! Bands, percentages, working time, addresses: values that stand for themselves.

use super::Checking;
use crate::intake::email_is_plausible;
use crate::money::{BasisPoints, Money};
use crate::playbook::faults::{Fault, Path, Segment};
use crate::playbook::{Cap, Keyed};
use serde_json::Value;

const WEEKDAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// A markup floor or cap beyond this is a slip of the pen.
const MARKUP_MAX: BasisPoints = BasisPoints(10 * BasisPoints::WHOLE);
const WHOLE: BasisPoints = BasisPoints(BasisPoints::WHOLE);

pub(super) fn check(checking: &mut Checking<'_>) {
    bands(checking);
    clients(checking);
    working_time(checking);
    let playbook = checking.playbook;
    let signing = Path::of("signing");
    checking.say_if(playbook.signing.consent.trim().is_empty(), signing.at("consent"), Fault::NothingSaid);
    checking.say_if(playbook.signing.consent_version == 0, signing.at("consent-version"), Fault::NotPositive);
    checking.say_if(playbook.signing.accept_days == 0, signing.at("accept-days"), Fault::NotPositive);
    let firm = Path::of("firm");
    for (name, text) in [
        ("name", &playbook.firm.name),
        ("legal-name", &playbook.firm.legal_name),
        ("address", &playbook.firm.address),
        ("signatory-title", &playbook.firm.signatory_title),
    ] {
        checking.say_if(text.trim().is_empty(), firm.at(name), Fault::NothingSaid);
    }
    email(checking, firm.at("help-email"), &playbook.firm.help_email);
    // INVARIANT (never a person): whatever reads as an address stands in one of the two places made for one
    if let Ok(document) = serde_json::to_value(playbook) {
        texts(checking, &Path::default(), &document);
    }
}

fn bands(checking: &mut Checking<'_>) {
    for (index, band) in checking.playbook.bands.iter().enumerate() {
        let path = Path::of("bands").item(index, band.item_key());
        let in_order = Money::default() < band.min && band.min <= band.mid && band.mid <= band.max;
        checking.say_if(!in_order, path.at("min"), Fault::BandOutOfOrder);
        percent(checking, path.at("negotiation-low"), band.negotiation_low, WHOLE);
        percent(checking, path.at("negotiation-high"), band.negotiation_high, WHOLE);
    }
    for (index, sheet) in checking.playbook.roles.iter().enumerate() {
        let path = Path::of("roles").item(index, sheet.key.as_str());
        let none = sheet.limit_annual.is_some_and(|limit| limit <= Money::default());
        checking.say_if(none, path.at("limit-annual"), Fault::NotPositive);
        if let Some(limit) = sheet.limit_over_band {
            percent(checking, path.at("limit-over-band"), limit, MARKUP_MAX);
        }
    }
}

fn clients(checking: &mut Checking<'_>) {
    for (index, client) in checking.playbook.clients.iter().enumerate() {
        let path = Path::of("clients").item(index, client.code.as_str());
        checking.say_if(client.name.trim().is_empty(), path.at("name"), Fault::NothingSaid);
        percent(checking, path.at("markup-floor"), client.markup_floor, MARKUP_MAX);
        percent(checking, path.at("msp-fee"), client.msp_fee, WHOLE);
        match client.cap {
            Some(Cap::Markup(most)) => percent(checking, path.at("cap"), most, MARKUP_MAX),
            Some(Cap::Bill(most) | Cap::Pay(most)) => checking.say_if(most <= Money::default(), path.at("cap"), Fault::NotPositive),
            None => {}
        }
        if !client.timesheet_approver.is_empty() {
            email(checking, path.at("timesheet-approver"), &client.timesheet_approver);
        }
    }
}

fn percent(checking: &mut Checking<'_>, path: Path, percent: BasisPoints, most: BasisPoints) {
    checking.say_if(percent < BasisPoints(0) || percent > most, path, Fault::PercentOutOfRange);
}

fn email(checking: &mut Checking<'_>, path: Path, text: &str) {
    checking.say_if(!email_is_plausible(text), path, Fault::NotAnEmail { text: text.to_owned() });
}

fn working_time(checking: &mut Checking<'_>) {
    let time = &checking.playbook.working_time;
    let path = Path::of("working-time");
    let (opens, closes) = (minutes(&time.opens), minutes(&time.closes));
    checking.say_if(opens.is_none(), path.at("opens"), Fault::NotATime { text: time.opens.clone() });
    checking.say_if(closes.is_none(), path.at("closes"), Fault::NotATime { text: time.closes.clone() });
    let backwards = opens.zip(closes).is_some_and(|(opens, closes)| closes <= opens);
    checking.say_if(backwards, path.at("closes"), Fault::ClosesBeforeOpening);
    checking.say_if(time.days.is_empty(), path.at("days"), Fault::NothingListed);
    checking.no_doubles(&path.at("days"), &time.days);
    checking.no_doubles(&path.at("holidays"), &time.holidays);
    for (index, day) in time.days.iter().enumerate() {
        let known = WEEKDAYS.contains(&day.as_str());
        checking.say_if(!known, path.at("days").index(index), Fault::NotAWeekday { text: day.clone() });
    }
    // the zones themselves are the server's; here stands what every one of them looks like
    let is_zone = time.zone == "UTC"
        || time.zone.contains('/')
            && time
                .zone
                .split('/')
                .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'+')));
    checking.say_if(!is_zone, path.at("zone"), Fault::NotAZone { text: time.zone.clone() });
}

/// Minutes after midnight of `08:00`.
fn minutes(text: &str) -> Option<u32> {
    let (hours, minutes) = text.split_once(':')?;
    let two = |digits: &str| (digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit())).then(|| digits.parse::<u32>().ok())?;
    let (hours, minutes) = (two(hours)?, two(minutes)?);
    (hours < 24 && minutes < 60).then_some(hours * 60 + minutes)
}

fn texts(checking: &mut Checking<'_>, path: &Path, value: &Value) {
    match value {
        Value::String(text) => {
            let unfit = text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
            checking.say_if(unfit, path.clone(), Fault::ForbiddenCharacter);
            checking.say_if(!may_hold_an_address(path) && holds_an_address(text), path.clone(), Fault::NamesAPerson);
        }
        Value::Array(values) => {
            for (index, inner) in values.iter().enumerate() {
                let key = ["key", "code", "field"].iter().find_map(|name| inner.get(name)?.as_str()).unwrap_or_default();
                let inner_path = if path.0.len() == 1 && inner.is_object() { path.item(index, key) } else { path.index(index) };
                texts(checking, &inner_path, inner);
            }
        }
        Value::Object(values) => {
            for (name, inner) in values {
                texts(checking, &path.at(name), inner);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn may_hold_an_address(path: &Path) -> bool {
    matches!(path.0.last(), Some(Segment::Name(name)) if name == "help-email" || name == "timesheet-approver")
}

fn holds_an_address(text: &str) -> bool {
    let apart = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | ',' | ';' | ':' | '"' | '[' | ']' | '|');
    text.contains('@') && text.split(apart).any(|word| email_is_plausible(word.trim_matches(|c: char| matches!(c, '.' | '\'' | '!' | '?'))))
}
