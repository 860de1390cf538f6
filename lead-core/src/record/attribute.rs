//! Everything a listing says beside contacts, by name.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Identified, SourceId};
use crate::{Error, Result};

/// The shape of a known attribute's value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AttributeKind {
    /// A string.
    Text,
    /// A number.
    Number,
    /// Yes or no.
    Flag,
    /// A list of strings.
    List,
    /// Nested JSON.
    Json,
}

/// A known attribute: its name, its shape, and what it says.
#[derive(Clone, Copy, Debug)]
pub struct KnownAttribute {
    /// The name.
    pub name: &'static str,
    /// The shape of its value.
    pub kind: AttributeKind,
    /// What it says.
    pub doc: &'static str,
}

macro_rules! attributes {
    ($($name:literal $kind:ident $doc:literal;)+) => {
        /// Every attribute with a settled meaning, by name. Others are `x:<name>` and may have any shape.
        pub const KNOWN_ATTRIBUTES: &[KnownAttribute] =
            &[$(KnownAttribute { name: $name, kind: AttributeKind::$kind, doc: $doc },)+];
    };
}

attributes! {
    // Identities on platforms: two records that share one are the same entry.
    "id:cid" Text "Google's customer id of a place";
    "id:google_data" Text "Google's data id, 0x…:0x…";
    "id:google_place" Text "Google's place id";
    "id:osm" Text "OpenStreetMap element: node/1, way/2, relation/3";
    "id:wikidata" Text "Wikidata item: Q42";
    // What a listing shows.
    "accepts_credit_cards" Flag "whether cards are taken";
    "bio" Text "the profile's own description";
    "borough" Text "borough of a city";
    "chain" Text "the brand or chain a place belongs to";
    "claimed" Flag "whether the owner has claimed the listing";
    "description" Text "what it says of itself, or is said of it";
    "display_name" Text "name shown on a profile";
    "followers" Number "followers of the profile";
    "h3_cell" Text "cell of Uber's H3 grid";
    "handle" Text "the profile's handle";
    "images" List "addresses of pictures";
    "is_advertisement" Flag "whether the entry was paid for";
    "languages" List "languages spoken, BCP 47";
    "menu_url" Text "address of the menu";
    "order_urls" List "addresses to order at";
    "owner" Json "owner of the listing: name, id, link";
    "plus_code" Text "Open Location Code";
    "popular_times" Json "visitors by weekday and hour, 0 to 100";
    "price_range" Text "price class, as shown";
    "rank" Number "place in the answer, from 1";
    "rating" Number "mean rating, in the platform's own scale";
    "rating_scale" Number "the best rating there is";
    "reservation_urls" List "addresses to book at";
    "review_count" Number "how many ratings or reviews";
    "reviews" Json "reviews with owner's replies; off by default: they are persons' data";
    "reviews_per_rating" Json "how many reviews for each rating";
    "service_area" Text "where it serves customers";
    "special_hours" Json "hours of single dates";
    "thumbnail" Text "address of the main picture";
    "time_zone" Text "IANA time zone";
    "about" Json "grouped yes/no attributes of a place";
    // What v3.9 kept beside that.
    "business_type" Text "kind of business, in the collector's words";
    "industry" Text "industry, in the collector's words";
    "sub_category" Text "finer category";
    "job_title" Text "a person's job title";
    "seniority_level" Text "a person's seniority";
    "education_level" Text "a person's education";
    "institution_name" Text "where a person studies or studied";
    "field_of_study" Text "what a person studies or studied";
    "degree_program" Text "a person's degree programme";
    "graduation_year" Number "when a person finishes or finished";
    "last_post_date" Text "when the profile last posted";
    "is_boosted" Flag "whether a post was paid for";
    "post_engagement" Text "likes and comments, as shown";
    "lead_score" Number "score, 0 to 100";
    "lead_type" Text "individual or business";
    "intent_category" Text "what the profile seems to want";
    "sentiment_score" Number "mood of its reviews, -1 to 1";
    "sentiment_trend" Text "whether that mood rises or falls";
    "lead_summary" Text "a few sentences about the lead";
    "search_query" Text "the query that led to it";
    "phone_screenshot_path" Text "picture of the page around the number";
}

/// The name of an attribute: one of [`KNOWN_ATTRIBUTES`], or `x:` and a name of one's own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct AttributeName(std::borrow::Cow<'static, str>);

impl AttributeName {
    /// Parses a name.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when it is neither known nor `x:…` of 3 to 80 bytes.
    pub fn new(name: &str) -> Result<Self> {
        if let Some(known) = KNOWN_ATTRIBUTES.iter().find(|known| known.name == name) {
            return Ok(Self(known.name.into()));
        }
        if name.starts_with("x:") && (3..=80).contains(&name.len()) && !name.contains(char::is_control) {
            return Ok(Self(name.to_owned().into()));
        }
        Err(
            Error::invalid("attribute name", "neither known nor of the form x:name")
                .with("name", name.escape_debug()),
        )
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The settled shape, when the name is known.
    pub fn kind(&self) -> Option<AttributeKind> {
        KNOWN_ATTRIBUTES
            .iter()
            .find(|known| known.name == self.0)
            .map(|known| known.kind)
    }

    /// The platform whose id this is: `osm` of `id:osm`.
    pub fn platform(&self) -> Option<SourceId> {
        self.0
            .strip_prefix("id:")
            .and_then(|platform| SourceId::new(platform).ok())
    }
}

impl fmt::Display for AttributeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for AttributeName {
    type Error = Error;
    fn try_from(name: String) -> Result<Self> {
        Self::new(&name)
    }
}

impl From<AttributeName> for String {
    fn from(name: AttributeName) -> Self {
        name.0.into_owned()
    }
}

/// The value of an attribute, in its plain JSON form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
#[non_exhaustive]
pub enum AttributeValue {
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A string.
    Text(String),
    /// Several strings.
    List(Vec<String>),
    /// Anything nested.
    Json(serde_json::Value),
}

impl AttributeValue {
    fn kind(&self) -> AttributeKind {
        match self {
            Self::Flag(_) => AttributeKind::Flag,
            Self::Number(_) => AttributeKind::Number,
            Self::Text(_) => AttributeKind::Text,
            Self::List(_) => AttributeKind::List,
            Self::Json(_) => AttributeKind::Json,
        }
    }
}

impl fmt::Display for AttributeValue {
    /// Plain text; lists joined by `; `, nested values as JSON.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(yes) => write!(f, "{yes}"),
            Self::Number(number) => write!(f, "{number}"),
            Self::Text(text) => f.write_str(text),
            Self::List(list) => f.write_str(&list.join("; ")),
            Self::Json(json) => write!(f, "{json}"),
        }
    }
}

/// A named value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Attribute {
    /// The name.
    pub name: AttributeName,
    /// The value.
    pub value: AttributeValue,
}

impl Attribute {
    /// A named value.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when the name is not allowed, or the shape is not the name's.
    pub fn new(name: &str, value: AttributeValue) -> Result<Self> {
        let name = AttributeName::new(name)?;
        match name.kind() {
            Some(kind) if kind != value.kind() && kind != AttributeKind::Json => {
                let wanted = format!("{kind:?}");
                Err(Error::invalid("attribute", "the value has another shape")
                    .with("name", name)
                    .with("wanted", wanted))
            }
            _ => Ok(Self { name, value }),
        }
    }

    /// A text attribute.
    ///
    /// # Errors
    /// As [`Attribute::new`].
    pub fn text(name: &str, value: impl Into<String>) -> Result<Self> {
        Self::new(name, AttributeValue::Text(value.into()))
    }

    /// A numeric attribute.
    ///
    /// # Errors
    /// As [`Attribute::new`].
    pub fn number(name: &str, value: f64) -> Result<Self> {
        Self::new(name, AttributeValue::Number(value))
    }
}

impl Identified for Attribute {
    type Key = (String, String);
    fn identity(&self) -> Self::Key {
        (self.name.to_string(), self.value.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_name_has_one_shape() {
        assert!(Attribute::number("rating", 4.5).is_ok());
        assert!(Attribute::text("rating", "4.5").is_err());
        assert!(Attribute::text("x:own", "anything").is_ok());
        assert!(Attribute::text("made_up", "anything").is_err());
        assert_eq!(
            AttributeName::new("id:osm").unwrap().platform().unwrap().as_str(),
            "osm"
        );
    }
}
