//! Reading a structure whose fields stand beside those of another, as `#[serde(flatten)]` writes it, without keeping everything in
//! between: leads hold findings, those hold values, and those hold proofs, so that everything would be kept three times over.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{
    DeserializeSeed, Deserializer, Error, IntoDeserializer, MapAccess, Visitor,
    value::BorrowedStrDeserializer,
};
use serde::{Deserialize, forward_to_deserialize_any};

/// The fields that stand around.
pub(super) trait Around<'de>: Default {
    /// Reads the value of `key` when it is one of its own; whether it is.
    fn take<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error>;
}

/// Reads a value into its place.
pub(super) fn fill<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    place: &mut Option<T>,
    key: &'static str,
    map: &mut A,
) -> Result<bool, A::Error> {
    if place.is_some() {
        return Err(A::Error::duplicate_field(key));
    }
    *place = Some(map.next_value()?);
    Ok(true)
}

/// Reads a value that may be null into its place.
pub(super) fn fill_or_null<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    place: &mut Option<T>,
    map: &mut A,
) -> Result<bool, A::Error> {
    *place = map.next_value()?;
    Ok(true)
}

/// A field that has to be there.
pub(super) fn wanted<T, E: Error>(place: Option<T>, key: &'static str) -> Result<T, E> {
    place.ok_or_else(|| E::missing_field(key))
}

/// Reads what is inside, and what stands around.
pub(super) fn read<'de, T, S, D>(deserializer: D) -> Result<(T, S), D::Error>
where
    T: Deserialize<'de>,
    S: Around<'de>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_map(Both(PhantomData))
}

struct Both<T, S>(PhantomData<(T, S)>);

impl<'de, T: Deserialize<'de>, S: Around<'de>> Visitor<'de> for Both<T, S> {
    type Value = (T, S);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let mut rest = Rest {
            map,
            around: S::default(),
        };
        let inside = T::deserialize(Inside(&mut rest))?;
        // Who reads what is inside may stop before the end.
        while rest.next_key::<serde::de::IgnoredAny>()?.is_some() {
            rest.next_value::<serde::de::IgnoredAny>()?;
        }
        Ok((inside, rest.around))
    }
}

/// What is left of a map when the fields around are taken out.
struct Rest<A, S> {
    map: A,
    around: S,
}

impl<'de, A: MapAccess<'de>, S: Around<'de>> MapAccess<'de> for Rest<A, S> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        while let Some(key) = self.map.next_key_seed(Name)? {
            if self.around.take(&key, &mut self.map)? {
                continue;
            }
            let read = match key {
                Cow::Borrowed(key) => seed.deserialize(BorrowedStrDeserializer::new(key)),
                Cow::Owned(key) => seed.deserialize(key.into_deserializer()),
            };
            return read.map(Some);
        }
        Ok(None)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.map.next_value_seed(seed)
    }
}

/// The rest of a map as a structure of its own.
struct Inside<'a, A, S>(&'a mut Rest<A, S>);

impl<'de, A: MapAccess<'de>, S: Around<'de>> Deserializer<'de> for Inside<'_, A, S> {
    type Error = A::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, A::Error> {
        visitor.visit_map(&mut *self.0)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct newtype_struct seq tuple
        tuple_struct map struct enum identifier ignored_any
    }
}

/// A key, which is not copied where the source has it in one piece.
struct Name;

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for Name {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_borrowed_str<E>(self, name: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(name))
    }

    fn visit_str<E>(self, name: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name.to_owned()))
    }

    fn visit_string<E>(self, name: String) -> Result<Self::Value, E> {
        Ok(Cow::Owned(name))
    }
}
