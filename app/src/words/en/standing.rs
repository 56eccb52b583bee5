//! What approvals became of after a change: who still stands, who looks at what, and why.

use offer::field::{FieldKey, FieldTable, Kind};
use offer::id::StepKey;
use offer::lifecycle::{StepReopened, StepStands};
use offer::policy::{ApprovedRange, Reopening, Room, WithinRange};
use offer::terms::Value;

use super::{field, money, role};

/// Approvals after a change, in one sentence: "2 of 3 approvals still stand; Finance looks at Base pay only."
pub fn aftermath(route: &[StepKey], stands: &[StepStands], reopened: &[StepReopened], table: &FieldTable) -> String {
    let stood = stands.iter().filter(|stands| !stands.revived).count();
    let had = stood + reopened.len();
    let again: Vec<String> = reopened.iter().map(|step| looks_at(step, table)).collect();
    let known = |step: &&StepKey| stands.iter().all(|stands| stands.step != **step) && reopened.iter().all(|again| again.step != **step);
    let undecided: Vec<String> = route.iter().filter(known).map(role::step).collect();
    let mut said = match (stood, had) {
        (0, 0) => Vec::new(),
        (stood, had) if stood == had => vec![all_stand(had)],
        (0, _) => vec![format!("No earlier approval stands; {}.", listed(&again))],
        _ => vec![format!("{stood} of {had} approvals still {}; {}.", if stood == 1 { "stands" } else { "stand" }, listed(&again))],
    };
    said.extend((!undecided.is_empty()).then(|| format!("Still to decide: {}.", undecided.join(", "))));
    said.extend(stands.iter().filter(|stands| stands.revived).map(revived));
    let within = stands.iter().filter(|stands| !stands.within.is_empty());
    said.extend(within.map(|stands| format!("Within the approved range: {}.", within_of(stands, table))));
    said.join(" ")
}

fn all_stand(count: usize) -> String {
    match count {
        1 => "The approval still stands.".to_owned(),
        2 => "Both approvals still stand.".to_owned(),
        more => format!("All {more} approvals still stand."),
    }
}

/// "Finance looks at Base pay only".
fn looks_at(step: &StepReopened, table: &FieldTable) -> String {
    let fields = fields_of(&step.because).into_iter().map(|key| field::label_of(key, table)).collect::<Vec<_>>();
    match fields.is_empty() {
        true => format!("{} is asked again", role::step(&step.step)),
        false => format!("{} looks at {} only", role::step(&step.step), fields.join(", ")),
    }
}

/// The fields because of which somebody is asked again.
pub fn fields_of(because: &[Reopening]) -> Vec<&FieldKey> {
    because
        .iter()
        .filter_map(|because| match because {
            Reopening::Left { field, .. } | Reopening::NotApproved { field } => Some(field),
            Reopening::NewRule { .. } | Reopening::OwnRequest => None,
        })
        .collect()
}

fn revived(stands: &StepStands) -> String {
    format!("{}: the approval of version {} stands again, because the values are back.", role::step(&stands.step), stands.version)
}

fn within_of(stands: &StepStands, table: &FieldTable) -> String {
    let values: Vec<String> = stands.within.iter().map(|within| within_range(within, table)).collect();
    format!("{} ({})", role::step(&stands.step), values.join("; "))
}

/// "Base pay $63.00, with room for $1.80 more and $3.00 less".
pub fn within_range(within: &WithinRange, table: &FieldTable) -> String {
    let key = &within.range.field;
    let value = within.value.as_ref().map_or_else(|| "none".to_owned(), |value| field::value_of(key, value, table));
    let room = room(&within.range.field, &within.room, table);
    let room = if room.is_empty() { String::new() } else { format!(", {room}") };
    format!("{} {value}{room}", field::label_of(key, table))
}

fn room(key: &FieldKey, room: &Room, table: &FieldTable) -> String {
    let said = |value: &Value| match value {
        Value::Number(days) if table.get(key).is_some_and(|spec| matches!(spec.kind, Kind::Date)) => {
            let days = money::number(*days);
            if days == "1" { "1 day".to_owned() } else { format!("{days} days") }
        }
        value => field::value_of(key, value, table),
    };
    let (more, less) = match room.above.as_ref().or(room.below.as_ref()) {
        Some(Value::Number(_)) if table.get(key).is_some_and(|spec| matches!(spec.kind, Kind::Date)) => ("later", "earlier"),
        _ => ("more", "less"),
    };
    let parts: Vec<String> = [
        room.above.as_ref().map(|above| format!("{} {more}", said(above))),
        room.below.as_ref().map(|below| format!("{} {less}", said(below))),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() { String::new() } else { format!("with room for {}", parts.join(" or ")) }
}

/// Why somebody is needed again.
pub fn reopening(because: &Reopening, table: &FieldTable) -> String {
    match because {
        Reopening::Left { field: key, range: None } => format!("{} is no longer what was approved.", field::label_of(key, table)),
        // a range of one value is that value
        Reopening::Left { field: key, range: Some(range) } if range.low.is_some() && range.low == range.high => {
            format!("{} is no longer what was approved.", field::label_of(key, table))
        }
        Reopening::Left { field: key, range: Some(range) } => {
            format!("{} left the approved range, {}.", field::label_of(key, table), range_in_words(range, table))
        }
        Reopening::NotApproved { field: key } => {
            format!("{} is decided here now, and was not part of that approval.", field::label_of(key, table))
        }
        Reopening::NewRule { rule } => match rule.version {
            0 => format!("Rule {} asks for it now.", rule.rule),
            version => format!("Rule {}, version {version}, asks for it now.", rule.rule),
        },
        Reopening::OwnRequest => "Whoever approved it asks for the change now, and nobody decides their own request.".to_owned(),
    }
}

/// "$60.00 to $64.80".
pub fn range_in_words(range: &ApprovedRange, table: &FieldTable) -> String {
    let said = |value: &Value| field::value_of(&range.field, value, table);
    match (&range.low, &range.high) {
        (Some(low), Some(high)) => format!("{} to {}", said(low), said(high)),
        (Some(low), None) => format!("{} or more", said(low)),
        (None, Some(high)) => format!("up to {}", said(high)),
        (None, None) => "any value".to_owned(),
    }
}

fn listed(said: &[String]) -> String {
    match said {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{}, and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use offer::field::{PAY_BASE, START};
    use offer::money::{Hundredths, Money};
    use offer::policy::RangeFrom;

    fn key(step: &'static str) -> StepKey {
        StepKey::named(step)
    }

    fn stands(step: &'static str) -> StepStands {
        StepStands { step: key(step), approvals: vec![1], version: 1, within: Vec::new(), revived: false }
    }

    fn money(cents: i64) -> Option<Value> {
        Some(Value::Money(Money::cents(cents)))
    }

    #[test]
    fn after_a_change_it_is_said_who_stands_and_who_looks_at_what() {
        let table = FieldTable::default();
        let finance = StepReopened { step: key("finance"), because: vec![Reopening::Left { field: PAY_BASE, range: None }] };
        let route = ["hiring_manager", "legal", "hrbp", "finance"].map(key);
        let stood = [stands("hiring_manager"), stands("legal"), stands("hrbp")];
        assert_eq!(
            aftermath(&route, &stood, std::slice::from_ref(&finance), &table),
            "3 of 4 approvals still stand; Finance looks at Base pay only."
        );
        let only_two = [key("hiring_manager"), key("legal")];
        assert_eq!(aftermath(&only_two, &stood[..2], &[], &table), "Both approvals still stand.");
        let with_new = [key("hiring_manager"), key("legal"), key("hrbp")];
        assert_eq!(aftermath(&with_new, &stood[..2], &[], &table), "Both approvals still stand. Still to decide: HR business partner.");
        let revived = StepStands { revived: true, ..stands("finance") };
        assert_eq!(
            aftermath(&[key("finance")], &[revived], &[], &table),
            "Finance: the approval of version 1 stands again, because the values are back."
        );
    }

    #[test]
    fn a_value_inside_its_range_says_what_room_remains() {
        let table = FieldTable::default();
        let range = |field: &FieldKey| ApprovedRange { field: field.clone(), low: None, high: money(6_480), from: RangeFrom::Approver };
        let pay = WithinRange { range: range(&PAY_BASE), value: money(6_300), room: Room { below: money(300), above: money(180) } };
        assert_eq!(within_range(&pay, &table), "Base pay $63.00, with room for $1.80 more or $3.00 less");
        let days = |days: i64| Some(Value::Number(Hundredths::whole(days)));
        let start = WithinRange {
            range: ApprovedRange { field: START, low: None, high: None, from: RangeFrom::Approver },
            value: Some(Value::Date(chrono::NaiveDate::from_ymd_opt(2027, 1, 20).unwrap())),
            room: Room { below: days(9), above: days(1) },
        };
        assert_eq!(within_range(&start, &table), "Start date January 20, 2027, with room for 1 day later or 9 days earlier");
    }
}
