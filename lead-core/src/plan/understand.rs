//! What a query means: what is looked for, where, in which language, and to what end.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::trade::{Trade, plain_words, trades};
use crate::Result;
use crate::record::QueryText;

/// Words before a place, and the language they are of. The longer ones first: `near` of `in the near of` is none.
const PLACES: &[(&str, &str)] = &[
    ("in de buurt van", "nl"),
    ("in der nähe von", "de"),
    ("près de", "fr"),
    ("autour de", "fr"),
    ("cerca de", "es"),
    ("perto de", "pt"),
    ("vicino a", "it"),
    ("around", "en"),
    ("near", "en"),
    ("nahe", "de"),
    ("bei", "de"),
    ("bij", "nl"),
    ("koło", "pl"),
    ("blisko", "pl"),
    ("em", "pt"),
    ("en", "es"),
    ("à", "fr"),
    ("a", "it"),
    ("w", "pl"),
    ("in", ""),
];

/// Words that tell to what end somebody asks.
const INTENTS: &[(Intent, &str)] = &[
    (
        Intent::Best,
        "best top recommended beste besten meilleur meilleurs meilleures mejor mejores migliore migliori melhor melhores najlepszy najlepsi najlepsze",
    ),
    (
        Intent::Cheap,
        "cheap affordable günstig günstige billig billige barato baratos económico económicos economico economici goedkoop goedkope tani tanie tanio",
    ),
    (
        Intent::Urgent,
        "emergency urgent 24h notdienst notfall urgence urgences urgencia urgencias emergenza spoed spoedeisend pogotowie urgência dyżur",
    ),
    (
        Intent::Jobs,
        "jobs job hiring careers vacancies stellen stellenangebote emploi emplois empleo empleos lavoro vacature vacatures praca emprego empregos",
    ),
    (
        Intent::Students,
        "student students alumni graduates studenten studierende étudiant étudiants estudiante estudiantes studente studenti estudante estudantes studenci",
    ),
];

/// To what end somebody asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Intent {
    /// To find businesses.
    #[default]
    Find,
    /// The best of them.
    Best,
    /// The cheap ones.
    Cheap,
    /// Those that come at once.
    Urgent,
    /// Those that look for people.
    Jobs,
    /// Not businesses: those who learn.
    Students,
}

/// What a query means.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Understanding {
    /// The query.
    pub text: QueryText,
    /// What is looked for: the words without the place and without those of the intent.
    pub what: QueryText,
    /// The place it names, as it stands there.
    pub place: Option<QueryText>,
    /// To what end.
    pub intent: Intent,
    /// The language of its words (ISO 639-1), where they are of one alone.
    pub language: Option<&'static str>,
    /// The trades it names.
    pub trades: Vec<&'static Trade>,
}

/// What a query means.
///
/// ```
/// use lead_core::plan::{Intent, understand};
///
/// let meant = understand(&"beste Zahnärzte bei Berlin".parse()?);
/// assert_eq!(meant.what.as_str(), "Zahnärzte");
/// assert_eq!(meant.place.unwrap().as_str(), "Berlin");
/// assert_eq!((meant.intent, meant.language), (Intent::Best, Some("de")));
/// assert_eq!(meant.trades[0].category().value, "dentist");
/// # Ok::<(), lead_core::Error>(())
/// ```
pub fn understand(query: &QueryText) -> Understanding {
    let (what, place, by_place) = parted(query);
    let trades = trades(&what);
    let (what, intent) = without_intent(&what);
    let language = language_of(&what, &trades, by_place);
    Understanding {
        text: query.clone(),
        what,
        place,
        intent,
        language,
        trades,
    }
}

/// What stands before and after the last word that a place follows. A place begins with a capital letter, or with one of a
/// script that has none: `a`, `en` and `w` are other words too.
fn parted(query: &QueryText) -> (QueryText, Option<QueryText>, &'static str) {
    let words: Vec<&str> = query.as_str().split(' ').collect();
    for at in (1..words.len()).rev() {
        for (before, language) in PLACES {
            let length = before.split(' ').count();
            let named = words
                .get(at..at + length)
                .map(|some| some.join(" ").to_lowercase());
            if named.as_deref() != Some(before) {
                continue;
            }
            let (what, place) = (words.get(..at), words.get(at + length..));
            let (what, place) = (joined(what), joined(place));
            let capital =
                |place: &QueryText| place.as_str().chars().next().is_some_and(|c| !c.is_lowercase());
            if let (Some(what), Some(place)) = (what, place.filter(capital)) {
                return (what, Some(place), language);
            }
        }
    }
    (query.clone(), None, "")
}

fn joined(words: Option<&[&str]>) -> Option<QueryText> {
    QueryText::new(&words?.join(" ")).ok()
}

/// The words without those of an intent, unless nothing would be left.
fn without_intent(what: &QueryText) -> (QueryText, Intent) {
    let of = |word: &str| {
        let word = word.to_lowercase();
        let hit = INTENTS
            .iter()
            .find(|(_, words)| words.split(' ').any(|known| known == word));
        hit.map(|(intent, _)| *intent)
    };
    let words: Vec<&str> = what.as_str().split(' ').collect();
    let intent = words.iter().find_map(|word| of(word)).unwrap_or_default();
    let kept: Vec<&str> = words.into_iter().filter(|word| of(word).is_none()).collect();
    let kept: Result<QueryText> = QueryText::new(&kept.join(" "));
    (kept.unwrap_or_else(|_| what.clone()), intent)
}

/// The language of the words: that of the trade's words, or of the word before the place where those are of several.
fn language_of(what: &QueryText, trades: &[&'static Trade], by_place: &'static str) -> Option<&'static str> {
    let asked = plain_words(what.as_str());
    let mut said: Vec<&'static str> = trades
        .iter()
        .flat_map(|trade| trade.languages_of(&asked))
        .collect();
    said.sort_unstable();
    said.dedup();
    match said.as_slice() {
        [one] => Some(one),
        many if many.is_empty() || many.contains(&by_place) => {
            Some(by_place).filter(|known| !known.is_empty())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(text: &str) -> (String, Option<String>, Intent, Option<&'static str>) {
        let meant = understand(&QueryText::new(text).unwrap());
        let place = meant.place.map(|place| place.to_string());
        (meant.what.to_string(), place, meant.intent, meant.language)
    }

    #[test]
    fn places_intents_and_languages_are_read() {
        for (text, what, place, intent, language) in [
            ("dentists in Lyon", "dentists", "Lyon", Intent::Find, Some("en")),
            (
                "best dentists near New York",
                "dentists",
                "New York",
                Intent::Best,
                Some("en"),
            ),
            ("dentistes à Lyon", "dentistes", "Lyon", Intent::Find, Some("fr")),
            (
                "dentistas em Lisboa",
                "dentistas",
                "Lisboa",
                Intent::Find,
                Some("pt"),
            ),
            (
                "dentistas en Sevilla",
                "dentistas",
                "Sevilla",
                Intent::Find,
                Some("es"),
            ),
            (
                "Notdienst Klempner in der Nähe von Köln",
                "Klempner",
                "Köln",
                Intent::Urgent,
                Some("de"),
            ),
            (
                "tani hydraulicy w Krakowie",
                "hydraulicy",
                "Krakowie",
                Intent::Cheap,
                Some("pl"),
            ),
            (
                "goedkope loodgieters bij Utrecht",
                "loodgieters",
                "Utrecht",
                Intent::Cheap,
                Some("nl"),
            ),
            (
                "palestre a Milano",
                "palestre",
                "Milano",
                Intent::Find,
                Some("it"),
            ),
            ("歯医者 in 東京", "歯医者", "東京", Intent::Find, None),
        ] {
            let wanted = (what.to_owned(), Some(place.to_owned()), intent, language);
            assert_eq!(meant(text), wanted, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_a_place_is_none() {
        for text in [
            "as a service",
            "dentists in the city",
            "in Lyon",
            "near",
            "best",
            "computer science students",
        ] {
            let (what, place, ..) = meant(text);
            assert_eq!(place, None, "{text}");
            assert!(!what.is_empty());
        }
        assert_eq!(meant("computer science students").2, Intent::Students);
        assert_eq!(meant("best").0, "best");
    }
}
