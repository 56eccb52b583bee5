//! What approvers read besides the offer: their limits, ranges, groups, who decides for whom, absences, and routing anew.

use offer::engagement::PayBasis;
use offer::field::{FieldKey, FieldTable};
use offer::policy::{ApprovedRange, Limits, Room};
use offer::terms::Value;

use super::{field, money};

macro_rules! says { ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => { $($(#[$doc])* pub const $name: &str = $text;)* }; }

says! {
    /// What leads the page of somebody on whom a step waits.
    MINUTE = "Before you decide";
    /// A heading.
    PEERS = "Comparable offers";
    /// Who counts as comparable.
    PEERS_WHO = "Same kind of engagement, level or title, state and pay basis; approved, and among the offers that you see.";
    /// A heading.
    FIGURES = "What it comes to";

    /// Opens the box for a comment on an approval.
    ADD_COMMENT = "Approve with a comment";
    /// Button.
    APPROVE_WITH_COMMENT = "Approve with this comment";
    /// Opens the boxes for ranges.
    RANGES_OF_BLANKS = "Terms without a value now";
    /// What folds the ends of ranges.
    RANGES = "Approve a range";
    /// Button.
    APPROVE_RANGE = "Approve with this range";
    /// What it means.
    RANGES_MEANS = "A counteroffer inside the range needs no further approval of yours: what is paid or billed can rise to the highest, or move to the lowest, without asking you again. The room that is left is recorded.";
    /// A box.
    LOWEST = "Lowest";
    /// A box.
    HIGHEST = "Highest";
    /// A box for a day.
    EARLIEST = "Earliest";
    /// A box for a day.
    LATEST = "Latest";

    /// A way.
    DELEGATE = "Hand it to somebody";
    /// What it means.
    DELEGATE_MEANS = "They can decide in your place, and you still can. They and the history get your reason.";
    /// A box.
    DELEGATE_TO = "To whom?";
    /// Button.
    DELEGATE_DO = "Hand it over";
    /// What it means.
    FORCE_MEANS = "Only when nobody of them can decide. It stands out in the history with your name and your reason, and stands for the values as they are.";
    /// Button.
    FORCE_DO = "Approve over their heads";
    /// A mark in the route.
    FORCED = "Approved over the heads of its people.";
    /// What one rejection does.
    VETO = "One rejection rejects the offer.";
    /// What one rejection does.
    COUNTED = "A rejection counts against it. The offer is rejected once too few are left who could approve.";

    /// A way, and the title of its page.
    REROUTE = "Redo the approval route";
    /// A heading.
    COME = "Steps that come";
    /// A heading.
    GO = "Steps that go";
    /// A heading.
    ASKED_AGAIN = "To be approved again";
    /// A heading.
    UNTOUCHED = "What stays";
    /// The page when there is nothing to do.
    SAME_ROUTE = "Today's rules give this offer the route that it has";
    /// What that means.
    SAME_ROUTE_WHY = "There is nothing to route anew.";
    /// A link.
    BACK_TO_OFFER = "Back to the offer";
    /// A question.
    REROUTE_WHY = "Why redo the route?";
    /// Button.
    REROUTE_DO = "Redo the approval route";
    /// What a step does that goes.
    GOES = "Not asked any more";

    /// The page, and its line in the menu.
    OUT_OF_OFFICE = "Out of office";
    /// Under the title.
    OUT_OF_OFFICE_LEAD = "While you are away, whoever stands in decides in your place and gets your mail about offers.";
    /// The same about somebody else.
    OUT_OF_OFFICE_LEAD_OTHER = "While somebody is away, whoever stands in decides in their place and gets their mail about offers.";
    /// A box.
    FIRST_DAY_AWAY = "First day away";
    /// A box.
    LAST_DAY_AWAY = "Last day away";
    /// A box.
    STAND_IN = "Who decides meanwhile?";
    /// Help.
    STAND_IN_HINT = "Somebody with the same role. Without anybody your decisions wait until you are back.";
    /// A choice.
    NOBODY = "Nobody";
    /// Button.
    AWAY_DO = "Save";
    /// Button.
    BACK_DO = "Take it back";
    /// A heading.
    STANDS_IN = "Standing in";
    /// A heading.
    AWAY_PEOPLE = "Away, now or soon";
    /// A heading.
    FOR_SOMEBODY = "For somebody else";
    /// A box.
    WHOSE = "Who is away?";
    /// Button.
    WHOSE_DO = "Show their days";
}

/// Why a step waits on the viewer.
pub fn why_you(reasons: &str) -> String {
    format!("Why you are asked: {reasons}")
}

/// What comparable offers pay.
pub fn peers(count: u32, [low, middle, high]: [&str; 3], basis: PayBasis) -> String {
    let per = money::per(basis);
    format!("Of {count} comparable offers the middle one pays {middle} {per}; half of them pay {low} to {high}.")
}

/// For whom the viewer decides.
pub fn for_whom(name: &str) -> String {
    format!("You decide for {name}.")
}

/// The most that somebody may approve; nothing without a limit.
pub fn limits(limits: Limits) -> Option<String> {
    let annual = limits.annual.map(|most| format!("pay of {} a year", money::amount(most)));
    let over = limits.over_band.map(|most| format!("{} above the band", money::percent(most)));
    let most: Vec<String> = annual.into_iter().chain(over).collect();
    (!most.is_empty()).then(|| format!("You can approve up to {}.", most.join(" and ")))
}

/// The limit that an offer exceeds, over a decision that the viewer cannot make.
pub fn beyond(limit: &str, can_be_handed: bool) -> String {
    let mut letters = limit.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    let ways = if can_be_handed {
        "You can hand it to somebody who may approve that much, return it, or reject it."
    } else {
        "You can leave it to somebody who may approve that much, return it, or reject it."
    };
    format!("{} {ways}", first.chain(letters).collect::<String>())
}

/// Over a question about a step.
pub fn asked_by(by: &str, when: &str) -> String {
    if by.is_empty() { format!("Asked {when}:") } else { format!("{by} asked, {when}:") }
}

/// Over the answer to it.
pub fn answered_by(by: &str, when: &str) -> String {
    if by.is_empty() { format!("Answered {when}:") } else { format!("{by} answered, {when}:") }
}

/// The span of pay that comes along where the approver gives none.
pub fn negotiation(range: &ApprovedRange, table: &FieldTable) -> String {
    format!(
        "{} may still move without asking you again, as far as the room to negotiate at this level goes: {}. To allow less, give a range.",
        field::label_of(&range.field, table),
        ends(range, table)
    )
}

/// The ends of a range: "$118,000.00 to $128,000.00".
pub fn ends(range: &ApprovedRange, table: &FieldTable) -> String {
    let end = |value: &Value| field::value_of(&range.field, value, table);
    match (&range.low, &range.high) {
        (Some(low), Some(high)) => format!("{} to {}", end(low), end(high)),
        (Some(low), None) => format!("{} or more", end(low)),
        (None, Some(high)) => format!("up to {}", end(high)),
        (None, None) => "any value".to_owned(),
    }
}

/// A span that an approval stands for, and the room that is left.
pub fn span(range: &ApprovedRange, room: &Room, table: &FieldTable) -> String {
    let is_days = [&range.low, &range.high].into_iter().flatten().any(|end| matches!(end, Value::Date(_)));
    let (down, up) = if is_days { ("earlier", "later") } else { ("down", "up") };
    let left = |value: &Option<Value>, way: &str| value.as_ref().map(|value| format!("{} {way}", distance(&range.field, value, table)));
    let left: Vec<String> = left(&room.below, down).into_iter().chain(left(&room.above, up)).collect();
    let label = field::label_of(&range.field, table);
    if left.is_empty() {
        format!("{label}: {} is approved.", ends(range, table))
    } else {
        format!("{label}: {} is approved. It can still move {} without asking again.", ends(range, table), left.join(" or "))
    }
}

/// How far it is to an end; days between dates.
fn distance(key: &FieldKey, value: &Value, table: &FieldTable) -> String {
    let is_date = table.get(key).is_some_and(|spec| spec.kind == offer::field::Kind::Date);
    match value {
        Value::Number(days) if is_date => format!("{} days", money::number(*days)),
        value => field::value_of(key, value, table),
    }
}

/// What a field says now, over the ends of its range.
pub fn now_at(value: &str) -> String {
    if value.is_empty() { "Empty now.".to_owned() } else { format!("Now: {value}.") }
}

/// What an approval stands for where no range is typed.
pub const fn ends_left_empty(has_band: bool) -> &'static str {
    if has_band {
        "Where you leave both ends empty, your approval stands for the value, or for the negotiation band that is named above."
    } else {
        "Where you leave both ends empty, your approval stands for the value as it is."
    }
}

/// What an approval also depends on, to whoever gives it.
pub fn asked_again_for(fields: &str) -> String {
    format!("It takes into account, and is asked again after a change of: {fields}.")
}

/// What an approval also depends on.
pub fn depends_on(fields: &str) -> String {
    format!("It takes into account: {fields}.")
}

/// How far a group is: "1 of 2 approved (Ana Ruiz); one more."
pub fn group(approved: &[String], needed: u32, missing: u32) -> String {
    let names = if approved.is_empty() { String::new() } else { format!(" ({})", approved.join(", ")) };
    let more = match missing {
        0 => String::new(),
        1 => "; one more".to_owned(),
        more => format!("; {more} more"),
    };
    format!("{} of {needed} approved{names}{more}.", approved.len())
}

/// Who is against it.
pub fn against(names: &[String]) -> String {
    format!("Against it: {}.", names.join(", "))
}

/// A decision that was handed over.
pub fn handed(whom: &str, who: &str) -> String {
    format!("{whom} handed the decision to {who}.")
}

/// Somebody away, and who stands in.
pub fn away(whom: &str, who: &str, until: &str) -> String {
    format!("{whom} is away until {until}; {who} decides meanwhile.")
}

/// When somebody was reminded.
pub fn reminded(at: &str) -> String {
    format!("Reminded {at}.")
}

/// When it was escalated.
pub fn escalated(at: &str) -> String {
    format!("Overdue and escalated {at}.")
}

/// Who approved for whom.
pub fn by_for(by: &str, whom: &str) -> String {
    if whom.is_empty() { by.to_owned() } else { format!("{by} for {whom}") }
}

/// A way.
pub fn force(step: &str) -> String {
    format!("Approve over the heads of {step}")
}

/// Under the title of the page; with something to confirm, also that it is only shown.
pub fn reroute_lead(pinned: u32, current: u32, to_confirm: bool) -> String {
    let lead = format!("This offer follows version {pinned} of the playbook; version {current} is today's.");
    if to_confirm { format!("{lead} Nothing happens before you say so at the end of the page.") } else { lead }
}

/// Steps that stay as they are.
pub fn still_approved(steps: &str) -> String {
    format!("Still approved: {steps}.")
}

/// Steps that stay as they are.
pub fn goes_on_waiting(steps: &str) -> String {
    format!("Goes on waiting, with the same due time: {steps}.")
}

/// The title for somebody else.
pub fn out_of_office_of(name: &str) -> String {
    format!("Out of office: {name}")
}

/// Days of somebody who is away.
pub fn days_away(name: &str, from: &str, until: &str, stand_in: Option<&str>) -> String {
    match stand_in {
        Some(stand_in) => format!("{name}: {from} to {until}. {stand_in} decides meanwhile."),
        None => format!("{name}: {from} to {until}. Nobody decides meanwhile."),
    }
}

/// The viewer's own days.
pub fn own_days(from: &str, until: &str, stand_in: Option<&str>) -> String {
    match stand_in {
        Some(stand_in) => format!("Away from {from} to {until}. {stand_in} decides meanwhile."),
        None => format!("Away from {from} to {until}. Nobody decides meanwhile."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use offer::field::{PAY_BASE, START};
    use offer::money::{Hundredths, Money};
    use offer::policy::RangeFrom;

    #[test]
    fn a_group_says_how_many_are_missing() {
        assert_eq!(group(&["Ana Ruiz".to_owned()], 2, 1), "1 of 2 approved (Ana Ruiz); one more.");
        assert_eq!(group(&[], 3, 3), "0 of 3 approved; 3 more.");
    }

    #[test]
    fn a_range_says_its_ends_and_the_room_that_is_left() {
        let money = |cents| Some(Value::Money(Money::cents(cents)));
        let range = ApprovedRange { field: PAY_BASE, low: money(11_800_000), high: money(12_800_000), from: RangeFrom::Approver };
        let room = Room { below: money(600_000), above: money(400_000) };
        assert_eq!(
            span(&range, &room, &FieldTable::default()),
            "Base pay: $118,000 to $128,000 is approved. It can still move $6,000 down or $4,000 up without asking again."
        );
        let days =
            ApprovedRange { field: START, low: None, high: Some(Value::Date("2027-01-25".parse().unwrap())), from: RangeFrom::Approver };
        let room = Room { below: None, above: Some(Value::Number(Hundredths::whole(14))) };
        assert!(span(&days, &room, &FieldTable::default()).ends_with("It can still move 14 days later without asking again."));
    }
}
