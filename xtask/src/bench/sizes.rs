//! What a first visit brings over the wire, compressed by brotli.

use std::io::Write as _;

use tests::Browser;

use super::Bench;
use super::row::{Bar, Row};
use crate::{Failure, Outcome};

pub(super) fn measure(bench: &Bench<'_>) -> Outcome<Vec<Row>> {
    let demo = bench.demo();
    let candidate = demo.candidate();
    let page = candidate.open("/o/offer").source();
    let staff = demo.somebody("recruiter");
    let intake = staff.open("/").source();
    let (sheet, script) = weights(&candidate, &page)?;
    let (_, staff_script) = weights(&staff, &intake)?;
    Ok(vec![
        Row::alone("candidate's page, HTML, brotli", kilobytes(compressed(page.as_bytes())?), "KB", Bar::AtMost(15.0)),
        Row::alone("candidate's page, CSS, brotli", sheet, "KB", Bar::AtMost(12.0)),
        Row::alone("candidate's page, JS + WASM, brotli", script, "KB", Bar::AtMost(115.0)),
        Row::alone("candidate's page, anything else", elsewhere(&page), "files", Bar::AtMost(0.0)),
        Row::alone("staff's first page, JS + WASM, brotli", staff_script, "KB", Bar::AtMost(300.0)),
    ])
}

/// Kilobytes of the stylesheets, and of the scripts with their programs, that a page names.
fn weights(browser: &Browser, page: &str) -> Outcome<(f64, f64)> {
    let (mut sheets, mut scripts) = (0.0, 0.0);
    for address in named(page) {
        let weight = kilobytes(browser.weight_in_bytes(&address));
        if address.ends_with(".css") {
            sheets += weight;
        }
        if address.ends_with(".js") {
            let program =
                program_of(&browser.get(&address).source()).ok_or_else(|| Failure::because(format!("{address} names no program")))?;
            scripts += weight + kilobytes(browser.weight_in_bytes(&format!("/pkg/{program}")));
        }
    }
    Ok((sheets, scripts))
}

/// The addresses under `/pkg/` that a page names.
fn named(page: &str) -> Vec<String> {
    let attributes = page.split('"').filter(|value| value.starts_with("/pkg/"));
    let mut found: Vec<String> = attributes.map(str::to_owned).collect();
    found.dedup();
    found
}

fn program_of(script: &str) -> Option<String> {
    script.split('"').find(|word| word.ends_with(".wasm")).map(str::to_owned)
}

/// Files of other sites, images and fonts: none is needed to read and sign an offer.
fn elsewhere(page: &str) -> f64 {
    let loaded = ["<img", "<iframe", "<video", "<object", "@font-face", "src=\"http", "rel=\"stylesheet\" href=\"http"];
    loaded.iter().map(|what| u32::try_from(page.matches(what).count()).map_or(f64::INFINITY, f64::from)).sum()
}

fn compressed(bytes: &[u8]) -> Outcome<usize> {
    let mut brotli = brotli::CompressorWriter::new(Vec::new(), 4096, 5, 22);
    brotli.write_all(bytes).map_err(|error| Failure::because(error.to_string()))?;
    Ok(brotli.into_inner().len())
}

fn kilobytes(bytes: usize) -> f64 {
    u32::try_from(bytes).map_or(f64::INFINITY, f64::from) / 1_000.0
}
