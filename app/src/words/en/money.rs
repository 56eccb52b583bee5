//! Amounts, percentages and numbers.

use offer::engagement::PayBasis;
use offer::money::{BasisPoints, Hundredths, Money};

/// `$62.50`, `$118,000`, `-$3.10`: cents only where there are any, or where the amount is a rate below a thousand.
pub fn amount(money: Money) -> String {
    let sign = if money.minor < 0 { "-" } else { "" };
    let cents = money.minor.unsigned_abs();
    let whole = grouped(cents / 100);
    if cents.is_multiple_of(100) && cents >= 100_000 { format!("{sign}${whole}") } else { format!("{sign}${whole}.{:02}", cents % 100) }
}

/// `24%`, `3.5%`.
pub fn percent(points: BasisPoints) -> String {
    format!("{points}%")
}

/// `36`, `37.5`, `1,250`.
pub fn number(number: Hundredths) -> String {
    let sign = if number.0 < 0 { "-" } else { "" };
    let units = number.0.unsigned_abs();
    let fraction = match units % 100 {
        0 => String::new(),
        tenths if tenths % 10 == 0 => format!(".{}", tenths / 10),
        both => format!(".{both:02}"),
    };
    format!("{sign}{}{fraction}", grouped(units / 100))
}

/// A ratio of a whole, as compa-ratios are written: `1.04`.
pub fn ratio(points: BasisPoints) -> String {
    let hundredths = points.0.saturating_add(50) / 100;
    format!("{}.{:02}", hundredths / 100, (hundredths % 100).unsigned_abs())
}

/// What one unit of pay is for.
pub const fn per(basis: PayBasis) -> &'static str {
    match basis {
        PayBasis::Hourly => "an hour",
        PayBasis::Salary => "a year",
    }
}

pub(super) fn grouped(whole: u64) -> String {
    let digits = whole.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_written_as_people_write_dollars() {
        for (cents, text) in
            [(6_250, "$62.50"), (11_800_000, "$118,000"), (62_00, "$62.00"), (125_050, "$1,250.50"), (-310, "-$3.10"), (0, "$0.00")]
        {
            assert_eq!(amount(Money::cents(cents)), text);
        }
    }

    #[test]
    fn numbers_and_ratios_lose_no_digit() {
        assert_eq!(number(Hundredths(3_750)), "37.5");
        assert_eq!(number(Hundredths(125_000)), "1,250");
        assert_eq!(number(Hundredths(105)), "1.05");
        assert_eq!(ratio(BasisPoints(10_412)), "1.04");
        assert_eq!(percent(BasisPoints(350)), "3.5%");
    }
}
