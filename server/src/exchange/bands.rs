//! Pay bands: keyed items of the playbook.

use offer::engagement::PayBasis;
use offer::import::{ImportFault, ImportKind};
use offer::intake::{self, STATES};
use offer::playbook::{Band, NegotiationPolicy, Playbook};

use super::cells::Cells;
use super::clients::PlaybookRow;
use super::plan::{Planning, Shelf};
use super::sheet::Row;

pub(super) const COLUMNS: &[&str] = &[
    "department",
    "level",
    "state",
    "pay_basis",
    "pay_min",
    "pay_mid",
    "pay_max",
    "benchmarked_on",
    "source",
    "negotiation_low_pct",
    "negotiation_high_pct",
    "negotiation_policy",
];

pub(super) fn key_of(row: &Row) -> String {
    ["department", "level", "state", "pay_basis"].map(|column| row.text(column).unwrap_or_default()).join("/")
}

pub(super) fn plan(planning: &mut Planning<'_>, rows: &[Row], next: &mut Playbook) -> Vec<PlaybookRow> {
    let mut taken = Vec::new();
    let mut shelf = Shelf::of(&mut next.bands);
    for row in rows {
        let mut cells = Cells::of(row);
        let Some(band) = band(&mut cells).filter(|_| !cells.faults.stop()) else {
            planning.leave_out(ImportKind::Bands, row, &key_of(row), cells.faults);
            continue;
        };
        let outcome = shelf.put(band);
        taken.push((row.clone(), ImportKind::Bands, key_of(row), outcome));
    }
    taken
}

fn band(cells: &mut Cells<'_>) -> Option<Band> {
    let department = cells.needed("department");
    let level = cells.needed("level");
    let state = cells.needed("state");
    if state.is_some_and(|state| !STATES.contains(&state)) {
        cells.fault("state", ImportFault::Value { value: intake::Fault::NotAState });
    }
    let basis = cells.code("pay_basis", PayBasis::parse, &PayBasis::ALL.map(PayBasis::code));
    let [min, mid, max] = ["pay_min", "pay_mid", "pay_max"].map(|column| {
        let _ = cells.needed(column);
        cells.money(column)
    });
    if let (Some(min), Some(mid), Some(max)) = (min, mid, max) {
        if min > mid || min > max {
            cells.fault("pay_min", ImportFault::MinAboveMax { min, max: mid.min(max) });
        } else if mid > max {
            cells.fault("pay_mid", ImportFault::MinAboveMax { min: mid, max });
        }
    }
    let _ = cells.needed("benchmarked_on");
    let benchmarked_on = cells.day("benchmarked_on");
    let negotiation_low = cells.percent("negotiation_low_pct").unwrap_or_default();
    let negotiation_high = cells.percent("negotiation_high_pct").unwrap_or_default();
    let policy = |text: &str| match text {
        "negotiable" => Some(NegotiationPolicy::Negotiable),
        "fixed" => Some(NegotiationPolicy::Fixed),
        _ => None,
    };
    let negotiation = cells.code("negotiation_policy", policy, &["negotiable", "fixed"]);
    Some(Band {
        department: department?.to_owned(),
        level: level?.to_owned(),
        state: state?.to_owned(),
        basis: basis?,
        min: min?,
        mid: mid?,
        max: max?,
        benchmarked_on: benchmarked_on?,
        source: cells.some("source"),
        negotiation_low,
        negotiation_high,
        negotiation: negotiation?,
    })
}
