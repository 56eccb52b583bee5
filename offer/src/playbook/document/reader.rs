//! A reader of TOML that answers faults of the playbook, each with its path and span, where serde alone would answer a sentence.

use crate::playbook::faults::{Fault, Segment, TomlKind};
use crate::playbook::readable;
use serde::de::value::StrDeserializer;
use serde::de::{self, DeserializeOwned, DeserializeSeed, Deserializer, Expected, IntoDeserializer, Unexpected, Visitor};
use std::fmt::Display;
use std::ops::Range;
use toml_edit::{ArrayOfTables, Item, Key, Table, TableLike, Value};

/// A value, a table or an array of tables of the document.
#[derive(Clone, Copy)]
pub(super) enum Node<'a> {
    Value(&'a Value),
    Table(&'a Table),
    Tables(&'a ArrayOfTables),
}

impl<'a> Node<'a> {
    fn of(item: &'a Item) -> Option<Self> {
        match item {
            Item::None => None,
            Item::Value(value) => Some(Self::Value(value)),
            Item::Table(table) => Some(Self::Table(table)),
            Item::ArrayOfTables(tables) => Some(Self::Tables(tables)),
        }
    }

    /// Its bytes in the text.
    pub(super) fn span(self) -> Option<Range<usize>> {
        match self {
            Self::Value(value) => value.span(),
            Self::Table(table) => table.span(),
            Self::Tables(tables) => tables.span(),
        }
    }

    /// What a name of it holds.
    pub(super) fn get(self, name: &str) -> Option<Self> {
        self.table()?.get(name).and_then(Node::of)
    }

    /// One of its items.
    pub(super) fn nth(self, index: usize) -> Option<Self> {
        match self {
            Self::Value(Value::Array(list)) => list.get(index).map(Node::Value),
            Self::Tables(tables) => tables.get(index).map(Node::Table),
            Self::Value(_) | Self::Table(_) => None,
        }
    }

    fn table(self) -> Option<&'a dyn TableLike> {
        match self {
            Self::Table(table) => Some(table),
            Self::Value(Value::InlineTable(table)) => Some(table),
            Self::Value(_) | Self::Tables(_) => None,
        }
    }

    fn list(self) -> Option<Vec<Node<'a>>> {
        match self {
            Self::Value(Value::Array(list)) => Some(list.iter().map(Node::Value).collect()),
            Self::Tables(tables) => Some(tables.iter().map(Node::Table).collect()),
            Self::Value(_) | Self::Table(_) => None,
        }
    }

    fn kind(self) -> TomlKind {
        match self {
            Self::Value(Value::String(_)) => TomlKind::Text,
            Self::Value(Value::Integer(_)) => TomlKind::Number,
            Self::Value(Value::Float(_)) => TomlKind::Decimal,
            Self::Value(Value::Boolean(_)) => TomlKind::Truth,
            Self::Value(Value::Datetime(_)) => TomlKind::Date,
            Self::Value(Value::Array(_)) | Self::Tables(_) => TomlKind::List,
            Self::Value(Value::InlineTable(_)) | Self::Table(_) => TomlKind::Table,
        }
    }
}

/// The sections of a document as they are read, with every fault found so far.
pub(super) struct Reading<'a> {
    root: &'a Table,
    known: Vec<&'static str>,
    faults: Vec<Faulty>,
}

impl<'a> Reading<'a> {
    pub(super) fn of(root: &'a Table) -> Self {
        Self { root, known: Vec::new(), faults: Vec::new() }
    }

    /// A table that must be there.
    pub(super) fn table<T: DeserializeOwned>(&mut self, name: &'static str) -> Option<T> {
        self.known.push(name);
        match self.root.get(name).and_then(Node::of) {
            Some(node) => self.take(node, &[Segment::Name(name.to_owned())]),
            None => {
                self.faults.push(Faulty::new(Fault::MissingKey { key: name.to_owned() }));
                None
            }
        }
    }

    /// A table that may be left out; then it is what it means to say nothing.
    pub(super) fn table_if_any<T: DeserializeOwned + Default>(&mut self, name: &'static str) -> T {
        self.known.push(name);
        let read = self.root.get(name).and_then(Node::of).and_then(|node| self.take(node, &[Segment::Name(name.to_owned())]));
        read.unwrap_or_default()
    }

    /// The items of a section; those that do not read leave their faults.
    pub(super) fn items<T: DeserializeOwned>(&mut self, name: &'static str) -> Vec<T> {
        self.known.push(name);
        let Some(node) = self.root.get(name).and_then(Node::of) else { return Vec::new() };
        let section = Segment::Name(name.to_owned());
        let Some(list) = node.list() else {
            self.faults.push(Faulty::new(Fault::WrongKind { found: Some(node.kind()) }).at(node.span()).within(section));
            return Vec::new();
        };
        let item = |(index, node): (usize, Node<'a>)| {
            let key = ["key", "code", "field"].iter().find_map(|name| match node.get(name) {
                Some(Node::Value(value)) => value.as_str(),
                _ => None,
            });
            self.take(node, &[section.clone(), Segment::Item { index, key: key.unwrap_or_default().to_owned() }])
        };
        list.into_iter().enumerate().filter_map(item).collect()
    }

    /// Every fault, those of names that are no section among them.
    pub(super) fn finish(mut self) -> Vec<Faulty> {
        for (name, _) in self.root {
            if !self.known.contains(&name) {
                let span = self.root.key(name).and_then(Key::span);
                self.faults.push(Faulty::new(Fault::UnknownKey { key: name.to_owned() }).at(span));
            }
        }
        self.faults
    }

    fn take<T: DeserializeOwned>(&mut self, node: Node<'a>, path: &[Segment]) -> Option<T> {
        match T::deserialize(node) {
            Ok(read) => Some(read),
            Err(mut faulty) => {
                faulty.path.splice(0..0, path.iter().cloned());
                self.faults.push(faulty.at(node.span()));
                None
            }
        }
    }
}

/// A fault with its path and span, as far as they are known.
#[derive(Debug)]
pub(super) struct Faulty {
    pub(super) fault: Fault,
    pub(super) path: Vec<Segment>,
    pub(super) span: Option<Range<usize>>,
}

impl Faulty {
    fn new(fault: Fault) -> Self {
        Self { fault, path: Vec::new(), span: None }
    }

    /// Takes the span that it is nearest to: the first one offered.
    fn at(mut self, span: Option<Range<usize>>) -> Self {
        self.span = self.span.or(span);
        self
    }

    fn within(mut self, segment: Segment) -> Self {
        self.path.insert(0, segment);
        self
    }
}

impl Display for Faulty {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:?}", self.fault)
    }
}

impl std::error::Error for Faulty {}

impl de::Error for Faulty {
    fn custom<T: Display>(_: T) -> Self {
        Self::new(Fault::Unreadable)
    }

    fn invalid_type(found: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        match expected(wanted) {
            Some(fault) => Self::new(fault),
            None => Self::new(Fault::WrongKind { found: kind_of(found) }),
        }
    }

    fn invalid_value(_: Unexpected<'_>, wanted: &dyn Expected) -> Self {
        Self::new(expected(wanted).unwrap_or(Fault::Unreadable))
    }

    fn unknown_variant(code: &str, accepted: &'static [&'static str]) -> Self {
        Self::new(Fault::UnknownCode { code: code.to_owned(), accepted: accepted.iter().map(ToString::to_string).collect() })
    }

    fn unknown_field(key: &str, _: &'static [&'static str]) -> Self {
        Self::new(Fault::UnknownKey { key: key.to_owned() })
    }

    fn missing_field(key: &'static str) -> Self {
        Self::new(Fault::MissingKey { key: key.to_owned() })
    }
}

/// The fault of a value that our own forms wanted otherwise.
fn expected(wanted: &dyn Expected) -> Option<Fault> {
    match wanted.to_string().as_str() {
        readable::AN_AMOUNT => Some(Fault::NotMoney),
        readable::A_PERCENTAGE => Some(Fault::NotAPercentage),
        _ => None,
    }
}

fn kind_of(found: Unexpected<'_>) -> Option<TomlKind> {
    match found {
        Unexpected::Str(_) | Unexpected::Char(_) | Unexpected::UnitVariant => Some(TomlKind::Text),
        Unexpected::Signed(_) | Unexpected::Unsigned(_) => Some(TomlKind::Number),
        Unexpected::Float(_) => Some(TomlKind::Decimal),
        Unexpected::Bool(_) => Some(TomlKind::Truth),
        Unexpected::Seq => Some(TomlKind::List),
        Unexpected::Map | Unexpected::NewtypeVariant | Unexpected::StructVariant => Some(TomlKind::Table),
        _ => None,
    }
}

impl<'a> Deserializer<'a> for Node<'a> {
    type Error = Faulty;

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Faulty> {
        let read = match self {
            Self::Value(Value::String(text)) => visitor.visit_str(text.value()),
            Self::Value(Value::Integer(number)) => visitor.visit_i64(*number.value()),
            Self::Value(Value::Float(number)) => visitor.visit_f64(*number.value()),
            Self::Value(Value::Boolean(truth)) => visitor.visit_bool(*truth.value()),
            Self::Value(Value::Datetime(time)) => visitor.visit_string(time.value().to_string()),
            list_or_table => match (list_or_table.list(), list_or_table.table()) {
                (Some(list), _) => visitor.visit_seq(ListReader { rest: list.into_iter().enumerate() }),
                (None, Some(table)) => visitor.visit_map(TableReader::of(table)),
                (None, None) => visitor.visit_unit(),
            },
        };
        read.map_err(|faulty| faulty.at(self.span()))
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Faulty> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(self, _: &'static str, visitor: V) -> Result<V::Value, Faulty> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'a>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Faulty> {
        let read = match (self, self.table()) {
            (Self::Value(Value::String(text)), _) => {
                let code: StrDeserializer<'_, Faulty> = text.value().as_str().into_deserializer();
                visitor.visit_enum(code)
            }
            (_, Some(table)) if table.len() == 1 => visitor.visit_enum(TableReader::of(table)),
            _ => Err(Faulty::new(Fault::WrongKind { found: Some(self.kind()) })),
        };
        read.map_err(|faulty| faulty.at(self.span()))
    }

    serde::forward_to_deserialize_any! {
        <W: Visitor<'a>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct seq tuple tuple_struct map struct
        identifier ignored_any
    }
}

struct ListReader<'a> {
    rest: std::iter::Enumerate<std::vec::IntoIter<Node<'a>>>,
}

impl<'a> de::SeqAccess<'a> for ListReader<'a> {
    type Error = Faulty;

    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, Faulty> {
        let Some((index, node)) = self.rest.next() else { return Ok(None) };
        seed.deserialize(node).map(Some).map_err(|faulty| faulty.at(node.span()).within(Segment::Index(index)))
    }
}

/// The names of a table one by one; of a table with one name, also an enum.
struct TableReader<'a> {
    rest: std::vec::IntoIter<(&'a Key, Node<'a>)>,
    now: Option<(&'a Key, Node<'a>)>,
}

impl<'a> TableReader<'a> {
    fn of(table: &'a dyn TableLike) -> Self {
        let names: Vec<(&Key, Node<'_>)> = table.iter().filter_map(|(name, item)| Some((table.key(name)?, Node::of(item)?))).collect();
        Self { rest: names.into_iter(), now: None }
    }

    fn value<T>(&mut self, read: impl FnOnce(Node<'a>) -> Result<T, Faulty>) -> Result<T, Faulty> {
        let Some((key, node)) = self.now.take() else { return Err(Faulty::new(Fault::Unreadable)) };
        read(node).map_err(|faulty| faulty.at(node.span()).within(Segment::Name(key.get().to_owned())))
    }
}

impl<'a> de::MapAccess<'a> for TableReader<'a> {
    type Error = Faulty;

    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Result<Option<K::Value>, Faulty> {
        self.now = self.rest.next();
        let Some((key, _)) = self.now else { return Ok(None) };
        let name: StrDeserializer<'_, Faulty> = key.get().into_deserializer();
        seed.deserialize(name).map(Some).map_err(|faulty| faulty.at(key.span()))
    }

    fn next_value_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<T::Value, Faulty> {
        self.value(|node| seed.deserialize(node))
    }
}

impl<'a> de::EnumAccess<'a> for TableReader<'a> {
    type Error = Faulty;
    type Variant = Self;

    fn variant_seed<T: DeserializeSeed<'a>>(mut self, seed: T) -> Result<(T::Value, Self), Faulty> {
        match de::MapAccess::next_key_seed(&mut self, seed)? {
            Some(variant) => Ok((variant, self)),
            None => Err(Faulty::new(Fault::WrongKind { found: Some(TomlKind::Table) })),
        }
    }
}

impl<'a> de::VariantAccess<'a> for TableReader<'a> {
    type Error = Faulty;

    fn unit_variant(mut self) -> Result<(), Faulty> {
        self.value(|_| Err(Faulty::new(Fault::WrongKind { found: Some(TomlKind::Table) })))
    }

    fn newtype_variant_seed<T: DeserializeSeed<'a>>(mut self, seed: T) -> Result<T::Value, Faulty> {
        self.value(|node| seed.deserialize(node))
    }

    fn tuple_variant<V: Visitor<'a>>(mut self, _: usize, visitor: V) -> Result<V::Value, Faulty> {
        self.value(|node| node.deserialize_any(visitor))
    }

    fn struct_variant<V: Visitor<'a>>(mut self, _: &'static [&'static str], visitor: V) -> Result<V::Value, Faulty> {
        self.value(|node| node.deserialize_any(visitor))
    }
}
