//! The boxes of a form that hold fields of the record: their names, and what is typed into them. The same in the browser and on the server.

use offer::field::FieldKey;
use offer::terms::Entries;
use std::collections::BTreeMap;

/// The name under which a form sends a field.
pub fn box_name(key: &FieldKey) -> String {
    format!("fields[{key}]")
}

/// The name of the box that ticks one code of a field.
pub fn code_name(key: &FieldKey, code: &str) -> String {
    format!("codes[{key};{code}]")
}

/// The fields of the record as they were typed; ticked codes (`codes[words.clauses;nda]`) are joined into their field.
pub fn entries(fields: BTreeMap<String, String>, codes: &BTreeMap<String, String>) -> Entries {
    let mut fields = fields;
    for (name, _) in codes.iter().filter(|(_, ticked)| *ticked == "yes") {
        if let Some((field, code)) = name.split_once(';') {
            let joined = fields.entry(field.to_owned()).or_default();
            if !joined.is_empty() {
                joined.push(';');
            }
            joined.push_str(code);
        }
    }
    fields.into_iter().map(|(key, text)| (FieldKey::new(key), text)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use offer::field::{CLAUSES, PAY_BASE};

    fn map<const N: usize>(pairs: [(&str, &str); N]) -> BTreeMap<String, String> {
        pairs.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    }

    #[test]
    fn ticked_codes_are_joined_into_their_field_and_unticking_all_empties_it() {
        let fields = map([("words.clauses", ""), ("pay.base", "62,5O")]);
        let ticked = entries(fields.clone(), &map([("words.clauses;nda", "yes"), ("words.clauses;ip", "yes")]));
        assert_eq!(ticked.typed(&CLAUSES), "ip;nda");
        assert_eq!(ticked.typed(&PAY_BASE), "62,5O");
        assert_eq!(entries(fields, &BTreeMap::new()).typed(&CLAUSES), "");
    }
}
