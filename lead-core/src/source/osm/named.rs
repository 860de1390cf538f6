//! Single places of business: by name within a place, and by id.

use super::nominatim::{self, Place};
use super::overpass::{self, pattern, quoted};
use super::{Osm, tags};
use crate::record::{BoundingBox, CountryCode, Listing, QueryText};
use crate::seam::{Batch, Context};
use crate::{Error, Result};

/// Elements of one name told, at most.
const MOST: usize = 60;

impl Osm {
    /// The best place of this name, with what it is called in every language.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`](crate::ErrorKind::NotFound) when there is none; those of fetching.
    pub async fn place(&self, cx: &Context, name: &QueryText) -> Result<Place> {
        nominatim::find(cx, &self.config, name, true).await
    }

    /// Places whose name holds this word, within a box. Letters beyond ASCII stand for one or two letters of any kind, so that
    /// `Müller` finds `Mueller`, too.
    ///
    /// # Errors
    /// Those of fetching; [`ErrorKind::Decode`](crate::ErrorKind::Decode) when the answer cannot be read.
    pub async fn named(
        &self,
        cx: &Context,
        word: &str,
        area: BoundingBox,
        country: Option<CountryCode>,
    ) -> Result<Batch> {
        let [west, south, east, north] = area.into();
        let question = format!(
            "[out:json][timeout:{}][bbox:{south},{west},{north},{east}];(nwr[\"name\"~\"{}\",i];);out center tags {MOST};",
            self.config.timeout_seconds,
            quoted(&loose(word)),
        );
        let answer = overpass::answer(cx, &self.config, &question).await?;
        Ok(tags::batch(answer, country))
    }

    /// The element of an id such as `node/123`; `None` when there is no such element.
    ///
    /// # Errors
    /// [`ErrorKind::InvalidInput`](crate::ErrorKind::InvalidInput) when it is no such id; those of fetching.
    pub async fn element(&self, cx: &Context, id: &str) -> Result<Option<Listing>> {
        let wrong = || Error::invalid("osm", "an element is node/123, way/123 or relation/123");
        let (kind, number) = id.split_once('/').ok_or_else(wrong)?;
        let number: u64 = number.parse().map_err(|_| wrong())?;
        if !["node", "way", "relation"].contains(&kind) {
            return Err(wrong());
        }
        let seconds = self.config.timeout_seconds;
        let question = format!("[out:json][timeout:{seconds}];{kind}({number});out center tags;");
        let answer = overpass::answer(cx, &self.config, &question).await?;
        Ok(tags::batch(answer, None).listings.into_iter().next())
    }
}

/// A regular expression for a word however its umlauts and accents are written.
fn loose(word: &str) -> String {
    let mut loose = String::new();
    let mut letters = word.chars().peekable();
    while let Some(letter) = letters.next() {
        let pair = matches!(letter, 'a' | 'o' | 'u' | 'A' | 'O' | 'U') && letters.peek() == Some(&'e');
        if !letter.is_ascii() && letter < '\u{250}' {
            loose.push_str("..?");
        } else if pair {
            letters.next();
            loose.push_str("..?");
        } else {
            loose.push_str(&pattern(&letter.to_string()));
        }
    }
    loose
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn umlauts_are_found_however_written() {
        assert_eq!(
            (loose("Müller"), loose("Mueller")),
            ("M..?ller".to_owned(), "M..?ller".to_owned())
        );
        assert_eq!(loose("A.B"), "A\\.B");
        assert_eq!(loose("パン"), "パン");
    }
}
