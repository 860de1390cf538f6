//! What businesses do: the usual trades, as four taxonomies and eight languages name them.

mod table;
#[cfg(test)]
mod tests;
mod words;

use std::sync::LazyLock;

pub(super) use words::plain_words;

use crate::record::QueryText;
use crate::record::filter;

/// The languages that have words for each trade (ISO 639-1), in the order they are asked.
pub const LANGUAGES: [&str; 8] = ["en", "de", "fr", "es", "it", "nl", "pl", "pt"];

/// What a business does.
///
/// ```
/// use lead_core::plan::{Taxonomy, trades_of};
///
/// let trade = trades_of(Taxonomy::Osm, "shop=florist").next().unwrap();
/// assert_eq!(trade.classes(Taxonomy::Naics), ["459310"]);
/// assert_eq!(trade.words("fr"), ["fleuristes"]);
/// ```
#[derive(Debug, PartialEq, Eq)]
pub struct Trade {
    key: &'static str,
    value: &'static str,
    /// Words for it in all languages, singular, as queries may hold them; Japanese where it is one word.
    stems: &'static str,
    google: &'static [&'static str],
    overture: &'static [&'static str],
    naics: &'static [&'static str],
    /// What people look for, the usual words first; a language after the other.
    words: [&'static [&'static str]; LANGUAGES.len()],
}

/// A system of classes of businesses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Taxonomy {
    /// Tags of OpenStreetMap: `amenity=dentist`.
    Osm,
    /// Place types of Google Maps.
    Google,
    /// Categories of Overture Maps.
    Overture,
    /// The North American Industry Classification System, 2022, six digits.
    Naics,
}

impl Trade {
    /// Its tag of OpenStreetMap.
    pub fn category(&self) -> Category {
        Category {
            key: self.key,
            value: self.value,
        }
    }

    /// Its classes in a taxonomy; none where that has none of its own.
    pub fn classes(&self, taxonomy: Taxonomy) -> Vec<String> {
        let own = |classes: &[&str]| classes.iter().map(|class| (*class).to_owned()).collect();
        match taxonomy {
            Taxonomy::Osm => vec![format!("{}={}", self.key, self.value)],
            Taxonomy::Google => own(self.google),
            Taxonomy::Overture => own(self.overture),
            Taxonomy::Naics => own(self.naics),
        }
    }

    /// What people look for in a language, the usual words first; none for a language without a table.
    pub fn words(&self, language: &str) -> &'static [&'static str] {
        let place = LANGUAGES.iter().position(|known| *known == language);
        place
            .and_then(|place| self.words.get(place))
            .copied()
            .unwrap_or_default()
    }

    /// The languages in which these words are said for it.
    pub(super) fn languages_of(&self, asked: &[String]) -> Vec<&'static str> {
        let said = |language: &&&'static str| {
            self.words(language)
                .iter()
                .any(|phrase| holds(asked, &plain_words(phrase)))
        };
        LANGUAGES.iter().filter(said).copied().collect()
    }

    /// Whether a query names it, by a word in any form or by a phrase.
    fn is_named(&self, phrases: &[Vec<String>], asked: &[String], plain: &[String]) -> bool {
        // With its accents for scripts that have others, without for `Zahnärzte`.
        let stem = |known: &str| asked.iter().chain(plain).any(|asked| same_word(asked, known));
        self.stems.split(' ').any(stem) || phrases.iter().any(|phrase| holds(plain, phrase))
    }
}

/// Phrases, a list of words each.
type Phrases = Vec<Vec<String>>;

/// The trades, each with its words in all languages as they are compared: names of companies are held against them one after
/// the other.
static PHRASES: LazyLock<Vec<(&'static Trade, Phrases)>> = LazyLock::new(|| {
    let phrases = |trade: &Trade| {
        let words = trade.words.iter().copied().flatten();
        words.map(|phrase| plain_words(phrase)).collect()
    };
    table::all().map(|trade| (trade, phrases(trade))).collect()
});

/// The trades the words of a query name, in the order of the table; none when no word is known.
pub fn trades(query: &QueryText) -> Vec<&'static Trade> {
    let asked: Vec<String> = filter::words(query.as_str()).collect();
    let plain = plain_words(query.as_str());
    let named = PHRASES
        .iter()
        .filter(|(trade, phrases)| trade.is_named(phrases, &asked, &plain));
    named.map(|(trade, _)| *trade).collect()
}

/// The trades a class of a taxonomy stands for.
pub fn trades_of(taxonomy: Taxonomy, class: &str) -> impl Iterator<Item = &'static Trade> {
    table::all().filter(move |trade| trade.classes(taxonomy).iter().any(|own| own == class))
}

/// A kind of business, as OpenStreetMap tags it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Category {
    /// The tag's key: `amenity`.
    pub key: &'static str,
    /// The tag's value: `dentist`.
    pub value: &'static str,
}

/// The categories the words of a query name, in the order of the table; empty when no word is known.
pub fn categories(query: &QueryText) -> Vec<Category> {
    trades(query).into_iter().map(Trade::category).collect()
}

/// Whether a phrase stands among words.
fn holds(words: &[String], phrase: &[String]) -> bool {
    !phrase.is_empty() && words.windows(phrase.len()).any(|some| some == phrase)
}

/// Whether `asked` is `known` or a plural of it in one of [`LANGUAGES`].
fn same_word(asked: &str, known: &str) -> bool {
    let Some(ending) = asked.strip_prefix(known) else {
        // bakery → bakeries, boulangerie stays; dentista → dentisti.
        let stem = known.strip_suffix(['y', 'a', 'o', 'e']);
        return stem.is_some_and(|stem| {
            stem.len() > 3
                && asked
                    .strip_prefix(stem)
                    .is_some_and(|ending| matches!(ending, "ies" | "i" | "as" | "os" | "he"))
        });
    };
    matches!(ending, "" | "s" | "es" | "n" | "en" | "e" | "er" | "x")
}
