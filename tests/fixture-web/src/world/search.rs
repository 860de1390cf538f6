//! What a search means: categories by any word for them, cities by any of their names.

use crate::category::{self, Category};
use crate::country::{self, City, Country};
use crate::lang::{self, Lang};
use crate::text::{fold, latin, native};

/// The category of a key, an OpenStreetMap value, or a word for it in any language, singular or plural.
pub fn category_of(word: &str) -> Option<&'static Category> {
    let wanted = fold(word.trim());
    if wanted.is_empty() {
        return None;
    }
    category::ALL
        .iter()
        .find(|category| {
            category.key == wanted || category.osm.1 == wanted || is_plural(category.key, &wanted)
        })
        .or_else(|| category::ALL.iter().find(|category| has_word(category, &wanted)))
}

/// Whether a word is one for the category in this language, singular or plural.
pub(crate) fn is_word_in(lang: &Lang, category: &Category, word: &str) -> bool {
    let wanted = fold(word.trim());
    let words = lang.categories.get(category.index());
    !wanted.is_empty() && words.is_some_and(|words| is_either(words, &wanted))
}

fn is_plural(key: &str, wanted: &str) -> bool {
    wanted
        .strip_suffix('s')
        .is_some_and(|singular| singular.replace(' ', "_") == key)
}

fn has_word(category: &Category, wanted: &str) -> bool {
    lang::ALL
        .iter()
        .filter_map(|lang| lang.categories.get(category.index()))
        .any(|words| is_either(words, wanted))
}

/// Whether a word is the label of a category or what people call it, singular or plural.
fn is_either((label, plural): &(&'static str, &'static str), wanted: &str) -> bool {
    [native(label), latin(label), plural].iter().any(|word| {
        let word = fold(word);
        word == wanted || word.strip_suffix('s') == Some(wanted)
    })
}

/// All cities with their countries.
pub fn cities() -> impl Iterator<Item = (&'static Country, &'static City)> {
    country::ALL
        .iter()
        .flat_map(|country| country.cities.iter().map(move |city| (*country, city)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_any_language_find_their_category() {
        for word in [
            "dentist",
            "Dentists",
            "dentistes",
            "Zahnärzte",
            "歯医者",
            "odontiatreio",
            "dentista",
        ] {
            assert_eq!(category_of(word).map(Category::key), Some("dentist"), "{word}");
        }
        assert_eq!(
            category_of("estate agents").map(Category::key),
            Some("estate_agent")
        );
        assert_eq!(category_of("spaceports"), None);
    }
}
