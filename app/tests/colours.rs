//! Every pair of colours in use can be read by day and by night (WCAG 2.2, 1.4.3 and 1.4.11).
#![cfg(test)]

use std::collections::BTreeMap;

const TOKENS: &str = include_str!("../../style/tokens.css");
const TEXT: f64 = 4.5;
const SHAPE: f64 = 3.0;

/// The colour by day and the colour by night, by token.
fn colours() -> BTreeMap<String, [[u8; 3]; 2]> {
    TOKENS
        .lines()
        .filter_map(|line| {
            let (name, value) = line.trim().strip_prefix("--")?.split_once(": light-dark(#")?;
            let (day, night) = value.strip_suffix(");")?.split_once(", #")?;
            Some((name.to_owned(), [channels(day)?, channels(night)?]))
        })
        .collect()
}

fn channels(hex: &str) -> Option<[u8; 3]> {
    let channel = |at: usize| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok();
    (hex.len() == 6).then_some([channel(0)?, channel(2)?, channel(4)?])
}

fn luminance(colour: [u8; 3]) -> f64 {
    let [red, green, blue] = colour.map(|channel| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[test]
fn every_pair_in_use_can_be_read_by_day_and_by_night() {
    let grounds = ["paper", "sheet", "wash"];
    let texts = ["ink", "ink-soft", "ink-faint", "sign", "sign-deep", "stop", "warn", "note"];
    let mut pairs: Vec<(&str, String, f64)> = Vec::new();
    for ground in grounds {
        pairs.extend(texts.map(|text| (text, ground.to_owned(), TEXT)));
        pairs.extend(["edge", "focus"].map(|shape| (shape, ground.to_owned(), SHAPE)));
    }
    for tone in ["sign", "stop", "warn", "note"] {
        let wash = format!("{tone}-wash");
        pairs.extend(["ink", "ink-soft", tone].map(|text| (text, wash.clone(), TEXT)));
    }
    pairs
        .extend([("on-sign", "sign"), ("on-sign", "sign-deep"), ("on-stop", "stop")].map(|(text, ground)| (text, ground.to_owned(), TEXT)));

    let colours = colours();
    for (front, ground, least) in pairs {
        for ((scheme, one), other) in ["day", "night"].iter().zip(colours[front]).zip(colours[&ground]) {
            let measured = contrast(one, other);
            assert!(measured >= least, "--{front} on --{ground} by {scheme}: {measured:.2} of {least}");
        }
    }
}

#[test]
fn black_on_white_is_twenty_one_to_one() {
    assert!((contrast([0, 0, 0], [255, 255, 255]) - 21.0).abs() < 1e-9);
}
