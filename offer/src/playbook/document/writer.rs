//! A playbook as text that people edit: arrays of tables by key, bodies as literal text, long lists one value a line.

use crate::playbook::Playbook;
use toml_edit::{Array, DocumentMut, Item, Table, Value, ser};

/// Lists longer than this, in characters, stand one value a line.
const LIST_CHARACTERS_MAX: usize = 110;

/// Writes a playbook, its sections in the order of their keys; equal playbooks are equal text.
pub fn to_toml(playbook: &Playbook) -> String {
    // INVARIANT (a playbook is a table of tables and lists): its own types leave the writer nothing to refuse
    let mut document = ser::to_document(&playbook.clone().sorted().unnumbered()).unwrap_or_default();
    lay_out(&mut document);
    document.to_string()
}

fn lay_out(document: &mut DocumentMut) {
    for (_, item) in document.as_table_mut().iter_mut() {
        let laid_out = match std::mem::take(item) {
            value @ Item::Value(Value::InlineTable(_)) => value.into_table().map(Item::Table),
            value @ Item::Value(Value::Array(_)) => value.into_array_of_tables().map(Item::ArrayOfTables),
            other => Ok(other),
        };
        *item = match laid_out {
            Ok(Item::Table(mut table)) => {
                readable(&mut table);
                Item::Table(table)
            }
            Ok(Item::ArrayOfTables(mut tables)) => {
                tables.iter_mut().for_each(readable);
                Item::ArrayOfTables(tables)
            }
            Ok(other) | Err(other) => other,
        };
    }
}

fn readable(table: &mut Table) {
    for (_, item) in table.iter_mut() {
        match item {
            Item::Value(Value::Array(list)) if list.to_string().chars().count() > LIST_CHARACTERS_MAX => one_a_line(list),
            Item::Value(value) => {
                if let Some(literal) = value.as_str().and_then(literal) {
                    *value = literal;
                }
            }
            _ => {}
        }
    }
}

fn one_a_line(list: &mut Array) {
    for value in list.iter_mut() {
        value.decor_mut().set_prefix("\n    ");
    }
    list.set_trailing("\n");
    list.set_trailing_comma(true);
}

/// Text of several lines as it is, between `'''`; nothing when it must be escaped.
fn literal(text: &str) -> Option<Value> {
    let plain = text.contains('\n')
        && !text.contains("''")
        && !text.ends_with('\'')
        && !text.chars().any(|c| c.is_control() && c != '\n' && c != '\t');
    let value: Value = plain.then(|| format!("'''\n{text}'''").parse().ok())??;
    (value.as_str() == Some(text)).then_some(value)
}
