//! Values that go with a person's key, and the two parts in which an event is stored.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Value, json};

/// The only key of a marker: what stands in an event's JSON where a private value belongs.
///
/// `{"~private":{"kept":value}}` in an event, `{"~private":{"at":n}}` in its open part, `{"~private":"erased"}` in both when the
/// value is gone. The three forms cannot be taken for each other, whatever the value is.
const MARKER: &str = "~private";

/// A value of a person, or free text: kept, or gone with the person's key.
///
/// It is stored in the sealed part of its event. When that part cannot be opened any more, it reads as [`Private::Erased`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Private<T> {
    /// The value.
    Kept(T),
    /// The value is gone; that there was one is not.
    Erased,
}

impl<T> Private<T> {
    /// The value, if it is still there.
    pub fn kept(&self) -> Option<&T> {
        match self {
            Self::Kept(value) => Some(value),
            Self::Erased => None,
        }
    }

    /// The value itself, if it is still there.
    pub fn into_kept(self) -> Option<T> {
        match self {
            Self::Kept(value) => Some(value),
            Self::Erased => None,
        }
    }

    /// The same with its value changed.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Private<U> {
        match self {
            Self::Kept(value) => Private::Kept(change(value)),
            Self::Erased => Private::Erased,
        }
    }
}

impl<T> From<T> for Private<T> {
    fn from(value: T) -> Self {
        Self::Kept(value)
    }
}

/// Never shows the value: a private value in a log is out of reach of every erasure.
impl<T> fmt::Debug for Private<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Kept(_) => "Kept(..)",
            Self::Erased => "Erased",
        })
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Marker<F> {
    #[serde(rename = "~private")]
    form: F,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Written<'a, T> {
    Kept(&'a T),
    Erased,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Read<T> {
    Kept(T),
    At(u64),
    Erased,
}

impl<T: Serialize> Serialize for Private<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let form = match self {
            Self::Kept(value) => Written::Kept(value),
            Self::Erased => Written::Erased,
        };
        Marker { form }.serialize(serializer)
    }
}

/// An open part that was never joined with its sealed part reads as [`Private::Erased`].
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Private<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Marker::<Read<T>>::deserialize(deserializer)?.form {
            Read::Kept(value) => Self::Kept(value),
            Read::At(_) | Read::Erased => Self::Erased,
        })
    }
}

/// The two parts in which an event is stored.
#[derive(Clone, Debug, PartialEq)]
pub struct Parts {
    /// Ids, codes, field keys and figures; readable for ever.
    pub open: Value,
    /// The private values as one array, to be sealed under the person's key; `None` if the event has none.
    pub private: Option<Value>,
}

/// A marker that is malformed, or stands where it cannot.
///
/// An event written by this model never has one, so it means that a stored part is not what was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkerFault {
    /// An object with the marker's key that is none of its forms.
    Malformed,
    /// A private value in an open part.
    KeptInOpen,
    /// A place number in a whole event.
    PlaceInEvent,
    /// A place that the private part does not have, or has given away already.
    NoSuchPlace,
    /// A private value that belongs to no place.
    LeftOver,
}

/// Takes every private value out of an event's JSON.
///
/// # Errors
/// [`MarkerFault`] if the event holds an object that looks like a marker and is none.
pub fn split(mut event: Value) -> Result<Parts, MarkerFault> {
    let mut private = Vec::new();
    for_each_marker(&mut event, &mut |form| match form {
        Form::Kept(value) => {
            private.push(value);
            Ok(json!({ "at": private.len() - 1 }))
        }
        Form::At(_) => Err(MarkerFault::PlaceInEvent),
        Form::Erased => Ok(json!("erased")),
    })?;
    Ok(Parts { open: event, private: (!private.is_empty()).then_some(Value::Array(private)) })
}

/// Puts the private values back. Without the private part each of them is erased.
///
/// # Errors
/// [`MarkerFault`] if the two parts do not belong together.
pub fn join(mut open: Value, private: Option<Value>) -> Result<Value, MarkerFault> {
    let mut places = match private {
        None => None,
        Some(Value::Array(values)) => Some(values.into_iter().map(Some).collect::<Vec<_>>()),
        Some(_) => return Err(MarkerFault::NoSuchPlace),
    };
    for_each_marker(&mut open, &mut |form| match (form, &mut places) {
        (Form::Kept(_), _) => Err(MarkerFault::KeptInOpen),
        (Form::At(_), None) | (Form::Erased, _) => Ok(json!("erased")),
        (Form::At(place), Some(places)) => {
            let value = places.get_mut(place).and_then(Option::take).ok_or(MarkerFault::NoSuchPlace)?;
            Ok(json!({ "kept": value }))
        }
    })?;
    if places.is_some_and(|places| places.iter().any(Option::is_some)) {
        return Err(MarkerFault::LeftOver);
    }
    Ok(open)
}

enum Form {
    Kept(Value),
    At(usize),
    Erased,
}

/// Changes the form of every marker; what is inside a private value is not looked into.
fn for_each_marker(value: &mut Value, change: &mut dyn FnMut(Form) -> Result<Value, MarkerFault>) -> Result<(), MarkerFault> {
    match value {
        Value::Array(items) => items.iter_mut().try_for_each(|item| for_each_marker(item, change)),
        Value::Object(members) => match members.get_mut(MARKER) {
            None => members.iter_mut().try_for_each(|(_, member)| for_each_marker(member, change)),
            Some(form) => {
                *form = change(read_form(form.take())?)?;
                if members.len() == 1 { Ok(()) } else { Err(MarkerFault::Malformed) }
            }
        },
        _ => Ok(()),
    }
}

fn read_form(form: Value) -> Result<Form, MarkerFault> {
    match serde_json::from_value(form) {
        Ok(Read::Kept(value)) => Ok(Form::Kept(value)),
        Ok(Read::At(place)) => usize::try_from(place).map(Form::At).map_err(|_| MarkerFault::NoSuchPlace),
        Ok(Read::Erased) => Ok(Form::Erased),
        Err(_) => Err(MarkerFault::Malformed),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Map;

    use super::*;

    #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
    #[serde(tag = "type", rename_all = "snake_case")]
    enum Told {
        Drafted { rate: i64, name: Private<String>, places: Vec<Private<u64>> },
        Commented { text: Option<Private<String>> },
    }

    fn drafted() -> Told {
        Told::Drafted { rate: 6250, name: "Ana Ruiz".to_owned().into(), places: vec![0.into(), 1.into()] }
    }

    #[test]
    fn an_event_is_stored_in_two_parts() {
        let parts = split(serde_json::to_value(drafted()).unwrap()).unwrap();
        assert_eq!(
            parts.open,
            json!({"type": "drafted", "rate": 6250, "name": {"~private": {"at": 0}}, "places": [{"~private": {"at": 1}}, {"~private": {"at": 2}}]})
        );
        assert_eq!(parts.private, Some(json!(["Ana Ruiz", 0, 1])));
        let joined = join(parts.open, parts.private).unwrap();
        assert_eq!(serde_json::from_value::<Told>(joined).unwrap(), drafted());
    }

    #[test]
    fn an_event_without_private_values_has_no_private_part() {
        let parts = split(serde_json::to_value(Told::Commented { text: None }).unwrap()).unwrap();
        assert_eq!(parts.private, None);
    }

    #[test]
    fn without_its_private_part_every_private_value_is_erased_and_the_figures_stay() {
        let open = split(serde_json::to_value(drafted()).unwrap()).unwrap().open;
        let erased = Told::Drafted { rate: 6250, name: Private::Erased, places: vec![Private::Erased, Private::Erased] };
        assert_eq!(serde_json::from_value::<Told>(open.clone()).unwrap(), erased, "never joined");
        let joined = join(open, None).unwrap();
        assert_eq!(serde_json::from_value::<Told>(joined).unwrap(), erased);
    }

    #[test]
    fn an_erased_event_can_be_stored_again() {
        let erased = Told::Commented { text: Some(Private::Erased) };
        let parts = split(serde_json::to_value(&erased).unwrap()).unwrap();
        assert_eq!(parts.private, None);
        assert_eq!(serde_json::from_value::<Told>(join(parts.open, None).unwrap()).unwrap(), erased);
    }

    #[test]
    fn a_private_number_is_never_taken_for_a_place() {
        let kept: Private<Value> = Private::Kept(json!({"at": 0}));
        let parts = split(json!([kept])).unwrap();
        assert_eq!(join(parts.open, parts.private).unwrap(), json!([kept]));
        assert_eq!(split(json!({"~private": {"at": 0}})), Err(MarkerFault::PlaceInEvent));
        assert_eq!(join(json!({"~private": {"kept": 0}}), Some(json!([1]))), Err(MarkerFault::KeptInOpen));
    }

    #[test]
    fn parts_that_do_not_belong_together_are_not_joined() {
        let at = |place: u64| json!({"~private": {"at": place}});
        assert_eq!(join(json!([at(1)]), Some(json!(["a"]))), Err(MarkerFault::NoSuchPlace));
        assert_eq!(join(json!([at(0), at(0)]), Some(json!(["a"]))), Err(MarkerFault::NoSuchPlace));
        assert_eq!(join(json!([at(0)]), Some(json!(["a", "b"]))), Err(MarkerFault::LeftOver));
        assert_eq!(join(json!([at(0)]), Some(json!({"0": "a"}))), Err(MarkerFault::NoSuchPlace));
        for malformed in
            [json!({"~private": 0}), json!({"~private": {"at": -1}}), json!({"~private": "erased", "more": 1}), json!({"~private": {}})]
        {
            assert_eq!(join(malformed.clone(), None), Err(MarkerFault::Malformed), "{malformed}");
            assert_eq!(split(malformed.clone()), Err(MarkerFault::Malformed), "{malformed}");
        }
    }

    #[test]
    fn a_private_value_is_not_shown_in_a_log() {
        let shown = format!("{:?}", drafted());
        assert!(!shown.contains("Ana"), "{shown}");
        assert!(shown.contains("6250"), "{shown}");
    }

    fn scalar() -> impl Strategy<Value = Value> {
        prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i32>().prop_map(Value::from),
            "[a-z~]{0,6}".prop_map(Value::from)
        ]
    }

    /// Whatever a private value may be, markers in it included; always with the canary inside.
    fn private_value() -> impl Strategy<Value = Value> {
        let text = "[a-z]{0,4}".prop_map(|text| json!(format!("canary-{text}")));
        text.prop_flat_map(|text| {
            prop_oneof![
                Just(text.clone()),
                Just(json!({"~private": {"at": 0}, "of": text.clone()})),
                Just(json!({"~private": {"kept": text.clone()}})),
                Just(json!([{"~private": {"at": 7}}, text])),
            ]
        })
    }

    fn event() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            2 => scalar(),
            2 => private_value().prop_map(|value| json!(Private::Kept(value))),
            1 => Just(json!(Private::<Value>::Erased)),
        ];
        leaf.prop_recursive(4, 48, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map("[a-z]{1,4}", inner, 0..6)
                    .prop_map(|members| Value::Object(members.into_iter().collect::<Map<_, _>>())),
            ]
        })
    }

    proptest! {
        #[test]
        fn split_then_join_gives_the_event_back(event in event()) {
            let parts = split(event.clone()).unwrap();
            prop_assert_eq!(join(parts.open, parts.private).unwrap(), event);
        }

        #[test]
        fn no_private_text_stands_in_the_open_part(event in event()) {
            let parts = split(event).unwrap();
            prop_assert!(!parts.open.to_string().contains("canary"));
        }

        #[test]
        fn without_the_private_part_nothing_but_erasures_is_left(event in event()) {
            let joined = join(split(event.clone()).unwrap().open, None).unwrap();
            prop_assert_eq!(joined, erased(event));
        }
    }

    fn erased(value: Value) -> Value {
        match value {
            Value::Array(items) => items.into_iter().map(erased).collect(),
            Value::Object(members) if members.contains_key(MARKER) => json!({"~private": "erased"}),
            Value::Object(members) => Value::Object(members.into_iter().map(|(key, member)| (key, erased(member))).collect()),
            scalar => scalar,
        }
    }
}
