//! The names of a company's town.

use super::fold::{holds, words};
use crate::record::{Address, BoundingBox, CountryCode, GeoPoint};

/// A town: what it is called, and where it lies as far as a gazetteer told.
#[derive(Clone, Debug, Default)]
pub(super) struct Town {
    names: Vec<TownName>,
    pub(super) area: Option<BoundingBox>,
    pub(super) country: Option<CountryCode>,
}

#[derive(Clone, Debug, PartialEq)]
struct TownName {
    words: Vec<String>,
    /// As written, for scripts that put no space between words.
    dense: Option<String>,
}

impl Town {
    /// A town of these names.
    pub(super) fn new<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut town = Self::default();
        for name in names {
            let name = TownName {
                words: words(name),
                dense: name.chars().any(is_dense).then(|| name.trim().to_owned()),
            };
            if !name.words.is_empty() && !town.names.contains(&name) {
                town.names.push(name);
            }
        }
        town
    }

    /// Whether nothing is known of it.
    pub(super) fn is_unknown(&self) -> bool {
        self.names.is_empty()
    }

    /// The folded words of its names.
    pub(super) fn words(&self) -> Vec<Vec<String>> {
        self.names.iter().map(|name| name.words.clone()).collect()
    }

    /// Whether a text, and its folded words, name it.
    pub(super) fn is_named_in(&self, text: &str, folded: &[String]) -> bool {
        self.names.iter().any(|name| match &name.dense {
            Some(dense) => text.contains(dense.as_str()),
            None => holds(folded, &name.words),
        })
    }

    /// Whether an address lies in it, by its name.
    pub(super) fn holds(&self, address: &Address) -> bool {
        let named = |text: &str| self.is_named_in(text, &words(text));
        match &address.city {
            Some(city) if named(city) => true,
            // What the address calls its city may be a part of it.
            _ => named(&address.text),
        }
    }

    /// Whether a point lies in it.
    pub(super) fn spans(&self, point: GeoPoint) -> bool {
        self.area.is_some_and(|area| area.contains(point))
    }
}

/// Letters of scripts without spaces: Han, kana, Hangul, Thai.
fn is_dense(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{e7f}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn towns_are_found_by_any_of_their_names() {
        let town = Town::new(["Munich", "München", "東京"]);
        let named = |text: &str| town.is_named_in(text, &words(text));
        assert!(named("81541 MUENCHEN") && named("in Munich, Germany") && named("〒100-0001 東京都千代田区"));
        assert!(!named("Münchenstein") && !named("京都"));
    }
}
