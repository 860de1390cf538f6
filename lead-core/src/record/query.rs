//! What to look for.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Area, Listing};
use crate::{Error, Result};

/// The longest query taken, in characters. The longest of v3.9's presets has 64.
const MAX_CHARS: usize = 200;

/// The words of a query: 1 to 200 characters on one line, at least one of them a letter or digit.
///
/// Nothing else is refused: `C# developers in Berlin`, `Hot dogs #1`, `rock -- climbing gym` and `O'Neill & Sons` are
/// good queries. What a word may do to a database is settled by parameters, not by forbidding words.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "String", into = "String")]
#[schemars(with = "String")]
pub struct QueryText(String);

impl QueryText {
    /// Parses a query; white space at the ends is dropped, within it is folded.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) with the rule and, where it applies, the position.
    pub fn new(text: &str) -> Result<Self> {
        if let Some((at, c)) = text
            .chars()
            .enumerate()
            .find(|(_, c)| c.is_control() && !c.is_whitespace())
        {
            let code = format!("U+{:04X}", u32::from(c));
            return Err(Error::invalid("query", "control characters cannot be searched")
                .with("character", code)
                .with("position", at));
        }
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let length = text.chars().count();
        match length {
            0 => Err(Error::invalid("query", "there is nothing to search for")),
            1..=MAX_CHARS if text.chars().any(char::is_alphanumeric) => Ok(Self(text)),
            1..=MAX_CHARS => Err(Error::invalid("query", "at least one letter or digit is wanted")),
            _ => Err(Error::invalid("query", "at most 200 characters").with("length", length)),
        }
    }

    /// As text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for QueryText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl FromStr for QueryText {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        Self::new(text)
    }
}

impl TryFrom<String> for QueryText {
    type Error = Error;
    fn try_from(text: String) -> Result<Self> {
        Self::new(&text)
    }
}

impl From<QueryText> for String {
    fn from(text: QueryText) -> Self {
        text.0
    }
}

/// What to look for, and where.
///
/// ```
/// use lead_core::record::Query;
/// let query = Query::new("dentists")?.near("Lyon")?.max(100);
/// assert_eq!(query.text.as_str(), "dentists");
/// # Ok::<(), lead_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[non_exhaustive]
pub struct Query {
    /// The words.
    pub text: QueryText,
    /// A place by name, to be looked up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub near: Option<QueryText>,
    /// So many metres around that place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub radius: Option<f64>,
    /// A box, circle or polygon to stay within.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<Area>,
    /// In which order an area is gone through: the same seed, the same order.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub seed: u64,
    /// Stop after so many listings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<usize>,
}

impl Query {
    /// A query for these words, anywhere.
    ///
    /// # Errors
    /// As [`QueryText::new`].
    pub fn new(text: &str) -> Result<Self> {
        Ok(Self {
            text: QueryText::new(text)?,
            near: None,
            radius: None,
            area: None,
            seed: 0,
            max: None,
        })
    }

    /// Around a place, by its name.
    ///
    /// # Errors
    /// As [`QueryText::new`].
    pub fn near(mut self, place: &str) -> Result<Self> {
        self.near = Some(QueryText::new(place)?);
        Ok(self)
    }

    /// So many metres around the place of [`near`](Self::near), instead of within its borders.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) without a place, or when it is no length above 0.
    pub fn radius(mut self, metres: f64) -> Result<Self> {
        if self.near.is_none() {
            return Err(Error::invalid(
                "query",
                "a radius wants a place it is drawn around",
            ));
        }
        if !(metres > 0.0 && metres.is_finite()) {
            return Err(Error::invalid("query", "the radius is a length above 0").with("metres", metres));
        }
        self.radius = Some(metres);
        Ok(self)
    }

    /// Within a box, circle or polygon.
    pub fn area(mut self, area: impl Into<Area>) -> Self {
        self.area = Some(area.into());
        self
    }

    /// Whether a listing lies in the area. One that says of no place where it is may.
    pub fn wants(&self, listing: &Listing) -> bool {
        let points = &listing.findings.geo;
        self.area
            .as_ref()
            .is_none_or(|area| points.is_empty() || points.iter().any(|point| area.contains(point.value)))
    }

    /// Goes through the area in the order of this seed.
    pub fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// At most so many listings.
    pub fn max(mut self, listings: usize) -> Self {
        self.max = Some(listings);
        self
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
fn is_zero(seed: &u64) -> bool {
    *seed == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_every_honest_query() {
        for good in [
            "C# developers in Berlin",
            "Hot dogs #1",
            "rock -- climbing gym",
            "O'Neill & Sons",
            "歯医者",
            "a",
        ] {
            assert_eq!(QueryText::new(good).unwrap().as_str(), good);
        }
        assert_eq!(QueryText::new("  two \t words\n").unwrap().as_str(), "two words");
    }

    #[test]
    fn refuses_noise_and_says_where() {
        let error = QueryText::new("a\u{0}b").unwrap_err().to_string();
        assert!(
            error.contains("U+0000") && error.contains("position: 1"),
            "{error}"
        );
        for bad in ["", "   ", "--", "\u{7f}", &"x".repeat(10_000)] {
            assert!(QueryText::new(bad).is_err());
        }
    }
}
