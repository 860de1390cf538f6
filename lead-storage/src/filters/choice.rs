//! A filter, or the name of one.

use std::str::FromStr;

use lead_core::clock::Timestamp;
use lead_core::record::filter::Filter;
use lead_core::{Error, ErrorKind, Result};

use super::FILTERS;
use super::preset::Preset;
use super::saved::{SavedFilters, check};

/// A filter, or the name of one and what must hold beside it: `has:phone`, `@with-phone`, `@bakers city:Lyon`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Choice {
    name: Option<String>,
    beside: Filter,
}

impl FromStr for Choice {
    type Err = Error;
    /// Reads `@name` and conditions, or conditions alone.
    fn from_str(text: &str) -> Result<Self> {
        let Some(named) = text.trim_start().strip_prefix('@') else {
            return Ok(Self::from(Filter::parse(text)?));
        };
        let (name, rest) = named.split_once(char::is_whitespace).unwrap_or((named, ""));
        check(name)?;
        Ok(Self {
            name: Some(name.to_owned()),
            beside: Filter::parse(rest)?,
        })
    }
}

impl From<Filter> for Choice {
    fn from(filter: Filter) -> Self {
        Self {
            name: None,
            beside: filter,
        }
    }
}

impl Choice {
    /// The name it asks for.
    pub fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    /// Whether it asks for a filter that may have been saved.
    pub fn is_saved(&self) -> bool {
        self.name().is_some_and(|name| Preset::named(name).is_none())
    }

    /// The filter it stands for at this time.
    ///
    /// # Errors
    /// [`ErrorKind::NotFound`] when there is none of the name, and what [`SavedFilters::get`] says.
    pub async fn filter(&self, saved: Option<&SavedFilters>, now: Timestamp) -> Result<Filter> {
        let Some(name) = self.name() else {
            return Ok(self.beside.clone());
        };
        let named = match (Preset::named(name), saved) {
            (Some(preset), _) => preset.filter(now)?,
            (None, Some(saved)) => match saved.get(name).await? {
                Some(text) => Filter::parse(&text)?,
                None => return Err(unknown(name)),
            },
            (None, None) => return Err(unknown(name)),
        };
        Ok(match &self.beside {
            Filter::All => named,
            beside => Filter::And(vec![named, beside.clone()]),
        })
    }
}

fn unknown(name: &str) -> Error {
    Error::new(ErrorKind::NotFound, FILTERS, "no filter of this name was saved").with("name", name)
}

#[cfg(test)]
mod tests {
    use lead_core::seam::State;

    use super::*;

    #[tokio::test]
    async fn a_name_stands_for_its_filter_with_more_beside_it() {
        let now = "2026-07-15T12:00:00Z".parse().unwrap();
        let saved = SavedFilters::new(State::memory());
        saved
            .save("mine", &Filter::parse("city:Lyon OR city:Bron").unwrap())
            .await
            .unwrap();
        let read = async |text: &str| {
            let choice: Choice = text.parse().unwrap();
            choice
                .filter(Some(&saved), now)
                .await
                .map(|filter| filter.to_string())
        };
        assert_eq!(read("has:phone").await.unwrap(), "has:phone");
        assert_eq!(read("@with-phone").await.unwrap(), "has:phone");
        let both = read("@mine has:phone").await.unwrap();
        assert_eq!(both, r#"(city:"lyon" OR city:"bron") has:phone"#);
        assert_eq!(read("@nobody").await.unwrap_err().kind(), ErrorKind::NotFound);
        assert!("@".parse::<Choice>().is_err() && "@mine citty:x".parse::<Choice>().is_err());
        // Elsewhere an @ is a sign like others.
        assert!(!"email:*@firm.test".parse::<Choice>().unwrap().is_saved());
    }
}
