//! The language of a text, by words that hardly any sentence does without.

use std::sync::LazyLock;

use super::super::triples::{SIGN, Triples, kind};

/// Language and words. Words shared by two of the languages are left out.
const WORDS: &[(&str, &str)] = &[
    ("en", " the and of for with you our are your this from "),
    (
        "de",
        " und der die das nicht mit für auf sind ist wir oder bei unsere ",
    ),
    ("fr", " les des est vous nous une dans pour avec sur votre notre "),
    ("es", " los las del para con una por nuestro nuestra más está "),
    ("it", " il gli della delle sono nostro nostra più anche di che "),
    ("pt", " os dos das uma não nosso nossa mais são você com "),
    ("nl", " het een van voor met niet zijn wij onze ook deze "),
    ("sv", " och att för inte är vår våra från eller som "),
    ("da", " og ikke til fra vores eller også af være "),
    ("nb", " og ikke til fra våre eller også av være vår "),
    ("fi", " ja on ei että myös tai ovat meidän "),
    ("pl", " i w na nie się jest oraz dla lub nasze "),
    ("cs", " a je na se nebo pro jsou naše také "),
    ("hu", " és az egy nem hogy vagy is meg "),
    ("ro", " și este pentru din sau care mai "),
    ("tr", " ve bir için ile bu olarak daha "),
];

/// No word of the lists has more bytes, nor has one that is longer in capitals.
const LONGEST: usize = 12;
/// How much of a text is looked at, in words.
const SAMPLE: usize = 600;
/// Fewer hits than these say nothing.
const ENOUGH: usize = 6;

/// Each word, in order, with a bit for each language that has it.
static LANGUAGES: LazyLock<Vec<(&str, u32)>> = LazyLock::new(|| {
    let mut all: Vec<(&str, u32)> = Vec::new();
    for (place, (_, list)) in WORDS.iter().enumerate() {
        all.extend(list.split_ascii_whitespace().map(|word| (word, 1 << place)));
    }
    all.sort_unstable();
    all.dedup_by(|next, word| {
        let same = next.0 == word.0;
        word.1 |= if same { next.1 } else { 0 };
        same
    });
    all
});

/// How the words begin; those of one or two letters with the blank behind them.
static BEGINNINGS: Triples = beginnings();

#[allow(
    clippy::indexing_slicing,
    reason = "runs at compile time: an index out of range is a build error"
)]
const fn beginnings() -> Triples {
    let mut triples = Triples::NONE;
    let mut language = 0;
    while language < WORDS.len() {
        let list = WORDS[language].1.as_bytes();
        let mut at = 1;
        while at + 1 < list.len() {
            let (first, second) = (kind(list[at]), kind(list[at + 1]));
            if list[at - 1] == b' ' {
                // A word of one letter has no second one, and nothing follows that counts.
                let third = if second == SIGN { SIGN } else { kind(list[at + 2]) };
                triples.add(first, second, third);
            }
            at += 1;
        }
        language += 1;
    }
    triples
}

/// Whether a word of any case may be one of [`WORDS`], by its length and its first letters.
fn may_be_known(word: &str) -> bool {
    let bytes = word.as_bytes();
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(b' ');
    bytes.len() <= LONGEST && BEGINNINGS.has(byte(0), byte(1), byte(2))
}

/// The languages that have a word in lower case, a bit each.
fn languages_of(word: &str) -> u32 {
    let place = LANGUAGES.binary_search_by_key(&word, |(known, _)| known);
    place
        .ok()
        .and_then(|place| LANGUAGES.get(place))
        .map_or(0, |(_, languages)| *languages)
}

/// The language whose words occur most, when they lead clearly.
pub(super) fn language(text: &str) -> Option<&'static str> {
    let mut counts = [0usize; WORDS.len()];
    let words = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty());
    let mut lower = String::new();
    for word in words.take(SAMPLE).filter(|word| may_be_known(word)) {
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        let mut languages = languages_of(&lower);
        while languages != 0 {
            if let Some(count) = counts.get_mut(languages.trailing_zeros() as usize) {
                *count += 1;
            }
            languages &= languages - 1;
        }
    }
    let mut ranked: Vec<(usize, &str)> = counts
        .iter()
        .copied()
        .zip(WORDS.iter().map(|(code, _)| *code))
        .collect();
    ranked.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    match ranked.as_slice() {
        [(first, code), (second, _), ..] if *first >= ENOUGH && *first * 2 > *second * 3 => Some(code),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_words_tell_languages_apart() {
        let german = "Wir sind für Sie da und freuen uns auf Ihren Besuch. Die Bäckerei ist mit dem Bus oder der Bahn erreichbar.";
        let english = "We are open for you and your family, with bread from the oven of our bakery, and the best of this town.";
        assert_eq!((language(german), language(english)), (Some("de"), Some("en")));
        assert_eq!(language("Rossi 12 3 Tel Fax"), None);
    }
}
