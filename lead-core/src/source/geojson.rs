//! What features of GeoJSON (RFC 7946) have in common.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use crate::record::GeoPoint;
use crate::{Error, Result};

/// A value that may be written as text, number or yes/no; nothing else is text.
pub(super) struct Text<'a>(pub(super) Option<Cow<'a, str>>);

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TextVisitor).map(Text)
    }
}

struct TextVisitor;

type Told<'de> = Option<Cow<'de, str>>;

impl<'de> Visitor<'de> for TextVisitor {
    type Value = Told<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }
    fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Told<'de>, E> {
        Ok(Some(Cow::Borrowed(text)))
    }
    fn visit_str<E>(self, text: &str) -> Result<Told<'de>, E> {
        Ok(Some(Cow::Owned(text.to_owned())))
    }
    fn visit_u64<E>(self, number: u64) -> Result<Told<'de>, E> {
        Ok(Some(number.to_string().into()))
    }
    fn visit_i64<E>(self, number: i64) -> Result<Told<'de>, E> {
        Ok(Some(number.to_string().into()))
    }
    fn visit_f64<E>(self, number: f64) -> Result<Told<'de>, E> {
        Ok(Some(number.to_string().into()))
    }
    fn visit_bool<E>(self, yes: bool) -> Result<Told<'de>, E> {
        // As tags have it.
        Ok(Some(if yes { "yes" } else { "no" }.into()))
    }
    fn visit_unit<E>(self) -> Result<Told<'de>, E> {
        Ok(None)
    }
    fn visit_none<E>(self) -> Result<Told<'de>, E> {
        Ok(None)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Told<'de>, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Told<'de>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

/// A geometry.
#[derive(serde::Deserialize)]
pub(super) struct Geometry {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    coordinates: Value,
}

impl Geometry {
    /// The point it is.
    ///
    /// # Errors
    /// When it is another kind of geometry, or lies nowhere on earth.
    pub(super) fn point(&self) -> Result<GeoPoint> {
        if self.kind != "Point" {
            return Err(Error::invalid("open data", "the geometry is no point"));
        }
        position(&self.coordinates)
    }

    /// The point it is, or the first corner of a line or an area; `None` for a collection.
    ///
    /// # Errors
    /// When it lies nowhere on earth.
    pub(super) fn some_point(&self) -> Result<Option<GeoPoint>> {
        let mut at = &self.coordinates;
        // A polygon of several parts nests three lists.
        for _ in 0..4 {
            match at.get(0) {
                Some(Value::Array(_)) => at = at.get(0).unwrap_or(&Value::Null),
                Some(_) => return position(at).map(Some),
                None => return Ok(None),
            }
        }
        Ok(None)
    }
}

/// Longitude, then latitude (RFC 7946 §3.1.1).
fn position(at: &Value) -> Result<GeoPoint> {
    let number = |index: usize| at.get(index).and_then(Value::as_f64);
    let (Some(longitude), Some(latitude)) = (number(0), number(1)) else {
        return Err(Error::invalid("open data", "a position is two numbers"));
    };
    GeoPoint::new(latitude, longitude)
}
