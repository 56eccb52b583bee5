//! What the checks found, with the figures they rest on.

use offer::check::{CapFrom, Fact, FactKind, Finding, Strength};
use offer::field::{FieldKey, FieldTable};
use offer::id::{ClauseKey, ClientCode};
use offer::money::{BasisPoints, Money};
use offer::playbook::CapOn;
use offer::terms::Value;

use super::{date, field, money, role};

/// How strong a finding is, as a mark.
pub const fn strength(strength: Strength) -> &'static str {
    match strength {
        Strength::Note => "To know",
        Strength::Reason => "Needs a reason",
        Strength::Approval => "Needs approval",
        Strength::Block => "Must be mended",
    }
}

/// The code of a strength, for the style.
pub const fn strength_code(strength: Strength) -> &'static str {
    match strength {
        Strength::Note => "note",
        Strength::Reason => "reason",
        Strength::Approval => "approval",
        Strength::Block => "block",
    }
}

/// Several findings in one line, each with its field.
pub fn listed(findings: &[Finding], table: &FieldTable) -> String {
    findings
        .iter()
        .map(|finding| format!("{}: {}", field::label_of(&finding.field, table), fact(&finding.fact)))
        .collect::<Vec<_>>()
        .join(" ")
}

/// A finding as a sentence with its figures.
pub fn fact(fact: &Fact) -> String {
    let amount = |value: &Money| money::amount(*value);
    let percent = |value: &BasisPoints| money::percent(*value);
    match fact {
        Fact::AboveBand { pay, max, over } => {
            format!("Pay of {} is above the band, which ends at {}: {} over.", amount(pay), amount(max), percent(over))
        }
        Fact::BelowBand { pay, min } => format!("Pay of {} is below the band, which begins at {}.", amount(pay), amount(min)),
        Fact::NoBand => "There is no pay band for this department, level, state and pay basis, so pay was not compared.".to_owned(),
        Fact::StaleBand { benchmarked_on } => {
            format!("The pay band was last compared with the market on {}, more than a year ago.", date::day(*benchmarked_on))
        }
        Fact::OutsideRequisition { pay, min, max } => {
            format!("Pay of {} is outside what the opening allows: {} to {}.", amount(pay), amount(min), amount(max))
        }
        Fact::OverBudget { budget: Some(budget), committed: Some(committed), this: Some(this) } => format!(
            "This offer commits {} and the opening's other offers {}, more than the opening's budget of {}.",
            amount(this),
            amount(committed),
            amount(budget)
        ),
        Fact::OverBudget { .. } => "This offer and the opening's other offers commit more than its budget.".to_owned(),
        Fact::OverCap { on, amount, most, markup, markup_most, from, client } => {
            over_cap(*on, *amount, *most, *markup, *markup_most, (*from, client.as_ref()))
        }
        Fact::BelowMarkupFloor { markup, floor } => {
            format!("Markup of {} is below the lowest for this client, {}.", percent(markup), percent(floor))
        }
        Fact::NoMargin { margin } => {
            format!("The bill rate does not cover pay, burden and fees: {} remains of each hour.", amount(margin))
        }
        Fact::UnknownClient { client } => format!("The playbook has no client {client}."),
        Fact::ClauseMissing { clause, title } => {
            format!("The client requires the clause \"{}\", and the letter does not have it.", clause_title(clause, title))
        }
        Fact::UnknownClause { clause } => format!("The playbook has no clause {clause}."),
        Fact::NonStandardClause { clause, title } => {
            format!("The clause \"{}\" is not one of the firm's standard clauses.", clause_title(clause, title))
        }
        Fact::SpecialTerms => "The offer has special terms in its own words.".to_owned(),
        Fact::AttachmentMissing { attachment } => {
            format!("The client requires the document \"{attachment}\", and the letter does not name it.")
        }
        Fact::PurchaseOrderMissing => "The client requires a purchase order, and there is none.".to_owned(),
        Fact::OverSeats { seats_free: Some(seats_free), live: Some(live) } => {
            format!("{live} offers wait for a seat, this one among them, and {}.", free_seats(*seats_free))
        }
        Fact::OverSeats { .. } => "More offers wait for a seat than are free.".to_owned(),
        Fact::SheetReviewDue { review_on } => format!("The client's sheet was due for review on {}.", date::day(*review_on)),
        Fact::StartPassed { start } => format!("The start, {}, has passed.", date::day(*start)),
        Fact::AcceptByPassed { accept_by } => format!("The accept-by, {}, has passed.", date::day(*accept_by)),
        Fact::FixedPay { offered, pay } => format!(
            "Pay of this level is published and not negotiated: {} was offered, and it would become {}.",
            amount(offered),
            amount(pay)
        ),
        Fact::SpokenDiffers { spoken: None, .. } => "The letter says something else here than was said to the candidate.".to_owned(),
        Fact::SpokenDiffers { spoken: Some(spoken), written } => format!(
            "The candidate was told {}, and the letter would say {}.",
            plain(spoken),
            written.as_ref().map_or_else(|| "nothing".to_owned(), plain)
        ),
        Fact::CannotCheck { needs } => cannot_check(needs),
    }
}

/// That a check could not be made, and what to look over.
fn cannot_check(needs: &[FieldKey]) -> String {
    let table = FieldTable::default();
    let labels: Vec<String> = needs.iter().map(|key| field::label_of(key, &table)).collect();
    let over = if labels.is_empty() { "the figures it needs".to_owned() } else { labels.join(" and ") };
    format!("This check could not be made. Look over {over}: it is made once they fit together.")
}

/// A clause by its title; by its key where the finding is older than titles in findings.
fn clause_title(clause: &ClauseKey, title: &str) -> String {
    if title.is_empty() { role::read_out(clause.as_str()) } else { title.to_owned() }
}

/// What a check looks for, after "no finding of": for steps that are not needed.
pub const fn not_found(kind: FactKind) -> &'static str {
    match kind {
        FactKind::AboveBand => "no pay band is exceeded",
        FactKind::BelowBand => "pay is not below a pay band",
        FactKind::NoBand => "there is a pay band to compare with",
        FactKind::StaleBand => "the pay band is less than a year old",
        FactKind::OutsideRequisition => "pay is within what the opening allows",
        FactKind::OverBudget => "no budget is exceeded",
        FactKind::OverCap => "no cap is exceeded",
        FactKind::BelowMarkupFloor => "the markup is not below the client's floor",
        FactKind::NoMargin => "the bill rate covers pay, burden and fees",
        FactKind::UnknownClient => "the client is known",
        FactKind::ClauseMissing => "every clause the client requires is there",
        FactKind::UnknownClause => "every clause is known",
        FactKind::NonStandardClause => "every clause is standard",
        FactKind::SpecialTerms => "there are no special terms",
        FactKind::AttachmentMissing => "every document the client requires is named",
        FactKind::PurchaseOrderMissing => "no purchase order is missing",
        FactKind::OverSeats => "there is a free seat for every offer",
        FactKind::SheetReviewDue => "the client's sheet is up to date",
        FactKind::StartPassed => "the start lies ahead",
        FactKind::AcceptByPassed => "the accept-by lies ahead",
        FactKind::FixedPay => "pay is as it was published, or open to negotiation",
        FactKind::SpokenDiffers => "the letter says what was said",
        FactKind::CannotCheck => "every figure could be computed",
    }
}

fn over_cap(
    on: CapOn,
    amount: Option<Money>,
    most: Option<Money>,
    markup: Option<BasisPoints>,
    markup_most: Option<BasisPoints>,
    (from, client): (CapFrom, Option<&ClientCode>),
) -> String {
    let what = match on {
        CapOn::Bill => "bill rate",
        CapOn::Pay => "pay",
        CapOn::Markup => "markup",
    };
    let place = match from {
        CapFrom::Requisition => "on the opening".to_owned(),
        CapFrom::Sheet => client.map_or_else(|| "on the client's sheet".to_owned(), |client| format!("of client {client}")),
    };
    let value = amount.map(money::amount).or(markup.map(money::percent)).unwrap_or_default();
    let cap = most.map(money::amount).or(markup_most.map(money::percent)).unwrap_or_default();
    format!("The {what} of {value} is above the cap of {cap} {place}.")
}

fn plain(value: &Value) -> String {
    match value {
        Value::Money(value) => money::amount(*value),
        Value::Percent(value) => money::percent(*value),
        Value::Number(value) => money::number(*value),
        Value::Date(day) => date::day(*day),
        other => other.typed(),
    }
}

fn free_seats(free: u32) -> String {
    match free {
        0 => "no seat is free".to_owned(),
        1 => "only 1 seat is free".to_owned(),
        several => format!("only {several} seats are free"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_names_its_figures() {
        let fact = self::fact(&Fact::OverCap {
            on: CapOn::Pay,
            amount: Some(Money::cents(6_200)),
            most: Some(Money::cents(6_000)),
            markup: None,
            markup_most: None,
            from: CapFrom::Requisition,
            client: None,
        });
        assert_eq!(fact, "The pay of $62.00 is above the cap of $60.00 on the opening.");
    }

    #[test]
    fn a_finding_whose_figures_are_not_seen_says_that_it_is_so() {
        let without = [Fact::OverBudget { budget: None, committed: None, this: None }, Fact::OverSeats { seats_free: None, live: None }];
        for fact in without.map(|fact| self::fact(&fact)) {
            assert!(fact.ends_with('.') && !fact.contains(|c: char| c.is_ascii_digit() || c == '$'), "{fact}");
        }
    }

    #[test]
    fn every_kind_of_finding_has_words_for_its_absence() {
        for kind in FactKind::ALL {
            assert!(!not_found(kind).is_empty());
        }
    }
}
