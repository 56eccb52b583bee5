//! A door into the bundle for tests: looks ahead without a page. No page has it.

use std::hint::black_box;

use offer::field::FieldTable;
use offer::outlook::Slice;
use offer::terms::Entries;
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
