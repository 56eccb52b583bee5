//! Money, percentages and plain numbers as checked integers; never a float.

use serde::{Deserialize, Serialize};

/// The largest integer that every JSON reader keeps exactly (2^53 - 1).
pub const JSON_INTEGER_MAX: i64 = 9_007_199_254_740_991;

/// The currency of an amount. The product serves US hiring; a second one is an event-shape decision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Currency {
    /// United States dollar, two decimals.
    #[default]
    #[serde(rename = "USD")]
    Usd,
}

/// An amount in minor units (cents).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Cents.
    pub minor: i64,
    /// What the cents are of.
    pub currency: Currency,
}

impl Money {
    /// An amount of US cents.
    pub const fn cents(minor: i64) -> Self {
        Self { minor, currency: Currency::Usd }
    }

    /// Reads what people type: `62.50`, `$62.5`, `118,000`, `1,250.00`. Anything else is not money: `62,5O`, `1,2`, `12.345`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix('$').unwrap_or(text).trim();
        decimal(text, 2).map(Self::cents)
    }

    /// The sum, or `None` beyond what JSON keeps exactly.
    #[must_use]
    pub fn checked_add(self, other: Self) -> Option<Self> {
        within(i128::from(self.minor) + i128::from(other.minor)).map(Self::cents)
    }

    /// The difference, or `None` beyond what JSON keeps exactly.
    #[must_use]
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        within(i128::from(self.minor) - i128::from(other.minor)).map(Self::cents)
    }

    /// This amount times `numerator / denominator`, rounded half away from zero at the cent.
    #[must_use]
    pub fn scaled(self, numerator: i64, denominator: i64) -> Option<Self> {
        divide_rounded(i128::from(self.minor) * i128::from(numerator), i128::from(denominator)).map(Self::cents)
    }

    /// This amount as a share of `whole`, in basis points; `None` for a whole of nothing.
    pub fn share_of(self, whole: Self) -> Option<BasisPoints> {
        divide_rounded(i128::from(self.minor) * 10_000, i128::from(whole.minor)).map(BasisPoints)
    }
}

impl std::fmt::Display for Money {
    /// Plain decimal without a sign of currency, as the field is typed: `62.50`.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write_hundredths(self.minor, 2, out)
    }
}

/// Hundredths of a percent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct BasisPoints(pub i64);

impl BasisPoints {
    /// The whole: 100 %.
    pub const WHOLE: i64 = 10_000;

    /// Reads percent as typed: `24`, `3.5`, `22.75%`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        decimal(text.strip_suffix('%').unwrap_or(text).trim(), 2).map(Self)
    }
}

impl std::fmt::Display for BasisPoints {
    /// Percent without trailing zeros: `3.5`.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write_hundredths(self.0, 0, out)
    }
}

/// A plain number with at most two decimals, such as hours per week or an overtime multiplier.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Hundredths(pub i64);

impl Hundredths {
    /// A whole number.
    pub const fn whole(number: i64) -> Self {
        Self(number * 100)
    }

    /// Reads a number as typed: `36`, `37.5`, `1,250`.
    pub fn parse(text: &str) -> Option<Self> {
        decimal(text.trim(), 2).map(Self)
    }
}

impl std::fmt::Display for Hundredths {
    /// Without trailing zeros: `37.5`.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write_hundredths(self.0, 0, out)
    }
}

/// `numerator / denominator`, half away from zero; `None` for a zero denominator or a result beyond what JSON keeps.
pub fn divide_rounded(numerator: i128, denominator: i128) -> Option<i64> {
    if denominator == 0 {
        return None;
    }
    let (numerator, denominator) = if denominator < 0 { (-numerator, -denominator) } else { (numerator, denominator) };
    let half = denominator / 2 * numerator.signum();
    let odd = if denominator % 2 == 0 { 0 } else { numerator.signum() };
    // an odd denominator has no exact half: (2n + d) / 2d avoids losing the remainder of d / 2
    let rounded = if odd == 0 { (numerator + half) / denominator } else { (2 * numerator + denominator * odd) / (2 * denominator) };
    within(rounded)
}

fn within(number: i128) -> Option<i64> {
    i64::try_from(number).ok().filter(|n| (-JSON_INTEGER_MAX..=JSON_INTEGER_MAX).contains(n))
}

/// Reads a decimal with at most `places` decimals into units of 10^-places. Group commas must stand at thousands.
fn decimal(text: &str, places: usize) -> Option<i64> {
    let (negative, text) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if whole.is_empty() || fraction.len() > places || text.ends_with('.') {
        return None;
    }
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let mut digits = String::from(first);
    let mut grouped = false;
    for group in groups {
        if group.len() != 3 {
            return None;
        }
        grouped = true;
        digits.push_str(group);
    }
    if grouped && (first.is_empty() || first.len() > 3) {
        return None;
    }
    digits.push_str(fraction);
    digits.extend(std::iter::repeat_n('0', places - fraction.len()));
    if digits.len() > 16 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number: i64 = digits.parse().ok()?;
    within(i128::from(if negative { -number } else { number }))
}

fn write_hundredths(number: i64, decimals_min: usize, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
    let sign = if number < 0 { "-" } else { "" };
    let (whole, rest) = (number.unsigned_abs() / 100, number.unsigned_abs() % 100);
    match (decimals_min, rest) {
        (0, 0) => write!(out, "{sign}{whole}"),
        (0, rest) if rest % 10 == 0 => write!(out, "{sign}{whole}.{}", rest / 10),
        _ => write!(out, "{sign}{whole}.{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_reads_what_people_type_and_refuses_what_only_looks_like_it() {
        for (typed, cents) in [("62.50", 6250), ("$62.5", 6250), (" 118,000 ", 11_800_000), ("1,250.00", 125_000), ("0", 0)] {
            assert_eq!(Money::parse(typed), Some(Money::cents(cents)), "{typed}");
        }
        for typed in ["62,5O", "1,2", "12.345", "", "$", ".5", "5.", "1e3", "٣", "99999999999999999", "1,234,5"] {
            assert_eq!(Money::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn rounding_is_half_away_from_zero() {
        for (numerator, denominator, rounded) in [(5, 2, 3), (-5, 2, -3), (4, 3, 1), (5, 3, 2), (-5, 3, -2), (1, 3, 0), (7, -2, -4)] {
            assert_eq!(divide_rounded(numerator, denominator), Some(rounded), "{numerator}/{denominator}");
        }
        assert_eq!(divide_rounded(1, 0), None);
    }

    #[test]
    fn numbers_print_as_typed() {
        assert_eq!(Money::cents(6250).to_string(), "62.50");
        assert_eq!(BasisPoints(350).to_string(), "3.5");
        assert_eq!(Hundredths(3600).to_string(), "36");
    }
}
