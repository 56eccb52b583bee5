//! What no line of the product may say, but for the one place that must: a door that is opened once is looked at once.

/// A needle, the files in which it may stand, and what is wrong with it elsewhere.
struct Gate {
    needle: &'static str,
    /// Beginnings of the paths that are looked at.
    within: &'static [&'static str],
    /// Beginnings of the paths where it may stand.
    allowed: &'static [&'static str],
    why: &'static str,
}

/// What is shipped.
const PRODUCT: &[&str] = &["app/src/", "offer/src/", "server/src/"];
/// Tests, and what is measured inside the process, are in no binary that is shipped.
const TESTS_AND_MEASUREMENTS: &[&str] = &[
    "server/src/store/tests",
    "server/src/outbox/tests",
    "server/src/http/tests",
    "server/src/desk/tests",
    "server/src/measure",
    "server/src/store/replay.rs",
];

// Needles are split, so that this file does not accuse itself.
const GATES: &[Gate] = &[
    Gate {
        needle: concat!("accept_invalid", "_certs"),
        within: &["app/", "offer/", "server/", "tests/", "xtask/"],
        allowed: &[],
        why: "a certificate that does not fit is refused",
    },
    Gate {
        needle: concat!("accept_invalid", "_hostnames"),
        within: &["app/", "offer/", "server/", "tests/", "xtask/"],
        allowed: &[],
        why: "a certificate that does not fit is refused",
    },
    Gate { needle: concat!(".danger", "ous()"), within: PRODUCT, allowed: &[], why: "a certificate that does not fit is refused" },
    Gate {
        needle: concat!("AssertSql", "Safe"),
        within: PRODUCT,
        allowed: &["server/src/store/schema.rs", "server/src/store/replay.rs", "server/src/store/tests"],
        why: "a statement is a constant with placeholders; only tables are made from text",
    },
    Gate {
        needle: concat!("Command", "::new("),
        within: PRODUCT,
        allowed: TESTS_AND_MEASUREMENTS,
        why: "the product starts no other program",
    },
    Gate {
        needle: concat!("process::", "Command"),
        within: PRODUCT,
        allowed: TESTS_AND_MEASUREMENTS,
        why: "the product starts no other program",
    },
    Gate {
        needle: concat!("req", "west"),
        within: PRODUCT,
        allowed: &["server/src/egress.rs"],
        why: "others are asked by HTTP through `server/src/egress.rs`, which looks at every address",
    },
    Gate {
        needle: concat!("hyper", "_util::client"),
        within: PRODUCT,
        allowed: &[],
        why: "others are asked by HTTP through `server/src/egress.rs`, which looks at every address",
    },
    Gate {
        needle: concat!("hyper", "::client"),
        within: PRODUCT,
        allowed: &[],
        why: "others are asked by HTTP through `server/src/egress.rs`, which looks at every address",
    },
    Gate {
        needle: concat!("Tcp", "Stream::connect"),
        within: PRODUCT,
        allowed: TESTS_AND_MEASUREMENTS,
        why: "others are asked by HTTP through `server/src/egress.rs`, which looks at every address",
    },
    Gate { needle: concat!("std::env::", "set_var"), within: PRODUCT, allowed: &[], why: "what was configured stays" },
    Gate { needle: concat!("X-Forwarded", "-Host"), within: PRODUCT, allowed: &[], why: "links begin with `public_url`, whoever asks" },
];

/// Everything that a line says and may not.
pub(super) fn breaches(path: &str, line: &str) -> Vec<&'static str> {
    let begins = |beginnings: &[&str]| beginnings.iter().any(|beginning| path.starts_with(beginning));
    let mut breaches: Vec<&'static str> = GATES
        .iter()
        .filter(|gate| begins(gate.within) && !begins(gate.allowed) && line.contains(gate.needle))
        .map(|gate| gate.why)
        .collect();
    if begins(PRODUCT) && prints_whatever_a_type_holds(line) {
        breaches.push("a line of the log names ids and codes; `?` prints whatever a type holds");
    }
    if begins(&["server/src/store"]) && !begins(TESTS_AND_MEASUREMENTS) && makes_a_statement(line) {
        breaches.push("a statement is a constant with placeholders");
    }
    breaches
}

/// `tracing::warn!(?fault, ..)`, `tracing::warn!(fault = ?fault, ..)`.
fn prints_whatever_a_type_holds(line: &str) -> bool {
    let logs = ["error!(", "warn!(", "info!(", "debug!(", "trace!("].iter().any(|level| line.contains(&format!("tracing::{level}")));
    logs && line.split(['(', ',', '=']).any(|part| part.trim_start().starts_with('?'))
}

fn makes_a_statement(line: &str) -> bool {
    let verbs = ["SELECT ", "INSERT INTO", "UPDATE ", "DELETE FROM", " WHERE "];
    line.contains("format!(") && !line.contains("schema_version") && verbs.iter().any(|verb| line.contains(verb))
}

#[cfg(test)]
mod tests {
    use super::breaches;

    #[test]
    fn every_gate_is_shut_but_where_it_must_be_open() {
        for (path, line, found) in [
            ("server/src/outbox/smtp.rs", concat!(".danger_accept_invalid", "_certs(true)"), 1),
            ("tests/src/browser.rs", concat!(".danger_accept_invalid", "_certs(true)"), 1),
            ("server/src/store/people.rs", concat!("sqlx::query(AssertSql", "Safe(text))"), 1),
            ("server/src/store/schema.rs", concat!("sqlx::query(AssertSql", "Safe(text))"), 0),
            ("server/src/letter/press.rs", concat!("let typst = Command", "::new(\"typst\");"), 1),
            ("server/src/store/tests/houses.rs", concat!("Command", "::new(\"id\")"), 0),
            ("server/src/oidc.rs", concat!("use req", "west::Client;"), 1),
            ("server/src/egress.rs", concat!("use req", "west::Client;"), 0),
            ("tests/src/browser.rs", concat!("use req", "west::Client;"), 0),
            ("server/src/desk/world.rs", concat!("Tcp", "Stream::connect(address).await"), 1),
            ("xtask/src/process.rs", concat!("Command", "::new(\"cargo\")"), 0),
            ("server/src/store/people.rs", "let text = format!(\"SELECT * FROM people WHERE name = '{name}'\");", 1),
            ("server/src/store/people.rs", "const PEOPLE: Query = query(\"SELECT * FROM people WHERE firm = $1\");", 0),
        ] {
            assert_eq!(breaches(path, line).len(), found, "{path}: {line}");
        }
    }

    #[test]
    fn a_log_prints_no_type_whole() {
        let of = |line: &str| breaches("server/src/desk/change.rs", line).len();
        assert_eq!(of("tracing::warn!(?fault, \"not done\");"), 1);
        assert_eq!(of("tracing::warn!(id, fault = ?fault, \"not done\");"), 1);
        assert_eq!(of("tracing::warn!(%error, fault = fault.code(), \"not done\");"), 0);
        assert_eq!(of("let known = look(id)?;"), 0);
    }
}
