//! The language of a text, by words that hardly any sentence does without.

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

/// How much of a text is looked at, in words.
const SAMPLE: usize = 600;
/// Fewer hits than these say nothing.
const ENOUGH: usize = 6;

/// The language whose words occur most, when they lead clearly.
pub(super) fn language(text: &str) -> Option<&'static str> {
    let mut counts = [0usize; WORDS.len()];
    let words = text
        .split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty());
    let mut key = String::new();
    for word in words.take(SAMPLE).filter(|word| word.len() <= 12) {
        key.clear();
        key.push(' ');
        key.extend(word.chars().flat_map(char::to_lowercase));
        key.push(' ');
        for (count, (_, list)) in counts.iter_mut().zip(WORDS) {
            *count += usize::from(list.contains(key.as_str()));
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
