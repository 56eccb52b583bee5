//! Writes the five hundred drafts, each with the slice of somebody who looks at it and with what will come of it, as JSON: the browser is
//! held against it. `cargo run --example corpus > corpus.json`

#[path = "../tests/outlook/corpus.rs"]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "it is a test's, and stops where it is wrong")]
mod corpus;

use corpus::{Firm, drafts};
use offer::access::Sight;
use std::io::{self, Write};

/// Who looks: somebody who sees everything, a recruiter without the margin, and somebody who sees only the job.
const SIGHTS: [&str; 3] = [
    r#"{"sides":["job","contact","package","bill","margin","internal"],"of_the_firm":true}"#,
    r#"{"sides":["job","contact","package","bill"],"of_the_firm":true}"#,
    r#"{"sides":["job"],"of_the_firm":true}"#,
];

fn main() -> io::Result<()> {
    let firm = Firm::new();
    let mut rows = Vec::new();
    for (entries, sight) in drafts(&firm.table).iter().zip(SIGHTS.iter().cycle()) {
        let sight: Sight = serde_json::from_str(sight)?;
        let slice = firm.slice(entries, &sight);
        let outlook = slice.look(slice.entries(), &slice.table());
        let [slice, entries, outlook] =
            [serde_json::to_string(&slice)?, serde_json::to_string(slice.entries())?, serde_json::to_string(&outlook)?];
        rows.push(serde_json::json!({ "slice": slice, "entries": entries, "outlook": outlook }));
    }
    serde_json::to_writer(io::stdout().lock(), &rows)?;
    io::stdout().flush()
}
