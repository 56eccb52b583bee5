//! Words that may be absent.

use std::borrow::Cow;

/// A text that a part shows when there is one: `hint="..."`, `hint=words::hint(..)` and `problem=None` are all accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording(Option<Cow<'static, str>>);

impl Wording {
    /// Whether there is nothing to show.
    pub fn is_absent(&self) -> bool {
        self.0.as_ref().is_none_or(|text| text.is_empty())
    }

    /// The text, when there is one.
    pub fn shown(self) -> Option<String> {
        self.0.filter(|text| !text.is_empty()).map(Cow::into_owned)
    }
}

impl From<&'static str> for Wording {
    fn from(text: &'static str) -> Self {
        Self(Some(Cow::Borrowed(text)))
    }
}

impl From<String> for Wording {
    fn from(text: String) -> Self {
        Self(Some(Cow::Owned(text)))
    }
}

impl From<Cow<'static, str>> for Wording {
    fn from(text: Cow<'static, str>) -> Self {
        Self(Some(text))
    }
}

impl<T: Into<Wording>> From<Option<T>> for Wording {
    fn from(text: Option<T>) -> Self {
        text.map_or_else(Self::default, Into::into)
    }
}
