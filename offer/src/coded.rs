//! Enums with a code each: the one text that is stored, typed in forms and written in playbooks.

macro_rules! coded { ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal),* $(,)? }) => {
    $(#[$doc])*
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, ::serde::Serialize, ::serde::Deserialize)]
    pub enum $name { $($(#[$vdoc])* #[serde(rename = $code)] $variant),* }

    impl $name {
        /// All of them, in the order in which people read them.
        pub const ALL: [Self; [$($code),*].len()] = [$(Self::$variant),*];

        /// Its code, as stored, typed in forms and written in playbooks.
        pub const fn code(self) -> &'static str {
            match self { $(Self::$variant => $code),* }
        }

        /// Reads a code.
        pub fn parse(code: &str) -> Option<Self> {
            match code { $($code => Some(Self::$variant),)* _ => None }
        }
    }
}; }
pub(crate) use coded;
