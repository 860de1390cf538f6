//! JSON that keeps the order of members and members of one name: `"telephone"` twice means two numbers.

use std::borrow::Cow;
use std::cell::Cell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Number;

/// A JSON value; texts without escapes are those of the source. At most 128 deep: `serde_json` refuses more, so neither
/// reading, walking nor dropping it can overflow the stack.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Json<'a> {
    Null,
    Bool(bool),
    Number(Number),
    Text(Cow<'a, str>),
    List(Vec<Json<'a>>),
    Object(Vec<(Cow<'a, str>, Json<'a>)>),
}

/// Reads a value. What there is no room for is passed over, so that a page of nothing but data cannot fill the memory.
#[derive(Clone, Copy)]
struct Reader<'a>(&'a Room);

/// How many more values are kept.
pub(super) struct Room(Cell<usize>);

impl Room {
    pub(super) fn new(values: usize) -> Self {
        Self(Cell::new(values))
    }

    pub(super) fn left(&self) -> usize {
        self.0.get()
    }

    /// As if what was read since had not been.
    pub(super) fn back_to(&self, left: usize) {
        self.0.set(left);
    }

    fn take_one(&self) {
        self.0.set(self.left().saturating_sub(1));
    }
}

impl<'de> DeserializeSeed<'de> for Reader<'_> {
    type Value = Json<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        self.0.take_one();
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Json<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Self::Value, E> {
        Ok(Json::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Json::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Number::from_f64(value).map_or(Json::Null, Json::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Json::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_borrowed_str<E>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok(Json::Text(Cow::Borrowed(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self::Value, A::Error> {
        let mut list = Vec::new();
        while self.0.left() > 0
            && let Some(item) = items.next_element_seed(self)?
        {
            list.push(item);
        }
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Json::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut object = Vec::new();
        while self.0.left() > 0
            && let Some(Name(name)) = members.next_key()?
        {
            object.push((name, members.next_value_seed(self)?));
        }
        while members.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(Json::Object(object))
    }
}

/// The name of a member. By itself `Cow` would be read as an owned text.
#[derive(serde::Deserialize)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

/// Reads the values that stand one after the other in `text`: those before the first fault, and the fault.
pub(super) fn read_all<'de>(text: &'de str, room: &Room) -> (Vec<Json<'de>>, Option<serde_json::Error>) {
    let mut values = Vec::new();
    let mut source = serde_json::Deserializer::from_str(text);
    while room.left() > 0 && source.end().is_err() {
        match Reader(room).deserialize(&mut source) {
            Ok(value) => values.push(value),
            Err(error) => return (values, Some(error)),
        }
    }
    (values, None)
}
