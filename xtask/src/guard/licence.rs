//! Whether a licence expression can be met with licences that we accept.

/// Licences under which a crate may be linked into a product that is itself MIT or Apache-2.0.
const ACCEPTED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0", // the root certificates of webpki-roots
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0", // file-level copyleft, used unchanged
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Reads `A OR (B AND C)`, the older `A/B`, and `A WITH exception`.
pub(super) fn is_accepted(expression: &str) -> bool {
    let spaced = expression.replace('/', " OR ").replace('(', " ( ").replace(')', " ) ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut rest = words.as_slice();
    either(&mut rest) && rest.is_empty()
}

fn either(rest: &mut &[&str]) -> bool {
    let mut accepted = both(rest);
    while let Some((&"OR", after)) = rest.split_first() {
        *rest = after;
        accepted |= both(rest);
    }
    accepted
}

fn both(rest: &mut &[&str]) -> bool {
    let mut accepted = one(rest);
    while let Some((&"AND", after)) = rest.split_first() {
        *rest = after;
        accepted &= one(rest);
    }
    accepted
}

fn one(rest: &mut &[&str]) -> bool {
    match rest.split_first() {
        Some((&"(", after)) => {
            *rest = after;
            let accepted = either(rest);
            match rest.split_first() {
                Some((&")", after)) => *rest = after,
                _ => return false,
            }
            accepted
        }
        Some((name, after)) => {
            *rest = after;
            match rest {
                ["WITH", exception, after @ ..] => {
                    let whole = format!("{name} WITH {exception}");
                    *rest = after;
                    ACCEPTED.contains(&whole.as_str()) || ACCEPTED.contains(name)
                }
                _ => ACCEPTED.contains(name),
            }
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_accepted;

    #[test]
    fn a_choice_needs_one_accepted_licence() {
        assert!(is_accepted("GPL-3.0-only OR MIT"));
        assert!(is_accepted("MIT/Apache-2.0"));
        assert!(!is_accepted("GPL-3.0-only OR AGPL-3.0-only"));
    }

    #[test]
    fn a_sum_needs_all() {
        assert!(is_accepted("(MIT OR Apache-2.0) AND Unicode-3.0"));
        assert!(!is_accepted("(MIT OR Apache-2.0) AND OFL-1.1"));
    }

    #[test]
    fn a_broken_expression_is_not_accepted() {
        assert!(!is_accepted("(MIT"));
        assert!(!is_accepted(""));
        assert!(!is_accepted("MIT MIT"));
    }
}
