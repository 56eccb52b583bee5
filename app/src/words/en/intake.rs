//! What the intake says while somebody types.

use offer::check::BandPlace;
use offer::engagement::PayBasis;
use offer::money::{BasisPoints, Money};

use super::money;

/// The panel beside the form.
pub const PANEL: &str = "As it stands";
/// Nothing is missing or wrong.
pub const COMPLETE: &str = "Everything that is needed is filled in.";
/// A figure.
pub const PAY_IN_BAND: &str = "Pay in its band";
/// No pay yet.
pub const NO_PAY: &str = "Where the pay stands in its band is shown here once pay basis and base pay are filled in.";
/// No band.
pub const NO_BAND: &str = "There is no pay band for this department, level, state and pay basis.";
/// A figure that cannot be computed yet.
pub const NOT_YET: &str = "Not known yet";
/// A figure.
pub const BUDGET_LEFT: &str = "Budget left";
/// The status of saving, for a screen reader.
pub const SAVING_STATE: &str = "Saving";
/// Nothing was typed yet.
pub const SAVES_ITSELF: &str = "Every change is saved as you type.";
/// A save is under way.
pub const SAVING: &str = "Saving";
/// Everything is kept.
pub const SAVED: &str = "Saved";
/// The server is away.
pub const RETRYING: &str = "Not saved: retrying. Keep this page open, nothing you typed is lost.";
/// The server is away, and somebody wants to go on.
pub const RETRYING_THEN_ON: &str = "Not saved: retrying. As soon as it is saved, you go on.";
/// The session has ended.
pub const SIGNED_OUT: &str = "Not saved: you are signed out. Sign in in another window, and it is saved.";
/// The draft takes nothing any more.
pub const NOT_TAKEN: &str = "Not saved: this draft takes no changes any more. Load the page again.";
/// Two wrote the same field.
pub const DECIDE_FIRST: &str = "Not saved: somebody else changed a field that you changed too. Choose which answer stands.";
/// Button.
pub const KEEP_MINE: &str = "Keep mine";
/// Button.
pub const TAKE_THEIRS: &str = "Take theirs";

/// The band while no pay is typed.
pub fn band_before_pay(min: Money, mid: Money, max: Money) -> String {
    let [min, mid, max] = [min, mid, max].map(money::amount);
    format!("The band goes from {min} to {max}, with {mid} in the middle. Where the pay stands in it is shown once base pay is filled in.")
}

/// Where pay stands in its band, in one sentence: "$62.00 an hour: 104% of the middle of the band, in its upper third ($54.00 to $68.00)."
pub fn pay_in_band(pay: Money, basis: PayBasis, of_middle: BasisPoints, place: BandPlace, min: Money, max: Money) -> String {
    let whole = of_middle.0.saturating_add(50) / 100;
    format!(
        "{} {}: {whole}% of the middle of the band, {} ({} to {}).",
        money::amount(pay),
        money::per(basis),
        band_place(place),
        money::amount(min),
        money::amount(max)
    )
}

const fn band_place(place: BandPlace) -> &'static str {
    match place {
        BandPlace::Below => "below its lowest pay",
        BandPlace::LowerThird => "in its lower third",
        BandPlace::MiddleThird => "in its middle third",
        BandPlace::UpperThird => "in its upper third",
        BandPlace::Above => "above its highest pay",
    }
}

/// The code of a place in a band, for the style.
pub const fn band_place_code(place: BandPlace) -> &'static str {
    match place {
        BandPlace::Below => "below",
        BandPlace::LowerThird | BandPlace::MiddleThird | BandPlace::UpperThird => "inside",
        BandPlace::Above => "above",
    }
}

/// What a budget leaves, once this offer and the other live ones are paid.
pub fn budget_left(left: Money) -> String {
    if left < Money::default() {
        format!("Over by {}", money::amount(Money::cents(left.minor.saturating_neg())))
    } else {
        money::amount(left)
    }
}

/// What a budget left is of.
pub fn of_budget(budget: Money, others: Money) -> String {
    if others == Money::default() {
        format!("of {}, after this offer", money::amount(budget))
    } else {
        format!("of {}, after this offer and {} for the other live ones", money::amount(budget), money::amount(others))
    }
}

/// What stands for an overtime rule where the classification leaves none.
pub const NO_OVERTIME: &str = "none, for the position is exempt";

/// How many rules the viewer may not read.
pub fn checked_on_the_server(rules: u32) -> Option<String> {
    match rules {
        0 => None,
        1 => Some("1 more rule is checked on the server.".to_owned()),
        several => Some(format!("{several} more rules are checked on the server.")),
    }
}

/// A step whose decider nobody named yet: "Whoever is chosen as: Hiring manager".
pub fn to_be_chosen(relation: &str) -> String {
    format!("Not chosen yet: {}", relation.to_lowercase())
}

/// Somebody else wrote a field that was not touched here.
pub fn came_in(by: &str) -> String {
    format!("{} wrote this just now.", somebody(by))
}

/// Somebody else wrote a field that was changed here too.
pub fn changed_meanwhile(by: &str, theirs: &str) -> String {
    let theirs = if theirs.trim().is_empty() { "emptied it".to_owned() } else { format!("wrote \u{201c}{theirs}\u{201d}") };
    format!("{} {theirs} meanwhile.", somebody(by))
}

fn somebody(by: &str) -> &str {
    if by.is_empty() { "You, in another window," } else { by }
}

/// What is said when a field is left with a problem: "Base pay: Write an amount.."
pub fn problem_at(label: &str, problem: &str) -> String {
    format!("{label}: {problem}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_in_a_band_is_one_sentence() {
        let cents = Money::cents;
        let said = pay_in_band(cents(6_200), PayBasis::Hourly, BasisPoints(10_412), BandPlace::UpperThird, cents(5_400), cents(6_400));
        assert_eq!(said, "$62.00 an hour: 104% of the middle of the band, in its upper third ($54.00 to $64.00).");
    }

    #[test]
    fn a_budget_that_does_not_suffice_says_by_how_much() {
        assert_eq!(budget_left(Money::cents(-1_250_050)), "Over by $12,500.50");
        assert_eq!(budget_left(Money::cents(21_000_000)), "$210,000");
    }
}
