//! The one text of a JSON value (RFC 8785).

use std::fmt::Write;

use serde_json::{Map, Number, Value};

/// The largest integer that every reader of JSON keeps exactly: 2^53 - 1 (RFC 7493).
pub const LARGEST_INTEGER: u64 = (1 << 53) - 1;

/// Why a value has no canonical text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCanonical {
    /// An integer beyond 2^53 - 1 in either direction: another reader would round it.
    IntegerTooLarge,
    /// A number that JSON cannot write.
    NotANumber,
}

/// The one text of a JSON value, by RFC 8785: keys sorted by UTF-16 code unit, no space, numbers as ECMAScript writes them.
///
/// Equal values have equal texts on every machine, so their hashes can be compared.
///
/// # Errors
/// [`NotCanonical`] for a number that not every reader would read alike.
pub fn canonical(value: &Value) -> Result<String, NotCanonical> {
    let mut text = String::new();
    write_value(&mut text, value)?;
    Ok(text)
}

fn write_value(text: &mut String, value: &Value) -> Result<(), NotCanonical> {
    match value {
        Value::Null => text.push_str("null"),
        Value::Bool(true) => text.push_str("true"),
        Value::Bool(false) => text.push_str("false"),
        Value::Number(number) => write_number(text, number)?,
        Value::String(string) => write_string(text, string),
        Value::Array(items) => write_array(text, items)?,
        Value::Object(members) => write_object(text, members)?,
    }
    Ok(())
}

fn write_array(text: &mut String, items: &[Value]) -> Result<(), NotCanonical> {
    text.push('[');
    for (position, item) in items.iter().enumerate() {
        if position > 0 {
            text.push(',');
        }
        write_value(text, item)?;
    }
    text.push(']');
    Ok(())
}

fn write_object(text: &mut String, members: &Map<String, Value>) -> Result<(), NotCanonical> {
    let mut members: Vec<_> = members.iter().collect();
    members.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
    text.push('{');
    for (position, (key, value)) in members.into_iter().enumerate() {
        if position > 0 {
            text.push(',');
        }
        write_string(text, key);
        text.push(':');
        write_value(text, value)?;
    }
    text.push('}');
    Ok(())
}

fn write_string(text: &mut String, string: &str) {
    text.push('"');
    for character in string.chars() {
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\u{8}' => text.push_str("\\b"),
            '\t' => text.push_str("\\t"),
            '\n' => text.push_str("\\n"),
            '\u{c}' => text.push_str("\\f"),
            '\r' => text.push_str("\\r"),
            control @ '\0'..='\u{1f}' => push(text, format_args!("\\u{:04x}", u32::from(control))),
            other => text.push(other),
        }
    }
    text.push('"');
}

fn write_number(text: &mut String, number: &Number) -> Result<(), NotCanonical> {
    if let Some(integer) = number.as_i64() {
        if integer.unsigned_abs() > LARGEST_INTEGER {
            return Err(NotCanonical::IntegerTooLarge);
        }
        push(text, format_args!("{integer}"));
        return Ok(());
    }
    if number.is_u64() {
        return Err(NotCanonical::IntegerTooLarge); // it did not fit an i64
    }
    match number.as_f64() {
        Some(0.0) => text.push('0'), // minus zero too
        Some(double) if double.is_finite() => write_double(text, &number.to_string()),
        _ => return Err(NotCanonical::NotANumber),
    }
    Ok(())
}

/// A double as ECMAScript's `Number::toString` writes it: the shortest digits that read back as the same double.
///
/// serde_json writes the same digits (the even one of two equally near, where Rust's own formatting differs); the layout is ours.
fn write_double(text: &mut String, written: &str) {
    let (sign, written) = written.strip_prefix('-').map_or(("", written), |rest| ("-", rest));
    let (mantissa, exponent) = written.split_once('e').unwrap_or((written, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let all = format!("{whole}{fraction}");
    let significant = all.trim_start_matches('0');
    let digits = significant.trim_end_matches('0');
    // Where the point stands, counted from the first digit.
    let point = signed(whole.len()) - signed(all.len() - significant.len()) + exponent.parse().unwrap_or(0);
    text.push_str(sign);
    match point {
        1..=21 if signed(digits.len()) <= point => {
            text.push_str(digits);
            zeros(text, point - signed(digits.len()));
        }
        1..=21 => {
            let (whole, fraction) = digits.split_at(usize::try_from(point).unwrap_or(0));
            push(text, format_args!("{whole}.{fraction}"));
        }
        -5..=0 => {
            text.push_str("0.");
            zeros(text, -point);
            text.push_str(digits);
        }
        _ => {
            let (first, rest) = digits.split_at(1);
            let dot = if rest.is_empty() { "" } else { "." };
            push(text, format_args!("{first}{dot}{rest}e{:+}", point - 1));
        }
    }
}

fn signed(length: usize) -> i32 {
    i32::try_from(length).unwrap_or(i32::MAX) // a double has some 17 digits
}

fn zeros(text: &mut String, count: i32) {
    text.extend((0..count).map(|_| '0'));
}

fn push(text: &mut String, piece: std::fmt::Arguments<'_>) {
    // Writing into a String cannot fail.
    let _ = text.write_fmt(piece);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn canonical_of(text: &str) -> String {
        canonical(&serde_json::from_str(text).unwrap()).unwrap()
    }

    fn double(bits: u64) -> String {
        canonical(&json!(f64::from_bits(bits))).unwrap()
    }

    // RFC 8785, section 3.2.2 and 3.2.3, and the vectors of its authors: arrays, french, structures, unicode, values, weird.

    #[test]
    fn vector_arrays() {
        assert_eq!(
            canonical_of("[\n  56,\n  {\n    \"d\": true,\n    \"10\": null,\n    \"1\": [ ]\n  }\n]\n"),
            r#"[56,{"1":[],"10":null,"d":true}]"#
        );
    }

    #[test]
    fn vector_french() {
        assert_eq!(
            canonical_of(
                r#"{ "peach": "This sorting order", "péché": "is wrong according to French",
                     "pêche": "but canonicalization MUST", "sin":   "ignore locale" }"#
            ),
            r#"{"peach":"This sorting order","péché":"is wrong according to French","pêche":"but canonicalization MUST","sin":"ignore locale"}"#
        );
    }

    #[test]
    fn vector_structures() {
        assert_eq!(
            canonical_of(
                r#"{ "1": {"f": {"f": "hi","F": 5} ,"\n": 56.0}, "10": { }, "": "empty", "a": { },
                     "111": [ {"e": "yes","E": "no" } ], "A": { } }"#
            ),
            r#"{"":"empty","1":{"\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{"E":"no","e":"yes"}],"A":{},"a":{}}"#
        );
    }

    #[test]
    fn vector_unicode_is_not_normalised() {
        assert_eq!(canonical_of(r#"{ "Unnormalized Unicode":"A\u030a" }"#), "{\"Unnormalized Unicode\":\"A\u{30a}\"}");
    }

    /// The numbers are read by Rust: serde_json's fast reader may miss the last digit of a double. Our events hold none.
    #[test]
    fn vector_values() {
        let strings_and_literals = r#"{ "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false] }"#;
        let mut value: Value = serde_json::from_str(strings_and_literals).unwrap();
        let numbers = ["333333333.33333329", "1E30", "4.50", "2e-3", "0.000000000000000000000000001"];
        value["numbers"] = numbers.map(|number| number.parse::<f64>().unwrap()).to_vec().into();
        assert_eq!(
            canonical(&value).unwrap(),
            r#"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}"#
        );
    }

    #[test]
    fn vector_weird_sorts_by_utf_16() {
        assert_eq!(
            canonical_of(
                r#"{ "\u20ac": "Euro Sign", "\r": "Carriage Return", "\u000a": "Newline", "1": "One", "\u0080": "Control\u007f",
                     "\ud83d\ude02": "Smiley", "\u00f6": "Latin Small Letter O With Diaeresis",
                     "\ufb33": "Hebrew Letter Dalet With Dagesh", "</script>": "Browser Challenge" }"#
            ),
            "{\"\\n\":\"Newline\",\"\\r\":\"Carriage Return\",\"1\":\"One\",\"</script>\":\"Browser Challenge\",\"\u{80}\":\"Control\u{7f}\",\
             \"\u{f6}\":\"Latin Small Letter O With Diaeresis\",\"\u{20ac}\":\"Euro Sign\",\"\u{1f602}\":\"Smiley\",\
             \"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}"
        );
    }

    /// RFC 8785, appendix B.
    #[test]
    fn doubles_are_written_as_ecmascript_writes_them() {
        for (bits, text) in [
            (0x0000_0000_0000_0000, "0"),
            (0x8000_0000_0000_0000, "0"),
            (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"),
            (0x7fef_ffff_ffff_ffff, "1.7976931348623157e+308"),
            (0xffef_ffff_ffff_ffff, "-1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"),
            (0xc340_0000_0000_0000, "-9007199254740992"),
            (0x4430_0000_0000_0000, "295147905179352830000"),
            (0x44b5_2d02_c7e1_4af5, "9.999999999999997e+22"),
            (0x44b5_2d02_c7e1_4af6, "1e+23"),
            (0x44b5_2d02_c7e1_4af7, "1.0000000000000001e+23"),
            (0x444b_1ae4_d6e2_ef4e, "999999999999999700000"),
            (0x444b_1ae4_d6e2_ef4f, "999999999999999900000"),
            (0x444b_1ae4_d6e2_ef50, "1e+21"),
            (0x3eb0_c6f7_a0b5_ed8c, "9.999999999999997e-7"),
            (0x3eb0_c6f7_a0b5_ed8d, "0.000001"),
            (0x41b3_de43_5555_5553, "333333333.3333332"),
            (0x41b3_de43_5555_5554, "333333333.33333325"),
            (0x41b3_de43_5555_5555, "333333333.3333333"),
            (0x41b3_de43_5555_5556, "333333333.3333334"),
            (0x41b3_de43_5555_5557, "333333333.33333343"),
            (0xbecb_f647_612f_3696, "-0.0000033333333333333333"),
            (0x4314_3ff3_c1cb_0959, "1424953923781206.2"),
        ] {
            assert_eq!(double(bits), text, "{bits:016x}");
        }
    }

    #[test]
    fn an_integer_that_a_reader_would_round_is_refused() {
        assert_eq!(canonical_of("[9007199254740991,-9007199254740991]"), "[9007199254740991,-9007199254740991]");
        for text in ["9007199254740992", "-9007199254740992", "9223372036854775808", "-9223372036854775808", "18446744073709551615"] {
            assert_eq!(canonical(&serde_json::from_str(text).unwrap()), Err(NotCanonical::IntegerTooLarge), "{text}");
        }
    }

    #[test]
    fn control_characters_have_one_escape_each() {
        assert_eq!(
            canonical(&json!("\u{0}\u{8}\t\n\u{b}\u{c}\r\u{1f} \u{7f}/")).unwrap(),
            "\"\\u0000\\b\\t\\n\\u000b\\f\\r\\u001f \u{7f}/\""
        );
    }

    #[test]
    fn the_canonical_text_of_a_canonical_text_is_itself() {
        let once = canonical_of(r#"{"z":[1.5,-0.0,{"b":"\u20ac","a":{}}],"\ud83d\ude02":null}"#);
        assert_eq!(canonical_of(&once), once);
    }
}
