//! Amounts and percentages as people write them in a playbook: `"52.00"`, `"3.5"`. For `#[serde(with = "..")]`.

/// What a reader of the document expects where an amount stands.
pub(super) const AN_AMOUNT: &str = "an amount";
/// What a reader of the document expects where a percentage stands.
pub(super) const A_PERCENTAGE: &str = "a percentage";

macro_rules! readable { ($(#[$doc:meta])* $module:ident: $kind:ident, $wanted:ident) => {
    $(#[$doc])*
    pub(crate) mod $module {
        use crate::money::$kind;
        use serde::de::{Error, Unexpected, Visitor};
        use serde::{Deserializer, Serializer};

        pub(crate) fn serialize<S: Serializer>(value: &$kind, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.collect_str(value)
        }

        pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<$kind, D::Error> {
            deserializer.deserialize_any(Typed)
        }

        struct Typed;

        impl Visitor<'_> for Typed {
            type Value = $kind;

            fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(super::$wanted)
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<$kind, E> {
                $kind::parse(text).ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
            }

            fn visit_i64<E: Error>(self, whole: i64) -> Result<$kind, E> {
                self.visit_str(&whole.to_string())
            }

            fn visit_u64<E: Error>(self, whole: u64) -> Result<$kind, E> {
                self.visit_str(&whole.to_string())
            }
        }

        /// The same where nothing may stand; with `#[serde(default)]`.
        pub(crate) mod maybe {
            use crate::money::$kind;
            use serde::{Deserializer, Serializer};

            pub(crate) fn serialize<S: Serializer>(value: &Option<$kind>, serializer: S) -> Result<S::Ok, S::Error> {
                match value {
                    Some(value) => super::serialize(value, serializer),
                    None => serializer.serialize_none(),
                }
            }

            pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<$kind>, D::Error> {
                super::deserialize(deserializer).map(Some)
            }
        }
    }
}; }

readable! {
    /// Money: `"52.00"`, `"118,000"`, or a whole number of dollars.
    money: Money, AN_AMOUNT
}
readable! {
    /// A percentage: `"38"`, `"3.5"`, or a whole number of percent.
    percent: BasisPoints, A_PERCENTAGE
}
