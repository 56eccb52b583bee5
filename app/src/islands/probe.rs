//! A door into the bundle for tests: looks ahead without a page. No page has it.

use std::hint::black_box;

use offer::check::{self, Ground, Opening};
use offer::field::FieldTable;
use offer::intake;
use offer::moment::Day;
use offer::outlook::Slice;
use offer::playbook::{Playbook, from_toml};
use offer::policy::route;
use offer::terms::{Entries, Terms};
use wasm_bindgen::prelude::wasm_bindgen;

/// A draft as a page would have it.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Probe {
    slice: Slice,
    table: FieldTable,
    entries: Entries,
}

#[wasm_bindgen]
impl Probe {
    /// Reads what a page is given and what is typed, both JSON; nothing when they do not read.
    pub fn of(slice: &str, entries: &str) -> Option<Self> {
        let slice: Slice = serde_json::from_str(slice).ok()?;
        Some(Self { table: slice.table(), entries: serde_json::from_str(entries).ok()?, slice })
    }

    /// What will come of it, as JSON.
    pub fn look(&self) -> String {
        serde_json::to_string(&self.slice.look(&self.entries, &self.table)).unwrap_or_default()
    }

    /// Looks so many times, for the clock.
    pub fn look_often(&self, times: u32) {
        for _ in 0..times {
            black_box(self.slice.look(black_box(&self.entries), &self.table));
        }
    }
}

/// A firm with many rules, and an offer there.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Ruled {
    playbook: Playbook,
    table: FieldTable,
    terms: Terms,
    opening: Opening,
    today: Day,
}

#[wasm_bindgen]
impl Ruled {
    /// Reads a playbook, what is typed, the opening and the day; nothing when they do not read.
    pub fn of(playbook: &str, entries: &str, opening: &str, today: &str) -> Option<Self> {
        let playbook = from_toml(playbook).ok()?;
        let table = playbook.field_table();
        let entries: Entries = serde_json::from_str(entries).ok()?;
        let terms = intake::read_what_stands(&entries, &table);
        Some(Self { opening: serde_json::from_str(opening).ok()?, today: today.parse().ok()?, playbook, table, terms })
    }

    /// How many steps the route has.
    pub fn steps(&self) -> usize {
        route(&self.terms, &self.assessed(), &self.playbook, &self.table).steps.len()
    }

    /// Finds the route so many times, for the clock.
    pub fn route_often(&self, times: u32) {
        let assessment = self.assessed();
        for _ in 0..times {
            black_box(route(black_box(&self.terms), &assessment, &self.playbook, &self.table));
        }
    }

    /// Checks anew and finds the route anew so many times, as after a change.
    pub fn change_often(&self, times: u32) {
        for _ in 0..times {
            black_box(route(black_box(&self.terms), &self.assessed(), &self.playbook, &self.table));
        }
    }

    fn assessed(&self) -> check::Assessment {
        check::assess(&self.terms, Ground { rows: &self.playbook, opening: self.opening, today: self.today })
    }
}
