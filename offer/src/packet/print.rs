//! How values read in a letter, in US English. The letter is a document of the firm: these forms are part of it, and the
//! one place in the model that makes words.

use chrono::{Datelike, NaiveTime, Timelike};

use super::datum::{Datum, Deadline, Period};
use super::format::Format;
use crate::moment::Day;
use crate::money::{BasisPoints, Currency, Hundredths, Money};

/// Prints one value; nothing when the format does not suit it.
#[must_use]
pub fn datum(datum: &Datum, format: Format) -> Option<String> {
    match (format, datum) {
        (Format::Text, Datum::Text(text)) => Some(text.trim().replace('\t', " ")),
        (Format::Text, Datum::Choice(code)) => Some(self::code(code)),
        (Format::Text, Datum::YesNo(yes)) => Some(if *yes { "yes" } else { "no" }.to_owned()),
        (Format::Money, Datum::Money(amount)) => Some(money(*amount)),
        (Format::Money, Datum::Rate(rate)) => Some(money(rate.money)),
        (Format::MoneyPerPeriod, Datum::Rate(rate)) => Some(format!("{} {}", money(rate.money), per(rate.period))),
        (Format::AnnualEquivalent, Datum::Rate(rate)) => rate.annual.map(money),
        (Format::Date, Datum::Day(day)) => Some(date(*day)),
        (Format::DateWithDay, Datum::Day(day)) => Some(date_with_day(*day)),
        (Format::Deadline, Datum::Deadline(deadline)) => Some(self::deadline(deadline)),
        (Format::Percent, Datum::Percent(share)) => Some(percent(*share)),
        (Format::Number, Datum::Number(number)) => Some(self::number(*number)),
        (Format::List | Format::Items, Datum::List(codes)) => Some(list(&codes.iter().map(|code| self::code(code)).collect::<Vec<_>>())),
        _ => None,
    }
}

/// `$62.50`, `$135,000`: whole amounts from a thousand upwards are written without cents.
#[must_use]
pub fn money(amount: Money) -> String {
    let minor = amount.minor.unsigned_abs();
    let sign = if amount.minor < 0 { "-" } else { "" };
    let (whole, cents) = (grouped(minor / 100), minor % 100);
    let digits = if cents == 0 && minor >= 100_000 { whole } else { format!("{whole}.{cents:02}") };
    match amount.currency {
        Currency::Usd => format!("{sign}${digits}"),
    }
}

/// `per hour`.
#[must_use]
pub fn per(period: Period) -> &'static str {
    match period {
        Period::Hour => "per hour",
        Period::Week => "per week",
        Period::TwoWeeks => "every two weeks",
        Period::HalfMonth => "twice a month",
        Period::Month => "per month",
        Period::Year => "per year",
    }
}

/// A code as a reader says it: `non-exempt`, `every two weeks`; one that has no saying, with its underscores as spaces.
#[must_use]
pub fn code(code: &str) -> String {
    match code {
        "full_time" => "full-time".to_owned(),
        "part_time" => "part-time".to_owned(),
        "non_exempt" => "non-exempt".to_owned(),
        "weekly" => "every week".to_owned(),
        "biweekly" => "every two weeks".to_owned(),
        "semimonthly" => "twice a month".to_owned(),
        "monthly" => "every month".to_owned(),
        "options" => "stock options".to_owned(),
        "rsu" => "restricted stock units".to_owned(),
        "license" => "professional license".to_owned(),
        other => other.replace('_', " "),
    }
}

/// `January 11, 2027`.
#[must_use]
pub fn date(day: Day) -> String {
    format!("{} {}, {}", month(day), day.day(), day.year())
}

/// `Monday, January 11, 2027`.
#[must_use]
pub fn date_with_day(day: Day) -> String {
    let weekday = match day.weekday() {
        chrono::Weekday::Mon => "Monday",
        chrono::Weekday::Tue => "Tuesday",
        chrono::Weekday::Wed => "Wednesday",
        chrono::Weekday::Thu => "Thursday",
        chrono::Weekday::Fri => "Friday",
        chrono::Weekday::Sat => "Saturday",
        chrono::Weekday::Sun => "Sunday",
    };
    format!("{weekday}, {}", date(day))
}

/// `5:00 PM Pacific Time on Friday, January 15, 2027`.
#[must_use]
pub fn deadline(deadline: &Deadline) -> String {
    format!("{} {} on {}", time(deadline.local.time()), zone(&deadline.zone), date_with_day(deadline.local.date()))
}

/// `5:00 PM`, `12:00 noon`.
#[must_use]
pub fn time(time: NaiveTime) -> String {
    let (afternoon, hour) = time.hour12();
    if (time.hour(), time.minute()) == (12, 0) {
        return "12:00 noon".to_owned();
    }
    format!("{hour}:{:02} {}", time.minute(), if afternoon { "PM" } else { "AM" })
}

/// `Pacific Time`, or the zone's own name where it has no common one in the United States.
#[must_use]
pub fn zone(name: &str) -> String {
    match name {
        "America/New_York" | "America/Detroit" => "Eastern Time".to_owned(),
        "America/Chicago" => "Central Time".to_owned(),
        "America/Denver" | "America/Boise" => "Mountain Time".to_owned(),
        "America/Phoenix" => "Arizona Time".to_owned(),
        "America/Los_Angeles" => "Pacific Time".to_owned(),
        "America/Anchorage" => "Alaska Time".to_owned(),
        "Pacific/Honolulu" => "Hawaii Time".to_owned(),
        "UTC" | "Etc/UTC" => "UTC".to_owned(),
        other => format!("({})", other.replace('_', " ")),
    }
}

/// `3.5%`.
#[must_use]
pub fn percent(share: BasisPoints) -> String {
    format!("{share}%")
}

/// `37.5`, `10,000`.
#[must_use]
pub fn number(number: Hundredths) -> String {
    let magnitude = number.0.unsigned_abs();
    let sign = if number.0 < 0 { "-" } else { "" };
    let rest = format!("{:02}", magnitude % 100);
    match rest.trim_end_matches('0') {
        "" => format!("{sign}{}", grouped(magnitude / 100)),
        rest => format!("{sign}{}.{rest}", grouped(magnitude / 100)),
    }
}

/// `a, b and c`.
#[must_use]
pub fn list<T: AsRef<str>>(items: &[T]) -> String {
    let words: Vec<&str> = items.iter().map(AsRef::as_ref).collect();
    match words.as_slice() {
        [] => String::new(),
        [only] => (*only).to_owned(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// With its first letter as a capital.
#[must_use]
pub fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

fn month(day: Day) -> &'static str {
    match day.month() {
        1 => "January",
        2 => "February",
        3 => "March",
        4 => "April",
        5 => "May",
        6 => "June",
        7 => "July",
        8 => "August",
        9 => "September",
        10 => "October",
        11 => "November",
        _ => "December",
    }
}

fn grouped(whole: u64) -> String {
    let digits = whole.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> Day {
        Day::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn dates_and_times_read_as_americans_write_them() {
        assert_eq!(date(day(2027, 1, 11)), "January 11, 2027");
        let friday = Deadline { local: day(2027, 1, 15).and_hms_opt(17, 0, 0).unwrap(), zone: "America/Los_Angeles".into() };
        assert_eq!(deadline(&friday), "5:00 PM Pacific Time on Friday, January 15, 2027");
        assert_eq!(time(NaiveTime::from_hms_opt(0, 5, 0).unwrap()), "12:05 AM");
        assert_eq!(time(NaiveTime::from_hms_opt(12, 0, 0).unwrap()), "12:00 noon");
        assert_eq!(zone("Europe/Isle_of_Man"), "(Europe/Isle of Man)");
    }

    #[test]
    fn money_shows_cents_unless_it_is_a_whole_amount_from_a_thousand_upwards() {
        for (cents, text) in
            [(6_250, "$62.50"), (6_200, "$62.00"), (13_500_000, "$135,000"), (519_231, "$5,192.31"), (-100, "-$1.00"), (0, "$0.00")]
        {
            assert_eq!(money(Money::cents(cents)), text);
        }
    }

    #[test]
    fn shares_and_numbers_carry_no_idle_zeros() {
        assert_eq!(percent(BasisPoints(350)), "3.5%");
        for (hundredths, text) in [(3_750, "37.5"), (4_000, "40"), (1_000_000, "10,000"), (-150, "-1.5"), (5, "0.05")] {
            assert_eq!(number(Hundredths(hundredths)), text);
        }
    }

    #[test]
    fn a_list_reads_as_a_sentence() {
        assert_eq!(list::<&str>(&[]), "");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b"]), "a and b");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }
}
